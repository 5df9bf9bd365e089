#include "batch/flip_lever.h"

#include "base/text.h"
#include "model/walk.h"

#include <math.h>
#include <string.h>

static bool locate(muster_scenario *scenario, mst_arena *arena, const char *path, mst_spot *out)
{
    return mst_spec_locate(&scenario->spec, arena, path, (mst_place){NULL, 0}, NULL, out);
}

/* ---- values as text ------------------------------------------------------------------------------- */

static bool is_quoted(muster_field_kind kind)
{
    return kind == MUSTER_FIELD_TEXT || kind == MUSTER_FIELD_CHOICE ||
           kind == MUSTER_FIELD_REFERENCE || kind == MUSTER_FIELD_MOMENT ||
           kind == MUSTER_FIELD_DURATION;
}

const char *mst_flip_lever_value(muster_scenario *scenario, mst_arena *arena,
                                 const mst_flip_lever *lever, double x)
{
    mst_spot spot;
    char text[32];
    if (!locate(scenario, arena, lever->def->path, &spot))
        return NULL;
    if (lever->kind == MST_LEVER_CHOICE) {
        const char *choice = *MST_AT(const char *const, &lever->def->choices, (int32_t)x);
        return is_quoted(spot.row->kind) ? mst_arena_printf(arena, "\"%s\"", choice)
                                         : mst_arena_text(arena, choice);
    }
    if (spot.row->kind == MUSTER_FIELD_INT)
        return mst_arena_printf(arena, "%lld", (long long)llround(x));
    mst_text_shortest(x, text);
    if (spot.row->kind == MUSTER_FIELD_DURATION)
        return mst_arena_printf(arena, "\"%s h\"", text);
    return mst_arena_printf(arena, "%s%s", text, strpbrk(text, ".e") ? "" : ".0");
}

static void add_line(mst_arena *arena, mst_list *out, const char *line)
{
    const char **kept = line ? mst_list_add(arena, out, sizeof *kept) : NULL;
    if (kept)
        *kept = line;
}

void mst_flip_lever_lines(muster_scenario *scenario, mst_arena *arena, const mst_flip_lever *lever,
                          double x, mst_list *out)
{
    const char *value = mst_flip_lever_value(scenario, arena, lever, x);
    if (!value)
        return;
    add_line(arena, out, mst_arena_printf(arena, "%s = %s", lever->def->path, value));
    for (int32_t i = 0; i < lever->def->with.count; i++) {
        const char *entry = *MST_AT(const char *const, &lever->def->with, i);
        add_line(arena, out,
                 strchr(entry, '=') ? mst_arena_text(arena, entry)
                                    : mst_arena_printf(arena, "%s = %s", entry, value));
    }
}

/* ---- where it stands -------------------------------------------------------------------------------- */

/* Twelve digits: without the traces of the way to SI and back. */
static double rounded(double value)
{
    if (!isfinite(value) || value == 0.0)
        return value;
    const double scale = pow(10.0, 11.0 - floor(log10(fabs(value))));
    const double out = round(value * scale) / scale;
    return isfinite(out) ? out : value;
}

static double number_at(const mst_spot *spot)
{
    if (spot->number) {
        const mst_list *numbers = spot->value;
        for (int32_t i = 0; i < numbers->count; i++)
            if (strcmp(MST_AT(const mst_number, numbers, i)->name, spot->number) == 0)
                return MST_AT(const mst_number, numbers, i)->value;
        return (double)NAN;
    }
    if (spot->row->kind == MUSTER_FIELD_REAL)
        return rounded(*(const double *)spot->value / spot->si);
    const int64_t whole = *(const int64_t *)spot->value;
    if (spot->row->kind == MUSTER_FIELD_INT)
        return whole == MST_INT_NONE ? (double)NAN : (double)whole;
    return whole == MUSTER_NEVER ? (double)NAN : muster_hours(whole);
}

/* As given, inherited or by default. */
static double number_now(muster_scenario *scenario, mst_arena *arena, const char *path)
{
    mst_spot spot;
    char behind[MST_PATH_BYTES];
    double value = (double)NAN, fallback = (double)NAN;
    for (int step = 0; step < MST_LIKE_STEPS && isnan(value); step++) {
        if (!locate(scenario, arena, path, &spot))
            break;
        value = number_at(&spot);
        if (!spot.number &&
            (spot.row->kind == MUSTER_FIELD_REAL || spot.row->kind == MUSTER_FIELD_INT))
            fallback = spot.row->fallback;
        if (!mst_path_behind(&scenario->spec, path, behind))
            break;
        path = behind;
    }
    return isnan(value) ? fallback : value;
}

