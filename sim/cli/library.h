/** @file library.h
 * The shipped library of classes, bases and straits, for verbs that need no scenario.
 */
#ifndef MST_CLI_LIBRARY_H
#define MST_CLI_LIBRARY_H

#include "cli/cli.h"
#include "load/scenario.h"

/** Reads the library as a scenario of its own; prints what is wrong. @return exit status */
int cli_library_open(cli_session *session, bool as_json);

/** A place of the command line: id of a base (its sea point, or the field), or LAT,LON.
 * air: the airfield or port itself is wanted. @return false after a printed mistake */
bool cli_place(const cli_session *session, const char *text, bool air, bool as_json,
               muster_point *out);

/** Class of that id; null after a printed mistake with the nearest name. */
const mst_class_def *cli_class(const cli_session *session, const char *id, bool as_json);

/** muster show FILE --text. @return exit status */
int cli_show_text(const cli_call *call);

#endif
