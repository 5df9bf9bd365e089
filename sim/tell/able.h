/** @file able.h
 * What keeps a state's units from a drill, in words: shared by the first screen, why and reach.
 */
#ifndef MST_TELL_ABLE_H
#define MST_TELL_ABLE_H

#include "tell/page.h"

/** For tables: "4 escorts, 2 needed" when able, else by domain what binds: "kit (ships), distance (air)". */
const char *mst_page_able_reason(mst_page *page, const mst_verdict *v);

/** The same of a state that is read from its fleet and not able, in plain words: "no ship has the
 * equipment asked for (hull sonar); aircraft cannot go that far, stay and return". */
const char *mst_page_able_lack(mst_page *page, const mst_verdict *v);

/** What a unit lacks for the slot nearest to it ("role", "no hull sonar"), null: it fits.
 * out_slot: that slot, -1 when nothing is asked of its state in its domain. */
const char *mst_page_misfit(mst_page *page, int32_t unit, int32_t *out_slot);

/** The slot a unit is tested for: the first of its side it fits; -1: the side's least need. */
int32_t mst_page_slot_for(const mst_page *page, int32_t unit);

/** A limit of the ladder as it reads in a sentence or a column. */
const char *mst_page_binding(mst_rung binding, bool is_air);

/** "an assumed allotment", or "an allotment" when a source or a change sets it. */
const char *mst_page_allotment(const mst_page *page, int32_t unit);

/** Kit flags as words: "hull sonar, surface-to-air missile". */
const char *mst_page_kit(mst_page *page, uint64_t kit);

/** A squadron by its type and the base it flies from in this run. */
const char *mst_page_squadron(mst_page *page, int32_t unit);

#endif
