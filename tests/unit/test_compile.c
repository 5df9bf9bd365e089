/* From spec to model: every row against the scenario it was made of. */
#include "test.h"

#include "memory.h"
#include "model/circle.h"
#include "model/sea.h"
#include "spec_make.h"

static void say_all(const made_spec *m)
{
    for (int32_t i = 0; i < muster_diags_count(m->diags); i++)
        print_error("line %d: %s\n", (int)muster_diags_at(m->diags, i)->line,
                    muster_diags_at(m->diags, i)->message);
}

static mst_model *compile_with(made_spec *m, const mst_list *applied)
{
    mst_route_plan plan;
    mst_model *model = NULL;
    assert_int_equal(mst_route_plan_make(&m->spec, &made_kinds, &m->arena, m->diags, &plan),
                     MUSTER_OK);
    const muster_status status =
        mst_model_compile(&m->spec, &made_kinds, applied, 41, &plan, NULL, NULL, m->diags, &model);
    if (status != MUSTER_OK)
        say_all(m);
    assert_int_equal(status, MUSTER_OK);
    return model;
}

static const mst_unit_row *unit_of(const mst_model *model, const char *id)
{
    const int32_t index = mst_model_unit(model, id);
    assert_true(index >= 0);
    return &model->unit[index];
}

/* ---- units -------------------------------------------------------------------------------------- */

static void test_compile__units_of_a_count(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_model *model = compile_with(&m, NULL);
    assert_int_equal(model->unit_count, 2 + 1 + 3 + 0 + 2 + 1);
    assert_int_equal(mst_model_unit(model, "c"), -1);
    assert_int_equal(mst_model_unit(model, "none"), -1);
    assert_int_equal(mst_model_unit(model, "c-3"), mst_model_unit(model, "c-1") + 2);
    assert_string_equal(unit_of(model, "c-2")->name, "c 2");
    assert_int_equal(unit_of(model, "c-2")->count, 1);
    assert_int_equal(unit_of(model, "wing")->count, 26);
    assert_int_equal(model->state[2].unit_count, 5);
    made_close(&m);
    mst_model_free(model);
}

static void test_compile__fuel_of_a_unit(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_unit_def *a2 = MST_AT(mst_unit_def, &m.spec.units, 0);
    a2->own.range_m = 3333 * MUSTER_NM_M; /* its own figure, the rest of its class */
    a2->fuel_frac = 0.83;
    a2->allotment_kg = 40e3;
    mst_model *model = compile_with(&m, NULL);
    const mst_unit_row *u = unit_of(model, "a2");
    assert_near(u->tank_kg, 361e3, 0.0);
    assert_near(u->on_board_kg, 0.83 * 361e3, 1e-6);
    assert_near(u->reserve_kg, 0.2 * 361e3, 1e-6);
    assert_near(u->allotment_kg, 40e3, 0.0);
    assert_near(mst_law_range_m(&u->law, 361e3, 17.9 * MST_KN_MPS), 3333 * MUSTER_NM_M, 1e-3);
    u = unit_of(model, "a1");
    assert_near(mst_law_range_m(&u->law, 361e3, 17.9 * MST_KN_MPS), 4010 * MUSTER_NM_M, 1e-3);
    assert_true(isinf(u->allotment_kg) && isinf(u->allotment_sorties));
    assert_near(unit_of(model, "c-1")->allotment_kg, 0.13 * 361e3, 1e-6); /* its state's */
    assert_int_equal(u->sea_limit, 9);
    made_close(&m);
    mst_model_free(model);
}

