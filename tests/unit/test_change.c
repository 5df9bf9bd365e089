#include "test.h"

#include "files.h"
#include "load/scenario.h"
#include "memory.h"
#include "model/dated.h"
#include "model/walk.h"

static const char text_of_file[] =
    "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-14T00:00Z\"; zone_h = 8; };\n"
    "states = { AAA = { attributes = { x = 0.3; autonomy = 0.7; }; }; BBB = { attributes = { z = "
    "1; "
    "}; }; };\n"
    "ties = { AB = { a = \"AAA\"; b = \"BBB\"; align = 0.45; interop = { rig = \"none\"; }; }; };\n"
    "classes = { najin = { max_speed_kn = 24; range_nm = 4000; range_speed_kn = 13;\n"
    "    fuel_t = 180; roles = [\"escort\"]; kit = [\"sonar\", \"sam\"];\n"
    "    curve = ( { speed_kn = 10; rate_t_per_h = 1; }, { speed_kn = 20; rate_t_per_h = 4; } ); "
    "};\n"
    "  soho = { like = \"najin\"; }; rajin = { like = \"soho\"; max_speed_kn = 21; }; };\n"
    "bases = { P = { lat_deg = 39; lon_deg = 128; sea_lat_deg = 39; sea_lon_deg = 128.5; };\n"
    "  Q = { lat_deg = 41; lon_deg = 130; sea_lat_deg = 41; sea_lon_deg = 130.5; }; };\n"
    "units = { alpha = { class = \"soho\"; state = \"AAA\"; base = \"P\"; };\n"
    "  beta = { class = \"najin\"; state = \"AAA\"; base = \"P\"; fuel_t = 20; }; };\n"
    "areas = { box = { kind = \"polygon\"; points = ( (39, 133), (39, 135), (40, 134) ); };\n"
    "  round = { lat_deg = 39.5; lon_deg = 134; radius_nm = 60; }; };\n"
    "weather = { climatology = ( { month = 7; mean_hs_m = 0.8; p90_hs_m = 1.5; } ); };\n"
    "drills = { d = { hosts = [\"AAA\"]; muster = { at = \"2023-07-20\"; };\n"
    "  area = \"round\"; cap_need = 0.5; end = \"2023-07-22\";\n"
    "  slots = ( { for = \"host\"; role = \"escort\"; } ); phases = ( { do = \"sea\"; } ); }; };\n"
    "variants = {\n"
    "  granted = { changes = [ \"units.beta.fuel_frac = 0.5\", \"ties.AB.align = 0.8\" ]; };\n"
    "};\n";

static muster_source_text *gathered(const char *bytes)
{
    muster_source_text *text = NULL;
    muster_diags *const diags = muster_diags_create(NULL);
    assert_int_equal(muster_gather_text("t.cfg", bytes, strlen(bytes), NULL, diags, &text),
                     MUSTER_OK);
    muster_diags_free(diags);
    return text;
}

/* Reads the file with a variant and up to eight lines; null when it must not be read. */
static muster_scenario *changed(const char *bytes, const char *variant, const char *const *lines,
                                const char *words)
{
    muster_changes changes = {.variant = variant, .line = lines};
    while (lines && lines[changes.line_count])
        changes.line_count++;
    muster_source_text *const text = gathered(bytes);
    muster_diags *const diags = muster_diags_create(NULL);
    muster_scenario *scenario = NULL;
    const muster_status status = muster_scenario_read(text, &changes, NULL, diags, &scenario);
    assert_string_equal(test_words(diags), words);
    assert_int_equal(status, words[0] ? MUSTER_MISTAKE : MUSTER_OK);
    if (status != MUSTER_OK) {
        muster_scenario_free(scenario);
        scenario = NULL;
    }
    muster_diags_free(diags);
    muster_source_text_free(text);
    return scenario;
}

static muster_scenario *with(const char *line)
{
    return changed(text_of_file, NULL, (const char *const[]){line, NULL}, "");
}

/* A line that must be refused with these words. */
static void assert_refused(const char *line, const char *words)
{
    char all[600];
    snprintf(all, sizeof all, ":0: %s\n", words);
    assert_null(changed(text_of_file, NULL, (const char *const[]){line, NULL}, all));
}

