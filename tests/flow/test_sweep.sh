#!/bin/sh
# Experiments as their users meet them: rows run again by their own command, ends, full disks, exports
# that nobody reads. usage: test_sweep.sh MUSTER SOURCE_DIR SCRATCH PYTHON
set -u
muster=$1 top=$2 scratch=$3 python=$4
rm -rf "$scratch"
mkdir -p "$scratch" && cd "$scratch" || exit 1
out=$scratch/out err=$scratch/err
. "$top/tests/flow/try.sh"

# ---- rows run again by themselves -------------------------------------------------------------------
mkdir -p "it's a folder" && cp "$top/scenarios/hello.cfg" "it's a folder/hello & co.cfg"
cat >odd.cfg <<'END'
experiment = { id = "odd"; title = "Names that a shell must see as they are";
  scenario = "it's a folder/hello & co.cfg"; set = ["units.first.name = \"a; b $HOME\""]; };
method = { name = "factorial"; };
runs = { replications = 7; seed = 18; };
factors = { ready = { path = "units.first.readiness"; min = 0.3; max = 1.0; steps = 3; };
  name = { path = "states.HOME.name"; levels = ["it's \"so\"", "`plain`", "a, b"]; };
  sea = { path = "weather.sea_state"; levels = [2, 99]; }; };
measures = ["mustered", "muster_delay_h", "joint_h"];
END
try 1 sweep odd.cfg # a sea state of 99 cannot be
out_has "63 of them failed"
try 0 export odd.sqlite -o odd.csv
"$python" "$top/tests/flow/replay_rows.py" "$muster" odd.csv 5 >"$out" 2>"$err" ||
    fault "rows of odd.csv"
(cd "$top" && "$muster" sweep scenarios/experiments/readiness.cfg --reps 9 -o "$scratch/real.sqlite" \
    --set 'weather.sea_state = 3' >"$out" 2>"$err" &&
    "$muster" export "$scratch/real.sqlite" -o "$scratch/real.csv" >"$out" 2>"$err" &&
    "$python" tests/flow/replay_rows.py "$muster" "$scratch/real.csv" 17 >"$out" 2>"$err") ||
    fault "rows of real.csv"
cat >plan.cfg <<END
experiment = { id = "plan"; title = "The plan alone"; scenario = "$top/scenarios/northern-interaction-2023.cfg"; };
method = { name = "list"; };
points = ( { label = "as it is"; }, { variant = "$(sed -n '/^variants/,$s/^    \([a-z-]*\) = {.*/\1/p' \
    "$top/scenarios/northern-interaction-2023.cfg" | head -n 1)"; } );
measures = ["score", "participation:*", "serials_done", "station_h:*"];
END
try 0 sweep plan.cfg
try 0 export plan.sqlite -o plan.csv
"$python" "$top/tests/flow/replay_rows.py" "$muster" plan.csv 1 >"$out" 2>"$err" ||
    fault "rows of plan.csv"

