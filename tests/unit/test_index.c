/* Names found through an index against a look at every item. */
#include "test.h"

#include "base/index.h"

#include <stdio.h>
#include <string.h>

typedef struct thing {
    double weight;
    const char *name;
} thing;

static const mst_naming first_counts = {sizeof(thing), offsetof(thing, name), false};
static const mst_naming last_counts = {sizeof(thing), offsetof(thing, name), true};

static int32_t by_eye(const mst_list *list, const char *name, bool last)
{
    int32_t found = -1;
    for (int32_t i = 0; i < list->count; i++) {
        const char *other = MST_AT(const thing, list, i)->name;
        if (other && strcmp(other, name) == 0 && (last || found < 0))
            found = i;
    }
    return found;
}

/* Names "n0" to "n<kinds - 1>" over and over in a scattered order; one in eleven has none. */
static void add_things(mst_arena *arena, mst_list *list, int32_t count, int32_t kinds)
{
    const int32_t from = list->count;
    for (int32_t i = from; i < from + count; i++) {
        thing *one = mst_list_add(arena, list, sizeof *one);
        assert_non_null(one);
        if (i % 11 != 5)
            one->name = mst_arena_printf(arena, "n%d", (int)((int64_t)i * 7919 % kinds));
    }
}

/* Every name, and as many that nobody has. */
static void agree(const mst_list *list, mst_naming naming, int32_t kinds)
{
    char name[32];
    for (int32_t k = 0; k < 2 * kinds; k++) {
        snprintf(name, sizeof name, "n%d", (int)k);
        assert_int_equal(mst_list_named(list, naming, name),
                         by_eye(list, name, naming.last_counts));
    }
    assert_int_equal(mst_list_named(list, naming, NULL), -1);
    assert_int_equal(mst_list_named(list, naming, ""), -1);
}

/* Before there is an index, with it, and with items added since: always the same answers. */
static void whole_life(mst_naming naming, int32_t count, int32_t kinds)
{
    mst_arena arena;
    mst_list list = {0};
    mst_arena_init(&arena, NULL);
    add_things(&arena, &list, count, kinds);
    agree(&list, naming, kinds);
    mst_list_index(&arena, &list, naming);
    assert_true((list.index != NULL) == (count >= 16));
    agree(&list, naming, kinds);
    add_things(&arena, &list, 1 + count / 2, kinds + 3);
    agree(&list, naming, kinds + 3);
    mst_arena_clear(&arena);
}

static void test_index__answers_as_a_look_at_each_item_does(void **state)
{
    (void)state;
    static const int32_t counts[] = {0, 1, 15, 16, 17, 64, 1000};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        for (int32_t kinds = 1; kinds <= 2000; kinds = kinds * 3 + 1) {
            whole_life(first_counts, counts[i], kinds);
            whole_life(last_counts, counts[i], kinds);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_index__answers_as_a_look_at_each_item_does)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
