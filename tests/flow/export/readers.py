"""Readers of what `muster export` writes, made from the descriptions of the formats and not from the
program. Each gives tracks: {(unit id, number of flight or 0): [(seconds of UTC, lon, lat, fuel or None)]}."""
import csv
import io
import json
import xml.etree.ElementTree as tree
from datetime import datetime, timezone

KML = "{http://www.opengis.net/kml/2.2}"
GX = "{http://www.google.com/kml/ext/2.2}"


def seconds(text):
    assert text.endswith("Z"), f"a time without Z: {text}"
    return datetime.fromisoformat(text[:-1]).replace(tzinfo=timezone.utc).timestamp()


# ---- ACMI 2.2 -------------------------------------------------------------------------------------
def acmi_lines(text):
    """Lines, joined where a line break is escaped."""
    line = ""
    for piece in text.split("\n"):
        line += piece
        if (len(piece) - len(piece.rstrip("\\"))) % 2:  # a backslash that is not escaped itself
            line += "\n"
            continue
        yield line
        line = ""
    assert line == "", "the file ends within a line"


def acmi_fields(line):
    """Fields between commas that are not escaped, escapes undone."""
    fields, field, i = [], "", 0
    while i < len(line):
        if line[i] == "\\":
            field += line[i + 1]
            i += 2
        elif line[i] == ",":
            fields.append(field)
            field = ""
            i += 1
        else:
            field += line[i]
            i += 1
    return fields + [field]


def read_acmi(text):
    lines = acmi_lines(text)
    assert next(lines) == "FileType=text/acmi/tacview" and next(lines) == "FileVersion=2.2"
    objects, gone, events, tracks, start, now = {}, set(), [], {}, None, None
    left = {}
    for line in lines:
        if line == "":
            continue
        if line[0] == "#":
            assert now is None or float(line[1:]) >= now, "frames out of order"
            now = float(line[1:])
            continue
        if line[0] == "-":
            assert line[1:] in objects, "an object is removed that never was"
            assert left.get(line[1:]) == now, "removed without LeftArea: it would look destroyed"
            gone.add(line[1:])
            continue
        name, *fields = acmi_fields(line)
        values = dict(f.split("=", 1) for f in fields)
        if name == "0":
            if "ReferenceTime" in values:
                start = seconds(values["ReferenceTime"])
                head = values
            if "Event" in values:
                kind, *rest = values["Event"].split("|")
                assert kind in ("Message", "Bookmark", "TakenOff", "Landed", "LeftArea"), kind
                for who in rest[:-1]:
                    assert who in objects and who not in gone, f"an event of nobody: {line}"
                if kind == "LeftArea":
                    left[rest[0]] = now
                events.append((start + now, kind, rest[:-1], rest[-1]))
            continue
        assert name == name.lower() and int(name, 16) > 0 and name[0] != "0" and len(name) <= 16
        assert name not in gone, "an object comes back"
        known = objects.setdefault(name, {})
        if "T" in values:
            parts = values["T"].split("|")
            assert len(parts) == 6
            known["at"] = [n or o for n, o in zip(parts, known.get("at", parts))]
        known.update((k, v) for k, v in values.items() if k != "T")
        fuel = known.get("FuelWeight")
        tracks.setdefault(name, []).append(
            (start + now, float(known["at"][0]), float(known["at"][1]), float(fuel) if fuel else None))
    return head, objects, events, tracks


# ---- KML ------------------------------------------------------------------------------------------
def read_kml(text):
    root = tree.fromstring(text)
    assert root.tag == KML + "kml"
    folders = {f.find(KML + "name").text: f for f in root.find(KML + "Document").findall(KML + "Folder")}
    tracks = []
    for mark in folders["Tracks"].findall(KML + "Placemark"):
        order = [child.tag.split("}")[1] for child in mark]
        assert order == ["name", "description", "styleUrl", "MultiTrack"], order
        multi = mark.find(GX + "MultiTrack")
        assert multi[0].tag == GX + "interpolate" and multi[0].text == "0"
        (track,) = multi.findall(GX + "Track")
        when = [seconds(w.text) for w in track.findall(KML + "when")]
        where = [tuple(float(x) for x in c.text.split(" ")) for c in track.findall(GX + "coord")]
        fuel = [float(v.text) for v in track.iter(GX + "value")] or [None] * len(when)
        assert len(when) == len(where) == len(fuel)
        assert all(len(w) == 3 for w in where) and when == sorted(set(when))
        tracks.append((mark.find(KML + "name").text,
                       [(t, w[0], w[1], f) for t, w, f in zip(when, where, fuel)]))
    return root, folders, tracks


