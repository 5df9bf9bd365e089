/* Mutations that know the language: settings are moved, given values of other kinds, joined by keys
 * of the field tables, and borrowed from another input; a share is left to bytes. */
#include "fuzz.h"

#include "load/scenario.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t room);

enum { SETTINGS_MOST = 2048, DEEP = 64, PATH_BYTES = 400, VALUE_BYTES = 200, KEYS_MOST = 1024 };

/* One setting of a text: its name, its value, and the group that it stands in (-1: the file). */
typedef struct setting {
    size_t start, name_end, value, end; /* end: behind the value, before ';' */
    int32_t parent;
} setting;

typedef struct settings {
    setting at[SETTINGS_MOST];
    int32_t count;
} settings;

/* ---- chance ----------------------------------------------------------------------------------- */

static uint64_t below(uint64_t *seed, uint64_t limit)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return limit > 0 ? *seed % limit : 0;
}

/* ---- settings --------------------------------------------------------------------------------- */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '*';
}

/* Behind a text or a comment that begins here; `at` when none does. */
static size_t behind_opaque(const char *text, size_t at, size_t size)
{
    if (text[at] == '"') {
        for (at++; at < size && text[at] != '"'; at++)
            at += text[at] == '\\' && at + 1 < size;
        return at < size ? at + 1 : size;
    }
    if (text[at] == '#' || (text[at] == '/' && at + 1 < size && text[at + 1] == '/'))
        while (at < size && text[at] != '\n')
            at++;
    return at;
}

/* The word before '=', which is the name of a setting; false: there is none. */
static bool name_before(const char *text, size_t equals, setting *out)
{
    size_t end = equals;
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\n'))
        end--;
    size_t start = end;
    while (start > 0 && is_word(text[start - 1]))
        start--;
    *out = (setting){start, end, equals + 1, 0, -1};
    return start < end;
}

/* All settings; what does not close ends with the text. */
static void find_settings(const char *text, size_t size, settings *out)
{
    int32_t open[DEEP + 1]; /* setting that is open at each depth, -1: none */
    int depth = 0;
    out->count = 0;
    open[0] = -1;
    for (size_t at = 0; at < size;) {
        const size_t behind = behind_opaque(text, at, size);
        if (behind > at) {
            at = behind;
            continue;
        }
        const char c = text[at];
        if (c == '=' && out->count < SETTINGS_MOST && name_before(text, at, &out->at[out->count])) {
            for (int up = depth - 1; up >= 0 && out->at[out->count].parent < 0; up--)
                out->at[out->count].parent = open[up];
            open[depth] = out->count++;
        } else if ((c == '{' || c == '(' || c == '[') && depth < DEEP) {
            open[++depth] = -1;
        } else if (c == '}' || c == ')' || c == ']' || c == ';') {
            if (open[depth] >= 0 && out->at[open[depth]].end == 0)
                out->at[open[depth]].end = at;
            open[depth] = -1;
            depth -= c != ';' && depth > 0;
        }
        at++;
    }
    for (int32_t i = 0; i < out->count; i++)
        if (out->at[i].end < out->at[i].value)
            out->at[i].end = size;
}

/* ---- values ----------------------------------------------------------------------------------- */

static const char *const extreme[] = {"0",
                                      "-1",
                                      "1",
                                      "0.0",
                                      "-0.0",
                                      "1e308",
                                      "-1e308",
                                      "1e-308",
                                      "4.9e-324",
                                      "1e400",
                                      "2147483647",
                                      "-2147483648",
                                      "2147483648L",
                                      "9223372036854775807L",
                                      "0.5",
                                      "1.0000001",
                                      "89.9999",
                                      "90.0",
                                      "-90.0",
                                      "180.0",
                                      "-180.0",
                                      "179.9999",
                                      "360.0",
                                      "1000",
                                      "1000000.0",
                                      "true",
                                      "false",
                                      "\"\"",
                                      "\"x\"",
                                      "\"0 h\"",
                                      "\"-1 h\"",
                                      "\"1 min\"",
                                      "\"40 d\"",
                                      "\"36500 d\"",
                                      "\"1e9 h\"",
                                      "\"2023-07-18T00:00Z\"",
                                      "\"2023-07-20T00:00Z\"",
                                      "\"2023-07\"",
                                      "\"0001-01-01T00:00Z\"",
                                      "\"9999-12-31T23:59Z\"",
                                      "\"2024-02-29T12:00+09:00\"",
                                      "[]",
                                      "()",
                                      "{}",
                                      "[\"A\", \"B\"]",
                                      "[1, 2]",
                                      "( (35.2, 135.1), (36.0, 134.0) )",
                                      "( {} )",
                                      "\"normal(1, 0.2)\"",
                                      "\"uniform(0, 1)\"",
                                      "\"triangle(0, 1, 2)\"",
                                      "\"\\xff\"",
                                      "\"a\\nb\""};

