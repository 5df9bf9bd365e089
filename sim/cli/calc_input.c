/* What a question of the slide rule takes: numbers, times, places, ships and aircraft. */
#include "cli/calc.h"

#include "base/units.h"
#include "model/lookup.h"

#include <math.h>
#include <string.h>

enum { NUMBER_BYTES = 64 };

const char *calc_argument(const calc_ask *ask, int index)
{
    return ask->call->argument[index + 1];
}

int calc_refuse(const calc_ask *ask, const char *reason)
{
    return cli_mistake(ask->session->as_json, NULL, "%s", reason);
}

bool calc_has_word(const char *list, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = list; *at; at += strspn(at, " ")) {
        const size_t here = strcspn(at, " ");
        if (here == length && memcmp(at, word, length) == 0)
            return true;
        at += here;
    }
    return false;
}

bool calc_number(const calc_ask *ask, const char *what, const char *text, size_t length, double low,
                 double high, double *out)
{
    char number[NUMBER_BYTES];
    if (length >= sizeof number) {
        cli_mistake(ask->session->as_json, NULL,
                    "%s is '%.16s...', %zu characters; allowed: a number from %g to %g, at most "
                    "%d characters",
                    what, text, length, low, high, NUMBER_BYTES - 1);
        return false;
    }
    memcpy(number, text, length);
    number[length] = '\0';
    if (mst_text_real(number, out) && *out >= low && *out <= high)
        return true;
    cli_mistake(ask->session->as_json, NULL, "%s is '%s'; allowed: a number from %g to %g", what,
                number, low, high);
    return false;
}

bool calc_option(const calc_ask *ask, const char *option, double low, double high, double fallback,
                 double *out)
{
    const char *text = cli_value(ask->call, option);
    *out = fallback;
    return !text || calc_number(ask, option, text, strlen(text), low, high, out);
}

bool calc_stay(const calc_ask *ask, const char *fallback, double *out_s)
{
    const char *given = cli_value(ask->call, "--stay");
    const char *text = given ? given : fallback;
    muster_time stay;
    if (muster_duration_read(text, &stay) && stay >= 0) {
        *out_s = (double)stay / (double)MUSTER_SECOND;
        return true;
    }
    cli_mistake(ask->session->as_json, "write it as '24 h'", "--stay is '%s'", text);
    return false;
}

bool calc_moment(const calc_ask *ask, const char *what, const char *text, muster_time *out)
{
    muster_interval at;
    if (muster_time_read(text, 0, &at)) {
        *out = at.from;
        return true;
    }
    cli_mistake(ask->session->as_json, "write it as 2023-07-20T00:00Z", "%s is '%s'", what, text);
    return false;
}

bool calc_place(const calc_ask *ask, int argument, bool air, muster_point *out)
{
    return cli_place(ask->session, calc_argument(ask, argument), air, ask->session->as_json, out);
}

bool calc_way(const calc_ask *ask, muster_point from, muster_point to, muster_way *out)
{
    cli_session *s = ask->session;
    if ((s->land || muster_land_open(NULL, 0, NULL, s->diags, &s->land) == MUSTER_OK) &&
        muster_way_find(s->scenario, s->land, from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg,
                        NULL, s->diags, out) == MUSTER_OK)
        return true;
    cli_print_diags(s->diags, s->as_json);
    return false;
}

/* "4000@13": nm and kn. */
static bool read_pair(const calc_ask *ask, const char *at, calc_subject *out)
{
    const char *text = out->text;
    double range_nm, speed_kn;
    if (!calc_number(ask, "the range (nm)", text, (size_t)(at - text), 1.0, 40000.0, &range_nm) ||
        !calc_number(ask, "its speed (kn)", at + 1, strlen(at + 1), 0.1, 100.0, &speed_kn))
        return false;
    out->ship = muster_calc_ship();
    out->ship.range_m = range_nm * MUSTER_NM_M;
    out->ship.range_speed_mps = speed_kn * MST_KN_MPS;
    return true;
}

/* --max: the greatest speed of a ship given by its range; a ship of a class is slower than that
 * with the law of its class, as a unit of a scenario would be. */
static bool read_max(const calc_ask *ask, calc_subject *out)
{
    double max_kn;
    if (!calc_option(ask, "--max", 0.1, 100.0, (double)NAN, &max_kn))
        return false;
    const double max_mps = max_kn * MST_KN_MPS;
    if (isnan(max_kn))
        return true;
    if (out->class_ && max_mps < out->ship.max_speed_mps)
        out->ship.limit_mps = max_mps;
    else
        out->ship.max_speed_mps = max_mps;
    return true;
}

bool calc_subject_of(const calc_ask *ask, calc_subject *out)
{
    const char *text = calc_argument(ask, 0), *at = strchr(text, '@'), *reason = "";
    *out = (calc_subject){.text = text};
    if (at)
        return read_pair(ask, at, out) && read_max(ask, out);
    out->class_ = cli_class(ask->session, text, ask->session->as_json);
    if (!out->class_)
        return false;
    out->is_plane = !mst_craft_is_naval((mst_craft)out->class_->craft);
    const muster_scenario *library = ask->session->scenario;
    if (out->is_plane ? !muster_calc_class_plane(library, text, &out->plane, &reason)
                      : !muster_calc_class_ship(library, text, &out->ship, &reason)) {
        calc_refuse(ask, reason);
        return false;
    }
    if (out->is_plane)
        return true;
    if (isnan(out->ship.range_m) && out->ship.curve_count == 0) {
        cli_mistake(ask->session->as_json, "give a range and its speed instead: 4000@13",
                    "no range is known of '%s'", text);
        return false;
    }
    return read_max(ask, out);
}

bool calc_ship_of(const calc_ask *ask, calc_subject *out)
{
    if (!calc_subject_of(ask, out))
        return false;
    if (out->is_plane)
        cli_mistake(ask->session->as_json, "radius and station answer for aircraft",
                    "'%s' is about ships, and '%s' is an aircraft", ask->name, out->text);
    return !out->is_plane;
}

bool calc_ships_only(const calc_ask *ask, const calc_subject *subject, const char *options)
{
    for (int i = 0; i < ask->call->given_count; i++)
        if (calc_has_word(options, ask->call->given[i].option->name)) {
            cli_mistake(ask->session->as_json, NULL,
                        "'%s' takes no %s for '%s', which is an aircraft", ask->name,
                        ask->call->given[i].option->name, subject->text);
            return false;
        }
    return true;
}
