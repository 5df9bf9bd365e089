/* The coast that a page holds: one for the map and for the engine. */
#include "cli/page_coast.h"

#include <math.h>

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

void cli_page_coast(cli_page_file *page, const muster_land *land, const mst_json_value *run)
{
    double box[4];
    unsigned char *bytes = NULL;
    size_t count = 0;
    if (!read_box(run, box) || muster_land_crop(land, box[0], box[1], box[2], box[3], NULL, NULL,
                                                &bytes, &count) != MUSTER_OK)
        return;
    cli_page_packed(page, "muster-coast", bytes, count);
    muster_bytes_free(bytes, NULL);
}
