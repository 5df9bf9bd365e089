/* The smallest changes of levers that flip a verdict: the answer, what stands in the way, how it was found. */
#include "tell/flip.h"

#include "tell/why.h"

#include <math.h>
#include <string.h>

/* ---- the answer --------------------------------------------------------------------------------------- */

static int32_t size_asked(const mst_flip *flip)
{
    return flip->lever_count < MST_FLIP_SET_MAX ? flip->lever_count : MST_FLIP_SET_MAX;
}

/* Levers that no rule of this verdict reads: those of a record are often about one state in one drill. */
static int32_t count_idle(const mst_flip *flip)
{
    int32_t idle = 0;
    for (int32_t i = 0; i < flip->lever_count; i++)
        idle += flip->lever[i].kind == MST_LEVER_IDLE;
    return idle;
}

/* What was moved at all: the most influential figure may be no lever. */
static void tell_searched(const mst_flip_page *p)
{
    const int32_t count = p->flip->lever_count, left = mst_flip_levers_left(p->session);
    const char *levers =
        left > 0 ? mst_page_printf(p->page, "the first %d of the %d levers that the file declares",
                                   (int)count, (int)(count + left))
        : count == 1 ? "the one lever that the file declares"
                     : mst_page_printf(p->page, "the %d levers that the file declares", (int)count);
    const int32_t idle = count_idle(p->flip);
    const char *unread =
        idle == 0
            ? ""
            : mst_page_printf(p->page,
                              " %d of them cannot move this verdict: no rule of it reads them.",
                              (int)idle);
    mst_page_words(
        p->page, 0, NULL,
        "Searched: %s (whatif)%s.%s Other figures stand as they are: see muster why, "
        "muster list assumed.",
        levers,
        count > 1 ? mst_page_printf(p->page, ", up to %d together", (int)size_asked(p->flip)) : "",
        unread);
}

/* "how visible the drill is down to 0.492 (now 0.8, assumed)" */
static const char *move_words(const mst_flip_page *p, int32_t lever, double x)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    const bool has_way = l->kind != MST_LEVER_CHOICE && !isnan(l->now);
    return mst_page_printf(p->page, "%s%s %s (now %s, %s)", mst_flip_label(l->def),
                           !has_way     ? " to"
                           : x > l->now ? " up to"
                                        : " down to",
                           mst_flip_value_words(p, lever, x),
                           mst_flip_value_words(p, lever, l->now),
                           mst_flip_source(p->page, l->def));
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
            words = mst_page_printf(p->page, "%s%s%s (%s)", words, *words ? "; " : "",
                                    mst_page_stage(p->page, &v->stage[i]),
                                    mst_page_fine_margin(p->page, v->stage[i].margin));
    return words;
}

/* Other sets of as few levers; they are in order of cost. */
static const char *equals_words(const mst_flip_page *p)
{
    const mst_flip *flip = p->flip;
    int32_t last = 0;
    while (last + 1 < flip->set_count && flip->set[last + 1].count == flip->set[0].count)
        last++;
    const char *most = mst_flip_cost_words(p, flip->set[last].cost);
    if (last == 0)
        return "";
    if (last == 1)
        return mst_page_printf(p->page, " One other set has as few levers, at cost %s.", most);
    return mst_page_printf(p->page, " %s%d other sets have as few levers, at cost %s to %s.",
                           flip->left_out > 0 ? "At least " : "", (int)last,
                           mst_flip_cost_words(p, flip->set[1].cost), most);
}

/* Nothing that flips the verdict was overlooked, by proof. */
static bool is_whole_proof(const mst_flip_page *p)
{
    const mst_flip *flip = p->flip;
    return flip->searched_count == 0 && flip->skipped_count == 0 && flip->left_out == 0 &&
           flip->refused_count == 0 && !mst_flip_ended(flip);
}

