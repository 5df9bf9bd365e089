/** @file thrown_in.h
 * Three ships and two aircraft of two states, into whose run something is thrown: times and fuel follow by
 * hand from the same file without it.
 */
#ifndef TEST_SUPPORT_THROWN_IN_H
#define TEST_SUPPORT_THROWN_IN_H

#include "flow.h"
#include "test.h"

#include "batch/handles.h"
#include "engine/run.h"
#include "outcome/outcome.h"

/* A hosts, B may come: a ship each and a second one of A; the muster 2 days after the start. */
#define WORLD                                                                                      \
    "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-18T00:00Z\"; horizon = \"12 d\"; "  \
    "};"                                                                                           \
    "states = { A = { name = \"Aland\"; attributes = { will = 1.0; }; };"                          \
    "           B = { name = \"Bland\"; attributes = { will = 0.5; }; }; };"                       \
    "classes = { corv = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;"              \
    "                     range_nm = 3500.0; range_speed_kn = 14.0; };"                            \
    "  jet = { craft = \"aircraft\"; roles = [\"fighter\"]; cruise_kn = 450.0; fuel_t = 4.0;"      \
    "          ferry_range_nm = 1500.0; }; };"                                                     \
    "bases = { PA = { sea_lat_deg = 42.95; sea_lon_deg = 131.85; lat_deg = 43.11; lon_deg = "      \
    "131.89; };"                                                                                   \
    "          PB = { sea_lat_deg = 39.2; sea_lon_deg = 128.2; lat_deg = 39.2; lon_deg = 127.5; "  \
    "}; };"                                                                                        \
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };"                   \
    "weather = { sea_state = 2; };"                                                                \
    "units = { a = { class = \"corv\"; state = \"A\"; base = \"PA\"; };"                           \
    "  a2 = { class = \"corv\"; state = \"A\"; base = \"PA\"; };"                                  \
    "  b = { class = \"corv\"; state = \"B\"; base = \"PB\"; };"                                   \
    "  j = { class = \"jet\"; state = \"A\"; base = \"PA\"; count = 2; }; };"                      \
    "groups = { pair = { members = [\"a\", \"a2\"]; drill = \"d\"; }; };"                          \
    "drills = { d = { hosts = [\"A\"]; candidates = [\"B\"]; area = \"sea\"; cap_need = 0.4;"      \
    "  slots = ( { for = \"host\"; role = \"escort\"; count = 2; min_hours = \"12 h\"; },"         \
    "            { for = \"candidate\"; role = \"escort\"; min_hours = \"1 h\"; } );"              \
    "  muster = { at = \"2023-07-20T00:00Z\"; }; end = \"2023-07-22T00:00Z\";"                     \
    "  decide_at = \"2023-07-18T00:00Z\"; }; };"                                                   \
    "serials = { s = { kind = \"gunnery\"; min_states = 1; start = \"1 h\"; for = \"10 h\";"       \
    "  sea_state_limit = 4; needs = ( { role = \"escort\"; count = 3; } ); }; };"                  \
    "alignment = { rules = { near = { stage = \"admit\"; terms = [\"tie.align\"]; };"              \
    "  will = { stage = \"accept\"; terms = [\"-0.4 + cand.will\"]; }; }; };"                      \
    "ties = { A-B = { a = \"A\"; b = \"B\"; align = 0.5; }; };"

#define INJECT(more) "injects = { x = { at = \"2023-07-18T00:00Z\"; " more " }; };"

static inline void open(flow *f, const char *text, const char *const *lines)
{
    muster_changes changes = {.line = lines};
    while (lines && lines[changes.line_count])
        changes.line_count++;
    assert_int_equal(flow_run_changed(f, text, &changes), MUSTER_OK);
}

static inline const mst_run *run_of(const flow *f)
{
    return f->result->run;
}

static inline int32_t unit_of(const flow *f, const char *id)
{
    return mst_model_unit(f->model->model, id);
}

/* The n-th record of a kind (of a unit, null: of any); null: there is none. */
static inline const mst_record *record_of(const flow *f, mst_record_kind kind, const char *unit,
                                          int32_t n)
{
    const mst_run *run = run_of(f);
    for (int32_t i = 0; i < run->clock->record_count; i++) {
        const mst_record *r = &run->record[i];
        if (r->kind == (int32_t)kind && (!unit || r->unit == unit_of(f, unit)) && n-- == 0)
            return r;
    }
    return NULL;
}

static inline double hour_of(const flow *f, const mst_record *r)
{
    assert_non_null(r);
    return (double)(r->time - f->model->model->start) / (double)MUSTER_HOUR;
}

static inline bool joins(const flow *f, const char *id)
{
    return mst_verdict_of(run_of(f), 0, mst_model_state(f->model->model, id))->joins != 0;
}

#endif
