/** @file interrupt.h
 * Long work that a signal ends early, with what is done.
 */
#ifndef MST_CLI_INTERRUPT_H
#define MST_CLI_INTERRUPT_H

#include <stdbool.h>

/** From now on the first SIGINT or SIGTERM is only noted; what was ignored stays so. */
void cli_guard_begin(void);
/** Whether one was; from any thread. */
bool cli_guard_caught(void);
/** As before cli_guard_begin. @return number of the signal, 0: none */
int cli_guard_end(void);

/** Dies by a signal, 0: does nothing. The shell then sees what it was. */
void cli_die(int signal_number);

/** Seconds of a clock that is never set. */
double cli_now_s(void);

#endif
