/** @file export.h
 * Exporters: one file and one line of list.def each. An exporter writes a run and notes what it cannot
 * say; it opens nothing, reads no clock, and knows only what is handed to it.
 */
#ifndef MST_ANALYSIS_EXPORT_EXPORT_H
#define MST_ANALYSIS_EXPORT_EXPORT_H

#include "export/movers.h"
#include "export/out.h"

#include "muster/export.h"

typedef struct mst_export {
    const muster_run_file *run;
    const char *table; /* of an exporter with tables: which; else null */
    const muster_csv *country_code;
    const mst_movers *movers;
    muster_diags *notes;
    mst_out *out;
} mst_export;

typedef struct mst_exporter {
    const char *name, *doc, *ending;
    const char *const *table; /* null behind the last; null: it has none */
    /** Writes; failures are those of its out. */
    void (*write)(const mst_export *e);
} mst_exporter;

/** In order of list.def; null behind the last. */
const mst_exporter *mst_exporter_at(int32_t index);

/** What the reader of a file should know; said once. */
void mst_export_note(const mst_export *e, const char *format, ...) MUSTER_PRINTF(2, 3);

/** Two letters of a state, or null: the table has none. */
const char *mst_export_code(const mst_export *e, const char *state);

/** Name in words, else id. */
const char *mst_export_name(const char *name, const char *id);

/** Colour of a state, by the order in which states stand in the run. */
typedef struct mst_colour {
    const char *name; /* as ACMI knows it */
    unsigned char red, green, blue;
} mst_colour;
const mst_colour *mst_export_colour(const mst_export *e, const char *state);

/** Muster point of a drill by its id; NaN: it has none. */
muster_point mst_export_place_of(const mst_export *e, const char *drill);

#endif
