/** @file step.h
 * Going through a run event by event: a cursor in its log, and changes that can be taken back.
 *
 * A change makes the run anew from its start (it takes milliseconds and has no chance in it) and goes on
 * at the same moment, so that taking it back gives the very same run again.
 */
#ifndef MST_CLI_STEP_H
#define MST_CLI_STEP_H

#include "cli/world.h"

#include "batch/handles.h"
#include "tell/json.h"

enum { STEP_LINES_MAX = 4096, STEP_UNDO_MAX = 4096, STEP_INPUT_BYTES = 4096 };

/** Where one is: what a command can change, and what undo gives back. */
typedef struct step_mark {
    muster_time now;
    int32_t next; /* index in the log of what comes next */
    int32_t top;  /* the last of the changes in force, -1: none */
} step_mark;

/** A change made here. It is never overwritten, so that a mark finds again what it stands on. */
typedef struct step_line {
    char *text;    /* "PATH = VALUE"             */
    int32_t below; /* the one before it, -1: none */
} step_line;

typedef struct step_session {
    const cli_call *call;
    cli_session *base; /* text, land and routes                        */
    cli_world world;   /* with the changes                             */
    mst_json_document *document;
    const mst_json_value *log;
    step_line line[STEP_LINES_MAX]; /* all that were ever made */
    int32_t line_count;
    step_mark mark;
    step_mark past[STEP_UNDO_MAX];
    int32_t past_count;
    bool is_over; /* quit was said */
} step_session;

/** One command. */
typedef struct step_command {
    const char *name, *usage, *help;
    bool changes; /* undo takes it back */
    /** What it says: printed by it, as text, or added to `answer`, which is null for people.
     * False: it did nothing, and has said why. */
    bool (*run)(step_session *s, char *words, mst_json *answer);
} step_command;

extern const step_command step_commands[]; /* ends with a null name */

/* Commands that look (step_look.c). */
bool step_where(step_session *s, char *words, mst_json *answer);
bool step_why(step_session *s, char *words, mst_json *answer);
bool step_reach(step_session *s, char *words, mst_json *answer);
bool step_flip(step_session *s, char *words, mst_json *answer);
bool step_report(step_session *s, char *words, mst_json *answer);

/** Makes the run anew with the changes up to top. False: it is as it was, and why not is told. */
bool step_run(step_session *s, int32_t top, mst_json *answer);

/** The changes made here up to top, first to last. @param[out] line room for STEP_LINES_MAX
 * @return how many */
int32_t step_lines(const step_session *s, int32_t top, const char **line);

/** The model of the run as it is now. */
const mst_model *step_model(const step_session *s);

/** The changes of the command line and those made here up to top.
 * @param[out] line  room for them (STEP_LINES_MAX + CLI_OPTIONS_MAX) */
muster_changes step_changes(const step_session *s, int32_t top, const char **line);

/** Adds changes ("PATH = VALUE") and makes the run anew; all or none of them are made. */
bool step_change(step_session *s, const char *const *lines, int32_t count, mst_json *answer);

/** Goes to a moment: entries up to it are told, or, back, none. */
void step_go(step_session *s, muster_time to, mst_json *answer);

/** Says what could not be done. @return false */
bool step_refuse(const step_session *s, mst_json *answer, const char *format, ...)
    MUSTER_PRINTF(3, 4);

/** Prints words wrapped to the screen; with an answer adds them to it as "text". */
void step_say(const step_session *s, mst_json *answer, const char *format, ...) MUSTER_PRINTF(3, 4);

/** Time of an entry of the log. */
muster_time step_time(const step_session *s, int32_t index);

/** Tells entry index: a line of text, or an object in the answer's open array. */
void step_entry(const step_session *s, int32_t index, mst_json *answer);

/** "18 July 2023, 13:18 UTC (22:18)" */
const char *step_clock(const step_session *s, muster_time time, char out[64]);

#endif
