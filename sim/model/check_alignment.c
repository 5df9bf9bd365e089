/* Participation: ties and rules. */
#include "model/check.h"

#include "base/text.h"
#include "model/walk.h"

#include <math.h>
#include <string.h>

/* ---- ties ---------------------------------------------------------------------------------- */

/* States of each tie: there may be hundreds, each held against those before it. */
typedef struct ends {
    int32_t a, b;
} ends;

static void check_pair(mst_checker *c, int32_t index, const ends *of)
{
    const mst_list *ties = &c->spec->ties;
    const mst_tie_def *tie = MST_AT(const mst_tie_def, ties, index);
    const int32_t a = of[index].a, b = of[index].b;
    if (a == b)
        MST_ERROR(c, tie->item.place, NULL, "tie '%s' is between '%s' and itself",
                  mst_name_of(NULL, &tie->item), tie->a.id);
    for (int32_t i = 0; i < index; i++)
        if ((of[i].a == a && of[i].b == b) || (of[i].a == b && of[i].b == a))
            MST_ERROR(c, tie->item.place, NULL, "ties '%s' and '%s' are about the same two states",
                      mst_name_of(NULL, &MST_AT(const mst_tie_def, ties, i)->item),
                      mst_name_of(NULL, &tie->item));
}

static void check_pacts(mst_checker *c, const mst_tie_def *tie)
{
    for (int32_t i = 0; i < tie->pacts.count; i++) {
        const mst_pact_def *pact = MST_AT(const mst_pact_def, &tie->pacts, i);
        if (pact->from.from != MUSTER_NEVER && pact->until.from != MUSTER_NEVER &&
            pact->until.until < pact->from.from)
            MST_ERROR(c, mst_place_or(pact->item.place, &tie->item), NULL,
                      "tie '%s': a pact ends before it begins", mst_name_of(NULL, &tie->item));
    }
}

static void check_ties(mst_checker *c)
{
    const mst_list *ties = &c->spec->ties;
    ends *of = mst_arena_array(c->arena, (size_t)ties->count + 1, sizeof *of);
    for (int32_t i = 0; of && i < ties->count; i++) {
        const mst_tie_def *tie = MST_AT(const mst_tie_def, ties, i);
        of[i] = (ends){mst_ref_state(c->spec, &tie->a), mst_ref_state(c->spec, &tie->b)};
        if (of[i].a < 0 || of[i].b < 0)
            continue; /* told already */
        check_pair(c, i, of);
        check_pacts(c, tie);
    }
}

/* ---- rules --------------------------------------------------------------------------------- */

static bool is_plain(const mst_rule_term *term, mst_reads reads, int32_t index)
{
    return term->plus == 0.0 && term->times == 1.0 && term->factor_count == 1 &&
           term->factor[0].reads == reads && term->factor[0].index == index;
}

/* Equipment: kit against the need. Fuel and distance: cap against kit (DEFINITIONS 3). */
static bool is_gate_pair(const mst_rule_term *term)
{
    enum { FLEET_KIT, FLEET_CAP };
    return (is_plain(&term[0], MST_READS_FLEET, FLEET_KIT) &&
            is_plain(&term[1], MST_READS_DRILL, MST_DRILL_CAP_NEED)) ||
           (is_plain(&term[0], MST_READS_FLEET, FLEET_CAP) &&
            is_plain(&term[1], MST_READS_FLEET, FLEET_KIT));
}

static int32_t most_hosts(const mst_spec *spec)
{
    int32_t most = 0;
    for (int32_t i = 0; i < spec->drills.count; i++) {
        const int32_t hosts = MST_AT(const mst_drill_def, &spec->drills, i)->hosts.count;
        most = hosts > most ? hosts : most;
    }
    return most;
}

