/* Who takes part: at decide_at the rules read the values of that date and the fleets as they are.
 * Hosts are conditions (each must be able), candidates take part if their verdict says so. */
#include "activity/crew.h"

#include "engine/chance.h"
#include "engine/feedback.h"
#include "engine/reach.h"
#include "model/compile.h"
#include "model/rulings.h"

#include <math.h>
#include <string.h>

typedef struct decide_state {
    mst_handle pending;
} decide_state;

/* ---- the judgement ---------------------------------------------------------------------------- */

/* A unit takes part in one drill at a time: it is free again when that is over and it lies in port. */
static bool is_busy(const mst_run *run, int32_t unit, int32_t drill)
{
    const mst_unit_state *s = &run->unit[unit];
    if (s->hold == MST_HOLD_ADRIFT)
        return true;
    if (s->drill < 0 || s->drill == drill)
        return false;
    return !run->drill[s->drill].over ||
           (run->model->unit[unit].domain == MST_NAVAL && s->hold != MST_HOLD_PORT);
}

/* Ships as they are in this run; aircraft as they will be on the day of the muster, for which a state
 * decides. */
static void note_ready(mst_run *run, int32_t drill)
{
    for (int32_t i = 0; i < run->model->unit_count; i++)
        run->ready[i] = run->model->unit[i].domain == MST_NAVAL
                            ? run->unit[i].serviceable
                            : mst_chance_serviceable(run, i, run->model->drill[drill].muster_at);
}

/* Who is free and serviceable, into the run's scratch. */
static mst_fleet_now fleet_now(mst_run *run, int32_t drill)
{
    for (int32_t i = 0; i < run->model->unit_count; i++) {
        run->busy[i] = is_busy(run, i, drill);
        run->serviceable[i] = run->busy[i] ? 0 : run->ready[i];
    }
    return (mst_fleet_now){run->serviceable, run->busy, run->pool_used_kg, run->cache};
}

static void read_fleets(mst_run *run, int32_t drill)
{
    const mst_fleet_now now = fleet_now(run, drill);
    for (int32_t i = 0; i < mst_model_asked_count(&run->model->drill[drill]); i++) {
        const int32_t state = mst_model_asked(&run->model->drill[drill], i);
        run->fleet[(size_t)drill * (size_t)run->model->state_count + (size_t)state] =
            mst_fleet_read(run->model, drill, state, &now);
    }
}

/* What the umpire says in place of the stages, which stay as they were found. */
static void rule(const mst_model *model, int32_t drill, mst_verdict *verdict)
{
    const mst_drill_row *d = &model->drill[drill];
    for (int32_t i = 0; d->ruling && i < d->candidate_count; i++)
        if (d->ruling[i] != MST_RULING_NONE)
            verdict[d->host_count + i].joins = d->ruling[i] == MST_RULING_JOINS;
}

/* Where decisions depend on each other the others answer to what the umpire says. The last round
 * stands if they go round in a ring. */
static void judge_ruled(const mst_model *model, const mst_align_input *in, mst_align_output *out)
{
    const int32_t rounds = model->drill[in->drill].candidate_count + 2;
    mst_align_input given = *in;
    uint64_t joins = 0, before = ~UINT64_C(0);
    given.joins = &joins;
    for (int32_t k = 0; k < rounds && joins != before; k++) {
        before = joins;
        rule(model, in->drill, out->verdict);
        joins = 0;
        for (int32_t i = 0; i < out->verdict_count; i++)
            if (!out->verdict[i].is_host && out->verdict[i].joins && out->verdict[i].state < 64)
                joins |= UINT64_C(1) << out->verdict[i].state;
        if (joins != before)
            model->kinds->align[0]->evaluate(model, &given, out);
    }
}

