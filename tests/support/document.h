/** @file document.h
 * What a run document says of a drill, looked up by ids, for tests; and a second way to a distance.
 * Whatever is not there fails the test by name.
 */
#ifndef TEST_SUPPORT_DOCUMENT_H
#define TEST_SUPPORT_DOCUMENT_H

#include "flow.h"

#include <stdbool.h>

/** Item of the document's array whose member `key` is `value`. */
json_t *doc_of(const flow *f, const char *array, const char *key, const char *value);

/** Stage of a state's decision ("able", "admit", "accept"); host may be null: the first. */
json_t *doc_stage(const flow *f, const char *state, const char *name, const char *host);
double doc_margin(const flow *f, const char *state, const char *name, const char *host);

/** Value of a rule in a stage, by the rule's id. */
double doc_term(const flow *f, const char *state, const char *name, const char *key);
bool doc_joins(const flow *f, const char *state);

/** Seconds since the epoch of a date in a document, or written here. */
double doc_seconds_of(json_t *text);
double doc_seconds_at(const char *text);

/** Length of the geodesic on WGS 84 by Vincenty's inverse formula (Survey Review 23(176), 1975), good
 * to half a millimetre; the library has Karney's way by PROJ. */
double vincenty_nm(double lat1_deg, double lon1_deg, double lat2_deg, double lon2_deg);

#endif
