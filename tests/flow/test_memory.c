/* Memory that runs short at each allocation in turn, from the text to every document: what fails says
 * so, nothing is lost or kept, and with the next try all is as it was.
 *
 * libconfig and PROJ take their memory from malloc and are not made to fail here: libconfig 1.5 does
 * not survive it (sim/load/README.md). jansson is given the same failing memory: what it takes it
 * takes through json_set_alloc_funcs, which is for the program to set, so the test sets it. */
#include "test.h"

#include "memory.h"
#include "muster/muster.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char text_in[] =
    "scenario = { id = \"hello\"; title = \"One leg\"; start = \"2023-07-18T00:00Z\";\n"
    "             horizon = \"4 d\"; };\n"
    "states = { HOME = { name = \"Home\"; }; GUEST = { attributes = { will = 0.4; }; }; };\n"
    "classes = { corvette = { roles = [\"escort\"]; max_speed_kn = 27.0; range_nm = 3500.0;\n"
    "                         range_speed_kn = 14.0; fuel_t = 170.0; }; };\n"
    "bases = { PORT = { sea_lat_deg = 40.5; sea_lon_deg = 133.0; lat_deg = 43.11;\n"
    "                   lon_deg = 131.89; }; };\n"
    "units = { first = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\"; };\n"
    "          guest = { class = \"corvette\"; state = \"GUEST\"; base = \"PORT\"; }; };\n"
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 20.0; }; };\n"
    "drills = { passage = { hosts = [\"HOME\"]; candidates = [\"GUEST\"]; area = \"sea\";\n"
    "    cap_need = 1.0; muster = { at = \"2023-07-20T00:00Z\"; }; end = \"2023-07-20T12:00Z\";\n"
    "    decide_at = \"2023-07-18T00:00Z\";\n"
    "    slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"12 h\"; },\n"
    "              { for = \"candidate\"; role = \"escort\"; min_hours = \"1 h\"; } ); }; };\n"
    "alignment = { rules = { r = { stage = \"accept\"; weight = 1.0; terms = [\"cand.will\"]; };\n"
    "    q = { stage = \"admit\"; weight = 1.0; terms = [\"cand.will\"]; }; }; };\n"
    "weather = { sea_state = 2; };\n";

/* Everything a caller holds. The land is opened once, with memory enough. */
typedef struct held {
    muster_diags *diags;
    muster_source_text *text;
    muster_scenario *scenario;
    muster_routes *routes;
    muster_model *model;
    muster_result *result;
} held;

static muster_land *land;

/* ---- the steps ----------------------------------------------------------------------------------- */

typedef muster_status step(held *h, const muster_memory *memory);

static muster_status gather(held *h, const muster_memory *memory)
{
    return muster_gather_text("t.cfg", text_in, sizeof text_in - 1, memory, h->diags, &h->text);
}
static muster_status read_it(held *h, const muster_memory *memory)
{
    static const char *const line[] = {"units.first.fuel_frac = 0.9"};
    const muster_changes changes = {.line = line, .line_count = 1};
    const muster_status status =
        muster_scenario_read(h->text, &changes, memory, h->diags, &h->scenario);
    if (status != MUSTER_OK) { /* one with mistakes may be looked at; none came of no memory */
        muster_scenario_free(h->scenario);
        h->scenario = NULL;
    }
    return status;
}
static muster_status find_routes(held *h, const muster_memory *memory)
{
    return muster_routes_find(h->scenario, land, memory, h->diags, &h->routes);
}
static muster_status compile(held *h, const muster_memory *memory)
{
    return muster_model_create(h->scenario, h->routes, memory, h->diags, &h->model);
}
static muster_status run(held *h, const muster_memory *memory)
{
    return muster_run_plan(h->model, memory, h->diags, &h->result);
}

static muster_status told(char *text, const muster_memory *memory)
{
    const muster_status status = text ? MUSTER_OK : MUSTER_WORLD;
    muster_tell_free(text, memory);
    return status;
}
#define TELL                                                                                       \
    (&(muster_tell){                                                                               \
        .scenario = h->scenario, .model = h->model, .result = h->result, .memory = memory})
static muster_status report(held *h, const muster_memory *memory)
{
    return told(muster_tell_report(TELL, h->diags), memory);
}
static muster_status json(held *h, const muster_memory *memory)
{
    return told(muster_tell_json(TELL, h->diags), memory);
}
static muster_status trace(held *h, const muster_memory *memory)
{
    return told(muster_tell_trace(TELL, h->diags), memory);
}
static muster_status why(held *h, const muster_memory *memory)
{
    return told(muster_tell_why(TELL, "GUEST", NULL, false, h->diags), memory);
}
static muster_status why_json(held *h, const muster_memory *memory)
{
    return told(muster_tell_why(TELL, "GUEST", NULL, true, h->diags), memory);
}
static muster_status reach(held *h, const muster_memory *memory)
{
    return told(muster_tell_reach(TELL, NULL, NULL, false, h->diags), memory);
}
static muster_status reach_json(held *h, const muster_memory *memory)
{
    return told(muster_tell_reach(TELL, NULL, NULL, true, h->diags), memory);
}

