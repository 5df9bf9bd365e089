/* Figures in time, against figures worked by hand: additions, order, decay, range, ledgers by two
 * accounts, and what nobody could know yet. From text, as an author writes it. */
#include "test.h"

#include "files.h"
#include "load/scenario.h"
#include "model/compile.h"
#include "model/dated.h"

#include <stdio.h>

enum { AAA, BBB, CCC, STATES };

typedef struct world {
    muster_diags *diags;
    muster_source_text *text;
    muster_scenario *scenario;
    mst_model *model;
    double attribute[8], mutual[32], directed[32];
    mst_values values;
} world;

/* %s: stocks, then the ledger of the tie, then the timeline, then whatever else. */
static const char form[] =
    "scenario = { id = \"t\"; title = \"T\"; start = \"2023-01-01T00:00Z\"; horizon = \"800 d\"; "
    "};\n"
    "states = { AAA = { attributes = { threat = 0.5; }; index = { cap = 0.5; reach = 0.5; }; };\n"
    "  BBB = { attributes = { threat = 0.95; }; index = { cap = 0.5; reach = 0.5; }; };\n"
    "  CCC = { }; };\n"
    "ties = { AB = { a = \"AAA\"; b = \"BBB\"; align = 0.9; mutual = { trade = 0.4; };\n"
    "  a_to_b = { debt = 0.30; }; b_to_a = { debt = 0.10; }; %s }; };\n"
    "areas = { box = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 40.0; }; };\n"
    "drills = { d = { hosts = [\"AAA\"]; candidates = [\"BBB\"]; area = \"box\"; cap_need = 0.2;\n"
    "  index = { cap_need = 0.2; reach_need = 0.2; }; visibility = 0.5;\n"
    "  muster = { at = \"2023-07-20T00:00Z\"; lat_deg = 39.5; lon_deg = 134.0; };\n"
    "  end = \"2023-07-22T00:00Z\"; }; };\n"
    "alignment = { rules = { owed = { stage = \"accept\"; terms = [\"from_host.debt\"]; };\n"
    "    fear = { stage = \"accept\"; terms = [\"cand.threat\"]; };\n"
    "    near = { stage = \"admit\"; terms = [\"tie.align\"]; }; };\n"
    "  stocks = { %s }; };\n"
    "timeline = ( %s );\n%s\n%s\n";

static muster_status open_world(world *w, const char *ledger, const char *stocks,
                                const char *timeline, const char *rest,
                                const muster_changes *changes)
{
    char bytes[8192];
    const char *weather = strstr(rest, "weather") ? "" : "weather = { sea_state = 3; };";
    const int length = snprintf(bytes, sizeof bytes, form, ledger, stocks, timeline, rest, weather);
    assert_true(length > 0 && (size_t)length < sizeof bytes);
    *w = (world){.diags = muster_diags_create(NULL)};
    assert_int_equal(muster_gather_text("t.cfg", bytes, strlen(bytes), NULL, w->diags, &w->text),
                     MUSTER_OK);
    return muster_scenario_read(w->text, changes, NULL, w->diags, &w->scenario);
}

static void compile(world *w)
{
    mst_route_plan plan;
    muster_scenario *s = w->scenario;
    assert_string_equal(test_words(w->diags), "");
    assert_int_equal(mst_route_plan_make(&s->spec, s->kinds, &s->arena, w->diags, &plan),
                     MUSTER_OK);
    assert_int_equal(mst_model_compile(&s->spec, s->kinds, &s->changes, 0, &plan, NULL, NULL,
                                       w->diags, &w->model),
                     MUSTER_OK);
    w->values = (mst_values){w->attribute, w->mutual, w->directed};
    assert_true(w->model->mutual_count * STATES * STATES <= 32 &&
                w->model->directed_count * STATES * STATES <= 32);
}

static void make_world(world *w, const char *ledger, const char *stocks, const char *timeline,
                       const char *rest)
{
    assert_int_equal(open_world(w, ledger, stocks, timeline, rest, NULL), MUSTER_OK);
    compile(w);
}

static void close_world(world *w)
{
    mst_model_free(w->model);
    muster_scenario_free(w->scenario);
    muster_source_text_free(w->text);
    muster_diags_free(w->diags);
}

