/** @file spec_lesson.h
 * What a class needs beside the case: injects, an umpire's rulings, and the lesson itself. Part of
 * spec.h; the engine reads injects and rulings, nobody but a page the rest.
 */
#ifndef MST_MODEL_SPEC_LESSON_H
#define MST_MODEL_SPEC_LESSON_H

#include "model/item.h"

/** What an inject does, in the order of mst_inject_effects. */
typedef enum mst_inject_effect {
    MST_EFFECT_WORDS, /* nothing but a line in the log, and its changes */
    MST_EFFECT_DELAYS,
    MST_EFFECT_BREAKS_DOWN,
    MST_EFFECT_TURNS_BACK,
    MST_EFFECT_LOSES_FUEL,
    MST_EFFECT_SEA_STATE,
    MST_EFFECT_COUNT
} mst_inject_effect;

typedef struct mst_inject_def {
    mst_item item; /* its note is for the controller alone */
    const char *title, *says, *from, *to;
    muster_interval at;
    int32_t on;
    mst_ref unit, group, drill;
    int32_t effect; /* mst_inject_effect */
    muster_time for_;
    double fraction;
    int64_t sea_state;
    mst_list changes; /* const char * */
    mst_list read;    /* mst_change, by sim/load: one a line of changes; path null where refused */
} mst_inject_def;

/** What an umpire says of a candidate, in the order of mst_ruling_names. */
typedef enum mst_ruling { MST_RULING_NONE, MST_RULING_JOINS, MST_RULING_STAYS_OUT } mst_ruling;

typedef struct mst_ruling_def { /* drills.<id>.rulings.<state> */
    mst_item item;
    int32_t says; /* mst_ruling */
    const char *reason;
} mst_ruling_def;

typedef struct mst_predict_def {
    mst_item item;
    const char *id, *question, *answer;
    mst_ref drill, state, host;
    int32_t stage; /* mst_stage; -1: whether it takes part */
    int32_t scored;
} mst_predict_def;

typedef struct mst_step_def {
    mst_item item; /* its note is for the instructor alone */
    const char *id, *title, *says, *reveal, *try_, *ask;
    int64_t minutes;
    int32_t view; /* index into its choices, -1: as it was */
    muster_interval stop;
    mst_list hide;    /* const char * */
    mst_list predict; /* mst_predict_def */
    mst_list lever;   /* mst_ref to levers */
    mst_ref variant;
} mst_step_def;

typedef struct mst_bookmark_def {
    mst_item item;
    const char *title;
    muster_interval at;
    int32_t on; /* index into its choices, -1: at a time */
    int32_t stop;
} mst_bookmark_def;

typedef struct mst_role_def {
    mst_item item;
    const char *title, *brief, *secret;
    mst_ref state;
    mst_list aims; /* const char * */
} mst_role_def;

typedef struct mst_blind_def { /* an input that a class codes before it sees the verdict */
    mst_item item;
    const char *path, *question;
    double min, max;
} mst_blind_def;

typedef struct mst_lesson_def {
    mst_item item;
    const char *title, *audience;
    int64_t minutes;
    mst_list aims, closing; /* const char * */
    mst_list steps;         /* mst_step_def */
    mst_list bookmarks;     /* mst_bookmark_def */
    mst_list roles;         /* mst_role_def, a table */
    mst_list coding;        /* mst_blind_def */
} mst_lesson_def;

extern const muster_field mst_fields_inject[], mst_fields_ruling[], mst_fields_lesson[];
extern const char *const mst_inject_effects[], *const mst_ruling_names[];

#endif
