/* No state's name and no bloc's name decides anything. Two blocs, each with its states, ties, fleet and
 * drill, change labels: each label must then have, to the last bit, what the other had. And the worked
 * case gives the same under other ids, and with its states in another order.
 *
 * Tolerance: none. Sums over hosts and participants run in the order of the drill's own lists, which
 * go along with the data, and sums over units in the order of the units of one state; so no sum is taken
 * in another order, and equality is asked of the bits. */
#include "compare.h"
#include "flow.h"
#include "test.h"

#include "batch/handles.h"
#include "muster/replicate.h"
#include "two_blocs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool same_bits(double x, double y)
{
    return memcmp(&x, &y, sizeof x) == 0 || (isnan(x) && isnan(y));
}

static void bits(double was, double is, const char *what, const char *of)
{
    if (!same_bits(was, is))
        fail_msg("%s of %s: %.17g, mirrored %.17g", what, of, was, is);
}

/* ---- two worlds side by side --------------------------------------------------------------------- */

typedef struct mirror { /* a state called from[i] in `was` is called to[i] in `is` */
    const mst_run *was, *is;
    const char *const *from, *const *to;
} mirror;

static void image(const mirror *m, const char *id, char out[160])
{
    char *text = with_words_replaced(id, m->from, m->to);
    snprintf(out, 160, "%s", text);
    free(text);
}

/* Index in `is` of the state that has the place of a state in `was`; -1 stays. */
static int32_t state_image(const mirror *m, int32_t state)
{
    char id[160];
    if (state < 0)
        return -1;
    image(m, m->was->model->state[state].id, id);
    const int32_t found = mst_model_state(m->is->model, id);
    if (found < 0)
        fail_msg("no state %s in the mirror", id);
    return found;
}

static int32_t drill_of(const mst_model *model, const char *id)
{
    for (int32_t d = 0; d < model->drill_count; d++)
        if (strcmp(model->drill[d].id, id) == 0)
            return d;
    fail_msg("no drill %s in the mirror", id);
    return -1;
}

static void same_terms(const mirror *m, const mst_verdict *x, const mst_verdict *y)
{
    const char *of = m->was->model->state[x->state].id;
    assert_int_equal(x->term_count, y->term_count);
    for (int32_t t = 0; t < x->term_count; t++) {
        const mst_term *a = &m->was->term[x->term_first + t], *b = &m->is->term[y->term_first + t];
        assert_int_equal(a->stage, b->stage);
        if (a->rule >= 0)
            assert_string_equal(m->was->model->rule[a->rule].id, m->is->model->rule[b->rule].id);
        else
            assert_int_equal(a->rule, b->rule);
        bits(a->value, b->value, a->rule >= 0 ? m->was->model->rule[a->rule].id : "able", of);
    }
}

static void same_verdict(const mirror *m, const mst_verdict *x, const mst_verdict *y)
{
    const char *of = m->was->model->state[x->state].id;
    assert_int_equal(state_image(m, x->state), y->state);
    assert_int_equal(x->is_host, y->is_host);
    assert_int_equal(x->joins, y->joins);
    assert_int_equal(x->is_partly_assessed, y->is_partly_assessed);
    assert_int_equal(x->stage_count, y->stage_count);
    bits(x->p, y->p, "P", of);
    bits(x->p_low, y->p_low, "least P", of);
    bits(x->p_high, y->p_high, "most P", of);
    for (int32_t s = 0; s < x->stage_count; s++) {
        assert_int_equal(x->stage[s].stage, y->stage[s].stage);
        assert_int_equal(state_image(m, x->stage[s].host), y->stage[s].host);
        assert_int_equal(x->stage[s].standing, y->stage[s].standing);
        bits(x->stage[s].margin, y->stage[s].margin, "margin", of);
        bits(x->stage[s].p, y->stage[s].p, "P of a stage", of);
    }
    same_terms(m, x, y);
}

/* Verdicts with stages, margins, terms, P; readings of the fleets; who takes part. Returns how many
 * verdicts were compared. */
