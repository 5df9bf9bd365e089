#include "model/align.h"
#include "model/compile.h"

#include <math.h>
#include <string.h>

enum { KIND_ATTRIBUTE, KIND_MUTUAL, KIND_DIRECTED };

/* A mutual value stands twice, once for each order of the pair. */
static void set_mutual(double *mutual, size_t n, size_t index, double value)
{
    const size_t kind = index / (n * n), from = index / n % n, to = index % n;
    mutual[(kind * n + from) * n + to] = value;
    mutual[(kind * n + to) * n + from] = value;
}

/* A dated value counts once it holds and is known; a run in hindsight knows everything. */
static bool in_force(const mst_model *model, const mst_dated_row *row, muster_time at)
{
    return row->at <= at && (model->hindsight || row->known_by <= at);
}

void mst_model_values_at(const mst_model *model, muster_time at, mst_values *out)
{
    const size_t n = (size_t)model->state_count;
    memcpy(out->attribute, model->attribute,
           n * (size_t)model->attribute_count * sizeof *out->attribute);
    memcpy(out->mutual, model->mutual, n * n * (size_t)model->mutual_count * sizeof *out->mutual);
    memcpy(out->directed, model->directed,
           n * n * (size_t)model->directed_count * sizeof *out->directed);

    for (int32_t i = 0; i < model->dated_count; i++) {
        const mst_dated_row *row = &model->dated[i];
        if (!in_force(model, row, at))
            continue;
        if (row->kind == KIND_ATTRIBUTE)
            out->attribute[row->index] = row->value;
        else if (row->kind == KIND_MUTUAL)
            set_mutual(out->mutual, n, (size_t)row->index, row->value);
        else
            out->directed[row->index] = row->value;
    }
    /* The strongest pact of a pair; mutual 1 is "pact" and 0 where none is in force. */
    for (int32_t i = 0; i < model->pact_count; i++) {
        const mst_pact_row *pact = &model->pact[i];
        if (at < pact->from || at > pact->until)
            continue;
        const size_t index = (n + (size_t)pact->a) * n + (size_t)pact->b;
        set_mutual(out->mutual, n, index, fmax(out->mutual[index], pact->strength));
    }
}
