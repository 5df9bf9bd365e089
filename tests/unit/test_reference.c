/* The field reference in scenarios/README.md is what the program's tables say. After a change of a
 * table: MUSTER_BLESS=1 ./test_reference */
#include "test.h"

#include "load/scenario.h"
#include "memory.h"
#include "model/markdown.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char path[] = MUSTER_SOURCE_DIR "/scenarios/README.md";
static const char begin[] = "<!-- fields: begin -->\n", end[] = "<!-- fields: end -->";

static char *whole_file(void)
{
    enum { MOST = 1 << 20 };
    FILE *const file = fopen(path, "rb");
    assert_non_null(file);
    char *const bytes = malloc(MOST + 1);
    const size_t length = fread(bytes, 1, MOST, file);
    fclose(file);
    assert_true(length < MOST);
    bytes[length] = '\0';
    return bytes;
}

static char *written(void)
{
    mst_text text;
    mst_text_init(&text, NULL);
    mst_text_add(&text, "\n");
    mst_fields_markdown(mst_kinds_all(), &text);
    char *const bytes = mst_text_take(&text);
    assert_non_null(bytes);
    return bytes;
}

static void bless(const char *before, size_t before_length, const char *fields, const char *after)
{
    FILE *const file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(before, 1, before_length, file), before_length);
    assert_true(fputs(fields, file) >= 0 && fputs(after, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* First line in which two texts differ, for a message that can be read. */
static int line_of_difference(const char *a, const char *b)
{
    int line = 1;
    for (; *a && *a == *b; a++, b++)
        line += *a == '\n';
    return line;
}

static void test_reference__readme_says_what_the_tables_say(void **state)
{
    (void)state;
    char *const file = whole_file(), *const fields = written();
    char *const first = strstr(file, begin);
    assert_non_null(first);
    char *const from = first + strlen(begin);
    char *const until = strstr(from, end);
    assert_non_null(until);
    const bool same =
        (size_t)(until - from) == strlen(fields) && memcmp(from, fields, strlen(fields)) == 0;
    const char *const wish = getenv("MUSTER_BLESS");
    if (!same && wish && strcmp(wish, "1") == 0)
        bless(file, (size_t)(from - file), fields, until);
    else if (!same)
        fail_msg("scenarios/README.md differs from line %d of its field reference on; if the "
                 "tables are right: MUSTER_BLESS=1 ./test_reference",
                 line_of_difference(from, fields));
    free(file);
    free(fields);
}

static void test_reference__lists_keys_of_every_depth(void **state)
{
    (void)state;
    char *const fields = written();
    assert_non_null(strstr(fields, "### `drills.ID.slots[i]`"));
    assert_non_null(strstr(fields, "| `max_speed_kn` | number, 0.1 to 2000 kn |  | "));
    assert_non_null(strstr(fields, "| `tolerance` | duration, 0 to 240 h | `\"2 h\"` | "));
    assert_non_null(strstr(fields, "| `class` | id of `classes` | **required** | "));
    assert_non_null(strstr(fields, "| `tau` | number, above 0 to 10 | 0.125 | "));
    const mst_activity_type *const *activity = mst_kinds_all()->activity;
    for (; *activity; activity++) {
        char heading[120];
        snprintf(heading, sizeof heading, " = \"%s\"`\n", (*activity)->name);
        assert_int_equal(strstr(fields, heading) != NULL, (*activity)->role != MST_ROLE_CORE);
    }
    free(fields);
}

static void test_reference__survives_short_memory(void **state)
{
    (void)state;
    bool failed = true;
    for (int32_t tries = 0; failed && tries < 100; tries++) {
        test_memory counter = {.left = tries};
        const muster_memory memory = test_hook(&counter);
        mst_text text;
        mst_text_init(&text, &memory);
        mst_fields_markdown(NULL, &text);
        failed = text.failed;
        assert_int_equal(failed, counter.refused > 0);
        mst_text_clear(&text);
        assert_int_equal(counter.held, 0);
    }
    assert_false(failed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference__readme_says_what_the_tables_say),
        cmocka_unit_test(test_reference__lists_keys_of_every_depth),
        cmocka_unit_test(test_reference__survives_short_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
