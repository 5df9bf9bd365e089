/** @file fit.h
 * Weights of the three-stage model of participation from a record of drills, by penalised maximum
 * likelihood, with intervals, tests out of sample, and a plain logit beside it.
 *
 * A row is one pair (drill, candidate) with outcome y. Each stage has a linear predictor of its own;
 * admit has one per host h, with the same weights:
 *
 *     P(join) = s(able) * product over hosts h of s(admit_h) * s(accept)      s(t) = 1 / (1 + exp(-t))
 *     able = a + b.x and so on; a stage without features is left out (P = 1)
 *
 * The plain logit has one predictor of all features, those of admit averaged over the hosts.
 * Controls of the format (number of hosts, duration) are a fourth block, "apart". By default they are
 * added to the predictor of accept: a longer or larger drill is first of all harder to accept, and the
 * product over hosts already has the number of hosts; `apart_in` puts them into another stage or makes
 * them a stage of their own. A history of taking part is a feature like any other: with and without it
 * are two calls.
 *
 * Estimate. Weights b belong to features with mean 0 and deviation 1 over the entries of the part
 * fitted (an entry: a row; in admit a host of a row), and
 *
 *     minimised = - log likelihood + lambda / 2 * sum of b^2          (Hoerl and Kennard 1970; le Cessie
 *                                                                      and van Houwelingen 1992)
 *
 * Intercepts are not penalised, but walled in: beyond +-MST_FIT_WALL, P within 5e-5 of 0 or 1, half the
 * squared excess is added, so that a stage that never binds has an end to run to. The product is not
 * concave: several starts, of which the first gives each factor an equal share of the base rate, the
 * next give one stage all of it, and the rest are drawn.
 *
 * Steps are Newton's, with expected for observed information where that is not positive, as long as
 * they pay, then GSL's multimin (vector_bfgs2) with the analytic slope in the metric of that information.
 *
 * Missing (NaN). Never zero. A row with anything missing takes no part in a fit ("partial"). Its
 * prediction is the product over what can be assessed: other stages, other hosts; the blocks left out
 * are told (`lacking`), and it is scored in a table of its own. In the plain logit such a row has
 * no prediction.
 * A candidate without hosts counts as one whose admit is missing.
 *
 * Held. A feature that is constant in the part fitted, or a linear combination of others of its stage
 * that come before it, has weight 0 there, and the result says so and names the others.
 *
 * Series (editions of one drill) are the unit of everything: left out whole, drawn whole, dealt whole.
 * All of it is a function of the record, the options and their seed.
 *
 * Results lie in the arena given. GSL's minimiser takes its vectors, some kilobytes, from malloc.
 */
#ifndef MST_ALIGN_THEORY_FIT_H
#define MST_ALIGN_THEORY_FIT_H

#include "base/arena.h"
#include "num/estimate.h"
#include "num/score.h"

typedef enum mst_fit_block {
    MST_FIT_ABLE,
    MST_FIT_ADMIT,
    MST_FIT_ACCEPT,
    MST_FIT_APART,
    MST_FIT_BLOCKS
} mst_fit_block;

enum {
    MST_FIT_FEATURES_MAX = 40, /* of all blocks together                          */
    MST_FIT_WEIGHTS_MAX = 44,  /* with an intercept a stage                       */
    MST_FIT_LAMBDAS_MAX = 16,  /* to choose from                                  */
    MST_FIT_FEWEST_JOINS = 10, /* in the rows that can be fitted                  */
    MST_FIT_FEWEST_SERIES = 3, /* with such rows                                  */
    MST_FIT_BINS = 5           /* of the calibration, at the most                 */
};
#define MST_FIT_WALL 10.0

/** A record, borrowed. Rows of blocks by row, then feature; of admit by host entry, then feature. */
typedef struct mst_fit_record {
    int32_t rows;
    const int8_t *outcome; /* 1 took part, 0 stayed away, -1 not known: predicted only         */
    const int32_t *series; /* 0..series_count-1                                                */
    int32_t series_count;
    const int32_t *drill; /* 0 or above; rows of one drill are ranked among themselves         */
    const double *time;   /* of the drill, any unit, finite; null: no forward prediction       */
    int32_t features[MST_FIT_BLOCKS]; /* 0: the block is not there                             */
    const double *x[MST_FIT_BLOCKS];  /* finite, NaN: missing                                  */
    const int32_t *host_from; /* rows + 1 numbers: row i has entries host_from[i] .. [i+1]-1 of
                                 x[ADMIT]; may be null without features of admit               */
    const int8_t
        *expected[MST_FIT_BLOCKS]; /* sign of each weight +1, -1, 0 not known; may be null */
    const double *last_time; /* null model: P as last time, 0..1, NaN none; may be null        */
} mst_fit_record;

