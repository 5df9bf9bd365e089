/* A desk: its answers are those of the library, changes leave no trace, whatever is wrong is told and
 * leaves it as it was; routes and land that are handed over serve as those found and whole. */
#include "test.h"

#include "batch/handles.h"
#include "flow.h"
#include "memory.h"
#include "muster/muster.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static const char *const scenarios[] = {"hello", "northern-interaction-2023", "trilateral-2023",
                                        "bomber-patrol-2022"};
enum { SCENARIOS = sizeof scenarios / sizeof *scenarios };

static double halton(int index, int base)
{
    double part = 1.0, sum = 0.0;
    for (; index > 0; index /= base) {
        part /= base;
        sum += part * (index % base);
    }
    return sum;
}

/* ---- helpers ---------------------------------------------------------------------------------------- */

static muster_source_text *gathered(const char *name)
{
    char path[512];
    muster_source_text *text = NULL;
    snprintf(path, sizeof path, MUSTER_SOURCE_DIR "/scenarios/%s.cfg", name);
    assert_int_equal(muster_gather(path, &flow_files, NULL, NULL, &text), MUSTER_OK);
    return text;
}

static json_t *ask(muster_desk *desk, const char *request)
{
    char *answer = muster_desk_call(desk, request, strlen(request));
    assert_non_null(answer);
    json_t *document = json_loads(answer, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(document);
    muster_desk_give_back(desk, answer);
    return document;
}

static const char *format_of(const json_t *document)
{
    return json_string_value(json_object_get(document, "format"));
}

static void expect_format(muster_desk *desk, const char *request, const char *format)
{
    json_t *document = ask(desk, request);
    assert_string_equal(format_of(document), format);
    json_decref(document);
}

static json_t *open_text(muster_desk *desk, const char *text, const char *variant)
{
    json_t *request = json_pack("{s:s, s:s, s:s, s:s?}", "call", "open", "name", "t.cfg", "text",
                                text, "variant", variant);
    char *bytes = json_dumps(request, 0);
    json_t *document = ask(desk, bytes);
    free(bytes);
    json_decref(request);
    return document;
}

static muster_desk *opened(const char *name)
{
    muster_source_text *text = gathered(name);
    muster_desk *desk = muster_desk_create(NULL);
    json_t *document = open_text(desk, muster_source_text_bytes(text, NULL), NULL);
    assert_string_equal(format_of(document), "muster-run");
    json_decref(document);
    muster_source_text_free(text);
    return desk;
}

/* Everything by hand, as the header of model.h says. */
typedef struct by_hand {
    muster_source_text *text;
    muster_scenario *scenario;
    muster_land *land;
    muster_routes *routes;
    muster_model *model;
    muster_result *result;
} by_hand;

static void make(by_hand *h, const char *name, const muster_changes *changes)
{
    h->text = gathered(name);
    assert_int_equal(muster_scenario_read(h->text, changes, NULL, NULL, &h->scenario), MUSTER_OK);
    assert_int_equal(muster_land_open(NULL, 0, NULL, NULL, &h->land), MUSTER_OK);
    assert_int_equal(muster_routes_find(h->scenario, h->land, NULL, NULL, &h->routes), MUSTER_OK);
    assert_int_equal(muster_model_create(h->scenario, h->routes, NULL, NULL, &h->model), MUSTER_OK);
    assert_int_equal(muster_run_plan(h->model, NULL, NULL, &h->result), MUSTER_OK);
}

static void unmake(by_hand *h)
{
    muster_result_free(h->result);
    muster_model_free(h->model);
    muster_routes_free(h->routes);
    muster_land_free(h->land);
    muster_scenario_free(h->scenario);
    muster_source_text_free(h->text);
}

static char *told(const by_hand *h)
{
    const muster_tell tell = {
        .scenario = h->scenario, .model = h->model, .result = h->result, .is_tight = true};
    return muster_tell_json(&tell, NULL);
}

static char *answer_of(muster_desk *desk, const char *request)
{
    char *answer = muster_desk_call(desk, request, strlen(request));
    assert_non_null(answer);
    return answer;
}

/* ---- runs ------------------------------------------------------------------------------------------- */

static void run_is_that_of_the_library(void **state)
{
    (void)state;
    static const char *const line[] = {"states.PRK.allotment_frac = 1.0"};
    const muster_changes changes = {.variant = "frigates-granted", .line = line, .line_count = 1};
    by_hand h;
    make(&h, "northern-interaction-2023", &changes);
    muster_desk *desk = opened("northern-interaction-2023");
    char *plain = answer_of(desk, "{\"call\":\"run\"}");
    char *answer = answer_of(desk, "{\"call\":\"run\",\"variant\":\"frigates-granted\","
                                   "\"changes\":[\"states.PRK.allotment_frac = 1.0\"]}");
    char *expected = told(&h);
    assert_string_equal(answer, expected);
    assert_string_not_equal(answer, plain);
    muster_desk_give_back(desk, answer);
    answer = answer_of(desk, "{\"call\":\"run\"}"); /* without the changes all is as before */
    assert_string_equal(answer, plain);
    muster_desk_give_back(desk, answer);
    muster_desk_give_back(desk, plain);
    muster_tell_free(expected, NULL);
    muster_desk_free(desk);
    unmake(&h);
}

static void geography_may_move(void **state)
{
    (void)state;
    static const char *const line[] = {"scenario.offing_nm = 5.0"};
    const muster_changes changes = {.line = line, .line_count = 1};
    by_hand h;
    make(&h, "hello", &changes);
    muster_desk *desk = opened("hello");
    char *expected = told(&h);
    for (int turn = 0; turn < 12; turn++) { /* more geographies than are kept */
        char request[96];
        snprintf(request, sizeof request,
                 "{\"call\":\"run\",\"changes\":[\"scenario.offing_nm = %d.0\"]}", 1 + turn);
        char *answer = answer_of(desk, request);
        assert_true((strcmp(answer, expected) == 0) == (turn == 4));
        muster_desk_give_back(desk, answer);
    }
    muster_tell_free(expected, NULL);
    muster_desk_free(desk);
    unmake(&h);
}

/* ---- what is wrong ----------------------------------------------------------------------------------- */

static void garbage_is_told(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "[",
                                      "null",
                                      "[]",
                                      "3",
                                      "{}",
                                      "{\"call\":1}",
                                      "{\"call\":\"runn\"}",
                                      "\xff\xfe",
                                      "{\"call\":\"run\",\"chnages\":[]}",
                                      "{\"call\":\"run\",\"changes\":\"x\"}",
                                      "{\"call\":\"run\",\"changes\":[1]}",
                                      "{\"call\":\"run\",\"changes\":[\"no.such = 1\"]}",
                                      "{\"call\":\"run\",\"variant\":\"none\"}",
                                      "{\"call\":\"open\",\"name\":\"x\"}",
                                      "{\"call\":\"open\",\"name\":\"x\",\"text\":\"a = ;\"}",
                                      "{\"call\":\"why\"}",
                                      "{\"call\":\"why\",\"state\":null}",
                                      "{\"call\":\"why\",\"state\":\"NOBODY\"}",
                                      "{\"call\":\"replicate\",\"count\":0}",
                                      "{\"call\":\"replicate\",\"count\":10001}",
                                      "{\"call\":\"replicate\",\"count\":2,\"seed\":\"-1\"}",
                                      "{\"call\":\"samples\",\"count\":5,\"measures\":[]}",
                                      "{\"call\":\"samples\",\"count\":5,\"measures\":[\"scor\"]}"};
    muster_desk *desk = muster_desk_create(NULL);
    expect_format(desk, "{\"call\":\"run\"}", "muster-diagnostics"); /* nothing is opened */
    muster_desk_free(desk);
    desk = opened("northern-interaction-2023");
    char *before = answer_of(desk, "{\"call\":\"run\"}");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect_format(desk, bad[i], "muster-diagnostics");
    char *after = answer_of(desk, "{\"call\":\"run\"}");
    assert_string_equal(before, after);
    muster_desk_give_back(desk, before);
    muster_desk_give_back(desk, after);
    muster_desk_free(desk);
}

