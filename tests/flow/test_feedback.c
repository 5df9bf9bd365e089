/* What drills add to threat and trust: two drills by hand, serials by plan and by chance, and the
 * campaign of the record against a forward sum over its list of events. */
#include "test.h"

#include "batch/handles.h"
#include "engine/feedback.h"
#include "flow.h"
#include "outcome/rivals.h"
#include "outcome/trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RECORD "record-2018-2024.cfg"
#define SUKIN "feedback-bernhardt-sukin-2021"

/* ---- two drills whose times overlap -------------------------------------------------------------- */

/* Day 20 to 26 and day 24 to 30 of 2023; decided on the days given. %s: the feedback. */
static const char overlap[] =
    "scenario = { id = \"t\"; title = \"T\"; start = \"2023-01-01T00:00Z\"; horizon = \"90 d\"; "
    "};\n"
    "states = { A = { attributes = { threat = 0.2; }; index = { cap = 1.0; reach = 1.0; }; };\n"
    "  B = { attributes = { threat = 0.3; }; index = { cap = 1.0; reach = 1.0; }; };\n"
    "  R = { attributes = { threat = 0.5; }; index = { cap = 1.0; reach = 1.0; }; };\n"
    "  S = { attributes = { threat = 0.99; }; }; T = { }; U = { attributes = { threat = 3.0; }; }; "
    "};\n"
    "ties = { AB = { a = \"A\"; b = \"B\"; align = 0.5; };\n"
    "  AR = { a = \"A\"; b = \"R\"; rival = true; align = 0.1; };\n"
    "  AS = { a = \"A\"; b = \"S\"; rival = true; };\n"
    "  AT = { a = \"A\"; b = \"T\"; rival = true; }; AU = { a = \"U\"; b = \"A\"; rival = true; "
    "};\n"
    "  BR = { a = \"B\"; b = \"R\"; align = 0.1; }; };\n"
    "areas = { box = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 40.0; }; };\n"
    "weather = { sea_state = 3; };\n"
    "drills = {\n"
    "  late = { hosts = [\"A\"]; candidates = [\"R\"]; %s visibility = 0.8;\n"
    "    muster = { at = \"2023-02-20T00:00Z\"; lat_deg = 39.5; lon_deg = 134.0; };\n"
    "    end = \"2023-02-21T00:00Z\"; decide_at = \"2023-02-10T00:00Z\"; };\n" /* day 40 */
    "  one = { hosts = [\"A\"]; candidates = [\"B\", \"R\"]; %s visibility = 0.8;\n"
    "    muster = { at = \"2023-01-21T00:00Z\"; lat_deg = 39.5; lon_deg = 134.0; };\n"
    "    end = \"2023-01-27T00:00Z\"; decide_at = \"2023-01-07T00:00Z\"; };\n" /* days 20 to 26 */
    "  two = { hosts = [\"A\"]; candidates = [\"R\"]; %s visibility = 0.5;\n"
    "    muster = { at = \"2023-01-25T00:00Z\"; lat_deg = 39.5; lon_deg = 134.0; };\n"
    "    end = \"2023-01-31T00:00Z\"; decide_at = \"2023-01-24T00:00Z\"; };\n" /* 23; 24 to 30 */
    "  three = { hosts = [\"A\"]; candidates = [\"R\"]; %s visibility = 0.8;\n"
    "    muster = { at = \"2023-02-09T00:00Z\"; lat_deg = 39.5; lon_deg = 134.0; };\n"
    "    end = \"2023-02-20T12:00Z\"; decide_at = \"2023-01-28T00:00Z\"; }; };\n" /* day 27 */
    "alignment = { rules = { fear = { stage = \"accept\"; weight = 0.1; terms = [\"-1 + "
    "cand.threat\"]; "
    "};\n"
    "    near = { stage = \"admit\"; terms = [\"tie.align\"]; }; }; };\n"
    "timeline = ( { at = \"2023-02-02T00:00Z\"; changes = [\"states.T.attributes.threat = 0.4\"]; "
    "} );\n"
    "feedback = { %s };\n";
