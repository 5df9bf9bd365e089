/** @file two_blocs.h
 * A scenario of two blocs, each with its states, ties, fleet, drill and serials, under the shipped rules;
 * labels (ids of states, names of blocs) can be changed between the two, and the order with them.
 */
#ifndef TEST_SUPPORT_TWO_BLOCS_H
#define TEST_SUPPORT_TWO_BLOCS_H

enum { TWO_BLOCS_ALPHA, TWO_BLOCS_BETA, TWO_BLOCS };

/** The scenario's text with the data of bloc `first` in front and under the labels W1 .. W4, WEST; the
 * other bloc's behind and under E1 .. E4, EAST. W1, W2 and E1, E2 are hosts; the third state of each
 * bloc is a candidate of both drills, the fourth of its own bloc's. Drills: north (alpha's), south.
 * Owned by the caller, free. */
char *two_blocs(int first);

#endif
