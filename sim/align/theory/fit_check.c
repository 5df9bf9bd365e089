/* The door of the fit: what is refused, and the entries of each stage laid out. */
#include "align/theory/fit_inside.h"

#include "base/hash.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const char *const mst_fit_block_names[] = {"able", "admit", "accept", "apart"};

mst_fit_options mst_fit_defaults(void)
{
    return (mst_fit_options){.apart_in = MST_FIT_ACCEPT,
                             .lambda = (double)NAN,
                             .light = 0.3,
                             .inner_folds = 5,
                             .starts = 8,
                             .part_starts = 2,
                             .replicates = 1000,
                             .level = 0.95,
                             .permutations = 999,
                             .seed = 1};
}

void mst_fit_progress(const mst_fit_design *design, mst_fit_step step, int32_t done, int32_t of)
{
    if (design->options.progress)
        design->options.progress(design->options.context, step, done, of);
}

/* ---- reasons ------------------------------------------------------------------------------------- */

static const char *const texts[] = {
    [MST_FIT_FINE] = "sound",
    [MST_FIT_BAD_SIZE] = "a number of rows, series or features is out of range",
    [MST_FIT_BAD_COLUMN] = "a column that must be there is missing",
    [MST_FIT_BAD_OUTCOME] = "an outcome is not 1, 0 or unknown",
    [MST_FIT_BAD_SERIES] = "a series is not one of those counted",
    [MST_FIT_BAD_DRILL] = "a drill is negative",
    [MST_FIT_BAD_TIME] = "a time is not finite",
    [MST_FIT_BAD_HOSTS] = "the hosts of a row do not begin where those before end",
    [MST_FIT_INFINITE] = "a feature is infinite",
    [MST_FIT_BAD_NULL] = "a probability as last time is not within 0..1",
    [MST_FIT_BAD_SIGN] = "an expected sign is not 1, 0 or -1",
    [MST_FIT_BAD_OPTION] = "an option is out of range",
    [MST_FIT_NO_FEATURES] = "there is no feature to give a weight to",
    [MST_FIT_FEW_JOINS] = "too few joins in rows without gaps (10 are needed)",
    [MST_FIT_NO_ABSENCES] = "no absence in rows without gaps",
    [MST_FIT_FEW_SERIES] = "too few series have rows without gaps (3 are needed)",
    [MST_FIT_ALL_HELD] = "every feature is constant or a combination of others",
    [MST_FIT_NO_MINIMUM] = "no minimum was found from any start",
    [MST_FIT_MEMORY] = "memory is short",
};

const char *mst_fit_says(mst_fit_why why, char *out, size_t bytes)
{
    int used = snprintf(out, bytes, "%s", texts[why.fault]);
    if (why.row >= 0 && used >= 0 && (size_t)used < bytes)
        used += snprintf(out + used, bytes - (size_t)used, "; row %d", (int)why.row);
    if (why.block >= 0 && used >= 0 && (size_t)used < bytes)
        snprintf(out + used, bytes - (size_t)used, "; feature %d of %s", (int)why.number,
                 mst_fit_block_names[why.block]);
    else if (why.number >= 0 && used >= 0 && (size_t)used < bytes)
        snprintf(out + used, bytes - (size_t)used, "; there are %d", (int)why.number);
    return out;
}

muster_status mst_fit_refuse(mst_fit_why *why, mst_fit_why reason)
{
    if (why)
        *why = reason;
    if (reason.fault == MST_FIT_FINE)
        return MUSTER_OK;
    return reason.fault == MST_FIT_MEMORY ? MUSTER_WORLD : MUSTER_MISTAKE;
}

static mst_fit_why fault(mst_fit_fault what)
{
    return (mst_fit_why){what, -1, -1, -1};
}

static mst_fit_why fault_at(mst_fit_fault what, int32_t row)
{
    return (mst_fit_why){what, row, -1, -1};
}

/* ---- checks -------------------------------------------------------------------------------------- */

static mst_fit_why check_options(const mst_fit_options *o)
{
    bool is_sound = o->apart_in >= MST_FIT_ABLE && o->apart_in < MST_FIT_BLOCKS &&
                    (isnan(o->lambda) || (o->lambda >= 0.0 && o->lambda <= 1e6)) &&
                    o->light > 0.0 && o->light <= 1e6 && o->folds >= 0 && o->folds != 1 &&
                    o->inner_folds >= 0 && o->inner_folds != 1 && o->starts >= 1 &&
                    o->part_starts >= 1 && o->replicates >= 0 && o->level > 0.0 && o->level < 1.0 &&
                    o->permutations >= 0;
    if (o->lambdas)
        is_sound = is_sound && o->lambda_count >= 1 && o->lambda_count <= MST_FIT_LAMBDAS_MAX;
    for (int32_t k = 0; is_sound && o->lambdas && k < o->lambda_count; k++)
        is_sound = o->lambdas[k] > (k > 0 ? o->lambdas[k - 1] : 0.0) && o->lambdas[k] <= 1e6;
    return fault(is_sound ? MST_FIT_FINE : MST_FIT_BAD_OPTION);
}

