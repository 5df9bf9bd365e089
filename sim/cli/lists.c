/* What can be listed: one function and one line of cli_lists for each. */
#include "cli/lists.h"

#include "muster/analyze.h"
#include "muster/export.h"

#include "base/units.h"
#include "tell/basis.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 80, ID_COLUMNS = 22, MORE_COLUMNS = 24 };

void cli_list_row(cli_table *t, const char *id, const char *words, const char *more)
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

static void list_measures(cli_table *t, const cli_session *s)
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
        cli_list_row(t, all[i].name, all[i].label, more);
    }
}

static void list_classes(cli_table *t, const cli_session *s)
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
        cli_list_row(t, c->item.id, c->name ? c->name : "", more);
    }
}

static void list_bases(cli_table *t, const cli_session *s)
{
    for (int32_t i = 0; i < s->scenario->spec.bases.count; i++) {
        const mst_base_def *b = MST_AT(mst_base_def, &s->scenario->spec.bases, i);
        char more[80];
        snprintf(more, sizeof more, "%-4s %7.2f %8.2f", b->nation ? b->nation : "", b->lat_deg,
                 b->lon_deg);
        cli_list_row(t, b->item.id, b->name ? b->name : "", more);
    }
}

static void list_straits(cli_table *t, const cli_session *s)
{
    for (int32_t i = 0; i < s->scenario->spec.straits.count; i++) {
        const mst_strait_def *d = MST_AT(mst_strait_def, &s->scenario->spec.straits, i);
        cli_list_row(t, d->item.id, d->name ? d->name : "",
                     d->open == 0 ? "closed to warships" : "open");
    }
}

static void list_activities(cli_table *t, const cli_session *s)
{
    static const char *const roles[] = {"of every drill", "phase", "serial"};
    for (int32_t i = 0; s->scenario->kinds->activity[i]; i++) {
        const mst_activity_type *type = s->scenario->kinds->activity[i];
        char name[48];
        snprintf(name, sizeof name, "%s (%s)", type->name, roles[type->role]);
        cli_list_row(t, t->only_ids ? type->name : name, type->doc, NULL);
    }
}

static void list_models(cli_table *t, const cli_session *s)
{
    for (int32_t i = 0; s->scenario->kinds->align[i]; i++)
        cli_list_row(t, s->scenario->kinds->align[i]->name, s->scenario->kinds->align[i]->doc,
                     NULL);
}

static void list_rows(cli_table *t, const muster_field *rows, const char *prefix)
{
    for (const muster_field *f = rows; f && f->kind != MUSTER_FIELD_END; f++) {
        char path[128];
        snprintf(path, sizeof path, "%s%s%s", prefix, *prefix && *f->key ? "." : "", f->key);
        if (f->kind == MUSTER_FIELD_INLINE)
            cli_list_row(t, path, "and every key of a class, as this unit's own", NULL);
        else if (f->of && strlen(path) < 60) {
            cli_list_row(t, path, f->doc ? f->doc : "", NULL);
            char below[160];
            snprintf(below, sizeof below, "%s%s", path,
                     f->kind == MUSTER_FIELD_TABLE  ? ".ID"
                     : f->kind == MUSTER_FIELD_LIST ? "[i]"
                                                    : "");
            list_rows(t, f->of, below);
        } else
            cli_list_row(t, path, f->doc ? f->doc : "", NULL);
    }
}

static void list_keys(cli_table *t, const cli_session *s)
{
    (void)s;
    t->id_columns = 36;
    list_rows(t, muster_scenario_fields(), "");
}

static void list_experiment_keys(cli_table *t, const cli_session *s)
{
    (void)s;
    t->id_columns = 28;
    list_rows(t, muster_experiment_fields(), "");
}

