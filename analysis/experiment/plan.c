/* The plan: points out of a design or a list, their seeds, and a hash of it all. */
#include "experiment/experiment.h"
#include "experiment/hash.h"

#include "muster/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const block_names[] = {"point", "centre", "one", "a", "b", "ab", "ba", "step"};

/* ---- the list ------------------------------------------------------------------------------------- */

static bool trim_into(muster_experiment *e, const char *line, mst_listed *out)
{
    const char *equals = strchr(line, '=');
    const char *value = equals + 1 + strspn(equals + 1, " \t");
    line += strspn(line, " \t");
    size_t length = (size_t)(equals - line);
    while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t'))
        length--;
    out->path[out->count] = mst_keep_printf(&e->keep, "%.*s", (int)length, line);
    out->value[out->count] = mst_keep_text(&e->keep, value);
    out->count++;
    return out->path[out->count - 1] && out->value[out->count - 1];
}

static muster_status read_point(muster_experiment *e, const mst_file_point *in, int32_t number,
                                muster_diags *diags, mst_listed *out)
{
    const char *const *variant = NULL;
    int32_t lines = 0;
    if (in->variant) {
        const muster_status status =
            muster_sweep_variant(e->sweep, in->variant, in->item.place, diags, &variant, &lines);
        if (status != MUSTER_OK)
            return status;
    }
    const int32_t most = lines + in->set.count;
    *out =
        (mst_listed){.label = in->label     ? in->label
                              : in->variant ? in->variant
                                            : mst_keep_printf(&e->keep, "point %d", (int)number)};
    out->path = mst_keep_array(&e->keep, (size_t)most + 1, sizeof *out->path);
    out->value = mst_keep_array(&e->keep, (size_t)most + 1, sizeof *out->value);
    for (int32_t i = 0; i < in->set.count; i++) {
        const char *line = *MST_ITEM(char *, &in->set, i);
        if (strchr(line, '='))
            continue;
        muster_diags_add(diags, MUSTER_ERROR, in->item.place, NULL, "\"PATH = VALUE\"",
                         "a change has no '=': %s", line);
        return MUSTER_MISTAKE;
    }
    bool is_kept = out->path && out->value;
    for (int32_t i = 0; is_kept && i < lines; i++)
        is_kept = trim_into(e, variant[i], out);
    for (int32_t i = 0; is_kept && i < in->set.count; i++)
        is_kept = trim_into(e, *MST_ITEM(char *, &in->set, i), out);
    return is_kept ? MUSTER_OK : mst_experiment_no_memory(diags);
}

static muster_status make_list(muster_experiment *e, muster_diags *diags)
{
    const muster_list *points = &e->file.points;
    muster_status status = MUSTER_OK;
    if (!e->sweep) {
        muster_diags_add(
            diags, MUSTER_ERROR, e->file.method.item.place, NULL, NULL,
            "method 'list' lists changes of a scenario, and the experiment names none");
        return MUSTER_MISTAKE;
    }
    if (points->count == 0 || e->head.factors > 0) {
        muster_diags_add(diags, MUSTER_ERROR, e->file.method.item.place, NULL,
                         "points = ( { variant = \"...\"; }, { label = \"...\"; set = [\"PATH = "
                         "VALUE\"]; } )",
                         points->count == 0 ? "method 'list' has no points"
                                            : "method 'list' has points of its own and no factors");
        return MUSTER_MISTAKE;
    }
    e->listed = mst_keep_array(&e->keep, (size_t)points->count, sizeof *e->listed);
    if (!e->listed)
        return mst_experiment_no_memory(diags);
    for (int32_t i = 0; i < points->count; i++) {
        const muster_status now =
            read_point(e, MST_ITEM(mst_file_point, points, i), i + 1, diags, &e->listed[i]);
        status = now != MUSTER_OK ? now : status;
    }
    e->head.points = points->count;
    e->head.built = "as listed in the file";
    e->head.largest_correlation = (double)NAN;
    return status;
}

/* ---- a design ------------------------------------------------------------------------------------- */

/* Keys of the method that it does not read change nothing: the author should know. */
static void warn_of_unused(const muster_experiment *e, muster_diags *diags)
{
    const mst_file_method *m = &e->file.method;
    const mst_design_method *method = mst_design_method_named(m->name);
    const struct {
        const char *key;
        bool is_given;
    } keys[] = {{"points", m->points != INT64_MIN},
                {"trajectories", m->trajectories != INT64_MIN},
                {"grid_levels", m->grid_levels != INT64_MIN},
                {"stacks", m->stacks != INT64_MIN},
                {"centre_points", m->centre_points != INT64_MIN},
                {"tries", m->tries != INT64_MIN},
                {"criterion", m->criterion != NULL},
                {"midpoints", m->midpoints >= 0},
                {"second_order", m->second_order >= 0},
                {"luck", m->luck >= 0}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i].is_given && !(method && mst_design_uses(method, keys[i].key)))
            muster_diags_add(diags, MUSTER_WARNING, m->item.place, NULL, NULL,
                             "method '%s' does not use '%s'", m->name, keys[i].key);
    }
}

