/* From a store to a document: which analyses are made, of which figures. */
#include "analyses/analyses.h"

#include "experiment/experiment.h"

#include "muster/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { FIGURES_MOST = 20 };

#define MST_ANALYSIS(name) extern const mst_analysis mst_analysis_##name;
#include "analyses/list.def"
#undef MST_ANALYSIS

static const mst_analysis *const analyses[] = {
#define MST_ANALYSIS(name) &mst_analysis_##name,
#include "analyses/list.def"
#undef MST_ANALYSIS
    NULL};

const mst_analysis *mst_analysis_at(int32_t index)
{
    return index >= 0 && index < (int32_t)(sizeof analyses / sizeof *analyses) ? analyses[index]
                                                                               : NULL;
}

bool muster_analysis_kind_at(int32_t index, muster_analysis_kind *out)
{
    const mst_analysis *a = mst_analysis_at(index);
    if (a)
        *out = (muster_analysis_kind){a->name, a->doc, a->needs};
    return a != NULL;
}

/* ---- what is asked for ---------------------------------------------------------------------------- */

static muster_status no_such(const char *what, const char *name, const char *const *names,
                             int32_t count, muster_diags *diags)
{
    char hint[500] = "there are: ";
    const int32_t near = muster_text_nearest(name, names, count);
    if (near >= 0) {
        muster_text_format(hint, sizeof hint, "did you mean '%s'?", names[near]);
    } else {
        for (int32_t i = 0; i < count; i++) {
            const size_t used = strlen(hint);
            muster_text_format(hint + used, sizeof hint - used, "%s%s", i ? ", " : "", names[i]);
        }
    }
    muster_diags_add(diags, MUSTER_ERROR, (muster_place){NULL, 0}, NULL, hint, "no %s '%s'", what,
                     name);
    return MUSTER_MISTAKE;
}

static muster_status find_response(muster_store *store, const char *name, muster_diags *diags,
                                   int32_t *out)
{
    const char *names[MUSTER_COLUMNS_MAX];
    const int32_t count = muster_store_head(store)->responses;
    for (int32_t i = 0; i < count; i++) {
        names[i] = muster_store_response(store, i)->name;
        if (strcmp(names[i], name) == 0) {
            *out = i;
            return MUSTER_OK;
        }
    }
    return no_such("measure in this store", name, names, count, diags);
}

static bool is_asked(const muster_analyze_options *o, const char *name)
{
    for (int32_t i = 0; i < o->analysis_count; i++)
        if (strcmp(o->analysis[i], name) == 0)
            return true;
    return false;
}

static muster_status check_names(const muster_analyze_options *o, muster_diags *diags)
{
    const char *names[sizeof analyses / sizeof *analyses];
    int32_t count = 0;
    while (analyses[count]) {
        names[count] = analyses[count]->name;
        count++;
    }
    for (int32_t i = 0; i < o->analysis_count; i++) {
        bool is_there = false;
        for (int32_t k = 0; k < count; k++)
            is_there = is_there || strcmp(names[k], o->analysis[i]) == 0;
        if (!is_there)
            return no_such("analysis", o->analysis[i], names, count, diags);
    }
    return MUSTER_OK;
}

/* ---- the document --------------------------------------------------------------------------------- */

static muster_status tell_one(const mst_data *data, const mst_analysis *a,
                              const muster_analyze_options *o, muster_document *document,
                              muster_diags *diags)
{
    char why[MST_WHY_BYTES] = "", id[80], title[200];
    const bool is_wanted = o->analysis_count > 0 ? is_asked(o, a->name) : a->is_usual;
    if (!is_wanted)
        return MUSTER_OK;
    if (!a->fits(data, o, why)) {
        if (o->analysis_count == 0)
            return MUSTER_OK;
        muster_diags_add(diags, MUSTER_ERROR, (muster_place){NULL, 0}, NULL, a->needs,
                         "analysis '%s' cannot be made of '%s': %s", a->name, data->response.name,
                         why);
        return MUSTER_MISTAKE;
    }
    muster_text_format(title, sizeof title, "%s: %s", a->title, data->response.label);
    muster_section *section = muster_section_add(document, mst_data_id(data, a->name, id), title);
    const muster_status status = a->tell(data, o, section);
    return status == MUSTER_OK ? status : mst_experiment_no_memory(diags);
}

