/* Memory that runs short at each allocation in turn, from the text to every document: what fails says
 * so, nothing is lost or kept, and with the next try all is as it was.
 *
 * Of two scenarios: one so small that each of hundreds of tries is quick, and one that has every kind
 * of thing. libconfig and PROJ take their memory from malloc and are not made to fail here: libconfig
 * 1.5 does not survive it (sim/load/README.md). jansson takes what it takes through
 * json_set_alloc_funcs, which is for the program to set, so the test sets it: its blocks are counted
 * while ours fail, and then fail themselves. Where the library is given no hook it asks malloc in one
 * place (sim/base/arena.c); the linker puts __wrap_malloc there. */
#include "test.h"

#include "base/diag.h"
#include "calc_ask.h"
#include "memory.h"
#include "muster/muster.h"
#include "tell/basis.h"
#include "tell/json.h"
#include "tell/random.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char small[] =
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
    "chance = { decisions = \"draw\"; };\n"
    "weather = { sea_state = 2; };\n";

static char large[16384]; /* tests/unit/every_place.cfg */

/* What is read at present. */
static const char *text_in;

/* Everything a caller holds. The land is opened once, with memory enough. */
typedef struct held {
    muster_diags *diags;
    muster_source_text *text;
    muster_scenario *scenario;
    muster_routes *routes;
    muster_model *model;
    muster_result *result;
    muster_sample *sample; /* of the model                  */
    muster_sample *pair;   /* of the model beside itself    */
} held;

static muster_land *land;

/* ---- the steps ----------------------------------------------------------------------------------- */

/* A block and the beginning of another; of the large one a few. */
enum { REPLICATIONS = 260, FEW = 5 };

typedef muster_status step(held *h, const muster_memory *memory);

