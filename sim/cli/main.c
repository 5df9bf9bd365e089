/* The muster program: finds the verb, reads its options, runs it. */
#include "cli/cli.h"

#include "base/text.h"

#include <errno.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_version.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

extern const cli_verb cli_check, cli_run, cli_compare, cli_why, cli_flip, cli_rivals, cli_fit,
    cli_reach, cli_calc, cli_design, cli_sweep, cli_status, cli_merge, cli_export, cli_analyze,
    cli_report, cli_step, cli_list, cli_show, cli_help;

const cli_verb *const cli_verbs[] = {
    &cli_check,   &cli_run,    &cli_compare, &cli_why,    &cli_flip,   &cli_rivals, &cli_fit,
    &cli_reach,   &cli_calc,   &cli_sweep,   &cli_design, &cli_status, &cli_merge,  &cli_export,
    &cli_analyze, &cli_report, &cli_step,    &cli_list,   &cli_show,   &cli_help,   NULL};

const char *cli_value(const cli_call *call, const char *name)
{
    const char *value = NULL;
    for (int i = 0; i < call->given_count; i++)
        if (strcmp(call->given[i].option->name, name) == 0)
            value = call->given[i].value ? call->given[i].value : "";
    return value;
}

bool cli_has(const cli_call *call, const char *name)
{
    return cli_value(call, name) != NULL;
}

const cli_verb *cli_verb_named(const char *name)
{
    for (int i = 0; cli_verbs[i]; i++)
        if (strcmp(cli_verbs[i]->name, name) == 0)
            return cli_verbs[i];
    return NULL;
}

/* Without a verb nobody knows which options take values: any --json before "--" asks for one. */
static int unknown_verb(const char *name, int argc, char **argv)
{
    const char *names[sizeof cli_verbs / sizeof *cli_verbs];
    char hint[96] = "muster --help lists the verbs";
    int count = 0;
    bool as_json = false;
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
        as_json = as_json || strcmp(argv[i], "--json") == 0;
    while (cli_verbs[count]) {
        names[count] = cli_verbs[count]->name;
        count++;
    }
    const int near = (int)mst_text_nearest(name, names, count);
    if (near >= 0)
        snprintf(hint, sizeof hint, "did you mean '%s'?", names[near]);
    return cli_mistake(as_json, hint, "no verb '%s'", name);
}

static void print_version(void)
{
    printf("muster %s\n"
           "GSL %s\n"
           "Licence GPL-3.0-or-later. No warranty.\n",
           muster_version(), GSL_VERSION);
}

static const cli_option *find_option(const cli_verb *verb, const char *name)
{
    for (const cli_option *o = verb->options; o && o->name; o++)
        if (strcmp(o->name, name) == 0)
            return o;
    return NULL;
}

/* A switch twice is one; of what has a value, which would count? */
static bool may_be_again(const cli_verb *verb, const cli_option *option)
{
    return !option->argument || strcmp(option->name, "--set") == 0 ||
           (verb->many && strstr(verb->many, option->name));
}

static const char *nearest_option(const cli_verb *verb, const char *name, char *hint, size_t room)
{
    const char *names[CLI_OPTIONS_MAX];
    int32_t count = 0;
    for (const cli_option *o = verb->options; o && o->name && count < CLI_OPTIONS_MAX; o++)
        names[count++] = o->name;
    const int32_t near = mst_text_nearest(name, names, count);
    if (near >= 0)
        snprintf(hint, room, "did you mean '%s'?", names[near]);
    else
        snprintf(hint, room, "muster help %s lists them", verb->name);
    return hint;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "-" is a file, and what reads as a number (-.5,134) is an argument. */
static bool is_option(const char *text)
{
    if (text[0] != '-' || text[1] == '\0')
        return false;
    return !is_digit(text[text[1] == '.' ? 2 : 1]);
}

/* Whether the answer is to be a document, before anything else is read, so that every mistake can
 * be told as one. What stands behind an option that takes a value, or behind "--", does not ask. */
static bool asks_for_json(const cli_verb *verb, int argc, char **argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const cli_option *option = find_option(verb, argv[i]);
        if (strcmp(argv[i], "--json") == 0)
            return true;
        i += option && option->argument;
    }
    return false;
}

