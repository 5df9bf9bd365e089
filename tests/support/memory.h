/** @file memory.h
 * Memory that runs short on purpose, and counts what was not given back.
 */
#ifndef TEST_SUPPORT_MEMORY_H
#define TEST_SUPPORT_MEMORY_H

#include "muster/base.h"

#include <stdlib.h>

typedef struct test_memory {
    int32_t left;    /* allocations that still succeed      */
    int32_t refused; /* allocations that did not            */
    int32_t held;    /* blocks handed out and not released  */
} test_memory;

static inline void *test_allocate(size_t bytes, void *context)
{
    test_memory *const memory = context;
    if (memory->left == 0) {
        memory->refused++;
        return NULL;
    }
    memory->left--;
    void *const block = malloc(bytes);
    memory->held += block != NULL;
    return block;
}

static inline void test_release(void *block, void *context)
{
    test_memory *const memory = context;
    memory->held -= block != NULL;
    free(block);
}

/** A hook whose first memory->left allocations succeed. */
static inline muster_memory test_hook(test_memory *memory)
{
    return (muster_memory){test_allocate, test_release, memory};
}

/** Refuses one allocation and no other, so that what comes behind it goes on. */
typedef struct test_refusal {
    int32_t until;   /* allocations before the one that is refused */
    int32_t refused; /* 1 once it was                              */
} test_refusal;

static inline void *test_allocate_but_one(size_t bytes, void *context)
{
    test_refusal *const one = context;
    if (one->until-- != 0)
        return malloc(bytes);
    one->refused++;
    return NULL;
}

static inline void test_release_plain(void *block, void *context)
{
    (void)context;
    free(block);
}

static inline muster_memory test_hook_but_one(test_refusal *one)
{
    return (muster_memory){test_allocate_but_one, test_release_plain, one};
}

#endif
