/* What each rival says of itself, of camps, and beyond verdicts. */
#include "align/actors.h"
#include "tell/rivals.h"

#include <math.h>
#include <string.h>

/* ---- camps ------------------------------------------------------------------------------------------- */

/* States that the model leaves between the camps, of those that the record puts in one. */
static const char *undecided(mst_page *page, const mst_setting *s, const int32_t *camp)
{
    const char *who = "";
    for (int32_t i = 0; i < s->state_count; i++)
        if (s->camp[i] && camp[i] < 0)
            who = mst_page_printf(page, "%s%s%s", who, *who ? " " : "", s->state[i]);
    return *who ? mst_page_printf(page, "; in neither camp: %s", who) : "";
}

/* Two camps can be held against two, and no more: with three it is open which is whose. */
static bool are_two(const mst_setting *s, const int32_t *camp)
{
    const char *first = NULL, *second = NULL;
    for (int32_t i = 0; i < s->state_count; i++) {
        const char *const on_record = s->camp[i];
        if (camp[i] > 1)
            return false;
        if (!on_record || (first && strcmp(on_record, first) == 0))
            continue;
        if (second && strcmp(on_record, second) != 0)
            return false;
        if (first)
            second = on_record;
        else
            first = on_record;
    }
    return true;
}

/* States whose camp is not that of the model under the matching of two camps that fits best. */
static int32_t misplaced(mst_page *page, const mst_setting *s, const int32_t *camp,
                         const char **out_who, int32_t *out_judged)
{
    const char *first = NULL, *who[2] = {"", ""};
    int32_t wrong[2] = {0, 0};
    *out_judged = 0;
    for (int32_t i = 0; i < s->state_count; i++) {
        if (!s->camp[i] || camp[i] < 0)
            continue;
        first = first ? first : s->camp[i];
        (*out_judged)++;
        for (int32_t turned = 0; turned < 2; turned++)
            if ((strcmp(s->camp[i], first) == 0) != ((camp[i] == 0) != (turned == 1))) {
                wrong[turned]++;
                who[turned] = mst_page_printf(page, "%s%s%s", who[turned], *who[turned] ? ", " : "",
                                              s->state_name[i]);
            }
    }
    *out_who = wrong[1] < wrong[0] ? who[1] : who[0];
    return wrong[1] < wrong[0] ? wrong[1] : wrong[0];
}

/* Camps, and how many of them are not those on record. */
static void tell_sides(mst_page *page, const mst_case *c, const char *label, const int32_t *camp)
{
    const char *who = "";
    int32_t judged = 0;
    const int32_t wrong = misplaced(page, &c->setting, camp, &who, &judged);
    mst_page_words(
        page, 2, NULL, "%s: %s%s%s", label,
        mst_names_by_camp(c->setting.state, camp, c->setting.state_count, &page->arena),
        undecided(page, &c->setting, camp),
        judged == 0                   ? ""
        : !are_two(&c->setting, camp) ? "; not held against the record, as there are more than two"
        : wrong == 0
            ? mst_page_printf(page, "; all %d as on record", (int)judged)
            : mst_page_printf(page, "; %d of %d misplaced: %s", (int)wrong, (int)judged, who));
}

static void tell_camp(mst_page *page, const mst_case *c, const mst_align_type *model,
                      const mst_reply *reply)
{
    if (reply->missing || !reply->camp) {
        mst_page_words(page, 2, NULL, "%s: not assessed (%s)", model->label,
                       reply->missing ? reply->missing : "no camps found");
        return;
    }
    tell_sides(page, c, model->label, reply->camp);
    for (int32_t i = 0; i < reply->equal_count; i++)
        tell_sides(page, c, mst_page_printf(page, "%s, as good by it", model->label),
                   reply->equal_camp[i]);
}

void mst_tell_camps(mst_page *page, const mst_rivals_view *view)
{
    const mst_rivals *r = view->rivals;
    bool told = false;
    for (int32_t i = 0; !view->is_brief && i < r->count; i++) {
        bool named = false;
        for (int32_t k = 0; k < r->model_count; k++) {
            const mst_case *c = &r->item[i];
            if (r->model[k]->kind != MST_ALIGN_CAMP || (view->model >= 0 && view->model != k) ||
                (view->item >= 0 && view->item != i) ||
                (c->reply[k].missing && view->model != k && r->count > 1))
                continue;
            if (!told)
                mst_page_heading(page, "CAMPS: who sides with whom, which is not who turns up");
            if (!named && r->count > 1)
                mst_page_words(page, 0, NULL, "%s:", c->name);
            told = named = true;
            tell_camp(page, c, r->model[k], &c->reply[k]);
        }
    }
}

