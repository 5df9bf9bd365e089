/* Is a reported sailing possible, given what was seen later (DEFINITIONS 7)? */
#include "outcome/outcome.h"

#include <math.h>

enum { WHAT_DEPARTURE = 0 };
static const double five_nm_m = 5.0 * 1852.0;

/* The units an observation is about. */
typedef struct crew {
    const int32_t *unit;
    int32_t count;
} crew;

static crew crew_of(const mst_model *model, const mst_observation_row *o)
{
    if (o->group >= 0)
        return (crew){model->group[o->group].member, model->group[o->group].member_count};
    return (crew){&o->unit, o->unit >= 0 ? 1 : 0};
}

static bool is_of(const crew *of, int32_t unit)
{
    for (int32_t i = 0; i < of->count; i++)
        if (of->unit[i] == unit)
            return true;
    return false;
}

/* Of those that both left and were seen (nothing is known of the others): the slowest at its
 * maximum, the least sustained speed beside it. binding_unit -1: they have none in common. */
static void speeds(const mst_model *model, const mst_observation_row *claim,
                   const mst_observation_row *seen, mst_timeline_check *check)
{
    const crew left = crew_of(model, claim), there = crew_of(model, seen);
    check->max_mps = check->sustained_mps = (double)INFINITY;
    check->binding_unit = -1;
    for (int32_t i = 0; i < left.count; i++) {
        const mst_unit_row *u = &model->unit[left.unit[i]];
        if (!is_of(&there, left.unit[i]))
            continue;
        /* Of aircraft too: what they sustain is their cruise, and their maximum if none is known. */
        if (u->max_mps < check->max_mps) {
            check->max_mps = u->max_mps;
            check->binding_unit = left.unit[i];
        }
        check->sustained_mps = fmin(check->sustained_mps, u->sustained_mps);
    }
}

/* Way from the claim's place to the sighting's; NaN: there is none. */
static double distance(const mst_model *model, const mst_observation_row *claim,
                       const mst_observation_row *seen, int32_t unit)
{
    if (claim->spot == seen->spot)
        return 0.0;
    const mst_leg leg = mst_model_leg(model, claim->spot, seen->spot);
    const double within = fmax(0.0, claim->within_m) + fmax(0.0, seen->within_m);
    if (model->unit[unit].domain == MST_AIR)
        return fmax(0.0, muster_geo_distance_m(model->spot[claim->spot].point,
                                               model->spot[seen->spot].point) -
                             within);
    return leg.route ? fmax(0.0, leg.length_m - within) : (double)NAN;
}

/* Latest sailing that still covers the distance by the last instant of the sighting. */
static muster_time latest(muster_time seen_until, double distance_m, double speed_mps)
{
    if (!(speed_mps > 0.0))
        return distance_m > 0.0 ? INT64_MIN : seen_until;
    const double seconds = distance_m / speed_mps;
    return seconds < 9e11 ? seen_until - muster_time_from_seconds(seconds) : INT64_MIN;
}

static mst_possible judge(const muster_interval *claim, muster_time last)
{
    return last >= claim->until  ? MST_POSSIBLE
           : last >= claim->from ? MST_POSSIBLE_ONLY_IF
                                 : MST_IMPOSSIBLE;
}

static double needed(double distance_m, muster_time from, muster_time until)
{
    if (distance_m <= 0.0)
        return 0.0;
    return until > from ? distance_m * (double)MUSTER_SECOND / (double)(until - from)
                        : (double)INFINITY;
}

/* Nothing can be said of ships that have no way between the two places: not of speed, nor of hours. */
static void no_way(mst_timeline_check *check)
{
    check->verdict = check->at_sustained = MST_NO_WAY;
    check->verdict_5nm = check->at_sustained_5nm = MST_NO_WAY;
    check->needed_mps = check->needed_last_mps = (double)NAN;
    check->latest = check->latest_sustained = MUSTER_NEVER;
    check->latest_5nm = check->latest_sustained_5nm = MUSTER_NEVER;
}

static bool check_pair(const mst_model *model, int32_t claim, int32_t sighting,
                       mst_timeline_check *out)
{
    const mst_observation_row *c = &model->observation[claim];
    const mst_observation_row *s = &model->observation[sighting];
    mst_timeline_check check = {.claim = claim, .sighting = sighting};
    if (s->what == WHAT_DEPARTURE || !mst_model_may_follow(&c->at, &s->at) || c->spot < 0 ||
        s->spot < 0)
        return false;
    speeds(model, c, s, &check);
    if (check.binding_unit < 0)
        return false;
    check.distance_m = distance(model, c, s, check.binding_unit);
    if (isnan(check.distance_m)) {
        no_way(&check);
        *out = check;
        return true;
    }
    const double nearer_m = fmax(0.0, check.distance_m - five_nm_m);
    check.needed_mps = needed(check.distance_m, c->at.from, s->at.until);
    check.needed_last_mps = needed(check.distance_m, c->at.until, s->at.until);
    check.latest = latest(s->at.until, check.distance_m, check.max_mps);
    check.latest_sustained = latest(s->at.until, check.distance_m, check.sustained_mps);
    check.latest_5nm = latest(s->at.until, nearer_m, check.max_mps);
    check.latest_sustained_5nm = latest(s->at.until, nearer_m, check.sustained_mps);
    check.verdict = judge(&c->at, check.latest);
    check.at_sustained = judge(&c->at, check.latest_sustained);
    check.verdict_5nm = judge(&c->at, check.latest_5nm);
    check.at_sustained_5nm = judge(&c->at, check.latest_sustained_5nm);
    *out = check;
    return true;
}

int32_t mst_timeline_checks(const mst_model *model, mst_arena *arena, mst_timeline_check **out)
{
    mst_timeline_check one;
    int32_t count = 0, most = 0;
    for (int32_t c = 0; c < model->observation_count; c++)
        for (int32_t s = 0; s < model->observation_count; s++)
            if (model->observation[c].what == WHAT_DEPARTURE && check_pair(model, c, s, &one))
                most++;
    *out = mst_arena_array(arena, (size_t)most, sizeof **out);
    for (int32_t c = 0; *out && c < model->observation_count; c++)
        for (int32_t s = 0; s < model->observation_count; s++)
            if (model->observation[c].what == WHAT_DEPARTURE && check_pair(model, c, s, &one))
                (*out)[count++] = one;
    return count;
}
