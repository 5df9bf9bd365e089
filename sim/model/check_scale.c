/* Figures off the scale for which weights are judged: rules read figures of 0 to 1. */
#include "model/check.h"

typedef struct marks {
    bool *attribute, *mutual, *directed; /* by name: some rule in force reads it */
} marks;

static void mark(const mst_rule_term *term, marks *read)
{
    for (int32_t i = 0; i < term->factor_count; i++) {
        const int32_t index = term->factor[i].index;
        switch (term->factor[i].reads) {
        case MST_READS_CAND:
        case MST_READS_HOST:
        case MST_READS_OTHER:
            read->attribute[index] = true;
            break;
        case MST_READS_TIE:
            read->mutual[index] = true;
            break;
        case MST_READS_TO_HOST:
        case MST_READS_FROM_HOST:
            read->directed[index] = true;
            break;
        case MST_READS_DRILL:
        case MST_READS_FLEET:
        case MST_READS_JOINS:
            break;
        }
    }
}

/* Of rules whose weights somebody judged; a fitted weight is in the units of its record. */
static void mark_all(const mst_checker *c, marks *read)
{
    const mst_list *rules = &c->spec->alignment.rules;
    for (int32_t i = 0; i < rules->count; i++) {
        const mst_rule_def *rule = MST_AT(const mst_rule_def, rules, i);
        mst_rule_term term = {0};
        if (rule->off == 1 || rule->stage == MST_ABLE ||
            rule->item.confidence == MUSTER_ESTIMATED || rule->terms.count > MST_RULE_TERMS_MAX)
            continue;
        for (int32_t k = 0; k < rule->terms.count; k++)
            if (mst_term_read(rule, k, &c->names, c->arena, NULL, &term))
                mark(&term, read);
    }
}

static void check_numbers(mst_checker *c, const mst_item *owner, const char *what,
                          const mst_list *numbers, const mst_list *names, const bool *is_read)
{
    for (int32_t i = 0; i < numbers->count; i++) {
        const mst_number *number = MST_AT(const mst_number, numbers, i);
        const int32_t index = mst_names_find(names, number->name);
        if (index >= 0 && is_read[index] && (number->value < 0.0 || number->value > 1.0))
            MST_WARN(c, mst_place_or(number->place, owner),
                     "rules that read it are made for figures of 0 to 1", "%s '%s': '%s' is %.6g",
                     what, mst_name_of(NULL, owner), number->name, number->value);
    }
}

void mst_check_scale(mst_checker *c)
{
    marks read = {mst_arena_array(c->arena, (size_t)c->names.attribute.count + 1, sizeof(bool)),
                  mst_arena_array(c->arena, (size_t)c->names.mutual.count + 1, sizeof(bool)),
                  mst_arena_array(c->arena, (size_t)c->names.directed.count + 1, sizeof(bool))};
    if (!read.attribute || !read.mutual || !read.directed)
        return;
    mark_all(c, &read);
    for (int32_t i = 0; i < c->spec->states.count; i++) {
        const mst_state_def *state = MST_AT(const mst_state_def, &c->spec->states, i);
        check_numbers(c, &state->item, "state", &state->attributes, &c->names.attribute,
                      read.attribute);
    }
    for (int32_t i = 0; i < c->spec->ties.count; i++) {
        const mst_tie_def *tie = MST_AT(const mst_tie_def, &c->spec->ties, i);
        check_numbers(c, &tie->item, "tie", &tie->mutual, &c->names.mutual, read.mutual);
        check_numbers(c, &tie->item, "tie", &tie->a_to_b, &c->names.directed, read.directed);
        check_numbers(c, &tie->item, "tie", &tie->b_to_a, &c->names.directed, read.directed);
    }
}
