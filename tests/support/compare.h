/** @file compare.h
 * Two JSON documents compared leaf by leaf, so that a test can say which figures may move and
 * fails when any other one does.
 *
 * A leaf is named by its path with the ids of list items: `outcomes.score.northern`,
 * `decisions.northern/PRK.stages.admit/CHN.margin`, `units.taihu.legs.2.speed_mps`. Events are
 * numbered unit by unit, so that an event of one ship does not rename those of another.
 */
#ifndef TEST_SUPPORT_COMPARE_H
#define TEST_SUPPORT_COMPARE_H

#include <jansson.h>

/**
 * Fails unless just the leaves move that may: each leaf that differs, or stands in one document
 * alone, must match a pattern of @p may (fnmatch, '*' also over dots), and each pattern must match
 * a leaf that moved, so that no pattern is idle. A pattern that begins with '?' need not.
 *
 * The hash of the scenario, the list of changes and the digest of the run are left out: they move
 * with everything.
 */
void assert_moves(json_t *before, json_t *after, const char *const *may);

/** The text with every whole word (letters, digits, '_') `from[i]` put as `to[i]`; ends with null.
 * Owned by the caller, free. */
char *with_words_replaced(const char *text, const char *const *from, const char *const *to);

#endif
