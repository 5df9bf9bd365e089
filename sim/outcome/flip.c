/* Every inclusion-minimal set of levers that flips a verdict. */
#include "outcome/flip_print.h"

#include "base/list.h"

#include <math.h>
#include <string.h>

/* While sets are gathered: all that are minimal, one bit a lever, and the nearest of them. */
typedef struct mst_flip_kept {
    mst_list found; /* uint32_t */
    mst_flip_set nearest;
    double nearest_cost; /* INFINITY: none yet */
} mst_flip_kept;
_Static_assert(MST_FLIP_LEVERS_MAX <= 32, "one bit a lever");

/* ---- what is asked ---------------------------------------------------------------------------------- */

static int32_t blocking_count(const mst_verdict *v)
{
    int32_t count = 0;
    for (int32_t i = 0; i < v->stage_count; i++)
        count += mst_stage_says_no(&v->stage[i]);
    return count;
}

static uint32_t assessed(const mst_verdict *now)
{
    uint32_t stages = 0;
    for (int32_t i = 0; i < now->stage_count; i++)
        stages |= now->stage[i].standing != MST_NOT_ASSESSED ? 1U << i : 0U;
    return stages;
}

/* The verdict as a whole is another. */
static mst_flip_goal whole_goal(const mst_verdict *now)
{
    return now->joins ? (mst_flip_goal){0, MST_FLIP_ANY, 0}
                      : (mst_flip_goal){(1U << now->stage_count) - 1U, -1, assessed(now)};
}

/* From no to yes: all stages at once. From yes to no: any stage, so one goal a stage. */
static int32_t goals_of(const mst_verdict *now, mst_flip_goal out[MST_STAGES_MAX])
{
    if (!now->joins) {
        out[0] = whole_goal(now);
        return 1;
    }
    for (int32_t i = 0; i < now->stage_count; i++)
        out[i] = (mst_flip_goal){0, i, 0};
    return now->stage_count;
}

/* ---- a set that was found --------------------------------------------------------------------------- */

/* The printed point, the whole way once more, and where each lever tips. */
static bool settle(mst_flip *flip, const int32_t *member, int32_t count,
                   const mst_flip_found *found, mst_flip_set *out)
{
    const mst_flip_goal goal = whole_goal(&flip->now);
    double x[MST_FLIP_LEVERS_MAX];
    memcpy(x, found->x, sizeof x);
    (void)mst_flip_round(flip, &goal, member, count, x);
    *out = (mst_flip_set){.count = count,
                          .least = found->is_proved ? found->least : (double)NAN,
                          .is_proved = found->is_proved};
    if (!flip->world.rerun(flip->world.context, x, &out->verdict) ||
        out->verdict.joins == flip->now.joins || !mst_flip_meets(&out->verdict, &goal))
        return false;
    for (int32_t i = 0; i < count; i++) {
        out->lever[i] = member[i];
        out->x[i] = x[member[i]];
        out->cost += mst_flip_cost(&flip->lever[member[i]], out->x[i]);
        out->tip[i] = mst_flip_tip(flip, &goal, member[i], x, &out->from[i]);
    }
    return true;
}

/* The cheapest over the goals. True when some goal is met. */
static bool find_cheapest(mst_flip *flip, const int32_t *member, int32_t count,
                          mst_flip_found *best)
{
    mst_flip_goal goal[MST_STAGES_MAX];
    const int32_t goals = goals_of(&flip->now, goal);
    bool is_proved = true;
    double least = INFINITY;
    *best = (mst_flip_found){.cost = INFINITY};
    for (int32_t i = 0; i < goals; i++) {
        mst_flip_found found;
        mst_flip_set_find(flip, &goal[i], member, count, &found);
        is_proved = is_proved && found.is_proved;
        least = fmin(least, found.least);
        if (found.is_found && found.cost < best->cost)
            *best = found;
    }
    best->is_proved = is_proved;
    best->least = least;
    return best->is_found;
}

