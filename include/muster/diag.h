/**
 * @file diag.h
 * Diagnostics: what is wrong with a scenario, a change or a command, all at once.
 *
 * A list is created by the caller, filled by the library, read by the caller and freed by the
 * caller. Texts in it belong to the list. After the hundredth entry further ones are counted
 * only (muster_diags_more). Lists are not shared between threads. One list may serve several calls,
 * and every function that fills one takes a null pointer instead: the status says then that
 * something is wrong, nothing says what. Functions that read a list take null for an empty one, but
 * for muster_diags_at.
 *
 * Form in text: `file:line: error: message`, second lines `file:line: note: ...`.
 */
#ifndef MUSTER_DIAG_H
#define MUSTER_DIAG_H

#include "muster/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How bad it is. Only errors stop the work. */
typedef enum muster_severity { MUSTER_ERROR, MUSTER_WARNING, MUSTER_NOTE } muster_severity;

/** One mistake. Every text is non-null; an unknown one is empty. */
typedef struct muster_diag {
    muster_severity severity; /**< an error, a warning or a note                       */
    const char *file;         /**< path as the user typed it; empty: no file (a command line)   */
    int32_t line;             /**< 1.. ; 0: no line                                             */
    const char *path;         /**< path of the setting, as in a change: units.alpha.speed_kn    */
    const char *message;      /**< what was found and what is allowed                           */
    const char *hint;         /**< what to do, for instance "did you mean 'najin'?"; or empty   */
} muster_diag;

typedef struct muster_diags muster_diags; /**< a list of diagnostics */

/** Where something stands in what the user wrote. */
typedef struct muster_place {
    const char *file; /**< path as the user typed it; null: unknown */
    int32_t line;     /**< 1.. ; 0: unknown                         */
} muster_place;

/**
 * A new empty list.
 *
 * @param[in] memory  where memory comes from; null: malloc and free
 * @return the list, for muster_diags_free; null when memory is short
 */
MUSTER_API muster_diags *muster_diags_create(const muster_memory *memory);

/**
 * Frees a list and its texts.
 *
 * @param[in] diags  may be null
 */
MUSTER_API void muster_diags_free(muster_diags *diags);

/**
 * Adds one entry; all texts are copied. Words said already at that place are not said again.
 *
 * @param[in] diags     the list; null: nothing is done
 * @param[in] severity  an error, a warning or a note; a note stands behind the entry added before
 * @param[in] place     where it stands in what the user wrote
 * @param[in] path      of the setting; may be null
 * @param[in] hint      what to do; may be null
 * @param[in] format    the message, as for printf
 */
MUSTER_API void muster_diags_add(muster_diags *diags, muster_severity severity, muster_place place,
                                 const char *path, const char *hint, const char *format, ...)
    MUSTER_PRINTF(6, 7);

/**
 * Number of entries that can be read, 0..100.
 *
 * @param[in] diags  the list; null: an empty one
 * @return 0 .. 100
 */
MUSTER_API int32_t muster_diags_count(const muster_diags *diags);

/**
 * One entry, sorted by file (in order of appearance) and line.
 *
 * @param[in] diags  the list, not null
 * @param[in] index  0 <= index < count
 * @return the entry, which belongs to the list, until that is changed or freed
 */
MUSTER_API const muster_diag *muster_diags_at(const muster_diags *diags, int32_t index);

/**
 * Errors among all entries, those beyond the hundredth included.
 *
 * @param[in] diags  the list; null: an empty one
 * @return how many
 */
MUSTER_API int32_t muster_diags_error_count(const muster_diags *diags);

/**
 * Entries beyond the hundredth, which are counted but not kept.
 *
 * @param[in] diags  the list; null: an empty one
 * @return how many
 */
MUSTER_API int32_t muster_diags_more(const muster_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
