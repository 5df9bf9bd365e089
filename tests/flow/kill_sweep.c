/* The program killed at random moments, as by kill -9, again and again: the store is sound each time, no
 * run that was committed is lost, what is in it is what an undisturbed sweep has, and so is its end.
 * usage: kill_sweep MUSTER EXPERIMENT [KILLS] */
#include "test.h"

#include "sweeping.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { KILLS = 200, PARTS = 3 };

static const char *muster, *experiment_path;
static int32_t kills_wanted = KILLS;
static char *wanted; /* export of an undisturbed sweep */

static double now_s(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static void wait_ms(int64_t ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
}

static uint64_t next_lot(uint64_t *lot)
{
    *lot ^= *lot << 13;
    *lot ^= *lot >> 7;
    *lot ^= *lot << 17;
    return *lot;
}

/* ---- the program ------------------------------------------------------------------------------------ */

static pid_t start(char *const *argument)
{
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        if (!freopen("/dev/null", "w", stdout) || !freopen("kill_sweep.err", "w", stderr))
            _exit(99);
        execv(muster, argument);
        _exit(99);
    }
    return pid;
}

/* The words of a command line; they stay the caller's. */
static pid_t start_words(const char *const *word, int count)
{
    char *copy[16] = {NULL};
    assert_true(count < 16);
    for (int i = 0; i < count; i++) {
        copy[i] = strdup(word[i]);
        assert_non_null(copy[i]);
    }
    const pid_t pid = start(copy);
    for (int i = 0; i < count; i++)
        free(copy[i]);
    return pid;
}

static pid_t start_sweep(const char *store, const char *shard)
{
    const char *const word[] = {muster, "sweep", experiment_path, "--reps",  "1500", "--jobs",
                                "2",    "-o",    store,           "--shard", shard};
    return start_words(word, shard ? 11 : 9);
}

/* @return true: it was killed; false: it had ended, and well */
static bool kill_it(pid_t pid)
{
    int status = 0;
    (void)kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
        fail_msg("status %d, see kill_sweep.err", WEXITSTATUS(status));
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

static void let_it_end(pid_t pid)
{
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("status %x, see kill_sweep.err", (unsigned)status);
}

/* ---- what is left ----------------------------------------------------------------------------------- */

static void assert_sound(const char *path)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *ask = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &ask, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(ask), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(ask, 0), "ok");
    sqlite3_finalize(ask);
    sqlite3_close(db);
}

/* Lines of a part of the whole, each of which the whole has, in the same order; -1: it has one more. */
static int64_t lines_of_wanted(const char *part)
{
    int64_t count = 0;
    const char *at = wanted;
    while (*part) {
        const size_t length = strcspn(part, "\n") + 1;
        while (*at && strncmp(at, part, length) != 0)
            at += strcspn(at, "\n") + 1;
        if (!*at)
            return -1;
        at += length;
        part += length;
        count++;
    }
    return count;
}

/* Rows, 0 where there is no store yet. */
static int64_t look(const char *path)
{
    muster_diags *diags = muster_diags_create(NULL);
    muster_status status = MUSTER_OK;
    int64_t rows = 0;
    if (access(path, F_OK) == 0) {
        char *csv = sweeping_csv(path, diags, &status); /* takes back what was not committed */
        assert_sound(path);
        rows = csv ? lines_of_wanted(csv) - 1 : 0;
        if ((!csv && !strstr(test_words(diags), "empty")) || rows < 0)
            fail_msg("%d rows, %s", (int)rows, test_words(diags));
        free(csv);
    }
    muster_diags_free(diags);
    return rows;
}

static void assert_whole(const char *path)
{
    char *csv = sweeping_export(path);
    assert_true(strcmp(csv, wanted) == 0);
    free(csv);
    assert_int_equal(remove(path), 0);
}

/* ---- tests ------------------------------------------------------------------------------------------ */

static void test_kill__a_sweep_at_random_moments(void **state)
{
    const char *path = sweeping_path("killed");
    const double began_s = now_s();
    uint64_t lot = 20240229;
    int32_t kills = 0, wholes = 0;
    int64_t rows = 0;
    (void)state;
    while (kills < kills_wanted) {
        /* one in five while the program begins, and makes the store */
        const uint64_t moment = next_lot(&lot);
        const pid_t pid = start_sweep(path, NULL);
        wait_ms(moment % 5 == 0 ? (int64_t)(moment >> 20) % 40
                                : 60 + (int64_t)(moment >> 20) % 300);
        const bool was_killed = kill_it(pid);
        const int64_t now = look(path);
        if (now < rows)
            fail_msg("after %d kills: %d rows, there were %d", (int)kills, (int)now, (int)rows);
        rows = now;
        kills += was_killed;
        if (was_killed)
            continue;
        assert_whole(path);
        wholes++;
        rows = 0;
    }
    print_message("%d kills, %d sweeps came to their end in %.0f s\n", (int)kills, (int)wholes,
                  now_s() - began_s);
    let_it_end(start_sweep(path, NULL));
    assert_whole(path);
}