/* The value a line replaced, and what stands there now. */
static void assert_change(const char *line, const char *before, const char *after)
{
    muster_scenario *const s = with(line);
    mst_spot spot;
    assert_int_equal(s->changes.count, 1);
    const mst_change *const change = MST_AT(const mst_change, &s->changes, 0);
    assert_string_equal(change->before, before);
    assert_string_equal(change->origin, "--set");
    assert_true(mst_spec_locate(&s->spec, &s->arena, change->path, change->place, NULL, &spot));
    if (!spot.number)
        assert_string_equal(mst_field_write(&s->arena, spot.row, spot.value), after);
    const mst_fact *const fact = mst_spec_fact(&s->spec, change->path);
    if (fact) /* a path in another unit has its fact under the row's key */
        assert_string_equal(fact->source, "--set");
    muster_scenario_free(s);
}

static void test_change__makes_every_kind_of_value(void **state)
{
    (void)state;
    assert_change("units.beta.fuel_frac = 0.37", "1", "0.37");
    assert_change("units.beta.count=2", "1", "2");
    assert_change("units.beta.took_part = true", "false", "true");
    assert_change("units.beta.name = \"Beta = two\"", "not given", "\"Beta = two\"");
    assert_change("ties.AB.interop.rig = \"full\"", "\"none\"", "\"full\"");
    assert_change("units.beta.base = \"Q\"", "\"P\"", "\"Q\"");
    assert_change("drills.d.muster.at = \"2023-07-21T03:00Z\"",
                  "\"2023-07-20 00:00+08:00 .. 2023-07-21 00:00+08:00\"", "\"2023-07-21 03:00Z\"");
    assert_change("drills.d.muster.wait = \"6 h\";", "\"12 h\"", "\"6 h\"");
    assert_change("drills.d.slots[0].kit = [\"sonar\", \"sam\"]", "not given",
                  "[\"sonar\", \"sam\"]");
    assert_change("drills.d.hosts = [\"BBB\", \"AAA\"]", "[\"AAA\"]", "[\"BBB\", \"AAA\"]");
    assert_change("areas.box.points = ((1, 2), (3, 4.5), (5, 6))",
                  "((39, 133), (39, 135), (40, 134))", "((1, 2), (3, 4.5), (5, 6))");
    assert_change("states.AAA.attributes.x = 0.9", "0.3", "");
    assert_change("weather.sea_state = 4", "not given", "4");
    assert_change("  units.beta.fuel_kg  =  18000  ", "20 t", "18 t");
}

static void test_change__tells_the_value_in_force_before(void **state)
{
    (void)state;
    /* A unit's own figure stands before its class's, which may inherit it. */
    assert_change("units.alpha.max_speed_kn = 20", "24 kn", "20 kn");
    /* A list is a class's or the unit's own: no entry of a class's is changed through a unit. */
    assert_refused("units.alpha.curve[0].speed_kn = 20",
                   "'units.alpha.curve[0].speed_kn': 'curve' has no entries");
}

static void test_change__reaches_what_inherits(void **state)
{
    (void)state;
    muster_scenario *const s = with("classes.najin.max_speed_kn = 18");
    const double kn = 1852.0 / 3600.0;
    const mst_class_def *const classes = s->spec.classes.item;
    assert_near(classes[0].max_speed_mps, 18.0 * kn, 1e-13);
    assert_near(classes[1].max_speed_mps, 18.0 * kn, 1e-13);
    assert_near(classes[2].max_speed_mps, 21.0 * kn, 1e-13); /* its own */
    /* A finished spec behaves alike. */
    mst_change change;
    muster_diags *const diags = muster_diags_create(NULL);
    const mst_place place = {"t.cfg", 1};
    assert_true(mst_change_read(&s->spec, &s->arena, s->kinds,
                                "classes.najin.curve[1].rate_t_per_h = 5", "timeline", place, diags,
                                &change));
    assert_true(mst_spec_apply(&s->spec, &s->arena, &change, diags));
    for (int32_t i = 0; i < 3; i++)
        assert_near(MST_AT(const mst_curve_def, &classes[i].curve, 1)->rate_kgps, 5000.0 / 3600.0,
                    1e-14);
    assert_string_equal(mst_spec_fact(&s->spec, "classes.rajin.curve[1].rate_t_per_h")->source,
                        "timeline");
    muster_diags_free(diags);
    muster_scenario_free(s);
}

