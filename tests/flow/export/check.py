"""Every export read back by readers of our own and held against the run document.
usage: check.py MUSTER SOURCE_DIR SCRATCH [xmllint]"""
import copy
import json
import os
import random
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import readers
import truth
from readers import seconds

muster, source, scratch = sys.argv[1:4]
use_xmllint = len(sys.argv) > 4
os.makedirs(scratch, exist_ok=True)
os.chdir(scratch)
TO = ["acmi", "kml", "czml", "geojson"]
TABLES = ["tracks", "events", "log", "serials", "measures", "decisions"]


def run(*args, want=0, env=None):
    done = subprocess.run([muster, *args], capture_output=True, env={**os.environ, **(env or {})})
    assert done.returncode == want, f"{args}: {done.returncode}: {done.stderr.decode()[:600]}"
    return done


def export(file, to, *more, env=None):
    return run("export", file, "--to", to, *more, env=env).stdout.decode("utf-8")


def at_time(rows, t):
    """Straight between samples, in longitude and latitude; over 180 by the short way."""
    for a, b in zip(rows, rows[1:]):
        if a[0] <= t <= b[0] and b[0] > a[0]:
            f = (t - a[0]) / (b[0] - a[0])
            turn = (b[1] - a[1] + 540) % 360 - 180
            fuel = None if a[3] is None else a[3] + f * (b[3] - a[3])
            return a[1] + f * turn, a[2] + f * (b[2] - a[2]), fuel
    raise AssertionError(f"nothing at {t}")


def keys_of(document):
    """(unit id, flight) in order, with where each is at a time."""
    for u in document["units"]:
        if u.get("legs"):
            yield (u["id"], 0), u, (seconds(u["legs"][0]["start"]), seconds(u["legs"][-1]["end"])), \
                lambda t, u=u: truth.ship_at(document, u, t)
        for n, s in enumerate(u.get("sorties", [])):
            if s.get("land") and s.get("on") and not s.get("points"):
                yield (u["id"], n + 1), u, (seconds(s["off"]), seconds(s["land"])), \
                    lambda t, s=s: truth.flight_at(s, t)


def track_id(key):
    return f"unit/{key[0]}" if key[1] == 0 else f"sortie/{key[0]}/{key[1]}"


def jumps_near(unit, t):
    """Fuel jumps in port: within two milliseconds of it the two sides differ."""
    return any(abs(seconds(l["start"]) - t) < 0.01 for l in unit.get("legs", []))


def check_tracks(document, tracks, what):
    worst = 0.0
    for key, unit, (low, high), where in keys_of(document):
        rows = tracks[key]
        assert abs(rows[0][0] - low) < 0.01 and abs(rows[-1][0] - high) < 0.01, f"{what}: {key} is cut short"
        for i in range(1, 400):
            t = low + (high - low) * i / 400
            lon, lat, fuel = where(t)
            got = at_time(rows, t)
            worst = max(worst, truth.apart_nm((lon, lat), got[:2]))
            assert worst < 0.5, f"{what}: {key} is {worst} nm off at {t}"
            if fuel is None:
                assert got[2] is None
            elif not jumps_near(unit, t):
                assert abs(fuel - got[2]) < 0.6, f"{what}: {key} has {got[2]} kg, not {fuel}"
    print(f"  {what}: tracks within {worst:.3f} nm")
    return worst


def texts_of(document):
    return {u["id"]: u["name"] or u["id"] for u in document["units"]}


def check_acmi(document, text):
    head, objects, events, found = readers.read_acmi(text)
    assert head["Title"] == document["scenario"]["title"]
    tracks, seen = {}, {}
    for name, o in objects.items():  # flights of a unit come in order of take-off
        flies = "Air" in o["Type"].split("+")
        seen[o["Unit"]] = seen.get(o["Unit"], 0) + 1
        tracks[(o["Unit"], seen[o["Unit"]] if flies else 0)] = found[name]
        assert o["CallSign"].startswith(texts_of(document)[o["Unit"]]), o["CallSign"]
        assert ("Country" in o) == (o["Group"] in CODES), o["Group"]
        assert o.get("Country", "") == CODES.get(o["Group"], "").lower()
    check_tracks(document, tracks, "acmi")
    marks = [e for e in events if e[1] == "Bookmark"]
    starts = [s["start"] for s in document["serials"] if s["start"]]
    assert {round(seconds(s)) for s in starts} <= {round(m[0]) for m in marks}
    flights = sum(len(u.get("sorties", [])) for u in document["units"])
    assert sum(e[1] == "TakenOff" for e in events) == flights
    for u in document["units"]:
        adrift = any(l["kind"] == "adrift" for l in u.get("legs", []))
        (mine,) = [o for o in objects.values() if o["Unit"] == u["id"]] if u.get("legs") else [{}]
        assert (mine.get("Disabled") == "1") == adrift
    return events


