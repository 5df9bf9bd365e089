/* muster list: what there is. */
#include "cli/library.h"

#include "base/text.h"
#include "base/units.h"
#include "tell/basis.h"
#include "tell/json.h"
#include "tell/random.h"

#include <math.h>
#include <string.h>

/* A table of id, words and a third column, as text or as JSON rows. */
typedef struct table {
    mst_text text;
    mst_json *json;
    int32_t id_columns;   /* 0: the usual */
    int32_t more_columns; /* 0: the usual */
    bool only_ids;        /* text: the ids, whole, one a line */
} table;

enum { WIDTH = 80, ID_COLUMNS = 22, MORE_COLUMNS = 24 };

static void row(table *t, const char *id, const char *words, const char *more)
{
    mst_json_object(t->json, NULL);
    mst_json_text(t->json, "id", id);
    mst_json_text(t->json, "name", words);
    mst_json_text(t->json, "more", more);
    mst_json_end(t->json);
    if (t->only_ids) {
        mst_text_printf(&t->text, "%s\n", id);
        return;
    }
    const int32_t start = 1 + (t->id_columns ? t->id_columns : ID_COLUMNS);
    const bool has_more = more && *more;
    const int32_t width = has_more ? (t->more_columns ? t->more_columns : MORE_COLUMNS) : 0;
    const mst_page_cell cells[] = {{id, 0, start - 1},
                                   {words, start, WIDTH - start - width - has_more},
                                   {more, WIDTH - width, width}};
    mst_page_row(&t->text, cells, has_more ? 3 : 2);
}

