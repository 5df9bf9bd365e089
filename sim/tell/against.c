/* Why a state differs from a reference: Shapley values of each stage's margin. */
#include "tell/why.h"

#include "outcome/against.h"

#include <math.h>
#include <string.h>

enum { SHOWN = 12, CHANGES_SHOWN = 8 };

#define LEAST 5e-5 /* with four digits less would be 0 */

/* ---- what the reference is ---------------------------------------------------------------------- */

/* Another world of the file is a variant or a coding; null and null: another candidate. */
typedef struct reference {
    const mst_variant_def *variant;
    const mst_coding_def *coding;
} reference;

static reference reference_of(const muster_tell *tell)
{
    reference out = {NULL, NULL};
    if (!tell->reference)
        return out;
    const mst_spec *spec = &tell->reference->scenario->spec;
    const mst_list *variants = &spec->variants, *codings = &spec->alignment.codings;
    const int32_t v = mst_table_find(variants, sizeof(mst_variant_def), tell->reference_name);
    const int32_t c = mst_table_find(codings, sizeof(mst_coding_def), tell->reference_name);
    if (v >= 0)
        out.variant = MST_AT(const mst_variant_def, variants, v);
    else if (c >= 0)
        out.coding = MST_AT(const mst_coding_def, codings, c);
    return out;
}

static bool is_hindsight(const muster_tell *tell)
{
    return (tell->reference ? tell->reference : tell)->model->model->hindsight;
}

static void tell_title(mst_page *page, const muster_tell *tell, const reference *r,
                       const mst_verdict *there)
{
    const char *name = tell->reference_name;
    if (r->variant)
        mst_page_heading(page, "AGAINST %s, a variant%s%s", name, r->variant->title ? ": " : "",
                         r->variant->title ? r->variant->title : "");
    else if (r->coding)
        mst_page_heading(page, "AGAINST %s, a coding (%s)%s%s", name,
                         r->coding->author ? r->coding->author : "no author named",
                         r->coding->basis ? ": " : "", r->coding->basis ? r->coding->basis : "");
    else
        mst_page_heading(page, "AGAINST %s, another candidate of the drill",
                         mst_page_state(page, there->state));
}

/* A change that is in force here too does not tell the two apart. */
static bool is_made_here(const mst_page *page, const mst_applied_row *change)
{
    for (int32_t i = 0; i < page->model->applied_count; i++)
        if (strcmp(page->model->applied[i].path, change->path) == 0 &&
            strcmp(page->model->applied[i].after, change->after) == 0)
            return true;
    return false;
}

/* The rule that a change leaves out, "" for any other change. */
static const char *left_out(mst_page *page, const mst_applied_row *change)
{
    static const char head[] = "alignment.rules.", tail[] = ".off";
    const size_t length = strlen(change->path), ends = sizeof head + sizeof tail - 2;
    if (length <= ends || strncmp(change->path, head, sizeof head - 1) != 0 ||
        strcmp(change->path + length - (sizeof tail - 1), tail) != 0 ||
        strcmp(change->after, "true") != 0)
        return "";
    return mst_page_printf(page, "%.*s", (int)(length - ends), change->path + sizeof head - 1);
}

/* Hindsight is told in a sentence of its own, and a value that stays says nothing. */
static bool tells_apart(const mst_page *page, const mst_applied_row *change)
{
    double before = 0.0, after = 0.0;
    const bool stays = change->before && mst_text_real(change->before, &before) &&
                       mst_text_real(change->after, &after) && before == after;
    return !stays && !is_made_here(page, change) && strcmp(change->path, "scenario.hindsight") != 0;
}

