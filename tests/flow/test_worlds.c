/* The other shipped drills: clean files, and figures that follow from them by hand. Inputs are written
 * out here as the files give them, so that a changed input needs a changed sum. */
#include "flow.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static const char patrol_file[] = "bomber-patrol-2022.cfg",
                  trilateral_file[] = "trilateral-2023.cfg";
static flow patrol, trilateral; /* as shipped, run once */

enum { MUSTER_HOUR_S = 3600 };
static const double nm_m = 1852.0, exact = 1e-11; /* documents give 12 digits */

static int open_both(void **unused)
{
    (void)unused;
    return flow_run(&patrol, patrol_file, NULL, NULL) == MUSTER_OK && flow_json(&patrol) &&
                   flow_run(&trilateral, trilateral_file, NULL, NULL) == MUSTER_OK &&
                   flow_json(&trilateral)
               ? 0
               : -1;
}

static int close_both(void **unused)
{
    (void)unused;
    flow_close(&patrol);
    flow_close(&trilateral);
    flow_forget_land();
    return 0;
}

/* ---- reading the document ------------------------------------------------------------------------ */

static json_t *of(const flow *f, const char *array, const char *key, const char *value)
{
    json_t *found = flow_find(json_object_get(f->run, array), key, value);
    if (!found)
        fail_msg("no %s %s in %s", key, value, array);
    return found;
}

static json_t *stage(const flow *f, const char *state, const char *name, const char *host)
{
    json_t *s;
    size_t i;
    json_array_foreach(json_object_get(of(f, "decisions", "state", state), "stages"), i, s)
    {
        const char *at = json_string_value(json_object_get(s, "host"));
        if (strcmp(json_string_value(json_object_get(s, "stage")), name) == 0 &&
            (!host || (at && strcmp(at, host) == 0)))
            return s;
    }
    fail_msg("no stage %s of %s", name, state);
    return NULL;
}

static double margin(const flow *f, const char *state, const char *name, const char *host)
{
    return flow_real(stage(f, state, name, host), "margin");
}

static double term(const flow *f, const char *state, const char *name, const char *key)
{
    return flow_real(flow_find(json_object_get(stage(f, state, name, NULL), "terms"), "key", key),
                     "value");
}

static bool joins(const flow *f, const char *state)
{
    return json_is_true(json_object_get(of(f, "decisions", "state", state), "joins"));
}

static double seconds_of(json_t *text)
{
    muster_interval t;
    assert_true(muster_time_read(json_string_value(text), 0, &t));
    return (double)t.from / (double)MUSTER_SECOND;
}

static double seconds_at(const char *text)
{
    muster_interval t;
    assert_true(muster_time_read(text, 0, &t));
    return (double)t.from / (double)MUSTER_SECOND;
}

/* ---- sums of one's own --------------------------------------------------------------------------- */

/* Length of the geodesic on WGS 84 by Vincenty's inverse formula (Survey Review 23(176), 1975), good to
 * half a millimetre; the library has Karney's way by PROJ. */
