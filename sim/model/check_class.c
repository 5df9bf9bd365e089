/* Figures of the classes that units use: what is missing, and what cannot be true together. */
#include "model/check.h"

#include "base/units.h"
#include "model/craft.h"
#include "model/fields.h"
#include "model/walk.h"

#include <math.h>

/* Whose figures they are, for messages. */
typedef struct owner {
    const char *what, *id;
    mst_place place;
} owner;

static void check_curve(mst_checker *c, const owner *of, const mst_class_def *figures)
{
    const mst_list *curve = &figures->curve;
    if (curve->count == 1)
        MST_ERROR(c, of->place, NULL, "%s '%s': a curve needs two points or more", of->what,
                  of->id);
    for (int32_t i = 0; i < curve->count; i++) {
        const mst_curve_def *point = MST_AT(const mst_curve_def, curve, i);
        const mst_place place = mst_place_or(point->item.place, &figures->item);
        if (i > 0 && !(point->speed_mps > MST_AT(const mst_curve_def, curve, i - 1)->speed_mps))
            MST_ERROR(c, place, NULL, "%s '%s': speeds of a curve must rise", of->what, of->id);
        if (!(point->rate_kgps > 0.0))
            MST_ERROR(c, place, NULL, "%s '%s': the burn of a curve must be above 0", of->what,
                      of->id);
    }
}

static void check_accord(mst_checker *c, const owner *of, const mst_class_def *f)
{
    double share;
    const mst_accord accord = mst_hull_accord(f, &share);
    const double tonnes = f->fuel_kg / MST_T_KG, megawatts = f->power_w / 1e6;
    const double range_nm = f->range_m / MUSTER_NM_M, range_kn = f->range_speed_mps / MST_KN_MPS;
    if (accord == MST_ACCORD_TOO_FAST)
        MST_ERROR(c, of->place, NULL,
                  "%s '%s': its range is quoted at %.4g kn, above its maximum speed of %.4g kn",
                  of->what, of->id, range_kn, f->max_speed_mps / MST_KN_MPS);
    else if (accord == MST_ACCORD_NEVER)
        MST_ERROR(c, of->place, "give hotel_share, or correct one of them",
                  "%s '%s': %.4g t, %.4g MW and %.5g nm at %.4g kn cannot all be true "
                  "(the hotel share would be %.2f; possible is -0.50 to 0.90)",
                  of->what, of->id, tonnes, megawatts, range_nm, range_kn, share);
    else if (accord == MST_ACCORD_DOUBTFUL)
        MST_WARN(c, of->place, "give hotel_share to settle it",
                 "%s '%s': %.4g t, %.4g MW and %.5g nm at %.4g kn hardly agree "
                 "(the hotel share would be %.2f); the default share is used",
                 of->what, of->id, tonnes, megawatts, range_nm, range_kn, share);
}

static void check_ship(mst_checker *c, const owner *of, const mst_class_def *f)
{
    const bool has_pair = f->range_m > 0.0 && f->range_speed_mps > 0.0;
    check_curve(c, of, f);
    check_accord(c, of, f);
    if (f->range_m > 0.0 && isnan(f->range_speed_mps))
        MST_ERROR(c, of->place, NULL, "%s '%s': range_nm needs range_speed_kn", of->what, of->id);
    else if (!has_pair && f->curve.count < 2)
        MST_WARN(c, of->place, NULL, "%s '%s': no range known; it fills no slot", of->what, of->id);
    else if (has_pair && isnan(f->fuel_kg) && f->curve.count < 2 &&
             (isnan(f->power_w) || isnan(f->max_speed_mps)))
        MST_WARN(c, of->place, "give fuel_t, or power_mw and max_speed_kn",
                 "%s '%s': fuel is not known; distances hold, tonnes are counted in a tank of "
                 "%.0f t",
                 of->what, of->id, MST_NOMINAL_SHIP_KG / MST_T_KG);
    if (isnan(f->max_speed_mps) && f->curve.count < 2)
        MST_WARN(c, of->place, NULL,
                 "%s '%s': max_speed_kn is not given; the fastest speed named is taken for it",
                 of->what, of->id);
}

