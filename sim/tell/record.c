/* The run against what is recorded: who took part in fact, and where ships were seen. */
#include "model/rulings.h"
#include "tell/page.h"

#include "base/units.h"
#include "outcome/rivals.h"

#include <math.h>
#include <string.h>

const char *mst_page_source_short(mst_page *page, const char *source)
{
    const char *text = mst_page_source(page, source);
    const size_t length = strcspn(text, ",(;");
    const size_t end = length > 0 && text[length] == '(' ? length - 1 : length;
    return mst_page_printf(page, "%.*s", (int)end, text);
}

bool mst_page_first_of_type(const mst_page *page, int32_t unit)
{
    const mst_unit_row *u = &page->model->unit[unit];
    if (u->domain != MST_AIR)
        return false;
    for (int32_t i = 0; i < unit; i++) {
        const mst_unit_row *other = &page->model->unit[i];
        if (other->domain == MST_AIR && other->state == u->state && other->class_name &&
            u->class_name && strcmp(other->class_name, u->class_name) == 0)
            return false;
    }
    return true;
}

int32_t mst_page_sorties_of_type(const mst_page *page, int32_t unit)
{
    const mst_unit_row *u = &page->model->unit[unit];
    int32_t sorties = 0;
    for (int32_t i = unit; i < page->model->unit_count; i++) {
        const mst_unit_row *other = &page->model->unit[i];
        const bool same = i == unit || (other->domain == MST_AIR && other->state == u->state &&
                                        other->class_name && u->class_name &&
                                        strcmp(other->class_name, u->class_name) == 0);
        if (same)
            sorties += page->out->part[page->drill][i].sorties;
    }
    return sorties;
}

/* ---- who took part in fact ---------------------------------------------------------------------- */

typedef enum recorded { UNKNOWN, STAYED, TOOK_PART } recorded;

/* What the evidence of the file says, where no unit tells. */
static recorded evidence_of(const mst_page *page, int32_t state, const char **out_source)
{
    const int32_t outcome = mst_evidence_outcome(page->model, page->drill, state);
    for (int32_t i = 0; outcome >= 0 && i < page->spec->evidence.count; i++) {
        const mst_evidence_def *e = MST_AT(mst_evidence_def, &page->spec->evidence, i);
        if (mst_evidence_of_participation(page->model, page->drill, state, e))
            *out_source = e->item.source;
    }
    return outcome < 0 ? UNKNOWN : outcome == 1 ? TOOK_PART : STAYED;
}

/* A state took part if any unit of it did; it stayed if all of whom the file tells did. */
static recorded record_of(const mst_page *page, int32_t state, const char **out_source)
{
    recorded out = UNKNOWN;
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        const mst_unit_row *u = &page->model->unit[i];
        if (u->state != state || !u->def || u->def->took_part < 0)
            continue;
        if (u->def->took_part == 1) {
            *out_source = u->def->item.source;
            return TOOK_PART;
        }
        out = STAYED;
    }
    return out == UNKNOWN ? evidence_of(page, state, out_source) : out;
}

void mst_tell_record(mst_page *page, const mst_verdict *verdict, int32_t count)
{
    if (mst_page_use(page) == MST_HYPOTHETICAL)
        return;
    enum { IN, OUT, UNLIKE, BLANK, LISTS };
    int32_t *list[LISTS], listed[LISTS] = {0};
    const char *source = NULL;
    for (int i = 0; i < LISTS; i++) {
        list[i] = mst_arena_array(&page->arena, (size_t)count + 1, sizeof *list[i]);
        if (!list[i])
            return;
    }
    for (int32_t i = 0; i < count; i++) {
        const char *from = NULL;
        const recorded fact = record_of(page, verdict[i].state, &from);
        if (fact == UNKNOWN)
            continue;
        const int which = fact == TOOK_PART ? IN : OUT;
        list[which][listed[which]++] = verdict[i].state;
        source = source ? source : from;
        if (!verdict[i].is_host && !mst_verdict_is_assessed(&verdict[i]))
            list[BLANK][listed[BLANK]++] = verdict[i].state;
        else if ((fact == TOOK_PART) != mst_verdict_by_rules(page->model, &verdict[i]).joins)
            list[UNLIKE][listed[UNLIKE]++] = verdict[i].state;
    }
    if (listed[IN] + listed[OUT] == 0)
        return;
    const char *stayed = mst_page_states(page, list[OUT], listed[OUT]);
    const char *unlike = mst_page_states(page, list[UNLIKE], listed[UNLIKE]);
    const char *blank = mst_page_states(page, list[BLANK], listed[BLANK]);
    const char *model =
        *blank && !*unlike
            ? mst_page_printf(page, "The model says nothing of %s.", blank)
            : mst_page_printf(page, "The model %s%s.", *unlike ? "differs on " : "agrees", unlike);
    if (page->model->applied_count > 0)
        model = "This run is a changed one: the record is not of it.";
    else if (!page->out->drill[page->drill].mustered)
        model =
            mst_page_printf(page, "The model's decisions %s%s, but here the drill did not muster.",
                            *unlike ? "differ on " : "agree", unlike);
    const char *came = mst_page_states(page, list[IN], listed[IN]);
    mst_page_words(page, 0, NULL, "Recorded%s: %s%s%s%s%s. %s",
                   source ? mst_page_printf(page, " (%s)", mst_page_source_short(page, source))
                          : "",
                   came, *came ? " took part" : "", *came && *stayed ? ", " : "", stayed,
                   !*stayed ? ""
                   : *came  ? " did not"
                            : " did not take part",
                   model);
}

