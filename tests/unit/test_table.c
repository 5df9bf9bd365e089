/* CSV by the cases of RFC 4180 and beyond, against what was written, and of any bytes at all. */
#include "test.h"

#include "files.h"
#include "load/table.h"
#include "num/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct reading {
    mst_arena arena;
    muster_diags *diags;
    mst_table table;
    muster_status status;
} reading;

static void read_bytes(reading *r, const char *bytes, size_t length)
{
    mst_arena_init(&r->arena, NULL);
    r->diags = muster_diags_create(NULL);
    char *exact = malloc(length > 0 ? length : 1); /* no zero behind it: a sanitizer sees its end */
    assert_non_null(exact);
    memcpy(exact, bytes, length);
    r->status = mst_table_read("t.csv", exact, length, &r->arena, r->diags, &r->table);
    free(exact); /* nothing of it is kept */
}

static void read_text(reading *r, const char *text)
{
    read_bytes(r, text, strlen(text));
}

static void end(reading *r)
{
    muster_diags_free(r->diags);
    mst_arena_clear(&r->arena);
}

static void assert_row(const reading *r, int32_t row, const char *const *field)
{
    for (int32_t i = 0; i < r->table.column_count; i++)
        assert_string_equal(mst_table_at(&r->table, row, i), field[i]);
}

/* ---- what is read --------------------------------------------------------------------------------- */

static void test_table__fields_quotes_and_breaks(void **state)
{
    (void)state;
    reading r;
    read_text(&r, "\xef\xbb\xbf"
                  "a, b ,\"c\"\r\n"
                  "1,\"x, \"\"y\"\"\r\nz\", 3 \r\n"
                  "\n"
                  " , ,\t\n"
                  "4,,\"\"\r"
                  "\"  \",5,6");
    assert_int_equal(r.status, MUSTER_OK);
    assert_int_equal(r.table.column_count, 3);
    assert_int_equal(r.table.row_count, 3);
    assert_string_equal(mst_table_head(&r.table, 0), "a");
    assert_string_equal(mst_table_head(&r.table, 1), "b");
    assert_row(&r, 0, (const char *const[]){"1", "x, \"y\"\r\nz", "3"});
    assert_row(&r, 1, (const char *const[]){"4", "", ""});
    assert_row(&r, 2, (const char *const[]){"  ", "5", "6"});
    assert_int_equal(mst_table_line(&r.table, -1), 1);
    assert_int_equal(mst_table_line(&r.table, 0), 2);
    assert_int_equal(mst_table_line(&r.table, 1), 6); /* the quoted break counts as a line */
    assert_int_equal(mst_table_line(&r.table, 2), 7);
    assert_string_equal(mst_table_at(&r.table, 0, -1), "");
    end(&r);
}

static void test_table__columns_by_name(void **state)
{
    (void)state;
    reading r;
    read_text(&r, "Year,,iso3\n2020,x,AB\n");
    assert_int_equal(r.status, MUSTER_OK);
    assert_int_equal(mst_table_column(&r.table, "year"), 0);
    assert_int_equal(mst_table_column(&r.table, "ISO3"), 2);
    assert_int_equal(mst_table_column(&r.table, "iso"), -1);
    assert_int_equal(mst_table_column(&r.table, "iso33"), -1);
    end(&r);
}

static void test_table__a_header_alone_and_no_final_break(void **state)
{
    (void)state;
    reading r;
    read_text(&r, "a");
    assert_int_equal(r.status, MUSTER_OK);
    assert_int_equal(r.table.row_count, 0);
    end(&r);
    static const char *const one_column[] = {"\"a;b\"\n1;2\n", "\"a\tb\"\n1\n", "\ta \t \n1\n",
                                             "a b\n;\n"};
    for (size_t i = 0; i < sizeof one_column / sizeof *one_column; i++) {
        read_text(&r, one_column[i]);
        assert_int_equal(r.status, MUSTER_OK);
        assert_int_equal(r.table.column_count, 1);
        end(&r);
    }
    read_text(&r, "\n\r\na,b\n1,");
    assert_int_equal(r.status, MUSTER_OK);
    assert_int_equal(r.table.row_count, 1);
    assert_int_equal(mst_table_line(&r.table, 0), 4);
    assert_row(&r, 0, (const char *const[]){"1", ""});
    end(&r);
}

