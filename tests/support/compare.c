#include "compare.h"

#include "test.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct leaf {
    char *path;
    json_t *value;
    size_t order;
} leaf;

typedef struct leaves {
    leaf *item;
    size_t count, room;
} leaves;

/* ---- names of list items ------------------------------------------------------------------- */

static const struct {
    const char *list, *first, *second;
} names[] = {{"drills", "id", NULL},        {"rules", "id", NULL},
             {"units", "id", NULL},         {"serials", "id", NULL},
             {"pairs", "from", "to"},       {"routes", "from", "to"},
             {"reach", "unit", NULL},       {"decisions", "drill", "state"},
             {"stages", "stage", "host"},   {"terms", "key", NULL},
             {"outcomes", "measure", NULL}, {"tipping_values", "path", "stage"},
             {"timeline", "claim", NULL},   {"assumptions", "path", "effect"},
             {"ladder", "limit", NULL}};

/* Value of a member as a word; "" when it has none. */
static const char *word(json_t *item, const char *key, char out[160])
{
    json_t *value = key ? json_object_get(item, key) : NULL;
    if (json_is_string(value))
        snprintf(out, 160, "%s", json_string_value(value));
    else if (json_is_integer(value))
        snprintf(out, 160, "%d", (int)json_integer_value(value));
    else
        out[0] = '\0';
    return out;
}

static void item_name(const char *list, json_t *item, size_t index, char out[340])
{
    char first[160], second[160];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].list, list) == 0 && *word(item, names[i].first, first)) {
            word(item, names[i].second, second);
            snprintf(out, 340, "%s%s%s", first, *second ? "/" : "", second);
            return;
        }
    snprintf(out, 340, "%zu", index);
}

/* Events carry no id: "taihu-7" is the seventh of that ship, "-3" one of no ship. */
static void event_name(json_t *events, size_t index, char out[340])
{
    char unit[160], other[160];
    size_t number = 0;
    word(json_array_get(events, index), "unit", unit);
    for (size_t i = 0; i < index; i++)
        number += strcmp(word(json_array_get(events, i), "unit", other), unit) == 0;
    snprintf(out, 340, "%s-%zu", unit, number);
}

/* ---- leaves ---------------------------------------------------------------------------------- */

static void add_leaf(leaves *out, const char *path, json_t *value)
{
    if (out->count == out->room) {
        out->room = out->room ? 2 * out->room : 1024;
        out->item = realloc(out->item, out->room * sizeof *out->item);
        assert_non_null(out->item);
    }
    char *copy = malloc(strlen(path) + 1);
    assert_non_null(copy);
    memcpy(copy, path, strlen(path) + 1);
    out->item[out->count] = (leaf){copy, value, out->count};
    out->count++;
}

/* Told of what stands elsewhere in the document, legs, events, settings: test_run_told holds it to those. */
static bool is_retold(const char *member)
{
    return strcmp(member, "fuel") == 0 || strcmp(member, "log") == 0 ||
           strcmp(member, "scene") == 0;
}

static void add_below(leaves *out, const char *path, const char *key, json_t *value)
{
    char below[1024], name[340];
    const char *member;
    json_t *item;
    size_t i;
    if (json_is_object(value)) {
        json_object_foreach(value, member, item)
        {
            if (!*path && is_retold(member))
                continue;
            if (strcmp(member, "values") == 0)
                snprintf(below, sizeof below, "%s", path); /* of an outcome: its name says it */
            else
                snprintf(below, sizeof below, "%s%s%s", path, *path ? "." : "", member);
            add_below(out, below, member, item);
        }
    } else if (json_is_array(value)) {
        json_array_foreach(value, i, item)
        {
            if (strcmp(key, "events") == 0)
                event_name(value, i, name);
            else
                item_name(key, item, i, name);
            snprintf(below, sizeof below, "%s.%s", path, name);
            add_below(out, below, key, item);
        }
    } else {
        add_leaf(out, path, value);
    }
}

static int by_path(const void *a, const void *b)
{
    const leaf *x = a, *y = b;
    const int order = strcmp(x->path, y->path);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static leaves leaves_of(json_t *document)
{
    leaves out = {0};
    add_below(&out, "", "", document);
    qsort(out.item, out.count, sizeof *out.item, by_path);
    return out;
}

static void clear(leaves *l)
{
    for (size_t i = 0; i < l->count; i++)
        free(l->item[i].path);
    free(l->item);
}

/* ---- comparison ------------------------------------------------------------------------------ */

static bool is_left_out(const char *path)
{
    return strcmp(path, "digest") == 0 || strcmp(path, "scenario.hash") == 0 ||
           strncmp(path, "changes.", 8) == 0;
}

static void print_value(json_t *value)
{
    char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    print_error("%s", text ? text : "(none)");
    free(text);
}

/* One leaf that moved; false when no pattern allows it. */
static bool note_move(const char *path, json_t *before, json_t *after, const char *const *may,
                      bool *used, size_t told)
{
    bool allowed = false;
    if (is_left_out(path))
        return true;
    for (size_t i = 0; may[i]; i++)
        if (fnmatch(may[i] + (may[i][0] == '?'), path, 0) == 0)
            allowed = used[i] = true;
    if (!allowed && told < 40) {
        print_error("moved: %s ", path);
        print_value(before);
        print_error(" -> ");
        print_value(after);
        print_error("\n");
    }
    return allowed;
}

void assert_moves(json_t *before, json_t *after, const char *const *may)
{
    bool used[64] = {false};
    leaves a = leaves_of(before), b = leaves_of(after);
    size_t wrong = 0, idle = 0, i = 0, k = 0;
    assert_true(a.count > 100);
    while (i < a.count || k < b.count) {
        const int order = i == a.count   ? 1
                          : k == b.count ? -1
                                         : strcmp(a.item[i].path, b.item[k].path);
        json_t *left = order <= 0 ? a.item[i].value : NULL;
        json_t *right = order >= 0 ? b.item[k].value : NULL;
        const char *path = order <= 0 ? a.item[i].path : b.item[k].path;
        if (order != 0 || !json_equal(left, right))
            wrong += !note_move(path, left, right, may, used, wrong);
        i += order <= 0;
        k += order >= 0;
    }
    for (size_t p = 0; may[p]; p++)
        if (!used[p] && may[p][0] != '?') {
            print_error("nothing moved that matches '%s'\n", may[p]);
            idle++;
        }
    clear(&a);
    clear(&b);
    if (wrong > 0 || idle > 0)
        fail_msg("%zu leaves moved that should not, %zu patterns idle", wrong, idle);
}

/* ---- words ------------------------------------------------------------------------------------- */

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

char *with_words_replaced(const char *text, const char *const *from, const char *const *to)
{
    size_t room = 1;
    for (size_t i = 0; from[i]; i++)
        room = strlen(to[i]) > room ? strlen(to[i]) : room;
    char *out = malloc(strlen(text) * room + 1), *at = out;
    assert_non_null(out);
    while (*text) {
        size_t length = 0, i = 0;
        while (is_word(text[length]))
            length++;
        while (from[i] && (strlen(from[i]) != length || strncmp(from[i], text, length) != 0))
            i++;
        const char *word_out = length > 0 && from[i] ? to[i] : text;
        const size_t put = word_out == text ? (length > 0 ? length : 1) : strlen(word_out);
        memcpy(at, word_out, put);
        at += put;
        text += length > 0 ? length : 1;
    }
    *at = '\0';
    return out;
}
