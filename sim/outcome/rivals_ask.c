/* Every model asked about every case, in memory that does not grow with what the models reckon. */
#include "outcome/rivals.h"

#include <string.h>

/* ---- what is kept of a reply -------------------------------------------------------------------------- */

/* A text on its way from one arena to another; the next that reads alike shares its copy. */
typedef struct copier {
    mst_arena *arena;
    const char *last;
} copier;

static const char *copy_text(copier *to, const char *text)
{
    if (!text || (to->last && strcmp(to->last, text) == 0))
        return text ? to->last : NULL;
    to->last = mst_arena_text(to->arena, text);
    return to->last;
}

static void copy_findings(copier *to, const mst_reply *from, mst_reply *out)
{
    for (int32_t i = 0; i < from->finding.count; i++) {
        const mst_finding *f = MST_AT(const mst_finding, &from->finding, i);
        mst_finding *place = mst_list_add(to->arena, &out->finding, sizeof *place);
        if (place)
            *place = (mst_finding){copy_text(to, f->label), f->value, copy_text(to, f->unit),
                                   copy_text(to, f->words)};
    }
}

static bool copy_equals(mst_arena *arena, const mst_reply *from, size_t states, mst_reply *out)
{
    const int32_t **all = mst_arena_array(arena, (size_t)from->equal_count + 1, sizeof *all);
    for (int32_t i = 0; all && i < from->equal_count; i++) {
        int32_t *camp = mst_arena_array(arena, states, sizeof *camp);
        if (camp)
            memcpy(camp, from->equal_camp[i], states * sizeof *camp);
        all[i] = camp;
    }
    out->equal_camp = all;
    out->equal_count = from->equal_count;
    return !arena->failed;
}

/* False: memory is short. */
static bool copy_reply(mst_arena *arena, const mst_setting *s, const mst_reply *from,
                       mst_reply *out)
{
    copier to = {arena, NULL};
    const size_t asked = (size_t)s->candidate_count, states = (size_t)s->state_count;
    mst_answer *answer = mst_arena_array(arena, asked, sizeof *answer);
    int32_t *camp = from->camp ? mst_arena_array(arena, states, sizeof *camp) : NULL;
    if (arena->failed)
        return false;
    for (size_t i = 0; i < asked; i++) {
        answer[i] = from->answer[i];
        answer[i].basis = copy_text(&to, from->answer[i].basis);
    }
    if (camp)
        memcpy(camp, from->camp, states * sizeof *camp);
    if (!copy_equals(arena, from, states, out))
        return false;
    out->answer = answer;
    out->camp = camp;
    out->missing = copy_text(&to, from->missing);
    out->about = copy_text(&to, from->about);
    copy_findings(&to, from, out);
    return !arena->failed;
}

/* ---- asking ----------------------------------------------------------------------------------------- */

static void forget(mst_setting *s)
{
    s->attribute = s->mutual = s->directed = (mst_figures){0};
    s->attribute_dates = s->mutual_dates = s->directed_dates = (mst_dates){0};
}

static bool ask_model(const mst_align_type *model, const mst_setting *s, mst_arena *scratch,
                      mst_arena *arena, mst_reply *out)
{
    mst_reply reply = {
        .answer = mst_arena_array(scratch, (size_t)s->candidate_count, sizeof *reply.answer)};
    return reply.answer && model->score(s, scratch, &reply) &&
           mst_rivals_name_years(s, scratch, &reply) && copy_reply(arena, s, &reply, out);
}

/* The figures of a table's setting are filled in, asked for, and dropped again, with all that the models
 * made of them: hundreds of states to a drill times thousands of drills would be too much at once. */
static bool ask(mst_rivals *rivals, int32_t item, mst_arena *scratch)
{
    mst_case *c = &rivals->item[item];
    c->reply = mst_arena_array(rivals->arena, (size_t)rivals->model_count, sizeof *c->reply);
    if (!c->reply || (rivals->fill && !rivals->fill(rivals->from, item, scratch, &c->setting)))
        return false;
    for (int32_t i = 0; i < rivals->model_count; i++)
        if (!ask_model(rivals->model[i], &c->setting, scratch, rivals->arena, &c->reply[i]))
            return false;
    if (rivals->fill)
        forget(&c->setting);
    return true;
}

bool mst_rivals_ask(mst_rivals *rivals)
{
    if (!mst_rivals_look_back(rivals))
        return false;
    for (int32_t i = 0; i < rivals->count; i++) {
        mst_arena scratch;
        mst_arena_init(&scratch, rivals->arena->memory);
        const bool asked = ask(rivals, i, &scratch);
        mst_arena_clear(&scratch);
        if (!asked)
            return false;
    }
    return true;
}
