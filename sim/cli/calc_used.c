/* What an answer of the slide rule rests on: the figures it used, and how sure each is. */
#include "cli/calc.h"

#include "base/units.h"
#include "model/fields.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* One list of figures being told, in words and as JSON. */
typedef struct teller {
    calc_ask *ask;
    const calc_subject *subject;
    mst_text list; /* "range 4000 nm (low), ..." */
} teller;

/* How sure a figure is; `made`: what to say when the class does not give it. */
static const char *mark_of(const teller *t, const char *key, const char *made, const char **source)
{
    *source = NULL;
    if (!t->subject->class_)
        return made;
    char path[MUSTER_TIME_TEXT + 96];
    snprintf(path, sizeof path, "classes.%s.%s", t->subject->text, key);
    const mst_fact *fact = mst_spec_fact(&t->ask->session->scenario->spec, path);
    if (!fact)
        return made;
    *source = fact->source;
    const bool is_range = strcmp(key, "range_nm") == 0;
    if (fact->confidence == MUSTER_ASSUMED || (is_range && t->subject->class_->range_assumed == 1))
        return mst_confidence_names[MUSTER_ASSUMED];
    return fact->confidence == MUSTER_ESTIMATED ? "est." : mst_confidence_names[fact->confidence];
}

static void tell(teller *t, const char *key, const char *label, double value, const char *unit,
                 const char *mark, const char *source)
{
    mst_text_printf(&t->list, "%s%s %.4g%s%s (%s)", t->list.length ? ", " : "", label, value,
                    *unit ? " " : "", unit, mark);
    mst_json_object(t->ask->json, NULL);
    mst_json_text(t->ask->json, "key", key);
    mst_json_real(t->ask->json, "value", value);
    mst_json_text(t->ask->json, "mark", mark);
    mst_json_text(t->ask->json, "source", source);
    mst_json_end(t->ask->json);
}

static void tell_marked(teller *t, const char *key, const char *label, double value,
                        const char *unit, const char *made)
{
    const char *source;
    const char *mark = mark_of(t, key, made, &source);
    tell(t, key, label, value, unit, mark, source);
}

static void begin(teller *t, calc_ask *ask, const calc_subject *subject)
{
    *t = (teller){.ask = ask, .subject = subject};
    mst_text_init(&t->list, NULL);
    const mst_class_def *c = subject->class_;
    mst_json_object(ask->json, "used");
    mst_json_text(ask->json, "class", c ? subject->text : NULL);
    mst_json_text(ask->json, "name", c ? (c->name ? c->name : subject->text) : subject->text);
    mst_json_array(ask->json, "figures");
}

static void end(teller *t)
{
    const calc_subject *subject = t->subject;
    mst_json_end(t->ask->json);
    mst_json_end(t->ask->json);
    mst_text line;
    mst_text_init(&line, NULL);
    if (subject->class_)
        mst_text_printf(&line, "Used, of the class %s (%s): %s.",
                        subject->class_->name ? subject->class_->name : subject->text,
                        subject->text, t->list.bytes ? t->list.bytes : "");
    else
        mst_text_printf(&line, "Used, of a ship given by its range: %s.",
                        t->list.bytes ? t->list.bytes : "");
    mst_text_wrap(&t->ask->used, line.bytes ? line.bytes : "", 0, 2, 80);
    mst_text_add(&t->ask->used, "\n");
    if (subject->class_)
        mst_text_printf(&t->ask->used,
                        "Sources: muster show %s. est.: made from other figures; default: "
                        "assumed\n  where the class says nothing.\n",
                        subject->text);
    mst_text_clear(&line);
    mst_text_clear(&t->list);
}

static void tell_fuel(teller *t, const muster_ship_used *used)
{
    const double tonnes = used->fuel_kg / MST_T_KG;
    if (used->fuel_is_unknown)
        mst_text_add(&t->list, ", fuel not known (distances and times do not need it)");
    else
        tell_marked(t, "fuel_t", "tank", tonnes, "t", "est.");
}

