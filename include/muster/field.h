/**
 * @file field.h
 * Field tables: one row per key of a file, from which reading, range checks, "did you mean",
 * defaults, `muster list` and the scenario reference all follow.
 *
 * A table is an array of rows that ends with a row whose key is null. A row tells what may stand
 * at a key and where its value goes in a C struct. How each kind is stored is said at its
 * enumerator; "not given" is a value of its own, so that inheritance and defaults can tell.
 * Tables are constant and may be shared by threads.
 */
#ifndef MUSTER_FIELD_H
#define MUSTER_FIELD_H

#include "muster/diag.h"
#include "muster/scenario.h"
#include "muster/time.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What stands at a key, how it is stored, and (in brackets) its "not given". */
typedef enum muster_field_kind {
    MUSTER_FIELD_END = 0,    /**< closes a table                                              */
    MUSTER_FIELD_REAL,       /**< number -> double in SI (NaN)                                */
    MUSTER_FIELD_INT,        /**< whole number -> int64_t (INT64_MIN)                         */
    MUSTER_FIELD_BOOL,       /**< true or false -> int32_t 0, 1 (-1)                          */
    MUSTER_FIELD_TEXT,       /**< "..." -> const char * (null)                                */
    MUSTER_FIELD_CHOICE,     /**< "..." out of a list -> int32_t index (-1)                   */
    MUSTER_FIELD_REFERENCE,  /**< "id" of an item of a table -> mst_ref (id null)             */
    MUSTER_FIELD_MOMENT,     /**< "2023-07-20T00:00Z" -> muster_interval (from MUSTER_NEVER)  */
    MUSTER_FIELD_DURATION,   /**< "72 h" -> muster_time (MUSTER_NEVER)                        */
    MUSTER_FIELD_TEXTS,      /**< ["a", "b"] -> muster_list of const char * (item null)          */
    MUSTER_FIELD_VALUES,     /**< [0, 0.5] or ("x", 2) -> muster_list of const char *, each as a
                                value of the change language (item null)                      */
    MUSTER_FIELD_REFERENCES, /**< ["id", "id"] -> mst_list of mst_ref (item null)             */
    MUSTER_FIELD_POINTS,     /**< ( (lat, lon), ... ) degrees -> muster_list of muster_point    */
    MUSTER_FIELD_NUMBERS,    /**< { any-name = 0.3; } -> mst_list of mst_number               */
    MUSTER_FIELD_GROUP,      /**< { } with the rows `of` -> a struct in place                 */
    MUSTER_FIELD_INLINE,     /**< rows `of` stand at this level, not below a key              */
    MUSTER_FIELD_LIST,       /**< ( {...}, {...} ) -> muster_list of structs                     */
    MUSTER_FIELD_TABLE,      /**< { id = {...}; } -> muster_list of structs with an id           */
    MUSTER_FIELD_PLUGIN      /**< name of an activity -> mst_plugin; its own rows join in     */
} muster_field_kind;

/** Properties of a row, or-ed together. */
enum {
    MUSTER_FIELD_REQUIRED = 1,  /**< must be given (after inheritance)                        */
    MUSTER_FIELD_PLAIN = 2,     /**< an author's choice, no fact: needs no source             */
    MUSTER_FIELD_GEOGRAPHY = 4, /**< a change of it moves points or lines: routes anew        */
    MUSTER_FIELD_LIKE = 8,      /**< table items may inherit: like = "other-item"             */
    MUSTER_FIELD_ABOVE = 16,    /**< the least value itself is not allowed (x > min)          */
    MUSTER_FIELD_PROSE = 32     /**< sentences, which may have line breaks; other texts stand in
                                   tables and have none, nor marks that turn the writing       */
};

