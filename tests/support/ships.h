/** @file ships.h
 * Experiments about four ships that sail with a probability of their own, for tests of selections.
 */
#ifndef TEST_SUPPORT_SHIPS_H
#define TEST_SUPPORT_SHIPS_H

#include "sweeping.h"
#include "test.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char ships_scenario[] =
    "scenario = { id = \"ships\"; title = \"Four ships\"; start = \"2023-07-18T00:00Z\";\n"
    "             horizon = \"4 d\"; };\n"
    "states = { HOME = { name = \"Home\"; }; };\n"
    "classes = { corvette = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;\n"
    "                         range_nm = 3500.0; range_speed_kn = 14.0; }; };\n"
    "bases = { PORT = { lat_deg = 43.11; lon_deg = 131.89;\n"
    "                   sea_lat_deg = 42.95; sea_lon_deg = 131.85; }; };\n"
    "units = { a = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\"; readiness = 0.6; };\n"
    "          b = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\"; readiness = 0.7; };\n"
    "          c = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\"; readiness = 0.5; };\n"
    "          d = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\"; readiness = 0.4; }; "
    "};\n"
    "drills = { passage = { hosts = [\"HOME\"]; cap_need = 1.0; end = \"2023-07-20T12:00Z\";\n"
    "  decide_at = \"2023-07-18T00:00Z\";\n"
    "  muster = { lat_deg = 39.5; lon_deg = 134.0; at = \"2023-07-20T00:00Z\"; wait = \"12 h\"; "
    "};\n"
    "  slots = ( { for = \"host\"; role = \"escort\"; count = 2; min_hours = \"12 h\"; } ); }; "
    "};\n";

/** Opens an experiment. text: the file but for its group `experiment`; replications: 0: the file's. */
static inline muster_status ships_try(const char *text, int32_t replications, muster_diags *diags,
                                      muster_experiment **out)
{
    char file[8192];
    snprintf(file, sizeof file,
             "experiment = { id = \"x\"; title = \"Which?\"; scenario = \"scenario.cfg\"; };\n%s",
             text);
    const sweeping_ask ask = {
        .text = file, .scenario = ships_scenario, .replications = replications};
    return sweeping_try(&ask, diags, out);
}

/** The same, which must be well. */
static inline muster_experiment *ships_opened(const char *text)
{
    muster_experiment *e = NULL;
    muster_diags *diags = muster_diags_create(NULL);
    if (ships_try(text, 0, diags, &e) != MUSTER_OK)
        fail_msg("%s", test_words(diags));
    muster_diags_free(diags);
    return e;
}

/** A path of which there is no file any more. */
static inline const char *ships_fresh(const char *name)
{
    const char *path = sweeping_path(name);
    (void)unlink(path);
    return path;
}

/** Runs all that is wanted into a store. */
static inline void ships_run(const char *path, const char *text, int32_t jobs)
{
    const sweeping_how how = {.jobs = jobs};
    muster_sweep_done done;
    muster_diags *diags = muster_diags_create(NULL);
    muster_experiment *e = ships_opened(text);
    if (sweeping_run(e, path, &how, diags, &done) != MUSTER_OK)
        fail_msg("%s", test_words(diags));
    assert_int_equal(done.left, 0);
    muster_experiment_free(e);
    muster_diags_free(diags);
}

static inline muster_store *ships_store(const char *path, const muster_experiment *e)
{
    muster_store *store = NULL;
    assert_int_equal(
        muster_store_begin(path, e, &sweeping_host, (muster_shard){0, 0}, NULL, &store), MUSTER_OK);
    return store;
}

/** Of a group of tests, at its end. */
static inline int ships_tidy(void **state)
{
    (void)state;
    sweeping_tidy();
    return 0;
}

#endif
