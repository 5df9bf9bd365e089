/** @file actors.h
 * The actors of a model of camps: which states of a setting it is about, how large each is, and how
 * far each pair is drawn together.
 */
#ifndef MST_ALIGN_ACTORS_H
#define MST_ALIGN_ACTORS_H

#include "model/setting.h"

typedef struct mst_actors {
    int32_t count;
    int32_t *state;     /* of the setting                                              */
    const char **name;  /* ids, for reports                                            */
    double *size;       /* above 0; 1 for all where the file gives none                */
    double *propensity; /* count x count, symmetric, diagonal 0                         */
    bool has_sizes;
    const char *size_name, *tie_name; /* as the file calls them; size_name null: none        */
} mst_actors;

/**
 * Sizes are the attribute that alignment.camps names (else `size`, else `cinc`), propensities the
 * mutual figure that it names (else `propensity`, else `align`); a pair without one counts as
 * alignment.camps.absent, unless one has it to the other, or is missing. States without a size are left
 * out where others have one.
 *
 * @return null, or what is missing, in the arena; "out of memory" when memory is short
 */
const char *mst_actors_of(const mst_setting *setting, int32_t most, mst_arena *arena,
                          mst_actors *out);

/** The actor that stands for a state; -1: none. */
int32_t mst_actors_find(const mst_actors *actors, int32_t state);

/**
 * Answers from camps: joins if it stands with every host, and the hosts stand together. side: a number
 * of a camp for each actor, -1 undecided; pull: per actor, above 0 towards camp 0, for scores (null:
 * none). Fills reply->camp and the answers. False: memory is short.
 */
bool mst_actors_answer(const mst_setting *setting, const mst_actors *actors, const int32_t *side,
                       const double *pull, mst_arena *arena, mst_reply *reply);

/** Camps by state, -1: none, from camps by actor; null when memory is short. */
int32_t *mst_actors_by_state(const mst_setting *setting, const mst_actors *actors,
                             const int32_t *side, mst_arena *arena);

/** "A B | C": names by number of the camp; those at -1 stand in none. An empty text when memory is short. */
const char *mst_names_by_camp(const char *const *name, const int32_t *camp, int32_t count,
                              mst_arena *arena);

/** The same of actors. */
const char *mst_actors_camps(const mst_actors *actors, const int32_t *side, mst_arena *arena);

#endif
