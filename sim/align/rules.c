/* Participation rules: three stages of signed terms, read from the scenario's rule file.
 *
 * Source of the shape: DEFINITIONS of this project; reasons and weights belong to the scenario.
 * P of a political stage is the logistic choice rule (McFadden 1974; quantal response with one
 * chooser, McKelvey and Palfrey 1995) with temperature tau.
 */
#include "align/factors.h"
#include "align/forms.h"
#include "align/judge.h"
#include "model/terms.h"

#include <math.h>

typedef struct scene { /* whose rule is read, against whom */
    const mst_model *model;
    const mst_align_input *in;
    int32_t cand, other; /* other: the host, or the participant a rule is joined over */
} scene;

/* Value of one rule in one scene, before joining over hosts. */
static double rule_in_scene(const scene *s, const mst_rule_row *rule)
{
    double term[MST_RULE_TERMS_MAX];
    for (int32_t i = 0; i < rule->term_count; i++) {
        double product = 1.0;
        for (int32_t f = 0; f < rule->term[i].factor_count; f++)
            product *=
                mst_factor_value(s->model, s->in, s->cand, s->other, &rule->term[i].factor[f]);
        term[i] = rule->term[i].plus + rule->term[i].times * product;
    }
    return mst_form_value(rule, term);
}

/* A rule that is no host's own: joined over the hosts, or over all others asked to the drill. */
static double rule_over_others(scene s, const mst_rule_row *rule)
{
    int32_t others[MST_OTHERS_MAX];
    double value[MST_OTHERS_MAX];
    if (!mst_rule_names_another(rule)) {
        s.other = s.cand;
        return rule_in_scene(&s, rule);
    }
    const int32_t count = mst_rule_others(&s.model->drill[s.in->drill], rule, s.cand, others);
    for (int32_t i = 0; i < count; i++) {
        s.other = others[i];
        value[i] = rule_in_scene(&s, rule);
    }
    return count > 0 ? mst_form_join(rule, value, count) : 0.0;
}

static void add_term(mst_align_output *out, mst_verdict *verdict, int32_t rule, double value)
{
    if (out->term_count >= out->term_capacity)
        return; /* cannot happen: capacity is mst_align_term_capacity */
    out->term[out->term_count++] = (mst_term){rule, verdict->stage_count, value};
    verdict->term_count++;
}

static double logistic(double margin, double tau)
{
    return 1.0 / (1.0 + exp(-margin / tau));
}

/* DEFINITIONS 3 and 4: the two terms of able are law; rules of that stage only lend words. */
static void judge_able(const scene *s, mst_align_output *out, mst_verdict *verdict)
{
    const mst_fleet_reading *fleet = &s->in->fleet[s->cand];
    const mst_drill_row *d = &s->model->drill[s->in->drill];
    mst_stage_result *stage = &verdict->stage[verdict->stage_count];
    *stage = (mst_stage_result){.stage = MST_ABLE,
                                .host = -1,
                                .standing = MST_NOT_ASSESSED,
                                .margin = NAN,
                                .p = NAN,
                                .missing_rule = -1};
    if (fleet->is_assessed) {
        const double ready = s->model->constant.index_ready_need;
        const double kit_term =
            fleet->is_fleet ? fleet->kit - d->cap_need : fleet->kit / d->index_cap_need - ready;
        const double fuel_term =
            fleet->is_fleet ? fleet->cap - fleet->kit : fleet->cap - fleet->kit / d->index_cap_need;
        add_term(out, verdict, MST_TERM_KIT, kit_term);
        add_term(out, verdict, MST_TERM_FUEL, fuel_term);
        stage->margin = kit_term + fuel_term;
        /* the verdict compares the shares themselves: a sum of two differences may round */
        const bool able = mst_share_suffices(fleet->cap, fleet->is_fleet ? d->cap_need : ready);
        if (able)
            stage->margin = fmax(stage->margin, 0.0);
        stage->standing = able ? MST_YES : MST_NO;
        stage->p = fleet->p_able;
    }
    verdict->stage_count++;
}

