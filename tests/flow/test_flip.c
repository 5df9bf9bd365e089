/* What flips a verdict, against runs: every printed value and tipping value is set and run. */
#include "test.h"

#include "base/text.h"
#include "flip_world.h"
#include "flipping.h"
#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CASE "northern-interaction-2023.cfg"

/* ---- the contract ------------------------------------------------------------------------------------ */

/* Lines of a set, but for one lever (-1: all of them). Borrowed from the document. */
static int32_t lines_of(json_t *set, int32_t without, const char *out[FLIP_LINES_MAX])
{
    size_t i, k;
    json_t *lever, *line;
    int32_t count = 0;
    json_array_foreach(json_object_get(set, "levers"), i, lever)
    {
        if ((int32_t)i != without)
            json_array_foreach(json_object_get(lever, "changes"), k, line) out[count++] =
                json_string_value(line);
    }
    return count;
}

static bool joins_with(flipping *p, const char *state, const char *const *lines, int32_t count)
{
    mst_verdict v;
    assert_true(flipping_run(p, state, NULL, lines, count, &v));
    return v.joins != 0;
}

/* As people write it: a difference of 0.3501 and 0.0001 is 0.35. */
static bool number_line(json_t *lever, double exact, char out[256])
{
    const double value = round(exact * 1e9) / 1e9;
    const double min = flow_real(lever, "min"), max = flow_real(lever, "max");
    snprintf(out, 256, "%s = %.17g%s", flipping_word(lever, "path"), value,
             value == floor(value) && !flipping_is_true(lever, "whole") ? ".0" : "");
    return value >= min && value <= max;
}

/* A lever of a set on either side of where it tips, the others at their values: two verdicts. */
static void check_tip(flipping *p, const char *state, json_t *told, json_t *set, int32_t which,
                      bool was)
{
    json_t *member = json_array_get(json_object_get(set, "levers"), (size_t)which);
    json_t *lever = flipping_lever(told, flipping_word(member, "id"));
    const char *lines[FLIP_LINES_MAX];
    char line[256];
    const int32_t count = lines_of(set, which, lines);
    lines[count] = line;
    json_t *tip = json_object_get(member, "tips_at");
    if (json_is_string(json_object_get(member, "value")) || flipping_is_true(lever, "whole")) {
        if (json_is_string(tip))
            snprintf(line, sizeof line, "%s = \"%s\"", flipping_word(lever, "path"),
                     json_string_value(tip));
        else
            number_line(lever, json_number_value(tip), line);
        assert_true(joins_with(p, state, lines, count + 1) == was);
        return;
    }
    const double range = flow_real(lever, "max") - flow_real(lever, "min");
    const double way = flow_real(member, "value") > flow_real(lever, "now") ? 1.0 : -1.0;
    const double at =
        flow_real(member, "turns_from"); /* as printed: away from now by less than that */
    assert_true(way * (at - json_number_value(tip)) >= 0.0);
    assert_true(way * (at - json_number_value(tip)) <= 1.0001e-4 * range);
    if (number_line(lever, at - way * 1e-4 * range, line))
        assert_true(joins_with(p, state, lines, count + 1) == was);
    if (number_line(lever, at, line))
        assert_true(joins_with(p, state, lines, count + 1) != was);
    if (number_line(lever, at + way * 1e-4 * range, line))
        assert_true(joins_with(p, state, lines, count + 1) != was);
}

/* All sets of a document: the printed point flips, no member may be left where it was, tips are tips. */
static void check_sets(flipping *p, const char *state, json_t *told)
{
    size_t i;
    json_t *set;
    const bool was = flipping_is_true(told, "joins");
    double before = 0.0;
    size_t size = 0;
    json_array_foreach(json_object_get(told, "sets"), i, set)
    {
        const char *lines[FLIP_LINES_MAX];
        const size_t members = json_array_size(json_object_get(set, "levers"));
        mst_verdict v;
        assert_true(flipping_run(p, state, NULL, lines, lines_of(set, -1, lines), &v));
        assert_true((v.joins != 0) != was);
        assert_true(flipping_is_true(set, "joins") != was);
        for (int32_t s = 0; s < v.stage_count; s++) {
            char path[64];
            snprintf(path, sizeof path, "stages[%d].margin", (int)s);
            if (!isnan(v.stage[s].margin))
                assert_near(flow_real(set, path), v.stage[s].margin, 1e-11); /* 12 digits */
        }
        for (int32_t k = 0; k < (int32_t)members; k++) {
            assert_true(joins_with(p, state, lines, lines_of(set, k, lines)) == was);
            check_tip(p, state, told, set, k, was);
        }
        assert_true(members > size || flow_real(set, "cost") >= before); /* in order */
        assert_true(members >= size);
        assert_true(json_is_null(json_object_get(set, "least_cost")) !=
                    flipping_is_true(set, "proved"));
        if (flipping_is_true(set, "proved"))
            assert_true(flow_real(set, "least_cost") <= flow_real(set, "cost") + 1e-9);
        before = flow_real(set, "cost");
        size = members;
    }
}

