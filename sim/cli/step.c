/* muster step: the run event by event, by hand or by a script. */
#include "cli/step.h"

#include "base/diag.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- saying ---------------------------------------------------------------------------------- */

void step_say(const step_session *s, mst_json *answer, const char *format, ...)
{
    enum { WIDTH = 80 };
    mst_text words, wrapped;
    va_list args;
    (void)s;
    mst_text_init(&words, NULL);
    mst_text_init(&wrapped, NULL);
    va_start(args, format);
    mst_text_vprintf(&words, format, args);
    va_end(args);
    const char *said = words.bytes && !words.failed ? words.bytes : "out of memory";
    if (answer) {
        mst_json_text(answer, "text", said);
    } else {
        mst_text_wrap(&wrapped, said, 0, 2, WIDTH);
        puts(wrapped.bytes && !wrapped.failed ? wrapped.bytes : said);
    }
    mst_text_clear(&words);
    mst_text_clear(&wrapped);
}

bool step_refuse(const step_session *s, mst_json *answer, const char *format, ...)
{
    char said[512];
    va_list args;
    va_start(args, format);
    vsnprintf(said, sizeof said, format, args);
    va_end(args);
    if (answer)
        mst_json_text(answer, "error", said);
    else
        step_say(s, NULL, "%s", said);
    return false;
}

/* A document on one line: what a script reads line by line. No line break stands inside a JSON text. */
static void print_line(char *json)
{
    char *to = json;
    for (const char *from = json; *from;) {
        if (*from != '\n') {
            *to++ = *from++;
            continue;
        }
        while (*from == '\n' || *from == ' ')
            from++;
    }
    *to = '\0';
    puts(json);
}

/* ---- the run --------------------------------------------------------------------------------- */

static bool read_log(const cli_world *world, muster_diags *diags, mst_json_document **out)
{
    const muster_tell tell = {
        .scenario = world->scenario, .model = world->model, .result = world->plan};
    char *json = muster_tell_json(&tell, diags);
    *out = json ? mst_json_read("run", json, strlen(json), diags) : NULL;
    muster_tell_free(json, NULL);
    return *out != NULL;
}

static bool tell_mistakes(const step_session *s, const muster_diags *diags, mst_json *answer)
{
    const muster_diag *first = muster_diags_count(diags) > 0 ? muster_diags_at(diags, 0) : NULL;
    return step_refuse(s, answer, "%s%s%s%s", first ? first->message : "out of memory",
                       first && first->hint && *first->hint ? " (" : "",
                       first && first->hint ? first->hint : "",
                       first && first->hint && *first->hint ? ")" : "");
}

const mst_model *step_model(const step_session *s)
{
    return s->world.plan->run->model;
}

int32_t step_lines(const step_session *s, int32_t top, const char **line)
{
    int32_t count = 0;
    for (int32_t i = top; i >= 0; i = s->line[i].below)
        count++;
    for (int32_t i = top, k = count; i >= 0; i = s->line[i].below)
        line[--k] = s->line[i].text;
    return count;
}

muster_changes step_changes(const step_session *s, int32_t top, const char **line)
{
    const int32_t given = cli_set_lines(s->call, line, 0);
    return (muster_changes){.variant = cli_value(s->call, "--variant"),
                            .line = line,
                            .line_count = given + step_lines(s, top, line + given)};
}

bool step_run(step_session *s, int32_t top, mst_json *answer)
{
    const char *line[STEP_LINES_MAX + CLI_OPTIONS_MAX];
    const muster_changes changes = step_changes(s, top, line);
    muster_diags *diags = muster_diags_create(NULL);
    cli_world world;
    mst_json_document *document = NULL;
    const muster_status status =
        cli_world_open(s->base->text, &changes, s->base->land, s->base->routes, diags, &world);
    if (status != MUSTER_OK || !read_log(&world, diags, &document)) {
        (void)tell_mistakes(s, diags, answer);
        cli_world_close(&world);
        muster_diags_free(diags);
        return false;
    }
    muster_diags_free(diags);
    mst_json_forget(s->document);
    cli_world_close(&s->world);
    s->world = world;
    s->document = document;
    s->log = mst_json_member(mst_json_root(document), "log");
    s->mark.top = top;
    s->mark.next = 0;
    while (s->mark.next < mst_json_count(s->log) && step_time(s, s->mark.next) <= s->mark.now)
        s->mark.next++;
    return true;
}

