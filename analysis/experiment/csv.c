/* The points of an experiment as CSV, for other programs to run. */
#include "base/csv.h"
#include "experiment/experiment.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const muster_factor *factor_of(const void *of, int32_t index)
{
    return muster_experiment_factor(of, index);
}

static void put_header(const muster_experiment *e, FILE *out)
{
    fputs("point,label,block,seed", out);
    for (int32_t f = 0; f < e->head.factors; f++) {
        fputc(',', out);
        mst_csv_text(out, muster_experiment_factor(e, f)->id);
    }
    fputc('\n', out);
}

static void put_point(const muster_experiment *e, int64_t point, FILE *out)
{
    const muster_plan_point p = muster_experiment_point(e, point);
    char value[MUSTER_VALUE_BYTES];
    fprintf(out, "%" PRId64 ",", point + 1);
    mst_csv_text(out, p.label);
    fputc(',', out);
    mst_csv_block(out, &p, factor_of, e, e->head.factors);
    fprintf(out, ",%" PRIu64, p.seed);
    for (int32_t f = 0; f < e->head.factors; f++) {
        fputc(',', out);
        muster_experiment_value(e, point, f, value);
        mst_csv_value(out, muster_experiment_factor(e, f), value, strlen(value));
    }
    fputc('\n', out);
}

/* ---- names ---------------------------------------------------------------------------------------- */

/* Readers of tables take letters of either case for the same. */
static bool is_same(const char *a, const char *b)
{
    for (; *a && tolower((unsigned char)*a) == tolower((unsigned char)*b); a++)
        b++;
    return *a == *b;
}

/* Whether another column has the name of factor f, here or in the export of a store. */
static bool is_taken(const muster_experiment *e, int32_t f)
{
    static const char *const ours[] = {"point", "label",  "block",   "replication",
                                       "seed",  "status", "message", "command"};
    const char *id = muster_experiment_factor(e, f)->id;
    bool is_so = false;
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        is_so = is_so || is_same(id, ours[i]);
    for (int32_t i = 0; i < e->head.responses; i++)
        is_so = is_so || is_same(id, muster_experiment_response(e, i)->name);
    return is_so;
}

muster_status mst_experiment_columns(const muster_experiment *e, muster_diags *diags)
{
    muster_status status = MUSTER_OK;
    for (int32_t f = 0; f < e->head.factors; f++) {
        if (!is_taken(e, f))
            continue;
        muster_diags_add(diags, MUSTER_ERROR, e->factor[f].place, NULL, "give it another id",
                         "factor '%s': another column of the tables is called so",
                         muster_experiment_factor(e, f)->id);
        status = MUSTER_MISTAKE;
    }
    return status;
}

/* ---- points --------------------------------------------------------------------------------------- */

bool muster_experiment_csv(const muster_experiment *e,
                           bool (*write)(const char *text, size_t length, void *context),
                           void *context)
{
    enum { PIECE_BYTES = 65536 };
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    bool goes_on = out != NULL;
    if (out)
        put_header(e, out);
    for (int64_t p = 0; goes_on && p < e->head.points; p++) {
        put_point(e, p, out);
        goes_on = fflush(out) == 0; /* `length` is of what was flushed */
        if (!goes_on || (length < PIECE_BYTES && p + 1 < e->head.points))
            continue;
        goes_on = write(bytes, length, context) && fseek(out, 0, SEEK_SET) == 0;
    }
    if (out)
        (void)fclose(out);
    free(bytes);
    return goes_on;
}
