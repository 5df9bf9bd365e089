#include "analyses/sample.h"
#include "muster/text.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- which points and factors --------------------------------------------------------------------- */

static bool is_block_of_sample(const char *block)
{
    return strcmp(block, "point") == 0 || strcmp(block, "centre") == 0 || strcmp(block, "a") == 0 ||
           strcmp(block, "b") == 0;
}

static bool is_in(const mst_data *d, int64_t p)
{
    if (!is_block_of_sample(d->point[p].block))
        return false;
    for (int32_t f = 0; f < d->factors; f++)
        if (isnan(mst_x(d, p, f)))
            return false;
    return d->factors > 0;
}

static bool is_named(const muster_factor *f)
{
    return f->scale == MUSTER_SCALE_NAMES;
}

/* All factors at an end of their range, names at their first or last. */
static bool is_corner(const mst_data *d, int64_t p)
{
    if (strcmp(d->method, "ccd") != 0 && strcmp(d->method, "resolution-v") != 0)
        return true;
    for (int32_t f = 0; f < d->factors; f++) {
        const muster_factor *of = &d->factor[f];
        const double x = mst_x(d, p, f), low = is_named(of) ? 0.0 : of->min,
                     high = is_named(of) ? (double)of->level_count - 1.0 : of->max;
        if (x > low && x < high)
            return false;
    }
    return true;
}

bool mst_sample_varies(const mst_data *d, int32_t factor)
{
    double first = (double)NAN;
    for (int64_t p = 0; p < d->points; p++) {
        if (!is_in(d, p))
            continue;
        const double x = mst_x(d, p, factor);
        if (isnan(first))
            first = x;
        else if (x < first || x > first)
            return true;
    }
    return false;
}

bool mst_sample_bears(const mst_data *d, int64_t rows, int32_t inputs, char why[MST_WHY_BYTES])
{
    int64_t have_rows = 0;
    int32_t have_inputs = 0;
    for (int64_t p = 0; p < d->points; p++)
        have_rows += d->cell[p].count > 0 && is_in(d, p);
    for (int32_t f = 0; f < d->factors; f++) {
        if (!mst_sample_varies(d, f))
            continue;
        have_inputs++;
        if (is_named(&d->factor[f]) && d->factor[f].level_count > MST_INPUT_LEVELS) {
            muster_text_format(why, MST_WHY_BYTES,
                               "factor '%.60s' has %d names, and at most %d can be told",
                               d->factor[f].id, (int)d->factor[f].level_count, MST_INPUT_LEVELS);
            return false;
        }
    }
    if (have_inputs >= inputs && have_rows >= rows && have_rows <= INT32_MAX)
        return true;
    muster_text_format(
        why, MST_WHY_BYTES,
        "points that set all factors and have the figure: %lld; factors that vary: %d; it takes "
        "%lld and %d",
        (long long)have_rows, (int)have_inputs, (long long)rows, (int)inputs);
    return false;
}

bool mst_spreads(const mst_data *d)
{
    static const char *const methods[] = {"factorial", "lhs",          "nolh", "sobol", "halton",
                                          "ccd",       "resolution-v", "" /* tables: any points */};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(d->method, methods[i]) == 0)
            return true;
    return false;
}

static bool is_chosen(const char *method)
{
    return strcmp(method, "factorial") == 0 || strcmp(method, "ccd") == 0 ||
           strcmp(method, "resolution-v") == 0;
}

/* ---- making it ------------------------------------------------------------------------------------ */

static mst_input input_of(const muster_factor *f)
{
    if (is_named(f))
        return (mst_input){.kind = MST_INPUT_CHOICE, .levels = f->level_count};
    return (mst_input){.kind = f->scale == MUSTER_SCALE_WHOLE ? MST_INPUT_INT : MST_INPUT_REAL,
                       .low = f->min,
                       .high = f->max};
}

typedef struct making {
    mst_input *input;
    double *x;
} making;

