#!/bin/sh
# Can the estimates be checked from outside? muster prints points, awk works out functions whose
# sensitivity is known exactly, muster reads both tables back.
# usage: test_textbook.sh MUSTER SOURCE_DIR SCRATCH
set -u
muster=$1 top=$2 scratch=$3
out=$scratch/out err=$scratch/err
rm -rf "$scratch" && mkdir -p "$scratch" && cd "$scratch" || exit 1
# shellcheck source=tests/flow/try.sh
. "$top/tests/flow/try.sh"

# cell TABLE COLUMN WORD...: the number of that column (from 1) in the row that begins with the words
cell() {
    awk -v table="$1" -v column="$2" -v first="$3" -v second="${4-}" '
        /"id": / { here = index($0, "\"" table "\"") > 0; in_rows = 0 }
        here && /"rows": \[/ { in_rows = 1; next }
        in_rows && /^ *\[/ { n = 0; next }
        in_rows {
            gsub(/^ *|,$/, ""); field[++n] = $0
            if (n == column && field[1] == "\"" first "\"" &&
                (second == "" || field[2] == "\"" second "\"")) { print; exit }
        }' "$out"
}
# is_near TOLERANCE EXACT NUMBER WHAT
is_near() {
    awk -v t="$1" -v e="$2" -v x="$3" 'BEGIN { d = x - e; exit !(x != "" && d <= t && d >= -t) }' </dev/null ||
        fault "$4 is '$3', not $2 within $1"
}
# figures FILE PROGRAM: a table y of the points' factors, which are fields 5, 6, ...
figures() {
    awk -F, -v OFMT=%.17g "NR == 1 { print \"y\"; next } { $2 }" points.csv >"$1"
}

# ---- Sobol indices ----------------------------------------------------------------------------------
# Ishigami and Homma 1990; plain Monte Carlo is off by .01 to .05 at N = 1024, low-discrepancy points by
# less than .01 at 4096.
ishigami() {
    cat >ishigami.cfg <<END
experiment = { id = "ishigami"; title = "Ishigami's function"; };
method = { name = "saltelli"; points = $1; second_order = true; };
factors = { x1 = { min = -3.141592653589793; max = 3.141592653589793; };
            x2 = { min = -3.141592653589793; max = 3.141592653589793; };
            x3 = { min = -3.141592653589793; max = 3.141592653589793; }; };
END
    try 0 design ishigami.cfg -o points.csv
    figures y.csv 's = sin($5); t = sin($6); print s + 7 * t * t + 0.1 * $7 * $7 * $7 * $7 * s'
    try 0 analyze --design points.csv --response y.csv --analysis sobol --json
    err_empty
    while read -r factor s st; do
        is_near "$2" "$s" "$(cell sobol-indices 3 "$factor" 'alone, S')" "S of $factor, N = $1"
        is_near "$2" "$st" "$(cell sobol-indices 3 "$factor" 'total, ST')" "ST of $factor, N = $1"
    done <<END
x1 .31390519 .55758886
x2 .44241114 .44241114
x3 0 .24368366
END
    is_near "$3" .24368366 "$(cell sobol-pairs 2 'x1 with x3')" "the only pair, N = $1"
}
ishigami 1024 .05 .1
ishigami 4096 .01 .03
out_has 'x3 24 % ([0-9]* to [0-9]*), but only together with others'
try 0 analyze --design points.csv --response y.csv --analysis sobol
LC_ALL=C awk '{ gsub(/[\200-\277]/, "") } length($0) > 80 { exit 1 }' "$out" || fault 'a line has more than 80 columns'
mkdir plots
try 0 analyze --design points.csv --response y.csv --analysis sobol --data plots
for file in sobol-indices.csv sobol-indices-bars.gnuplot sobol-settling-lines.gnuplot sobol-pairs-bars.gnuplot; do
    [ -s "plots/$file" ] || fault "there is no plots/$file"
done

# Sobol's g-function, a = 0, 1, 4.5, 9, 99, 99, 99, 99.
{
    echo 'experiment = { id = "g"; title = "The g-function"; };'
    echo 'method = { name = "saltelli"; points = 4096; };'
    echo 'factors = {'
    for i in 1 2 3 4 5 6 7 8; do echo "x$i = { min = 0.0; max = 1.0; };"; done
    echo '};'
} >g.cfg
try 0 design g.cfg -o points.csv
figures y.csv 'split("0 1 4.5 9 99 99 99 99", a, " "); y = 1
    for (i = 1; i <= 8; i++) { d = 4 * $(4 + i) - 2; y *= ((d < 0 ? -d : d) + a[i]) / (1 + a[i]) }
    print y'
try 0 analyze --design points.csv --response y.csv --analysis sobol --json
while read -r factor s st; do
    is_near .01 "$s" "$(cell sobol-indices 3 "$factor" 'alone, S')" "S of $factor"
    is_near .01 "$st" "$(cell sobol-indices 3 "$factor" 'total, ST')" "ST of $factor"
done <<END
x1 .71619217 .78714413
x2 .17904804 .24219819
x3 .02367577 .03431691
x4 .00716192 .01046039
x5 .0000716 .00010495
x8 .0000716 .00010495
END

# ---- elementary effects -----------------------------------------------------------------------------
# Of a linear function they are its slopes times the ranges, everywhere: sigma is 0 but for rounding.
cat >linear.cfg <<'END'
experiment = { id = "linear"; title = "A plane"; };
method = { name = "morris"; trajectories = 20; };
factors = { x1 = { min = 10.0; max = 20.0; }; x2 = { min = -1.0; max = 1.0; };
            x3 = { min = 0.0; max = 5.0; }; };
END
try 0 design linear.cfg -o points.csv
figures y.csv 'print 3 * $5 - 2 * $6 + 1000'
try 0 analyze --design points.csv --response y.csv --analysis morris --json
is_near 1e-9 30 "$(cell morris-effects 2 x1)" 'mu* of x1'
is_near 1e-9 30 "$(cell morris-effects 5 x1)" 'mu of x1'
is_near 1e-9 4 "$(cell morris-effects 2 x2)" 'mu* of x2'
is_near 1e-9 -4 "$(cell morris-effects 5 x2)" 'mu of x2'
is_near 1e-9 0 "$(cell morris-effects 6 x1)" 'sigma of x1'
is_near 0 0 "$(cell morris-effects 2 x3)" 'mu* of x3'
out_has 'Nothing at all comes of x3'

# ---- what does not fit ------------------------------------------------------------------------------
try 2 analyze --design points.csv --response y.csv --analysis sobol
err_has "analysis 'sobol' cannot be made of 'y': it has no points of blocks 'a' and 'b'"
sed 2d y.csv >short.csv
try 2 analyze --design points.csv --response short.csv --analysis morris
err_has 'it has not as many rows as the design'
sed 4d points.csv >gap.csv
sed 4d y.csv >short.csv
try 2 analyze --design gap.csv --response short.csv --analysis morris
err_has "moves as well"
try 2 analyze --design points.csv --response y.csv --analysis luck
err_has 'a table has one figure a point'

echo "$faults faults"
[ "$faults" -eq 0 ]
