#!/bin/sh
# What holds for every screen: 80 columns, the answer on the first 40 lines, no figure that is none;
# and single sentences that a user needs. usage: test_screens.sh MUSTER SOURCE_DIR SCRATCH
set -u
muster=$1 top=$2 scratch=$3
case=scenarios/northern-interaction-2023.cfg
out=$scratch/out all=$scratch/all
faults=0
rm -rf "$scratch" && mkdir -p "$scratch" && cd "$top" || exit 1
unset MUSTER_SCENARIOS

fault() {
    faults=$((faults + 1))
    echo "FAULT: $*"
}

# see ARGUMENT...: one screen; checked as all are; in $out its lines, in $all its words on one line
see() {
    seen=$*
    "$muster" "$@" >"$out" 2>"$scratch/err" </dev/null
    # an unknown id, a needed file: told on stderr, as an editor wants it, at any width
    wide=$(LC_ALL=C.UTF-8 awk 'length > 80' "$out")
    [ -z "$wide" ] || fault "over 80 columns: muster $seen: $wide"
    ! grep -qiE '(^|[^a-z])(-?nan|-?inf)([^a-z]|$)' "$out" || fault "nan or inf: muster $seen"
    ! grep -qE '[-+]0\.000+([^0-9]|$)' "$out" || fault "a sign before zeros: muster $seen"
    ! grep -qE '[^0-9]1 (ships|aircraft types|stages|errors|serials|units|rules)[ :,.]' "$out" ||
        fault "one of several: muster $seen"
    tr '\n' ' ' <"$out" | tr -s ' ' >"$all"
}
has() { grep -qF -e "$1" "$all" || fault "'$1' is missing: muster $seen"; }
lacks() { ! grep -qF -e "$1" "$all" || fault "'$1' stands there: muster $seen"; }
head_has() { # on the first 40 lines
    head -n 40 "$out" | tr '\n' ' ' | tr -s ' ' | grep -qF -e "$1" ||
        fault "'$1' is not on the first screen: muster $seen"
}

# ---- every screen ------------------------------------------------------------------------------------
variants=$("$muster" list variants "$case" | awk '{ print $1 }')
[ "$(echo "$variants" | wc -l)" -ge 7 ] || fault "too few variants"
for variant in $variants; do
    see why "$case" PRK --variant "$variant"
    see reach "$case" PRK --variant "$variant"
    see run "$case" --variant "$variant"
    head_has "Variant $variant: "
    lacks 'written after this outcome'
    has 'Hypothetical: nothing to compare with.'
    head_has 'CAME:'
    head_has 'Hypothetical:'
done
see run scenarios/hello.cfg
see why "$case" RUS
see reach "$case"
for change in 'units.najin-531.fuel_frac = 0.1' 'units.mig23-bukchang.base = "ORANG"' \
    'ties.CHN-PRK.align = 0.6290' 'states.PRK.attributes.autonomy = 0.67' \
    'drills.northern.cap_need = 0.3' 'groups.china.depart = "2023-07-18T00:00Z"' \
    'scenario.title = "A title that is long enough to be cut or wrapped in every screen it is on"'; do
    see run "$case" --set "$change"
    see why "$case" PRK --set "$change"
    see reach "$case" PRK --set "$change"
done
for what in $("$muster" list | awk '/^  [a-z]/ { print $1 }'); do
    see list "$what"
    see list "$what" "$case"
done
for what in classes bases straits; do
    for id in $("$muster" list "$what" | awk '/^[^ ]/ { print $1 }' | head -n 3); do see show "$id"; done
done
for what in units states drills groups serials rules observations variants levers; do
    for id in $("$muster" list "$what" "$case" | awk '/^[^ ]/ { print $1 }' | head -n 3); do
        see show "$case" "$id"
        [ -s "$out" ] || fault "nothing shown: $id"
    done
done
for verb in check run why reach calc list show help; do see help "$verb"; done
see help
"$muster" help calc | sed -n 's/^  muster calc \(.*\)$/\1/p' >"$scratch/examples"
while read -r example; do eval "see calc $example"; done <"$scratch/examples"

# ---- the first screen ----------------------------------------------------------------------------------
see run "$case"
head_has 'Russia (4 ships, 2 aircraft types)'
head_has 'North Korea: able no -0.350 0.00 1 kit (ships), distance (air)'
head_has 'none has the kit asked for (surface-to-air missile); fuel alone changes nothing'
head_has 'Najin 531 also lacks fuel: physically able; kept in port by an assumed allotment of 18 t (est.)'
head_has 'Aircraft cannot:'
head_has 'Recorded (TASS 1649383): China and Russia took part, North Korea did not. The model agrees.'
head_has 'Agreement here is description, not confirmation.'
head_has '(product of the P above)'
grep -q '^The drill started' "$out" || fault 'the drill in brief is not flush left'
lacks 'contradicts the sighting'
has 'Aircraft named in the contingents but not flown: China 8 J-16'
has 'also the source of rules f01, f02; not independent'
has 'muster list assumed FILE PRK'
lacks 'about the recorded case'

