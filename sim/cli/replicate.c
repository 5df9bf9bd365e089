#include "cli/replicate.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { JOBS_MAX = 256 };

/* ---- options ------------------------------------------------------------------------------------ */

int cli_whole(const cli_call *call, const char *option, int64_t least, int64_t most, int64_t *out)
{
    const char *text = cli_value(call, option);
    char *end = NULL;
    if (!text)
        return MUSTER_OK;
    errno = 0;
    const long long value = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || value < least || value > most)
        return cli_mistake(call->as_json, NULL, "%s '%s': a whole number from %lld to %lld", option,
                           text, (long long)least, (long long)most);
    *out = value;
    return MUSTER_OK;
}

static int read_seed(const cli_call *call, cli_replicate *out)
{
    const char *text = cli_value(call, "--seed");
    char *end = NULL;
    if (!text)
        return MUSTER_OK;
    errno = 0;
    out->seed = strtoull(text, &end, 10);
    out->has_seed = true;
    if (end == text || *end != '\0' || errno != 0 || strchr(text, '-'))
        return cli_mistake(call->as_json, NULL,
                           "--seed '%s': a whole number from 0 to 18446744073709551615", text);
    return MUSTER_OK;
}

int cli_replicate_read(const cli_call *call, cli_replicate *out)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int64_t jobs = processors < 1 ? 1 : processors > JOBS_MAX ? JOBS_MAX : processors;
    int status = cli_whole(call, "--reps", 0, MUSTER_REPLICATIONS_MAX, &out->count);
    if (status == MUSTER_OK)
        status = cli_whole(call, "--jobs", 1, JOBS_MAX, &jobs);
    out->jobs = (int32_t)jobs;
    return status == MUSTER_OK ? read_seed(call, out) : status;
}

/* ---- interruption ------------------------------------------------------------------------------- */

/* Two signals within this time are one: timeout(1), for instance, signals the process and its group. */
enum { ONE_SIGNAL_MS = 100 };

/* Set by the handler, in whichever thread; read by all. */
static atomic_int caught;
static atomic_llong first_caught_ms;

static double now_s(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

/* The first one is an end with what is done, another one an end at once. */
static void catch_signal(int number)
{
    const long long now_ms = 1 + (long long)(1e3 * now_s());
    long long first_ms = 0;
    if (atomic_compare_exchange_strong(&first_caught_ms, &first_ms, now_ms)) {
        atomic_store(&caught, number);
        return;
    }
    if (now_ms - first_ms < ONE_SIGNAL_MS)
        return;
    signal(number, SIG_DFL);
    raise(number);
}

typedef struct guard {
    struct sigaction interrupt, terminate;
} guard;

/* What was ignored (in a background job) stays so. */
static void guard_one(int number, struct sigaction *before)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = catch_signal;
    sigemptyset(&action.sa_mask);
    sigaction(number, NULL, before);
    if (before->sa_handler != SIG_IGN)
        sigaction(number, &action, NULL);
}

void cli_die(int signal_number)
{
    if (signal_number == 0)
        return;
    fflush(stdout);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/* ---- progress ------------------------------------------------------------------------------------ */

typedef struct watch {
    const cli_enough *enough;
    double began, told; /* s */
    bool is_terminal, has_line;
} watch;

static void tell_progress(watch *w, int64_t done, int64_t count)
{
    const double now = now_s(), elapsed = now - w->began;
    if (!w->is_terminal || elapsed < 1.0 || now - w->told < 0.2)
        return;
    const double rate = (double)done / elapsed, left = (double)(count - done) / rate;
    w->told = now;
    w->has_line = true;
    fprintf(stderr, "\r%lld of %lld replications, %.0f a second, %.0f s left   ", (long long)done,
            (long long)count, rate, left);
    fflush(stderr);
}

static bool go_on(const muster_sample *so_far, int64_t done, int64_t count, void *context)
{
    watch *w = context;
    tell_progress(w, done, count);
    return !caught && !(w->enough && w->enough->is_enough(so_far, w->enough->context));
}

static bool stops(void *context)
{
    (void)context;
    return atomic_load_explicit(&caught, memory_order_relaxed) != 0;
}

muster_status cli_replicate_run(const cli_replicate *how, const muster_model *const *model,
                                int32_t model_count, const cli_enough *enough, muster_diags *diags,
                                muster_sample **out, int *out_signal)
{
    watch w = {.enough = enough, .began = now_s(), .is_terminal = isatty(STDERR_FILENO) == 1};
    const muster_replicate_options options = {.count = how->count,
                                              .jobs = how->jobs,
                                              .has_seed = how->has_seed,
                                              .seed = how->seed,
                                              .go_on = go_on,
                                              .stops = stops,
                                              .context = &w};
    guard before;
    caught = 0;
    first_caught_ms = 0;
    guard_one(SIGINT, &before.interrupt);
    guard_one(SIGTERM, &before.terminate);
    const muster_status status = muster_replicate(model, model_count, &options, NULL, diags, out);
    sigaction(SIGINT, &before.interrupt, NULL);
    sigaction(SIGTERM, &before.terminate, NULL);
    *out_signal = caught;
    if (w.has_line)
        fputs("\r                                                                        \r",
              stderr);
    if (status == MUSTER_OK && caught)
        fprintf(stderr, "muster: interrupted: %lld of %lld replications are done\n",
                (long long)muster_sample_count(*out), (long long)how->count);
    return status;
}
