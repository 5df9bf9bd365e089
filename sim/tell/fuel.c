/* Fuel: percent of a full tank at 08:00 local, floors, and what was used. */
#include "tell/page.h"

#include "base/units.h"

#include <math.h>

enum { DAYS_MAX = 12, LOCAL_HOUR = 8 };

static bool is_here(const mst_page *page, int32_t unit)
{
    return page->model->unit[unit].domain == MST_NAVAL &&
           page->out->part[page->drill][unit].took_part;
}

/* 08:00 in a zone on the day that holds `time` there. */
static muster_time morning(muster_time time, int32_t zone_min)
{
    const muster_time shift = zone_min * MUSTER_MINUTE;
    const muster_time local = time + shift;
    return local - ((local % MUSTER_DAY) + MUSTER_DAY) % MUSTER_DAY + LOCAL_HOUR * MUSTER_HOUR -
           shift;
}

static void window(const mst_page *page, muster_time *first, muster_time *last)
{
    *first = MUSTER_NEVER;
    *last = page->out->drill[page->drill].mustered ? page->out->drill[page->drill].ended_at
                                                   : page->model->drill[page->drill].end;
    for (int32_t i = 0; i < page->model->unit_count; i++)
        if (is_here(page, i) && page->out->part[page->drill][i].sailed_at < *first)
            *first = page->out->part[page->drill][i].sailed_at;
    *last += 2 * MUSTER_DAY;
}

static void add_row(mst_page *page, int32_t unit, muster_time first, int32_t days)
{
    const mst_unit_row *u = &page->model->unit[unit];
    const mst_unit_outcome *o = &page->out->part[page->drill][unit];
    const int32_t zone = page->model->state[u->state].zone_min;
    mst_text_pad(&page->text, u->name, 22);
    for (int32_t day = 0; day < days; day++) {
        const muster_time at = morning(first + day * MUSTER_DAY, zone);
        if (at < o->sailed_at || at > page->model->end)
            mst_text_add(&page->text, "   -");
        else
            mst_text_printf(&page->text, " %3.0f",
                            100.0 * mst_track_fuel_kg(page->run, unit, at) / u->tank_kg);
    }
    mst_text_printf(&page->text, "  %5.1f\n", 100.0 * o->least_frac);
}

static void add_floors(mst_page *page)
{
    bool adrift = false;
    const char *low = "";
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        const mst_unit_outcome *o = &page->out->part[page->drill][i];
        if (!is_here(page, i))
            continue;
        if (o->below_floor_s > 0.0)
            low = mst_page_printf(page, "%s%s%s %.1f h", low, *low ? ", " : "",
                                  page->model->unit[i].name, o->below_floor_s / MST_H_S);
        if (o->adrift) {
            adrift = true;
            mst_page_words(page, 2, NULL, "%s ran empty and is adrift since %s.",
                           page->model->unit[i].name,
                           mst_page_date(page, o->adrift_at, page->model->zone_min));
        }
    }
    if (*low)
        mst_page_words(page, 2, NULL,
                       "Below 60 %%, the level at which fleets plan to refuel (assumed): %s.", low);
    if (!adrift)
        mst_page_words(page, 2, NULL, "Adrift: nobody.");
}

static void add_used(mst_page *page)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    const int32_t *lists[] = {d->host, d->candidate};
    const int32_t counts[] = {d->host_count, d->candidate_count};
    for (int32_t list = 0; list < 2; list++)
        for (int32_t i = 0; i < counts[list]; i++) {
            double used_kg = 0.0, by_air_kg = 0.0;
            bool estimated = false;
            for (int32_t u = 0; u < page->model->unit_count; u++)
                if (page->model->unit[u].state == lists[list][i]) {
                    const double kg = page->out->part[page->drill][u].used_kg;
                    const bool flies = page->model->unit[u].domain == MST_AIR;
                    if (!flies && !is_here(page, u))
                        continue;
                    used_kg += kg;
                    by_air_kg += flies ? kg : 0.0;
                    estimated = estimated || (kg > 0.0 && *mst_page_tonnes_mark(page, u));
                }
            if (used_kg > 0.0)
                mst_page_words(page, 2, NULL, "%s used %s%s%s.",
                               mst_page_state(page, lists[list][i]), mst_page_tonnes(page, used_kg),
                               by_air_kg > 0.0 ? mst_page_printf(page, ", %s of it in the air",
                                                                 mst_page_tonnes(page, by_air_kg))
                                               : "",
                               estimated ? "; by estimated or assumed tanks" : "");
        }
}

void mst_tell_fuel(mst_page *page)
{
    muster_time first, last;
    window(page, &first, &last);
    if (first == MUSTER_NEVER)
        return;
    int32_t days = (int32_t)((last - first) / MUSTER_DAY) + 1;
    days = days > DAYS_MAX ? DAYS_MAX : days;
    mst_page_heading(page, "FUEL: percent of a full tank at 08:00 local of each ship's state");
    mst_text_pad(&page->text, "Day", 22);
    for (int32_t day = 0; day < days; day++) {
        char text[MUSTER_TIME_TEXT];
        muster_time_write(morning(first + day * MUSTER_DAY, page->model->zone_min),
                          page->model->zone_min, text);
        mst_text_printf(&page->text, "  %.2s", text + 8);
    }
    mst_text_add(&page->text, "  least\n");
    for (int32_t i = 0; i < page->model->unit_count; i++)
        if (is_here(page, i))
            add_row(page, i, first, days);
    mst_page_words(page, 2, NULL,
                   "\"-\": not yet sailed. In port no fuel is counted (assumed: "
                   "shore power).");
    add_floors(page);
    add_used(page);
}
