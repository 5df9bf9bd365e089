/* Injects, and an umpire's rulings. */
#include "model/check.h"

#include "model/build.h"
#include "model/dated.h"

#include <string.h>

static const char *effect_of(const mst_inject_def *it)
{
    return mst_inject_effects[it->effect < 0 ? 0 : it->effect];
}

static bool told(const mst_checker *c, const mst_inject_def *it, const char *key)
{
    return mst_check_told(c, "injects", &it->item, key);
}

/* ---- what an effect needs ------------------------------------------------------------------ */

static bool is_of_units(int32_t effect)
{
    return effect == MST_EFFECT_DELAYS || effect == MST_EFFECT_BREAKS_DOWN ||
           effect == MST_EFFECT_TURNS_BACK || effect == MST_EFFECT_LOSES_FUEL;
}

static void needs(mst_checker *c, const mst_inject_def *it, const char *key, bool has)
{
    if (!has && !told(c, it, key))
        MST_ERROR(c, it->item.place, NULL, "inject '%s' %s: '%s' is missing",
                  mst_name_of(NULL, &it->item), effect_of(it), key);
}

/* A key that its effect does not read would be a promise that is not kept. */
static void idle(mst_checker *c, const mst_inject_def *it, const char *key, bool has)
{
    if (has)
        MST_ERROR(c, it->item.place, "leave it out, or give another effect",
                  "inject '%s': its effect, %s, has no '%s'", mst_name_of(NULL, &it->item),
                  effect_of(it), key);
}

static void check_keys(mst_checker *c, const mst_inject_def *it)
{
    const int32_t effect = it->effect;
    const bool for_units = is_of_units(effect);
    const bool has_length = it->for_ != MUSTER_NEVER;
    if (for_units && (it->unit.id != NULL) == (it->group.id != NULL) && !told(c, it, "unit") &&
        !told(c, it, "group"))
        MST_ERROR(c, it->item.place, NULL, "inject '%s' %s needs a unit or a group, one of them",
                  mst_name_of(NULL, &it->item), effect_of(it));
    if (effect == MST_EFFECT_SEA_STATE) {
        idle(c, it, "unit", it->unit.id != NULL);
        idle(c, it, "group", it->group.id != NULL);
    }
    if (effect == MST_EFFECT_DELAYS)
        needs(c, it, "for", has_length);
    else if (effect != MST_EFFECT_SEA_STATE && effect != MST_EFFECT_BREAKS_DOWN)
        idle(c, it, "for", has_length);
    if (effect == MST_EFFECT_LOSES_FUEL)
        needs(c, it, "fraction", !isnan(it->fraction));
    else
        idle(c, it, "fraction", !isnan(it->fraction));
    if (effect == MST_EFFECT_SEA_STATE)
        needs(c, it, "sea_state", it->sea_state != MST_INT_NONE);
    else
        idle(c, it, "sea_state", it->sea_state != MST_INT_NONE);
}

/* Aircraft have no fuel of their own between sorties, and nowhere to lie still. */
static void check_craft(mst_checker *c, const mst_inject_def *it)
{
    const int32_t unit = mst_ref_unit(c->spec, &it->unit);
    if (unit < 0 || (it->effect != MST_EFFECT_DELAYS && it->effect != MST_EFFECT_LOSES_FUEL))
        return;
    const mst_unit_def *def = MST_AT(const mst_unit_def, &c->spec->units, unit);
    if (mst_check_knows_craft(c, def) && !mst_craft_is_naval(mst_unit_craft(c->spec, def)))
        MST_ERROR(c, it->item.place, "aircraft can break down, or turn back",
                  "inject '%s' %s: '%s' is no ship", mst_name_of(NULL, &it->item), effect_of(it),
                  it->unit.id);
}

static void check_drill(mst_checker *c, const mst_inject_def *it)
{
    if (it->effect != MST_EFFECT_SEA_STATE || told(c, it, "drill") ||
        mst_ref_drill(c->spec, &it->drill) >= 0 || it->drill.id)
        return;
    MST_ERROR(c, it->item.place, NULL,
              c->spec->drills.count == 0
                  ? "inject '%s' %s: there is no drill in whose area the sea could change"
                  : "inject '%s' %s: 'drill' is missing; there are several",
              mst_name_of(NULL, &it->item), effect_of(it));
}

