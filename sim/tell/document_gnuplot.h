/** @file document_gnuplot.h
 * Scripts for gnuplot: what the kinds of plots share.
 *
 * gnuplot runs what stands between backquotes in double quotes, puts variables in place of @name, reads
 * formulas in the labels of tics, and understands CSV so far that a doubled quote shifts the columns
 * behind it. So texts stand in single quotes, in which only the quote itself means something, and that
 * becomes an apostrophe (U+2019), since a doubled one at the beginning or behind another ends the text;
 * tics double their per cent signs; labels are not enhanced; no text stands in a comment; and no text of
 * the data is ever read: which rows belong together is told by arrays of whole numbers, one for each row.
 */
#ifndef MST_TELL_DOCUMENT_GNUPLOT_H
#define MST_TELL_DOCUMENT_GNUPLOT_H

#include "tell/document.h"

/** How an interval is drawn, which needs a corner and the way to the other end: gnuplot's bars of errors
 * would clear what lies below their middle. */
#define MST_GP_INTERVAL "vectors heads size screen 0.003,90"

enum {
    MST_GP_COLORS = 8,
    MST_GP_LABEL = 40,
    MST_GP_SHORT = 30,
    MST_GP_WIDTH = 900,
    MST_GP_PARTS = -1
};

/** What the cells of a column are told apart by: 1..count by row, 0 where it is missing. Texts are
 * numbered as they come, numbers by size. */
typedef struct mst_gp_codes {
    int32_t count;
    int32_t *of_row;
    int32_t *row_of; /* some row of each, from code 1 at [0] */
} mst_gp_codes;

typedef struct mst_gp {
    mst_text head, arrays, text; /* of the script, in this order; commands go to text */
    mst_arena arena;
    const muster_plot *plot;
    const muster_table *table;
    const char *source;  /* set by mst_gp_begin: what gnuplot reads: "data" or "$data" */
    mst_gp_codes *codes; /* of each column, once asked for and written (of_row) */
    double foot;         /* set by mst_gp_begin: share of the picture that the caption takes */
    const char *note;    /* said behind the caption; null: nothing               */
    const char *output;  /* null: stdout */
    const char *file;    /* of the data  */
} mst_gp;

/* ---- pieces of a script ------------------------------------------------------------------------- */

/** Adds a text in single quotes; the second form for tics, which are formats. */
void mst_gp_quote(mst_text *text, const char *words);
void mst_gp_quote_tic(mst_text *text, const char *words);

/** The same of a cell, cut to a width. */
void mst_gp_quote_cell(mst_gp *gp, int32_t row, int32_t column, int32_t width, bool is_tic);

/** Words that go with a column: its label, and its unit in brackets, cut to a width. */
const char *mst_gp_head(mst_gp *gp, int32_t column, int32_t width);

/** Adds a number with all its digits. */
void mst_gp_number(mst_gp *gp, double value);

/** Codes of a column, with the array "C3" of it written to the script. Short of memory there are none,
 * and both arrays are null. */
const mst_gp_codes *mst_gp_codes_of(mst_gp *gp, int32_t column);

/** Adds what stands in `using` for a column: "$3" or, of texts, "C3[$0+1]". */
void mst_gp_value(mst_gp *gp, int32_t column);

/** True if a column tells things apart rather than measuring them: texts, and up to eight whole numbers. */
bool mst_gp_is_category(mst_gp *gp, int32_t column);

/** Color of a series, from 0, "#rrggbb", and its dashes, 1 for the first eight. Okabe and Ito (2008). */
const char *mst_gp_color(int32_t series);
int32_t mst_gp_dashes(int32_t series);

/* ---- commands ----------------------------------------------------------------------------------- */

/** Head of the script: terminal, style, title, data, key, caption. height without what the caption needs.
 * entries of the key: with two or more it stands above the plot, with more than four at its right, for
 * which the picture grows; MST_GP_PARTS: a multiplot. */
void mst_gp_begin(mst_gp *gp, int32_t width, int32_t height, int32_t entries);

/** "set xrange [...]" with a margin, a share of the range, at both ends; "set logscale" if it is. */
void mst_gp_range(mst_gp *gp, char axis, mst_doc_range range, double margin);

/** "set xlabel": the option of the plot, else the head of the column. */
void mst_gp_axis_label(mst_gp *gp, char axis, const char *option, int32_t column);

/** Tics at 1, 2 ... that are the categories of a column, cut to a width in letters. */
void mst_gp_category_tics(mst_gp *gp, char axis, int32_t column, int32_t width);

/** Range of an axis that shows columns (-1: none); a column of texts has places 1 .. count. */
mst_doc_range mst_gp_range_of(mst_gp *gp, bool is_log, const int32_t *column, int32_t count);

/** Dashed lines across an axis at thresholds (double), which are the plot's; gnuplot leaves out those that
 * lie off the axis. */
void mst_gp_thresholds(mst_gp *gp, char axis, const mst_list *thresholds);

/** "set palette", and the label of its box. */
void mst_gp_palette(mst_gp *gp, int32_t column);

/** "set multiplot", for a picture so high without its caption. "unset label" must follow its first
 * part. */
void mst_gp_multiplot(mst_gp *gp, int32_t down, int32_t across, int32_t height);

/** One place of a multiplot that holds nothing but what the colours of a category mean. */
void mst_gp_key_alone(mst_gp *gp, int32_t column, const char *style);

/** What a plot without anything to draw shows. */
void mst_gp_nothing(mst_gp *gp);

/* ---- kinds --------------------------------------------------------------------------------------- */

void mst_gp_tornado(mst_gp *gp);
void mst_gp_bars(mst_gp *gp);
void mst_gp_dots(mst_gp *gp);
void mst_gp_strips(mst_gp *gp);
void mst_gp_lines(mst_gp *gp);
void mst_gp_points(mst_gp *gp);
void mst_gp_map(mst_gp *gp);
void mst_gp_parallel(mst_gp *gp);
void mst_gp_scatter_matrix(mst_gp *gp);

/** A point with a name, both in shares 0..1 of the picture's width and height. */
typedef struct mst_gp_spot {
    double x, y;
    int32_t row;
    int32_t place; /* out: of mst_gp_place_words; -1: there is no room for its name */
} mst_gp_spot;

/** Finds places for names beside points such that none lies upon another or upon a point.
 * @return names without a place */
int32_t mst_gp_place(mst_gp *gp, mst_gp_spot *spots, int32_t count, int32_t label);

/** "left offset 0.8,0": a place as `set label` has it. */
const char *mst_gp_place_words(int32_t place);

#endif
