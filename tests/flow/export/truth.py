"""Where a ship or an aircraft is by the run document, worked out a second time, and a document that has
everything: hostile names, a crossing of longitude 180, a ship adrift, flights, a stay in port."""
import math
from datetime import datetime, timedelta

from readers import seconds

HOSTILE = ['A & B <x> "q" \'s\', a\\b', "two\nlines, | bar", "</script><script>alert(1)</script>",
           "\u0645\u062f\u0645\u0631\u0629 \u202etxt", "\u9a45\u9010\u8266 \u3042\uac00", "=1+1, ]]> &amp;"]


def vector(lon, lat):
    lon, lat = math.radians(lon), math.radians(lat)
    return (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))


def apart_nm(a, b):
    """Between (lon, lat) and (lon, lat) on the sphere."""
    x, y = vector(*a), vector(*b)
    half = math.dist(x, y) / 2
    return math.degrees(2 * math.asin(min(1, half))) * 60


def between(a, b, share):
    x, y = vector(*a), vector(*b)
    angle = 2 * math.asin(min(1, math.dist(x, y) / 2))
    if angle < 1e-12:
        return a
    p, q = math.sin((1 - share) * angle) / math.sin(angle), math.sin(share * angle) / math.sin(angle)
    v = [p * i + q * k for i, k in zip(x, y)]
    return math.degrees(math.atan2(v[1], v[0])), math.degrees(math.asin(max(-1, min(1, v[2]))))


def ship_at(run, unit, t):
    for leg in unit["legs"]:
        start, end = seconds(leg["start"]), seconds(leg["end"])
        if not start <= t <= end:
            continue
        fuel = max(0, leg["fuel_start_kg"] - leg["burn_kgps"] * (t - start))
        if leg["kind"] != "leg":
            return leg["lon_deg"], leg["lat_deg"], fuel
        route = run["routes"][leg["route"]]
        points, at_m = route["points"], route["points_m"]
        if leg["reverse"]:
            points, at_m = points[::-1], [at_m[-1] - m for m in at_m[::-1]]
        done = min(leg["start_m"] + leg["speed_mps"] * (t - start), at_m[-1])
        for i in range(len(points) - 1):
            if done <= at_m[i + 1]:
                share = (done - at_m[i]) / (at_m[i + 1] - at_m[i]) if at_m[i + 1] > at_m[i] else 0
                return *between(points[i], points[i + 1], share), fuel
        return *points[-1], fuel
    return None


def flight_at(s, t):
    base, station = (s["base_lon_deg"], s["base_lat_deg"]), (s["station_lon_deg"], s["station_lat_deg"])
    off, on, leave, land = (seconds(s[k]) for k in ("off", "on", "leave", "land"))
    if t <= on:
        return *between(base, station, (t - off) / (on - off)), None
    if t <= leave:
        return *station, None
    return *between(station, base, (t - leave) / (land - leave)), None


def leg(kind, start, end, fuel, burn, at, **more):
    return {"kind": kind, "from": "a", "to": None, "start": start, "end": end, "speed_mps": 0.0,
            "burn_kgps": burn, "start_m": None, "route_m": None, "fuel_start_kg": fuel,
            "lon_deg": at[0], "lat_deg": at[1], **more}


def unit(i, **more):
    return {"id": f"u{i}", "name": HOSTILE[i], "pennant": HOSTILE[i], "state": ("CHN", "XQZ")[i % 2],
            "class": HOSTILE[i], "type": "DDG", "domain": "naval", "base": "b", "count": 1, "serviceable": 1,
            "took_part": True, "cause": None, "sailed": None, "arrived": None, "lat_deg": 10.0,
            "lon_deg": 20.0, "tank_kg": 1e6, "sidc": "10133000001202030000", "symbol": "destroyer", **more}


