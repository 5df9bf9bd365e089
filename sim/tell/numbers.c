/* How numbers are written on every screen. */
#include "tell/page.h"

#include <math.h>

/* Halves away from zero, and what is a half but for the traces of sums is one: the same margin, summed
 * elsewhere in another order, must not read otherwise. */
static const char *margin_words(mst_page *page, double value, int decimals)
{
    double scale = 1.0;
    for (int i = 0; i < decimals; i++)
        scale *= 10.0;
    if (isnan(value))
        return "-";
    if (value == 0.0)
        return mst_page_printf(page, " %.*f", decimals, 0.0);
    const double steps = floor(fabs(value) * scale + 0.5 + 1e-9);
    if (steps < 1.0) { /* a sign without a figure would say nothing: one decimal more, as wide */
        const double tenths = floor(fabs(value) * scale * 10.0 + 0.5 + 1e-9);
        return tenths < 1.0 ? mst_page_printf(page, "%+.0e", value)
                            : mst_page_printf(page, "%c.%0*.0f", value < 0.0 ? '-' : '+',
                                              decimals + 1, tenths);
    }
    return mst_page_printf(page, "%+.*f", decimals, copysign(steps / scale, value));
}

const char *mst_page_margin(mst_page *page, double value)
{
    return margin_words(page, value, 3);
}

const char *mst_page_fine_margin(mst_page *page, double value)
{
    return margin_words(page, value, 4);
}

const char *mst_page_turn(mst_page *page, double from, int32_t decimals)
{
    return mst_page_printf(page, "%.*f", (int)decimals, from);
}

const char *mst_page_chance(mst_page *page, double p)
{
    return isnan(p) ? "-" : mst_page_printf(page, "%.2f", p);
}

const char *mst_page_tonnes(mst_page *page, double mass_kg)
{
    const double tonnes = mass_kg / 1000.0;
    if (fabs(tonnes) < 100.0)
        return mst_page_printf(page, "%.3g t", tonnes);
    double unit = 1.0;
    while (fabs(tonnes) / unit >= 1000.0)
        unit *= 10.0;
    return mst_page_printf(page, "%.0f t", round(tonnes / unit) * unit);
}
