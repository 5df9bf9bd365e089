/** @file calc.h
 * The slide rule on the command line: one question is a row of the table in calc.c and a small
 * function in calc_sea.c or calc_craft.c.
 */
#ifndef MST_CLI_CALC_H
#define MST_CLI_CALC_H

#include "cli/library.h"

#include "base/text.h"
#include "tell/json.h"

/** A question as it was asked, and the answer: a sentence, and the same figures by name. */
typedef struct calc_ask {
    const cli_call *call;
    const char *name; /* "radius"                                     */
    cli_session *session;
    mst_text words, used; /* the answer; what it rests on: one line each   */
    mst_json *json;
} calc_ask;

/* ---- input (calc_input.c): false after a printed mistake ------------------------------------- */

/** Argument behind the question's name, from 0. */
const char *calc_argument(const calc_ask *ask, int index);

/** A number with an allowed range, the first length bytes of text. */
bool calc_number(const calc_ask *ask, const char *what, const char *text, size_t length, double low,
                 double high, double *out);
/** The same from an option; fallback (may be NaN) without it. */
bool calc_option(const calc_ask *ask, const char *option, double low, double high, double fallback,
                 double *out);
/** --stay, in seconds. */
bool calc_stay(const calc_ask *ask, const char *fallback, double *out_s);
bool calc_moment(const calc_ask *ask, const char *what, const char *text, muster_time *out);
bool calc_place(const calc_ask *ask, int argument, bool air, muster_point *out);
bool calc_way(const calc_ask *ask, muster_point from, muster_point to, muster_way *out);

/** What is asked about: a class of the library, or RANGE@SPEED (class_ null). */
typedef struct calc_subject {
    const char *text; /* as written */
    const mst_class_def *class_;
    bool is_plane;
    muster_ship ship; /* one of the two */
    muster_plane plane;
} calc_subject;
bool calc_subject_of(const calc_ask *ask, calc_subject *out);
/** The same, and it must be a ship. */
bool calc_ship_of(const calc_ask *ask, calc_subject *out);
/** A mistake if one of these options ("--a --b") was given: they are for ships. */
bool calc_ships_only(const calc_ask *ask, const calc_subject *subject, const char *options);

/** True if `word` is one of the words of a list. */
bool calc_has_word(const char *list, const char *word);

/** A refusal of the library as a mistake of the command line; returns 2. */
int calc_refuse(const calc_ask *ask, const char *reason);

/* ---- the answer ------------------------------------------------------------------------------ */

void calc_figure(calc_ask *ask, const char *name, double value);

/** What the answer rests on: figures with their marks, in words and as "used" (calc_used.c).
 * The station speed is told when one is given (kn; NaN: not asked for). */
bool calc_tell_ship(calc_ask *ask, const calc_subject *subject, double station_kn);
bool calc_tell_plane(calc_ask *ask, const calc_subject *subject);

/** Questions: exit status. */
int calc_distance(calc_ask *ask);
int calc_depart(calc_ask *ask);
int calc_meet(calc_ask *ask);
int calc_range(calc_ask *ask);
int calc_endurance(calc_ask *ask);
int calc_speed(calc_ask *ask);
int calc_radius(calc_ask *ask);
int calc_station(calc_ask *ask);

#endif
