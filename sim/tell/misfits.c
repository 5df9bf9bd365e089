/* Why units of a state fill no slot: cannot, is not allotted, does not meet the role. */
#include "tell/page.h"

#include "base/units.h"

#include <math.h>

/* The slot of the state's side nearest to a unit: the first it fits, else the first of its domain. */
static int32_t nearest_slot(const mst_page *page, int32_t state, int32_t unit)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    bool candidate = false;
    for (int32_t i = 0; i < d->candidate_count; i++)
        candidate = candidate || d->candidate[i] == state;
    int32_t near = -1;
    for (int32_t i = 0; i < d->slot_count; i++) {
        if (d->slot[i].for_candidate != candidate ||
            d->slot[i].domain != page->model->unit[unit].domain)
            continue;
        if (mst_slot_fits(page->model, page->drill, i, unit))
            return i;
        if (near < 0)
            near = i;
    }
    return near;
}

static const char *kit_words(mst_page *page, uint64_t kit)
{
    const char *out = "";
    for (int32_t i = 0; i < page->model->word_count; i++)
        if (kit >> i & 1u)
            out = mst_page_printf(page, "%s%s%s", out, *out ? ", " : "",
                                  mst_page_plain(page, page->model->word[i]));
    return out;
}

static const char *role_words(mst_page *page, int32_t unit, int32_t slot)
{
    uint64_t missing = 0;
    switch (mst_slot_misfit(page->model, page->drill, slot, unit, &missing)) {
    case MST_LACKS_ROLE:
        return mst_page_printf(page, "is no %s",
                               page->model->drill[page->drill].slot[slot].def->role);
    case MST_LACKS_KIT:
        return mst_page_printf(page, "lacks: %s", kit_words(page, missing));
    case MST_TOO_SLOW:
        return "is too slow for the role";
    case MST_SEA_LIMIT:
        return "cannot work in the sea state asked for";
    case MST_NO_RANGE:
        return "has no known range";
    case MST_FITS:
        break;
    }
    return NULL;
}

/* "physically able; kept in port by an assumed allotment of 18 t": the tank would do, the
 * allotment does not. */
static bool held_by_allotment(const mst_reach *reach)
{
    return reach->has_way && reach->has_range && reach->binding == MST_RUNG_ALLOTMENT;
}

static const char *allotment_source(const mst_page *page, int32_t unit)
{
    const mst_unit_row *u = &page->model->unit[unit];
    mst_arena scratch;
    mst_arena_init(&scratch, NULL);
    const char *path = mst_arena_printf(&scratch, "units.%s.allotment_frac",
                                        u->def && u->def->item.id ? u->def->item.id : u->id);
    const mst_fact *fact = path ? mst_spec_fact(page->spec, path) : NULL;
    if (!fact) {
        path =
            mst_arena_printf(&scratch, "states.%s.allotment_frac", page->model->state[u->state].id);
        fact = path ? mst_spec_fact(page->spec, path) : NULL;
    }
    const bool assumed = !fact || fact->confidence == MST_ASSUMED;
    mst_arena_clear(&scratch);
    return assumed ? "an assumed allotment" : "an allotment";
}

static void tell_ship(mst_page *page, int32_t state, int32_t unit, int32_t indent)
{
    const mst_unit_row *u = &page->model->unit[unit];
    const int32_t slot = nearest_slot(page, state, unit);
    if (slot < 0)
        return;
    const mst_reach reach = mst_reach_of(page->model, page->drill, unit, slot, -1);
    const char *role = role_words(page, unit, slot);
    if (held_by_allotment(&reach))
        mst_page_words(
            page, indent, NULL, "%s: physically able; kept in port by %s of %.3g t%s%s%s.", u->name,
            allotment_source(page, unit), u->allotment_kg / MST_T_KG,
            u->fuel_estimated ? " (est.)" : "", role ? ". Also it " : "", role ? role : "");
    else if (reach.has_range && !reach.passes)
        mst_page_words(page, indent, NULL, "%s: cannot: %s leaves %.0f nm, %.0f nm are needed%s%s.",
                       u->name, mst_rung_names[reach.binding < MST_RUNG_COUNT ? reach.binding : 0],
                       fmax(reach.radius_m[MST_RUNG_SEA], 0.0) / MUSTER_NM_M,
                       0.5 * (reach.out_m + reach.back_m) / MUSTER_NM_M, role ? "; it " : "",
                       role ? role : "");
}

