#include "test.h"

#include "files.h"
#include "load/scenario.h"
#include "memory.h"
#include "model/row.h"
#include "model/walk.h"

#include <stdio.h>

/* Two activities with keys of their own, so that no change of the real ones matters here. */
typedef struct firing_keys {
    double speed_mps;
    int64_t shots;
    mst_ref where;
} firing_keys;

static const muster_field firing_rows[] = {
    MST_ROW_REAL(firing_keys, speed_mps, "speed_kn", "kn", 0.1, 80, 12, 0, "Speed of the target."),
    MST_ROW_INT(firing_keys, shots, "shots", 1, 99, 3, 0, "Rounds of each ship."),
    MST_ROW_REF(firing_keys, where, "where", "bases", 0, "Base nearby."),
    MST_ROW_END,
};
static const mst_activity_type firing = {.name = "firing",
                                         .doc = "Firing at a target.",
                                         .role = MST_ROLE_SERIAL,
                                         .fields = firing_rows,
                                         .spec_bytes = sizeof(firing_keys)};
static const mst_activity_type at_sea = {.name = "sea", .role = MST_ROLE_PHASE};
static const mst_activity_type *const activities[] = {&firing, &at_sea, NULL};
static const mst_kinds kinds = {activities, NULL};

/* A scenario read from text, with what was said. */
typedef struct reading {
    mst_arena arena;
    mst_spec spec;
    muster_diags *diags;
    bool good;
} reading;

static void read_files(reading *r, const test_file *files)
{
    test_disk disk = {.file = files};
    const muster_opener opener = test_opener(&disk);
    muster_source_text *text = NULL;
    memset(r, 0, sizeof *r);
    mst_arena_init(&r->arena, NULL);
    r->diags = muster_diags_create(NULL);
    assert_int_equal(muster_gather(files[0].path, &opener, NULL, r->diags, &text), MUSTER_OK);
    r->good = mst_read_by_fields(text, mst_fields_root, &r->spec, &r->arena, &kinds, &r->spec.facts,
                                 r->diags);
    muster_source_text_free(text); /* nothing of it may be needed any more */
}

static void done(reading *r)
{
    mst_arena_clear(&r->arena);
    muster_diags_free(r->diags);
}

#define HEAD "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-14T00:00Z\"; };\n"

/* What is said of the head and `more`, lines counted from 1 in `more`'s file. */
static void assert_said(const char *more, const char *words)
{
    const test_file files[] = {
        {"a.cfg", HEAD "@include \"more.cfg\"\n"}, {"more.cfg", more}, {NULL, NULL}};
    reading r;
    read_files(&r, files);
    assert_string_equal(test_words(r.diags), words);
    assert_int_equal(r.good, words[0] == '\0');
    done(&r);
}

/* ---- a file without mistakes ------------------------------------------------------------------ */

static const char good_text[] =
    "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-14T00:00Z\"; zone_h = 9;\n"
    "  sources = { jane = { text = \"Jane's Fighting Ships, 2016\"; }; }; };\n"
    "states = { source = \"atlas\"; AAA = { attributes = { x = 1; note = \"n\";\n"
    "    y = { value = 0.37; source = \"assumed\"; says = \"judged\"; }; }; }; BBB = { }; };\n"
    "classes = { najin = { max_speed_kn = 24; range_km = 7408; kit = [ \"gun\" ];\n"
    "    source = \"jane\"; confidence = \"low\"; turnaround = \"1.5 h\";\n"
    "    curve = ( { speed_kn = 10; rate_t_per_h = 0.7; } ); }; };\n"
    "bases = { P = { lat_deg = 39; lon_deg = -128.25; }; };\n"
    "units = { alpha = { class = \"najin\"; state = \"AAA\"; base = \"P\"; margin = 1.37;\n"
    "    readiness = { value = 0.53; source = \"jane\"; confidence = \"high\"; }; }; };\n"
    "areas = { box = { kind = \"polygon\"; points = ( (39, 133), [39.5, 135.0], (40, 134L) ); }; "
    "};\n"
    "drills = { d = { hosts = [\"AAA\"]; candidates = [ ]; host_ports = true;\n"
    "    muster = { at = \"2023-07-20\"; wait = \"6 h\"; };\n"
    "    slots = ( { for = \"candidate\"; role = \"escort\"; count = 2.0; } );\n"
    "    phases = ( { do = \"sea\"; } ); }; };\n"
    "serials = { s = { kind = \"firing\"; for = \"4 h\"; speed_kn = 17; where = \"P\"; }; };\n";