static void tell_none(const mst_flip_page *p)
{
    const mst_flip *flip = p->flip;
    const mst_verdict *v = &flip->now;
    mst_page_words(p->page, 0, NULL,
                   "ANSWER: no set of up to %s flips the verdict (now: %s) within their "
                   "ranges%s.",
                   mst_page_number(p->page, size_asked(flip), "lever", "levers"),
                   v->joins ? "yes" : "no",
                   is_whole_proof(p) ? ": proved" : ", as far as the search went (see below)");
    for (int32_t i = 0; i < v->stage_count; i++)
        if (flip->turned_by[i] == 0)
            mst_page_words(p->page, 0, NULL, "No lever %s: %s (margin %s).",
                           flip->is_denied[i] ? "can turn" : "was found that turns",
                           mst_page_stage(p->page, &v->stage[i]),
                           mst_page_fine_margin(p->page, v->stage[i].margin));
        else if (flip->turned_by[i] > 0)
            mst_page_words(p->page, 0, NULL, "Turned by itself by %s: %s (margin %s).",
                           mst_page_number(p->page, flip->turned_by[i], "lever", "levers"),
                           mst_page_stage(p->page, &v->stage[i]),
                           mst_page_fine_margin(p->page, v->stage[i].margin));
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
    bool is_sure = true;
    for (int32_t i = 0; i < flip->now.stage_count; i++)
        blocking += mst_stage_says_no(&flip->now.stage[i]);
    for (int32_t i = 0; i < flip->lever_count; i++)
        is_sure = is_sure && flip->alone[i].is_proved;
    if (flip->is_overdetermined)
        mst_page_words(p->page, 0, NULL,
                       "Overdetermined: no single lever %s it, and %d stages block, with margins: "
                       "%s.",
                       is_sure ? "flips" : "was found to flip", (int)blocking, blocking_words(p));
    else if (blocking > 0)
        mst_page_words(p->page, 0, NULL, "%s: %s.",
                       blocking == 1 ? "One stage blocks, with margin"
                                     : mst_page_printf(p->page, "%d stages block, with margins",
                                                       (int)blocking),
                       blocking_words(p));
    if (flip->now.is_host)
        mst_page_words(p->page, 0, NULL, "Host: judged on ability only.");
}

/* ---- how it was found ------------------------------------------------------------------------------------ */

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
                         : mst_page_printf(p->page, "proved of %s, of the others by search",
                                           mst_page_number(p->page, proved, "set", "sets"));
}

/* "637 sets of up to 5 levers" */
static const char *asked_words(const mst_flip_page *p)
{
    const char *sets = mst_page_number(p->page, p->flip->asked_count, "set", "sets");
    return mst_page_printf(p->page, "%s of up to %s", sets,
                           mst_page_number(p->page, size_asked(p->flip), "lever", "levers"));
}

static void tell_proof(const mst_flip_page *p)
{
    mst_page_words(p->page, 0, NULL, "Proved, from the forms and signs of the rules: of %s %s.",
                   asked_words(p),
                   p->flip->set_count == 0 ? "none flips the verdict"
                                           : "no other one flips the verdict without holding one "
                                             "of these");
}

/* One sentence for each gap, so that nobody takes what was not looked at for denied. */
static void tell_gaps(const mst_flip_page *p)
{
    const mst_flip *flip = p->flip;
    mst_page *page = p->page;
    mst_page_words(page, 0, NULL, "Asked: %s.%s", asked_words(p),
                   flip->set_count > 0 ? " That the sets listed flip the verdict was seen in runs."
                                       : "");
    if (flip->left_out > 0)
        mst_page_words(page, 0, NULL,
                       "Found: %d sets that flip the verdict and hold no smaller one that does. "
                       "Listed: %d, those of fewest levers and least cost, and the nearest of all; "
                       "%d not listed, and not all of these were run.",
                       (int)(flip->set_count + flip->left_out), (int)flip->set_count,
                       (int)flip->left_out);
    if (flip->searched_count > 0)
        mst_page_words(page, 0, NULL, "By search, not proved: %s found to flip nothing.",
                       mst_page_number(page, flip->searched_count, "set was", "sets were"));
    if (mst_flip_ended(flip))
        mst_page_words(
            page, 0, NULL,
            "The search ended early: its budget of %s was used up, and %s not looked "
            "at.",
            flip->tries_ended
                ? mst_page_printf(page, "%d runs as far as the decision", (int)MST_FLIP_TRIES_MAX)
                : mst_page_printf(page, "%d boxes of values", (int)MST_FLIP_NODES_MAX),
            mst_page_number(page, flip->skipped_count, "set was", "sets were"));
    if (flip->refused_count > 0)
        mst_page_words(page, 0, NULL,
                       "%s left out: a run with the values found did not confirm %s.",
                       mst_page_number(page, flip->refused_count, "set is", "sets are"),
                       flip->refused_count == 1 ? "it" : "them");
}

