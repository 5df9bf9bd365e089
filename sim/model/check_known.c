/* Nobody decides by what he cannot know yet: figures with a date of their own (known_by) against the
 * decisions of the drills that read them. A run in hindsight says so instead. */
#include "model/check.h"

#include "model/walk.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A figure by its path: "states.X.attributes.y" has section "states", id "X", rest "attributes.y". */
typedef struct figure {
    const char *path;
    char section[64], id[64];
    const char *rest;
    const char *name; /* behind the last dot */
} figure;

static bool split(const char *path, figure *out)
{
    const char *first = strchr(path, '.'), *last = strrchr(path, '.');
    *out = (figure){.path = path};
    if (!first || first - path >= (long)sizeof out->section)
        return false;
    snprintf(out->section, sizeof out->section, "%.*s", (int)(first - path), path);
    const char *second = strchr(first + 1, '.');
    const size_t length = second ? (size_t)(second - first - 1) : 0;
    if (length < sizeof out->id)
        snprintf(out->id, sizeof out->id, "%.*s", (int)length, first + 1);
    out->rest = second ? second + 1 : first + 1;
    out->name = last + 1;
    return true;
}

/* What rules read of it: whom, and of what kind. */
static bool factor_reads(const mst_checker *c, const mst_factor *f, const figure *it,
                         bool as_candidate, bool as_host)
{
    const bool is_of_state = strncmp(it->rest, "attributes.", 11) == 0;
    const bool is_align = strcmp(it->rest, "align") == 0;
    const bool is_mutual = is_align || strncmp(it->rest, "mutual.", 7) == 0;
    switch (f->reads) {
    case MST_READS_CAND:
        return is_of_state && as_candidate &&
               f->index == mst_names_find(&c->names.attribute, it->name);
    case MST_READS_HOST:
        return is_of_state && as_host && f->index == mst_names_find(&c->names.attribute, it->name);
    case MST_READS_OTHER:
        return is_of_state && f->index == mst_names_find(&c->names.attribute, it->name);
    case MST_READS_TIE:
        return is_mutual &&
               f->index == mst_names_find(&c->names.mutual, is_align ? "align" : it->name);
    case MST_READS_TO_HOST:
    case MST_READS_FROM_HOST:
        return f->index == mst_names_find(&c->names.directed, it->name) &&
               (strncmp(it->rest, "a_to_b.", 7) == 0 || strncmp(it->rest, "b_to_a.", 7) == 0 ||
                strncmp(it->rest, "ledger[", 7) == 0);
    case MST_READS_DRILL:
    case MST_READS_FLEET:
    case MST_READS_JOINS:
        break;
    }
    return false;
}

static bool rules_read(const mst_checker *c, const figure *it, bool as_candidate, bool as_host)
{
    muster_diags *const silent = NULL;
    for (int32_t i = 0; i < c->spec->alignment.rules.count; i++) {
        const mst_rule_def *rule = MST_AT(const mst_rule_def, &c->spec->alignment.rules, i);
        for (int32_t t = 0; rule->off != 1 && t < rule->terms.count; t++) {
            mst_rule_term term = {0};
            if (!mst_term_read(rule, t, &c->names, c->arena, silent, &term))
                continue;
            for (int32_t f = 0; f < term.factor_count; f++)
                if (factor_reads(c, &term.factor[f], it, as_candidate, as_host))
                    return true;
        }
    }
    return false;
}

static bool holds(const mst_list *refs, const char *id)
{
    for (int32_t i = 0; i < refs->count; i++)
        if (strcmp(MST_AT(const mst_ref, refs, i)->id, id) == 0)
            return true;
    return false;
}

static bool is_asked(const mst_drill_def *d, const char *id)
{
    return id && (holds(&d->hosts, id) || holds(&d->candidates, id));
}

/* A figure of a state that no rule reads by name (fuel, indices, names of the fleet) is read by
 * whoever asks whether the state is able. */
static bool drill_reads_state(const mst_checker *c, const mst_drill_def *d, const figure *it)
{
    if (!is_asked(d, it->id))
        return false;
    return strncmp(it->rest, "attributes.", 11) != 0 ||
           rules_read(c, it, holds(&d->candidates, it->id), holds(&d->hosts, it->id));
}

