#include "outcome/against.h"

#include "num/random.h"
#include "outcome/trial.h"

#include <math.h>
#include <string.h>

#define SEED UINT64_C(20230720) /* any number, but always the same */

/* What differs: a rule, a value, or the fleet. */
typedef struct player {
    int32_t rule;  /* -1: none */
    mst_cell cell; /* of the trial, where rule is -1 and it is not the fleet */
    bool is_fleet;
    double here, there;
} player;

typedef struct game {
    mst_trial trial;    /* moved between here and there */
    mst_rule_row *rule; /* of the trial's model         */
    const mst_rule_row *rule_here, *rule_there;
    mst_fleet_reading fleet_here, fleet_there;
    player player[MST_AGAINST_MOST];
    int32_t count, stages;
    mst_arena *arena;
} game;

/* ---- who plays ------------------------------------------------------------------------------------- */

static bool differ(double a, double b)
{
    return isnan(a) != isnan(b) || (!isnan(a) && a != b);
}

static player *add(game *g, player p)
{
    if (g->count >= MST_AGAINST_MOST)
        return NULL;
    g->player[g->count] = p;
    return &g->player[g->count++];
}

static bool is_known(const game *g, const mst_cell *cell)
{
    for (int32_t i = 0; i < g->count; i++) {
        const player *p = &g->player[i];
        if (p->rule < 0 && !p->is_fleet && p->cell.kind == cell->kind &&
            (p->cell.index == cell->index || p->cell.mirror == cell->index))
            return true;
    }
    return false;
}

static const mst_cell *same_key(const mst_cell *list, int32_t count, const mst_cell *cell)
{
    for (int32_t i = 0; i < count; i++)
        if (list[i].stage == cell->stage && strcmp(list[i].key, cell->key) == 0)
            return &list[i];
    return NULL;
}

/* Values that rules read here; what they are there is found by the name that rules give them. */
static bool add_values(game *g, const mst_verdict *here, mst_trial *there,
                       const mst_verdict *there_verdict)
{
    mst_cell *mine = NULL, *theirs = NULL;
    const int32_t count = mst_trial_cells(&g->trial, here, g->arena, &mine);
    const int32_t others = mst_trial_cells(there, there_verdict, g->arena, &theirs);
    for (int32_t i = 0; i < count; i++) {
        const mst_cell *other = same_key(theirs, others, &mine[i]);
        const double a = mst_cell_get(&g->trial, &mine[i]);
        const double b = other ? mst_cell_get(there, other) : a;
        if (differ(a, b) && !is_known(g, &mine[i]) && !add(g, (player){-1, mine[i], false, a, b}))
            return false;
    }
    if (g->trial.state != there->state)
        return !g->arena->failed;
    for (int32_t i = 0; i < others; i++) { /* read by rules that are off here */
        const double a = mst_cell_get(&g->trial, &theirs[i]);
        const double b = mst_cell_get(there, &theirs[i]);
        if (differ(a, b) && !is_known(g, &theirs[i]) &&
            !add(g, (player){-1, theirs[i], false, a, b}))
            return false;
    }
    return !g->arena->failed;
}

static double effective(const mst_rule_row *rule)
{
    return rule->is_off ? 0.0 : rule->weight;
}

static bool same_term(const mst_rule_term *a, const mst_rule_term *b)
{
    bool same = a->plus == b->plus && a->times == b->times && a->factor_count == b->factor_count;
    for (int32_t i = 0; same && i < a->factor_count; i++)
        same = a->factor[i].reads == b->factor[i].reads && a->factor[i].index == b->factor[i].index;
    return same;
}

/* All of a rule but its weight. */
static bool same_shape(const mst_rule_row *a, const mst_rule_row *b)
{
    bool same = a->stage == b->stage && a->form == b->form && a->over == b->over &&
                a->at == b->at && a->scale == b->scale && a->term_count == b->term_count;
    for (int32_t i = 0; same && i < a->term_count; i++)
        same = same_term(&a->term[i], &b->term[i]);
    return same;
}

