/* Values of states and ties at a date: dated changes, pacts, and who wins. */
#include "test.h"

#include "spec_make.h"

typedef struct scene {
    made_spec m;
    mst_model *model;
    double attribute[64], mutual[64], directed[64];
    mst_values values;
} scene;

static mst_dated_def *event(made_spec *m, const char *at, const char *change)
{
    mst_dated_def *entry = MADE(m, &m->spec.timeline, mst_dated_def, mst_fields_dated, NULL);
    entry->at = made_at(at);
    made_dated_change(m, entry, change);
    return entry;
}

static void compile_scene(scene *s, const mst_list *applied)
{
    mst_route_plan plan;
    assert_int_equal(mst_route_plan_make(&s->m.spec, &made_kinds, &s->m.arena, s->m.diags, &plan),
                     MUSTER_OK);
    assert_int_equal(mst_model_compile(&s->m.spec, &made_kinds, applied, 0, &plan, NULL, NULL,
                                       s->m.diags, &s->model),
                     MUSTER_OK);
    assert_true(s->model->state_count == 3 && s->model->attribute_count <= 20);
    s->values = (mst_values){s->attribute, s->mutual, s->directed};
}

static void close_scene(scene *s)
{
    mst_model_free(s->model);
    made_close(&s->m);
}

static void look(scene *s, const char *at)
{
    mst_model_values_at(s->model, made_at(at).from, &s->values);
}

enum { AAA, BBB, CCC, STATES };

static double autonomy(const scene *s, int32_t of)
{
    return s->attribute[of * s->model->attribute_count];
}

static double mutual(const scene *s, int32_t kind, int32_t from, int32_t to)
{
    return s->mutual[(kind * STATES + from) * STATES + to];
}

static void test_values__change_with_the_dates(void **state)
{
    (void)state;
    scene s;
    made_open(&s.m);
    /* so that a_to_b.resent is a name that ties have */
    mst_tie_def *tie = MADE(&s.m, &s.m.spec.ties, mst_tie_def, mst_fields_tie, "BBB-CCC");
    tie->a = made_ref("BBB");
    tie->b = made_ref("CCC");
    made_add_number(&s.m, &tie->a_to_b, "resent", 0.5);
    /* the later one stands first in the file: dates decide */
    event(&s.m, "2023-07-05T00:00Z", "states.CCC.attributes.autonomy = 0.231");
    event(&s.m, "2023-07-01T00:00Z", "  states.CCC.attributes.autonomy=0.617 ");
    event(&s.m, "2023-07-02T00:00Z", "ties.AAA-CCC.align = 0.77");
    event(&s.m, "2023-07-03T00:00Z", "ties.AAA-CCC.mutual.practised = 1.0");
    event(&s.m, "2023-07-04T00:00Z", "ties.AAA-CCC.b_to_a.resent = 0.19");
    event(&s.m, "2023-07-04T12:00Z", "ties.AAA-CCC.a_to_b.resent = 0.23");
    compile_scene(&s, NULL);

    look(&s, "2023-06-30T23:59Z");
    assert_near(autonomy(&s, CCC), 0.513, 1e-12);
    assert_near(mutual(&s, 0, AAA, CCC), 0.417, 0.0);
    look(&s, "2023-07-01T00:00Z"); /* from that instant on */
    assert_near(autonomy(&s, CCC), 0.617, 0.0);
    assert_near(autonomy(&s, AAA), 0.713, 1e-12);
    look(&s, "2023-07-04T11:59Z");
    assert_near(mutual(&s, 0, AAA, CCC), 0.77, 0.0);
    assert_near(mutual(&s, 0, CCC, AAA), 0.77, 0.0);
    assert_near(mutual(&s, 2, CCC, AAA), 1.0, 0.0);
    assert_near(s.directed[CCC * STATES + AAA], 0.19, 0.0);
    assert_true(isnan(s.directed[AAA * STATES + CCC]));
    look(&s, "2023-07-06T00:00Z");
    assert_near(autonomy(&s, CCC), 0.231, 0.0);
    assert_near(s.directed[AAA * STATES + CCC], 0.23, 0.0);
    look(&s, "2023-06-30T23:59Z"); /* back again: nothing sticks */
    assert_near(autonomy(&s, CCC), 0.513, 1e-12);
    close_scene(&s);
}

