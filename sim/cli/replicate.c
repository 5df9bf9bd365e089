#include "cli/replicate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
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

/* ---- progress ------------------------------------------------------------------------------------ */

typedef struct watch {
    const cli_enough *enough;
    double began, told; /* s */
    bool is_terminal, has_line;
} watch;

static void tell_progress(watch *w, int64_t done, int64_t count)
{
    const double now = cli_now_s(), elapsed = now - w->began;
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
    return !cli_guard_caught() && !(w->enough && w->enough->is_enough(so_far, w->enough->context));
}

static bool stops(void *context)
{
    (void)context;
    return cli_guard_caught();
}

muster_status cli_replicate_run(const cli_replicate *how, const muster_model *const *model,
                                int32_t model_count, const cli_enough *enough, muster_diags *diags,
                                muster_sample **out, int *out_signal)
{
    watch w = {.enough = enough, .began = cli_now_s(), .is_terminal = isatty(STDERR_FILENO) == 1};
    const muster_replicate_options options = {.count = how->count,
                                              .jobs = how->jobs,
                                              .has_seed = how->has_seed,
                                              .seed = how->seed,
                                              .go_on = go_on,
                                              .stops = stops,
                                              .context = &w};
    cli_guard_begin();
    const muster_status status = muster_replicate(model, model_count, &options, NULL, diags, out);
    *out_signal = cli_guard_end();
    if (w.has_line)
        fputs("\r                                                                        \r",
              stderr);
    if (status == MUSTER_OK && *out_signal)
        fprintf(stderr, "muster: interrupted: %lld of %lld replications are done\n",
                (long long)muster_sample_count(*out), (long long)how->count);
    return status;
}
