/** @file flipping.h
 * A scenario ready to be flipped, and read again with changes: routes are found once.
 */
#ifndef TEST_SUPPORT_FLIPPING_H
#define TEST_SUPPORT_FLIPPING_H

#include "flow.h"

#include "batch/flip.h"

enum { FLIP_LINES_MAX = 32 };

typedef struct flipping {
    flow f;
    muster_changes given;
    const char *line[FLIP_LINES_MAX];
    json_t *told; /* the muster-flip document; null unless asked for */
} flipping;

/** Opens a file below scenarios/, or text, with changes; asserts that it runs. changes may be null. */
void flipping_open(flipping *p, const char *file, const muster_changes *changes);
void flipping_open_text(flipping *p, const char *text, const muster_changes *changes);
void flipping_close(flipping *p);

/** The document for a state; drill may be null. Asserts that there is one. */
json_t *flipping_told(flipping *p, const char *state, const char *drill);

/** The text for people; asserts that there is one. Give back with muster_tell_free. */
char *flipping_text(flipping *p, const char *state, const char *drill);

/** The verdict of the plan run with more change lines behind those given, read from the text anew, as
 * `run --set` does. @return false: the file does not allow it */
bool flipping_run(flipping *p, const char *state, const char *drill, const char *const *lines,
                  int32_t count, mst_verdict *out);

/** The text at a path of the document, "" where there is none; whether what stands there is true. */
const char *flipping_word(json_t *from, const char *path);
bool flipping_is_true(json_t *from, const char *path);

/** A lever of the document; asserts that it is there. */
json_t *flipping_lever(json_t *told, const char *id);

/** A set with exactly these ids, words separated by blanks; null: there is none. */
json_t *flipping_set(json_t *told, const char *ids);

#endif