static double vincenty_nm(double lat1_deg, double lon1_deg, double lat2_deg, double lon2_deg)
{
    const double a = 6378137.0, f = 1.0 / 298.257223563, b = a * (1.0 - f);
    const double rad = acos(-1.0) / 180.0, apart = (lon2_deg - lon1_deg) * rad;
    const double u1 = atan((1.0 - f) * tan(lat1_deg * rad)), su1 = sin(u1), cu1 = cos(u1);
    const double u2 = atan((1.0 - f) * tan(lat2_deg * rad)), su2 = sin(u2), cu2 = cos(u2);
    double lambda = apart, sigma = 0.0, ss = 0.0, cs = 0.0, c2 = 0.0, cm = 0.0;
    for (int i = 0; i < 100; i++) {
        const double x = cu2 * sin(lambda), y = cu1 * su2 - su1 * cu2 * cos(lambda);
        ss = sqrt(x * x + y * y);
        cs = su1 * su2 + cu1 * cu2 * cos(lambda);
        sigma = atan2(ss, cs);
        const double sa = cu1 * cu2 * sin(lambda) / ss;
        c2 = 1.0 - sa * sa;
        cm = cs - 2.0 * su1 * su2 / c2;
        const double c = f / 16.0 * c2 * (4.0 + f * (4.0 - 3.0 * c2));
        lambda =
            apart + (1.0 - c) * f * sa * (sigma + c * ss * (cm + c * cs * (2.0 * cm * cm - 1.0)));
    }
    const double k = c2 * (a * a - b * b) / (b * b);
    const double big_a = 1.0 + k / 16384.0 * (4096.0 + k * (-768.0 + k * (320.0 - 175.0 * k)));
    const double big_b = k / 1024.0 * (256.0 + k * (-128.0 + k * (74.0 - 47.0 * k)));
    const double d = big_b * ss *
                     (cm + big_b / 4.0 *
                               (cs * (2.0 * cm * cm - 1.0) -
                                big_b / 6.0 * cm * (4.0 * ss * ss - 3.0) * (4.0 * cm * cm - 3.0)));
    return b * big_a * (sigma - d) / nm_m;
}

typedef struct wing { /* a type as library/aircraft.cfg gives it, and its field */
    const char *unit;
    double fuel_kg, cruise_kn, ferry_nm, lat_deg, lon_deg;
} wing;

static const wing h6k = {"h6k-guests", 37000.0, 415.0, 3240.0, 43.91, 131.93};
static const wing tu95 = {"tu95-ukrainka", 84000.0, 383.0, 6480.0, 51.17, 128.45};
static const wing su35 = {"su35-uglovaya", 11500.0, 470.0, 1940.0, 43.35, 132.05};
static const wing h5 = {"h5-uiju", 6300.0, 400.0, 1295.0, 40.15, 124.5};
static const wing mig23 = {"mig23-bukchang", 4250.0, 460.0, 1025.0, 39.5, 125.96};
static const wing mig29 = {"mig29-sunchon", 3400.0, 460.0, 772.0, 39.41, 125.89};
static const double station_lat = 38.8, station_lon = 132.5;

static double away_nm(const wing *w)
{
    return vincenty_nm(w->lat_deg, w->lon_deg, station_lat, station_lon);
}

/* In miles of cruise: what is left after a climb (6 %), a reserve (5 % and 20 min of loiter at .8 of the
 * cruise burn), for the way and the stay. */
static double miles_to_fly(const wing *w)
{
    return w->ferry_nm * (1.0 - 0.06 - 0.05) - 20.0 / 60.0 * 0.8 * w->cruise_kn;
}

static double minutes_at(const wing *w, double distance_nm)
{
    return (miles_to_fly(w) - 2.0 * distance_nm) / (0.8 * w->cruise_kn) * 60.0;
}

/* ---- both files ---------------------------------------------------------------------------------- */

static void files__are_clean_and_every_figure_has_a_source(void **unused)
{
    (void)unused;
    const flow *const both[] = {&patrol, &trilateral};
    for (int i = 0; i < 2; i++) {
        for (int32_t k = 0; k < muster_diags_count(both[i]->diags); k++)
            fail_msg("%s: %s", muster_diags_at(both[i]->diags, k)->file,
                     muster_diags_at(both[i]->diags, k)->message);
        assert_int_equal(muster_scenario_unsourced(both[i]->scenario, both[i]->diags), 0);
    }
}

