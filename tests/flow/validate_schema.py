"""Every JSON document of the program and of a desk against include/muster/run.schema.json.

usage: validate_schema.py MUSTER SOURCE_DIR DESK

Exit status 0: all documents are valid, and documents made wrong on purpose are refused.
"""
import copy
import csv
import glob
import hashlib
import json
import math
import os
import subprocess
import sys
import tempfile

import jsonschema
from jsonschema import exceptions

muster, top, desk = sys.argv[1:4]
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
    kind = {"muster-run": "run", "muster-why": "why", "muster-codings": "codings", "muster-reach": "reaches",
            "muster-flip": "flip", "muster-compare": "compare", "muster-rivals": "rivals",
            "muster-fit": "fit", "muster-samples": "samples", "muster-text": "text", "muster-step": "step",
            "muster-diagnostics": "diagnostics"}.get(document.get("format"), "run")
    one = validator.evolve(schema={"$ref": "#/$defs/" + kind, "$defs": validator.schema["$defs"]})
    error = exceptions.best_match(one.iter_errors(document))
    if error or not validator.is_valid(document):
        where = "/".join(str(step) for step in error.absolute_path) if error else "?"
        complain(f"{name}: {where}: {error.message[:300] if error else 'no kind of document'}")
    else:
        print(f"{name}: valid")


EXPERIMENT = """
experiment = {{ id = "small"; title = "A <small> one & 'more'"; scenario = "{scenario}";
  shows = "Nothing <much>."; }};
method = {{ name = "factorial"; }};
runs = {{ replications = 20; seed = 5; }};
factors = {{ aboard = {{ path = "units.first.fuel_frac"; min = 0.5; max = 1.0; steps = 3; source = "assumed"; }};
            ready = {{ path = "units.first.readiness"; levels = [0.5, 1.0]; }}; }};
measures = ["mustered", "muster_delay_h"];
"""


