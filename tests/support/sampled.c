#include "sampled.h"

#include "base/hash.h"

#include <math.h>
#include <string.h>

static uint64_t add_real(uint64_t hash, double value)
{
    int64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    return mst_hash_int(hash, isnan(value) ? -1 : bits);
}

static uint64_t add_figure(uint64_t hash, muster_sample *s, int32_t model, int32_t measure,
                           int32_t thing)
{
    const muster_summary x = muster_sample_summary(s, model, measure, thing);
    const muster_quantile q = muster_sample_quantile(s, model, measure, thing, 0.3);
    const muster_difference d = muster_sample_difference(s, model, measure, thing);
    const double reals[] = {x.mean, x.sd,   x.least, x.most, x.low, x.high,        q.value, q.low,
                            q.high, d.mean, d.sd,    d.low,  d.p,   d.correlation, d.other};
    hash = mst_hash_int(mst_hash_int(hash, x.count), d.count);
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        hash = add_real(hash, reals[i]);
    return hash;
}

uint64_t sampled_digest(muster_sample *s)
{
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    uint64_t hash = mst_hash_int(MST_HASH_START, muster_sample_count(s));
    for (int32_t m = 0; m < muster_sample_models(s); m++)
        for (int32_t i = 0; i < count; i++)
            for (int32_t k = 0; k < muster_sample_things(s, m, all[i].scope); k++)
                hash = add_figure(hash, s, m, i, k);
    for (int32_t i = 0; i < s->reps.tally_count; i++)
        for (int32_t k = 0; k < s->tally_size[i]; k++)
            hash = mst_hash_int(hash, s->tally[i][k]);
    return hash;
}