static mst_fit_why check_sizes(const mst_fit_record *r)
{
    int32_t all = 0;
    for (int b = 0; b < MST_FIT_BLOCKS; b++) {
        if (r->features[b] < 0 || r->features[b] > MST_FIT_FEATURES_MAX)
            return fault(MST_FIT_BAD_SIZE);
        all += r->features[b];
    }
    if (r->rows < 0 || r->series_count < 0 || all > MST_FIT_FEATURES_MAX)
        return fault(MST_FIT_BAD_SIZE);
    if (all == 0)
        return fault(MST_FIT_NO_FEATURES);
    bool is_there = r->outcome && r->series && r->drill;
    for (int b = 0; b < MST_FIT_BLOCKS; b++)
        is_there = is_there && (r->features[b] == 0 || r->x[b]);
    is_there = is_there && (r->features[MST_FIT_ADMIT] == 0 || r->host_from);
    return fault(is_there || r->rows == 0 ? MST_FIT_FINE : MST_FIT_BAD_COLUMN);
}

static mst_fit_why check_row(const mst_fit_record *r, int32_t i)
{
    if (r->outcome[i] < -1 || r->outcome[i] > 1)
        return fault_at(MST_FIT_BAD_OUTCOME, i);
    if (r->series[i] < 0 || r->series[i] >= r->series_count)
        return fault_at(MST_FIT_BAD_SERIES, i);
    if (r->drill[i] < 0)
        return fault_at(MST_FIT_BAD_DRILL, i);
    if (r->time && !isfinite(r->time[i]))
        return fault_at(MST_FIT_BAD_TIME, i);
    if (r->last_time && !isnan(r->last_time[i]) &&
        !(r->last_time[i] >= 0.0 && r->last_time[i] <= 1.0))
        return fault_at(MST_FIT_BAD_NULL, i);
    if (r->features[MST_FIT_ADMIT] > 0 &&
        (r->host_from[i] < 0 || (i == 0 && r->host_from[0] != 0) ||
         r->host_from[i + 1] < r->host_from[i]))
        return fault_at(MST_FIT_BAD_HOSTS, i);
    return MST_FIT_NO_FAULT;
}

/* Entries of a row in a block of the record. */
static int32_t first_entry(const mst_fit_record *r, int b, int32_t i)
{
    return b == MST_FIT_ADMIT ? r->host_from[i] : i;
}

static mst_fit_why check_values(const mst_fit_record *r, int b)
{
    const int32_t k = r->features[b];
    for (int32_t j = 0; r->expected[b] && j < k; j++)
        if (r->expected[b][j] < -1 || r->expected[b][j] > 1)
            return (mst_fit_why){MST_FIT_BAD_SIGN, -1, b, j};
    for (int32_t i = 0; k > 0 && i < r->rows; i++)
        for (int32_t e = first_entry(r, b, i); e < first_entry(r, b, i + 1); e++)
            for (int32_t j = 0; j < k; j++)
                if (isinf(r->x[b][(size_t)e * (size_t)k + (size_t)j]))
                    return (mst_fit_why){MST_FIT_INFINITE, i, b, j};
    return MST_FIT_NO_FAULT;
}

static mst_fit_why check(const mst_fit_record *r, const mst_fit_options *o)
{
    mst_fit_why why = check_options(o);
    if (why.fault == MST_FIT_FINE)
        why = check_sizes(r);
    for (int32_t i = 0; why.fault == MST_FIT_FINE && i < r->rows; i++)
        why = check_row(r, i);
    for (int b = 0; why.fault == MST_FIT_FINE && b < MST_FIT_BLOCKS; b++)
        why = check_values(r, b);
    return why;
}

/* ---- stages -------------------------------------------------------------------------------------- */

/* The blocks whose features make up one stage's predictor, as bits. */
static unsigned blocks_of_stage(const mst_fit_record *r, const mst_fit_options *o, int b)
{
    unsigned bits = r->features[b] > 0 ? 1U << b : 0U;
    if (b == (int)o->apart_in && r->features[MST_FIT_APART] > 0)
        bits |= 1U << MST_FIT_APART;
    if (b == MST_FIT_APART && o->apart_in != MST_FIT_APART)
        bits = 0U;
    return bits;
}

