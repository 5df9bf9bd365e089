/* Rows of what sails and flies, and of the places. Figures without a table default that rest on
 * others (hotel share, sustained speed, usable fraction, turnaround) are derived at compile. */
#include "model/row.h"
#include "model/spec.h"

static const char *const crafts[] = {"ship", "aircraft", "helicopter", "submarine", NULL};
static const char *const sizes[] = {"fighter", "large", "helicopter", NULL};
static const char *const base_kinds[] = {"port", "airfield", "both", NULL};
static const char *const area_kinds[] = {"circle", "polygon", NULL};

static const muster_field curve_rows[] = {
    MST_ROW_REAL(mst_curve_def, speed_mps, "speed_kn", "kn", 0, 80, MST_NAN, MST_REQUIRED,
                 "Speed through the water."),
    MST_ROW_REAL(mst_curve_def, rate_kgps, "rate_t_per_h", "t/h", 0, 500, MST_NAN, MST_REQUIRED,
                 "Fuel burnt at that speed."),
    MST_ROW_END,
};

const muster_field mst_fields_class[] = {
    MST_ROW_TEXT(mst_class_def, name, "name", MST_PLAIN, "Name as printed; else the id."),
    MST_ROW_TEXT(mst_class_def, type, "type", MST_PLAIN, "Type as in tables: DDG, FFG, fighter."),
    MST_ROW_CHOICE(mst_class_def, craft, "craft", crafts, "ship", MST_PLAIN,
                   "What moves: on the sea, under it or in the air."),
    MST_ROW_TEXTS(mst_class_def, roles, "roles", 0,
                  "Roles it can fill; slots and serials ask for the same words."),
    MST_ROW_TEXTS(mst_class_def, kit, "kit", 0,
                  "Kit it carries (hull sonar, data link, ...); slots and serials name the same."),
    MST_ROW_INT(mst_class_def, sea_state_limit, "sea_state_limit", 0, 9, MST_NAN, 0,
                "Highest Douglas sea state in which it can work; none: no limit."),
    MST_ROW_REAL(mst_class_def, max_speed_mps, "max_speed_kn", "kn", 0.1, 2000, MST_NAN, 0,
                 "Maximum speed."),
    MST_ROW_REAL(mst_class_def, sustained_speed_mps, "sustained_speed_kn", "kn", 0.1, 2000, MST_NAN,
                 0, "Speed it can keep for days; .9 of the maximum unless given."),
    MST_ROW_REAL(mst_class_def, station_speed_mps, "station_speed_kn", "kn", 0, 80, 10, 0,
                 "Speed of a ship on station and while waiting."),
    MST_ROW_REAL(mst_class_def, range_m, "range_nm", "nm", 0, 40000, MST_NAN, MST_ABOVE,
                 "Published range, at range_speed_kn."),
    MST_ROW_REAL(mst_class_def, range_speed_mps, "range_speed_kn", "kn", 0.1, 2000, MST_NAN, 0,
                 "Speed to which the published range belongs."),
    MST_ROW_BOOL(mst_class_def, range_assumed, "range_assumed", 0, MST_PLAIN,
                 "True marks a range that nobody published; without a range a class fills no "
                 "slot."),
    MST_ROW_REAL(mst_class_def, fuel_kg, "fuel_t", "t", 0, 20000, MST_NAN, MST_ABOVE,
                 "Fuel in full tanks; for ships estimated from power and range if missing."),
    MST_ROW_REAL(mst_class_def, cargo_fuel_kg, "cargo_fuel_t", "t", 0, 100000, MST_NAN, 0,
                 "Fuel carried for others."),
    MST_ROW_REAL(mst_class_def, power_w, "power_mw", "MW", 0, 500, MST_NAN, MST_ABOVE,
                 "Installed propulsion power."),
    MST_ROW_REAL(mst_class_def, displacement_kg, "displacement_t", "t", 0, 700000, MST_NAN,
                 MST_ABOVE, "Full-load displacement; mass at take-off of an aircraft."),
    MST_ROW_REAL(mst_class_def, length_m, "length_m", "m", 1, 500, MST_NAN, 0, "Length over all."),
    MST_ROW_REAL(mst_class_def, hotel_share, "hotel_share", NULL, 0, 0.9, MST_NAN, 0,
                 "Share of the burn at the range speed that does not depend on speed; .35, or .05 "
                 "where the range is quoted at 25 kn or more, unless given."),
    MST_ROW_REAL(mst_class_def, fuel_kg_per_kwh, "fuel_kg_per_kwh", NULL, 0.1, 1, 0.21, 0,
                 "Fuel that a ship's engines burn for each kWh; a tank that is not given is "
                 "estimated by it from range and power."),
    MST_ROW_REAL(mst_class_def, exponent, "exponent", NULL, 1, 6, 3, 0,
                 "Exponent of speed in the rest of a ship's burn."),
    MST_ROW_REAL(mst_class_def, margin, "margin", NULL, 0.2, 5, 1, 0,
                 "Factor on every burn: fouling, weather, age."),
    MST_ROW_REAL(mst_class_def, usable_fraction, "usable_fraction", NULL, 0, 1, MST_NAN, MST_ABOVE,
                 "Share of the fuel on board that can be burnt; .95 for ships, 1 for aircraft "
                 "unless given."),
    MST_ROW_REAL(mst_class_def, reserve_frac, "reserve_frac", NULL, 0, 0.9, 0.20, 0,
                 "Share of a ship's full tank that a mission must leave."),
    MST_ROW_LIST(mst_class_def, curve, "curve", curve_rows, mst_curve_def, 0,
                 "Measured burn at two or more speeds, in place of hotel share and exponent."),
    MST_ROW_REAL(mst_class_def, cruise_mps, "cruise_kn", "kn", 10, 2000, MST_NAN, 0,
                 "Cruising speed of an aircraft."),
    MST_ROW_REAL(mst_class_def, ferry_range_m, "ferry_range_nm", "nm", 0, 20000, MST_NAN, MST_ABOVE,
                 "Greatest range of an aircraft on internal fuel."),
    MST_ROW_REAL(mst_class_def, brochure_radius_m, "brochure_radius_nm", "nm", 0, 10000, MST_NAN,
                 MST_ABOVE, "Published combat radius, printed beside the computed one."),
    MST_ROW_REAL(mst_class_def, climb_frac, "climb_frac", NULL, 0, 0.5, 0.06, 0,
                 "Share of an aircraft's fuel that a climb takes; it takes no time of its own."),
    MST_ROW_REAL(mst_class_def, loiter_factor, "loiter_factor", NULL, 0.1, 2, 0.8, 0,
                 "Burn per hour of an aircraft on station, as a share of that at cruise."),
    MST_ROW_REAL(mst_class_def, reserve_fuel_frac, "reserve_fuel_frac", NULL, 0, 0.5, 0.05, 0,
                 "Share of an aircraft's fuel kept in reserve, besides reserve_loiter."),
    MST_ROW_DURATION(mst_class_def, reserve_loiter, "reserve_loiter", 0, 12, "20 min", 0,
                     "Loiter kept in reserve at an aircraft's return."),
    MST_ROW_DURATION(mst_class_def, turnaround, "turnaround", 0, 240, NULL, 0,
                     "Between landing and the next take-off; 3 h fighter, 5 h large, 1.5 h "
                     "helicopter unless given."),
    MST_ROW_CHOICE(mst_class_def, size, "size", sizes, NULL, MST_PLAIN,
                   "Size of an aircraft, which chooses its turnaround; fighter, for helicopters "
                   "helicopter, unless given."),
    MST_ROW_REAL(mst_class_def, sorties_per_day, "sorties_per_day", NULL, 0, 24, MST_NAN, MST_ABOVE,
                 "Most sorties of one aircraft in a day; 2 fighter, 1 large, 3 helicopter unless "
                 "given."),
    MST_ROW_END,
};

