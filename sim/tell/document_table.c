/* A table on a screen: texts wrapped, numbers aligned at their points, and what is too wide for the
 * page in several blocks, each of which begins with the first column. */
#include "tell/document.h"

#include "base/utf8.h"

#include <string.h>

enum {
    GAP = 2,
    LEAST_TEXT = 16, /* columns to which a text may be narrowed so that all fits on the page */
    BLOCK_TEXT = 30, /* and in a table of several blocks                                     */
    HEAD_LINES = 3,
    HEAD_WIDTH = 24 /* up to which a head is widened to have no more lines                   */
};

/* How a column is laid out. */
typedef struct lay {
    bool is_text;
    int32_t left, right; /* columns before and from the point on, of numbers */
    int32_t width;
    const char *head;
} lay;

typedef struct grid {
    mst_doc_screen *screen;
    const muster_table *table;
    int32_t rows; /* told */
    lay *lay;     /* of each column */
} grid;

/* ---- widths --------------------------------------------------------------------------------- */

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Bytes before the point or the exponent of a number. */
static size_t bytes_before_point(const char *number)
{
    return strcspn(number, ".e");
}

static int32_t lines_of(mst_doc_screen *screen, const char *words, int32_t width)
{
    mst_text text;
    int32_t lines = 1;
    mst_text_init(&text, screen->arena.memory);
    mst_text_wrap(&text, words, 0, 0, width);
    for (const char *at = text.bytes; at && (at = strchr(at, '\n')); at++)
        lines++;
    screen->arena.failed = screen->arena.failed || text.failed;
    mst_text_clear(&text);
    return lines;
}

static int32_t longest_word(const char *words)
{
    int32_t longest = 0;
    while (*words) {
        char word[128] = {0};
        const size_t length = strcspn(words, " ");
        memcpy(word, words, length < sizeof word ? length : sizeof word - 1);
        longest = larger(longest, mst_text_columns(word));
        words += length + (words[length] == ' ');
    }
    return longest;
}

static int32_t width_of_head(mst_doc_screen *screen, const char *head, int32_t least)
{
    const int32_t word = longest_word(head);
    int32_t width = larger(least, word < HEAD_WIDTH ? word : HEAD_WIDTH);
    while (width < HEAD_WIDTH && lines_of(screen, head, width) > HEAD_LINES)
        width++;
    return width;
}

static void measure(const grid *g, int32_t column)
{
    lay *const l = &g->lay[column];
    mst_text text;
    mst_text_init(&text, g->screen->arena.memory);
    mst_doc_add_head(&text, mst_doc_column_at(g->table, column), true);
    l->head = mst_doc_screen_text(g->screen, &text);
    l->is_text = mst_doc_column_at(g->table, column)->kind == MUSTER_COLUMN_TEXT;
    for (int32_t row = 0; row < g->rows; row++) {
        if (l->is_text) {
            const char *const words = mst_doc_cell_at(g->table, row, column)->text;
            l->width = larger(l->width, words ? mst_text_columns(words) : 1);
            continue;
        }
        char number[64];
        mst_doc_number_words(mst_doc_column_at(g->table, column),
                             mst_doc_number_at(g->table, row, column), number);
        const int32_t left = (int32_t)bytes_before_point(number);
        l->left = larger(l->left, left);
        l->right = larger(l->right, (int32_t)strlen(number) - left);
    }
    if (!l->is_text)
        l->width = l->left + l->right;
    l->width = width_of_head(g->screen, l->head, l->width);
}

static int64_t total_width(const grid *g)
{
    int64_t total = -GAP;
    for (int32_t i = 0; i < g->table->column.count; i++)
        total += g->lay[i].width + GAP;
    return total;
}

/* No text wider than that. */
static void narrow_to(const grid *g, int32_t most)
{
    for (int32_t i = 0; i < g->table->column.count; i++)
        if (g->lay[i].is_text && g->lay[i].width > most)
            g->lay[i].width = most;
}

