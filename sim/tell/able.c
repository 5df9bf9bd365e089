/* Why units of a state fill no slot. Three words are kept apart: a unit cannot (tank, speed, sea),
 * is not allotted the fuel (a policy input), or does not meet the role (role and kit). */
#include "tell/able.h"

#include "base/units.h"

#include <math.h>
#include <string.h>

static bool is_candidate(const mst_drill_row *d, int32_t state)
{
    for (int32_t i = 0; i < d->candidate_count; i++)
        if (d->candidate[i] == state)
            return true;
    return false;
}

/* The slot of the state's side nearest to a unit: the first it fits, else the first whose role it
 * has, else the first of its domain. */
static int32_t nearest_slot(const mst_page *page, int32_t state, int32_t unit)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    const bool candidate = is_candidate(d, state);
    int32_t near = -1;
    bool near_has_role = false;
    for (int32_t i = 0; i < d->slot_count; i++) {
        if (d->slot[i].for_candidate != candidate ||
            d->slot[i].domain != page->model->unit[unit].domain)
            continue;
        const mst_misfit misfit = mst_slot_misfit(page->model, page->drill, i, unit, NULL);
        if (misfit == MST_FITS)
            return i;
        if (near < 0 || (!near_has_role && misfit != MST_LACKS_ROLE)) {
            near = i;
            near_has_role = misfit != MST_LACKS_ROLE;
        }
    }
    return near;
}

const char *mst_page_kit(mst_page *page, uint64_t kit)
{
    const char *out = "";
    for (int32_t i = 0; i < page->model->word_count; i++)
        if (kit >> i & 1u)
            out = mst_page_printf(page, "%s%s%s", out, *out ? ", " : "",
                                  mst_page_plain(page, page->model->word[i]));
    return out;
}

const char *mst_page_misfit(mst_page *page, int32_t unit, int32_t *out_slot)
{
    const int32_t slot = nearest_slot(page, page->model->unit[unit].state, unit);
    uint64_t missing = 0;
    *out_slot = slot;
    if (slot < 0)
        return "nothing asked";
    switch (mst_slot_misfit(page->model, page->drill, slot, unit, &missing)) {
    case MST_LACKS_ROLE:
        return "role";
    case MST_LACKS_KIT:
        return mst_page_printf(page, "no %s", mst_page_kit(page, missing));
    case MST_TOO_SLOW:
        return "too slow";
    case MST_SEA_LIMIT:
        return "sea state";
    case MST_NO_RANGE:
        return "no range known";
    case MST_FITS:
        break;
    }
    return NULL;
}

/* ---- a side of the drill ------------------------------------------------------------------------ */

typedef struct side { /* what a state brings in one domain */
    int32_t slot_count, places;
    const char *role;                             /* of the first slot */
    int32_t units, has_role, fits, passes, ready; /* ready: serviceable ones that pass */
    uint64_t missing; /* kit that every unit with the role lacks; 0: none in common */
    bool lacks_kit;
    mst_rung binding; /* of the fitting unit that comes nearest */
    bool has_way;
    int32_t best; /* the fitting unit of the longest stay, -1 */
    double best_s, asked_s;
} side;

static void count_unit(const mst_page *page, int32_t unit, side *out, double *nearest)
{
    const mst_unit_row *u = &page->model->unit[unit];
    const int32_t slot = nearest_slot(page, u->state, unit);
    uint64_t missing = 0;
    if (slot < 0)
        return;
    out->units++;
    const mst_misfit misfit = mst_slot_misfit(page->model, page->drill, slot, unit, &missing);
    out->has_role += misfit != MST_LACKS_ROLE;
    if (misfit == MST_LACKS_KIT) {
        out->missing = out->lacks_kit ? out->missing & missing : missing;
        out->lacks_kit = true;
    }
    if (misfit != MST_FITS)
        return;
    const mst_reach reach = mst_reach_of(page->model, page->drill, unit, slot, -1);
    out->fits++;
    out->asked_s = reach.hours_s;
    out->passes += reach.passes;
    out->ready += reach.passes ? u->serviceable : 0;
    if (reach.has_range && reach.margin > *nearest) {
        *nearest = reach.margin;
        out->binding = reach.binding;
        out->has_way = reach.has_way;
    }
    if (out->best < 0 || reach.station_s > out->best_s) {
        out->best = unit;
        out->best_s = reach.station_s;
    }
}

