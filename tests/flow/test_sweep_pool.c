/* Points of a sweep on threads: whoever runs what, whatever is refused and whenever somebody wants an end,
 * rows come in order, as of one thread, and without a gap.
 *
 * The linker puts __wrap_pthread_create and __wrap_pthread_join where the library asks for threads, so
 * that these can be counted and refused. */
#include "test.h"

#include "memory.h"
#include "muster/sweep.h"
#include "muster/text.h"
#include "sweeping.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 9, REPS = 12, TASK = 5, COLUMNS_MOST = 8, ROWS_MOST = POINTS * REPS };

/* ---- threads that can be counted and refused --------------------------------------------------------- */

static int32_t threads_left = INT32_MAX, threads_made, threads_joined;

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *context);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *context);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *context)
{
    if (threads_made >= threads_left)
        return 11; /* EAGAIN of Linux; any number but 0 will do */
    const int status = __real_pthread_create(thread, attributes, start, context);
    threads_made += status == 0;
    return status;
}

int __real_pthread_join(pthread_t thread, void **out);
int __wrap_pthread_join(pthread_t thread, void **out);
int __wrap_pthread_join(pthread_t thread, void **out)
{
    const int status = __real_pthread_join(thread, out);
    threads_joined += status == 0;
    return status;
}

static void count_threads(int32_t left)
{
    threads_left = left;
    threads_made = threads_joined = 0;
}

/* ---- the sweep --------------------------------------------------------------------------------------- */

static muster_source_text *text;
static muster_sweep *sweep;
static muster_column column[COLUMNS_MOST];
static int32_t columns;

static const muster_place nowhere = {NULL, 0};

static void add_columns(const char *word)
{
    int32_t count = 0;
    assert_int_equal(muster_sweep_columns(sweep, word, nowhere, NULL, column + columns,
                                          COLUMNS_MOST - columns, &count),
                     MUSTER_OK);
    columns += count;
}

/* ---- what is run and taken ---------------------------------------------------------------------------- */

typedef struct rows {
    int32_t count;
    uint64_t hash[ROWS_MOST]; /* of each: key, figures, failure and message */
} rows;

typedef struct trial {
    int64_t given;
    rows *out;
    int32_t take_most;   /* rows, then take ends it; 0: no end  */
    atomic_int asked;    /* of stops                            */
    int32_t stop_at;     /* it ends there; 0: no end            */
    atomic_int settings; /* points that were made               */
} trial;

static bool next(muster_task *out, void *context)
{
    enum { A_POINT = (REPS + TASK - 1) / TASK };
    trial *t = context;
    if (t->given >= POINTS * A_POINT)
        return false;
    const int32_t first = 1 + TASK * (int32_t)(t->given % A_POINT);
    *out = (muster_task){.point = t->given / A_POINT,
                         .seed = 5 + (uint64_t)(t->given / A_POINT) % 2,
                         .first = first,
                         .count = REPS - first + 1 < TASK ? REPS - first + 1 : TASK};
    t->given++;
    return true;
}

/* Some points cannot be: one by a value, one by a path, one by what does not fit. One has routes of its
 * own, one is the scenario as it stands. */
static bool settings(int64_t point, muster_settings *out, void *context)
{
    static const char *const readiness[] = {"0.2", "0.5", "7.0", "0.9", "1.0"};
    trial *t = context;
    atomic_fetch_add(&t->settings, 1);
    if (point == 8)
        return false;
    if (point == 7)
        return true;
    if (point == 6)
        return muster_settings_add(out, "units.nobody.readiness", "1.0");
    if (point == 5)
        return muster_settings_add(out, "drills.passage.muster.at", "\"2023-07-20T06:00Z\"") &&
               muster_settings_add(out, "areas.sea.lat_deg", "39.4");
    return muster_settings_add(out, "units.first.readiness", readiness[point]) &&
           muster_settings_add(out, "states.GUEST.attributes.will", "0.75");
}

static bool take(const muster_rows *r, void *context)
{
    trial *t = context;
    for (int32_t i = 0; i < r->task.count; i++) {
        const int64_t key[] = {r->task.point, r->task.first + i, r->is_failed[i]};
        uint64_t hash = muster_hash(MUSTER_HASH_START, key, sizeof key);
        for (int32_t c = 0; c < columns; c++) {
            const double value = r->value[i * columns + c];
            hash = isnan(value) ? muster_hash(hash, "nan", 3)
                                : muster_hash(hash, &value, sizeof value);
        }
        if (r->is_failed[i]) {
            assert_true(r->message[0] != '\0');
            hash = muster_hash(hash, r->message, strlen(r->message));
        }
        assert_true(t->out->count < ROWS_MOST);
        t->out->hash[t->out->count++] = hash;
    }
    return t->take_most == 0 || t->out->count < t->take_most;
}

