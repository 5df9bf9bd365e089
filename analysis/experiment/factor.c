/* Factors: from the file and the scenario's levers to ranges, levels and values. */
#include "experiment/experiment.h"

#include "muster/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS_MOST = 100000, WHOLE_LEVELS = 1000 };
#define WHOLE_MOST 9007199254740992.0 /* doubles beyond are not all the whole numbers */

typedef struct reading {
    muster_experiment *e;
    muster_diags *diags;
    const mst_file_factor *in;
    mst_exp_factor *out;
    bool is_good;
} reading;

static void fail(reading *r, const char *hint, const char *what, const char *detail)
{
    muster_diags_add(r->diags, MUSTER_ERROR, r->in->item.place, NULL, hint, "factor '%s': %s%s",
                     r->in->item.id, what, detail);
    r->is_good = false;
}

/* ---- texts of values ------------------------------------------------------------------------------ */

static bool is_quoted_kind(muster_field_kind kind)
{
    return kind == MUSTER_FIELD_TEXT || kind == MUSTER_FIELD_CHOICE ||
           kind == MUSTER_FIELD_REFERENCE || kind == MUSTER_FIELD_MOMENT ||
           kind == MUSTER_FIELD_DURATION;
}

/* A value of the file as a number, if it is one: "72 h" is not. */
static bool number_of(const char *value, double *out)
{
    return muster_text_real(value, out);
}

/* ---- levels --------------------------------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted copies: there may be 100,000. 1 and 1.0 are the same number. */
static void check_doubles(reading *r, const char *const *value, const double *number, int32_t count)
{
    const size_t bytes = number ? sizeof *number : sizeof *value;
    void *sorted = mst_keep_array(&r->e->keep, (size_t)count + 1, bytes);
    if (!sorted)
        return; /* keep remembers */
    if (number)
        memcpy(sorted, number, (size_t)count * bytes);
    else
        memcpy(sorted, value, (size_t)count * bytes);
    qsort(sorted, (size_t)count, bytes, number ? by_number : by_text);
    for (int32_t i = 1; i < count; i++) {
        const char *at = (const char *)sorted + (size_t)i * bytes;
        char text[32];
        if ((number ? by_number : by_text)(at, at - bytes) != 0)
            continue;
        fail(r, NULL, "a level stands twice: ",
             number ? muster_text_shortest(*(const double *)(const void *)at, text)
                    : *(const char *const *)(const void *)at);
        return;
    }
}

static void take_levels(reading *r, const char *const *value, int32_t count, bool may_lack_quotes)
{
    mst_exp_factor *f = r->out;
    const char **level = mst_keep_array(&r->e->keep, (size_t)count + 1, sizeof *level);
    f->level_number = mst_keep_array(&r->e->keep, (size_t)count + 1, sizeof *f->level_number);
    if (!level || !f->level_number)
        return; /* keep remembers */
    bool are_numbers = true, are_short = true;
    for (int32_t i = 0; i < count; i++) {
        const bool lacks = may_lack_quotes && is_quoted_kind(f->kind);
        level[i] = lacks ? mst_keep_printf(&r->e->keep, "\"%s\"", value[i]) : value[i];
        are_numbers = number_of(value[i], &f->level_number[i]) && are_numbers;
        are_short = are_short && strlen(value[i]) + 3 <= MUSTER_VALUE_BYTES;
    }
    if (!are_short)
        fail(r, NULL, "a value is longer than 250 bytes", "");
    f->public.level = level;
    f->public.level_count = count;
    f->public.scale = are_numbers ? MUSTER_SCALE_NUMBERS : MUSTER_SCALE_NAMES;
    f->public.min = f->public.max = are_numbers ? f->level_number[0] : (double)NAN;
    for (int32_t i = 1; are_numbers && i < count; i++) {
        f->public.min = fmin(f->public.min, f->level_number[i]);
        f->public.max = fmax(f->public.max, f->level_number[i]);
    }
    if (!are_numbers)
        f->level_number = NULL;
    f->public.dist = "";
    check_doubles(r, value, f->level_number, count);
}

