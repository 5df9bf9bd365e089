/* Tables of a flip: the sets, and what each lever turns alone. */
#include "tell/flip.h"

#include <math.h>
#include <string.h>

enum { TABLES = 2, LINES = 12 };

/* ---- sets --------------------------------------------------------------------------------------------- */

static void add_row(const mst_flip_page *p, const char *const cell[7])
{
    static const int32_t start[] = {2, 25, 33, 42, 49, 62, 69}, width[] = {22, 7, 8, 6, 12, 6, 11};
    mst_page_cell cells[7];
    for (int32_t i = 0; i < 7; i++)
        cells[i] = (mst_page_cell){cell[i], start[i], width[i]};
    mst_page_row(&p->page->text, cells, 7);
}

/* "able yes, 0.0000; admitted by China yes, +0.0007; ...": of the run with these values. */
static const char *stages_words(const mst_flip_page *p, const mst_verdict *v)
{
    static const char *const standing[] = {"yes", "no", "no (a tie)", "not assessed"};
    const char *words = "";
    for (int32_t i = 0; i < v->stage_count; i++) {
        const mst_stage_result *s = &v->stage[i];
        const char *margin = isnan(s->margin) ? "" : mst_page_fine_margin(p->page, s->margin);
        words = mst_page_printf(p->page, "%s%s%s %s%s%s", words, i > 0 ? "; " : "",
                                mst_flip_stage_words(p, s), standing[s->standing],
                                *margin ? ", " : "", *margin == ' ' ? margin + 1 : margin);
    }
    return words;
}

/* Of whole numbers the needed one is the first that turns, if the one before does not. */
static double turn_of(const mst_flip_page *p, const mst_flip_set *set, int32_t i)
{
    const bool is_whole = p->flip->lever[set->lever[i]].kind == MST_LEVER_WHOLE;
    return is_whole && !isnan(set->tip[i]) ? set->x[i] : set->from[i];
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
                     mst_flip_cost_words(p, set->cost));
    add_row(p, (const char *const[]){"lever", "now", "source", "needed", "turns from", "cost",
                                     "who moves"});
    for (int32_t i = 0; i < set->count; i++) {
        const int32_t k = set->lever[i];
        const mst_flip_lever *l = &p->flip->lever[k];
        add_row(p, (const char *const[]){mst_flip_label(l->def), mst_flip_value_words(p, k, l->now),
                                         mst_flip_source(p->page, l->def),
                                         mst_flip_value_words(p, k, set->x[i]),
                                         mst_flip_turn_words(p, k, turn_of(p, set, i)),
                                         mst_flip_cost_words(p, mst_flip_cost(l, set->x[i])),
                                         mst_flip_controller(p, l->def)});
    }
    mst_page_words(p->page, 2, NULL,
                   "Run with these values, margins: %s. Verdict %s, P of joining %s.",
                   stages_words(p, &set->verdict), set->verdict.joins ? "yes" : "no",
                   mst_page_chance(p->page, set->verdict.p));
}

static const char *short_words(const mst_flip_page *p, const mst_flip_set *set)
{
    const char *words = "";
    for (int32_t k = 0; k < set->count; k++)
        words = mst_page_printf(p->page, "%s%s%s %s", words, k > 0 ? ", " : "",
                                p->flip->lever[set->lever[k]].def->item.id,
                                mst_flip_value_words(p, set->lever[k], set->x[k]));
    return words;
}