#define DRILL "area = \"box\"; cap_need = 0.2; index = { cap_need = 0.2; reach_need = 0.2; };"

static void open_overlap(flow *f, const char *feedback)
{
    char text[8192];
    const int length = snprintf(text, sizeof text, overlap, DRILL, DRILL, DRILL, DRILL, feedback);
    assert_true(length > 0 && (size_t)length < sizeof text);
    assert_int_equal(flow_run_text(f, text), MUSTER_OK);
}

enum { NUMBERS = 4096 };
typedef struct numbers {
    double attribute[NUMBERS], mutual[NUMBERS], directed[NUMBERS];
    mst_values values;
} numbers;

static numbers decided, plain;

static const mst_values *values_of(const flow *f, const char *drill)
{
    const mst_model *m = f->model->model;
    const int32_t n = m->state_count;
    assert_true(n * n * m->mutual_count <= NUMBERS && n * n * m->directed_count <= NUMBERS);
    decided.values = (mst_values){decided.attribute, decided.mutual, decided.directed};
    mst_run_values(m, f->result->run, mst_model_drill(m, drill), &decided.values);
    return &decided.values;
}

static double threat(const flow *f, const char *drill, const char *state)
{
    const mst_model *m = f->model->model;
    return values_of(f, drill)
        ->attribute[mst_model_state(m, state) * m->attribute_count + m->feedback.threat];
}

static double closeness(const flow *f, const char *drill, const char *a, const char *b)
{
    const mst_model *m = f->model->model;
    return values_of(f, drill)
        ->mutual[mst_model_pair(m, MST_MUTUAL_ALIGN, mst_model_state(m, a), mst_model_state(m, b))];
}

/* R and S are rivals of A and in none of the drills; k .05, half-life 10 days. */
static void test_feedback__two_drills_by_hand(void **state)
{
    (void)state;
    flow f;
    open_overlap(&f, "k_threat = 0.05; half_life = \"10 d\";");
    const mst_run *run = f.result->run;
    for (int32_t i = 0; i < 4; i++) /* R does not come; -0.1 x (1 - threat) is below 0 */
        assert_false(run->takes_part[i * f.model->model->state_count + 2]);
    assert_near(threat(&f, "one", "R"), 0.5, 0.0);
    assert_near(threat(&f, "two", "R"), 0.5, 0.0); /* between muster and end of the first */
    /* day 27, one day after the end of the first: .04 x 2^-.1 */
    assert_near(threat(&f, "three", "R"), 0.5 + 0.04 * 0.93303299153680741, 1e-14);
    /* day 40: the first is 14 days over, the second 10 */
    assert_near(threat(&f, "late", "R"), 0.5 + 0.04 * 0.37892914162759955 + 0.025 * 0.5, 1e-14);
    /* S: .99 + .04 is cut to 1, so .01 is left to fade: .01 x 2^-.4 + .025 is cut to .01 again */
    assert_near(threat(&f, "three", "S"), 0.99 + 0.01 * 0.93303299153680741, 1e-14);
    assert_near(threat(&f, "late", "S"), 0.99 + 0.01 * 0.5, 1e-14);
    assert_near(threat(&f, "late", "A"), 0.2, 0.0); /* hosts are not their own rivals */
    assert_near(threat(&f, "late", "B"), 0.3, 0.0);
    assert_true(isnan(threat(&f, "three", "T"))); /* given after both ends: nothing was moved */
    assert_near(threat(&f, "late", "T"), 0.4, 0.0);
    assert_near(threat(&f, "late", "U"), 3.0, 0.0); /* a scale of its own: nothing is cut off */
    assert_near(closeness(&f, "late", "A", "B"), 0.5, 0.0); /* no serials, no trust */
    /* the margins are those of these values: accept of R = .1 x (threat - 1) */
    const int32_t late = mst_model_drill(f.model->model, "late");
    const mst_verdict *v = mst_verdict_of(run, late, 2);
    assert_near(v->stage[v->stage_count - 1].margin,
                0.1 * (0.04 * 0.37892914162759955 + 0.025 * 0.5 - 0.5), 1e-14);
    /* and who moved them */
    const int32_t one = mst_model_drill(f.model->model, "one");
    const int32_t at = 2 * f.model->model->attribute_count + f.model->model->feedback.threat;
    assert_near(mst_feedback_by(run, late, one, MST_FIGURE_ATTRIBUTE, at),
                0.04 * 0.37892914162759955, 1e-14);
    assert_near(mst_feedback_by(run, one, late, MST_FIGURE_ATTRIBUTE, at), 0.0, 0.0);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    char *why = muster_tell_why(&tell, "R", "late", false, f.diags);
    assert_non_null(why);
    assert_non_null(strstr(why,
                           "Feedback: states.R.attributes.threat 0.5, moved by +0.0277 to 0.5277 "
                           "by"));
    const char *by = strstr(why, "to 0.5277 by"); /* the latest first, wherever the line breaks */
    assert_non_null(by);
    assert_true(strstr(by, "two,") && strstr(by, "two,") < strstr(by, "one.") &&
                strstr(by, "one.") < by + 40);
    muster_tell_free(why, NULL);
    flow_close(&f);
}

