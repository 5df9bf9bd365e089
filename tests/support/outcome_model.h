/** @file outcome_model.h
 * A small model and a run written by hand, for tests of what is folded out of records: two hosts
 * (AAA, BBB), a candidate (CCC), four ships, a squadron, one drill, four serials, seven rules.
 */
#ifndef TEST_SUPPORT_OUTCOME_MODEL_H
#define TEST_SUPPORT_OUTCOME_MODEL_H

#include "engine/run.h"
#include "world/route.h"

enum { AAA, BBB, CCC, STATES };
enum { ALPHA, AZURE, BRAVO, CARBO, HAWKS, UNITS };
enum { WEST, EAST, GROUPS };
enum { HOME_A, HOME_B, MUSTER, SEEN, SPOTS };
enum { NORM, COST, ATTRIBUTES };
enum { ALIGN, PACT, MUTUALS };
enum { SERIALS = 4, RULES = 7, RECORDS = 256, TERMS = 64, LOAD = MST_DRILL_FIRST_ATTRIBUTE };
#define MUSTER_AT_H 100.0

typedef struct outcome_model {
    mst_model model;
    mst_spec spec;
    mst_state_row state[STATES];
    mst_unit_def unit_def[UNITS];
    mst_unit_row unit[UNITS];
    mst_group_row group[GROUPS];
    mst_drill_row drill;
    mst_slot_row slot[2];
    mst_air_row air;
    mst_serial_row serial[SERIALS];
    mst_need_row need;
    mst_rule_row rule[RULES];
    mst_rule_term term[RULES][3];
    mst_spot_row spot[SPOTS];
    int32_t route_of[SPOTS * SPOTS];
    uint8_t route_back[SPOTS * SPOTS];
    double attribute[STATES * ATTRIBUTES], mutual[MUTUALS * STATES * STATES];
    double directed[STATES * STATES], drill_value[LOAD + 1];
    int32_t interop[STATES * STATES * MST_PART_COUNT];
    mst_tie_def tie[3];
    mst_observation_row observation[4];
    /* a run of it */
    mst_run run;
    struct mst_clock clock;
    mst_record record[RECORDS];
    mst_verdict verdict[STATES];
    mst_term judged[TERMS];
    mst_fleet_reading fleet[STATES];
    mst_land *land;
    mst_route_book *book;
    muster_diags *diags;
} outcome_model;

/** Fills it; it must stay where it is. No routes: ships have no way to the muster point. */
void outcome_model_init(outcome_model *m);

/** Routes over open ocean between HOME_A, SEEN and MUSTER. */
void outcome_model_routes(outcome_model *m);
void outcome_model_close(outcome_model *m);

/** Adds a record at an hour after the model's start. */
mst_record *outcome_record(outcome_model *m, double hour, mst_record_kind kind, int32_t unit,
                           int32_t a, int32_t b);

/** A LEG (b: spot) or HOLD (b: mst_hold) with its track members. */
void outcome_track(outcome_model *m, double hour, mst_record_kind kind, int32_t unit, int32_t a,
                   int32_t b, double speed_mps, double burn_kgps, double fuel_kg);

/** Lets the rules judge: fills verdict and judged of the run. */
void outcome_judge(outcome_model *m);

muster_time outcome_hour(const outcome_model *m, double hour);

#endif
