/* Sobol indices: what to be careful about. */
#include "analyses/percent.h"
#include "analyses/sentence.h"
#include "analyses/sobol_parts.h"

#include <inttypes.h>
#include <math.h>

enum { ROWS_WANTED = 4096, EASY_FACTORS = 10 };
enum { SEQUENCE_FACTORS = 20 }; /* beyond, A and B are no sequence but Latin hypercubes */

bool mst_sobol_is_beyond(const mst_bootstrapped *b)
{
    static const double rounding = 5e-4; /* a table shows tenths of a per cent */
    const double least = fmin(b->value, mst_low(b)), most = fmax(b->value, mst_high(b));
    return least < -rounding || most > 1.0 + rounding;
}

static bool is_factor_beyond(const mst_sobol_factor *x)
{
    return mst_sobol_is_beyond(&x->s) || mst_sobol_is_beyond(&x->st);
}

static bool has_result_beyond(const mst_sobol_result *r)
{
    for (int32_t i = 0; i < r->factors; i++)
        if (is_factor_beyond(&r->factor[i]))
            return true;
    for (int32_t i = 0; r->pair && i < r->factors * r->factors; i++)
        if (mst_sobol_is_beyond(&r->pair[i]))
            return true;
    return mst_sobol_is_beyond(&r->sum) || mst_sobol_is_beyond(&r->rest) ||
           (r->has_luck && is_factor_beyond(&r->luck));
}

bool mst_sobol_has_beyond(const mst_sobol_found *f)
{
    bool has = has_result_beyond(&f->all) || (f->has_noise && mst_sobol_is_beyond(&f->noise.share));
    for (int p = 0; f->has_prefixes && p < MST_SOBOL_PREFIXES; p++)
        has = has || has_result_beyond(&f->prefix[p]);
    return has;
}

/* An estimate that is cut off at 0 is too high on the average, and its interval misses the truth. */
void mst_sobol_say_beyond(const mst_sobol_found *f, muster_section *section)
{
    if (mst_sobol_has_beyond(f))
        muster_section_say(section,
                           "Shares and ends of intervals below 0 or above 100 %% are sampling "
                           "error, left as computed: read them as 0, or as 100 %%.");
}

void mst_sobol_warn_of_rows(const mst_sobol_found *f, muster_section *section)
{
    const mst_sobol_result *r = &f->all;
    if (r->warnings & MST_SOBOL_DROPPED)
        muster_section_say(section,
                           "Caution: %" PRId64 " of %" PRId64 " base rows are dropped, for a point "
                           "of theirs is missing, failed or has no figure. If that depends on the "
                           "settings, the indices are not of all of them.",
                           r->rows_dropped, r->rows_used + r->rows_dropped);
    if (r->warnings & MST_SOBOL_FEW_ROWS)
        muster_section_say(section,
                           "Caution: %" PRId64 " base rows are few: below %d indices may be off by "
                           "more than 0.1, and intervals are doubtful.",
                           r->rows_used, (int)MST_SOBOL_FEW);
    if (r->factors > EASY_FACTORS && r->factors <= SEQUENCE_FACTORS && r->rows_used < ROWS_WANTED)
        muster_section_say(section,
                           "Caution: with more than %d factors columns of A and B correlate while "
                           "rows are few; take points = %d or more.",
                           (int)EASY_FACTORS, (int)ROWS_WANTED);
    if (f->runs->has_some_ba)
        muster_section_say(section, "Caution: points of block 'ba' are not there for every factor, "
                                    "so pairs are not told.");
}

void mst_sobol_warn_of_signs(const mst_sobol_found *f, muster_section *section)
{
    const mst_sobol_result *r = &f->all;
    if (r->warnings & MST_SOBOL_CORRELATED)
        muster_section_say(section,
                           "Caution: figures of A and of B correlate (r = %.2f), more than by "
                           "chance. A and B are then not independent, or their runs share random "
                           "numbers, and the indices are wrong.",
                           r->correlation);
    if (r->warnings & MST_SOBOL_SUM_ABOVE_1)
        muster_section_say(section,
                           "Caution: the S add up to more than 1, beyond their interval. "
                           "Rows are too few, or A and B not independent; take points = "
                           "%" PRId64 " or more in the file's method.",
                           4 * r->rows_used);
    if (!(r->warnings & MST_SOBOL_ST_BELOW_S))
        return;
    mst_sentence t = {.used = 0};
    for (int32_t i = 0; i <= r->factors; i++) {
        const bool is_below = i < r->factors ? r->factor[i].is_st_below_s : r->luck.is_st_below_s;
        if (is_below)
            mst_say(&t, "%s%s", t.used > 0 ? ", " : "", mst_sobol_name(f, i));
    }
    muster_section_say(section,
                       "Caution: ST is below S, beyond chance, which cannot be: %s. Rows are too "
                       "few, or runs of A and AB do not share random numbers.",
                       t.text);
}
