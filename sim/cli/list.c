/* muster list: what there is. */
#include "cli/library.h"

#include "base/text.h"
#include "base/units.h"
#include "tell/json.h"

#include <math.h>
#include <string.h>

enum { ID_WIDTH = 22, WORDS_AT = ID_WIDTH + 1, PAGE_WIDTH = 80 };

/* A table of id, words and a third column, as text or as JSON rows. */
typedef struct table {
    mst_text text;
    mst_json *json;
    int32_t words_width; /* of the second column when there is a third */
} table;

/* Goes to a column of the next line. */
static void next_line(table *t, int32_t column)
{
    mst_text_add(&t->text, "\n");
    mst_text_repeat(&t->text, " ", column);
}

static void row(table *t, const char *id, const char *words, const char *more)
{
    mst_json_object(t->json, NULL);
    mst_json_text(t->json, "id", id);
    mst_json_text(t->json, "name", words);
    mst_json_text(t->json, "more", more);
    mst_json_end(t->json);
    const int32_t more_at = WORDS_AT + t->words_width + 1;
    mst_text_pad(&t->text, id, ID_WIDTH);
    if (mst_text_columns(id) > ID_WIDTH)
        next_line(t, WORDS_AT);
    else
        mst_text_add(&t->text, " ");
    if (!more || !*more) {
        mst_text_wrap(&t->text, words, WORDS_AT, WORDS_AT, PAGE_WIDTH);
    } else if (mst_text_columns(words) <= t->words_width &&
               more_at + mst_text_columns(more) <= PAGE_WIDTH) {
        mst_text_pad(&t->text, words, t->words_width);
        mst_text_add(&t->text, " ");
        mst_text_add(&t->text, more);
    } else {
        mst_text_wrap(&t->text, words, WORDS_AT, WORDS_AT, PAGE_WIDTH);
        next_line(t, WORDS_AT);
        mst_text_wrap(&t->text, more, WORDS_AT, WORDS_AT, PAGE_WIDTH);
    }
    mst_text_add(&t->text, "\n");
}

static void list_measures(table *t, const cli_session *s)
{
    (void)s;
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    for (int32_t i = 0; i < count; i++) {
        char more[80];
        snprintf(more, sizeof more, "%s, of a %s", *all[i].unit ? all[i].unit : "number",
                 muster_scope_name(all[i].scope));
        row(t, all[i].name, all[i].label, more);
    }
}

static void list_classes(table *t, const cli_session *s)
{
    for (int32_t i = 0; i < s->scenario->spec.classes.count; i++) {
        const mst_class_def *c = MST_AT(mst_class_def, &s->scenario->spec.classes, i);
        char more[80] = "no range known";
        if (!isnan(c->range_m) && !isnan(c->range_speed_mps))
            snprintf(more, sizeof more, "%.0f nm at %g kn, %s", c->range_m / MUSTER_NM_M,
                     round(10.0 * c->range_speed_mps / MST_KN_MPS) / 10.0,
                     mst_confidence_names[c->item.confidence]);
        else if (!isnan(c->ferry_range_m))
            snprintf(more, sizeof more, "ferry %.0f nm, %s", c->ferry_range_m / MUSTER_NM_M,
                     mst_confidence_names[c->item.confidence]);
        row(t, c->item.id, c->name ? c->name : "", more);
    }
}

static void list_bases(table *t, const cli_session *s)
{
    for (int32_t i = 0; i < s->scenario->spec.bases.count; i++) {
        const mst_base_def *b = MST_AT(mst_base_def, &s->scenario->spec.bases, i);
        char more[80];
        snprintf(more, sizeof more, "%-4s %7.2f %8.2f", b->nation ? b->nation : "", b->lat_deg,
                 b->lon_deg);
        row(t, b->item.id, b->name ? b->name : "", more);
    }
}

static void list_straits(table *t, const cli_session *s)
{
    for (int32_t i = 0; i < s->scenario->spec.straits.count; i++) {
        const mst_strait_def *d = MST_AT(mst_strait_def, &s->scenario->spec.straits, i);
        row(t, d->item.id, d->name ? d->name : "", d->open == 0 ? "closed to warships" : "open");
    }
}

static void list_activities(table *t, const cli_session *s)
{
    static const char *const roles[] = {"of every drill", "phase", "serial"};
    for (int32_t i = 0; s->scenario->kinds->activity[i]; i++) {
        const mst_activity_type *type = s->scenario->kinds->activity[i];
        char name[48];
        snprintf(name, sizeof name, "%s (%s)", type->name, roles[type->role]);
        row(t, name, type->doc, NULL);
    }
}

static void list_models(table *t, const cli_session *s)
{
    for (int32_t i = 0; s->scenario->kinds->align[i]; i++)
        row(t, s->scenario->kinds->align[i]->name, s->scenario->kinds->align[i]->doc, NULL);
}

static void list_rows(table *t, const muster_field *rows, const char *prefix)
{
    for (const muster_field *f = rows; f && f->kind != MUSTER_FIELD_END; f++) {
        char path[128];
        snprintf(path, sizeof path, "%s%s%s", prefix, *prefix && *f->key ? "." : "", f->key);
        if (f->kind == MUSTER_FIELD_INLINE)
            row(t, path, "and every key of a class, as this unit's own", NULL);
        else if (f->of && strlen(path) < 60) {
            row(t, path, f->doc ? f->doc : "", NULL);
            char below[160];
            snprintf(below, sizeof below, "%s%s", path,
                     f->kind == MUSTER_FIELD_TABLE  ? ".ID"
                     : f->kind == MUSTER_FIELD_LIST ? "[i]"
                                                    : "");
            list_rows(t, f->of, below);
        } else
            row(t, path, f->doc ? f->doc : "", NULL);
    }
}