/* The names of the rules, their weights and terms, are those of the worked case: one file. */
static void files__have_the_rules_of_the_worked_case(void **unused)
{
    (void)unused;
    flow worked;
    assert_int_equal(flow_run(&worked, "northern-interaction-2023.cfg", NULL, NULL), MUSTER_OK);
    const flow *const all[] = {&worked, &patrol, &trilateral};
    const char *rules[3];
    size_t length[3];
    for (int i = 0; i < 3; i++) {
        rules[i] = strstr(muster_source_text_bytes(all[i]->text, NULL), "rules = {");
        assert_non_null(rules[i]);
        const char *end = strstr(rules[i], "\n    };");
        assert_non_null(end);
        length[i] = (size_t)(end - rules[i]);
        assert_true(length[i] > 5000);
        assert_int_equal(length[i], length[0]);
        assert_memory_equal(rules[i], rules[0], length[0]);
    }
    flow_close(&worked);
}

static void reports__fit_80_columns_and_speak_of_flights(void **unused)
{
    (void)unused;
    const flow *const both[] = {&patrol, &trilateral};
    static const char *const of_whom[] = {"PRK", "KOR"};
    for (int i = 0; i < 2; i++) {
        const muster_tell tell = {
            .scenario = both[i]->scenario, .model = both[i]->model, .result = both[i]->result};
        char *text[] = {muster_tell_report(&tell, both[i]->diags),
                        muster_tell_why(&tell, of_whom[i], NULL, false, both[i]->diags),
                        muster_tell_reach(&tell, NULL, NULL, false, both[i]->diags)};
        for (int t = 0; t < 3; t++) {
            assert_non_null(text[t]);
            if (i == 0) {
                assert_null(strstr(text[t], "Sailed "));
                assert_null(strstr(text[t], "by sea"));
            }
            for (char *line = strtok(text[t], "\n"); line; line = strtok(NULL, "\n"))
                if (strlen(line) > 80)
                    fail_msg("%zu columns: %s", strlen(line), line);
            muster_tell_free(text[t], NULL);
        }
    }
}

static void patrol__report_tells_who_flew_and_for_how_long(void **unused)
{
    (void)unused;
    const muster_tell tell = {
        .scenario = patrol.scenario, .model = patrol.model, .result = patrol.result};
    char *report = muster_tell_report(&tell, patrol.diags);
    assert_non_null(report);
    for (char *c = report; *c; c++) /* sentences, wherever their lines end */
        if (*c == '\n')
            *c = ' ';
    assert_non_null(strstr(report, "China (1 aircraft type), Russia (2 aircraft"));
    assert_null(strstr(report, "0 ships"));
    assert_non_null(strstr(report, "No ship was required; the drill started 30 November 2022, "
                                   "03:18 UTC (12:18)."));
    assert_non_null(strstr(report, "Hours with all required places filled: 4.0 of 4.0."));
    assert_non_null(strstr(report, "Russian bombers: 4 wanted, coverage 1.00; 4 sorties, 16.0 "));
    assert_non_null(
        strstr(report, "Fighters beside them: 2 wanted, coverage 1.00; 2 sorties, 0.6 "));
    muster_tell_free(report, NULL);
}

/* ---- the patrol ---------------------------------------------------------------------------------- */

static void patrol__distances_radius_and_minutes(void **unused)
{
    (void)unused;
    const wing *const all[] = {&h6k, &tu95, &su35, &h5, &mig23, &mig29};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const wing *w = all[i];
        json_t *r = of(&patrol, "reach", "unit", w->unit);
        const double away = away_nm(w);
        assert_near(flow_real(r, "required_nm"), away, 1e-6); /* 2 mm: two formulas */
        /* out and back without a stay */
        assert_near(flow_real(r, "ladder[0].drift_radius_nm"), miles_to_fly(w) / 2.0, 1e-8);
        const double minutes = minutes_at(w, away);
        if (minutes > 0.0)
            assert_near(flow_real(r, "station_min"), minutes, 1e-6);
    }
    /* as the report prints them */
    assert_near(away_nm(&h6k), 308.0, 0.5);
    assert_near(away_nm(&tu95), 762.0, 0.5);
    assert_near(minutes_at(&h5, away_nm(&h5)), 54.0, 0.5);
    assert_near(minutes_at(&mig23, away_nm(&mig23)), 28.0, 0.5);
    assert_true(minutes_at(&mig29, away_nm(&mig29)) < 0.0);
}