/* Splits "--name=value" and "--name value"; false after a printed mistake. */
static bool read_option(cli_call *call, int argc, char **argv, int *at)
{
    char name[64];
    const char *equals = strncmp(argv[*at], "--", 2) == 0 ? strchr(argv[*at], '=') : NULL;
    const size_t length = equals ? (size_t)(equals - argv[*at]) : strlen(argv[*at]);
    const bool as_json = call->as_json;
    if (length >= sizeof name) {
        cli_mistake(as_json, NULL, "no option '%s'", argv[*at]);
        return false;
    }
    memcpy(name, argv[*at], length);
    name[length] = '\0';
    const cli_option *option = find_option(call->verb, name);
    if (!option) {
        char hint[96];
        cli_mistake(as_json, nearest_option(call->verb, name, hint, sizeof hint),
                    "'%s' has no option '%s'", call->verb->name, name);
        return false;
    }
    if (call->given_count == CLI_OPTIONS_MAX) {
        cli_mistake(as_json, NULL, "more than %d options", CLI_OPTIONS_MAX);
        return false;
    }
    const char *value = equals ? equals + 1 : NULL;
    if (option->argument && !value) {
        const bool is_last = *at + 1 >= argc;
        if (is_last || find_option(call->verb, argv[*at + 1])) {
            cli_mistake(as_json, NULL, "option '%s' needs %s behind it%s%s", name, option->argument,
                        is_last ? "" : ", not ", is_last ? "" : argv[*at + 1]);
            return false;
        }
        value = argv[++*at];
    }
    if (!option->argument && value) {
        cli_mistake(as_json, NULL, "option '%s' takes no value", name);
        return false;
    }
    if (!may_be_again(call->verb, option) && cli_value(call, option->name)) {
        cli_mistake(as_json, NULL, "option '%s' is given twice", name);
        return false;
    }
    call->given[call->given_count].option = option;
    call->given[call->given_count++].value = value;
    return true;
}

static int run_verb(const cli_verb *verb, int argc, char **argv)
{
    cli_call call = {.verb = verb, .as_json = asks_for_json(verb, argc, argv)};
    bool only_arguments = false;
    for (int i = 0; i < argc; i++) {
        if (!only_arguments && strcmp(argv[i], "--") == 0) {
            only_arguments = true;
        } else if (!only_arguments &&
                   (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)) {
            call = (cli_call){.verb = &cli_help, .argument = {verb->name}, .argument_count = 1};
            return cli_help.run(&call);
        } else if (!only_arguments && is_option(argv[i])) {
            if (!read_option(&call, argc, argv, &i))
                return MUSTER_MISTAKE;
        } else {
            if (call.argument_count < CLI_ARGUMENTS_MAX)
                call.argument[call.argument_count] = argv[i];
            call.argument_count++; /* those that find no room are too many for any verb */
        }
    }
    if (call.argument_count < verb->arguments_min || call.argument_count > verb->arguments_max) {
        char hint[160];
        snprintf(hint, sizeof hint, "muster %s %s", verb->name, verb->usage);
        return cli_mistake(call.as_json, hint, "%s arguments for '%s'",
                           call.argument_count < verb->arguments_min ? "too few" : "too many",
                           verb->name);
    }
    return verb->run(&call);
}

int main(int argc, char **argv)
{
    gsl_set_error_handler_off(); /* the library checks every return code */
    signal(SIGPIPE, SIG_IGN);    /* a closed pipe is seen when writing    */
    signal(SIGXFSZ, SIG_IGN);    /* and so is a file that may not grow    */
    int status;
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        const cli_call call = {.verb = &cli_help};
        status = cli_help.run(&call);
        if (argc < 2)
            status = MUSTER_MISTAKE;
    } else if (strcmp(argv[1], "--version") == 0) {
        print_version();
        status = MUSTER_OK;
    } else if (cli_verb_named(argv[1])) {
        status = run_verb(cli_verb_named(argv[1]), argc - 2, argv + 2);
    } else {
        status = unknown_verb(argv[1], argc - 2, argv + 2);
    }
    if (fflush(stdout) != 0 && status == MUSTER_OK) {
        if (errno != EPIPE) /* the reader has gone: no reason to complain */
            fprintf(stderr, "muster: error: cannot write: %s\n", strerror(errno));
        status = MUSTER_WORLD;
    }
    return status;
}
