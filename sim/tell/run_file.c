/* Reads a run document: its members by the tables of run_file_members.c, then what no table can say
 * (run_file_check.c). */
#include "tell/run_file.h"

#include "tell/json.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/format.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The file and the memory it lives in; the public struct comes first. */
typedef struct owned {
    muster_run_file run;
    muster_memory memory;
    mst_arena arena;
} owned;

enum { PATH_BYTES = 256, DEPTH_MAX = 8, FAULTS_TOLD = 100 };

static void write_path(const mst_run_where *at, const char *key, char path[PATH_BYTES])
{
    const mst_run_where *way[DEPTH_MAX];
    int depth = 0;
    size_t used = 0;
    path[0] = '\0';
    for (; at && depth < DEPTH_MAX; at = at->up)
        way[depth++] = at;
    while (depth-- > 0 && used < PATH_BYTES) {
        used += muster_text_format(path + used, PATH_BYTES - used, "%s%s", used ? "." : "",
                                   way[depth]->key);
        if (way[depth]->index >= 0 && used < PATH_BYTES)
            used +=
                muster_text_format(path + used, PATH_BYTES - used, "[%d]", (int)way[depth]->index);
    }
    if (key && used < PATH_BYTES)
        muster_text_format(path + used, PATH_BYTES - used, "%s%s", used ? "." : "", key);
}

void mst_run_fault(mst_run_reader *r, const mst_run_where *at, const char *key, const char *wanted)
{
    char path[PATH_BYTES];
    if (r->faults++ >= FAULTS_TOLD)
        return;
    write_path(at, key, path);
    mst_diag(r->diags, MUSTER_ERROR, (mst_place){r->name, 0}, path, NULL, "%s: %s", path, wanted);
}

static const mst_json_value *member(const mst_json_value *object, const char *key)
{
    const char *dot = strchr(key, '.');
    char head[32];
    if (!dot)
        return mst_json_member(object, key);
    muster_text_format(head, sizeof head, "%.*s", (int)(dot - key), key);
    return mst_json_member(mst_json_member(object, head), dot + 1);
}

static void set_pointer(void *out, const void *value)
{
    memcpy(out, &value, sizeof value);
}

/* Any bounds but those of the row: a number that is not there is NaN. */
static double read_real(mst_run_reader *r, const mst_run_where *at, const mst_member *row,
                        const mst_json_value *value)
{
    char wanted[96];
    const double number = mst_json_number(value);
    if (number >= row->low && number <= row->high)
        return number;
    if (mst_json_is_null(value) && row->is_optional)
        return (double)NAN;
    muster_text_format(wanted, sizeof wanted, "a number from %g to %g is wanted", row->low,
                       row->high);
    mst_run_fault(r, at, row->key, wanted);
    return (double)NAN;
}

static void read_text(mst_run_reader *r, const mst_run_where *at, const mst_member *row,
                      const mst_json_value *value, void *out)
{
    const char *text = mst_json_string(value);
    if (text)
        set_pointer(out, mst_arena_text(r->arena, text));
    else if (!mst_json_is_null(value) || !row->is_optional)
        mst_run_fault(r, at, row->key, "a text is wanted");
}

static muster_time read_time(mst_run_reader *r, const mst_run_where *at, const mst_member *row,
                             const mst_json_value *value)
{
    muster_interval moment = {MUSTER_NEVER, MUSTER_NEVER, 0};
    const char *text = mst_json_string(value);
    if (text && muster_time_read(text, 0, &moment) && strchr(text, 'T'))
        return moment.from;
    if (text || !mst_json_is_null(value) || !row->is_optional)
        mst_run_fault(r, at, row->key, "a time as 2023-07-15T01:45:00Z is wanted");
    return MUSTER_NEVER;
}

static void read_whole(mst_run_reader *r, const mst_run_where *at, const mst_member *row,
                       const mst_json_value *value, int32_t *out)
{
    const double number = read_real(r, at, row, value);
    *out = isnan(number) ? -1 : (int32_t)number;
    if (!isnan(number) && number != floor(number))
        mst_run_fault(r, at, row->key, "a whole number is wanted");
}

static bool read_bool(mst_run_reader *r, const mst_run_where *at, const mst_member *row,
                      const mst_json_value *value)
{
    if (!mst_json_is_bool(value) && !mst_json_is_null(value))
        mst_run_fault(r, at, row->key, "true or false is wanted");
    return mst_json_is_true(value);
}

static bool is_place(double lon_deg, double lat_deg)
{
    return lat_deg >= -90.0 && lat_deg <= 90.0 && lon_deg >= -360.0 && lon_deg <= 360.0;
}

/* lat_deg and lon_deg, behind a prefix. */
static void read_place(mst_run_reader *r, const mst_run_where *at, const mst_member *row,
                       const mst_json_value *object, muster_point *out)
{
    char lat[32], lon[32];
    muster_text_format(lat, sizeof lat, "%slat_deg", row->key);
    muster_text_format(lon, sizeof lon, "%slon_deg", row->key);
    const mst_json_value *north = mst_json_member(object, lat);
    const mst_json_value *east = mst_json_member(object, lon);
    *out = (muster_point){mst_json_number(north), mst_json_number(east)};
    if (is_place(out->lon_deg, out->lat_deg)) {
        out->lon_deg = muster_lon_inside(out->lon_deg);
        return;
    }
    *out = (muster_point){(double)NAN, (double)NAN};
    if (!mst_json_is_null(north) || !mst_json_is_null(east))
        mst_run_fault(r, at, lat, "a place is wanted: latitude -90 .. 90 with a longitude");
}

