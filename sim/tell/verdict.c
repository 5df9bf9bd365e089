/* The first screen: who came, who did not, and why. */
#include "tell/able.h"

#include "model/rulings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TERMS_MAX = 128 };

/* What of a state went to this drill. */
typedef struct sent_units {
    int32_t ships, types; /* types of aircraft */
    bool has_any;         /* the file names units of it */
} sent_units;

static sent_units units_of(const mst_page *page, int32_t state)
{
    sent_units sent = {0};
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        const mst_unit_row *u = &page->model->unit[i];
        if (u->state != state)
            continue;
        sent.has_any = true;
        sent.ships += u->domain == MST_NAVAL && page->out->part[page->drill][i].took_part;
        sent.types += mst_page_first_of_type(page, i) && mst_page_sorties_of_type(page, i) > 0;
    }
    return sent;
}

/* "5 ships, 1 aircraft type" */
static const char *units_words(mst_page *page, sent_units sent)
{
    if (!sent.has_any)
        return "no unit in this file";
    const char *sailed = mst_page_number(page, sent.ships, "ship", "ships");
    const char *flew = mst_page_number(page, sent.types, "aircraft type", "aircraft types");
    return sent.types == 0   ? sailed
           : sent.ships == 0 ? flew
                             : mst_page_printf(page, "%s, %s", sailed, flew);
}

static bool took_part(const mst_page *page, int32_t state)
{
    return page->run
        ->takes_part[(size_t)page->drill * (size_t)page->model->state_count + (size_t)state];
}

/* "China (5 ships), Russia (4 ships)": of those who take part; sent: only of those with anything there. */
static const char *who_came(mst_page *page, const mst_verdict *verdict, int32_t count, bool sent)
{
    const char *came = "";
    for (int32_t i = 0; i < count; i++) {
        if (!took_part(page, verdict[i].state))
            continue;
        const sent_units units = units_of(page, verdict[i].state);
        if (!sent || units.ships + units.types > 0)
            came =
                mst_page_printf(page, "%s%s%s (%s)", came, *came ? ", " : "",
                                mst_page_state(page, verdict[i].state), units_words(page, units));
    }
    return came;
}

/* Those of whom the file says nothing by which any stage could be judged. */
static void say_not_assessed(mst_page *page, const mst_verdict *verdict, int32_t count)
{
    const char *names = "";
    for (int32_t i = 0; i < count; i++)
        if (!verdict[i].is_host && !mst_verdict_is_assessed(&verdict[i]))
            names = mst_page_printf(page, "%s%s%s", names, *names ? ", " : "",
                                    mst_page_state(page, verdict[i].state));
    if (*names)
        mst_page_words(page, 16,
                       "NOT ASSESSED:", "%s (no fleet, no index, no rule with all its inputs)",
                       names);
}

/* Who agrees does not come to what is not held, and who was there came in vain. */
static void say_who_came(mst_page *page, const mst_verdict *verdict, int32_t count)
{
    const mst_drill_outcome *o = &page->out->drill[page->drill];
    if (o->mustered) {
        const char *came = who_came(page, verdict, count, false);
        mst_page_words(page, 16, "CAME:", "%s", *came ? came : "nobody");
        say_not_assessed(page, verdict, count);
        return;
    }
    const char *there = who_came(page, verdict, count, true);
    const char *agreed = "";
    for (int32_t i = 0; i < count; i++)
        if (took_part(page, verdict[i].state))
            agreed = mst_page_printf(page, "%s%s%s", agreed, *agreed ? ", " : "",
                                     mst_page_state(page, verdict[i].state));
    mst_page_words(page, 16, "CAME:", "%s; the drill did not muster%s%s",
                   *there ? mst_page_printf(page, "in vain %s", there) : "nobody",
                   o->cause == MST_CAUSE_NONE ? "" : ": ",
                   o->cause == MST_CAUSE_NONE ? "" : mst_cause_names[o->cause]);
    if (*agreed)
        mst_page_words(page, 16, "AGREED TO COME:", "%s", agreed);
}

/* Stages that say no, in words. */
static int32_t blocking_stages(const mst_verdict *v, int32_t *first)
{
    int32_t blocking = 0;
    for (int32_t i = 0; i < v->stage_count; i++)
        if (mst_stage_says_no(&v->stage[i])) {
            if (blocking++ == 0)
                *first = i;
        }
    return blocking;
}

static const char *not_words(mst_page *page, const mst_stage_result *stage)
{
    if (stage->stage == MST_ABLE)
        return "it is not able";
    if (stage->stage == MST_ACCEPT)
        return "it would not accept";
    return mst_page_printf(page, "it would not be admitted by %s",
                           mst_page_state(page, stage->host));
}

