#!/bin/sh
# The shipped lessons: each checks clean, and the figures that its texts name are those of a live run.
# usage: test_lessons.sh MUSTER SOURCE_DIR SCRATCH
set -u
muster=$1 top=$2 scratch=$3
lessons=$top/scenarios/lessons
faults=0
unset MUSTER_SCENARIOS
rm -rf "$scratch" && mkdir -p "$scratch" && cd "$top" || exit 1

fault() {
    faults=$((faults + 1))
    echo "FAULT: $*"
}
# What is printed, on one line, so that no line break hides a sentence.
flat() { tr '\n' ' ' | tr -s ' '; }
told() { # told SCREEN PATTERN: the run says so
    grep -qE -e "$2" "$scratch/$1" || fault "$1 does not say '$2'"
}
named() { # named LESSON TEXT: the lesson says so
    sed 's/^ *"//; s/"[;,]*$//; s/" *$//' "$lessons/$1.cfg" | flat | grep -qF -e "$2" || fault "lesson $1 does not name '$2'"
}

count=0
for file in "$lessons"/*.cfg; do
    count=$((count + 1))
    "$muster" check "$file" >"$scratch/check" 2>&1 || fault "$file: $(cat "$scratch/check")"
    ! grep -q warning "$scratch/check" || fault "$file: $(cat "$scratch/check")"
    "$muster" check --sources "$file" >"$scratch/check" 2>&1 || fault "$file: $(cat "$scratch/check")"
done
[ "$count" -ge 4 ] || fault "only $count lessons"

# ---- why is North Korea out ---------------------------------------------------------------------------
case=why-is-north-korea-out
"$muster" run "$lessons/$case.cfg" | flat >"$scratch/run"
"$muster" flip "$lessons/$case.cfg" PRK | flat >"$scratch/flip"
"$muster" reach "$lessons/$case.cfg" PRK | flat >"$scratch/reach"
told run 'North Korea: able no -0\.350'
told run 'would be admitted by China no -0\.179'
named $case 'China says no (margin -0.179), and so does Russia (-0.042)'
told run 'would be admitted by Russia no -0\.042'
told run 'accepts no -0\.110'
named $case 'It would decline (margin -0.110)'
told run 'China would not admit it: blame for its acts'
told run 'Russia would not admit it: Security Council seat'
told run 'decline: resented reliance [^,]*, autonomy [^,]*, fear of influence'
told reach 'Najin 531 298 '
named $case 'has 298 miles to go'
told flip 'ANSWER: 4 levers together'
told flip 'North Korean ships up to 0\.172 \(now 0\.1, assumed\), Type 054A frigates granted up to 1 '
told flip 'visible the drill is down to 0\.492 .* own account up to 0\.16 '
named $case 'fuel issued to .172 of a tank, one frigate granted, visibility down to .492'
named $case 'it owes Russia up to .16.'
told flip 'autonomy of North 0\.9 assumed 0\.671 0\.67116 down'
told flip 'Verdict yes, P of joining 0\.20'
named $case 'comes with a probability of .20 alone'
"$muster" why "$lessons/$case.cfg" PRK | flat >"$scratch/why"
told why 'fuel and distance: 0 - 0\.3 -0\.3000'
told why 'equipment: 0\.3 - 0\.35 -0\.0500'
named $case 'too few (equipment -0.050)'
named $case '(fuel and distance -0.300)'
# What fuel and distance take is of the fighters: it stays where the ships have full tanks, and are granted.
for scene in fuel-granted fuel-and-frigates; do
    "$muster" why "$lessons/$case.cfg" PRK --variant $scene 2>/dev/null | flat >"$scratch/stays"
    told stays 'fuel and distance: [0-9.]* - [0-9.]* -0\.3000'
done
told why 'the longest stay is 7 minutes [(]MiG-23ML'
named $case 'the MiG-23 comes nearest, with 7 of the 60 minutes'
told why 'its own threat: 0\.5 x 0\.9 [+]0\.4500'
told why '0\.1598 or more [(]now 0\.05[)] what North Korea owes Russia'
told reach 'Romeo 269 4263 3986 389 '
named $case '(radius 389 miles)'
for turn in .67:yes .68:no; do
    "$muster" run "$lessons/$case.cfg" --set "states.PRK.attributes.autonomy = 0${turn%%:*}" | flat >"$scratch/tip"
    told tip "accepts ${turn#*:} "
done
# The sliders as the note sets them, in their own steps.
"$muster" run "$lessons/$case.cfg" --set 'states.PRK.allotment_frac = 0.18' --set 'units.granted-frigates.count = 1' \
    --set 'drills.northern.visibility = 0.49' --set 'ties.RUS-PRK.a_to_b.ledger = 0.16' 2>/dev/null | flat >"$scratch/four"
told four 'CAME: [^:]*North Korea'
told four 'North Korea: able yes 0\.000 1\.00 .* by China yes [+]0\.00[0-9] 0\.50 .* by Russia yes [+]0\.17[0-9] 0\.80 .* accepts yes [+][.0-9]* 0\.50 .* joins yes 0\.20'
named $case 'The P of able is 1.00, of China .50, of Russia .80, of accepts .50: multiplied, .20'
told why 'how visible the drill is 0\.8 admitted by China [0-9]* % 0\.4663'
named $case 'China alone turns at a visibility of .466: the frigate eases it to .492'
told flip 'Overdetermined: no single lever flips it, and 4 stages block'
"$muster" run "$lessons/$case.cfg" --variant fuel-granted | flat >"$scratch/full"
told full 'North Korea: able no -0\.350'
"$muster" run "$lessons/$case.cfg" --variant fuel-and-frigates | flat >"$scratch/granted"
told granted 'North Korea: able yes \+0\.350'
"$muster" run "$lessons/$case.cfg" --variant frigates-granted | flat >"$scratch/dry"
told dry 'North Korea: able no -0\.350'
"$muster" run "$lessons/$case.cfg" --variant after-june-2024 | flat >"$scratch/later"
told later 'able no -0\.350 .* admitted by China no -0\.157 .* admitted by Russia yes [+]1\.126 .* accepts yes [+]0\.090'
named $case 'treaty turns Russia (+1.126) and its own wish (+.090), China (-.157) and its fleet (-.350)'
# Tipping values that the notes name: a hair to each side of them.
for turn in CHN:.628:no CHN:.630:yes RUS:.391:no RUS:.393:yes; do
    who=${turn%%:*} rest=${turn#*:}
    "$muster" run "$lessons/$case.cfg" --set "ties.$who-PRK.align = 0${rest%%:*}" | flat >"$scratch/tip"
    case $who in CHN) host=China ;; *) host=Russia ;; esac
    told tip "would be admitted by $host ${rest#*:} "
done
"$muster" rivals scenarios/record-2018-2024.cfg --drill belt-2023 | flat >"$scratch/belt"
told belt 'Iran in Security Belt 2023 [^:]*: took part It also organised .* participation rules joins right 0\.98 every stage yes'
named $case '(P .98). To China, Iran against North Korea:'
for figure in '1 x 0\.45 [+]0\.4500' '-0\.4760' '1 x 0\.35 [+]0\.3500' '-0\.2380'; do
    told why "$figure"
done
"$muster" why scenarios/record-2018-2024.cfg IRN --drill belt-2023 | flat >"$scratch/iran"
for figure in '0\.5000' '0\.4500' '-0\.1680' 'sum [+]0\.8646' '0\.6500' '-0\.1050' 'sum [+]1\.2478' 'sum [+]0\.7000'; do
    told iran "$figure"
done
named $case 'use of its ports +.450 against 0, blame for its acts -.168 against -.476, closeness +.500 against +.450; in sum +.865 against -.179'
named $case 'ports +.450 and 0, blame -.105 and -.238, closeness +.650 and +.350, margin +1.248 and -.042'
"$muster" rivals "$lessons/$case.cfg" | sed -n '/^Model/,/^without a theory/p' | grep -c 'joins *WRONG' >"$scratch/camps"
[ "$(cat "$scratch/camps")" -eq 9 ] || fault "not nine theories send North Korea"

# ---- can this timeline be true --------------------------------------------------------------------------
case=can-this-timeline-be-true
"$muster" calc distance QINGDAO 33.57,128.30 | flat >"$scratch/distance"
told distance '^415 nm by sea.*Jeju Strait'
named $case '415 nautical miles by sea, through the Jeju Strait'
"$muster" run "$lessons/$case.cfg" --json >"$scratch/timeline"
told timeline '"needed_kn": 29\.11'
named $case '29.1 kn are needed'
told timeline '"needed_kn": 10\.84'
named $case 'Saturday is possible, at 10.8 kn'
"$muster" calc depart VLADIVOSTOK 39.5,134 --at 2023-07-20T00:00Z --speed 9 | flat >"$scratch/depart"
told depart 'Sail by 2023-07-18 22:35Z .* 229 nm by sea'

# ---- the last thousand miles -----------------------------------------------------------------------------
case=the-last-thousand-miles
"$muster" run "$lessons/$case.cfg" | flat >"$scratch/run"
"$muster" reach "$lessons/$case.cfg" PHL | flat >"$scratch/reach"
told run 'takes it 2362 nm out and back, 4653 nm are needed'
named $case '2,362 miles out and back, and 4,653 are needed'
told reach 'Jose Rizal 1556 .* fits: no \(kit\)'
named $case '1,556 miles off'
"$muster" run "$lessons/$case.cfg" --variant brisbane-in-yokosuka | flat >"$scratch/moved"
told moved 'CAME: [^:]*Australia'

# ---- theories of camp ------------------------------------------------------------------------------------
case=theories-of-camp
"$muster" rivals "$lessons/$case.cfg" | flat >"$scratch/rivals"
sed 's/.*North Korea in Northern\/Interaction-2023: did not take part//; s/without a theory:.*//' \
    "$scratch/rivals" >"$scratch/korea"
