/* The analysis "ranking": its figures by a second way, and what it says. */
#include "ships.h"
#include "test.h"

#include "muster/estimate.h"
#include "muster/tell.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { POINTS = 6, RUNS = 120, COLUMNS = 4 };

#define FILE_TEXT                                                                                  \
    "method = { name = \"list\"; };\n"                                                             \
    "points = ( { label = \"as it is\"; },\n"                                                      \
    "  { label = \"a\"; set = [\"units.a.readiness = 0.8\"]; },\n"                                 \
    "  { label = \"c\"; set = [\"units.c.readiness = 0.95\"]; },\n"                                \
    "  { label = \"again\"; set = [\"units.c.readiness = 0.95\"]; },\n"                            \
    "  { label = \"fuel\"; set = [\"units.a.fuel_frac = 0.9\"]; },\n"                              \
    "  { label = \"worse\"; set = [\"units.b.readiness = 0.1\"]; } );\n"                           \
    "measures = [\"mustered_units\", \"mustered\", \"fuel_used_t\", \"serials_planned\"];\n"

/* ---- asking --------------------------------------------------------------------------------------- */

static muster_status ask(const char *path, const char *measure, const char *against,
                         muster_diags *diags, json_t **out)
{
    static const char *const ranking[] = {"ranking"};
    muster_store *store = NULL;
    muster_document *document = NULL;
    const muster_analyze_options options = {.measure = &measure,
                                            .measure_count = measure != NULL,
                                            .analysis = ranking,
                                            .analysis_count = 1,
                                            .against = against};
    *out = NULL;
    assert_int_equal(muster_store_open(path, diags, &store), MUSTER_OK);
    const muster_status status = muster_store_analyze(store, path, &options, diags, &document);
    if (status == MUSTER_OK) {
        char *text = muster_document_json(document, diags);
        assert_non_null(text);
        *out = json_loads(text, 0, NULL);
        assert_non_null(*out);
        muster_tell_free(text, NULL);
    }
    muster_document_free(document);
    assert_int_equal(muster_store_close(store, NULL), MUSTER_OK);
    return status;
}

static json_t *told(const char *path, const char *measure, const char *against)
{
    json_t *out = NULL;
    muster_diags *diags = muster_diags_create(NULL);
    if (ask(path, measure, against, diags, &out) != MUSTER_OK)
        fail_msg("%s", test_words(diags));
    muster_diags_free(diags);
    return out;
}

static json_t *section_of(json_t *document)
{
    return json_array_get(json_object_get(document, "sections"), 0);
}

static bool says(json_t *document, const char *words)
{
    size_t i;
    json_t *sentence;
    json_array_foreach(json_object_get(section_of(document), "sentences"), i, sentence)
    {
        if (strstr(json_string_value(sentence), words))
            return true;
    }
    return false;
}

static void must_say(json_t *document, const char *words)
{
    if (!says(document, words)) {
        char *text = json_dumps(json_object_get(section_of(document), "sentences"), JSON_INDENT(1));
        fail_msg("not said: %s\n%s", words, text);
    }
}

/* Row of a point, and a column of it by name. */
static json_t *cell(json_t *document, const char *point, const char *column)
{
    json_t *table = json_array_get(json_object_get(section_of(document), "tables"), 0);
    json_t *columns = json_object_get(table, "columns"), *rows = json_object_get(table, "rows");
    for (size_t c = 0; c < json_array_size(columns); c++) {
        json_t *name = json_object_get(json_array_get(columns, c), "name");
        for (size_t r = 0; r < json_array_size(rows); r++) {
            json_t *row = json_array_get(rows, r);
            if (strcmp(json_string_value(name), column) == 0 &&
                strcmp(json_string_value(json_array_get(row, 0)), point) == 0)
                return json_array_get(row, c);
        }
    }
    fail_msg("no cell %s of %s", column, point);
    return NULL;
}

static const char *kind_of(json_t *document, const char *column)
{
    json_t *table = json_array_get(json_object_get(section_of(document), "tables"), 0), *at;
    size_t i;
    json_array_foreach(json_object_get(table, "columns"), i, at)
    {
        if (strcmp(json_string_value(json_object_get(at, "name")), column) == 0)
            return json_string_value(json_object_get(at, "kind"));
    }
    return "";
}