static int32_t same_verdicts(const mirror *m)
{
    int32_t count = 0;
    const size_t states = (size_t)m->was->model->state_count;
    assert_int_equal(states, m->is->model->state_count);
    assert_int_equal(m->was->model->drill_count, m->is->model->drill_count);
    for (int32_t d = 0; d < m->was->model->drill_count; d++) {
        const int32_t e = drill_of(m->is->model, m->was->model->drill[d].id);
        const int32_t of = m->was->verdict_first[d + 1] - m->was->verdict_first[d];
        assert_int_equal(of, m->is->verdict_first[e + 1] - m->is->verdict_first[e]);
        for (int32_t v = 0; v < of; v++, count++)
            same_verdict(m, &m->was->verdict[m->was->verdict_first[d] + v],
                         &m->is->verdict[m->is->verdict_first[e] + v]);
        for (size_t s = 0; s < states; s++) {
            const size_t x = (size_t)d * states + s;
            const size_t y = (size_t)e * states + (size_t)state_image(m, (int32_t)s);
            const char *id = m->was->model->state[s].id;
            assert_int_equal(m->was->takes_part[x], m->is->takes_part[y]);
            bits(m->was->fleet[x].kit, m->is->fleet[y].kit, "kit", id);
            bits(m->was->fleet[x].cap, m->is->fleet[y].cap, "cap", id);
            bits(m->was->fleet[x].p_able, m->is->fleet[y].p_able, "P able", id);
        }
    }
    return count;
}

static int32_t thing(const muster_result *r, muster_scope scope, const char *id)
{
    char at[160];
    for (int32_t k = 0; k < muster_result_count(r, scope); k++)
        if (strcmp(muster_result_id(r, scope, k, at), id) == 0)
            return k;
    return -1;
}

/* "drill/A-B" as "drill/B-A": a pair has no order. */
static void turned(const char *id, char out[160])
{
    const char *slash = strchr(id, '/'), *dash = strchr(slash ? slash : id, '-');
    assert_non_null(slash);
    assert_non_null(dash);
    snprintf(out, 160, "%.*s/%s-%.*s", (int)(slash - id), id, dash + 1, (int)(dash - slash - 1),
             slash + 1);
}

/* Every measure of every thing. Returns how many values were compared that are no NaN. */
static int32_t same_measures(const mirror *m, const muster_result *was, const muster_result *is)
{
    int32_t count = 0, told = 0;
    const muster_measure *all = muster_measures(&count);
    for (int32_t i = 0; i < count; i++) {
        const muster_scope scope = all[i].scope;
        assert_int_equal(muster_result_count(was, scope), muster_result_count(is, scope));
        for (int32_t k = 0; k < muster_result_count(was, scope); k++) {
            char id[160], there[160], back[160];
            image(m, muster_result_id(was, scope, k, id), there);
            int32_t at = thing(is, scope, there);
            if (at < 0 && scope == MUSTER_OF_PAIR) {
                turned(there, back);
                at = thing(is, scope, back);
            }
            if (at < 0)
                fail_msg("no %s in the mirror", there);
            const double value = muster_result_at(was, i, k);
            bits(value, muster_result_at(is, i, at), all[i].name, id);
            told += !isnan(value);
        }
    }
    return told;
}

/* The plan run and replications: everything. */
static void assert_mirrored(const flow *was, const flow *is, const char *const *from,
                            const char *const *to, int32_t verdicts, int32_t values)
{
    mirror m = {was->result->run, is->result->run, from, to};
    assert_int_equal(same_verdicts(&m), verdicts);
    assert_true(same_measures(&m, was->result, is->result) >= values);
    for (uint32_t k = 1; k <= 25; k++) {
        muster_result *x = NULL, *y = NULL;
        assert_int_equal(muster_run_replication(was->model, 5, k, NULL, was->diags, &x), MUSTER_OK);
        assert_int_equal(muster_run_replication(is->model, 5, k, NULL, is->diags, &y), MUSTER_OK);
        m.was = x->run;
        m.is = y->run;
        same_verdicts(&m);
        same_measures(&m, x, y);
        muster_result_free(x);
        muster_result_free(y);
    }
}

/* ---- two blocs ----------------------------------------------------------------------------------- */

static const char *const left[] = {"W1", "W2", "W3", "W4", "E1", "E2", "E3", "E4", NULL};
static const char *const right[] = {"E1", "E2", "E3", "E4", "W1", "W2", "W3", "W4", NULL};
static const char *const unchanged[] = {NULL};

