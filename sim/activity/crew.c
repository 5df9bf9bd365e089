#include "activity/crew.h"

#include "engine/matching.h"
#include "engine/reach.h"

/* How a unit of the drill stands; a set of them says who is counted. */
enum { THERE = 1, LATE = 2, DRY = 4, SEA = 8, ALL = THERE | LATE | DRY | SEA, SUPPLIERS_MAX = 192 };

bool mst_drill_has_state(const mst_run *run, int32_t drill, int32_t state)
{
    return run->takes_part[(size_t)drill * (size_t)run->model->state_count + (size_t)state] != 0;
}

bool mst_drill_wants_units(const mst_drill_row *drill)
{
    enum { LEVEL_UNITS = 2 }; /* of drill.level */
    return !drill->def || drill->def->level < 0 || drill->def->level >= LEVEL_UNITS;
}

static int32_t standing(const mst_run *run, int32_t drill, int32_t unit, bool sea_counts)
{
    const mst_unit_row *row = &run->model->unit[unit];
    const mst_unit_state *s = &run->unit[unit];
    if (s->drill != drill)
        return 0;
    if (s->is_out)
        return s->cause == MST_CAUSE_FUEL ? DRY : s->cause == MST_CAUSE_LATE ? LATE : 0;
    if (row->domain == MST_AIR) {
        if (s->serviceable <= 0)
            return 0;
        return row->parent >= 0 ? standing(run, drill, row->parent, false) : THERE;
    }
    if (s->hold < 0 || !(s->in_area || s->spot == run->model->drill[drill].muster_spot))
        return LATE;
    return sea_counts && run->drill[drill].sea_state > row->sea_limit ? SEA : THERE;
}

bool mst_crew_is_there(const mst_run *run, int32_t drill, int32_t unit)
{
    return standing(run, drill, unit, false) == THERE;
}

/* A state's bit in the set of each standing that some ship or helicopter of it has. */
typedef struct muster_roll {
    uint64_t there, late, dry, sea;
} muster_roll;

static muster_roll call_roll(const mst_run *run, int32_t drill, bool sea_counts)
{
    muster_roll roll = {0};
    for (int32_t i = 0; i < run->model->unit_count; i++) {
        if (run->unit[i].drill != drill)
            continue;
        const mst_unit_row *row = &run->model->unit[i];
        if ((row->domain != MST_NAVAL && row->parent < 0) || row->state >= 64)
            continue;
        const int32_t how = standing(run, drill, i, sea_counts);
        const uint64_t bit = UINT64_C(1) << row->state;
        roll.there |= how == THERE ? bit : 0;
        roll.late |= how == LATE ? bit : 0;
        roll.dry |= how == DRY ? bit : 0;
        roll.sea |= how == SEA ? bit : 0;
    }
    return roll;
}

static uint64_t states_of(const muster_roll *roll, int32_t who)
{
    return (who & THERE ? roll->there : 0) | (who & LATE ? roll->late : 0) |
           (who & DRY ? roll->dry : 0) | (who & SEA ? roll->sea : 0);
}

uint64_t mst_crew_states(const mst_run *run, int32_t drill)
{
    return call_roll(run, drill, false).there;
}

/* Who is taken away in turn, and what it means when that makes the difference. */
static const struct {
    int32_t who;
    mst_cause cause;
} without[] = {{ALL, MST_CAUSE_ABSENT},
               {ALL & ~LATE, MST_CAUSE_LATE},
               {THERE | SEA, MST_CAUSE_FUEL},
               {THERE, MST_CAUSE_SEA}};
enum { WITHOUT_COUNT = sizeof without / sizeof without[0] };

mst_cause mst_crew_check_states(const mst_run *run, int32_t drill, int32_t count, bool sea_counts)
{
    const muster_roll roll = call_roll(run, drill, sea_counts);
    for (int32_t i = 0; i < WITHOUT_COUNT; i++) {
        int32_t found = 0;
        for (uint64_t set = states_of(&roll, without[i].who); set; set &= set - 1)
            found++;
        if (found < count)
            return without[i].cause;
    }
    return MST_CAUSE_NONE;
}

