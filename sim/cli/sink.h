/** @file sink.h
 * Where results go, piece by piece: stdout, or a file that is then the whole of them or what it was.
 */
#ifndef MST_CLI_SINK_H
#define MST_CLI_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

typedef struct cli_sink {
    FILE *file;
    char *temporary, *end; /* of a regular file: written first, and its name afterwards; or null */
    mode_t mode;
    bool is_stdout;
} cli_sink;

/** Opens it; null or "-": stdout. A regular file is replaced whole and keeps its mode; a link stays one;
 * a pipe or a device is written into. False with errno. */
bool cli_sink_open(cli_sink *sink, const char *path);

/** Writes; false with errno. */
bool cli_sink_write(cli_sink *sink, const char *text, size_t length);

/** Ends it: the file takes its place if is_whole, and is as it was if not. False with errno. */
bool cli_sink_close(cli_sink *sink, bool is_whole);

#endif
