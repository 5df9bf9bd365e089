/* The missile-warning drill of 16 July 2023: figures that follow from its file by hand. Inputs are
 * written out here as the file gives them, so that a changed input needs a changed sum. */
#include "document.h"
#include "test.h"

#include <string.h>

static const char file[] = "trilateral-2023.cfg";
static flow trilateral; /* as shipped, run once */

enum { MUSTER_HOUR_S = 3600 };
static const double exact = 1e-11; /* documents give 12 digits */

static int open_it(void **unused)
{
    (void)unused;
    return flow_run(&trilateral, file, NULL, NULL) == MUSTER_OK && flow_json(&trilateral) ? 0 : -1;
}

static int close_it(void **unused)
{
    (void)unused;
    flow_close(&trilateral);
    flow_forget_land();
    return 0;
}

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
        assert_near(doc_margin(&trilateral, a->id, "able", NULL), a->cap - 0.35, exact);
        assert_near(doc_margin(&trilateral, a->id, "admit", "USA"),
                    a->align + 0.5 * 0.70 + 0.5 * a->complement * fmin(1.0, a->kit / 0.35) +
                        0.4 * a->ledger + 0.5 * a->access,
                    exact);
        assert_near(doc_margin(&trilateral, a->id, "accept", NULL),
                    0.5 * a->threat + 0.5 * 0.30 + a->own_ledger - 0.4 * a->resent * a->dependence -
                        0.24 * a->autonomy - 0.2664 * a->autonomy * a->dependence - 0.3 * 0.30 +
                        1.0 * 1.0 * (0.4 + 0.6 * a->closeness) - 0.6 * a->coercion +
                        history_by_hand(i, 0.90, 0.90),
                    exact);
    }
    assert_true(doc_joins(&trilateral, "USA") && doc_joins(&trilateral, "JPN") &&
                doc_joins(&trilateral, "KOR"));
    assert_false(doc_joins(&trilateral, "AUS") || doc_joins(&trilateral, "PHL"));
}

/* The table of reasons: history weighs .37 with the cabinets of 2018, .10 with those of 2023. */
static void trilateral__history_weighs_less_between_close_cabinets(void **unused)
{
    (void)unused;
    flow f;
    /* .095 is the half that is rounded up */
    assert_near(doc_term(&trilateral, "KOR", "accept", "f22"), -0.10, 0.005 + exact);
    assert_near(doc_term(&trilateral, "KOR", "accept", "f22"), history_by_hand(KOR, 0.9, 0.9),
                exact);
    assert_int_equal(flow_run(&f, file, "cabinets-of-2018", NULL), MUSTER_OK);
    flow_json(&f);
    assert_near(doc_term(&f, "JPN", "accept", "f22"), -0.37, 0.005);
    assert_near(doc_term(&f, "JPN", "accept", "f22"), history_by_hand(JPN, 0.85, 0.30), exact);
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
    json_t *r = doc_of(&trilateral, "reach", "unit", "brisbane");
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
    assert_int_equal(flow_run(&f, file, "brisbane-in-yokosuka", NULL), MUSTER_OK);
    flow_json(&f);
    assert_true(doc_joins(&f, "AUS"));
    assert_near(flow_real(doc_stage(&f, "AUS", "able", NULL), "probability"), 0.75, exact);
    flow_close(&f);
}

/* John Finn out and back at the speed of least fuel per mile, half a day early. */
static void trilateral__fuel_of_john_finn(void **unused)
{
    (void)unused;
    const double way_nm =
        flow_real(doc_of(&trilateral, "reach", "unit", "john-finn"), "required_nm");
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
    json_t *s = doc_of(&trilateral, "serials", "id", "tracking");
    const double p = 0.9 * 0.6 * 0.85;
    assert_near(flow_real(s, "probability"), p, exact);
    assert_near(flow_real(s, "value"), p + 0.5 * (1.0 - p), exact);
    assert_near(doc_seconds_of(json_object_get(s, "end")) -
                    doc_seconds_of(json_object_get(s, "start")),
                3.0 * 1.2 * MUSTER_HOUR_S, 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trilateral__margins_by_hand),
        cmocka_unit_test(trilateral__history_weighs_less_between_close_cabinets),
        cmocka_unit_test(trilateral__brisbane_lacks_the_tank),
        cmocka_unit_test(trilateral__fuel_of_john_finn),
        cmocka_unit_test(trilateral__the_serial),
    };
    return cmocka_run_group_tests(tests, open_it, close_it);
}