def check_experiments(scenarios):
    """Plan, state and findings of an experiment are documents of one kind."""
    with open(os.path.join(top, "include", "muster", "analysis.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.validators.validator_for(schema)(schema)
    validator.check_schema(schema)
    with tempfile.TemporaryDirectory() as folder:
        path, store = os.path.join(folder, "small.cfg"), os.path.join(folder, "small.sqlite")
        with open(path, "w", encoding="utf-8") as file:
            file.write(EXPERIMENT.format(scenario=os.path.join(scenarios, "hello.cfg")))
        done = subprocess.run([muster, "sweep", path, "-o", store], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, timeout=120, check=False)
        if done.returncode != 0:
            complain(f"sweep: exit status {done.returncode}")
        for arguments in (["sweep", path, "--dry-run"], ["sweep", path, "-o", store],
                          ["merge", store + ".2", store], ["status", store], ["analyze", store],
                          ["analyze", store, "--measure", "muster_delay_h", "--measure", "mustered"]):
            status, document = call(*arguments, "--json")
            error = exceptions.best_match(validator.iter_errors(document))
            if status != 0 or error:
                complain(f"{arguments[0]}: exit status {status}, {error.message[:300] if error else ''}")
            else:
                print(f"{arguments[0]}: valid")
        tables = [table for section in document["sections"] for table in section["tables"]]
        points = next((table for table in tables if table["id"] == "points"), {"rows": []})
        if len(points["rows"]) != 6:
            complain(f"analyze: {len(points['rows'])} points, not 6")
        first, last = document["sections"][0], document["sections"][-1]
        rests_on = [column["name"] for column in last["tables"][0]["columns"]].index("source")
        if (first["sentences"] != ["Nothing <much>."] or
                [row[rests_on] for row in last["tables"][0]["rows"]] != ["assumed", "not said"]):
            complain("analyze: what the file says, or what its ranges rest on, is not told")
        points["rows"][0].append("one cell too many")
        document["more"] = 1
        if validator.is_valid(document):
            complain("an analysis with a member too many passes")
        for arguments in (["analyze", path], ["status", os.path.join(folder, "none.sqlite")],
                          ["analyze", store, "--analysis", "sobbol"], ["analyze"],
                          ["sweep", os.path.join(scenarios, "hello.cfg")]):
            status, document = call(*arguments, "--json")
            if status not in (2, 3) or document.get("format") != "muster-diagnostics":
                complain(f"{' '.join(arguments)}: exit status {status}, {document.get('format')}")


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
    yield "no log", copy_with(lambda d: d.pop("log"))
    yield "a scene without levers", copy_with(lambda d: d["scene"].pop("levers"))
    yield "a lever with an opinion", copy_with(lambda d: d["scene"]["levers"][0].update(likely=True))
    yield "an entry of no weight", copy_with(lambda d: d["log"][0].update(weight=0))
    yield "a leg without its route", copy_with(
        lambda d: next(leg for u in d["units"] for leg in u.get("legs", []) if leg["kind"] == "leg").pop("route"))
    yield "a ship with sorties", copy_with(
        lambda d: next(u for u in d["units"] if u["domain"] == "naval").update(sorties=[]))
    yield "an unknown symbol", copy_with(lambda d: d["units"][0].update(symbol="boat"))
    yield "a code of 19 digits", copy_with(lambda d: d["units"][0].update(sidc="1013300000120203000"))
    yield "a ship without a tank", copy_with(
        lambda d: next(u for u in d["units"] if u["domain"] == "naval").pop("tank_kg"))


RECORD = """drill_id,series,start_date,end_date,lat_deg,lon_deg,domains,hosts,state,outcome
one,yearly,2015-05-01,2015-05-09,10,120,naval air,H,A,1
one,yearly,2015-05-01,2015-05-09,10,120,naval air,H,B,0
two,yearly,2016-05-01,,,,naval,H,A,1
two,yearly,2016-05-01,,,,naval,H,C,
"""
STATES = """state,year,lat_deg,lon_deg,cinc,ideal_point
A,2015,12,121,0.02,0.1
B,2015,-30,150,.,1.5
C,2016,,,0.3,0
H,2015,0,100,0.2,0.3
"""
DYADS = """state_1,state_2,year,align,pact
H,A,2015,0.4,1
"""


def spoilt_rivals(document):
    """Copies of a document of rivals of tables, each with one fault."""
    def copy_with(change):
        wrong = copy.deepcopy(document)
        change(wrong)
        return wrong

    yield "neither scenario nor record", copy_with(lambda d: d.pop("record"))
    yield "both", copy_with(lambda d: d.update(run="plan"))
    yield "a verdict in words", copy_with(
        lambda d: d["cases"][0]["candidates"][0]["answers"][0].update(joins="no"))
    yield "a probability above 1", copy_with(
        lambda d: d["cases"][0]["candidates"][0]["answers"][0].update(p=1.5))
    yield "no rows of a table", copy_with(lambda d: d["record"]["tables"][0].pop("rows"))
    yield "another use", copy_with(lambda d: d["scores"][0].update(use="training"))


def check_csv(document, rows):
    """Every answer of the document stands in the CSV, and nothing else does."""
    said = {(r["drill_id"], r["state"], r["model"]): r for r in rows}
    answers = 0
    for drill in document["cases"]:
        for asked in drill["candidates"]:
            for answer in asked["answers"]:
                answers += 1
                row = said.get((drill["drill"], asked["state"], answer["model"]), {})
                joins = {None: "", True: "1", False: "0"}[answer["joins"]]
                score = float(row["score"]) if row.get("score") else None
                # the document has 12 digits, the CSV all
                same = (score is None) == (answer["score"] is None) and (
                    score is None or abs(score - answer["score"]) <= 1e-11 * abs(score))
                if row.get("joins") != joins or not same or row["rests_on"] != answer["basis"]:
                    complain(f"the CSV and the document differ: {row}, {answer}")
    if len(rows) != answers or answers != 4 * len(document["models"]):
        complain(f"rivals of tables: {len(rows)} rows, {answers} answers")


def write_tables(folder):
    """The three tables and a bad one in files, by name."""
    files = {}
    for name, text in {"record": RECORD, "states": STATES, "dyads": DYADS,
                       "bad": RECORD.replace("H,B,0", "H,H,x")}.items():
        files[name] = os.path.join(folder, name + ".csv")
        with open(files[name], "w", encoding="utf-8") as file:
            file.write(text)
    return files


def check_tables(validator, scenario, folder):
    """Rivals of tables: documents, the CSV, and what the command line refuses."""
    files = write_tables(folder)
    out = os.path.join(folder, "out.csv")
    tables = ["rivals", "--record", files["record"], "--states", files["states"], "--dyads",
              files["dyads"], "--carry", "1", "--json"]
    status, document = call(*tables, "--predictions", out)
    check(validator, "rivals of tables", document)
    if status != 0:
        complain(f"rivals of tables: exit status {status}")
    with open(out, encoding="utf-8", newline="") as file:
        check_csv(document, list(csv.DictReader(file)))
    check(validator, "rivals of one drill", call(*tables, "--drill", "two", "--use", "test")[1])
    for name, arguments in {
            "both forms": [*tables, scenario],
            "no form": ["rivals", "--json"],
            "tables without a record": ["rivals", scenario, "--states", files["states"], "--json"],
            "a change of tables": [*tables, "--set", "x = 1"],
            "a word for years": [*tables[:-3], "--carry", "some", "--json"],
            "another use": [*tables, "--use", "training"],
            "two results on stdout": [*tables, "--predictions", "-"],
            "a record with mistakes": ["rivals", "--record", files["bad"], *tables[3:]],
            "no such table": ["rivals", "--record", "nowhere.csv", *tables[3:]]}.items():
        status, refused = call(*arguments)
        check(validator, name, refused)
        if refused.get("format") != "muster-diagnostics" or status not in (2, 3):
            complain(f"{name}: {refused.get('format')}, exit status {status}")
    for name, wrong in spoilt_rivals(document):
        if validator.is_valid(wrong):
            complain(f"a document of rivals with {name} passes")


# ---- weights learnt from tables, and used ------------------------------------------------------------

HOSTS, CANDIDATES = "GH", "ABCDE"
SCENARIO = """scenario = { id = "fitted"; title = "Fitted"; start = "2023-01-01T00:00Z"; horizon = "60 d";
    source = "assumed"; };
states = {
%s};
ties = {
%s};
drills = { d = { hosts = ["G", "H"]; candidates = ["A", "B", "C", "D", "E"]; source = "assumed";
    attributes = { duration_d = 4.0; };
    muster = { lat_deg = 0.0; lon_deg = 150.0; at = "2023-02-01T00:00Z"; };
    end = "2023-02-03T00:00Z"; cap_need = 0.2; index = { cap_need = 0.2; reach_need = 0.4; }; }; };
alignment = {
    rules = {
        other = { stage = "accept"; sign = 1; weight = 5.0; terms = ["cand.trade"];
            source = "assumed"; };
        @include "mine.cfg"
    };
    codings = {
        as-it-stands = { author = "a"; basis = "b"; };
        @include "mine-coding.cfg"
    };
};
"""


def number(*words):
    """A number 0..1 that the words give, the same everywhere."""
    return int(hashlib.sha256(" ".join(map(str, words)).encode()).hexdigest()[:12], 16) / 16.0 ** 12


def trade(state, year):
    return round(4 * number("trade", state, year) - 2, 3)


def point(state, year):
    return round(4 * number("point", state, year) - 2, 3)


def pact(one, other):
    return round(number("pact", *sorted((one, other))), 3)


def simulate():
    """Tables of a record whose joins follow trade and gaps, by a rule that is known."""
    drills = "drill_id,series,start_date,end_date,lat_deg,lon_deg,domains,hosts,state,outcome\n"
    states = "state,year,trade,ideal_point\n"
    dyads = "state_1,state_2,year,pact\n"
    for year in range(2000, 2020):
        for state in HOSTS + CANDIDATES:
            states += f"{state},{year},{trade(state, year)},{point(state, year)}\n"
        for one in HOSTS:
            for other in CANDIDATES:
                dyads += f"{one},{other},{year},{pact(one, other)}\n"
    for series in range(30):
        for edition in range(3):
            year = 2000 + (series * 7) % 14 + 2 * edition
            hosts = HOSTS if series % 3 == 0 else HOSTS[series % 2]
            for state in CANDIDATES[series % 2:]:
                p = 1 / (1 + math.exp(-0.3 - 1.5 * trade(state, year)))
                for host in hosts:
                    gap = abs(point(state, year) - point(host, year))
                    p /= 1 + math.exp(1.5 * gap - 2.5 - 1.5 * pact(state, host))
                joined = int(number("join", series, edition, state) < p)
                drills += (f"d{series}-{edition},s{series},{year}-05-01,"
                           f"{year}-05-{3 + (series * 5 + edition) % 9:02d},,,naval,"
                           f"{' '.join(hosts)},{state},{joined}\n")
    return drills, states, dyads


def write_scenario(folder):
    """A scenario with the attributes and ties that the rules read."""
    states = "".join(f"    {s} = {{ source = \"assumed\"; index = {{ cap = 1.0; reach = 1.0; }}; attributes = "
                     f"{{ trade = {trade(s, 2019)}; ideal_point = {point(s, 2019)}; }}; }};\n"
                     for s in HOSTS + CANDIDATES)
    ties = "".join(f"    t{a}{b} = {{ a = \"{a}\"; b = \"{b}\"; source = \"assumed\"; "
                   f"mutual = {{ near = {pact(a, b)}; }}; }};\n" for a in HOSTS for b in CANDIDATES)
    path = os.path.join(folder, "fitted.cfg")
    with open(path, "w", encoding="utf-8") as file:
        file.write(SCENARIO % (states, ties))
    return path


def value(feature, state, host):
    """What a rule of that name reads in the scenario."""
    return {None: 1, "cand.trade": trade(state, 2019), "hosts": 2, "duration_d": 4,
            "tie.near": pact(state, host) if host else None,
            "gap.ideal_point": abs(point(state, 2019) - point(host, 2019)) if host else None,
            }[feature]


def check_coding(document, folder):
    """Margins of the scenario's stages under the coding are those of the weights."""
    weights = next(f for f in document["fits"] if f["is_main"])["weights"]
    path = write_scenario(folder)
    compared = 0
    for state in CANDIDATES:
        status, told = call("why", path, state, "--codings", "--json")
        if status != 0:
            complain(f"why --codings of {state}: exit status {status}")
            return
        for stage in told["codings"][1]["stages"]:
            if stage["stage"] == "able":
                continue
            blocks = ("admit",) if stage["stage"] == "admit" else ("accept", "apart")
            wanted = sum(w["per_unit"] * value(w["feature"], state, stage["host"])
                         for w in weights if w["block"] in blocks)
            # the document of the fit has 12 digits, its weights are of the order of 1
            if not abs(stage["margin"] - wanted) <= 1e-9:
                complain(f"margin of {state}, {stage}: the weights give {wanted}")
            compared += 1
    if compared != len(CANDIDATES) * 3:
        complain(f"{compared} margins were compared")


def check_fit(validator, folder):
    """A fit, its document, its coding in a scenario, and what the command line refuses."""
    names = {"record": "sim.csv", "states": "sim-states.csv", "dyads": "sim-dyads.csv"}
    drills, states, dyads = simulate()
    for name, text in zip(names.values(), (drills, states, dyads.replace("pact", "near"))):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    tables = ["fit"]
    for option, name in names.items():
        tables += ["--" + option, os.path.join(folder, name)]
    quick = ["--replicates", "60", "--permutations", "60", "--lambda", "0.3", "--json"]
    status, document = call(*tables, *quick, "--coding", os.path.join(folder, "mine.cfg"), "--name",
                            "mine")
    check(validator, "fit", document)
    if status != 0 or document["verdict"]["says"] != "predicts":
        complain(f"fit: exit status {status}, {document.get('verdict')}")
    signs = {w["feature"]: w["per_unit"] for f in document["fits"] if f["is_main"]
             for w in f["weights"]}
    if not (signs["cand.trade"] > 0.5 and signs["gap.ideal_point"] < -0.5):
        complain(f"fit: weights {signs}")
    if call(*tables, *quick)[1] != document:
        complain("fit: another document the second time")
    check_coding(document, folder)
    few = os.path.join(folder, "few.csv")
    with open(few, "w", encoding="utf-8") as file:
        file.write("".join(drills.splitlines(True)[:20]))
    for name, arguments in {
            "no states": ["fit", "--record", few, "--json"],
            "too few joins": ["fit", "--record", few, *tables[3:], "--json"],
            "no such feature": [*tables, "--able", "cand.none", "--json"],
            "a sign that is none": [*tables, "--expect", "trade=up", "--json"],
            "a penalty below 0": [*tables, "--lambda", "-1", "--json"],
            "a word for replicates": [*tables, "--replicates", "many", "--json"],
            "a name without a coding": [*tables, "--name", "x", "--json"],
            "two results on stdout": [*tables, "--coding", "-", "--json"],
            "a name that is none": [*tables, *quick, "--coding", few + "x", "--name", "9"]}.items():
        status, refused = call(*arguments)
        check(validator, f"fit: {name}", refused)
        if refused.get("format") != "muster-diagnostics" or status != 2:
            complain(f"fit: {name}: {refused.get('format')}, exit status {status}")
    for name, wrong in spoilt_fit(document):
        if validator.is_valid(wrong):
            complain(f"a document of a fit with {name} passes")


def ring_faults(ring, is_hole):
    """What RFC 7946 does not allow of a ring."""
    if len(ring) < 4 or ring[0] != ring[-1]:
        yield "it is not closed"
    if any(len(p) != 2 or abs(p[0]) > 180 or abs(p[1]) > 90 for p in ring):
        yield "a position out of range"
    if any(abs(a[0] - b[0]) > 180 for a, b in zip(ring, ring[1:])):
        yield "it crosses the meridian of 180 degrees"
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))
    if (area > 0) == is_hole:
        yield "it turns the wrong way"


