/** @file spec_make.h
 * A small scenario made in C, for tests of what comes after reading: two hosts, one candidate,
 * two ports, an airfield, eight ships and three squadrons, two groups, one drill. Every item has a
 * line of its own.
 */
#ifndef TEST_SUPPORT_SPEC_MAKE_H
#define TEST_SUPPORT_SPEC_MAKE_H

#include "base/units.h"
#include "load/scenario.h"
#include "model/compile.h"
#include "model/fields.h"

#include <math.h>
#include <string.h>

typedef struct made_spec {
    mst_arena arena;
    mst_spec spec;
    muster_diags *diags;
    int32_t line; /* of the item made last */
} made_spec;

static inline muster_interval made_at(const char *text)
{
    muster_interval at = {MUSTER_NEVER, MUSTER_NEVER, 0};
    assert_true(muster_time_read(text, 0, &at));
    return at;
}

static inline mst_place made_place(made_spec *m)
{
    return (mst_place){"made.cfg", ++m->line};
}

/** Adds a blank item with an id and a line to a list. */
static inline void *made_item(made_spec *m, mst_list *list, size_t bytes, const muster_field *rows,
                              const char *id)
{
    mst_item *item = mst_list_add(&m->arena, list, bytes);
    assert_non_null(item);
    mst_fields_blank(rows, item);
    item->id = id;
    item->place = made_place(m);
    return item;
}

static inline const muster_field *made_rows(const muster_field *rows, const char *key)
{
    double si;
    void *none = NULL;
    const muster_field *row = mst_fields_find(rows, key, &none, &si);
    assert_non_null(row);
    return row->of;
}

#define MADE(m, list, type, rows, id) ((type *)made_item((m), (list), sizeof(type), (rows), (id)))
#define MADE_IN(m, list, type, rows, key) MADE(m, list, type, made_rows(rows, key), NULL)

static inline mst_ref made_ref(const char *id)
{
    return (mst_ref){.id = id, .index = -1};
}

static inline mst_ref *made_add_ref(made_spec *m, mst_list *list, const char *id)
{
    mst_ref *ref = mst_list_add(&m->arena, list, sizeof *ref);
    assert_non_null(ref);
    *ref = made_ref(id);
    return ref;
}

static inline void made_add_text(made_spec *m, mst_list *list, const char *text)
{
    const char **row = mst_list_add(&m->arena, list, sizeof *row);
    assert_non_null(row);
    *row = text;
}

static inline mst_number *made_add_number(made_spec *m, mst_list *list, const char *name,
                                          double value)
{
    mst_number *number = mst_list_add(&m->arena, list, sizeof *number);
    assert_non_null(number);
    *number = (mst_number){.name = name, .value = value, .place = made_place(m)};
    return number;
}

/* ---- activities that only leave a mark --------------------------------------------------------- */

typedef struct made_port_spec {
    mst_ref base;
} made_port_spec;

static inline const mst_ref *made_base_of(const void *spec)
{
    return &((const made_port_spec *)spec)->base;
}

static inline bool made_compile(mst_compile *ctx, int32_t instance, const void *spec, void *param)
{
    int32_t *out = param;
    out[0] = instance;
    out[1] = ctx->what;
    out[2] = spec ? mst_compile_base_spot(ctx, &((const made_port_spec *)spec)->base) : -2;
    return true;
}

static const mst_activity_type made_decide = {
    .name = "decide", .doc = "a mark.", .role = MST_ROLE_CORE, .state_bytes = 5};
static const mst_activity_type made_sail = {
    .name = "sail", .doc = "a mark.", .role = MST_ROLE_CORE, .state_bytes = 12};
static const mst_activity_type made_air = {
    .name = "air", .doc = "a mark.", .role = MST_ROLE_CORE, .state_bytes = 1};
static const mst_activity_type made_sea = {.name = "sea",
                                           .doc = "a mark.",
                                           .role = MST_ROLE_PHASE,
                                           .param_bytes = 12,
                                           .state_bytes = 9,
                                           .compile = made_compile};
