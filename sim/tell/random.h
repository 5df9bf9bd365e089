/** @file random.h
 * What is random in a scenario.
 */
#ifndef MST_TELL_RANDOM_H
#define MST_TELL_RANDOM_H

#include "muster/tell.h"

/** Every random input of the model (tell->result may be null), as a table or as a muster-list. */
char *mst_tell_random(const muster_tell *tell, bool as_json, muster_diags *diags);

#endif
