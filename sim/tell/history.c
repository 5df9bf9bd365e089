/* The run against the record: dated observations, and what sources say of each stage. */
#include "model/rulings.h"
#include "tell/page.h"

#include "base/units.h"

#include <math.h>
#include <string.h>

static const char *speed(mst_page *page, double speed_mps)
{
    return mst_page_printf(page, "%.1f kn", speed_mps / MST_KN_MPS);
}

/* "17 July 2023, 01:45 UTC (09:45)": one form for all, the zone of the report in brackets. */
static const char *when(mst_page *page, muster_time time, int32_t zone_min)
{
    return mst_page_date(page, time, zone_min);
}

/* Whom a report tells of: "Taihu", "H-6K", "Chinese detachment". */
static const char *of_whom(const mst_page *page, const mst_observation_row *claim)
{
    const mst_model *m = page->model;
    if (claim->unit >= 0)
        return m->unit[claim->unit].name;
    return claim->group >= 0 ? m->group[claim->group].name : "They";
}

static bool flies(const mst_page *page, const mst_timeline_check *c)
{
    return c->binding_unit >= 0 && page->model->unit[c->binding_unit].domain == MST_AIR;
}

static const char *verdict_words(mst_page *page, const mst_timeline_check *c, mst_possible verdict,
                                 muster_time latest, double speed_mps, int32_t zone_min)
{
    const char *who =
        c->binding_unit >= 0 ? page->model->unit[c->binding_unit].name : "the slowest";
    switch (verdict) {
    case MST_POSSIBLE:
        return mst_page_printf(page, "possible: %s needed", speed(page, c->needed_mps));
    case MST_POSSIBLE_ONLY_IF:
        return mst_page_printf(page, "possible only if they %s before %s, at %s",
                               flies(page, c) ? "left" : "sailed", when(page, latest, zone_min),
                               speed(page, speed_mps));
    case MST_IMPOSSIBLE:
    case MST_NO_WAY:
        break;
    }
    return mst_page_printf(page, "impossible: %s needed, %s makes %s", speed(page, c->needed_mps),
                           who, speed(page, speed_mps));
}

static void add_check(mst_page *page, const mst_timeline_check *c)
{
    const mst_observation_row *claim = &page->model->observation[c->claim];
    const mst_observation_row *seen = &page->model->observation[c->sighting];
    const bool is_moment = claim->at.from == claim->at.until;
    const int32_t zone = claim->at.zone_min;
    char day[MUSTER_TIME_TEXT];
    muster_time_write(claim->at.from, zone, day);
    const char *sailed = is_moment ? when(page, claim->at.from, zone)
                                   : mst_page_printf(page, "%.10s (day there), hour unknown", day);
    /* One after the other: sources are numbered as they are cited. */
    const char *says_sailed = mst_page_cite(page, claim->def ? claim->def->item.source : NULL);
    const char *says_seen = mst_page_cite(page, seen->def ? seen->def->item.source : NULL);
    const char *seen_at = when(page, seen->at.from, page->model->zone_min);
    if (c->verdict == MST_NO_WAY) {
        mst_page_words(page, 2, NULL,
                       "%s: sailed %s %s, seen %s %s: not judged; there is no way by sea between "
                       "the two places.",
                       of_whom(page, claim), sailed, says_sailed, seen_at, says_seen);
        return;
    }
    mst_page_words(page, 2, NULL, "%s: %s %s %s, seen %s %s, %.0f nm by %s: %s.",
                   of_whom(page, claim), flies(page, c) ? "left" : "sailed", sailed, says_sailed,
                   seen_at, says_seen, c->distance_m / MUSTER_NM_M, flies(page, c) ? "air" : "sea",
                   verdict_words(page, c, c->verdict, c->latest, c->max_mps, zone));
    if (c->at_sustained != c->verdict || c->verdict == MST_POSSIBLE_ONLY_IF)
        mst_page_words(
            page, 6, NULL, "At %s, which it can sustain: %s.", speed(page, c->sustained_mps),
            verdict_words(page, c, c->at_sustained, c->latest_sustained, c->sustained_mps, zone));
    mst_page_words(page, 6, NULL, "With the sighting 5 nm nearer: %s.",
                   c->verdict_5nm == MST_POSSIBLE     ? "possible"
                   : c->verdict_5nm == MST_IMPOSSIBLE ? "impossible"
                                                      : "possible for part of the time");
}

void mst_tell_timeline(mst_page *page)
{
    mst_timeline_check *checks = NULL;
    const int32_t count = mst_timeline_checks(page->model, &page->arena, &checks);
    if (count <= 0)
        return;
    mst_page_heading(page, "TIMELINE: which reports can be true together");
    bool has_air = false;
    for (int32_t i = 0; i < count; i++)
        has_air = has_air || flies(page, &checks[i]);
    mst_page_words(page, 0, NULL,
                   "UTC; in brackets the clock of the place the report tells of. Checked at the "
                   "highest speed of the slowest ship%s, so that \"impossible\" is safe.",
                   has_air ? " or aircraft" : "");
    for (int32_t i = 0; i < count; i++)
        add_check(page, &checks[i]);
}

static const char *const kind_words[] = {"official", "press", "intelligence", "expert"};
static const char *const says_words[] = {"yes", "no", "mixed"};
static const char *const agreement_words[] = {"agrees", "CONTRADICTS", "silent"};

