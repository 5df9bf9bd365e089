#include "engine/matching.h"
#include "engine/reach.h"

#include <math.h>
#include <string.h>

/* Suppliers that fit the same slots and are as ready are one: their numbers add up. */
enum { SUPPLIERS_MAX = 192, COMBINATIONS_MAX = 1 << 20 };

typedef struct side { /* the slots of a drill that are asked of one state */
    const mst_model *model;
    int32_t drill, state;
    int32_t slot_count;
    int32_t slot[64]; /* slots of the drill */
    int32_t places[64];
    double weight[2]; /* of each domain that has slots, scaled to sum 1 */
    int32_t domain_places[2];
} side;

static bool state_is_candidate(const mst_drill_row *d, int32_t state)
{
    for (int32_t i = 0; i < d->candidate_count; i++)
        if (d->candidate[i] == state)
            return true;
    return false;
}

static side side_of(const mst_model *model, int32_t drill, int32_t state)
{
    const mst_drill_row *d = &model->drill[drill];
    const bool candidate = state_is_candidate(d, state);
    side out = {.model = model, .drill = drill, .state = state};
    for (int32_t i = 0; i < d->slot_count && out.slot_count < 64; i++) {
        if (d->slot[i].for_candidate != candidate)
            continue;
        out.slot[out.slot_count] = i;
        out.places[out.slot_count++] = d->slot[i].count;
        out.domain_places[d->slot[i].domain] += d->slot[i].count;
    }
    double sum = 0.0;
    for (int32_t domain = 0; domain < 2; domain++) {
        out.weight[domain] = out.domain_places[domain] > 0 ? d->mix[domain] : 0.0;
        sum += out.weight[domain];
    }
    for (int32_t domain = 0; domain < 2 && sum > 0.0; domain++)
        out.weight[domain] /= sum;
    return out;
}

/* True if the drill names a list for the state; then only these units count. */
static bool contingent_has(const mst_drill_row *d, const mst_model *model, int32_t state,
                           int32_t unit)
{
    bool named = false;
    for (int32_t i = 0; i < d->contingent_count; i++) {
        if (d->contingent[i] == unit)
            return true;
        named = named || model->unit[d->contingent[i]].state == state;
    }
    return !named;
}

/* Bit set (over the side's slots) of what a unit fits, or fits and can reach. */
static uint64_t slots_of_unit(const side *s, int32_t unit, bool must_reach)
{
    uint64_t set = 0;
    for (int32_t i = 0; i < s->slot_count; i++)
        if (mst_slot_fits(s->model, s->drill, s->slot[i], unit) &&
            (!must_reach || mst_reach_of(s->model, s->drill, unit, s->slot[i], -1).passes))
            set |= UINT64_C(1) << i;
    return set;
}

typedef struct group { /* suppliers alike, with their chance to be serviceable */
    uint64_t slots;
    double readiness;
    int32_t number;
} group;

static int32_t add_group(group *groups, int32_t count, uint64_t slots, double readiness,
                         int32_t number)
{
    for (int32_t i = 0; i < count; i++)
        if (groups[i].slots == slots && groups[i].readiness == readiness) {
            groups[i].number += number;
            return count;
        }
    if (count == SUPPLIERS_MAX) { /* kept whole by leaning on the last: slots are few in fact */
        groups[count - 1].number += number;
        groups[count - 1].slots |= slots;
        return count;
    }
    groups[count] = (group){slots, readiness, number};
    return count + 1;
}

/* Weighted share of the places that the numbers can fill. */
static double share_filled(const side *s, const group *groups, const int32_t *number, int32_t count)
{
    mst_supplier supplier[SUPPLIERS_MAX];
    mst_matching matching;
    for (int32_t i = 0; i < count; i++)
        supplier[i] = (mst_supplier){groups[i].slots, number[i]};
    mst_matching_init(&matching, s->places, s->slot_count);
    mst_matching_fill(&matching, supplier, count);
    int32_t filled[2] = {0, 0};
    for (int32_t place = 0; place < matching.place_count; place++)
        if (matching.filler[place] >= 0)
            filled[s->model->drill[s->drill].slot[s->slot[matching.place_slot[place]]].domain]++;
    double share = 0.0;
    for (int32_t domain = 0; domain < 2; domain++)
        if (s->domain_places[domain] > 0)
            share += s->weight[domain] * filled[domain] / s->domain_places[domain];
    return share;
}

