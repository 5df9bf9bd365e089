#include "batch/sample.h"

#include "outcome/outcome.h"

#include <math.h>
#include <string.h>

#define LEVEL 0.95

/* ---- making ------------------------------------------------------------------------------------ */

/* Values a tally can take. */
static int32_t tally_size(const mst_model *model, int32_t index)
{
    if (index < model->serial_count)
        return 3 * MST_TALLY_CAUSES;
    return index < model->serial_count + model->drill_count ? MST_TALLY_CAUSES
                                                            : model->unit_count + 1;
}

static bool open_tallies(muster_sample *s)
{
    int32_t at = 0;
    for (int32_t m = 0; m < s->reps.model_count; m++)
        for (int32_t i = 0; i < s->reps.layout[m].tally_count; i++, at++) {
            s->tally_size[at] = tally_size(s->reps.layout[m].model, i);
            s->tally[at] =
                mst_arena_array(&s->reps.arena, (size_t)s->tally_size[at] + 1, sizeof **s->tally);
            if (!s->tally[at])
                return false;
        }
    return true;
}

static void match_measure(muster_sample *s, int32_t model, int32_t measure, muster_scope scope)
{
    const int32_t *first = s->reps.layout[0].first, *own = s->reps.layout[model].first;
    const int32_t start = mst_reps_column(&s->reps, model);
    for (int32_t thing = 0; thing < first[measure + 1] - first[measure]; thing++) {
        const int32_t other = muster_sample_match(s, model, scope, thing);
        if (other >= 0)
            s->versus[start + own[measure] + other].base = first[measure] + thing;
    }
}

static void match(muster_sample *s)
{
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    for (int32_t i = 0; i < s->reps.value_count; i++)
        s->versus[i].base = -1;
    for (int32_t m = 1; m < s->reps.model_count; m++)
        for (int32_t i = 0; i < count; i++)
            match_measure(s, m, i, all[i].scope);
}

static bool allocate(muster_sample *s)
{
    const size_t values = (size_t)s->reps.value_count;
    mst_arena *arena = &s->reps.arena;
    const int64_t kept = s->reps.count < MUSTER_VALUES_KEPT ? s->reps.count : MUSTER_VALUES_KEPT;
    s->kept_blocks = (int32_t)((kept + s->reps.block_rows - 1) / s->reps.block_rows);
    s->column = mst_arena_array(arena, values + 1, sizeof *s->column);
    s->versus = mst_arena_array(arena, values + 1, sizeof *s->versus);
    s->tally = mst_arena_array(arena, (size_t)s->reps.tally_count + 1, sizeof *s->tally);
    s->tally_size = mst_arena_array(arena, (size_t)s->reps.tally_count + 1, sizeof *s->tally_size);
    s->kept = mst_arena_array(arena, values + 1, sizeof *s->kept);
    /* here and not where a quantile is asked for: that could only say "not kept" when memory is short */
    const size_t rows = (size_t)s->kept_blocks * (size_t)s->reps.block_rows;
    s->sorted = mst_memory_alloc(&s->memory, (rows + 1) * sizeof *s->sorted);
    return s->sorted && !arena->failed && open_tallies(s);
}

muster_status mst_sample_open(const muster_model *const *model, int32_t model_count,
                              const muster_replicate_options *options, const muster_memory *memory,
                              muster_sample **out)
{
    *out = NULL;
    muster_sample *s = mst_memory_alloc(memory, sizeof *s);
    if (!s)
        return MUSTER_WORLD;
    memset(s, 0, sizeof *s);
    const muster_memory *own = mst_memory_keep(&s->memory, memory);
    if (mst_reps_open(model, model_count, options, own, &s->reps) != MUSTER_OK || !allocate(s)) {
        muster_sample_free(s);
        return MUSTER_WORLD;
    }
    match(s);
    *out = s;
    return MUSTER_OK;
}

void muster_sample_free(muster_sample *sample)
{
    if (!sample)
        return;
    const muster_memory memory = sample->memory;
    if (sample->sorted)
        mst_memory_free(&memory, sample->sorted);
    mst_reps_close(&sample->reps);
    mst_memory_free(&memory, sample);
}

/* ---- taking ------------------------------------------------------------------------------------- */

static bool is_same(double a, double b)
{
    return (a >= b && a <= b) || (isnan(a) && isnan(b)); /* undefined ones are alike too */
}

static bool is_constant(const double *value, int32_t rows)
{
    for (int32_t i = 1; i < rows; i++)
        if (!is_same(value[i], value[0]))
            return false;
    return true;
}

