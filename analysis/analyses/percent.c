#include "analyses/percent.h"
#include "muster/text.h"

#include <math.h>
#include <stdio.h>

double mst_low(const mst_bootstrapped *b)
{
    return isfinite(b->low) ? b->low : b->value - b->half;
}

double mst_high(const mst_bootstrapped *b)
{
    return isfinite(b->high) ? b->high : b->value + b->half;
}

int32_t mst_replicates(double level)
{
    const double wanted = 8.0 / (1.0 - level);
    return wanted < 1000.0 ? 1000 : wanted > 5000.0 ? 5000 : (int32_t)wanted;
}

/* ---- per cent ------------------------------------------------------------------------------------- */

/* Two figures that say something: 54, 5.4, 0.54. */
static int decimals_of(double percent)
{
    const double size = fabs(percent);
    return size >= 9.95 ? 0 : size >= 0.995 || size < 0.005 ? 1 : 2;
}

static double without_sign_of_zero(double percent, int decimals)
{
    const double least = decimals == 0 ? 0.5 : decimals == 1 ? 0.05 : 0.005;
    return fabs(percent) < least ? 0.0 : percent;
}

const char *mst_percent(double share, char out[MST_PERCENT_BYTES])
{
    const double percent = 100.0 * share;
    const int decimals = decimals_of(percent);
    if (!isfinite(share))
        muster_text_format(out, MST_PERCENT_BYTES, "unknown");
    else
        muster_text_format(out, MST_PERCENT_BYTES, "%.*f %%", decimals,
                           without_sign_of_zero(percent, decimals));
    return out;
}

const char *mst_percent_of(const mst_bootstrapped *b, char out[MST_PERCENT_BYTES])
{
    const double value = 100.0 * b->value, low = 100.0 * mst_low(b), high = 100.0 * mst_high(b);
    const int decimals = decimals_of(value);
    if (!isfinite(value) || !isfinite(low) || !isfinite(high))
        return mst_percent(b->value, out);
    muster_text_format(out, MST_PERCENT_BYTES, "%.*f %% (%.*f to %.*f)", decimals,
                       without_sign_of_zero(value, decimals), decimals,
                       without_sign_of_zero(low, decimals), decimals,
                       without_sign_of_zero(high, decimals));
    return out;
}

/* ---- counts --------------------------------------------------------------------------------------- */

const char *mst_count_words(int64_t count, char out[24])
{
    static const char *const words[] = {"no",    "one",   "two",  "three", "four",   "five",  "six",
                                        "seven", "eight", "nine", "ten",   "eleven", "twelve"};
    if (count >= 0 && count < (int64_t)(sizeof words / sizeof *words))
        muster_text_format(out, 24, "%s", words[count]);
    else
        muster_text_format(out, 24, "%lld", (long long)count);
    return out;
}