static void add_evidence_of(mst_page *page, const mst_verdict *v, const mst_stage_result *stage)
{
    int32_t told = 0;
    for (int32_t i = 0; i < page->spec->evidence.count; i++) {
        const mst_evidence_def *e = MST_AT(mst_evidence_def, &page->spec->evidence, i);
        if (!mst_page_speaks(page, v, stage, e))
            continue;
        char date[MUSTER_TIME_TEXT];
        muster_time_write(e->at.from == MUSTER_NEVER ? 0 : e->at.from, e->at.zone_min, date);
        const char *circular = stage ? mst_page_circular(page, stage, e->item.source) : "";
        mst_page_words(page, 4, NULL, "%s (%s, %.10s): %s %s; %s%s%s",
                       e->says >= 0 ? says_words[e->says] : "-",
                       e->kind >= 0 ? kind_words[e->kind] : "-",
                       e->at.from == MUSTER_NEVER ? "undated" : date, e->words ? e->words : "",
                       mst_page_cite(page, e->item.source),
                       agreement_words[mst_evidence_agreement(page->model, v, stage, e)],
                       *circular ? ", " : "", circular);
        told++;
    }
    if (told == 0)
        mst_page_words(page, 4, NULL, "no source on this stage");
}

static bool speaks_of_participation(const mst_page *page, const mst_verdict *v)
{
    for (int32_t i = 0; i < page->spec->evidence.count; i++)
        if (mst_page_speaks(page, v, NULL, MST_AT(mst_evidence_def, &page->spec->evidence, i)))
            return true;
    return false;
}

static void add_absence(mst_page *page, const mst_verdict *v)
{
    const char *kinds = "";
    for (int32_t i = 0; i < v->stage_count; i++) {
        if (!mst_stage_says_no(&v->stage[i]))
            continue;
        const char *kind = v->stage[i].stage == MST_ABLE    ? "could not"
                           : v->stage[i].stage == MST_ADMIT ? "would not be admitted"
                                                            : "would decline";
        if (!strstr(kinds, kind))
            kinds = mst_page_printf(page, "%s%s%s", kinds, *kinds ? "; " : "", kind);
    }
    if (*kinds)
        mst_page_words(page, 2, NULL, "Absence: %s.%s", kinds,
                       mst_evidence_of_invitation(page->model, v->drill, v->state)
                           ? ""
                           : " There is no sign in the file that anyone asked.");
}

static bool is_same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* Voices: who says the reasons, counted; governments of the drill that are not heard. */
static void add_voices(mst_page *page)
{
    const mst_model *m = page->model;
    const char *words = "";
    int32_t rules = 0, unnamed = 0;
    for (int32_t i = 0; i < m->rule_count; i++) {
        const mst_voice_def *voice = &m->rule[i].def->voice;
        if (m->rule[i].is_off)
            continue;
        rules++;
        if (!voice->kind && !voice->country) {
            unnamed++;
            continue;
        }
        int32_t same = 0;
        bool first = true;
        for (int32_t k = 0; k < m->rule_count; k++) {
            const mst_voice_def *other = &m->rule[k].def->voice;
            const bool equal = !m->rule[k].is_off && is_same(other->kind, voice->kind) &&
                               is_same(other->country, voice->country);
            same += equal;
            first = first && !(equal && k < i);
        }
        if (first)
            words = mst_page_printf(page, "%s%s%s %d", words, *words ? ", " : "",
                                    mst_page_voice(voice), (int)same);
    }
    if (rules > 0)
        mst_page_words(
            page, 2, NULL, "Voices behind the %d rules: %s%s.", (int)rules, *words ? words : "none",
            unnamed > 0 ? mst_page_printf(page, "; without a voice %d", (int)unnamed) : "");
    const char *unheard = "";
    for (int32_t s = 0; s < m->state_count; s++) {
        bool heard = false;
        for (int32_t i = 0; i < m->rule_count; i++) {
            const mst_voice_def *voice = &m->rule[i].def->voice;
            heard = heard || (voice->kind && strstr(voice->kind, "government") && voice->country &&
                              strcmp(voice->country, m->state[s].id) == 0);
        }
        if (!heard)
            unheard =
                mst_page_printf(page, "%s%s%s", unheard, *unheard ? ", " : "", m->state[s].name);
    }
    if (rules > 0 && *unheard)
        mst_page_words(page, 2, NULL, "Governments not heard: %s.", unheard);
}

void mst_tell_evidence(mst_page *page)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    const int32_t first = page->run->verdict_first[page->drill];
    for (int32_t i = d->host_count; i < d->host_count + d->candidate_count; i++) {
        const mst_verdict *v = &page->run->verdict[first + i];
        mst_page_heading(page, "EVIDENCE on %s, against each stage of the model",
                         mst_page_state(page, v->state));
        if (mst_page_use(page) == MST_HYPOTHETICAL)
            mst_page_words(page, 2, NULL, "(about the recorded case, not this variant)");
        for (int32_t s = 0; s < v->stage_count; s++) {
            mst_page_words(page, 2, NULL, "%s: the model says %s",
                           mst_page_stage(page, &v->stage[s]),
                           v->stage[s].standing == MST_YES            ? "yes"
                           : v->stage[s].standing == MST_NOT_ASSESSED ? "nothing (not assessed)"
                                                                      : "no");
            add_evidence_of(page, v, &v->stage[s]);
        }
        if (speaks_of_participation(page, v)) {
            mst_page_words(page, 2, NULL, "takes part: the model says %s",
                           !mst_verdict_is_assessed(v)                  ? "nothing (not assessed)"
                           : mst_verdict_by_rules(page->model, v).joins ? "yes"
                                                                        : "no");
            add_evidence_of(page, v, NULL);
        }
        add_absence(page, v);
    }
    if (d->candidate_count > 0)
        add_voices(page);
}
