/* The flip as a document. */
#include "tell/flip.h"
#include "tell/why.h"

#include <math.h>

static const char *const standing_names[] = {"yes", "no", "tie", "not assessed"};

/* Numbers as numbers, choices as their text, nothing as null. */
static void add_value(mst_json *json, const char *key, const mst_flip_lever *lever, double x)
{
    if (lever->kind == MST_LEVER_CHOICE && !isnan(x))
        mst_json_text(json, key, *MST_AT(const char *const, &lever->def->choices, (int32_t)x));
    else
        mst_json_maybe(json, key, x);
}

static void add_stages(mst_json *json, const mst_flip_page *p, const mst_verdict *v)
{
    mst_json_array(json, "stages");
    for (int32_t i = 0; i < v->stage_count; i++) {
        const mst_stage_result *s = &v->stage[i];
        mst_json_object(json, NULL);
        mst_json_text(json, "stage", mst_stage_names[s->stage]);
        mst_json_text(json, "host", s->host >= 0 ? p->page->model->state[s->host].id : NULL);
        mst_json_text(json, "standing", standing_names[s->standing]);
        mst_json_maybe(json, "margin", s->margin);
        mst_json_end(json);
    }
    mst_json_end(json);
}

/* As printed: this value turns, a step of its digits nearer to now does not. */
static double turns_from(const mst_flip_lever *l, const mst_flip_turn *turn)
{
    return l->kind == MST_LEVER_CHOICE  ? (double)NAN
           : l->kind == MST_LEVER_WHOLE ? turn->at
                                        : turn->from;
}

static void add_turns(mst_json *json, const mst_flip_page *p, int32_t lever)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    const mst_flip_alone *a = &p->flip->alone[lever];
    mst_json_object(json, "alone");
    mst_json_bool(json, "flips", a->verdict.turns);
    add_value(json, "at", l, a->verdict.turns ? a->verdict.at : (double)NAN);
    mst_json_maybe(json, "from", a->verdict.turns ? turns_from(l, &a->verdict) : (double)NAN);
    mst_json_bool(json, "proved", a->is_proved);
    mst_json_whole(json, "values_tried", a->value_count);
    mst_json_array(json, "turns");
    for (int32_t i = 0; i < p->flip->now.stage_count; i++) {
        if (!a->stage[i].turns)
            continue;
        mst_json_object(json, NULL);
        mst_json_whole(json, "stage", i);
        add_value(json, "at", l, a->stage[i].at);
        mst_json_maybe(json, "from", turns_from(l, &a->stage[i]));
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_end(json);
}

/* The part of whoever moves it, and which states these are; "any": one of them is enough. */
static void add_control(mst_json *json, const mst_flip_page *p, const mst_lever_def *def)
{
    const mst_flip_control who = mst_flip_controlled(p, def);
    mst_json_text(json, "controls", who.role);
    mst_json_array(json, "controlled_by");
    for (int32_t i = 0; i < who.state_count; i++)
        mst_json_text(json, NULL, p->page->model->state[who.state[i]].id);
    mst_json_end(json);
    mst_json_bool(json, "controlled_by_any", who.is_any);
}

static void add_lever(mst_json *json, const mst_flip_page *p, int32_t lever)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    const mst_fact *fact = mst_spec_fact(p->page->spec, l->def->path);
    mst_json_object(json, NULL);
    mst_json_text(json, "id", l->def->item.id);
    mst_json_text(json, "path", l->def->path);
    mst_json_text(json, "label", l->def->label);
    mst_json_text(json, "unit", l->def->unit);
    add_control(json, p, l->def);
    add_value(json, "now", l, l->now);
    mst_json_text(json, "source", fact ? fact->source : NULL);
    mst_json_text(json, "confidence", fact ? mst_confidence_names[fact->confidence] : NULL);
    mst_json_maybe(json, "min", l->kind == MST_LEVER_CHOICE ? (double)NAN : l->min);
    mst_json_maybe(json, "max", l->kind == MST_LEVER_CHOICE ? (double)NAN : l->max);
    mst_json_array(json, "choices");
    for (int32_t i = 0; i < l->def->choices.count; i++)
        mst_json_text(json, NULL, *MST_AT(const char *const, &l->def->choices, i));
    mst_json_end(json);
    mst_json_bool(json, "whole", l->is_whole);
    mst_json_real(json, "cost_per_unit", l->cost);
    mst_json_bool(json, "cost_given", !isnan(l->def->cost));
    add_turns(json, p, lever);
    mst_json_end(json);
}

