#include "cli/library.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char main_name[] = "library";

static const char main_text[] = "scenario = { id = \"library\"; title = \"the shipped library\";\n"
                                "  start = \"2023-01-01T00:00Z\"; horizon = \"1 d\"; };\n"
                                "classes = {\n"
                                "@include \"ships.cfg\"\n"
                                "@include \"aircraft.cfg\"\n"
                                "};\n"
                                "bases = {\n"
                                "@include \"bases.cfg\"\n"
                                "};\n"
                                "straits = {\n"
                                "@include \"straits.cfg\"\n"
                                "};\n";

/* Serves the text above for the first name, files of the library's folder for all others. */
static bool open_library(const char *path, size_t max_bytes, char **bytes, size_t *length,
                         const char **reason, void *context)
{
    (void)context;
    if (strcmp(path, main_name) == 0) {
        *bytes = malloc(sizeof main_text);
        *reason = "out of memory";
        if (!*bytes)
            return false;
        memcpy(*bytes, main_text, sizeof main_text);
        *length = sizeof main_text - 1;
        return true;
    }
    char full[4096];
    snprintf(full, sizeof full, "%s/library/%s", cli_scenarios_dir(), path);
    *bytes = cli_read_file(full, max_bytes, length, reason);
    return *bytes != NULL;
}

static void close_library(char *bytes, void *context)
{
    (void)context;
    free(bytes);
}

int cli_library_open(cli_session *session, bool as_json)
{
    static const muster_opener opener = {open_library, close_library, NULL};
    *session = (cli_session){.as_json = as_json};
    session->diags = muster_diags_create(NULL);
    muster_status status = session->diags ? MUSTER_OK : MUSTER_WORLD;
    if (status == MUSTER_OK)
        status = muster_gather(main_name, &opener, NULL, session->diags, &session->text);
    if (status == MUSTER_OK)
        status =
            muster_scenario_read(session->text, NULL, NULL, session->diags, &session->scenario);
    if (status != MUSTER_OK) {
        cli_print_diags(session->diags, as_json);
        fprintf(stderr,
                "muster: the library is looked for in '%s/library'; MUSTER_SCENARIOS names "
                "another folder\n",
                cli_scenarios_dir());
    }
    return (int)status;
}

/* "39.5,134" */
static bool read_point(const char *text, muster_point *out)
{
    char lat[32], lon[32];
    const char *comma = strchr(text, ',');
    if (!comma || (size_t)(comma - text) >= sizeof lat || strlen(comma + 1) >= sizeof lon)
        return false;
    memcpy(lat, text, (size_t)(comma - text));
    lat[comma - text] = '\0';
    memcpy(lon, comma + 1, strlen(comma + 1) + 1);
    return mst_text_real(lat, &out->lat_deg) && mst_text_real(lon, &out->lon_deg) &&
           fabs(out->lat_deg) <= 90.0 && fabs(out->lon_deg) <= 360.0;
}

static const char *nearest(const mst_list *table, size_t bytes, const char *id, char *hint,
                           size_t room)
{
    const char *names[512];
    int32_t count = 0;
    for (; count < table->count && count < 512; count++)
        names[count] =
            ((const mst_item *)(const void *)((const char *)table->item + (size_t)count * bytes))
                ->id;
    const int32_t near = mst_text_nearest(id, names, count);
    if (near < 0)
        return "muster list bases, muster list classes";
    snprintf(hint, room, "did you mean '%s'?", names[near]);
    return hint;
}

bool cli_place(const cli_session *session, const char *text, bool air, bool as_json,
               muster_point *out)
{
    const mst_list *bases = &session->scenario->spec.bases;
    char hint[96];
    if (strchr(text, ',')) {
        if (read_point(text, out))
            return true;
        cli_mistake(as_json, "write LAT,LON in degrees, north and east positive: 39.5,134",
                    "'%s' is no place", text);
        return false;
    }
    const int32_t found = mst_table_find(bases, sizeof(mst_base_def), text);
    if (found < 0) {
        cli_mistake(as_json, nearest(bases, sizeof(mst_base_def), text, hint, sizeof hint),
                    "no base '%s'", text);
        return false;
    }
    const mst_base_def *base = MST_AT(mst_base_def, bases, found);
    const bool has_sea = !isnan(base->sea_lat_deg) && !isnan(base->sea_lon_deg);
    if (!air && !has_sea) {
        cli_mistake(as_json, "give LAT,LON of open water instead",
                    "base '%s' has no point in open water", text);
        return false;
    }
    *out = air ? (muster_point){base->lat_deg, base->lon_deg}
               : (muster_point){base->sea_lat_deg, base->sea_lon_deg};
    return true;
}

const mst_class_def *cli_class(const cli_session *session, const char *id, bool as_json)
{
    const mst_list *classes = &session->scenario->spec.classes;
    const int32_t found = mst_table_find(classes, sizeof(mst_class_def), id);
    char hint[96];
    if (found >= 0)
        return MST_AT(mst_class_def, classes, found);
    cli_mistake(as_json, nearest(classes, sizeof(mst_class_def), id, hint, sizeof hint),
                "no class '%s'", id);
    return NULL;
}
