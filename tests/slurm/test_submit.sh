#!/bin/sh
# What is handed to Slurm, where no Slurm is: a sbatch that writes down what it is told. Names are such
# that a shell or Slurm would take them for more than names; the scripts are run by hand.
# usage: test_submit.sh MUSTER SOURCE_DIR SCRATCH
set -u
muster=$1 top=$2 scratch=$3
out=$scratch/out err=$scratch/err
rm -rf "$scratch" && mkdir -p "$scratch/bin" "$scratch/none" || exit 1
scratch=$(cd "$scratch" && pwd -P)
unset MUSTER_SCENARIOS
# shellcheck source=tests/flow/try.sh
. "$top/tests/flow/try.sh"

line='
'
work="$scratch/it's \"100%\" \$HOME \`so\` \\n *${line}rm"
mkdir "$work" && cp "$top/tests/slurm/fleet.cfg" "$work" && cd "$work" || exit 1
cp -- "$top/tests/slurm/parts.cfg" "-it's.cfg"
set_it="states.H.name = \"a 'b' \$c\""
plain=$top/tests/slurm/parts.cfg

# ---- without sbatch -----------------------------------------------------------------------------------
usual=$PATH
PATH=$scratch/none try 3 sweep "$plain" --reps 3 --seed 5 --engine slurm --parts 2
PATH=$usual
out_empty
err_has '^muster: error: no sbatch in PATH.*slurm-client'
[ ! -e parts.slurm ] || fault 'a folder is left'
# The two commands that it names do the same.
ln -s "$muster" "$scratch/bin/muster"
mkdir "$scratch/hand" && cd "$scratch/hand" || exit 1
sed -n 's/^  \(muster sweep .*\)$/\1/p' "$err" >sweep
for part in 1 2; do
    sed "s,=I/,=$part/," sweep | PATH=$scratch/bin:$PATH sh >"$out" 2>"$err" || fault "by hand: part $part"
done
[ -f parts.1-of-2.sqlite ] && [ -f parts.2-of-2.sqlite ] || fault 'by hand: no parts'
PATH=$scratch/none try 3 sweep "$plain" --reps 3 --seed 5 --engine slurm --parts 2
PATH=$usual
sed -n 's/^  \(muster merge .*\)$/\1/p' "$err" >merge
PATH=$scratch/bin:$PATH sh merge >"$out" 2>"$err" || fault 'by hand: merge'
out_has '^12 runs added'
cd "$work" || exit 1

# ---- a sbatch that writes down --------------------------------------------------------------------------
# Call N is in call.N, a zero behind each word; its answer is answer.N, or a number.
export FAKE="$scratch/fake"
mkdir "$FAKE"
cat >"$scratch/bin/sbatch" <<'END'
#!/bin/sh
n=1
while [ -e "$FAKE/call.$n" ]; do n=$((n + 1)); done
printf '%s\0' "$@" >"$FAKE/call.$n"
[ ! -f "$FAKE/slow.$n" ] || sleep 2
[ ! -f "$FAKE/answer.$n" ] || { cat "$FAKE/answer.$n"; exit "$(cat "$FAKE/status.$n" 2>/dev/null || echo 0)"; }
echo $((100 + n))
END
cat >"$scratch/bin/squeue" <<'END'
#!/bin/sh
[ -s "$FAKE/queue" ] || { echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1; }
cat "$FAKE/queue"
END
chmod +x "$scratch/bin/sbatch" "$scratch/bin/squeue"
PATH=$scratch/bin:$PATH
calls() { find "$FAKE" -name 'call.*' | wc -l; }
called() { # called N WORD...: these were the words of call N
    printf '%s\0' "$@" | tail -z -n +2 | cmp -s - "$FAKE/call.$1" || {
        fault "sbatch was told something else in call $1"
        tr '\0' '\n' <"$FAKE/call.$1"
    }
}
fresh() { rm -rf "$FAKE" "$work/all it's.slurm" "$work/all it's.sqlite"; mkdir "$FAKE"; }
# again STATUS OPTION...: the experiment in three parts
again() {
    wanted_status=$1
    shift
    try "$wanted_status" sweep --reps 3 --set "$set_it" --engine slurm -o "all it's.sqlite" "$@" -- "-it's.cfg"
}
folder="$work/all it's.slurm"