/* Verdicts and terms of all drills lie one after the other; term_first counts from run->term. */
static void judge(mst_run *run, int32_t drill)
{
    const mst_model *model = run->model;
    int32_t first = 0;
    for (int32_t i = 0; i < drill; i++)
        first += mst_align_term_capacity(model, i);
    const mst_align_input in = {
        .drill = drill,
        .values = &run->values,
        .fleet = run->fleet + (size_t)drill * (size_t)model->state_count,
    };
    mst_align_output out = {
        .term = run->term + first,
        .term_capacity = mst_align_term_capacity(model, drill),
        .verdict = run->verdict + run->verdict_first[drill],
    };
    model->kinds->align[0]->evaluate(model, &in, &out);
    if (model->drill[drill].ruling && mst_model_decisions_depend(model))
        judge_ruled(model, &in, &out);
    for (int32_t i = 0; i < out.verdict_count; i++)
        out.verdict[i].term_first += first;
}

/* DEFINITIONS 1, decisions = "draw": each political stage that was assessed is a draw of its own;
 * ability stays what this replication's fleet can do. */
static void draw_stages(mst_run *run, int32_t drill, int32_t candidate, mst_verdict *verdict)
{
    const mst_drill_row *d = &run->model->drill[drill];
    int32_t host = 0;
    verdict->joins = mst_verdict_is_assessed(verdict);
    for (int32_t i = 0; i < verdict->stage_count; i++) {
        mst_stage_result *stage = &verdict->stage[i];
        if (stage->stage != MST_ABLE && stage->standing != MST_NOT_ASSESSED) {
            const int32_t number = stage->stage == MST_ADMIT ? host : d->host_count;
            const bool yes = mst_chance_stage(run, drill, candidate, number) < stage->p;
            stage->standing = yes ? MST_YES : MST_NO;
        }
        host += stage->stage == MST_ADMIT;
        const bool tie_is_no = stage->standing == MST_TIE && stage->stage != MST_ABLE;
        if (stage->standing == MST_NO || tie_is_no)
            verdict->joins = 0;
    }
}

static void draw_decisions(mst_run *run, int32_t drill)
{
    const mst_drill_row *d = &run->model->drill[drill];
    mst_verdict *verdict = run->verdict + run->verdict_first[drill] + d->host_count;
    if (mst_is_plan(run) || !run->model->chance.draws_decisions)
        return;
    for (int32_t i = 0; i < d->candidate_count; i++)
        draw_stages(run, drill, i, &verdict[i]);
}

/* Able, as far as that was assessed. */
static bool is_able(const mst_verdict *verdict)
{
    for (int32_t i = 0; i < verdict->stage_count; i++)
        if (verdict->stage[i].stage == MST_ABLE && verdict->stage[i].standing == MST_NO)
            return false;
    return true;
}

/* Why a host is not able: too few that fit or are serviceable, or too little fuel. */
static mst_cause cause_of_host(mst_run *run, int32_t drill, int32_t state)
{
    const double need = run->model->drill[drill].cap_need;
    for (int32_t i = 0; i < run->model->unit_count; i++)
        run->unit_slot[i] = run->model->unit[i].count;
    const mst_fleet_now everybody = {run->unit_slot, NULL, run->pool_used_kg, run->cache};
    const mst_fleet_reading all = mst_fleet_read(run->model, drill, state, &everybody);
    return all.is_fleet && mst_share_suffices(all.kit, need) && !mst_share_suffices(all.cap, need)
               ? MST_CAUSE_FUEL
               : MST_CAUSE_ABSENT;
}

