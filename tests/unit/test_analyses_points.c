/* What the points are like, and maps of two factors with the boundaries of stages. */
#include "analysis_told.h"
#include "files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- tables --------------------------------------------------------------------------------------- */

typedef struct pair_of_tables {
    muster_csv *design, *response;
    muster_tables tables;
    mst_data data;
} pair_of_tables;

static muster_csv *csv_of(const char *text)
{
    muster_csv *out = NULL;
    assert_int_equal(muster_csv_read("test.csv", text, strlen(text), NULL, NULL, &out), MUSTER_OK);
    return out;
}

static void open_tables(const char *design, const char *response, const char *value,
                        pair_of_tables *out)
{
    *out =
        (pair_of_tables){.design = csv_of(design), .response = response ? csv_of(response) : NULL};
    out->tables = (muster_tables){.design_name = "design.csv",
                                  .design = out->design,
                                  .response_name = "response.csv",
                                  .response = out->response,
                                  .value = value};
    assert_int_equal(mst_data_of_tables(&out->tables, 0.95, NULL, &out->data), MUSTER_OK);
}

static void close_tables(pair_of_tables *t)
{
    mst_data_free(&t->data);
    muster_csv_free(t->design);
    muster_csv_free(t->response);
}

/* ---- the points ----------------------------------------------------------------------------------- */

/* a and b, less 2.5: products 0.75, 0.75, 0.25, 2.25 over squares of 5 each: 4 / 5. b and c, less 1.5:
 * c is -.5, .5, .5, -.5 of squares 1, products .25, -.75, .25, -.75: -1 / sqrt(5). a and c: 0. */
static void test_design__correlations_by_hand(void **state)
{
    (void)state;
    pair_of_tables t;
    open_tables("a,b,c,y\n1,2,1,5\n2,1,2,6\n3,3,2,7\n4,4,1,8\n", NULL, NULL, &t);
    json_t *s = told_of("design", &t.data, NULL);
    assert_int_equal(told_rows(s, "design-correlations"), 2);
    assert_near(json_number_value(told_cell(s, "design-correlations", 0, "correlation")), 0.8,
                1e-12);
    assert_near(json_number_value(told_cell(s, "design-correlations", 1, "correlation")),
                -1.0 / sqrt(5.0), 1e-12);
    assert_says(s,
                "The largest correlation of two factors is 0.80 (a; b): so much that what one does "
                "may be taken for what the other does.");
    assert_says(s, "n = 4 points of 3 factors; method not known (tables).");
    assert_int_equal(told_rows(s, "design-points"), 4);
    assert_non_null(told_plot(s, "design-points-scatter-matrix"));
    assert_non_null(told_plot(s, "design-points-parallel"));
    json_decref(s);
    close_tables(&t);
}

/* Of 600 points 500 are drawn, none of them twice. A factor may be called as the figure's column is. */
static void test_design__some_of_many(void **state)
{
    (void)state;
    enum { N = 600 };
    static double x[2 * N], y[N];
    bool is_there[N] = {false};
    const muster_factor factor[] = {told_number("figure", 0, N), told_number("b", 0, 1)};
    for (int p = 0; p < N; p++) {
        x[2 * p] = (double)p;
        x[2 * p + 1] = (double)(p % 2);
        y[p] = (double)p + 0.25;
    }
    mst_data d = told_data(&(told_ask){.factors = 2,
                                       .points = N,
                                       .factor = factor,
                                       .x = x,
                                       .y = y,
                                       .method = "lhs",
                                       .response = told_figure("score", false)});
    assert_true(told_is_usual("design", &d));
    json_t *s = told_of("design", &d, NULL);
    assert_int_equal(told_rows(s, "design-points"), 500);
    for (int row = 0; row < 500; row++) {
        const int p = (int)json_number_value(told_cell(s, "design-points", row, "figure"));
        assert_false(is_there[p]);
        is_there[p] = true;
        assert_near(json_number_value(told_cell(s, "design-points", row, "the figure")), y[p],
                    1e-9);
    }
    json_t *caption = json_object_get(told_plot(s, "design-points-scatter-matrix"), "caption");
    assert_non_null(strstr(json_string_value(caption), "500 of 600 points"));
    json_decref(s);
    mst_data_free(&d);
}

