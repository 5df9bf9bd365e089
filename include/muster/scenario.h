/**
 * @file scenario.h
 * A scenario: gathered from files into one text, read, changed and checked.
 *
 *     file and includes --gather--> one text with a line map --read + changes--> scenario
 *
 * Gathering asks a callback of the caller for each file, so the library itself opens none. The
 * gathered text is what is hashed, stored and embedded; reading it again with other changes
 * (a variant, a point of a sweep) costs no file access.
 *
 * Include lines are `@include "other.cfg"`, relative to the including file: at most 16 deep, 64
 * files and 4 MB together; a loop is an error that names its chain. Invalid UTF-8, control
 * characters, nesting over 64 and whole numbers beyond 32 bits without `L` are refused.
 */
#ifndef MUSTER_SCENARIO_H
#define MUSTER_SCENARIO_H

#include "muster/diag.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct muster_source_text muster_source_text; /**< gathered text and its line map */
typedef struct muster_scenario muster_scenario;       /**< read, changed and checked      */

/** Opens files for the gatherer. */
typedef struct muster_opener {
    /**
     * Opens one file.
     *
     * @param[in]  path       as composed from the including file's path
     * @param[in]  max_bytes  of a larger file max_bytes + 1 bytes are enough: it is refused then
     * @param[out] bytes      contents, allocated by the callee, given back through `close`
     * @param[out] length     of the contents, in bytes
     * @param[out] reason     when false: why, in words, static or valid until the next call
     * @param[in]  context    see below
     * @return false when it cannot be opened or is no regular file
     */
    bool (*open)(const char *path, size_t max_bytes, char **bytes, size_t *length,
                 const char **reason, void *context);
    void (*close)(char *bytes, void *context); /**< releases what `open` gave             */
    void *context;                             /**< handed to both                        */
} muster_opener;

/**
 * Gathers a file and what it includes.
 *
 * @param[in]  path    of the scenario, used in messages as given
 * @param[in]  opener  opens and closes files; null is not allowed
 * @param[in]  memory  where memory comes from; null: malloc and free
 * @param[in]  diags   takes what is wrong; may be null
 * @param[out] out     owned by the caller, muster_source_text_free
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics; MUSTER_WORLD when the first file cannot be
 *         opened (a diagnostic says why) or memory is short
 */
MUSTER_API muster_status muster_gather(const char *path, const muster_opener *opener,
                                       const muster_memory *memory, muster_diags *diags,
                                       muster_source_text **out);

/**
 * The same from text in memory that includes nothing.
 *
 * @param[in]  name    stands in messages
 * @param[in]  bytes   the text, UTF-8; not kept
 * @param[in]  length  in bytes
 * @param[in]  memory  where memory comes from; null: malloc and free
 * @param[in]  diags   takes what is wrong; may be null
 * @param[out] out     owned by the caller, muster_source_text_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_gather_text(const char *name, const char *bytes, size_t length,
                                            const muster_memory *memory, muster_diags *diags,
                                            muster_source_text **out);

/**
 * Frees a gathered text.
 *
 * @param[in] text  may be null
 */
MUSTER_API void muster_source_text_free(muster_source_text *text);

/**
 * The one text, zero-terminated.
 *
 * @param[in]  text    the text
 * @param[out] length  its length in bytes; may be null
 * @return borrowed from text
 */
MUSTER_API const char *muster_source_text_bytes(const muster_source_text *text, size_t *length);

/**
 * FNV-1a of the one text.
 *
 * @param[in] text  the text
 * @return the hash
 */
MUSTER_API uint64_t muster_source_text_hash(const muster_source_text *text);

/**
 * Where a byte of the one text came from.
 *
 * @param[in] text    the text
 * @param[in] offset  of the byte, up to its length
 * @return file and line; the name of the file is borrowed from text
 */
MUSTER_API muster_place muster_source_text_place(const muster_source_text *text, size_t offset);

/**
 * The same text for students: texts for the instructor alone (note, reveal, answer and secret in the
 * sections lesson and injects) are empty, and comments blank. Lines, lengths and places stay as they are, and it
 * runs as the whole text does. What names such a text elsewhere, a change of a variant say, stays.
 *
 * @param[in]  text    a gathered text
 * @param[in]  memory  where memory comes from; null: malloc and free
 * @param[in]  diags   takes what is wrong; may be null
 * @param[out] out     owned by the caller, muster_source_text_free; null on failure
 * @return MUSTER_OK; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_source_text_for_students(const muster_source_text *text,
                                                         const muster_memory *memory,
                                                         muster_diags *diags,
                                                         muster_source_text **out);

/** What to change while reading; later wins: the variant, then the changes in order. */
typedef struct muster_changes {
    const char *variant;     /**< id of a variant of the file, or null               */
    const char *const *line; /**< "PATH = VALUE" each, as given to --set             */
    int32_t line_count;      /**< changes, 0 ..                                    */
} muster_changes;

/**
 * Reads a gathered text into a scenario, makes the changes and checks the whole: all semantic
 * mistakes in one go; a syntax error or a duplicate name alone (the rest was not read then).
 *
 * @param[in]  text     a gathered text
 * @param[in]  changes  may be null
 * @param[in]  memory   where memory comes from; null: malloc and free
 * @param[in]  diags    takes what is wrong; may be null
 * @param[out] out      keeps nothing of text; free with muster_scenario_free. With MUSTER_MISTAKE
 *                      null, or a scenario with mistakes, which only serves to let
 *                      muster_routes_find add those of its places
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_scenario_read(const muster_source_text *text,
                                              const muster_changes *changes,
                                              const muster_memory *memory, muster_diags *diags,
                                              muster_scenario **out);

/**
 * Frees a scenario.
 *
 * @param[in] scenario  may be null
 */
MUSTER_API void muster_scenario_free(muster_scenario *scenario);

/**
 * Hash of the text with the changes in force.
 *
 * @param[in] scenario  the scenario
 * @return the hash
 */
MUSTER_API uint64_t muster_scenario_hash(const muster_scenario *scenario);

/**
 * The key scenario.id.
 *
 * @param[in] scenario  the scenario
 * @return borrowed; never null
 */
MUSTER_API const char *muster_scenario_id(const muster_scenario *scenario);

/**
 * The key scenario.title.
 *
 * @param[in] scenario  the scenario
 * @return borrowed; never null
 */
MUSTER_API const char *muster_scenario_title(const muster_scenario *scenario);

/**
 * Finds figures that have no source.
 *
 * @param[in] scenario  the scenario
 * @param[in] diags     takes a warning for each; may be null
 * @return how many
 */
MUSTER_API int32_t muster_scenario_unsourced(const muster_scenario *scenario, muster_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