/** What takes long. */
typedef enum mst_fit_step {
    MST_FIT_STEP_REPLICATES, /* of the bootstrap                                             */
    MST_FIT_STEP_SERIES,     /* left out; with `folds`, groups of them                       */
    MST_FIT_STEP_DEALS,      /* of the test against noise, at the most                       */
    MST_FIT_STEP_ROWS        /* gone through forward in time                                 */
} mst_fit_step;

typedef struct mst_fit_options {
    bool is_plain;          /* the plain logit, not the product                                */
    mst_fit_block apart_in; /* where the controls go; MST_FIT_APART: a stage of their own      */
    double lambda;          /* 0 or above; NaN: chosen                                         */
    const double *lambdas;  /* to choose from, ascending, above 0; null: MST_FIT_LAMBDAS        */
    int32_t lambda_count;
    double light;         /* lambda of the fits behind intervals, above 0                       */
    int32_t folds;        /* groups of whole series left out in turn; 0: each series            */
    int32_t inner_folds;  /* the same inside a training part, to choose lambda                  */
    int32_t starts;       /* of the fit, 1 or above                                             */
    int32_t part_starts;  /* of a fit to a training part                                        */
    int32_t replicates;   /* of the bootstrap; 0: no intervals                                  */
    double level;         /* of intervals, in (0, 1)                                            */
    int32_t permutations; /* at the most, of the test against noise; 0: no verdict             */
    uint64_t seed;
    /** Told before each part of a long step; changes nothing. May be null. */
    void (*progress)(void *context, mst_fit_step step, int32_t done, int32_t of);
    void *context; /* of progress */
} mst_fit_options;

/** Product, controls in accept, lambda chosen, light .3, each series left out, 5 inner folds, 8 and 2
 * starts, 1000 replicates, .95, 999 permutations, seed 1. */
mst_fit_options mst_fit_defaults(void);

/* ---- what is refused (fit_check.c) --------------------------------------------------------------- */

typedef enum mst_fit_fault {
    MST_FIT_FINE,
    MST_FIT_BAD_SIZE,    /* a number of rows, series or features is negative or too large    */
    MST_FIT_BAD_COLUMN,  /* a column that must be there is missing                           */
    MST_FIT_BAD_OUTCOME, /* of row: not 1, 0 or -1                                           */
    MST_FIT_BAD_SERIES,  /* of row: not one of the series                                    */
    MST_FIT_BAD_DRILL,   /* of row: negative                                                 */
    MST_FIT_BAD_TIME,    /* of row: not finite                                               */
    MST_FIT_BAD_HOSTS,   /* of row: its entries do not begin where the last row's end        */
    MST_FIT_INFINITE,    /* feature of block in row                                          */
    MST_FIT_BAD_NULL,    /* of row: last_time is not within 0..1                             */
    MST_FIT_BAD_SIGN,    /* expected of feature of block is not 1, 0 or -1                   */
    MST_FIT_BAD_OPTION,  /* an option out of range                                           */
    MST_FIT_NO_FEATURES, /* nothing to give weights to                                       */
    MST_FIT_FEW_JOINS,   /* count joins in rows without gaps                                 */
    MST_FIT_NO_ABSENCES, /* in these                                                         */
    MST_FIT_FEW_SERIES,  /* count series with such rows                                      */
    MST_FIT_ALL_HELD,    /* every feature is constant or a combination of others             */
    MST_FIT_NO_MINIMUM,  /* the minimiser found no minimum from any start                    */
    MST_FIT_MEMORY
} mst_fit_fault;

typedef struct mst_fit_why {
    mst_fit_fault fault;
    int32_t row;    /* -1: none */
    int32_t block;  /* -1: none */
    int32_t number; /* the feature or the count meant */
} mst_fit_why;

extern const char *const mst_fit_block_names[]; /* "able", "admit", "accept", "apart" */

/** The reason as one line; rows and features by number from 0. @return out, cut to bytes */
const char *mst_fit_says(mst_fit_why why, char *out, size_t bytes);

/* ---- a record made ready (fit_check.c) ------------------------------------------------------------ */