/* Count of a list that is there; faults where it is none. */
static int32_t list_count(mst_run_reader *r, const mst_run_where *at, const mst_member *row,
                          const mst_json_value *value)
{
    if (mst_json_is_array(value))
        return mst_json_count(value);
    if (!mst_json_is_null(value) || !row->is_optional)
        mst_run_fault(r, at, row->key, "a list is wanted");
    return 0;
}

static void read_points(mst_run_reader *r, const mst_run_where *at, const mst_member *row,
                        const mst_json_value *value, char *out)
{
    const int32_t count = list_count(r, at, row, value);
    muster_point *point = mst_arena_array(r->arena, (size_t)count, sizeof *point);
    for (int32_t i = 0; i < count && point; i++) {
        const mst_json_value *pair = mst_json_item(value, i);
        const double lon = mst_json_number(mst_json_item(pair, 0));
        const double lat = mst_json_number(mst_json_item(pair, 1));
        const mst_run_where here = {at, row->key, i};
        if (!is_place(lon, lat))
            mst_run_fault(r, &here, NULL, "[longitude, latitude] is wanted");
        else
            point[i] = (muster_point){lat, muster_lon_inside(lon)};
    }
    set_pointer(out + row->offset, point);
    memcpy(out + row->count_offset, &count, sizeof count);
}

static void read_numbers(mst_run_reader *r, const mst_run_where *at, const mst_member *row,
                         const mst_json_value *value, char *out)
{
    const int32_t count = list_count(r, at, row, value);
    double *number = mst_arena_array(r->arena, (size_t)count, sizeof *number);
    const mst_member each = {"", MST_MEMBER_REAL, false, 0, 0, row->low, row->high, NULL};
    for (int32_t i = 0; i < count && number; i++) {
        const mst_run_where here = {at, row->key, i};
        number[i] = read_real(r, &here, &each, mst_json_item(value, i));
    }
    set_pointer(out + row->offset, number);
    memcpy(out + row->count_offset, &count, sizeof count);
}

/* The values of all measures, one after another. */
static void read_values(mst_run_reader *r, const mst_run_where *at, const mst_member *row,
                        const mst_json_value *value, char *out)
{
    const int32_t measures = list_count(r, at, row, value);
    const mst_member number = {"values", MST_MEMBER_REAL, true, 0, 0, -1e300, 1e300, NULL};
    int32_t count = 0, used = 0;
    for (int32_t i = 0; i < measures; i++)
        count += mst_json_members(mst_json_member(mst_json_item(value, i), "values"));
    muster_run_outcome *all = mst_arena_array(r->arena, (size_t)count, sizeof *all);
    for (int32_t i = 0; i < measures && all; i++) {
        const mst_json_value *measure = mst_json_item(value, i);
        const mst_run_where here = {at, row->key, i};
        muster_run_outcome head = {0};
        const mst_member texts[] = {
            {"measure", MST_MEMBER_TEXT, false, offsetof(muster_run_outcome, measure), 0, 0, 0,
             NULL},
            {"label", MST_MEMBER_TEXT, true, offsetof(muster_run_outcome, label), 0, 0, 0, NULL},
            {"unit", MST_MEMBER_TEXT, true, offsetof(muster_run_outcome, unit), 0, 0, 0, NULL},
            {"of", MST_MEMBER_TEXT, false, offsetof(muster_run_outcome, of), 0, 0, 0, NULL}};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            read_text(r, &here, &texts[k], mst_json_member(measure, texts[k].key),
                      (char *)&head + texts[k].offset);
        const char *id = NULL;
        const mst_json_value *values = mst_json_member(measure, "values"), *each = NULL;
        for (void *walk = NULL; used < count && mst_json_each(values, &walk, &id, &each);) {
            all[used] = head;
            all[used].id = mst_arena_text(r->arena, id);
            all[used++].value = read_real(r, &here, &number, each);
        }
    }
    set_pointer(out + row->offset, all);
    memcpy(out + row->count_offset, &used, sizeof used);
}

static void read_members(mst_run_reader *r, const mst_run_where *at, const mst_members *members,
                         const mst_json_value *object, char *out);

static void read_list(mst_run_reader *r, const mst_run_where *at, const mst_member *row,
                      const mst_json_value *value, char *out)
{
    const int32_t count = list_count(r, at, row, value);
    char *items = mst_arena_array(r->arena, (size_t)count, row->of->bytes);
    for (int32_t i = 0; i < count && items; i++) {
        const mst_run_where here = {at, row->key, i};
        const mst_json_value *item = mst_json_item(value, i);
        if (mst_json_is_object(item))
            read_members(r, &here, row->of, item, items + (size_t)i * row->of->bytes);
        else
            mst_run_fault(r, &here, NULL, "an object is wanted");
    }
    set_pointer(out + row->offset, items);
    memcpy(out + row->count_offset, &count, sizeof count);
}