static void list_methods(cli_table *t, const cli_session *s)
{
    muster_design_kind method;
    (void)s;
    for (int32_t i = 0; muster_design_method_at(i, &method); i++) {
        char words[600];
        snprintf(words, sizeof words, "%s", method.doc);
        for (char *at = words; *at; at++)
            *at = *at == '\n' ? ' ' : *at;
        cli_list_row(t, method.name, words, method.uses);
    }
}

static void list_analyses(cli_table *t, const cli_session *s)
{
    muster_analysis_kind kind;
    (void)s;
    for (int32_t i = 0; muster_analysis_kind_at(i, &kind); i++)
        cli_list_row(t, kind.name, kind.doc, kind.needs);
}

static void list_exports(cli_table *t, const cli_session *s)
{
    muster_exporter x;
    (void)s;
    for (int32_t i = 0; muster_exporter_at(i, &x); i++)
        cli_list_row(t, x.name, x.doc, NULL);
}

static void list_variants(cli_table *t, const cli_session *s)
{
    for (int32_t i = 0; i < s->scenario->spec.variants.count; i++) {
        const mst_variant_def *v = MST_AT(mst_variant_def, &s->scenario->spec.variants, i);
        cli_list_row(t, v->item.id, v->title ? v->title : "", NULL);
    }
}

static void list_levers(cli_table *t, const cli_session *s)
{
    for (int32_t i = 0; i < s->scenario->spec.levers.count; i++) {
        const mst_lever_def *l = MST_AT(mst_lever_def, &s->scenario->spec.levers, i);
        t->more_columns = 34;
        cli_list_row(t, l->item.id, l->label ? l->label : "", l->path);
    }
}

static void list_rules(cli_table *t, const cli_session *s)
{
    const mst_list *rules = &s->scenario->spec.alignment.rules;
    for (int32_t i = 0; i < rules->count; i++) {
        const mst_rule_def *r = MST_AT(mst_rule_def, rules, i);
        char more[80];
        snprintf(more, sizeof more, "%s%s", r->stage >= 0 ? mst_stage_names[r->stage] : "",
                 r->off == 1 ? ", off" : "");
        cli_list_row(t, r->item.id, r->label ? r->label : "", more);
    }
}

static void list_units(cli_table *t, const cli_session *s)
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
        cli_list_row(t, u->item.id, u->name ? u->name : "", more);
    }
}

static void list_states(cli_table *t, const cli_session *s)
{
    const mst_list *states = &s->scenario->spec.states;
    for (int32_t i = 0; i < states->count; i++) {
        const mst_state_def *d = MST_AT(mst_state_def, states, i);
        cli_list_row(t, d->item.id, d->name ? d->name : "", d->bloc);
    }
}

static void list_drills(cli_table *t, const cli_session *s)
{
    const mst_list *drills = &s->scenario->spec.drills;
    for (int32_t i = 0; i < drills->count; i++) {
        const mst_drill_def *d = MST_AT(mst_drill_def, drills, i);
        char more[64] = "", time[MUSTER_TIME_TEXT];
        if (d->muster.at.from != MUSTER_NEVER)
            snprintf(more, sizeof more, "muster %s", muster_time_write(d->muster.at.from, 0, time));
        cli_list_row(t, d->item.id, d->name ? d->name : "", more);
    }
}

static void list_groups(cli_table *t, const cli_session *s)
{
    const mst_list *groups = &s->scenario->spec.groups;
    for (int32_t i = 0; i < groups->count; i++) {
        const mst_group_def *g = MST_AT(mst_group_def, groups, i);
        char more[80];
        snprintf(more, sizeof more, "%d %s, %s", (int)g->members.count,
                 g->members.count == 1 ? "unit" : "units", g->drill.id ? g->drill.id : "no drill");
        cli_list_row(t, g->item.id, g->name ? g->name : "", more);
    }
}