/* ---- other calls ------------------------------------------------------------------------------------- */

static void every_call_has_its_document(void **state)
{
    (void)state;
    muster_desk *desk = opened("northern-interaction-2023");
    expect_format(desk, "{\"call\":\"why\",\"state\":\"PRK\",\"drill\":null}", "muster-why");
    expect_format(desk, "{\"call\":\"flip\",\"state\":\"PRK\"}", "muster-flip");
    expect_format(desk, "{\"call\":\"rivals\"}", "muster-rivals");
    expect_format(desk, "{\"call\":\"reach\",\"state\":\"PRK\"}", "muster-reach");
    json_t *area = ask(desk, "{\"call\":\"area\",\"unit\":\"najin-531\",\"hours\":24}");
    assert_string_equal(json_string_value(json_object_get(area, "type")), "FeatureCollection");
    json_decref(area);
    muster_desk_free(desk);
}

/* The mean of the values is that of the sample, which the document beside the run tells. */
static void samples_are_those_of_replications(void **state)
{
    (void)state;
    by_hand h;
    make(&h, "northern-interaction-2023", NULL);
    const muster_model *model = h.model;
    const muster_replicate_options options = {.count = 40, .has_seed = true, .seed = 7};
    muster_sample *sample = NULL;
    assert_int_equal(muster_replicate(&model, 1, &options, NULL, NULL, &sample), MUSTER_OK);
    const double mean = muster_sample_summary(sample, 0, muster_measure_index("score"), 0).mean;
    muster_desk *desk = opened("northern-interaction-2023");
    json_t *document =
        ask(desk, "{\"call\":\"samples\",\"count\":40,\"seed\":\"7\",\"measures\":[\"score\"]}");
    assert_string_equal(format_of(document), "muster-samples");
    const json_t *values =
        json_object_get(json_array_get(json_object_get(document, "measures"), 0), "values");
    assert_int_equal(json_array_size(values), 40);
    double sum = 0.0;
    for (size_t i = 0; i < 40; i++)
        sum += json_number_value(json_array_get(values, i));
    assert_true(fabs(sum / 40.0 - mean) < 1e-10);
    json_decref(document);

    const muster_tell tell = {.scenario = h.scenario,
                              .model = h.model,
                              .result = h.result,
                              .sample = sample,
                              .is_tight = true};
    char *expected = muster_tell_json(&tell, NULL);
    char *answer = answer_of(desk, "{\"call\":\"replicate\",\"count\":40,\"seed\":\"7\"}");
    assert_string_equal(answer, expected);
    muster_desk_give_back(desk, answer);
    muster_tell_free(expected, NULL);
    muster_desk_free(desk);
    muster_sample_free(sample);
    unmake(&h);
}

