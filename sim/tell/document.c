/* Building a document: everything lies in its arena, and the first fault is kept. */
#include "tell/document.h"

#include "base/diag.h"
#include "base/format.h"
#include "base/utf8.h"

#include <math.h>
#include <string.h>

static const double whole_most = 9007199254740992.0; /* 2^53 */

/* ---- texts and faults ------------------------------------------------------------------------- */

void mst_doc_fault(muster_document *document, const char *format, ...)
{
    va_list args;
    if (document->fault)
        return;
    va_start(args, format);
    document->fault = mst_arena_vprintf(&document->arena, format, args);
    va_end(args);
}

/* Writes the text as one line of UTF-8 without control characters. @return bytes needed */
static size_t clean(const char *text, char *out)
{
    size_t used = 0;
    while (*text) { /* the zero at the end stops a sequence that is cut off */
        uint32_t code = 0;
        const size_t step = mst_utf8_read(text, 4, &code);
        const bool is_blank = *text == '\n' || *text == '\r' || *text == '\t';
        const bool is_bad = step == 0 || code < 0x20 || (code >= 0x7f && code < 0xa0);
        const char *piece = is_blank ? " " : is_bad ? "\xef\xbf\xbd" : text;
        const size_t length = is_blank ? 1 : is_bad ? 3 : step;
        const bool ends_line = *text == '\r' && text[1] == '\n';
        if (out)
            memcpy(out + used, piece, length);
        used += length;
        text += ends_line ? 2 : step > 0 ? step : 1;
    }
    if (out)
        out[used] = '\0';
    return used + 1;
}

const char *mst_doc_keep(muster_document *document, const char *text)
{
    const char *words = text ? text : "";
    char *const out = mst_arena_alloc(&document->arena, clean(words, NULL));
    if (!out)
        return "";
    clean(words, out);
    return out;
}

const char *mst_doc_printed(muster_document *document, const char *format, va_list args)
{
    const char *const printed = mst_arena_vprintf(&document->arena, format, args);
    return mst_doc_keep(document, printed);
}

static void add_text(muster_document *document, mst_list *list, const char *text)
{
    const char **const item = mst_list_add(&document->arena, list, sizeof *item);
    if (item)
        *item = text;
}

void mst_doc_add_pointer(muster_document *document, mst_list *list, void *thing)
{
    void **const item = mst_list_add(&document->arena, list, sizeof *item);
    if (item)
        *item = thing;
}

/* ---- document, sections ----------------------------------------------------------------------- */

muster_document *muster_document_create(const char *title, const muster_memory *memory)
{
    muster_document *const document = mst_memory_alloc(memory, sizeof *document);
    if (!document)
        return NULL;
    *document = (muster_document){0};
    mst_arena_init(&document->arena, mst_memory_keep(&document->own, memory));
    document->title = mst_doc_keep(document, title);
    return document;
}

void muster_document_free(muster_document *document)
{
    if (!document)
        return;
    const muster_memory own = document->own;
    mst_arena_clear(&document->arena);
    mst_memory_free(&own, document);
}

void muster_document_about(muster_document *document, const char *key, const char *format, ...)
{
    if (!document)
        return;
    mst_doc_about *const line = mst_list_add(&document->arena, &document->about, sizeof *line);
    if (!line)
        return;
    va_list args;
    va_start(args, format);
    line->value = mst_doc_printed(document, format, args);
    va_end(args);
    line->key = mst_doc_keep(document, key);
}

void muster_document_warn(muster_document *document, const char *format, ...)
{
    if (!document)
        return;
    va_list args;
    va_start(args, format);
    add_text(document, &document->warning, mst_doc_printed(document, format, args));
    va_end(args);
}

static bool has_section(const muster_document *document, const char *id)
{
    for (int32_t i = 0; i < document->section.count; i++)
        if (strcmp((*MST_AT(muster_section *const, &document->section, i))->id, id) == 0)
            return true;
    return false;
}

