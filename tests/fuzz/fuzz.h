/** @file fuzz.h
 * What the harnesses share: a land that costs nothing, and mutations that know the language.
 */
#ifndef TEST_FUZZ_H
#define TEST_FUZZ_H

#include "muster/muster.h"

#include <stddef.h>
#include <stdint.h>

/** One input through one harness; what libFuzzer and the replay of the corpus call. @return 0 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Mutation and crossing as libFuzzer calls them (mutate.c). @return size of the new input */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t room, unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t one_size, const uint8_t *two,
                                 size_t two_size, uint8_t *out, size_t room, unsigned int seed);

/** Open sea with one small island at 35 N, 135 E; opened once, kept to the end. */
const muster_land *fuzz_land(void);

/** Ends the program, so that the input is kept, when `holds` is false. */
void fuzz_expect(bool holds, const char *what, const muster_diags *diags);

/**
 * Replications of the model of a plan run, on one thread and on two, and what is told of them
 * (replicated.c). @param lot chooses how: one or two models, ended early, seeds
 */
void fuzz_replicated(const muster_tell *plan, uint64_t lot, muster_diags *diags);

/**
 * Everything a caller does with a gathered text: read with changes, routes, compile, run,
 * replications, and every document, with what must hold of each step. Left out, by what the text
 * asks for: more than 48 routes, 400 units or 24 drills, which would take seconds each.
 */
void fuzz_whole_way(const muster_source_text *text, const muster_changes *changes,
                    muster_diags *diags);

#endif