/* ---- mistakes --------------------------------------------------------------------------------------- */

typedef struct mistake {
    const char *text;
    int32_t line;
    const char *words;
} mistake;

static const mistake mistakes[] = {
    {"", 0, "the table is empty"},
    {"\n \n,,\n", 0, "the table is empty"},
    {"\xef\xbb\xbf", 0, "the table is empty"},
    {"a,b\n1\n", 2, "1 field, the header has 2"},
    {"a,b\n\n1,2,3\n", 3, "3 fields, the header has 2"},
    {"a,b\n1,\"2\n3,4\n", 2, "never closed"},
    {"a,b\n1,\"2\n3\"x,4\n", 3, "field 2 goes on behind its closing quote"},
    {"a,b\n1,2\"3\"\n", 2, "field 2 has a quote in it"},
    {"a,b\n1, \"2\"\n", 2, "field 2 has a quote in it"},
    {"a,b,A\n1,2,3\n", 1, "columns 1 and 3 are both called 'A'"},
    {"a,\"b\n1,2\n", 1, "never closed"},
    {"a;b\n1;2\n3,5;4\n", 1, "its columns are separated by semicolons (;)"},
    {"\n \n\"a\";\"b\"\n1;2\n", 3, "its columns are separated by semicolons (;)"},
    {"sep=;\na;b\n1;2\n", 1, "its columns are separated by semicolons (;)"},
    {"\xef\xbb\xbf"
     "a\tb c\td\r\n1\t2\t3\r\n",
     1, "separated by tabs"},
    {"a\tb\n1,5\t2\n", 1, "its columns are separated by tabs"},
    {"\"a\"\t\"b\"\n", 1, "its columns are separated by tabs"},
    {"a,b\n1,\xff\n", 2, "field 2: byte 0xff"},
    {"a,b\n1,x\x01\n", 2, "field 2: byte 0x01"},
};

static void test_table__mistakes_have_a_line_and_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        reading r;
        read_text(&r, mistakes[i].text);
        assert_int_equal(r.status, MUSTER_MISTAKE);
        assert_int_equal(muster_diags_count(r.diags), 1);
        const muster_diag *d = muster_diags_at(r.diags, 0);
        assert_string_equal(d->file, "t.csv");
        assert_int_equal(d->line, mistakes[i].line);
        if (!strstr(d->message, mistakes[i].words))
            fail_msg("'%s' does not say '%s'", d->message, mistakes[i].words);
        end(&r);
    }
}

static void test_table__a_zero_byte_is_told(void **state)
{
    (void)state;
    static const char bytes[] = "a,b\n1,x\0y\n3,4\n";
    reading r;
    read_bytes(&r, bytes, sizeof bytes - 1);
    assert_int_equal(r.status, MUSTER_MISTAKE);
    assert_int_equal(muster_diags_at(r.diags, 0)->line, 2);
    assert_int_equal(r.table.row_count, 1); /* the sound row is still there */
    assert_row(&r, 0, (const char *const[]){"3", "4"});
    end(&r);
}

/* All mistakes at once, sound rows kept; of a bad table only so many. */
static void test_table__all_at_once_up_to_a_limit(void **state)
{
    (void)state;
    reading r;
    read_text(&r, "a,b\n1\n2,3\n4,5,6\n\"7\n8\",9\n10\n");
    assert_int_equal(muster_diags_error_count(r.diags), 2);
    assert_string_equal(test_words(r.diags), "t.csv:2: 1 field, the header has 2\n"
                                             "t.csv:2: the same on line 7\n"
                                             "t.csv:4: 3 fields, the header has 2\n");
    assert_int_equal(r.table.row_count, 2);
    assert_false(mst_table_is_given_up(&r.table));
    end(&r);
    char *many = malloc(8000);
    assert_non_null(many);
    memcpy(many, "a,b\n", 4);
    for (int i = 0; i < 3000; i++)
        memcpy(many + 4 + 2 * i, "1\n", 2);
    read_bytes(&r, many, 6004);
    assert_true(mst_table_is_given_up(&r.table));
    assert_string_equal(test_words(r.diags),
                        "t.csv:2: 1 field, the header has 2\n"
                        "t.csv:2: the same on lines 3 to 1001\n"
                        "t.csv:1001: more than 1000 mistakes: the rest of the table is not looked "
                        "at\n");
    free(many);
    end(&r);
}