def check_kml(document, text):
    root, folders, found = readers.read_kml(text)
    keys = [key for key, *_ in keys_of(document)]
    assert len(keys) == len(found)
    names = texts_of(document)
    for (name, _), key in zip(found, keys):
        assert name.startswith(names[key[0]]), name
    check_tracks(document, dict(zip(keys, (rows for _, rows in found))), "kml")
    assert folders["Lines"].find(readers.KML + "visibility").text == "0"
    spans = folders["Serials"].findall(f"{readers.KML}Placemark/{readers.KML}TimeSpan")
    assert len(spans) == sum(s["start"] is not None for s in document["serials"])
    for place in root.iter(readers.KML + "coordinates"):
        for one in place.text.split(" "):
            lon, lat = (float(x) for x in one.split(","))
            assert abs(lon) <= 180 and abs(lat) <= 90
    assert any(abs(float(c.text.split(" ")[0])) > 90 for c in root.iter(readers.GX + "coord")), "latitude first?"
    # the first colour is #0072B2: alpha, blue, green, red
    assert root.find(f".//{readers.KML}LineStyle/{readers.KML}color").text == "ffb27200"
    if use_xmllint:
        subprocess.run(["xmllint", "--noout", "-"], input=text.encode(), check=True)


def check_czml(document, text):
    assert "</script" not in text
    packets, found = readers.read_czml(text)
    check_tracks(document, {key: found[track_id(key)] for key, *_ in keys_of(document)}, "czml")
    assert packets[0]["name"] == document["scenario"]["title"]


def check_geojson(document, text):
    assert "</script" not in text
    collection, found = readers.read_geojson(text)
    check_tracks(document, {key: found[track_id(key)] for key, *_ in keys_of(document)}, "geojson")
    assert collection["name"] == document["scenario"]["title"]
    kinds = [f["properties"]["kind"] for f in collection["features"]]
    scene = document.get("scene", {})
    assert kinds.count("port") == len(scene.get("bases", []))
    assert kinds.count("area") == len(scene.get("areas", []))
    assert kinds.count("observation") == len(scene.get("observations", []))
    assert kinds.count("muster-point") == len(document["drills"])
    return collection


def number(text):
    return float(text) if text else None


def check_csv(document, tables):
    rows = {name: readers.read_csv(text) for name, text in tables.items()}
    check_tracks(document, readers.csv_tracks(rows["tracks"]), "csv")
    terms = [(d["drill"], d["state"], s["stage"], s["host"] or "", t["key"], t["label"] or "", t["value"])
             for d in document["decisions"] for s in d["stages"] for t in s["terms"]]
    got = [(r["drill"], r["state"], r["stage"], r["host"], r["term"], r["label"], number(r["value"]))
           for r in rows["decisions"] if r["term"]]
    assert got == terms, "decisions"
    values = [(o["measure"], o["of"], k, v) for o in document["outcomes"] for k, v in o["values"].items()]
    assert [(r["measure"], r["of"], r["id"], number(r["value"])) for r in rows["measures"]] == values
    assert [r["kind"] for r in rows["events"]] == [e["kind"] for e in document["events"]]
    assert [r["text"] for r in rows["log"]] == [e["text"] for e in document.get("log", [])]
    assert [r["name"] for r in rows["serials"]] == [s["name"] for s in document["serials"]]


def tables_of(file, env=None):
    run("export", file, "--to", "csv", "-o", "tables", env=env)
    tables = {name: open(f"tables/{name}.csv", encoding="utf-8", newline="").read() for name in TABLES}
    for name in TABLES:
        assert export(file, "csv", "--table", name, env=env) == tables[name]
    return tables


def check_all(file, document):
    texts = {to: export(file, to) for to in TO}
    check_acmi(document, texts["acmi"])
    check_kml(document, texts["kml"])
    check_czml(document, texts["czml"])
    check_geojson(document, texts["geojson"])
    texts["tables"] = tables_of(file)
    check_csv(document, texts["tables"])
    return texts


