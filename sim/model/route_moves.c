/* Whether a value is one of those that the points and ways of a scenario are made of: a change of it
 * may ask for other routes. Beside route_plan.c, which reads these values. */
#include "model/compile.h"
#include "model/fields.h"
#include "model/lookup.h"
#include "model/walk.h"

#include <math.h>
#include <string.h>

static bool is_one_of(const char *key, const char *const *keys)
{
    for (; *keys; keys++)
        if (strcmp(key, *keys) == 0)
            return true;
    return false;
}

static bool has_own_point(const mst_drill_def *drill)
{
    return !isnan(drill->muster.lat_deg) && !isnan(drill->muster.lon_deg);
}

/* An area to go round, or one in whose middle a drill musters. */
static bool area_counts(const mst_spec *spec, const mst_area_def *area)
{
    for (int32_t d = 0; d < spec->drills.count; d++) {
        const mst_drill_def *drill = MST_AT(const mst_drill_def, &spec->drills, d);
        if (!has_own_point(drill) && mst_drill_area(spec, drill) == area)
            return true;
    }
    return area->avoid == 1;
}

/* Aircraft need no way by sea, whatever they fly from. */
static bool unit_moves(const mst_spec *spec, const mst_unit_def *unit, const muster_field *row)
{
    static const char *const always[] = {"class", "state", "craft", "like", NULL};
    return (row->flags & MUSTER_FIELD_GEOGRAPHY) ? mst_craft_is_naval(mst_unit_craft(spec, unit))
                                                 : is_one_of(row->key, always);
}

/* A station of aircraft is on no way; the names of ends stand in the book. */
static bool drill_moves(const mst_drill_def *drill, const char *tail, const muster_field *row)
{
    static const char *const always[] = {"hosts", "candidates", "name", NULL};
    if (strncmp(tail, "air.", 4) == 0)
        return false;
    if (strcmp(tail, "area") == 0)
        return !has_own_point(drill);
    return (row->flags & MUSTER_FIELD_GEOGRAPHY) || is_one_of(tail, always) ||
           (row->refers && strcmp(row->refers, "bases") == 0);
}

static bool other_moves(const char *table, const char *tail, const muster_field *row)
{
    static const char *const of_group[] = {"members", "guide", "drill", "name", NULL};
    static const char *const of_observation[] = {"group", "unit", "what", "at", NULL};
    if (strcmp(table, "groups") == 0)
        return is_one_of(row->key, of_group) || strncmp(tail, "via", 3) == 0;
    if (strcmp(table, "observations") == 0)
        return (row->flags & MUSTER_FIELD_GEOGRAPHY) || is_one_of(row->key, of_observation);
    if (strcmp(table, "serials") == 0)
        return strcmp(row->key, "drill") == 0 || (row->refers && strcmp(row->refers, "bases") == 0);
    if (strcmp(table, "bases") == 0) /* ways begin at the point in open water */
        return strncmp(row->key, "sea_", 4) == 0 || strcmp(row->key, "name") == 0;
    if (strcmp(table, "classes") == 0)
        return strcmp(row->key, "craft") == 0;
    return strcmp(table, "straits") == 0 &&
           ((row->flags & MUSTER_FIELD_GEOGRAPHY) != 0 || strcmp(row->key, "name") == 0);
}

bool mst_route_plan_moves(const mst_spec *spec, mst_arena *arena, const char *path)
{
    mst_spec view = *spec; /* finding a place changes nothing in it */
    mst_spot spot;
    const muster_field *table = NULL;
    const char *tail = NULL;
    if (!path || !mst_spec_locate(&view, arena, path, (mst_place){NULL, 0}, NULL, &spot))
        return false;
    const mst_item *item = mst_path_item(spec, path, &table, &tail);
    if (!item) /* scenario and other groups */
        return (spot.row->flags & MUSTER_FIELD_GEOGRAPHY) != 0;
    const void *of = item;
    if (strcmp(table->key, "units") == 0)
        return unit_moves(spec, of, spot.row);
    if (strcmp(table->key, "drills") == 0)
        return drill_moves(of, tail, spot.row);
    if (strcmp(table->key, "areas") == 0)
        return (spot.row->flags & MUSTER_FIELD_GEOGRAPHY) &&
               (strcmp(spot.row->key, "avoid") == 0 || area_counts(spec, of));
    return other_moves(table->key, tail, spot.row);
}
