/* The scene of the run document: where levers stand under changes, which of them ask for other routes,
 * the box round all that is drawn, and the symbol of every class of the library. */
#include "batch/handles.h"
#include "flow.h"
#include "model/walk.h"
#include "tell/symbol.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static const char worked[] = "northern-interaction-2023.cfg";

static const char *text_at(json_t *from, const char *path)
{
    const char *text = json_string_value(flow_at(from, path));
    return text ? text : "";
}

/* ---- levers ---------------------------------------------------------------------------------- */

/* In force: the number that the facts of the file have, which is what `muster show` prints. */
static void check_against_facts(flow *f, json_t *lever)
{
    const mst_fact *fact = mst_spec_fact(&f->scenario->spec, text_at(lever, "path"));
    if (!fact || json_array_size(json_object_get(lever, "choices")) > 0)
        return;
    double written = (double)NAN;
    assert_int_equal(sscanf(fact->written, "%lf", &written), 1);
    assert_near(flow_real(lever, "number"), written, 1e-12 * (1.0 + fabs(written)));
}

static void scene__levers_stand_where_the_file_and_the_changes_put_them(void **unused)
{
    (void)unused;
    flow plain, moved;
    const char *const changes[] = {"states.PRK.allotment_frac = 0.55",
                                   "units.mig23-bukchang.base = \"ORANG\"",
                                   "ties.RUS-PRK.a_to_b.ledger = 0.4", NULL};
    assert_int_equal(flow_run(&plain, worked, NULL, NULL), MUSTER_OK);
    assert_int_equal(flow_run(&moved, worked, "frigates-granted", changes), MUSTER_OK);
    json_t *before = flow_at(flow_json(&plain), "scene.levers");
    json_t *after = flow_at(flow_json(&moved), "scene.levers");
    const size_t count = json_array_size(before);
    assert_true(count >= 10);
    for (size_t i = 0; i < count; i++) {
        json_t *was = json_array_get(before, i), *is = json_array_get(after, i);
        check_against_facts(&plain, was);
        check_against_facts(&moved, is);
        /* what the file gives is the same whatever is changed; unchanged, it is what stands */
        assert_string_equal(text_at(was, "value"), text_at(was, "base"));
        assert_string_equal(text_at(is, "base"), text_at(was, "base"));
        assert_string_not_equal(text_at(is, "value"), "");
    }
    json_t *lever = flow_find(after, "id", "allotment");
    assert_near(flow_real(lever, "number"), 0.55, 0.0);
    assert_near(flow_real(lever, "base_number"), 0.1, 0.0);
    assert_string_equal(text_at(lever, "form"), "real");
    lever = flow_find(after, "id", "deploy-base");
    assert_string_equal(text_at(lever, "value"), "ORANG");
    assert_string_equal(text_at(lever, "base"), "BUKCHANG");
    assert_string_equal(text_at(lever, "form"), "text");
    lever = flow_find(after, "id", "frigates"); /* of the variant */
    assert_near(flow_real(lever, "number"), 2.0, 0.0);
    assert_near(flow_real(lever, "base_number"), 0.0, 0.0);
    assert_string_equal(text_at(lever, "form"), "whole");
    lever = flow_find(after, "id", "own-ledger");
    assert_near(flow_real(lever, "number"), 0.4, 0.0);
    assert_near(flow_real(lever, "base_number"), 0.05, 0.0);
    flow_close(&plain);
    flow_close(&moved);
}

