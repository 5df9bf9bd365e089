/* A change moves the figures that depend on it and no others. Each test runs the worked case twice
 * and lists what may move, and why; every leaf of the run document that is not listed must keep its
 * value to the last of its 12 digits, and everything listed must move (but for lines with '?'). */
#include "compare.h"
#include "flow.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char file[] = "northern-interaction-2023.cfg";
static flow base; /* the case as shipped, run once */

static int open_base(void **unused)
{
    (void)unused;
    return flow_run(&base, file, NULL, NULL) == MUSTER_OK && flow_json(&base) ? 0 : -1;
}

static int close_base(void **unused)
{
    (void)unused;
    flow_close(&base);
    return 0;
}

static json_t *changed(flow *f, const char *const *changes)
{
    assert_int_equal(flow_run(f, file, NULL, changes), MUSTER_OK);
    return flow_json(f);
}

static json_t *stage_of(json_t *run, const char *state, const char *stage, const char *host)
{
    json_t *d = flow_find(json_object_get(run, "decisions"), "state", state), *s;
    size_t i;
    json_array_foreach(json_object_get(d, "stages"), i, s)
    {
        const char *at = json_string_value(json_object_get(s, "host"));
        if (strcmp(json_string_value(json_object_get(s, "stage")), stage) == 0 &&
            (!host || (at && strcmp(at, host) == 0)))
            return s;
    }
    fail_msg("no stage %s of %s", stage, state);
    return NULL;
}

static double term(json_t *stage, const char *key)
{
    return flow_real(flow_find(json_object_get(stage, "terms"), "key", key), "value");
}

/* Speed of a ship on its first leg. */
static double first_speed_kn(json_t *run, const char *unit)
{
    json_t *u = flow_find(json_object_get(run, "units"), "id", unit);
    json_t *leg = flow_find(json_object_get(u, "legs"), "kind", "leg");
    return flow_real(leg, "speed_mps") * 3600.0 / MUSTER_NM_M;
}

/* ---- ships --------------------------------------------------------------------------------- */

static void half_speed_of_taihu__moves_the_chinese_group_alone(void **unused)
{
    (void)unused;
    static const char *const change[] = {"units.taihu.max_speed_kn = 9.5", NULL};
    static const char *const may[] = {
        /* the ship itself: its speeds, and with them what it burns on the way and the time rung */
        "units.taihu.*_kn", "?reach.taihu.*", "?outcomes.r*.taihu",
        /* it binds its group: legs, tracks, fuel and times of all five ships */
        "units.qiqihar.*", "units.guiyang.*", "units.zaozhuang.*", "units.rizhao.*",
        "?units.taihu.*", "events.qiqihar-*", "events.guiyang-*", "events.zaozhuang-*",
        "events.rizhao-*", "events.taihu-*", "outcomes.group_speed_kn.china",
        "outcomes.group_slack_h.china", "outcomes.waiting_h.*", "outcomes.unit_fuel_used_t.*",
        "outcomes.end_fuel_frac.*", "outcomes.least_fuel_frac.*", "?outcomes.below_floor_h.*",
        "outcomes.state_fuel_used_t.northern/CHN",
        /* China is now the last at the muster point, by hours before the time */
        "outcomes.muster_delay_h.northern", "outcomes.fuel_used_t.northern",
        /* the same ship bounds when the group can have left Qingdao */
        "timeline.*.max_kn", "timeline.*.sustained_kn", "timeline.*.verdict*", "timeline.*.latest*",
        NULL};
    static const char *const chinese[] = {"qiqihar", "guiyang", "zaozhuang", "rizhao", "taihu"};
    static const char *const russian[] = {"tributs", "panteleyev", "gremyashchiy", "tsydenzhapov"};
    static const char *const measures[] = {"waiting_h", "unit_fuel_used_t", "end_fuel_frac",
                                           "least_fuel_frac", "below_floor_h"};
    flow f;
    json_t *run = changed(&f, change), *before = flow_json(&base);
    assert_moves(before, run, may);
    /* the wide patterns above reach no Russian ship */
    for (size_t m = 0; m < sizeof measures / sizeof *measures; m++)
        for (size_t s = 0; s < sizeof russian / sizeof *russian; s++)
            assert_near(flow_measure(run, measures[m], russian[s]),
                        flow_measure(before, measures[m], russian[s]), 0.0);
    /* The sighting cannot be met any more: all sail at .9 of 9.5 kn, the slowest member's sustained
     * speed, and are late there; from there on the least fuel per mile is slow enough. The drill
     * still starts in time. 1e-9: 12 digits. */
    for (size_t s = 0; s < 5; s++)
        assert_near(first_speed_kn(run, chinese[s]), 0.9 * 9.5, 1e-9);
    assert_true(first_speed_kn(before, "taihu") > 10.7);
    assert_true(flow_measure(run, "group_speed_kn", "china") <= 0.9 * 9.5);
    assert_near(flow_measure(run, "score", "northern"), flow_measure(before, "score", "northern"),
                0.0);
    flow_close(&f);
}

