#include "align/theory/hedonic.h"

#include "align/theory/reason.h"

#include <math.h>
#include <string.h>

#define PLAYERS MST_HEDONIC_PLAYERS_MAX
#define SETS (1u << PLAYERS)
#define KEEP_MAX 115975 /* Bell number of 10 */
#define TOLERANCE 1e-12

/** A kind of partitions while they are collected. */
typedef struct list {
    int64_t count;
    int32_t kept;
    uint8_t *label;
} list;

typedef struct search {
    int32_t n, keep;
    double nearly;   /* differences up to this are none */
    const double *v; /* n x n */
    double *u;       /* u[i x SETS + set]: of the set to its member i */
    uint16_t *rival; /* sets all of whose members would rather be in them than alone */
    int32_t rivals;
    uint8_t label[PLAYERS];
    uint16_t block[PLAYERS]; /* members of each coalition */
    int32_t blocks;
    list nash, individual, core, best;
    double best_value;
    int64_t count;
} search;

static const char *game_fault(const double *v, int32_t players, int32_t keep)
{
    if (players < 1 || players > PLAYERS)
        return "the number of players is not in 1..10";
    if (keep < 0 || keep > KEEP_MAX)
        return "the number of partitions to keep is not in 0..115,975";
    for (int32_t i = 0; i < players * players; i++) {
        if (!isfinite(v[i]))
            return "a value is not a number";
        if (i % (players + 1) == 0 && v[i] != 0.0)
            return "a value on the diagonal is not 0";
    }
    return NULL;
}

static double widest_row(const double *v, int32_t n)
{
    double widest = 0.0;
    for (int32_t i = 0; i < n; i++) {
        double sum = 0.0;
        for (int32_t j = 0; j < n; j++)
            sum += fabs(v[i * n + j]);
        widest = fmax(widest, sum);
    }
    return widest;
}

static double of_set(const search *s, int32_t player, uint32_t set)
{
    return s->u[(size_t)player * SETS + set];
}

static void value_sets(search *s)
{
    for (int32_t i = 0; i < s->n; i++) {
        double *const u = &s->u[(size_t)i * SETS];
        for (int32_t j = 0; j < s->n; j++) {
            for (uint32_t set = 0; set < 1u << j; set++)
                u[set | 1u << j] = u[set] + s->v[i * s->n + j];
        }
    }
}

/**
 * Sets that can break a partition. One with a member i that would rather be alone need not be looked
 * at: what i leaves for it is worse still, so {i} breaks that partition too.
 */
static void find_rivals(search *s)
{
    for (uint32_t set = 1; set < 1u << s->n; set++) {
        bool is_liked = true;
        for (int32_t i = 0; i < s->n && is_liked; i++)
            is_liked = !(set >> i & 1u) || of_set(s, i, set) > 0.0;
        if (is_liked || (set & (set - 1)) == 0)
            s->rival[s->rivals++] = (uint16_t)set;
    }
}

static void collect(search *s, list *kind)
{
    if (kind->kept < s->keep) {
        memcpy(&kind->label[(size_t)kind->kept * (size_t)s->n], s->label, (size_t)s->n);
        kind->kept++;
    }
    kind->count++;
}

/** Nobody in the block is worse off with player i in it. */
static bool is_welcome(const search *s, int32_t i, uint32_t block)
{
    for (int32_t j = 0; j < s->n; j++) {
        if (block >> j & 1u && s->v[j * s->n + i] < -s->nearly)
            return false;
    }
    return true;
}

/** Looks at every move of one player; the empty coalition is the block numbered `blocks`. */
static void look_at_moves(const search *s, const double *own, bool *out_nash, bool *out_individual)
{
    *out_nash = *out_individual = true;
    for (int32_t i = 0; i < s->n && *out_individual; i++) {
        for (int32_t b = 0; b <= s->blocks && *out_individual; b++) {
            const uint32_t block = b < s->blocks ? s->block[b] : 0u;
            if (b == s->label[i] || of_set(s, i, block | 1u << i) <= own[i] + s->nearly)
                continue;
            *out_nash = false;
            *out_individual = !is_welcome(s, i, block);
        }
    }
}

static bool breaks(const search *s, uint32_t set, const double *own)
{
    for (int32_t i = 0; i < s->n; i++) {
        if (set >> i & 1u && of_set(s, i, set) <= own[i] + s->nearly)
            return false;
    }
    return true;
}

static bool is_core(const search *s, const double *own)
{
    for (int32_t k = 0; k < s->rivals; k++) {
        if (breaks(s, s->rival[k], own))
            return false;
    }
    return true;
}

static void sort_partition(search *s)
{
    double own[PLAYERS], total = 0.0;
    for (int32_t i = 0; i < s->n; i++) {
        own[i] = of_set(s, i, s->block[s->label[i]]);
        total += own[i];
    }
    bool is_nash, is_individual;
    look_at_moves(s, own, &is_nash, &is_individual);
    if (is_nash)
        collect(s, &s->nash);
    if (is_individual)
        collect(s, &s->individual);
    if (is_core(s, own))
        collect(s, &s->core);
    if (s->count == 0 || total > s->best_value + s->nearly) {
        s->best_value = total;
        s->best.count = 0;
        s->best.kept = 0;
    }
    if (total >= s->best_value - s->nearly)
        collect(s, &s->best);
    s->count++;
}

/** Puts player i in every coalition there is, then in one of its own. */
static void place(search *s, int32_t i)
{
    if (i == s->n) {
        sort_partition(s);
        return;
    }
    const int32_t blocks = s->blocks;
    for (int32_t b = 0; b <= blocks; b++) {
        s->label[i] = (uint8_t)b;
        s->blocks = b < blocks ? blocks : blocks + 1;
        s->block[b] = (uint16_t)(s->block[b] | 1u << i);
        place(s, i + 1);
        s->block[b] = (uint16_t)(s->block[b] & ~(1u << i));
    }
    s->blocks = blocks;
}

static bool make_list(list *kind, const search *s, mst_arena *arena)
{
    /* One byte more: an array has something in it. */
    kind->label = mst_arena_array(arena, (size_t)s->keep * (size_t)s->n + 1, sizeof *kind->label);
    return kind->label != NULL;
}

static mst_partitions partitions_of(const list *kind)
{
    return (mst_partitions){kind->count, kind->kept, kind->label};
}

muster_status mst_hedonic_solve(const double *v, int32_t players, int32_t keep, mst_arena *arena,
                                mst_hedonic *out, const char **reason)
{
    const char *const fault = game_fault(v, players, keep);
    if (fault)
        return mst_refuse(reason, fault);
    const double widest = widest_row(v, players);
    if (!isfinite(widest))
        return mst_refuse(reason, "the values add up to more than a number holds");
    search s = {.n = players, .keep = keep, .v = v, .nearly = TOLERANCE * widest};
    s.u = mst_arena_array(arena, (size_t)players * SETS, sizeof *s.u);
    s.rival = mst_arena_array(arena, SETS, sizeof *s.rival);
    if (!s.u || !s.rival || !make_list(&s.nash, &s, arena) ||
        !make_list(&s.individual, &s, arena) || !make_list(&s.core, &s, arena) ||
        !make_list(&s.best, &s, arena))
        return mst_out_of_memory(reason);
    value_sets(&s);
    find_rivals(&s);
    place(&s, 0);
    *out = (mst_hedonic){.partition_count = s.count,
                         .nash = partitions_of(&s.nash),
                         .individual = partitions_of(&s.individual),
                         .core = partitions_of(&s.core),
                         .best = partitions_of(&s.best),
                         .best_value = s.best_value};
    return MUSTER_OK;
}
