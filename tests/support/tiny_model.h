/** @file tiny_model.h
 * A model made by hand for tests of the engine and the activities: two states, three ships, one
 * drill in the open Pacific, and room for more. A test changes rows, then calls tiny_finish.
 *
 *     tiny t;
 *     tiny_init(&t);            everything below at its usual value
 *     t.drill.wait = 0;         whatever the test is about
 *     tiny_finish(&t);          instances are made, t.model and t.run are ready
 *     mst_run_finish(t.run);
 *     tiny_close(&t);
 */
#ifndef TEST_SUPPORT_TINY_MODEL_H
#define TEST_SUPPORT_TINY_MODEL_H

#include "activity/serial.h"
#include "engine/run.h"
#include "model/compile.h"
#include "world/route.h"

enum { TINY_A, TINY_B, TINY_STATES };
/* ports of the two, muster point, a point on the way, a third port, an airfield, end of nowhere */
enum { TINY_PORT_A, TINY_PORT_B, TINY_MUSTER, TINY_VIA, TINY_VISIT, TINY_FIELD, TINY_SPOTS };
enum { TINY_ALFA, TINY_AMBER, TINY_BRAVO, TINY_UNITS = 3, TINY_UNITS_MAX = 8 };
enum { TINY_GROUP_A, TINY_GROUP_B, TINY_GROUPS };
enum { TINY_ESCORT = 1, TINY_SONAR = 2, TINY_FIGHTER = 4 }; /* words */
enum { TINY_PHASES_MAX = 4, TINY_SERIALS_MAX = 4, TINY_AIR_MAX = 2 };

typedef struct tiny {
    mst_model model;
    mst_spec spec;
    mst_base_def base[3];
    mst_state_row state[TINY_STATES];
    mst_spot_row spot[TINY_SPOTS];
    int32_t route_of[TINY_SPOTS * TINY_SPOTS];
    uint8_t route_back[TINY_SPOTS * TINY_SPOTS];
    mst_unit_row unit[TINY_UNITS_MAX];
    mst_group_row group[TINY_GROUPS];
    int32_t member[TINY_GROUPS][TINY_UNITS_MAX];
    int32_t leg_to[TINY_GROUPS][3];
    muster_time leg_at[TINY_GROUPS][3];
    mst_drill_row drill;
    mst_drill_def drill_def;
    mst_contingent_def contingent_def[TINY_STATES];
    int32_t host[TINY_STATES], candidate[TINY_STATES], contingent[TINY_UNITS_MAX];
    mst_slot_row slot[3];
    mst_air_row air[TINY_AIR_MAX];
    const char *phase[TINY_PHASES_MAX]; /* names, ended by null */
    void *phase_spec[TINY_PHASES_MAX];  /* null: defaults       */
    int32_t phase_instance[TINY_PHASES_MAX];
    mst_serial_row serial[TINY_SERIALS_MAX];
    const char *serial_kind[TINY_SERIALS_MAX];
    int32_t serial_index[TINY_SERIALS_MAX];
    mst_need_row need[2];
    int32_t interop[TINY_STATES * TINY_STATES * MST_PART_COUNT];
    double drill_value[3];
    mst_instance_row instance[24];
    mst_arena arena;
    muster_diags *diags;
    mst_run *run;
} tiny;

/** Hours after the scenario's start. The usual drill: decide at 0, muster at 240, end at 300,
 * horizon 480. */
muster_time tiny_hour(const tiny *t, double hour);

/** Opens the geography; once a test program (group set-up and tear-down of cmocka). */
int tiny_geography(void **state);
int tiny_geography_close(void **state);

void tiny_init(tiny *t);
void tiny_finish(tiny *t);  /* asserts that everything compiles */
bool tiny_compile(tiny *t); /* the same without the assertion; no run is made */
void tiny_close(tiny *t);

/** More units: a squadron at the field of state A; a helicopter on a ship. @return its index */
int32_t tiny_add_squadron(tiny *t, int32_t count);
int32_t tiny_add_helicopter(tiny *t, int32_t parent);
/** A serial of a kind: 2 escorts needed, start and length in hours. @return its index */
int32_t tiny_add_serial(tiny *t, const char *kind, double start_h, double length_h);
/** An air request over the muster point. @return its index */
int32_t tiny_add_air(tiny *t, int32_t count, double start_h, double end_h);

/** Way between two spots, m. */
double tiny_way_m(const tiny *t, int32_t from, int32_t to);

/** The nth (0: first) record of a kind for a unit (-1: any), or null. */
const mst_record *tiny_record(const tiny *t, mst_record_kind kind, int32_t unit, int32_t n);
int32_t tiny_count(const tiny *t, mst_record_kind kind, int32_t unit);
/** Hours after the start. */
double tiny_h(const tiny *t, const mst_record *record);

#endif
