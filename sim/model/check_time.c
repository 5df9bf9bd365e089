/* What time does to figures: the timeline, stocks, ledgers, feedback. */
#include "model/check.h"

#include "model/dated.h"
#include "model/feedback.h"
#include "model/ledger.h"
#include "model/walk.h"

#include <math.h>
#include <string.h>

/* ---- timeline ------------------------------------------------------------------------------ */

/* The figure that a line of the timeline is about, as the file gives it; NaN: it does not. */
static double given_value(const mst_spec *spec, const mst_dated_line *line,
                          const mst_change *change)
{
    mst_spec view = *spec; /* finding a place changes nothing in it */
    mst_arena scratch;
    mst_spot spot;
    double value = (double)NAN;
    mst_arena_init(&scratch, NULL);
    if (mst_spec_locate(&view, &scratch, line->path, change->place, NULL, &spot)) {
        const mst_number *number =
            spot.number ? mst_numbers_find((const mst_list *)spot.value, spot.number) : NULL;
        value = spot.number ? (number ? number->value : (double)NAN) : *(const double *)spot.value;
    }
    mst_arena_clear(&scratch);
    return value;
}

static bool same_figure(const mst_dated_line *a, const mst_dated_line *b)
{
    const bool straight = a->from == b->from && a->to == b->to;
    const bool turned = a->kind == MST_FIGURE_MUTUAL && a->from == b->to && a->to == b->from;
    return a->kind == b->kind && a->name == b->name && (straight || turned);
}

/* True if some entry of the timeline gives the figure a value. */
static bool is_set_by_timeline(mst_checker *c, const mst_dated_line *line)
{
    for (int32_t i = 0; i < c->spec->timeline.count; i++) {
        const mst_dated_def *entry = MST_AT(const mst_dated_def, &c->spec->timeline, i);
        for (int32_t k = 0; k < entry->read.count - entry->add_count; k++) {
            mst_dated_line other;
            if (mst_dated_place(c->spec, MST_AT(const mst_change, &entry->read, k), &c->names,
                                c->arena, NULL, &other) &&
                same_figure(line, &other))
                return true;
        }
    }
    return false;
}

static void check_addition(mst_checker *c, const mst_change *change, const mst_dated_line *line)
{
    const bool is_align = line->kind == MST_FIGURE_MUTUAL && line->name == MST_MUTUAL_ALIGN;
    const double least = is_align ? -1.0 : 0.0, value = given_value(c->spec, line, change);
    if (isnan(value) && !is_set_by_timeline(c, line))
        MST_ERROR(c, change->place, "give it a value; a figure that is missing never counts as 0",
                  "timeline addition \"%s\": '%s' is not given", change->line, line->path);
    else if (value < least || value > 1.0)
        MST_ERROR(c, change->place, "set it by changes",
                  "timeline addition \"%s\": '%s' is %.4g; only figures from %.4g to 1 can be "
                  "added to",
                  change->line, line->path, value, least);
}

static void check_timeline(mst_checker *c)
{
    for (int32_t i = 0; i < c->spec->timeline.count; i++) {
        const mst_dated_def *entry = MST_AT(const mst_dated_def, &c->spec->timeline, i);
        for (int32_t k = 0; k < entry->read.count; k++) {
            const mst_change *change = MST_AT(const mst_change, &entry->read, k);
            mst_dated_line line;
            if (mst_dated_place(c->spec, change, &c->names, c->arena, c->diags, &line) &&
                k >= entry->read.count - entry->add_count)
                check_addition(c, change, &line);
        }
    }
}

/* ---- stocks -------------------------------------------------------------------------------- */

static void check_stock(mst_checker *c, const mst_stock_def *stock)
{
    const char *name = mst_name_of(NULL, &stock->item);
    const bool is_pact = strcmp(name, "pact") == 0;
    if (!is_pact && (mst_names_find(&c->names.attribute, name) >= 0 ||
                     mst_names_find(&c->names.mutual, name) >= 0 ||
                     mst_names_find(&c->names.directed, name) >= 0))
        return;
    const char *hint = mst_names_hint(c->arena, &c->names.directed, name);
    if (!hint)
        hint = mst_names_hint(c->arena, &c->names.attribute, name);
    if (is_pact)
        MST_ERROR(c, stock->item.place, "it has dates of its own: pacts, from, until",
                  "stock 'pact': pacts do not decay");
    else
        MST_ERROR(c, stock->item.place, hint, "stock '%s': no state and no tie has that figure",
                  name);
}

/* ---- ledgers ------------------------------------------------------------------------------- */

static bool names_one_of(const mst_tie_def *tie, const mst_ref *state)
{
    return !state->id || (tie->a.id && strcmp(state->id, tie->a.id) == 0) ||
           (tie->b.id && strcmp(state->id, tie->b.id) == 0);
}

static void check_ledger(mst_checker *c, const mst_tie_def *tie)
{
    if (!tie->a.id || !tie->b.id)
        return; /* told already */
    for (int32_t i = 0; i < tie->ledger.count; i++) {
        const mst_service_def *entry = MST_AT(const mst_service_def, &tie->ledger, i);
        const char *id = mst_name_of(NULL, &tie->item);
        if (!names_one_of(tie, &entry->by) || !names_one_of(tie, &entry->to))
            MST_ERROR(c, entry->item.place, "by and to are the two states of the tie",
                      "tie '%s', ledger[%d]: its states are others than those of the tie", id,
                      (int)i);
        else if (entry->by.id && entry->to.id && strcmp(entry->by.id, entry->to.id) == 0)
            MST_ERROR(c, entry->item.place, "by and to are the two states of the tie",
                      "tie '%s', ledger[%d]: '%s' owes itself", id, (int)i, entry->by.id);
    }
}

/* ---- feedback ------------------------------------------------------------------------------ */

static bool has_rivals(const mst_spec *spec)
{
    for (int32_t i = 0; i < spec->ties.count; i++)
        if (MST_AT(const mst_tie_def, &spec->ties, i)->rival == 1)
            return true;
    return false;
}

static void check_feedback(mst_checker *c)
{
    const mst_feedback_def *def = &c->spec->feedback;
    if (!mst_check_warns(c))
        return;
    if (mst_feedback_k_threat(def) > 0.0 && !has_rivals(c->spec))
        MST_WARN(c, def->item.place, "mark ties with rival = true",
                 "feedback: no two states are rivals, so no drill adds to a threat");
    if (mst_feedback_k_threat(def) > 0.0 && mst_names_find(&c->names.attribute, "threat") < 0)
        MST_WARN(c, def->item.place, "give states an attribute 'threat'",
                 "feedback: no state has a threat that a drill could add to");
}

void mst_check_time(mst_checker *c)
{
    check_timeline(c);
    for (int32_t i = 0; i < c->spec->alignment.stocks.count; i++)
        check_stock(c, MST_AT(const mst_stock_def, &c->spec->alignment.stocks, i));
    for (int32_t i = 0; i < c->spec->ties.count; i++)
        check_ledger(c, MST_AT(const mst_tie_def, &c->spec->ties, i));
    check_feedback(c);
}
