/* Tables of drills, states and dyads: read in this order, then turned into cases. */
#include "load/record.h"

#include <string.h>

/* One reading. */
typedef struct reading {
    const muster_record_table *given;
    int32_t count;
    mst_table *table; /* one a table given */
    mst_tables *out;
    muster_diags *diags;
    mst_list lines; /* mst_drill_line */
    bool *is_known; /* one a state    */
} reading;

static void say(const reading *r, const char *words)
{
    mst_diag(r->diags, MUSTER_ERROR, (mst_place){0}, NULL, NULL, "%s", words);
}

static bool check_call(const reading *r)
{
    int32_t of[3] = {0};
    for (int32_t i = 0; i < r->count; i++) {
        if ((uint32_t)r->given[i].role > MUSTER_RECORD_DYADS)
            say(r, "a table is about neither drills nor states nor dyads");
        else
            of[r->given[i].role]++;
    }
    if (of[MUSTER_RECORD_DRILLS] != 1)
        say(r, of[MUSTER_RECORD_DRILLS] > 1 ? "more than one table of drills"
                                            : "there is no table of drills");
    if (of[MUSTER_RECORD_STATES] == 0)
        say(r, "there is no table of states: it says who the states are, with one row a year");
    if (r->out->options.carry_years < 0 || r->out->options.carry_years > 100)
        say(r, "values are carried 0 to 100 years");
    return muster_diags_error_count(r->diags) == 0;
}

static bool read_tables(reading *r)
{
    for (int32_t i = 0; i < r->count; i++) {
        const muster_record_table *g = &r->given[i];
        mst_table_source *source = mst_list_add(r->out->arena, &r->out->source, sizeof *source);
        const char *name = mst_arena_text(r->out->arena, g->name);
        if (!source || !name ||
            mst_table_read(name, g->bytes, g->length, r->out->arena, r->diags, &r->table[i]) ==
                MUSTER_WORLD)
            return false;
        *source = (mst_table_source){
            .name = name, .role = g->role, .form = "", .gives = "", .not_used = ""};
    }
    return true;
}

static bool read_drills(reading *r, int32_t i)
{
    return r->table[i].column_count == 0 ||
           mst_record_read_drills(&r->table[i], r->out->arena, &r->lines,
                                  MST_AT(mst_table_source, &r->out->source, i));
}

/* False: memory is short. */
static bool for_each(reading *r, muster_record_role role, bool (*read)(reading *r, int32_t i))
{
    for (int32_t i = 0; i < r->count; i++)
        if (r->given[i].role == role && !read(r, i))
            return false;
    return true;
}

static bool read_states(reading *r, int32_t i)
{
    return r->table[i].column_count == 0 ||
           mst_record_read_states(&r->table[i], i, r->out, r->is_known);
}

static bool read_dyads(reading *r, int32_t i)
{
    return r->table[i].column_count == 0 || mst_record_read_dyads(&r->table[i], i, r->out);
}

static void tell_unknown_state(reading *r, mst_table *table, int32_t row, const char *id)
{
    const int32_t s = mst_record_state(r->out, id);
    if (s < 0 || r->is_known[s])
        return;
    mst_table_mistake(table, row, NULL, NULL, "state '%s' stands in no table of states", id);
    r->is_known[s] = true; /* once is enough */
}

/* True if a table of states has not one row for its mistakes: who would stand in it is not known. */
static bool lacks_states(const reading *r)
{
    for (int32_t i = 0; i < r->count; i++)
        if (r->given[i].role == MUSTER_RECORD_STATES && r->table[i].mistakes > 0 &&
            MST_AT(const mst_table_source, &r->out->source, i)->rows == 0)
            return true;
    return false;
}

static void tell_unknown_states(reading *r, mst_table *table)
{
    if (lacks_states(r))
        return;
    for (int32_t i = 0; i < r->lines.count; i++) {
        const mst_drill_line *l = MST_AT(const mst_drill_line, &r->lines, i);
        char word[MST_WORD_BYTES];
        for (const char *at = l->hosts; mst_next_word(&at, word);)
            tell_unknown_state(r, table, l->row, word);
        tell_unknown_state(r, table, l->row, l->state);
    }
}

static bool make_cases(reading *r, int32_t i)
{
    mst_tables *out = r->out;
    tell_unknown_states(r, &r->table[i]);
    return mst_book_close(&out->attribute, out, r->diags) &&
           mst_book_close(&out->mutual, out, r->diags) &&
           mst_book_close(&out->directed, out, r->diags) &&
           mst_record_make_cases(&r->table[i], &r->lines, out);
}

/* False: memory is short. */
static bool read_all(reading *r)
{
    r->table = mst_arena_array(r->out->arena, (size_t)r->count, sizeof *r->table);
    if (!r->table || !read_tables(r) || !for_each(r, MUSTER_RECORD_DRILLS, read_drills) ||
        !mst_record_list_states(&r->lines, r->out))
        return false;
    r->is_known = mst_arena_array(r->out->arena, (size_t)r->out->state_count, sizeof(bool));
    return r->is_known && for_each(r, MUSTER_RECORD_STATES, read_states) &&
           for_each(r, MUSTER_RECORD_DYADS, read_dyads) &&
           for_each(r, MUSTER_RECORD_DRILLS, make_cases);
}

muster_status mst_tables_read(const muster_record_table *table, int32_t count,
                              const muster_record_options *options,
                              const mst_align_type *const *models, mst_arena *arena,
                              muster_diags *diags, mst_tables *out)
{
    /* a list of its own: the caller's may be null, or hold errors already */
    muster_diags *own = muster_diags_create(arena->memory);
    reading r = {.given = table, .count = count, .out = out, .diags = own};
    *out = (mst_tables){.arena = arena,
                        .options = options ? *options : (muster_record_options){0},
                        .rivals = {.arena = arena, .model = models, .fill = mst_record_fill}};
    out->rivals.from = out;
    while (models[out->rivals.model_count])
        out->rivals.model_count++;
    if (!own)
        return mst_diag_memory(diags);
    const bool has_memory = !check_call(&r) || read_all(&r);
    for (int32_t i = 0; r.table && i < count; i++)
        mst_table_tell_again(&r.table[i]);
    muster_status status = muster_diags_error_count(own) > 0 ? MUSTER_MISTAKE : MUSTER_OK;
    if (!has_memory || mst_diags_lack_memory(own))
        status = mst_diag_memory(own);
    mst_diags_pass_on(own, false, diags);
    muster_diags_free(own);
    return status;
}