try 0 sweep --reps 3 --set "$set_it" -o alone.sqlite -- "-it's.cfg"
try 0 export alone.sqlite -o alone.csv && [ $faults -eq 0 ] || exit 1
again 0 --parts 3 --dry-run
[ "$(calls)" -eq 0 ] && [ ! -e "$folder" ] || fault 'a dry run leaves something'
out_has '^sbatch --parsable --array=1-3 '
out_has '^sbatch --parsable --dependency=afterany:ARRAY '
again 0 --parts 3 --slurm --mem=2G --slurm '--comment=a "b" $c' --jobs 2
called 1 --parsable --array=1-3 --job-name=parts --cpus-per-task=2 --mem=500M "--chdir=$folder" \
    --output=part.%a.log --open-mode=append --mem=2G '--comment=a "b" $c' "$folder/array.sh"
called 2 --parsable --dependency=afterany:101 --job-name=parts-merge --cpus-per-task=1 --mem=500M \
    "--chdir=$folder" --output=merge.log --open-mode=append --mem=2G '--comment=a "b" $c' "$folder/merge.sh"
out_has '^Array: job 101, elements 1-3$'
out_has '^Merge: job 102'
out_has 'squeue --jobs=101,102$'

# ---- the scripts, by hand and from another folder -----------------------------------------------------------
element() { (cd / && SLURM_ARRAY_TASK_ID=$1 sh "$folder/array.sh") >"$out" 2>"$err" || fault "element $1"; }
merge() { # merge STATUS
    (cd / && sh "$folder/merge.sh") >"$out" 2>"$err"
    got=$?
    [ "$got" -eq "$1" ] || fault "merge ends with $got, not $1"
}
merge 1
out_has '^Not whole: part 1-3 of 3$'
element 1
element 3
merge 1
out_has '^Not whole: part 2 of 3$'
again 1 --merge --json # a document all the same: what is there
out_has '"format": "muster-analysis"'
out_lacks 'runs added'
again 0
called 3 --parsable --array=2 --job-name=parts --cpus-per-task=1 --mem=500M "--chdir=$folder" \
    --output=part.%a.log --open-mode=append "$folder/array.sh"
element 2
again 0 # all parts are whole: the merge alone
called 5 --parsable --job-name=parts-merge --cpus-per-task=1 --mem=500M "--chdir=$folder" \
    --output=merge.log --open-mode=append "$folder/merge.sh"
merge 0
out_has '^3 runs added; 9 were there' # of 4 points with 3 runs each the first part has two
try 0 export "all it's.sqlite" -o all.csv
cmp all.csv alone.csv || fault 'parts come to something else than the whole'
merge 0
out_has '^0 runs added; 12 were there'
again 0 --merge --json
grep -v -F "it's.sqlite" "$out" >merged.json
try 0 status "all it's.sqlite" --json
grep -v -F "it's.sqlite" "$out" | cmp - merged.json || fault 'the document of a merge is not that of the store'
again 0
out_has 'nothing is left to submit'
[ "$(calls)" -eq 5 ] || fault "sbatch was called $(calls) times, not 5"

# More replications than before: all parts lack some, and keep what they have.
try 0 sweep --reps 5 --set "$set_it" --engine slurm -o "all it's.sqlite" -- "-it's.cfg"
out_has 'elements 1-3$'
element 1
out_has '^4 runs done.*; 6 were there'

# ---- what is in the queue ----------------------------------------------------------------------------------
fresh
again 0 --parts 3
echo 101_1 >"$FAKE/queue"
again 1
out_has 'none was submitted'
[ "$(calls)" -eq 2 ] || fault 'submitted what is in the queue'
echo 'CLUSTER: alpha' >"$FAKE/queue" # and no job
again 0
[ "$(calls)" -eq 4 ] || fault 'a heading was taken for a job'
# The array is there, its merge was not taken: only that is submitted again.
fresh
echo no >"$FAKE/answer.2"
echo 1 >"$FAKE/status.2"
again 3 --parts 3
err_has 'did not take the merge (status 1)'
err_has 'array job 101 is submitted, its merge is not'
echo 101_2 >"$FAKE/queue"
again 0
[ "$(calls)" -eq 3 ] || fault 'the array was submitted again'
tr '\0' '\n' <"$FAKE/call.3" | grep -qx -e '--dependency=afterany:101' || fault 'the merge does not wait for the array'

