/* What a live page of a scenario holds beside the run and the engine, for trying such pages:
 *
 *     live_parts SCENARIO.cfg WEST EAST SOUTH NORTH OUT_DIR
 *
 * writes land.bin (the land cut to that box), routes.bin and scenario.cfg (the gathered text) there. */
#include "flow.h"
#include "muster/muster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool keep(const char *folder, const char *name, const void *bytes, size_t count)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    const bool is_whole = fwrite(bytes, 1, count, file) == count;
    return fclose(file) == 0 && is_whole;
}

static bool keep_land(const muster_land *land, char **box, const char *folder)
{
    unsigned char *bytes = NULL;
    size_t count = 0;
    const bool is_cut =
        muster_land_crop(land, strtod(box[0], NULL), strtod(box[1], NULL), strtod(box[2], NULL),
                         strtod(box[3], NULL), NULL, NULL, &bytes, &count) == MUSTER_OK;
    const bool is_kept = is_cut && keep(folder, "land.bin", bytes, count);
    muster_bytes_free(bytes, NULL);
    return is_kept;
}

static bool keep_routes(const muster_source_text *text, const muster_land *land, const char *folder)
{
    muster_scenario *scenario = NULL;
    muster_routes *routes = NULL;
    unsigned char *bytes = NULL;
    size_t count = 0;
    const bool is_kept = muster_scenario_read(text, NULL, NULL, NULL, &scenario) == MUSTER_OK &&
                         muster_routes_find(scenario, land, NULL, NULL, &routes) == MUSTER_OK &&
                         muster_routes_write(routes, NULL, &bytes, &count) == MUSTER_OK &&
                         keep(folder, "routes.bin", bytes, count);
    muster_bytes_free(bytes, NULL);
    muster_routes_free(routes);
    muster_scenario_free(scenario);
    return is_kept;
}

int main(int argc, char **argv)
{
    enum { WORDS = 7 };
    if (argc != WORDS) {
        fprintf(stderr, "usage: live_parts SCENARIO.cfg WEST EAST SOUTH NORTH OUT_DIR\n");
        return 2;
    }
    muster_source_text *text = NULL;
    muster_land *land = NULL;
    size_t length = 0;
    bool is_kept = muster_gather(argv[1], &flow_files, NULL, NULL, &text) == MUSTER_OK &&
                   muster_land_open(NULL, 0, NULL, NULL, &land) == MUSTER_OK;
    if (is_kept) {
        const char *bytes = muster_source_text_bytes(text, &length);
        is_kept = keep(argv[6], "scenario.cfg", bytes, length) &&
                  keep_land(land, argv + 2, argv[6]) && keep_routes(text, land, argv[6]);
    }
    muster_land_free(land);
    muster_source_text_free(text);
    return is_kept ? 0 : 3;
}
