/* Absurd but legal, or refused: nothing is so large, so empty or so far away that a run does not
 * come to its end, or to a reason in words, in bounded time. */
#include "test.h"

#include "flow.h"

#include "load/scenario.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* CPU seconds for one scenario from text to documents. The slowest here takes 3 s in a Release build
 * on one core of 2020; sanitizers, Debug builds and a busy machine are granted a factor of 20. */
enum { CPU_S_MOST = 60 };

/* ---- texts ------------------------------------------------------------------------------------ */

typedef struct text {
    char *bytes;
    size_t used, room;
} text;

static void add(text *t, const char *format, ...) MUSTER_PRINTF(2, 3);
static void add(text *t, const char *format, ...)
{
    va_list arguments;
    if (t->used + 4096 > t->room) {
        t->room = 2 * t->room + 65536;
        t->bytes = realloc(t->bytes, t->room);
        assert_non_null(t->bytes);
    }
    va_start(arguments, format);
    const int length = vsnprintf(t->bytes + t->used, t->room - t->used, format, arguments);
    va_end(arguments);
    assert_true(length >= 0 && length < 4096);
    t->used += (size_t)length;
}

/* What differs from scenario to scenario; null: the usual. */
typedef struct world {
    const char *horizon, *states, *bases, *area, *drill_times, *slots, *drill_more, *more;
    int32_t state_count, ship_items, count_each, squadrons, aircraft_each, drills, serials;
} world;

static const char usual_bases[] =
    "PA = { sea_lat_deg = 42.95; sea_lon_deg = 131.85; lat_deg = 43.11; lon_deg = 131.89; };";
static const char usual_area[] = "lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0;";
static const char usual_times[] = "decide_at = \"2023-07-18T00:00Z\"; end = \"2023-07-22T00:00Z\"; "
                                  "muster = { at = \"2023-07-20T00:00Z\"; };";
static const char usual_slots[] = "{ for = \"host\"; role = \"escort\"; min_hours = \"1 h\"; }";

static const char *or_usual(const char *given, const char *usual)
{
    return given ? given : usual;
}

static void add_units(text *t, const world *w)
{
    add(t, "units = { ");
    for (int32_t i = 0; i < w->ship_items; i++)
        add(t, "s%d = { class = \"corv\"; state = \"S%d\"; base = \"PA\"; count = %d; };\n", (int)i,
            (int)(w->state_count > 1 ? i % w->state_count : 0), (int)w->count_each);
    for (int32_t i = 0; i < w->squadrons; i++)
        add(t, "j%d = { class = \"jet\"; state = \"S0\"; base = \"PA\"; count = %d; };\n", (int)i,
            (int)w->aircraft_each);
    add(t, "};\n");
}

static void add_drills(text *t, const world *w)
{
    add(t, "drills = { ");
    for (int32_t i = 0; i < w->drills; i++)
        add(t,
            "d%d = { hosts = [\"S0\"]; area = \"sea\"; cap_need = 1.0; %s slots = ( %s ); %s };\n",
            (int)i, or_usual(w->drill_times, usual_times), or_usual(w->slots, usual_slots),
            or_usual(w->drill_more, ""));
    add(t, "};\n");
    if (w->serials > 0) {
        add(t, "serials = { ");
        for (int32_t i = 0; i < w->serials; i++)
            add(t,
                "x%d = { kind = \"gunnery\"; min_states = 1; start = \"%d h\"; for = \"2 h\";"
                " needs = ( { role = \"escort\"; count = 1; } ); };\n",
                (int)i, (int)i % 40);
        add(t, "};\n");
    }
}

static char *scenario_of(const world *w)
{
    text t = {0};
    add(&t,
        "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-18T00:00Z\"; horizon = "
        "\"%s\"; };\nstates = { ",
        or_usual(w->horizon, "20 d"));
    for (int32_t i = 0; i < (w->state_count > 0 ? w->state_count : 1); i++)
        add(&t, "S%d = { name = \"State %d\"; };\n", (int)i, (int)i);
    add(&t, "};\nclasses = { corv = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;"
            " range_nm = 3500.0; range_speed_kn = 14.0; };\n"
            " jet = { craft = \"aircraft\"; roles = [\"fighter\"]; cruise_kn = 450.0; fuel_t = 4.0;"
            " ferry_range_nm = 1500.0; }; };\nweather = { sea_state = 2; };\n");
    add(&t, "bases = { %s };\nareas = { sea = { %s }; };\n", or_usual(w->bases, usual_bases),
        or_usual(w->area, usual_area));
    add_units(&t, w);
    add_drills(&t, w);
    add(&t, "%s\n", or_usual(w->more, ""));
    return t.bytes;
}

/* ---- from text to the end ------------------------------------------------------------------------ */

