/* The field table of experiment files: one row a key. */
#include "experiment/file.h"

#include <math.h>

#define NONE ((double)NAN)
#define PLAIN MUSTER_FIELD_PLAIN
#define REQUIRED (MUSTER_FIELD_PLAIN | MUSTER_FIELD_REQUIRED)

#define REAL(type, member, unit_, min_, max_, doc_)                                                \
    {                                                                                              \
        .key = #member, .kind = MUSTER_FIELD_REAL, .flags = PLAIN, .unit = unit_, .min = min_,     \
        .max = max_, .fallback = NONE, .offset = offsetof(type, member), .doc = doc_               \
    }
#define WHOLE(type, member, min_, max_, fallback_, doc_)                                           \
    {                                                                                              \
        .key = #member, .kind = MUSTER_FIELD_INT, .flags = PLAIN, .min = min_, .max = max_,        \
        .fallback = fallback_, .offset = offsetof(type, member), .doc = doc_                       \
    }
#define YES_NO(type, member, fallback_, doc_)                                                      \
    {                                                                                              \
        .key = #member, .kind = MUSTER_FIELD_BOOL, .flags = PLAIN, .fallback = fallback_,          \
        .offset = offsetof(type, member), .doc = doc_                                              \
    }
#define TEXT(type, member, flags_, fallback_, doc_)                                                \
    {                                                                                              \
        .key = #member, .kind = MUSTER_FIELD_TEXT, .flags = flags_, .fallback = NONE,              \
        .fallback_text = fallback_, .offset = offsetof(type, member), .doc = doc_                  \
    }
#define CHOICE(type, member, choices_, flags_, doc_)                                               \
    {                                                                                              \
        .key = #member, .kind = MUSTER_FIELD_CHOICE, .flags = flags_, .choices = choices_,         \
        .fallback = NONE, .offset = offsetof(type, member), .doc = doc_                            \
    }
#define LIST_OF(type, member, kind_, flags_, doc_)                                                 \
    {                                                                                              \
        .key = #member, .kind = kind_, .flags = flags_, .fallback = NONE,                          \
        .offset = offsetof(type, member), .doc = doc_                                              \
    }
#define PART(type, member, key_, kind_, of_, of_type, flags_, doc_)                                \
    {                                                                                              \
        .key = key_, .kind = kind_, .flags = flags_, .fallback = NONE, .of = of_,                  \
        .item_bytes = sizeof(of_type), .offset = offsetof(type, member), .doc = doc_               \
    }
#define END                                                                                        \
    {                                                                                              \
        .key = NULL                                                                                \
    }

static const char *const roles[] = {"lever", "uncertainty", "noise", NULL};

static const muster_field head_rows[] = {
    TEXT(mst_file_head, id, REQUIRED, NULL, "Name of the experiment; its store is called so."),
    TEXT(mst_file_head, title, REQUIRED, NULL, "What it asks, in words."),
    TEXT(mst_file_head, shows, PLAIN | MUSTER_FIELD_PROSE, NULL,
         "What it is to show: a paragraph."),
    TEXT(mst_file_head, scenario, PLAIN, NULL,
         "The scenario file, seen from the folder of this file; without one `muster design` prints "
         "the points, for any other program to run."),
    TEXT(mst_file_head, variant, PLAIN, NULL,
         "A variant of the scenario that all points start from."),
    LIST_OF(mst_file_head, set, MUSTER_FIELD_TEXTS, PLAIN,
            "Changes that all points start from, \"PATH = VALUE\" each."),
    END};

static const muster_field method_rows[] = {
    TEXT(mst_file_method, name, REQUIRED, NULL, "How points are chosen; `muster list methods`."),
    WHOLE(mst_file_method, points, 1, 1e9, NONE,
          "Points; of saltelli rows of A (a power of two), of nolh at least so many."),
    WHOLE(mst_file_method, trajectories, 1, 1e6, NONE, "morris: trajectories."),
    WHOLE(mst_file_method, grid_levels, 2, 1000, NONE,
          "morris: levels of the grid, an even number."),
    WHOLE(mst_file_method, stacks, 1, 1000, NONE, "nolh: copies with columns rotated."),
    WHOLE(mst_file_method, centre_points, 0, 1000, NONE,
          "resolution-v, ccd: points at the centre."),
    WHOLE(mst_file_method, tries, 1, 100000, NONE, "lhs, nolh: designs to choose from."),
    TEXT(mst_file_method, criterion, PLAIN, NULL,
         "lhs: what the best is, maximin, least-correlation or none."),
    YES_NO(mst_file_method, midpoints, NONE,
           "lhs: the middle of each stratum, not a random place."),
    YES_NO(mst_file_method, second_order, NONE, "saltelli: also indices of pairs."),
    YES_NO(mst_file_method, luck, NONE,
           "saltelli: chance as one factor more; default: if runs have chance."),
    WHOLE(mst_file_method, seed, 0, 9e18, 1, "Seed of the design itself."),
    END};

static const muster_field runs_rows[] = {
    WHOLE(mst_file_runs, replications, 0, 2e9, 0,
          "Replications of each point, numbered from 1; 0, the default: the plan run, "
          "without chance."),
    WHOLE(mst_file_runs, seed, 0, 9e18, NONE, "Master seed; default: the scenario's."), END};