/** How sure a figure is. Without a word: MUSTER_STATED if it has a source, else MUSTER_UNSOURCED. */
typedef enum muster_confidence {
    MUSTER_UNSOURCED, /**< no source and no word                                 */
    MUSTER_STATED,    /**< has a source, no word about how sure                  */
    MUSTER_HIGH,      /**< sure                                                  */
    MUSTER_MEDIUM,    /**< fairly sure                                           */
    MUSTER_LOW,       /**< not sure                                              */
    MUSTER_ESTIMATED, /**< made by a rule from other figures                     */
    MUSTER_ASSUMED    /**< confidence = "assumed", source = "assumed", a default */
} muster_confidence;

/** Every struct that stands for a group of a file begins with one of these. */
typedef struct muster_item {
    const char *id;               /**< of a table item; null in a list or group            */
    muster_place place;           /**< of the group's opening, line 0: made by the program */
    const char *source;           /**< of the figures in it, or null                       */
    const char *note;             /**< free words, or null                                 */
    muster_confidence confidence; /**< of the figures in it                                */
    const char *like;             /**< id of the item it inherits from, or null            */
} muster_item;

/** What a row of several values is stored as. */
typedef struct muster_list {
    void *item;                    /**< count x their size; null when empty       */
    int32_t count;                 /**< of items                                  */
    int32_t capacity;              /**< of the room                               */
    const struct mst_index *index; /**< of the library; null: there is none       */
} muster_list;

/** One row of a table. */
typedef struct muster_field {
    const char *key;            /**< canonical, with its unit: "speed_kn"; "" for INLINE     */
    muster_field_kind kind;     /**< what stands there                                */
    int32_t flags;              /**< MUSTER_FIELD_REQUIRED and so on, or-ed together            */
    const char *unit;           /**< "kn", "nm" ...: other suffixes of that quantity are
                                       accepted too; null: a plain number                      */
    double min;                 /**< least allowed value in that unit, itself included unless
                                       MUSTER_FIELD_ABOVE; DURATION: in hours; NUMBERS: of every
                                       entry; 0 like max: any                                  */
    double max;                 /**< greatest allowed value, likewise                        */
    double fallback;            /**< default in that unit (also for INT and BOOL); NaN: none */
    const char *fallback_text;  /**< default of a text, choice, moment or duration; or null  */
    const char *const *choices; /**< CHOICE: names, ends with null                           */
    const char *refers;         /**< REFERENCE(S): table, as "states"; PLUGIN: "phase" or
                                       "serial", which activities may be named                 */
    const struct muster_field *of; /**< rows of a group, list item, table item or inline part   */
    size_t item_bytes;             /**< size of the struct that `of` describes                  */
    size_t offset;                 /**< of the value in the enclosing struct                    */
    const char *doc;               /**< one sentence                                            */
} muster_field;

/**
 * The rows of a whole scenario file: sections are its groups, lists and tables.
 *
 * @return a constant table, which ends with a row whose key is null
 */
MUSTER_API const muster_field *muster_scenario_fields(void);

/** What muster_fields_read keeps: the texts and lists that the struct points to. */
typedef struct muster_reading muster_reading;

/**
 * Reads a gathered text into any struct that a table describes, as scenarios are read: ranges,
 * units, unknown keys with "did you mean", defaults, references; all mistakes in one go, a syntax
 * error or a duplicate name alone.
 *
 * @param[in]  text    a gathered text
 * @param[in]  rows    the table; of kinds all but REFERENCE, REFERENCES and PLUGIN, which are of scenarios
 * @param[out] item    a struct as rows describe it, which begins with a muster_item; filled anew
 * @param[in]  memory  where memory comes from; null: malloc and free
 * @param[in]  diags   takes what is wrong; may be null
 * @param[out] out     what item points into, for muster_reading_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_fields_read(const muster_source_text *text,
                                            const muster_field *rows, void *item,
                                            const muster_memory *memory, muster_diags *diags,
                                            muster_reading **out);

/**
 * Frees what a struct that was read points into.
 *
 * @param[in] reading  may be null
 */
MUSTER_API void muster_reading_free(muster_reading *reading);

#ifdef __cplusplus
}
#endif
#endif
