/* Findings of a comparison: differences, tests adjusted for their number, order. */
#include "tell/compare.h"

#include "num/estimate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ALPHA 0.05
#define CERTAIN 1e6 /* size of a change against no spread at all: comes first */

static bool is_shown(const mst_comparison *c, muster_scope scope)
{
    return c->given->all || scope == MUSTER_OF_DRILL || scope == MUSTER_OF_STATE;
}

/* Number of figures of the first alternative, and of findings at most. */
static int32_t figures(const mst_comparison *c)
{
    int32_t count = 0, sum = 0;
    const muster_measure *all = muster_measures(&count);
    for (int32_t i = 0; i < count; i++)
        sum += is_shown(c, all[i].scope) ? mst_scope_places(c->given->model[0]->model, all[i].scope)
                                         : 0;
    return sum;
}

/* Value in a plan run by place; pairs that do not take part have none. */
static double plan_value(const muster_result *plan, muster_scope scope, int32_t measure,
                         int32_t place)
{
    const mst_outcomes *out = plan->outcomes;
    if (scope != MUSTER_OF_PAIR)
        return mst_measure_value(out, measure, place);
    for (int32_t i = 0; i < out->pair_count; i++)
        if (out->pair[i].place == place)
            return mst_measure_value(out, measure, i);
    return (double)NAN;
}

/* Differences of a rounding error are none. */
static bool differs(double a, double b)
{
    return isnan(a) != isnan(b) || fabs(a - b) > 1e-9 * fmax(fabs(a), fabs(b));
}

static void fill_plan(const mst_comparison *c, muster_scope scope, mst_finding *f)
{
    f->first = plan_value(c->given->plan[0], scope, f->measure, f->thing);
    f->other = plan_value(c->given->plan[f->alternative], scope, f->measure, f->other_thing);
    f->is_seen = differs(f->first, f->other);
    f->size = isnan(f->first) != isnan(f->other)
                  ? 1.0
                  : fabs(f->other - f->first) / fmax(fmax(fabs(f->first), fabs(f->other)), 1e-12);
    if (isnan(f->size))
        f->size = 0.0;
}

/* Spreads of the two together as the yardstick; without any spread every change is a large one. */
static void fill_sample(const mst_comparison *c, mst_finding *f)
{
    const muster_difference d =
        muster_sample_difference(c->given->sample, f->alternative, f->measure, f->thing);
    const muster_summary a = muster_sample_summary(c->given->sample, 0, f->measure, f->thing);
    const muster_summary b =
        muster_sample_summary(c->given->sample, f->alternative, f->measure, f->other_thing);
    const double spread = sqrt(0.5 * (a.sd * a.sd + b.sd * b.sd));
    f->difference = d;
    f->first = d.count > 0 ? d.first : a.mean;
    f->other = d.count > 0 ? d.other : b.mean;
    f->first_count = a.count;
    f->other_count = b.count;
    /* without a pair there is still whether it is defined at all: one of the two in some of them */
    f->p = d.count > 0                        ? d.p
           : (a.count == 0) != (b.count == 0) ? mst_mcnemar_p(a.count, b.count)
                                              : (double)NAN;
    const double change = fabs(f->other - f->first);
    const double relative = change / fmax(fmax(fabs(f->first), fabs(f->other)), 1e-12);
    const bool is_constant = d.count > 0 && !(d.sd > 0.0);
    f->size = isnan(change) || (spread > 0.0 && !is_constant) ? change / spread
              : change > 0.0 ? CERTAIN * (d.is_share ? 4.0 : 1.0 + relative)
                             : 0.0;
    if (isnan(f->size)) /* defined in one of them alone */
        f->size = isnan(f->first) == isnan(f->other) ? 0.0 : CERTAIN;
}

static bool add_alternative(mst_comparison *c, int32_t alternative)
{
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    const mst_model *first = c->given->model[0]->model;
    const mst_model *other = c->given->model[alternative]->model;
    for (int32_t i = 0; i < count; i++)
        for (int32_t k = 0; is_shown(c, all[i].scope) && k < mst_scope_places(first, all[i].scope);
             k++) {
            mst_finding f = {.alternative = alternative,
                             .measure = i,
                             .thing = k,
                             .other_thing = mst_scope_match(first, other, all[i].scope, k),
                             .p = (double)NAN};
            if (f.other_thing < 0)
                continue;
            if (c->given->sample)
                fill_sample(c, &f);
            else
                fill_plan(c, all[i].scope, &f);
            c->finding[c->finding_count++] = f;
        }
    return true;
}

/* All tests of all alternatives are one family. */
static bool adjust(mst_comparison *c)
{
    const size_t count = (size_t)c->finding_count;
    double *p = mst_arena_array(&c->page.arena, count + 1, sizeof *p);
    int32_t *scratch = mst_arena_array(&c->page.arena, count + 1, sizeof *scratch);
    if (!p || !scratch)
        return false;
    for (size_t i = 0; i < count; i++) {
        const muster_difference *d = &c->finding[i].difference;
        const bool never = d->count > 0 && !(d->sd > 0.0) && !(d->mean < 0.0 || d->mean > 0.0);
        p[i] = never ? (double)NAN : c->finding[i].p; /* what never differs is no test */
    }
    mst_holm(p, c->finding_count, scratch);
    for (size_t i = 0; i < count; i++) {
        mst_finding *f = &c->finding[i];
        f->p = p[i];
        f->is_seen = p[i] < ALPHA;
    }
    return true;
}

/* Whether the drill takes place at all, and how well it went, come before whatever else changed. */
static bool is_headline(const mst_finding *f)
{
    int32_t count = 0;
    const muster_measure *m = &muster_measures(&count)[f->measure];
    return m->scope == MUSTER_OF_DRILL && (m->is_yes_no || strcmp(m->name, "score") == 0);
}

static int compare_findings(const void *a, const void *b)
{
    const mst_finding *x = a, *y = b;
    if (x->alternative != y->alternative)
        return x->alternative < y->alternative ? -1 : 1;
    if (x->is_seen != y->is_seen)
        return x->is_seen ? -1 : 1;
    if (is_headline(x) != is_headline(y))
        return is_headline(x) ? -1 : 1;
    if (x->size < y->size || x->size > y->size)
        return x->size > y->size ? -1 : 1;
    return x->measure != y->measure ? (x->measure < y->measure ? -1 : 1)
                                    : (x->thing > y->thing) - (x->thing < y->thing);
}

bool mst_comparison_find(mst_comparison *c)
{
    const size_t most = (size_t)figures(c) * (size_t)c->given->count;
    c->finding = mst_arena_array(&c->page.arena, most + 1, sizeof *c->finding);
    if (!c->finding)
        return false;
    for (int32_t i = 1; i < c->given->count; i++)
        add_alternative(c, i);
    if (c->given->sample && !adjust(c))
        return false;
    qsort(c->finding, (size_t)c->finding_count, sizeof *c->finding, compare_findings);
    return true;
}
