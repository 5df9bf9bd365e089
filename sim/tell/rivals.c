/* Rival explanations: what each says of every drill. */
#include "tell/rivals.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

enum { PAIRS_IN_FULL = 6 }; /* more pairs than this are told as one matrix of letters */

const char *mst_rivals_says(int32_t joins)
{
    return joins < 0 ? "-" : joins ? "joins" : "no";
}

static bool is_shown(const mst_rivals_view *view, int32_t item)
{
    return view->item < 0 || view->item == item;
}

static bool is_asked(const mst_rivals_view *view, int32_t model)
{
    return view->model < 0 || view->model == model;
}

/* A model has a place beside the pairs if it answers one that is shown, or is the one that was asked for;
 * those that only forecast are told apart. */
static bool has_place(const mst_rivals_view *view, int32_t model)
{
    const mst_rivals *r = view->rivals;
    if (r->model[model]->kind == MST_ALIGN_FORECAST || !is_asked(view, model))
        return false;
    bool has = view->model == model;
    for (int32_t i = 0; i < r->count && !has; i++)
        for (int32_t k = 0; is_shown(view, i) && k < r->item[i].setting.candidate_count; k++)
            has = has || r->item[i].reply[model].answer[k].joins >= 0;
    return has;
}

/* Which of the models have a place; the others are named in one sentence. Null: memory is short. */
static const bool *find_places(mst_page *page, const mst_rivals_view *view)
{
    const mst_rivals *r = view->rivals;
    bool *has = mst_arena_array(&page->arena, (size_t)r->model_count, sizeof *has);
    const char *silent = "";
    for (int32_t i = 0; has && i < r->model_count; i++) {
        has[i] = has_place(view, i);
        if (!has[i] && r->model[i]->kind != MST_ALIGN_FORECAST && is_asked(view, i))
            silent =
                mst_page_printf(page, "%s%s%s", silent, *silent ? ", " : "", r->model[i]->label);
    }
    if (*silent)
        mst_page_words(page, 0, "\n",
                       "Left out, as they can say nothing here (--model NAME says why): "
                       "%s.",
                       silent);
    return has;
}

static const char *outcome_words(int32_t outcome)
{
    return outcome < 0 ? "not scored: no source says who took part"
           : outcome   ? "took part"
                       : "did not take part";
}

/* ---- one pair in full ---------------------------------------------------------------------------- */

static void tell_answer(mst_page *page, const mst_align_type *model, const mst_answer *a,
                        int32_t outcome)
{
    const bool can_be_right = outcome >= 0 && a->joins >= 0;
    const mst_page_cell cells[] = {
        {model->label, 0, 22},
        {mst_rivals_says(a->joins), 23, 5},
        {!can_be_right         ? ""
         : a->joins == outcome ? "right"
                               : "WRONG",
         29, 5},
        {isnan(a->p) ? "" : mst_page_chance(page, a->p), 35, 5},
        {a->basis ? a->basis : "", 41, MST_PAGE_WIDTH - 41},
    };
    mst_page_row(&page->text, cells, 5);
}

static void tell_pair(mst_page *page, const mst_rivals_view *view, const bool *has_place_here,
                      const mst_case *c, int32_t k)
{
    const mst_setting *s = &c->setting;
    mst_page_heading(page, "%s in %s: %s", s->state_name[s->candidate[k]], c->name,
                     outcome_words(c->outcome[k]));
    if (!c->is_pooled[k])
        mst_page_words(page, 0, NULL,
                       "It also organised this drill: judged here, left out of pooled scores.");
    mst_text_add(&page->text, "Model                  Says  Right P     Rests on\n");
    bool in_nulls = false;
    for (int32_t i = 0; i < view->rivals->model_count; i++) {
        const mst_align_type *model = view->rivals->model[i];
        if (!has_place_here[i])
            continue;
        if (model->kind == MST_ALIGN_NULL && !in_nulls) {
            mst_text_add(&page->text, "without a theory:\n");
            in_nulls = true;
        }
        tell_answer(page, model, &c->reply[i].answer[k], c->outcome[k]);
    }
}

