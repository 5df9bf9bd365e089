/** @file model.h
 * The compiled scenario: indices for names, SI for units, constant and shared by all threads.
 *
 * Texts point into the scenario, which must outlive its models; routes point into the book.
 * Every array is followed by its length. -1 is "none" for every index.
 */
#ifndef MST_MODEL_MODEL_H
#define MST_MODEL_MODEL_H

#include "model/chance.h"
#include "model/fuel.h"
#include "model/kinds.h"
#include "model/spec.h"
#include "world/route.h"

typedef struct mst_state_row {
    const char *id, *name, *bloc;
    int32_t zone_min;
    double index_cap, index_reach; /* NaN: not given */
    double pool_kg, pool_kgps;     /* NaN: no pool   */
    int32_t unit_count;
    const mst_state_def *def;
    double readiness_correlation;
    uint32_t stream_common; /* of the factor that its units share */
} mst_state_row;

/** A named point: base (sea point for ships, field for aircraft), muster point, via, sighting. */
typedef struct mst_spot_row {
    const char *name;
    muster_point point;
    int32_t base; /* -1: open water */
} mst_spot_row;

typedef struct mst_unit_row {
    const char *id, *name, *pennant, *class_name, *type;
    const mst_unit_def *def; /* place, sources */
    int32_t state, group, parent;
    int32_t base; /* index into base names of the spec, -1: carried by parent    */
    int32_t home; /* spot it sails or flies from and returns to                  */
    mst_craft craft;
    mst_domain domain;   /* helicopters and aircraft: MST_AIR                           */
    uint64_t roles, kit; /* bits of mst_model.word                                      */
    int32_t count;       /* aircraft in the squadron; 1 for ships                       */
    int32_t serviceable; /* in the plan run, 0..count                                   */
    double readiness;
    bool took_part;
    bool has_range; /* false: no range known, fills no slot                        */
    bool range_assumed, fuel_estimated;
    int64_t sea_limit; /* Douglas; 9: none */
    /* ships */
    double tank_kg, on_board_kg, reserve_kg, usable_frac;
    double floor_kg;     /* planning floor: below it a ship asks for fuel                */
    double allotment_kg; /* INFINITY: no such limit                                     */
    double max_mps, sustained_mps, station_mps;
    mst_law law;
    /* aircraft, each */
    mst_flight flight;
    double allotment_sorties; /* INFINITY: no such limit */
    /* chance */
    double readiness_z; /* normal quantile of the readiness, for units with a common factor */
    mst_dist sailing_delay_h, speed_factor;
    uint32_t stream_service, stream_delay, stream_speed;
} mst_unit_row;

/** Most ships that sail as one group. */
enum { MST_MEMBERS_MAX = 64 };

typedef struct mst_group_row {
    const char *id, *name;
    const mst_group_def *def;
    const int32_t *member; /* units, guide first */
    int32_t member_count;
    int32_t drill;
    int32_t state;      /* of the guide */
    muster_time depart; /* MUSTER_NEVER: computed from arrive or the muster time */
    muster_time arrive;
    const int32_t *leg_to;     /* spots: vias in order, then the muster point (leg_count)  */
    const muster_time *leg_at; /* time to keep there; MUSTER_NEVER: none              */
    int32_t leg_count;
    bool allow_max_speed;
    bool is_made; /* made by the compiler for ships that are in no group      */
    mst_dist speed_factor;
    uint32_t stream_speed; /* one draw a leg */
} mst_group_row;

typedef struct mst_slot_row {
    const mst_slot_def *def;
    bool for_candidate, is_required;
    uint64_t role, kit;
    mst_domain domain;
    int32_t count;
    double min_hours_s;
    double sustained_mps;
    int64_t sea_state;
} mst_slot_row;

typedef struct mst_air_row { /* an air request */
    const char *id, *name;
    uint64_t role;
    int32_t spot;
    muster_time start, end; /* offsets from the muster time */
    int32_t count;
    double on_station_s; /* NaN: what fuel allows */
    uint64_t states;     /* bit set of state indices; 0: all participants */
} mst_air_row;

/* Indices of one state in one drill, in place of the state's own. */
typedef struct mst_index_row {
    int32_t state;
    double cap, reach; /* NaN: the state's own */
} mst_index_row;