/* steps: values from min to max, evenly spaced. */
static void make_steps(reading *r, int32_t steps)
{
    const char **value = mst_keep_array(&r->e->keep, (size_t)steps, sizeof *value);
    const double min = r->out->public.min, max = r->out->public.max;
    for (int32_t i = 0; value && i < steps; i++) {
        char text[MUSTER_VALUE_BYTES];
        double at = i == steps - 1 ? max : min + (max - min) * (double)i / (double)(steps - 1);
        if (r->out->decimals >= 0)
            at = mst_rounded(at, r->out->decimals);
        else if (max - min > 1e-6)
            at = mst_rounded(at, 12); /* .3, not .30000000000000004 */
        mst_exp_write(r->out, at, text);
        value[i] = mst_keep_text(&r->e->keep, text);
        if (!value[i])
            return;
    }
    if (value)
        take_levels(r, value, steps, false);
}

/* Few whole numbers are levels, each with the same share: rounding a real range would halve that of
 * its ends. */
static void make_wholes(reading *r)
{
    const double min = r->out->public.min;
    const int32_t count = (int32_t)(r->out->public.max - min) + 1;
    const char **value = mst_keep_array(&r->e->keep, (size_t)count, sizeof *value);
    const char *dist = r->out->public.dist;
    for (int32_t i = 0; value && i < count; i++) {
        value[i] = mst_keep_printf(&r->e->keep, "%lld", (long long)min + i);
        if (!value[i])
            return;
    }
    if (!value)
        return;
    take_levels(r, value, count, false);
    r->out->public.scale = MUSTER_SCALE_WHOLE;
    r->out->public.dist = dist;
}

/* ---- one factor ----------------------------------------------------------------------------------- */

/* What a lever of the scenario brings, where the file says nothing of its own. */
static bool read_lever(reading *r, muster_lever *lever)
{
    muster_factor *f = &r->out->public;
    *lever = (muster_lever){.min = (double)NAN, .max = (double)NAN};
    if (!r->in->lever)
        return true;
    if (!r->e->sweep) {
        fail(r, NULL, "a lever is of a scenario, and the experiment names none", "");
        return false;
    }
    if (muster_sweep_lever(r->e->sweep, r->in->lever, r->in->item.place, r->diags, lever) !=
        MUSTER_OK)
        return r->is_good = false;
    f->path = lever->path;
    f->label = lever->label;
    f->unit = lever->unit;
    f->with = lever->with;
    f->with_count = lever->with_count;
    f->source = lever->source ? lever->source : "";
    return true;
}

static void read_own(reading *r)
{
    muster_factor *f = &r->out->public;
    const mst_file_factor *in = r->in;
    f->id = in->item.id;
    f->path = in->path ? in->path : f->path;
    f->label = in->label ? in->label : f->label ? f->label : in->item.id;
    f->unit = in->unit ? in->unit : f->unit;
    f->source = in->item.source ? in->item.source : f->source ? f->source : "";
    f->role = in->role >= 0 ? (muster_factor_role)in->role
              : in->lever   ? MUSTER_ROLE_LEVER
                            : MUSTER_ROLE_UNCERTAINTY;
    if (in->with.count > 0) {
        f->with = in->with.item;
        f->with_count = in->with.count;
    }
    r->out->decimals = in->decimals == INT64_MIN ? -1 : (int32_t)in->decimals;
}

static void read_range(reading *r, const muster_lever *lever)
{
    muster_factor *f = &r->out->public;
    const char *why = NULL;
    const double min = isnan(r->in->min) ? lever->min : r->in->min;
    const double max = isnan(r->in->max) ? lever->max : r->in->max;
    if (!mst_spread_read(r->in->dist, min, max, &r->out->spread, &why)) {
        fail(r, "give min and max, levels, or a dist with figures of its own", "its range: ", why);
        return;
    }
    char text[160];
    mst_spread_write(&r->out->spread, text, sizeof text);
    f->dist = mst_keep_text(&r->e->keep, text);
    f->min = r->out->spread.min;
    f->max = r->out->spread.max;
    f->scale = r->out->kind == MUSTER_FIELD_INT ? MUSTER_SCALE_WHOLE : MUSTER_SCALE_REAL;
    if (f->scale != MUSTER_SCALE_WHOLE)
        return;
    if (fabs(f->min) > WHOLE_MOST || fabs(f->max) > WHOLE_MOST)
        fail(r, NULL, "min and max are too large for whole numbers", "");
    else if (f->min != floor(f->min) || f->max != floor(f->max))
        fail(r, NULL, "min and max must be whole numbers: so is what it sets", "");
    else if (r->out->spread.kind == MST_SPREAD_UNIFORM && f->max - f->min < WHOLE_LEVELS)
        make_wholes(r);
}

