/* Distributions of what is drawn: readable, and possible for what they stand for. */
#include "model/check.h"

#include "model/chance.h"
#include "model/walk.h"

#include <math.h>

enum { FACTOR_MOST = 10 };

/* Where a distribution stands: path section.id.key, or section.key where id is null. */
typedef struct owner {
    const char *section, *id, *key;
    const mst_item *item;
} owner;

/* Place of the key, else of what holds it. */
static mst_place place_of(const mst_checker *c, const char *path, const mst_item *item)
{
    const mst_fact *fact = path ? mst_facts_find(&c->spec->facts, path) : NULL;
    return fact ? fact->place : item->place;
}

static void tell(mst_checker *c, const owner *of, const char *hint, const char *message)
{
    const char *path = of->id ? mst_arena_printf(c->arena, "%s.%s.%s", of->section, of->id, of->key)
                              : mst_arena_printf(c->arena, "%s.%s", of->section, of->key);
    mst_diag(c->diags, MUSTER_ERROR, place_of(c, path, of->item), path, hint, "%s",
             message ? message : "");
}

static bool reads(mst_checker *c, const owner *of, const char *text, mst_dist *out)
{
    const char *reason = NULL;
    if (!text)
        return false;
    if (mst_dist_read(text, out, &reason))
        return true;
    tell(c, of,
         "for instance \"triangular 0.9 1 1.3\"; forms: fixed VALUE, uniform LOW HIGH, "
         "triangular LOW MODE HIGH, exponential MEAN, normal MEAN SD, lognormal MEAN SD, "
         "weibull SHAPE SCALE",
         mst_arena_printf(c->arena, "'%s' is no distribution: %s", text, reason));
    return false;
}

static void check_delay(mst_checker *c, const owner *of, const char *text)
{
    mst_dist dist;
    if (reads(c, of, text, &dist) && !(mst_dist_low(&dist) >= 0.0))
        tell(c, of, NULL,
             mst_arena_printf(c->arena, "'%s' may be below 0: nobody sails before the time planned",
                              text));
}

static void check_factor(mst_checker *c, const owner *of, const char *text)
{
    mst_dist dist;
    if (reads(c, of, text, &dist) &&
        (!(mst_dist_low(&dist) > 0.0) || mst_dist_high(&dist) > FACTOR_MOST))
        tell(c, of, "fixed, uniform or triangular can be kept within that",
             mst_arena_printf(c->arena, "'%s' as a factor must lie above 0 and not above %d", text,
                              FACTOR_MOST));
}

void mst_check_chance(mst_checker *c)
{
    const mst_spec *s = c->spec;
    const mst_chance_def *all = &s->chance;
    check_delay(c, &(owner){"chance", NULL, "sailing_delay_h", &all->item}, all->sailing_delay);
    check_factor(c, &(owner){"chance", NULL, "speed_factor", &all->item}, all->speed_factor);
    check_factor(c, &(owner){"chance", NULL, "duration_factor", &all->item}, all->duration_factor);
    for (int32_t i = 0; i < s->units.count; i++) {
        const mst_unit_def *it = MST_AT(const mst_unit_def, &s->units, i);
        const owner of = {"units", mst_name_of(NULL, &it->item), "sailing_delay_h", &it->item};
        check_delay(c, &of, it->sailing_delay);
    }
    for (int32_t i = 0; i < s->groups.count; i++) {
        const mst_group_def *it = MST_AT(const mst_group_def, &s->groups, i);
        const owner of = {"groups", mst_name_of(NULL, &it->item), "speed_factor", &it->item};
        check_factor(c, &of, it->speed_factor);
    }
    for (int32_t i = 0; i < s->serials.count; i++) {
        const mst_serial_def *it = MST_AT(const mst_serial_def, &s->serials, i);
        const owner of = {"serials", mst_name_of(NULL, &it->item), "duration_factor", &it->item};
        check_factor(c, &of, it->duration_factor);
    }
}
