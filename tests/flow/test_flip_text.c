/* What a flip says to people, what it refuses, and short memory. */
#include "test.h"

#include "base/text.h"
#include "flip_world.h"
#include "flipping.h"
#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CASE "northern-interaction-2023.cfg"

static void check_width(const char *text)
{
    for (const char *line = text; *line;) {
        const size_t length = strcspn(line, "\n");
        char copy[512];
        assert_true(length < sizeof copy);
        memcpy(copy, line, length);
        copy[length] = '\0';
        if (mst_text_columns(copy) > 80)
            fail_msg("wider than 80 columns: %s", copy);
        line += length + (line[length] == '\n');
    }
}

static void test_flip__text_says_what_the_document_says(void **state)
{
    (void)state;
    flipping p;
    flipping_open(&p, CASE, NULL);
    char *text = flipping_text(&p, "North Korea", NULL);
    check_width(text);
    assert_non_null(strstr(text, "Overdetermined: no single lever flips it, and 4 stages block"));
    assert_non_null(strstr(text, "admitted by China: yes from 0.6287"));
    assert_non_null(strstr(text, "autonomy of North      0.9     assumed  0.671  0.67116 down"));
    assert_non_null(strstr(text, "Nothing is said of whether a change could be made."));
    assert_non_null(strstr(text, "Proved, from the forms and signs of the rules"));
    muster_tell_free(text, NULL);
    text = flipping_text(&p, "CHN", NULL);
    check_width(text);
    assert_non_null(strstr(text, "Host: judged on ability only."));
    assert_non_null(strstr(text, "no set of up to 5 levers flips the verdict (now: yes)"));
    muster_tell_free(text, NULL);
    flipping_close(&p);
}

/* With levers that cannot do it: which stage stands in the way, and which would give way. */
static void test_flip__says_what_no_lever_can_turn(void **state)
{
    (void)state;
    flipping p;
    static const char *const lines[] = {"whatif.frigates.max = 1.0",
                                        "units.granted-frigates.readiness = 0.0"};
    const muster_changes changes = {.line = lines, .line_count = 2};
    flipping_open(&p, CASE, &changes);
    json_t *told = flipping_told(&p, "PRK", NULL);
    assert_int_equal(json_array_size(json_object_get(told, "sets")), 0);
    assert_true(json_is_null(json_object_get(told, "nearest")));
    assert_true(flipping_is_true(told, "overdetermined"));
    assert_int_equal(json_array_size(json_object_get(told, "obstacles")), 4);
    assert_true(json_is_null(flow_at(told, "obstacles[0].turned_by_levers")));
    assert_true(json_is_true(flow_at(told, "obstacles[0].proved"))); /* as on the screen */
    assert_int_equal(flow_real(told, "obstacles[1].turned_by_levers"), 1);
    char *text = flipping_text(&p, "PRK", NULL);
    assert_non_null(strstr(text, "No lever can turn: able (margin -0.3500)."));
    assert_non_null(strstr(text, "within their\nranges: proved."));
    check_width(text);
    muster_tell_free(text, NULL);
    flipping_close(&p);
}

static void test_flip__without_levers_says_how_to_declare_one(void **state)
{
    (void)state;
    flipping p;
    flipping_open(&p, "hello.cfg", NULL);
    char *text = flipping_text(&p, "HOME", NULL);
    assert_non_null(strstr(text, "the file declares no lever"));
    assert_non_null(strstr(text, "whatif = {"));
    muster_tell_free(text, NULL);
    json_t *told = flipping_told(&p, "HOME", NULL);
    assert_int_equal(json_array_size(json_object_get(told, "levers")), 0);
    assert_int_equal(json_array_size(json_object_get(told, "sets")), 0);
    flipping_close(&p);
}

/* A lever that goes where the file allows no value is a mistake, told by its name. */
static void test_flip__refuses_levers_beyond_what_is_allowed(void **state)
{
    (void)state;
    flipping p;
    static const char *const lines[] = {"whatif.allotment.max = 2.0"};
    const muster_changes changes = {.line = lines, .line_count = 1};
    flipping_open(&p, CASE, &changes);
    const muster_tell of = {.scenario = p.f.scenario, .model = p.f.model, .result = p.f.result};
    const muster_flip_from from = {.text = p.f.text, .changes = &p.given, .routes = p.f.routes};
    muster_diags *diags = muster_diags_create(NULL);
    assert_null(muster_tell_flip(&of, &from, "PRK", NULL, false, diags));
    char *told = muster_tell_diags(diags, false, NULL);
    assert_non_null(told);
    assert_non_null(strstr(told, "'allotment'"));
    assert_non_null(strstr(told, "2"));
    muster_tell_free(told, NULL);
    assert_null(muster_tell_flip(&of, &from, "XYZ", NULL, false, diags));
    muster_diags_free(diags);
    flipping_close(&p);
}

/* Short of memory anywhere on the way there is no text, a diagnostic, and nothing is kept; never an
 * answer from half a search. */
static void test_flip__survives_short_memory(void **state)
{
    (void)state;
    flipping p;
    flipping_open_text(&p,
                       WORLD "drills = {" DRILL(
                           "d", "28", "14", "1.0",
                           "") "};" RULES
                               "whatif = { fuel = { path = \"units.b1.allotment_frac\"; min = 0.0;"
                               " max = 1.0; };"
                               " will = { path = \"states.B.attributes.will\"; min = 0.0; max = "
                               "1.0; }; };",
                       NULL);
    const muster_flip_from from = {.text = p.f.text, .changes = &p.given, .routes = p.f.routes};
    char *whole = flipping_text(&p, "B", NULL);
    int32_t refusals = 0;
    for (int32_t left = 0;; left += 1 + left / 7) {
        test_memory memory = {.left = left};
        const muster_memory hook = test_hook(&memory);
        const muster_tell of = {
            .scenario = p.f.scenario, .model = p.f.model, .result = p.f.result, .memory = &hook};
        muster_diags *diags = muster_diags_create(NULL);
        char *text = muster_tell_flip(&of, &from, "B", NULL, false, diags);
        if (text)
            assert_string_equal(text, whole);
        else
            assert_true(memory.refused > 0 && muster_diags_error_count(diags) > 0);
        refusals += text == NULL;
        muster_tell_free(text, &hook);
        muster_diags_free(diags);
        assert_int_equal(memory.held, 0);
        if (memory.refused == 0)
            break;
    }
    assert_true(refusals > 20);
    muster_tell_free(whole, NULL);
    flipping_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flip__survives_short_memory),
        cmocka_unit_test(test_flip__text_says_what_the_document_says),
        cmocka_unit_test(test_flip__says_what_no_lever_can_turn),
        cmocka_unit_test(test_flip__without_levers_says_how_to_declare_one),
        cmocka_unit_test(test_flip__refuses_levers_beyond_what_is_allowed),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
