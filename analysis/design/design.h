/** @file design.h
 * Designs of experiments: rows of points in a unit cube, one column a factor, with what each row is
 * for. A later layer turns columns into settings; what runs in which order is not known here.
 *
 * Everything is a function of the ask: the same ask gives the same bytes.
 *
 * A method is one file with a `const mst_design_method` and one line in list.def.
 */
#ifndef MST_ANALYSIS_DESIGN_DESIGN_H
#define MST_ANALYSIS_DESIGN_DESIGN_H

#include "muster/base.h"

#include <stdbool.h>
#include <stdint.h>

/** What a row is for. */
typedef enum mst_block_kind {
    MST_BLOCK_POINT,  /**< one of the points                                                    */
    MST_BLOCK_CENTRE, /**< the middle of the cube, or all factors as the scenario has them (NaN)  */
    MST_BLOCK_ONE,    /**< one factor set, the others left alone                                */
    MST_BLOCK_A,      /**< Saltelli's A, and B: two independent samples                         */
    MST_BLOCK_B,
    MST_BLOCK_AB,  /**< the A of its base row, with one column of B                              */
    MST_BLOCK_BA,  /**< the B of its base row, with one column of A                              */
    MST_BLOCK_STEP /**< a point of a Morris trajectory                                          */
} mst_block_kind;

typedef struct mst_block_of {
    mst_block_kind kind;
    int32_t factor;   /**< ONE: the factor set; AB, BA: whose column was exchanged (the number of
                           columns: luck, below); STEP: the one just moved, -1 at the start; else -1 */
    int64_t base_row; /**< A, B, AB, BA: row of A and B; STEP: trajectory; from 0, else 0 */
} mst_block_of;

typedef struct mst_design {
    int32_t columns;
    int64_t rows;
    double *unit;        /**< (rows x columns), row by row, in [0, 1]; NaN: leave the factor as the
                              scenario has it */
    mst_block_of *block; /**< (rows) */
    int64_t *seed_group; /**< (rows): rows of one group share random numbers; 0: those of the master
                              seed itself, the same for all such rows */
    const char *built;   /**< how it was made, a phrase without a full stop; static */
    int32_t tries;       /**< of so many designs this is the best by its criterion; 1: of itself */
    /** Of rows that are POINT, CENTRE, A or B: largest |correlation| between two columns and least
     * Euclidean distance between two rows. NaN: fewer than two such rows, no two columns that vary
     * (correlation), or more rows than it is worth: above 2e9 and 5e8 products of two numbers. */
    double largest_correlation, least_distance;
} mst_design;

/** Levels of the grid of a Morris design unless others are asked for. */
enum { MST_MORRIS_GRID = 4 };

/** What is asked. {0} with columns set is a good start: 0 or null means the default of a key. */
typedef struct mst_design_ask {
    int32_t columns;          /**< factors, 1 to 10,000 */
    const int32_t *levels;    /**< (columns): 0 continuous; n >= 1 discrete with n levels. Null: all
                                continuous. See mst_design_level */
    const char *const *names; /**< (columns), for messages; null: they are numbered from 1 */
    int64_t points;           /**< lhs, sobol, halton: rows; saltelli: rows of A; nolh: rows, 0 the
                                   fewest of the construction */
    int32_t trajectories;     /**< morris; 0: 10 */
    int32_t grid_levels;      /**< morris: even; 0: MST_MORRIS_GRID */
    int32_t stacks;           /**< nolh: copies with rotated columns; 0: 1 */
    int32_t centre_points;    /**< resolution-v, ccd: rows at the centre, 0 none */
    bool second_order;        /**< saltelli: also BA rows, for effects of pairs */
    bool luck;                /**< saltelli: chance as one factor more */
    bool midpoints;        /**< lhs: the middle of each stratum instead of a random place in it */
    const char *criterion; /**< lhs: "maximin", "least-correlation", "none"; null: "maximin" */
    int32_t tries;         /**< lhs, nolh: designs to choose from; 0: 50, fewer where that would
                                   take more than some seconds */
    uint64_t seed;         /**< master seed */
    int64_t rows_most;     /**< more rows are refused, 2^31 - 1 always; 0: 10 million */
} mst_design_ask;

/** Room for a sentence that says why not: what was found and what is allowed. It begins with a small
 * letter, if not with a name, and has no full stop. */
enum { MST_DESIGN_WHY = 200 };

typedef struct mst_design_method {
    const char *name;
    const char *doc;  /**< a sentence or two of at most 80 columns each, lines divided by \n */
    const char *uses; /**< keys of the ask that it reads besides columns, levels, names, seed and
                           rows_most, divided by one space */
    /** Rows it would have; INT64_MAX: that many or more. False: refused, with the reason; out_rows is
     * then left alone. */
    bool (*size)(const mst_design_ask *ask, int64_t *out_rows, char why[MST_DESIGN_WHY]);
    /** Fills arrays that have room for these rows. They come with blocks of kind POINT, factor -1,
     * base row 0 and seed group 0, with `built` null and tries 1. */
    muster_status (*fill)(const mst_design_ask *ask, mst_design *out, char why[MST_DESIGN_WHY]);
} mst_design_method;

/** The methods in the order of list.def; null past the end. */
const mst_design_method *mst_design_method_at(int32_t index);
/** Null: there is none of that name. */
const mst_design_method *mst_design_method_named(const char *name);
/** Does the method read this key ("points")? */
bool mst_design_uses(const mst_design_method *method, const char *key);

/** How many rows the design would have, without making it. Also where they are too many, and then it
 * is false with the reason. Otherwise out_rows is -1 where it is false. */
bool mst_design_rows(const char *method, const mst_design_ask *ask, int64_t *out_rows,
                     char why[MST_DESIGN_WHY]);

/** Makes a design. MUSTER_MISTAKE: refused, with the reason; nothing large was allocated.
 * MUSTER_WORLD: memory is short. Unless MUSTER_OK, out is {0}. Free with mst_design_free. */
muster_status mst_design_make(const char *method, const mst_design_ask *ask,
                              char why[MST_DESIGN_WHY], mst_design *out);
void mst_design_free(mst_design *design); /* leaves {0}; {0} and null are nothing to free */

/** The level, from 0, that a unit value means for a discrete factor of so many: each level has the
 * same share of [0, 1]. The middle of a level's share is mst_design_unit of it. */
int32_t mst_design_level(double unit, int32_t levels);
double mst_design_unit(int32_t level, int32_t levels); /* (level + .5) / levels */

#endif
