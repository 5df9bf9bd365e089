/* What can be said to muster step: a command is one function and one line of the table. */
#include "cli/step.h"

#include "load/scenario.h"

#include <stdlib.h>
#include <string.h>

/* ---- moving ---------------------------------------------------------------------------------- */

/* A number behind a command, 1 without one; 0: it is none. */
static int32_t number_of(const char *words)
{
    if (!*words)
        return 1;
    char *end = NULL;
    const long value = strtol(words, &end, 10);
    return *end == '\0' && value >= 1 && value <= 100000 ? (int32_t)value : 0;
}

static bool run_next(step_session *s, char *words, mst_json *answer)
{
    const int32_t wanted = number_of(words), count = mst_json_count(s->log);
    if (wanted == 0)
        return step_refuse(s, answer, "next takes a number of events, or nothing");
    if (s->mark.next >= count) {
        char clock[64];
        step_go(s, step_model(s)->end, answer);
        if (!answer)
            step_say(s, NULL, "The run is over: %s.", step_clock(s, s->mark.now, clock));
        return true;
    }
    const int32_t last = s->mark.next + wanted - 1 < count ? s->mark.next + wanted - 1 : count - 1;
    step_go(s, step_time(s, last), answer); /* all events of that moment */
    return true;
}

static bool run_back(step_session *s, char *words, mst_json *answer)
{
    const int32_t wanted = number_of(words);
    if (wanted == 0)
        return step_refuse(s, answer, "back takes a number of events, or nothing");
    int32_t at = s->mark.next;
    for (int32_t i = 0; i < wanted && at > 0; i++) { /* over one moment each */
        const muster_time moment = step_time(s, at - 1);
        while (at > 0 && step_time(s, at - 1) == moment)
            at--;
    }
    step_go(s, at > 0 ? step_time(s, at - 1) : step_model(s)->start, answer);
    if (at == 0)
        s->mark.next = 0; /* events at the very start are still to come */
    char clock[64];
    if (!answer)
        step_say(s, NULL, "Back at %s.", step_clock(s, s->mark.now, clock));
    return true;
}

static bool run_to(step_session *s, char *words, mst_json *answer)
{
    muster_interval at = {0};
    muster_time by = 0;
    if (words[0] == '+' && muster_duration_read(words + 1 + strspn(words + 1, " "), &by))
        at.from = s->mark.now + by;
    else if (!muster_time_read(words, step_model(s)->zone_min, &at))
        return step_refuse(s, answer, "to takes a moment, 2023-07-18T06:00Z, or +6 h; not '%.40s'",
                           words);
    if (at.from < step_model(s)->start || at.from > step_model(s)->end) {
        char first[64], last[64];
        return step_refuse(s, answer, "the run goes from %s to %s",
                           step_clock(s, step_model(s)->start, first),
                           step_clock(s, step_model(s)->end, last));
    }
    step_go(s, at.from, answer);
    return true;
}

static bool run_log(step_session *s, char *words, mst_json *answer)
{
    (void)words;
    if (answer)
        mst_json_array(answer, "events");
    for (int32_t i = 0; i < s->mark.next; i++)
        step_entry(s, i, answer);
    if (answer)
        mst_json_end(answer);
    else if (s->mark.next == 0)
        step_say(s, NULL, "Nothing has happened yet.");
    return true;
}

/* ---- changing -------------------------------------------------------------------------------- */

static bool run_set(step_session *s, char *words, mst_json *answer)
{
    const char *line = words;
    if (!strchr(words, '='))
        return step_refuse(s, answer, "set takes a change: set ties.RUS-PRK.align = 0.45");
    if (!step_change(s, &line, 1, answer))
        return false;
    if (!answer)
        step_say(s, NULL, "Run anew with %s.", words);
    return true;
}

static const mst_inject_def *inject_named(const step_session *s, const char *id)
{
    const mst_list *injects = &s->world.scenario->spec.injects;
    for (int32_t i = 0; i < injects->count; i++) {
        const mst_inject_def *one = MST_AT(mst_inject_def, injects, i);
        if (strcmp(one->item.id, id) == 0)
            return one;
    }
    return NULL;
}

static bool run_injects(step_session *s, char *words, mst_json *answer)
{
    const mst_list *injects = &s->world.scenario->spec.injects;
    (void)words;
    if (answer)
        mst_json_array(answer, "injects");
    for (int32_t i = 0; i < injects->count; i++) {
        const mst_inject_def *one = MST_AT(mst_inject_def, injects, i);
        if (answer)
            mst_json_text(answer, NULL, one->item.id);
        else
            step_say(s, NULL, "%s%s: %s", one->item.id, one->on ? " (thrown)" : "",
                     one->title  ? one->title
                     : one->says ? one->says
                                 : "");
    }
    if (answer)
        mst_json_end(answer);
    else if (injects->count == 0)
        step_say(s, NULL, "The file has no injects.");
    return true;
}

/* Thrown in now, whatever the file has planned. */
static bool run_inject(step_session *s, char *words, mst_json *answer)
{
    char on[128], at[160], iso[MUSTER_TIME_TEXT];
    const mst_inject_def *one = inject_named(s, words);
    if (!one)
        return step_refuse(s, answer, "there is no inject '%.60s': injects lists them", words);
    snprintf(at, sizeof at, "injects.%s.at = \"%s\"", one->item.id,
             muster_time_write_iso(s->mark.now, iso));
    snprintf(on, sizeof on, "injects.%s.on = true", one->item.id);
    const char *const lines[] = {at, on};
    if (!step_change(s, lines, 2, answer))
        return false;
    one = inject_named(s, words); /* that of the run made anew */
    if (!answer && one)
        step_say(s, NULL, "%s", one->says ? one->says : one->title ? one->title : "Thrown in.");
    return true;
}

