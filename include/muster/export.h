/**
 * @file export.h
 * A run written for the programs of others: viewers of tracks, maps, spreadsheets. An exporter is a
 * pure function from a run file to text: same run, same bytes, whatever locale, clock or machine.
 */
#ifndef MUSTER_EXPORT_H
#define MUSTER_EXPORT_H

#include "muster/csv.h"
#include "muster/run_file.h"

#ifdef __cplusplus
extern "C" {
#endif

/** An exporter. Static texts. */
typedef struct muster_exporter {
    const char *name;         /**< as --to takes it                                           */
    const char *doc;          /**< what it is, and what reads it                              */
    const char *ending;       /**< that files of this kind have: ".kml"                       */
    const char *const *table; /**< names of its tables, which are files of their own, null behind
                                   the last; null: it is one text                             */
} muster_exporter;

/**
 * The exporters of this build.
 *
 * @param[in]  index  from 0
 * @param[out] out    the exporter
 * @return false behind the last
 */
MUSTER_API bool muster_exporter_at(int32_t index, muster_exporter *out);

/** What is to be written. */
typedef struct muster_export {
    const muster_run_file *run;     /**< the run                                              */
    const char *to;                 /**< name of an exporter                                  */
    const char *table;              /**< of an exporter with tables: which; else null         */
    const muster_csv *country_code; /**< columns state (as in the run) and code (two letters); null:
                                         none are written                                     */
} muster_export;

/**
 * Writes a run.
 *
 * @param[in]  what   see above
 * @param[in]  diags  takes what is wrong, and as notes what the format cannot say; may be null
 * @param[out] out    zero-terminated UTF-8, owned by the caller, free(); null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE of an unknown name, with the known ones; MUSTER_WORLD when memory is
 *         short
 */
MUSTER_API muster_status muster_export_run(const muster_export *what, muster_diags *diags,
                                           char **out);

#ifdef __cplusplus
}
#endif
#endif
