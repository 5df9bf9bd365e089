/** @file flow.h
 * From a scenario to its results through the public headers, for tests: everything a caller
 * would hold, opened in one call and closed in one.
 */
#ifndef TEST_SUPPORT_FLOW_H
#define TEST_SUPPORT_FLOW_H

#include "muster/muster.h"

#include <jansson.h>

typedef struct flow {
    muster_diags *diags;
    muster_source_text *text;
    muster_scenario *scenario;
    muster_routes *routes;
    muster_model *model;
    muster_result *result;
    json_t *run; /* the run document, parsed; null unless asked for */
} flow;

/** Reads regular files. */
extern const muster_opener flow_files;

/** A scenario file below scenarios/ with changes (ends with null; may be null), run. Diagnostics
 * are printed when a step fails. @return status of the step that failed, or MUSTER_OK */
muster_status flow_run(flow *f, const char *file, const char *variant, const char *const *changes);

/** The same from text; changes may be null. */
muster_status flow_run_text(flow *f, const char *text);
muster_status flow_run_changed(flow *f, const char *text, const muster_changes *changes);

/** Reads text as far as a file with mistakes goes, places included; prints nothing. The diagnostics
 * stay in the flow. @return status of the reading */
muster_status flow_open_faulty(flow *f, const char *text);

/** The run document of a finished flow as JSON; asserts that it could be made. */
json_t *flow_json(flow *f);

void flow_close(flow *f);

/** Frees the land that all flows of the program share; call it last. */
void flow_forget_land(void);

/** Path into a JSON value: "decisions[2].stages[0].margin"; null when there is none. */
json_t *flow_at(json_t *from, const char *path);
double flow_real(json_t *from, const char *path); /* NaN when it is no number */

/** Item of an array whose member `key` is `value`; null when there is none. */
json_t *flow_find(json_t *array, const char *key, const char *value);

/** Value of a measure for a thing in the run document ("outcomes"); NaN when there is none. */
double flow_measure(json_t *run, const char *measure, const char *id);

#endif
