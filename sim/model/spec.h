/** @file spec.h
 * A scenario as it was written: one struct a kind of item, read by the field tables in
 * sim/model/fields_*.c. Lengths, speeds, masses are SI here whatever the file used.
 *
 * "Not given" is NaN, MST_INT_NONE, -1, null or MUSTER_NEVER by kind (muster/field.h) until
 * mst_spec_finish has inherited (`like`) and filled defaults. Everything lives in one arena.
 */
#ifndef MST_MODEL_SPEC_H
#define MST_MODEL_SPEC_H

#include "model/item.h"
#include "model/spec_lesson.h"

/* ---- scenario ------------------------------------------------------------------------- */
typedef struct mst_source_def { /* scenario.sources.<id>: a source named once, cited by id */
    mst_item item;
    const char *text;
} mst_source_def;

typedef struct mst_names_def { /* scenario.names: several display names of one thing */
    mst_item item;
    const char *thing; /* what it is about, in neutral words */
    mst_list names;    /* const char * */
    const char *shown; /* the one that pages show first */
} mst_names_def;

typedef struct mst_scenario_def {
    mst_item item;
    const char *id, *title, *summary;
    muster_interval start;
    muster_time horizon;
    int64_t seed;
    int32_t use; /* 0 calibration, 1 test, 2 hypothetical */
    const char *coded_on, *coded_by;
    int32_t outcome_known;
    int32_t hindsight; /* values known later may be used; marks the run */
    double zone_h;     /* zone in which local times are printed beside UTC */
    double offing_m, end_zone_m;
    mst_list sources; /* mst_source_def */
    mst_list names;   /* mst_names_def  */
    int32_t name_set; /* of pages, in the order of mst_name_sets; -1: the page's own */
} mst_scenario_def;

/* ---- states and ties ------------------------------------------------------------------ */
typedef struct mst_index_def { /* index reading of a state without units */
    mst_item item;
    double cap, reach; /* 0..1 */
} mst_index_def;

typedef struct mst_pool_def { /* a state's fuel for drills */
    mst_item item;
    double stock_kg, issue_kgps;
} mst_pool_def;

typedef struct mst_state_def {
    mst_item item;
    const char *name, *bloc;
    mst_list names; /* const char *: further display names */
    double zone_h;
    mst_index_def index;
    mst_pool_def pool;
    double allotment_frac;        /* of full, for each of its ships that has none of its own */
    double readiness_correlation; /* 0..1, latent, between its ships and aircraft */
    mst_list attributes;          /* mst_number */
} mst_state_def;

typedef struct mst_pact_def {
    mst_item item;
    const char *kind;
    muster_interval from, until;
    double strength;
} mst_pact_def;

typedef enum mst_part { /* interoperability, DEFINITIONS 6 */
                        MST_PART_FUEL_GRADE,
                        MST_PART_RIG,
                        MST_PART_DATA_LINK,
                        MST_PART_LANGUAGE,
                        MST_PART_PROCEDURES,
                        MST_PART_PAST_DRILLS,
                        MST_PART_COUNT
} mst_part;

typedef struct mst_interop_def {
    mst_item item;
    int32_t part[MST_PART_COUNT]; /* 0 none, 1 partial, 2 full; -1 unknown */
} mst_interop_def;

typedef struct mst_service_def { /* an entry of a ledger: what one did for the other */
    mst_item item;
    mst_ref by, to;
    const char *what;
    double by_giver, by_receiver; /* what is still owed, by the account of each; 0..1 */
    muster_interval as_of;        /* not given: as the stock `ledger` */
    muster_time half_life;        /* not given: that of the stock `ledger` */
} mst_service_def;

typedef struct mst_tie_def {
    mst_item item;
    mst_ref a, b;
    double align;
    int32_t rival;
    mst_list mutual, a_to_b, b_to_a; /* mst_number; ledgers summed by mst_ledger_add_up */
    mst_list pacts;                  /* mst_pact_def */
    mst_list ledger;                 /* mst_service_def */
    mst_interop_def interop;
} mst_tie_def;

