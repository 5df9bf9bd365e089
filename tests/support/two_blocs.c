#include "two_blocs.h"

#include "compare.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

/* Each section in two parts, one a bloc. Ids of states and names of blocs are labels (A1..A4, ABLOC;
 * B1..B4, BBLOC), put in at the end; ids of ships, places and drills are data, like the figures. Every
 * figure differs between the blocs, so that whatever fails to go along is seen. */
static const char *const states[TWO_BLOCS] = {
    "A1 = { name = \"A1\"; bloc = \"ABLOC\"; allotment_frac = 0.97; attributes = { threat = 0.60;"
    " p5 = 1.0; rep = 0.70; rep_image = 1.0; rep_seat = 0.0; gov_closeness = 0.35;"
    " norm_conflict = 0.12; complement = 0.71; access = 0.21; gain = 0.31; exposure = 0.11;"
    " autonomy = 0.41; coercion = 0.07; closed = 0.2; legal_bar = 0.3; secrecy = 0.4; }; };\n"
    "A2 = { name = \"A2\"; bloc = \"ABLOC\"; attributes = { threat = 0.80; p5 = 1.0; rep = 0.85;"
    " rep_image = 0.0; rep_seat = 1.0; gov_closeness = 0.23; norm_conflict = 0.36;"
    " complement = 0.64; access = 0.33; gain = 0.17; exposure = 0.19; autonomy = 0.52;"
    " coercion = 0.03; }; };\n"
    "A3 = { name = \"A3\"; bloc = \"ABLOC\"; allotment_frac = 0.55; pool = { stock_t = 900; };"
    " attributes = { threat = 0.90; p5 = 0.0; rep = 0.13; rep_image = 0.0; rep_seat = 0.0;"
    " gov_closeness = 0.11; norm_conflict = 0.47; complement = 0.20; access = 0.05; gain = 0.30;"
    " exposure = 0.30; autonomy = 0.63; coercion = 0.09; }; };\n"
    "A4 = { name = \"A4\"; bloc = \"ABLOC\"; attributes = { threat = 0.66; p5 = 0.0; rep = 0.26;"
    " rep_image = 0.0; rep_seat = 0.0; gov_closeness = 0.58; norm_conflict = 0.85;"
    " complement = 0.37; access = 0.14; gain = 0.43; exposure = 0.27; autonomy = 0.74;"
    " coercion = 0.15; }; };\n",
    "B1 = { name = \"B1\"; bloc = \"BBLOC\"; attributes = { threat = 0.73; p5 = 1.0; rep = 0.44;"
    " rep_image = 0.3; rep_seat = 0.2; gov_closeness = 0.95; norm_conflict = 0.08;"
    " complement = 0.88; access = 0.62; gain = 0.29; exposure = 0.16; autonomy = 0.22;"
    " coercion = 0.13; }; };\n"
    "B2 = { name = \"B2\"; bloc = \"BBLOC\"; allotment_frac = 0.91; attributes = { threat = 0.79;"
    " p5 = 0.0; rep = 0.31; rep_image = 0.1; rep_seat = 0.4; gov_closeness = 0.90;"
    " norm_conflict = 0.04; complement = 0.53; access = 0.77; gain = 0.34; exposure = 0.18;"
    " autonomy = 0.28; coercion = 0.35; }; };\n"
    "B3 = { name = \"B3\"; bloc = \"BBLOC\"; attributes = { threat = 0.86; p5 = 0.0; rep = 0.24;"
    " rep_image = 0.0; rep_seat = 0.0; gov_closeness = 0.82; norm_conflict = 0.06;"
    " complement = 0.49; access = 0.59; gain = 0.38; exposure = 0.21; autonomy = 0.39;"
    " coercion = 0.60; }; };\n"
    "B4 = { name = \"B4\"; bloc = \"BBLOC\"; index = { cap = 0.31; reach = 0.62; };"
    " attributes = { threat = 0.57; p5 = 0.0; rep = 0.10; rep_image = 0.0; rep_seat = 0.0;"
    " gov_closeness = 0.15; norm_conflict = 0.16; complement = 0.09; access = 0.02; gain = 0.46;"
    " exposure = 0.33; autonomy = 0.48; coercion = 0.55; }; };\n"};

/* align, history, practised; ledger, influence, status_cost of a; ledger, dependence, resent of b */
#define TIE(a, b, align, history, practised, more)                                                 \
    a "-" b " = { a = \"" a "\"; b = \"" b "\"; align = " align "; mutual = { history = " history  \
      "; practised = " practised "; }; " more " };\n"
