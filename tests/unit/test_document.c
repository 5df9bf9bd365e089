/* Documents: how they are built, what is refused, and what JSON and CSV hold. */
#include "test.h"

#include "all_plots.h"
#include "muster/muster.h"
#include "tell/document.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* ---- the example at the head of muster/document.h ------------------------------------------------ */

static void test_document__the_example(void **state)
{
    (void)state;
    muster_diags *diags = muster_diags_create(NULL);

    muster_document *document = muster_document_create("Fuel and the escorts", NULL);
    muster_document_about(document, "method", "one factor at a time, %d runs", 5);
    muster_section *section = muster_section_add(document, "effects", "What moves the drill");
    muster_section_say(section, "Speed matters %.1f times as much as fuel.", 2.5);

    muster_table *table = muster_table_add(section, "effects", "Hours together at both ends");
    muster_table_column(table, "factor", "factor", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(table, "low", "at its least", "h", MUSTER_COLUMN_REAL, 3);
    muster_table_column(table, "high", "at its most", "h", MUSTER_COLUMN_REAL, 3);
    muster_table_row(table);
    muster_cell_text(table, "speed");
    muster_cell_real(table, 20.0);
    muster_cell_real(table, 70.0);
    muster_table_row(table);
    muster_cell_text(table, "fuel");
    muster_cell_real(table, 40.0);
    muster_cell_real(table, 60.0);

    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_TORNADO, table, "Hours together");
    muster_plot_role(plot, "label", "factor");
    muster_plot_role(plot, "low", "low");
    muster_plot_role(plot, "high", "high");
    muster_plot_number(plot, "baseline", 50.0);

    char *screen = muster_document_text(document, NULL, diags);
    char *script = muster_document_gnuplot(plot, "effects.csv", "effects.svg", diags);
    assert_int_equal(muster_diags_count(diags), 0);
    assert_non_null(strstr(screen, "Speed matters 2.5 times as much as fuel.\n"));
    assert_non_null(strstr(script, "\nset output 'effects.svg'\n"));
    assert_non_null(strstr(script, "\ndata = 'effects.csv'\n"));
    muster_tell_free(script, NULL);
    muster_tell_free(screen, NULL);
    muster_document_free(document);

    muster_diags_free(diags);
}

/* ---- JSON ----------------------------------------------------------------------------------- */

