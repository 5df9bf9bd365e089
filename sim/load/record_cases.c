/* Rows of the table of drills that belong together, as cases. */
#include "load/record.h"

#include "muster/geo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- states of the record --------------------------------------------------------------------------- */

static int compare_texts(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;
    return strcmp(*a, *b);
}

int32_t mst_record_state(const mst_tables *record, const char *id)
{
    const char *const *found = record->state_count > 0
                                   ? bsearch(&id, record->state, (size_t)record->state_count,
                                             sizeof *record->state, compare_texts)
                                   : NULL;
    return found ? (int32_t)((const char **)(uintptr_t)found - record->state) : -1;
}

/* Every id that a row names, one after the other, into a list; hosts only where they are new. */
static bool list_ids(const mst_list *lines, mst_arena *arena, mst_list *out)
{
    const char *hosts = "";
    for (int32_t i = 0; i < lines->count; i++) {
        const mst_drill_line *l = MST_AT(const mst_drill_line, lines, i);
        char word[MST_WORD_BYTES];
        const char **place = mst_list_add(arena, out, sizeof *place);
        if (!place)
            return false;
        *place = l->state;
        if (strcmp(hosts, l->hosts) == 0) /* rows of a drill mostly stand together */
            continue;
        hosts = l->hosts;
        for (const char *at = hosts; mst_next_word(&at, word);) {
            place = mst_list_add(arena, out, sizeof *place);
            if (!place)
                return false;
            *place = mst_arena_text(arena, word);
            if (!*place)
                return false;
        }
    }
    return true;
}

bool mst_record_list_states(const mst_list *lines, mst_tables *out)
{
    mst_list ids = {0};
    if (!list_ids(lines, out->arena, &ids))
        return false;
    const char **id = ids.item;
    int32_t count = 0;
    if (ids.count > 0)
        qsort(id, (size_t)ids.count, sizeof *id, compare_texts);
    for (int32_t i = 0; i < ids.count; i++)
        if (i == 0 || strcmp(id[count - 1], id[i]) != 0)
            id[count++] = id[i];
    out->state = id;
    out->state_count = count;
    out->name = mst_arena_array(out->arena, (size_t)count, sizeof *out->name);
    for (int32_t i = 0; out->name && i < count; i++)
        out->name[i] = id[i];
    return out->name != NULL;
}

/* ---- rows that belong together ---------------------------------------------------------------------- */

static int compare_lines(const void *left, const void *right)
{
    const mst_drill_line *const *a = left, *const *b = right;
    const int by_drill = strcmp((*a)->drill, (*b)->drill);
    return by_drill != 0 ? by_drill : ((*a)->row > (*b)->row) - ((*a)->row < (*b)->row);
}

static void disagree(mst_table *t, const mst_drill_line *first, const mst_drill_line *l,
                     const char *column, const char *before, const char *now)
{
    if (strcmp(before, now) == 0)
        return;
    mst_table_mistake(t, l->row, column, NULL,
                      "drill '%s': %s is '%.60s' here and '%.60s' on line %d", l->drill, column,
                      now, before, (int)mst_table_line(t, first->row));
}

static void compare_to_first(mst_table *t, const mst_drill_line *first, const mst_drill_line *l)
{
    disagree(t, first, l, "series", first->series, l->series);
    disagree(t, first, l, "start_date", first->start_text, l->start_text);
    disagree(t, first, l, "end_date", first->end_text, l->end_text);
    disagree(t, first, l, MST_BASE_LAT, first->lat_text, l->lat_text);
    disagree(t, first, l, MST_BASE_LON, first->lon_text, l->lon_text);
    disagree(t, first, l, "domains", first->domains, l->domains);
    disagree(t, first, l, "hosts", first->hosts, l->hosts);
}

/* A drill on its way: its rows, and which of them named each state first. */
typedef struct group {
    mst_table *table;
    mst_tables *record;
    const mst_drill_line **line;
    int32_t count;
} group;

