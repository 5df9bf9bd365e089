/* Every figure, duration, date and point of the field tables at, just inside and just beyond its
 * bounds, and at what is none: by the file and by a change. The tables themselves say what there is
 * to try; tests/unit/every_place.cfg has an item of each, which a change can reach. */
#include "test.h"

#include "base/units.h"
#include "every_key.h"
#include "load/scenario.h"
#include "muster/muster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = EVERY_KEY_PATH, TEXT = EVERY_KEY_TEXT, VALUE = 96, KEYS_MOST = 512 };

/* ---- the keys that were tried ------------------------------------------------------------------------ */

typedef struct tried_key {
    char generic[PATH];
    int32_t loaded, refused; /* values that the whole scenario loaded with; that it did not */
} tried_key;

static tried_key tried[KEYS_MOST];
static int32_t tried_count, runs;

static tried_key *tried_of(const char *generic)
{
    for (int32_t i = 0; i < tried_count; i++)
        if (strcmp(tried[i].generic, generic) == 0)
            return &tried[i];
    assert_true(tried_count < KEYS_MOST);
    snprintf(tried[tried_count].generic, PATH, "%s", generic);
    return &tried[tried_count++];
}

/* ---- reading ---------------------------------------------------------------------------------------- */

static char base_bytes[16384];
static muster_source_text *base_text;
static muster_scenario *base;
static muster_routes *routes;
static muster_land *land;

typedef struct reading {
    muster_diags *diags;
    muster_scenario *scenario;
    muster_status status;
} reading;

static void read_text(const muster_source_text *text, const muster_changes *changes, reading *out)
{
    out->status = muster_scenario_read(text, changes, NULL, out->diags, &out->scenario);
    assert_true((out->status == MUSTER_OK) == (muster_diags_error_count(out->diags) == 0));
}

static reading by_change(const every_key *at, const char *value)
{
    reading out = {.diags = muster_diags_create(NULL)};
    char line[TEXT];
    snprintf(line, sizeof line, "%s = %s", at->path, value);
    read_text(base_text, &(muster_changes){.line = (const char *const[]){line}, .line_count = 1},
              &out);
    return out;
}

/* A text that holds that key alone, under whatever name of its unit. */
static reading by_file(const every_key *at, const char *value)
{
    reading out = {.diags = muster_diags_create(NULL), .status = MUSTER_MISTAKE};
    muster_source_text *text = NULL;
    char bytes[4 * TEXT];
    snprintf(bytes, sizeof bytes, "%s%s = %s; %s\n", at->head, at->key, value, at->tail);
    if (muster_gather_text("t.cfg", bytes, strlen(bytes), NULL, out.diags, &text) == MUSTER_OK)
        read_text(text, NULL, &out);
    muster_source_text_free(text);
    return out;
}

static void close_reading(reading *r)
{
    muster_scenario_free(r->scenario);
    muster_diags_free(r->diags);
}

/* ---- what is said of it ------------------------------------------------------------------------------- */

_Noreturn static void complain(const reading *r, const char *path, const char *value,
                               const char *wanted)
{
    print_error("%s = %s: %s, but:\n", path, value, wanted);
    for (int32_t i = 0; i < muster_diags_count(r->diags); i++) {
        const muster_diag *d = muster_diags_at(r->diags, i);
        print_error("  [%s] %s (%s)\n", d->path, d->message, d->hint);
    }
    fail();
    abort();
}

/* The words "is outside [0.1, 80] kn" hold the ends of the row. */
static bool names_bounds(const char *message, const muster_field *row)
{
    char open = '\0', close = '\0';
    double least = 0.0, most = 0.0;
    const char *at = strstr(message, " is outside ");
    return at && sscanf(at, " is outside %c%lf, %lf%c", &open, &least, &most, &close) == 4 &&
           least == row->min && most == row->max && close == ']' &&
           open == (row->flags & MUSTER_FIELD_ABOVE ? '(' : '[');
}

typedef enum expected {
    IN_BOUNDS,
    BEYOND,    /* the message names key and bounds               */
    NO_FIGURE, /* ... key and what should stand there            */
} expected;

static bool is_about_value(const char *message)
{
    static const char *const words[] = {" is outside ",    "finite number",        " is no date",
                                        " is no duration", "nowhere on the globe", " must be "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(message, words[i]))
            return true;
    return false;
}