/* Each lever alone: on either side of where it turns a stage that stage stands otherwise. */
static int32_t check_alone(flipping *p, const char *state, json_t *told)
{
    size_t i, k;
    json_t *lever, *turn;
    int32_t count = 0;
    mst_verdict now, v;
    assert_true(flipping_run(p, state, NULL, NULL, 0, &now));
    json_array_foreach(json_object_get(told, "levers"), i, lever)
    {
        char line[256];
        const char *lines[] = {line};
        json_array_foreach(flow_at(lever, "alone.turns"), k, turn)
        {
            const int32_t stage = (int32_t)flow_real(turn, "stage");
            const bool was_yes = now.stage[stage].standing == MST_YES;
            count++;
            if (json_is_string(json_object_get(turn, "at"))) {
                snprintf(line, sizeof line, "%s = \"%s\"", flipping_word(lever, "path"),
                         flipping_word(turn, "at"));
                assert_true(flipping_run(p, state, NULL, lines, 1, &v));
                assert_true((v.stage[stage].standing == MST_YES) != was_yes);
                continue;
            }
            const double tip = flow_real(turn, "at"), is = flow_real(lever, "now");
            if (flipping_is_true(lever, "whole")) {
                number_line(lever, tip, line);
                assert_true(flipping_run(p, state, NULL, lines, 1, &v));
                assert_true((v.stage[stage].standing == MST_YES) != was_yes);
                continue;
            }
            const double step = 1e-4 * (flow_real(lever, "max") - flow_real(lever, "min"));
            const double way = tip > is ? step : -step;
            const double from = flow_real(turn, "from");
            if (number_line(lever, from - way, line)) {
                assert_true(flipping_run(p, state, NULL, lines, 1, &v));
                assert_true((v.stage[stage].standing == MST_YES) == was_yes);
            }
            for (int32_t n = 0; n < 2; n++)
                if (number_line(lever, from + n * way, line)) {
                    assert_true(flipping_run(p, state, NULL, lines, 1, &v));
                    assert_true((v.stage[stage].standing == MST_YES) != was_yes);
                }
        }
    }
    return count;
}

/* ---- the worked case --------------------------------------------------------------------------------- */

static void test_flip__of_the_worked_case_finds_its_sets(void **state)
{
    (void)state;
    static const char *const sets[] = {
        "allotment frigates visibility own-ledger",
        "allotment frigates visibility autonomy",
        "allotment frigates align-china align-russia own-ledger",
        "allotment frigates align-china rep-russia own-ledger",
        "allotment frigates rep-china align-russia own-ledger",
        "allotment frigates rep-china rep-russia own-ledger",
        "allotment frigates align-china align-russia autonomy",
        "allotment frigates align-china rep-russia autonomy",
        "allotment frigates rep-china align-russia autonomy",
        "allotment frigates rep-china rep-russia autonomy",
    };
    enum { SETS = sizeof sets / sizeof *sets };
    flipping p;
    flipping_open(&p, CASE, NULL);
    json_t *told = flipping_told(&p, "PRK", NULL);
    assert_int_equal(json_array_size(json_object_get(told, "sets")), SETS);
    for (int32_t i = 0; i < SETS; i++)
        if (!flipping_set(told, sets[i]))
            fail_msg("no set %s", sets[i]);
    assert_int_equal(flow_real(told, "sets_asked"), 637);
    assert_int_equal(flow_real(told, "sets_denied_by_search"), 0);
    assert_int_equal(flow_real(told, "sets_not_confirmed"), 0);
    assert_true(flipping_is_true(told, "overdetermined"));
    /* the nearest holds five levers: two closenesses that hardly move instead of visibility */
    json_t *nearest = flipping_set(told, sets[2]);
    assert_ptr_equal(
        nearest, json_array_get(json_object_get(told, "sets"), (size_t)flow_real(told, "nearest")));
    /* by hand, kit 1 with the frigates: China lacks .1643, Russia .0282, the candidate .1098; fuel
     * .0711 of a tank more and one frigate of two: .5 + .0711 + .1643 + .0282 + .1098 */
    assert_near(flow_real(nearest, "least_cost"), 0.8734, 2e-4);
    flipping_close(&p);
}

