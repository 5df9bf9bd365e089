/* The smallest changes of levers that flip a verdict: the answer, the sets, each lever alone, notes. */
#include "tell/flip.h"
#include "tell/why.h"

#include <math.h>
#include <string.h>

/* ---- the answer --------------------------------------------------------------------------------------- */

/* "how visible the drill is down to 0.492 (now 0.8)" */
static const char *move_words(const mst_flip_page *p, int32_t lever, double x)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    const bool has_way = l->kind != MST_LEVER_CHOICE && !isnan(l->now);
    return mst_page_printf(p->page, "%s%s %s (now %s)", mst_flip_label(l->def),
                           !has_way     ? " to"
                           : x > l->now ? " up to"
                                        : " down to",
                           mst_flip_value_words(p, lever, x),
                           mst_flip_value_words(p, lever, l->now));
}

static const char *list_of(const mst_flip_page *p, const mst_flip_set *set)
{
    const char *words = "";
    for (int32_t i = 0; i < set->count; i++)
        words = mst_page_printf(p->page, "%s%s%s", words,
                                i == 0               ? ""
                                : i < set->count - 1 ? ", "
                                                     : " and ",
                                move_words(p, set->lever[i], set->x[i]));
    return words;
}

static const char *blocking_words(const mst_flip_page *p)
{
    const mst_verdict *v = &p->flip->now;
    const char *words = "";
    for (int32_t i = 0; i < v->stage_count; i++)
        if (mst_stage_says_no(&v->stage[i]))
            words = mst_page_printf(p->page, "%s%s%s", words, *words ? "; " : "",
                                    mst_page_stage(p->page, &v->stage[i]));
    return words;
}

/* How many other sets have as few levers, and what they cost. */
static const char *equals_words(const mst_flip_page *p)
{
    const mst_flip *flip = p->flip;
    const int32_t size = flip->set[0].count;
    int32_t last = 0;
    while (last + 1 < flip->set_count && flip->set[last + 1].count == size)
        last++;
    const char *dearest = mst_flip_cost_words(p, flip->set[last].cost);
    const char *levers = size == 1 ? "is one lever alone" : "has as few levers";
    if (last == 0)
        return "";
    if (last == 1)
        return mst_page_printf(p->page, " One other set %s, at cost %s.", levers, dearest);
    return mst_page_printf(p->page, " %d other sets %s, at cost %s to %s.", (int)last,
                           size == 1 ? "are one lever alone" : "have as few levers",
                           mst_flip_cost_words(p, flip->set[1].cost), dearest);
}

/* True if every set that is not listed is proved to flip nothing, or to hold one that is listed. */
static bool is_proved_whole(const mst_flip *flip)
{
    return flip->searched_count == 0 && flip->skipped_count == 0 && flip->refused_count == 0 &&
           flip->left_out == 0;
}

/* What was moved at all: readers look for the most telling figure, which need not be a lever. */
static void tell_searched(const mst_flip_page *p)
{
    const int32_t count = p->flip->lever_count;
    mst_page_words(p->page, 0, NULL,
                   "Searched: the %s that the file declares (whatif), up to %d together. All other "
                   "figures stand as they are; how much each of them moves the answer: muster why, "
                   "muster list assumed.",
                   mst_page_number(p->page, count, "lever", "levers"),
                   (int)(count < MST_FLIP_SET_MAX ? count : MST_FLIP_SET_MAX));
}

static void tell_none(const mst_flip_page *p)
{
    const mst_flip *flip = p->flip;
    const mst_verdict *v = &flip->now;
    mst_page_words(
        p->page, 0, NULL,
        "ANSWER: no set of up to %d levers flips the verdict (now: %s) within their "
        "ranges%s.",
        (int)(flip->lever_count < MST_FLIP_SET_MAX ? flip->lever_count : MST_FLIP_SET_MAX),
        v->joins ? "yes" : "no",
        is_proved_whole(flip) ? ": proved" : ", as far as the search found");
    for (int32_t i = 0; i < v->stage_count; i++)
        if (flip->turned_by[i] == 0)
            mst_page_words(p->page, 0, NULL, "%s: %s (margin %s).",
                           flip->is_denied[i] ? "No lever can turn" : "No lever was seen to turn",
                           mst_page_stage(p->page, &v->stage[i]),
                           mst_page_fine_margin(p->page, v->stage[i].margin));
        else if (flip->turned_by[i] > 0)
            mst_page_words(p->page, 0, NULL, "Turned by itself by %s: %s.",
                           mst_page_number(p->page, flip->turned_by[i], "lever", "levers"),
                           mst_page_stage(p->page, &v->stage[i]));
}

