#include "engine/crossing.h"

#include "base/arena.h"

#include <math.h>
#include <string.h>

enum { KEPT = 6, UNKNOWN = -1, TOO_MANY = -2, LISTS_MAX = 1 << 16 };

/* Crossings of one route and one area, from the route's own start. */
typedef struct list {
    int32_t count; /* or UNKNOWN, or TOO_MANY: more than are kept */
    uint32_t enters;
    double at_m[KEPT];
} list;

struct mst_crossings {
    size_t route_count;
    list *of; /* drill by drill */
};

mst_crossings *mst_crossings_create(const mst_model *model, const muster_memory *memory)
{
    const size_t routes = model->book ? (size_t)mst_route_book_count(model->book) : 0;
    const size_t count = routes * (size_t)model->drill_count;
    if (count == 0 || count > LISTS_MAX)
        return NULL;
    const size_t head = (sizeof(mst_crossings) + 15U) / 16U * 16U;
    unsigned char *block = mst_memory_alloc(memory, head + count * sizeof(list));
    if (!block)
        return NULL;
    mst_crossings *made = (mst_crossings *)(void *)block;
    *made = (mst_crossings){routes, (list *)(void *)(block + head)};
    for (size_t i = 0; i < count; i++)
        made->of[i].count = UNKNOWN;
    return made;
}

void mst_crossings_free(mst_crossings *crossings, const muster_memory *memory)
{
    if (crossings)
        mst_memory_free(memory, crossings);
}

static void work_out(const mst_drill_row *d, const mst_line *line, list *out)
{
    double at_m = 0.0;
    bool enters = false;
    out->count = 0;
    out->enters = 0;
    while (mst_line_next_crossing(line, d->area_centre, d->area_radius_m, at_m, &at_m, &enters)) {
        if (out->count == KEPT) {
            out->count = TOO_MANY;
            return;
        }
        out->enters |= (uint32_t)enters << out->count;
        out->at_m[out->count++] = at_m;
    }
}

/* Lines are searched forwards only: along a leg that runs backwards the last crossing of the line
 * before the present place is the next one. */
static bool search(const mst_drill_row *d, const mst_leg *leg, double from_m, double *out_m,
                   bool *out_enters)
{
    const mst_line *line = &leg->route->line;
    if (!leg->backwards)
        return mst_line_next_crossing(line, d->area_centre, d->area_radius_m, from_m, out_m,
                                      out_enters);
    const double limit_m = leg->length_m - from_m;
    double at_m = 0.0;
    bool found = false, enters = false;
    while (mst_line_next_crossing(line, d->area_centre, d->area_radius_m, at_m, &at_m, &enters) &&
           at_m < limit_m) {
        found = true;
        *out_m = leg->length_m - at_m;
        *out_enters = !enters;
    }
    return found;
}

static bool look_up(const list *l, const mst_leg *leg, double from_m, double *out_m,
                    bool *out_enters)
{
    if (!leg->backwards) {
        for (int32_t i = 0; i < l->count; i++)
            if (l->at_m[i] > from_m) {
                *out_m = l->at_m[i];
                *out_enters = (l->enters >> i & 1U) != 0;
                return true;
            }
        return false;
    }
    for (int32_t i = l->count - 1; i >= 0; i--)
        if (l->at_m[i] < leg->length_m - from_m) {
            *out_m = leg->length_m - l->at_m[i];
            *out_enters = (l->enters >> i & 1U) == 0;
            return true;
        }
    return false;
}

bool mst_crossing_next(mst_crossings *crossings, const mst_model *model, int32_t drill,
                       const mst_leg *leg, double from_m, double *out_m, bool *out_enters)
{
    const mst_drill_row *d = &model->drill[drill];
    if (!crossings || leg->index < 0)
        return search(d, leg, from_m, out_m, out_enters);
    list *l = &crossings->of[(size_t)drill * crossings->route_count + (size_t)leg->index];
    if (l->count == UNKNOWN)
        work_out(d, &leg->route->line, l);
    return l->count == TOO_MANY ? search(d, leg, from_m, out_m, out_enters)
                                : look_up(l, leg, from_m, out_m, out_enters);
}