static const mst_fact *fact(const reading *r, const char *path)
{
    const mst_fact *const found = mst_spec_fact(&r->spec, path);
    if (!found)
        fail_msg("no fact for %s", path);
    return found;
}

static void read_good(reading *r)
{
    const test_file files[] = {{"good.cfg", good_text}, {NULL, NULL}};
    read_files(r, files);
    assert_string_equal(test_words(r->diags), "");
    assert_true(r->good);
}

static void test_reader__stores_every_kind_in_si(void **state)
{
    (void)state;
    reading r;
    read_good(&r);
    const mst_class_def *const class_ = MST_AT(const mst_class_def, &r.spec.classes, 0);
    assert_near(class_->max_speed_mps, 24.0 * 1852.0 / 3600.0, 1e-13);
    assert_near(class_->range_m, 7408000.0, 1e-6);
    assert_int_equal(class_->turnaround, 90 * MUSTER_MINUTE);
    assert_int_equal(class_->kit.count, 1);
    assert_near(MST_AT(const mst_curve_def, &class_->curve, 0)->rate_kgps, 700.0 / 3600.0, 1e-15);
    const mst_unit_def *const unit = MST_AT(const mst_unit_def, &r.spec.units, 0);
    assert_int_equal(unit->class_.index, 0);
    assert_int_equal(unit->item.place.line, 9);
    assert_near(unit->own.margin, 1.37, 0.0);
    assert_near(unit->readiness, 0.53, 0.0);
    assert_near(unit->fuel_frac, 1.0, 0.0);
    const mst_area_def *const area = MST_AT(const mst_area_def, &r.spec.areas, 0);
    assert_int_equal(area->points.count, 3);
    assert_near(MST_AT(const muster_point, &area->points, 1)->lat_deg, 39.5, 0.0);
    assert_near(MST_AT(const muster_point, &area->points, 2)->lon_deg, 134.0, 0.0);
    const mst_drill_def *const drill = MST_AT(const mst_drill_def, &r.spec.drills, 0);
    assert_int_equal(MST_AT(const mst_ref, &drill->hosts, 0)->index, 0);
    assert_int_equal(drill->host_ports, 1);
    assert_true(drill->candidates.item && drill->candidates.count == 0); /* given, and empty */
    /* A bare date is the whole day in scenario.zone_h. */
    assert_int_equal(drill->muster.at.from, INT64_C(1689778800) * MUSTER_SECOND);
    assert_int_equal(drill->muster.at.until - drill->muster.at.from, MUSTER_DAY);
    assert_int_equal(MST_AT(const mst_slot_def, &drill->slots, 0)->count, 2);
    const mst_serial_def *const serial = MST_AT(const mst_serial_def, &r.spec.serials, 0);
    const firing_keys *const keys = serial->kind.spec;
    assert_ptr_equal(serial->kind.type, &firing);
    assert_near(keys->speed_mps, 17.0 * 1852.0 / 3600.0, 1e-13);
    assert_int_equal(keys->shots, 3);
    assert_int_equal(keys->where.index, 0);
    done(&r);
}

/* The zone of bare dates may be written as any fact. */
static void test_reader__bare_dates_are_days_of_the_zone(void **state)
{
    (void)state;
    static const char *const zones[] = {"9", "9.0", "9L", "{ value = 9.0; source = \"atlas\"; }",
                                        "{ value = 9; note = \"n\"; }"};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        char text[256];
        snprintf(
            text, sizeof text,
            "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-14\"; zone_h = %s; };\n",
            zones[i]);
        const test_file files[] = {{"a.cfg", text}, {NULL, NULL}};
        reading r;
        read_files(&r, files);
        assert_true(r.good);
        assert_int_equal(r.spec.scenario.start.from, INT64_C(1689260400) * MUSTER_SECOND);
        done(&r);
    }
}

