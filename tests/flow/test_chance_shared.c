/* What random inputs have in common, and over which days: one factor of readiness for all of a state,
 * one sea for all drills of an area, the months that a drill reaches into. */
#include "test.h"

#include "batch/handles.h"
#include "engine/chance.h"
#include "flow.h"
#include "muster/replicate.h"
#include "tell/random.h"

#include <stdio.h>
#include <string.h>

/* One ship and one fighter of a state, both of which its drill needs; %s: STATE, UNIT, MORE. */
static const char ship_and_jet[] =
    "scenario = { id = \"mix\"; title = \"Mix\"; start = \"2023-07-29T00:00Z\"; horizon = \"6 d\"; "
    "};\n"
    "chance = { sailing_delay_h = \"fixed 0\"; speed_factor = \"fixed 1\"; duration_factor = "
    "\"fixed 1\"; };\n"
    "states = { HOME = { name = \"Home\"; %s }; };\n"
    "classes = {\n"
    "  corvette = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;\n"
    "               range_nm = 3500.0; range_speed_kn = 14.0; };\n"
    "  jet = { craft = \"aircraft\"; size = \"fighter\"; roles = [\"fighter\"]; displacement_t = "
    "34.5;\n"
    "          fuel_kg = 11500.0; cruise_kn = 470.0; ferry_range_nm = 1940.0; };\n"
    "};\n"
    "bases = { PORT = { lat_deg = 43.11; lon_deg = 131.89; sea_lat_deg = 42.95; sea_lon_deg = "
    "131.85; };\n"
    "          FIELD = { lat_deg = 43.35; lon_deg = 132.05; }; };\n"
    "units = { ship = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\"; %s };\n"
    "          jets = { class = \"jet\"; state = \"HOME\"; base = \"FIELD\"; count = 1; %s }; };\n"
    "areas = { sea = { lat_deg = 42.0; lon_deg = 132.0; radius_nm = 60.0; }; };\n"
    "drills = { demo = { hosts = [\"HOME\"]; area = \"sea\"; cap_need = 1.0; decide_at = "
    "\"2023-07-29T00:00Z\";\n"
    "  mix = { naval = 0.5; air = 0.5; };\n"
    "  muster = { at = \"2023-07-31T00:00Z\"; }; end = \"2023-08-02T12:00Z\";\n"
    "  slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"12 h\"; },\n"
    "            { for = \"host\"; role = \"fighter\"; domain = \"air\"; count = 1; min_hours = "
    "\"18 min\"; } ); }; };\n"
    "%s\n";

static void open_mix(flow *f, const char *state, const char *unit, const char *more)
{
    char text[4096];
    assert_true(snprintf(text, sizeof text, ship_and_jet, state, unit, unit, more) <
                (int)sizeof text);
    assert_int_equal(flow_run_text(f, text), MUSTER_OK);
}

static muster_sample *sample_of(const flow *f, const flow *g, int64_t count)
{
    const muster_model *const model[] = {f->model, g ? g->model : NULL};
    const muster_replicate_options options = {
        .count = count, .jobs = 2, .has_seed = true, .seed = 2385};
    muster_sample *sample = NULL;
    assert_int_equal(muster_replicate(model, g ? 2 : 1, &options, NULL, f->diags, &sample),
                     MUSTER_OK);
    return sample;
}

/* ---- readiness ----------------------------------------------------------------------------------- */

/* A ship and an aircraft share the factor: both are serviceable in 1/4 + asin(rho)/(2 pi) of
 * replications (Sheppard 1899), and P(able) says so. */
static void a_ship_and_an_aircraft_share_the_factor(void **unused)
{
    (void)unused;
    enum { COUNT = 6000 };
    static const double rhos[] = {0.0, 0.5, 0.8, 1.0};
    for (size_t i = 0; i < sizeof rhos / sizeof *rhos; i++) {
        char state[64];
        flow f;
        snprintf(state, sizeof state, "readiness_correlation = %.1f;", rhos[i]);
        open_mix(&f, state, "readiness = 0.5;", "");
        const double both = 0.25 + asin(rhos[i]) / (2.0 * acos(-1.0));
        /* half a slice of the mean over the factor */
        assert_near(muster_result_value(f.result, "p_able", "demo/HOME"), both, 0.002);
        muster_sample *s = sample_of(&f, NULL, COUNT);
        const muster_summary able =
            muster_sample_summary(s, 0, muster_measure_index("says_able"), 0);
        assert_near(able.mean, both, 4.0 * sqrt(both * (1.0 - both) / COUNT));
        muster_sample_free(s);
        flow_close(&f);
    }
}

/* The factor comes in beside the draws that are there: a hundredth of it turns few of them. */
static void a_weak_factor_changes_few_replications(void **unused)
{
    (void)unused;
    enum { COUNT = 4000 };
    flow none, weak;
    open_mix(&none, "", "readiness = 0.5;", "");
    open_mix(&weak, "readiness_correlation = 0.01;", "readiness = 0.5;", "");
    muster_sample *s = sample_of(&none, &weak, COUNT);
    const muster_difference d =
        muster_sample_difference(s, 1, muster_measure_index("says_able"), 0);
    const double changed = d.mean * d.mean + d.sd * d.sd; /* mean of squares of -1, 0 and 1 */
    /* each of the two turns with E|Phi(.1 Z) - 1/2| = .03, when the other is serviceable */
    assert_true(changed > 0.0 && changed < 0.06);
    muster_sample_free(s);
    flow_close(&weak);
    flow_close(&none);
}