/* The choice that stands there, by its text or its number. */
static double choice_now(muster_scenario *scenario, mst_arena *arena, const mst_lever_def *def)
{
    mst_spot spot;
    if (!locate(scenario, arena, def->path, &spot) || spot.number ||
        !mst_fields_given(spot.row, spot.item))
        return (double)NAN;
    const char *written = mst_field_write(arena, spot.row, spot.value);
    const size_t length = written ? strlen(written) : 0;
    double number = 0.0;
    for (int32_t i = 0; i < def->choices.count; i++) {
        const char *choice = *MST_AT(const char *const, &def->choices, i);
        const bool is_same = !written                   ? false
                             : length == strlen(choice) ? strcmp(written, choice) == 0
                             : length == strlen(choice) + 2
                                 ? strncmp(written + 1, choice, length - 2) == 0
                                 : false;
        const bool is_number =
            (spot.row->kind == MUSTER_FIELD_REAL || spot.row->kind == MUSTER_FIELD_INT) &&
            mst_text_real(choice, &number) && number_at(&spot) == number;
        if (is_same || is_number)
            return (double)i;
    }
    return (double)NAN;
}

/* ---- the whole -------------------------------------------------------------------------------------- */

/* False with a diagnostic when the lever cannot be moved there. */
static bool may_be(muster_scenario *scenario, mst_arena *arena, const mst_flip_lever *lever,
                   double x, muster_diags *diags)
{
    mst_list lines = {0};
    mst_flip_lever_lines(scenario, arena, lever, x, &lines);
    for (int32_t i = 0; i < lines.count; i++) {
        mst_change change;
        mst_spot spot;
        const char *line = *MST_AT(const char *const, &lines, i);
        if (!mst_change_read(&scenario->spec, arena, scenario->kinds, line, "",
                             lever->def->item.place, diags, &change) ||
            !locate(scenario, arena, change.path, &spot) ||
            !mst_change_allowed(&scenario->spec, arena, spot.row, &change, diags)) {
            mst_diag(diags, MUSTER_NOTE, lever->def->item.place, NULL, NULL,
                     "lever '%s' may be moved there: %s", lever->def->item.id, line);
            return false;
        }
    }
    return !arena->failed;
}

static bool may_be_anywhere(muster_scenario *scenario, mst_arena *arena,
                            const mst_flip_lever *lever, muster_diags *diags)
{
    if (lever->kind != MST_LEVER_CHOICE)
        return may_be(scenario, arena, lever, lever->min, diags) &&
               may_be(scenario, arena, lever, lever->max, diags);
    for (int32_t i = 0; i <= (int32_t)lever->max; i++)
        if (!may_be(scenario, arena, lever, i, diags))
            return false;
    return true;
}

static void read_number(muster_scenario *scenario, mst_arena *arena, mst_flip_lever *out)
{
    enum { VALUES_MAX = 64 };
    mst_spot spot;
    const mst_lever_def *def = out->def;
    out->now = number_now(scenario, arena, def->path);
    const bool is_whole =
        locate(scenario, arena, def->path, &spot) && spot.row->kind == MUSTER_FIELD_INT;
    out->min = is_whole ? ceil(def->min) : def->min;
    out->max = is_whole ? floor(def->max) : def->max;
    const double range = out->max - out->min;
    out->grid = is_whole ? 1.0 : pow(10.0, round(log10(range / 1000.0)));
    out->is_whole = is_whole;
    out->kind = is_whole && range < VALUES_MAX ? MST_LEVER_WHOLE : MST_LEVER_DEEP;
    /* a lever that is not given has no way to go: moving it anywhere costs its whole range */
    out->cost = isnan(def->cost) ? 1.0 / (range > 0.0 ? range : 1.0) : def->cost;
    if (isnan(out->now))
        out->cost *= range;
}

bool mst_flip_lever_read(muster_scenario *scenario, mst_arena *arena, const mst_lever_def *def,
                         muster_diags *diags, mst_flip_lever *out)
{
    *out = (mst_flip_lever){.def = def, .kind = MST_LEVER_CHOICE, .grid = 1.0};
    if (def->choices.count > 0) {
        out->max = def->choices.count - 1.0;
        out->now = choice_now(scenario, arena, def);
        out->cost = isnan(def->cost) ? 1.0 : def->cost;
    } else {
        read_number(scenario, arena, out);
    }
    return may_be_anywhere(scenario, arena, out, diags);
}
