/* Where are the cases of interest? Boxes of factors by the patient rule induction method. */
#include "analyses/boxes.h"

#include "base/rng.h"
#include "muster/text.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double quasi_p_most = 0.05; /* as is the custom since Bryant and Lempert */
enum { USUAL_POINTS = 100, LEAST_POINTS = 20, BOXES_MOST = 3, HALVES = 10 };

/* ---- cases of interest ---------------------------------------------------------------------------- */

static double mean_of_all(const mst_data *d)
{
    double mean = 0.0, count = 0.0;
    for (int64_t p = 0; p < d->points; p++)
        if (d->cell[p].count > 0)
            mean += (d->cell[p].mean - mean) / ++count;
    return mean;
}

/* Is the limit that was asked for a yes or a no? One between the two of a single run, or half of several. */
static bool is_an_answer(const mst_data *d, const mst_interest *in)
{
    const double at = in->threshold;
    const bool is_half = !(at < 0.5 || at > 0.5);
    if (!d->response.is_yes_no || !d->is_plan_run)
        return d->response.is_yes_no && is_half && !in->is_below;
    return in->is_below ? at >= 0.0 && at < 1.0 : at > 0.0 && at <= 1.0;
}

bool mst_interest_of(const mst_data *d, const muster_analyze_options *o, mst_interest *out)
{
    *out =
        (mst_interest){.threshold = o->has_below ? o->below : o->above, .is_below = o->has_below};
    if (o->has_above || o->has_below) {
        out->is_answer = is_an_answer(d, out);
        return true;
    }
    if (!d->response.is_yes_no)
        return false;
    /* a half is a yes: below it begins the no */
    const bool is_no = mean_of_all(d) > 0.5;
    *out = (mst_interest){.threshold = is_no ? nextafter(0.5, 0.0) : 0.5,
                          .is_below = is_no,
                          .is_answer = true,
                          .is_chosen = true};
    return true;
}

static bool is_hit(const mst_interest *in, double y)
{
    return in->is_below ? y <= in->threshold : y >= in->threshold;
}

static bool refuse(char why[MST_WHY_BYTES], const char *words)
{
    muster_text_format(why, MST_WHY_BYTES, "%s", words);
    return false;
}

static bool fits(const mst_data *d, const muster_analyze_options *o, char why[MST_WHY_BYTES])
{
    mst_interest interest;
    int64_t hits = 0, all = 0;
    if (!mst_sample_bears(d, mst_is_asked(o) ? LEAST_POINTS : USUAL_POINTS, 1, why))
        return false;
    if (o->has_above && o->has_below)
        return refuse(why, "--above and --below exclude each other");
    if (!mst_interest_of(d, o, &interest))
        return refuse(why, "the figure is not yes or no: --above X or --below X says which cases "
                           "are of interest");
    for (int64_t p = 0; p < d->points; p++) {
        all += d->cell[p].count > 0;
        hits += d->cell[p].count > 0 && is_hit(&interest, d->cell[p].mean);
    }
    if (hits == 0 || hits == all)
        return refuse(why, hits == 0 ? "no point is of interest" : "all points are of interest");
    return true;
}

/* ---- points that a box has not seen --------------------------------------------------------------- */

/* The limits of a box are drawn around the points it was found in, so that these flatter it. */
typedef struct checking {
    mst_points seen, unseen; /* y NaN: in the other half */
    double *y[2];
    double sum;
    int32_t found;
} checking;

static muster_status check_half(const mst_boxes *b, checking *c)
{
    mst_prim_options options = b->options;
    mst_prim prim;
    const char *why = NULL;
    options.boxes = 1;
    options.resamples = 0;
    options.quasi_p_most = 1.0; /* with half the points firm limits would look weak, and go */
    const muster_status status = mst_prim_find(&c->seen, &options, &prim, &why);
    if (status != MUSTER_OK)
        return status == MUSTER_MISTAKE ? MUSTER_OK : status; /* all or none in this half */
    if (prim.boxes > 0) {
        int32_t points = 0, hits = 0;
        mst_prim_count(&c->unseen, &options, mst_prim_limits(&prim, 0, prim.box[0].chosen), &points,
                       &hits);
        c->sum += points > 0 ? (double)hits / (double)points : 0.0;
        c->found += points > 0;
    }
    mst_prim_free(&prim);
    return MUSTER_OK;
}

