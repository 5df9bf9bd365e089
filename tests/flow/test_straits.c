/* The shipped straits are all the ways into the Sea of Japan: with every gate closed no ship gets
 * in, and each of them, opened alone, lets one in. */
#include "flow.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Places in open water; the drill is inside, and so are two of them. */
enum {
    QINGDAO,
    NAMPO,
    NAHA,
    YOKOSUKA,
    OMINATO,
    KURE,
    OKHOTSK,
    AMUR,
    VLADIVOSTOK,
    MUNCHON,
    PLACES,
    FIRST_INSIDE = VLADIVOSTOK,
    MOST_BYTES = 1 << 16
};
static const muster_point places[PLACES] = {
    {35.95, 120.42}, {38.63, 124.9}, {26.22, 127.63}, {35.2, 139.76},  {41.05, 140.95},
    {33.95, 132.5},  {45.6, 143.5},  {54.0, 141.5},   {42.95, 131.85}, {39.23, 127.6}};

/* Ways in, by id in library/straits.cfg, each with a place outside it. */
static const struct way {
    const char *id;
    int outside;
} ways_in[] = {{"TSUGARU", OMINATO}, {"SOYA", OKHOTSK}, {"KOREA_W", QINGDAO}, {"KOREA_E", QINGDAO},
               {"IKI", QINGDAO},     {"TATAR", AMUR},   {"KANMON", KURE}};
enum { WAYS = sizeof ways_in / sizeof *ways_in };

static char text[MOST_BYTES];
static size_t length;

static void put(const char *words)
{
    const size_t more = strlen(words);
    assert_true(length + more < sizeof text);
    memcpy(text + length, words, more + 1);
    length += more;
}

/* The library's own file, every gate closed but the one named (null: none). */
static void put_straits(const char *open)
{
    FILE *file = fopen(MUSTER_SOURCE_DIR "/scenarios/library/straits.cfg", "rb");
    char line[200], id[64] = "";
    int gates = 0;
    assert_non_null(file);
    put("straits = {\n");
    while (fgets(line, sizeof line, file)) {
        (void)sscanf(line, "%63[A-Z_] = {", id);
        char *at = strstr(line, "open = ");
        if (at) { /* the last key of its line */
            strcpy(at, open && strcmp(id, open) == 0 ? "open = true;\n" : "open = false;\n");
            gates++;
        }
        put(line);
    }
    fclose(file);
    put("};\n");
    assert_true(gates >= WAYS);
}

/* Places of [first, last] from which no way leads to the drill, as a set of bits. */
static unsigned shut_out(const char *open, int first, int last)
{
    char line[400];
    length = 0;
    put("scenario = { id = \"gates\"; title = \"Gates\"; start = \"2023-07-01T00:00Z\"; };\n"
        "states = { HOME = { name = \"Home\"; }; };\n"
        "classes = { any = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;\n"
        "                    range_nm = 3500.0; range_speed_kn = 14.0; }; };\n"
        "drills = { d = { hosts = [\"HOME\"]; cap_need = 1.0; end = \"2023-07-12T12:00Z\";\n"
        "  decide_at = \"2023-07-01T00:00Z\";\n"
        "  muster = { lat_deg = 39.5; lon_deg = 134.0; at = \"2023-07-12T00:00Z\"; };\n"
        "  slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"1 h\"; } ); }; };\n");
    for (int units = 0; units < 2; units++) {
        put(units ? "};\nunits = {\n" : "bases = {\n");
        for (int i = first; i <= last; i++) {
            const muster_point p = places[i];
            if (units)
                snprintf(line, sizeof line,
                         " U%d = { class = \"any\"; state = \"HOME\"; base = \"P%d\"; };\n", i, i);
            else
                snprintf(line, sizeof line,
                         " P%d = { lat_deg = %.3f; lon_deg = %.3f; sea_lat_deg = %.3f; "
                         "sea_lon_deg = %.3f; };\n",
                         i, p.lat_deg, p.lon_deg, p.lat_deg, p.lon_deg);
            put(line);
        }
    }
    put("};\n");
    put_straits(open);

    flow f = {0};
    unsigned shut = 0;
    assert_int_equal(flow_open_faulty(&f, text), MUSTER_OK);
    for (int32_t i = 0; i < muster_diags_count(f.diags); i++) {
        const muster_diag *diag = muster_diags_at(f.diags, i);
        const char *from = strstr(diag->message, "no way by sea from 'P");
        if (diag->severity != MUSTER_ERROR)
            continue;
        if (!from)
            fail_msg("%s", diag->message);
        shut |= 1U << strtol(strchr(from, 'P') + 1, NULL, 10);
    }
    flow_close(&f);
    return shut;
}

static void all_closed__no_ship_gets_in(void **unused)
{
    (void)unused;
    const unsigned shut = shut_out(NULL, 0, PLACES - 1);
    for (int i = 0; i < PLACES; i++)
        if (((shut >> i) & 1U) != (i < FIRST_INSIDE ? 1U : 0U))
            fail_msg("from %.2f %.2f %s way leads to the drill", places[i].lat_deg,
                     places[i].lon_deg, i < FIRST_INSIDE ? "a" : "no");
}

static void each_way_in__lets_ships_in_alone(void **unused)
{
    (void)unused;
    for (int i = 0; i < WAYS; i++)
        if (shut_out(ways_in[i].id, ways_in[i].outside, ways_in[i].outside) != 0)
            fail_msg("%s leads nowhere", ways_in[i].id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_closed__no_ship_gets_in),
        cmocka_unit_test(each_way_in__lets_ships_in_alone),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
