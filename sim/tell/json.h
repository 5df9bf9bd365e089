/** @file json.h
 * Building and reading JSON documents. They are written straight out as text (json.c): a run document
 * has tens of thousands of values, and a tree of them, built only to be printed, took most of the time
 * of a re-run. They are read by jansson, which only json_read.c includes.
 *
 * Values are rounded before they are written (12 significant digits unless said otherwise), -0
 * becomes 0, and whole numbers beyond 2^53 become text. Each name is given once in an object. A number that is not finite is refused, but
 * where the schema has null for what is not known or has no limit. A builder that once failed stays
 * failed; mst_json_take then returns null and says why.
 */
#ifndef MST_TELL_JSON_H
#define MST_TELL_JSON_H

#include "muster/diag.h"
#include "muster/time.h"

typedef struct mst_json mst_json; /* one document being written, depth first */

mst_json *mst_json_create(const muster_memory *memory);

/** Without blanks and line breaks: for documents that are mostly coordinates. */
void mst_json_tight(mst_json *json);

/** Opens an object or an array; key is null inside an array and for the root. */
void mst_json_object(mst_json *json, const char *key);
void mst_json_array(mst_json *json, const char *key);
void mst_json_end(mst_json *json);

/** Null text: null. Bytes that are no UTF-8 become U+FFFD. */
void mst_json_text(mst_json *json, const char *key, const char *text);
void mst_json_real(mst_json *json, const char *key, double value);  /* finite              */
void mst_json_maybe(mst_json *json, const char *key, double value); /* not finite: null    */
void mst_json_whole(mst_json *json, const char *key, int64_t value);
void mst_json_bool(mst_json *json, const char *key, bool value);
void mst_json_answer(mst_json *json, const char *key, int32_t answer); /* below 0: null     */
void mst_json_time(mst_json *json, const char *key, muster_time time); /* NEVER: null */
void mst_json_hash(mst_json *json, const char *key, uint64_t hash);    /* 16 hex digits */

/** Bytes that any number of a document takes. */
enum { MST_JSON_NUMBER = 32 };

/** A finite number as it stands in a document, not ended by a zero: 12 significant digits, a point or an
 * exponent. @return its bytes */
size_t mst_json_number_write(double value, char out[MST_JSON_NUMBER]);

/** The text with a final line break, released with mst_memory_free; frees the builder. Null, and an
 * error in diags (which may be null): a number was not finite, or memory was short. */
char *mst_json_take(mst_json *json, const muster_memory *memory, muster_diags *diags);

/* ---- reading ---------------------------------------------------------------------------- */
typedef struct mst_json_document mst_json_document; /* what was read                   */
typedef struct mst_json_value mst_json_value;       /* a value in it, borrowed from it */

/** Reads one document from any bytes; a name that stands twice in an object is a mistake.
 * @param[in] name  of the file, for messages
 * @return null with a diagnostic (line and what is wrong), or where memory is short */
mst_json_document *mst_json_read(const char *name, const char *bytes, size_t length,
                                 muster_diags *diags);
void mst_json_forget(mst_json_document *document); /* may be null */
const mst_json_value *mst_json_root(const mst_json_document *document);

/** What follows answers for any value, null included, so that a wrong document reads as an empty one. */
const mst_json_value *mst_json_member(const mst_json_value *object, const char *key); /* or null */
const mst_json_value *mst_json_item(const mst_json_value *array, int32_t index);      /* or null */
int32_t mst_json_count(const mst_json_value *array); /* items; 0 of what is no array  */
/* The first key of an object that is none of the list, which null ends; null: all are. */
const char *mst_json_unknown(const mst_json_value *object, const char *const *keys);
const char *mst_json_string(const mst_json_value *value); /* null of what is no text       */
double mst_json_number(const mst_json_value *value);      /* NaN of what is no number      */
bool mst_json_is_true(const mst_json_value *value);       /* false of what is no truth     */
bool mst_json_is_object(const mst_json_value *value);
bool mst_json_is_array(const mst_json_value *value);
bool mst_json_is_bool(const mst_json_value *value);
bool mst_json_is_null(const mst_json_value *value);     /* null, or nothing is there */
int32_t mst_json_members(const mst_json_value *object); /* 0 of what is no object */

/** The members of an object in their order: *walk is null before the first and belongs to the walk.
 * @return false behind the last */
bool mst_json_each(const mst_json_value *object, void **walk, const char **key,
                   const mst_json_value **value);

#endif
