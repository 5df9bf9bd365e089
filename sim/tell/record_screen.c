/* Tables of drills told: the screen of rivals, with what the tables are and what they give. */
#include "tell/rivals.h"

#include "base/text.h"

#include <string.h>

enum { PAIRS_MOST = 60 }; /* on a screen that was asked for no single drill */

/* ---- head and foot ---------------------------------------------------------------------------------- */

const char *mst_page_day(mst_page *page, muster_time at)
{
    char text[MUSTER_TIME_TEXT];
    muster_time_write_iso(at, text);
    return mst_page_printf(page, "%.10s", text);
}

const char *mst_record_name(const mst_tables *t)
{
    int32_t i = 0;
    while (MST_AT(const mst_table_source, &t->source, i)->role != MUSTER_RECORD_DRILLS)
        i++;
    return MST_AT(const mst_table_source, &t->source, i)->name;
}

static void tell_extent(mst_page *page, const mst_tables *t)
{
    const mst_rivals *r = &t->rivals;
    const mst_extent e = mst_rivals_extent(r);
    const int32_t unknown = e.pairs - e.with_outcome;
    const char *open =
        unknown == 0 ? "" : mst_page_printf(page, ", %d of them with no outcome yet", (int)unknown);
    mst_page_words(page, 0, NULL, "Record %s: %s of a drill and a candidate%s; %s, %s to %s; %s.",
                   mst_record_name(t), mst_page_number(page, e.pairs, "pair", "pairs"), open,
                   mst_page_number(page, r->count, "drill", "drills"),
                   mst_page_day(page, r->item[0].setting.at),
                   mst_page_day(page, r->item[r->count - 1].setting.at),
                   mst_page_number(page, t->state_count, "state", "states"));
    mst_tell_ids(page, t->state, t->name, t->state_count);
}

/* Those that have nothing to say of tables, by name. */
static void tell_silent(mst_page *page, const mst_rivals *r)
{
    const char *silent = "";
    for (int32_t i = 0; i < r->model_count; i++)
        if (!mst_rivals_has_answer(r, i))
            silent =
                mst_page_printf(page, "%s%s%s", silent, *silent ? ", " : "", r->model[i]->label);
    if (*silent)
        mst_page_words(page, 0, NULL, "Not assessed, for want of what each needs (below): %s.",
                       silent);
}

static void tell_head(mst_page *page, const mst_rivals_view *view)
{
    const int32_t carry = view->tables->options.carry_years;
    tell_extent(page, view->tables);
    mst_page_words(
        page, 0, NULL,
        "Rival explanations, each asked the same questions. A model of camps says who sides with "
        "whom; that this means turning up is a mapping, told below. Values are those of the year "
        "in "
        "which a drill starts%s.",
        carry > 1 ? mst_page_printf(page, ", else the latest of the %d years before it", (int)carry)
        : carry == 1 ? ", else those of the year before"
                     : "; a value of another year counts as missing (--carry YEARS)");
    if (view->is_brief) /* else it is told beside the pairs */
        tell_silent(page, view->rivals);
}

static const char *years_words(mst_page *page, const mst_table_source *s)
{
    if (s->rows == 0)
        return "no year";
    return s->first_year == s->last_year
               ? mst_page_printf(page, "%d", (int)s->first_year)
               : mst_page_printf(page, "%d..%d", (int)s->first_year, (int)s->last_year);
}

void mst_tell_tables(mst_page *page, const mst_tables *t)
{
    mst_page_heading(page, "TABLES");
    for (int32_t i = 0; i < t->source.count; i++) {
        const mst_table_source *s = MST_AT(const mst_table_source, &t->source, i);
        mst_page_words(page, 2, NULL, "%s: %s, %s, %s.%s%s", s->name, s->form,
                       mst_page_number(page, s->rows, "row", "rows"), years_words(page, s),
                       *s->gives ? mst_page_printf(page, " Gives %s.", s->gives) : "",
                       *s->not_used ? mst_page_printf(page, " Not used: %s.", s->not_used) : "");
    }
}

static void tell_all(mst_page *page, const mst_rivals_view *view)
{
    tell_head(page, view);
    mst_tell_answers(page, view);
    mst_tell_camps(page, view);
    mst_tell_findings(page, view);
    mst_tell_scores(page, view);
    mst_tell_thresholds(page, view);
    mst_tell_models(page, view);
    mst_tell_tables(page, view->tables);
}