static bool make_room(const mst_data *d, size_t rows, making *m, mst_sample *out)
{
    const size_t factors = (size_t)d->factors;
    m->input = mst_keep_array(&out->keep, factors + 1, sizeof *m->input);
    m->x = mst_keep_array(&out->keep, rows * factors + 1, sizeof *m->x);
    out->y = mst_keep_array(&out->keep, rows + 1, sizeof *out->y);
    out->s2 = mst_keep_array(&out->keep, rows + 1, sizeof *out->s2);
    out->n = mst_keep_array(&out->keep, rows + 1, sizeof *out->n);
    out->point = mst_keep_array(&out->keep, rows + 1, sizeof *out->point);
    out->factor = mst_keep_array(&out->keep, factors + 1, sizeof *out->factor);
    return !out->keep.failed;
}

/* A point over its replications up to `last` alone, twice through for the squares. */
static mst_cell cell_until(const mst_data *d, int64_t p, int32_t last)
{
    mst_cell out = {.mean = 0.0, .variance = (double)NAN};
    double squares = 0.0;
    for (int round = 0; round < 2; round++)
        for (size_t i = d->first[p]; i < d->first[p + 1] && d->replication[i] <= last; i++) {
            const double value = d->value[i];
            if (isnan(value))
                continue;
            out.count += round == 0;
            out.mean += round == 0 ? (value - out.mean) / (double)out.count : 0.0;
            squares += round == 1 ? (value - out.mean) * (value - out.mean) : 0.0;
        }
    if (out.count > 1)
        out.variance = squares <= 1e-24 * out.mean * out.mean * (double)out.count
                           ? 0.0
                           : squares / (double)(out.count - 1);
    return out;
}

/* The last replication that all points have, where a selection gave some more; 0: all are taken. */
static int32_t common_runs(const mst_data *d)
{
    int32_t least = INT32_MAX, most = 0;
    if (d->selection.kind == MUSTER_SELECT_NONE)
        return 0;
    for (int64_t p = 0; p < d->points; p++) {
        const size_t runs = d->first[p + 1] - d->first[p];
        const int32_t last = runs > 0 ? d->replication[d->first[p + 1] - 1] : 0;
        least = last < least ? last : least;
        most = last > most ? last : most;
    }
    return least >= 2 && least < most ? least : 0;
}

static void add_row(const mst_data *d, int64_t p, const making *m, mst_sample *out)
{
    const mst_cell trimmed = out->common > 0 ? cell_until(d, p, out->common) : d->cell[p];
    const mst_cell *cell = &trimmed;
    const int32_t row = out->points.rows++, inputs = out->points.inputs;
    const int32_t n = cell->count < INT32_MAX ? (int32_t)cell->count : INT32_MAX;
    for (int32_t i = 0; i < inputs; i++)
        m->x[(size_t)row * (size_t)inputs + (size_t)i] = mst_x(d, p, out->factor[i]);
    out->y[row] = cell->mean;
    out->n[row] = n;
    out->s2[row] = cell->variance;
    out->point[row] = p;
    out->least = row == 0 || n < out->least ? n : out->least;
    out->most = n > out->most ? n : out->most;
    out->shares_seeds = out->shares_seeds && d->point[p].seed == d->point[out->point[0]].seed;
}

muster_status mst_sample_of(const mst_data *d, mst_which which, mst_sample *out)
{
    making m = {0};
    size_t rows = 0;
    *out = (mst_sample){.data = d, .shares_seeds = true, .common = common_runs(d)};
    for (int64_t p = 0; p < d->points; p++)
        rows += d->cell[p].count > 0 && is_in(d, p);
    if (!make_room(d, rows, &m, out))
        return MUSTER_WORLD;
    for (int32_t f = 0; f < d->factors; f++) {
        if (!mst_sample_varies(d, f))
            continue;
        m.input[out->points.inputs] = input_of(&d->factor[f]);
        out->factor[out->points.inputs++] = f;
    }
    out->points.input = m.input;
    out->points.x = m.x;
    out->points.y = out->y;
    out->points.s2 = out->s2;
    out->points.n = out->n;
    for (int64_t p = 0; p < d->points; p++) {
        if (!is_in(d, p))
            continue;
        if (which == MST_CORNERS && !is_corner(d, p))
            out->aside++;
        else if (mst_is_thin(d, p))
            out->thin++;
        else if (out->common > 0 ? cell_until(d, p, out->common).count > 0 : d->cell[p].count > 0)
            add_row(d, p, &m, out);
        else
            out->lost++;
    }
    out->spread = is_chosen(d->method) ? MST_SPREAD_RUNS : MST_SPREAD_POINTS;
    out->is_exact = out->spread == MST_SPREAD_RUNS && d->is_plan_run;
    out->shares_seeds = out->shares_seeds && !d->is_plan_run && out->most >= 2;
    return MUSTER_OK;
}

