/* Rows of drills and serials. */
#include "model/row.h"
#include "model/spec.h"

const char *const mst_domain_names[] = {"naval", "air", NULL};
const char *const mst_level_names[] = {"observer", "staff", "units", NULL};

static const char *const sides[] = {"host", "candidate", NULL};

static const muster_field muster_rows[] = {
    MST_ROW_REAL(mst_muster_def, lat_deg, "lat_deg", "deg", -90, 90, MST_NAN, MST_GEO,
                 "Latitude of the muster point, north positive."),
    MST_ROW_REAL(mst_muster_def, lon_deg, "lon_deg", "deg", -180, 360, MST_NAN, MST_GEO,
                 "Longitude of the muster point, east positive."),
    MST_ROW_MOMENT(mst_muster_def, at, "at", MST_REQUIRED,
                   "Planned muster; the program never moves it."),
    MST_ROW_DURATION(mst_muster_def, tolerance, "tolerance", 0, 240, "2 h", MST_PLAIN,
                     "How much later a unit still counts as being there in time."),
    MST_ROW_DURATION(mst_muster_def, wait, "wait", 0, 480, "12 h", MST_PLAIN,
                     "How long the drill waits after that for required slots."),
    MST_ROW_REAL(mst_muster_def, quorum, "quorum", NULL, 0, 1, 1, MST_PLAIN,
                 "Share of the required slots with which it starts after waiting."),
    MST_ROW_END,
};

static const muster_field mix_rows[] = {
    MST_ROW_REAL(mst_mix_def, weight[MST_NAVAL], "naval", NULL, 0, 1, MST_NAN, 0,
                 "Weight of the naval slots."),
    MST_ROW_REAL(mst_mix_def, weight[MST_AIR], "air", NULL, 0, 1, MST_NAN, 0,
                 "Weight of the air slots."),
    MST_ROW_END,
};

static const muster_field index_given_rows[] = {
    MST_ROW_REF(mst_index_given_def, state, "state", "states", MST_REQUIRED, "Whose they are."),
    MST_ROW_REAL(mst_index_given_def, cap, "cap", NULL, 0, 1, MST_NAN, 0,
                 "Share of this drill's needs that it could meet; its own unless given."),
    MST_ROW_REAL(mst_index_given_def, reach, "reach", NULL, 0, 1, MST_NAN, 0,
                 "Share of the distance and endurance needed for this drill; its own unless "
                 "given."),
    MST_ROW_END,
};

static const muster_field index_need_rows[] = {
    MST_ROW_REAL(mst_index_need_def, cap_need, "cap_need", NULL, 0, 1, MST_NAN, MST_ABOVE,
                 "Capability index that a state without units must have."),
    MST_ROW_REAL(mst_index_need_def, reach_need, "reach_need", NULL, 0, 1, MST_NAN, MST_ABOVE,
                 "Reach index that a state without units must have."),
    MST_ROW_LIST(mst_index_need_def, states, "states", index_given_rows, mst_index_given_def, 0,
                 "Indices of states in this drill, in place of their own: what is near to one lies "
                 "far from another, and a drill of bombers asks for other forces than one of "
                 "ships."),
    MST_ROW_END,
};

static const muster_field slot_rows[] = {
    MST_ROW_CHOICE(mst_slot_def, for_, "for", sides, NULL, MST_PLAIN | MST_REQUIRED,
                   "Who is to fill it: each host, or each candidate."),
    MST_ROW_BOOL(mst_slot_def, required, "required", MST_NAN, MST_PLAIN,
                 "True: the drill does not start without it; true for hosts and false for "
                 "candidates unless given."),
    MST_ROW_TEXT(mst_slot_def, role, "role", MST_REQUIRED, "Role that a unit's class must have."),
    MST_ROW_CHOICE(mst_slot_def, domain, "domain", mst_domain_names, "naval", MST_PLAIN,
                   "Whether ships or aircraft fill it."),
    MST_ROW_INT(mst_slot_def, count, "count", 1, 1000, 1, 0, "Ships or aircraft of each state."),
    MST_ROW_DURATION(mst_slot_def, min_hours, "min_hours", 0, 2400, "24 h", 0,
                     "How long each must be able to stay."),
    MST_ROW_REAL(mst_slot_def, sustained_mps, "sustained_kn", "kn", 0, 2000, MST_NAN, 0,
                 "Least sustained speed; none: any."),
    MST_ROW_INT(mst_slot_def, sea_state, "sea_state", 0, 9, MST_NAN, 0,
                "Douglas sea state in which it must still work; none: any."),
    MST_ROW_TEXTS(mst_slot_def, kit, "kit", 0, "Kit that the role needs, all of it."),
    MST_ROW_END,
};

static const muster_field contingent_rows[] = {
    MST_ROW_REF(mst_contingent_def, state, "state", "states", MST_REQUIRED, "Who sends them."),
    MST_ROW_REFS(mst_contingent_def, units, "units", "units", MST_REQUIRED,
                 "Units, in the order in which they are taken."),
    MST_ROW_END,
};