const muster_field mst_fields_base[] = {
    MST_ROW_TEXT(mst_base_def, name, "name", MST_PLAIN, "Name as printed; else the id."),
    MST_ROW_TEXT(mst_base_def, nation, "nation", MST_PLAIN,
                 "Id of the state it belongs to, which need not be in the scenario."),
    MST_ROW_CHOICE(mst_base_def, kind, "kind", base_kinds, "port", MST_PLAIN,
                   "What can use it: ships, aircraft or both."),
    MST_ROW_REAL(mst_base_def, lat_deg, "lat_deg", "deg", -90, 90, MST_NAN, MST_GEO | MST_REQUIRED,
                 "Latitude, north positive."),
    MST_ROW_REAL(mst_base_def, lon_deg, "lon_deg", "deg", -180, 360, MST_NAN,
                 MST_GEO | MST_REQUIRED, "Longitude, east positive."),
    MST_ROW_REAL(mst_base_def, sea_lat_deg, "sea_lat_deg", "deg", -90, 90, MST_NAN, MST_GEO,
                 "Latitude of the point in open water where routes from a port begin."),
    MST_ROW_REAL(mst_base_def, sea_lon_deg, "sea_lon_deg", "deg", -180, 360, MST_NAN, MST_GEO,
                 "Longitude of that point."),
    MST_ROW_END,
};