/* What stands in a table is one line, written in one direction; sentences may be longer. */
static void test_reader__names_stand_in_one_line(void **state)
{
    (void)state;
    assert_said("states = { A = { name = \"a\\nb\"; }; };",
                "more.cfg:1: 'name' holds a tab or a line break (it stands in one line of a "
                "table)\n");
    assert_said("states = { A = { names = [\"a\", \"b\\t\"]; }; };",
                "more.cfg:1: 'names' holds a tab or a line break (it stands in one line of a "
                "table)\n");
    static const char *const marks[] = {"\u202a", "\u202e", "\u2066", "\u2069"};
    static const char *const others[] = {"\u2029", "\u202f", "\u2065", "\u200f"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        char text[128];
        snprintf(text, sizeof text, "states = { A = { name = \"x%sy\"; }; };", marks[i]);
        assert_said(text, "more.cfg:1: 'name' holds a mark that turns the direction of writing "
                          "(U+202A to U+202E, U+2066 to U+2069) (it stands in one line of a "
                          "table)\n");
        snprintf(text, sizeof text, "states = { A = { name = \"x%sy\"; }; };", others[i]);
        assert_said(text, "");
    }
    assert_said("timeline = ( { at = \"2023-07-15\"; says = \"one\\n\\ttwo\"; } );", "");
}

static void test_reader__a_figure_has_the_nearest_source(void **state)
{
    (void)state;
    reading r;
    read_good(&r);
    const mst_fact *const x = fact(&r, "states.AAA.attributes.x");
    assert_string_equal(x->source, "atlas");
    assert_int_equal(x->confidence, MUSTER_STATED);
    assert_string_equal(x->written, "1");
    assert_false(x->plain);
    const mst_fact *const y = fact(&r, "states.AAA.attributes.y");
    assert_string_equal(y->source, "assumed");
    assert_int_equal(y->confidence, MUSTER_ASSUMED);
    assert_string_equal(y->note, "judged");
    assert_int_equal(y->place.line, 4);
    const mst_fact *const range = fact(&r, "classes.najin.range_nm"); /* written in km */
    assert_string_equal(range->written, "4000 nm");
    assert_int_equal(range->confidence, MUSTER_LOW);
    /* What the unit does not give comes from its class; what it gives is its own. */
    assert_ptr_equal(fact(&r, "units.alpha.range_nm"), range);
    assert_int_equal(fact(&r, "units.alpha.readiness")->confidence, MUSTER_HIGH);
    assert_int_equal(fact(&r, "units.alpha.margin")->confidence, MUSTER_UNSOURCED);
    assert_null(mst_spec_fact(&r.spec, "units.alpha.fuel_frac"));
    assert_null(mst_spec_fact(&r.spec, "units.alpha.name"));
    assert_true(fact(&r, "scenario.title")->plain);
    const mst_number *const number =
        MST_AT(const mst_number, &MST_AT(const mst_state_def, &r.spec.states, 0)->attributes, 1);
    assert_string_equal(number->says, "judged");
    done(&r);
}

/* ---- mistakes ----------------------------------------------------------------------------------- */

