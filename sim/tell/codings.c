/* Several codings of one case: who says yes to which stage, largest disagreement first. */
#include "tell/why.h"

#include "model/fields.h"
#include "num/score.h"

#include <math.h>
#include <string.h>

typedef struct reading { /* of one coding */
    const char *id;
    const mst_coding_def *def;
    const mst_model *model;
    const mst_verdict *v;
} reading;

typedef struct table {
    mst_page *page;
    reading *of;
    int32_t count;
    int32_t stages;
} table;

static const mst_coding_def *coding_named(const mst_spec *spec, const char *id)
{
    const mst_list *codings = &spec->alignment.codings;
    const int32_t found = mst_table_find(codings, sizeof(mst_coding_def), id);
    return found >= 0 ? MST_AT(mst_coding_def, codings, found) : NULL;
}

bool mst_coding_is_silent(const mst_coding_def *coding, const mst_stage_result *stage)
{
    for (int32_t i = 0; coding && i < coding->silent.count; i++)
        if (strcmp(*MST_AT(const char *const, &coding->silent, i), mst_stage_names[stage->stage]) ==
            0)
            return true;
    return stage->standing == MST_NOT_ASSESSED;
}

static bool is_silent(const reading *r, int32_t stage)
{
    return mst_coding_is_silent(r->def, &r->v->stage[stage]);
}

static bool says_yes(const reading *r, int32_t stage)
{
    const mst_stage_result *s = &r->v->stage[stage];
    return s->standing != MST_NOT_ASSESSED && !mst_stage_says_no(s);
}

/* How evenly the codings that speak are split: 0 all alike, 1 half and half. */
static double split(const table *t, int32_t stage)
{
    int32_t yes = 0, spoken = 0;
    for (int32_t i = 0; i < t->count; i++) {
        if (is_silent(&t->of[i], stage))
            continue;
        spoken++;
        yes += says_yes(&t->of[i], stage);
    }
    return spoken > 0 ? 1.0 - fabs(2.0 * yes / spoken - 1.0) : -1.0;
}

static double spread(const table *t, int32_t stage)
{
    double low = INFINITY, high = -INFINITY;
    for (int32_t i = 0; i < t->count; i++)
        if (!is_silent(&t->of[i], stage)) {
            low = fmin(low, t->of[i].v->stage[stage].margin);
            high = fmax(high, t->of[i].v->stage[stage].margin);
        }
    return high > low ? high - low : 0.0;
}

/* Stages, most disputed first: by the split of answers, then by the spread of margins. */
static void order(const table *t, int32_t *out)
{
    for (int32_t i = 0; i < t->stages; i++) {
        int32_t at = i;
        while (at > 0 &&
               (split(t, i) > split(t, out[at - 1]) ||
                (split(t, i) == split(t, out[at - 1]) && spread(t, i) > spread(t, out[at - 1])))) {
            out[at] = out[at - 1];
            at--;
        }
        out[at] = i;
    }
}

static void tell_stage(const table *t, int32_t stage)
{
    const char *word[3] = {"", "", ""}; /* yes, no, silent */
    mst_page *page = t->page;
    for (int32_t i = 0; i < t->count; i++) {
        const reading *r = &t->of[i];
        const int32_t which = is_silent(r, stage) ? 2 : says_yes(r, stage) ? 0 : 1;
        const char *one =
            which == 2 ? r->id
                       : mst_page_printf(page, "%s (%s)", r->id,
                                         mst_page_fine_margin(page, r->v->stage[stage].margin));
        word[which] = mst_page_printf(page, "%s%s%s", word[which], *word[which] ? ", " : "", one);
    }
    mst_text_printf(&page->text, "\n%s\n", mst_page_stage(page, &t->of[0].v->stage[stage]));
    static const char *const heads[] = {"  yes     ", "  no      ", "  silent  "};
    for (int32_t k = 0; k < 3; k++)
        if (*word[k])
            mst_page_words(page, 10, heads[k], "%s", word[k]);
}

int32_t mst_coding_joins(const mst_coding_def *coding, const mst_verdict *v)
{
    int32_t joins = -1;
    for (int32_t i = 0; i < v->stage_count; i++)
        if (!mst_coding_is_silent(coding, &v->stage[i]))
            joins = joins != 0 && !mst_stage_says_no(&v->stage[i]);
    return joins;
}

static int32_t joins(const reading *r)
{
    return mst_coding_joins(r->def, r->v);
}

static const char *verdict_words(const reading *r)
{
    return joins(r) < 0 ? "silent" : joins(r) > 0 ? "would join" : "out";
}

/* The product of the P of the stages of which it speaks. */
static double chance(const reading *r)
{
    double p = joins(r) < 0 ? (double)NAN : 1.0;
    for (int32_t i = 0; i < r->v->stage_count; i++)
        if (!is_silent(r, i) && !isnan(r->v->stage[i].p))
            p *= r->v->stage[i].p;
    return p;
}