/* Local numbers: hosts first, then candidates. seen: one a state of the record, line that named it, or
 * null; left as it was found. */
static bool check_candidates(const group *g, const mst_drill_line **seen)
{
    bool is_sound = true;
    for (int32_t i = 0; i < g->count; i++) {
        const int32_t s = mst_record_state(g->record, g->line[i]->state);
        if (seen[s]) {
            mst_table_mistake(g->table, g->line[i]->row, "state", NULL,
                              "drill '%s' has %s twice: the first time on line %d",
                              g->line[i]->drill, g->line[i]->state,
                              (int)mst_table_line(g->table, seen[s]->row));
            is_sound = false;
        } else {
            seen[s] = g->line[i];
        }
    }
    for (int32_t i = 0; i < g->count; i++)
        seen[mst_record_state(g->record, g->line[i]->state)] = NULL;
    return is_sound;
}

static bool set_states(const group *g, mst_setting *out)
{
    mst_tables *r = g->record;
    char word[MST_WORD_BYTES];
    int32_t hosts = 0;
    for (const char *at = g->line[0]->hosts; mst_next_word(&at, word);)
        hosts++;
    const size_t n = (size_t)hosts + (size_t)g->count;
    int32_t *number = mst_arena_array(r->arena, n, sizeof *number);
    int32_t *local = mst_arena_array(r->arena, n, sizeof *local);
    const char **state = mst_arena_array(r->arena, n, sizeof *state);
    const char **name = mst_arena_array(r->arena, n, sizeof *name);
    const char **camp = mst_arena_array(r->arena, n, sizeof *camp);
    if (r->arena->failed)
        return false;
    const char *at = g->line[0]->hosts;
    for (int32_t i = 0; i < (int32_t)n; i++) {
        if (i < hosts)
            (void)mst_next_word(&at, word);
        number[i] = mst_record_state(r, i < hosts ? word : g->line[i - hosts]->state);
        state[i] = r->state[number[i]];
        name[i] = r->name[number[i]];
        local[i] = i;
    }
    out->state_count = (int32_t)n;
    out->state = state;
    out->state_name = name;
    out->camp = camp;
    out->number = number;
    out->host = local;
    out->host_count = hosts;
    out->candidate = local + hosts;
    out->candidate_count = g->count;
    return true;
}

static bool set_record(const group *g, mst_case *out)
{
    mst_arena *arena = g->record->arena;
    int8_t *outcome = mst_arena_array(arena, (size_t)g->count, sizeof *outcome);
    uint8_t *pooled = mst_arena_array(arena, (size_t)g->count, sizeof *pooled);
    if (arena->failed)
        return false;
    for (int32_t i = 0; i < g->count; i++) {
        outcome[i] = (int8_t)g->line[i]->outcome;
        pooled[i] = 1;
    }
    out->outcome = outcome;
    out->is_pooled = pooled;
    return true;
}

static double base_at(const mst_tables *r, int32_t state, const char *name, int32_t year)
{
    int32_t found = 0;
    for (int32_t k = 0; k < r->attribute.name_count; k++)
        if (strcmp(r->attribute.name[k], name) == 0)
            return mst_book_at(&r->attribute, state, -1, k, year, r->options.carry_years, &found);
    return (double)NAN;
}

/* From each candidate's main base, as it was in the drill's year. */
static bool set_distances(const group *g, mst_setting *out)
{
    const mst_drill_line *l = g->line[0];
    const int32_t year = mst_year_of(l->start);
    double *nm = mst_arena_array(g->record->arena, (size_t)g->count, sizeof *nm);
    if (!nm)
        return false;
    for (int32_t i = 0; i < g->count; i++) {
        const int32_t s = out->number[out->candidate[i]];
        const muster_point base = {base_at(g->record, s, MST_BASE_LAT, year),
                                   base_at(g->record, s, MST_BASE_LON, year)};
        const bool is_known = !isnan(base.lat_deg) && !isnan(l->lat_deg);
        nm[i] = is_known ? muster_geo_distance_m(base, (muster_point){l->lat_deg, l->lon_deg}) /
                               MUSTER_NM_M
                         : (double)NAN;
    }
    out->distance_nm = nm;
    return true;
}

