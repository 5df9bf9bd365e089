/* A lesson: that it speaks of what is there. */
#include "model/check.h"

#include "model/build.h"
#include "model/fields.h"
#include "model/walk.h"

#include <string.h>

static const char *step_name(const mst_step_def *step)
{
    return step->id ? step->id : "?";
}

/* ---- moments and ids --------------------------------------------------------------------- */

static void check_moment(mst_checker *c, mst_place place, const char *owner, const char *id,
                         const muster_interval *at)
{
    const mst_scenario_def *s = &c->spec->scenario;
    const muster_time start = s->start.from;
    char from[MUSTER_TIME_TEXT], until[MUSTER_TIME_TEXT];
    if (at->from == MUSTER_NEVER || start == MUSTER_NEVER)
        return;
    const muster_time end = start + mst_time_or(s->horizon, 16 * MUSTER_DAY);
    if (at->from < start || at->from > end)
        MST_ERROR(c, place, NULL, "lesson, %s '%s': outside of the scenario's time, %s to %s",
                  owner, id, muster_time_write_iso(start, from), muster_time_write_iso(end, until));
}

/* Ids under which a class's answers are kept stand once. */
static void check_once(mst_checker *c, mst_list *seen, mst_place place, const char *owner,
                       const char *id)
{
    if (!id)
        return; /* told already */
    if (mst_names_find(seen, id) >= 0)
        MST_ERROR(c, place, "give it another id", "lesson, %s '%s': there is one already", owner,
                  id);
    else
        (void)mst_names_add(c->arena, seen, id);
}

/* ---- predictions ------------------------------------------------------------------------- */

static bool is_one_of(const char *word, const char *a, const char *b)
{
    return strcmp(word, a) == 0 || strcmp(word, b) == 0;
}

static void check_answer(mst_checker *c, const mst_predict_def *it)
{
    const char *id = it->id ? it->id : "?";
    if (!it->state.id && it->stage >= 0)
        MST_ERROR(c, it->item.place, "give state", "lesson, prediction '%s': a stage of nobody",
                  id);
    if (!it->answer || !*it->answer || !it->state.id)
        return; /* none given, or left out for students */
    if (it->stage < 0 && !is_one_of(it->answer, "joins", "stays-out"))
        MST_ERROR(c, it->item.place, "allowed: joins, stays-out",
                  "lesson, prediction '%s': '%s' is no answer to whether a state takes part", id,
                  it->answer);
    else if (it->stage >= 0 && !is_one_of(it->answer, "yes", "no"))
        MST_ERROR(c, it->item.place, "allowed: yes, no",
                  "lesson, prediction '%s': '%s' is no answer of a stage", id, it->answer);
}

static void check_host(mst_checker *c, const mst_predict_def *it, const mst_drill_def *drill)
{
    const char *id = it->id ? it->id : "?";
    const int32_t host = mst_ref_state(c->spec, &it->host);
    if (it->stage == MST_ADMIT && !it->host.id)
        MST_ERROR(c, it->item.place, "give host",
                  "lesson, prediction '%s': stage admit is of one host", id);
    else if (it->host.id && it->stage != MST_ADMIT)
        MST_ERROR(c, it->item.place, "give stage = \"admit\", or leave host out",
                  "lesson, prediction '%s' names a host, and only stage admit is of one", id);
    else if (host >= 0 && !mst_refs_hold_state(c->spec, &drill->hosts, host))
        MST_ERROR(c, mst_place_or(it->host.place, &it->item), NULL,
                  "lesson, prediction '%s': '%s' does not host drill '%s'", id, it->host.id,
                  mst_name_of(NULL, &drill->item));
}

static void check_prediction(mst_checker *c, const mst_predict_def *it)
{
    const char *id = it->id ? it->id : "?";
    const int32_t state = mst_ref_state(c->spec, &it->state);
    const int32_t at = mst_ref_drill(c->spec, &it->drill);
    check_answer(c, it);
    if (state < 0 || (at < 0 && it->drill.id))
        return; /* a question in words; or told already */
    if (at < 0) {
        MST_ERROR(c, it->item.place, NULL,
                  c->spec->drills.count == 0
                      ? "lesson, prediction '%s' is about a state, and there is no drill"
                      : "lesson, prediction '%s': 'drill' is missing; there are several",
                  id);
        return;
    }
    const mst_drill_def *drill = MST_AT(const mst_drill_def, &c->spec->drills, at);
    if (!mst_refs_hold_state(c->spec, &drill->candidates, state))
        MST_ERROR(c, mst_place_or(it->state.place, &it->item), "predictions are about candidates",
                  "lesson, prediction '%s': '%s' is no candidate of drill '%s'", id, it->state.id,
                  mst_name_of(NULL, &drill->item));
    check_host(c, it, drill);
}

/* ---- what is hidden ------------------------------------------------------------------------ */

/* The part of a text up to a dot; what follows it in *rest, "" at the end. */
static const char *part_of(mst_checker *c, const char **rest)
{
    const size_t length = strcspn(*rest, ".");
    const char *part = mst_arena_printf(c->arena, "%.*s", (int)length, *rest);
    *rest += length + ((*rest)[length] == '.');
    return part ? part : "";
}

