/* The bomber patrol of 30 November 2022: figures that follow from its file by hand. Inputs are written
 * out here as the file gives them, so that a changed input needs a changed sum. */
#include "document.h"
#include "test.h"

#include <string.h>

static const char file[] = "bomber-patrol-2022.cfg";
static flow patrol; /* as shipped, run once */

enum { MUSTER_HOUR_S = 3600 };
static const double exact = 1e-11; /* documents give 12 digits */

static int open_it(void **unused)
{
    (void)unused;
    return flow_run(&patrol, file, NULL, NULL) == MUSTER_OK && flow_json(&patrol) ? 0 : -1;
}

static int close_it(void **unused)
{
    (void)unused;
    flow_close(&patrol);
    flow_forget_land();
    return 0;
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

static void patrol__distances_radius_and_minutes(void **unused)
{
    (void)unused;
    const wing *const all[] = {&h6k, &tu95, &su35, &h5, &mig23, &mig29};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const wing *w = all[i];
        json_t *r = doc_of(&patrol, "reach", "unit", w->unit);
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
        assert_near(
            doc_seconds_of(json_object_get(doc_of(&patrol, "units", "id", w->unit), "sailed")),
            doc_seconds_at("2022-11-30T12:18+09:00") - away / w->cruise_kn * MUSTER_HOUR_S, 1e-4);
    }
    assert_near(2.0 * away_nm(&tu95) / tu95.cruise_kn + 4.0, 8.0, 0.05);
}

static void patrol__margins_by_hand(void **unused)
{
    (void)unused;
    /* two places for bombers, which the H-5 cannot hold for 4 h, and two for fighters, which the MiG-23
     * can for 18 min: half the places, .35 needed */
    assert_near(doc_margin(&patrol, "PRK", "able", NULL), 0.5 - 0.35, exact);
    const double kit = 1.0; /* of the .35: no more than all of it counts */
    assert_near(doc_margin(&patrol, "PRK", "admit", "CHN"),
                1.0 * 0.45 + 0.5 * 0.60 + 0.5 * 0.20 * fmin(1.0, kit / 0.35) + 0.4 * 0.10 +
                    0.5 * 0.0 - 0.7 * 0.85 * 0.80 - 0.9 * 1.0 * 0.70 * 0.85 * 0.80 - 0.3 * 0.50,
                exact);
    assert_near(doc_margin(&patrol, "PRK", "admit", "RUS"),
                1.0 * 0.35 + 0.5 * 0.80 + 0.5 * 0.20 * fmin(1.0, kit / 0.35) + 0.4 * 0.30 +
                    0.5 * 0.0 - 0.7 * 0.85 * 0.40 - 0.9 * 1.0 * 0.85 * 0.85 * 0.80 - 0.3 * 0.80,
                exact);
    assert_near(doc_margin(&patrol, "PRK", "accept", NULL),
                0.5 * 0.90 + 0.5 * 0.30 + 1.0 * (0.05 + 0.05) - 0.4 * (0.80 * 0.90 + 0.0 * 0.30) -
                    0.24 * 0.90 - 0.2664 * 0.90 * 0.90 - 0.3 * 0.30,
                exact);
    assert_true(doc_joins(&patrol, "CHN") && doc_joins(&patrol, "RUS") &&
                !doc_joins(&patrol, "PRK"));
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
    assert_int_equal(flow_run(&f, file, NULL, change), MUSTER_OK);
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
    assert_int_equal(flow_run(&f, file, "from-anqing", NULL), MUSTER_OK);
    flow_json(&f);
    const wing from_anqing = {"h6k-guests", 37000.0, 415.0, 3240.0, 30.58, 117.05};
    const double minutes = minutes_at(&from_anqing, away_nm(&from_anqing));
    assert_true(minutes > 0.0 && minutes < 240.0);
    assert_near(flow_real(doc_of(&f, "reach", "unit", "h6k-guests"), "station_min"), minutes, 1e-6);
    assert_false(doc_joins(&f, "CHN"));
    assert_near(flow_measure(f.run, "mustered", "patrol"), 0.0, 0.0);
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patrol__report_tells_who_flew_and_for_how_long),
        cmocka_unit_test(patrol__distances_radius_and_minutes),
        cmocka_unit_test(patrol__times_and_fuel_of_each_flight),
        cmocka_unit_test(patrol__margins_by_hand),
        cmocka_unit_test(patrol__sightings_can_be_true_together),
        cmocka_unit_test(patrol__places_at_their_word_need_more_than_cruise),
        cmocka_unit_test(patrol__from_anqing_the_bombers_cannot_stay),
    };
    return cmocka_run_group_tests(tests, open_it, close_it);
}