static const char *const parts_in_json[] = {
    "{'format': 'muster-analysis', 'version': 1, 'program': {'name': 'muster', 'version': '0.1.0'},"
    " 'title': 'All plots',"
    " 'about': [{'key': 'method', 'value': 'by hand'},"
    "           {'key': 'level of confidence', 'value': '95 %'}],"
    " 'warnings': ['Nothing here was run.'], 'sections': []}",
    /* the sections */
    "{'id': 'effects', 'title': 'What moves the hours',"
    " 'sentences': ['Speed matters 3.3 times as much as fuel.'],"
    " 'tables': [{'id': 'effects', 'title': 'Both ends', 'columns': ["
    "  {'name': 'factor', 'label': 'factor', 'unit': '', 'kind': 'text', 'digits': 3},"
    "  {'name': 'low', 'label': 'at its least', 'unit': 'h', 'kind': 'real', 'digits': 3},"
    "  {'name': 'high', 'label': 'at its most', 'unit': 'h', 'kind': 'real', 'digits': 3},"
    "  {'name': 'low_at', 'label': 'least', 'unit': '', 'kind': 'text', 'digits': 3},"
    "  {'name': 'high_at', 'label': 'most', 'unit': '', 'kind': 'text', 'digits': 3},"
    "  {'name': 'effect', 'label': 'effect', 'unit': 'h', 'kind': 'real', 'digits': 3},"
    "  {'name': 'from', 'label': 'from', 'unit': 'h', 'kind': 'real', 'digits': 3},"
    "  {'name': 'to', 'label': 'to', 'unit': 'h', 'kind': 'real', 'digits': 3},"
    "  {'name': 'kind', 'label': 'kind', 'unit': '', 'kind': 'text', 'digits': 3},"
    "  {'name': 'share', 'label': 'share', 'unit': '', 'kind': 'share', 'digits': 3}],"
    "  'rows': ["
    "  ['speed', 20.0, 70.0, '12 kn', '18 kn', 25.0, 21.5, 28.0, 'lever', 0.5],"
    "  ['fuel', 45.0, 60.0, 'half', null, 7.5, 5.0, 10.0, 'lever', 0.0625],"
    "  ['weather', 52.0, 55.0, 'calm', 'rough', -1.25, null, null, 'chance', 0.001]]}],"
    " 'plots': ["
    "  {'id': 'effects-tornado', 'kind': 'tornado', 'title': 'Tornado', 'caption': 'Speed first.',"
    "   'table': 'effects', 'roles': {'label': 'factor', 'low': 'low', 'high': 'high',"
    "   'low_value': 'low_at', 'high_value': 'high_at'},"
    "   'options': {'x_label': 'hours', 'baseline': 50.0}},"
    "  {'id': 'effects-bars', 'kind': 'bars', 'title': 'Bars', 'caption': '', 'table': 'effects',"
    "   'roles': {'label': 'factor', 'value': 'effect', 'low': 'from', 'high': 'to',"
    "   'series': 'kind'}, 'options': {'thresholds': [5.0]}},"
    "  {'id': 'effects-dots', 'kind': 'dots', 'title': 'Dots', 'caption': '', 'table': 'effects',"
    "   'roles': {'label': 'factor', 'value': 'effect', 'low': 'from', 'high': 'to',"
    "   'color': 'kind'}, 'options': {'baseline': 0.0}},"
    "  {'id': 'effects-points', 'kind': 'points', 'title': 'Points', 'caption': '',"
    "   'table': 'effects', 'roles': {'x': 'low', 'y': 'high', 'label': 'factor',"
    "   'color': 'share'}, 'options': {'x_label': 'along', 'y_label': 'up', 'slopes': [1.0, 0.5],"
    "   'thresholds': [65.0], 'x_thresholds': [30.0, 50.0]}}]}",
    "{'id': 'shapes', 'title': 'How they run', 'sentences': [],"
    " 'tables': [{'id': 'curve', 'title': 'Curve', 'columns': ["
    "  {'name': 'at', 'label': 'level', 'unit': 'kn', 'kind': 'real', 'digits': 3},"
    "  {'name': 'y', 'label': 'hours', 'unit': 'h', 'kind': 'real', 'digits': 3},"
    "  {'name': 'from', 'label': 'from', 'unit': 'h', 'kind': 'real', 'digits': 3},"
    "  {'name': 'to', 'label': 'to', 'unit': 'h', 'kind': 'real', 'digits': 3},"
    "  {'name': 'ships', 'label': 'ships', 'unit': '', 'kind': 'whole', 'digits': 3},"
    "  {'name': 'port', 'label': 'port', 'unit': '', 'kind': 'text', 'digits': 3}],"
    "  'rows': [[10.0, 1.0, 0.5, 1.5, 4, 'north'], [20.0, 2.0, 1.5, 2.5, 4, 'north'],"
    "  [10.0, 3.0, 2.5, 3.5, 2, 'north'], [20.0, 4.0, 3.5, 4.5, 2, 'north'],"
    "  [10.0, 5.0, 4.5, 5.5, 4, 'south'], [20.0, 6.0, 5.5, 6.5, 4, 'south'],"
    "  [10.0, 7.0, 6.5, 7.5, 2, 'south'], [20.0, 8.0, 7.5, 8.5, 2, 'south']]},"
    "  {'id': 'surface', 'title': 'Surface', 'columns': ["
    "  {'name': 'fuel', 'label': 'fuel', 'unit': 't', 'kind': 'real', 'digits': 3},"
    "  {'name': 'speed', 'label': 'speed', 'unit': 'kn', 'kind': 'real', 'digits': 3},"
    "  {'name': 'hours', 'label': 'hours', 'unit': 'h', 'kind': 'real', 'digits': 3},"
    "  {'name': 'able', 'label': 'able', 'unit': '', 'kind': 'real', 'digits': 3},"
    "  {'name': 'accepts', 'label': 'accepts', 'unit': '', 'kind': 'real', 'digits': 3}],"
    "  'rows': [[10.0, 12.0, 0.0, -4.0, -0.5], [20.0, 12.0, 0.5, -3.0, 0.5],"
    "  [30.0, 12.0, 1.0, -2.0, 1.5], [10.0, 16.0, 1.5, -1.0, -0.5],"
    "  [20.0, 16.0, 2.0, 0.0, 0.5], [30.0, 16.0, 2.5, 1.0, 1.5], [10.0, 24.0, 3.0, 2.0, -0.5],"
    "  [20.0, 24.0, 3.5, 3.0, 0.5], [30.0, 24.0, 4.0, 4.0, 1.5]]}],"
    " 'plots': ["
    "  {'id': 'curve-lines', 'kind': 'lines', 'title': 'Lines', 'caption': '', 'table': 'curve',"
    "   'roles': {'x': 'at', 'y': 'y', 'low': 'from', 'high': 'to', 'series': 'ships',"
    "   'facet': 'port'},"
    "   'options': {'x_label': 'along', 'y_label': 'up', 'log_x': true, 'log_y': true}},"
    "  {'id': 'surface-map', 'kind': 'map', 'title': 'Map', 'caption': '', 'table': 'surface',"
    "   'roles': {'x': 'fuel', 'y': 'speed', 'value': 'hours', 'boundary': ['able', 'accepts']},"
    "   'options': {'x_label': 'along', 'y_label': 'up'}}]}",
    "{'id': 'runs', 'title': 'Every run', 'sentences': [],"
    " 'tables': [{'id': 'runs', 'title': 'Runs', 'columns': ["
    "  {'name': 'port', 'label': 'port', 'unit': '', 'kind': 'text', 'digits': 3},"
    "  {'name': 'speed', 'label': 'speed', 'unit': 'kn', 'kind': 'real', 'digits': 3},"
    "  {'name': 'hours', 'label': 'hours', 'unit': 'h', 'kind': 'real', 'digits': 3},"
    "  {'name': 'joined', 'label': 'joined', 'unit': '', 'kind': 'whole', 'digits': 3}],"
    "  'rows': [['north', 10.0, 0.0, 0], ['south', 11.0, 2.75, 0], ['north', 12.0, 5.0, 0],"
    "  ['south', 13.0, 6.75, 0], ['north', 14.0, 8.0, 1], ['south', 15.0, 8.75, 1]]}],"
    " 'plots': ["
    "  {'id': 'runs-parallel', 'kind': 'parallel', 'title': 'Parallel', 'caption': '',"
    "   'table': 'runs', 'roles': {'columns': ['port', 'speed', 'hours'], 'color': 'joined'},"
    "   'options': {}},"
    "  {'id': 'runs-scatter-matrix', 'kind': 'scatter-matrix', 'title': 'Matrix', 'caption': '',"
    "   'table': 'runs', 'roles': {'columns': ['port', 'speed'], 'color': 'hours'},"
    "   'options': {}},"
    "  {'id': 'runs-strips', 'kind': 'strips', 'title': 'Strips',"
    "   'caption': 'South sails longer. A little.', 'table': 'runs',"
    "   'roles': {'label': 'port', 'value': 'hours'}, 'options': {'thresholds': [4.5]}}]}"};