static bool stops(void *context)
{
    trial *t = context;
    return atomic_fetch_add(&t->asked, 1) + 1 == t->stop_at;
}

static muster_status run(trial *t, int32_t jobs, const muster_memory *memory, muster_diags *diags)
{
    const muster_tasks tasks = {.column = column,
                                .column_count = columns,
                                .jobs = jobs,
                                .next = next,
                                .settings = settings,
                                .take = take,
                                .stops = t->stop_at > 0 ? stops : NULL,
                                .context = t};
    return muster_sweep_run(sweep, &tasks, memory, diags);
}

static rows whole; /* of one thread */

static void assert_begins(const rows *r, const char *what, int32_t at)
{
    for (int32_t i = 0; i < r->count; i++)
        if (r->hash[i] != whole.hash[i])
            fail_msg("%s %d: row %d is another", what, (int)at, (int)i);
}

/* ---- tests ---------------------------------------------------------------------------------------------- */

static void test_sweep_pool__threads_change_no_row(void **state)
{
    static const int32_t jobs[] = {0, 1, 2, 3, 8, 1000};
    (void)state;
    assert_int_equal(whole.count, ROWS_MOST);
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        rows r = {0};
        trial t = {.out = &r};
        count_threads(INT32_MAX);
        assert_int_equal(run(&t, jobs[i], NULL, NULL), MUSTER_OK);
        assert_int_equal(r.count, ROWS_MOST);
        assert_begins(&r, "threads", jobs[i]);
        assert_int_equal(threads_made, jobs[i] <= 1 ? 0 : jobs[i] > 256 ? 256 : jobs[i]);
        assert_int_equal(threads_joined, threads_made);
    }
}

static void test_sweep_pool__threads_may_be_refused(void **state)
{
    (void)state;
    for (int32_t left = 0; left < 3; left++) {
        rows r = {0};
        trial t = {.out = &r};
        count_threads(left);
        assert_int_equal(run(&t, 3, NULL, NULL), MUSTER_OK);
        assert_int_equal(r.count, ROWS_MOST);
        assert_begins(&r, "threads left", left);
        assert_int_equal(threads_joined, left);
    }
    count_threads(INT32_MAX);
}

/* All that was taken is the beginning of the whole; nothing behind a gap. */
static void test_sweep_pool__an_end_leaves_no_gap(void **state)
{
    (void)state;
    for (int32_t jobs = 1; jobs <= 3; jobs++)
        for (int32_t at = 1; at <= ROWS_MOST; at += jobs == 1 ? 1 : 9) {
            rows r = {0};
            trial stopped = {.out = &r, .stop_at = at};
            assert_int_equal(run(&stopped, jobs, NULL, NULL), MUSTER_OK);
            assert_begins(&r, "stopped at", at);
            assert_true(jobs > 1 || r.count == at);
            r.count = 0;
            trial ended = {.out = &r, .take_most = at};
            assert_int_equal(run(&ended, jobs, NULL, NULL), MUSTER_OK);
            assert_begins(&r, "ended after", at);
            assert_true(r.count >= at && r.count < at + TASK);
        }
}

/* Each allocation fails in turn: it says so, gives all back, and what was taken until then is right. */
static void test_sweep_pool__memory_may_run_short(void **state)
{
    (void)state;
    for (int32_t jobs = 1; jobs <= 3; jobs += 2)
        for (int32_t left = 0, refused = 1; refused > 0; left += jobs == 1 && left <= 300 ? 1 : 5) {
            rows r = {0};
            trial t = {.out = &r};
            test_memory counts = {.left = left};
            const muster_memory hook = test_hook(&counts);
            muster_diags *diags = muster_diags_create(NULL);
            const muster_status status = run(&t, jobs, &hook, diags);
            refused = counts.refused;
            if (counts.held != 0 || (status != MUSTER_OK && status != MUSTER_WORLD) ||
                (status == MUSTER_WORLD) != (muster_diags_error_count(diags) == 1))
                fail_msg("%d threads, allocation %d: status %d, %d held, %s", (int)jobs,
                         (int)left + 1, (int)status, (int)counts.held, test_words(diags));
            assert_begins(&r, "allocation", left + 1);
            if ((status != MUSTER_WORLD && r.count != ROWS_MOST) ||
                (refused == 0 && status != MUSTER_OK))
                fail_msg("%d threads, allocation %d: status %d, %d rows, %d refused", (int)jobs,
                         (int)left + 1, (int)status, (int)r.count, (int)refused);
            assert_true(left < 20000);
            muster_diags_free(diags);
        }
}

/* ---- questions --------------------------------------------------------------------------------------- */

