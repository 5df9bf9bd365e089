/* What the answer rests on: figures that nobody vouches for, the weightiest first. */
#include "tell/basis.h"

#include "tell/why.h"

#include <math.h>
#include <string.h>

enum {
    FIGURE_COLUMNS = 37,
    VALUE_START = 38,
    VALUE_COLUMNS = 7,
    EFFECT_START = 46,
    EFFECT_COLUMNS = 25,
    TURN_START = 72
};

typedef struct basis { /* of one verdict */
    const mst_verdict *verdict;
    mst_assumption *figure;
    int32_t count;
    mst_tip *tip;
    int32_t tip_count;
} basis;

static basis basis_of(mst_page *page, const mst_verdict *v)
{
    basis out = {.verdict = v};
    out.count = mst_assumptions(page->model, v, page->run, &page->arena, &out.figure);
    out.tip_count = mst_page_tips(page, v, &out.tip);
    return out;
}

/* At less than half a per cent the table would say 0. */
static bool matters(const mst_assumption *a)
{
    return !(a->influence < 0.005); /* NaN: not measured, so it may */
}

/* "admitted by China": short enough for a column. */
static const char *stage_word(mst_page *page, const mst_stage_result *s)
{
    return s->stage == MST_ADMIT
               ? mst_page_printf(page, "admitted by %s", mst_page_state(page, s->host))
               : mst_page_stage(page, s);
}

/* Where the figure alone would turn the stage; null: nowhere that it may go. */
static const mst_tip *tip_of(const basis *b, const char *path, int32_t stage)
{
    for (int32_t k = 0; k < b->tip_count; k++)
        if (b->tip[k].stage == stage && b->tip[k].within && strcmp(b->tip[k].path, path) == 0)
            return &b->tip[k];
    return NULL;
}

static const char *turn_words(mst_page *page, const mst_tip *tip)
{
    return tip ? mst_page_turn(page, tip->from, tip->decimals) : "";
}

/* A line for each stage that the figure moves, and beside it where it turns the stage. */
static const char *effect_words(mst_page *page, const basis *b, const mst_assumption *a,
                                const char **out_turns)
{
    const char *out = "", *turns = "";
    for (int32_t i = 0; i < b->verdict->stage_count; i++) {
        const double share = a->share[i];
        if (isnan(share) || share < 0.005)
            continue;
        const char *stage = stage_word(page, &b->verdict->stage[i]);
        const char *one = isinf(share) ? mst_page_printf(page, "%s at the edge", stage)
                          : share > 10.0
                              ? mst_page_printf(page, "%s over 1000 %%", stage) /* all but at it */
                              : mst_page_printf(page, "%s %.0f %%", stage, 100.0 * share);
        const bool wraps = mst_text_columns(one) > EFFECT_COLUMNS;
        out = mst_page_printf(page, "%s%s%s", out, *out ? "\n" : "", one);
        turns = mst_page_printf(page, "%s%s\n%s", turns,
                                isinf(share) ? "" : turn_words(page, tip_of(b, a->path, i)),
                                wraps ? "\n" : "");
    }
    *out_turns = turns;
    if (*out)
        return out;
    return a->effect ? mst_page_printf(page, "%s, not measured", a->effect) : "none";
}

static void add_row(mst_page *page, const basis *b, const mst_assumption *a)
{
    const char *words = mst_page_figure(page, a->path);
    const char *figure = words ? mst_page_printf(page, "%s\n  %s", words, a->path) : a->path;
    const char *turns = "", *effect = effect_words(page, b, a, &turns);
    const bool is_list = a->written && a->written[0] == '[';
    if (is_list)
        figure = mst_page_printf(page, "%s\n  %s", figure, a->written);
    const mst_page_cell cells[] = {{figure, 0, FIGURE_COLUMNS},
                                   {is_list      ? "list"
                                    : a->written ? a->written
                                                 : "-",
                                    VALUE_START, VALUE_COLUMNS},
                                   {effect, EFFECT_START, EFFECT_COLUMNS},
                                   {turns, TURN_START, MST_PAGE_WIDTH - TURN_START}};
    mst_page_row(&page->text, cells, 4);
}

static void add_head(mst_page *page, const basis *b)
{
    mst_page_heading(page, "ASSUMPTIONS the answer on %s rests on, most influential first",
                     mst_page_state(page, b->verdict->state));
    mst_text_add(
        &page->text,
        "Figure and where it stands            value   a tenth moves a margin by turns at\n");
}

static void add_foot(mst_page *page, const mst_verdict *v)
{
    mst_tell_position(page, v, 0);
    mst_page_words(
        page, 0, NULL,
        "Per cent: by how much of its size the stage's margin changes if the figure "
        "alone changes by a tenth; \"turns at\": the first value at which it alone turns "
        "the stage; blank: it turns none, or is a figure of fleets and indices, of which that "
        "is not asked.");
}

