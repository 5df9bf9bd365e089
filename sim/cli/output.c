/* Results as text, to stdout or the file of -o. */
#include "cli/cli.h"
#include "cli/sink.h"

#include "base/diag.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

bool cli_make_folder(const char *path)
{
    struct stat info;
    if (mkdir(path, 0777) == 0)
        return true;
    if (errno != EEXIST)
        return false;
    errno = stat(path, &info) != 0 ? errno : S_ISDIR(info.st_mode) ? 0 : ENOTDIR;
    return errno == 0;
}

int cli_cannot_write(const cli_call *call, const char *path)
{
    if (path && strcmp(path, "-") != 0)
        return cli_failure(MUSTER_WORLD, call->as_json, NULL, "cannot write '%s': %s", path,
                           strerror(errno));
    if (errno != EPIPE) /* the reader has gone: no reason to complain */
        fprintf(stderr, "muster: error: cannot write: %s\n", strerror(errno));
    return MUSTER_WORLD;
}

int cli_keep_input(const cli_call *call)
{
    struct stat from, to;
    const char *path = cli_value(call, "-o");
    if (!path || call->argument_count == 0 || stat(path, &to) != 0 || !S_ISREG(to.st_mode) ||
        stat(call->argument[0], &from) != 0 || from.st_dev != to.st_dev || from.st_ino != to.st_ino)
        return MUSTER_OK;
    return cli_mistake(call->as_json, "another name behind -o",
                       "'%s' is what is read: it would be written over", path);
}

int cli_output(const cli_call *call, char *text)
{
    return cli_output_to(call, cli_value(call, "-o"), text);
}

int cli_output_to(const cli_call *call, const char *path, char *text)
{
    int status = MUSTER_OK;
    if (!text)
        return cli_failure(MUSTER_WORLD, call->as_json, NULL, "out of memory");
    cli_sink sink;
    if (!cli_sink_open(&sink, path) ||
        !cli_sink_close(&sink, cli_sink_write(&sink, text, strlen(text))))
        status = cli_cannot_write(call, path);
    muster_tell_free(text, NULL);
    return status;
}

int cli_tell(const cli_call *call, char *text, const muster_diags *diags)
{
    return cli_tell_to(call, cli_value(call, "-o"), text, diags);
}

int cli_tell_to(const cli_call *call, const char *path, char *text, const muster_diags *diags)
{
    if (text || mst_diags_lack_memory(diags))
        return cli_output_to(call, path, text);
    cli_print_diags(diags, call->as_json);
    return MUSTER_MISTAKE;
}

int cli_tell_state(const cli_call *call,
                   char *(*tell)(const muster_tell *tell, const char *state, const char *drill,
                                 bool as_json, muster_diags *diags))
{
    cli_session s;
    int status = cli_open(call, CLI_RUN, &s);
    if (status == MUSTER_OK) {
        const muster_tell of = {.scenario = s.scenario, .model = s.model, .result = s.result};
        const char *state = call->argument_count > 1 ? call->argument[1] : NULL;
        muster_diags *diags = muster_diags_create(NULL); /* warnings were told */
        status =
            cli_tell(call, tell(&of, state, cli_value(call, "--drill"), s.as_json, diags), diags);
        muster_diags_free(diags);
    }
    cli_close(&s);
    return status;
}