/* Russia's ministry: about eight hours in the air for a Tu-95MS. */
static void patrol__times_and_fuel_of_each_flight(void **unused)
{
    (void)unused;
    static const struct {
        const wing *w;
        const char *request;
        double count, stay_h;
    } flown[] = {{&h6k, "patrol/chinese-bombers", 2.0, 4.0},
                 {&tu95, "patrol/russian-bombers", 4.0, 4.0},
                 {&su35, "patrol/escort", 2.0, 0.3}};
    for (size_t i = 0; i < 3; i++) {
        const wing *w = flown[i].w;
        const double away = away_nm(w), kg_per_nm = w->fuel_kg / w->ferry_nm;
        const double sortie_kg = 0.06 * w->fuel_kg + 2.0 * away * kg_per_nm +
                                 flown[i].stay_h * 0.8 * w->cruise_kn * kg_per_nm;
        assert_near(flow_measure(patrol.run, "unit_fuel_used_t", w->unit),
                    flown[i].count * sortie_kg / 1000.0, 1e-6);
        assert_near(flow_measure(patrol.run, "air_sorties", flown[i].request), flown[i].count, 0.0);
        assert_near(flow_measure(patrol.run, "air_station_h", flown[i].request),
                    flown[i].count * flown[i].stay_h, exact);
        assert_near(flow_measure(patrol.run, "coverage", flown[i].request), 1.0, exact);
        /* they take off so as to be there at 12:18; a mile's thousandth is 8 ms */
        assert_near(seconds_of(json_object_get(of(&patrol, "units", "id", w->unit), "sailed")),
                    seconds_at("2022-11-30T12:18+09:00") - away / w->cruise_kn * MUSTER_HOUR_S,
                    1e-4);
    }
    assert_near(2.0 * away_nm(&tu95) / tu95.cruise_kn + 4.0, 8.0, 0.05);
}

static void patrol__margins_by_hand(void **unused)
{
    (void)unused;
    /* two places for bombers, which the H-5 cannot hold for 4 h, and two for fighters, which the MiG-23
     * can for 18 min: half the places, .35 needed */
    assert_near(margin(&patrol, "PRK", "able", NULL), 0.5 - 0.35, exact);
    const double kit = 1.0; /* of the .35: no more than all of it counts */
    assert_near(margin(&patrol, "PRK", "admit", "CHN"),
                1.0 * 0.45 + 0.5 * 0.60 + 0.5 * 0.20 * fmin(1.0, kit / 0.35) + 0.4 * 0.10 +
                    0.5 * 0.0 - 0.7 * 0.85 * 0.80 - 0.9 * 1.0 * 0.70 * 0.85 * 0.80 - 0.3 * 0.50,
                exact);
    assert_near(margin(&patrol, "PRK", "admit", "RUS"),
                1.0 * 0.35 + 0.5 * 0.80 + 0.5 * 0.20 * fmin(1.0, kit / 0.35) + 0.4 * 0.30 +
                    0.5 * 0.0 - 0.7 * 0.85 * 0.40 - 0.9 * 1.0 * 0.85 * 0.85 * 0.80 - 0.3 * 0.80,
                exact);
    assert_near(margin(&patrol, "PRK", "accept", NULL),
                0.5 * 0.90 + 0.5 * 0.30 + 1.0 * (0.05 + 0.05) - 0.4 * (0.80 * 0.90 + 0.0 * 0.30) -
                    0.24 * 0.90 - 0.2664 * 0.90 * 0.90 - 0.3 * 0.30,
                exact);
    assert_true(joins(&patrol, "CHN") && joins(&patrol, "RUS") && !joins(&patrol, "PRK"));
}

