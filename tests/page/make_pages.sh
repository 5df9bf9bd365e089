#!/bin/sh
# What the page of a report is tried with: documents made by the library (NAME.json), pages made by the
# program of small sweeps (NAME.html), and what people read of each on a screen (NAME.txt).
# usage: make_pages.sh PAGE_DOCUMENTS MUSTER SOURCE_DIR FOLDER
set -eu
documents=$1 muster=$2 hello=$3/scenarios/hello.cfg folder=$4
unset MUSTER_PAGE MUSTER_SCENARIOS
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
"$documents" .

# make NAME OPTION...: sweeps NAME.cfg and reports what it found
make() {
    name=$1
    shift
    "$muster" sweep "$name.cfg" -o "$name.sqlite" >/dev/null 2>log || { cat log >&2; exit 1; }
    "$muster" analyze "$name.sqlite" "$@" >"$name.txt"
    "$muster" report "$name.sqlite" "$@" -o "$name.html"
}

# One run a point.
cat >one.cfg <<END
experiment = { id = "one"; title = "Fuel on board"; scenario = "$hello"; };
method = { name = "one-at-a-time"; };
factors = { aboard = { path = "units.first.fuel_frac"; min = 0.5; max = 1.0; }; };
measures = ["mustered"];
END
make one

# Many, which chance tells apart; and a title that would end the script.
cat >three.cfg <<END
experiment = { id = "three"; title = "Readiness </script> of the only ship"; scenario = "$hello"; };
method = { name = "factorial"; };
runs = { replications = 60; seed = 7; };
factors = {
  ready = { path = "units.first.readiness"; min = 0.5; max = 1.0; steps = 3; };
  aboard = { path = "units.first.fuel_frac"; min = 0.5; max = 1.0; steps = 4; };
};
measures = ["mustered", "fuel_used_t"];
END
make three --measure mustered --measure fuel_used_t

# Enough points for an equation, boxes and pictures of all of them.
cat >many.cfg <<END
experiment = { id = "many"; title = "Readiness and fuel of the only ship"; scenario = "$hello"; };
method = { name = "lhs"; points = 40; };
runs = { replications = 5; seed = 7; };
factors = {
  ready = { path = "units.first.readiness"; label = "readiness"; min = 0.2; max = 1.0; };
  aboard = { path = "units.first.fuel_frac"; label = "fuel on board"; min = 0.1; max = 1.0; };
};
measures = ["fuel_used_t"];
END
make many --above 15

# Runs, and what people read of them: runs/NAME.json, runs/NAME.run.txt, runs/NAME.why.STATE.txt.
mkdir runs
for name in hello northern-interaction-2023 trilateral-2023 bomber-patrol-2022 zachary-1977; do
    file=$3/scenarios/$name.cfg
    "$muster" run "$file" --json >"runs/$name.json"
    "$muster" run "$file" >"runs/$name.run.txt"
done
mkdir runs/lessons
"$muster" run "$3/scenarios/lessons/why-is-north-korea-out.cfg" --json >runs/lessons/why-is-north-korea-out.json
while read -r name states; do
    for state in $states; do
        "$muster" why "$3/scenarios/$name.cfg" "$state" >"runs/$name.why.$state.txt"
        "$muster" reach "$3/scenarios/$name.cfg" "$state" >"runs/$name.reach.$state.txt"
    done
done <<END
northern-interaction-2023 CHN RUS PRK
trilateral-2023 USA JPN KOR AUS PHL
bomber-patrol-2022 CHN RUS PRK
END
