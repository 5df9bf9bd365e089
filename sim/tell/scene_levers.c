/* Levers and variants of the scene: what may be changed, where it stands, what the file gave. */
#include "tell/scene.h"

#include "base/text.h"
#include "model/walk.h"

#include <math.h>
#include <string.h>

/* A value as a lever has it: text without quotes and unit, and the number if it is one. */
typedef struct standing {
    const char *text; /* null: not given */
    double number;    /* in the lever's own unit; NaN: none */
} standing;

/* How a value is written in a change, PATH = VALUE. */
static const char *form_of(const mst_spot *spot)
{
    switch (spot->row->kind) {
    case MUSTER_FIELD_REAL:
    case MUSTER_FIELD_NUMBERS:
        return "real";
    case MUSTER_FIELD_INT:
        return "whole";
    case MUSTER_FIELD_DURATION:
        return "hours";
    case MUSTER_FIELD_TEXT:
    case MUSTER_FIELD_CHOICE:
    case MUSTER_FIELD_REFERENCE:
    case MUSTER_FIELD_MOMENT:
        return "text";
    case MUSTER_FIELD_BOOL:
    case MUSTER_FIELD_TEXTS:
    case MUSTER_FIELD_VALUES:
    case MUSTER_FIELD_REFERENCES:
    case MUSTER_FIELD_POINTS:
    case MUSTER_FIELD_GROUP:
    case MUSTER_FIELD_INLINE:
    case MUSTER_FIELD_LIST:
    case MUSTER_FIELD_TABLE:
    case MUSTER_FIELD_PLUGIN:
    case MUSTER_FIELD_END:
        break;
    }
    return "bare";
}

static bool locate(mst_page *page, const char *path, mst_spot *out)
{
    mst_spec view = *page->spec; /* finding a place changes nothing in it */
    return mst_spec_locate(&view, &page->arena, path, (mst_place){NULL, 0}, NULL, out);
}

/* Hours of "38 h 15 min" as muster_duration_write has it: pairs of a number and its unit. */
static double hours_of(const char *text)
{
    muster_time sum = 0, part = 0;
    while (*text) {
        char pair[48];
        size_t length = strcspn(text, " ");
        length += text[length] == ' ' ? 1 + strcspn(text + length + 1, " ") : 0;
        if (length >= sizeof pair)
            return (double)NAN;
        memcpy(pair, text, length);
        pair[length] = '\0';
        if (!muster_duration_read(pair, &part))
            return (double)NAN;
        sum += sum < 0 ? -part : part; /* the sign stands before the first */
        text += length;
        text += *text == ' ';
    }
    return muster_hours(sum);
}

/* A value as the file's texts have it ("18 t", "\"ORANG\"", "\"38 h\"") for a lever. */
static standing read_text(mst_page *page, const mst_spot *spot, const char *text)
{
    standing out = {NULL, (double)NAN};
    char shortest[32], first[32];
    if (!text || strcmp(text, "not given") == 0)
        return out;
    const size_t length = strlen(text);
    const bool is_quoted = length >= 2 && text[0] == '"' && text[length - 1] == '"';
    out.text = is_quoted ? mst_page_printf(page, "%.*s", (int)(length - 2), text + 1)
                         : mst_page_printf(page, "%s", text);
    if (spot->row->kind == MUSTER_FIELD_DURATION) {
        out.number = hours_of(out.text);
    } else if (!is_quoted && strcspn(text, " ") < sizeof first) {
        memcpy(first, text, strcspn(text, " "));
        first[strcspn(text, " ")] = '\0';
        if (mst_text_real(first, &out.number) && spot->row->kind == MUSTER_FIELD_REAL)
            out.number *= mst_field_si(spot->row) / spot->si; /* the path may name another unit */
    }
    if (isfinite(out.number))
        out.text = mst_page_printf(page, "%s", mst_text_shortest(out.number, shortest));
    else
        out.number = (double)NAN;
    return out;
}

