/* What can be done with one struct by its rows: blank, inherit, default, find a key. */
#include "model/fields.h"

#include "base/index.h"
#include "base/units.h"
#include "model/kinds.h"

#include <math.h>
#include <string.h>

static void *value_in(const muster_field *row, void *item)
{
    return (char *)item + row->offset;
}

static const void *value_of(const muster_field *row, const void *item)
{
    return (const char *)item + row->offset;
}

/* The suffix that a row's own key carries, null for plain numbers. */
static const mst_unit_suffix *own_suffix(const muster_field *row)
{
    if (!row->unit)
        return NULL;
    const size_t length = strlen(row->key);
    for (const mst_unit_suffix *unit = mst_unit_suffixes; unit->suffix; unit++) {
        const size_t tail = strlen(unit->suffix);
        if (length > tail && strcmp(row->key + length - tail, unit->suffix) == 0)
            return unit;
    }
    return NULL;
}

double mst_field_si(const muster_field *row)
{
    const mst_unit_suffix *unit = own_suffix(row);
    return unit ? unit->si : 1.0;
}

static void blank_value(const muster_field *row, void *value)
{
    switch (row->kind) {
    case MUSTER_FIELD_REAL:
        *(double *)value = (double)NAN;
        break;
    case MUSTER_FIELD_INT:
        *(int64_t *)value = MST_INT_NONE;
        break;
    case MUSTER_FIELD_BOOL:
    case MUSTER_FIELD_CHOICE:
        *(int32_t *)value = -1;
        break;
    case MUSTER_FIELD_TEXT:
        *(const char **)value = NULL;
        break;
    case MUSTER_FIELD_REFERENCE:
        *(mst_ref *)value = (mst_ref){.index = -1};
        break;
    case MUSTER_FIELD_MOMENT:
        *(muster_interval *)value = (muster_interval){MUSTER_NEVER, MUSTER_NEVER, 0};
        break;
    case MUSTER_FIELD_DURATION:
        *(muster_time *)value = MUSTER_NEVER;
        break;
    case MUSTER_FIELD_TEXTS:
    case MUSTER_FIELD_VALUES:
    case MUSTER_FIELD_REFERENCES:
    case MUSTER_FIELD_POINTS:
    case MUSTER_FIELD_NUMBERS:
    case MUSTER_FIELD_LIST:
    case MUSTER_FIELD_TABLE:
        *(mst_list *)value = (mst_list){0};
        break;
    case MUSTER_FIELD_PLUGIN:
        *(mst_plugin *)value = (mst_plugin){0};
        break;
    case MUSTER_FIELD_GROUP:
    case MUSTER_FIELD_INLINE:
        mst_fields_blank(row->of, value);
        break;
    case MUSTER_FIELD_END:
        break;
    }
}

void mst_fields_blank(const muster_field *rows, void *item)
{
    for (const muster_field *row = rows; row->key; row++)
        blank_value(row, value_in(row, item));
}

static bool any_given(const muster_field *rows, const void *item)
{
    for (const muster_field *row = rows; row->key; row++)
        if (mst_fields_given(row, item))
            return true;
    return false;
}

static bool value_given(const muster_field *row, const void *value)
{
    switch (row->kind) {
    case MUSTER_FIELD_REAL:
        return !isnan(*(const double *)value);
    case MUSTER_FIELD_INT:
        return *(const int64_t *)value != MST_INT_NONE;
    case MUSTER_FIELD_BOOL:
    case MUSTER_FIELD_CHOICE:
        return *(const int32_t *)value != -1;
    case MUSTER_FIELD_TEXT:
        return *(const char *const *)value != NULL;
    case MUSTER_FIELD_REFERENCE:
        return ((const mst_ref *)value)->id != NULL;
    case MUSTER_FIELD_MOMENT:
        return ((const muster_interval *)value)->from != MUSTER_NEVER;
    case MUSTER_FIELD_DURATION:
        return *(const muster_time *)value != MUSTER_NEVER;
    case MUSTER_FIELD_TEXTS:
    case MUSTER_FIELD_VALUES:
    case MUSTER_FIELD_REFERENCES:
    case MUSTER_FIELD_POINTS:
    case MUSTER_FIELD_NUMBERS:
    case MUSTER_FIELD_LIST:
    case MUSTER_FIELD_TABLE:
        return ((const mst_list *)value)->item != NULL;
    case MUSTER_FIELD_PLUGIN:
        return ((const mst_plugin *)value)->name != NULL;
    case MUSTER_FIELD_GROUP: /* a group that stands in the file is given even if it is empty */
        return ((const mst_item *)value)->place.line > 0 || any_given(row->of, value);
    case MUSTER_FIELD_INLINE:
        return any_given(row->of, value);
    case MUSTER_FIELD_END:
        break;
    }
    return false;
}

