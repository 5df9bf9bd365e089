/* Levers in words: their names, their values, who moves them. */
#include "tell/flip.h"

#include "model/ledger.h"
#include "model/walk.h"
#include "outcome/turn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *mst_flip_label(const mst_lever_def *def)
{
    return def->label ? def->label : def->item.id ? def->item.id : def->path;
}

const char *mst_flip_source(mst_page *page, const mst_lever_def *def)
{
    const mst_fact *fact = mst_spec_fact(page->spec, def->path);
    if (!fact)
        return "default";
    if (fact->confidence == MUSTER_ASSUMED || mst_source_is_assumed(fact->source))
        return "assumed";
    if (!fact->source)
        return fact->confidence == MUSTER_UNSOURCED ? "none"
                                                    : mst_confidence_names[fact->confidence];
    return mst_page_cite(page, fact->source);
}

/* ---- values ------------------------------------------------------------------------------------------- */

const char *mst_flip_value_words(const mst_flip_page *p, int32_t lever, double x)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    char text[32];
    if (isnan(x))
        return "none";
    if (l->kind == MST_LEVER_CHOICE)
        return *MST_AT(const char *const, &l->def->choices, (int32_t)x);
    return mst_page_printf(p->page, "%s", mst_text_shortest(x, text));
}

/* With the digits of its range; with more of them where the search had to go finer. */
static const char *turn_number(const mst_flip_page *p, const mst_flip_lever *l, double from)
{
    const char *text = "";
    for (int32_t decimals = mst_turn_decimals(l->max - l->min); decimals <= 15; decimals++) {
        text = mst_page_turn(p->page, from, decimals);
        if (strtod(text, NULL) == from)
            break;
    }
    return text;
}

const char *mst_flip_turn_words(const mst_flip_page *p, int32_t lever, double from)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    if (isnan(from) || l->kind == MST_LEVER_CHOICE)
        return "-";
    const char *number =
        l->is_whole ? mst_flip_value_words(p, lever, from) : turn_number(p, l, from);
    return isnan(l->now) ? number
                         : mst_page_printf(p->page, "%s %s", number, from > l->now ? "up" : "down");
}

const char *mst_flip_cost_words(const mst_flip_page *p, double cost)
{
    return mst_page_printf(p->page, cost < 1000.0 ? "%.3f" : "%.4g", cost);
}

const char *mst_flip_stage_words(const mst_flip_page *p, const mst_stage_result *stage)
{
    return stage->stage == MST_ADMIT
               ? mst_page_printf(p->page, "admitted by %s", mst_page_state(p->page, stage->host))
               : mst_page_stage(p->page, stage);
}

/* ---- who moves it --------------------------------------------------------------------------------------- */

enum { CANDIDATE, HOST, THIRD, NOBODY };

static int32_t state_of(const mst_flip_page *p, const char *id)
{
    return id ? mst_model_state(p->page->model, id) : -1;
}

/* The name between the first two points of a path. */
static bool name_in(const char *path, char out[64])
{
    const char *first = strchr(path, '.');
    const size_t length = first ? strcspn(first + 1, ".") : 0;
    if (length == 0 || length > 63)
        return false;
    memcpy(out, first + 1, length);
    out[length] = '\0';
    return true;
}

static const mst_tie_def *tie_of(const mst_flip_page *p, const char *path)
{
    char id[64];
    const mst_list *ties = &p->page->spec->ties;
    const int32_t at = strncmp(path, "ties.", 5) == 0 && name_in(path, id)
                           ? mst_table_find(ties, sizeof(mst_tie_def), id)
                           : -1;
    return at >= 0 ? MST_AT(const mst_tie_def, ties, at) : NULL;
}

/* The state whose own figure it is: of its attributes, of what it is to another, of its units. What is owed
 * is felt by the one who owes, and a service from a to b is owed by b. -1: nobody's alone. */
