#include "cli/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINKS_MOST = 40, TARGET_BYTES = 4096 };

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

/* True for /dev/stdout and whatever else leads to where stdout goes: replacing that file would
 * leave the shell with one that has no name any more. */
static bool is_stdout(const struct stat *info)
{
    struct stat own;
    return fstat(STDOUT_FILENO, &own) == 0 && own.st_dev == info->st_dev &&
           own.st_ino == info->st_ino;
}

/* A temporary file in the same folder, to be renamed: nobody ever sees half a file. */
static bool open_temporary(cli_sink *sink, const char *path, const struct stat *there)
{
    sink->end = end_of_links(path);
    if (!sink->end)
        return false;
    sink->mode = there ? there->st_mode & 07777 : mode_of_new_files();
    const size_t room = strlen(sink->end) + 16;
    sink->temporary = malloc(room);
    if (!sink->temporary)
        return false;
    snprintf(sink->temporary, room, "%s.XXXXXX", sink->end);
    const int handle = mkstemp(sink->temporary);
    if (handle < 0) {
        free(sink->temporary);
        sink->temporary = NULL;
        return false;
    }
    sink->file = fdopen(handle, "w");
    if (!sink->file)
        close(handle);
    return sink->file != NULL;
}

/* A pipe or a device stays what it is: the bytes go into it. */
static bool open_through(cli_sink *sink, const char *path)
{
    const int handle = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    sink->file = handle >= 0 ? fdopen(handle, "w") : NULL;
    return sink->file != NULL;
}

static void release(cli_sink *sink)
{
    const int reason = errno;
    free(sink->temporary);
    free(sink->end);
    errno = reason;
}

bool cli_sink_open(cli_sink *sink, const char *path)
{
    struct stat info;
    *sink = (cli_sink){.file = NULL};
    const bool is_named = path && strcmp(path, "-") != 0;
    const bool exists = is_named && stat(path, &info) == 0;
    if (!is_named || (exists && is_stdout(&info))) {
        sink->file = stdout;
        sink->is_stdout = true;
        return true;
    }
    const bool is_open = exists && !S_ISREG(info.st_mode)
                             ? open_through(sink, path)
                             : open_temporary(sink, path, exists ? &info : NULL);
    if (is_open)
        return true;
    if (sink->temporary) {
        const int reason = errno;
        unlink(sink->temporary);
        errno = reason;
    }
    release(sink);
    return false;
}

bool cli_sink_write(cli_sink *sink, const char *text, size_t length)
{
    return fwrite(text, 1, length, sink->file) == length;
}

static bool end_temporary(cli_sink *sink, bool is_whole)
{
    const int handle = fileno(sink->file);
    const int before = errno;
    bool is_good = is_whole;
    if (is_good)
        is_good = fflush(sink->file) == 0 && fsync(handle) == 0 && fchmod(handle, sink->mode) == 0;
    int reason = is_whole ? errno : before;
    if (fclose(sink->file) != 0 && is_good) {
        is_good = false;
        reason = errno;
    }
    if (is_good && rename(sink->temporary, sink->end) != 0) {
        is_good = false;
        reason = errno;
    }
    if (!is_good)
        unlink(sink->temporary);
    errno = reason;
    return is_good;
}

bool cli_sink_close(cli_sink *sink, bool is_whole)
{
    bool is_good = is_whole;
    if (sink->is_stdout) {
        const int reason = errno;
        is_good = fflush(stdout) == 0 && is_whole;
        errno = is_whole ? errno : reason;
    } else if (sink->temporary) {
        is_good = end_temporary(sink, is_whole);
    } else {
        is_good = fclose(sink->file) == 0 && is_whole;
    }
    release(sink);
    return is_good;
}
