/* The printed page of a lesson: what an instructor holds in the hand, and on pages behind it the slip of
 * questions and the role sheets. HTML without any script, made for paper. */
#include "tell/page.h"

#include "base/diag.h"

#include <string.h>

/* ---- HTML ------------------------------------------------------------------------------------ */

/* Text of the file: nothing in it can be an element. A text of another direction keeps it to itself. */
static void add_said(mst_page *page, const char *text)
{
    mst_text *out = &page->text;
    mst_text_add(out, "<bdi>");
    for (const char *at = text ? text : ""; *at;) {
        const size_t plain = strcspn(at, "<>&\"'");
        mst_text_add_bytes(out, at, plain);
        at += plain;
        if (*at)
            mst_text_printf(out, "&#%d;", (int)*at++);
    }
    mst_text_add(out, "</bdi>");
}

static void add_element(mst_page *page, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    mst_text_printf(&page->text, "<%s>", name);
    add_said(page, text);
    mst_text_printf(&page->text, "</%.*s>\n", (int)strcspn(name, " "), name);
}

/* A paragraph behind a word in bold. */
static void add_part(mst_page *page, const char *what, const char *text)
{
    if (!text || !*text)
        return;
    mst_text_printf(&page->text, "<p><b>%s</b> ", what);
    add_said(page, text);
    mst_text_add(&page->text, "</p>\n");
}

static void add_list(mst_page *page, const char *title, const mst_list *texts)
{
    if (texts->count == 0)
        return;
    mst_text_printf(&page->text, "<h2>%s</h2>\n<ul>\n", title);
    for (int32_t i = 0; i < texts->count; i++)
        add_element(page, "li", *MST_AT(const char *const, texts, i));
    mst_text_add(&page->text, "</ul>\n");
}

static const char style[] =
    "@page{size:A4;margin:14mm}"
    "body{font:9.5pt/1.3 'Liberation Sans',Arial,sans-serif;color:#000;background:#fff;"
    "max-width:190mm;margin:0 auto;padding:4mm}"
    "h1{font-size:17pt;margin:0 0 1mm}h2{font-size:12pt;margin:4mm 0 "
    "1mm}h3{font-size:10.5pt;margin:0}"
    "p{margin:.6mm 0}ul{margin:1mm 0;padding-left:5mm}"
    "table{border-collapse:collapse;width:100%;margin:1mm 0}"
    "th,td{border-top:.3pt solid #555;padding:1mm 1.5mm;text-align:left;vertical-align:top}"
    "th{border-top-width:1pt}caption{text-align:left;font-weight:bold;padding:1mm 0}"
    "td.n,th.n{text-align:right;white-space:nowrap}.page{break-before:page}"
    ".steps th:nth-child(2){width:54%}.steps "
    "th:first-child{width:10mm}tr{break-inside:avoid}.box{display:inline-block;width:22mm;height:"
    "8mm;border:.6pt solid #000}"
    ".note{font-style:italic}.small{font-size:9pt}";

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
                add_said(page, mst_page_state(page, v->state));
                mst_text_add(out, "</td><td>");
                add_said(page, mst_page_stage(page, &v->stage[k]));
                mst_text_printf(out,
                                "</td><td>%s</td><td class=\"n\">%s</td>"
                                "<td class=\"n\">%s</td></tr>\n",
                                mst_page_answer(&v->stage[k]),
                                mst_page_margin(page, v->stage[k].margin),
                                mst_page_chance(page, v->stage[k].p));
            }
            mst_text_add(out, "<tr><td>");
            add_said(page, mst_page_state(page, v->state));
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
        add_said(page, label);
    }
    mst_text_add(&page->text, "</p>\n");
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
        add_said(page, step->title);
        if (has_minutes)
            mst_text_printf(out, " (%d min)", (int)step->minutes);
        mst_text_add(out, "</h3>\n");
        add_element(page, "p", step->says);
        add_part(page, "Try", step->try_);
        add_levers(page, step);
        add_part(page, "Variant", step->variant.id);
        add_part(page, "Ask", step->ask);
        if (step->predict.count > 0)
            mst_text_printf(out, "<p><b>Predict</b> %d question%s, on the slip.</p>\n",
                            (int)step->predict.count, step->predict.count > 1 ? "s" : "");
        mst_text_add(out, "</td><td>");
        add_part(page, "Reveal", step->reveal);
        add_element(page, "p class=\"note\"", step->item.note);
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
        add_said(page, one->title ? one->title : one->item.id);
        mst_text_printf(&page->text,
                        "</b> (%s): ", mst_page_date(page, one->at.from, page->model->zone_min));
        add_said(page, one->says);
        if (one->item.note) {
            mst_text_add(&page->text, " <i>");
            add_said(page, one->item.note);
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
    add_element(page, "p", page->spec->scenario.summary);
    if (use >= 0 && use < 3)
        add_element(page, "p", words[use]);
}