static void test_feedback__presets_stand_for_what_was_published(void **state)
{
    (void)state;
    static const struct {
        const char *feedback;
        double k_threat;
        bool is_on;
    } cases[] = {{"", 0.0, false},
                 {"preset = \"dorazio-2012\";", 0.0, false},
                 {"preset = \"bernhardt-sukin-2021\";", 0.05, true},
                 {"preset = \"bernhardt-sukin-2021\"; k_threat = 0.0;", 0.0, false},
                 {"preset = \"dorazio-2012\"; k_threat = 0.02;", 0.02, true}};
    uint64_t off = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        flow f;
        open_overlap(&f, cases[i].feedback);
        assert_near(f.model->model->feedback.k_threat, cases[i].k_threat, 0.0);
        assert_near(f.model->model->feedback.half_life_s, 180.0 * 86400.0, 0.0);
        assert_int_equal(f.model->model->feedback.is_on, cases[i].is_on);
        assert_int_equal(f.result->run->feedback != NULL, cases[i].is_on);
        if (i == 0)
            off = muster_result_digest(f.result);
        assert_int_equal(muster_result_digest(f.result) == off, !cases[i].is_on);
        flow_close(&f);
    }
}

/* ---- serials ---------------------------------------------------------------------------------------- */

/* Two ships in port and a drill off it: one serial that can be held, one that asks for a submarine.
 * A month later the two are asked again, without ships. */
