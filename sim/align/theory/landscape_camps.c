/* Positions other than two camps: how far each is from each. */
#include "align/theory/landscape_inside.h"

#include <math.h>

enum { CAMPS = MST_LANDSCAPE_CAMPS_MAX };

/* A way round shorter by no more than this share is rounding. */
#define TRIANGLE_TOLERANCE 1e-12

mst_landscape_camps mst_landscape_camps_plain(int32_t count)
{
    mst_landscape_camps camps = {.count = count};
    for (int32_t a = 0; a < CAMPS; a++)
        for (int32_t b = 0; b < CAMPS; b++)
            camps.distance[a][b] = a == b ? 0.0 : 1.0;
    return camps;
}

mst_landscape_camps mst_landscape_camps_neutral(double distance)
{
    mst_landscape_camps camps = mst_landscape_camps_plain(3);
    for (int32_t a = 0; a < 2; a++)
        camps.distance[a][2] = camps.distance[2][a] = distance;
    return camps;
}

static bool is_distance(double distance, bool is_own)
{
    return is_own ? distance == 0.0 : isfinite(distance) && distance > 0.0;
}

mst_landscape_why mst_landscape_camps_check(const mst_landscape_camps *camps)
{
    const int32_t k = camps->count;
    if (k < 2 || k > CAMPS)
        return (mst_landscape_why){MST_LANDSCAPE_CAMPS, -1, -1};
    for (int32_t a = 0; a < k; a++)
        for (int32_t b = 0; b < k; b++) {
            if (!is_distance(camps->distance[a][b], a == b))
                return (mst_landscape_why){MST_LANDSCAPE_DISTANCE, a, b};
            if (b < a && camps->distance[a][b] != camps->distance[b][a])
                return (mst_landscape_why){MST_LANDSCAPE_DISTANCE_ASYMMETRIC, b, a};
        }
    for (int32_t a = 0; a < k; a++)
        for (int32_t b = a + 1; b < k; b++)
            for (int32_t c = 0; c < k; c++)
                if (camps->distance[a][b] * (1.0 - TRIANGLE_TOLERANCE) >
                    camps->distance[a][c] + camps->distance[c][b])
                    return (mst_landscape_why){MST_LANDSCAPE_TRIANGLE, a, b};
    return MST_LANDSCAPE_NO_FAULT;
}

double mst_landscape_energy_at(const mst_landscape *on, const mst_landscape_camps *camps,
                               const uint8_t *position, double *frustration)
{
    double energy = 0.0;
    for (int32_t i = 0; i < on->count; i++) {
        double own = 0.0;
        for (int32_t j = 0; j < on->count; j++)
            if (j != i)
                own += on->size[j] * on->propensity[(size_t)i * (size_t)on->count + (size_t)j] *
                       camps->distance[position[i]][position[j]];
        energy += on->size[i] * own;
        if (frustration)
            frustration[i] = own;
    }
    return energy;
}
