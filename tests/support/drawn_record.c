#include "drawn_record.h"

#include "test.h"

#include "base/text.h"
#include "fit_world.h"

#include <math.h>
#include <string.h>

static double unit(drawn_record *w)
{
    return mst_random_unit(w->stream, w->drawn++);
}

/* A number as it stands in the table: what is fitted is what was drawn. */
static double written(drawn_record *w, double low, double high)
{
    return round(1e4 * (low + (high - low) * unit(w))) / 1e4;
}

const char *drawn_name(int s)
{
    static const char *const names[STATES] = {"H0", "H1", "H2", "H3", "C0",
                                              "C1", "C2", "C3", "C4", "C5"};
    return names[s];
}

static void make_states(drawn_record *w)
{
    mst_text t;
    mst_text_init(&t, NULL);
    mst_text_add(&t, "state,year,lat_deg,lon_deg,small,trade,ideal_point\n");
    for (int s = 0; s < STATES; s++) {
        w->lat[s] = written(w, -30.0, 40.0);
        w->lon[s] = written(w, 90.0, 160.0);
        for (int y = 0; y < YEARS; y++) {
            w->small[s][y] = round(1e6 * 0.02 * unit(w)) / 1e6;
            w->trade[s][y] = written(w, -2.0, 2.0);
            w->point[s][y] = written(w, -2.0, 2.0);
            mst_text_printf(&t, "%s,%d,%.4f,%.4f,%.6f,%.4f,%.4f\n", drawn_name(s), 2000 + y,
                            w->lat[s], w->lon[s], w->small[s][y], w->trade[s][y], w->point[s][y]);
        }
    }
    w->states = mst_text_take(&t);
    mst_text_init(&t, NULL);
    mst_text_add(&t, "state_1,state_2,year,near,feared_1_2,feared_2_1\n");
    for (int h = 0; h < HOSTS; h++)
        for (int c = 0; c < CANDIDATES; c++) {
            w->near[h][c] = written(w, 0.0, 1.0);
            w->feared[h][c] = written(w, 0.0, 1.0);
            for (int y = 0; y < YEARS; y++)
                mst_text_printf(&t, "%s,%s,%d,%.4f,%.4f,%.4f\n", drawn_name(h),
                                drawn_name(HOSTS + c), 2000 + y, w->near[h][c], w->feared[h][c],
                                0.5);
        }
    w->dyads = mst_text_take(&t);
}

static double truth(const drawn_record *w, const int *host, int hosts, int c, int y, double lat,
                    double lon)
{
    const int s = HOSTS + c;
    const double nm =
        muster_geo_distance_m((muster_point){w->lat[s], w->lon[s]}, (muster_point){lat, lon}) /
        1852.0;
    double p = fit_logistic(3.0 - 1.2 * nm / 1000.0) *
               fit_logistic(0.5 + 80.0 * w->small[s][y] + w->trade[s][y]);
    for (int h = 0; h < hosts; h++)
        p *= fit_logistic(1.5 + 2.0 * w->near[host[h]][c] -
                          fabs(w->point[s][y] - w->point[host[h]][y]));
    return p;
}

void drawn_make(drawn_record *w, int series)
{
    memset(w, 0, sizeof *w);
    w->stream = mst_stream_of(mst_random_key(7), 0, 1);
    make_states(w);
    mst_text t;
    mst_text_init(&t, NULL);
    mst_text_add(&t, HEAD);
    for (int s = 0; s < series; s++) {
        const int host[2] = {s % HOSTS, (s + 1) % HOSTS}, hosts = 1 + s % 2;
        const double lat = written(w, -10.0, 30.0), lon = written(w, 100.0, 150.0);
        for (int e = 0; e < 2; e++) {
            const int y = (5 * s) % (YEARS - 2) + 2 * e;
            for (int c = s % 2; c < CANDIDATES; c++)
                mst_text_printf(&t, "d%d-%d,s%d,%d-0%d-01,%d-09-0%d,%.4f,%.4f,,%s%s%s,%s,%d\n", s,
                                e, s, 2000 + y, 1 + s % 8, 2000 + y, 1 + (s + e) % 9, lat, lon,
                                drawn_name(host[0]), hosts > 1 ? " " : "",
                                hosts > 1 ? drawn_name(host[1]) : "", drawn_name(HOSTS + c),
                                unit(w) < truth(w, host, hosts, c, y, lat, lon));
        }
    }
    w->drills = mst_text_take(&t);
}

void drawn_free(drawn_record *w)
{
    mst_memory_free(NULL, w->drills);
    mst_memory_free(NULL, w->states);
    mst_memory_free(NULL, w->dyads);
}

fit_told drawn_told(const drawn_record *w)
{
    fit_told t = fit_told_begin(w->drills, w->states, w->dyads);
    t.options.able = "distance_nm";
    t.options.admit = "tie.near,gap.ideal_point";
    t.options.accept = "cand.small,cand.trade";
    t.options.apart = "";
    return t;
}
