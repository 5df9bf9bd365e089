/* Shapley values of a stage's margin against a reference. */
#include "test.h"

#include "base/text.h"
#include "batch/handles.h"
#include "flow.h"
#include "outcome/against.h"

#include <math.h>
#include <string.h>

/* Two candidates of one drill whose figures differ in `count` attributes x0, x1, ...; accept reads a
 * product of the first two and, if `is_long`, the sum of the others. */
static char *world(int32_t count)
{
    mst_text t;
    mst_text_init(&t, NULL);
    mst_text_add(&t, "scenario = { id = \"w\"; title = \"W\"; start = \"2023-01-01T00:00Z\"; "
                     "horizon = \"60 d\"; source = \"assumed\"; };\nstates = { H = { source = "
                     "\"assumed\"; };\n");
    for (int32_t s = 0; s < 2; s++) {
        mst_text_printf(&t,
                        "%s = { source = \"assumed\"; index = { cap = 1.0; reach = 1.0; };"
                        " attributes = { idle = %d.0;\n",
                        s == 0 ? "C" : "D", (int)s);
        for (int32_t i = 0; i < count; i++)
            mst_text_printf(&t, "x%d = %g;\n", (int)i, s == 0 ? 0.5 + 0.02 * i : 0.2 + 0.01 * i);
        mst_text_add(&t, "}; };\n");
    }
    mst_text_add(&t,
                 "};\ndrills = { d = { hosts = [\"H\"]; candidates = [\"C\", \"D\"]; source = "
                 "\"assumed\"; muster = { lat_deg = 0.0; lon_deg = 150.0; at = "
                 "\"2023-02-01T00:00Z\"; }; end = \"2023-02-03T00:00Z\"; cap_need = 0.2; index = "
                 "{ cap_need = 0.2; reach_need = 0.4; }; }; };\nalignment = { rules = { pair = { "
                 "stage = \"accept\"; sign = 1; weight = 1.0; terms = [\"cand.x0\", \"cand.x1\"]; "
                 "source = \"assumed\"; };\n");
    for (int32_t i = 2; i < count; i++)
        mst_text_printf(&t,
                        "r%d = { stage = \"accept\"; sign = -1; weight = 0.3; terms = "
                        "[\"cand.x%d\"]; source = \"assumed\"; };\n",
                        (int)i, (int)i);
    mst_text_add(&t,
                 "}; codings = { other = { author = \"a\"; basis = \"b\"; changes = [\"states.C."
                 "attributes.x0 = 0.1\"]; }; }; };");
    return mst_text_take(&t);
}

static const mst_verdict *of(const flow *f, const char *state)
{
    return mst_verdict_of(f->result->run, 0, mst_model_state(f->model->model, state));
}

static const mst_share_of *named(const mst_against *a, const char *key)
{
    for (int32_t i = 0; i < a->count; i++)
        if (strcmp(a->item[i].key, key) == 0)
            return &a->item[i];
    return NULL;
}

static void add_up(const mst_against *a, double tolerance)
{
    for (int32_t s = 0; s < a->here->stage_count; s++) {
        double sum = 0.0;
        for (int32_t i = 0; i < a->count; i++)
            sum += a->item[i].value[s];
        if (!isnan(a->here->stage[s].margin) && !isnan(a->there->stage[s].margin))
            assert_near(sum, a->here->stage[s].margin - a->there->stage[s].margin, tolerance);
    }
}

static void compare(flow *f, mst_arena *arena, int32_t count, mst_against *out)
{
    char *text = world(count);
    assert_non_null(text);
    assert_int_equal(flow_run_text(f, text), MUSTER_OK);
    mst_memory_free(NULL, text);
    mst_arena_init(arena, NULL);
    assert_null(mst_against_make(f->model->model, f->result->run, of(f, "C"), f->model->model,
                                 f->result->run, of(f, "D"), arena, out));
    add_up(out, 1e-12);
}

/* Of a product, each factor has the mean of what it adds first and what it adds last. */
static void test_against__a_product_is_shared_by_hand(void **state)
{
    (void)state;
    flow f;
    mst_arena arena;
    mst_against a;
    compare(&f, &arena, 4, &a);
    assert_true(a.is_exact);
    assert_int_equal(a.count, 4);
    const double x0 = 0.5, y0 = 0.2, x1 = 0.52, y1 = 0.21;
    assert_near(named(&a, "cand.x0")->value[2], 0.5 * ((x0 - y0) * y1 + (x0 - y0) * x1), 1e-12);
    assert_near(named(&a, "cand.x1")->value[2], 0.5 * ((x1 - y1) * y0 + (x1 - y1) * x0), 1e-12);
    assert_near(named(&a, "cand.x2")->value[2], -0.3 * (0.54 - 0.22), 1e-12);
    assert_null(named(&a, "cand.idle")); /* differs, and no rule reads it */
    mst_arena_clear(&arena);
    flow_close(&f);
}

/* Above 14 figures random orders are tried; where figures only add up, each order says the same, and
 * of the product the mean of an order and its reverse is exact. */