const muster_field mst_fields_area[] = {
    MST_ROW_TEXT(mst_area_def, name, "name", MST_PLAIN, "Name as printed; else the id."),
    MST_ROW_CHOICE(mst_area_def, kind, "kind", area_kinds, "circle", MST_PLAIN | MST_GEO,
                   "Shape: a circle about a point, or a polygon of points."),
    MST_ROW_REAL(mst_area_def, lat_deg, "lat_deg", "deg", -90, 90, MST_NAN, MST_GEO,
                 "Latitude of a circle's centre."),
    MST_ROW_REAL(mst_area_def, lon_deg, "lon_deg", "deg", -180, 360, MST_NAN, MST_GEO,
                 "Longitude of a circle's centre."),
    MST_ROW_REAL(mst_area_def, radius_m, "radius_nm", "nm", 0, 5000, MST_NAN, MST_GEO | MST_ABOVE,
                 "Radius of a circle."),
    MST_ROW_POINTS(mst_area_def, points, "points", MST_GEO,
                   "Corners of a polygon in order, three or more."),
    MST_ROW_BOOL(mst_area_def, avoid, "avoid", 0, MST_GEO, "True: sea routes go round it."),
    MST_ROW_END,
};

const muster_field mst_fields_strait[] = {
    MST_ROW_TEXT(mst_strait_def, name, "name", MST_PLAIN, "Name as printed; else the id."),
    MST_ROW_POINTS(mst_strait_def, line, "line", MST_GEO | MST_REQUIRED,
                   "The gate: two points, one on each shore."),
    MST_ROW_REAL(mst_strait_def, width_m, "width_km", "km", 0, 1000, MST_NAN, MST_ABOVE,
                 "Published width, printed beside the measured one."),
    MST_ROW_BOOL(mst_strait_def, open, "open", 1, MST_GEO, "False: no route passes through it."),
    MST_ROW_END,
};

