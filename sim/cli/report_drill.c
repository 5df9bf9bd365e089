/* muster report of a scenario or a run file: the document of a run, the coast round it, and how far
 * ships and aircraft get. */
#include "cli/report_drill.h"

#include "base/text.h"
#include "cli/page_coast.h"
#include "muster/area.h"
#include "muster/run_file.h"
#include "tell/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- how far they get ------------------------------------------------------------------------- */

static bool is_candidate(const mst_json_value *run, const char *state)
{
    const mst_json_value *all = mst_json_member(run, "decisions");
    for (int32_t i = 0; i < mst_json_count(all); i++) {
        const mst_json_value *one = mst_json_item(all, i);
        const char *part = mst_json_string(mst_json_member(one, "part"));
        const char *id = mst_json_string(mst_json_member(one, "state"));
        if (part && id && strcmp(part, "candidate") == 0 && strcmp(id, state) == 0)
            return true;
    }
    return false;
}

/* Radius that the tank leaves; below 0: nobody to draw an area of. */
static double tank_radius(const mst_json_value *reach)
{
    const char *misfit = mst_json_string(mst_json_member(reach, "misfit"));
    const double nm = mst_json_number(
        mst_json_member(mst_json_item(mst_json_member(reach, "ladder"), 0), "radius_nm"));
    const bool is_of_role = !misfit || strcmp(misfit, "role") != 0;
    return is_of_role && mst_json_number(mst_json_member(reach, "count")) > 0.0 && nm > 0.0 ? nm
                                                                                            : -1.0;
}

static bool is_same(const mst_json_value *a, const mst_json_value *b, const char *key)
{
    const char *one = mst_json_string(mst_json_member(a, key));
    const char *other = mst_json_string(mst_json_member(b, key));
    return one && other && strcmp(one, other) == 0;
}

/* Of each candidate one ship and one type of aircraft: those of the role asked for that get farthest. */
static bool is_farthest(const mst_json_value *all, int32_t index)
{
    const mst_json_value *mine = mst_json_item(all, index);
    const double nm = tank_radius(mine);
    for (int32_t i = 0; i < mst_json_count(all); i++) {
        const mst_json_value *other = mst_json_item(all, i);
        const bool wins = tank_radius(other) > nm || (i < index && tank_radius(other) >= nm);
        if (i != index && wins && is_same(mine, other, "state") && is_same(mine, other, "domain"))
            return false;
    }
    return nm >= 0.0;
}

/* The features of several units as one collection: what stands between the brackets of each. */
static void join(mst_text *out, const char *document)
{
    const char *first = strstr(document, "\"features\"");
    first = first ? strchr(first, '[') : NULL;
    const char *last = strrchr(document, ']');
    if (!first || !last || last <= first + 1)
        return;
    if (out->length > 0)
        mst_text_add(out, ",");
    mst_text_add_bytes(out, first + 1, (size_t)(last - first - 1));
}

static void add_areas(cli_page_file *page, const cli_session *s, const mst_json_value *run)
{
    const muster_tell tell = {.scenario = s->scenario, .model = s->model, .result = s->result};
    const mst_json_value *all = mst_json_member(run, "reach");
    mst_text features, document;
    mst_text_init(&features, NULL);
    mst_text_init(&document, NULL);
    for (int32_t i = 0; i < mst_json_count(all); i++) {
        const char *unit = mst_json_string(mst_json_member(mst_json_item(all, i), "unit"));
        const char *state = mst_json_string(mst_json_member(mst_json_item(all, i), "state"));
        if (!unit || !state || !is_candidate(run, state) || !is_farthest(all, i))
            continue;
        char *area = muster_tell_area(&tell, s->routes, unit, NULL, (double)NAN, NULL);
        if (area)
            join(&features, area);
        muster_tell_free(area, NULL);
    }
    if (features.length > 0 && !features.failed) {
        mst_text_printf(&document, "{\"type\":\"FeatureCollection\",\"features\":[%s]}",
                        features.bytes);
        if (document.bytes && !document.failed)
            cli_page_json(page, "muster-area", document.bytes);
    }
    mst_text_clear(&features);
    mst_text_clear(&document);
}

/* ---- the page --------------------------------------------------------------------------------- */

/* s: where it comes from, null: a run file, which does not say what its areas were. */
static int write_page(const cli_call *call, const char *json, const muster_land *land,
                      const cli_session *s)
{
    cli_page_file page;
    char *names = NULL;
    mst_json_document *document = mst_json_read(call->argument[0], json, strlen(json), NULL);
    if (!document)
        return cli_failure(MUSTER_WORLD, call->as_json, NULL, "out of memory");
    int status = cli_page_names_read(call, &names);
    if (status == MUSTER_OK)
        status = cli_page_begin(call, "drill-head", "drill-tail", &page);
    if (status == MUSTER_OK) {
        const mst_json_value *run = mst_json_root(document);
        cli_page_json(&page, "muster-run", json);
        cli_page_coast(&page, land, run);
        if (s)
            add_areas(&page, s, run);
        cli_page_names_write(&page, names);
        status = cli_page_end(&page);
    }
    mst_json_forget(document);
    free(names);
    return status;
}