/* Stages of the same kind, of hosts of the same id. */
static bool same_stages(const mst_model *model, const mst_verdict *a, const mst_model *other,
                        const mst_verdict *b)
{
    bool same = a->stage_count == b->stage_count;
    for (int32_t i = 0; same && i < a->stage_count; i++)
        same = a->stage[i].stage == b->stage[i].stage &&
               (a->stage[i].host < 0 ||
                strcmp(model->state[a->stage[i].host].id, other->state[b->stage[i].host].id) == 0);
    return same;
}

static bool add_rules(game *g)
{
    for (int32_t i = 0; i < g->trial.model.rule_count; i++) {
        const mst_rule_row *a = &g->rule_here[i], *b = &g->rule_there[i];
        if (a->stage == MST_ABLE || (!differ(effective(a), effective(b)) && same_shape(a, b)))
            continue;
        if (!add(g, (player){.rule = i, .here = effective(a), .there = effective(b)}))
            return false;
    }
    return true;
}

static bool add_fleet(game *g)
{
    const mst_fleet_reading *a = &g->fleet_here, *b = &g->fleet_there;
    if (a->is_assessed == b->is_assessed && a->is_fleet == b->is_fleet && a->kit == b->kit &&
        a->cap == b->cap)
        return true;
    return add(g,
               (player){.rule = -1, .is_fleet = true, .here = (double)NAN, .there = (double)NAN}) !=
           NULL;
}

/* The need counts for stage able even where no rule reads it. */
static bool add_need(game *g, const mst_trial *there)
{
    const int32_t at = g->trial.drill_index * g->trial.model.drill_value_count + MST_DRILL_CAP_NEED;
    const mst_cell cell = {
        .kind = MST_CELL_DRILL,
        .index = at,
        .mirror = at,
        .path = mst_arena_printf(g->arena, "drills.%s.%s", g->trial.drill[g->trial.drill_index].id,
                                 g->fleet_here.is_fleet ? "cap_need" : "index.cap_need"),
        .key = "drill.cap_need"};
    const double a = mst_cell_get(&g->trial, &cell), b = mst_cell_get(there, &cell);
    return !differ(a, b) || is_known(g, &cell) || add(g, (player){-1, cell, false, a, b}) != NULL;
}

/* ---- the game ---------------------------------------------------------------------------------------- */

static void set(game *g, int32_t i, bool is_here)
{
    const player *p = &g->player[i];
    if (p->is_fleet)
        g->trial.fleet[g->trial.state] = is_here ? g->fleet_here : g->fleet_there;
    else if (p->rule >= 0)
        g->rule[p->rule] = is_here ? g->rule_here[p->rule] : g->rule_there[p->rule];
    else
        mst_cell_set(&g->trial, &p->cell, is_here ? p->here : p->there);
}

/* Of a mixture of here and there. Where neither's rules are on, the sum has no term: 0. */
static void margins(game *g, double *out)
{
    const mst_verdict *v = mst_trial_judge(&g->trial);
    for (int32_t s = 0; s < g->stages; s++) {
        const mst_stage_result *stage = &v->stage[s];
        const bool has_no_rule =
            stage->stage != MST_ABLE && isnan(stage->margin) && stage->missing_rule < 0;
        out[s] = has_no_rule ? 0.0 : stage->margin;
    }
}

