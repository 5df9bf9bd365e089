/* Serials: when they are held, what they name. */
#include "model/check.h"

#include "model/walk.h"

#include <stdlib.h>
#include <string.h>

static const char *id_of(const mst_serial_def *serial)
{
    return mst_name_of(NULL, &serial->item);
}

static const mst_serial_def *serial_at(const mst_checker *c, int32_t index)
{
    return MST_AT(const mst_serial_def, &c->spec->serials, index);
}

/* What each serial comes after, and when it ends: found once, for chains may be long. */
typedef struct chains {
    int32_t *after;   /* index, -1: none                                        */
    muster_time *end; /* from the drill's start                                 */
    uint8_t *seen;    /* enum below                                             */
} chains;
enum { UNSEEN, ON_THE_WAY, ENDS, GOES_ROUND };

/* A serial by its id. */
typedef struct named {
    const char *id;
    int32_t index;
} named;

static int by_id(const void *a, const void *b)
{
    const named *left = a, *right = b;
    const int order = strcmp(left->id, right->id);
    return order != 0 ? order : (left->index > right->index) - (left->index < right->index);
}

static int32_t find_id(const named *sorted, int32_t count, const char *id)
{
    int32_t low = 0, high = count;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (strcmp(sorted[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && strcmp(sorted[low].id, id) == 0 ? sorted[low].index : -1;
}

static bool find_after(const mst_checker *c, chains *out)
{
    const int32_t count = c->spec->serials.count;
    named *sorted = mst_arena_array(c->arena, (size_t)count + 1, sizeof *sorted);
    out->after = mst_arena_array(c->arena, (size_t)count + 1, sizeof *out->after);
    out->end = mst_arena_array(c->arena, (size_t)count + 1, sizeof *out->end);
    out->seen = mst_arena_array(c->arena, (size_t)count + 1, sizeof *out->seen);
    if (!sorted || !out->after || !out->end || !out->seen)
        return false;
    for (int32_t i = 0; i < count; i++)
        sorted[i] = (named){id_of(serial_at(c, i)), i};
    qsort(sorted, (size_t)count, sizeof *sorted, by_id);
    for (int32_t i = 0; i < count; i++) {
        const char *after = serial_at(c, i)->after;
        out->after[i] = after ? find_id(sorted, count, after) : -1;
    }
    return true;
}

static const char *serial_hint(mst_checker *c, const char *wanted)
{
    mst_list ids = {0};
    for (int32_t i = 0; i < c->spec->serials.count; i++)
        if (!mst_names_add(c->arena, &ids, id_of(serial_at(c, i))))
            return NULL;
    return mst_names_hint(c->arena, &ids, wanted);
}

static void check_after(mst_checker *c, const chains *all, int32_t index)
{
    const mst_serial_def *serial = serial_at(c, index);
    const int32_t before = all->after[index];
    if (!serial->after)
        return;
    if (before < 0 &&
        mst_facts_find(&c->spec->facts, mst_arena_printf(c->arena, "serials.%s", serial->after)))
        return; /* it could not be read */
    if (before < 0)
        MST_ERROR(c, serial->item.place, serial_hint(c, serial->after),
                  "serial '%s': no serial '%s' to come after", id_of(serial), serial->after);
    else if (mst_ref_drill(c->spec, &serial_at(c, before)->drill) !=
             mst_ref_drill(c->spec, &serial->drill))
        MST_ERROR(c, serial->item.place, NULL, "serial '%s': '%s' belongs to another drill",
                  id_of(serial), serial->after);
}

/* Said once of a circle, at the first of it in the file. */
static void tell_circle(mst_checker *c, const chains *all, int32_t on_it)
{
    int32_t least = on_it;
    for (int32_t at = all->after[on_it]; at != on_it; at = all->after[at])
        least = at < least ? at : least;
    MST_ERROR(c, serial_at(c, least)->item.place, NULL,
              "serial '%s' waits for itself: the chain of `after` is a circle",
              id_of(serial_at(c, least)));
}

/* Follows a chain to its end, or to what is known of it, and on the way back notes what that means
 * for each of its serials. Each is passed twice, however many chains lead over it. */
static void follow(mst_checker *c, chains *all, int32_t from, int32_t *way)
{
    int32_t steps = 0, at = from;
    for (; at >= 0 && all->seen[at] == UNSEEN; at = all->after[at]) {
        all->seen[at] = ON_THE_WAY;
        way[steps++] = at;
    }
    if (at >= 0 && all->seen[at] == ON_THE_WAY)
        tell_circle(c, all, at);
    const bool ends = at < 0 || all->seen[at] == ENDS;
    muster_time end = ends && at >= 0 ? all->end[at] : 0;
    while (steps > 0) {
        const int32_t index = way[--steps];
        const mst_serial_def *serial = serial_at(c, index);
        end += mst_time_or(serial->start, 0) + mst_time_or(serial->for_, 0);
        all->seen[index] = ends ? ENDS : GOES_ROUND;
        all->end[index] = end;
    }
}

static void check_window(mst_checker *c, const chains *all, int32_t index)
{
    const mst_serial_def *serial = serial_at(c, index);
    const int32_t drill = mst_ref_drill(c->spec, &serial->drill);
    if (all->seen[index] != ENDS || drill < 0)
        return;
    const mst_drill_def *d = MST_AT(const mst_drill_def, &c->spec->drills, drill);
    if (d->muster.at.from == MUSTER_NEVER || d->end.from == MUSTER_NEVER)
        return;
    const muster_time end = all->end[index], room = d->end.until - d->muster.at.from;
    char has[MUSTER_TIME_TEXT], needs[MUSTER_TIME_TEXT];
    if (end > room)
        MST_ERROR(c, serial->item.place, NULL,
                  "serial '%s' ends %s after the muster, but drill '%s' lasts %s", id_of(serial),
                  muster_duration_write(end, needs), mst_name_of(NULL, &d->item),
                  muster_duration_write(room, has));
}

static void check_parts(mst_checker *c, const mst_serial_def *serial)
{
    mst_list known = {0};
    for (int32_t part = 0; part < MST_PART_COUNT; part++)
        if (!mst_names_add(c->arena, &known, mst_part_names[part]))
            return;
    for (int32_t i = 0; i < serial->parts.count; i++) {
        const char *part = *MST_AT(const char *const, &serial->parts, i);
        if (mst_names_find(&known, part) < 0)
            MST_ERROR(c, serial->item.place, mst_names_hint(c->arena, &known, part),
                      "serial '%s': no interoperability part '%s'", id_of(serial), part);
    }
}

static void check_air(mst_checker *c, const mst_serial_def *serial)
{
    const int32_t drill = mst_ref_drill(c->spec, &serial->drill);
    mst_list ids = {0};
    if (!serial->air || drill < 0)
        return;
    const mst_list *air = &MST_AT(const mst_drill_def, &c->spec->drills, drill)->air;
    for (int32_t i = 0; i < air->count; i++)
        if (!mst_names_add(c->arena, &ids, MST_AT(const mst_air_def, air, i)->item.id))
            return;
    const mst_item *d = &MST_AT(const mst_drill_def, &c->spec->drills, drill)->item;
    if (mst_names_find(&ids, serial->air) < 0 && !mst_check_told(c, "drills", d, "air"))
        MST_ERROR(c, serial->item.place, mst_names_hint(c->arena, &ids, serial->air),
                  "serial '%s': its drill has no air request '%s'", id_of(serial), serial->air);
}

static void check_needs(mst_checker *c, const mst_serial_def *serial)
{
    for (int32_t i = 0; i < serial->needs.count; i++) {
        const mst_need_def *need = MST_AT(const mst_need_def, &serial->needs, i);
        const mst_item *at = need->item.place.line > 0 ? &need->item : &serial->item;
        mst_check_word(c, need->role, at, "serial", id_of(serial));
        for (int32_t k = 0; k < need->kit.count; k++)
            mst_check_word(c, *MST_AT(const char *const, &need->kit, k), at, "serial",
                           id_of(serial));
    }
}

void mst_check_serials(mst_checker *c)
{
    chains all;
    int32_t *way = mst_arena_array(c->arena, (size_t)c->spec->serials.count + 1, sizeof *way);
    if (!way || !find_after(c, &all))
        return; /* the arena remembers */
    for (int32_t i = 0; i < c->spec->serials.count; i++)
        follow(c, &all, i, way);
    for (int32_t i = 0; i < c->spec->serials.count; i++) {
        const mst_serial_def *serial = serial_at(c, i);
        if (!serial->drill.id && c->spec->drills.count != 1 &&
            !mst_check_told(c, "serials", &serial->item, "drill") &&
            !mst_facts_find(&c->spec->facts, "drills"))
            MST_ERROR(c, serial->item.place, NULL,
                      "serial '%s' names no drill; with %d drills it must", id_of(serial),
                      (int)c->spec->drills.count);
        if (serial->kind.type && serial->kind.type->role != MST_ROLE_SERIAL)
            MST_ERROR(c, mst_place_or(serial->kind.place, &serial->item), NULL,
                      "serial '%s': '%s' is no kind of serial", id_of(serial), serial->kind.name);
        check_after(c, &all, i);
        check_window(c, &all, i);
        check_parts(c, serial);
        check_air(c, serial);
        check_needs(c, serial);
    }
}