static void check_form(mst_checker *c, const mst_rule_def *rule, const mst_rule_term *term,
                       int32_t count)
{
    const char *id = mst_name_of(NULL, &rule->item);
    const mst_place place = rule->item.place;
    bool another = false;
    if (rule->stage == MST_ABLE) {
        if (rule->form != MST_FORM_GATE || count != 2 || !is_gate_pair(term))
            MST_ERROR(c, place,
                      "its terms are [\"fleet.kit\", \"drill.cap_need\"] or "
                      "[\"fleet.cap\", \"fleet.kit\"]",
                      "rule '%s': ability is computed from the fleet; in stage able a rule has "
                      "form gate and only lends its words",
                      id);
        return;
    }
    if (rule->form == MST_FORM_GATE)
        MST_ERROR(c, place, NULL, "rule '%s': form gate belongs to stage able", id);
    if ((rule->form == MST_FORM_MIN_RATIO || rule->form == MST_FORM_GAP) && count < 2)
        MST_ERROR(c, place, NULL, "rule '%s': form %s needs two terms or more", id,
                  mst_rule_forms[rule->form]);
    if (rule->sign != MST_INT_NONE && rule->sign != 1 && rule->sign != -1)
        MST_ERROR(c, place, NULL, "rule '%s': its sign is %d; allowed are 1 and -1", id,
                  (int)rule->sign);
    const double weight = isnan(rule->weight) ? 1.0 : rule->weight;
    if (rule->weight_min > weight || rule->weight_max < weight)
        MST_ERROR(c, place, "weight_min <= weight <= weight_max",
                  "rule '%s': its weight of %.4g lies outside weight_min to weight_max", id,
                  weight);
    for (int32_t i = 0; i < count; i++)
        for (int32_t f = 0; f < term[i].factor_count; f++)
            if (term[i].factor[f].reads == MST_READS_JOINS &&
                (rule->stage != MST_ACCEPT || rule->over != MST_OVER_PARTICIPANTS)) {
                MST_ERROR(c, place, "over = \"participants\"",
                          "rule '%s' reads other.joins, which a rule of stage accept over the "
                          "participants may",
                          id);
                return;
            }
    if (rule->stage == MST_ADMIT && rule->over > 0)
        MST_ERROR(c, place, "leave it out",
                  "rule '%s': over joins several hosts in stage accept; in admit a rule is about "
                  "one host",
                  id);
    for (int32_t i = 0; i < count; i++)
        another = another || mst_term_names_another(&term[i]);
    if (rule->stage == MST_ACCEPT && rule->over <= 0 && another && most_hosts(c->spec) > 1)
        MST_WARN(c, place, "give over = \"sum\", \"max\" or \"sum_clamped\"",
                 "rule '%s' reads a host but does not say how several hosts join; they are summed",
                 id);
}

/* Marks the attributes that a term reads. */
static void mark_read(const mst_rule_term *term, bool *is_read)
{
    for (int32_t i = 0; i < term->factor_count; i++) {
        const mst_reads reads = term->factor[i].reads;
        if (reads == MST_READS_CAND || reads == MST_READS_HOST || reads == MST_READS_OTHER)
            is_read[term->factor[i].index] = true;
    }
}

static void check_rule(mst_checker *c, const mst_rule_def *rule, bool *is_read)
{
    mst_rule_term term[MST_RULE_TERMS_MAX] = {{0}};
    const char *id = mst_name_of(NULL, &rule->item);
    int32_t read = 0;
    const bool told = mst_check_told(c, "alignment.rules", &rule->item, NULL);
    if (rule->terms.count == 0 && !told)
        MST_ERROR(c, rule->item.place, NULL, "rule '%s' has no terms", id);
    if (rule->terms.count > MST_RULE_TERMS_MAX)
        MST_ERROR(c, rule->item.place, NULL, "rule '%s' has %d terms; at most %d are allowed", id,
                  (int)rule->terms.count, MST_RULE_TERMS_MAX);
    for (int32_t i = 0; i < rule->about.count; i++) {
        const char *about = *MST_AT(const char *const, &rule->about, i);
        if (!mst_text_is_id(about))
            MST_ERROR(c, rule->item.place, "ids of states, for instance about = [\"ABC\"]",
                      "rule '%s' is about '%s', which is no id", id, about);
    }
    for (int32_t i = 0; i < rule->terms.count && i < MST_RULE_TERMS_MAX; i++)
        if (mst_term_read(rule, i, &c->names, c->arena, c->diags, &term[read])) {
            mark_read(&term[read], is_read);
            read++;
        }
    if (read > 0 && read == rule->terms.count && !told)
        check_form(c, rule, term, read);
}