/* ---- findings ------------------------------------------------------------------------------------------ */

/* Four digits, and large numbers whole: -83200, not -8.32e+04. */
static const char *value_words(mst_page *page, const mst_finding *f)
{
    const bool is_large = fabs(f->value) >= 1e4 && fabs(f->value) < 1e10;
    if (isnan(f->value))
        return "";
    return mst_page_printf(page, is_large ? "%.0f%s%s" : "%.4g%s%s", f->value, f->unit ? " " : "",
                           f->unit ? f->unit : "");
}

static void tell_finding(mst_page *page, const mst_finding *f)
{
    const mst_page_cell cells[] = {
        {f->label, 0, 26},
        {value_words(page, f), 27, 12},
        {f->words ? f->words : "", 40, MST_PAGE_WIDTH - 40},
    };
    mst_page_row(&page->text, cells, 3);
}

void mst_tell_findings(mst_page *page, const mst_rivals_view *view)
{
    const mst_rivals *r = view->rivals;
    for (int32_t i = 0; !view->is_brief && i < r->count; i++)
        for (int32_t k = 0; k < r->model_count; k++) {
            const mst_reply *reply = &r->item[i].reply[k];
            const bool asked =
                view->model < 0 ? r->item[i].setting.candidate_count == 0 : view->model == k;
            if (!asked || (view->item >= 0 && view->item != i) || reply->finding.count == 0)
                continue;
            const bool is_named = r->count > 1 || r->item[i].setting.drill;
            mst_page_heading(page, "%s%s%s", r->model[k]->label, is_named ? ", " : "",
                             is_named ? r->item[i].name : "");
            if (reply->about)
                mst_page_words(page, 0, NULL, "%s", reply->about);
            for (int32_t f = 0; f < reply->finding.count; f++)
                tell_finding(page, MST_AT(mst_finding, &reply->finding, f));
        }
}

/* ---- models --------------------------------------------------------------------------------------------- */

static const char *constants_words(mst_page *page, const mst_rivals *r, const mst_align_type *model)
{
    const int32_t count =
        model->constants == MST_ALIGN_COUNT_WEIGHTS ? r->weight_count : model->constants;
    if (model->constants == MST_ALIGN_COUNT_WEIGHTS && count == 0)
        return "none here, where there are no rules";
    if (model->constants == MST_ALIGN_COUNT_WEIGHTS)
        return mst_page_printf(page, "%s of the file",
                               mst_page_number(page, count, "weight", "weights"));
    return count == 0 ? "none"
                      : mst_page_number(page, count, "constant, by us", "constants, by us");
}

bool mst_rivals_has_answer(const mst_rivals *r, int32_t model)
{
    for (int32_t i = 0; i < r->count; i++) {
        const mst_reply *reply = &r->item[i].reply[model];
        if (reply->camp || reply->finding.count > 0)
            return true;
        for (int32_t k = 0; k < r->item[i].setting.candidate_count; k++)
            if (reply->answer[k].joins >= 0)
                return true;
    }
    return false;
}

void mst_tell_models(mst_page *page, const mst_rivals_view *view)
{
    const mst_rivals *r = view->rivals;
    mst_page_heading(page,
                     "THE MODELS: what each is meant to explain, and how it was turned into an "
                     "answer");
    const char *silent = "";
    for (int32_t i = 0; i < r->model_count; i++) {
        const mst_align_type *m = r->model[i];
        if (view->model >= 0 && view->model != i)
            continue;
        if (view->model < 0 && !mst_rivals_has_answer(r, i)) {
            silent = mst_page_printf(page, "%s%s%s (%s)", silent, *silent ? "; " : "", m->label,
                                     m->needs);
            continue;
        }
        mst_page_words(
            page, 2, NULL, "%s (%s): %s. Mapping: %s; proposed by: %s. Chosen for the case: %s.%s",
            m->label, m->name, m->doc, m->mapping, m->proposed, constants_words(page, r, m),
            mst_rivals_has_answer(r, i)
                ? ""
                : mst_page_printf(page, " Not assessed here; it needs: %s.", m->needs));
    }
    if (*silent)
        mst_page_words(page, 0, NULL, "Not assessed here, and what each needs: %s.", silent);
}
