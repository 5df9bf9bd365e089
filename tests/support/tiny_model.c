#include "tiny_model.h"

#include "row_make.h"
#include "test.h"

#include "activity/registry.h"
#include "align/registry.h"
#include "base/units.h"
#include "model/fields.h"

#include <string.h>

static const mst_kinds kinds = {.activity = mst_activities, .align = mst_aligns};
static const char *const words[] = {"escort", "sonar", "fighter"};
static const char *const mutual_names[] = {"align", "pact"};
static const char *const drill_value_names[] = {"visibility", "cap_need", "host_count"};
static const double no_values[2 * TINY_STATES * TINY_STATES];

/* Open Pacific, far from any island of the shipped land. */
static const mst_spot_row spots[TINY_SPOTS] = {
    {"port A", {24.3, 187.1}, 0}, {"port B", {31.2, 196.4}, 1}, {"muster", {27.9, 191.7}, -1},
    {"via", {25.6, 190.2}, -1},   {"visit", {30.1, 188.8}, 2},  {"field", {25.1, 193.3}, 3},
};

enum { SEA_SPOTS = TINY_FIELD, WISHES = SEA_SPOTS * (SEA_SPOTS - 1) / 2 };

static struct geography {
    muster_diags *diags;
    mst_land *land;
    mst_route_book *book;
    int32_t from[WISHES], to[WISHES];
} geography;

int tiny_geography(void **state)
{
    const mst_geography plain = {.offing_m = 0.0};
    mst_route_wanted wanted[WISHES] = {0};
    int32_t count = 0;
    (void)state;
    for (int32_t a = 0; a < SEA_SPOTS; a++)
        for (int32_t b = a + 1; b < SEA_SPOTS; b++) {
            wanted[count].from = spots[a].point;
            wanted[count].to = spots[b].point;
            wanted[count].from_name = spots[a].name;
            wanted[count].to_name = spots[b].name;
            geography.from[count] = a;
            geography.to[count++] = b;
        }
    geography.diags = muster_diags_create(NULL);
    if (mst_land_open(mst_land_bytes, mst_land_byte_count, NULL, geography.diags,
                      &geography.land) != MUSTER_OK)
        return -1;
    return mst_route_book_build(geography.land, &plain, wanted, count, NULL, geography.diags,
                                &geography.book) == MUSTER_OK
               ? 0
               : -1;
}

int tiny_geography_close(void **state)
{
    (void)state;
    mst_route_book_free(geography.book);
    mst_land_free(geography.land);
    muster_diags_free(geography.diags);
    return 0;
}

muster_time tiny_hour(const tiny *t, double hour)
{
    return t->model.start + (muster_time)(hour * (double)MUSTER_HOUR);
}

static void fill_ship(tiny *t, int32_t i, const char *id, int32_t state, double tank_kg,
                      double range_nm, double max_kn)
{
    mst_unit_row *u = &t->unit[i];
    *u = make_ship(id, state, state == TINY_A ? TINY_PORT_A : TINY_PORT_B, tank_kg, range_nm, 15.3,
                   max_kn);
    u->group = u->base = state;
    u->roles = TINY_ESCORT;
    u->kit = TINY_SONAR;
}

static void fill_group(tiny *t, int32_t g, const char *id, int32_t first, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        t->member[g][i] = first + i;
    t->leg_to[g][0] = TINY_MUSTER;
    t->leg_at[g][0] = MUSTER_NEVER;
    t->group[g] = (mst_group_row){.id = id,
                                  .name = id,
                                  .member = t->member[g],
                                  .member_count = count,
                                  .drill = 0,
                                  .state = g,
                                  .depart = MUSTER_NEVER,
                                  .arrive = MUSTER_NEVER,
                                  .leg_to = t->leg_to[g],
                                  .leg_at = t->leg_at[g],
                                  .leg_count = 1};
}