static const char *a_choice(const muster_field *row, uint64_t *seed)
{
    int count = 0;
    while (row->choices && row->choices[count])
        count++;
    return count > 0 ? row->choices[below(seed, (uint64_t)count)] : "x";
}

/* A number at, beside or between the bounds of a row. */
static double a_number(const muster_field *row, uint64_t *seed)
{
    const double low = row->min, high = row->max > row->min ? row->max : row->min + 100.0;
    switch (below(seed, 5)) {
    case 0:
        return low;
    case 1:
        return high;
    case 2:
        return row->fallback == row->fallback ? row->fallback : 0.0; /* NaN: it has none */
    default:
        return low + (high < 1e9 ? high - low : 1000.0) * (double)below(seed, 1001) / 1000.0;
    }
}

/* A value that the row may like; ids are those of a setting of the text, if there is one. */
static void value_for(const muster_field *row, const char *id, uint64_t *seed,
                      char out[VALUE_BYTES])
{
    switch (row->kind) {
    case MUSTER_FIELD_REAL:
        snprintf(out, VALUE_BYTES, "%.6e", a_number(row, seed));
        break;
    case MUSTER_FIELD_INT:
        snprintf(out, VALUE_BYTES, "%d", (int)fmin(fmax(a_number(row, seed), -2e9), 2e9));
        break;
    case MUSTER_FIELD_CHOICE:
        snprintf(out, VALUE_BYTES, "\"%s\"", a_choice(row, seed));
        break;
    case MUSTER_FIELD_BOOL:
        snprintf(out, VALUE_BYTES, "%s", below(seed, 2) ? "true" : "false");
        break;
    case MUSTER_FIELD_TEXT:
    case MUSTER_FIELD_REFERENCE:
        snprintf(out, VALUE_BYTES, "\"%.60s\"", id);
        break;
    case MUSTER_FIELD_TEXTS:
    case MUSTER_FIELD_REFERENCES:
        snprintf(out, VALUE_BYTES, "[\"%.60s\"]", id);
        break;
    case MUSTER_FIELD_MOMENT:
        snprintf(out, VALUE_BYTES, "\"2023-07-%02dT%02d:00Z\"", 15 + (int)below(seed, 14),
                 (int)below(seed, 24));
        break;
    case MUSTER_FIELD_DURATION:
        snprintf(out, VALUE_BYTES, "\"%d h\"", (int)below(seed, 120));
        break;
    case MUSTER_FIELD_NUMBERS:
        snprintf(out, VALUE_BYTES, "{ %.40s = %.3f; }", id, a_number(row, seed));
        break;
    case MUSTER_FIELD_TABLE:
    case MUSTER_FIELD_GROUP:
    case MUSTER_FIELD_INLINE:
    case MUSTER_FIELD_PLUGIN:
    case MUSTER_FIELD_LIST:
    case MUSTER_FIELD_POINTS:
    case MUSTER_FIELD_END:
        snprintf(out, VALUE_BYTES, "%s", extreme[below(seed, sizeof extreme / sizeof *extreme)]);
        break;
    }
}

/* ---- keys of the tables ----------------------------------------------------------------------- */

typedef struct keys {
    const muster_field *row[KEYS_MOST];
    int32_t count;
} keys;

static void add_rows(keys *all, const muster_field *rows, int deep)
{
    for (const muster_field *row = rows; row && row->kind != MUSTER_FIELD_END; row++) {
        if (all->count < KEYS_MOST && row->key && row->key[0])
            all->row[all->count++] = row;
        if (row->of && deep < 6)
            add_rows(all, row->of, deep + 1);
    }
}