static void tell_answer(const mst_flip_page *p)
{
    const mst_flip *flip = p->flip;
    if (flip->set_count == 0) {
        tell_none(p);
        return;
    }
    const mst_flip_set *smallest = &flip->set[0], *nearest = &flip->set[flip->nearest];
    const char *number = smallest->count == 1
                             ? "one lever"
                             : mst_page_printf(p->page, "%d levers together", (int)smallest->count);
    mst_page_words(p->page, 0, NULL, "ANSWER: %s flip%s the verdict from %s to %s: %s.%s", number,
                   smallest->count == 1 ? "s" : "", flip->now.joins ? "yes" : "no",
                   flip->now.joins ? "no" : "yes", list_of(p, smallest), equals_words(p));
    if (flip->nearest > 0)
        mst_page_words(p->page, 0, NULL, "Nearest, at cost %s instead of %s: %s.",
                       mst_flip_cost_words(p, nearest->cost),
                       mst_flip_cost_words(p, smallest->cost), list_of(p, nearest));
}

static void tell_standing(const mst_flip_page *p)
{
    const mst_flip *flip = p->flip;
    int32_t blocking = 0;
    for (int32_t i = 0; i < flip->now.stage_count; i++)
        blocking += mst_stage_says_no(&flip->now.stage[i]);
    if (flip->is_overdetermined)
        mst_page_words(p->page, 0, NULL,
                       "Overdetermined: no single lever flips it, and %d stages block: %s.",
                       (int)blocking, blocking_words(p));
    else if (blocking > 0)
        mst_page_words(p->page, 0, NULL, "%s: %s.", blocking == 1 ? "Blocks" : "Block",
                       blocking_words(p));
    if (flip->now.is_host)
        mst_page_words(p->page, 0, NULL, "Host: judged on ability only.");
}

/* ---- notes ------------------------------------------------------------------------------------------------ */

static const char *given_costs(const mst_flip_page *p)
{
    const char *words = "";
    for (int32_t i = 0; i < p->flip->lever_count; i++)
        if (!isnan(p->flip->lever[i].def->cost))
            words = mst_page_printf(p->page, "%s%s%s", words, *words ? ", " : "",
                                    p->flip->lever[i].def->item.id);
    return words;
}

static const char *how_cheapest(const mst_flip_page *p)
{
    int32_t proved = 0;
    for (int32_t i = 0; i < p->flip->set_count; i++)
        proved += p->flip->set[i].is_proved;
    return proved == p->flip->set_count ? "proved"
           : proved == 0                ? "by search"
                         : mst_page_printf(p->page, "proved of %d sets, of the others by search",
                                           (int)proved);
}

static void tell_proof(const mst_flip_page *p)
{
    const mst_flip *flip = p->flip;
    mst_page *page = p->page;
    const int32_t most = MST_FLIP_SET_MAX, asked = flip->asked_count;
    if (is_proved_whole(flip))
        mst_page_words(page, 0, NULL,
                       "Proved, from the forms and signs of the rules: of %s of up to %d levers "
                       "no other one flips the verdict without holding one of these.",
                       mst_page_number(page, asked, "set", "sets"), (int)most);
    else if (flip->searched_count > 0)
        mst_page_words(page, 0, NULL,
                       "By search: for %d of %s of up to %d levers it is not proved that they flip "
                       "nothing.%s",
                       (int)flip->searched_count, mst_page_number(page, asked, "set", "sets"),
                       (int)most,
                       flip->set_count > 0 ? " That the sets above do was seen in runs." : "");
    if (mst_flip_ended(flip))
        mst_page_words(page, 0, NULL,
                       "The search ended before its end: its budget (%d worlds, %d boxes) was "
                       "spent. Not looked at: %s. Fewer levers, or coarser ones, can be searched "
                       "whole.",
                       (int)MST_FLIP_TRIES_MAX, (int)MST_FLIP_NODES_MAX,
                       mst_page_number(page, flip->skipped_count, "set", "sets"));
    if (flip->left_out > 0)
        mst_page_words(
            page, 0, NULL,
            "%s not listed: the list holds %d sets, those of the fewest levers, of these "
            "the nearest, and the nearest of all.",
            mst_page_number(page, flip->left_out, "further set that flips the verdict is",
                            "further sets that flip the verdict are"),
            (int)MST_FLIP_SETS_MAX);
    if (flip->refused_count > 0)
        mst_page_words(page, 0, NULL, "%s left out: a run with the values did not confirm it.",
                       mst_page_number(page, flip->refused_count, "set is", "sets are"));
}