/* One political stage: the sum of its rules' signed values. host -1: the candidate's own stage. */
static void judge_political(scene s, mst_stage kind, int32_t host, mst_align_output *out,
                            mst_verdict *verdict)
{
    mst_stage_result *stage = &verdict->stage[verdict->stage_count];
    *stage = (mst_stage_result){.stage = kind,
                                .host = host,
                                .standing = MST_NOT_ASSESSED,
                                .margin = NAN,
                                .p = NAN,
                                .missing_rule = -1};
    double margin = 0.0;
    int32_t used = 0;
    for (int32_t i = 0; i < s.model->rule_count; i++) {
        const mst_rule_row *rule = &s.model->rule[i];
        if (rule->stage != kind || rule->is_off)
            continue;
        s.other = host;
        const double value =
            rule->weight * (host >= 0 ? rule_in_scene(&s, rule) : rule_over_others(s, rule));
        add_term(out, verdict, i, value);
        if (isnan(value) && stage->missing_rule < 0)
            stage->missing_rule = i;
        margin += value;
        used++;
    }
    if (used > 0 && stage->missing_rule < 0) {
        stage->margin = margin;
        stage->standing = margin > 0.0 ? MST_YES : margin < 0.0 ? MST_NO : MST_TIE;
        stage->p = logistic(margin, s.model->tau);
    }
    verdict->stage_count++;
}

/* Verdict and probability over the stages that were assessed (DEFINITIONS 4). */
static void conclude(mst_verdict *verdict)
{
    double sum = 0.0, least = 1.0;
    int32_t with_p = 0;
    verdict->joins = true;
    verdict->p = 1.0;
    for (int32_t i = 0; i < verdict->stage_count; i++) {
        const mst_stage_result *stage = &verdict->stage[i];
        if (stage->standing == MST_NOT_ASSESSED) {
            verdict->is_partly_assessed = true;
            continue;
        }
        verdict->joins = verdict->joins && stage->standing == MST_YES;
        if (isnan(stage->p)) { /* too many combinations of serviceable units to go through */
            verdict->is_partly_assessed = true;
            continue;
        }
        verdict->p *= stage->p;
        sum += stage->p;
        least = fmin(least, stage->p);
        with_p++;
    }
    verdict->p_low = fmax(0.0, sum - (with_p - 1));
    verdict->p_high = least;
    if (with_p == 0)
        verdict->p = verdict->p_low = verdict->p_high = (double)NAN;
    if (!mst_verdict_is_assessed(verdict))
        verdict->joins = false; /* no yes of any stage: nothing is claimed, and nobody is sent */
}

static mst_verdict *begin(const scene *s, mst_align_output *out, bool is_host)
{
    mst_verdict *verdict = &out->verdict[out->verdict_count++];
    *verdict = (mst_verdict){
        .drill = s->in->drill, .state = s->cand, .is_host = is_host, .term_first = out->term_count};
    return verdict;
}

/* Verdicts of all who are asked, given what each rule may read of the others' decisions. */
static void judge_all(const mst_model *model, const mst_align_input *in, mst_align_output *out)
{
    const mst_drill_row *d = &model->drill[in->drill];
    out->term_count = out->verdict_count = 0;
    for (int32_t i = 0; i < d->host_count; i++) {
        const scene s = {model, in, d->host[i], d->host[i]};
        mst_verdict *verdict = begin(&s, out, true);
        if (in->only && *in->only != s.cand)
            continue;
        judge_able(&s, out, verdict);
        conclude(verdict);
    }
    for (int32_t i = 0; i < d->candidate_count; i++) {
        const scene s = {model, in, d->candidate[i], -1};
        mst_verdict *verdict = begin(&s, out, false);
        if (in->only && *in->only != s.cand)
            continue;
        judge_able(&s, out, verdict);
        for (int32_t h = 0; h < d->host_count; h++)
            judge_political(s, MST_ADMIT, d->host[h], out, verdict);
        judge_political(s, MST_ACCEPT, -1, out, verdict);
        conclude(verdict);
    }
}

/* Where decisions depend on each other: all answer to what the others decided, beginning with nobody
 * but the hosts, until nothing changes. Where to come makes it more likely that others come, that ends
 * in the least equilibrium (Tarski 1955). Where it does not, it may go round in a ring: then the last
 * round stands, and is marked as no more than that. */
static void judge_together(const mst_model *model, const mst_align_input *in, mst_align_output *out)
{
    uint64_t joins = 0;
    mst_align_input given = *in;
    given.only = NULL;
    given.joins = &joins;
    bool is_settled = false;
    int32_t rounds = 0;
    while (!is_settled && rounds < MST_OTHERS_MAX + 2) {
        uint64_t now = 0;
        rounds++;
        judge_all(model, &given, out);
        for (int32_t i = 0; i < out->verdict_count; i++)
            if (!out->verdict[i].is_host && out->verdict[i].joins && out->verdict[i].state < 64)
                now |= UINT64_C(1) << out->verdict[i].state;
        is_settled = now == joins;
        joins = now;
    }
    for (int32_t i = 0; i < out->verdict_count; i++) {
        out->verdict[i].rounds = rounds;
        out->verdict[i].is_unsettled = !out->verdict[i].is_host && !is_settled;
    }
}