static standing now(mst_page *page, const char *path, const mst_spot *spot)
{
    mst_spec view = *page->spec;
    return read_text(page, spot, mst_spot_in_force(&view, &page->arena, path, spot));
}

/* The first change in force of just that value; null: there is none. */
static const mst_applied_row *changed(mst_page *page, const mst_spot *spot)
{
    for (int32_t i = 0; i < page->model->applied_count; i++) {
        const mst_applied_row *row = &page->model->applied[i];
        mst_spot other;
        if (locate(page, row->path, &other) && other.value == spot->value &&
            (!spot->number || (other.number && strcmp(other.number, spot->number) == 0)))
            return row;
    }
    return NULL;
}

/* What the file gave, whatever changes are in force: of the value itself, else where it comes from. */
static standing in_file(mst_page *page, const char *path, const mst_spot *spot)
{
    mst_spot at = *spot;
    char behind[MST_PATH_BYTES];
    for (int step = 0; step < MST_LIKE_STEPS; step++) {
        const mst_applied_row *row = changed(page, &at);
        if (row)
            return read_text(page, spot, row->before);
        if (mst_facts_find(&page->spec->facts, path) ||
            !mst_path_behind(page->spec, path, behind) || !locate(page, behind, &at))
            break;
        path = behind;
    }
    return now(page, path, spot);
}

static void add_lever(mst_json *json, mst_page *page, const mst_lever_def *lever)
{
    static const char *const who[] = {"candidate", "host", "third party", "nobody"};
    mst_spot spot;
    standing value = {NULL, (double)NAN}, base = value;
    const bool is_there = lever->path && locate(page, lever->path, &spot);
    if (is_there) {
        value = now(page, lever->path, &spot);
        base = in_file(page, lever->path, &spot);
    }
    mst_json_object(json, NULL);
    mst_json_text(json, "id", lever->item.id);
    mst_json_text(json, "path", lever->path);
    mst_json_text(json, "label", lever->label ? lever->label : lever->item.id);
    mst_json_text(json, "unit", lever->unit);
    mst_json_maybe(json, "min", lever->min);
    mst_json_maybe(json, "max", lever->max);
    mst_json_maybe(json, "step", lever->step);
    mst_json_texts(json, "choices", &lever->choices);
    mst_json_texts(json, "with", &lever->with);
    mst_json_text(json, "controls", lever->controls >= 0 ? who[lever->controls] : NULL);
    mst_json_text(json, "form", is_there ? form_of(&spot) : "bare");
    mst_json_text(json, "value", value.text);
    mst_json_maybe(json, "number", value.number);
    mst_json_text(json, "base", base.text);
    mst_json_maybe(json, "base_number", base.number);
    mst_json_bool(json, "moves_geography",
                  mst_route_plan_moves(page->spec, &page->arena, lever->path));
    mst_json_text(json, "note", lever->item.note);
    mst_json_end(json);
}

static void add_variant(mst_json *json, const mst_variant_def *variant)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "id", variant->item.id);
    mst_json_text(json, "title", variant->title ? variant->title : variant->item.id);
    mst_json_text(json, "why", variant->why);
    mst_json_text(json, "use", variant->use >= 0 ? mst_use_names[variant->use] : NULL);
    mst_json_texts(json, "changes", &variant->changes);
    mst_json_end(json);
}

void mst_json_scene_levers(mst_json *json, mst_page *page)
{
    const mst_spec *spec = page->spec;
    mst_json_array(json, "levers");
    for (int32_t i = 0; i < spec->levers.count; i++)
        add_lever(json, page, MST_AT(const mst_lever_def, &spec->levers, i));
    mst_json_end(json);
    mst_json_array(json, "variants");
    for (int32_t i = 0; i < spec->variants.count; i++)
        add_variant(json, MST_AT(const mst_variant_def, &spec->variants, i));
    mst_json_end(json);
}
