/** @file rivals.h
 * All alignment models asked the same questions, and how each did (DEFINITIONS 8): settings made of a
 * scenario or of tables, replies, predictions held against the record.
 */
#ifndef MST_OUTCOME_RIVALS_H
#define MST_OUTCOME_RIVALS_H

#include "model/setting.h"
#include "num/score.h"
#include "outcome/outcome.h"

/** A drill, or the states of a file alone, with what the record says of it. */
typedef struct mst_case {
    mst_setting setting;
    const char *name;         /* as printed                                                 */
    int32_t use;              /* MST_CALIBRATION ...: what its score is worth                */
    bool is_fixed;            /* its weights_hash is that of the rules as they stand         */
    const char *weights_hash; /* as written; null: none                                      */
    const int8_t *outcome;    /* one a candidate: 1 joined, 0 did not, -1 not scored         */
    const uint8_t *is_pooled; /* one a candidate: 0: left out of pooled scores               */
    mst_reply *reply;         /* one a model, filled by mst_rivals_ask                       */
    const struct mst_record_drill *more; /* of a table (load/record.h); null: of a scenario  */
} mst_case;

typedef struct mst_rivals {
    mst_arena *arena;
    const mst_align_type *const *model;
    int32_t model_count;
    mst_case *item;
    int32_t count;
    uint64_t weights_hash; /* of the rules; 0: there are none        */
    int32_t weight_count;  /* rules in force                         */
    /** Puts the figures of a case's setting into an arena that lives until its models have answered.
     * Null: they are there. False: memory is short. */
    bool (*fill)(const void *from, int32_t item, mst_arena *arena, mst_setting *out);
    const void *from;
} mst_rivals;

/**
 * Cases of a finished plan run: one a drill, in order of their decisions; a file without drills gives
 * one case, its states alone. Values are those of the day of each decision; readings of fleets are
 * the run's. use: of all cases, for a variant that has its own; -1: each has that of the file.
 * Everything in the arena. False: memory is short.
 */
bool mst_rivals_of_run(const mst_run *run, const mst_align_type *const *models, int32_t use,
                       mst_arena *arena, mst_rivals *out);

/** In order of their dates, then of their drills' ids; for qsort. */
int mst_case_compare(const void *left, const void *right);

/** Fills in earlier editions and rates elsewhere from the outcomes of all cases, then asks every
 * model of every case. Models work in memory that is given back behind each case: what the arena keeps
 * is their answers, camps, findings and words, and words that neighbours share once (rivals_ask.c).
 * False: memory is short. */
bool mst_rivals_ask(mst_rivals *rivals);

/** Sets past and rate_elsewhere of all settings (past.c). False: memory is short. */
bool mst_rivals_look_back(mst_rivals *rivals);

/** Names behind each answer the years that the values it rests on are of, where the setting's figures
 * have years, and forgets what was read (years.c). False: memory is short. */
bool mst_rivals_name_years(const mst_setting *setting, mst_arena *arena, mst_reply *reply);

/** Index of a model by name; -1. */
int32_t mst_rivals_model(const mst_rivals *rivals, const char *name);

/** True if the coding says that the state, a candidate, also organised the drill; def may be null. */
bool mst_has_organised(const mst_drill_def *def, const char *state);

/** True if an entry says plainly that the state took part in the drill, or did not. */
bool mst_evidence_of_participation(const mst_model *model, int32_t drill, int32_t state,
                                   const mst_evidence_def *e);

/** What the evidence of a file says of a state in a drill: 1 took part, 0 did not, -1 nothing, or
 * entries that contradict each other. */
int32_t mst_evidence_outcome(const mst_model *model, int32_t drill, int32_t state);

/** Hash over everything that the rules of a model weigh: ids, stages, forms, terms, weights. */
uint64_t mst_rules_hash(const mst_model *model);

/** One prediction: a candidate of a case. */
typedef struct mst_prediction {
    int32_t item, candidate;
} mst_prediction;

/**
 * Pairs of cases of one use with a known outcome that pooled scores keep, in order of cases.
 * @param[in] partly  those for which the first model could not assess every stage, or those for which
 *                    it could: the two are never scored in one table
 * @param[out] out    in the arena of the rivals
 * @return how many; -1: memory is short
 */
int32_t mst_rivals_pairs(const mst_rivals *rivals, int32_t use, bool partly, mst_prediction **out);

/** How one model did on a list of pairs. */
typedef struct mst_performance {
    mst_scored rows;
    mst_hits hits;
    mst_brier brier;   /* against the base rate of other drills */
    mst_log_score log; /* p held to .001 .. .999                */
    mst_auc auc, auc_drill;
    mst_resampled balanced; /* whole states resampled, 95 %          */
    bool beats_nulls; /* balanced accuracy above that of every null on the pairs it answered */
} mst_performance;

/** Scores every model on the pairs. out: one a model. False: memory is short. */
bool mst_rivals_score(const mst_rivals *rivals, const mst_prediction *pair, int32_t count,
                      mst_performance *out);

#endif