/* DEFINITIONS 1: .5 of 3 ships is 1.5, rounded half up 2; .4 of 26 + 9 aircraft is 14. */
static void test_compile__serviceable_in_the_plan_run(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_model *model = compile_with(&m, NULL);
    assert_int_equal(unit_of(model, "c-1")->serviceable, 1);
    assert_int_equal(unit_of(model, "c-2")->serviceable, 1);
    assert_int_equal(unit_of(model, "c-3")->serviceable, 0);
    assert_int_equal(unit_of(model, "a2")->serviceable, 1);
    assert_int_equal(unit_of(model, "wing")->serviceable, 14); /* by id: "wing" before "wing-b" */
    assert_int_equal(unit_of(model, "wing-b")->serviceable, 0);
    mst_model_free(model);

    /* a certain ship goes before an uncertain one with a smaller id: .4 + 1 is 1 */
    MST_AT(mst_unit_def, &m.spec.units, 1)->readiness = 0.4;
    model = compile_with(&m, NULL);
    assert_int_equal(unit_of(model, "a1")->serviceable, 0);
    assert_int_equal(unit_of(model, "a2")->serviceable, 1);
    made_close(&m);
    mst_model_free(model);
}

static void test_compile__homes_and_carried_aircraft(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_model *model = compile_with(&m, NULL);
    const mst_unit_row *helo = unit_of(model, "helo-a1"), *ship = unit_of(model, "a1");
    assert_int_equal(helo->parent, mst_model_unit(model, "a1"));
    assert_int_equal(helo->home, ship->home);
    assert_int_equal(helo->base, -1);
    assert_int_equal(helo->domain, MST_AIR);
    assert_near(model->spot[ship->home].point.lat_deg, 35.95, 0.0); /* the sea point */
    const mst_unit_row *wing = unit_of(model, "wing");
    assert_near(model->spot[wing->home].point.lat_deg, 39.15, 0.0); /* the airfield */
    assert_true(isinf(wing->allotment_sorties));
    assert_near(mst_flight_radius_m(&wing->flight, 0) / MUSTER_NM_M, 231, 0.51);
    made_close(&m);
    mst_model_free(model);
}

/* What a carrier does not bring is not there either. */
static void test_compile__no_carrier_no_helicopter(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    MST_AT(mst_unit_def, &m.spec.units, 1)->count = 0;
    mst_model *model = compile_with(&m, NULL);
    assert_int_equal(mst_model_unit(model, "helo-a1"), -1);
    assert_int_equal(model->group[0].member_count, 1);
    assert_int_equal(model->group[0].member[0], mst_model_unit(model, "a2"));
    made_close(&m);
    mst_model_free(model);
}

/* ---- groups and drills -------------------------------------------------------------------------- */

static void test_compile__groups_as_written_and_made(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_model *model = compile_with(&m, NULL);
    assert_int_equal(model->group_count, 3);
    const mst_group_row *g = &model->group[0];
    assert_int_equal(g->member[0], mst_model_unit(model, "a1")); /* the guide */
    assert_int_equal(g->member[1], mst_model_unit(model, "a2"));
    assert_int_equal(g->leg_count, 2);
    assert_near(model->spot[g->leg_to[0]].point.lat_deg, 33.57, 0.0);
    assert_true(g->leg_at[0] == made_at("2023-07-16T16:00Z").from);
    assert_int_equal(g->leg_to[1], model->drill[0].muster_spot);
    assert_true(g->depart == made_at("2023-07-15T01:45Z").from);
    const mst_group_row *made = &model->group[2];
    assert_true(made->is_made && !g->is_made);
    assert_int_equal(made->member_count, 3);
    assert_int_equal(made->state, 2);
    assert_int_equal(unit_of(model, "c-3")->group, 2);
    assert_int_equal(unit_of(model, "wing")->group, -1);
    made_close(&m);
    mst_model_free(model);
}

