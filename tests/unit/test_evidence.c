/* What sources say against what the model says. */
#include "test.h"

#include "outcome/outcome.h"
#include "outcome_model.h"

enum { YES, NO, MIXED };
enum { ABLE, ADMIT, ACCEPT, INVITATION, PARTICIPATION };

/* The verdict on CCC: able no, AAA no, BBB yes, accepts tie. */
static mst_verdict verdict_of_ccc(void)
{
    return (mst_verdict){.drill = 0,
                         .state = CCC,
                         .stage_count = 4,
                         .stage = {{.stage = MST_ABLE, .host = -1, .standing = MST_NO},
                                   {.stage = MST_ADMIT, .host = AAA, .standing = MST_NO},
                                   {.stage = MST_ADMIT, .host = BBB, .standing = MST_YES},
                                   {.stage = MST_ACCEPT, .host = -1, .standing = MST_TIE}}};
}

static mst_evidence_def entry(int32_t stage, int32_t says, const char *host)
{
    return (mst_evidence_def){.drill = {.id = "northern"},
                              .state = {.id = "CCC"},
                              .host = {.id = host},
                              .stage = stage,
                              .says = says};
}

static mst_agreement compare(int32_t stage_index, mst_evidence_def one)
{
    outcome_model m;
    const mst_verdict verdict = verdict_of_ccc();
    outcome_model_init(&m);
    return mst_evidence_agreement(&m.model, &verdict, &verdict.stage[stage_index], &one);
}

static void test_evidence__a_stage_agrees_or_is_contradicted(void **state)
{
    (void)state;
    assert_int_equal(compare(0, entry(ABLE, NO, NULL)), MST_AGREES);
    assert_int_equal(compare(0, entry(ABLE, YES, NULL)), MST_CONTRADICTS);
    assert_int_equal(compare(2, entry(ADMIT, YES, "BBB")), MST_AGREES);
    assert_int_equal(compare(2, entry(ADMIT, NO, "BBB")), MST_CONTRADICTS);
    assert_int_equal(compare(3, entry(ACCEPT, NO, NULL)), MST_AGREES); /* a tie is no yes */
}

static void test_evidence__another_stage_host_state_or_drill_is_silent(void **state)
{
    (void)state;
    assert_int_equal(compare(1, entry(ADMIT, NO, "BBB")), MST_SILENT);
    assert_int_equal(compare(1, entry(ACCEPT, NO, NULL)), MST_SILENT);
    mst_evidence_def one = entry(ABLE, NO, NULL);
    one.state.id = "BBB";
    assert_int_equal(compare(0, one), MST_SILENT);
    one = entry(ABLE, NO, NULL);
    one.drill.id = "southern";
    assert_int_equal(compare(0, one), MST_SILENT);
    one.drill.id = NULL; /* about the state in any drill */
    assert_int_equal(compare(0, one), MST_AGREES);
}

static void test_evidence__a_host_left_open_means_every_host(void **state)
{
    (void)state;
    assert_int_equal(compare(1, entry(ADMIT, NO, NULL)), MST_AGREES);
    assert_int_equal(compare(2, entry(ADMIT, NO, NULL)), MST_CONTRADICTS);
}

static void test_evidence__mixed_words_and_stages_not_assessed_are_silent(void **state)
{
    outcome_model m;
    mst_verdict verdict = verdict_of_ccc();
    const mst_evidence_def one = entry(ABLE, NO, NULL);
    (void)state;
    assert_int_equal(compare(0, entry(ABLE, MIXED, NULL)), MST_SILENT);
    outcome_model_init(&m);
    verdict.stage[0].standing = MST_NOT_ASSESSED;
    assert_int_equal(mst_evidence_agreement(&m.model, &verdict, &verdict.stage[0], &one),
                     MST_SILENT);
}

static void test_evidence__participation_is_held_against_the_verdict(void **state)
{
    outcome_model m;
    mst_verdict verdict = verdict_of_ccc();
    const mst_evidence_def one = entry(PARTICIPATION, NO, NULL);
    (void)state;
    outcome_model_init(&m);
    assert_int_equal(mst_evidence_agreement(&m.model, &verdict, NULL, &one), MST_AGREES);
    verdict.joins = true;
    assert_int_equal(mst_evidence_agreement(&m.model, &verdict, NULL, &one), MST_CONTRADICTS);
}

static void test_evidence__an_invitation_is_a_record_not_a_judgement(void **state)
{
    outcome_model m;
    mst_evidence_def entries[] = {entry(ADMIT, YES, "BBB"), entry(INVITATION, NO, NULL)};
    (void)state;
    outcome_model_init(&m);
    assert_int_equal(compare(1, entries[1]), MST_SILENT);
    m.spec.evidence = (mst_list){.item = entries, .count = 1, .capacity = 1};
    assert_false(mst_evidence_of_invitation(&m.model, 0, CCC));
    m.spec.evidence.count = 2;
    assert_true(mst_evidence_of_invitation(&m.model, 0, CCC));
    assert_false(mst_evidence_of_invitation(&m.model, 0, BBB));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_evidence__a_stage_agrees_or_is_contradicted),
        cmocka_unit_test(test_evidence__another_stage_host_state_or_drill_is_silent),
        cmocka_unit_test(test_evidence__a_host_left_open_means_every_host),
        cmocka_unit_test(test_evidence__mixed_words_and_stages_not_assessed_are_silent),
        cmocka_unit_test(test_evidence__participation_is_held_against_the_verdict),
        cmocka_unit_test(test_evidence__an_invitation_is_a_record_not_a_judgement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
