/* A decision that is the same at every point: which of its stages stops it, by their margins. */
#include "analyses/unmoved.h"

#include "analyses/sentence.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STAGES = 3 };

/* A stage by its margin; figure -1: it is not there. */
typedef struct stage {
    const char *measure;
    bool takes_0; /* says yes at 0 */
    int32_t figure;
    int64_t points, no; /* with the margin; of them with a no */
} stage;

static bool is_decision(const muster_response *r)
{
    static const char *const measures[] = {"participation", "p_joins", "p_joins_low",
                                           "p_joins_high"};
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
        if (r->measure && r->thing && *r->thing && strcmp(r->measure, measures[i]) == 0)
            return true;
    return false;
}

static int32_t figure_of(const mst_data *d, const char *measure)
{
    for (int32_t i = 0; i < d->figures; i++)
        if (strcmp(d->figure[i].measure, measure) == 0 &&
            strcmp(d->figure[i].thing, d->response.thing) == 0)
            return i;
    return -1;
}

/* The political stages say yes above 0, able at 0 too, where the model allows for rounding. */
static muster_status count(const mst_data *d, stage *s)
{
    double *mean = malloc(((size_t)d->points + 1) * sizeof *mean);
    const muster_status status = mean ? mst_data_means(d, &s->figure, 1, mean) : MUSTER_WORLD;
    for (int64_t p = 0; status == MUSTER_OK && p < d->points; p++) {
        if (isnan(mean[p]))
            continue;
        s->points++;
        s->no += s->takes_0 ? mean[p] < -1e-12 : !(mean[p] > 0.0);
    }
    free(mean);
    return status;
}

static void add_stage(mst_sentence *t, const mst_data *d, const stage *s)
{
    const char *name = d->figure[s->figure].name;
    mst_say(t, "%s%s ", t->used > 0 ? "; " : "", name);
    if (s->points == 0)
        mst_say(t, "is not defined at any point");
    else if (s->no == s->points)
        mst_say(t, "at all %" PRId64 " points, so that this stage stops it whatever the others do",
                s->points);
    else if (s->no == 0)
        mst_say(t, "at none of %" PRId64, s->points);
    else
        mst_say(t, "at %" PRId64 " of %" PRId64, s->no, s->points);
}

static void say(const mst_data *d, const stage *s, muster_section *section)
{
    const char *of = strchr(d->response.name, ':'), *suffix = of ? of : ""; /* as the file has it */
    mst_sentence there = {.used = 0}, look = {.used = 0}, missing = {.used = 0};
    for (int i = 0; i < STAGES; i++)
        if (s[i].figure >= 0) {
            add_stage(&there, d, &s[i]);
            mst_say(&look, "%s--measure %s", look.used > 0 ? " " : "", d->figure[s[i].figure].name);
        } else {
            mst_say(&missing, "%s\"%s%s\"", missing.used > 0 ? ", " : "", s[i].measure, suffix);
        }
    if (there.used > 0)
        muster_section_say(
            section,
            "A stage of this decision says no where its margin is 0 or less (able: below "
            "0): %s. What "
            "moves a stage is told of its margin: %s.",
            there.text, look.text);
    if (missing.used > 0)
        muster_section_say(section,
                           "%s would be told by measures that are not there; to have them add %s "
                           "to measures.",
                           there.used > 0 ? "The rest of its stages" : "Which stage stops it",
                           missing.text);
}

muster_status mst_say_unmoved(const mst_data *d, muster_section *section)
{
    stage s[STAGES] = {{.measure = "margin_able", .takes_0 = true},
                       {.measure = "margin_admit"},
                       {.measure = "margin_accept"}};
    muster_status status = MUSTER_OK;
    if (!is_decision(&d->response))
        return MUSTER_OK;
    for (int i = 0; status == MUSTER_OK && i < STAGES; i++) {
        s[i].figure = figure_of(d, s[i].measure);
        if (s[i].figure >= 0)
            status = count(d, &s[i]);
    }
    if (status == MUSTER_OK)
        say(d, s, section);
    return status;
}