static void test_compile__drill_rows(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_model *model = compile_with(&m, NULL);
    const mst_drill_row *d = &model->drill[0];
    assert_int_equal(d->host_count, 2);
    assert_int_equal(d->host[0], 1); /* in the order of the file */
    assert_int_equal(d->min_hosts, 2);
    assert_near(d->mix[0], 0.7, 1e-15);
    assert_near(d->mix[1], 0.3, 1e-15);
    assert_true(d->decide_at == d->muster_at - 14 * MUSTER_DAY);
    assert_true(d->tolerance == 2 * MUSTER_HOUR && d->wait == 12 * MUSTER_HOUR);
    /* no muster point is given: the middle of the area */
    assert_near(model->spot[d->muster_spot].point.lon_deg, 134.0, 0.0);
    assert_near(d->area_radius_m, 60 * MUSTER_NM_M, 0.0);
    assert_true(d->slot[0].is_required && !d->slot[1].is_required);
    assert_near(d->slot[1].min_hours_s, 86400, 0.0);
    assert_near(d->slot[2].min_hours_s, 3600, 0.0);
    assert_true(d->slot[0].role == UINT64_C(1) << mst_model_word(model, "escort"));
    assert_true(d->slot[0].kit == UINT64_C(1) << mst_model_word(model, "hull-sonar"));
    /* contingent by state in order of hosts then candidates, by id; what fits no slot is out */
    const char *const expected[] = {"b1", "a1", "a2", "c-1", "c-2", "c-3", "wing", "wing-b"};
    assert_int_equal(d->contingent_count, 8);
    for (int i = 0; i < 8; i++)
        assert_string_equal(model->unit[d->contingent[i]].id, expected[i]);
    assert_int_equal(d->air_count, 1);
    assert_true(d->air[0].states == 4);
    assert_true(d->air[0].end == 60 * MUSTER_HOUR);
    assert_int_equal(d->air[0].spot, d->muster_spot); /* no station given: the muster point */
    made_close(&m);
    mst_model_free(model);
}

static void test_compile__contingent_as_named(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_drill_def *d = MST_AT(mst_drill_def, &m.spec.drills, 0);
    mst_contingent_def *set =
        MADE_IN(&m, &d->contingents, mst_contingent_def, mst_fields_drill, "contingents");
    set->state = made_ref("AAA");
    made_add_ref(&m, &set->units, "a2");
    mst_model *model = compile_with(&m, NULL);
    const mst_drill_row *row = &model->drill[0];
    assert_string_equal(model->unit[row->contingent[0]].id, "b1");
    assert_string_equal(model->unit[row->contingent[1]].id, "a2");
    assert_string_equal(model->unit[row->contingent[2]].id, "c-1");
    made_close(&m);
    mst_model_free(model);
}

static void test_compile__serials(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_model *model = compile_with(&m, NULL);
    const mst_serial_row *s = model->serial;
    assert_int_equal(model->serial_count, 2);
    assert_int_equal(s[0].after, -1);
    assert_int_equal(s[1].after, 0);
    assert_int_equal(s[1].air, 0);
    assert_int_equal(s[0].parts, (1 << MST_PART_LANGUAGE) | (1 << MST_PART_RIG));
    assert_int_equal(s[0].need[0].count, 3);
    assert_near(s[0].p0, 0.9, 0.0);
    assert_int_equal(s[0].min_states, 2);
    assert_int_equal(model->instance[s[1].instance].what, 1);
    made_close(&m);
    mst_model_free(model);
}

/* ---- states and rules ---------------------------------------------------------------------------- */

static void test_compile__states_and_ties(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_model *model = compile_with(&m, NULL);
    assert_int_equal(model->attribute_count, 2);
    assert_near(model->attribute[2 * 2 + 0], 0.513, 1e-12);
    assert_true(isnan(model->attribute[1 * 2 + 1])); /* BBB has no prestige: missing, not 0 */
    assert_string_equal(model->mutual_name[0], "align");
    assert_string_equal(model->mutual_name[1], "pact");
    assert_string_equal(model->mutual_name[2], "practised");
    assert_near(model->mutual[0 * 9 + 0 * 3 + 2], 0.417, 0.0);
    assert_near(model->mutual[0 * 9 + 2 * 3 + 0], 0.417, 0.0);
    assert_true(isnan(model->mutual[0 * 9 + 0 * 3 + 1]));
    assert_near(model->mutual[1 * 9 + 0 * 3 + 1], 0.0, 0.0); /* no pact is a fact */
    assert_near(model->directed[2 * 3 + 0], 0.83, 0.0);      /* from CCC to AAA    */
    assert_true(isnan(model->directed[0 * 3 + 2]));
    assert_int_equal(model->interop[(0 * 3 + 2) * MST_PART_COUNT + MST_PART_LANGUAGE], 1);
    assert_int_equal(model->interop[(2 * 3 + 0) * MST_PART_COUNT + MST_PART_LANGUAGE], 1);
    assert_int_equal(model->interop[(2 * 3 + 0) * MST_PART_COUNT + MST_PART_RIG], -1);
    assert_int_equal(model->interop[(1 * 3 + 1) * MST_PART_COUNT + MST_PART_RIG], 2);
    assert_near(model->drill_value[MST_DRILL_VISIBILITY], 0.8, 0.0);
    assert_near(model->drill_value[MST_DRILL_HOST_COUNT], 2, 0.0);
    made_close(&m);
    mst_model_free(model);
}

