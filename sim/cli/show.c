/* muster show: one item with its figures and their sources. */
#include "cli/library.h"

#include "model/walk.h"
#include "tell/json.h"
#include "tell/page.h"

#include <math.h>
#include <string.h>

typedef struct sheet {
    mst_page page; /* its text, its sources; of a scenario without a run */
    mst_json *json;
    int facts;
} sheet;

enum { KEY_COLUMNS = 24, VALUE_START = 25, VALUE_COLUMNS = 33, SURE_START = 59, SOURCE_START = 70 };

static void add_row(sheet *out, const char *key, const char *value, const char *sure,
                    const char *source)
{
    const mst_page_cell cells[] = {{key, 0, KEY_COLUMNS},
                                   {value, VALUE_START, VALUE_COLUMNS},
                                   {sure, SURE_START, SOURCE_START - SURE_START - 1},
                                   {source, SOURCE_START, MST_PAGE_WIDTH - SOURCE_START}};
    mst_page_row(&out->page.text, cells, 4);
}

static void add_json(sheet *out, const char *key, const char *value, const char *sure,
                     const char *source, const char *note, const mst_place *place)
{
    mst_json_object(out->json, NULL);
    mst_json_text(out->json, "key", key);
    mst_json_text(out->json, "value", value);
    mst_json_text(out->json, "confidence", sure);
    mst_json_text(out->json, "source", source);
    mst_json_text(out->json, "note", note);
    mst_json_text(out->json, "file", place->file);
    mst_json_whole(out->json, "line", place->line);
    mst_json_end(out->json);
    out->facts++;
}

static const char *cite(sheet *out, const char *source)
{
    if (!source || mst_source_is_assumed(source))
        return "-";
    return mst_page_cite(&out->page, source);
}

static void add_fact(sheet *out, const mst_fact *fact, const char *key)
{
    const char *sure = mst_confidence_names[fact->confidence];
    add_row(out, key, fact->written ? fact->written : "", fact->plain ? "-" : sure,
            fact->plain ? "-" : cite(out, fact->source));
    if (fact->note)
        mst_page_words(&out->page, 4, "    ", "%s", fact->note);
    add_json(out, key, fact->written, sure,
             fact->source ? mst_page_source(&out->page, fact->source) : "-", fact->note,
             &fact->place);
}

/* A value that is no fact: an author's words, of an observation or a variant for instance. */
static void add_words(sheet *out, const mst_item *item, const char *key, const char *value)
{
    if (!value)
        return;
    const bool has_source = item->source != NULL;
    add_row(out, key, value, has_source ? mst_confidence_names[item->confidence] : "-",
            cite(out, item->source));
    add_json(out, key, value, mst_confidence_names[item->confidence],
             has_source ? mst_page_source(&out->page, item->source) : "-", NULL, &item->place);
}

static void add_title(sheet *out, const char *what, const char *where, const char *note)
{
    if (out->facts > 0)
        mst_text_add(&out->page.text, "\n");
    mst_page_words(&out->page, 0, NULL, "%s in %s", what, where);
    if (note)
        mst_page_words(&out->page, 0, NULL, "%s", note);
    add_row(out, "figure", "value", "confidence", "source");
}

/* The group's own note, of an item of a table. */
static const char *note_of(const mst_spec *spec, const char *prefix)
{
    const muster_field *table = NULL;
    const char *tail = NULL;
    const mst_item *item = mst_path_item(spec, prefix, &table, &tail);
    return item ? item->note : NULL;
}

/* Facts whose path is TABLE.ID.KEY. */
static bool show_item(sheet *out, const mst_spec *spec, const char *table, const char *id)
{
    char prefix[160];
    const int before = out->facts;
    snprintf(prefix, sizeof prefix, "%s.%s.", table, id);
    const size_t length = strlen(prefix);
    for (int32_t i = 0; i < spec->facts.count; i++) {
        const mst_fact *fact = MST_AT(mst_fact, &spec->facts, i);
        if (!fact->written || strncmp(fact->path, prefix, length) != 0)
            continue;
        if (out->facts == before)
            add_title(out, id, table, note_of(spec, prefix));
        add_fact(out, fact, fact->path + length);
    }
    return out->facts > before;
}