static void blocs__change_labels_and_the_result_is_mirrored(void **unused)
{
    (void)unused;
    char *alpha = two_blocs(TWO_BLOCS_ALPHA), *beta = two_blocs(TWO_BLOCS_BETA);
    flow f, g;
    assert_int_equal(flow_run_text(&f, alpha), MUSTER_OK);
    assert_int_equal(flow_run_text(&g, beta), MUSTER_OK);
    /* two hosts and three candidates a drill; hundreds of values that are no NaN */
    assert_mirrored(&f, &g, left, right, 10, 250);
    flow_close(&f);
    flow_close(&g);
    free(alpha);
    free(beta);
}

static const char *joiner(const flow *f, const char *state)
{
    json_t *d = flow_find(json_object_get(f->run, "decisions"), "state", state);
    return json_is_true(json_object_get(d, "joins")) ? "joins" : "stays";
}

/* The mirror would be easy for a world in which all come, or in which both blocs are alike. */
static void blocs__differ_and_not_all_come(void **unused)
{
    (void)unused;
    char *alpha = two_blocs(TWO_BLOCS_ALPHA);
    flow f;
    assert_int_equal(flow_run_text(&f, alpha), MUSTER_OK);
    flow_json(&f);
    int32_t yes[2] = {0, 0}, no[2] = {0, 0};
    const mst_run *run = f.result->run;
    for (int32_t d = 0; d < 2; d++)
        for (int32_t v = run->verdict_first[d]; v < run->verdict_first[d + 1]; v++) {
            yes[d] += !run->verdict[v].is_host && run->verdict[v].joins;
            no[d] += !run->verdict[v].is_host && !run->verdict[v].joins;
        }
    for (int32_t d = 0; d < 2; d++)
        assert_true(yes[d] > 0 && no[d] > 0);
    assert_string_equal(joiner(&f, "W1"), "joins");
    assert_near(flow_measure(f.run, "mustered", "north"), 1.0, 0.0);
    assert_near(flow_measure(f.run, "mustered", "south"), 1.0, 0.0);
    assert_true(
        fabs(flow_measure(f.run, "score", "north") - flow_measure(f.run, "score", "south")) > 1e-3);
    flow_close(&f);
    free(alpha);
}

/* A world that is not the mirror image must not pass for one: one attribute stays behind. */
static void blocs__what_stays_behind_is_seen(void **unused)
{
    (void)unused;
    static const char *const line[] = {"states.W3.attributes.autonomy = 0.6300000001"};
    const muster_changes change = {.line = line, .line_count = 1};
    char *alpha = two_blocs(TWO_BLOCS_ALPHA), *beta = two_blocs(TWO_BLOCS_BETA);
    flow f, g;
    assert_int_equal(flow_run_changed(&f, alpha, &change), MUSTER_OK);
    assert_int_equal(flow_run_text(&g, beta), MUSTER_OK);
    const mirror m = {f.result->run, g.result->run, left, right};
    const int32_t from = mst_model_state(m.was->model, "W3"), to = state_image(&m, from);
    int32_t unlike = 0;
    for (int32_t v = 0; v < m.was->verdict_first[m.was->model->drill_count]; v++)
        for (int32_t w = 0; w < m.is->verdict_first[m.is->model->drill_count]; w++) {
            const mst_verdict *x = &m.was->verdict[v], *y = &m.is->verdict[w];
            if (x->state == from && y->state == to && x->is_host == y->is_host &&
                strcmp(m.was->model->drill[x->drill].id, m.is->model->drill[y->drill].id) == 0)
                unlike += !same_bits(x->stage[x->stage_count - 1].margin,
                                     y->stage[y->stage_count - 1].margin);
        }
    assert_int_equal(unlike, 2); /* it is a candidate of both drills */
    flow_close(&f);
    flow_close(&g);
    free(alpha);
    free(beta);
}