static side side_of(const mst_page *page, int32_t state, mst_domain domain)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    const bool candidate = is_candidate(d, state);
    side out = {.best = -1, .best_s = -INFINITY, .has_way = true};
    double nearest = -INFINITY;
    for (int32_t i = 0; i < d->slot_count; i++)
        if (d->slot[i].for_candidate == candidate && d->slot[i].domain == domain) {
            if (out.slot_count++ == 0)
                out.role = d->slot[i].def->role;
            out.places += d->slot[i].count;
        }
    for (int32_t i = 0; i < page->model->unit_count; i++)
        if (page->model->unit[i].state == state && page->model->unit[i].domain == domain &&
            mst_fleet_sends(d, state, i))
            count_unit(page, i, &out, &nearest);
    return out;
}

const char *mst_page_binding(mst_rung binding, bool is_air)
{
    switch (binding) {
    case MST_RUNG_TANK:
    case MST_RUNG_USABLE:
        return is_air ? "distance" : "fuel on board";
    case MST_RUNG_ALLOTMENT:
        return "issued fuel";
    case MST_RUNG_TIME:
        return "time";
    case MST_RUNG_SEA:
        return "sea state";
    case MST_RUNG_COUNT:
        break;
    }
    return "nothing";
}

/* What keeps a side from filling its places; null: it fills them. */
static const char *limit_of(const side *s, mst_domain domain)
{
    if (s->slot_count == 0 || s->ready >= s->places)
        return NULL;
    if (s->units == 0)
        return "none";
    if (s->fits == 0)
        return s->has_role > 0 ? "kit" : "role";
    if (s->passes == 0)
        return !s->has_way                        ? "no way by sea"
               : s->binding == MST_RUNG_ALLOTMENT ? "fuel" /* short: both domains fit a column */
               : s->binding <= MST_RUNG_USABLE && domain == MST_NAVAL
                   ? "tank"
                   : mst_page_binding(s->binding, domain == MST_AIR);
    return s->ready < s->passes ? "readiness" : "number";
}

static const char *const domain_words[] = {"ships", "aircraft"};

const char *mst_page_able_reason(mst_page *page, const mst_verdict *v)
{
    const char *out = "";
    const side sides[] = {side_of(page, v->state, MST_NAVAL), side_of(page, v->state, MST_AIR)};
    if (v->stage[0].standing == MST_YES) {
        const int32_t only = sides[1].slot_count == 0 ? 0 : sides[0].slot_count == 0 ? 1 : -1;
        if (only < 0 || sides[only].slot_count != 1)
            return "fills enough of its places";
        return mst_page_printf(page, "%s, %d needed",
                               mst_page_number(page, sides[only].ready, sides[only].role,
                                               mst_page_printf(page, "%ss", sides[only].role)),
                               (int)sides[only].places);
    }
    for (int32_t domain = MST_NAVAL; domain <= MST_AIR; domain++) {
        const char *limit = limit_of(&sides[domain], (mst_domain)domain);
        if (limit)
            out = mst_page_printf(page, "%s%s%s (%s)", out, *out ? ", " : "", limit,
                                  domain == MST_NAVAL ? "ships" : "air"); /* for a column */
    }
    return *out ? out : "too few places filled";
}

/* What keeps a side from filling its places, in words that stand alone; null: it fills them. */
static const char *lack_of(mst_page *page, const side *s, mst_domain domain)
{
    const char *many = domain_words[domain], *one = domain == MST_NAVAL ? "ship" : "aircraft";
    if (!limit_of(s, domain))
        return NULL;
    if (s->units == 0)
        return mst_page_printf(page, "it has no %s to send", many);
    if (s->fits == 0)
        return s->has_role == 0 ? mst_page_printf(page, "no %s has the role asked for (%s)", one,
                                                  mst_page_plain(page, s->role))
               : s->missing ? mst_page_printf(page, "no %s has the equipment asked for (%s)", one,
                                              mst_page_kit(page, s->missing))
                            : mst_page_printf(page, "no %s has all the equipment asked for", one);
    if (s->passes > 0)
        return mst_page_printf(page, "too few %s %s", many,
                               s->ready < s->passes ? "are ready" : "can come");
    if (!s->has_way)
        return mst_page_printf(page, "%s have no way there", many);
    switch (s->binding) {
    case MST_RUNG_TANK:
    case MST_RUNG_USABLE:
        return mst_page_printf(page, "%s cannot go that far, stay and return", many);
    case MST_RUNG_ALLOTMENT:
        return mst_page_printf(page, "%s are not issued the fuel", many);
    case MST_RUNG_TIME:
        return mst_page_printf(page, "%s cannot be there in time", many);
    case MST_RUNG_SEA:
        return mst_page_printf(page, "the sea is too rough for its %s", many);
    case MST_RUNG_COUNT:
        break;
    }
    return mst_page_printf(page, "%s fill too few places", many);
}

