/* What muster rivals puts on the screen of the shipped record: marks, keys, curves, words for one and many. */
#include "test.h"

#include "document.h"
#include "flow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static flow record;

static int open_it(void **unused)
{
    (void)unused;
    assert_int_equal(flow_run(&record, "record-2018-2024.cfg", NULL, NULL), MUSTER_OK);
    return 0;
}

static int close_it(void **unused)
{
    (void)unused;
    flow_close(&record);
    flow_forget_land();
    return 0;
}

static char *told(const char *model, const char *drill, bool as_json)
{
    const muster_tell tell = {
        .scenario = record.scenario, .model = record.model, .result = record.result};
    char *text = muster_tell_rivals(&tell, model, drill, as_json, NULL);
    assert_non_null(text);
    return text;
}

/* Lines of the matrix, which stand between its head and an empty line. */
static const char *matrix_of(const char *screen)
{
    const char *head = strstr(screen, "\nDecided ");
    assert_non_null(head);
    return strchr(head + 1, '\n') + 1;
}

/* Each line of a pair is another; a drill's id stands there whole; a wrong answer is an x and nothing else. */
static void test_screen__each_line_of_the_matrix_stands_for_one_pair(void **state)
{
    (void)state;
    char *screen = told(NULL, NULL, false);
    const char *line = matrix_of(screen);
    int32_t lines = 0, wrong = 0;
    for (; *line != '\n'; line = strchr(line, '\n') + 1, lines++) {
        char date[16], drill[64], who[16], came[8];
        int used = 0;
        assert_int_equal(sscanf(line, "%15s %63s %15s %7s%n", date, drill, who, came, &used), 4);
        char key[128];
        snprintf(key, sizeof key, "%.*s ", (int)strcspn(line + 11, " ") + 11, line);
        assert_null(strstr(drill, ".."));
        for (const char *c = line + used; *c != '\n'; c++) {
            if (!strchr(" +-x.", *c))
                fail_msg("'%c' in: %.80s", *c, line);
            wrong += *c == 'x';
            assert_true(*c != 'x' || strcmp(came, "?") != 0);
        }
        const char *again = strstr(strchr(line, '\n'), key);
        for (; again; again = strstr(again + 1, key)) { /* of one drill another state */
            char other[16];
            assert_int_equal(sscanf(again, "%*s %*s %15s", other), 1);
            assert_string_not_equal(other, who);
        }
    }
    assert_int_equal(lines, 322);
    assert_true(wrong > 300);
    muster_tell_free(screen, NULL);
}

static void has(const char *text, const char *words)
{
    char *const plain = strdup(text);
    assert_non_null(plain);
    for (char *c = plain; *c; c++)
        *c = *c == '\n' ? ' ' : *c;
    if (!strstr(plain, words))
        fail_msg("not told: %s", words);
    free(plain);
}

static void test_screen__says_first_how_much_there_is(void **state)
{
    (void)state;
    char *screen = told(NULL, NULL, false);
    has(screen, "Short names: CHN China, RUS Russia, USA United States,");
    has(screen, "13 states, 64 drills, 322 pairs of a drill and a candidate; 314 with an outcome "
                "on record, "
                "of which 91 took part.");
    has(screen, "Came \"?\": whether it came is not on record.");
    has(screen, "1 join by 1 state; 10 joins by at least 5 states are needed.");
    has(screen, "coded, by what the file says? Yes, for 150 pairs (8deb6a42ee8972bb).");
    has(screen, "12 pairs scored, of which none took part");
    has(screen, "and not index_ready_need and tau");
    muster_tell_free(screen, NULL);
}

/* Logit equilibria need a rule that the file does not have. */
static void test_screen__who_can_say_nothing_has_no_column(void **state)
{
    (void)state;
    char *screen = told(NULL, NULL, false);
    const char *const columns = strstr(screen, "Columns:");
    assert_non_null(columns);
    has(screen, "Left out, as they can say nothing here (--model NAME says why): logit "
                "equilibria,");
    assert_true(strncmp(columns + 9, "  A  participation rules\n", 25) == 0);
    const char *const next = strstr(columns, "logit equilibria");
    assert_true(!next || next > strstr(screen, "THE MODELS"));
    muster_tell_free(screen, NULL);
    screen = told("equilibria", "belt-2023", false); /* asked for, it says why */
    has(screen, "decisions that depend on each other; no");
    muster_tell_free(screen, NULL);
    screen = told("landscape", "belt-2023", true); /* which pair it lacks */
    has(screen, "align of every pair; AUS and CHN have none, nor have 60 other pairs");
    muster_tell_free(screen, NULL);
}