static void test_values__known_later_counts_in_hindsight_only(void **state)
{
    (void)state;
    for (int32_t hindsight = 0; hindsight < 2; hindsight++) {
        scene s;
        made_open(&s.m);
        s.m.spec.scenario.hindsight = hindsight;
        event(&s.m, "2023-07-01T00:00Z", "states.CCC.attributes.autonomy = 0.617")->known_by =
            made_at("2023-09-04T00:00Z");
        compile_scene(&s, NULL);
        look(&s, "2023-07-20T00:00Z");
        assert_near(autonomy(&s, CCC), hindsight ? 0.617 : 0.513, 1e-12);
        look(&s, "2023-09-04T00:00Z");
        assert_near(autonomy(&s, CCC), 0.617, 0.0);
        close_scene(&s);
    }
}

static void test_values__pacts_in_force(void **state)
{
    (void)state;
    scene s;
    made_open(&s.m);
    mst_tie_def *tie = MST_AT(mst_tie_def, &s.m.spec.ties, 0);
    mst_pact_def *pact = MADE_IN(&s.m, &tie->pacts, mst_pact_def, mst_fields_tie, "pacts");
    pact->from = made_at("2024-12-04T00:00Z");
    pact->until = made_at("2025-03-01Z"); /* a bare date: to the end of that day */
    pact->strength = 0.95;
    compile_scene(&s, NULL);
    look(&s, "1960-01-01T00:00Z");
    assert_near(mutual(&s, 1, AAA, CCC), 0.0, 0.0);
    look(&s, "1961-07-11T00:00Z");
    assert_near(mutual(&s, 1, AAA, CCC), 0.37, 0.0);
    look(&s, "2025-01-01T00:00Z"); /* the stronger of two */
    assert_near(mutual(&s, 1, CCC, AAA), 0.95, 0.0);
    look(&s, "2025-03-01T23:59Z");
    assert_near(mutual(&s, 1, AAA, CCC), 0.95, 0.0);
    look(&s, "2025-03-02T00:01Z");
    assert_near(mutual(&s, 1, AAA, CCC), 0.37, 0.0);
    assert_near(mutual(&s, 1, AAA, BBB), 0.0, 0.0);
    assert_near(mutual(&s, 0, AAA, CCC), 0.417, 0.0); /* a pact moves no closeness */
    close_scene(&s);
}

static void test_values__a_variant_wins_over_the_timeline(void **state)
{
    (void)state;
    scene s;
    made_open(&s.m);
    event(&s.m, "2023-07-01T00:00Z", "states.CCC.attributes.autonomy = 0.617");
    event(&s.m, "2023-07-01T00:00Z", "states.AAA.attributes.autonomy = 0.619");
    mst_list applied = {0};
    mst_change *change = mst_list_add(&s.m.arena, &applied, sizeof *change);
    assert_non_null(change);
    *change = (mst_change){.path = "states.CCC.attributes.autonomy",
                           .before = "0.513",
                           .written = "0.513",
                           .origin = "variant eased"};
    compile_scene(&s, &applied);
    look(&s, "2023-07-20T00:00Z");
    assert_near(autonomy(&s, CCC), 0.513, 1e-12);
    assert_near(autonomy(&s, AAA), 0.619, 0.0);
    assert_int_equal(s.model->applied_count, 1);
    assert_string_equal(s.model->applied[0].origin, "variant eased");
    close_scene(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values__change_with_the_dates),
        cmocka_unit_test(test_values__known_later_counts_in_hindsight_only),
        cmocka_unit_test(test_values__pacts_in_force),
        cmocka_unit_test(test_values__a_variant_wins_over_the_timeline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