[ "$(grep -o 'joins WRONG' "$scratch/korea" | wc -l)" -eq 7 ] || fault "not all seven send North Korea"
! grep -q ' no right' "$scratch/korea" || fault "a theory keeps North Korea out"
told rivals 'bulk power \(CINC\) 2/2 2/3'
told rivals '>= 0\.01995 2/2 3/3'
told rivals 'joins right CINC 0\.0200 .* joins WRONG CINC 0\.0141'

# ---- the pages to print: of each lesson, and of one whose texts are meant to break out ---------------------
for file in "$lessons"/*.cfg; do
    "$muster" report "$file" --sheet -o "$scratch/sheet.html" || fault "no page to print of $file"
    for part in 'Step by step' 'What this model cannot tell you' 'Your predictions' 'The answers at a glance'; do
        grep -q "$part" "$scratch/sheet.html" || [ "$part:${file##*/}" = "The answers at a glance:theories-of-camp.cfg" ] ||
            fault "$file: its page lacks '$part'"
    done
done
grep -q -- '-0.179' "$scratch/sheet.html" || "$muster" report "$lessons/why-is-north-korea-out.cfg" --sheet | grep -q -- '-0.179' ||
    fault "the page to print lacks the margins"
sed 's|title = "The puzzle";|title = "</h3><script>alert(1)</script>\\"\x27\&amp; \xd7\x90";|' "$lessons/why-is-north-korea-out.cfg" |
    sed "s|\.\./northern|$top/scenarios/northern|" >"$scratch/hostile.cfg"