/* Two ships on either side of 180 degrees and a class behind one of them. */
#define PACIFIC                                                                                    \
    "scenario = { id = \"p\"; title = \"P\"; start = \"2023-07-18T00:00Z\"; horizon = \"12 d\"; "  \
    "};\n"                                                                                         \
    "states = { A = { name = \"A\"; }; };\n"                                                       \
    "classes = { old = { roles = [\"escort\"]; max_speed_kn = 25.0; range_nm = 5000.0;\n"          \
    "                    range_speed_kn = 15.0; fuel_t = 400.0; };\n"                              \
    "            new = { like = \"old\"; }; };\n"                                                  \
    "bases = { WEST = { lat_deg = 47.0; lon_deg = 172.0; sea_lat_deg = 47.0;\n"                    \
    "                   sea_lon_deg = 172.0; };\n"                                                 \
    "          EAST = { lat_deg = 45.0; lon_deg = -170.0; sea_lat_deg = 45.0;\n"                   \
    "                   sea_lon_deg = -170.0; }; };\n"                                             \
    "units = { w = { class = \"new\"; state = \"A\"; base = \"WEST\"; };\n"                        \
    "          e = { class = \"old\"; state = \"A\"; base = \"EAST\"; fuel_frac = 0.9; }; };\n"    \
    "areas = { sea = { lat_deg = 46.0; lon_deg = 179.9; radius_nm = 60.0; }; };\n"                 \
    "drills = { d = { hosts = [\"A\"]; area = \"sea\"; cap_need = 1.0;\n"                          \
    "    muster = { at = \"2023-07-24T00:00Z\"; wait = \"90 min\"; }; end = "                      \
    "\"2023-07-25T12:00Z\";\n"                                                                     \
    "    decide_at = \"2023-07-18T00:00Z\";\n"                                                     \
    "    slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"12 h\"; count = 2; } ); }; " \
    "};\n"                                                                                         \
    "weather = { sea_state = 2; };\n"                                                              \
    "whatif = { tank = { path = \"units.w.fuel_kg\"; min = 1e5; max = 5e5; };\n"                   \
    "           wait = { path = \"drills.d.muster.wait\"; min = 0.0; max = 48.0; }; };\n"

static void scene__levers_know_units_hours_and_what_is_inherited(void **unused)
{
    (void)unused;
    flow f;
    static const char *const lines[] = {"classes.old.fuel_t = 350.0",
                                        "drills.d.muster.wait = \"12 h\""};
    const muster_changes changes = {.line = lines, .line_count = 2};
    assert_int_equal(flow_run_changed(&f, PACIFIC, &changes), MUSTER_OK);
    json_t *levers = flow_at(flow_json(&f), "scene.levers");
    json_t *tank = flow_find(levers, "id", "tank"), *wait = flow_find(levers, "id", "wait");
    assert_near(flow_real(tank, "number"), 350e3, 1e-6); /* the path says kg, the file tonnes */
    assert_near(flow_real(tank, "base_number"), 400e3, 1e-6);
    assert_near(flow_real(wait, "number"), 12.0, 0.0);
    assert_near(flow_real(wait, "base_number"), 1.5, 0.0);
    assert_string_equal(text_at(wait, "form"), "hours");
    flow_close(&f);
}

/* ---- geography ------------------------------------------------------------------------------- */

static bool fits(flow *f, const char *line)
{
    const muster_changes changes = {.line = &line, .line_count = 1};
    muster_diags *diags = muster_diags_create(NULL);
    muster_scenario *other = NULL;
    if (muster_scenario_read(f->text, &changes, NULL, diags, &other) != MUSTER_OK) {
        print_error("'%s' is not allowed\n", line);
        fail();
    }
    const bool out = muster_routes_fit(f->routes, other);
    muster_scenario_free(other);
    muster_diags_free(diags);
    return out;
}

static bool moves(flow *f, const char *line)
{
    char path[200];
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    snprintf(path, sizeof path, "%.*s", (int)strcspn(line, " ="), line);
    const bool out = mst_route_plan_moves(&f->scenario->spec, &arena, path);
    mst_arena_clear(&arena);
    return out;
}

static void scene__geography_moves_where_routes_no_longer_fit(void **unused)
{
    (void)unused;
    static const char *const lines[] = {
        "units.najin-531.base = \"WONSAN\"",
        "units.mig23-bukchang.base = \"ORANG\"",
        "units.granted-frigates.count = 2",
        "units.qiqihar.fuel_frac = 0.5",
        "units.soju-northeast.state = \"JPN\"",
        "drills.northern.muster.lat_deg = 40.0",
        "drills.northern.visibility = 0.2",
        "drills.northern.phases[2].base = \"NAJIN\"",
        "drills.northern.air.sea-cover.lat_deg = 40.0",
        "areas.drill-area.radius_nm = 80.0",
        "areas.drill-area.avoid = true",
        "straits.KOREA_W.open = false",
        "straits.KOREA_W.width_nm = 9.0",
        "bases.QINGDAO.sea_lat_deg = 35.9",
        "bases.ORANG.lat_deg = 41.5",
        "groups.china.via[0].lat_deg = 33.6",
        "groups.china.depart = \"2023-07-15T12:00+08:00\"",
        "groups.china.members = [\"qiqihar\", \"guiyang\"]",
        "groups.russia.guide = \"panteleyev\"",
        "observations.tsushima.lat_deg = 33.6",
        "scenario.offing_nm = 5.0",
        "scenario.seed = 7",
        "ties.CHN-PRK.align = 0.9",
        "classes.type054a.fuel_t = 300.0",
        "serials.gunnery.weight = 2.0",
    };
    flow f;
    int32_t moved = 0;
    assert_int_equal(flow_run(&f, worked, NULL, NULL), MUSTER_OK);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const bool is_moved = moves(&f, lines[i]), is_fit = fits(&f, lines[i]);
        if (!is_fit && !is_moved)
            print_error("'%s' asks for other routes\n", lines[i]);
        assert_true(is_fit || is_moved);
        moved += !is_fit;
        /* Said in vain only of values of which another would not fit. */
        if (is_fit && is_moved && strncmp(lines[i], "groups.", 7) != 0) {
            print_error("'%s' asks for no other routes\n", lines[i]);
            fail();
        }
    }
    assert_true(moved >= 9);
    flow_close(&f);
}

