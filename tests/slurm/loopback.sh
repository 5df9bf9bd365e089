# shellcheck shell=sh
# Sourced by tests: a Slurm cluster of this one machine, that nobody else sees. It listens on 127.0.0.1
# only, needs no systemd and no cgroups, and ends after five minutes even if nobody ends it.
#
#   cluster_start FOLDER NODES    sets SLURM_CONF, returns when all nodes are idle; 1: it could not
#   cluster_wait UNTIL ID...      returns when none of these jobs is in the queue, or at that time in
#                                 seconds of date +%s; 1: they still are
#   cluster_stop                  ends what it started, and whatever its jobs left running
#
# FOLDER must be short and without blanks: Unix sockets have names of some 100 bytes. Processors of a node
# are said, not counted. Debian: slurmctld slurmd slurm-client munge.

cluster_folder='' cluster_pids=''

# Prints $1 ports that nobody listens on, below those that the kernel hands out by itself (32768 on).
cluster_ports() {
    awk -v wanted="$1" -v seed="$2" '
        FNR > 1 { split($2, at, ":"); used[at[2]] = 1 }
        END {
            srand(seed)
            for (port = 20000 + int(rand() * 10000); wanted > 0 && port < 32000; port++)
                if (!(sprintf("%04X", port) in used)) {
                    print port
                    wanted--
                }
        }' /proc/net/tcp $([ ! -r /proc/net/tcp6 ] || echo /proc/net/tcp6)
}

cluster_write_conf() { # FOLDER NODES PORT...
    folder=$1 nodes=$2 control=$3
    shift 3
    user=$(id -un)
    {
        cat <<CONF
ClusterName=loopback
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=$control
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool.%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.%n.pid
# no cgroups
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SwitchType=switch/none
MpiDefault=none
# processors as said below, whatever the machine has
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
# a job is looked at as soon as it is there
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,sched_min_interval=10000,batch_sched_delay=0,bf_interval=1
KillWait=2
CONF
        for port in "$@"; do
            echo "NodeName=n$nodes NodeHostname=localhost NodeAddr=127.0.0.1 Port=$port CPUs=2 RealMemory=2000"
            nodes=$((nodes - 1))
        done
        echo 'PartitionName=all Nodes=ALL Default=YES MaxTime=10 State=UP'
    } >"$folder/slurm.conf"
}

# cluster_daemon NAME COMMAND...: in the background; what it says goes to FOLDER/NAME.log.
cluster_daemon() {
    log=$cluster_folder/$1.log
    shift
    timeout -k 5 300 "$@" >>"$log" 2>&1 </dev/null &
    cluster_pids="$! $cluster_pids"
}

cluster_has_died() {
    for pid in $cluster_pids; do
        kill -0 "$pid" 2>/dev/null || return 0
    done
    return 1
}

cluster_start() {
    cluster_folder=$1
    PATH=$PATH:/usr/sbin:/sbin
    mkdir "$1/munge" && mkdir "$1/state" || return 1
    (umask 077 && head -c 128 /dev/urandom >"$1/munge/key") || return 1
    # shellcheck disable=SC2046 # one word a port
    cluster_write_conf "$1" "$2" $(cluster_ports $(($2 + 1)) $$)
    export SLURM_CONF="$1/slurm.conf"
    # Its own munged, by its own key; one of the system may run beside it. --force: that all may enter the
    # folders of its socket, which it wants otherwise, is needed by nobody here.
    cluster_daemon munged munged --foreground --force --key-file="$1/munge/key" --socket="$1/munge/socket" \
        --pid-file="$1/munge/pid" --log-file="$1/munge/log" --seed-file="$1/munge/seed"
    tries=0
    until [ -S "$1/munge/socket" ] || cluster_has_died || [ $tries -ge 100 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    cluster_daemon slurmctld slurmctld -D -f "$SLURM_CONF"
    node=$2
    while [ "$node" -gt 0 ]; do
        cluster_daemon "slurmd.n$node" slurmd -D -f "$SLURM_CONF" -N "n$node"
        node=$((node - 1))
    done
    ends=$(($(date +%s) + 60))
    until [ "$(timeout 5 sinfo --noheader --Node --format=%t 2>/dev/null | grep -c '^idle$')" -eq "$2" ]; do
        if cluster_has_died || [ "$(date +%s)" -ge $ends ]; then
            tail -n 5 "$1"/*.log
            return 1
        fi
        sleep 0.25
    done
}

cluster_wait() { # UNTIL ID...
    until=$1
    shift
    ids=$(IFS=,; echo "$*")
    while [ -n "$(timeout 5 squeue --noheader --format=%i --jobs="$ids" 2>/dev/null)" ]; do
        [ "$(date +%s)" -lt "$until" ] || { timeout 5 squeue --jobs="$ids"; return 1; }
        sleep 0.2
    done
}

# Processes that were started with this cluster's SLURM_CONF: its daemons and whatever jobs left running.
cluster_processes() {
    env -u SLURM_CONF grep -lzxF "SLURM_CONF=$cluster_folder/slurm.conf" /proc/[0-9]*/environ 2>/dev/null |
        sed 's,^/proc/\([0-9]*\)/environ$,\1,'
}

# They get some seconds to end by themselves.
cluster_end() { # PID...
    for pid in "$@"; do
        kill "$pid" 2>/dev/null
    done
    for pid in "$@"; do
        tries=0
        while kill -0 "$pid" 2>/dev/null && [ $tries -lt 50 ]; do
            tries=$((tries + 1))
            sleep 0.1
        done
        ! kill -KILL "$pid" 2>/dev/null || echo "killed: $pid"
        wait "$pid" 2>/dev/null
    done
}

cluster_stop() {
    [ -n "$cluster_folder" ] || return 0
    jobs=$(timeout 5 squeue --noheader --format=%A 2>/dev/null | sort -u)
    if [ -n "$jobs" ]; then
        # shellcheck disable=SC2086 # one word a job
        timeout 5 scancel $jobs 2>/dev/null
        # shellcheck disable=SC2086
        cluster_wait $(($(date +%s) + 10)) $jobs >/dev/null
    fi
    # shellcheck disable=SC2086 # one word a process; munged, the first started, is the last
    cluster_end $cluster_pids
    # shellcheck disable=SC2046
    cluster_end $(cluster_processes)
    cluster_folder='' cluster_pids=''
}
