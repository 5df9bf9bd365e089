#include "test.h"

#include "engine/calendar.h"

#include <stdlib.h>
#include <string.h>

enum { CAPACITY = 257 };

static mst_calendar *make(int32_t capacity)
{
    mst_calendar *calendar = malloc(mst_calendar_bytes(capacity));
    assert_non_null(calendar);
    memset(calendar, 0x5a, mst_calendar_bytes(capacity)); /* init must set every byte it reads */
    mst_calendar_init(calendar, capacity);
    return calendar;
}

static mst_handle add(mst_calendar *calendar, muster_time time, int32_t rank, int32_t a)
{
    const mst_event event = {.time = time, .rank = rank, .instance = -1, .a = a, .real = 2.385};
    return mst_calendar_add(calendar, &event);
}

static int32_t next(mst_calendar *calendar)
{
    mst_event event;
    assert_true(mst_calendar_next(calendar, &event));
    return event.a;
}

/* A small generator of our own, so that the sequence is the same everywhere (Marsaglia 2003). */
static uint64_t draw(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void test_calendar__time_orders_events(void **state)
{
    (void)state;
    mst_calendar *c = make(CAPACITY);
    assert_true(mst_calendar_peek(c) == MUSTER_NEVER);
    add(c, 7331, MST_RANK_MOTION, 3);
    add(c, -52, MST_RANK_REPORT, 1); /* before 1970 */
    add(c, 0, MST_RANK_SENSE, 2);
    add(c, MUSTER_NEVER - 1, MST_RANK_MOTION, 4);
    assert_true(mst_calendar_peek(c) == -52);
    for (int32_t i = 1; i <= 4; i++)
        assert_int_equal(next(c), i);
    mst_event event;
    assert_false(mst_calendar_next(c, &event));
    free(c);
}

static void test_calendar__equal_times_go_by_rank_then_by_order_of_scheduling(void **state)
{
    (void)state;
    mst_calendar *c = make(CAPACITY);
    add(c, 1000, MST_RANK_ORDER, 5);
    add(c, 1000, MST_RANK_MOTION, 1);
    add(c, 1000, MST_RANK_ALIGN, 4);
    add(c, 1000, MST_RANK_MOTION, 2);
    add(c, 1000, MST_RANK_ORDER, 6);
    add(c, 1000, MST_RANK_SENSE, 3);
    for (int32_t i = 1; i <= 6; i++)
        assert_int_equal(next(c), i);
    free(c);
}

static void test_calendar__cancelled_events_are_gone(void **state)
{
    (void)state;
    mst_calendar *c = make(CAPACITY);
    add(c, 10, 0, 1);
    mst_handle middle = add(c, 20, 0, 2);
    add(c, 30, 0, 3);
    assert_true(mst_calendar_cancel(c, &middle));
    assert_true(middle == 0);
    assert_int_equal(c->count, 2);
    assert_true(mst_calendar_is_sound(c));
    assert_int_equal(next(c), 1);
    assert_int_equal(next(c), 3);
    free(c);
}

static void test_calendar__stale_handles_are_refused(void **state)
{
    (void)state;
    mst_calendar *c = make(CAPACITY);
    mst_handle fired = add(c, 10, 0, 1);
    const mst_handle copy = fired;
    assert_true(fired != 0);
    assert_int_equal(next(c), 1);
    /* the slot is used again: the old handle must not hit the new event */
    mst_handle young = add(c, 20, 0, 2);
    assert_true((young & UINT32_MAX) == (copy & UINT32_MAX));
    assert_false(mst_calendar_cancel(c, &fired));
    assert_int_equal(c->count, 1);
    mst_handle none = 0, wild = UINT64_C(3) << 32 | 100000U;
    assert_false(mst_calendar_cancel(c, &none));
    assert_false(mst_calendar_cancel(c, &wild));
    mst_handle twice = young;
    assert_true(mst_calendar_cancel(c, &young));
    assert_false(mst_calendar_cancel(c, &twice));
    free(c);
}

static void test_calendar__a_full_one_refuses_and_says_so(void **state)
{
    (void)state;
    mst_calendar *c = make(3);
    for (int32_t i = 0; i < 3; i++)
        assert_true(add(c, 100 - i, 0, i) != 0);
    assert_false(c->overflowed);
    assert_true(add(c, 5, 0, 9) == 0);
    assert_true(c->overflowed);
    assert_true(mst_calendar_is_sound(c));
    assert_int_equal(next(c), 2);
    assert_true(add(c, 5, 0, 9) != 0);
    free(c);
}

/* ---- against a plain list ------------------------------------------------------------------- */

typedef struct entry {
    muster_time time;
    int32_t rank, a;
    mst_handle handle;
} entry;

static bool comes_before(const entry *x, const entry *y)
{
    if (x->time != y->time)
        return x->time < y->time;
    return x->rank != y->rank ? x->rank < y->rank : x->a < y->a; /* a: order of scheduling */
}

static int32_t first_of(const entry *list, int32_t count)
{
    int32_t best = 0;
    for (int32_t i = 1; i < count; i++)
        if (comes_before(&list[i], &list[best]))
            best = i;
    return best;
}

static void test_calendar__random_use_agrees_with_a_plain_list(void **state)
{
    (void)state;
    mst_calendar *c = make(CAPACITY);
    entry list[CAPACITY];
    int32_t count = 0, made = 0;
    uint64_t seed = UINT64_C(0x9e3779b97f4a7c15);
    for (int32_t step = 0; step < 40000; step++) {
        const uint64_t what = draw(&seed) % 100;
        if (what < 52 && count < CAPACITY) {
            /* few distinct times, so that ties are the rule */
            entry *e = &list[count++];
            *e = (entry){(muster_time)(draw(&seed) % 61), (int32_t)(draw(&seed) % 5), made++, 0};
            e->handle = add(c, e->time, e->rank, e->a);
            assert_true(e->handle != 0);
        } else if (what < 70 && count > 0) {
            const int32_t i = (int32_t)(draw(&seed) % (uint64_t)count);
            assert_true(mst_calendar_cancel(c, &list[i].handle));
            list[i] = list[--count];
        } else if (count > 0) {
            const int32_t i = first_of(list, count);
            assert_true(mst_calendar_peek(c) == list[i].time);
            assert_int_equal(next(c), list[i].a);
            list[i] = list[--count];
        }
        assert_int_equal(c->count, count);
        if (step % 97 == 0)
            assert_true(mst_calendar_is_sound(c));
    }
    free(c);
}

static void test_calendar__a_copy_goes_on_like_the_original(void **state)
{
    (void)state;
    mst_calendar *c = make(CAPACITY);
    mst_calendar *copy = malloc(mst_calendar_bytes(CAPACITY));
    assert_non_null(copy);
    uint64_t seed = 77001;
    mst_handle handle = 0;
    for (int32_t i = 0; i < 200; i++) {
        const mst_handle h = add(c, (muster_time)(draw(&seed) % 1009), (int32_t)(i % 5), i);
        if (i == 131)
            handle = h;
    }
    memcpy(copy, c, mst_calendar_bytes(CAPACITY));
    mst_handle in_copy = handle;
    assert_true(mst_calendar_cancel(c, &handle));
    assert_true(mst_calendar_cancel(copy, &in_copy));
    for (int32_t i = 0; i < 199; i++)
        assert_int_equal(next(copy), next(c));
    assert_int_equal(copy->count, 0);
    free(copy);
    free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calendar__time_orders_events),
        cmocka_unit_test(test_calendar__equal_times_go_by_rank_then_by_order_of_scheduling),
        cmocka_unit_test(test_calendar__cancelled_events_are_gone),
        cmocka_unit_test(test_calendar__stale_handles_are_refused),
        cmocka_unit_test(test_calendar__a_full_one_refuses_and_says_so),
        cmocka_unit_test(test_calendar__random_use_agrees_with_a_plain_list),
        cmocka_unit_test(test_calendar__a_copy_goes_on_like_the_original),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
