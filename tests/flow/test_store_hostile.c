/* Files that are no stores, stores that somebody made up, and stores that others hold: each is told as
 * what it is, in the words of a user, and is as it was afterwards. */
#include "test.h"

#include "experiment/hash.h"
#include "muster/text.h"
#include "shaky_disk.h"
#include "store/store.h"
#include "sweeping.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const sweeping_ask levers = {.text = sweeping_levers};

/* ---- what is said ----------------------------------------------------------------------------------- */

/* Who reads and who writes are told `words`, with the name of the file. */
static void assert_told(const char *path, const char *words, bool also_to_writers)
{
    muster_experiment *experiment = sweeping_open(&levers);
    for (int i = 0; i < 2 + also_to_writers; i++) {
        const char *const part[] = {path};
        muster_diags *diags = muster_diags_create(NULL);
        muster_status status = MUSTER_OK;
        muster_merged merged;
        if (i == 0)
            free(sweeping_told(path, diags, &status));
        else if (i == 1)
            status = muster_store_merge(sweeping_path("merged"), part, 1, diags, &merged);
        else
            status = sweeping_run(experiment, path, &(sweeping_how){.jobs = 1}, diags, NULL);
        if ((status != MUSTER_MISTAKE && status != MUSTER_WORLD) || !sweeping_names(diags, path) ||
            !strstr(test_words(diags), words))
            fail_msg("%s (%d): status %d, %s", words, i, (int)status, test_words(diags));
        muster_diags_free(diags);
    }
    (void)remove(sweeping_path("merged"));
    muster_experiment_free(experiment);
}

/* The same of bytes, which stay as they are. */
static void assert_bytes_told(const void *bytes, size_t length, const char *words)
{
    const char *path = sweeping_path("bytes");
    size_t left = 0;
    sweeping_write(path, bytes, length);
    assert_told(path, words, true);
    char *after = sweeping_bytes(path, &left);
    assert_int_equal(left, length);
    assert_memory_equal(after, bytes, length);
    free(after);
    assert_int_equal(remove(path), 0);
}

/* ---- no stores -------------------------------------------------------------------------------------- */

static void test_store_hostile__what_is_no_file(void **state)
{
    const char *path = sweeping_path("odd");
    (void)state;
    assert_told("/dev/null", "no regular file", true);
    assert_told("/dev/zero", "no regular file", true);
    assert_told(sweeping_folder(), "this is a folder", true);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_told(path, "no regular file", true);
    assert_int_equal(remove(path), 0);
    assert_told(path, "No such file", false);
    assert_told("", "needs a name", true);
    assert_told(sweeping_path("no/such/folder"), "No such file", true);
    assert_int_equal(symlink("odd", path), 0);
    assert_told(path, "symbolic links", true);
    assert_int_equal(remove(path), 0);
}

static void test_store_hostile__what_is_no_database(void **state)
{
    char zeros[8192] = {0}, text[700];
    (void)state;
    assert_bytes_told("x", 1, "no store of muster");
    assert_bytes_told("SQLite format 3", 16, "no store of muster");
    memset(text, 'a', sizeof text);
    assert_bytes_told(text, sizeof text, "no store of muster");
    assert_bytes_told(zeros, 700, "no store of muster");
    assert_bytes_told(zeros, sizeof zeros, "no store of muster");
    const char *path = sweeping_path("bytes");
    sweeping_write(path, "", 0); /* an empty file is a store to be, for who writes */
    assert_told(path, "empty", false);
    assert_int_equal(sweeping_done(&levers, path, NULL).done, 240);
    assert_int_equal(remove(path), 0);
}

/* Names that SQLite would take for something else are files. */
static void test_store_hostile__names_are_names(void **state)
{
    static const char *const names[] = {":memory:", "file:a?mode=memory", "a'b\"c %20 #?",
                                        "-journal"};
    (void)state;
    char back[4096];
    assert_non_null(getcwd(back, sizeof back));
    (void)sweeping_land();
    assert_int_equal(chdir(sweeping_folder()), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sweeping_done(&levers, names[i], NULL);
        char *csv = sweeping_export(names[i]);
        free(csv);
        assert_int_equal(remove(names[i]), 0);
    }
    assert_int_equal(chdir(back), 0);
}

/* ---- databases of others ---------------------------------------------------------------------------- */

static void sql_on(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    char *why = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", sql, why);
    sqlite3_close(db);
}

