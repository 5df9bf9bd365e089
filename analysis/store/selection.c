/* What a store says of the selection that its runs are given out by. */
#include "experiment/experiment.h"
#include "store/store.h"

#include "muster/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"", "kn", "ocba"};

static bool say(sqlite3_stmt *to, const char *key, const char *value)
{
    const bool is_bound = value && sqlite3_bind_text(to, 1, key, -1, SQLITE_STATIC) == SQLITE_OK &&
                          sqlite3_bind_text(to, 2, value, -1, SQLITE_TRANSIENT) == SQLITE_OK;
    const bool is_done = is_bound && sqlite3_step(to) == SQLITE_DONE;
    return sqlite3_reset(to) == SQLITE_OK && is_done;
}

static bool say_number(muster_store *s, sqlite3_stmt *to, const char *key, int64_t number)
{
    return say(to, key, mst_keep_printf(&s->keep, "%" PRId64, number));
}

muster_status mst_store_save_selection(muster_store *s, muster_diags *diags)
{
    const muster_selection *how = &muster_experiment_head_of(s->experiment)->selection;
    char worth[32], level[32];
    if (how->kind == MUSTER_SELECT_NONE)
        return MUSTER_OK;
    sqlite3_stmt *to = mst_store_prepare(s, "INSERT INTO experiment VALUES(?1, ?2)", diags);
    if (!to)
        return mst_store_status(s);
    const bool is_good =
        say(to, "select.by", kinds[how->kind]) &&
        say(to, "select.measure", muster_experiment_response(s->experiment, how->response)->name) &&
        say(to, "select.prefer", how->more ? "more" : "less") &&
        say(to, "select.worth", muster_text_shortest(how->worth, worth)) &&
        say(to, "select.level", muster_text_shortest(how->level, level)) &&
        say_number(s, to, "select.first", how->first) &&
        say_number(s, to, "select.step", how->step) &&
        say_number(s, to, "select.most", how->most) &&
        say_number(s, to, "select.budget", how->budget);
    sqlite3_finalize(to);
    return is_good          ? MUSTER_OK
           : s->keep.failed ? mst_experiment_no_memory(diags)
                            : mst_store_fail(s, "writing", diags);
}

/* ---- reading -------------------------------------------------------------------------------------- */

static bool read_number(muster_store *s, const char *key, int64_t least, int64_t most, int64_t *out)
{
    const char *text = mst_store_said(s, key);
    double number = 0.0;
    if (!text || !muster_text_real(text, &number) || !(number >= (double)least) ||
        !(number <= (double)most))
        return false;
    *out = (int64_t)number;
    return true;
}

static bool read_real(muster_store *s, const char *key, double *out)
{
    const char *text = mst_store_said(s, key);
    return text && muster_text_real(text, out) && *out >= 0.0;
}

static bool read_words(muster_store *s, const char *by, muster_selection *out)
{
    const char *measure = mst_store_said(s, "select.measure");
    const char *prefer = mst_store_said(s, "select.prefer");
    for (int32_t i = 1; i < (int32_t)(sizeof kinds / sizeof *kinds); i++)
        if (strcmp(by, kinds[i]) == 0)
            out->kind = (muster_select_kind)i;
    if (!measure || !prefer || out->kind == MUSTER_SELECT_NONE)
        return false;
    out->more = strcmp(prefer, "more") == 0;
    for (out->response = 0; out->response < s->head.responses; out->response++)
        if (strcmp(s->response[out->response].public.name, measure) == 0)
            return true;
    return false;
}

/* Its seal says that it is what was written; what is not checked here would do harm where it is used. */
static bool read_all(muster_store *s, const char *by, muster_selection *out)
{
    int64_t first = 0, step = 0, most = 0;
    const bool is_good = read_words(s, by, out) && read_real(s, "select.worth", &out->worth) &&
                         read_real(s, "select.level", &out->level) &&
                         read_number(s, "select.first", 2, 1000000, &first) &&
                         read_number(s, "select.step", 1, 1000000, &step) &&
                         read_number(s, "select.most", first, 1000000, &most) &&
                         read_number(s, "select.budget", 0, 1000000000, &out->budget);
    out->first = (int32_t)first;
    out->step = (int32_t)step;
    out->most = (int32_t)most;
    return is_good && s->head.points >= 2 && s->head.points <= MUSTER_SELECT_POINTS_MAX &&
           (out->kind != MUSTER_SELECT_KN ||
            (out->worth > 0.0 && out->level > 0.5 && out->level < 1.0));
}

muster_status mst_store_load_selection(muster_store *s, muster_diags *diags)
{
    const char *by = mst_store_said(s, "select.by");
    if (s->keep.failed)
        return mst_experiment_no_memory(diags);
    if (!by || read_all(s, by, &s->head.selection))
        return MUSTER_OK;
    return s->keep.failed ? mst_experiment_no_memory(diags)
                          : mst_store_damaged(s, "its selection makes no sense", diags);
}
