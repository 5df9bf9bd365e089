/* From a gathered text to every document that can be told of it. */
#include "fuzz.h"

#include "base/hash.h"
#include "batch/handles.h"
#include "tell/basis.h"
#include "tell/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUTES_MOST = 48, UNITS_MOST = 400, DRILLS_MOST = 24, BOOKS = 64 };

/* libconfig 1.5 forgets a text that a syntax error cuts off (sim/load/README.md). */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libconfig\n";
}

/* ---- land ----------------------------------------------------------------------------------- */

static void put_double(unsigned char **at, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 8; i++)
        *(*at)++ = (unsigned char)(bits >> (8 * i));
}

/* A signed step, zig-zag in 7 bits a byte (sim/world/README.md). */
static void put_step(unsigned char **at, int32_t step)
{
    uint32_t code = step < 0 ? (uint32_t)(-(step + 1)) * 2U + 1U : (uint32_t)step * 2U;
    for (; code > 0x7fU; code >>= 7)
        *(*at)++ = (unsigned char)(code | 0x80U);
    *(*at)++ = (unsigned char)code;
}

const muster_land *fuzz_land(void)
{
    static muster_land *land;
    static const double head[] = {90.0, 235.0, -50.0, 75.0, 90.0, 0.0, 0.01, 0.01};
    static const int32_t step[] = {4500, 3500, 20, 0, -10, 15}; /* in hundredths of a degree */
    unsigned char bytes[160], *at = bytes;
    if (land)
        return land;
    memcpy(at, "MSTLAND1", 8);
    at += 8;
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        put_double(&at, head[i]);
    memcpy(at, "\1\0\0\0\3\0\0\0\3", 9); /* one ring of three points */
    at += 9;
    for (size_t i = 0; i < sizeof step / sizeof *step; i++)
        put_step(&at, step[i]);
    const uint64_t sum = mst_hash_bytes(MST_HASH_START, bytes, (size_t)(at - bytes));
    for (int i = 0; i < 8; i++)
        *at++ = (unsigned char)(sum >> (8 * i));
    fuzz_expect(muster_land_open(bytes, (size_t)(at - bytes), NULL, NULL, &land) == MUSTER_OK,
                "the land opens", NULL);
    return land;
}

void fuzz_expect(bool holds, const char *what, const muster_diags *diags)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    for (int32_t i = 0; i < muster_diags_count(diags); i++)
        fprintf(stderr, "  %s\n", muster_diags_at(diags, i)->message);
    abort();
}

/* ---- routes ----------------------------------------------------------------------------------- */

/* Finding a route takes milliseconds, so those of the last geographies are kept. A book serves
 * every scenario of its geography (muster_routes_fit); a key spares asking each of them. */
typedef struct kept_book {
    uint64_t key;
    muster_routes *routes;
} kept_book;

/* False: the input asks for too much. */
static bool key_of(const muster_scenario *scenario, uint64_t *out_key, bool *out_sound)
{
    mst_arena scratch;
    mst_route_plan plan;
    mst_arena_init(&scratch, NULL);
    *out_sound =
        mst_route_plan_make(&scenario->spec, scenario->kinds, &scratch, NULL, &plan) == MUSTER_OK;
    const bool small = !*out_sound || plan.wanted_count <= ROUTES_MOST;
    if (*out_sound && small)
        *out_key =
            mst_route_book_key(fuzz_land()->land, &plan.geography, plan.wanted, plan.wanted_count);
    mst_arena_clear(&scratch);
    return small;
}

/* Borrowed; null when there are none. */
static const muster_routes *routes_of(const muster_scenario *scenario, muster_diags *diags)
{
    static kept_book kept[BOOKS];
    static int next;
    uint64_t key = 0;
    bool sound = false;
    if (!key_of(scenario, &key, &sound))
        return NULL;
    for (int i = 0; sound && i < BOOKS; i++)
        if (kept[i].routes && kept[i].key == key) {
            fuzz_expect(muster_routes_fit(kept[i].routes, scenario), "a kept book fits", diags);
            return kept[i].routes;
        }
    muster_routes *routes = NULL;
    const muster_status status = muster_routes_find(scenario, fuzz_land(), NULL, diags, &routes);
    fuzz_expect((status == MUSTER_OK) == (routes != NULL), "routes or none", diags);
    fuzz_expect(status == MUSTER_OK || muster_diags_error_count(diags) > 0,
                "no routes for a reason", diags);
    if (!routes)
        return NULL;
    muster_routes_free(kept[next].routes);
    kept[next] = (kept_book){key, routes};
    next = (next + 1) % BOOKS;
    return routes;
}