bool mst_fields_given(const muster_field *row, const void *item)
{
    return value_given(row, value_of(row, item));
}

size_t mst_field_bytes(const muster_field *row)
{
    switch (row->kind) {
    case MUSTER_FIELD_REAL:
        return sizeof(double);
    case MUSTER_FIELD_INT:
        return sizeof(int64_t);
    case MUSTER_FIELD_BOOL:
    case MUSTER_FIELD_CHOICE:
        return sizeof(int32_t);
    case MUSTER_FIELD_TEXT:
        return sizeof(const char *);
    case MUSTER_FIELD_REFERENCE:
        return sizeof(mst_ref);
    case MUSTER_FIELD_MOMENT:
        return sizeof(muster_interval);
    case MUSTER_FIELD_DURATION:
        return sizeof(muster_time);
    case MUSTER_FIELD_PLUGIN:
        return sizeof(mst_plugin);
    case MUSTER_FIELD_TEXTS:
    case MUSTER_FIELD_VALUES:
    case MUSTER_FIELD_REFERENCES:
    case MUSTER_FIELD_POINTS:
    case MUSTER_FIELD_NUMBERS:
    case MUSTER_FIELD_LIST:
    case MUSTER_FIELD_TABLE:
        return sizeof(mst_list);
    case MUSTER_FIELD_GROUP:
    case MUSTER_FIELD_INLINE:
    case MUSTER_FIELD_END:
        break;
    }
    return 0;
}

/* One value that is missing. Figures come first: a ship of a fleet has some fifty. */
static void inherit_value(const muster_field *row, void *to, const void *from)
{
    if (row->kind == MUSTER_FIELD_REAL) {
        if (isnan(*(double *)to))
            *(double *)to = *(const double *)from;
    } else if (row->kind == MUSTER_FIELD_TEXT) {
        if (!*(const char **)to)
            *(const char **)to = *(const char *const *)from;
    } else if (row->kind == MUSTER_FIELD_TEXTS) {
        if (!((mst_list *)to)->item)
            *(mst_list *)to = *(const mst_list *)from;
    } else if (!value_given(row, to)) {
        memcpy(to, from, mst_field_bytes(row));
    }
}

void mst_fields_inherit(const muster_field *rows, void *child, const void *parent)
{
    for (const muster_field *row = rows; row->key; row++) {
        void *to = value_in(row, child);
        const void *from = value_of(row, parent);
        if (row->kind == MUSTER_FIELD_GROUP || row->kind == MUSTER_FIELD_INLINE) {
            mst_item *head = to;
            if (row->kind == MUSTER_FIELD_GROUP && head->place.line == 0)
                *head = *(const mst_item *)from;
            mst_fields_inherit(row->of, to, from);
        } else {
            inherit_value(row, to, from);
        }
    }
}

static int32_t choice_index(const muster_field *row, const char *text)
{
    for (int32_t i = 0; row->choices && row->choices[i]; i++)
        if (strcmp(row->choices[i], text) == 0)
            return i;
    return -1;
}

