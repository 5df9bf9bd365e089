/* The plan of an experiment as a document. */
#include "muster/analyze.h"

#include "experiment/experiment.h"
#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { POINTS_TOLD = 12 };

static const char *const role_names[] = {"lever", "uncertainty", "noise"};

/* "0 .. 1, uniform", "3 levels: 0, 1, 2". */
static void range_of(const muster_factor *f, char *out, size_t bytes)
{
    size_t used = 0;
    if (f->level_count == 0) {
        muster_text_format(out, bytes, "%s", f->dist);
        return;
    }
    for (int32_t i = 0; i < f->level_count && i < 6 && used < bytes; i++)
        used += (size_t)muster_text_format(out + used, bytes - used, "%s%s", i ? ", " : "",
                                           f->level[i]);
    if (f->level_count > 6 && used < bytes)
        muster_text_format(out + used, bytes - used, ", ... %s (%d levels)",
                           f->level[f->level_count - 1], (int)f->level_count);
}

muster_table *mst_factor_table(muster_section *section)
{
    muster_table *t = muster_table_add(section, "factors", "What is varied");
    muster_table_column(t, "factor", "factor", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "role", "role", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "range", "values", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "unit", "unit", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "standing", "in the file", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "path", "sets", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "source", "range rests on", "", MUSTER_COLUMN_TEXT, 0);
    return t;
}

void mst_factor_row(muster_table *t, const muster_factor *f)
{
    char range[512], sets[1024];
    range_of(f, range, sizeof range);
    size_t used = muster_text_format(sets, sizeof sets, "%s", f->path);
    for (int32_t i = 0; i < f->with_count && used < sizeof sets; i++)
        used += muster_text_format(sets + used, sizeof sets - used, "; %s", f->with[i]);
    muster_table_row(t);
    muster_cell_text(t, f->id);
    muster_cell_text(t, role_names[f->role]);
    muster_cell_text(t, range);
    muster_cell_text(t, f->unit);
    muster_cell_text(t, f->standing);
    muster_cell_text(t, sets);
    muster_cell_text(t, *f->source ? f->source : "not said");
}

static void tell_factors(const muster_experiment *e, muster_section *section)
{
    const int32_t count = muster_experiment_head_of(e)->factors;
    if (count == 0)
        return;
    muster_table *t = mst_factor_table(section);
    for (int32_t i = 0; i < count; i++) {
        const muster_factor *f = muster_experiment_factor(e, i);
        mst_factor_row(t, f);
        if (f->moves_geography)
            muster_section_say(
                section,
                "Slow: factor '%s' moves geography, so that each of its values needs "
                "sea routes of its own.",
                f->id);
    }
}

static void tell_responses(const muster_experiment *e, muster_section *section)
{
    muster_table *t = muster_table_add(section, "measures", "Measures");
    muster_table_column(t, "measure", "measure", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "label", "in words", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "unit", "unit", "", MUSTER_COLUMN_TEXT, 0);
    for (int32_t i = 0; i < muster_experiment_head_of(e)->responses; i++) {
        const muster_response *r = muster_experiment_response(e, i);
        muster_table_row(t);
        muster_cell_text(t, r->name);
        muster_cell_text(t, r->label);
        muster_cell_text(t, r->is_yes_no ? "yes or no" : r->unit);
    }
}

/* Points of one kind need not say which. */
static bool has_blocks(const muster_experiment *e)
{
    const int64_t points = muster_experiment_head_of(e)->points;
    for (int64_t p = 0; p < points; p++) {
        const muster_plan_point point = muster_experiment_point(e, p);
        if (*point.label || strcmp(point.block, "point") != 0)
            return true;
    }
    return false;
}

static void tell_points(const muster_experiment *e, muster_section *section)
{
    const muster_experiment_head *h = muster_experiment_head_of(e);
    char title[64] = "Points";
    if (h->points > POINTS_TOLD)
        muster_text_format(title, sizeof title, "The first %d of %" PRId64 " points",
                           (int)POINTS_TOLD, h->points);
    const bool has_parts = has_blocks(e);
    muster_table *t = muster_table_add(section, "points", title);
    muster_table_column(t, "point", "point", "", MUSTER_COLUMN_WHOLE, 0);
    if (has_parts)
        muster_table_column(t, "block", "for", "", MUSTER_COLUMN_TEXT, 0);
    for (int32_t f = 0; f < h->factors; f++)
        muster_table_column(t, muster_experiment_factor(e, f)->id, NULL, "", MUSTER_COLUMN_TEXT, 0);
    for (int64_t p = 0; p < h->points && p < POINTS_TOLD; p++) {
        const muster_plan_point point = muster_experiment_point(e, p);
        char value[MUSTER_VALUE_BYTES];
        muster_table_row(t);
        muster_cell_whole(t, p + 1);
        if (has_parts)
            muster_cell_text(t, *point.label ? point.label : point.block);
        for (int32_t f = 0; f < h->factors; f++) {
            muster_experiment_value(e, p, f, value);
            value[strlen(value) > 14 ? 14 : strlen(value)] = '\0';
            muster_cell_text(t, *value ? value : NULL);
        }
    }
}

