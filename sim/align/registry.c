#include "align/registry.h"

#include <stddef.h>

#define MST_ALIGN(name) extern const mst_align_type mst_align_##name;
#include "align/list.def"
#undef MST_ALIGN

const mst_align_type *const mst_aligns[] = {
#define MST_ALIGN(name) &mst_align_##name,
#include "align/list.def"
#undef MST_ALIGN
    NULL};