typedef struct mst_drill_row {
    const char *id, *name;
    const mst_drill_def *def;
    const int32_t *host, *candidate;
    int32_t host_count, candidate_count;
    int32_t muster_spot;
    muster_time muster_at, tolerance, wait, end, decide_at;
    double quorum;
    int32_t min_hosts;
    bool host_ports;
    double cap_need, visibility, mix[2]; /* mix scaled to sum 1 over domains with slots     */
    double index_cap_need, index_reach_need;
    const mst_index_row *index;
    int32_t index_count;
    muster_point area_centre;
    double area_radius_m; /* circle that stands for the area                 */
    const mst_slot_row *slot;
    int32_t slot_count;
    const mst_air_row *air;
    int32_t air_count;
    const int32_t *contingent; /* units, by state in order of hosts then candidates       */
    int32_t contingent_count;
    uint64_t listed;      /* bit set of states whose units the author listed, even if to none     */
    int32_t sea_state;    /* plan run: given, or the mode of the muster's month                  */
    const int32_t *phase; /* instances of its phases, in order                       */
    int32_t phase_count;
    const int32_t *serial; /* indices into serial rows                                */
    int32_t serial_count;
    uint32_t stream_sea;          /* one draw a UTC day                                       */
    const uint32_t *stream_stage; /* candidate_count x (host_count + 1): admit by host, accept */
    const uint8_t *ruling;        /* mst_ruling of each candidate; null: no umpire has spoken */
} mst_drill_row;

typedef struct mst_need_row {
    const char *role_name;
    uint64_t role, kit;
    int32_t count;
    bool is_optional;
} mst_need_row;

typedef struct mst_serial_row {
    const char *id, *name;
    const mst_serial_def *def;
    int32_t drill, instance;
    int32_t after; /* serial, -1: offset counts from the drill's start          */
    muster_time start, length;
    double weight, p0;
    int64_t sea_limit; /* 9: none */
    int32_t min_states;
    const mst_need_row *need;
    int32_t need_count;
    uint32_t parts; /* bit set of mst_part */
    int32_t air;    /* air request of its drill, -1: none */
    double air_coverage;
    mst_dist duration_factor;
    uint32_t stream_length, stream_success;
} mst_serial_row;

/** Term c0 + c1 * product of names; a name is where it reads and an index there. */
typedef enum mst_reads {
    MST_READS_CAND,
    MST_READS_HOST,
    MST_READS_OTHER,
    MST_READS_TIE,
    MST_READS_TO_HOST,
    MST_READS_FROM_HOST,
    MST_READS_DRILL,
    MST_READS_FLEET,
    MST_READS_JOINS /* whether another participant takes part: 1 or 0 */
} mst_reads;
typedef struct mst_factor {
    mst_reads reads;
    int32_t index;    /* attribute, mutual or directed kind; drill value; 0 kit, 1 cap of fleet */
    const char *name; /* as written */
} mst_factor;
typedef struct mst_rule_term {
    double plus, times;
    const mst_factor *factor;
    int32_t factor_count;
} mst_rule_term;
/** How its terms make one value, and how the values over others join: the words of the keys `form`
 * and `over`, in their order (fields_alignment.c). */
enum {
    MST_FORM_GATE,
    MST_FORM_PRODUCT,
    MST_FORM_LINEAR,
    MST_FORM_THRESHOLD,
    MST_FORM_LOGISTIC,
    MST_FORM_MIN_RATIO,
    MST_FORM_GAP
};
enum { MST_OVER_NONE, MST_OVER_SUM, MST_OVER_MAX, MST_OVER_SUM_CLAMPED, MST_OVER_PARTICIPANTS };
typedef struct mst_rule_row {
    const char *id, *label;
    const mst_rule_def *def;
    mst_stage stage;
    int32_t form, over;
    double weight; /* signed */
    double at, scale;
    bool is_off;
    const mst_rule_term *term;
    int32_t term_count;
} mst_rule_row;

/** A dated change of a figure. */
typedef struct mst_dated_row {
    muster_time at, known_by;
    bool adds; /* to what is there; else it sets */
    double value;
    const mst_dated_def *def;
} mst_dated_row;

