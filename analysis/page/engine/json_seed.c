/* In place of jansson's hashtable_seed.c, which asks the clock: here the order of a table need not be a
 * secret, and an engine without a clock gives the same bytes again. */
#include <stddef.h>
#include <stdint.h>

extern volatile uint32_t hashtable_seed;
extern void json_object_seed(size_t seed);

volatile uint32_t hashtable_seed = 0x6d757374;

void json_object_seed(size_t seed)
{
    (void)seed;
}