static void assert_made_told(const char *sql, const char *words)
{
    const char *path = sweeping_path("made");
    size_t before = 0, after = 0;
    (void)remove(path);
    sql_on(path, sql);
    char *was = sweeping_bytes(path, &before);
    assert_told(path, words, true);
    char *is = sweeping_bytes(path, &after);
    assert_int_equal(before, after);
    assert_memory_equal(was, is, before);
    free(was);
    free(is);
    assert_int_equal(remove(path), 0);
}

#define MARK "PRAGMA application_id = 1836282994; PRAGMA user_version = 1;"

static void test_store_hostile__databases_of_others(void **state)
{
    (void)state;
    assert_made_told("CREATE TABLE bookmarks(url TEXT); INSERT INTO bookmarks VALUES('a')",
                     "an SQLite file, but no store");
    assert_made_told("PRAGMA journal_mode = WAL; CREATE TABLE run(run)",
                     "an SQLite file, but no store");
    assert_made_told("PRAGMA application_id = 7; CREATE TABLE experiment(key, value)",
                     "an SQLite file, but no store");
    assert_made_told("VACUUM", "an SQLite file, but no store"); /* without a table */
}

/* ---- stores that somebody changed ------------------------------------------------------------------- */

/* A store that is not finished, with `sql` done to it. */
static const char *changed(const char *sql)
{
    const char *path = sweeping_path("changed");
    (void)remove(path);
    sweeping_done(&levers, path, &(sweeping_how){.jobs = 1, .most = 100});
    sql_on(path, sql);
    return path;
}

static void assert_change_told(const char *sql, const char *words)
{
    assert_told(changed(sql), words, true);
}

static void test_store_hostile__tables_that_would_do_harm(void **state)
{
    static const char run[] = "its table 'run' is not as muster makes it";
    (void)state;
    assert_made_told(MARK "CREATE TABLE other(x)", "its table 'experiment' is missing");
    assert_made_told(
        "PRAGMA application_id = 1836282994; PRAGMA user_version = 99; CREATE TABLE a(b)",
        "form 99");
    assert_change_told("CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM run; END", run);
    assert_change_told("CREATE TRIGGER run AFTER INSERT ON point BEGIN DELETE FROM run; END",
                       "its table 'point' is not");
    assert_change_told("CREATE INDEX fast ON run(seal)", run);
    assert_change_told("CREATE UNIQUE INDEX f ON failure(message) WHERE abs(run) > 0",
                       "its table 'failure' is not");
    assert_change_told("ALTER TABLE run RENAME TO real; CREATE VIEW run AS SELECT * FROM real",
                       run);
    assert_change_told("DROP VIEW run_long; ALTER TABLE run RENAME TO real; CREATE TABLE run(run "
                       "INTEGER PRIMARY KEY, point INT GENERATED ALWAYS AS (run / 0), failed INT "
                       "GENERATED ALWAYS AS (zeroblob(1000000000)))",
                       run);
    assert_change_told("DROP VIEW run_long", "its table 'run_long' is missing");
    assert_change_told("ALTER TABLE factor ADD COLUMN more", "its table 'factor' is not");
    assert_change_told(
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE VIEW run "
        "AS SELECT 1' WHERE name = 'run'",
        "");
    assert_change_told("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT "
                       "rootpage FROM sqlite_schema WHERE name = 'point') WHERE name = 'run'",
                       "damaged");
    assert_change_told("PRAGMA writable_schema = ON; INSERT INTO sqlite_schema SELECT * FROM "
                       "sqlite_schema WHERE name = 'failure'",
                       "");
    assert_change_told("UPDATE experiment SET value = zeroblob(70000000) WHERE key = 'title'", "");
}

