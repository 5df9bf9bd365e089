/** @file setting.h
 * What is asked of an alignment model, and what it answers: states with attributes and ties at one
 * date, the hosts and candidates of one drill, and what the record says of earlier drills; out come
 * a score, a probability and a verdict for each candidate, camps, and findings in words.
 *
 * A setting comes from a scenario (sim/outcome/settings.c) or from tables of drills, so models read
 * by name and never an index of their own. Missing is NaN or null, never 0.
 */
#ifndef MST_MODEL_SETTING_H
#define MST_MODEL_SETTING_H

#include "base/arena.h"
#include "model/align.h"

/** Figures of one kind by name. */
typedef struct mst_figures {
    const char *const *name; /* count */
    int32_t count;
    const double
        *value; /* attributes: states x count; ties: count x states x states, [k][from][to] */
} mst_figures;

/** Years of such figures, in the shape of their values: of tables alone. */
typedef struct mst_dates {
    const int32_t *year; /* that a value is of; 0 where there is none                       */
    uint8_t *is_read;    /* 1: a model has asked for it, so that its answer can name the year */
} mst_dates;

/** What became of earlier editions of a drill's series for one candidate: of those that had ended by the
 * day of its decision. */
typedef struct mst_past {
    int32_t asked, joined; /* editions before this one that the record scores          */
    int32_t last;          /* the last of them: 1 joined, 0 did not, -1 there is none  */
} mst_past;

/** What a file says that models of camps and of voting power are to read. */
typedef struct mst_camps_words {
    const char *size, *tie; /* null: the usual names */
    double absent, quota;   /* NaN: not given        */
} mst_camps_words;

typedef struct mst_setting {
    const char *drill,
        *series;     /* ids; drill null: no drill is asked about, the states alone      */
    muster_time at;  /* date of the values                                          */
    muster_time end; /* of the drill: from then on its record is known              */
    int32_t state_count;
    const char *const *state, *const
                                  *state_name; /* ids; names as printed                          */
    const int32_t *number;   /* of each state among all of the record; null: its index      */
    const char *const *camp; /* the camp that each took in fact (key `bloc`), entries may be null */
    mst_figures attribute, mutual, directed;
    mst_camps_words camps;
    int32_t host_count, candidate_count;
    const int32_t *host, *candidate; /* state indices */
    const double *distance_nm; /* one a candidate, base to drill; NaN: not known; null: none is */
    const mst_past *past;      /* one a candidate; null: no record                            */
    double rate_elsewhere;     /* share that joined of all pairs scored in other drills; NaN  */
    mst_dates attribute_dates, mutual_dates, directed_dates; /* null: values are of the day */
    /* of a scenario; null in a record of tables */
    const mst_model *model;
    const mst_align_input *in;
} mst_setting;

/** Answer of a model about one candidate. */
typedef struct mst_answer {
    double score;      /* NaN: none                                                  */
    double p;          /* probability of joining; NaN: the model gives none          */
    int32_t joins;     /* 1, 0; -1: not assessed                                     */
    bool is_partly;    /* some stage of it could not be assessed                     */
    const char *basis; /* what the answer rests on, in words with figures; or what is missing */
} mst_answer;

/** A line that a model has to say beyond its verdicts: a minimum, a forecast, a power index. */
typedef struct mst_finding {
    const char *label;
    double value; /* NaN: none */
    const char *unit, *words;
} mst_finding;

typedef struct mst_reply {
    mst_answer *answer;  /* one a candidate of the setting                              */
    const int32_t *camp; /* one a state: number of its camp, -1: none; null: no camps   */
    /** Camps that the model holds to be as good, of which only the order of the actors made camp the
     * first: one array as camp each. */
    const int32_t *const *equal_camp;
    int32_t equal_count;
    const char *missing; /* what the whole model lacks; null: nothing                   */
    mst_list finding;    /* mst_finding */
    const char *about;   /* one line on the findings as a whole; may be null            */
} mst_reply;

/** Index of a state by id; -1. */
int32_t mst_setting_state(const mst_setting *setting, const char *id);

/** Value of an attribute of a state, of a tie without direction, from one state to another: NaN when
 * there is no such name, or no value. */
double mst_setting_attribute(const mst_setting *setting, const char *name, int32_t state);
double mst_setting_mutual(const mst_setting *setting, const char *name, int32_t a, int32_t b);
double mst_setting_directed(const mst_setting *setting, const char *name, int32_t from, int32_t to);

/** True if some state (some pair) of the setting has a value of that name. */
bool mst_setting_has_attribute(const mst_setting *setting, const char *name);
bool mst_setting_has_mutual(const mst_setting *setting, const char *name);

/** Nautical miles along the geodesic from the nearest base of candidate `asked` (tables: its main base)
 * to where the drill is; NaN: not known. */
double mst_setting_distance_nm(const mst_setting *setting, int32_t asked);

/** Number of a state by which it is known in all settings of a record: 0 or above. */
int32_t mst_setting_number(const mst_setting *setting, int32_t state);

/** The two figures of states in tables that say where a main base lies. */
#define MST_BASE_LAT "lat_deg"
#define MST_BASE_LON "lon_deg"

/** Adds a finding; words by format. False when memory is short. */
bool mst_reply_add(mst_reply *reply, mst_arena *arena, const char *label, double value,
                   const char *unit, const char *words, ...) MUSTER_PRINTF(6, 7);

/** Every answer: not assessed, for this reason. */
void mst_reply_missing(mst_reply *reply, const mst_setting *setting, const char *reason);

#endif
