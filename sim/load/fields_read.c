/* Any file of ours into a struct of the caller's, by a table. */
#include "load/scenario.h"

#include "base/diag.h"

#include <string.h>

struct muster_reading {
    muster_memory memory;
    mst_arena arena;
};

muster_status muster_fields_read(const muster_source_text *text, const muster_field *rows,
                                 void *item, const muster_memory *memory, muster_diags *diags,
                                 muster_reading **out)
{
    *out = NULL;
    muster_reading *reading = mst_memory_alloc(memory, sizeof *reading);
    if (!reading)
        return mst_diag_memory(diags);
    memset(reading, 0, sizeof *reading);
    mst_arena_init(&reading->arena, mst_memory_keep(&reading->memory, memory));
    if (mst_read_by_fields(text, rows, item, &reading->arena, NULL, NULL, diags)) {
        *out = reading;
        return MUSTER_OK;
    }
    const bool short_of_memory = reading->arena.failed;
    muster_reading_free(reading);
    return short_of_memory ? mst_diag_memory(diags) : MUSTER_MISTAKE;
}

void muster_reading_free(muster_reading *reading)
{
    if (!reading)
        return;
    const muster_memory memory = reading->memory;
    mst_arena_clear(&reading->arena);
    mst_memory_free(&memory, reading);
}
