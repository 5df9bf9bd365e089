#include "base/rng.h"

/* FNV-1a of the purpose, then the finalizer of MurmurHash3 (Appleby 2011) over both. The twister takes
 * 32 bits of a seed. */
gsl_rng *mst_rng_open(uint64_t seed, const char *purpose)
{
    uint64_t mixed = UINT64_C(0xcbf29ce484222325);
    for (const char *at = purpose; *at; at++)
        mixed = (mixed ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
    mixed ^= seed;
    mixed = (mixed ^ (mixed >> 33)) * UINT64_C(0xff51afd7ed558ccd);
    mixed = (mixed ^ (mixed >> 33)) * UINT64_C(0xc4ceb9fe1a85ec53);
    mixed ^= mixed >> 33;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (rng)
        gsl_rng_set(rng, (unsigned long)(mixed >> 32));
    return rng;
}