void mst_sample_say_left_out(const mst_sample *s, muster_section *section)
{
    if (s->lost > 0)
        muster_section_say(section, "%d point%s left out: the figure is defined in no run there.",
                           (int)s->lost, s->lost == 1 ? " is" : "s are");
    if (s->thin > 0)
        muster_section_say(section,
                           "%d point%s left out: the figure is defined in less than half as many "
                           "runs there as elsewhere, and is then of other runs.",
                           (int)s->thin, s->thin == 1 ? " is" : "s are");
    if (s->common > 0)
        muster_section_say(section,
                           "The selection gave some points more runs: the first %d of each, which "
                           "all have, are counted here.",
                           (int)s->common);
    if (s->uneven > 0)
        muster_section_say(section,
                           "Of %d replications %d %s left out, which some point has not: points "
                           "are held against each other by the same luck.",
                           (int)(s->uneven + s->most), (int)s->uneven,
                           s->uneven == 1 ? "is" : "are");
}

void mst_sample_free(mst_sample *sample)
{
    mst_keep_clear(&sample->keep);
    *sample = (mst_sample){0};
}

/* ---- errors --------------------------------------------------------------------------------------- */

void mst_errors_add(mst_errors *sum, double error, double df)
{
    const double square = error * error;
    sum->squares += square;
    sum->fourth += square > 0.0 ? square * square / df : 0.0;
}

double mst_errors_half(const mst_errors *sum, double level)
{
    if (!(sum->squares > 0.0))
        return sum->squares; /* 0, or NaN */
    const double df = sum->squares * sum->squares / sum->fourth;
    return sqrt(sum->squares) * gsl_cdf_tdist_Pinv(0.5 + 0.5 * level, df);
}

/* ---- pairs ---------------------------------------------------------------------------------------- */

typedef struct pair_counts {
    int64_t pairs, up, down; /* up: no, then yes */
} pair_counts;

static pair_counts count_pairs(const double *first, const double *second, int32_t count)
{
    pair_counts out = {0};
    for (int32_t i = 0; i < count; i++) {
        if (isnan(first[i]) || isnan(second[i]))
            continue;
        out.pairs++;
        out.up += second[i] > first[i];
        out.down += second[i] < first[i];
    }
    return out;
}

/* Agresti and Min 2005: the interval of the difference of two shares of the same pairs, with half a pair
 * more in each of the four cells. Unlike Wald's it has a width where no pair differs. */
static void interval_of_shares(const pair_counts *c, double level, mst_paired *out)
{
    const double n = (double)c->pairs + 2.0, z = gsl_cdf_ugaussian_Pinv(0.5 + 0.5 * level);
    const double apart = (double)(c->up - c->down) / n, differ = (double)(c->up + c->down) + 1.0;
    out->error = sqrt(fmax(0.0, differ / n - apart * apart) / n);
    out->low = fmax(-1.0, apart - z * out->error);
    out->high = fmin(1.0, apart + z * out->error);
    out->p = muster_p_mcnemar(c->down, c->up);
}

mst_paired mst_figure_difference(const mst_data *d, const double *first, const double *second,
                                 int32_t count, double level)
{
    mst_paired out = mst_paired_difference(first, second, count, level);
    if (!d->response.is_yes_no || out.pairs < 2)
        return out;
    const pair_counts counts = count_pairs(first, second, count);
    interval_of_shares(&counts, level, &out);
    return out;
}