static const char ships[] =
    "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-01T00:00Z\"; horizon = \"90 d\"; "
    "};\n"
    "states = { A = { attributes = { threat = 0.2; }; }; B = { attributes = { threat = 0.2; }; }; "
    "};\n"
    "ties = { AB = { a = \"A\"; b = \"B\"; align = 0.5; interop = { fuel_grade = \"full\"; }; }; "
    "};\n"
    "classes = { ship = { roles = [\"escort\"]; max_speed_kn = 27.0; range_nm = 4500.0;\n"
    "  range_speed_kn = 14.0; fuel_t = 500.0; }; };\n"
    "bases = { PORT = { sea_lat_deg = 40.5; sea_lon_deg = 133.0; lat_deg = 43.11; lon_deg = "
    "131.89; "
    "}; };\n"
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 40.0; }; };\n"
    "weather = { sea_state = 3; };\n"
    "units = { one = { class = \"ship\"; state = \"A\"; base = \"PORT\"; took_part = true; };\n"
    "  two = { class = \"ship\"; state = \"B\"; base = \"PORT\"; took_part = true; }; };\n"
    "drills = { first = { hosts = [\"A\", \"B\"]; area = \"sea\"; cap_need = 0.5;\n"
    "    muster = { at = \"2023-07-10T00:00Z\"; lat_deg = 39.5; lon_deg = 134.0; };\n"
    "    end = \"2023-07-12T00:00Z\"; decide_at = \"2023-07-05T00:00Z\";\n"
    "    slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"1 h\"; } ); };\n"
    "  next = { hosts = [\"A\"]; candidates = [\"B\"]; area = \"sea\"; cap_need = 0.5;\n"
    "    muster = { at = \"2023-08-21T00:00Z\"; lat_deg = 39.5; lon_deg = 134.0; };\n"
    "    end = \"2023-08-22T00:00Z\"; decide_at = \"2023-08-11T00:00Z\";\n" /* 30 days after */
    "    slots = ( { for = \"host\"; role = \"escort\"; } ); }; };\n"
    "serials = { run = { kind = \"joint-manoeuvre\"; drill = \"first\"; start = \"2 h\"; for = \"2 "
    "h\";\n"
    "    p0 = 0.7; needs = ( { role = \"escort\"; count = 2; } ); };\n"
    "  hunt = { kind = \"joint-manoeuvre\"; drill = \"first\"; start = \"6 h\"; for = \"2 h\";\n"
    "    p0 = 0.7; needs = ( { role = \"submarine\"; } ); }; };\n"
    "chance = { sailing_delay_h = \"fixed 0\"; speed_factor = \"fixed 1\"; };\n"
    "alignment = { rules = { near = { stage = \"admit\"; terms = [\"tie.align\"]; };\n"
    "    keen = { stage = \"accept\"; terms = [\"tie.align\"]; over = \"sum\"; }; }; };\n"
    "feedback = { k_trust = 0.2; half_life = \"30 d\"; };\n";

/* Whether the one serial that could be held was done, by the run's own records. */
static int32_t done_in(const mst_run *run)
{
    int32_t done = 0;
    for (int32_t i = 0; i < run->clock->record_count; i++)
        done += run->record[i].kind == MST_RECORD_SERIAL_ENDED && run->record[i].b == MST_DONE;
    return done;
}

static void test_feedback__trust_grows_with_what_was_done(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run_text(&f, ships), MUSTER_OK);
    const mst_model *m = f.model->model;
    const int32_t first = mst_model_drill(m, "first");
    assert_int_equal(done_in(f.result->run), 1);
    /* the plan run: .2 x .7 of 2, half of it left after 30 days */
    assert_near(f.result->run->feedback[first].done, 0.7, 1e-15);
    assert_near(closeness(&f, "first", "A", "B"), 0.5, 0.0);
    assert_near(closeness(&f, "next", "A", "B"), 0.5 + 0.5 * 0.2 * 0.7 / 2.0, 1e-14);
    assert_near(closeness(&f, "next", "B", "A"), 0.5 + 0.5 * 0.2 * 0.7 / 2.0, 1e-14);
    mst_run *run = NULL;
    int32_t seen[2] = {0, 0};
    assert_int_equal(mst_run_create(m, NULL, &run), MUSTER_OK);
    for (uint32_t i = 1; i <= 60; i++) { /* with chance: what that replication did */
        mst_run_begin(run, 7, i);
        assert_int_equal(mst_run_finish(run), MUSTER_OK);
        const int32_t done = done_in(run);
        assert_in_range(done, 0, 1);
        seen[done]++;
        const size_t ab = mst_model_pair(m, MST_MUTUAL_ALIGN, 0, 1);
        assert_near(run->values.mutual[ab], 0.5 + 0.5 * 0.2 * done / 2.0, 1e-14);
    }
    assert_true(seen[0] > 5 && seen[1] > 25); /* of 60 with P .7 */
    mst_run_free(run);
    flow_close(&f);
}

/* ---- the campaign of the record ------------------------------------------------------------------------ */

enum { STATES_MOST = 32 };

/* What every rival feels above the dated value, brought forward in time. */
typedef struct oracle {
    double extra[STATES_MOST];
    muster_time at;
} oracle;

static void bring_forward(oracle *o, const mst_model *m, muster_time to)
{
    for (int32_t i = 0; i < m->state_count; i++)
        o->extra[i] *= exp(-log(2.0) * muster_hours(to - o->at) / (180.0 * 24.0));
    o->at = to;
}

