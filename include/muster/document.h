/**
 * @file document.h
 * What an analysis found, built once and told in several ways: for people (80 columns), as JSON
 * (analysis.schema.json), as tables in CSV and as scripts for gnuplot.
 *
 * A document has a title, lines about its making (key and value), warnings, and sections. A section has
 * sentences, tables and plots. A plot draws columns of a table: its **roles** say which column is what.
 *
 * | kind             | roles; those in brackets may be left out, + takes several columns             |
 * |------------------|-------------------------------------------------------------------------------|
 * | `tornado`        | `label`, `low`, `high`, [`low_value`, `high_value`: what the factor was set to] |
 * | `bars`           | `label`, `value`, [`low`, `high`: an interval], [`series`]                    |
 * | `lines`          | `x`, `y`, [`low`, `high`], [`series`], [`facet`]                              |
 * | `points`         | `x`, `y`, [`label`], [`color`]                                                |
 * | `dots`           | `label`, `value`, `low`, `high`, [`color`]                                    |
 * | `map`            | `x`, `y`, `value`, [`boundary` +: drawn where the column crosses 0]            |
 * | `parallel`       | `columns` +, `color`                                                          |
 * | `scatter-matrix` | `columns` +, [`color`]                                                        |
 * | `strips`         | `label`, `value`; one row a run or point, so that labels come again           |
 *
 * | option       | what it is                                             | of the kinds             |
 * |--------------|--------------------------------------------------------|--------------------------|
 * | `x_label`    | words along the horizontal axis; else those of the column | all but the two with `columns` |
 * | `y_label`    | the same along the vertical axis                       | lines, points, map       |
 * | `baseline`   | value that the others are held against                 | tornado, dots            |
 * | `log_x`      | 1: logarithmic                                         | lines, points, dots, map, strips |
 * | `log_y`      | 1: logarithmic                                         | lines, points, map       |
 * | `slopes`     | a line y = slope * x; may be given again               | points                   |
 * | `above_0`    | number of a boundary, from 1, that is crossed above 0: 0 itself lies below it; else above it; may be given again | map |
 * | `thresholds` | a line at this value of y, or of value; may be given again | lines, points, bars, dots, strips |
 * | `x_thresholds` | the same at this value of x            | points                   |
 *
 * Bars, tornados, dots and strips lie on their side: value is horizontal, labels stand at the left, in
 * order of the table. Lines join rows in that order. On a map, axes of texts and of whole numbers have
 * nothing between their values: there are cells.
 *
 * Every text may be any UTF-8. Other bytes, and control characters, become U+FFFD, line breaks and tabs
 * a blank: a text is one line. Numbers that are not finite are missing.
 *
 * The functions that build return nothing that must be checked: each takes a null handle, and does
 * nothing then. Where memory is short, or something is built wrongly (a second table of one id, a cell
 * too many, a role that the kind does not have), the document is done for; every teller then returns
 * null with a diagnostic that says which.
 *
 * @code
 * muster_document *document = muster_document_create("Fuel and the escorts", NULL);
 * muster_document_about(document, "method", "one factor at a time, %d runs", 5);
 * muster_section *section = muster_section_add(document, "effects", "What moves the drill");
 * muster_section_say(section, "Speed matters %.1f times as much as fuel.", 2.5);
 *
 * muster_table *table = muster_table_add(section, "effects", "Hours together at both ends");
 * muster_table_column(table, "factor", "factor", "", MUSTER_COLUMN_TEXT, 0);
 * muster_table_column(table, "low", "at its least", "h", MUSTER_COLUMN_REAL, 3);
 * muster_table_column(table, "high", "at its most", "h", MUSTER_COLUMN_REAL, 3);
 * muster_table_row(table);
 * muster_cell_text(table, "speed");
 * muster_cell_real(table, 20.0);
 * muster_cell_real(table, 70.0);
 * muster_table_row(table);
 * muster_cell_text(table, "fuel");
 * muster_cell_real(table, 40.0);
 * muster_cell_real(table, 60.0);
 *
 * muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_TORNADO, table, "Hours together");
 * muster_plot_role(plot, "label", "factor");
 * muster_plot_role(plot, "low", "low");
 * muster_plot_role(plot, "high", "high");
 * muster_plot_number(plot, "baseline", 50.0);
 *
 * char *screen = muster_document_text(document, NULL, diags);
 * char *script = muster_document_gnuplot(plot, "effects.csv", "effects.svg", diags);
 * muster_tell_free(script, NULL);
 * muster_tell_free(screen, NULL);
 * muster_document_free(document);
 * @endcode
 */