/* Texts are narrowed, the widest first, as far as it takes and helps. */
static void fit(const grid *g)
{
    narrow_to(g, MST_DOC_WIDTH);
    int32_t most = MST_DOC_WIDTH;
    int64_t least = total_width(g);
    for (int32_t i = 0; i < g->table->column.count; i++)
        if (g->lay[i].is_text && g->lay[i].width > LEAST_TEXT)
            least -= g->lay[i].width - LEAST_TEXT;
    if (least > MST_DOC_WIDTH) {
        narrow_to(g, BLOCK_TEXT);
        return;
    }
    while (total_width(g) > MST_DOC_WIDTH)
        narrow_to(g, --most);
}

/* ---- wrapping ---------------------------------------------------------------------------------- */

/* Bytes of a text for one line: up to a blank if there is one, else a joint, else as many as fit. */
static size_t bytes_of_line(const char *words, int32_t width)
{
    size_t at = 0, blank = 0, joint = 0;
    int32_t used = 0;
    while (words[at]) {
        uint32_t code = 0;
        const size_t step = mst_utf8_read(words + at, 4, &code);
        used += step > 0 ? mst_utf8_columns(code) : 1;
        if (words[at] == ' ')
            blank = at;
        if (used > width)
            break;
        at += step > 0 ? step : 1;
        if (strchr("./_-,", words[at - 1]))
            joint = at;
    }
    if (at == 0) { /* one character that is too wide */
        uint32_t code = 0;
        const size_t step = mst_utf8_read(words, 4, &code);
        return step > 0 ? step : 1;
    }
    return !words[at] ? at : blank > 0 ? blank : joint > 0 ? joint : at;
}

/* Adds a text in lines of at most so many columns, with line breaks between. */
static void add_wrapped(mst_text *text, const char *words, int32_t width)
{
    words += strspn(words, " ");
    while (*words) {
        const size_t length = bytes_of_line(words, width);
        mst_text_add_bytes(text, words, length);
        words += length;
        words += strspn(words, " ");
        mst_text_add(text, *words ? "\n" : "");
    }
}

/* ---- lines ---------------------------------------------------------------------------------- */

/* A row of a block while it is written: what is left of each of its cells. */
typedef struct piece {
    mst_text text; /* wrapped */
    const char *at;
    int32_t skip; /* lines that stay empty before the first     */
    int32_t pad;  /* columns that stay empty behind a number    */
} piece;

static int32_t lines_in(const char *text)
{
    int32_t lines = text && *text ? 1 : 0;
    for (const char *at = text; at && (at = strchr(at, '\n')); at++)
        lines++;
    return lines;
}

/* The columns of a block: the first of the table, then some others. */
static int32_t column_in(int32_t first, int32_t nth)
{
    return nth == 0 ? 0 : first + nth - 1;
}

/* Writes the pieces line by line and clears them. */
static void write_pieces(const grid *g, piece *pieces, int32_t first, int32_t count)
{
    mst_text *const out = &g->screen->text;
    bool any = true;
    for (int32_t line = 0; any; line++) {
        int32_t used = 0, start = 0;
        any = false;
        for (int32_t i = 0; i < count; i++) {
            const lay *const l = &g->lay[column_in(first, i)];
            piece *const p = &pieces[i];
            const size_t length = p->at ? strcspn(p->at, "\n") : 0;
            if (line >= p->skip && length > 0) {
                mst_text one;
                mst_text_init(&one, out->memory);
                mst_text_add_bytes(&one, p->at, length);
                const int32_t columns = one.bytes ? mst_text_columns(one.bytes) : 0;
                const int32_t from = start + (l->is_text ? 0 : l->width - columns - p->pad);
                mst_text_repeat(out, " ", from - used);
                mst_text_add(out, one.bytes ? one.bytes : "");
                out->failed = out->failed || one.failed;
                mst_text_clear(&one);
                used = from + columns;
                p->at += length + (p->at[length] == '\n');
            }
            any = any || (p->at && *p->at);
            start += l->width + GAP;
        }
        mst_text_add(out, "\n");
    }
    for (int32_t i = 0; i < count; i++) {
        out->failed = out->failed || pieces[i].text.failed;
        mst_text_clear(&pieces[i].text);
    }
}

