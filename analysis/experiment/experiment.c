/* An experiment, from its file to its plan. */
#include "experiment/experiment.h"

#include "muster/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

muster_status mst_experiment_no_memory(muster_diags *diags)
{
    muster_diags_add(diags, MUSTER_ERROR, (muster_place){NULL, 0}, NULL, NULL, "out of memory");
    return MUSTER_WORLD;
}

/* ---- files ---------------------------------------------------------------------------------------- */

/* Seen from the folder of the experiment file. */
static const char *scenario_path(muster_experiment *e, const char *path)
{
    const char *name = e->file.head.scenario, *slash = strrchr(path, '/');
    return name[0] == '/' || !slash
               ? mst_keep_text(&e->keep, name)
               : mst_keep_printf(&e->keep, "%.*s/%s", (int)(slash - path), path, name);
}

/* Without "folder/../", which reads badly in the command of each run. */
static const char *shortened(muster_experiment *e, const char *path)
{
    for (const char *up = strstr(path, "/../"); up; up = strstr(path, "/../")) {
        const char *begin = up;
        while (begin > path && begin[-1] != '/')
            begin--;
        const size_t length = (size_t)(up - begin);
        if (length == 0 || (length == 2 && strncmp(begin, "..", 2) == 0) ||
            (length == 1 && *begin == '.'))
            return path;
        path = mst_keep_printf(&e->keep, "%.*s%s", (int)(begin - path), path, up + 4);
        if (!path)
            return NULL;
    }
    return path;
}

/* Where the folder is a link that leads elsewhere, the short path may be none, or another file's. */
static bool is_same_text(const muster_source_text *a, const muster_source_text *b)
{
    size_t length_a = 0, length_b = 0;
    const char *text_a = muster_source_text_bytes(a, &length_a),
               *text_b = muster_source_text_bytes(b, &length_b);
    return length_a == length_b && memcmp(text_a, text_b, length_a) == 0;
}

/* Where it was asked for what failed. */
static muster_status tell_place(const muster_experiment *e, const char *words, muster_diags *diags,
                                muster_status status)
{
    muster_diags_add(diags, MUSTER_NOTE, e->file.head.item.place, NULL, NULL, "%s", words);
    return status;
}

static muster_status gather_scenario(muster_experiment *e, const muster_experiment_from *from,
                                     muster_diags *diags)
{
    const char *path = scenario_path(e, from->path);
    const char *brief = path ? shortened(e, path) : NULL;
    muster_source_text *text = NULL;
    if (!brief)
        return mst_experiment_no_memory(diags);
    e->head.scenario = path;
    const muster_status status = muster_gather(path, from->opener, NULL, diags, &e->scenario_text);
    if (status != MUSTER_OK)
        return tell_place(e, "it is the scenario of this experiment", diags, status);
    if (is_same_text(e->scenario_text, e->text)) {
        muster_diags_add(diags, MUSTER_ERROR, e->file.head.item.place, "experiment.scenario",
                         "scenario = \"NAME.cfg\"; of what muster run takes",
                         "the scenario '%s' is the experiment itself", path);
        return MUSTER_MISTAKE;
    }
    if (brief == path)
        return status;
    if (muster_gather(brief, from->opener, NULL, NULL, &text) == MUSTER_OK &&
        is_same_text(text, e->scenario_text)) {
        muster_source_text_free(e->scenario_text);
        e->scenario_text = text; /* so that messages name that path as well */
        e->head.scenario = brief;
        return status;
    }
    muster_source_text_free(text);
    return status;
}