/* ---- maps ----------------------------------------------------------------------------------------- */

/* Three by three places. ALPHA is able from the second column on, at 6 places; it accepts at 5 places, at
 * 4 of which it is able. A no is at the other 5: at 2 of both stages, at 1 of the first alone, at 2 of the
 * second alone. BETA is somebody else. */
static const char grid[] = "fuel,autonomy\n0,0\n0,1\n0,2\n1,0\n1,1\n1,2\n2,0\n2,1\n2,2\n";
static const char answers[] = "participation:ALPHA,margin_able:ALPHA,margin_accept:ALPHA,"
                              "margin_admit:BETA\n"
                              "0,-1,-1,1\n0,-1,-2,1\n0,-1,2,1\n"
                              "0,1,-1,1\n1,1,1,1\n1,1,2,1\n"
                              "0,2,-1,1\n1,2,1,1\n1,2,2,1\n";

static void test_map__boundaries_of_stages(void **state)
{
    (void)state;
    pair_of_tables t;
    open_tables(grid, answers, "participation:ALPHA", &t);
    assert_true(told_is_usual("map", &t.data));
    json_t *s = told_of("map", &t.data, NULL);
    assert_says(s, "'participation:ALPHA' is yes at 4 of 9 places of the map (44 %).");
    assert_says(s, "'margin_able:ALPHA' says yes at 67 % of the places and "
                   "'margin_accept:ALPHA' says yes at 56 % of the places.");
    assert_says(
        s, "'margin_accept:ALPHA' says yes in the least part of the map. Of the 5 places with a "
           "no, 'margin_able:ALPHA' alone says it at 1 and 'margin_accept:ALPHA' alone says "
           "it at 2.");
    assert_says(s, "n = 9 points at 9 places, one value each.");
    assert_silent(s, "scattered");
    json_t *roles = json_object_get(told_plot(s, "map-places-map"), "roles");
    assert_int_equal(json_array_size(json_object_get(roles, "boundary")), 2);
    assert_near(json_number_value(told_cell(s, "map-places", 8, "boundary_1")), 2.0, 1e-12);
    json_decref(s);
    close_tables(&t);
}

/* A table's numbers may be anything; those of an experiment are known to be whole. */
static void make_whole(pair_of_tables *t, int which, muster_factor factor[2])
{
    memcpy(factor, t->data.factor, 2 * sizeof *factor);
    factor[which].scale = MUSTER_SCALE_WHOLE;
    t->data.factor = factor;
}

/* As the model decides: able at a margin of 0, the political stages above it alone. Able is yes at 4 of 6
 * places, two of them exactly 0, admitted at 2, with a 0 that is no. */
static void test_map__a_margin_of_0(void **state)
{
    (void)state;
    pair_of_tables t;
    open_tables("fuel,frigates\n0.1,0\n0.1,1\n0.1,2\n0.5,0\n0.5,1\n0.5,2\n",
                "margin_able:X,margin_admit:X\n-1,1\n0,1\n1,-1\n-1,0\n0,0\n1,0\n", "margin_able:X",
                &t);
    muster_factor factor[2];
    make_whole(&t, 1, factor);
    json_t *s = told_of("map", &t.data, NULL);
    assert_says(s, "'margin_able:X' says yes at 67 % of the places and 'margin_admit:X' says yes "
                   "at 33 % of the places.");
    assert_says(s, "A stage says yes where its margin is above 0; able where it is 0 or above.");
    json_t *plot = told_plot(s, "map-places-map");
    json_t *above = json_object_get(json_object_get(plot, "options"), "above_0");
    assert_int_equal(json_array_size(above), 1);
    assert_near(json_number_value(json_array_get(above, 0)), 2.0, 0.0);
    assert_non_null(strstr(json_string_value(json_object_get(plot, "caption")),
                           "Between points of the grid the line is interpolated, but not "
                           "between whole numbers or names"));
    json_decref(s);
    close_tables(&t);
}

