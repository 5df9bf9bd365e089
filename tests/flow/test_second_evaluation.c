/* The participation rules worked out a second time: plain loops over the run document, sharing no
 * code with the library, on 1,000 random scenarios. Tolerance 1e-9 of the margin's size, at least
 * of 1: the document carries 12 significant digits. */
#include "flow.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATES = 5, ATTRIBUTES = 4, DIRECTED = 3, SCENARIOS = 1000 };

/* SplitMix64 (Steele, Lea, Flood 2014): random scenarios need no more. */
static uint64_t seed;
static double uniform(void)
{
    seed += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = seed;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (double)((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
}
static int pick(int below)
{
    return (int)(uniform() * below);
}

/* ---- writing a random scenario ------------------------------------------------------------ */

typedef struct writer {
    char bytes[65536];
    size_t used;
} writer;

static void put(writer *w, const char *format, ...) __attribute__((__format__(__printf__, 2, 3)));
static void put(writer *w, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    w->used += (size_t)vsnprintf(w->bytes + w->used, sizeof w->bytes - w->used, format, args);
    va_end(args);
    assert_true(w->used < sizeof w->bytes);
}

static void put_states(writer *w)
{
    put(w, "states = {\n");
    for (int s = 0; s < STATES; s++) {
        put(w, " S%d = { name = \"S%d\"; index = { cap = %.6f; reach = %.6f; };\n  attributes = {",
            s, s, uniform(), uniform());
        for (int a = 0; a < ATTRIBUTES; a++)
            if (uniform() < 0.97) /* now and then one is missing: its stage is not assessed */
                put(w, " a%d = %.6f;", a, uniform());
        put(w, " }; };\n");
    }
    put(w, "};\nties = {\n");
    for (int a = 0; a < STATES; a++)
        for (int b = a + 1; b < STATES; b++) {
            put(w,
                " T%d-%d = { a = \"S%d\"; b = \"S%d\"; align = %.6f;\n  mutual = { m0 = %.6f; };",
                a, b, a, b, 2.0 * uniform() - 1.0, uniform());
            for (int way = 0; way < 2; way++) {
                put(w, " %s = {", way ? "b_to_a" : "a_to_b");
                for (int d = 0; d < DIRECTED; d++)
                    if (uniform() < 0.98)
                        put(w, " d%d = %.6f;", d, uniform());
                put(w, " };");
            }
            put(w, " };\n");
        }
    put(w, "};\n");
}

static void put_name(writer *w, bool accept, bool participants)
{
    switch (pick(accept && participants ? 5 : 7)) {
    case 0:
        put(w, "cand.a%d", pick(ATTRIBUTES));
        break;
    case 1:
        put(w, "%s.a%d", participants ? "other" : "host", pick(ATTRIBUTES));
        break;
    case 2:
        put(w, pick(2) ? "tie.align" : "tie.m0");
        break;
    case 3:
        put(w, pick(2) ? "drill.visibility" : "drill.cap_need");
        break;
    case 4:
        put(w, pick(2) ? "fleet.kit" : "fleet.cap");
        break;
    case 5:
        put(w, "to_host.d%d", pick(DIRECTED));
        break;
    default:
        put(w, "from_host.d%d", pick(DIRECTED));
        break;
    }
}

static void put_rules(writer *w)
{
    static const char *const forms[] = {"product",  "linear",    "threshold",
                                        "logistic", "min-ratio", "gap"};
    static const char *const overs[] = {"sum", "max", "sum_clamped", "participants"};
    put(w, "alignment = { tau = %.4f; rules = {\n", 0.05 + 0.3 * uniform());
    const int count = 2 + pick(10);
    for (int r = 0; r < count; r++) {
        const bool accept = pick(2);
        const int over = pick(4);
        const bool participants = accept && over == 3;
        const int form = pick(6);
        put(w, " r%d = { stage = \"%s\"; form = \"%s\"; sign = %d; weight = %.5f;", r,
            accept ? "accept" : "admit", forms[form], pick(2) ? 1 : -1, uniform());
        if (accept)
            put(w, " over = \"%s\";", overs[over]);
        if (form == 2 || form == 3)
            put(w, " at = %.4f; scale = %.4f;", uniform(), 0.05 + uniform());
        put(w, " terms = [");
        const int terms = form >= 4 ? 2 + pick(2) : 1 + pick(3);
        for (int t = 0; t < terms; t++) {
            put(w, "%s\"", t ? ", " : "");
            if (pick(3) == 0)
                put(w, "%.4f %c ", uniform(), pick(2) ? '+' : '-');
            if (pick(3) == 0)
                put(w, "%.4f*", uniform());
            put_name(w, accept, participants);
            if (pick(3) == 0) {
                put(w, "*");
                put_name(w, accept, participants);
            }
            put(w, "\"");
        }
        put(w, "];%s };\n", pick(12) == 0 ? " off = true;" : "");
    }
    put(w, "}; };\n");
}

static void put_scenario(writer *w)
{
    w->used = 0;
    put(w, "scenario = { id = \"random\"; title = \"random\"; start = \"2023-07-01T00:00Z\"; "
           "horizon = \"20 d\"; };\n");
    put_states(w);
    const int hosts = 1 + pick(3);
    put(w, "drills = { d = { hosts = [");
    for (int h = 0; h < hosts; h++)
        put(w, "%s\"S%d\"", h ? ", " : "", h);
    put(w, "]; candidates = [");
    for (int c = hosts; c < STATES; c++)
        put(w, "%s\"S%d\"", c > hosts ? ", " : "", c);
    put(w,
        "]; visibility = %.5f; cap_need = %.5f;\n"
        " index = { cap_need = %.5f; reach_need = %.5f; };\n"
        " muster = { lat_deg = 39.5; lon_deg = 134.0; at = \"2023-07-16T00:00Z\"; };\n"
        " end = \"2023-07-17T00:00Z\"; }; };\n",
        uniform(), 0.05 + uniform() * 0.9, 0.05 + 0.9 * uniform(), 0.05 + 0.9 * uniform());
    put_rules(w);
}

/* ---- the second evaluation ---------------------------------------------------------------- */

typedef struct world {
    json_t *inputs, *drill, *fleet; /* fleet: the decision's own kit and cap */
    const char *cand, *host, *other;
} world;

static double number(json_t *value)
{
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

static json_t *pair(const world *w, const char *from, const char *to)
{
    size_t i;
    json_t *p;
    json_array_foreach(json_object_get(w->inputs, "pairs"), i,
                       p) if (strcmp(json_string_value(json_object_get(p, "from")), from) == 0 &&
                              strcmp(json_string_value(json_object_get(p, "to")), to) ==
                                  0) return p;
    return NULL;
}

static double read_name(const world *w, const char *name)
{
    const char *dot = strchr(name, '.');
    const size_t length = (size_t)(dot - name);
    const char *key = dot + 1;
    json_t *attributes = json_object_get(w->inputs, "attributes");
    if (strncmp(name, "cand", length) == 0 && length == 4)
        return number(json_object_get(json_object_get(attributes, w->cand), key));
    if (strncmp(name, "host", length) == 0 && length == 4)
        return number(json_object_get(json_object_get(attributes, w->host), key));
    if (strncmp(name, "other", length) == 0 && length == 5)
        return number(json_object_get(json_object_get(attributes, w->other), key));
    if (strncmp(name, "tie", length) == 0 && length == 3)
        return number(json_object_get(json_object_get(pair(w, w->cand, w->other), "mutual"), key));
    if (strncmp(name, "to_host", length) == 0 && length == 7)
        return number(
            json_object_get(json_object_get(pair(w, w->cand, w->other), "directed"), key));
    if (strncmp(name, "from_host", length) == 0 && length == 9)
        return number(
            json_object_get(json_object_get(pair(w, w->other, w->cand), "directed"), key));
    if (strncmp(name, "fleet", length) == 0 && length == 5)
        return number(json_object_get(w->fleet, key));
    if (strcmp(key, "cap_need") == 0) /* states without units are read by the index */
        return number(json_object_get(w->drill, "index_cap_need"));
    return number(json_object_get(json_object_get(w->drill, "values"), key));
}

static double one_value(const world *w, json_t *rule)
{
    double t[8];
    size_t n = json_array_size(json_object_get(rule, "terms"));
    for (size_t i = 0; i < n; i++) {
        json_t *term = json_array_get(json_object_get(rule, "terms"), i);
        json_t *names = json_object_get(term, "names");
        double product = 1.0;
        for (size_t k = 0; k < json_array_size(names); k++)
            product *= read_name(w, json_string_value(json_array_get(names, k)));
        t[i] = flow_real(term, "plus") + flow_real(term, "times") * product;
    }
    const char *form = json_string_value(json_object_get(rule, "form"));
    double rest = 1.0;
    for (size_t i = 1; i < n; i++)
        rest *= t[i];
    for (size_t i = 0; i < n; i++)
        if (isnan(t[i]))
            return (double)NAN;
    if (strcmp(form, "product") == 0)
        return t[0] * rest;
    if (strcmp(form, "linear") == 0) {
        double sum = 0.0;
        for (size_t i = 0; i < n; i++)
            sum += t[i];
        return sum;
    }
    if (strcmp(form, "threshold") == 0)
        return t[0] >= flow_real(rule, "at") ? rest : 0.0;
    if (strcmp(form, "logistic") == 0)
        return rest / (1.0 + exp((flow_real(rule, "at") - t[0]) / flow_real(rule, "scale")));
    if (strcmp(form, "gap") == 0) {
        double value = t[0] > t[1] ? t[0] - t[1] : t[1] - t[0];
        for (size_t i = 2; i < n; i++)
            value *= t[i];
        return value;
    }
    double front = 1.0;
    for (size_t i = 0; i + 2 < n; i++)
        front *= t[i];
    return front * (t[n - 2] < t[n - 1] ? t[n - 2] / t[n - 1] : 1.0);
}

static bool reads_others(json_t *rule)
{
    size_t i, k;
    json_t *term, *name;
    json_array_foreach(json_object_get(rule, "terms"), i, term) json_array_foreach(
        json_object_get(term, "names"), k,
        name) if (strncmp(json_string_value(name), "cand.", 5) != 0 &&
                  strncmp(json_string_value(name), "drill.", 6) != 0 &&
                  strncmp(json_string_value(name), "fleet.", 6) != 0) return true;
    return false;
}

/* Margin of a stage; *counted: rules that took part. */
static double margin(world w, const char *stage, const char *host, int *counted)
{
    double sum = 0.0;
    size_t i, k;
    json_t *rule, *name;
    *counted = 0;
    json_array_foreach(json_object_get(w.inputs, "rules"), i, rule)
    {
        if (strcmp(json_string_value(json_object_get(rule, "stage")), stage) != 0 ||
            json_is_true(json_object_get(rule, "off")))
            continue;
        (*counted)++;
        double value = 0.0;
        if (host || !reads_others(rule)) {
            w.host = w.other = host ? host : w.cand;
            value = one_value(&w, rule);
        } else {
            const char *over = json_string_value(json_object_get(rule, "over"));
            bool first = true;
            json_t *lists[2] = {json_object_get(w.drill, "hosts"),
                                json_object_get(w.drill, "candidates")};
            for (int list = 0; list < (strcmp(over, "participants") == 0 ? 2 : 1); list++)
                json_array_foreach(lists[list], k, name)
                {
                    w.host = w.other = json_string_value(name);
                    if (strcmp(w.other, w.cand) == 0)
                        continue;
                    const double next = one_value(&w, rule);
                    if (isnan(next) || isnan(value))
                        value = (double)NAN;
                    else if (first)
                        value = next;
                    else
                        value =
                            strcmp(over, "max") == 0 ? (next > value ? next : value) : value + next;
                    first = false;
                }
            if (strcmp(over, "sum_clamped") == 0 && value > 1.0)
                value = 1.0;
        }
        sum += flow_real(rule, "signed_weight") * value;
    }
    return sum;
}

static int compared, unassessed;

static void compare_stage(const world *w, json_t *stage, double tau)
{
    const char *kind = json_string_value(json_object_get(stage, "stage"));
    const char *host = json_string_value(json_object_get(stage, "host"));
    const char *standing = json_string_value(json_object_get(stage, "standing"));
    if (strcmp(kind, "able") == 0)
        return;
    int counted = 0;
    const double m = margin(*w, kind, host, &counted);
    if (counted == 0 || isnan(m)) {
        assert_string_equal(standing, "not assessed");
        unassessed++;
        return;
    }
    double terms = 0.0;
    size_t i;
    json_t *term;
    json_array_foreach(json_object_get(stage, "terms"), i, term) terms += flow_real(term, "value");
    /* relative to the size of the margin: a ratio may grow beyond 1 */
    const double size = fmax(1.0, fabs(m));
    assert_near(terms, flow_real(stage, "margin"), 1e-10 * size); /* 12 digits each, ten terms */
    assert_near(flow_real(stage, "margin"), m, 1e-9 * size);
    assert_near(flow_real(stage, "probability"), 1.0 / (1.0 + exp(-m / tau)), 1e-9);
    if (fabs(m) > 1e-9 * size)
        assert_string_equal(standing, m > 0.0 ? "yes" : "no");
    compared++;
}

static void compare_able(const world *w, json_t *decision, json_t *stage)
{
    const double cap = flow_real(decision, "kit");
    const double need = flow_real(w->drill, "index_cap_need");
    const double ready = flow_real(decision, "cap");
    assert_true(ready <= cap / need + 1e-9);
    assert_near(flow_real(stage, "margin"), ready - 0.8, 1e-9);
    assert_near(flow_real(stage, "terms[0].value"), cap / need - 0.8, 1e-9);
    assert_near(flow_real(stage, "terms[1].value"), ready - cap / need, 1e-9);
}

static void rules__agree_with_plain_loops(void **unused)
{
    (void)unused;
    static writer w;
    seed = 20230720;
    for (int n = 0; n < SCENARIOS; n++) {
        flow f;
        put_scenario(&w);
        assert_int_equal(flow_run_text(&f, w.bytes), MUSTER_OK);
        json_t *run = flow_json(&f), *inputs = json_object_get(run, "inputs"), *decision, *stage;
        size_t i, k;
        json_array_foreach(json_object_get(run, "decisions"), i, decision)
        {
            const world in = {.inputs = inputs,
                              .drill = flow_at(inputs, "drills[0]"),
                              .fleet = decision,
                              .cand = json_string_value(json_object_get(decision, "state"))};
            json_array_foreach(json_object_get(decision, "stages"), k, stage)
            {
                if (k == 0)
                    compare_able(&in, decision, stage);
                else
                    compare_stage(&in, stage, flow_real(inputs, "tau"));
            }
        }
        flow_close(&f);
    }
    print_message("%d stages compared, %d not assessed by both\n", compared, unassessed);
    assert_true(compared > 4000);
    assert_true(unassessed > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rules__agree_with_plain_loops)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