static bool drill_reads_tie(const mst_checker *c, const mst_drill_def *d, const figure *it)
{
    const int32_t index = mst_table_find(&c->spec->ties, sizeof(mst_tie_def), it->id);
    if (index < 0)
        return false;
    const mst_tie_def *tie = MST_AT(const mst_tie_def, &c->spec->ties, index);
    const bool is_judged = is_asked(d, tie->a.id) && is_asked(d, tie->b.id) &&
                           (holds(&d->candidates, tie->a.id) || holds(&d->candidates, tie->b.id));
    const bool is_pact = strncmp(it->rest, "pacts[", 6) == 0;
    figure read = *it;
    if (is_pact) {
        read.rest = "mutual.pact";
        read.name = "pact";
    } else if (strncmp(it->rest, "ledger[", 7) == 0) {
        read.name = "ledger";
    } else if (strncmp(it->rest, "interop.", 8) == 0) {
        return false; /* no decision reads it */
    }
    return is_judged && rules_read(c, &read, true, true);
}

static bool drill_reads(const mst_checker *c, const mst_drill_def *d, const figure *it)
{
    static const char *const no_input[] = {"scenario", "timeline", "evidence", "observations",
                                           "whatif",   "expect",   "variants", "feedback"};
    for (size_t i = 0; i < sizeof no_input / sizeof *no_input; i++)
        if (strcmp(it->section, no_input[i]) == 0)
            return false;
    if (strcmp(it->section, "states") == 0)
        return drill_reads_state(c, d, it);
    if (strcmp(it->section, "ties") == 0)
        return drill_reads_tie(c, d, it);
    if (strcmp(it->section, "drills") == 0)
        return strcmp(mst_name_of(NULL, &d->item), it->id) == 0;
    if (strcmp(it->section, "units") == 0) {
        const int32_t unit = mst_table_find(&c->spec->units, sizeof(mst_unit_def), it->id);
        return unit < 0 || is_asked(d, MST_AT(const mst_unit_def, &c->spec->units, unit)->state.id);
    }
    return true;
}

/* In the zone in which the file's bare dates are read. */
static const char *date(mst_checker *c, muster_time time)
{
    char text[MUSTER_TIME_TEXT];
    const double zone_h = c->spec->scenario.zone_h;
    muster_time_write(time, isnan(zone_h) ? 0 : (int32_t)lround(zone_h * 60.0), text);
    return mst_arena_printf(c->arena, "%.10s", text);
}

static void check_fact(mst_checker *c, const mst_fact *fact)
{
    figure it;
    if (!split(fact->path, &it))
        return;
    for (int32_t i = 0; i < c->spec->drills.count; i++) {
        const mst_drill_def *d = MST_AT(const mst_drill_def, &c->spec->drills, i);
        if (d->muster.at.from == MUSTER_NEVER && d->decide_at.from == MUSTER_NEVER)
            continue; /* told elsewhere */
        const muster_time decided =
            mst_time_or(d->decide_at.from, d->muster.at.from - 14 * MUSTER_DAY);
        if (fact->known_by <= decided || !drill_reads(c, d, &it))
            continue;
        const char *known = date(c, fact->known_by), *at = date(c, decided);
        if (known && at)
            mst_diag(c->diags, MUSTER_ERROR, fact->place, fact->path,
                     "scenario.hindsight = true lets it count, and marks the run",
                     "'%s' = %s was known by %s, but drill '%s', which reads it, is decided on %s",
                     fact->path, fact->written, known, mst_name_of(NULL, &d->item), at);
        return; /* one drill is enough to say so */
    }
}

void mst_check_known(mst_checker *c)
{
    if (c->spec->scenario.hindsight == 1)
        return;
    for (int32_t i = 0; i < c->spec->facts.count; i++) {
        const mst_fact *fact = MST_AT(const mst_fact, &c->spec->facts, i);
        if (fact->has_known_by && fact->path && fact->written &&
            mst_facts_find(&c->spec->facts, fact->path) == fact)
            check_fact(c, fact);
    }
}
