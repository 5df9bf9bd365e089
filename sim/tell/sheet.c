/* The printed page of a lesson: what an instructor holds in the hand, and on pages behind it the slip of
 * questions and the role sheets. HTML without any script, made for paper. */
#include "tell/sheet.h"

#include "base/diag.h"

#include <string.h>

/* ---- the instructor's page --------------------------------------------------------------------- */

static void add_answers(mst_page *page)
{
    mst_text *out = &page->text;
    mst_text_add(out, "<table>\n<caption>The answers at a glance</caption>\n<tr><th>State</th>"
                      "<th>Condition</th><th>Answer</th><th class=\"n\">Margin</th>"
                      "<th class=\"n\">P</th></tr>\n");
    for (int32_t d = 0; d < page->model->drill_count; d++) {
        const mst_drill_row *row = &page->model->drill[d];
        page->drill = d;
        for (int32_t i = row->host_count; i < row->host_count + row->candidate_count; i++) {
            const mst_verdict *v = &page->run->verdict[page->run->verdict_first[d] + i];
            for (int32_t k = 0; k < v->stage_count; k++) {
                mst_text_add(out, "<tr><td>");
                mst_sheet_said(page, mst_page_state(page, v->state));
                mst_text_add(out, "</td><td>");
                mst_sheet_said(page, mst_page_stage(page, &v->stage[k]));
                mst_text_printf(out,
                                "</td><td>%s</td><td class=\"n\">%s</td>"
                                "<td class=\"n\">%s</td></tr>\n",
                                mst_page_answer(&v->stage[k]),
                                mst_page_margin(page, v->stage[k].margin),
                                mst_page_chance(page, v->stage[k].p));
            }
            mst_text_add(out, "<tr><td>");
            mst_sheet_said(page, mst_page_state(page, v->state));
            mst_text_printf(out,
                            "</td><td><b>takes part</b></td><td><b>%s</b></td><td></td>"
                            "<td class=\"n\">%s</td></tr>\n",
                            v->joins ? "yes" : "no", mst_page_chance(page, v->p));
        }
    }
    mst_text_add(out,
                 "</table>\n<p class=\"small\">A margin above 0 means yes (able: 0 is enough); P "
                 "is the model&#39;s probability. All conditions must hold.</p>\n");
}

static void add_levers(mst_page *page, const mst_step_def *step)
{
    if (step->lever.count == 0)
        return;
    mst_text_add(&page->text, "<p><b>Sliders</b> ");
    for (int32_t i = 0; i < step->lever.count; i++) {
        const char *id = MST_AT(const mst_ref, &step->lever, i)->id, *label = id;
        for (int32_t k = 0; k < page->spec->levers.count; k++) {
            const mst_lever_def *lever = MST_AT(const mst_lever_def, &page->spec->levers, k);
            if (strcmp(lever->item.id, id) == 0 && lever->label)
                label = lever->label;
        }
        mst_text_add(&page->text, i > 0 ? "; " : "");
        mst_sheet_said(page, label);
    }
    mst_text_add(&page->text, "</p>\n");
}

/* How many questions, and the columns that a file of answers has for them. */
static void add_asked(mst_page *page, const mst_list *asked)
{
    mst_text *out = &page->text;
    if (asked->count == 0)
        return;
    mst_text_printf(out,
                    "<p><b>Predict</b> %d question%s, in tab Predict or on the slip. <span "
                    "class=\"small\">Columns of a file of answers: name",
                    (int)asked->count, asked->count > 1 ? "s" : "");
    for (int32_t k = 0; k < asked->count; k++) {
        mst_text_add(out, ", ");
        mst_sheet_as_written(page, MST_AT(const mst_predict_def, asked, k)->id);
    }
    mst_text_add(out, ".</span></p>\n");
}

