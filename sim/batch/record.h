/** @file record.h
 * The inside of muster_record, for the rank above.
 */
#ifndef MST_BATCH_RECORD_H
#define MST_BATCH_RECORD_H

#include "load/record.h"

struct muster_record {
    muster_memory memory;
    mst_arena arena;
    mst_tables tables; /* asked */
};

#endif
