#!/bin/sh
# Replications and comparisons as users meet them: options and their mistakes, the same text for any
# number of threads, an end when narrow enough, an interrupt that keeps what is done.
# usage: test_chance_cli.sh MUSTER SOURCE_DIR SCRATCH SECONDS
# SECONDS: how long a start may take
set -u
muster=$1 top=$2 scratch=$3 seconds=$4
case=$top/scenarios/northern-interaction-2023.cfg hello=$top/scenarios/hello.cfg
out=$scratch/out err=$scratch/err
rm -rf "$scratch" && mkdir -p "$scratch" && cd "$scratch" || exit 1
unset MUSTER_SCENARIOS
# shellcheck source=tests/flow/try.sh
. "$top/tests/flow/try.sh"

same() { cmp -s "$1" "$2" || { fault "$3"; diff "$1" "$2" | head -n 5; }; }

# ---- run --reps -------------------------------------------------------------------------------------
for jobs in 1 2 7; do
    try 0 run "$case" --reps 700 --jobs $jobs; err_empty
    cp "$out" "run-$jobs"
    try 0 compare "$case" --variant fuel-granted --with 'units.gremyashchiy.count = 0' --reps 300 \
        --jobs $jobs; err_empty
    cp "$out" "compare-$jobs"
done
same run-1 run-2 'two threads tell something else than one'
same run-1 run-7 'seven threads tell something else than one'
same compare-1 compare-7 'a comparison depends on the number of threads'
grep -q '^WITH CHANCE: 700 replications, master seed 20230720' run-1 || fault 'no replications told'
try 0 run "$case"; cp "$out" plan
try 0 run "$case" --reps 0; same "$out" plan '--reps 0 is another report than none'
try 0 run "$case" --reps 1; out_has 'not estimable'
try 0 run "$case" --reps 300 --seed 7; out_has 'master seed 7,'
grep '^coordination score' "$out" >seven
try 0 run "$case" --reps 300; grep '^coordination score' "$out" >own
cmp -s seven own && fault 'another seed tells the same'
try 0 run "$case" --reps 300 --seed 20230720; grep '^coordination score' "$out" >again
same own again 'the seed of the file, given, is another'

# One by itself: the trace of that run, and of no other.
try 0 run "$case" --only-replication 17 --trace; err_empty; cp "$out" seventeen
try 0 run "$case" --only-replication 17 --trace --jobs 2; same "$out" seventeen 'replication 17 is not one run'
try 0 run "$case" --only-replication 18 --trace
cmp -s "$out" seventeen && fault 'replications 17 and 18 are the same'
try 0 run "$case" --only-replication 17; out_has '^Replication 17 with chance, master seed 20230720'

# Where nothing is random that is said, and no interval printed.
still='chance = { sailing_delay_h = "fixed 0"; speed_factor = "fixed 1"; };'
{ cat "$hello"; echo "$still"; } >still.cfg
cp -r "$top/scenarios/library" .
try 0 run still.cfg --reps 50; err_has 'nothing in this scenario is random'; out_lacks 'WITH CHANCE'
try 0 list random still.cfg; out_has 'Nothing in this scenario is random'
try 0 compare still.cfg "$hello" --reps 0; out_has 'plan runs'

# ---- mistakes -----------------------------------------------------------------------------------------
for wrong in '--reps -1' '--reps x' '--reps 1e3' '--reps 99999999999999999999' '--jobs 0' '--jobs 257' \
    '--seed -1' '--seed x' '--seed 18446744073709551616' '--only-replication 0' \
    '--only-replication 3 --reps 5' '--reps 5 --trace'; do
    eval "try 2 run \"$case\" $wrong"
    err_has '^muster: error: '
done
try 2 compare "$case"; err_has 'one alternative alone'
try 2 compare "$case" --variant nothing; err_has "nothing"
try 2 compare "$case" --with 'units.gremyashchiy.cuont = 0'; err_has 'did you mean'
try 2 compare "$case" --variant fuel-granted --until 0; err_has 'a width above 0'
try 2 compare "$case" --variant fuel-granted --until 0.1 --measure scroe; err_has "no measure 'scroe'"
try 2 compare "$case" --variant fuel-granted --measure score; err_has 'what --until looks at'
try 3 compare "$case" nowhere.cfg; err_has 'nowhere.cfg'
try 2 compare "$case" --with ''; err_has 'changes nothing'
try 2 compare "$case" --with ' ; ;'; err_has 'changes nothing'
many=$(awk 'BEGIN { for (i = 0; i < 65; i++) printf "units.taihu.fuel_frac = 0.9;" }')
try 2 compare "$case" --with "$many"; err_has 'more than 64 changes'
try 2 compare "$case" --variant fuel-granted --reps 0 --until 1; err_has 'needs replications'
try 2 run "$case" --variant fuel-granted --variant frigates-granted; err_has 'is given twice'
try 2 compare "$case" --with 'units.taihu.fuel_frac = 3'; err_has "'units.taihu.fuel_frac' = 3 is outside"
for key in sailing_delay_h speed_factor duration_factor; do
    try 2 run "$case" --set "chance.$key = \"exponantial 1\""; err_has 'is no distribution'
    try 2 run "$case" --set "chance.$key = \"normal 1 1\""; err_has "chance.$key\|below 0\|above 0"
