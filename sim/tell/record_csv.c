/* Every answer as CSV. */
#include "tell/rivals.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

/* A field in quotes where it must be (RFC 4180). */
static void add_field(mst_text *text, const char *field)
{
    const bool has_blank_ends = *field == ' ' || (*field && field[strlen(field) - 1] == ' ');
    if (!strpbrk(field, ",\"\r\n") && !has_blank_ends) {
        mst_text_add(text, field);
        return;
    }
    mst_text_add_quoted(text, field, "\"\"");
}

static void add_number(mst_text *text, double value)
{
    char shortest[32];
    if (!isnan(value))
        mst_text_add(text, mst_text_shortest(value, shortest));
}

static void add_verdict(mst_text *text, int32_t verdict)
{
    mst_text_add(text, verdict < 0 ? "" : verdict ? "1" : "0");
}

static void add_row(mst_text *text, const mst_case *c, int32_t k, const char *model,
                    const mst_answer *a)
{
    char start[MUSTER_TIME_TEXT];
    muster_time_write_iso(c->setting.at, start);
    add_field(text, c->setting.drill);
    mst_text_add(text, ",");
    add_field(text, c->setting.series ? c->setting.series : "");
    mst_text_printf(text, ",%.10s,%s,", start, c->setting.state[c->setting.candidate[k]]);
    add_verdict(text, c->outcome[k]);
    mst_text_printf(text, ",%s,", model);
    add_number(text, a->p);
    mst_text_add(text, ",");
    add_verdict(text, a->joins);
    mst_text_add(text, ",");
    add_number(text, a->score);
    mst_text_add(text, ",");
    add_field(text, a->basis ? a->basis : "");
    mst_text_add(text, "\n");
}

char *muster_tell_predictions(const muster_record *record, const char *model, const char *drill,
                              muster_diags *diags)
{
    mst_page page;
    mst_rivals rivals;
    mst_rivals_view view;
    if (!mst_record_view(&page, record, model, drill, &rivals, diags, &view)) {
        mst_arena_clear(&page.arena);
        return NULL;
    }
    mst_text_add(&page.text,
                 "drill_id,series,start_date,state,outcome,model,p,joins,score,rests_on\n");
    for (int32_t i = 0; i < rivals.count; i++)
        for (int32_t k = 0; k < rivals.item[i].setting.candidate_count; k++)
            for (int32_t m = 0; m < rivals.model_count; m++)
                if ((view.item < 0 || view.item == i) && (view.model < 0 || view.model == m))
                    add_row(&page.text, &rivals.item[i], k, rivals.model[m]->name,
                            &rivals.item[i].reply[m].answer[k]);
    return mst_page_end(&page, diags);
}
