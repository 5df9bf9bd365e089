#include "flow.h"

#include "real_files.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const muster_opener flow_files = {real_file_open, real_file_close, NULL};

static muster_land *land; /* decoded once for the whole program */

static muster_status open_land(muster_diags *diags)
{
    return land ? MUSTER_OK : muster_land_open(NULL, 0, NULL, diags, &land);
}

void flow_forget_land(void)
{
    muster_land_free(land);
    land = NULL;
}

static muster_status finish(flow *f, muster_status status, const muster_changes *changes)
{
    if (status == MUSTER_OK)
        status = muster_scenario_read(f->text, changes, NULL, f->diags, &f->scenario);
    if (status == MUSTER_OK)
        status = open_land(f->diags);
    if (status == MUSTER_OK)
        status = muster_routes_find(f->scenario, land, NULL, f->diags, &f->routes);
    if (status == MUSTER_OK)
        status = muster_model_create(f->scenario, f->routes, NULL, f->diags, &f->model);
    if (status == MUSTER_OK)
        status = muster_run_plan(f->model, NULL, f->diags, &f->result);
    if (status != MUSTER_OK) {
        char *lines = muster_tell_diags(f->diags, false, NULL);
        print_error("%s", lines ? lines : "no memory\n");
        muster_tell_free(lines, NULL);
    }
    return status;
}

muster_status flow_run(flow *f, const char *file, const char *variant, const char *const *changes)
{
    char path[4096];
    muster_changes in = {.variant = variant, .line = changes};
    while (changes && changes[in.line_count])
        in.line_count++;
    snprintf(path, sizeof path, "%s/scenarios/%s", MUSTER_SOURCE_DIR, file);
    *f = (flow){.diags = muster_diags_create(NULL)};
    return finish(f, muster_gather(path, &flow_files, NULL, f->diags, &f->text), &in);
}

muster_status flow_run_changed(flow *f, const char *text, const muster_changes *changes)
{
    *f = (flow){.diags = muster_diags_create(NULL)};
    return finish(f, muster_gather_text("test.cfg", text, strlen(text), NULL, f->diags, &f->text),
                  changes);
}

muster_status flow_run_text(flow *f, const char *text)
{
    return flow_run_changed(f, text, NULL);
}

muster_status flow_open_faulty(flow *f, const char *text)
{
    *f = (flow){.diags = muster_diags_create(NULL)};
    muster_status status =
        muster_gather_text("test.cfg", text, strlen(text), NULL, f->diags, &f->text);
    if (status == MUSTER_OK)
        status = muster_scenario_read(f->text, NULL, NULL, f->diags, &f->scenario);
    if (f->scenario && open_land(f->diags) == MUSTER_OK)
        (void)muster_routes_find(f->scenario, land, NULL, f->diags, &f->routes);
    return status;
}

json_t *flow_json(flow *f)
{
    if (f->run)
        return f->run;
    const muster_tell tell = {.scenario = f->scenario, .model = f->model, .result = f->result};
    char *text = muster_tell_json(&tell, f->diags);
    assert_non_null(text);
    json_error_t error;
    f->run = json_loads(text, 0, &error);
    muster_tell_free(text, NULL);
    assert_non_null(f->run);
    return f->run;
}

void flow_close(flow *f)
{
    json_decref(f->run);
    muster_result_free(f->result);
    muster_model_free(f->model);
    muster_routes_free(f->routes);
    muster_scenario_free(f->scenario);
    muster_source_text_free(f->text);
    muster_diags_free(f->diags);
    *f = (flow){0};
}

json_t *flow_at(json_t *from, const char *path)
{
    while (from && *path) {
        char key[128];
        size_t length = strcspn(path, ".[");
        if (length > 0 && length < sizeof key) {
            memcpy(key, path, length);
            key[length] = '\0';
            from = json_object_get(from, key);
            path += length;
        }
        if (*path == '[') {
            from = json_array_get(from, (size_t)strtoul(path + 1, NULL, 10));
            path = strchr(path, ']') + 1;
        }
        if (*path == '.')
            path++;
    }
    return from;
}

double flow_real(json_t *from, const char *path)
{
    json_t *value = flow_at(from, path);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

json_t *flow_find(json_t *array, const char *key, const char *value)
{
    size_t i;
    json_t *item;
    json_array_foreach(array, i, item)
    {
        const char *text = json_string_value(json_object_get(item, key));
        if (text && strcmp(text, value) == 0)
            return item;
    }
    return NULL;
}

double flow_measure(json_t *run, const char *measure, const char *id)
{
    json_t *row = flow_find(json_object_get(run, "outcomes"), "measure", measure);
    json_t *value = json_object_get(json_object_get(row, "values"), id);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}
