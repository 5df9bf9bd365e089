/** @file world.h
 * One scenario with changes, read, compiled and run: what a program holds against others of its kind.
 */
#ifndef MST_CLI_WORLD_H
#define MST_CLI_WORLD_H

#include "cli/cli.h"

typedef struct cli_world {
    muster_scenario *scenario;
    muster_routes *routes; /* own, or null: those of another world serve */
    muster_model *model;
    muster_result *plan;
} cli_world;

/** Reads a gathered text with changes, compiles it and runs the plan; routes that fit are borrowed and
 * must outlive it. What was opened must be closed whatever the status. */
muster_status cli_world_open(const muster_source_text *text, const muster_changes *changes,
                             const muster_land *land, const muster_routes *routes,
                             muster_diags *diags, cli_world *out);
void cli_world_close(cli_world *world);

#endif
