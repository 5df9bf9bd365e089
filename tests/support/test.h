/** @file test.h
 * What every test includes first: cmocka, and a comparison of reals it lacks.
 */
#ifndef TEST_SUPPORT_H
#define TEST_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

/** |actual - expected| <= tolerance; NaN never passes. */
#define assert_near(actual, expected, tolerance)                                                   \
    test_near((actual), (expected), (tolerance), #actual, __FILE__, __LINE__)

static inline void test_near(double actual, double expected, double tolerance, const char *what,
                             const char *file, int line)
{
    if (!(fabs(actual - expected) <= tolerance)) {
        print_error("%s is %.17g, expected %.17g within %.3g (off by %.3g)\n", what, actual,
                    expected, tolerance, actual - expected);
        _fail(file, line);
    }
}

#endif