static const keys *all_keys(void)
{
    static keys all;
    if (all.count > 0)
        return &all;
    add_rows(&all, muster_scenario_fields(), 0);
    for (const mst_activity_type *const *type = mst_kinds_all()->activity; *type; type++)
        add_rows(&all, (*type)->fields, 0);
    return &all;
}

static const muster_field *row_named(const char *name, size_t length)
{
    const keys *all = all_keys();
    for (int32_t i = 0; i < all->count; i++)
        if (strlen(all->row[i]->key) == length && memcmp(all->row[i]->key, name, length) == 0)
            return all->row[i];
    return NULL;
}

/* ---- editing ---------------------------------------------------------------------------------- */

/* text[from, to) becomes `put`; unchanged when there is no room. */
static size_t replace(char *text, size_t size, size_t room, size_t from, size_t to, const char *put,
                      size_t length)
{
    if (size - (to - from) + length > room)
        return size;
    memmove(text + from + length, text + to, size - to);
    memcpy(text + from, put, length);
    return size - (to - from) + length;
}

static void an_id(const char *text, const settings *all, uint64_t *seed, char out[64])
{
    const setting *s = &all->at[below(seed, (uint64_t)all->count)];
    snprintf(out, 64, "%.*s", (int)(s->name_end - s->start), text + s->start);
}

static size_t new_value(char *text, size_t size, size_t room, const settings *all, uint64_t *seed)
{
    const setting *s = &all->at[below(seed, (uint64_t)all->count)];
    char id[64], value[VALUE_BYTES];
    an_id(text, all, seed, id);
    const muster_field *row = row_named(text + s->start, s->name_end - s->start);
    if (row && below(seed, 3) > 0)
        value_for(row, id, seed, value);
    else if (below(seed, 4) == 0)
        snprintf(value, sizeof value, "\"%s\"", id);
    else
        snprintf(value, sizeof value, "%s", extreme[below(seed, sizeof extreme / sizeof *extreme)]);
    return replace(text, size, room, s->value, s->end, value, strlen(value));
}

/* Where a new setting may stand: before another one, so among its siblings. */
static size_t new_key(char *text, size_t size, size_t room, const settings *all, uint64_t *seed)
{
    const keys *k = all_keys();
    const setting *s = &all->at[below(seed, (uint64_t)all->count)];
    const muster_field *row = k->row[below(seed, (uint64_t)k->count)];
    /* one that its siblings' table has, if the group around is known */
    const setting *up = s->parent >= 0 ? &all->at[s->parent] : NULL;
    const muster_field *around = up ? row_named(text + up->start, up->name_end - up->start) : NULL;
    if (!around && up && up->parent >= 0)
        around = row_named(text + all->at[up->parent].start,
                           all->at[up->parent].name_end - all->at[up->parent].start);
    if (around && around->of && below(seed, 5) > 0) {
        int32_t count = 0;
        while (around->of[count].kind != MUSTER_FIELD_END)
            count++;
        row = count > 0 ? &around->of[below(seed, (uint64_t)count)] : row;
    }
    char id[64], value[VALUE_BYTES], line[PATH_BYTES];
    an_id(text, all, seed, id);
    value_for(row, id, seed, value);
    const int length = snprintf(line, sizeof line, "%.80s = %s; ", row->key, value);
    return replace(text, size, room, s->start, s->start, line, (size_t)length);
}

static size_t copy_setting(char *text, size_t size, size_t room, const setting *to,
                           const char *other, const setting *from, bool renamed)
{
    const size_t length = from->end - from->start;
    char *put = malloc(length + 8);
    if (!put)
        return size;
    const size_t name = from->name_end - from->start;
    memcpy(put, other + from->start, name);
    put[name] = '2';
    memcpy(put + name + renamed, other + from->name_end, length - name);
    memcpy(put + length + renamed, "; ", 2);
    size = replace(text, size, room, to->start, to->start, put, length + renamed + 2);
    free(put);
    return size;
}

static size_t swap_values(char *text, size_t size, const setting *a, const setting *b)
{
    if (a->value > b->value) {
        const setting *swap = a;
        a = b;
        b = swap;
    }
    if (a->end > b->value) /* one inside the other */
        return size;
    const size_t first = a->end - a->value, between = b->value - a->end, second = b->end - b->value;
    char *all = malloc(first + between + second + 1);
    if (!all)
        return size;
    memcpy(all, text + b->value, second);
    memcpy(all + second, text + a->end, between);
    memcpy(all + second + between, text + a->value, first);
    memcpy(text + a->value, all, first + between + second);
    free(all);
    return size;
}