const muster_field mst_fields_unit[] = {
    MST_ROW_TEXT(mst_unit_def, name, "name", MST_PLAIN, "Name as printed; else the id."),
    MST_ROW_TEXT(mst_unit_def, pennant, "pennant", MST_PLAIN, "Pennant or hull number."),
    MST_ROW_REF(mst_unit_def, class_, "class", "classes", MST_REQUIRED,
                "Class; any key of a class may stand here too, as the unit's own figure."),
    MST_ROW_REF(mst_unit_def, state, "state", "states", MST_REQUIRED, "State it belongs to."),
    MST_ROW_REF(mst_unit_def, base, "base", "bases", MST_GEO,
                "Base from which it sails or flies and to which it returns."),
    MST_ROW_REF(mst_unit_def, parent, "parent", "units", MST_GEO,
                "Ship that carries it; its base then."),
    MST_ROW_INT(mst_unit_def, count, "count", 0, 1000, 1, MST_PLAIN,
                "Ships made from this entry (ID-1, ID-2, ...), or aircraft of the squadron; 0: "
                "none."),
    MST_ROW_REAL(mst_unit_def, readiness, "readiness", NULL, 0, 1, 1, 0,
                 "Probability that it is serviceable at sailing; of each aircraft, each day."),
    MST_ROW_REAL(mst_unit_def, fuel_frac, "fuel_frac", NULL, 0, 1, 1, 0,
                 "Fuel on board at sailing as a share of a full tank."),
    MST_ROW_REAL(mst_unit_def, on_board_kg, "on_board_t", "t", 0, 20000, MST_NAN, 0,
                 "Fuel on board at sailing; in place of fuel_frac."),
    MST_ROW_REAL(mst_unit_def, allotment_kg, "allotment_t", "t", 0, 20000, MST_NAN, 0,
                 "Fuel issued to it for a drill; none: no such limit."),
    MST_ROW_REAL(mst_unit_def, allotment_frac, "allotment_frac", NULL, 0, 1, MST_NAN, 0,
                 "The same as a share of a full tank."),
    MST_ROW_REAL(mst_unit_def, allotment_sorties, "allotment_sorties", NULL, 0, 10000, MST_NAN, 0,
                 "The same for aircraft, in sorties of the squadron."),
    MST_ROW_BOOL(mst_unit_def, took_part, "took_part", 0, 0,
                 "True if it is on record as having taken part; it is ready then unless "
                 "readiness is given."),
    MST_ROW_TEXT(mst_unit_def, sailing_delay, "sailing_delay_h", 0,
                 "Distribution of its delay at sailing in hours, in place of "
                 "chance.sailing_delay_h."),
    MST_ROW_INLINE(mst_unit_def, own, mst_fields_class, mst_class_def,
                   "Any key of a class, as the unit's own figure in place of its class's."),
    MST_ROW_END,
};

static const muster_field via_rows[] = {
    MST_ROW_TEXT(mst_via_def, name, "name", MST_PLAIN, "Name of the point."),
    MST_ROW_REAL(mst_via_def, lat_deg, "lat_deg", "deg", -90, 90, MST_NAN, MST_GEO | MST_REQUIRED,
                 "Latitude, north positive."),
    MST_ROW_REAL(mst_via_def, lon_deg, "lon_deg", "deg", -180, 360, MST_NAN, MST_GEO | MST_REQUIRED,
                 "Longitude, east positive."),
    MST_ROW_MOMENT(mst_via_def, at, "at", 0, "When the group passes it; none: on its way."),
    MST_ROW_END,
};

const muster_field mst_fields_group[] = {
    MST_ROW_TEXT(mst_group_def, name, "name", MST_PLAIN, "Name as printed; else the id."),
    MST_ROW_REFS(mst_group_def, members, "members", "units", MST_REQUIRED, "Units in it."),
    MST_ROW_REF(mst_group_def, guide, "guide", "units", MST_PLAIN,
                "Unit by which the others steer; the first member unless given."),
    MST_ROW_REF(mst_group_def, drill, "drill", "drills", MST_PLAIN,
                "Drill it sails to; needed where there are several."),
    MST_ROW_MOMENT(mst_group_def, depart, "depart", 0,
                   "Planned sailing; the speed of advance then follows from the muster time."),
    MST_ROW_MOMENT(mst_group_def, arrive, "arrive", 0,
                   "Planned arrival; the latest sailing at the economical speed follows."),
    MST_ROW_LIST(mst_group_def, via, "via", via_rows, mst_via_def, MST_GEO,
                 "Points on the way, in order."),
    MST_ROW_BOOL(mst_group_def, allow_max_speed, "allow_max_speed", 0, MST_PLAIN,
                 "True: a late group may run at its slowest member's maximum speed."),
    MST_ROW_TEXT(mst_group_def, speed_factor, "speed_factor", 0,
                 "Distribution of its speed made good over the speed planned, one draw a leg, in "
                 "place of chance.speed_factor."),
    MST_ROW_END,
};