static double number(json_t *document, const char *point, const char *column)
{
    json_t *at = cell(document, point, column);
    return json_is_number(at) ? json_number_value(at) : (double)NAN;
}

/* ---- a plain experiment --------------------------------------------------------------------------- */

static const char *const labels[POINTS] = {"as it is", "a", "c", "again", "fuel", "worse"};

typedef struct figures {
    double value[POINTS][RUNS][COLUMNS];
} figures;

static bool take(const muster_store_run_row *row, void *context)
{
    figures *f = context;
    memcpy(f->value[row->point][row->replication - 1], row->value, sizeof f->value[0][0]);
    return true;
}

static void read_figures(const char *path, figures *out)
{
    muster_store *store = NULL;
    assert_int_equal(muster_store_open(path, NULL, &store), MUSTER_OK);
    assert_int_equal(muster_store_each(store, take, out, NULL), MUSTER_OK);
    assert_int_equal(muster_store_close(store, NULL), MUSTER_OK);
}

static char plain[200];

static int run_plain(void **state)
{
    (void)state;
    snprintf(plain, sizeof plain, "%s", ships_fresh("plain.sqlite"));
    ships_run(plain, FILE_TEXT "runs = { replications = 120; };\n", 2);
    return 0;
}

static int end_plain(void **state)
{
    return ships_tidy(state);
}

/* Sums by the schoolbook, of numbers from 0 to 4: exact but for some roundings. Documents have 12 digits. */
static void test_ranking__figures_of_the_table(void **state)
{
    (void)state;
    static figures f;
    read_figures(plain, &f);
    json_t *d = told(plain, "mustered_units", "as it is");
    for (int p = 0; p < POINTS; p++) {
        double x = 0, xx = 0, y = 0, yy = 0, xy = 0;
        for (int r = 0; r < RUNS; r++) {
            const double a = f.value[p][r][0], b = f.value[0][r][0];
            x += a;
            y += b;
            xx += a * a;
            yy += b * b;
            xy += a * b;
        }
        const double n = RUNS, va = (xx - x * x / n) / (n - 1), vb = (yy - y * y / n) / (n - 1);
        const double cov = (xy - x * y / n) / (n - 1), vd = va + vb - 2.0 * cov;
        assert_near(number(d, labels[p], "runs"), RUNS, 0.0);
        assert_near(number(d, labels[p], "mean"), x / n, 1e-11);
        assert_near(number(d, labels[p], "difference"), (x - y) / n, 1e-11);
        if (p == 0 || p == 4) /* itself, and one that fuel does not move: nothing to tell apart */
            continue;
        assert_near(number(d, labels[p], "correlation"), cov / sqrt(va * vb), 1e-10);
        assert_near(number(d, labels[p], "fewer"), (va + vb) / vd, 1e-9);
        const muster_bounds b = muster_bounds_mean(RUNS, (x - y) / n, vd, 1.0 - 0.05 / 5.0);
        assert_near(number(d, labels[p], "difference_low"), b.low, 1e-10);
        assert_near(number(d, labels[p], "difference_high"), b.high, 1e-10);
    }
    assert_true(json_is_null(cell(d, "as it is", "p")));
    assert_near(number(d, "fuel", "p"), 1.0, 0.0);
    assert_true(number(d, "worse", "p") < 1e-6); /* to programs the number, to people < 0.001 */
    assert_string_equal(kind_of(d, "p"), "p");
    must_say(d, "Best is 'c', with a mean of ");
    must_say(d, "The same as 'c' in every run: 'again'.");
    must_say(d, "Common random numbers help: differences from 'as it is' take ");
    must_say(d,
             "Unlike 'as it is', with 95 % for all comparisons with it together: 'c', 'again', ");
    json_decref(d);
}

