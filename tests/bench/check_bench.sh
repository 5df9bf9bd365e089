#!/bin/sh
# Every family of muster-bench runs, and its table has the shape that scripts read.
# usage: check_bench.sh MUSTER_BENCH OUTPUT
set -eu
bench=$1 out=$2
"$bench" --quick --rounds 3 --csv >"$out"
head -n 1 "$out" | grep -qx 'name,parameters,unit,median,least,most,rounds,to_loop,to_reference,reference'
for family in hold M/M/1 draw 'drill of 24 ships' 'worked case' 'replication' landscape reasons \
    desk sweep saltelli merge; do
    grep -q "^$family" "$out" || { echo "no line of $family" >&2; exit 1; }
done
# 10 columns each; median, least, most and the ratio to the loop above 0, in order
awk -F, 'NR > 1 { if (NF != 10 || !($4 > 0) || !($5 > 0) || $5 > $4 || $4 > $6 || !($8 > 0)) {
    print "line " NR ": " $0; bad = 1 } } END { exit bad || NR < 40 }' "$out"
"$bench" --quick --rounds 1 --only mm1 | grep -q 'M/M/1'
if "$bench" --only nothing 2>/dev/null; then exit 1; fi
if "$bench" --rounds 0 2>/dev/null; then exit 1; fi
echo "$(($(wc -l <"$out") - 1)) lines"
