/* Screening by elementary effects: which factors matter, and which may be left out of what comes next. */
#include "analyses/morris_parts.h"
#include "analyses/percent.h"

#include <math.h>
#include <stdlib.h>

static bool fits(const mst_data *data, const muster_analyze_options *options,
                 char why[MST_WHY_BYTES])
{
    mst_morris_walks walks;
    (void)options;
    const bool is_good = mst_morris_walks_find(data, &walks, why);
    mst_morris_walks_free(&walks);
    return is_good;
}

bool mst_morris_may_go(const mst_morris_found *f, int32_t factor)
{
    static const double share = 0.05;
    return mst_high(&f->factor[factor].mu_star) < share * f->largest;
}

static bool comes_before(const mst_morris_factor *a, const mst_morris_factor *b)
{
    const double x = a->mu_star.value, y = b->mu_star.value;
    if (isnan(x) || isnan(y))
        return !isnan(x) && isnan(y);
    return x > y;
}

static void sort_factors(mst_morris_found *f)
{
    for (int32_t i = 0; i < f->data->factors; i++) {
        int32_t at = i;
        for (; at > 0 && comes_before(&f->factor[i], &f->factor[f->order[at - 1]]); at--)
            f->order[at] = f->order[at - 1];
        f->order[at] = i;
    }
    f->largest = f->factor[f->order[0]].mu_star.value;
}

static muster_status estimate(mst_morris_found *f)
{
    const size_t k = (size_t)f->data->factors;
    f->factor = calloc(k, sizeof *f->factor);
    f->order = calloc(k, sizeof *f->order);
    if (!f->factor || !f->order)
        return MUSTER_WORLD;
    f->replicates = mst_replicates(f->data->level);
    const mst_bootstrap how = {f->replicates, f->data->level, f->data->seed};
    const muster_status status = mst_morris(&f->walks->in, &how, f->factor);
    if (status != MUSTER_OK)
        return MUSTER_WORLD;
    sort_factors(f);
    mst_data_replications(f->data, &f->least, &f->most);
    return MUSTER_OK;
}

static muster_status tell(const mst_data *data, const muster_analyze_options *options,
                          muster_section *section)
{
    char why[MST_WHY_BYTES];
    mst_morris_walks walks;
    mst_morris_found found = {.data = data, .walks = &walks};
    (void)options;
    muster_status status =
        mst_morris_walks_find(data, &walks, why) ? estimate(&found) : MUSTER_WORLD;
    if (status == MUSTER_OK) {
        status = mst_morris_say(&found, section);
        mst_morris_draw(&found, section);
    }
    free(found.factor);
    free(found.order);
    mst_morris_walks_free(&walks);
    return status;
}

const mst_analysis mst_analysis_morris = {
    .name = "morris",
    .title = "Morris screening",
    .doc = "which factors matter, whether they act alone and in proportion, and which may be left "
           "out",
    .needs = "a Morris design: walks of block step (method morris)",
    .is_usual = true,
    .fits = fits,
    .tell = tell,
};
