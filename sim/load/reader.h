/** @file reader.h
 * From libconfig's tree to structs and typed values, inside sim/load.
 */
#ifndef MST_LOAD_READER_H
#define MST_LOAD_READER_H

#include "load/source.h"
#include "model/kinds.h"
#include "model/walk.h"

#include <libconfig.h>

typedef struct mst_reader {
    const muster_source_text *text; /* null: everything stands at `place` */
    mst_place place;
    mst_arena *arena;
    const mst_kinds *kinds; /* may be null: no activities */
    mst_list *facts;        /* never null */
    muster_diags *diags;
    const char **file_names; /* of text, copied into the arena when first needed */
    int32_t zone_min;        /* of dates that name none */
    bool good;
} mst_reader;

/** Where a setting stands; the file name lives in the reader's arena. */
mst_place mst_reader_place(mst_reader *reader, const config_setting_t *setting);

/** Adds an error; hint and path may be null. */
void mst_reader_fail(mst_reader *reader, mst_place place, const char *path, const char *hint,
                     const char *format, ...) MUSTER_PRINTF(5, 6);

/**
 * The value of one row (or of one entry of NUMBERS) from a setting: kind and form, not range.
 * @param[in]  key   as written, for messages
 * @param[in]  si    factor from the written number to SI
 * @return false with a diagnostic
 */
bool mst_reader_value(mst_reader *reader, const muster_field *row, const char *key, double si,
                      const config_setting_t *setting, const char *path, mst_value *out);

/** Any number of libconfig as a real; it keeps whole and real numbers apart, an author does not.
 * False: it is no number. */
bool mst_reader_number(const config_setting_t *setting, double *out);

/** A list of values (MUSTER_FIELD_VALUES), texts of the change language. */
bool mst_reader_values(mst_reader *reader, const muster_field *row, const char *key,
                       const config_setting_t *setting, const char *path, mst_list *out);

/** "'x' must be a number, not a text"; returns false. */
bool mst_reader_wrong_kind(mst_reader *reader, const muster_field *row, const char *key,
                           const config_setting_t *setting, const char *path);

/** A valid text copied into the arena, null with a diagnostic. */
const char *mst_reader_text(mst_reader *reader, const char *key, const config_setting_t *setting,
                            const char *path);

/** Parses bytes; on a syntax error one diagnostic with the line that it stands on. */
bool mst_reader_parse(mst_reader *reader, config_t *config, const char *bytes);

/** Reads a whole text without what mst_fields_finish does. *out_parsed: false when the syntax is
 * wrong and nothing was read. */
bool mst_read_text(const muster_source_text *text, const muster_field *rows, void *item,
                   mst_arena *arena, const mst_kinds *kinds, mst_list *facts, muster_diags *diags,
                   bool *out_parsed);

#endif
