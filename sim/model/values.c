/* Values of states and ties at a date: what the file gives, moved by time. */
#include "model/align.h"
#include "model/compile.h"

#include <math.h>
#include <string.h>

/* A mutual value stands twice, once for each order of the pair. */
static void set_mutual(double *mutual, size_t n, size_t index, double value)
{
    const size_t kind = index / (n * n), from = index / n % n, to = index % n;
    mutual[(kind * n + from) * n + to] = value;
    mutual[(kind * n + to) * n + from] = value;
}

double mst_decay(double half_life_s, muster_time from, muster_time to)
{
    if (to <= from || isinf(half_life_s))
        return 1.0;
    return exp2(-((double)(to - from) / (double)MUSTER_SECOND) / half_life_s);
}

/* A dated value counts once it holds and is known; a run in hindsight knows everything. */
static bool in_force(const mst_model *model, const mst_dated_row *row, muster_time at)
{
    return row->at <= at && (model->hindsight || row->known_by <= at);
}

/* What is left of the entries of a ledger, by one of two accounts. To 12 places, so that .1 and .2
 * are the .3 that their author meant. */
static double account_at(const mst_moving_row *row, bool of_giver, muster_time at)
{
    double sum = 0.0;
    for (int32_t i = 0; i < row->service_count; i++) {
        const mst_service_row *s = &row->service[i];
        sum += (of_giver ? s->by_giver : s->by_receiver) * mst_decay(s->half_life_s, s->as_of, at);
    }
    return round(sum * 1e12) / 1e12;
}

/* Rules read the account of who received, and owes. */
static double services_at(const mst_moving_row *row, muster_time at)
{
    return account_at(row, false, at);
}

/* Decay runs forward only: from the stock's date, or from the change if that is later. */
static double decayed(const mst_moving_row *row, double value, muster_time since, muster_time at)
{
    return value * mst_decay(row->half_life_s, since > row->from ? since : row->from, at);
}

/* What is added counts within the range of the figure; a value that is not given stays so. */
static double added(const mst_moving_row *row, double own, double services, double value)
{
    return isnan(own) ? own : fmin(fmax(own + services + value, row->low), row->high) - services;
}

/* own: the figure without the entries of its ledger, which decay each by itself. A change that sets
 * the figure sets all of it: from then on the entries are in it. */
static double moved_value(const mst_model *model, const mst_moving_row *row, muster_time at)
{
    bool has_services = row->service_count > 0;
    double own = isnan(row->base) && has_services ? 0.0 : row->base;
    muster_time since = row->from;
    for (int32_t i = 0; i < row->dated_count; i++) {
        const mst_dated_row *change = &row->dated[i];
        if (!in_force(model, change, at))
            continue;
        if (change->adds) {
            own = decayed(row, own, since, change->at);
            own = added(row, own, has_services ? services_at(row, change->at) : 0.0, change->value);
        } else {
            own = change->value;
            has_services = false;
        }
        since = change->at;
    }
    return decayed(row, own, since, at) + (has_services ? services_at(row, at) : 0.0);
}

/* Beside its entries a ledger is the same for both. */
double mst_model_giver_account(const mst_model *model, const mst_moving_row *row, muster_time at)
{
    for (int32_t i = 0; i < row->dated_count; i++)
        if (!row->dated[i].adds && in_force(model, &row->dated[i], at))
            return (double)NAN;
    return row->service_count == 0
               ? (double)NAN
               : moved_value(model, row, at) - services_at(row, at) + account_at(row, true, at);
}

static void store(const mst_model *model, const mst_moving_row *row, double value, mst_values *out)
{
    switch (row->kind) {
    case MST_FIGURE_ATTRIBUTE:
        out->attribute[row->index] = value;
        break;
    case MST_FIGURE_MUTUAL:
        set_mutual(out->mutual, (size_t)model->state_count, (size_t)row->index, value);
        break;
    case MST_FIGURE_DIRECTED:
        out->directed[row->index] = value;
        break;
    }
}

void mst_model_values_at(const mst_model *model, muster_time at, mst_values *out)
{
    const size_t n = (size_t)model->state_count;
    memcpy(out->attribute, model->attribute,
           n * (size_t)model->attribute_count * sizeof *out->attribute);
    memcpy(out->mutual, model->mutual, n * n * (size_t)model->mutual_count * sizeof *out->mutual);
    memcpy(out->directed, model->directed,
           n * n * (size_t)model->directed_count * sizeof *out->directed);
    for (int32_t i = 0; i < model->moving_count; i++)
        store(model, &model->moving[i], moved_value(model, &model->moving[i], at), out);
    /* The strongest pact of a pair; mutual 1 is "pact" and 0 where none is in force. */
    for (int32_t i = 0; i < model->pact_count; i++) {
        const mst_pact_row *pact = &model->pact[i];
        if (at < pact->from || at > pact->until)
            continue;
        const size_t index = (n + (size_t)pact->a) * n + (size_t)pact->b;
        set_mutual(out->mutual, n, index, fmax(out->mutual[index], pact->strength));
    }
}

/* ---- one figure alone ---------------------------------------------------------------------- */

/* Mutual figures move under the lesser of their two indices. */
static int32_t canonical(const mst_model *model, mst_figure_kind kind, int32_t index)
{
    const int32_t n = model->state_count;
    if (kind != MST_FIGURE_MUTUAL)
        return index;
    const int32_t mirror = (index / (n * n) * n + index % n) * n + index / n % n;
    return mirror < index ? mirror : index;
}

const mst_moving_row *mst_model_moving(const mst_model *model, mst_figure_kind kind, int32_t index)
{
    const int32_t place = canonical(model, kind, index);
    int32_t low = 0, high = model->moving_count;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        const mst_moving_row *row = &model->moving[middle];
        if (row->kind < kind || (row->kind == kind && row->index < place))
            low = middle + 1;
        else
            high = middle;
    }
    const mst_moving_row *row = low < model->moving_count ? &model->moving[low] : NULL;
    return row && row->kind == kind && row->index == place ? row : NULL;
}

double mst_model_value_at(const mst_model *model, mst_figure_kind kind, int32_t index,
                          muster_time at)
{
    const mst_moving_row *row = mst_model_moving(model, kind, index);
    if (row)
        return moved_value(model, row, at);
    return kind == MST_FIGURE_ATTRIBUTE ? model->attribute[index]
           : kind == MST_FIGURE_MUTUAL  ? model->mutual[index]
                                        : model->directed[index];
}