static void fill_spec(tiny *t)
{
    static const char *const ids[] = {"PORT_A", "PORT_B", "VISIT"};
    static const int32_t at[] = {TINY_PORT_A, TINY_PORT_B, TINY_VISIT};
    for (int32_t i = 0; i < 3; i++)
        t->base[i] = (mst_base_def){.item = {.id = ids[i]},
                                    .sea_lat_deg = spots[at[i]].point.lat_deg,
                                    .sea_lon_deg = spots[at[i]].point.lon_deg};
    t->spec.bases = (mst_list){.item = t->base, .count = 3, .capacity = 3};
    for (int32_t i = 0; i < TINY_STATES; i++)
        t->contingent_def[i] = (mst_contingent_def){.state = {.id = "x", .index = i}};
    t->drill_def = (mst_drill_def){.level = 2};
    t->drill_def.contingents =
        (mst_list){.item = t->contingent_def, .count = TINY_STATES, .capacity = TINY_STATES};
}

static void fill_drill(tiny *t)
{
    t->host[0] = TINY_A;
    t->host[1] = TINY_B;
    for (int32_t i = 0; i < TINY_UNITS; i++)
        t->contingent[i] = i;
    t->slot[0] = (mst_slot_row){.is_required = true,
                                .role = TINY_ESCORT,
                                .domain = MST_NAVAL,
                                .count = 1,
                                .min_hours_s = 24.0 * MST_H_S};
    t->phase[0] = "sea";
    t->phase[1] = "dispersal";
    t->drill = (mst_drill_row){.id = "drill",
                               .name = "drill",
                               .def = &t->drill_def,
                               .host = t->host,
                               .host_count = 2,
                               .candidate = t->candidate,
                               .muster_spot = TINY_MUSTER,
                               .muster_at = tiny_hour(t, 240.0),
                               .tolerance = 2 * MUSTER_HOUR,
                               .sea_state = 2,
                               .wait = 12 * MUSTER_HOUR,
                               .end = tiny_hour(t, 300.0),
                               .decide_at = t->model.start,
                               .quorum = 1.0,
                               .min_hosts = 2,
                               .cap_need = 0.35,
                               .mix = {0.7, 0.3},
                               .area_centre = spots[TINY_MUSTER].point,
                               .area_radius_m = 60.0 * MUSTER_NM_M,
                               .slot = t->slot,
                               .slot_count = 1,
                               .air = t->air,
                               .contingent = t->contingent,
                               .contingent_count = TINY_UNITS,
                               .listed = 3,
                               .serial = t->serial_index};
    for (int32_t i = 0; i < TINY_STATES * TINY_STATES * MST_PART_COUNT; i++)
        t->interop[i] = 2;
}

static void fill_routes(tiny *t)
{
    for (int32_t i = 0; i < TINY_SPOTS * TINY_SPOTS; i++)
        t->route_of[i] = -1;
    for (int32_t i = 0; i < WISHES; i++)
        make_way(geography.book, i, geography.from[i], geography.to[i], TINY_SPOTS, t->route_of,
                 t->route_back);
    t->model.book = geography.book;
}