static const mst_activity_type made_dispersal = {
    .name = "dispersal", .doc = "a mark.", .role = MST_ROLE_PHASE};
static const mst_activity_type made_port = {.name = "port-call",
                                            .doc = "a mark.",
                                            .role = MST_ROLE_PHASE,
                                            .spec_bytes = sizeof(made_port_spec),
                                            .param_bytes = 12,
                                            .compile = made_compile,
                                            .base_of = made_base_of};
static const mst_activity_type made_gunnery = {
    .name = "gunnery", .doc = "a mark.", .role = MST_ROLE_SERIAL};
static const mst_activity_type *const made_types[] = {
    &made_decide,    &made_sail, &made_sea,     &made_air,
    &made_dispersal, &made_port, &made_gunnery, NULL};
static const mst_kinds made_kinds = {.activity = made_types};

/* ---- the scenario ------------------------------------------------------------------------------- */

static inline mst_class_def *made_class(made_spec *m, const char *id, int32_t craft,
                                        const char *role)
{
    mst_class_def *c = MADE(m, &m->spec.classes, mst_class_def, mst_fields_class, id);
    c->craft = craft;
    made_add_text(m, &c->roles, role);
    return c;
}

static inline mst_unit_def *made_unit(made_spec *m, const char *id, const char *class_,
                                      const char *state, const char *base)
{
    mst_unit_def *unit = MADE(m, &m->spec.units, mst_unit_def, mst_fields_unit, id);
    unit->class_ = made_ref(class_);
    unit->state = made_ref(state);
    unit->base = made_ref(base);
    return unit;
}

static inline mst_base_def *made_base(made_spec *m, const char *id, double lat, double lon,
                                      double sea_lat, double sea_lon)
{
    mst_base_def *base = MADE(m, &m->spec.bases, mst_base_def, mst_fields_base, id);
    base->lat_deg = lat;
    base->lon_deg = lon;
    base->sea_lat_deg = sea_lat;
    base->sea_lon_deg = sea_lon;
    return base;
}

static inline mst_rule_def *made_rule(made_spec *m, const char *id, int32_t stage, int32_t form,
                                      const char *first, const char *second)
{
    mst_rule_def *rule = MADE(m, &m->spec.alignment.rules, mst_rule_def,
                              made_rows(mst_fields_alignment, "rules"), id);
    rule->stage = stage;
    rule->form = form;
    if (first)
        made_add_text(m, &rule->terms, first);
    if (second)
        made_add_text(m, &rule->terms, second);
    return rule;
}

static inline mst_serial_def *made_serial(made_spec *m, const char *id, double start_h,
                                          double for_h)
{
    mst_serial_def *serial = MADE(m, &m->spec.serials, mst_serial_def, mst_fields_serial, id);
    serial->kind = (mst_plugin){.name = "gunnery", .type = &made_gunnery};
    serial->start = (muster_time)(start_h * (double)MUSTER_HOUR);
    serial->for_ = (muster_time)(for_h * (double)MUSTER_HOUR);
    return serial;
}

static inline void made_states(made_spec *m)
{
    static const char *const ids[] = {"AAA", "BBB", "CCC"};
    for (int i = 0; i < 3; i++) {
        mst_state_def *s = MADE(m, &m->spec.states, mst_state_def, mst_fields_state, ids[i]);
        made_add_number(m, &s->attributes, "autonomy", 0.713 - 0.1 * i);
        if (i != 1)
            made_add_number(m, &s->attributes, "prestige", 0.27 + 0.1 * i);
    }
    MST_AT(mst_state_def, &m->spec.states, 2)->allotment_frac = 0.13;
    mst_tie_def *tie = MADE(m, &m->spec.ties, mst_tie_def, mst_fields_tie, "AAA-CCC");
    tie->a = made_ref("AAA");
    tie->b = made_ref("CCC");
    tie->align = 0.417;
    made_add_number(m, &tie->mutual, "practised", 0.31);
    made_add_number(m, &tie->b_to_a, "resent", 0.83);
    tie->interop.part[MST_PART_LANGUAGE] = 1;
    mst_pact_def *pact = MADE_IN(m, &tie->pacts, mst_pact_def, mst_fields_tie, "pacts");
    pact->from = made_at("1961-07-11+08:00");
    pact->strength = 0.37;
}