static bool says(const muster_diag *d, const muster_field *row, const char *key, expected wanted)
{
    if (!strstr(d->message, key))
        return false;
    if (wanted == NO_FIGURE)
        return true;
    if (row->kind == MUSTER_FIELD_MOMENT)
        return strstr(d->hint, "1800") && strstr(d->hint, "2200");
    if (row->kind == MUSTER_FIELD_POINTS)
        return strstr(d->hint, "-90..90 and -180..360") != NULL;
    return names_bounds(d->message, row);
}

static void judge(reading *r, const muster_field *row, const char *path, const char *key,
                  const char *value, expected wanted)
{
    bool said = false;
    for (int32_t i = 0; i < muster_diags_count(r->diags); i++) {
        const muster_diag *d = muster_diags_at(r->diags, i);
        if (d->severity != MUSTER_ERROR || strcmp(d->path, path) != 0)
            continue;
        if (wanted == IN_BOUNDS && is_about_value(d->message))
            complain(r, path, value, "in bounds");
        said = said || says(d, row, key, wanted);
    }
    if (wanted != IN_BOUNDS && (r->status == MUSTER_OK || !said))
        complain(r, path, value,
                 wanted == BEYOND ? "to be refused with key and bounds" : "to be refused by name");
}

/* ---- running with what loaded --------------------------------------------------------------------------- */

/* Routes that no longer fit are not looked for: that takes seconds each. */
static void run_with(const reading *r)
{
    muster_model *model = NULL;
    muster_result *result = NULL;
    if (!muster_routes_fit(routes, r->scenario))
        return;
    const muster_status made = muster_model_create(r->scenario, routes, NULL, r->diags, &model);
    assert_true(made == MUSTER_OK || muster_diags_error_count(r->diags) > 0);
    if (made == MUSTER_OK) {
        const muster_status ran = muster_run_plan(model, NULL, r->diags, &result);
        assert_true(ran == MUSTER_OK || muster_diags_error_count(r->diags) > 0);
        runs += ran == MUSTER_OK;
    }
    muster_result_free(result);
    muster_model_free(model);
}

/* ---- one value by both doors ------------------------------------------------------------------------------ */

static void try_value(const every_key *at, const muster_field *row, const char *key,
                      const char *value, expected wanted)
{
    reading file = by_file(at, value);
    judge(&file, row, at->alone, key, value, wanted);
    close_reading(&file);
    reading change = by_change(at, value);
    tried_key *const count = tried_of(at->generic);
    if (strcmp(at->path, "scenario.zone_h") == 0) /* refused whatever it is */
        wanted = NO_FIGURE;
    judge(&change, row, at->path, key, value, wanted);
    if (change.status == MUSTER_OK)
        run_with(&change);
    count->loaded += change.status == MUSTER_OK;
    count->refused += change.status != MUSTER_OK;
    close_reading(&change);
}

static void try_real(const every_key *at, const muster_field *row, const char *key, double value,
                     expected wanted)
{
    char text[VALUE];
    snprintf(text, sizeof text, "%.16e", value);
    try_value(at, row, key, text, wanted);
}

/* What is no figure, whatever the bounds. The same code reads a change, so two of them do there. */
static void try_nonsense(const every_key *at, const muster_field *row, const char *word)
{
    static const char *const nonsense[] = {"\" \"", "\"nan\"", "\"inf\"", "\"12\"",
                                           "{ }",   "( )",     "[1, 2]"};
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        if (row->kind == MUSTER_FIELD_POINTS && strcmp(nonsense[i], "( )") == 0)
            continue; /* a list of points, whose length is for others to check */
        reading file = by_file(at, nonsense[i]);
        judge(&file, row, at->alone, word, nonsense[i], NO_FIGURE);
        close_reading(&file);
    }
    try_value(at, row, word, "\"\"", NO_FIGURE);
    try_value(at, row, word, "true", NO_FIGURE);
    /* libconfig knows no such words: a syntax error, which in a file is told by its line alone */
    reading file = by_file(at, "nan"), change = by_change(at, "-inf"), none = by_change(at, "");
    assert_int_equal(file.status, MUSTER_MISTAKE);
    judge(&change, row, at->path, word, "-inf", NO_FIGURE);
    judge(&none, row, at->path, word, "", NO_FIGURE);
    close_reading(&file);
    close_reading(&change);
    close_reading(&none);
}