/* ---- from a run file -------------------------------------------------------------------------- */

/* It is shown as it stands, once it has been read as one. */
static int report_run_file(const cli_call *call)
{
    size_t length = 0;
    const char *reason = NULL;
    const muster_run_file *run = NULL;
    char *bytes = cli_read_file(call->argument[0], MUSTER_RUN_FILE_BYTES_MAX, &length, &reason);
    if (!bytes)
        return cli_failure(MUSTER_WORLD, call->as_json, NULL, "cannot read '%s': %s",
                           call->argument[0], reason);
    muster_diags *diags = muster_diags_create(NULL);
    muster_land *land = NULL;
    int status = (int)muster_run_file_read(call->argument[0], bytes, length, NULL, diags, &run);
    if (status == MUSTER_OK)
        status = (int)cli_open_land(call, diags, &land);
    cli_print_diags(diags, call->as_json && status != MUSTER_OK);
    if (status == MUSTER_OK)
        status = write_page(call, strncmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? bytes + 3 : bytes, land,
                            NULL);
    muster_run_file_free(run);
    muster_land_free(land);
    muster_diags_free(diags);
    free(bytes);
    return status;
}

/* ---- from a scenario -------------------------------------------------------------------------- */

static int report_opened(const cli_call *call, const cli_replicate *how, cli_session *s,
                         int *signal_number)
{
    const muster_model *const model = s->model;
    muster_status status = MUSTER_OK;
    if (how->count > 0 && muster_model_has_chance(model))
        status = cli_replicate_run(how, &model, 1, NULL, s->diags, &s->sample, signal_number);
    if (status != MUSTER_OK) {
        cli_print_diags(s->diags, s->as_json);
        return (int)status;
    }
    const muster_tell tell = {.scenario = s->scenario,
                              .model = s->model,
                              .result = s->result,
                              .sample = s->sample,
                              .as_student = cli_has(call, "--student")};
    muster_diags *diags = muster_diags_create(NULL);
    char *json = muster_tell_json(&tell, diags);
    const int told =
        json ? write_page(call, json, s->land, s) : cli_tell_to(call, "-", NULL, diags);
    muster_tell_free(json, NULL);
    muster_diags_free(diags);
    return told;
}

/* The page to print needs nothing that was built for pages. */
static int report_sheet(const cli_call *call)
{
    cli_session s;
    if (cli_has(call, "--reps") || cli_has(call, "--student"))
        return cli_mistake(call->as_json, NULL, "--sheet is of the plan run, for the instructor");
    if (cli_has(call, "--names"))
        return cli_mistake(call->as_json, "shown = \"NAME\" beside scenario.names.ID.names",
                           "a sheet has the names that the file shows: --names is of pages");
    int status = cli_open(call, CLI_RUN, &s);
    if (status == MUSTER_OK) {
        const muster_tell tell = {.scenario = s.scenario, .model = s.model, .result = s.result};
        muster_diags *diags = muster_diags_create(NULL);
        status = cli_tell(call, muster_tell_sheet(&tell, diags), diags);
        muster_diags_free(diags);
    }
    cli_close(&s);
    return status;
}

static int report_scenario(const cli_call *call)
{
    cli_session s;
    cli_replicate how = {0};
    int signal_number = 0;
    int status = cli_replicate_read(call, &how);
    if (status != MUSTER_OK)
        return status;
    status = cli_open(call, CLI_RUN, &s);
    if (status == MUSTER_OK)
        status = report_opened(call, &how, &s, &signal_number);
    cli_close(&s);
    cli_die(signal_number);
    return status;
}

int cli_report_drill(const cli_call *call, cli_kind kind)
{
    static const char *const of_scenarios[] = {"--set",  "--variant", "--reps", "--jobs",
                                               "--seed", "--student", "--sheet"};
    if (kind == CLI_SCENARIO)
        return cli_has(call, "--sheet") ? report_sheet(call) : report_scenario(call);
    for (size_t i = 0; i < sizeof of_scenarios / sizeof *of_scenarios; i++)
        if (cli_has(call, of_scenarios[i]))
            return cli_mistake(call->as_json, "muster report SCENARIO takes it",
                               "a run file has been run: %s is of scenarios", of_scenarios[i]);
    return report_run_file(call);
}
