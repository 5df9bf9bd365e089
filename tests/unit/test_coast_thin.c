/* A thinned coast, read by means of the test's own: every point that was left out lies as near to the line
 * that is left as the tolerance of its place allows. */
#include "test.h"

#include "base/hash.h"
#include "cli/coast_thin.h"
#include "muster/muster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_POINTS = 60000, MOST_RINGS = 4000 };

/* The extract once read: points in degrees, and where each ring begins. */
typedef struct coast {
    double lon_deg[MOST_POINTS], lat_deg[MOST_POINTS];
    size_t first[MOST_RINGS + 1], rings;
} coast;

typedef struct held {
    unsigned char *bytes;
    size_t length;
    coast *before, *after;
} held;

static const muster_point drill = {.lat_deg = 39.5, .lon_deg = 134.0};

static uint64_t varint(const unsigned char **at)
{
    uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
        value += (uint64_t)(**at & 127U) << shift;
        if (*(*at)++ < 128)
            return value;
    }
}

static int64_t zigzag(const unsigned char **at)
{
    const uint64_t value = varint(at);
    return value % 2 ? -(int64_t)((value + 1) / 2) : (int64_t)(value / 2);
}

static void read_coast(const unsigned char *bytes, size_t length, coast *out)
{
    double head[8];
    uint32_t count[2];
    uint64_t sum = 0;
    memcpy(head, bytes + 8, sizeof head); /* the machines of these tests have the low byte first */
    memcpy(count, bytes + 72, sizeof count);
    memcpy(&sum, bytes + length - 8, sizeof sum);
    assert_true(sum == mst_hash_bytes(MST_HASH_START, bytes, length - 8));
    assert_true(count[0] < MOST_RINGS && count[1] < MOST_POINTS);
    const unsigned char *at = bytes + 80;
    int64_t x = 0, y = 0;
    size_t points = 0;
    for (out->rings = 0; out->rings < count[0]; out->rings++) {
        out->first[out->rings] = points;
        for (uint64_t n = varint(&at); n > 0; n--, points++) {
            x += zigzag(&at);
            y += zigzag(&at);
            out->lon_deg[points] = head[4] + head[6] * (double)x;
            out->lat_deg[points] = head[5] + head[7] * (double)y;
        }
    }
    out->first[out->rings] = points;
    assert_int_equal(points, count[1]);
    assert_ptr_equal(at, bytes + length - 8);
}

static int set_up(void **state)
{
    held *h = calloc(1, sizeof *h);
    h->before = calloc(1, sizeof *h->before);
    h->after = calloc(1, sizeof *h->after);
    muster_land *land = NULL;
    assert_int_equal(muster_land_open(NULL, 0, NULL, NULL, &land), MUSTER_OK);
    assert_int_equal(
        muster_land_crop(land, 118.0, 145.0, 28.0, 50.0, NULL, NULL, &h->bytes, &h->length),
        MUSTER_OK);
    muster_land_free(land);
    read_coast(h->bytes, h->length, h->before);
    *state = h;
    return 0;
}

static int tear_down(void **state)
{
    held *h = *state;
    muster_bytes_free(h->bytes, NULL);
    free(h->before);
    free(h->after);
    free(h);
    return 0;
}

/* Degrees of latitude, on a flat map at the latitude of `at`. */
static double flat(double lon_from, double lat_from, double lon_to, double lat_to, double at_deg)
{
    return hypot((lon_to - lon_from) * cos(at_deg * acos(-1.0) / 180.0), lat_to - lat_from);
}

/* How far point i lies from the segment a - b, by a search along it instead of a projection. */
static double off(const coast *c, size_t i, size_t a, size_t b)
{
    double low = 0.0, high = 1.0;
    const double lat = c->lat_deg[i];
    for (int k = 0; k < 200; k++) {
        double far[2];
        for (int side = 0; side < 2; side++) {
            const double share = low + (high - low) * (side ? 2.0 : 1.0) / 3.0;
            far[side] = flat(c->lon_deg[a] + share * (c->lon_deg[b] - c->lon_deg[a]),
                             c->lat_deg[a] + share * (c->lat_deg[b] - c->lat_deg[a]), c->lon_deg[i],
                             lat, lat);
        }
        *(far[0] < far[1] ? &high : &low) =
            low + (high - low) * (far[0] < far[1] ? 2.0 : 1.0) / 3.0;
    }
    return flat(c->lon_deg[a] + low * (c->lon_deg[b] - c->lon_deg[a]),
                c->lat_deg[a] + low * (c->lat_deg[b] - c->lat_deg[a]), c->lon_deg[i], lat, lat);
}

