#!/bin/sh
# muster step over a pipe: moving, looking, changing, taking back. usage: test_step.sh MUSTER SOURCE_DIR SCRATCH
set -u
muster=$1 top=$2 scratch=$3
case=$top/scenarios/northern-interaction-2023.cfg
out=$scratch/out err=$scratch/err
mkdir -p "$scratch" && cd "$scratch" || exit 1
# shellcheck source=tests/flow/try.sh
. "$top/tests/flow/try.sh"

# steps STATUS LINE...: these lines as the input
steps() {
    wanted=$1
    shift
    printf '%s\n' "$@" >input
    "$muster" step $more "$file" <input >"$out" 2>"$err"
    got=$?
    [ "$got" -eq "$wanted" ] || fault "status $got, not $wanted: $*"
}
same() { cmp -s "$1" "$2" || fault "$1 and $2 differ: $3"; }
file=$case more=

# ---- moving: the log in its order, whatever the step
steps 0 next next; out_has 'North Korea stays out'; out_has '5 ships of China leave Qingdao'
steps 0 'to 2023-07-28T00:00Z'; sed 1,2d "$out" >whole
steps 0 'next 3' '' 'to +200 h' next 'to 2023-07-28T00:00Z'; sed 1,2d "$out" >parts
same whole parts "events told in one go and by steps"
steps 0 'to 2023-07-28T00:00Z' 'back 100000' 'to 2023-07-28T00:00Z'
sed 1,2d "$out" | sed '/^Back at/d' >twice; cat whole whole >two; same two twice "back and again"
"$muster" run "$case" --json >run.json
logged=$(sed -n '/^ "log"/,/^ \]/p' run.json | grep -c '"t": ')
more=--json; steps 0 'to 2023-07-28T00:00Z'; more=
[ "$(grep -o '"t": ' "$out" | wc -l)" -eq "$logged" ] || fault "not all $logged entries of the log"
out_has '"kind": "ended"'

# ---- looking: where a ship is is where the run document has it
steps 0 'to 2023-07-16T16:00Z' 'where Taihu'; out_has '33.57 N 128.30 E'; out_has 'under way'
steps 0 'to 2023-07-20T00:00Z' 'where tributs'; out_has 'on station'; out_has '39.50 N'
steps 0 'why PRK'; out_has 'ANSWER: no'
steps 0 'reach PRK'; out_has 'Najin'
steps 0 'flip PRK'; out_has '4 levers together flip'
steps 0 help; out_has 'set PATH = VALUE'

# ---- changing, and taking back to the very same run
align='set ties.CHN-RUS.align = 0.10'
fuel='set states.PRK.allotment_frac = 1.0'
steps 0 report; sed 1,2d "$out" >before
steps 0 "$fuel" report; sed 1,3d "$out" >after
steps 0 "$fuel" undo report; sed 1,4d "$out" >undone
same before undone "undo"
cmp -s before after && fault "the change changed nothing"
"$muster" run "$case" --set 'states.PRK.allotment_frac = 1.0' >asked
same asked after "a change here and on the command line"
steps 0 "$align" reset "$fuel" undo undo changes; out_has '^ties.CHN-RUS.align = 0.10$'
out_lacks '^states.PRK'
steps 0 'next' "$fuel" 'next' undo undo undo 'next'; out_has 'North Korea stays out'
steps 0 'rule PRK joins They agreed by telephone' 'why PRK'; out_has 'They agreed by telephone'
steps 0 'rule PRK joins So it is' undo report; sed 1,4d "$out" >undone; same before undone "a ruling taken back"

# ---- injects, of a file that has one
sed '/^units = {/i injects = { breakdown = { title = "Engine trouble"; says = "Taihu lies still."; at = "2023-07-19T00:00Z"; effect = "delays"; for = "30 h"; unit = "taihu"; }; };' \
    "$case" >inject.cfg
ln -sfn "$top/scenarios/library" library
file=inject.cfg
steps 0 injects; out_has '^breakdown: Engine trouble'
steps 0 'to 2023-07-16T00:00Z' 'where taihu' 'inject breakdown' 'to 2023-07-16T12:00Z' 'where taihu' changes
[ "$(grep '^Taihu: ' "$out" | sed 's/.*[,] *\([0-9.]* N [0-9.]* E\).*/\1/' | sort -u | wc -l)" -eq 1 ] ||
    fault "Taihu moves though its engines stand still"
out_has '^injects.breakdown.at = "2023-07-16T00:00:00Z"'
steps 0 report; sed 1,2d "$out" >before
steps 0 'inject breakdown' undo report; sed 1,4d "$out" >undone; same before undone 'an inject taken back'
file=$case

# ---- mistakes: told, nothing lost; a script ends with the first
steps 2 'set nothing = 1' next; out_has "no key"; out_lacks 'takes part'
steps 2 'nxt'; out_has "did you mean 'next'"
steps 2 'to yesterday'; steps 2 'to 2031-01-01T00:00Z'; steps 2 undo; steps 2 'where nobody'
steps 2 'why'; steps 2 'why Atlantis'; steps 2 'inject none'; steps 2 'rule PRK perhaps because'
steps 2 'rule PRK joins "quoted"'; steps 2 'next -3'; steps 2 "$(printf 'x%.0s' $(seq 5000))"
steps 0 '# a remark' 'quit' 'nonsense'
printf 'next' >input; "$muster" step "$case" <input >"$out" 2>"$err" || fault "a last line without an end"
head -c 3000 /dev/urandom >input; "$muster" step "$case" <input >"$out" 2>"$err"
[ $? -le 2 ] || fault "random bytes"

# ---- JSON: a document a line
more=--json
steps 2 next 'where Taihu' "$fuel" undo 'why PRK' 'set x = 1'
[ "$(wc -l <"$out")" -eq 6 ] || fault "not one line an answer"
while read -r line; do
    printf '%s' "$line" | python3 -c 'import json,sys; d=json.load(sys.stdin); assert d["format"]=="muster-step" and d["time"].endswith("Z")' ||
        fault "no document: $line"
done <"$out"
tail -n 1 "$out" | grep -q '"error": ' || fault "the mistake is not told in the document"

echo "$faults faults"
[ "$faults" -eq 0 ]
