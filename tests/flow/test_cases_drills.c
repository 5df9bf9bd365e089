/* Cases for teaching that are no matter of camps, and the two that ask who turns up: that the files hold
 * what was published and coded, and that the heads of the files tell what the program says. */
#include "lesson.h"
#include "test.h"

#include <string.h>

static int close_all(void **unused)
{
    (void)unused;
    flow_forget_land();
    return 0;
}

/* ---- Security Council --------------------------------------------------------------------------------- */

/* .1963 and .00186 as printed; the exact shares are 421/2145 and 4/2145. */
static void cases__security_council(void **unused)
{
    (void)unused;
    static const char *const way[] = {NULL, "weights-7-1"};
    for (size_t i = 0; i < 2; i++) {
        lesson l;
        lesson_open(&l, "security-council.cfg", way[i]);
        const mst_reply *reply = lesson_reply(&l, 0, "voting-power");
        assert_int_equal(reply->finding.count, 15);
        double sum = 0.0;
        for (int32_t k = 0; k < 15; k++)
            sum += MST_AT(mst_finding, &reply->finding, k)->value;
        assert_near(sum, 1.0, 1e-12); /* shares of one; fifteen sums */
        assert_near(lesson_finding(reply, "Russia")->value, .1963, 5e-5);
        assert_near(lesson_finding(reply, "Russia")->value, 421.0 / 2145.0, 1e-12);
        assert_near(lesson_finding(reply, "Malta")->value, .00186, 1e-5);
        assert_near(lesson_finding(reply, "Malta")->value, 4.0 / 2145.0, 1e-12);
        lesson_close(&l);
    }
}

static void cases__security_council_without_vetoes(void **unused)
{
    (void)unused;
    lesson l;
    lesson_open(&l, "security-council.cfg", "no-veto");
    const mst_reply *reply = lesson_reply(&l, 0, "voting-power");
    assert_near(lesson_finding(reply, "Russia")->value, 1.0 / 15.0, 1e-12);
    assert_near(lesson_finding(reply, "Malta")->value, 1.0 / 15.0, 1e-12);
    lesson_close(&l);
}

/* ---- emission standards --------------------------------------------------------------------------------- */

/* The table in the file's head is that of the program. */
static void cases__emission_standards(void **unused)
{
    (void)unused;
    lesson l;
    lesson_open(&l, "emission-standards-1994.cfg", NULL);
    assert_near(lesson_finding(lesson_reply(&l, 0, "bargain-mean"), "forecast")->value, 7.39, 5e-3);
    assert_near(lesson_finding(lesson_reply(&l, 0, "bargain-median"), "forecast")->value, 7.0, 0.0);
    const mst_reply *reply = lesson_reply(&l, 0, "bargain-challenge");
    const char *code = lesson_finding(reply, "scholz2011-code")->words;
    const char *printed = lesson_finding(reply, "scholz2011-printed")->words;
    assert_non_null(strstr(code, " 8.42 9.61 9.96 9.96 9.96 7.47 8.82 9.67;"));
    assert_non_null(strstr(code, " 7.46 7.55 7.59 7.36 7.35 7.41 7.51 7.57"));
    assert_non_null(strstr(printed, " 7.00 7.00 7.00 7.00 7.00 7.00 7.00 7.00;"));
    assert_non_null(strstr(printed, " 7.04 7.27 7.46 7.63 7.69 7.73 7.76 7.66"));
    lesson_close(&l);
}

/* ---- camps of 2023 ---------------------------------------------------------------------------------------- */

/* Closeness of a pair is that of the file that has the drill, on the day of its decision. */
static void assert_kept(const lesson *camps, const char *file, const char *drill,
                        const char *const (*pair)[2], size_t count)
{
    lesson other;
    lesson_open(&other, file, NULL);
    const mst_setting *here = &camps->all.item[lesson_case(camps, drill)].setting;
    const mst_setting *there = &other.all.item[lesson_case(&other, drill)].setting;
    assert_true(here->at == there->at);
    for (size_t i = 0; i < count; i++)
        assert_near(mst_setting_mutual(here, "align", mst_setting_state(here, pair[i][0]),
                                       mst_setting_state(here, pair[i][1])),
                    mst_setting_mutual(there, "align", mst_setting_state(there, pair[i][0]),
                                       mst_setting_state(there, pair[i][1])),
                    0.0);
    lesson_close(&other);
}

static void cases__camps_keep_what_other_files_say(void **unused)
{
    (void)unused;
    static const char *const north[][2] = {{"CHN", "RUS"}, {"CHN", "PRK"}, {"RUS", "PRK"}};
    static const char *const south[][2] = {
        {"USA", "JPN"}, {"USA", "KOR"}, {"USA", "AUS"}, {"USA", "PHL"}};
    lesson l;
    lesson_open(&l, "camps-2023.cfg", NULL);
    assert_kept(&l, "northern-interaction-2023.cfg", "northern", north, 3);
    assert_kept(&l, "trilateral-2023.cfg", "trilateral", south, 4);
    lesson_close(&l);
}

/* Figures as published: CINC of 2022 to seven decimals, ideal points of 2022 to four. Every measure of
 * siding answers, which is what the file is for; what it answers is not asserted. */
