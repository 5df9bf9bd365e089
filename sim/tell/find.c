/* States and drills that a question names, and what is said of those that the file does not have. */
#include "tell/page.h"

enum {
    STATES_LISTED = 20, /* as many are told with their names: no guess can be taken for an answer */
    DRILLS_LISTED = 3,
    IDS_MAX = 256
};

/* Takes both texts; an empty hint is none. */
static void say(muster_diags *diags, mst_text *message, mst_text *hint)
{
    if (message->failed || hint->failed)
        mst_diag_memory(diags);
    else
        mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, hint->bytes, "%s", message->bytes);
    mst_text_clear(message);
    mst_text_clear(hint);
}

/* ---- states ----------------------------------------------------------------------------------------- */

/* By its name, or one of its further display names, in capitals or not. */
static bool is_called(const mst_state_row *state, const char *name)
{
    if (state->name && mst_text_distance(state->name, name) == 0)
        return true;
    for (int32_t i = 0; state->def && i < state->def->names.count; i++)
        if (mst_text_distance(*MST_AT(const char *, &state->def->names, i), name) == 0)
            return true;
    return false;
}

/* "CHN (China)"; the id alone where that is its name. */
static void add_state(mst_text *text, const mst_state_row *state)
{
    mst_text_add(text, state->id);
    if (state->name && mst_text_distance(state->name, state->id) != 0)
        mst_text_printf(text, " (%s)", state->name);
}

/* All of them with their names, as a near id may be another country's: PRC is near PRK. */
static void add_states(mst_text *text, const mst_model *m)
{
    mst_text_add(text, m->state_count == 1 ? "; the state is " : "; the states are ");
    for (int32_t i = 0; i < m->state_count; i++) {
        mst_text_add(text, i ? ", " : "");
        add_state(text, &m->state[i]);
    }
}

/* Of many only the one that may be meant, again with its name; else how they are called. */
static void add_hint(mst_text *text, const mst_model *m, const char *id)
{
    const char *ids[IDS_MAX];
    const int32_t count = m->state_count < IDS_MAX ? m->state_count : IDS_MAX;
    for (int32_t i = 0; i < count; i++)
        ids[i] = m->state[i].id;
    const int32_t near = mst_text_nearest(id, ids, count);
    if (near < 0) {
        mst_text_add(text, "muster list states FILE lists them");
        return;
    }
    mst_text_add(text, "did you mean ");
    add_state(text, &m->state[near]);
    mst_text_add(text, "?");
}

int32_t mst_tell_find_state(const mst_page *page, const char *id, muster_diags *diags)
{
    const mst_model *m = page->model;
    int32_t found = mst_model_state(m, id);
    for (int32_t i = 0; i < m->state_count && found < 0; i++)
        if (is_called(&m->state[i], id))
            found = i;
    if (found >= 0)
        return found;
    mst_text message, hint;
    mst_text_init(&message, page->text.memory);
    mst_text_init(&hint, page->text.memory);
    mst_text_printf(&message, "no state '%s'", id);
    if (m->state_count > STATES_LISTED)
        add_hint(&hint, m, id);
    else if (m->state_count > 0)
        add_states(&message, m);
    say(diags, &message, &hint);
    return -1;
}

/* ---- drills ----------------------------------------------------------------------------------------- */

static void add_first(mst_text *text, const mst_model *m)
{
    const int32_t shown = m->drill_count < DRILLS_LISTED ? m->drill_count : DRILLS_LISTED;
    mst_text_add(text, m->drill_count == 1      ? "; the only one is "
                       : m->drill_count > shown ? "; the first are "
                                                : "; the drills are ");
    for (int32_t i = 0; i < shown; i++)
        mst_text_printf(text, "%s'%s'", i ? ", " : "", m->drill[i].id);
}

int32_t mst_tell_find_drill(const mst_page *page, const char *id, muster_diags *diags)
{
    const mst_model *m = page->model;
    const int32_t found = mst_model_drill(m, id);
    if (found >= 0)
        return found;
    if (m->drill_count == 0) {
        mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, NULL, "the scenario holds no drill");
        return -1;
    }
    const char *ids[IDS_MAX];
    const int32_t count = m->drill_count < IDS_MAX ? m->drill_count : IDS_MAX;
    for (int32_t i = 0; i < count; i++)
        ids[i] = m->drill[i].id;
    const int32_t near = mst_text_nearest(id, ids, count);
    mst_text message, hint;
    mst_text_init(&message, page->text.memory);
    mst_text_init(&hint, page->text.memory);
    mst_text_printf(&message, "no drill '%s'", id);
    if (near >= 0)
        mst_text_printf(&hint, "did you mean '%s'?", ids[near]);
    else
        add_first(&message, m);
    if (near < 0 && m->drill_count > DRILLS_LISTED)
        mst_text_add(&hint, "muster list drills FILE lists all");
    say(diags, &message, &hint);
    return -1;
}