static void read_values(reading *r, const muster_lever *lever, const muster_factor_spot *spot)
{
    const mst_file_factor *in = r->in;
    const bool has_range = !isnan(in->min) || !isnan(in->max);
    if (in->levels.item && (has_range || in->steps != INT64_MIN || in->dist)) {
        fail(r, NULL, "levels stand in place of min, max, steps and dist", "");
    } else if (in->levels.item && in->levels.count == 0) {
        fail(r, NULL, "it has no level", "");
    } else if (in->levels.count > LEVELS_MOST) {
        fail(r, NULL, "it has more than 100000 levels", "");
    } else if (in->levels.item) {
        take_levels(r, in->levels.item, in->levels.count, false);
    } else if (lever->choice_count > 0 && !has_range) {
        take_levels(r, lever->choice, lever->choice_count, true);
    } else if (spot->kind != MUSTER_FIELD_REAL && spot->kind != MUSTER_FIELD_INT &&
               spot->kind != MUSTER_FIELD_DURATION) {
        if (spot->kind == MUSTER_FIELD_BOOL && !has_range && !in->dist) {
            static const char *const both[] = {"false", "true"};
            take_levels(r, both, 2, false);
        } else {
            fail(r, NULL, "what it sets is no number: give levels", "");
        }
    } else {
        read_range(r, lever);
        if (r->is_good && in->steps != INT64_MIN)
            make_steps(r, (int32_t)in->steps);
    }
}

/* What the key does not allow makes points that fail; the author should know before. */
static void warn_of_range(const reading *r, const muster_factor_spot *spot)
{
    const muster_factor *f = &r->out->public;
    char least[32], most[32];
    if (!r->is_good || isnan(f->min) || (f->min >= spot->least && f->max <= spot->most))
        return;
    muster_diags_add(r->diags, MUSTER_WARNING, r->in->item.place, NULL, NULL,
                     "factor '%s': '%s' must be from %s to %s, so some of its points will fail",
                     f->id, f->path, muster_text_shortest(spot->least, least),
                     muster_text_shortest(spot->most, most));
}

/* Its ends may be off the scale that rules are made for, or at odds with what else is set. What the key does
 * not allow has been told. */
static void warn_of_ends(const reading *r, const muster_factor_spot *spot)
{
    const mst_exp_factor *f = r->out;
    char value[MUSTER_VALUE_BYTES];
    if (!r->is_good || isnan(f->public.min) || f->public.min < spot->least ||
        f->public.max > spot->most)
        return;
    for (int end = 0; end < 2; end++) {
        muster_settings at = {.count = 0};
        if (mst_factor_settings(&f->public, mst_exp_value(f, end, value), &at) &&
            muster_sweep_try(r->e->sweep, &at, f->place, r->diags) != MUSTER_OK)
            r->e->keep.failed = true; /* as with all that lacks memory here */
    }
}

/* What goes along must be there too. */
static void check_with(reading *r)
{
    for (int32_t i = 0; i < r->out->public.with_count; i++) {
        muster_factor_spot spot;
        const char *entry = r->out->public.with[i], *equals = strchr(entry, '=');
        const char *path =
            equals ? mst_keep_printf(&r->e->keep, "%.*s", (int)(equals - entry), entry) : entry;
        if (!path)
            return;
        const size_t length = strcspn(path, " \t");
        path = mst_keep_printf(&r->e->keep, "%.*s", (int)length, path);
        if (path &&
            muster_sweep_factor(r->e->sweep, path, r->in->item.place, r->diags, &spot) != MUSTER_OK)
            r->is_good = false;
    }
}

