/** @file ledger.h
 * Ledgers: what one state did for another and has not got back, entry by entry, by the account of
 * each of the two. Rules read the account of the one who owes: `to_host.ledger`, `from_host.ledger`
 * are what the receiver holds for owed.
 */
#ifndef MST_MODEL_LEDGER_H
#define MST_MODEL_LEDGER_H

#include "model/spec.h"

/** Name of the directed figure that the entries of a ledger make. */
#define MST_LEDGER "ledger"

/**
 * Gives every direction of a tie that has entries its figure `a_to_b.ledger`, `b_to_a.ledger`: what
 * the file gives there plus by_receiver of the entries, as they stand at their dates. Such a figure
 * has a fact and can be changed like any other; a change sets the whole of it, entries included.
 * Call it once, when the file is read.
 */
void mst_ledger_open(mst_spec *spec, mst_arena *arena);

/** The same sums again, after changes of entries; figures that a change has set stay. */
void mst_ledger_add_up(mst_spec *spec);

/** True if the entry is of services of that state, by id, to the other of its tie. */
bool mst_service_is_by(const mst_service_def *entry, const char *giver);

#endif