static muster_status gather(held *h, const muster_memory *memory)
{
    return muster_gather_text("t.cfg", text_in, strlen(text_in), memory, h->diags, &h->text);
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
static muster_status find_way(held *h, const muster_memory *memory)
{
    muster_way way; /* from the small scenario's port to its area */
    return muster_way_find(h->scenario, land, 40.5, 133.0, 39.5, 134.0, memory, h->diags, &way);
}
static muster_status compile(held *h, const muster_memory *memory)
{
    return muster_model_create(h->scenario, h->routes, memory, h->diags, &h->model);
}
static muster_status run(held *h, const muster_memory *memory)
{
    return muster_run_plan(h->model, memory, h->diags, &h->result);
}
static muster_status replicate_models(held *h, int32_t models, const muster_memory *memory,
                                      muster_sample **out)
{
    const muster_model *const model[] = {h->model, h->model};
    const muster_replicate_options options = {
        .count = text_in == small ? REPLICATIONS : FEW, .jobs = 1, .independent = true};
    return muster_replicate(model, models, &options, memory, h->diags, out);
}
static muster_status replicate(held *h, const muster_memory *memory)
{
    return replicate_models(h, 1, memory, &h->sample);
}
static muster_status replicate_pair(held *h, const muster_memory *memory)
{
    return replicate_models(h, 2, memory, &h->pair);
}

static muster_status told(char *text, const muster_memory *memory)
{
    const muster_status status = text ? MUSTER_OK : MUSTER_WORLD;
    muster_tell_free(text, memory);
    return status;
}
#define TELL_OF(sample_)                                                                           \
    (&(muster_tell){.scenario = h->scenario,                                                       \
                    .model = h->model,                                                             \
                    .result = h->result,                                                           \
                    .sample = (sample_),                                                           \
                    .memory = memory})
#define TELL TELL_OF(NULL)
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
static muster_status chance_report(held *h, const muster_memory *memory)
{
    return told(muster_tell_report(TELL_OF(h->sample), h->diags), memory);
}
static muster_status chance_json(held *h, const muster_memory *memory)
{
    return told(muster_tell_json(TELL_OF(h->sample), h->diags), memory);
}
static muster_status assumed(held *h, const muster_memory *memory)
{
    return told(mst_tell_assumed(TELL, NULL, false, h->diags), memory);
}
static muster_status assumed_json(held *h, const muster_memory *memory)
{
    return told(mst_tell_assumed(TELL, NULL, true, h->diags), memory);
}
static muster_status random_inputs(held *h, const muster_memory *memory)
{
    return told(mst_tell_random(TELL, false, h->diags), memory);
}
static muster_status random_json(held *h, const muster_memory *memory)
{
    return told(mst_tell_random(TELL, true, h->diags), memory);
}

static char *compared(held *h, bool as_json, muster_sample *sample, const muster_memory *memory)
{
    const muster_comparison comparison = {
        .name = (const char *const[]){"one", "other"},
        .scenario = (const muster_scenario *const[]){h->scenario, h->scenario},
        .model = (const muster_model *const[]){h->model, h->model},
        .plan = (const muster_result *const[]){h->result, h->result},
        .sample = sample,
        .count = 2,
        .all = true,
        .memory = memory};
    return muster_tell_compare(&comparison, as_json, h->diags);
}
static muster_status compare(held *h, const muster_memory *memory)
{
    return told(compared(h, false, h->pair, memory), memory);
}
static muster_status compare_json(held *h, const muster_memory *memory)
{
    return told(compared(h, true, h->pair, memory), memory);
}
static muster_status compare_plans(held *h, const muster_memory *memory)
{
    return told(compared(h, false, NULL, memory), memory);
}

/* These have no list of diagnostics to speak to: null is all they say. */
static muster_status told_of_itself(held *h, char *text, const muster_memory *memory)
{
    if (!text)
        (void)mst_diag_memory(h->diags);
    return told(text, memory);
}
static muster_diags *mistakes; /* one of each severity, made with memory enough */
static muster_status diags_text(held *h, const muster_memory *memory)
{
    return told_of_itself(h, muster_tell_diags(mistakes, false, memory), memory);
}
static muster_status diags_json(held *h, const muster_memory *memory)
{
    return told_of_itself(h, muster_tell_diags(mistakes, true, memory), memory);
}
static muster_status mistake(held *h, const muster_memory *memory)
{
    return told_of_itself(h, muster_tell_mistake("a slip", "do not", memory), memory);
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
static void watch_jansson(int32_t left)
{
    of_jansson = (test_memory){.left = left};
    json_set_alloc_funcs(jansson_allocate, jansson_release);
}
static void leave_jansson(void)
{
    json_set_alloc_funcs(malloc, free);
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
        watch_jansson(INT32_MAX);
        const muster_status status = one(h, &hook);
        leave_jansson();
        const bool said = muster_diags_error_count(h->diags) > 0;
        muster_diags_free(h->diags);
        h->diags = all;
        const bool lost = counts.held != 0 || of_jansson.held != 0;
        if (lost || (status != MUSTER_OK && (status != MUSTER_WORLD || !said)))
            fail_msg("%s, allocation %d: status %d, %s, %d blocks held, %d by jansson", name,
                     (int)left + 1, (int)status, said ? "said" : "nothing said", (int)counts.held,
                     (int)of_jansson.held);
        if (counts.refused == 0) {
            assert_int_equal(status, MUSTER_OK);
            return left;
        }
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
MAKER(try_replicate, replicate, sample, muster_sample_free)
MAKER(try_replicate_pair, replicate_pair, pair, muster_sample_free)

static void open_all(held *h, const char *text)
{
    text_in = text;
    *h = (held){.diags = muster_diags_create(NULL)};
    if (!land)
        assert_int_equal(muster_land_open(NULL, 0, NULL, h->diags, &land), MUSTER_OK);
    assert_int_equal(gather(h, NULL), MUSTER_OK);
    assert_int_equal(read_it(h, NULL), MUSTER_OK);
    assert_int_equal(find_routes(h, NULL), MUSTER_OK);
    assert_int_equal(compile(h, NULL), MUSTER_OK);
    assert_int_equal(run(h, NULL), MUSTER_OK);
    assert_int_equal(replicate(h, NULL), MUSTER_OK);
    assert_int_equal(replicate_pair(h, NULL), MUSTER_OK);
}

static void close_all(held *h)
{
    muster_sample_free(h->pair);
    muster_sample_free(h->sample);
    muster_result_free(h->result);
    muster_model_free(h->model);
    muster_routes_free(h->routes);
    muster_scenario_free(h->scenario);
    muster_source_text_free(h->text);
    muster_diags_free(h->diags);
}

static void fail_all(const char *text)
{
    held whole, h;
    open_all(&whole, text);
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
    MAKE(try_replicate, sample);
    MAKE(try_replicate_pair, pair);
    TRY(find_way, 2);
    TRY(report, 1);
    TRY(json, 1);
    TRY(trace, 1);
    TRY(why, 1);
    TRY(why_json, 1);
    TRY(reach, 1);
    TRY(reach_json, 1);
    TRY(chance_report, 1);
    TRY(chance_json, 1);
    TRY(compare, 1);
    TRY(compare_json, 1);
    TRY(compare_plans, 1);
    TRY(assumed, 1);
    TRY(assumed_json, 1);
    TRY(random_inputs, 1);
    TRY(random_json, 1);
    TRY(diags_text, 1);
    TRY(diags_json, 1);
    TRY(mistake, 1);
    close_all(&whole);
}

static void test_memory__every_allocation_may_fail(void **state)
{
    (void)state;
    fail_all(small);
}

static void test_memory__every_allocation_may_fail_of_every_place(void **state)
{
    (void)state;
    fail_all(large);
}

/* ---- jansson fails ----------------------------------------------------------------------------- */

/* A document has hundreds of values, so not every place is tried: all of the first, then one in a
 * stride, a prime, which is no factor of anything regular in it. Null, or whole. */
static void fail_reading(const char *document, int32_t first, int32_t stride)
{
    for (int32_t left = 0;; left += left < first ? 1 : stride) {
        watch_jansson(left);
        mst_json_document *const read = mst_json_read("run", document, strlen(document), NULL);
        const bool is_read = read != NULL;
        mst_json_forget(read);
        leave_jansson();
        assert_int_equal(of_jansson.held, 0);
        assert_true(is_read == (of_jansson.refused == 0));
        if (is_read) {
            assert_true(left > 20);
            return;
        }
    }
}

static void test_memory__jansson_may_fail(void **state)
{
    step *const steps[] = {json,         why_json,    reach_json, chance_json, compare_json,
                           assumed_json, random_json, diags_json, mistake};
    (void)state;
    for (int i = 0; i < 2; i++) {
        held h;
        open_all(&h, i == 0 ? small : large);
        watch_jansson(0); /* documents are written without it */
        for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
            assert_int_equal(steps[k](&h, NULL), MUSTER_OK);
        leave_jansson();
        assert_int_equal(of_jansson.refused, 0);
        const muster_tell tell = {.scenario = h.scenario, .model = h.model, .result = h.result};
        char *const document = muster_tell_json(&tell, NULL);
        assert_non_null(document);
        fail_reading(document, i == 0 ? 200 : 20, i == 0 ? 17 : 211);
        muster_tell_free(document, NULL);
        close_all(&h);
    }
}

/* ---- without a hook ---------------------------------------------------------------------------- */

static int32_t mallocs_left = INT32_MAX, mallocs_refused;

void *__real_malloc(size_t bytes);
void *__wrap_malloc(size_t bytes);
void *__wrap_malloc(size_t bytes)
{
    if (mallocs_left == 0) {
        mallocs_refused++;
        return NULL;
    }
    mallocs_left--;
    return __real_malloc(bytes);
}

/* The slide rule takes no hook. Its answer is there or it says why not; what it took and did not give
 * back an address sanitizer sees. */
static void test_memory__the_slide_rule_may_fail(void **state)
{
    (void)state;
    muster_ship ship = ship_of(4000, 13);
    ship.fuel_kg = 180e3;
    for (ship.curve_count = 0; ship.curve_count < MUSTER_CURVE_MAX; ship.curve_count++)
        ship.curve[ship.curve_count] =
            (muster_burn){.speed_mps = (1.0 + 0.3 * ship.curve_count) * KN,
                          .rate_kgps = 0.1 + 0.01 * ship.curve_count};
    int32_t left = 0;
    for (;; left++) {
        double metres = -1.0;
        const char *reason = NULL;
        mallocs_left = left;
        mallocs_refused = 0;
        const bool good =
            muster_calc_radius_m(&ship, 10.0 * KN, 24.0 * H, 5.0 * KN, &metres, &reason);
        mallocs_left = INT32_MAX;
        if (mallocs_refused == 0) {
            assert_true(good && metres > 0.0);
            break;
        }
        assert_false(good);
        assert_non_null(reason);
        assert_near(metres, -1.0, 0.0);
    }
    assert_true(left >= 1);
}

static int open_texts(void **state)
{
    (void)state;
    FILE *file = fopen(MUSTER_SOURCE_DIR "/tests/unit/every_place.cfg", "rb");
    if (!file)
        return -1;
    const size_t length = fread(large, 1, sizeof large - 1, file);
    fclose(file);
    mistakes = muster_diags_create(NULL);
    for (int i = 0; mistakes && i < 3; i++)
        mst_diag(mistakes, (muster_severity)i, (mst_place){"t.cfg", i + 1}, "units.a.count", "look",
                 "slip %d", i);
    return mistakes && length > 0 && length < sizeof large - 1 ? 0 : -1;
}

static int close_texts(void **state)
{
    (void)state;
    muster_diags_free(mistakes);
    muster_land_free(land);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory__every_allocation_may_fail),
        cmocka_unit_test(test_memory__every_allocation_may_fail_of_every_place),
        cmocka_unit_test(test_memory__jansson_may_fail),
        cmocka_unit_test(test_memory__the_slide_rule_may_fail),
    };
    return cmocka_run_group_tests(tests, open_texts, close_texts);
}