static bool is_state(const mst_checker *c, const char *id)
{
    return mst_table_find(&c->spec->states, sizeof(mst_state_def), id) >= 0;
}

/* A panel of the page, which is hidden whole. */
static bool is_panel(const char *word)
{
    const muster_field *row = mst_fields_row(mst_fields_lesson, "steps");
    row = row ? mst_fields_row(row->of, "view") : NULL;
    for (const char *const *view = row ? row->choices : NULL; view && *view; view++)
        if (strcmp(word, *view) == 0)
            return true;
    return false;
}

/* STATE, STATE.STAGE or STATE.admit.HOST. */
static void check_hidden(mst_checker *c, const mst_step_def *step, const char *word)
{
    const char *rest = word;
    if (is_one_of(word, "verdict", "future") || is_panel(word))
        return;
    const char *state = part_of(c, &rest);
    if (!is_state(c, state)) {
        MST_ERROR(c, step->item.place,
                  mst_hint_ids(c->arena, &c->spec->states, sizeof(mst_state_def), state),
                  "lesson, step '%s' hides '%s': verdict, future, a panel or a state is expected",
                  step_name(step), word);
        return;
    }
    const char *stage = *rest ? part_of(c, &rest) : NULL;
    bool is_stage = !stage;
    for (int32_t i = 0; i < MST_STAGE_COUNT && !is_stage; i++)
        is_stage = strcmp(stage, mst_stage_names[i]) == 0;
    if (!is_stage)
        MST_ERROR(c, step->item.place, "allowed: able, admit, accept",
                  "lesson, step '%s' hides '%s': no stage '%s'", step_name(step), word, stage);
    else if (*rest && (strcmp(stage, "admit") != 0 || !is_state(c, rest)))
        MST_ERROR(c, step->item.place, "as in PRK.admit.RUS",
                  "lesson, step '%s' hides '%s': behind admit stands a host, and nothing behind "
                  "other stages",
                  step_name(step), word);
}

/* ---- the parts ----------------------------------------------------------------------------- */

static void check_step(mst_checker *c, const mst_step_def *step, mst_list *steps,
                       mst_list *predictions)
{
    check_once(c, steps, step->item.place, "step", step->id);
    check_moment(c, step->item.place, "step", step_name(step), &step->stop);
    for (int32_t i = 0; i < step->hide.count; i++)
        check_hidden(c, step, *MST_AT(const char *const, &step->hide, i));
    for (int32_t i = 0; i < step->predict.count; i++) {
        const mst_predict_def *it = MST_AT(const mst_predict_def, &step->predict, i);
        check_once(c, predictions, it->item.place, "prediction", it->id);
        check_prediction(c, it);
    }
}

static void check_bookmark(mst_checker *c, const mst_bookmark_def *it)
{
    const char *title = it->title ? it->title : "?";
    if ((it->at.from == MUSTER_NEVER) == (it->on < 0))
        MST_ERROR(c, it->item.place, NULL,
                  "lesson, bookmark '%s' needs a time (at) or a kind of line (on), one of them",
                  title);
    check_moment(c, it->item.place, "bookmark", title, &it->at);
}

static void check_coding(mst_checker *c, const mst_blind_def *it)
{
    mst_spec view = *c->spec; /* finding a place changes nothing in it */
    mst_spot spot;
    if (!it->path || !mst_spec_locate(&view, c->arena, it->path, it->item.place, c->diags, &spot))
        return;
    const muster_field_kind kind = spot.row->kind;
    if (kind != MUSTER_FIELD_REAL && kind != MUSTER_FIELD_INT && kind != MUSTER_FIELD_NUMBERS)
        MST_ERROR(c, it->item.place, NULL, "lesson, coding: '%s' is no number", it->path);
    else if (!isnan(it->min) && !isnan(it->max) && !(it->min < it->max))
        MST_ERROR(c, it->item.place, NULL, "lesson, coding '%s': min %g is not below max %g",
                  it->path, it->min, it->max);
}

void mst_check_lesson(mst_checker *c)
{
    const mst_lesson_def *lesson = &c->spec->lesson;
    mst_list steps = {0}, predictions = {0};
    int64_t minutes = 0;
    for (int32_t i = 0; i < lesson->steps.count; i++) {
        const mst_step_def *step = MST_AT(const mst_step_def, &lesson->steps, i);
        check_step(c, step, &steps, &predictions);
        minutes += mst_int_or(step->minutes, 0);
    }
    if (lesson->minutes != MST_INT_NONE && minutes > lesson->minutes)
        MST_WARN(c, lesson->item.place, NULL, "lesson: its steps take %d minutes, it has %d",
                 (int)minutes, (int)lesson->minutes);
    for (int32_t i = 0; i < lesson->bookmarks.count; i++)
        check_bookmark(c, MST_AT(const mst_bookmark_def, &lesson->bookmarks, i));
    for (int32_t i = 0; i < lesson->coding.count; i++)
        check_coding(c, MST_AT(const mst_blind_def, &lesson->coding, i));
}
