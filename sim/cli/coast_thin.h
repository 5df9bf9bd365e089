/** @file coast_thin.h
 * A coast for a map: exact where something is, plainer the farther away.
 */
#ifndef MST_CLI_COAST_THIN_H
#define MST_CLI_COAST_THIN_H

#include "muster/geo.h"

#include <stddef.h>

/** Leaves out points and islands of a land extract (MSTLAND1) whose absence moves no shore by more than
 * its distance from the nearest place over `parts`: in a view that shows both, about a pixel.
 * Edges on the extract's own box stay.
 *
 * @param[in]  places      may be none: nothing is left out
 * @param[in]  parts       above 0
 * @param[in]  bytes       the extract
 * @param[out] out_length  of the thinned one
 * @return the thinned one, free with free(); null when memory is short, or these are no such bytes */
unsigned char *cli_coast_thin(const muster_point *places, size_t place_count, double parts,
                              const unsigned char *bytes, size_t length, size_t *out_length);

#endif
