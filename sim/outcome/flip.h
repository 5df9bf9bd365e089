/** @file flip.h
 * The smallest changes of declared levers that flip a verdict (DEFINITIONS 9): the search, pure.
 *
 * Levers are of two sorts. What only rules read (attributes, ties, values of the drill) is moved on
 * the copies of a trial: a judgement costs microseconds, and bounds of every margin and of its slopes
 * over a box follow from the rules' forms, so that a search by branch and bound proves what it says.
 * Everything else (fuel, numbers of ships, bases, any other key) asks for a model compiled anew: a
 * scene, made by who knows how (sim/batch/flip.c). Whole numbers and choices are gone through; where
 * a lever without proven direction is left, the answer is found by search and says so.
 */
#ifndef MST_OUTCOME_FLIP_H
#define MST_OUTCOME_FLIP_H

#include "outcome/trial.h"

enum {
    MST_FLIP_LEVERS_MAX = 24,
    MST_FLIP_SET_MAX = 5,    /* levers moved together */
    MST_FLIP_CELLS_MAX = 8,  /* places that one lever moves on a trial */
    MST_FLIP_SETS_MAX = 100, /* listed, and one more: the nearest of all */
    /* Budgets of one search, from its first lever to its last stage: worlds made or looked up again (the
     * worked case asks for a tenth of it), and boxes of the branch and bound. */
    MST_FLIP_TRIES_MAX = 40000,
    MST_FLIP_NODES_MAX = 40000
};

/** A cheapest point is within this share of the dearest range of its levers of the least there is. */
#define MST_FLIP_TOLERANCE 1e-4

typedef enum mst_lever_kind {
    MST_LEVER_FAST,   /* only rules read it: moved on the trial                              */
    MST_LEVER_CHOICE, /* value = index of a choice; each is tried                           */
    MST_LEVER_WHOLE,  /* each whole value is tried                                          */
    MST_LEVER_ABLE,   /* acts on what fuel and readiness allow, and on no rule               */
    MST_LEVER_DEEP,   /* anything else that is a number: by search                          */
    MST_LEVER_IDLE    /* proved to touch nothing that the verdict reads                    */
} mst_lever_kind;

typedef struct mst_flip_lever {
    const mst_lever_def *def;
    mst_lever_kind kind;
    double min, max; /* in the lever's own unit; choice: 0 and count - 1                     */
    double now;      /* NaN: not given, or not among the choices                            */
    double cost;     /* of one unit of change; of one change where now is NaN or a choice   */
    double grid;     /* readable step of printed values: a power of ten, about range/1000   */
    bool is_rising;  /* ABLE: more never makes able less so, by the form of the reach test  */
    bool is_whole;   /* the file takes whole numbers only: those between are read rounded   */
} mst_flip_lever;

/** A model with some levers moved, judged, ready for more. Owned by who made it. */
typedef struct mst_flip_scene {
    mst_trial trial;
    mst_verdict verdict; /* with the levers of the trial where they stood */
    struct mst_flip_spot {
        int32_t count;
        mst_cell cell[MST_FLIP_CELLS_MAX];
        double base[MST_FLIP_CELLS_MAX]; /* as the scene has it */
    } spot[MST_FLIP_LEVERS_MAX];
    /* which lever moves a value, -1: none; shapes as in mst_values and drill_value */
    int8_t *attribute_lever, *mutual_lever, *directed_lever, *drill_lever;
} mst_flip_scene;

/** Who makes scenes. x: a value each lever; one that is NaN or at its `now` is not moved. */
typedef struct mst_flip_world {
    void *context;
    /** With all levers but the FAST ones moved as x says; null: the file does not allow it. It stays
     * while some more are asked for. */
    mst_flip_scene *(*scene)(void *context, const double *x);
    /** The whole way, text to plan run. @return false: not allowed */
    bool (*rerun)(void *context, const double *x, mst_verdict *out);
} mst_flip_world;

/** What is asked of a verdict: stages that must be yes (or were not assessed as things stand, and are not), or
 * one that must be no. */
typedef struct mst_flip_goal {
    uint32_t yes;   /* bit set of stages */
    int32_t no;     /* stage; -1: none; MST_FLIP_ANY: some stage */
    uint32_t known; /* of those in yes, which must be assessed: what cannot be judged is no yes */
} mst_flip_goal;
enum { MST_FLIP_ANY = -2 };

/** What a lever does alone to one stage, or to the verdict. */
typedef struct mst_flip_turn {
    bool turns;
    double at; /* where, nearest to now: a continuous lever's tipping value, else the first value */
    double from; /* as printed (turn.h): turns itself, a step nearer to now does not, or is out of
                    range; NaN: none does */
} mst_flip_turn;