static void test_reader__twelve_faults_give_twelve_diagnostics(void **state)
{
    (void)state;
    const test_file files[] = {
        {"d/drill.cfg",
         HEAD "classes = {\n"
              "@include \"../lib/ships.cfg\"\n"
              "};\n"
              "states = { AAA = { }; };\n"
              "units = {\n"
              "  alpha = { class = \"najn\"; state = \"AAA\"; };\n"
              "  beta = { class = \"najin\"; state = \"AAA\";\n"
              "    fuel_t = 10; fuel_kg = 10000;\n"
              "    count = 2.5;\n"
              "    readiness = 1.5; };\n"
              "  gamma = { state = \"AAA\"; };\n"
              "};\n"
              "serials = { s = { kind = \"fireing\"; anything = 1; for = \"4 h\"; };\n"
              "  t = { kind = \"firing\"; for = 4;\n"
              "    speed_kn = 1400; }; };\n"},
        {"d/../lib/ships.cfg", "najin = {\n"
                               "  max_sped_kn = 24;\n"
                               "  craft = \"sheep\";\n"
                               "  length_m = 900;\n"
                               "  roles = \"escort\"; };\n"},
        {NULL, NULL}};
    reading r;
    read_files(&r, files);
    assert_false(r.good);
    assert_string_equal(
        test_words(r.diags),
        "d/../lib/ships.cfg:2: unknown key 'max_sped_kn' (did you mean 'max_speed_kn'?)\n"
        "d/../lib/ships.cfg:3: 'craft' cannot be \"sheep\" (allowed: ship, aircraft, helicopter, "
        "submarine)\n"
        "d/../lib/ships.cfg:4: 'length_m' = 900 m is outside [1, 500] m\n"
        "d/../lib/ships.cfg:5: 'roles' must be a list of texts, [\"a\", \"b\"], not a text\n"
        "d/drill.cfg:7: unit 'alpha': no class 'najn' (did you mean 'najin'?)\n"
        "d/drill.cfg:9: 'fuel_kg' and 'fuel_t' give the same figure (keep one of them)\n"
        "d/drill.cfg:10: 'count' = 2.5 is not a whole number\n"
        "d/drill.cfg:11: 'readiness' = 1.5 is outside [0, 1]\n"
        "d/drill.cfg:12: unit 'gamma': 'class' is missing\n"
        "d/drill.cfg:14: 'kind': no serial 'fireing' (did you mean 'firing'?)\n"
        "d/drill.cfg:15: 'for' must be a duration in quotes, not a number (write \"72 h\", "
        "\"1.5 d\", \"30 min\" or \"90 s\")\n"
        "d/drill.cfg:16: 'speed_kn' = 1400 kn is outside [0.1, 80] kn\n");
    assert_int_equal(muster_diags_error_count(r.diags), 12);
    done(&r);
}

static void test_reader__a_syntax_error_stands_alone(void **state)
{
    (void)state;
    assert_said("units = { alpha = { speed = 3;\n  x = ; }; };\nbananas = 1;\n",
                "more.cfg:2: syntax error near `x = ; }; };` (look there and just above for a "
                "missing ';' or bracket, or a comma too many; the rest was not read)\n");
    assert_said("states = { A = { }; \n  A = { };\n };\n",
                "more.cfg:2: duplicate setting name near `A = { };` (a name may stand once in a "
                "group; the rest was not read)\n");
    assert_said("x = [1, 2.5];",
                "more.cfg:1: mismatched element type in array near `x = [1, 2.5];` (look there and "
                "just above for a missing ';' or bracket, or a comma too many; the rest was not "
                "read)\n");
}

static void test_reader__a_wrong_kind_is_said_plainly(void **state)
{
    (void)state;
    assert_said("states = ( );\n",
                "more.cfg:1: 'states' must be a group of named groups, { id = { ... }; }, not a "
                "list ( )\n");
    assert_said("states = { A = 3; };\nunits = { };\n",
                "more.cfg:1: 'A' must be a group, { ... }, not a number\n");
    assert_said("weather = 3;", "more.cfg:1: 'weather' must be a group, { ... }, not a number\n");
    assert_said("evidence = ( 3 );",
                "more.cfg:1: 'evidence[0]' must be a group, { ... }, not a number\n");
    assert_said("states = { A = { names = [1, 2]; name = 3; attributes = 4; }; };\n",
                "more.cfg:1: 'names' must be a list of texts, [\"a\", \"b\"], not an array [ ]\n"
                "more.cfg:1: 'name' must be a text in quotes, not a number\n"
                "more.cfg:1: 'attributes' must be a group of figures, { name = 0.3; }\n");
    assert_said("areas = { a = { avoid = 1; points = (1, 2); }; };\n",
                "more.cfg:1: 'avoid' must be true or false, not a number\n"
                "more.cfg:1: 'points' must be a list of points, ( (lat, lon), ... ), not a "
                "number\n");
    assert_said("areas = { a = { points = ((95, 2)); radius_nm = 1e400; }; };\n",
                "more.cfg:1: 'points': point 1 lies nowhere on the globe (each is (latitude, "
                "longitude) in degrees, -90..90 and -180..360)\n"
                "more.cfg:1: 'radius_nm' is not a finite number\n");
    assert_said("states = { A = { name = \"\\x07\"; }; };\n",
                "more.cfg:1: 'name' holds control characters or is not UTF-8\n");
}