static void test_compile__rule_terms(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    made_rule(&m, "f05", MST_ACCEPT, 1, "-.5e-1 * other.prestige", "0.25")->over = 4;
    mst_model *model = compile_with(&m, NULL);
    const mst_rule_row *r = &model->rule[3];
    assert_near(r->weight, -0.41, 0.0);
    assert_int_equal(r->over, 2);
    assert_near(r->term[0].plus, 0.4, 0.0);
    assert_near(r->term[0].times, -0.6, 0.0);
    assert_int_equal(r->term[0].factor_count, 2);
    assert_int_equal(r->term[0].factor[0].reads, MST_READS_CAND);
    assert_int_equal(r->term[0].factor[1].reads, MST_READS_FROM_HOST);
    assert_string_equal(r->term[0].factor[1].name, "from_host.resent");
    assert_near(r->term[1].plus, 1.0, 0.0);
    assert_near(r->term[1].times, -1.0, 0.0);
    assert_int_equal(r->term[1].factor[0].index, MST_DRILL_VISIBILITY);
    r = &model->rule[4];
    assert_near(r->term[0].times, -0.05, 1e-15);
    assert_int_equal(r->term[0].factor[0].index, 1);
    assert_near(r->term[1].plus, 0.25, 0.0); /* a constant */
    assert_int_equal(r->term[1].factor_count, 0);
    assert_near(r->weight, 1.0, 0.0);
    made_close(&m);
    mst_model_free(model);
}

/* ---- instances ----------------------------------------------------------------------------------- */

static void test_compile__instances_in_order(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int32_t what;
        size_t offset;
    } expected[] = {{"decide", -1, 0},    {"sail", 0, 8},     {"sail", 1, 24},
                    {"sail", 2, 40},      {"air", 0, 56},     {"sea", 0, 64},
                    {"dispersal", 1, 80}, {"gunnery", 0, 80}, {"gunnery", 1, 80}};
    made_spec m;
    made_open(&m);
    mst_model *model = compile_with(&m, NULL);
    assert_int_equal(model->instance_count, 9);
    for (int i = 0; i < 9; i++) {
        assert_string_equal(model->instance[i].type->name, expected[i].name);
        assert_int_equal(model->instance[i].what, expected[i].what);
        assert_int_equal(model->instance[i].state_offset, expected[i].offset);
    }
    assert_int_equal(model->instance_state_bytes, 80);
    assert_int_equal(model->drill[0].phase_count, 2);
    assert_int_equal(model->drill[0].phase[0], 5);
    assert_int_equal(((const int32_t *)model->instance[5].param)[0], 5); /* compile was called */
    assert_int_equal(model->drill[0].serial_count, 2);
    made_close(&m);
    mst_model_free(model);
}

