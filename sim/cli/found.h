/** @file found.h
 * What an experiment found, of a store or of tables, as the verbs that tell it are asked.
 */
#ifndef MST_CLI_FOUND_H
#define MST_CLI_FOUND_H

#include "cli/cli.h"

#include "muster/analyze.h"

#define CLI_FIND_OPTIONS                                                                           \
    {"--measure", "NAME", "a figure of the store; may be given again; without it the first"},      \
        {"--analysis", "NAME", "one analysis; may be given again; without it all that fit"},       \
        {"--design", "FILE", "in place of a store: a table of points (muster design)"},            \
        {"--response", "FILE",                                                                     \
         "a table of figures, a row a point; without it a column of the design"},                  \
        {"--against", "POINT", "what points are held against: a label or a number"},               \
        {"--above", "X", "boxes: cases of interest have the figure at least this high"},           \
        {"--below", "X", "boxes: or at most this high"},                                           \
        {"--x", "FACTOR", "map: along the horizontal axis"},                                       \
        {"--y", "FACTOR", "map: along the vertical axis"},                                         \
    {                                                                                              \
        "--level", "P", "of intervals; 0.95 without it"                                            \
    }

/** Opens what the call names and analyses it; what is wrong is printed. The document is the caller's.
 * @return exit status */
int cli_find(const cli_call *call, muster_document **out);

#endif
