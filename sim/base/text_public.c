/* muster/text.h. */
#include "muster/text.h"

#include "base/hash.h"
#include "base/text.h"

const char *muster_text_shortest(double value, char out[32])
{
    return mst_text_shortest(value, out);
}

bool muster_text_real(const char *text, double *out)
{
    return mst_text_real(text, out);
}

uint64_t muster_hash(uint64_t hash, const void *bytes, size_t length)
{
    return mst_hash_bytes(hash, bytes, length);
}

int32_t muster_text_nearest(const char *wanted, const char *const *names, int32_t count)
{
    return mst_text_nearest(wanted, names, count);
}