static void tell_notes(const mst_flip_page *p)
{
    const mst_flip *flip = p->flip;
    mst_page_heading(p->page, "HOW THIS WAS FOUND");
    tell_proof(p);
    if (flip->set_count > 0)
        mst_page_words(
            p->page, 0, NULL,
            "Needed: the cheapest values of each set to %g of a range (%s), then rounded "
            "away from now and run. Turns from: the value nearest to now that turns the verdict "
            "itself, the others of the set being as needed; \"up\" and \"down\": so do those "
            "beyond it, as far as needed.",
            MST_FLIP_TOLERANCE, how_cheapest(p));
    const char *given = given_costs(p);
    mst_page_words(p->page, 0, NULL,
                   "Costs: 1 for the whole range of a lever, or for a change of choice%s%s. They "
                   "are a measure of distance. Nothing is said of whether a change could be made.",
                   *given ? ", but the file's own for " : "", given);
    const int32_t left = mst_flip_levers_left(p->session);
    if (left > 0)
        mst_page_words(p->page, 0, NULL, "Only the first %d levers were tried; %s left out.",
                       (int)MST_FLIP_LEVERS_MAX, mst_page_number(p->page, left, "is", "are"));
}

static void tell_without_levers(mst_page *page)
{
    mst_page_words(page, 0, NULL,
                   "ANSWER: none can be given, for the file declares no lever. A lever is an entry "
                   "of whatif:");
    mst_text_add(&page->text,
                 "\n  whatif = { fuel = { path = \"states.ID.allotment_frac\"; min = 0.0;\n"
                 "                      max = 1.0; controls = \"candidate\"; }; };\n");
}

static void tell_all(const mst_flip_page *p)
{
    tell_answer(p);
    tell_standing(p);
    tell_searched(p);
    mst_page_use_words(p->page);
    mst_flip_tell_sets(p);
    mst_flip_tell_alone(p);
    tell_notes(p);
    mst_tell_sources(p->page);
}

static char *finish(mst_flip_page *p, const mst_verdict *v, const muster_tell *tell, bool as_json,
                    muster_diags *diags)
{
    mst_page *page = p->page;
    if (as_json) {
        char *out = mst_json_flip(p, tell->memory, diags);
        mst_text_clear(&page->text);
        mst_arena_clear(&page->arena);
        return out;
    }
    const mst_drill_row *d = &page->model->drill[page->drill];
    mst_page_head(page);
    mst_page_words(
        page, 0, NULL, "What would %s %s %s?", v->joins ? "keep" : "bring",
        mst_page_state(page, v->state),
        mst_page_printf(page, v->joins ? "out of %s" : "into %s", d->name ? d->name : d->id));
    mst_text_add(&page->text, "\n");
    if (p->flip->lever_count == 0)
        tell_without_levers(page);
    else
        tell_all(p);
    return mst_page_end(page, diags);
}

char *muster_tell_flip(const muster_tell *tell, const muster_flip_from *from, const char *state,
                       const char *drill, bool as_json, muster_diags *diags)
{
    mst_page page;
    mst_flip_session *session = NULL;
    mst_page_begin(&page, tell);
    const mst_verdict *v = mst_tell_find_verdict(&page, state, drill, diags);
    if (!v || mst_flip_open(tell->result, from, page.drill, v->state, tell->memory, diags,
                            &session) != MUSTER_OK) {
        mst_text_clear(&page.text);
        mst_arena_clear(&page.arena);
        return NULL;
    }
    mst_flip_page p = {&page, session, mst_flip_result(session)};
    char *out = finish(&p, v, tell, as_json, diags);
    mst_flip_close(session);
    return out;
}
