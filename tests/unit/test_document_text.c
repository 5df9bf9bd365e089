/* Documents as screens of 80 columns, word for word. */
#include "test.h"

#include "all_plots.h"
#include "base/text.h"
#include "muster/muster.h"
#include "tell/document.h"

#include <string.h>

static void assert_screen(const muster_document *document, const muster_document_options *options,
                          const char *expected)
{
    char *told = muster_document_text(document, options, NULL);
    assert_non_null(told);
    assert_string_equal(told, expected);
    muster_tell_free(told, NULL);
}

/* ---- the whole ---------------------------------------------------------------------------------- */

static const char screen[] =
    "All plots\n"
    "=========\n"
    "method               by hand\n"
    "level of confidence  95 %\n"
    "\n"
    "Warning: Nothing here was run.\n"
    "\n"
    "What moves the hours\n"
    "--------------------\n"
    "Speed matters 3.3 times as much as fuel.\n"
    "\n"
    "Tornado\n"
    "         20.0                                                   70.0\n"
    "speed    ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░████████████████████████  20.0, 70.0\n"
    "fuel                                   ░░░░░████████████              45.0, 60.0\n"
    "weather                                     ▓▓▓███                    52.0, 55.0\n"
    "░ low, █ high, ▓ both, from 50.0\n"
    "Speed first.\n"
    "\n"
    "Bars\n"
    "                -1.25                                    28.0\n"
    "speed   lever     █████████████████████████████████▓▓▓▓▓░░░░░  25.0 [21.5, 28.0]\n"
    "fuel    lever     ████████▓▓▓░░░░                              7.50 [5.00, 10.0]\n"
    "weather chance  ██▏                                            -1.25\n"
    "▓ interval below and ░ above the end of a bar\n"
    "\n"
    "Dots\n"
    "         -1.25                                           28.0\n"
    "speed      ┊                                     ├─────●────┤  25.0 [21.5, 28.0]\n"
    "fuel       ┊        ├───●────┤                                 7.50 [5.00, 10.0]\n"
    "weather  ● ┊                                                   -1.25\n"
    "┊ 0\n"
    "\n"
    "Both ends\n"
    "         at its  at its\n"
    "          least    most                effect   from    to           share\n"
    "factor      (h)     (h)  least  most      (h)    (h)   (h)  kind       (%)\n"
    "-------  ------  ------  -----  -----  ------  -----  ----  ------  ------\n"
    "speed      20.0    70.0  12 kn  18 kn   25.0   21.5   28.0  lever   50.0\n"
    "fuel       45.0    60.0  half   -        7.50   5.00  10.0  lever    6.25\n"
    "weather    52.0    55.0  calm   rough   -1.25   -      -    chance   0.100\n"
    "\n"
    "How they run\n"
    "------------\n"
    "\n"
    "Curve\n"
    "level  hours   from    to\n"
    " (kn)    (h)    (h)   (h)  ships  port\n"
    "-----  -----  -----  ----  -----  -----\n"
    " 10.0   1.00  0.500  1.50      4  north\n"
    " 20.0   2.00  1.50   2.50      4  north\n"
    " 10.0   3.00  2.50   3.50      2  north\n"
    " 20.0   4.00  3.50   4.50      2  north\n"
    " 10.0   5.00  4.50   5.50      4  south\n"
    " 20.0   6.00  5.50   6.50      4  south\n"
    " 10.0   7.00  6.50   7.50      2  south\n"
    " 20.0   8.00  7.50   8.50      2  south\n"
    "\n"
    "Surface\n"
    "fuel  speed  hours\n"
    " (t)   (kn)    (h)   able  accepts\n"
    "----  -----  -----  -----  -------\n"
    "10.0   12.0  0      -4.00   -0.500\n"
    "20.0   12.0  0.500  -3.00    0.500\n"
    "30.0   12.0  1.00   -2.00    1.50\n"
    "10.0   16.0  1.50   -1.00   -0.500\n"
    "20.0   16.0  2.00    0       0.500\n"
    "30.0   16.0  2.50    1.00    1.50\n"
    "10.0   24.0  3.00    2.00   -0.500\n"
    "20.0   24.0  3.50    3.00    0.500\n"
    "30.0   24.0  4.00    4.00    1.50\n"
    "\n"
    "Every run\n"
    "---------\n"
    "\n"
    "Runs\n"
    "       speed  hours\n"
    "port    (kn)    (h)  joined\n"
    "-----  -----  -----  ------\n"
    "north   10.0   0          0\n"
    "south   11.0   2.75       0\n"
    "north   12.0   5.00       0\n"
    "south   13.0   6.75       0\n"
    "north   14.0   8.00       1\n"
    "south   15.0   8.75       1\n"
    "\n"
    "Plot \"Strips\": South sails longer. A little.\n";

