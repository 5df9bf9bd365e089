#!/bin/sh
# The program as its users meet it: exit statuses, what goes to stdout and what to stderr, mistakes,
# files, pipes, and the figures of the slide rule. usage: test_cli.sh MUSTER SOURCE_DIR SCRATCH SECONDS
set -u
muster=$1 top=$2 scratch=$3 seconds=$4
case=$top/scenarios/northern-interaction-2023.cfg
out=$scratch/out err=$scratch/err
mkdir -p "$scratch" && cd "$scratch" || exit 1
unset MUSTER_SCENARIOS
# shellcheck source=tests/flow/try.sh
. "$top/tests/flow/try.sh"

errors() { # errors NUMBER: as many lines on stderr that tell an error
    count=$(grep -c ': error: ' "$err")
    [ "$count" -eq "$1" ] || fault "$count error lines, not $1"
}
# figure NAME VALUE SHARE: member of the JSON on stdout, within a share of the value
figure() {
    value=$(sed -n "s/^ *\"$1\": \([-0-9.e+]*\),\{0,1\}\$/\1/p" "$out")
    awk -v a="$value" -v b="$2" -v s="$3" \
        'BEGIN { d = a - b; if (d < 0) d = -d; exit !(a != "" && d <= s * b) }' ||
        fault "$1 is '$value', not $2"
}

# ---- done: 0, results on stdout only ---------------------------------------------------------------
try 0 check "$case"; out_has 'no mistakes'; err_empty
try 0 run "$case"; out_has '^CAME: .*China (5 ships), Russia (4 ships, 2 aircraft types)'; err_empty
out_has '^DID NOT COME: *North Korea'
try 0 run "$case" --json; out_has '"format": "muster-run"'; err_empty
try 0 run "$case" --trace; out_has 'drill started'; err_empty
try 0 why "$case" PRK; out_has 'ANSWER: no'; err_empty
try 0 reach "$case" PRK; out_has 'Najin'; err_empty
try 0 run "$case" --variant fuel-granted --set 'units.najin-531.fuel_frac = 0.9'
out_has 'units.najin-531.fuel_frac'; out_has 'states.PRK.allotment_frac'
try 0 list; out_has '^measures '; try 0 list measures; out_has '^score '
try 0 list variants "$case"; out_has '^fuel-granted '
try 0 show najin; out_has 'najin'
# One text of a file and its includes: includes nothing any more, and runs to the same document.
try 0 show "$case" --text; err_empty; cp "$out" one.cfg
! grep -q '^@include' one.cfg || fault 'the one text includes files'
try 0 run "$case" --json; sed -n '/"digest"\|"hash"/p' "$out" >whole
try 0 run one.cfg --json; sed -n '/"digest"\|"hash"/p' "$out" >gathered
cmp -s whole gathered && [ -s whole ] || fault 'the one text runs otherwise'
try 0 show "$case" --text --json; out_has '"format": "muster-text"'; err_empty
try 2 show "$case" RUS --text; errors 1
try 3 show missing.cfg --text; out_empty; errors 1
try 0 --version; out_has '^muster [0-9]'; err_empty
try 0 --help; out_has '^  muster run '
try 2; err_empty # no verb: the same help, and a mistake

# The first example of all: fuel and time of one leg.
try 0 run "$top/scenarios/hello.cfg"; out_has 'FUEL: percent of a full tank'; out_has 'First ship'
out_has '229 .*9\.0$'

# Without a drill that is said, with the verb that answers, and no word of tables that are not there.
try 0 run "$top/scenarios/unix-1988.cfg"; err_empty
out_has '^No drill stands in this file'; out_has '"muster rivals FILE"'; out_has '^CHANGES IN FORCE'
out_lacks '^WORDS'; out_lacks 'margin'
try 0 run "$case"; out_lacks 'No drill stands'; out_has '^WORDS'