/* Names and whole numbers: cells; in gnuplot their borders are the boundary, here 3 of them. */
static void test_map__cells(void **state)
{
    (void)state;
    pair_of_tables t;
    open_tables("base,count\nNORTH,1\nNORTH,2\nSOUTH,1\nSOUTH,2\nEAST,1\nEAST,2\n",
                "y:X,margin_able:X\n1,-1\n1,1\n1,-1\n1,1\n1,-1\n1,0\n", "y:X", &t);
    muster_factor factor[2];
    make_whole(&t, 1, factor);
    const muster_analyze_options options = {.x = "base", .y = "count"};
    json_t *s = told_of("map", &t.data, &options);
    assert_string_equal(json_string_value(told_cell(s, "map-places", 4, "x")), "EAST");
    assert_near(json_number_value(told_cell(s, "map-places", 5, "y")), 2.0, 0.0);
    assert_non_null(
        strstr(json_string_value(json_object_get(told_plot(s, "map-places-map"), "caption")),
               "Each cell is a point, and lines run between cells."));
    json_decref(s);
    close_tables(&t);
}

/* A stage that says no everywhere has no boundary to draw, and is what matters. */
static void test_map__never_crossed(void **state)
{
    (void)state;
    pair_of_tables t;
    open_tables("a,b\n0,0\n0,1\n1,0\n1,1\n",
                "y:X,margin_able:X,margin_accept:X\n0,1,-1\n0,1,-2\n0,-1,-1\n0,1,-1\n", "y:X", &t);
    json_t *s = told_of("map", &t.data, NULL);
    assert_says(s, "is yes at 0 of 4 places of the map (0 %)");
    assert_says(s,
                "'margin_accept:X' says no all over the map: within these ranges its boundary is "
                "not crossed, whatever else is.");
    json_t *roles = json_object_get(told_plot(s, "map-places-map"), "roles");
    assert_int_equal(json_array_size(json_object_get(roles, "boundary")), 1);
    json_decref(s);
    close_tables(&t);
}

/* A margin of 0 is enough to be able, and not enough to be admitted or to accept. */
static void test_map__margins_of_zero(void **state)
{
    (void)state;
    pair_of_tables t;
    open_tables("a,b\n0,0\n0,1\n1,0\n1,1\n",
                "y:X,margin_able:X,margin_accept:X\n1,0,1\n0,0,0\n0,-1,-1\n1,1,1\n", "y:X", &t);
    json_t *s = told_of("map", &t.data, NULL);
    assert_says(s, "'margin_able:X' says yes at 75 % of the places and 'margin_accept:X' says yes "
                   "at 50 % of the places.");
    assert_says(s, "Of the 2 places with a no, 'margin_accept:X' alone says it at 1.");
    json_decref(s);
    close_tables(&t);
}