/* Fills takes_part; NONE, or why the drill is cancelled. */
static mst_cause choose(mst_run *run, int32_t drill)
{
    const mst_drill_row *d = &run->model->drill[drill];
    const mst_verdict *verdict = run->verdict + run->verdict_first[drill];
    uint8_t *part = run->takes_part + (size_t)drill * (size_t)run->model->state_count;
    mst_cause cause = MST_CAUSE_NONE;
    int32_t able = 0;
    for (int32_t i = 0; i < d->host_count; i++) {
        const bool is = is_able(&verdict[i]);
        part[d->host[i]] = is;
        able += is;
        if (!is && cause == MST_CAUSE_NONE)
            cause = cause_of_host(run, drill, d->host[i]);
    }
    for (int32_t i = 0; i < d->candidate_count; i++)
        part[d->candidate[i]] = verdict[d->host_count + i].joins != 0;
    if (able >= d->min_hosts && able > 0)
        return MST_CAUSE_NONE;
    memset(part, 0, (size_t)run->model->state_count);
    return cause == MST_CAUSE_NONE ? MST_CAUSE_ABSENT : cause;
}

/* ---- the units ---------------------------------------------------------------------------------- */

/* What it may burn is set apart from its state's pool; where it returns to is settled. */
static void join(mst_run *run, int32_t unit, int32_t drill)
{
    const mst_unit_row *row = &run->model->unit[unit];
    const mst_fleet_now now = {run->serviceable, run->busy, run->pool_used_kg, run->cache};
    const mst_reach reach = mst_reach_now(run->model, &now, drill, unit, -1);
    if (isfinite(mst_pool_left_kg(run->model, &now, drill, row->state)) && row->parent < 0)
        run->pool_used_kg[row->state] +=
            reach.mission_kg * (row->domain == MST_AIR ? (double)row->count : 1.0);
    if (row->domain == MST_NAVAL) {
        run->unit[unit].return_to = reach.back_spot >= 0 ? reach.back_spot : row->home;
        run->unit[unit].issued_kg = reach.issued_kg;
    }
    run->serviceable[unit] = 0; /* its turn is taken: nobody counts it again */
    mst_unit_join(run, unit, drill);
}

static void join_or_miss(mst_run *run, int32_t unit, int32_t drill, mst_cause cause)
{
    if (run->unit[unit].drill == drill)
        return;
    if (cause == MST_CAUSE_NONE)
        join(run, unit, drill);
    else
        mst_emit(run, MST_RECORD_ABSENT, unit, drill, (int32_t)cause);
}

/* A unit that was named sails with what it has on board; but an allotment is a limit on what it
 * may be sent to do, and what cannot be planned is not ordered. */
static mst_cause cause_of_named(const mst_run *run, int32_t unit, int32_t drill)
{
    const mst_unit_row *row = &run->model->unit[unit];
    if (run->ready[unit] <= 0 || is_busy(run, unit, drill))
        return MST_CAUSE_ABSENT;
    const mst_fleet_now now = {run->serviceable, run->busy, run->pool_used_kg, run->cache};
    const mst_reach reach = mst_reach_now(run->model, &now, drill, unit, -1);
    if (!reach.has_way)
        return MST_CAUSE_ROUTE;
    if (row->domain == MST_AIR)
        return row->allotment_sorties >= 1.0 && reach.issued_kg > 0.0 ? MST_CAUSE_NONE
                                                                      : MST_CAUSE_FUEL;
    return !reach.has_range || reach.mission_kg > reach.issued_kg ? MST_CAUSE_FUEL : MST_CAUSE_NONE;
}

static void send_listed(mst_run *run, int32_t drill, int32_t state)
{
    const mst_drill_row *d = &run->model->drill[drill];
    for (int32_t i = 0; i < d->contingent_count; i++) {
        const mst_unit_row *row = &run->model->unit[d->contingent[i]];
        if (row->state == state && row->parent < 0)
            join_or_miss(run, d->contingent[i], drill,
                         cause_of_named(run, d->contingent[i], drill));
    }
    for (int32_t i = 0; i < d->contingent_count; i++) { /* what is carried goes with its ship */
        const int32_t unit = d->contingent[i], ship = run->model->unit[unit].parent;
        if (ship >= 0 && run->model->unit[unit].state == state)
            join_or_miss(run, unit, drill,
                         mst_unit_takes_part(run, ship, drill) ? cause_of_named(run, unit, drill)
                                                               : MST_CAUSE_ABSENT);
    }
}