bool step_change(step_session *s, const char *const *lines, int32_t count, mst_json *answer)
{
    int32_t top = s->mark.top;
    if (s->line_count + count > STEP_LINES_MAX)
        return step_refuse(s, answer, "at most %d changes can be made here", (int)STEP_LINES_MAX);
    for (int32_t i = 0; i < count; i++) {
        const size_t bytes = strlen(lines[i]) + 1;
        char *copy = malloc(bytes);
        if (!copy)
            return step_refuse(s, answer, "out of memory");
        memcpy(copy, lines[i], bytes);
        s->line[s->line_count] = (step_line){copy, top};
        top = s->line_count++;
    }
    return step_run(s, top, answer);
}

/* ---- the log --------------------------------------------------------------------------------- */

muster_time step_time(const step_session *s, int32_t index)
{
    muster_interval at = {0};
    const char *iso = mst_json_string(mst_json_member(mst_json_item(s->log, index), "t"));
    return iso && muster_time_read(iso, 0, &at) ? at.from : MUSTER_NEVER;
}

const char *step_clock(const step_session *s, muster_time time, char out[64])
{
    const int32_t zone = step_model(s)->zone_min;
    char utc[MUSTER_TIME_TEXT], local[MUSTER_TIME_TEXT];
    muster_time_write(time, 0, utc);
    muster_time_write(time, zone, local);
    if (zone == 0)
        snprintf(out, 64, "%.16s UTC", utc);
    else
        snprintf(out, 64, "%.16s UTC (%s%.5s)", utc,
                 strncmp(utc, local, 10) == 0 ? "" : "next day ", local + 11);
    return out;
}

void step_entry(const step_session *s, int32_t index, mst_json *answer)
{
    const mst_json_value *entry = mst_json_item(s->log, index);
    const char *text = mst_json_string(mst_json_member(entry, "text"));
    char clock[64];
    if (!answer) {
        step_say(s, NULL, "%s  %s", step_clock(s, step_time(s, index), clock), text ? text : "");
        return;
    }
    static const char *const texts[] = {"kind", "text", "unit", "state", "drill", "serial"};
    mst_json_object(answer, NULL);
    mst_json_time(answer, "t", step_time(s, index));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        mst_json_text(answer, texts[i], mst_json_string(mst_json_member(entry, texts[i])));
    mst_json_maybe(answer, "lat_deg", mst_json_number(mst_json_member(entry, "lat_deg")));
    mst_json_maybe(answer, "lon_deg", mst_json_number(mst_json_member(entry, "lon_deg")));
    mst_json_end(answer);
}

void step_go(step_session *s, muster_time to, mst_json *answer)
{
    const int32_t count = mst_json_count(s->log);
    if (to > step_model(s)->end)
        to = step_model(s)->end;
    if (to < step_model(s)->start)
        to = step_model(s)->start;
    if (answer)
        mst_json_array(answer, "events");
    s->mark.now = to;
    while (s->mark.next > 0 && step_time(s, s->mark.next - 1) > to)
        s->mark.next--;
    while (s->mark.next < count && step_time(s, s->mark.next) <= to)
        step_entry(s, s->mark.next++, answer);
    if (answer)
        mst_json_end(answer);
}

/* ---- commands -------------------------------------------------------------------------------- */

static const step_command *command_named(const char *name)
{
    const step_command *found = NULL;
    for (int i = 0; step_commands[i].name; i++) {
        if (strcmp(step_commands[i].name, name) == 0)
            return &step_commands[i];
        if (strncmp(step_commands[i].name, name, strlen(name)) ==
            0) /* short: the first that begins so */
            found = found ? found : &step_commands[i];
    }
    return found;
}

static bool obey(step_session *s, const char *name, char *words, mst_json *answer)
{
    const step_command *command = command_named(name);
    if (!command) {
        const char *names[32];
        int count = 0;
        while (count < 32 && step_commands[count].name) {
            names[count] = step_commands[count].name;
            count++;
        }
        const int32_t near = mst_text_nearest(name, names, count);
        return near >= 0 ? step_refuse(s, answer, "there is no '%.40s' here: did you mean '%s'?",
                                       name, names[near])
                         : step_refuse(s, answer,
                                       "there is no '%.40s' here: help lists what there is", name);
    }
    const step_mark before = s->mark;
    if (!command->run(s, words, answer))
        return false;
    if (command->changes && s->past_count < STEP_UNDO_MAX)
        s->past[s->past_count++] = before;
    return true;
}

