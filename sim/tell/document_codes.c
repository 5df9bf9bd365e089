/* What the cells of a column are told apart by, for gnuplot. */
#include "tell/document_gnuplot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct item { /* a cell that is not missing */
    const char *text; /* null: a number */
    double number;
    int32_t row;
    int32_t first; /* of the rows with the same */
} item;

static int by_content(const void *a, const void *b)
{
    const item *const x = a, *const y = b;
    const int order = x->text && y->text ? strcmp(x->text, y->text)
                                         : (x->number > y->number) - (x->number < y->number);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static int by_first(const void *a, const void *b)
{
    const item *const x = a, *const y = b;
    const int order = (x->first > y->first) - (x->first < y->first);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static bool is_same(const item *a, const item *b)
{
    return a->text && b->text ? strcmp(a->text, b->text) == 0
                              : !(a->number < b->number) && !(a->number > b->number);
}

static int32_t collect(const muster_table *table, int32_t column, item *items)
{
    int32_t count = 0;
    for (int32_t row = 0; row < table->rows; row++) {
        const mst_doc_cell *const cell = mst_doc_cell_at(table, row, column);
        if (cell->text || !isnan(cell->number))
            items[count++] = (item){cell->text, cell->number, row, row};
    }
    return count;
}

static void number_items(const muster_table *table, int32_t column, item *items, int32_t count,
                         mst_gp_codes *out)
{
    qsort(items, (size_t)count, sizeof *items, by_content);
    for (int32_t i = 1; i < count; i++)
        if (is_same(&items[i - 1], &items[i]))
            items[i].first = items[i - 1].first;
    if (mst_doc_column_at(table, column)->kind == MUSTER_COLUMN_TEXT)
        qsort(items, (size_t)count, sizeof *items, by_first);
    for (int32_t i = 0; i < count; i++) {
        if (items[i].row == items[i].first)
            out->row_of[out->count++] = items[i].row;
        out->of_row[items[i].row] = out->count;
    }
}

const mst_gp_codes *mst_gp_codes_of(mst_gp *gp, int32_t column)
{
    static const mst_gp_codes none = {0};
    mst_gp_codes *const codes = &gp->codes[column];
    const size_t rows = (size_t)gp->table->rows;
    if (codes->of_row)
        return codes;
    mst_gp_codes made = {.of_row = mst_arena_array(&gp->arena, rows, sizeof *made.of_row),
                         .row_of = mst_arena_array(&gp->arena, rows, sizeof *made.row_of)};
    item *const items = mst_arena_array(&gp->arena, rows, sizeof *items);
    if (!made.of_row || !made.row_of || !items)
        return &none;
    number_items(gp->table, column, items, collect(gp->table, column, items), &made);
    *codes = made;
    mst_text_printf(&gp->arrays, "array C%d[%d] = [", (int)column + 1, (int)gp->table->rows);
    for (int32_t row = 0; row < gp->table->rows; row++) {
        mst_text_add(&gp->arrays, row > 0 ? "," : "");
        if (codes->of_row[row] > 0)
            mst_text_printf(&gp->arrays, "%d", (int)codes->of_row[row]);
        else
            mst_text_add(&gp->arrays, "NaN");
    }
    mst_text_add(&gp->arrays, "]\n");
    return codes;
}

bool mst_gp_is_category(mst_gp *gp, int32_t column)
{
    if (column < 0)
        return false;
    const muster_column_kind kind = mst_doc_column_at(gp->table, column)->kind;
    return kind == MUSTER_COLUMN_TEXT ||
           (kind == MUSTER_COLUMN_WHOLE && mst_gp_codes_of(gp, column)->count <= MST_GP_COLORS);
}
