/* Columns and cells of a document, and how they are written for people. */
#include "tell/document.h"

#include "base/format.h"
#include "base/utf8.h"

#include <math.h>
#include <string.h>

/* ---- columns and cells ------------------------------------------------------------------------ */

const char *mst_doc_column_kind_name(muster_column_kind kind)
{
    static const char *const names[] = {"text", "real", "whole", "share", "p"};
    return (size_t)kind < sizeof names / sizeof *names ? names[kind] : "real";
}

const mst_doc_column *mst_doc_column_at(const muster_table *table, int32_t column)
{
    return MST_AT(const mst_doc_column, &table->column, column);
}

const mst_doc_cell *mst_doc_cell_at(const muster_table *table, int32_t row, int32_t column)
{
    const mst_doc_cell *const cells = table->cell.item;
    return &cells[(size_t)row * (size_t)table->column.count + (size_t)column];
}

double mst_doc_number_at(const muster_table *table, int32_t row, int32_t column)
{
    return mst_doc_cell_at(table, row, column)->number;
}

int32_t mst_doc_column_named(const muster_table *table, const char *name)
{
    for (int32_t i = 0; i < table->column.count; i++)
        if (strcmp(mst_doc_column_at(table, i)->name, name) == 0)
            return i;
    return -1;
}

mst_doc_range mst_doc_range_begin(bool is_positive)
{
    return (mst_doc_range){(double)INFINITY, (double)-INFINITY, is_positive};
}

void mst_doc_range_value(mst_doc_range *range, double value)
{
    if (!isfinite(value) || (range->is_positive && value <= 0.0))
        return;
    range->low = fmin(range->low, value);
    range->high = fmax(range->high, value);
}

void mst_doc_range_column(mst_doc_range *range, const muster_table *table, int32_t column)
{
    for (int32_t row = 0; column >= 0 && row < table->rows; row++)
        mst_doc_range_value(range, mst_doc_number_at(table, row, column));
}

bool mst_doc_range_end(mst_doc_range *range)
{
    if (range->low > range->high)
        return false;
    if (range->high - range->low <= 1e-12 * fmax(fabs(range->low), fabs(range->high))) {
        const double half = range->low != 0.0 ? 0.1 * fabs(range->low) : 0.5;
        range->low -= half;
        range->high += half;
    }
    return true;
}

/* ---- words ---------------------------------------------------------------------------------- */

/* The number as programs get it (mst_json_real): people and a page made of JSON read the same figure,
 * also where rounding twice and once differ. Of more digits than JSON has, the number itself. */
static double as_in_json(double value, int32_t digits)
{
    char text[32];
    double rounded = value;
    muster_text_format(text, sizeof text, "%.*g", MST_DOC_JSON_DIGITS, value);
    return digits <= MST_DOC_JSON_DIGITS && mst_text_real(text, &rounded) ? rounded : value;
}

const char *mst_doc_number_words(const mst_doc_column *column, double value, char out[64])
{
    const double told = as_in_json(value, column->digits);
    const double shown = column->kind == MUSTER_COLUMN_SHARE ? told * 100.0 : told;
    if (!isfinite(shown)) {
        muster_text_format(out, 64, "-");
        return out;
    }
    if (column->kind == MUSTER_COLUMN_P && shown < 0.001) {
        muster_text_format(out, 64, "< 0.001");
        return out;
    }
    if (column->kind == MUSTER_COLUMN_WHOLE || shown == 0.0) {
        muster_text_format(out, 64, "%.0f", shown == 0.0 ? 0.0 : value);
        return out;
    }
    /* the power of ten behind rounding: 9.996 with three digits is 10.0 */
    muster_text_format(out, 64, "%.*e", (int)column->digits - 1, shown);
    double power = 0.0;
    const char *const mark = strchr(out, 'e');
    if (!mark || !mst_text_real(mark + 1, &power) || power < -6.0 || power > 9.0)
        return out;
    const int decimals = (int)column->digits - 1 - (int)power;
    muster_text_format(out, 64, "%.*f", decimals > 0 ? decimals : 0, shown);
    return out;
}

void mst_doc_add_cell(mst_text *text, const muster_table *table, int32_t row, int32_t column)
{
    char number[64];
    const mst_doc_column *const head = mst_doc_column_at(table, column);
    const mst_doc_cell *const cell = mst_doc_cell_at(table, row, column);
    if (head->kind == MUSTER_COLUMN_TEXT)
        mst_text_add(text, cell->text ? cell->text : "-");
    else
        mst_text_add(text, mst_doc_number_words(head, cell->number, number));
}

void mst_doc_add_head(mst_text *text, const mst_doc_column *column, bool for_people)
{
    const char *const unit = *column->unit                                       ? column->unit
                             : for_people && column->kind == MUSTER_COLUMN_SHARE ? "%"
                                                                                 : "";
    mst_text_add(text, column->label);
    if (*unit)
        mst_text_printf(text, " (%s)", unit);
}

/* Bytes of the beginning of a text that needs at most width columns. */
static size_t bytes_within(const char *words, int32_t width)
{
    size_t at = 0;
    int32_t used = 0;
    while (words[at]) {
        uint32_t code = 0;
        const size_t step = mst_utf8_read(words + at, 4, &code);
        used += step > 0 ? mst_utf8_columns(code) : 1;
        if (used > width)
            break;
        at += step > 0 ? step : 1;
    }
    return at;
}

void mst_doc_add_cut(mst_text *text, const char *words, int32_t width, const char *dots)
{
    const int32_t columns = mst_text_columns(words), gap = mst_text_columns(dots);
    if (columns <= width) {
        mst_text_add(text, words);
        return;
    }
    const int32_t tail = (width - gap) / 2;
    mst_text_add_bytes(text, words, bytes_within(words, width - gap - tail));
    mst_text_add(text, dots);
    /* a wide character on the border is left out */
    size_t from = bytes_within(words, columns - tail);
    while (words[from] && mst_text_columns(words + from) > tail) {
        uint32_t code = 0;
        const size_t step = mst_utf8_read(words + from, 4, &code);
        from += step > 0 ? step : 1;
    }
    mst_text_add(text, words + from);
}

char *mst_doc_take(mst_text *text, muster_diags *diags)
{
    char *const out = mst_text_take(text);
    if (!out)
        mst_diag_memory(diags);
    return out;
}