/* Some lever's range leaves out where it stands. */
static bool is_range_apart(const mst_flip *flip)
{
    for (int32_t i = 0; i < flip->lever_count; i++)
        if (flip->lever[i].kind != MST_LEVER_CHOICE && mst_flip_first_is_moved(&flip->lever[i]))
            return true;
    return false;
}

static void tell_notes(const mst_flip_page *p)
{
    const mst_flip *flip = p->flip;
    mst_page_heading(p->page, "HOW THIS WAS FOUND");
    if (is_whole_proof(p))
        tell_proof(p);
    else
        tell_gaps(p);
    if (flip->set_count > 0)
        mst_page_words(
            p->page, 0, NULL,
            "Needed: the cheapest values of each set to %g of a range (%s), then rounded "
            "away from now and run.",
            MST_FLIP_TOLERANCE, how_cheapest(p));
    mst_page_words(p->page, 0, NULL,
                   "Turns from: the first value of the digits printed that turns it, up or down "
                   "from now%s; a last digit less does not%s.",
                   flip->set_count > 0 ? ", in a set with the others as needed" : "",
                   is_range_apart(flip) ? ", or lies out of its range" : "");
    const char *given = given_costs(p);
    mst_page_words(p->page, 0, NULL,
                   "Costs: 1 for the whole range of a lever, or for a change of choice%s%s. They "
                   "are a measure of distance. Nothing is said of whether a change could be made.",
                   *given ? ", but the file's own for " : "", given);
    if (flip->set_count > 0)
        mst_page_words(p->page, 0, NULL,
                       "Who moves: whose figure or decision it is; a debt is felt by the one who "
                       "owes it.");
    const int32_t left = mst_flip_levers_left(p->session);
    if (left > 0)
        mst_page_words(p->page, 0, NULL, "Only the first %d levers were tried; %s left out.",
                       (int)MST_FLIP_LEVERS_MAX, mst_page_number(p->page, left, "is", "are"));
}

/* ---- the whole --------------------------------------------------------------------------------------------- */

static void tell_without_levers(mst_page *page, int32_t declared)
{
    mst_page_words(
        page, 0, NULL, "%s",
        declared == 0
            ? "ANSWER: none can be given, for the file declares no lever. A lever is an "
              "entry of whatif:"
            : "ANSWER: none can be given, for no rule of this verdict reads any lever that "
              "the file declares (whatif); they may be about other states or drills. "
              "What alone would turn a stage: muster why. A lever is an entry of whatif:");
    mst_text_add(&page->text,
                 "\n  whatif = { fuel = { path = \"states.ID.allotment_frac\"; min = 0.0;\n"
                 "                      max = 1.0; controls = \"candidate\"; }; };\n");
}

static void tell_not_assessed(mst_page *page)
{
    mst_page_words(
        page, 0, NULL,
        "ANSWER: none can be given, for no stage is assessed, so that there is no verdict "
        "to flip: see muster why.");
}

static void tell_all(const mst_flip_page *p)
{
    tell_searched(p);
    mst_text_add(&p->page->text, "\n");
    tell_answer(p);
    tell_standing(p);
    mst_flip_tell_sets(p);
    mst_flip_tell_alone(p);
    tell_notes(p);
    mst_tell_sources(p->page);
}

static char *finish(mst_flip_page *p, const mst_verdict *v, const muster_tell *tell,
                    const char *drill, bool as_json, muster_diags *diags)
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
    mst_tell_which_drill(page, drill);
    mst_tell_recorded(page, v);
    if (!mst_verdict_is_assessed(v)) {
        mst_text_add(&page->text, "\n");
        tell_not_assessed(page);
    } else if (count_idle(p->flip) == p->flip->lever_count) {
        mst_text_add(&page->text, "\n");
        tell_without_levers(page, p->flip->lever_count);
    } else {
        tell_all(p);
    }
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
    char *out = finish(&p, v, tell, drill, as_json, diags);
    mst_flip_close(session);
    return out;
}