/* Shapley 1953, by all subsets: weight |S|! (k - |S| - 1)! / k! of what a player adds to S. */
static bool play_all(game *g, mst_against *out)
{
    const int32_t k = g->count;
    const size_t subsets = (size_t)1 << k, wide = (size_t)g->stages;
    double *v = mst_arena_array(g->arena, subsets * wide, sizeof *v);
    double weight[MST_AGAINST_EXACT + 1];
    if (!v)
        return false;
    for (int32_t s = 0; s < k; s++) {
        weight[s] = 1.0 / k;
        for (int32_t j = 1; j <= s; j++) /* 1 / (k C(k-1, s)) */
            weight[s] *= (double)j / (k - j);
    }
    for (size_t mask = 0; mask < subsets; mask++) {
        for (int32_t i = 0; i < k; i++)
            set(g, i, (mask >> i & 1U) != 0);
        margins(g, &v[mask * wide]);
    }
    for (size_t mask = 0; mask < subsets; mask++) {
        int32_t size = 0;
        for (int32_t i = 0; i < k; i++)
            size += (mask >> i & 1U) != 0;
        for (int32_t i = 0; i < k; i++)
            for (int32_t s = 0; (mask >> i & 1U) == 0 && s < g->stages; s++)
                out->item[i].value[s] +=
                    weight[size] *
                    (v[(mask | (size_t)1 << i) * wide + (size_t)s] - v[mask * wide + (size_t)s]);
    }
    return true;
}