/* ---- where ships were seen ---------------------------------------------------------------------- */

enum { SIGHTING = 1, STEP_MIN = 10 };
static const double near_m = 5.0 * 1852.0; /* closer than a position is worth */

typedef struct pass {       /* how a ship passes a place */
    muster_time at;         /* nearest to it */
    double least_m, seen_m; /* then; and at the time of the sighting */
} pass;

static pass pass_of(const mst_page *page, int32_t unit, const mst_observation_row *o)
{
    const muster_point place = page->model->spot[o->spot].point;
    pass out = {.least_m = INFINITY, .seen_m = INFINITY};
    const muster_time from = page->out->part[page->drill][unit].sailed_at;
    for (muster_time t = from; t <= page->run->clock->now; t += STEP_MIN * MUSTER_MINUTE) {
        const double away_m = muster_geo_distance_m(mst_track_place(page->run, unit, t), place);
        if (away_m < out.least_m) {
            out.least_m = away_m;
            out.at = t;
        }
    }
    const muster_time last = o->at.until > o->at.from ? o->at.until : o->at.from;
    for (muster_time t = o->at.from; t <= last; t += STEP_MIN * MUSTER_MINUTE)
        out.seen_m =
            fmin(out.seen_m, muster_geo_distance_m(mst_track_place(page->run, unit, t), place));
    return out;
}

static void tell_sighting(mst_page *page, const mst_observation_row *o, int32_t unit,
                          const char *who)
{
    const pass p = pass_of(page, unit, o);
    if (p.seen_m <= near_m + fmax(0.0, o->within_m))
        return;
    const char *where = page->model->spot[o->spot].name;
    if (!where)
        where = mst_page_point(page, page->model->spot[o->spot].point);
    const char *source = mst_page_source_short(page, o->def ? o->def->item.source : NULL);
    if (p.least_m > 4.0 * near_m + fmax(0.0, o->within_m)) {
        mst_page_words(page, 0, NULL,
                       "In this run %s never comes within %.0f nm of where it was seen (%s, %s): "
                       "contradicts the sighting.",
                       who, p.least_m / MUSTER_NM_M, where, source);
        return;
    }
    const double hours = muster_hours(p.at > o->at.until ? p.at - o->at.until : o->at.from - p.at);
    mst_page_words(page, 0, NULL,
                   "In this run %s passes %s on %s, %.0f h %s it was seen there (%s): contradicts "
                   "the sighting.",
                   who, where, mst_page_date(page, p.at, page->model->zone_min), hours,
                   p.at > o->at.until ? "after" : "before", source);
}

void mst_tell_sightings(mst_page *page)
{
    const mst_model *m = page->model;
    for (int32_t i = 0; i < m->observation_count; i++) {
        const mst_observation_row *o = &m->observation[i];
        if (o->what != SIGHTING || o->spot < 0 || o->at.from == MUSTER_NEVER)
            continue;
        const mst_group_row *g = o->group >= 0 ? &m->group[o->group] : NULL;
        const int32_t unit = g ? (g->member_count > 0 ? g->member[0] : -1) : o->unit;
        if (unit < 0 || m->unit[unit].domain != MST_NAVAL ||
            page->out->part[page->drill][unit].sailed_at == MUSTER_NEVER)
            continue;
        tell_sighting(page, o, unit,
                      g ? mst_page_printf(page, "the group %s", g->name ? g->name : g->id)
                        : m->unit[unit].name);
    }
}
