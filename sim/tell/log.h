/** @file log.h
 * The log of a run: what the parts that make it share. log_json.c goes along the records, log_units.c
 * and log_drills.c have the sentences.
 */
#ifndef MST_TELL_LOG_H
#define MST_TELL_LOG_H

#include "tell/scene.h"

/** How much an entry matters. */
enum { MST_LOG_DETAIL = 1, MST_LOG_EVENT = 2, MST_LOG_HEADLINE = 3 };

/** One entry being made. kind stays null where a record is nothing to be told. */
typedef struct mst_log_entry {
    const char *kind;                   /* "sailed", "arrived" ... */
    const char *text;                   /* one sentence            */
    int32_t state, drill, serial, spot; /* -1: none; spot: where it is, for what is no unit */
    int32_t weight;
} mst_log_entry;

typedef struct mst_log {
    mst_page *page;
    const mst_record *record; /* the first of those that are told together      */
    const int32_t *who;       /* units that they are about, each once           */
    int32_t who_count;
    int32_t times;     /* how many records are told together             */
    double sum;        /* of their figures                                     */
    int32_t cancelled; /* serials that ended with a drill that did not muster   */
    int32_t *drill_of; /* of each unit: the drill it takes part in, -1          */
    int32_t *from;     /* of each unit: where its last leg began, -1: none yet */
} mst_log;

/** What units did. */
mst_log_entry mst_log_unit(mst_log *log);
/** What became of a drill, its serials, phases and decisions. */
mst_log_entry mst_log_drill(mst_log *log);

/** "for want of fuel": the cause in a sentence about a ship or a drill. */
const char *mst_log_cause(int32_t cause);
/** A name at the begin of a sentence: with a capital, where it has a small letter of ASCII. */
const char *mst_log_begin(const mst_log *log, const char *name);
const char *mst_log_drill_name(const mst_log *log, int32_t drill);

#endif