static double dated_threat(const mst_model *m, int32_t state, muster_time at)
{
    plain.values = (mst_values){plain.attribute, plain.mutual, plain.directed};
    mst_model_values_at(m, at, &plain.values);
    return plain.attribute[state * m->attribute_count + m->feedback.threat];
}

static bool tie_says_rivals(const mst_model *m, int32_t a, int32_t b)
{
    const mst_tie_def *tie = mst_tie_between(m, a, b);
    return tie && tie->rival == 1;
}

static void end_of(oracle *o, const flow *f, int32_t drill)
{
    const mst_model *m = f->model->model;
    const mst_run *run = f->result->run;
    const uint8_t *part = run->takes_part + (size_t)drill * (size_t)m->state_count;
    for (int32_t i = 0; i < m->state_count; i++) {
        bool provoked = false;
        for (int32_t h = 0; h < m->drill[drill].host_count; h++)
            provoked = provoked || (!part[i] && part[m->drill[drill].host[h]] &&
                                    tie_says_rivals(m, i, m->drill[drill].host[h]));
        const double base = dated_threat(m, i, o->at);
        if (provoked && !isnan(base))
            o->extra[i] = fmin(base + o->extra[i] + 0.05 * m->drill[drill].visibility, 1.0) - base;
    }
}

/* Events in the order of the records: a decision reads, an end adds. */
static void test_feedback__the_campaign_adds_up_event_by_event(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run(&f, RECORD, SUKIN, NULL), MUSTER_OK);
    const mst_model *m = f.model->model;
    const mst_run *run = f.result->run;
    oracle o = {.at = m->start};
    int32_t last = -1, read = 0, moved = 0, ended = 0;
    assert_true(m->state_count <= STATES_MOST && m->feedback.threat >= 0);
    for (int32_t i = 0; i < run->clock->record_count; i++) {
        const mst_record *r = &run->record[i];
        if (r->kind == MST_RECORD_DRILL_ENDED) {
            bring_forward(&o, m, r->time);
            end_of(&o, &f, r->a);
            ended++;
        }
        if (r->kind != MST_RECORD_DECIDED || r->a == last)
            continue;
        last = r->a;
        bring_forward(&o, m, r->time);
        for (int32_t k = 0; k < m->state_count; k++) {
            const double base = dated_threat(m, k, m->drill[last].decide_at);
            const double was = threat(&f, m->drill[last].id, m->state[k].id);
            if (isnan(base)) {
                assert_true(isnan(was));
                continue;
            }
            assert_near(was, fmin(base + o.extra[k], 1.0), 1e-12); /* exp for exp2 */
            moved += o.extra[k] > 0.01;
            read++;
        }
    }
    assert_int_equal(ended, 64);
    assert_true(read > 500 && moved > 200);
    flow_close(&f);
}

/* Whoever judges again starts from the values that the decision had. */
static void test_feedback__who_judges_again_reads_the_same_values(void **state)
{
    (void)state;
    flow f;
    mst_arena arena;
    mst_rivals rivals;
    assert_int_equal(flow_run(&f, RECORD, SUKIN, NULL), MUSTER_OK);
    const mst_model *m = f.model->model;
    const mst_run *run = f.result->run;
    mst_arena_init(&arena, NULL);
    int32_t stages = 0, apart = 0;
    for (int32_t i = 0; i < run->verdict_first[m->drill_count]; i++) {
        const mst_verdict *v = &run->verdict[i];
        mst_trial with, without;
        assert_true(mst_trial_make(m, run, v, &arena, &with));
        assert_true(mst_trial_make(m, NULL, v, &arena, &without));
        for (int32_t k = 0; k < v->stage_count; k++) {
            if (v->stage[k].stage == MST_ABLE || isnan(v->stage[k].margin))
                continue;
            assert_near(mst_trial_margin(&with, k), v->stage[k].margin, 0.0);
            apart += fabs(mst_trial_margin(&without, k) - v->stage[k].margin) > 0.001;
            stages++;
        }
    }
    assert_true(stages > 400 && apart > 200);
    assert_true(mst_rivals_of_run(run, m->kinds->align, -1, &arena, &rivals));
    for (int32_t i = 0; i < rivals.count; i++) {
        const mst_setting *s = &rivals.item[i].setting;
        for (int32_t k = 0; k < m->state_count; k++) {
            const double there = mst_setting_attribute(s, "threat", k);
            const double here = threat(&f, s->drill, m->state[k].id);
            assert_true(isnan(there) ? isnan(here) : !(there < here || there > here));
        }
    }
    mst_arena_clear(&arena);
    flow_close(&f);
}