/* ---- JSON ------------------------------------------------------------------------------------------- */

static const char *const role_names[] = {"drills", "states", "dyads"};

static void add_table(mst_json *json, const mst_table_source *s)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "file", s->name);
    mst_json_text(json, "about", role_names[s->role]);
    mst_json_text(json, "form", s->form);
    mst_json_whole(json, "rows", s->rows);
    if (s->rows > 0) {
        mst_json_whole(json, "first_year", s->first_year);
        mst_json_whole(json, "last_year", s->last_year);
    }
    mst_json_text(json, "gives", s->gives);
    mst_json_text(json, "not_used", s->not_used);
    mst_json_end(json);
}

void mst_json_tables(mst_json *json, const mst_tables *t)
{
    mst_json_array(json, "tables");
    for (int32_t i = 0; i < t->source.count; i++)
        add_table(json, MST_AT(const mst_table_source, &t->source, i));
    mst_json_end(json);
}

static void add_head(mst_json *json, const mst_tables *t)
{
    mst_json_text(json, "format", "muster-rivals");
    mst_json_whole(json, "version", 1);
    mst_json_object(json, "program");
    mst_json_text(json, "name", "muster");
    mst_json_text(json, "version", muster_version());
    mst_json_end(json);
    mst_json_object(json, "record");
    mst_json_whole(json, "drills", t->rivals.count);
    mst_json_whole(json, "states", t->state_count);
    mst_json_text(json, "use", mst_use_names[t->options.is_test ? MST_TEST : MST_CALIBRATION]);
    mst_json_whole(json, "carry_years", t->options.carry_years);
    mst_json_text(json, "ideal_points", t->options.final_passage ? "fp" : "all");
    mst_json_tables(json, t);
    mst_json_end(json);
}

/* ---- what is asked for ------------------------------------------------------------------------------ */

static int32_t find_drill(const mst_rivals *r, const char *drill, muster_diags *diags)
{
    const char *near = NULL;
    int32_t least = 4; /* edits, one more than are taken for a slip */
    for (int32_t i = 0; i < r->count; i++) {
        const char *id = r->item[i].setting.drill;
        const int32_t edits = mst_text_distance(drill, id);
        if (strcmp(id, drill) == 0)
            return i;
        near = edits < least ? id : near;
        least = edits < least ? edits : least;
    }
    mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, near, "no drill '%s' in the record", drill);
    return -1;
}

bool mst_record_view(mst_page *page, const muster_record *record, const char *model,
                     const char *drill, mst_rivals *rivals, muster_diags *diags,
                     mst_rivals_view *out)
{
    int32_t pairs = 0;
    *page = (mst_page){.bar = "#"};
    mst_text_init(&page->text, &record->memory);
    mst_arena_init(&page->arena, &record->memory);
    *rivals = record->tables.rivals; /* what telling needs goes into the page's own memory */
    rivals->arena = &page->arena;
    for (int32_t i = 0; i < rivals->count; i++)
        pairs += rivals->item[i].setting.candidate_count;
    *out = (mst_rivals_view){.rivals = rivals,
                             .model = -1,
                             .item = -1,
                             .tables = &record->tables,
                             .is_brief = !drill && pairs > PAIRS_MOST};
    if (model)
        out->model = mst_rivals_find_model(page, rivals, model, diags);
    if (drill)
        out->item = find_drill(rivals, drill, diags);
    return (!model || out->model >= 0) && (!drill || out->item >= 0);
}

char *muster_tell_record(const muster_record *record, const char *model, const char *drill,
                         bool as_json, muster_diags *diags)
{
    mst_page page;
    mst_rivals rivals;
    mst_rivals_view view;
    const bool is_found = mst_record_view(&page, record, model, drill, &rivals, diags, &view);
    if (is_found && !as_json) {
        tell_all(&page, &view);
        return mst_page_end(&page, diags);
    }
    char *out = NULL;
    if (is_found) {
        mst_json *json = mst_json_create(&record->memory);
        mst_json_object(json, NULL);
        add_head(json, &record->tables);
        mst_json_rivals(json, &view);
        out = mst_page_document(&page, json, &record->memory, diags);
    }
    mst_text_clear(&page.text);
    mst_arena_clear(&page.arena);
    return out;
}
