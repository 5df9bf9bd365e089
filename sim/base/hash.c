#include "base/hash.h"

#include <string.h>

/* Fowler, Noll, Vo: FNV-1a with the prime 2^40 + 2^8 + 0xb3 (RFC 9923). */
#define PRIME UINT64_C(0x100000001b3)

uint64_t mst_hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *const byte = bytes;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ byte[i]) * PRIME;
    }
    return hash;
}

uint64_t mst_hash_text(uint64_t hash, const char *text)
{
    /* The final zero keeps "ab","c" apart from "a","bc". */
    return mst_hash_bytes(hash, text ? text : "", text ? strlen(text) + 1 : 1);
}

static uint64_t hash_bits(uint64_t hash, uint64_t bits)
{
    for (int shift = 0; shift < 64; shift += 8) {
        hash = (hash ^ (bits >> shift & 0xff)) * PRIME;
    }
    return hash;
}

uint64_t mst_hash_int(uint64_t hash, int64_t value)
{
    return hash_bits(hash, (uint64_t)value);
}

uint64_t mst_hash_real(uint64_t hash, double value)
{
    uint64_t bits = 0;
    if (value != value) {
        bits = UINT64_C(0x7ff8000000000000); /* every "not a number" is the same one */
    } else if (value < 0 || value > 0) {
        memcpy(&bits, &value, sizeof bits);
    }
    return hash_bits(hash, bits);
}