/* The text that comes back, opened with its variant, runs to the same records and answers. */
static void expect_same_run(muster_desk *desk, const char *asked)
{
    static const char *const parts[] = {"digest", "decisions", "events", "log", "units"};
    char request[1024];
    muster_desk *other = muster_desk_create(NULL);
    snprintf(request, sizeof request, "{\"call\":\"run\",%s}", asked);
    json_t *run = ask(desk, request);
    snprintf(request, sizeof request, "{\"call\":\"text\",%s}", asked);
    json_t *text = ask(desk, request);
    assert_string_equal(format_of(text), "muster-text");
    json_t *again = open_text(other, json_string_value(json_object_get(text, "text")),
                              json_string_value(json_object_get(text, "variant")));
    assert_string_equal(format_of(again), "muster-run");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        assert_non_null(json_object_get(run, parts[i]));
        if (!json_equal(json_object_get(run, parts[i]), json_object_get(again, parts[i])))
            fail_msg("%s: other %s", asked, parts[i]);
    }
    json_decref(run);
    json_decref(text);
    json_decref(again);
    muster_desk_free(other);
}

static void text_runs_to_the_same(void **state)
{
    (void)state;
    static const struct {
        const char *name, *ask;
    } cases[] = {
        {"hello", "\"changes\":[\"scenario.offing_nm = 5.0\"]"},
        {"northern-interaction-2023", "\"changes\":[\"states.PRK.allotment_frac = 1.0\", "
                                      "\"scenario.title = \\\"A \\\\\\\"new\\\\\\\" one\\\"\"]"},
        {"northern-interaction-2023", "\"variant\":\"after-june-2024\""},
        {"northern-interaction-2023",
         "\"variant\":\"fuel-granted\",\"changes\":[\"scenario.seed = 5\"]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        muster_desk *desk = opened(cases[i].name);
        expect_same_run(desk, cases[i].ask);
        muster_desk_free(desk);
    }
}

/* A hosts, B may come: its will and its tie to A are set by the file, by the timeline before the decision,
 * and by an inject, if it is thrown in. */
static const char dated[] =
    "scenario = { id = \"dated\"; title = \"D\"; start = \"2023-07-18T00:00Z\"; horizon = \"5 d\"; "
    "source = \"assumed\"; };\n"
    "states = { A = { index = { cap = 1.0; reach = 1.0; }; };\n"
    "  B = { index = { cap = 1.0; reach = 1.0; }; attributes = { will = 0.2; }; }; };\n"
    "ties = { A-B = { a = \"A\"; b = \"B\"; align = 0.1; }; };\n"
    "drills = { d = { hosts = [\"A\"]; candidates = [\"B\"]; cap_need = 0.2;\n"
    "  index = { cap_need = 0.2; reach_need = 0.4; };\n"
    "  muster = { lat_deg = 39.5; lon_deg = 134.0; at = \"2023-07-20T00:00Z\"; };\n"
    "  decide_at = \"2023-07-19T00:00Z\"; end = \"2023-07-22T00:00Z\"; }; };\n"
    "alignment = { rules = {\n"
    "  near = { stage = \"admit\"; terms = [\"tie.align\"]; };\n"
    "  will = { stage = \"accept\"; terms = [\"-0.4 + cand.will\"]; }; }; };\n"
    "timeline = ( { at = \"2023-07-18T06:00Z\"; says = \"warmer\";\n"
    "  changes = [\"states.B.attributes.will = 0.7\", \"ties.A-B.align = 0.5\"]; } );\n"
    "injects = { x = { at = \"2023-07-18T12:00Z\"; changes = [\"states.B.attributes.will = 0.1\"]; "
    "}; };\n"
    "variants = {\n"
    "  shy = { changes = [\"states.B.attributes.will = 0.1\"]; };\n"
    "  held = { changes = [\"states.B.attributes.will = 0.1\", \"ties.A-B.align = 0.2\"];\n"
    "    over_timeline = [\"states.B.attributes.will\"]; };\n"
    "};\n";

/* A change holds against what is dated, a variant of the file does only where it says so; and the text
 * with both in it runs to the same. */
static void text_holds_against_dated_events(void **state)
{
    static const struct {
        const char *asked;
        bool joins; /* whether B does */
    } cases[] = {
        {"\"changes\":[]", true},
        {"\"changes\":[\"states.B.attributes.will = 0.3\"]", false},
        {"\"changes\":[\" ties.A-B.align  =  -0.2\"]", false},
        {"\"changes\":[\"injects.x.on = true\"]", false},
        {"\"changes\":[\"injects.x.on = true\",\"states.B.attributes.will = 0.9\"]", true},
        {"\"variant\":\"shy\"", true},
        {"\"variant\":\"shy\",\"changes\":[\"ties.A-B.align = -0.2\"]", false},
        {"\"variant\":\"shy\",\"changes\":[\"states.B.attributes.will = 0.3\"]", false},
        {"\"variant\":\"held\"", false},
        {"\"variant\":\"held\",\"changes\":[\"scenario.seed = 5\"]", false},
        {"\"variant\":\"held\",\"changes\":[\"states.B.attributes.will = 0.9\"]", true},
    };
    (void)state;
    muster_desk *desk = muster_desk_create(NULL);
    json_decref(open_text(desk, dated, NULL));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char request[512];
        snprintf(request, sizeof request, "{\"call\":\"run\",%s}", cases[i].asked);
        json_t *run = ask(desk, request);
        const json_t *b = json_array_get(json_object_get(run, "decisions"), 1);
        assert_string_equal(json_string_value(json_object_get(b, "state")), "B");
        if (json_is_true(json_object_get(b, "joins")) != cases[i].joins)
            fail_msg("%s: another answer", cases[i].asked);
        json_decref(run);
        expect_same_run(desk, cases[i].asked);
    }
    muster_desk_free(desk);
}