static void test_reader__facts_have_a_form(void **state)
{
    (void)state;
    assert_said("weather = { hs_m = { valu = 2; source = \"x\"; }; };\n",
                "more.cfg:1: unknown key 'valu' in the fact 'hs_m' (did you mean 'value'?)\n"
                "more.cfg:1: 'hs_m' is a group without 'value' (a single value, or { value = ...; "
                "source = \"...\"; })\n");
    assert_said("weather = { hs_m = { value = 2; confidence = \"sure\"; }; };\n",
                "more.cfg:1: 'confidence' cannot be \"sure\" (allowed: high, medium, low, "
                "estimated, assumed)\n");
    assert_said("weather = { source = 3; hs_m = { value = 26; }; };\n",
                "more.cfg:1: 'source' must be a text in quotes, not a number\n"
                "more.cfg:1: 'hs_m' = 26 m is outside [0, 25] m\n");
}

static void test_reader__unknown_keys_get_advice(void **state)
{
    (void)state;
    assert_said("weather = { bananas = 3; };\n",
                "more.cfg:1: unknown key 'bananas' (allowed: sea_state, hs_m, climatology)\n");
    assert_said("classes = { c = { max_speed = 3; lyke = \"d\"; }; };\n",
                "more.cfg:1: unknown key 'max_speed' (did you mean 'max_speed_kn'?)\n"
                "more.cfg:1: unknown key 'lyke' (did you mean 'like'?)\n");
    assert_said("states = { A = { like = \"B\"; souce = \"x\"; }; };\n",
                "more.cfg:1: unknown key 'like' (allowed: name, names, bloc, zone_h, index, pool, "
                "allotment_frac, readiness_correlation, attributes)\n"
                "more.cfg:1: unknown key 'souce' (did you mean 'source'?)\n");
    assert_said("unitz = { };\n", "more.cfg:1: unknown key 'unitz' (did you mean 'units'?)\n");
    assert_said("ties = { t = { a = \"A\"; c = \"A\"; }; };\nstates = { A = { }; };\n",
                "more.cfg:1: unknown key 'c' (allowed: a, b, align, rival, mutual, a_to_b, b_to_a, "
                "ledger, pacts, interop)\n"
                "more.cfg:1: tie 't': 'b' is missing\n");
    /* The slip explains why the key is missing: no second message. */
    assert_said("bases = { p = { lat_dge = 3; lon_deg = 4; }; };\n",
                "more.cfg:1: unknown key 'lat_dge' (did you mean 'lat_deg'?)\n");
}

static void test_reader__ids_are_ids(void **state)
{
    (void)state;
    assert_said("states = { a* = { }; };\n",
                "more.cfg:1: 'a*' is no id (a letter, then letters, digits, - and _, at most "
                "63)\n");
    assert_said("states = { A = { attributes = { *x = 1; }; }; };\n",
                "more.cfg:1: '*x' is no name (a letter, then letters, digits, - and _, at most "
                "63)\n");
}

