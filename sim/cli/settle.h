/** @file settle.h
 * A scenario whose changes of the command line stand in its text: for what is given away with the text.
 */
#ifndef MST_CLI_SETTLE_H
#define MST_CLI_SETTLE_H

#include "cli/world.h"

#include "base/arena.h"

typedef struct cli_settled {
    cli_session session; /* what is given away; borrows from the session it came from */
    cli_world world;
    muster_source_text *text; /* null: there were no changes */
    mst_arena arena;
} cli_settled;

/** The same run again from a text that has --set in it as a variant; without --set the session as it is,
 * which must outlive it. To be closed whatever the status. @return exit status */
int cli_settle(const cli_call *call, const cli_session *session, cli_settled *out);
void cli_settled_close(cli_settled *settled);

#endif
