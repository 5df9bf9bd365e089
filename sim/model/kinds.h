/** @file kinds.h
 * Plug-ins as structs of function pointers. The engine knows these and no plug-in by name;
 * whoever compiles a model passes the registry in.
 */
#ifndef MST_MODEL_KINDS_H
#define MST_MODEL_KINDS_H

#include "model/item.h"

typedef struct mst_model mst_model;
typedef struct mst_run mst_run;                   /* the running replication, engine/run.h      */
typedef struct mst_event mst_event;               /* engine/event.h                             */
typedef struct mst_compile mst_compile;           /* services while compiling, model/compile.h  */
typedef struct mst_align_input mst_align_input;   /* model/align.h */
typedef struct mst_align_output mst_align_output; /* model/align.h */
typedef struct mst_setting mst_setting;           /* model/setting.h */
typedef struct mst_reply mst_reply;               /* model/setting.h */

/** What an activity is written as in a file. */
typedef enum mst_activity_role {
    MST_ROLE_CORE,  /* made by the program itself for every drill: decide, sail, air ... */
    MST_ROLE_PHASE, /* phases = ( { do = "name"; ... } )                                  */
    MST_ROLE_SERIAL /* serials = { id = { kind = "name"; ... } }                          */
} mst_activity_role;

/**
 * One kind of drill activity. Instances are made at compile; param is constant, state is small
 * and belongs to the replication. Handlers run inside the event loop: no allocation, no text.
 */
typedef struct mst_activity_type {
    const char *name; /* as written in scenario files */
    const char *doc;  /* one sentence                 */
    mst_activity_role role;
    const muster_field *fields; /* own keys, stored in a struct of spec_bytes; null: none */
    size_t spec_bytes;
    size_t param_bytes; /* constant, in the model       */
    size_t state_bytes; /* in the replication; zeroed   */
    /** Fills param from spec; adds diagnostics; false on error. May be null. */
    bool (*compile)(mst_compile *ctx, int32_t instance, const void *spec, void *param);
    /** Called once, in order of instances, at the scenario's start or, for phases, when the
     * phase before has ended, and for serials when the drill starts. */
    void (*start)(mst_run *run, int32_t instance);
    /** An event scheduled for this instance, or a broadcast it listens to. */
    void (*on_event)(mst_run *run, int32_t instance, const mst_event *event);
    /** Called once at the end: cancels what is pending, closes what is open. May be null. */
    void (*stop)(mst_run *run, int32_t instance);
    uint32_t listens; /* bit set of 1u << mst_signal it wants to hear */
    /** A base whose sea point this activity needs routes to: from the drill's muster point, and to
     * the home of every ship of a state that is asked; null id: none. May be null. */
    const mst_ref *(*base_of)(const void *spec);
} mst_activity_type;

/** What a model of alignment answers. */
typedef enum mst_align_kind {
    MST_ALIGN_PARTICIPATION, /* who takes part                                             */
    MST_ALIGN_CAMP,          /* who sides with whom; participation follows by a mapping     */
    MST_ALIGN_NULL,          /* what anybody can say without a theory; the others must beat it */
    MST_ALIGN_FORECAST       /* a position, a share of power: no verdict on a drill           */
} mst_align_kind;

/**
 * A model of alignment: pure functions, no state, no chance, no clock. What it says of itself is
 * printed beside each of its answers.
 */
typedef struct mst_align_type {
    const char *name;     /* as asked for: "landscape"                                    */
    const char *label;    /* a few words for tables                                       */
    const char *doc;      /* one sentence: what it is meant to explain, with its source     */
    const char *mapping;  /* how its score becomes "joins": rule, threshold, direction       */
    const char *proposed; /* who proposed that mapping; "ours" if nobody                  */
    const char *needs;    /* what a file must give it                                     */
    mst_align_kind kind;
    int32_t constants; /* chosen for the case; MST_ALIGN_COUNT_WEIGHTS: the rules' weights  */
    int32_t direction; /* 1: joins at or above the threshold, -1: at or below; 0: no score  */
    double threshold;  /* NaN: it depends on the case                                      */
    bool is_strict;    /* joins above the threshold (below it), not at it                   */
    /** Stages, signed terms and verdicts, inside a run: allocates nothing. Null: it scores only. */
    void (*evaluate)(const mst_model *model, const mst_align_input *in, mst_align_output *out);
    /** Answers for all candidates of a setting; reply is zeroed, with answers allocated. False: memory
     * is short. */
    bool (*score)(const mst_setting *setting, mst_arena *arena, mst_reply *reply);
} mst_align_type;
enum { MST_ALIGN_COUNT_WEIGHTS = -1 };

/** The registry handed to the reader and the compiler. Lists end with null. */
typedef struct mst_kinds {
    const mst_activity_type *const *activity;
    const mst_align_type *const *align;
} mst_kinds;

/** The activity type of that name, or null. */
const mst_activity_type *mst_kinds_activity(const mst_kinds *kinds, const char *name);

#endif
