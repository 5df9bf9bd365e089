/* What must hold of every experiment, whatever came in between: parts, threads, order, ends and more
 * replications change no byte of the export. */
#include "test.h"

#include "muster/estimate.h"
#include "muster/text.h"
#include "sweeping.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const sweeping_ask levers = {.text = sweeping_levers};

static void assert_same_text(const char *a, const char *b, const char *what)
{
    if (strcmp(a, b) == 0)
        return;
    size_t at = 0, line = 1;
    for (; a[at] && a[at] == b[at]; at++)
        line += a[at] == '\n';
    fail_msg("%s: line %zu differs: %.60s | %.60s", what, line, a + at, b + at);
}

static void assert_export(const char *path, const char *wanted, const char *what)
{
    char *csv = sweeping_export(path);
    assert_same_text(csv, wanted, what);
    free(csv);
}

/* A run that nothing happened to. */
static char *undisturbed(void)
{
    static char *out;
    if (!out) {
        const char *path = sweeping_path("undisturbed");
        const muster_sweep_done done = sweeping_done(&levers, path, NULL);
        assert_int_equal(done.done, 240);
        assert_int_equal(done.had + done.left + done.failed, 0);
        out = sweeping_export(path);
    }
    return out;
}

static int32_t lines_of(const char *text)
{
    int32_t count = 0;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

/* ---- threads, parts, ends --------------------------------------------------------------------------- */

static void test_sweep__threads_change_nothing(void **state)
{
    (void)state;
    assert_int_equal(lines_of(undisturbed()), 241);
    for (int32_t jobs = 1; jobs <= 3; jobs++) {
        const sweeping_how how = {.jobs = jobs};
        const char *path = sweeping_path("threads");
        sweeping_done(&levers, path, &how);
        assert_export(path, undisturbed(), "threads");
        assert_int_equal(remove(path), 0);
    }
}

static void merge(const char *into, const char *const *from, int32_t count, muster_merged *out)
{
    muster_diags *diags = muster_diags_create(NULL);
    if (muster_store_merge(into, from, count, diags, out) != MUSTER_OK)
        fail_msg("%s", test_words(diags));
    muster_diags_free(diags);
}

static void test_sweep__parts_in_any_order_are_the_whole(void **state)
{
    enum { PARTS = 4 };
    /* more replications than a block of a shard has */
    const sweeping_ask many = {.text = sweeping_levers, .replications = 150};
    const char *whole = sweeping_path("many"), *part[PARTS], *reverse[PARTS];
    int64_t runs = 0;
    (void)state;
    sweeping_done(&many, whole, NULL);
    char *wanted = sweeping_export(whole);
    for (int32_t i = 0; i < PARTS; i++) {
        char name[16];
        const sweeping_how how = {.jobs = 1 + i % 2, .shard = {i + 1, PARTS}};
        snprintf(name, sizeof name, "part%d", (int)i);
        part[i] = reverse[PARTS - 1 - i] = sweeping_path(name);
        const muster_sweep_done done = sweeping_done(&many, part[i], &how);
        assert_true(done.done > 0);
        assert_int_equal(done.left, 0);
        runs += done.done;
    }
    assert_int_equal(runs, 900);
    muster_merged merged;
    const char *forth = sweeping_path("forth"), *back = sweeping_path("back");
    merge(forth, part, PARTS, &merged);
    assert_int_equal(merged.added, 900);
    assert_int_equal(merged.same, 0);
    merge(back, reverse, PARTS, &merged);
    assert_export(forth, wanted, "parts");
    assert_export(back, wanted, "parts, the last one first");
    merge(forth, part, PARTS, &merged); /* again: nothing happens */
    assert_int_equal(merged.added, 0);
    assert_int_equal(merged.same, 900);
    assert_int_equal(merged.close, 0);
    assert_export(forth, wanted, "merged twice");
    /* a part may be gone on with as the whole, and the whole as a part */
    const muster_sweep_done rest = sweeping_done(&many, part[2], NULL);
    assert_int_equal(rest.had + rest.done, 900);
    assert_export(part[2], wanted, "a part made whole");
    free(wanted);
}

static void test_sweep__ends_anywhere_are_gone_on_from(void **state)
{
    (void)state;
    for (int32_t seed = 1; seed <= 12; seed++) {
        const char *path = sweeping_path("ended");
        muster_experiment *experiment = sweeping_open(&levers);
        muster_sweep_done done = {.left = 1};
        int32_t starts = 0;
        for (uint32_t lot = (uint32_t)seed; done.left > 0; starts++) {
            lot = lot * 1664525U + 1013904223U;
            const int32_t jobs = 1 + (int32_t)(lot >> 20) % 3;
            const sweeping_how how = {.jobs = jobs,
                                      .most = lot >> 30 ? 0 : 1 + (int64_t)(lot >> 10) % 90,
                                      .stop_asks = jobs == 1 ? 1 + (int64_t)(lot >> 12) % 70 : 0};
            const int64_t left = done.left;
            assert_int_equal(sweeping_run(experiment, path, &how, NULL, &done), MUSTER_OK);
            assert_int_equal(done.had + done.done + done.left, 240);
            assert_true(done.left == 0 || starts == 0 || done.left <= left);
        }
        assert_true(starts > 1 || seed > 1);
        assert_export(path, undisturbed(), "ended and gone on");
        assert_int_equal(remove(path), 0);
        muster_experiment_free(experiment);
    }
}

static void test_sweep__more_replications_are_added(void **state)
{
    const sweeping_ask few = {.text = sweeping_levers, .replications = 17};
    const char *path = sweeping_path("extended");
    (void)state;
    assert_int_equal(sweeping_done(&few, path, NULL).done, 6 * 17);
    const muster_sweep_done done = sweeping_done(&levers, path, &(sweeping_how){.jobs = 2});
    assert_int_equal(done.had, 6 * 17);
    assert_int_equal(done.done, 6 * 23);
    assert_export(path, undisturbed(), "extended");
    /* fewer than before are there already, and none is taken away */
    const muster_sweep_done again = sweeping_done(&few, path, NULL);
    assert_int_equal(again.done, 0);
    assert_export(path, undisturbed(), "asked for fewer");
    assert_int_equal(remove(path), 0);
}

static void test_sweep__the_plan_run_alone(void **state)
{
    const sweeping_ask plan = {.text = sweeping_levers, .replications = -1};
    const char *path = sweeping_path("plan");
    (void)state;
    assert_int_equal(sweeping_done(&plan, path, &(sweeping_how){.jobs = 2}).done, 6);
    char *csv = sweeping_export(path);
    assert_int_equal(lines_of(csv), 7);
    assert_null(strstr(csv, "--only-replication"));
    free(csv);
}

/* ---- failing ---------------------------------------------------------------------------------------- */

static const char failing[] =
    "experiment = { id = \"failing\"; title = \"Some cannot be\"; scenario = \"scenario.cfg\"; };\n"
    "method = { name = \"list\"; };\n"
    "runs = { replications = 5; };\n"
    "points = ( { label = \"good\"; }, { set = [\"units.first.readiness = 7.0\"]; },\n"
    "  { variant = \"keen\"; }, { label = \"none\"; set = [\"units.nobody.readiness = 1.0\"]; },\n"
    "  { label = \"same\"; set = [\"units.first.readiness = 0.9\"]; } );\n"
    "measures = [\"mustered\", \"muster_delay_h\"];\n";

static void test_sweep__a_point_that_cannot_be_is_a_row(void **state)
{
    const sweeping_ask ask = {.text = failing};
    const char *path = sweeping_path("failing");
    (void)state;
    for (int32_t jobs = 1; jobs <= 3; jobs++) {
        const muster_sweep_done done = sweeping_done(&ask, path, &(sweeping_how){.jobs = jobs});
        assert_int_equal(done.done, 25);
        assert_int_equal(done.failed, 10);
        assert_true(strstr(done.message, "readiness") != NULL);
        char *csv = sweeping_export(path);
        int32_t failed = 0;
        for (const char *at = csv; (at = strstr(at, ",failed,,,")) != NULL; at++)
            failed++;
        assert_int_equal(failed, 10);
        assert_non_null(strstr(csv, "nobody"));
        free(csv);
        /* gone on with, they are there and not tried again */
        const muster_sweep_done again = sweeping_done(&ask, path, NULL);
        assert_int_equal(again.had, 25);
        assert_int_equal(again.done, 0);
        assert_int_equal(remove(path), 0);
    }
}

/* ---- common random numbers -------------------------------------------------------------------------- */

typedef struct table {
    int32_t count;
    double value[8000][4];
    muster_store *store;
} table;

static bool keep_row(const muster_store_run_row *row, void *context)
{
    table *t = context;
    const int32_t responses = muster_store_head(t->store)->responses;
    assert_true(t->count < 8000);
    for (int32_t i = 0; i < responses && i < 4; i++)
        t->value[t->count][i] = row->value[i];
    t->count++;
    return true;
}

static table *table_of(const char *path)
{
    table *t = calloc(1, sizeof *t);
    assert_non_null(t);
    assert_int_equal(muster_store_open(path, NULL, &t->store), MUSTER_OK);
    assert_int_equal(muster_store_each(t->store, keep_row, t, NULL), MUSTER_OK);
    muster_store_close(t->store, NULL);
    return t;
}

static bool is_same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

static void test_sweep__a_point_beside_itself_is_the_same(void **state)
{
    const sweeping_ask ask = {.text = failing};
    const char *path = sweeping_path("beside");
    (void)state;
    sweeping_done(&ask, path, &(sweeping_how){.jobs = 3});
    table *t = table_of(path);
    assert_int_equal(t->count, 25);
    for (int32_t i = 0; i < 5; i++)
        for (int32_t c = 0; c < 2; c++)
            assert_true(is_same_bits(t->value[i][c], t->value[20 + i][c]));
    free(t);
}

/* Factor lists that are the same but for order, or one that does nothing. */
#define WITH(factors)                                                                              \
    "experiment = { id = \"levers\"; title = \"Order\"; scenario = \"scenario.cfg\"; };\n"         \
    "method = { name = \"factorial\"; };\n"                                                        \
    "runs = { replications = 30; seed = 11; };\n"                                                  \
    "factors = { " factors " };\n"                                                                 \
    "measures = [\"muster_delay_h\", \"mustered\", \"fuel_used_t\", \"participation:GUEST\"];\n"
#define READY "ready = { path = \"units.first.readiness\"; levels = [0.5, 0.9]; }; "
#define WILL "will = { lever = \"keenness\"; levels = [0.0, 0.4, 1.0]; }; "
#define NOTHING "nothing = { path = \"units.guest.name\"; levels = [\"A\", \"B\"]; }; "

static table *table_with(const char *text)
{
    const sweeping_ask ask = {.text = text};
    const char *path = sweeping_path("order");
    sweeping_done(&ask, path, NULL);
    table *t = table_of(path);
    assert_int_equal(remove(path), 0);
    return t;
}

static void test_sweep__order_of_factors_and_one_more_change_nothing(void **state)
{
    enum { REPS = 30 };
    (void)state;
    table *plain = table_with(WITH(READY WILL)), *turned = table_with(WITH(WILL READY)),
          *more = table_with(WITH(READY NOTHING WILL));
    assert_int_equal(plain->count, 6 * REPS);
    assert_int_equal(more->count, 12 * REPS);
    bool varies = false;
    for (int32_t ready = 0; ready < 2; ready++)
        for (int32_t will = 0; will < 3; will++)
            for (int32_t rep = 0; rep < REPS; rep++)
                for (int32_t c = 0; c < 4; c++) {
                    const double value = plain->value[(ready * 3 + will) * REPS + rep][c];
                    varies = varies || !is_same_bits(value, plain->value[rep][c]);
                    assert_true(
                        is_same_bits(value, turned->value[(will * 2 + ready) * REPS + rep][c]));
                    for (int32_t n = 0; n < 2; n++)
                        assert_true(is_same_bits(
                            value, more->value[((ready * 2 + n) * 3 + will) * REPS + rep][c]));
                }
    assert_true(varies);
    free(plain);
    free(turned);
    free(more);
}

/* Of one point with seeds of their own the difference is nothing but chance: its interval at 95 %
 * holds 0 nearly always. 300 trials: one sd of the rate is .0126, so four of them either way. */
static void test_sweep__with_other_seeds_the_difference_is_chance(void **state)
{
    enum { TRIALS = 300, REPS = 20 };
    table *t[2];
    int32_t held = 0;
    (void)state;
    for (int32_t i = 0; i < 2; i++) {
        char text[500];
        const char *path = sweeping_path("chance");
        snprintf(
            text, sizeof text,
            "experiment = { id = \"aa\"; title = \"A and A\"; scenario = \"scenario.cfg\"; };\n"
            "method = { name = \"list\"; };\n"
            "runs = { replications = %d; seed = %d; };\n"
            "points = ( { label = \"a\"; set = [\"units.first.readiness = 1.0\"]; } );\n"
            "measures = [\"fuel_used_t\"];\n",
            TRIALS * REPS, 3 + (int)i);
        sweeping_done(&(sweeping_ask){.text = text}, path, &(sweeping_how){.jobs = 2});
        t[i] = table_of(path);
        assert_int_equal(t[i]->count, TRIALS * REPS);
        assert_int_equal(remove(path), 0);
    }
    for (int32_t trial = 0; trial < TRIALS; trial++) {
        double sum = 0.0, squares = 0.0, d[REPS];
        for (int32_t r = 0; r < REPS; r++) {
            d[r] = t[0]->value[trial * REPS + r][0] - t[1]->value[trial * REPS + r][0];
            sum += d[r];
        }
        for (int32_t r = 0; r < REPS; r++)
            squares += (d[r] - sum / REPS) * (d[r] - sum / REPS);
        const muster_bounds b = muster_bounds_mean(REPS, sum / REPS, squares / (REPS - 1), 0.95);
        held += b.is_estimable && b.low <= 0.0 && b.high >= 0.0;
    }
    assert_near((double)held / TRIALS, 0.95, 4.0 * 0.0126);
    free(t[0]);
    free(t[1]);
}

/* ---- a run by itself -------------------------------------------------------------------------------- */

typedef struct replay {
    muster_store *store;
    const muster_experiment *experiment;
    const muster_source_text *text;
    int32_t tried, nth;
} replay;

/* A run of a model of its own, made as muster run --set ... --only-replication does. */
static muster_result *run_alone(const replay *r, const muster_store_run_row *row)
{
    static muster_settings point;
    const char *line[8];
    char room[8][300];
    point.count = 0;
    point.used = 0;
    assert_true(muster_experiment_settings(r->experiment, row->point, &point));
    for (int32_t i = 0; i < point.count; i++) {
        snprintf(room[i], sizeof room[i], "%s = %s", point.setting[i].path, point.setting[i].value);
        line[i] = room[i];
    }
    const muster_changes changes = {.line = line, .line_count = point.count};
    muster_scenario *scenario = NULL;
    muster_routes *routes = NULL;
    muster_model *model = NULL;
    muster_result *result = NULL;
    assert_int_equal(muster_scenario_read(r->text, &changes, NULL, NULL, &scenario), MUSTER_OK);
    assert_int_equal(muster_routes_find(scenario, sweeping_land(), NULL, NULL, &routes), MUSTER_OK);
    assert_int_equal(muster_model_create(scenario, routes, NULL, NULL, &model), MUSTER_OK);
    assert_int_equal(muster_run_replication(model,
                                            muster_experiment_point(r->experiment, row->point).seed,
                                            (uint32_t)row->replication, NULL, NULL, &result),
                     MUSTER_OK);
    for (int32_t i = 0; i < muster_store_head(r->store)->responses; i++) {
        const muster_response *of = muster_store_response(r->store, i);
        if (!is_same_bits(muster_result_value(result, of->measure, of->thing), row->value[i]))
            fail_msg("point %d, replication %d: %s", (int)row->point, (int)row->replication,
                     of->name);
    }
    muster_model_free(model);
    muster_routes_free(routes);
    muster_scenario_free(scenario);
    return result;
}

static bool replay_some(const muster_store_run_row *row, void *context)
{
    replay *r = context;
    if (r->nth++ % 19 == 0) { /* prime: other replications of each point */
        muster_result_free(run_alone(r, row));
        r->tried++;
    }
    return true;
}

static void test_sweep__a_row_can_be_run_again_by_itself(void **state)
{
    static const char saltelli[] =
        "experiment = { id = \"s\"; title = \"Seeds of groups\"; scenario = \"scenario.cfg\"; };\n"
        "method = { name = \"saltelli\"; points = 8; };\n"
        "runs = { replications = 7; };\n"
        "factors = { ready = { path = \"units.first.readiness\"; min = 0.2; max = 1.0; };\n"
        "            will = { lever = \"keenness\"; };\n"
        "            days = { path = \"drills.passage.muster.at\";\n"
        "                     levels = [\"2023-07-20T00:00Z\", \"2023-07-20T06:00Z\"]; }; };\n"
        "measures = [\"mustered\", \"muster_delay_h\", \"fuel_used_t\", \"participation:*\"];\n";
    static const char *const texts[] = {sweeping_levers, saltelli};
    (void)state;
    for (int32_t i = 0; i < 2; i++) {
        const char *path = sweeping_path("replay");
        const sweeping_ask ask = {.text = texts[i]};
        muster_source_text *text = NULL;
        assert_int_equal(muster_gather_text("scenario.cfg", sweeping_scenario,
                                            strlen(sweeping_scenario), NULL, NULL, &text),
                         MUSTER_OK);
        sweeping_done(&ask, path, &(sweeping_how){.jobs = 2});
        muster_experiment *experiment = sweeping_open(&ask);
        replay r = {.experiment = experiment, .text = text};
        assert_int_equal(muster_store_open(path, NULL, &r.store), MUSTER_OK);
        assert_int_equal(muster_store_each(r.store, replay_some, &r, NULL), MUSTER_OK);
        assert_true(r.tried >= 12);
        muster_store_close(r.store, NULL);
        muster_experiment_free(experiment);
        muster_source_text_free(text);
        assert_int_equal(remove(path), 0);
    }
}

/* ---- commands --------------------------------------------------------------------------------------- */

/* The last field of the first row, as it stands before the quoting of CSV. */
static char *first_command(const char *csv)
{
    const char *at = strstr(csv, "\"muster run "), *end = at ? at + 1 : NULL;
    assert_non_null(at);
    char *out = calloc(strlen(csv) + 1, 1), *to = out;
    assert_non_null(out);
    for (; *end && !(*end == '"' && end[1] != '"'); end++) {
        *to++ = *end;
        end += *end == '"';
    }
    return out;
}

/* Names and values that mean something to a shell, to CSV and to lists of changes. */
static void test_sweep__commands_are_for_a_shell(void **state)
{
    static const char odd[] =
        "experiment = { id = \"odd\"; title = \"Odd\"; scenario = \"scenario.cfg\";\n"
        "  variant = \"keen\"; set = [\"units.first.name = \\\"a; b\\\"\"]; };\n"
        "method = { name = \"factorial\"; };\n"
        "runs = { replications = 1; };\n"
        "factors = { name = { path = \"states.HOME.name\"; levels = [\"it's, $(so)\"];\n"
        "                     with = [\"states.GUEST.name\", \"weather.sea_state = 3\"]; }; };\n"
        "measures = [\"mustered\"];\n";
    const char *path = sweeping_path("odd");
    (void)state;
    sweeping_done(&(sweeping_ask){.text = odd, .line = "units.guest.name = \"; x\""}, path, NULL);
    char *csv = sweeping_export(path), *command = first_command(csv);
    assert_string_equal(
        command, "muster run scenario.cfg --variant keen --set 'units.first.name = \"a; b\"' "
                 "--set 'units.guest.name = \"; x\"' "
                 "--set 'states.HOME.name = \"it'\\''s, $(so)\"' "
                 "--set 'states.GUEST.name = \"it'\\''s, $(so)\"' "
                 "--set 'weather.sea_state = 3' --seed 1 --only-replication 1");
    free(command);
    free(csv);
    assert_int_equal(remove(path), 0);
}

/* ---- another experiment ------------------------------------------------------------------------------ */

/* The store is as it was, to the byte, and the reason is told. */
static void assert_refused(const sweeping_ask *ask, const muster_host *host, const char *path,
                           const char *reason)
{
    size_t length[2];
    char *before = sweeping_bytes(path, &length[0]);
    muster_diags *diags = muster_diags_create(NULL);
    muster_experiment *experiment = sweeping_open(ask);
    const sweeping_how how = {.jobs = 1, .host = host};
    assert_int_equal(sweeping_run(experiment, path, &how, diags, NULL), MUSTER_MISTAKE);
    const char *words = test_words(diags);
    if (!strstr(words, reason) || !strstr(words, path))
        fail_msg("not '%s' but: %s", reason, words);
    char *after = sweeping_bytes(path, &length[1]);
    assert_int_equal(length[0], length[1]);
    assert_memory_equal(before, after, length[0]);
    free(before);
    free(after);
    muster_experiment_free(experiment);
    muster_diags_free(diags);
}

/* The text with one place changed. */
static const char *with(const char *text, const char *from, const char *to)
{
    static char out[4096];
    const char *at = strstr(text, from);
    assert_non_null(at);
    snprintf(out, sizeof out, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    return out;
}

static void test_sweep__a_store_of_another_experiment_is_refused(void **state)
{
    const char *path = sweeping_path("stale");
    (void)state;
    sweeping_done(&levers, path, &(sweeping_how){.most = 50});
    char *wanted = sweeping_export(path);
    sweeping_ask ask = levers;
    ask.scenario = with(sweeping_scenario, "range_nm = 3500.0", "range_nm = 3501.0");
    assert_refused(&ask, NULL, path, "another scenario");
    ask.scenario = with(sweeping_scenario, "title = \"Two ships\"", "title = \"Two  ships\"");
    assert_refused(&ask, NULL, path, "another scenario");
    ask = levers;
    ask.line = "weather.sea_state = 3";
    assert_refused(&ask, NULL, path, "another scenario");
    ask = levers;
    ask.text = with(sweeping_levers, "0.4", "0.41");
    assert_refused(&ask, NULL, path, "another plan");
    ask.text = with(sweeping_levers, "\"mustered\", ", "");
    assert_refused(&ask, NULL, path, "another plan");
    ask.text = with(sweeping_levers, "seed = 11", "seed = 12");
    assert_refused(&ask, NULL, path, "another master seed");
    ask.text = with(sweeping_levers, "id = \"levers\"", "id = \"other\"");
    assert_refused(&ask, NULL, path, "another experiment");
    ask.text = sweeping_levers;
    ask.replications = -1; /* without chance it is another plan */
    assert_refused(&ask, NULL, path, "another plan");
    muster_host newer = sweeping_host;
    newer.program = "muster of another test";
    assert_refused(&levers, &newer, path, "another program");
    assert_export(path, wanted, "refused");
    free(wanted);
    /* the same with another comment, label and order of keys is the same plan */
    ask = levers;
    ask.text = with(sweeping_levers, "runs = ", "// nothing\nruns = ");
    assert_int_equal(sweeping_done(&ask, path, NULL).left, 0);
    assert_export(path, undisturbed(), "gone on with");
}

/* A land of one island, three corners of it, far from the ships (format: sim/world/README.md). */
static muster_land *other_land(void)
{
    static const double head[] = {90.0, 235.0, -50.0, 75.0, 90.0, 0.0, 0.01, 0.01};
    static const unsigned char ring[] = {1,    0,    0,    0,    3,  0, 0,  0, 3,
                                         0xa8, 0x46, 0xd8, 0x36, 40, 0, 19, 30};
    unsigned char bytes[160];
    size_t used = 8;
    muster_land *land = NULL;
    memcpy(bytes, "MSTLAND1", 8);
    for (size_t i = 0; i < sizeof head / sizeof *head; i++) {
        uint64_t bits;
        memcpy(&bits, &head[i], sizeof bits);
        for (int b = 0; b < 8; b++)
            bytes[used++] = (unsigned char)(bits >> (8 * b));
    }
    memcpy(bytes + used, ring, sizeof ring);
    used += sizeof ring;
    const uint64_t sum = muster_hash(MUSTER_HASH_START, bytes, used);
    for (int b = 0; b < 8; b++)
        bytes[used++] = (unsigned char)(sum >> (8 * b));
    assert_int_equal(muster_land_open(bytes, used, NULL, NULL, &land), MUSTER_OK);
    return land;
}

static void test_sweep__another_land_is_another_experiment(void **state)
{
    const char *path = sweeping_path("land");
    muster_land *land = other_land();
    sweeping_ask ask = levers;
    (void)state;
    sweeping_done(&levers, path, &(sweeping_how){.most = 50});
    ask.land = land;
    assert_refused(&ask, NULL, path, "another land");
    assert_int_equal(remove(path), 0);
    muster_land_free(land);
}

static bool folders_open(const char *path, size_t max_bytes, char **bytes, size_t *length,
                         const char **reason, void *context)
{
    /* lab is a link to /far/lab, so lab/../scenario.cfg is /far/scenario.cfg */
    static const test_file file[] = {{"lab/experiment.cfg", NULL},
                                     {"scenario.cfg", "not = \"this one\";\n"},
                                     {"lab/../scenario.cfg", sweeping_scenario},
                                     {NULL, NULL}};
    test_file mine[4];
    memcpy(mine, file, sizeof mine);
    mine[0].text = context;
    test_disk disk = {.file = mine};
    return test_open(path, max_bytes, bytes, length, reason, &disk);
}

static void folders_close(char *bytes, void *context)
{
    (void)context;
    free(bytes);
}

/* A short path is nicer in commands, but only where it leads to the same. */
static void test_sweep__folders_that_are_links_are_followed(void **state)
{
    char text[4096];
    (void)state;
    snprintf(text, sizeof text, "%s",
             with(sweeping_levers, "\"scenario.cfg\"", "\"../scenario.cfg\""));
    const muster_opener opener = {folders_open, folders_close, text};
    const muster_experiment_from from = {
        .path = "lab/experiment.cfg", .opener = &opener, .land = sweeping_land()};
    muster_experiment *experiment = NULL;
    assert_int_equal(muster_experiment_open(&from, NULL, &experiment), MUSTER_OK);
    assert_string_equal(muster_experiment_head_of(experiment)->scenario, "lab/../scenario.cfg");
    muster_experiment_free(experiment);
}

/* A library's caller may ask for what the program does not: an experiment without a scenario. */
static void test_sweep__without_a_scenario_nothing_is_run(void **state)
{
    static const char text[] = "experiment = { id = \"design\"; title = \"For others\"; };\n"
                               "method = { name = \"factorial\"; };\n"
                               "factors = { x = { min = 0.0; max = 1.0; steps = 2; }; };\n";
    const sweeping_ask ask = {.text = text};
    muster_diags *diags = muster_diags_create(NULL);
    muster_experiment *experiment = sweeping_open(&ask);
    (void)state;
    assert_int_equal(
        sweeping_run(experiment, sweeping_path("design"), &(sweeping_how){.jobs = 1}, diags, NULL),
        MUSTER_MISTAKE);
    assert_non_null(strstr(test_words(diags), "no scenario"));
    muster_experiment_free(experiment);
    muster_diags_free(diags);
}

static int tidy(void **state)
{
    (void)state;
    free(undisturbed());
    sweeping_tidy();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sweep__threads_change_nothing),
        cmocka_unit_test(test_sweep__parts_in_any_order_are_the_whole),
        cmocka_unit_test(test_sweep__ends_anywhere_are_gone_on_from),
        cmocka_unit_test(test_sweep__more_replications_are_added),
        cmocka_unit_test(test_sweep__the_plan_run_alone),
        cmocka_unit_test(test_sweep__a_point_that_cannot_be_is_a_row),
        cmocka_unit_test(test_sweep__a_point_beside_itself_is_the_same),
        cmocka_unit_test(test_sweep__order_of_factors_and_one_more_change_nothing),
        cmocka_unit_test(test_sweep__with_other_seeds_the_difference_is_chance),
        cmocka_unit_test(test_sweep__a_row_can_be_run_again_by_itself),
        cmocka_unit_test(test_sweep__commands_are_for_a_shell),
        cmocka_unit_test(test_sweep__a_store_of_another_experiment_is_refused),
        cmocka_unit_test(test_sweep__another_land_is_another_experiment),
        cmocka_unit_test(test_sweep__folders_that_are_links_are_followed),
        cmocka_unit_test(test_sweep__without_a_scenario_nothing_is_run),
    };
    return cmocka_run_group_tests(tests, NULL, tidy);
}