/** One linear predictor: entries (factors of the product) of each row. */
typedef struct mst_fit_stage {
    mst_fit_block block; /* its intercept's; of the plain logit ABLE                            */
    int32_t width;       /* features                                                            */
    int32_t at;          /* place of the intercept among all weights; features follow           */
    const int32_t *from; /* rows + 1: entries of a row that are assessed, admit: 0 or more      */
    const double *raw;   /* entries x width                                                     */
} mst_fit_stage;

typedef struct mst_fit_design {
    mst_fit_record record;
    mst_fit_options options;
    int32_t stages, weights, most_entries; /* of one row */
    mst_fit_stage stage[MST_FIT_BLOCKS];
    int8_t block[MST_FIT_WEIGHTS_MAX];    /* of each weight                      */
    int32_t feature[MST_FIT_WEIGHTS_MAX]; /* in its block; -1: an intercept      */
    uint8_t *lacking; /* of each row, bit b: block b misses something          */
    bool *is_usable;  /* of each row: nothing missing, outcome known           */
    int32_t *group;   /* of each series: its place in a shuffled order, for folds */
    int32_t usable, joins, usable_series,
        partial; /* partial: with known outcome, something missing */
} mst_fit_design;

/** Checks a record and options, and lays the entries out. Where only the counts are refused (few joins,
 * no absences, few series), out is laid out all the same: good for mst_fit_predict, for nothing else.
 * @return MUSTER_OK; MUSTER_MISTAKE, refused, see why; MUSTER_WORLD, memory is short */
muster_status mst_fit_prepare(mst_arena *arena, const mst_fit_record *record,
                              const mst_fit_options *options, mst_fit_design *out,
                              mst_fit_why *why);

/* ---- one fit (fit_model.c, fit_minimise.c) ---------------------------------------------------------- */

typedef enum mst_fit_held { MST_FIT_FREE, MST_FIT_CONSTANT, MST_FIT_COLLINEAR } mst_fit_held;

/** Weights of one fit, by place: of stage k at stage[k].at the intercept, then its features. */
typedef struct mst_fit_weights {
    double raw[MST_FIT_WEIGHTS_MAX];      /* a + b.x with x as given                          */
    double standard[MST_FIT_WEIGHTS_MAX]; /* with x standardised: as penalised                */
    double centre[MST_FIT_WEIGHTS_MAX], spread[MST_FIT_WEIGHTS_MAX]; /* of x; spread 0: held  */
    uint8_t held[MST_FIT_WEIGHTS_MAX];  /* mst_fit_held                                     */
    uint64_t with[MST_FIT_WEIGHTS_MAX]; /* COLLINEAR: bit j: with weight j                  */
    double lambda;
    double log_likelihood;      /* at the weights, without penalty                           */
    double null_log_likelihood; /* of the base rate                                          */
    double decrement;           /* what is left to gain, in deviations: sqrt(g' I^-1 g)       */
    int32_t starts, converged;  /* starts tried, of these ended in a minimum                  */
    int32_t minima;             /* different ones (objective apart by more than .001)         */
    bool is_converged;          /* the best one is a minimum to 1e-5 deviations               */
} mst_fit_weights;

/** Fits to the usable rows, each series counted times[series] times (null: once).
 * @param lambda 0 or above */
muster_status mst_fit_weights_of(mst_arena *scratch, const mst_fit_design *design,
                                 const int32_t *times, double lambda, mst_fit_weights *out,
                                 mst_fit_why *why);

/** What is minimised, at standardised weights, over the usable rows, and its gradient (null: none). */
muster_status mst_fit_objective(mst_arena *scratch, const mst_fit_design *design, double lambda,
                                const double *standard, double *out_value, double *out_gradient,
                                mst_fit_why *why);

/** P(join) of every row of a design (of the same blocks) by weights; NaN: nothing could be assessed. */
void mst_fit_predict(const mst_fit_design *rows, const mst_fit_weights *weights, double *out_p);

/* ---- parts left out (fit_folds.c) -------------------------------------------------------------------- */

typedef struct mst_fit_outside {
    double *p; /* of each row by the fit to a part without its series (or before it); NaN: no fit */
    double *base;   /* share of joins in that part                                               */
    double *lambda; /* of each row: that of its fit                                            */
    int32_t parts,
        failed; /* parts fitted; parts in which no fit was to be had (no join, no absence, no
                              minimum)                                                         */
} mst_fit_outside;

/** Leaves whole series out, in `folds` groups. Means, deviations, held features, lambda and base rate
 * are those of the part fitted, and the starts are cold: nothing of a row left out reaches its own
 * prediction but its features. */
muster_status mst_fit_cross(mst_arena *arena, const mst_fit_design *design, mst_fit_outside *out,
                            mst_fit_why *why);