static void test_kill__a_merge_at_random_moments(void **state)
{
    const char *path = sweeping_path("merged"), *part[PARTS];
    uint64_t lot = 7;
    int32_t kills = 0;
    (void)state;
    for (int i = 0; i < PARTS; i++) {
        char name[16], shard[16];
        snprintf(name, sizeof name, "part%d", i);
        snprintf(shard, sizeof shard, "%d/%d", i + 1, PARTS);
        part[i] = sweeping_path(name);
        let_it_end(start_sweep(part[i], shard));
    }
    const char *const word[] = {muster, "merge", path, part[0], part[1], part[2]};
    for (int i = 0; i < 25; i++) {
        const pid_t pid = start_words(word, 6);
        wait_ms((int64_t)(next_lot(&lot) >> 20) % 60);
        kills += kill_it(pid);
        (void)look(path);
        if (i % 5 == 4)
            (void)remove(path);
    }
    assert_true(kills > 5);
    let_it_end(start_words(word, 6));
    assert_whole(path);
}

/* What was done a second before the kill is there, of whatever threads. */
enum { NOTES = 100000 };
typedef struct note {
    double at_s;
    int64_t done;
} note;
typedef struct notes {
    int32_t count;
    note note[NOTES];
} notes;

static bool write_down(int64_t done, int64_t todo, int64_t failed, void *context)
{
    notes *n = context;
    (void)todo;
    (void)failed;
    if (n->count < NOTES) {
        n->note[n->count] = (note){now_s(), done};
        n->count++;
    }
    return true;
}

static void sweep_with_notes(const char *path, int32_t jobs, notes *n)
{
    const sweeping_ask ask = {.text = sweeping_levers, .replications = 2000000};
    const muster_sweep_run_options options = {.jobs = jobs, .go_on = write_down, .context = n};
    muster_experiment *experiment = sweeping_open(&ask);
    muster_store *store = NULL;
    muster_sweep_done done;
    if (muster_store_begin(path, experiment, &sweeping_host, (muster_shard){0}, NULL, &store) !=
        MUSTER_OK)
        _exit(1);
    (void)muster_store_run(store, &options, NULL, &done);
    _exit(2); /* it is killed long before */
}

static void test_kill__less_than_a_second_is_lost(void **state)
{
    const char *path = sweeping_path("seconds");
    const int file =
        open(sweeping_path("notes"), O_RDWR | O_CREAT, 0600); /* shared, so that it stays */
    notes *n = NULL;
    assert_int_equal(ftruncate(file, sizeof *n), 0);
    n = mmap(NULL, sizeof *n, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    (void)state;
    assert_true(n != MAP_FAILED);
    (void)sweeping_land();
    for (int32_t i = 0; i < 6; i++) {
        muster_store *store = NULL;
        muster_store_counts counts;
        int status = 0;
        (void)remove(path);
        n->count = 0;
        const pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0)
            sweep_with_notes(path, 1 + i % 3, n);
        wait_ms(1200 + 77 * i);
        const double killed_s = now_s();
        (void)kill(pid, SIGKILL);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFSIGNALED(status));
        int64_t before = 0; /* done a second before */
        for (int32_t k = 0; k < n->count && n->note[k].at_s < killed_s - 1.0; k++)
            before = n->note[k].done;
        assert_int_equal(muster_store_open(path, NULL, &store), MUSTER_OK);
        assert_int_equal(muster_store_count(store, NULL, &counts), MUSTER_OK);
        muster_store_close(store, NULL);
        if (counts.runs < before || n->count == 0)
            fail_msg("%d runs of %d that were done a second before", (int)counts.runs, (int)before);
    }
    assert_int_equal(munmap(n, sizeof *n), 0);
    close(file);
}

static int open_all(void **state)
{
    const char *path = sweeping_path("undisturbed");
    (void)state;
    let_it_end(start_sweep(path, NULL));
    wanted = sweeping_export(path);
    return 0;
}

static int tidy(void **state)
{
    (void)state;
    free(wanted);
    sweeping_tidy();
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kill__a_sweep_at_random_moments),
        cmocka_unit_test(test_kill__a_merge_at_random_moments),
        cmocka_unit_test(test_kill__less_than_a_second_is_lost),
    };
    if (argc == 4)
        kills_wanted = (int32_t)strtol(argv[3], NULL, 10);
    if (argc < 3 || argc > 4 || kills_wanted < 1)
        return 2;
    muster = argv[1];
    experiment_path = argv[2];
    return cmocka_run_group_tests(tests, open_all, tidy);
}