static void test_document_text__whole_screen(void **state)
{
    (void)state;
    muster_document *document = all_plots("", NULL);
    assert_screen(document, NULL, screen);
    muster_document_free(document);
}

static void test_document_text__few_rows_in_ascii(void **state)
{
    (void)state;
    static const char beginning[] =
        "Tornado\n"
        "       20.0                                                    70.0\n"
        "speed  ------------------------------------########################  20.0, 70.0\n"
        "fuel                                 ------############              45.0, 60.0\n"
        "... 1 more row (--json or --data has all)\n"
        "- low, # high, = both, from 50.0\n"
        "Speed first.\n"
        "\n"
        "Bars\n"
        "             0                                           28.0\n"
        "speed lever  #####################################======-----  25.0 [21.5, 28.0]\n"
        "fuel  lever  #########====----                                 7.50 [5.00, 10.0]\n"
        "... 1 more row (--json or --data has all)\n"
        "= interval below and - above the end of a bar\n"
        "\n"
        "Dots\n"
        "       0                                                 28.0\n"
        "speed  :                                        |------o----|  25.0 [21.5, 28.0]\n"
        "fuel   :        |----o----|                                    7.50 [5.00, 10.0]\n"
        "... 1 more row (--json or --data has all)\n"
        ": 0\n"
        "\n";
    muster_document *document = all_plots("", NULL);
    const muster_document_options options = {.rows = 2, .ascii = true};
    char *told = muster_document_text(document, &options, NULL);
    assert_non_null(strstr(told, beginning));
    assert_non_null(strstr(told, " 20.0   2.00  1.50   2.50      4  north\n"
                                 "... 6 more rows (--json or --data has all)\n"));
    for (const char *at = told; *at; at++)
        assert_true((unsigned char)*at < 0x80);
    muster_tell_free(told, NULL);
    muster_document_free(document);
}

static muster_table *table_of(muster_document *document)
{
    return muster_table_add(muster_section_add(document, "s", ""), "t", "");
}