static muster_land *land;

static void tell_all(const flow *f)
{
    const muster_tell t = {.scenario = f->scenario, .model = f->model, .result = f->result};
    char *report = muster_tell_report(&t, f->diags), *json = muster_tell_json(&t, f->diags);
    assert_non_null(report);
    assert_non_null(json);
    muster_tell_free(report, NULL);
    muster_tell_free(json, NULL);
}

/* Null: it ran and everything was told; else the first reason, which lives in the flow. Whatever the
 * outcome, only an end or an error with words will do. */
static const char *reason_of(flow *f, const char *words)
{
    const clock_t from = clock();
    *f = (flow){.diags = muster_diags_create(NULL)};
    muster_status status =
        muster_gather_text("t.cfg", words, strlen(words), NULL, f->diags, &f->text);
    if (status == MUSTER_OK)
        status = muster_scenario_read(f->text, NULL, NULL, f->diags, &f->scenario);
    if (status == MUSTER_OK && !land)
        assert_int_equal(muster_land_open(NULL, 0, NULL, f->diags, &land), MUSTER_OK);
    if (status == MUSTER_OK)
        status = muster_routes_find(f->scenario, land, NULL, f->diags, &f->routes);
    if (status == MUSTER_OK)
        status = muster_model_create(f->scenario, f->routes, NULL, f->diags, &f->model);
    if (status == MUSTER_OK)
        status = muster_run_plan(f->model, NULL, f->diags, &f->result);
    if (status == MUSTER_OK)
        tell_all(f);
    const double cpu_s = (double)(clock() - from) / (double)CLOCKS_PER_SEC;
    if (cpu_s > CPU_S_MOST)
        fail_msg("%.1f s of CPU for:\n%.600s", cpu_s, words);
    if (status == MUSTER_OK)
        return NULL;
    assert_int_equal(status, MUSTER_MISTAKE);
    for (int32_t i = 0; i < muster_diags_count(f->diags); i++) {
        const muster_diag *diag = muster_diags_at(f->diags, i);
        if (diag->severity == MUSTER_ERROR && strlen(diag->message) > 10)
            return diag->message;
    }
    fail_msg("refused without a reason:\n%.600s", words);
    return NULL;
}

/* said: null when it must run to the end. came: units that came to drill 0 of state 0, -1: not asked */
static void assert_end(const world *w, const char *said, double came)
{
    flow f;
    char *words = scenario_of(w);
    const char *reason = reason_of(&f, words);
    if (!said && reason)
        fail_msg("refused: %s", reason);
    if (said && (!reason || !strstr(reason, said)))
        fail_msg("said '%s', not '%s'", reason ? reason : "(it ran)", said);
    if (!said && came >= 0.0)
        assert_near(muster_result_value(f.result, "units_came", "d0/S0"), came, 0.0);
    flow_close(&f);
    free(words);
}

/* ---- tests --------------------------------------------------------------------------------------- */

static void test_absurd__numbers_of_units(void **state)
{
    static const char all_of_it[] = "contingents = ( { state = \"S0\"; units = [\"s0\"]; } );";
    (void)state;
    assert_end(&(world){.drills = 1}, NULL, 0.0);
    assert_end(&(world){.ship_items = 1, .count_each = 0, .drills = 1}, NULL, 0.0);
    assert_end(&(world){.ship_items = 5000, .count_each = 1, .drills = 1}, NULL, 1.0);
    assert_end(&(world){.ship_items = 1, .count_each = 1000, .drills = 1, .drill_more = all_of_it},
               NULL, 1000.0);
    assert_end(&(world){.ship_items = 1, .count_each = 1001, .drills = 1}, "outside [0, 1000]",
               0.0);
    assert_end(&(world){.ship_items = 1, .count_each = INT32_MAX, .drills = 1}, "outside [0, 1000]",
               0.0);
    assert_end(&(world){.ship_items = 20001, .count_each = 1, .drills = 1},
               "more than 20000 settings", 0.0);
}

static void test_absurd__aircraft(void **state)
{
    static const char air[] =
        "air = { cap = { role = \"fighter\"; start = \"0 h\"; for = \"48 h\"; "
        "count = 32; on_station = \"1 h\"; }; };";
    (void)state;
    assert_end(&(world){.ship_items = 1,
                        .count_each = 1,
                        .squadrons = 50,
                        .aircraft_each = 1000,
                        .drills = 1,
                        .drill_more = air},
               NULL, -1.0);
    assert_end(&(world){.ship_items = 1,
                        .count_each = 1,
                        .squadrons = 1,
                        .aircraft_each = INT32_MAX,
                        .drills = 1},
               "outside [0, 1000]", 0.0);
}

