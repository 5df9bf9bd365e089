/** @file terms.h
 * The names that rules may read, and the text of a rule's term made into numbers.
 */
#ifndef MST_MODEL_TERMS_H
#define MST_MODEL_TERMS_H

#include "model/model.h"

/** Most terms of one rule; alignment models keep their values in an array of this size. */
#define MST_RULE_TERMS_MAX 16

/** Names in the order of the model's arrays. Items are const char *. */
typedef struct mst_vocabulary {
    mst_list attribute; /* union over states                      */
    mst_list mutual;    /* align, pact, then union over ties      */
    mst_list directed;  /* union over ties, both ways             */
    mst_list drill;     /* visibility, cap_need, host_count, then union over drills */
} mst_vocabulary;

/** Collects them; false when memory is short. Names are borrowed from the spec. */
bool mst_vocabulary_make(const mst_spec *spec, mst_arena *arena, mst_vocabulary *out);

/** Position of a name in a list of const char *, -1. */
int32_t mst_names_find(const mst_list *names, const char *name);

/** Adds a name unless it is there; false when memory is short. */
bool mst_names_add(mst_arena *arena, mst_list *names, const char *name);

/** "did you mean 'x'?" in the arena for the nearest of the names, or null. */
const char *mst_names_hint(mst_arena *arena, const mst_list *names, const char *wanted);

/** Entry of a NUMBERS group by name, or null. */
const mst_number *mst_numbers_find(const mst_list *numbers, const char *name);

/**
 * Reads `[number +|-] [number *] name [* name ...]`; a number alone is a constant.
 * @return false with one diagnostic that names the rule, the term and what is wrong
 */
bool mst_term_read(const mst_rule_def *rule, int32_t term, const mst_vocabulary *names,
                   mst_arena *arena, muster_diags *diags, mst_rule_term *out);

#endif
