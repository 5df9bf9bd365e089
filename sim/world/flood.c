/** @file flood.c
 * Is there a way at all? Water spreads from both ends.
 */
#include "world/graph.h"

typedef struct flood {
    mst_list queue; /* of uint32_t codes */
    int32_t done;
} flood;

/** Marks a node for an end and queues it. True when the other end's flood is there. */
static bool flood_mark(mst_graph *g, flood *f, mst_node node, uint8_t mark)
{
    mst_tile *tile = mst_graph_tile(g, node);
    if (tile == NULL)
        return false;
    uint8_t *here = &tile->flood[mst_node_index(node)];
    if (*here != 0)
        return *here != mark;
    *here = mark;
    uint32_t *code = mst_list_add(g->waters->arena, &f->queue, sizeof *code);
    if (code == NULL)
        g->failed = true;
    else
        *code = mst_graph_code(g->waters, node);
    return false;
}

/** Spreads from the next node in the queue. True when the floods meet. */
static bool flood_step(mst_graph *g, flood *f, uint8_t mark)
{
    const mst_node node = mst_graph_node(g->waters, *MST_AT(uint32_t, &f->queue, f->done));
    f->done++;
    const mst_sheet *sheet = &g->waters->sheet[node.sheet];
    const mst_tile *tile = mst_graph_tile(g, node);
    if (tile == NULL)
        return false;
    const double here_m = mst_node_slack_m(g->waters, tile, node);
    for (int32_t i = 0; i < MST_NEIGHBOURS && !g->failed; i++) {
        const mst_move by = g->moves[MST_FINE][i];
        const mst_node to = {node.sheet, node.x + by.dx, node.y + by.dy};
        if (!mst_graph_has(g->waters, to) || !mst_graph_uses(g, to))
            continue;
        const mst_tile *there = mst_graph_tile(g, to);
        if (there == NULL)
            return false;
        if (there->flood[mst_node_index(to)] == mark)
            continue;
        const double to_m = mst_node_slack_m(g->waters, there, to);
        if (to_m >= 0.0 &&
            mst_graph_may_move(g, node, to, here_m, to_m, mst_graph_length_m(sheet, node, by),
                               node.sheet != MST_OCEAN) &&
            flood_mark(g, f, to, mark))
            return true;
    }
    for (int finer = 0; finer < 2 && !g->failed; finer++) {
        mst_node twin;
        if (!mst_graph_twin(g, node, finer == 1, &twin))
            continue;
        const mst_tile *there = mst_graph_tile(g, twin);
        if (there != NULL && mst_node_slack_m(g->waters, there, twin) >= 0.0 &&
            flood_mark(g, f, twin, mark))
            return true;
    }
    return false;
}

/**
 * Floods from both ends in turn until they meet, one runs dry, or each has done its most.
 * @return MST_FOUND_NONE only when one ran dry
 */
mst_found mst_flood(mst_graph *g, int32_t most)
{
    flood f[2] = {0};
    g->flood_serial = ++g->waters->serial;
    for (int which = 0; which < 2; which++)
        for (int32_t i = 0; i < g->link_count[which]; i++)
            if (flood_mark(g, &f[which], g->links[which][i].node, (uint8_t)(which + 1)))
                return MST_FOUND;
    while (!g->failed && f[0].done < most) {
        for (int which = 0; which < 2; which++) {
            if (f[which].done >= f[which].queue.count)
                return g->failed ? MST_NO_MEMORY : MST_FOUND_NONE;
            if (flood_step(g, &f[which], (uint8_t)(which + 1)))
                return MST_FOUND;
        }
    }
    return g->failed ? MST_NO_MEMORY : MST_FOUND;
}
