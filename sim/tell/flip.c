/* The smallest changes of levers that flip a verdict: the answer, the sets, each lever alone, notes. */
#include "tell/flip.h"

#include "model/walk.h"

#include <math.h>
#include <string.h>

enum { TABLES = 2, LINES = 12 };

/* ---- words ------------------------------------------------------------------------------------------ */

const char *mst_flip_controller(const mst_lever_def *def)
{
    static const char *const words[] = {"candidate", "host", "third party", "nobody"};
    return def->controls >= 0 && def->controls < 4 ? words[def->controls] : "nobody";
}

const char *mst_flip_source(mst_page *page, const mst_lever_def *def)
{
    const mst_fact *fact = mst_spec_fact(page->spec, def->path);
    if (!fact)
        return "default";
    if (fact->confidence == MST_ASSUMED || mst_source_is_assumed(fact->source))
        return "assumed";
    if (!fact->source)
        return fact->confidence == MST_UNSOURCED ? "none" : mst_confidence_names[fact->confidence];
    return mst_page_cite(page, fact->source);
}

static const char *label_of(const mst_lever_def *def)
{
    return def->label ? def->label : def->item.id ? def->item.id : def->path;
}

static bool is_counted(const mst_flip_lever *lever)
{
    return lever->kind == MST_LEVER_CHOICE || lever->kind == MST_LEVER_WHOLE;
}

/* A value for people: no quotes, no point without a fraction. */
static const char *value_words(const mst_flip_page *p, int32_t lever, double x)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    char text[32];
    if (isnan(x))
        return "none";
    if (l->kind == MST_LEVER_CHOICE)
        return *MST_AT(const char *const, &l->def->choices, (int32_t)x);
    return mst_page_printf(p->page, "%s", mst_text_shortest(x, text));
}

/* Digits enough to stand on either side of it, a ten-thousandth of the range away. */
static const char *tip_number(const mst_flip_page *p, int32_t lever, double at)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    const int32_t decimals = (int32_t)fmax(0.0, 1.0 - round(log10(l->grid)));
    return mst_page_printf(p->page, "%.*f", (int)decimals, at);
}

/* A number's tipping value, "from 1" of whole numbers, nothing of a choice. */
static const char *tip_words(const mst_flip_page *p, int32_t lever, double x, double tip)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    if (l->kind == MST_LEVER_CHOICE || isnan(tip))
        return "-";
    if (l->kind == MST_LEVER_WHOLE)
        return mst_page_printf(p->page, "%s to %s", value_words(p, lever, tip),
                               value_words(p, lever, x));
    return tip_number(p, lever, tip);
}

static const char *cost_words(const mst_flip_page *p, double cost)
{
    return mst_page_printf(p->page, cost < 1000.0 ? "%.3f" : "%.4g", cost);
}

/* ---- the answer --------------------------------------------------------------------------------------- */

/* "how visible the drill is down to 0.492 (now 0.8)" */
static const char *move_words(const mst_flip_page *p, int32_t lever, double x)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    const bool has_way = l->kind != MST_LEVER_CHOICE && !isnan(l->now);
    return mst_page_printf(p->page, "%s%s %s (now %s)", label_of(l->def),
                           !has_way     ? " to"
                           : x > l->now ? " up to"
                                        : " down to",
                           value_words(p, lever, x), value_words(p, lever, l->now));
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

/* "able", "admitted by China", "accepts": for lists, where there is no room for a sentence. */
static const char *short_stage(const mst_flip_page *p, const mst_stage_result *stage)
{
    return stage->stage == MST_ADMIT
               ? mst_page_printf(p->page, "admitted by %s", mst_page_state(p->page, stage->host))
               : mst_page_stage(p->page, stage);
}

static const char *blocking_words(const mst_flip_page *p)
{
    const mst_verdict *v = &p->flip->now;
    const char *words = "";
    for (int32_t i = 0; i < v->stage_count; i++)
        if (v->stage[i].standing == MST_NO || v->stage[i].standing == MST_TIE)
            words = mst_page_printf(p->page, "%s%s%s", words, *words ? "; " : "",
                                    mst_page_stage(p->page, &v->stage[i]));
    return words;
}

