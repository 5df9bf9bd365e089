/* The coding of weights learnt from tables, in a scenario: margins, flips, and rules named by `only`. */
#include "test.h"

#include "base/text.h"
#include "batch/handles.h"
#include "drawn_record.h"
#include "fit_world.h"
#include "flipping.h"
#include "load/scenario.h"
#include "model/coding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- in a scenario ----------------------------------------------------------------------------------------- */

enum { YEAR = YEARS - 1 };
static const int asked[2] = {0, 2}; /* hosts of the scenario's drill */

static char *scenario_with(const drawn_record *w, const char *rules, const char *codings)
{
    mst_text t;
    mst_text_init(&t, NULL);
    mst_text_add(&t, "scenario = { id = \"w\"; title = \"W\"; start = \"2023-01-01T00:00Z\"; "
                     "horizon = \"60 d\"; source = \"assumed\"; };\nstates = {\n");
    for (int s = 0; s < STATES; s++)
        mst_text_printf(&t,
                        "%s = { source = \"assumed\"; index = { cap = 1.0; reach = 1.0; }; "
                        "attributes = { small = %.6f; trade = %.4f; ideal_point = %.4f; "
                        "distance_nm = %d.0; history = 0.%d; }; };\n",
                        drawn_name(s), w->small[s][YEAR], w->trade[s][YEAR], w->point[s][YEAR],
                        700 + 10 * s, s);
    mst_text_add(&t, "};\nties = {\n");
    for (int h = 0; h < HOSTS; h++)
        for (int c = 0; c < CANDIDATES; c++)
            mst_text_printf(&t,
                            "t%d%d = { a = \"%s\"; b = \"%s\"; source = \"assumed\"; mutual = { "
                            "near = %.4f; }; a_to_b = { feared = %.4f; }; b_to_a = { feared = 0.5; "
                            "}; };\n",
                            h, c, drawn_name(h), drawn_name(HOSTS + c), w->near[h][c],
                            w->feared[h][c]);
    mst_text_add(&t, "};\ndrills = { d = { hosts = [\"H0\", \"H2\"]; candidates = [\"C0\", \"C1\", "
                     "\"C2\", \"C3\", \"C4\", \"C5\"]; source = \"assumed\"; attributes = { "
                     "duration_d = 6.0; }; muster = { lat_deg = 0.0; lon_deg = 150.0; at = "
                     "\"2023-02-01T00:00Z\"; }; end = \"2023-02-03T00:00Z\"; cap_need = 0.2; index "
                     "= { cap_need = 0.2; reach_need = 0.4; }; }; };\n"
                     "whatif = { trade = { path = \"states.C0.attributes.trade\"; min = -20.0; max "
                     "= 20.0; }; };\n"
                     "alignment = { rules = { own = { stage = \"admit\"; sign = -1; weight = 9.0; "
                     "terms = [\"tie.near\"]; source = \"assumed\"; };\n"
                     "kit = { stage = \"able\"; form = \"gate\"; terms = [\"fleet.kit\", "
                     "\"drill.cap_need\"]; source = \"assumed\"; };\n");
    mst_text_add(&t, rules);
    mst_text_add(&t, "}; codings = {\n");
    mst_text_add(&t, codings);
    mst_text_add(&t, "}; };\n");
    return mst_text_take(&t);
}

