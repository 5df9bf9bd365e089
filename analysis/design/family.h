/** @file family.h
 * A family of Latin hypercubes whose columns are all but uncorrelated: 2^m + 1 rows and up to
 * q = 2^(m-1) columns.
 *
 * The design is [T; 0; -T] (Ye 1998). Column c of T holds in row i (from 0)
 *     sign(i, c) size[i xor c],   sign(i, c) = (-1)^(number of ones in (i and gray(c))),
 * with a permutation `size` of 1..q and gray(c) = c xor (c >> 1). The permutations i -> i xor c with
 * c = 2^k - 1 are Ye's reversals A_k, and those with one run of ones the products A_i A_j of Cioppa
 * and Lucas (2007). As T and -T mirror each other, no column is correlated with the square of one or
 * with the product of two.
 *
 * With size[i] = i + 1 all q columns are orthogonal; that so many can be is due to Sun, Liu and Lin
 * (2009). Proof for the signs above: with r_b(i) = (-1)^(bit b of i), i + 1 is
 * (q + 1)/2 - (1/2) sum 2^b r_b(i). The product of columns c and d, summed over i, is but for its sign
 * the coefficient of the character gray(s), s = c xor d, in (i + 1)((i xor s) + 1). That has
 * characters of two bits at most. The one of bit b alone is proportional to 1 + r_b(s), that of bits b
 * and b' to r_b(s) + r_b'(s). gray(s) has a one where a bit of s differs from the next higher one.
 * If it has one, at b, s is ones from bit b downwards: 1 + r_b(s) = 0. If it has two, b > b', s is
 * ones from b down to b' + 1 and zeros below: r_b(s) = -1 and r_b'(s) = 1. QED.
 *
 * But then squares of columns are nearly the same, or nearly opposite (correlations of .9 with 17 rows,
 * 1.00 with 257), and no one could tell one factor's curvature from another's. So, as Cioppa and Lucas
 * do, a better order of sizes is looked for: here one by which squares are little correlated too.
 */
#ifndef MST_ANALYSIS_DESIGN_FAMILY_H
#define MST_ANALYSIS_DESIGN_FAMILY_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct mst_family {
    int32_t m;    /* 1 to 30 */
    double *size; /* (2^(m-1)): a permutation of 1..2^(m-1) */
} mst_family;

/** Entry of a row 0..2^m of a column 0..2^(m-1) - 1: a whole number in -2^(m-1)..2^(m-1), each once
 * in a column. */
double mst_family_entry(const mst_family *family, uint32_t column, int64_t row);

/** The order 1, 2, 3, ..., by which all columns are orthogonal. */
void mst_family_plain(mst_family *family);

/** Correlations of two columns and of their squares depend on c xor d alone, their difference. */
typedef struct mst_differences {
    int32_t count;
    uint32_t *difference; /* (count): of the columns in use, each once */
    double *linear;       /* (count): room; sums of products */
    double *square;       /* (count): room; sums of products of squares */
} mst_differences;

/** Shuffles the sizes and exchanges them as long as that helps. True: no two columns are correlated
 * above MST_NEARLY_ORTHOGONAL, with 17 rows or fewer not at all. out_square: the largest |correlation|
 * between squares of two columns. */
bool mst_family_search(mst_family *family, const mst_differences *used, gsl_rng *rng,
                       double *out_square);

/** About how many products of two numbers one search takes. */
double mst_family_search_cost(const mst_family *family, int32_t differences);

#endif