static void name_weights(mst_fit_design *d, mst_fit_stage *stage, unsigned blocks)
{
    stage->at = d->weights;
    d->block[d->weights] = (int8_t)stage->block;
    d->feature[d->weights++] = -1;
    for (int b = 0; b < MST_FIT_BLOCKS; b++)
        for (int32_t j = 0; blocks >> b & 1U && j < d->record.features[b]; j++) {
            d->block[d->weights] = (int8_t)b;
            d->feature[d->weights++] = j;
        }
    stage->width = d->weights - stage->at - 1;
}

static bool has_gap(const double *x, int32_t k)
{
    for (int32_t j = 0; j < k; j++)
        if (isnan(x[j]))
            return true;
    return false;
}

/* Features of block b in entry e, or in row i where the block has one set a row. */
static const double *values_of(const mst_fit_record *r, int b, int32_t i, int32_t e)
{
    const int32_t at = b == MST_FIT_ADMIT ? e : i;
    return r->x[b] + (size_t)at * (size_t)r->features[b];
}

static void mark_gaps(mst_fit_design *d)
{
    const mst_fit_record *r = &d->record;
    for (int32_t i = 0; i < r->rows; i++) {
        for (int b = 0; b < MST_FIT_BLOCKS; b++) {
            const int32_t k = r->features[b];
            if (k == 0)
                continue;
            const int32_t from = first_entry(r, b, i), to = first_entry(r, b, i + 1);
            bool lacks = from == to;
            for (int32_t e = from; e < to; e++)
                lacks = lacks || has_gap(values_of(r, b, i, e), k);
            d->lacking[i] |= (uint8_t)(lacks ? 1U << b : 0U);
        }
        d->is_usable[i] = d->lacking[i] == 0 && r->outcome[i] >= 0;
        d->partial += d->lacking[i] != 0 && r->outcome[i] >= 0;
    }
}

/* Writes one entry; false if it misses something. */
static bool write_entry(const mst_fit_record *r, unsigned blocks, int32_t i, int32_t e, double *out)
{
    for (int b = 0; b < MST_FIT_BLOCKS; b++) {
        if (!(blocks >> b & 1U))
            continue;
        const double *x = values_of(r, b, i, e);
        for (int32_t j = 0; j < r->features[b]; j++)
            *out++ = x[j];
        if (has_gap(x, r->features[b]))
            return false;
    }
    return true;
}

static bool lay_stage(mst_arena *arena, mst_fit_design *d, mst_fit_block block, unsigned blocks)
{
    const mst_fit_record *r = &d->record;
    mst_fit_stage *stage = &d->stage[d->stages++];
    stage->block = block;
    name_weights(d, stage, blocks);
    const bool by_host = blocks >> MST_FIT_ADMIT & 1U;
    const size_t entries = (size_t)(by_host ? r->host_from[r->rows] : r->rows);
    int32_t *from = mst_arena_array(arena, (size_t)r->rows + 1, sizeof *from);
    double *raw = mst_arena_array(arena, entries + 1, (size_t)stage->width * sizeof *raw);
    if (!from || !raw)
        return false;
    int32_t count = 0;
    for (int32_t i = 0; i < r->rows; i++) {
        const int32_t first = by_host ? r->host_from[i] : i;
        const int32_t end = by_host ? r->host_from[i + 1] : i + 1;
        for (int32_t e = first; e < end; e++)
            count += write_entry(r, blocks, i, e, raw + (size_t)count * (size_t)stage->width);
        from[i + 1] = count;
    }
    stage->from = from;
    stage->raw = raw;
    return true;
}

/* One predictor of all features; a row with a gap anywhere has no entry. */
static bool lay_plain(mst_arena *arena, mst_fit_design *d)
{
    const mst_fit_record *r = &d->record;
    mst_fit_stage *stage = &d->stage[d->stages++];
    unsigned blocks = 0;
    for (int b = 0; b < MST_FIT_BLOCKS; b++)
        blocks |= r->features[b] > 0 ? 1U << b : 0U;
    stage->block = MST_FIT_ABLE;
    name_weights(d, stage, blocks);
    int32_t *from = mst_arena_array(arena, (size_t)r->rows + 1, sizeof *from);
    double *raw = mst_arena_array(arena, (size_t)r->rows + 1, (size_t)stage->width * sizeof *raw);
    if (!from || !raw)
        return false;
    for (int32_t i = 0; i < r->rows; i++) {
        from[i + 1] = from[i] + (d->lacking[i] == 0);
        double *out = raw + (size_t)from[i] * (size_t)stage->width;
        for (int b = 0; d->lacking[i] == 0 && b < MST_FIT_BLOCKS; b++) {
            for (int32_t j = 0; j < r->features[b]; j++, out++) {
                const int32_t first = first_entry(r, b, i), end = first_entry(r, b, i + 1);
                *out = 0.0;
                for (int32_t e = first; e < end; e++)
                    *out += values_of(r, b, i, e)[j] / (double)(end - first);
            }
        }
    }
    stage->from = from;
    stage->raw = raw;
    return true;
}

