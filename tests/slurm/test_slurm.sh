#!/bin/sh
# An experiment on a Slurm cluster: eight parts, one of which is killed in the middle; the same command
# again completes it, and the export is that of a sweep on one machine, byte for byte.
# usage: test_slurm.sh MUSTER SOURCE_DIR        (within 200 s, or it fails)
set -u
muster=$1 top=$2
began=$(date +%s)
deadline=$((began + 200))
folder=$(mktemp -d /tmp/muster.XXXXXX) || exit 1
# What a shell or Slurm would take for more than a name.
work="$folder/it's 100% \$HOME \"or\" \`so\`"
parts="$work/all.slurm"
out=$folder/out err=$folder/err
unset MUSTER_SCENARIOS
# shellcheck source=tests/flow/try.sh
. "$top/tests/flow/try.sh"
# shellcheck source=tests/slurm/loopback.sh
. "$top/tests/slurm/loopback.sh"

clean_up() { cluster_stop; rm -rf "$folder"; }
trap clean_up EXIT
trap 'exit 1' HUP INT TERM
: >"$out"
: >"$err"
give_up() {
    fault "$1"
    for log in "$folder"/munged.log "$parts"/*.log; do
        [ ! -f "$log" ] || tail -n 3 "$log"
    done
    exit 1
}
told() { echo "$(($(date +%s) - began)) s: $*"; }
again() { try "$1" sweep parts.cfg --engine slurm --parts 8 --slurm --time=5 -o all.sqlite; }
job() { sed -n "s/^$1: job \([0-9]*\),.*/\1/p" "$out"; }
# Runs that are there of part $1; nothing where it cannot be told.
runs() { "$muster" status "$parts/parts.$1-of-8.sqlite" 2>/dev/null | sed -n 's/^\([0-9]*\) of .* runs are there.*/\1/p'; }

mkdir "$work" && cp "$top/tests/slurm/parts.cfg" "$top/tests/slurm/fleet.cfg" "$work" && cd "$work" || exit 1
cluster_start "$folder" 2 || give_up 'no cluster'
told 'the cluster is up'
try 0 sweep parts.cfg -o alone.sqlite
try 0 export alone.sqlite -o alone.csv
[ "$(wc -l <alone.csv)" -eq 1025 ] || give_up 'the experiment is not that of 4 x 256 runs'
told 'done on one machine'

# ---- submitted ------------------------------------------------------------------------------------
again 0
array=$(job Array) merge=$(job Merge)
[ -n "$array" ] && [ -n "$merge" ] || give_up 'no numbers of jobs'
out_has "^Array: job $array, elements 1-8\$"

# ---- one part is killed when some of its runs are there, not all ------------------------------------
killed='' seen=''
while [ -z "$killed" ]; do
    [ "$(date +%s)" -lt $deadline ] || give_up 'no part could be killed in time'
    for file in $(grep -lzx -e '--shard=[1-8]/8' /proc/[0-9]*/cmdline 2>/dev/null); do
        pid=${file#/proc/} pid=${pid%/cmdline}
        grep -qzxF "SLURM_CONF=$SLURM_CONF" "/proc/$pid/environ" 2>/dev/null || continue
        part=$(tr '\0' '\n' <"$file" 2>/dev/null | sed -n 's,^--shard=\([1-8]\)/8$,\1,p')
        [ -n "$part" ] || continue
        seen="$seen $part"
        some=$(runs "$part")
        [ "${some:-0}" -gt 0 ] && [ "$some" -lt 128 ] || continue
        kill -KILL "$pid" 2>/dev/null || continue
        [ "$(runs "$part")" = 128 ] || killed=$part
        break
    done
    [ -n "$(timeout 5 squeue --noheader --jobs="$array")" ] || [ -n "$killed" ] ||
        give_up "no part was killed in the middle; seen:$seen"
done
told "killed: part $killed, of which $some of 128 runs were there"

# While jobs are in the queue nothing is submitted twice.
if [ -n "$(timeout 5 squeue --noheader --states=PENDING --jobs="$merge")" ]; then
    again 1
    out_has 'none was submitted'
fi
cluster_wait $deadline "$array" "$merge" || give_up 'the jobs do not end'
told 'the array has ended'
log=$parts/merge.log
grep -q "^Not whole: part $killed of 8\$" "$log" || give_up "the merge does not say that part $killed is not whole"
try 0 status all.sqlite
out_lacks '^1024 of 1024'

# ---- the same command again -------------------------------------------------------------------------
again 0
out_has '^Parts: 8, of which 7 whole'
out_has "^Array: job [0-9]*, elements $killed\$"
array=$(job Array) merge=$(job Merge)
cluster_wait $deadline "$array" "$merge" || give_up 'the jobs of the second time do not end'
told 'done on the cluster'
tail -n 2 "$log" | grep -q '^Next:  muster analyze' || give_up 'the second merge is not whole'
try 0 export all.sqlite -o all.csv
cmp all.csv alone.csv || give_up 'another result than on one machine'
sed -n "s/^/part $killed: /p" "$parts/part.$killed.log"

# ---- once more changes nothing ------------------------------------------------------------------------
again 0
out_has 'nothing is left to submit'
sh "$parts/merge.sh" >"$out" 2>"$err" || fault 'merging again is not whole'
out_has '^0 runs added; 1024 were there'
try 0 export all.sqlite -o all.csv
cmp all.csv alone.csv || fault 'merging again changes the result'
told "$faults faults"
[ "$faults" -eq 0 ]