static inline void made_fleet(made_spec *m)
{
    made_base(m, "PORT-A", 36.08, 120.31, 35.95, 120.42);
    made_base(m, "PORT-C", 39.16, 127.45, 39.26, 127.59);
    MADE(m, &m->spec.bases, mst_base_def, mst_fields_base, "PORT-B");
    *MST_AT(mst_base_def, &m->spec.bases, 2) = *MST_AT(mst_base_def, &m->spec.bases, 1);
    MST_AT(mst_base_def, &m->spec.bases, 2)->item.id = "PORT-B";
    MST_AT(mst_base_def, &m->spec.bases, 2)->item.place = made_place(m);
    MST_AT(mst_base_def, &m->spec.bases, 2)->sea_lat_deg = 42.95;
    MST_AT(mst_base_def, &m->spec.bases, 2)->sea_lon_deg = 131.75;
    mst_base_def *field = made_base(m, "FIELD-C", 39.15, 127.49, (double)NAN, (double)NAN);
    field->kind = 1;

    mst_class_def *c = made_class(m, "frigate", MST_SHIP, "escort");
    made_add_text(m, &c->kit, "hull-sonar");
    c->max_speed_mps = 27.3 * MST_KN_MPS;
    c->range_m = 4010 * MUSTER_NM_M;
    c->range_speed_mps = 17.9 * MST_KN_MPS;
    c->fuel_kg = 361e3;
    c = made_class(m, "fighter", MST_AIRCRAFT, "fighter");
    c->ferry_range_m = 653 * MUSTER_NM_M;
    c->cruise_mps = 450 * MST_KN_MPS;
    c->fuel_kg = 2390;
    c = made_class(m, "helo", MST_HELICOPTER, "helicopter");
    c->ferry_range_m = 430 * MUSTER_NM_M;
    c->cruise_mps = 110 * MST_KN_MPS;
    c->fuel_kg = 1930;

    made_unit(m, "a2", "frigate", "AAA", "PORT-A")->took_part = 1;
    made_unit(m, "a1", "frigate", "AAA", "PORT-A")->took_part = 1;
    made_unit(m, "b1", "frigate", "BBB", "PORT-B");
    mst_unit_def *c3 = made_unit(m, "c", "frigate", "CCC", "PORT-C");
    c3->count = 3;
    c3->readiness = 0.5;
    made_unit(m, "none", "frigate", "CCC", "PORT-C")->count = 0;
    mst_unit_def *wing = made_unit(m, "wing", "fighter", "CCC", "FIELD-C");
    wing->count = 26;
    wing->readiness = 0.4;
    wing = made_unit(m, "wing-b", "fighter", "CCC", "FIELD-C");
    wing->count = 9;
    wing->readiness = 0.4;
    made_unit(m, "helo-a1", "helo", "AAA", NULL)->parent = made_ref("a1");
}

static inline void made_groups(made_spec *m)
{
    mst_group_def *g = MADE(m, &m->spec.groups, mst_group_def, mst_fields_group, "ga");
    made_add_ref(m, &g->members, "a2");
    made_add_ref(m, &g->members, "a1");
    g->guide = made_ref("a1");
    g->depart = made_at("2023-07-15T09:45+08:00");
    mst_via_def *via = MADE_IN(m, &g->via, mst_via_def, mst_fields_group, "via");
    via->lat_deg = 33.57;
    via->lon_deg = 128.30;
    via->at = made_at("2023-07-16T16:00Z");
    g = MADE(m, &m->spec.groups, mst_group_def, mst_fields_group, "gb");
    made_add_ref(m, &g->members, "b1");
}