static void evaluate(const mst_model *model, const mst_align_input *in, mst_align_output *out)
{
    if (!in->joins && mst_model_decisions_depend(model))
        judge_together(model, in, out);
    else
        judge_all(model, in, out);
}

int32_t mst_align_term_capacity(const mst_model *model, int32_t drill)
{
    const mst_drill_row *d = &model->drill[drill];
    return 2 * d->host_count + d->candidate_count * (2 + model->rule_count * (d->host_count + 1));
}

/* ---- as one model among rivals ------------------------------------------------------------- */

static bool judge_input(const mst_setting *setting, const mst_align_input *in, mst_arena *arena,
                        mst_align_output *out)
{
    const mst_drill_row *d = &setting->model->drill[setting->in->drill];
    *out = (mst_align_output){.term_capacity =
                                  mst_align_term_capacity(setting->model, setting->in->drill)};
    out->term = mst_arena_array(arena, (size_t)out->term_capacity, sizeof *out->term);
    out->verdict = mst_arena_array(arena, (size_t)d->host_count + (size_t)d->candidate_count,
                                   sizeof *out->verdict);
    if (arena->failed)
        return false;
    evaluate(setting->model, in, out);
    return true;
}

bool mst_rules_judge(const mst_setting *setting, mst_arena *arena, mst_align_output *out)
{
    return judge_input(setting, setting->in, arena, out);
}

bool mst_rules_judge_given(const mst_setting *setting, uint64_t joins, mst_arena *arena,
                           mst_align_output *out)
{
    mst_align_input in = *setting->in;
    in.joins = &joins;
    return judge_input(setting, &in, arena, out);
}

bool mst_rules_score(const mst_setting *setting, mst_stage left_out, mst_arena *arena,
                     mst_reply *reply)
{
    mst_align_output out;
    if (!setting->model || !setting->in) {
        mst_reply_missing(reply, setting, "the rules of a scenario");
        return true;
    }
    if (!mst_rules_judge(setting, arena, &out))
        return false;
    for (int32_t i = 0; i < setting->candidate_count; i++) {
        const mst_verdict *verdict = &out.verdict[setting->host_count + i];
        mst_answer *answer = &reply->answer[i];
        int32_t assessed = 0, with_p = 0;
        const char *no = "";
        *answer = (mst_answer){.score = 1.0, .joins = 1};
        for (int32_t k = 0; k < verdict->stage_count; k++) {
            const mst_stage_result *stage = &verdict->stage[k];
            if (stage->stage == left_out)
                continue;
            if (stage->standing == MST_NOT_ASSESSED) {
                answer->is_partly = true;
                continue;
            }
            assessed++;
            if (isnan(stage->p)) { /* P is that of the other stages, as in conclude() */
                answer->is_partly = true;
            } else {
                answer->score *= stage->p;
                with_p++;
            }
            if (stage->standing == MST_YES)
                continue;
            answer->joins = 0;
            no = mst_arena_printf(
                arena, "%s%s%s%s", no, *no ? ", " : "no: ", mst_stage_names[stage->stage],
                stage->host >= 0 ? mst_arena_printf(arena, " by %s", setting->state[stage->host])
                                 : "");
            if (!no)
                return false;
        }
        answer->basis = *no ? no : "every stage yes";
        if (assessed == 0)
            *answer = (mst_answer){(double)NAN, (double)NAN, -1, setting->model->rule_count > 0,
                                   "no stage can be assessed"};
        else if (with_p == 0)
            answer->score = answer->p = (double)NAN;
        else
            answer->p = answer->score;
    }
    return true;
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    return mst_rules_score(setting, MST_STAGE_COUNT, arena, reply);
}

const mst_align_type mst_align_rules = {
    .name = "rules",
    .label = "participation rules",
    .doc = "who takes part: able, would be admitted by every host, accepts; the reasons are the "
           "scenario's own",
    .mapping = "joins if every stage that can be assessed says yes",
    .proposed = "the makers of muster",
    .needs = "rules, states and ties of a scenario",
    .kind = MST_ALIGN_PARTICIPATION,
    .constants = MST_ALIGN_COUNT_WEIGHTS,
    .direction = 1,
    .threshold = (double)NAN,
    .evaluate = evaluate,
    .score = score,
};