static void test_feedback__a_restored_run_ends_like_the_original(void **state)
{
    (void)state;
    flow f;
    mst_run *run = NULL, *other = NULL;
    assert_int_equal(flow_run(&f, RECORD, SUKIN, NULL), MUSTER_OK);
    const mst_model *m = f.model->model;
    assert_int_equal(mst_run_create(m, NULL, &run), MUSTER_OK);
    assert_int_equal(mst_run_create(m, NULL, &other), MUSTER_OK);
    void *fresh = malloc(run->state_bytes), *saved = malloc(run->block_bytes);
    assert_true(fresh && saved);
    memcpy(fresh, run->block, run->state_bytes);
    mst_run_until(run, m->drill[20].end); /* in the middle of the campaign */
    mst_run_save(run, saved);
    assert_int_equal(mst_run_finish(run), MUSTER_OK);
    assert_true(mst_run_digest(run) == muster_result_digest(f.result));
    mst_run_restore(other, saved);
    assert_true(other->feedback[0].ended_as > 0 && other->feedback[32].ended_as == 0);
    assert_int_equal(mst_run_finish(other), MUSTER_OK);
    assert_true(mst_run_digest(other) == mst_run_digest(run));
    mst_run_reset(run);
    assert_memory_equal(fresh, run->block, run->state_bytes);
    free(fresh);
    free(saved);
    mst_run_free(run);
    mst_run_free(other);
    flow_close(&f);
}

/* The two presets on one campaign: the first changes nothing, the second turns verdicts. */
static void test_feedback__the_campaign_under_two_presets(void **state)
{
    (void)state;
    flow as_is, none, sukin;
    assert_int_equal(flow_run(&as_is, RECORD, NULL, NULL), MUSTER_OK);
    assert_int_equal(flow_run(&none, RECORD, "feedback-none-dorazio-2012", NULL), MUSTER_OK);
    assert_int_equal(flow_run(&sukin, RECORD, SUKIN, NULL), MUSTER_OK);
    assert_true(muster_result_digest(as_is.result) == muster_result_digest(none.result));
    assert_null(none.result->run->feedback);
    const mst_model *m = sukin.model->model;
    int32_t turned = 0, moved = 0;
    for (int32_t i = 0; i < sukin.result->run->verdict_first[m->drill_count]; i++) {
        const mst_verdict *a = &as_is.result->run->verdict[i], *b = &sukin.result->run->verdict[i];
        turned += a->joins != b->joins;
        for (int32_t k = 0; k < a->stage_count; k++)
            moved +=
                a->stage[k].margin < b->stage[k].margin || a->stage[k].margin > b->stage[k].margin;
    }
    assert_int_equal(turned, 7); /* India in seven drills of 2019 to 2024, by .0002 to .032 */
    assert_true(moved > 300);
    flow_close(&as_is);
    flow_close(&none);
    flow_close(&sukin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_feedback__two_drills_by_hand),
        cmocka_unit_test(test_feedback__presets_stand_for_what_was_published),
        cmocka_unit_test(test_feedback__trust_grows_with_what_was_done),
        cmocka_unit_test(test_feedback__the_campaign_adds_up_event_by_event),
        cmocka_unit_test(test_feedback__who_judges_again_reads_the_same_values),
        cmocka_unit_test(test_feedback__a_restored_run_ends_like_the_original),
        cmocka_unit_test(test_feedback__the_campaign_under_two_presets),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