/* One line of input: a command and the words behind it; an empty one is "next". */
static bool obey_line(step_session *s, char *text)
{
    static char next[] = "next";
    text += strspn(text, " \t");
    text[strcspn(text, "\r\n")] = '\0';
    if (*text == '#')
        return true;
    char *name = *text ? text : next;
    char *words = name + strcspn(name, " \t");
    if (*words)
        *words++ = '\0';
    words += strspn(words, " \t");
    mst_json *answer = NULL;
    if (s->call->as_json) {
        answer = mst_json_create(NULL);
        mst_json_object(answer, NULL);
        mst_json_text(answer, "format", "muster-step");
        mst_json_whole(answer, "version", 1);
        mst_json_text(answer, "command", name);
    }
    const bool is_done = obey(s, name, words, answer);
    if (answer) {
        char iso[MUSTER_TIME_TEXT];
        mst_json_text(answer, "time", muster_time_write_iso(s->mark.now, iso));
        mst_json_end(answer);
        char *json = mst_json_take(answer, NULL, NULL);
        if (json)
            print_line(json);
        muster_tell_free(json, NULL);
    }
    fflush(stdout);
    return is_done;
}

/* Reads commands to the end of the input. What a script asked for and did not get ends it. */
static int serve(step_session *s)
{
    const bool by_hand = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
    char text[STEP_INPUT_BYTES], clock[64];
    while (!s->is_over) {
        if (by_hand && !s->call->as_json) {
            printf("%s> ", step_clock(s, s->mark.now, clock));
            fflush(stdout);
        }
        if (!fgets(text, sizeof text, stdin)) {
            if (by_hand)
                putchar('\n');
            break;
        }
        if (!strchr(text, '\n') && strlen(text) == sizeof text - 1)
            return cli_mistake(s->call->as_json, NULL, "a line is longer than %d bytes",
                               (int)sizeof text - 2);
        if (!obey_line(s, text) && !by_hand)
            return MUSTER_MISTAKE;
    }
    return MUSTER_OK;
}

static int run(const cli_call *call)
{
    cli_session base;
    int status = cli_open(call, CLI_RUN, &base);
    step_session *s = status == MUSTER_OK ? calloc(1, sizeof *s) : NULL;
    if (status == MUSTER_OK && !s)
        status = cli_failure(MUSTER_WORLD, call->as_json, NULL, "out of memory");
    if (s) {
        s->call = call;
        s->base = &base;
        s->mark.now = base.result->run->model->start;
        s->mark.top = -1;
        if (!step_run(s, -1, NULL))
            status = MUSTER_WORLD;
        if (status == MUSTER_OK && !call->as_json) {
            step_say(s, NULL,
                     "%s: plan run, no chance in it. Enter goes to the next event; help tells "
                     "the rest.",
                     base.result->run->model->title);
        }
        s->mark.next = 0;
        if (status == MUSTER_OK)
            status = serve(s);
        mst_json_forget(s->document);
        cli_world_close(&s->world);
        for (int32_t i = 0; i < s->line_count; i++)
            free(s->line[i].text);
        free(s);
    }
    cli_close(&base);
    return status;
}

static const cli_option options[] = {CLI_CHANGE_OPTIONS,
                                     {"--json", NULL, "each answer as a JSON document on one line"},
                                     CLI_END_OPTIONS};

const cli_verb cli_step = {
    .name = "step",
    .usage = "FILE",
    .summary = "go through the run event by event, change it, take it back",
    .help = "  muster step scenarios/northern-interaction-2023.cfg\n"
            "  printf 'to 2023-07-16T16:00Z\\nwhere Taihu\\n' | muster step FILE\n"
            "\n"
            "Reads commands, one a line: next, back, to TIME, where, why STATE, reach\n"
            "STATE, flip STATE, set PATH = VALUE, inject ID, rule STATE joins, undo,\n"
            "reset, report, help, quit; an empty line is \"next\". A change makes the run\n"
            "anew from its start and goes on at the same moment; undo takes back the last\n"
            "command that moved or changed anything, to the very same run. Lines that begin\n"
            "with # are skipped. From a script the first command that fails ends it with\n"
            "status 2.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .options = options,
    .run = run,
};
