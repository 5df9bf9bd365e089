/** @file data.h
 * What an analysis is given: the points of an experiment, their factors, and one figure of every run. It
 * comes from a store or from tables (CSV); analyses do not know which.
 */
#ifndef MST_ANALYSIS_ANALYSES_DATA_H
#define MST_ANALYSIS_ANALYSES_DATA_H

#include "base/keep.h"
#include "muster/analyze.h"
#include "muster/estimate.h"

/** One figure over the replications of a point in which it is defined. */
typedef struct mst_cell {
    int64_t count;     /* of them                                */
    int64_t failed;    /* runs that have no figures              */
    int64_t undefined; /* runs in which this one is not defined  */
    double mean;       /* NaN at count 0                         */
    double variance;   /* of a sample (n - 1); NaN below 2       */
    double least, most;
} mst_cell;

typedef struct mst_data {
    mst_keep keep;
    int32_t factors;
    const muster_factor *factor; /* (factors) */
    int64_t points;
    const double *x; /* (points x factors), row by row; of names the number of the level;
                                       NaN: left as the scenario has it */
    const muster_plan_point *point; /* (points) */
    muster_response response;       /* the figure */
    mst_cell *cell;                 /* (points) */
    /* Values of point p lie at first[p] .. first[p + 1] - 1, by ascending replication. */
    size_t *first;        /* (points + 1) */
    double *value;        /* NaN: failed or not defined */
    int32_t *replication; /* of each value; 0: the plan run */
    /* By which runs were given out, by any figure; kind NONE: every point was to have as many. */
    muster_selection selection;
    bool is_selected_by; /* this very figure is what it looks at */
    bool is_plan_run;    /* no chance in it: one value a point, without an interval */
    const char *method;  /* of design: "lhs", "saltelli", ...; "" : not known */
    int32_t grid_levels; /* of method morris: those of its grid; 0: not known */
    uint64_t seed;       /* of resampling: a function of the store */
    double level;        /* of intervals, as .95 */
    double defined_most; /* greatest share of a point's runs in which the figure is defined */
    int32_t number;      /* of the figure among those that are analysed, from 1 */
    /* Where it comes from, for mst_data_means: one of the two. */
    muster_store *store;
    const muster_tables *tables;
    int32_t figures;               /* there are, this one among them                       */
    const muster_response *figure; /* (figures): in order of the store, or of the columns  */
} mst_data;

/** One figure of a store. response: index. Free with mst_data_free, also after a failure. */
muster_status mst_data_of_store(muster_store *store, int32_t response, double level,
                                muster_diags *diags, mst_data *out);
/** Of tables; each row is a point with one value. The tables must stay as long as the data. */
muster_status mst_data_of_tables(const muster_tables *in, double level, muster_diags *diags,
                                 mst_data *out);
void mst_data_free(mst_data *data); /* leaves {0} */

/** Least and most replications of a point that has any; 0, 0: none has. */
void mst_data_replications(const mst_data *d, int32_t *out_least, int32_t *out_most);

/** Means of figures at every point, as those of d->cell are; NaN: not defined in any run. For
 * analyses that hold one figure against others.
 * @param figure  indices of d->figure (count)
 * @param[out] out  count * points, figure by figure
 * @return MUSTER_OK; MUSTER_MISTAKE where the store is damaged; MUSTER_WORLD */
muster_status mst_data_means(const mst_data *d, const int32_t *figure, int32_t count, double *out);

/** The same of tables, whose rows are points. */
void mst_tables_means(const muster_tables *in, const muster_response *of, const int32_t *figure,
                      int32_t count, double *out);

/** The x of a factor at a point. */
static inline double mst_x(const mst_data *data, int64_t point, int32_t factor)
{
    return data->x[(size_t)point * (size_t)data->factors + (size_t)factor];
}

/** Fills defined_most from the cells. */
void mst_data_cover(mst_data *data);
/** Is the figure defined in less than half as many of the point's runs as at the point where it mostly is?
 * What it comes to there is of other runs than elsewhere, and no analysis compares it. */
bool mst_is_thin(const mst_data *data, int64_t point);

/** Interval of a point's mean (t), or of its share where the figure is yes or no (Wilson). */
muster_bounds mst_cell_bounds(const mst_data *d, const mst_cell *cell);

/** Name of a point for a table: its label, or "point 12". */
const char *mst_point_name(const mst_data *data, int64_t point, char out[64]);
/** The point of a label, of a name as above, or of a number from 1; -1: there is none. name: not "". */
int64_t mst_point_named(const mst_data *data, const char *name);
/** A value of a factor as people write it: "0.45", "ORANG". */
const char *mst_level_name(const mst_data *data, int32_t factor, double x, char out[64]);
/** An id for a section or table of this figure that no other figure has: "sobol-2". */
const char *mst_data_id(const mst_data *data, const char *name, char out[80]);
/** The figure with its unit: "muster delay, h". */
const char *mst_figure_name(const mst_data *data, char out[160]);

#endif