static void list_keys(table *t, const cli_session *s)
{
    (void)s;
    list_rows(t, muster_scenario_fields(), "");
}

static void list_variants(table *t, const cli_session *s)
{
    for (int32_t i = 0; i < s->scenario->spec.variants.count; i++) {
        const mst_variant_def *v = MST_AT(mst_variant_def, &s->scenario->spec.variants, i);
        row(t, v->item.id, v->title ? v->title : "", NULL);
    }
}

static void list_levers(table *t, const cli_session *s)
{
    for (int32_t i = 0; i < s->scenario->spec.levers.count; i++) {
        const mst_lever_def *l = MST_AT(mst_lever_def, &s->scenario->spec.levers, i);
        row(t, l->item.id, l->label ? l->label : "", l->path);
    }
}

static void list_rules(table *t, const cli_session *s)
{
    const mst_list *rules = &s->scenario->spec.alignment.rules;
    for (int32_t i = 0; i < rules->count; i++) {
        const mst_rule_def *r = MST_AT(mst_rule_def, rules, i);
        row(t, r->item.id, r->label ? r->label : "",
            r->stage >= 0 ? mst_stage_names[r->stage] : "");
    }
}

static const struct {
    const char *name, *what;
    bool of_file;
    int32_t words_width;
    void (*list)(table *t, const cli_session *s);
} lists[] = {
    {"measures", "what a run is judged by", false, 34, list_measures},
    {"keys", "every key of a scenario file", false, 34, list_keys},
    {"classes", "ship and aircraft classes of the library", false, 28, list_classes},
    {"bases", "ports and airfields of the library", false, 32, list_bases},
    {"straits", "straits of the library", false, 34, list_straits},
    {"activities", "kinds of phases and serials", false, 34, list_activities},
    {"models", "models of who takes part", false, 34, list_models},
    {"variants", "variants of a scenario: list variants FILE", true, 34, list_variants},
    {"levers", "levers (whatif) of a scenario: list levers FILE", true, 34, list_levers},
    {"rules", "participation rules of a scenario: list rules FILE", true, 34, list_rules},
};

static void begin(table *t, const char *name, int32_t words_width)
{
    *t = (table){.json = mst_json_create(NULL), .words_width = words_width};
    mst_text_init(&t->text, NULL);
    mst_json_object(t->json, NULL);
    mst_json_text(t->json, "format", "muster-list");
    mst_json_whole(t->json, "version", 1);
    mst_json_text(t->json, "list", name);
    mst_json_array(t->json, "rows");
}

static int finish(const cli_call *call, table *t)
{
    char *document = mst_json_take(t->json, NULL, NULL);
    char *words = mst_text_take(&t->text);
    const int status = cli_output(call, call->as_json ? document : words);
    muster_tell_free(call->as_json ? words : document, NULL);
    return status;
}

/* What can be listed is a list too. */
static int overview(const cli_call *call)
{
    table t;
    begin(&t, "lists", 0);
    mst_text_add(&t.text, "Things that can be listed:\n");
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        row(&t, lists[i].name, lists[i].what, NULL);
    mst_text_add(&t.text, "For instance: muster list measures\n");
    return finish(call, &t);
}

static int run(const cli_call *call)
{
    const bool as_json = call->as_json;
    if (call->argument_count == 0)
        return overview(call);
    size_t which = 0;
    while (which < sizeof lists / sizeof *lists &&
           strcmp(lists[which].name, call->argument[0]) != 0)
        which++;
    if (which == sizeof lists / sizeof *lists)
        return cli_mistake(as_json, "muster list shows what there is",
                           "nothing called '%s' to list", call->argument[0]);
    if (lists[which].of_file && call->argument_count < 2)
        return cli_mistake(as_json, "muster list variants FILE", "'%s' needs a scenario file",
                           call->argument[0]);
    cli_session s;
    int status;
    if (call->argument_count > 1) {
        cli_call file = *call;
        file.argument[0] = call->argument[1];
        status = cli_open(&file, CLI_READ, &s);
    } else {
        status = cli_library_open(&s, as_json);
    }
    if (status == MUSTER_OK) {
        table t;
        begin(&t, lists[which].name, lists[which].words_width);
        lists[which].list(&t, &s);
        status = finish(call, &t);
    }
    cli_close(&s);
    return status;
}

static const cli_option options[] = {CLI_JSON_OPTION, CLI_END_OPTIONS};

const cli_verb cli_list = {
    .name = "list",
    .usage = "[WHAT] [FILE]",
    .summary = "what there is: measures, keys, classes, variants ...",
    .help = "  muster list\n"
            "  muster list measures\n"
            "  muster list variants scenarios/northern-interaction-2023.cfg\n"
            "\n"
            "Lists what can be used. Classes, bases and straits are those of the shipped library,\n"
            "or of FILE when one is given.\n",
    .arguments_min = 0,
    .arguments_max = 2,
    .options = options,
    .run = run,
};
