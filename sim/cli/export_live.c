/* muster export --live: the page of a drill with the engine inside. It holds a finished run, the coast, the
 * engine, the routes that were found on the whole land, and the scenario as one text. */
#include "cli/export.h"
#include "cli/page_coast.h"
#include "cli/page_names.h"
#include "cli/settle.h"

#include <stdlib.h>
#include <string.h>

static int no_engine(const cli_call *call)
{
    return cli_failure(
        MUSTER_WORLD, call->as_json,
        "./quickstart page builds it where emscripten is; muster report makes a page "
        "without it",
        "the engine of a live page is not there: this muster was built without it");
}

/* The text that the page runs: for students without what is for the instructor. */
static muster_status text_of(const cli_call *call, const cli_session *s, muster_diags *diags,
                             muster_source_text **out)
{
    return cli_has(call, "--student") ? muster_source_text_for_students(s->text, NULL, diags, out)
                                      : MUSTER_OK;
}

static int write_page(const cli_call *call, const cli_session *s, const char *json,
                      const muster_source_text *text)
{
    size_t engine_bytes = 0, route_bytes = 0, text_bytes = 0;
    unsigned char *routes = NULL;
    char *names = NULL;
    cli_page_file page;
    char *engine = cli_page_built("engine.wasm.gz", &engine_bytes);
    if (!engine)
        return no_engine(call);
    mst_json_document *document = mst_json_read("run", json, strlen(json), NULL);
    int status =
        document && muster_routes_write(s->routes, NULL, &routes, &route_bytes) == MUSTER_OK
            ? MUSTER_OK
            : cli_failure(MUSTER_WORLD, call->as_json, NULL, "out of memory");
    if (status == MUSTER_OK)
        status = cli_page_names_read(call, &names);
    if (status == MUSTER_OK)
        status = cli_page_begin(call, "live-head", "drill-tail", &page);
    if (status == MUSTER_OK) {
        const char *bytes = muster_source_text_bytes(text, &text_bytes);
        cli_page_packed(&page, "muster-run", json, strlen(json));
        cli_page_coast(&page, s->land, mst_json_root(document));
        cli_page_names_write(&page, names);
        cli_page_gzip(&page, "muster-engine", engine, engine_bytes);
        cli_page_packed(&page, "muster-routes", routes, route_bytes);
        cli_page_packed(&page, "muster-text", bytes, text_bytes);
        status = cli_page_end(&page);
    }
    mst_json_forget(document);
    muster_bytes_free(routes, NULL);
    free(names);
    free(engine);
    return status;
}

int cli_export_live(const cli_call *call)
{
    cli_session opened;
    cli_settled settled = {0};
    if (!cli_value(call, "-o"))
        return cli_mistake(call->as_json, "muster export --live SCENARIO -o lesson.html",
                           "name a file for the page: -o lesson.html");
    int status = cli_open(call, CLI_RUN, &opened);
    if (status == MUSTER_OK)
        status = cli_settle(call, &opened, &settled);
    const cli_session s = settled.session;
    if (status == MUSTER_OK) {
        const muster_tell tell = {.scenario = s.scenario,
                                  .model = s.model,
                                  .result = s.result,
                                  .as_student = cli_has(call, "--student"),
                                  .is_tight = true};
        muster_diags *diags = muster_diags_create(NULL);
        muster_source_text *text = NULL;
        char *json = muster_tell_json(&tell, diags);
        status = json ? (int)text_of(call, &s, diags, &text) : MUSTER_WORLD;
        if (status == MUSTER_OK)
            status = write_page(call, &s, json, text ? text : s.text);
        else
            cli_print_diags(diags, call->as_json);
        muster_source_text_free(text);
        muster_tell_free(json, NULL);
        muster_diags_free(diags);
    }
    cli_settled_close(&settled);
    cli_close(&opened);
    return status;
}
