#include "fit_told.h"

#include "test.h"

#include <string.h>

fit_told fit_told_begin(const char *drills, const char *states, const char *dyads)
{
    fit_told t = {.count = dyads ? 3 : 2, .options = muster_fit_defaults()};
    t.table[0] = (muster_record_table){MUSTER_RECORD_DRILLS, "drills.csv", drills, strlen(drills)};
    t.table[1] = (muster_record_table){MUSTER_RECORD_STATES, "states.csv", states, strlen(states)};
    if (dyads)
        t.table[2] = (muster_record_table){MUSTER_RECORD_DYADS, "dyads.csv", dyads, strlen(dyads)};
    t.options.replicates = t.options.permutations = 0;
    t.options.lambda = 0.3;
    return t;
}

void fit_told_read(fit_told *t)
{
    t->diags = muster_diags_create(NULL);
    t->status =
        muster_fit_read(t->table, t->count, &t->reading, &t->options, NULL, t->diags, &t->fit);
}

void fit_told_end(fit_told *t)
{
    muster_fit_free(t->fit);
    muster_diags_free(t->diags);
}

void fit_told_must_fit(fit_told *t)
{
    fit_told_read(t);
    if (t->status != MUSTER_OK)
        fail_msg("%s (%s)", muster_diags_at(t->diags, 0)->message,
                 muster_diags_at(t->diags, 0)->hint ? muster_diags_at(t->diags, 0)->hint : "");
}

void fit_told_must_refuse(fit_told *t, const char *words, const char *hint)
{
    bool is_told = false;
    fit_told_read(t);
    assert_int_equal(t->status, MUSTER_MISTAKE);
    assert_null(t->fit);
    for (int32_t i = 0; i < muster_diags_count(t->diags); i++) {
        const muster_diag *d = muster_diags_at(t->diags, i);
        is_told =
            is_told || (strstr(d->message, words) && (!hint || (d->hint && strstr(d->hint, hint))));
    }
    if (!is_told)
        fail_msg("'%s' is not told but '%s'", words, muster_diags_at(t->diags, 0)->message);
    fit_told_end(t);
}

const mst_fit_line *fit_told_line(const fit_told *t, const char *name)
{
    const mst_fit_result *r = &t->fit->of[t->fit->main][0].result;
    const mst_features *f = &t->fit->features[t->fit->main];
    for (int32_t j = 0; j < r->design.weights; j++) {
        const mst_fit_line *l = &r->line[j];
        if (l->feature >= 0 && strcmp(f->item[f->first[l->block] + l->feature].name, name) == 0)
            return l;
    }
    fail_msg("no weight of %s", name);
    return NULL;
}