/* As trees, so that blanks and line breaks do not matter; ' stands for ". */
static void assert_same_json(const json_t *told, const char *expected)
{
    char text[4096];
    json_error_t error;
    assert_true(strlen(expected) < sizeof text);
    for (size_t i = 0; i <= strlen(expected); i++)
        text[i] = expected[i] == '\'' ? '"' : expected[i];
    json_t *tree = json_loads(text, 0, &error);
    if (!tree)
        fail_msg("column %d of what is expected: %s", error.column, error.text);
    if (!json_equal(told, tree)) {
        char *other = json_dumps(told, 0);
        fail_msg("another document:\n%s\nexpected:\n%s", other, text);
    }
    json_decref(tree);
}

static void test_document__json(void **state)
{
    (void)state;
    muster_document *document = all_plots("", NULL);
    char *told = muster_document_json(document, NULL);
    assert_non_null(told);
    assert_int_equal(strncmp(told, "{\n \"format\": \"muster-analysis\",", 30), 0);
    json_t *tree = json_loads(told, 0, NULL);
    json_t *sections = json_incref(json_object_get(tree, "sections"));
    assert_int_equal(json_array_size(sections), 3);
    json_object_set_new(tree, "sections", json_array());
    assert_same_json(tree, parts_in_json[0]);
    for (size_t i = 0; i < 3; i++)
        assert_same_json(json_array_get(sections, i), parts_in_json[i + 1]);
    json_decref(sections);
    json_decref(tree);
    muster_tell_free(told, NULL);
    muster_document_free(document);
}