static void test_reader__missing_keys_name_their_owner(void **state)
{
    (void)state;
    const test_file bare[] = {{"a.cfg", "states = { A = { }; };\n"}, {NULL, NULL}};
    reading r;
    read_files(&r, bare);
    assert_string_equal(test_words(r.diags), "a.cfg:0: 'scenario' is missing\n");
    done(&r);
    assert_said("states = { A = { }; };\n"
                "drills = { d = { hosts = [\"A\"];\n"
                "  slots = ( { for = \"host\"; role = \"r\"; }, { for = \"host\"; } );\n"
                "}; e = { hosts = [\"A\"]; muster = {\n"
                " }; }; };\n",
                "more.cfg:2: drill 'd': 'muster' is missing\n"
                "more.cfg:3: drill 'd', slots[1]: 'role' is missing\n"
                "more.cfg:4: drill 'e', muster: 'at' is missing\n");
}

static void test_reader__activities_bring_their_keys(void **state)
{
    (void)state;
    assert_said("serials = { s = { kind = \"sea\"; for = \"1 h\"; };\n"
                " t = { for = \"1 h\"; shots = 3; };\n"
                " u = { kind = \"firing\"; for = \"1 h\"; shotz = 3; where = \"Q\"; };\n"
                " v = { kind = 7; for = \"1 h\"; }; };\n",
                "more.cfg:1: 'kind': no serial 'sea' (there are: firing)\n"
                "more.cfg:2: serial 't': 'kind' is missing\n"
                "more.cfg:3: unknown key 'shotz' (did you mean 'shots'?)\n"
                "more.cfg:3: serial 'u': no base 'Q'\n"
                "more.cfg:4: 'kind' must be a text in quotes, not a number\n");
}

/* ---- like ------------------------------------------------------------------------------------- */

static void test_reader__like_inherits_through_steps(void **state)
{
    (void)state;
    const test_file files[] = {
        {"a.cfg", HEAD
         "classes = { c = { like = \"b\"; margin = 1.4; }; b = { like = \"a\"; length_m = 157; };\n"
         "  a = { max_speed_kn = 24; margin = 1.2; exponent = 2.7; source = \"x\";\n"
         "    curve = ( { speed_kn = 10; rate_t_per_h = 1; } ); }; };\n"},
        {NULL, NULL}};
    reading r;
    read_files(&r, files);
    assert_string_equal(test_words(r.diags), "");
    const mst_class_def *const classes = r.spec.classes.item;
    assert_near(classes[0].max_speed_mps, 24.0 * 1852.0 / 3600.0, 1e-13);
    assert_near(classes[0].length_m, 157.0, 0.0);
    assert_near(classes[0].margin, 1.4, 0.0);
    assert_near(classes[1].margin, 1.2, 0.0);
    assert_near(classes[0].exponent, 2.7, 0.0);
    assert_near(classes[0].reserve_frac, 0.2, 0.0);
    /* Each has its own curve, so that a change of one leaves the other. */
    assert_int_equal(classes[0].curve.count, 1);
    assert_ptr_not_equal(classes[0].curve.item, classes[2].curve.item);
    assert_ptr_not_equal(classes[0].curve.item, classes[1].curve.item);
    assert_string_equal(fact(&r, "classes.c.exponent")->path, "classes.a.exponent");
    assert_true(mst_spec_finish(&r.spec, &r.arena, r.diags)); /* once more changes nothing */
    assert_near(classes[1].margin, 1.2, 0.0);
    done(&r);
}

static void test_reader__like_that_goes_round_is_a_mistake(void **state)
{
    (void)state;
    assert_said("classes = { a = { like = \"b\"; };\n b = { like = \"c\"; };\n c = { like = \"b\"; "
                "};\n d = { like = \"d\"; };\n e = { like = \"f\"; }; };\n",
                "more.cfg:3: class 'c': 'like' goes round: b -> c -> b\n"
                "more.cfg:4: class 'd': 'like' goes round: d -> d\n"
                "more.cfg:5: class 'e': no class 'f' (there are: a, b, c, d, e)\n");
}

/* ---- any struct ------------------------------------------------------------------------------- */