bool calc_tell_ship(calc_ask *ask, const calc_subject *subject, double station_kn)
{
    const muster_ship *ship = &subject->ship;
    muster_ship_used used;
    const char *reason = "";
    if (!muster_calc_ship_used(ship, &used, &reason)) {
        calc_refuse(ask, reason);
        return false;
    }
    teller t;
    begin(&t, ask, subject);
    if (ship->range_m > 0.0) {
        tell_marked(&t, "range_nm", "range", ship->range_m / MUSTER_NM_M, "nm", "given");
        tell_marked(&t, "range_speed_kn", "quoted at", ship->range_speed_mps / MST_KN_MPS, "kn",
                    "given");
    }
    if (ship->curve_count > 0) {
        const char *source, *mark = mark_of(&t, "curve[0].rate_t_per_h", "given", &source);
        tell(&t, "curve", "points of its curve", ship->curve_count, "", mark, source);
    } else {
        tell_marked(&t, "hotel_share", "hotel share", used.hotel_share, "", "default");
        tell_marked(&t, "exponent", "exponent", used.exponent, "", "default");
    }
    tell_fuel(&t, &used);
    tell_marked(&t, "margin", "margin", used.margin, "", "default");
    tell_marked(&t, "reserve_frac", "reserve", used.reserve_frac, "of the tank", "default");
    tell_marked(&t, "usable_fraction", "usable", used.usable_fraction, "", "default");
    if (!isnan(station_kn)) {
        if (cli_value(ask->call, "--station"))
            tell(&t, "station_speed_kn", "speed on station", station_kn, "kn", "given", NULL);
        else
            tell_marked(&t, "station_speed_kn", "speed on station", station_kn, "kn", "default");
    }
    if (cli_value(ask->call, "--max"))
        tell(&t, "max_speed_kn", "greatest speed", used.max_mps / MST_KN_MPS, "kn", "given", NULL);
    else if (subject->class_)
        tell_marked(&t, "max_speed_kn", "greatest speed", used.max_mps / MST_KN_MPS, "kn", "est.");
    end(&t);
    return true;
}

bool calc_tell_plane(calc_ask *ask, const calc_subject *subject)
{
    const muster_plane *p = &subject->plane;
    const mst_class_def *c = subject->class_;
    muster_plane_used used;
    const char *reason = "";
    if (!muster_calc_plane_used(p, &used, &reason)) {
        calc_refuse(ask, reason);
        return false;
    }
    teller t;
    if (!used.fuel_is_unknown) {
        calc_figure(ask, "climb_kg", used.climb_kg);
        calc_figure(ask, "reserve_kg", used.reserve_kg);
        calc_figure(ask, "cruise_kg_per_nm", used.cruise_kgpm * MUSTER_NM_M);
        calc_figure(ask, "loiter_kg_per_h", used.loiter_kgps * MST_H_S);
    }
    begin(&t, ask, subject);
    tell_marked(&t, isnan(c->ferry_range_m) ? "range_nm" : "ferry_range_nm", "ferry range",
                p->ferry_range_m / MUSTER_NM_M, "nm", "given");
    tell_marked(&t, isnan(c->cruise_mps) ? "range_speed_kn" : "cruise_kn", "cruise",
                p->cruise_mps / MST_KN_MPS, "kn", "given");
    if (used.fuel_is_unknown)
        mst_text_add(&t.list, ", fuel not known (distances and times do not need it)");
    else
        tell_marked(&t, "fuel_t", "fuel", p->fuel_kg / MST_T_KG, "t", "given");
    tell_marked(&t, "margin", "margin", isnan(p->margin) ? 1.0 : p->margin, "", "default");
    tell_marked(&t, "usable_fraction", "usable", isnan(p->usable_fraction) ? 1 : p->usable_fraction,
                "", "default");
    tell_marked(&t, "climb_frac", "climb", p->climb_frac, "of the fuel", "default");
    tell_marked(&t, "loiter_factor", "loiter", p->loiter_factor, "of the cruise burn", "default");
    tell_marked(&t, "reserve_loiter", "reserve", p->reserve_loiter_s / 60.0, "min of loiter",
                "default");
    tell_marked(&t, "reserve_fuel_frac", "and", p->reserve_fuel_frac, "of the fuel", "default");
    if (!used.fuel_is_unknown)
        mst_text_printf(&t.list, ": in kg climb %.0f, reserve %.0f, %.2f a mile, %.0f an hour",
                        used.climb_kg, used.reserve_kg, used.cruise_kgpm * MUSTER_NM_M,
                        used.loiter_kgps * MST_H_S);
    end(&t);
    return true;
}
