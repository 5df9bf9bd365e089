/* A table of a document as CSV. */
#include "tell/document.h"

#include "base/format.h"

#include <math.h>
#include <string.h>

/* A field in quotes where it must be, or in any case. A quote in it becomes what is given. */
static void add_field(mst_text *text, const char *field, bool in_quotes, const char *quote)
{
    const size_t bytes = strlen(field);
    const bool has_blank_ends = bytes > 0 && (field[0] == ' ' || field[bytes - 1] == ' ');
    if (!in_quotes && !has_blank_ends && !strpbrk(field, ",\"")) {
        mst_text_add(text, field);
        return;
    }
    mst_text_add_quoted(text, field, quote);
}

static void add_cell(mst_text *text, const muster_table *table, int32_t row, int32_t column,
                     bool for_gnuplot)
{
    const mst_doc_cell *const cell = mst_doc_cell_at(table, row, column);
    const bool is_text = mst_doc_column_at(table, column)->kind == MUSTER_COLUMN_TEXT;
    char number[32];
    if (is_text && cell->text)
        /* an empty text, which is not missing, is told apart by its quotes */
        add_field(text, cell->text, for_gnuplot || !*cell->text, for_gnuplot ? "''" : "\"\"");
    else if (!is_text && !isnan(cell->number))
        mst_text_add(text, mst_text_shortest(cell->number == 0.0 ? 0.0 : cell->number, number));
    else if (table->column.count == 1)
        mst_text_add(text, "\"\""); /* a line that is empty would be no row */
}

void mst_doc_add_csv(mst_text *text, const muster_table *table, bool for_gnuplot)
{
    for (int32_t i = 0; i < table->column.count; i++) {
        mst_text_add(text, i > 0 ? "," : "");
        add_field(text, mst_doc_column_at(table, i)->name, for_gnuplot,
                  for_gnuplot ? "''" : "\"\"");
    }
    mst_text_add(text, "\n");
    for (int32_t row = 0; row < table->rows; row++) {
        for (int32_t i = 0; i < table->column.count; i++) {
            mst_text_add(text, i > 0 ? "," : "");
            add_cell(text, table, row, i, for_gnuplot);
        }
        mst_text_add(text, "\n");
    }
}

char *muster_document_csv(const muster_table *table, muster_diags *diags)
{
    if (!mst_doc_is_sound(table ? table->document : NULL, diags) || !table)
        return NULL;
    mst_text text;
    mst_text_init(&text, table->document->arena.memory);
    mst_doc_add_csv(&text, table, false);
    return mst_doc_take(&text, diags);
}