static void read_factor(reading *r)
{
    muster_lever lever;
    muster_factor_spot spot;
    r->out->place = r->in->item.place;
    r->out->public = (muster_factor){.unit = "", .source = "", .dist = "", .standing = ""};
    if (!read_lever(r, &lever))
        return;
    read_own(r);
    if (!r->e->sweep) { /* a design for other programs: any number may be one */
        spot = (muster_factor_spot){.kind = MUSTER_FIELD_REAL, .unit = "", .standing = ""};
        r->out->public.path = r->out->public.path ? r->out->public.path : r->in->item.id;
        r->out->kind = spot.kind;
        read_values(r, &lever, &spot);
        return;
    }
    if (!r->out->public.path) {
        fail(r, "path = \"...\" as in a change, or lever = \"...\"", "it says not what it sets",
             "");
        return;
    }
    if (muster_sweep_factor(r->e->sweep, r->out->public.path, r->in->item.place, r->diags, &spot) !=
        MUSTER_OK) {
        r->is_good = false;
        return;
    }
    r->out->kind = spot.kind;
    r->out->public.standing = spot.standing;
    r->out->public.moves_geography = spot.moves_geography;
    if (!r->out->public.unit[0] && !r->in->lever)
        r->out->public.unit = spot.unit;
    read_values(r, &lever, &spot);
    warn_of_range(r, &spot);
    check_with(r);
    warn_of_ends(r, &spot);
}

/* The path of an entry of `with`, which may be a line, is all of path. */
static bool begins_with_path(const char *entry, const char *path)
{
    const size_t length = strlen(path);
    return strncmp(entry, path, length) == 0 &&
           entry[length + strspn(entry + length, " \t")] == (strchr(entry, '=') ? '=' : '\0');
}

static bool sets(const muster_factor *f, const char *path)
{
    bool does = strcmp(f->path, path) == 0;
    for (int32_t i = 0; !does && i < f->with_count; i++)
        does = begins_with_path(f->with[i], path);
    return does;
}

static void check_paths(muster_experiment *e, muster_diags *diags, bool *is_good)
{
    /* of which one point has one, they may share what goes along: ships alone, and by fleets */
    const bool is_one = strcmp(e->file.method.name, "one-at-a-time") == 0;
    for (int32_t i = 0; e->factor && i < e->head.factors; i++)
        for (int32_t k = 0; k < i; k++) {
            const muster_factor *a = &e->factor[k].public, *b = &e->factor[i].public;
            if (!a->path || !b->path)
                continue;
            if (is_one ? strcmp(a->path, b->path) != 0 : !sets(a, b->path) && !sets(b, a->path))
                continue;
            muster_diags_add(diags, MUSTER_ERROR, e->factor[i].place, NULL, NULL,
                             "factors '%s' and '%s' set the same: %s", a->id, b->id,
                             sets(a, b->path) ? b->path : a->path);
            *is_good = false;
        }
}

muster_status mst_experiment_factors(muster_experiment *e, muster_diags *diags)
{
    bool is_good = true;
    const int32_t count = e->file.factors.count;
    e->head.factors = count;
    if (count > MUSTER_FACTORS_MAX) {
        muster_diags_add(
            diags, MUSTER_ERROR,
            MST_ITEM(mst_file_factor, &e->file.factors, MUSTER_FACTORS_MAX)->item.place, NULL, NULL,
            "%d factors: at most %d", (int)count, MUSTER_FACTORS_MAX);
        return MUSTER_MISTAKE;
    }
    e->factor = mst_keep_array(&e->keep, (size_t)count + 1, sizeof *e->factor);
    for (int32_t i = 0; e->factor && i < count; i++) {
        reading r = {.e = e,
                     .diags = diags,
                     .in = MST_ITEM(mst_file_factor, &e->file.factors, i),
                     .out = &e->factor[i],
                     .is_good = true};
        read_factor(&r);
        is_good = is_good && r.is_good;
    }
    if (e->keep.failed)
        return mst_experiment_no_memory(diags);
    check_paths(e, diags, &is_good);
    return is_good ? MUSTER_OK : MUSTER_MISTAKE;
}