/* ---- many pairs as a matrix ------------------------------------------------------------------------ */

/* How the lines of a matrix are laid out. */
typedef struct matrix {
    const bool *has_place;
    int32_t drill_width, state_width; /* of the longest id and a blank */
    bool is_wide;                     /* a blank between columns       */
} matrix;

static char sign_of(const mst_answer *a, int32_t outcome)
{
    if (a->joins < 0)
        return '.';
    if (outcome >= 0 && outcome != a->joins)
        return 'x';
    return a->joins ? '+' : '-';
}

/* The ids of drills are told whole, whatever that takes: names that were cut read alike. */
static matrix lay_out(const mst_rivals_view *view, const bool *has)
{
    const mst_rivals *r = view->rivals;
    matrix out = {has, 6, 6, true};
    int32_t columns = 0;
    for (int32_t i = 0; i < r->model_count; i++)
        columns += has[i];
    for (int32_t i = 0; i < r->count; i++) {
        const mst_setting *s = &r->item[i].setting;
        const int32_t drill = mst_text_columns(s->drill) + 1;
        out.drill_width = is_shown(view, i) && drill > out.drill_width ? drill : out.drill_width;
        for (int32_t k = 0; is_shown(view, i) && k < s->candidate_count; k++) {
            const int32_t state = mst_text_columns(s->state[s->candidate[k]]) + 2;
            out.state_width = state > out.state_width ? state : out.state_width;
        }
    }
    out.is_wide = 11 + out.drill_width + out.state_width + 6 + 2 * columns <= MST_PAGE_WIDTH + 1;
    return out;
}

/* What the marks mean, of those that occur. */
static void tell_legend(mst_page *page, const mst_rivals_view *view)
{
    const mst_rivals *r = view->rivals;
    bool has_unknown = false, has_organiser = false;
    for (int32_t i = 0; i < r->count; i++)
        for (int32_t k = 0; is_shown(view, i) && k < r->item[i].setting.candidate_count; k++) {
            has_unknown = has_unknown || r->item[i].outcome[k] < 0;
            has_organiser = has_organiser || !r->item[i].is_pooled[k];
        }
    mst_page_words(page, 0, NULL,
                   "+ says that it joins, - that it does not, x is wrong: the opposite came about; "
                   "a point: not assessed.%s%s One drill in full: --drill ID.",
                   has_unknown ? " Came \"?\": whether it came is not on record." : "",
                   has_organiser ? " State*: it also organised that drill, by the coding; left out "
                                   "of pooled scores."
                                 : "");
}

static void tell_matrix_head(mst_page *page, const mst_rivals_view *view, const matrix *m)
{
    char column = 'A';
    mst_page_heading(page, "WHAT EACH SAYS OF EACH PAIR");
    tell_legend(page, view);
    mst_text_add(&page->text, "Columns:\n");
    for (int32_t i = 0; i < view->rivals->model_count; i++)
        if (m->has_place[i])
            mst_text_printf(&page->text, "  %c  %s\n", column++, view->rivals->model[i]->label);
    mst_text_add(&page->text, "\nDecided    ");
    mst_text_pad(&page->text, "Drill", m->drill_width);
    mst_text_pad(&page->text, "State", m->state_width);
    mst_text_add(&page->text, "Came  ");
    const char last = column;
    for (column = 'A'; column < last; column++)
        mst_text_printf(&page->text, "%s%c", m->is_wide && column > 'A' ? " " : "", column);
    mst_text_add(&page->text, "\n");
}

