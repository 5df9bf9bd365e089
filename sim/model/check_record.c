/* Observations, evidence, levers and the weather. */
#include "model/check.h"

#include "model/fields.h"
#include "model/sea.h"

#include <math.h>
#include <string.h>

static void check_observation(mst_checker *c, const mst_observation_def *seen)
{
    const char *id = mst_name_of(NULL, &seen->item);
    int32_t base = mst_ref_base(c->spec, &seen->base);
    muster_point point;
    if (mst_check_told(c, "observations", &seen->item, NULL))
        return;
    if (!seen->group.id == !seen->unit.id) {
        MST_ERROR(c, seen->item.place, NULL,
                  "observation '%s' needs a group or a unit, one of them", id);
        return;
    }
    if ((seen->group.id && mst_ref_group(c->spec, &seen->group) < 0) ||
        (seen->unit.id && mst_ref_unit(c->spec, &seen->unit) < 0) ||
        (seen->base.id &&
         (base < 0 ||
          mst_check_told(c, "bases", &MST_AT(const mst_base_def, &c->spec->bases, base)->item,
                         NULL))))
        return;
    if (seen->base.id && (!isnan(seen->lat_deg) || !isnan(seen->lon_deg)))
        MST_ERROR(c, seen->item.place, NULL,
                  "observation '%s' has a base and a point; give one of them", id);
    else if (mst_check_half(seen->lat_deg, seen->lon_deg))
        mst_check_half_point(c, seen->item.place, mst_arena_printf(c->arena, "observations.%s", id),
                             mst_arena_printf(c->arena, "observation '%s'", id), "", seen->lat_deg);
    else if (!mst_observation_place(c->spec, seen, &base, &point))
        MST_ERROR(c, seen->item.place, "give base, or lat_deg and lon_deg",
                  "observation '%s' has no place", id);
}

static void check_evidence(mst_checker *c, const mst_evidence_def *said)
{
    const int32_t drill = mst_ref_index(&c->spec->drills, sizeof(mst_drill_def), &said->drill);
    const int32_t state = mst_ref_state(c->spec, &said->state);
    const int32_t host = mst_ref_state(c->spec, &said->host);
    if (drill < 0)
        return;
    const mst_drill_def *d = MST_AT(const mst_drill_def, &c->spec->drills, drill);
    if (state >= 0 && !mst_drill_asks(c->spec, d, state))
        MST_WARN(c, said->item.place, NULL,
                 "evidence about '%s', which is neither host nor candidate of drill '%s'",
                 said->state.id, said->drill.id);
    if (host >= 0 && !mst_refs_hold_state(c->spec, &d->hosts, host))
        MST_WARN(c, said->item.place, NULL,
                 "evidence about host '%s', which does not host drill '%s'", said->host.id,
                 said->drill.id);
}

/* What moves along must be there; what a line sets is looked at by sim/load. */
static void check_with(mst_checker *c, const mst_lever_def *lever)
{
    mst_spec view = *c->spec; /* finding a place changes nothing in it */
    mst_spot spot;
    for (int32_t i = 0; i < lever->with.count; i++) {
        const char *entry = *MST_AT(const char *const, &lever->with, i);
        if (!strchr(entry, '='))
            (void)mst_spec_locate(&view, c->arena, entry, lever->item.place, c->diags, &spot);
    }
}

static void check_lever(mst_checker *c, const mst_lever_def *lever)
{
    const char *id = mst_name_of(NULL, &lever->item);
    const mst_place place = lever->item.place;
    mst_spec view = *c->spec; /* finding a place changes nothing in it */
    mst_spot spot;
    if (lever->path)
        (void)mst_spec_locate(&view, c->arena, lever->path, place, c->diags, &spot);
    check_with(c, lever);
    if (lever->choices.count > 0) {
        if (!isnan(lever->min) || !isnan(lever->max))
            MST_ERROR(c, place, NULL, "lever '%s' has choices and a range; give one of them", id);
        return;
    }
    if (mst_check_told(c, "whatif", &lever->item, NULL))
        return;
    if (isnan(lever->min) || isnan(lever->max))
        MST_ERROR(c, place, NULL, "lever '%s' needs min and max, or choices", id);
    else if (!(lever->min < lever->max))
        MST_ERROR(c, place, NULL, "lever '%s': min %g is not below max %g", id, lever->min,
                  lever->max);
    else if (lever->step > lever->max - lever->min)
        MST_ERROR(c, place, NULL, "lever '%s': its step %g is wider than its range", id,
                  lever->step);
}

static void check_climate(mst_checker *c, const mst_climate_def *month)
{
    if (isnan(month->mean_hs_m) || isnan(month->p90_hs_m))
        return; /* required, so reported */
    if (!mst_sea_is_weibull(month->mean_hs_m, month->p90_hs_m))
        MST_ERROR(c, mst_place_or(month->item.place, &c->spec->weather.item), NULL,
                  "month %d: no Weibull distribution has mean %g m and 90 %% quantile %g m (the "
                  "quantile must be 1.03 to 2.30 times the mean)",
                  (int)month->month, month->mean_hs_m, month->p90_hs_m);
}

static void check_weather(mst_checker *c)
{
    const mst_weather_def *weather = &c->spec->weather;
    for (int32_t i = 0; i < weather->climatology.count; i++)
        check_climate(c, MST_AT(const mst_climate_def, &weather->climatology, i));
    for (int32_t i = 0; mst_check_warns(c) && i < c->spec->drills.count; i++) {
        const mst_drill_def *drill = MST_AT(const mst_drill_def, &c->spec->drills, i);
        mst_sea_from from;
        mst_sea_state(weather, drill->muster.at.from, &from);
        if (from == MST_SEA_NOTHING)
            mst_diag(c->diags, MUSTER_NOTE, mst_place_or(weather->item.place, &drill->item), NULL,
                     NULL, "no weather is given for drill '%s': the sea is taken as calm",
                     mst_name_of(NULL, &drill->item));
    }
}

void mst_check_record(mst_checker *c)
{
    for (int32_t i = 0; i < c->spec->observations.count; i++)
        check_observation(c, MST_AT(const mst_observation_def, &c->spec->observations, i));
    for (int32_t i = 0; mst_check_warns(c) && i < c->spec->evidence.count; i++)
        check_evidence(c, MST_AT(const mst_evidence_def, &c->spec->evidence, i));
    for (int32_t i = 0; i < c->spec->levers.count; i++)
        check_lever(c, MST_AT(const mst_lever_def, &c->spec->levers, i));
    check_weather(c);
}
