#include "load/table.h"

#include "base/text.h"

#include <string.h>

/* ---- what was read ------------------------------------------------------------------------------ */

static const char *field_at(const mst_table *t, int32_t line, int32_t column)
{
    return t->text + t->field[(size_t)line * (size_t)t->column_count + (size_t)column];
}

const char *mst_table_head(const mst_table *table, int32_t column)
{
    return field_at(table, 0, column);
}

const char *mst_table_at(const mst_table *table, int32_t row, int32_t column)
{
    return column < 0 ? "" : field_at(table, row + 1, column);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_same(const char *a, const char *b)
{
    for (; *a && lower(*a) == lower(*b); a++)
        b++;
    return *a == '\0' && *b == '\0';
}

int32_t mst_table_column(const mst_table *table, const char *name)
{
    for (int32_t i = 0; i < table->column_count; i++)
        if (is_same(mst_table_head(table, i), name))
            return i;
    return -1;
}

int32_t mst_table_line(const mst_table *table, int32_t row)
{
    return table->line ? table->line[row + 1] : 0;
}

/* ---- bytes to fields ---------------------------------------------------------------------------- */

/* On the way through the bytes: once to count and once to take, by the same code. */
typedef struct walk {
    const unsigned char *at, *end;
    int32_t line;
    mst_table *table;
    char *text;      /* null: only counting */
    size_t used;     /* of the text         */
    uint32_t *field; /* of the line at hand */
    int32_t fields;  /* in it               */
    bool is_empty;   /* all of them         */
    bool is_told;    /* it has a mistake    */
} walk;

static void complain(walk *w, int32_t line, const char *format, ...) MUSTER_PRINTF(3, 4);

static void complain(walk *w, int32_t line, const char *format, ...)
{
    va_list arguments;
    if (w->text) { /* counting was silent */
        va_start(arguments, format);
        mst_table_vmistake(w->table, line, NULL, NULL, format, arguments);
        va_end(arguments);
    }
    w->is_told = true;
}

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t';
}

static bool ends_line(const walk *w)
{
    return w->at == w->end || *w->at == '\n' || *w->at == '\r';
}

static void keep(walk *w, unsigned char c)
{
    if (w->text)
        w->text[w->used] = (char)c;
    w->used++;
}

/* One line break, whichever of the three it is. */
static void pass_break(walk *w)
{
    const unsigned char first = *w->at++;
    if (first == '\r' && w->at < w->end && *w->at == '\n')
        w->at++;
    w->line++;
}

/* Behind the opening quote, to behind the closing one. */
static void take_quoted(walk *w)
{
    const int32_t first = w->line;
    for (w->at++; w->at < w->end; w->at++) {
        if (*w->at == '"' && (w->at + 1 == w->end || w->at[1] != '"')) {
            w->at++;
            return;
        }
        if (*w->at == '"')
            w->at++; /* doubled: one */
        w->line += *w->at == '\n' || (*w->at == '\r' && (w->at + 1 == w->end || w->at[1] != '\n'));
        keep(w, *w->at);
    }
    complain(w, first, "a quote opens here and is never closed");
}

/* What stands between a closing quote and the next comma should be nothing. */
static void pass_to_comma(walk *w)
{
    bool any = false;
    while (!ends_line(w) && *w->at != ',')
        any = !is_blank(*w->at++) || any;
    if (any)
        complain(w, w->line, "field %d goes on behind its closing quote", (int)w->fields + 1);
}

static void take_plain(walk *w)
{
    const size_t first = w->used;
    bool has_quote = false;
    while (!ends_line(w) && *w->at != ',') {
        has_quote = has_quote || *w->at == '"';
        keep(w, *w->at++);
    }
    while (w->text && w->used > first && is_blank((unsigned char)w->text[w->used - 1]))
        w->used--;
    if (has_quote)
        complain(w, w->line, "field %d has a quote in it, so it must stand in quotes as a whole",
                 (int)w->fields + 1);
}

/* Any bytes may come: a text of the table has none that a screen or a document could not show. */
static void check_bytes(walk *w, int32_t line, size_t first)
{
    const size_t length = w->used - first;
    const int64_t bad = w->text ? mst_text_bad_byte(w->text + first, length) : -1;
    if (bad >= 0)
        complain(w, line, "field %d: byte 0x%02x is a control character or no UTF-8",
                 (int)w->fields + 1, (unsigned)(unsigned char)w->text[first + (size_t)bad]);
}

static void take_field(walk *w)
{
    const int32_t line = w->line;
    const unsigned char *const begin = w->at;
    const size_t first = w->used;
    while (w->at < w->end && is_blank(*w->at))
        w->at++;
    if (w->at < w->end && *w->at == '"' && w->at == begin) {
        take_quoted(w);
        check_bytes(w, line, first);
        pass_to_comma(w);
    } else {
        take_plain(w);
        check_bytes(w, line, first);
    }
    w->is_empty = w->is_empty && w->used == first;
    if (w->field && w->fields < w->table->column_count)
        w->field[w->fields] = (uint32_t)first;
    w->fields++;
    keep(w, '\0');
}

/* One line of fields, to behind its break. */
static void take_line(walk *w)
{
    w->fields = 0;
    w->is_empty = true;
    w->is_told = false;
    for (;;) {
        take_field(w);
        if (w->at == w->end || *w->at != ',')
            break;
        w->at++;
    }
    if (w->at < w->end)
        pass_break(w);
}