/* "units.alpha.fuel_frac" of a setting. */
static void path_of(const char *text, const settings *all, const setting *s, char out[PATH_BYTES])
{
    char below_it[PATH_BYTES] = "";
    out[0] = '\0';
    for (int deep = 0; s && deep < 8; deep++) {
        snprintf(out, PATH_BYTES, "%.*s%s%.300s",
                 (int)(s->name_end - s->start < 60 ? s->name_end - s->start : 60), text + s->start,
                 below_it[0] ? "." : "", below_it);
        memcpy(below_it, out, PATH_BYTES);
        s = s->parent >= 0 ? &all->at[s->parent] : NULL;
    }
}

static size_t new_change(char *text, size_t size, size_t room, const settings *all, uint64_t *seed)
{
    static const char mark[] = "\n//changes\n";
    const setting *s = &all->at[below(seed, (uint64_t)all->count)];
    char path[PATH_BYTES], id[64], value[VALUE_BYTES], line[2 * PATH_BYTES];
    path_of(text, all, s, path);
    an_id(text, all, seed, id);
    const muster_field *row = row_named(text + s->start, s->name_end - s->start);
    if (row && below(seed, 4) > 0)
        value_for(row, id, seed, value);
    else
        snprintf(value, sizeof value, "%s", extreme[below(seed, sizeof extreme / sizeof *extreme)]);
    bool has_mark = false;
    for (size_t i = 0; i + sizeof mark <= size && !has_mark; i++)
        has_mark = memcmp(text + i, mark, sizeof mark - 1) == 0;
    const int length =
        below(seed, 8) == 0
            ? snprintf(line, sizeof line, "%s//variant %s\n", has_mark ? "" : mark, id)
            : snprintf(line, sizeof line, "%s%s = %s\n", has_mark ? "" : mark, path, value);
    return replace(text, size, room, size, size, line, (size_t)length);
}

static size_t change_once(char *text, size_t size, size_t room, uint64_t *seed)
{
    static settings all; /* large; one thread */
    find_settings(text, size, &all);
    if (all.count == 0 || below(seed, 8) == 0)
        return LLVMFuzzerMutate((uint8_t *)text, size, room);
    const setting *a = &all.at[below(seed, (uint64_t)all.count)];
    const setting *b = &all.at[below(seed, (uint64_t)all.count)];
    switch (below(seed, 12)) {
    case 0:
        return replace(text, size, room, a->start, a->end + (a->end < size), "", 0);
    case 1:
        return copy_setting(text, size, room, b, text, a, below(seed, 2));
    case 2:
        return copy_setting(text, size, room, a, text, a, true);
    case 3:
        return swap_values(text, size, a, b);
    case 4:
    case 5:
    case 6:
        return new_key(text, size, room, &all, seed);
    case 7:
        return new_change(text, size, room, &all, seed);
    default:
        return new_value(text, size, room, &all, seed);
    }
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t room, unsigned int seed)
{
    uint64_t chance = 0x9e3779b97f4a7c15U ^ ((uint64_t)seed * 0x2545f4914f6cdd1dU);
    const uint64_t times = 1 + below(&chance, 4);
    for (uint64_t i = 0; i < times; i++)
        size = change_once((char *)data, size, room, &chance);
    return size;
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t one_size, const uint8_t *two,
                                 size_t two_size, uint8_t *out, size_t room, unsigned int seed)
{
    static settings mine, theirs;
    uint64_t chance = 0x9e3779b97f4a7c15U ^ ((uint64_t)seed * 0x2545f4914f6cdd1dU);
    if (one_size > room)
        one_size = room;
    memcpy(out, one, one_size);
    find_settings((const char *)out, one_size, &mine);
    find_settings((const char *)two, two_size, &theirs);
    if (mine.count == 0 || theirs.count == 0)
        return one_size;
    return copy_setting((char *)out, one_size, room, &mine.at[below(&chance, (uint64_t)mine.count)],
                        (const char *)two, &theirs.at[below(&chance, (uint64_t)theirs.count)],
                        below(&chance, 2));
}