/* rule STATE joins|stays-out REASON: in every drill that asks it. */
static bool run_rule(step_session *s, char *words, mst_json *answer)
{
    const mst_model *m = step_model(s);
    char lines[8][512];
    const char *line[8];
    char *says = words + strcspn(words, " ");
    if (*says)
        *says++ = '\0';
    char *reason = says + strcspn(says, " ");
    if (*reason)
        *reason++ = '\0';
    if (!*words || !*says)
        return step_refuse(s, answer,
                           "rule takes a state, joins or stays-out or none, and a reason");
    if (strcspn(reason, "\"\\") != strlen(reason))
        return step_refuse(s, answer, "a reason has no quotes and no backslashes");
    int32_t count = 0;
    for (int32_t d = 0; d < m->drill_count && count + 2 <= 8; d++)
        for (int32_t i = 0; i < m->drill[d].candidate_count; i++) {
            if (strcmp(m->state[m->drill[d].candidate[i]].id, words) != 0)
                continue;
            snprintf(lines[count], sizeof lines[count], "drills.%s.rulings.%s.says = \"%.40s\"",
                     m->drill[d].id, words, says);
            line[count] = lines[count];
            count++;
            snprintf(lines[count], sizeof lines[count], "drills.%s.rulings.%s.reason = \"%.240s\"",
                     m->drill[d].id, words, reason);
            line[count] = lines[count];
            count++;
        }
    if (count == 0)
        return step_refuse(s, answer, "no drill asks a state '%.60s'", words);
    if (!step_change(s, line, count, answer))
        return false;
    if (!answer)
        step_say(s, NULL, "The umpire rules: %s %s.", words, says);
    return true;
}

static bool run_changes(step_session *s, char *words, mst_json *answer)
{
    const char *line[STEP_LINES_MAX];
    const int32_t count = step_lines(s, s->mark.top, line);
    (void)words;
    if (answer)
        mst_json_array(answer, "changes");
    for (int32_t i = 0; i < count; i++)
        if (answer)
            mst_json_text(answer, NULL, line[i]);
        else
            step_say(s, NULL, "%s", line[i]);
    if (answer)
        mst_json_end(answer);
    else if (count == 0)
        step_say(s, NULL, "Nothing has been changed here.");
    return true;
}

static bool run_undo(step_session *s, char *words, mst_json *answer)
{
    (void)words;
    if (s->past_count == 0)
        return step_refuse(s, answer, "there is nothing to take back");
    const step_mark mark = s->past[s->past_count - 1];
    if (mark.top != s->mark.top && !step_run(s, mark.top, answer))
        return false;
    s->mark = mark;
    s->past_count--;
    char clock[64];
    if (!answer)
        step_say(s, NULL, "Taken back: %s.", step_clock(s, s->mark.now, clock));
    return true;
}

static bool run_reset(step_session *s, char *words, mst_json *answer)
{
    (void)words;
    if (!step_run(s, -1, answer))
        return false;
    s->mark = (step_mark){.now = step_model(s)->start, .top = -1};
    if (!answer)
        step_say(s, NULL, "At the start, as in the file.");
    return true;
}

/* ---- the rest -------------------------------------------------------------------------------- */

static bool run_help(step_session *s, char *words, mst_json *answer)
{
    (void)words;
    if (answer)
        mst_json_array(answer, "commands");
    for (int i = 0; step_commands[i].name; i++)
        if (answer)
            mst_json_text(answer, NULL, step_commands[i].usage);
        else
            printf("  %-22s %s\n", step_commands[i].usage, step_commands[i].help);
    if (answer)
        mst_json_end(answer);
    (void)s;
    return true;
}

static bool run_quit(step_session *s, char *words, mst_json *answer)
{
    (void)words;
    (void)answer;
    s->is_over = true;
    return true;
}

const step_command step_commands[] = {
    {"next", "next [N]", "go to the next event, or over N of them", true, run_next},
    {"back", "back [N]", "go back over an event; changes stay", true, run_back},
    {"to", "to TIME", "go to a moment, 2023-07-18T06:00Z, or by a while, +6 h", true, run_to},
    {"log", "log", "all that has happened so far", false, run_log},
    {"where", "where [UNIT|STATE]", "where ships are now, and the fuel they have", false,
     step_where},
    {"why", "why STATE", "why it takes part or not", false, step_why},
    {"reach", "reach [STATE]", "can its ships and aircraft get there and back", false, step_reach},
    {"flip", "flip STATE", "the smallest changes that turn the verdict", false, step_flip},
    {"set", "set PATH = VALUE", "change a figure and run anew, to this moment", true, run_set},
    {"injects", "injects", "what may be thrown in", false, run_injects},
    {"inject", "inject ID", "throw it in now", true, run_inject},
    {"rule", "rule STATE joins WHY", "the umpire says so (stays-out, none)", true, run_rule},
    {"changes", "changes", "what has been changed here", false, run_changes},
    {"undo", "undo", "take back the last command that moved or changed", false, run_undo},
    {"reset", "reset", "as in the file, from the start", true, run_reset},
    {"report", "report", "the report of the run as it is", false, step_report},
    {"help", "help", "these lines", false, run_help},
    {"quit", "quit", "end", false, run_quit},
    {NULL, NULL, NULL, false, NULL}};