/* ---- things ---------------------------------------------------------------------------- */
typedef struct mst_curve_def {
    mst_item item;
    double speed_mps, rate_kgps;
} mst_curve_def;

typedef enum mst_domain { MST_NAVAL, MST_AIR } mst_domain;
typedef enum mst_craft { MST_SHIP, MST_AIRCRAFT, MST_HELICOPTER, MST_SUBMARINE } mst_craft;

/** A class of ship or aircraft; also what a unit may override for itself. */
typedef struct mst_class_def {
    mst_item item;
    const char *name, *type; /* type: DDG, FFG, fighter ... as in the field's tables */
    int32_t craft;           /* mst_craft */
    mst_list roles, kit;     /* const char *: any words; slots and serials name the same */
    int64_t sea_state_limit; /* Douglas 0..9 */
    double max_speed_mps, sustained_speed_mps, station_speed_mps;
    double
        top_cap_mps; /* no key: a unit that is slower than its class; 0: none (mst_unit_figures) */
    double range_m, range_speed_mps;
    int32_t range_assumed;
    double fuel_kg, cargo_fuel_kg, power_w, displacement_kg, length_m;
    double fuel_kg_per_kwh; /* burn of the engines, for tanks that are estimated */
    double hotel_share, exponent, margin, usable_fraction, reserve_frac;
    mst_list curve; /* mst_curve_def */
    double cruise_mps, ferry_range_m, brochure_radius_m;
    double climb_frac, loiter_factor, reserve_fuel_frac;
    muster_time reserve_loiter, turnaround;
    int32_t size; /* 0 fighter, 1 large, 2 helicopter: chooses the default turnaround */
    double sorties_per_day;
} mst_class_def;

typedef struct mst_base_def {
    mst_item item;
    const char *name, *nation; /* nation: a state id; the state need not be in the scenario */
    int32_t kind;              /* 0 port, 1 airfield, 2 both */
    double lat_deg, lon_deg, sea_lat_deg, sea_lon_deg; /* sea: the point in open water */
} mst_base_def;

typedef struct mst_area_def {
    mst_item item;
    const char *name;
    int32_t kind; /* 0 circle, 1 polygon */
    double lat_deg, lon_deg, radius_m;
    mst_list points; /* muster_point */
    int32_t avoid;
} mst_area_def;

typedef struct mst_strait_def {
    mst_item item;
    const char *name;
    mst_list line; /* muster_point, two */
    double width_m;
    int32_t open;
} mst_strait_def;

typedef struct mst_unit_def {
    mst_item item;
    const char *name, *pennant;
    mst_ref class_, state, base, parent; /* parent: the ship that carries it */
    int64_t count;
    double readiness;
    double fuel_frac, on_board_kg;
    double allotment_kg, allotment_frac, allotment_sorties;
    int32_t took_part;
    const char *sailing_delay; /* distribution, hours; null: chance.sailing_delay_h */
    mst_class_def own;         /* overrides of its class, same keys at the unit's own level */
} mst_unit_def;

typedef struct mst_via_def {
    mst_item item;
    const char *name;
    double lat_deg, lon_deg;
    muster_interval at; /* not given: no time to keep there */
} mst_via_def;

typedef struct mst_group_def {
    mst_item item;
    const char *name;
    mst_list members; /* mst_ref to units */
    mst_ref guide, drill;
    muster_interval depart, arrive;
    mst_list via; /* mst_via_def */
    int32_t allow_max_speed;
    const char *speed_factor; /* distribution; null: chance.speed_factor */
} mst_group_def;

/* ---- constants of the definitions ------------------------------------------------------- */
typedef struct mst_constants_def { /* what drills and classes share; each a key with a default */
    mst_item item;
    double lowers_none, lowers_partial, slows_none, slows_partial;
    double degraded_share, degraded_value, floor_frac, index_ready_need;
    muster_time group_wait;
} mst_constants_def;