static void list_measures(table *t, const cli_session *s)
{
    (void)s;
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    for (int32_t i = 0; i < count; i++) {
        char more[80];
        snprintf(more, sizeof more, "%s, of each %s",
                 all[i].is_yes_no ? "yes or no"
                 : *all[i].unit   ? all[i].unit
                                  : "number",
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
        row(t, t->only_ids ? type->name : name, type->doc, NULL);
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
    t->id_columns = 36;
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
        t->more_columns = 34;
        row(t, l->item.id, l->label ? l->label : "", l->path);
    }
}

static void list_rules(table *t, const cli_session *s)
{
    const mst_list *rules = &s->scenario->spec.alignment.rules;
    for (int32_t i = 0; i < rules->count; i++) {
        const mst_rule_def *r = MST_AT(mst_rule_def, rules, i);
        char more[80];
        snprintf(more, sizeof more, "%s%s", r->stage >= 0 ? mst_stage_names[r->stage] : "",
                 r->off == 1 ? ", off" : "");
        row(t, r->item.id, r->label ? r->label : "", more);
    }
}

static void list_units(table *t, const cli_session *s)
{
    const mst_list *units = &s->scenario->spec.units;
    for (int32_t i = 0; i < units->count; i++) {
        const mst_unit_def *u = MST_AT(mst_unit_def, units, i);
        char more[160];
        snprintf(more, sizeof more, "%s %s%s%s", u->state.id ? u->state.id : "",
                 u->class_.id ? u->class_.id : "", u->base.id || u->parent.id ? ", " : "",
                 u->base.id     ? u->base.id
                 : u->parent.id ? u->parent.id
                                : "");
        t->more_columns = 30;
        row(t, u->item.id, u->name ? u->name : "", more);
    }
}

static void list_states(table *t, const cli_session *s)
{
    const mst_list *states = &s->scenario->spec.states;
    for (int32_t i = 0; i < states->count; i++) {
        const mst_state_def *d = MST_AT(mst_state_def, states, i);
        row(t, d->item.id, d->name ? d->name : "", d->bloc);
    }
}

static void list_drills(table *t, const cli_session *s)
{
    const mst_list *drills = &s->scenario->spec.drills;
    for (int32_t i = 0; i < drills->count; i++) {
        const mst_drill_def *d = MST_AT(mst_drill_def, drills, i);
        char more[64] = "", time[MUSTER_TIME_TEXT];
        if (d->muster.at.from != MUSTER_NEVER)
            snprintf(more, sizeof more, "muster %s", muster_time_write(d->muster.at.from, 0, time));
        row(t, d->item.id, d->name ? d->name : "", more);
    }
}

static void list_groups(table *t, const cli_session *s)
{
    const mst_list *groups = &s->scenario->spec.groups;
    for (int32_t i = 0; i < groups->count; i++) {
        const mst_group_def *g = MST_AT(mst_group_def, groups, i);
        char more[80];
        snprintf(more, sizeof more, "%d %s, %s", (int)g->members.count,
                 g->members.count == 1 ? "unit" : "units", g->drill.id ? g->drill.id : "no drill");
        row(t, g->item.id, g->name ? g->name : "", more);
    }
}

static void list_serials(table *t, const cli_session *s)
{
    const mst_list *serials = &s->scenario->spec.serials;
    for (int32_t i = 0; i < serials->count; i++) {
        const mst_serial_def *d = MST_AT(mst_serial_def, serials, i);
        char more[80];
        snprintf(more, sizeof more, "%s, %s", d->kind.name ? d->kind.name : "",
                 d->drill.id ? d->drill.id : "");
        row(t, d->item.id, d->name ? d->name : "", more);
    }
}

static void list_observations(table *t, const cli_session *s)
{
    const mst_list *list = &s->scenario->spec.observations;
    for (int32_t i = 0; i < list->count; i++) {
        const mst_observation_def *o = MST_AT(mst_observation_def, list, i);
        row(t, o->item.id, o->says ? o->says : "", o->item.source);
    }
}

static void list_evidence(table *t, const cli_session *s)
{
    static const char *const stages[] = {"able", "admit", "accept", "invitation", "participation"};
    static const char *const says[] = {"yes", "no", "mixed"};
    const mst_list *list = &s->scenario->spec.evidence;
    for (int32_t i = 0; i < list->count; i++) {
        const mst_evidence_def *e = MST_AT(mst_evidence_def, list, i);
        char id[32], more[120];
        snprintf(id, sizeof id, "evidence[%d]", (int)i);
        snprintf(more, sizeof more, "%s %s%s%s: %s", e->state.id ? e->state.id : "",
                 e->stage >= 0 ? stages[e->stage] : "", e->host.id ? " by " : "",
                 e->host.id ? e->host.id : "", e->says >= 0 ? says[e->says] : "");
        row(t, id, e->words ? e->words : "", more);
    }
}

static void list_left_out(table *t, const cli_session *s)
{
    const mst_list *list = &s->scenario->spec.alignment.not_modelled;
    for (int32_t i = 0; i < list->count; i++) {
        const mst_not_modelled_def *d = MST_AT(mst_not_modelled_def, list, i);
        t->id_columns = 24;
        row(t, d->what ? d->what : "", d->reason ? d->reason : "", d->carried_by);
    }
}

static const struct {
    const char *name, *what;
    bool of_file;
    void (*list)(table *t, const cli_session *s);
} lists[] = {
    {"measures", "what a run is judged by", false, list_measures},
    {"keys", "every key of a scenario file", false, list_keys},
    {"classes", "ship and aircraft classes of the library", false, list_classes},
    {"bases", "ports and airfields of the library", false, list_bases},
    {"straits", "straits of the library", false, list_straits},
    {"activities", "kinds of phases and serials", false, list_activities},
    {"models", "models of who takes part", false, list_models},
    {"states", "states of FILE", true, list_states},
    {"units", "ships and squadrons of FILE", true, list_units},
    {"groups", "groups of ships of FILE", true, list_groups},
    {"drills", "drills of FILE", true, list_drills},
    {"serials", "what is practised in FILE", true, list_serials},
    {"rules", "participation rules of FILE", true, list_rules},
    {"left-out", "reasons that are no rule of FILE, and why", true, list_left_out},
    {"observations", "dated sightings and reports of FILE", true, list_observations},
    {"evidence", "what sources of FILE say about stages", true, list_evidence},
    {"variants", "named lists of changes of FILE", true, list_variants},
    {"levers", "what FILE offers to change (whatif)", true, list_levers},
};
static const char assumed[] = "assumed", drawn[] = "random";

static const char *word(int index)
{
    const int count = (int)(sizeof lists / sizeof *lists);
    if (index < count)
        return lists[index].name;
    return index == count ? assumed : index == count + 1 ? drawn : NULL;
}

static void begin(table *t, const cli_call *call, const char *name)
{
    *t = (table){.json = mst_json_create(NULL), .only_ids = cli_has(call, "--ids")};
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
    begin(&t, call, "lists");
    mst_text_add(&t.text, "Things that can be listed:\n");
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        row(&t, lists[i].name, lists[i].what, NULL);
    row(&t, assumed, "figures nobody vouches for that FILE's answers rest on; FILE [STATE]", NULL);
    row(&t, drawn, "what replications of FILE draw, from which distributions; FILE", NULL);
    mst_text_add(&t.text, "For instance: muster list measures\n"
                          "              muster list variants "
                          "scenarios/northern-interaction-2023.cfg\n");
    return finish(call, &t);
}

static const char *nearest_list(const char *name, char *hint, size_t room)
{
    const char *names[sizeof lists / sizeof *lists + 2];
    const int32_t count = (int32_t)(sizeof lists / sizeof *lists);
    for (int32_t i = 0; i < count; i++)
        names[i] = lists[i].name;
    names[count] = assumed;
    names[count + 1] = drawn;
    const int32_t near = mst_text_nearest(name, names, count + 2);
    if (near < 0)
        return "muster list shows what there is";
    snprintf(hint, room, "did you mean '%s'?", names[near]);
    return hint;
}

/* All assumptions need the run itself. */
static int list_assumed(const cli_call *call)
{
    cli_session s;
    cli_call file = *call;
    file.argument[0] = call->argument[1];
    int status = cli_open(&file, CLI_RUN, &s);
    if (status == MUSTER_OK) {
        const muster_tell tell = {.scenario = s.scenario, .model = s.model, .result = s.result};
        const char *state = call->argument_count > 2 ? call->argument[2] : NULL;
        char *text = mst_tell_assumed(&tell, state, s.as_json, s.diags);
        if (text) {
            status = cli_output(call, text);
        } else {
            cli_print_diags(s.diags, s.as_json);
            status = MUSTER_MISTAKE;
        }
    }
    cli_close(&s);
    return status;
}

/* Random inputs need the model. */
static int list_random(const cli_call *call, const char *file_name)
{
    cli_session s;
    cli_call file = *call;
    file.argument[0] = file_name;
    int status = cli_open(&file, CLI_COMPILED, &s);
    if (status == MUSTER_OK) {
        const muster_tell tell = {.scenario = s.scenario, .model = s.model};
        muster_diags *diags = muster_diags_create(NULL);
        status = cli_tell(call, mst_tell_random(&tell, s.as_json, diags), diags);
        muster_diags_free(diags);
    }
    cli_close(&s);
    return status;
}

static int run(const cli_call *call)
{
    const bool as_json = call->as_json;
    if (cli_has(call, "--random") && call->argument_count == 1)
        return list_random(call, call->argument[0]);
    if (call->argument_count == 0)
        return overview(call);
    if (strcmp(call->argument[0], drawn) == 0 && call->argument_count == 2)
        return list_random(call, call->argument[1]);
    if (strcmp(call->argument[0], assumed) == 0 && call->argument_count > 1)
        return list_assumed(call);
    size_t which = 0;
    while (which < sizeof lists / sizeof *lists &&
           strcmp(lists[which].name, call->argument[0]) != 0)
        which++;
    char hint[96];
    const bool is_assumed =
        strcmp(call->argument[0], assumed) == 0 || strcmp(call->argument[0], drawn) == 0;
    if (which == sizeof lists / sizeof *lists && !is_assumed)
        return cli_mistake(as_json, nearest_list(call->argument[0], hint, sizeof hint),
                           "nothing called '%s' to list", call->argument[0]);
    if (call->argument_count < 2 && (is_assumed || lists[which].of_file)) {
        snprintf(hint, sizeof hint, "muster list %s FILE", call->argument[0]);
        return cli_mistake(as_json, hint, "'%s' needs a scenario file", call->argument[0]);
    }
    if (call->argument_count > 2)
        return cli_mistake(as_json, "muster list assumed FILE STATE", "'%s' takes no state",
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
        begin(&t, call, lists[which].name);
        lists[which].list(&t, &s);
        status = finish(call, &t);
    }
    cli_close(&s);
    return status;
}

static int print_words(void)
{
    for (int i = 0; word(i); i++)
        printf("%s\n", word(i));
    return MUSTER_OK;
}

/* --ids: of what has rows with an id, and as text. */
static int run_ids(const cli_call *call)
{
    const int with_ids = (int)(sizeof lists / sizeof *lists);
    if (!cli_has(call, "--ids"))
        return run(call);
    if (call->as_json)
        return cli_mistake(true, "each row of the document has its id",
                           "--ids is text; it does not go with --json");
    if (call->argument_count == 0)
        return print_words();
    for (int i = with_ids; word(i); i++)
        if (strcmp(word(i), call->argument[0]) == 0 ||
            (strcmp(word(i), drawn) == 0 && cli_has(call, "--random")))
            return cli_mistake(false, NULL, "'%s' has no ids", word(i));
    return run(call);
}

static const cli_option options[] = {CLI_CHANGE_OPTIONS,
                                     {"--random", NULL, "the same as \"list random FILE\""},
                                     CLI_JSON_OPTION,
                                     CLI_IDS_OPTION,
                                     CLI_END_OPTIONS};

const cli_verb cli_list = {
    .name = "list",
    .usage = "[WHAT] [FILE]",
    .summary = "what there is: measures, keys, units, rules ...",
    .help = "  muster list\n"
            "  muster list measures\n"
            "  muster list variants scenarios/northern-interaction-2023.cfg\n"
            "  muster list assumed scenarios/northern-interaction-2023.cfg PRK\n"
            "  muster list random scenarios/northern-interaction-2023.cfg\n"
            "\n"
            "Lists what can be used. Classes, bases and straits are those of the shipped\n"
            "library, or of FILE when one is given. \"muster show FILE ID\" tells all of one.\n",
    .arguments_min = 0,
    .arguments_max = 3,
    .options = options,
    .run = run_ids,
    .word = word,
};
