#include "analyses/phrase.h"
#include "muster/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- numbers -------------------------------------------------------------------------------------- */

/* Power of ten of a number: 0 of 1 to 9.99. */
static int power_of(double value)
{
    const double size = fabs(value);
    return size > 0.0 && isfinite(size) ? (int)floor(log10(size) + 1e-9) : 0;
}

/* Rounded so that half the width of the interval keeps one digit, or two where the first is 1 to 3
 * (Particle Data Group, Review of Particle Physics, 5.3); places before the point become zeros. */
static void write_number(double value, double half, int significant, bool has_sign,
                         char out[MST_NUMBER_BYTES])
{
    if (!isfinite(value)) {
        muster_text_format(out, MST_NUMBER_BYTES, "-");
        return;
    }
    int decimals = significant - 1 - power_of(value);
    if (isfinite(half) && half > 0.0)
        decimals = -power_of(half / 3.55);
    if (decimals > 9)
        decimals = 9;
    if (decimals < 0) {
        const double place = pow(10.0, (double)-decimals);
        value = isfinite(half) && half > 0.0 ? round(value / place) * place : value;
        decimals = 0;
    }
    if (fabs(value) < 0.5 * pow(10.0, (double)-decimals))
        value = 0.0; /* no -0.00 */
    muster_text_format(out, MST_NUMBER_BYTES, has_sign ? "%+.*f" : "%.*f", decimals, value);
}

/* Zeros that say nothing: of a number that is no estimate. */
static void trim_zeros(char *text)
{
    char *point = strchr(text, '.');
    if (!point)
        return;
    char *end = text + strlen(text);
    while (end > point && (end[-1] == '0' || end[-1] == '.')) {
        const bool was_point = end[-1] == '.';
        *--end = '\0';
        if (was_point)
            break;
    }
}

/* Unit of a value, and of a difference of two. */
static void add_unit(const mst_data *d, bool is_difference, char out[MST_NUMBER_BYTES])
{
    const char *unit = d->response.is_yes_no ? (is_difference ? "points" : "%") : d->response.unit;
    const size_t used = strlen(out);
    if (*unit)
        muster_text_format(out + used, MST_NUMBER_BYTES - used, " %s", unit);
}

static double scale_of(const mst_data *d)
{
    return d->response.is_yes_no ? 100.0 : 1.0;
}

const char *mst_told_value(const mst_data *d, double value, double half, char out[MST_NUMBER_BYTES])
{
    const bool is_known = isfinite(half) && half > 0.0;
    write_number(value * scale_of(d), half * scale_of(d), 4, false, out);
    if (!is_known)
        trim_zeros(out);
    add_unit(d, false, out);
    return out;
}

const char *mst_told_bounds(const mst_data *d, double value, muster_bounds b,
                            char out[MST_RANGE_BYTES])
{
    char middle[MST_NUMBER_BYTES], from[MST_NUMBER_BYTES], to[MST_NUMBER_BYTES];
    const double half = b.is_estimable ? 0.5 * (b.high - b.low) : (double)NAN, scale = scale_of(d);
    mst_told_value(d, value, half, middle);
    if (!(half > 0.0)) {
        muster_text_format(out, MST_RANGE_BYTES, "%s", middle);
        return out;
    }
    write_number(b.low * scale, half * scale, 4, false, from);
    write_number(b.high * scale, half * scale, 4, false, to);
    muster_text_format(out, MST_RANGE_BYTES, "%s (%s to %s)", middle, from, to);
    return out;
}

const char *mst_told_change(const mst_data *d, double value, double half,
                            char out[MST_NUMBER_BYTES])
{
    const bool is_known = isfinite(half) && half > 0.0;
    write_number(value * scale_of(d), half * scale_of(d), 4, true, out);
    if (!is_known)
        trim_zeros(out);
    add_unit(d, true, out);
    return out;
}

const char *mst_told_difference(const mst_data *d, double value, double low, double high,
                                char out[MST_RANGE_BYTES])
{
    char middle[MST_NUMBER_BYTES], from[MST_NUMBER_BYTES], to[MST_NUMBER_BYTES];
    const double half = 0.5 * (high - low), scale = scale_of(d);
    mst_told_change(d, value, half, middle);
    if (!isfinite(half)) {
        muster_text_format(out, MST_RANGE_BYTES, "%s", middle);
        return out;
    }
    write_number(low * scale, half * scale, 4, false, from);
    write_number(high * scale, half * scale, 4, false, to);
    muster_text_format(out, MST_RANGE_BYTES, "%s, %s to %s", middle, from, to);
    return out;
}

