/* What muster step shows at a moment: where units are, and the screens of the library. */
#include "cli/step.h"

#include "base/units.h"
#include "muster/flip.h"

#include <math.h>
#include <string.h>

static bool is_named(const char *words, const char *id, const char *name)
{
    return !*words || (id && strcmp(words, id) == 0) || (name && strcmp(words, name) == 0);
}

static const char *doing(const mst_run *run, int32_t unit, muster_time now, const char **where)
{
    static const char *const holds[] = {"in port", "at anchor", "drifting", "on station", "adrift"};
    const char *words = "in port";
    *where = NULL;
    for (int32_t i = 0; i < run->clock->record_count && run->record[i].time <= now; i++) {
        const mst_record *r = &run->record[i];
        if (r->unit != unit)
            continue;
        if (r->kind == MST_RECORD_LEG) {
            words = "under way to";
            *where = run->model->spot[r->b].name;
        } else if (r->kind == MST_RECORD_HOLD) {
            words = holds[r->b];
            *where = r->a >= 0 && r->b != MST_HOLD_ADRIFT ? run->model->spot[r->a].name : NULL;
        }
    }
    return words;
}

static int32_t in_the_air(const mst_run *run, int32_t unit, muster_time now)
{
    int32_t count = 0;
    for (int32_t i = 0; i < run->clock->record_count && run->record[i].time <= now; i++)
        if (run->record[i].unit == unit)
            count += (run->record[i].kind == MST_RECORD_TAKEOFF) -
                     (run->record[i].kind == MST_RECORD_LANDED);
    return count;
}

static void tell_unit(const step_session *s, int32_t unit, mst_json *answer)
{
    const mst_run *run = s->world.plan->run;
    const mst_unit_row *row = &run->model->unit[unit];
    const muster_point at = mst_track_place(run, unit, s->mark.now);
    const bool flies = row->domain == MST_AIR;
    const char *where = NULL, *what = doing(run, unit, s->mark.now, &where);
    const double share =
        flies ? (double)NAN : mst_track_fuel_kg(run, unit, s->mark.now) / row->tank_kg;
    if (answer) {
        mst_json_object(answer, NULL);
        mst_json_text(answer, "unit", row->id);
        mst_json_text(answer, "state", run->model->state[row->state].id);
        mst_json_text(answer, "doing", flies ? NULL : what);
        mst_json_text(answer, "place", flies ? NULL : where);
        mst_json_maybe(answer, "lat_deg", at.lat_deg);
        mst_json_maybe(answer, "lon_deg", muster_lon_outside(at.lon_deg));
        mst_json_maybe(answer, "fuel_frac", share);
        mst_json_maybe(answer, "in_the_air",
                       flies ? in_the_air(run, unit, s->mark.now) : (double)NAN);
        mst_json_end(answer);
    } else if (flies) {
        step_say(s, NULL, "%s: %d of %d in the air.", row->name,
                 (int)in_the_air(run, unit, s->mark.now), (int)row->count);
    } else {
        step_say(s, NULL, "%s: %s%s%s, %.2f %c %.2f %c, %.0f %% of a tank.", row->name, what,
                 where ? " " : "", where ? where : "", fabs(at.lat_deg), at.lat_deg < 0 ? 'S' : 'N',
                 fabs(muster_lon_outside(at.lon_deg)),
                 muster_lon_outside(at.lon_deg) < 0 ? 'W' : 'E', 100.0 * share);
    }
}

/* Without a name those that have taken part so far; else a unit, or all of a state. */
bool step_where(step_session *s, char *words, mst_json *answer)
{
    const mst_model *m = step_model(s);
    int32_t told = 0;
    if (answer)
        mst_json_array(answer, "units");
    for (int32_t i = 0; i < m->unit_count; i++) {
        const bool of_state =
            is_named(words, m->state[m->unit[i].state].id, m->state[m->unit[i].state].name);
        const bool is_one = is_named(words, m->unit[i].id, m->unit[i].name);
        if (*words ? of_state || is_one : s->world.plan->outcomes->unit[i].took_part) {
            tell_unit(s, i, answer);
            told++;
        }
    }
    if (answer)
        mst_json_end(answer);
    if (told == 0 && *words)
        return step_refuse(s, answer, "there is no unit and no state '%.60s'", words);
    if (told == 0 && !answer)
        step_say(s, NULL, "No unit takes part in this run.");
    return true;
}

typedef char *state_teller(const muster_tell *tell, const char *state, const char *drill,
                           bool as_json, muster_diags *diags);

static muster_tell told_world(const step_session *s)
{
    return (muster_tell){
        .scenario = s->world.scenario, .model = s->world.model, .result = s->world.plan};
}

/* Prints a screen of the library; in an answer it stands as text. */
static bool tell_screen(const step_session *s, char *text, const muster_diags *diags,
                        mst_json *answer)
{
    if (!text) {
        const muster_diag *d = muster_diags_count(diags) > 0 ? muster_diags_at(diags, 0) : NULL;
        return step_refuse(s, answer, "%s%s%s", d ? d->message : "out of memory",
                           d && d->hint ? ". " : "", d && d->hint ? d->hint : "");
    }
    if (answer)
        mst_json_text(answer, "text", text);
    else
        fputs(text, stdout);
    muster_tell_free(text, NULL);
    return true;
}

static bool tell_of_state(step_session *s, const char *words, state_teller *teller,
                          mst_json *answer)
{
    const muster_tell tell = told_world(s);
    muster_diags *diags = muster_diags_create(NULL);
    const bool is_done =
        tell_screen(s, teller(&tell, *words ? words : NULL, NULL, false, diags), diags, answer);
    muster_diags_free(diags);
    return is_done;
}

bool step_why(step_session *s, char *words, mst_json *answer)
{
    if (!*words)
        return step_refuse(s, answer, "why takes a state");
    return tell_of_state(s, words, muster_tell_why, answer);
}

bool step_reach(step_session *s, char *words, mst_json *answer)
{
    return tell_of_state(s, words, muster_tell_reach, answer);
}

bool step_report(step_session *s, char *words, mst_json *answer)
{
    (void)words;
    const muster_tell tell = told_world(s);
    muster_diags *diags = muster_diags_create(NULL);
    const bool is_done = tell_screen(s, muster_tell_report(&tell, diags), diags, answer);
    muster_diags_free(diags);
    return is_done;
}

bool step_flip(step_session *s, char *words, mst_json *answer)
{
    const char *line[STEP_LINES_MAX + CLI_OPTIONS_MAX];
    const muster_changes changes = step_changes(s, s->mark.top, line);
    const muster_tell tell = told_world(s);
    const muster_flip_from from = {.text = s->base->text,
                                   .changes = &changes,
                                   .routes = s->world.routes ? s->world.routes : s->base->routes};
    if (!*words)
        return step_refuse(s, answer, "flip takes a state");
    muster_diags *diags = muster_diags_create(NULL);
    const bool is_done =
        tell_screen(s, muster_tell_flip(&tell, &from, words, NULL, false, diags), diags, answer);
    muster_diags_free(diags);
    return is_done;
}
