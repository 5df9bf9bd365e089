/** @file report_drill.h
 * The page of a drill: a replay of one run, from a scenario or from a run file.
 */
#ifndef MST_CLI_REPORT_DRILL_H
#define MST_CLI_REPORT_DRILL_H

#include "cli/kind.h"
#include "cli/page_names.h"
#include "cli/replicate.h"

#define CLI_DRILL_OPTIONS                                                                          \
    {"--reps", "N", "of a scenario: N replications with chance beside the plan run"},              \
        CLI_REPLICATE_OPTIONS,                                                                     \
        {"--student", NULL, "of a lesson: without answers, reveals and notes"}, CLI_NAMES_OPTION,  \
    {                                                                                              \
        "--sheet", NULL, "of a lesson: the instructor's page to print, slip and roles behind it"   \
    }

/** Writes the page of the first argument, which is a scenario or a run file. @return exit status */
int cli_report_drill(const cli_call *call, cli_kind kind);

#endif
