/* Drills: who, where, when, and what is asked of them. */
#include "model/build.h"
#include "model/rulings.h"

#include "model/circle.h"
#include "model/sea.h"
#include "model/spots.h"

#include <math.h>
#include <string.h>

/* ---- what is asked ---------------------------------------------------------------------- */

static bool build_slots(mst_builder *b, mst_drill_row *drill)
{
    enum { FOR_HOST, FOR_CANDIDATE };
    const mst_list *slots = &drill->def->slots;
    mst_slot_row *row = MST_NEW(b, mst_slot_row, slots->count);
    if (!row)
        return false;
    for (int32_t i = 0; i < slots->count; i++) {
        const mst_slot_def *def = MST_AT(const mst_slot_def, slots, i);
        const bool for_candidate = def->for_ == FOR_CANDIDATE;
        const muster_time hours = mst_time_or(def->min_hours, MUSTER_DAY);
        row[i] = (mst_slot_row){
            .def = def,
            .for_candidate = for_candidate,
            .is_required = def->required < 0 ? !for_candidate : def->required == 1,
            .role = mst_build_bit(b->model, def->role),
            .kit = mst_build_mask(b->model, &def->kit),
            .domain = def->domain == MST_AIR ? MST_AIR : MST_NAVAL,
            .count = (int32_t)mst_int_or(def->count, 1),
            .min_hours_s = (double)hours / (double)MUSTER_SECOND,
            .sustained_mps = mst_real_or(def->sustained_mps, 0.0),
            .sea_state = mst_int_or(def->sea_state, 0),
        };
    }
    drill->slot = row;
    drill->slot_count = slots->count;
    return true;
}

static bool build_air(mst_builder *b, mst_drill_row *drill)
{
    const mst_list *air = &drill->def->air;
    mst_air_row *row = MST_NEW(b, mst_air_row, air->count);
    if (!row)
        return false;
    for (int32_t i = 0; i < air->count; i++) {
        const mst_air_def *def = MST_AT(const mst_air_def, air, i);
        const muster_time start = mst_time_or(def->start, 0);
        row[i] = (mst_air_row){
            .id = mst_name_of(NULL, &def->item),
            .name = mst_name_of(def->name, &def->item),
            .role = mst_build_bit(b->model, def->role),
            .spot = mst_spots_find(b->model->spot, b->model->spot_count, -1,
                                   mst_air_station(b->spec, drill->def, def)),
            .start = start,
            .end = start + mst_time_or(def->for_, 6 * MUSTER_HOUR),
            .count = (int32_t)mst_int_or(def->count, 1),
            .on_station_s = def->on_station == MUSTER_NEVER
                                ? (double)NAN
                                : (double)def->on_station / (double)MUSTER_SECOND,
        };
        for (int32_t k = 0; k < def->states.count; k++) {
            const int32_t state = mst_ref_state(b->spec, MST_AT(const mst_ref, &def->states, k));
            if (state >= 0 && state < 64)
                row[i].states |= UINT64_C(1) << state;
        }
    }
    drill->air = row;
    drill->air_count = air->count;
    return true;
}

/* ---- who ---------------------------------------------------------------------------------- */

static int32_t *states_of(mst_builder *b, const mst_list *refs, int32_t *out_count)
{
    int32_t *state = MST_NEW(b, int32_t, refs->count);
    *out_count = 0;
    for (int32_t i = 0; state && i < refs->count; i++) {
        const int32_t index = mst_ref_state(b->spec, MST_AT(const mst_ref, refs, i));
        if (index >= 0)
            state[(*out_count)++] = index;
    }
    return state;
}

static const mst_contingent_def *contingent_of(const mst_builder *b, const mst_drill_def *drill,
                                               int32_t state)
{
    for (int32_t i = 0; i < drill->contingents.count; i++) {
        const mst_contingent_def *def = MST_AT(const mst_contingent_def, &drill->contingents, i);
        if (mst_ref_state(b->spec, &def->state) == state)
            return def;
    }
    return NULL;
}

/* By role and kit, for a slot of its side. */
static bool fits_a_slot(const mst_drill_row *drill, const mst_unit_row *unit, bool is_candidate)
{
    for (int32_t i = 0; i < drill->slot_count; i++) {
        const mst_slot_row *slot = &drill->slot[i];
        if (slot->for_candidate == is_candidate && slot->domain == unit->domain &&
            !(slot->role & ~unit->roles) && !(slot->kit & ~unit->kit))
            return true;
    }
    return false;
}

