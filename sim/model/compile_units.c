/* Ships and squadrons. An entry with a count makes that many ships; a squadron stays one row. */
#include "model/build.h"

#include "model/craft.h"
#include "model/spots.h"
#include "num/normal.h"

#include <math.h>
#include <string.h>

uint64_t mst_build_bit(const mst_model *model, const char *word)
{
    const int32_t bit = mst_model_word(model, word);
    return bit >= 0 && bit < MST_WORDS_MAX ? UINT64_C(1) << bit : 0;
}

uint64_t mst_build_mask(const mst_model *model, const mst_list *texts)
{
    uint64_t mask = 0;
    for (int32_t i = 0; i < texts->count; i++)
        mask |= mst_build_bit(model, *MST_AT(const char *const, texts, i));
    return mask;
}

/* Rows an entry makes: none when its carrier has none. */
static int32_t rows_of(const mst_spec *spec, int32_t unit)
{
    const int32_t parent = mst_unit_parent(spec, unit);
    const mst_unit_def *def = MST_AT(const mst_unit_def, &spec->units, unit);
    if (mst_ref_state(spec, &def->state) < 0)
        return 0; /* the reader reports it */
    if (parent >= 0 && mst_unit_number(spec, MST_AT(const mst_unit_def, &spec->units, parent)) == 0)
        return 0;
    return mst_unit_number(spec, def);
}

/* DEFINITIONS 2: allotment of the unit in tonnes or as a share, else the state's share. */
static double allotment_kg(const mst_unit_def *def, const mst_state_row *state, double tank_kg)
{
    if (!isnan(def->allotment_kg))
        return def->allotment_kg;
    if (!isnan(def->allotment_frac))
        return def->allotment_frac * tank_kg;
    if (!isnan(state->def->allotment_frac))
        return state->def->allotment_frac * tank_kg;
    return (double)INFINITY;
}

static bool fill_ship(mst_builder *b, const mst_class_def *figures, mst_unit_row *row)
{
    mst_hull hull;
    if (!mst_hull_of(figures, b->arena, &hull))
        return false;
    row->has_range = hull.has_range;
    row->fuel_estimated = hull.fuel_estimated;
    row->tank_kg = hull.tank_kg;
    row->on_board_kg =
        mst_real_or(row->def->on_board_kg, mst_real_or(row->def->fuel_frac, 1.0) * hull.tank_kg);
    row->reserve_kg = hull.reserve_frac * hull.tank_kg;
    row->usable_frac = hull.usable_frac;
    row->floor_kg = b->model->constant.floor_frac * hull.tank_kg;
    row->allotment_kg = allotment_kg(row->def, &b->model->state[row->state], hull.tank_kg);
    row->max_mps = hull.max_mps;
    row->sustained_mps = hull.sustained_mps;
    row->station_mps = hull.station_mps;
    row->law = hull.law;
    row->allotment_sorties = (double)INFINITY;
    return true;
}

static void fill_aircraft(const mst_class_def *figures, mst_unit_row *row)
{
    const mst_wing wing = mst_wing_of(figures, row->craft);
    row->has_range = wing.has_range;
    row->fuel_estimated = wing.fuel_estimated;
    row->flight = wing.flight;
    /* it takes off with what it is given */
    row->flight.tank_kg =
        fmin(mst_real_or(row->def->on_board_kg,
                         mst_real_or(row->def->fuel_frac, 1.0) * wing.flight.tank_kg),
             wing.flight.tank_kg);
    row->tank_kg = wing.flight.tank_kg;
    row->on_board_kg = row->flight.tank_kg;
    row->reserve_kg = wing.flight.reserve_kg;
    row->usable_frac = 1.0;
    /* of the whole squadron; a share of full is one of all its tanks */
    row->allotment_kg = !isnan(row->def->allotment_kg) ? row->def->allotment_kg
                        : !isnan(row->def->allotment_frac)
                            ? row->def->allotment_frac * wing.flight.tank_kg * row->count
                            : (double)INFINITY;
    row->allotment_sorties = mst_real_or(row->def->allotment_sorties, (double)INFINITY);
    row->max_mps = mst_real_or(figures->max_speed_mps, wing.flight.cruise_mps);
    row->sustained_mps = wing.flight.cruise_mps;
}

/* What all rows of one entry have in common. */
static bool fill_row(mst_builder *b, int32_t unit, mst_unit_row *row)
{
    const mst_unit_def *def = MST_AT(const mst_unit_def, &b->spec->units, unit);
    const mst_class_def *class_ = mst_unit_class(b->spec, def);
    const int32_t parent = mst_unit_parent(b->spec, unit);
    mst_class_def figures;
    muster_point home;
    mst_unit_figures(b->spec, def, &figures);
    *row = (mst_unit_row){
        .id = mst_name_of(NULL, &def->item),
        .name = mst_name_of(def->name, &def->item),
        .pennant = def->pennant ? def->pennant : "",
        .class_name = class_ ? mst_name_of(class_->name, &class_->item) : "",
        .type = figures.type ? figures.type : "",
        .def = def,
        .state = mst_ref_state(b->spec, &def->state),
        .group = -1,
        .parent = parent < 0 ? -1 : b->unit_first[parent],
        .base = parent < 0 ? mst_ref_base(b->spec, &def->base) : -1,
        .craft = mst_unit_craft(b->spec, def),
        .roles = mst_build_mask(b->model, &figures.roles),
        .kit = mst_build_mask(b->model, &figures.kit),
        .count = 1,
        .readiness = mst_real_or(def->readiness, 1.0),
        .took_part = def->took_part == 1,
        .range_assumed = figures.range_assumed == 1,
        .sea_limit = mst_int_or(figures.sea_state_limit, 9),
    };
    row->domain = mst_craft_is_naval(row->craft) ? MST_NAVAL : MST_AIR;
    const int32_t base = mst_unit_home(b->spec, unit, &home);
    row->home = mst_spots_find(b->model->spot, b->model->spot_count, base, home);
    if (row->domain == MST_NAVAL)
        return fill_ship(b, &figures, row);
    row->count = (int32_t)mst_int_or(def->count, 1);
    fill_aircraft(&figures, row);
    return true;
}

