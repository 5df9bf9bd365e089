/* Choice of terms by adding. What is chosen is taken out of all other columns at once, so that the
 * gain of any of them is one product of vectors. */
#include "estimate/metamodel_parts.h"

#include <math.h>
#include <stdlib.h>

typedef struct walk {
    const mst_meta_work *work;
    const mst_meta *meta;
    int32_t *term_of; /* inputs: the term of the input itself; -1: it has none     */
    double *left;     /* columns less what is chosen; 0 where nothing is left     */
    double *length;   /* their squared lengths before                             */
    double *residual; /* results less what is chosen                              */
    double *parts;
    mst_qr move; /* the columns of one move, orthogonal      */
    double rest; /* sum of squares of the residual           */
    int32_t rank;
    int32_t chosen; /* terms, without the constant */
    int32_t most;   /* rank at which the choice ends at the latest */
    bool *is_chosen;
} walk;

static bool open_walk(walk *w)
{
    const int32_t used = w->work->used, columns = w->meta->coefficients;
    w->term_of = mst_meta_room(w->meta->inputs, sizeof *w->term_of);
    w->left = mst_meta_room((int64_t)columns * used, sizeof *w->left);
    w->length = mst_meta_room(columns, sizeof *w->length);
    w->residual = mst_meta_room(used, sizeof *w->residual);
    int32_t most = 0;
    for (int32_t t = 0; t < w->meta->terms; t++)
        most = w->meta->term[t].columns > most ? w->meta->term[t].columns : most;
    most += 2 * MST_INPUT_LEVELS; /* and the inputs that a product brings along */
    w->parts = mst_meta_room(most, sizeof *w->parts);
    return w->term_of && w->left && w->length && w->residual && w->parts &&
           mst_qr_open(&w->move, used, most < used ? most : used);
}

static void close_walk(walk *w)
{
    free(w->term_of);
    free(w->left);
    free(w->length);
    free(w->residual);
    free(w->parts);
    mst_qr_close(&w->move);
}

static void take_term(walk *w, int32_t t)
{
    const mst_meta_term *term = &w->meta->term[t];
    for (int32_t c = term->column; c < term->column + term->columns; c++)
        mst_qr_take(&w->move, w->left + (int64_t)c * w->work->used, MST_META_TOLERANCE);
}

static bool is_missing(const walk *w, int32_t input)
{
    return input >= 0 && w->term_of[input] >= 0 && !w->is_chosen[w->term_of[input]];
}

/* Into w->move: the inputs that a term is made of, where they are missing. */
static void make_inputs(walk *w, int32_t t)
{
    const mst_meta_term *term = &w->meta->term[t];
    w->move.rank = 0;
    if (term->second >= 0 && is_missing(w, term->first))
        take_term(w, w->term_of[term->first]);
    if (term->second >= 0 && term->second != term->first && is_missing(w, term->second))
        take_term(w, w->term_of[term->second]);
}

/* How many terms a move brings. */
static int32_t terms_of_move(const walk *w, int32_t t)
{
    const mst_meta_term *term = &w->meta->term[t];
    const bool is_product = term->second >= 0 && term->second != term->first;
    return 1 + (term->second >= 0 && is_missing(w, term->first)) +
           (is_product && is_missing(w, term->second));
}

/* A product is worth bringing inputs along only where it is better than they would be without it: else two
 * inputs that matter would come with their product before a third that matters. Where they are better
 * alone, they alone are the move: neither may be worth it without the other. */
typedef struct move {
    int32_t term; /* -1: none lowers the criterion        */
    bool is_bare; /* the inputs of the term, not it itself */
} move;

static void make_move(walk *w, move m)
{
    make_inputs(w, m.term);
    if (!m.is_bare)
        take_term(w, m.term);
}

static void mark(walk *w, move m)
{
    const mst_meta_term *term = &w->meta->term[m.term];
    w->chosen += m.term > 0 ? terms_of_move(w, m.term) - m.is_bare : 0;
    if (term->second >= 0 && is_missing(w, term->first))
        w->is_chosen[w->term_of[term->first]] = true;
    if (term->second >= 0 && is_missing(w, term->second))
        w->is_chosen[w->term_of[term->second]] = true;
    w->is_chosen[m.term] = w->is_chosen[m.term] || !m.is_bare;
}

