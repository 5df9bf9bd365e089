/* muster calc: the planner's slide rule. A question is a row of the table below. */
#include "cli/calc.h"

#include <stdio.h>
#include <string.h>

/* ROW(name, what stands behind it, how many, function, its options, help: what it answers and
 * examples) */
#define EXAMPLE(line) "    muster calc " line "\n"
#define QUESTIONS(ROW)                                                                             \
    ROW("distance", "FROM TO", 2, calc_distance, "--air",                                          \
        "Way by sea between two ports or coordinates, and the straits it passes;\n"                \
        "    with --air along the geodesic, from airfield to airfield.\n",                         \
        EXAMPLE("distance MUNCHON 39.5,134") EXAMPLE("distance QINGDAO 33.57,128.30"))             \
    ROW("range", "SHIP", 1, calc_range, "--speed --max",                                           \
        "How far it goes at a speed (without --speed: at the speed of its published\n"             \
        "    range), one way on a full tank, and with the reserve kept.\n",                        \
        EXAMPLE("range najin --speed 10") EXAMPLE("range 4000@13 --speed 10"))                     \
    ROW("speed", "SHIP", 1, calc_speed, "--max",                                                   \
        "The most economical speed: the least fuel per mile.\n", EXAMPLE("speed najin"))           \
    ROW("endurance", "SHIP", 1, calc_endurance, "--speed --max",                                   \
        "How long a full tank lasts at a speed (without --speed: drifting).\n",                    \
        EXAMPLE("endurance najin --speed 10"))                                                     \
    ROW("radius", "SHIP-OR-AIRCRAFT", 1, calc_radius, "--stay --station --speed --max",            \
        "How far out it can go, stay and come back with its reserve intact. Without\n"             \
        "    --stay a ship stays 24 h, an aircraft not at all.\n",                                 \
        EXAMPLE("radius najin --stay '24 h'") EXAMPLE("radius mig23ml --stay '30 min'"))           \
    ROW("station", "SHIP-OR-AIRCRAFT FROM TO", 3, calc_station, "--station --speed --max",         \
        "How long it can stay at a place and still come back with its reserve intact.\n",          \
        EXAMPLE("station najin MUNCHON 39.5,134") EXAMPLE("station mig23ml ORANG 39.5,134"))       \
    ROW("depart", "FROM TO", 2, calc_depart, "--at --speed",                                       \
        "The latest departure to be there in time, by sea.\n",                                     \
        EXAMPLE("depart VLADIVOSTOK 39.5,134 --at 2023-07-20T00:00Z --speed 9"))                   \
    ROW("meet", "FROM FROM", 2, calc_meet, "--speeds --at",                                        \
        "Where and when two that head for each other meet; --at: when they start, one\n"           \
        "    time for both or TIME,TIME.\n",                                                       \
        EXAMPLE("meet MAIZURU VLADIVOSTOK --speeds 15,9")                                          \
            EXAMPLE("meet MAIZURU VLADIVOSTOK --speeds 15,9 --at 2023-07-18T06:00Z"))

typedef struct question {
    const char *name, *takes; /* what stands behind the name */
    int arguments;
    int (*answer)(calc_ask *ask);
    const char *options; /* its own; --json is everybody's */
} question;

#define AS_ROW(name, takes, arguments, answer, options, tells, examples)                           \
    {name, takes, arguments, answer, options},
static const question questions[] = {QUESTIONS(AS_ROW)};

static const char *word(int index)
{
    return index < (int)(sizeof questions / sizeof *questions) ? questions[index].name : NULL;
}

void calc_figure(calc_ask *ask, const char *name, double value)
{
    mst_json_maybe(ask->json, name, value);
}

static int no_question(const char *name, bool as_json)
{
    const char *names[sizeof questions / sizeof *questions];
    char list[128] = "", hint[192];
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        names[i] = questions[i].name;
        strncat(list, i > 0 ? " " : "", sizeof list - strlen(list) - 1);
        strncat(list, names[i], sizeof list - strlen(list) - 1);
    }
    const int32_t near =
        mst_text_nearest(name, names, (int32_t)(sizeof questions / sizeof *questions));
    if (near >= 0)
        snprintf(hint, sizeof hint, "did you mean '%s'?", names[near]);
    return cli_mistake(as_json, near >= 0 ? hint : list, "'%s' is nothing that can be calculated",
                       name);
}

