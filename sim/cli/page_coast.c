/* The coast that a page holds: one for the map and for the engine. */
#include "cli/page_coast.h"

#include "cli/coast_thin.h"
#include "cli/pack.h"

#include <math.h>
#include <stdlib.h>

/* The box of what is drawn and, round it, as much again as a wide window shows. False: nothing has a
 * place. */
static bool read_box(const mst_json_value *run, double box[4])
{
    static const char *const sides[] = {"west", "east", "south", "north"};
    enum { LEAST_DEG = 5, LIMIT_DEG = 89 };
    const mst_json_value *own = mst_json_member(mst_json_member(run, "scene"), "box");
    for (int i = 0; i < 4; i++) {
        box[i] = mst_json_number(mst_json_member(own, sides[i]));
        if (!isfinite(box[i]))
            return false;
    }
    const double margin = fmax(LEAST_DEG, 0.6 * fmax(box[1] - box[0], box[3] - box[2]));
    box[0] -= margin;
    box[1] += margin;
    box[2] = fmax(box[2] - margin, -LIMIT_DEG);
    box[3] = fmin(box[3] + margin, LIMIT_DEG);
    return true;
}

/* ---- where something is, and the coast is kept as it is --------------------------------------------- */

typedef struct places {
    muster_point *at; /* null: they are only counted */
    size_t count;
} places;

static void add_place(places *out, double lon_deg, double lat_deg)
{
    if (!isfinite(lon_deg) || !isfinite(lat_deg))
        return;
    if (out->at)
        out->at[out->count] = (muster_point){.lat_deg = lat_deg, .lon_deg = lon_deg};
    out->count++;
}

/* Objects with lat_deg and lon_deg, and pairs of numbers, in a part of the run. */
static void gather(const mst_json_value *part, places *out)
{
    void *walk = NULL;
    const char *key = NULL;
    const mst_json_value *value = NULL;
    if (mst_json_is_object(part)) {
        add_place(out, mst_json_number(mst_json_member(part, "lon_deg")),
                  mst_json_number(mst_json_member(part, "lat_deg")));
        while (mst_json_each(part, &walk, &key, &value))
            gather(value, out);
    } else if (mst_json_is_array(part)) {
        if (mst_json_count(part) == 2)
            add_place(out, mst_json_number(mst_json_item(part, 0)),
                      mst_json_number(mst_json_item(part, 1)));
        for (int32_t i = 0; i < mst_json_count(part); i++)
            gather(mst_json_item(part, i), out);
    }
}

/* Null when memory is short. */
static muster_point *all_places(const mst_json_value *run, size_t *count)
{
    static const char *const parts[] = {"scene", "routes", "units"};
    places out = {0};
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1) {
            out.at = calloc(out.count + 1, sizeof *out.at);
            if (!out.at)
                return NULL;
        }
        out.count = 0;
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            gather(mst_json_member(run, parts[i]), &out);
    }
    *count = out.count;
    return out.at;
}

/* Plainer until it is small enough for a page, or too plain for a map; null: as it is. */
static unsigned char *thinned(const mst_json_value *run, const unsigned char *bytes, size_t *length)
{
    enum { PARTS = 300, STEP = 30, LEAST_PARTS = 120, CHARACTERS = 40000 };
    size_t count = 0, packed = 0, full = *length;
    unsigned char *out = NULL;
    muster_point *at = all_places(run, &count);
    for (int parts = PARTS; at && parts >= LEAST_PARTS; parts -= STEP) {
        free(out);
        out = cli_coast_thin(at, count, parts, bytes, full, length);
        char *text = out ? cli_pack(out, *length, &packed) : NULL;
        free(text);
        if (!text || packed <= CHARACTERS)
            break;
    }
    free(at);
    if (!out)
        *length = full;
    return out;
}

void cli_page_coast(cli_page_file *page, const muster_land *land, const mst_json_value *run)
{
    double box[4];
    unsigned char *bytes = NULL;
    size_t count = 0;
    if (!read_box(run, box) || muster_land_crop(land, box[0], box[1], box[2], box[3], NULL, NULL,
                                                &bytes, &count) != MUSTER_OK)
        return;
    unsigned char *thin = thinned(run, bytes, &count);
    cli_page_packed(page, "muster-coast", thin ? thin : bytes, count);
    free(thin);
    muster_bytes_free(bytes, NULL);
}
