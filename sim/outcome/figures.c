/* Figures behind stage `able`: the reading of the fleet, made again with one figure moved. */
#include "outcome/assume.h"

#include "base/units.h"
#include "model/compile.h"
#include "muster/geo.h"

#include <math.h>
#include <string.h>

/* What a factor on a figure does to a unit; false: this unit does not use it. */
typedef bool (*mover)(const mst_model *model, mst_unit_row *unit, double factor);

typedef struct figure {
    const char *key; /* of a unit or, is_class, of its class */
    bool is_class;
    mst_domain domain;
    mover move;
    const char *unit; /* of the key, as printed */
} figure;

static const mst_class_def *class_of(const mst_model *model, const mst_unit_row *unit)
{
    for (int32_t i = 0; model->spec && i < model->spec->classes.count; i++) {
        const mst_class_def *c = MST_AT(mst_class_def, &model->spec->classes, i);
        if (unit->def->class_.id && c->item.id && !strcmp(c->item.id, unit->def->class_.id))
            return c;
    }
    return NULL;
}

static bool move_readiness(const mst_model *model, mst_unit_row *u, double factor)
{
    (void)model;
    u->readiness = fmin(1.0, u->readiness * factor);
    return true;
}

static bool move_allotment(const mst_model *model, mst_unit_row *u, double factor)
{
    (void)model;
    u->allotment_kg *= factor;
    return isfinite(u->allotment_kg);
}

/* All burns are m v0/R0 times a function of speed: the range moves them inversely. */
static bool move_range(const mst_model *model, mst_unit_row *u, double factor)
{
    (void)model;
    u->law.hotel_kgps /= factor;
    u->law.cube_coefficient /= factor;
    return u->law.curve_count == 0;
}

/* More fuel for the same range is more burn too, and a larger reserve and allotment by share. */
static bool move_fuel(const mst_model *model, mst_unit_row *u, double factor)
{
    (void)model;
    u->tank_kg *= factor;
    u->on_board_kg *= factor;
    u->reserve_kg *= factor;
    if (isnan(u->def->allotment_kg))
        u->allotment_kg *= factor;
    u->law.hotel_kgps *= factor;
    u->law.cube_coefficient *= factor;
    return u->law.curve_count == 0;
}

static double range_speed_mps(const mst_model *model, const mst_unit_row *u)
{
    const mst_class_def *c = class_of(model, u);
    const double own = u->def->own.range_speed_mps;
    return own > 0.0 ? own : c ? c->range_speed_mps : (double)NAN;
}

/* Another share of the same burn at the speed of the published range. */
static bool move_hotel(const mst_model *model, mst_unit_row *u, double factor)
{
    const double speed = range_speed_mps(model, u);
    const double n = u->law.exponent;
    if (u->law.curve_count > 0 || !(speed > 0.0) || !(n > 1.0))
        return false;
    const double burn = mst_law_rate_kgps(&u->law, speed);
    const double hotel = u->law.hotel_kgps * factor;
    if (!(hotel > 0.0) || !(hotel < burn))
        return false;
    u->law.hotel_kgps = hotel;
    u->law.cube_coefficient = (burn - hotel) / pow(speed, n);
    u->law.economical_mps =
        fmin(u->law.max_mps, pow(hotel / ((n - 1.0) * u->law.cube_coefficient), 1.0 / n));
    return true;
}

/* Cruise and loiter burn fall as the ferry range grows; the reserve's loiter with them. */
static bool move_ferry(const mst_model *model, mst_unit_row *u, double factor)
{
    const mst_class_def *c = class_of(model, u);
    const double reserve_s = c && c->reserve_loiter != MUSTER_NEVER
                                 ? (double)c->reserve_loiter / (double)MUSTER_SECOND
                                 : 0.0;
    const double loiter = u->flight.loiter_kgps / factor;
    u->flight.reserve_kg += reserve_s * (loiter - u->flight.loiter_kgps);
    u->flight.loiter_kgps = loiter;
    u->flight.cruise_kgpm /= factor;
    return true;
}

