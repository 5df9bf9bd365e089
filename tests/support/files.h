/** @file files.h
 * Files that exist only in a test, and what reading them says.
 */
#ifndef TEST_SUPPORT_FILES_H
#define TEST_SUPPORT_FILES_H

#include "muster/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct test_file {
    const char *path, *text;
} test_file;

typedef struct test_disk {
    const test_file *file; /* ends with a null path */
    int32_t opened, held;  /* files opened, and not yet given back */
} test_disk;

static inline bool test_open(const char *path, size_t max_bytes, char **bytes, size_t *length,
                             const char **reason, void *context)
{
    test_disk *const disk = context;
    for (const test_file *file = disk->file; file->path; file++) {
        if (strcmp(file->path, path) != 0)
            continue;
        *length = strlen(file->text);
        if (*length > max_bytes) {
            *reason = "too large";
            return false;
        }
        *bytes = malloc(*length + 1);
        *reason = "out of memory";
        if (!*bytes)
            return false;
        memcpy(*bytes, file->text, *length + 1);
        disk->opened++;
        disk->held++;
        return true;
    }
    *reason = "no such file";
    return false;
}

static inline void test_close(char *bytes, void *context)
{
    ((test_disk *)context)->held--;
    free(bytes);
}

static inline muster_opener test_opener(test_disk *disk)
{
    return (muster_opener){test_open, test_close, disk};
}

/** All diagnostics as "file:line: message (hint)" lines in a static buffer, for comparison. */
static inline const char *test_words(const muster_diags *diags)
{
    static char words[40000];
    size_t used = 0;
    words[0] = '\0';
    for (int32_t i = 0; i < muster_diags_count(diags); i++) {
        const muster_diag *const diag = muster_diags_at(diags, i);
        const int more = snprintf(words + used, sizeof words - used, "%s:%d: %s%s%s%s\n",
                                  diag->file, (int)diag->line, diag->message,
                                  diag->hint[0] ? " (" : "", diag->hint, diag->hint[0] ? ")" : "");
        used += more > 0 && (size_t)more < sizeof words - used ? (size_t)more : 0;
    }
    return words;
}

#endif
