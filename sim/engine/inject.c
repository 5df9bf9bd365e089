#include "engine/inject.h"

#include "engine/chance.h"
#include "engine/halt.h"

enum { HAPPENS = MST_INJECT_CODES, SEA_ENDS };

/* ---- the sea ------------------------------------------------------------------------------- */

int32_t mst_inject_sea(const mst_run *run, int32_t drill)
{
    const mst_drill_state *s = &run->drill[drill];
    return s->has_sea && (s->sea_until == MUSTER_NEVER || mst_now(run) < s->sea_until)
               ? s->given_sea
               : mst_chance_sea(run, drill, mst_now(run));
}

static void look_at_sea(mst_run *run, int32_t drill)
{
    const int32_t before = run->drill[drill].sea_state, now = mst_inject_sea(run, drill);
    if (now == before)
        return;
    run->drill[drill].sea_state = now;
    mst_emit(run, MST_RECORD_SEA, -1, drill, now);
    mst_broadcast(run, MST_SIGNAL_SEA, drill, now);
}

static void change_sea(mst_run *run, const mst_inject_row *row)
{
    mst_drill_state *s = &run->drill[row->drill];
    s->has_sea = 1;
    s->given_sea = row->sea_state;
    s->sea_until = row->length == MUSTER_NEVER ? MUSTER_NEVER : mst_now(run) + row->length;
    if (row->length != MUSTER_NEVER)
        mst_schedule(run, s->sea_until, MST_RANK_SENSE, -1, SEA_ENDS, row->drill, 0);
    look_at_sea(run, row->drill);
}

/* ---- units --------------------------------------------------------------------------------- */

static void befall(mst_run *run, const mst_inject_row *row, int32_t unit)
{
    switch (row->effect) {
    case MST_EFFECT_DELAYS:
        mst_unit_delay(run, unit, row->length);
        break;
    case MST_EFFECT_BREAKS_DOWN:
        mst_unit_break_down(run, unit, row->length);
        break;
    case MST_EFFECT_TURNS_BACK:
        mst_unit_turn_back(run, unit);
        break;
    case MST_EFFECT_LOSES_FUEL:
        mst_unit_lose_fuel(run, unit, row->fraction);
        break;
    case MST_EFFECT_WORDS:
    case MST_EFFECT_SEA_STATE:
    case MST_EFFECT_COUNT:
        break;
    }
}

/* How much of its effect, in the unit of that. */
static double size_of(const mst_inject_row *row)
{
    if (row->effect == MST_EFFECT_LOSES_FUEL)
        return row->fraction;
    if (row->effect == MST_EFFECT_SEA_STATE)
        return row->sea_state;
    return row->length == MUSTER_NEVER ? 0.0 : (double)row->length / (double)MUSTER_SECOND;
}

static void happen(mst_run *run, int32_t inject)
{
    const mst_inject_row *row = &run->model->inject[inject];
    mst_record *record = mst_run_inject(run, inject, (int32_t)row->effect, size_of(row));
    record->unit = row->unit_count == 1 ? row->unit[0] : -1;
    record->c = row->drill;
    if (row->effect == MST_EFFECT_SEA_STATE && row->drill >= 0)
        change_sea(run, row);
    for (int32_t i = 0; i < row->unit_count; i++)
        befall(run, row, row->unit[i]);
}

/* ---- events -------------------------------------------------------------------------------- */

void mst_inject_start(mst_run *run)
{
    for (int32_t i = 0; i < run->model->inject_count; i++)
        mst_schedule(run, run->model->inject[i].at, MST_RANK_SENSE, -1, HAPPENS, i, 0);
}

void mst_inject_event(mst_run *run, const mst_event *event)
{
    if (event->code == HAPPENS)
        happen(run, event->a);
    else
        look_at_sea(run, event->a);
}