static void test_store_hostile__rows_that_were_changed(void **state)
{
    static const char *const sql[] = {
        "DELETE FROM run WHERE run = (SELECT max(run) FROM run)",
        "DELETE FROM run",
        "INSERT INTO run(run, failed, origin, digest, seal) VALUES(99, 0, 1, 2, 3)",
        "UPDATE run SET m_fuel_used_t = m_fuel_used_t + 1e-12 WHERE run = 3",
        "UPDATE run SET origin = 2 WHERE run = 3",
        "UPDATE run SET run = run + 1000 WHERE run = 3",
        "INSERT INTO failure VALUES(3, 'it did not')",
        "UPDATE origin SET processor = 'another'",
        "INSERT INTO origin SELECT 2, host, processor, libm, compiler, gsl, program, '2/3', '' "
        "FROM "
        "origin",
        "UPDATE experiment SET value = '41' WHERE key = 'replications'",
        "UPDATE experiment SET value = 'Other' WHERE key = 'title'",
        "DELETE FROM experiment WHERE key = 'state'",
        "DELETE FROM experiment WHERE key = 'seal'",
        "INSERT INTO experiment VALUES('more', '')",
        "UPDATE factor SET high = high + 1e-15",
        "UPDATE measure SET direction = -direction",
        "UPDATE point SET literal = replace(literal, '0.5', '0.6')",
        "UPDATE point SET f_ready = 0.6 WHERE point = 1",
        "UPDATE point SET seed = '12' WHERE point = 1",
        "DELETE FROM point WHERE point = 5",
    };
    (void)state;
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++)
        assert_change_told(sql[i], "damaged");
}

static void test_store_hostile__what_does_no_harm(void **state)
{
    static const char *const sql[] = {
        "CREATE VIEW mine AS SELECT point, avg(m_fuel_used_t) AS fuel FROM run GROUP BY point",
        "CREATE TABLE notes(text); INSERT INTO notes VALUES('of my own')",
        "PRAGMA journal_mode = WAL",
        "ANALYZE",
        "VACUUM",
        "PRAGMA page_size = 512; VACUUM",
        "PRAGMA auto_vacuum = FULL; VACUUM",
        "PRAGMA encoding = 'UTF-16'",
    };
    char *whole = NULL;
    (void)state;
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
        const char *path = changed(sql[i]);
        sweeping_done(&levers, path, NULL);
        char *csv = sweeping_export(path);
        if (!whole)
            whole = csv;
        else
            assert_string_equal(csv, whole);
        if (csv != whole)
            free(csv);
    }
    free(whole);
}

/* ---- stores that somebody made up, checksums and all ------------------------------------------------- */

static uint64_t plan_hash_of(sqlite3 *db)
{
    uint64_t hash = mst_plan_hash_kind(MUSTER_HASH_START, false);
    sqlite3_stmt *row = NULL;
#define TEXT(i) (sqlite3_column_text(row, i) ? (const char *)sqlite3_column_text(row, i) : "")
    sqlite3_prepare_v2(db, "SELECT id, path, with_it FROM factor ORDER BY ord", -1, &row, NULL);
    while (sqlite3_step(row) == SQLITE_ROW) {
        uint64_t count = 0;
        hash = mst_plan_hash_name(mst_plan_hash_name(hash, TEXT(0)), TEXT(1));
        char *lines = strdup(TEXT(2)), *at = lines;
        for (char *end; (end = strchr(at, '\n')) != NULL; at = end + 1, count++) {
            *end = '\0';
            hash = mst_plan_hash_name(hash, at);
        }
        free(lines);
        hash = mst_plan_hash_number(hash, count);
    }
    sqlite3_finalize(row);
    sqlite3_prepare_v2(db, "SELECT name FROM measure ORDER BY ord", -1, &row, NULL);
    while (sqlite3_step(row) == SQLITE_ROW)
        hash = mst_plan_hash_name(hash, TEXT(0));
    sqlite3_finalize(row);
    sqlite3_prepare_v2(db,
                       "SELECT label, block, factor, base_row, seed, literal FROM point ORDER BY "
                       "point",
                       -1, &row, NULL);
    while (sqlite3_step(row) == SQLITE_ROW) {
        const muster_plan_point p = {.label = TEXT(0),
                                     .block = TEXT(1),
                                     .factor = sqlite3_column_int(row, 2),
                                     .base_row = sqlite3_column_int64(row, 3),
                                     .seed = strtoull(TEXT(4), NULL, 10)};
        hash = mst_plan_hash_point(hash, &p, TEXT(5));
    }
    sqlite3_finalize(row);
    return hash;
}