/* ---- by kind ------------------------------------------------------------------------------------------------ */

static bool is_bounded(const muster_field *row)
{
    return row->min != 0.0 || row->max != 0.0;
}

/* 1e-9 of the greater end: a thousand times the slack of the check, which the way to SI and back
 * needs, and far below what any author means. */
static double nearly(const muster_field *row)
{
    return 1e-9 * fmax(fabs(row->min), fabs(row->max));
}

static void try_ends(const every_key *at, const muster_field *row, const char *key, double unit)
{
    const double step = nearly(row);
    const expected least = row->flags & MUSTER_FIELD_ABOVE ? BEYOND : IN_BOUNDS;
    try_real(at, row, key, row->min * unit, least);
    try_real(at, row, key, row->max * unit, IN_BOUNDS);
    try_real(at, row, key, (row->min + step) * unit, IN_BOUNDS);
    try_real(at, row, key, (row->max - step) * unit, IN_BOUNDS);
    try_real(at, row, key, (row->min - step) * unit, BEYOND);
    try_real(at, row, key, (row->max + step) * unit, BEYOND);
}

static void try_reals(const every_key *at, const muster_field *row, const char *key)
{
    if (is_bounded(row)) {
        const double middle[] = {0.01, 0.1, 0.5, 0.9};
        try_ends(at, row, key, 1.0);
        for (size_t i = 0; i < sizeof middle / sizeof *middle; i++)
            try_real(at, row, key, row->min + middle[i] * (row->max - row->min), IN_BOUNDS);
        try_real(at, row, key, 1e200, BEYOND);
        try_real(at, row, key, -1e200, BEYOND);
    } else {
        assert_false(row->flags & MUSTER_FIELD_ABOVE); /* the message would say "(0, 0]" */
        for (double value = 1e-300; value < 1e301; value *= 1e50) {
            try_real(at, row, key, value, IN_BOUNDS);
            try_real(at, row, key, -value, IN_BOUNDS);
        }
        try_real(at, row, key, 0.0, IN_BOUNDS);
    }
    try_value(at, row, key, "1e400", NO_FIGURE); /* reads as infinity */
    try_value(at, row, key, "-1e400", NO_FIGURE);
    try_nonsense(at, row, key);
}

/* The same ends in every other unit of the quantity: "range_km" for "range_nm". */
static void try_units(const every_key *at, const muster_field *row)
{
    const mst_unit_suffix *own = mst_unit_suffixes;
    while (own->suffix && strcmp(own->symbol, row->unit) != 0)
        own++;
    assert_non_null(own->suffix);
    const size_t stem = strlen(row->key) - strlen(own->suffix);
    const size_t before = strlen(at->path) - strlen(row->key);
    for (const mst_unit_suffix *unit = mst_unit_suffixes; unit->suffix; unit++) {
        every_key other = *at;
        if (unit == own || unit->quantity != own->quantity)
            continue;
        snprintf(other.key, PATH, "%.*s%s", (int)stem, row->key, unit->suffix);
        snprintf(other.path + before, PATH - before, "%s", other.key);
        try_ends(&other, row, row->key, own->si / unit->si);
    }
}

static void try_whole(const every_key *at, const muster_field *row, const char *key, double value,
                      expected wanted)
{
    char text[VALUE];
    snprintf(text, sizeof text, "%.0f", value);
    try_value(at, row, key, text, wanted);
}

static void try_wholes(const every_key *at, const muster_field *row, const char *key)
{
    if (is_bounded(row)) {
        for (int i = -1; i < 2; i++) {
            try_whole(at, row, key, row->min + i, i < 0 ? BEYOND : IN_BOUNDS);
            try_whole(at, row, key, row->max + i, i > 0 ? BEYOND : IN_BOUNDS);
        }
        assert_false(row->flags & MUSTER_FIELD_ABOVE);
        try_value(at, row, key, "9223372036854775807L", BEYOND);
        try_value(at, row, key, "-9223372036854775807L", BEYOND);
        try_value(at, row, key, "-2147483648", BEYOND);
    } else {
        try_value(at, row, key, "9223372036854775807L", IN_BOUNDS);
        try_value(at, row, key, "-9223372036854775807L", IN_BOUNDS);
        try_value(at, row, key, "0", IN_BOUNDS);
    }
    try_value(at, row, key, "0.5", NO_FIGURE);
    try_value(at, row, key, "1e300", NO_FIGURE);
    try_value(at, row, key, "1e400", NO_FIGURE);
    try_nonsense(at, row, key);
}

