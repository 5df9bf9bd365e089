/** @file flip_world.h
 * An invented world in which fleets, places and politics can be moved.
 */
#ifndef TEST_SUPPORT_FLIP_WORLD_H
#define TEST_SUPPORT_FLIP_WORLD_H

/* A hosts; B has two ships at PB, one at a port far away and jets. Places, tanks and politics are levers. */
#define WORLD                                                                                      \
    "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-01T00:00Z\"; horizon = \"60 d\"; "  \
    "};"                                                                                           \
    "states = { A = { name = \"Aland\"; attributes = { fear = 0.6; }; };"                          \
    "  B = { name = \"Bland\"; attributes = { will = 0.1; pride = 0.7; }; }; };"                   \
    "ties = { A-B = { a = \"A\"; b = \"B\"; align = 0.4; }; };"                                    \
    "classes = { corv = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;"              \
    "    range_nm = 3500.0; range_speed_kn = 14.0; };"                                             \
    "  old = { like = \"corv\"; fuel_t = 90.0; }; };"                                              \
    "bases = { PA = { sea_lat_deg = 42.95; sea_lon_deg = 131.85; lat_deg = 43.11; lon_deg = "      \
    "131.89; };"                                                                                   \
    "  PB = { sea_lat_deg = 39.2; sea_lon_deg = 128.2; lat_deg = 39.2; lon_deg = 127.5; };"        \
    "  FAR = { sea_lat_deg = 34.9; sea_lon_deg = 129.2; lat_deg = 35.1; lon_deg = 129.0; }; };"    \
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };"                   \
    "weather = { sea_state = 2; };"                                                                \
    "units = { a1 = { class = \"corv\"; state = \"A\"; base = \"PA\"; };"                          \
    "  b1 = { class = \"corv\"; state = \"B\"; base = \"PB\"; allotment_frac = 0.05; };"           \
    "  b2 = { class = \"old\"; state = \"B\"; base = \"FAR\"; allotment_frac = 0.17; }; };"
#define DRILL(id, day, decided, need, more)                                                        \
    id " = { hosts = [\"A\"]; candidates = [\"B\"]; area = \"sea\"; cap_need = " need ";"          \
       " visibility = 0.5; slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"12 h\"; "  \
       "}," more " { for = \"candidate\"; role = \"escort\"; min_hours = \"12 h\"; count = 2; } "  \
       ");"                                                                                        \
       " muster = { at = \"2023-07-" day "T00:00Z\"; }; decide_at = \"2023-07-" decided            \
       "T00:00Z\"; end = \"2023-07-31T00:00Z\"; };"
#define RULES                                                                                      \
    "alignment = { rules = {"                                                                      \
    " close = { stage = \"admit\"; form = \"product\"; sign = 1; weight = 1.0; terms = "           \
    "[\"tie.align\"]; };"                                                                          \
    " fear = { stage = \"admit\"; form = \"product\"; sign = -1; weight = 1.0; terms = "           \
    "[\"host.fear\", \"drill.visibility\", \"cand.pride\"]; };"                                    \
    " will = { stage = \"accept\"; form = \"product\"; sign = 1; weight = 1.0; terms = "           \
    "[\"cand.will\"]; };"                                                                          \
    " pride = { stage = \"accept\"; form = \"product\"; sign = -1; weight = 0.5; terms = "         \
    "[\"cand.pride\"]; }; }; };"
#define LEVERS                                                                                     \
    "whatif = { fuel = { path = \"units.b1.allotment_frac\"; min = 0.0; max = 1.0; };"             \
    " old-fuel = { path = \"units.b2.allotment_frac\"; min = 0.0; max = 1.0; };"                   \
    " place = { path = \"units.b2.base\"; choices = [\"PB\", \"FAR\"]; cost = 0.25; };"            \
    " will = { path = \"states.B.attributes.will\"; min = 0.0; max = 1.0; };"                      \
    " pride = { path = \"states.B.attributes.pride\"; min = 0.0; max = 1.0; };"                    \
    " range = { path = \"classes.corv.range_nm\"; min = 1000.0; max = 6000.0; }; };"

#endif
