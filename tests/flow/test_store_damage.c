/* Stores that were cut off, or in which bits turned, pages were lost or changed places: what is read is
 * what was written, or the damage is told with the name of the file. Never other figures, never a
 * crash. What is damaged where nothing lies (free room of a page) may go unnoticed. */
#include "test.h"

#include "shaky_disk.h"
#include "sweeping.h"

#include <stdlib.h>
#include <string.h>

static const char text[] =
    "experiment = { id = \"some\"; title = \"Some cannot be\"; scenario = \"scenario.cfg\"; };\n"
    "method = { name = \"list\"; };\n"
    "runs = { replications = 24; };\n"
    "points = ( { label = \"good\"; }, { set = [\"units.first.readiness = 7.0\"]; },\n"
    "  { variant = \"keen\"; }, { label = \"same\"; set = [\"units.first.readiness = 0.9\"]; } );\n"
    "measures = [\"mustered\", \"muster_delay_h\", \"fuel_used_t\"];\n";
static const char grid[] =
    "experiment = { id = \"grid\"; title = \"Factors\"; scenario = \"scenario.cfg\"; };\n"
    "method = { name = \"morris\"; trajectories = 4; grid_levels = 6; };\n"
    "runs = { replications = 9; };\n"
    "factors = { ready = { path = \"units.first.readiness\"; min = 0.3; max = 0.7;\n"
    "                      with = [\"units.guest.readiness\"]; source = \"assumed\"; };\n"
    "            name = { path = \"units.guest.name\"; levels = [\"Grey\", \"Blue\", \"Red\"]; };\n"
    "            will = { lever = \"keenness\"; min = 0.1; max = 0.7333333333333333; }; };\n"
    "measures = [\"mustered\", \"muster_delay_h\"];\n";

/* A store as it should be, and all that is told of it. */
typedef struct whole {
    sweeping_ask ask;
    muster_experiment *experiment;
    char *bytes; /* of a store that is not finished */
    size_t length;
    char *told;     /* status, export and analysis of it */
    char *finished; /* its export once it is gone on with */
} whole;

static whole make_whole(const char *asked)
{
    whole w = {.ask = {.text = asked}};
    muster_status status = MUSTER_OK;
    const char *path = sweeping_path("whole");
    w.experiment = sweeping_open(&w.ask);
    sweeping_done(&w.ask, path, &(sweeping_how){.jobs = 1, .most = 60});
    w.bytes = sweeping_bytes(path, &w.length);
    w.told = sweeping_told(path, NULL, &status);
    assert_int_equal(status, MUSTER_OK);
    assert_true(sweeping_done(&w.ask, path, NULL).done > 0);
    w.finished = sweeping_export(path);
    assert_int_equal(remove(path), 0);
    return w;
}

static void forget(whole *w)
{
    muster_experiment_free(w->experiment);
    free(w->bytes);
    free(w->told);
    free(w->finished);
}

/* ---- one damage ------------------------------------------------------------------------------------- */

typedef struct tally {
    int32_t same, told;
} tally;

static void look(bool is_refused, muster_status status, const muster_diags *diags, const char *path,
                 const char *what)
{
    if (is_refused &&
        ((status != MUSTER_MISTAKE && status != MUSTER_WORLD) || !sweeping_names(diags, path)))
        fail_msg("%s: status %d, said: %s", what, (int)status, test_words(diags));
}

/* Is told of as before, or is refused; is gone on with to the same end, or is refused. */
static void try_bytes(const whole *w, const void *bytes, size_t length, const char *what, tally *t)
{
    const char *path = sweeping_path("damaged");
    muster_diags *diags = muster_diags_create(NULL);
    muster_status status = MUSTER_OK;
    sweeping_write(path, bytes, length);
    char *told = sweeping_told(path, diags, &status);
    if (told && strcmp(told, w->told) != 0)
        fail_msg("%s: other figures are told: %s", what, told);
    look(!told, status, diags, path, what);
    t->same += told != NULL;
    t->told += !told;
    muster_diags_free(diags);
    diags = muster_diags_create(NULL);
    status = sweeping_run(w->experiment, path, &(sweeping_how){.jobs = 1}, diags, NULL);
    look(status != MUSTER_OK, status, diags, path, what);
    char *csv = status == MUSTER_OK ? sweeping_csv(path, diags, &status) : NULL;
    if (csv && strcmp(csv, w->finished) != 0)
        fail_msg("%s: goes on to another end", what);
    if (status == MUSTER_OK && !csv)
        fail_msg("%s: gone on with, and then refused: %s", what, test_words(diags));
    free(csv);
    free(told);
    muster_diags_free(diags);
    char journal[SWEEPING_PATH_BYTES + 16];
    snprintf(journal, sizeof journal, "%s-journal", path);
    (void)remove(journal);
    assert_int_equal(remove(path), 0);
}