# ---- CZML -----------------------------------------------------------------------------------------
def read_czml(text):
    packets = json.loads(text)
    first = packets[0]
    assert first["id"] == "document" and first["version"] == "1.0"
    ids = [p["id"] for p in packets]
    assert len(ids) == len(set(ids)), "ids are not unique"
    begin, end = (seconds(t) for t in first["clock"]["interval"].split("/"))
    tracks = {}
    for p in packets[1:]:
        low, high = (seconds(t) for t in p["availability"].split("/")) if "availability" in p else (begin, end)
        assert begin <= low <= high <= end, "the clock does not cover it"
        for key in ("description",):
            if key in p:
                inner = p[key].replace("<p>", "").replace("</p>", "")
                assert "<" not in inner and ">" not in inner
        values = p.get("position", {}).get("cartographicDegrees", [])
        if "path" not in p:
            continue
        start = seconds(p["position"]["epoch"])
        assert len(values) % 4 == 0 and p["position"]["interpolationDegree"] == 1
        rows = [values[i:i + 4] for i in range(0, len(values), 4)]
        fuels = p["properties"].get("fuel_kg", {}).get("number")
        fuel = fuels[1::2] if fuels else [None] * len(rows)
        assert not fuels or fuels[0::2] == values[0::4]
        times = [start + r[0] for r in rows]
        assert times == sorted(set(times)) and abs(times[0] - low) < 1e-3 and times[-1] <= high + 1e-3
        tracks[p["id"]] = [(t, r[1], r[2], f) for t, r, f in zip(times, rows, fuel)]
    return packets, tracks


# ---- GeoJSON --------------------------------------------------------------------------------------
def check_position(p):
    assert len(p) == 2 and abs(p[0]) <= 180 and abs(p[1]) <= 90, p


def check_ring(ring):
    assert len(ring) >= 4 and ring[0] == ring[-1]
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))
    assert area > 0, "an exterior ring runs clockwise"


def read_geojson(text):
    document = json.loads(text)
    assert document["type"] == "FeatureCollection" and "crs" not in document
    tracks = {}
    for f in document["features"]:
        shape, of = f["geometry"], f["properties"]
        assert "kind" in of and f["type"] == "Feature"
        if shape is None:
            continue
        kind, at = shape["type"], shape["coordinates"]
        parts = {"Point": lambda: [[at]], "LineString": lambda: [at], "MultiLineString": lambda: at,
                 "Polygon": lambda: at, "MultiPolygon": lambda: [r for p in at for r in p]}[kind]()
        for part in parts:
            for position in part:
                check_position(position)
            if "Polygon" in kind:
                check_ring(part)
            if "Line" in kind:
                assert len(part) >= 2
                assert all(abs(a[0] - b[0]) < 180 for a, b in zip(part, part[1:])), "not cut at 180"
        if of["kind"] == "track":
            for a, b in zip(parts, parts[1:]):
                assert abs(a[-1][0]) == 180 and a[-1][0] == -b[0][0] and a[-1][1] == b[0][1]
            positions = [p for part in parts for p in part]
            assert len(positions) == len(of["times"]) == len(of["fuel_kg"])
            times = [seconds(t) for t in of["times"]]
            assert times == sorted(times)
            tracks[f["id"]] = [(t, p[0], p[1], v) for t, p, v in zip(times, positions, of["fuel_kg"])]
    return document, tracks


# ---- CSV ------------------------------------------------------------------------------------------
def read_csv(text):
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert all(None not in r and None not in r.values() for r in rows), "rows of unlike length"
    return rows


def csv_tracks(rows):
    tracks = {}
    for r in rows:
        fuel = float(r["fuel_kg"]) if r["fuel_kg"] else None
        tracks.setdefault((r["unit"], int(r["sortie"] or 0)), []).append(
            (seconds(r["time_utc"]), float(r["lon_deg"]), float(r["lat_deg"]), fuel))
    return tracks