/* The first time that a figure varies: lists of its blocks, those before all alike. */
static bool open_kept(muster_sample *s, mst_kept *k)
{
    const size_t blocks = (size_t)s->kept_blocks;
    k->chunk = mst_arena_array(&s->reps.arena, blocks, sizeof *k->chunk);
    k->same = mst_arena_array(&s->reps.arena, blocks, sizeof *k->same);
    for (int32_t i = 0; k->same && i < s->blocks_done; i++)
        k->same[i] = k->only;
    return k->chunk && k->same;
}

static bool keep_chunk(muster_sample *s, mst_kept *k, const double *value, int32_t rows)
{
    if (s->values_kept + s->reps.block_rows > MST_VALUES_MOST) {
        k->is_over = true;
        return true;
    }
    double *chunk = mst_arena_alloc(&s->reps.arena, (size_t)s->reps.block_rows * sizeof(double));
    if (!chunk)
        return false;
    memcpy(chunk, value, (size_t)rows * sizeof(double));
    k->chunk[s->blocks_done] = chunk;
    s->values_kept += s->reps.block_rows;
    return true;
}

static void keep(muster_sample *s, int32_t column, const double *value, int32_t rows)
{
    mst_kept *k = &s->kept[column];
    if (s->blocks_done >= s->kept_blocks || k->is_over)
        return;
    const bool constant = is_constant(value, rows);
    if (s->blocks_done == 0)
        k->only = value[0];
    if (!k->chunk && constant && is_same(value[0], k->only))
        return;
    if ((!k->chunk && !open_kept(s, k)) || (!constant && !keep_chunk(s, k, value, rows)))
        s->failed = true;
    else if (constant)
        k->same[s->blocks_done] = value[0];
}

static int64_t hits_of(const double *value, int32_t rows)
{
    int64_t hits = 0;
    for (int32_t i = 0; i < rows; i++)
        hits += value[i] > 0.5;
    return hits;
}

static void versus(mst_versus *v, const double *first, const double *other, int32_t rows)
{
    double difference[MST_BLOCK];
    const mst_pair_moments pairs = mst_pair_moments_of(first, other, rows);
    mst_pair_moments_merge(&v->pairs, &pairs);
    for (int32_t i = 0; i < rows; i++) {
        difference[i] = other[i] - first[i];
        v->only_first += first[i] > 0.5 && other[i] < 0.5;
        v->only_other += first[i] < 0.5 && other[i] > 0.5;
    }
    const mst_moments moments = mst_moments_of(difference, rows);
    mst_moments_merge(&v->difference, &moments);
}

static void take_tallies(muster_sample *s, const mst_block *block)
{
    for (int32_t i = 0; i < s->reps.tally_count; i++)
        for (int32_t r = 0; r < block->rows; r++) {
            const int32_t value = block->tally[(size_t)i * (size_t)s->reps.block_rows + (size_t)r];
            if (value >= 0 && value < s->tally_size[i])
                s->tally[i][value]++;
        }
}

bool mst_sample_take(muster_sample *s, const mst_block *block)
{
    const size_t stride = (size_t)s->reps.block_rows;
    for (int32_t c = 0; c < s->reps.value_count; c++) {
        const double *value = block->value + (size_t)c * stride;
        const mst_moments moments = mst_moments_of(value, block->rows);
        mst_moments_merge(&s->column[c].moments, &moments);
        s->column[c].hits += hits_of(value, block->rows);
        if (s->versus[c].base >= 0)
            versus(&s->versus[c], block->value + (size_t)s->versus[c].base * stride, value,
                   block->rows);
        keep(s, c, value, block->rows);
    }
    take_tallies(s, block);
    s->done += block->rows;
    s->blocks_done++;
    return !s->failed;
}

/* ---- asking ------------------------------------------------------------------------------------- */

int64_t muster_sample_count(const muster_sample *sample)
{
    return sample->done;
}

uint64_t muster_sample_seed(const muster_sample *sample, int32_t model)
{
    return model >= 0 && model < sample->reps.model_count ? sample->reps.layout[model].seed : 0;
}

int32_t muster_sample_models(const muster_sample *sample)
{
    return sample->reps.model_count;
}

static const mst_model *model_of(const muster_sample *s, int32_t model)
{
    return model >= 0 && model < s->reps.model_count ? s->reps.layout[model].model : NULL;
}

int32_t muster_sample_things(const muster_sample *sample, int32_t model, muster_scope scope)
{
    const mst_model *m = model_of(sample, model);
    return m ? mst_scope_places(m, scope) : 0;
}