# One drill of many: what the whole report says of it, and nothing of the others; the run is the same.
record=$top/scenarios/record-2018-2024.cfg
try 0 run "$record" --drill belt-2023; err_empty
[ "$(grep -c ': drill of ' "$out")" -eq 1 ] || fault 'not one drill'
out_has '^Security Belt 2023.*: drill of '; out_has '^One of [0-9]* drills: '; out_has '^SOURCES'
[ "$(wc -l <"$out")" -lt 1000 ] || fault 'the report of one drill is long'
grep '^CAME:\|^DID NOT COME:\|^The drill started' "$out" >"$scratch/said"
[ -s "$scratch/said" ] || fault 'nobody came or stayed away'
try 0 run "$record"
sed -n '/^Security Belt 2023.*: drill of /,/^[^ ].*: drill of /p' "$out" >"$scratch/all"
while read -r line; do
    grep -qF -e "$line" "$scratch/all" || fault "the whole report does not say: $line"
done <"$scratch/said"
try 0 run "$case"; cp "$out" "$scratch/whole"
try 0 run "$case" --drill northern; cmp -s "$out" "$scratch/whole" || fault 'the only drill is told otherwise'
try 2 run "$record" --drill belt2023 --reps 100000; out_empty; errors 1
err_has "no drill 'belt2023' (did you mean 'belt-2023'?)"
for other in --json '-o -' --trace; do
    # shellcheck disable=SC2086 # words on purpose
    try 2 run "$case" --drill northern $other; errors 1; err_has '--drill is of the report'
done

# Everything keeps to 80 columns, also with names that have no blank.
narrow() {
    wide=$(LC_ALL=C tr -cd '\n -~' <"$out" | awk 'length($0) > 80' | head -n 1)
    [ -z "$wide" ] || fault "wider than 80 columns: $wide"
}
name=$(awk 'BEGIN { for (i = 0; i < 120; i++) printf "x" }')
for arguments in 'list keys' 'list classes' 'list bases' 'show najin'; do
    # shellcheck disable=SC2086 # words on purpose
    try 0 $arguments; narrow
done
for path in scenario.title states.PRK.name states.CHN.name units.najin-531.name \
    drills.northern.name; do
    try 0 run "$case" --set "$path = \"$name\""; narrow
    try 0 why "$case" PRK --set "$path = \"$name\""; narrow
    try 2 run "$case" --set "$path = \"a\\nb\""; errors 1; err_has 'holds a tab or a line break'
done

# ---- an expectation that is not met: 1 -------------------------------------------------------------
try 1 run "$case" --set 'expect[2].value = 1.0'; out_has '^CAME:'; err_has 'error'
try 1 run "$case" --set 'expect[2].value = 1.0' --json; err_has 'error'
[ "$(grep -c '"met": true' "$out")" -eq 2 ] || fault "not two expectations met"
[ "$(grep -c '"met": false' "$out")" -eq 1 ] || fault "the document hides what was not met"
# What names no measure, or nothing of the file, is a mistake before anything is run.
try 2 check "$case" --set 'expect[2].measure = "participaton"'; out_empty; errors 1
err_has "did you mean 'participation'"
try 2 run "$case" --set 'expect[2].of = "PKR"'; out_empty; errors 1; err_has "did you mean 'PRK'"
try 0 check "$case" --set 'expect[2].of = "northern/PRK"'
try 2 check "$case" --set 'expect[2].of = "southern/PRK"'; errors 1

# ---- every verb has help with an example -----------------------------------------------------------
for verb in check run why reach calc list show help; do
    try 0 "$verb" --help; out_has "^  muster $verb"; err_empty
    cp "$out" "$scratch/first"
    try 0 help "$verb"
    cmp -s "$out" "$scratch/first" || fault "help $verb and $verb --help differ"
done

# ---- mistakes: 2 -----------------------------------------------------------------------------------
try 2 rnu "$case"; out_empty; errors 1; err_has "did you mean 'run'"
try 2 run; out_empty; errors 1
try 2 run "$case" --sett x; out_empty; errors 1; err_has "no option '--sett' (did you mean '--set'?)"
try 2 run "$case" --nothing-like-it; out_empty; errors 1; err_has 'muster help run lists them'
try 2 run "$case" --variant --set; out_empty; errors 1; err_has "'--variant' needs NAME behind it, not --set"
try 2 run "$case" --variant; out_empty; errors 1; err_has "'--variant' needs NAME behind it"
# No change is dropped: 64 are taken and the last wins, one more is refused.
set --
for i in $(seq 63); do set -- "$@" --set "ties.RUS-PRK.align = 0.$((100 + i))"; done
try 0 why "$case" PRK "$@" --set 'ties.RUS-PRK.align = 0.95'; out_has '3 would be admitted by Russia: yes'
try 2 why "$case" PRK "$@" --set 'ties.RUS-PRK.align = 0.95' --set 'ties.RUS-PRK.align = 0.35'
out_empty; err_has 'more than 64 options'
set --
# The nearest id may be another country's: PRC is near PRK, and China is CHN.
for verb in why flip reach; do
    try 2 "$verb" "$case" PRC; out_empty; errors 1; err_lacks 'did you mean'
    err_has "no state 'PRC'; the states are .*CHN (China), .*RUS (Russia)"
    try 2 "$verb" "$case" PRK --drill nrthern; out_empty; errors 1
    err_has "no drill 'nrthern' (did you mean 'northern'?)"