/* Agreement of the codings over the stages, as if they were coders of them. */
static double alpha(const table *t)
{
    double *code =
        mst_arena_array(&t->page->arena, (size_t)t->stages * (size_t)t->count, sizeof *code);
    mst_alpha result;
    const char *reason = NULL;
    if (!code)
        return (double)NAN;
    for (int32_t s = 0; s < t->stages; s++)
        for (int32_t i = 0; i < t->count; i++)
            code[s * t->count + i] = is_silent(&t->of[i], s) ? (double)NAN : says_yes(&t->of[i], s);
    return mst_krippendorff(&t->page->arena, code, t->stages, t->count, MST_NOMINAL, &result,
                            &reason) == MUSTER_OK
               ? result.value
               : (double)NAN;
}

/* True if the rule is on and judges a stage of which the coding speaks. */
static bool counts(const reading *r, int32_t rule)
{
    const mst_rule_row *row = &r->model->rule[rule];
    for (int32_t s = 0; !row->is_off && row->stage != MST_ABLE && s < r->v->stage_count; s++)
        if (r->v->stage[s].stage == row->stage && !is_silent(r, s))
            return true;
    return false;
}

/* "f04a, f05 (a Russian scholar in Seoul)": the rules of one voice that the coding counts, from
 * the first of them on; "" if that voice was told with a rule before. */
static const char *rules_of_voice(mst_page *page, const reading *r, int32_t first)
{
    const char *voice = mst_page_voice(&r->model->rule[first].def->voice), *ids = "";
    for (int32_t i = 0; i < r->model->rule_count; i++) {
        if (!counts(r, i) || strcmp(mst_page_voice(&r->model->rule[i].def->voice), voice) != 0)
            continue;
        if (i < first)
            return "";
        ids = mst_page_printf(page, "%s%s%s", ids, *ids ? ", " : "", r->model->rule[i].id);
    }
    return mst_page_printf(page, "%s (%s)", ids, voice);
}

/* The rules with which a coding judges, and who speaks in each: some are not its author's own. */
static const char *rules_words(const table *t, const reading *r)
{
    const char *own = "", *without = "";
    int32_t counted = 0, missing = 0;
    for (int32_t i = 0; i < r->model->rule_count; i++) {
        bool elsewhere = false; /* some coding counts it */
        for (int32_t k = 0; k < t->count; k++)
            elsewhere = elsewhere || counts(&t->of[k], i);
        if (counts(r, i)) {
            const char *one = rules_of_voice(t->page, r, i);
            own = mst_page_printf(t->page, "%s%s%s", own, *own && *one ? "; " : "", one);
            counted++;
        } else if (elsewhere) {
            without = mst_page_printf(t->page, "%s%s%s", without, missing++ ? ", " : "",
                                      r->model->rule[i].id);
        }
    }
    if (counted == 0)
        return "judges with no rule";
    if (missing == 0)
        return mst_page_printf(t->page, "judges with all %d rules of admit and accept",
                               (int)counted);
    return missing < counted
               ? mst_page_printf(t->page, "judges with %d rules of admit and accept, without %s",
                                 (int)counted, without)
               : mst_page_printf(t->page, "judges with %s", own);
}

static void tell_who(const table *t)
{
    bool is_one_fleet = true, any_silent = false;
    mst_page_heading(t->page, "THE CODINGS");
    mst_text_add(&t->page->text, "Coding             verdict      whose, and what it rests on\n");
    for (int32_t i = 0; i < t->count; i++) {
        const reading *r = &t->of[i];
        const mst_page_cell cells[] = {
            {r->id, 0, 18},
            {verdict_words(r), 19, 12},
            {mst_page_printf(t->page, "%s: %s;\n%s",
                             r->def && r->def->author ? r->def->author : "-",
                             r->def && r->def->basis ? r->def->basis : "-", rules_words(t, r)),
             32, MST_PAGE_WIDTH - 32}};
        mst_page_row(&t->page->text, cells, 3);
        const double able = r->v->stage[0].margin, first = t->of[0].v->stage[0].margin;
        is_one_fleet =
            is_one_fleet && isnan(able) == isnan(first) && !(able < first || able > first);
        any_silent = any_silent || (r->def && r->def->silent.count > 0);
    }
    mst_page_words(t->page, 0, NULL,
                   "In brackets: who gives that reason in the file, not always the author of the "
                   "coding.");
    if (is_one_fleet)
        mst_page_words(t->page, 0, NULL,
                       "Stage able is read from the fleet or index of the file, alike in all: no "
                       "coding has a reading of its own.");
    if (any_silent)
        mst_page_words(t->page, 0, NULL,
                       "Silent: its author gives no reason for the stage. It counts neither as yes "
                       "nor as no and is left out of that coding's verdict.");
}

