/** @file source.h
 * The inside of muster_source_text: one text, and which line of it came from where.
 */
#ifndef MST_LOAD_SOURCE_H
#define MST_LOAD_SOURCE_H

#include "base/diag.h"
#include "base/list.h"
#include "base/text.h"
#include "muster/scenario.h"

/** From line `line` of the gathered text on, lines are those of a file from `file_line` on. */
typedef struct mst_line_run {
    int32_t line, file, file_line;
} mst_line_run;

struct muster_source_text {
    muster_memory memory;
    mst_arena arena; /* file names, runs */
    mst_text text;
    mst_list files; /* const char *, as composed */
    mst_list runs;  /* mst_line_run, in order of line */
    uint64_t hash;
};

/** Number of the file and the line in it for a line of the gathered text. */
void mst_source_line(const muster_source_text *source, int32_t line, int32_t *out_file,
                     int32_t *out_line);

/** The same as a place; its file name belongs to @p source. */
mst_place mst_source_place(const muster_source_text *source, int32_t line);

/** What stands on a line of the gathered text, without blanks round it; not zero-terminated. */
const char *mst_source_words(const muster_source_text *source, int32_t line, size_t *out_length);

#endif
