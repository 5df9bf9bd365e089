/* Values that alone would turn a stage. */
#include "tell/why.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int32_t mst_page_tips(mst_page *page, const mst_verdict *v, mst_tip **out)
{
    mst_tip *value = NULL, *weight = NULL;
    *out = NULL;
    if (v->is_host)
        return 0;
    const int32_t values = mst_tips(page->model, page->run, v, &page->arena, &value);
    const int32_t weights = mst_weight_tips(page->model, page->run, v, &page->arena, &weight);
    if (values + weights == 0)
        return 0;
    *out = mst_arena_array(&page->arena, (size_t)values + (size_t)weights, sizeof **out);
    if (!*out)
        return 0;
    if (values > 0)
        memcpy(*out, value, (size_t)values * sizeof **out);
    if (weights > 0)
        memcpy(*out + values, weight, (size_t)weights * sizeof **out);
    return values + weights;
}

enum { INDENT = 4, NOW_START = 21, LABEL_START = 34, SHOWN = 5 };

/* The figure in words, and where it stands if both fit a line. */
static const char *figure_words(mst_page *page, const char *path)
{
    const char *label = mst_page_figure(page, path);
    const char *both = label ? mst_page_printf(page, "%s  %s", label, path) : path;
    return !label || mst_text_columns(both) <= MST_PAGE_WIDTH - LABEL_START ? both : label;
}

/* Where it stands: four digits, or as many as it takes not to read as the value that turns it. */
static const char *now_words(mst_page *page, const mst_tip *tip)
{
    enum { FEWEST = 4, MOST = 17 };
    const char *words = "";
    for (int digits = FEWEST; digits <= MOST; digits++) {
        words = mst_page_printf(page, "%.*g", digits, tip->value);
        const double read = strtod(words, NULL);
        if (tip->value < tip->from ? read < tip->from : read > tip->from)
            break;
    }
    return words;
}

static void add_row(mst_page *page, const mst_tip *tip)
{
    const mst_page_cell cells[] = {
        {mst_page_printf(page, "%s %s", mst_page_turn(page, tip->from, tip->decimals),
                         tip->from > tip->value ? "or more" : "or less"),
         INDENT, NOW_START - INDENT - 1},
        {mst_page_printf(page, "(now %s)", now_words(page, tip)), NOW_START,
         LABEL_START - NOW_START - 1},
        {figure_words(page, tip->path), LABEL_START, MST_PAGE_WIDTH - LABEL_START}};
    mst_page_row(&page->text, cells, 3);
}

static double move_of(const mst_tip *tip)
{
    return fabs(tip->from - tip->value);
}

/* The nearest tip of the stage that is not told yet; -1: none. */
static int32_t next_of(const mst_tip *tip, int32_t count, int32_t stage, const bool *told)
{
    int32_t next = -1;
    for (int32_t i = 0; i < count; i++)
        if (tip[i].stage == stage && tip[i].within && !told[i] &&
            (next < 0 || move_of(&tip[i]) < move_of(&tip[next])))
            next = i;
    return next;
}

void mst_tell_tips(mst_page *page, const mst_verdict *v, int32_t stage)
{
    mst_tip *tip = NULL;
    const int32_t count = mst_page_tips(page, v, &tip);
    bool *told = mst_arena_array(&page->arena, (size_t)count + 1, sizeof *told);
    int32_t of_stage = 0;
    if (!told)
        return;
    for (int32_t i = 0; i < count; i++)
        of_stage += tip[i].stage == stage && tip[i].within;
    if (of_stage == 0)
        return;
    mst_page_words(page, 2, NULL, "Would alone turn this stage, nearest first%s:",
                   of_stage > SHOWN ? " (more: muster list assumed)" : "");
    for (int32_t rows = 0; rows < SHOWN && rows < of_stage; rows++) {
        const int32_t next = next_of(tip, count, stage, told);
        told[next] = true;
        add_row(page, &tip[next]);
    }
}