#ifndef MUSTER_DOCUMENT_H
#define MUSTER_DOCUMENT_H

#include "muster/diag.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct muster_document muster_document; /**< owns all below, and every text given to it */
typedef struct muster_section muster_section;   /**< a part of a document                       */
typedef struct muster_table muster_table;       /**< columns and rows, of a section             */
typedef struct muster_plot muster_plot;         /**< how a table is drawn, of a section         */

/** What the cells of a column are. */
typedef enum muster_column_kind {
    MUSTER_COLUMN_TEXT,  /**< words                                                            */
    MUSTER_COLUMN_REAL,  /**< a number                                                         */
    MUSTER_COLUMN_WHOLE, /**< a whole number, at most 2^53 either way                          */
    MUSTER_COLUMN_SHARE, /**< a number of which 1 is all: people read it as per cent, programs
                              as it is                                                         */
    MUSTER_COLUMN_P      /**< P of a test: below .001 people read "< 0.001", never 0; programs
                              the number as it is                                              */
} muster_column_kind;

/** How a table is drawn; roles and options stand at the head of this file. */
typedef enum muster_plot_kind {
    MUSTER_PLOT_TORNADO,        /**< what each factor moves, from a baseline to both sides */
    MUSTER_PLOT_BARS,           /**< one value a label, from 0                             */
    MUSTER_PLOT_LINES,          /**< y along x                                             */
    MUSTER_PLOT_POINTS,         /**< y against x                                           */
    MUSTER_PLOT_DOTS,           /**< one value with its interval a label                   */
    MUSTER_PLOT_MAP,            /**< value as colour over x and y, with boundaries         */
    MUSTER_PLOT_PARALLEL,       /**< an axis a column, a line a row                        */
    MUSTER_PLOT_SCATTER_MATRIX, /**< every column against every other                      */
    MUSTER_PLOT_STRIPS          /**< all values of a label in one strip                    */
} muster_plot_kind;

/** How a document is told to people. All zero is the rule. */
typedef struct muster_document_options {
    int32_t rows; /**< rows of a table or drawing that are told; 0: 40; below 0: all */
    bool ascii;   /**< no characters beyond ASCII in drawings; texts stay what they are */
} muster_document_options;

/* ---- building -------------------------------------------------------------------------------- */

/**
 * A new document without content.
 *
 * @param[in] title   what it is about; null: nothing
 * @param[in] memory  where memory comes from; null: malloc and free
 * @return owned by the caller, muster_document_free; null when memory is short
 */
MUSTER_API muster_document *muster_document_create(const char *title, const muster_memory *memory);

/**
 * Frees a document with all its sections, tables and plots.
 *
 * @param[in] document  may be null
 */
MUSTER_API void muster_document_free(muster_document *document);

/**
 * Adds a line about how the document came to be: scenario, method, runs, seed, level of confidence.
 *
 * @param[in] document  may be null
 * @param[in] key       what the line tells
 * @param[in] format    printf format of the value
 */
MUSTER_API void muster_document_about(muster_document *document, const char *key,
                                      const char *format, ...) MUSTER_PRINTF(3, 4);

/**
 * Adds a warning: what a reader must know before using a figure.
 *
 * @param[in] document  may be null
 * @param[in] format    printf format of a sentence
 */
MUSTER_API void muster_document_warn(muster_document *document, const char *format, ...)
    MUSTER_PRINTF(2, 3);

/**
 * Adds a section at the end.
 *
 * @param[in] document  may be null
 * @param[in] id        a letter, then letters, digits, - and _; no other section of the document has it
 * @param[in] title     heading
 * @return belongs to the document; null when that failed
 */