/* ---- when ------------------------------------------------------------------------------------ */

static void check_moment(mst_checker *c, const mst_inject_def *it)
{
    const mst_scenario_def *s = &c->spec->scenario;
    const muster_time at = it->at.from, start = s->start.from;
    char from[MUSTER_TIME_TEXT], until[MUSTER_TIME_TEXT];
    if (at == MUSTER_NEVER || start == MUSTER_NEVER || told(c, it, "at"))
        return;
    const muster_time end = start + mst_time_or(s->horizon, 16 * MUSTER_DAY);
    const bool only_figures = it->effect <= MST_EFFECT_WORDS && it->changes.count > 0;
    if ((at < start && !only_figures) || at > end)
        MST_ERROR(c, it->item.place,
                  only_figures ? NULL : "only one that changes figures alone may come before",
                  "inject '%s' comes outside of the scenario's time, %s to %s",
                  mst_name_of(NULL, &it->item), muster_time_write_iso(start, from),
                  muster_time_write_iso(end, until));
}

/* What it changes is read by decisions at or after its time. */
static void check_changes(mst_checker *c, const mst_inject_def *it)
{
    bool any_after = false;
    for (int32_t i = 0; i < it->read.count; i++) {
        mst_dated_line line;
        (void)mst_dated_place(c->spec, MST_AT(const mst_change, &it->read, i), &c->names, c->arena,
                              c->diags, &line);
    }
    for (int32_t i = 0; i < c->spec->drills.count; i++) {
        const mst_drill_def *d = MST_AT(const mst_drill_def, &c->spec->drills, i);
        const muster_time muster = d->muster.at.from;
        const muster_time at = mst_time_or(
            d->decide_at.from, muster == MUSTER_NEVER ? MUSTER_NEVER : muster - 14 * MUSTER_DAY);
        any_after = any_after || at == MUSTER_NEVER || at >= it->at.from;
    }
    if (it->read.count > 0 && it->at.from != MUSTER_NEVER && !any_after)
        MST_WARN(c, it->item.place, "move it before a drill's decide_at",
                 "inject '%s' changes figures after every decision: nobody reads them",
                 mst_name_of(NULL, &it->item));
}

/* ---- rulings ----------------------------------------------------------------------------------- */

static bool has_candidate(const mst_drill_def *drill, const char *state)
{
    for (int32_t i = 0; i < drill->candidates.count; i++) {
        const char *id = MST_AT(const mst_ref, &drill->candidates, i)->id;
        if (id && state && strcmp(id, state) == 0)
            return true;
    }
    return false;
}

static void check_rulings(mst_checker *c, const mst_drill_def *drill)
{
    const char *id = mst_name_of(NULL, &drill->item);
    for (int32_t i = 0; i < drill->rulings.count; i++) {
        const mst_ruling_def *it = MST_AT(const mst_ruling_def, &drill->rulings, i);
        if (!has_candidate(drill, it->item.id) &&
            !mst_check_told(c, "drills", &drill->item, "candidates"))
            MST_ERROR(c, it->item.place, "an umpire rules on candidates; hosts hold the drill",
                      "drill '%s', ruling '%s': it is no candidate of the drill", id,
                      mst_name_of(NULL, &it->item));
        else if (it->reason && it->says <= MST_RULING_NONE)
            MST_WARN(c, it->item.place, "give says = \"joins\" or \"stays-out\"",
                     "drill '%s', ruling '%s' has a reason and says nothing", id,
                     mst_name_of(NULL, &it->item));
    }
}

void mst_check_injects(mst_checker *c)
{
    for (int32_t i = 0; i < c->spec->injects.count; i++) {
        const mst_inject_def *it = MST_AT(const mst_inject_def, &c->spec->injects, i);
        if (told(c, it, NULL))
            continue;
        if (!told(c, it, "effect")) {
            check_keys(c, it);
            check_craft(c, it);
            check_drill(c, it);
        }
        check_moment(c, it);
        check_changes(c, it);
    }
    for (int32_t i = 0; i < c->spec->drills.count; i++)
        check_rulings(c, MST_AT(const mst_drill_def, &c->spec->drills, i));
}
