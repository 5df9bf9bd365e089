/* One sea route, asked by itself. */
#include "batch/handles.h"

static void describe(const mst_route *route, const mst_geography *geography, muster_way *out)
{
    *out = (muster_way){.length_m = route->line.length_m,
                        .direct_m = route->geodesic_m,
                        .least_offing_m = route->least_offing_m};
    for (int32_t i = 0; i < route->gate_count && out->gate_count < 16; i++) {
        const mst_gate *gate = &geography->gate[route->gate[i]];
        out->gate[out->gate_count++] = gate->name ? gate->name : gate->id;
    }
}

muster_status muster_way_find(const muster_scenario *scenario, const muster_land *land,
                              double from_lat_deg, double from_lon_deg, double to_lat_deg,
                              double to_lon_deg, const muster_memory *memory, muster_diags *diags,
                              muster_way *out)
{
    const mst_route_wanted wanted = {
        .from = {from_lat_deg, muster_lon_inside(from_lon_deg)},
        .to = {to_lat_deg, muster_lon_inside(to_lon_deg)},
        .from_name = "the first place",
        .to_name = "the second place",
    };
    mst_arena arena;
    mst_arena_init(&arena, memory);
    mst_route_plan plan;
    mst_route_book *book = NULL;
    muster_status status =
        mst_route_plan_make(&scenario->spec, scenario->kinds, &arena, diags, &plan);
    if (status == MUSTER_OK)
        status =
            mst_route_book_build(land->land, &plan.geography, &wanted, 1, memory, diags, &book);
    if (status == MUSTER_OK) {
        bool backwards;
        describe(mst_route_book_at(book, mst_route_book_of_wish(book, 0, &backwards)),
                 &plan.geography, out);
    }
    mst_route_book_free(book);
    mst_arena_clear(&arena);
    return status;
}
