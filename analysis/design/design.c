#include "design/design.h"

#include "design/method.h"
#include "design/quality.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const int64_t DEFAULT_ROWS_MOST = 10000000;
enum { MOST_COLUMNS = 10000 };

/* ---- the list ---------------------------------------------------------------------------------- */

static const mst_design_method *const methods[] = {
#define MST_DESIGN(name) &mst_design_##name,
#include "design/list.def"
#undef MST_DESIGN
};
enum { METHODS = (int)(sizeof methods / sizeof methods[0]) };

const mst_design_method *mst_design_method_at(int32_t index)
{
    return index >= 0 && index < METHODS ? methods[index] : NULL;
}

const mst_design_method *mst_design_method_named(const char *name)
{
    for (int i = 0; i < METHODS; i++)
        if (strcmp(methods[i]->name, name) == 0)
            return methods[i];
    return NULL;
}

bool mst_design_uses(const mst_design_method *method, const char *key)
{
    const size_t length = strlen(key);
    const char *at = method->uses;
    while (*at) {
        const size_t word = strcspn(at, " ");
        if (word == length && strncmp(at, key, length) == 0)
            return true;
        at += word;
        at += *at == ' ';
    }
    return false;
}

/* ---- levels --------------------------------------------------------------------------------------- */

int32_t mst_design_level(double unit, int32_t levels)
{
    const int32_t level = (int32_t)floor(unit * (double)levels);
    return level < 0 ? 0 : level >= levels ? levels - 1 : level;
}

double mst_design_unit(int32_t level, int32_t levels)
{
    return ((double)level + 0.5) / (double)levels;
}

/* ---- size ----------------------------------------------------------------------------------------- */

static bool is_sound(const mst_design_ask *ask, char *why)
{
    if (ask->columns < 1 || ask->columns > MOST_COLUMNS)
        return mst_refuse(why, "%" PRId32 " factors, 1 to %d", ask->columns, MOST_COLUMNS);
    for (int32_t j = 0; j < ask->columns; j++)
        if (mst_levels(ask, j) < 0)
            return mst_refuse(why, "%s has %" PRId32 " levels, at least 1", mst_call(ask, j).text,
                              mst_levels(ask, j));
    if (ask->points < 0)
        return mst_refuse(why, "%" PRId64 " points, at least 1", ask->points);
    if (ask->rows_most < 0)
        return mst_refuse(why, "at most %" PRId64 " rows, which leaves none", ask->rows_most);
    const int32_t count[] = {ask->trajectories, ask->grid_levels, ask->stacks, ask->centre_points,
                             ask->tries};
    static const char *const name[] = {"trajectories", "grid levels", "stacks", "centre points",
                                       "tries"};
    for (int i = 0; i < 5; i++)
        if (count[i] < 0)
            return mst_refuse(why, "%" PRId32 " %s, at least 0", count[i], name[i]);
    return true;
}

static int64_t rows_most_of(const mst_design_ask *ask)
{
    const int64_t most = ask->rows_most ? ask->rows_most : DEFAULT_ROWS_MOST;
    return most < INT32_MAX ? most : INT32_MAX;
}

static bool size_of(const mst_design_method *method, const mst_design_ask *ask, int64_t *out_rows,
                    char *why)
{
    if (!is_sound(ask, why) || !method->size(ask, out_rows, why))
        return false;
    const int64_t most = rows_most_of(ask);
    if (*out_rows <= most)
        return true;
    return mst_refuse(why, "%" PRId64 "%s rows, at most %" PRId64, *out_rows,
                      *out_rows == INT64_MAX ? " or more" : "", most);
}

static const mst_design_method *method_of(const char *name, char *why)
{
    const mst_design_method *method = mst_design_method_named(name);
    if (!method)
        mst_refuse(why, "there is no method '%.60s'", name);
    return method;
}

bool mst_design_rows(const char *method, const mst_design_ask *ask, int64_t *out_rows,
                     char why[MST_DESIGN_WHY])
{
    *out_rows = -1;
    const mst_design_method *found = method_of(method, why);
    return found && size_of(found, ask, out_rows, why);
}

/* ---- making --------------------------------------------------------------------------------------- */

static bool make_room(mst_design *out)
{
    const size_t rows = (size_t)out->rows;
    if (rows > SIZE_MAX / sizeof *out->block)
        return false;
    out->unit = mst_room(mst_times(out->rows, out->columns));
    out->block = malloc(rows * sizeof *out->block);
    out->seed_group = calloc(rows, sizeof *out->seed_group);
    if (!out->unit || !out->block || !out->seed_group)
        return false;
    for (size_t i = 0; i < rows; i++)
        out->block[i] = (mst_block_of){.kind = MST_BLOCK_POINT, .factor = -1};
    return true;
}

muster_status mst_design_make(const char *method, const mst_design_ask *ask,
                              char why[MST_DESIGN_WHY], mst_design *out)
{
    *out = (mst_design){0};
    int64_t rows = 0;
    const mst_design_method *found = method_of(method, why);
    if (!found || !size_of(found, ask, &rows, why))
        return MUSTER_MISTAKE;
    mst_design made = {.columns = ask->columns, .rows = rows, .tries = 1};
    muster_status status = make_room(&made) ? found->fill(ask, &made, why) : MUSTER_WORLD;
    if (status == MUSTER_OK && !mst_design_judge(&made))
        status = MUSTER_WORLD;
    if (status == MUSTER_OK)
        *out = made;
    else
        mst_design_free(&made);
    return status;
}

void mst_design_free(mst_design *design)
{
    if (!design)
        return;
    free(design->unit);
    free(design->block);
    free(design->seed_group);
    *design = (mst_design){0};
}
