/** @file hosts.h
 * Models that hold one figure of the candidate and each host against a threshold: the worst host decides.
 */
#ifndef MST_ALIGN_HOSTS_H
#define MST_ALIGN_HOSTS_H

#include "model/setting.h"

/** The figure of a candidate and a host, both state indices; NaN: missing. */
typedef double (*mst_host_figure)(const mst_setting *setting, int32_t candidate, int32_t host);

/**
 * Answers of a model by its own direction, threshold and strictness: the least figure decides where a
 * high one speaks for joining, the greatest where a low one does. A figure missing with any host: not
 * assessed, for the reason `lacking`. basis: "WHAT 0.35 WORD Russia". False: memory is short.
 */
bool mst_hosts_score(const mst_setting *setting, const mst_align_type *model,
                     mst_host_figure figure, const char *lacking, const char *what,
                     const char *word, mst_arena *arena, mst_reply *reply);

#endif
