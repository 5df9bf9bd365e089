/* Activities at work: for each drill the program's own, then its phases, then its serials. */
#include "model/build.h"

#include "model/fields.h"

#include <string.h>

typedef struct job {
    mst_builder *b;
    mst_list row;   /* mst_instance_row            */
    mst_list spec;  /* const void *, one a row     */
    mst_list place; /* mst_place, one a row        */
} job;

/* Adds an instance; -1 when memory is short. Its parameters are filled when all are there. */
static int32_t add(job *j, const mst_activity_type *type, int32_t drill, int32_t what,
                   const void *spec, mst_place place)
{
    mst_arena *arena = j->b->arena;
    mst_instance_row *row = mst_list_add(arena, &j->row, sizeof *row);
    const void **from = mst_list_add(arena, &j->spec, sizeof *from);
    mst_place *at = mst_list_add(arena, &j->place, sizeof *at);
    void *param = mst_arena_alloc(arena, type->param_bytes + 1);
    if (!row || !from || !at || !param)
        return -1;
    mst_model *m = j->b->model;
    *row = (mst_instance_row){.type = type,
                              .drill = drill,
                              .what = what,
                              .param = param,
                              .state_offset = m->instance_state_bytes};
    m->instance_state_bytes += (type->state_bytes + 7) / 8 * 8;
    *from = spec;
    *at = place;
    return j->row.count - 1;
}

/* Keys of an activity that nobody wrote: all at their defaults. Null when it has none. */
static const void *default_spec(mst_builder *b, const mst_activity_type *type)
{
    if (!type->fields || type->spec_bytes == 0)
        return NULL;
    void *spec = mst_arena_alloc(b->arena, type->spec_bytes);
    if (spec) {
        mst_fields_blank(type->fields, spec);
        mst_fields_default(type->fields, spec);
    }
    return spec;
}

/* Activities that the program makes itself. "sail" is made once a group and "air" once an air
 * request; every other one once a drill. */
static bool add_core(job *j, int32_t drill, const mst_activity_type *type)
{
    const mst_model *m = j->b->model;
    const mst_place place = m->drill[drill].def->item.place;
    const void *spec = default_spec(j->b, type);
    if (strcmp(type->name, "sail") == 0) {
        for (int32_t g = 0; g < m->group_count; g++)
            if (m->group[g].drill == drill && add(j, type, drill, g, spec, place) < 0)
                return false;
        return true;
    }
    if (strcmp(type->name, "air") == 0) {
        for (int32_t i = 0; i < m->drill[drill].air_count; i++)
            if (add(j, type, drill, i, spec, place) < 0)
                return false;
        return true;
    }
    return add(j, type, drill, -1, spec, place) >= 0;
}

static bool add_all_core(job *j, int32_t drill)
{
    const mst_activity_type *const *type = j->b->kinds->activity;
    for (int32_t i = 0; type && type[i]; i++)
        if (type[i]->role == MST_ROLE_CORE && !add_core(j, drill, type[i]))
            return false;
    return true;
}

static const char *const usual_phases[] = {"sea", "dispersal"};
enum { USUAL_PHASES = 2 };

static bool add_phases(job *j, int32_t drill, mst_drill_row *row)
{
    const mst_list *phases = &row->def->phases;
    const int32_t count = phases->count > 0 ? phases->count : USUAL_PHASES;
    int32_t *phase = MST_NEW(j->b, int32_t, count);
    if (!phase)
        return false;
    for (int32_t i = 0; i < count; i++) {
        const mst_activity_type *type;
        const void *spec;
        mst_place place = row->def->item.place;
        if (phases->count > 0) {
            const mst_phase_def *def = MST_AT(const mst_phase_def, phases, i);
            type = def->do_.type;
            spec = def->do_.spec;
            place = def->item.place;
        } else {
            type = mst_kinds_activity(j->b->kinds, usual_phases[i]);
            spec = type ? default_spec(j->b, type) : NULL;
        }
        if (!type)
            continue; /* of the file: reported; of the program: a build without it */
        phase[row->phase_count] = add(j, type, drill, i, spec, place);
        if (phase[row->phase_count++] < 0)
            return false;
    }
    row->phase = phase;
    return true;
}

static bool add_serials(job *j, int32_t drill, mst_drill_row *row, mst_serial_row *serial)
{
    int32_t *index = MST_NEW(j->b, int32_t, j->b->model->serial_count);
    if (!index)
        return false;
    for (int32_t i = 0; i < j->b->model->serial_count; i++) {
        const mst_plugin *kind = &serial[i].def->kind;
        if (serial[i].drill != drill)
            continue;
        index[row->serial_count++] = i;
        if (!kind->type)
            continue;
        serial[i].instance = add(j, kind->type, drill, i, kind->spec, serial[i].def->item.place);
        if (serial[i].instance < 0)
            return false;
    }
    row->serial = index;
    return true;
}

/* Lets each activity fill its parameters, with the whole model in sight. */
static bool compile_all(job *j)
{
    mst_builder *b = j->b;
    for (int32_t i = 0; i < j->row.count; i++) {
        const mst_instance_row *row = MST_AT(const mst_instance_row, &j->row, i);
        if (!row->type->compile)
            continue;
        mst_compile ctx = {.spec = b->spec,
                           .model = b->model,
                           .arena = b->arena,
                           .diags = b->diags,
                           .drill = row->drill,
                           .what = row->what,
                           .place = *MST_AT(const mst_place, &j->place, i)};
        /* The block is the model's own until the model is handed out. */
        union {
            const void *read;
            void *write;
        } param = {.read = row->param};
        row->type->compile(&ctx, i, *MST_AT(const void *const, &j->spec, i), param.write);
        if (b->arena->failed)
            return false;
    }
    return true;
}

bool mst_build_instances(mst_builder *b)
{
    mst_model *m = b->model;
    job j = {.b = b};
    mst_drill_row *drill = MST_NEW(b, mst_drill_row, m->drill_count);
    mst_serial_row *serial = MST_NEW(b, mst_serial_row, m->serial_count);
    if (!drill || !serial)
        return false;
    memcpy(drill, m->drill, (size_t)m->drill_count * sizeof *drill);
    memcpy(serial, m->serial, (size_t)m->serial_count * sizeof *serial);
    m->drill = drill;
    m->serial = serial;
    for (int32_t d = 0; d < m->drill_count; d++)
        if (!add_all_core(&j, d) || !add_phases(&j, d, &drill[d]) ||
            !add_serials(&j, d, &drill[d], serial))
            return false;
    m->instance = j.row.item;
    m->instance_count = j.row.count;
    return compile_all(&j);
}
