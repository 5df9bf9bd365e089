/* Distributions of what is drawn: readable, and possible for what they stand for. */
#include "model/check.h"

#include "model/chance.h"
#include "model/walk.h"

#include <math.h>

enum { FACTOR_MOST = 10 };

/* Place of a key, else of the section. */
static mst_place place_of(const mst_checker *c, const char *path, const mst_item *item)
{
    const mst_fact *fact = path ? mst_facts_find(&c->spec->facts, path) : NULL;
    return fact ? fact->place : item->place;
}

static bool reads(mst_checker *c, const char *path, const mst_item *item, const char *text,
                  mst_dist *out)
{
    const char *reason = NULL;
    if (!text)
        return false;
    if (mst_dist_read(text, out, &reason))
        return true;
    mst_diag(c->diags, MUSTER_ERROR, place_of(c, path, item), path,
             "for instance \"triangular 0.9 1 1.3\"; forms: fixed VALUE, uniform LOW HIGH, "
             "triangular LOW MODE HIGH, exponential MEAN, normal MEAN SD, lognormal MEAN SD, "
             "weibull SHAPE SCALE",
             "'%s' is no distribution: %s", text, reason);
    return false;
}

static void check_delay(mst_checker *c, const char *path, const mst_item *item, const char *text)
{
    mst_dist dist;
    if (reads(c, path, item, text, &dist) && !(mst_dist_low(&dist) >= 0.0))
        mst_diag(c->diags, MUSTER_ERROR, place_of(c, path, item), path, NULL,
                 "'%s' may be below 0: nobody sails before the time planned", text);
}

static void check_factor(mst_checker *c, const char *path, const mst_item *item, const char *text)
{
    mst_dist dist;
    if (reads(c, path, item, text, &dist) &&
        (!(mst_dist_low(&dist) > 0.0) || mst_dist_high(&dist) > FACTOR_MOST))
        mst_diag(c->diags, MUSTER_ERROR, place_of(c, path, item), path,
                 "fixed, uniform or triangular can be kept within that",
                 "'%s' as a factor must lie above 0 and not above %d", text, FACTOR_MOST);
}

static const char *path_of(mst_checker *c, const char *section, const mst_item *item,
                           const char *key)
{
    return mst_arena_printf(c->arena, "%s.%s.%s", section, mst_name_of(NULL, item), key);
}

void mst_check_chance(mst_checker *c)
{
    const mst_spec *s = c->spec;
    check_delay(c, "chance.sailing_delay_h", &s->chance.item, s->chance.sailing_delay);
    check_factor(c, "chance.speed_factor", &s->chance.item, s->chance.speed_factor);
    check_factor(c, "chance.duration_factor", &s->chance.item, s->chance.duration_factor);
    for (int32_t i = 0; i < s->units.count; i++) {
        const mst_unit_def *unit = MST_AT(const mst_unit_def, &s->units, i);
        if (unit->sailing_delay)
            check_delay(c, path_of(c, "units", &unit->item, "sailing_delay_h"), &unit->item,
                        unit->sailing_delay);
    }
    for (int32_t i = 0; i < s->groups.count; i++) {
        const mst_group_def *group = MST_AT(const mst_group_def, &s->groups, i);
        if (group->speed_factor)
            check_factor(c, path_of(c, "groups", &group->item, "speed_factor"), &group->item,
                         group->speed_factor);
    }
    for (int32_t i = 0; i < s->serials.count; i++) {
        const mst_serial_def *serial = MST_AT(const mst_serial_def, &s->serials, i);
        if (serial->duration_factor)
            check_factor(c, path_of(c, "serials", &serial->item, "duration_factor"), &serial->item,
                         serial->duration_factor);
    }
}