/** Forward in time: the rows of each time by a fit to all usable rows of earlier times, once those have
 * MST_FIT_FEWEST_JOINS joins; NaN before. Needs record.time. */
muster_status mst_fit_forward(mst_arena *arena, const mst_fit_design *design, mst_fit_outside *out,
                              mst_fit_why *why);

/** Lambda with the best log score of series left out (inner_folds groups); the larger on a tie. */
muster_status mst_fit_choose_lambda(mst_arena *scratch, const mst_fit_design *design, double *out,
                                    double out_score[MST_FIT_LAMBDAS_MAX], mst_fit_why *why);

/* ---- intervals (fit_bootstrap.c) ------------------------------------------------------------------------ */

typedef struct mst_fit_boot {
    /** At options.light, standardised as the full fit, so that both speak of the same weights. */
    mst_fit_weights light;
    double deviation[MST_FIT_WEIGHTS_MAX]; /* of the replicates, for x as given            */
    mst_interval
        interval[MST_FIT_WEIGHTS_MAX]; /* of these; not estimable: held, or under 40 replicates */
    int32_t replicates, degenerate,
        failed; /* drawn; of these without joins or absences; not minimised */
} mst_fit_boot;

/**
 * Intervals of the weights by drawing whole series with replacement and fitting anew, from the weights
 * of the record itself: light -+ t deviation, where light is the estimate under a light penalty, and t
 * Student's with one degree of freedom less than there are series. It is the standard interval of Efron
 * and Tibshirani (1993, "An introduction to the bootstrap", 13.3) with whole series drawn (Cameron,
 * Gelbach and Miller 2008, Review of Economics and Statistics 90:414).
 *
 * Why not about the weights that predict best: their penalty shrinks them, replicates shrink alike, and
 * an interval about them misses large weights. The light penalty leaves a bias that is small beside the
 * deviation (undersmoothing: Hall 1992, Annals of Statistics 20:675) and, unlike none at all, keeps the
 * replicates of a stage that hardly binds finite. Percentile and bias-corrected percentile intervals
 * were tried beside it and covered less, by one to three hundredths; figures in
 * tests/flow/test_fit_coverage.c. Weights that are 0 in truth are covered oftener than the level says,
 * since that is where a penalty pulls.
 */
muster_status mst_fit_bootstrap(mst_arena *scratch, const mst_fit_design *design, mst_fit_boot *out,
                                mst_fit_why *why);

/* ---- does it predict (fit_judge.c) ---------------------------------------------------------------------- */

/** Scores of predictions for rows of known outcome that have one. */
typedef struct mst_fit_scores {
    mst_brier against_base; /* skill against the base rate of the part fitted               */
    mst_brier against_last; /* against last_time, on the rows that have it                  */
    mst_log_score log;
    mst_log_score log_base; /* of the base rate, on the same rows                           */
    mst_auc auc, auc_drill;
    mst_bin bin[MST_FIT_BINS]; /* calibration, bins of near equal counts                       */
    int32_t bins;
    int32_t scored, joins, unpredicted; /* unpredicted: of known outcome, but no prediction      */
} mst_fit_scores;

/** @param is_partial of rows with gaps, assessed as far as they can be; else of rows without */
muster_status mst_fit_score(mst_arena *scratch, const mst_fit_design *design,
                            const mst_fit_outside *outside, bool is_partial, mst_fit_scores *out,
                            mst_fit_why *why);

/** Whether the model predicts better than the nulls. */
typedef enum mst_fit_verdict {
    MST_FIT_NOT_ASKED, /* no permutations                                                    */
    MST_FIT_WORSE,     /* its Brier score is not below that of the base rate                 */
    MST_FIT_TOO_FEW_DEALS, /* P cannot fall to .05: too few series of one size, or too few permutations */
    MST_FIT_AS_CHANCE, /* noise does as well: P above .05                                    */
    MST_FIT_NOT_BEYOND_LAST, /* not surely better than as last time                            */
    MST_FIT_PREDICTS
} mst_fit_verdict;

typedef struct mst_fit_judgement {
    mst_fit_verdict verdict;
    double p;               /* of the permutations; NaN: not drawn, the verdict stood before    */
    int32_t drawn, as_good; /* permutations, and those that fit at least as well                */
    int32_t dealt_series;   /* series with another of their size; the others' outcomes stay      */
    double ways; /* to deal, the one seen among them; P cannot be less than 1 / ways    */
    mst_resampled skill_last; /* 1 - Brier score / that of last_time, with its .90 interval by whole
                                 series; all NaN where no row has last_time                     */
} mst_fit_judgement;