/* Each question has its own options. */
static bool options_fit(const cli_call *call, const question *q, bool as_json)
{
    for (int i = 0; i < call->given_count; i++) {
        const char *name = call->given[i].option->name;
        if (strcmp(name, "--json") == 0 || calc_has_word(q->options, name))
            continue;
        char hint[96];
        snprintf(hint, sizeof hint, "its options: %s --json", q->options);
        cli_mistake(as_json, hint, "'muster calc %s' has no option '%s'", q->name, name);
        return false;
    }
    return true;
}

static int print(calc_ask *ask, int status)
{
    char *document = mst_json_take(ask->json, NULL, NULL);
    if (status == MUSTER_OK && ask->session->as_json) {
        status = cli_output(ask->call, document);
        document = NULL;
    } else if (status == MUSTER_OK) {
        mst_text page;
        mst_text_init(&page, NULL);
        mst_text_wrap(&page, ask->words.bytes ? ask->words.bytes : "", 0, 2, 80);
        mst_text_printf(&page, "\n%s", ask->used.bytes ? ask->used.bytes : "");
        page.failed = page.failed || ask->words.failed || ask->used.failed;
        status = cli_output(ask->call, mst_text_take(&page));
    }
    muster_tell_free(document, NULL);
    mst_text_clear(&ask->words);
    mst_text_clear(&ask->used);
    return status;
}

static int run(const cli_call *call)
{
    const bool as_json = cli_has(call, "--json");
    size_t i = 0;
    while (i < sizeof questions / sizeof *questions &&
           strcmp(questions[i].name, call->argument[0]) != 0)
        i++;
    if (i == sizeof questions / sizeof *questions)
        return no_question(call->argument[0], as_json);
    const question *q = &questions[i];
    if (call->argument_count - 1 != q->arguments) {
        char hint[96];
        snprintf(hint, sizeof hint, "muster calc %s %s", q->name, q->takes);
        return cli_mistake(as_json, hint, "'%s' takes %d argument%s, not %d", q->name, q->arguments,
                           q->arguments == 1 ? "" : "s", call->argument_count - 1);
    }
    if (!options_fit(call, q, as_json))
        return MUSTER_MISTAKE;
    cli_session s;
    int status = cli_library_open(&s, as_json);
    if (status == MUSTER_OK) {
        calc_ask ask = {
            .call = call, .name = q->name, .session = &s, .json = mst_json_create(NULL)};
        mst_text_init(&ask.words, NULL);
        mst_text_init(&ask.used, NULL);
        mst_json_object(ask.json, NULL);
        mst_json_text(ask.json, "format", "muster-calc");
        mst_json_whole(ask.json, "version", 1);
        mst_json_text(ask.json, "question", q->name);
        status = print(&ask, q->answer(&ask));
    }
    cli_close(&s);
    return status;
}

static const cli_option options[] = {
    {"--speed", "KN", "speed under way; without it the ship's own"},
    {"--speeds", "KN,KN", "speeds of the two that meet"},
    {"--stay", "'24 h'", "time on station"},
    {"--station", "KN", "speed on station; without it the ship's own"},
    {"--max", "KN", "greatest speed of the ship"},
    {"--at", "TIME", "when to be there, 2023-07-20T00:00Z; of a meeting: the start"},
    {"--air", NULL, "along the geodesic, from the airfield"},
    CLI_JSON_OPTION,
    CLI_END_OPTIONS};

#define AS_HELP(name, takes, arguments, answer, options, tells, examples)                          \
    "  " name " " takes "\n    " tells examples

const cli_verb cli_calc = {
    .name = "calc",
    .usage = "WHAT ...",
    .summary = "distance, range, endurance, radius, meeting point",
    .help = "  muster calc radius najin --stay '24 h'\n"
            "\n" QUESTIONS(AS_HELP) "\n"
                                    "A place is a base of the library or LAT,LON. A ship is a "
                                    "class of the library,\n"
                                    "with all its figures, or its range in nm at a speed in kn: "
                                    "4000@13. Distances\n"
                                    "are over water, 3 nm off the coast where the way allows it. "
                                    "Every answer says\n"
                                    "which figures it used and how sure they are. No scenario is "
                                    "needed. All take\n"
                                    "--json.\n",
    .arguments_min = 1,
    .arguments_max = 4,
    .options = options,
    .run = run,
    .word = word,
};