static double level_of(const muster_analyze_options *o)
{
    return o->level > 0.0 ? o->level : 0.95;
}

/* A point that others are to be held against must be there, whoever will use it. */
static muster_status check_against(const mst_data *data, const char *name, muster_diags *diags)
{
    char hint[200];
    if (!name || (*name && mst_point_named(data, name) >= 0))
        return MUSTER_OK;
    muster_text_format(hint, sizeof hint, "a label, or a number from 1 to %" PRId64, data->points);
    muster_diags_add(diags, MUSTER_ERROR, (muster_place){NULL, 0}, NULL, hint,
                     "no point '%s' to hold others against", name);
    return MUSTER_MISTAKE;
}

static muster_status tell_figure(muster_store *store, int32_t response, int32_t number,
                                 const muster_analyze_options *o, muster_document *document,
                                 muster_diags *diags)
{
    mst_data data;
    muster_status status = mst_data_of_store(store, response, level_of(o), diags, &data);
    data.number = number;
    if (status == MUSTER_OK)
        status = check_against(&data, o->against, diags);
    for (int32_t i = 0; status == MUSTER_OK && mst_analysis_at(i); i++)
        status = tell_one(&data, mst_analysis_at(i), o, document, diags);
    mst_data_free(&data);
    return status;
}

/* Runs that were given out by what they showed. */
static muster_status tell_selected(muster_store *store, const muster_store_counts *c,
                                   muster_document *document, muster_diags *diags)
{
    const muster_experiment_head *h = muster_store_head(store);
    muster_selection_state state;
    char words[MST_SELECTION_BYTES];
    const muster_status status = muster_store_selection(store, diags, &state);
    if (status != MUSTER_OK)
        return status;
    mst_selection_words(&h->selection, muster_store_response(store, h->selection.response), words);
    muster_document_about(document, "selection", "%s", words);
    muster_document_about(document, "runs",
                          "%" PRId64 " of %" PRId64 " points, %d to %d each, master seed %" PRIu64,
                          c->runs, h->points, (int)c->least, (int)c->most, h->seed);
    if (!state.is_done)
        muster_document_warn(document,
                             "The selection is not done: its next look waits for %" PRId64 " runs.",
                             state.left);
    return MUSTER_OK;
}

static void tell_runs(const muster_experiment_head *h, const muster_store_counts *c,
                      muster_document *document)
{
    if (h->replications == 0)
        muster_document_about(document, "runs", "%" PRId64 " points, plan runs without chance",
                              h->points);
    else
        muster_document_about(document, "runs",
                              "%" PRId64 " of %" PRId64 " (%" PRId64
                              " points x %d replications), master seed %" PRIu64,
                              c->runs, h->points * h->replications, h->points, (int)h->replications,
                              h->seed);
}

static muster_status tell_head(muster_store *store, const char *path, const muster_store_counts *c,
                               double level, muster_document *document, muster_diags *diags)
{
    muster_status status = MUSTER_OK;
    const muster_experiment_head *h = muster_store_head(store);
    const int64_t wanted = h->points * (h->replications > 0 ? h->replications : 1);
    muster_document_about(document, "store", "%s", path);
    muster_document_about(document, "experiment", "%s", h->id);
    muster_document_about(document, "scenario", "%s (%s)%s%s", h->scenario_id, h->scenario,
                          *h->base ? ", " : "", h->base);
    muster_document_about(document, "method", "%s: %s", h->method, h->built);
    if (h->selection.kind != MUSTER_SELECT_NONE)
        status = tell_selected(store, c, document, diags);
    else
        tell_runs(h, c, document);
    muster_document_about(document, "intervals", "%g %%", 100.0 * level);
    muster_document_about(document, "plan", "%016" PRIx64, h->plan_hash);
    if (c->runs < wanted && h->selection.kind == MUSTER_SELECT_NONE)
        muster_document_warn(document,
                             "%" PRId64 " of %" PRId64
                             " runs are missing: figures are of those that are there.",
                             wanted - c->runs, wanted);
    if (c->failed > 0)
        muster_document_warn(document, "%" PRId64 " runs failed and count nowhere; the first: %s",
                             c->failed, c->message);
    return status;
}

