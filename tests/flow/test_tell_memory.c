/* What is told of a run while memory is short for a moment: all of it or nothing, with a reason. */
#include "test.h"

#include "flow.h"
#include "memory.h"

#include <string.h>

static char *report(const muster_tell *t, muster_diags *d)
{
    return muster_tell_report(t, d);
}
static char *document(const muster_tell *t, muster_diags *d)
{
    return muster_tell_json(t, d);
}
static char *why(const muster_tell *t, muster_diags *d)
{
    return muster_tell_why(t, "PRK", NULL, false, d);
}
static char *why_document(const muster_tell *t, muster_diags *d)
{
    return muster_tell_why(t, "PRK", NULL, true, d);
}
static char *reach(const muster_tell *t, muster_diags *d)
{
    return muster_tell_reach(t, "PRK", NULL, false, d);
}
static char *reach_document(const muster_tell *t, muster_diags *d)
{
    return muster_tell_reach(t, "PRK", NULL, true, d);
}
static char *rivals(const muster_tell *t, muster_diags *d)
{
    return muster_tell_rivals(t, NULL, NULL, false, d);
}
static char *rivals_document(const muster_tell *t, muster_diags *d)
{
    return muster_tell_rivals(t, NULL, NULL, true, d);
}
static char *comparison(const muster_tell *t, muster_diags *d, bool as_json)
{
    const char *names[] = {"baseline", "analyst-seoul"};
    const muster_scenario *scenarios[] = {t->scenario, t->scenario};
    const muster_model *models[] = {t->model, t->model};
    const muster_result *results[] = {t->result, t->result};
    const muster_comparison c = {.count = 2,
                                 .name = names,
                                 .scenario = scenarios,
                                 .model = models,
                                 .plan = results,
                                 .memory = t->memory};
    return as_json ? muster_tell_compare(&c, true, d)
                   : muster_tell_codings(t, &c, "PRK", NULL, true, d);
}
static char *compare_document(const muster_tell *t, muster_diags *d)
{
    return comparison(t, d, true);
}
static char *codings_document(const muster_tell *t, muster_diags *d)
{
    return comparison(t, d, false);
}

/* Every allocation refused once, and none before or behind it (beyond the first of them, some). */
static void check(const flow *f, char *(*tell)(const muster_tell *, muster_diags *))
{
    muster_tell t = {.scenario = f->scenario, .model = f->model, .result = f->result};
    char *whole = tell(&t, NULL);
    int32_t lacking = 0;
    assert_non_null(whole);
    for (int32_t i = 0;; i += 1 + i / 400) {
        test_refusal one = {i, 0};
        const muster_memory hook = test_hook_but_one(&one);
        muster_diags *diags = muster_diags_create(NULL);
        t.memory = &hook;
        char *text = tell(&t, diags);
        if (text && strcmp(text, whole) != 0)
            fail_msg("allocation %d refused, and the text has something else:\n%s", (int)i, text);
        assert_int_equal(text == NULL, muster_diags_error_count(diags) > 0);
        assert_true(text || one.refused > 0);
        lacking += text == NULL;
        muster_tell_free(text, &hook);
        muster_diags_free(diags);
        if (one.refused == 0)
            break;
    }
    assert_true(lacking > 1);
    muster_tell_free(whole, NULL);
}

static void test_tell_memory__never_half_a_text(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run(&f, "northern-interaction-2023.cfg", NULL, NULL), MUSTER_OK);
    check(&f, report);
    check(&f, document);
    check(&f, why);
    check(&f, why_document);
    check(&f, reach);
    check(&f, reach_document);
    check(&f, rivals);
    check(&f, rivals_document);
    check(&f, compare_document);
    check(&f, codings_document);
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tell_memory__never_half_a_text),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
