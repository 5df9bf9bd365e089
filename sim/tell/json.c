/* JSON documents written straight out as text. A tree of tens of thousands of nodes, built only to be
 * printed and released, took longer than all that is printed; jansson reads (json_read.c), and what is
 * written has its form: tests/unit/test_json.c holds the one against the other. */
#include "tell/json.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"

#include <math.h>
#include <string.h>

enum { DEPTH_MAX = 32, KEY_BYTES = 32, PATH_BYTES = 256, WHOLE_BYTES = 24 };

/** An object or an array that is open. */
typedef struct level {
    char key[KEY_BYTES]; /* its own, to name a fault */
    int64_t count;       /* of what stands in it     */
    bool is_array;
} level;

struct mst_json {
    muster_memory memory;
    mst_text text;
    level open[DEPTH_MAX];
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
    mst_text_init(&json->text, mst_memory_keep(&json->memory, memory));
    return json;
}

/* ---- pieces of text ------------------------------------------------------------------------ */

/* The letter behind a backslash; 0: it takes six bytes. */
static char short_escape(char c)
{
    static const char what[] = "\"\\\b\f\n\r\t", letter[] = "\"\\bfnrt";
    const char *at = strchr(what, c);
    return at ? letter[at - what] : '\0';
}

static void add_escape(mst_text *text, char c)
{
    const char letter = short_escape(c);
    if (letter) {
        const char two[2] = {'\\', letter};
        mst_text_add_bytes(text, two, 2);
    } else {
        mst_text_printf(text, "\\u%04X", (unsigned)(unsigned char)c);
    }
}

/* Bytes that stand for themselves, whole characters of UTF-8 among them. */
static size_t plain_length(const char *bytes)
{
    const char *at = bytes;
    for (;;) {
        const unsigned char c = (unsigned char)*at;
        uint32_t code = 0;
        if (c < 0x20 || c == '"' || c == '\\')
            return (size_t)(at - bytes);
        /* the zero at the end stops a character that is cut off */
        const size_t step = c < 0x80 ? 1 : mst_utf8_read(at, 4, &code);
        if (step == 0)
            return (size_t)(at - bytes);
        at += step;
    }
}

/* In quotes. False: some of its bytes were no UTF-8, and became U+FFFD. */
static bool add_quoted(mst_text *text, const char *bytes)
{
    bool is_valid = true;
    mst_text_add_bytes(text, "\"", 1);
    for (;;) {
        const size_t length = plain_length(bytes);
        mst_text_add_bytes(text, bytes, length);
        bytes += length;
        if (!*bytes)
            break;
        if ((unsigned char)*bytes < 0x80) {
            add_escape(text, *bytes);
        } else {
            mst_text_add(text, "\xef\xbf\xbd");
            is_valid = false;
        }
        bytes++;
    }
    mst_text_add_bytes(text, "\"", 1);
    return is_valid;
}

/* The line of what stands at a depth; a blank for each step. */
static void add_line(mst_json *json, int depth)
{
    static const char line[] = "\n                                "; /* DEPTH_MAX blanks */
    if (!json->is_tight)
        mst_text_add_bytes(&json->text, line, 1 + (size_t)depth);
}

/* ---- values --------------------------------------------------------------------------------- */

/* What goes before a value: the comma, the line, the key. False: there is no place for it. */
static bool begin(mst_json *json, const char *key, bool is_open)
{
    if (!json || json->failed)
        return false;
    if (json->depth == 0) { /* the root; a later one takes its place */
        mst_text_clear(&json->text);
        json->failed = !is_open;
        return is_open;
    }
    level *into = &json->open[json->depth - 1];
    if (into->is_array != !key) { /* an item has no key, a member has one */
        json->failed = true;
        return false;
    }
    if (into->count++ > 0)
        mst_text_add_bytes(&json->text, ",", 1);
    add_line(json, json->depth);
    if (key) {
        json->failed = !add_quoted(&json->text, key);
        mst_text_add_bytes(&json->text, ": ", json->is_tight ? 1 : 2);
    }
    return !json->failed;
}

static void put(mst_json *json, const char *key, const char *bytes, size_t length)
{
    if (begin(json, key, false))
        mst_text_add_bytes(&json->text, bytes, length);
}

static void put_quoted(mst_json *json, const char *key, const char *text)
{
    if (begin(json, key, false))
        (void)add_quoted(&json->text, text);
}

static void put_null(mst_json *json, const char *key)
{
    put(json, key, "null", 4);
}

