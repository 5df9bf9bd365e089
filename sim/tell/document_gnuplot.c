/* A plot as a script for gnuplot: what all kinds have in common. */
#include "tell/document_gnuplot.h"

#include "base/format.h"

#include <math.h>
#include <string.h>

enum {
    CAPTION_PX = 16,
    AXIS_PX = 64,
    ENTRY_PX = 20,
    KEY_WIDTH_PX = 240,
    ABOVE_MOST = 4, /* entries of a key above the plot */
    TITLE_PX = 30,
    KEY_PX = 24,
    PX_PER_LETTER_10 = 62,
    PX_PER_TITLE_LETTER_10 = 85
};

/* ---- words and numbers -------------------------------------------------------------------------- */

static void add_quoted(mst_text *text, const char *words, bool is_tic)
{
    mst_text_add(text, "'");
    for (const char *at = words; *at;) {
        const size_t length = strcspn(at, is_tic ? "'%" : "'");
        mst_text_add_bytes(text, at, length);
        at += length;
        if (*at) {
            mst_text_add(text, *at == '%' ? "%%" : "\u2019");
            at++;
        }
    }
    mst_text_add(text, "'");
}

void mst_gp_quote(mst_text *text, const char *words)
{
    add_quoted(text, words, false);
}

void mst_gp_quote_tic(mst_text *text, const char *words)
{
    add_quoted(text, words, true);
}

/* A text that was built, cut to a width, as long-lived as the script. */
static const char *keep_cut(mst_gp *gp, mst_text *whole, int32_t width)
{
    mst_text cut;
    mst_text_init(&cut, gp->arena.memory);
    mst_doc_add_cut(&cut, whole->bytes ? whole->bytes : "", width, "\u2026");
    gp->arena.failed = gp->arena.failed || whole->failed || cut.failed;
    const char *const out = cut.bytes && !cut.failed ? mst_arena_text(&gp->arena, cut.bytes) : NULL;
    mst_text_clear(whole);
    mst_text_clear(&cut);
    return out ? out : "";
}

void mst_gp_quote_cell(mst_gp *gp, int32_t row, int32_t column, int32_t width, bool is_tic)
{
    mst_text whole;
    mst_text_init(&whole, gp->arena.memory);
    mst_doc_add_cell(&whole, gp->table, row, column);
    if (mst_doc_column_at(gp->table, column)->kind == MUSTER_COLUMN_SHARE)
        mst_text_add(&whole, " %"); /* the number is one of a hundred */
    add_quoted(&gp->text, keep_cut(gp, &whole, width), is_tic);
}

const char *mst_gp_head(mst_gp *gp, int32_t column, int32_t width)
{
    mst_text whole;
    mst_text_init(&whole, gp->arena.memory);
    mst_doc_add_head(&whole, mst_doc_column_at(gp->table, column), false);
    return keep_cut(gp, &whole, width);
}

void mst_gp_number(mst_gp *gp, double value)
{
    char shortest[32];
    mst_text_add(&gp->text, mst_text_shortest(value == 0.0 ? 0.0 : value, shortest));
}

void mst_gp_value(mst_gp *gp, int32_t column)
{
    if (mst_doc_column_at(gp->table, column)->kind == MUSTER_COLUMN_TEXT) {
        (void)mst_gp_codes_of(gp, column);
        mst_text_printf(&gp->text, "C%d[$0+1]", (int)column + 1);
    } else {
        mst_text_printf(&gp->text, "$%d", (int)column + 1);
    }
}

/* Distinct for eyes of every kind, also in grey: Okabe and Ito, "Color universal design" (2008); black
 * is left to lines that are no series, and yellow, which is faint on white, comes last. */
const char *mst_gp_color(int32_t series)
{
    static const char *const colors[MST_GP_COLORS] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                                      "#E69F00", "#56B4E9", "#000000", "#F0E442"};
    return colors[series % MST_GP_COLORS];
}

int32_t mst_gp_dashes(int32_t series)
{
    return series / MST_GP_COLORS % 4 + 1;
}

/* ---- head of the script ------------------------------------------------------------------------- */