def check_real(name, *change):
    print(name, *change)
    scenario = f"{source}/scenarios/{name}.cfg"
    subprocess.run([muster, "run", scenario, *change, "-o", "run.json"], capture_output=True)
    document = json.load(open("run.json", encoding="utf-8"))
    texts = check_all("run.json", document)
    for to in TO:
        assert export(scenario, to, *change) == texts[to], f"{to}: a scenario and its run file differ"
    assert tables_of("run.json") == texts["tables"]
    for env in ({"LC_ALL": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8", "TZ": "Asia/Kolkata"}, {"TZ": "America/Lima"}):
        for to in TO:
            assert export("run.json", to, env=env) == texts[to], f"{to}: other bytes in {env}"


def check_made():
    print("made: hostile names, 180 degrees, adrift, flights")
    document = truth.made()
    json.dump(document, open("made.json", "w", encoding="utf-8"))
    texts = check_all("made.json", document)
    events = readers.read_acmi(texts["acmi"])[2]
    assert (truth.HOSTILE[1].replace("|", "/")) in [e[3] for e in events]
    collection = json.loads(texts["geojson"])
    shapes = {f["id"]: f for f in collection["features"]}
    assert shapes["unit/u0"]["geometry"]["type"] == "MultiLineString"
    assert len(shapes["unit/u0"]["geometry"]["coordinates"]) == 3, "out over 180 and back"
    assert shapes["p"]["geometry"]["type"] == shapes["c"]["geometry"]["type"] == "MultiPolygon"
    assert shapes["unit/u0"]["properties"]["name"] == truth.HOSTILE[0]


def check_codes():
    rows = readers.read_csv(open(f"{source}/scenarios/library/state-codes.csv", encoding="utf-8").read())
    codes = {r["state"]: r["code"] for r in rows}
    assert len(codes) == len(rows) == len(set(codes.values()))
    assert all(len(a) == 3 and len(b) == 2 and (a + b).isupper() for a, b in codes.items())
    system = "/usr/share/zoneinfo/iso3166.tab"
    if os.path.exists(system):
        known = {line.split("\t")[0] for line in open(system, encoding="utf-8") if line[0] != "#"}
        assert set(codes.values()) == known, set(codes.values()) ^ known
    return codes


def leaves(value, path=()):
    if isinstance(value, dict):
        for k, v in value.items():
            yield from leaves(v, path + (k,))
    elif isinstance(value, list):
        for i, v in enumerate(value):
            yield from leaves(v, path + (i,))
    yield path


def check_wrong():
    """Whatever stands in a member: it is read, or refused with a line that says where."""
    print("wrong documents")
    base, refused = truth.made(), 0
    paths = [p for p in leaves(base) if p]
    dice = random.Random(20231231)
    wrongs = [None, True, -1, 1e308, 2**40, "", "x", "2023-13-01T00:00:00Z", [], {}, [[1]], [None, {}], {"a": []}]
    for k in range(120):
        document = copy.deepcopy(base)
        path = dice.choice(paths)
        at = document
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = dice.choice(wrongs)
        json.dump(document, open("wrong.json", "w", encoding="utf-8"))
        done = subprocess.run([muster, "export", "wrong.json", "--to", dice.choice(TO)], capture_output=True)
        assert done.returncode in (0, 2), (path, at[path[-1]], done)
        if done.returncode == 2:
            refused += 1
            assert done.stdout == b"" and b"error" in done.stderr, (path, done.stderr)
    assert refused > 40, refused
    whole = json.dumps(base).encode()
    for cut in range(0, len(whole) - 1, 997):
        open("cut.json", "wb").write(whole[:cut] or b"{")
        assert b"JSON" in run("export", "cut.json", "--to", "kml", want=2).stderr
    for text, said in ((b'{"format":"muster-why","version":1}', b"muster-run"), (b"[" * 100000, b"JSON"),
                       (b'{"format":"muster-run","version":2}', b"version"), (b"{\xff\xfe}", b"JSON")):
        open("cut.json", "wb").write(text)
        assert said in run("export", "cut.json", "--to", "kml", want=2).stderr, said
    same = copy.deepcopy(base)
    same["units"][1]["id"] = "u0"
    json.dump(same, open("wrong.json", "w", encoding="utf-8"))
    assert b"units[1].id" in run("export", "wrong.json", "--to", "kml", want=2).stderr


def check_command_line():
    print("command line")
    hello = f"{source}/scenarios/hello.cfg"
    for args, said in ((["made.json"], b"--to"), (["made.json", "--to", "kmz"], b"did you mean 'kml'"),
                       (["made.json", "--to", "csv"], b"folder"), (["made.json", "--to", "kml", "--table", "tracks"], b"--table"),
                       (["made.json", "--to", "csv", "--table", "trax"], b"tracks, events"),
                       (["made.json", "--to", "kml", "--set", "a = 1"], b"--set"),
                       (["made.json", "--to", "kml", "-o", "made.json"], b"written over"),
                       ([hello], b"--to")):
        done = run("export", *args, want=2)
        assert said in done.stderr and done.stdout == b"", (args, done.stderr)
    run("export", "nothing.json", "--to", "kml", want=3)
    run("export", hello, "--to", "csv", "-o", "no/such/folder", want=3)
    names = run("list", "exports", "--ids").stdout.decode().split()
    assert names == TO + ["csv"], names
    run("export", hello, "--to", "kml", "-o", "out.kml")
    assert open("out.kml", encoding="utf-8").read() == export(hello, "kml")


CODES = check_codes()
check_made()
check_real("northern-interaction-2023", "--variant", "fuel-granted")
check_real("bomber-patrol-2022")
check_wrong()
check_command_line()
print("ok")
