#include "model/dated.h"

#include "model/lookup.h"
#include "model/walk.h"

#include <string.h>

static const char words_allowed[] =
    "a timeline may set states.X.attributes.Y, ties.X.align, ties.X.mutual.Y, ties.X.a_to_b.Y "
    "and ties.X.b_to_a.Y";

/* A change and the place in the spec that it sets. */
typedef struct job {
    const mst_spec *spec;
    const mst_vocabulary *names;
    const mst_change *change;
    mst_spot spot;
    muster_diags *diags;
} job;

static bool fail(const job *j)
{
    mst_diag(j->diags, MUSTER_ERROR, j->change->place, NULL, words_allowed,
             "%s change \"%s\": no such dated value", j->change->origin, j->change->line);
    return false;
}

/* Number of the item of a table that the spot belongs to; -1: to none of it. */
static int32_t index_in(const job *j, const mst_list *table, size_t item_bytes)
{
    for (int32_t i = 0; i < table->count; i++)
        if (mst_item_at(table, item_bytes, i) == j->spot.item)
            return i;
    return -1;
}

static bool is_key(const job *j, const char *key)
{
    return strcmp(j->spot.row->key, key) == 0;
}

static bool place_in_state(const job *j, int32_t state, mst_dated_line *out)
{
    if (!is_key(j, "attributes"))
        return fail(j);
    out->kind = MST_FIGURE_ATTRIBUTE;
    out->from = state;
    out->to = -1;
    out->name = mst_names_find(&j->names->attribute, j->spot.number);
    return out->name >= 0;
}

static bool place_in_tie(const job *j, const mst_tie_def *tie, mst_dated_line *out)
{
    const bool align = is_key(j, "align"), mutual = is_key(j, "mutual");
    const bool there = is_key(j, "a_to_b"), back = is_key(j, "b_to_a");
    const int32_t a = mst_ref_state(j->spec, &tie->a), b = mst_ref_state(j->spec, &tie->b);
    if (!align && !mutual && !there && !back)
        return fail(j);
    out->kind = align || mutual ? MST_FIGURE_MUTUAL : MST_FIGURE_DIRECTED;
    out->from = back ? b : a;
    out->to = back ? a : b;
    out->name = mst_names_find(align || mutual ? &j->names->mutual : &j->names->directed,
                               align ? "align" : j->spot.number);
    return a >= 0 && b >= 0 && out->name >= 0; /* a tie without its states is reported */
}

bool mst_dated_place(const mst_spec *spec, const mst_change *change, const mst_vocabulary *names,
                     mst_arena *arena, muster_diags *diags, mst_dated_line *out)
{
    mst_spec view = *spec; /* finding a place changes nothing in it */
    job j = {.spec = spec, .names = names, .change = change, .diags = diags};
    if (!change->path ||
        !mst_spec_locate(&view, arena, change->path, change->place, diags, &j.spot))
        return false;
    *out = (mst_dated_line){.path = change->path, .value = change->value.real};
    const int32_t state = index_in(&j, &spec->states, sizeof(mst_state_def));
    const int32_t tie = index_in(&j, &spec->ties, sizeof(mst_tie_def));
    if (state >= 0)
        return place_in_state(&j, state, out);
    return tie >= 0 ? place_in_tie(&j, MST_AT(const mst_tie_def, &spec->ties, tie), out) : fail(&j);
}