def made():
    """A document as hostile as texts can be; its geometry is simple enough to be worked out above."""
    east, west = (175.0, 50.0), (-165.0, 58.0)
    length = apart_nm(east, west) * 1852
    hours = length / 8.0 / 3600

    def at(h):  # over New Year
        t = datetime(2023, 12, 31) + timedelta(milliseconds=round(h * 3.6e6))
        return t.isoformat(timespec="milliseconds") + "Z"
    go = dict(route=0, reverse=False, speed_mps=8.0, start_m=0.0, route_m=length, to="w")
    back = dict(route=0, reverse=True, speed_mps=8.0, start_m=0.0, route_m=length, to="e")
    out, home = 10 + hours, 20 + 2 * hours
    end = home + 5
    ships = [
        unit(0, legs=[leg("port", at(0), at(10), 9e5, 0.0, east),
                      leg("leg", at(10), at(out), 9e5, 0.5, east, **go),
                      leg("port", at(out), at(out + 10), 8e5, 0.0, west),
                      leg("leg", at(out + 10), at(home), 9.5e5, 0.5, west, **back),  # fuelled in port
                      leg("port", at(home), at(end), 8e5, 0.0, east)]),
        unit(1, legs=[leg("port", at(0), at(10), 2e4, 0.0, east),
                      leg("leg", at(10), at(10 + hours / 2), 2e4, 2e4 / (hours / 2 * 3600), east, **go),
                      leg("adrift", at(10 + hours / 2), at(end), 0.0, 0.0, between(east, west, 0.5))]),
        unit(2, legs=[leg("anchor", at(0), at(end), 5e5, 0.01, (-180.0, -1.0))], symbol="supply"),
        unit(3, legs=[leg("port", at(0), at(end), 5e5, 0.0, (0.0, 0.0))], took_part=False),
    ]
    flight = lambda n, h: {"aircraft": n, "drill": "d", "request": "r", "off": at(h), "on": at(h + 1.5),
                           "leave": at(h + 3), "land": at(h + 4.5), "fuel_kg": 5000.0,
                           "base_lon_deg": 179.0, "base_lat_deg": 60.0, "station_lon_deg": -172.0,
                           "station_lat_deg": 62.0}
    air = unit(4, domain="air", symbol="fighter", sorties=[flight(1, 11), flight(2, 12), flight(1, 20)])
    del air["tank_kg"]
    return {
        "format": "muster-run", "version": 1, "program": {"name": "muster", "version": "0.1.0"},
        "scenario": {"id": "made", "title": HOSTILE[2], "hash": "0" * 16, "variant": None, "use": None,
                     "hindsight": False},
        "run": "plan", "changes": [], "epoch": at(0), "digest": "0" * 16,
        "scene": {"summary": HOSTILE[1], "states": [{"id": "CHN", "name": HOSTILE[3]}],
                  "bases": [{"id": "b", "name": HOSTILE[0], "lat_deg": 1.0, "lon_deg": 180.0, "state": "CHN",
                             "kind": "port"}],
                  "areas": [{"id": "c", "name": HOSTILE[5], "kind": "circle", "lat_deg": 52.0, "lon_deg": 179.5,
                             "radius_nm": 60.0},
                            {"id": "p", "name": HOSTILE[2], "kind": "polygon",
                             "points": [[170, 1], [170, 5], [-170, 5], [-170, 1]]}],
                  "observations": [{"id": "o", "what": "sighting", "says": HOSTILE[1], "from": at(1),
                                    "until": None, "lat_deg": None, "lon_deg": None}]},
        "drills": [{"id": "d", "name": HOSTILE[4], "muster_at": at(30), "end": None, "started": at(30),
                    "mustered": True, "lat_deg": 52.0, "lon_deg": 179.5}],
        "decisions": [{"drill": "d", "state": "XQZ", "name": HOSTILE[0], "part": "candidate", "joins": None,
                       "probability": None, "stages": [
                           {"stage": "admit", "host": "CHN", "standing": "no", "margin": -0.25,
                            "probability": 0.1, "evidence": [],
                            "terms": [{"key": "k", "label": HOSTILE[1], "value": -0.5},
                                      {"key": "l", "label": HOSTILE[5], "value": 0.25}]}]}],
        "units": ships + [air],
        "routes": [{"from": "e", "to": "w", "length_nm": length / 1852, "points": [list(east), list(west)],
                    "points_m": [0.0, length]}],
        "serials": [{"id": "s", "name": HOSTILE[0], "drill": "d", "start": at(31), "end": at(33),
                     "outcome": "done", "cause": None, "probability": 0.5, "value": 0.75, "weight": 1.0}],
        "events": [{"time": at(29), "kind": "mustered", "unit": "u0", "a": 0, "b": -1, "value": None}],
        "log": [{"t": at(29), "kind": "mustered", "text": HOSTILE[1], "unit": "u0", "state": "CHN", "drill": "d",
                 "serial": None, "lat_deg": 52.0, "lon_deg": 179.5, "weight": 3},
                {"t": at(31), "kind": "serial-started", "text": HOSTILE[0], "unit": None, "state": None,
                 "drill": "d", "serial": "s", "lat_deg": None, "lon_deg": None, "weight": 2}],
        "outcomes": [{"measure": "score", "label": HOSTILE[0], "unit": "", "of": "drill",
                      "values": {"d": 0.5, "e": None}}],
    }