static int32_t of_size(const mst_flip *flip, int32_t size)
{
    int32_t count = 0;
    for (int32_t i = 0; i < flip->set_count; i++)
        count += flip->set[i].count == size;
    return count;
}

static const char *equals_words(const mst_flip_page *p)
{
    const int32_t more = of_size(p->flip, p->flip->set[0].count) - 1;
    return more == 0   ? ""
           : more == 1 ? " One other set is as small."
                       : mst_page_printf(p->page, " %d other sets are as small.", (int)more);
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
        flip->searched_count > 0 ? ", as far as the search found" : ": proved");
    for (int32_t i = 0; i < v->stage_count; i++)
        if (flip->turned_by[i] == 0)
            mst_page_words(p->page, 0, NULL, "No lever can turn: %s (margin %s).",
                           mst_page_stage(p->page, &v->stage[i]),
                           mst_page_margin(p->page, v->stage[i].margin));
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
                       cost_words(p, nearest->cost), cost_words(p, smallest->cost),
                       list_of(p, nearest));
}

static void tell_standing(const mst_flip_page *p)
{
    const mst_flip *flip = p->flip;
    int32_t blocking = 0;
    for (int32_t i = 0; i < flip->now.stage_count; i++)
        blocking += flip->now.stage[i].standing == MST_NO || flip->now.stage[i].standing == MST_TIE;
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

/* ---- sets --------------------------------------------------------------------------------------------- */

static void add_row(const mst_flip_page *p, const char *const cell[6])
{
    static const int32_t start[] = {2, 33, 42, 51, 61, 68}, width[] = {30, 8, 8, 9, 6, 12};
    mst_page_cell cells[6];
    for (int32_t i = 0; i < 6; i++)
        cells[i] = (mst_page_cell){cell[i], start[i], width[i]};
    mst_page_row(&p->page->text, cells, 6);
}

/* "able yes, 0.0000; admitted by China yes, +0.0007; ...": of the run with these values. */
static const char *stages_words(const mst_flip_page *p, const mst_verdict *v)
{
    static const char *const standing[] = {"yes", "no", "no (a tie)", "not assessed"};
    const char *words = "";
    for (int32_t i = 0; i < v->stage_count; i++) {
        const mst_stage_result *s = &v->stage[i];
        const bool is_nought = fabs(s->margin) < 5e-5;
        const char *margin = isnan(s->margin) ? ""
                             : is_nought      ? ", 0.0000"
                                              : mst_page_printf(p->page, ", %+.4f", s->margin);
        words = mst_page_printf(p->page, "%s%s%s %s%s", words, i > 0 ? "; " : "", short_stage(p, s),
                                standing[s->standing], margin);
    }
    return words;
}

static void tell_set(const mst_flip_page *p, int32_t index)
{
    const mst_flip_set *set = &p->flip->set[index];
    const char *name = index == p->flip->nearest && index == 0 ? "SMALLEST AND NEAREST"
                       : index == p->flip->nearest             ? "NEAREST"
                       : set->count == p->flip->set[0].count   ? "SMALLEST"
                                                               : "ANOTHER";
    mst_page_heading(p->page, "%s: %s, cost %s", name,
                     mst_page_number(p->page, set->count, "lever", "levers"),
                     cost_words(p, set->cost));
    add_row(p, (const char *const[]){"lever", "now", "needed", "tips at", "cost", "who controls"});
    for (int32_t i = 0; i < set->count; i++) {
        const int32_t k = set->lever[i];
        const mst_flip_lever *l = &p->flip->lever[k];
        add_row(p, (const char *const[]){
                       label_of(l->def), value_words(p, k, l->now), value_words(p, k, set->x[i]),
                       tip_words(p, k, set->x[i], set->tip[i]),
                       cost_words(p, mst_flip_cost(l, set->x[i])), mst_flip_controller(l->def)});
    }
    mst_page_words(p->page, 2, NULL, "Run with these values, margins: %s. Verdict %s, P %s.",
                   stages_words(p, &set->verdict), set->verdict.joins ? "yes" : "no",
                   mst_page_chance(p->page, set->verdict.p));
}

static void tell_other_sets(const mst_flip_page *p)
{
    const mst_flip *flip = p->flip;
    int32_t told = 0, left = 0;
    for (int32_t i = TABLES; i < flip->set_count; i++)
        left += i != flip->nearest;
    if (left == 0)
        return;
    mst_page_heading(p->page, "OTHER SETS, none of which holds another");
    for (int32_t i = TABLES; i < flip->set_count && told < LINES; i++) {
        const mst_flip_set *set = &flip->set[i];
        const char *words = "";
        if (i == flip->nearest)
            continue;
        for (int32_t k = 0; k < set->count; k++)
            words = mst_page_printf(p->page, "%s%s%s %s", words, k > 0 ? ", " : "",
                                    flip->lever[set->lever[k]].def->item.id,
                                    value_words(p, set->lever[k], set->x[k]));
        const mst_page_cell cells[] = {{mst_page_printf(p->page, "%d", (int)set->count), 2, 2},
                                       {cost_words(p, set->cost), 5, 7},
                                       {words, 13, MST_PAGE_WIDTH - 13}};
        mst_page_row(&p->page->text, cells, 3);
        told++;
    }
    left += flip->left_out - told;
    if (left > 0)
        mst_page_words(p->page, 2, NULL, "and %d more%s.", (int)left,
                       flip->left_out > 0 ? "" : ": --json has all of them");
}

/* ---- each lever alone ------------------------------------------------------------------------------------ */

/* "above 0.6287", "below 0.4663"; of whole numbers and choices "with ORANG". */
static const char *turn_words(const mst_flip_page *p, int32_t lever, const mst_flip_turn *turn)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    if (is_counted(l))
        return mst_page_printf(p->page, "with %s", value_words(p, lever, turn->at));
    return mst_page_printf(p->page, "%s %s",
                           isnan(l->now)       ? "at"
                           : turn->at > l->now ? "above"
                                               : "below",
                           tip_number(p, lever, turn->at));
}