/* A ship also goes for what it carries. */
static bool carries_one(const mst_builder *b, const mst_drill_row *drill, int32_t ship,
                        bool is_candidate)
{
    for (int32_t i = 0; i < b->model->unit_count; i++)
        if (b->model->unit[i].parent == ship &&
            fits_a_slot(drill, &b->model->unit[i], is_candidate))
            return true;
    return false;
}

static void sort_by_id(const mst_model *m, int32_t *unit, int32_t count)
{
    for (int32_t i = 1; i < count; i++) {
        const int32_t next = unit[i];
        int32_t k = i;
        for (; k > 0 && strcmp(m->unit[unit[k - 1]].id, m->unit[next].id) > 0; k--)
            unit[k] = unit[k - 1];
        unit[k] = next;
    }
}

/* Adds the units one state would send: the list named, in its order, else those that fit a slot,
 * by id (their reach is the engine's to know; it puts them in order of reach). */
static void add_contingent(const mst_builder *b, mst_drill_row *drill, int32_t state,
                           bool is_candidate, int32_t *unit)
{
    const mst_contingent_def *named = contingent_of(b, drill->def, state);
    const int32_t first = drill->contingent_count;
    if (named)
        drill->listed |= UINT64_C(1) << state;
    for (int32_t i = 0; named && i < named->units.count; i++) {
        const int32_t def = mst_ref_unit(b->spec, MST_AT(const mst_ref, &named->units, i));
        for (int32_t k = 0; def >= 0 && k < b->unit_number[def]; k++)
            unit[drill->contingent_count++] = b->unit_first[def] + k;
    }
    for (int32_t i = 0; !named && i < b->model->unit_count; i++)
        if (b->model->unit[i].state == state &&
            (fits_a_slot(drill, &b->model->unit[i], is_candidate) ||
             carries_one(b, drill, i, is_candidate)))
            unit[drill->contingent_count++] = i;
    if (!named)
        sort_by_id(b->model, unit + first, drill->contingent_count - first);
}

/* Room for every unit of the model, and again for units that a list names twice. */
static bool build_contingent(mst_builder *b, mst_drill_row *drill)
{
    int32_t room = b->model->unit_count;
    for (int32_t i = 0; i < drill->def->contingents.count; i++) {
        const mst_list *units =
            &MST_AT(const mst_contingent_def, &drill->def->contingents, i)->units;
        for (int32_t k = 0; k < units->count; k++) {
            const int32_t def = mst_ref_unit(b->spec, MST_AT(const mst_ref, units, k));
            room += def >= 0 ? b->unit_number[def] : 0;
        }
    }
    int32_t *unit = MST_NEW(b, int32_t, room);
    if (!unit)
        return false;
    drill->contingent = unit;
    for (int32_t i = 0; i < drill->host_count; i++)
        add_contingent(b, drill, drill->host[i], false, unit);
    for (int32_t i = 0; i < drill->candidate_count; i++)
        add_contingent(b, drill, drill->candidate[i], true, unit);
    return true;
}

/* States in the order of the file; the check has refused one that is named twice. */
static bool build_index(mst_builder *b, mst_drill_row *drill)
{
    const mst_list *given = &drill->def->index.states;
    mst_index_row *row = MST_NEW(b, mst_index_row, given->count);
    if (!row)
        return false;
    for (int32_t i = 0; i < given->count; i++) {
        const mst_index_given_def *def = MST_AT(const mst_index_given_def, given, i);
        const int32_t state = mst_ref_state(b->spec, &def->state);
        row[i] = (mst_index_row){state, def->cap, def->reach};
    }
    drill->index = row;
    drill->index_count = given->count;
    return true;
}

/* ---- where and when ------------------------------------------------------------------------ */

static void place_area(const mst_builder *b, mst_drill_row *drill)
{
    const mst_area_def *area = mst_drill_area(b->spec, drill->def);
    if (area && mst_area_circle(area, &drill->area_centre, &drill->area_radius_m))
        return;
    /* None is named (the check has said so): a circle as wide as a day's drill needs, assumed. */
    drill->area_centre = mst_drill_muster_point(b->spec, drill->def);
    drill->area_radius_m = MST_AREA_RADIUS_M;
}

static void scale_mix(const mst_mix_def *mix, double out[2])
{
    const double naval = mst_real_or(mix->weight[MST_NAVAL], 1.0);
    const double air = mst_real_or(mix->weight[MST_AIR], 1.0);
    const double sum = naval + air;
    out[MST_NAVAL] = sum > 0.0 ? naval / sum : 0.5;
    out[MST_AIR] = sum > 0.0 ? air / sum : 0.5;
}

