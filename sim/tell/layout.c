/* Words, rows and headings laid out on a page. */
#include "tell/page.h"

#include <stdarg.h>
#include <string.h>

/* Wrapped to the page, with a line break at the end; the first line begins at a column. */
static void add_words(mst_page *page, int32_t column, int32_t indent, const char *format,
                      va_list args) MUSTER_PRINTF(4, 0);

static void add_words(mst_page *page, int32_t column, int32_t indent, const char *format,
                      va_list args)
{
    mst_text words;
    mst_text_init(&words, page->text.memory);
    mst_text_vprintf(&words, format, args);
    page->arena.failed = page->arena.failed || words.failed;
    if (words.bytes && !words.failed)
        mst_text_wrap(&page->text, words.bytes, column, indent, MST_PAGE_WIDTH);
    mst_text_add(&page->text, "\n");
    mst_text_clear(&words);
}

void mst_page_words(mst_page *page, int32_t indent, const char *first, const char *format, ...)
{
    const int32_t used = first ? mst_text_columns(first) : 0;
    va_list args;
    if (first)
        mst_text_add(&page->text, first);
    mst_text_repeat(&page->text, " ", indent - used);
    va_start(args, format);
    add_words(page, indent > used ? indent : used, indent, format, args);
    va_end(args);
}

/* Bytes and columns of the next line of a text, and where the one after it begins. */
static size_t next_line(const char *text, int32_t width, size_t *out_next)
{
    size_t end = 0, at = 0;
    int32_t used = 0;
    while (text[at] && text[at] != '\n') {
        size_t next = at + 1;
        while (((unsigned char)text[next] & 0xc0) == 0x80)
            next++;
        char one[8] = {0};
        memcpy(one, text + at, next - at < sizeof one ? next - at : sizeof one - 1);
        used += mst_text_columns(one);
        if (used > width)
            break;
        at = next;
        if (text[at] == ' ' || text[at] == '\0' || text[at] == '\n')
            end = at;
    }
    if (text[at] == '\0' || text[at] == '\n' || text[at] == ' ')
        end = at;
    if (end == 0) { /* one long word: behind a joint if there is one */
        end = at;
        while (end > 1 && !strchr("./_-,[", text[end - 1]))
            end--;
        end = end > 1 ? end : at;
    }
    *out_next = end;
    if (text[end] == '\n')
        *out_next = end + 1;
    while (text[end] != '\n' && text[*out_next] == ' ')
        (*out_next)++;
    return end;
}

void mst_page_row(mst_text *text, const mst_page_cell *cell, int32_t count)
{
    enum { CELLS_MAX = 12 };
    const char *left[CELLS_MAX];
    bool any = true;
    for (int32_t i = 0; i < count && i < CELLS_MAX; i++)
        left[i] = cell[i].text ? cell[i].text : "";
    for (bool first = true; any; first = false) {
        int32_t column = 0;
        any = false;
        for (int32_t i = 0; i < count && i < CELLS_MAX; i++)
            any = any || *left[i];
        if (!any && !first)
            break;
        for (int32_t i = 0; i < count && i < CELLS_MAX; i++) {
            size_t next = 0;
            if (!*left[i])
                continue;
            const size_t length = next_line(left[i], cell[i].width, &next);
            if (length == 0) { /* an empty line of the cell: no blanks at the end of the row */
                left[i] += next;
                continue;
            }
            mst_text line;
            mst_text_init(&line, text->memory);
            mst_text_add_bytes(&line, left[i], length);
            mst_text_repeat(text, " ", cell[i].start - column);
            mst_text_add(text, line.bytes ? line.bytes : "");
            column = cell[i].start + (line.bytes ? mst_text_columns(line.bytes) : 0);
            text->failed = text->failed || line.failed; /* no cell is lost unseen */
            mst_text_clear(&line);
            left[i] += next;
        }
        mst_text_add(text, "\n");
    }
}

void mst_page_heading(mst_page *page, const char *format, ...)
{
    va_list args;
    mst_text_add(&page->text, "\n");
    va_start(args, format);
    add_words(page, 0, 2, format, args);
    va_end(args);
}