/* Members of a group that the author wrote for this very drill. */
static void send_grouped(mst_run *run, int32_t drill, int32_t state)
{
    for (int32_t g = 0; g < run->model->group_count; g++) {
        const mst_group_row *group = &run->model->group[g];
        if (group->drill != drill || group->is_made || !group->def || !group->def->drill.id)
            continue;
        for (int32_t i = 0; i < group->member_count; i++)
            if (run->model->unit[group->member[i]].state == state)
                join_or_miss(run, group->member[i], drill,
                             cause_of_named(run, group->member[i], drill));
    }
}

static mst_cause cause_of_unfit(const mst_run *run, int32_t unit, int32_t drill, int32_t slot)
{
    if (run->ready[unit] <= 0)
        return MST_CAUSE_ABSENT;
    const mst_fleet_now now = {run->serviceable, run->busy, run->pool_used_kg, run->cache};
    const mst_reach reach = mst_reach_now(run->model, &now, drill, unit, slot);
    if (reach.passes)
        return MST_CAUSE_ABSENT; /* busy with another drill */
    if (!reach.has_way)
        return MST_CAUSE_ROUTE;
    return reach.binding == MST_RUNG_TIME  ? MST_CAUSE_LATE
           : reach.binding == MST_RUNG_SEA ? MST_CAUSE_SEA
                                           : MST_CAUSE_FUEL;
}

/* A helicopter that fills a place brings its ship along. */
static void send_with_ship(mst_run *run, int32_t unit, int32_t drill)
{
    if (run->model->unit[unit].parent >= 0)
        join_or_miss(run, run->model->unit[unit].parent, drill, MST_CAUSE_NONE);
    join_or_miss(run, unit, drill, MST_CAUSE_NONE);
}

/* Without a list: the units that fill the slots. Where places stay empty, those that would have
 * filled them if all were serviceable and could get there are the absent ones. */
static void send_fitting(mst_run *run, int32_t drill, int32_t state, bool is_candidate)
{
    const mst_model *model = run->model;
    int32_t places = 0;
    for (int32_t i = 0; i < model->drill[drill].slot_count; i++)
        if (model->drill[drill].slot[i].for_candidate == is_candidate)
            places += model->drill[drill].slot[i].count;
    const mst_fleet_now now = fleet_now(run, drill);
    const int32_t filled = mst_fleet_fill(model, drill, state, &now, true, run->unit_slot);
    for (int32_t i = 0; i < model->unit_count; i++)
        if (run->unit_slot[i] >= 0)
            send_with_ship(run, i, drill);
    if (filled < places) {
        for (int32_t i = 0; i < model->unit_count; i++)
            run->serviceable[i] = model->unit[i].count;
        mst_fleet_fill(model, drill, state, &now, false, run->unit_slot);
        for (int32_t i = 0; i < model->unit_count; i++)
            if (run->unit_slot[i] >= 0)
                join_or_miss(run, i, drill, cause_of_unfit(run, i, drill, run->unit_slot[i]));
    }
}

/* True if some air request of the drill may be flown by that squadron. */
static bool is_asked_to_fly(const mst_run *run, int32_t drill, int32_t unit)
{
    const mst_drill_row *d = &run->model->drill[drill];
    const mst_unit_row *row = &run->model->unit[unit];
    for (int32_t i = 0; i < d->air_count; i++)
        if ((d->air[i].role & ~row->roles) == 0 &&
            (d->air[i].states == 0 || (row->state < 64 && (d->air[i].states >> row->state & 1U))))
            return true;
    return false;
}

/* Helicopters go where their ship goes; squadrons fly for an air request of the drill, unless a
 * list says which aircraft are sent. */
