/** @file compile.h
 * From spec to model: all cross checks, never stopping at the first, then indices and SI.
 */
#ifndef MST_MODEL_COMPILE_H
#define MST_MODEL_COMPILE_H

#include "model/align.h"
#include "model/model.h"

/** The routes a spec needs, in a fixed order, and the geography they are found in. */
typedef struct mst_route_plan {
    mst_geography geography;
    const mst_route_wanted *wanted;
    int32_t wanted_count;
    const mst_spot_row *spot; /* all spots of the model to be */
    int32_t spot_count;
    const int32_t *from, *to; /* spots of each wish (wanted_count) */
} mst_route_plan;

/** Collects spots and wishes: bases of ships, vias, muster points, sightings, and what
 * activities ask for. Bad references are skipped (mst_model_compile reports them). */
muster_status mst_route_plan_make(const mst_spec *spec, const mst_kinds *kinds, mst_arena *arena,
                                  muster_diags *diags, mst_route_plan *out);

/** True if a change of the value at a path may ask for other routes: it places ships, names or orders
 * the ends of their ways, or shapes what the ways go round. False: it does not, whatever the value. */
bool mst_route_plan_moves(const mst_spec *spec, mst_arena *arena, const char *path);

/** Every check that needs no route: DEFINITIONS 2 (contradicting class figures), references,
 * times in order, slots, rules that name attributes nobody has, unknown levers. */
void mst_spec_check(const mst_spec *spec, const mst_kinds *kinds, mst_arena *scratch,
                    muster_diags *diags);

/**
 * @param[in]  applied  changes in force, for reports (applied_count)
 * @param[in]  plan     as made from the same spec
 * @param[in]  book     built for that plan; borrowed by the model
 * @return MUSTER_OK; MUSTER_MISTAKE when diags holds errors; MUSTER_WORLD
 */
muster_status mst_model_compile(const mst_spec *spec, const mst_kinds *kinds,
                                const mst_list *applied, uint64_t hash, const mst_route_plan *plan,
                                const mst_route_book *book, const muster_memory *memory,
                                muster_diags *diags, mst_model **out);
void mst_model_free(mst_model *model);

/**
 * DEFINITIONS 1: fills `serviceable` of the rows: the mean number of a state's ships of a class, or
 * aircraft of a type and base, rounded half up, goes to the surest first, then in order of id.
 * @param[out] is_served  scratch (count)
 */
void mst_model_serve(mst_unit_row *row, int32_t count, bool *is_served);

/** Services for an activity's compile. */
struct mst_compile {
    const mst_spec *spec;
    mst_model *model; /* being built: spots, units, drills are there already */
    mst_arena *arena; /* the model's */
    muster_diags *diags;
    int32_t drill, what;
    mst_place place;
};

/** Spot of a base for ships (its sea point); -1 with a diagnostic when the id is unknown. */
int32_t mst_compile_base_spot(mst_compile *ctx, const mst_ref *base);

/** Values at a date: base values, dated changes up to then in order, what is left of stocks and
 * ledgers, pacts in force as mutual "pact". out arrays are the caller's, shapes as in mst_values. */
void mst_model_values_at(const mst_model *model, muster_time at, mst_values *out);

/** One of them alone, but for pacts. index: into the flat array of that kind. */
double mst_model_value_at(const mst_model *model, mst_figure_kind kind, int32_t index,
                          muster_time at);

/** How time moves a figure, or null: it does not. */
const mst_moving_row *mst_model_moving(const mst_model *model, mst_figure_kind kind, int32_t index);

/** What is owed by the giver's account where the figure is the receiver's of a ledger with entries;
 * NaN: it has none, or a dated change has set the whole since. */
double mst_model_giver_account(const mst_model *model, const mst_moving_row *row, muster_time at);

/** What is left after half-lives from one time to another: 2^-((to - from)/half-life), 1 before
 * `from`. half_life_s: INFINITY: all of it. */
double mst_decay(double half_life_s, muster_time from, muster_time to);

#endif
