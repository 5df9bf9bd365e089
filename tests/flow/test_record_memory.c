/* Tables of drills when memory is short, and how much of it they take. */
#include "test.h"

#include "memory.h"
#include "told.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char drills[] = HEAD "d2016,s,2016-01-01,2016-01-02,,,,H,A,1\n"
                                  "d2016,s,2016-01-01,2016-01-02,,,,H,B,0\n"
                                  "d2017,s,2017-01-01,2017-01-02,,,,H,A,1\n"
                                  "d2017,s,2017-01-01,2017-01-02,,,,H,B,0\n";
static const char states[] = "state,year,cinc\nA,2016,0.04\nB,2016,0.01\nH,2016,0.2\n"
                             "A,2017,0.05\nB,2017,0.01\nH,2017,0.2\n";
static const char dyads[] = "state_1,state_2,year,align,pact\nA,H,2016,0.4,1\nB,H,2016,-0.5,0\n"
                            "A,B,2016,-0.2,0\nA,H,2017,0.4,1\n";

enum { TEXTS = 3 };

static told small_record(void)
{
    told t = told_begin(drills);
    told_add(&t, MUSTER_RECORD_STATES, "states.csv", states);
    told_add(&t, MUSTER_RECORD_DYADS, "dyads.csv", dyads);
    return t;
}

/* The record read and told in three ways: a screen, a document, a table. */
static muster_status tell_all(const told *t, const muster_memory *hook, muster_diags *diags,
                              muster_record **out, char *text[TEXTS])
{
    *out = NULL;
    text[0] = text[1] = text[2] = NULL;
    const muster_status status = muster_record_read(t->table, t->count, NULL, hook, diags, out);
    assert_int_equal(status == MUSTER_OK, *out != NULL);
    if (*out) {
        text[0] = muster_tell_record(*out, NULL, NULL, false, diags);
        text[1] = muster_tell_record(*out, NULL, NULL, true, diags);
        text[2] = muster_tell_predictions(*out, NULL, NULL, diags);
    }
    return status;
}

static void free_all(const muster_memory *hook, muster_record *record, char *text[TEXTS])
{
    for (int i = 0; i < TEXTS; i++)
        muster_tell_free(text[i], hook);
    muster_record_free(record);
}

/* Every allocation refused in turn, and all behind it: said, nothing kept, and the next try is whole. */
static void test_memory__runs_short_at_each_allocation(void **state)
{
    (void)state;
    told t = small_record();
    bool is_whole = false;
    int32_t tries = 0;
    for (int32_t left = 0; !is_whole; left++, tries++) {
        test_memory memory = {.left = left};
        const muster_memory hook = test_hook(&memory);
        muster_diags *diags = muster_diags_create(NULL);
        muster_record *record = NULL;
        char *text[TEXTS];
        const muster_status status = tell_all(&t, &hook, diags, &record, text);
        assert_true(record || status == MUSTER_WORLD);
        is_whole = memory.refused == 0;
        assert_true(!is_whole || (text[0] && text[1] && text[2]));
        assert_int_equal(muster_diags_error_count(diags) == 0, is_whole);
        free_all(&hook, record, text);
        muster_diags_free(diags);
        assert_int_equal(memory.held, 0);
    }
    assert_true(tries > 10);
}

/* A single refusal, with memory enough before and behind it: what is told is whole or nothing. */
static void test_memory__never_half_a_document(void **state)
{
    (void)state;
    told t = small_record();
    char *whole[TEXTS], *text[TEXTS];
    muster_record *record = NULL, *all = NULL;
    assert_int_equal(tell_all(&t, NULL, NULL, &all, whole), MUSTER_OK);
    assert_true(whole[1] && whole[2]);
    int32_t lacking[TEXTS] = {0};
    for (int32_t i = 0;; i++) {
        test_refusal one = {i, 0};
        const muster_memory hook = test_hook_but_one(&one);
        muster_diags *diags = muster_diags_create(NULL);
        (void)tell_all(&t, &hook, diags, &record, text);
        assert_true(one.refused > 0 || muster_diags_error_count(diags) == 0);
        assert_true(muster_diags_error_count(diags) > 0 || (text[1] && text[2]));
        for (int k = 1; k < TEXTS; k++) {
            lacking[k] += record && !text[k];
            if (text[k] && whole[k] && strcmp(text[k], whole[k]) != 0)
                fail_msg("allocation %d refused, and text %d has something else:\n%s", (int)i, k,
                         text[k]);
        }
        free_all(&hook, record, text);
        muster_diags_free(diags);
        if (one.refused == 0)
            break;
    }
    for (int k = 1; k < TEXTS; k++)
        assert_true(lacking[k] > 0);
    free_all(NULL, all, whole);
}

