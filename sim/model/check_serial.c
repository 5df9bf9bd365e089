/* Serials: when they are held, what they name. */
#include "model/check.h"

#include "model/walk.h"

#include <string.h>

static const char *id_of(const mst_serial_def *serial)
{
    return mst_name_of(NULL, &serial->item);
}

static const mst_serial_def *serial_at(const mst_checker *c, int32_t index)
{
    return MST_AT(const mst_serial_def, &c->spec->serials, index);
}

static int32_t after_of(const mst_checker *c, const mst_serial_def *serial)
{
    for (int32_t i = 0; serial->after && i < c->spec->serials.count; i++)
        if (strcmp(id_of(serial_at(c, i)), serial->after) == 0)
            return i;
    return -1;
}

static const char *serial_hint(mst_checker *c, const char *wanted)
{
    mst_list ids = {0};
    for (int32_t i = 0; i < c->spec->serials.count; i++)
        if (!mst_names_add(c->arena, &ids, id_of(serial_at(c, i))))
            return NULL;
    return mst_names_hint(c->arena, &ids, wanted);
}

static void check_after(mst_checker *c, const mst_serial_def *serial)
{
    const int32_t before = after_of(c, serial);
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

/* True if following `after` from there comes back; said once, at the first of the circle. */
static bool check_circle(mst_checker *c, int32_t index)
{
    int32_t least = index, at = after_of(c, serial_at(c, index));
    for (int32_t steps = 0; at >= 0 && at != index && steps <= c->spec->serials.count; steps++) {
        least = at < least ? at : least;
        at = after_of(c, serial_at(c, at));
    }
    if (at != index)
        return at >= 0; /* it leads into a circle, or ends */
    if (least == index)
        MST_ERROR(c, serial_at(c, index)->item.place, NULL,
                  "serial '%s' waits for itself: the chain of `after` is a circle",
                  id_of(serial_at(c, index)));
    return true;
}

/* End, counted from the drill's start. The chain of `after` ends (checked). */
static muster_time end_of(const mst_checker *c, const mst_serial_def *serial)
{
    const int32_t before = after_of(c, serial);
    return (before < 0 ? 0 : end_of(c, serial_at(c, before))) + mst_time_or(serial->start, 0) +
           mst_time_or(serial->for_, 0);
}

static void check_window(mst_checker *c, int32_t index)
{
    const mst_serial_def *serial = serial_at(c, index);
    const int32_t drill = mst_ref_drill(c->spec, &serial->drill);
    if (check_circle(c, index) || drill < 0)
        return;
    const mst_drill_def *d = MST_AT(const mst_drill_def, &c->spec->drills, drill);
    if (d->muster.at.from == MUSTER_NEVER || d->end.from == MUSTER_NEVER)
        return;
    const muster_time end = end_of(c, serial), room = d->end.until - d->muster.at.from;
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
        check_after(c, serial);
        check_window(c, i);
        check_parts(c, serial);
        check_air(c, serial);
        check_needs(c, serial);
    }
}
