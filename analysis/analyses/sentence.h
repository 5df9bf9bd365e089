/** @file sentence.h
 * A sentence put together piece by piece. One that is too long ends with an ellipsis, and never within a
 * character.
 */
#ifndef MST_ANALYSIS_ANALYSES_SENTENCE_H
#define MST_ANALYSIS_ANALYSES_SENTENCE_H

#include "muster/base.h"

enum { MST_SENTENCE_BYTES = 2000 };

/** Begins as {0}; text ends with a zero. */
typedef struct mst_sentence {
    char text[MST_SENTENCE_BYTES];
    size_t used;
    bool is_full; /* later additions do nothing */
} mst_sentence;

/** Adds to it, as muster_text_format does. */
void mst_say(mst_sentence *s, const char *format, ...) MUSTER_PRINTF(2, 3);

#endif