static uint32_t mask_of(const int32_t *member, int32_t count)
{
    uint32_t mask = 0;
    for (int32_t i = 0; i < count; i++)
        mask |= 1U << member[i];
    return mask;
}

static bool is_minimal(const mst_flip *flip, uint32_t mask)
{
    for (int32_t i = 0; i < flip->kept->found.count; i++) {
        const uint32_t smaller = *MST_AT(const uint32_t, &flip->kept->found, i);
        if ((smaller & mask) == smaller)
            return false;
    }
    return true;
}

static void note_found(mst_flip *flip, uint32_t mask)
{
    uint32_t *found = mst_list_add(flip->arena, &flip->kept->found, sizeof *found);
    if (found)
        *found = mask;
}

/* The place of a set on the list: a new one, or that of the dearest of its size, if that one is dearer.
 * Sets come in order of size. -1: none. */
static int32_t place_of(const mst_flip *flip, int32_t count, double cost)
{
    int32_t dearest = -1;
    if (flip->set_count < MST_FLIP_SETS_MAX)
        return flip->set_count;
    for (int32_t i = 0; i < flip->set_count; i++)
        if (flip->set[i].count == count && flip->set[i].cost > cost &&
            (dearest < 0 || flip->set[i].cost > flip->set[dearest].cost))
            dearest = i;
    return dearest;
}

/* A minimal set: on the list if it belongs there, and remembered if it is the nearest so far. Whatever
 * is neither is only counted. */
static void take_in(mst_flip *flip, const int32_t *member, int32_t count,
                    const mst_flip_found *found)
{
    mst_flip_kept *kept = flip->kept;
    mst_flip_set set;
    const bool is_listed = place_of(flip, count, found->cost) >= 0;
    if (is_listed || found->cost < kept->nearest_cost) {
        if (!settle(flip, member, count, found, &set)) {
            flip->refused_count++;
            return;
        }
        if (set.cost < kept->nearest_cost) {
            kept->nearest = set;
            kept->nearest_cost = set.cost;
        }
        const int32_t at = place_of(flip, count, set.cost);
        if (at >= 0)
            flip->set[at] = set;
        flip->set_count += at == flip->set_count;
    }
    note_found(flip, mask_of(member, count));
}

static void look_at(mst_flip *flip, const int32_t *member, int32_t count)
{
    mst_flip_found found;
    flip->asked_count++;
    for (int32_t i = 0; i < count; i++)
        if (flip->lever[member[i]].kind == MST_LEVER_IDLE)
            return;
    if (!is_minimal(flip, mask_of(member, count)))
        return;
    if (mst_flip_ended(flip)) {
        flip->skipped_count++;
        return;
    }
    if (find_cheapest(flip, member, count, &found))
        take_in(flip, member, count, &found);
    else
        flip->searched_count += !found.is_proved;
}

/* ---- all of them ------------------------------------------------------------------------------------ */

static void each_set(mst_flip *flip, int32_t *member, int32_t size, int32_t at, int32_t first)
{
    if (at == size) {
        look_at(flip, member, size);
        return;
    }
    for (int32_t i = first; i < flip->lever_count; i++) {
        member[at] = i;
        each_set(flip, member, size, at + 1, i + 1);
    }
}

static bool is_before(const mst_flip_set *a, const mst_flip_set *b)
{
    return a->count != b->count ? a->count < b->count : a->cost < b->cost;
}

/* The nearest of all is listed, also where the list was full of sets of fewer levers. */
static void add_nearest(mst_flip *flip)
{
    const mst_flip_kept *kept = flip->kept;
    if (!isfinite(kept->nearest_cost))
        return;
    for (int32_t i = 0; i < flip->set_count; i++)
        if (flip->set[i].count == kept->nearest.count &&
            mask_of(flip->set[i].lever, flip->set[i].count) ==
                mask_of(kept->nearest.lever, kept->nearest.count))
            return;
    flip->set[flip->set_count++] = kept->nearest;
}