see run "$case" --variant fuel-granted
head_has 'states.PRK.allotment_frac: 0.1 -> 1.0'
head_has '1 kit (ships), distance (air)'
lacks 'kept in port'
has '(about the recorded case, not this variant)'
see run "$case" --variant frigates-granted
head_has '1 fuel (ships), distance (air)'
head_has 'granted Type 054A 1 is not allotted the fuel: physically able; kept in port'
see run "$case" --variant after-june-2024
head_has '(4 more below)'
see run "$case" --variant depart-16-july-0945
head_has 'the group China passes off Tsushima on 17 July 2023, 02:05 UTC (11:05), 10 h after it was seen'
head_has 'contradicts the sighting'
see run "$case" --set 'ties.RUS-PRK.align = 0.45'
head_has 'ties.RUS-PRK.align: 0.35 -> 0.45'
see run "$case" --set 'units.najin-531.on_board_t = 20'
has 'of a tank) does not cover the stay'
see run "$case" --set 'units.mig23-bukchang.base = "ORANG"'
head_has '54 minutes (MiG-23ML from Orang)'

# A state that stays out against the record is said to differ.
see run "$case" --set 'drills.northern.slots[0].min_hours = "2400 h"'
has 'This run is a changed one: the record is not of it.'

# ---- why -----------------------------------------------------------------------------------------------
see why "$case" PRK
[ "$(wc -l <"$out")" -le 195 ] || fault "why has $(wc -l <"$out") lines"
for term in '0.5 x 0.2 x min(1, 0.3/0.35)' '1 x min(1, 0.05 + 0.05)' '-0.4 x (0.8 x 0.9 + 0 x 0.3)' \
    '-0.2664 x max(0.9 x 0.9, 0.9 x 0.3)' '0 - 0.3' 'Worth 0 here: f12, f04b.' \
    '0.6287 or more (now 0.45) closeness China - North Korea' \
    '0.3925 or more (now 0.35) closeness Russia - North Korea' \
    "0.5532 or more (now 0.5) weight of the rule 'shared threat'" 'admitted by Russia 178 % 0.8023' \
    'kit-need: share' '"blocks alone"' '"necessary"'; do
    has "$term"
done
lacks 'between 0.00 and 0.00'
[ "$(grep -c 'one author, three voices' "$out")" -eq 1 ] || fault 'a source stands more than once'
# The heaviest reason of each stage stands in the head.
head_has 'ANSWER: no. 4 of 4 stages say no. Each is enough by itself'
head_has 'able: no ship has the equipment asked for (surface-to-air missile); aircraft cannot go that far, stay and return'
head_has 'would be admitted by China: blame for its acts (-0.4760)'
head_has 'would be admitted by Russia: Security Council seat (-0.5202)'
head_has 'accepts: resented reliance (-0.2880)'
# Words stand once, and where they were left out it is said where they are.
has 'Words of f13, f11a, f06, f07b, f03, f05: see 2 would be admitted by China.'
[ "$(grep -c '  Words of' "$out")" -eq 1 ] || fault 'words are pointed to where none are left out'
has "Evidence (no term of the sum) CONTRADICTS the answer no: Russia's defence minister"
has 'Evidence agrees with the answer no: experts in Seoul'
# What most of the space says, and what politics alone says.
has 'Most points give the answers above, except for: would be admitted by Russia with inputs too (51 % yes).'
has 'politics alone, if it could come: no'
has 'Fragile: under 80 % in either column.'
see why scenarios/trilateral-2023.cfg KOR
has 'politics alone, if it could come: yes 100 %'
has 'Most points of both spaces give each of these answers.'
# What is said to turn a stage does, a step nearer it does not; so too a weight.
for change in 'ties.RUS-PRK.align = 0.3925' 'alignment.rules.f04b.weight = 0.8264'; do
    see why "$case" PRK --set "$change"; has '3 would be admitted by Russia: yes'
done
for change in 'ties.RUS-PRK.align = 0.3924' 'alignment.rules.f04b.weight = 0.8265'; do
    see why "$case" PRK --set "$change"; has '3 would be admitted by Russia: no'
done
see why "$case" PRK
# The words of a rule stand where it weighs: Russia's seat with Russia.
sed -n '/^2 would/,/^3 would/p' "$out" | grep -q 'seat in the Security' && fault 'words where no weight is'
see why "$case" 'North Korea'; has 'ANSWER: no.'
see why "$case" CHN
has 'Host: judged on ability only.'
lacks 'North Korea'
lacks 'it lacks the naval'

# Against a reference: what it is, how both answer, where they differ, figures in words.
see why "$case" PRK --against after-june-2024
has 'AGAINST after-june-2024, a variant: The same drill with the ties of after June 2024'
has 'It changes: closeness Russia - North Korea 0.35 -> 0.80; what North Korea owes Russia, own account 0.05 -> 0.25;'
has 'It stands on hindsight'
has 'There, in after-june-2024, North Korea does not take part (no: able; would be admitted by China). Here, in this run, North Korea does not take part (no: able; would be admitted by China; would be admitted by Russia; accepts).'
has 'Stages that differ: would be admitted by Russia (yes there, no here); accepts (yes there, no here).'
has 'would be admitted by China: -0.1787 here, -0.1573 there, a difference of -0.0214'
has 'what North Korea owes Russia, own account 0.05 (there 0.25) (f07a)'
has 'what Russia owes North Korea, own account 0.3 (there 0.9) (f07b)'
for path in 'to_host' 'of RUS' 'cand.' 'scenario.hindsight'; do
    sed -n '/^AGAINST/,/^HOW FIRM/p' "$out" | grep -qF "$path" && fault "$path stands there: muster $seen"
