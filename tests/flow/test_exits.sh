#!/bin/sh
# Where results cannot go: full disks, closed pipes, folders, places without the right to write.
# Every verb ends with 3 and one clear line, or with 3 and nothing when the reader has gone, and no
# half of a file is left under the name asked for. usage: test_exits.sh MUSTER SOURCE_DIR SCRATCH
set -u
muster=$1 top=$2 scratch=$3
hello=$top/scenarios/hello.cfg case=$top/scenarios/northern-interaction-2023.cfg
rm -rf "$scratch"
mkdir -p "$scratch" && cd "$scratch" || exit 1
unset MUSTER_SCENARIOS
faults=0 tried=0 tried_report=
fault() {
    faults=$((faults + 1))
    echo "FAULT: $*"
    sed 's/^/    stderr: /' err | head -n 5
}
# one_line WHAT: stderr is one line of muster, no more
one_line() {
    [ "$(wc -l <err)" -eq 1 ] && grep -q '^muster: error: cannot write' err ||
        fault "stderr is not one line that says so: $1"
}
# ended STATUS WANTED WHAT
ended() {
    tried=$((tried + 1))
    [ "$1" -eq "$2" ] || fault "status $1, not $2: $3"
}

sh "$top/tests/flow/invented_record.sh" || exit 1
cat >small.cfg <<END
experiment = { id = "small"; title = "Small"; scenario = "$hello"; };
method = { name = "one-at-a-time"; };
factors = { aboard = { path = "units.first.fuel_frac"; min = 0.5; max = 1.0; }; };
measures = ["mustered"];
END
"$muster" sweep small.cfg -o small.sqlite >/dev/null 2>err || fault "the small experiment does not run"
# All verbs, each with an answer of its own; those of the table of verbs that are not here are a fault.
cat >verbs <<END
check|check $hello
run|run $hello
run|run $hello --json
run|run $hello --trace
why|why $case PRK
rivals|rivals $hello
flip|flip $case PRK
fit|fit --record drills.csv --states states.csv --replicates 40 --permutations 9 --lambda 1
reach|reach $case
reach|reach $case osa-east --area --hours 12
design|design small.cfg
sweep|sweep small.cfg --dry-run|varies
status|status small.sqlite
merge|merge merged.sqlite small.sqlite|varies
export|export small.sqlite
export|export $hello --to geojson
export|export $case --to csv --table tracks
analyze|analyze small.sqlite
calc|calc distance 42.95,131.85 39.5,134.0
list|list
show|show najin
show|show $hello --text
compare|compare $hello $hello
step|step $hello
help|help run
help|--help
help|--version
END
# The page needs Node.js to be built: without it, what to do.
if "$muster" report small.sqlite >/dev/null 2>err </dev/null; then
    echo "report|report small.sqlite" >>verbs
else
    ended $? 3 "report without its page"
    grep -q 'quickstart page' err || fault "report without its page does not say what to do"
    tried_report=yes
fi
"$muster" --help | sed -n 's/^  \([a-z][a-z]*\) .*[a-z].*$/\1/p' | grep -v -x muster | sort -u >all
while read -r verb; do
    grep -q "^$verb|" verbs || [ "$verb" = muster ] || [ "$verb:${tried_report-}" = report:yes ] || fault "the verb '$verb' is not tried here"
done <all
[ "$(wc -l <all)" -ge 8 ] || fault "the help names too few verbs"

# `varies`: it tells what a clock said, or what it did this time.
while IFS='|' read -r verb line varies; do
    # shellcheck disable=SC2086 # words of a command line
    "$muster" $line >plain 2>err </dev/null
    ended $? 0 "$line"
    if [ -c /dev/full ]; then
        "$muster" $line >/dev/full 2>err </dev/null
        ended $? 3 "$line >/dev/full"
        one_line "$line >/dev/full"
        "$muster" $line 2>/dev/full >again </dev/null
        ended $? 0 "$line 2>/dev/full"
        [ -n "$varies" ] || cmp -s plain again || fault "other results when stderr is full: $line"
    fi
    "$muster" $line >&- 2>err </dev/null
    ended $? 3 "$line >&-"
    one_line "$line >&-"
    "$muster" $line <&- >again 2>err
    ended $? 0 "$line <&-"
    [ -n "$varies" ] || cmp -s plain again || fault "other results without stdin: $line"
    # The reader goes before a byte is written: 3 without a word, and no death by a signal (141).
    { sleep 0.2; "$muster" $line 2>err; echo $? >status; } </dev/null | :
    ended "$(cat status)" 3 "$line | :"
    [ ! -s err ] || fault "complains of a reader that has gone: $line"
