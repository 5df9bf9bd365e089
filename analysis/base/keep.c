#include "base/keep.h"
#include "muster/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct mst_kept {
    struct mst_kept *older;
    max_align_t bytes[];
};

void *mst_keep_array(mst_keep *keep, size_t count, size_t bytes)
{
    const size_t head = sizeof(struct mst_kept);
    if (bytes != 0 && count > (SIZE_MAX - head) / bytes) {
        keep->failed = true;
        return NULL;
    }
    struct mst_kept *block = calloc(1, head + count * bytes);
    if (!block) {
        keep->failed = true;
        return NULL;
    }
    block->older = keep->newest;
    keep->newest = block;
    return block->bytes;
}

const char *mst_keep_text(mst_keep *keep, const char *text)
{
    const size_t bytes = text ? strlen(text) + 1 : 0;
    char *copy = text ? mst_keep_array(keep, bytes, 1) : NULL;
    if (copy)
        memcpy(copy, text, bytes);
    return copy;
}

const char *mst_keep_printf(mst_keep *keep, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const size_t length = muster_text_vformat(NULL, 0, format, args);
    char *out = mst_keep_array(keep, length + 1, 1);
    if (out)
        muster_text_vformat(out, length + 1, format, again);
    va_end(again);
    va_end(args);
    keep->failed = keep->failed || !out;
    return out;
}

void mst_keep_clear(mst_keep *keep)
{
    while (keep->newest) {
        struct mst_kept *block = keep->newest;
        keep->newest = block->older;
        free(block);
    }
    keep->failed = false;
}