static void read_scalar(mst_run_reader *r, const mst_run_where *at, const mst_member *row,
                        const mst_json_value *value, char *out)
{
    if (row->kind == MST_MEMBER_TEXT) {
        read_text(r, at, row, value, out);
    } else if (row->kind == MST_MEMBER_TIME) {
        const muster_time time = read_time(r, at, row, value);
        memcpy(out, &time, sizeof time);
    } else if (row->kind == MST_MEMBER_REAL) {
        const double real = read_real(r, at, row, value);
        memcpy(out, &real, sizeof real);
    } else if (row->kind == MST_MEMBER_WHOLE) {
        int32_t whole = -1;
        read_whole(r, at, row, value, &whole);
        memcpy(out, &whole, sizeof whole);
    } else {
        const bool is_true = read_bool(r, at, row, value);
        const int32_t answer = mst_json_is_null(value) ? -1 : is_true;
        if (row->kind == MST_MEMBER_BOOL)
            memcpy(out, &is_true, sizeof is_true);
        else
            memcpy(out, &answer, sizeof answer);
    }
}

static void read_members(mst_run_reader *r, const mst_run_where *at, const mst_members *members,
                         const mst_json_value *object, char *out)
{
    for (const mst_member *row = members->row; row->kind != MST_MEMBER_END; row++) {
        const mst_json_value *value = member(object, row->key);
        if (r->arena->failed)
            return;
        if (row->kind == MST_MEMBER_PLACE) {
            muster_point place;
            read_place(r, at, row, object, &place);
            memcpy(out + row->offset, &place, sizeof place);
        } else if (row->kind == MST_MEMBER_POINTS) {
            read_points(r, at, row, value, out);
        } else if (row->kind == MST_MEMBER_NUMBERS) {
            read_numbers(r, at, row, value, out);
        } else if (row->kind == MST_MEMBER_LIST) {
            read_list(r, at, row, value, out);
        } else if (row->kind == MST_MEMBER_VALUES) {
            read_values(r, at, row, value, out);
        } else {
            read_scalar(r, at, row, value, out + row->offset);
        }
    }
}

static void check_head(mst_run_reader *r, const mst_json_value *root)
{
    const char *format = mst_json_string(mst_json_member(root, "format"));
    if (!format || strcmp(format, "muster-run") != 0)
        mst_run_fault(r, NULL, "format",
                      "\"muster-run\" is wanted: muster run FILE -o run.json makes such a file");
    else if (mst_json_number(mst_json_member(root, "version")) != 1.0)
        mst_run_fault(r, NULL, "version", "this program reads version 1");
}

static void read_run(mst_run_reader *r, const mst_json_value *root, muster_run_file *run)
{
    check_head(r, root);
    if (r->faults == 0)
        read_members(r, NULL, &mst_run_file_members, root, (char *)run);
    if (r->faults > 0 || r->arena->failed)
        return;
    mst_run_file_check(r, run);
}

muster_status muster_run_file_read(const char *name, const char *bytes, size_t length,
                                   const muster_memory *memory, muster_diags *diags,
                                   const muster_run_file **out)
{
    *out = NULL;
    if (length > MUSTER_RUN_FILE_BYTES_MAX) {
        mst_diag(diags, MUSTER_ERROR, (mst_place){name, 0}, NULL, NULL,
                 "this run file is larger than %d MB", (int)(MUSTER_RUN_FILE_BYTES_MAX >> 20));
        return MUSTER_MISTAKE;
    }
    const int32_t before = muster_diags_error_count(diags);
    mst_json_document *document = mst_json_read(name, bytes, length, diags);
    if (!document && diags && muster_diags_error_count(diags) == before) { /* memory was short */
        mst_diag_memory(diags);
        return MUSTER_WORLD;
    }
    if (!document)
        return MUSTER_MISTAKE;
    owned *own = mst_memory_alloc(memory, sizeof *own);
    if (!own) {
        mst_json_forget(document);
        mst_diag_memory(diags);
        return MUSTER_WORLD;
    }
    memset(own, 0, sizeof *own);
    mst_arena_init(&own->arena, mst_memory_keep(&own->memory, memory));
    mst_run_reader r = {&own->arena, diags, name, 0};
    read_run(&r, mst_json_root(document), &own->run);
    mst_json_forget(document);
    const bool is_short = own->arena.failed;
    if (is_short || r.faults > 0) {
        muster_run_file_free(&own->run);
        if (is_short)
            mst_diag_memory(diags);
        return is_short ? MUSTER_WORLD : MUSTER_MISTAKE;
    }
    *out = &own->run;
    return MUSTER_OK;
}

void muster_run_file_free(const muster_run_file *run)
{
    if (!run)
        return;
    owned *own = (owned *)(uintptr_t)run;
    const muster_memory memory = own->memory;
    mst_arena_clear(&own->arena);
    mst_memory_free(&memory, own);
}