/* Binomial probability of k out of n. */
static double binomial(int32_t n, int32_t k, double p)
{
    if (p <= 0.0)
        return k == 0 ? 1.0 : 0.0;
    if (p >= 1.0)
        return k == n ? 1.0 : 0.0;
    double log_ways = 0.0; /* no lgamma: it writes a global */
    for (int32_t i = 1; i <= k; i++)
        log_ways += log((double)(n - k + i) / i);
    return exp(log_ways + k * log(p) + (n - k) * log1p(-p));
}

/* Chance that exactly k places can be used of n units: the last value gathers the rest. */
static double level_chance(const group *g, int32_t level, int32_t top)
{
    if (level < top || top == g->number)
        return binomial(g->number, level, g->readiness);
    double rest = 1.0;
    for (int32_t k = 0; k < top; k++)
        rest -= binomial(g->number, k, g->readiness);
    return fmax(rest, 0.0);
}

/* P(cap >= need) by enumeration of how many of each group are serviceable. */
static double chance_able(const side *s, const group *groups, int32_t count, double need)
{
    int32_t level[SUPPLIERS_MAX] = {0}, top[SUPPLIERS_MAX] = {0};
    int32_t places = s->domain_places[0] + s->domain_places[1];
    double combinations = 1.0;
    for (int32_t i = 0; i < count; i++) {
        top[i] = groups[i].number < places ? groups[i].number : places;
        combinations *= top[i] + 1.0;
    }
    if (combinations > COMBINATIONS_MAX)
        return NAN;
    double sum = 0.0;
    for (;;) {
        if (share_filled(s, groups, level, count) >= need) {
            double p = 1.0;
            for (int32_t i = 0; i < count; i++)
                p *= level_chance(&groups[i], level[i], top[i]);
            sum += p;
        }
        int32_t i = 0;
        while (i < count && ++level[i] > top[i])
            level[i++] = 0;
        if (i == count)
            return fmin(sum, 1.0);
    }
}

/* DEFINITIONS 3, states without units: kit is the index, cap is `ready`. */
static mst_fleet_reading read_index(const mst_model *model, int32_t drill, int32_t state)
{
    const mst_drill_row *d = &model->drill[drill];
    const mst_state_row *s = &model->state[state];
    mst_fleet_reading out = {.kit = NAN, .cap = NAN, .p_able = NAN};
    if (isnan(s->index_cap) || isnan(s->index_reach) || !(d->index_cap_need > 0.0) ||
        !(d->index_reach_need > 0.0))
        return out;
    out.is_assessed = true;
    out.kit = s->index_cap;
    out.cap = fmin(s->index_cap / d->index_cap_need, s->index_reach / d->index_reach_need);
    out.p_able = 1.0 / (1.0 + exp(-(out.cap - 0.8) / model->tau));
    return out;
}

mst_fleet_reading mst_fleet_read(const mst_model *model, int32_t drill, int32_t state,
                                 const int32_t *serviceable)
{
    const mst_drill_row *d = &model->drill[drill];
    if (model->state[state].unit_count == 0)
        return read_index(model, drill, state);
    const side s = side_of(model, drill, state);
    mst_fleet_reading out = {.is_fleet = true, .is_assessed = s.slot_count > 0};
    if (!out.is_assessed)
        return out;
    group fit[SUPPLIERS_MAX] = {{0}}, able[SUPPLIERS_MAX] = {{0}}, chance[SUPPLIERS_MAX] = {{0}};
    int32_t number[SUPPLIERS_MAX] = {0};
    int32_t fit_count = 0, able_count = 0, chance_count = 0;
    for (int32_t i = 0; i < model->unit_count; i++) {
        const mst_unit_row *u = &model->unit[i];
        if (u->state != state || !contingent_has(d, model, state, i))
            continue;
        const uint64_t fits = slots_of_unit(&s, i, false);
        if (!fits)
            continue;
        fit_count = add_group(fit, fit_count, fits, 1.0, u->count);
        const uint64_t reaches = slots_of_unit(&s, i, true);
        if (!reaches)
            continue;
        const int32_t ready = serviceable ? serviceable[i] : u->serviceable;
        able_count = add_group(able, able_count, reaches, 1.0, ready);
        chance_count = add_group(chance, chance_count, reaches, u->readiness, u->count);
    }
    for (int32_t i = 0; i < fit_count; i++)
        number[i] = fit[i].number;
    out.kit = share_filled(&s, fit, number, fit_count);
    for (int32_t i = 0; i < able_count; i++)
        number[i] = able[i].number;
    out.cap = share_filled(&s, able, number, able_count);
    out.p_able = chance_able(&s, chance, chance_count, d->cap_need);
    return out;
}