muster_section *muster_section_add(muster_document *document, const char *id, const char *title)
{
    if (!document)
        return NULL;
    const char *const own = mst_doc_keep(document, id);
    if (!document->arena.failed && !mst_text_is_id(own))
        mst_doc_fault(document, "section '%s': this is no id", own);
    else if (has_section(document, own))
        mst_doc_fault(document, "section '%s' is there twice", own);
    muster_section *const section = mst_arena_alloc(&document->arena, sizeof *section);
    if (!section)
        return NULL;
    *section =
        (muster_section){.document = document, .id = own, .title = mst_doc_keep(document, title)};
    mst_doc_add_pointer(document, &document->section, section);
    return section;
}

void muster_section_say(muster_section *section, const char *format, ...)
{
    if (!section)
        return;
    va_list args;
    va_start(args, format);
    add_text(section->document, &section->sentence,
             mst_doc_printed(section->document, format, args));
    va_end(args);
}

/* ---- tables --------------------------------------------------------------------------------- */

static bool has_table(const muster_document *document, const char *id)
{
    for (int32_t i = 0; i < document->table.count; i++)
        if (strcmp(muster_document_table(document, i)->id, id) == 0)
            return true;
    return false;
}

muster_table *muster_table_add(muster_section *section, const char *id, const char *title)
{
    if (!section)
        return NULL;
    muster_document *const document = section->document;
    const char *const own = mst_doc_keep(document, id);
    if (!document->arena.failed && !mst_text_is_id(own))
        mst_doc_fault(document, "table '%s': this is no id", own);
    else if (has_table(document, own))
        mst_doc_fault(document, "table '%s' is there twice", own);
    muster_table *const table = mst_arena_alloc(&document->arena, sizeof *table);
    if (!table)
        return NULL;
    *table = (muster_table){
        .document = document, .id = own, .title = mst_doc_keep(document, title), .brief = -1};
    mst_doc_add_pointer(document, &section->table, table);
    mst_doc_add_pointer(document, &document->table, table);
    return table;
}

void muster_table_column(muster_table *table, const char *name, const char *label, const char *unit,
                         muster_column_kind kind, int32_t digits)
{
    if (!table)
        return;
    muster_document *const document = table->document;
    const char *const own = mst_doc_keep(document, name);
    if (table->rows > 0)
        mst_doc_fault(document, "table '%s': column '%s' comes behind a row", table->id, own);
    else if (!*own && !document->arena.failed)
        mst_doc_fault(document, "table '%s': a column has no name", table->id);
    else if (mst_doc_column_named(table, own) >= 0)
        mst_doc_fault(document, "table '%s': column '%s' is there twice", table->id, own);
    else if (digits < 0 || digits > 17)
        mst_doc_fault(document, "table '%s': column '%s' is to have %d digits", table->id, own,
                      (int)digits);
    mst_doc_column *const column = mst_list_add(&document->arena, &table->column, sizeof *column);
    if (!column)
        return;
    *column = (mst_doc_column){.name = own,
                               .label = label ? mst_doc_keep(document, label) : own,
                               .unit = mst_doc_keep(document, unit),
                               .kind = kind,
                               .digits = digits > 0 ? digits : MST_DOC_DIGITS};
}

void muster_table_brief(muster_table *table, int32_t rows)
{
    if (table)
        table->brief = rows > 0 ? rows : 0;
}

/* Cells by which the rows that were begun are short; below 0: there are too many. */
static int64_t missing_cells(const muster_table *table)
{
    return (int64_t)table->rows * table->column.count - table->cell.count;
}

static void fault_of_row(muster_document *document, const muster_table *table)
{
    const int64_t missing = missing_cells(table);
    if (missing != 0)
        mst_doc_fault(document, "table '%s': row %d has %d cells for %d columns", table->id,
                      (int)table->rows, (int)(table->column.count - missing),
                      (int)table->column.count);
}

void muster_table_row(muster_table *table)
{
    if (!table)
        return;
    if (!table->document->arena.failed)
        fault_of_row(table->document, table);
    if (table->column.count == 0)
        mst_doc_fault(table->document, "table '%s': a row without columns", table->id);
    table->rows++;
}