/* Camps are reckoned from one value a pair: two values, or one way only, are named and not averaged. */
static void test_screen__a_pair_with_two_values_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *tie, *words;
    } of[] = {{"a_to_b = { align = 0.4; }; b_to_a = { align = -0.2; };",
               "A and B have 0.4 there and -0.2 back, where one value for both is needed"},
              {"a_to_b = { align = 0.4; };", "A and B have it in one direction only"},
              {"mutual = { align = 0.4; };", NULL}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "scenario = { id = \"two\"; title = \"Two\"; start = \"2030-01-19T00:00Z\"; };\n"
                 "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };\n"
                 "states = { A = { name = \"Aland\"; }; B = { name = \"Beland\"; }; };\n"
                 "ties = { A-B = { a = \"A\"; b = \"B\"; %s }; };\n"
                 "drills = { d = { hosts = [\"A\"]; candidates = [\"B\"]; area = \"sea\"; cap_need "
                 "= 0.3;\n"
                 "muster = { at = \"2030-01-20T00:00Z\"; }; end = \"2030-01-22T00:00Z\"; }; };\n",
                 of[i].tie);
        flow f;
        assert_int_equal(flow_run_text(&f, text), MUSTER_OK);
        const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
        char *screen = muster_tell_rivals(&tell, "landscape", NULL, true, NULL);
        assert_non_null(screen);
        if (of[i].words)
            has(screen, of[i].words);
        else
            assert_null(strstr(screen, "A and B have"));
        muster_tell_free(screen, NULL);
        flow_close(&f);
    }
}

/* Every point of a curve where one model is asked for: at the rule's own threshold the hits of the rule. */
static void test_screen__the_whole_curve_of_one_model(void **state)
{
    (void)state;
    char *text = told("closeness", NULL, true);
    json_t *d = json_loads(text, 0, NULL);
    json_t *tables = json_object_get(d, "scores"), *table;
    size_t i = 0, k = 0;
    int32_t curves = 0;
    json_array_foreach(tables, i, table)
    {
        json_t *const score = flow_at(table, "models[0]");
        json_t *const curve = json_object_get(score, "curve"), *cut;
        double joins = 0.0, absences = 0.0;
        assert_true(json_array_size(curve) > 2);
        assert_true(json_is_null(json_object_get(json_array_get(curve, 0), "threshold")));
        assert_near(flow_real(json_array_get(curve, 0), "join_hits"), 0.0, 0.0);
        json_array_foreach(curve, k, cut)
        {
            if (k > 0 && flow_real(cut, "threshold") > 0.0) { /* the rule: > 0 */
                joins = flow_real(cut, "join_hits");
                absences = flow_real(cut, "absence_hits");
            }
        }
        assert_near(joins, flow_real(score, "join_hits"), 0.0);
        assert_near(absences, flow_real(score, "absence_hits"), 0.0);
        curves++;
    }
    assert_int_equal(curves, 4);
    json_decref(d);
    muster_tell_free(text, NULL);
    text = told("closeness", NULL, false);
    has(text, "Every point of the curve of closeness alone:");
    muster_tell_free(text, NULL);
    text = told(NULL, NULL, false);
    has(text, "calibration: nobody came in all 12 pairs");
    /* the best of similar alliances on 150 pairs, and its digits */
    has(text, "similar alliances      >= 0.5     1/1 0/149         >= 0.6273   1/1 102/149");
    has(text, "  joins 0000000009999999      absent 9998887766655210 ");
    /* of more points than there are marks the first and the last, and evenly some between */
    has(text, "  joins 00999999999999999999  absent 99988776665543331000 ");
    muster_tell_free(text, NULL);
}

/* Where the screen gives no verdict on the models, the document gives none; nor on a null itself. */
static void test_screen__no_verdict_in_the_document_either(void **state)
{
    (void)state;
    char *text = told(NULL, NULL, true);
    json_t *d = json_loads(text, 0, NULL), *table, *one;
    size_t i = 0, k = 0;
    int32_t yes = 0, no = 0;
    json_array_foreach(json_object_get(d, "scores"), i, table)
    {
        json_array_foreach(json_object_get(table, "models"), k, one)
        {
            json_t *const beats = json_object_get(one, "beats_nulls");
            yes += json_is_true(beats);
            no += json_is_false(beats);
            assert_true(json_is_null(beats) ||
                        json_is_false(json_object_get(table, "too_few_to_rank")));
        }
    }
    assert_int_equal(yes, 1); /* past participation; five others do not, as the screen has it */
    assert_int_equal(no, 5);
    json_decref(d);
    muster_tell_free(text, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_screen__each_line_of_the_matrix_stands_for_one_pair),
        cmocka_unit_test(test_screen__says_first_how_much_there_is),
        cmocka_unit_test(test_screen__who_can_say_nothing_has_no_column),
        cmocka_unit_test(test_screen__a_pair_with_two_values_is_named),
        cmocka_unit_test(test_screen__the_whole_curve_of_one_model),
        cmocka_unit_test(test_screen__no_verdict_in_the_document_either),
    };
    return cmocka_run_group_tests(tests, open_it, close_it);
}