static void seal_rows(sqlite3 *db, mst_store_sum *sum)
{
    enum { FIRST = 7 }; /* behind run, point, replication, failed, origin, digest, seal */
    sqlite3_stmt *row = NULL, *to = NULL;
    sqlite3_prepare_v2(db, "SELECT * FROM run", -1, &row, NULL);
    sqlite3_prepare_v2(db, "UPDATE run SET seal = ?1 WHERE run = ?2", -1, &to, NULL);
    while (sqlite3_step(row) == SQLITE_ROW) {
        double value[8];
        const int count = sqlite3_column_count(row) - FIRST;
        for (int i = 0; i < count; i++)
            value[i] = sqlite3_column_type(row, FIRST + i) == SQLITE_NULL
                           ? (double)NAN
                           : sqlite3_column_double(row, FIRST + i);
        mst_store_row r = {.run = sqlite3_column_int64(row, 0),
                           .public = {.is_failed = sqlite3_column_int(row, 3) != 0, .value = value},
                           .origin = sqlite3_column_int64(row, 4),
                           .digest = (uint64_t)sqlite3_column_int64(row, 5)};
        r.seal = mst_store_seal(&r, count);
        mst_store_sum_add(sum, &r);
        sqlite3_bind_int64(to, 1, (sqlite3_int64)r.seal);
        sqlite3_bind_int64(to, 2, r.run);
        sqlite3_step(to);
        sqlite3_reset(to);
    }
    sqlite3_finalize(row);
    sqlite3_finalize(to);
}

