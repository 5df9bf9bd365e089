/** @file host.h
 * What machine and build this is.
 */
#ifndef MST_CLI_HOST_H
#define MST_CLI_HOST_H

#include "muster/store.h"

/** Texts are static, or belong to `out`. */
typedef struct cli_host {
    muster_host host;
    char name[256], processor[256], libm[64], program[96];
} cli_host;

void cli_host_read(cli_host *out);

#endif