static int32_t owner_of(const mst_flip_page *p, const char *path)
{
    char id[64];
    const mst_tie_def *tie = tie_of(p, path);
    const bool is_forward = strstr(path, ".a_to_b.") != NULL;
    if (tie && (is_forward || strstr(path, ".b_to_a."))) {
        const char *dot = strrchr(path, '.');
        const bool is_debt = strcmp(dot + 1, MST_LEDGER) == 0;
        return state_of(p, is_forward != is_debt ? tie->a.id : tie->b.id);
    }
    if (strncmp(path, "states.", 7) == 0 && name_in(path, id))
        return state_of(p, id);
    return -1;
}

static int32_t unit_state(const mst_flip_page *p, const char *path)
{
    char id[64];
    const mst_list *units = &p->page->spec->units;
    const int32_t at = strncmp(path, "units.", 6) == 0 && name_in(path, id)
                           ? mst_table_find(units, sizeof(mst_unit_def), id)
                           : -1;
    return at >= 0 ? state_of(p, MST_AT(const mst_unit_def, units, at)->state.id) : -1;
}

static bool is_host(const mst_flip_page *p, int32_t state)
{
    const mst_drill_row *d = &p->page->model->drill[p->page->drill];
    for (int32_t i = 0; i < d->host_count; i++)
        if (d->host[i] == state)
            return true;
    return false;
}

static void add(mst_flip_control *out, int32_t state)
{
    if (state >= 0 && out->state_count < MST_STAGES_MAX)
        out->state[out->state_count++] = state;
}

/* Of a tie that belongs to both: the ends that play the part. */
static void add_ends(const mst_flip_page *p, const mst_tie_def *tie, bool hosts,
                     mst_flip_control *out)
{
    const int32_t a = state_of(p, tie->a.id), b = state_of(p, tie->b.id);
    if (a >= 0 && is_host(p, a) == hosts)
        add(out, a);
    if (b >= 0 && is_host(p, b) == hosts)
        add(out, b);
}

static void add_hosts(const mst_flip_page *p, mst_flip_control *out)
{
    const mst_drill_row *d = &p->page->model->drill[p->page->drill];
    for (int32_t i = 0; i < d->host_count; i++)
        add(out, d->host[i]);
}

mst_flip_control mst_flip_controlled(const mst_flip_page *p, const mst_lever_def *def)
{
    static const char *const roles[] = {"candidate", "host", "third party", "nobody"};
    const int32_t role = def->controls >= 0 && def->controls < NOBODY ? def->controls : NOBODY;
    mst_flip_control out = {.role = roles[role]};
    const int32_t owner = owner_of(p, def->path);
    const mst_tie_def *tie = tie_of(p, def->path);
    if (role > HOST)
        return out;
    if (owner >= 0) {
        add(&out, owner);
        out.role = is_host(p, owner)                                             ? roles[HOST]
                   : mst_verdict_of(p->page->run, p->page->drill, owner) != NULL ? roles[CANDIDATE]
                                                                                 : roles[THIRD];
    } else if (tie) {
        add_ends(p, tie, role == HOST, &out);
    } else if (role == CANDIDATE) {
        const int32_t state = unit_state(p, def->path);
        add(&out, state >= 0 ? state : p->flip->now.state);
    } else {
        /* a drill is its hosts' together; anything else any of them could give */
        out.is_any = strncmp(def->path, "drills.", 7) != 0;
        add_hosts(p, &out);
    }
    return out;
}

const char *mst_flip_controller(const mst_flip_page *p, const mst_lever_def *def)
{
    const mst_flip_control who = mst_flip_controlled(p, def);
    const char *words = "";
    if (who.state_count == 0)
        return who.role;
    if (!who.is_any)
        return mst_page_states(p->page, who.state, who.state_count);
    for (int32_t i = 0; i < who.state_count; i++)
        words = mst_page_printf(p->page, "%s%s%s", words,
                                i == 0                     ? ""
                                : i == who.state_count - 1 ? " or "
                                                           : ", ",
                                mst_page_state(p->page, who.state[i]));
    return words;
}