static void test_ranking__best_first(void **state)
{
    (void)state;
    json_t *d = told(plain, NULL, NULL);
    json_t *table = json_array_get(json_object_get(section_of(d), "tables"), 0);
    json_t *plot = json_array_get(json_object_get(section_of(d), "plots"), 0);
    json_t *rows = json_object_get(table, "rows");
    assert_int_equal(json_array_size(rows), POINTS);
    assert_string_equal(json_string_value(json_array_get(json_array_get(rows, 0), 0)), "c");
    assert_string_equal(json_string_value(json_array_get(json_array_get(rows, 5), 0)), "worse");
    assert_string_equal(json_string_value(json_object_get(plot, "kind")), "dots");
    assert_near(json_number_value(json_object_get(json_object_get(plot, "options"), "baseline")),
                0.0, 0.0);
    assert_true(number(d, "worse", "difference") < 0.0);
    must_say(d, ", with 95 % whichever of them is it.");
    must_say(d,
             "Which is best is not settled. With 95 % for all comparisons together it is one of 3: "
             "'c', 'again' and 'a'; every other point is ruled out.");
    json_decref(d);
    d = told(plain, "fuel_used_t", NULL); /* less is better */
    must_say(d, "It is the best of all: with 95 % for all comparisons together no other point is");
    must_say(d, "Best is 'worse'");
    assert_true(number(d, "c", "difference") > 0.0);
    json_decref(d);
    d = told(plain, "mustered", "2"); /* a number of a point */
    must_say(d, "with a share of ");
    must_say(d, "Unlike 'a', ");
    assert_true(number(d, "worse", "difference_low") >= -1.0);
    json_decref(d);
}

/* ---- of a selection ------------------------------------------------------------------------------- */

static void test_ranking__kn_and_what_it_is_worth(void **state)
{
    (void)state;
    const char *path = ships_fresh("kn.sqlite");
    ships_run(path,
              FILE_TEXT "select = { by = \"kn\"; measure = \"mustered_units\"; worth = 0.1; };\n",
              2);
    json_t *d = told(path, NULL, NULL);
    must_say(d, "KN selected 'c' after ");
    must_say(d, "if the best point leads every other by 0.1 or more, it is the one selected with a "
                "probability of at least 95 %. It is for normal values");
    must_say(d, "The same as 'c' in every run: 'again'.");
    must_say(d, "as if their numbers had been fixed beforehand");
    assert_false(says(d, "ruled out"));
    assert_string_equal(json_string_value(cell(d, "c", "selection")), "selected");
    assert_string_equal(json_string_value(cell(d, "again", "selection")), "left");
    assert_string_equal(json_string_value(cell(d, "worse", "selection")), "beaten");
    assert_true(number(d, "worse", "runs") < number(d, "c", "runs"));
    json_decref(d);
    d = told(path, "mustered", NULL); /* of another figure it says that runs were given out */
    must_say(d, "Runs were given out by what earlier ones showed, by another figure");
    assert_false(says(d, "KN selected"));
    json_decref(d);
    unlink(path);
}

static void test_ranking__kn_without_a_decision(void **state)
{
    (void)state;
    const char *path = ships_fresh("most.sqlite");
    ships_run(path,
              FILE_TEXT
              "select = { by = \"kn\"; measure = \"mustered_units\"; worth = 0.001; most = "
              "25; };\n",
              2);
    json_t *d = told(path, NULL, NULL);
    must_say(d, "KN did not decide: ");
    must_say(d, "which is no selection");
    assert_false(says(d, "Guarantee"));
    json_decref(d);
    unlink(path);
}

static bool stop_at_once(int64_t done, int64_t todo, int64_t failed, void *context)
{
    (void)todo;
    (void)failed;
    (void)context;
    return done < 70;
}

static void test_ranking__a_selection_that_is_not_done(void **state)
{
    (void)state;
    muster_sweep_done done;
    const char *path = ships_fresh("half.sqlite");
    const muster_sweep_run_options options = {.jobs = 1, .go_on = stop_at_once};
    muster_experiment *e = ships_opened(
        FILE_TEXT "select = { by = \"kn\"; measure = \"mustered_units\"; worth = 0.01; };\n");
    muster_store *store = ships_store(path, e);
    assert_int_equal(muster_store_run(store, &options, NULL, &done), MUSTER_OK);
    assert_int_equal(muster_store_close(store, NULL), MUSTER_OK);
    muster_experiment_free(e);
    assert_true(done.left > 0);
    json_t *d = told(path, NULL, NULL);
    must_say(d, "KN is not done: 6 of 6 points are in after 0 looks.");
    assert_int_equal(json_array_size(json_object_get(d, "warnings")), 1);
    json_decref(d);
    unlink(path);
}