static void a_half_full_tank__moves_its_own_fuel_alone(void **unused)
{
    (void)unused;
    static const char *const change[] = {"units.panteleyev.fuel_frac = 0.5", NULL};
    /* What it burns does not depend on what it has, so no sum of fuel used moves. */
    static const char *const may[] = {"units.panteleyev.on_board_kg",
                                      "units.panteleyev.end_kg",
                                      "units.panteleyev.legs.*.fuel_start_kg",
                                      "units.panteleyev.track.*.3", /* fuel fraction */
                                      "reach.panteleyev.reach_nm",
                                      "reach.panteleyev.ladder.*",
                                      "reach.panteleyev.station_min",
                                      "outcomes.reach_nm.panteleyev",
                                      "outcomes.radius_nm.panteleyev",
                                      "outcomes.reach_margin.panteleyev",
                                      "outcomes.end_fuel_frac.panteleyev",
                                      "outcomes.least_fuel_frac.panteleyev",
                                      "outcomes.below_floor_h.panteleyev", /* it sails below .60 */
                                      NULL};
    flow f;
    json_t *run = changed(&f, change), *before = flow_json(&base);
    assert_moves(before, run, may);
    assert_near(flow_measure(before, "end_fuel_frac", "panteleyev") -
                    flow_measure(run, "end_fuel_frac", "panteleyev"),
                0.5, 1e-11); /* 12 digits each */
    flow_close(&f);
}

/* ---- the map ------------------------------------------------------------------------------- */

static bool passes(json_t *route, const char *gate)
{
    size_t i;
    json_t *name;
    json_array_foreach(json_object_get(route, "gates"), i,
                       name) if (strcmp(json_string_value(name), gate) == 0) return true;
    return false;
}

static json_t *same_route(json_t *run, json_t *route)
{
    size_t i;
    json_t *r;
    json_array_foreach(
        json_object_get(run, "routes"), i,
        r) if (json_equal(json_object_get(r, "from"), json_object_get(route, "from")) &&
               json_equal(json_object_get(r, "to"), json_object_get(route, "to"))) return r;
    return NULL;
}

static void closed_channels__lengthen_the_routes_through_them_alone(void **unused)
{
    (void)unused;
    static const char *const change[] = {"straits.KOREA_W.open = false",
                                         "straits.KOREA_E.open = false", NULL};
    static const char *const may[] = {
        "routes.*",
        /* the Chinese ships come the longer way: when they are where, with how much fuel */
        "events.qiqihar-*", "events.guiyang-*", "events.zaozhuang-*", "events.rizhao-*",
        "events.taihu-*", "units.qiqihar.*", "units.guiyang.*", "units.zaozhuang.*",
        "units.rizhao.*", "units.taihu.*", "outcomes.*.qiqihar", "outcomes.*.guiyang",
        "outcomes.*.zaozhuang", "outcomes.*.rizhao", "outcomes.*.taihu", "outcomes.group_*.china",
        "outcomes.state_fuel_used_t.northern/CHN", "outcomes.fuel_used_t.northern",
        /* what it would take from ports behind them */
        "reach.qiqihar.*", "reach.guiyang.*", "reach.zaozhuang.*", "reach.rizhao.*",
        "reach.taihu.*", "reach.tuman-west.*", "outcomes.distance_to_drill_nm.tuman-west",
        "outcomes.reach_margin.tuman-west", NULL};
    flow f;
    json_t *run = changed(&f, change), *before = flow_json(&base), *r;
    size_t i;
    int through = 0, other = 0;
    assert_moves(before, run, may);
    json_array_foreach(json_object_get(before, "routes"), i, r)
    {
        json_t *now = same_route(run, r);
        assert_non_null(now);
        assert_false(passes(now, "KOREA_W") || passes(now, "KOREA_E"));
        if (passes(r, "KOREA_W") || passes(r, "KOREA_E")) {
            assert_true(flow_real(now, "length_nm") > flow_real(r, "length_nm") + 1.0);
            assert_near(flow_real(now, "direct_nm"), flow_real(r, "direct_nm"), 0.0);
            through++;
        } else {
            assert_true(json_equal(now, r));
            other++;
        }
    }
    assert_int_equal(json_array_size(json_object_get(run, "routes")), through + other);
    assert_true(through >= 2); /* the Chinese group and the ship at Nampo */
    assert_true(other >= 5);
    /* no host or candidate thinks otherwise of another */
    for (size_t k = 0; k < 2; k++)
        assert_true(json_equal(stage_of(run, "PRK", "admit", k ? "RUS" : "CHN"),
                               stage_of(before, "PRK", "admit", k ? "RUS" : "CHN")));
    assert_true(
        json_equal(stage_of(run, "PRK", "accept", NULL), stage_of(before, "PRK", "accept", NULL)));
    flow_close(&f);
}

