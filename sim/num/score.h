/** @file score.h
 * How well predictions of participation fared: counts, losses, ranking, calibration, intervals by
 * resampling whole states, and agreement of coders.
 *
 * A row is one pair (drill, state asked about). mst_score_prepare is the only door: what it let through
 * is sound, so the measures check no row again. Every measure takes `times`, how often each state
 * counts (times[cluster], 0 or above; null: once each), so that a resample copies no row; counts then
 * count the copies too (below 2^31 in all). A figure that the rows cannot give is NaN, never 0.
 */
#ifndef MST_NUM_SCORE_H
#define MST_NUM_SCORE_H

#include "base/arena.h"
#include "num/estimate.h"

/** Rows as given, by column; borrowed. p, yes and score may be null: the model gives none. */
typedef struct mst_predictions {
    int32_t count;
    const int8_t *outcome; /* 1 took part, 0 stayed away, -1 not known: the row is not scored     */
    const double *p;       /* probability of taking part, 0..1; NaN: none                         */
    const int8_t *yes;     /* verdict 1 or 0; -1: not assessed                                    */
    const double *score;   /* finite, higher speaks for taking part, any unit; NaN: none          */
    const int32_t
        *cluster;         /* which state, 0..clusters-1: what is resampled as a whole            */
    const int32_t *drill; /* which drill, 0 or above; rows of one drill are compared among selves */
    int32_t clusters;
} mst_predictions;

/** Rows found sound, with the orders that the measures walk through. Copyable; lives as long as its
 * arena and the columns. */
typedef struct mst_scored {
    mst_predictions row;
    const int32_t *by_p;     /* all rows, p ascending, none last                 */
    const int32_t *by_score; /* all rows, score ascending, none last             */
    const int32_t *by_drill; /* all rows, by drill, in it by score as above      */
    const int32_t *state;    /* clusters that have a scored row, ascending       */
    int32_t states;
    int32_t joining_states; /* clusters that took part at least once            */
} mst_scored;

/**
 * Checks rows and sorts them. No rows at all are sound.
 * @param[out] out_row the first row at fault, -1 when it is none in particular; may be null
 * @param[out] out_reason a static text ("p is not within 0..1"), set unless MUSTER_OK
 * @return MUSTER_OK; MUSTER_MISTAKE, a row is not sound; MUSTER_WORLD, memory is short
 */
muster_status mst_score_prepare(mst_arena *arena, const mst_predictions *given, mst_scored *out,
                                int32_t *out_row, const char **out_reason);

/** How often row i counts. */
static inline int64_t mst_score_times(const mst_scored *rows, const int32_t *times, int32_t i)
{
    return times ? times[rows->row.cluster[i]] : 1;
}

/* ---- verdicts -------------------------------------------------------------------------------- */

typedef struct mst_hits {
    int64_t scored, unscored; /* outcome known, not known */
    int64_t joins;            /* of the scored            */
    int64_t unassessed;       /* scored, without verdict: in nothing below */
    int64_t assessed_joins, assessed_absences;
    int64_t join_hits, absence_hits;
    double base_rate;                /* joins / scored                           */
    double sensitivity, specificity; /* hits / assessed, on joins and on absences */
    double balanced;                 /* their mean; NaN unless both occur        */
} mst_hits;
mst_hits mst_score_hits(const mst_scored *rows, const int32_t *times);

/** Fewer than these give no ranking of models. */
#define MST_FEWEST_JOINS 10
#define MST_FEWEST_STATES 5
typedef struct mst_few {
    int64_t joins;  /* scored rows that took part */
    int32_t states; /* which did so at least once */
    bool is_too_few;
} mst_few;
mst_few mst_score_few(const mst_scored *rows);

/* ---- probabilities --------------------------------------------------------------------------- */

/** The null model "base rate": for each row the share of joins among the scored rows of all other
 * drills, so that no outcome helps to predict itself; NaN where no other drill has any.
 * @param[out] out one number a row */
