/* The other shipped drills: clean files under one library of rules, and reports that speak of what they
 * are about. Their figures: test_patrol.c, test_trilateral.c. */
#include "flow.h"
#include "test.h"

#include <string.h>

static const char patrol_file[] = "bomber-patrol-2022.cfg",
                  trilateral_file[] = "trilateral-2023.cfg";
static flow patrol, trilateral; /* as shipped, run once */

static int open_both(void **unused)
{
    (void)unused;
    return flow_run(&patrol, patrol_file, NULL, NULL) == MUSTER_OK && flow_json(&patrol) &&
                   flow_run(&trilateral, trilateral_file, NULL, NULL) == MUSTER_OK &&
                   flow_json(&trilateral)
               ? 0
               : -1;
}

static int close_both(void **unused)
{
    (void)unused;
    flow_close(&patrol);
    flow_close(&trilateral);
    flow_forget_land();
    return 0;
}

static void files__are_clean_and_every_figure_has_a_source(void **unused)
{
    (void)unused;
    const flow *const both[] = {&patrol, &trilateral};
    for (int i = 0; i < 2; i++) {
        for (int32_t k = 0; k < muster_diags_count(both[i]->diags); k++)
            fail_msg("%s: %s", muster_diags_at(both[i]->diags, k)->file,
                     muster_diags_at(both[i]->diags, k)->message);
        assert_int_equal(muster_scenario_unsourced(both[i]->scenario, both[i]->diags), 0);
    }
}

/* The names of the rules, their weights and terms, are those of the worked case: one file. */
static void files__have_the_rules_of_the_worked_case(void **unused)
{
    (void)unused;
    flow worked;
    assert_int_equal(flow_run(&worked, "northern-interaction-2023.cfg", NULL, NULL), MUSTER_OK);
    const flow *const all[] = {&worked, &patrol, &trilateral};
    const char *rules[3];
    size_t length[3];
    for (int i = 0; i < 3; i++) {
        rules[i] = strstr(muster_source_text_bytes(all[i]->text, NULL), "rules = {");
        assert_non_null(rules[i]);
        const char *end = strstr(rules[i], "\n    };");
        assert_non_null(end);
        length[i] = (size_t)(end - rules[i]);
        assert_true(length[i] > 5000);
        assert_int_equal(length[i], length[0]);
        assert_memory_equal(rules[i], rules[0], length[0]);
    }
    flow_close(&worked);
}

static void reports__fit_80_columns_and_speak_of_flights(void **unused)
{
    (void)unused;
    const flow *const both[] = {&patrol, &trilateral};
    static const char *const of_whom[] = {"PRK", "KOR"};
    for (int i = 0; i < 2; i++) {
        const muster_tell tell = {
            .scenario = both[i]->scenario, .model = both[i]->model, .result = both[i]->result};
        char *text[] = {muster_tell_report(&tell, both[i]->diags),
                        muster_tell_why(&tell, of_whom[i], NULL, false, both[i]->diags),
                        muster_tell_reach(&tell, NULL, NULL, false, both[i]->diags)};
        for (int t = 0; t < 3; t++) {
            assert_non_null(text[t]);
            if (i == 0) {
                assert_null(strstr(text[t], "Sailed "));
                assert_null(strstr(text[t], "by sea"));
            }
            for (char *line = strtok(text[t], "\n"); line; line = strtok(NULL, "\n"))
                if (strlen(line) > 80)
                    fail_msg("%zu columns: %s", strlen(line), line);
            muster_tell_free(text[t], NULL);
        }
    }
}

/* Text of "why", its sentences on one line and single spaced; the caller frees. */
static char *why_on_a_line(const flow *f, const char *state)
{
    const muster_tell tell = {.scenario = f->scenario, .model = f->model, .result = f->result};
    char *text = muster_tell_why(&tell, state, NULL, false, f->diags), *to = text;
    assert_non_null(text);
    for (const char *from = text; *from; from++)
        if (*from != ' ' && *from != '\n')
            *to++ = *from;
        else if (to > text && to[-1] != ' ')
            *to++ = ' ';
    *to = '\0';
    return text;
}

/* A rule's words belong to the states that they were said of. */
static void words_said_of_one_state_are_not_put_on_another(void **unused)
{
    (void)unused;
    static const char economy[] = "\"it dislikes how far its economy hangs on China\"",
                      cabinets[] = "right-of-centre cabinets in Manila, Seoul and Tokyo",
                      borrowed[] = "Reasons that were first given for other states: ";
    char *text = why_on_a_line(&patrol, "PRK");
    assert_non_null(strstr(text, economy));
    assert_null(strstr(text, cabinets));
    assert_null(strstr(text, borrowed));
    muster_tell_free(text, NULL);
    text = why_on_a_line(&trilateral, "KOR");
    assert_null(strstr(text, economy));
    assert_non_null(strstr(text, cabinets));
    const char *reasons = strstr(text, borrowed);
    assert_non_null(reasons);
    assert_non_null(strstr(reasons, "f10"));
    muster_tell_free(text, NULL);
    text = why_on_a_line(&trilateral, "AUS"); /* none was said of it */
    assert_null(strstr(text, economy));
    assert_null(strstr(text, cabinets));
    reasons = strstr(text, borrowed);
    assert_non_null(reasons);
    assert_non_null(strstr(reasons, "f17"));
    muster_tell_free(text, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files__are_clean_and_every_figure_has_a_source),
        cmocka_unit_test(files__have_the_rules_of_the_worked_case),
        cmocka_unit_test(words_said_of_one_state_are_not_put_on_another),
        cmocka_unit_test(reports__fit_80_columns_and_speak_of_flights),
    };
    return cmocka_run_group_tests(tests, open_both, close_both);
}
