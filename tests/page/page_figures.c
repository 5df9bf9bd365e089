/* Numbers of every size and how many digits of them people read. */
#include "page_documents.h"

#include <math.h>
#include <stdio.h>

enum { DIGITS_MOST = 17, RANDOM = 240 };

/* Where writing changes: ties, which C rounds to the even digit; powers of ten and what rounds up to
 * one; the ends of plain writing, 1e-6 and 1e10; the greatest and the least; nothing. */
static const double edges[] = {
    0.0,       0.5,       1.5,    2.5,     0.125,    0.375,      1.0625,     2.0625,
    -0.625,    12.5,      1234.5, 1235.5,  99.5,     999.5,      9.9995,     9.996,
    0.99999,   0.0999995, 1e-6,   9.99e-7, 1.0e-5,   123456789., 999999999., 9999999999.6,
    1e10,      12345e6,   1.0,    10.0,    100.0,    1e9,        4.2,        0.03,
    1.0 / 3.0, 2.0 / 3.,  2023.0, -17.25,  1e-300,   1e300,      -1e-9,      5e-7,
    0.285,     0.1225,    0.07,   0.145,   1.005,    0.99995,    1e15,       123456.5,
    123457.5,  -0.5,      -1e12,  65536.0, 0.000123, (double)NAN};
enum { EDGES = sizeof edges / sizeof *edges };

/* The same number in columns of 1, 2 ... digits; between them every size from 1e-9 to 1e12. */
static void add_figures(muster_section *section, const char *id, muster_column_kind kind, int first,
                        int last)
{
    char name[16], label[32];
    dice d = {2463534242ULL};
    muster_table *table = muster_table_add(section, id, id);
    muster_table_column(table, "row", "row", "", MUSTER_COLUMN_WHOLE, 0);
    for (int digits = first; digits <= last; digits++) {
        snprintf(name, sizeof name, "d%d", digits);
        snprintf(label, sizeof label, "%d", digits);
        muster_table_column(table, name, label, "", kind, digits);
    }
    for (int row = 0; row < EDGES + RANDOM; row++) {
        const double size =
            pow(10.0, kind == MUSTER_COLUMN_SHARE ? -6.0 * uniform(&d) : -9.0 + 21.0 * uniform(&d));
        const double value = row < EDGES ? edges[row] : size * (2.0 * uniform(&d) - 1.0);
        muster_table_row(table);
        muster_cell_whole(table, row);
        for (int digits = first; digits <= last; digits++)
            muster_cell_real(table, value);
    }
}

static void add_wholes(muster_section *section)
{
    static const int64_t wholes[] = {0,
                                     1,
                                     -1,
                                     2023,
                                     9999,
                                     10000,
                                     -12345,
                                     1234567,
                                     2147483648,
                                     -9007199254740992,
                                     9007199254740992,
                                     9007199254740991,
                                     1000000000000000};
    muster_table *table = muster_table_add(section, "wholes", "Whole numbers");
    whole_column(table, "n", "n");
    whole_column(table, "again", "again");
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++) {
        muster_table_row(table);
        muster_cell_whole(table, wholes[i]);
        if (i % 4 == 3)
            muster_cell_none(table);
        else
            muster_cell_whole(table, -wholes[i]);
    }
}

muster_document *page_figures(void)
{
    muster_document *document = muster_document_create("Figures", NULL);
    muster_section *section = muster_section_add(document, "figures", "Numbers of every size");
    add_figures(section, "few", MUSTER_COLUMN_REAL, 1, 6);
    add_figures(section, "many", MUSTER_COLUMN_REAL, 7, 12);
    add_figures(section, "shares", MUSTER_COLUMN_SHARE, 1, 6);
    add_figures(section, "all", MUSTER_COLUMN_REAL, 13, DIGITS_MOST);
    add_wholes(section);
    return document;
}