static void open_value(mst_json *json, const char *key, bool is_array)
{
    if (!begin(json, key, true))
        return;
    if (json->depth == DEPTH_MAX) {
        json->failed = true;
        return;
    }
    level *one = &json->open[json->depth++];
    size_t length = 0;
    for (; key && key[length] && length < KEY_BYTES - 1; length++)
        one->key[length] = key[length];
    one->key[length] = '\0';
    one->count = 0;
    one->is_array = is_array;
    mst_text_add_bytes(&json->text, is_array ? "[" : "{", 1);
}

void mst_json_object(mst_json *json, const char *key)
{
    open_value(json, key, false);
}

void mst_json_array(mst_json *json, const char *key)
{
    open_value(json, key, true);
}

void mst_json_end(mst_json *json)
{
    if (!json || json->depth == 0)
        return;
    const level *one = &json->open[--json->depth];
    if (one->count > 0)
        add_line(json, json->depth);
    mst_text_add_bytes(&json->text, one->is_array ? "]" : "}", 1);
}

void mst_json_text(mst_json *json, const char *key, const char *text)
{
    if (text)
        put_quoted(json, key, text);
    else
        put_null(json, key);
}

/* "routes[3].length_nm": where in the document a value was to stand. */
static void note_fault(mst_json *json, const char *key)
{
    size_t used = 0;
    for (int i = 1; i <= json->depth && used < PATH_BYTES; i++) { /* the root has no key */
        const level *into = &json->open[i - 1];
        const char *name = i < json->depth ? json->open[i].key : key ? key : "";
        /* what is open in an array is its last member; what is refused would have been the next */
        const long long at = (long long)into->count - (i < json->depth ? 1 : 0);
        char *end = json->fault + used;
        used += into->is_array
                    ? muster_text_format(end, PATH_BYTES - used, "[%lld]", at)
                    : muster_text_format(end, PATH_BYTES - used, "%s%s", used > 0 ? "." : "", name);
    }
}

void mst_json_maybe(mst_json *json, const char *key, double value)
{
    if (isfinite(value))
        mst_json_real(json, key, value);
    else
        put_null(json, key);
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
    char text[MST_JSON_NUMBER];
    put(json, key, text, mst_json_number_write(value, text));
}

void mst_json_whole(mst_json *json, const char *key, int64_t value)
{
    const int64_t limit = INT64_C(1) << 53;
    char digits[WHOLE_BYTES], *at = digits + WHOLE_BYTES;
    const bool is_wide = value > limit || value < -limit;
    uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
    if (is_wide)
        *--at = '"';
    do {
        *--at = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (value < 0)
        *--at = '-';
    if (is_wide)
        *--at = '"';
    put(json, key, at, (size_t)(digits + WHOLE_BYTES - at));
}

void mst_json_bool(mst_json *json, const char *key, bool value)
{
    put(json, key, value ? "true" : "false", value ? 4 : 5);
}

void mst_json_answer(mst_json *json, const char *key, int32_t answer)
{
    if (answer < 0)
        put_null(json, key);
    else
        mst_json_bool(json, key, answer != 0);
}

void mst_json_time(mst_json *json, const char *key, muster_time time)
{
    char text[MUSTER_TIME_TEXT];
    if (time == MUSTER_NEVER)
        put_null(json, key);
    else
        put_quoted(json, key, muster_time_write_iso(time, text));
}

void mst_json_hash(mst_json *json, const char *key, uint64_t hash)
{
    char text[24];
    muster_text_format(text, sizeof text, "%016llx", (unsigned long long)hash);
    put_quoted(json, key, text);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static char *copy_out(const mst_text *text, const muster_memory *memory)
{
    char *out = mst_memory_alloc(memory, text->length + 1);
    if (out)
        memcpy(out, text->bytes, text->length + 1);
    return out;
}

char *mst_json_take(mst_json *json, const muster_memory *memory, muster_diags *diags)
{
    if (!json) {
        mst_diag_memory(diags);
        return NULL;
    }
    char *out = NULL;
    while (json->depth > 0)
        mst_json_end(json);
    if (!json->failed && json->text.length > 0) {
        mst_text_add_bytes(&json->text, "\n", 1);
        out = json->text.failed ? NULL : copy_out(&json->text, memory);
    }
    if (!out && json->fault[0])
        mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, json->fault, NULL,
                 "the document cannot be written: %s is no finite number", json->fault);
    else if (!out)
        mst_diag_memory(diags);
    mst_text_clear(&json->text);
    const muster_memory own = json->memory;
    mst_memory_free(&own, json);
    return out;
}