static uint64_t next_lot(uint64_t *lot)
{
    *lot ^= *lot << 13;
    *lot ^= *lot >> 7;
    *lot ^= *lot << 17;
    return *lot;
}

/* ---- tests ------------------------------------------------------------------------------------------ */

static void cut_anywhere(const whole *w)
{
    tally t = {0};
    uint64_t lot = 88172645463325252U;
    for (int32_t i = 0; i < 160; i++) {
        char what[60];
        size_t length = (size_t)(next_lot(&lot) % w->length);
        if (i < 40) /* at the ends of pages, and beside them */
            length = (size_t)(i / 2 + 1) * 4096 - (size_t)(i % 2);
        else if (i < 60)
            length = (size_t)(i - 40) * 27; /* within the head */
        if (length >= w->length || length == 0)
            continue;
        snprintf(what, sizeof what, "cut to %zu bytes", length);
        try_bytes(w, w->bytes, length, what, &t);
    }
    assert_true(t.told > 100 && t.same < 20); /* within the free end of the last page */
}

static void turn_bit(const whole *w, char *copy, size_t bit, tally *t)
{
    char what[60];
    snprintf(what, sizeof what, "bit %zu of byte %zu turned", bit % 8, bit / 8);
    memcpy(copy, w->bytes, w->length);
    copy[bit / 8] = (char)(copy[bit / 8] ^ (1 << bit % 8));
    try_bytes(w, copy, w->length, what, t);
}

static void turn_bits(const whole *w)
{
    enum { HEAD = 100, ANYWHERE = 500 };
    tally t = {0};
    uint64_t lot = 2463534242U;
    char *copy = malloc(w->length);
    assert_non_null(copy);
    for (size_t bit = 0; bit < (size_t)HEAD * 8; bit += 1 + bit % 3)
        turn_bit(w, copy, bit, &t);
    for (int32_t i = 0; i < ANYWHERE; i++)
        turn_bit(w, copy, (size_t)(next_lot(&lot) % (w->length * 8)), &t);
    free(copy);
    assert_true(t.told > ANYWHERE / 4);
}

static void lose_pages(const whole *w)
{
    const size_t pages = w->length / 4096;
    tally t = {0};
    char *copy = malloc(w->length);
    assert_non_null(copy);
    for (size_t i = 0; i < pages; i++) {
        char what[60];
        snprintf(what, sizeof what, "page %zu is lost", i + 1);
        memcpy(copy, w->bytes, w->length);
        memset(copy + i * 4096, 0, 4096);
        try_bytes(w, copy, w->length, what, &t);
        snprintf(what, sizeof what, "sector %zu is lost", i * 8 + i % 8);
        memcpy(copy, w->bytes, w->length);
        memset(copy + i * 4096 + i % 8 * 512, 0, 512);
        try_bytes(w, copy, w->length, what, &t);
        snprintf(what, sizeof what, "page %zu stands for the next one as well", i + 1);
        memcpy(copy, w->bytes, w->length);
        memcpy(copy + (i + 1) % pages * 4096, w->bytes + i * 4096, 4096);
        try_bytes(w, copy, w->length, what, &t);
    }
    free(copy);
    assert_true(t.told > (int32_t)pages);
}

#define TEST(name)                                                                                 \
    static void test_store_damage__##name(void **state)                                            \
    {                                                                                              \
        static const char *const asked[] = {text, grid};                                           \
        (void)state;                                                                               \
        for (int32_t i = 0; i < 2; i++) {                                                          \
            whole w = make_whole(asked[i]);                                                        \
            name(&w);                                                                              \
            forget(&w);                                                                            \
        }                                                                                          \
    }
TEST(cut_anywhere)
TEST(turn_bits)
TEST(lose_pages)

static int tidy(void **state)
{
    (void)state;
    sweeping_tidy();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_store_damage__cut_anywhere),
        cmocka_unit_test(test_store_damage__turn_bits),
        cmocka_unit_test(test_store_damage__lose_pages),
    };
    shaky_use(); /* for its speed */
    return cmocka_run_group_tests(tests, NULL, tidy);
}