static void shuffle(int32_t *order, int32_t count, mst_stream stream, uint64_t first)
{
    for (int32_t i = count - 1; i > 0; i--) {
        const int32_t j = (int32_t)(mst_random_unit(stream, first + (uint64_t)i) * (i + 1));
        const int32_t kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

/* One order and its reverse: their mean is one observation. */
static void play_pair(game *g, const int32_t *order, double (*gain)[MST_STAGES_MAX])
{
    double before[MST_STAGES_MAX] = {0.0}, after[MST_STAGES_MAX] = {0.0};
    for (int32_t turn = 0; turn < 2; turn++) {
        for (int32_t i = 0; i < g->count; i++)
            set(g, i, false);
        margins(g, before);
        for (int32_t i = 0; i < g->count; i++) {
            const int32_t who = order[turn == 0 ? i : g->count - 1 - i];
            set(g, who, true);
            margins(g, after);
            for (int32_t s = 0; s < g->stages; s++)
                gain[who][s] += 0.5 * (after[s] - before[s]);
            memcpy(before, after, sizeof before);
        }
    }
}

static bool play_orders(game *g, mst_against *out)
{
    const int32_t pairs = MST_AGAINST_ORDERS / 2;
    double(*gain)[MST_STAGES_MAX] = mst_arena_array(g->arena, (size_t)g->count, sizeof *gain);
    double(*square)[MST_STAGES_MAX] = mst_arena_array(g->arena, (size_t)g->count, sizeof *square);
    int32_t order[MST_AGAINST_MOST] = {0};
    if (!gain || !square)
        return false;
    const mst_stream stream = mst_stream_of(mst_random_key(SEED), 0, 0);
    for (int32_t i = 0; i < g->count; i++)
        order[i] = i;
    for (int32_t pair = 0; pair < pairs; pair++) {
        shuffle(order, g->count, stream, (uint64_t)pair * MST_AGAINST_MOST);
        memset(gain, 0, (size_t)g->count * sizeof *gain);
        play_pair(g, order, gain);
        for (int32_t i = 0; i < g->count; i++)
            for (int32_t s = 0; s < g->stages; s++) {
                out->item[i].value[s] += gain[i][s] / pairs;
                square[i][s] += gain[i][s] * gain[i][s] / pairs;
            }
    }
    for (int32_t i = 0; i < g->count; i++)
        for (int32_t s = 0; s < g->stages; s++) {
            const double mean = out->item[i].value[s];
            const double error = sqrt(fmax(square[i][s] - mean * mean, 0.0) / (pairs - 1));
            if (error > out->most_error) /* false for NaN: a stage that is not assessed */
                out->most_error = error;
        }
    return true;
}

/* ---- the whole ------------------------------------------------------------------------------------------ */

static const char *open_game(game *g, const mst_model *model, const mst_run *run,
                             const mst_verdict *here, const mst_model *there_model,
                             const mst_run *there_run, const mst_verdict *there)
{
    mst_trial other;
    if (!same_stages(model, here, there_model, there) ||
        model->rule_count != there_model->rule_count || here->is_host || there->is_host)
        return "the two are not judged by the same stages";
    if (!mst_trial_make(model, run, here, g->arena, &g->trial) ||
        !mst_trial_make(there_model, there_run, there, g->arena, &other))
        return "out of memory";
    g->stages = here->stage_count;
    g->rule = mst_arena_array(g->arena, (size_t)model->rule_count, sizeof *g->rule);
    if (!g->rule)
        return "out of memory";
    if (model->rule_count > 0)
        memcpy(g->rule, model->rule, (size_t)model->rule_count * sizeof *g->rule);
    g->rule_here = model->rule;
    g->rule_there = there_model->rule;
    g->trial.model.rule = g->rule;
    g->fleet_here = g->trial.fleet[here->state];
    g->fleet_there = other.fleet[there->state];
    if (g->fleet_here.is_fleet != g->fleet_there.is_fleet)
        return "one is read from its fleet, the other from an index";
    return add_fleet(g) && add_rules(g) && add_values(g, here, &other, there) && add_need(g, &other)
               ? NULL
           : g->arena->failed ? "out of memory"
                              : "the two differ in too many figures";
}

/* A stage that is not assessed here or there has no difference to be shared out. */
static void drop_unassessed(const game *g, mst_against *out)
{
    for (int32_t s = 0; s < g->stages; s++)
        for (int32_t i = 0;
             isnan(out->here->stage[s].margin - out->there->stage[s].margin) && i < out->count; i++)
            out->item[i].value[s] = (double)NAN;
}

/* What no figure with a key of its own explains, pacts and ties with other candidates for instance, so
 * that the values add up. */
static void take_rest(const game *g, mst_against *out)
{
    mst_share_of rest = {
        .key = "pacts, and ties with other candidates", .here = (double)NAN, .there = (double)NAN};
    bool is_needed = false;
    for (int32_t s = 0; s < g->stages; s++) {
        rest.value[s] = out->here->stage[s].margin - out->there->stage[s].margin;
        for (int32_t i = 0; i < out->count; i++)
            rest.value[s] -= out->item[i].value[s];
        is_needed = is_needed || fabs(rest.value[s]) > 1e-9;
    }
    if (is_needed)
        out->item[out->count++] = rest;
}

const char *mst_against_make(const mst_model *model, const mst_run *run, const mst_verdict *here,
                             const mst_model *there_model, const mst_run *there_run,
                             const mst_verdict *there, mst_arena *arena, mst_against *out)
{
    game *g = mst_arena_alloc(arena, sizeof *g);
    if (!g)
        return "out of memory";
    g->arena = arena;
    *out = (mst_against){.here = here, .there = there};
    const char *fault = open_game(g, model, run, here, there_model, there_run, there);
    if (fault)
        return fault;
    out->fleet_here = g->fleet_here;
    out->fleet_there = g->fleet_there;
    out->count = g->count;
    out->item = mst_arena_array(arena, (size_t)g->count + 1, sizeof *out->item);
    if (!out->item)
        return "out of memory";
    for (int32_t i = 0; i < g->count; i++) {
        const player *p = &g->player[i];
        out->item[i] = (mst_share_of){
            .is_fleet = p->is_fleet,
            .path = p->is_fleet    ? NULL
                    : p->rule >= 0 ? mst_arena_printf(arena, "alignment.rules.%s.weight",
                                                      model->rule[p->rule].id)
                                   : p->cell.path,
            .key = p->is_fleet    ? "fleet.kit and fleet.cap"
                   : p->rule >= 0 ? model->rule[p->rule].id
                                  : p->cell.key,
            .here = p->here,
            .there = p->there};
    }
    out->is_exact = g->count <= MST_AGAINST_EXACT;
    if (!(out->is_exact ? play_all(g, out) : play_orders(g, out)) || arena->failed)
        return "out of memory";
    drop_unassessed(g, out);
    take_rest(g, out);
    return NULL;
}