done

# ---- compare ------------------------------------------------------------------------------------------
few="--with units.gremyashchiy.count=0;units.tsydenzhapov.count=0"
# shellcheck disable=SC2086 # two words
try 0 compare "$case" $few --until 0.01 --jobs 2
count=$(tr '\n' ' ' <"$out" | sed -n 's/.*alternatives: \([0-9]*\) replications.*/\1/p')
[ "${count:-0}" -gt 0 ] && [ "$count" -lt 5000 ] || fault "--until 0.01 took '$count' replications"
cp "$out" narrow
# shellcheck disable=SC2086
try 0 compare "$case" $few --until 0.01 --jobs 1; same "$out" narrow 'where it ends depends on threads'
# shellcheck disable=SC2086
try 0 compare "$case" $few --until 0.004 --jobs 2
more=$(tr '\n' ' ' <"$out" | sed -n 's/.*alternatives: \([0-9]*\) replications.*/\1/p')
[ "${more:-0}" -gt "$count" ] || fault "a narrower interval took $more replications, not more than $count"
# What cannot be had is said, of the interval and of the figure.
# shellcheck disable=SC2086
try 0 compare "$case" $few --until 0.0001 --reps 600
err_has '0.0001 was not reached in 600 replications: the interval of "coordination score" is'
try 0 compare "$hello" --with 'units.first.fuel_frac = 0.5' --until 0.5 --reps 600
err_has 'not reached in 600 replications: "coordination score" has no interval'
try 0 compare "$case" "$hello" --reps 50; err_empty; out_has "held against drill 'northern' of A"
try 0 compare "$case" --set 'weather.sea_state = 4' --variant fuel-granted --reps 5
out_has '^In all of them, before changes of their own: weather'
try 0 compare "$case" --with 'units.gremyashchiy.name = "a; b"' --reps 20 # a text is not cut
try 0 compare "$case" "$case" --reps 200
tr -s ' \n' ' ' <"$out" >joined; mv joined "$out"; out_has 'against A: no difference seen'

# ---- an interrupt keeps what is done --------------------------------------------------------------------
"$muster" run "$case" --reps 100000000 --jobs 2 >"$out" 2>"$err" </dev/null &
pid=$!
sleep $((seconds + 1))
kill -TERM $pid
wait $pid
got=$?
[ "$got" -eq 143 ] || fault "after a termination signal the status is $got, not 143"
out_has '^WITH CHANCE: [0-9]* replications'
err_has 'interrupted: [0-9]* of 100000000 replications are done'

# Of a scenario in which one replication takes a tenth of a second: it does not wait for the end of a
# block, and what it tells is what so many replications tell. By the clock: of the plain program only.
if [ "$seconds" -eq 1 ]; then
    ships='class = "c"; state = "H"; base = "P"; count = 1000;'
    cat >slow.cfg <<EOF
scenario = { id = "slow"; title = "5,000 ships"; start = "2023-07-18T00:00Z"; horizon = "20 d"; };
chance = { sailing_delay_h = "exponential 1.5"; };
states = { H = { name = "Home"; }; };
classes = { c = { roles = ["escort"]; max_speed_kn = 20.0; fuel_t = 170.0; range_nm = 3500.0;
                  range_speed_kn = 14.0; }; };
bases = { P = { lat_deg = 43.11; lon_deg = 131.89; sea_lat_deg = 42.95; sea_lon_deg = 131.85; }; };
units = { a = { $ships }; b = { $ships }; c = { $ships }; d = { $ships }; e = { $ships }; };
areas = { box = { lat_deg = 41.0; lon_deg = 133.0; radius_nm = 40.0; }; };
weather = { sea_state = 2; };
drills = { sea = { hosts = ["H"]; area = "box"; cap_need = 0.5; end = "2023-07-20T00:00Z";
    decide_at = "2023-07-18T00:00Z";
    muster = { lat_deg = 41.0; lon_deg = 133.0; at = "2023-07-18T16:00Z"; tolerance = "1 h"; };
    slots = ( { for = "host"; role = "escort"; count = 250; min_hours = "12 h"; } ); }; };
EOF
    "$muster" run slow.cfg --reps 400 --jobs 2 >"$out" 2>"$err" </dev/null &
    pid=$!
    tries=0 # until its threads are there, which is after it has begun to look for signals
    while [ "$(ls /proc/$pid/task 2>/dev/null | wc -l)" -lt 3 ] && [ $tries -lt 100 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    sleep 1
    kill -TERM $pid
    wait $pid
    got=$?
    [ "$got" -eq 143 ] || fault "after a termination signal the status is $got, not 143"
    done=$(sed -n 's/.*interrupted: \([0-9]*\) of 400 replications are done/\1/p' "$err")
    [ "${done:-0}" -ge 1 ] && [ "$done" -lt 256 ] || fault "it ended after '$done' of 400 replications"
    cp "$out" interrupted
    try 0 run slow.cfg --reps "${done:-1}" --jobs 1
    same "$out" interrupted "an interrupt after $done replications tells something else than --reps"
fi

echo "$faults faults"
[ "$faults" -eq 0 ]
