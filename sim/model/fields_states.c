/* Rows of states and of the ties between them. */
#include "model/row.h"
#include "model/spec.h"

const char *const mst_part_names[] = {"fuel_grade", "rig",         "data_link", "language",
                                      "procedures", "past_drills", NULL};

static const char *const degrees[] = {"none", "partial", "full", NULL};

static const muster_field index_rows[] = {
    MST_ROW_REAL(mst_index_def, cap, "cap", NULL, 0, 1, MST_NAN, 0,
                 "Share of a drill's needs that the state could meet, 0 nothing, 1 all."),
    MST_ROW_REAL(mst_index_def, reach, "reach", NULL, 0, 1, MST_NAN, 0,
                 "Share of the distance and endurance needed that it could meet, 0 none, 1 all."),
    MST_ROW_END,
};

static const muster_field pool_rows[] = {
    MST_ROW_REAL(mst_pool_def, stock_kg, "stock_t", "t", 0, 1e7, MST_NAN, 0,
                 "Fuel that the state sets aside for drills."),
    MST_ROW_REAL(mst_pool_def, issue_kgps, "issue_t_per_day", "t/day", 0, 1e6, MST_NAN, 0,
                 "Most fuel that can be issued from it in a day."),
    MST_ROW_END,
};

const muster_field mst_fields_state[] = {
    MST_ROW_TEXT(mst_state_def, name, "name", MST_PLAIN, "Name as printed; else the id."),
    MST_ROW_TEXTS(mst_state_def, names, "names", MST_PLAIN, "Further names in use."),
    MST_ROW_TEXT(mst_state_def, bloc, "bloc", MST_PLAIN,
                 "Bloc under which tables list it; no rule reads this."),
    MST_ROW_REAL(mst_state_def, zone_h, "zone_h", NULL, -14, 14, MST_NAN, MST_PLAIN,
                 "Hours ahead of UTC of the state's local time."),
    MST_ROW_GROUP(mst_state_def, index, "index", index_rows, mst_index_def, 0,
                  "Ability as two indices, for a state without units."),
    MST_ROW_GROUP(mst_state_def, pool, "pool", pool_rows, mst_pool_def, 0,
                  "Fuel for drills, reserved for units when the state accepts."),
    MST_ROW_REAL(mst_state_def, allotment_frac, "allotment_frac", NULL, 0, 1, MST_NAN, 0,
                 "Share of a full tank issued for a drill to each of its units that has no "
                 "allotment of its own; none: no such limit."),
    MST_ROW_REAL(
        mst_state_def, readiness_correlation, "readiness_correlation", NULL, 0, 1, 0, 0,
        "Latent correlation between the serviceability of any two of its ships and aircraft: "
        "that of the normal scores behind it, of which one factor is common to all of the "
        "state for the whole of a replication; 0: independent."),
    MST_ROW_NUMBERS(mst_state_def, attributes, "attributes", 0, 0, 0,
                    "Figures that rules read as `cand.X`, `host.X`, `other.X`."),
    MST_ROW_END,
};

static const muster_field pact_rows[] = {
    MST_ROW_TEXT(mst_pact_def, kind, "kind", 0, "Kind of pact: defence, consultation, ..."),
    MST_ROW_MOMENT(mst_pact_def, from, "from", 0, "When it came into force; none: always."),
    MST_ROW_MOMENT(mst_pact_def, until, "until", 0, "When it ended; none: still in force."),
    MST_ROW_REAL(mst_pact_def, strength, "strength", NULL, 0, 1, 1, 0,
                 "How much it binds, 0 not at all, 1 mutual defence without conditions."),
    MST_ROW_END,
};

#define PART(part_, key_, doc_)                                                                    \
    MST_ROW_CHOICE(mst_interop_def, part[part_], key_, degrees, NULL, 0, doc_)