static bool lay_product(mst_arena *arena, mst_fit_design *d)
{
    for (int b = 0; b < MST_FIT_BLOCKS; b++) {
        const unsigned blocks = blocks_of_stage(&d->record, &d->options, b);
        if (blocks && !lay_stage(arena, d, (mst_fit_block)b, blocks))
            return false;
    }
    return true;
}

/* ---- counts --------------------------------------------------------------------------------------- */

typedef struct lot {
    uint64_t word;
    int32_t series;
} lot;

static int compare_lots(const void *left, const void *right)
{
    const lot *a = left, *b = right;
    if (a->word != b->word)
        return a->word < b->word ? -1 : 1;
    return a->series < b->series ? -1 : 1;
}

/* A shuffled order of the series that depends on the seed and their number only. */
static bool shuffle(mst_arena *arena, mst_fit_design *d)
{
    const size_t count = (size_t)d->record.series_count;
    lot *lots = mst_arena_array(arena, count + 1, sizeof *lots);
    d->group = mst_arena_array(arena, count + 1, sizeof *d->group);
    if (!lots || !d->group)
        return false;
    const mst_stream stream = mst_fit_stream(d, 0, "fit groups");
    for (size_t k = 0; k < count; k++) {
        uint64_t words[2];
        mst_random_block(stream, k, words);
        lots[k] = (lot){words[0], (int32_t)k};
    }
    qsort(lots, count, sizeof *lots, compare_lots);
    for (size_t k = 0; k < count; k++)
        d->group[lots[k].series] = (int32_t)k;
    return true;
}

static bool count_rows(mst_arena *arena, mst_fit_design *d)
{
    bool *seen = mst_arena_array(arena, (size_t)d->record.series_count + 1, sizeof *seen);
    if (!seen)
        return false;
    for (int32_t i = 0; i < d->record.rows; i++) {
        int32_t entries = 0;
        for (int32_t s = 0; s < d->stages; s++)
            entries += d->stage[s].from[i + 1] - d->stage[s].from[i];
        d->most_entries = entries > d->most_entries ? entries : d->most_entries;
        if (!d->is_usable[i])
            continue;
        d->usable++;
        d->joins += d->record.outcome[i];
        d->usable_series += !seen[d->record.series[i]];
        seen[d->record.series[i]] = true;
    }
    return true;
}

static mst_fit_why check_counts(const mst_fit_design *d)
{
    if (d->joins < MST_FIT_FEWEST_JOINS)
        return (mst_fit_why){MST_FIT_FEW_JOINS, -1, -1, d->joins};
    if (d->joins == d->usable)
        return fault(MST_FIT_NO_ABSENCES);
    if (d->usable_series < MST_FIT_FEWEST_SERIES)
        return (mst_fit_why){MST_FIT_FEW_SERIES, -1, -1, d->usable_series};
    return MST_FIT_NO_FAULT;
}

mst_stream mst_fit_stream(const mst_fit_design *design, int32_t number, const char *purpose)
{
    return mst_stream_of(mst_random_key(design->options.seed), (uint32_t)number,
                         (uint32_t)mst_hash_text(MST_HASH_START, purpose));
}

muster_status mst_fit_prepare(mst_arena *arena, const mst_fit_record *record,
                              const mst_fit_options *options, mst_fit_design *out, mst_fit_why *why)
{
    const mst_fit_why reason = check(record, options);
    if (reason.fault != MST_FIT_FINE)
        return mst_fit_refuse(why, reason);
    mst_fit_design d = {.record = *record, .options = *options};
    d.lacking = mst_arena_array(arena, (size_t)record->rows + 1, sizeof *d.lacking);
    d.is_usable = mst_arena_array(arena, (size_t)record->rows + 1, sizeof *d.is_usable);
    if (!d.lacking || !d.is_usable)
        return mst_fit_refuse(why, fault(MST_FIT_MEMORY));
    mark_gaps(&d);
    if (!(options->is_plain ? lay_plain(arena, &d) : lay_product(arena, &d)) ||
        !shuffle(arena, &d) || !count_rows(arena, &d))
        return mst_fit_refuse(why, fault(MST_FIT_MEMORY));
    *out = d;
    return mst_fit_refuse(why, check_counts(&d));
}