static void say_who_did_not(mst_page *page, const mst_verdict *verdict, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        const mst_verdict *v = &verdict[i];
        const bool is_open = !v->is_host && !mst_verdict_is_assessed(v) &&
                             mst_model_ruling(page->model, v->drill, v->state) == MST_RULING_NONE;
        if (took_part(page, v->state) || is_open)
            continue;
        int32_t first = 0;
        const int32_t blocking = blocking_stages(v, &first);
        const char *name = mst_page_state(page, v->state);
        if (mst_model_ruling(page->model, v->drill, v->state) == MST_RULING_STAYS_OUT)
            mst_page_words(page, 16, "DID NOT COME:", "%s, by the umpire's ruling", name);
        else if (blocking == 0)
            mst_page_words(page, 16, "DID NOT COME:", "%s: the drill was not held", name);
        else if (v->stage_count == 1)
            mst_page_words(page, 16, "DID NOT COME:", "%s: %s", name,
                           not_words(page, &v->stage[first]));
        else if (blocking == v->stage_count)
            mst_page_words(page, 16, "DID NOT COME:", "%s, stopped at every stage; the first: %s",
                           name, not_words(page, &v->stage[first]));
        else
            mst_page_words(page, 16, "DID NOT COME:", "%s, stopped at %d of %d stages%s: %s", name,
                           (int)blocking, (int)v->stage_count, blocking > 1 ? "; the first" : "",
                           not_words(page, &v->stage[first]));
    }
}

/* An umpire's word is never told without what the rules say. */
static void say_rulings(mst_page *page, const mst_verdict *verdict, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        const mst_verdict *v = &verdict[i];
        const char *words = mst_page_ruling(page, v);
        if (words)
            mst_page_words(page, 16, "UMPIRE:", "%s", words);
    }
}

static const mst_fleet_reading *fleet_of(const mst_page *page, int32_t state)
{
    return &page->run
                ->fleet[(size_t)page->drill * (size_t)page->model->state_count + (size_t)state];
}

static bool is_fleet(const mst_page *page, int32_t state)
{
    return fleet_of(page, state)->is_fleet;
}

static const char *main_reason(mst_page *page, const mst_verdict *v, int32_t stage)
{
    const mst_stage_result *s = &v->stage[stage];
    if (s->standing == MST_NOT_ASSESSED) {
        if (s->missing_rule >= 0)
            return mst_page_printf(page, "an input of %s is missing",
                                   page->model->rule[s->missing_rule].id);
        return s->stage == MST_ABLE ? "no fleet and no index given" : "no rule judges it";
    }
    if (s->stage == MST_ABLE && is_fleet(page, v->state))
        return mst_page_able_reason(page, v);
    const mst_term *term = mst_page_main_term(page, v, stage);
    return term ? mst_page_term_label(page, term) : "";
}

static const char *const standing_words[] = {"yes", "no", "tie", "?"};

enum { STAGE_COLUMNS = 29, REASON_COLUMNS = 33 };

static void add_stage_row(mst_page *page, const mst_verdict *v, int32_t stage, int32_t note)
{
    const mst_stage_result *s = &v->stage[stage];
    const char *name = mst_page_state(page, v->state);
    const char *words = v->is_host ? mst_page_printf(page, "%s (host): able", name)
                        : stage == 0
                            ? mst_page_printf(page, "%s: %s", name, mst_page_stage(page, s))
                            : mst_page_printf(page, "  %s", mst_page_stage(page, s));
    mst_text_pad(&page->text, mst_page_cut(page, words, STAGE_COLUMNS), STAGE_COLUMNS + 1);
    mst_text_pad(&page->text, standing_words[s->standing], 4);
    mst_text_pad(&page->text, mst_page_margin(page, s->margin), -6);
    mst_text_pad(&page->text, mst_page_chance(page, s->p), -5);
    const char *number = note > 0 ? mst_page_printf(page, " %d", (int)note) : "";
    mst_text_printf(&page->text, "%s ", number);
    mst_text_add(&page->text, mst_page_cut(page, main_reason(page, v, stage),
                                           REASON_COLUMNS - mst_text_columns(number)));
    mst_text_add(&page->text, "\n");
}