MUSTER_API muster_section *muster_section_add(muster_document *document, const char *id,
                                              const char *title);

/**
 * Adds a finding in plain words.
 *
 * @param[in] section  may be null
 * @param[in] format   printf format of a sentence
 */
MUSTER_API void muster_section_say(muster_section *section, const char *format, ...)
    MUSTER_PRINTF(2, 3);

/**
 * Adds a table without columns.
 *
 * @param[in] section  may be null
 * @param[in] id       a letter, then letters, digits, - and _; no other table of the document has it
 * @param[in] title    heading
 * @return belongs to the document; null when that failed
 */
MUSTER_API muster_table *muster_table_add(muster_section *section, const char *id,
                                          const char *title);

/**
 * Adds a column to a table that has no rows yet.
 *
 * @param[in] table   may be null
 * @param[in] name    head in CSV, and what roles name it by; no other column of the table has it
 * @param[in] label   head for people; null: the name
 * @param[in] unit    of the numbers, "" or null: none; a share needs none
 * @param[in] kind    what its cells are
 * @param[in] digits  significant digits for people, 1..17; 0: 4. Digits before the point are never
 *                    dropped up to a thousand million
 */
MUSTER_API void muster_table_column(muster_table *table, const char *name, const char *label,
                                    const char *unit, muster_column_kind kind, int32_t digits);

/**
 * Tells at most so many rows of a table to people on a screen, unless all are asked for: it is there for
 * a picture, or for programs. JSON, CSV and page have all of it.
 *
 * @param[in] table  may be null
 * @param[in] rows   0: none, and how many there are
 */
MUSTER_API void muster_table_brief(muster_table *table, int32_t rows);

/**
 * Begins a row. Its cells are then given one by one, from the first column to the last.
 *
 * @param[in] table  may be null
 */
MUSTER_API void muster_table_row(muster_table *table);

/**
 * Gives the next cell of the row, in a column of texts.
 *
 * @param[in] table  may be null
 * @param[in] text   null: missing
 */
MUSTER_API void muster_cell_text(muster_table *table, const char *text);

/**
 * Gives the next cell of the row, in a column of reals or shares.
 *
 * @param[in] table  may be null
 * @param[in] value  not finite: missing
 */
MUSTER_API void muster_cell_real(muster_table *table, double value);

/**
 * Gives the next cell of the row, in a column of numbers of any kind.
 *
 * @param[in] table  may be null
 * @param[in] value  at most 2^53 either way
 */
MUSTER_API void muster_cell_whole(muster_table *table, int64_t value);

/**
 * Leaves the next cell of the row missing.
 *
 * @param[in] table  may be null
 */
MUSTER_API void muster_cell_none(muster_table *table);

/**
 * Adds a plot.
 *
 * @param[in] section  may be null
 * @param[in] kind     how it is drawn
 * @param[in] table    what it draws, of the same document; may be null
 * @param[in] title    heading
 * @return belongs to the document; null when that failed
 */
MUSTER_API muster_plot *muster_plot_add(muster_section *section, muster_plot_kind kind,
                                        muster_table *table, const char *title);

/**
 * Says below a plot what is seen in it.
 *
 * @param[in] plot    may be null
 * @param[in] format  printf format of a sentence
 */
MUSTER_API void muster_plot_caption(muster_plot *plot, const char *format, ...) MUSTER_PRINTF(2, 3);

/**
 * Says what a column of the table is in a plot. Whether the column is there, and holds numbers where it
 * must, is looked at when the document is told. All but `label`, `low_value`, `high_value`, `series`,
 * `facet`, `color`, `columns`, `x` of lines, and `x` and `y` of maps hold numbers.
 *
 * @param[in] plot    may be null
 * @param[in] role    one of those of its kind; given again only where it takes several columns
 * @param[in] column  name of a column
 */
MUSTER_API void muster_plot_role(muster_plot *plot, const char *role, const char *column);

/**
 * Gives an option that is a number.
 *
 * @param[in] plot    may be null
 * @param[in] option  one of those of its kind
 * @param[in] value   finite
 */
MUSTER_API void muster_plot_number(muster_plot *plot, const char *option, double value);