void mst_score_base_rate(const mst_scored *rows, const int32_t *times, double *out);

typedef struct mst_brier {
    int64_t count;    /* scored rows with p                                     */
    double score;     /* mean of (p - outcome)^2, 0..1 (Brier 1950, halved: one of two classes) */
    int64_t compared; /* of the count: those for which the reference has a value */
    double reference; /* the reference's score on these                         */
    double skill;     /* 1 - score on these / reference; NaN when reference is 0 */
} mst_brier;
/** @param reference a probability a row, NaN: none; null: no comparison
 * @return false, out untouched: a reference is outside 0..1 */
bool mst_score_brier(const mst_scored *rows, const int32_t *times, const double *reference,
                     mst_brier *out, const char **out_reason);

typedef struct mst_log_score {
    int64_t count; /* scored rows with p                                           */
    double score;  /* mean of -ln(probability of what happened), nats (Good 1952)  */
    int64_t
        impossible;  /* what happened had been given 0; without clip the score is then infinite */
    int64_t clipped; /* rows whose p was moved                                       */
} mst_log_score;
/** @param clip 0: none; else p is moved into clip..1-clip
 * @return false, out untouched: clip is not in [0, 1/2) */
bool mst_score_log(const mst_scored *rows, const int32_t *times, double clip, mst_log_score *out,
                   const char **out_reason);

/** One row of a table of calibration. */
typedef struct mst_bin {
    double low, high; /* the edges given, or the least and the greatest p in it */
    int64_t count, joins;
    double mean_p, share;  /* NaN in an empty bin            */
    mst_interval interval; /* of the share, Wilson 1927      */
} mst_bin;
/** Bins of equal counts, as near as rows of one p, which stay together, allow: there may be fewer
 * bins than asked for, none empty.
 * @param bins 1 or above; out has as many places
 * @param level of the intervals, in (0, 1)
 * @return false, nothing written: bins or level out of range */
bool mst_calibrate_equal(const mst_scored *rows, int32_t bins, double level, mst_bin *out,
                         int32_t *out_count, const char **out_reason);
/** Bin k holds edge[k] <= p < edge[k + 1], the last one p = 1 as well.
 * @param edge bins + 1 numbers from 0 to 1, ascending, no two alike */
bool mst_calibrate_edges(const mst_scored *rows, const double *edge, int32_t bins, double level,
                         mst_bin *out, const char **out_reason);

/* ---- ranking --------------------------------------------------------------------------------- */

/** Area under the curve as the share of pairs (a join, an absence) in which the join has the higher
 * score, ties 1/2 (Mann and Whitney 1947). */
typedef struct mst_auc {
    double value; /* NaN when there is no pair                              */
    double pairs; /* a whole number; exact, as the value's numerator, to 2^52 */
} mst_auc;
mst_auc mst_score_auc(const mst_scored *rows, const int32_t *times);
/** Over the pairs within one drill only: blind to how drills differ. Every pair weighs the same. */
mst_auc mst_score_auc_drill(const mst_scored *rows, const int32_t *times);

/** Saying yes from a score of `threshold` on. */
typedef struct mst_cut {
    double threshold; /* INFINITY: nobody */
    int64_t join_hits, absence_hits;
    double balanced; /* NaN unless both classes occur */
    bool is_best;    /* no other cut has a greater balanced accuracy (compared exactly) */
} mst_cut;
/** The cut at infinity, then one at every score that occurs in a scored row, descending. The best cut
 * was chosen with the outcomes known: its accuracy flatters.
 * @param[out] out room for row.count + 1
 * @return number of cuts; 0 when no scored row has a score */
int32_t mst_score_curve(const mst_scored *rows, const int32_t *times, mst_cut *out);

/* ---- resampling (resample.c) ------------------------------------------------------------------ */

