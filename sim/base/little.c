#include "base/little.h"

#include "base/hash.h"

#include <string.h>

void mst_little_put(mst_little *out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++, out->count++)
        if (out->at)
            out->at[out->count] = (unsigned char)(value >> (8 * i));
}

void mst_little_put_real(mst_little *out, double value)
{
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    mst_little_put(out, bits, 8);
}

void mst_little_put_text(mst_little *out, const char *text)
{
    for (; *text; text++)
        mst_little_put(out, (unsigned char)*text, 1);
}

void mst_little_seal(mst_little *out)
{
    mst_little_put(out, out->at ? mst_hash_bytes(MST_HASH_START, out->at, out->count) : 0, 8);
}

uint64_t mst_little_read(const unsigned char *at, int bytes)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++)
        value |= (uint64_t)at[i] << (8 * i);
    return value;
}

double mst_little_read_real(const unsigned char *at)
{
    const uint64_t bits = mst_little_read(at, 8);
    double value = 0.0;
    memcpy(&value, &bits, sizeof value);
    return value;
}
