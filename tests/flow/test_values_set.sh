#!/bin/sh
# No answer hangs on a value that was never set: every verb once under valgrind.
# usage: test_values_set.sh MUSTER SOURCE_DIR SCRATCH VALGRIND
set -u
muster=$1 top=$2 scratch=$3 valgrind=$4
hello=$top/scenarios/hello.cfg case=$top/scenarios/northern-interaction-2023.cfg
camps=$top/scenarios/camps-2023.cfg korea=$top/scenarios/korea-1950.cfg
rm -rf "$scratch"
mkdir -p "$scratch" && cd "$scratch" || exit 1
unset MUSTER_SCENARIOS
sh "$top/tests/flow/invented_record.sh" || exit 1
faults=0 tried=0
while read -r line; do
    tried=$((tried + 1))
    # shellcheck disable=SC2086 # words of a command line
    "$valgrind" -q --error-exitcode=99 "$muster" $line >out 2>err </dev/null
    status=$?
    [ $status -eq 0 ] && continue
    faults=$((faults + 1))
    echo "FAULT: status $status: $line"
    sed 's/^/    /' err | head -n 30
done <<END
check $hello
run $case
run $hello --json
run $hello --reps 8
run $hello --trace
why $korea USA --drill south --json
why $korea TWN --drill south
flip $korea USA --drill south
rivals $camps
rivals --record drills.csv --states states.csv
fit --record drills.csv --states states.csv --replicates 8 --permutations 3 --lambda 1
reach $hello
compare $hello $hello
calc distance 42.95,131.85 39.5,134.0
list assumed $korea
show najin
help run
END
echo "$tried tried, $faults faults"
[ $faults -eq 0 ]
