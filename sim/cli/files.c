/* Files: regular ones only are read; output goes to stdout or by rename to a file. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Up to `want` bytes and a final zero; a file that shrinks meanwhile is what it is. */
static char *read_all(int file, size_t want, size_t *length, const char **reason)
{
    char *bytes = malloc(want + 1);
    size_t have = 0;
    *reason = "out of memory";
    while (bytes && have < want) {
        const ssize_t got = read(file, bytes + have, want - have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        have += (size_t)got;
    }
    if (bytes)
        bytes[have] = '\0';
    *length = have;
    return bytes;
}

char *cli_read_file(const char *path, size_t max_bytes, size_t *length, const char **reason)
{
    /* O_NONBLOCK: opening a pipe nobody writes to must not hang; it is refused below */
    const int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat info;
    if (file < 0) {
        *reason = strerror(errno);
        return NULL;
    }
    char *bytes = NULL;
    if (fstat(file, &info) != 0) {
        *reason = strerror(errno);
    } else if (!S_ISREG(info.st_mode)) {
        *reason = S_ISDIR(info.st_mode) ? "it is a folder" : "it is not a regular file";
    } else if (info.st_size < 0 || (size_t)info.st_size > max_bytes) {
        *reason = "it is too large";
    } else {
        bytes = read_all(file, (size_t)info.st_size, length, reason);
    }
    close(file);
    return bytes;
}

static bool open_for_gatherer(const char *path, size_t max_bytes, char **bytes, size_t *length,
                              const char **reason, void *context)
{
    (void)context;
    *bytes = cli_read_file(path, max_bytes, length, reason);
    return *bytes != NULL;
}

static void close_for_gatherer(char *bytes, void *context)
{
    (void)context;
    free(bytes);
}

const muster_opener cli_files = {open_for_gatherer, close_for_gatherer, NULL};

const char *cli_scenarios_dir(void)
{
    const char *set = getenv("MUSTER_SCENARIOS");
    struct stat info;
    if (set && *set)
        return set;
    if (stat(MUSTER_SCENARIOS_SOURCE, &info) == 0 && S_ISDIR(info.st_mode))
        return MUSTER_SCENARIOS_SOURCE;
    return MUSTER_SCENARIOS_INSTALLED;
}

static int write_all(FILE *file, const char *text)
{
    const size_t length = strlen(text);
    return fwrite(text, 1, length, file) == length ? 0 : -1;
}

/* A temporary file in the same folder, then a rename: nobody ever sees half a file. */
static int write_by_rename(const char *path, const char *text)
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
        if (fflush(file) != 0 || fsync(handle) != 0 || fchmod(handle, 0644) != 0)
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

int cli_output(const cli_call *call, char *text)
{
    const char *path = cli_value(call, "-o");
    int status = MUSTER_OK;
    if (!text) {
        fputs("muster: error: out of memory\n", stderr);
        return MUSTER_WORLD;
    }
    if (!path || strcmp(path, "-") == 0) {
        if (write_all(stdout, text) != 0 || fflush(stdout) != 0) {
            if (errno != EPIPE) /* the reader has gone: no reason to complain */
                fprintf(stderr, "muster: error: cannot write: %s\n", strerror(errno));
            status = MUSTER_WORLD;
        }
    } else if (write_by_rename(path, text) != 0) {
        fprintf(stderr, "muster: error: cannot write '%s': %s\n", path, strerror(errno));
        status = MUSTER_WORLD;
    }
    muster_tell_free(text, NULL);
    return status;
}