static int32_t lines_of(const char *text)
{
    int32_t lines = 0;
    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

static void test_document_text__forty_rows_unless_all_are_asked_for(void **state)
{
    (void)state;
    static const struct {
        int32_t rows, lines;
    } cases[] = {{0, 3 + 40 + 1}, {3, 3 + 3 + 1}, {40, 3 + 40 + 1}, {50, 3 + 50}, {-1, 3 + 50}};
    muster_document *document = muster_document_create("", NULL);
    muster_table *table = table_of(document);
    muster_table_column(table, "x", NULL, NULL, MUSTER_COLUMN_WHOLE, 0);
    for (int i = 0; i < 50; i++) {
        muster_table_row(table);
        muster_cell_whole(table, i);
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const muster_document_options options = {.rows = cases[i].rows};
        char *told = muster_document_text(document, &options, NULL);
        /* a line before the section, one before the table, head and rule, rows, what is left out */
        assert_int_equal(lines_of(told), cases[i].lines + 1);
        muster_tell_free(told, NULL);
    }
    muster_document_free(document);
}

/* A table for a picture has few rows on a screen, or none; all where they are asked for, and elsewhere. */
static void test_document_text__brief_tables(void **state)
{
    (void)state;
    static const struct {
        int32_t brief, rows, lines;
        const char *says;
    } cases[] = {{5, 0, 3 + 5 + 1, "... 45 more rows (--json or --data has all)"},
                 {0, 0, 1 + 1, "\n50 rows: --json or --data has them"},
                 {45, 0, 3 + 40 + 1, "... 10 more rows"},
                 {60, 50, 3 + 50, "\n49\n"},
                 {5, -1, 3 + 50, "\n49\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const muster_document_options options = {.rows = cases[i].rows};
        muster_document *document = muster_document_create("", NULL);
        muster_table *table = table_of(document);
        muster_table_brief(table, cases[i].brief);
        muster_table_column(table, "x", NULL, NULL, MUSTER_COLUMN_WHOLE, 0);
        for (int k = 0; k < 50; k++) {
            muster_table_row(table);
            muster_cell_whole(table, k);
        }
        char *told = muster_document_text(document, &options, NULL);
        assert_int_equal(lines_of(told), cases[i].lines + 1);
        assert_non_null(strstr(told, cases[i].says));
        char *csv = muster_document_csv(table, NULL);
        assert_int_equal(lines_of(csv), 51);
        muster_tell_free(csv, NULL);
        muster_tell_free(told, NULL);
        muster_document_free(document);
    }
    muster_table_brief(NULL, 3);
}

/* ---- tables --------------------------------------------------------------------------------- */

static void test_document_text__wide_tables(void **state)
{
    (void)state;
    muster_document *document = muster_document_create("", NULL);
    muster_table *table = table_of(document);
    muster_table_column(table, "path", "what is set", "", MUSTER_COLUMN_TEXT, 0);
    for (int i = 0; i < 9; i++) {
        const char name[] = {(char)('a' + i), '\0'};
        muster_table_column(table, name, "a measure", "nm", MUSTER_COLUMN_REAL, 7);
    }
    muster_table_row(table);
    muster_cell_text(table, "alignment.rules.rule-of-long-name.weight");
    for (int i = 0; i < 9; i++)
        muster_cell_real(table, 1234.5 + i);
    assert_screen(
        document, NULL,
        "\n\n"
        "                                       a         a         a         a         a\n"
        "                                 measure   measure   measure   measure   measure\n"
        "what is set                         (nm)      (nm)      (nm)      (nm)      (nm)\n"
        "------------------------------  --------  --------  --------  --------  --------\n"
        "alignment.rules.rule-of-long-   1234.500  1235.500  1236.500  1237.500  1238.500\n"
        "name.weight\n"
        "\n"
        "                                       a         a         a         a\n"
        "                                 measure   measure   measure   measure\n"
        "what is set                         (nm)      (nm)      (nm)      (nm)\n"
        "------------------------------  --------  --------  --------  --------\n"
        "alignment.rules.rule-of-long-   1239.500  1240.500  1241.500  1242.500\n"
        "name.weight\n");
    muster_document_free(document);
}

static void test_document_text__numbers(void **state)
{
    (void)state;
    static const struct {
        muster_column_kind kind;
        int32_t digits;
        double value;
        const char *words;
    } cases[] = {
        {MUSTER_COLUMN_REAL, 3, 0.0, "0"},
        {MUSTER_COLUMN_REAL, 3, -0.0, "0"},
        {MUSTER_COLUMN_REAL, 3, 12.345, "12.3"},
        {MUSTER_COLUMN_REAL, 3, -0.00123456, "-0.00123"},
        {MUSTER_COLUMN_REAL, 3, 9.996, "10.0"}, /* one digit before the point more */
        {MUSTER_COLUMN_REAL, 3, 999.7, "1000"},
        {MUSTER_COLUMN_REAL, 3, 123456.0, "123456"}, /* whole digits are never dropped */
        {MUSTER_COLUMN_REAL, 3, 1234567890.0, "1234567890"},
        {MUSTER_COLUMN_REAL, 3, 12345678901.0, "1.23e+10"},
        {MUSTER_COLUMN_REAL, 3, 1.234e-6, "0.00000123"},
        {MUSTER_COLUMN_REAL, 3, 1.234e-7, "1.23e-07"},
        {MUSTER_COLUMN_REAL, 1, 0.26, "0.3"},
        {MUSTER_COLUMN_REAL, 17, 0.1, "0.10000000000000001"},
        {MUSTER_COLUMN_REAL, 3, (double)NAN, "-"},
        {MUSTER_COLUMN_WHOLE, 3, 1048576.0, "1048576"},
        {MUSTER_COLUMN_WHOLE, 3, -3.0, "-3"},
        {MUSTER_COLUMN_SHARE, 3, 0.12345, "12.3"},
        {MUSTER_COLUMN_SHARE, 3, 1.0, "100"},
        {MUSTER_COLUMN_SHARE, 2, 0.0005, "0.050"},
        {MUSTER_COLUMN_P, 2, 0.0234, "0.023"},
        {MUSTER_COLUMN_P, 2, 0.001, "0.0010"},
        {MUSTER_COLUMN_P, 2, 0.00099, "< 0.001"}, /* no test is that exact */
        {MUSTER_COLUMN_P, 2, 3e-97, "< 0.001"},
        {MUSTER_COLUMN_P, 2, 0.0, "< 0.001"}, /* too small for a number */
        {MUSTER_COLUMN_P, 2, (double)NAN, "-"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const mst_doc_column column = {.kind = cases[i].kind, .digits = cases[i].digits};
        char words[64];
        assert_string_equal(mst_doc_number_words(&column, cases[i].value, words), cases[i].words);
    }
}

static void assert_cut(const char *words, int32_t width, const char *expected)
{
    mst_text text;
    mst_text_init(&text, NULL);
    mst_doc_add_cut(&text, words, width, "..");
    assert_string_equal(text.bytes, expected);
    assert_true(mst_text_columns(text.bytes) <= width);
    mst_text_clear(&text);
}

static void test_document_text__long_labels_keep_both_ends(void **state)
{
    (void)state;
    assert_cut("short", 5, "short");
    assert_cut("units.frigate.fuel_frac", 12, "units.._frac");
    assert_cut("units.frigate.fuel_frac", 11, "units..frac");
    assert_cut("汉字汉字汉字", 8, "汉..字"); /* no half of a wide character */
    assert_cut("汉字汉字汉字", 10, "汉字..汉字");
    assert_cut("e\xcc\x81"
               "e\xcc\x81"
               "e\xcc\x81"
               "e\xcc\x81"
               "e\xcc\x81",
               4, "e\xcc\x81..e\xcc\x81");
}

static void test_document_text__nothing_to_draw(void **state)
{
    (void)state;
    muster_document *document = muster_document_create("", NULL);
    muster_section *section = muster_section_add(document, "s", "");
    muster_table *table = muster_table_add(section, "t", "T");
    muster_table_column(table, "a", NULL, NULL, MUSTER_COLUMN_TEXT, 0);
    muster_table_column(table, "x", NULL, NULL, MUSTER_COLUMN_REAL, 0);
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_DOTS, table, "P");
    muster_plot_role(plot, "label", "a");
    muster_plot_role(plot, "value", "x");
    muster_plot_role(plot, "low", "x");
    muster_plot_role(plot, "high", "x");
    assert_screen(document, NULL, "\n\nP\n(nothing to draw)\n\nT\na  x\n-  -\n(no rows)\n");
    muster_table_row(table);
    muster_cell_text(table, "all alike");
    muster_cell_real(table, 2.0);
    char *told = muster_document_text(document, NULL, NULL);
    assert_non_null(strstr(told, "\nall alike  "));
    assert_non_null(strstr(told, "●"));
    muster_tell_free(told, NULL);
    muster_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_document_text__whole_screen),
        cmocka_unit_test(test_document_text__few_rows_in_ascii),
        cmocka_unit_test(test_document_text__forty_rows_unless_all_are_asked_for),
        cmocka_unit_test(test_document_text__brief_tables),
        cmocka_unit_test(test_document_text__wide_tables),
        cmocka_unit_test(test_document_text__numbers),
        cmocka_unit_test(test_document_text__long_labels_keep_both_ends),
        cmocka_unit_test(test_document_text__nothing_to_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
