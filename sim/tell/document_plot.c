/* Plots of a document: the kinds there are, and how one is built. */
#include "tell/document.h"

#include <math.h>
#include <string.h>

/* name, needed, many, number */
#define LABEL                                                                                      \
    {                                                                                              \
        "label", true, false, false                                                                \
    }
#define INTERVAL(needed)                                                                           \
    {"low", needed, false, true},                                                                  \
    {                                                                                              \
        "high", needed, false, true                                                                \
    }

static const mst_doc_kind kinds[] = {
    [MUSTER_PLOT_TORNADO] = {"tornado",
                             {LABEL,
                              INTERVAL(true),
                              {"low_value", false, false, false},
                              {"high_value", false, false, false}},
                             " x_label baseline "},
    [MUSTER_PLOT_BARS] =
        {"bars",
         {LABEL, {"value", true, false, true}, INTERVAL(false), {"series", false, false, false}},
         " x_label thresholds "},
    [MUSTER_PLOT_LINES] = {"lines",
                           {{"x", true, false, false},
                            {"y", true, false, true},
                            INTERVAL(false),
                            {"series", false, false, false},
                            {"facet", false, false, false}},
                           " x_label y_label log_x log_y thresholds "},
    [MUSTER_PLOT_POINTS] = {"points",
                            {{"x", true, false, true},
                             {"y", true, false, true},
                             {"label", false, false, false},
                             {"color", false, false, false}},
                            " x_label y_label log_x log_y slopes thresholds x_thresholds "},
    [MUSTER_PLOT_DOTS] =
        {"dots",
         {LABEL, {"value", true, false, true}, INTERVAL(true), {"color", false, false, false}},
         " x_label baseline log_x thresholds "},
    [MUSTER_PLOT_MAP] = {"map",
                         {{"x", true, false, false},
                          {"y", true, false, false},
                          {"value", true, false, true},
                          {"boundary", false, true, true}},
                         " x_label y_label log_x log_y above_0 "},
    [MUSTER_PLOT_PARALLEL] = {"parallel",
                              {{"columns", true, true, false}, {"color", true, false, false}},
                              " "},
    [MUSTER_PLOT_SCATTER_MATRIX] =
        {"scatter-matrix", {{"columns", true, true, false}, {"color", false, false, false}}, " "},
    [MUSTER_PLOT_STRIPS] = {"strips",
                            {LABEL, {"value", true, false, true}},
                            " x_label log_x thresholds "},
};

const mst_doc_kind *mst_doc_kind_of(muster_plot_kind kind)
{
    const size_t at = (size_t)kind;
    return at < sizeof kinds / sizeof *kinds ? &kinds[at] : NULL;
}

/* ---- building --------------------------------------------------------------------------------- */

static bool has_plot(const muster_document *document, const char *id)
{
    for (int32_t i = 0; i < document->plot.count; i++)
        if (strcmp(muster_document_plot(document, i)->id, id) == 0)
            return true;
    return false;
}

static const char *id_of_plot(muster_document *document, const muster_table *table,
                              muster_plot_kind kind)
{
    const char *const name = mst_doc_kind_of(kind)->name;
    const char *id = mst_arena_printf(&document->arena, "%s-%s", table->id, name);
    for (int i = 2; id && has_plot(document, id); i++)
        id = mst_arena_printf(&document->arena, "%s-%s-%d", table->id, name, i);
    return id ? id : "";
}

muster_plot *muster_plot_add(muster_section *section, muster_plot_kind kind, muster_table *table,
                             const char *title)
{
    if (!section)
        return NULL;
    muster_document *const document = section->document;
    if (!mst_doc_kind_of(kind) || !table || table->document != document) {
        if (!document->arena.failed)
            mst_doc_fault(document, "section '%s': a plot %s", section->id,
                          !mst_doc_kind_of(kind) ? "of no known kind"
                          : !table               ? "without a table"
                                                 : "of another document's table");
        return NULL;
    }
    muster_plot *const plot = mst_arena_alloc(&document->arena, sizeof *plot);
    if (!plot)
        return NULL;
    *plot = (muster_plot){.document = document,
                          .table = table,
                          .kind = kind,
                          .id = id_of_plot(document, table, kind),
                          .title = mst_doc_keep(document, title),
                          .caption = "",
                          .baseline = (double)NAN};
    mst_doc_add_pointer(document, &section->plot, plot);
    mst_doc_add_pointer(document, &document->plot, plot);
    return plot;
}

void muster_plot_caption(muster_plot *plot, const char *format, ...)
{
    if (!plot)
        return;
    va_list args;
    va_start(args, format);
    const char *const more = mst_doc_printed(plot->document, format, args);
    va_end(args);
    const char *const all =
        *plot->caption ? mst_arena_printf(&plot->document->arena, "%s %s", plot->caption, more)
                       : more;
    plot->caption = all ? all : "";
}

void muster_plot_role(muster_plot *plot, const char *role, const char *column)
{
    if (!plot)
        return;
    muster_document *const document = plot->document;
    const mst_doc_kind *const kind = mst_doc_kind_of(plot->kind);
    const mst_doc_role *found = NULL;
    for (int32_t i = 0; i < MST_DOC_ROLES_MOST && kind->role[i].name; i++)
        if (strcmp(kind->role[i].name, role) == 0)
            found = &kind->role[i];
    if (!found) {
        mst_doc_fault(document, "plot '%s': %s has no role '%s'", plot->id, kind->name, role);
        return;
    }
    if (!found->is_many)
        for (int32_t i = 0; i < plot->use.count; i++)
            if (MST_AT(mst_doc_use, &plot->use, i)->role == found)
                mst_doc_fault(document, "plot '%s': role '%s' is given twice", plot->id, role);
    mst_doc_use *const use = mst_list_add(&document->arena, &plot->use, sizeof *use);
    if (use)
        *use = (mst_doc_use){.role = found, .column = mst_doc_keep(document, column)};
}