done <verbs

# A reader that takes one line of an answer larger than a pipe holds (64 kB).
{ "$muster" run "$case" --json 2>err; echo $? >status; } | head -n 1 >first
ended "$(cat status)" 3 "run --json | head -n 1"
[ "$(cat first)" = "{" ] || fault "head did not get its line"
[ ! -s err ] || fault "complains of head"
# A parent that has SIGPIPE ignored or not makes no difference.
(trap '' PIPE; { "$muster" run "$case" --json 2>err; echo $? >status; } | head -n 1 >first)
ended "$(cat status)" 3 "with SIGPIPE ignored"

# -o: the verbs that take it. What was there stays, whole; nothing else is left behind.
for line in "run $hello" "run $hello --json" "why $case PRK --json" "compare $hello $hello --json" \
    "design small.cfg" "export small.sqlite" "export $hello --to kml"; do
    mkdir out && echo old >out/file
    "$muster" $line -o out/file >seen 2>err
    ended $? 0 "$line -o out/file"
    [ ! -s seen ] || fault "-o wrote to stdout as well: $line"
    cp out/file whole
    "$muster" $line -o out >seen 2>err
    ended $? 3 "$line -o FOLDER"
    one_line_of=$(grep -c "cannot write 'out': Is a directory" err seen | awk -F: '{ n += $2 } END { print n }')
    [ "$one_line_of" -ge 1 ] || fault "$line -o FOLDER: the folder is not named"
    "$muster" $line -o out/none/file >seen 2>err
    ended $? 3 "$line -o NO-FOLDER/file"
    "$muster" $line -o out/file/file >seen 2>err
    ended $? 3 "$line -o FILE/file"
    "$muster" $line -o "" >seen 2>err
    [ $? -ge 2 ] || fault "$line -o '' is taken"
    [ ! -c /dev/full ] || {
        "$muster" $line -o /dev/full >seen 2>err
        ended $? 3 "$line -o /dev/full"
        [ -c /dev/full ] || fault "/dev/full was replaced"
    }
    # A file system that takes no new files, whoever asks
    [ ! -d /proc/self ] || {
        "$muster" $line -o /proc/self/muster >seen 2>err
        ended $? 3 "$line -o /proc/self/muster"
    }
    # The disk is full in the middle: files end at 512 bytes.
    (ulimit -f 1; trap '' XFSZ; "$muster" $line -o out/file >seen 2>err)
    got=$?
    if [ "$(wc -c <whole)" -gt 1024 ]; then
        ended $got 3 "$line -o with files of 512 bytes"
    fi
    cmp -s out/file whole || fault "half a file under the final name: $line"
    [ "$(ls out)" = file ] || fault "left behind: $(ls out)"
    # No right to write in the folder; root may write anywhere, so not for root.
    if [ "$(id -u)" -ne 0 ]; then
        chmod 500 out
        "$muster" $line -o out/file >seen 2>err
        ended $? 3 "$line -o without the right to write"
        cmp -s out/file whole || fault "changed without the right to: $line"
        chmod 700 out
    fi
    rm -rf out
done
# -o needs no stdout
"$muster" run "$hello" --json -o alone >&- 2>err
ended $? 0 "run -o with stdout closed"
grep -q '"format"' alone || fault "-o with stdout closed left no whole file"
tail -n 1 alone | grep -q '^}' || fault "the file does not end"

[ "$(id -u)" -ne 0 ] || echo "not tried as root: a folder without the right to write"
echo "$tried ends, $faults faults"
[ "$faults" -eq 0 ] && [ "$tried" -gt 90 ]