static void try_seconds(const every_key *at, const muster_field *row, double seconds,
                        expected wanted)
{
    char text[VALUE];
    snprintf(text, sizeof text, "\"%.0f s\"", seconds);
    try_value(at, row, row->key, text, wanted);
}

static void try_durations(const every_key *at, const muster_field *row)
{
    static const char *const nonsense[] = {"\"1e300 d\"", "\"inf h\"", "\"nan h\"",   "\"h\"",
                                           "\"3\"",       "\"3h\"",    "\"3 weeks\"", "12"};
    assert_true(is_bounded(row));
    for (int i = -1; i < 2; i++) {
        const bool least = i < 0 || (i == 0 && (row->flags & MUSTER_FIELD_ABOVE));
        try_seconds(at, row, row->min * 3600.0 + i, least ? BEYOND : IN_BOUNDS);
        try_seconds(at, row, row->max * 3600.0 + i, i > 0 ? BEYOND : IN_BOUNDS);
    }
    try_seconds(at, row, 0.5 * (row->min + row->max) * 3600.0, IN_BOUNDS);
    try_seconds(at, row, fmax(row->min, 1.0) * 7200.0, IN_BOUNDS);
    try_value(at, row, row->key, "\"200000 d\"", BEYOND);
    try_value(at, row, row->key, "\"-200000 d\"", BEYOND);
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++)
        try_value(at, row, row->key, nonsense[i], NO_FIGURE);
    try_nonsense(at, row, row->key);
}

/* Years 1800 to 2200 (muster/time.h). */
static void try_moments(const every_key *at, const muster_field *row)
{
    static const char *const good[] = {"\"1800-01-01\"",        "\"1800-01-01T00:00Z\"",
                                       "\"2200-12-31\"",        "\"2200-12-31T24:00Z\"",
                                       "\"2023-07-16T00:00Z\"", "\"2023-07-18T06:00+09:00\"",
                                       "\"2023-07-20T00:00Z\"", "\"2023-07-22T00:00Z\""};
    static const char *const beyond[] = {"\"1799-12-31\"", "\"2201-01-01T00:00Z\"",
                                         "\"0000-01-01\"", "\"9999-12-31\""};
    static const char *const nonsense[] = {"\"2023-02-29\"",
                                           "\"2023-13-01\"",
                                           "\"2023-07-18T24:01Z\"",
                                           "\"-2023-07-18\"",
                                           "\"2023-07-18T12:60Z\"",
                                           "\"20230718\"",
                                           "\"99999-01-01\"",
                                           "2023",
                                           "\"2023-07-18T12\"",
                                           "\"2023-07-18 \"",
                                           "\"never\""};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        try_value(at, row, row->key, good[i], IN_BOUNDS);
    for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++)
        try_value(at, row, row->key, beyond[i], BEYOND);
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++)
        try_value(at, row, row->key, nonsense[i], NO_FIGURE);
    try_nonsense(at, row, row->key);
}

static void try_points(const every_key *at, const muster_field *row)
{
    static const char *const good[] = {
        "( (90.0, -180.0), (-90.0, 360.0), (0.0, 0.0) )",
        "( (89.9999, -179.9999), (-89.9999, 359.9999), (0.0, 180.0) )",
        "( (41.3, 140.0), (41.6, 140.4) )", "( (36.0, 131.0), (36.5, 131.0), (36.5, 131.6) )"};
    static const char *const beyond[] = {
        "( (90.0000001, 0.0), (0.0, 0.0) )",  "( (0.0, 0.0), (-90.0000001, 0.0) )",
        "( (0.0, 360.0000001), (0.0, 0.0) )", "( (0.0, 0.0), (0.0, -180.0000001) )",
        "( (1e300, 0.0), (0.0, 0.0) )",       "( (0.0, 1e400), (0.0, 0.0) )"};
    static const char *const nonsense[] = {"( (1.0, 2.0, 3.0) )", "( (1.0) )", "( 1.0, 2.0 )",
                                           "( (\"1\", 2.0) )"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        try_value(at, row, row->key, good[i], IN_BOUNDS);
    for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++)
        try_value(at, row, row->key, beyond[i], BEYOND);
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++)
        try_value(at, row, row->key, nonsense[i], NO_FIGURE);
    try_nonsense(at, row, row->key);
}