static muster_status read_files(muster_experiment *e, const muster_experiment_from *from,
                                muster_diags *diags)
{
    muster_status status = muster_gather(from->path, from->opener, NULL, diags, &e->text);
    if (status == MUSTER_OK && !strstr(muster_source_text_bytes(e->text, NULL), "experiment") &&
        strstr(muster_source_text_bytes(e->text, NULL), "drills")) { /* that alone says it all */
        muster_diags_add(diags, MUSTER_ERROR, (muster_place){from->path, 0}, NULL,
                         "experiment = { id = \"...\"; title = \"...\"; scenario = \"...\"; };",
                         "this looks like a scenario; an experiment is a file that names one");
        return MUSTER_MISTAKE;
    }
    if (status == MUSTER_OK)
        status = muster_fields_read(e->text, muster_experiment_fields(), &e->file, NULL, diags,
                                    &e->reading);
    if (status != MUSTER_OK)
        return status;
    if (!e->file.head.scenario) { /* a design for other programs */
        e->head.scenario = e->head.scenario_id = e->head.base = "";
        return MUSTER_OK;
    }
    return gather_scenario(e, from, diags);
}

/* ---- what points start from ----------------------------------------------------------------------- */

static const char *joined(muster_experiment *e)
{
    const char *out =
        e->base.variant ? mst_keep_printf(&e->keep, "variant %s", e->base.variant) : "";
    for (int32_t i = 0; i < e->base.line_count && out; i++)
        out = mst_keep_printf(&e->keep, "%s%s%s", out, *out ? "; " : "", e->base.line[i]);
    return out;
}

static muster_status open_sweep(muster_experiment *e, const muster_experiment_from *from,
                                muster_diags *diags)
{
    const muster_list *set = &e->file.head.set;
    const char **line =
        mst_keep_array(&e->keep, (size_t)set->count + (size_t)from->line_count + 1, sizeof *line);
    if (!line)
        return mst_experiment_no_memory(diags);
    int32_t count = 0;
    for (int32_t i = 0; i < set->count; i++)
        line[count++] = *MST_ITEM(char *, set, i);
    for (int32_t i = 0; i < from->line_count; i++)
        line[count++] = mst_keep_text(&e->keep, from->line[i]);
    e->base = (muster_changes){.variant = e->file.head.variant, .line = line, .line_count = count};
    e->head.base = joined(e);
    e->land_path = from->land_path ? mst_keep_text(&e->keep, from->land_path) : "";
    if (e->keep.failed)
        return mst_experiment_no_memory(diags);
    const muster_sweep_from sweep = {
        .text = e->scenario_text, .changes = &e->base, .land = from->land};
    const int32_t before = muster_diags_count(diags);
    const muster_status status = muster_sweep_create(&sweep, NULL, diags, &e->sweep);
    for (int32_t i = before; status != MUSTER_OK && i < muster_diags_count(diags); i++)
        if (!*muster_diags_at(diags, i)->file &&
            muster_diags_at(diags, i)->severity == MUSTER_ERROR)
            return tell_place(e,
                              from->line_count > 0
                                  ? "it is of 'variant' or 'set' of this experiment, or of --set"
                                  : "it is of 'variant' or 'set' of this experiment",
                              diags, status);
    return status;
}

/* ---- responses ------------------------------------------------------------------------------------ */

static const char *last_part(const char *thing)
{
    const char *slash = strrchr(thing, '/');
    return slash ? slash + 1 : thing;
}

static bool add_response(muster_experiment *e, const muster_column *column, bool is_one)
{
    int32_t count = 0;
    const muster_measure *m = &muster_measures(&count)[column->measure];
    muster_response *out = &e->response[e->head.responses];
    /* the last part tells things of one drill apart; of several drills it does not */
    bool is_unique = true;
    for (int32_t i = 0; i < e->head.responses; i++)
        is_unique =
            is_unique && !(e->column[i].measure == column->measure &&
                           strcmp(last_part(e->column[i].thing), last_part(column->thing)) == 0);
    const char *thing = is_unique ? last_part(column->thing) : column->thing;
    *out = (muster_response){.name = is_one ? mst_keep_text(&e->keep, m->name)
                                            : mst_keep_printf(&e->keep, "%s:%s", m->name, thing),
                             .measure = m->name,
                             .thing = mst_keep_text(&e->keep, column->thing),
                             .label = is_one ? m->label
                                             : mst_keep_printf(&e->keep, "%s, %s", m->label, thing),
                             .unit = m->unit,
                             .doc = m->doc,
                             .direction = m->direction,
                             .is_yes_no = m->is_yes_no};
    e->column[e->head.responses] = *column;
    e->column[e->head.responses++].thing = out->thing;
    return !e->keep.failed;
}

