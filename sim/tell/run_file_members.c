/* Members of the run document, struct by struct. Bounds keep every number printable and every sum
 * finite: they are far beyond what a run can come to. */
#include "tell/run_file.h"

#define HUGE_MASS 1e13
#define HUGE_WAY 1e9
#define HUGE_VALUE 1e300

#define ROW(key, kind, is_optional, at, count_at, low, high, members)                              \
    {                                                                                              \
        key, MST_MEMBER_##kind, is_optional, at, count_at, low, high, members                      \
    }
#define ONE(s, key, kind, is_optional, member, low, high)                                          \
    ROW(key, kind, is_optional, offsetof(s, member), 0, low, high, NULL)
#define MANY(s, key, kind, is_optional, member, high, members)                                     \
    ROW(key, kind, is_optional, offsetof(s, member), offsetof(s, member##_count), 0, high, members)

#define TEXT(s, key, member) ONE(s, key, TEXT, false, member, 0, 0)
#define MAYBE(s, key, member) ONE(s, key, TEXT, true, member, 0, 0)
#define TIME(s, key, member) ONE(s, key, TIME, false, member, 0, 0)
#define EVER(s, key, member) ONE(s, key, TIME, true, member, 0, 0)
#define REAL(s, key, member, low, high) ONE(s, key, REAL, false, member, low, high)
#define SOME(s, key, member, low, high) ONE(s, key, REAL, true, member, low, high)
#define WHOLE(s, key, member, low, high) ONE(s, key, WHOLE, true, member, low, high)
#define BOOL(s, key, member) ONE(s, key, BOOL, true, member, 0, 0)
#define ANSWER(s, key, member) ONE(s, key, ANSWER, true, member, 0, 0)
#define PLACE(s, prefix, member) ONE(s, prefix, PLACE, true, member, 0, 0)
#define POINTS(s, key, member) MANY(s, key, POINTS, true, member, 0, NULL)
#define LIST(s, key, member, is_optional, table) MANY(s, key, LIST, is_optional, member, 0, &table)
#define END ROW(NULL, END, false, 0, 0, 0, 0, NULL)

#define S muster_run_route
static const mst_member route_rows[] = {TEXT(S, "from", from),
                                        TEXT(S, "to", to),
                                        SOME(S, "length_nm", length_nm, 0, HUGE_WAY),
                                        POINTS(S, "points", point),
                                        {"points_m", MST_MEMBER_NUMBERS, true, offsetof(S, at_m),
                                         offsetof(S, at_count), 0, HUGE_WAY, NULL},
                                        END};
static const mst_members routes = {route_rows, sizeof(S)};
#undef S

#define S muster_run_leg
static const mst_member leg_rows[] = {TEXT(S, "kind", kind),
                                      MAYBE(S, "from", from),
                                      MAYBE(S, "to", to),
                                      TIME(S, "start", start),
                                      TIME(S, "end", end),
                                      SOME(S, "speed_mps", speed_mps, 0, 1e4),
                                      REAL(S, "burn_kgps", burn_kgps, 0, 1e6),
                                      SOME(S, "start_m", start_m, 0, HUGE_WAY),
                                      SOME(S, "route_m", route_m, 0, HUGE_WAY),
                                      REAL(S, "fuel_start_kg", fuel_start_kg, 0, HUGE_MASS),
                                      PLACE(S, "", at),
                                      WHOLE(S, "route", route, 0, 1e9),
                                      BOOL(S, "reverse", reverse),
                                      END};
static const mst_members legs = {leg_rows, sizeof(S)};
#undef S

#define S muster_run_sortie
static const mst_member sortie_rows[] = {WHOLE(S, "aircraft", aircraft, 0, 1e9),
                                         MAYBE(S, "drill", drill),
                                         MAYBE(S, "request", request),
                                         TIME(S, "off", off),
                                         EVER(S, "on", on),
                                         EVER(S, "leave", leave),
                                         EVER(S, "land", land),
                                         SOME(S, "fuel_kg", fuel_kg, 0, HUGE_MASS),
                                         PLACE(S, "base_", base),
                                         PLACE(S, "station_", station),
                                         POINTS(S, "points", point),
                                         END};
static const mst_members sorties = {sortie_rows, sizeof(S)};
#undef S

#define S muster_run_unit
static const mst_member unit_rows[] = {TEXT(S, "id", id),
                                       MAYBE(S, "name", name),
                                       MAYBE(S, "pennant", pennant),
                                       TEXT(S, "state", state),
                                       MAYBE(S, "class", class_name),
                                       MAYBE(S, "type", type),
                                       TEXT(S, "domain", domain),
                                       MAYBE(S, "base", base),
                                       MAYBE(S, "symbol", symbol),
                                       MAYBE(S, "sidc", sidc),
                                       PLACE(S, "", at),
                                       BOOL(S, "took_part", took_part),
                                       MAYBE(S, "cause", cause),
                                       SOME(S, "tank_kg", tank_kg, 0, HUGE_MASS),
                                       LIST(S, "legs", leg, true, legs),
                                       LIST(S, "sorties", sortie, true, sorties),
                                       END};
static const mst_members units = {unit_rows, sizeof(S)};
#undef S

#define S muster_run_drill
static const mst_member drill_rows[] = {TEXT(S, "id", id),
                                        MAYBE(S, "name", name),
                                        TIME(S, "muster_at", muster_at),
                                        EVER(S, "end", end),
                                        EVER(S, "started", started),
                                        BOOL(S, "mustered", mustered),
                                        PLACE(S, "", at),
                                        END};
static const mst_members drills = {drill_rows, sizeof(S)};
#undef S

#define S muster_run_serial
static const mst_member serial_rows[] = {TEXT(S, "id", id),
                                         MAYBE(S, "name", name),
                                         TEXT(S, "drill", drill),
                                         EVER(S, "start", start),
                                         EVER(S, "end", end),
                                         TEXT(S, "outcome", outcome),
                                         MAYBE(S, "cause", cause),
                                         SOME(S, "probability", probability, 0, 1),
                                         SOME(S, "value", value, 0, 1),
                                         SOME(S, "weight", weight, 0, HUGE_VALUE),
                                         END};
static const mst_members serials = {serial_rows, sizeof(S)};
#undef S

#define S muster_run_term
static const mst_member term_rows[] = {TEXT(S, "key", key), MAYBE(S, "label", label),
                                       SOME(S, "value", value, -HUGE_VALUE, HUGE_VALUE), END};
static const mst_members terms = {term_rows, sizeof(S)};
#undef S

#define S muster_run_stage
static const mst_member stage_rows[] = {TEXT(S, "stage", stage),
                                        MAYBE(S, "host", host),
                                        TEXT(S, "standing", standing),
                                        SOME(S, "margin", margin, -HUGE_VALUE, HUGE_VALUE),
                                        SOME(S, "probability", probability, 0, 1),
                                        LIST(S, "terms", term, true, terms),
                                        END};
static const mst_members stages = {stage_rows, sizeof(S)};
#undef S

#define S muster_run_decision
static const mst_member decision_rows[] = {TEXT(S, "drill", drill),
                                           TEXT(S, "state", state),
                                           MAYBE(S, "name", name),
                                           TEXT(S, "part", part),
                                           ANSWER(S, "joins", joins),
                                           SOME(S, "probability", probability, 0, 1),
                                           LIST(S, "stages", stage, true, stages),
                                           END};
static const mst_members decisions = {decision_rows, sizeof(S)};
#undef S

#define S muster_run_event
static const mst_member event_rows[] = {TIME(S, "time", time),
                                        TEXT(S, "kind", kind),
                                        MAYBE(S, "unit", unit),
                                        SOME(S, "a", a, -1e16, 1e16),
                                        SOME(S, "b", b, -1e16, 1e16),
                                        SOME(S, "value", value, -HUGE_VALUE, HUGE_VALUE),
                                        END};
static const mst_members events = {event_rows, sizeof(S)};
#undef S

#define S muster_run_log
static const mst_member entry_rows[] = {TIME(S, "t", time),
                                        TEXT(S, "kind", kind),
                                        TEXT(S, "text", text),
                                        MAYBE(S, "unit", unit),
                                        MAYBE(S, "state", state),
                                        MAYBE(S, "drill", drill),
                                        MAYBE(S, "serial", serial),
                                        PLACE(S, "", at),
                                        SOME(S, "weight", weight, 0, 9),
                                        END};
static const mst_members entries = {entry_rows, sizeof(S)};
#undef S

#define S muster_run_state
static const mst_member state_rows[] = {TEXT(S, "id", id), MAYBE(S, "name", name), END};
static const mst_members states = {state_rows, sizeof(S)};
#undef S

#define S muster_run_base
static const mst_member base_rows[] = {TEXT(S, "id", id),        MAYBE(S, "name", name),
                                       MAYBE(S, "state", state), TEXT(S, "kind", kind),
                                       PLACE(S, "", at),         END};
static const mst_members bases = {base_rows, sizeof(S)};
#undef S

#define S muster_run_area
static const mst_member area_rows[] = {
    TEXT(S, "id", id),          MAYBE(S, "name", name),
    PLACE(S, "", at),           SOME(S, "radius_nm", radius_nm, 0, 1e4),
    POINTS(S, "points", point), END};
static const mst_members areas = {area_rows, sizeof(S)};
#undef S

#define S muster_run_observation
static const mst_member observation_rows[] = {TEXT(S, "id", id),
                                              MAYBE(S, "what", what),
                                              MAYBE(S, "says", says),
                                              EVER(S, "from", from),
                                              EVER(S, "until", until),
                                              PLACE(S, "", at),
                                              MAYBE(S, "unit", unit),
                                              MAYBE(S, "group", group),
                                              MAYBE(S, "source", source),
                                              MAYBE(S, "confidence", confidence),
                                              END};
static const mst_members observations = {observation_rows, sizeof(S)};
#undef S

#define S muster_run_file
static const mst_member run_rows[] = {
    MAYBE(S, "program.version", program_version),
    TEXT(S, "scenario.id", scenario),
    TEXT(S, "scenario.title", title),
    TEXT(S, "scenario.hash", hash),
    MAYBE(S, "scenario.variant", variant),
    TEXT(S, "run", run),
    SOME(S, "replication", replication, 1, 1e12),
    MAYBE(S, "scene.summary", summary),
    TIME(S, "epoch", epoch),
    LIST(S, "scene.states", state, true, states),
    LIST(S, "scene.bases", base, true, bases),
    LIST(S, "scene.areas", area, true, areas),
    LIST(S, "scene.observations", observation, true, observations),
    LIST(S, "drills", drill, false, drills),
    LIST(S, "decisions", decision, false, decisions),
    LIST(S, "units", unit, false, units),
    LIST(S, "routes", route, false, routes),
    LIST(S, "serials", serial, false, serials),
    LIST(S, "events", event, false, events),
    LIST(S, "log", log, true, entries),
    {"outcomes", MST_MEMBER_VALUES, false, offsetof(S, outcome), offsetof(S, outcome_count), 0, 0,
     NULL},
    END};
const mst_members mst_run_file_members = {run_rows, sizeof(S)};
#undef S
