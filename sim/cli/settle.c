#include "cli/settle.h"

#include "base/diag.h"
#include "tell/changed_text.h"

#include <string.h>

/* Routes that fit stay those of the session. */
static muster_status run_again(const cli_session *session, const char *text, const char *variant,
                               muster_diags *diags, cli_settled *out)
{
    const muster_changes changes = {.variant = variant};
    muster_status status = muster_gather_text(muster_scenario_id(session->scenario), text,
                                              strlen(text), NULL, diags, &out->text);
    if (status == MUSTER_OK)
        status =
            cli_world_open(out->text, &changes, session->land, session->routes, diags, &out->world);
    if (status != MUSTER_OK)
        return status;
    out->session.text = out->text;
    out->session.scenario = out->world.scenario;
    out->session.model = out->world.model;
    out->session.result = out->world.plan;
    if (out->world.routes)
        out->session.routes = out->world.routes;
    return MUSTER_OK;
}

int cli_settle(const cli_call *call, const cli_session *session, cli_settled *out)
{
    const char *lines[CLI_OPTIONS_MAX], *id = NULL;
    *out = (cli_settled){.session = *session};
    mst_arena_init(&out->arena, NULL);
    if (!cli_has(call, "--set"))
        return MUSTER_OK;
    const mst_changed_as as = {"from-command-line", "changes of the command line",
                               "Changed on the command line", &out->arena};
    const muster_changes changes = {.variant = cli_value(call, "--variant"),
                                    .line = lines,
                                    .line_count = cli_set_lines(call, lines, 0)};
    muster_diags *diags = muster_diags_create(NULL);
    char *text = mst_changed_text(session->text, session->scenario, &changes, &as, NULL, &id);
    const muster_status status =
        text ? run_again(session, text, id, diags, out) : mst_diag_memory(diags);
    if (status != MUSTER_OK)
        cli_print_diags(diags, call->as_json);
    mst_memory_free(NULL, text);
    muster_diags_free(diags);
    return (int)status;
}

void cli_settled_close(cli_settled *settled)
{
    cli_world_close(&settled->world);
    muster_source_text_free(settled->text);
    mst_arena_clear(&settled->arena);
}