static void list_serials(cli_table *t, const cli_session *s)
{
    const mst_list *serials = &s->scenario->spec.serials;
    for (int32_t i = 0; i < serials->count; i++) {
        const mst_serial_def *d = MST_AT(mst_serial_def, serials, i);
        char more[80];
        snprintf(more, sizeof more, "%s, %s", d->kind.name ? d->kind.name : "",
                 d->drill.id ? d->drill.id : "");
        cli_list_row(t, d->item.id, d->name ? d->name : "", more);
    }
}

static void list_observations(cli_table *t, const cli_session *s)
{
    const mst_list *list = &s->scenario->spec.observations;
    for (int32_t i = 0; i < list->count; i++) {
        const mst_observation_def *o = MST_AT(mst_observation_def, list, i);
        cli_list_row(t, o->item.id, o->says ? o->says : "", o->item.source);
    }
}

static void list_evidence(cli_table *t, const cli_session *s)
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
        cli_list_row(t, id, e->words ? e->words : "", more);
    }
}

static void list_left_out(cli_table *t, const cli_session *s)
{
    const mst_list *list = &s->scenario->spec.alignment.not_modelled;
    for (int32_t i = 0; i < list->count; i++) {
        const mst_not_modelled_def *d = MST_AT(mst_not_modelled_def, list, i);
        t->id_columns = 24;
        cli_list_row(t, d->what ? d->what : "", d->reason ? d->reason : "", d->carried_by);
    }
}

static void list_events(cli_table *t, const cli_session *s)
{
    const mst_list *list = &s->scenario->spec.timeline;
    const double zone_h = s->scenario->spec.scenario.zone_h; /* in which bare dates are read */
    const int32_t zone_min = isnan(zone_h) ? 0 : (int32_t)lround(zone_h * 60.0);
    for (int32_t i = 0; i < list->count; i++) {
        const mst_dated_def *e = MST_AT(const mst_dated_def, list, i);
        char id[32], more[64], time[MUSTER_TIME_TEXT];
        snprintf(id, sizeof id, "timeline[%d]", (int)i);
        snprintf(more, sizeof more, "%.10s %s", muster_time_write(e->at.from, zone_min, time),
                 e->kind >= 0 ? mst_dated_kinds[e->kind] : "");
        cli_list_row(t, id, e->says ? e->says : "", more);
    }
}

const cli_list_kind cli_lists[] = {
    {"measures", "what a run is judged by", false, list_measures},
    {"keys", "every key of a scenario file", false, list_keys},
    {"classes", "ship and aircraft classes of the library", false, list_classes},
    {"bases", "ports and airfields of the library", false, list_bases},
    {"straits", "straits of the library", false, list_straits},
    {"activities", "kinds of phases and serials", false, list_activities},
    {"models", "models of who takes part", false, list_models},
    {"methods", "methods of design of experiments", false, list_methods},
    {"analyses", "what can be made of the store of an experiment", false, list_analyses},
    {"exports", "what a run can be written for", false, list_exports},
    {"experiment-keys", "every key of an experiment file", false, list_experiment_keys},
    {"states", "states of FILE", true, list_states},
    {"units", "ships and squadrons of FILE", true, list_units},
    {"groups", "groups of ships of FILE", true, list_groups},
    {"drills", "drills of FILE", true, list_drills},
    {"serials", "what is practised in FILE", true, list_serials},
    {"rules", "participation rules of FILE", true, list_rules},
    {"ledger", "who owes whom in FILE, by whose account", true, cli_list_ledger},
    {"events", "dated events of FILE (timeline)", true, list_events},
    {"left-out", "reasons that are no rule of FILE, and why", true, list_left_out},
    {"observations", "dated sightings and reports of FILE", true, list_observations},
    {"evidence", "what sources of FILE say about stages", true, list_evidence},
    {"variants", "named lists of changes of FILE", true, list_variants},
    {"levers", "what FILE offers to change (whatif)", true, list_levers},
};
const int32_t cli_list_count = (int32_t)(sizeof cli_lists / sizeof *cli_lists);
