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
    assert_true(mst_calendar_next(calendar, MUSTER_NEVER, &event));
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
    assert_false(mst_calendar_next(c, MUSTER_NEVER, &event));
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

/* ---- the hole, what is cancelled, reset, copy ----------------------------------------------- */

static void test_calendar__what_is_added_after_a_take_may_come_before_all_that_is_left(void **state)
{
    (void)state;
    mst_calendar *c = make(4);
    for (int32_t i = 1; i <= 4; i++)
        assert_true(add(c, 10 * i, 0, i) != 0);
    assert_int_equal(next(c), 1);
    assert_true(mst_calendar_is_sound(c)); /* with its hole */
    assert_true(add(c, 15, 0, 15) != 0);   /* stays at the top             */
    assert_true(mst_calendar_peek(c) == 15);
    assert_true(add(c, 5, 0, 5) == 0); /* the hole is filled: full     */
    assert_int_equal(next(c), 15);
    assert_true(add(c, 60, 0, 60) != 0); /* goes to the bottom           */
    assert_int_equal(next(c), 2);        /* a hole that nobody fills     */
    assert_int_equal(next(c), 3);
    assert_int_equal(next(c), 4);
    assert_int_equal(next(c), 60);
    assert_true(mst_calendar_is_sound(c));
    assert_true(mst_calendar_peek(c) == MUSTER_NEVER);
    assert_int_equal(mst_calendar_peek_instance(c), -3);
    assert_int_equal(c->free_count, 4);
    free(c);
}

static void test_calendar__a_handler_may_cancel_before_it_schedules(void **state)
{
    (void)state;
    mst_calendar *c = make(8);
    add(c, 10, 0, 1);
    mst_handle second = add(c, 20, 0, 2);
    mst_handle third = add(c, 30, 0, 3);
    add(c, 40, 0, 4);
    assert_int_equal(next(c), 1);
    assert_true(mst_calendar_cancel(c, &second)); /* next in line, under the hole */
    assert_true(mst_calendar_cancel(c, &third));
    assert_true(mst_calendar_is_sound(c));
    add(c, 50, 0, 5); /* sinks: a cancelled one rises and must not be seen */
    assert_true(mst_calendar_is_sound(c));
    assert_true(mst_calendar_peek(c) == 40);
    assert_int_equal(next(c), 4);
    assert_int_equal(next(c), 5);
    assert_int_equal(c->count, 0);
    free(c);
}

/* Cancelled events leave keys behind: a heap full of them must make room by itself, and their slots,
 * used again, must not bring them back to life. */
static void test_calendar__endless_rescheduling_needs_no_more_room(void **state)
{
    (void)state;
    enum { FEW = 5 };
    mst_calendar *c = make(FEW);
    mst_handle handle[FEW];
    for (int32_t i = 0; i < FEW; i++)
        handle[i] = add(c, 1000 + i, 0, i);
    for (int32_t i = 0; i < 1000; i++) {
        assert_true(mst_calendar_cancel(c, &handle[1 + i % (FEW - 1)]));
        handle[1 + i % (FEW - 1)] = add(c, 2000 + i, 0, 1 + i % (FEW - 1));
        assert_true(handle[1 + i % (FEW - 1)] != 0);
        assert_true(mst_calendar_is_sound(c));
        assert_true(c->heap_count <= 2 * FEW);
    }
    assert_int_equal(next(c), 0);
    for (int32_t i = 996; i < 1000; i++)
        assert_int_equal(next(c), 1 + i % (FEW - 1));
    assert_false(c->overflowed);
    free(c);
}

/* Anything that can be done to a calendar. */
static void use(mst_calendar *c, uint64_t seed, int32_t steps)
{
    mst_handle handle[64] = {0};
    for (int32_t i = 0; i < steps; i++) {
        const uint64_t what = draw(&seed) % 8, which = draw(&seed) % 64;
        mst_event event;
        if (what < 4)
            handle[which] = add(c, (muster_time)(draw(&seed) % 500), (int32_t)(what % 5), i);
        else if (what < 6)
            mst_calendar_cancel(c, &handle[which]);
        else
            mst_calendar_next(c, MUSTER_NEVER, &event);
    }
}

static void test_calendar__reset_leaves_the_bytes_of_init(void **state)
{
    (void)state;
    mst_calendar *fresh = make(CAPACITY), *used = make(CAPACITY);
    for (int32_t steps = 0; steps < 1200; steps += 7) { /* also with a hole, stale keys, overflow */
        use(used, UINT64_C(0xb5297a4d) + (uint64_t)steps, steps);
        assert_true(mst_calendar_is_sound(used));
        mst_calendar_reset(used);
        assert_memory_equal(used, fresh, mst_calendar_bytes(CAPACITY));
    }
    free(used);
    free(fresh);
}

static void test_calendar__copy_leaves_the_bytes_of_the_original(void **state)
{
    (void)state;
    mst_calendar *c = make(CAPACITY), *copy = make(CAPACITY);
    for (int32_t steps = 0; steps < 1200; steps += 7) {
        use(c, UINT64_C(0x68e31da4) + (uint64_t)steps, steps);
        mst_calendar_copy(copy, c);
        assert_memory_equal(copy, c, mst_calendar_bytes(CAPACITY));
        mst_calendar_reset(copy); /* what is copied into must be empty */
        mst_calendar_reset(c);
    }
    free(copy);
    free(c);
}

/* A broken one must not pass for a sound one: each line breaks one thing. */
static void test_calendar__soundness_sees_what_is_broken(void **state)
{
    (void)state;
    const size_t bytes = mst_calendar_bytes(8);
    mst_calendar *c = make(8), *broken = malloc(bytes);
    assert_non_null(broken);
    for (int32_t i = 0; i < 6; i++)
        add(c, 10 + 10 * i, 0, i);
    assert_true(mst_calendar_is_sound(c));
    for (int32_t what = 0; what < 5; what++) {
        memcpy(broken, c, bytes);
        unsigned char *base = (unsigned char *)broken;
        uint64_t *heap = (uint64_t *)(void *)(base + broken->heap_offset);
        mst_event *slot = (mst_event *)(void *)(base + broken->slot_offset);
        if (what == 0)
            broken->count++; /* one more than there are */
        else if (what == 1)
            slot[3].time++; /* its key says otherwise  */
        else if (what == 2)
            slot[2].sequence = UINT64_MAX; /* pending without a slot  */
        else if (what == 3)
            heap[2 * broken->heap_count + 1] = 0; /* no sentinel             */
        else {
            const uint64_t order = heap[0], time = heap[1]; /* parent and child change places */
            heap[0] = heap[2], heap[1] = heap[3];
            heap[2] = order, heap[3] = time;
        }
        assert_false(mst_calendar_is_sound(broken));
    }
    free(broken);
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
        cmocka_unit_test(
            test_calendar__what_is_added_after_a_take_may_come_before_all_that_is_left),
        cmocka_unit_test(test_calendar__a_handler_may_cancel_before_it_schedules),
        cmocka_unit_test(test_calendar__endless_rescheduling_needs_no_more_room),
        cmocka_unit_test(test_calendar__reset_leaves_the_bytes_of_init),
        cmocka_unit_test(test_calendar__copy_leaves_the_bytes_of_the_original),
        cmocka_unit_test(test_calendar__soundness_sees_what_is_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