static void test_compile__phase_with_a_base_gets_routes(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    made_base(&m, "PORT-X", 37.1, 137.0, 37.2, 136.5);
    mst_drill_def *d = MST_AT(mst_drill_def, &m.spec.drills, 0);
    mst_phase_def *phase = MADE_IN(&m, &d->phases, mst_phase_def, mst_fields_drill, "phases");
    made_port_spec *port = mst_arena_alloc(&m.arena, sizeof *port);
    assert_non_null(port);
    port->base = made_ref("PORT-X");
    phase->do_ = (mst_plugin){.name = "port-call", .type = &made_port, .spec = port};
    mst_route_plan plan;
    assert_int_equal(mst_route_plan_make(&m.spec, &made_kinds, &m.arena, m.diags, &plan),
                     MUSTER_OK);
    int32_t found = 0;
    for (int32_t i = 0; i < plan.wanted_count; i++)
        found += plan.wanted[i].to.lon_deg == 136.5 || plan.wanted[i].from.lon_deg == 136.5;
    assert_int_equal(found, 4); /* muster point and three homes */
    mst_model *model = compile_with(&m, NULL);
    const int32_t *param = model->instance[model->drill[0].phase[0]].param;
    assert_near(model->spot[param[2]].point.lat_deg, 37.2, 0.0);
    mst_model_free(model);
    port->base = made_ref("PORT-Y");
    mst_model *none = NULL;
    assert_int_equal(mst_route_plan_make(&m.spec, &made_kinds, &m.arena, m.diags, &plan),
                     MUSTER_OK);
    assert_int_equal(
        mst_model_compile(&m.spec, &made_kinds, NULL, 0, &plan, NULL, NULL, m.diags, &none),
        MUSTER_MISTAKE);
    assert_null(none);
    made_close(&m);
}

/* ---- routes -------------------------------------------------------------------------------------- */

static void test_compile__wishes_in_order_and_once(void **state)
{
    (void)state;
    static const double ends[][4] = {
        /* home to muster of each port, then the way of the group with a point */
        {35.95, 120.42, 39.5, 134.0},
        {42.95, 131.75, 39.5, 134.0},
        {39.26, 127.59, 39.5, 134.0},
        {35.95, 120.42, 33.57, 128.3},
        {33.57, 128.3, 39.5, 134.0}};
    made_spec m;
    made_open(&m);
    mst_observation_def *seen =
        MADE(&m, &m.spec.observations, mst_observation_def, mst_fields_observation, "left");
    seen->group = made_ref("ga"); /* from its home, which is wanted already */
    seen->what = 0;
    seen->at = made_at("2023-07-15+08:00");
    seen = MADE(&m, &m.spec.observations, mst_observation_def, mst_fields_observation, "seen");
    seen->unit = made_ref("a2"); /* a member: the same subject */
    seen->what = 1;
    seen->at = made_at("2023-07-16T16:00Z");
    seen->lat_deg = 33.60;
    seen->lon_deg = 128.31;
    mst_route_plan plan;
    assert_int_equal(mst_route_plan_make(&m.spec, &made_kinds, &m.arena, m.diags, &plan),
                     MUSTER_OK);
    assert_int_equal(plan.wanted_count, 7);
    for (int i = 0; i < 5; i++) {
        assert_near(plan.wanted[i].from.lat_deg, ends[i][0], 0.0);
        assert_near(plan.wanted[i].from.lon_deg, ends[i][1], 0.0);
        assert_near(plan.wanted[i].to.lat_deg, ends[i][2], 0.0);
        assert_near(plan.wanted[i].to.lon_deg, ends[i][3], 0.0);
    }
    assert_near(plan.wanted[5].from.lat_deg, 35.95, 0.0);
    assert_near(plan.wanted[5].to.lat_deg, 33.60, 0.0);
    assert_near(plan.wanted[6].from.lat_deg, 33.60, 0.0);
    assert_near(plan.wanted[6].to.lat_deg, 39.5, 0.0);
    assert_near(plan.geography.offing_m, 3 * MUSTER_NM_M, 0.0);
    mst_model *model = compile_with(&m, NULL);
    assert_int_equal(model->observation[0].group, 0);
    assert_int_equal(model->observation[1].unit, mst_model_unit(model, "a2"));
    assert_int_equal(model->observation[0].spot, unit_of(model, "a2")->home);
    mst_model_free(model);

    /* granting ships moves no geography */
    MST_AT(mst_unit_def, &m.spec.units, 4)->count = 2;
    assert_int_equal(mst_route_plan_make(&m.spec, &made_kinds, &m.arena, m.diags, &plan),
                     MUSTER_OK);
    assert_int_equal(plan.wanted_count, 7);
    made_close(&m);
}