static void default_value(const muster_field *row, void *value)
{
    const bool has_number = !isnan(row->fallback);
    switch (row->kind) {
    case MUSTER_FIELD_REAL:
        if (has_number)
            *(double *)value = row->fallback * mst_field_si(row);
        break;
    case MUSTER_FIELD_INT:
        if (has_number)
            *(int64_t *)value = (int64_t)row->fallback;
        break;
    case MUSTER_FIELD_BOOL:
        if (has_number)
            *(int32_t *)value = row->fallback != 0.0;
        break;
    case MUSTER_FIELD_TEXT:
        *(const char **)value = row->fallback_text;
        break;
    case MUSTER_FIELD_CHOICE:
        if (row->fallback_text)
            *(int32_t *)value = choice_index(row, row->fallback_text);
        break;
    case MUSTER_FIELD_MOMENT:
        if (row->fallback_text)
            (void)muster_time_read(row->fallback_text, 0, value);
        break;
    case MUSTER_FIELD_DURATION:
        if (row->fallback_text)
            (void)muster_duration_read(row->fallback_text, value);
        break;
    case MUSTER_FIELD_REFERENCE:
    case MUSTER_FIELD_TEXTS:
    case MUSTER_FIELD_VALUES:
    case MUSTER_FIELD_REFERENCES:
    case MUSTER_FIELD_POINTS:
    case MUSTER_FIELD_NUMBERS:
    case MUSTER_FIELD_LIST:
    case MUSTER_FIELD_TABLE:
    case MUSTER_FIELD_PLUGIN:
    case MUSTER_FIELD_GROUP:
    case MUSTER_FIELD_INLINE:
    case MUSTER_FIELD_END:
        break;
    }
}

/* Inline parts are overrides of something else, a unit's of its class: a default there would
 * hide what they override, so they get none. */
void mst_fields_default(const muster_field *rows, void *item)
{
    for (const muster_field *row = rows; row->key; row++) {
        void *value = value_in(row, item);
        if (row->kind == MUSTER_FIELD_GROUP) {
            mst_fields_default(row->of, value);
        } else if (row->kind == MUSTER_FIELD_PLUGIN) {
            const mst_plugin *plugin = value;
            if (plugin->type && plugin->type->fields && plugin->spec)
                mst_fields_default(plugin->type->fields, plugin->spec);
        } else if (!mst_fields_given(row, item)) {
            default_value(row, value);
        }
    }
}

/* True if key is the row's own, or the same quantity with another suffix: range_km, range_nm. */
static bool key_fits(const muster_field *row, const char *key, double *out_si)
{
    if (row->key[0] != key[0]) /* most of them, and they are asked often */
        return false;
    const mst_unit_suffix *own = own_suffix(row);
    if (strcmp(row->key, key) == 0) {
        *out_si = own ? own->si : 1.0;
        return true;
    }
    if (!own || row->kind != MUSTER_FIELD_REAL)
        return false;
    size_t stem = 0;
    const mst_unit_suffix *other = mst_unit_of_key(key, own->quantity, &stem);
    if (!other || stem != strlen(row->key) - strlen(own->suffix) ||
        memcmp(row->key, key, stem) != 0)
        return false;
    *out_si = other->si;
    return true;
}

const muster_field *mst_fields_find(const muster_field *rows, const char *key, void **inout_item,
                                    double *out_si)
{
    if (!*key)
        return NULL;
    for (const muster_field *row = rows; row->key; row++)
        if (row->kind != MUSTER_FIELD_INLINE && key_fits(row, key, out_si))
            return row;
    /* The struct's own keys come before those that join in. */
    for (const muster_field *row = rows; row->key; row++) {
        void *part = *inout_item ? value_in(row, *inout_item) : NULL;
        const muster_field *found = NULL;
        if (row->kind == MUSTER_FIELD_INLINE) {
            found = mst_fields_find(row->of, key, &part, out_si);
        } else if (row->kind == MUSTER_FIELD_PLUGIN && part) {
            const mst_plugin *plugin = part;
            part = plugin->spec;
            if (part && plugin->type && plugin->type->fields)
                found = mst_fields_find(plugin->type->fields, key, &part, out_si);
        }
        if (found) {
            *inout_item = part;
            return found;
        }
    }
    return NULL;
}

int32_t mst_fields_keys(const muster_field *rows, const char **out, int32_t capacity)
{
    int32_t count = 0;
    for (const muster_field *row = rows; row->key; row++) {
        if (row->kind == MUSTER_FIELD_INLINE)
            count += mst_fields_keys(row->of, out + count, capacity - count);
        else if (count < capacity)
            out[count++] = row->key;
    }
    return count;
}

int32_t mst_table_find(const mst_list *table, size_t item_bytes, const char *id)
{
    return mst_list_named(table, (mst_naming){item_bytes, offsetof(mst_item, id), false}, id);
}

const muster_field *muster_scenario_fields(void)
{
    return mst_fields_root;
}