/* DEFINITIONS 10: CHN-PRK .629, RUS-PRK .392, autonomy .671. */
static void test_flip__tells_what_each_lever_turns_alone(void **state)
{
    (void)state;
    flipping p;
    flipping_open(&p, CASE, NULL);
    json_t *told = flipping_told(&p, "PRK", NULL);
    assert_near(flow_real(flipping_lever(told, "align-china"), "alone.turns[0].at"), 0.629, 5e-4);
    assert_near(flow_real(flipping_lever(told, "align-russia"), "alone.turns[0].at"), 0.392, 5e-4);
    assert_near(flow_real(flipping_lever(told, "autonomy"), "alone.turns[0].at"), 0.671, 5e-4);
    assert_int_equal(flow_real(flipping_lever(told, "align-china"), "alone.turns[0].stage"), 1);
    assert_int_equal(json_array_size(flow_at(flipping_lever(told, "visibility"), "alone.turns")),
                     2);
    assert_int_equal(json_array_size(flow_at(flipping_lever(told, "frigates"), "alone.turns")), 0);
    assert_int_equal(check_alone(&p, "PRK", told), 8);
    flipping_close(&p);
}

static void test_flip__tips_are_tips_in_runs(void **state)
{
    (void)state;
    static const char *const variants[] = {NULL, "after-june-2024", "frigates-granted"};
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        flipping p;
        const muster_changes changes = {.variant = variants[i]};
        flipping_open(&p, CASE, &changes);
        json_t *told = flipping_told(&p, "PRK", NULL);
        assert_true(json_array_size(json_object_get(told, "sets")) >= 3);
        check_sets(&p, "PRK", told);
        assert_true(check_alone(&p, "PRK", told) >= 1);
        flipping_close(&p);
    }
}

/* A variant in which it joins: the sets are then of what keeps it out, and most are single levers. */
static void test_flip__works_from_yes_to_no(void **state)
{
    (void)state;
    static const char *const lines[] = {"states.PRK.attributes.autonomy = 0.5",
                                        "drills.northern.visibility = 0.4"};
    flipping p;
    const muster_changes changes = {.variant = "fuel-and-frigates", .line = lines, .line_count = 2};
    flipping_open(&p, CASE, &changes);
    json_t *told = flipping_told(&p, "PRK", NULL);
    assert_true(flipping_is_true(told, "joins"));
    assert_false(flipping_is_true(told, "overdetermined"));
    static const char *const single[] = {"allotment",  "frigates",  "align-china", "align-russia",
                                         "visibility", "rep-china", "autonomy"};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (!flipping_set(told, single[i]))
            fail_msg("%s alone does not keep it out", single[i]);
    /* Russia's margin is .232 there and its reputation takes .046 more of it at most */
    assert_null(flipping_set(told, "rep-russia"));
    check_sets(&p, "PRK", told);
    check_alone(&p, "PRK", told);
    flipping_close(&p);
}

/* ---- the cheap way is the whole way ------------------------------------------------------------------- */

typedef struct dice {
    uint64_t key, next;
} dice;