static void say(sqlite3 *db, const char *key, const char *value)
{
    sqlite3_stmt *to = NULL;
    sqlite3_prepare_v2(db, "UPDATE experiment SET value = ?2 WHERE key = ?1", -1, &to, NULL);
    sqlite3_bind_text(to, 1, key, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(to, 2, value, -1, SQLITE_TRANSIENT);
    sqlite3_step(to);
    sqlite3_finalize(to);
}

/* All checksums as if what stands there were what was written. */
static void seal_all(const char *path, const char *sql)
{
    char text[40];
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    (void)sqlite3_exec(db, sql, NULL, NULL, NULL); /* may be refused: it is random */
    muster_store s = {.db = db, .is_writer = true};
    snprintf(text, sizeof text, "%016llx", (unsigned long long)plan_hash_of(db));
    say(db, "plan_hash", text);
    if (mst_store_head_seal(&s, text))
        say(db, "seal", text);
    seal_rows(db, &s.sum);
    (void)mst_store_save_state(&s, NULL);
    sqlite3_finalize(s.state);
    mst_keep_clear(&s.keep);
    sqlite3_close(db);
}

static uint64_t next_lot(uint64_t *lot)
{
    *lot ^= *lot << 13;
    *lot ^= *lot >> 7;
    *lot ^= *lot << 17;
    return *lot;
}

static const char grid[] =
    "experiment = { id = \"grid\"; title = \"Factors\"; scenario = \"scenario.cfg\"; };\n"
    "method = { name = \"saltelli\"; points = 4; };\n"
    "runs = { replications = 3; };\n"
    "factors = { ready = { path = \"units.first.readiness\"; min = 0.3; max = 0.7;\n"
    "                      with = [\"units.guest.readiness\"]; source = \"assumed\"; };\n"
    "            name = { path = \"units.guest.name\"; levels = [\"Grey\", \"Blue\", \"Red\"]; };\n"
    "            will = { lever = \"keenness\"; min = 0.1; max = 0.7; }; };\n"
    "measures = [\"mustered\", \"muster_delay_h\"];\n";

/* What is hashed is not signed: whoever wants to may make a store that is sound and says anything.
 * Nothing is asked of what is told of it but that it ends well or with a reason. */
static void test_store_hostile__anything_with_the_right_checksums(void **state)
{
    enum { TRIALS = 700 };
    static const char *const places[] = {
        "experiment SET value", "origin SET host",       "origin SET part",
        "origin SET program",   "factor SET ord",        "factor SET id",
        "factor SET label",     "factor SET unit",       "factor SET path",
        "factor SET source",    "factor SET dist",       "factor SET standing",
        "factor SET role",      "factor SET scale",      "factor SET low",
        "factor SET high",      "factor SET with_it",    "factor SET levels",
        "measure SET ord",      "measure SET name",      "measure SET measure",
        "measure SET thing",    "measure SET label",     "measure SET unit",
        "measure SET doc",      "measure SET direction", "measure SET is_yes_no",
        "point SET point",      "point SET label",       "point SET block",
        "point SET factor",     "point SET base_row",    "point SET seed",
        "point SET literal",    "point SET f_name",      "run SET run",
        "run SET failed",       "run SET origin",        "run SET digest",
        "run SET m_mustered",   "failure SET run",       "failure SET message"};
    static const char *const values[] = {
        "NULL",
        "-1",
        "0",
        "1",
        "2",
        "3",
        "2147483647",
        "2147483648",
        "4294967296",
        "9223372036854775807",
        "(-9223372036854775807 - 1)",
        "1e308",
        "-9e999",
        "'-1'",
        "'0'",
        "'1'",
        "'99999999'",
        "'2147483647'",
        "'400'",
        "'1000'",
        "'18446744073709551616'",
        "''",
        "'a'",
        "'='",
        "'ab'",
        "'step'",
        "char(10)",
        "char(10, 10, 10)",
        "char(34)",
        "char(34, 34, 10, 44)",
        "x'00ff00'",
        "char(39) || '; rm -rf x'",
        "'nan'",
        "'%s%n'",
        "replace(hex(zeroblob(300)), '00', 'a')",
        "replace(hex(zeroblob(300)), '00', char(10))",
        "char(34) || replace(hex(zeroblob(254)), '00', 'a') || char(34)",
        "replace(hex(zeroblob(100000)), '00', '\"')"};
    const sweeping_ask ask = {.text = grid};
    const char *path = sweeping_path("sealed"), *good = sweeping_path("good");
    const char *into = sweeping_path("into");
    uint64_t lot = 88172645463325252U;
    int32_t told = 0;
    (void)state;
    muster_experiment *experiment = sweeping_open(&ask);
    assert_int_equal(
        sweeping_run(experiment, good, &(sweeping_how){.jobs = 1, .most = 40}, NULL, NULL),
        MUSTER_OK);
    char one_fails[200];
    snprintf(
        one_fails, sizeof one_fails,
        "INSERT INTO failure VALUES(1, 'no'); UPDATE run SET failed = 1, digest = %lld WHERE run "
        "= 1",
        (long long)mst_store_message_digest("no"));
    sql_on(good, one_fails);
    size_t length = 0;
    char *bytes = sweeping_bytes(good, &length);
    for (int32_t i = 0; i < TRIALS; i++) {
        char sql[1000] = "BEGIN;";
        const int32_t changes = 1 + (int32_t)(next_lot(&lot) % 3);
        for (int32_t c = 0; c < changes; c++) {
            const char *place = places[next_lot(&lot) % (sizeof places / sizeof *places)];
            snprintf(sql + strlen(sql), sizeof sql - strlen(sql),
                     "UPDATE OR IGNORE %s = %s WHERE %s %% %d = %d;", place,
                     values[next_lot(&lot) % (sizeof values / sizeof *values)],
                     strncmp(place, "experiment", 10) == 0 ? "unicode(key) * length(key)"
                     : strncmp(place, "factor", 6) == 0 || strncmp(place, "measure", 7) == 0
                         ? "ord"
                         : "rowid",
                     1 + (int)(next_lot(&lot) % 12), (int)(next_lot(&lot) % 3));
        }
        strcat(sql, "COMMIT");
        sweeping_write(path, bytes, length);
        seal_all(path, sql);
        muster_diags *diags = muster_diags_create(NULL);
        const char *const part[] = {path};
        muster_status status = MUSTER_OK;
        muster_merged merged;
        char *words = sweeping_told(path, diags, &status);
        told += words != NULL;
        if (!words && !sweeping_names(diags, path) && muster_diags_error_count(diags) == 0)
            fail_msg("%s: status %d, nothing said", sql, (int)status);
        free(words);
        sweeping_write(into, bytes, length);
        (void)muster_store_merge(into, part, 1, diags, &merged);
        (void)sweeping_run(experiment, path, &(sweeping_how){.jobs = 1}, diags, NULL);
        muster_diags_free(diags);
    }
    assert_true(told > TRIALS / 20);
    free(bytes);
    muster_experiment_free(experiment);
}

/* ---- the same run with other figures ------------------------------------------------------------------ */

/* A store of all runs as of a machine, one figure of which is another. */
static const char *altered(const char *name, const muster_host *host, const char *sql)
{
    const char *path = sweeping_path(name);
    (void)remove(path);
    sweeping_done(&levers, path, &(sweeping_how){.jobs = 1, .host = host});
    if (sql)
        seal_all(path, sql);
    return path;
}

static void test_store_hostile__the_same_run_with_other_figures(void **state)
{
    static const char tiny[] = "UPDATE run SET m_fuel_used_t = m_fuel_used_t * 1.00000000001 WHERE "
                               "(run & 2147483647) = 3",
                      large[] = "UPDATE run SET m_fuel_used_t = m_fuel_used_t * 1.00000001 WHERE "
                                "(run & 2147483647) = 3",
                      other[] =
                          "UPDATE run SET m_mustered = 1 - m_mustered WHERE (run & 2147483647) = 3",
                      endless[] =
                          "UPDATE run SET m_fuel_used_t = 9e999 WHERE (run & 2147483647) = 3";
    static const struct {
        const char *sql;
        const muster_host *host;
        const char *told; /* null: taken */
        bool is_close;
    } cases[] = {
        {NULL, &sweeping_host, NULL, false},
        {NULL, &sweeping_other_host, NULL, false},
        {tiny, &sweeping_host, "came out otherwise than in", false},
        {tiny, &sweeping_other_host, NULL, true},
        {large, &sweeping_host, "on the same kind of machine", false},
        {large, &sweeping_other_host, "by more than 1e-9 of the value", false},
        {other, &sweeping_other_host, "by more than 1e-9 of the value", false},
        {endless, &sweeping_other_host, "by more than 1e-9 of the value", false},
    };
    const char *into = sweeping_path("figures");
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *part[] = {altered("of-one", &sweeping_host, NULL),
                              altered("of-other", cases[i].host, cases[i].sql)};
        muster_diags *diags = muster_diags_create(NULL);
        muster_merged merged;
        (void)remove(into);
        const muster_status status = muster_store_merge(into, part, 2, diags, &merged);
        if ((status == MUSTER_OK) != !cases[i].told ||
            (cases[i].told && (status != MUSTER_MISTAKE || !sweeping_names(diags, part[1]) ||
                               !strstr(test_words(diags), cases[i].told))))
            fail_msg("case %d: status %d, %s", (int)i, (int)status, test_words(diags));
        if (status == MUSTER_OK) {
            assert_int_equal(merged.added, 240);
            assert_int_equal(merged.same, 240);
            assert_true(cases[i].is_close ? merged.close > 0 && merged.close <= 6
                                          : merged.close == 0);
        }
        /* nothing was taken from the second: the first is all there is */
        char *a = sweeping_export(into), *b = sweeping_export(part[0]);
        assert_string_equal(a, b);
        free(a);
        free(b);
        muster_diags_free(diags);
    }
    /* of three, the first and the third are of one kind, whatever the second is */
    const char *part[] = {altered("of-one", &sweeping_host, NULL),
                          altered("of-other", &sweeping_other_host, NULL),
                          altered("of-third", &sweeping_host, tiny)};
    muster_merged merged;
    (void)remove(into);
    assert_int_equal(muster_store_merge(into, part, 3, NULL, &merged), MUSTER_MISTAKE);
}

