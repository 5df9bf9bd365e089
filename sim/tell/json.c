/* The one file that includes jansson. */
#include "tell/json.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/format.h"
#include "base/text.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 32, KEY_BYTES = 32, PATH_BYTES = 256 };

struct mst_json {
    muster_memory memory;
    json_t *root;
    json_t *open[DEPTH_MAX];
    char key[DEPTH_MAX][KEY_BYTES]; /* of what is open, to name a fault */
    int depth;
    bool failed;
    bool is_tight;
    char fault[PATH_BYTES]; /* path of the first number that is not finite; empty: none */
};

void mst_json_tight(mst_json *json)
{
    if (json)
        json->is_tight = true;
}

mst_json *mst_json_create(const muster_memory *memory)
{
    mst_json *json = mst_memory_alloc(memory, sizeof *json);
    if (!json)
        return NULL;
    memset(json, 0, sizeof *json);
    (void)mst_memory_keep(&json->memory, memory);
    return json;
}

/* Puts a value where it belongs; takes the reference over in any case. */
static void put(mst_json *json, const char *key, json_t *value)
{
    if (!json || !value || json->failed) {
        if (json)
            json->failed = true;
        json_decref(value);
        return;
    }
    if (json->depth == 0) {
        json_decref(json->root);
        json->root = value;
        return;
    }
    json_t *into = json->open[json->depth - 1];
    const int code =
        key ? json_object_set_new(into, key, value) : json_array_append_new(into, value);
    if (code != 0)
        json->failed = true;
}

static void open_value(mst_json *json, const char *key, json_t *value)
{
    put(json, key, value);
    if (!json || json->failed)
        return;
    if (json->depth == DEPTH_MAX) {
        json->failed = true;
        return;
    }
    muster_text_format(json->key[json->depth], KEY_BYTES, "%s", key ? key : "");
    json->open[json->depth++] = value;
}

void mst_json_object(mst_json *json, const char *key)
{
    open_value(json, key, json_object());
}

void mst_json_array(mst_json *json, const char *key)
{
    open_value(json, key, json_array());
}

void mst_json_end(mst_json *json)
{
    if (json && json->depth > 0)
        json->depth--;
}

void mst_json_text(mst_json *json, const char *key, const char *text)
{
    json_t *value = text ? json_string(text) : json_null();
    mst_text repaired;
    if (!value && text) { /* it is no UTF-8: a document that shows that beats none */
        mst_text_init(&repaired, json ? &json->memory : NULL);
        mst_text_add_valid(&repaired, text);
        value = repaired.failed ? NULL : json_string(repaired.bytes);
        mst_text_clear(&repaired);
    }
    put(json, key, value);
}

/* "routes[3].length_nm": where in the document a value was to stand. */
static void note_fault(mst_json *json, const char *key)
{
    size_t used = 0;
    for (int i = 1; i <= json->depth && used < PATH_BYTES; i++) { /* the root has no key */
        const json_t *into = json->open[i - 1];
        const char *name = i < json->depth ? json->key[i] : key ? key : "";
        /* what is open in an array is its last member; what is refused would have been the next */
        const size_t at = json_array_size(into) - (i < json->depth ? 1 : 0);
        char *end = json->fault + used;
        used += json_is_array(into)
                    ? muster_text_format(end, PATH_BYTES - used, "[%zu]", at)
                    : muster_text_format(end, PATH_BYTES - used, "%s%s", used > 0 ? "." : "", name);
    }
}

void mst_json_maybe(mst_json *json, const char *key, double value)
{
    if (isfinite(value))
        mst_json_real(json, key, value);
    else
        put(json, key, json_null());
}

void mst_json_real(mst_json *json, const char *key, double value)
{
    if (!json)
        return;
    if (!isfinite(value)) {
        if (!json->failed)
            note_fault(json, key);
        json->failed = true;
        return;
    }
    /* rounding through text: the digits that are printed are the digits that are meant */
    char text[32];
    double rounded = value;
    muster_text_format(text, sizeof text, "%.12g", value);
    if (!mst_text_real(text, &rounded))
        rounded = value;
    put(json, key, json_real(rounded == 0.0 ? 0.0 : rounded));
}

void mst_json_whole(mst_json *json, const char *key, int64_t value)
{
    const int64_t limit = INT64_C(1) << 53;
    if (value <= limit && value >= -limit) {
        put(json, key, json_integer(value));
        return;
    }
    char text[32];
    muster_text_format(text, sizeof text, "%lld", (long long)value);
    put(json, key, json_string(text));
}

void mst_json_bool(mst_json *json, const char *key, bool value)
{
    put(json, key, json_boolean(value));
}

void mst_json_answer(mst_json *json, const char *key, int32_t answer)
{
    put(json, key, answer < 0 ? json_null() : json_boolean(answer != 0));
}

void mst_json_time(mst_json *json, const char *key, muster_time time)
{
    char text[MUSTER_TIME_TEXT];
    put(json, key,
        time == MUSTER_NEVER ? json_null() : json_string(muster_time_write_iso(time, text)));
}