/* ---- how much --------------------------------------------------------------------------------------- */

/* What is held now, and the most there was; the size of a block stands before it. */
typedef struct scale {
    size_t now_bytes, most_bytes;
} scale;

enum { HEADER = 16 };

static void *weigh(size_t bytes, void *context)
{
    scale *const s = context;
    char *block = malloc(bytes + HEADER);
    assert_non_null(block);
    memcpy(block, &bytes, sizeof bytes);
    s->now_bytes += bytes;
    s->most_bytes = s->now_bytes > s->most_bytes ? s->now_bytes : s->most_bytes;
    return block + HEADER;
}

static void take_off(void *block, void *context)
{
    scale *const s = context;
    size_t bytes;
    if (!block)
        return;
    memcpy(&bytes, (char *)block - HEADER, sizeof bytes);
    s->now_bytes -= bytes;
    free((char *)block - HEADER);
}

enum { STATES = 60, PAIRS = STATES * (STATES - 1) / 2 };

/* Each drill asks all states but its host, who have pacts with each other, so that alliances compare
 * portfolios of all states for each pair. */
static size_t most_bytes_of(int32_t drill_count)
{
    char *rows = malloc((size_t)drill_count * STATES * 60 + 200);
    char *table = malloc(STATES * 20 + 100), *pacts = malloc(PAIRS * 30 + 100);
    size_t used = (size_t)sprintf(rows, HEAD), filled = (size_t)sprintf(table, "state,year,cinc\n"),
           paired = (size_t)sprintf(pacts, "state_1,state_2,year,pact\n");
    for (int32_t d = 0; d < drill_count; d++)
        for (int32_t s = 1; s < STATES; s++)
            used += (size_t)sprintf(rows + used, "d%03d,,2016-01-01,,,,,s00,s%02d,%d\n", (int)d,
                                    (int)s, s % 2);
    for (int32_t s = 0; s < STATES; s++)
        filled += (size_t)sprintf(table + filled, "s%02d,2016,0.02\n", (int)s);
    for (int32_t i = 0; i < STATES; i++)
        for (int32_t k = 0; k < i; k++)
            paired += (size_t)sprintf(pacts + paired, "s%02d,s%02d,2016,%d\n", (int)k, (int)i,
                                      (i + k) % 3 == 0);
    told t = told_begin(rows);
    told_add(&t, MUSTER_RECORD_STATES, "states.csv", table);
    told_add(&t, MUSTER_RECORD_DYADS, "pacts.csv", pacts);
    scale s = {0, 0};
    const muster_memory hook = {weigh, take_off, &s};
    muster_record *record = NULL;
    assert_int_equal(muster_record_read(t.table, t.count, NULL, &hook, NULL, &record), MUSTER_OK);
    char *screen = muster_tell_record(record, NULL, NULL, false, NULL);
    assert_non_null(screen);
    muster_tell_free(screen, &hook);
    muster_record_free(record);
    assert_int_equal(s.now_bytes, 0);
    free(rows);
    free(table);
    free(pacts);
    return s.most_bytes;
}

/* The answers of 22 models and their words come to some 1200 bytes a pair, one table of scores to 1900
 * more; what the models reckon on the way, or a second table, would go beyond. */
static void test_memory__grows_with_the_answers_alone(void **state)
{
    (void)state;
    const size_t few = most_bytes_of(20), many = most_bytes_of(60);
    const size_t pair_bytes = (many - few) / (40 * (STATES - 1));
    if (pair_bytes > 4096)
        fail_msg("%d bytes a pair", (int)pair_bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory__runs_short_at_each_allocation),
        cmocka_unit_test(test_memory__never_half_a_document),
        cmocka_unit_test(test_memory__grows_with_the_answers_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
