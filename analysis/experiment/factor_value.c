/* Values of a factor: where a place in the unit interval lies, and how it is written. */
#include "experiment/experiment.h"
#include "muster/text.h"

#include <math.h>
#include <string.h>

/* ---- numbers -------------------------------------------------------------------------------------- */

/* Exact, on every machine. */
static double ten_to(int32_t decimals)
{
    double out = 1.0;
    for (int32_t i = 0; i < decimals; i++)
        out *= 10.0;
    return out;
}

/* Where doubles lie wider apart than the decimals there is nothing to round. */
double mst_rounded(double value, int32_t decimals)
{
    const double scale = ten_to(decimals);
    return fabs(value * scale) < 9e15 ? round(value * scale) / scale : value;
}

static double number_at(const mst_exp_factor *f, double unit)
{
    if (f->public.scale == MUSTER_SCALE_WHOLE) {
        const double levels = f->public.max - f->public.min + 1.0;
        const double share = (mst_spread_at(&f->spread, unit) - f->public.min) /
                             (f->public.max - f->public.min); /* uniform: unit itself */
        const double at = f->public.min + floor(share * levels);
        return at > f->public.max ? f->public.max : at;
    }
    const double value = mst_spread_at(&f->spread, unit);
    if (f->decimals < 0)
        return value;
    return fmin(fmax(mst_rounded(value, f->decimals), f->public.min), f->public.max);
}

double mst_exp_number(const mst_exp_factor *f, double unit)
{
    if (isnan(unit))
        return (double)NAN;
    if (f->public.level_count == 0)
        return number_at(f, unit);
    const int32_t level = mst_design_level(unit, f->public.level_count);
    return f->level_number ? f->level_number[level] : (double)level;
}

/* ---- texts ---------------------------------------------------------------------------------------- */

/* Reals keep a point, so that a text editor shows them as such; hours are durations. */
void mst_exp_write(const mst_exp_factor *f, double value, char out[MUSTER_VALUE_BYTES])
{
    char text[32];
    muster_text_shortest(value == 0.0 ? 0.0 : value, text);
    if (f->kind == MUSTER_FIELD_INT)
        muster_text_format(out, MUSTER_VALUE_BYTES, "%lld", (long long)llround(value));
    else if (f->kind == MUSTER_FIELD_DURATION)
        muster_text_format(out, MUSTER_VALUE_BYTES, "\"%s h\"", text);
    else
        muster_text_format(out, MUSTER_VALUE_BYTES, "%s%s", text, strpbrk(text, ".e") ? "" : ".0");
}

const char *mst_exp_value(const mst_exp_factor *f, double unit, char out[MUSTER_VALUE_BYTES])
{
    out[0] = '\0';
    if (isnan(unit))
        return out;
    if (f->public.level_count > 0)
        muster_text_format(out, MUSTER_VALUE_BYTES, "%s",
                           f->public.level[mst_design_level(unit, f->public.level_count)]);
    else
        mst_exp_write(f, number_at(f, unit), out);
    return out;
}
