/* A lesson in a scenario file: it passes through to the run document, its mistakes are told, and a file
 * for students has nothing that is for the instructor alone. */
#include "test.h"

#include "flow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORLD                                                                                      \
    "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-18T00:00Z\"; horizon = \"12 d\"; "  \
    "};\n"                                                                                         \
    "states = { A = { attributes = { will = 1.0; }; note = \"PUBLIC-NOTE\"; };\n"                  \
    "           B = { attributes = { will = 0.5; }; }; C = { attributes = { will = 0.5; }; }; "    \
    "};\n"                                                                                         \
    "bases = { PA = { sea_lat_deg = 42.95; sea_lon_deg = 131.85; lat_deg = 43.11; lon_deg = "      \
    "131.89; }; };\n"                                                                              \
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };\n"                 \
    "drills = { d = { hosts = [\"A\"]; candidates = [\"B\"]; area = \"sea\"; cap_need = 0.4;\n"    \
    "  muster = { at = \"2023-07-20T00:00Z\"; }; end = \"2023-07-22T00:00Z\";\n"                   \
    "  decide_at = \"2023-07-18T00:00Z\"; }; };\n"                                                 \
    "whatif = { will = { path = \"states.B.attributes.will\"; label = \"will\"; min = 0.0;"        \
    " max = 1.0; }; };\n"                                                                          \
    "variants = { keen = { changes = [\"states.B.attributes.will = 0.9\"]; }; };\n"

static const char whole[] = WORLD
    "# HIDDEN-COMMENT\n"
    "injects = { storm = { at = \"2023-07-20T06:00Z\"; effect = \"words\";\n"
    "  says = \"The wind rises.\"; note = \"HIDDEN-CONTROLLER\"; }; };\n"
    "lesson = { title = \"Who comes?\"; minutes = 45; audience = \"first year\";\n"
    "  note = \"HIDDEN-ABOUT\"; aims = [\"say why\", \"say <b>when</b>\"];\n"
    "  closing = [\"Nobody \\\"knows\\\".\"]; // HIDDEN-SLASHES\n"
    "  steps = ( { id = \"one\"; title = \"Look\"; minutes = 5; says = \"See the map.\";\n"
    "      note = \"HIDDEN-\" \"STEP \\\" quoted\n over two lines\"; view = \"map\";\n"
    "      stop = \"2023-07-18T09:00+09:00\"; hide = [\"verdict\", \"B.admit.A\", \"timeline\"];\n"
    "      predict = ( { id = \"p1\"; question = \"Will B come?\"; state = \"B\";\n"
    "                    answer = \"joins\"; },\n"
    "                  { id = \"p4\"; question = \"Which?\"; answer = \"HIDDEN-ANSWER\"; },\n"
    "                  { id = \"p2\"; question = \"Would A admit it?\"; state = \"B\";\n"
    "                    stage = \"admit\"; host = \"A\"; scored = false; },\n"
    "                  { id = \"p3\"; question = \"Why?\"; } );\n"
    "      reveal : \"HIDDEN-REVEAL\" },\n"
    "    { id = \"two\"; title = \"Move\"; lever = [\"will\"]; variant = \"keen\";\n"
    "      try = \"Pull it.\"; ask = \"So?\"; /* HIDDEN-BLOCK\n */ } );\n"
    "  bookmarks = ( { title = \"Muster\"; on = \"mustered\"; stop = true; },\n"
    "                { title = \"Start\"; at = \"2023-07-18T00:00Z\"; } );\n"
    "  roles = { b = { title = \"B's admiral\"; state = \"B\"; brief = \"You wait.\";\n"
    "                  aims = [\"save fuel\"]; secret = \"HIDDEN-SECRET\"; }; };\n"
    "  coding = ( { path = \"states.B.attributes.will\"; question = \"How keen?\";\n"
    "               min = 0.0; max = 1.0; } ); };\n";

static void open(flow *f)
{
    assert_int_equal(flow_run_text(f, whole), MUSTER_OK);
}

static const char *text_at(json_t *doc, const char *path)
{
    return json_string_value(flow_at(doc, path));
}

static void test_lesson__it_passes_through_as_data(void **state)
{
    (void)state;
    flow f;
    open(&f);
    json_t *doc = flow_json(&f);
    json_t *lesson = flow_at(doc, "scene.lesson");
    assert_string_equal(text_at(doc, "audience"), "instructor");
    assert_string_equal(text_at(lesson, "title"), "Who comes?");
    assert_near(flow_real(lesson, "minutes"), 45.0, 0.0);
    assert_string_equal(text_at(lesson, "aims[1]"), "say <b>when</b>");
    assert_string_equal(text_at(lesson, "closing[0]"), "Nobody \"knows\".");
    assert_string_equal(text_at(lesson, "steps[0].note"), "HIDDEN-STEP \" quoted\n over two lines");
    assert_string_equal(text_at(lesson, "steps[0].view"), "map");
    assert_string_equal(text_at(lesson, "steps[0].stop"), "2023-07-18T00:00:00Z");
    assert_string_equal(text_at(lesson, "steps[0].hide[1]"), "B.admit.A");
    assert_string_equal(text_at(lesson, "steps[0].predict[0].drill"), "d"); /* the only one */
    assert_string_equal(text_at(lesson, "steps[0].predict[0].answer"), "joins");
    assert_true(json_is_true(flow_at(lesson, "steps[0].predict[0].scored")));
    assert_string_equal(text_at(lesson, "steps[0].predict[2].stage"), "admit");
    assert_true(json_is_false(flow_at(lesson, "steps[0].predict[2].scored")));
    assert_true(json_is_null(flow_at(lesson, "steps[0].predict[3].state")));
    assert_string_equal(text_at(lesson, "steps[0].reveal"), "HIDDEN-REVEAL");
    assert_true(json_is_null(flow_at(lesson, "steps[1].minutes")));
    assert_string_equal(text_at(lesson, "steps[1].lever[0]"), "will");
    assert_string_equal(text_at(lesson, "steps[1].try"), "Pull it.");
    assert_string_equal(text_at(lesson, "bookmarks[0].on"), "mustered");
    assert_true(json_is_null(flow_at(lesson, "bookmarks[0].at")));
    assert_string_equal(text_at(lesson, "roles[0].secret"), "HIDDEN-SECRET");
    assert_near(flow_real(lesson, "coding[0].max"), 1.0, 0.0);
    assert_string_equal(text_at(doc, "scene.injects[0].note"), "HIDDEN-CONTROLLER");
    assert_string_equal(text_at(doc, "scene.injects[0].at"), "2023-07-20T06:00:00Z");
    flow_close(&f);
}

static void test_lesson__a_file_without_one_says_null(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run_text(&f, WORLD), MUSTER_OK);
    assert_true(json_is_null(flow_at(flow_json(&f), "scene.lesson")));
    assert_int_equal(json_array_size(flow_at(f.run, "scene.injects")), 0);
    flow_close(&f);
}

/* ---- for students ------------------------------------------------------------------------------ */

static void test_lesson__the_document_for_students_has_no_secrets(void **state)
{
    static const char *const line[] = {
        "lesson.steps[1].reveal = \"HIDDEN-CHANGE\""}; /* a change in force is listed, not told */
    flow f;
    (void)state;
    assert_int_equal(flow_run_changed(&f, whole, &(muster_changes){.line = line, .line_count = 1}),
                     MUSTER_OK);
    const muster_tell tell = {
        .scenario = f.scenario, .model = f.model, .result = f.result, .as_student = true};
    char *text = muster_tell_json(&tell, NULL);
    assert_non_null(text);
    assert_null(strstr(text, "HIDDEN"));
    assert_non_null(strstr(text, "\"audience\": \"student\""));
    assert_non_null(strstr(text, "See the map."));
    assert_non_null(strstr(text, "lesson.steps[1].reveal"));
    muster_tell_free(text, NULL);
    flow_close(&f);
}

static size_t lines_of(const char *text)
{
    size_t lines = 0;
    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

/* The text itself: no secret and no comment is left, and it is as good a scenario as before. */
static void test_lesson__the_text_for_students_has_no_secrets_and_runs(void **state)
{
    (void)state;
    flow f, student;
    muster_source_text *text = NULL;
    size_t length = 0;
    open(&f);
    assert_int_equal(muster_source_text_for_students(f.text, NULL, NULL, &text), MUSTER_OK);
    const char *bytes = muster_source_text_bytes(text, &length);
    assert_null(strstr(bytes, "HIDDEN"));
    assert_null(strstr(bytes, "quoted"));
    assert_null(strstr(bytes, "two lines"));
    assert_non_null(strstr(bytes, "See the map."));
    assert_non_null(strstr(bytes, "PUBLIC-NOTE")); /* of a state: anybody's */
    assert_int_equal(length, strlen(whole));
    assert_int_equal(lines_of(bytes), lines_of(whole));
    assert_true(muster_source_text_hash(text) != muster_source_text_hash(f.text));
    assert_int_equal(flow_run_text(&student, bytes), MUSTER_OK);
    assert_true(muster_result_digest(student.result) == muster_result_digest(f.result));
    json_t *doc = flow_json(&student);
    assert_string_equal(text_at(doc, "scene.lesson.steps[0].reveal"), "");
    assert_string_equal(text_at(doc, "scene.lesson.steps[1].ask"), "So?");
    flow_close(&student);
    muster_source_text_free(text);
    flow_close(&f);
}

/* Of a whole case with its libraries: comments go, places stay, and every record is the same. */
static void test_lesson__a_shipped_case_for_students_runs_as_before(void **state)
{
    (void)state;
    flow f, student;
    muster_source_text *text = NULL;
    size_t length = 0, before = 0;
    assert_int_equal(flow_run(&f, "northern-interaction-2023.cfg", NULL, NULL), MUSTER_OK);
    assert_int_equal(muster_source_text_for_students(f.text, NULL, NULL, &text), MUSTER_OK);
    const char *bytes = muster_source_text_bytes(text, &length);
    const char *whole_text = muster_source_text_bytes(f.text, &before);
    assert_int_equal(length, before);
    assert_non_null(strstr(whole_text, "\n// "));
    assert_null(strstr(bytes, "\n// "));
    for (size_t at = 0; at < length; at += length / 7) {
        const muster_place was = muster_source_text_place(f.text, at);
        const muster_place is = muster_source_text_place(text, at);
        assert_string_equal(was.file, is.file);
        assert_int_equal(was.line, is.line);
    }
    assert_int_equal(flow_run_text(&student, bytes), MUSTER_OK);
    assert_true(muster_result_digest(student.result) == muster_result_digest(f.result));
    flow_close(&student);
    muster_source_text_free(text);
    flow_close(&f);
}

static void *never(size_t bytes, void *context)
{
    (void)bytes;
    (void)context;
    return NULL;
}

static void nothing(void *block, void *context)
{
    (void)block;
    (void)context;
}

static void test_lesson__short_memory_is_a_status(void **state)
{
    (void)state;
    flow f;
    muster_source_text *text = NULL;
    const muster_memory none = {.allocate = never, .release = nothing};
    open(&f);
    assert_int_equal(muster_source_text_for_students(f.text, &none, NULL, &text), MUSTER_WORLD);
    assert_null(text);
    flow_close(&f);
}

/* ---- mistakes ------------------------------------------------------------------------------------ */

static void refused(const char *lesson, const char *message)
{
    char text[8192];
    flow f;
    const int length = snprintf(text, sizeof text, WORLD "lesson = { title = \"L\"; %s };", lesson);
    assert_true(length > 0 && (size_t)length < sizeof text);
    assert_int_equal(flow_open_faulty(&f, text), MUSTER_MISTAKE);
    char *lines = muster_tell_diags(f.diags, false, NULL);
    if (!strstr(lines, message))
        fail_msg("'%s' is not in:\n%s", message, lines);
    muster_tell_free(lines, NULL);
    flow_close(&f);
}

#define STEP(more) "steps = ( { id = \"s\"; title = \"S\"; " more " } );"
#define ASK(more) STEP("predict = ( { id = \"p\"; question = \"?\"; " more " } );")

static void test_lesson__mistakes_are_told(void **state)
{
    static const char *const cases[][2] = {
        {STEP("stop = \"2023-09-01\";"), "step 's': outside of the scenario's time"},
        {STEP("hide = [\"D\"];"), "verdict, future, a panel or a state is expected"},
        {STEP("hide = [\"B.able.A\"];"), "behind admit stands a host"},
        {STEP("hide = [\"B.accepts\"];"), "no stage 'accepts'"},
        {STEP("lever = [\"wil\"];"), "no lever 'wil' (did you mean 'will'?)"},
        {STEP("variant = \"ken\";"), "no variant 'ken'"},
        {STEP("view = \"mapp\";"), "map"},
        {"steps = ( { id = \"s\"; title = \"S\"; }, { id = \"s\"; title = \"S\"; } );",
         "step 's': there is one already"},
        {ASK("state = \"C\";"), "'C' is no candidate of drill 'd'"},
        {ASK("state = \"A\";"), "'A' is no candidate of drill 'd'"},
        {ASK("state = \"Z\";"), "no state 'Z'"},
        {ASK("state = \"B\"; answer = \"yes\";"), "no answer to whether a state takes part"},
        {ASK("state = \"B\"; stage = \"able\"; answer = \"joins\";"), "no answer of a stage"},
        {ASK("state = \"B\"; stage = \"admit\";"), "stage admit is of one host"},
        {ASK("state = \"B\"; stage = \"admit\"; host = \"C\";"), "'C' does not host drill 'd'"},
        {ASK("stage = \"able\";"), "a stage of nobody"},
        {"bookmarks = ( { title = \"B\"; } );", "needs a time (at) or a kind of line (on)"},
        {"roles = { r = { title = \"R\"; state = \"Z\"; }; };", "no state 'Z'"},
        {"coding = ( { path = \"states.B.attributes.wil\"; question = \"?\"; min = 0.0; max = 1.0; "
         "} );",
         "no 'wil' among attributes"},
        {"coding = ( { path = \"states.B.name\"; question = \"?\"; min = 0.0; max = 1.0; } );",
         "'states.B.name' is no number"},
        {"coding = ( { path = \"states.B.attributes.will\"; question = \"?\"; min = 1.0; max = "
         "0.0; } );",
         "min 1 is not below max 0"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        refused(cases[i][0], cases[i][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lesson__it_passes_through_as_data),
        cmocka_unit_test(test_lesson__a_file_without_one_says_null),
        cmocka_unit_test(test_lesson__the_document_for_students_has_no_secrets),
        cmocka_unit_test(test_lesson__the_text_for_students_has_no_secrets_and_runs),
        cmocka_unit_test(test_lesson__a_shipped_case_for_students_runs_as_before),
        cmocka_unit_test(test_lesson__short_memory_is_a_status),
        cmocka_unit_test(test_lesson__mistakes_are_told),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
