/** @file page_documents.h
 * Documents that the page of a report is tried with, and the shorthand in which they are built.
 */
#ifndef TEST_PAGE_DOCUMENTS_H
#define TEST_PAGE_DOCUMENTS_H

#include "muster/document.h"

/** What analyses tell of a sweep with so many factors, 3 or more: every kind of plot. Invented. */
muster_document *page_factors(int factors);

/** Numbers of every size, with 1 to 17 digits, ties among them: what people read of them. */
muster_document *page_figures(void);

/** Every option with every kind that has it, and values that a logarithmic axis cannot show. */
muster_document *page_options(void);

/** Plots of tables without rows, with one row, and with nothing but missing cells. */
muster_document *page_empty(void);

/* ---- shorthand ------------------------------------------------------------------------------------ */

static inline void text_column(muster_table *table, const char *name, const char *label)
{
    muster_table_column(table, name, label, "", MUSTER_COLUMN_TEXT, 0);
}

static inline void real_column(muster_table *table, const char *name, const char *label,
                               const char *unit, int digits)
{
    muster_table_column(table, name, label, unit, MUSTER_COLUMN_REAL, digits);
}

static inline void share_column(muster_table *table, const char *name, const char *label)
{
    muster_table_column(table, name, label, "", MUSTER_COLUMN_SHARE, 3);
}

static inline void whole_column(muster_table *table, const char *name, const char *label)
{
    muster_table_column(table, name, label, "", MUSTER_COLUMN_WHOLE, 0);
}

/** Gives "role column" pairs, "label factor low from high to". */
void roles(muster_plot *plot, const char *pairs);

/** Random numbers, the same on every machine: Marsaglia (2003), xorshift64. */
typedef struct dice {
    unsigned long long state;
} dice;

double uniform(dice *d); /* [0, 1)                              */
double normal(dice *d);  /* mean 0, sd 1: Box and Muller (1958) */

#endif