def area_faults(document):
    """What is wrong with a document of areas of reach."""
    if document.get("type") != "FeatureCollection" or document.get("format") != "muster-area":
        yield "no collection of areas"
    for feature in document["features"]:
        told = feature["properties"]
        name = f"{told['unit']} {told['limit']}"
        if feature["type"] != "Feature" or told["kind"] != "reach" or told["way"] != "go and return":
            yield f"{name}: no area of reach"
        if told["limits"][0] != told["limit"] or not set(told["limits"]) <= {"tank", "usable", "allotment"}:
            yield f"{name}: its limits are {told['limits']}"
        if not isinstance(told["clipped"], bool) or told["hours"] < 0:
            yield f"{name}: clipped or hours"
        if feature["geometry"] is None:
            continue
        if feature["geometry"]["type"] != "MultiPolygon" or told["radius_nm"] <= 0:
            yield f"{name}: a geometry of another kind, or without a radius"
        for polygon in feature["geometry"]["coordinates"]:
            for number, ring in enumerate(polygon):
                yield from (f"{name}: a ring: {fault}" for fault in ring_faults(ring, number > 0))


def check_areas(case):
    """Areas of reach are GeoJSON; and the check itself sees a ring that is turned round, cut open or
    out of range."""
    status, document = call("reach", case, "osa-east", "--area", "--hours", "2", "--json")
    for fault in area_faults(document):
        complain(f"reach --area: {fault}")
    areas = [f for f in document["features"] if f["geometry"]]
    if status != 0 or not areas:
        complain(f"reach --area: exit status {status}, {len(areas)} areas")
        return
    for what, change in (("turned round", lambda ring: ring.reverse()), ("open", lambda ring: ring.pop()),
                         ("out of range", lambda ring: ring[1].__setitem__(0, 190.0))):
        wrong = copy.deepcopy(document)
        change(next(f for f in wrong["features"] if f["geometry"])["geometry"]["coordinates"][0][0])
        if not list(area_faults(wrong)):
            complain(f"a ring that is {what} passes")
    status, document = call("reach", case, "osa-east", "--area", "--hours", "many", "--json")
    if status != 2 or document.get("format") != "muster-diagnostics":
        complain(f"reach --area --hours many: exit status {status}")


