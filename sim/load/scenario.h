/** @file scenario.h
 * The inside of muster_scenario, for the ranks above.
 */
#ifndef MST_LOAD_SCENARIO_H
#define MST_LOAD_SCENARIO_H

#include "model/fields.h"
#include "model/kinds.h"
#include "muster/scenario.h"

struct muster_scenario {
    muster_memory memory;
    mst_arena arena;
    mst_spec spec;
    mst_list changes;    /* mst_change: every change in force, in order            */
    const char *variant; /* id or null                                             */
    const mst_kinds *kinds;
    uint64_t hash;
    bool is_faulty; /* it has mistakes: only its places may still be looked at */
};

/** The plug-ins of this build (activity and align lists). */
const mst_kinds *mst_kinds_all(void);

/** Reads one line "PATH = VALUE" against a spec into a typed change (not yet applied). */
bool mst_change_read(mst_spec *spec, mst_arena *arena, const mst_kinds *kinds, const char *line,
                     const char *origin, mst_place place, muster_diags *diags, mst_change *out);

/** Reads any libconfig text into a struct by a field table (experiment files use it too).
 * facts may be null. False when anything was wrong; diagnostics say what. */
bool mst_read_by_fields(const muster_source_text *text, const muster_field *rows, void *item,
                        mst_arena *arena, const mst_kinds *kinds, mst_list *facts,
                        muster_diags *diags);

#endif
