/* A scenario text; behind a line "//changes" the rest are changes, one a line ("PATH = VALUE"), and
 * "//variant ID" chooses a variant. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MOST = 32 };

/* The lines behind the mark, cut in place. */
static void take_changes(char *at, muster_changes *changes, const char *line[LINES_MOST])
{
    static const char variant[] = "//variant ";
    for (char *rest = NULL, *one = strtok_r(at, "\n", &rest); one;
         one = strtok_r(NULL, "\n", &rest)) {
        if (strncmp(one, variant, sizeof variant - 1) == 0)
            changes->variant = one + sizeof variant - 1;
        else if (changes->line_count < LINES_MOST)
            line[changes->line_count++] = one;
    }
    changes->line = line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char mark[] = "\n//changes\n";
    const char *line[LINES_MOST];
    muster_changes changes = {0};
    char *const bytes = malloc(size + 1);
    if (!bytes)
        return 0;
    memcpy(bytes, data, size);
    bytes[size] = '\0';
    char *cut = memchr(bytes, '\0', size) ? NULL : strstr(bytes, mark);
    const size_t length = cut ? (size_t)(cut - bytes) + 1 : size;
    if (cut)
        take_changes(cut + sizeof mark - 1, &changes, line);
    muster_diags *const diags = muster_diags_create(NULL);
    muster_source_text *text = NULL;
    const muster_status status = muster_gather_text("f.cfg", bytes, length, NULL, diags, &text);
    fuzz_expect(status == MUSTER_OK || muster_diags_error_count(diags) > 0, "gathered, or a reason",
                diags);
    if (text)
        fuzz_whole_way(text, &changes, diags);
    muster_source_text_free(text);
    muster_diags_free(diags);
    free(bytes);
    return 0;
}