/* One mistake of many rows is one, with their lines. */
static void test_table__same_words_once(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"a,b\n1\n2\n", "t.csv:2: 1 field, the header has 2\nt.csv:2: the same on line 3\n"},
        {"a,b\n1\n2\n3\n",
         "t.csv:2: 1 field, the header has 2\nt.csv:2: the same on lines 3 and 4\n"},
        {"a,b\n1\n\n2\n\n3\n4\n5\n6\n",
         "t.csv:2: 1 field, the header has 2\nt.csv:2: the same on lines 4, 6, 7, 8 and 9\n"},
        {"a,b\n1\n\n2\n\n3\n4\n5\n6\n7\n8\n",
         "t.csv:2: 1 field, the header has 2\n"
         "t.csv:2: the same on lines 4, 6, 7, 8, 9 and 2 more\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading r;
        read_text(&r, cases[i][0]);
        assert_string_equal(test_words(r.diags), cases[i][1]);
        end(&r);
    }
}

static void test_table__limits(void **state)
{
    (void)state;
    reading r;
    const size_t most = MST_TABLE_BYTES_MAX;
    char *large = malloc(most + 1);
    assert_non_null(large);
    memset(large, '\n', most + 1);
    memcpy(large, "a,b\n1,2\n", 8);
    mst_arena_init(&r.arena, NULL);
    r.diags = muster_diags_create(NULL);
    assert_int_equal(mst_table_read("t.csv", large, most, &r.arena, r.diags, &r.table), MUSTER_OK);
    assert_int_equal(r.table.row_count, 1);
    assert_int_equal(mst_table_read("t.csv", large, most + 1, &r.arena, r.diags, &r.table),
                     MUSTER_MISTAKE);
    assert_non_null(strstr(muster_diags_at(r.diags, 0)->message, "larger than 64 MB"));
    end(&r);
    for (size_t i = 0; i < MST_TABLE_COLUMNS_MAX; i++)
        large[i] = ',';
    read_bytes(&r, large, MST_TABLE_COLUMNS_MAX); /* one column more than commas, all empty */
    assert_non_null(strstr(muster_diags_at(r.diags, 0)->message, "empty"));
    end(&r);
    large[MST_TABLE_COLUMNS_MAX] = 'x';
    read_bytes(&r, large, MST_TABLE_COLUMNS_MAX + 1);
    assert_non_null(strstr(muster_diags_at(r.diags, 0)->message, "1025 columns"));
    end(&r);
    read_bytes(&r, large + 1, MST_TABLE_COLUMNS_MAX);
    assert_int_equal(r.status, MUSTER_OK);
    assert_int_equal(r.table.column_count, MST_TABLE_COLUMNS_MAX);
    end(&r);
    free(large);
}

/* Many columns in the header and many short lines behind it must not ask for their product. */
static void test_table__a_wide_header_over_short_lines_costs_little(void **state)
{
    (void)state;
    enum { LINES = 200000 };
    reading r;
    char *bytes = malloc(MST_TABLE_COLUMNS_MAX + 2 + 2 * LINES);
    assert_non_null(bytes);
    size_t length = 0;
    bytes[length++] = 'h';
    for (int i = 1; i < MST_TABLE_COLUMNS_MAX; i++)
        bytes[length++] = ',';
    bytes[length++] = '\n';
    for (int i = 0; i < LINES; i++) {
        bytes[length++] = 'x';
        bytes[length++] = '\n';
    }
    read_bytes(&r, bytes, length);
    assert_int_equal(r.status, MUSTER_MISTAKE);
    /* the text once and a number for each field that there is, never LINES x 1024 of them (800 MB) */
    assert_true(r.arena.used_bytes < 4 * length + 64 * 1024);
    end(&r);
    free(bytes);
}

/* ---- against what was written ----------------------------------------------------------------------- */

typedef struct dice {
    mst_stream stream;
    uint64_t at;
} dice;