/* What a feature is for candidate c of the scenario; h: a host, -1: of the row. */
static double here(const drawn_record *w, const mst_feature *f, int c, int h)
{
    const int s = HOSTS + c;
    const double *by_state = strstr(f->name, "small")         ? &w->small[0][YEAR]
                             : strstr(f->name, "ideal_point") ? &w->point[0][YEAR]
                                                              : &w->trade[0][YEAR];
    double joined = (double)NAN;
    if (h < 0 && f->reads >= MST_FIT_HOST && f->reads <= MST_FIT_GAP) {
        for (int k = 0; k < 2; k++) {
            const double one = here(w, f, c, asked[k]);
            joined = k == 0 ? one : f->is_min ? fmin(joined, one) : fmax(joined, one);
        }
        return joined;
    }
    switch (f->reads) {
    case MST_FIT_CAND:
        return by_state[s * YEARS];
    case MST_FIT_HOST:
        return by_state[h * YEARS];
    case MST_FIT_GAP:
        return fabs(by_state[s * YEARS] - by_state[h * YEARS]);
    case MST_FIT_TIE:
        return w->near[h][c];
    case MST_FIT_FROM_HOST:
        return w->feared[h][c];
    case MST_FIT_TO_HOST:
        return 0.5;
    case MST_FIT_DISTANCE:
        return (700.0 + 10.0 * s) / 1000.0;
    case MST_FIT_HISTORY:
        return s / 10.0;
    case MST_FIT_HOST_NUMBER:
        return 2.0;
    case MST_FIT_DURATION:
        return 6.0;
    }
    return (double)NAN;
}

/* a + b.x of a stage. */
static double wanted(const fit_told *t, const drawn_record *w, mst_stage stage, int c, int h)
{
    const mst_fit_result *r = &t->fit->of[t->fit->main][0].result;
    const mst_features *f = &t->fit->features[t->fit->main];
    double sum = 0.0;
    for (int32_t j = 0; j < r->design.weights; j++) {
        const mst_fit_line *l = &r->line[j];
        const bool is_of = stage == MST_ADMIT
                               ? l->block == MST_FIT_ADMIT
                               : l->block == MST_FIT_ACCEPT || l->block == MST_FIT_APART;
        if (is_of)
            sum +=
                l->raw *
                (l->feature < 0 ? 1.0 : here(w, &f->item[f->first[l->block] + l->feature], c, h));
    }
    return sum;
}

/* A text of a fit; asserts that there is one. */
static char *part_of(const fit_told *t, muster_fit_part part)
{
    muster_diags *diags = muster_diags_create(NULL);
    char *text = muster_tell_fit_coding(t->fit, "mine", part, diags);
    if (!text)
        fail_msg("%s", muster_diags_at(diags, 0)->message);
    muster_diags_free(diags);
    return text;
}

/* The scenario with both parts, read once, and the lines of its coding. */
typedef struct written_fit {
    char *text;
    mst_arena arena;
    const char **line;
    int32_t count;
} written_fit;

static void write_fit(const fit_told *t, const drawn_record *w, written_fit *out)
{
    flow f;
    char *rules = part_of(t, MUSTER_FIT_RULES), *codings = part_of(t, MUSTER_FIT_CODINGS);
    out->text = scenario_with(w, rules, codings);
    mst_arena_init(&out->arena, NULL);
    assert_int_equal(flow_run_text(&f, out->text), MUSTER_OK);
    assert_int_equal(muster_diags_error_count(f.diags), 0);
    const mst_spec *spec = &f.scenario->spec;
    const int32_t own = mst_table_find(&spec->alignment.codings, sizeof(mst_coding_def), "mine");
    const char **line = NULL;
    out->count = mst_coding_lines(spec, MST_AT(mst_coding_def, &spec->alignment.codings, own),
                                  &out->arena, &line);
    assert_true(out->count > 0);
    out->line = mst_arena_array(&out->arena, (size_t)out->count, sizeof *out->line);
    for (int32_t i = 0; i < out->count; i++)
        out->line[i] = mst_arena_text(&out->arena, line[i]);
    flow_close(&f);
    muster_tell_free(rules, NULL);
    muster_tell_free(codings, NULL);
}

static void free_written(written_fit *x)
{
    mst_memory_free(NULL, x->text);
    mst_arena_clear(&x->arena);
}

