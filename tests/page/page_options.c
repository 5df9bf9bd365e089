/* Every option with every kind that has it; and tables with next to nothing in them. */
#include "page_documents.h"

#include <math.h>
#include <stdio.h>

/* ---- options -------------------------------------------------------------------------------------- */

enum { ROWS = 12 };

/* Delays from minutes to years, one of them 0 and one below: a logarithmic axis has no place for them. */
static muster_table *add_delays(muster_section *section)
{
    dice d = {521288629ULL};
    char name[32];
    muster_table *table = muster_table_add(section, "delays", "Delays");
    text_column(table, "ship", "ship");
    text_column(table, "port", "port");
    whole_column(table, "wave", "wave");
    real_column(table, "reach", "reach", "nm", 3);
    real_column(table, "delay", "delay", "h", 3);
    real_column(table, "low", "from", "h", 3);
    real_column(table, "high", "to", "h", 3);
    real_column(table, "able", "able", "", 3);
    for (int i = 0; i < ROWS; i++) {
        const double delay = i == 4 ? 0.0 : i == 7 ? -2.5 : pow(10.0, -1.0 + 0.5 * i);
        snprintf(name, sizeof name, "ship %d", i + 1);
        muster_table_row(table);
        muster_cell_text(table, name);
        muster_cell_text(table, i % 2 == 0 ? "Vladivostok" : "Qingdao");
        muster_cell_whole(table, 1 + i % 3);
        muster_cell_real(table, i == 9 ? -40.0 : 30.0 * pow(2.0, i) * (0.8 + 0.4 * uniform(&d)));
        muster_cell_real(table, delay);
        muster_cell_real(table, i % 5 == 0 ? -0.1 : 0.6 * delay);
        muster_cell_real(table, 1.7 * delay + 0.01);
        muster_cell_real(table, i - 5.5);
    }
    return table;
}

static void set_log(muster_plot *plot, bool has_y)
{
    muster_plot_number(plot, "log_x", 1.0);
    if (has_y)
        muster_plot_number(plot, "log_y", 1.0);
    muster_plot_text(plot, "x_label", "along, logarithmic");
    if (has_y)
        muster_plot_text(plot, "y_label", "up, logarithmic");
}

static void add_logarithmic(muster_document *document)
{
    muster_section *section =
        muster_section_add(document, "logarithmic", "What a logarithmic axis shows");
    muster_table *table = add_delays(section);
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_LINES, table, "Lines");
    roles(plot, "x reach y delay low low high high series wave");
    set_log(plot, true);
    muster_plot_number(plot, "thresholds", 24.0);
    muster_plot_number(plot, "thresholds", 0.0);
    plot = muster_plot_add(section, MUSTER_PLOT_POINTS, table, "Points");
    roles(plot, "x reach y delay label ship color wave");
    set_log(plot, true);
    muster_plot_number(plot, "slopes", 0.1);
    muster_plot_number(plot, "slopes", 1.0);
    muster_plot_number(plot, "thresholds", 24.0);
    muster_plot_number(plot, "x_thresholds", 0.0);
    muster_plot_number(plot, "x_thresholds", 500.0);
    plot = muster_plot_add(section, MUSTER_PLOT_POINTS, table, "Points, one axis logarithmic");
    roles(plot, "x reach y able color port");
    muster_plot_number(plot, "log_x", 1.0);
    muster_plot_number(plot, "slopes", 0.001);
    muster_plot_number(plot, "thresholds", -3.0);
    muster_plot_number(plot, "x_thresholds", 100.0);
    muster_plot_number(plot, "x_thresholds", 200000.0); /* beyond all points: the axis reaches it */
    plot = muster_plot_add(section, MUSTER_PLOT_DOTS, table, "Dots");
    roles(plot, "label ship value delay low low high high color port");
    set_log(plot, false);
    muster_plot_number(plot, "baseline", 1.0);
    muster_plot_number(plot, "thresholds", 24.0);
    plot = muster_plot_add(section, MUSTER_PLOT_STRIPS, table, "Strips");
    roles(plot, "label port value delay");
    set_log(plot, false);
    muster_plot_number(plot, "thresholds", 24.0);
}

static void add_log_map(muster_document *document)
{
    muster_section *section = muster_section_add(document, "plane", "A plane of powers of ten");
    muster_table *table = muster_table_add(section, "plane", "Plane");
    real_column(table, "runs", "runs", "", 3);
    real_column(table, "noise", "noise", "h", 3);
    real_column(table, "width", "width of the interval", "h", 3);
    real_column(table, "enough", "narrow enough", "", 3);
    for (int i = 0; i < 49; i++) {
        const double runs = pow(10.0, 1.0 + i % 7 * 0.5), noise = pow(10.0, -2.0 + i / 7 * 0.5);
        muster_table_row(table);
        muster_cell_real(table, runs);
        muster_cell_real(table, noise);
        muster_cell_real(table, log10(noise / sqrt(runs)));
        muster_cell_real(table, log10(noise / sqrt(runs)) + 1.5); /* straight on these axes */
    }
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_MAP, table, "Map");
    roles(plot, "x runs y noise value width boundary enough");
    set_log(plot, true);
}

