/* Figures in time: dated changes, stocks that decay, entries of ledgers; what drills feed back. */
#include "model/build.h"

#include "model/dated.h"
#include "model/feedback.h"
#include "model/fields.h"
#include "model/ledger.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where a figure stands, as one number by which places are ordered. */
typedef struct place {
    mst_figure_kind kind;
    int32_t index, name; /* name: attribute, mutual or directed kind */
} place;

typedef struct event {
    place at;
    int32_t number; /* in the file */
    mst_dated_row row;
} event;

typedef struct service {
    place at;
    int32_t number;
    mst_service_row row;
} service;

typedef struct gather {
    mst_builder *b;
    mst_list places, events, services;
} gather;

static int compare_places(const void *left, const void *right)
{
    const place *a = left, *b = right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static int compare_events(const void *left, const void *right)
{
    const event *a = left, *b = right;
    const int by_place = compare_places(&a->at, &b->at);
    if (by_place != 0)
        return by_place;
    if (a->row.at != b->row.at)
        return a->row.at < b->row.at ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static int compare_services(const void *left, const void *right)
{
    const service *a = left, *b = right;
    const int by_place = compare_places(&a->at, &b->at);
    return by_place != 0 ? by_place : (a->number > b->number) - (a->number < b->number);
}

/* A pair without direction has one place. */
static place pair_place(const mst_model *m, mst_figure_kind kind, int32_t name, int32_t from,
                        int32_t to)
{
    const bool turn = kind == MST_FIGURE_MUTUAL && from > to;
    return (place){kind, (int32_t)mst_model_pair(m, name, turn ? to : from, turn ? from : to),
                   name};
}

static place attribute_place(const mst_model *m, int32_t name, int32_t state)
{
    return (place){MST_FIGURE_ATTRIBUTE, state * m->attribute_count + name, name};
}

static bool add_place(gather *g, place at)
{
    place *kept = mst_list_add(g->b->arena, &g->places, sizeof *kept);
    if (kept)
        *kept = at;
    return kept != NULL;
}

/* ---- dated changes ------------------------------------------------------------------------- */

/* Later wins: dated events come after variants, and the command line after both, as does what a
 * variant says is to hold. */
static bool is_set_at_last(const mst_list *applied, const char *path)
{
    for (int32_t i = 0; applied && i < applied->count; i++) {
        const mst_change *change = MST_AT(const mst_change, applied, i);
        if (!change->yields_to_dated && change->path && strcmp(change->path, path) == 0)
            return true;
    }
    return false;
}

static bool add_event(gather *g, const mst_dated_def *entry, int32_t number,
                      const mst_dated_line *line)
{
    const place at = line->kind == MST_FIGURE_ATTRIBUTE
                         ? attribute_place(g->b->model, line->name, line->from)
                         : pair_place(g->b->model, line->kind, line->name, line->from, line->to);
    event *kept = mst_list_add(g->b->arena, &g->events, sizeof *kept);
    if (!kept || !add_place(g, at))
        return false;
    *kept = (event){.at = at,
                    .number = g->events.count,
                    .row = {.at = entry->at.from,
                            .known_by = mst_time_or(entry->known_by.from, entry->at.from),
                            .adds = number >= entry->read.count - entry->add_count,
                            .value = line->value,
                            .def = entry}};
    return true;
}

static bool gather_entry(gather *g, const mst_dated_def *entry)
{
    mst_builder *b = g->b;
    for (int32_t k = 0; k < entry->read.count; k++) {
        mst_dated_line line;
        if (mst_dated_place(b->spec, MST_AT(const mst_change, &entry->read, k), &b->names, b->arena,
                            b->diags, &line) &&
            !is_set_at_last(b->applied, line.path) && !add_event(g, entry, k, &line))
            return false;
    }
    return true;
}

/* What an inject that is thrown in changes is dated like an entry of the timeline. */
static bool gather_inject(gather *g, const mst_inject_def *inject)
{
    mst_dated_def *entry = mst_arena_alloc(g->b->arena, sizeof *entry);
    if (!entry)
        return false;
    *entry = (mst_dated_def){.item = inject->item,
                             .kind = -1,
                             .at = inject->at,
                             .known_by = {MUSTER_NEVER, MUSTER_NEVER, 0},
                             .says = inject->says ? inject->says : inject->title,
                             .changes = inject->changes,
                             .read = inject->read};
    return gather_entry(g, entry);
}

static bool gather_dated(gather *g)
{
    const mst_spec *spec = g->b->spec;
    for (int32_t i = 0; i < spec->timeline.count; i++)
        if (!gather_entry(g, MST_AT(const mst_dated_def, &spec->timeline, i)))
            return false;
    for (int32_t i = 0; i < spec->injects.count; i++) {
        const mst_inject_def *inject = MST_AT(const mst_inject_def, &spec->injects, i);
        if (inject->on == 1 && !gather_inject(g, inject))
            return false;
    }
    return !g->b->arena->failed;
}

/* ---- stocks and ledgers -------------------------------------------------------------------- */

static const mst_stock_def *stock_named(const mst_builder *b, const char *name)
{
    const mst_list *stocks = &b->spec->alignment.stocks;
    const int32_t found = mst_table_find(stocks, sizeof(mst_stock_def), name);
    return found >= 0 ? MST_AT(const mst_stock_def, stocks, found) : NULL;
}

static double seconds_of(muster_time half_life)
{
    return half_life == MUSTER_NEVER ? (double)INFINITY : (double)half_life / (double)MUSTER_SECOND;
}

static bool gather_stock(gather *g, const char *name)
{
    const mst_builder *b = g->b;
    const mst_model *m = b->model;
    const int32_t n = m->state_count;
    const int32_t attribute = mst_names_find(&b->names.attribute, name);
    const int32_t mutual = mst_names_find(&b->names.mutual, name);
    const int32_t directed = mst_names_find(&b->names.directed, name);
    bool good = true;
    for (int32_t i = 0; i < n; i++) {
        if (attribute >= 0)
            good = add_place(g, attribute_place(m, attribute, i)) && good;
        for (int32_t k = 0; k < n; k++) {
            if (mutual >= 0 && mutual != MST_MUTUAL_PACT && k < i)
                good = add_place(g, pair_place(m, MST_FIGURE_MUTUAL, mutual, k, i)) && good;
            if (directed >= 0 && k != i)
                good = add_place(g, pair_place(m, MST_FIGURE_DIRECTED, directed, k, i)) && good;
        }
    }
    return good;
}

/* Entries count where the figure of their direction is still their sum: no change has set it. */
static bool gather_ledger(gather *g, const mst_tie_def *tie, int32_t from, int32_t to,
                          const mst_list *numbers, const char *giver)
{
    mst_builder *b = g->b;
    const mst_number *number = mst_numbers_find(numbers, MST_LEDGER);
    const int32_t name = mst_names_find(&b->names.directed, MST_LEDGER);
    const mst_stock_def *stock = stock_named(b, MST_LEDGER);
    const muster_time from_when =
        stock ? mst_time_or(stock->from.from, b->model->start) : b->model->start;
    if (!number || !number->is_sum || name < 0)
        return true;
    const place at = pair_place(b->model, MST_FIGURE_DIRECTED, name, from, to);
    for (int32_t i = 0; i < tie->ledger.count; i++) {
        const mst_service_def *entry = MST_AT(const mst_service_def, &tie->ledger, i);
        if (!mst_service_is_by(entry, giver))
            continue;
        service *kept = mst_list_add(b->arena, &g->services, sizeof *kept);
        if (!kept || !add_place(g, at))
            return false;
        *kept = (service){.at = at,
                          .number = g->services.count,
                          .row = {.by_giver = mst_real_or(entry->by_giver, 0.0),
                                  .by_receiver = mst_real_or(entry->by_receiver, 0.0),
                                  .as_of = mst_time_or(entry->as_of.from, from_when),
                                  .half_life_s = seconds_of(mst_time_or(
                                      entry->half_life, stock ? stock->half_life : MUSTER_NEVER)),
                                  .def = entry}};
    }
    return true;
}

static bool gather_ledgers(gather *g)
{
    const mst_spec *spec = g->b->spec;
    bool good = true;
    for (int32_t i = 0; i < spec->ties.count; i++) {
        const mst_tie_def *tie = MST_AT(const mst_tie_def, &spec->ties, i);
        const int32_t a = mst_ref_state(spec, &tie->a), b = mst_ref_state(spec, &tie->b);
        if (a < 0 || b < 0 || a == b)
            continue;
        good = gather_ledger(g, tie, a, b, &tie->a_to_b, tie->a.id) && good;
        good = gather_ledger(g, tie, b, a, &tie->b_to_a, tie->b.id) && good;
    }
    return good;
}

/* ---- the rows ------------------------------------------------------------------------------ */

static const char *name_of(const mst_model *m, const place *at)
{
    return at->kind == MST_FIGURE_ATTRIBUTE ? m->attribute_name[at->name]
           : at->kind == MST_FIGURE_MUTUAL  ? m->mutual_name[at->name]
                                            : m->directed_name[at->name];
}

/* What the file gives beside the entries of a ledger. */
static double own_value(const mst_builder *b, const place *at)
{
    const mst_model *m = b->model;
    if (at->kind == MST_FIGURE_ATTRIBUTE)
        return m->attribute[at->index];
    if (at->kind == MST_FIGURE_MUTUAL)
        return m->mutual[at->index];
    const int32_t n = m->state_count, pair = at->index % (n * n);
    if (m->tie_of[pair] < 0)
        return m->directed[at->index];
    const mst_tie_def *tie = MST_AT(const mst_tie_def, &b->spec->ties, m->tie_of[pair]);
    const bool there = mst_ref_state(b->spec, &tie->a) == pair / n;
    const mst_number *number =
        mst_numbers_find(there ? &tie->a_to_b : &tie->b_to_a, name_of(m, at));
    return !number ? m->directed[at->index] : number->is_sum ? number->own : number->value;
}

static void fill_row(const mst_builder *b, const place *at, mst_moving_row *out)
{
    const mst_stock_def *stock = stock_named(b, name_of(b->model, at));
    const bool is_align = at->kind == MST_FIGURE_MUTUAL && at->name == MST_MUTUAL_ALIGN;
    *out = (mst_moving_row){
        .kind = at->kind,
        .index = at->index,
        .base = own_value(b, at),
        .half_life_s = stock ? seconds_of(stock->half_life) : (double)INFINITY,
        .from = stock ? mst_time_or(stock->from.from, b->model->start) : b->model->start,
        .low = is_align ? -1.0 : 0.0,
        .high = 1.0,
    };
}

static bool make_rows(gather *g)
{
    mst_builder *b = g->b;
    mst_moving_row *row = MST_NEW(b, mst_moving_row, g->places.count);
    mst_dated_row *dated = MST_NEW(b, mst_dated_row, g->events.count);
    mst_service_row *served = MST_NEW(b, mst_service_row, g->services.count);
    int32_t count = 0, event_at = 0, service_at = 0;
    if (!row || !dated || !served)
        return false;
    for (int32_t i = 0; i < g->places.count; i++) {
        const place *at = MST_AT(const place, &g->places, i);
        if (i > 0 && compare_places(at, at - 1) == 0)
            continue;
        mst_moving_row *made = &row[count++];
        fill_row(b, at, made);
        made->dated = dated + event_at;
        made->service = served + service_at;
        for (; event_at < g->events.count; event_at++, made->dated_count++) {
            const event *e = MST_AT(const event, &g->events, event_at);
            if (compare_places(&e->at, at) != 0)
                break;
            dated[event_at] = e->row;
        }
        for (; service_at < g->services.count; service_at++, made->service_count++) {
            const service *s = MST_AT(const service, &g->services, service_at);
            if (compare_places(&s->at, at) != 0)
                break;
            served[service_at] = s->row;
        }
    }
    b->model->moving = row;
    b->model->moving_count = count;
    return true;
}

static void sort(mst_list *list, size_t bytes, int (*compare)(const void *, const void *))
{
    if (list->count > 1)
        qsort(list->item, (size_t)list->count, bytes, compare);
}

bool mst_build_moving(mst_builder *b)
{
    gather g = {.b = b};
    if (!gather_dated(&g) || !gather_ledgers(&g))
        return false;
    for (int32_t i = 0; i < b->spec->alignment.stocks.count; i++)
        if (!gather_stock(&g, MST_AT(const mst_stock_def, &b->spec->alignment.stocks, i)->item.id))
            return false;
    sort(&g.places, sizeof(place), compare_places);
    sort(&g.events, sizeof(event), compare_events);
    sort(&g.services, sizeof(service), compare_services);
    return make_rows(&g);
}

bool mst_build_feedback(mst_builder *b)
{
    const mst_feedback_def *def = &b->spec->feedback;
    mst_feedback_row *row = &b->model->feedback;
    row->k_threat = mst_feedback_k_threat(def);
    row->k_trust = mst_real_or(def->k_trust, 0.0);
    row->half_life_s = seconds_of(mst_time_or(def->half_life, 180 * MUSTER_DAY));
    row->threat = mst_names_find(&b->names.attribute, "threat");
    row->is_on = row->k_threat > 0.0 || row->k_trust > 0.0;
    return true;
}