static bool fits(const mst_run *run, int32_t drill, const mst_want *want, int32_t unit)
{
    const mst_unit_row *row = &run->model->unit[unit];
    if (want->state >= 0 && row->state != want->state)
        return false;
    if (want->slot >= 0)
        return mst_slot_fits(run->model, drill, want->slot, unit);
    return (want->domain < 0 || (int32_t)row->domain == want->domain) &&
           (want->role & ~row->roles) == 0 && (want->kit & ~row->kit) == 0;
}

typedef struct crew {
    mst_supplier supplier[SUPPLIERS_MAX];
    int32_t standing[SUPPLIERS_MAX];
    int32_t count;
} crew;

/* Those that fit the same wants and stand alike are one, with their numbers added up. */
static void add_supplier(crew *out, uint64_t set, int32_t how, int32_t number)
{
    for (int32_t i = 0; i < out->count; i++)
        if (out->supplier[i].slots == set && out->standing[i] == how) {
            out->supplier[i].capacity += number;
            return;
        }
    if (out->count == SUPPLIERS_MAX)
        return; /* more kinds than the wants of a plan can tell apart */
    out->standing[out->count] = how;
    out->supplier[out->count++] = (mst_supplier){set, number};
}

static void gather(const mst_run *run, int32_t drill, const mst_want *want, int32_t count,
                   bool sea_counts, crew *out)
{
    out->count = 0;
    for (int32_t i = 0; i < run->model->unit_count; i++) {
        if (run->unit[i].drill != drill)
            continue;
        const int32_t how = standing(run, drill, i, sea_counts);
        uint64_t set = 0;
        for (int32_t w = 0; how && w < count; w++)
            if (fits(run, drill, &want[w], i))
                set |= UINT64_C(1) << w;
        const bool is_ship = run->model->unit[i].domain == MST_NAVAL;
        if (set)
            add_supplier(out, set, how, is_ship ? 1 : run->unit[i].serviceable);
    }
}

/* Fills the wants with those whose standing is in the set. */
static int32_t fill(const crew *c, int32_t who, const int32_t *places, int32_t count,
                    int32_t *out_first_empty)
{
    mst_supplier supplier[SUPPLIERS_MAX];
    mst_matching matching;
    int32_t used = 0;
    for (int32_t i = 0; i < c->count; i++)
        if (c->standing[i] & who)
            supplier[used++] = c->supplier[i];
    mst_matching_init(&matching, places, count);
    const int32_t filled = mst_matching_fill(&matching, supplier, used);
    *out_first_empty = -1;
    for (int32_t i = matching.place_count - 1; i >= 0; i--)
        if (matching.filler[i] < 0)
            *out_first_empty = matching.place_slot[i];
    return filled;
}

mst_shortage mst_crew_check(const mst_run *run, int32_t drill, const mst_want *want, int32_t count,
                            bool sea_counts)
{
    crew c;
    int32_t places[MST_WANTS_MAX];
    mst_shortage out = {.want = -1};
    for (int32_t i = 0; i < count; i++) {
        places[i] = want[i].count;
        out.places += want[i].count;
    }
    if (out.places > MST_PLACES_MAX)
        out.places = MST_PLACES_MAX; /* a matching cuts what is beyond */
    gather(run, drill, want, count, sea_counts, &c);
    out.filled = fill(&c, THERE, places, count, &out.want);
    for (int32_t i = 0; out.filled < out.places && i < WITHOUT_COUNT; i++) {
        int32_t empty = -1;
        if (fill(&c, without[i].who, places, count, &empty) < out.places) {
            out.cause = without[i].cause;
            out.want = empty;
            break;
        }
    }
    return out;
}

void mst_drill_fail(mst_run *run, int32_t drill, mst_cause cause)
{
    const mst_drill_row *d = &run->model->drill[drill];
    mst_drill_state *state = &run->drill[drill];
    if (state->over)
        return;
    state->over = 1;
    state->over_at = mst_now(run);
    state->cause = (int32_t)cause;
    mst_emit(run, MST_RECORD_DRILL_FAILED, -1, drill, (int32_t)cause);
    for (int32_t i = 0; i < d->serial_count; i++) {
        mst_record *record =
            mst_emit(run, MST_RECORD_SERIAL_ENDED, -1, d->serial[i], MST_CANCELLED);
        record->c = (int32_t)cause;
    }
    mst_broadcast(run, MST_SIGNAL_DRILL_OVER, drill, 1);
    mst_phases_close(run, drill);
}