static const char *alone_words(const mst_flip_page *p, int32_t lever)
{
    const mst_flip_alone *a = &p->flip->alone[lever];
    const mst_flip_lever *l = &p->flip->lever[lever];
    const mst_verdict *v = &p->flip->now;
    const char *words = "";
    for (int32_t i = 0; i < v->stage_count; i++)
        if (a->stage[i].turns) {
            const bool was_no = v->stage[i].standing == MST_NO || v->stage[i].standing == MST_TIE;
            words = mst_page_printf(p->page, "%s%s%s: %s %s", words, *words ? "; " : "",
                                    short_stage(p, &v->stage[i]), was_no ? "yes" : "no",
                                    turn_words(p, lever, &a->stage[i]));
        }
    if (a->verdict.turns)
        words = mst_page_printf(p->page, "%s; flips the verdict %s", words,
                                turn_words(p, lever, &a->verdict));
    if (*words)
        return words;
    return l->kind == MST_LEVER_IDLE ? "read by nothing here"
           : a->is_proved            ? "turns no stage"
                                     : "turns no stage, by search";
}

static const char *range_words(const mst_flip_page *p, int32_t lever)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    const char *words = "";
    if (l->kind != MST_LEVER_CHOICE)
        return mst_page_printf(p->page, "%s..%s%s%s", value_words(p, lever, l->min),
                               value_words(p, lever, l->max), l->def->unit ? " " : "",
                               l->def->unit ? l->def->unit : "");
    for (int32_t i = 0; i < l->def->choices.count; i++)
        words = mst_page_printf(p->page, "%s%s%s", words, i > 0 ? ", " : "",
                                *MST_AT(const char *const, &l->def->choices, i));
    return words;
}