static void add_lines(mst_json *json, const mst_flip_page *p, int32_t lever, double x)
{
    mst_list lines = {0};
    mst_flip_lines(p->session, lever, x, &lines);
    mst_json_array(json, "changes");
    for (int32_t i = 0; i < lines.count; i++)
        mst_json_text(json, NULL, *MST_AT(const char *const, &lines, i));
    mst_json_end(json);
}

static void add_set(mst_json *json, const mst_flip_page *p, const mst_flip_set *set)
{
    mst_json_object(json, NULL);
    mst_json_array(json, "levers");
    for (int32_t i = 0; i < set->count; i++) {
        const mst_flip_lever *l = &p->flip->lever[set->lever[i]];
        mst_json_object(json, NULL);
        mst_json_text(json, "id", l->def->item.id);
        add_value(json, "value", l, set->x[i]);
        add_value(json, "tips_at", l, set->tip[i]);
        mst_json_maybe(json, "turns_from", set->from[i]);
        mst_json_real(json, "cost", mst_flip_cost(l, set->x[i]));
        add_lines(json, p, set->lever[i], set->x[i]);
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_real(json, "cost", set->cost);
    mst_json_maybe(json, "least_cost", set->least);
    mst_json_bool(json, "proved", set->is_proved);
    add_stages(json, p, &set->verdict);
    mst_json_joins(json, &set->verdict);
    mst_json_maybe(json, "probability", set->verdict.p);
    mst_json_end(json);
}

/* Stages that block although nothing flips the verdict, and how many levers turn each alone. */
static void add_obstacles(mst_json *json, const mst_flip *flip)
{
    mst_json_array(json, "obstacles");
    for (int32_t i = 0; flip->set_count == 0 && i < flip->now.stage_count; i++) {
        if (flip->lever_count == 0 || flip->turned_by[i] < 0)
            continue;
        mst_json_object(json, NULL);
        mst_json_whole(json, "stage", i);
        mst_json_maybe(json, "turned_by_levers",
                       flip->turned_by[i] > 0 ? (double)flip->turned_by[i] : (double)NAN);
        mst_json_bool(json, "proved", flip->turned_by[i] > 0 || flip->is_denied[i]);
        mst_json_end(json);
    }
    mst_json_end(json);
}

char *mst_json_flip(const mst_flip_page *p, const muster_memory *memory, muster_diags *diags)
{
    const mst_flip *flip = p->flip;
    mst_json *json = mst_json_create(memory);
    mst_json_object(json, NULL);
    mst_json_head(json, "muster-flip", p->page);
    mst_json_text(json, "drill", p->page->model->drill[p->page->drill].id);
    mst_json_text(json, "state", p->page->model->state[flip->now.state].id);
    mst_json_bool(json, "is_host", flip->now.is_host);
    mst_json_joins(json, &flip->now);
    add_stages(json, p, &flip->now);
    mst_json_bool(json, "overdetermined", flip->is_overdetermined);
    mst_json_array(json, "levers");
    for (int32_t i = 0; i < flip->lever_count; i++)
        add_lever(json, p, i);
    mst_json_end(json);
    mst_json_whole(json, "levers_left_out", mst_flip_levers_left(p->session));
    mst_json_array(json, "sets");
    for (int32_t i = 0; i < flip->set_count; i++)
        add_set(json, p, &flip->set[i]);
    mst_json_end(json);
    mst_json_maybe(json, "nearest",
                   flip->nearest >= 0 && flip->set_count > 0 ? (double)flip->nearest : (double)NAN);
    mst_json_whole(json, "sets_asked", flip->asked_count);
    mst_json_whole(json, "sets_denied_by_search", flip->searched_count);
    mst_json_whole(json, "sets_not_looked_at", flip->skipped_count);
    mst_json_bool(json, "budget_spent", mst_flip_ended(flip));
    mst_json_whole(json, "sets_left_out", flip->left_out);
    mst_json_whole(json, "sets_not_confirmed", flip->refused_count);
    add_obstacles(json, flip);
    mst_json_end(json);
    return mst_page_document(p->page, json, memory, diags);
}