# ---- what sbatch answers ---------------------------------------------------------------------------------------
for answer in 'Submitted batch job 7' '' '7x' '-7' '7;' '7;a b' '7 ' "7${line}8" ' 7' '123456789012345678901'; do
    fresh
    printf '%s\n' "$answer" >"$FAKE/answer.1"
    again 3 --parts 3
    err_has 'has no number'
    err_lacks 'is submitted, its merge is not' # it is not known to be
    [ "$(calls)" -eq 1 ] || fault "'$answer' was taken for a number"
done
fresh
printf '7\0008\n' >"$FAKE/answer.1"
again 3 --parts 3
fresh
head -c 100000 /dev/zero | tr '\0' 1 >"$FAKE/answer.1" # more than is kept, and than a pipe holds
again 3 --parts 3
fresh
echo '7;alpha' >"$FAKE/answer.1"
again 0 --parts 3 --slurm --clusters=alpha,beta
tr '\0' '\n' <"$FAKE/call.2" | grep -qx -e '--clusters=alpha' || fault 'the merge goes elsewhere'
out_has 'squeue --clusters=alpha --jobs=7,102'
fresh
: >"$FAKE/answer.1"
echo 1 >"$FAKE/status.1"
again 3 --parts 3
err_has 'did not take the array of parts (status 1)'
err_has '^  muster merge '

# ---- an interrupt between array and merge ---------------------------------------------------------------------
fresh
: >"$FAKE/slow.1"
# env: a background job of a shell without job control has SIGINT ignored, and what is ignored stays so
env --default-signal=INT "$muster" sweep --reps 3 --engine slurm --parts 3 -o "all it's.sqlite" -- "-it's.cfg" >"$out" 2>"$err" &
pid=$!
tries=0
until [ -e "$FAKE/call.1" ] || [ $tries -ge 200 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
kill -INT $pid
wait $pid
got=$?
[ "$got" -eq 130 ] || fault "after an interrupt the status is $got, not 130"
err_has 'interrupted'
err_has 'array job 101 is submitted, its merge is not'
[ "$(calls)" -eq 1 ] || fault 'it went on after the interrupt'

# ---- mistakes ----------------------------------------------------------------------------------------------------
fresh
again 0 --parts 3
again 2 --parts 4
err_has 'has 3 parts already, not 4'
mv "$folder/submitted" "$folder/was"
for note in 'parts 0' 'parts' 'parts 3x' 'array 7' "parts 3${line}array" "parts 3${line}other 1"; do
    echo "$note" >"$folder/submitted"
    again 2 --parts 3
    err_has 'not as muster writes it'
done
mv "$folder/was" "$folder/submitted"
echo 'no store' >"$folder/parts.2-of-3.sqlite"
again 2
err_has 'parts.2-of-3.sqlite'
element 1
merge 2
err_has 'parts.2-of-3.sqlite'
out_has 'Not whole: part 2,3 of 3'
rm "$folder/parts.2-of-3.sqlite"
try 0 sweep --reps 3 --seed 9 --shard 2/3 -o "$folder/parts.2-of-3.sqlite" -- "-it's.cfg"
again 2
err_has 'is of another '
for wrong in '--engine cloud' '--parts 3' '--merge' '--slurm --mem=1G' '--engine local --parts 3' \
    '--engine slurm --shard 1/3' '--engine slurm --merge --dry-run' '--engine slurm --slurm array' \
    '--engine slurm --slurm --array=1' '--engine slurm --slurm --dep=1' '--engine slurm --slurm -a1' \
    '--engine slurm --slurm --' '--engine slurm --parts 0' '--engine slurm --parts 100001' \
    '--engine slurm --dry-run --json' '--engine slurm --json'; do
    # shellcheck disable=SC2086 # words
    try 2 sweep "$plain" $wrong
    err_has '^muster: error: '
done
try 2 sweep "$plain" --engine slurm --slurm '--time 5'
err_has 'blank'
fresh
: >"$folder"
again 3 --parts 3
err_has 'cannot make the folder'
rm "$folder"

# ---- how many, from the plan -----------------------------------------------------------------------------------
again 0 --dry-run
out_has '^sbatch --parsable --array=1 '
try 0 sweep "$plain" --reps 50000000 --engine slurm --dry-run
out_has '^sbatch --parsable --array=1-1000 '

echo "$faults faults"
[ "$faults" -eq 0 ]
