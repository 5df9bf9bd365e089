#include "test.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/list.h"
#include "memory.h"

#include <stdalign.h>
#include <string.h>

static void test_arena__gives_zeroed_aligned_blocks_that_do_not_overlap(void **state)
{
    (void)state;
    enum { BLOCKS = 700 };
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    unsigned char *block[BLOCKS];
    for (size_t i = 0; i < BLOCKS; i++) {
        const size_t bytes = i * 37 % 911; /* 0 and sizes above the first chunk's rest */
        block[i] = mst_arena_alloc(&arena, bytes);
        assert_non_null(block[i]);
        assert_int_equal((uintptr_t)block[i] % alignof(max_align_t), 0);
        for (size_t k = 0; k < bytes; k++) {
            assert_int_equal(block[i][k], 0);
        }
        memset(block[i], (int)(i % 251) + 1, bytes);
    }
    for (size_t i = 0; i < BLOCKS; i++) {
        for (size_t k = 0; k < i * 37 % 911; k++) {
            assert_int_equal(block[i][k], i % 251 + 1);
        }
    }
    assert_true(arena.used_bytes >= 700 / 2 * 900);
    mst_arena_clear(&arena);
    assert_int_equal(arena.used_bytes, 0);
    assert_null(arena.chunk);
}

static void test_arena__serves_a_block_larger_than_any_chunk(void **state)
{
    (void)state;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    unsigned char *const large = mst_arena_alloc(&arena, 3456789);
    assert_non_null(large);
    large[3456788] = 7;
    assert_non_null(mst_arena_alloc(&arena, 11));
    mst_arena_clear(&arena);
}

static void test_arena__refuses_sizes_that_wrap(void **state)
{
    (void)state;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    assert_null(mst_arena_array(&arena, SIZE_MAX / 24 + 2, 24));
    assert_true(arena.failed);
    mst_arena_clear(&arena);
    assert_null(mst_arena_alloc(&arena, SIZE_MAX));
    assert_true(arena.failed);
    mst_arena_clear(&arena);
    assert_false(arena.failed);
}

static void test_arena__stays_failed_and_gives_everything_back(void **state)
{
    (void)state;
    for (int32_t n = 0; n < 6; n++) {
        test_memory counts = {.left = n};
        const muster_memory hook = test_hook(&counts);
        mst_arena arena;
        mst_arena_init(&arena, &hook);
        int32_t given = 0;
        while (mst_arena_alloc(&arena, 1733)) {
            given++;
        }
        assert_true(arena.failed);
        assert_true(n == 0 ? given == 0 : given >= n);
        counts.left = 100; /* memory again, but the arena has missed something */
        assert_null(mst_arena_alloc(&arena, 1));
        assert_null(mst_arena_text(&arena, "late"));
        assert_int_equal(counts.refused, 1);
        assert_int_equal(counts.held, n);
        mst_arena_clear(&arena);
        assert_int_equal(counts.held, 0);
        assert_non_null(mst_arena_alloc(&arena, 1));
        mst_arena_clear(&arena);
    }
}

static void test_arena__copies_and_formats_text(void **state)
{
    (void)state;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    char original[] = "Sovetskaya Gavan";
    char *const copy = mst_arena_text(&arena, original);
    original[0] = 'x';
    assert_string_equal(copy, "Sovetskaya Gavan");
    assert_null(mst_arena_text(&arena, NULL));
    assert_false(arena.failed);
    assert_string_equal(mst_arena_printf(&arena, "%s: %.3f nm, %d%%", copy, 298.4567, 17),
                        "Sovetskaya Gavan: 298.457 nm, 17%");
    mst_arena_clear(&arena);
}

static void test_list__keeps_items_while_it_grows(void **state)
{
    (void)state;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    mst_list list = {0};
    for (int32_t i = 0; i < 1000; i++) {
        int64_t *const item = mst_list_add(&arena, &list, sizeof *item);
        assert_non_null(item);
        assert_int_equal(*item, 0);
        *item = (int64_t)i * 7919 + 13;
    }
    assert_int_equal(list.count, 1000);
    for (int32_t i = 0; i < 1000; i++) {
        assert_int_equal(*MST_AT(int64_t, &list, i), (int64_t)i * 7919 + 13);
    }
    mst_arena_clear(&arena);
}

