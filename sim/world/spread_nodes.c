/** @file spread_nodes.c
 * Nodes and corners of the spreading water, and how far they are apart.
 */
#include "world/spread_parts.h"

#include "world/way.h"

/** The coarse sheet is used where the ocean node beside has less slack than this, by length of the steps:
 * so no water between ocean nodes is left out. */
static const double NEAR_LAND_M[] = {11500.0, 23000.0};

void mst_spread_unit(muster_point place, double out[3])
{
    const double lat = place.lat_deg * MST_DEG_RAD, lon = place.lon_deg * MST_DEG_RAD;
    const double parametric = atan2(sqrt(1.0 - MST_EARTH_E2) * sin(lat), cos(lat));
    out[0] = cos(parametric) * cos(lon);
    out[1] = cos(parametric) * sin(lon);
    out[2] = sin(parametric);
}

double mst_spread_between_m(const double one[3], const double two[3])
{
    static const double FLATTENING = 1.0 / 298.257223563;
    const double chord2 = sq(one[0] - two[0]) + sq(one[1] - two[1]) + sq(one[2] - two[2]);
    const double sine2 = fmin(1.0, 0.25 * chord2), cosine2 = fmax(1e-9, 1.0 - sine2);
    if (sine2 <= 1e-18)
        return 0.0;
    const double sine = sqrt(sine2), arc = 2.0 * asin(sine);
    const double whole = 2.0 * sine * sqrt(cosine2); /* sine of the arc */
    const double middle = 0.5 * (one[2] + two[2]), rise = 0.5 * (two[2] - one[2]);
    const double x = (arc - whole) * sq(middle) / cosine2, y = (arc + whole) * sq(rise) / sine2;
    return MST_EARTH_A_M * (arc - 0.5 * FLATTENING * (x + y));
}

/* ---- nodes ------------------------------------------------------------------------------ */

void mst_spread_node_unit(const mst_spread *s, mst_node node, double out[3])
{
    const mst_sheet *sheet = &s->waters.sheet[node.sheet];
    const double *row = &sheet->row_unit[2 * node.y], *column = &sheet->column_unit[2 * node.x];
    out[0] = row[0] * column[0];
    out[1] = row[0] * column[1];
    out[2] = row[1];
}

static mst_spread_tile **place_of(const mst_spread *s, mst_node node)
{
    const mst_sheet *sheet = &s->waters.sheet[node.sheet];
    return &s->tile[node.sheet]
                   [(ptrdiff_t)(node.y / MST_TILE) * sheet->tile_columns + node.x / MST_TILE];
}

mst_spread_tile *mst_spread_tile_of(mst_spread *s, mst_node node)
{
    mst_spread_tile **place = place_of(s, node);
    if (*place == NULL)
        *place = mst_arena_alloc(&s->arena, sizeof **place);
    if (*place == NULL)
        s->failed = true;
    return *place;
}

/** The tile of a node that is done with; null when it is not. */
const mst_spread_tile *mst_spread_done_tile(const mst_spread *s, mst_node node)
{
    if (!mst_graph_has(&s->waters, node))
        return NULL;
    const mst_spread_tile *tile = *place_of(s, node);
    return tile != NULL && (tile->mark[mst_node_index(node)] & MST_SPREAD_DONE) != 0 ? tile : NULL;
}

/** Slack of a node that is on its sheet. */
double mst_spread_slack_m(mst_spread *s, mst_node node)
{
    const mst_tile *tile = mst_graph_measured(&s->graph, node);
    if (tile == NULL) {
        s->failed = true;
        return -1.0;
    }
    return mst_node_slack_m(&s->waters, tile, node);
}

bool mst_spread_is_wide(const mst_spread *s)
{
    return s->waters.fine_steps > MST_SHEET_RATIO;
}

double mst_spread_near_land_m(const mst_spread *s)
{
    return NEAR_LAND_M[mst_spread_is_wide(s)];
}

/** True if ways may lead over a node that is on its sheet. */
bool mst_spread_is_in_use(mst_spread *s, mst_node node)
{
    if (s->layer != MST_SPREAD_LAYER_OPEN)
        return mst_spread_slack_m(s, node) >= 0.0 && mst_graph_uses(&s->graph, node);
    mst_spread_tile *tile = mst_spread_tile_of(s, node);
    if (tile == NULL)
        return false;
    uint8_t *mark = &tile->mark[mst_node_index(node)];
    if ((*mark & (MST_SPREAD_IN_USE | MST_SPREAD_OUT_OF_USE)) == 0)
        *mark |= mst_spread_slack_m(s, node) >= 0.0 && mst_graph_uses(&s->graph, node)
                     ? MST_SPREAD_IN_USE
                     : MST_SPREAD_OUT_OF_USE;
    return (*mark & MST_SPREAD_IN_USE) != 0;
}

/* ---- corners ---------------------------------------------------------------------------- */

const mst_corner *mst_spread_corner(const mst_spread *s, int32_t index)
{
    return MST_AT(mst_corner, &s->corner, index);
}

/** Adds a corner; -1 when memory is short. */
int32_t mst_spread_add_corner(mst_spread *s, muster_point point, double at_m, int32_t before)
{
    mst_corner *corner = mst_list_add(&s->arena, &s->corner, sizeof *corner);
    if (corner == NULL) {
        s->failed = true;
        return -1;
    }
    *corner = (mst_corner){.point = point, .at_m = at_m, .before = before};
    mst_spread_unit(point, corner->unit);
    return s->corner.count - 1;
}

double mst_spread_from_corner_m(const mst_spread *s, int32_t corner, const double unit[3])
{
    const mst_corner *c = mst_spread_corner(s, corner);
    return c->at_m + mst_spread_between_m(c->unit, unit);
}

bool mst_spread_is_done(const mst_spread_tile *tile, int32_t index)
{
    return (tile->mark[index] & MST_SPREAD_DONE) != 0;
}

/** The circle round a place in which the offing does not hold: as for the end of a route. */
void mst_spread_add_end(mst_spread *s, muster_point place)
{
    (void)mst_waters_add_zone(&s->waters, mst_way_end_zone(&s->waters, place));
}