/** An entry of a ledger. */
typedef struct mst_service_row {
    double by_giver, by_receiver; /* as they stand at as_of and before it */
    muster_time as_of;
    double half_life_s; /* INFINITY: it does not decay */
    const mst_service_def *def;
} mst_service_row;

/** Where a figure of a state or tie stands. */
typedef enum mst_figure_kind {
    MST_FIGURE_ATTRIBUTE,
    MST_FIGURE_MUTUAL,
    MST_FIGURE_DIRECTED
} mst_figure_kind;

/** A figure that time moves: by dated changes, by decay, by entries of a ledger that decay. */
typedef struct mst_moving_row {
    mst_figure_kind kind;
    int32_t index;      /* into the flat array of that kind; mutual: one of the two orders     */
    double base;        /* without entries of a ledger; NaN: not given                         */
    double half_life_s; /* INFINITY: it does not decay                                         */
    muster_time from;   /* from when on it does                                                */
    double low, high;   /* range of what is added to                                           */
    const mst_dated_row *dated; /* by date, then as in the file                                */
    int32_t dated_count;
    const mst_service_row *service;
    int32_t service_count;
} mst_moving_row;

/** What a drill does to threat and closeness after it (section `feedback`). */
typedef struct mst_feedback_row {
    bool is_on;
    double k_threat, k_trust, half_life_s;
    int32_t threat; /* attribute, -1: no state has it */
} mst_feedback_row;

typedef struct mst_pact_row {
    int32_t a, b;
    muster_time from, until;
    double strength;
} mst_pact_row;

typedef struct mst_observation_row {
    const char *id;
    const mst_observation_def *def;
    int32_t group, unit, spot, what;
    muster_interval at;
    double within_m;
} mst_observation_row;

/** An inject that is thrown in. */
typedef struct mst_inject_row {
    const char *id, *title;
    const mst_inject_def *def;
    muster_time at; /* before the scenario's start: only figures change */
    mst_inject_effect effect;
    int32_t drill;       /* of a change of the sea; -1 */
    const int32_t *unit; /* units that it is about     */
    int32_t unit_count;
    muster_time length; /* `for`; MUSTER_NEVER: none */
    double fraction;
    int32_t sea_state;
} mst_inject_row;

/** An activity at work in a drill. */
typedef struct mst_instance_row {
    const mst_activity_type *type;
    int32_t drill;
    int32_t what; /* group, serial, air request or phase number it stands for; -1 */
    const void *param;
    size_t state_offset; /* of its state in the replication's block */
} mst_instance_row;

/** A change in force, for reports. */
typedef struct mst_applied_row {
    const char *path, *before, *after, *origin;
} mst_applied_row;

/** Constants of the definitions (section `constants` of a file). */
typedef struct mst_constants {
    double lowers[3], slows[3]; /* factors by level: none, partial, full */
    double degraded_share, degraded_value, floor_frac, index_ready_need;
    muster_time group_wait;
} mst_constants;

/** Their defaults. */
#define MST_CONSTANTS                                                                              \
    {                                                                                              \
        .lowers = {0.6, 0.85, 1.0}, .slows = {1.5, 1.2, 1.0}, .degraded_share = 0.5,               \
        .degraded_value = 0.5, .floor_frac = 0.6, .index_ready_need = 0.8,                         \
        .group_wait = 6 * MUSTER_HOUR                                                              \
    }

struct mst_model {
    mst_arena arena; /* owns every array below */
    const mst_spec *spec;
    const mst_kinds *kinds;
    const mst_route_book *book; /* borrowed */
    uint64_t hash;              /* of the scenario's text and changes */
    const char *id, *title;
    int32_t use;
    bool hindsight;
    int32_t zone_min;
    muster_time start, end; /* horizon */
    double tau;
    mst_constants constant;
    mst_chance_row chance;
    const char *const *word; /* roles and kit flags; bit i of a mask is word[i] */
    int32_t word_count;
    const mst_state_row *state;
    int32_t state_count;
    const char *const *attribute_name, *const *mutual_name, *const *directed_name;
    int32_t attribute_count, mutual_count, directed_count; /* mutual: MST_MUTUAL_... first */
    const double *attribute; /* state_count x attribute_count; NaN missing               */
    const double *mutual;    /* mutual_count x state_count x state_count, symmetric        */
    const double *directed;  /* directed_count x state_count x state_count                 */
    const char *const *drill_value_name; /* visibility, cap_need, host_count, then attributes */
    int32_t drill_value_count;
    const double *drill_value; /* drill_count x drill_value_count; NaN missing              */
    const int32_t *interop;    /* state_count x state_count x MST_PART_COUNT: 0..2, -1 unknown */
    const mst_pact_row *pact;
    int32_t pact_count;
    const mst_moving_row *moving; /* by kind and index */
    int32_t moving_count;
    const uint8_t *rival;  /* state_count x state_count: 1 where a tie says so */
    const int32_t *tie_of; /* the same: index of the tie in the spec, -1: none; null: not known */
    mst_feedback_row feedback;