static void test_list__is_as_before_when_memory_is_short(void **state)
{
    (void)state;
    test_memory counts = {.left = 1};
    const muster_memory hook = test_hook(&counts);
    mst_arena arena;
    mst_arena_init(&arena, &hook);
    mst_list list = {0};
    int32_t added = 0;
    for (int32_t *item; (item = mst_list_add(&arena, &list, sizeof *item)); added++) {
        *item = added + 41;
    }
    assert_true(added >= 8);
    assert_int_equal(list.count, added);
    assert_int_equal(*MST_AT(int32_t, &list, added - 1), added + 40);
    mst_arena_clear(&arena);
    assert_int_equal(counts.held, 0);
}

/* Fowler, Noll, Eastlake: test vectors of FNV-1a 64 (RFC 9923, appendix C). */
static void test_hash__agrees_with_the_published_vectors(void **state)
{
    (void)state;
    assert_true(mst_hash_bytes(MST_HASH_START, "", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(mst_hash_bytes(MST_HASH_START, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(mst_hash_bytes(MST_HASH_START, "foobar", 6) == UINT64_C(0x85944171f73967e8));
}

static uint64_t by_bytes(uint64_t hash, uint64_t bits)
{
    unsigned char byte[8];
    for (int k = 0; k < 8; k++) {
        byte[k] = (unsigned char)(bits >> 8 * k);
    }
    return mst_hash_bytes(hash, byte, sizeof byte);
}

/* Any number of zero bytes before, between and behind others. */
static void test_hash__of_a_number_is_of_its_bytes(void **state)
{
    (void)state;
    uint64_t hash = MST_HASH_START, wanted = MST_HASH_START, bits = UINT64_C(0x9e3779b97f4a7c15);
    for (int i = 0; i < 20000; i++) {
        bits = (bits ^ bits >> 29) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
        uint64_t word = bits ^ bits >> 31;
        for (int k = 0; k < 8; k++) {
            if (i >> k & 1) {
                word &= ~(UINT64_C(0xff) << 8 * k);
            }
        }
        int64_t value;
        memcpy(&value, &word, sizeof value);
        hash = mst_hash_int(hash, value);
        wanted = by_bytes(wanted, word);
        assert_true(hash == wanted);
    }
    assert_true(mst_hash_int(hash, -1) == by_bytes(wanted, UINT64_MAX));
    assert_true(mst_hash_int(hash, 0) == by_bytes(wanted, 0));
    assert_true(mst_hash_real(hash, 24.0) == by_bytes(wanted, UINT64_C(0x4038000000000000)));
}

static void test_hash__goes_by_value(void **state)
{
    (void)state;
    const unsigned char little[8] = {0xd2, 0x04, 0, 0, 0, 0, 0, 0};
    assert_true(mst_hash_int(MST_HASH_START, 1234) == mst_hash_bytes(MST_HASH_START, little, 8));
    assert_true(mst_hash_text(MST_HASH_START, NULL) == mst_hash_text(MST_HASH_START, ""));
    assert_true(mst_hash_text(mst_hash_text(MST_HASH_START, "ab"), "c") !=
                mst_hash_text(mst_hash_text(MST_HASH_START, "a"), "bc"));
    assert_true(mst_hash_real(MST_HASH_START, -0.0) == mst_hash_real(MST_HASH_START, 0.0));
    assert_true(mst_hash_real(MST_HASH_START, -2.385) != mst_hash_real(MST_HASH_START, 2.385));
    assert_true(mst_hash_real(MST_HASH_START, (double)NAN) ==
                mst_hash_real(MST_HASH_START, -(double)NAN));
    /* IEEE 754: 2.385 is 0x4003147ae147ae14. */
    assert_true(mst_hash_real(MST_HASH_START, 2.385) ==
                mst_hash_int(MST_HASH_START, INT64_C(0x4003147ae147ae14)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena__gives_zeroed_aligned_blocks_that_do_not_overlap),
        cmocka_unit_test(test_arena__serves_a_block_larger_than_any_chunk),
        cmocka_unit_test(test_arena__refuses_sizes_that_wrap),
        cmocka_unit_test(test_arena__stays_failed_and_gives_everything_back),
        cmocka_unit_test(test_arena__copies_and_formats_text),
        cmocka_unit_test(test_list__keeps_items_while_it_grows),
        cmocka_unit_test(test_list__is_as_before_when_memory_is_short),
        cmocka_unit_test(test_hash__agrees_with_the_published_vectors),
        cmocka_unit_test(test_hash__of_a_number_is_of_its_bytes),
        cmocka_unit_test(test_hash__goes_by_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