/* Every lever of every drill, moved to an end of its range. */
static void text_holds_any_lever(void **state)
{
    (void)state;
    for (int i = 0; i < SCENARIOS; i++) {
        by_hand h;
        make(&h, scenarios[i], NULL);
        muster_desk *desk = opened(scenarios[i]), *other = muster_desk_create(NULL);
        const mst_list *levers = &h.scenario->spec.levers;
        for (int32_t k = 0; k < levers->count; k++) {
            const mst_lever_def *lever = MST_AT(const mst_lever_def, levers, k);
            char asked[256], request[320];
            if (isnan(lever->max))
                continue;
            snprintf(asked, sizeof asked, "\"changes\":[\"%s = %.17g\"]", lever->path, lever->max);
            snprintf(request, sizeof request, "{\"call\":\"run\",%s}", asked);
            json_t *run = ask(desk, request);
            snprintf(request, sizeof request, "{\"call\":\"text\",%s}", asked);
            json_t *text = ask(desk, request);
            if (strcmp(format_of(run), "muster-run") != 0) { /* no such value: both say so */
                assert_string_equal(format_of(text), "muster-diagnostics");
            } else {
                json_t *again = open_text(other, json_string_value(json_object_get(text, "text")),
                                          json_string_value(json_object_get(text, "variant")));
                assert_true(
                    json_equal(json_object_get(run, "digest"), json_object_get(again, "digest")));
                json_decref(again);
            }
            json_decref(run);
            json_decref(text);
        }
        muster_desk_free(desk);
        muster_desk_free(other);
        unmake(&h);
    }
}