/* A path as it stands in lists of assumptions: the figure itself, or all below it. */
static bool show_path(sheet *out, const mst_spec *spec, const char *path)
{
    const int before = out->facts;
    const size_t length = strlen(path);
    if (!strchr(path, '.'))
        return false;
    for (int32_t i = 0; i < spec->facts.count; i++) {
        const mst_fact *fact = MST_AT(mst_fact, &spec->facts, i);
        const char *rest = strncmp(fact->path, path, length) == 0 ? fact->path + length : "?";
        if (!fact->written || (*rest != '\0' && *rest != '.' && *rest != '['))
            continue;
        if (out->facts == before) {
            const char *words = *rest ? NULL : mst_page_figure(&out->page, path);
            add_title(out, words ? words : "figures", path, NULL);
        }
        const char *last = strrchr(path, '.') + 1;
        add_fact(out, fact, *rest == '.' ? rest + 1 : *rest ? rest : last);
    }
    return out->facts > before;
}

static const char *moment(sheet *out, const muster_interval *at)
{
    char from[MUSTER_TIME_TEXT], until[MUSTER_TIME_TEXT];
    if (at->from == MUSTER_NEVER)
        return NULL;
    muster_time_write(at->from, at->zone_min, from);
    if (at->until <= at->from)
        return mst_page_printf(&out->page, "%s", from);
    muster_time_write(at->until, at->zone_min, until);
    return mst_page_printf(&out->page, "%s to %s", from, until);
}

static bool show_observation(sheet *out, const mst_spec *spec, const char *id)
{
    static const char *const whats[] = {"departure", "sighting", "arrival"};
    const int32_t found = mst_table_find(&spec->observations, sizeof(mst_observation_def), id);
    if (found < 0)
        return false;
    const mst_observation_def *o = MST_AT(mst_observation_def, &spec->observations, found);
    add_title(out, id, "observations", o->item.note);
    add_words(out, &o->item, "what", o->what >= 0 ? whats[o->what] : NULL);
    add_words(out, &o->item, "of", o->group.id ? o->group.id : o->unit.id);
    add_words(out, &o->item, "at", moment(out, &o->at));
    add_words(out, &o->item, "base", o->base.id);
    if (!o->base.id && !isnan(o->lat_deg))
        add_words(out, &o->item, "place",
                  mst_page_point(&out->page, (muster_point){o->lat_deg, o->lon_deg}));
    add_words(out, &o->item, "says", o->says);
    return true;
}

/* "evidence" shows all entries, "evidence[3]" one. */
static bool show_evidence(sheet *out, const mst_spec *spec, const char *id)
{
    static const char *const stages[] = {"able", "admit", "accept", "invitation", "participation"};
    static const char *const says[] = {"yes", "no", "mixed"};
    const int before = out->facts;
    for (int32_t i = 0; i < spec->evidence.count; i++) {
        const mst_evidence_def *e = MST_AT(mst_evidence_def, &spec->evidence, i);
        char name[32];
        snprintf(name, sizeof name, "evidence[%d]", (int)i);
        if (strcmp(id, "evidence") != 0 && strcmp(id, name) != 0)
            continue;
        add_title(out, name, "evidence", e->item.note);
        add_words(out, &e->item, "at", moment(out, &e->at));
        add_words(out, &e->item, "state", e->state.id);
        add_words(out, &e->item, "stage", e->stage >= 0 ? stages[e->stage] : NULL);
        add_words(out, &e->item, "host", e->host.id);
        add_words(out, &e->item, "says", e->says >= 0 ? says[e->says] : NULL);
        add_words(out, &e->item, "words", e->words);
    }
    return out->facts > before;
}

static bool show_variant(sheet *out, const mst_spec *spec, const char *id)
{
    const int32_t found = mst_table_find(&spec->variants, sizeof(mst_variant_def), id);
    if (found < 0)
        return false;
    const mst_variant_def *v = MST_AT(mst_variant_def, &spec->variants, found);
    add_title(out, id, "variants", v->item.note);
    add_words(out, &v->item, "title", v->title);
    add_words(out, &v->item, "why", v->why);
    add_words(out, &v->item, "use", v->use >= 0 ? mst_use_names[v->use] : "as the scenario");
    for (int32_t i = 0; i < v->changes.count; i++)
        add_words(out, &v->item, i == 0 ? "changes" : " ",
                  *MST_AT(const char *const, &v->changes, i));
    for (int32_t i = 0; i < v->over_timeline.count; i++)
        add_words(out, &v->item, i == 0 ? "over_timeline" : " ",
                  *MST_AT(const char *const, &v->over_timeline, i));
    return true;
}