/* ---- documents -------------------------------------------------------------------------------- */

static void tell(char *text, const char *what, const muster_diags *diags)
{
    fuzz_expect(text != NULL, what, diags);
    muster_tell_free(text, NULL);
}

/* Every state of every drill may be asked about; the drill is not named, so that the choice of it is
 * gone through as well. Without an answer there is a reason. */
static void tell_answers(const muster_tell *t, muster_diags *diags)
{
    const mst_model *m = t->model->model;
    for (int32_t i = 0; i < m->state_count && i < 3; i++)
        for (int json = 0; json < 2; json++) {
            const int32_t before = muster_diags_error_count(diags);
            char *why = muster_tell_why(t, m->state[i].id, NULL, json, diags);
            fuzz_expect(why || muster_diags_error_count(diags) > before ||
                            muster_diags_count(diags) > 0,
                        "why", diags);
            muster_tell_free(why, NULL);
            char *reach = muster_tell_reach(t, m->state[i].id, NULL, json, diags);
            fuzz_expect(reach || muster_diags_count(diags) > 0, "reach", diags);
            muster_tell_free(reach, NULL);
        }
}

static void tell_lists(const muster_tell *t, muster_diags *diags)
{
    for (int json = 0; json < 2; json++) {
        tell(mst_tell_assumed(t, NULL, json, diags), "what is assumed", diags);
        tell(mst_tell_random(t, json, diags), "what is random", diags);
    }
}

static void run(const muster_scenario *scenario, const muster_model *model, muster_diags *diags)
{
    muster_result *result = NULL, *again = NULL;
    const muster_status status = muster_run_plan(model, NULL, diags, &result);
    fuzz_expect(status == MUSTER_OK || muster_diags_error_count(diags) > 0, "an end or a reason",
                diags);
    if (!result)
        return;
    const muster_tell t = {.scenario = scenario, .model = model, .result = result};
    (void)muster_result_unmet(result, scenario, diags);
    tell(muster_tell_report(&t, diags), "report", diags);
    const uint64_t hash = muster_scenario_hash(scenario), lot = hash % 8; /* a share each */
    if (hash / 8 % 16 == 0)
        fuzz_replicated(&t, hash / 128, diags);
    if (lot < 2)
        tell(muster_tell_json(&t, diags), "json", diags);
    if (lot == 2)
        tell(muster_tell_trace(&t, diags), "trace", diags);
    if (lot == 4)
        tell_lists(&t, diags);
    if (lot == 3) {
        tell_answers(&t, diags);
        if (muster_run_plan(model, NULL, diags, &again) == MUSTER_OK)
            fuzz_expect(muster_result_digest(again) == muster_result_digest(result),
                        "the same run twice", diags);
        muster_result_free(again);
    }
    muster_result_free(result);
    result = NULL;
    if (muster_model_has_chance(model) &&
        muster_run_replication(model, 7, 1, NULL, diags, &result) == MUSTER_OK)
        muster_result_free(result);
}

void fuzz_whole_way(const muster_source_text *text, const muster_changes *changes,
                    muster_diags *diags)
{
    muster_scenario *scenario = NULL;
    muster_model *model = NULL;
    const muster_status read = muster_scenario_read(text, changes, NULL, diags, &scenario);
    fuzz_expect((read == MUSTER_OK) == (muster_diags_error_count(diags) == 0),
                "refused for a reason, or clean", diags);
    const muster_routes *routes = scenario ? routes_of(scenario, diags) : NULL;
    if (read == MUSTER_OK && routes) {
        const muster_status made = muster_model_create(scenario, routes, NULL, diags, &model);
        fuzz_expect(made == MUSTER_OK || muster_diags_error_count(diags) > 0,
                    "compiled, or a reason", diags);
        if (model && model->model->unit_count <= UNITS_MOST &&
            model->model->drill_count <= DRILLS_MOST)
            run(scenario, model, diags);
    }
    muster_model_free(model);
    muster_scenario_free(scenario);
    tell(muster_tell_diags(diags, muster_source_text_hash(text) % 2, NULL), "mistakes", diags);
}
