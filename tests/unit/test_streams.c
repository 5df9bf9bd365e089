/* Numbers of random streams: of words as of the text they make, and one each. */
#include "test.h"

#include "base/hash.h"
#include "model/streams.h"

#include <stdbool.h>
#include <stdio.h>

/* Published: FNV-1a of 64 bits (RFC 9923) over both texts with their final zeros, folded. */
static uint32_t folded(const char *id, const char *purpose)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (const char *at = id;; at++) {
        hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
        if (!*at)
            break;
    }
    for (const char *at = purpose;; at++) {
        hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
        if (!*at)
            break;
    }
    return (uint32_t)(hash ^ hash >> 32);
}

static void test_streams__words_are_the_text_they_make(void **state)
{
    (void)state;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    for (uint32_t i = 0; i < 500; i++) {
        char drill[24], who[64], what[64], host[16], asked[16];
        snprintf(drill, sizeof drill, "drill-%08x", i * 2654435761U);
        snprintf(asked, sizeof asked, "S%u", i * 40503U % 977U);
        snprintf(host, sizeof host, "H%u", i * 69621U % 89U);
        snprintf(who, sizeof who, "%s %s", drill, asked);
        snprintf(what, sizeof what, "admit by %s", host);
        mst_streams one = {.arena = &arena}, other = {.arena = &arena};
        const uint32_t of_words = mst_streams_add_words(&one, (const char *const[2]){drill, asked},
                                                        (const char *const[2]){"admit by", host});
        assert_int_equal(of_words, mst_streams_add(&other, who, what));
        assert_int_equal(of_words, folded(who, what));
        assert_int_equal(mst_streams_add_words(&one, (const char *const[2]){drill, asked},
                                               (const char *const[2]){"accept", NULL}),
                         folded(who, "accept"));
    }
    mst_arena_clear(&arena);
}

static void test_streams__one_number_each(void **state)
{
    (void)state;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    mst_streams streams = {.arena = &arena};
    const uint32_t first = mst_streams_add(&streams, "a b", "speed");
    /* the same text again, however it is put together, takes the next free number */
    assert_int_equal(mst_streams_add_words(&streams, (const char *const[2]){"a", "b"},
                                           (const char *const[2]){"speed", NULL}),
                     first + 1);
    assert_int_equal(mst_streams_add(&streams, "a b", "speed"), first + 2);
    /* a final zero parts "a b", "c" from "a", "b c" */
    assert_true(mst_streams_add(&streams, "a", "b speed") - first > 2);
    mst_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_streams__words_are_the_text_they_make),
        cmocka_unit_test(test_streams__one_number_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
