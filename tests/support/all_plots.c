#include "all_plots.h"

#include <math.h>
#include <stdio.h>

enum { WORDS = 256 };

/* A word with what stands behind every text. */
typedef struct words {
    const char *behind;
    char text[WORDS];
} words;

static const char *say(words *w, const char *text)
{
    snprintf(w->text, sizeof w->text, "%s%s", text, w->behind);
    return w->text;
}

static void column(muster_table *table, words *w, const char *name, const char *label,
                   const char *unit, muster_column_kind kind)
{
    char both[WORDS];
    snprintf(both, sizeof both, "%s%s", unit, *unit ? w->behind : "");
    muster_table_column(table, name, say(w, label), both, kind, 3);
}

static void title_axes(muster_plot *plot, words *w)
{
    muster_plot_text(plot, "x_label", say(w, "along"));
    muster_plot_text(plot, "y_label", say(w, "up"));
}

/* ---- effects: tornado, bars, dots, points ------------------------------------------------------- */

static muster_table *add_effects(muster_section *section, words *w)
{
    static const struct {
        const char *factor, *low_at, *high_at, *kind;
        double low, high, effect, from, to, share;
    } rows[] = {
        {"speed", "12 kn", "18 kn", "lever", 20.0, 70.0, 25.0, 21.5, 28.0, 0.5},
        {"fuel", "half", NULL, "lever", 45.0, 60.0, 7.5, 5.0, 10.0, 0.0625},
        {"weather", "calm", "rough", "chance", 52.0, 55.0, -1.25, (double)NAN, (double)NAN, 0.001},
    };
    muster_table *table = muster_table_add(section, "effects", say(w, "Both ends"));
    column(table, w, "factor", "factor", "", MUSTER_COLUMN_TEXT);
    column(table, w, "low", "at its least", "h", MUSTER_COLUMN_REAL);
    column(table, w, "high", "at its most", "h", MUSTER_COLUMN_REAL);
    column(table, w, "low_at", "least", "", MUSTER_COLUMN_TEXT);
    column(table, w, "high_at", "most", "", MUSTER_COLUMN_TEXT);
    column(table, w, "effect", "effect", "h", MUSTER_COLUMN_REAL);
    column(table, w, "from", "from", "h", MUSTER_COLUMN_REAL);
    column(table, w, "to", "to", "h", MUSTER_COLUMN_REAL);
    column(table, w, "kind", "kind", "", MUSTER_COLUMN_TEXT);
    column(table, w, "share", "share", "", MUSTER_COLUMN_SHARE);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        muster_table_row(table);
        muster_cell_text(table, say(w, rows[i].factor));
        muster_cell_real(table, rows[i].low);
        muster_cell_real(table, rows[i].high);
        muster_cell_text(table, say(w, rows[i].low_at));
        muster_cell_text(table, rows[i].high_at ? say(w, rows[i].high_at) : NULL);
        muster_cell_real(table, rows[i].effect);
        muster_cell_real(table, rows[i].from);
        muster_cell_real(table, rows[i].to);
        muster_cell_text(table, say(w, rows[i].kind));
        muster_cell_real(table, rows[i].share);
    }
    return table;
}

static void plot_effects(muster_section *section, muster_table *table, words *w)
{
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_TORNADO, table, say(w, "Tornado"));
    muster_plot_caption(plot, "%s", say(w, "Speed first."));
    muster_plot_role(plot, "label", "factor");
    muster_plot_role(plot, "low", "low");
    muster_plot_role(plot, "high", "high");
    muster_plot_role(plot, "low_value", "low_at");
    muster_plot_role(plot, "high_value", "high_at");
    muster_plot_number(plot, "baseline", 50.0);
    muster_plot_text(plot, "x_label", say(w, "hours"));

    plot = muster_plot_add(section, MUSTER_PLOT_BARS, table, say(w, "Bars"));
    muster_plot_role(plot, "label", "factor");
    muster_plot_role(plot, "value", "effect");
    muster_plot_role(plot, "low", "from");
    muster_plot_role(plot, "high", "to");
    muster_plot_role(plot, "series", "kind");
    muster_plot_number(plot, "thresholds", 5.0);

    plot = muster_plot_add(section, MUSTER_PLOT_DOTS, table, say(w, "Dots"));
    muster_plot_role(plot, "label", "factor");
    muster_plot_role(plot, "value", "effect");
    muster_plot_role(plot, "low", "from");
    muster_plot_role(plot, "high", "to");
    muster_plot_role(plot, "color", "kind");
    muster_plot_number(plot, "baseline", 0.0);

    plot = muster_plot_add(section, MUSTER_PLOT_POINTS, table, say(w, "Points"));
    muster_plot_role(plot, "x", "low");
    muster_plot_role(plot, "y", "high");
    muster_plot_role(plot, "label", "factor");
    muster_plot_role(plot, "color", "share");
    muster_plot_number(plot, "slopes", 1.0);
    muster_plot_number(plot, "slopes", 0.5);
    muster_plot_number(plot, "thresholds", 65.0);
    muster_plot_number(plot, "x_thresholds", 30.0);
    muster_plot_number(plot, "x_thresholds", 50.0);
    title_axes(plot, w);
}

/* ---- shapes: lines, map ------------------------------------------------------------------------- */

