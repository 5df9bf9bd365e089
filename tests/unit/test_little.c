#include "test.h"

#include "base/hash.h"
#include "base/little.h"

#include <math.h>
#include <string.h>

/* The bytes are written down here, so that writer and reader cannot be wrong together. 0.1 is
 * 0x3fb999999999999a (IEEE 754). */
static const unsigned char written[] = {'M',  'w',  0xef, 0x34, 0x12, 0xfe, 0xff, 0xff,
                                        0xff, 0xff, 0xff, 0xff, 0xff, 0x9a, 0x99, 0x99,
                                        0x99, 0x99, 0x99, 0xb9, 0x3f, 0xcd};
enum { WRITTEN = sizeof written };

static void write_all(mst_little *out)
{
    mst_little_put_text(out, "Mw");
    mst_little_put(out, 0x1234ef, 3);
    mst_little_put(out, UINT64_MAX - 1, 8);
    mst_little_put_real(out, 0.1);
    mst_little_put(out, 0xabcd, 1); /* the lowest byte alone */
}

static void test_little__bytes_are_the_lowest_first(void **state)
{
    unsigned char at[WRITTEN + 8];
    mst_little counted = {0}, out = {.at = at};
    (void)state;
    write_all(&counted);
    write_all(&out);
    assert_int_equal(counted.count, WRITTEN);
    assert_int_equal(out.count, WRITTEN);
    assert_memory_equal(at, written, WRITTEN);
}

static void test_little__what_is_written_is_read(void **state)
{
    static const double reals[] = {0.0, -0.0, 0.1, -2.385e300, (double)INFINITY};
    (void)state;
    assert_true(mst_little_read(written + 2, 3) == 0x1234ef);
    assert_true(mst_little_read(written + 5, 8) == UINT64_MAX - 1);
    assert_true(mst_little_read(written + 21, 1) == 0xcd);
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++) {
        unsigned char at[8];
        mst_little out = {.at = at};
        mst_little_put_real(&out, reals[i]);
        const double again = mst_little_read_real(at);
        assert_memory_equal(&again, &reals[i], sizeof again);
    }
}

static void test_little__the_seal_is_the_hash_of_all_before(void **state)
{
    unsigned char at[WRITTEN + 8];
    mst_little counted = {0}, out = {.at = at};
    (void)state;
    write_all(&counted);
    mst_little_seal(&counted);
    write_all(&out);
    mst_little_seal(&out);
    assert_int_equal(counted.count, WRITTEN + 8);
    assert_int_equal(out.count, WRITTEN + 8);
    assert_true(mst_little_read(at + WRITTEN, 8) ==
                mst_hash_bytes(MST_HASH_START, written, WRITTEN));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_little__bytes_are_the_lowest_first),
        cmocka_unit_test(test_little__what_is_written_is_read),
        cmocka_unit_test(test_little__the_seal_is_the_hash_of_all_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