static int64_t given(int64_t value)
{
    return value == INT64_MIN ? 0 : value;
}

static muster_status no_method(const muster_experiment *e, muster_diags *diags)
{
    const char *names[64] = {"list"};
    char hint[400] = "there are: list";
    int32_t count = 1;
    for (int32_t i = 0; mst_design_method_at(i) && count < 64; i++) {
        names[count++] = mst_design_method_at(i)->name;
        muster_text_format(hint + strlen(hint), sizeof hint - strlen(hint), ", %s",
                           names[count - 1]);
    }
    const int32_t near = muster_text_nearest(e->file.method.name, names, count);
    if (near >= 0)
        muster_text_format(hint, sizeof hint, "did you mean '%s'?", names[near]);
    muster_diags_add(diags, MUSTER_ERROR, e->file.method.item.place, NULL, hint, "no method '%s'",
                     e->file.method.name);
    return MUSTER_MISTAKE;
}

/* All values of all points lie in memory: at most 1.6 GB of them. */
static int64_t rows_most(const muster_experiment *e)
{
    enum { ROWS_MOST = 10000000, VALUES_MOST = 200000000 };
    const int64_t most = VALUES_MOST / e->head.factors,
                  asked = e->points_most > 0 ? e->points_most : ROWS_MOST;
    return most < asked ? most : asked;
}

static muster_status make_design(muster_experiment *e, muster_diags *diags)
{
    const mst_file_method *m = &e->file.method;
    char why[MST_DESIGN_WHY] = "";
    if (!mst_design_method_named(m->name))
        return no_method(e, diags);
    if (e->head.factors == 0) {
        muster_diags_add(diags, MUSTER_ERROR, m->item.place, NULL,
                         "factors = { NAME = { lever = \"...\"; }; };",
                         "method '%s' varies factors, and there are none", m->name);
        return MUSTER_MISTAKE;
    }
    if (e->file.points.count > 0)
        muster_diags_add(diags, MUSTER_WARNING, m->item.place, NULL, NULL,
                         "method '%s' does not use 'points', the list", m->name);
    int32_t *levels = mst_keep_array(&e->keep, (size_t)e->head.factors, sizeof *levels);
    const char **names = mst_keep_array(&e->keep, (size_t)e->head.factors, sizeof *names);
    if (!levels || !names)
        return mst_experiment_no_memory(diags);
    for (int32_t i = 0; i < e->head.factors; i++) {
        levels[i] = e->factor[i].public.level_count;
        names[i] = e->factor[i].public.id;
    }
    warn_of_unused(e, diags);
    const bool has_chance = e->sweep && e->head.replications > 0 &&
                            muster_model_has_chance(muster_sweep_model(e->sweep));
    const mst_design_ask ask = {.columns = e->head.factors,
                                .levels = levels,
                                .names = names,
                                .points = given(m->points),
                                .trajectories = (int32_t)given(m->trajectories),
                                .grid_levels = (int32_t)given(m->grid_levels),
                                .stacks = (int32_t)given(m->stacks),
                                .centre_points = (int32_t)given(m->centre_points),
                                .second_order = m->second_order > 0,
                                .luck = m->luck >= 0 ? m->luck > 0 : has_chance,
                                .midpoints = m->midpoints > 0,
                                .criterion = m->criterion,
                                .tries = (int32_t)given(m->tries),
                                .seed = (uint64_t)given(m->seed),
                                .rows_most = rows_most(e)};
    const muster_status status = mst_design_make(m->name, &ask, why, &e->design);
    if (status == MUSTER_MISTAKE)
        muster_diags_add(diags, MUSTER_ERROR, m->item.place, NULL,
                         strstr(why, "continuous") ? "give it steps = 3; or levels = [...];" : NULL,
                         "method '%s': %s", m->name, why);
    if (status != MUSTER_OK)
        return status == MUSTER_MISTAKE ? status : mst_experiment_no_memory(diags);
    e->head.points = e->design.rows;
    e->head.built = e->design.built ? e->design.built : "";
    e->head.largest_correlation = e->design.largest_correlation;
    return MUSTER_OK;
}

/* ---- the points ----------------------------------------------------------------------------------- */

/* Seeds of a group are far from each other and from the master seed. */
static uint64_t seed_of(uint64_t master, int64_t group)
{
    if (group == 0)
        return master;
    const uint64_t part[2] = {master, (uint64_t)group};
    return muster_hash(MUSTER_HASH_START, part, sizeof part);
}

muster_plan_point muster_experiment_point(const muster_experiment *e, int64_t point)
{
    if (e->listed)
        return (muster_plan_point){.label = e->listed[point].label,
                                   .block = block_names[MST_BLOCK_POINT],
                                   .factor = -1,
                                   .seed = e->head.seed};
    const mst_block_of *block = &e->design.block[point];
    return (muster_plan_point){.label = "",
                               .block = block_names[block->kind],
                               .factor = block->factor,
                               .base_row = block->base_row,
                               .seed = seed_of(e->head.seed, e->design.seed_group[point])};
}

static double unit_at(const muster_experiment *e, int64_t point, int32_t factor)
{
    return e->design.unit[(size_t)point * (size_t)e->design.columns + (size_t)factor];
}

