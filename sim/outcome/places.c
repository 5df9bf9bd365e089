/* Which required places of a drill a set of units can fill: a largest matching per state. */
#include "outcome/fold.h"

#include "engine/matching.h"

/* Required slots asked of one state, with their places. */
typedef struct wanted {
    int32_t slot[64], places[64];
    int32_t slot_count, place_count;
} wanted;

static wanted wanted_of(const mst_drill_row *d, int32_t state)
{
    wanted out = {.slot_count = 0};
    const bool candidate = !mst_model_is_host(d, state);
    for (int32_t i = 0; i < d->slot_count && out.slot_count < 64; i++) {
        const mst_slot_row *slot = &d->slot[i];
        if (!slot->is_required || slot->for_candidate != candidate)
            continue;
        out.slot[out.slot_count] = i;
        out.places[out.slot_count++] = slot->count;
        out.place_count += slot->count;
    }
    if (out.place_count > MST_PLACES_MAX)
        out.place_count = MST_PLACES_MAX;
    return out;
}

static mst_supplier supplier_of(const mst_run *run, int32_t drill, const wanted *want, int32_t unit)
{
    const mst_unit_row *row = &run->model->unit[unit];
    const int32_t aircraft = run->unit ? run->unit[unit].serviceable : row->serviceable;
    mst_supplier out = {0, row->domain == MST_AIR ? aircraft : 1};
    for (int32_t i = 0; i < want->slot_count; i++)
        if (mst_slot_fits(run->model, drill, want->slot[i], unit))
            out.slots |= UINT64_C(1) << i;
    return out;
}

/* A drill has at most this many units of one state that compete for places. */
enum { SUPPLIERS_MAX = 256 };

static bool state_complete(const mst_run *run, int32_t drill, int32_t state, const uint8_t *present)
{
    mst_supplier supplier[SUPPLIERS_MAX];
    mst_matching matching;
    int32_t count = 0;
    const wanted want = wanted_of(&run->model->drill[drill], state);
    if (want.place_count == 0)
        return true;
    for (int32_t i = 0; i < run->model->unit_count && count < SUPPLIERS_MAX; i++)
        if (run->model->unit[i].state == state && present[i]) {
            const mst_supplier one = supplier_of(run, drill, &want, i);
            if (one.slots && one.capacity > 0)
                supplier[count++] = one;
        }
    mst_matching_init(&matching, want.places, want.slot_count);
    return mst_matching_fill(&matching, supplier, count) == want.place_count;
}

bool mst_places_complete(const mst_run *run, int32_t drill, uint64_t states, const uint8_t *present)
{
    for (int32_t state = 0; state < run->model->state_count; state++)
        if ((states & mst_state_bit(state)) && !state_complete(run, drill, state, present))
            return false;
    return true;
}

/* Index in order of the unit of one state that filled the last place that was filled. */
static int32_t last_of_state(const mst_run *run, int32_t drill, int32_t state, const int32_t *order,
                             int32_t order_count)
{
    mst_supplier supplier[SUPPLIERS_MAX];
    mst_matching matching;
    int32_t count = 0, last = -1;
    const wanted want = wanted_of(&run->model->drill[drill], state);
    mst_matching_init(&matching, want.places, want.slot_count);
    for (int32_t i = 0; i < order_count && count < SUPPLIERS_MAX; i++) {
        if (run->model->unit[order[i]].state != state)
            continue;
        supplier[count] = supplier_of(run, drill, &want, order[i]);
        bool filled = false;
        for (int32_t n = 0; n < supplier[count].capacity; n++)
            filled = mst_matching_place(&matching, supplier, count) || filled;
        if (filled)
            last = i;
        count++;
    }
    return last;
}

int32_t mst_places_last(const mst_run *run, int32_t drill, uint64_t states, const int32_t *order,
                        int32_t order_count)
{
    int32_t last = -1;
    for (int32_t state = 0; state < run->model->state_count; state++) {
        if (!(states & mst_state_bit(state)))
            continue;
        const int32_t own = last_of_state(run, drill, state, order, order_count);
        if (own > last)
            last = own;
    }
    return last;
}
