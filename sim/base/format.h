/** @file format.h
 * Texts of any length, with a decimal point in every locale; what is understood is said in
 * muster/text.h.
 */
#ifndef MST_BASE_FORMAT_H
#define MST_BASE_FORMAT_H

#include "base/arena.h"
#include "muster/text.h"

/** mst_arena_printf with its arguments in a list; null when memory is short. */
char *mst_arena_vprintf(mst_arena *arena, const char *format, va_list args) MUSTER_PRINTF(2, 0);

#endif