def spoilt_fit(document):
    """Copies of a document of a fit, each with one fault."""
    def copy_with(change):
        wrong = copy.deepcopy(document)
        change(wrong)
        return wrong

    yield "no verdict", copy_with(lambda d: d.pop("verdict"))
    yield "a verdict of its own", copy_with(lambda d: d["verdict"].update(says="well"))
    yield "a fit that is refused and told", copy_with(lambda d: d["fits"][0].update(refused="x"))
    yield "a fit of nothing", copy_with(lambda d: d["fits"][0].pop("weights"))
    yield "an unknown stage", copy_with(lambda d: d["features"][0].update(block="invite"))
    yield "three fits", copy_with(lambda d: d["fits"].pop())


def check_rivals(validator, scenarios):
    """Rivals of every scenario, and of tables."""
    for path in scenarios:
        status, document = call("rivals", path, "--json")
        check(validator, f"rivals {os.path.basename(path)}", document)
        if status != 0:
            complain(f"rivals {path}: exit status {status}")
    with tempfile.TemporaryDirectory() as folder:
        check_tables(validator, scenarios[0], folder)
        check_fit(validator, folder)


def check_lesson(validator):
    """A file with injects that are thrown in, an umpire's ruling and a lesson."""
    path = os.path.join(top, "tests", "unit", "every_place.cfg")
    status, document = call("run", path, "--json", "--set", 'drills.passage.rulings.GUEST.says = "joins"',
                            "--set", "expect[0].within = 1e9")
    check(validator, "run with a lesson", document)
    thrown = [(event["inject"], event["effect"]) for event in document["events"] if event["kind"] == "inject"]
    if status not in (0, 1) or thrown != [("late", "delays"), ("leak", "loses-fuel"), ("gale", "sea-state")]:
        complain(f"run with a lesson: exit status {status}, {thrown} were thrown in")
    ruled = [d["state"] for d in document["decisions"] if d["ruling"]]
    scene = document["scene"]
    if ruled != ["GUEST"] or len(scene["injects"]) != 4 or scene["lesson"]["steps"][0]["lever"] != ["will"]:
        complain("run with a lesson: what the file says is not told")
    check(validator, "why with a ruling", call("why", path, "GUEST", "--json", "--set",
                                               'drills.passage.rulings.GUEST.says = "joins"')[1])