/* ---- CSV ------------------------------------------------------------------------------------ */

static muster_table *table_of(muster_document *document)
{
    return muster_table_add(muster_section_add(document, "s", "S"), "t", "T");
}

static void assert_csv(const muster_table *table, const char *expected)
{
    char *told = muster_document_csv(table, NULL);
    assert_non_null(told);
    assert_string_equal(told, expected);
    muster_tell_free(told, NULL);
}

static void test_document__csv(void **state)
{
    (void)state;
    muster_document *document = all_plots("", NULL);
    assert_int_equal(muster_document_table_count(document), 4);
    assert_string_equal(muster_table_id(muster_document_table(document, 2)), "surface");
    assert_csv(muster_document_table(document, 0),
               "factor,low,high,low_at,high_at,effect,from,to,kind,share\n"
               "speed,20,70,12 kn,18 kn,25,21.5,28,lever,0.5\n"
               "fuel,45,60,half,,7.5,5,10,lever,0.0625\n"
               "weather,52,55,calm,rough,-1.25,,,chance,0.001\n");
    muster_document_free(document);
}

/* RFC 4180, section 2: quotes where there is a comma or a quote; and where a reader might trim. */
static void test_document__csv_of_any_text(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "plain",     "a, b", "say \"no\"", " before",          "after ", "l1\nl2",
        "t\tt\r\nu", "",     NULL,         "\xff\x1b\xc3\xa9", "=1+1",   "#'`%@\\"};
    muster_document *document = muster_document_create("d", NULL);
    muster_table *table = table_of(document);
    muster_table_column(table, "a \"name\", that", NULL, NULL, MUSTER_COLUMN_TEXT, 0);
    muster_table_column(table, "n", NULL, NULL, MUSTER_COLUMN_WHOLE, 0);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        muster_table_row(table);
        muster_cell_text(table, texts[i]);
        muster_cell_whole(table, (int64_t)i);
    }
    assert_csv(table, "\"a \"\"name\"\", that\",n\n"
                      "plain,0\n"
                      "\"a, b\",1\n"
                      "\"say \"\"no\"\"\",2\n"
                      "\" before\",3\n"
                      "\"after \",4\n"
                      "l1 l2,5\n"
                      "t t u,6\n"
                      "\"\",7\n"
                      ",8\n"
                      "\xef\xbf\xbd\xef\xbf\xbd\xc3\xa9,9\n"
                      "=1+1,10\n"
                      "#'`%@\\,11\n");
    muster_document_free(document);
}

static void test_document__csv_brings_numbers_back(void **state)
{
    (void)state;
    const double values[] = {0.1,         -0.0,     1.0 / 3.0,     2.5e-308, 1.7976931348623157e308,
                             (double)NAN, INFINITY, 6.02214076e23, 100000.0};
    muster_document *document = muster_document_create("d", NULL);
    muster_table *table = table_of(document);
    muster_table_column(table, "x", NULL, NULL, MUSTER_COLUMN_REAL, 2);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        muster_table_row(table);
        muster_cell_real(table, values[i]);
    }
    muster_table_row(table);
    muster_cell_whole(table, INT64_C(-9007199254740992));
    /* a row whose only field is missing is not an empty line */
    assert_csv(table,
               "x\n0.1\n0\n0.3333333333333333\n2.5e-308\n1.7976931348623157e+308\n\"\"\n\"\"\n"
               "6.02214076e+23\n100000\n-9007199254740992\n");
    muster_document_free(document);
}

