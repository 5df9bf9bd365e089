#include "batch/rivals.h"

#include <string.h>

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
    out->answer = answer;
    out->camp = camp;
    out->missing = copy_text(&to, from->missing);
    out->about = copy_text(&to, from->about);
    copy_findings(&to, from, out);
    return !arena->failed;
}

/* One case as if it were the only one, with what the whole record says of it. */
typedef struct turn {
    const mst_rivals *all;
    int32_t item;
    const mst_past *past;
    double rate_elsewhere;
} turn;

/* Runs after the case alone was looked back from, which found nothing before or beside it. */
static bool fill_turn(const void *from, int32_t item, mst_arena *arena, mst_setting *out)
{
    const turn *t = from;
    (void)item;
    out->past = t->past;
    out->rate_elsewhere = t->rate_elsewhere;
    return t->all->fill(t->all->from, t->item, arena, out);
}

/* False: memory is short. */
static bool ask_one(mst_rivals *all, int32_t item, mst_arena *scratch)
{
    mst_case *c = &all->item[item];
    const turn t = {all, item, c->setting.past, c->setting.rate_elsewhere};
    mst_rivals one = *all;
    one.arena = scratch;
    one.item = c;
    one.count = 1;
    one.fill = fill_turn;
    one.from = &t;
    if (!mst_rivals_ask(&one))
        return false;
    const mst_reply *reply = c->reply;
    mst_reply *kept = mst_arena_array(all->arena, (size_t)all->model_count, sizeof *kept);
    for (int32_t i = 0; kept && i < all->model_count; i++)
        if (!copy_reply(all->arena, &c->setting, &reply[i], &kept[i]))
            return false;
    c->reply = kept;
    return kept != NULL;
}

bool mst_rivals_ask_in_turn(mst_rivals *rivals)
{
    if (!mst_rivals_look_back(rivals))
        return false;
    for (int32_t i = 0; i < rivals->count; i++) {
        mst_arena scratch;
        mst_arena_init(&scratch, rivals->arena->memory);
        const bool asked = ask_one(rivals, i, &scratch);
        mst_arena_clear(&scratch);
        if (!asked)
            return false;
    }
    return true;
}
