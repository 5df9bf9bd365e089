/** @file real_files.h
 * Files as they lie on the disk: the two functions of a muster_opener, which needs no context.
 */
#ifndef TEST_SUPPORT_REAL_FILES_H
#define TEST_SUPPORT_REAL_FILES_H

#include "muster/scenario.h"

#include <stdio.h>
#include <stdlib.h>

static inline bool real_file_open(const char *path, size_t max_bytes, char **bytes, size_t *length,
                                  const char **reason, void *context)
{
    (void)context;
    FILE *file = fopen(path, "rb");
    *reason = "cannot be opened";
    if (!file)
        return false;
    *bytes = malloc(max_bytes + 1);
    *length = *bytes ? fread(*bytes, 1, max_bytes, file) : 0;
    fclose(file);
    return *bytes != NULL;
}

static inline void real_file_close(char *bytes, void *context)
{
    (void)context;
    free(bytes);
}

#endif
