#include "outcome/flip_bound.h"

#include "align/factors.h"
#include "model/terms.h"

#include <math.h>
#include <string.h>

typedef struct bound {
    const mst_flip_scene *scene;
    int32_t count; /* levers of the box */
    const mst_flip_box *box;
    int8_t place[MST_FLIP_LEVERS_MAX]; /* of a lever in the box, -1: none */
    int32_t cand, other;
} bound;

/* ---- spans -------------------------------------------------------------------------------------- */

static mst_span constant(const bound *b, double value)
{
    mst_span out = {0};
    out.lo = out.hi = value;
    memset(out.dlo, 0, (size_t)b->count * sizeof *out.dlo);
    memset(out.dhi, 0, (size_t)b->count * sizeof *out.dhi);
    return out;
}

/* Nothing times anything is nothing, also where a slope has no limit. */
static double times(double a, double b)
{
    return a == 0.0 || b == 0.0 ? 0.0 : a * b;
}

static void product_of(double alo, double ahi, double blo, double bhi, double *lo, double *hi)
{
    const double p[] = {times(alo, blo), times(alo, bhi), times(ahi, blo), times(ahi, bhi)};
    *lo = fmin(fmin(p[0], p[1]), fmin(p[2], p[3]));
    *hi = fmax(fmax(p[0], p[1]), fmax(p[2], p[3]));
}

static mst_span multiply(const bound *b, const mst_span *x, const mst_span *y)
{
    mst_span out = {0};
    if (isnan(x->lo) || isnan(y->lo))
        return constant(b, (double)NAN);
    product_of(x->lo, x->hi, y->lo, y->hi, &out.lo, &out.hi);
    for (int32_t i = 0; i < b->count; i++) {
        double lo, hi;
        product_of(x->dlo[i], x->dhi[i], y->lo, y->hi, &out.dlo[i], &out.dhi[i]);
        product_of(x->lo, x->hi, y->dlo[i], y->dhi[i], &lo, &hi);
        out.dlo[i] += lo;
        out.dhi[i] += hi;
    }
    return out;
}

static void add_to(const bound *b, mst_span *sum, const mst_span *more)
{
    sum->lo += more->lo;
    sum->hi += more->hi;
    for (int32_t i = 0; i < b->count; i++) {
        sum->dlo[i] += more->dlo[i];
        sum->dhi[i] += more->dhi[i];
    }
}

/* plus + by * x */
static mst_span line(const bound *b, double plus, double by, const mst_span *x)
{
    mst_span factor = constant(b, by);
    mst_span out = multiply(b, &factor, x);
    out.lo += plus;
    out.hi += plus;
    return out;
}

/* Slopes of a function of x whose own slope lies within [lo, hi]. */
static void chain(const bound *b, const mst_span *x, double lo, double hi, mst_span *out)
{
    for (int32_t i = 0; i < b->count; i++)
        product_of(x->dlo[i], x->dhi[i], lo, hi, &out->dlo[i], &out->dhi[i]);
}

static mst_span at_most_one(const bound *b, const mst_span *x)
{
    if (isnan(x->lo) || x->hi <= 1.0)
        return *x;
    mst_span out = constant(b, 1.0);
    if (x->lo >= 1.0)
        return out;
    out.lo = x->lo;
    for (int32_t i = 0; i < b->count; i++) {
        out.dlo[i] = fmin(x->dlo[i], 0.0);
        out.dhi[i] = fmax(x->dhi[i], 0.0);
    }
    return out;
}

/* The largest of some: only those that may be it lend their slopes. */
static mst_span largest(const bound *b, const mst_span *x, int32_t count)
{
    mst_span out = x[0];
    for (int32_t k = 1; k < count; k++) {
        out.lo = fmax(out.lo, x[k].lo);
        out.hi = fmax(out.hi, x[k].hi);
    }
    for (int32_t i = 0; i < b->count; i++) {
        out.dlo[i] = INFINITY;
        out.dhi[i] = -INFINITY;
        for (int32_t k = 0; k < count; k++)
            if (x[k].hi >= out.lo) {
                out.dlo[i] = fmin(out.dlo[i], x[k].dlo[i]);
                out.dhi[i] = fmax(out.dhi[i], x[k].dhi[i]);
            }
    }
    return out;
}

