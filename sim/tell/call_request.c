/* Reading a request: what it may hold, and what is wrong with it, all at once. */
#include "tell/call.h"

#include "base/diag.h"
#include "base/text.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES = 16 };

static const mst_place nowhere = {NULL, 0};

/* What each call takes besides call, variant and changes; of what is marked one cannot do without. */
typedef struct kind {
    const char *name;
    const char *takes[4]; /* "!" before the name: needed */
} kind;

static const kind kinds[] = {
    {"open", {"!name", "!text"}},
    {"run", {NULL}},
    {"replicate", {"!count", "seed"}},
    {"samples", {"!count", "!measures", "seed"}},
    {"why", {"!state", "drill"}},
    {"flip", {"!state", "drill"}},
    {"reach", {"state", "drill"}},
    {"rivals", {"model", "drill"}},
    {"text", {NULL}},
    {"area", {"unit", "hours", "drill"}},
};

enum { KINDS = sizeof kinds / sizeof *kinds, TAKES = 4 };

/* ---- which call ------------------------------------------------------------------------------------ */

static const kind *find_kind(const char *name)
{
    for (int i = 0; i < KINDS; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}

static void say_unknown(const char *found, const char *what, const char *const *names,
                        int32_t count, mst_arena *arena, muster_diags *diags)
{
    const int32_t near = mst_text_nearest(found, names, count);
    mst_text known;
    mst_text_init(&known, arena->memory);
    for (int32_t i = 0; i < count; i++)
        mst_text_printf(&known, "%s%s", i > 0 ? ", " : "", names[i]);
    mst_diag(diags, MUSTER_ERROR, nowhere, NULL,
             near >= 0 ? mst_arena_printf(arena, "did you mean '%s'?", names[near]) : NULL,
             "%s '%.80s'; allowed: %s", what, found, known.failed ? "" : known.bytes);
    mst_text_clear(&known);
}

static const kind *read_kind(const mst_json_value *root, mst_arena *arena, muster_diags *diags)
{
    const char *names[KINDS];
    const char *name = mst_json_string(mst_json_member(root, "call"));
    for (int i = 0; i < KINDS; i++)
        names[i] = kinds[i].name;
    if (!name) {
        mst_diag(diags, MUSTER_ERROR, nowhere, NULL, "{\"call\": \"run\"}",
                 "a request is an object with the member 'call', a text");
        return NULL;
    }
    const kind *found = find_kind(name);
    if (!found)
        say_unknown(name, "unknown call", names, KINDS, arena, diags);
    return found;
}

/* ---- its members ------------------------------------------------------------------------------------ */

static const char *bare(const char *name)
{
    return name[0] == '!' ? name + 1 : name;
}

static bool is_given(const mst_json_value *value)
{
    return value && !mst_json_is_null(value);
}

static bool check_members(const mst_json_value *root, const kind *k, mst_arena *arena,
                          muster_diags *diags)
{
    const char *names[NAMES] = {"call", "variant", "changes"};
    int32_t count = 3;
    bool good = true;
    for (int i = 0; i < TAKES && k->takes[i]; i++) {
        names[count++] = bare(k->takes[i]);
        if (k->takes[i][0] == '!' && !is_given(mst_json_member(root, bare(k->takes[i])))) {
            mst_diag(diags, MUSTER_ERROR, nowhere, NULL, NULL,
                     "the call '%s' needs the member '%s'", k->name, bare(k->takes[i]));
            good = false;
        }
    }
    const char *unknown = mst_json_unknown(root, names);
    if (unknown)
        say_unknown(unknown, mst_arena_printf(arena, "the call '%s' has no member", k->name), names,
                    count, arena, diags);
    return good && !unknown;
}

/* A text, or null where it is null or left out. */
static bool read_text(const mst_json_value *root, const char *key, muster_diags *diags,
                      const char **out)
{
    const mst_json_value *value = mst_json_member(root, key);
    *out = mst_json_string(value);
    if (!value || *out || mst_json_is_null(value))
        return true;
    mst_diag(diags, MUSTER_ERROR, nowhere, NULL, NULL, "'%s' is to be a text", key);
    return false;
}

static bool read_count(const mst_json_value *root, muster_diags *diags, int32_t *out)
{
    const mst_json_value *value = mst_json_member(root, "count");
    const double count = mst_json_number(value);
    *out = 0;
    if (!value)
        return true;
    if (!(count >= 1.0 && count <= MUSTER_DESK_REPLICATIONS_MAX && floor(count) >= count)) {
        mst_diag(diags, MUSTER_ERROR, nowhere, NULL, NULL,
                 "'count' is to be a whole number from 1 to %d", MUSTER_DESK_REPLICATIONS_MAX);
        return false;
    }
    *out = (int32_t)count;
    return true;
}

static bool read_hours(const mst_json_value *root, muster_diags *diags, double *out)
{
    const mst_json_value *value = mst_json_member(root, "hours");
    *out = mst_json_number(value);
    if (!is_given(value) || (*out >= 0.0 && *out <= 100000.0))
        return true;
    mst_diag(diags, MUSTER_ERROR, nowhere, NULL, NULL,
             "'hours' is to be a number from 0 to 100000");
    return false;
}

/* Seeds have 64 bits, more than numbers of JSON hold: they are texts. */
static bool read_seed(const mst_json_value *root, muster_diags *diags, mst_request *out)
{
    const char *text = NULL;
    if (!read_text(root, "seed", diags, &text))
        return false;
    if (!text)
        return true;
    char *end = NULL;
    errno = 0;
    out->seed = strtoull(text, &end, 10);
    out->has_seed = true;
    if (strspn(text, "0123456789") == strlen(text) && text[0] != '\0' && errno == 0)
        return true;
    mst_diag(diags, MUSTER_ERROR, nowhere, NULL, NULL,
             "'seed' is to be a text with a whole number from 0 to 18446744073709551615");
    return false;
}

static bool read_changes(const mst_json_value *root, mst_arena *arena, muster_diags *diags,
                         muster_changes *out)
{
    const mst_json_value *list = mst_json_member(root, "changes");
    const int32_t count = mst_json_count(list);
    bool good = read_text(root, "variant", diags, &out->variant);
    const char **line = mst_arena_array(arena, (size_t)count + 1, sizeof *line);
    if (!line) {
        mst_diag_memory(diags);
        return false;
    }
    bool all_texts = !list || mst_json_is_null(list) || mst_json_is_array(list);
    for (int32_t i = 0; i < count; i++) {
        line[i] = mst_json_string(mst_json_item(list, i));
        all_texts = all_texts && line[i];
    }
    if (!all_texts) {
        mst_diag(diags, MUSTER_ERROR, nowhere, NULL, "[\"units.alpha.fuel_frac = 0.5\"]",
                 "'changes' is to be a list of texts");
        good = false;
    }
    out->line = line;
    out->line_count = count;
    return good;
}

bool mst_request_read(const mst_json_value *root, mst_arena *arena, muster_diags *diags,
                      mst_request *out)
{
    *out = (mst_request){.root = root};
    const kind *k = read_kind(root, arena, diags);
    if (!k)
        return false;
    out->call = k->name;
    bool good = check_members(root, k, arena, diags);
    good = read_changes(root, arena, diags, &out->changes) && good;
    good = read_text(root, "name", diags, &out->name) && good;
    good = read_text(root, "text", diags, &out->text) && good;
    good = read_text(root, "state", diags, &out->state) && good;
    good = read_text(root, "drill", diags, &out->drill) && good;
    good = read_text(root, "model", diags, &out->model) && good;
    good = read_text(root, "unit", diags, &out->unit) && good;
    good = read_hours(root, diags, &out->hours) && good;
    good = read_count(root, diags, &out->count) && good;
    good = read_seed(root, diags, out) && good;
    return good;
}
