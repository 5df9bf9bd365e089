/* muster-bench: medians over interleaved rounds, each also as a ratio to a loop of its own, so that
 * figures of unlike machines and hours can be compared. */
#define _POSIX_C_SOURCE 200809L
#include "bench.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CASES_MAX = 96, ROUNDS_MAX = 101 };

bool bench_is_quick;
static bench_case cases[CASES_MAX];
static int32_t case_count;
static double seconds[CASES_MAX][ROUNDS_MAX]; /* per operation */
static double calibration[ROUNDS_MAX];
static volatile double sink;

int32_t bench_add(const bench_case *one)
{
    if (case_count == CASES_MAX)
        return -1;
    cases[case_count] = *one;
    return case_count++;
}

void bench_use(double value)
{
    sink = value;
}

const char *bench_scenario(const char *file, char out[4096])
{
    snprintf(out, 4096, "%s/scenarios/%s", MUSTER_SOURCE_DIR, file);
    return out;
}

static double now_s(bool by_wall)
{
    struct timespec at;
    clock_gettime(by_wall ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

/* About 10 ms of whole numbers and reals: 5,000,000 steps of a xorshift and a division. */
static double calibrate(void)
{
    const int32_t steps = bench_is_quick ? 20000 : 5000000;
    uint64_t state = 88172645463325252;
    double sum = 0.0;
    const double began = now_s(false);
    for (int32_t i = 0; i < steps; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        sum += 1.0 / (double)(state >> 11 | 1);
    }
    bench_use(sum);
    return (now_s(false) - began) / steps;
}

static bool run_round(int32_t round, const bool *chosen)
{
    calibration[round] = calibrate();
    for (int32_t i = 0; i < case_count; i++) {
        if (!chosen[i])
            continue;
        const double began = now_s(cases[i].by_wall);
        const int64_t operations = cases[i].work(cases[i].context);
        if (operations <= 0) {
            fprintf(stderr, "muster-bench: %s %s failed\n", cases[i].name, cases[i].parameters);
            return false;
        }
        const double took = cases[i].took_s ? *cases[i].took_s : now_s(cases[i].by_wall) - began;
        seconds[i][round] = took / (double)operations;
    }
    return true;
}

/* ---- figures ----------------------------------------------------------------------------------- */

static int compare_reals(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef struct spread {
    double median, least, most;
} spread;

static spread spread_of(const double *value, int32_t count)
{
    double sorted[ROUNDS_MAX];
    memcpy(sorted, value, (size_t)count * sizeof *sorted);
    qsort(sorted, (size_t)count, sizeof *sorted, compare_reals);
    return (spread){0.5 * (sorted[(count - 1) / 2] + sorted[count / 2]), sorted[0],
                    sorted[count - 1]};
}

/* Median of the ratios round by round, which a busy minute leaves alone. */
static double ratio_of(const double *value, const double *to, int32_t count)
{
    double ratio[ROUNDS_MAX];
    for (int32_t i = 0; i < count; i++)
        ratio[i] = value[i] / to[i];
    return spread_of(ratio, count).median;
}

static void print_case(int32_t i, int32_t rounds, bool as_csv)
{
    const bench_case *c = &cases[i];
    const spread s = spread_of(seconds[i], rounds);
    const double to_loop = ratio_of(seconds[i], calibration, rounds);
    const double to_reference =
        c->reference >= 0 ? ratio_of(seconds[i], seconds[c->reference], rounds) : (double)NAN;
    if (as_csv) {
        printf("%s,%s,%s,%.6g,%.6g,%.6g,%d,%.4g,", c->name, c->parameters, c->unit,
               s.median * c->per_s, s.least * c->per_s, s.most * c->per_s, (int)rounds, to_loop);
        if (c->reference >= 0)
            printf("%.4g,%s %s", to_reference, cases[c->reference].name,
                   cases[c->reference].parameters);
        else
            printf(",");
        printf("\n");
        return;
    }
    printf("%-22s %-24s %10.4g %-12s %10.4g", c->name, c->parameters, s.median * c->per_s, c->unit,
           to_loop);
    if (c->reference >= 0)
        printf("  %6.3f", to_reference);
    printf("\n");
}

static int usage(const char *wrong)
{
    if (wrong)
        fprintf(stderr, "muster-bench: not understood: %s\n", wrong);
    fputs("usage: muster-bench [--only NAME]... [--rounds N] [--csv] [--quick]\n\n"
          "Times parts of muster in interleaved rounds (7 unless given): medians, a ratio to a\n"
          "loop of its own (one step of a xorshift and a division) and, where there is one, to a\n"
          "reference in the same run. CPU time, but for threads. Names:"
#define BENCH_FAMILY(name) " " #name
#include "family_list.def"
#undef BENCH_FAMILY
          "\n",
          wrong ? stderr : stdout);
    return wrong ? 2 : 0;
}

typedef struct wishes {
    const char *only[16];
    int32_t only_count, rounds;
    bool as_csv;
} wishes;

static bool is_wanted(const wishes *w, const char *family)
{
    for (int32_t i = 0; i < w->only_count; i++)
        if (strcmp(w->only[i], family) == 0)
            return true;
    return w->only_count == 0;
}

static bool open_families(const wishes *w)
{
    static const struct {
        const char *name;
        bool (*open)(void);
    } families[] = {
#define BENCH_FAMILY(name) {#name, bench_##name},
#include "family_list.def"
#undef BENCH_FAMILY
    };
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (is_wanted(w, families[i].name) && !families[i].open()) {
            fprintf(stderr, "muster-bench: %s cannot be opened\n", families[i].name);
            return false;
        }
    return true;
}

int main(int argc, char **argv)
{
    wishes w = {.rounds = 7};
    bool chosen[CASES_MAX];
    gsl_set_error_handler_off();
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return usage(NULL);
        if (strcmp(argv[i], "--csv") == 0)
            w.as_csv = true;
        else if (strcmp(argv[i], "--quick") == 0)
            bench_is_quick = true;
        else if (strcmp(argv[i], "--only") == 0 && i + 1 < argc && w.only_count < 16)
            w.only[w.only_count++] = argv[++i];
        else if (strcmp(argv[i], "--rounds") == 0 && i + 1 < argc)
            w.rounds = atoi(argv[++i]);
        else
            return usage(argv[i]);
    }
    if (w.rounds < 1 || w.rounds > ROUNDS_MAX)
        return usage("--rounds");
    if (!open_families(&w) || case_count == 0)
        return 2;
    for (int32_t i = 0; i < CASES_MAX; i++)
        chosen[i] = true;
    for (int32_t round = 0; round < w.rounds; round++)
        if (!run_round(round, chosen))
            return 3;
    if (w.as_csv)
        printf("name,parameters,unit,median,least,most,rounds,to_loop,to_reference,reference\n");
    else
        printf("%-22s %-24s %10s %-12s %10s  %6s\n", "", "", "median", "", "to loop", "to ref");
    for (int32_t i = 0; i < case_count; i++)
        print_case(i, w.rounds, w.as_csv);
    return 0;
}