# ---- ends of ranges ---------------------------------------------------------------------------------
cat >ends.cfg <<END
experiment = { id = "ends"; title = "Off the scale"; scenario = "$top/scenarios/northern-interaction-2023.cfg"; };
method = { name = "lhs"; points = 4; };
factors = { autonomy = { path = "states.PRK.attributes.autonomy"; min = 0.0; max = 3.0; }; };
measures = ["score"];
END
try 0 sweep ends.cfg --dry-run
err_has 'ends.cfg:3: warning: at states.PRK.attributes.autonomy = 3.0: .*made for figures of 0 to 1'
[ "$(wc -l <"$err")" -eq 1 ] || fault "one end of two is off the scale"
for shipped in "$top"/scenarios/experiments/*.cfg; do
    try 0 sweep "$shipped" --dry-run
    err_empty
done

# ---- names of stores --------------------------------------------------------------------------------
for name in ":memory:" "file:x?mode=memory" "a b'c"; do
    try 1 sweep odd.cfg -o "$name"
    [ -s "$name" ] || fault "no store of the name $name"
    "$muster" export "$name" 2>"$err" | cmp -s - odd.csv || fault "other bytes in $name"
done
try 2 sweep odd.cfg -o ""
err_has "needs a name"
printf x >x
try 2 sweep odd.cfg -o x
[ "$(cat x)" = x ] || fault "a file that is no store was written over"

# ---- files that are written over ---------------------------------------------------------------------
cp odd.sqlite kept.sqlite && ln -s kept.sqlite link.sqlite
for name in kept.sqlite ./kept.sqlite link.sqlite; do
    try 2 export kept.sqlite -o "$name"
    err_has "it would be written over"
    try 2 report kept.sqlite -o "$name"
    err_has "it would be written over"
done
cmp -s odd.sqlite kept.sqlite || fault "a store was written over"
cp odd.cfg kept.cfg
try 2 design kept.cfg -o kept.cfg
cmp -s odd.cfg kept.cfg || fault "an experiment was written over"

# ---- failures as JSON: one document -----------------------------------------------------------------
one_document() { # ARGUMENT...
    "$muster" "$@" --json >"$out" 2>"$err" </dev/null && fault "no failure: muster $* --json"
    [ "$(grep -c '"format": "muster-diagnostics"' "$out")" -eq 1 ] || fault "not one document: muster $*"
}
one_document export odd.sqlite -o no-folder/odd.csv
one_document export odd.sqlite -o odd.sqlite
one_document export missing.sqlite
one_document analyze --design missing.csv
one_document analyze --design odd.csv --measure nothing

for source in none.sqlite new.sqlite odd.cfg; do
    "$muster" merge new.sqlite "$source" >"$out" 2>"$err" && fault "merged $source"
    [ ! -e new.sqlite ] || fault "a merge of $source leaves a file"
done
for part in 0/3 4/3 "1/ 2" 1/2/3 -1/2 1; do
    try 2 sweep odd.cfg --shard "$part"
done

# ---- ends -------------------------------------------------------------------------------------------
experiment() { # ID REPLICATIONS
    cat >"$1.cfg" <<END
experiment = { id = "$1"; title = "Takes a while"; scenario = "$top/scenarios/northern-interaction-2023.cfg"; };
method = { name = "list"; };
runs = { replications = $2; };
points = ( { label = "as it is"; }, { label = "rougher"; set = ["weather.sea_state = 4"]; } );
measures = ["serials_done", "score", "muster_delay_h"];
END
}
# A signal ends it with what is done, as the status says. Others may look meanwhile, and may not write.
experiment endless 10000000
"$muster" sweep endless.cfg --jobs 2 >"$out" 2>"$err" &
pid=$!
tries=0
until "$muster" status endless.sqlite 2>/dev/null | grep -q "^[1-9][0-9]* of 20000000 runs"; do
    sleep 0.1
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || { fault "no runs to be seen" && break; }
done
"$muster" sweep endless.cfg >second 2>&1
[ $? -eq 3 ] && grep -q "another process is writing" second || fault "a second sweep: $(cat second)"
# a reader that takes its time does not hold it up
"$muster" export endless.sqlite 2>"$err" | { sleep 1; cat >slow; } &
kill -TERM "$pid"
wait "$pid"
got=$?
[ "$got" -eq 143 ] || fault "ended by SIGTERM with $got"
err_has "interrupted; what is done is kept"
wait
[ "$(wc -l <slow)" -gt 1 ] || fault "a slow reader got $(wc -l <slow) lines"
rm -f endless.sqlite slow

experiment long 2000
try 0 sweep long.cfg --reps 700 --jobs 3
try 0 sweep long.cfg --jobs 2
out_has "1400 were there"
"$muster" export long.sqlite -o long.csv
try 0 sweep long.cfg -o again.sqlite --jobs 1
"$muster" export again.sqlite | cmp -s - long.csv || fault "in two goes: other bytes"
# one process after another, each with a part
for i in 3 1 2; do
    try 0 sweep long.cfg --shard "$i/3"
done
try 0 merge parts.sqlite long.2-of-3.sqlite long.1-of-3.sqlite long.3-of-3.sqlite
"$muster" export parts.sqlite | cmp -s - long.csv || fault "parts: other bytes"
try 0 merge parts.sqlite long.2-of-3.sqlite parts.sqlite
out_has "^0 runs added"

# an export that is ended leaves no half of a file, under no name; it is held as soon as it has begun one
try 0 sweep long.cfg --reps 6000 -o longer.sqlite
"$muster" export longer.sqlite -o half.csv >"$out" 2>"$err" &
pid=$!
until ls half.csv* >/dev/null 2>&1; do :; done
kill -STOP "$pid" && kill -TERM "$pid" && kill -CONT "$pid"
wait "$pid"
got=$?
[ "$got" -eq 143 ] || fault "an export ended by SIGTERM with $got"
! ls half.csv* >"$out" 2>"$err" || fault "half an export is left: $(cat "$out")"
rm -f longer.sqlite

# ---- no room ----------------------------------------------------------------------------------------
# Half as much as is needed; blocks of ulimit have 512 or 1024 bytes.
(ulimit -f 1 && trap '' XFSZ && head -c 4000 /dev/zero >block) 2>/dev/null
limit=$(($(wc -c <long.sqlite) / 2 / $(wc -c <block)))
(ulimit -f "$limit" && "$muster" sweep long.cfg -o full.sqlite >"$out" 2>"$err")
got=$?
[ "$got" -eq 3 ] || fault "no room: status $got"
err_has "full.sqlite: error: cannot write this store: .*run the same command again"
out_has "are left"
try 0 status full.sqlite
try 0 sweep long.cfg -o full.sqlite
"$muster" export full.sqlite | cmp -s - long.csv || fault "no room, gone on with: other bytes"
(ulimit -f 1 && "$muster" export long.sqlite -o small.csv >"$out" 2>"$err")
[ $? -eq 3 ] && [ ! -e small.csv ] || fault "an export without room"
[ ! -c /dev/full ] || {
    "$muster" export long.sqlite >/dev/full 2>"$err"
    [ $? -eq 3 ] || fault "an export into /dev/full"
    err_has "cannot write"
}
{ "$muster" export long.sqlite 2>"$err"; echo $? >status; } | head -n 1 >first
[ "$(cat status)" -eq 3 ] && [ ! -s "$err" ] || fault "export | head"

echo "$faults faults"
[ "$faults" -eq 0 ]