static const figure figures[] = {{"readiness", false, MST_NAVAL, move_readiness, ""},
                                 {"readiness", false, MST_AIR, move_readiness, ""},
                                 {"allotment_frac", false, MST_NAVAL, move_allotment, ""},
                                 {"range_nm", true, MST_NAVAL, move_range, "nm"},
                                 {"fuel_t", true, MST_NAVAL, move_fuel, "t"},
                                 {"hotel_share", true, MST_NAVAL, move_hotel, ""},
                                 {"ferry_range_nm", true, MST_AIR, move_ferry, "nm"}};

static double present_value(const mst_model *model, const mst_unit_row *u, const figure *f)
{
    const mst_class_def *c = class_of(model, u);
    if (f->move == move_readiness)
        return u->readiness;
    if (f->move == move_allotment)
        return u->allotment_kg / u->tank_kg;
    if (f->move == move_fuel)
        return u->tank_kg / MST_T_KG;
    if (!c)
        return (double)NAN;
    if (f->move == move_hotel) /* of the law in force: a default is not in the class */
        return u->law.hotel_kgps / mst_law_rate_kgps(&u->law, range_speed_mps(model, u));
    return (f->move == move_range ? c->range_m : c->ferry_range_m) / MUSTER_NM_M;
}

/* Where a unit's figure is written: at the unit, else at its state (allotments), else its class. */
static const char *path_of(mst_assumed *list, const mst_unit_row *u, const figure *f,
                           const mst_fact **out_fact)
{
    const char *unit = u->def->item.id ? u->def->item.id : u->id;
    const char *path = mst_arena_printf(list->arena, "units.%s.%s", unit, f->key);
    *out_fact = mst_assumed_fact(list, path);
    if (!*out_fact && f->move == move_allotment) {
        path = mst_arena_printf(list->arena, "units.%s.allotment_t", unit);
        *out_fact = mst_assumed_fact(list, path);
        if (!*out_fact) {
            path = mst_arena_printf(list->arena, "states.%s.allotment_frac",
                                    list->model->state[u->state].id);
            *out_fact = mst_assumed_fact(list, path);
        }
    }
    if (!*out_fact && f->is_class && u->def->class_.id) {
        path = mst_arena_printf(list->arena, "classes.%s.%s", u->def->class_.id, f->key);
        *out_fact = mst_assumed_fact(list, path);
    }
    return *out_fact ? (*out_fact)->path : path;
}

/* ---- reading again -------------------------------------------------------------------------- */

/* Margin of `able` with the trial's units, drill and states as they now are. */
static double read_again(mst_assumed *list)
{
    mst_trial *t = list->trial;
    const mst_fleet_reading before = t->fleet[t->state];
    t->fleet[t->state] = mst_fleet_read(&t->model, t->drill_index, t->state, NULL);
    const double margin = mst_trial_margin(t, 0);
    t->fleet[t->state] = before;
    return margin;
}

/* The larger change of the margin for the figure up and down; NaN when no unit uses it. */
static double change_of(mst_assumed *list, const figure *f, const char *path, double before)
{
    mst_trial *t = list->trial;
    double most = (double)NAN;
    bool *served = mst_arena_array(list->arena, (size_t)t->model.unit_count, sizeof *served);
    for (int32_t turn = -1; served && turn <= 1; turn += 2) {
        bool used = false;
        for (int32_t i = 0; i < t->model.unit_count; i++) {
            const mst_fact *fact;
            const mst_unit_row *row = &list->model->unit[i];
            if (row->domain != f->domain || !row->has_range)
                continue;
            const char *own = path_of(list, row, f, &fact);
            if (own && strcmp(own, path) == 0)
                used = f->move(list->model, &t->unit[i], 1.0 + MST_MOVED_SHARE * turn) || used;
        }
        if (f->move == move_readiness)
            mst_model_serve(t->unit, t->model.unit_count, served);
        const double change = fabs(read_again(list) - before);
        if (t->model.unit_count > 0)
            memcpy(t->unit, list->model->unit, (size_t)t->model.unit_count * sizeof *t->unit);
        if (used)
            most = fmax(most, change);
    }
    return most;
}

