"""What stands in a live page: its run is that of the program with the same changes, and its text, run with
the variant that the run names, comes to the same.

usage: check_live.py MUSTER SOURCE_DIR WORK_DIR

Exit status 0: so it is.
"""
import base64
import gzip
import json
import os
import re
import subprocess
import sys

muster, top, work = sys.argv[1:4]
PARTS = ("digest", "decisions", "events", "log", "units")
faults = 0


def complain(words):
    global faults
    faults += 1
    print(words)


def run(*arguments):
    """The run document."""
    done = subprocess.run([muster, "run", *arguments, "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          timeout=120, check=False)
    return json.loads(done.stdout)


def blocks(path):
    """What stands in a page, by id."""
    with open(path, encoding="utf-8") as file:
        page = file.read()
    found = re.findall(r'<script type="application/json"[^>]* id="([a-z-]+)"[^>]*>([^<]*)</script>', page)
    return {name: gzip.decompress(base64.b64decode(packed)) for name, packed in found if name != "muster-coast"}


def check(name, scenario, *options, student=False, changed=True):
    page, text = os.path.join(work, "page.html"), os.path.join(work, "text.cfg")
    done = subprocess.run([muster, "export", "--live", scenario, "-o", page, *options,
                           *(["--student"] if student else [])], stderr=subprocess.PIPE, encoding="utf-8",
                          timeout=120, check=False)
    if done.returncode != 0:
        complain(f"{name}: exit status {done.returncode}, {done.stderr}")
        return
    inside = blocks(page)
    shown, wanted = json.loads(inside["muster-run"]), run(scenario, *options)
    with open(text, "wb") as file:
        file.write(inside["muster-text"])
    variant = shown["scenario"]["variant"]
    again = run(text, *(["--variant", variant] if variant else []))
    for part in PARTS:
        if shown[part] != wanted[part] or (not student and again[part] != wanted[part]):
            complain(f"{name}: other {part}")
    if again["digest"] != wanted["digest"]:
        complain(f"{name}: the text runs to something else")
    if changed == (wanted["digest"] == run(scenario)["digest"]):
        complain(f"{name}: the changes change nothing, or what is not changed does")
    print(f"{name}: tried")


os.makedirs(work, exist_ok=True)
case = os.path.join(top, "scenarios", "northern-interaction-2023.cfg")
fuel, tie = "states.PRK.allotment_frac = 1.0", "ties.RUS-PRK.align = 0.45"
check("as it is", case, changed=False)
check("a change", case, "--set", tie)
check("two changes of a variant", case, "--variant", "fuel-granted", "--set", tie, "--set", fuel)
check("a change of a lesson", os.path.join(top, "tests", "unit", "every_place.cfg"), "--set",
      "injects.late.on = true", "--set", "states.GUEST.attributes.will = 0.1", student=True)
refused = subprocess.run([muster, "export", "--live", case, "-o", os.path.join(work, "none.html"), "--set",
                          "units.taihu.speed = 9"], stderr=subprocess.DEVNULL, timeout=120, check=False)
if refused.returncode != 2:
    complain(f"a change that is not allowed: exit status {refused.returncode}")
print(f"{faults} faults")
sys.exit(1 if faults else 0)