/* Sets of states are 64 bits wide: the 64th state is one like any other, a 65th is refused. */
static void test_absurd__states_up_to_the_last_bit(void **state)
{
    text t = {0};
    (void)state;
    add(&t, "candidates = [\"S1\"");
    for (int i = 2; i < 64; i++)
        add(&t, ", \"S%d\"", i);
    add(&t, "]; contingents = ( { state = \"S63\"; units = [\"s63\"]; } );");
    static const char slots[] = "{ for = \"host\"; role = \"escort\"; min_hours = \"1 h\"; }, "
                                "{ for = \"candidate\"; role = \"escort\"; min_hours = \"1 h\"; }";
    const world all = {.state_count = 64,
                       .ship_items = 64,
                       .count_each = 1,
                       .drills = 1,
                       .slots = slots,
                       .drill_more = t.bytes};
    flow f;
    char *words = scenario_of(&all);
    assert_null(reason_of(&f, words));
    assert_near(muster_result_value(f.result, "units_came", "d0/S63"),
                muster_result_value(f.result, "units_came", "d0/S62"), 0.0);
    assert_near(muster_result_value(f.result, "participation", "d0/S63"),
                muster_result_value(f.result, "participation", "d0/S1"), 0.0);
    flow_close(&f);
    free(words);
    free(t.bytes);
    assert_end(&(world){.state_count = 65, .ship_items = 1, .count_each = 1, .drills = 1},
               "at most 64 are allowed", 0.0);
    assert_end(&(world){.state_count = 200, .ship_items = 1, .count_each = 1, .drills = 1},
               "at most 64 are allowed", 0.0);
}

static void test_absurd__times(void **state)
{
    const world ship = {.ship_items = 1, .count_each = 1, .drills = 1};
    world w = ship;
    (void)state;
    w.horizon = "87840 h"; /* the longest, ten years */
    assert_end(&w, NULL, 1.0);
    w.horizon = "36525 d";
    assert_end(&w, "outside [1, 87840] h", 0.0);
    w = ship;
    w.drill_times = "decide_at = \"2023-07-18T00:00Z\"; end = \"2023-07-20T00:00Z\"; "
                    "muster = { at = \"2023-07-20T00:00Z\"; };";
    assert_end(&w, "not after its muster", 0.0);
    w.drill_times = "decide_at = \"2023-07-09T00:00Z\"; end = \"2023-07-12T00:00Z\"; "
                    "muster = { at = \"2023-07-10T00:00Z\"; };";
    assert_end(&w, "not after the scenario's start", 0.0);
}

static void test_absurd__places(void **state)
{
    const world ship = {.ship_items = 1, .count_each = 1, .drills = 1};
    world w = ship;
    (void)state;
    w.bases = "PA = { sea_lat_deg = 39.5; sea_lon_deg = 134.0; lat_deg = 39.5; lon_deg = 134.0; };";
    w.area = "lat_deg = 39.5; lon_deg = 134.0; radius_nm = 0.1;";
    assert_end(&w, NULL, 1.0);
    w.bases = "PA = { sea_lat_deg = 90.0; sea_lon_deg = 0.0; lat_deg = 90.0; lon_deg = 0.0; };";
    assert_end(&w, "outside the land box", 0.0);
    w.bases = "PA = { sea_lat_deg = 30.0; sea_lon_deg = 180.0; lat_deg = 30.0; lon_deg = 180.0; };";
    w.area = "lat_deg = 30.0; lon_deg = -179.5; radius_nm = 20.0;";
    assert_end(&w, NULL, 1.0);
    w.bases =
        "PA = { sea_lat_deg = 30.0; sea_lon_deg = -180.0; lat_deg = 30.0; lon_deg = -180.0; };";
    w.area = "lat_deg = 30.0; lon_deg = 179.5; radius_nm = 20.0;";
    assert_end(&w, NULL, 1.0);
}

static void test_absurd__many_drills_and_serials(void **state)
{
    static const char ten[] =
        "{ for = \"host\"; role = \"escort\"; count = 10; min_hours = \"1 h\"; }";
    (void)state;
    for (int32_t serials = 64; serials <= 1000; serials += 936)
        assert_end(
            &(world){
                .ship_items = 1, .count_each = 10, .drills = 1, .slots = ten, .serials = serials},
            NULL, 10.0);
    assert_end(&(world){.ship_items = 20, .count_each = 1, .drills = 100}, NULL, -1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_absurd__numbers_of_units),
        cmocka_unit_test(test_absurd__aircraft),
        cmocka_unit_test(test_absurd__states_up_to_the_last_bit),
        cmocka_unit_test(test_absurd__times),
        cmocka_unit_test(test_absurd__places),
        cmocka_unit_test(test_absurd__many_drills_and_serials),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    muster_land_free(land);
    return failed;
}