/* ---- rights ----------------------------------------------------------------------------------------- */

enum { SKIPPED = 9 };

/* Who may write anywhere is nobody for a while. */
static void as_nobody(void (*act)(const char *path), const char *path)
{
    int status = 0;
    (void)sweeping_land();
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(SKIPPED);
        if (access(sweeping_folder(), R_OK | X_OK) != 0)
            _exit(SKIPPED); /* a folder above is closed to nobody */
        act(path);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == SKIPPED)
        print_message("not tried: what nobody may do\n");
    else
        assert_int_equal(WEXITSTATUS(status), 0);
}

/* In the child an assertion that fails ends it with another status. */
static void expect(bool holds, const char *what, const muster_diags *diags)
{
    if (holds)
        return;
    fprintf(stderr, "%s: %s\n", what, test_words(diags));
    _exit(1);
}

static void look_only(const char *path)
{
    muster_diags *diags = muster_diags_create(NULL);
    muster_status status = MUSTER_OK;
    char *told = sweeping_told(path, diags, &status);
    expect(told != NULL, "a read-only store can be read", diags);
    free(told);
    muster_experiment *experiment = sweeping_open(&levers);
    status = sweeping_run(experiment, path, &(sweeping_how){.jobs = 1}, diags, NULL);
    expect(status == MUSTER_WORLD && strstr(test_words(diags), "cannot write this store"),
           "a read-only store is not written", diags);
    muster_experiment_free(experiment);
    muster_diags_free(diags);
}

static void see_nothing(const char *path)
{
    muster_diags *diags = muster_diags_create(NULL);
    muster_status status = MUSTER_OK;
    char *told = sweeping_told(path, diags, &status);
    expect(!told && status == MUSTER_WORLD && strstr(test_words(diags), "cannot open this store") &&
               strstr(test_words(diags), "Permission denied"),
           "a store that may not be read", diags);
    muster_diags_free(diags);
}

