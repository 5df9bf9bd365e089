/* The reader of run documents: what the program writes is read, and wherever memory ends nothing is
 * kept and the reason is told. */
#include "flow.h"
#include "memory.h"
#include "muster/run_file.h"
#include "test.h"

#include <string.h>

static const char worked[] = "northern-interaction-2023.cfg";

static char *told(flow *f)
{
    assert_int_equal(flow_run(f, worked, NULL, NULL), MUSTER_OK);
    const muster_tell tell = {.scenario = f->scenario, .model = f->model, .result = f->result};
    char *text = muster_tell_json(&tell, f->diags);
    assert_non_null(text);
    return text;
}

static void run_file__reads_what_is_told(void **unused)
{
    flow f;
    const muster_run_file *run = NULL;
    (void)unused;
    char *text = told(&f);
    muster_diags *diags = muster_diags_create(NULL);
    assert_int_equal(muster_run_file_read("run", text, strlen(text), NULL, diags, &run), MUSTER_OK);
    assert_int_equal(muster_diags_error_count(diags), 0);
    assert_true(run->unit_count > 0 && run->route_count > 0 && run->event_count > 0);
    assert_true(run->end > run->epoch);
    muster_run_file_free(run);
    muster_diags_free(diags);
    muster_tell_free(text, NULL);
    flow_close(&f);
}

static void run_file__ends_well_wherever_memory_ends(void **unused)
{
    flow f;
    bool done = false;
    int tries = 0;
    (void)unused;
    char *text = told(&f);
    const size_t length = strlen(text);
    for (int32_t left = 0; !done; left += 1 + left / 8, tries++) {
        const muster_run_file *run = NULL;
        test_memory memory = {.left = left};
        const muster_memory hook = test_hook(&memory);
        muster_diags *diags = muster_diags_create(NULL);
        const muster_status status = muster_run_file_read("run", text, length, &hook, diags, &run);
        done = memory.refused == 0;
        assert_int_equal(status, done ? MUSTER_OK : MUSTER_WORLD);
        assert_true((run != NULL) == done);
        assert_true((muster_diags_error_count(diags) > 0) == !done);
        muster_run_file_free(run);
        muster_diags_free(diags);
        assert_int_equal(memory.held, 0);
    }
    assert_true(tries > 3);
    muster_tell_free(text, NULL);
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(run_file__reads_what_is_told),
        cmocka_unit_test(run_file__ends_well_wherever_memory_ends),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