/* ---- chance ------------------------------------------------------------------------------ */
typedef struct mst_chance_def { /* what a replication draws; the plan run draws nothing */
    mst_item item;
    const char *sailing_delay, *speed_factor, *duration_factor; /* distributions */
    int32_t decisions;                                          /* 0 verdict, 1 draw */
} mst_chance_def;

/* ---- drills ---------------------------------------------------------------------------- */
typedef struct mst_muster_def {
    mst_item item;
    double lat_deg, lon_deg;
    muster_interval at;
    muster_time tolerance, wait;
    double quorum;
} mst_muster_def;

typedef struct mst_mix_def { /* weights of the domains; need not sum to 1, they are scaled */
    mst_item item;
    double weight[2]; /* by mst_domain */
} mst_mix_def;

typedef struct mst_index_given_def { /* index of a state in one drill */
    mst_item item;
    mst_ref state;
    double cap, reach;
} mst_index_given_def;

typedef struct mst_index_need_def {
    mst_item item;
    double cap_need, reach_need;
    mst_list states; /* mst_index_given_def */
} mst_index_need_def;

typedef struct mst_slot_def {
    mst_item item;
    int32_t for_; /* 0 host, 1 candidate */
    int32_t required;
    const char *role;
    int32_t domain;
    int64_t count;
    muster_time min_hours;
    double sustained_mps;
    int64_t sea_state; /* sea state in which it must still work, Douglas */
    mst_list kit;      /* const char * */
} mst_slot_def;

typedef struct mst_contingent_def {
    mst_item item;
    mst_ref state;
    mst_list units; /* mst_ref */
} mst_contingent_def;

typedef struct mst_phase_def {
    mst_item item;
    const char *name;
    mst_plugin do_; /* the activity and its own keys */
} mst_phase_def;

typedef struct mst_air_def { /* an air request: keep n aircraft on a station */
    mst_item item;
    const char *name, *role;
    double lat_deg, lon_deg;
    muster_time start, for_; /* start: offset from the muster time */
    int64_t count;
    muster_time on_station; /* longest stay of one sortie; not given: what fuel allows */
    mst_list states;        /* mst_ref: who flies; empty: all participants */
} mst_air_def;

typedef struct mst_drill_def {
    mst_item item;
    const char *name, *why_candidates;
    const char *series;                    /* drills of one name are its editions */
    mst_list hosts, candidates, organised; /* mst_ref to states */
    int32_t use;                           /* as scenario.use, -1: the scenario's */
    const char *coded_on, *coded_by;       /* null: the scenario's */
    const char *weights_hash; /* of the rules, fixed before the case was coded; or null */
    mst_ref area;
    mst_muster_def muster;
    muster_interval end, decide_at;
    int64_t min_hosts;
    int32_t host_ports;
    double visibility, cap_need;
    mst_mix_def mix;
    mst_index_need_def index;
    int32_t level;        /* 0 observer, 1 staff, 2 units: what candidates are asked for */
    mst_list attributes;  /* mst_number: further drill.* values for rules */
    mst_list slots;       /* mst_slot_def */
    mst_list contingents; /* mst_contingent_def */
    mst_list phases;      /* mst_phase_def; empty: sea, dispersal */
    mst_list air;         /* mst_air_def, a table */
    mst_list rulings;     /* mst_ruling_def, a table: an entry for each candidate (rulings.h) */
} mst_drill_def;

typedef struct mst_need_def {
    mst_item item;
    const char *role;
    int64_t count;
    mst_list kit;     /* const char * */
    int32_t optional; /* missing: degraded, not cancelled */
} mst_need_def;