static bool show_lever(sheet *out, const mst_spec *spec, const char *id)
{
    static const char *const who[] = {"candidate", "host", "third party", "nobody"};
    const int32_t found = mst_table_find(&spec->levers, sizeof(mst_lever_def), id);
    if (found < 0)
        return false;
    const mst_lever_def *l = MST_AT(mst_lever_def, &spec->levers, found);
    const char *choices = NULL;
    for (int32_t i = 0; i < l->choices.count; i++)
        choices = mst_page_printf(&out->page, "%s%s%s", choices ? choices : "", choices ? ", " : "",
                                  *MST_AT(const char *const, &l->choices, i));
    add_title(out, id, "whatif", l->item.note);
    add_words(out, &l->item, "label", l->label);
    add_words(out, &l->item, "path", l->path);
    if (!choices)
        add_words(out, &l->item, "range",
                  mst_page_printf(&out->page, "%g to %g%s%s", l->min, l->max, l->unit ? " " : "",
                                  l->unit ? l->unit : ""));
    add_words(out, &l->item, "choices", choices);
    add_words(out, &l->item, "controls", l->controls >= 0 ? who[l->controls] : NULL);
    return true;
}

static bool show_measure(sheet *out, const char *id)
{
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    for (int32_t i = 0; i < count; i++)
        if (strcmp(all[i].name, id) == 0) {
            mst_page_words(&out->page, 0, NULL, "%s: %s (%s), of a %s", all[i].name, all[i].label,
                           *all[i].unit ? all[i].unit : "number", muster_scope_name(all[i].scope));
            mst_page_words(&out->page, 0, NULL, "%s", all[i].doc);
            mst_page_words(&out->page, 10, "When bad: ", "%s", all[i].when_bad);
            mst_json_object(out->json, NULL);
            mst_json_text(out->json, "key", all[i].name);
            mst_json_text(out->json, "value", all[i].doc);
            mst_json_end(out->json);
            out->facts++;
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
    found = show_observation(out, spec, id) || found;
    found = show_evidence(out, spec, id) || found;
    found = show_variant(out, spec, id) || found;
    found = show_lever(out, spec, id) || found;
    return found || show_path(out, spec, id);
}

static int run(const cli_call *call)
{
    const bool as_json = call->as_json;
    const char *id = call->argument[call->argument_count - 1];
    if (cli_has(call, "--text"))
        return cli_show_text(call);
    cli_session s;
    int status =
        call->argument_count > 1 ? cli_open(call, CLI_READ, &s) : cli_library_open(&s, as_json);
    if (status == MUSTER_OK) {
        const mst_spec *spec = &s.scenario->spec;
        sheet out = {.page = {.spec = spec, .scenario = s.scenario}, .json = mst_json_create(NULL)};
        mst_text_init(&out.page.text, NULL);
        mst_arena_init(&out.page.arena, NULL);
        mst_json_object(out.json, NULL);
        mst_json_text(out.json, "format", "muster-show");
        mst_json_whole(out.json, "version", 1);
        mst_json_text(out.json, "id", id);
        mst_json_array(out.json, "figures");
        const bool found = show_anything(&out, spec, id);
        mst_tell_sources(&out.page);
        char *document = mst_json_take(out.json, NULL, NULL);
        char *words = mst_page_end(&out.page, s.diags);
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

static const cli_option options[] = {
    {"--text", NULL, "FILE itself, with all that it includes, as one text"},
    CLI_JSON_OPTION,
    CLI_END_OPTIONS};

const cli_verb cli_show = {
    .name = "show",
    .usage = "[FILE] ID",
    .summary = "one item with its figures and their sources",
    .help = "  muster show najin\n"
            "  muster show radius_nm\n"
            "  muster show scenarios/northern-interaction-2023.cfg RUS-PRK\n"
            "  muster show scenarios/northern-interaction-2023.cfg states.PRK.attributes\n"
            "  muster show scenarios/northern-interaction-2023.cfg --text\n"
            "\n"
            "Shows a class, base or strait of the shipped library, a measure, or any item of\n"
            "FILE (unit, drill, rule, observation, evidence, variant, lever), or a figure by\n"
            "its path: each with its value, how sure it is, and where it comes from.\n"
            "\n"
            "--text prints the text that is read when FILE is run, to be kept or sent as one\n"
            "file: the same runs and the same hash.\n",
    .arguments_min = 1,
    .arguments_max = 2,
    .options = options,
    .run = run,
};
