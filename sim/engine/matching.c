#include "engine/matching.h"

#include <string.h>

void mst_matching_init(mst_matching *matching, const int32_t *slot_places, int32_t slot_count)
{
    matching->place_count = 0;
    for (int32_t slot = 0; slot < slot_count; slot++)
        for (int32_t i = 0; i < slot_places[slot] && matching->place_count < MST_PLACES_MAX; i++) {
            matching->place_slot[matching->place_count] = slot;
            matching->filler[matching->place_count++] = -1;
        }
}

static bool allows(const mst_supplier *supplier, int32_t slot)
{
    return (supplier->slots >> slot) & 1u;
}

/* Finds a place for `supplier`, moving others on if need be; a place is tried once. */
static bool augment(mst_matching *m, const mst_supplier *suppliers, int32_t supplier,
                    unsigned char *tried)
{
    for (int32_t place = 0; place < m->place_count; place++) {
        if (tried[place] || !allows(&suppliers[supplier], m->place_slot[place]))
            continue;
        tried[place] = 1;
        if (m->filler[place] < 0 || augment(m, suppliers, m->filler[place], tried)) {
            m->filler[place] = supplier;
            return true;
        }
    }
    return false;
}

/* What a search tries first: if that is empty nothing else is looked at. */
static int32_t first_allowed(const mst_matching *m, const mst_supplier *supplier)
{
    for (int32_t place = 0; place < m->place_count; place++)
        if (allows(supplier, m->place_slot[place]))
            return place;
    return -1;
}

bool mst_matching_place(mst_matching *matching, const mst_supplier *suppliers, int32_t index)
{
    const int32_t first = first_allowed(matching, &suppliers[index]);
    if (first < 0)
        return false;
    if (matching->filler[first] < 0) {
        matching->filler[first] = index;
        return true;
    }
    unsigned char tried[MST_PLACES_MAX];
    memset(tried, 0, (size_t)matching->place_count);
    return augment(matching, suppliers, index, tried);
}

int32_t mst_matching_fill(mst_matching *matching, const mst_supplier *suppliers, int32_t count)
{
    int32_t filled = 0;
    for (int32_t i = 0; i < count; i++)
        for (int32_t n = 0; n < suppliers[i].capacity && filled < matching->place_count; n++) {
            if (!mst_matching_place(matching, suppliers, i))
                break; /* one that finds no place now finds none later */
            filled++;
        }
    return filled;
}