typedef struct answers {
    muster_factor_spot spot;
    muster_column column[COLUMNS_MOST];
    muster_lever lever;
    const char *const *line;
    int32_t count;
} answers;

typedef muster_status question(muster_sweep *of, muster_diags *diags, answers *out);

static muster_status ask_factor(muster_sweep *of, muster_diags *diags, answers *out)
{
    return muster_sweep_factor(of, "units.first.readiness", nowhere, diags, &out->spot);
}
static muster_status ask_no_factor(muster_sweep *of, muster_diags *diags, answers *out)
{
    return muster_sweep_factor(of, "units.frist.readiness", nowhere, diags, &out->spot);
}
static muster_status ask_columns(muster_sweep *of, muster_diags *diags, answers *out)
{
    return muster_sweep_columns(of, "participation:*", nowhere, diags, out->column, COLUMNS_MOST,
                                &out->count);
}
static muster_status ask_no_thing(muster_sweep *of, muster_diags *diags, answers *out)
{
    return muster_sweep_columns(of, "participation:X", nowhere, diags, out->column, COLUMNS_MOST,
                                &out->count);
}
static muster_status ask_no_measure(muster_sweep *of, muster_diags *diags, answers *out)
{
    return muster_sweep_columns(of, "musterd:X", nowhere, diags, out->column, COLUMNS_MOST,
                                &out->count);
}
static muster_status ask_lever(muster_sweep *of, muster_diags *diags, answers *out)
{
    return muster_sweep_lever(of, "keenness", nowhere, diags, &out->lever);
}
static muster_status ask_no_lever(muster_sweep *of, muster_diags *diags, answers *out)
{
    return muster_sweep_lever(of, "keennes", nowhere, diags, &out->lever);
}
static muster_status ask_no_variant(muster_sweep *of, muster_diags *diags, answers *out)
{
    return muster_sweep_variant(of, "keener", nowhere, diags, &out->line, &out->count);
}

/* A sweep made and asked with the n-th allocation refused. @return how many were refused */
static int32_t try_question(question *ask, int32_t left)
{
    const muster_sweep_from from = {.text = text, .land = sweeping_land()};
    test_memory counts = {.left = left};
    const muster_memory hook = test_hook(&counts);
    muster_diags *diags = muster_diags_create(NULL);
    muster_sweep *own = NULL;
    answers out;
    muster_status status = muster_sweep_create(&from, &hook, diags, &own);
    assert_true((status == MUSTER_OK) == (own != NULL));
    assert_true(status == MUSTER_OK || (status == MUSTER_WORLD && counts.refused > 0));
    if (own && ask)
        status = ask(own, diags, &out);
    assert_true(status == MUSTER_OK || muster_diags_error_count(diags) > 0);
    assert_true(status != MUSTER_WORLD || counts.refused > 0);
    muster_sweep_free(own);
    assert_int_equal(counts.held, 0);
    muster_diags_free(diags);
    return counts.refused;
}

static void test_sweep_pool__questions_when_memory_is_short(void **state)
{
    question *const questions[] = {ask_factor,     ask_no_factor, ask_columns,  ask_no_thing,
                                   ask_no_measure, ask_lever,     ask_no_lever, ask_no_variant};
    int32_t made = 0, asked = 0;
    (void)state;
    while (try_question(NULL, made) > 0)
        made++;
    assert_true(made > 10);
    for (size_t q = 0; q < sizeof questions / sizeof *questions; q++)
        for (int32_t left = made; try_question(questions[q], left) > 0; left++)
            asked++;
    assert_true(asked > 0); /* most find room in what was taken before */
}

/* ---- all --------------------------------------------------------------------------------------------- */

static int open_all(void **state)
{
    (void)state;
    assert_int_equal(muster_gather_text("scenario.cfg", sweeping_scenario,
                                        strlen(sweeping_scenario), NULL, NULL, &text),
                     MUSTER_OK);
    const muster_sweep_from from = {.text = text, .land = sweeping_land()};
    assert_int_equal(muster_sweep_create(&from, NULL, NULL, &sweep), MUSTER_OK);
    add_columns("mustered");
    add_columns("muster_delay_h");
    add_columns("fuel_used_t");
    add_columns("participation:*");
    trial t = {.out = &whole};
    assert_int_equal(run(&t, 1, NULL, NULL), MUSTER_OK);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    muster_sweep_free(sweep);
    muster_source_text_free(text);
    sweeping_tidy();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sweep_pool__threads_change_no_row),
        cmocka_unit_test(test_sweep_pool__threads_may_be_refused),
        cmocka_unit_test(test_sweep_pool__an_end_leaves_no_gap),
        cmocka_unit_test(test_sweep_pool__memory_may_run_short),
        cmocka_unit_test(test_sweep_pool__questions_when_memory_is_short),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