static void send_aircraft(mst_run *run, int32_t drill, int32_t state, bool listed)
{
    bool names_aircraft = false;
    for (int32_t i = 0; i < run->model->unit_count; i++) {
        const mst_unit_row *row = &run->model->unit[i];
        names_aircraft =
            names_aircraft || (listed && row->state == state && row->domain == MST_AIR &&
                               row->parent < 0 && run->unit[i].drill == drill);
    }
    for (int32_t i = 0; i < run->model->unit_count; i++) {
        const mst_unit_row *row = &run->model->unit[i];
        if (row->state != state || row->domain != MST_AIR || run->ready[i] <= 0 ||
            is_busy(run, i, drill))
            continue;
        const bool goes = row->parent >= 0 ? mst_unit_takes_part(run, row->parent, drill)
                                           : !names_aircraft && is_asked_to_fly(run, drill, i);
        if (goes && cause_of_named(run, i, drill) == MST_CAUSE_NONE)
            join_or_miss(run, i, drill, MST_CAUSE_NONE);
    }
}

static void send_units(mst_run *run, int32_t drill)
{
    const mst_drill_row *d = &run->model->drill[drill];
    for (int32_t i = 0; i < mst_model_asked_count(&run->model->drill[drill]); i++) {
        const int32_t state = mst_model_asked(&run->model->drill[drill], i);
        const bool is_candidate = i >= d->host_count;
        if (!mst_drill_has_state(run, drill, state) || (is_candidate && !mst_drill_wants_units(d)))
            continue;
        const bool listed = (d->listed >> state & 1U) != 0;
        fleet_now(run, drill);
        if (listed) {
            send_listed(run, drill, state);
        } else {
            send_grouped(run, drill, state);
            send_fitting(run, drill, state, is_candidate);
        }
        send_aircraft(run, drill, state, listed);
    }
}

/* ---- the event ------------------------------------------------------------------------------------ */

static void decide(mst_run *run, int32_t drill)
{
    mst_model_values_at(run->model, run->model->drill[drill].decide_at, &run->values);
    mst_feedback_decide(run, drill);
    note_ready(run, drill);
    read_fleets(run, drill);
    judge(run, drill);
    draw_decisions(run, drill);
    rule(run->model, drill, run->verdict + run->verdict_first[drill]);
    const mst_cause cause = choose(run, drill);
    run->drill[drill].decided = 1;
    for (int32_t i = 0; i < mst_model_asked_count(&run->model->drill[drill]); i++) {
        const int32_t state = mst_model_asked(&run->model->drill[drill], i);
        mst_emit(run, MST_RECORD_DECIDED, -1, drill, state)->real =
            mst_drill_has_state(run, drill, state) ? 1.0 : 0.0;
    }
    if (cause != MST_CAUSE_NONE) {
        mst_broadcast(run, MST_SIGNAL_DECIDED, drill, -1);
        mst_drill_fail(run, drill, cause);
        return;
    }
    send_units(run, drill);
    mst_broadcast(run, MST_SIGNAL_DECIDED, drill, -1);
    mst_phases_begin(run, drill);
}

static void start(mst_run *run, int32_t instance)
{
    decide_state *state = mst_instance_state(run, instance);
    const mst_drill_row *d = &run->model->drill[run->model->instance[instance].drill];
    /* A date before the scenario's start is decided at the start, with the values of its date. */
    state->pending = mst_schedule(run, d->decide_at, MST_RANK_ALIGN, instance, 0, -1, -1);
}

static void on_event(mst_run *run, int32_t instance, const mst_event *event)
{
    decide_state *state = mst_instance_state(run, instance);
    (void)event;
    state->pending = 0;
    decide(run, run->model->instance[instance].drill);
}

static void stop(mst_run *run, int32_t instance)
{
    decide_state *state = mst_instance_state(run, instance);
    mst_cancel(run, &state->pending);
}

const mst_activity_type mst_activity_decide = {
    .name = "decide",
    .doc = "settles who takes part and which units are sent",
    .role = MST_ROLE_CORE,
    .state_bytes = sizeof(decide_state),
    .start = start,
    .on_event = on_event,
    .stop = stop,
};