void mst_json_hash(mst_json *json, const char *key, uint64_t hash)
{
    char text[24];
    muster_text_format(text, sizeof text, "%016llx", (unsigned long long)hash);
    put(json, key, json_string(text));
}

char *mst_json_take(mst_json *json, const muster_memory *memory, muster_diags *diags)
{
    if (!json) {
        mst_diag_memory(diags);
        return NULL;
    }
    char *out = NULL;
    if (!json->failed && json->root) {
        /* jansson allocates by malloc; the text is copied into the caller's memory */
        char *text = json_dumps(json->root, (json->is_tight ? JSON_COMPACT : JSON_INDENT(1)) |
                                                JSON_REAL_PRECISION(15));
        const size_t length = text ? strlen(text) : 0;
        out = text ? mst_memory_alloc(memory, length + 2) : NULL;
        if (out) {
            memcpy(out, text, length);
            out[length] = '\n';
            out[length + 1] = '\0';
        }
        json_free_t release = NULL; /* the program may have given jansson memory of its own */
        json_get_alloc_funcs(NULL, &release);
        release(text);
    }
    if (!out && json->fault[0])
        mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, json->fault, NULL,
                 "the document cannot be written: %s is no finite number", json->fault);
    else if (!out)
        mst_diag_memory(diags);
    json_decref(json->root);
    const muster_memory own = json->memory;
    mst_memory_free(&own, json);
    return out;
}

/* ---- reading ---------------------------------------------------------------------------- */

struct mst_json_document {
    json_t *root;
};

/* A value is jansson's own; the two names keep its type out of the header. */
static const json_t *own(const mst_json_value *value)
{
    return (const json_t *)(const void *)value;
}

static const mst_json_value *lend(const json_t *value)
{
    return (const mst_json_value *)(const void *)value;
}

mst_json_document *mst_json_read(const char *name, const char *bytes, size_t length,
                                 muster_diags *diags)
{
    json_error_t error;
    json_t *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
    if (!root) {
        mst_diag(diags, MUSTER_ERROR, (mst_place){name, error.line > 0 ? error.line : 0}, NULL,
                 NULL, "this is no JSON document: %s", error.text);
        return NULL;
    }
    mst_json_document *document = malloc(sizeof *document);
    if (!document) {
        json_decref(root);
        return NULL;
    }
    document->root = root;
    return document;
}

void mst_json_forget(mst_json_document *document)
{
    if (document)
        json_decref(document->root);
    free(document);
}

const mst_json_value *mst_json_root(const mst_json_document *document)
{
    return document ? lend(document->root) : NULL;
}

const mst_json_value *mst_json_member(const mst_json_value *object, const char *key)
{
    return lend(json_object_get(own(object), key));
}

const mst_json_value *mst_json_item(const mst_json_value *array, int32_t index)
{
    return index < 0 ? NULL : lend(json_array_get(own(array), (size_t)index));
}

int32_t mst_json_count(const mst_json_value *array)
{
    const size_t count = json_array_size(own(array));
    return count > INT32_MAX ? INT32_MAX : (int32_t)count;
}

const char *mst_json_unknown(const mst_json_value *object, const char *const *keys)
{
    json_t *o = json_is_object(own(object)) ? (json_t *)(uintptr_t)object : NULL;
    for (void *at = json_object_iter(o); at; at = json_object_iter_next(o, at)) {
        const char *key = json_object_iter_key(at);
        const char *const *known = keys;
        while (*known && strcmp(*known, key) != 0)
            known++;
        if (!*known)
            return key;
    }
    return NULL;
}

const char *mst_json_string(const mst_json_value *value)
{
    return json_string_value(own(value));
}

double mst_json_number(const mst_json_value *value)
{
    return json_is_number(own(value)) ? json_number_value(own(value)) : (double)NAN;
}

bool mst_json_is_true(const mst_json_value *value)
{
    return json_is_true(own(value));
}

bool mst_json_is_object(const mst_json_value *value)
{
    return json_is_object(own(value));
}

bool mst_json_is_array(const mst_json_value *value)
{
    return json_is_array(own(value));
}

bool mst_json_is_bool(const mst_json_value *value)
{
    return json_is_boolean(own(value));
}

bool mst_json_is_null(const mst_json_value *value)
{
    return !value || json_is_null(own(value));
}

int32_t mst_json_members(const mst_json_value *object)
{
    const size_t count = json_object_size(own(object));
    return count > INT32_MAX ? INT32_MAX : (int32_t)count;
}

bool mst_json_each(const mst_json_value *object, void **walk, const char **key,
                   const mst_json_value **value)
{
    /* jansson walks objects that may be written only; nothing is written here */
    json_t *of = json_is_object(own(object)) ? (json_t *)(uintptr_t)object : NULL;
    *walk = *walk ? json_object_iter_next(of, *walk) : json_object_iter(of);
    if (!*walk)
        return false;
    *key = json_object_iter_key(*walk);
    *value = lend(json_object_iter_value(*walk));
    return true;
}