static void test_change__gives_a_figure_that_others_have(void **state)
{
    (void)state;
    muster_scenario *const s = with("states.BBB.attributes.autonomy = 0.2");
    const mst_state_def *const b = MST_AT(const mst_state_def, &s->spec.states, 1);
    assert_int_equal(b->attributes.count, 2);
    const mst_number *const number = MST_AT(const mst_number, &b->attributes, 1);
    assert_string_equal(number->name, "autonomy");
    assert_near(number->value, 0.2, 0.0);
    assert_string_equal(MST_AT(const mst_change, &s->changes, 0)->before, "not given");
    muster_scenario_free(s);
    assert_refused("states.BBB.attributes.autonomie = 0.2",
                   "'states.BBB.attributes.autonomie': no 'autonomie' among attributes (there are: "
                   "z)");
}

/* A tie names its two states in one order; the nearest id by letters is another pair's. */
static void test_change__finds_a_tie_turned_round(void **state)
{
    (void)state;
    static const char ties[] =
        "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-14T00:00Z\"; };\n"
        "states = { PRK = { }; RUS = { }; USA = { }; S-1 = { }; };\n"
        "ties = { PRK-USA = { a = \"PRK\"; b = \"USA\"; align = 0; };\n"
        "  RUS-PRK = { a = \"RUS\"; b = \"PRK\"; align = 0; };\n"
        "  S-1-RUS = { a = \"S-1\"; b = \"RUS\"; align = 0; }; };\n";
    static const char *const lines[][2] = {
        {"ties.PRK-RUS.align = 0.5",
         ":0: 'ties.PRK-RUS.align': no tie 'PRK-RUS' (did you mean 'RUS-PRK'?)\n"},
        {"ties.RUS-S-1.align = 0.5",
         ":0: 'ties.RUS-S-1.align': no tie 'RUS-S-1' (did you mean 'S-1-RUS'?)\n"},
        {"ties.PRK-USB.align = 0.5",
         ":0: 'ties.PRK-USB.align': no tie 'PRK-USB' (did you mean 'PRK-USA'?)\n"},
        {"ties.-.align = 0.5", ":0: 'ties.-.align': no tie '-' (there are: PRK-USA, RUS-PRK, "
                               "S-1-RUS)\n"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_null(changed(ties, NULL, (const char *const[]){lines[i][0], NULL}, lines[i][1]));
}

static void test_change__refuses_values_that_do_not_fit(void **state)
{
    (void)state;
    assert_refused("drills.d.slots[0]count = 2",
                   "'drills.d.slots[0]count': a dot is missing (paths look like "
                   "drills.d.slots[0].count)");
    assert_refused("scenario.zone_h = 9",
                   "'scenario.zone_h' cannot be changed: dates of the file that name no zone were "
                   "read by it (change it in the file)");
    assert_refused("units.beta.fuel_frac = 1.5", "'units.beta.fuel_frac' = 1.5 is outside [0, 1]");
    assert_refused("units.beta.max_speed_kmh = 9000",
                   "'units.beta.max_speed_kn' = 4859.6112311 kn is outside [0.1, 2000] kn");
    assert_refused("units.beta.class = \"naji\"",
                   "'units.beta.class': no class 'naji' (did you mean 'najin'?)");
    assert_refused("drills.d.hosts = [\"AAA\", \"AAB\"]",
                   "'drills.d.hosts': no state 'AAB' (did you mean 'AAA'?)");
    assert_refused("ties.AB.interop.rig = \"ful\"",
                   "'ties.AB.interop.rig' cannot be \"ful\" (did you mean 'full'?)");
    assert_refused("units.beta.count = 2.5", "'units.beta.count' = 2.5 is not a whole number");
    assert_refused("units.beta.count = \"two\"",
                   "'units.beta.count' must be a whole number, not a text");
    assert_refused("drills.d.muster.wait = \"soon\"",
                   "'drills.d.muster.wait' = \"soon\" is no duration (write \"72 h\", \"1.5 d\", "
                   "\"30 min\" or \"90 s\")");
    assert_refused("areas.box.points = ((91, 0))",
                   "'points': point 1 lies nowhere on the globe (each is (latitude, longitude) in "
                   "degrees, -90..90 and -180..360)");
    assert_refused("units.beta.fuel_frac = 1e999", "'fuel_frac' is not a finite number");
}

static void test_change__refuses_lines_it_cannot_read(void **state)
{
    (void)state;
    assert_refused("units.beta.fuel_frac",
                   "cannot read 'units.beta.fuel_frac': it has no '=' (PATH = VALUE, as "
                   "units.alpha.fuel_frac = 0.5)");
    assert_refused("units.beta.fuel_frac =",
                   "cannot read 'units.beta.fuel_frac =': no value stands behind '=' (a number is "
                   "expected, with a point: 0.5)");
    assert_refused("units.beta.fuel_frac = 0,5",
                   "cannot read 'units.beta.fuel_frac = 0,5': syntax error (a number is expected, "
                   "with a point: 0.5)");
    assert_refused("units.beta.base = Q", "cannot read 'units.beta.base = Q': syntax error (texts "
                                          "stand in quotes: \"...\")");
    assert_refused("units.beta.count = 1; b = 2",
                   "cannot read 'units.beta.count = 1; b = 2': one change has one value");
    assert_refused("units.beta.count = 3000000000",
                   "cannot read 'units.beta.count = 3000000000': this whole number is too large "
                   "for 32 bits");
    assert_refused("units.beta.name = \n@include \"x\"",
                   "cannot read 'units.beta.name = \n@include \"x\"': a change cannot include "
                   "files");
    assert_refused(
        "units.beta.name = \"\x01\"",
        "cannot read 'units.beta.name = \"\x01\"': it holds control characters or is not "
        "UTF-8");
}

static void test_change__suggests_at_every_level_of_a_path(void **state)
{
    (void)state;
    assert_refused("unit.beta.fuel_frac = 1",
                   "'unit.beta.fuel_frac': no key 'unit' there (did you mean 'units'?)");
    assert_refused("units.bete.fuel_frac = 1",
                   "'units.bete.fuel_frac': no unit 'bete' (did you mean 'beta'?)");
    assert_refused("units.beta.fuel_fra = 1",
                   "'units.beta.fuel_fra': no key 'fuel_fra' there (did you mean 'fuel_frac'?)");
    assert_refused("drills.d.muster.wiat = \"1 h\"",
                   "'drills.d.muster.wiat': no key 'wiat' there (did you mean 'wait'?)");
    assert_refused("drills.d.slots[1].count = 1",
                   "'drills.d.slots[1].count': the last entry of 'slots' is [0]");
    assert_refused("drills.d.contingents[0].state = \"AAA\"",
                   "'drills.d.contingents[0].state': 'contingents' has no entries");
    assert_refused("drills.d.slots.count = 1",
                   "'drills.d.slots.count': a list is addressed by number, name[0] its first "
                   "entry");
    assert_refused("drills.d.slots[x].count = 1",
                   "'drills.d.slots[x].count': between [ and ] stands a whole number, 0 for the "
                   "first entry");
    assert_refused("units.beta = 1", "'units.beta': it is a group of settings, not one value");
    assert_refused("states.AAA.attributes = 1",
                   "'states.AAA.attributes': it is a group of settings, not one value");
    assert_refused("units.beta.count.x = 1",
                   "'units.beta.count.x': nothing lies below a single value");
    assert_refused("states.AAA.attributes.x.y = 1",
                   "'states.AAA.attributes.x.y': nothing lies below a figure");
    assert_refused("drills.d.phases[0].do = \"sea\"",
                   "'drills.d.phases[0].do': a change cannot put another activity in its place");
    assert_refused("units..count = 1", "'units..count': a name is missing (paths look like "
                                       "units.alpha.fuel_frac)");
    assert_refused("classes.soho.like = \"najin\"", "'classes.soho.like': no key 'like' there");
}

static void test_change__later_wins_variant_first(void **state)
{
    (void)state;
    const char *const lines[] = {"ties.AB.align = 0.1", "ties.AB.align = 0.2", NULL};
    muster_scenario *const s = changed(text_of_file, "granted", lines, "");
    assert_string_equal(s->variant, "granted");
    assert_near(MST_AT(const mst_tie_def, &s->spec.ties, 0)->align, 0.2, 0.0);
    assert_near(MST_AT(const mst_unit_def, &s->spec.units, 1)->fuel_frac, 0.5, 0.0);
    const struct {
        const char *origin, *before;
    } wanted[] = {
        {"variant granted", "1"}, {"variant granted", "0.45"}, {"--set", "0.8"}, {"--set", "0.1"}};
    assert_int_equal(s->changes.count, 4);
    for (int32_t i = 0; i < 4; i++) {
        const mst_change *const change = MST_AT(const mst_change, &s->changes, i);
        assert_string_equal(change->origin, wanted[i].origin);
        assert_string_equal(change->before, wanted[i].before);
    }
    muster_scenario_free(s);
    changed(text_of_file, "grantd", NULL, ":0: no variant 'grantd' (did you mean 'granted'?)\n");
}

static void test_change__hash_tells_what_was_changed(void **state)
{
    (void)state;
    muster_source_text *const text = gathered(text_of_file);
    muster_scenario *const plain = changed(text_of_file, NULL, NULL, "");
    muster_scenario *const first = with("units.beta.count = 2");
    muster_scenario *const again = with("units.beta.count  =  2");
    muster_scenario *const other = with("units.beta.count = 3");
    muster_scenario *const elsewhere = with("units.alpha.count = 2");
    assert_true(muster_scenario_hash(plain) == muster_source_text_hash(text));
    assert_true(muster_scenario_hash(first) == muster_scenario_hash(again));
    assert_true(muster_scenario_hash(first) != muster_scenario_hash(plain));
    assert_true(muster_scenario_hash(first) != muster_scenario_hash(other));
    assert_true(muster_scenario_hash(first) != muster_scenario_hash(elsewhere));
    assert_string_equal(muster_scenario_id(plain), "t");
    assert_string_equal(muster_scenario_title(plain), "T");
    muster_scenario_free(plain);
    muster_scenario_free(first);
    muster_scenario_free(again);
    muster_scenario_free(other);
    muster_scenario_free(elsewhere);
    muster_source_text_free(text);
}

#define SHORT                                                                                      \
    "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-14\"; };\n"                         \
    "states = { AAA = { allotment_frac = 0.1; }; };\n"

static void test_change__lines_of_a_file_are_looked_at_unused(void **state)
{
    (void)state;
    changed(
        SHORT "variants = { v = { changes = [ \"states.AAB.allotment_frac = 1\",\n"
              "  \"states.AAA.allotment_frac = 2\" ]; }; };\n"
              "timeline = ( { at = \"2023-07-15\"; changes = [ \"states.AAA = 1\" ]; } );\n"
              "alignment = { codings = { c = { changes = [ \"x = 1\" ]; }; }; };\n"
              "whatif = { l = { path = \"states.AAA.allotment\"; min = 0; max = 1; }; };\n",
        NULL, NULL,
        "t.cfg:3: 'states.AAB.allotment_frac': no state 'AAB' (did you mean 'AAA'?)\n"
        "t.cfg:3: 'allotment_frac' = 2 is outside [0, 1]\n"
        "t.cfg:5: 'states.AAA': it is a group of settings, not one value\n"
        "t.cfg:6: 'x': no key 'x' there\n"
        "t.cfg:7: 'states.AAA.allotment': no key 'allotment' there (allowed: name, names, bloc, "
        "zone_h, index, pool, allotment_frac, readiness_correlation, attributes)\n");
}

/* A timeline says a change as any other place does, and the model takes it as it was read. */
static void test_change__a_timeline_writes_numbers_like_any_change(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        double read;
    } rows[] = {{"0.5 # note", 0.5}, {"1L", 1.0}, {"0x1", 1.0}, {"0.5;", 0.5}, {" 1 ", 1.0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "%stimeline = ( { at = \"2023-07-15\"; changes = [ \"ties.AB.align = %s\",\n"
                 "  \"states.AAA.attributes.x = 0.25\" ]; } );\n",
                 text_of_file, rows[i].value);
        muster_scenario *const scenario = changed(text, NULL, NULL, "");
        assert_non_null(scenario);
        const mst_dated_def *const entry = MST_AT(mst_dated_def, &scenario->spec.timeline, 0);
        assert_int_equal(entry->read.count, 2);
        mst_vocabulary names;
        mst_dated_line line;
        assert_true(mst_vocabulary_make(&scenario->spec, &scenario->arena, &names));
        assert_true(mst_dated_place(&scenario->spec, MST_AT(mst_change, &entry->read, 0), &names,
                                    &scenario->arena, NULL, &line));
        assert_int_equal(line.kind, MST_FIGURE_MUTUAL);
        assert_near(line.value, rows[i].read, 0.0);
        assert_string_equal(line.path, "ties.AB.align");
        muster_scenario_free(scenario);
    }
}

static void test_change__unsourced_figures_are_counted(void **state)
{
    (void)state;
    muster_scenario *const s = changed(
        "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-14\";\n"
        "  sources = { jane-2016 = { text = \"Jane's\"; }; }; };\n"
        "states = {\n"
        "  A = { allotment_frac = 0.1; };\n"
        "  B = { allotment_frac = 0.1; source = \"jane-2015\"; };\n"
        "  C = { allotment_frac = { value = 0.1; confidence = \"assumed\"; }; name = \"C\"; };\n"
        "  D = { allotment_frac = 0.1; source = \"TASS, 18 July 2023\"; };\n"
        "  E = { allotment_frac = { value = 0.1; confidence = \"low\"; }; }; };\n",
        NULL, NULL, "");
    muster_diags *const diags = muster_diags_create(NULL);
    assert_int_equal(muster_scenario_unsourced(s, diags), 3);
    assert_string_equal(
        test_words(diags),
        "t.cfg:4: 'states.A.allotment_frac' = 0.1 has no source (add source = \"...\" to it or its "
        "group; \"assumed\" is one)\n"
        "t.cfg:5: 'states.B.allotment_frac': no source 'jane-2015' (did you mean 'jane-2016'?)\n"
        "t.cfg:8: 'states.E.allotment_frac' = 0.1 has no source (add source = \"...\" to it or its "
        "group; \"assumed\" is one)\n");
    assert_int_equal(muster_diags_error_count(diags), 0);
    muster_diags_free(diags);
    muster_scenario_free(s);
}

/* A change may begin a group that the file lacks; the group must then be whole, as in a file. */
static void test_change__a_group_that_it_begins_must_be_whole(void **state)
{
    static const char no_muster[] =
        "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-14T00:00Z\"; };\n"
        "states = { A = { }; };\n"
        "areas = { s = { lat_deg = 39; lon_deg = 134; radius_nm = 20; }; };\n"
        "drills = { d = { hosts = [\"A\"]; area = \"s\"; }; };\n";
    (void)state;
    assert_null(changed(" \n", NULL, (const char *const[]){"scenario.id = \"x\"", NULL},
                        "t.cfg:0: scenario: 'title' is missing\n"
                        "t.cfg:0: scenario: 'start' is missing\n"));
    assert_null(changed(no_muster, NULL,
                        (const char *const[]){"drills.d.muster.wait = \"1 h\"", NULL},
                        "t.cfg:4: drill 'd', muster: 'at' is missing\n"));
}

static void test_change__survives_short_memory(void **state)
{
    (void)state;
    const char *const lines[] = {"units.beta.fuel_frac = 0.37", "drills.d.hosts = [\"BBB\"]",
                                 "classes.najin.max_speed_kn = 18"};
    const muster_changes changes = {.variant = "granted", .line = lines, .line_count = 3};
    muster_source_text *const text = gathered(text_of_file);
    muster_status status = MUSTER_WORLD;
    int32_t tries = 0;
    for (; status == MUSTER_WORLD && tries < 2000; tries++) {
        test_memory counter = {.left = tries};
        const muster_memory memory = test_hook(&counter);
        muster_diags *const diags = muster_diags_create(NULL);
        muster_scenario *scenario = NULL;
        status = muster_scenario_read(text, &changes, &memory, diags, &scenario);
        assert_true(status == MUSTER_OK || status == MUSTER_WORLD);
        muster_scenario_free(scenario);
        assert_int_equal(counter.held, 0);
        muster_diags_free(diags);
    }
    assert_int_equal(status, MUSTER_OK);
    assert_true(tries > 3);
    muster_source_text_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_change__makes_every_kind_of_value),
        cmocka_unit_test(test_change__tells_the_value_in_force_before),
        cmocka_unit_test(test_change__reaches_what_inherits),
        cmocka_unit_test(test_change__gives_a_figure_that_others_have),
        cmocka_unit_test(test_change__finds_a_tie_turned_round),
        cmocka_unit_test(test_change__refuses_values_that_do_not_fit),
        cmocka_unit_test(test_change__refuses_lines_it_cannot_read),
        cmocka_unit_test(test_change__suggests_at_every_level_of_a_path),
        cmocka_unit_test(test_change__later_wins_variant_first),
        cmocka_unit_test(test_change__hash_tells_what_was_changed),
        cmocka_unit_test(test_change__lines_of_a_file_are_looked_at_unused),
        cmocka_unit_test(test_change__a_timeline_writes_numbers_like_any_change),
        cmocka_unit_test(test_change__unsourced_figures_are_counted),
        cmocka_unit_test(test_change__a_group_that_it_begins_must_be_whole),
        cmocka_unit_test(test_change__survives_short_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