/* ---- what is refused ------------------------------------------------------------------------ */

/* A document with one table of a text and a real column and one row, for a mistake. */
typedef struct scene {
    muster_document *document;
    muster_section *section;
    muster_table *table;
    muster_plot *plot;
} scene;

static void one_table_more(scene *s)
{
    (void)muster_table_add(s->section, "t", "again");
}
static void one_section_more(scene *s)
{
    (void)muster_section_add(s->document, "s", "again");
}
static void no_id(scene *s)
{
    (void)muster_table_add(s->section, "../etc", "T");
}
static void column_behind_row(scene *s)
{
    muster_table_column(s->table, "late", "late", "", MUSTER_COLUMN_REAL, 0);
}
static void cell_too_many(scene *s)
{
    muster_cell_real(s->table, 1.0);
}
static void short_row(scene *s)
{
    muster_table_row(s->table);
    muster_cell_text(s->table, "x");
    muster_table_row(s->table);
}
static void short_end(scene *s)
{
    muster_table_row(s->table);
}
static void wrong_cell(scene *s)
{
    muster_table_row(s->table);
    muster_cell_real(s->table, 1.0);
}
static void too_large(scene *s)
{
    muster_table_row(s->table);
    muster_cell_none(s->table);
    muster_cell_whole(s->table, INT64_C(9007199254740993));
}
static void no_such_role(scene *s)
{
    muster_plot_role(s->plot, "x", "name");
}
static void role_twice(scene *s)
{
    muster_plot_role(s->plot, "label", "name");
}
static void no_such_option(scene *s)
{
    muster_plot_number(s->plot, "slopes", 1.0);
}
static void part_of_an_option(scene *s)
{
    muster_plot_number(s->plot, "threshold", 1.0);
}
static void option_of_another_kind(scene *s)
{
    muster_plot_number(s->plot, "x_thresholds", 1.0);
}
static void text_option(scene *s)
{
    muster_plot_text(s->plot, "thresholds", "5");
}
static void infinite_option(scene *s)
{
    muster_plot_number(s->plot, "thresholds", INFINITY);
}
static void half_interval(scene *s)
{
    muster_plot_role(s->plot, "high", "x");
}
static void no_such_column(scene *s)
{
    muster_plot_role(s->plot, "series", "y");
}
static void no_numbers(scene *s)
{
    muster_plot_role(s->plot, "low", "name");
}
static void role_missing(scene *s)
{
    (void)muster_plot_add(s->section, MUSTER_PLOT_BARS, s->table, "again");
}
static void no_table(scene *s)
{
    (void)muster_plot_add(s->section, MUSTER_PLOT_BARS, NULL, "none");
}

static const struct mistake {
    void (*make)(scene *);
    const char *says;
} mistakes[] = {
    {one_table_more, "table 't' is there twice"},
    {one_section_more, "section 's' is there twice"},
    {no_id, "table '../etc': this is no id"},
    {column_behind_row, "table 't': column 'late' comes behind a row"},
    {cell_too_many, "table 't': row 1 has a cell too many"},
    {short_row, "table 't': row 2 has 1 cells for 2 columns"},
    {short_end, "table 't': its last row is not complete"},
    {wrong_cell, "table 't': a real in column 'name', which is for a text"},
    {too_large, "table 't': a whole number beyond 2^53"},
    {no_such_role, "plot 't-bars': bars has no role 'x'"},
    {role_twice, "plot 't-bars': role 'label' is given twice"},
    {no_such_option, "plot 't-bars': bars has no option 'slopes'"},
    {part_of_an_option, "plot 't-bars': bars has no option 'threshold'"},
    {option_of_another_kind, "plot 't-bars': bars has no option 'x_thresholds'"},
    {text_option, "plot 't-bars': thresholds is a number"},
    {infinite_option, "plot 't-bars': thresholds is no finite number"},
    {half_interval, "plot 't-bars': role 'low' is not given"},
    {no_such_column, "plot 't-bars': its table has no column 'y'"},
    {no_numbers, "plot 't-bars': column 'name' holds no numbers"},
    {role_missing, "plot 't-bars-2': role 'label' is not given"},
    {no_table, "section 's': a plot without a table"},
};