/**
 * Gives an option that is a text.
 *
 * @param[in] plot    may be null
 * @param[in] option  `x_label` or `y_label`
 * @param[in] text    the words
 */
MUSTER_API void muster_plot_text(muster_plot *plot, const char *option, const char *text);

/* ---- looking at what was built --------------------------------------------------------------- */

/**
 * Number of tables of all sections.
 *
 * @param[in] document  null: none
 * @return 0 or more
 */
MUSTER_API int32_t muster_document_table_count(const muster_document *document);

/**
 * A table, in the order in which they were added.
 *
 * @param[in] document  not null
 * @param[in] index     0 <= index < count
 * @return belongs to the document
 */
MUSTER_API const muster_table *muster_document_table(const muster_document *document,
                                                     int32_t index);

/**
 * Id of a table: fit for the name of a file.
 *
 * @param[in] table  not null
 * @return belongs to the document
 */
MUSTER_API const char *muster_table_id(const muster_table *table);

/**
 * Number of plots of all sections.
 *
 * @param[in] document  null: none
 * @return 0 or more
 */
MUSTER_API int32_t muster_document_plot_count(const muster_document *document);

/**
 * A plot, in the order in which they were added.
 *
 * @param[in] document  not null
 * @param[in] index     0 <= index < count
 * @return belongs to the document
 */
MUSTER_API const muster_plot *muster_document_plot(const muster_document *document, int32_t index);

/**
 * Id of a plot, made of its table's id and its kind ("effects-tornado", the next such one
 * "effects-tornado-2"): fit for the name of a file.
 *
 * @param[in] plot  not null
 * @return belongs to the document
 */
MUSTER_API const char *muster_plot_id(const muster_plot *plot);

/**
 * The table that a plot draws.
 *
 * @param[in] plot  not null
 * @return belongs to the document
 */
MUSTER_API const muster_table *muster_plot_table(const muster_plot *plot);

/* ---- telling --------------------------------------------------------------------------------- */

/**
 * The document for people: sentences, tables of at most 80 columns (wider ones in several blocks), and
 * tornados, bars and dots drawn small.
 *
 * @param[in] document  what is told
 * @param[in] options   null: all zero
 * @param[in] diags     takes what is wrong; may be null
 * @return text to be given back with muster_tell_free and the document's memory; null with a diagnostic
 */
MUSTER_API char *muster_document_text(const muster_document *document,
                                      const muster_document_options *options, muster_diags *diags);

/**
 * The document for programs: analysis.schema.json. Numbers have 12 significant digits.
 *
 * @param[in] document  what is told
 * @param[in] diags     takes what is wrong; may be null
 * @return text to be given back with muster_tell_free and the document's memory; null with a diagnostic
 */
MUSTER_API char *muster_document_json(const muster_document *document, muster_diags *diags);

/**
 * One table as CSV (RFC 4180, lines end with LF): names of the columns, then every row. Numbers have as
 * many digits as bring back the same number; an empty field is missing. Texts stand as they are: a
 * spreadsheet takes one that begins with =, +, - or @ for a formula.
 *
 * @param[in] table  what is told
 * @param[in] diags  takes what is wrong; may be null
 * @return text to be given back with muster_tell_free and the document's memory; null with a diagnostic
 */
MUSTER_API char *muster_document_csv(const muster_table *table, muster_diags *diags);

/**
 * A script for gnuplot 5.4 or later that draws a plot as SVG. It reads the numbers from the table's CSV;
 * texts, and which rows belong together, stand in the script. Where a text of the table has a double
 * quote, which gnuplot cannot read in CSV, the data stand in the script as well. Nothing in a text is run
 * or takes effect in gnuplot, whatever it holds.
 *
 * @param[in] plot    what is drawn
 * @param[in] data    file of the table's CSV, as seen from where gnuplot is started; no control
 *                    characters
 * @param[in] output  file of the picture; null: gnuplot's stdout
 * @param[in] diags   takes what is wrong; may be null
 * @return text to be given back with muster_tell_free and the document's memory; null with a diagnostic
 */
MUSTER_API char *muster_document_gnuplot(const muster_plot *plot, const char *data,
                                         const char *output, muster_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
