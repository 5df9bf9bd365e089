/* Serials: what the participants practise, and what each needs. */
#include "model/build.h"

#include <math.h>
#include <string.h>

static bool build_needs(mst_builder *b, const mst_list *needs, mst_serial_row *row)
{
    mst_need_row *need = MST_NEW(b, mst_need_row, needs->count);
    if (!need)
        return false;
    for (int32_t i = 0; i < needs->count; i++) {
        const mst_need_def *def = MST_AT(const mst_need_def, needs, i);
        need[i] = (mst_need_row){
            .role_name = def->role ? def->role : "",
            .role = mst_build_bit(b->model, def->role),
            .kit = mst_build_mask(b->model, &def->kit),
            .count = (int32_t)mst_int_or(def->count, 1),
            .is_optional = def->optional == 1,
        };
    }
    row->need = need;
    row->need_count = needs->count;
    return true;
}

static uint32_t parts_of(const mst_list *parts)
{
    uint32_t set = 0;
    for (int32_t i = 0; i < parts->count; i++)
        for (uint32_t part = 0; part < MST_PART_COUNT; part++)
            if (mst_same_name(*MST_AT(const char *const, parts, i), mst_part_names[part]))
                set |= UINT32_C(1) << part;
    return set;
}

static int32_t serial_index(const mst_list *serials, const char *id)
{
    for (int32_t i = 0; id && i < serials->count; i++) {
        const char *other = MST_AT(const mst_serial_def, serials, i)->item.id;
        if (other && mst_same_name(other, id))
            return i;
    }
    return -1;
}

static int32_t air_index(const mst_model *m, int32_t drill, const char *id)
{
    for (int32_t i = 0; id && drill >= 0 && i < m->drill[drill].air_count; i++)
        if (strcmp(m->drill[drill].air[i].id, id) == 0)
            return i;
    return -1;
}

bool mst_build_serials(mst_builder *b)
{
    const mst_list *serials = &b->spec->serials;
    mst_serial_row *row = MST_NEW(b, mst_serial_row, serials->count);
    if (!row)
        return false;
    for (int32_t i = 0; i < serials->count; i++) {
        const mst_serial_def *def = MST_AT(const mst_serial_def, serials, i);
        const int32_t drill = mst_ref_drill(b->spec, &def->drill);
        row[i] = (mst_serial_row){
            .id = mst_name_of(NULL, &def->item),
            .name = mst_name_of(def->name, &def->item),
            .def = def,
            .drill = drill,
            .instance = -1,
            .after = serial_index(serials, def->after),
            .start = mst_time_or(def->start, 0),
            .length = mst_time_or(def->for_, 6 * MUSTER_HOUR),
            .weight = mst_real_or(def->weight, 1.0),
            .p0 = mst_real_or(def->p0, 0.9),
            .sea_limit = mst_int_or(def->sea_state_limit, 9),
            .min_states = (int32_t)mst_int_or(def->min_states, 2),
            .parts = parts_of(&def->parts),
            .air = air_index(b->model, drill, def->air),
            .air_coverage = mst_real_or(def->air_coverage, 0.8),
            .duration_factor = mst_chance_dist(def->duration_factor, &b->general.duration_factor),
            .stream_length = mst_streams_add(&b->streams, mst_name_of(NULL, &def->item), "length"),
            .stream_success =
                mst_streams_add(&b->streams, mst_name_of(NULL, &def->item), "success"),
        };
        if (!build_needs(b, &def->needs, &row[i]))
            return false;
    }
    b->model->serial = row;
    b->model->serial_count = serials->count;
    return true;
}