typedef struct mst_serial_def {
    mst_item item;
    const char *name;
    mst_plugin kind; /* the activity and its own keys */
    mst_ref drill;
    muster_time start; /* after the drill starts, or after `after` ends */
    const char *after; /* id of another serial */
    muster_time for_;
    double weight, p0;
    int64_t sea_state_limit;
    int64_t min_states;
    mst_list needs;  /* mst_need_def */
    mst_list parts;  /* const char *: interoperability parts it needs */
    const char *air; /* id of an air request of the drill; coverage must be air_coverage */
    double air_coverage;
    const char *duration_factor; /* distribution; null: chance.duration_factor */
} mst_serial_def;

/* ---- alignment ------------------------------------------------------------------------- */
typedef enum mst_stage { MST_ABLE, MST_ADMIT, MST_ACCEPT, MST_STAGE_COUNT } mst_stage;

typedef struct mst_voice_def { /* who says so: a country and a kind of speaker */
    mst_item item;
    const char *country, *kind;
} mst_voice_def;

typedef struct mst_rule_def {
    mst_item item;
    const char *label; /* a few words for tables */
    int32_t stage;     /* mst_stage */
    int32_t form;      /* index into mst_rule_forms */
    int64_t sign;
    double weight, weight_min, weight_max, at, scale;
    mst_list terms; /* const char * */
    int32_t over;   /* 0 none, 1 sum, 2 max, 3 sum_clamped, 4 participants */
    int32_t off;
    const char *says;
    mst_list about; /* const char *, ids of the states that says speaks of; none: of any */
    mst_voice_def voice;
} mst_rule_def;

#define MST_WEIGHT_MOST 10.0 /* what a file may give a rule */

typedef struct mst_coding_def {
    mst_item item;
    const char *author, *basis;
    mst_list silent;  /* const char *, stages of which it says nothing  */
    mst_list only;    /* const char *, ids of rules: the others are off */
    mst_list changes; /* const char *, lines of the change language */
} mst_coding_def;

typedef struct mst_not_modelled_def {
    mst_item item;
    const char *what, *says, *reason, *carried_by; /* carried_by: path that holds it, or null */
    mst_voice_def voice;
} mst_not_modelled_def;

typedef struct mst_camps_def { /* what models of camps and of bargains read */
    mst_item item;
    const char *size, *tie; /* names of an attribute and of a mutual figure       */
    double absent;          /* what a pair without that figure counts as; NaN: it is missing */
    double quota;           /* of votes, for models of power */
} mst_camps_def;

typedef struct mst_stock_def { /* alignment.stocks.<name>: figures of that name decay */
    mst_item item;
    muster_time half_life;
    muster_interval from; /* not given: the scenario's start */
} mst_stock_def;

typedef struct mst_alignment_def {
    mst_item item;
    double tau;
    mst_camps_def camps;
    mst_list stocks;       /* mst_stock_def, a table */
    mst_list rules;        /* mst_rule_def, a table */
    mst_list codings;      /* mst_coding_def, a table */
    mst_list not_modelled; /* mst_not_modelled_def */
} mst_alignment_def;

/* ---- feedback ---------------------------------------------------------------------------- */
typedef struct mst_feedback_def { /* what a drill does to threat and trust after it */
    mst_item item;
    int32_t preset; /* index into the presets of feedback.c */
    double k_threat, k_trust;
    muster_time half_life;
} mst_feedback_def;

/* ---- time, evidence, weather, what-ifs -------------------------------------------------- */
typedef struct mst_dated_def { /* timeline */
    mst_item item;
    int32_t kind; /* index into mst_dated_kinds */
    muster_interval at, known_by;
    const char *says;
    mst_list changes, adds; /* const char * */
    /* mst_change, by sim/load: one a line of changes, then of adds; path null where refused */
    mst_list read;
    int32_t add_count; /* of read: those of adds, at its end */
} mst_dated_def;