/* ---- forms -------------------------------------------------------------------------------------- */

static mst_span step_at(const bound *b, double at, const mst_span *x)
{
    if (isnan(x->lo))
        return constant(b, (double)NAN);
    if (x->lo >= at || x->hi < at)
        return constant(b, x->lo >= at ? 1.0 : 0.0);
    mst_span out = constant(b, 0.0);
    out.hi = 1.0;
    chain(b, x, 0.0, INFINITY, &out);
    return out;
}

static double share_at(double value, double at, double scale)
{
    return 1.0 / (1.0 + exp(-(value - at) / scale));
}

static mst_span s_curve(const bound *b, const mst_rule_row *rule, const mst_span *x)
{
    if (isnan(x->lo))
        return constant(b, (double)NAN);
    const double first = share_at(x->lo, rule->at, rule->scale);
    const double last = share_at(x->hi, rule->at, rule->scale);
    mst_span out = {0};
    out.lo = fmin(first, last);
    out.hi = fmax(first, last);
    const double at_lo = out.lo * (1.0 - out.lo), at_hi = out.hi * (1.0 - out.hi);
    const double steepest = out.lo < 0.5 && out.hi > 0.5 ? 0.25 : fmax(at_lo, at_hi);
    const double flattest = fmin(at_lo, at_hi);
    const double one = flattest / rule->scale, other = steepest / rule->scale;
    chain(b, x, fmin(one, other), fmax(one, other), &out);
    return out;
}

/* Nothing is known of it. */
static mst_span anything(const bound *b)
{
    mst_span out = {0};
    out.lo = -INFINITY;
    out.hi = INFINITY;
    for (int32_t i = 0; i < b->count; i++) {
        out.dlo[i] = -INFINITY;
        out.dhi[i] = INFINITY;
    }
    return out;
}

static bool is_still(const bound *b, const mst_span *x)
{
    for (int32_t i = 0; i < b->count; i++)
        if (x->dlo[i] != 0.0 || x->dhi[i] != 0.0)
            return false;
    return x->lo == x->hi;
}

/* part/whole, at most 1, of what is not negative. It moves only where the whole is above the part, and
 * so above the least part: its slopes are those of a quotient there, or none. */
static mst_span ratio(const bound *b, const mst_span *part, const mst_span *whole)
{
    if (isnan(part->lo) || isnan(whole->lo))
        return constant(b, (double)NAN);
    if (part->lo < 0.0 || whole->lo < 0.0)
        return is_still(b, part) && is_still(b, whole)
                   ? constant(b, part->lo < whole->lo ? part->lo / whole->lo : 1.0)
                   : anything(b);
    if (part->lo >= whole->hi)
        return constant(b, 1.0);
    const double least = fmax(whole->lo, part->lo);
    mst_span out = constant(b, 0.0), by_whole = out;
    chain(b, part, part->hi < whole->lo ? 1.0 / whole->hi : 0.0, 1.0 / least, &out);
    chain(b, whole, part->hi > 0.0 ? -part->hi / (least * least) : 0.0,
          part->hi < whole->lo ? -part->lo / (whole->hi * whole->hi) : 0.0, &by_whole);
    add_to(b, &out, &by_whole);
    out.lo = part->lo / whole->hi;
    out.hi = part->hi < whole->lo ? part->hi / whole->lo : 1.0;
    return out;
}

static mst_span product_from(const bound *b, const mst_span *term, int32_t first, int32_t end,
                             mst_span value)
{
    for (int32_t i = first; i < end; i++)
        value = multiply(b, &value, &term[i]);
    return value;
}