static void add_variant(mst_page *page, const char *id)
{
    for (int32_t i = 0; id && i < page->spec->variants.count; i++) {
        const mst_variant_def *variant = MST_AT(const mst_variant_def, &page->spec->variants, i);
        if (strcmp(variant->item.id, id) == 0)
            mst_sheet_part(page, "Variant", variant->title ? variant->title : id);
    }
}

static void add_steps(mst_page *page, const mst_list *steps)
{
    mst_text *out = &page->text;
    int64_t minute = 0;
    mst_text_add(
        out,
        "<table class=\"steps\">\n<caption>Step by step</caption>\n<tr><th class=\"n\">Minute</th>"
        "<th>What the class sees and does</th><th>For you</th></tr>\n");
    for (int32_t i = 0; i < steps->count; i++) {
        const mst_step_def *step = MST_AT(const mst_step_def, steps, i);
        const bool has_minutes = step->minutes != MST_INT_NONE;
        mst_text_printf(out, "<tr><td class=\"n\">%d</td><td><h3>%d. ", (int)minute, (int)i + 1);
        mst_sheet_said(page, step->title);
        if (has_minutes)
            mst_text_printf(out, " (%d min)", (int)step->minutes);
        mst_text_add(out, "</h3>\n");
        mst_sheet_element(page, "p", step->says);
        mst_sheet_part(page, "Do", step->try_);
        add_levers(page, step);
        add_variant(page, step->variant.id);
        mst_sheet_part(page, "Discuss", step->ask);
        add_asked(page, &step->predict);
        mst_text_add(out, "</td><td>");
        mst_sheet_part(page, "Answer", step->reveal);
        mst_sheet_element(page, "p class=\"note\"", step->item.note);
        mst_text_add(out, "</td></tr>\n");
        minute += has_minutes ? step->minutes : 0;
    }
    mst_text_printf(out, "<tr><td class=\"n\">%d</td><td colspan=\"2\">End.</td></tr>\n</table>\n",
                    (int)minute);
}

static void add_injects(mst_page *page)
{
    const mst_list *injects = &page->spec->injects;
    if (injects->count == 0)
        return;
    mst_text_add(&page->text, "<h2>What you may throw in</h2>\n<ul>\n");
    for (int32_t i = 0; i < injects->count; i++) {
        const mst_inject_def *one = MST_AT(const mst_inject_def, injects, i);
        mst_text_add(&page->text, "<li><b>");
        mst_sheet_said(page, one->title ? one->title : one->item.id);
        mst_text_printf(&page->text,
                        "</b> (%s): ", mst_page_date(page, one->at.from, page->model->zone_min));
        mst_sheet_said(page, one->says);
        if (one->item.note) {
            mst_text_add(&page->text, " <i>");
            mst_sheet_said(page, one->item.note);
            mst_text_add(&page->text, "</i>");
        }
        mst_text_add(&page->text, "</li>\n");
    }
    mst_text_add(&page->text, "</ul>\n");
}

static void add_case(mst_page *page)
{
    static const char *const words[] = {
        "The rules were written after this outcome was known: that they agree with it describes, "
        "and "
        "proves nothing.",
        "A case for test: the rules were written before it was coded.",
        "Hypothetical: there is no outcome to compare with."};
    const int32_t use = mst_page_use(page);
    mst_text_add(&page->text, "<h2>The case</h2>\n");
    mst_sheet_element(page, "p", page->spec->scenario.summary);
    if (use >= 0 && use < 3)
        mst_sheet_element(page, "p", words[use]);
}

/* ---- the pages behind it ------------------------------------------------------------------------ */

static void add_box(mst_page *page)
{
    mst_text_add(&page->text, "</td><td><span class=\"box\"></span></td></tr>\n");
}