static void test_compile__legs_both_ways(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_land *land = NULL;
    mst_route_plan plan;
    mst_route_book *book = NULL;
    mst_model *model = NULL;
    assert_int_equal(mst_land_open(mst_land_bytes, mst_land_byte_count, NULL, m.diags, &land),
                     MUSTER_OK);
    assert_int_equal(mst_route_plan_make(&m.spec, &made_kinds, &m.arena, m.diags, &plan),
                     MUSTER_OK);
    if (mst_route_book_build(land, &plan.geography, plan.wanted, plan.wanted_count, NULL, m.diags,
                             &book) != MUSTER_OK)
        say_all(&m);
    assert_non_null(book);
    assert_int_equal(
        mst_model_compile(&m.spec, &made_kinds, NULL, 0, &plan, book, NULL, m.diags, &model),
        MUSTER_OK);
    const int32_t home = unit_of(model, "c-1")->home, muster = model->drill[0].muster_spot;
    const mst_leg out = mst_model_leg(model, home, muster),
                  back = mst_model_leg(model, muster, home);
    assert_non_null(out.route);
    assert_ptr_equal(out.route, back.route);
    assert_true(out.backwards != back.backwards);
    assert_near(out.length_m / MUSTER_NM_M, 298, 3.0); /* 298 nm, 1 % for the finder */
    const muster_point a = mst_leg_position(&out, 0.37 * out.length_m);
    const muster_point b = mst_leg_position(&back, 0.63 * out.length_m);
    assert_near(muster_geo_distance_m(a, b), 0.0, 0.1); /* a double's rounding on the sphere */
    assert_near(muster_geo_distance_m(mst_leg_position(&out, 0), model->spot[home].point), 0.0,
                0.1);
    assert_null(mst_model_leg(model, home, unit_of(model, "b1")->home).route);
    assert_null(mst_model_leg(model, -1, home).route);
    mst_model_free(model);

    /* a change of geography is refused, not followed with the wrong routes */
    MST_AT(mst_base_def, &m.spec.bases, 1)->sea_lat_deg = 39.3;
    assert_int_equal(
        mst_model_compile(&m.spec, &made_kinds, NULL, 0, &plan, book, NULL, m.diags, &model),
        MUSTER_MISTAKE);
    mst_route_book_free(book);
    mst_land_free(land);
    made_close(&m);
}

/* ---- weather and areas ----------------------------------------------------------------------------- */

static void test_compile__sea_state_by_height(void **state)
{
    (void)state;
    static const double height_m[] = {0, 0.09, 0.31, 1.21, 2.47, 3.9, 5.7, 8.8, 13.1, 14.3};
    for (int32_t i = 0; i < 10; i++)
        assert_int_equal(mst_sea_state_of_height(height_m[i]), i);
}

/* July: the distribution through mean .8 and p90 1.5 m has shape 1.61 and scale .893 m. */
static void test_compile__sea_state_of_a_month(void **state)
{
    (void)state;
    double shape, scale;
    assert_true(mst_sea_weibull(0.8, 1.5, &shape, &scale));
    assert_near(shape, 1.61, 0.005);
    assert_near(scale, 0.893, 0.0005);
    /* the fit gives back what it was made of */
    assert_near(scale * tgamma(1 + 1 / shape), 0.8, 1e-12);
    assert_near(scale * pow(log(10.0), 1 / shape), 1.5, 1e-12);
    /* the mode is where the density is greatest: two points beside it are lower */
    const double mode = mst_sea_mode_m(shape, scale);
    const double at[] = {mode * 0.99, mode, mode * 1.01};
    double density[3];
    for (int i = 0; i < 3; i++)
        density[i] = pow(at[i] / scale, shape - 1) * exp(-pow(at[i] / scale, shape));
    assert_true(density[1] > density[0] && density[1] > density[2]);
    assert_false(mst_sea_weibull(0.8, 0.7, &shape, &scale));

    made_spec m;
    made_open(&m);
    m.spec.weather.sea_state = MST_INT_NONE;
    mst_climate_def *month = MADE_IN(&m, &m.spec.weather.climatology, mst_climate_def,
                                     mst_fields_weather, "climatology");
    month->month = 7;
    month->mean_hs_m = 0.8;
    month->p90_hs_m = 1.5;
    mst_model *model = compile_with(&m, NULL);
    assert_int_equal(model->drill[0].sea_state, 2); /* .49 m */
    made_close(&m);
    mst_model_free(model);
}