static void assert_same(double a, double b)
{
    if (isnan(a) || isnan(b))
        assert_true(isnan(a) && isnan(b));
    else
        assert_near(a, b, 0.0);
}

/* A day of the scenario: 0 the first. Every figure is looked up alone too. */
static void look(world *w, double day)
{
    const muster_time at = w->model->start + (muster_time)(day * (double)MUSTER_DAY);
    const mst_model *m = w->model;
    mst_model_values_at(m, at, &w->values);
    for (int32_t i = 0; i < STATES * m->attribute_count; i++)
        assert_same(mst_model_value_at(m, MST_FIGURE_ATTRIBUTE, i, at), w->attribute[i]);
    for (int32_t i = 0; i < STATES * STATES * m->directed_count; i++)
        assert_same(mst_model_value_at(m, MST_FIGURE_DIRECTED, i, at), w->directed[i]);
    for (int32_t i = 0; i < STATES * STATES * m->mutual_count; i++)
        if (i / (STATES * STATES) != MST_MUTUAL_PACT)
            assert_same(mst_model_value_at(m, MST_FIGURE_MUTUAL, i, at), w->mutual[i]);
}

static int32_t named(const char *const *names, int32_t count, const char *name)
{
    for (int32_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    fail_msg("no figure '%s'", name);
    return -1;
}

static double directed(const world *w, const char *name, int32_t from, int32_t to)
{
    const int32_t k = named(w->model->directed_name, w->model->directed_count, name);
    return w->directed[mst_model_pair(w->model, k, from, to)];
}

static double mutual(const world *w, const char *name)
{
    const int32_t k = named(w->model->mutual_name, w->model->mutual_count, name);
    const double there = w->mutual[mst_model_pair(w->model, k, AAA, BBB)];
    assert_near(w->mutual[mst_model_pair(w->model, k, BBB, AAA)], there, 0.0);
    return there;
}

/* ---- additions ------------------------------------------------------------------------------- */

static void test_moving__additions_add_in_order_of_date_then_of_the_file(void **state)
{
    (void)state;
    world w;
    make_world(&w, "", "",
               "{ at = \"2023-03-01T00:00Z\"; adds = [\"ties.AB.a_to_b.debt = 0.05\"]; },"
               "{ at = \"2023-02-01T00:00Z\"; adds = [\"ties.AB.a_to_b.debt = 0.10\"]; },"
               /* the same day: set, then added to; in one entry changes come first */
               "{ at = \"2023-04-01T00:00Z\"; changes = [\"ties.AB.a_to_b.debt = 0.6\"]; },"
               "{ at = \"2023-04-01T00:00Z\"; adds = [\"ties.AB.a_to_b.debt = 0.1\"]; },"
               "{ at = \"2023-05-01T00:00Z\"; adds = [\"ties.AB.a_to_b.debt = 0.1\"];"
               "  changes = [\"ties.AB.a_to_b.debt = 0.2\"]; },"
               /* the other way round the addition is lost */
               "{ at = \"2023-06-01T00:00Z\"; adds = [\"ties.AB.a_to_b.debt = 0.1\"]; },"
               "{ at = \"2023-06-01T00:00Z\"; changes = [\"ties.AB.a_to_b.debt = 0.55\"]; },"
               "{ at = \"2023-07-01T00:00Z\"; adds = [\"ties.AB.a_to_b.debt = -0.25\"]; }",
               "");
    static const double expected[][2] = {{0.0, 0.30},   {30.9, 0.30},  {31.0, 0.40},
                                         {60.0, 0.45},  {90.0, 0.70},  {120.0, 0.30},
                                         {151.0, 0.55}, {182.0, 0.30}, {5.0, 0.30}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        look(&w, expected[i][0]);
        assert_near(directed(&w, "debt", AAA, BBB), expected[i][1], 1e-15); /* one rounding a sum */
        assert_near(directed(&w, "debt", BBB, AAA), 0.10, 0.0); /* nobody spoke of that */
    }
    close_world(&w);
}

static void test_moving__what_is_added_stays_in_range(void **state)
{
    (void)state;
    world w;
    make_world(&w, "", "",
               "{ at = \"2023-02-01T00:00Z\"; adds = [\"ties.AB.align = 0.3\","
               "  \"states.BBB.attributes.threat = 0.2\"]; },"
               "{ at = \"2023-03-01T00:00Z\"; adds = [\"ties.AB.align = -0.6\","
               "  \"states.BBB.attributes.threat = -0.3\"]; },"
               "{ at = \"2023-04-01T00:00Z\"; adds = [\"ties.AB.align = -1.9\","
               "  \"states.BBB.attributes.threat = -0.9\"]; },"
               "{ at = \"2023-05-01T00:00Z\"; adds = [\"ties.AB.align = 0.25\","
               "  \"states.BBB.attributes.threat = 0.1\"]; }",
               "");
    /* .9 + .3 is cut to 1, so .6 less is .4 and not .6; 1.9 less is cut to -1, .25 more -.75 */
    static const double expected[][3] = {{0.0, 0.9, 0.95},
                                         {40.0, 1.0, 1.0},
                                         {70.0, 0.4, 0.7},
                                         {100.0, -1.0, 0.0},
                                         {130.0, -0.75, 0.1}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        look(&w, expected[i][0]);
        assert_near(mutual(&w, "align"), expected[i][1], 1e-15);
        assert_near(w.attribute[BBB], expected[i][2], 1e-15);
    }
    close_world(&w);
}

/* ---- decay ----------------------------------------------------------------------------------- */

static void test_moving__stocks_decay_forward_from_their_date(void **state)
{
    (void)state;
    world w;
    make_world(&w, "",
               "debt = { half_life = \"100 d\"; from = \"2023-01-11T00:00Z\"; };"
               "trade = { half_life = \"50 d\"; };",
               "{ at = \"2023-02-20T00:00Z\"; adds = [\"ties.AB.a_to_b.debt = 0.05\"]; },"
               "{ at = \"2023-01-06T00:00Z\"; adds = [\"ties.AB.b_to_a.debt = 0.10\"]; },"
               "{ at = \"2023-04-11T00:00Z\"; changes = [\"ties.AB.mutual.trade = 0.8\"]; }",
               "");
    look(&w, 9.9); /* not yet: also what was added before that date */
    assert_near(directed(&w, "debt", AAA, BBB), 0.30, 0.0);
    assert_near(directed(&w, "debt", BBB, AAA), 0.20, 1e-15);
    look(&w, 110.0); /* 100 days on; .05 is 60 days old: 2^-.6 = .659753955 */
    assert_near(directed(&w, "debt", AAA, BBB), 0.15 + 0.05 * 0.65975395538644710, 1e-15);
    assert_near(directed(&w, "debt", BBB, AAA), 0.10, 1e-15);
    look(&w, 50.0); /* trade from the start: .4 halves once in 50 days */
    assert_near(mutual(&w, "trade"), 0.2, 1e-15);
    look(&w, 150.0); /* set to .8 on day 100 */
    assert_near(mutual(&w, "trade"), 0.4, 1e-15);
    assert_near(mutual(&w, "align"), 0.9, 0.0); /* no stock */
    assert_near(w.attribute[BBB], 0.95, 0.0);
    close_world(&w);
}

/* What was cut off at the top is gone: decay is of what was left. */
static void test_moving__decay_is_of_what_the_range_left(void **state)
{
    (void)state;
    world w;
    make_world(&w, "", "threat = { half_life = \"100 d\"; };",
               "{ at = \"2023-04-11T00:00Z\"; adds = [\"states.BBB.attributes.threat = 0.9\"]; }",
               "");
    look(&w, 100.0); /* .475 + .9 is cut to 1 */
    assert_near(w.attribute[BBB], 1.0, 0.0);
    look(&w, 200.0);
    assert_near(w.attribute[BBB], 0.5, 1e-15);
    assert_near(w.attribute[AAA], 0.125, 1e-15);
    close_world(&w);
}

/* ---- ledgers --------------------------------------------------------------------------------- */

static const char books[] =
    "ledger = ( { by = \"AAA\"; to = \"BBB\"; what = \"a veto\"; by_giver = 0.10; by_receiver = "
    "0.10; as_of = \"2023-01-11T00:00Z\"; half_life = \"100 d\"; },"
    "{ by = \"AAA\"; to = \"BBB\"; what = \"a war\"; by_giver = 0.40; by_receiver = 0.0; },"
    "{ by = \"AAA\"; to = \"BBB\"; what = \"oil\"; by_giver = 0.30; by_receiver = 0.20; },"
    "{ by = \"BBB\"; to = \"AAA\"; what = \"shells\"; by_giver = 0.3; by_receiver = 0.15; } );";

static double giver_account(const world *w, double day, int32_t giver, int32_t receiver)
{
    const int32_t k = named(w->model->directed_name, w->model->directed_count, "ledger");
    const mst_moving_row *row = mst_model_moving(
        w->model, MST_FIGURE_DIRECTED, (int32_t)mst_model_pair(w->model, k, giver, receiver));
    assert_non_null(row);
    return mst_model_giver_account(w->model, row,
                                   w->model->start + (muster_time)(day * (double)MUSTER_DAY));
}

static void test_moving__a_ledger_is_what_the_receiver_owns_up_to(void **state)
{
    (void)state;
    world w;
    make_world(&w, books, "",
               "{ at = \"2023-03-01T00:00Z\"; adds = [\"ties.AB.a_to_b.ledger = 0.05\"]; },"
               "{ at = \"2023-09-01T00:00Z\"; changes = [\"ties.AB.b_to_a.ledger = 0.5\"]; }",
               "");
    look(&w, 0.0); /* .1 + .2 to the last bit: as if .3 had been written */
    assert_near(directed(&w, "ledger", AAA, BBB), 0.30, 0.0);
    assert_near(directed(&w, "ledger", BBB, AAA), 0.15, 0.0);
    assert_near(giver_account(&w, 0.0, AAA, BBB), 0.80, 1e-12);
    look(&w, 110.0); /* the veto halves, the rest has no half-life, .05 was added */
    assert_near(directed(&w, "ledger", AAA, BBB), 0.05 + 0.20 + 0.05, 1e-12);
    assert_near(giver_account(&w, 110.0, AAA, BBB), 0.05 + 0.40 + 0.30 + 0.05, 1e-12);
    look(&w, 300.0); /* set as a whole: the entry is in it */
    assert_near(directed(&w, "ledger", BBB, AAA), 0.5, 0.0);
    assert_true(isnan(giver_account(&w, 300.0, BBB, AAA)));
    close_world(&w);
}

/* With a stock of that name its half-life and date are those of entries without their own. */
static void test_moving__entries_take_the_half_life_of_the_stock(void **state)
{
    (void)state;
    world w;
    make_world(&w, books, "ledger = { half_life = \"50 d\"; from = \"2023-01-11T00:00Z\"; };",
               "{ at = \"2023-03-02T00:00Z\"; adds = [\"ties.AB.a_to_b.ledger = 0.04\"]; }", "");
    look(&w, 10.0);
    assert_near(directed(&w, "ledger", AAA, BBB), 0.30, 0.0);
    look(&w, 110.0); /* day 60: .04; day 110: half of it, a quarter of .2, half of .1 */
    assert_near(directed(&w, "ledger", AAA, BBB), 0.05 + 0.05 + 0.02, 1e-12);
    assert_near(directed(&w, "ledger", BBB, AAA), 0.15 / 4.0, 1e-12);
    close_world(&w);
}

/* A change sets the whole balance, by the path that a plain figure has. */
static void test_moving__a_change_sets_the_whole_of_a_ledger(void **state)
{
    (void)state;
    world w;
    static const char *const lines[] = {"ties.AB.a_to_b.ledger = 0.25",
                                        "ties.AB.ledger[3].by_receiver = 0.35"};
    const muster_changes changes = {.line = lines, .line_count = 2};
    assert_int_equal(open_world(&w, books, "",
                                "{ at = \"2023-03-01T00:00Z\"; adds = [\"ties.AB.b_to_a.ledger = "
                                "0.05\"]; }",
                                "", &changes),
                     MUSTER_OK);
    compile(&w);
    assert_string_equal(w.model->applied[0].before, "0.3"); /* the sum of the entries */
    look(&w, 110.0);
    assert_near(directed(&w, "ledger", AAA, BBB), 0.25, 0.0); /* no entry decays in it */
    assert_near(directed(&w, "ledger", BBB, AAA), 0.40, 1e-12);
    close_world(&w);
}

/* ---- refusals -------------------------------------------------------------------------------- */

static void assert_refused(const char *ledger, const char *stocks, const char *timeline,
                           const char *rest, const muster_changes *changes, const char *words)
{
    world w;
    const muster_status status = open_world(&w, ledger, stocks, timeline, rest, changes);
    const char *said = test_words(w.diags);
    if (words && !strstr(said, words))
        fail_msg("said: %s", said);
    assert_int_equal(status, words ? MUSTER_MISTAKE : MUSTER_OK);
    close_world(&w);
}

static void test_moving__mistakes_are_named(void **state)
{
    (void)state;
    assert_refused("", "", "{ at = \"2023-03-01T00:00Z\"; adds = [\"ties.AB.align = 1e999\"]; }",
                   "", NULL, "not a finite number");
    assert_refused("", "",
                   "{ at = \"2023-03-01T00:00Z\"; adds = [\"drills.d.visibility = 0.1\"]; }", "",
                   NULL, "no such dated value");
    assert_refused("", "", "{ at = \"2023-03-01T00:00Z\"; kind = \"riot\"; }", "", NULL, "'kind'");
    assert_refused("", "depth = { half_life = \"5 d\"; };", "", "", NULL,
                   "no state and no tie has that figure");
    assert_refused("", "pact = { half_life = \"5 d\"; };", "", "", NULL, "pacts do not decay");
    assert_refused("", "debt = { };", "", "", NULL, "'half_life'");
    assert_refused(
        "ledger = ( { by = \"AAA\"; to = \"AAA\"; by_giver = 0.1; by_receiver = 0.1; } );", "", "",
        "", NULL, "owes itself");
    assert_refused("ledger = ( { by = \"AAA\"; to = \"BBB\"; by_giver = 0.1; } );", "", "", "",
                   NULL, "by_receiver");
    assert_refused("", "", "",
                   "variants = { v = { changes = [\"ties.AB.align = 0.2\"]; over_timeline = "
                   "[\"ties.AB.align\", \"ties.AB.alig\"]; }; };",
                   NULL, "names 'ties.AB.alig', which it does not set");
}

/* Nothing is added to what is not given, and it never counts as 0. */
static void test_moving__what_is_missing_cannot_be_added_to(void **state)
{
    (void)state;
    static const char line[] =
        "{ at = \"2023-03-01T00:00Z\"; adds = [\"ties.B.a_to_b.debt = 0.1\"]; }";
    static const char set[] =
        "{ at = \"2023-03-01T00:00Z\"; adds = [\"ties.B.a_to_b.debt = 0.1\"]; },"
        "{ at = \"2023-02-01T00:00Z\"; changes = [\"ties.B.a_to_b.debt = 0.1\"]; }";
    static const char other[] =
        "}; B = { a = \"BBB\"; b = \"CCC\"; "; /* a second tie, without it */
    world w;
    assert_int_equal(open_world(&w, other, "", line, "", NULL), MUSTER_MISTAKE);
    assert_non_null(strstr(test_words(w.diags), "'ties.B.a_to_b.debt' is not given"));
    close_world(&w);
    assert_int_equal(open_world(&w, other, "", set, "", NULL), MUSTER_OK);
    compile(&w);
    look(&w, 20.0);
    assert_true(isnan(directed(&w, "debt", BBB, CCC)));
    look(&w, 40.0);
    assert_near(directed(&w, "debt", BBB, CCC), 0.1, 0.0);
    look(&w, 60.0);
    assert_near(directed(&w, "debt", BBB, CCC), 0.2, 1e-15);
    close_world(&w);
}

/* decide_at is 6 July 2023, 14 days before the muster. */
static void test_moving__nobody_decides_by_what_he_cannot_know(void **state)
{
    (void)state;
    static const char keen[] =
        "variants = { keen = { known_by = \"2024-06-19\"; changes = [%s]; }; };";
    char rest[512];
    const muster_changes variant = {.variant = "keen"};
    /* values of a variant */
    snprintf(rest, sizeof rest, keen, "\"ties.AB.align = 0.8\"");
    assert_refused("", "", "", rest, NULL, NULL); /* not made: no mistake */
    assert_refused("", "", "", rest, &variant,
                   "'ties.AB.align' = 0.8 was known by 2024-06-19, but drill 'd', which reads it, "
                   "is decided on 2023-07-06");
    snprintf(rest, sizeof rest, keen, "\"ties.AB.mutual.trade = 0.8\"");
    assert_refused("", "", "", rest, &variant, NULL); /* no rule reads it */
    snprintf(rest, sizeof rest, keen, "\"states.AAA.attributes.threat = 0.8\"");
    assert_refused("", "", "", rest, &variant, NULL); /* rules read that of candidates */
    snprintf(rest, sizeof rest, keen, "\"states.BBB.attributes.threat = 0.8\"");
    assert_refused("", "", "", rest, &variant, "states.BBB.attributes.threat");
    snprintf(rest, sizeof rest, keen, "\"states.BBB.index.cap = 0.8\"");
    assert_refused("", "", "", rest, &variant, "states.BBB.index.cap"); /* able reads it */
    snprintf(rest, sizeof rest, keen,
             "\"scenario.hindsight = true\", \"states.BBB.attributes.threat = 0.8\"");
    assert_refused("", "", "", rest, &variant, NULL);
    /* the command line comes last, and its values are known */
    static const char *const lines[] = {"states.BBB.attributes.threat = 0.7"};
    const muster_changes both = {.variant = "keen", .line = lines, .line_count = 1};
    snprintf(rest, sizeof rest, keen, "\"states.BBB.attributes.threat = 0.8\"");
    assert_refused("", "", "", rest, &both, NULL);
}

/* A figure of the file itself, in its group form. */
static void test_moving__figures_of_the_file_say_when_they_were_known(void **state)
{
    (void)state;
    static const char *const known[] = {"2023-07-06T00:00Z", "2023-07-06T00:01Z"};
    for (int32_t i = 0; i < 2; i++) {
        char rest[512], tie[512];
        snprintf(tie, sizeof tie,
                 "pacts = ( { strength = { value = 0.5; known_by = \"%s\"; }; } );", known[i]);
        assert_refused(tie, "", "", "", NULL, NULL); /* no rule reads tie.pact */
        snprintf(tie, sizeof tie,
                 "ledger = ( { by = \"AAA\"; to = \"BBB\"; by_giver = 0.1; by_receiver = { value = "
                 "0.1; known_by = \"%s\"; }; } );",
                 known[i]);
        assert_refused(tie, "", "", "", NULL, NULL); /* nor a ledger, unless: */
        snprintf(rest, sizeof rest,
                 "variants = { read = { changes = [\"alignment.rules.owed.terms = "
                 "[\\\"from_host.ledger\\\"]\"]; }; };");
        const muster_changes variant = {.variant = "read"};
        assert_refused(tie, "", "", rest, &variant, i == 0 ? NULL : "by_receiver' = 0.1 was known");
        snprintf(rest, sizeof rest, "weather = { sea_state = { value = 3; known_by = \"%s\"; }; };",
                 known[i]);
        assert_refused("", "", "", rest, NULL, i == 0 ? NULL : "'weather.sea_state' = 3 was known");
        snprintf(rest, sizeof rest, "weather = { sea_state = { value = 3; known_by = 5; }; };");
        assert_refused("", "", "", rest, NULL, "known_by");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moving__additions_add_in_order_of_date_then_of_the_file),
        cmocka_unit_test(test_moving__what_is_added_stays_in_range),
        cmocka_unit_test(test_moving__stocks_decay_forward_from_their_date),
        cmocka_unit_test(test_moving__decay_is_of_what_the_range_left),
        cmocka_unit_test(test_moving__a_ledger_is_what_the_receiver_owns_up_to),
        cmocka_unit_test(test_moving__entries_take_the_half_life_of_the_stock),
        cmocka_unit_test(test_moving__a_change_sets_the_whole_of_a_ledger),
        cmocka_unit_test(test_moving__mistakes_are_named),
        cmocka_unit_test(test_moving__what_is_missing_cannot_be_added_to),
        cmocka_unit_test(test_moving__nobody_decides_by_what_he_cannot_know),
        cmocka_unit_test(test_moving__figures_of_the_file_say_when_they_were_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
