#!/bin/sh
# Manual pages and completions: each verb and option is in all of them, the pages have no mistake of
# form, and the shells offer what they should. Verbs and options are taken from the program, so that a
# new one is looked for by itself.
# usage: test_pages.sh MUSTER SOURCE_DIR SCRATCH PAGES_SCRIPT CMAKE all|some
#   all: every shell must be there; some: bash only, others if they are
set -u
muster=$1 top=$2 scratch=$3 script=$4 cmake=$5 extent=$6
here=$top/tests/flow
case=scenarios/northern-interaction-2023.cfg
pages=$scratch/pages
rm -f "$pages.zsh-dump"
faults=0
unset MUSTER_SCENARIOS
mkdir -p "$scratch" && cd "$top" || exit 1

fault() {
    faults=$((faults + 1))
    echo "FAULT: $*"
}
has() { # has FILE TEXT
    grep -qF -e "$2" "$1" || fault "$1 lacks '$2'"
}

"$cmake" -D MUSTER="$muster" -D OUT="$pages" -P "$script" || exit 1
verbs=$("$muster" help --ids)
[ "$(echo "$verbs" | wc -l)" -ge 8 ] || fault "too few verbs: $verbs"
options_of() { "$muster" help "$1" | sed -n '/^Options$/,$s/^  \(-[-a-z]*\).*/\1/p'; }
[ "$(options_of run | wc -l)" -ge 6 ] || fault "too few options of run"