static void test_fit_coding__a_coding_gives_the_margins_of_the_weights(void **state)
{
    (void)state;
    drawn_record w;
    drawn_make(&w, 80);
    fit_told t = drawn_told(&w);
    t.options.able = "cand.small";
    t.options.admit = "tie.near,gap.ideal_point,from_host.feared,cand.trade";
    t.options.accept = "cand.small,history,distance_nm,min:tie.near,gap.trade,min:gap.ideal_point,"
                       "host.trade,min:from_host.feared,cand.trade";
    t.options.apart = "hosts,duration_d";
    t.options.replicates = 60;
    fit_told_must_fit(&t);
    assert_int_equal(t.fit->main, 1); /* history was asked for */
    assert_true(fabs(fit_told_line(&t, "min:tie.near")->raw) > 1e-3);
    written_fit x;
    write_fit(&t, &w, &x);
    const muster_changes changes = {.line = x.line, .line_count = x.count};
    flow f;
    assert_int_equal(flow_run_changed(&f, x.text, &changes), MUSTER_OK);
    const mst_model *m = f.model->model;
    assert_near(m->tau, 1.0, 0.0);
    int32_t compared = 0;
    for (int c = 0; c < CANDIDATES; c++) {
        const mst_verdict *v =
            mst_verdict_of(f.result->run, 0, mst_model_state(m, drawn_name(4 + c)));
        for (int32_t s = 0; s < v->stage_count; s++) {
            const mst_stage_result *r = &v->stage[s];
            if (r->stage == MST_ABLE)
                continue;
            const int h = r->host < 0 ? -1 : r->host == mst_model_state(m, "H0") ? 0 : 2;
            const double a = wanted(&t, &w, r->stage, c, h);
            /* some ten terms, none of them above 30 */
            assert_near(r->margin, a, 1e-9);
            assert_near(r->p, fit_logistic(a), 1e-9);
            compared++;
        }
    }
    assert_int_equal(compared, CANDIDATES * 3);
    flow_close(&f);
    free_written(&x);
    fit_told_end(&t);
    drawn_free(&w);
}

static void test_fit_coding__flip_moves_a_fitted_margin(void **state)
{
    (void)state;
    drawn_record w;
    drawn_make(&w, 80);
    fit_told t = drawn_told(&w);
    fit_told_must_fit(&t);
    written_fit x;
    write_fit(&t, &w, &x);
    const muster_changes changes = {.line = x.line, .line_count = x.count};
    /* one lever, trade of C0: it tips where accept does, unless a host says no */
    flipping p;
    assert_true(x.count < FLIP_LINES_MAX);
    flipping_open_text(&p, x.text, &changes);
    json_t *told_of = flipping_told(&p, "C0", NULL);
    const double trade = fit_told_line(&t, "cand.trade")->raw;
    const double rest = wanted(&t, &w, MST_ACCEPT, 0, -1) - trade * w.trade[HOSTS][YEAR];
    const bool admits =
        wanted(&t, &w, MST_ADMIT, 0, 0) > 0.0 && wanted(&t, &w, MST_ADMIT, 0, 2) > 0.0;
    const bool joins = admits && wanted(&t, &w, MST_ACCEPT, 0, -1) > 0.0;
    assert_true(admits); /* else the lever could do nothing, and nothing were tested */
    char low[64], high[64];
    mst_verdict v;
    snprintf(low, sizeof low, "states.C0.attributes.trade = %.9f", -rest / trade - 1e-6);
    snprintf(high, sizeof high, "states.C0.attributes.trade = %.9f", -rest / trade + 1e-6);
    const char *lines[] = {low, high};
    assert_true(flipping_run(&p, "C0", NULL, &lines[0], 1, &v));
    assert_false(v.joins);
    assert_true(flipping_run(&p, "C0", NULL, &lines[1], 1, &v));
    assert_true(v.joins);
    json_t *sets = json_object_get(told_of, "sets");
    assert_int_equal(json_array_size(sets), 1);
    /* the value told lies on the other side of the tip, within a step of it */
    json_t *lever = json_array_get(json_object_get(json_array_get(sets, 0), "levers"), 0);
    const char *line = json_string_value(json_array_get(json_object_get(lever, "changes"), 0));
    const double value = strtod(strchr(line, '=') + 1, NULL);
    assert_true(joins ? value < -rest / trade : value > -rest / trade);
    assert_near(value, -rest / trade, 0.1); /* a step of a lever without `step`: range / 400 */
    flipping_close(&p);
    free_written(&x);
    fit_told_end(&t);
    drawn_free(&w);
}

