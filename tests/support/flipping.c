#include "flipping.h"

#include "test.h"

#include <stdio.h>
#include <string.h>

static void take_changes(flipping *p, const muster_changes *changes)
{
    p->given = changes ? *changes : (muster_changes){0};
    assert_true(p->given.line_count < FLIP_LINES_MAX);
    for (int32_t i = 0; i < p->given.line_count; i++)
        p->line[i] = changes->line[i];
    p->given.line = p->line;
    p->told = NULL;
}

void flipping_open(flipping *p, const char *file, const muster_changes *changes)
{
    take_changes(p, changes);
    p->line[p->given.line_count] = NULL;
    assert_int_equal(flow_run(&p->f, file, p->given.variant, p->line), MUSTER_OK);
}

void flipping_open_text(flipping *p, const char *text, const muster_changes *changes)
{
    take_changes(p, changes);
    assert_int_equal(flow_run_changed(&p->f, text, &p->given), MUSTER_OK);
}

void flipping_close(flipping *p)
{
    json_decref(p->told);
    flow_close(&p->f);
}

static char *tell(flipping *p, const char *state, const char *drill, bool as_json)
{
    const muster_tell of = {.scenario = p->f.scenario, .model = p->f.model, .result = p->f.result};
    const muster_flip_from from = {.text = p->f.text, .changes = &p->given, .routes = p->f.routes};
    char *text = muster_tell_flip(&of, &from, state, drill, as_json, p->f.diags);
    assert_non_null(text);
    return text;
}

json_t *flipping_told(flipping *p, const char *state, const char *drill)
{
    json_error_t error;
    char *text = tell(p, state, drill, true);
    json_decref(p->told);
    p->told = json_loads(text, 0, &error);
    muster_tell_free(text, NULL);
    assert_non_null(p->told);
    return p->told;
}

char *flipping_text(flipping *p, const char *state, const char *drill)
{
    return tell(p, state, drill, false);
}

bool flipping_run(flipping *p, const char *state, const char *drill, const char *const *lines,
                  int32_t count, mst_verdict *out)
{
    muster_scenario *scenario = NULL;
    muster_model *model = NULL;
    muster_result *result = NULL;
    muster_routes *other = NULL;
    const muster_routes *routes = p->f.routes;
    muster_changes all = p->given;
    assert_true(all.line_count + count <= FLIP_LINES_MAX);
    for (int32_t i = 0; i < count; i++)
        p->line[all.line_count++] = lines[i];
    bool is_good = muster_scenario_read(p->f.text, &all, NULL, NULL, &scenario) == MUSTER_OK;
    if (is_good && !muster_routes_fit(routes, scenario)) {
        is_good = muster_routes_find(scenario, routes->land, NULL, NULL, &other) == MUSTER_OK;
        routes = other;
    }
    is_good = is_good && muster_model_create(scenario, routes, NULL, NULL, &model) == MUSTER_OK &&
              muster_run_plan(model, NULL, NULL, &result) == MUSTER_OK;
    if (is_good) {
        const mst_verdict *v = mst_verdict_of(result->run, mst_model_drill(model->model, drill),
                                              mst_model_state(model->model, state));
        assert_non_null(v);
        *out = *v;
    }
    muster_result_free(result);
    muster_model_free(model);
    muster_routes_free(other);
    muster_scenario_free(scenario);
    return is_good;
}

const char *flipping_word(json_t *from, const char *path)
{
    const char *text = json_string_value(flow_at(from, path));
    return text ? text : "";
}

json_t *flipping_lever(json_t *told, const char *id)
{
    json_t *lever = flow_find(json_object_get(told, "levers"), "id", id);
    assert_non_null(lever);
    return lever;
}

bool flipping_is_true(json_t *from, const char *path)
{
    return json_is_true(flow_at(from, path));
}

/* A set with exactly these ids, words separated by blanks; null: there is none. */
json_t *flipping_set(json_t *told, const char *ids)
{
    size_t i;
    json_t *set;
    json_array_foreach(json_object_get(told, "sets"), i, set)
    {
        json_t *levers = json_object_get(set, "levers");
        size_t words = 1;
        for (const char *at = ids; *at; at++)
            words += *at == ' ';
        size_t k, known = 0;
        json_t *lever;
        json_array_foreach(levers, k, lever)
        {
            char word[64];
            snprintf(word, sizeof word, " %s ", flipping_word(lever, "id"));
            char all[256];
            snprintf(all, sizeof all, " %s ", ids);
            known += strstr(all, word) != NULL;
        }
        if (known == words && json_array_size(levers) == words)
            return set;
    }
    return NULL;
}
