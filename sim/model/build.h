/** @file build.h
 * What the parts of the compile share while a model is being made.
 *
 * Each part fills its rows of the model and returns false when memory was short. The spec has
 * been checked: a reference that leads nowhere cannot occur, and is skipped where it would.
 */
#ifndef MST_MODEL_BUILD_H
#define MST_MODEL_BUILD_H

#include "model/chance.h"
#include "model/compile.h"
#include "model/lookup.h"
#include "model/streams.h"
#include "model/terms.h"

typedef struct mst_builder {
    const mst_spec *spec;
    const mst_kinds *kinds;
    const mst_list *applied; /* mst_change; may be null */
    mst_model *model;        /* being made              */
    mst_arena *arena;        /* the model's             */
    muster_diags *diags;
    mst_vocabulary names;
    mst_streams streams;
    mst_general_dists general;
    int32_t *unit_first;  /* of each unit of the spec: its first row   */
    int32_t *unit_number; /* and how many rows it has                  */
    int32_t *group_row;   /* of each group of the spec: its row, or -1 */
} mst_builder;

/** Errors of a spec, which may have been changed since it was read; its warnings and notes were told
 * then, and are not looked for. scratch remembers when memory was short.
 * @param[in] word_count  of mst_words_make */
void mst_spec_check_errors(const mst_spec *spec, const mst_kinds *kinds,
                           const mst_vocabulary *names, int32_t word_count, mst_arena *scratch,
                           muster_diags *diags);

bool mst_build_states(mst_builder *b);       /* states, ties, pacts                */
bool mst_build_moving(mst_builder *b);       /* needs states: figures in time       */
bool mst_build_feedback(mst_builder *b);     /* needs states                       */
bool mst_build_units(mst_builder *b);        /* needs words, states, spots         */
bool mst_build_drills(mst_builder *b);       /* needs units                        */
bool mst_build_groups(mst_builder *b);       /* needs drills                       */
bool mst_build_serials(mst_builder *b);      /* needs drills                       */
bool mst_build_rules(mst_builder *b);        /* needs names                        */
bool mst_build_observations(mst_builder *b); /* needs groups                       */
bool mst_build_injects(mst_builder *b);      /* needs groups                       */
bool mst_build_instances(mst_builder *b);    /* needs all                          */

/** A mask of the words. */
uint64_t mst_build_mask(const mst_model *model, const mst_list *texts);
uint64_t mst_build_bit(const mst_model *model, const char *word);

/** An array of the model, never of size 0. */
#define MST_NEW(b, type, count)                                                                    \
    ((type *)mst_arena_array((b)->arena, (size_t)(count) + 1, sizeof(type)))

static inline double mst_real_or(double value, double otherwise)
{
    return value == value ? value : otherwise;
}

static inline int64_t mst_int_or(int64_t value, int64_t otherwise)
{
    return value == MST_INT_NONE ? otherwise : value;
}

/** Zone in minutes; 0 where none is given. */
int32_t mst_zone_min(double zone_h);

#endif
