#include "told.h"

#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

told told_begin(const char *drills)
{
    told t = {.count = 1};
    t.table[0] = (muster_record_table){MUSTER_RECORD_DRILLS, "drills.csv", drills, strlen(drills)};
    return t;
}

void told_add(told *t, muster_record_role role, const char *name, const char *text)
{
    assert_true(t->count < TABLES_MOST);
    t->table[t->count++] = (muster_record_table){role, name, text, strlen(text)};
}

static void take_answers(told *t)
{
    char *csv = muster_tell_predictions(t->record, NULL, NULL, t->diags);
    assert_non_null(csv);
    assert_int_equal(mst_table_read("answers", csv, strlen(csv), &t->arena, NULL, &t->answers),
                     MUSTER_OK);
    muster_tell_free(csv, NULL);
}

void told_read(told *t)
{
    t->diags = muster_diags_create(NULL);
    mst_arena_init(&t->arena, NULL);
    t->status = muster_record_read(t->table, t->count, &t->options, NULL, t->diags, &t->record);
    if (t->status == MUSTER_OK)
        take_answers(t);
}

void told_end(told *t)
{
    muster_record_free(t->record);
    muster_diags_free(t->diags);
    mst_arena_clear(&t->arena);
}

void told_must_read(told *t)
{
    told_read(t);
    if (t->status != MUSTER_OK)
        fail_msg("%s:%d: %s", muster_diags_at(t->diags, 0)->file,
                 (int)muster_diags_at(t->diags, 0)->line, muster_diags_at(t->diags, 0)->message);
}

const char *told_said(const told *t, const char *drill, const char *state, const char *model,
                      const char *column)
{
    const mst_table *a = &t->answers;
    for (int32_t i = 0; i < a->row_count; i++)
        if (strcmp(mst_table_at(a, i, 0), drill) == 0 &&
            strcmp(mst_table_at(a, i, 3), state) == 0 && strcmp(mst_table_at(a, i, 5), model) == 0)
            return mst_table_at(a, i, mst_table_column(a, column));
    fail_msg("nothing of %s, %s, %s", drill, state, model);
    return "";
}

double told_score(const told *t, const char *drill, const char *state, const char *model)
{
    const char *text = told_said(t, drill, state, model, "score");
    return *text ? strtod(text, NULL) : (double)NAN;
}