/* What the file says of it, and what its ranges rest on. */
static void tell_question(muster_store *store, muster_document *document)
{
    const muster_experiment_head *h = muster_store_head(store);
    if (*h->shows)
        muster_section_say(muster_section_add(document, "question", "What its file says"), "%s",
                           h->shows);
}

static void tell_varied(muster_store *store, muster_document *document)
{
    const muster_experiment_head *h = muster_store_head(store);
    if (h->factors == 0)
        return;
    muster_section *section = muster_section_add(document, "varied", "What was varied");
    muster_table *t = mst_factor_table(section);
    for (int32_t f = 0; f < h->factors; f++)
        mst_factor_row(t, muster_store_factor(store, f));
}

static muster_status tell_figures(muster_store *store, const muster_analyze_options *o,
                                  muster_document *document, muster_diags *diags)
{
    muster_status status = MUSTER_OK;
    if (o->measure_count == 0)
        return tell_figure(store, muster_store_head(store)->selection.response, 1, o, document,
                           diags);
    for (int32_t i = 0; status == MUSTER_OK && i < o->measure_count; i++) {
        int32_t response = 0;
        status = find_response(store, o->measure[i], diags, &response);
        if (status == MUSTER_OK)
            status = tell_figure(store, response, i + 1, o, document, diags);
    }
    return status;
}

muster_status muster_store_analyze(muster_store *store, const char *path,
                                   const muster_analyze_options *options, muster_diags *diags,
                                   muster_document **out)
{
    const muster_analyze_options none = {0};
    const muster_analyze_options *o = options ? options : &none;
    muster_store_counts counts;
    *out = NULL;
    if (o->measure_count > FIGURES_MOST) {
        muster_diags_add(diags, MUSTER_ERROR, (muster_place){NULL, 0}, NULL, NULL,
                         "%d measures at a time, at most %d", (int)o->measure_count, FIGURES_MOST);
        return MUSTER_MISTAKE;
    }
    muster_status status = check_names(o, diags);
    if (status == MUSTER_OK)
        status = muster_store_count(store, diags, &counts);
    if (status != MUSTER_OK)
        return status;
    muster_document *document = muster_document_create(muster_store_head(store)->title, NULL);
    status = tell_head(store, path, &counts, level_of(o), document, diags);
    if (status == MUSTER_OK) {
        if (o->analysis_count == 0)
            tell_question(store, document);
        status = tell_figures(store, o, document, diags);
    }
    if (status != MUSTER_OK) {
        muster_document_free(document);
        return status;
    }
    if (o->analysis_count == 0)
        tell_varied(store, document);
    *out = document;
    return document ? MUSTER_OK : mst_experiment_no_memory(diags);
}

muster_status muster_tables_analyze(const muster_tables *tables,
                                    const muster_analyze_options *options, muster_diags *diags,
                                    muster_document **out)
{
    const muster_analyze_options none = {0};
    const muster_analyze_options *o = options ? options : &none;
    mst_data data;
    *out = NULL;
    muster_status status = check_names(o, diags);
    if (status != MUSTER_OK)
        return status;
    status = mst_data_of_tables(tables, level_of(o), diags, &data);
    if (status == MUSTER_OK)
        status = check_against(&data, o->against, diags);
    muster_document *document =
        status == MUSTER_OK ? muster_document_create(data.response.label, NULL) : NULL;
    muster_document_about(document, "design", "%s", tables->design_name);
    if (tables->response)
        muster_document_about(document, "figures", "%s, column %s", tables->response_name,
                              data.response.name);
    muster_document_about(document, "points", "%" PRId64 " with %d factors", data.points,
                          (int)data.factors);
    muster_document_about(document, "intervals", "%g %%", 100.0 * level_of(o));
    for (int32_t i = 0; status == MUSTER_OK && mst_analysis_at(i); i++)
        status = tell_one(&data, mst_analysis_at(i), o, document, diags);
    mst_data_free(&data);
    if (status != MUSTER_OK) {
        muster_document_free(document);
        return status;
    }
    *out = document;
    return document ? MUSTER_OK : mst_experiment_no_memory(diags);
}