    const mst_spot_row *spot;
    int32_t spot_count;
    const int32_t *route_of;   /* spot_count x spot_count: index in book, -1 none              */
    const uint8_t *route_back; /* same shape: 1 when the book's route runs the other way       */
    const mst_unit_row *unit;
    int32_t unit_count;
    const mst_group_row *group;
    int32_t group_count;
    const mst_drill_row *drill;
    int32_t drill_count;
    const mst_serial_row *serial;
    int32_t serial_count;
    const mst_rule_row *rule;
    int32_t rule_count;
    const mst_observation_row *observation;
    int32_t observation_count;
    const mst_inject_row *inject; /* those that are on, in order of the file */
    int32_t inject_count;
    const mst_instance_row *instance;
    int32_t instance_count;
    size_t instance_state_bytes; /* all instances together */
    const mst_applied_row *applied;
    int32_t applied_count;
};

/** A sea route between two spots as seen from one end. */
typedef struct mst_leg {
    const mst_route *route; /* null: none in the book */
    bool backwards;
    double length_m;
    int32_t index; /* of the route in the book; -1 with a null route */
} mst_leg;
mst_leg mst_model_leg(const mst_model *model, int32_t from_spot, int32_t to_spot);

/** Place along a leg, distance from its start as travelled. */
muster_point mst_leg_position(const mst_leg *leg, double distance_m);

/** Bit index of a word, -1 when no unit or slot uses it. */
int32_t mst_model_word(const mst_model *model, const char *word);

/** True if some term of the rule reads a host, another participant or a tie. */
bool mst_rule_names_another(const mst_rule_row *rule);
bool mst_term_names_another(const mst_rule_term *term);

/** True if some rule in force reads what another candidate decides (other.joins). */
bool mst_model_decisions_depend(const mst_model *model);

/** The states asked to a drill, hosts first: how many, and the one at a place. */
int32_t mst_model_asked_count(const mst_drill_row *drill);
int32_t mst_model_asked(const mst_drill_row *drill, int32_t place);

/** True if the state is asked to the drill at all; as one of its hosts; as a candidate. */
bool mst_model_asks(const mst_drill_row *drill, int32_t state);
bool mst_model_is_host(const mst_drill_row *drill, int32_t state);
bool mst_model_is_candidate(const mst_drill_row *drill, int32_t state);

/** Place in `drill->index` of the indices of a state in that drill; -1: it has only its own. */
int32_t mst_model_index_place(const mst_drill_row *drill, int32_t state);

/** Indices of a state in a drill: the drill's for it, else its own; NaN: not given. */
mst_index_row mst_model_index(const mst_model *model, int32_t drill, int32_t state);

/** The two mutual values that every model has. */
enum { MST_MUTUAL_ALIGN, MST_MUTUAL_PACT };

/** Place of a pair in an array of kinds x states x states: mutual, directed. */
static inline size_t mst_model_pair(const mst_model *model, int32_t kind, int32_t from, int32_t to)
{
    const size_t n = (size_t)model->state_count;
    return ((size_t)kind * n + (size_t)from) * n + (size_t)to;
}

/** True if what was seen may be later than what is claimed: only then are the two compared. Days of
 * two zones overlap, so it is the end of the sighting that counts. */
static inline bool mst_model_may_follow(const muster_interval *claim, const muster_interval *seen)
{
    return seen->until >= claim->from;
}

int32_t mst_model_state(const mst_model *model, const char *id);
int32_t mst_model_unit(const mst_model *model, const char *id);
int32_t mst_model_drill(const mst_model *model, const char *id); /* null id: the first */

#endif