/* ---- routes and land handed over ----------------------------------------------------------------------- */

static void written_routes_serve(void **state)
{
    (void)state;
    for (int i = 0; i < SCENARIOS; i++) {
        by_hand h;
        unsigned char *bytes = NULL, *part = NULL;
        size_t count = 0, part_count = 0;
        muster_land *small = NULL;
        muster_routes *read = NULL;
        make(&h, scenarios[i], NULL);
        assert_int_equal(muster_routes_write(h.routes, NULL, &bytes, &count), MUSTER_OK);
        /* a land on which nobody could find them */
        assert_int_equal(muster_land_crop(h.land, 91, 92, 0, 1, NULL, NULL, &part, &part_count),
                         MUSTER_OK);
        assert_int_equal(muster_land_open(part, part_count, NULL, NULL, &small), MUSTER_OK);
        assert_int_equal(muster_routes_read(bytes, count, h.scenario, small, NULL, NULL, &read),
                         MUSTER_OK);
        assert_true(muster_routes_fit(read, h.scenario));
        char *expected = told(&h);
        muster_result_free(h.result);
        muster_model_free(h.model);
        assert_int_equal(muster_model_create(h.scenario, read, NULL, NULL, &h.model), MUSTER_OK);
        assert_int_equal(muster_run_plan(h.model, NULL, NULL, &h.result), MUSTER_OK);
        char *answer = told(&h);
        assert_string_equal(answer, expected);
        for (size_t k = 0; k < count; k += 1 + count / 97) { /* any other byte is refused */
            muster_routes *none = NULL;
            bytes[k] ^= 1U;
            assert_int_equal(muster_routes_read(bytes, count, h.scenario, small, NULL, NULL, &none),
                             MUSTER_MISTAKE);
            bytes[k] ^= 1U;
            assert_int_equal(muster_routes_read(bytes, k, h.scenario, small, NULL, NULL, &none),
                             MUSTER_MISTAKE);
        }
        muster_tell_free(expected, NULL);
        muster_tell_free(answer, NULL);
        unmake(&h);
        muster_routes_free(read);
        muster_land_free(small);
        muster_bytes_free(bytes, NULL);
        muster_bytes_free(part, NULL);
    }
}