/* What is asked first in words; of later steps the number alone, as their questions may tell what comes. */
static void add_questions(mst_page *page, const mst_list *steps)
{
    int32_t number = 0;
    bool is_later = false;
    for (int32_t i = 0; i < steps->count; i++) {
        const mst_list *asked = &MST_AT(const mst_step_def, steps, i)->predict;
        for (int32_t k = 0; k < asked->count; k++) {
            mst_text_printf(&page->text, "<tr><td>%d. ", (int)++number);
            if (is_later)
                mst_text_add(&page->text, "(asked later)");
            else
                mst_sheet_said(page, MST_AT(const mst_predict_def, asked, k)->question);
            add_box(page);
        }
        is_later = is_later || asked->count > 0;
    }
}

static void add_slip(mst_page *page, const mst_list *steps)
{
    if (!mst_sheet_asks(steps))
        return;
    mst_text_add(&page->text,
                 "<section class=\"page\">\n<h1>Your predictions</h1>\n<p>Name: "
                 "________________________</p>\n<p>How likely is each, from 0 (surely not) to 100 "
                 "(surely)? Write before you see.</p>\n<table>\n<tr><th>Question</th>"
                 "<th>0 to 100</th></tr>\n");
    add_questions(page, steps);
    mst_text_add(&page->text, "</table>\n</section>\n");
}

/* Several on a page, to be cut apart. */
static void add_roles(mst_page *page, const mst_list *roles)
{
    for (int32_t i = 0; i < roles->count; i++) {
        const mst_role_def *role = MST_AT(const mst_role_def, roles, i);
        mst_text_printf(&page->text, "<section class=\"role%s\">\n", i == 0 ? " page" : "");
        mst_sheet_element(page, "h1", role->title);
        mst_sheet_element(page, "p", role->brief);
        mst_sheet_list(page, "What you want", &role->aims);
        mst_sheet_part(page, "For your eyes only:", role->secret);
        mst_text_add(&page->text, "</section>\n");
    }
}

char *muster_tell_sheet(const muster_tell *tell, muster_diags *diags)
{
    mst_page page;
    mst_page_begin(&page, tell);
    const mst_lesson_def *lesson = &page.spec->lesson;
    if (lesson->item.place.line <= 0) {
        mst_diag(diags, MUSTER_ERROR, (mst_place){page.model->id, 0}, "lesson",
                 "scenarios/README.md", "this scenario has no lesson");
        mst_text_clear(&page.text);
        mst_arena_clear(&page.arena);
        return NULL;
    }
    mst_text_add(&page.text,
                 "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                 "&#39;none&#39;; style-src &#39;unsafe-inline&#39;\">\n<title>");
    mst_sheet_escaped(&page, lesson->title);
    mst_text_add(&page.text, "</title>\n<style>");
    mst_text_add(&page.text, mst_sheet_style);
    mst_text_add(&page.text, "</style>\n</head>\n<body>\n");
    mst_sheet_element(&page, "h1", lesson->title);
    if (lesson->minutes != MST_INT_NONE)
        mst_text_printf(&page.text, "<p>%d minutes, for ", (int)lesson->minutes);
    else
        mst_text_add(&page.text, "<p>For ");
    mst_sheet_said(&page, lesson->audience ? lesson->audience : "anybody");
    mst_text_add(&page.text, ".</p>\n");
    mst_sheet_before(&page);
    mst_sheet_element(&page, "p class=\"note\"", lesson->item.note);
    mst_sheet_list(&page, "After it the class can", &lesson->aims);
    add_case(&page);
    add_answers(&page);
    add_steps(&page, &lesson->steps);
    add_injects(&page);
    mst_sheet_list(&page, "What this model cannot tell you", &lesson->closing);
    mst_sheet_words(&page);
    mst_text_printf(&page.text, "<p class=\"small\">Scenario %s, muster %s.</p>\n", page.model->id,
                    muster_version());
    add_slip(&page, &lesson->steps);
    add_roles(&page, &lesson->roles);
    mst_text_add(&page.text, "</body>\n</html>\n");
    return mst_page_end(&page, diags);
}