done
try 2 list assumed "$case" PRC; out_empty; errors 1; err_has "the states are .*CHN (China)"
try 0 why "$case" 'north korea'; out_has 'ANSWER: no'
try 2 why "$top/scenarios/hello.cfg" ZZZ; errors 1; err_has "no state 'ZZZ'; the state is "
try 2 why "$case" PRK --drill zzz; errors 1; err_has "no drill 'zzz'; the only one is 'northern'$"
try 2 why "$top/scenarios/record-2018-2024.cfg" PRK --drill belt2023; out_empty; errors 1
err_has "no drill 'belt2023' (did you mean 'belt-2023'?)"
try 2 rivals "$top/scenarios/record-2018-2024.cfg" --drill zzz; out_empty; errors 1
err_has "no drill 'zzz'; the first are 'vostok-2018', .* (muster list drills FILE lists all)"
try 2 run "$case" --variant fuel-grantd; out_empty; errors 1; err_has "did you mean 'fuel-granted'"
try 2 run "$case" --set 'units.najin-531.fuel_frca = 0.9'; errors 1; err_has "did you mean 'fuel_frac'"
try 2 run "$case" --set 'units.najin-531.fuel_frac = 2'; errors 1; err_has '\[0, 1\]'
try 2 why "$case" PKR --json; out_has '"format": "muster-diagnostics"'; errors 1
try 2 run "$case" --trace --json; errors 1; err_has 'trace is text'
try 2 run "$case" --trace -o "$scratch/trace"; out_empty; errors 1
# Warnings of the file stand once, not again beside what is wrong with the question.
sed 's/area = "[a-z-]*";//' "$top/scenarios/hello.cfg" >"$scratch/warned.cfg"
grep -q 'names no area' "$scratch/warned.cfg" && fault "the file says the warning itself"
try 2 why "$scratch/warned.cfg" ZZZ; errors 1
[ "$(grep -c 'warning: .*names no area' "$err")" -eq 1 ] || fault "not one warning"
try 2 calc depart VLADIVOSTOK 39.5,134 --at 2023-07-20T00:00Z; errors 1; err_has 'speed'

# Any number of options, and --json that asks for nothing: a value, or behind "--".
many=$(awk 'BEGIN { for (i = 0; i < 300; i++) printf "--json " }')
# shellcheck disable=SC2086 # words on purpose
try 2 run "$case" -- $many; out_empty; errors 1; err_has "too many arguments for 'run'"
# shellcheck disable=SC2086
try 2 run "$case" $many; errors 1; err_has 'more than 64 options'; out_has 'muster-diagnostics'
try 2 run "$case" --set --json; out_empty; errors 1
try 0 calc distance -.5,150 -10.5,160; out_has 'nm'

# Every failure is a document where one is asked for, whatever bytes it is about.
is_document() { out_has '"format": "muster-diagnostics"'; out_has '"severity": "error"'; errors 1; }
bad=$(printf 'zzz\377') long=$(awk 'BEGIN { printf "aa"; for (i = 0; i < 300; i++) printf "\303\251" }')
try 2 rnu --json; is_document
try 2 help zzz --json; is_document
try 2 list zzz --json; is_document
try 0 list --json; out_has '"format": "muster-list"'; out_has '"id": "measures"'
try 2 show "$bad" --json; is_document; out_has "zzz$(printf '\357\277\275')'"
try 2 show "$long" --json; is_document; out_has "${long}'"
try 3 check "b$bad.cfg" --json; is_document
try 3 check "$case" --land "$scratch/nowhere" --json; is_document; err_has 'nowhere'
try 3 run "$case" --json -o "$scratch/no-such-folder/run.json"; is_document