static double roll(dice *d, double low, double high)
{
    d->next += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = d->next ^ d->key;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return low + (high - low) * (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static mst_flip_session *open_session(flipping *p, const char *state, const char *drill)
{
    const muster_flip_from from = {.text = p->f.text, .changes = &p->given, .routes = p->f.routes};
    mst_flip_session *s = NULL;
    assert_int_equal(mst_flip_open(p->f.result, &from, mst_model_drill(p->f.model->model, drill),
                                   mst_model_state(p->f.model->model, state), NULL, p->f.diags, &s),
                     MUSTER_OK);
    return s;
}

/* Random points of all levers: the scene's judgement is that of a run of the text with --set. */
static void check_cheap(flipping *p, const char *state, const char *drill, int32_t points)
{
    dice d = {31, 0};
    mst_flip_session *s = open_session(p, state, drill);
    const mst_flip *flip = mst_flip_result(s);
    for (int32_t point = 0; point < points; point++) {
        double x[MST_FLIP_LEVERS_MAX];
        for (int32_t i = 0; i < flip->lever_count; i++) {
            const mst_flip_lever *l = &flip->lever[i];
            const bool is_counted = l->kind == MST_LEVER_CHOICE || l->kind == MST_LEVER_WHOLE;
            x[i] = roll(&d, 0, 1) < 0.4 ? l->now
                   : is_counted         ? floor(roll(&d, l->min, l->max + 1.0))
                                        : roll(&d, l->min, l->max);
        }
        mst_verdict whole;
        assert_true(flip->world.rerun(flip->world.context, x, &whole));
        mst_flip_scene *scene = flip->world.scene(flip->world.context, x);
        assert_non_null(scene);
        const mst_verdict *cheap = mst_flip_judge(scene, flip, x);
        assert_int_equal(cheap->joins, whole.joins);
        for (int32_t i = 0; i < whole.stage_count; i++) {
            assert_int_equal(cheap->stage[i].standing, whole.stage[i].standing);
            /* the same sums in the same order; a value may go to SI and back on the way */
            if (!isnan(whole.stage[i].margin))
                assert_near(cheap->stage[i].margin, whole.stage[i].margin, 1e-12);
        }
    }
    mst_flip_close(s);
}

static void test_flip__the_cheap_way_gives_the_verdict_of_a_run(void **state)
{
    (void)state;
    static const char *const variants[] = {NULL, "after-june-2024"};
    for (size_t i = 0; i < 2; i++) {
        flipping p;
        const muster_changes changes = {.variant = variants[i]};
        flipping_open(&p, CASE, &changes);
        check_cheap(&p, "PRK", NULL, 60);
        check_cheap(&p, "CHN", NULL, 10);
        flipping_close(&p);
    }
}

/* ---- other scenarios -------------------------------------------------------------------------------------- */

/* A base is a choice, a class's range and two allotments are numbers of fleets: all are run again. */
static void test_flip__moves_fleets_and_places(void **state)
{
    (void)state;
    flipping p;
    flipping_open_text(&p, WORLD "drills = {" DRILL("d", "28", "14", "1.0", "") "};" RULES LEVERS,
                       NULL);
    json_t *told = flipping_told(&p, "B", NULL);
    assert_true(json_array_size(json_object_get(told, "sets")) >= 2);
    assert_int_equal(flow_real(told, "sets_not_confirmed"), 0);
    assert_true(flow_real(told, "sets_denied_by_search") > 0);
    check_sets(&p, "B", told);
    check_alone(&p, "B", told);
    check_cheap(&p, "B", NULL, 40);
    check_cheap(&p, "A", NULL, 10);
    flipping_close(&p);
}

/* Ships that another drill has are not there: a wish to come that makes B join the first drill keeps it
 * out of the second. Only how visible the second is moves that one alone. */
static void test_flip__of_a_second_drill_minds_the_first(void **state)
{
    (void)state;
    static const char *const lines[] = {"ties.A-B.align = 0.15"};
    const muster_changes changes = {.line = lines, .line_count = 1};
    flipping p;
    flipping_open_text(
        &p,
        WORLD "drills = {" DRILL("d", "16", "08", "0.5", "")
            DRILL("e", "24", "17", "0.5",
                  "") "};" RULES
                      "whatif = { fuel = { path = \"units.b1.allotment_frac\"; min = 0.0; max = "
                      "1.0; };"
                      " will = { path = \"states.B.attributes.will\"; min = 0.0; max = 1.0; };"
                      " align = { path = \"ties.A-B.align\"; min = 0.0; max = 1.0; };"
                      " seen = { path = \"drills.e.visibility\"; min = 0.0; max = 1.0; }; };",
        &changes);
    check_cheap(&p, "B", "d", 25);
    check_cheap(&p, "B", "e", 25);
    json_t *told = flipping_told(&p, "B", "e");
    assert_string_equal(flipping_word(told, "drill"), "e");
    assert_int_equal(flow_real(told, "sets_not_confirmed"), 0);
    assert_non_null(flipping_set(told, "fuel will seen"));
    assert_null(flipping_set(told, "fuel will align")); /* then it is away with the first drill */
    json_t *first = flipping_told(&p, "B", "d");
    assert_non_null(flipping_set(first, "fuel will align"));
    assert_null(flipping_set(first, "fuel will seen"));
    flipping_close(&p);
}

/* Two figures that are one lever move together, and a line stands beside them. */
static void test_flip__moves_a_bundle_as_one(void **state)
{
    (void)state;
    flipping p;
    flipping_open_text(
        &p,
        WORLD "drills = {" DRILL(
            "d", "28", "14", "1.0",
            "") "};" RULES
                "whatif = { fuel = { path = \"units.b1.allotment_frac\"; min = 0.0; max = 1.0;"
                " with = [\"units.b2.allotment_frac\", \"states.B.attributes.will = 0.8\"]; }; };",
        NULL);
    json_t *told = flipping_told(&p, "B", NULL);
    json_t *set = flipping_set(told, "fuel");
    assert_non_null(set);
    assert_int_equal(json_array_size(flow_at(set, "levers[0].changes")), 3);
    assert_string_equal(flipping_word(set, "levers[0].changes[2]"),
                        "states.B.attributes.will = 0.8");
    const char *lines[FLIP_LINES_MAX];
    assert_true(joins_with(&p, "B", lines, lines_of(set, -1, lines)));
    lines[0] =
        flipping_word(set, "levers[0].changes[0]"); /* without what moves along it does not */
    assert_false(joins_with(&p, "B", lines, 1));
    flipping_close(&p);
}

/* A value that is missing leaves its stage unjudged; a lever that gives it can only make it a no. */
static void test_flip__of_a_missing_value(void **state)
{
    (void)state;
    flipping p;
    flipping_open_text(
        &p,
        "scenario = { id = \"m\"; title = \"M\"; start = \"2030-01-01T00:00Z\";"
        " horizon = \"40 d\"; };"
        "states = { H = { index = { cap = 0.9; reach = 0.9; }; attributes = { doubt "
        "= 0.5; }; }; C = { index = { cap = 0.5; reach = 0.9; }; }; };"
        "ties = { H-C = { a = \"H\"; b = \"C\"; align = 0.3; }; };"
        "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };"
        "weather = { sea_state = 2; };"
        "drills = { d = { hosts = [\"H\"]; candidates = [\"C\"]; area = \"sea\";"
        " cap_need = 0.3; index = { cap_need = 0.3; reach_need = 0.4; };"
        " muster = { at = \"2030-01-20T00:00Z\"; }; end = \"2030-01-22T00:00Z\"; }; "
        "};"
        "alignment = { rules = {"
        " a = { stage = \"admit\"; form = \"product\"; sign = 1; weight = 1.0; terms "
        "= [\"tie.align\"]; };"
        " b = { stage = \"accept\"; form = \"product\"; sign = -1; weight = 1.0; "
        "terms = [\"cand.doubt\"]; };"
        " c = { stage = \"accept\"; form = \"linear\"; sign = 1; weight = 0.4; terms "
        "= [\"1.0\"]; }; }; };"
        "whatif = { doubt = { path = \"states.C.attributes.doubt\"; min = 0.0; max = "
        "1.0; cost = 0.1; };"
        " align = { path = \"ties.H-C.align\"; min = 0.2; max = 1.0; }; };",
        NULL);
    json_t *told = flipping_told(&p, "C", NULL);
    assert_true(flipping_is_true(told, "joins"));
    assert_string_equal(flipping_word(told, "stages[2].standing"), "not assessed");
    assert_true(json_is_null(flow_at(told, "levers[0].now")));
    json_t *set = flipping_set(told, "doubt");
    assert_non_null(set);
    assert_int_equal(json_array_size(json_object_get(told, "sets")), 1);
    /* to give it costs what the whole range costs, wherever it comes to lie */
    assert_near(flow_real(set, "cost"), 0.1, 0.0);
    assert_true(flow_real(set, "levers[0].value") >= 0.4);
    assert_near(flow_real(told, "levers[0].alone.at"), 0.4, 1e-9);
    flipping_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flip__of_the_worked_case_finds_its_sets),
        cmocka_unit_test(test_flip__tells_what_each_lever_turns_alone),
        cmocka_unit_test(test_flip__tips_are_tips_in_runs),
        cmocka_unit_test(test_flip__works_from_yes_to_no),
        cmocka_unit_test(test_flip__the_cheap_way_gives_the_verdict_of_a_run),
        cmocka_unit_test(test_flip__moves_fleets_and_places),
        cmocka_unit_test(test_flip__of_a_second_drill_minds_the_first),
        cmocka_unit_test(test_flip__moves_a_bundle_as_one),
        cmocka_unit_test(test_flip__of_a_missing_value),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