static void test_compile__circle_of_a_polygon(void **state)
{
    (void)state;
    /* a square of 1 degree on the equator round longitude 180: half its diagonal is the radius */
    muster_point corner[] = {{-0.5, 179.5}, {-0.5, -179.5}, {0.5, -179.5}, {0.5, 179.5}};
    mst_area_def area = {.kind = 1, .points = {.item = corner, .count = 4}};
    muster_point centre;
    double radius_m;
    assert_true(mst_area_circle(&area, &centre, &radius_m));
    assert_near(centre.lat_deg, 0.0, 1e-6);
    assert_near(centre.lon_deg, 180.0, 1e-6);
    assert_near(radius_m, muster_geo_distance_m((muster_point){0, 180}, corner[0]), 0.5);
    /* no smaller circle: every centre beside it needs more */
    muster_point odd[] = {
        {38.1, 131.2}, {40.7, 130.9}, {41.3, 134.4}, {39.2, 135.1}, {37.9, 133.0}};
    area.points = (mst_list){.item = odd, .count = 5};
    assert_true(mst_area_circle(&area, &centre, &radius_m));
    for (int dx = -3; dx <= 3; dx++)
        for (int dy = -3; dy <= 3; dy++) {
            const muster_point other = {centre.lat_deg + 0.003 * dy, centre.lon_deg + 0.003 * dx};
            double need = 0.0;
            for (int i = 0; i < 5; i++)
                need = fmax(need, muster_geo_distance_m(other, odd[i]));
            assert_true(need > radius_m - 1.0); /* metres; the steps are 300 m and more */
            assert_true((dx == 0 && dy == 0) || need > radius_m + 30.0);
        }
}

/* ---- memory ---------------------------------------------------------------------------------------- */

static void test_compile__memory_that_runs_short(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_route_plan plan;
    assert_int_equal(mst_route_plan_make(&m.spec, &made_kinds, &m.arena, m.diags, &plan),
                     MUSTER_OK);
    test_memory count = {0};
    for (int32_t n = 0;; n++) {
        count = (test_memory){.left = n};
        const muster_memory hook = test_hook(&count);
        mst_model *model = NULL;
        const muster_status status =
            mst_model_compile(&m.spec, &made_kinds, NULL, 0, &plan, NULL, &hook, m.diags, &model);
        if (status == MUSTER_OK) {
            mst_model_free(model);
            assert_int_equal(count.held, 0);
            assert_int_equal(count.refused, 0);
            break;
        }
        assert_int_equal(status, MUSTER_WORLD);
        assert_null(model);
        assert_int_equal(count.held, 0);
        assert_true(n < 1000);
    }
    made_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compile__units_of_a_count),
        cmocka_unit_test(test_compile__fuel_of_a_unit),
        cmocka_unit_test(test_compile__serviceable_in_the_plan_run),
        cmocka_unit_test(test_compile__homes_and_carried_aircraft),
        cmocka_unit_test(test_compile__no_carrier_no_helicopter),
        cmocka_unit_test(test_compile__groups_as_written_and_made),
        cmocka_unit_test(test_compile__drill_rows),
        cmocka_unit_test(test_compile__contingent_as_named),
        cmocka_unit_test(test_compile__serials),
        cmocka_unit_test(test_compile__states_and_ties),
        cmocka_unit_test(test_compile__rule_terms),
        cmocka_unit_test(test_compile__instances_in_order),
        cmocka_unit_test(test_compile__phase_with_a_base_gets_routes),
        cmocka_unit_test(test_compile__wishes_in_order_and_once),
        cmocka_unit_test(test_compile__legs_both_ways),
        cmocka_unit_test(test_compile__sea_state_by_height),
        cmocka_unit_test(test_compile__sea_state_of_a_month),
        cmocka_unit_test(test_compile__circle_of_a_polygon),
        cmocka_unit_test(test_compile__memory_that_runs_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