static void test_reader__reads_any_struct_by_its_rows(void **state)
{
    (void)state;
    typedef struct sweep {
        mst_item item;
        int64_t points;
        double step_m;
        const char *title;
    } sweep;
    static const muster_field rows[] = {
        MST_ROW_INT(sweep, points, "points", 1, 1000, MST_NAN, MST_REQUIRED, "How many."),
        MST_ROW_REAL(sweep, step_m, "step_nm", "nm", 0, 100, 2.5, 0, "Step."),
        MST_ROW_TEXT(sweep, title, "title", 0, "Title."),
        MST_ROW_END,
    };
    const char bytes[] = "points = 37;\n";
    muster_diags *const diags = muster_diags_create(NULL);
    muster_source_text *text = NULL;
    mst_arena arena;
    sweep it = {0};
    mst_arena_init(&arena, NULL);
    assert_int_equal(muster_gather_text("sweep", bytes, sizeof bytes - 1, NULL, diags, &text),
                     MUSTER_OK);
    assert_true(mst_read_by_fields(text, rows, &it, &arena, NULL, NULL, diags));
    assert_int_equal(it.points, 37);
    assert_near(it.step_m, 2.5 * 1852.0, 1e-9);
    muster_source_text_free(text);
    assert_int_equal(muster_gather_text("sweep", "title = 3;", 10, NULL, diags, &text), MUSTER_OK);
    assert_false(mst_read_by_fields(text, rows, &it, &arena, NULL, NULL, diags));
    assert_string_equal(test_words(diags),
                        "sweep:0: 'points' is missing\n"
                        "sweep:1: 'title' must be a text in quotes, not a number\n");
    muster_source_text_free(text);
    mst_arena_clear(&arena);
    muster_diags_free(diags);
}

/* libconfig's own memory is not ours to refuse (see sim/load/README.md); all of ours is. */
static void test_reader__survives_short_memory(void **state)
{
    (void)state;
    muster_diags *const quiet = muster_diags_create(NULL);
    muster_source_text *text = NULL;
    assert_int_equal(
        muster_gather_text("good", good_text, sizeof good_text - 1, NULL, quiet, &text), MUSTER_OK);
    bool good = false;
    int32_t tries = 0;
    for (; !good && tries < 2000; tries++) {
        test_memory counter = {.left = tries};
        const muster_memory memory = test_hook(&counter);
        mst_arena arena;
        mst_spec spec = {0};
        mst_arena_init(&arena, &memory);
        good = mst_read_by_fields(text, mst_fields_root, &spec, &arena, &kinds, &spec.facts, quiet);
        assert_true(good || counter.refused > 0);
        mst_arena_clear(&arena);
        assert_int_equal(counter.held, 0);
    }
    assert_true(good && tries > 3);
    muster_source_text_free(text);
    muster_diags_free(quiet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reader__stores_every_kind_in_si),
        cmocka_unit_test(test_reader__bare_dates_are_days_of_the_zone),
        cmocka_unit_test(test_reader__names_stand_in_one_line),
        cmocka_unit_test(test_reader__a_figure_has_the_nearest_source),
        cmocka_unit_test(test_reader__twelve_faults_give_twelve_diagnostics),
        cmocka_unit_test(test_reader__a_syntax_error_stands_alone),
        cmocka_unit_test(test_reader__a_wrong_kind_is_said_plainly),
        cmocka_unit_test(test_reader__facts_have_a_form),
        cmocka_unit_test(test_reader__unknown_keys_get_advice),
        cmocka_unit_test(test_reader__ids_are_ids),
        cmocka_unit_test(test_reader__missing_keys_name_their_owner),
        cmocka_unit_test(test_reader__activities_bring_their_keys),
        cmocka_unit_test(test_reader__like_inherits_through_steps),
        cmocka_unit_test(test_reader__like_that_goes_round_is_a_mistake),
        cmocka_unit_test(test_reader__reads_any_struct_by_its_rows),
        cmocka_unit_test(test_reader__survives_short_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