static inline void made_drill(made_spec *m)
{
    mst_area_def *area = MADE(m, &m->spec.areas, mst_area_def, mst_fields_area, "box");
    area->kind = 0;
    area->lat_deg = 39.5;
    area->lon_deg = 134.0;
    area->radius_m = 60 * MUSTER_NM_M;
    mst_drill_def *d = MADE(m, &m->spec.drills, mst_drill_def, mst_fields_drill, "d");
    made_add_ref(m, &d->hosts, "BBB");
    made_add_ref(m, &d->hosts, "AAA");
    made_add_ref(m, &d->candidates, "CCC");
    d->area = made_ref("box");
    d->muster.item.place = made_place(m);
    d->muster.at = made_at("2023-07-20T00:00Z");
    d->end = made_at("2023-07-23T12:00Z");
    d->visibility = 0.8;
    d->cap_need = 0.35;
    d->mix.weight[MST_NAVAL] = 1.4;
    d->mix.weight[MST_AIR] = 0.6;
    for (int32_t side = 0; side < 2; side++) {
        mst_slot_def *slot = MADE_IN(m, &d->slots, mst_slot_def, mst_fields_drill, "slots");
        slot->for_ = side;
        slot->role = "escort";
        slot->domain = MST_NAVAL;
        slot->count = 2;
        made_add_text(m, &slot->kit, "hull-sonar");
    }
    mst_slot_def *slot = MADE_IN(m, &d->slots, mst_slot_def, mst_fields_drill, "slots");
    slot->for_ = 1;
    slot->role = "fighter";
    slot->domain = MST_AIR;
    slot->count = 4;
    slot->min_hours = MUSTER_HOUR;
    mst_air_def *air = MADE(m, &d->air, mst_air_def, made_rows(mst_fields_drill, "air"), "cover");
    air->role = "fighter";
    air->start = 54 * MUSTER_HOUR;
    air->for_ = 6 * MUSTER_HOUR;
    made_add_ref(m, &air->states, "CCC");

    mst_serial_def *first = made_serial(m, "first", 4, 6);
    mst_need_def *need = MADE_IN(m, &first->needs, mst_need_def, mst_fields_serial, "needs");
    need->role = "escort";
    need->count = 3;
    made_add_text(m, &first->parts, "language");
    made_add_text(m, &first->parts, "rig");
    mst_serial_def *second = made_serial(m, "second", 2, 6);
    second->after = "first";
    second->air = "cover";
}

/** Adds a change to a timeline entry, read as sim/load reads it. */
static inline void made_dated_change(made_spec *m, mst_dated_def *entry, const char *line)
{
    mst_change *change = mst_list_add(&m->arena, &entry->read, sizeof *change);
    assert_non_null(change);
    assert_true(mst_change_read(&m->spec, &m->arena, &made_kinds, line, "timeline",
                                entry->item.place, m->diags, change));
}

static inline void made_rules(made_spec *m)
{
    made_rule(m, "f01", MST_ABLE, 0, "fleet.kit", "drill.cap_need");
    made_rule(m, "f02", MST_ABLE, 0, "fleet.cap", "fleet.kit");
    made_rule(m, "f03", MST_ADMIT, 1, "tie.align", NULL);
    mst_rule_def *rule =
        made_rule(m, "f04", MST_ACCEPT, 2, "0.4 + -0.6*cand.autonomy * from_host.resent",
                  "1 - drill.visibility");
    rule->over = 2;
    rule->sign = -1;
    rule->weight = 0.41;
}

/** Makes it; made_close frees it. */
static inline void made_open(made_spec *m)
{
    memset(m, 0, sizeof *m);
    mst_arena_init(&m->arena, NULL);
    m->diags = muster_diags_create(NULL);
    assert_non_null(m->diags);
    mst_fields_blank(mst_fields_root, &m->spec);
    m->spec.scenario.item.place = made_place(m);
    m->spec.scenario.id = "made";
    m->spec.scenario.start = made_at("2023-07-14T00:00Z");
    m->spec.scenario.zone_h = 8;
    m->spec.weather.item.place = made_place(m);
    m->spec.weather.sea_state = 3;
    made_states(m);
    made_fleet(m);
    made_groups(m);
    made_drill(m);
    made_rules(m);
}

static inline void made_close(made_spec *m)
{
    muster_diags_free(m->diags);
    mst_arena_clear(&m->arena);
}

#endif