const char *mst_page_able_lack(mst_page *page, const mst_verdict *v)
{
    const char *out = "";
    for (int32_t domain = MST_NAVAL; domain <= MST_AIR; domain++) {
        const side s = side_of(page, v->state, (mst_domain)domain);
        const char *lack = lack_of(page, &s, (mst_domain)domain);
        if (lack)
            out = mst_page_printf(page, "%s%s%s", out, *out ? "; " : "", lack);
    }
    return *out ? out : "too few places filled";
}

/* ---- sentences ---------------------------------------------------------------------------------- */

/* The tank would do, the allotment does not. */
static bool held_by_allotment(const mst_reach *reach)
{
    return reach->has_way && reach->has_range && reach->binding == MST_RUNG_ALLOTMENT;
}

const char *mst_page_allotment(const mst_page *page, int32_t unit)
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
    const bool assumed = !fact || fact->confidence == MUSTER_ASSUMED;
    mst_arena_clear(&scratch);
    return assumed ? "an assumed allotment" : "an allotment";
}

/* "physically able; kept in port by an assumed allotment of 18 t (est.); the mission takes .." */
static void tell_held(mst_page *page, int32_t unit, const mst_reach *reach, const char *lead,
                      int32_t indent)
{
    const mst_unit_row *u = &page->model->unit[unit];
    const char *mark = u->fuel_estimated ? " (est.)" : "";
    mst_page_words(page, indent, NULL,
                   "%s%s: physically able; kept in port by %s of %.3g t%s; the mission takes %.2g "
                   "t%s.",
                   u->name, lead, mst_page_allotment(page, unit), u->allotment_kg / MST_T_KG, mark,
                   reach->mission_kg / MST_T_KG, mark);
}

/* "a full tank", "0.85 of a tank" */
static const char *filled(mst_page *page, const mst_unit_row *u)
{
    const double share = u->on_board_kg / u->tank_kg;
    return share > 0.995 ? "a full tank" : mst_page_printf(page, "%.2f of a tank", share);
}

static void tell_cannot(mst_page *page, int32_t unit, const mst_reach *reach, int32_t indent)
{
    const mst_unit_row *u = &page->model->unit[unit];
    const double needed_nm = 0.5 * (reach->out_m + reach->back_m) / MUSTER_NM_M;
    const double radius_nm =
        reach->radius_m[reach->binding < MST_RUNG_COUNT ? reach->binding : 0] / MUSTER_NM_M;
    if (!reach->has_way)
        mst_page_words(page, indent, NULL, "%s cannot: no way by sea.", u->name);
    else if (reach->binding == MST_RUNG_TIME)
        mst_page_words(page, indent, NULL, "%s cannot: %.0f nm are too far for the time.", u->name,
                       needed_nm);
    else if (reach->binding == MST_RUNG_SEA)
        mst_page_words(page, indent, NULL, "%s cannot: the sea is too rough for it.", u->name);
    else if (radius_nm < 0.0)
        mst_page_words(page, indent, NULL, "%s cannot: fuel on board (%s) does not cover the stay.",
                       u->name, filled(page, u));
    else
        mst_page_words(page, indent, NULL,
                       "%s cannot: fuel on board (%s) takes it %.0f nm out and back, "
                       "%.0f nm are needed.",
                       u->name, filled(page, u), radius_nm, needed_nm);
}

