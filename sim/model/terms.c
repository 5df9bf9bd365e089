#include "model/terms.h"

#include "base/text.h"

#include <string.h>

/* A reader that walks through one term. */
typedef struct reader {
    const mst_rule_def *rule;
    int32_t term;
    const char *text, *at;
    const mst_vocabulary *names;
    mst_arena *arena;
    muster_diags *diags;
    mst_list factor; /* mst_factor */
} reader;

static bool fail(reader *r, const char *hint, const char *what, const char *found)
{
    mst_diag(r->diags, MUSTER_ERROR, r->rule->item.place, NULL, hint,
             "rule '%s', term %d \"%s\": %s%s%s%s", r->rule->item.id ? r->rule->item.id : "",
             (int)r->term + 1, r->text, what, found ? " '" : "", found ? found : "",
             found ? "'" : "");
    return false;
}

static void skip_blanks(reader *r)
{
    while (*r->at == ' ' || *r->at == '\t')
        r->at++;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name_part(char c)
{
    return is_name_start(c) || is_digit(c) || c == '_' || c == '-' || c == '.';
}

static bool number_follows(const reader *r)
{
    const char *s = r->at;
    if (*s == '+' || *s == '-')
        s++;
    return is_digit(*s) || (*s == '.' && is_digit(s[1]));
}

/* Length of [sign] digits [. digits] [e [sign] digits]. */
static size_t number_length(const char *s)
{
    const char *const start = s;
    if (*s == '+' || *s == '-')
        s++;
    while (is_digit(*s) || *s == '.')
        s++;
    if ((*s == 'e' || *s == 'E') &&
        (is_digit(s[1]) || ((s[1] == '+' || s[1] == '-') && is_digit(s[2])))) {
        s += 2;
        while (is_digit(*s))
            s++;
    }
    return (size_t)(s - start);
}

static bool read_number(reader *r, double *out)
{
    char digits[48];
    const size_t length = number_length(r->at);
    if (length < sizeof digits) {
        memcpy(digits, r->at, length);
        digits[length] = '\0';
        if (mst_text_real(digits, out)) {
            r->at += length;
            skip_blanks(r);
            return true;
        }
        return fail(r, NULL, "bad number", digits);
    }
    return fail(r, NULL, "a number is too long", NULL);
}

static const struct prefix {
    const char *word;
    mst_reads reads;
    const char *of; /* what has such a name */
} prefixes[] = {
    {"cand", MST_READS_CAND, "no state has attribute"},
    {"host", MST_READS_HOST, "no state has attribute"},
    {"other", MST_READS_OTHER, "no state has attribute"},
    {"tie", MST_READS_TIE, "no tie has mutual value"},
    {"to_host", MST_READS_TO_HOST, "no tie has directed value"},
    {"from_host", MST_READS_FROM_HOST, "no tie has directed value"},
    {"drill", MST_READS_DRILL, "no drill has value"},
    {"fleet", MST_READS_FLEET, "a fleet has kit and cap, not"},
};
enum { PREFIXES = sizeof prefixes / sizeof prefixes[0] };

static const char *const fleet_words[] = {"kit", "cap"};

static const mst_list *names_behind(const mst_vocabulary *names, mst_reads reads)
{
    switch (reads) {
    case MST_READS_CAND:
    case MST_READS_HOST:
    case MST_READS_OTHER:
        return &names->attribute;
    case MST_READS_TIE:
        return &names->mutual;
    case MST_READS_TO_HOST:
    case MST_READS_FROM_HOST:
        return &names->directed;
    case MST_READS_DRILL:
        return &names->drill;
    case MST_READS_FLEET:
    case MST_READS_JOINS:
        break;
    }
    return NULL;
}

static const struct prefix *prefix_of(const char *name, const char **out_rest)
{
    const char *dot = strchr(name, '.');
    for (int32_t i = 0; dot && i < PREFIXES; i++)
        if (strlen(prefixes[i].word) == (size_t)(dot - name) &&
            strncmp(name, prefixes[i].word, (size_t)(dot - name)) == 0) {
            *out_rest = dot + 1;
            return &prefixes[i];
        }
    return NULL;
}

static bool resolve(reader *r, const char *name, mst_factor *out)
{
    const char *rest = NULL;
    const struct prefix *prefix = prefix_of(name, &rest);
    if (!prefix)
        return fail(r,
                    "names are cand.X host.X other.X tie.X to_host.X from_host.X drill.X "
                    "fleet.kit fleet.cap",
                    "unknown name", name);
    if (prefix->reads == MST_READS_OTHER && strcmp(rest, "joins") == 0) {
        *out = (mst_factor){.reads = MST_READS_JOINS, .name = name};
        return true;
    }
    const mst_list fleet = {.item = NULL, .count = 0};
    const mst_list *names = names_behind(r->names, prefix->reads);
    int32_t index = -1;
    if (names)
        index = mst_names_find(names, rest);
    else
        for (int32_t i = 0; i < 2; i++)
            index = strcmp(rest, fleet_words[i]) == 0 ? i : index;
    if (index < 0)
        return fail(r, mst_names_hint(r->arena, names ? names : &fleet, rest), prefix->of, rest);
    *out = (mst_factor){.reads = prefix->reads, .index = index, .name = name};
    return true;
}

static bool read_name(reader *r)
{
    if (!is_name_start(*r->at))
        return fail(r, NULL, *r->at ? "a name is expected at" : "a name is expected at the end",
                    *r->at ? r->at : NULL);
    const char *const start = r->at;
    while (is_name_part(*r->at))
        r->at++;
    const size_t length = (size_t)(r->at - start);
    char *name = mst_arena_alloc(r->arena, length + 1);
    mst_factor *factor = mst_list_add(r->arena, &r->factor, sizeof *factor);
    if (!name || !factor)
        return false;
    memcpy(name, start, length);
    skip_blanks(r);
    return resolve(r, name, factor);
}

/* [number *] name [* name ...], after a sign that was read already. */
static bool read_product(reader *r, double sign, double *out_times)
{
    *out_times = sign;
    if (number_follows(r)) {
        double factor = 0.0;
        if (!read_number(r, &factor))
            return false;
        *out_times = sign * factor;
        if (*r->at != '*')
            return fail(r, NULL, "'*' and a name are expected after the number", NULL);
        r->at++;
        skip_blanks(r);
    }
    for (;;) {
        if (!read_name(r))
            return false;
        if (*r->at != '*')
            return *r->at == '\0' ||
                   fail(r, NULL, "nothing may follow here but '*' and a name:", r->at);
        r->at++;
        skip_blanks(r);
    }
}

static bool read_term(reader *r, double *plus, double *times)
{
    *plus = 0.0;
    skip_blanks(r);
    if (!number_follows(r)) {
        double sign = 1.0;
        if (*r->at == '-') {
            sign = -1.0;
            r->at++;
            skip_blanks(r);
        }
        return read_product(r, sign, times);
    }
    double number = 0.0;
    if (!read_number(r, &number))
        return false;
    if (*r->at == '*') {
        r->at++;
        skip_blanks(r);
        if (!read_product(r, 1.0, times))
            return false;
        *times *= number;
        return true;
    }
    *plus = number;
    *times = 0.0;
    if (*r->at == '\0')
        return true;
    if (*r->at != '+' && *r->at != '-')
        return fail(r, NULL, "'+', '-' or '*' is expected at", r->at);
    const double sign = *r->at == '-' ? -1.0 : 1.0;
    r->at++;
    skip_blanks(r);
    return read_product(r, sign, times);
}

bool mst_term_read(const mst_rule_def *rule, int32_t term, const mst_vocabulary *names,
                   mst_arena *arena, muster_diags *diags, mst_rule_term *out)
{
    const char *text = *MST_AT(const char *const, &rule->terms, term);
    reader r = {.rule = rule,
                .term = term,
                .text = text,
                .at = text,
                .names = names,
                .arena = arena,
                .diags = diags};
    if (!read_term(&r, &out->plus, &out->times))
        return false;
    out->factor = r.factor.item;
    out->factor_count = r.factor.count;
    return true;
}