const char *muster_experiment_value(const muster_experiment *e, int64_t point, int32_t factor,
                                    char out[MUSTER_VALUE_BYTES])
{
    const char *kept = mst_written_value(e, point, factor);
    return kept ? memcpy(out, kept, strlen(kept) + 1)
                : mst_exp_value(&e->factor[factor], unit_at(e, point, factor), out);
}

static bool add_line(muster_settings *out, const char *line)
{
    const char *equals = strchr(line, '=');
    const size_t used = out->used, length = (size_t)(equals - line);
    if (length + 1 > sizeof out->room - used)
        return false;
    memcpy(out->room + used, line, length); /* the path, kept in the room of values */
    out->room[used + length] = '\0';
    out->used += length + 1;
    return muster_settings_add(out, out->room + used, equals + 1);
}

bool mst_factor_settings(const muster_factor *factor, const char *value, muster_settings *out)
{
    bool fits = muster_settings_add(out, factor->path, value);
    for (int32_t i = 0; fits && i < factor->with_count; i++)
        fits = strchr(factor->with[i], '=') ? add_line(out, factor->with[i])
                                            : muster_settings_add(out, factor->with[i], value);
    return fits;
}

bool muster_experiment_settings(const muster_experiment *e, int64_t point, muster_settings *out)
{
    char value[MUSTER_VALUE_BYTES];
    bool fits = true;
    if (e->listed) {
        const mst_listed *l = &e->listed[point];
        for (int32_t i = 0; fits && i < l->count; i++)
            fits = muster_settings_add(out, l->path[i], l->value[i]);
        return fits;
    }
    for (int32_t f = 0; fits && f < e->head.factors; f++) {
        const char *text = muster_experiment_value(e, point, f, value);
        fits = !*text || mst_factor_settings(&e->factor[f].public, text, out);
    }
    return fits;
}

/* ---- the hash ------------------------------------------------------------------------------------- */

/* Behind what is in out already; false: no room. */
static bool add_text(char *out, size_t bytes, size_t *used, const char *text)
{
    const size_t length = strlen(text);
    if (length >= bytes - *used)
        return false;
    memcpy(out + *used, text, length + 1);
    *used += length;
    return true;
}

bool mst_experiment_literal(const muster_experiment *e, int64_t point, char *out, size_t bytes)
{
    char value[MUSTER_VALUE_BYTES];
    size_t used = 0;
    bool fits = true;
    out[0] = '\0';
    if (e->listed) {
        const mst_listed *l = &e->listed[point];
        for (int32_t i = 0; fits && i < l->count; i++)
            fits = add_text(out, bytes, &used, i ? "\n" : "") &&
                   add_text(out, bytes, &used, l->path[i]) && add_text(out, bytes, &used, " = ") &&
                   add_text(out, bytes, &used, l->value[i]);
        return fits;
    }
    for (int32_t f = 0; fits && f < e->head.factors; f++)
        fits = add_text(out, bytes, &used, f ? "\n" : "") &&
               add_text(out, bytes, &used, muster_experiment_value(e, point, f, value));
    return fits;
}

muster_status mst_experiment_hash(muster_experiment *e, muster_diags *diags)
{
    char *literal = mst_keep_array(&e->keep, MST_LITERAL_BYTES, 1);
    if (!literal || !mst_written_open(e))
        return mst_experiment_no_memory(diags);
    uint64_t hash = mst_plan_hash_kind(MUSTER_HASH_START, e->head.replications == 0);
    for (int32_t i = 0; i < e->head.factors; i++)
        hash = mst_plan_hash_factor(hash, &e->factor[i].public);
    for (int32_t i = 0; i < e->head.responses; i++)
        hash = mst_plan_hash_name(hash, e->response[i].name);
    hash = mst_plan_hash_selection(hash, &e->head.selection);
    for (int64_t p = 0; p < e->head.points; p++) {
        const muster_plan_point point = muster_experiment_point(e, p);
        if (!mst_experiment_literal(e, p, literal, MST_LITERAL_BYTES)) {
            muster_diags_add(diags, MUSTER_ERROR, e->file.item.place, NULL, NULL,
                             "the settings of point %lld are longer than %d bytes",
                             (long long)p + 1, MST_LITERAL_BYTES);
            return MUSTER_MISTAKE;
        }
        hash = mst_plan_hash_point(hash, &point, literal);
    }
    e->head.plan_hash = hash;
    return MUSTER_OK;
}

muster_status mst_experiment_points(muster_experiment *e, muster_diags *diags)
{
    return strcmp(e->file.method.name, "list") == 0 ? make_list(e, diags) : make_design(e, diags);
}

bool muster_design_method_at(int32_t index, muster_design_kind *out)
{
    static const char list_doc[] = "Points listed in the file: variants and changes.";
    const mst_design_method *method = index > 0 ? mst_design_method_at(index - 1) : NULL;
    if (index == 0)
        *out = (muster_design_kind){"list", list_doc, "points"};
    else if (method)
        *out = (muster_design_kind){method->name, method->doc, method->uses};
    return index == 0 || method;
}
