/** @file air_scene.h
 * What the parts of an air request share: air.c has the window and the events, air_book.c who flies
 * when, air_sortie.c a sortie from take-off to landing. Nobody else needs this.
 */
#ifndef MST_ACTIVITY_AIR_SCENE_H
#define MST_ACTIVITY_AIR_SCENE_H

#include "engine/run.h"

enum { MST_AIR_POSTS_MAX = 32 };
enum {
    MST_AIR_BEGIN,
    MST_AIR_CHECK,
    MST_AIR_TAKE_OFF,
    MST_AIR_ARRIVE,
    MST_AIR_LEAVE,
    MST_AIR_LAND
};

typedef struct mst_air_param {
    const double *distance_m; /* from each flyer's field to the station (unit_count) */
    const int32_t *flyer;     /* units that have the role and may be asked (flyer_count)    */
    int32_t flyer_count;
} mst_air_param;

typedef struct mst_air_state {
    mst_handle begin, check;
    int32_t is_open;
    int32_t present;    /* on station now                            */
    int32_t short_told; /* last number of missing ones in a record   */
    muster_time from, until, since;
    double covered_s;
    muster_time planned_until[MST_AIR_POSTS_MAX]; /* leave of the last sortie booked for a post */
    uint64_t idle;                                /* posts for which nobody could be booked     */
} mst_air_state;

/** What happens now is about one instance: gathered once a handler. */
typedef struct mst_air_scene {
    mst_run *run;
    int32_t instance, drill, request;
    const mst_air_row *row;
    const mst_air_param *param;
    mst_air_state *s;
} mst_air_scene;

static inline mst_aircraft_state *mst_air_aircraft(const mst_air_scene *c, int32_t unit,
                                                   int32_t number)
{
    return &c->run->aircraft[c->run->aircraft_first[unit] + number];
}

/** The muster time is past and the drill has not started: nobody takes off, and nothing is booked.
 * A window that begins before the muster is flown all the same. */
bool mst_air_waits(const mst_air_scene *c);

/* ---- air_book.c ---------------------------------------------------------------------------- */

/** Of a flyer: takes part now. */
bool mst_air_may_fly(const mst_air_scene *c, int32_t unit);
/** True if a unit can be a flyer of a request at all. */
bool mst_air_is_flyer(const mst_air_row *row, const mst_unit_row *unit);

/** Time from the field to the station; distance, 0 for a helicopter at its ship. */
muster_time mst_air_way(const mst_air_scene *c, int32_t unit);
double mst_air_distance_m(const mst_air_scene *c, int32_t unit);

/** Stay of one sortie, s: what is asked, or what fuel allows if that is less; negative: none. */
double mst_air_stay_s(const mst_air_scene *c, int32_t unit);

/** Finds somebody to be on a post from where its last booking ends; or on all idle posts. */
void mst_air_plan_post(const mst_air_scene *c, int32_t post);
void mst_air_plan_idle(const mst_air_scene *c);

/** Sets the next event of the aircraft's present sortie. */
void mst_air_expect(const mst_air_scene *c, int32_t unit, int32_t number, int32_t code,
                    muster_time at);

/** The sortie is over or called off: the next one booked takes its place. */
void mst_air_end_sortie(const mst_air_scene *c, int32_t unit, int32_t number);

/** Takes back what the request has booked of an aircraft and has not begun: not flown. */
void mst_air_unbook(const mst_air_scene *c, int32_t unit, int32_t number);

/* ---- air_sortie.c -------------------------------------------------------------------------- */

/** Adds the time since it was last asked to what is covered. */
void mst_air_count_time(const mst_air_scene *c);

/** The steps of a sortie, each at its event. */
void mst_air_take_off(const mst_air_scene *c, int32_t unit, int32_t number);
void mst_air_arrive(const mst_air_scene *c, int32_t unit, int32_t number);
void mst_air_leave(const mst_air_scene *c, int32_t unit, int32_t number);
void mst_air_land(const mst_air_scene *c, int32_t unit, int32_t number);

/** Unbooks an aircraft and turns it back if it is on its way out or on station. */
void mst_air_call_back(const mst_air_scene *c, int32_t unit, int32_t number);

/** A look at who is missing, at that time; at most one is pending. */
void mst_air_check_soon(const mst_air_scene *c, muster_time at);

#endif
