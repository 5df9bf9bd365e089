/* The first interrupt ends replications with what is done, another one ends the program. Of the program's
 * own source, in a child process that signals itself. */
#include "test.h"

#include "cli/replicate.h"
#include "flow.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What replicate.c asks of the rest of the program; no option is read here. */
const char *cli_value(const cli_call *call, const char *name)
{
    (void)call;
    (void)name;
    return NULL;
}

int cli_mistake(bool as_json, const char *hint, const char *format, ...)
{
    (void)as_json;
    (void)hint;
    (void)format;
    abort();
}

/* Signals of the child to itself after the first block, so many ms between them. */
typedef struct signals {
    int first, second; /* 0: none */
    int pause_ms;
} signals;

static bool signal_itself(const muster_sample *so_far, void *context)
{
    const signals *const s = context;
    (void)so_far;
    raise(s->first);
    nanosleep(&(struct timespec){.tv_nsec = s->pause_ms * 1000000L}, NULL);
    if (s->second)
        raise(s->second);
    return false;
}

enum { COUNT = 1000000, ENDED_WELL = 7 };

static int child(const flow *f, signals s, int32_t jobs)
{
    const cli_enough enough = {signal_itself, &s};
    const cli_replicate how = {.count = COUNT, .jobs = jobs};
    const muster_model *const model[] = {f->model};
    muster_sample *sample = NULL;
    int caught = 0;
    if (cli_replicate_run(&how, model, 1, &enough, f->diags, &sample, &caught) != MUSTER_OK)
        return 1;
    const int64_t done = muster_sample_count(sample);
    muster_sample_free(sample);
    return caught == s.first && done >= 256 && done < COUNT ? ENDED_WELL : 2;
}

/* Status of the child as wait(2) has it. */
static int status_of(const flow *f, signals s, int32_t jobs)
{
    int status = 0;
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(child(f, s, jobs));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static void test_interrupt__the_second_one_ends_the_program(void **state)
{
    /* not less than the 100 ms within which two are one; a slow machine makes it longer still */
    static const signals two[] = {
        {SIGINT, SIGINT, 150}, {SIGTERM, SIGTERM, 150}, {SIGINT, SIGTERM, 150}};
    static const signals one[] = {{SIGINT, 0, 0}, {SIGTERM, 0, 150}};
    flow f;
    (void)state;
    assert_int_equal(flow_run(&f, "hello.cfg", NULL, NULL), MUSTER_OK);
    for (int32_t jobs = 1; jobs <= 2; jobs++) {
        for (size_t i = 0; i < sizeof two / sizeof *two; i++) {
            const int status = status_of(&f, two[i], jobs);
            assert_true(WIFSIGNALED(status));
            assert_int_equal(WTERMSIG(status), two[i].second);
        }
        for (size_t i = 0; i < sizeof one / sizeof *one; i++) {
            const int status = status_of(&f, one[i], jobs);
            assert_true(WIFEXITED(status));
            assert_int_equal(WEXITSTATUS(status), ENDED_WELL);
        }
    }
    flow_close(&f);
    flow_forget_land();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_interrupt__the_second_one_ends_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