/* Stages without which the product would be above one half, the nearest to their edge first. */
static const char *near_words(mst_page *page, const mst_verdict *v)
{
    const char *words = "";
    double left = v->p;
    bool is_told[MST_STAGES_MAX] = {false};
    for (int32_t told = 0; left < 0.5 && told < v->stage_count; told++) {
        int32_t least = -1;
        for (int32_t i = 0; i < v->stage_count; i++)
            if (!is_told[i] && !isnan(v->stage[i].p) &&
                (least < 0 || v->stage[i].p < v->stage[least].p))
                least = i;
        if (least < 0)
            break;
        is_told[least] = true;
        left /= v->stage[least].p;
        words = mst_page_printf(page, "%s%s%s (P %s)", words, *words ? ", " : "",
                                mst_page_stage(page, &v->stage[least]),
                                mst_page_chance(page, v->stage[least].p));
    }
    return mst_page_printf(page, "near the edge %s %s", strchr(words, ',') ? "are" : "is", words);
}

static void add_umpire_row(mst_page *page, const mst_verdict *v)
{
    if (mst_model_ruling(page->model, v->drill, v->state) == MST_RULING_NONE)
        return;
    mst_text_pad(&page->text, "  joins, by the umpire", STAGE_COLUMNS + 1);
    mst_text_add(&page->text, v->joins ? "yes\n" : "no\n");
}

static void add_sum_row(mst_page *page, const mst_verdict *v)
{
    if (!mst_verdict_is_assessed(v)) {
        mst_text_add(&page->text, "  joins                       ?        -    - not assessed\n");
        return;
    }
    mst_text_pad(&page->text, v->is_partly_assessed ? "  joins, as far as assessed" : "  joins",
                 STAGE_COLUMNS + 1);
    mst_text_pad(&page->text, v->joins ? "yes" : "no", 10);
    mst_text_pad(&page->text, mst_page_chance(page, v->p), -5);
    mst_text_add(&page->text, " (product of the P above)\n");
    if (v->joins && v->p < 0.5)
        mst_page_words(page, 2, NULL,
                       "Every stage says yes, yet the product of their P is %s one half: %s.",
                       v->p >= 0.495 ? "just under" : "under", near_words(page, v));
}

static void add_table(mst_page *page, const mst_verdict *verdict, int32_t count)
{
    mst_page_words(page, 0, NULL,
                   "A state takes part if it is able, would be admitted by each host, and accepts. "
                   "A margin above 0 means yes (able: 0 is enough). P: the model's probability.");
    mst_text_add(&page->text, "Stage                         Yes? Margin    P Main reason\n");
    int32_t note = 0;
    for (int32_t i = 0; i < count; i++) {
        for (int32_t s = 0; s < verdict[i].stage_count; s++) {
            const bool no = mst_stage_says_no(&verdict[i].stage[s]);
            add_stage_row(page, &verdict[i], s, no ? ++note : 0);
        }
        if (!verdict[i].is_host) {
            const mst_verdict by_rules = mst_verdict_by_rules(page->model, &verdict[i]);
            add_sum_row(page, &by_rules);
            add_umpire_row(page, &verdict[i]);
        }
    }
}

/* "(ships 0.70, aircraft 0.30 by weight)", or nothing where one domain alone is asked for. */
static const char *weight_words(mst_page *page, int32_t state)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    bool candidate = true, asked[2] = {false, false};
    for (int32_t i = 0; i < d->host_count; i++)
        candidate = candidate && d->host[i] != state;
    for (int32_t i = 0; i < d->slot_count; i++)
        if (d->slot[i].for_candidate == candidate)
            asked[d->slot[i].domain] = true;
    if (!asked[MST_NAVAL] || !asked[MST_AIR])
        return "";
    return mst_page_printf(page, " (ships %.2f, aircraft %.2f by weight)", d->mix[MST_NAVAL],
                           d->mix[MST_AIR]);
}

/* What falls short of a need, with more digits where fewer would read as the need itself. */
static const char *short_of(mst_page *page, double value, double need, int decimals)
{
    enum { MOST = 12 };
    const char *words = "";
    for (bool is_less = false; !is_less && decimals <= MOST; decimals++) {
        words = mst_page_printf(page, "%.*f", decimals, value);
        is_less = strtod(words, NULL) < need;
    }
    return words;
}

static void tell_no_able(mst_page *page, const mst_verdict *v, const char *first)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    const mst_fleet_reading *fleet = fleet_of(page, v->state);
    const double ready = page->model->constant.index_ready_need;
    if (!fleet->is_fleet) {
        mst_page_words(page, 2, first,
                       "%s, index reading: ready %s of capability and reach; %.3g is needed.",
                       mst_page_state(page, v->state), short_of(page, fleet->cap, ready, 3), ready);
        return;
    }
    mst_page_words(page, 2, first,
                   "%s is not able: it can fill %s of the places asked for%s; %.3g is "
                   "needed. By kit alone it would fill %.2f.",
                   mst_page_state(page, v->state), short_of(page, fleet->cap, d->cap_need, 2),
                   weight_words(page, v->state), d->cap_need, fleet->kit);
    mst_tell_misfits(page, v->state, 2);
}

