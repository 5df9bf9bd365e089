/* JSON documents read from text: the one file that includes jansson. */
#include "tell/json.h"

#include "base/diag.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

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
