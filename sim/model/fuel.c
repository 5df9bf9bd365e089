#include "model/fuel.h"

#include "base/units.h"

#include <math.h>

/* A speed that was made from max_mps by a factor may lie above it by a rounding. */
static const double above_max = 1.0 + 1e-12;

/* Below this a ship does not answer her helm; a law with no hotel load has its least burn per
 * metre at rest, and "at rest" brings nobody anywhere (assumed: about 2 kn). */
static const double steerage_mps = 1.0;

static double power_of(double speed_mps, double exponent)
{
    return exponent == 3.0 ? cube(speed_mps) : pow(speed_mps, exponent);
}

/* v* = (h/((n-1)c))^(1/n), where d(F/v)/dv = 0, kept between steerage way and the top speed. */
static double economical_of_law(double hotel_kgps, double coefficient, double exponent,
                                double max_mps)
{
    double best = max_mps;
    if (hotel_kgps <= 0.0)
        best = 0.0;
    else if (coefficient > 0.0 && exponent > 1.0) {
        const double ratio = hotel_kgps / ((exponent - 1.0) * coefficient);
        best = exponent == 3.0 ? cbrt(ratio) : pow(ratio, 1.0 / exponent);
    }
    return fmin(fmax(best, steerage_mps), max_mps);
}

mst_law mst_law_fit(double tank_kg, double range_m, double range_speed_mps, double hotel_share,
                    double exponent, double margin, double max_mps)
{
    /* The published range is made at F(v0) = m v0/R0; the hotel load is its share of that. */
    const double burn_kgps = margin * tank_kg * range_speed_mps / range_m;
    mst_law law = {
        .hotel_kgps = hotel_share * burn_kgps,
        .cube_coefficient = (1.0 - hotel_share) * burn_kgps / power_of(range_speed_mps, exponent),
        .exponent = exponent,
        .max_mps = max_mps,
    };
    law.economical_mps = economical_of_law(law.hotel_kgps, law.cube_coefficient, exponent, max_mps);
    return law;
}

/* Rate of a curve before its margin; speed_mps within 0 .. last point. */
static double curve_rate(const mst_law *law, double speed_mps)
{
    const int32_t last = law->curve_count - 1;
    if (speed_mps <= law->curve_mps[0])
        return law->curve_kgps[0];
    for (int32_t i = 1; i <= last; i++)
        if (speed_mps <= law->curve_mps[i]) {
            const double share =
                (speed_mps - law->curve_mps[i - 1]) / (law->curve_mps[i] - law->curve_mps[i - 1]);
            return law->curve_kgps[i - 1] + share * (law->curve_kgps[i] - law->curve_kgps[i - 1]);
        }
    return law->curve_kgps[last];
}

mst_law mst_law_curve(const double *speed_mps, const double *rate_kgps, int32_t count,
                      double margin, double max_mps)
{
    mst_law law = {
        .hotel_kgps = margin * rate_kgps[0],
        .cube_coefficient = margin, /* of a curve: the factor on every rate */
        .exponent = 0.0,
        .curve_mps = speed_mps,
        .curve_kgps = rate_kgps,
        .curve_count = count,
        .max_mps = fmin(max_mps, speed_mps[count - 1]),
    };
    /* On a straight piece F/v = a/v + b is monotone, so the least lies at a point or at the top. */
    law.economical_mps = law.max_mps;
    double least = curve_rate(&law, law.max_mps) / law.max_mps;
    for (int32_t i = 0; i < count; i++) {
        const double speed = speed_mps[i];
        if (speed < steerage_mps || speed > law.max_mps)
            continue;
        if (rate_kgps[i] / speed < least) {
            least = rate_kgps[i] / speed;
            law.economical_mps = speed;
        }
    }
    return law;
}

double mst_law_rate_kgps(const mst_law *law, double speed_mps)
{
    if (!(speed_mps >= 0.0) || speed_mps > law->max_mps * above_max)
        return (double)NAN;
    if (law->curve_count > 0)
        return law->cube_coefficient * curve_rate(law, speed_mps);
    return law->hotel_kgps + law->cube_coefficient * power_of(speed_mps, law->exponent);
}

double mst_law_range_m(const mst_law *law, double fuel_kg, double speed_mps)
{
    return fuel_kg * speed_mps / mst_law_rate_kgps(law, speed_mps);
}

static double two_digits(double value)
{
    if (!(value > 0.0) || !isfinite(value))
        return (double)NAN;
    double unit = 1.0;
    while (value / unit >= 100.0)
        unit *= 10.0;
    while (value / unit < 10.0)
        unit /= 10.0;
    return floor(value / unit + 0.5) * unit;
}

double mst_fuel_estimate_kg(double power_w, double max_mps, double range_m, double range_mps,
                            double hotel_share, double kg_per_kwh)
{
    const double kg_per_joule = kg_per_kwh / 3.6e6;
    const double hours_s = range_m / range_mps;
    const double propulsion_w = power_w * cube(range_mps / max_mps);
    return two_digits(kg_per_joule * propulsion_w * hours_s / (1.0 - hotel_share));
}

/* What is left of the tank for distance and stay. */
static double disposable_kg(const mst_flight *flight)
{
    return flight->tank_kg - flight->climb_kg - flight->reserve_kg;
}

double mst_flight_radius_m(const mst_flight *flight, double loiter_s)
{
    return (disposable_kg(flight) - loiter_s * flight->loiter_kgps) / (2.0 * flight->cruise_kgpm);
}

double mst_flight_station_s(const mst_flight *flight, double distance_m)
{
    return (disposable_kg(flight) - 2.0 * distance_m * flight->cruise_kgpm) / flight->loiter_kgps;
}