"$muster" report "$scratch/hostile.cfg" --sheet >"$scratch/sheet.html" || fault "hostile texts"
! grep -q '<script' "$scratch/sheet.html" || fault "a text became an element"
grep -q '&#60;script&#62;' "$scratch/sheet.html" || fault "the hostile title is not there"
# P on paper is that of the scenario: 1 / (1 + exp(-margin / tau)).
sed -e 's|tau = { value = 0.125;|tau = { value = 0.25;|' -e "s|@include \"library|@include \"$top/scenarios/library|" \
    "$top/scenarios/northern-interaction-2023.cfg" >"$scratch/wide.cfg"
sed "s|\.\./northern-interaction-2023.cfg|wide.cfg|" "$lessons/why-is-north-korea-out.cfg" >"$scratch/wide-lesson.cfg"
"$muster" report "$lessons/why-is-north-korea-out.cfg" --sheet | grep -qF '0.88 at +0.25, 0.12 at -0.25' || fault "P on the sheet"
"$muster" report "$scratch/wide-lesson.cfg" --sheet | grep -qF '0.73 at +0.25, 0.27 at -0.25' || fault "P on the sheet of another tau"
"$muster" report "$top/scenarios/hello.cfg" --sheet >"$scratch/none" 2>"$scratch/err" && fault "a sheet without a lesson"
grep -q 'has no lesson' "$scratch/err" || fault "no lesson is not said"

