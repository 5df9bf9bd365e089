/* A document as a screen of 80 columns. */
#include "tell/document.h"

#include <string.h>

enum { KEY_WIDTH = 24 };

int32_t mst_doc_rows_told(const mst_doc_screen *screen, int32_t rows)
{
    return screen->rows < 0 || rows <= screen->rows ? rows : screen->rows;
}

int32_t mst_doc_table_rows_told(const mst_doc_screen *screen, const muster_table *table)
{
    const int32_t rows = mst_doc_rows_told(screen, table->rows);
    return screen->rows < 0 || table->brief < 0 || rows <= table->brief ? rows : table->brief;
}

void mst_doc_more(mst_doc_screen *screen, int32_t rows, int32_t told)
{
    const int32_t more = rows - told;
    if (more > 0 && told > 0)
        mst_text_printf(&screen->text, "... %d more row%s (--json or --data has all)\n", (int)more,
                        more == 1 ? "" : "s");
    else if (more > 0)
        mst_text_printf(&screen->text, "%d row%s: --json or --data has %s\n", (int)more,
                        more == 1 ? "" : "s", more == 1 ? "it" : "them");
}

const char *mst_doc_screen_text(mst_doc_screen *screen, mst_text *text)
{
    const char *const out =
        text->bytes && !text->failed ? mst_arena_text(&screen->arena, text->bytes) : NULL;
    screen->arena.failed = screen->arena.failed || text->failed;
    mst_text_clear(text);
    return out ? out : "";
}

static void add_words(mst_doc_screen *screen, int32_t start, int32_t indent, const char *words)
{
    mst_text_wrap(&screen->text, words, start, indent, MST_DOC_WIDTH);
    mst_text_add(&screen->text, "\n");
}

/* A heading with a line below it. */
static void add_heading(mst_doc_screen *screen, const char *title, const char *line)
{
    const int32_t columns = mst_text_columns(title);
    if (!*title)
        return;
    add_words(screen, 0, 0, title);
    mst_text_repeat(&screen->text, line, columns < MST_DOC_WIDTH ? columns : MST_DOC_WIDTH);
    mst_text_add(&screen->text, "\n");
}

static void add_about(mst_doc_screen *screen, const muster_document *document)
{
    int32_t width = 0;
    for (int32_t i = 0; i < document->about.count; i++) {
        const int32_t columns =
            mst_text_columns(MST_AT(const mst_doc_about, &document->about, i)->key);
        width = columns > width ? columns : width;
    }
    width = (width < KEY_WIDTH ? width : KEY_WIDTH) + 2;
    for (int32_t i = 0; i < document->about.count; i++) {
        const mst_doc_about *const line = MST_AT(const mst_doc_about, &document->about, i);
        mst_text_add(&screen->text, line->key);
        const int32_t columns = mst_text_columns(line->key);
        mst_text_repeat(&screen->text, " ", columns < width ? width - columns : 1);
        add_words(screen, columns < width ? width : columns + 1, width, line->value);
    }
}

static void add_warnings(mst_doc_screen *screen, const muster_document *document)
{
    static const char mark[] = "Warning: ";
    if (document->warning.count > 0)
        mst_text_add(&screen->text, "\n");
    for (int32_t i = 0; i < document->warning.count; i++) {
        mst_text_add(&screen->text, mark);
        add_words(screen, (int32_t)sizeof mark - 1, 2,
                  *MST_AT(const char *const, &document->warning, i));
    }
}

static bool may_draw(const muster_plot *plot)
{
    return plot->kind == MUSTER_PLOT_TORNADO || plot->kind == MUSTER_PLOT_BARS ||
           plot->kind == MUSTER_PLOT_DOTS;
}

static void add_drawings(mst_doc_screen *screen, const muster_section *section)
{
    for (int32_t i = 0; i < section->plot.count; i++) {
        const muster_plot *const plot = *MST_AT(muster_plot *const, &section->plot, i);
        if (!may_draw(plot))
            continue;
        mst_text_add(&screen->text, "\n");
        if (*plot->title)
            add_words(screen, 0, 0, plot->title);
        mst_doc_draw(screen, plot);
        if (*plot->caption)
            add_words(screen, 0, 0, plot->caption);
    }
}

/* What a screen cannot show and the plot still says. */
static void add_captions(mst_doc_screen *screen, const muster_section *section)
{
    for (int32_t i = 0; i < section->plot.count; i++) {
        const muster_plot *const plot = *MST_AT(muster_plot *const, &section->plot, i);
        if (may_draw(plot) || !*plot->caption)
            continue;
        mst_text words;
        mst_text_init(&words, screen->arena.memory);
        mst_text_printf(&words, "Plot \"%s\": %s", plot->title, plot->caption);
        mst_text_add(&screen->text, "\n");
        add_words(screen, 0, 0, mst_doc_screen_text(screen, &words));
    }
}

static void add_section(mst_doc_screen *screen, const muster_section *section)
{
    mst_text_add(&screen->text, "\n");
    add_heading(screen, section->title, "-");
    for (int32_t i = 0; i < section->sentence.count; i++)
        add_words(screen, 0, 0, *MST_AT(const char *const, &section->sentence, i));
    add_drawings(screen, section);
    for (int32_t i = 0; i < section->table.count; i++) {
        const muster_table *const table = *MST_AT(muster_table *const, &section->table, i);
        mst_text_add(&screen->text, "\n");
        if (*table->title)
            add_words(screen, 0, 0, table->title);
        mst_doc_table(screen, table);
        mst_doc_more(screen, table->rows, mst_doc_table_rows_told(screen, table));
    }
    add_captions(screen, section);
}

/* Takes blanks away from the ends of lines. */
static void trim_lines(mst_text *text)
{
    size_t to = 0;
    for (size_t from = 0; from < text->length; from++) {
        if (text->bytes[from] == '\n')
            while (to > 0 && text->bytes[to - 1] == ' ')
                to--;
        text->bytes[to++] = text->bytes[from];
    }
    text->length = to;
    if (text->bytes)
        text->bytes[to] = '\0';
}

char *muster_document_text(const muster_document *document, const muster_document_options *options,
                           muster_diags *diags)
{
    if (!mst_doc_is_sound(document, diags))
        return NULL;
    mst_doc_screen screen = {.rows = options && options->rows != 0 ? options->rows : MST_DOC_ROWS,
                             .ascii = options && options->ascii};
    mst_text_init(&screen.text, document->arena.memory);
    mst_arena_init(&screen.arena, document->arena.memory);
    add_heading(&screen, document->title, "=");
    add_about(&screen, document);
    add_warnings(&screen, document);
    for (int32_t i = 0; i < document->section.count; i++)
        add_section(&screen, *MST_AT(muster_section *const, &document->section, i));
    screen.text.failed = screen.text.failed || screen.arena.failed;
    mst_arena_clear(&screen.arena);
    trim_lines(&screen.text);
    return mst_doc_take(&screen.text, diags);
}
