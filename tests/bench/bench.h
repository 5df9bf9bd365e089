/** @file bench.h
 * muster-bench: what families of measurements share. A family is one file and one line in
 * family_list.def; it adds its cases, which the program runs in interleaved rounds.
 */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <stdbool.h>
#include <stdint.h>

/** One thing that is timed. */
typedef struct bench_case {
    char name[48];       /* "hold"                                       */
    char parameters[48]; /* "N=32 exponential"                           */
    const char *unit;    /* "ns/event"                                   */
    double per_s;        /* units in a second: 1e9 for ns                */
    /** Does the work once and returns how many operations that were; 0: it failed. */
    int64_t (*work)(void *context);
    void *context;
    int32_t reference;    /* case it is held against, -1: none               */
    bool by_wall;         /* wall time in place of CPU time of the process   */
    const double *took_s; /* what the work itself says it took; null: timed */
} bench_case;

/** Adds a case; returns its number. */
int32_t bench_add(const bench_case *one);

/** Quick runs for a test: do as little as can be timed. */
extern bool bench_is_quick;

/** Keeps a value alive that the compiler would otherwise leave out. */
void bench_use(double value);

/** Path below scenarios/. */
const char *bench_scenario(const char *file, char out[4096]);

#define BENCH_FAMILY(name) bool bench_##name(void);
#include "family_list.def"
#undef BENCH_FAMILY

#endif
