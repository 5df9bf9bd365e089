/* What an instructor reads before class: what to make and bring, and what the words mean. */
#include "tell/sheet.h"

#include <math.h>
#include <string.h>

/* ---- before class ---------------------------------------------------------------------------------- */

/* The name of the lesson's file, without its folder. */
static const char *file_name(const mst_page *page)
{
    const char *file = page->spec->lesson.item.place.file;
    const char *slash = file ? strrchr(file, '/') : NULL;
    return slash ? slash + 1 : file ? file : "LESSON.cfg";
}

static void add_command(mst_page *page, const char *before, const char *after)
{
    mst_text_printf(&page->text, "<code>muster %s ", before);
    mst_sheet_as_written(page, file_name(page));
    mst_text_printf(&page->text, " %s</code>", after);
}

bool mst_sheet_asks(const mst_list *steps)
{
    for (int32_t i = 0; i < steps->count; i++)
        if (MST_AT(const mst_step_def, steps, i)->predict.count > 0)
            return true;
    return false;
}

void mst_sheet_before(mst_page *page)
{
    mst_text *out = &page->text;
    const mst_lesson_def *lesson = &page->spec->lesson;
    mst_text_add(out, "<section class=\"before\">\n<h2>Before class</h2>\n<ol>\n"
                      "<li>Make your page and the class&#39;s: ");
    add_command(page, "export --live", "-o lesson.html");
    mst_text_add(out, " and ");
    add_command(page, "export --live", "--student -o student.html");
    mst_text_add(out, ". Both open by double click and need no network; in the second there are no "
                      "answers and no notes.</li>\n<li>Copy student.html to a stick and pass it "
                      "round.");
    if (mst_sheet_asks(&lesson->steps))
        mst_text_add(out, " Copy the slip behind this page, one a student.");
    if (lesson->roles.count > 0)
        mst_text_add(out, " Copy the role sheets and cut them apart.");
    mst_text_add(
        out,
        "</li>\n<li>Open lesson.html on the projector, tick Projector (top right) and press "
        "&quot;Start the lesson&#39;s clock&quot;.</li>\n</ol>\n<p>In class: <b>Next</b> goes on "
        "and puts the sliders back. <b>Reveal</b> shows the answer of a step; a second press hides "
        "it. <b>Map</b>, <b>Both</b> and <b>Panels</b> (top right) choose what is shown beside the "
        "text. Students press either button when you do: their pages have the answers that the "
        "engine finds, and ask before they go ahead of what was shown.</p>\n</section>\n");
}

/* ---- words ----------------------------------------------------------------------------------------- */

static void add_word(mst_page *page, const char *word, const char *means)
{
    mst_text_add(&page->text, "<tr><td>");
    mst_sheet_said(page, word);
    mst_text_add(&page->text, "</td><td>");
    mst_sheet_said(page, means);
    mst_text_add(&page->text, "</td></tr>\n");
}

static void add_table(mst_page *page, const char *caption)
{
    mst_text_printf(&page->text, "<table class=\"words\">\n<caption>%s</caption>\n", caption);
}

/* How a margin becomes a P in this scenario. */
static void add_chance(mst_page *page)
{
    const double margin = 0.25, high = 1.0 / (1.0 + exp(-margin / page->model->tau));
    const char *up = mst_page_chance(page, high), *down = mst_page_chance(page, 1.0 - high);
    add_word(page, "P",
             mst_page_printf(page,
                             "the model's probability of a yes: 0.50 at margin 0, %s at +%.2f, %s "
                             "at -%.2f; of able, the share that is serviceable",
                             up, margin, down, margin));
}

/* The first place of a rule among the terms of a verdict where it weighs anything; -1: none. */
static int32_t first_of(const mst_page *page, const mst_verdict *v, int32_t rule)
{
    for (int32_t i = 0; i < v->term_count; i++) {
        const mst_term *term = &page->run->term[v->term_first + i];
        if (term->rule == rule && term->value != 0.0)
            return i;
    }
    return -1;
}

/* The reasons of a verdict that weigh, each once, in the words of who gave it of this state. */
static void add_reasons(mst_page *page, const mst_verdict *v)
{
    bool begun = false;
    for (int32_t i = 0; i < v->term_count; i++) {
        const mst_term *term = &page->run->term[v->term_first + i];
        if (term->rule < 0 || first_of(page, v, term->rule) != i)
            continue;
        const mst_rule_def *rule = page->model->rule[term->rule].def;
        if (!rule->says || !mst_page_rule_speaks(rule, page->model->state[v->state].id))
            continue;
        if (!begun)
            add_table(page, "Reasons, in the words of who gave them");
        begun = true;
        add_word(page, mst_page_term_label(page, term),
                 mst_page_printf(page, "%s (%s)", rule->says, mst_page_voice(&rule->voice)));
    }
    if (begun)
        mst_text_add(&page->text, "</table>\n");
}

void mst_sheet_words(mst_page *page)
{
    static const char *const word[][2] = {
        {"able", "has what the drill asks for, and fuel to go, stay and return"},
        {"admitted", "each host would have it there"},
        {"accepts", "asked, it would come"},
        {"reason, margin",
         "each reason counts for (+) or against (-) a condition; the margin is their "
         "sum, and above 0 means yes"},
        {"radius", "how far a ship or an aircraft can go, stay as long as asked, and come back"},
        {"closeness", "how close two states are now, judged from 0 (not at all) to 1 (as one)"},
        {"judged, assumed", "no source has the figure: the makers of the file chose it"},
        {"Brier score",
         "mean squared distance of a probability from what happened: 0 is best, .25 is "
         "what always saying 50 earns, 1 is surely wrong"}};
    add_table(page, "Words");
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        add_word(page, word[i][0], word[i][1]);
    add_chance(page);
    mst_text_add(&page->text, "</table>\n");
    for (int32_t d = 0; d < page->model->drill_count; d++) {
        const mst_drill_row *row = &page->model->drill[d];
        page->drill = d;
        for (int32_t i = row->host_count; i < row->host_count + row->candidate_count; i++)
            add_reasons(page, &page->run->verdict[page->run->verdict_first[d] + i]);
    }
}