#define WAYS(ledger_a, influence, cost, ledger_b, dependence, resent)                              \
    "a_to_b = { ledger = " ledger_a "; influence = " influence "; status_cost = " cost             \
    "; dependence = 0.02; resent = 0.01; };"                                                       \
    "b_to_a = { ledger = " ledger_b "; dependence = " dependence "; resent = " resent              \
    "; influence = 0.03; status_cost = 0.04; };"
#define PACT(strength)                                                                             \
    "pacts = ( { kind = \"defence\"; from = \"2001-01-01\"; strength = " strength "; } );"
#define INTEROP(link, language, procedures, past)                                                  \
    "interop = { data_link = \"" link "\"; language = \"" language                                 \
    "\"; procedures = \"" procedures "\"; past_drills = \"" past "\"; };"

static const char *const ties[TWO_BLOCS] = {
    TIE("A1", "A2", "0.80", "0.10", "1.0",
        WAYS("0.05", "0.31", "0.12", "0.08", "0.45", "0.20") PACT("0.70")
            INTEROP("partial", "partial", "partial", "full"))
        TIE("A1", "A3", "0.75", "0.20", "0.0",
            WAYS("0.15", "0.80", "0.50", "0.10", "0.90", "0.10") PACT("0.80")
                INTEROP("none", "partial", "none", "none"))
            TIE("A1", "A4", "0.41", "0.05", "1.0",
                WAYS("0.07", "0.27", "0.33", "0.16", "0.37", "0.29") PACT("0.52"))
                TIE("A2", "A3", "0.85", "0.30", "1.0",
                    WAYS("0.25", "0.40", "0.30", "0.30", "0.30", "0.05") PACT("0.95")
                        INTEROP("partial", "full", "partial", "none"))
                    TIE("A2", "A4", "0.52", "0.15", "0.0",
                        WAYS("0.02", "0.36", "0.44", "0.11", "0.26", "0.17"))
                        TIE("A3", "A4", "0.33", "0.45", "0.0", ""),
    TIE("B1", "B2", "0.88", "0.02", "1.0",
        WAYS("0.28", "0.22", "0.06", "0.18", "0.70", "0.11") PACT("1.0")
            INTEROP("full", "partial", "full", "full"))
        TIE("B1", "B3", "0.81", "0.03", "1.0",
            WAYS("0.27", "0.19", "0.07", "0.13", "0.68", "0.21") PACT("0.98")
                INTEROP("full", "partial", "full", "partial"))
            TIE("B1", "B4", "0.17", "0.04", "1.0",
                WAYS("0.21", "0.57", "0.61", "0.03", "0.49", "0.42") PACT("0.90"))
                TIE("B2", "B3", "0.37", "1.0", "0.0",
                    WAYS("0.01", "0.14", "0.26", "0.04", "0.32", "0.72")
                        INTEROP("none", "partial", "partial", "partial"))
                    TIE("B2", "B4", "0.46", "0.25", "0.0",
                        WAYS("0.12", "0.09", "0.38", "0.06", "0.24", "0.34"))
                        TIE("B3", "B4", "0.29", "0.35", "0.0", "")};

/* Across: both a candidate of the other's drill. A label's tie goes with the data of both ends. */
static const char across[] = TIE("A1", "B3", "-0.32", "0.62", "0.0",
                                 WAYS("0.01", "0.21", "0.71", "0.05", "0.34", "0.44"))
    TIE("A2", "B3", "-0.54", "0.83", "0.0", WAYS("0.02", "0.11", "0.82", "0.06", "0.12", "0.51"))
        TIE("A3", "B3", "-0.70", "0.94", "0.0", "") TIE("A4", "B3", "-0.22", "0.56", "0.0", "")
            TIE("B1", "A3", "-0.61", "0.77", "0.0",
                WAYS("0.03", "0.13", "0.91", "0.07", "0.08", "0.69"))
                TIE("B2", "A3", "-0.43", "0.88", "0.0",
                    WAYS("0.04", "0.16", "0.64", "0.09", "0.18", "0.58"))
                    TIE("B4", "A3", "-0.14", "0.39", "0.0", "");

static const char *const bases[TWO_BLOCS] = {
    "vlad = { lat_deg = 43.11; lon_deg = 131.89; sea_lat_deg = 42.95; sea_lon_deg = 131.85; "
    "nation = \"A1\"; };\n"
    "munch = { lat_deg = 39.22; lon_deg = 127.38; sea_lat_deg = 39.23; sea_lon_deg = 127.6; "
    "nation = \"A3\"; };\n"
    "field = { kind = \"airfield\"; lat_deg = 41.43; lon_deg = 129.65; nation = \"A3\"; };\n",
    "maiz = { lat_deg = 35.48; lon_deg = 135.38; sea_lat_deg = 35.6; sea_lon_deg = 135.35; "
    "nation = \"B1\"; };\n"
    "dong = { lat_deg = 37.49; lon_deg = 129.14; sea_lat_deg = 37.52; sea_lon_deg = 129.2; "
    "nation = \"B3\"; };\n"
    "strip = { kind = \"airfield\"; lat_deg = 36.39; lon_deg = 136.41; nation = \"B2\"; };\n"};