const char *mst_told_share(double share, char out[MST_NUMBER_BYTES])
{
    const double percent = 100.0 * share;
    const bool is_small = fabs(percent) < 9.95 && fabs(percent) > 0.0;
    const bool is_near_all = percent > 99.0 && percent < 100.0;
    if (percent > 0.0 && percent < 0.05) {
        muster_text_format(out, MST_NUMBER_BYTES, "under 0.1 %%");
        return out;
    }
    muster_text_format(out, MST_NUMBER_BYTES, "%.*f %%", is_small || is_near_all ? 1 : 0, percent);
    return out;
}

const char *mst_told_level(const mst_data *d, int32_t factor, double x, char out[MST_NUMBER_BYTES])
{
    const muster_factor *f = &d->factor[factor];
    char name[64];
    if (!isnan(x) &&
        f->scale == MUSTER_SCALE_NUMBERS) { /* steps of a range have noise of rounding */
        muster_text_format(out, MST_NUMBER_BYTES, "%.6g", x);
        return out;
    }
    if (isnan(x) || f->scale != MUSTER_SCALE_REAL || !(f->max > f->min)) {
        muster_text_format(out, MST_NUMBER_BYTES, "%.47s", mst_level_name(d, factor, x, name));
        return out;
    }
    write_number(x, (f->max - f->min) / 100.0, 3, false, out);
    trim_zeros(out);
    return out;
}

const char *mst_told_p(double p, char out[MST_NUMBER_BYTES])
{
    if (isnan(p))
        muster_text_format(out, MST_NUMBER_BYTES, "P not estimable");
    else if (p < 0.001 || p > 0.99)
        muster_text_format(out, MST_NUMBER_BYTES, p < 0.5 ? "P < 0.001" : "P > 0.99");
    else
        muster_text_format(out, MST_NUMBER_BYTES, "P = %.*f", p < 0.1 ? 3 : 2, p);
    return out;
}

int32_t mst_told_digits(double largest, double half)
{
    if (!isfinite(half) || !(half > 0.0) || !isfinite(largest))
        return 4;
    const int digits = power_of(largest) - power_of(half / 3.55) + 1;
    return digits < 2 ? 2 : digits > 6 ? 6 : digits;
}

muster_column_kind mst_figure_kind(const mst_data *d)
{
    return d->response.is_yes_no ? MUSTER_COLUMN_SHARE : MUSTER_COLUMN_REAL;
}

/* ---- names ---------------------------------------------------------------------------------------- */

const char *mst_factor_label(const mst_data *d, int32_t factor)
{
    const muster_factor *f = &d->factor[factor];
    return f->label && *f->label ? f->label : f->id;
}

const char *mst_factor_opens(const mst_data *d, int32_t factor, char out[MST_LABEL_BYTES])
{
    const char *label = mst_factor_label(d, factor);
    muster_text_format(out, MST_LABEL_BYTES, "%s", label);
    if (strcmp(label, d->factor[factor].id) != 0 && out[0] >= 'a' && out[0] <= 'z')
        out[0] = (char)(out[0] - 'a' + 'A');
    return out;
}

const char *mst_factor_head(const mst_data *d, int32_t factor, char out[MST_LABEL_BYTES])
{
    const char *unit = d->factor[factor].unit ? d->factor[factor].unit : "";
    muster_text_format(out, MST_LABEL_BYTES, "%.100s%s%.40s%s", mst_factor_label(d, factor),
                       *unit ? " (" : "", unit, *unit ? ")" : "");
    return out;
}

/* ---- lists ---------------------------------------------------------------------------------------- */

void mst_listing_add(mst_listing *l, const char *words)
{
    if (l->count < MST_LISTED)
        muster_text_format(l->item[l->count], sizeof l->item[0], "%s", words);
    l->count++;
}

const char *mst_listing_text(mst_listing *l)
{
    /* one more than fits takes the place that "1 other" would */
    const int32_t shown = l->count <= MST_LISTED ? l->count : MST_LISTED - 1;
    const char *between = ", ";
    size_t used = 0;
    l->text[0] = '\0';
    for (int32_t i = 0; i < shown; i++)
        between = strchr(l->item[i], ',') ? "; " : between;
    const char *last = *between == ';' ? "; and " : " and ";
    for (int32_t i = 0; i < shown; i++) {
        const bool is_last = i == shown - 1 && shown == l->count;
        const size_t length = muster_text_format(l->text + used, sizeof l->text - used, "%s%s",
                                                 i == 0    ? ""
                                                 : is_last ? last
                                                           : between,
                                                 l->item[i]);
        used += length;
    }
    if (shown < l->count)
        muster_text_format(l->text + used, sizeof l->text - used, " and %d others",
                           (int)(l->count - shown));
    return l->text;
}
