/* Tables of drills: read, and every model asked. */
#include "batch/record.h"
#include "load/scenario.h"

#include <string.h>

muster_status muster_record_read(const muster_record_table *table, int32_t count,
                                 const muster_record_options *options, const muster_memory *memory,
                                 muster_diags *diags, muster_record **out)
{
    *out = NULL;
    muster_record *record = mst_memory_alloc(memory, sizeof *record);
    if (!record)
        return mst_diag_memory(diags);
    memset(record, 0, sizeof *record);
    mst_arena_init(&record->arena, mst_memory_keep(&record->memory, memory));
    muster_status status = mst_tables_read(table, count, options, mst_kinds_all()->align,
                                           &record->arena, diags, &record->tables);
    if (status == MUSTER_OK && !mst_rivals_ask(&record->tables.rivals))
        status = mst_diag_memory(diags);
    if (status != MUSTER_OK) {
        muster_record_free(record);
        return status;
    }
    *out = record;
    return MUSTER_OK;
}

void muster_record_free(muster_record *record)
{
    if (!record)
        return;
    const muster_memory memory = record->memory;
    mst_arena_clear(&record->arena);
    mst_memory_free(&memory, record);
}