#define SHIP(id, state, base, more)                                                                \
    id " = { class = \"corv\"; state = \"" state "\"; base = \"" base "\"; " more " };\n"
#define JETS(id, state, base, more)                                                                \
    id " = { class = \"jet\"; state = \"" state "\"; base = \"" base "\"; " more " };\n"

static const char *const units[TWO_BLOCS] = {
    SHIP("ant", "A1", "vlad", "readiness = 0.9;") SHIP("asp", "A1", "vlad", "readiness = 0.95;")
        SHIP("bat", "A2", "vlad", "readiness = 0.9;")
            SHIP("bee", "A2", "vlad", "max_speed_kn = 23;")
                SHIP("cat", "A3", "munch", "readiness = 0.8; fuel_frac = 0.9;")
                    SHIP("cod", "A3", "munch", "readiness = 0.7;")
                        SHIP("cub", "A4", "munch", "readiness = 0.6; kit = [\"gun\"];")
                            JETS("crows", "A3", "field", "count = 6; readiness = 0.6;")
                                JETS("doves", "A2", "field", "count = 5; readiness = 0.8;"),
    SHIP("elk", "B1", "maiz", "readiness = 0.85;") SHIP("eel", "B1", "maiz", "margin = 1.1;")
        SHIP("fox", "B2", "maiz", "readiness = 0.75;")
            SHIP("fly", "B2", "maiz", "range_nm = 3100.0;")
                SHIP("gnu", "B3", "dong", "readiness = 0.65; fuel_frac = 0.8;")
                    JETS("hawks", "B2", "strip", "count = 7; readiness = 0.7;")};

/* Ships sail in groups with ids of their own. A group that the program makes has the id of its state, and
 * with it draws of its own: labels would then be seen in replications, though not in the plan run. */
#define GROUP(id, drill, members) id " = { drill = \"" drill "\"; members = [" members "]; };\n"

static const char *const groups[TWO_BLOCS] = {
    GROUP("ants", "north", "\"ant\", \"asp\"") GROUP("bats", "north", "\"bat\", \"bee\"")
        GROUP("cats", "north", "\"cat\", \"cod\"") GROUP("cubs", "north", "\"cub\""),
    GROUP("elks", "south", "\"elk\", \"eel\"") GROUP("foxes", "south", "\"fox\", \"fly\"")
        GROUP("gnus", "south", "\"gnu\"")};

#define SLOTS(minimum, fighters)                                                                   \
    "slots = ( { for = \"host\"; role = \"escort\"; count = 1; min_hours = \"" minimum             \
    "\"; kit = [\"sonar\"]; }, { for = \"candidate\"; role = \"escort\"; count = 2; min_hours = "  \
    "\"" minimum "\"; kit = [\"sonar\"]; }, { for = \"candidate\"; role = \"fighter\"; domain = "  \
    "\"air\"; count = " fighters "; min_hours = \"1 h\"; } );"

static const char *const drills[TWO_BLOCS] = {
    "north = { hosts = [\"A1\", \"A2\"]; candidates = [\"A3\", \"A4\", \"B3\"]; area = \"sea\";"
    " cap_need = 0.35; visibility = 0.80; host_ports = true; mix = { naval = 0.7; air = 0.3; };"
    " muster = { at = \"2023-07-20T00:00Z\"; wait = \"24 h\"; quorum = 0.5; };"
    " end = \"2023-07-22T12:00Z\"; decide_at = \"2023-07-10T00:00Z\"; min_hosts = 1; "
    "index = { cap_need = 0.2; reach_need = 0.45; };" SLOTS(
        "24 h", "4") "air = { cap = { role = \"fighter\"; start = \"10 h\"; for = \"12 h\"; count "
                     "= 2; }; }; };\n",
    "south = { hosts = [\"B1\", \"B2\"]; candidates = [\"B3\", \"B4\", \"A3\"]; area = \"bay\";"
    " cap_need = 0.42; visibility = 0.65; mix = { naval = 0.6; air = 0.4; };"
    " muster = { at = \"2023-07-28T00:00Z\"; wait = \"24 h\"; quorum = 0.5; };"
    " end = \"2023-07-29T18:00Z\"; decide_at = \"2023-07-24T00:00Z\"; min_hosts = 1; "
    "index = { cap_need = 0.3; reach_need = 0.5; };" SLOTS(
        "18 h", "3") "air = { top = { role = \"fighter\"; start = \"4 h\"; for = \"9 h\"; count = "
                     "2; }; }; };\n"};