# ---- pages ----------------------------------------------------------------------------------------
for page in "$pages"/man/*.1; do
    mandoc -T lint -W warning "$page" >"$scratch/lint" || { fault "$page"; cat "$scratch/lint"; }
    ! LC_ALL=C grep -q '[^ -~]' "$page" || fault "$page: characters that old terminals do not show"
    mandoc -T ascii "$page" | sed 's/.\x08//g' >"$page.txt"
    for section in NAME SYNOPSIS DESCRIPTION OPTIONS EXAMPLES 'EXIT STATUS' FILES 'SEE ALSO'; do
        grep -qx "$section" "$page.txt" || fault "$page has no $section"
    done
    if command -v groff >/dev/null; then
        groff -man -Tutf8 -ww "$page" 2>"$scratch/lint" >/dev/null
        [ ! -s "$scratch/lint" ] || { fault "$page"; cat "$scratch/lint"; }
    fi
done
[ "$(ls "$pages/man"/*.1 | wc -l)" -eq $(($(echo "$verbs" | wc -l) + 1)) ] || fault "a page a verb, and one"
squeezed() { tr '\n' ' ' <"$1" | tr -s ' '; }
for verb in $verbs; do
    has "$pages/man/muster.1.txt" "muster $verb"
    grep -q "muster-$verb(1)" "$pages/man/muster.1.txt" || fault "muster.1 does not see muster-$verb"
    for option in $(options_of "$verb") --help; do
        grep -q -e "^       $option\( \|\$\)" "$pages/man/muster-$verb.1.txt" || fault "muster-$verb.1 lacks $option"
    done
    # The first example, as it is to be typed: no sign turned into another on the way.
    "$muster" help "$verb" | sed -n 's/^  \(muster .*\)$/       \1/p' >"$scratch/examples"
    while IFS= read -r line; do
        grep -qxF -e "$line" "$pages/man/muster-$verb.1.txt" || fault "muster-$verb.1 lacks: $line"
    done <"$scratch/examples"
done
has "$pages/man/muster-run.1.txt" "--set 'PATH = VALUE'"
squeezed "$pages/man/muster-run.1.txt" | grep -q '(the plan run)' || fault "muster-run.1 lacks what it does"

# ---- names for scripts ----------------------------------------------------------------------------
[ "$("$muster" list variants $case --ids | grep -c '^[a-z0-9-]*$')" -eq \
    "$("$muster" list variants $case --json | grep -c '"id":')" ] || fault "variants --ids"
"$muster" list variants $case --ids | grep -qx 'fuel-granted' || fault "variants --ids lacks fuel-granted"
"$muster" list keys --ids | grep -q '^.\{37,\}$' || fault "--ids breaks long names"
"$muster" list activities --ids | grep -q '(' && fault "activities --ids has more than names"
for call in "list classes --ids --json" "list assumed $case --ids" "help run --ids" "help --man --ids" \
    "help --completion tcsh" "help --man nothing"; do
    # shellcheck disable=SC2086
    "$muster" $call >"$scratch/out" 2>"$scratch/err"
    [ $? -eq 2 ] || fault "muster $call should be a mistake"
    [ -s "$scratch/err" ] || fault "muster $call says nothing"
done

# ---- completions ----------------------------------------------------------------------------------
# offers SHELL LINE WORD...: with the cursor at the end of LINE the shell offers each WORD, and nothing
# that begins with '!' here
folder=$(dirname "$muster")
offers() {
    shell=$1 line=$2
    shift 2
    PATH=$folder:$PATH "$here/complete.$shell" "$pages" "$line" >"$scratch/offered" 2>"$scratch/err" \
        </dev/null || fault "$shell: $line: status $?"
    [ ! -s "$scratch/err" ] || { fault "$shell: $line"; cat "$scratch/err"; }
    for word in "$@"; do
        case $word in
            '!'*) ! grep -qxF -e "${word#!}" "$scratch/offered" || fault "$shell: $line: offers ${word#!}" ;;
            *) grep -qxF -e "$word" "$scratch/offered" ||
                { fault "$shell: $line: does not offer $word, but:"; head -n 5 "$scratch/offered"; } ;;
        esac
    done
}
try_shell() { # try_shell NAME FILE
    shell=$1 file=$2
    if ! command -v "$shell" >/dev/null; then
        [ "$extent" = some ] && [ "$shell" != bash ] || fault "no $shell"
        return
    fi
    "$shell" -n "$file" || fault "$file is no script of $shell"
    # shellcheck disable=SC2086
    offers "$shell" "muster " $verbs
    for verb in $verbs; do
        # shellcheck disable=SC2046
        offers "$shell" "muster $verb --" $(options_of "$verb" | grep -e --) --help '!--nothing'
    done
    offers "$shell" "muster ru" run '!why'
    offers "$shell" "muster check --s" --set --sources '!--json'
    offers "$shell" "muster list var" variants '!levers'
    offers "$shell" "muster calc ra" radius range '!meet'
    offers "$shell" "muster calc range naj" najin '!run'
    offers "$shell" "muster help w" why '!run'
    offers "$shell" "muster help --completion " bash zsh fish '!run'
    offers "$shell" "muster run $case --variant fuel-" fuel-granted fuel-and-frigates '!najin'
    offers "$shell" "muster run $case --drill nor" northern '!najin'
    offers "$shell" "muster run --json -o $case $case --trace --variant fuel-g" fuel-granted
    offers "$shell" "muster run scenarios/hello.cfg --variant fuel-" '!fuel-granted'
    offers "$shell" "muster why $case P" PRK '!CHN' '!CMakeLists.txt'
    offers "$shell" "muster why --json $case --variant fuel-granted P" PRK '!CHN'
    offers "$shell" "muster show $case RUS-" '!najin'
    offers "$shell" "muster show maj" '!najin'
    # Words of the line are read, never carried out.
    rm -f "$scratch/carried-out"
    offers "$shell" "muster run \$(touch\\ $scratch/carried-out) --variant x" '!x'
    [ ! -e "$scratch/carried-out" ] || fault "$shell carries out what stands on the line"
}
try_shell bash "$pages/bash/muster"
try_shell fish "$pages/fish/muster.fish"
try_shell zsh "$pages/zsh/_muster"

# What differs between shells: bash splits words at '=', files come with their folders.
offers bash "muster run $case --variant=fuel-g" fuel-granted
offers bash "muster run $case --variant=" fuel-granted fuel-and-frigates
offers bash "muster run --set units.x = 3 $case --variant fuel-g" fuel-granted
offers bash "muster run scenarios/he" scenarios/hello.cfg
offers bash "muster run -- --" '!--json'
offers bash "muster run -" -o --json
offers bash "muster run 'scenarios/northern-interaction-2023.cfg' --variant fuel-g" fuel-granted
offers bash "muster compile " '!run'

echo "$faults faults"
[ "$faults" -eq 0 ]
