#!/bin/sh
# The program's screens, word for word, against tests/golden: a change of a screen is seen where it
# happens, and reviewed as text. Hashes and versions are masked, for they follow every change of a
# scenario or a library.
# usage: test_golden.sh MUSTER SOURCE_DIR SCRATCH [bless]
set -u
muster=$1 top=$2 scratch=$3 bless=${4:-}
case=scenarios/northern-interaction-2023.cfg
golden=$top/tests/golden
faults=0 screens=0
rm -rf "$scratch" && mkdir -p "$scratch" && cd "$top" || exit 1
unset MUSTER_SCENARIOS

mask() {
    sed -e 's/, version [0-9a-f]\{8\}/, version ......../' \
        -e 's/^muster [0-9][0-9.]*$/muster .../' -e 's/^GSL [0-9][0-9.]*$/GSL .../'
}

# screen NAME COMMAND...: as the user sees it, each command with its line in front
screen() {
    name=$1
    shift
    for line in "$@"; do
        echo "\$ muster $line"
        (eval "\"$muster\" $line" 2>&1) </dev/null
    done | mask >"$scratch/$name.txt"
    screens=$((screens + 1))
    if [ "$bless" = bless ]; then
        cp "$scratch/$name.txt" "$golden/$name.txt"
    elif ! diff -u "$golden/$name.txt" "$scratch/$name.txt" >"$scratch/diff" 2>&1; then
        faults=$((faults + 1))
        echo "FAULT: the screen $name is another:"
        head -n 40 "$scratch/diff"
    fi
}

screen run "run $case"
screen run-hello "run scenarios/hello.cfg"
screen run-fuel-granted "run $case --variant fuel-granted"
screen run-fuel-and-frigates "run $case --variant fuel-and-frigates"
screen run-depart-16-july-0945 "run $case --variant depart-16-july-0945"
screen run-after-june-2024 "run $case --variant after-june-2024"
screen why "why $case PRK"
screen why-host "why $case CHN"
screen reach "reach $case PRK"
screen reach-host "reach $case CHN"
screen reach-granted "reach $case PRK --variant frigates-granted"
screen check "check $case" "check tests/bad/twelve.cfg"
screen check-sources "check --sources $case"
screen check-syntax "check tests/bad/syntax.cfg" "check tests/bad/duplicate.cfg"
screen list "list" "list measures" "list activities" "list models" "list classes"
screen list-file "list states $case" "list units $case" "list groups $case" "list drills $case" \
    "list serials $case" "list rules $case" "list left-out $case" "list observations $case" \
    "list evidence $case" "list variants $case" "list levers $case" "list ledger $case" \
    "list events $case"
screen list-assumed "list assumed $case PRK"
screen list-random "list random $case" "list --random scenarios/hello.cfg"
screen run-reps "run scenarios/hello.cfg --reps 300" "run scenarios/hello.cfg --only-replication 7"
screen compare "compare $case --reps 600 --variant fuel-and-frigates \\
    --with 'units.gremyashchiy.count = 0; units.tsydenzhapov.count = 0'" \
    "compare $case --reps 0 --variant council-cost-gone --variant depart-16-july-0945"
screen show "show najin" "show score" "show $case RUS-PRK" "show $case tsushima" \
    "show $case 'evidence[5]'" "show $case fuel-granted" "show $case allotment" \
    "show $case states.PRK.attributes.norm_conflict"
screen help "help"
screen help-verbs "help run" "help compare" "help why" "help reach" "help check" "help calc" "help list" "help show"
screen version "--version"
screen calc "calc distance MUNCHON 39.5,134" "calc distance QINGDAO 33.57,128.30" \
    "calc range najin --speed 10" "calc speed najin" "calc endurance najin --speed 10" \
    "calc radius najin --stay '24 h'" "calc station mig23ml ORANG 39.5,134" \
    "calc depart VLADIVOSTOK 39.5,134 --at 2023-07-20T00:00Z --speed 9" \
    "calc meet MAIZURU VLADIVOSTOK --speeds 15,9"
screen mistakes "rnu" "why $case PKR" "run $case --variant fuel-grantd" "list levrs" "show najn"

# Nothing lies in the folder that no screen is compared with.
for file in "$golden"/*.txt; do
    [ -f "$scratch/$(basename "$file")" ] && continue
    faults=$((faults + 1))
    echo "FAULT: no screen is compared with $file"
done

echo "$screens screens, $faults faults"
[ "$faults" -gt 0 ] && echo "after a change that was meant: cmake --build build --target bless-golden"
[ "$faults" -eq 0 ]