static const muster_field phase_rows[] = {
    MST_ROW_PLUGIN(mst_phase_def, do_, "do", "phase", MST_PLAIN | MST_REQUIRED,
                   "What happens in it: an activity, whose own keys stand beside this one."),
    MST_ROW_TEXT(mst_phase_def, name, "name", MST_PLAIN, "Name as printed."),
    MST_ROW_END,
};

static const muster_field air_rows[] = {
    MST_ROW_TEXT(mst_air_def, name, "name", MST_PLAIN, "Name as printed; else the id."),
    MST_ROW_TEXT(mst_air_def, role, "role", MST_REQUIRED, "Role that the aircraft must have."),
    MST_ROW_REAL(mst_air_def, lat_deg, "lat_deg", "deg", -90, 90, MST_NAN, MST_GEO,
                 "Latitude of the station; the muster point unless given."),
    MST_ROW_REAL(mst_air_def, lon_deg, "lon_deg", "deg", -180, 360, MST_NAN, MST_GEO,
                 "Longitude of the station."),
    MST_ROW_DURATION(mst_air_def, start, "start", -720, 2400, "0 h", 0,
                     "Begin of the window, after the muster time."),
    MST_ROW_DURATION(mst_air_def, for_, "for", 0, 2400, NULL, MST_REQUIRED | MST_ABOVE,
                     "Length of the window."),
    MST_ROW_INT(mst_air_def, count, "count", 1, 1000, 1, 0, "Aircraft wanted on station."),
    MST_ROW_DURATION(mst_air_def, on_station, "on_station", 0, 48, NULL, MST_ABOVE,
                     "Longest stay of one sortie; none: what its fuel allows."),
    MST_ROW_REFS(mst_air_def, states, "states", "states", 0, "Who flies; none: every participant."),
    MST_ROW_END,
};

const muster_field mst_fields_drill[] = {
    MST_ROW_TEXT(mst_drill_def, name, "name", MST_PLAIN, "Name as printed; else the id."),
    MST_ROW_TEXT(mst_drill_def, why_candidates, "why_candidates", MST_PLAIN | MST_PROSE,
                 "Rule by which candidates were chosen, written before outcomes are filled in."),
    MST_ROW_REFS(mst_drill_def, hosts, "hosts", "states", MST_REQUIRED,
                 "States that hold the drill; each must be able and each must admit."),
    MST_ROW_REFS(mst_drill_def, candidates, "candidates", "states", 0,
                 "States of which the program says whether they would take part."),
    MST_ROW_REFS(
        mst_drill_def, organised, "organised", "states", 0,
        "Candidates that also organised the drill: they are judged, and pooled scores leave "
        "them out."),
    MST_ROW_TEXT(mst_drill_def, series, "series", MST_PLAIN,
                 "Drills with the same word here are editions of one series; what came of earlier "
                 "ones is what models of habit read."),
    MST_ROW_CHOICE(mst_drill_def, use, "use", mst_use_names, NULL, MST_PLAIN,
                   "As scenario.use, for a file with several cases; the scenario's unless given."),
    MST_ROW_TEXT(mst_drill_def, coded_on, "coded_on", MST_PLAIN,
                 "Day on which this case was written down; the scenario's unless given."),
    MST_ROW_TEXT(mst_drill_def, coded_by, "coded_by", MST_PLAIN,
                 "Who wrote this case down; the scenario's unless given."),
    MST_ROW_TEXT(
        mst_drill_def, weights_hash, "weights_hash", MST_PLAIN,
        "Hash of the rules' weights, as `rivals` prints it, that stood before this case was "
        "coded: only with it, and unchanged, does a case for test count as one."),
    MST_ROW_REF(mst_drill_def, area, "area", "areas", MST_GEO, "Where time on station counts."),
    MST_ROW_GROUP(mst_drill_def, muster, "muster", muster_rows, mst_muster_def, MST_REQUIRED,
                  "Where and when the participants meet."),
    MST_ROW_MOMENT(mst_drill_def, end, "end", 0, "Planned end."),
    MST_ROW_MOMENT(mst_drill_def, decide_at, "decide_at", 0,
                   "When states decide, which fixes what dated values count; 14 days before the "
                   "muster unless given."),
    MST_ROW_INT(mst_drill_def, min_hosts, "min_hosts", 1, 100, MST_NAN, MST_PLAIN,
                "Able hosts with which the drill still runs; all of them unless given."),
    MST_ROW_BOOL(mst_drill_def, host_ports, "host_ports", 0, 0,
                 "True: participants may return to a host's port."),
    MST_ROW_REAL(mst_drill_def, visibility, "visibility", NULL, 0, 1, MST_NAN, 0,
                 "How public the drill is, 0 secret, 1 staged for the world; read as "
                 "`drill.visibility`."),
    MST_ROW_REAL(mst_drill_def, cap_need, "cap_need", NULL, 0, 1, MST_NAN, MST_ABOVE,
                 "Share of a candidate's slots that it must be able to fill."),
    MST_ROW_GROUP(mst_drill_def, mix, "mix", mix_rows, mst_mix_def, 0,
                  "Weights of naval and air slots; scaled to the sum 1."),
    MST_ROW_GROUP(mst_drill_def, index, "index", index_need_rows, mst_index_need_def, 0,
                  "Needs in the index reading, for states without units."),
    MST_ROW_CHOICE(mst_drill_def, level, "level", mst_level_names, "units", 0,
                   "What candidates are asked to send."),
    MST_ROW_NUMBERS(mst_drill_def, attributes, "attributes", 0, 0, 0,
                    "Further figures that rules read as `drill.X`."),
    MST_ROW_LIST(mst_drill_def, slots, "slots", slot_rows, mst_slot_def, 0,
                 "What each host and each candidate is to bring."),
    MST_ROW_LIST(mst_drill_def, contingents, "contingents", contingent_rows, mst_contingent_def, 0,
                 "Units that a state sends; without one, those that fit a slot are taken."),
    MST_ROW_LIST(mst_drill_def, phases, "phases", phase_rows, mst_phase_def, 0,
                 "Phases in order; sea and dispersal unless given."),
    MST_ROW_TABLE(mst_drill_def, air, "air", air_rows, mst_air_def, 0,
                  "Requests to keep aircraft on a station."),
    MST_ROW_TABLE(mst_drill_def, rulings, "rulings", mst_fields_ruling, mst_ruling_def, MST_PLAIN,
                  "An umpire's rulings on candidates, in place of what their stages say."),
    MST_ROW_END,
};