static void check_on_board(mst_checker *c, const mst_unit_def *unit)
{
    mst_class_def figures;
    mst_hull hull;
    if (isnan(unit->on_board_kg))
        return;
    mst_unit_figures(c->spec, unit, &figures);
    const mst_craft craft = mst_unit_craft(c->spec, unit);
    const bool is_ship = mst_craft_is_naval(craft);
    if (is_ship && (!mst_hull_of(&figures, c->arena, &hull) || hull.fuel_unknown))
        return; /* no memory, or no tank to compare with */
    const double tank_kg = is_ship ? hull.tank_kg : mst_wing_of(&figures, craft).flight.tank_kg;
    if (unit->on_board_kg > tank_kg * (1.0 + 1e-9))
        MST_ERROR(c, unit->item.place, "on_board_t is what it sails with, at most a full tank",
                  "unit '%s': %.4g t on board, but its tank holds %.4g t",
                  mst_name_of(NULL, &unit->item), unit->on_board_kg / MST_T_KG, tank_kg / MST_T_KG);
}

static void check_aircraft(mst_checker *c, const owner *of, const mst_class_def *f)
{
    if (!mst_wing_of(f, MST_AIRCRAFT).has_range)
        MST_WARN(c, of->place, NULL,
                 "%s '%s': no range known (ferry_range_nm and cruise_kn); it fills no slot",
                 of->what, of->id);
}

/* Texts and lists of words prove nothing about figures. */
static bool is_figure_told(const mst_checker *c, const char *section, const mst_item *item)
{
    for (const muster_field *row = mst_fields_class; row->key; row++)
        if (row->kind != MUSTER_FIELD_TEXT && row->kind != MUSTER_FIELD_TEXTS &&
            mst_check_told(c, section, item, row->key))
            return true;
    return false;
}

/* A slip in a figure of a class, of what it is like or of the unit: the rest proves nothing. */
static bool is_told(const mst_checker *c, const mst_unit_def *unit)
{
    const mst_class_def *class_ = mst_unit_class(c->spec, unit);
    if (!c->has_mistakes)
        return false;
    if (mst_check_told(c, "units", &unit->item, "class") || is_figure_told(c, "units", &unit->item))
        return true;
    for (int32_t i = 0; class_ && i < MST_LIKE_STEPS; i++) {
        if (is_figure_told(c, "classes", &class_->item))
            return true;
        const char *like = class_->item.like;
        const int32_t up =
            like ? mst_table_find(&c->spec->classes, sizeof(mst_class_def), like) : -1;
        class_ = up < 0 ? NULL : MST_AT(const mst_class_def, &c->spec->classes, up);
    }
    return false;
}

static void check_figures(mst_checker *c, const owner *of, const mst_class_def *f, mst_craft craft)
{
    if (mst_craft_is_naval(craft))
        check_ship(c, of, f);
    else
        check_aircraft(c, of, f);
}

/* True if a unit has figures of its own that decide about range and fuel. */
static bool has_own_figures(const mst_class_def *own)
{
    return !isnan(own->range_m) || !isnan(own->range_speed_mps) || !isnan(own->fuel_kg) ||
           !isnan(own->power_w) || !isnan(own->max_speed_mps) || !isnan(own->hotel_share) ||
           !isnan(own->ferry_range_m) || !isnan(own->cruise_mps) || own->curve.count > 0 ||
           own->craft >= 0;
}

void mst_check_classes(mst_checker *c)
{
    const mst_spec *spec = c->spec;
    bool *is_checked =
        mst_arena_array(c->arena, (size_t)spec->classes.count + 1, sizeof *is_checked);
    if (!is_checked)
        return;
    for (int32_t i = 0; i < spec->units.count; i++) {
        const mst_unit_def *unit = MST_AT(const mst_unit_def, &spec->units, i);
        const int32_t index = mst_ref_index(&spec->classes, sizeof(mst_class_def), &unit->class_);
        if (is_told(c, unit))
            continue;
        check_on_board(c, unit);
        if (has_own_figures(&unit->own)) {
            const owner of = {"unit", mst_name_of(NULL, &unit->item), unit->item.place};
            mst_class_def figures;
            mst_unit_figures(spec, unit, &figures);
            check_figures(c, &of, &figures, mst_unit_craft(spec, unit));
        } else if (index >= 0 && !is_checked[index]) {
            const mst_class_def *class_ = MST_AT(const mst_class_def, &spec->classes, index);
            const owner of = {"class", mst_name_of(NULL, &class_->item), class_->item.place};
            is_checked[index] = true;
            check_figures(c, &of, class_, mst_unit_craft(spec, unit));
        }
    }
}
