/* A set of files: each begins with a line "//file NAME" and goes on to the next such line. The first
 * one is gathered with whatever it includes, then read and run. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { FILES_MOST = 24 };

typedef struct files {
    struct {
        const char *name, *bytes;
        size_t length;
    } file[FILES_MOST];
    int count, held;
} files;

static bool open_file(const char *path, size_t max_bytes, char **bytes, size_t *length,
                      const char **reason, void *context)
{
    files *const all = context;
    for (int i = 0; i < all->count; i++) {
        if (strcmp(all->file[i].name, path) != 0)
            continue;
        *length = all->file[i].length <= max_bytes ? all->file[i].length : max_bytes + 1;
        /* no zero behind it: what the opener gives is bytes, not a text */
        *bytes = malloc(*length > 0 ? *length : 1);
        if (!*bytes)
            break;
        memcpy(*bytes, all->file[i].bytes, *length);
        all->held++;
        return true;
    }
    *reason = "no such file";
    return false;
}

static void close_file(char *bytes, void *context)
{
    ((files *)context)->held--;
    free(bytes);
}

/* Where the next "//file " at the beginning of a line stands, or the end. */
static char *next_mark(char *at, char *end)
{
    static const char mark[] = "//file ";
    for (; (size_t)(end - at) >= sizeof mark - 1; at++)
        if ((at[-1] == '\n') && memcmp(at, mark, sizeof mark - 1) == 0)
            return at;
    return end;
}

static void cut(files *all, char *at, char *end)
{
    for (at = next_mark(at, end); at < end && all->count < FILES_MOST;) {
        char *name = at + strlen("//file ");
        char *stop = memchr(name, '\n', (size_t)(end - name));
        if (!stop)
            return;
        *stop = '\0';
        at = next_mark(stop + 1, end);
        all->file[all->count].name = name;
        all->file[all->count].bytes = stop + 1;
        all->file[all->count++].length = (size_t)(at - stop - 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    files all = {.count = 0};
    char *const bytes = malloc(size + 2);
    if (!bytes)
        return 0;
    bytes[0] = '\n';
    memcpy(bytes + 1, data, size);
    bytes[size + 1] = '\0';
    cut(&all, bytes + 1, bytes + 1 + size);
    const muster_opener opener = {open_file, close_file, &all};
    muster_diags *const diags = muster_diags_create(NULL);
    muster_source_text *text = NULL;
    const muster_status status =
        muster_gather(all.count > 0 ? all.file[0].name : "none", &opener, NULL, diags, &text);
    fuzz_expect(status == MUSTER_OK || muster_diags_error_count(diags) > 0, "gathered, or a reason",
                diags);
    fuzz_expect(all.held == 0, "every file is given back", diags);
    if (text)
        fuzz_whole_way(text, NULL, diags);
    muster_source_text_free(text);
    muster_diags_free(diags);
    free(bytes);
    return 0;
}