/* Only the order in which things stand in the file: labels stay with their data. */
static void blocs__in_another_order_give_the_same(void **unused)
{
    (void)unused;
    char *alpha = two_blocs(TWO_BLOCS_ALPHA), *beta = two_blocs(TWO_BLOCS_BETA),
         *back = with_words_replaced(beta, left, right);
    flow f, g;
    assert_int_equal(flow_run_text(&f, alpha), MUSTER_OK);
    assert_int_equal(flow_run_text(&g, back), MUSTER_OK);
    assert_mirrored(&f, &g, unchanged, unchanged, 10, 250);
    flow_close(&f);
    flow_close(&g);
    free(back);
    free(alpha);
    free(beta);
}

/* ---- the worked case under other names ------------------------------------------------------------ */

/* What stands from "\nID = {" to its "\n};", of an entry at the margin of a gathered text. */
static char *entry(const char *text, const char *id, const char **out_at, size_t *out_length)
{
    char begin[64];
    snprintf(begin, sizeof begin, "\n%s = {", id);
    const char *at = strstr(text, begin);
    if (!at)
        fail_msg("no entry %s", id);
    const char *end = strstr(at, "\n};");
    assert_non_null(end);
    *out_at = at;
    *out_length = (size_t)(end - at) + strlen("\n};");
    char *copy = calloc(1, *out_length + 1);
    assert_non_null(copy);
    memcpy(copy, at, *out_length);
    return copy;
}

/* The text with the entries of three neighbours in reverse order. */
static char *reversed(const char *text, const char *const id[3])
{
    const char *at[3];
    size_t length[3];
    char *part[3], *out = calloc(1, strlen(text) + 1), *to = out;
    assert_non_null(out);
    for (int i = 0; i < 3; i++)
        part[i] = entry(text, id[i], &at[i], &length[i]);
    assert_true(at[0] < at[1] && at[1] < at[2]);
    memcpy(to, text, (size_t)(at[0] - text));
    to += at[0] - text;
    for (int i = 2; i >= 0; i--) {
        memcpy(to, part[i], length[i]);
        to += length[i];
    }
    memcpy(to, at[2] + length[2], strlen(at[2] + length[2]));
    for (int i = 0; i < 3; i++)
        free(part[i]);
    return out;
}

static const char *const worked[] = {"CHN", "RUS", "PRK", NULL};

/* Whole words of the text: ids and nothing else, for displayed names are words like "China". */
static void worked__under(const char *const *names, bool is_reversed)
{
    flow base, f;
    assert_int_equal(flow_run(&base, "northern-interaction-2023.cfg", NULL, NULL), MUSTER_OK);
    const char *text = muster_source_text_bytes(base.text, NULL);
    char *ordered = is_reversed ? reversed(text, worked) : NULL;
    char *renamed = with_words_replaced(ordered ? ordered : text, worked, names);
    assert_int_equal(flow_run_text(&f, renamed), MUSTER_OK);
    assert_mirrored(&base, &f, worked, names, 3, 400);
    if (!is_reversed) /* events name states by their place */
        assert_true(muster_result_digest(f.result) == muster_result_digest(base.result));
    free(renamed);
    free(ordered);
    flow_close(&f);
    flow_close(&base);
}

static void worked__ids_in_the_same_order(void **unused)
{
    static const char *const neutral[] = {"S1", "S2", "S3", NULL};
    (void)unused;
    worked__under(neutral, false);
}

static void worked__ids_in_another_order(void **unused)
{
    static const char *const neutral[] = {"ZZ", "MM", "AA", NULL};
    (void)unused;
    worked__under(neutral, false);
}

/* Each state under the id of another. */
static void worked__ids_changed_round(void **unused)
{
    static const char *const round[] = {"PRK", "CHN", "RUS", NULL};
    (void)unused;
    worked__under(round, false);
}

static void worked__states_in_another_order(void **unused)
{
    static const char *const neutral[] = {"S3", "S2", "S1", NULL};
    (void)unused;
    worked__under(worked, true);
    worked__under(neutral, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocs__change_labels_and_the_result_is_mirrored),
        cmocka_unit_test(blocs__differ_and_not_all_come),
        cmocka_unit_test(blocs__what_stays_behind_is_seen),
        cmocka_unit_test(blocs__in_another_order_give_the_same),
        cmocka_unit_test(worked__ids_in_the_same_order),
        cmocka_unit_test(worked__ids_in_another_order),
        cmocka_unit_test(worked__ids_changed_round),
        cmocka_unit_test(worked__states_in_another_order),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
