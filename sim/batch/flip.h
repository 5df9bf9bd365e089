/** @file flip.h
 * Flipping a verdict with the levers of a scenario: who makes the scenes of the search.
 */
#ifndef MST_BATCH_FLIP_H
#define MST_BATCH_FLIP_H

#include "batch/handles.h"
#include "muster/flip.h"
#include "outcome/flip.h"

typedef struct mst_flip_session mst_flip_session;

/**
 * Searches. The levers' order is that of the file.
 *
 * @param[in]  state, drill  indices of the result's model; the state is host or candidate of the drill
 * @param[out] out           to be freed with mst_flip_close
 * @return MUSTER_OK; MUSTER_MISTAKE: a lever goes where the file does not allow it; MUSTER_WORLD
 */
muster_status mst_flip_open(const muster_result *result, const muster_flip_from *from,
                            int32_t drill, int32_t state, const muster_memory *memory,
                            muster_diags *diags, mst_flip_session **out);
void mst_flip_close(mst_flip_session *s);

const mst_flip *mst_flip_result(const mst_flip_session *s);

/** Levers of the file beyond MST_FLIP_LEVERS_MAX, which are left out. */
int32_t mst_flip_levers_left(const mst_flip_session *s);

/** The value of a lever as a change line has it: 0.8, 2, "ORANG". In the session. */
const char *mst_flip_value(mst_flip_session *s, int32_t lever, double x);

/** All lines that moving it makes, the lever's own first: const char *. */
void mst_flip_lines(mst_flip_session *s, int32_t lever, double x, mst_list *out);

#endif