/* Three factors of two values: c moves the figure most, then a; over b means are taken. */
static void test_map__means_over_others(void **state)
{
    (void)state;
    pair_of_tables t;
    open_tables("a,b,c\n0,0,0\n0,0,1\n0,1,0\n0,1,1\n1,0,0\n1,0,1\n1,1,0\n1,1,1\n",
                "y,other\n1,0\n9,0\n2,0\n10,0\n4,0\n13,0\n5,0\n14,0\n", "y", &t);
    assert_true(told_is_usual("map", &t.data)); /* a grid of three */
    json_t *s = told_of("map", &t.data, NULL);
    assert_says(s, "Shown are c and a, the factors with the largest main effects");
    assert_says(s, "At each place it is the mean over all that was tried of b:");
    assert_says(s, "'y' goes from 1.5 (c 0, a 0) to 13.5 (c 1, a 1).");
    assert_int_equal(told_rows(s, "map-places"), 4);
    json_decref(s);
    const muster_analyze_options options = {.x = "b"};
    s = told_of("map", &t.data, &options);
    assert_says(s, "Shown are b and c, ");
    json_decref(s);
    close_tables(&t);
    open_tables("a,b,c\n0,0,0\n0,0,1\n0,1,0\n0,1,1\n1,0,0\n1,0,1\n1,1,0\n",
                "y\n1\n9\n2\n1\n4\n1\n5\n", "y", &t);
    assert_false(told_is_usual("map", &t.data)); /* a corner is missing */
    close_tables(&t);
}

/* Places without a grid; and with a third factor that is never the same no margin is a surface. */
static void test_map__scattered(void **state)
{
    (void)state;
    static const char margins[] = "y:X,margin_able:X\n1,1\n0,-1\n1,2\n0,-2\n1,1\n";
    pair_of_tables t;
    open_tables("a,b\n0.1,0.3\n0.2,0.9\n0.5,0.4\n0.7,0.8\n0.9,0.1\n", margins, "y:X", &t);
    json_t *s = told_of("map", &t.data, NULL);
    assert_says(s, "The points are scattered: boundaries are interpolated between them.");
    json_decref(s);
    close_tables(&t);
    open_tables("a,b,c\n0.1,0.3,1\n0.2,0.9,2\n0.5,0.4,3\n0.7,0.8,4\n0.9,0.1,5\n", margins, "y:X",
                &t);
    s = told_of("map", &t.data, NULL);
    assert_says(s, "1 other factor varies from point to point");
    assert_null(
        json_object_get(json_object_get(told_plot(s, "map-places-map"), "roles"), "boundary"));
    json_decref(s);
    close_tables(&t);
}

static void test_map__refusals(void **state)
{
    (void)state;
    char why[MST_WHY_BYTES];
    pair_of_tables t;
    open_tables("a,base,c\n0,NORTH,1\n0,SOUTH,2\n1,NORTH,3\n1,SOUTH,5\n", "y\n1\n2\n3\n4\n", "y",
                &t);
    muster_analyze_options options = {.x = "base"};
    assert_string_equal(told_refusal("map", &t.data, &options, why), "");
    options.x = "d";
    assert_string_equal(told_refusal("map", &t.data, &options, why), "no factor 'd'");
    options.x = options.y = "a";
    assert_string_equal(told_refusal("map", &t.data, &options, why),
                        "--x and --y are the same factor");
    close_tables(&t);
}

/* ---- other figures of a store --------------------------------------------------------------------- */

static const char scenario_text[] =
    "scenario = { id = \"demo\"; title = \"One leg\"; start = \"2023-07-18T00:00Z\";\n"
    "             horizon = \"4 d\"; };\n"
    "states = { HOME = { name = \"Home\"; }; };\n"
    "classes = { corvette = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;\n"
    "                         range_nm = 3500.0; range_speed_kn = 14.0; }; };\n"
    "bases = { PORT = { lat_deg = 43.11; lon_deg = 131.89;\n"
    "                   sea_lat_deg = 42.95; sea_lon_deg = 131.85; }; };\n"
    "units = { first = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\";\n"
    "                    readiness = 0.8; }; };\n"
    "drills = { demo = { hosts = [\"HOME\"]; cap_need = 1.0; end = \"2023-07-20T12:00Z\";\n"
    "  decide_at = \"2023-07-18T00:00Z\";\n"
    "  muster = { lat_deg = 39.5; lon_deg = 134.0; at = \"2023-07-20T00:00Z\"; };\n"
    "  slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"12 h\"; } ); }; };\n";