/**
 * PREDICTS needs all three:
 *  1. Out of sample, whole series left out, a Brier score below the base rate's (of the part fitted).
 *  2. Outcomes dealt anew to the features fit worse: P at most .05. Whole series are dealt, among series
 *     with as many usable rows, so that what hangs together stays together and the test is exact for
 *     outcomes that know nothing of the features, however alike within a series (Fisher 1935; exchange
 *     of whole blocks: Winkler et al. 2015, NeuroImage 123:253). What is compared is the log likelihood
 *     less penalty of a fit at lambda (1 where it is chosen), from one cold start. Deals stop early when
 *     5 % is out of reach: at 10 as good of l deals, P = 10 / l (Besag and Clifford 1991, Biometrika
 *     78:301); else P = (as good + 1) / (deals + 1).
 *  3. With last_time: the skill against it is above 0 at the lower end of a .90 interval over whole
 *     series drawn with replacement, so at 5 % on one side.
 * Under noise the second alone holds the size to 5 %, since the others only take away.
 * Where P cannot fall to .05 (fewer than 20 ways to deal, or 19 permutations) nothing is told for or against.
 */
muster_status mst_fit_judge(mst_arena *scratch, const mst_fit_design *design,
                            const mst_fit_outside *cross, mst_fit_judgement *out, mst_fit_why *why);

/* ---- all together (fit.c) -------------------------------------------------------------------------------- */

typedef enum mst_fit_sign {
    MST_FIT_SIGN_UNKNOWN,    /* nothing was expected, or the weight is held                    */
    MST_FIT_SIGN_AGREES,     /* as expected                                                    */
    MST_FIT_SIGN_OPEN,       /* against what was expected, but the interval has both           */
    MST_FIT_SIGN_CONTRADICTS /* against, and the interval is all on that side                  */
} mst_fit_sign;

/** Does the record set the weights? Where joins and absences can be told apart without error it does
 * not: they grow without end as the penalty goes (Albert and Anderson 1984, Biometrika 71:1). */
typedef enum mst_fit_separation {
    MST_FIT_NOT_SEPARATED,
    MST_FIT_PARTLY_SEPARATED, /* some weight is set by the penalty alone                      */
    MST_FIT_SEPARATED /* every join has a higher P than every absence                      */
} mst_fit_separation;

/** One weight, to print. */
typedef struct mst_fit_line {
    mst_fit_block block;
    int32_t feature; /* in its block; -1: an intercept                                        */
    double raw, standard, centre, spread; /* of the fit that predicts                         */
    double light, deviation;              /* for x as given: what the interval is about       */
    mst_interval interval;
    int8_t expected;
    mst_fit_sign sign;
    mst_fit_held held;
    uint64_t with;   /* COLLINEAR: bit j: with line j                                       */
    bool is_growing; /* grows as the penalty goes: not set by the record                    */
    bool is_walled;  /* an intercept beyond MST_FIT_WALL: its stage never binds, or always  */
} mst_fit_line;

typedef struct mst_fit_result {
    mst_fit_design design;
    mst_fit_weights fit;
    double lambda, lambda_score[MST_FIT_LAMBDAS_MAX]; /* log score of each lambda tried; 0: given */
    mst_fit_boot boot;
    mst_fit_line *line; /* design.weights of them, intercept of a stage first               */
    double *p;          /* of each row, in sample; rows of unknown outcome are predictions   */
    mst_fit_separation separation;
    mst_fit_outside cross, forward; /* forward.p null: no times                                */
    mst_fit_scores cross_scores, forward_scores; /* of rows without gaps                      */
    mst_fit_scores cross_partial; /* of rows with gaps, as far as assessed                    */
    mst_fit_judgement judgement;
} mst_fit_result;

/** Does everything. @return as mst_fit_prepare */
muster_status mst_fit_run(mst_arena *arena, const mst_fit_record *record,
                          const mst_fit_options *options, mst_fit_result *out, mst_fit_why *why);

/** By fits with a penalty of 1e-3 and of 1e-5: a weight is growing if its standardised value changes by
 * more than 1 between them. Under separation with a margin of m deviations it changes by
 * log(100) / m = 4.6 / m; a weight that the record sets, by some thousandths. Separation in full by a
 * margin of hundredths of a deviation may show as in part. out_growing: one a weight. */
muster_status mst_fit_find_separation(mst_arena *scratch, const mst_fit_design *design,
                                      mst_fit_separation *out, bool *out_growing, mst_fit_why *why);

#endif