# A file of another kind is named; a file that is too large, and how large it may be.
"$muster" run "$top/scenarios/hello.cfg" -o "$scratch/run.json"
try 2 run "$scratch/run.json"; out_empty; errors 1
err_has 'run.json: error: this is a muster-run document, not a scenario'
awk 'BEGIN { for (i = 0; i < 70000; i++) print "# a line of a scenario that never comes to an end" }' \
    >"$scratch/half.cfg"
cat "$scratch/half.cfg" "$scratch/half.cfg" >"$scratch/whole.cfg"
try 2 check "$scratch/whole.cfg"; errors 1; err_has "whole.cfg' is larger than 4 MB"
printf '@include "half.cfg"\n@include "./half.cfg"\n' >"$scratch/both.cfg"
try 2 check "$scratch/both.cfg"; errors 1
err_has "both.cfg:2: error: with '.*half.cfg' the files are larger than 4 MB together"
printf '@include "whole.cfg"\n' >"$scratch/one.cfg"
try 2 check "$scratch/one.cfg"; errors 1; err_has "one.cfg:1: .*whole.cfg' is larger than 4 MB"

# Twelve mistakes in one file: all told, each with its line, in order, and the document says the same.
try 2 check "$top/tests/bad/twelve.cfg"; out_empty; errors 12
lines=$(sed -n 's/^.*twelve\.cfg:\([0-9]*\): error: .*$/\1/p' "$err" | tr '\n' ' ')
[ "$lines" = "5 6 8 10 12 13 14 17 18 19 21 22 " ] || fault "mistakes on lines $lines"
err_has '^12 errors in .*Nothing was simulated'
try 2 run "$top/tests/bad/twelve.cfg"; out_empty; errors 12
try 2 check "$top/tests/bad/twelve.cfg" --json; errors 12
[ "$(grep -c '"severity": "error"' "$out")" -eq 12 ] || fault "the document lacks mistakes"
# What cannot be parsed stands alone, though the file holds more mistakes.
try 2 check "$top/tests/bad/syntax.cfg"; out_empty; errors 1; err_has 'syntax error.*not read'
try 2 check "$top/tests/bad/duplicate.cfg"; out_empty; errors 1; err_has 'duplicate.cfg:4: error: .*CHN'

# ---- the world: 3 ----------------------------------------------------------------------------------
try 3 run nowhere.cfg; out_empty; errors 1; err_has 'nowhere.cfg'
try 3 run nowhere.cfg --json; out_has '"format": "muster-diagnostics"'
try 3 run "$top/scenarios"; out_empty; errors 1; err_has 'folder'
mkfifo "$scratch/pipe" 2>/dev/null
try 3 run "$scratch/pipe"; errors 1; err_has 'not a regular file'
try 3 run "$case" -o "$scratch/no-such-folder/run.json"; errors 1
if [ -c /dev/full ]; then
    for verb in "run $case" list help; do
        # shellcheck disable=SC2086 # verb and file
        "$muster" $verb >/dev/full 2>"$err"
        got=$?
        : >"$out"
        [ "$got" -eq 3 ] || fault "status $got with a full disk: $verb"
        errors 1
    done
fi

