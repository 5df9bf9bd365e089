/* What a scenario file expects of its run. */
#include "outcome/outcome.h"

#include "base/diag.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

enum { IS_EQUAL, IS_AT_LEAST, IS_AT_MOST, NAMES_MAX = 128 };

/* The hint beside a name that nobody knows; empty when nothing is near. */
static void suggest(const char *wanted, const char *const *names, int32_t count, char out[200])
{
    const int32_t nearest = wanted ? mst_text_nearest(wanted, names, count) : -1;
    out[0] = '\0';
    if (nearest < 0)
        return;
    const char *parts[] = {"did you mean \"", names[nearest], "\"?"};
    size_t used = 0;
    for (size_t i = 0; i < 3; i++) {
        const size_t length = strlen(parts[i]);
        if (used + length >= 200)
            return;
        memcpy(out + used, parts[i], length + 1);
        used += length;
    }
}

static void unknown_measure(const mst_expect_def *expect, muster_diags *diags)
{
    const char *names[NAMES_MAX];
    char hint[200];
    int32_t count;
    const muster_measure *all = muster_measures(&count);
    count = count < NAMES_MAX ? count : NAMES_MAX;
    for (int32_t i = 0; i < count; i++)
        names[i] = all[i].name;
    suggest(expect->measure, names, count, hint);
    mst_diag(diags, MUSTER_ERROR, expect->item.place, "expect", hint[0] ? hint : NULL,
             "no measure \"%s\"; `muster list measures` names them all",
             expect->measure ? expect->measure : "");
}

/* True if `of` names the thing: its whole id, or what stands after the drill's name. */
static bool names_thing(const char *id, const char *of, bool *out_whole)
{
    const char *slash = strchr(id, '/');
    *out_whole = strcmp(id, of) == 0;
    return *out_whole || (slash && strcmp(slash + 1, of) == 0);
}

/* The thing an expectation is of; -1 with a diagnostic. No name: the first. */
static int32_t thing_named(const mst_outcomes *outcomes, const mst_expect_def *expect,
                           muster_scope scope, muster_diags *diags)
{
    const int32_t count = mst_scope_count(outcomes, scope);
    int32_t found = -1, matches = 0;
    char id[160];
    if (!expect->of && count > 0)
        return 0;
    for (int32_t i = 0; expect->of && i < count; i++) {
        bool whole;
        if (!names_thing(mst_scope_id(outcomes, scope, i, id), expect->of, &whole))
            continue;
        if (whole)
            return i;
        found = i;
        matches++;
    }
    if (matches == 1)
        return found;
    if (matches > 1)
        mst_diag(diags, MUSTER_ERROR, expect->item.place, "expect", NULL,
                 "of = \"%s\" fits several drills; write DRILL/%s", expect->of, expect->of);
    else
        mst_diag(diags, MUSTER_ERROR, expect->item.place, "expect", NULL,
                 "no %s \"%s\" has a measure \"%s\"", muster_scope_name(scope),
                 expect->of ? expect->of : "", expect->measure);
    return -1;
}

static bool is_met(const mst_expect_def *expect, double value)
{
    const double within = isfinite(expect->within) && expect->within > 0.0 ? expect->within : 0.0;
    if (isnan(value) || isnan(expect->value))
        return false;
    switch (expect->is) {
    case IS_AT_LEAST:
        return value >= expect->value - within;
    case IS_AT_MOST:
        return value <= expect->value + within;
    default:
        /* infinite values are equal only to themselves */
        return value == expect->value || fabs(value - expect->value) <= within;
    }
}

static const char *words_of(int32_t is)
{
    return is == IS_AT_LEAST ? "at least " : is == IS_AT_MOST ? "at most " : "";
}

mst_expectation mst_expect_of(const mst_outcomes *outcomes, const mst_expect_def *expect,
                              muster_diags *diags)
{
    mst_expectation out = {
        .measure = mst_measure_named(expect->measure), .thing = -1, .actual = (double)NAN};
    int32_t count;
    if (out.measure < 0) {
        unknown_measure(expect, diags);
        return out;
    }
    out.thing = thing_named(outcomes, expect, muster_measures(&count)[out.measure].scope, diags);
    if (out.thing < 0)
        return out;
    out.actual = mst_measure_value(outcomes, out.measure, out.thing);
    out.is_met = is_met(expect, out.actual);
    return out;
}

static bool check_one(const mst_outcomes *outcomes, const mst_expect_def *expect,
                      muster_diags *diags)
{
    int32_t count;
    const mst_expectation outcome = mst_expect_of(outcomes, expect, diags);
    if (outcome.is_met || outcome.thing < 0)
        return outcome.is_met;
    const muster_measure *row = &muster_measures(&count)[outcome.measure];
    const double value = outcome.actual;
    char id[160], found[32], wanted[32], within[32];
    const char *unit = row->unit[0] ? " " : "";
    mst_scope_id(outcomes, row->scope, outcome.thing, id);
    if (isnan(value))
        mst_diag(diags, MUSTER_ERROR, expect->item.place, "expect", NULL,
                 "%s of %s is not defined in this run; expected: %s%s%s%s", row->name, id,
                 words_of(expect->is), mst_text_shortest(expect->value, wanted), unit, row->unit);
    else
        mst_diag(diags, MUSTER_ERROR, expect->item.place, "expect", NULL,
                 "%s of %s is %s%s%s; expected: %s%s%s%s, within %s", row->name, id,
                 mst_text_shortest(value, found), unit, row->unit, words_of(expect->is),
                 mst_text_shortest(expect->value, wanted), unit, row->unit,
                 mst_text_shortest(isfinite(expect->within) ? expect->within : 0.0, within));
    return false;
}

int32_t mst_expect_check(const mst_outcomes *outcomes, const mst_spec *spec, muster_diags *diags)
{
    int32_t unmet = 0;
    for (int32_t i = 0; i < spec->expects.count; i++)
        unmet += !check_one(outcomes, MST_AT(mst_expect_def, &spec->expects, i), diags);
    return unmet;
}