static void add_curve(muster_section *section, words *w)
{
    muster_table *table = muster_table_add(section, "curve", say(w, "Curve"));
    column(table, w, "at", "level", "kn", MUSTER_COLUMN_REAL);
    column(table, w, "y", "hours", "h", MUSTER_COLUMN_REAL);
    column(table, w, "from", "from", "h", MUSTER_COLUMN_REAL);
    column(table, w, "to", "to", "h", MUSTER_COLUMN_REAL);
    column(table, w, "ships", "ships", "", MUSTER_COLUMN_WHOLE);
    column(table, w, "port", "port", "", MUSTER_COLUMN_TEXT);
    for (int i = 0; i < 8; i++) {
        muster_table_row(table);
        muster_cell_real(table, i % 2 == 0 ? 10.0 : 20.0);
        muster_cell_real(table, 1.0 + i);
        muster_cell_real(table, 0.5 + i);
        muster_cell_real(table, 1.5 + i);
        muster_cell_whole(table, i / 2 % 2 == 0 ? 4 : 2);
        muster_cell_text(table, say(w, i < 4 ? "north" : "south"));
    }
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_LINES, table, say(w, "Lines"));
    muster_plot_role(plot, "x", "at");
    muster_plot_role(plot, "y", "y");
    muster_plot_role(plot, "low", "from");
    muster_plot_role(plot, "high", "to");
    muster_plot_role(plot, "series", "ships");
    muster_plot_role(plot, "facet", "port");
    muster_plot_number(plot, "log_x", 1.0);
    muster_plot_number(plot, "log_y", 1.0);
    title_axes(plot, w);
}

static void add_surface(muster_section *section, words *w)
{
    static const double speeds[] = {12.0, 16.0, 24.0};
    muster_table *table = muster_table_add(section, "surface", say(w, "Surface"));
    column(table, w, "fuel", "fuel", "t", MUSTER_COLUMN_REAL);
    column(table, w, "speed", "speed", "kn", MUSTER_COLUMN_REAL);
    column(table, w, "hours", "hours", "h", MUSTER_COLUMN_REAL);
    column(table, w, "able", "able", "", MUSTER_COLUMN_REAL);
    column(table, w, "accepts", "accepts", "", MUSTER_COLUMN_REAL);
    for (int i = 0; i < 9; i++) {
        muster_table_row(table);
        muster_cell_real(table, 10.0 + 10.0 * (i % 3));
        muster_cell_real(table, speeds[i / 3]);
        muster_cell_real(table, 0.5 * i);
        muster_cell_real(table, i - 4.0);
        muster_cell_real(table, i % 3 - 0.5);
    }
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_MAP, table, say(w, "Map"));
    muster_plot_role(plot, "x", "fuel");
    muster_plot_role(plot, "y", "speed");
    muster_plot_role(plot, "value", "hours");
    muster_plot_role(plot, "boundary", "able");
    muster_plot_role(plot, "boundary", "accepts");
    title_axes(plot, w);
}

/* ---- runs: parallel, scatter-matrix, strips --------------------------------------------------- */

static void add_runs(muster_section *section, words *w)
{
    muster_table *table = muster_table_add(section, "runs", say(w, "Runs"));
    column(table, w, "port", "port", "", MUSTER_COLUMN_TEXT);
    column(table, w, "speed", "speed", "kn", MUSTER_COLUMN_REAL);
    column(table, w, "hours", "hours", "h", MUSTER_COLUMN_REAL);
    column(table, w, "joined", "joined", "", MUSTER_COLUMN_WHOLE);
    for (int i = 0; i < 6; i++) {
        muster_table_row(table);
        muster_cell_text(table, say(w, i % 2 == 0 ? "north" : "south"));
        muster_cell_real(table, 10.0 + i);
        muster_cell_real(table, 3.0 * i - 0.25 * i * i);
        muster_cell_whole(table, i > 3);
    }
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_PARALLEL, table, say(w, "Parallel"));
    muster_plot_role(plot, "columns", "port");
    muster_plot_role(plot, "columns", "speed");
    muster_plot_role(plot, "columns", "hours");
    muster_plot_role(plot, "color", "joined");

    plot = muster_plot_add(section, MUSTER_PLOT_SCATTER_MATRIX, table, say(w, "Matrix"));
    muster_plot_role(plot, "columns", "port");
    muster_plot_role(plot, "columns", "speed");
    muster_plot_role(plot, "color", "hours");

    plot = muster_plot_add(section, MUSTER_PLOT_STRIPS, table, say(w, "Strips"));
    muster_plot_role(plot, "label", "port");
    muster_plot_role(plot, "value", "hours");
    muster_plot_number(plot, "thresholds", 4.5);
    muster_plot_caption(plot, "%s", say(w, "South sails longer."));
    muster_plot_caption(plot, "%s", say(w, "A little."));
}

muster_document *all_plots(const char *behind, const muster_memory *memory)
{
    words w = {.behind = behind};
    muster_document *document = muster_document_create(say(&w, "All plots"), memory);
    muster_document_about(document, "method", "%s", say(&w, "by hand"));
    muster_document_about(document, "level of confidence", "%d %%", 95);
    muster_document_warn(document, "%s", say(&w, "Nothing here was run."));
    muster_section *section =
        muster_section_add(document, "effects", say(&w, "What moves the hours"));
    muster_section_say(section, "Speed matters %.1f times as much as %s.", 3.3, say(&w, "fuel"));
    muster_table *table = add_effects(section, &w);
    plot_effects(section, table, &w);
    section = muster_section_add(document, "shapes", say(&w, "How they run"));
    add_curve(section, &w);
    add_surface(section, &w);
    section = muster_section_add(document, "runs", say(&w, "Every run"));
    add_runs(section, &w);
    return document;
}
