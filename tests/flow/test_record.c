/* The record of drills of 2018 to 2024: that the file holds what was found and coded, and that values
 * stand at each decision as they did then. What the models make of it is nowhere asserted. */
#include "test.h"

#include "batch/handles.h"
#include "flow.h"
#include "outcome/rivals.h"

#include <stdlib.h>
#include <string.h>

enum { PARTNERS, ALLIES, SIDES }; /* hosts China, Russia or both; host United States */

static const double exact = 1e-12; /* figures are read and passed on, never reckoned with */

/* A file that was run, and its cases in order of decision. */
typedef struct record {
    flow f;
    mst_arena arena;
    mst_rivals all;
} record;

static void open_record(record *r, const char *file, const char *variant)
{
    assert_int_equal(flow_run(&r->f, file, variant, NULL), MUSTER_OK);
    mst_arena_init(&r->arena, NULL);
    const mst_model *m = r->f.model->model;
    assert_true(mst_rivals_of_run(r->f.result->run, m->kinds->align, -1, &r->arena, &r->all));
}

static void close_record(record *r)
{
    mst_arena_clear(&r->arena);
    flow_close(&r->f);
}

static record shipped; /* record-2018-2024.cfg as it stands */

static int open_it(void **unused)
{
    (void)unused;
    open_record(&shipped, "record-2018-2024.cfg", NULL);
    return 0;
}

static int close_it(void **unused)
{
    (void)unused;
    close_record(&shipped);
    flow_forget_land();
    return 0;
}

static const mst_case *case_of(const record *r, const char *drill)
{
    for (int32_t i = 0; i < r->all.count; i++)
        if (strcmp(r->all.item[i].setting.drill, drill) == 0)
            return &r->all.item[i];
    fail_msg("no drill %s", drill);
    return NULL;
}

static double attribute(const record *r, const char *drill, const char *state, const char *name)
{
    const mst_setting *s = &case_of(r, drill)->setting;
    return mst_setting_attribute(s, name, mst_setting_state(s, state));
}

static double mutual(const record *r, const char *drill, const char *a, const char *b,
                     const char *name)
{
    const mst_setting *s = &case_of(r, drill)->setting;
    return mst_setting_mutual(s, name, mst_setting_state(s, a), mst_setting_state(s, b));
}

static double directed(const record *r, const char *drill, const char *from, const char *to,
                       const char *name)
{
    const mst_setting *s = &case_of(r, drill)->setting;
    return mst_setting_directed(s, name, mst_setting_state(s, from), mst_setting_state(s, to));
}

static int32_t side_of(const mst_case *c)
{
    const mst_setting *s = &c->setting;
    return strcmp(s->state[s->host[0]], "USA") == 0 ? ALLIES : PARTNERS;
}

/* ---- how much there is -------------------------------------------------------------------------- */

typedef struct tally {
    int32_t drills, pairs, joins, pooled, pooled_joins, calibration;
} tally;

static void count(const record *r, tally out[SIDES])
{
    memset(out, 0, SIDES * sizeof *out);
    for (int32_t i = 0; i < r->all.count; i++) {
        const mst_case *c = &r->all.item[i];
        tally *t = &out[side_of(c)];
        t->drills++;
        t->calibration += c->use == MST_CALIBRATION;
        assert_true(c->use == MST_CALIBRATION || c->use == MST_TEST);
        for (int32_t k = 0; k < c->setting.candidate_count; k++) {
            if (c->outcome[k] < 0)
                continue;
            t->pairs++;
            t->joins += c->outcome[k];
            t->pooled += c->is_pooled[k];
            t->pooled_joins += c->is_pooled[k] && c->outcome[k];
        }
    }
}

static int32_t pooled_joins_of(const record *r, const char *state)
{
    int32_t joins = 0;
    for (int32_t i = 0; i < r->all.count; i++) {
        const mst_case *c = &r->all.item[i];
        for (int32_t k = 0; k < c->setting.candidate_count; k++)
            joins += c->outcome[k] == 1 && c->is_pooled[k] &&
                     strcmp(c->setting.state[c->setting.candidate[k]], state) == 0;
    }
    return joins;
}

