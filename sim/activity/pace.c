#include "activity/pace.h"

#include <math.h>

static bool is_ship(const mst_model *model, int32_t unit)
{
    return model->unit[unit].domain == MST_NAVAL;
}

static bool has_law(const mst_model *model, int32_t unit)
{
    return is_ship(model, unit) && model->unit[unit].has_range;
}

double mst_pace_sustained_mps(const mst_model *model, const int32_t *unit, int32_t count)
{
    double least = (double)INFINITY;
    for (int32_t i = 0; i < count; i++)
        if (is_ship(model, unit[i]))
            least = fmin(least, model->unit[unit[i]].sustained_mps);
    return least;
}

double mst_pace_max_mps(const mst_model *model, const int32_t *unit, int32_t count)
{
    double least = (double)INFINITY;
    for (int32_t i = 0; i < count; i++)
        if (is_ship(model, unit[i]))
            least = fmin(least, model->unit[unit[i]].max_mps);
    return least;
}

static double burn_kgpm(const mst_model *model, const int32_t *unit, int32_t count, double speed)
{
    double sum = 0.0;
    for (int32_t i = 0; i < count; i++)
        if (has_law(model, unit[i]))
            sum += mst_law_rate_kgps(&model->unit[unit[i]].law, speed) / speed;
    return sum;
}

double mst_pace_economical_mps(const mst_model *model, const int32_t *unit, int32_t count)
{
    const double ratio = 0.6180339887498949; /* (sqrt(5) - 1)/2 */
    const double cap = mst_pace_sustained_mps(model, unit, count);
    double low = (double)INFINITY, high = 0.0;
    for (int32_t i = 0; i < count; i++)
        if (has_law(model, unit[i])) {
            low = fmin(low, model->unit[unit[i]].law.economical_mps);
            high = fmax(high, model->unit[unit[i]].law.economical_mps);
        }
    if (!(high > 0.0))
        return cap; /* no law known: as fast as all can go */
    low = fmin(low, cap);
    high = fmin(high, cap);
    /* The least of the sum lies between the least and the greatest of the single optima. */
    double a = high - ratio * (high - low), b = low + ratio * (high - low);
    double fa = burn_kgpm(model, unit, count, a), fb = burn_kgpm(model, unit, count, b);
    while (high - low > 1e-9 * high) {
        if (fa <= fb) {
            high = b;
            b = a;
            fb = fa;
            a = high - ratio * (high - low);
            fa = burn_kgpm(model, unit, count, a);
        } else {
            low = a;
            a = b;
            fa = fb;
            b = low + ratio * (high - low);
            fb = burn_kgpm(model, unit, count, b);
        }
    }
    return 0.5 * (low + high);
}

/* Withdrawn before it ever sailed: it has no port to call at, and is home. */
static bool is_left_behind(const mst_run *run, int32_t unit)
{
    const mst_unit_state *s = &run->unit[unit];
    return s->is_out && s->hold >= 0 && s->spot == run->model->unit[unit].home;
}

int32_t mst_pace_members(const mst_run *run, int32_t group, int32_t drill,
                         int32_t out_unit[MST_MEMBERS_MAX])
{
    const mst_group_row *g = &run->model->group[group];
    int32_t count = 0;
    for (int32_t i = 0; i < g->member_count && count < MST_MEMBERS_MAX; i++) {
        const int32_t unit = g->member[i];
        if (run->unit[unit].drill == drill && run->unit[unit].hold != MST_HOLD_ADRIFT &&
            run->model->unit[unit].domain == MST_NAVAL && !is_left_behind(run, unit))
            out_unit[count++] = unit;
    }
    return count;
}

void mst_pace_send(mst_run *run, int32_t group, int32_t drill, int32_t spot)
{
    int32_t unit[MST_MEMBERS_MAX] = {0};
    const int32_t count = mst_pace_members(run, group, drill, unit);
    const double speed = mst_pace_economical_mps(run->model, unit, count);
    for (int32_t i = 0; i < count; i++) {
        const mst_unit_state *s = &run->unit[unit[i]];
        const int32_t back = mst_unit_return_spot(run, unit[i], s->hold >= 0 ? s->spot : s->to);
        mst_unit_sail(run, unit[i], spot >= 0 ? spot : back, speed);
    }
}
