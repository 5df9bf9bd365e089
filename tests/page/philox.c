/* The random words alone, as WebAssembly: which the published ones are is known for key and counter 0. */
#include "num/random.h"

__attribute__((used, visibility("default"))) uint64_t philox_word(int32_t index);

uint64_t philox_word(int32_t index)
{
    uint64_t word[2];
    mst_random_block((mst_stream){0}, 0, word);
    return word[index & 1];
}
