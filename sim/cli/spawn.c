/* Other programs: no shell is asked, so nothing in a name can be taken for a command. */
#include "cli/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* ---- words ---------------------------------------------------------------------------------------- */

void cli_words_add(cli_words *words, const char *word)
{
    if (words->failed)
        return;
    if (words->count + 2 > words->room) {
        const size_t room = words->room ? 2 * words->room : 32;
        char **more = realloc(words->word, room * sizeof *more);
        words->failed = !more;
        if (!more)
            return;
        words->word = more;
        words->room = room;
    }
    char *copy = word ? strdup(word) : NULL;
    words->failed = !copy;
    words->word[words->count] = copy;
    words->count += copy != NULL;
    words->word[words->count] = NULL;
}

void cli_words_printf(cli_words *words, const char *format, ...)
{
    mst_text text;
    va_list args;
    mst_text_init(&text, NULL);
    va_start(args, format);
    mst_text_vprintf(&text, format, args);
    va_end(args);
    cli_words_add(words, text.failed ? NULL : text.bytes);
    mst_text_clear(&text);
}

void cli_words_clear(cli_words *words)
{
    for (size_t i = 0; i < words->count; i++)
        free(words->word[i]);
    free(words->word);
    *words = (cli_words){.word = NULL};
}

void cli_put_word(mst_text *out, const char *word)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=+,-@%";
    if (*word && word[strspn(word, plain)] == '\0') {
        mst_text_add(out, word);
        return;
    }
    mst_text_add(out, "'");
    while (*word) { /* within '...' all is itself but ' */
        const size_t length = strcspn(word, "'");
        mst_text_add_bytes(out, word, length);
        word += length;
        if (*word) {
            mst_text_add(out, "'\\''");
            word++;
        }
    }
    mst_text_add(out, "'");
}

void cli_put_words(mst_text *out, const cli_words *words)
{
    for (size_t i = 0; i < words->count; i++) {
        if (i > 0)
            mst_text_add(out, " ");
        cli_put_word(out, words->word[i]);
    }
    out->failed = out->failed || words->failed;
}

/* ---- PATH ----------------------------------------------------------------------------------------- */

static bool is_program(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) && access(path, X_OK) == 0;
}

char *cli_find_program(const char *name)
{
    char path[4096];
    for (const char *at = getenv("PATH"); at && *at;) {
        const int length = (int)strcspn(at, ":");
        const int bytes = snprintf(path, sizeof path, "%.*s/%s", length, at, name);
        if (length > 0 && bytes < (int)sizeof path && is_program(path))
            return strdup(path);
        at += length + (at[length] == ':');
    }
    return NULL;
}

/* ---- running -------------------------------------------------------------------------------------- */

/* Its first bytes are kept; the rest is read and dropped, so that it does not wait for us. */
static void listen_to(int pipe_end, cli_spawned *out)
{
    char rest[512];
    for (;;) {
        const size_t room = sizeof out->out - 1 - out->length;
        const ssize_t got = room > 0 ? read(pipe_end, out->out + out->length, room)
                                     : read(pipe_end, rest, sizeof rest);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            out->error = got < 0 ? errno : 0;
            break;
        }
        out->length += room > 0 ? (size_t)got : 0;
    }
    out->out[out->length] = '\0';
}

static void wait_for(pid_t child, cli_spawned *out)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) {
            out->error = errno;
            return;
        }
    out->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* SIGPIPE, which we ignore, is what it was before. */
static int prepare_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    const int a = posix_spawnattr_setsigmask(attributes, &none);
    const int b = posix_spawnattr_setsigdefault(attributes, &usual);
    const int c =
        posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    return a ? a : b ? b : c;
}

static int prepare_files(posix_spawn_file_actions_t *actions, int pipe_end, bool is_quiet)
{
    const int a = posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    const int b = posix_spawn_file_actions_adddup2(actions, pipe_end, STDOUT_FILENO);
    const int c = is_quiet ? posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null",
                                                              O_WRONLY, 0)
                           : 0;
    return a ? a : b ? b : c;
}

static int start(const char *path, const cli_words *words, bool is_quiet, int pipe_end,
                 pid_t *child)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (error == 0) {
        error = prepare_signals(&attributes);
        if (error == 0)
            error = prepare_files(&actions, pipe_end, is_quiet);
        if (error == 0)
            error = posix_spawn(child, path, &actions, &attributes, words->word, environ);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Both ends close by themselves in the program, and lie above the three that it has: where ours were
 * closed, pipe() would hand those out. */
static int make_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return errno;
    for (int i = 0; i < 2; i++) {
        const int high = fcntl(ends[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        const int error = errno;
        close(ends[i]);
        ends[i] = high;
        if (high < 0) {
            close(ends[1 - i]);
            return error;
        }
    }
    return 0;
}

void cli_spawn(const char *path, const cli_words *words, bool is_quiet, cli_spawned *out)
{
    int ends[2];
    pid_t child = 0;
    *out = (cli_spawned){.error = words->failed ? ENOMEM : 0};
    if (out->error == 0)
        out->error = make_pipe(ends);
    if (out->error != 0)
        return;
    out->error = start(path, words, is_quiet, ends[1], &child);
    close(ends[1]);
    if (out->error == 0) {
        listen_to(ends[0], out);
        wait_for(child, out);
    }
    close(ends[0]);
}