static void tell_other_sets(const mst_flip_page *p)
{
    const mst_flip *flip = p->flip;
    int32_t told = 0, left = 0;
    for (int32_t i = TABLES; i < flip->set_count; i++)
        left += i != flip->nearest;
    if (left == 0)
        return;
    mst_page_heading(p->page,
                     "OTHER SETS, none of which holds another: levers, cost, values needed");
    for (int32_t i = TABLES; i < flip->set_count && told < LINES; i++) {
        const mst_flip_set *set = &flip->set[i];
        if (i == flip->nearest)
            continue;
        const mst_page_cell cells[] = {{mst_page_printf(p->page, "%d", (int)set->count), 2, 2},
                                       {mst_flip_cost_words(p, set->cost), 5, 7},
                                       {short_words(p, set), 13, MST_PAGE_WIDTH - 13}};
        mst_page_row(&p->page->text, cells, 3);
        told++;
    }
    if (left > told)
        mst_page_words(p->page, 2, NULL, "and %d more: --json has %s.", (int)(left - told),
                       left - told == 1 ? "it" : "them");
    if (flip->left_out > 0)
        mst_page_words(
            p->page, 2, NULL, "%s not listed: HOW THIS WAS FOUND says which.",
            mst_page_number(p->page, flip->left_out, "further set is", "further sets are"));
}

void mst_flip_tell_sets(const mst_flip_page *p)
{
    for (int32_t i = 0; i < p->flip->set_count && i < TABLES; i++)
        tell_set(p, i);
    if (p->flip->nearest >= TABLES)
        tell_set(p, p->flip->nearest);
    tell_other_sets(p);
}

/* ---- each lever alone ------------------------------------------------------------------------------------ */

/* "from 0.6288 up"; of choices "with ORANG". */
static const char *turns_words(const mst_flip_page *p, int32_t lever, const mst_flip_turn *turn)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    if (l->kind == MST_LEVER_CHOICE)
        return mst_page_printf(p->page, "with %s", mst_flip_value_words(p, lever, turn->at));
    const double from = l->kind == MST_LEVER_WHOLE ? turn->at : turn->from;
    if (isnan(from)) /* so narrow that no number of its digits lies in it */
        return mst_page_printf(p->page, "close to %.9g", turn->at);
    return mst_page_printf(p->page, "from %s", mst_flip_turn_words(p, lever, from));
}

static const char *alone_words(const mst_flip_page *p, int32_t lever)
{
    const mst_flip_alone *a = &p->flip->alone[lever];
    const mst_flip_lever *l = &p->flip->lever[lever];
    const mst_verdict *v = &p->flip->now;
    const char *words = "";
    if (l->kind == MST_LEVER_IDLE)
        return "read by nothing here";
    for (int32_t i = 0; i < v->stage_count; i++)
        if (a->stage[i].turns)
            words = mst_page_printf(p->page, "%s%s%s: %s %s", words, *words ? "; " : "",
                                    mst_flip_stage_words(p, &v->stage[i]),
                                    mst_stage_says_no(&v->stage[i]) ? "yes" : "no",
                                    turns_words(p, lever, &a->stage[i]));
    if (a->verdict.turns)
        words = mst_page_printf(p->page, "%s; flips the verdict %s", words,
                                turns_words(p, lever, &a->verdict));
    if (a->is_proved)
        return *words ? words : "turns no stage";
    return mst_page_printf(p->page, "%s%s seen in %s", words,
                           *words ? "; nothing else" : "turns no stage:",
                           mst_page_number(p->page, a->value_count, "value", "values"));
}

static const char *range_words(const mst_flip_page *p, int32_t lever)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    const char *words = "";
    if (l->kind != MST_LEVER_CHOICE)
        return mst_page_printf(p->page, "%s..%s%s%s", mst_flip_value_words(p, lever, l->min),
                               mst_flip_value_words(p, lever, l->max), l->def->unit ? " " : "",
                               l->def->unit ? l->def->unit : "");
    for (int32_t i = 0; i < l->def->choices.count; i++)
        words = mst_page_printf(p->page, "%s%s%s", words, i > 0 ? ", " : "",
                                *MST_AT(const char *const, &l->def->choices, i));
    return words;
}

void mst_flip_tell_alone(const mst_flip_page *p)
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
                                       {mst_flip_value_words(p, i, l->now), 16, 8},
                                       {mst_flip_source(p->page, l->def), 25, 8},
                                       {range_words(p, i), 34, 10},
                                       {alone_words(p, i), 45, 35}};
        mst_page_row(&p->page->text, cells, 5);
    }
}