/* ---- which units, which figures -------------------------------------------------------------- */

/* How near a unit is to filling a slot: the role, then all it asks, then reach. Larger is nearer. */
static double nearness(const mst_trial *t, int32_t slot, int32_t unit)
{
    const mst_misfit lacks = mst_slot_misfit(&t->model, t->drill_index, slot, unit, NULL);
    const mst_reach reach = mst_reach_of(&t->model, t->drill_index, unit, slot, -1);
    const double rank = lacks == MST_FITS ? 2.0 : lacks == MST_LACKS_ROLE ? 0.0 : 1.0;
    return 1e4 * rank + fmax(-1e3, fmin(1e3, reach.margin));
}

/* Marks the units of the state that are nearest to filling each place of its slots. */
static void mark_near(const mst_assumed *list, bool *near)
{
    const mst_trial *t = list->trial;
    const mst_drill_row *d = &t->drill[t->drill_index];
    for (int32_t s = 0; s < d->slot_count; s++) {
        const mst_slot_row *slot = &d->slot[s];
        if (slot->for_candidate != mst_model_is_candidate(d, t->state))
            continue;
        double last = (double)INFINITY;
        for (int32_t n = 0; n < slot->count; n++) {
            int32_t best = -1;
            double best_value = -(double)INFINITY;
            for (int32_t i = 0; i < t->model.unit_count; i++) {
                const mst_unit_row *u = &t->unit[i];
                if (u->state != t->state || u->domain != slot->domain || !u->has_range)
                    continue;
                const double value = nearness(t, s, i);
                if (value < last && value > best_value) {
                    best = i;
                    best_value = value;
                }
            }
            if (best < 0)
                break;
            near[best] = true;
            last = best_value;
        }
    }
}

static void add_figures(mst_assumed *list, int32_t unit, double before)
{
    const mst_unit_row *u = &list->model->unit[unit];
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        const figure *f = &figures[i];
        const mst_fact *fact;
        const bool no_limit = f->move == move_allotment && !isfinite(u->allotment_kg);
        if (f->domain != u->domain || no_limit)
            continue;
        const char *path = path_of(list, u, f, &fact);
        const mst_fact estimate = {.path = path,
                                   .source = "from range and power, by rule",
                                   .confidence = MUSTER_ESTIMATED};
        if (!fact && f->move == move_fuel && u->fuel_estimated)
            fact = &estimate;
        if (path)
            mst_assumed_add(list, path, fact, present_value(list->model, u, f), f->unit, 0,
                            change_of(list, f, path, before));
    }
    /* equipment is a list of words: nothing to move by a tenth */
    if (u->def->class_.id) {
        const char *path = mst_arena_printf(list->arena, "classes.%s.kit", u->def->class_.id);
        const mst_fact *fact = mst_assumed_fact(list, path);
        if (fact)
            mst_assumed_add(list, path, fact, (double)NAN, "", 0, (double)NAN);
    }
}

/* ---- needs of the drill, and the index reading ------------------------------------------------ */

/* Change of `able` for a tenth up and down of a number that the reading looks up. */
static double change_of_number(mst_assumed *list, double *number, double before)
{
    const double present = *number;
    double most = 0.0;
    for (int32_t turn = -1; turn <= 1; turn += 2) {
        *number = present * (1.0 + MST_MOVED_SHARE * turn);
        most = fmax(most, fabs(read_again(list) - before));
    }
    *number = present;
    return most;
}

static void add_number(mst_assumed *list, const char *path, double *number, double si,
                       const char *unit, double before)
{
    if (path && !isnan(*number))
        mst_assumed_add(list, path, mst_assumed_fact(list, path), *number / si, unit, 0,
                        change_of_number(list, number, before));
}

