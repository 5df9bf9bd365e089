/* A desk: the worked case opened, and run again with a change; read, compile, run and document in one. */
#include "bench.h"

#include "real_files.h"

#include "muster/call.h"
#include "muster/muster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REQUEST_BYTES = 128 };

typedef struct desk {
    char *open; /* the request */
    muster_desk *asked;
    int32_t runs; /* each with another change: a desk keeps the last world */
} desk;

/* Asks once; false: the answer is no run. */
static bool ask(muster_desk *of, const char *request)
{
    char *answer = muster_desk_call(of, request, strlen(request));
    const char *format = answer ? strchr(answer, ':') : NULL;
    const bool is_run = format && strstr(format, "\"muster-run\"");
    muster_desk_give_back(of, answer);
    return is_run;
}

static int64_t open_case(void *context)
{
    const desk *d = context;
    muster_desk *of = muster_desk_create(NULL);
    const bool done = of && ask(of, d->open);
    muster_desk_free(of);
    return done;
}

static int64_t run_again(void *context)
{
    desk *d = context;
    const int64_t count = bench_is_quick ? 2 : 20;
    for (int64_t i = 0; i < count; i++) {
        char request[REQUEST_BYTES];
        d->runs++;
        snprintf(request, sizeof request,
                 "{\"call\": \"run\", \"changes\": [\"drills.northern.visibility = 0.%06d\"]}",
                 (int)(d->runs % 1000000));
        if (!ask(d->asked, request))
            return 0;
    }
    return count;
}

/* The text as a JSON string within a request. */
static char *open_request(const char *text)
{
    static const char head[] = "{\"call\": \"open\", \"name\": \"case.cfg\", \"text\": \"",
                      tail[] = "\"}";
    char *out = malloc(sizeof head + 6 * strlen(text) + sizeof tail);
    if (!out)
        return NULL;
    memcpy(out, head, sizeof head);
    char *at = out + sizeof head - 1;
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == '"' || *text == '\\')
            at += snprintf(at, 7, "\\u%04x", (unsigned)(unsigned char)*text);
        else
            *at++ = *text;
    memcpy(at, tail, sizeof tail);
    return out;
}

bool bench_desk(void)
{
    static const muster_opener files = {real_file_open, real_file_close, NULL};
    char path[4096];
    desk *d = calloc(1, sizeof *d);
    muster_source_text *text = NULL;
    bench_scenario("northern-interaction-2023.cfg", path);
    if (!d || muster_gather(path, &files, NULL, NULL, &text) != MUSTER_OK)
        return false;
    d->open = open_request(muster_source_text_bytes(text, NULL));
    muster_source_text_free(text);
    d->asked = muster_desk_create(NULL);
    if (!d->open || !d->asked || !ask(d->asked, d->open))
        return false;
    const bench_case all[] = {{.name = "desk",
                               .parameters = "open",
                               .unit = "ms",
                               .per_s = 1e3,
                               .work = open_case,
                               .context = d,
                               .reference = -1},
                              {.name = "desk",
                               .parameters = "run again with a change",
                               .unit = "ms",
                               .per_s = 1e3,
                               .work = run_again,
                               .context = d,
                               .reference = -1}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        bench_add(&all[i]);
    return true;
}
