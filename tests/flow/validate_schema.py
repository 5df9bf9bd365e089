"""Every JSON document of the program against include/muster/run.schema.json.

usage: validate_schema.py MUSTER SOURCE_DIR

Exit status 0: all documents are valid, and documents made wrong on purpose are refused.
"""
import copy
import glob
import json
import os
import subprocess
import sys

import jsonschema
from jsonschema import exceptions

muster, top = sys.argv[1:3]
faults = 0


def call(*arguments):
    """Exit status and the document on stdout."""
    done = subprocess.run([muster, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          timeout=120, check=False)
    return done.returncode, json.loads(done.stdout)


def complain(words):
    global faults
    faults += 1
    print(words)


def check(validator, name, document):
    """The document is of the kind its format names: errors are told against that kind alone."""
    kind = {"muster-run": "run", "muster-why": "why", "muster-reach": "reaches",
            "muster-compare": "compare",
            "muster-diagnostics": "diagnostics"}.get(document.get("format"), "run")
    one = validator.evolve(schema={"$ref": "#/$defs/" + kind, "$defs": validator.schema["$defs"]})
    error = exceptions.best_match(one.iter_errors(document))
    if error or not validator.is_valid(document):
        where = "/".join(str(step) for step in error.absolute_path) if error else "?"
        complain(f"{name}: {where}: {error.message[:300] if error else 'no kind of document'}")
    else:
        print(f"{name}: valid")


def spoilt(document):
    """Copies of a run document, each with one fault."""
    def copy_with(change):
        wrong = copy.deepcopy(document)
        change(wrong)
        return wrong

    yield "no events", copy_with(lambda d: d.pop("events"))
    yield "a new member", copy_with(lambda d: d["decisions"][0].update(mood="good"))
    yield "text for a number", copy_with(lambda d: d["routes"][0].update(length_nm="12"))
    yield "an unknown standing", copy_with(
        lambda d: d["decisions"][0]["stages"][0].update(standing="maybe"))
    yield "a missing verdict on what was expected", copy_with(
        lambda d: d["expectations"][0].pop("met"))
    yield "a local time", copy_with(lambda d: d.update(epoch="2023-07-05T00:00:00+09:00"))
    yield "a ship without a tank", copy_with(
        lambda d: next(u for u in d["units"] if u["domain"] == "naval").pop("tank_kg"))


def main():
    with open(os.path.join(top, "include", "muster", "run.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    case = os.path.join(top, "scenarios", "northern-interaction-2023.cfg")
    scenarios = sorted(glob.glob(os.path.join(top, "scenarios", "*.cfg")))
    if case not in scenarios:
        complain("the worked case is missing")
    for path in scenarios:
        name = os.path.basename(path)
        status, document = call("run", path, "--json")
        check(validator, f"run {name}", document)
        if status != 0:
            complain(f"run {name}: exit status {status}")
        for more in (["--reps", "40"], ["--only-replication", "3"]):
            status, with_chance = call("run", path, "--json", *more)
            check(validator, f"run {name} {' '.join(more)}", with_chance)
            if status != 0 or ("replications" in with_chance) != ("--reps" in more):
                complain(f"run {name} {' '.join(more)}: exit status {status}, or no replications")
        check(validator, f"reach {name}", call("reach", path, "--json")[1])
        for state in sorted({d["state"] for d in document["decisions"]}):
            check(validator, f"why {name} {state}", call("why", path, state, "--json")[1])
        check(validator, f"check {name}", call("check", path, "--json")[1])
    case_run = call("run", case, "--variant", "fuel-and-frigates", "--json")[1]
    check(validator, "run with a variant", case_run)
    for reps in ("0", "40"):
        status, compared = call("compare", case, "--variant", "fuel-and-frigates", "--reps", reps,
                                "--json", "--all")
        check(validator, f"compare --reps {reps}", compared)
        if status != 0 or len(compared["figures"]) < 500:
            complain(f"compare --reps {reps}: exit status {status}, or figures are missing")
    status, unmet = call("run", case, "--set", "expect[2].value = 1.0", "--json")
    check(validator, "run with an unmet expectation", unmet)
    told = [(e["path"], e["of"].split("/")[-1], e["value"], e["actual"], e["met"])
            for e in unmet["expectations"]]
    if status != 1 or told[2] != ("expect[2]", "PRK", 1, 0, False) or not told[0][4]:
        complain(f"an unmet expectation: exit status {status}, {told}")
    for name, arguments in {
            "a file with mistakes": ("check", os.path.join(top, "tests", "bad", "twelve.cfg")),
            "a missing file": ("run", "nowhere.cfg"),
            "an unknown state": ("why", case, "XYZ"),
            "an unknown change": ("run", case, "--set", "units.taihu.speed = 9"),
            "a mistaken command": ("run", case, "--sett", "x")}.items():
        status, document = call(*arguments, "--json")
        check(validator, name, document)
        if document.get("format") != "muster-diagnostics" or status not in (2, 3):
            complain(f"{name}: {document.get('format')}, exit status {status}")
    for name, wrong in spoilt(case_run):
        if validator.is_valid(wrong):
            complain(f"a document with {name} passes")
    print(f"{faults} faults")
    return 1 if faults else 0


sys.exit(main())