typedef struct mst_observation_def {
    mst_item item;
    mst_ref group, unit; /* one of them */
    int32_t what;        /* 0 departure, 1 sighting, 2 arrival */
    muster_interval at;
    mst_ref base; /* where, or: */
    double lat_deg, lon_deg;
    double within_m;
    const char *says;
} mst_observation_def;

typedef struct mst_evidence_def {
    mst_item item;
    muster_interval at;
    mst_ref drill, state, host;
    int32_t stage; /* 0 able 1 admit 2 accept 3 invitation 4 participation */
    int32_t says;  /* 0 yes 1 no 2 mixed */
    int32_t kind;  /* 0 official 1 press 2 intelligence 3 expert */
    const char *words;
} mst_evidence_def;

typedef struct mst_climate_def {
    mst_item item;
    int64_t month;
    double mean_hs_m, p90_hs_m;
} mst_climate_def;

typedef struct mst_weather_def {
    mst_item item;
    int64_t sea_state; /* given, Douglas; else from hs_m; else the month's mode */
    double hs_m;
    mst_list climatology; /* mst_climate_def */
} mst_weather_def;

typedef struct mst_lever_def {
    mst_item item;
    const char *path, *label, *unit;
    double min, max, step, cost;
    mst_list choices; /* const char *: values of a lever that is no number */
    mst_list with;    /* const char *: what moves along, a path or a line PATH = VALUE */
    int32_t controls; /* 0 candidate 1 host 2 third party 3 nobody */
} mst_lever_def;

typedef struct mst_expect_def {
    mst_item item;
    const char *measure; /* as printed by `list measures` */
    const char *of;      /* id of the unit, state, drill or serial; or null */
    int32_t is;          /* 0 equal 1 at_least 2 at_most */
    double value, within;
} mst_expect_def;

typedef struct mst_variant_def {
    mst_item item;
    const char *title, *why;
    int32_t use;              /* as scenario.use, -1: the scenario's */
    muster_interval known_by; /* of the values that it sets */
    mst_list changes;         /* const char * */
    mst_list over_timeline;   /* const char *: paths */
} mst_variant_def;

/* ---- the whole ------------------------------------------------------------------------- */
typedef struct mst_spec {
    mst_item item;
    mst_scenario_def scenario;
    mst_list states, ties, classes, bases, areas, straits, units, groups, drills, serials;
    mst_constants_def constants;
    mst_chance_def chance;
    mst_alignment_def alignment;
    mst_feedback_def feedback;
    mst_list timeline, observations, evidence;
    mst_weather_def weather;
    mst_list levers, expects, variants; /* whatif, expect, variants */
    mst_list injects;
    mst_lesson_def lesson;
    mst_list facts; /* mst_fact */
} mst_spec;

/** Rows of the root, of a class and of the other tables (fields_*.c). */
extern const muster_field mst_fields_chance[], mst_fields_constants[], mst_fields_scenario[],
    mst_fields_state[], mst_fields_tie[], mst_fields_class[], mst_fields_base[], mst_fields_area[],
    mst_fields_strait[], mst_fields_unit[], mst_fields_group[], mst_fields_drill[],
    mst_fields_serial[], mst_fields_alignment[], mst_fields_feedback[], mst_fields_dated[],
    mst_fields_observation[], mst_fields_evidence[], mst_fields_weather[], mst_fields_lever[],
    mst_fields_expect[], mst_fields_variant[], mst_fields_root[];

/** What a case may be used for, in the order of mst_use_names. */
enum { MST_CALIBRATION, MST_TEST, MST_HYPOTHETICAL, MST_USES };

/** Sets of names of places, as scenarios and --names call them; ends with null. */
extern const char *const mst_name_sets[];

/** Names of choices that others print or parse; each ends with null. */
extern const char *const mst_dated_kinds[],
    *const mst_use_names[], *const mst_stage_names[], *const mst_rule_forms[],
                                                          *const mst_part_names[],
                                                              *const mst_level_names[],
                                                                  *const mst_domain_names[],
                                                                      *const mst_confidence_names[];

#endif
