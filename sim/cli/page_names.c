/* Names of places for a page. What sets there are and what they name is the page's own; here a wish is read
 * and told whether it has the form of one. */
#include "cli/page_names.h"

#include "base/text.h"
#include "model/spec.h"
#include "tell/json.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_BYTES_MAX = 1 << 20 };

static const char example[] = "{\"set\": \"ko\", \"names\": {\"NAME\": \"ANOTHER\"}}";

static bool is_set(const char *word)
{
    for (const char *const *set = mst_name_sets; word && *set; set++)
        if (strcmp(word, *set) == 0)
            return true;
    return false;
}

static int wrong(const cli_call *call, const char *path, const char *what, const char *key)
{
    return cli_mistake(call->as_json, example, "'%s': %s%s%s", path, what, key ? ": " : "",
                       key ? key : "");
}

static int check_names(const cli_call *call, const char *path, const mst_json_value *names)
{
    void *walk = NULL;
    const char *key = NULL;
    const mst_json_value *value = NULL;
    if (!mst_json_is_null(names) && !mst_json_is_object(names))
        return wrong(call, path, "\"names\" is an object of texts", NULL);
    while (mst_json_each(names, &walk, &key, &value))
        if (!mst_json_string(value))
            return wrong(call, path, "a name is a text", key);
    return MUSTER_OK;
}

static int check(const cli_call *call, const char *path, const mst_json_value *root)
{
    static const char *const keys[] = {"set", "names", NULL};
    const mst_json_value *set = mst_json_member(root, "set");
    if (!mst_json_is_object(root))
        return wrong(call, path, "it is no file of names", NULL);
    if (mst_json_unknown(root, keys))
        return wrong(call, path, "it has \"set\" and \"names\", not this",
                     mst_json_unknown(root, keys));
    if (!mst_json_is_null(set) && !is_set(mst_json_string(set)))
        return wrong(call, path, "\"set\" is one of neutral, iho, ko, ja", NULL);
    return check_names(call, path, mst_json_member(root, "names"));
}

static int read_file(const cli_call *call, const char *path, char **json)
{
    size_t length = 0;
    const char *reason = NULL;
    char *bytes = cli_read_file(path, NAMES_BYTES_MAX, &length, &reason);
    if (!bytes)
        return cli_failure(MUSTER_WORLD, call->as_json,
                           "a set is en, iho, ko or ja; anything else is a file",
                           "cannot read '%s': %s", path, reason);
    muster_diags *diags = muster_diags_create(NULL);
    mst_json_document *document = mst_json_read(path, bytes, length, diags);
    int status = MUSTER_MISTAKE;
    if (document)
        status = check(call, path, mst_json_root(document));
    else
        cli_print_diags(diags, call->as_json);
    mst_json_forget(document);
    muster_diags_free(diags);
    if (status == MUSTER_OK)
        *json = bytes;
    else
        free(bytes);
    return status;
}

int cli_page_names_read(const cli_call *call, char **json)
{
    const char *asked = cli_value(call, "--names");
    const char *set = asked && strcmp(asked, "en") == 0 ? mst_name_sets[0] : asked;
    *json = NULL;
    if (!asked)
        return MUSTER_OK;
    if (!is_set(set))
        return read_file(call, asked, json);
    char text[64];
    snprintf(text, sizeof text, "{\"set\":\"%s\"}", set);
    *json = strdup(text);
    return *json ? MUSTER_OK : cli_failure(MUSTER_WORLD, call->as_json, NULL, "out of memory");
}

void cli_page_names_write(cli_page_file *page, const char *json)
{
    if (json)
        cli_page_json(page, "muster-names", json);
}
