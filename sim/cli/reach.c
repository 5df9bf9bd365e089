/* muster reach: the ladder of every unit; with --area the waters and the air it means. */
#include "cli/cli.h"

#include <math.h>
#include <stdlib.h>

/* Hours of --hours; false with a mistake told. */
static bool read_hours(const cli_call *call, double *out)
{
    const char *text = cli_value(call, "--hours");
    *out = (double)NAN;
    if (!text)
        return true;
    char *end = NULL;
    *out = strtod(text, &end);
    if (end != text && *end == '\0' && *out >= 0.0 && *out <= 100000.0)
        return true;
    (void)cli_mistake(call->as_json, "--hours 24", "'%s' is no number of hours from 0 to 100000",
                      text);
    return false;
}

static int tell_area(const cli_call *call)
{
    cli_session s;
    double hours;
    if (!read_hours(call, &hours))
        return MUSTER_MISTAKE;
    int status = cli_open(call, CLI_COMPILED, &s);
    if (status == MUSTER_OK) {
        const muster_tell of = {.scenario = s.scenario, .model = s.model};
        const char *who = call->argument_count > 1 ? call->argument[1] : NULL;
        muster_diags *diags = muster_diags_create(NULL); /* warnings were told */
        char *text = muster_tell_area(&of, s.routes, who, cli_value(call, "--drill"), hours, diags);
        if (text)
            cli_print_diags(diags, false); /* notes */
        status = cli_tell(call, text, diags);
        muster_diags_free(diags);
    }
    cli_close(&s);
    return status;
}

static int run(const cli_call *call)
{
    if (cli_has(call, "--area"))
        return tell_area(call);
    if (cli_has(call, "--hours"))
        return cli_mistake(call->as_json, "--area --hours 24", "--hours is for --area");
    return cli_tell_state(call, muster_tell_reach);
}

static const cli_option options[] = {CLI_CHANGE_OPTIONS,
                                     {"--drill", "ID", "which drill; without it the first"},
                                     {"--area", NULL, "areas for a map, as GeoJSON"},
                                     {"--hours", "H", "with --area: hours on station, 0 to 100000"},
                                     CLI_JSON_OPTION,
                                     {"-o", "FILE", "write to a file; - is stdout"},
                                     CLI_END_OPTIONS};

const cli_verb cli_reach = {
    .name = "reach",
    .usage = "FILE [STATE]",
    .summary = "can its ships and aircraft get there, stay and return",
    .help = "  muster reach scenarios/northern-interaction-2023.cfg PRK\n"
            "  muster reach FILE PRK --set 'states.PRK.allotment_frac = 0.5'\n"
            "  muster reach FILE najin-531 --area --hours 24 -o najin.geojson\n"
            "\n"
            "For each unit the radius (out and back, the required hours on station, reserve\n"
            "intact) that is left after each limit in turn: tank, usable fuel, issued fuel,\n"
            "time, sea state; the distance required; the limit that binds; and whether it\n"
            "fits what is asked. Aircraft: radius and minutes on station. Without STATE all\n"
            "states of the drill.\n"
            "\n"
            "With --area the water within each radius by sea, land left out, within 1 %, and\n"
            "the air round an aircraft's base: GeoJSON, a feature for each radius that tank,\n"
            "usable and issued fuel leave; a unit may stand in place of STATE. Without\n"
            "--hours those that the drill asks.\n",
    .arguments_min = 1,
    .arguments_max = 2,
    .options = options,
    .run = run,
};