/** A figure of the rows, each state counted times[cluster] times; NaN: not defined for these. */
typedef double (*mst_measure)(const int32_t *times, const void *context);

/** Context of the ready measures below. */
typedef struct mst_measured {
    const mst_scored *rows;
    const double *reference; /* as in mst_score_brier; not worked out anew in a resample */
    double clip;             /* as in mst_score_log */
} mst_measured;
double mst_measure_sensitivity(const int32_t *times, const void *measured);
double mst_measure_specificity(const int32_t *times, const void *measured);
double mst_measure_balanced(const int32_t *times, const void *measured);
double mst_measure_brier(const int32_t *times, const void *measured);
double mst_measure_skill(const int32_t *times, const void *measured);
double mst_measure_log(const int32_t *times, const void *measured);
double mst_measure_auc(const int32_t *times, const void *measured);
double mst_measure_auc_drill(const int32_t *times, const void *measured);

/** Draws `states` of the states, with replacement, `replicates` times. */
typedef struct mst_resampling {
    const int32_t *state; /* which clusters are drawn: mst_scored's, as a rule; each once */
    int32_t states;
    int32_t clusters; /* numbers in `times`; the others stay 0 */
    int32_t replicates;
    double level; /* of the intervals, in (0, 1) */
    uint64_t seed;
} mst_resampling;

typedef struct mst_resampled {
    double value; /* of the states as they are, each once */
    /** Percentile interval (bootstrap: Efron 1979; quantiles of type 7) of the replicates that are
     * defined. Not estimable with a single state, where all resamples are alike, or when less than one
     * defined replicate is expected beyond each end. Too short with few states: how much so stands in
     * README.md of this folder. */
    mst_interval interval;
    int32_t defined, undefined; /* replicates */
} mst_resampled;

/**
 * The place of a state in the k-th draw of replicate r depends on (seed, r, k) and the number of states
 * only, so all measures with one seed see the same resamples.
 * @return MUSTER_OK; MUSTER_MISTAKE, with a reason; MUSTER_WORLD, memory is short
 */
muster_status mst_resample(mst_arena *scratch, const mst_resampling *how, mst_measure measure,
                           const void *context, mst_resampled *out, const char **out_reason);

/** Two models by one measure on the same resamples: first, second, and first - second, which is
 * defined where both are and not both infinite alike. */
typedef struct mst_resampled_pair {
    mst_resampled first, second, difference;
} mst_resampled_pair;
muster_status mst_resample_pair(mst_arena *scratch, const mst_resampling *how, mst_measure measure,
                                const void *first, const void *second, mst_resampled_pair *out,
                                const char **out_reason);

/* ---- agreement of coders (agreement.c) ---------------------------------------------------------- */

/** How far two codes are apart, squared. */
typedef enum mst_metric {
    MST_NOMINAL,  /* 1 unless the same                                           */
    MST_ORDINAL,  /* by the codes that lie between, as often as they were given  */
    MST_INTERVAL, /* (c - k)^2                                                   */
    MST_RATIO,    /* ((c - k) / (c + k))^2; no code below 0                       */
} mst_metric;

typedef struct mst_alpha {
    double value; /* 1 perfect, 0 as by chance; NaN when all codes are alike or none pair */
    double observed, expected; /* disagreement; alpha = 1 - observed / expected */
    int32_t units;             /* with two codes or more: the others say nothing */
    int32_t codes;             /* in these units */
    int32_t distinct;          /* different codes among them */
} mst_alpha;

/**
 * Krippendorff's alpha (Krippendorff 2011, "Computing Krippendorff's alpha-reliability").
 * @param code units x coders, by unit; finite, NaN: missing
 * @return MUSTER_OK; MUSTER_MISTAKE, with a reason; MUSTER_WORLD, memory is short
 */
muster_status mst_krippendorff(mst_arena *scratch, const double *code, int32_t units,
                               int32_t coders, mst_metric metric, mst_alpha *out,
                               const char **out_reason);

#endif