static bool is_there(const muster_experiment *e, const muster_column *column)
{
    for (int32_t i = 0; i < e->head.responses; i++)
        if (e->column[i].measure == column->measure &&
            strcmp(e->column[i].thing, column->thing) == 0)
            return true;
    return false;
}

/* Of a word of `measures`; the list has no place of its own. */
static muster_place place_of(const muster_experiment *e, const char *word)
{
    const char *text = muster_source_text_bytes(e->text, NULL);
    const char *at = strstr(text, "measures");
    const size_t length = strlen(word);
    for (const char *quote = at ? strchr(at, '"') : NULL; quote; quote = strchr(quote + 1, '"'))
        if (strncmp(quote + 1, word, length) == 0 && quote[length + 1] == '"')
            return muster_source_text_place(e->text, (size_t)(quote - text));
    return at ? muster_source_text_place(e->text, (size_t)(at - text)) : e->file.item.place;
}

static muster_status read_responses(muster_experiment *e, muster_diags *diags)
{
    static const char too_many[] = "more than 1000 figures are asked for";
    const muster_list *words = &e->file.measures;
    muster_column *found = mst_keep_array(&e->keep, MUSTER_COLUMNS_MAX, sizeof *found);
    e->column = mst_keep_array(&e->keep, MUSTER_COLUMNS_MAX, sizeof *e->column);
    e->response = mst_keep_array(&e->keep, MUSTER_COLUMNS_MAX, sizeof *e->response);
    if (!found || !e->column || !e->response)
        return mst_experiment_no_memory(diags);
    muster_status status = MUSTER_OK;
    for (int32_t w = 0; w < words->count; w++) {
        const char *word = *MST_ITEM(char *, words, w);
        int32_t count = 0;
        const muster_status now = muster_sweep_columns(e->sweep, word, place_of(e, word), diags,
                                                       found, MUSTER_COLUMNS_MAX, &count);
        if (now != MUSTER_OK) {
            status = now;
            continue;
        }
        const bool is_one = count == 1 && !strchr(word, ':');
        if (count > MUSTER_COLUMNS_MAX - e->head.responses) {
            muster_diags_add(diags, MUSTER_ERROR, place_of(e, word), NULL, NULL, "%s", too_many);
            return MUSTER_MISTAKE;
        }
        for (int32_t i = 0; i < count; i++)
            if (!is_there(e, &found[i]) && !add_response(e, &found[i], is_one))
                return mst_experiment_no_memory(diags);
    }
    if (status == MUSTER_OK && e->head.responses == 0) {
        muster_diags_add(diags, MUSTER_ERROR, place_of(e, ""), NULL,
                         "measures = [\"score\", \"participation:*\"];", "nothing is measured");
        status = MUSTER_MISTAKE;
    }
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

/* The method's keys as they stand, for people. */
static const char *options_of(muster_experiment *e)
{
    const mst_file_method *m = &e->file.method;
    const struct {
        const char *key;
        int64_t value;
    } numbers[] = {
        {"points", m->points}, {"trajectories", m->trajectories},   {"grid_levels", m->grid_levels},
        {"stacks", m->stacks}, {"centre_points", m->centre_points}, {"tries", m->tries},
        {"seed", m->seed}};
    const char *out =
        m->criterion ? mst_keep_printf(&e->keep, "criterion = %s; ", m->criterion) : "";
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers && out; i++)
        if (numbers[i].value != INT64_MIN)
            out = mst_keep_printf(&e->keep, "%s%s = %lld; ", out, numbers[i].key,
                                  (long long)numbers[i].value);
    return out;
}