const char *muster_sample_id(const muster_sample *sample, int32_t model, muster_scope scope,
                             int32_t thing, char out[160])
{
    const mst_model *m = model_of(sample, model);
    out[0] = '\0';
    return m ? mst_scope_place_id(m, scope, thing, out) : out;
}

int32_t muster_sample_match(const muster_sample *sample, int32_t model, muster_scope scope,
                            int32_t thing)
{
    const mst_model *first = model_of(sample, 0), *other = model_of(sample, model);
    return first && other ? mst_scope_match(first, other, scope, thing) : -1;
}

int32_t mst_sample_column(const muster_sample *sample, int32_t model, int32_t measure,
                          int32_t thing)
{
    int32_t count = 0;
    muster_measures(&count);
    if (!model_of(sample, model) || measure < 0 || measure >= count || thing < 0)
        return -1;
    const int32_t *first = sample->reps.layout[model].first;
    return thing < first[measure + 1] - first[measure]
               ? mst_reps_column(&sample->reps, model) + first[measure] + thing
               : -1;
}

static bool is_share(int32_t measure)
{
    int32_t count = 0;
    return muster_measures(&count)[measure].is_yes_no;
}

muster_summary muster_sample_summary(const muster_sample *sample, int32_t model, int32_t measure,
                                     int32_t thing)
{
    const double none = (double)NAN;
    const int32_t c = mst_sample_column(sample, model, measure, thing);
    muster_summary out = {
        .mean = none, .sd = none, .least = none, .most = none, .low = none, .high = none};
    if (c < 0 || sample->column[c].moments.count == 0)
        return out;
    const mst_moments *m = &sample->column[c].moments;
    out.count = m->count;
    out.mean = m->mean;
    out.sd = sqrt(mst_moments_variance(m));
    out.least = m->least;
    out.most = m->most;
    out.is_share = is_share(measure);
    const mst_interval interval = out.is_share
                                      ? mst_interval_share(sample->column[c].hits, m->count, LEVEL)
                                      : mst_interval_mean(m, LEVEL);
    out.is_estimable = interval.is_estimable;
    out.low = interval.low;
    out.high = interval.high;
    return out;
}