/* The caption and the note, wrapped to a width in letters. @return lines */
static int32_t wrap_caption(const mst_gp *gp, int32_t letters, mst_text *out)
{
    int32_t lines = 0;
    mst_text_init(out, gp->arena.memory);
    mst_text words;
    mst_text_init(&words, gp->arena.memory);
    mst_text_printf(&words, "%s%s%s", gp->plot->caption, *gp->plot->caption && gp->note ? " " : "",
                    gp->note ? gp->note : "");
    mst_text_wrap(out, words.bytes ? words.bytes : "", 0, 0, letters);
    out->failed = out->failed || words.failed;
    mst_text_clear(&words);
    for (const char *at = out->bytes; at && *at; lines++) {
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    return lines;
}

static void add_caption(mst_gp *gp, mst_text *caption, int32_t lines, int32_t height)
{
    const char *at = caption->bytes;
    for (int32_t i = 0; i < lines && at; i++) {
        mst_text line;
        const size_t length = strcspn(at, "\n");
        mst_text_init(&line, gp->arena.memory);
        mst_text_add_bytes(&line, at, length);
        mst_text_printf(&gp->head, "set label %d ", 9001 + (int)i);
        mst_gp_quote(&gp->head, line.bytes ? line.bytes : "");
        mst_text_printf(&gp->head, " at screen 0.02,%.4f font ',12' tc rgb '#444444'\n",
                        (8.0 + CAPTION_PX * (lines - 0.5 - i)) / height);
        gp->arena.failed = gp->arena.failed || line.failed;
        mst_text_clear(&line);
        at += length + (at[length] == '\n');
    }
    gp->arena.failed = gp->arena.failed || caption->failed;
    mst_text_clear(caption);
}

static void add_title(mst_gp *gp, int32_t width, int32_t height)
{
    mst_text cut;
    mst_text_init(&cut, gp->arena.memory);
    mst_doc_add_cut(&cut, gp->plot->title, width * 10 / PX_PER_TITLE_LETTER_10, "\u2026");
    mst_text_add(&gp->head, "set label 9000 ");
    mst_gp_quote(&gp->head, cut.bytes ? cut.bytes : "");
    mst_text_printf(&gp->head, " at screen 0.02,%.4f font ',16'\n", 1.0 - 0.5 * TITLE_PX / height);
    gp->arena.failed = gp->arena.failed || cut.failed;
    mst_text_clear(&cut);
}

static bool has_quote(const muster_table *table)
{
    for (int32_t i = 0; i < table->column.count; i++) {
        const mst_doc_column *const column = mst_doc_column_at(table, i);
        if (strchr(column->name, '"'))
            return true;
        for (int32_t row = 0; column->kind == MUSTER_COLUMN_TEXT && row < table->rows; row++) {
            const char *const words = mst_doc_cell_at(table, row, i)->text;
            if (words && strchr(words, '"'))
                return true;
        }
    }
    return false;
}

/* A name that begins with <, - or the like means something else than a file. */
static void add_file_name(mst_text *text, const char *name)
{
    const char c = *name;
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '_';
    mst_text_add(text, is_plain ? "'" : "'./");
    while (*name) {
        const size_t length = strcspn(name, "'");
        mst_text_add_bytes(text, name, length);
        name += length;
        if (*name) {
            mst_text_add(text, "'.\"'\".'");
            name++;
        }
    }
    mst_text_add(text, "'\n");
}

static void add_data(mst_gp *gp)
{
    gp->source = has_quote(gp->table) ? "$data" : "data";
    if (*gp->source != '$') {
        mst_text_add(&gp->head, "data = ");
        add_file_name(&gp->head, gp->file);
        return;
    }
    mst_text_add(&gp->head,
                 "# the table has texts with double quotes, which gnuplot cannot read in CSV\n"
                 "$data << end_of_data\n");
    mst_doc_add_csv(&gp->head, gp->table, true);
    mst_text_add(&gp->head, "end_of_data\n");
}

/* What a key needs; above the plot, where there is always room, nothing. */
static void make_room(int32_t entries, int32_t *width, int32_t *height)
{
    const int32_t needed = TITLE_PX + KEY_PX + AXIS_PX + ENTRY_PX * entries;
    if (entries <= ABOVE_MOST)
        return;
    *width += KEY_WIDTH_PX;
    *height = needed > *height ? needed : *height;
}

static void add_style(mst_gp *gp, int32_t entries)
{
    mst_text_add(&gp->head, "set border 3 lc rgb '#808080'\n"
                            "set tics nomirror textcolor rgb '#000000'\n"
                            "set grid lc rgb '#DDDDDD' lt 1\n"
                            "set style fill solid 1 noborder\n");
    mst_text_add(&gp->head, entries <= 1            ? "unset key\n"
                            : entries <= ABOVE_MOST ? "set key outside top center horizontal\n"
                                                    : "set key outside right top vertical maxcols "
                                                      "1\n");
}

void mst_gp_begin(mst_gp *gp, int32_t width, int32_t height, int32_t entries)
{
    mst_text caption;
    make_room(entries, &width, &height);
    const int32_t lines = wrap_caption(gp, width * 10 / PX_PER_LETTER_10, &caption);
    const int32_t below = lines > 0 ? CAPTION_PX * lines + 8 : 0;
    gp->foot = (double)below / (height + below);
    mst_text_printf(&gp->head,
                    "# For gnuplot 5.4 or later.\n"
                    "reset\n" /* several scripts may be given to one gnuplot */
                    "set encoding utf8\n"
                    "set terminal svg size %d,%d noenhanced font 'sans-serif,13' background "
                    "'#ffffff'\n",
                    (int)width, (int)(height + below));
    if (gp->output) {
        mst_text_add(&gp->head, "set output ");
        add_file_name(&gp->head, gp->output);
    }
    mst_text_add(&gp->head, "set datafile separator comma\n"
                            "set datafile commentschars ''\n"
                            "set datafile missing NaN\n");
    add_data(gp);
    add_style(gp, entries);
    add_title(gp, width, height + below);
    add_caption(gp, &caption, lines, height + below);
    if (entries != MST_GP_PARTS)
        mst_text_printf(&gp->head, "set tmargin at screen %.4f\nset bmargin at screen %.4f\n",
                        1.0 - (double)(TITLE_PX + KEY_PX) / (height + below),
                        (double)(AXIS_PX + below) / (height + below));
}

void mst_gp_nothing(mst_gp *gp)
{
    mst_gp_begin(gp, MST_GP_WIDTH, 200, 0);
    mst_text_add(&gp->text, "unset tics\n"
                            "set label 'nothing to draw' at screen 0.5,0.5 center\n"
                            "plot [0:1] [0:1] NaN notitle\n");
}

/* ---- the whole ------------------------------------------------------------------------------------ */

static void add_plot(mst_gp *gp)
{
    if (gp->table->rows == 0) {
        mst_gp_nothing(gp);
        return;
    }
    switch (gp->plot->kind) {
    case MUSTER_PLOT_TORNADO:
        mst_gp_tornado(gp);
        return;
    case MUSTER_PLOT_BARS:
        mst_gp_bars(gp);
        return;
    case MUSTER_PLOT_LINES:
        mst_gp_lines(gp);
        return;
    case MUSTER_PLOT_POINTS:
        mst_gp_points(gp);
        return;
    case MUSTER_PLOT_DOTS:
        mst_gp_dots(gp);
        return;
    case MUSTER_PLOT_MAP:
        mst_gp_map(gp);
        return;
    case MUSTER_PLOT_PARALLEL:
        mst_gp_parallel(gp);
        return;
    case MUSTER_PLOT_SCATTER_MATRIX:
        mst_gp_scatter_matrix(gp);
        return;
    case MUSTER_PLOT_STRIPS:
        mst_gp_strips(gp);
        return;
    }
}

static bool is_file_name(const char *name)
{
    for (const char *at = name; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f)
            return false;
    return *name != '\0';
}

char *muster_document_gnuplot(const muster_plot *plot, const char *data, const char *output,
                              muster_diags *diags)
{
    if (!mst_doc_is_sound(plot ? plot->document : NULL, diags) || !plot)
        return NULL;
    if (!is_file_name(data) || (output && !is_file_name(output))) {
        MST_DOC_REFUSE(diags, "%s", "a file's name for gnuplot is empty or has control characters");
        return NULL;
    }
    mst_gp gp = {.plot = plot, .table = plot->table, .output = output, .file = data};
    mst_text_init(&gp.head, plot->document->arena.memory);
    mst_text_init(&gp.arrays, plot->document->arena.memory);
    mst_text_init(&gp.text, plot->document->arena.memory);
    mst_arena_init(&gp.arena, plot->document->arena.memory);
    gp.codes = mst_arena_array(&gp.arena, (size_t)gp.table->column.count, sizeof *gp.codes);
    if (gp.codes)
        add_plot(&gp);
    mst_text_add(&gp.head, gp.arrays.bytes ? gp.arrays.bytes : "");
    mst_text_add(&gp.head, gp.text.bytes ? gp.text.bytes : "");
    gp.head.failed = gp.head.failed || gp.arrays.failed || gp.text.failed || gp.arena.failed;
    mst_text_clear(&gp.arrays);
    mst_text_clear(&gp.text);
    mst_arena_clear(&gp.arena);
    return mst_doc_take(&gp.head, diags);
}