/* One sea for all drills of an area, of a drill without area its own. */
static uint32_t sea_stream(mst_builder *b, const mst_drill_row *row)
{
    const char *area = row->def->area.id;
    if (!area)
        return mst_streams_add(&b->streams, row->id, "sea of drill");
    for (const mst_drill_row *earlier = b->model->drill; earlier && earlier < row; earlier++)
        if (earlier->def->area.id && strcmp(earlier->def->area.id, area) == 0)
            return earlier->stream_sea;
    return mst_streams_add(&b->streams, area, "sea");
}

/* A stage of a candidate draws by its drill, itself and its host. */
static bool build_streams(mst_builder *b, mst_drill_row *row)
{
    const mst_state_row *state = b->model->state;
    uint32_t *stage = MST_NEW(b, uint32_t, row->candidate_count * (row->host_count + 1));
    if (!stage)
        return false;
    row->stream_stage = stage;
    row->stream_sea = sea_stream(b, row);
    for (int32_t c = 0; c < row->candidate_count; c++)
        for (int32_t h = 0; h <= row->host_count; h++) {
            const bool is_host = h < row->host_count;
            const char *const who[2] = {row->id, state[row->candidate[c]].id};
            const char *const what[2] = {is_host ? "admit by" : "accept",
                                         is_host ? state[row->host[h]].id : NULL};
            *stage++ = mst_streams_add_words(&b->streams, who, what);
        }
    return true;
}

static bool build_drill(mst_builder *b, const mst_drill_def *def, mst_drill_row *row)
{
    const mst_muster_def *muster = &def->muster;
    mst_sea_from from;
    *row = (mst_drill_row){
        .id = mst_name_of(NULL, &def->item),
        .name = mst_name_of(def->name, &def->item),
        .def = def,
        .muster_spot = mst_spots_find(b->model->spot, b->model->spot_count, -1,
                                      mst_drill_muster_point(b->spec, def)),
        .muster_at = muster->at.from,
        .tolerance = mst_time_or(muster->tolerance, 2 * MUSTER_HOUR),
        .wait = mst_time_or(muster->wait, 12 * MUSTER_HOUR),
        .end = def->end.until, /* a bare date ends with its day */
        .decide_at = mst_time_or(def->decide_at.from, muster->at.from - 14 * MUSTER_DAY),
        .quorum = mst_real_or(muster->quorum, 1.0),
        .host_ports = def->host_ports == 1,
        .cap_need = def->cap_need,
        .visibility = def->visibility,
        .index_cap_need = def->index.cap_need,
        .index_reach_need = def->index.reach_need,
        .sea_state = mst_sea_state(&b->spec->weather, muster->at.from, &from),
    };
    scale_mix(&def->mix, row->mix);
    place_area(b, row);
    row->host = states_of(b, &def->hosts, &row->host_count);
    row->candidate = states_of(b, &def->candidates, &row->candidate_count);
    row->min_hosts = (int32_t)mst_int_or(def->min_hosts, row->host_count);
    if (row->candidate)
        row->ruling =
            mst_rulings_build(b->model, def, row->candidate, row->candidate_count, b->arena);
    return row->host && row->candidate && build_slots(b, row) && build_air(b, row) &&
           build_index(b, row) && build_contingent(b, row) && build_streams(b, row);
}

static bool build_values(mst_builder *b)
{
    mst_model *m = b->model;
    m->drill_value_name = b->names.drill.item;
    m->drill_value_count = b->names.drill.count;
    const size_t width = (size_t)m->drill_value_count;
    double *value = MST_NEW(b, double, (size_t)m->drill_count *width);
    if (!value)
        return false;
    for (int32_t d = 0; d < m->drill_count; d++) {
        double *row = value + (size_t)d * width;
        for (size_t k = 0; k < width; k++) {
            const mst_number *number =
                mst_numbers_find(&m->drill[d].def->attributes, m->drill_value_name[k]);
            row[k] = number ? number->value : (double)NAN;
        }
        row[MST_DRILL_VISIBILITY] = m->drill[d].visibility;
        row[MST_DRILL_CAP_NEED] = m->drill[d].cap_need;
        row[MST_DRILL_HOST_COUNT] = m->drill[d].host_count;
    }
    m->drill_value = value;
    return true;
}

bool mst_build_drills(mst_builder *b)
{
    const mst_list *drills = &b->spec->drills;
    mst_drill_row *row = MST_NEW(b, mst_drill_row, drills->count);
    if (!row)
        return false;
    b->model->drill = row;
    for (int32_t i = 0; i < drills->count; i++)
        if (!build_drill(b, MST_AT(const mst_drill_def, drills, i), &row[i]))
            return false;
    b->model->drill_count = drills->count;
    return build_values(b);
}