/* Every value that a lever of a shipped file offers: its routes are found anew only where it says so. */
static void scene__levers_of_the_files_tell_whether_routes_fit(void **unused)
{
    (void)unused;
    static const char *const files[] = {worked, "bomber-patrol-2022.cfg", "trilateral-2023.cfg"};
    int32_t seen = 0, moved = 0;
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        flow f;
        size_t i, c;
        json_t *lever, *choice;
        assert_int_equal(flow_run(&f, files[k], NULL, NULL), MUSTER_OK);
        json_array_foreach(flow_at(flow_json(&f), "scene.levers"), i, lever)
        {
            const bool says = json_is_true(json_object_get(lever, "moves_geography"));
            bool is_fit = true;
            char line[300];
            json_array_foreach(json_object_get(lever, "choices"), c, choice)
            {
                snprintf(line, sizeof line, "%s = \"%s\"", text_at(lever, "path"),
                         json_string_value(choice));
                is_fit = fits(&f, line) && is_fit;
            }
            if (json_array_size(json_object_get(lever, "choices")) == 0) {
                const bool is_whole = strcmp(text_at(lever, "form"), "whole") == 0;
                snprintf(line, sizeof line, is_whole ? "%s = %.0f" : "%s = %.3f",
                         text_at(lever, "path"), flow_real(lever, "max"));
                is_fit = fits(&f, line);
            }
            assert_true(is_fit != says);
            seen++;
            moved += says;
        }
        flow_close(&f);
    }
    assert_true(seen > 20);
    assert_int_equal(moved, 1); /* the base of the Australian ship */
}

/* ---- the box --------------------------------------------------------------------------------- */

static void must_hold(json_t *box, double lat_deg, double lon_deg)
{
    double lon = lon_deg;
    while (lon < flow_real(box, "west") - 1e-4)
        lon += 360.0;
    assert_true(lon <= flow_real(box, "east") + 1e-4);
    assert_true(lat_deg >= flow_real(box, "south") - 1e-4);
    assert_true(lat_deg <= flow_real(box, "north") + 1e-4);
}

static void must_hold_all(json_t *run)
{
    size_t i, p;
    json_t *item, *point, *box = flow_at(run, "scene.box");
    json_array_foreach(json_object_get(run, "routes"), i, item)
        json_array_foreach(json_object_get(item, "points"), p, point)
            must_hold(box, flow_real(point, "[1]"), flow_real(point, "[0]"));
    json_array_foreach(json_object_get(run, "units"), i, item)
        must_hold(box, flow_real(item, "lat_deg"), flow_real(item, "lon_deg"));
    json_array_foreach(flow_at(run, "scene.bases"), i, item)
        must_hold(box, flow_real(item, "lat_deg"), flow_real(item, "lon_deg"));
    json_array_foreach(flow_at(run, "scene.observations"), i, item)
        must_hold(box, flow_real(item, "lat_deg"), flow_real(item, "lon_deg"));
}

static void scene__box_holds_what_is_drawn_and_does_not_break(void **unused)
{
    (void)unused;
    flow f;
    assert_int_equal(flow_run(&f, worked, NULL, NULL), MUSTER_OK);
    must_hold_all(flow_json(&f));
    flow_close(&f);
    assert_int_equal(flow_run_text(&f, PACIFIC), MUSTER_OK);
    json_t *run = flow_json(&f);
    must_hold_all(run);
    assert_near(flow_real(run, "scene.box.west"), 172.0, 1e-9);
    assert_near(flow_real(run, "scene.box.east"), 190.0, 1e-9);
    assert_near(flow_real(run, "units[1].lon_deg"), -170.0, 1e-9); /* as it is printed elsewhere */
    flow_close(&f);
}

