/* Rival explanations: what each says of every drill. */
#include "tell/rivals.h"

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

/* Models that say something on a drill; those that only find camps and forecasts are told apart. */
static bool speaks_of_drills(const mst_align_type *model)
{
    return model->kind != MST_ALIGN_FORECAST;
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

static void tell_pair(mst_page *page, const mst_rivals_view *view, const mst_case *c, int32_t k)
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
        if (!speaks_of_drills(model) || !is_asked(view, i))
            continue;
        if (model->kind == MST_ALIGN_NULL && !in_nulls) {
            mst_text_add(&page->text, "without a theory:\n");
            in_nulls = true;
        }
        tell_answer(page, model, &c->reply[i].answer[k], c->outcome[k]);
    }
}

/* ---- many pairs as a matrix ------------------------------------------------------------------------ */

static const char *letter(const mst_answer *a, int32_t outcome)
{
    if (a->joins < 0)
        return ".";
    if (outcome < 0)
        return a->joins ? "j" : "n";
    return a->joins ? outcome ? "j" : "J" : outcome ? "N" : "n";
}

static void tell_matrix_head(mst_page *page, const mst_rivals_view *view)
{
    char column = 'a';
    mst_page_heading(page, "WHAT EACH SAYS OF EACH PAIR");
    mst_page_words(
        page, 0, NULL,
        "j: joins, n: no; a capital letter is wrong by the record; a point: not assessed. "
        "One drill in full: --drill ID. Columns:");
    for (int32_t i = 0; i < view->rivals->model_count; i++) {
        if (!speaks_of_drills(view->rivals->model[i]) || !is_asked(view, i))
            continue;
        mst_text_printf(&page->text, "  %c  ", column++);
        mst_text_printf(&page->text, "%s\n", view->rivals->model[i]->label);
    }
    mst_text_add(&page->text, "\nDecided    Drill                           State  Came  ");
    char last = column;
    for (column = 'a'; column < last; column++)
        mst_text_printf(&page->text, "%c", column);
    mst_text_add(&page->text, "\n");
}

static void tell_matrix_row(mst_page *page, const mst_rivals_view *view, const mst_case *c,
                            int32_t k)
{
    const mst_setting *s = &c->setting;
    char date[MUSTER_TIME_TEXT];
    muster_time_write(s->at, 0, date);
    date[10] = '\0';
    mst_text_pad(&page->text, date, 11);
    mst_text_pad(&page->text, mst_page_cut(page, c->name, 31), 32);
    mst_text_pad(
        &page->text,
        mst_page_printf(page, "%s%s", s->state[s->candidate[k]], c->is_pooled[k] ? "" : "*"), 7);
    mst_text_pad(&page->text, c->outcome[k] < 0 ? "?" : c->outcome[k] ? "yes" : "no", 6);
    for (int32_t i = 0; i < view->rivals->model_count; i++)
        if (speaks_of_drills(view->rivals->model[i]) && is_asked(view, i))
            mst_text_add(&page->text, letter(&c->reply[i].answer[k], c->outcome[k]));
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
    bool left_out = false;
    if (view->is_brief) {
        mst_page_words(page, 0, "\n",
                       "What each says of each of the %d pairs is left out here: --drill ID shows "
                       "one drill, --predictions FILE writes them all.",
                       (int)pairs);
        return;
    }
    if (pairs > PAIRS_IN_FULL)
        tell_matrix_head(page, view);
    for (int32_t i = 0; i < r->count; i++)
        for (int32_t k = 0; is_shown(view, i) && k < r->item[i].setting.candidate_count; k++) {
            left_out = left_out || !r->item[i].is_pooled[k];
            if (pairs > PAIRS_IN_FULL)
                tell_matrix_row(page, view, &r->item[i], k);
            else
                tell_pair(page, view, &r->item[i], k);
        }
    if (left_out && pairs > PAIRS_IN_FULL)
        mst_page_words(
            page, 0, NULL,
            "*: it also organised that drill, which its coding notes; left out of pooled "
            "scores.");
}