static void see_what_was_left(const char *path)
{
    muster_diags *diags = muster_diags_create(NULL);
    muster_status status = MUSTER_OK;
    char *told = sweeping_told(path, diags, &status);
    expect(!told && status == MUSTER_WORLD && strstr(test_words(diags), "was killed"),
           "a journal that nobody may take back", diags);
    muster_diags_free(diags);
}

static void test_store_hostile__rights(void **state)
{
    const char *path = sweeping_path("rights");
    (void)state;
    sweeping_done(&levers, path, &(sweeping_how){.jobs = 1, .most = 100});
    assert_int_equal(chmod(sweeping_folder(), 0755), 0);
    assert_int_equal(chmod(path, 0444), 0);
    as_nobody(look_only, path);
    assert_int_equal(chmod(path, 0), 0);
    as_nobody(see_nothing, path);
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(remove(path), 0);
}

/* A writer that is killed within a commit leaves a journal. Who may write takes it back, be it to read
 * only; who may not is told. */
static void test_store_hostile__a_journal_beside_it(void **state)
{
    const char *path = sweeping_path("hot");
    char journal[SWEEPING_PATH_BYTES + 16];
    int status = 0;
    (void)state;
    snprintf(journal, sizeof journal, "%s-journal", path);
    sweeping_done(&levers, path, &(sweeping_how){.jobs = 1, .most = 100});
    char *before = sweeping_export(path);
    size_t length = 0, left = 0;
    char *bytes = sweeping_bytes(path, &length), *is = NULL;
    /* until the file itself is half written */
    for (int64_t after = 4; !is || (left == length && memcmp(bytes, is, length) == 0); after++) {
        free(is);
        const pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0) {
            sqlite3 *db = NULL;
            sqlite3_open(path, &db);
            shaky = (shaky_disk){.way = SHAKY_DEATH, .after = after};
            sqlite3_exec(db, "UPDATE run SET digest = digest + 1", NULL, NULL, NULL);
            _exit(1);
        }
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        is = sweeping_bytes(path, &left);
    }
    free(bytes);
    free(is);
    assert_int_equal(access(journal, F_OK), 0);
    assert_int_equal(chmod(path, 0444), 0);
    assert_int_equal(chmod(journal, 0444), 0);
    as_nobody(see_what_was_left, path);
    assert_int_equal(chmod(path, 0644), 0);
    char *after = sweeping_export(path);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

/* ---- others at the same store ----------------------------------------------------------------------- */

static double now_s(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

/* Another process at the same store. It is there before the store is opened, for locks and what SQLite
 * knows of them are of one process, and waits until it is asked. */
typedef struct other {
    pid_t pid;
    int go, done; /* ends of pipes */
} other;

static other start_other(void (*act)(const char *path), const char *path)
{
    int go[2], done[2];
    assert_int_equal(pipe(go) + pipe(done), 0);
    (void)sweeping_land();
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        char byte = 0;
        close(go[1]);
        close(done[0]);
        if (read(go[0], &byte, 1) == 1)
            act(path);
        _exit(0);
    }
    close(go[0]);
    close(done[1]); /* its end closes the pipe */
    return (other){pid, go[1], done[0]};
}

static void ask_other(const other *o)
{
    assert_int_equal(write(o->go, "g", 1), 1);
}

static bool is_through(const other *o)
{
    return waitpid(o->pid, NULL, WNOHANG) != 0;
}