static void tell_difference(mst_page *page, const mst_model *there)
{
    const char *rules = "", *values = "";
    int32_t told = 0, more = 0;
    for (int32_t i = 0; i < there->applied_count; i++) {
        const mst_applied_row *c = &there->applied[i];
        const char *rule = left_out(page, c), *label = mst_page_figure(page, c->path);
        if (!tells_apart(page, c))
            continue;
        if (*rule)
            rules = mst_page_printf(page, "%s%s%s", rules, *rules ? ", " : "", rule);
        else if (told++ < CHANGES_SHOWN)
            values =
                mst_page_printf(page, "%s%s%s %s -> %s", values, *values ? "; " : "",
                                label ? label : c->path, c->before ? c->before : "none", c->after);
        else
            more++;
    }
    if (*rules)
        mst_page_words(page, 0, NULL, "It leaves out the rules %s.", rules);
    if (*values)
        mst_page_words(page, 0, NULL, "It changes: %s%s.", values,
                       more > 0 ? mst_page_printf(page, "; and %d more", (int)more) : "");
}

/* ---- how the two answer -------------------------------------------------------------------------- */

/* "does not take part (no: able; accepts)", by the stages of which a coding speaks. */
static const char *verdict_words(mst_page *page, const mst_verdict *v, const mst_coding_def *coding)
{
    const char *no = "";
    bool is_silent = coding != NULL;
    for (int32_t i = 0; i < v->stage_count; i++) {
        if (coding && mst_coding_is_silent(coding, &v->stage[i]))
            continue;
        is_silent = false;
        if (mst_stage_says_no(&v->stage[i]))
            no = mst_page_printf(page, "%s%s%s", no, *no ? "; " : "",
                                 mst_page_stage(page, &v->stage[i]));
    }
    if (is_silent || !mst_verdict_is_assessed(v))
        return "not assessed";
    return *no ? mst_page_printf(page, "does not take part (no: %s)", no) : "takes part";
}

/* Of what the coding's author says nothing the file still makes something: not his, and not told. */
static bool is_left_out(const reference *r, const mst_stage_result *there)
{
    return r->coding && mst_coding_is_silent(r->coding, there);
}

static void tell_silence(mst_page *page, const reference *r, const mst_verdict *there)
{
    const char *stages = "";
    for (int32_t i = 0; i < there->stage_count; i++)
        if (is_left_out(r, &there->stage[i]))
            stages = mst_page_printf(page, "%s%s%s", stages, *stages ? "; " : "",
                                     mst_page_stage(page, &there->stage[i]));
    if (*stages)
        mst_page_words(page, 0, NULL,
                       "Its author gives no reason for these stages, left out here: %s.", stages);
}

static void tell_answers(mst_page *page, const muster_tell *tell, const reference *r,
                         const mst_against *a)
{
    const char *name = tell->reference ? tell->reference_name : NULL;
    const char *turns = "";
    for (int32_t i = 0; i < a->here->stage_count; i++) {
        const char *here = mst_page_answer(&a->here->stage[i]);
        const char *there = mst_page_answer(&a->there->stage[i]);
        if (strcmp(here, there) != 0 && !is_left_out(r, &a->there->stage[i]))
            turns = mst_page_printf(page, "%s%s%s (%s there, %s here)", turns, *turns ? "; " : "",
                                    mst_page_stage(page, &a->here->stage[i]), there, here);
    }
    mst_page_words(page, 0, NULL, "There%s%s%s %s %s.", name ? ", in " : "", name ? name : "",
                   name ? "," : "", mst_page_state(page, a->there->state),
                   verdict_words(page, a->there, r->coding));
    mst_page_words(page, 0, NULL, "Here, in this run, %s %s.", mst_page_state(page, a->here->state),
                   verdict_words(page, a->here, NULL));
    if (*turns)
        mst_page_words(page, 0, NULL, "Stages that differ: %s.", turns);
    else
        mst_page_words(page, 0, NULL, "No stage told here has another answer.");
}

/* ---- what makes the difference ------------------------------------------------------------------- */

/* True if the rule reads what is keyed so, "cand.x" or "tie.x of HOST". */
static bool reads(const mst_rule_row *rule, const char *key)
{
    const size_t length = strcspn(key, " ");
    for (int32_t t = 0; t < rule->term_count; t++)
        for (int32_t f = 0; f < rule->term[t].factor_count; f++)
            if (strncmp(rule->term[t].factor[f].name, key, length) == 0 &&
                rule->term[t].factor[f].name[length] == '\0')
                return true;
    return false;
}