/* ---- only ------------------------------------------------------------------------------------------------- */

static void test_fit_coding__only_is_checked(void **state)
{
    (void)state;
    drawn_record w;
    flow f;
    drawn_make(&w, 1);
    char *text = scenario_with(&w, "",
                               "x = { author = \"a\"; basis = \"b\"; only = [\"own\"]; };\n"
                               "y = { author = \"a\"; basis = \"b\"; only = [\"owm\"]; };\n"
                               "z = { author = \"a\"; basis = \"b\"; only = [\"kit\"]; };\n");
    assert_int_equal(flow_open_faulty(&f, text), MUSTER_MISTAKE);
    assert_int_equal(muster_diags_error_count(f.diags), 2);
    const muster_diag *error[2] = {NULL};
    for (int32_t k = 0, found = 0; k < muster_diags_count(f.diags); k++)
        if (muster_diags_at(f.diags, k)->severity == MUSTER_ERROR)
            error[found++] = muster_diags_at(f.diags, k);
    assert_non_null(strstr(error[0]->message, "coding 'y': no rule 'owm'"));
    assert_non_null(strstr(error[0]->hint, "own"));
    assert_non_null(strstr(error[1]->message, "coding 'z': rule 'kit' is of stage able"));
    flow_close(&f);
    mst_memory_free(NULL, text);
    drawn_free(&w);
}

/* Names that cannot be a coding's, and columns that no rule can name. */
static void test_fit_coding__codings_that_cannot_be(void **state)
{
    (void)state;
    static const char *const names[] = {"",     "9",   "a b", "abcdefghijklmnopqrstuvwxy",
                                        "\xff", "a\"b"};
    drawn_record w;
    drawn_make(&w, 40);
    fit_told t = drawn_told(&w);
    t.options.able = "";
    fit_told_must_fit(&t);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        muster_diags *diags = muster_diags_create(NULL);
        assert_null(muster_tell_fit_coding(t.fit, names[i], MUSTER_FIT_RULES, diags));
        assert_non_null(strstr(muster_diags_at(diags, 0)->message, "is no name of a coding"));
        muster_diags_free(diags);
    }
    fit_told_end(&t);
    char *column = strstr(w.states, "trade"); /* a column that no rule can name */
    memcpy(column, "a +\\b", 5);
    t = drawn_told(&w);
    t.options.accept = "cand.a +\\b";
    t.table[0].name = "evil\";\n# \\ \xff.csv";
    fit_told_must_fit(&t);
    muster_diags *diags = muster_diags_create(NULL);
    assert_null(muster_tell_fit_coding(t.fit, "mine", MUSTER_FIT_CODINGS, diags));
    assert_non_null(strstr(muster_diags_at(diags, 0)->message, "no rule can read 'cand.a +\\b'"));
    muster_diags_free(diags);
    fit_told_end(&t);
    /* any name of a file may stand in what is written */
    t.options.accept = "cand.small";
    fit_told_must_fit(&t);
    written_fit x;
    write_fit(&t, &w, &x);
    free_written(&x);
    fit_told_end(&t);
    drawn_free(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fit_coding__a_coding_gives_the_margins_of_the_weights),
        cmocka_unit_test(test_fit_coding__flip_moves_a_fitted_margin),
        cmocka_unit_test(test_fit_coding__only_is_checked),
        cmocka_unit_test(test_fit_coding__codings_that_cannot_be),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
