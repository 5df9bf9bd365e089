/* Diagnostics as lines that editors jump to, and as a document. */
#include "base/arena.h"
#include "base/text.h"
#include "muster/tell.h"
#include "tell/json.h"

static const char *const severity_names[] = {"error", "warning", "note"};

static void add_line(mst_text *text, const muster_diag *diag)
{
    if (diag->file[0] && diag->line > 0)
        mst_text_printf(text, "%s:%d: ", diag->file, (int)diag->line);
    else if (diag->file[0])
        mst_text_printf(text, "%s: ", diag->file);
    else
        mst_text_add(text, "muster: ");
    mst_text_printf(text, "%s: %s", severity_names[diag->severity], diag->message);
    if (diag->hint[0])
        mst_text_printf(text, " (%s)", diag->hint);
    mst_text_add(text, "\n");
}

static void add_entry(mst_json *json, const muster_diag *diag)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "severity", severity_names[diag->severity]);
    mst_json_text(json, "file", diag->file);
    mst_json_whole(json, "line", diag->line);
    mst_json_text(json, "path", diag->path);
    mst_json_text(json, "message", diag->message);
    mst_json_text(json, "hint", diag->hint);
    mst_json_end(json);
}

static mst_json *begin(const muster_memory *memory)
{
    mst_json *json = mst_json_create(memory);
    mst_json_object(json, NULL);
    mst_json_text(json, "format", "muster-diagnostics");
    mst_json_whole(json, "version", 1);
    mst_json_array(json, "diagnostics");
    return json;
}

char *muster_tell_diags(const muster_diags *diags, bool as_json, const muster_memory *memory)
{
    const int32_t count = muster_diags_count(diags), more = muster_diags_more(diags);
    if (as_json) {
        mst_json *json = begin(memory);
        for (int32_t i = 0; i < count; i++)
            add_entry(json, muster_diags_at(diags, i));
        mst_json_end(json);
        mst_json_whole(json, "more", more);
        return mst_json_take(json, memory, NULL);
    }
    mst_text text;
    mst_text_init(&text, memory);
    for (int32_t i = 0; i < count; i++)
        add_line(&text, muster_diags_at(diags, i));
    if (more > 0)
        mst_text_printf(&text, "muster: note: and %d more\n", (int)more);
    return mst_text_take(&text);
}

char *muster_tell_mistake(const char *message, const char *hint, const muster_memory *memory)
{
    const muster_diag diag = {MUSTER_ERROR, "", 0, "", message, hint ? hint : ""};
    mst_json *json = begin(memory);
    add_entry(json, &diag);
    mst_json_end(json);
    mst_json_whole(json, "more", 0);
    return mst_json_take(json, memory, NULL);
}

void muster_tell_free(char *text, const muster_memory *memory)
{
    mst_memory_free(memory, text);
}