/* |x - y| */
static mst_span distance_of(const bound *b, const mst_span *x, const mst_span *y)
{
    mst_span apart = line(b, 0.0, -1.0, y);
    add_to(b, &apart, x);
    if (isnan(x->lo) || isnan(y->lo))
        return constant(b, (double)NAN);
    if (apart.lo >= 0.0)
        return apart;
    if (apart.hi <= 0.0)
        return line(b, 0.0, -1.0, &apart);
    mst_span out = constant(b, 0.0);
    out.hi = fmax(-apart.lo, apart.hi);
    chain(b, &apart, -1.0, 1.0, &out);
    return out;
}

static mst_span form_span(const bound *b, const mst_rule_row *rule, const mst_span *term)
{
    const int32_t n = rule->term_count;
    mst_span value = constant(b, 0.0);
    switch (rule->form) {
    case MST_FORM_PRODUCT:
        return product_from(b, term, 0, n, constant(b, 1.0));
    case MST_FORM_LINEAR:
        for (int32_t i = 0; i < n; i++)
            add_to(b, &value, &term[i]);
        return value;
    case MST_FORM_THRESHOLD:
        return product_from(b, term, 1, n, step_at(b, rule->at, &term[0]));
    case MST_FORM_LOGISTIC:
        return product_from(b, term, 1, n, s_curve(b, rule, &term[0]));
    case MST_FORM_MIN_RATIO:
        return product_from(b, term, 0, n - 2, ratio(b, &term[n - 2], &term[n - 1]));
    case MST_FORM_GAP: {
        const mst_span apart = distance_of(b, &term[0], &term[1]);
        return product_from(b, term, 2, n, apart);
    }
    default:
        return value;
    }
}

/* ---- rules -------------------------------------------------------------------------------------- */

/* The lever that moves what a factor reads, -1: none. Places as mst_factor_value reads them. */
static int32_t lever_of(const bound *b, const mst_factor *f)
{
    const mst_flip_scene *s = b->scene;
    const mst_model *m = &s->trial.model;
    const int32_t k = f->index;
    switch (f->reads) {
    case MST_READS_CAND:
        return s->attribute_lever[b->cand * m->attribute_count + k];
    case MST_READS_HOST:
    case MST_READS_OTHER:
        return s->attribute_lever[b->other * m->attribute_count + k];
    case MST_READS_TIE:
        return s->mutual_lever[mst_model_pair(m, k, b->cand, b->other)];
    case MST_READS_TO_HOST:
        return s->directed_lever[mst_model_pair(m, k, b->cand, b->other)];
    case MST_READS_FROM_HOST:
        return s->directed_lever[mst_model_pair(m, k, b->other, b->cand)];
    case MST_READS_DRILL:
        return s->drill_lever[s->trial.drill_index * m->drill_value_count + k];
    case MST_READS_FLEET:
    case MST_READS_JOINS: /* no proof is tried then (sim/batch/flip.c) */
        break;
    }
    return -1;
}

static mst_span of_lever(const bound *b, int32_t lever, double otherwise)
{
    const int32_t place = lever >= 0 ? b->place[lever] : -1;
    mst_span out = constant(b, otherwise);
    if (place < 0)
        return out;
    out.lo = b->box->lo[place];
    out.hi = b->box->hi[place];
    out.dlo[place] = out.dhi[place] = 1.0;
    return out;
}

static mst_span factor_span(const bound *b, const mst_factor *f)
{
    const mst_trial *t = &b->scene->trial;
    const mst_align_input in = {t->drill_index, &t->values, t->fleet, NULL, NULL};
    return of_lever(b, lever_of(b, f), mst_factor_value(&t->model, &in, b->cand, b->other, f));
}

