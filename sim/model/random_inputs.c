#include "model/random_inputs.h"

#include "base/list.h"
#include "base/time.h"
#include "model/sea.h"

#include <math.h>
#include <string.h>

typedef struct lister {
    const mst_model *model;
    mst_arena *arena;
    mst_list list; /* mst_random_input */
} lister;

static void add(lister *l, const char *path, const char *what, const char *draws, const char *plan,
                bool varies)
{
    mst_random_input *row = mst_list_add(l->arena, &l->list, sizeof *row);
    if (row)
        *row = (mst_random_input){path, what, draws, plan, varies};
}

static bool is_fixed(const mst_dist *dist)
{
    return !(mst_dist_high(dist) > mst_dist_low(dist));
}

static const char *words_of(lister *l, const mst_dist *dist)
{
    char text[96];
    mst_dist_write(dist, text);
    return mst_arena_text(l->arena, text);
}

static bool is_ship(const mst_unit_row *row)
{
    return row->domain == MST_NAVAL;
}

/* A general key, and each thing that has a key of its own. */
static void add_delays(lister *l)
{
    const mst_dist general = mst_chance_general(&l->model->spec->chance).sailing_delay_h;
    bool any = false;
    for (int32_t i = 0; i < l->model->unit_count; i++)
        any = any || (is_ship(&l->model->unit[i]) && !l->model->unit[i].def->sailing_delay);
    if (any)
        add(l, "chance.sailing_delay_h", "delay of each ship at each sailing, h",
            words_of(l, &general), "0", !is_fixed(&general));
    for (int32_t i = 0; i < l->model->unit_count; i++) {
        const mst_unit_row *row = &l->model->unit[i];
        if (row->def->sailing_delay)
            add(l, mst_arena_printf(l->arena, "units.%s.sailing_delay_h", row->def->item.id),
                "the same of that ship, h", words_of(l, &row->sailing_delay_h), "0",
                is_ship(row) && !is_fixed(&row->sailing_delay_h));
    }
}

static void add_speeds(lister *l)
{
    const mst_dist general = mst_chance_general(&l->model->spec->chance).speed_factor;
    bool any = false;
    for (int32_t i = 0; i < l->model->unit_count; i++)
        any = any || is_ship(&l->model->unit[i]);
    if (any)
        add(l, "chance.speed_factor",
            "speed made good over speed planned, each leg of a group or ship",
            words_of(l, &general), "1", !is_fixed(&general));
    for (int32_t i = 0; i < l->model->group_count; i++) {
        const mst_group_row *row = &l->model->group[i];
        if (row->def && row->def->speed_factor)
            add(l, mst_arena_printf(l->arena, "groups.%s.speed_factor", row->id),
                "the same of that group's way out", words_of(l, &row->speed_factor), "1",
                !is_fixed(&row->speed_factor));
    }
}

static void add_lengths(lister *l)
{
    const mst_dist general = mst_chance_general(&l->model->spec->chance).duration_factor;
    bool any = false;
    for (int32_t i = 0; i < l->model->serial_count; i++)
        any = any || !l->model->serial[i].def->duration_factor;
    if (any)
        add(l, "chance.duration_factor", "length over plan of each serial", words_of(l, &general),
            "1", !is_fixed(&general));
    for (int32_t i = 0; i < l->model->serial_count; i++) {
        const mst_serial_row *row = &l->model->serial[i];
        if (row->def->duration_factor)
            add(l, mst_arena_printf(l->arena, "serials.%s.duration_factor", row->id),
                "the same of that serial", words_of(l, &row->duration_factor), "1",
                !is_fixed(&row->duration_factor));
    }
}

/* What an entry has serviceable in the plan run: "3 of 8". */
static const char *planned(lister *l, int32_t first)
{
    const mst_unit_row *row = &l->model->unit[first];
    int32_t ready = 0, all = 0;
    for (int32_t i = first; i < l->model->unit_count && l->model->unit[i].def == row->def; i++) {
        ready += l->model->unit[i].serviceable;
        all += l->model->unit[i].count;
    }
    return all == 1 ? (ready ? "yes" : "no")
                    : mst_arena_printf(l->arena, "%d of %d", (int)ready, (int)all);
}

/* A common factor shows only where a unit of the state is serviceable at times. */
static bool factor_matters(const mst_model *m, int32_t state)
{
    for (int32_t i = 0; i < m->unit_count; i++)
        if (m->unit[i].state == state && m->unit[i].readiness > 0.0 && m->unit[i].readiness < 1.0)
            return true;
    return false;
}

