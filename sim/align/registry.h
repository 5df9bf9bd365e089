/** @file registry.h
 * All alignment models of this build, made from list.def; ends with null.
 */
#ifndef MST_ALIGN_REGISTRY_H
#define MST_ALIGN_REGISTRY_H

#include "model/kinds.h"

extern const mst_align_type *const mst_aligns[];

#endif