static double room(const coast *c, size_t i, double parts)
{
    return flat(drill.lon_deg, drill.lat_deg, c->lon_deg[i], c->lat_deg[i], c->lat_deg[i]) / parts;
}

static bool is_same(const coast *a, size_t i, const coast *b, size_t k)
{
    return a->lon_deg[i] == b->lon_deg[k] && a->lat_deg[i] == b->lat_deg[k];
}

/* An island that went is smaller than is seen from there, or a sliver: no farther from the line between its
 * first point and the one farthest from that than its place allows. */
static void expect_small(const coast *c, size_t ring, double parts)
{
    const size_t first = c->first[ring], end = c->first[ring + 1];
    size_t far = first;
    double most = 0.0;
    for (size_t i = first; i < end; i++) {
        const double way =
            flat(c->lon_deg[first], c->lat_deg[first], c->lon_deg[i], c->lat_deg[i], c->lat_deg[i]);
        if (way > most) {
            most = way;
            far = i;
        }
    }
    for (size_t i = first; most >= 2.0 * room(c, first, parts) && i < end; i++)
        assert_true(off(c, i, first, far) <= room(c, i, parts) * 1.0001 + 1e-9);
}

/* Walks a ring and what is left of it side by side. */
static void expect_near(const coast *c, size_t ring, const coast *left, size_t kept, double parts)
{
    const size_t end = c->first[ring + 1];
    size_t k = left->first[kept], a = c->first[ring];
    for (size_t b = a + 1; b <= end; b++) {
        const bool is_closing = b == end;
        if (!is_closing && (k + 1 == left->first[kept + 1] || !is_same(c, b, left, k + 1)))
            continue;
        for (size_t i = a + 1; i < b; i++)
            assert_true(off(c, i, a, is_closing ? c->first[ring] : b) <=
                        room(c, i, parts) * 1.0001 + 1e-9);
        a = b;
        k++;
    }
    assert_int_equal(k, left->first[kept + 1]); /* every point that is left was there */
}

static void thin(held *h, const muster_point *places, size_t count, double parts)
{
    size_t length = 0;
    unsigned char *out = cli_coast_thin(places, count, parts, h->bytes, h->length, &length);
    muster_land *land = NULL;
    assert_non_null(out);
    read_coast(out, length, h->after);
    assert_int_equal(muster_land_open(out, length, NULL, NULL, &land), MUSTER_OK);
    muster_land_free(land);
    free(out);
}

static void no_shore_moves_by_more_than_its_place_allows(void **state)
{
    static const double parts[] = {300.0, 120.0};
    held *h = *state;
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        size_t kept = 0;
        thin(h, &drill, 1, parts[p]);
        for (size_t ring = 0; ring < h->before->rings; ring++)
            if (kept < h->after->rings &&
                is_same(h->before, h->before->first[ring], h->after, h->after->first[kept]))
                expect_near(h->before, ring, h->after, kept++, parts[p]);
            else
                expect_small(h->before, ring, parts[p]);
        assert_int_equal(kept, h->after->rings);
        assert_true(h->after->first[kept] * 10 < h->before->first[h->before->rings] * 9);
    }
}

static void with_no_place_nothing_moves(void **state)
{
    held *h = *state;
    thin(h, NULL, 0, 300.0);
    assert_int_equal(h->after->rings, h->before->rings);
    for (size_t ring = 0; ring < h->before->rings; ring++)
        expect_near(h->before, ring, h->after, ring, INFINITY);
}

static void other_bytes_are_refused(void **state)
{
    held *h = *state;
    size_t length = 0;
    assert_null(
        cli_coast_thin(&drill, 1, 300.0, h->bytes, 80, &length)); /* shorter than head and sum */
    assert_null(cli_coast_thin(&drill, 1, 300.0, h->bytes, h->length / 2, &length)); /* cut off */
    unsigned char *more = malloc(h->length);
    memcpy(more, h->bytes, h->length);
    more[76] = more[77] = 0; /* fewer points than its rings have */
    more[78] = more[79] = 0;
    assert_null(cli_coast_thin(&drill, 1, 300.0, more, h->length, &length));
    free(more);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_shore_moves_by_more_than_its_place_allows, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(with_no_place_nothing_moves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_bytes_are_refused, set_up, tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