/* The weightiest figures, and of each stage at least one. */
static void choose(const basis *b, int32_t shown, bool *chosen)
{
    for (int32_t i = 0; i < b->count; i++)
        chosen[i] = i < shown && matters(&b->figure[i]);
    for (int32_t s = 0; s < b->verdict->stage_count; s++) {
        int32_t best = -1;
        for (int32_t i = 0; i < b->count; i++)
            if (b->figure[i].share[s] >= 0.005 &&
                (best < 0 || b->figure[i].share[s] > b->figure[best].share[s]))
                best = i;
        if (best >= 0)
            chosen[best] = true;
    }
}

static void tell_of(mst_page *page, const mst_verdict *v, int32_t shown)
{
    const basis b = basis_of(page, v);
    bool *chosen = mst_arena_array(&page->arena, (size_t)b.count + 1, sizeof *chosen);
    if (b.count <= 0 || !chosen)
        return;
    choose(&b, shown, chosen);
    add_head(page, &b);
    int32_t less = 0, none = 0;
    for (int32_t i = 0; i < b.count; i++) {
        if (chosen[i])
            add_row(page, &b, &b.figure[i]);
        else if (matters(&b.figure[i]))
            less++;
        else
            none++;
    }
    if (less + none > 0)
        mst_page_words(page, 0, NULL,
                       "Shown: the greatest, and the greatest of each stage. %d more matter; %d "
                       "do not move when a tenth is added. All: muster list assumed FILE %s%s.",
                       (int)less, (int)none, page->model->state[v->state].id,
                       page->model->drill_count > 1
                           ? mst_page_printf(page, " --drill %s", page->model->drill[v->drill].id)
                           : "");
    add_foot(page, v);
}

void mst_tell_assumptions(mst_page *page, int32_t shown)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    const int32_t first = page->run->verdict_first[page->drill];
    for (int32_t i = d->host_count; i < d->host_count + d->candidate_count; i++)
        tell_of(page, &page->run->verdict[first + i], shown);
}

void mst_tell_assumptions_of(mst_page *page, const mst_verdict *verdict, int32_t shown)
{
    tell_of(page, verdict, shown);
}

/* Of each stage that the figure moves: the share of the margin, and where it alone turns it. */
static void add_effects(mst_page *page, const basis *b, const mst_assumption *a, mst_json *json)
{
    mst_json_array(json, "stages");
    for (int32_t i = 0; i < b->verdict->stage_count; i++) {
        if (!(a->share[i] > 0.0))
            continue;
        const mst_tip *tip = tip_of(b, a->path, i);
        mst_json_object(json, NULL);
        mst_json_text(json, "stage", mst_page_stage(page, &b->verdict->stage[i]));
        mst_json_maybe(json, "share", isinf(a->share[i]) ? (double)NAN : a->share[i]);
        mst_json_maybe(json, "turns_from", tip ? tip->from : (double)NAN);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void list_all(mst_page *page, const mst_verdict *v, mst_json *json)
{
    const basis b = basis_of(page, v);
    const mst_drill_row *d = &page->model->drill[v->drill];
    if (!json && page->model->drill_count > 1)
        mst_page_heading(page, "%s in %s", mst_page_state(page, v->state),
                         d->name ? d->name : d->id);
    if (!json)
        add_head(page, &b);
    for (int32_t k = 0; k < b.count; k++) {
        if (!json) {
            add_row(page, &b, &b.figure[k]);
            continue;
        }
        mst_json_object(json, NULL);
        mst_json_text(json, "id", b.figure[k].path);
        mst_json_text(json, "name", mst_page_figure(page, b.figure[k].path));
        mst_json_text(json, "more", b.figure[k].written);
        add_effects(page, &b, &b.figure[k], json);
        mst_json_end(json);
    }
    if (!json)
        add_foot(page, v);
}

static void list_drill(mst_page *page, int32_t only, mst_json *json)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    const int32_t first = page->run->verdict_first[page->drill];
    for (int32_t i = 0; i < d->host_count + d->candidate_count; i++) {
        const mst_verdict *v = &page->run->verdict[first + i];
        if (only < 0 ? !v->is_host : v->state == only)
            list_all(page, v, json);
    }
}

char *mst_tell_assumed(const muster_tell *tell, const char *state, bool as_json,
                       muster_diags *diags)
{
    mst_page page;
    mst_page_begin(&page, tell);
    const int32_t only = state ? mst_tell_find_state(&page, state, diags) : -1;
    const int32_t drill = tell->drill ? mst_tell_find_drill(&page, tell->drill, diags) : -1;
    mst_json *json = NULL;
    if ((state && only < 0) || (tell->drill && drill < 0)) {
        mst_text_clear(&page.text);
        mst_arena_clear(&page.arena);
        return NULL;
    }
    if (as_json) {
        json = mst_json_create(tell->memory);
        mst_json_object(json, NULL);
        mst_json_text(json, "format", "muster-list");
        mst_json_whole(json, "version", 1);
        mst_json_text(json, "list", "assumed");
        mst_json_array(json, "rows");
    } else {
        mst_page_head(&page);
    }
    for (page.drill = 0; page.drill < page.model->drill_count; page.drill++)
        if (drill < 0 || page.drill == drill)
            list_drill(&page, only, json);
    if (!as_json)
        return mst_page_end(&page, diags);
    mst_text_clear(&page.text);
    char *out = mst_page_document(&page, json, tell->memory, diags);
    mst_arena_clear(&page.arena);
    return out;
}
