#!/bin/sh
# sim/num/battery.sh TEST_RANDOM ORDER [START]: dieharder on our words (README.md). TEST_RANDOM is the
# built test program, ORDER numbers, streams or replications, START the first word. Prints a line a
# P value: test, its size, values a sample, samples, P, verdict. ONLY="-d 16" runs one test alone.
program=$1 order=$2 start=${3:-0}

one() {
    "$program" "$order" "$start" |
        dieharder -g 200 -D test_name -D ntuple -D tsamples -D psamples -D pvalues -D assessment "$@" |
        grep -E 'PASSED|WEAK|FAILED'
}

if [ -n "$ONLY" ]; then
    one $ONLY
    exit
fi
for test in 0 1 3 4 8 9 10 12 13 15 16 102 204 205 206 207 209; do
    one -d $test
done
one -d 200 -n 8
one -d 202 -n 5
one -d 203 -n 1
[ "$order" = numbers ] || exit 0
for test in 2 11 17 100 101 208; do
    one -d $test
done
for size in 1 4 12; do
    one -d 200 -n $size
done
one -d 201 -n 2
one -d 201 -n 5
one -d 202 -n 3
one -d 203 -n 0
one -d 203 -n 31