done
see why "$case" PRK --against analyst-seoul
has 'AGAINST analyst-seoul, a coding (South Korean analyst): his reasons: f01, f03'
has 'It leaves out the rules f11a, f06, f07b'
lacks 'stands on hindsight'
has 'Its author gives no reason for these stages, left out here: accepts.'
sed -n '/^AGAINST/,/^HOW FIRM/p' "$out" | grep -q '^accepts:' && fault 'a stage of which he is silent is told'
see why "$case" PRK --against general-seoul
has 'There, in general-seoul, North Korea does not take part (no: accepts).'
has 'No stage told here has another answer.'
see why "$case" PRK --against equal-weights; lacks '0.5 -> 0.5'
see why "$case" PRK --against fuel-granted; has 'The two differ in no figure that a stage reads.'
see why "$case" PRK --against fuel-and-frigates
has 'able: -0.3500 here, +0.3500 there, a difference of -0.7000 -0.7000 what it can fill by kit and bring (cap) kit 0.3, cap 0 (there 1, 0.7)'
has 'Alike in both: accepts (-0.1098).'
for variant in $variants; do see why "$case" PRK --against "$variant"; has "AGAINST $variant, a variant: "; done

# Codings: with which rules each judges and whose they are, what silence means.
see why "$case" PRK --codings
has 'his reasons: f01, f03; judges with f13 (the makers of this file); f03 (an analyst)'
has 'f13 (the makers of this file); f06 (the article'"'"'s author); f04a, f04b, f05 (a Russian scholar in Seoul)'
has 'judges with f07a, f09 (a retired general)' # not f13: he is silent on who would admit it
has 'baseline (-0.0425), scholar-seoul (-0.3245)' # as `why` has it
has 'judges with all 19 rules of admit and accept'
[ "$(grep -nx 'would be admitted by Russia' "$out" | cut -d: -f1)" -lt \
    "$(grep -nx 'accepts' "$out" | cut -d: -f1)" ] || fault 'a stage on which all agree stands before a disputed one'
has 'Stage able is read from the fleet or index of the file, alike in all'
has 'Silent: its author gives no reason for the stage.'

# Words said of one state are not put on another.
see why scenarios/trilateral-2023.cfg KOR
lacks 'dislikes how far its economy hangs on China'; lacks 'counts on itself alone'; lacks 'not up to taking part'
has 'Reasons that were first given for other states: f11b, f07a, f10, f08, f09'

# A state read from an index is told so, and its index has a name.
see why scenarios/korea-1950.cfg USA --drill south
has 'Read from an index, not from a fleet: kit-need: capability over its need, less 0.8'
has 'reach index, United States 0.9 able'
lacks 'kit alone fills'

# What is missing is named, and only the term that lacks it is marked.
see why scenarios/record-2018-2024.cfg MNG --drill vostok-2018
has 'Not assessed: rule f06 reads fleet.kit, which is not given.'
[ "$(grep -c 'input missing' "$out")" -eq 1 ] || fault 'terms that have all their values are marked'
has 'P of joining, the stages that are assessed taken as independent: 0.83. P of a stage: 1/(1'
lacks 'serviceable'

# ---- assumptions ----------------------------------------------------------------------------------------
see list assumed "$case" PRK
has 'weight of the rule'
has 'norm_conflict'
has "weight of the rule 'Security Council 0.9 admitted by Russia 122 % 0.8264"
for line in 'alignment.rules.f04b.weight'; do # of no weight with China, so not named there
    grep -B2 "$line" "$out" | grep -q 'China' && fault "$line names a stage it does not move"
done
# Ledgers: a head, names, both accounts, a source, and a path that --set takes.
see list ledger "$case"
has 'Debtor Creditor What Own Other Source'
has 'North Korea China all of these together: 0.05 0.35 sum ties.CHN-PRK.a_to_b.ledger'
has 'North Korea China the war of 1950 to 1953 0 0.3 assumed ties.CHN-PRK.ledger[1].by_receiver'
has '0 (nothing) to 1'
for path in $("$muster" list ledger "$case" --ids); do
    "$muster" check "$case" --set "$path = 0.07" >/dev/null 2>&1 || fault "--set does not take $path"
done
see list ledger scenarios/hello.cfg; has 'no two states who owes whom'
see list rules "$case"; has 'x01 closed borders accept, off'
see reach "$case" PRK; has 'fits: no (role)'
see reach "$case" CHN; has 'aboard Qiqihar'; has 'No aircraft are asked for.'

echo "$faults faults"
[ "$faults" -eq 0 ]