/* Tornados and dots with and without a baseline; lines back and forth; orders of the table. */
static void add_plain(muster_document *document)
{
    static const struct {
        const char *label;
        double low, value, high;
    } rows[] = {
        {"small", 4.18, 4.2, 4.22}, {"large", 4.10, 4.25, 4.31}, {"middle", 4.17, 4.21, 4.24}};
    muster_section *section = muster_section_add(document, "plain", "With and without a baseline");
    muster_table *table = muster_table_add(section, "plain", "Three");
    text_column(table, "label", "what");
    real_column(table, "low", "low", "h", 3);
    real_column(table, "value", "value", "h", 3);
    real_column(table, "high", "high", "h", 3);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        muster_table_row(table);
        muster_cell_text(table, rows[i].label);
        muster_cell_real(table, rows[i].low);
        muster_cell_real(table, rows[i].value);
        muster_cell_real(table, rows[i].high);
    }
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_TORNADO, table, "Tornado from 0");
    roles(plot, "label label low low high high");
    plot = muster_plot_add(section, MUSTER_PLOT_TORNADO, table, "Tornado from 4.2");
    roles(plot, "label label low low high high low_value low high_value high");
    muster_plot_number(plot, "baseline", 4.2);
    plot = muster_plot_add(section, MUSTER_PLOT_DOTS, table, "Dots without a baseline");
    roles(plot, "label label value value low low high high");
    plot = muster_plot_add(section, MUSTER_PLOT_DOTS, table, "Dots and 0");
    roles(plot, "label label value value low low high high");
    muster_plot_number(plot, "baseline", 0.0);
    plot = muster_plot_add(section, MUSTER_PLOT_LINES, table, "Back and forth");
    roles(plot, "x value y high");
    plot = muster_plot_add(section, MUSTER_PLOT_BARS, table, "Bars");
    roles(plot, "label label value value low low high high");
    muster_plot_number(plot, "thresholds", 2.0);
    muster_plot_number(plot, "thresholds", 5.0);
}

muster_document *page_options(void)
{
    muster_document *document = muster_document_create("Options", NULL);
    add_plain(document);
    add_logarithmic(document);
    add_log_map(document);
    return document;
}

/* ---- next to nothing ------------------------------------------------------------------------------ */

static void plot_all(muster_section *section, muster_table *table)
{
    static const struct {
        muster_plot_kind kind;
        const char *title, *roles;
    } plots[] = {
        {MUSTER_PLOT_TORNADO, "Tornado", "label label low low high high"},
        {MUSTER_PLOT_BARS, "Bars", "label label value value low low high high series group"},
        {MUSTER_PLOT_LINES, "Lines", "x low y value low low high high series group"},
        {MUSTER_PLOT_POINTS, "Points", "x low y value label label color high"},
        {MUSTER_PLOT_DOTS, "Dots", "label label value value low low high high color group"},
        {MUSTER_PLOT_MAP, "Map", "x low y high value value boundary value"},
        {MUSTER_PLOT_PARALLEL, "Parallel", "columns group columns low columns value color high"},
        {MUSTER_PLOT_SCATTER_MATRIX, "Matrix", "columns low columns value columns group"},
        {MUSTER_PLOT_STRIPS, "Strips", "label group value value"},
    };
    for (size_t i = 0; i < sizeof plots / sizeof *plots; i++)
        roles(muster_plot_add(section, plots[i].kind, table, plots[i].title), plots[i].roles);
}

static void add_table(muster_document *document, const char *id, int rows, bool is_missing)
{
    muster_section *section = muster_section_add(document, id, id);
    muster_table *table = muster_table_add(section, id, "");
    text_column(table, "label", NULL);
    text_column(table, "group", NULL);
    real_column(table, "low", NULL, "", 3);
    real_column(table, "value", NULL, "", 3);
    real_column(table, "high", NULL, "", 3);
    for (int row = 0; row < rows; row++) {
        muster_table_row(table);
        muster_cell_text(table, is_missing ? NULL : row % 2 == 0 ? "" : "=SUM(A1)");
        muster_cell_text(table, row == 2 ? NULL : "one");
        for (int i = 0; i < 3; i++)
            muster_cell_real(table, is_missing ? (double)NAN : 2.385 + i * row);
    }
    plot_all(section, table);
}

muster_document *page_empty(void)
{
    muster_document *document = muster_document_create("", NULL);
    add_table(document, "no-rows", 0, false);
    add_table(document, "one-row", 1, false);
    add_table(document, "few-rows", 3, false);
    add_table(document, "all-missing", 4, true);
    return document;
}
