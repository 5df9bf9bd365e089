/* muster/csv.h. */
#include "muster/csv.h"

#include "load/table.h"

#include <string.h>

struct muster_csv {
    muster_memory memory;
    mst_arena arena;
    mst_table table;
};

muster_status muster_csv_read(const char *name, const char *bytes, size_t length,
                              const muster_memory *memory, muster_diags *diags, muster_csv **out)
{
    *out = NULL;
    muster_csv *csv = mst_memory_alloc(memory, sizeof *csv);
    if (!csv)
        return mst_diag_memory(diags);
    memset(csv, 0, sizeof *csv);
    mst_arena_init(&csv->arena, mst_memory_keep(&csv->memory, memory));
    const char *kept = mst_arena_text(&csv->arena, name);
    muster_status status =
        kept ? mst_table_read(kept, bytes, length, &csv->arena, diags, &csv->table)
             : mst_diag_memory(diags);
    if (status != MUSTER_OK) {
        muster_csv_free(csv);
        return status;
    }
    *out = csv;
    return MUSTER_OK;
}

void muster_csv_free(muster_csv *csv)
{
    if (!csv)
        return;
    const muster_memory memory = csv->memory;
    mst_arena_clear(&csv->arena);
    mst_memory_free(&memory, csv);
}

int32_t muster_csv_columns(const muster_csv *csv)
{
    return csv->table.column_count;
}

int32_t muster_csv_rows(const muster_csv *csv)
{
    return csv->table.row_count;
}

const char *muster_csv_head(const muster_csv *csv, int32_t column)
{
    return mst_table_head(&csv->table, column);
}

int32_t muster_csv_column(const muster_csv *csv, const char *name)
{
    return mst_table_column(&csv->table, name);
}

const char *muster_csv_at(const muster_csv *csv, int32_t row, int32_t column)
{
    return mst_table_at(&csv->table, row, column);
}

int32_t muster_csv_line(const muster_csv *csv, int32_t row)
{
    return mst_table_line(&csv->table, row);
}