static const muster_field need_rows[] = {
    MST_ROW_TEXT(mst_need_def, role, "role", MST_REQUIRED, "Role that is needed."),
    MST_ROW_INT(mst_need_def, count, "count", 1, 1000, 1, 0, "How many of it."),
    MST_ROW_TEXTS(mst_need_def, kit, "kit", 0, "Kit that each must have."),
    MST_ROW_BOOL(mst_need_def, optional, "optional", 0, MST_PLAIN,
                 "True: without it the serial is degraded, not cancelled."),
    MST_ROW_END,
};

const muster_field mst_fields_serial[] = {
    MST_ROW_TEXT(mst_serial_def, name, "name", MST_PLAIN, "Name as printed; else the id."),
    MST_ROW_PLUGIN(mst_serial_def, kind, "kind", "serial", MST_PLAIN | MST_REQUIRED,
                   "What is practised: an activity, whose own keys stand beside this one."),
    MST_ROW_REF(mst_serial_def, drill, "drill", "drills", MST_PLAIN,
                "Drill it belongs to; needed where there are several."),
    MST_ROW_DURATION(mst_serial_def, start, "start", 0, 2400, "0 h", 0,
                     "Begin, after the muster time, or after the end of the serial in `after`."),
    MST_ROW_TEXT(mst_serial_def, after, "after", 0, "Id of the serial that must end before."),
    MST_ROW_DURATION(mst_serial_def, for_, "for", 0, 2400, NULL, MST_REQUIRED | MST_ABOVE,
                     "Planned duration."),
    MST_ROW_REAL(mst_serial_def, weight, "weight", NULL, 0, 1000, 1, MST_PLAIN,
                 "Weight in the coordination score."),
    MST_ROW_REAL(mst_serial_def, p0, "p0", NULL, 0, 1, 0.9, 0,
                 "Probability of success when every need is met."),
    MST_ROW_INT(mst_serial_def, sea_state_limit, "sea_state_limit", 0, 9, MST_NAN, 0,
                "Highest Douglas sea state in which it is held; none: no limit."),
    MST_ROW_INT(mst_serial_def, min_states, "min_states", 1, 100, 2, 0,
                "States that must take part in it."),
    MST_ROW_LIST(mst_serial_def, needs, "needs", need_rows, mst_need_def, 0,
                 "Roles that it needs."),
    MST_ROW_TEXTS(mst_serial_def, parts, "parts", 0,
                  "Interoperability parts that it needs: fuel_grade, rig, data_link, language, "
                  "procedures, past_drills."),
    MST_ROW_TEXT(mst_serial_def, air, "air", 0,
                 "Id of the drill's air request that must cover it."),
    MST_ROW_REAL(mst_serial_def, air_coverage, "air_coverage", NULL, 0, 1, 0.8, 0,
                 "Coverage that this request must reach."),
    MST_ROW_TEXT(mst_serial_def, duration_factor, "duration_factor", 0,
                 "Distribution of its length over the length planned, in place of "
                 "chance.duration_factor."),
    MST_ROW_END,
};