/* "closeness China - North Korea (f13)": the figure, and the rules of the stage that read it. */
static const char *share_words(mst_page *page, const mst_share_of *s, mst_stage stage)
{
    const char *label = s->path ? mst_page_figure(page, s->path) : NULL, *rules = "";
    for (int32_t i = 0; s->path && i < page->model->rule_count; i++) {
        const mst_rule_row *rule = &page->model->rule[i];
        if (rule->stage == stage && !rule->is_off && reads(rule, s->key))
            rules = mst_page_printf(page, "%s%s%s", rules, *rules ? ", " : "", rule->id);
    }
    label = label ? label : s->is_fleet ? "what it can fill by kit and bring (cap)" : s->key;
    return *rules ? mst_page_printf(page, "%s (%s)", label, rules) : label;
}

static const char *value_words(mst_page *page, double value)
{
    return isnan(value) ? "missing" : mst_page_printf(page, "%.4g", value);
}

/* "0.2 (there 0.25)" */
static const char *both_words(mst_page *page, const mst_against *a, const mst_share_of *s)
{
    if (s->is_fleet)
        return mst_page_printf(page, "kit %.3g, cap %.3g\n(there %.3g, %.3g)", a->fleet_here.kit,
                               a->fleet_here.cap, a->fleet_there.kit, a->fleet_there.cap);
    return s->path ? mst_page_printf(page, "%s (there %s)", value_words(page, s->here),
                                     value_words(page, s->there))
                   : "all together";
}

static void tell_not_assessed(mst_page *page, const mst_stage_result *s, const char *where)
{
    if (s->missing_rule >= 0)
        mst_page_words(page, 2, NULL, "%s not assessed: rule %s reads a value that is not given.",
                       where, page->model->rule[s->missing_rule].id);
    else
        mst_page_words(page, 2, NULL, "%s not assessed: no rule is left to judge it by.", where);
}

/* A stage that cannot be assessed in one of the two is told too. */
static bool is_moved(const mst_against *a, int32_t stage)
{
    if (isnan(a->here->stage[stage].margin) != isnan(a->there->stage[stage].margin))
        return true;
    for (int32_t i = 0; i < a->count; i++)
        if (fabs(a->item[i].value[stage]) >= LEAST)
            return true;
    return false;
}

/* What moves a stage, largest first; what moves it by nothing is left out. */
static void tell_stage(mst_page *page, const mst_against *a, int32_t stage)
{
    const mst_stage_result *here = &a->here->stage[stage], *there = &a->there->stage[stage];
    bool told[MST_AGAINST_MOST + 1] = {false};
    mst_page_heading(page, "%s: %s here, %s there, a difference of %s", mst_page_stage(page, here),
                     mst_page_fine_margin(page, here->margin),
                     mst_page_fine_margin(page, there->margin),
                     mst_page_fine_margin(page, here->margin - there->margin));
    if (isnan(here->margin) || isnan(there->margin)) {
        tell_not_assessed(page, isnan(there->margin) ? there : here,
                          isnan(there->margin) ? "There" : "Here");
        return;
    }
    int32_t rows = 0, left = 0;
    for (int32_t round = 0; round < a->count; round++) {
        int32_t next = -1;
        for (int32_t i = 0; i < a->count; i++)
            if (!told[i] &&
                (next < 0 || fabs(a->item[i].value[stage]) > fabs(a->item[next].value[stage])))
                next = i;
        if (next < 0)
            break;
        told[next] = true;
        const mst_share_of *s = &a->item[next];
        if (fabs(s->value[stage]) < LEAST)
            continue;
        if (rows >= SHOWN) {
            left++;
            continue;
        }
        rows++;
        const mst_page_cell cells[] = {{mst_page_printf(page, "%+.4f", s->value[stage]), 2, 8},
                                       {share_words(page, s, here->stage), 12, 42},
                                       {both_words(page, a, s), 56, MST_PAGE_WIDTH - 56}};
        mst_page_row(&page->text, cells, 3);
    }
    if (left > 0)
        mst_page_words(page, 2, NULL, "%d smaller ones not shown.", (int)left);
}

