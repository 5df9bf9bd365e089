#include "document.h"

#include "test.h"

#include <string.h>

json_t *doc_of(const flow *f, const char *array, const char *key, const char *value)
{
    json_t *found = flow_find(json_object_get(f->run, array), key, value);
    if (!found)
        fail_msg("no %s %s in %s", key, value, array);
    return found;
}

json_t *doc_stage(const flow *f, const char *state, const char *name, const char *host)
{
    json_t *s;
    size_t i;
    json_array_foreach(json_object_get(doc_of(f, "decisions", "state", state), "stages"), i, s)
    {
        const char *at = json_string_value(json_object_get(s, "host"));
        if (strcmp(json_string_value(json_object_get(s, "stage")), name) == 0 &&
            (!host || (at && strcmp(at, host) == 0)))
            return s;
    }
    fail_msg("no stage %s of %s", name, state);
    return NULL;
}

double doc_margin(const flow *f, const char *state, const char *name, const char *host)
{
    return flow_real(doc_stage(f, state, name, host), "margin");
}

double doc_term(const flow *f, const char *state, const char *name, const char *key)
{
    return flow_real(
        flow_find(json_object_get(doc_stage(f, state, name, NULL), "terms"), "key", key), "value");
}

bool doc_joins(const flow *f, const char *state)
{
    return json_is_true(json_object_get(doc_of(f, "decisions", "state", state), "joins"));
}

double doc_seconds_of(json_t *text)
{
    muster_interval t;
    assert_true(muster_time_read(json_string_value(text), 0, &t));
    return (double)t.from / (double)MUSTER_SECOND;
}

double doc_seconds_at(const char *text)
{
    muster_interval t;
    assert_true(muster_time_read(text, 0, &t));
    return (double)t.from / (double)MUSTER_SECOND;
}

double vincenty_nm(double lat1_deg, double lon1_deg, double lat2_deg, double lon2_deg)
{
    const double a = 6378137.0, f = 1.0 / 298.257223563, b = a * (1.0 - f);
    const double rad = acos(-1.0) / 180.0, apart = (lon2_deg - lon1_deg) * rad;
    const double u1 = atan((1.0 - f) * tan(lat1_deg * rad)), su1 = sin(u1), cu1 = cos(u1);
    const double u2 = atan((1.0 - f) * tan(lat2_deg * rad)), su2 = sin(u2), cu2 = cos(u2);
    double lambda = apart, sigma = 0.0, ss = 0.0, cs = 0.0, c2 = 0.0, cm = 0.0;
    for (int i = 0; i < 100; i++) {
        const double x = cu2 * sin(lambda), y = cu1 * su2 - su1 * cu2 * cos(lambda);
        ss = sqrt(x * x + y * y);
        cs = su1 * su2 + cu1 * cu2 * cos(lambda);
        sigma = atan2(ss, cs);
        const double sa = cu1 * cu2 * sin(lambda) / ss;
        c2 = 1.0 - sa * sa;
        cm = cs - 2.0 * su1 * su2 / c2;
        const double c = f / 16.0 * c2 * (4.0 + f * (4.0 - 3.0 * c2));
        lambda =
            apart + (1.0 - c) * f * sa * (sigma + c * ss * (cm + c * cs * (2.0 * cm * cm - 1.0)));
    }
    const double k = c2 * (a * a - b * b) / (b * b);
    const double big_a = 1.0 + k / 16384.0 * (4096.0 + k * (-768.0 + k * (320.0 - 175.0 * k)));
    const double big_b = k / 1024.0 * (256.0 + k * (-128.0 + k * (74.0 - 47.0 * k)));
    const double d = big_b * ss *
                     (cm + big_b / 4.0 *
                               (cs * (2.0 * cm * cm - 1.0) -
                                big_b / 6.0 * cm * (4.0 * ss * ss - 3.0) * (4.0 * cm * cm - 3.0)));
    return b * big_a * (sigma - d) / 1852.0;
}