static void tell_alone(const mst_flip_page *p)
{
    mst_page_heading(p->page, "EACH LEVER ALONE");
    const mst_page_cell head[] = {{"lever", 2, 13},
                                  {"now", 16, 8},
                                  {"source", 25, 8},
                                  {"range", 34, 10},
                                  {"alone it turns", 45, 35}};
    mst_page_row(&p->page->text, head, 5);
    for (int32_t i = 0; i < p->flip->lever_count; i++) {
        const mst_flip_lever *l = &p->flip->lever[i];
        const mst_page_cell cells[] = {{l->def->item.id, 2, 13},
                                       {value_words(p, i, l->now), 16, 8},
                                       {mst_flip_source(p->page, l->def), 25, 8},
                                       {range_words(p, i), 34, 10},
                                       {alone_words(p, i), 45, 35}};
        mst_page_row(&p->page->text, cells, 5);
    }
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

static void tell_notes(const mst_flip_page *p)
{
    const mst_flip *flip = p->flip;
    mst_page_heading(p->page, "HOW THIS WAS FOUND");
    if (flip->searched_count == 0)
        mst_page_words(
            p->page, 0, NULL,
            "Proved, from the forms and signs of the rules: of %d sets of up to %d levers "
            "no other one flips the verdict without holding one of these.",
            (int)flip->asked_count, (int)MST_FLIP_SET_MAX);
    else
        mst_page_words(p->page, 0, NULL,
                       "By search: for %d of %d sets of up to %d levers it is not proved that they "
                       "flip nothing. That the sets above do was seen in runs.",
                       (int)flip->searched_count, (int)flip->asked_count, (int)MST_FLIP_SET_MAX);
    if (flip->set_count > 0)
        mst_page_words(
            p->page, 0, NULL,
            "Needed: the cheapest values of each set to %g of a range (%s), then rounded "
            "away from now and run. Tips at: where the verdict turns if the others of "
            "the set stand as needed.",
            MST_FLIP_TOLERANCE, how_cheapest(p));
    const char *given = given_costs(p);
    mst_page_words(p->page, 0, NULL,
                   "Costs: 1 for the whole range of a lever, or for a change of choice%s%s. They "
                   "are a measure of distance. Nothing is said of whether a change could be made.",
                   *given ? ", but the file's own for " : "", given);
    if (flip->refused_count > 0)
        mst_page_words(p->page, 0, NULL,
                       "%d sets are left out: a run with their values did not confirm them.",
                       (int)flip->refused_count);
    const int32_t left = mst_flip_levers_left(p->session);
    if (left > 0)
        mst_page_words(p->page, 0, NULL, "Only the first %d levers were tried; %d are left out.",
                       (int)MST_FLIP_LEVERS_MAX, (int)left);
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
    const mst_flip *flip = p->flip;
    tell_answer(p);
    tell_standing(p);
    mst_page_use_words(p->page);
    for (int32_t i = 0; i < flip->set_count && i < TABLES; i++)
        tell_set(p, i);
    if (flip->nearest >= TABLES)
        tell_set(p, flip->nearest);
    tell_other_sets(p);
    tell_alone(p);
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

static const mst_verdict *find(mst_page *page, const char *state, const char *drill,
                               muster_diags *diags)
{
    page->drill = mst_tell_find_drill(page, drill, diags);
    const int32_t s = page->drill >= 0 ? mst_tell_find_state(page, state, diags) : -1;
    const mst_verdict *v = s >= 0 ? mst_verdict_of(page->run, page->drill, s) : NULL;
    if (s >= 0 && !v)
        mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, NULL,
                 "state '%s' is neither host nor candidate of drill '%s'", state,
                 page->model->drill[page->drill].id);
    return v;
}

char *muster_tell_flip(const muster_tell *tell, const muster_flip_from *from, const char *state,
                       const char *drill, bool as_json, muster_diags *diags)
{
    mst_page page;
    mst_flip_session *session = NULL;
    mst_page_begin(&page, tell);
    const mst_verdict *v = find(&page, state, drill, diags);
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