static const char experiment_text[] =
    "experiment = { id = \"demo\"; title = \"Readiness\"; scenario = \"demo.cfg\"; };\n"
    "method = { name = \"factorial\"; };\n"
    "runs = { replications = 40; seed = 7; };\n"
    "factors = { ready = { path = \"units.first.readiness\"; min = 0.0; max = 0.9; steps = 3; }; "
    "};\n"
    "measures = [\"mustered\", \"muster_delay_h\", \"fuel_used_t\"];\n";

/* Means as they are where each figure is the one that is told_of; the delay is defined in no run of a
 * ship that is never ready. */
static void means_are_those_of_cells(muster_store *store)
{
    mst_data d, other;
    const int32_t figure[] = {2, 1};
    double mean[6];
    assert_int_equal(mst_data_of_store(store, 0, 0.95, NULL, &d), MUSTER_OK);
    assert_int_equal(d.figures, 3);
    assert_string_equal(d.figure[1].name, "muster_delay_h");
    assert_int_equal(mst_data_means(&d, figure, 2, mean), MUSTER_OK);
    for (int k = 0; k < 2; k++) {
        assert_int_equal(mst_data_of_store(store, figure[k], 0.95, NULL, &other), MUSTER_OK);
        for (int p = 0; p < 3; p++)
            if (isnan(other.cell[p].mean))
                assert_true(isnan(mean[3 * k + p]));
            else
                assert_near(mean[3 * k + p], other.cell[p].mean, 1e-12);
        mst_data_free(&other);
    }
    assert_true(isnan(mean[3]) && !isnan(mean[5]));
    mst_data_free(&d);
}

static void remove_store(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    char name[200];
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        (void)remove(name);
    }
}

static void test_data__other_figures_of_a_store(void **state)
{
    (void)state;
    static const char path[] = "test_analyses_points.sqlite";
    const test_file files[] = {
        {"demo.exp", experiment_text}, {"demo.cfg", scenario_text}, {NULL, NULL}};
    test_disk disk = {.file = files};
    const muster_opener opener = test_opener(&disk);
    const muster_host host = {"here", "", "", "", "", "test"};
    const muster_sweep_run_options how = {.jobs = 1};
    muster_land *land = NULL;
    muster_experiment *experiment = NULL;
    muster_store *store = NULL;
    muster_sweep_done done;
    remove_store(path);
    assert_int_equal(muster_land_open(NULL, 0, NULL, NULL, &land), MUSTER_OK);
    const muster_experiment_from from = {.path = "demo.exp", .opener = &opener, .land = land};
    assert_int_equal(muster_experiment_open(&from, NULL, &experiment), MUSTER_OK);
    assert_int_equal(muster_store_begin(path, experiment, &host, (muster_shard){0}, NULL, &store),
                     MUSTER_OK);
    assert_int_equal(muster_store_run(store, &how, NULL, &done), MUSTER_OK);
    assert_int_equal(muster_store_close(store, NULL), MUSTER_OK);
    assert_int_equal(muster_store_open(path, NULL, &store), MUSTER_OK);
    means_are_those_of_cells(store);
    (void)muster_store_close(store, NULL);
    muster_experiment_free(experiment);
    muster_land_free(land);
    remove_store(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_design__correlations_by_hand),
        cmocka_unit_test(test_design__some_of_many),
        cmocka_unit_test(test_map__boundaries_of_stages),
        cmocka_unit_test(test_map__a_margin_of_0),
        cmocka_unit_test(test_map__cells),
        cmocka_unit_test(test_map__never_crossed),
        cmocka_unit_test(test_map__margins_of_zero),
        cmocka_unit_test(test_map__means_over_others),
        cmocka_unit_test(test_map__scattered),
        cmocka_unit_test(test_map__refusals),
        cmocka_unit_test(test_data__other_figures_of_a_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
