/** @file lesson.h
 * A scenario file that was run and asked of all models, for tests of cases: what each answered, and
 * the figures of its actors, so that answers can be found a second time the slow way.
 */
#ifndef TEST_SUPPORT_LESSON_H
#define TEST_SUPPORT_LESSON_H

#include "flow.h"
#include "outcome/rivals.h"

enum { LESSON_ACTORS = 34 };

typedef struct lesson {
    flow f;
    mst_arena arena;
    mst_rivals all;
} lesson;

/** A file below scenarios/ and a variant of it (null: none), run and asked. Asserts that it could be. */
void lesson_open(lesson *l, const char *file, const char *variant);
void lesson_close(lesson *l);

/** Index of the case of a drill; asserts that there is one. */
int32_t lesson_case(const lesson *l, const char *drill);

/** What a model answered in one case; asserts that there is such a model. */
const mst_reply *lesson_reply(const lesson *l, int32_t item, const char *model);

/** The finding of that label; asserts that there is one. */
const mst_finding *lesson_finding(const mst_reply *reply, const char *label);

/** Sizes and propensities of the states of a file without drills, in its order. */
typedef struct lesson_actors {
    int32_t count;
    double size[LESSON_ACTORS], p[LESSON_ACTORS][LESSON_ACTORS];
} lesson_actors;

/** size null: 1 for all. A pair without the figure counts as alignment.camps.absent. */
void lesson_take_actors(const lesson *l, const char *size, const char *tie, lesson_actors *out);

#endif
