/** @file chance.h
 * Numbers that are known to within an interval, as text.
 */
#ifndef MST_TELL_CHANCE_H
#define MST_TELL_CHANCE_H

#include "tell/json.h"
#include "tell/page.h"

/** Digits behind the point that half the width of an interval leaves: two of its own; 0 to 6. */
int32_t mst_chance_decimals(double half_width);

/** Member "replications" of the run document; nothing without a sample. */
void mst_json_chance(mst_json *json, const mst_page *page);

/** A master seed: 64 bits as decimal text. */
void mst_json_seed(mst_json *json, const char *key, uint64_t seed);

#endif
