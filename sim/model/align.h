/** @file align.h
 * What an alignment model is given and gives: values of states and ties at one date, readings of
 * the fleets, a drill; out come signed terms, stages with margins, and a verdict per state.
 */
#ifndef MST_MODEL_ALIGN_H
#define MST_MODEL_ALIGN_H

#include "model/model.h"

#include <math.h>

/* These lie in the block of a run, which is saved, restored and compared as bytes: members are
 * ordered so that no padding stands between them. */

/** What the fleet of one state can do for one drill (DEFINITIONS 3). */
typedef struct mst_fleet_reading {
    int32_t is_fleet;    /* 0: index reading                                           */
    int32_t is_assessed; /* 0: neither units nor index: the stage is not assessed      */
    int32_t is_sampled;  /* 1: P over 256 slices of a factor common to the state's units  */
    int32_t spare;
    double kit, cap; /* shares of slots, 0..1; index reading: the index cap, and ready */
    double p_able;   /* share over serviceability (fleet) or logistic (index)         */
} mst_fleet_reading;

/** Whether a share of places meets what is needed. Shares are sums of weighted quotients; what equals
 * the need on paper may lie an ulp or two off it, which must decide nothing. */
static inline bool mst_share_suffices(double share, double need)
{
    return share >= need - 1e-12;
}

/** Values at one date: copies of the model's arrays with dated changes and pacts in force. */
typedef struct mst_values {
    double *attribute; /* state_count x attribute_count; NaN: missing                    */
    double *mutual;    /* mutual_count x state_count x state_count                       */
    double *directed;  /* directed_count x state_count x state_count; [k][from][to]      */
} mst_values;

struct mst_align_input {
    int32_t drill;
    const mst_values *values;
    const mst_fleet_reading *fleet; /* state_count; filled for hosts and candidates */
    /* A state: only its verdict is wanted, those of others may stay empty, in their places. Null: all. */
    const int32_t *only;
    /* Decisions of candidates that rules with other.joins are to read, one bit a state; hosts count as
     * taking part. Null: those of the least equilibrium, in which nobody comes who would not also come
     * if he were the first (rules.c). */
    const uint64_t *joins;
};

typedef enum mst_standing {
    MST_YES,
    MST_NO,
    MST_TIE, /* margin exactly 0: no for the political stages, yes for able */
    MST_NOT_ASSESSED
} mst_standing;

/** One signed term of a stage. rule: index, or MST_TERM_KIT / MST_TERM_FUEL for the two of able. */
#define MST_TERM_KIT (-1)
#define MST_TERM_FUEL (-2)
typedef struct mst_term {
    int32_t rule;
    int32_t stage; /* index into mst_verdict.stage */
    double value;  /* NaN: an input is missing     */
} mst_term;

typedef struct mst_stage_result {
    mst_stage stage;
    int32_t host; /* state index for admit, else -1 */
    mst_standing standing;
    int32_t missing_rule; /* first rule that lacks an input, or -1 */
    double margin;        /* sum of its terms; NaN: not assessed      */
    double p;             /* NaN: not assessed                        */
} mst_stage_result;

/** First three drill.* values of a rule; attributes of the drill follow. */
enum { MST_DRILL_VISIBILITY, MST_DRILL_CAP_NEED, MST_DRILL_HOST_COUNT, MST_DRILL_FIRST_ATTRIBUTE };

/** Stands in the way of joining: a tie counts as no but for able, where the need is met by reaching it. */
static inline bool mst_stage_says_no(const mst_stage_result *stage)
{
    return stage->standing == MST_NO || (stage->standing == MST_TIE && stage->stage != MST_ABLE);
}

#define MST_STAGES_MAX 18 /* able, accept and up to 16 hosts */

typedef struct mst_verdict {
    int32_t drill, state;
    int32_t is_host;
    int32_t joins;                  /* every assessed stage yes; 0 if none is assessed   */
    int32_t is_partly_assessed;     /* some stage, or its P, was not assessed            */
    int32_t stage_count;            /* used of stage[]                                   */
    int32_t term_first, term_count; /* in mst_align_output.term                         */
    int32_t rounds; /* in which all answered to what the others decided; 0: nobody asks         */
    int32_t is_unsettled; /* and yet the last answers would change the decisions again            */
    double p, p_low, p_high;                /* product over stages with a P, bounds; NaN: none   */
    mst_stage_result stage[MST_STAGES_MAX]; /* able, admit by host in order, accept */
} mst_verdict;
_Static_assert(sizeof(mst_fleet_reading) == 4 * sizeof(int32_t) + 3 * sizeof(double) &&
                   sizeof(mst_stage_result) == 4 * sizeof(int32_t) + 2 * sizeof(double) &&
                   sizeof(mst_verdict) == 10 * sizeof(int32_t) + 3 * sizeof(double) +
                                              MST_STAGES_MAX * sizeof(mst_stage_result),
               "no padding");

/** False where not one stage of a candidate could be judged: no answer then, and nobody is sent. */
static inline bool mst_verdict_is_assessed(const mst_verdict *verdict)
{
    for (int32_t i = 0; i < verdict->stage_count; i++)
        if (verdict->stage[i].standing != MST_NOT_ASSESSED)
            return true;
    return verdict->is_host != 0;
}

struct mst_align_output { /* arrays owned by the caller */
    mst_term *term;
    int32_t term_capacity, term_count;
    mst_verdict *verdict; /* one a candidate of the drill, in its order; hosts first */
    int32_t verdict_count;
};

/** Most terms a drill can need, for sizing: hosts and candidates, every rule, every host. */
int32_t mst_align_term_capacity(const mst_model *model, int32_t drill);

#endif