/* ---- symbols --------------------------------------------------------------------------------- */

/* By the letters of the types, written again here: a class with another letter must be thought of. */
static const struct {
    const char *type, *word, *code;
} expected[] = {
    {"DDG", "destroyer", "10133000001202030000"},
    {"FFG", "frigate", "10133000001202040000"},
    {"FF", "frigate", "10133000001202040000"},
    {"FFL", "corvette", "10133000001202050000"},
    {"FS", "corvette", "10133000001202050000"},
    {"AOR", "supply", "10133000001301100000"},
    {"AO", "supply", "10133000001301100000"},
    {"AOE", "supply", "10133000001301090000"},
    {"ATA", "supply", "10133000001301130000"},
    {"PC", "patrol", "10133000001205000000"},
    {"PCF", "patrol", "10133000001205000000"},
    {"PTG", "patrol", "10133000001205000000"},
    {"SS", "submarine", "10133500001101000000"},
    {"SSC", "submarine", "10133500001101000000"},
    {"fighter", "fighter", "10130100001101040000"},
    {"bomber", "bomber", "10130100001101030000"},
    {"attack", "attack", "10130100001101020000"},
    {"transport", "transport", "10130100001101070000"},
    {"tanker", "tanker", "10130100001101090000"},
    {"MPA", "patrol", "10130100001101100000"},
    {"AEW", "early-warning", "10130100001101160000"},
    {"helo", "helicopter", "10130100001102000000"},
};

static void scene__every_class_of_the_library_has_its_symbol(void **unused)
{
    (void)unused;
    flow f;
    assert_int_equal(flow_run(&f, worked, NULL, NULL), MUSTER_OK); /* includes both libraries */
    const mst_list *classes = &f.scenario->spec.classes;
    assert_true(classes->count >= 45);
    for (int32_t i = 0; i < classes->count; i++) {
        const mst_class_def *of = MST_AT(const mst_class_def, classes, i);
        size_t k = 0;
        while (k < sizeof expected / sizeof *expected &&
               (!of->type || strcmp(of->type, expected[k].type) != 0))
            k++;
        if (k == sizeof expected / sizeof *expected)
            print_error("class %s: type %s\n", of->item.id, of->type ? of->type : "none");
        assert_true(k < sizeof expected / sizeof *expected);
        char code[MST_SIDC_BYTES];
        const mst_symbol *symbol = mst_symbol_of(of);
        assert_string_equal(symbol->word, expected[k].word);
        assert_string_equal(mst_symbol_code(symbol, true, code), expected[k].code);
        assert_int_equal(strlen(mst_symbol_code(symbol, false, code)), 20);
        assert_int_equal(code[3], '4');
    }
    flow_close(&f);
}

static void scene__classes_without_a_type_go_by_role_and_craft(void **unused)
{
    (void)unused;
    const char *oiler = "oiler", *tanker = "tanker";
    mst_class_def of = {.craft = MST_SHIP};
    assert_string_equal(mst_symbol_of(&of)->word, "frigate");
    of.roles = (mst_list){.item = &oiler, .count = 1};
    assert_string_equal(mst_symbol_of(&of)->word, "supply");
    of = (mst_class_def){.craft = MST_AIRCRAFT, .roles = {.item = &tanker, .count = 1}};
    assert_string_equal(mst_symbol_of(&of)->word, "tanker");
    of = (mst_class_def){.craft = MST_SUBMARINE};
    assert_string_equal(mst_symbol_of(&of)->set, "35");
    of = (mst_class_def){.craft = MST_HELICOPTER};
    assert_string_equal(mst_symbol_of(&of)->word, "helicopter");
}

static int forget(void **unused)
{
    (void)unused;
    flow_forget_land();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scene__levers_stand_where_the_file_and_the_changes_put_them),
        cmocka_unit_test(scene__levers_know_units_hours_and_what_is_inherited),
        cmocka_unit_test(scene__geography_moves_where_routes_no_longer_fit),
        cmocka_unit_test(scene__levers_of_the_files_tell_whether_routes_fit),
        cmocka_unit_test(scene__box_holds_what_is_drawn_and_does_not_break),
        cmocka_unit_test(scene__every_class_of_the_library_has_its_symbol),
        cmocka_unit_test(scene__classes_without_a_type_go_by_role_and_craft),
    };
    return cmocka_run_group_tests(tests, NULL, forget);
}