static const char *const select_kinds[] = {"kn", "ocba", NULL};
static const char *const preferences[] = {"more", "less", NULL};

static const muster_field select_rows[] = {
    CHOICE(mst_file_select, by, select_kinds, REQUIRED,
           "How: kn (beaten points get no more runs), ocba (runs go where they tell most)."),
    TEXT(mst_file_select, measure, PLAIN, NULL,
         "One of the measures, which points are judged by; default: the first."),
    CHOICE(mst_file_select, prefer, preferences, PLAIN,
           "Whether more or less of it is better; default: as the measure has it."),
    {.key = "worth",
     .kind = MUSTER_FIELD_REAL,
     .flags = PLAIN | MUSTER_FIELD_ABOVE,
     .min = 0.0,
     .max = 1e300,
     .fallback = NONE,
     .offset = offsetof(mst_file_select, worth),
     .doc = "kn: least difference of two means that matters, in the measure's unit."},
    REAL(mst_file_select, level, NULL, 0.51, 0.9999,
         "kn: least probability that the best is selected; default 0.95."),
    WHOLE(mst_file_select, first, 2, 1e6, 20,
          "Replications of every point before the first look; default 20."),
    WHOLE(mst_file_select, step, 1, 1e6, NONE,
          "kn: replications of each point left until the next look, default 10; ocba: runs of all "
          "points together, default a fiftieth of the budget, at least 10."),
    WHOLE(mst_file_select, most, 2, 1e6, 2000, "Replications of a point at most; default 2000."),
    WHOLE(mst_file_select, budget, 2, 1e9, NONE, "ocba: runs of all points together."),
    END};

static const muster_field factor_rows[] = {
    TEXT(mst_file_factor, lever, PLAIN, NULL,
         "A lever of the scenario: its path, range, label and unit, unless given here."),
    TEXT(mst_file_factor, path, PLAIN, NULL, "What it sets, as in a change."),
    TEXT(mst_file_factor, label, PLAIN, NULL, "In words."),
    TEXT(mst_file_factor, unit, PLAIN, NULL, "Of its values, in words."),
    {.key = "role",
     .kind = MUSTER_FIELD_CHOICE,
     .flags = PLAIN,
     .choices = roles,
     .fallback = NONE,
     .offset = offsetof(mst_file_factor, role),
     .doc = "lever: somebody's to choose; uncertainty: not known; noise: of no interest."},
    {.key = "min",
     .kind = MUSTER_FIELD_REAL,
     .fallback = NONE,
     .offset = offsetof(mst_file_factor, min),
     .doc = "Least value."},
    {.key = "max",
     .kind = MUSTER_FIELD_REAL,
     .fallback = NONE,
     .offset = offsetof(mst_file_factor, max),
     .doc = "Greatest value."},
    LIST_OF(mst_file_factor, levels, MUSTER_FIELD_VALUES, 0, "Its values, in place of a range."),
    WHOLE(mst_file_factor, steps, 2, 100000, NONE,
          "So many values from min to max, evenly spaced."),
    TEXT(mst_file_factor, dist, 0, NULL,
         "uniform, log-uniform, \"triangular LOW MODE HIGH\" or \"normal MEAN SD\" within min and "
         "max."),
    WHOLE(mst_file_factor, decimals, 0, 12, NONE, "Values are rounded to so many decimals."),
    LIST_OF(mst_file_factor, with, MUSTER_FIELD_TEXTS, PLAIN,
            "What is set along with it: a path (the same value) or \"PATH = VALUE\"."),
    END};

static const muster_field point_rows[] = {
    TEXT(mst_file_point, label, PLAIN, NULL, "Name of the point; default: its variant."),
    TEXT(mst_file_point, variant, PLAIN, NULL, "A variant of the scenario."),
    LIST_OF(mst_file_point, set, MUSTER_FIELD_TEXTS, PLAIN, "Changes, after those of the variant."),
    END};

static const muster_field file_rows[] = {
    PART(mst_file, head, "experiment", MUSTER_FIELD_GROUP, head_rows, mst_file_head, REQUIRED,
         "What it is."),
    PART(mst_file, method, "method", MUSTER_FIELD_GROUP, method_rows, mst_file_method, REQUIRED,
         "How points are chosen."),
    PART(mst_file, runs, "runs", MUSTER_FIELD_GROUP, runs_rows, mst_file_runs, PLAIN,
         "How often each point is run."),
    PART(mst_file, select, "select", MUSTER_FIELD_GROUP, select_rows, mst_file_select, PLAIN,
         "Runs are given out so as to find the best point."),
    PART(mst_file, factors, "factors", MUSTER_FIELD_TABLE, factor_rows, mst_file_factor, PLAIN,
         "What is varied."),
    PART(mst_file, points, "points", MUSTER_FIELD_LIST, point_rows, mst_file_point, PLAIN,
         "list: the points."),
    LIST_OF(mst_file, measures, MUSTER_FIELD_TEXTS, PLAIN,
            "Figures to keep of each run: NAME, NAME:ID or NAME:* (`muster list measures`)."),
    END};

const muster_field *muster_experiment_fields(void)
{
    return file_rows;
}
