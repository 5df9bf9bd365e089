#include "tell/lesson.h"

#include "model/walk.h"

#include <math.h>
#include <string.h>

/* ---- small values ---------------------------------------------------------------------------- */

bool mst_is_secret_path(const char *path)
{
    const char *key = path ? strrchr(path, '.') : NULL;
    return key && strncmp(path, "lesson.", 7) == 0 &&
           (strcmp(key, ".reveal") == 0 || strcmp(key, ".secret") == 0 ||
            strcmp(key, ".answer") == 0);
}

/* Null for students. */
static void add_secret(mst_json *json, const mst_page *page, const char *key, const char *text)
{
    mst_json_text(json, key, page->as_student ? NULL : text);
}

static void add_count(mst_json *json, const char *key, int64_t value)
{
    if (value == MST_INT_NONE)
        mst_json_text(json, key, NULL);
    else
        mst_json_whole(json, key, value);
}

static void add_choice(mst_json *json, const char *key, const char *const *choices, int32_t value)
{
    mst_json_text(json, key, value < 0 ? NULL : choices[value]);
}

static void add_texts(mst_json *json, const char *key, const mst_list *texts)
{
    mst_json_array(json, key);
    for (int32_t i = 0; i < texts->count; i++)
        mst_json_text(json, NULL, *MST_AT(const char *const, texts, i));
    mst_json_end(json);
}

static void add_hours(mst_json *json, const char *key, muster_time length)
{
    mst_json_maybe(json, key, length == MUSTER_NEVER ? (double)NAN : muster_hours(length));
}

/* The choices of a key of a list of the lesson. */
static const char *const *choices_of(const char *list, const char *key)
{
    const muster_field *row = mst_fields_row(mst_fields_lesson, list);
    row = row ? mst_fields_row(row->of, key) : NULL;
    return row ? row->choices : NULL;
}

/* ---- injects ----------------------------------------------------------------------------------- */

static void add_inject(mst_json *json, const mst_page *page, const mst_inject_def *it)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "id", it->item.id);
    mst_json_text(json, "title", it->title ? it->title : it->item.id);
    mst_json_text(json, "says", it->says);
    add_secret(json, page, "note", it->item.note);
    mst_json_text(json, "from", it->from);
    mst_json_text(json, "to", it->to);
    mst_json_time(json, "at", it->at.from);
    mst_json_bool(json, "on", it->on == 1);
    add_choice(json, "effect", mst_inject_effects, it->effect);
    mst_json_text(json, "unit", it->unit.id);
    mst_json_text(json, "group", it->group.id);
    mst_json_text(json, "drill", it->drill.id);
    add_hours(json, "for_h", it->for_);
    mst_json_maybe(json, "fraction", it->fraction);
    add_count(json, "sea_state", it->sea_state);
    add_texts(json, "changes", &it->changes);
    mst_json_text(json, "source", it->item.source);
    mst_json_end(json);
}

void mst_json_injects(mst_json *json, const mst_page *page)
{
    const mst_list *injects = &page->spec->injects;
    mst_json_array(json, "injects");
    for (int32_t i = 0; i < injects->count; i++)
        add_inject(json, page, MST_AT(const mst_inject_def, injects, i));
    mst_json_end(json);
}

/* ---- the lesson -------------------------------------------------------------------------------- */

static void add_prediction(mst_json *json, const mst_page *page, const mst_predict_def *it)
{
    const bool is_alone = it->state.id && !it->drill.id && page->model->drill_count == 1;
    mst_json_object(json, NULL);
    mst_json_text(json, "id", it->id);
    mst_json_text(json, "question", it->question);
    mst_json_text(json, "drill", is_alone ? page->model->drill[0].id : it->drill.id);
    mst_json_text(json, "state", it->state.id);
    add_choice(json, "stage", mst_stage_names, it->stage);
    mst_json_text(json, "host", it->host.id);
    add_secret(json, page, "answer", it->answer);
    mst_json_bool(json, "scored", it->scored != 0);
    mst_json_end(json);
}

static void add_step(mst_json *json, const mst_page *page, const mst_step_def *it)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "id", it->id);
    mst_json_text(json, "title", it->title);
    add_count(json, "minutes", it->minutes);
    mst_json_text(json, "says", it->says);
    add_secret(json, page, "note", it->item.note);
    add_choice(json, "view", choices_of("steps", "view"), it->view);
    mst_json_time(json, "stop", it->stop.from);
    add_texts(json, "hide", &it->hide);
    mst_json_array(json, "predict");
    for (int32_t i = 0; i < it->predict.count; i++)
        add_prediction(json, page, MST_AT(const mst_predict_def, &it->predict, i));
    mst_json_end(json);
    add_secret(json, page, "reveal", it->reveal);
    mst_json_array(json, "lever");
    for (int32_t i = 0; i < it->lever.count; i++)
        mst_json_text(json, NULL, MST_AT(const mst_ref, &it->lever, i)->id);
    mst_json_end(json);
    mst_json_text(json, "variant", it->variant.id);
    mst_json_text(json, "try", it->try_);
    mst_json_text(json, "ask", it->ask);
    mst_json_end(json);
}

static void add_bookmark(mst_json *json, const mst_bookmark_def *it)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "title", it->title);
    mst_json_time(json, "at", it->at.from);
    add_choice(json, "on", choices_of("bookmarks", "on"), it->on);
    mst_json_bool(json, "stop", it->stop == 1);
    mst_json_end(json);
}

static void add_role(mst_json *json, const mst_page *page, const mst_role_def *it)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "id", it->item.id);
    mst_json_text(json, "title", it->title);
    mst_json_text(json, "state", it->state.id);
    mst_json_text(json, "brief", it->brief);
    add_texts(json, "aims", &it->aims);
    add_secret(json, page, "secret", it->secret);
    add_secret(json, page, "note", it->item.note);
    mst_json_end(json);
}

static void add_coding(mst_json *json, const mst_blind_def *it)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "path", it->path);
    mst_json_text(json, "question", it->question);
    mst_json_real(json, "min", it->min);
    mst_json_real(json, "max", it->max);
    mst_json_end(json);
}

void mst_json_lesson(mst_json *json, const mst_page *page)
{
    const mst_lesson_def *lesson = &page->spec->lesson;
    if (lesson->item.place.line <= 0) {
        mst_json_text(json, "lesson", NULL);
        return;
    }
    mst_json_object(json, "lesson");
    mst_json_text(json, "title", lesson->title);
    add_count(json, "minutes", lesson->minutes);
    mst_json_text(json, "audience", lesson->audience);
    add_secret(json, page, "note", lesson->item.note);
    add_texts(json, "aims", &lesson->aims);
    add_texts(json, "closing", &lesson->closing);
    mst_json_array(json, "steps");
    for (int32_t i = 0; i < lesson->steps.count; i++)
        add_step(json, page, MST_AT(const mst_step_def, &lesson->steps, i));
    mst_json_end(json);
    mst_json_array(json, "bookmarks");
    for (int32_t i = 0; i < lesson->bookmarks.count; i++)
        add_bookmark(json, MST_AT(const mst_bookmark_def, &lesson->bookmarks, i));
    mst_json_end(json);
    mst_json_array(json, "roles");
    for (int32_t i = 0; i < lesson->roles.count; i++)
        add_role(json, page, MST_AT(const mst_role_def, &lesson->roles, i));
    mst_json_end(json);
    mst_json_array(json, "coding");
    for (int32_t i = 0; i < lesson->coding.count; i++)
        add_coding(json, MST_AT(const mst_blind_def, &lesson->coding, i));
    mst_json_end(json);
    mst_json_end(json);
}