static void begin_piece(const grid *g, piece *p)
{
    *p = (piece){0};
    mst_text_init(&p->text, g->screen->arena.memory);
}

static void write_head(const grid *g, piece *pieces, int32_t first, int32_t count)
{
    int32_t most = 0;
    for (int32_t i = 0; i < count; i++) {
        const lay *const l = &g->lay[column_in(first, i)];
        begin_piece(g, &pieces[i]);
        add_wrapped(&pieces[i].text, l->head, l->width);
        pieces[i].at = pieces[i].text.bytes;
        pieces[i].skip = lines_in(pieces[i].at);
        most = larger(most, pieces[i].skip);
    }
    for (int32_t i = 0; i < count; i++) /* they stand on the line below */
        pieces[i].skip = most - pieces[i].skip;
    write_pieces(g, pieces, first, count);
    for (int32_t i = 0; i < count; i++) {
        mst_text_repeat(&g->screen->text, " ", i > 0 ? GAP : 0);
        mst_text_repeat(&g->screen->text, "-", g->lay[column_in(first, i)].width);
    }
    mst_text_add(&g->screen->text, "\n");
}

static void write_row(const grid *g, piece *pieces, int32_t row, int32_t first, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        const int32_t column = column_in(first, i);
        const lay *const l = &g->lay[column];
        piece *const p = &pieces[i];
        begin_piece(g, p);
        if (l->is_text) {
            const char *const words = mst_doc_cell_at(g->table, row, column)->text;
            add_wrapped(&p->text, words ? words : "-", l->width);
        } else {
            char number[64];
            mst_doc_number_words(mst_doc_column_at(g->table, column),
                                 mst_doc_number_at(g->table, row, column), number);
            const size_t left = bytes_before_point(number);
            mst_text_add(&p->text, number);
            p->pad = l->right - (int32_t)(strlen(number) - left);
        }
        p->at = p->text.bytes;
    }
    write_pieces(g, pieces, first, count);
}

/* Columns of the block that begins with a column: as many as the page takes, at least one beside the
 * first of the table. */
static int32_t columns_of_block(const grid *g, int32_t first)
{
    int32_t used = g->lay[0].width, count = 1;
    for (int32_t i = first; i < g->table->column.count; i++) {
        used += GAP + g->lay[i].width;
        if (used > MST_DOC_WIDTH && count > 1)
            break;
        count++;
    }
    return count;
}

void mst_doc_table(mst_doc_screen *screen, const muster_table *table)
{
    const int32_t columns = table->column.count;
    if (columns == 0 || (table->rows > 0 && mst_doc_table_rows_told(screen, table) == 0))
        return;
    grid g = {.screen = screen, .table = table, .rows = mst_doc_table_rows_told(screen, table)};
    g.lay = mst_arena_array(&screen->arena, (size_t)columns, sizeof *g.lay);
    piece *const pieces = mst_arena_array(&screen->arena, (size_t)columns, sizeof *pieces);
    if (!g.lay || !pieces)
        return;
    for (int32_t i = 0; i < columns; i++)
        measure(&g, i);
    fit(&g);
    for (int32_t first = 1; first == 1 || first < columns;) {
        const int32_t count = columns_of_block(&g, first);
        if (first > 1)
            mst_text_add(&screen->text, "\n");
        write_head(&g, pieces, first, count);
        for (int32_t row = 0; row < g.rows; row++)
            write_row(&g, pieces, row, first, count);
        first += count > 1 ? count - 1 : 1;
    }
    if (table->rows == 0)
        mst_text_add(&screen->text, "(no rows)\n");
}