static void tell_ship(mst_page *page, int32_t unit, const char *lead, int32_t indent)
{
    int32_t slot = -1;
    (void)mst_page_misfit(page, unit, &slot);
    if (slot < 0)
        return;
    const mst_reach reach = mst_reach_of(page->model, page->drill, unit, slot, -1);
    if (held_by_allotment(&reach))
        tell_held(page, unit, &reach, lead, indent);
    else if (reach.has_range && !reach.passes)
        tell_cannot(page, unit, &reach, indent);
}

/* Of the ships that do not fit the one that comes nearest: with the role, then the largest tank. */
static int32_t nearest_ship(const mst_page *page, int32_t state)
{
    int32_t best = -1;
    double most = -INFINITY;
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        const mst_unit_row *u = &page->model->unit[i];
        const int32_t slot =
            u->state == state && u->domain == MST_NAVAL ? nearest_slot(page, state, i) : -1;
        if (slot < 0 || !u->has_range)
            continue;
        const bool has_role =
            mst_slot_misfit(page->model, page->drill, slot, i, NULL) != MST_LACKS_ROLE;
        const double score = (has_role ? 1e6 : 0.0) + u->tank_kg / 1e6;
        if (score > most) {
            most = score;
            best = i;
        }
    }
    return best;
}

static void tell_ships(mst_page *page, int32_t state, int32_t indent)
{
    enum { SHOWN = 3 };
    const side s = side_of(page, state, MST_NAVAL);
    if (!limit_of(&s, MST_NAVAL))
        return;
    if (s.fits == 0) {
        const char *why = s.units == 0      ? "there is none"
                          : s.has_role == 0 ? mst_page_printf(page, "none is an %s", s.role)
                          : s.missing ? mst_page_printf(page, "none has the kit asked for (%s)",
                                                        mst_page_kit(page, s.missing))
                                      : "none has all that is asked for";
        mst_page_words(page, indent, NULL,
                       "Ships do not meet the role: %s; fuel alone changes nothing.", why);
        const int32_t near = nearest_ship(page, state);
        if (near >= 0)
            tell_ship(page, near, " also lacks fuel", indent);
        return;
    }
    int32_t told = 0;
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        int32_t slot = -1;
        if (page->model->unit[i].state == state && page->model->unit[i].domain == MST_NAVAL &&
            !mst_page_misfit(page, i, &slot) && told++ < SHOWN)
            tell_ship(page, i, " is not allotted the fuel", indent);
    }
    if (told > SHOWN)
        mst_page_words(page, indent, NULL, "and %d more of its ships; muster reach has all.",
                       (int)(told - SHOWN));
}

const char *mst_page_squadron(mst_page *page, int32_t unit)
{
    const mst_unit_row *u = &page->model->unit[unit];
    return mst_page_printf(page, "%s from %s", u->class_name ? u->class_name : u->name,
                           page->model->spot[u->home].name);
}

/* One sentence for all squadrons that fit the role, and how long the best could stay. */
static void tell_aircraft(mst_page *page, int32_t state, int32_t indent)
{
    const side s = side_of(page, state, MST_AIR);
    if (!limit_of(&s, MST_AIR) || s.passes > 0)
        return;
    if (s.fits == 0) {
        mst_page_words(page, indent, NULL, "Aircraft do not meet the role: %s.",
                       s.units == 0 ? "there is none"
                                    : mst_page_printf(page, "none is a %s as asked for", s.role));
        return;
    }
    const char *squadrons =
        s.fits == 1 ? "1 squadron fits the role, it"
                    : mst_page_printf(page, "%d squadrons fit the role, none", (int)s.fits);
    if (s.best_s < 0.0)
        mst_page_words(page, indent, NULL, "Aircraft cannot: %s%s get there and back.", squadrons,
                       s.fits == 1 ? " cannot" : " can");
    else
        mst_page_words(page, indent, NULL,
                       "Aircraft cannot: %s%s stay the %.0f minutes asked for; the longest stay is "
                       "%.0f minutes (%s).",
                       squadrons, s.fits == 1 ? " cannot" : " can", s.asked_s / 60.0,
                       s.best_s / 60.0, mst_page_squadron(page, s.best));
}

void mst_tell_misfits(mst_page *page, int32_t state, int32_t indent)
{
    tell_ships(page, state, indent);
    tell_aircraft(page, state, indent);
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