static void add_slots(mst_assumed *list, double before)
{
    mst_trial *t = list->trial;
    mst_drill_row *d = &t->drill[t->drill_index];
    mst_slot_row *slot = mst_arena_array(list->arena, (size_t)d->slot_count, sizeof *slot);
    const mst_slot_row *const original = d->slot;
    if (!slot || d->slot_count == 0)
        return;
    memcpy(slot, original, (size_t)d->slot_count * sizeof *slot);
    d->slot = slot;
    for (int32_t i = 0; i < d->slot_count; i++)
        if (slot[i].for_candidate == mst_model_is_candidate(d, t->state))
            add_number(list,
                       mst_arena_printf(list->arena, "drills.%s.slots[%d].min_hours", d->id, i),
                       &slot[i].min_hours_s, MST_H_S, "h", before);
    d->slot = original;
}

/* The indices of the state: those that this drill gives it, and its own for what that leaves out. */
static void add_indices(mst_assumed *list, mst_state_row *own, mst_index_row *given, int32_t place,
                        double before)
{
    mst_arena *arena = list->arena;
    const char *drill = list->trial->drill[list->trial->drill_index].id;
    if (given && !isnan(given->cap))
        add_number(list, mst_arena_printf(arena, "drills.%s.index.states[%d].cap", drill, place),
                   &given->cap, 1.0, "", before);
    else
        add_number(list, mst_arena_printf(arena, "states.%s.index.cap", own->id), &own->index_cap,
                   1.0, "", before);
    if (given && !isnan(given->reach))
        add_number(list, mst_arena_printf(arena, "drills.%s.index.states[%d].reach", drill, place),
                   &given->reach, 1.0, "", before);
    else
        add_number(list, mst_arena_printf(arena, "states.%s.index.reach", own->id),
                   &own->index_reach, 1.0, "", before);
}

static void add_index(mst_assumed *list, double before)
{
    mst_trial *t = list->trial;
    mst_drill_row *d = &t->drill[t->drill_index];
    const mst_index_row *const original = d->index;
    const int32_t place = mst_model_index_place(d, t->state);
    mst_state_row *state =
        mst_arena_array(list->arena, (size_t)t->model.state_count, sizeof *state);
    mst_index_row *index = mst_arena_array(list->arena, (size_t)d->index_count + 1, sizeof *index);
    if (!state || !index)
        return;
    memcpy(state, list->model->state, (size_t)t->model.state_count * sizeof *state);
    memcpy(index, original, (size_t)d->index_count * sizeof *index);
    t->model.state = state;
    d->index = index;
    add_indices(list, &state[t->state], place >= 0 ? &index[place] : NULL, place, before);
    add_number(list, mst_arena_printf(list->arena, "drills.%s.index.cap_need", d->id),
               &d->index_cap_need, 1.0, "", before);
    add_number(list, mst_arena_printf(list->arena, "drills.%s.index.reach_need", d->id),
               &d->index_reach_need, 1.0, "", before);
    t->model.state = list->model->state;
    d->index = original;
}

void mst_assumed_fleet(mst_assumed *list)
{
    mst_trial *t = list->trial;
    mst_drill_row *d = &t->drill[t->drill_index];
    if (list->verdict->stage_count == 0 || list->verdict->stage[0].stage != MST_ABLE ||
        !t->fleet[t->state].is_assessed)
        return;
    const double before = read_again(list);
    if (!t->fleet[t->state].is_fleet) {
        add_index(list, before);
        return;
    }
    add_number(list, mst_arena_printf(list->arena, "drills.%s.cap_need", d->id), &d->cap_need, 1.0,
               "", before);
    add_slots(list, before);
    bool *near = mst_arena_array(list->arena, (size_t)t->model.unit_count, sizeof *near);
    if (!near)
        return;
    mark_near(list, near);
    for (int32_t i = 0; i < t->model.unit_count; i++)
        if (near[i])
            add_figures(list, i, before);
}
