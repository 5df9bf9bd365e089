/** @file reason.h
 * How the mathematics of alignment says no: MUSTER_MISTAKE with a text a caller can print, or
 * MUSTER_WORLD when memory is short.
 */
#ifndef MST_ALIGN_THEORY_REASON_H
#define MST_ALIGN_THEORY_REASON_H

#include "muster/base.h"

/** Refuses bad input. @p reason may be null; the text is static, in the voice of a mistake. */
static inline muster_status mst_refuse(const char **reason, const char *text)
{
    if (reason)
        *reason = text;
    return MUSTER_MISTAKE;
}

/** Memory is short. */
static inline muster_status mst_out_of_memory(const char **reason)
{
    if (reason)
        *reason = "memory is short";
    return MUSTER_WORLD;
}

#endif