static void duration_of(double seconds, char out[64])
{
    if (seconds < 1.0)
        muster_text_format(out, 64, "less than a second");
    else if (seconds < 120.0)
        muster_text_format(out, 64, "about %.0f s", seconds);
    else if (seconds < 7200.0)
        muster_text_format(out, 64, "about %.0f min", seconds / 60.0);
    else
        muster_text_format(out, 64, "about %.1f h", seconds / 3600.0);
}

/* Of a selection at most, on the average of all points. */
static double runs_of_point(const muster_experiment_head *h)
{
    if (h->selection.kind == MUSTER_SELECT_OCBA)
        return (double)h->selection.budget / (double)h->points;
    return h->replications > 0 ? (double)h->replications : 1.0;
}

static void tell_selection(const muster_experiment *e, muster_document *document)
{
    const muster_experiment_head *h = muster_experiment_head_of(e);
    const muster_selection *s = &h->selection;
    const int64_t least = h->points * s->first;
    const int64_t most = s->kind == MUSTER_SELECT_OCBA ? s->budget : h->points * s->most;
    char words[MST_SELECTION_BYTES];
    mst_selection_words(s, muster_experiment_response(e, s->response), words);
    muster_document_about(document, "selection", "%s", words);
    muster_document_about(document, "runs",
                          "%" PRId64 " points, %" PRId64 " to %" PRId64
                          " runs in all, master seed %" PRIu64,
                          h->points, least, most, h->seed);
}

static void tell_time(const muster_experiment_head *h, muster_shard shard, const muster_pace *pace,
                      muster_document *document)
{
    const double part = shard.count > 1 ? 1.0 / (double)shard.count : 1.0;
    const double runs = runs_of_point(h);
    const double work_s = (double)h->points * part * (pace->point_s + runs * pace->run_s);
    const double run_bytes = 40.0 + 9.0 * (double)h->responses;
    char time[64];
    if (isnan(work_s))
        return;
    duration_of(work_s / (double)(pace->jobs > 1 ? pace->jobs : 1), time);
    muster_document_about(
        document, "time", "%s%s on %d thread%s: %.3g ms a run, %.3g ms a point more",
        h->selection.kind != MUSTER_SELECT_NONE ? "at most " : "", time, (int)pace->jobs,
        pace->jobs == 1 ? "" : "s", 1e3 * pace->run_s, 1e3 * pace->point_s);
    muster_document_about(document, "size", "about %.2g MB",
                          (double)h->points * part * (runs * run_bytes + 60.0) / 1e6);
}

static void tell_runs(const muster_experiment *e, muster_shard shard, muster_document *document)
{
    const muster_experiment_head *h = muster_experiment_head_of(e);
    if (h->selection.kind != MUSTER_SELECT_NONE)
        tell_selection(e, document);
    else if (h->replications == 0)
        muster_document_about(document, "runs",
                              "%" PRId64
                              " points, the plan run of each: runs.replications is 0, and "
                              "no chance in it",
                              h->points);
    else
        muster_document_about(
            document, "runs",
            "%" PRId64 " points x %d replications = %" PRId64 ", master seed %" PRIu64, h->points,
            (int)h->replications, h->points * h->replications, h->seed);
    if (shard.count > 1)
        muster_document_about(document, "part", "%d of %d", (int)shard.index, (int)shard.count);
}

muster_document *muster_experiment_tell(const muster_experiment *e, muster_shard shard,
                                        const muster_pace *pace, const char *store)
{
    const muster_experiment_head *h = muster_experiment_head_of(e);
    muster_document *document = muster_document_create(h->title, NULL);
    muster_document_about(document, "experiment", "%s", h->id);
    muster_document_about(document, "scenario", "%s (%s)%s%s", h->scenario_id, h->scenario,
                          *h->base ? ", " : "", h->base);
    muster_document_about(document, "method", "%s: %s", h->method, h->built);
    if (!isnan(h->largest_correlation))
        muster_document_about(document, "correlation", "at most %.3f between two factors",
                              h->largest_correlation);
    tell_runs(e, shard, document);
    if (pace)
        tell_time(h, shard, pace, document);
    if (store)
        muster_document_about(document, "store", "%s", store);
    muster_document_about(document, "plan", "%016" PRIx64 " of scenario %016" PRIx64, h->plan_hash,
                          h->scenario_hash);
    muster_section *section = muster_section_add(document, "plan", "The plan");
    if (*h->shows)
        muster_section_say(section, "%s", h->shows);
    tell_factors(e, section);
    tell_responses(e, section);
    tell_points(e, section);
    return document;
}
