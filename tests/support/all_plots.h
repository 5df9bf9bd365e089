/** @file all_plots.h
 * A small document with every kind of plot, every role and every option.
 */
#ifndef TEST_SUPPORT_ALL_PLOTS_H
#define TEST_SUPPORT_ALL_PLOTS_H

#include "muster/document.h"

/** Stands behind every text of the document; "" for plain ones. May be null when memory is short. */
muster_document *all_plots(const char *behind, const muster_memory *memory);

#endif