static void fill_head(muster_experiment *e, const muster_experiment_from *from)
{
    const mst_file *f = &e->file;
    muster_experiment_head *h = &e->head;
    e->points_most = from->points_most;
    h->id = f->head.id;
    h->title = f->head.title;
    h->shows = f->head.shows ? f->head.shows : "";
    if (e->sweep) {
        h->scenario_id = muster_scenario_id(muster_sweep_scenario(e->sweep));
        h->scenario_hash = muster_scenario_hash(muster_sweep_scenario(e->sweep));
    }
    h->method = f->method.name;
    h->options = options_of(e);
    h->replications = from->has_replications          ? from->replications
                      : f->select.item.place.line > 0 ? (int32_t)f->select.most
                                                      : (int32_t)f->runs.replications;
    h->seed = from->has_seed              ? from->seed
              : f->runs.seed != INT64_MIN ? (uint64_t)f->runs.seed
              : e->sweep                  ? muster_model_seed(muster_sweep_model(e->sweep))
                                          : 1;
}

static bool is_id(const char *text)
{
    size_t i = 0;
    const bool begins = (text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z');
    while (text[i] && (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_",
                              text[i]) != NULL))
        i++;
    return begins && text[i] == '\0' && i <= 63;
}

static muster_status open_all(muster_experiment *e, const muster_experiment_from *from,
                              muster_diags *diags)
{
    muster_status status = read_files(e, from, diags);
    if (status == MUSTER_OK && !is_id(e->file.head.id)) {
        muster_diags_add(diags, MUSTER_ERROR, e->file.head.item.place, "experiment.id", NULL,
                         "'%s' is no id: a letter, then letters, digits, - and _, at most 63",
                         e->file.head.id);
        return MUSTER_MISTAKE;
    }
    if (status == MUSTER_OK && e->scenario_text)
        status = open_sweep(e, from, diags);
    if (status != MUSTER_OK)
        return status;
    fill_head(e, from);
    if (e->keep.failed)
        return mst_experiment_no_memory(diags);
    const muster_status factors = mst_experiment_factors(e, diags);
    if (e->sweep)
        status = read_responses(e, diags);
    if (factors != MUSTER_OK || status != MUSTER_OK)
        return factors != MUSTER_OK && status != MUSTER_WORLD ? factors : status;
    status = mst_experiment_columns(e, diags);
    if (status == MUSTER_OK)
        status = mst_experiment_points(e, diags);
    if (status == MUSTER_OK)
        status = mst_experiment_select(e, from, diags);
    return status == MUSTER_OK ? mst_experiment_hash(e, diags) : status;
}

muster_status muster_experiment_open(const muster_experiment_from *from, muster_diags *diags,
                                     muster_experiment **out)
{
    *out = NULL;
    muster_experiment *e = calloc(1, sizeof *e);
    if (!e)
        return mst_experiment_no_memory(diags);
    const muster_status status = open_all(e, from, diags);
    if (status != MUSTER_OK) {
        muster_experiment_free(e);
        return status;
    }
    *out = e;
    return MUSTER_OK;
}

void muster_experiment_free(muster_experiment *e)
{
    if (!e)
        return;
    mst_written_close(&e->written);
    mst_design_free(&e->design);
    muster_sweep_free(e->sweep);
    muster_reading_free(e->reading);
    muster_source_text_free(e->scenario_text);
    muster_source_text_free(e->text);
    mst_keep_clear(&e->keep);
    free(e);
}

const muster_experiment_head *muster_experiment_head_of(const muster_experiment *e)
{
    return &e->head;
}

const muster_factor *muster_experiment_factor(const muster_experiment *e, int32_t index)
{
    return &e->factor[index].public;
}

const muster_response *muster_experiment_response(const muster_experiment *e, int32_t index)
{
    return &e->response[index];
}

const char *muster_experiment_scenario_text(const muster_experiment *e, size_t *length)
{
    if (!e->scenario_text) {
        if (length)
            *length = 0;
        return "";
    }
    return muster_source_text_bytes(e->scenario_text, length);
}

const char *muster_experiment_text(const muster_experiment *e, size_t *length)
{
    return muster_source_text_bytes(e->text, length);
}

const muster_sweep *muster_experiment_sweep(const muster_experiment *e,
                                            const muster_column **out_column)
{
    *out_column = e->column;
    return e->sweep;
}
