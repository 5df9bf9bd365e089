/** @file analysis_told.h
 * Data of an experiment written in a test, and what an analysis says of them: sentences, tables, plots.
 * Whatever is not there fails the test by name.
 */
#ifndef TEST_SUPPORT_TOLD_ANALYSIS_H
#define TEST_SUPPORT_TOLD_ANALYSIS_H

#include "test.h"

#include "analyses/analyses.h"

#include <jansson.h>

/** A design as a test writes it. reps 0: plan runs, one value a point. */
typedef struct told_ask {
    int factors, points, reps;
    const muster_factor *factor; /* (factors) */
    const double *x;             /* (points x factors) */
    const double *y;             /* (points x reps), or (points) */
    const char *method;
    const muster_plan_point *point; /* (points); null: blocks "point" of one seed */
    muster_response response;
} told_ask;

/** A factor with numbers from min to max. */
muster_factor told_number(const char *id, double min, double max);
/** A factor with names. */
muster_factor told_names(const char *id, const char *const *level, int count);
/** A figure. */
muster_response told_figure(const char *name, bool is_yes_no);

/** Free with mst_data_free. */
mst_data told_data(const told_ask *ask);

const mst_analysis *told_kind(const char *name);

/** The section that the analysis makes, as JSON; json_decref. Besides looks at what every document must
 * be: lines of at most 80 columns, every table as CSV, every plot as a script. */
json_t *told_of(const char *analysis, const mst_data *data, const muster_analyze_options *options);

/** The reason for which it does not fit; "" where it fits. Asked for by name. */
const char *told_refusal(const char *analysis, const mst_data *data,
                         const muster_analyze_options *options, char why[MST_WHY_BYTES]);
/** Is it made without being asked for? */
bool told_is_usual(const char *analysis, const mst_data *data);

bool told_says(json_t *section, const char *words);
#define assert_says(section, words) told_must_say(section, words, true, __FILE__, __LINE__)
#define assert_silent(section, words) told_must_say(section, words, false, __FILE__, __LINE__)
void told_must_say(json_t *section, const char *words, bool wanted, const char *file, int line);

/** A cell of the row whose first text is `row`; NaN: missing. */
double told_number_at(json_t *section, const char *table, const char *row, const char *column);
const char *told_text_at(json_t *section, const char *table, const char *row, const char *column);
/** A cell of the nth row. */
json_t *told_cell(json_t *section, const char *table, int row, const char *column);
bool told_has_column(json_t *section, const char *table, const char *column);
int told_rows(json_t *section, const char *table); /* -1: no such table */
/** A plot by its id; null: there is none. */
json_t *told_plot(json_t *section, const char *id);

#endif