static void split(const mst_points *points, gsl_rng *rng, int32_t *order, checking *c)
{
    const int32_t rows = points->rows;
    gsl_ran_shuffle(rng, order, (size_t)rows, sizeof *order);
    for (int32_t i = 0; i < rows; i++)
        for (int k = 0; k < 2; k++)
            c->y[k][order[i]] = (i < rows / 2) == (k == 0) ? points->y[order[i]] : (double)NAN;
}

static muster_status check_halves(mst_boxes *b)
{
    const mst_points *points = &b->sample.points;
    const size_t rows = (size_t)points->rows;
    mst_keep keep = {0};
    checking c = {.seen = *points,
                  .unseen = *points,
                  .y = {mst_keep_array(&keep, rows + 1, sizeof(double)),
                        mst_keep_array(&keep, rows + 1, sizeof(double))}};
    int32_t *order = mst_keep_array(&keep, rows + 1, sizeof *order);
    gsl_rng *rng = mst_rng_open(b->data->seed, "halves of boxes");
    muster_status status = keep.failed || !rng ? MUSTER_WORLD : MUSTER_OK;
    c.seen.y = c.y[0];
    c.unseen.y = c.y[1];
    for (int32_t i = 0; status == MUSTER_OK && i < points->rows; i++)
        order[i] = i;
    for (int i = 0; status == MUSTER_OK && i < HALVES; i++) {
        split(points, rng, order, &c);
        status = check_half(b, &c);
    }
    b->halves = c.found;
    b->density_outside = c.found > 0 ? c.sum / (double)c.found : (double)NAN;
    if (rng)
        gsl_rng_free(rng);
    mst_keep_clear(&keep);
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

/* Later boxes are of what is left over, and mostly of chance. */
static void count_told(mst_boxes *b)
{
    static const double coverage_least = 0.15;
    for (b->told = 1; b->told < b->prim.boxes; b->told++) {
        const mst_prim_box *box = &b->prim.box[b->told];
        if (box->step[box->chosen].coverage < coverage_least)
            break;
    }
}

muster_status mst_boxes_of(const mst_data *d, const muster_analyze_options *o, mst_boxes *out,
                           const char **why)
{
    *out = (mst_boxes){.data = d, .density_outside = (double)NAN};
    *why = "memory is short";
    muster_status status = mst_sample_of(d, MST_ALL_POINTS, &out->sample);
    (void)mst_interest_of(d, o, &out->interest);
    out->options = mst_prim_defaults();
    out->options.threshold = out->interest.threshold;
    out->options.is_below = out->interest.is_below;
    out->options.boxes = BOXES_MOST;
    out->options.quasi_p_most = quasi_p_most;
    out->options.seed = d->seed;
    if (status == MUSTER_OK)
        status = mst_prim_find(&out->sample.points, &out->options, &out->prim, why);
    if (status == MUSTER_OK && out->prim.boxes > 0) {
        count_told(out);
        status = check_halves(out);
    }
    return status;
}

void mst_boxes_free(mst_boxes *boxes)
{
    mst_prim_free(&boxes->prim);
    mst_sample_free(&boxes->sample);
    *boxes = (mst_boxes){0};
}

static muster_status tell(const mst_data *d, const muster_analyze_options *options,
                          muster_section *section)
{
    mst_boxes boxes;
    const char *why = NULL;
    muster_status status = mst_boxes_of(d, options, &boxes, &why);
    if (status == MUSTER_MISTAKE) {
        muster_section_say(section, "No box could be looked for: %s.", why);
        status = MUSTER_OK;
    } else if (status == MUSTER_OK) {
        mst_boxes_say(&boxes, section);
        status = mst_boxes_show(&boxes, section);
    }
    mst_boxes_free(&boxes);
    return status;
}

const mst_analysis mst_analysis_boxes = {
    .name = "boxes",
    .title = "Where the cases of interest are",
    .doc = "limits of factors within which the cases of interest lie (PRIM)",
    .needs = "20 points that set all factors (unasked 100); a yes-or-no figure, --above or --below",
    .is_usual = true,
    .fits = fits,
    .tell = tell,
};
