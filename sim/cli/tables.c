/* Tables of drills, as several verbs take them. */
#include "cli/tables.h"

#include <stdlib.h>
#include <string.h>

enum { BYTES_MAX = 64 * 1024 * 1024, CARRY_MAX = 100 };

static const struct {
    const char *option;
    muster_record_role role;
} files[] = {{"--record", MUSTER_RECORD_DRILLS},
             {"--states", MUSTER_RECORD_STATES},
             {"--dyads", MUSTER_RECORD_DYADS}};

/* One file. */
static int open_table(const cli_call *call, cli_tables *t, muster_record_role role,
                      const char *path)
{
    size_t length = 0;
    const char *reason = NULL;
    char *bytes = cli_read_file(path, BYTES_MAX, &length, &reason);
    if (!bytes)
        return cli_failure(MUSTER_WORLD, call->as_json, NULL, "cannot open '%s': %s", path, reason);
    t->bytes[t->count] = bytes;
    t->table[t->count++] = (muster_record_table){role, path, bytes, length};
    return MUSTER_OK;
}

int cli_tables_open(const cli_call *call, cli_tables *out)
{
    int status = MUSTER_OK;
    out->count = 0;
    for (size_t k = 0; k < sizeof files / sizeof *files; k++)
        for (int i = 0; status == MUSTER_OK && i < call->given_count; i++)
            if (strcmp(call->given[i].option->name, files[k].option) == 0)
                status = open_table(call, out, files[k].role, call->given[i].value);
    return status;
}

void cli_tables_close(cli_tables *tables)
{
    while (tables->count > 0)
        free(tables->bytes[--tables->count]);
}

/* One of two words; false after a printed mistake. */
static bool choose(const cli_call *call, const char *option, const char *no, const char *yes,
                   bool *out)
{
    const char *value = cli_value(call, option);
    *out = value && strcmp(value, yes) == 0;
    if (!value || *out || strcmp(value, no) == 0)
        return true;
    char hint[32];
    snprintf(hint, sizeof hint, "%s or %s", no, yes);
    cli_mistake(call->as_json, hint, "%s is not '%s'", option, value);
    return false;
}

bool cli_tables_options(const cli_call *call, muster_record_options *out)
{
    const char *carry = cli_value(call, "--carry");
    char *end = NULL;
    *out = (muster_record_options){0};
    const long years = carry ? strtol(carry, &end, 10) : 0;
    if (carry && (end == carry || *end || years < 0 || years > CARRY_MAX)) {
        cli_mistake(call->as_json, NULL, "--carry takes 0 to %d years, not '%s'", CARRY_MAX, carry);
        return false;
    }
    out->carry_years = (int32_t)years;
    return choose(call, "--use", "calibration", "test", &out->is_test) &&
           choose(call, "--ideal-points", "all", "fp", &out->final_passage);
}
