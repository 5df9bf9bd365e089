#include "model/model.h"

#include "model/compile.h"

#include <math.h>
#include <string.h>

mst_leg mst_model_leg(const mst_model *model, int32_t from_spot, int32_t to_spot)
{
    mst_leg leg = {.index = -1};
    if (from_spot < 0 || to_spot < 0 || from_spot >= model->spot_count ||
        to_spot >= model->spot_count)
        return leg;
    const size_t cell = (size_t)from_spot * (size_t)model->spot_count + (size_t)to_spot;
    const int32_t route = model->route_of[cell];
    if (route < 0)
        return leg;
    leg.route = mst_route_book_at(model->book, route);
    leg.backwards = model->route_back[cell] != 0;
    leg.length_m = leg.route->line.length_m;
    leg.index = route;
    return leg;
}

muster_point mst_leg_position(const mst_leg *leg, double distance_m)
{
    return mst_line_position(&leg->route->line,
                             leg->backwards ? leg->length_m - distance_m : distance_m);
}

int32_t mst_model_word(const mst_model *model, const char *word)
{
    for (int32_t i = 0; word && i < model->word_count; i++)
        if (mst_same_name(model->word[i], word))
            return i;
    return -1;
}

bool mst_term_names_another(const mst_rule_term *term)
{
    for (int32_t i = 0; i < term->factor_count; i++) {
        const mst_reads reads = term->factor[i].reads;
        if (reads == MST_READS_HOST || reads == MST_READS_OTHER || reads == MST_READS_TIE ||
            reads == MST_READS_TO_HOST || reads == MST_READS_FROM_HOST || reads == MST_READS_JOINS)
            return true;
    }
    return false;
}

bool mst_rule_names_another(const mst_rule_row *rule)
{
    for (int32_t i = 0; i < rule->term_count; i++)
        if (mst_term_names_another(&rule->term[i]))
            return true;
    return false;
}

bool mst_model_decisions_depend(const mst_model *model)
{
    for (int32_t i = 0; i < model->rule_count; i++)
        for (int32_t t = 0; !model->rule[i].is_off && t < model->rule[i].term_count; t++)
            for (int32_t f = 0; f < model->rule[i].term[t].factor_count; f++)
                if (model->rule[i].term[t].factor[f].reads == MST_READS_JOINS)
                    return true;
    return false;
}

int32_t mst_model_asked_count(const mst_drill_row *drill)
{
    return drill->host_count + drill->candidate_count;
}

int32_t mst_model_asked(const mst_drill_row *drill, int32_t place)
{
    return place < drill->host_count ? drill->host[place]
                                     : drill->candidate[place - drill->host_count];
}

static bool holds(const int32_t *list, int32_t count, int32_t state)
{
    for (int32_t i = 0; i < count; i++)
        if (list[i] == state)
            return true;
    return false;
}

bool mst_model_asks(const mst_drill_row *drill, int32_t state)
{
    return mst_model_is_host(drill, state) || mst_model_is_candidate(drill, state);
}

bool mst_model_is_host(const mst_drill_row *drill, int32_t state)
{
    return holds(drill->host, drill->host_count, state);
}

bool mst_model_is_candidate(const mst_drill_row *drill, int32_t state)
{
    return holds(drill->candidate, drill->candidate_count, state);
}

int32_t mst_model_state(const mst_model *model, const char *id)
{
    for (int32_t i = 0; id && i < model->state_count; i++)
        if (strcmp(model->state[i].id, id) == 0)
            return i;
    return -1;
}

int32_t mst_model_unit(const mst_model *model, const char *id)
{
    for (int32_t i = 0; id && i < model->unit_count; i++)
        if (strcmp(model->unit[i].id, id) == 0)
            return i;
    return -1;
}

int32_t mst_model_drill(const mst_model *model, const char *id)
{
    if (!id)
        return model->drill_count > 0 ? 0 : -1;
    for (int32_t i = 0; i < model->drill_count; i++)
        if (strcmp(model->drill[i].id, id) == 0)
            return i;
    return -1;
}

void mst_model_free(mst_model *model)
{
    if (!model)
        return;
    const muster_memory *memory = model->arena.memory;
    mst_arena_clear(&model->arena);
    mst_memory_free(memory, model);
}

int32_t mst_model_index_place(const mst_drill_row *drill, int32_t state)
{
    for (int32_t i = 0; i < drill->index_count; i++)
        if (drill->index[i].state == state)
            return i;
    return -1;
}

mst_index_row mst_model_index(const mst_model *model, int32_t drill, int32_t state)
{
    const mst_drill_row *d = &model->drill[drill];
    const mst_state_row *own = &model->state[state];
    const int32_t place = mst_model_index_place(d, state);
    mst_index_row out = {state, own->index_cap, own->index_reach};
    if (place >= 0 && !isnan(d->index[place].cap))
        out.cap = d->index[place].cap;
    if (place >= 0 && !isnan(d->index[place].reach))
        out.reach = d->index[place].reach;
    return out;
}