static double gain_of(const walk *w)
{
    double gain = 0.0;
    for (int32_t k = 0; k < w->move.rank; k++) {
        const double part =
            mst_dot(w->move.q + (int64_t)k * w->work->used, w->residual, w->work->used);
        gain += part * part;
    }
    return gain;
}

/* Makes the move in w->move. */
static void apply(walk *w)
{
    const int32_t used = w->work->used;
    mst_qr_project(&w->move, w->residual, w->parts);
    w->rest = mst_dot(w->residual, w->residual, used);
    w->rank += w->move.rank;
    for (int32_t c = 0; c < w->meta->coefficients; c++) {
        double *left = w->left + (int64_t)c * used;
        mst_qr_project(&w->move, left, w->parts);
        if (sqrt(mst_dot(left, left, used)) > MST_META_TOLERANCE * sqrt(w->length[c]))
            continue;
        for (int32_t i = 0; i < used; i++)
            left[i] = 0.0;
    }
}

static double criterion(const walk *w, double rest, int32_t rank, int32_t terms)
{
    return mst_meta_criterion(w->work, w->meta, rest, rank, terms);
}

/* What the move in w->move makes of the criterion; infinite: it is none. */
static double value_of(const walk *w, int32_t terms)
{
    const int32_t rank = w->rank + w->move.rank;
    if (w->move.rank == 0 || rank > w->most)
        return (double)INFINITY;
    return criterion(w, fmax(w->rest - gain_of(w), 0.0), rank, w->chosen + terms);
}

static move best_move(walk *w)
{
    double best = criterion(w, w->rest, w->rank, w->chosen);
    move out = {-1, false};
    for (int32_t t = 1; t < w->meta->terms; t++) {
        if (w->is_chosen[t])
            continue;
        const int32_t terms = terms_of_move(w, t);
        make_inputs(w, t);
        const double without = terms > 1 ? value_of(w, terms - 1) : (double)INFINITY;
        take_term(w, t);
        const double value = value_of(w, terms);
        if (fmin(value, without) < best) {
            best = fmin(value, without);
            out = (move){t, without <= value};
        }
    }
    return out;
}

/* What the inputs by themselves take is never too much. After the constant: a column of which that
 * leaves nothing, as of squares at two levels, is not to choose from. */
static int32_t most_of(const walk *w)
{
    const int32_t most = w->work->different - MST_META_SPARE;
    int32_t alone = 1, columns = 1;
    for (int32_t t = 1; t < w->meta->terms; t++)
        alone += w->meta->term[t].second < 0 ? w->meta->term[t].columns : 0;
    for (int32_t c = 1; c < w->meta->coefficients; c++) {
        const double *left = w->left + (int64_t)c * w->work->used;
        columns += mst_dot(left, left, w->work->used) > 0.0;
    }
    if (w->meta->options.choice != MST_META_FORWARD_EBIC || columns <= w->work->different)
        return most;
    const int32_t third = w->work->different / 3, least = alone < most ? alone : most;
    return third > least ? third : least;
}

static void start(walk *w)
{
    const move constant = {0, false};
    const int32_t used = w->work->used;
    for (int32_t i = 0; i < w->meta->inputs; i++)
        w->term_of[i] = -1;
    for (int32_t t = 1; t < w->meta->terms; t++)
        if (w->meta->term[t].second < 0)
            w->term_of[w->meta->term[t].first] = t;
    for (int32_t c = 0; c < w->meta->coefficients; c++) {
        double *left = w->left + (int64_t)c * used;
        const double *column = w->work->column + (int64_t)c * used;
        for (int32_t i = 0; i < used; i++)
            left[i] = column[i];
        w->length[c] = mst_dot(column, column, used);
    }
    for (int32_t i = 0; i < used; i++)
        w->residual[i] = w->work->y[i];
    make_move(w, constant);
    apply(w);
    mark(w, constant);
    w->most = most_of(w);
}

bool mst_meta_forward(const mst_meta_work *work, const mst_meta *meta, bool *is_chosen)
{
    walk w = {.work = work, .meta = meta, .is_chosen = is_chosen};
    const bool is_well = open_walk(&w);
    if (is_well) {
        start(&w);
        const move none = {-1, false};
        for (move m = work->total > 0.0 ? best_move(&w) : none; m.term >= 0; m = best_move(&w)) {
            make_move(&w, m);
            apply(&w);
            mark(&w, m);
        }
    }
    close_walk(&w);
    return is_well;
}