static walk begin(const char *bytes, size_t length, mst_table *table)
{
    const bool is_marked = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0;
    const unsigned char *at = (const unsigned char *)bytes;
    if (is_marked)
        at += 3;
    return (walk){
        .at = at, .end = (const unsigned char *)bytes + length, .line = 1, .table = table};
}

/* ---- header and rows ---------------------------------------------------------------------------- */

static bool check_header(mst_table *t)
{
    for (int32_t i = 0; i < t->column_count; i++) {
        const int32_t first = mst_table_column(t, mst_table_head(t, i));
        if (*mst_table_head(t, i) && first != i)
            mst_table_mistake(t, -1, NULL, NULL, "columns %d and %d are both called '%s'",
                              (int)first + 1, (int)i + 1, mst_table_head(t, i));
    }
    return t->mistakes == 0;
}

/* Fields of the first line that says something (0: there is none), and of all lines. */
static int32_t count_columns(walk w, size_t *out_fields)
{
    int32_t columns = 0;
    *out_fields = 0;
    while (w.at < w.end) {
        take_line(&w);
        columns = columns == 0 && !w.is_empty ? w.fields : columns;
        *out_fields += (size_t)w.fields;
    }
    return columns;
}

/* What separates the fields of a first line that has no comma: ';', or a tab between two of them; '\0':
 * neither. */
static char other_separator(walk w, int32_t *out_line)
{
    bool is_quoted = false, has_field = false, is_behind_tab = false;
    while (w.at < w.end && (ends_line(&w) || is_blank(*w.at))) {
        if (ends_line(&w)) /* of a line with nothing in it */
            pass_break(&w);
        else
            w.at++;
    }
    *out_line = w.line;
    for (; is_quoted ? w.at < w.end : !ends_line(&w); w.at++) {
        is_quoted = is_quoted != (*w.at == '"');
        if (is_quoted)
            continue;
        if (*w.at == ';' || (is_behind_tab && !is_blank(*w.at)))
            return *w.at == ';' ? ';' : '\t';
        has_field = has_field || !is_blank(*w.at);
        is_behind_tab = has_field && (is_behind_tab || *w.at == '\t');
    }
    return '\0';
}

/* Spreadsheets write these where a comma stands in their numbers. True: told, and nothing else is worth
 * telling of the table. */
static bool has_no_commas(const walk *w, mst_table *t)
{
    int32_t line = 0;
    const char separator = t->column_count == 1 ? other_separator(*w, &line) : '\0';
    if (separator == '\0')
        return false;
    mst_table_mistake_at(t, line, NULL, "write it with commas, and with points in its numbers",
                         "its columns are separated by %s; a table needs commas",
                         separator == ';' ? "semicolons (;)" : "tabs");
    t->column_count = 0;
    return true;
}

static void take_rows(walk *w, uint32_t *field, int32_t *line)
{
    mst_table *const t = w->table;
    int32_t kept = 0;
    while (w->at < w->end && !mst_table_is_given_up(t)) {
        const int32_t first_line = w->line;
        const size_t before = w->used;
        w->field = field + (size_t)kept * (size_t)t->column_count;
        take_line(w);
        if (!w->is_empty && !w->is_told && w->fields != t->column_count)
            complain(w, first_line, "%d %s, the header has %d", (int)w->fields,
                     w->fields == 1 ? "field" : "fields", (int)t->column_count);
        if (w->is_empty && !w->is_told) {
            w->used = before;
            continue;
        }
        const bool is_header = kept == 0;
        if (!w->is_told)
            line[kept++] = first_line;
        if (is_header && (w->is_told || !check_header(t))) {
            t->column_count = 0; /* without a header nothing can be said of the rest */
            return;
        }
    }
    t->row_count = kept > 0 ? kept - 1 : 0;
}

muster_status mst_table_read(const char *name, const char *bytes, size_t length, mst_arena *arena,
                             muster_diags *diags, mst_table *out)
{
    *out = (mst_table){.name = name, .diags = diags, .arena = arena};
    if (length > MST_TABLE_BYTES_MAX) {
        mst_table_mistake(out, -1, NULL, NULL, "larger than %d MB",
                          MST_TABLE_BYTES_MAX / (1024 * 1024));
        return MUSTER_MISTAKE;
    }
    walk w = begin(length > 0 ? bytes : "", length, out);
    size_t fields = 0;
    out->column_count = count_columns(w, &fields);
    if (out->column_count == 0 || out->column_count > MST_TABLE_COLUMNS_MAX) {
        if (out->column_count == 0)
            mst_table_mistake(out, -1, NULL, NULL, "the table is empty: it has no header");
        else
            mst_table_mistake(out, -1, NULL, NULL, "%d columns, at most %d are read",
                              (int)out->column_count, MST_TABLE_COLUMNS_MAX);
        out->column_count = 0;
        return MUSTER_MISTAKE;
    }
    if (has_no_commas(&w, out))
        return MUSTER_MISTAKE;
    /* a row that is kept has as many fields as the header, so there is room for so many and no more;
     * every field is followed by one byte, but for the last of the text: one more */
    const size_t rows = fields / (size_t)out->column_count + 2;
    w.text = mst_arena_alloc(arena, length + 2);
    uint32_t *field = mst_arena_array(arena, rows, (size_t)out->column_count * sizeof *field);
    int32_t *line = mst_arena_array(arena, rows, sizeof *line);
    if (!w.text || !field || !line)
        return mst_diag_memory(diags);
    out->text = w.text;
    out->field = field;
    out->line = line;
    take_rows(&w, field, line);
    mst_table_tell_again(out);
    return out->mistakes > 0 ? MUSTER_MISTAKE : MUSTER_OK;
}