/* ---- attributes that look misspelt ---------------------------------------------------------- */

/* The nearest attribute that rules read and the state lacks, at most two edits away; or null. */
static const char *near_read(const mst_checker *c, const mst_state_def *state, const char *name,
                             const bool *is_read)
{
    const char *best = NULL;
    const size_t length = strlen(name);
    int32_t least = length >= 6 ? 3 : length >= 4 ? 2 : 0; /* short names are near by chance */
    for (int32_t i = 0; i < c->names.attribute.count; i++) {
        const char *other = *MST_AT(const char *const, &c->names.attribute, i);
        if (!is_read[i] || mst_numbers_find(&state->attributes, other))
            continue;
        const int32_t distance = mst_text_distance(name, other);
        if (distance < least) {
            least = distance;
            best = other;
        }
    }
    return best;
}

static void check_attributes(mst_checker *c, const bool *is_read)
{
    for (int32_t i = 0; i < c->spec->states.count; i++) {
        const mst_state_def *state = MST_AT(const mst_state_def, &c->spec->states, i);
        for (int32_t k = 0; k < state->attributes.count; k++) {
            const mst_number *number = MST_AT(const mst_number, &state->attributes, k);
            const int32_t index = mst_names_find(&c->names.attribute, number->name);
            if (index < 0 || is_read[index])
                continue;
            const char *near = near_read(c, state, number->name, is_read);
            if (near)
                MST_WARN(c, mst_place_or(number->place, &state->item),
                         mst_arena_printf(c->arena, "did you mean '%s'?", near),
                         "state '%s': no rule reads attribute '%s'",
                         mst_name_of(NULL, &state->item), number->name);
        }
    }
}

/* Rules that are listed as the only ones must be there, and in a stage that has a choice of rules. */
static void check_only(mst_checker *c, const mst_coding_def *coding)
{
    const mst_list *rules = &c->spec->alignment.rules;
    const char *id = mst_name_of(NULL, &coding->item);
    for (int32_t i = 0; i < coding->only.count; i++) {
        const char *rule = *MST_AT(const char *const, &coding->only, i);
        const int32_t at = mst_table_find(rules, sizeof(mst_rule_def), rule);
        if (at < 0) {
            if (!mst_facts_spoilt(&c->spec->facts,
                                  mst_arena_printf(c->arena, "alignment.rules.%s", rule)))
                MST_ERROR(c, coding->item.place,
                          mst_hint_ids(c->arena, rules, sizeof(mst_rule_def), rule),
                          "coding '%s': no rule '%s'", id, rule);
        } else if (MST_AT(const mst_rule_def, rules, at)->stage == MST_ABLE) {
            MST_ERROR(c, coding->item.place, "rules of stage able lend words, and stay",
                      "coding '%s': rule '%s' is of stage able; only rules of admit and accept are "
                      "chosen by `only`",
                      id, rule);
        }
    }
}

static void check_coding(mst_checker *c, const mst_coding_def *coding)
{
    check_only(c, coding);
    for (int32_t i = 0; i < coding->silent.count; i++) {
        const char *stage = *MST_AT(const char *const, &coding->silent, i);
        bool known = false;
        for (int32_t k = 0; k < MST_STAGE_COUNT; k++)
            known = known || strcmp(stage, mst_stage_names[k]) == 0;
        if (!known)
            MST_ERROR(c, coding->item.place, "able, admit or accept",
                      "coding '%s' is silent on '%s', which is no stage",
                      mst_name_of(NULL, &coding->item), stage);
    }
}

void mst_check_alignment(mst_checker *c)
{
    bool *is_read =
        mst_arena_array(c->arena, (size_t)c->names.attribute.count + 1, sizeof *is_read);
    if (!is_read)
        return;
    check_ties(c);
    for (int32_t i = 0; i < c->spec->alignment.rules.count; i++)
        check_rule(c, MST_AT(const mst_rule_def, &c->spec->alignment.rules, i), is_read);
    if (mst_check_warns(c))
        check_attributes(c, is_read);
    for (int32_t i = 0; i < c->spec->alignment.codings.count; i++)
        check_coding(c, MST_AT(const mst_coding_def, &c->spec->alignment.codings, i));
}