/* ID-1, ID-2, ... for an entry that counts. */
static bool number_row(mst_builder *b, mst_unit_row *row, int32_t number)
{
    row->id = mst_arena_printf(b->arena, "%s-%d", row->id, (int)number);
    row->name = mst_arena_printf(b->arena, "%s %d", row->name, (int)number);
    return row->id && row->name;
}

/* All rows of one entry: a count above 1 numbers its ships. */
static bool fill_entry(mst_builder *b, int32_t unit, mst_unit_row *row)
{
    const int64_t count = mst_int_or(MST_AT(const mst_unit_def, &b->spec->units, unit)->count, 1);
    if (!fill_row(b, unit, row))
        return false;
    for (int32_t k = 1; k < b->unit_number[unit]; k++)
        row[k] = row[0];
    for (int32_t k = 0; count > 1 && row->domain == MST_NAVAL && k < b->unit_number[unit]; k++)
        if (!number_row(b, &row[k], k + 1))
            return false;
    return true;
}

/* Ships are alike by state and class, aircraft by state, class and base. */
static bool alike(const mst_unit_row *a, const mst_unit_row *b)
{
    if (a->state != b->state || a->domain != b->domain)
        return false;
    const char *class_a = a->def->class_.id, *class_b = b->def->class_.id;
    if (!class_a || !class_b || !mst_same_name(class_a, class_b))
        return a == b;
    return a->domain == MST_NAVAL || a->home == b->home;
}

/* 2 certainly ready, 1 perhaps, 0 certainly not. */
static int32_t sureness(const mst_unit_row *row)
{
    return row->readiness >= 1.0 ? 2 : row->readiness > 0.0 ? 1 : 0;
}

/* The next of a row's kin to be served: surest first, then by id; -1 when all are. */
static int32_t next_of_kin(const mst_unit_row *row, int32_t count, int32_t first,
                           const bool *is_served)
{
    int32_t best = -1;
    for (int32_t i = first; i < count; i++) {
        if (is_served[i] || !alike(&row[first], &row[i]))
            continue;
        const int32_t gain = best < 0 ? 1 : sureness(&row[i]) - sureness(&row[best]);
        if (gain > 0 || (gain == 0 && strcmp(row[i].id, row[best].id) < 0))
            best = i;
    }
    return best;
}

/* A unit that is certainly ready goes before the others: the number is the same, and nobody who
 * is on record as having taken part stays in port for another's chance. */
void mst_model_serve(mst_unit_row *row, int32_t count, bool *is_served)
{
    for (int32_t i = 0; i < count; i++)
        is_served[i] = false;
    for (int32_t first = 0; first < count; first++) {
        if (is_served[first])
            continue;
        double mean = 0.0;
        for (int32_t i = first; i < count; i++)
            if (alike(&row[first], &row[i]))
                mean += row[i].readiness * row[i].count;
        int32_t left = (int32_t)floor(mean + 0.5 + 1e-9); /* .1 five times is a half */
        for (;;) {
            const int32_t i = next_of_kin(row, count, first, is_served);
            if (i < 0)
                break;
            is_served[i] = true;
            row[i].serviceable = left < row[i].count ? left : row[i].count;
            left -= row[i].serviceable;
        }
    }
}

/* What it draws, by its id: the ships of one entry draw apart. */
static void fill_chance(mst_builder *b, mst_unit_row *row)
{
    row->readiness_z = mst_normal_quantile(row->readiness);
    row->sailing_delay_h = mst_chance_dist(row->def->sailing_delay, &b->general.sailing_delay_h);
    row->speed_factor = b->general.speed_factor;
    row->stream_service = mst_streams_add(&b->streams, row->id, "serviceability");
    row->stream_delay = mst_streams_add(&b->streams, row->id, "sailing delay");
    row->stream_speed = mst_streams_add(&b->streams, row->id, "speed");
}

bool mst_build_units(mst_builder *b)
{
    const int32_t defs = b->spec->units.count;
    int32_t count = 0;
    b->unit_first = MST_NEW(b, int32_t, defs);
    b->unit_number = MST_NEW(b, int32_t, defs);
    if (!b->unit_first || !b->unit_number)
        return false;
    for (int32_t i = 0; i < defs; i++) {
        b->unit_number[i] = rows_of(b->spec, i);
        b->unit_first[i] = b->unit_number[i] > 0 ? count : -1;
        count += b->unit_number[i];
    }
    mst_unit_row *row = MST_NEW(b, mst_unit_row, count);
    mst_state_row *state = MST_NEW(b, mst_state_row, b->model->state_count);
    bool *is_served = MST_NEW(b, bool, count);
    if (!row || !state || !is_served)
        return false;
    memcpy(state, b->model->state, (size_t)b->model->state_count * sizeof *state);
    for (int32_t i = 0; i < defs; i++)
        if (b->unit_number[i] > 0 && !fill_entry(b, i, &row[b->unit_first[i]]))
            return false;
    for (int32_t i = 0; i < count; i++) {
        fill_chance(b, &row[i]);
        state[row[i].state].unit_count++;
    }
    b->model->unit = row;
    b->model->unit_count = count;
    b->model->state = state;
    mst_model_serve(row, count, is_served);
    return true;
}
