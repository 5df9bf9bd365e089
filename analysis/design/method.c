#include "design/method.h"
#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool mst_refuse(char why[MST_DESIGN_WHY], const char *format, ...)
{
    va_list values;
    va_start(values, format);
    muster_text_vformat(why, MST_DESIGN_WHY, format, values);
    va_end(values);
    return false;
}

muster_status mst_mistake(char why[MST_DESIGN_WHY], const char *format, ...)
{
    va_list values;
    va_start(values, format);
    muster_text_vformat(why, MST_DESIGN_WHY, format, values);
    va_end(values);
    return MUSTER_MISTAKE;
}

int64_t mst_times(int64_t a, int64_t b)
{
    return a > 0 && b > INT64_MAX / a ? INT64_MAX : a * b;
}

int64_t mst_plus(int64_t a, int64_t b)
{
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

int32_t mst_levels(const mst_design_ask *ask, int32_t column)
{
    return ask->levels ? ask->levels[column] : 0;
}

mst_called mst_call(const mst_design_ask *ask, int32_t column)
{
    mst_called out = {{0}};
    if (ask->names)
        muster_text_format(out.text, sizeof out.text, "'%.45s'", ask->names[column]);
    else
        muster_text_format(out.text, sizeof out.text, "factor %" PRId32, column + 1);
    return out;
}

bool mst_needs_points(const mst_design_ask *ask, int64_t least, char why[MST_DESIGN_WHY])
{
    if (ask->points >= least)
        return true;
    if (ask->points == 0)
        return mst_refuse(why, "it has no points = N; at least %" PRId64, least);
    return mst_refuse(why, "%" PRId64 " points, at least %" PRId64, ask->points, least);
}

int32_t mst_tries(const mst_design_ask *ask, double products)
{
    if (ask->tries > 0)
        return ask->tries;
    const double affordable = 2e9 / fmax(products, 1.0);
    return affordable >= 50.0 ? 50 : affordable >= 1.0 ? (int32_t)affordable : 1;
}

double *mst_room(int64_t count)
{
    if (count < 0 || (uint64_t)count > SIZE_MAX / sizeof(double))
        return NULL;
    return malloc((size_t)count * sizeof(double));
}