static int compare_reals(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double kept_value(const mst_kept *k, int32_t block, int64_t row)
{
    if (!k->chunk)
        return k->only;
    return k->chunk[block] ? k->chunk[block][row] : k->same[block];
}

/* All values kept of a column, ascending, undefined ones left out; their number. */
static int64_t gather(muster_sample *s, int32_t column)
{
    int64_t count = 0;
    for (int32_t b = 0; b < s->blocks_done && b < s->kept_blocks; b++) {
        const int64_t before = (int64_t)b * s->reps.block_rows;
        const int64_t rows =
            s->done - before < s->reps.block_rows ? s->done - before : s->reps.block_rows;
        for (int64_t r = 0; r < rows; r++) {
            const double value = kept_value(&s->kept[column], b, r);
            if (!isnan(value))
                s->sorted[count++] = value;
        }
    }
    qsort(s->sorted, (size_t)count, sizeof *s->sorted, compare_reals);
    return count;
}

muster_quantile muster_sample_quantile(muster_sample *sample, int32_t model, int32_t measure,
                                       int32_t thing, double q)
{
    const double none = (double)NAN;
    muster_quantile out = {.value = none, .low = none, .high = none};
    const int32_t c = mst_sample_column(sample, model, measure, thing);
    if (c < 0 || !(q > 0.0) || !(q < 1.0))
        return out;
    if (sample->done > MUSTER_VALUES_KEPT || sample->kept[c].is_over)
        return out;
    out.is_kept = true;
    const int64_t count = gather(sample, c);
    out.value = mst_quantile(sample->sorted, count, q);
    const mst_interval interval = mst_interval_quantile(sample->sorted, count, q, LEVEL, NULL);
    out.is_estimable = interval.is_estimable;
    out.low = interval.low;
    out.high = interval.high;
    return out;
}

/* What model 0 has as `thing`, held against the other model's thing of the same id; null: none. */
static const mst_versus *versus_of(const muster_sample *s, int32_t model, int32_t measure,
                                   int32_t thing)
{
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    if (model <= 0 || measure < 0 || measure >= count)
        return NULL;
    const int32_t other = muster_sample_match(s, model, all[measure].scope, thing);
    const int32_t c = other < 0 ? -1 : mst_sample_column(s, model, measure, other);
    return c < 0 || s->versus[c].base < 0 ? NULL : &s->versus[c];
}

/* Sums taken in another order part in their last digits (R's t.test calls data essentially constant
 * at ten roundings of a mean; a sum has more of them than one). */
static bool is_rounding(double x, const mst_versus *v)
{
    return fabs(x) <= 1e-11 * fmax(fabs(v->pairs.x.mean), fabs(v->pairs.y.mean));
}

static mst_moments without_rounding(const mst_versus *v)
{
    mst_moments d = v->difference;
    if (is_rounding(sqrt(mst_moments_variance(&d)), v))
        d.squares = 0.0;
    if (is_rounding(d.mean, v) && !(d.squares > 0.0))
        d.mean = 0.0;
    return d;
}

muster_difference muster_sample_difference(const muster_sample *sample, int32_t model,
                                           int32_t measure, int32_t thing)
{
    const double none = (double)NAN;
    muster_difference out = {.first = none,
                             .other = none,
                             .mean = none,
                             .sd = none,
                             .low = none,
                             .high = none,
                             .correlation = none,
                             .reduction = none,
                             .p = none};
    const mst_versus *v = versus_of(sample, model, measure, thing);
    if (!v || v->difference.count == 0)
        return out;
    const mst_moments difference = without_rounding(v);
    out.count = difference.count;
    out.first = v->pairs.x.mean;
    out.other = difference.mean < 0.0 || difference.mean > 0.0 ? v->pairs.y.mean : out.first;
    out.mean = difference.mean;
    out.is_share = is_share(measure);
    out.only_first = v->only_first;
    out.only_other = v->only_other;
    const double variance = mst_moments_variance(&difference);
    const double apart = mst_moments_variance(&v->pairs.x) + mst_moments_variance(&v->pairs.y);
    const mst_interval interval = mst_interval_mean(&difference, LEVEL);
    out.sd = sqrt(variance);
    out.is_estimable = interval.is_estimable;
    out.low = interval.low;
    out.high = interval.high;
    if (out.is_share && out.is_estimable) { /* a share less a share: Student's t knows no ends */
        out.low = fmax(interval.low, -1.0);
        out.high = fmin(interval.high, 1.0);
    }
    if (!is_rounding(sqrt(mst_moments_variance(&v->pairs.x)), v) &&
        !is_rounding(sqrt(mst_moments_variance(&v->pairs.y)), v))
        out.correlation = mst_correlation(&v->pairs);
    if (apart > 0.0 && !is_rounding(sqrt(apart), v))
        out.reduction = variance > 0.0 ? apart / variance : (double)INFINITY;
    if (out.count >= 2)
        out.p =
            out.is_share ? mst_mcnemar_p(v->only_first, v->only_other) : mst_mean_p(&difference);
    return out;
}

/* ---- tallies -------------------------------------------------------------------------------------- */

static const int64_t *tally_of(const muster_sample *s, int32_t model, int32_t index)
{
    return s->tally[mst_reps_tally(&s->reps, model) + index];
}

muster_serial_tally muster_sample_serial(const muster_sample *sample, int32_t model, int32_t serial)
{
    muster_serial_tally out = {0};
    const mst_model *m = model_of(sample, model);
    if (!m || serial < 0 || serial >= m->serial_count)
        return out;
    const int64_t *counts = tally_of(sample, model, serial);
    int64_t *const total[] = {&out.done, &out.degraded, &out.cancelled};
    for (int32_t outcome = 0; outcome < 3; outcome++)
        for (int32_t cause = 0; cause < MST_TALLY_CAUSES; cause++) {
            const int64_t n = counts[outcome * MST_TALLY_CAUSES + cause];
            *total[outcome] += n;
            out.cause[cause] += outcome == MST_DONE ? 0 : n;
        }
    return out;
}

int64_t muster_sample_drill_cause(const muster_sample *sample, int32_t model, int32_t drill,
                                  int32_t cause)
{
    const mst_model *m = model_of(sample, model);
    return m && drill >= 0 && drill < m->drill_count && cause >= 0 && cause < MST_TALLY_CAUSES
               ? tally_of(sample, model, m->serial_count + drill)[cause]
               : 0;
}

int64_t muster_sample_bound(const muster_sample *sample, int32_t model, int32_t drill, int32_t unit)
{
    const mst_model *m = model_of(sample, model);
    return m && drill >= 0 && drill < m->drill_count && unit >= 0 && unit < m->unit_count
               ? tally_of(sample, model, m->serial_count + m->drill_count + drill)[unit + 1]
               : 0;
}

const char *muster_cause_name(int32_t cause)
{
    return cause >= 0 && cause < MST_CAUSE_COUNT ? mst_cause_names[cause] : NULL;
}