static void tell_matrix_row(mst_page *page, const mst_rivals_view *view, const matrix *m,
                            const mst_case *c, int32_t k)
{
    const mst_setting *s = &c->setting;
    bool is_first = true;
    mst_text_pad(&page->text, mst_page_day(page, s->at), 11);
    mst_text_pad(&page->text, s->drill, m->drill_width);
    mst_text_pad(
        &page->text,
        mst_page_printf(page, "%s%s", s->state[s->candidate[k]], c->is_pooled[k] ? "" : "*"),
        m->state_width);
    mst_text_pad(&page->text, c->outcome[k] < 0 ? "?" : c->outcome[k] ? "yes" : "no", 6);
    for (int32_t i = 0; i < view->rivals->model_count; i++) {
        if (!m->has_place[i])
            continue;
        mst_text_printf(&page->text, "%s%c", m->is_wide && !is_first ? " " : "",
                        sign_of(&c->reply[i].answer[k], c->outcome[k]));
        is_first = false;
    }
    mst_text_add(&page->text, "\n");
}

static int32_t pairs_shown(const mst_rivals_view *view)
{
    int32_t count = 0;
    for (int32_t i = 0; i < view->rivals->count; i++)
        if (is_shown(view, i))
            count += view->rivals->item[i].setting.candidate_count;
    return count;
}

void mst_tell_answers(mst_page *page, const mst_rivals_view *view)
{
    const mst_rivals *r = view->rivals;
    const int32_t pairs = pairs_shown(view);
    if (view->is_brief) {
        mst_page_words(page, 0, "\n",
                       "What each says of each of the %d pairs is left out here: --drill ID shows "
                       "one drill, --predictions FILE writes them all.",
                       (int)pairs);
        return;
    }
    if (pairs == 0)
        return;
    const bool *has = find_places(page, view);
    if (!has)
        return;
    const matrix m = lay_out(view, has);
    if (pairs > PAIRS_IN_FULL)
        tell_matrix_head(page, view, &m);
    for (int32_t i = 0; i < r->count; i++)
        for (int32_t k = 0; is_shown(view, i) && k < r->item[i].setting.candidate_count; k++) {
            if (pairs > PAIRS_IN_FULL)
                tell_matrix_row(page, view, &m, &r->item[i], k);
            else
                tell_pair(page, view, has, &r->item[i], k);
        }
}

/* ---- of what it is told ------------------------------------------------------------------------------ */

mst_extent mst_rivals_extent(const mst_rivals *rivals)
{
    mst_extent out = {0};
    for (int32_t i = 0; i < rivals->count; i++) {
        out.drills += rivals->item[i].setting.drill != NULL;
        for (int32_t k = 0; k < rivals->item[i].setting.candidate_count; k++) {
            out.pairs++;
            out.with_outcome += rivals->item[i].outcome[k] >= 0;
            out.joins += rivals->item[i].outcome[k] == 1;
        }
    }
    return out;
}

void mst_tell_ids(mst_page *page, const char *const *id, const char *const *name, int32_t count)
{
    enum { IDS_MOST = 40 };
    const char *words = "";
    for (int32_t i = 0; i < count && i < IDS_MOST; i++)
        if (strcmp(id[i], name[i]) != 0)
            words = mst_page_printf(page, "%s%s%s %s", words, *words ? ", " : "", id[i], name[i]);
    if (*words)
        mst_page_words(page, 0, NULL, "Short names: %s%s.", words,
                       count > IDS_MOST ? ", and others" : "");
}

const mst_rivals_view *mst_scoring_begin(mst_scoring *scoring, const mst_rivals_view *view)
{
    scoring->view = *view;
    scoring->rivals = *view->rivals;
    scoring->told = view->rivals->arena;
    mst_arena_init(&scoring->scratch, scoring->told->memory);
    scoring->rivals.arena = &scoring->scratch;
    scoring->view.rivals = &scoring->rivals;
    return &scoring->view;
}

void mst_scoring_end(mst_scoring *scoring)
{
    scoring->told->failed = scoring->told->failed || scoring->scratch.failed;
    mst_arena_clear(&scoring->scratch);
}