static void add_readiness(lister *l)
{
    for (int32_t i = 0; i < l->model->unit_count; i++) {
        const mst_unit_row *row = &l->model->unit[i];
        if (row->readiness <= 0.0 || row->readiness >= 1.0 ||
            (i > 0 && l->model->unit[i - 1].def == row->def))
            continue;
        add(l, mst_arena_printf(l->arena, "units.%s.readiness", row->def->item.id),
            is_ship(row) ? "ship serviceable at sailing" : "aircraft serviceable, each UTC day",
            mst_arena_printf(l->arena, "Bernoulli %g", row->readiness), planned(l, i), true);
    }
    for (int32_t i = 0; i < l->model->state_count; i++) {
        const mst_state_row *row = &l->model->state[i];
        if (row->readiness_correlation > 0.0)
            add(l, mst_arena_printf(l->arena, "states.%s.readiness_correlation", row->id),
                "factor common to the serviceability of its units",
                mst_arena_printf(l->arena, "normal 0 1, correlation %g",
                                 row->readiness_correlation),
                "none", factor_matters(l->model, i));
    }
}

/* The month's row of the climatology in words. */
static void add_month(lister *l, int32_t month, int32_t planned_state)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    const mst_list *climate = &l->model->spec->weather.climatology;
    double shape = 0.0, scale = 0.0;
    for (int32_t k = 0; k < climate->count; k++) {
        const mst_climate_def *row = MST_AT(const mst_climate_def, climate, k);
        if (row->month == month + 1)
            (void)mst_sea_weibull(row->mean_hs_m, row->p90_hs_m, &shape, &scale);
    }
    add(l, "weather.climatology",
        mst_arena_printf(l->arena, "wave height of each area and UTC day in %s, m", months[month]),
        mst_arena_printf(l->arena, "weibull %.3g %.3g", shape, scale),
        mst_arena_printf(l->arena, "state %d", (int)planned_state), true);
}

static void add_month_once(lister *l, int32_t month, int32_t planned_state, bool told[12])
{
    if (l->model->chance.sea_drawn[month] && !told[month])
        add_month(l, month, planned_state);
    told[month] = true;
}

/* Every month with a day of a drill in it, as the engine draws them. */
static void add_sea(lister *l)
{
    enum { DAYS = 367 }; /* after which every month was seen */
    bool told[12] = {false};
    for (int32_t i = 0; i < l->model->drill_count; i++) {
        const mst_drill_row *drill = &l->model->drill[i];
        muster_time day = drill->muster_at;
        for (int32_t k = 0; k < DAYS && day <= drill->end; k++, day += MUSTER_DAY)
            add_month_once(l, mst_time_month(day), drill->sea_state, told);
        add_month_once(l, mst_time_month(drill->end), drill->sea_state, told);
    }
}

static void add_successes(lister *l)
{
    bool any = false;
    for (int32_t i = 0; i < l->model->serial_count; i++) {
        const mst_serial_row *row = &l->model->serial[i];
        any = any || (row->p0 > 0.0 && (row->p0 < 1.0 || row->parts != 0));
    }
    if (l->model->serial_count > 0)
        add(l, "serials.*.p0", "success of each serial whose needs held", "Bernoulli P(success)",
            "with its P", any);
}

static void add_decisions(lister *l)
{
    int32_t candidates = 0;
    for (int32_t i = 0; i < l->model->drill_count; i++)
        candidates += l->model->drill[i].candidate_count;
    const bool draws = l->model->chance.draws_decisions;
    add(l, "chance.decisions", "each political stage of each candidate",
        draws ? "Bernoulli P of the stage" : "not drawn unless \"draw\"", "by sign",
        draws && candidates > 0);
}

int32_t mst_random_inputs(const mst_model *model, mst_arena *arena, mst_random_input **out)
{
    lister l = {.model = model, .arena = arena};
    add_readiness(&l);
    add_delays(&l);
    add_speeds(&l);
    add_sea(&l);
    add_lengths(&l);
    add_successes(&l);
    add_decisions(&l);
    *out = l.list.item;
    return arena->failed ? 0 : l.list.count;
}

bool mst_model_varies(const mst_model *model)
{
    mst_arena arena;
    mst_random_input *input = NULL;
    mst_arena_init(&arena, model->arena.memory);
    const int32_t count = mst_random_inputs(model, &arena, &input);
    bool any = arena.failed; /* unknown: taken as random */
    for (int32_t i = 0; i < count; i++)
        any = any || input[i].varies;
    mst_arena_clear(&arena);
    return any;
}