static void an_area_200_nm_off__moves_distances_and_nothing_political(void **unused)
{
    (void)unused;
    const muster_point here = {39.5, 134.0};
    const muster_point there = muster_geo_destination(here, 45.0, 200.0 * MUSTER_NM_M);
    char lines[4][80];
    const char *const change[] = {lines[0], lines[1], lines[2], lines[3], NULL};
    snprintf(lines[0], sizeof lines[0], "areas.drill-area.lat_deg = %.9f", there.lat_deg);
    snprintf(lines[1], sizeof lines[1], "areas.drill-area.lon_deg = %.9f", there.lon_deg);
    snprintf(lines[2], sizeof lines[2], "drills.northern.muster.lat_deg = %.9f", there.lat_deg);
    snprintf(lines[3], sizeof lines[3], "drills.northern.muster.lon_deg = %.9f", there.lon_deg);
    static const char *const may[] = {
        "drills.northern.lat_deg", "drills.northern.lon_deg",
        /* every way to and from the muster point */
        "routes.*/*muster*", "routes.*muster*/*", "outcomes.distance_to_drill_nm.*",
        "outcomes.distance_nm.*",
        /* what each unit can do there: required distance, mission fuel, time left on station.
         * One way reach and the ladder of tank and allotment depend on the ship alone; the time
         * rung is a speed times the hours left. */
        "reach.*.required_nm", "reach.*.mission_*", "reach.*.station_min", "?reach.*.ladder.*",
        "?reach.*.binding", "?reach.*.passes", "?reach.*.transit_kn", "outcomes.reach_margin.*",
        "?outcomes.radius_nm.*",
        /* voyages: when, how fast, with how much fuel left */
        "units.*.legs.*", "units.*.track.*", "units.*.arrived", "units.*.used_kg", "units.*.end_kg",
        "events.*", "outcomes.group_slack_h.*", "outcomes.waiting_h.*",
        "outcomes.unit_fuel_used_t.*", "outcomes.end_fuel_frac.*", "outcomes.least_fuel_frac.*",
        "outcomes.below_floor_h.*", "outcomes.fuel_used_t.*", "outcomes.state_fuel_used_t.*",
        "outcomes.muster_delay_h.northern",
        /* which fleet figure weighs how much for being able */
        "?decisions.*.assumptions.*", NULL};
    flow f;
    json_t *run = changed(&f, change), *before = flow_json(&base), *r;
    size_t i;
    assert_moves(before, run, may);
    /* Qingdao to the sighting is no way to the area */
    json_array_foreach(json_object_get(before, "routes"), i,
                       r) if (strstr(json_string_value(json_object_get(r, "from")), "Qingdao") &&
                              strstr(json_string_value(json_object_get(r, "to")), "Tsushima"))
        assert_true(json_equal(same_route(run, r), r));
    flow_close(&f);
}

/* ---- rules --------------------------------------------------------------------------------- */

