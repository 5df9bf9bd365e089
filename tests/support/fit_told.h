/** @file fit_told.h
 * Tables of drills from text to weights: a fit as it is read from them, or refused.
 */
#ifndef TEST_SUPPORT_FIT_TOLD_H
#define TEST_SUPPORT_FIT_TOLD_H

#include "told.h" /* HEAD */

#include "batch/fit.h"

typedef struct fit_told {
    muster_record_table table[3];
    int32_t count;
    muster_record_options reading;
    muster_fit_options options;
    muster_diags *diags;
    muster_fit *fit;
    muster_status status;
} fit_told;

/** A fit of tables, not read yet, with neither replicates nor permutations; dyads may be null. Texts are
 * borrowed. */
fit_told fit_told_begin(const char *drills, const char *states, const char *dyads);

/** Reads and fits; fit_told_end frees what came of it. */
void fit_told_read(fit_told *t);
void fit_told_end(fit_told *t);

/** The same where a mistake fails the test. */
void fit_told_must_fit(fit_told *t);

/** The same where it must be refused with these words in one of its diagnostics, and hint, which may be
 * null; and ends it. */
void fit_told_must_refuse(fit_told *t, const char *words, const char *hint);

/** The weight of a feature in the main fit; asserts that there is one. */
const mst_fit_line *fit_told_line(const fit_told *t, const char *name);

#endif