static const muster_field interop_rows[] = {
    PART(MST_PART_FUEL_GRADE, "fuel_grade", "Fuels of one side can be burnt by the other."),
    PART(MST_PART_RIG, "rig", "Replenishment gear of one side fits the other."),
    PART(MST_PART_DATA_LINK, "data_link", "Tracks can be exchanged by machine."),
    PART(MST_PART_LANGUAGE, "language", "Watches can talk to each other."),
    PART(MST_PART_PROCEDURES, "procedures", "Signals, doctrine and safety rules are common."),
    PART(MST_PART_PAST_DRILLS, "past_drills", "The two have drilled together before."),
    MST_ROW_END,
};

static const muster_field service_rows[] = {
    MST_ROW_REF(mst_service_def, by, "by", "states", MST_PLAIN | MST_REQUIRED,
                "State that did it, one of the two."),
    MST_ROW_REF(mst_service_def, to, "to", "states", MST_PLAIN | MST_REQUIRED,
                "State for which it did, the other."),
    MST_ROW_TEXT(mst_service_def, what, "what", MST_PLAIN | MST_PROSE, "What it did, in words."),
    MST_ROW_REAL(mst_service_def, by_giver, "by_giver", NULL, 0, 1, MST_NAN, MST_REQUIRED,
                 "How much of it is still owed by the giver's account, 0 nothing; no rule reads "
                 "this, reports show it beside the other."),
    MST_ROW_REAL(mst_service_def, by_receiver, "by_receiver", NULL, 0, 1, MST_NAN, MST_REQUIRED,
                 "The same by the account of the one who received it and owes; the sum of these "
                 "is what rules read as `to_host.ledger` and `from_host.ledger`."),
    MST_ROW_MOMENT(mst_service_def, as_of, "as_of", 0,
                   "Date at which the two figures stand; they decay from then on, and are the "
                   "same before. The date of the stock `ledger` unless given, else the scenario's "
                   "start."),
    MST_ROW_DURATION(mst_service_def, half_life, "half_life", 1, 876600, NULL, 0,
                     "Time in which half of it is forgotten; that of the stock `ledger` unless "
                     "given, else it does not decay."),
    MST_ROW_END,
};

const muster_field mst_fields_tie[] = {
    MST_ROW_REF(mst_tie_def, a, "a", "states", MST_PLAIN | MST_REQUIRED, "One of the two states."),
    MST_ROW_REF(mst_tie_def, b, "b", "states", MST_PLAIN | MST_REQUIRED, "The other."),
    MST_ROW_REAL(mst_tie_def, align, "align", NULL, -1, 1, MST_NAN, 0,
                 "Judged present closeness, -1 hostile, 0 none, 1 as one; never derived from "
                 "pacts."),
    MST_ROW_BOOL(mst_tie_def, rival, "rival", 0, 0, "True if the two are rivals."),
    MST_ROW_NUMBERS(mst_tie_def, mutual, "mutual", 0, 0, 0,
                    "Figures without direction, read as `tie.X`."),
    MST_ROW_NUMBERS(mst_tie_def, a_to_b, "a_to_b", 0, 0, 0,
                    "Figures from a towards b, read as `to_host.X` or `from_host.X`."),
    MST_ROW_NUMBERS(mst_tie_def, b_to_a, "b_to_a", 0, 0, 0, "Figures from b towards a."),
    MST_ROW_LIST(mst_tie_def, ledger, "ledger", service_rows, mst_service_def, 0,
                 "Services not yet returned, entry by entry, by two accounts. They make the "
                 "figures a_to_b.ledger and b_to_a.ledger, to which what stands there is added; a "
                 "change of such a figure sets all of it."),
    MST_ROW_LIST(mst_tie_def, pacts, "pacts", pact_rows, mst_pact_def, 0,
                 "Pacts with their dates; the strongest in force is read as `tie.pact`."),
    MST_ROW_GROUP(mst_tie_def, interop, "interop", interop_rows, mst_interop_def, 0,
                  "How well the two can work together, part by part; unknown counts as partial."),
    MST_ROW_END,
};