static void await_other(const other *o)
{
    int status = 0;
    assert_int_equal(waitpid(o->pid, &status, 0), o->pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    close(o->go);
    close(o->done);
}

/* In the middle of a sweep others may read, and may not write. */
static void meddle(const char *path)
{
    muster_diags *diags = muster_diags_create(NULL);
    muster_status status = MUSTER_OK;
    const char *const part[] = {path};
    muster_merged merged;
    char *told = sweeping_told(path, diags, &status);
    expect(told != NULL, "read while it is written", diags);
    free(told);
    const double began_s = now_s();
    muster_experiment *experiment = sweeping_open(&levers);
    status = sweeping_run(experiment, path, &(sweeping_how){.jobs = 1}, diags, NULL);
    expect(status == MUSTER_WORLD && strstr(test_words(diags), "another process is writing"),
           "a second writer", diags);
    expect(now_s() - began_s < 5.0, "a second writer waits not long", diags);
    muster_diags_free(diags);
    diags = muster_diags_create(NULL);
    status = muster_store_merge(path, part, 1, diags, &merged);
    expect(status == MUSTER_WORLD && strstr(test_words(diags), "another process is writing"),
           "a merge into it", diags);
    status = muster_store_merge(sweeping_path("copied"), part, 1, diags, &merged);
    expect(status == MUSTER_OK, "a merge out of it", diags);
    muster_experiment_free(experiment);
    muster_diags_free(diags);
}

typedef struct meanwhile {
    other other;
    bool is_asked;
} meanwhile;

static bool ask_meanwhile(int64_t done, int64_t todo, int64_t failed, void *context)
{
    meanwhile *m = context;
    char byte = 0;
    (void)done;
    (void)todo;
    (void)failed;
    if (m->is_asked)
        return true;
    m->is_asked = true;
    ask_other(&m->other);
    return read(m->other.done, &byte, 1) == 0; /* its end */
}

static void test_store_hostile__two_sweeps_at_once(void **state)
{
    const char *path = sweeping_path("two"), *whole = sweeping_path("two-whole");
    (void)state;
    sweeping_done(&levers, path, &(sweeping_how){.jobs = 1, .most = 100});
    meanwhile m = {.other = start_other(meddle, path)};
    const muster_sweep_run_options options = {.jobs = 2, .go_on = ask_meanwhile, .context = &m};
    muster_experiment *experiment = sweeping_open(&levers);
    muster_store *store = NULL;
    muster_sweep_done done;
    assert_int_equal(
        muster_store_begin(path, experiment, &sweeping_host, (muster_shard){0}, NULL, &store),
        MUSTER_OK);
    assert_int_equal(muster_store_run(store, &options, NULL, &done), MUSTER_OK);
    assert_int_equal(muster_store_close(store, NULL), MUSTER_OK);
    await_other(&m.other);
    assert_int_equal(done.left, 0);
    sweeping_done(&levers, whole, NULL);
    char *a = sweeping_export(path), *b = sweeping_export(whole);
    assert_string_equal(a, b);
    free(a);
    free(b);
    muster_experiment_free(experiment);
}

static void finish(const char *path)
{
    muster_diags *diags = muster_diags_create(NULL);
    muster_experiment *experiment = sweeping_open(&levers);
    const muster_status status =
        sweeping_run(experiment, path, &(sweeping_how){.jobs = 1}, diags, NULL);
    expect(status == MUSTER_OK, "waits for the reader", diags);
    muster_experiment_free(experiment);
    muster_diags_free(diags);
}

/* A reader that does not come to an end holds up the commit, and nothing is lost by that. */
static void test_store_hostile__a_reader_is_waited_for(void **state)
{
    const char *path = sweeping_path("read");
    sqlite3 *db = NULL;
    (void)state;
    sweeping_done(&levers, path, &(sweeping_how){.jobs = 1, .most = 100});
    const other o = start_other(finish, path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN; SELECT count(*) FROM run", NULL, NULL, NULL),
                     SQLITE_OK);
    ask_other(&o);
    nanosleep(&(struct timespec){.tv_nsec = 500000000L}, NULL);
    assert_false(is_through(&o));
    assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    await_other(&o);
    assert_int_equal(sweeping_done(&levers, path, NULL).had, 240);
}

static int tidy(void **state)
{
    (void)state;
    sweeping_tidy();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_store_hostile__what_is_no_file),
        cmocka_unit_test(test_store_hostile__what_is_no_database),
        cmocka_unit_test(test_store_hostile__names_are_names),
        cmocka_unit_test(test_store_hostile__databases_of_others),
        cmocka_unit_test(test_store_hostile__tables_that_would_do_harm),
        cmocka_unit_test(test_store_hostile__rows_that_were_changed),
        cmocka_unit_test(test_store_hostile__what_does_no_harm),
        cmocka_unit_test(test_store_hostile__anything_with_the_right_checksums),
        cmocka_unit_test(test_store_hostile__the_same_run_with_other_figures),
        cmocka_unit_test(test_store_hostile__rights),
        cmocka_unit_test(test_store_hostile__a_journal_beside_it),
        cmocka_unit_test(test_store_hostile__two_sweeps_at_once),
        cmocka_unit_test(test_store_hostile__a_reader_is_waited_for),
    };
    shaky_use(); /* for its speed */
    return cmocka_run_group_tests(tests, NULL, tidy);
}