/* Inside the box all is as on the whole; the part of a part is the part, but for rounding at its edges. */
static void a_part_of_the_land_is_the_same_there(void **state)
{
    (void)state;
    static const double box[][4] = {{117.0, 137.0, 30.0, 46.0},
                                    {170.0, 200.0, 50.0, 70.0},
                                    {90.0, 235.0, -50.0, 75.0},
                                    {126.0, 127.0, 37.0, 38.0}};
    muster_land *land = NULL;
    assert_int_equal(muster_land_open(NULL, 0, NULL, NULL, &land), MUSTER_OK);
    for (size_t b = 0; b < sizeof box / sizeof *box; b++) {
        const double *at = box[b];
        unsigned char *bytes = NULL, *again = NULL;
        size_t count = 0, again_count = 0;
        muster_land *part = NULL;
        assert_int_equal(
            muster_land_crop(land, at[0], at[1], at[2], at[3], NULL, NULL, &bytes, &count),
            MUSTER_OK);
        assert_int_equal(muster_land_open(bytes, count, NULL, NULL, &part), MUSTER_OK);
        for (int i = 0; i < 20000; i++) { /* Halton points */
            const muster_point p = {at[2] + (at[3] - at[2]) * halton(i + 1, 3),
                                    at[0] + (at[1] - at[0]) * halton(i + 1, 2)};
            assert_true(mst_land_is_land(part->land, p) == mst_land_is_land(land->land, p));
        }
        assert_int_equal(
            muster_land_crop(part, at[0], at[1], at[2], at[3], NULL, NULL, &again, &again_count),
            MUSTER_OK);
        assert_in_range(again_count, count - 4, count + 4); /* edges round to the grid */
        muster_bytes_free(bytes, NULL);
        muster_bytes_free(again, NULL);
        muster_land_free(part);
    }
    unsigned char *none = NULL;
    size_t count = 0;
    assert_int_equal(muster_land_crop(land, 10, 20, 0, 1, NULL, NULL, &none, &count),
                     MUSTER_MISTAKE);
    muster_land_free(land);
}

/* ---- memory ------------------------------------------------------------------------------------------- */

/* Memory runs short at one allocation after another: that is told, or nothing comes at all, and the
 * desk is as it was. */
static void short_memory_is_survived(void **state)
{
    (void)state;
    enum { ENOUGH = 1000000, STEPS_APART = 1 };
    static const char request[] =
        "{\"call\":\"run\",\"changes\":[\"scenario.horizon = \\\"5 d\\\"\"]}";
    test_memory m = {.left = ENOUGH};
    const muster_memory hook = test_hook(&m);
    muster_source_text *text = gathered("hello");
    muster_desk *desk = muster_desk_create(&hook);
    json_decref(open_text(desk, muster_source_text_bytes(text, NULL), NULL));
    char *whole = answer_of(desk, "{\"call\":\"run\"}");
    bool done = false;
    for (int32_t allowed = 0; !done; allowed += STEPS_APART) {
        m.left = allowed;
        char *answer = muster_desk_call(desk, request, strlen(request));
        m.left = ENOUGH;
        done = answer && strstr(answer, "\"muster-run\"");
        assert_true(!answer || done || strstr(answer, "out of memory"));
        muster_desk_give_back(desk, answer);
        answer = answer_of(desk, "{\"call\":\"run\"}");
        assert_string_equal(answer, whole);
        muster_desk_give_back(desk, answer);
    }
    assert_true(m.refused > 20);
    muster_desk_give_back(desk, whole);
    muster_desk_free(desk);
    muster_source_text_free(text);
    assert_int_equal(m.held, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(run_is_that_of_the_library),
        cmocka_unit_test(geography_may_move),
        cmocka_unit_test(garbage_is_told),
        cmocka_unit_test(every_call_has_its_document),
        cmocka_unit_test(samples_are_those_of_replications),
        cmocka_unit_test(text_runs_to_the_same),
        cmocka_unit_test(text_holds_against_dated_events),
        cmocka_unit_test(text_holds_any_lever),
        cmocka_unit_test(written_routes_serve),
        cmocka_unit_test(a_part_of_the_land_is_the_same_there),
        cmocka_unit_test(short_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
