#!/bin/sh
# README.md shows what is true: its C code is that of the tests, and its commands work.
# usage: check_readme.sh MUSTER SOURCE_DIR SCRATCH
set -u
muster=$1 top=$2 scratch=$3
readme=$top/README.md
faults=0
mkdir -p "$scratch"

# Code between fences, word for word the file that is compiled and run.
shown() { # shown FILE: the block behind the line that names it
    awk -v name="$1" '
        index($0, "`" name "`") { near = 1 }
        /^```/ { if (open) exit; if (near) { open = 1; next } }
        open { print }' "$readme"
}
for file in tests/flow/example.c tests/plugin/harbour_visit.c; do
    shown "$file" >"$scratch/shown"
    if ! cmp -s "$scratch/shown" "$top/$file"; then
        echo "FAULT: README.md does not show $file as it is"
        diff "$scratch/shown" "$top/$file" | head -n 10
        faults=$((faults + 1))
    fi
done

# Every `muster ...` line of a block ends with status 0, unless "# status N" stands behind it.
awk '/^```/ { open = !open } open && /^\$ muster / { sub(/^\$ /, ""); print }' "$readme" >"$scratch/commands"
[ "$(wc -l <"$scratch/commands")" -ge 8 ] || { echo "FAULT: too few commands"; faults=$((faults + 1)); }
muster() { "$muster" "$@"; }
# In a folder of its own, which has what the commands name: some of them leave files.
rm -rf "$scratch/here"
mkdir -p "$scratch/here" && cd "$scratch/here" || exit 1
ln -s "$top/scenarios" "$top/tests" .
while read -r line; do
    wanted=$(printf '%s\n' "$line" | sed -n 's/.*# status \([0-9]\).*/\1/p')
    (eval "$line") >"$scratch/out" 2>"$scratch/err" </dev/null
    got=$?
    # "# page": needs what is built where Node.js is, and says so where it is not.
    case $line in
        *"# page"*) [ "$got" -ne 3 ] || ! grep -q 'quickstart page' "$scratch/err" || continue ;;
    esac
    if [ "$got" -ne "${wanted:-0}" ]; then
        echo "FAULT: status $got: $line"
        head -n 5 "$scratch/err"
        faults=$((faults + 1))
    fi
done <"$scratch/commands"

echo "$faults faults"
[ "$faults" -eq 0 ]
