/* Where results go: stdout, or the file of -o, which is then the whole of it or what it was. */
#include "cli/cli.h"

#include "base/diag.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINKS_MOST = 40, TARGET_BYTES = 4096 };

static int write_all(FILE *file, const char *text)
{
    const size_t length = strlen(text);
    return fwrite(text, 1, length, file) == length ? 0 : -1;
}

/* What a link says, seen from the folder it stands in; null with errno. */
static char *link_target(const char *path)
{
    char target[TARGET_BYTES];
    const ssize_t length = readlink(path, target, sizeof target - 1);
    if (length < 0 || length >= (ssize_t)sizeof target)
        return NULL;
    target[length] = '\0';
    const size_t bytes = strlen(target);
    const char *slash = target[0] == '/' ? NULL : strrchr(path, '/');
    const size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    char *out = malloc(folder + bytes + 1);
    if (!out)
        return NULL;
    memcpy(out, path, folder);
    memcpy(out + folder, target, bytes + 1);
    return out;
}

/* The file that a name stands for: a link stays a link, and what it names is written, be it there
 * already or not. Null with errno. */
static char *end_of_links(const char *path)
{
    struct stat info;
    char *at = strdup(path);
    for (int links = 0; at && lstat(at, &info) == 0 && S_ISLNK(info.st_mode); links++) {
        char *next = links < LINKS_MOST ? link_target(at) : NULL;
        if (links == LINKS_MOST)
            errno = ELOOP;
        free(at);
        at = next;
    }
    return at;
}

static mode_t mode_of_new_files(void)
{
    const mode_t mask = umask(0); /* it cannot be asked without being set */
    umask(mask);
    return 0666 & ~mask;
}

/* A temporary file in the same folder, then a rename: nobody ever sees half a file. */
static int write_by_rename(const char *path, mode_t mode, const char *text)
{
    const size_t room = strlen(path) + 16;
    char *temporary = malloc(room);
    if (!temporary)
        return -1;
    snprintf(temporary, room, "%s.XXXXXX", path);
    const int handle = mkstemp(temporary);
    FILE *file = handle >= 0 ? fdopen(handle, "w") : NULL;
    int failed = -1;
    if (file) {
        failed = write_all(file, text);
        if (fflush(file) != 0 || fsync(handle) != 0 || fchmod(handle, mode) != 0)
            failed = -1;
        if (fclose(file) != 0)
            failed = -1;
        if (failed == 0)
            failed = rename(temporary, path);
    } else if (handle >= 0) {
        close(handle);
    }
    if (failed != 0 && handle >= 0) {
        const int reason = errno;
        unlink(temporary);
        errno = reason;
    }
    free(temporary);
    return failed;
}

/* A pipe or a device stays what it is: the bytes go into it. */
static int write_through(const char *path, const char *text)
{
    const int handle = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    FILE *file = handle >= 0 ? fdopen(handle, "w") : NULL;
    if (!file)
        return -1;
    const int failed = write_all(file, text);
    return fclose(file) != 0 ? -1 : failed;
}

static int write_to_stdout(const char *text)
{
    return write_all(stdout, text) != 0 || fflush(stdout) != 0 ? -1 : 0;
}

/* True for /dev/stdout and whatever else leads to where stdout goes: replacing that file would
 * leave the shell with one that has no name any more. */
static bool is_stdout(const struct stat *info)
{
    struct stat own;
    return fstat(STDOUT_FILENO, &own) == 0 && own.st_dev == info->st_dev &&
           own.st_ino == info->st_ino;
}

static int write_to_file(const char *path, const char *text)
{
    struct stat info;
    const bool exists = stat(path, &info) == 0;
    if (exists && is_stdout(&info))
        return write_to_stdout(text);
    if (exists && !S_ISREG(info.st_mode))
        return write_through(path, text);
    char *end = end_of_links(path);
    if (!end)
        return -1;
    const int failed =
        write_by_rename(end, exists ? info.st_mode & 07777 : mode_of_new_files(), text);
    const int reason = errno;
    free(end);
    errno = reason;
    return failed;
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
    if (!path || strcmp(path, "-") == 0) {
        if (write_to_stdout(text) != 0) {
            status = MUSTER_WORLD;
            if (errno != EPIPE) /* the reader has gone: no reason to complain */
                fprintf(stderr, "muster: error: cannot write: %s\n", strerror(errno));
        }
    } else if (write_to_file(path, text) != 0) {
        status = cli_failure(MUSTER_WORLD, call->as_json, NULL, "cannot write '%s': %s", path,
                             strerror(errno));
    }
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