typedef struct mst_flip_alone {
    mst_flip_turn stage[MST_STAGES_MAX], verdict;
    bool is_proved;      /* a stage that is not turned is turned nowhere in the range */
    int32_t value_count; /* judged */
} mst_flip_alone;

typedef struct mst_flip_set {
    int32_t count;
    int32_t lever[MST_FLIP_SET_MAX];
    double x[MST_FLIP_SET_MAX];   /* as printed                                             */
    double tip[MST_FLIP_SET_MAX]; /* others at x: where the verdict turns; of whole numbers and
                                     choices the value next to x at which it does not flip  */
    double
        from[MST_FLIP_SET_MAX]; /* of a number the tip as printed, as in mst_flip_turn; else NaN */
    double cost;                /* of x                                                   */
    double least; /* no point of the set's box that flips costs less; NaN: not proved */
    bool is_proved;
    mst_verdict verdict; /* of the whole way with x */
} mst_flip_set;

typedef struct mst_flip {
    /* given */
    const mst_flip_lever *lever;
    int32_t lever_count;
    mst_flip_world world;
    mst_arena *arena;
    bool may_prove; /* false: another drill may move what this one reads */
    /* found */
    mst_verdict now;
    mst_flip_alone alone[MST_FLIP_LEVERS_MAX];
    mst_flip_set *set;                 /* in order of number of levers, then cost */
    int32_t set_count;                 /* listed */
    int32_t left_out;                  /* minimal sets that were found and are not listed   */
    int32_t asked_count;               /* sets of levers up to the size asked               */
    int32_t searched_count;            /* of these, how many were denied by search only     */
    int32_t skipped_count;             /* of these, how many were not looked at: no budget  */
    int32_t nearest;                   /* index, of all that were found; -1: none           */
    int32_t refused_count;             /* points that the whole way did not confirm         */
    int32_t turned_by[MST_STAGES_MAX]; /* levers needed to turn a stage alone; 0: none found;
                                          -1: not asked                               */
    bool is_denied[MST_STAGES_MAX];    /* turned_by 0 is proved */
    bool is_overdetermined;
    int64_t node_count;            /* boxes, at most MST_FLIP_NODES_MAX  */
    int64_t tried_count;           /* worlds, at most MST_FLIP_TRIES_MAX */
    bool nodes_ended, tries_ended; /* a budget was not enough */
    struct mst_flip_node *node;    /* scratch of the branch and bound */
    struct mst_flip_kept *kept;    /* scratch while sets are gathered */
} mst_flip;

static inline bool mst_flip_ended(const mst_flip *flip)
{
    return flip->nodes_ended || flip->tries_ended;
}

/** Where a lever's way begins: where it stands, else the least it may be. */
static inline double mst_flip_start(const mst_flip_lever *lever)
{
    return lever->now == lever->now ? lever->now : lever->min;
}

/** The value of its range that is nearest to where it stands: where that is, unless it is out of range. */
static inline double mst_flip_first(const mst_flip_lever *lever)
{
    const double start = mst_flip_start(lever);
    return start < lever->min ? lever->min : start > lever->max ? lever->max : start;
}

/** True if that value is a move already: it stands nowhere, or out of its range. */
static inline bool mst_flip_first_is_moved(const mst_flip_lever *lever)
{
    return mst_flip_first(lever) != lever->now;
}

static inline bool mst_flip_is_counted(const mst_flip_lever *lever)
{
    return lever->kind == MST_LEVER_CHOICE || lever->kind == MST_LEVER_WHOLE;
}

/** Everything; nothing where no stage is assessed, so that there is no verdict. False: memory is short. */
bool mst_flip_find(mst_flip *flip);

/** What moving a lever to x costs; 0 when it is not moved. */
double mst_flip_cost(const mst_flip_lever *lever, double x);
/** What moving it over its whole range costs; a choice: one change. */
double mst_flip_range_cost(const mst_flip_lever *lever);
bool mst_flip_moved(const mst_flip_lever *lever, double x);

/** The verdict of a scene with its FAST levers at x; valid until the next call. */
const mst_verdict *mst_flip_judge(mst_flip_scene *scene, const mst_flip *flip, const double *x);
bool mst_flip_meets(const mst_verdict *verdict, const mst_flip_goal *goal);

/** Places in a trial that a path moves; false: rules read no such value. */
bool mst_flip_spot_of(const mst_trial *trial, const mst_cell *cell, int32_t cell_count,
                      const char *path, struct mst_flip_spot *out);

/** Makes the maps of a scene whose trial and spots are filled. False: memory is short. */
bool mst_flip_scene_map(mst_flip_scene *scene, int32_t lever_count, mst_arena *arena);

#endif