# ---- names: what a file shows is on paper and in the run; --names puts a wish in a page ----------------------
sed -e 's|names = \["Sea of Japan", |shown = "S </b>\& \$1"; &|' -e 's|id = "northern|name_set = "ko"; &|' \
    "$top/scenarios/northern-interaction-2023.cfg" | sed "s|@include \"library|@include \"$top/scenarios/library|" >"$scratch/shown.cfg"
sed -e "s|\.\./northern-interaction-2023.cfg|shown.cfg|" -e 's|title = "The puzzle";|title = "The Sea of Japan, Seas of Japan";|' \
    "$lessons/why-is-north-korea-out.cfg" >"$scratch/shown-lesson.cfg"
"$muster" report "$scratch/shown-lesson.cfg" --sheet >"$scratch/sheet.html" || fault "a sheet with a name shown"
grep -qF 'The S &#60;/b&#62;&#38; $1, Seas of Japan' "$scratch/sheet.html" || fault "the sheet lacks the name shown"
"$muster" run "$scratch/shown.cfg" --json >"$scratch/shown.json" || fault "a run with a name shown"
grep -qF '"name_set": "ko"' "$scratch/shown.json" || fault "the run lacks the set of names"
grep -qF '"shown": "S </b>& $1"' "$scratch/shown.json" || fault "the run lacks the name shown"
sed 's|name_set = "ko"|name_set = "kp"|' "$scratch/shown.cfg" >"$scratch/unknown.cfg"
"$muster" check "$scratch/unknown.cfg" >"$scratch/err" 2>&1 && fault "a set of names that there is not"
grep -q 'name_set' "$scratch/err" || fault "an unknown set of names is not said"

mkdir -p "$scratch/page"
for half in report-head drill-head drill-tail; do echo "$half" >"$scratch/page/$half.html"; done
page() { # page NAMES: of the worked case
    MUSTER_PAGE="$scratch/page" "$muster" report "$top/scenarios/hello.cfg" --names "$1" -o "$scratch/page.html" 2>"$scratch/err"
}
for set in neutral iho ko ja; do
    page "$set" || fault "--names $set"
    grep -qxF "<script type=\"application/json\" id=\"muster-names\">{\"set\":\"$set\"}</script>" "$scratch/page.html" || fault "no names $set"
done
page en && grep -qF '{"set":"neutral"}' "$scratch/page.html" || fault "--names en"
printf '{"set": "ja", "names": {"sea": "</script><b>&"}}' >"$scratch/names.json"
page "$scratch/names.json" || fault "--names FILE"
grep -qF '"sea": "\u003c/script\u003e\u003cb\u003e\u0026"' "$scratch/page.html" || fault "the file of names does not stand in the page"
for wrong in '[]' '{"set": "xx"}' '{"names": {"a": 1}}' '{"names": []}' '{"sets": "ko"}' '{' ''; do
    printf '%s' "$wrong" >"$scratch/names.json"
    rm -f "$scratch/page.html"
    page "$scratch/names.json"
    [ $? -eq 2 ] || fault "names '$wrong': $(cat "$scratch/err")"
    [ -s "$scratch/err" ] && [ ! -e "$scratch/page.html" ] || fault "names '$wrong': nothing said, or a page"
done
page "$scratch/no-such-file"
[ $? -eq 3 ] || fault "names of a file that is not there"

[ "$faults" -eq 0 ] || exit 1
echo "$count lessons"