static void a_rule_left_out__takes_its_own_terms_away(void **unused)
{
    (void)unused;
    static const char *const change[] = {"alignment.rules.f05.off = true", NULL};
    static const char *const may[] = {
        "inputs.rules.f05.off",
        /* the two stages that use it, and what is made of their margins */
        "decisions.northern/PRK.stages.admit/*.terms.f05.*",
        "decisions.northern/PRK.stages.admit/*.margin",
        "decisions.northern/PRK.stages.admit/*.probability",
        "?decisions.northern/PRK.stages.admit/*.standing", /* Russia's tips to yes */
        "?decisions.northern/PRK.stages.admit/*.evidence.*",
        "decisions.northern/PRK.tipping_values.*/1.*",
        "decisions.northern/PRK.tipping_values.*/2.*", "?decisions.northern/PRK.probability*",
        "decisions.northern/PRK.assumptions.*", "outcomes.margin_admit.northern/PRK",
        "outcomes.margin_admit_mean.northern/PRK", "outcomes.hosts_admitting.northern/PRK",
        "?outcomes.p_joins*.northern/PRK", NULL};
    static const char *const hosts[] = {"CHN", "RUS"};
    flow f;
    json_t *run = changed(&f, change), *before = flow_json(&base);
    assert_moves(before, run, may);
    for (size_t h = 0; h < 2; h++) {
        json_t *was = stage_of(before, "PRK", "admit", hosts[h]);
        json_t *now = stage_of(run, "PRK", "admit", hosts[h]);
        assert_null(flow_find(json_object_get(now, "terms"), "key", "f05"));
        assert_near(flow_real(now, "margin"), flow_real(was, "margin") - term(was, "f05"), 1e-12);
    }
    flow_close(&f);
}

static void a_weight__scales_its_own_term(void **unused)
{
    (void)unused;
    static const char *const change[] = {"alignment.rules.f08.weight = 0.36", NULL}; /* was .24 */
    static const char *const may[] = {
        "inputs.rules.f08.signed_weight",
        "decisions.northern/PRK.stages.accept.terms.f08.value",
        "decisions.northern/PRK.stages.accept.margin",
        "decisions.northern/PRK.stages.accept.probability",
        "decisions.northern/PRK.tipping_values.*/3.*", /* stage 3: accept */
        "?decisions.northern/PRK.probability*",
        "decisions.northern/PRK.assumptions.*",
        "outcomes.margin_accept.northern/PRK",
        "?outcomes.p_joins*.northern/PRK",
        NULL};
    flow f;
    json_t *run = changed(&f, change), *before = flow_json(&base);
    assert_moves(before, run, may);
    json_t *was = stage_of(before, "PRK", "accept", NULL),
           *now = stage_of(run, "PRK", "accept", NULL);
    assert_near(term(was, "f08"), -0.24 * 0.90, 1e-12);
    assert_near(term(now, "f08"), 1.5 * term(was, "f08"), 1e-12);
    assert_near(flow_real(now, "margin") - flow_real(was, "margin"), 0.5 * term(was, "f08"), 1e-12);
    flow_close(&f);
}

/* ---- names --------------------------------------------------------------------------------- */

static void new_names__change_no_number(void **unused)
{
    (void)unused;
    static const char *const from[] = {"CHN", "RUS", "PRK", NULL};
    static const char *const to[] = {"AAA", "BBB", "CCC", NULL};
    static const char *const none[] = {NULL};
    char *text = with_words_replaced(muster_source_text_bytes(base.text, NULL), from, to);
    char *told = json_dumps(flow_json(&base), 0);
    char *renamed = with_words_replaced(told, from, to);
    json_t *expected = json_loads(renamed, 0, NULL);
    flow f;
    assert_non_null(expected);
    assert_null(strstr(text, "CHN"));
    assert_int_equal(flow_run_text(&f, text), MUSTER_OK);
    assert_moves(expected, flow_json(&f), none);
    /* the digest is one of numbers */
    assert_true(muster_result_digest(f.result) == muster_result_digest(base.result));
    assert_true(muster_scenario_hash(f.scenario) != muster_scenario_hash(base.scenario));
    flow_close(&f);
    json_decref(expected);
    free(renamed);
    free(told);
    free(text);
}

/* ---- the comparison itself ------------------------------------------------------------------ */

static void the_same_case_twice__is_the_same(void **unused)
{
    (void)unused;
    static const char *const none[] = {NULL};
    flow f;
    assert_moves(flow_json(&base), changed(&f, NULL), none);
    assert_true(muster_result_digest(f.result) == muster_result_digest(base.result));
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_case_twice__is_the_same),
        cmocka_unit_test(half_speed_of_taihu__moves_the_chinese_group_alone),
        cmocka_unit_test(a_half_full_tank__moves_its_own_fuel_alone),
        cmocka_unit_test(closed_channels__lengthen_the_routes_through_them_alone),
        cmocka_unit_test(an_area_200_nm_off__moves_distances_and_nothing_political),
        cmocka_unit_test(a_rule_left_out__takes_its_own_terms_away),
        cmocka_unit_test(a_weight__scales_its_own_term),
        cmocka_unit_test(new_names__change_no_number),
    };
    return cmocka_run_group_tests(tests, open_base, close_base);
}
