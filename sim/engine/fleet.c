/* What a state can bring to a drill: kit, cap, P(able), and which units fill the slots. */
#include "engine/chance.h"
#include "engine/matching.h"
#include "engine/reach.h"
#include "num/normal.h"

#include <math.h>
#include <string.h>

/* Suppliers that fit the same slots are one: their numbers add up. */
enum { SUPPLIERS_MAX = 192, LOTS_MAX = 12, COMBINATIONS_MAX = 1 << 16 };

typedef struct side { /* the slots of a drill that are asked of one state */
    const mst_model *model;
    int32_t drill, state;
    int32_t slot_count;
    int32_t slot[64]; /* slots of the drill */
    int32_t places[64];
    double weight[2]; /* of each domain that has slots, scaled to sum 1 */
    int32_t domain_places[2];
} side;

static side side_of(const mst_model *model, int32_t drill, int32_t state)
{
    const mst_drill_row *d = &model->drill[drill];
    const bool candidate = mst_model_is_candidate(d, state);
    side out; /* large: only what is used is set */
    out.model = model;
    out.drill = drill;
    out.state = state;
    out.slot_count = out.domain_places[0] = out.domain_places[1] = 0;
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

bool mst_fleet_sends(const mst_drill_row *drill, int32_t state, int32_t unit)
{
    if (!(drill->listed >> state & 1U))
        return true;
    for (int32_t i = 0; i < drill->contingent_count; i++)
        if (drill->contingent[i] == unit)
            return true;
    return false;
}

static int32_t serviceable_of(const mst_model *model, const mst_fleet_now *now, int32_t unit)
{
    return now && now->serviceable ? now->serviceable[unit] : model->unit[unit].serviceable;
}

/* How many of a unit can be counted: a helicopter needs its ship, sorties may be rationed. */
static int32_t number_ready(const mst_model *model, const mst_fleet_now *now, int32_t unit)
{
    const mst_unit_row *u = &model->unit[unit];
    const int32_t ready = serviceable_of(model, now, unit);
    if (u->parent >= 0 && serviceable_of(model, now, u->parent) <= 0)
        return 0;
    return u->domain == MST_AIR && u->allotment_sorties < (double)ready
               ? (int32_t)u->allotment_sorties
               : ready;
}

/* Bit set (over the side's slots) of what a unit fits. */
static uint64_t slots_fitted(const side *s, int32_t unit)
{
    uint64_t set = 0;
    for (int32_t i = 0; i < s->slot_count; i++)
        if (mst_slot_fits(s->model, s->drill, s->slot[i], unit))
            set |= UINT64_C(1) << i;
    return set;
}

/* Of these, the ones whose reach test it passes. */
static uint64_t slots_reached(const side *s, const mst_fleet_now *now, int32_t unit, uint64_t fits)
{
    uint64_t set = 0;
    for (int32_t i = 0; i < s->slot_count; i++)
        if ((fits >> i & 1U) && mst_reach_now(s->model, now, s->drill, unit, s->slot[i]).passes)
            set |= UINT64_C(1) << i;
    return set;
}

typedef struct crowd { /* suppliers by what they fit */
    mst_supplier of[SUPPLIERS_MAX];
    int32_t count;
} crowd;

static void add_to_crowd(crowd *c, uint64_t slots, int32_t number)
{
    for (int32_t i = 0; i < c->count; i++)
        if (c->of[i].slots == slots) {
            c->of[i].capacity += number;
            return;
        }
    if (c->count < SUPPLIERS_MAX) /* more sets of slots than drills have in fact */
        c->of[c->count++] = (mst_supplier){slots, number};
}

/* Weighted share of the places that suppliers can fill. */
static double share_filled(const side *s, const mst_supplier *supplier, int32_t count)
{
    mst_matching matching;
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

/* ---- P(able) ----------------------------------------------------------------------------------- */

/* Units that pass for the same slots, and how likely each number of them is serviceable. The last
 * number gathers all that are at least as many as there are places. */
typedef struct lot {
    uint64_t slots;
    int32_t top;
    double chance[MST_PLACES_MAX + 1];
} lot;

typedef struct lots {
    lot of[LOTS_MAX];
    int32_t count;
    bool is_full; /* more sets of slots than can be gone through */
} lots;

/* One more unit that is ready with probability p: a Poisson binomial, by convolution. */
static void add_unit(lot *l, int32_t places, double p)
{
    const int32_t top = l->top < places ? l->top + 1 : l->top;
    double carry = l->top == places ? l->chance[places] : 0.0;
    for (int32_t k = top; k > 0; k--) {
        const double stays = k <= l->top && k < places ? l->chance[k] * (1.0 - p) : 0.0;
        l->chance[k] = stays + l->chance[k - 1] * p + (k == places ? carry : 0.0);
        carry = k == places ? 0.0 : carry;
    }
    l->chance[0] *= 1.0 - p;
    l->top = top;
}

static void add_to_lots(lots *all, const side *s, uint64_t slots, double p, int32_t number)
{
    const int32_t places = s->domain_places[0] + s->domain_places[1];
    lot *l = NULL;
    for (int32_t i = 0; i < all->count && !l; i++)
        l = all->of[i].slots == slots ? &all->of[i] : NULL;
    if (!l && all->count == LOTS_MAX) {
        all->is_full = true;
        return;
    }
    if (!l) {
        l = &all->of[all->count++];
        l->slots = slots;
        l->top = 0;
        l->chance[0] = 1.0;
    }
    for (int32_t i = 0; i < number; i++)
        add_unit(l, places < MST_PLACES_MAX ? places : MST_PLACES_MAX, p);
}

/* P(cap >= need): all combinations of how many of each lot are serviceable. */
static double chance_able(const side *s, const lots *all, double need)
{
    mst_supplier supplier[LOTS_MAX];
    double combinations = 1.0, sum = 0.0;
    for (int32_t i = 0; i < all->count; i++) {
        supplier[i] = (mst_supplier){all->of[i].slots, 0};
        combinations *= all->of[i].top + 1.0;
    }
    if (all->is_full || combinations > COMBINATIONS_MAX)
        return (double)NAN;
    for (;;) {
        if (mst_share_suffices(share_filled(s, supplier, all->count), need)) {
            double p = 1.0;
            for (int32_t i = 0; i < all->count; i++)
                p *= all->of[i].chance[supplier[i].capacity];
            sum += p;
        }
        int32_t i = 0;
        while (i < all->count && ++supplier[i].capacity > all->of[i].top)
            supplier[i++].capacity = 0;
        if (i == all->count)
            return fmin(sum, 1.0);
    }
}

/* A helicopter is there if it and its ship are; ships and helicopters are taken as independent. */
static double readiness_of(const mst_model *model, int32_t unit)
{
    const mst_unit_row *u = &model->unit[unit];
    return u->readiness * (u->parent >= 0 ? model->unit[u->parent].readiness : 1.0);
}

/* Those that could be serviceable and pass: what P(able) is worked out from. */
typedef struct hopeful {
    uint64_t slots;
    int32_t unit, number;
} hopeful;

typedef struct hopefuls {
    hopeful of[SUPPLIERS_MAX];
    int32_t count;
} hopefuls;

/* P that a unit is serviceable once the factor common to its state is known; a helicopter needs its
 * ship besides. */
static double readiness_given(const mst_model *model, int32_t unit, double rho, double common)
{
    const mst_unit_row *u = &model->unit[unit];
    return mst_chance_readiness(u, rho, common) *
           (u->parent >= 0 ? readiness_given(model, u->parent, rho, common) : 1.0);
}

static double chance_given(const side *s, const hopefuls *all, double need, double rho,
                           double common)
{
    lots chances;
    chances.count = 0; /* large: only what is used is set */
    chances.is_full = false;
    for (int32_t i = 0; i < all->count; i++)
        add_to_lots(&chances, s, all->of[i].slots,
                    rho > 0.0 ? readiness_given(s->model, all->of[i].unit, rho, common)
                              : readiness_of(s->model, all->of[i].unit),
                    all->of[i].number);
    return chance_able(s, &chances, need);
}

/* The mean over the middles of equal slices of the common factor. P falls as the factor rises, so
 * that the error is below half a slice whatever the correlation. */
static double chance_with_common(const side *s, const hopefuls *all, double need, double rho)
{
    enum { SLICES = 256 };
    double sum = 0.0;
    for (int32_t i = 0; i < SLICES; i++) {
        const double common = mst_normal_quantile(((double)i + 0.5) / SLICES);
        sum += chance_given(s, all, need, rho, common);
    }
    return sum / SLICES;
}

/* ---- readings ------------------------------------------------------------------------------------ */

/* DEFINITIONS 3, states without units: kit is the index, cap is `ready`. */
static mst_fleet_reading read_index(const mst_model *model, int32_t drill, int32_t state)
{
    const mst_drill_row *d = &model->drill[drill];
    const mst_index_row s = mst_model_index(model, drill, state);
    mst_fleet_reading out = {.kit = NAN, .cap = NAN, .p_able = NAN};
    if (isnan(s.cap) || isnan(s.reach) || !(d->index_cap_need > 0.0) ||
        !(d->index_reach_need > 0.0))
        return out;
    out.is_assessed = true;
    out.kit = s.cap;
    out.cap = fmin(s.cap / d->index_cap_need, s.reach / d->index_reach_need);
    out.p_able = 1.0 / (1.0 + exp(-(out.cap - model->constant.index_ready_need) / model->tau));
    return out;
}

mst_fleet_reading mst_fleet_read(const mst_model *model, int32_t drill, int32_t state,
                                 const mst_fleet_now *now)
{
    const mst_drill_row *d = &model->drill[drill];
    if (model->state[state].unit_count == 0)
        return read_index(model, drill, state);
    const side s = side_of(model, drill, state);
    mst_fleet_reading out = {.is_fleet = true, .is_assessed = s.slot_count > 0};
    if (!out.is_assessed)
        return out;
    crowd fit, able;
    hopefuls maybe;
    bool is_full = false;
    fit.count = able.count = maybe.count = 0; /* these are large: only what is used is set */
    for (int32_t i = 0; i < model->unit_count; i++) {
        const mst_unit_row *u = &model->unit[i];
        if (u->state != state || !mst_fleet_sends(d, state, i))
            continue;
        const uint64_t fits = slots_fitted(&s, i);
        const uint64_t reaches = fits ? slots_reached(&s, now, i, fits) : 0;
        if (fits)
            add_to_crowd(&fit, fits, u->count);
        if (!reaches)
            continue;
        add_to_crowd(&able, reaches, number_ready(model, now, i));
        if (now && now->busy && now->busy[i])
            continue; /* elsewhere: no chance brings it here */
        if (maybe.count < SUPPLIERS_MAX)
            maybe.of[maybe.count++] =
                (hopeful){reaches, i,
                          u->domain == MST_AIR && u->allotment_sorties < (double)u->count
                              ? (int32_t)u->allotment_sorties
                              : u->count};
        else
            is_full = true;
    }
    out.kit = share_filled(&s, fit.of, fit.count);
    out.cap = share_filled(&s, able.of, able.count);
    const double rho = model->state[state].readiness_correlation;
    out.is_sampled = rho > 0.0;
    out.p_able = is_full     ? (double)NAN
                 : rho > 0.0 ? chance_with_common(&s, &maybe, d->cap_need, rho)
                             : chance_given(&s, &maybe, d->cap_need, 0.0, 0.0);
    return out;
}

double mst_fleet_cap_at(const mst_model *model, int32_t drill, int32_t state,
                        const double *distance_m)
{
    const side s = side_of(model, drill, state);
    crowd able;
    able.count = 0;
    if (s.slot_count == 0)
        return (double)NAN;
    for (int32_t i = 0; i < model->unit_count; i++) {
        if (model->unit[i].state != state || !mst_fleet_sends(&model->drill[drill], state, i))
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
            add_to_crowd(&able, slots, number_ready(model, NULL, i));
    }
    return share_filled(&s, able.of, able.count);
}

/* The untried unit with the widest reach margin for one of its slots; ties by order of id. */
static int32_t best_untried(const side *s, const mst_fleet_now *now, bool able_only,
                            const int32_t *unit_slot)
{
    int32_t best = -1;
    mst_reach best_reach = {0};
    for (int32_t i = 0; i < s->model->unit_count; i++) {
        if (unit_slot[i] != -1 || s->model->unit[i].state != s->state)
            continue;
        for (int32_t k = 0; k < s->slot_count; k++) {
            if (!mst_slot_fits(s->model, s->drill, s->slot[k], i))
                continue;
            const mst_reach reach = mst_reach_now(s->model, now, s->drill, i, s->slot[k]);
            if ((able_only && !reach.passes) ||
                (best >= 0 && !mst_reach_before(s->model, &reach, &best_reach)))
                continue;
            best = i;
            best_reach = reach;
        }
    }
    return best;
}

int32_t mst_fleet_fill(const mst_model *model, int32_t drill, int32_t state,
                       const mst_fleet_now *now, bool able_only, int32_t *out_unit_slot)
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
        const int32_t unit = best_untried(&s, now, able_only, out_unit_slot);
        if (unit < 0)
            break;
        out_unit_slot[unit] = -2;
        const int32_t ready =
            able_only ? number_ready(model, now, unit) : serviceable_of(model, now, unit);
        if (!mst_fleet_sends(&model->drill[drill], state, unit) || ready <= 0)
            continue;
        const uint64_t fits = slots_fitted(&s, unit);
        supplier[supplier_count] =
            (mst_supplier){able_only ? slots_reached(&s, now, unit, fits) : fits, ready};
        unit_of[supplier_count] = unit;
        bool helps = false;
        for (int32_t n = 0; n < ready && mst_matching_place(&matching, supplier, supplier_count);
             n++) {
            filled++;
            helps = true;
        }
        supplier_count += helps; /* one that fills no more place is not worth a row */
    }
    for (int32_t i = 0; i < model->unit_count; i++)
        out_unit_slot[i] = -1;
    for (int32_t place = 0; place < matching.place_count; place++)
        if (matching.filler[place] >= 0)
            out_unit_slot[unit_of[matching.filler[place]]] = s.slot[matching.place_slot[place]];
    return filled;
}