static const char *const serials[TWO_BLOCS] = {
    "turn = { kind = \"joint-manoeuvre\"; drill = \"north\"; start = \"4 h\"; for = \"6 h\";"
    " parts = [\"language\", \"procedures\"]; needs = ( { role = \"escort\"; count = 2; } ); };\n"
    "ping = { kind = \"anti-submarine\"; drill = \"north\"; start = \"14 h\"; for = \"8 h\";"
    " air = \"cap\"; parts = [\"data_link\", \"past_drills\"]; sea_state_limit = 4; };\n",
    "dive = { kind = \"anti-submarine\"; drill = \"south\"; start = \"3 h\"; for = \"7 h\";"
    " parts = [\"data_link\", \"procedures\"]; sea_state_limit = 4; };\n"
    "shot = { kind = \"gunnery\"; drill = \"south\"; start = \"14 h\"; for = \"3 h\"; weight = 2.0;"
    " parts = [\"language\"]; needs = ( { role = \"escort\"; count = 3; } ); };\n"};

static const char head[] =
    "scenario = { id = \"mirror\"; title = \"Two blocs\"; start = \"2023-07-08T00:00Z\";"
    " horizon = \"28 d\"; seed = 5; };\n"
    "classes = { corv = { roles = [\"escort\"]; kit = [\"sonar\", \"gun\"]; max_speed_kn = 27.0;"
    " fuel_t = 170.0; range_nm = 3500.0; range_speed_kn = 14.0; };\n"
    " jet = { craft = \"aircraft\"; roles = [\"fighter\"]; cruise_kn = 450.0; fuel_t = 4.0;"
    " ferry_range_nm = 1500.0; }; };\n"
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; };"
    " bay = { lat_deg = 37.5; lon_deg = 133.5; radius_nm = 50.0; }; };\n"
    "weather = { climatology = ( { month = 7; mean_hs_m = 1.2; p90_hs_m = 2.1; },"
    " { month = 8; mean_hs_m = 1.3; p90_hs_m = 2.2; } ); };\n";

/* The shipped rules; they need no scenario around them. */
static char *read_rules(void)
{
    FILE *file = fopen(MUSTER_SOURCE_DIR "/scenarios/library/rules.cfg", "rb");
    char *text = calloc(1, 65536);
    assert_non_null(file);
    assert_non_null(text);
    assert_true(fread(text, 1, 65535, file) > 5000);
    fclose(file);
    return text;
}

static size_t section(char *out, size_t room, const char *name, const char *const part[TWO_BLOCS],
                      int first, const char *more)
{
    return (size_t)snprintf(out, room, "%s = {\n%s%s%s};\n", name, part[first], part[1 - first],
                            more);
}

char *two_blocs(int first)
{
    enum { ROOM = 131072 };
    static const char *const alpha_first[] = {"W1", "W2", "W3", "W4",   "WEST", "E1",
                                              "E2", "E3", "E4", "EAST", NULL};
    static const char *const beta_first[] = {"E1", "E2", "E3", "E4",   "EAST", "W1",
                                             "W2", "W3", "W4", "WEST", NULL};
    static const char *const labels[] = {"A1", "A2", "A3", "A4",    "ABLOC", "B1",
                                         "B2", "B3", "B4", "BBLOC", NULL};
    char *rules = read_rules(), *text = malloc(ROOM), *at = text;
    assert_non_null(text);
    at += snprintf(at, ROOM, "%s", head);
    at += section(at, (size_t)(text + ROOM - at), "states", states, first, "");
    at += section(at, (size_t)(text + ROOM - at), "ties", ties, first, across);
    at += section(at, (size_t)(text + ROOM - at), "bases", bases, first, "");
    at += section(at, (size_t)(text + ROOM - at), "units", units, first, "");
    at += section(at, (size_t)(text + ROOM - at), "groups", groups, first, "");
    /* The order of drills is the author's: a ship that goes to neither has its radius told for the
     * first that its state is asked to. */
    at += section(at, (size_t)(text + ROOM - at), "drills", drills, TWO_BLOCS_ALPHA, "");
    at += section(at, (size_t)(text + ROOM - at), "serials", serials, first, "");
    at += snprintf(at, (size_t)(text + ROOM - at), "alignment = { rules = {\n%s}; };\n", rules);
    assert_true(at < text + ROOM);
    char *out =
        with_words_replaced(text, labels, first == TWO_BLOCS_ALPHA ? alpha_first : beta_first);
    free(rules);
    free(text);
    return out;
}