static void patrol__sightings_can_be_true_together(void **unused)
{
    (void)unused;
    json_t *all = json_object_get(patrol.run, "timeline"), *c;
    size_t i;
    assert_int_equal(json_array_size(all), 5);
    json_array_foreach(all, i, c)
    {
        assert_string_equal(json_string_value(json_object_get(c, "verdict")), "possible");
        assert_near(flow_real(c, "max_kn"), 567.0, 1e-9);
        assert_near(flow_real(c, "sustained_kn"), 415.0, 1e-9);
    }
    /* 126 km off Ieodo to north-east of Pohang: the uncertainties, 5 and 30 nm, shorten the way */
    const double way_nm = vincenty_nm(32.92, 124.22, 36.4, 130.3) - 35.0;
    c = json_array_get(all, 0);
    assert_near(flow_real(c, "distance_nm"), way_nm, 1e-6);
    assert_near(flow_real(c, "needed_kn"), way_nm / (56.0 / 60.0), 1e-6);
}

/* With places taken at their word the second leg is faster than the bombers cruise, not than they can
 * fly: no contradiction. At cruise alone the true report would be called impossible. */
static void patrol__places_at_their_word_need_more_than_cruise(void **unused)
{
    (void)unused;
    static const char *const change[] = {"observations.zone-0613.within_nm = 0",
                                         "observations.pohang-0644.within_nm = 0", NULL};
    flow f;
    assert_int_equal(flow_run(&f, patrol_file, NULL, change), MUSTER_OK);
    json_t *all = json_object_get(flow_json(&f), "timeline"), *found = NULL, *c;
    size_t i;
    json_array_foreach(
        all, i, c) if (strcmp(json_string_value(json_object_get(c, "claim")), "zone-0613") == 0 &&
                       strcmp(json_string_value(json_object_get(c, "sighting")), "pohang-0644") ==
                           0) found = c;
    assert_non_null(found);
    const double needed_kn = vincenty_nm(33.5, 127.0, 36.4, 130.3) / (31.0 / 60.0);
    assert_near(flow_real(found, "needed_kn"), needed_kn, 1e-6);
    assert_true(needed_kn > 415.0 && needed_kn < 567.0);
    assert_string_equal(json_string_value(json_object_get(found, "verdict")), "possible");
    assert_string_equal(json_string_value(json_object_get(found, "verdict_sustained")),
                        "impossible");
    flow_close(&f);
}

/* From Anqing the H-6K has less than the four hours left, and without China nothing is held. */
static void patrol__from_anqing_the_bombers_cannot_stay(void **unused)
{
    (void)unused;
    flow f;
    assert_int_equal(flow_run(&f, patrol_file, "from-anqing", NULL), MUSTER_OK);
    flow_json(&f);
    const wing from_anqing = {"h6k-guests", 37000.0, 415.0, 3240.0, 30.58, 117.05};
    const double minutes = minutes_at(&from_anqing, away_nm(&from_anqing));
    assert_true(minutes > 0.0 && minutes < 240.0);
    assert_near(flow_real(of(&f, "reach", "unit", "h6k-guests"), "station_min"), minutes, 1e-6);
    assert_false(joins(&f, "CHN"));
    assert_near(flow_measure(f.run, "mustered", "patrol"), 0.0, 0.0);
    flow_close(&f);
}

/* ---- the trilateral drill ------------------------------------------------------------------------ */

typedef struct ally { /* as the file gives it */
    const char *id;
    double threat, complement, access, autonomy, closeness, coercion;
    double align, own_ledger, ledger, dependence, resent;
    double cap; /* share of its one place that it can fill */
    double kit;
} ally;

