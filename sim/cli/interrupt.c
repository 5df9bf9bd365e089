/* Ctrl-C and termination: the first one ends the work with what is done, another one at once. */
#include "cli/interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Two signals within this time are one: timeout(1), for instance, signals the process and its group. */
enum { ONE_SIGNAL_MS = 100 };

/* Set by the handler, in whichever thread; read by all. */
static atomic_int caught;
static atomic_llong first_caught_ms;

double cli_now_s(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

/* The first one is an end with what is done, another one an end at once. */
static void catch_signal(int number)
{
    const long long now_ms = 1 + (long long)(1e3 * cli_now_s());
    long long first_ms = 0;
    if (atomic_compare_exchange_strong(&first_caught_ms, &first_ms, now_ms)) {
        atomic_store(&caught, number);
        return;
    }
    if (now_ms - first_ms < ONE_SIGNAL_MS)
        return;
    signal(number, SIG_DFL);
    raise(number);
}

/* What was there before. */
static struct sigaction before_interrupt, before_terminate;

/* What was ignored (in a background job) stays so. */
static void guard_one(int number, struct sigaction *before)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = catch_signal;
    sigemptyset(&action.sa_mask);
    sigaction(number, NULL, before);
    if (before->sa_handler != SIG_IGN)
        sigaction(number, &action, NULL);
}

void cli_guard_begin(void)
{
    caught = 0;
    first_caught_ms = 0;
    guard_one(SIGINT, &before_interrupt);
    guard_one(SIGTERM, &before_terminate);
}

bool cli_guard_caught(void)
{
    return atomic_load_explicit(&caught, memory_order_relaxed) != 0;
}

int cli_guard_end(void)
{
    sigaction(SIGINT, &before_interrupt, NULL);
    sigaction(SIGTERM, &before_terminate, NULL);
    return caught;
}

void cli_die(int signal_number)
{
    if (signal_number == 0)
        return;
    fflush(stdout);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}
