/** @file drawn_record.h
 * Tables of a record whose outcomes are drawn by chance from known weights.
 */
#ifndef TEST_SUPPORT_DRAWN_RECORD_H
#define TEST_SUPPORT_DRAWN_RECORD_H

#include "fit_told.h"

#include "num/random.h"

enum { HOSTS = 4, CANDIDATES = 6, STATES = HOSTS + CANDIDATES, YEARS = 16 };

/** Truth: able 3 - 1.2 per 1000 nm, admit 1.5 + 2 near - 1 gap, accept .5 + 80 small + trade. */
typedef struct drawn_record {
    double small[STATES][YEARS], trade[STATES][YEARS], point[STATES][YEARS];
    double near[HOSTS][CANDIDATES], feared[HOSTS][CANDIDATES], lat[STATES], lon[STATES];
    char *drills, *states, *dyads;
    uint64_t drawn;
    mst_stream stream;
} drawn_record;

/** Two editions of each of `series` drills; drawn_free frees the tables. */
void drawn_make(drawn_record *w, int series);
void drawn_free(drawn_record *w);

/** Id of state s: the hosts first, H0 to H3, then the candidates, C0 to C5. */
const char *drawn_name(int s);

/** A fit of the tables, not read yet, of the features that the truth reads. */
fit_told drawn_told(const drawn_record *w);

#endif