void mst_tell_against(mst_page *page, const mst_against *against, const muster_tell *tell)
{
    const reference r = reference_of(tell);
    tell_title(page, tell, &r, against->there);
    if (tell->reference)
        tell_difference(page, tell->reference->model->model);
    if (is_hindsight(tell))
        mst_page_words(page, 0, NULL,
                       "It stands on hindsight: it uses values that were not known when the drill "
                       "was decided.");
    tell_silence(page, &r, against->there);
    tell_answers(page, tell, &r, against);
    if (against->count == 0) {
        mst_page_words(page, 0, NULL, "The two differ in no figure that a stage reads.");
        return;
    }
    mst_page_words(
        page, 0, NULL,
        "Shapley value of each figure in which the two differ, for the margin of each "
        "stage, from there to here: they add up to the difference. %s",
        against->is_exact
            ? mst_page_printf(page, "Exact, over all subsets of %s.",
                              mst_page_number(page, against->count, "figure", "figures"))
            : mst_page_printf(page,
                              "%d figures: mean over %d random orders, fixed seed, right to "
                              "%.1g (one standard error).",
                              (int)against->count, MST_AGAINST_ORDERS, against->most_error));
    const char *still = "";
    for (int32_t i = 0; i < against->here->stage_count; i++) {
        const mst_stage_result *stage = &against->here->stage[i];
        if (is_left_out(&r, &against->there->stage[i]))
            continue;
        if (is_moved(against, i))
            tell_stage(page, against, i);
        else
            still = mst_page_printf(page, "%s%s%s (%s)", still, *still ? "; " : "",
                                    mst_page_stage(page, stage),
                                    mst_page_fine_margin(page, stage->margin));
    }
    if (*still)
        mst_page_words(page, 0, "\n", "Alike in both: %s.", still);
}

void mst_json_against(mst_json *json, mst_page *page, const mst_against *against,
                      const muster_tell *tell)
{
    const reference r = reference_of(tell);
    mst_json_object(json, "against");
    mst_json_text(json, "reference", tell->reference_name);
    mst_json_text(json, "kind", r.variant ? "variant" : r.coding ? "coding" : "candidate");
    mst_json_text(json, "title",
                  r.variant  ? r.variant->title
                  : r.coding ? r.coding->basis
                             : mst_page_state(page, against->there->state));
    mst_json_bool(json, "hindsight", is_hindsight(tell));
    mst_json_answer(json, "joins", mst_coding_joins(r.coding, against->there));
    mst_json_array(json, "margins");
    for (int32_t i = 0; i < against->there->stage_count; i++)
        mst_json_maybe(json, NULL,
                       is_left_out(&r, &against->there->stage[i])
                           ? (double)NAN
                           : against->there->stage[i].margin);
    mst_json_end(json);
    mst_json_bool(json, "exact", against->is_exact);
    mst_json_array(json, "figures");
    for (int32_t i = 0; i < against->count; i++) {
        const mst_share_of *s = &against->item[i];
        mst_json_object(json, NULL);
        mst_json_text(json, "path", s->path);
        mst_json_text(json, "key", s->key);
        mst_json_text(json, "name", s->path ? mst_page_figure(page, s->path) : s->key);
        mst_json_maybe(json, "here", s->here);
        mst_json_maybe(json, "reference", s->there);
        mst_json_array(json, "shapley");
        for (int32_t k = 0; k < against->here->stage_count; k++)
            mst_json_maybe(json, NULL,
                           is_left_out(&r, &against->there->stage[k]) ? (double)NAN : s->value[k]);
        mst_json_end(json);
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_end(json);
}