void tiny_init(tiny *t)
{
    memset(t, 0, sizeof *t);
    mst_model *m = &t->model;
    m->start = 1689000000 * MUSTER_SECOND;
    m->end = tiny_hour(t, 480.0);
    memcpy(t->spot, spots, sizeof spots);
    t->state[TINY_A] = (mst_state_row){.id = "AAA",
                                       .name = "A",
                                       .pool_kg = (double)NAN,
                                       .pool_kgps = (double)NAN,
                                       .unit_count = 2};
    t->state[TINY_B] = (mst_state_row){.id = "BBB",
                                       .name = "B",
                                       .pool_kg = (double)NAN,
                                       .pool_kgps = (double)NAN,
                                       .unit_count = 1};
    fill_ship(t, TINY_ALFA, "alfa", TINY_A, 431e3, 4170.0, 29.3);
    fill_ship(t, TINY_AMBER, "amber", TINY_A, 268e3, 3610.0, 24.7);
    fill_ship(t, TINY_BRAVO, "bravo", TINY_B, 617e3, 5230.0, 31.1);
    fill_group(t, TINY_GROUP_A, "a", TINY_ALFA, 2);
    fill_group(t, TINY_GROUP_B, "b", TINY_BRAVO, 1);
    fill_spec(t);
    fill_drill(t);
    fill_routes(t);
    t->drill_value[1] = 0.35;
    m->spec = &t->spec;
    m->kinds = &kinds;
    m->id = m->title = "tiny";
    m->tau = 0.125;
    m->constant = (mst_constants)MST_CONSTANTS;
    m->word = words;
    m->word_count = 3;
    m->state = t->state;
    m->state_count = TINY_STATES;
    m->mutual_name = mutual_names;
    m->mutual_count = 2;
    m->attribute = m->mutual = m->directed = no_values;
    m->drill_value_name = drill_value_names;
    m->drill_value = t->drill_value;
    m->drill_value_count = 3;
    m->interop = t->interop;
    m->spot = t->spot;
    m->spot_count = TINY_SPOTS;
    m->route_of = t->route_of;
    m->route_back = t->route_back;
    m->unit = t->unit;
    m->unit_count = TINY_UNITS;
    m->group = t->group;
    m->group_count = TINY_GROUPS;
    m->drill = &t->drill;
    m->drill_count = 1;
    m->serial = t->serial;
    m->instance = t->instance;
}

int32_t tiny_add_squadron(tiny *t, int32_t count)
{
    const int32_t i = t->model.unit_count++;
    t->contingent[t->drill.contingent_count++] = i;
    t->unit[i] = make_squadron("hawks", TINY_A, TINY_FIELD, 5300.0);
    t->unit[i].roles = TINY_FIGHTER;
    t->unit[i].count = t->unit[i].serviceable = count;
    t->unit[i].flight = (mst_flight){.tank_kg = 5300.0,
                                     .climb_kg = 318.0,
                                     .cruise_kgpm = 1.73e-3,
                                     .loiter_kgps = 0.317,
                                     .reserve_kg = 645.0,
                                     .cruise_mps = 213.0,
                                     .turnaround_s = 10800.0,
                                     .sorties_per_day = 4.0};
    return i;
}

int32_t tiny_add_helicopter(tiny *t, int32_t parent)
{
    const int32_t i = tiny_add_squadron(t, 1);
    t->unit[i].id = t->unit[i].name = "kestrel";
    t->unit[i].state = t->unit[parent].state;
    t->unit[i].parent = parent;
    t->unit[i].home = t->unit[parent].home;
    t->unit[i].craft = MST_HELICOPTER;
    t->unit[i].flight.turnaround_s = 5400.0;
    t->drill.contingent_count--; /* it goes with its ship, nobody lists it */
    return i;
}

int32_t tiny_add_serial(tiny *t, const char *kind, double start_h, double length_h)
{
    const int32_t i = t->model.serial_count++;
    t->need[0] = (mst_need_row){.role_name = "escort", .role = TINY_ESCORT, .count = 2};
    t->serial_kind[i] = kind;
    t->serial_index[t->drill.serial_count++] = i;
    t->serial[i] = (mst_serial_row){.id = kind,
                                    .name = kind,
                                    .drill = 0,
                                    .instance = -1,
                                    .after = -1,
                                    .start = (muster_time)(start_h * (double)MUSTER_HOUR),
                                    .length = (muster_time)(length_h * (double)MUSTER_HOUR),
                                    .weight = 1.0,
                                    .p0 = 0.9,
                                    .sea_limit = 5,
                                    .min_states = 2,
                                    .need = t->need,
                                    .need_count = 1,
                                    .air = -1,
                                    .air_coverage = 0.8};
    return i;
}

int32_t tiny_add_air(tiny *t, int32_t count, double start_h, double end_h)
{
    const int32_t i = t->drill.air_count++;
    t->air[i] = (mst_air_row){.id = "cap",
                              .name = "cap",
                              .role = TINY_FIGHTER,
                              .spot = TINY_MUSTER,
                              .start = (muster_time)(start_h * (double)MUSTER_HOUR),
                              .end = (muster_time)(end_h * (double)MUSTER_HOUR),
                              .count = count,
                              .on_station_s = (double)NAN};
    return i;
}

