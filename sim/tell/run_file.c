/* Reads a run document: its members by the tables of run_file_members.c, then what no table can say. */
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

typedef struct reader {
    mst_arena *arena;
    muster_diags *diags;
    const char *name;
    int64_t faults;
} reader;

/* Where it stands in the document; lives on the stack. */
typedef struct where {
    const struct where *up;
    const char *key;
    int32_t index; /* -1: not in a list */
} where;

enum { PATH_BYTES = 256, DEPTH_MAX = 8, FAULTS_TOLD = 100 };

static void write_path(const where *at, const char *key, char path[PATH_BYTES])
{
    const where *way[DEPTH_MAX];
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

static void fault(reader *r, const where *at, const char *key, const char *wanted)
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
static double read_real(reader *r, const where *at, const mst_member *row,
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
    fault(r, at, row->key, wanted);
    return (double)NAN;
}

static void read_text(reader *r, const where *at, const mst_member *row,
                      const mst_json_value *value, void *out)
{
    const char *text = mst_json_string(value);
    if (text)
        set_pointer(out, mst_arena_text(r->arena, text));
    else if (!mst_json_is_null(value) || !row->is_optional)
        fault(r, at, row->key, "a text is wanted");
}

static muster_time read_time(reader *r, const where *at, const mst_member *row,
                             const mst_json_value *value)
{
    muster_interval moment = {MUSTER_NEVER, MUSTER_NEVER, 0};
    const char *text = mst_json_string(value);
    if (text && muster_time_read(text, 0, &moment) && strchr(text, 'T'))
        return moment.from;
    if (text || !mst_json_is_null(value) || !row->is_optional)
        fault(r, at, row->key, "a time as 2023-07-15T01:45:00Z is wanted");
    return MUSTER_NEVER;
}

static void read_whole(reader *r, const where *at, const mst_member *row,
                       const mst_json_value *value, int32_t *out)
{
    const double number = read_real(r, at, row, value);
    *out = isnan(number) ? -1 : (int32_t)number;
    if (!isnan(number) && number != floor(number))
        fault(r, at, row->key, "a whole number is wanted");
}

static bool read_bool(reader *r, const where *at, const mst_member *row,
                      const mst_json_value *value)
{
    if (!mst_json_is_bool(value) && !mst_json_is_null(value))
        fault(r, at, row->key, "true or false is wanted");
    return mst_json_is_true(value);
}

static bool is_place(double lon_deg, double lat_deg)
{
    return lat_deg >= -90.0 && lat_deg <= 90.0 && lon_deg >= -360.0 && lon_deg <= 360.0;
}

/* lat_deg and lon_deg, behind a prefix. */
static void read_place(reader *r, const where *at, const mst_member *row,
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
        fault(r, at, lat, "a place is wanted: latitude -90 .. 90 with a longitude");
}

/* Count of a list that is there; faults where it is none. */
static int32_t list_count(reader *r, const where *at, const mst_member *row,
                          const mst_json_value *value)
{
    if (mst_json_is_array(value))
        return mst_json_count(value);
    if (!mst_json_is_null(value) || !row->is_optional)
        fault(r, at, row->key, "a list is wanted");
    return 0;
}

static void read_points(reader *r, const where *at, const mst_member *row,
                        const mst_json_value *value, char *out)
{
    const int32_t count = list_count(r, at, row, value);
    muster_point *point = mst_arena_array(r->arena, (size_t)count, sizeof *point);
    for (int32_t i = 0; i < count && point; i++) {
        const mst_json_value *pair = mst_json_item(value, i);
        const double lon = mst_json_number(mst_json_item(pair, 0));
        const double lat = mst_json_number(mst_json_item(pair, 1));
        const where here = {at, row->key, i};
        if (!is_place(lon, lat))
            fault(r, &here, NULL, "[longitude, latitude] is wanted");
        else
            point[i] = (muster_point){lat, muster_lon_inside(lon)};
    }
    set_pointer(out + row->offset, point);
    memcpy(out + row->count_offset, &count, sizeof count);
}

static void read_numbers(reader *r, const where *at, const mst_member *row,
                         const mst_json_value *value, char *out)
{
    const int32_t count = list_count(r, at, row, value);
    double *number = mst_arena_array(r->arena, (size_t)count, sizeof *number);
    const mst_member each = {"", MST_MEMBER_REAL, false, 0, 0, row->low, row->high, NULL};
    for (int32_t i = 0; i < count && number; i++) {
        const where here = {at, row->key, i};
        number[i] = read_real(r, &here, &each, mst_json_item(value, i));
    }
    set_pointer(out + row->offset, number);
    memcpy(out + row->count_offset, &count, sizeof count);
}

/* The values of all measures, one after another. */
static void read_values(reader *r, const where *at, const mst_member *row,
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
        const where here = {at, row->key, i};
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

static void read_members(reader *r, const where *at, const mst_members *members,
                         const mst_json_value *object, char *out);

static void read_list(reader *r, const where *at, const mst_member *row,
                      const mst_json_value *value, char *out)
{
    const int32_t count = list_count(r, at, row, value);
    char *items = mst_arena_array(r->arena, (size_t)count, row->of->bytes);
    for (int32_t i = 0; i < count && items; i++) {
        const where here = {at, row->key, i};
        const mst_json_value *item = mst_json_item(value, i);
        if (mst_json_is_object(item))
            read_members(r, &here, row->of, item, items + (size_t)i * row->of->bytes);
        else
            fault(r, &here, NULL, "an object is wanted");
    }
    set_pointer(out + row->offset, items);
    memcpy(out + row->count_offset, &count, sizeof count);
}

static void read_scalar(reader *r, const where *at, const mst_member *row,
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

static void read_members(reader *r, const where *at, const mst_members *members,
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

/* ---- what no table can say ------------------------------------------------------------------ */

static void check_routes(reader *r, muster_run_file *run)
{
    for (int32_t i = 0; i < run->route_count; i++) {
        const muster_run_route *route = &run->route[i];
        const where at = {NULL, "routes", i};
        if (route->point_count < 2)
            fault(r, &at, "points", "two points at least are wanted");
        if (route->at_count != 0 && route->at_count != route->point_count)
            fault(r, &at, "points_m", "as many numbers as points are wanted");
        for (int32_t p = 1; p < route->at_count; p++)
            if (!(route->at_m[p] >= route->at_m[p - 1])) {
                fault(r, &at, "points_m", "the way to a point must not fall");
                break;
            }
    }
}

static void check_legs(reader *r, const muster_run_file *run, int32_t unit)
{
    const muster_run_unit *u = &run->unit[unit];
    const where up = {NULL, "units", unit};
    for (int32_t i = 0; i < u->leg_count; i++) {
        const muster_run_leg *leg = &u->leg[i];
        const where at = {&up, "legs", i};
        if (leg->end < leg->start || (i > 0 && leg->start < u->leg[i - 1].end))
            fault(r, &at, "start", "legs follow one another in time");
        if (leg->route >= run->route_count)
            fault(r, &at, "route", "there is no such route");
        if (leg->kind && strcmp(leg->kind, "leg") == 0 && leg->route >= 0 &&
            (isnan(leg->start_m) || isnan(leg->speed_mps)))
            fault(r, &at, "start_m", "a leg under way has start_m and speed_mps");
    }
}

static bool falls(muster_time earlier, muster_time later)
{
    return earlier != MUSTER_NEVER && later != MUSTER_NEVER && later < earlier;
}

static void check_sorties(reader *r, const muster_run_file *run, int32_t unit)
{
    const muster_run_unit *u = &run->unit[unit];
    const where up = {NULL, "units", unit};
    for (int32_t i = 0; i < u->sortie_count; i++) {
        const muster_run_sortie *s = &u->sortie[i];
        const where at = {&up, "sorties", i};
        if (falls(s->off, s->on) || falls(s->off, s->leave) || falls(s->on, s->leave) ||
            falls(s->off, s->land) || falls(s->on, s->land) || falls(s->leave, s->land))
            fault(r, &at, "off", "off, on, leave and land follow one another in time");
    }
}

static int by_id(const void *a, const void *b)
{
    const muster_run_unit *const *x = a, *const *y = b;
    const int order = strcmp((*x)->id, (*y)->id);
    return order != 0 ? order : (*x > *y) - (*x < *y);
}

static void check_ids(reader *r, const muster_run_file *run)
{
    const muster_run_unit **sorted =
        mst_arena_array(r->arena, (size_t)run->unit_count, sizeof *sorted);
    for (int32_t i = 0; i < run->unit_count && sorted; i++)
        sorted[i] = &run->unit[i];
    if (sorted && run->unit_count > 1)
        qsort(sorted, (size_t)run->unit_count, sizeof *sorted, by_id);
    for (int32_t i = 1; i < run->unit_count && sorted; i++) {
        const where at = {NULL, "units", (int32_t)(sorted[i] - run->unit)};
        if (strcmp(sorted[i]->id, sorted[i - 1]->id) == 0)
            fault(r, &at, "id", "another unit has this id");
    }
}

static void check_order(reader *r, const muster_run_file *run)
{
    for (int32_t i = 1; i < run->event_count; i++) {
        const where at = {NULL, "events", i};
        if (run->event[i].time < run->event[i - 1].time)
            fault(r, &at, "time", "events stand in order of time");
    }
    for (int32_t i = 0; i < run->area_count; i++) {
        const where at = {NULL, "scene.areas", i};
        if (isnan(run->area[i].radius_nm) && run->area[i].point_count < 3)
            fault(r, &at, "points", "a circle has a radius, a polygon three points at least");
    }
}

static void later(muster_time time, muster_time *last)
{
    if (time != MUSTER_NEVER && time > *last)
        *last = time;
}

static void find_end(muster_run_file *run)
{
    run->end = run->epoch;
    for (int32_t i = 0; i < run->unit_count; i++) {
        const muster_run_unit *u = &run->unit[i];
        if (u->leg_count > 0)
            later(u->leg[u->leg_count - 1].end, &run->end);
        for (int32_t k = 0; k < u->sortie_count; k++) {
            later(u->sortie[k].off, &run->end);
            later(u->sortie[k].on, &run->end);
            later(u->sortie[k].leave, &run->end);
            later(u->sortie[k].land, &run->end);
        }
    }
    if (run->event_count > 0)
        later(run->event[run->event_count - 1].time, &run->end);
}

static void check_head(reader *r, const mst_json_value *root)
{
    const char *format = mst_json_string(mst_json_member(root, "format"));
    if (!format || strcmp(format, "muster-run") != 0)
        fault(r, NULL, "format",
              "\"muster-run\" is wanted: muster run FILE -o run.json makes such a file");
    else if (mst_json_number(mst_json_member(root, "version")) != 1.0)
        fault(r, NULL, "version", "this program reads version 1");
}

static void read_run(reader *r, const mst_json_value *root, muster_run_file *run)
{
    check_head(r, root);
    if (r->faults == 0)
        read_members(r, NULL, &mst_run_file_members, root, (char *)run);
    if (r->faults > 0 || r->arena->failed)
        return;
    check_routes(r, run);
    check_ids(r, run);
    check_order(r, run);
    for (int32_t i = 0; i < run->unit_count; i++) {
        check_legs(r, run, i);
        check_sorties(r, run, i);
    }
    find_end(run);
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
    reader r = {&own->arena, diags, name, 0};
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