static mst_span rule_span(const bound *b, const mst_rule_row *rule)
{
    mst_span term[MST_RULE_TERMS_MAX];
    const bool is_of_two = rule->form == MST_FORM_MIN_RATIO || rule->form == MST_FORM_GAP;
    if (rule->term_count < (is_of_two ? 2 : 1)) /* the check refuses such rules */
        return constant(b, (double)NAN);
    for (int32_t i = 0; i < rule->term_count; i++) {
        mst_span value = constant(b, 1.0);
        for (int32_t f = 0; f < rule->term[i].factor_count; f++) {
            const mst_span factor = factor_span(b, &rule->term[i].factor[f]);
            value = multiply(b, &value, &factor);
        }
        term[i] = line(b, rule->term[i].plus, rule->term[i].times, &value);
    }
    return form_span(b, rule, term);
}

static mst_span joined_span(bound *b, const mst_rule_row *rule)
{
    int32_t others[MST_OTHERS_MAX];
    mst_span value[MST_OTHERS_MAX];
    const mst_trial *t = &b->scene->trial;
    if (!mst_rule_names_another(rule)) {
        b->other = b->cand;
        return rule_span(b, rule);
    }
    const int32_t count = mst_rule_others(&t->model.drill[t->drill_index], rule, b->cand, others);
    bool is_missing = false;
    for (int32_t i = 0; i < count; i++) {
        b->other = others[i];
        value[i] = rule_span(b, rule);
        is_missing = is_missing || isnan(value[i].lo);
    }
    if (count == 0 || is_missing)
        return constant(b, count == 0 ? 0.0 : (double)NAN);
    mst_span joined = rule->over == MST_OVER_MAX ? largest(b, value, count) : value[0];
    for (int32_t i = 1; rule->over != MST_OVER_MAX && i < count; i++)
        add_to(b, &joined, &value[i]);
    return rule->over == MST_OVER_SUM_CLAMPED ? at_most_one(b, &joined) : joined;
}

static mst_span political_span(bound *b, const mst_stage_result *stage)
{
    const mst_model *m = &b->scene->trial.model;
    mst_span sum = constant(b, 0.0);
    bool is_judged = false;
    for (int32_t i = 0; i < m->rule_count; i++) {
        const mst_rule_row *rule = &m->rule[i];
        if (rule->stage != stage->stage || rule->is_off)
            continue;
        b->other = stage->host;
        mst_span value = stage->host >= 0 ? rule_span(b, rule) : joined_span(b, rule);
        value = line(b, 0.0, rule->weight, &value);
        add_to(b, &sum, &value);
        is_judged = true;
    }
    return is_judged ? sum : constant(b, (double)NAN);
}

static mst_span able_span(const bound *b)
{
    const mst_trial *t = &b->scene->trial;
    const mst_fleet_reading *fleet = &t->fleet[t->state];
    const mst_drill_row *d = &t->drill[t->drill_index];
    if (!fleet->is_assessed)
        return constant(b, (double)NAN);
    if (!fleet->is_fleet)
        return constant(b, fleet->cap - t->model.constant.index_ready_need);
    const int32_t place = t->drill_index * t->model.drill_value_count + MST_DRILL_CAP_NEED;
    const mst_span need = of_lever(b, b->scene->drill_lever[place], d->cap_need);
    return line(b, fleet->cap, -1.0, &need);
}

void mst_flip_bound(const mst_flip_scene *scene, const mst_flip_box *box,
                    mst_span out[MST_STAGES_MAX])
{
    bound b = {.scene = scene, .count = box->count, .box = box, .cand = scene->trial.state};
    memset(b.place, -1, sizeof b.place);
    for (int32_t i = 0; i < box->count; i++)
        b.place[box->lever[i]] = (int8_t)i;
    for (int32_t i = 0; i < scene->verdict.stage_count; i++) {
        const mst_stage_result *stage = &scene->verdict.stage[i];
        out[i] = stage->stage == MST_ABLE ? able_span(&b) : political_span(&b, stage);
    }
}
