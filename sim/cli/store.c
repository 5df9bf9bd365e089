/* muster status, merge: stores of experiments. */
#include "cli/cli.h"

#include "muster/analyze.h"

int cli_tell_document(const cli_call *call, const muster_document *document)
{
    muster_diags *diags = muster_diags_create(NULL);
    char *text = !document       ? NULL
                 : call->as_json ? muster_document_json(document, diags)
                                 : muster_document_text(document, NULL, diags);
    const int status = cli_tell_to(call, "-", text, diags);
    muster_diags_free(diags);
    return status;
}

static int end(const cli_call *call, muster_diags *diags, int status)
{
    /* what could not be written was told when it was found */
    cli_print_diags(diags, call->as_json && muster_diags_error_count(diags) > 0);
    muster_diags_free(diags);
    return status;
}

/* ---- status --------------------------------------------------------------------------------------- */

static int run_status(const cli_call *call)
{
    muster_diags *diags = muster_diags_create(NULL);
    muster_store *store = NULL;
    muster_document *document = NULL;
    int status = (int)muster_store_open(call->argument[0], diags, &store);
    if (status == MUSTER_OK)
        status = (int)muster_store_tell(store, call->argument[0], diags, &document);
    if (status == MUSTER_OK)
        status = cli_tell_document(call, document);
    muster_document_free(document);
    (void)muster_store_close(store, NULL);
    return end(call, diags, status);
}

static const cli_option status_options[] = {CLI_JSON_OPTION, CLI_END_OPTIONS};

const cli_verb cli_status = {
    .name = "status",
    .usage = "FILE",
    .summary = "what a store holds, and what it lacks",
    .help = "  muster status levers.sqlite\n"
            "\n"
            "Says of which experiment a store is, how many runs are in it, how many are\n"
            "missing or failed, and which machines they come from. A store may be looked at\n"
            "while a sweep writes it.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .options = status_options,
    .run = run_status,
};

/* ---- merge ---------------------------------------------------------------------------------------- */

static void print_merged(const muster_merged *merged, const char *into)
{
    printf("%lld runs added to %s", (long long)merged->added, into);
    if (merged->same > 0)
        printf("; %lld were there and are the same", (long long)merged->same);
    if (merged->close > 0)
        printf(", %lld of these to 1e-9 only, from an unlike kind of machine",
               (long long)merged->close);
    printf(".\n");
}

static int run_merge(const cli_call *call)
{
    muster_diags *diags = muster_diags_create(NULL);
    muster_merged merged;
    const int status = (int)muster_store_merge(call->argument[0], call->argument + 1,
                                               call->argument_count - 1, diags, &merged);
    if (status == MUSTER_OK && call->as_json) {
        muster_diags_free(diags);
        return run_status(call); /* what is there now */
    }
    if (status == MUSTER_OK)
        print_merged(&merged, call->argument[0]);
    return end(call, diags, status);
}

static const cli_option merge_options[] = {CLI_JSON_OPTION, CLI_END_OPTIONS};

const cli_verb cli_merge = {
    .name = "merge",
    .usage = "FILE FILE ...",
    .summary = "put the parts of an experiment together",
    .help = "  muster merge levers.sqlite levers.1-of-2.sqlite levers.2-of-2.sqlite\n"
            "\n"
            "Adds the runs of the other stores to the first one, which is made when it is not\n"
            "there. All must be of one experiment, scenario and program. A run that is in two\n"
            "of them must be the same in both; on unlike kinds of machine to 1e-9 of its\n"
            "value. Merging again changes nothing.\n",
    .arguments_min = 2,
    .arguments_max = CLI_ARGUMENTS_MAX,
    .options = merge_options,
    .run = run_merge,
};