static void test_ranking__ocba_promises_nothing(void **state)
{
    (void)state;
    const char *path = ships_fresh("ocba.sqlite");
    ships_run(
        path,
        FILE_TEXT
        "select = { by = \"ocba\"; measure = \"fuel_used_t\"; prefer = \"more\"; budget = 600; "
        "};\n",
        2);
    json_t *d = told(path, NULL, NULL);
    must_say(d, "OCBA selected 'c' after ");
    must_say(d, "OCBA guarantees nothing.");
    must_say(d, "It is made of 600 runs, ");
    must_say(d, "Best is 'c'"); /* more of it, as was asked for, not less, as the measure has it */
    json_decref(d);
    unlink(path);
}

/* ---- where it cannot be made ---------------------------------------------------------------------- */

static void refuses(const char *path, const char *measure, const char *against, const char *words)
{
    json_t *out = NULL;
    muster_diags *diags = muster_diags_create(NULL);
    assert_int_equal(ask(path, measure, against, diags, &out), MUSTER_MISTAKE);
    if (!strstr(test_words(diags), words))
        fail_msg("told: %s", test_words(diags));
    muster_diags_free(diags);
}

static void test_ranking__refusals(void **state)
{
    (void)state;
    refuses(plain, "serials_planned", NULL, "neither more nor less of it is better");
    refuses(plain, NULL, "nobody", "no point 'nobody' to hold others against");
    refuses(plain, NULL, "7",
            "no point '7' to hold others against (a label, or a number from 1 to 6)");
    const char *path = ships_fresh("other.sqlite");
    ships_run(path, FILE_TEXT, 1);
    refuses(path, NULL, NULL, "plan runs have no chance in them");
    path = ships_fresh("other.sqlite");
    ships_run(path,
              "method = { name = \"morris\"; trajectories = 4; }; runs = { replications = 2; };\n"
              "factors = { a = { path = \"units.a.readiness\"; min = 0.5; max = 0.9; };\n"
              "            b = { path = \"units.b.readiness\"; min = 0.5; max = 0.9; }; };\n"
              "measures = [\"mustered_units\"];\n",
              1);
    refuses(path, NULL, NULL, "points of method morris are no choices");
    unlink(path);
}

/* More than 60 points are ranked where it is asked for. */
static void test_ranking__many_points(void **state)
{
    (void)state;
    const char *path = ships_fresh("many.sqlite");
    muster_store *store = NULL;
    muster_document *document = NULL;
    ships_run(path,
              "method = { name = \"lhs\"; points = 61; }; runs = { replications = 10; };\n"
              "factors = { a = { path = \"units.a.readiness\"; min = 0.1; max = 0.9; }; };\n"
              "measures = [\"mustered_units\"];\n",
              2);
    json_t *d = told(path, NULL, NULL);
    json_decref(d);
    assert_int_equal(muster_store_open(path, NULL, &store), MUSTER_OK);
    assert_int_equal(muster_store_analyze(store, path, NULL, NULL, &document), MUSTER_OK);
    for (int32_t i = 0; i < muster_document_table_count(document); i++)
        assert_string_not_equal(muster_table_id(muster_document_table(document, i)), "ranking");
    muster_document_free(document);
    assert_int_equal(muster_store_close(store, NULL), MUSTER_OK);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranking__figures_of_the_table),
        cmocka_unit_test(test_ranking__best_first),
        cmocka_unit_test(test_ranking__kn_and_what_it_is_worth),
        cmocka_unit_test(test_ranking__kn_without_a_decision),
        cmocka_unit_test(test_ranking__a_selection_that_is_not_done),
        cmocka_unit_test(test_ranking__ocba_promises_nothing),
        cmocka_unit_test(test_ranking__refusals),
        cmocka_unit_test(test_ranking__many_points),
    };
    return cmocka_run_group_tests(tests, run_plain, end_plain);
}