/* ---- the pages behind it ------------------------------------------------------------------------ */

static void add_slip(mst_page *page, const mst_list *steps)
{
    mst_text *out = &page->text;
    int32_t count = 0;
    for (int32_t i = 0; i < steps->count; i++)
        count += MST_AT(const mst_step_def, steps, i)->predict.count;
    if (count == 0)
        return;
    mst_text_add(out,
                 "<section class=\"page\">\n<h1>Your predictions</h1>\n<p>Name: "
                 "________________________</p>\n<p>How likely is each, from 0 (surely not) to 100 "
                 "(surely)? Write before you see.</p>\n<table>\n<tr><th>Question</th>"
                 "<th>0 to 100</th><th class=\"small\">Column of the CSV file</th></tr>\n");
    for (int32_t i = 0; i < steps->count; i++) {
        const mst_list *asked = &MST_AT(const mst_step_def, steps, i)->predict;
        for (int32_t k = 0; k < asked->count; k++) {
            const mst_predict_def *one = MST_AT(const mst_predict_def, asked, k);
            mst_text_add(out, "<tr><td>");
            add_said(page, one->question);
            mst_text_add(out, "</td><td><span class=\"box\"></span></td><td class=\"small\">");
            add_said(page, one->id);
            mst_text_add(out, "</td></tr>\n");
        }
    }
    mst_text_add(out, "</table>\n</section>\n");
}

static void add_roles(mst_page *page, const mst_list *roles)
{
    for (int32_t i = 0; i < roles->count; i++) {
        const mst_role_def *role = MST_AT(const mst_role_def, roles, i);
        mst_text_add(&page->text, "<section class=\"page\">\n");
        add_element(page, "h1", role->title);
        add_element(page, "p", role->brief);
        add_list(page, "What you want", &role->aims);
        add_part(page, "For your eyes only:", role->secret);
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
    mst_text_add(&page.text, "Lesson</title>\n<style>");
    mst_text_add(&page.text, style);
    mst_text_add(&page.text, "</style>\n</head>\n<body>\n");
    add_element(&page, "h1", lesson->title);
    if (lesson->minutes != MST_INT_NONE)
        mst_text_printf(&page.text, "<p>%d minutes. ", (int)lesson->minutes);
    else
        mst_text_add(&page.text, "<p>");
    add_said(&page, lesson->audience);
    mst_text_add(&page.text, "</p>\n");
    add_element(&page, "p class=\"note\"", lesson->item.note);
    add_list(&page, "After it the class can", &lesson->aims);
    add_case(&page);
    add_answers(&page);
    add_steps(&page, &lesson->steps);
    add_injects(&page);
    add_list(&page, "What this model cannot tell you", &lesson->closing);
    mst_text_printf(&page.text, "<p class=\"small\">Scenario %s, muster %s.</p>\n", page.model->id,
                    muster_version());
    add_slip(&page, &lesson->steps);
    add_roles(&page, &lesson->roles);
    mst_text_add(&page.text, "</body>\n</html>\n");
    return mst_page_end(&page, diags);
}