# ---- -o writes at once or not at all ---------------------------------------------------------------
mkdir -p "$scratch/files" && rm -f "$scratch"/files/*
try 0 run "$case" --json && cp "$out" "$scratch/first"
try 0 run "$case" -o "$scratch/files/run.json"; out_empty; err_empty
cmp -s "$scratch/files/run.json" "$scratch/first" || fault "-o and --json differ"
echo old >"$scratch/files/run.json"
try 2 run "$top/tests/bad/twelve.cfg" -o "$scratch/files/run.json"
[ "$(cat "$scratch/files/run.json")" = old ] || fault "a failed run spoilt the file"
(
    ulimit -f 8 # 4 or 8 KB: the disk is full in the middle of the file
    trap '' XFSZ
    "$muster" run "$case" -o "$scratch/files/run.json" >"$out" 2>"$err"
) && fault "half a file was taken for success"
[ "$(cat "$scratch/files/run.json")" = old ] || fault "half a file replaced the old one"
[ "$(ls "$scratch/files")" = run.json ] || fault "something was left behind: $(ls "$scratch/files")"

# A link stays a link, a file keeps its mode, a new one has that of the user; pipes stay pipes.
files=$scratch/files
echo old >"$files/target" && chmod 640 "$files/target" && ln -sf target "$files/link"
try 0 run "$case" -o "$files/link"
[ -L "$files/link" ] || fault "the link was replaced"
cmp -s "$files/target" "$scratch/first" || fault "the target of the link was not written"
[ "$(stat -c %a "$files/target")" = 640 ] || fault "mode $(stat -c %a "$files/target"), not 640"
ln -sf not-yet "$files/ahead"
(umask 027 && try 0 run "$case" -o "$files/ahead")
cmp -s "$files/not-yet" "$scratch/first" || fault "a link to no file yet was not followed"
[ "$(stat -c %a "$files/not-yet")" = 640 ] || fault "a new file is not by the umask"
ln -sf loop "$files/loop"
try 3 run "$case" -o "$files/loop"; errors 1
mkfifo "$files/pipe"
timeout 20 cat "$files/pipe" >"$files/came" &
try 0 run "$case" -o "$files/pipe"
wait $!
[ -p "$files/pipe" ] || fault "the pipe was replaced"
cmp -s "$files/came" "$scratch/first" || fault "the pipe did not get the run file"
echo before >"$files/appended"
"$muster" run "$case" -o /dev/stdout >>"$files/appended" 2>"$err" || fault "no -o /dev/stdout"
tail -n +2 "$files/appended" | cmp -s - "$scratch/first" || fault "/dev/stdout is not stdout"

# ---- a reader that goes away -----------------------------------------------------------------------
for arguments in "run $case" "run $case --json" "list keys" "why $case PRK"; do
    # shellcheck disable=SC2086 # verb and file
    "$muster" $arguments 2>"$err" | head -n 1 >"$out"
    err_empty
    [ "$(wc -l <"$out")" -eq 1 ] || fault "no first line: $arguments"
done

# ---- the slide rule: every example of its help works; known figures --------------------------------
"$muster" help calc | sed -n "s/^  *muster calc \(.*\)\$/\1/p" >"$scratch/examples"
[ "$(wc -l <"$scratch/examples")" -ge 8 ] || fault "too few examples"
while read -r example; do
    eval "try 0 calc $example"; err_empty
    [ -s "$out" ] || fault "no answer: $example"
    out_has '^Used' # what the answer rests on
    [ "$(awk 'length > 80' "$out" | wc -l)" -eq 0 ] || fault "wider than 80 columns: $example"
    eval "try 0 calc $example --json"; out_has '"format": "muster-calc"'
done <"$scratch/examples"
for question in distance range speed endurance radius station depart meet; do
    grep -q "^$question " "$scratch/examples" || fault "no example of $question"
done
try 0 calc distance MUNCHON 39.5,134 --json; figure sea_nm 298 0.015
try 0 calc distance QINGDAO 33.57,128.30 --json; figure sea_nm 415 0.015
try 0 calc speed najin --json; figure economical_kn 8.4 0.006; figure range_nm 4920 0.0002
try 0 calc range najin --speed 10 --json; figure range_nm 4764 0.0002; figure range_usable_nm 3573 0.0002
try 0 calc endurance najin --json; figure endurance_h 879.12 0.00001 # 4000/13/.35
try 0 calc radius najin --stay '24 h' --json; figure radius_nm 1721 0.0003
figure radius_tank_nm 1844 0.0003; figure radius_drifting_nm 1778 0.0003
try 0 calc radius mig23ml --json; figure radius_nm 395 0.0015; figure climb_kg 255 0.000001
try 0 calc station mig23ml ORANG 39.5,134 --json; figure station_min 54 0.01
try 0 calc meet MAIZURU VLADIVOSTOK --speeds 15,9 --at 2023-07-18T06:00Z --json; figure hours 19.57 0.001
out_has '"at": "2023-07-19T01:3'

# It says what it used, and how sure that is.
try 0 calc radius najin
for words in 'Najin frigate (najin)' '4000 nm (low)' 'hotel share 0.35 (default)' '180 t (est.)' \
    'reserve 0.2 of the tank (default)' 'usable 0.95 (default)'; do
    tr -s '\n ' '  ' <"$out" | grep -qF "$words" || fault "no '$words'"
done
try 0 calc radius type903a; tr -s '\n ' '  ' <"$out" | grep -qF 'tank 2000 t (assumed)' || fault 'no mark'

# Every figure of a class counts: clones in a library of their own. By hand: margin 2 halves ranges;
# usable .6, reserve .2, 24 h at 14 kn leave 269.05 nm (0.4 - 24 F(14))/(2 F(8.39)/8.39).
mkdir -p "$scratch/clones" && cp -r "$top/scenarios/library" "$scratch/clones/"
cat >>"$scratch/clones/library/ships.cfg" <<'END'
odd = { like = "najin"; usable_fraction = 0.6; margin = 2.0; station_speed_kn = 14.0; };
straight = { like = "najin"; exponent = 1.0; };
curved = { like = "najin"; fuel_t = 150.0; curve = ( { speed_kn = 6.0; rate_t_per_h = 0.3; },
           { speed_kn = 10.0; rate_t_per_h = 0.45; }, { speed_kn = 16.0; rate_t_per_h = 1.5; } ); };
END
export MUSTER_SCENARIOS="$scratch/clones"
try 0 calc range odd --speed 13 --json; figure range_nm 2000 0.000001; figure range_usable_nm 800 0.000001
try 0 calc radius odd --json; figure radius_nm 269.053 0.00001
try 0 calc radius odd; out_has '24 h at 14 kn'
tr -s '\n ' '  ' <"$out" | grep -qF 'usable 0.6 (unsourced)' || fault "does not say usable 0.6"
try 0 calc speed straight --json; figure economical_kn 24 0.000001
try 0 calc range curved --speed 13 --json; figure range_nm 2000 0.000001
try 0 calc range curved --speed 13; out_has 'points of its curve 3'
try 2 calc range curved --speed 17; errors 1; err_has 'above the greatest'
unset MUSTER_SCENARIOS

# Each question has its own options; a number may be too long, but not without a word.
for wrong in "station najin MUNCHON 39.5,134 --stay '1 h'" 'distance MUNCHON ORANG --speed 9' \
    'range najin --station 9' 'speed najin --air' 'meet MAIZURU VLADIVOSTOK --speeds 15,9 --speed 9'; do
    eval "try 2 calc $wrong"; out_empty; errors 1
    err_has "'muster calc ${wrong%% *}' has no option '--"
done
try 2 calc radius mig23ml --station 9; errors 1; err_has 'aircraft'
try 2 calc range mig23ml; errors 1; err_has 'aircraft'
try 2 calc rang najin; errors 1; err_has "did you mean 'range'"
zeros=0000000000000000000000000000000000000000000000000000000000000000
try 2 calc range "${zeros}4000@13"; errors 1; err_has 'the range (nm)'
try 2 calc range "4000@${zeros}13"; errors 1; err_has 'its speed (kn)'
try 2 calc range najin --speed "${zeros}10"; errors 1; err_has '^muster: error: --speed'
try 2 calc meet MAIZURU VLADIVOSTOK --speeds "${zeros}15,9"; errors 1; err_has 'the first speed'
try 2 calc meet MAIZURU VLADIVOSTOK --speeds 15,9 --at "${zeros},${zeros}"; errors 1; err_has '^muster: error: --at'
try 0 calc range 00000000000000000000000000000000004000@13; out_has '^4000 nm'

# ---- the worked case is quick ----------------------------------------------------------------------
begin=$(date +%s%N)
try 0 run "$case"
took_ms=$((($(date +%s%N) - begin) / 1000000))
echo "the worked case took $took_ms ms"
[ "$took_ms" -le $((seconds * 1000)) ] || fault "the worked case took $took_ms ms"

# ---- a page is not poured into a terminal ----------------------------------------------------------
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then # a bare system may have no terminals to give
    script -qec "'$muster' report nowhere.sqlite" /dev/null >"$out" 2>"$err" </dev/null
    [ $? -eq 2 ] || fault "a page in a terminal"
    out_has 'a page is no reading for a terminal'
fi

echo "$faults faults"
[ "$faults" -eq 0 ]