static void test_against__many_figures_by_orders(void **state)
{
    (void)state;
    flow f;
    mst_arena arena;
    mst_against a;
    compare(&f, &arena, 20, &a);
    assert_false(a.is_exact);
    assert_int_equal(a.count, 20);
    assert_near(a.most_error, 0.0, 1e-9);
    for (int32_t i = 2; i < 20; i++) {
        char key[16];
        snprintf(key, sizeof key, "cand.x%d", (int)i);
        assert_near(named(&a, key)->value[2], -0.3 * (0.3 + 0.01 * i), 1e-9);
    }
    assert_near(named(&a, "cand.x0")->value[2], 0.5 * 0.3 * (0.21 + 0.52), 1e-9);
    mst_arena_clear(&arena);
    flow_close(&f);
}

/* Another world of the file: the worked case against the variant of June 2024. */
static void test_against__another_world(void **state)
{
    (void)state;
    flow here, there;
    mst_arena arena;
    mst_against a;
    mst_arena_init(&arena, NULL);
    assert_int_equal(flow_run(&here, "northern-interaction-2023.cfg", NULL, NULL), MUSTER_OK);
    assert_int_equal(flow_run(&there, "northern-interaction-2023.cfg", "fuel-and-frigates", NULL),
                     MUSTER_OK);
    assert_null(mst_against_make(here.model->model, here.result->run, of(&here, "PRK"),
                                 there.model->model, there.result->run, of(&there, "PRK"), &arena,
                                 &a));
    add_up(&a, 1e-12);
    assert_int_equal(a.count, 1); /* the fleet alone differs, and no rule */
    assert_null(a.item[0].path);
    assert_true(a.item[0].value[0] < 0.0);
    /* hosts are not judged by stages of their own */
    assert_non_null(mst_against_make(here.model->model, here.result->run, of(&here, "CHN"),
                                     there.model->model, there.result->run, of(&there, "CHN"),
                                     &arena, &a));
    mst_arena_clear(&arena);
    flow_close(&here);
    flow_close(&there);
}

/* Rules of one author on, those of the other off: on the way from there to here no rule at all may be
 * on, and such a sum is 0. Where only weights differ, each has its own value. */
static void judge_by(flow *f, const char *off, const char *on)
{
    mst_text t;
    mst_text_init(&t, NULL);
    mst_text_printf(
        &t,
        "scenario = { id = \"w\"; title = \"W\"; start = \"2023-01-01T00:00Z\"; horizon = \"60 "
        "d\"; "
        "source = \"assumed\"; }; states = { H = { source = \"assumed\"; }; C = { source = "
        "\"assumed\"; index = { cap = 1.0; reach = 1.0; }; attributes = { x = 0.5; y = 0.25; }; }; "
        "};"
        "drills = { d = { hosts = [\"H\"]; candidates = [\"C\"]; source = \"assumed\"; muster = { "
        "lat_deg = 0.0; lon_deg = 150.0; at = \"2023-02-01T00:00Z\"; }; end = "
        "\"2023-02-03T00:00Z\"; "
        "cap_need = 0.2; index = { cap_need = 0.2; reach_need = 0.4; }; }; };"
        "alignment = { rules = {"
        "mine = { stage = \"accept\"; sign = 1; weight = 2.0; terms = [\"cand.x\"]; off = %s; "
        "source = "
        "\"assumed\"; };"
        "also = { stage = \"admit\"; sign = 1; weight = 3.0; terms = [\"cand.y\"]; off = %s; "
        "source = "
        "\"assumed\"; };"
        "yours = { stage = \"accept\"; sign = -1; weight = 4.0; terms = [\"cand.y\"]; off = %s; "
        "source "
        "= \"assumed\"; }; }; };",
        off, off, on);
    char *text = mst_text_take(&t);
    assert_non_null(text);
    assert_int_equal(flow_run_text(f, text), MUSTER_OK);
    mst_memory_free(NULL, text);
}

static void test_against__rules_of_another_author(void **state)
{
    (void)state;
    flow here, there;
    mst_arena arena;
    mst_against a;
    mst_arena_init(&arena, NULL);
    judge_by(&here, "false", "true");
    judge_by(&there, "true", "false");
    assert_null(mst_against_make(here.model->model, here.result->run, of(&here, "C"),
                                 there.model->model, there.result->run, of(&there, "C"), &arena,
                                 &a));
    assert_int_equal(a.count, 3);
    assert_near(named(&a, "mine")->value[2], 2.0 * 0.5, 1e-12);
    assert_near(named(&a, "yours")->value[2], 4.0 * 0.25, 1e-12);
    assert_near(named(&a, "also")->value[2], 0.0, 1e-12);
    /* admit has no rule there, so no margin, and nothing to be shared out */
    assert_true(isnan(a.there->stage[1].margin));
    assert_true(isnan(named(&a, "also")->value[1]));
    add_up(&a, 1e-12);
    mst_arena_clear(&arena);
    flow_close(&here);
    flow_close(&there);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against__a_product_is_shared_by_hand),
        cmocka_unit_test(test_against__many_figures_by_orders),
        cmocka_unit_test(test_against__another_world),
        cmocka_unit_test(test_against__rules_of_another_author),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