static void cases__camps_have_measures(void **unused)
{
    (void)unused;
    static const char *const model[] = {"bulk-power", "votes",   "alliances",
                                        "landscape",  "balance", "coalitions"};
    lesson l;
    lesson_open(&l, "camps-2023.cfg", NULL);
    const int32_t at = lesson_case(&l, "northern");
    const mst_setting *s = &l.all.item[at].setting;
    const int32_t prk = mst_setting_state(s, "PRK");
    assert_near(mst_setting_attribute(s, "cinc", prk), 0.0140943, 0.0);
    assert_near(mst_setting_attribute(s, "ideal_point", prk), -1.5198, 0.0);
    for (int32_t i = 0; i < l.all.count; i++)
        for (size_t k = 0; k < sizeof model / sizeof *model; k++)
            for (int32_t c = 0; c < l.all.item[i].setting.candidate_count; c++)
                assert_in_range(lesson_reply(&l, i, model[k])->answer[c].joins, 0, 1);
    for (int32_t i = 0; i < s->state_count; i++)
        for (int32_t k = 0; k < i; k++)
            assert_true(isfinite(mst_setting_mutual(s, "align", i, k)));
    lesson_close(&l);
}

/* ---- Korea, 1950 ------------------------------------------------------------------------------------------ */

/* Who came, as sources say; India's doctors and Japan's sweepers are not scored. */
static void cases__korea_1950_record(void **unused)
{
    (void)unused;
    static const struct {
        const char *drill, *state;
        int32_t came;
    } row[] = {{"north", "CHN", 1}, {"north", "SUN", 1},  {"north", "MNG", 0},
               {"south", "GBR", 1}, {"south", "TUR", 1},  {"south", "AUS", 1},
               {"south", "PHL", 1}, {"south", "THA", 1},  {"south", "CAN", 1},
               {"south", "TWN", 0}, {"south", "IND", -1}, {"south", "JPN", -1}};
    lesson l;
    lesson_open(&l, "korea-1950.cfg", NULL);
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const mst_case *c = &l.all.item[lesson_case(&l, row[i].drill)];
        const int32_t state = mst_setting_state(&c->setting, row[i].state);
        int32_t found = 0;
        for (int32_t k = 0; k < c->setting.candidate_count; k++)
            if (c->setting.candidate[k] == state) {
                assert_int_equal(c->outcome[k], row[i].came);
                found++;
            }
        assert_int_equal(found, 1);
        assert_int_equal(c->use, MST_CALIBRATION);
    }
    lesson_close(&l);
}

/* The rules are those of the worked case, weight by weight, and every stage can be judged. */
static void cases__korea_1950_rules_are_unchanged(void **unused)
{
    (void)unused;
    lesson korea, worked;
    lesson_open(&korea, "korea-1950.cfg", NULL);
    lesson_open(&worked, "northern-interaction-2023.cfg", NULL);
    assert_true(korea.all.weights_hash != 0);
    assert_true(korea.all.weights_hash == worked.all.weights_hash);
    for (int32_t i = 0; i < korea.all.count; i++) {
        const mst_reply *reply = lesson_reply(&korea, i, "rules");
        for (int32_t k = 0; k < korea.all.item[i].setting.candidate_count; k++) {
            assert_in_range(reply->answer[k].joins, 0, 1);
            assert_false(reply->answer[k].is_partly);
        }
    }
    lesson_close(&worked);
    lesson_close(&korea);
}

/* ---- all of them ------------------------------------------------------------------------------------------ */

static bool has_answer(const lesson *l, int32_t item, int32_t model)
{
    const mst_reply *reply = &l->all.item[item].reply[model];
    bool answers = reply->camp || reply->finding.count > 0;
    for (int32_t k = 0; k < l->all.item[item].setting.candidate_count; k++)
        answers = answers || reply->answer[k].joins >= 0;
    return answers;
}

/* No warning, the case says what it may be used for, and some model answers (hosts only and its like
 * aside, which answer whatever is asked). */
static void cases__every_file_is_answered(void **unused)
{
    (void)unused;
    static const char *const file[] = {"unix-1988.cfg",
                                       "europe-1936.cfg",
                                       "syria-2016.cfg",
                                       "zachary-1977.cfg",
                                       "great-powers-1872-1907.cfg",
                                       "security-council.cfg",
                                       "emission-standards-1994.cfg",
                                       "korea-1950.cfg",
                                       "camps-2023.cfg"};
    for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
        lesson l;
        int32_t answers = 0;
        lesson_open(&l, file[i], NULL);
        assert_int_equal(muster_diags_count(l.f.diags), 0);
        for (int32_t m = 0; m < l.all.model_count; m++)
            answers += strcmp(l.all.model[m]->proposed, "nobody: a plain comparison") != 0 &&
                       has_answer(&l, 0, m);
        if (answers == 0)
            print_error("%s\n", file[i]);
        assert_true(answers > 0);
        lesson_close(&l);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases__security_council),
        cmocka_unit_test(cases__security_council_without_vetoes),
        cmocka_unit_test(cases__emission_standards),
        cmocka_unit_test(cases__camps_keep_what_other_files_say),
        cmocka_unit_test(cases__camps_have_measures),
        cmocka_unit_test(cases__korea_1950_record),
        cmocka_unit_test(cases__korea_1950_rules_are_unchanged),
        cmocka_unit_test(cases__every_file_is_answered),
    };
    return cmocka_run_group_tests_name("cases of drills", tests, NULL, close_all);
}