def expect_refused(validator, name, document, changes):
    """Each change of a copy makes it wrong."""
    for what, change in changes.items():
        wrong = copy.deepcopy(document)
        change(wrong)
        if validator.is_valid(wrong):
            complain(f"{name} with {what} passes")


def ask(*requests):
    """A desk's answers."""
    done = subprocess.run([desk], input="".join(json.dumps(request) + "\n" for request in requests),
                          stdout=subprocess.PIPE, encoding="utf-8", timeout=300, check=True)
    answers, at, decoder = [], 0, json.JSONDecoder()
    while done.stdout[at:].strip():
        at += len(done.stdout[at:]) - len(done.stdout[at:].lstrip())
        answer, at = decoder.raw_decode(done.stdout, at)
        answers.append(answer)
    return answers


def check_desk(validator, paths):
    """What a desk alone gives: values of replications, and the scenario with changes in it. A text that
    is shown is what it opens; each measure that there is is asked for."""
    for path in paths:
        name = os.path.basename(path)
        status, shown = call("show", path, "--text", "--json")
        check(validator, f"show {name} --text", shown)
        if status != 0 or shown["variant"] is not None or shown["changes"]:
            complain(f"show {name} --text: exit status {status}, or changes that nobody made")
        measures = [measure["name"] for measure in call("run", path, "--json")[1]["measures"]]
        change = "scenario.seed = 77"
        answers = ask({"call": "open", "name": name, "text": shown["text"]},
                      {"call": "samples", "count": 7, "measures": measures},
                      {"call": "text"}, {"call": "text", "changes": [change]},
                      {"call": "samples", "count": 7, "measures": ["nothing"]})
        for answer in answers:
            check(validator, f"desk of {name}: {answer.get('format')}", answer)
        wanted = ["muster-run", "muster-samples", "muster-text", "muster-text", "muster-diagnostics"]
        if [answer.get("format") for answer in answers] != wanted:
            complain(f"desk of {name}: other answers")
            continue
        samples, plain, changed = answers[1:4]
        things = [(row["measure"], row["id"]) for row in samples["measures"]]
        if (any(len(row["values"]) != 7 for row in samples["measures"]) or len(set(things)) != len(things)
                or {thing[0] for thing in things} - set(measures)):
            complain(f"desk of {name}: values are missing, or of something else")
        if plain != shown or changed["changes"] != [change] or change not in changed["text"]:
            complain(f"desk of {name}: another text")
    expect_refused(validator, "samples", samples, {
        "a member too many": lambda d: d.update(mean=1),
        "a text for a value": lambda d: d["measures"][0]["values"].append("1"),
        "a measure of nothing": lambda d: d["measures"][0].pop("id"),
        "no replications": lambda d: d.update(count=0)})
    expect_refused(validator, "text", changed, {
        "a member too many": lambda d: d.update(name="x"),
        "no text": lambda d: d.pop("text"),
        "a change that is none": lambda d: d["changes"].append(1)})


