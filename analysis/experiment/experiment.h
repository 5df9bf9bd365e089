/** @file experiment.h
 * The inside of an experiment: experiment.c opens it, factor.c reads factors, factor_value.c writes
 * their values, plan.c makes points, written.c keeps their values as texts, select.c reads how a best
 * one is selected.
 */
#ifndef MST_ANALYSIS_EXPERIMENT_EXPERIMENT_H
#define MST_ANALYSIS_EXPERIMENT_EXPERIMENT_H

#include "base/keep.h"
#include "design/design.h"
#include "experiment/dist.h"
#include "experiment/file.h"
#include "muster/document.h"

/** A factor, and how a place in the unit interval becomes a value of it. */
typedef struct mst_exp_factor {
    muster_factor public;
    muster_place place;
    mst_spread spread;    /* without levels */
    int32_t decimals;     /* -1: as they come */
    double *level_number; /* of each level; null: names */
    muster_field_kind kind;
} mst_exp_factor;

/** A listed point: lines split at '='. */
typedef struct mst_listed {
    const char *label;
    const char **path, **value;
    int32_t count;
} mst_listed;

/** Values of all points of a design as they are written, so that they are written once. Kept where
 * they are few enough for memory. */
typedef struct mst_written {
    char *text;    /* values one after the other, each with its NUL              */
    uint32_t *end; /* points * factors: behind each NUL; null: nothing is kept   */
    size_t used, room;
} mst_written;

struct muster_experiment {
    mst_keep keep;
    muster_source_text *text, *scenario_text;
    muster_reading *reading;
    mst_file file;
    muster_changes base;   /* before those of points */
    const char *land_path; /* ""; of a land that is not the library's */
    int64_t points_most;
    muster_sweep *sweep;
    mst_exp_factor *factor;
    muster_response *response;
    muster_column *column;
    mst_design design;
    mst_listed *listed; /* method "list"; null: a design */
    mst_written written;
    muster_experiment_head head;
};

/** Reads all factors; all mistakes at once. */
muster_status mst_experiment_factors(muster_experiment *e, muster_diags *diags);

/** To so many decimals. */
double mst_rounded(double value, int32_t decimals);
/** Writes a number as a value of the factor's kind: 0.5, 3, "12 h". */
void mst_exp_write(const mst_exp_factor *f, double value, char out[MUSTER_VALUE_BYTES]);
/** The value at a place in [0, 1], as the change language writes it; NaN: "", as the scenario has it. */
const char *mst_exp_value(const mst_exp_factor *f, double unit, char out[MUSTER_VALUE_BYTES]);
/** Adds what a factor sets at a value, with what goes along. False: no room. */
bool mst_factor_settings(const muster_factor *factor, const char *value, muster_settings *out);
/** The same as a number: the value, or the number of its level; NaN: left alone. */
double mst_exp_number(const mst_exp_factor *f, double unit);

/** Refuses factors whose ids are those of other columns of the tables. Responses are there. */
muster_status mst_experiment_columns(const muster_experiment *e, muster_diags *diags);

/** Makes the points; the hash of the whole plan when all is known. */
muster_status mst_experiment_points(muster_experiment *e, muster_diags *diags);
muster_status mst_experiment_hash(muster_experiment *e, muster_diags *diags);

/** Reads the group `select` into the head; points and responses are there. */
muster_status mst_experiment_select(muster_experiment *e, const muster_experiment_from *from,
                                    muster_diags *diags);

/** A selection in words, without a full stop. */
enum { MST_SELECTION_BYTES = 400 };
void mst_selection_words(const muster_selection *s, const muster_response *response,
                         char out[MST_SELECTION_BYTES]);

/** Values of all factors at a point, or the lines of a listed one, a line each; false: no room. */
bool mst_experiment_literal(const muster_experiment *e, int64_t point, char *out, size_t bytes);
enum { MST_LITERAL_BYTES = 65536 };

/** Writes the values of all points of a design that is not too large; false: memory is short. */
bool mst_written_open(muster_experiment *e);
void mst_written_close(mst_written *w); /* leaves {0} */
/** A value that is kept; null: it is to be written anew. */
const char *mst_written_value(const muster_experiment *e, int64_t point, int32_t factor);

/** Tells "out of memory". */
muster_status mst_experiment_no_memory(muster_diags *diags);

/** A table of factors: whose they are, their values, and what these rest on. Null: memory was short. */
muster_table *mst_factor_table(muster_section *section);
void mst_factor_row(muster_table *t, const muster_factor *f);

#endif