static const ally allies[] = {
    {"JPN", .80, .50, .90, .30, .90, .35, .85, .30, .10, .70, .10, 1.0, 1.0},
    {"KOR", .85, .50, .60, .40, .90, .60, .80, .30, .10, .70, .20, 1.0, 1.0},
    {"AUS", .65, .40, 0.0, .30, .80, .40, .90, .10, .10, .50, .10, 0.0, 1.0},
    {"PHL", .70, .10, 0.0, .40, .85, .55, .65, .20, 0.0, .50, .20, 0.0, 0.0},
};
enum { JPN, KOR, AUS, PHL, ALLIES };

static double history_by_hand(int who, double japan, double korea)
{
    return who == JPN || who == KOR ? -0.5 * 1.0 * (1.0 - japan * korea) : 0.0;
}

static void trilateral__margins_by_hand(void **unused)
{
    (void)unused;
    for (int i = 0; i < ALLIES; i++) {
        const ally *a = &allies[i];
        assert_near(margin(&trilateral, a->id, "able", NULL), a->cap - 0.35, exact);
        assert_near(margin(&trilateral, a->id, "admit", "USA"),
                    a->align + 0.5 * 0.70 + 0.5 * a->complement * fmin(1.0, a->kit / 0.35) +
                        0.4 * a->ledger + 0.5 * a->access,
                    exact);
        assert_near(margin(&trilateral, a->id, "accept", NULL),
                    0.5 * a->threat + 0.5 * 0.30 + a->own_ledger - 0.4 * a->resent * a->dependence -
                        0.24 * a->autonomy - 0.2664 * a->autonomy * a->dependence - 0.3 * 0.30 +
                        1.0 * 1.0 * (0.4 + 0.6 * a->closeness) - 0.6 * a->coercion +
                        history_by_hand(i, 0.90, 0.90),
                    exact);
    }
    assert_true(joins(&trilateral, "USA") && joins(&trilateral, "JPN") &&
                joins(&trilateral, "KOR"));
    assert_false(joins(&trilateral, "AUS") || joins(&trilateral, "PHL"));
}

/* The table of reasons: history weighs .37 with the cabinets of 2018, .10 with those of 2023. */
static void trilateral__history_weighs_less_between_close_cabinets(void **unused)
{
    (void)unused;
    flow f;
    /* .095 is the half that is rounded up */
    assert_near(term(&trilateral, "KOR", "accept", "f22"), -0.10, 0.005 + exact);
    assert_near(term(&trilateral, "KOR", "accept", "f22"), history_by_hand(KOR, 0.9, 0.9), exact);
    assert_int_equal(flow_run(&f, trilateral_file, "cabinets-of-2018", NULL), MUSTER_OK);
    flow_json(&f);
    assert_near(term(&f, "JPN", "accept", "f22"), -0.37, 0.005);
    assert_near(term(&f, "JPN", "accept", "f22"), history_by_hand(JPN, 0.85, 0.30), exact);
    flow_close(&f);
}

/* A ship's burn by the hour over its tank: hotel .35 at the speed of the range, the rest by its cube. */
static double tank_per_hour(double range_nm, double range_kn, double at_kn)
{
    const double x = at_kn / range_kn;
    return range_kn / range_nm * (0.35 + 0.65 * x * x * x);
}

