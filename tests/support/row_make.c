#include "row_make.h"

#include "base/units.h"
#include "world/route.h"

#include <math.h>

mst_unit_row make_ship(const char *id, int32_t state, int32_t home, double tank_kg, double range_nm,
                       double range_kn, double max_kn)
{
    const double max_mps = max_kn * MST_KN_MPS;
    return (mst_unit_row){.id = id,
                          .name = id,
                          .state = state,
                          .group = -1,
                          .parent = -1,
                          .home = home,
                          .domain = MST_NAVAL,
                          .count = 1,
                          .serviceable = 1,
                          .readiness = 1.0,
                          .has_range = true,
                          .sea_limit = 6,
                          .tank_kg = tank_kg,
                          .on_board_kg = tank_kg,
                          .reserve_kg = 0.2 * tank_kg,
                          .floor_kg = 0.6 * tank_kg,
                          .usable_frac = 0.95,
                          .allotment_kg = (double)INFINITY,
                          .max_mps = max_mps,
                          .sustained_mps = 0.9 * max_kn * MST_KN_MPS,
                          .station_mps = 10.0 * MST_KN_MPS,
                          .law = mst_law_fit(tank_kg, range_nm * MUSTER_NM_M, range_kn * MST_KN_MPS,
                                             0.35, 3.0, 1.0, max_mps)};
}

mst_unit_row make_squadron(const char *id, int32_t state, int32_t home, double tank_kg)
{
    return (mst_unit_row){.id = id,
                          .name = id,
                          .state = state,
                          .group = -1,
                          .parent = -1,
                          .home = home,
                          .craft = MST_AIRCRAFT,
                          .domain = MST_AIR,
                          .readiness = 1.0,
                          .has_range = true,
                          .tank_kg = tank_kg,
                          .allotment_sorties = (double)INFINITY};
}

void make_way(const mst_route_book *book, int32_t wish, int32_t from, int32_t to, int32_t spots,
              int32_t *route_of, uint8_t *route_back)
{
    bool backwards = false;
    const int32_t there = from * spots + to, back = to * spots + from;
    route_of[there] = route_of[back] = mst_route_book_of_wish(book, wish, &backwards);
    route_back[there] = backwards;
    route_back[back] = !backwards;
}