static bool make_case(const group *g, mst_case *out)
{
    const mst_drill_line *l = g->line[0];
    mst_record_drill *more = mst_arena_alloc(g->record->arena, sizeof *more);
    if (!more)
        return false;
    *more = (mst_record_drill){l->domains, l->end, l->lat_deg, l->lon_deg};
    out->setting.drill = out->name = l->drill;
    out->setting.series = *l->series ? l->series : NULL;
    out->setting.at = l->start;
    out->setting.end = l->over;
    out->setting.rate_elsewhere = (double)NAN;
    out->setting.camps = (mst_camps_words){.absent = (double)NAN, .quota = (double)NAN};
    out->use = g->record->options.is_test ? MST_TEST : MST_CALIBRATION;
    out->more = more;
    return set_states(g, &out->setting) && set_record(g, out) && set_distances(g, &out->setting);
}

/* ---- all of them ------------------------------------------------------------------------------------ */

/* Rows in order of drills; null: memory is short. */
static const mst_drill_line **in_order(const mst_list *lines, mst_arena *arena)
{
    const mst_drill_line **line = mst_arena_array(arena, (size_t)lines->count, sizeof *line);
    for (int32_t i = 0; line && i < lines->count; i++)
        line[i] = MST_AT(const mst_drill_line, lines, i);
    if (line && lines->count > 0)
        qsort(line, (size_t)lines->count, sizeof *line, compare_lines);
    return line;
}

/* The drill that begins with the first of these rows. */
static group group_at(mst_table *table, mst_tables *record, const mst_drill_line **line,
                      int32_t left)
{
    group g = {table, record, line, 1};
    while (g.count < left && strcmp(line[g.count]->drill, line[0]->drill) == 0)
        g.count++;
    return g;
}

/* False: memory is short. */
static bool take_group(const group *g, const mst_drill_line **seen)
{
    mst_rivals *all = &g->record->rivals;
    for (int32_t i = 1; i < g->count; i++)
        compare_to_first(g->table, g->line[0], g->line[i]);
    const bool is_sound = check_candidates(g, seen);
    if (g->count > MST_RECORD_DRILL_STATES_MAX) {
        mst_table_mistake(g->table, g->line[0]->row, NULL, NULL,
                          "drill '%s' has %d candidates, at most %d are read", g->line[0]->drill,
                          (int)g->count, MST_RECORD_DRILL_STATES_MAX);
        return true;
    }
    /* after a mistake nobody will ask: the table is only looked through to its end */
    return !is_sound || g->table->mistakes > 0 || make_case(g, &all->item[all->count++]);
}

bool mst_record_make_cases(mst_table *table, const mst_list *lines, mst_tables *out)
{
    const mst_drill_line **line = in_order(lines, out->arena);
    const mst_drill_line **seen =
        mst_arena_array(out->arena, (size_t)out->state_count, sizeof *seen);
    int32_t drills = 0;
    for (int32_t i = 0; line && i < lines->count; i++)
        drills += i == 0 || strcmp(line[i]->drill, line[i - 1]->drill) != 0;
    mst_rivals *all = &out->rivals;
    all->item = mst_arena_array(out->arena, (size_t)drills, sizeof *all->item);
    if (!line || !seen || !all->item)
        return false;
    for (int32_t i = 0; i < lines->count;) {
        const group g = group_at(table, out, line + i, lines->count - i);
        if (!take_group(&g, seen))
            return false;
        i += g.count;
    }
    if (all->count > 0)
        qsort(all->item, (size_t)all->count, sizeof *all->item, mst_case_compare);
    return true;
}