/* ---- failing at each allocation ------------------------------------------------------------------ */

/* Fails a step at its 1st, 2nd ... allocation until it gets through. Some allocations may fail
 * without harm (a cache that is done without), so a step may end well though one was refused.
 * @return allocations of the step */
static int32_t fail_each(step *one, const char *name, held *h)
{
    for (int32_t left = 0;; left++) {
        test_memory counts = {.left = left};
        const muster_memory hook = test_hook(&counts);
        assert_true(left < 200000);
        muster_diags *const all = h->diags;
        h->diags = muster_diags_create(NULL);
        const muster_status status = one(h, &hook);
        const bool said = muster_diags_error_count(h->diags) > 0;
        muster_diags_free(h->diags);
        h->diags = all;
        if (status == MUSTER_OK && counts.refused == 0)
            assert_int_equal(counts.held, 0);
        if (counts.refused == 0)
            return left;
        if (status != MUSTER_OK && (status != MUSTER_WORLD || !said || counts.held != 0))
            fail_msg("%s, allocation %d: status %d, %s, %d blocks held", name, (int)left + 1,
                     (int)status, said ? "said" : "nothing said", (int)counts.held);
    }
}

/* A step that leaves something in `h` is undone after each try, and done once more for the next. */
#define MAKER(name, call, member, release)                                                         \
    static muster_status name(held *h, const muster_memory *memory)                                \
    {                                                                                              \
        const muster_status status = call(h, memory);                                              \
        assert_true((status == MUSTER_OK) == (h->member != NULL));                                 \
        release(h->member);                                                                        \
        h->member = NULL;                                                                          \
        return status;                                                                             \
    }
MAKER(try_gather, gather, text, muster_source_text_free)
MAKER(try_read, read_it, scenario, muster_scenario_free)
MAKER(try_routes, find_routes, routes, muster_routes_free)
MAKER(try_compile, compile, model, muster_model_free)
MAKER(try_run, run, result, muster_result_free)

static void open_all(held *h)
{
    *h = (held){.diags = muster_diags_create(NULL)};
    if (!land)
        assert_int_equal(muster_land_open(NULL, 0, NULL, h->diags, &land), MUSTER_OK);
    assert_int_equal(gather(h, NULL), MUSTER_OK);
    assert_int_equal(read_it(h, NULL), MUSTER_OK);
    assert_int_equal(find_routes(h, NULL), MUSTER_OK);
    assert_int_equal(compile(h, NULL), MUSTER_OK);
    assert_int_equal(run(h, NULL), MUSTER_OK);
}

static void close_all(held *h)
{
    muster_result_free(h->result);
    muster_model_free(h->model);
    muster_routes_free(h->routes);
    muster_scenario_free(h->scenario);
    muster_source_text_free(h->text);
    muster_diags_free(h->diags);
}

static void test_memory__every_allocation_may_fail(void **state)
{
    (void)state;
    held whole, h;
    open_all(&whole);
#define TRY(call, least)                                                                           \
    h = whole;                                                                                     \
    assert_true(fail_each(call, #call, &h) >= (least))
#define MAKE(call, member)                                                                         \
    h = whole;                                                                                     \
    h.member = NULL;                                                                               \
    assert_true(fail_each(call, #call, &h) >= 2)
    MAKE(try_gather, text);
    MAKE(try_read, scenario);
    MAKE(try_routes, routes);
    MAKE(try_compile, model);
    MAKE(try_run, result);
    TRY(report, 1);
    TRY(json, 1);
    TRY(trace, 1);
    TRY(why, 1);
    TRY(why_json, 1);
    TRY(reach, 1);
    TRY(reach_json, 1);
    close_all(&whole);
}

/* ---- jansson ---------------------------------------------------------------------------------- */

static test_memory of_jansson;
static void *jansson_allocate(size_t bytes)
{
    return test_allocate(bytes, &of_jansson);
}
static void jansson_release(void *block)
{
    test_release(block, &of_jansson);
}

/* The document has hundreds of values, so not every place is tried: all of the first 200, then one
 * in 17, a step that is no factor of anything regular in it. */
static void test_memory__jansson_may_fail(void **state)
{
    step *const steps[] = {json, why_json, reach_json};
    (void)state;
    held h;
    open_all(&h);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        for (int32_t left = 0;; left += left < 200 ? 1 : 17) {
            of_jansson = (test_memory){.left = left};
            json_set_alloc_funcs(jansson_allocate, jansson_release);
            const muster_status status = steps[i](&h, NULL);
            json_set_alloc_funcs(malloc, free);
            assert_int_equal(of_jansson.held, 0);
            if (of_jansson.refused == 0) {
                assert_int_equal(status, MUSTER_OK);
                assert_true(left > 20);
                break;
            }
            assert_int_equal(status, MUSTER_WORLD);
        }
    close_all(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory__every_allocation_may_fail),
        cmocka_unit_test(test_memory__jansson_may_fail),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    muster_land_free(land);
    return failed;
}