static void trilateral__brisbane_lacks_the_tank(void **unused)
{
    (void)unused;
    json_t *r = of(&trilateral, "reach", "unit", "brisbane");
    const double way_nm = flow_real(r, "required_nm");
    /* more than the geodesic, less than half as much again */
    const double direct_nm = vincenty_nm(-33.83, 151.4, 38.0, 132.0);
    assert_true(way_nm > direct_nm && way_nm < 1.5 * direct_nm);
    /* decided on 2 July, 00:00, there two hours after the 16th, 00:00, at the latest */
    const double needed_kn = way_nm / (14.0 * 24.0 + 2.0);
    assert_near(flow_real(r, "transit_kn"), needed_kn, 1e-9);
    const double stay = 5.0 * tank_per_hour(5000.0, 18.0, 10.0);
    const double a_mile = tank_per_hour(5000.0, 18.0, needed_kn) / needed_kn;
    assert_near(flow_real(r, "ladder[0].radius_nm"), (1.0 - 0.2 - stay) / (2.0 * a_mile), 1e-6);
    assert_near(flow_real(r, "ladder[1].radius_nm"), (0.95 - 0.2 - stay) / (2.0 * a_mile), 1e-6);
    assert_true(flow_real(r, "ladder[0].radius_nm") < way_nm);
    assert_string_equal(json_string_value(json_object_get(r, "binding")), "tank");
    /* from Yokosuka it would come, if it is ready: three times in four */
    flow f;
    assert_int_equal(flow_run(&f, trilateral_file, "brisbane-in-yokosuka", NULL), MUSTER_OK);
    flow_json(&f);
    assert_true(joins(&f, "AUS"));
    assert_near(flow_real(stage(&f, "AUS", "able", NULL), "probability"), 0.75, exact);
    flow_close(&f);
}

/* John Finn out and back at the speed of least fuel per mile, half a day early. */
static void trilateral__fuel_of_john_finn(void **unused)
{
    (void)unused;
    const double way_nm = flow_real(of(&trilateral, "reach", "unit", "john-finn"), "required_nm");
    /* d/dv of (.35 + .65 (v/v0)^3) / v is 0 at (v/v0)^3 = .35/1.3 */
    const double cheap_kn = 20.0 * cbrt(0.35 / 1.3);
    const double used = 2.0 * way_nm / cheap_kn * tank_per_hour(4400.0, 20.0, cheap_kn);
    /* half a day's wait and 1.4 of the 5 h at station speed; the serial runs 3.6 h at its kind's 14 kn */
    const double there =
        13.4 * tank_per_hour(4400.0, 20.0, 10.0) + 3.6 * tank_per_hour(4400.0, 20.0, 14.0);
    assert_near(flow_measure(trilateral.run, "unit_fuel_used_t", "john-finn"),
                1450.0 * (used + there), 1e-3);
}

/* The worst pair counts: Japan and South Korea have no data link (.6) and partial procedures (.85);
 * language, partial, makes it a fifth longer. */
static void trilateral__the_serial(void **unused)
{
    (void)unused;
    json_t *s = of(&trilateral, "serials", "id", "tracking");
    const double p = 0.9 * 0.6 * 0.85;
    assert_near(flow_real(s, "probability"), p, exact);
    assert_near(flow_real(s, "value"), p + 0.5 * (1.0 - p), exact);
    assert_near(seconds_of(json_object_get(s, "end")) - seconds_of(json_object_get(s, "start")),
                3.0 * 1.2 * MUSTER_HOUR_S, 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files__are_clean_and_every_figure_has_a_source),
        cmocka_unit_test(files__have_the_rules_of_the_worked_case),
        cmocka_unit_test(reports__fit_80_columns_and_speak_of_flights),
        cmocka_unit_test(patrol__report_tells_who_flew_and_for_how_long),
        cmocka_unit_test(patrol__distances_radius_and_minutes),
        cmocka_unit_test(patrol__times_and_fuel_of_each_flight),
        cmocka_unit_test(patrol__margins_by_hand),
        cmocka_unit_test(patrol__sightings_can_be_true_together),
        cmocka_unit_test(patrol__places_at_their_word_need_more_than_cruise),
        cmocka_unit_test(patrol__from_anqing_the_bombers_cannot_stay),
        cmocka_unit_test(trilateral__margins_by_hand),
        cmocka_unit_test(trilateral__history_weighs_less_between_close_cabinets),
        cmocka_unit_test(trilateral__brisbane_lacks_the_tank),
        cmocka_unit_test(trilateral__fuel_of_john_finn),
        cmocka_unit_test(trilateral__the_serial),
    };
    return cmocka_run_group_tests(tests, open_both, close_both);
}