static scene scene_open(void)
{
    scene s = {.document = muster_document_create("d", NULL)};
    s.section = muster_section_add(s.document, "s", "S");
    s.table = muster_table_add(s.section, "t", "T");
    muster_table_column(s.table, "name", NULL, NULL, MUSTER_COLUMN_TEXT, 0);
    muster_table_column(s.table, "x", NULL, NULL, MUSTER_COLUMN_REAL, 0);
    muster_table_row(s.table);
    muster_cell_text(s.table, "a");
    muster_cell_real(s.table, 1.0);
    s.plot = muster_plot_add(s.section, MUSTER_PLOT_BARS, s.table, "P");
    muster_plot_role(s.plot, "label", "name");
    muster_plot_role(s.plot, "value", "x");
    return s;
}

static void assert_refused(char *told, muster_diags *diags, const char *says)
{
    char expected[200];
    snprintf(expected, sizeof expected, "the document cannot be told: %s", says);
    assert_null(told);
    assert_int_equal(muster_diags_count(diags), 1); /* the same words are said once */
    assert_string_equal(muster_diags_at(diags, 0)->message, expected);
}

static void test_document__mistakes_are_refused_by_every_teller(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        muster_diags *diags = muster_diags_create(NULL);
        scene s = scene_open();
        mistakes[i].make(&s);
        muster_section_say(s.section, "what comes later changes nothing");
        assert_refused(muster_document_text(s.document, NULL, diags), diags, mistakes[i].says);
        assert_refused(muster_document_json(s.document, diags), diags, mistakes[i].says);
        assert_refused(muster_document_csv(s.table, diags), diags, mistakes[i].says);
        assert_refused(muster_document_gnuplot(s.plot, "t.csv", NULL, diags), diags,
                       mistakes[i].says);
        muster_document_free(s.document);
        muster_diags_free(diags);
    }
}

static void test_document__without_a_mistake_it_is_told(void **state)
{
    (void)state;
    scene s = scene_open();
    char *told = muster_document_json(s.document, NULL);
    assert_non_null(told);
    muster_tell_free(told, NULL);
    muster_document_free(s.document);
}

static void test_document__nothing_is_built_on_nothing(void **state)
{
    (void)state;
    muster_diags *diags = muster_diags_create(NULL);
    muster_document_about(NULL, "k", "v");
    muster_document_warn(NULL, "w");
    muster_section *section = muster_section_add(NULL, "s", "S");
    muster_section_say(section, "s");
    muster_table *table = muster_table_add(section, "t", "T");
    muster_table_column(table, "c", NULL, NULL, MUSTER_COLUMN_REAL, 0);
    muster_table_row(table);
    muster_cell_text(table, "t");
    muster_cell_real(table, 1.0);
    muster_cell_whole(table, 1);
    muster_cell_none(table);
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_BARS, table, "P");
    muster_plot_caption(plot, "c");
    muster_plot_role(plot, "label", "c");
    muster_plot_number(plot, "baseline", 0.0);
    muster_plot_text(plot, "x_label", "x");
    assert_null(section);
    assert_null(table);
    assert_null(plot);
    assert_int_equal(muster_document_table_count(NULL), 0);
    assert_int_equal(muster_document_plot_count(NULL), 0);
    assert_null(muster_document_text(NULL, NULL, diags));
    assert_null(muster_document_csv(NULL, diags));
    assert_null(muster_document_gnuplot(NULL, "t.csv", NULL, diags));
    assert_null(muster_document_json(NULL, diags));
    assert_string_equal(muster_diags_at(diags, 0)->message, "out of memory");
    muster_document_free(NULL);
    muster_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_document__the_example),
        cmocka_unit_test(test_document__json),
        cmocka_unit_test(test_document__csv),
        cmocka_unit_test(test_document__csv_of_any_text),
        cmocka_unit_test(test_document__csv_brings_numbers_back),
        cmocka_unit_test(test_document__mistakes_are_refused_by_every_teller),
        cmocka_unit_test(test_document__without_a_mistake_it_is_told),
        cmocka_unit_test(test_document__nothing_is_built_on_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
