/* Files that are read: regular ones only. */
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
    } else {
        const bool is_large = (uint64_t)info.st_size > max_bytes;
        bytes = read_all(file, is_large ? max_bytes + 1 : (size_t)info.st_size, length, reason);
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

/* An installed tree may lie anywhere: PREFIX/bin/muster has PREFIX/share/muster/scenarios. Null where
 * the system does not tell which file is running, and in a folder where muster was only built. */
static const char *scenarios_beside_program(void)
{
    static const char below[] = "/" MUSTER_SCENARIOS_BELOW;
    static char path[4096];
    struct stat info;
    const ssize_t length = readlink("/proc/self/exe", path, sizeof path - sizeof below);
    if (length <= 0)
        return NULL;
    path[length] = '\0';
    for (int up = 0; up < 2; up++) { /* off with the name, then with bin */
        char *slash = strrchr(path, '/');
        if (!slash)
            return NULL;
        *slash = '\0';
    }
    memcpy(path + strlen(path), below, sizeof below);
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode) ? path : NULL;
}

const char *cli_scenarios_dir(void)
{
    const char *set = getenv("MUSTER_SCENARIOS");
    struct stat info;
    if (set && *set)
        return set;
    const char *beside = scenarios_beside_program();
    if (beside)
        return beside;
    if (stat(MUSTER_SCENARIOS_SOURCE, &info) == 0 && S_ISDIR(info.st_mode))
        return MUSTER_SCENARIOS_SOURCE;
    return MUSTER_SCENARIOS_INSTALLED;
}