static void a_factor_of_units_that_are_always_ready_is_no_chance(void **unused)
{
    (void)unused;
    flow f;
    open_mix(&f, "readiness_correlation = 0.5;", "readiness = 1.0;", "");
    assert_false(muster_model_has_chance(f.model));
    flow_close(&f);
    open_mix(&f, "readiness_correlation = 0.5;", "readiness = 0.9;", "");
    assert_true(muster_model_has_chance(f.model));
    flow_close(&f);
}

/* ---- the sea -------------------------------------------------------------------------------------- */

#define AUGUST "{ month = 8; mean_hs_m = 1.9; p90_hs_m = 3.7; }"
#define JULY "{ month = 7; mean_hs_m = 0.8; p90_hs_m = 1.5; }"
#define MARCH "{ month = 3; mean_hs_m = 0.8; p90_hs_m = 1.5; }"

/* From 31 July to 2 August: what August has is drawn, what March has is not. */
static void the_months_a_drill_reaches_into_are_listed_and_drawn(void **unused)
{
    (void)unused;
    static const struct {
        const char *climate;
        bool july, august;
    } cases[] = {
        {"weather = { climatology = ( " AUGUST " ); };", false, true},
        {"weather = { climatology = ( " JULY " ); };", true, false},
        {"weather = { climatology = ( " JULY ", " AUGUST " ); };", true, true},
        {"weather = { climatology = ( " MARCH " ); };", false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        flow f;
        open_mix(&f, "", "", cases[i].climate);
        assert_int_equal(muster_model_has_chance(f.model), cases[i].july || cases[i].august);
        const muster_tell tell = {.scenario = f.scenario, .model = f.model};
        char *list = mst_tell_random(&tell, false, f.diags);
        assert_non_null(list);
        assert_int_equal(strstr(list, "in July") != NULL, cases[i].july);
        assert_int_equal(strstr(list, "August") != NULL, cases[i].august);
        muster_tell_free(list, NULL);

        mst_run *run = NULL;
        int32_t july = 0, august = 0;
        assert_int_equal(mst_run_create(f.model->model, NULL, &run), MUSTER_OK);
        const mst_drill_row *drill = &f.model->model->drill[0];
        for (uint32_t r = 1; r <= 200; r++) {
            mst_run_begin(run, 5, r);
            july += mst_chance_sea(run, 0, drill->muster_at) != drill->sea_state;
            august += mst_chance_sea(run, 0, drill->end) != drill->sea_state;
        }
        assert_int_equal(july > 0, cases[i].july);
        assert_int_equal(august > 0, cases[i].august);
        mst_run_free(run);
        flow_close(&f);
    }
}

/* Three drills: two in area "north", one called "north" without an area. */
static void drills_of_an_area_share_its_sea_and_a_namesake_does_not(void **unused)
{
    (void)unused;
#define DRILL(ID, WHERE)                                                                           \
    ID " = { hosts = [\"HOME\"]; cap_need = 1.0; " WHERE "\n"                                      \
       "  end = \"2023-08-01T12:00Z\"; decide_at = \"2023-07-29T00:00Z\"; };\n"
    static const char text[] =
        "scenario = { id = \"seas\"; title = \"Seas\"; start = \"2023-07-29T00:00Z\"; horizon = "
        "\"6 d\"; };\n"
        "states = { HOME = { }; };\n"
        "areas = { north = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };\n"
        "drills = { " DRILL("one", "area = \"north\"; muster = { at = \"2023-07-31T00:00Z\"; };")
            DRILL("north",
                  "muster = { lat_deg = 36.0; lon_deg = 131.0; at = \"2023-07-31T00:00Z\"; };")
                DRILL("two",
                      "area = \"north\"; muster = { at = \"2023-07-31T00:00Z\"; };") "};\n"
                                                                                     "weather = { "
                                                                                     "climatology "
                                                                                     "= ( " JULY
                                                                                     ", " AUGUST
                                                                                     " ); };\n";
    flow f;
    mst_run *run = NULL;
    int32_t unlike = 0;
    assert_int_equal(flow_run_text(&f, text), MUSTER_OK);
    assert_int_equal(mst_run_create(f.model->model, NULL, &run), MUSTER_OK);
    for (uint32_t r = 1; r <= 400; r++) {
        const muster_time day = f.model->model->drill[0].muster_at;
        mst_run_begin(run, 5, r);
        assert_int_equal(mst_chance_sea(run, 0, day), mst_chance_sea(run, 2, day));
        unlike += mst_chance_sea(run, 0, day) != mst_chance_sea(run, 1, day);
    }
    assert_true(unlike > 100); /* four states share the draws about evenly: .65 unlike */
    mst_run_free(run);
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ship_and_an_aircraft_share_the_factor),
        cmocka_unit_test(a_weak_factor_changes_few_replications),
        cmocka_unit_test(a_factor_of_units_that_are_always_ready_is_no_chance),
        cmocka_unit_test(the_months_a_drill_reaches_into_are_listed_and_drawn),
        cmocka_unit_test(drills_of_an_area_share_its_sea_and_a_namesake_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
