/* muster show FILE --text: a scenario and what it includes as one text. */
#include "cli/library.h"

#include "tell/json.h"

#include <stdlib.h>
#include <string.h>

static char *as_document(const char *text, muster_diags *diags)
{
    mst_json *json = mst_json_create(NULL);
    mst_json_object(json, NULL);
    mst_json_text(json, "format", "muster-text");
    mst_json_whole(json, "version", 1);
    mst_json_text(json, "variant", NULL);
    mst_json_text(json, "text", text);
    mst_json_array(json, "changes");
    mst_json_end(json);
    mst_json_end(json);
    return mst_json_take(json, NULL, diags);
}

static char *copy_of(const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy)
        memcpy(copy, text, length + 1);
    return copy;
}

int cli_show_text(const cli_call *call)
{
    if (call->argument_count > 1)
        return cli_mistake(call->as_json, "muster show FILE --text",
                           "--text shows a whole file: '%s' is one name too many",
                           call->argument[1]);
    size_t length = 0;
    muster_source_text *gathered = NULL;
    muster_diags *diags = muster_diags_create(NULL);
    int status = (int)muster_gather(call->argument[0], &cli_files, NULL, diags, &gathered);
    cli_print_diags(diags, call->as_json && status != MUSTER_OK);
    if (status == MUSTER_OK) {
        const char *text = muster_source_text_bytes(gathered, &length);
        status = cli_output(call, call->as_json ? as_document(text, diags) : copy_of(text, length));
    }
    muster_source_text_free(gathered);
    muster_diags_free(diags);
    return status;
}