/* True if the kind of the plot has the option; else a fault. */
static bool has_option(muster_plot *plot, const char *option)
{
    const mst_doc_kind *const kind = mst_doc_kind_of(plot->kind);
    const size_t length = strlen(option);
    for (const char *at = strstr(kind->options, option); at && length > 0;
         at = strstr(at + 1, option))
        if (at[-1] == ' ' && at[length] == ' ')
            return true;
    mst_doc_fault(plot->document, "plot '%s': %s has no option '%s'", plot->id, kind->name, option);
    return false;
}

static void add_number(muster_document *document, mst_list *list, double value)
{
    double *const item = mst_list_add(&document->arena, list, sizeof *item);
    if (item)
        *item = value;
}

void muster_plot_number(muster_plot *plot, const char *option, double value)
{
    if (!plot || !has_option(plot, option))
        return;
    if (!isfinite(value))
        mst_doc_fault(plot->document, "plot '%s': %s is no finite number", plot->id, option);
    else if (strcmp(option, "baseline") == 0)
        plot->baseline = value;
    else if (strcmp(option, "log_x") == 0)
        plot->log_x = value != 0.0;
    else if (strcmp(option, "log_y") == 0)
        plot->log_y = value != 0.0;
    else if (strcmp(option, "slopes") == 0)
        add_number(plot->document, &plot->slope, value);
    else if (strcmp(option, "thresholds") == 0)
        add_number(plot->document, &plot->threshold, value);
    else if (strcmp(option, "x_thresholds") == 0)
        add_number(plot->document, &plot->x_threshold, value);
    else if (strcmp(option, "above_0") == 0)
        add_number(plot->document, &plot->above_0, value);
    else
        mst_doc_fault(plot->document, "plot '%s': %s is a text", plot->id, option);
}

void muster_plot_text(muster_plot *plot, const char *option, const char *text)
{
    if (!plot || !has_option(plot, option))
        return;
    if (strcmp(option, "x_label") == 0)
        plot->x_label = mst_doc_keep(plot->document, text);
    else if (strcmp(option, "y_label") == 0)
        plot->y_label = mst_doc_keep(plot->document, text);
    else
        mst_doc_fault(plot->document, "plot '%s': %s is a number", plot->id, option);
}

/* ---- soundness and looking --------------------------------------------------------------------- */

/* Columns that take a role; -1 with a diagnostic: one is not there, or holds no numbers. */
static int32_t columns_of_role(const muster_plot *plot, const mst_doc_role *role,
                               muster_diags *diags)
{
    int32_t taken = 0;
    for (int32_t i = 0; i < plot->use.count; i++) {
        const mst_doc_use *const use = MST_AT(mst_doc_use, &plot->use, i);
        const int32_t column = mst_doc_column_named(plot->table, use->column);
        if (use->role != role)
            continue;
        taken++;
        if (column < 0) {
            MST_DOC_REFUSE(diags, "plot '%s': its table has no column '%s'", plot->id, use->column);
            return -1;
        }
        if (role->is_number && mst_doc_column_at(plot->table, column)->kind == MUSTER_COLUMN_TEXT) {
            MST_DOC_REFUSE(diags, "plot '%s': column '%s' holds no numbers", plot->id, use->column);
            return -1;
        }
    }
    return taken;
}

bool mst_doc_is_plot_sound(const muster_plot *plot, muster_diags *diags)
{
    const mst_doc_kind *const kind = mst_doc_kind_of(plot->kind);
    const char *missing = NULL;
    for (int32_t i = 0; i < MST_DOC_ROLES_MOST && kind->role[i].name; i++) {
        const int32_t taken = columns_of_role(plot, &kind->role[i], diags);
        if (taken < 0)
            return false;
        if (taken == 0 && kind->role[i].is_needed && !missing)
            missing = kind->role[i].name;
    }
    const bool has_low = mst_doc_column_of(plot, "low", 0) >= 0;
    const bool has_high = mst_doc_column_of(plot, "high", 0) >= 0;
    if (!missing && has_low != has_high)
        missing = has_low ? "high" : "low";
    if (missing)
        MST_DOC_REFUSE(diags, "plot '%s': role '%s' is not given", plot->id, missing);
    return !missing;
}

int32_t mst_doc_column_of(const muster_plot *plot, const char *role, int32_t nth)
{
    for (int32_t i = 0; i < plot->use.count; i++) {
        const mst_doc_use *const use = MST_AT(mst_doc_use, &plot->use, i);
        if (strcmp(use->role->name, role) == 0 && nth-- == 0)
            return mst_doc_column_named(plot->table, use->column);
    }
    return -1;
}

int32_t muster_document_plot_count(const muster_document *document)
{
    return document ? document->plot.count : 0;
}

const muster_plot *muster_document_plot(const muster_document *document, int32_t index)
{
    return *MST_AT(muster_plot *const, &document->plot, index);
}

const char *muster_plot_id(const muster_plot *plot)
{
    return plot->id;
}

const muster_table *muster_plot_table(const muster_plot *plot)
{
    return plot->table;
}