STEPS = """next
where
to 2023-07-19T00:00Z
where
log
why PRK
reach
flip PRK
set ties.RUS-PRK.align = 0.45
changes
injects
rule PRK joins because
undo
back
reset
help
report
next 3
"""


def check_step(validator, case):
    """Each command of muster step, and one that fails, which ends it."""
    said = STEPS + "where nobody\n"
    done = subprocess.run([muster, "step", case, "--json"], input=said, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, encoding="utf-8", timeout=120, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    for answer in answers:
        check(validator, f"step: {answer.get('command')}", answer)
    if done.returncode != 2 or [a["command"] for a in answers] != [l.split()[0] for l in said.splitlines()]:
        complain(f"step: exit status {done.returncode}, or other answers")
    if "error" not in answers[-1] or any("error" in answer for answer in answers[:-1]):
        complain("step: an error in the wrong place")
    helped = next(answer for answer in answers if answer["command"] == "help")
    if {usage.split()[0] for usage in helped["commands"]} - {"inject", "quit"} != {
            line.split()[0] for line in STEPS.splitlines()}:
        complain("step: a command that is not tried here")
    path = os.path.join(top, "tests", "unit", "every_place.cfg")
    done = subprocess.run([muster, "step", path, "--json"], input="injects\ninject late\nnext\nquit\n",
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", timeout=120,
                          check=False)
    thrown = [json.loads(line) for line in done.stdout.splitlines()]
    for answer in thrown:
        check(validator, f"step: {answer.get('command')}", answer)
    if done.returncode != 0 or "late" not in thrown[0]["injects"] or len(thrown) != 4:
        complain(f"step: exit status {done.returncode}, or no inject")
    expect_refused(validator, "an answer of step", answers[0], {
        "a member too many": lambda d: d.update(next=1),
        "no time": lambda d: d.pop("time"),
        "another kind of event": lambda d: d["events"][0].update(kind="riot"),
        "an event without a place": lambda d: d["events"][0].pop("lat_deg")})
    expect_refused(validator, "an answer of step", answers[1], {
        "a full tank and more": lambda d: d["units"][0].update(fuel_frac=1.1),
        "half an aircraft": lambda d: d["units"][0].update(in_the_air=0.5)})


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
            # a file without units has nothing that is drawn, so no replications to tell of
            wanted = "--reps" in more and len(document["units"]) > 0
            if status != 0 or ("replications" in with_chance) != wanted:
                complain(f"run {name} {' '.join(more)}: exit status {status}, or no replications")
        check(validator, f"reach {name}", call("reach", path, "--json")[1])
        for state in sorted({d["state"] for d in document["decisions"]}):
            check(validator, f"why {name} {state}", call("why", path, state, "--json")[1])
            check(validator, f"flip {name} {state}", call("flip", path, state, "--json")[1])
        check(validator, f"check {name}", call("check", path, "--json")[1])
    check_areas(case)
    case_run = call("run", case, "--variant", "fuel-and-frigates", "--json")[1]
    check(validator, "run with a variant", case_run)
    check_lesson(validator)
    check_desk(validator, [case, os.path.join(top, "scenarios", "trilateral-2023.cfg")])
    check_step(validator, case)
    # The list of assumptions has the same turning values as the verdict.
    rows = {row["id"]: row for row in call("list", "assumed", case, "PRK", "--json")[1]["rows"]}
    turns = [s["turns_from"] for s in rows["alignment.rules.f04b.weight"]["stages"]]
    if turns != [0.8264]:
        complain(f"list assumed: a weight turns from {turns}")
    # What is given as the first value that turns a stage does turn it.
    tips = call("why", case, "PRK", "--json")[1]["verdict"]["tipping_values"]
    for tip in [tip for tip in tips if tip["within"]][::7]:
        turned = call("why", case, "PRK", "--json", "--set", f"{tip['path']} = {float(tip['from'])!r}")[1]
        if turned["verdict"]["stages"][tip["stage"]]["standing"] != "yes":
            complain(f"{tip['path']} = {tip['from']} turns nothing")
    if not any(tip["path"] == "alignment.rules.f04b.weight" for tip in tips):
        complain("no weight turns a stage")
    for more in (["--codings"], ["--against", "after-june-2024"], ["--against", "equal-weights"]):
        status, document = call("why", case, "PRK", "--json", *more)
        check(validator, f"why {' '.join(more)}", document)
        if status != 0 or ("against" in document) != (more[0] == "--against"):
            complain(f"why {' '.join(more)}: exit status {status}, or nothing to hold against")
        if more[0] == "--codings" and document["codings"][1]["rules"] != ["f13", "f03"]:
            complain(f"why --codings: {document['codings'][1]['rules']} are not the analyst's rules")
        if more[-1] == "after-june-2024":
            against = document["against"]
            names = [figure["name"] for figure in against["figures"]]
            if (not against["hindsight"] or against["kind"] != "variant" or against["margins"][2] <= 0
                    or "closeness Russia - North Korea" not in names):
                complain(f"why {' '.join(more)}: the reference is not told as it is")
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
    check_rivals(validator, scenarios)
    check_experiments(os.path.join(top, "scenarios"))
    for name, wrong in spoilt(case_run):
        if validator.is_valid(wrong):
            complain(f"a document with {name} passes")
    print(f"{faults} faults")
    return 1 if faults else 0


sys.exit(main())
