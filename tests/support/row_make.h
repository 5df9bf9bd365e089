/** @file row_make.h
 * Rows that the models made by hand have in common; each sets what its tests are about.
 */
#ifndef TEST_SUPPORT_ROW_MAKE_H
#define TEST_SUPPORT_ROW_MAKE_H

#include "model/model.h"

/** A ship in no group, full, ready, alone in its unit; base, roles and kit are left 0. range_nm: at
 * range_kn, on the whole tank. */
mst_unit_row make_ship(const char *id, int32_t state, int32_t home, double tank_kg, double range_nm,
                       double range_kn, double max_kn);

/** A squadron at a field, in no group, with no limit of sorties; its flight is left 0. */
mst_unit_row make_squadron(const char *id, int32_t state, int32_t home, double tank_kg);

/** Enters the route of a wish into tables of spots x spots, both ways. */
void make_way(const mst_route_book *book, int32_t wish, int32_t from, int32_t to, int32_t spots,
              int32_t *route_of, uint8_t *route_back);

#endif
