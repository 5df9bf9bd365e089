/* What most verbs share: open a scenario, read it, compile it, run it; print mistakes. */
#include "cli/cli.h"

#include "base/diag.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void cli_print_diags(const muster_diags *diags, bool as_json)
{
    char *lines = muster_tell_diags(diags, false, NULL);
    if (lines)
        fputs(lines, stderr);
    muster_tell_free(lines, NULL);
    if (!as_json)
        return;
    char *document = muster_tell_diags(diags, true, NULL);
    if (document)
        fputs(document, stdout);
    muster_tell_free(document, NULL);
}

static void tell_failure(bool as_json, const char *hint, const char *format, va_list args)
{
    mst_text text;
    mst_text_init(&text, NULL);
    mst_text_vprintf(&text, format, args);
    char *words = mst_text_take(&text);
    const char *told = words ? words : "out of memory";
    fprintf(stderr, "muster: error: %s%s%s%s\n", told, hint ? " (" : "", hint ? hint : "",
            hint ? ")" : "");
    if (as_json) {
        char *document = muster_tell_mistake(told, hint, NULL);
        if (document)
            fputs(document, stdout);
        muster_tell_free(document, NULL);
    }
    muster_tell_free(words, NULL);
}

int cli_failure(int status, bool as_json, const char *hint, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell_failure(as_json, hint, format, args);
    va_end(args);
    return status;
}

int cli_mistake(bool as_json, const char *hint, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell_failure(as_json, hint, format, args);
    va_end(args);
    return MUSTER_MISTAKE;
}

muster_status cli_open_land(const cli_call *call, muster_diags *diags, muster_land **out)
{
    const char *path = cli_value(call, "--land");
    *out = NULL;
    if (!path)
        return muster_land_open(NULL, 0, NULL, diags, out);
    enum { MOST_MB = 256 };
    const size_t most = (size_t)MOST_MB << 20;
    const char *reason = NULL;
    size_t length = 0;
    char *bytes = cli_read_file(path, most, &length, &reason);
    if (bytes && length > most) {
        mst_diag(diags, MUSTER_ERROR, (mst_place){path, 0}, NULL, NULL,
                 "this land is larger than %d MB", MOST_MB);
        free(bytes);
        return MUSTER_MISTAKE;
    }
    if (!bytes) {
        mst_diag(diags, MUSTER_ERROR, (mst_place){path, 0}, NULL, NULL, "cannot read this land: %s",
                 reason);
        return MUSTER_WORLD;
    }
    const muster_status status = muster_land_open(bytes, length, NULL, diags, out);
    free(bytes);
    return status;
}

int32_t cli_set_lines(const cli_call *call, const char **line, int32_t count)
{
    for (int i = 0; i < call->given_count; i++)
        if (strcmp(call->given[i].option->name, "--set") == 0)
            line[count++] = call->given[i].value;
    return count;
}

static muster_status read_scenario(const cli_call *call, cli_session *s)
{
    const char *lines[CLI_OPTIONS_MAX];
    muster_changes changes = {.variant = cli_value(call, "--variant"), .line = lines};
    changes.line_count = cli_set_lines(call, lines, 0);
    const muster_status status =
        muster_gather(call->argument[0], &cli_files, NULL, s->diags, &s->text);
    if (status != MUSTER_OK)
        return status;
    const char *text = muster_source_text_bytes(s->text, NULL);
    if (strstr(text, "experiment") && strstr(text, "method") && !strstr(text, "drills")) {
        muster_diags_add(s->diags, MUSTER_ERROR, (muster_place){call->argument[0], 0}, NULL,
                         "muster sweep FILE",
                         "this looks like an experiment, which names the scenario to run");
        return MUSTER_MISTAKE;
    }
    return muster_scenario_read(s->text, &changes, NULL, s->diags, &s->scenario);
}

static muster_status advance(const cli_call *call, cli_stage stage, cli_session *s)
{
    muster_status status = read_scenario(call, s);
    if (!s->scenario || stage == CLI_READ)
        return status;
    if (status == MUSTER_MISTAKE) { /* its places may be wrong too: all mistakes in one run */
        if (cli_open_land(call, s->diags, &s->land) == MUSTER_OK)
            (void)muster_routes_find(s->scenario, s->land, NULL, s->diags, &s->routes);
        return status;
    }
    status = cli_open_land(call, s->diags, &s->land);
    if (status == MUSTER_OK)
        status = muster_routes_find(s->scenario, s->land, NULL, s->diags, &s->routes);
    if (status == MUSTER_OK)
        status = muster_model_create(s->scenario, s->routes, NULL, s->diags, &s->model);
    if (status == MUSTER_OK && stage == CLI_RUN)
        status = muster_run_plan(s->model, NULL, s->diags, &s->result);
    return status;
}

int cli_open(const cli_call *call, cli_stage stage, cli_session *session)
{
    *session = (cli_session){.as_json = call->as_json};
    session->diags = muster_diags_create(NULL);
    if (!session->diags)
        return cli_failure(MUSTER_WORLD, session->as_json, NULL, "out of memory");
    const muster_status status = advance(call, stage, session);
    /* warnings are told on stderr in any case; a failure is also a document */
    cli_print_diags(session->diags, session->as_json && status != MUSTER_OK);
    return (int)status;
}

void cli_close(cli_session *session)
{
    muster_sample_free(session->sample);
    muster_result_free(session->result);
    muster_model_free(session->model);
    muster_routes_free(session->routes);
    muster_land_free(session->land);
    muster_scenario_free(session->scenario);
    muster_source_text_free(session->text);
    muster_diags_free(session->diags);
}