static void record__counts(void **unused)
{
    (void)unused;
    tally t[SIDES];
    count(&shipped, t);
    assert_int_equal(t[PARTNERS].drills, 33);
    assert_int_equal(t[PARTNERS].pairs, 197);
    assert_int_equal(t[PARTNERS].joins, 16);
    assert_int_equal(t[PARTNERS].pooled, 190);
    assert_int_equal(t[PARTNERS].pooled_joins, 9);
    assert_int_equal(t[PARTNERS].calibration, 2);
    assert_int_equal(t[ALLIES].drills, 31);
    assert_int_equal(t[ALLIES].pairs, 117);
    assert_int_equal(t[ALLIES].joins, 75);
    assert_int_equal(t[ALLIES].pooled, 114);
    assert_int_equal(t[ALLIES].pooled_joins, 72);
    assert_int_equal(t[ALLIES].calibration, 1);
}

static void record__joining_states(void **unused)
{
    (void)unused;
    static const struct {
        const char *state;
        int32_t joins;
    } want[] = {{"IND", 3}, {"MNG", 3},  {"PAK", 2},  {"IRN", 1},  {"PRK", 0},
                {"ZAF", 0}, {"KOR", 30}, {"JPN", 27}, {"AUS", 11}, {"PHL", 4}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        assert_int_equal(pooled_joins_of(&shipped, want[i].state), want[i].joins);
}

/* Japan and South Korea left out of the 15 drills of the three, as Iran is of the Belts. */
static void record__allies_organised(void **unused)
{
    (void)unused;
    record r;
    tally t[SIDES];
    open_record(&r, "record-2018-2024.cfg", "allies-organised");
    count(&r, t);
    assert_int_equal(t[ALLIES].pairs, 117);
    assert_int_equal(t[ALLIES].joins, 75);
    assert_int_equal(t[ALLIES].pooled, 84);
    assert_int_equal(t[ALLIES].pooled_joins, 42);
    assert_int_equal(t[PARTNERS].pooled, 190);
    assert_int_equal(pooled_joins_of(&r, "KOR"), 15);
    assert_int_equal(pooled_joins_of(&r, "JPN"), 12);
    assert_int_equal(pooled_joins_of(&r, "AUS"), 11);
    assert_int_equal(pooled_joins_of(&r, "PHL"), 4);
    close_record(&r);
}

/* Each case names the hash that the rules had when it was coded; other weights are no test. */
static void record__weights_are_fixed(void **unused)
{
    (void)unused;
    for (int32_t i = 0; i < shipped.all.count; i++)
        assert_true(shipped.all.item[i].is_fixed);
    flow f;
    const char *const changed[] = {"alignment.rules.f13.weight = 1.01", NULL};
    assert_int_equal(flow_run(&f, "record-2018-2024.cfg", NULL, changed), MUSTER_OK);
    assert_true(mst_rules_hash(f.model->model) != shipped.all.weights_hash);
    flow_close(&f);
}

static bool is_source(const mst_spec *spec, const char *id)
{
    for (int32_t i = 0; id && i < spec->scenario.sources.count; i++) {
        const mst_source_def *s = MST_AT(const mst_source_def, &spec->scenario.sources, i);
        if (strcmp(s->item.id, id) == 0)
            return s->text && s->text[0];
    }
    return false;
}

static void record__evidence_has_sources(void **unused)
{
    (void)unused;
    const mst_spec *spec = &shipped.f.scenario->spec;
    int32_t scored = 0;
    for (int32_t i = 0; i < spec->evidence.count; i++) {
        const mst_evidence_def *e = MST_AT(const mst_evidence_def, &spec->evidence, i);
        if (!is_source(spec, e->item.source))
            fail_msg("evidence %d on %s: no source %s", (int)i, e->state.id, e->item.source);
        scored += e->stage == 4;
    }
    assert_int_equal(scored, 197 + 117); /* participation, one entry a pair */
    for (int32_t i = 0; i < spec->drills.count; i++)
        assert_true(is_source(spec, MST_AT(const mst_drill_def, &spec->drills, i)->item.source));
}

/* ---- values at a decision ------------------------------------------------------------------------ */

typedef struct figure {
    const char *name;
    double value;
} figure;

/* As coded before all others, for 1 March 2023: no meeting of Beijing, no aircraft deal yet. */
static void record__iran_in_march_2023(void **unused)
{
    (void)unused;
    static const char drill[] = "belt-2023";
    static const figure own[] = {{"threat", .90},   {"norm_conflict", .60}, {"complement", .30},
                                 {"access", .90},   {"gain", .50},          {"exposure", .30},
                                 {"autonomy", .70}, {"gov_closeness", .60}, {"coercion", .0},
                                 {"closed", .0},    {"legal_bar", .0},      {"secrecy", .30}};
    static const figure of_china[] = {{"influence", .40}, {"status_cost", .35}, {"ledger", .05}};
    static const figure to_china[] = {{"dependence", .60}, {"resent", .40}, {"ledger", .10}};
    static const figure of_russia[] = {{"influence", .25}, {"status_cost", .30}, {"ledger", .05}};
    static const figure to_russia[] = {{"dependence", .25}, {"resent", .35}, {"ledger", .40}};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        assert_near(attribute(&shipped, drill, "IRN", own[i].name), own[i].value, exact);
    for (size_t i = 0; i < 3; i++) {
        assert_near(directed(&shipped, drill, "CHN", "IRN", of_china[i].name), of_china[i].value,
                    exact);
        assert_near(directed(&shipped, drill, "IRN", "CHN", to_china[i].name), to_china[i].value,
                    exact);
        assert_near(directed(&shipped, drill, "RUS", "IRN", of_russia[i].name), of_russia[i].value,
                    exact);
        assert_near(directed(&shipped, drill, "IRN", "RUS", to_russia[i].name), to_russia[i].value,
                    exact);
    }
    assert_near(mutual(&shipped, drill, "CHN", "IRN", "align"), .50, exact);
    assert_near(mutual(&shipped, drill, "RUS", "IRN", "align"), .65, exact);
    assert_near(mutual(&shipped, drill, "CHN", "IRN", "pact"), .30, exact);
    assert_near(mutual(&shipped, drill, "RUS", "IRN", "pact"), .35, exact);
    assert_near(attribute(&shipped, drill, "CHN", "threat"), .60, exact);
    assert_near(attribute(&shipped, drill, "CHN", "rep"), .70, exact);
    assert_near(attribute(&shipped, drill, "RUS", "threat"), .80, exact);
    assert_near(attribute(&shipped, drill, "RUS", "rep"), .85, exact);
}

/* Of rival models alone; the record has none of them. */
static bool is_read_by_rules(const char *name)
{
    return strcmp(name, "cinc") != 0 && strcmp(name, "ideal_point") != 0;
}

/* All that two files say of a state at the same decision, for the rules to read, is the same. */
static void same_attributes(const record *other, const char *theirs, const char *ours,
                            const char *state)
{
    const mst_setting *s = &case_of(other, theirs)->setting;
    const int32_t at = mst_setting_state(s, state);
    int32_t compared = 0;
    for (int32_t k = 0; k < s->attribute.count; k++) {
        const double want = mst_setting_attribute(s, s->attribute.name[k], at);
        if (isnan(want) || !is_read_by_rules(s->attribute.name[k]))
            continue;
        assert_near(attribute(&shipped, ours, state, s->attribute.name[k]), want, exact);
        compared++;
    }
    assert_true(compared >= 6); /* a host has six */
}

static void same_tie(const record *other, const char *theirs, const char *ours, const char *host,
                     const char *guest)
{
    static const char *const both[] = {"align", "pact", "practised", "history"};
    static const char *const from_host[] = {"influence", "status_cost", "ledger"};
    static const char *const to_host[] = {"dependence", "resent", "ledger"};
    for (size_t i = 0; i < sizeof both / sizeof *both; i++)
        assert_near(mutual(&shipped, ours, host, guest, both[i]),
                    mutual(other, theirs, host, guest, both[i]), exact);
    for (size_t i = 0; i < 3; i++) {
        assert_near(directed(&shipped, ours, host, guest, from_host[i]),
                    directed(other, theirs, host, guest, from_host[i]), exact);
        assert_near(directed(&shipped, ours, guest, host, to_host[i]),
                    directed(other, theirs, guest, host, to_host[i]), exact);
    }
}

static void record__north_korea_as_in_the_worked_case(void **unused)
{
    (void)unused;
    static const char *const state[] = {"PRK", "CHN", "RUS"};
    record worked;
    open_record(&worked, "northern-interaction-2023.cfg", NULL);
    for (size_t i = 0; i < 3; i++)
        same_attributes(&worked, "northern", "northern-2023", state[i]);
    same_tie(&worked, "northern", "northern-2023", "CHN", "PRK");
    same_tie(&worked, "northern", "northern-2023", "RUS", "PRK");
    assert_true(case_of(&worked, "northern")->setting.at ==
                case_of(&shipped, "northern-2023")->setting.at);
    close_record(&worked);
}

static void record__allies_as_in_july_2023(void **unused)
{
    (void)unused;
    static const char *const state[] = {"JPN", "KOR", "AUS", "PHL", "USA"};
    record july;
    open_record(&july, "trilateral-2023.cfg", NULL);
    for (size_t i = 0; i < 5; i++)
        same_attributes(&july, "trilateral", "tri-bmd-2023-07", state[i]);
    for (size_t i = 0; i < 4; i++)
        same_tie(&july, "trilateral", "tri-bmd-2023-07", "USA", state[i]);
    close_record(&july);
}

static void record__cabinets_change(void **unused)
{
    (void)unused;
    assert_near(attribute(&shipped, "rimpac-2018", "KOR", "gov_closeness"), .30, exact);
    assert_near(attribute(&shipped, "pacific-vanguard-2021", "KOR", "gov_closeness"), .30, exact);
    assert_near(attribute(&shipped, "tri-asw-2022-09", "KOR", "gov_closeness"), .80, exact);
    assert_near(attribute(&shipped, "tri-asw-2023-04", "KOR", "gov_closeness"), .90, exact);
    assert_near(mutual(&shipped, "rimpac-2018", "USA", "KOR", "align"), .70, exact);
    assert_near(mutual(&shipped, "tri-mio-2023-10", "USA", "KOR", "align"), .85, exact);
    assert_near(attribute(&shipped, "belt-2021", "IRN", "gov_closeness"), .40, exact);
    assert_near(attribute(&shipped, "belt-2022", "IRN", "gov_closeness"), .60, exact);
}

/* Munitions of November 2022 were alleged on 22 December: decisions before that do not know. */
static void record__what_was_not_yet_known(void **unused)
{
    (void)unused;
    assert_near(directed(&shipped, "bomber-2022-11", "PRK", "RUS", "ledger"), .20, exact);
    assert_near(directed(&shipped, "joint-sea-2022", "PRK", "RUS", "ledger"), .20, exact);
    assert_near(mutual(&shipped, "joint-sea-2022", "RUS", "PRK", "align"), .30, exact);
    assert_near(directed(&shipped, "mosi-2", "PRK", "RUS", "ledger"), .30, exact);
    assert_near(mutual(&shipped, "mosi-2", "RUS", "PRK", "align"), .35, exact);
    /* a drill has not made those who hold it practised when it is decided */
    assert_near(mutual(&shipped, "mosi-1", "CHN", "ZAF", "practised"), 0.0, exact);
    assert_near(mutual(&shipped, "mosi-2", "CHN", "ZAF", "practised"), 1.0, exact);
    /* Beijing, 10 March 2023 */
    assert_near(directed(&shipped, "bomber-2023-06", "CHN", "IRN", "ledger"), .10, exact);
    /* the treaty of 19 June 2024: before it, after it */
    assert_near(mutual(&shipped, "belt-2024", "RUS", "PRK", "align"), .50, exact);
    assert_near(mutual(&shipped, "joint-sea-2024", "RUS", "PRK", "align"), .80, exact);
}

/* ---- what changes with the drill ------------------------------------------------------------------- */

static void record__access_and_complement_by_drill(void **unused)
{
    (void)unused;
    static const struct {
        const char *drill, *state;
        double access, complement;
    } want[] = {
        {"belt-2019", "IRN", .90, .30},
        {"kavkaz-2020", "IRN", 0, .30},
        {"vostok-2018", "IRN", 0, .20},
        {"bomber-2022-11", "IRN", 0, 0},
        {"belt-2024", "IRN", .90, .30},
        {"ocean-2024", "IRN", 0, .30},
        {"mosi-1", "ZAF", .90, .30},
        {"mosi-2", "ZAF", .90, .25},
        {"belt-2023", "ZAF", 0, .25},
        {"zapad-2021", "MNG", 0, .20},
        {"joint-sea-2021", "MNG", 0, 0},
        {"vostok-2022", "IND", 0, .45},
        {"bomber-2023-12", "IND", 0, .10},
        {"tri-asw-2022-09", "KOR", .60, .50},
        {"rimpac-2022", "KOR", 0, .50},
        {"freedom-edge-2024-06", "JPN", .90, .50},
        {"rimpac-2024", "JPN", 0, .50},
        {"pacific-vanguard-2021", "AUS", .90, .40},
        {"pacific-vanguard-2022", "AUS", 0, .40},
        {"mca-2024-04", "PHL", .60, .10},
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        assert_near(attribute(&shipped, want[i].drill, want[i].state, "access"), want[i].access,
                    exact);
        assert_near(attribute(&shipped, want[i].drill, want[i].state, "complement"),
                    want[i].complement, exact);
    }
}

static mst_fleet_reading reading(const record *r, const char *drill, const char *state)
{
    const mst_setting *s = &case_of(r, drill)->setting;
    return s->in->fleet[mst_setting_state(s, state)];
}

/* ready is the least of cap over .20 and reach over .45. */
static void record__index_readings_by_drill(void **unused)
{
    (void)unused;
    static const struct {
        const char *drill, *state;
        double kit, ready;
    } want[] = {
        {"belt-2023", "IRN", .30, .30 / .20},      {"joint-sea-2022", "IRN", .30, .25 / .45},
        {"bomber-2022-11", "IRN", 0, 0},           {"kavkaz-2020", "IRN", .20, .20 / .20},
        {"mosi-1", "ZAF", .30, .30 / .20},         {"mosi-2", "ZAF", .20, .20 / .20},
        {"belt-2023", "ZAF", .20, .30 / .45},      {"belt-2023", "PRK", .15, 0},
        {"northern-2023", "PRK", .141, .15 / .45}, {"joint-sea-2024", "PRK", .141, .05 / .45},
        {"belt-2024", "PAK", .40, .40 / .20},      {"northern-2024", "IND", .70, .70 / .45},
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const mst_fleet_reading got = reading(&shipped, want[i].drill, want[i].state);
        assert_true(got.is_assessed && !got.is_fleet);
        assert_near(got.kit, want[i].kit, exact);
        assert_near(got.cap, want[i].ready, exact);
    }
    assert_false(reading(&shipped, "vostok-2018", "MNG").is_assessed);
    assert_false(reading(&shipped, "kavkaz-2020", "PAK").is_assessed);
    assert_false(reading(&shipped, "rimpac-2018", "JPN").is_assessed);
}

/* What a drill leaves out of a state's indices is the state's own. */
static void record__half_an_index(void **unused)
{
    (void)unused;
    static const char text[] =
        "scenario = { id = \"t\"; title = \"t\"; start = \"2023-01-01T00:00Z\"; };"
        "states = { H = { }; A = { index = { cap = 0.6; reach = 0.2; }; };"
        "           B = { index = { cap = 0.6; reach = 0.2; }; }; };"
        "drills = { d = { hosts = [\"H\"]; candidates = [\"A\", \"B\"]; end = \"2023-01-06\";"
        "    muster = { at = \"2023-01-05T00:00Z\"; lat_deg = 39.5; lon_deg = 134.0; };"
        "    index = { cap_need = 0.5; reach_need = 0.4;"
        "              states = ( { state = \"A\"; reach = 0.3; } ); }; }; };";
    flow f;
    assert_int_equal(flow_run_text(&f, text), MUSTER_OK);
    const mst_model *m = f.model->model;
    const mst_index_row a = mst_model_index(m, 0, 1), b = mst_model_index(m, 0, 2);
    assert_near(a.cap, 0.6, exact);
    assert_near(a.reach, 0.3, exact);
    assert_near(b.reach, 0.2, exact);
    assert_near(f.result->run->fleet[1].cap, 0.3 / 0.4, exact);
    assert_near(f.result->run->fleet[2].cap, 0.2 / 0.4, exact);
    flow_close(&f);
}

/* ---- other readings --------------------------------------------------------------------------------- */

static void record__sweep_of_iran(void **unused)
{
    (void)unused;
    static const figure sweep[] = {
        {"iran-norms-45", .45}, {"iran-norms-60", .60}, {"iran-norms-75", .75}};
    for (size_t i = 0; i < sizeof sweep / sizeof *sweep; i++) {
        record r;
        open_record(&r, "record-2018-2024.cfg", sweep[i].name);
        assert_near(attribute(&r, "belt-2023", "IRN", "norm_conflict"), sweep[i].value, exact);
        assert_near(attribute(&r, "belt-2022", "IRN", "norm_conflict"), .55, exact);
        close_record(&r);
    }
}

static void record__defence_pacts_only(void **unused)
{
    (void)unused;
    static const char *const host[] = {"CHN", "RUS"};
    static const char *const guest[] = {"PRK", "IRN", "MNG", "ZAF", "PAK", "IND"};
    record r;
    open_record(&r, "record-2018-2024.cfg", "defence-pacts-only");
    for (int32_t c = 0; c < r.all.count; c++)
        for (size_t h = 0; h < 2; h++)
            for (size_t g = 0; g < sizeof guest / sizeof *guest; g++) {
                const char *drill = r.all.item[c].setting.drill;
                const double now = mutual(&r, drill, host[h], guest[g], "pact");
                const double before = mutual(&shipped, drill, host[h], guest[g], "pact");
                assert_near(now, before < .70 ? 0.0 : before, exact);
            }
    assert_near(mutual(&r, "belt-2023", "CHN", "PRK", "pact"), .80, exact);
    close_record(&r);
}

static void record__history_beyond_allies(void **unused)
{
    (void)unused;
    record r;
    open_record(&r, "record-2018-2024.cfg", "history-beyond-allies");
    assert_near(mutual(&r, "tsentr-2019", "CHN", "IND", "history"), .40, exact);
    assert_near(mutual(&r, "zapad-2021", "CHN", "IND", "history"), .80, exact);
    assert_near(mutual(&r, "tsentr-2019", "IND", "PAK", "history"), 1.0, exact);
    assert_near(mutual(&r, "zapad-2021", "CHN", "IND", "align"), .10, exact);
    assert_near(mutual(&shipped, "zapad-2021", "CHN", "IND", "history"), 0.0, exact);
    close_record(&r);
}

static void record__as_if_able(void **unused)
{
    (void)unused;
    record r;
    open_record(&r, "record-2018-2024.cfg", "as-if-able");
    for (int32_t i = 0; i < r.all.count; i++) {
        const mst_setting *s = &r.all.item[i].setting;
        for (int32_t k = 0; k < s->candidate_count; k++) {
            const char *state = s->state[s->candidate[k]];
            const mst_fleet_reading was = reading(&shipped, s->drill, state);
            const mst_fleet_reading is = s->in->fleet[s->candidate[k]];
            assert_true(is.is_assessed);
            /* what a drill says of a state stays; 1/.45 is the lesser of 1/.20 and 1/.45 */
            assert_near(is.kit, was.is_assessed ? was.kit : 1.0, exact);
            assert_near(is.cap, was.is_assessed ? was.cap : 1.0 / .45, exact);
        }
    }
    close_record(&r);
}

/* ---- what is told ------------------------------------------------------------------------------------ */

/* The factors shown are those of the decision: the last drill of the file was decided 20 months later,
 * without access to the ports of Iran. */
static void record__why_tells_of_its_own_day(void **unused)
{
    (void)unused;
    const muster_tell tell = {
        .scenario = shipped.f.scenario, .model = shipped.f.model, .result = shipped.f.result};
    char *text = muster_tell_why(&tell, "IRN", "belt-2023", false, shipped.f.diags);
    assert_non_null(text);
    assert_non_null(strstr(text, "use of its ports: 0.5 x 0.9 "));
    assert_non_null(strstr(text, "0.35 x 1 x (0.4 + 0.6 x 0.6)"));
    assert_non_null(strstr(text, "-0.9 x 1 x 0.85 x 1 x 0.6 x 0.8"));
    muster_tell_free(text, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(record__counts),
        cmocka_unit_test(record__joining_states),
        cmocka_unit_test(record__allies_organised),
        cmocka_unit_test(record__weights_are_fixed),
        cmocka_unit_test(record__evidence_has_sources),
        cmocka_unit_test(record__iran_in_march_2023),
        cmocka_unit_test(record__north_korea_as_in_the_worked_case),
        cmocka_unit_test(record__allies_as_in_july_2023),
        cmocka_unit_test(record__cabinets_change),
        cmocka_unit_test(record__what_was_not_yet_known),
        cmocka_unit_test(record__access_and_complement_by_drill),
        cmocka_unit_test(record__index_readings_by_drill),
        cmocka_unit_test(record__half_an_index),
        cmocka_unit_test(record__sweep_of_iran),
        cmocka_unit_test(record__defence_pacts_only),
        cmocka_unit_test(record__history_beyond_allies),
        cmocka_unit_test(record__as_if_able),
        cmocka_unit_test(record__why_tells_of_its_own_day),
    };
    return cmocka_run_group_tests_name("record", tests, open_it, close_it);
}