static bool may_hold(muster_column_kind column, muster_column_kind value)
{
    switch (column) {
    case MUSTER_COLUMN_TEXT:
        return value == MUSTER_COLUMN_TEXT;
    case MUSTER_COLUMN_REAL:
    case MUSTER_COLUMN_SHARE:
    case MUSTER_COLUMN_P:
        return value == MUSTER_COLUMN_REAL || value == MUSTER_COLUMN_WHOLE;
    case MUSTER_COLUMN_WHOLE:
        return value == MUSTER_COLUMN_WHOLE;
    }
    return false;
}

/* The next cell, missing so far; null when it has no place or memory is short. */
static mst_doc_cell *next_cell(muster_table *table)
{
    muster_document *const document = table->document;
    if (document->fault || document->arena.failed)
        return NULL;
    if (missing_cells(table) <= 0) {
        mst_doc_fault(document, "table '%s': row %d has a cell too many", table->id,
                      (int)table->rows);
        return NULL;
    }
    mst_doc_cell *const cell = mst_list_add(&document->arena, &table->cell, sizeof *cell);
    if (cell)
        *cell = (mst_doc_cell){.number = (double)NAN};
    return cell;
}

/* The same for a value of a kind, which the column must be made for. */
static mst_doc_cell *cell_for(muster_table *table, muster_column_kind value)
{
    mst_doc_cell *const cell = table ? next_cell(table) : NULL;
    if (!cell)
        return NULL;
    const int32_t at = (table->cell.count - 1) % table->column.count;
    const mst_doc_column *const column = mst_doc_column_at(table, at);
    if (may_hold(column->kind, value))
        return cell;
    mst_doc_fault(table->document, "table '%s': a %s in column '%s', which is for a %s", table->id,
                  mst_doc_column_kind_name(value), column->name,
                  mst_doc_column_kind_name(column->kind));
    return NULL;
}

void muster_cell_text(muster_table *table, const char *text)
{
    mst_doc_cell *const cell = cell_for(table, MUSTER_COLUMN_TEXT);
    if (cell && text)
        cell->text = mst_doc_keep(table->document, text);
}

void muster_cell_real(muster_table *table, double value)
{
    mst_doc_cell *const cell = cell_for(table, MUSTER_COLUMN_REAL);
    if (cell && isfinite(value))
        cell->number = value;
}

void muster_cell_whole(muster_table *table, int64_t value)
{
    mst_doc_cell *const cell = cell_for(table, MUSTER_COLUMN_WHOLE);
    if (!cell)
        return;
    cell->number = (double)value;
    if (fabs(cell->number) > whole_most || (int64_t)cell->number != value)
        mst_doc_fault(table->document, "table '%s': a whole number beyond 2^53", table->id);
}

void muster_cell_none(muster_table *table)
{
    if (table)
        (void)next_cell(table);
}

/* ---- looking --------------------------------------------------------------------------------- */

int32_t muster_document_table_count(const muster_document *document)
{
    return document ? document->table.count : 0;
}

const muster_table *muster_document_table(const muster_document *document, int32_t index)
{
    return *MST_AT(muster_table *const, &document->table, index);
}

const char *muster_table_id(const muster_table *table)
{
    return table->id;
}

bool mst_doc_is_sound(const muster_document *document, muster_diags *diags)
{
    if (!document || document->arena.failed) {
        mst_diag_memory(diags);
        return false;
    }
    if (document->fault) {
        MST_DOC_REFUSE(diags, "%s", document->fault);
        return false;
    }
    for (int32_t i = 0; i < document->table.count; i++) {
        const muster_table *const table = muster_document_table(document, i);
        if (missing_cells(table) != 0) {
            MST_DOC_REFUSE(diags, "table '%s': its last row is not complete", table->id);
            return false;
        }
    }
    for (int32_t i = 0; i < document->plot.count; i++)
        if (!mst_doc_is_plot_sound(muster_document_plot(document, i), diags))
            return false;
    return true;
}