double mst_fleet_cap_at(const mst_model *model, int32_t drill, int32_t state,
                        const double *distance_m)
{
    const side s = side_of(model, drill, state);
    group able[SUPPLIERS_MAX] = {{0}};
    int32_t number[SUPPLIERS_MAX] = {0}, count = 0;
    if (s.slot_count == 0)
        return NAN;
    for (int32_t i = 0; i < model->unit_count; i++) {
        if (model->unit[i].state != state || !contingent_has(&model->drill[drill], model, state, i))
            continue;
        uint64_t slots = 0;
        for (int32_t k = 0; k < s.slot_count; k++) {
            if (!mst_slot_fits(model, drill, s.slot[k], i))
                continue;
            const mst_reach reach = mst_reach_of(model, drill, i, s.slot[k], -1);
            if (reach.has_way && distance_m[i] <= reach.radius_m[MST_RUNG_SEA])
                slots |= UINT64_C(1) << k;
        }
        if (slots)
            count = add_group(able, count, slots, 1.0, model->unit[i].serviceable);
    }
    for (int32_t i = 0; i < count; i++)
        number[i] = able[i].number;
    return share_filled(&s, able, number, count);
}

/* The untried unit with the widest reach margin for one of its slots; ties by order of id. */
static int32_t best_untried(const side *s, bool able_only, const int32_t *unit_slot)
{
    int32_t best = -1;
    double best_margin = -INFINITY;
    for (int32_t i = 0; i < s->model->unit_count; i++) {
        if (unit_slot[i] != -1 || s->model->unit[i].state != s->state)
            continue;
        for (int32_t k = 0; k < s->slot_count; k++) {
            if (!mst_slot_fits(s->model, s->drill, s->slot[k], i))
                continue;
            const mst_reach reach = mst_reach_of(s->model, s->drill, i, s->slot[k], -1);
            if ((able_only && !reach.passes) || (best >= 0 && reach.margin <= best_margin))
                continue;
            best = i;
            best_margin = reach.margin;
        }
    }
    return best;
}

int32_t mst_fleet_fill(const mst_model *model, int32_t drill, int32_t state,
                       const int32_t *serviceable, bool able_only, int32_t *out_unit_slot)
{
    const side s = side_of(model, drill, state);
    mst_supplier supplier[MST_PLACES_MAX];
    int32_t unit_of[MST_PLACES_MAX];
    int32_t supplier_count = 0, filled = 0;
    mst_matching matching;
    mst_matching_init(&matching, s.places, s.slot_count);
    for (int32_t i = 0; i < model->unit_count; i++)
        out_unit_slot[i] = -1;
    /* out_unit_slot doubles as the mark of a unit that was offered: -2. */
    while (filled < matching.place_count && supplier_count < MST_PLACES_MAX) {
        const int32_t unit = best_untried(&s, able_only, out_unit_slot);
        if (unit < 0)
            break;
        out_unit_slot[unit] = -2;
        const int32_t ready = serviceable ? serviceable[unit] : model->unit[unit].serviceable;
        if (!contingent_has(&model->drill[drill], model, state, unit) || ready <= 0)
            continue;
        supplier[supplier_count] = (mst_supplier){slots_of_unit(&s, unit, able_only), ready};
        unit_of[supplier_count] = unit;
        for (int32_t n = 0; n < ready && mst_matching_place(&matching, supplier, supplier_count);
             n++)
            filled++;
        supplier_count++;
    }
    for (int32_t i = 0; i < model->unit_count; i++)
        out_unit_slot[i] = -1;
    for (int32_t place = 0; place < matching.place_count; place++)
        if (matching.filler[place] >= 0)
            out_unit_slot[unit_of[matching.filler[place]]] = s.slot[matching.place_slot[place]];
    return filled;
}