static int32_t roll(dice *d, int32_t sides)
{
    uint64_t word[2];
    mst_random_block(d->stream, d->at++, word);
    return (int32_t)(word[0] % (uint64_t)sides);
}

/* A field of characters that are likely to hurt; the first is never a blank, nor the last. */
static void make_field(dice *d, char out[16])
{
    static const char alphabet[] = "ab,\"\n\r;'\xc3\xa9";
    const int32_t length = roll(d, 8);
    int32_t used = 0;
    for (int32_t i = 0; i < length; i++) {
        const int32_t k = roll(d, 9);
        if (k == 8) {
            out[used++] = alphabet[8];
            out[used++] = alphabet[9];
        } else {
            out[used++] = alphabet[k];
        }
    }
    out[used] = '\0';
}

static size_t write_field(dice *d, const char *field, char *out)
{
    size_t used = 0;
    const bool must = strpbrk(field, ",\"\r\n") != NULL;
    if (!must && roll(d, 2)) {
        memcpy(out, field, strlen(field));
        return strlen(field);
    }
    out[used++] = '"';
    for (; *field; field++) {
        if (*field == '"')
            out[used++] = '"';
        out[used++] = *field;
    }
    out[used++] = '"';
    return used;
}

static void test_table__reads_back_what_was_written(void **state)
{
    (void)state;
    enum { ROWS = 6, COLUMNS = 4 };
    static const char *const breaks[] = {"\n", "\r\n", "\r"};
    for (uint32_t round = 0; round < 3000; round++) {
        dice d = {mst_stream_of(mst_random_key(7), round, 1), 0};
        char field[ROWS][COLUMNS][16], text[4096] = "h0,h1,h2,h3";
        size_t used = strlen(text);
        const char *const line_break = breaks[roll(&d, 3)];
        for (int i = 0; i < ROWS; i++) {
            memcpy(text + used, line_break, strlen(line_break));
            used += strlen(line_break);
            for (int k = 0; k < COLUMNS; k++) {
                make_field(&d, field[i][k]);
                if (k == 0)
                    memcpy(field[i][k], "x", 2); /* so that no row is empty */
                if (k > 0)
                    text[used++] = ',';
                used += write_field(&d, field[i][k], text + used);
            }
        }
        reading r;
        read_bytes(&r, text, used);
        assert_int_equal(r.status, MUSTER_OK);
        assert_int_equal(r.table.row_count, ROWS);
        for (int32_t i = 0; i < ROWS; i++)
            for (int32_t k = 0; k < COLUMNS; k++)
                assert_string_equal(mst_table_at(&r.table, i, k), field[i][k]);
        end(&r);
    }
}

/* Any bytes: never a crash, and a refusal has words. */
static void test_table__any_bytes(void **state)
{
    (void)state;
    static const char alphabet[] = "a1,\"\n\r \t\0\xff\xef\xbb\xbf";
    for (uint32_t round = 0; round < 20000; round++) {
        dice d = {mst_stream_of(mst_random_key(8), round, 1), 0};
        char bytes[64];
        const int32_t length = roll(&d, 64);
        for (int32_t i = 0; i < length; i++)
            bytes[i] = alphabet[roll(&d, sizeof alphabet - 1)];
        reading r;
        read_bytes(&r, bytes, (size_t)length);
        assert_int_equal(r.status == MUSTER_OK, muster_diags_error_count(r.diags) == 0);
        for (int32_t i = 0; i < r.table.row_count; i++)
            for (int32_t k = 0; k < r.table.column_count; k++)
                assert_true(strlen(mst_table_at(&r.table, i, k)) <= (size_t)length);
        end(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table__fields_quotes_and_breaks),
        cmocka_unit_test(test_table__columns_by_name),
        cmocka_unit_test(test_table__a_header_alone_and_no_final_break),
        cmocka_unit_test(test_table__mistakes_have_a_line_and_words),
        cmocka_unit_test(test_table__a_zero_byte_is_told),
        cmocka_unit_test(test_table__all_at_once_up_to_a_limit),
        cmocka_unit_test(test_table__same_words_once),
        cmocka_unit_test(test_table__limits),
        cmocka_unit_test(test_table__a_wide_header_over_short_lines_costs_little),
        cmocka_unit_test(test_table__reads_back_what_was_written),
        cmocka_unit_test(test_table__any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