static void sort_sets(mst_flip *flip)
{
    add_nearest(flip);
    flip->left_out = flip->kept->found.count - flip->set_count;
    for (int32_t i = 1; i < flip->set_count; i++)
        for (int32_t k = i; k > 0 && is_before(&flip->set[k], &flip->set[k - 1]); k--) {
            const mst_flip_set other = flip->set[k];
            flip->set[k] = flip->set[k - 1];
            flip->set[k - 1] = other;
        }
    flip->nearest = flip->set_count > 0 ? 0 : -1;
    for (int32_t i = 1; i < flip->set_count; i++)
        if (flip->set[i].cost < flip->set[flip->nearest].cost)
            flip->nearest = i;
}

/* True if some set of this size turns one stage to yes; is_denied: else it is proved that none does. */
static bool turns_stage(mst_flip *flip, const mst_flip_goal *goal, int32_t *member, int32_t size,
                        int32_t at, int32_t first, bool *is_denied)
{
    if (at == size) {
        mst_flip_found found = {.is_proved = false};
        if (!mst_flip_ended(flip))
            mst_flip_set_find(flip, goal, member, size, &found);
        *is_denied = *is_denied && found.is_proved;
        return found.is_found;
    }
    for (int32_t i = first; i < flip->lever_count; i++) {
        member[at] = i;
        if (flip->lever[i].kind != MST_LEVER_IDLE &&
            turns_stage(flip, goal, member, size, at + 1, i + 1, is_denied))
            return true;
    }
    return false;
}

/* Where nothing flips the verdict, of each stage that blocks: how many levers turn it by itself. */
static void ask_stages(mst_flip *flip)
{
    const bool is_asked = !flip->now.joins && flip->set_count == 0;
    for (int32_t i = 0; i < flip->now.stage_count; i++) {
        const mst_flip_goal goal = {1U << i, -1, 1U << i};
        int32_t member[MST_FLIP_SET_MAX];
        flip->turned_by[i] = -1;
        if (!is_asked || !mst_stage_says_no(&flip->now.stage[i]))
            continue;
        flip->turned_by[i] = 0;
        flip->is_denied[i] = true;
        for (int32_t size = 1; size <= MST_FLIP_SET_MAX && flip->turned_by[i] == 0; size++)
            if (turns_stage(flip, &goal, member, size, 0, 0, &flip->is_denied[i]))
                flip->turned_by[i] = size;
    }
}

static bool open_search(mst_flip *flip)
{
    flip->set = mst_arena_array(flip->arena, MST_FLIP_SETS_MAX + 1, sizeof *flip->set);
    flip->kept = mst_arena_alloc(flip->arena, sizeof *flip->kept);
    if (!flip->set || !flip->kept)
        return false;
    *flip->kept = (mst_flip_kept){.nearest_cost = INFINITY};
    flip->set_count = 0;
    return true;
}

bool mst_flip_find(mst_flip *flip)
{
    int32_t member[MST_FLIP_SET_MAX];
    if (!open_search(flip))
        return false;
    const mst_flip_goal whole = whole_goal(&flip->now);
    const int32_t moved = mst_verdict_is_assessed(&flip->now) ? flip->lever_count : 0;
    for (int32_t i = 0; i < moved; i++)
        mst_flip_try_alone(flip, &whole, i, &flip->alone[i]);
    for (int32_t size = 1; size <= MST_FLIP_SET_MAX && size <= moved; size++)
        each_set(flip, member, size, 0, 0);
    sort_sets(flip);
    ask_stages(flip);
    bool is_single = false;
    for (int32_t i = 0; i < flip->set_count; i++)
        is_single = is_single || flip->set[i].count == 1;
    flip->is_overdetermined = !flip->now.joins && !is_single && blocking_count(&flip->now) >= 2;
    return !flip->arena->failed;
}
