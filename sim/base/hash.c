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

/* Powers of the prime from 0 to 8, modulo 2^64: so many zero bytes on end multiply by one of them. */
static const uint64_t power[] = {UINT64_C(0x1),
                                 UINT64_C(0x100000001b3),
                                 UINT64_C(0x366000002e329),
                                 UINT64_C(0x8a97b0004e7feab),
                                 UINT64_C(0x9ffaac085635bc91),
                                 UINT64_C(0xcaee32a7d4f6a63),
                                 UINT64_C(0xdc966432edf1c639),
                                 UINT64_C(0xc5527b8a51d3d2db),
                                 UINT64_C(0x1efac7090aef4a21)};

/* The eight bytes from the lowest on. Small numbers and round reals are mostly zeros, and each
 * multiplication waits for the one before it. */
static uint64_t hash_bits(uint64_t hash, uint64_t bits)
{
    int left = 8;
    if ((bits & UINT32_MAX) == 0) {
        hash *= power[4];
        bits >>= 32;
        left = 4;
    }
    for (; bits > 0xff; bits >>= 8, left--) {
        hash = (hash ^ (bits & 0xff)) * PRIME;
    }
    return (hash ^ bits) * power[left];
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