static void tell_no_political(mst_page *page, const mst_verdict *v, int32_t stage,
                              const char *first)
{
    const mst_term *terms[TERMS_MAX];
    const int32_t count = mst_page_terms(page, v, stage, terms, TERMS_MAX);
    const mst_stage_result *s = &v->stage[stage];
    const char *who =
        s->stage == MST_ADMIT ? mst_page_state(page, s->host) : mst_page_state(page, v->state);
    const char *words = "";
    int32_t told = 0;
    bool is_told[TERMS_MAX] = {false}; /* the three largest reasons against, largest first */
    for (int32_t round = 0; round < 3; round++) {
        int32_t best = -1;
        for (int32_t i = 0; i < count; i++)
            if (terms[i]->value < 0.0 && !is_told[i] &&
                (best < 0 || terms[i]->value < terms[best]->value))
                best = i;
        if (best < 0)
            break;
        const mst_term *next = terms[best];
        is_told[best] = true;
        words =
            mst_page_printf(page, "%s%s%s (%s)", words, *words ? ", " : "",
                            mst_page_term_label(page, next), mst_page_margin(page, next->value));
        told++;
    }
    const char *verb = s->stage == MST_ADMIT ? "would not admit it" : "would decline";
    mst_page_words(page, 2, first, "%s %s: %s %s most against it.", who, verb,
                   *words ? words : "nothing", told > 1 ? "weigh" : "weighs");
}

static void tell_reasons(mst_page *page, const mst_verdict *verdict, int32_t count)
{
    int32_t note = 0;
    for (int32_t i = 0; i < count; i++)
        for (int32_t s = 0; s < verdict[i].stage_count; s++) {
            if (!mst_stage_says_no(&verdict[i].stage[s]))
                continue;
            const char *first = mst_page_printf(page, "%d ", (int)++note);
            if (verdict[i].stage[s].stage == MST_ABLE)
                tell_no_able(page, &verdict[i], first);
            else
                tell_no_political(page, &verdict[i], s, first);
        }
}

static void tell_drill_in_brief(mst_page *page)
{
    const mst_drill_outcome *o = &page->out->drill[page->drill];
    const char *start =
        o->mustered ? mst_page_printf(page, "The drill started %s",
                                      mst_page_date(page, o->started_at, page->model->zone_min))
                    : "The drill did not muster";
    mst_text_add(&page->text, "\n");
    if (o->planned == 0)
        mst_page_words(page, 0, NULL, "%s; no serials are planned.", start);
    else
        mst_page_words(page, 0, NULL,
                       "%s; %s planned, %d %s, %d degraded, %d cancelled; coordination score %s.",
                       start, mst_page_number(page, o->planned, "serial", "serials"), (int)o->done,
                       page->run->replication > 0 ? "done" : "held", (int)o->degraded,
                       (int)o->cancelled,
                       isnan(o->score) ? "none" : mst_page_printf(page, "%.3f of 1", o->score));
}

static void tell_title(mst_page *page)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    char from[MUSTER_TIME_TEXT], until[MUSTER_TIME_TEXT];
    muster_time_write(d->muster_at, 0, from);
    muster_time_write(d->end, 0, until);
    const bool one_day = strncmp(from, until, 10) == 0;
    mst_page_words(page, 0, NULL, "%s: drill of %s, %.10s%s%.10s", d->name ? d->name : d->id,
                   mst_page_states(page, d->host, d->host_count), from, one_day ? "" : " to ",
                   one_day ? "" : until);
}

static void tell_unsettled(mst_page *page, const mst_verdict *verdict, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        if (verdict[i].is_unsettled) {
            mst_page_words(page, 0, NULL,
                           "These decisions depend on each other and do not settle: told is the "
                           "last of %d rounds (muster rivals FILE --model equilibria: all "
                           "equilibria).",
                           (int)verdict[i].rounds);
            return;
        }
}

void mst_tell_verdict(mst_page *page)
{
    const int32_t first = page->run->verdict_first[page->drill];
    const mst_drill_row *d = &page->model->drill[page->drill];
    const int32_t count = d->host_count + d->candidate_count;
    const mst_verdict *verdict = &page->run->verdict[first];
    tell_title(page);
    mst_text_add(&page->text, "\n");
    say_who_came(page, verdict, count);
    say_who_did_not(page, verdict, count);
    say_rulings(page, verdict, count);
    mst_text_add(&page->text, "\n");
    add_table(page, verdict, count);
    tell_unsettled(page, verdict, count);
    tell_reasons(page, verdict, count);
    tell_drill_in_brief(page);
    mst_tell_sightings(page);
    mst_tell_record(page, verdict, count);
    mst_page_use_words(page);
}
