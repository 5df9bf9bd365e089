/* What was practised: table, bar chart, causes, air cover. */
#include "tell/page.h"

#include "base/units.h"

#include <math.h>

enum { BAR_HOURS = 2 };

static const char *const outcome_words[2][3] = {{"held", "degraded", "cancelled"},
                                                {"done", "degraded", "cancelled"}};

static const char *why_not(mst_page *page, const mst_serial_outcome *o, const mst_serial_row *row)
{
    if (o->cause == MST_CAUSE_NONE)
        return "";
    if (o->cause == MST_CAUSE_PART && o->detail >= 0)
        return mst_page_printf(page, ": %s", mst_page_plain(page, mst_part_names[o->detail]));
    if (o->cause == MST_CAUSE_ABSENT && o->detail >= 0 && o->detail < row->need_count)
        return mst_page_printf(page, ": no %s", row->need[o->detail].role_name);
    return mst_page_printf(page, ": %s", mst_cause_names[o->cause]);
}

static void add_rows(mst_page *page)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    mst_text_add(&page->text,
                 "No. Serial                    Start            End              P    State\n");
    for (int32_t i = 0; i < d->serial_count; i++) {
        const mst_serial_row *s = &page->model->serial[d->serial[i]];
        const mst_serial_outcome *o = &page->out->serial[d->serial[i]];
        const bool was_held = o->end != MUSTER_NEVER && o->end > o->start;
        const mst_page_cell cells[] = {
            {mst_page_printf(page, "%d", (int)i + 1), 0, 3},
            {s->name ? s->name : s->id, 4, 25},
            {mst_page_clock(page, o->start, page->model->zone_min), 30, 16},
            {was_held ? mst_page_clock(page, o->end, page->model->zone_min) : "-", 47, 16},
            {mst_page_chance(page, o->p), 64, 4},
            {mst_page_printf(page, "%s%s", outcome_words[page->run->replication > 0][o->outcome],
                             why_not(page, o, s)),
             69, 11}};
        mst_page_row(&page->text, cells, 6);
    }
    if (page->run->replication > 0)
        mst_page_words(page, 0, NULL,
                       "\"done\": all that the serial needs was there throughout, and the draw "
                       "with its chance of success, P, passed.");
    else
        mst_page_words(
            page, 0, NULL,
            "\"held\": all that the serial needs was there throughout. The plan run throws "
            "no dice: it counts each serial with its chance of success, P.");
}

static muster_time floor_to(muster_time time, muster_time step)
{
    return time - ((time % step) + step) % step;
}

static void add_bars(mst_page *page)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    const mst_drill_outcome *drill = &page->out->drill[page->drill];
    if (!drill->mustered || d->serial_count == 0)
        return;
    const muster_time step = BAR_HOURS * MUSTER_HOUR;
    muster_time first = floor_to(drill->started_at, MUSTER_DAY), last = drill->ended_at;
    for (int32_t i = 0; i < d->serial_count; i++)
        if (page->out->serial[d->serial[i]].end != MUSTER_NEVER &&
            page->out->serial[d->serial[i]].end > last)
            last = page->out->serial[d->serial[i]].end;
    if (last - first > 5 * MUSTER_DAY) /* five days fit the page; the table has the rest */
        last = first + 5 * MUSTER_DAY;
    const char *days = "";
    for (muster_time t = first; t < last; t += MUSTER_DAY) {
        char day[MUSTER_TIME_TEXT];
        muster_time_write(t, 0, day);
        days = mst_page_printf(page, "%s%s%.5s", days, *days ? "       " : "", day + 5);
    }
    mst_text_printf(&page->text, "\n%20s%s\n", "", days);
    for (int32_t i = 0; i < d->serial_count; i++) {
        const mst_serial_row *s = &page->model->serial[d->serial[i]];
        const mst_serial_outcome *o = &page->out->serial[d->serial[i]];
        mst_text_printf(&page->text, "%2d ", (int)i + 1);
        mst_text_pad(&page->text, mst_page_cut(page, s->name ? s->name : s->id, 16), 17);
        for (muster_time t = first; t < last; t += step) {
            const bool outside = t + step <= drill->started_at || t >= drill->ended_at;
            const muster_time from = o->start > t ? o->start : t;
            const muster_time until = o->end < t + step ? o->end : t + step;
            const bool filled =
                o->start != MUSTER_NEVER && o->end != MUSTER_NEVER && 2 * (until - from) >= step;
            const char *mark = o->outcome == MST_CANCELLED  ? "x"
                               : o->outcome == MST_DEGRADED ? "o"
                                                            : page->bar;
            mst_text_add(&page->text, filled ? mark : outside ? " " : ".");
        }
        mst_text_add(&page->text, "\n");
    }
    mst_page_words(page, 0, NULL,
                   "One column is %d h from 00:00 UTC; %s held, o degraded, x cancelled.",
                   BAR_HOURS, page->bar);
}

/* "5, then 3, then 2": as the days of a replication drew it. */
static const char *sea_words(mst_page *page)
{
    const mst_run *run = page->run;
    const char *words = "";
    for (int32_t i = 0; i < run->clock->record_count; i++) {
        const mst_record *r = &run->record[i];
        if (r->kind != MST_RECORD_SEA || r->a != page->drill)
            continue;
        if (!*words && r->time > page->out->drill[page->drill].started_at)
            words = mst_page_printf(page, "%d", (int)page->model->drill[page->drill].sea_state);
        words = mst_page_printf(page, "%s%s%d", words, *words ? ", then " : "", (int)r->b);
    }
    return *words ? words
                  : mst_page_printf(page, "%d", (int)page->model->drill[page->drill].sea_state);
}

static void add_causes(mst_page *page)
{
    const mst_drill_outcome *o = &page->out->drill[page->drill];
    const mst_drill_row *d = &page->model->drill[page->drill];
    double expected = 0.0;
    for (int32_t i = 0; i < d->serial_count; i++)
        if (page->out->serial[d->serial[i]].outcome == MST_DONE)
            expected += page->out->serial[d->serial[i]].p;
    if (page->run->replication > 0)
        mst_page_words(
            page, 0, NULL, "Planned %d. Done %d, degraded %d, cancelled %d. Sea state %s.",
            (int)o->planned, (int)o->done, (int)o->degraded, (int)o->cancelled, sea_words(page));
    else
        mst_page_words(
            page, 0, NULL,
            "Planned %d. Held %d (expected done %.1f, degraded by chance %.1f), degraded %d, "
            "cancelled %d. Sea state %d.",
            (int)o->planned, (int)o->done, expected, o->done - expected, (int)o->degraded,
            (int)o->cancelled, (int)d->sea_state);
    for (int32_t i = 0; i < d->air_count; i++)
        mst_page_words(page, 0, NULL, "%s: coverage %.2f, %d sorties.",
                       d->air[i].name ? d->air[i].name : d->air[i].id,
                       page->out->air[page->drill][i].coverage,
                       (int)page->out->air[page->drill][i].sorties);
}

void mst_tell_serials(mst_page *page)
{
    if (page->model->drill[page->drill].serial_count == 0)
        return;
    mst_page_heading(page, "SERIALS (what is practised; UTC, clock at %+.3g h in brackets)",
                     page->model->zone_min / 60.0);
    add_rows(page);
    add_bars(page);
    add_causes(page);
}