/* ---- instances, as the compiler makes them ---------------------------------------------------- */

static int32_t add_instance(tiny *t, const mst_activity_type *type, int32_t what)
{
    mst_model *m = &t->model;
    assert_non_null(type);
    assert_true(m->instance_count < (int32_t)(sizeof t->instance / sizeof t->instance[0]));
    t->instance[m->instance_count] = (mst_instance_row){
        .type = type, .drill = 0, .what = what, .state_offset = m->instance_state_bytes};
    m->instance_state_bytes += (type->state_bytes + 7) / 8 * 8;
    return m->instance_count++;
}

static bool compile_instance(tiny *t, int32_t i, void *given)
{
    const mst_activity_type *type = t->instance[i].type;
    mst_compile ctx = {.spec = &t->spec,
                       .model = &t->model,
                       .arena = &t->arena,
                       .diags = t->diags,
                       .drill = 0,
                       .what = t->instance[i].what};
    void *spec = given;
    void *param = mst_arena_alloc(&t->arena, type->param_bytes + 1);
    if (!spec && type->fields) {
        spec = mst_arena_alloc(&t->arena, type->spec_bytes);
        mst_fields_blank(type->fields, spec);
        mst_fields_default(type->fields, spec);
    }
    t->instance[i].param = param;
    return !type->compile || type->compile(&ctx, i, spec, param);
}

bool tiny_compile(tiny *t)
{
    bool good = true;
    mst_arena_init(&t->arena, NULL);
    t->diags = muster_diags_create(NULL);
    add_instance(t, &mst_activity_decide, -1);
    for (int32_t g = 0; g < t->model.group_count; g++)
        add_instance(t, &mst_activity_sail, g);
    add_instance(t, &mst_activity_muster, -1);
    for (int32_t i = 0; i < t->drill.air_count; i++)
        add_instance(t, &mst_activity_air, i);
    for (int32_t i = 0; i < TINY_PHASES_MAX && t->phase[i]; i++)
        t->phase_instance[t->drill.phase_count++] =
            add_instance(t, mst_kinds_activity(&kinds, t->phase[i]), i);
    t->drill.phase = t->phase_instance;
    for (int32_t i = 0; i < t->model.serial_count; i++)
        t->serial[i].instance = add_instance(t, mst_kinds_activity(&kinds, t->serial_kind[i]), i);
    for (int32_t i = 0; i < t->model.instance_count; i++) {
        const mst_instance_row *row = &t->instance[i];
        const bool is_phase = row->type->role == MST_ROLE_PHASE;
        good = compile_instance(t, i, is_phase ? t->phase_spec[row->what] : NULL) && good;
    }
    return good;
}

void tiny_finish(tiny *t)
{
    assert_true(tiny_compile(t));
    assert_int_equal(mst_run_create(&t->model, NULL, &t->run), MUSTER_OK);
}

void tiny_close(tiny *t)
{
    mst_run_free(t->run);
    mst_arena_clear(&t->arena);
    muster_diags_free(t->diags);
}

/* ---- looking ------------------------------------------------------------------------------------ */

double tiny_way_m(const tiny *t, int32_t from, int32_t to)
{
    return mst_model_leg(&t->model, from, to).length_m;
}

const mst_record *tiny_record(const tiny *t, mst_record_kind kind, int32_t unit, int32_t n)
{
    for (int32_t i = 0; i < t->run->clock->record_count; i++) {
        const mst_record *record = &t->run->record[i];
        if (record->kind == (int32_t)kind && (unit < 0 || record->unit == unit) && n-- == 0)
            return record;
    }
    return NULL;
}

int32_t tiny_count(const tiny *t, mst_record_kind kind, int32_t unit)
{
    int32_t count = 0;
    while (tiny_record(t, kind, unit, count))
        count++;
    return count;
}

double tiny_h(const tiny *t, const mst_record *record)
{
    assert_non_null(record);
    return (double)(record->time - t->model.start) / (double)MUSTER_HOUR;
}
