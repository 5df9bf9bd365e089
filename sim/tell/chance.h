/** @file chance.h
 * Numbers that are known to within an interval, as text.
 */
#ifndef MST_TELL_CHANCE_H
#define MST_TELL_CHANCE_H

#include "tell/json.h"
#include "tell/page.h"

/** Digits behind the point that half the width of an interval leaves: two of its own; 0 to 6. */
int32_t mst_chance_decimals(double half_width);

/** A number of a table: as many of the decimals as leave a blank in `room` columns; whole numbers as
 * such, "-" for NaN. */
const char *mst_chance_number(mst_page *page, double value, int32_t decimals, int32_t room);

/** "low .. high", likewise. */
const char *mst_chance_range(mst_page *page, double low, double high, int32_t decimals,
                             int32_t room);

/** A share, 0 to 1, in per cent; what is not 0 or 1 is not rounded onto them. */
const char *mst_chance_percent(mst_page *page, double share);

/** Member "replications" of the run document; nothing without a sample. */
void mst_json_chance(mst_json *json, const mst_page *page);

/** A master seed: 64 bits as decimal text. */
void mst_json_seed(mst_json *json, const char *key, uint64_t seed);

#endif