/* One line for all squadrons that fit the role, and how long the best could stay. */
static void tell_aircraft(mst_page *page, int32_t state, int32_t indent)
{
    int32_t types = 0, able = 0, best = -1;
    double longest_s = -INFINITY, needed_s = 0.0;
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        const mst_unit_row *u = &page->model->unit[i];
        if (u->state != state || u->domain != MST_AIR)
            continue;
        const int32_t slot = nearest_slot(page, state, i);
        if (slot < 0 || role_words(page, i, slot))
            continue;
        const mst_reach reach = mst_reach_of(page->model, page->drill, i, slot, -1);
        types++;
        able += reach.passes;
        needed_s = reach.hours_s;
        if (reach.station_s > longest_s) {
            longest_s = reach.station_s;
            best = i;
        }
    }
    if (types == 0 || able > 0)
        return;
    mst_page_words(page, indent, NULL,
                   "Aircraft: %d squadrons fit the role, none can stay the %.0f minutes asked for; "
                   "the longest stay is %.0f minutes (%s).",
                   (int)types, needed_s / 60.0, fmax(longest_s, 0.0) / 60.0,
                   page->model->unit[best].name);
}

void mst_tell_position(mst_page *page, const mst_verdict *verdict, int32_t indent)
{
    enum { WITHIN_NM = 120 }; /* DEFINITIONS 3 */
    const mst_stage_result *able = &verdict->stage[0];
    const size_t cell = (size_t)page->drill * (size_t)page->model->state_count;
    if (able->standing == MST_NOT_ASSESSED ||
        !page->run->fleet[cell + (size_t)verdict->state].is_fleet)
        return;
    const mst_position_check check =
        mst_position_try(page->model, page->drill, verdict->state, able->standing == MST_YES,
                         WITHIN_NM * MUSTER_NM_M, &page->arena);
    if (check.may_change)
        mst_page_words(
            page, indent, NULL,
            "Position: the answer on ability may be another if the drill lay %.0f nm away "
            "on a bearing of %.0f degrees.",
            check.nearest_m / MUSTER_NM_M, check.bearing_deg);
    else
        mst_page_words(page, indent, NULL,
                       "Position: no place within %d nm of the muster point changes the answer on "
                       "ability.",
                       WITHIN_NM);
}

void mst_tell_misfits(mst_page *page, int32_t state, int32_t indent)
{
    /* the ships that come nearest: those that fit the role, else the one with the most range */
    int32_t told = 0, best = -1;
    double margin = -INFINITY;
    bool any_fits = false;
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        const mst_unit_row *u = &page->model->unit[i];
        if (u->state != state || u->domain != MST_NAVAL)
            continue;
        const int32_t slot = nearest_slot(page, state, i);
        if (slot < 0)
            continue;
        const mst_misfit misfit = mst_slot_misfit(page->model, page->drill, slot, i, NULL);
        if (misfit == MST_FITS) {
            any_fits = true;
            if (told++ < 3)
                tell_ship(page, state, i, indent);
        }
        const bool has_role = misfit != MST_LACKS_ROLE;
        const double score = (has_role ? 1e6 : 0.0) + u->tank_kg / 1e6;
        if (u->has_range && score > margin) {
            margin = score;
            best = i;
        }
    }
    if (!any_fits && best >= 0) {
        mst_page_words(page, indent, NULL, "No ship of it meets the role asked for.");
        tell_ship(page, state, best, indent);
    }
    tell_aircraft(page, state, indent);
}