static void try_row(const every_key *at, const muster_field *row)
{
    if (row->kind == MUSTER_FIELD_REAL) {
        try_reals(at, row, row->key);
        if (row->unit && is_bounded(row))
            try_units(at, row);
    } else if (row->kind == MUSTER_FIELD_NUMBERS) {
        try_reals(at, row, at->key);
    } else if (row->kind == MUSTER_FIELD_INT) {
        try_wholes(at, row, row->key);
    } else if (row->kind == MUSTER_FIELD_DURATION) {
        try_durations(at, row);
    } else if (row->kind == MUSTER_FIELD_MOMENT) {
        try_moments(at, row);
    } else {
        assert_int_equal(row->kind, MUSTER_FIELD_POINTS);
        try_points(at, row);
    }
}

/* Keys of a further item are tried only if the whole loaded with none of them in those before: those
 * of aircraft, of a polygon. */
static void visit(const every_key *at, const muster_field *row)
{
    if (tried_of(at->generic)->loaded == 0)
        try_row(at, row);
}

/* ---- the test ---------------------------------------------------------------------------------------------------- */

static void open_base(void)
{
    FILE *file = fopen(MUSTER_SOURCE_DIR "/tests/unit/every_place.cfg", "rb");
    assert_non_null(file);
    const size_t length = fread(base_bytes, 1, sizeof base_bytes, file);
    fclose(file);
    assert_true(length < sizeof base_bytes);
    muster_diags *diags = muster_diags_create(NULL);
    assert_int_equal(
        muster_gather_text("every_place.cfg", base_bytes, length, NULL, diags, &base_text),
        MUSTER_OK);
    assert_int_equal(muster_scenario_read(base_text, NULL, NULL, diags, &base), MUSTER_OK);
    assert_int_equal(muster_land_open(NULL, 0, NULL, diags, &land), MUSTER_OK);
    assert_int_equal(muster_routes_find(base, land, NULL, diags, &routes), MUSTER_OK);
    muster_diags_free(diags);
}

static void close_base(void)
{
    muster_routes_free(routes);
    muster_land_free(land);
    muster_scenario_free(base);
    muster_source_text_free(base_text);
}

/* Keys with which the whole never loads, and why. */
static bool may_not_load(const char *generic)
{
    static const char *const keys[] = {
        "scenario.zone_h", /* no change may set it */
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i], generic) == 0)
            return true;
    return false;
}

static void test_bounds__of_every_key(void **state)
{
    int32_t silent = 0;
    (void)state;
    open_base();
    every_key_walk(&base->spec, visit);
    close_base();
    for (int32_t i = 0; i < tried_count; i++) {
        const bool odd =
            tried[i].refused == 0 || (tried[i].loaded == 0) != may_not_load(tried[i].generic);
        if (odd)
            print_error("%s: loaded with %d values, refused with %d\n", tried[i].generic,
                        (int)tried[i].loaded, (int)tried[i].refused);
        silent += odd;
    }
    print_message("%d keys, %d runs\n", (int)tried_count, (int)runs);
    assert_int_equal(silent, 0);
    assert_int_equal(tried_count, every_key_count());
    assert_true(tried_count > 170 && runs > 500);
}

/* One byte more than the most, and just the most: then the text itself is what is looked at. */
static void test_bounds__of_a_change(void **state)
{
    enum { MOST = 4 * 1024 * 1024 };
    static const char before[] = "units.first.name = \"";
    (void)state;
    open_base();
    char *line = malloc(MOST + 2);
    assert_non_null(line);
    for (int more = 0; more < 2; more++) {
        const size_t length = (size_t)MOST + (size_t)more;
        memset(line, 'a', length);
        memcpy(line, before, sizeof before - 1);
        memcpy(line + length - 1, "\"", 2);
        reading r = {.diags = muster_diags_create(NULL)};
        read_text(base_text, &(muster_changes){.line = (const char *const *)&line, .line_count = 1},
                  &r);
        assert_int_equal(r.status, more ? MUSTER_MISTAKE : MUSTER_OK);
        if (more)
            assert_string_equal(muster_diags_at(r.diags, 0)->message,
                                "a change is longer than 4 MB");
        close_reading(&r);
    }
    free(line);
    close_base();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds__of_every_key),
        cmocka_unit_test(test_bounds__of_a_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
