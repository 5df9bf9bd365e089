/* muster show: one item with its figures and their sources. */
#include "cli/library.h"

#include "base/text.h"
#include "tell/json.h"

#include <string.h>

typedef struct sheet {
    mst_text text;
    mst_json *json;
    int facts;
} sheet;

static const char *source_text(const mst_spec *spec, const char *source)
{
    const int32_t found =
        source ? mst_table_find(&spec->scenario.sources, sizeof(mst_source_def), source) : -1;
    if (found >= 0)
        return MST_AT(mst_source_def, &spec->scenario.sources, found)->text;
    return source ? source : "-";
}

enum {
    KEY_WIDTH = 24,
    VALUE_WIDTH = 16,
    SURE_WIDTH = 11,
    SOURCE_AT = KEY_WIDTH + VALUE_WIDTH + SURE_WIDTH + 3,
    PAGE_WIDTH = 80
};

/* A cell from a column on and a blank behind it; one that is too wide takes lines of its own, and
 * the row goes on below. */
static void add_cell(mst_text *text, const char *words, int32_t column, int32_t width)
{
    if (mst_text_columns(words) <= width) {
        mst_text_pad(text, words, width);
    } else {
        mst_text_wrap(text, words, column, column, PAGE_WIDTH);
        mst_text_add(text, "\n");
        mst_text_repeat(text, " ", column + width);
    }
    mst_text_add(text, " ");
}

static void add_fact(sheet *out, const mst_spec *spec, const mst_fact *fact, const char *key)
{
    add_cell(&out->text, key, 0, KEY_WIDTH);
    add_cell(&out->text, fact->written ? fact->written : "", KEY_WIDTH + 1, VALUE_WIDTH);
    mst_text_pad(&out->text, mst_confidence_names[fact->confidence], SURE_WIDTH);
    mst_text_add(&out->text, " ");
    mst_text_wrap(&out->text, fact->plain ? "-" : source_text(spec, fact->source), SOURCE_AT,
                  SOURCE_AT, PAGE_WIDTH);
    mst_text_add(&out->text, "\n");
    mst_json_object(out->json, NULL);
    mst_json_text(out->json, "key", key);
    mst_json_text(out->json, "value", fact->written);
    mst_json_text(out->json, "confidence", mst_confidence_names[fact->confidence]);
    mst_json_text(out->json, "source", source_text(spec, fact->source));
    mst_json_text(out->json, "note", fact->note);
    mst_json_text(out->json, "file", fact->place.file);
    mst_json_whole(out->json, "line", fact->place.line);
    mst_json_end(out->json);
    out->facts++;
}

/* Facts whose path is TABLE.ID.KEY. */
static bool show_item(sheet *out, const mst_spec *spec, const char *table, const char *id)
{
    char prefix[160];
    const int before = out->facts;
    snprintf(prefix, sizeof prefix, "%s.%s.", table, id);
    const size_t length = strlen(prefix);
    const char *note = NULL;
    for (int32_t i = 0; i < spec->facts.count; i++) {
        const mst_fact *fact = MST_AT(mst_fact, &spec->facts, i);
        if (strncmp(fact->path, prefix, length) != 0)
            continue;
        if (out->facts == before) {
            mst_text_printf(&out->text, "%s in %s\n%-*s %-*s %-*s %s\n", id, table, KEY_WIDTH,
                            "figure", VALUE_WIDTH, "value", SURE_WIDTH, "confidence", "source");
        }
        add_fact(out, spec, fact, fact->path + length);
        note = fact->note ? fact->note : note;
    }
    if (note) {
        mst_text_add(&out->text, "Note: ");
        mst_text_wrap(&out->text, note, 6, 6, PAGE_WIDTH);
        mst_text_add(&out->text, "\n");
    }
    return out->facts > before;
}

static bool show_measure(sheet *out, const char *id)
{
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    for (int32_t i = 0; i < count; i++)
        if (strcmp(all[i].name, id) == 0) {
            mst_text_printf(&out->text, "%s: %s (%s), of a %s\n", all[i].name, all[i].label,
                            *all[i].unit ? all[i].unit : "number", muster_scope_name(all[i].scope));
            mst_text_wrap(&out->text, all[i].doc, 0, 0, PAGE_WIDTH);
            mst_text_add(&out->text, "\nWhen bad: ");
            mst_text_wrap(&out->text, all[i].when_bad, 10, 10, PAGE_WIDTH);
            mst_text_add(&out->text, "\n");
            mst_json_object(out->json, NULL);
            mst_json_text(out->json, "key", all[i].name);
            mst_json_text(out->json, "value", all[i].doc);
            mst_json_end(out->json);
            return true;
        }
    return false;
}

static bool show_anything(sheet *out, const mst_spec *spec, const char *id)
{
    static const char *const tables[] = {"classes", "bases",   "straits",        "states",
                                         "ties",    "units",   "groups",         "drills",
                                         "areas",   "serials", "alignment.rules"};
    bool found = show_measure(out, id);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        found = show_item(out, spec, tables[i], id) || found;
    return found;
}

static int run(const cli_call *call)
{
    const bool as_json = call->as_json;
    const char *id = call->argument[call->argument_count - 1];
    cli_session s;
    int status =
        call->argument_count > 1 ? cli_open(call, CLI_READ, &s) : cli_library_open(&s, as_json);
    if (status == MUSTER_OK) {
        sheet out = {.json = mst_json_create(NULL)};
        mst_text_init(&out.text, NULL);
        mst_json_object(out.json, NULL);
        mst_json_text(out.json, "format", "muster-show");
        mst_json_whole(out.json, "version", 1);
        mst_json_text(out.json, "id", id);
        mst_json_array(out.json, "figures");
        const bool found = show_anything(&out, &s.scenario->spec, id);
        char *document = mst_json_take(out.json, NULL, NULL);
        char *words = mst_text_take(&out.text);
        if (found) {
            status = cli_output(call, as_json ? document : words);
            muster_tell_free(as_json ? words : document, NULL);
        } else {
            muster_tell_free(document, NULL);
            muster_tell_free(words, NULL);
            status = cli_mistake(as_json,
                                 "muster list shows what there is; items of a scenario: "
                                 "muster show FILE ID",
                                 "nothing called '%s'", id);
        }
    }
    cli_close(&s);
    return status;
}

static const cli_option options[] = {CLI_JSON_OPTION, CLI_END_OPTIONS};

const cli_verb cli_show = {
    .name = "show",
    .usage = "[FILE] ID",
    .summary = "one item with its figures and their sources",
    .help = "  muster show najin\n"
            "  muster show radius_nm\n"
            "  muster show scenarios/northern-interaction-2023.cfg RUS-PRK\n"
            "\n"
            "Shows a class, base or strait of the shipped library, a measure, or any item of\n"
            "FILE: each figure with its value, how sure it is, and where it comes from.\n",
    .arguments_min = 1,
    .arguments_max = 2,
    .options = options,
    .run = run,
};