static void tell_table(const table *t, const char *state, const char *drill)
{
    int32_t stage[MST_STAGES_MAX], out = 0;
    for (int32_t i = 0; i < t->count; i++)
        out += joins(&t->of[i]) == 0;
    mst_page_words(t->page, 0, NULL, "%s in %s, as %d codings see it", state, drill, (int)t->count);
    mst_page_words(
        t->page, 0, "\n",
        "%d of %d say no to some stage of which they speak. Stages below, most disputed first, "
        "with the margin that each coding gives.",
        (int)out, (int)t->count);
    order(t, stage);
    for (int32_t i = 0; i < t->stages; i++)
        tell_stage(t, stage[i]);
    const double agreement = alpha(t);
    mst_text_add(&t->page->text, "\n");
    if (isnan(agreement))
        mst_page_words(
            t->page, 0, NULL,
            "Krippendorff's alpha over the stages: not defined (all answers alike, or too "
            "few).");
    else
        mst_page_words(
            t->page, 0, NULL,
            "Krippendorff's alpha over the stages (yes or no, silence left out): %.2f; 1: "
            "all agree, 0: as by chance. With %d stages alone it says little.",
            agreement, (int)t->stages);
    tell_who(t);
}

static void add_json(const table *t, mst_json *json)
{
    mst_json_text(json, "state", t->page->model->state[t->of[0].v->state].id);
    mst_json_text(json, "drill", t->page->model->drill[t->of[0].v->drill].id);
    mst_json_maybe(json, "alpha", alpha(t));
    mst_json_array(json, "codings");
    for (int32_t i = 0; i < t->count; i++) {
        const reading *r = &t->of[i];
        mst_json_object(json, NULL);
        mst_json_text(json, "id", r->id);
        mst_json_text(json, "author", r->def ? r->def->author : NULL);
        mst_json_text(json, "basis", r->def ? r->def->basis : NULL);
        mst_json_array(json, "rules");
        for (int32_t k = 0; k < r->model->rule_count; k++)
            if (counts(r, k))
                mst_json_text(json, NULL, r->model->rule[k].id);
        mst_json_end(json);
        mst_json_answer(json, "joins", joins(r));
        mst_json_maybe(json, "p", chance(r));
        mst_json_array(json, "stages");
        for (int32_t s = 0; s < t->stages; s++) {
            const mst_stage_result *stage = &r->v->stage[s];
            mst_json_object(json, NULL);
            mst_json_text(json, "stage", mst_stage_names[stage->stage]);
            mst_json_text(json, "host",
                          stage->host >= 0 ? t->page->model->state[stage->host].id : NULL);
            mst_json_bool(json, "silent", is_silent(r, s));
            mst_json_maybe(json, "margin", stage->margin);
            mst_json_end(json);
        }
        mst_json_end(json);
        mst_json_end(json);
    }
    mst_json_end(json);
}

/* What each coding says; false with a diagnostic. */
static bool read_all(table *t, const muster_comparison *c, const char *state, const char *drill,
                     muster_diags *diags)
{
    t->of = mst_arena_array(&t->page->arena, (size_t)c->count, sizeof *t->of);
    if (!t->of)
        return mst_diag_memory(diags) == MUSTER_OK;
    for (int32_t i = 0; i < c->count; i++) {
        mst_page view = *t->page;
        view.model = c->model[i]->model;
        view.run = c->plan[i]->run;
        view.spec = &c->scenario[i]->spec;
        const mst_verdict *v = mst_tell_find_verdict(&view, state, drill, diags);
        t->page->arena = view.arena;
        t->page->drill = view.drill;
        if (!v)
            return false;
        if (v->is_host) {
            mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, NULL,
                     "codings are about candidates; '%s' is a host", state);
            return false;
        }
        t->of[i] = (reading){c->name[i], coding_named(view.spec, c->name[i]), view.model, v};
    }
    t->count = c->count;
    t->stages = t->of[0].v->stage_count;
    return true;
}

char *muster_tell_codings(const muster_tell *tell, const muster_comparison *codings,
                          const char *state, const char *drill, bool as_json, muster_diags *diags)
{
    mst_page page;
    table t = {.page = &page};
    mst_page_begin(&page, tell);
    if (!read_all(&t, codings, state, drill, diags)) {
        mst_text_clear(&page.text);
        mst_arena_clear(&page.arena);
        return NULL;
    }
    const mst_verdict *v = t.of[0].v;
    if (!as_json) {
        mst_page_head(&page);
        tell_table(&t, mst_page_state(&page, v->state),
                   page.model->drill[v->drill].name ? page.model->drill[v->drill].name
                                                    : page.model->drill[v->drill].id);
        return mst_page_end(&page, diags);
    }
    mst_json *json = mst_json_create(tell->memory);
    mst_json_object(json, NULL);
    mst_json_head(json, "muster-codings", &page);
    add_json(&t, json);
    char *out = mst_page_document(&page, json, tell->memory, diags);
    mst_text_clear(&page.text);
    mst_arena_clear(&page.arena);
    return out;
}
