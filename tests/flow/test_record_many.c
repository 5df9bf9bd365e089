/* Records of many drills: what they say before and beside a drill, and scores, by a slow second way. */
#include "test.h"

#include "num/random.h"
#include "told.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct dice {
    mst_stream stream;
    uint64_t at;
} dice;

static uint32_t roll(dice *d, uint32_t sides)
{
    uint64_t word[2];
    mst_random_block(d->stream, d->at++, word);
    return (uint32_t)(word[0] % sides);
}

/* A record of many drills with states s000 and on, and a table of their years; owned by the caller. */
static void make_many(uint32_t drills_made, uint32_t state_count, uint32_t asked, char **out_drills,
                      char **out_states)
{
    dice d = {mst_stream_of(mst_random_key(3), 1, 1), 0};
    char *text = malloc((size_t)drills_made * asked * 100 + 1000);
    char *table = malloc((size_t)state_count * 30 * 40 + 1000);
    assert_non_null(text);
    assert_non_null(table);
    size_t used = (size_t)sprintf(text, HEAD),
           filled = (size_t)sprintf(table, "state,year,cinc,lat_deg,lon_deg\n");
    for (uint32_t i = 0; i < drills_made; i++) {
        const uint32_t host = roll(&d, state_count), year = 1990 + roll(&d, 30),
                       first = roll(&d, state_count), month = 1 + roll(&d, 3);
        char end[16] = ""; /* one in three goes on into the next editions */
        if (i % 3 == 0)
            snprintf(end, sizeof end, "%u-12-31", year + 2);
        for (uint32_t k = 0; k < asked; k++) {
            const uint32_t s = (first + k) % state_count, outcome = roll(&d, 5);
            if (s != host)
                used += (size_t)sprintf(text + used,
                                        "d%04u,series%u,%u-%02u-01,%s,%d,%u,,s%03u,s%03u,%s\n", i,
                                        i % 7, year, month, end, (int)(i % 90), i % 360, host, s,
                                        outcome == 0  ? ""
                                        : outcome < 3 ? "0"
                                                      : "1");
        }
    }
    for (uint32_t s = 0; s < state_count; s++)
        for (uint32_t year = 1990; year < 2020; year++)
            filled += (size_t)sprintf(table + filled, "s%03u,%u,0.0%02u,%d,%u\n", s, year,
                                      roll(&d, 40), (int)(s % 90), s % 360);
    *out_drills = text;
    *out_states = table;
}

static told many(uint32_t drills_made, uint32_t state_count, uint32_t asked, char **text,
                 char **table)
{
    make_many(drills_made, state_count, asked, text, table);
    told t = told_begin(*text);
    told_add(&t, MUSTER_RECORD_STATES, "states.csv", *table);
    told_must_read(&t);
    return t;
}

/* What the record says of earlier editions, by going through all of it for each pair. */
static void test_scores__past_and_rates_by_a_slow_second_way(void **state)
{
    (void)state;
    char *text, *table;
    told t = many(60, 12, 8, &text, &table);
    const mst_rivals *r = &t.record->tables.rivals;
    int32_t with_past = 0, still_going_on = 0;
    for (int32_t i = 0; i < r->count; i++) {
        const mst_setting *s = &r->item[i].setting;
        int32_t scored = 0, joined = 0;
        for (int32_t j = 0; j < r->count; j++)
            for (int32_t m = 0; j != i && m < r->item[j].setting.candidate_count; m++) {
                scored += r->item[j].outcome[m] >= 0;
                joined += r->item[j].outcome[m] == 1;
            }
        assert_near(s->rate_elsewhere, (double)joined / scored, 0.0);
        for (int32_t k = 0; k < s->candidate_count; k++) {
            mst_past past = {0, 0, -1};
            muster_time latest = INT64_MIN;
            for (int32_t j = 0; j < r->count; j++) {
                const mst_setting *o = &r->item[j].setting;
                for (int32_t m = 0; m < o->candidate_count; m++) {
                    const int outcome = (int)r->item[j].outcome[m]; /* 1, 0, -1 */
                    if (o->at >= s->at || outcome < 0 || strcmp(o->series, s->series) != 0 ||
                        o->number[o->candidate[m]] != s->number[s->candidate[k]])
                        continue;
                    still_going_on += o->end > s->at;
                    if (o->end > s->at)
                        continue;
                    past.asked++;
                    past.joined += outcome;
                    past.last = o->end >= latest ? outcome : past.last; /* cases lie in order */
                    latest = o->end > latest ? o->end : latest;
                }
            }
            assert_int_equal(s->past[k].asked, past.asked);
            assert_int_equal(s->past[k].joined, past.joined);
            assert_int_equal(s->past[k].last, past.last);
            with_past += past.asked > 0;
        }
    }
    assert_true(with_past > 50 && still_going_on > 0);
    free(text);
    free(table);
    told_end(&t);
}

/* The figures of the document against counts of the CSV, and the interval against the measure that
 * walks through all rows. */
static void test_scores__are_those_of_the_rows_and_of_whole_states(void **state)
{
    (void)state;
    char *text, *table;
    told t = many(80, 15, 9, &text, &table);
    mst_rivals rivals = t.record->tables.rivals;
    mst_prediction *pair = NULL;
    rivals.arena = &t.arena;
    const int32_t count = mst_rivals_pairs(&rivals, MST_CALIBRATION, false, &pair);
    mst_performance *p = calloc((size_t)rivals.model_count, sizeof *p);
    assert_true(count > 300);
    assert_true(mst_rivals_score(&rivals, pair, count, p));
    for (int32_t i = 0; i < rivals.model_count; i++) {
        int64_t hits[2] = {0, 0}, asked[2] = {0, 0};
        const char *reason = NULL;
        for (int32_t row = 0; row < t.answers.row_count; row++) {
            const char *outcome = mst_table_at(&t.answers, row, 4);
            const char *joins = mst_table_at(&t.answers, row, 7);
            if (strcmp(mst_table_at(&t.answers, row, 5), rivals.model[i]->name) != 0 || !*outcome ||
                !*joins)
                continue;
            asked[*outcome == '1']++;
            hits[*outcome == '1'] += *outcome == *joins;
        }
        assert_int_equal(p[i].hits.assessed_joins, asked[1]);
        assert_int_equal(p[i].hits.assessed_absences, asked[0]);
        assert_int_equal(p[i].hits.join_hits, hits[1]);
        assert_int_equal(p[i].hits.absence_hits, hits[0]);
        const mst_measured measured = {&p[i].rows, NULL, 0.001};
        const mst_resampling how = {
            p[i].rows.state,   p[i].rows.states, p[i].rows.row.clusters, 1000, 0.95,
            UINT64_C(20230720)};
        mst_resampled slow;
        assert_int_equal(
            mst_resample(&t.arena, &how, mst_measure_balanced, &measured, &slow, &reason),
            MUSTER_OK);
        assert_memory_equal(&slow.interval.low, &p[i].balanced.interval.low, sizeof(double));
        assert_memory_equal(&slow.interval.high, &p[i].balanced.interval.high, sizeof(double));
        assert_int_equal(p[i].rows.states, 15); /* states of the record, not places in a drill */
    }
    free(p);
    free(text);
    free(table);
    told_end(&t);
}

/* Rows upside down: the same answers of everybody, and the same scores. */
static void test_scores__order_of_rows_changes_nothing(void **state)
{
    (void)state;
    char *text, *table;
    told t = many(40, 10, 7, &text, &table);
    const size_t head = strlen(HEAD), length = strlen(text);
    char *turned = malloc(length + 1);
    assert_non_null(turned);
    memcpy(turned, text, head);
    size_t used = head;
    for (size_t last = length; last > head;) {
        size_t first = last - 1;
        while (text[first - 1] != '\n')
            first--;
        memcpy(turned + used, text + first, last - first);
        used += last - first;
        last = first;
    }
    turned[used] = '\0';
    told u = told_begin(turned);
    told_add(&u, MUSTER_RECORD_STATES, "states.csv", table);
    told_must_read(&u);
    assert_int_equal(u.answers.row_count, t.answers.row_count);
    for (int32_t i = 0; i < t.answers.row_count; i++) {
        const char *drill = mst_table_at(&t.answers, i, 0), *who = mst_table_at(&t.answers, i, 3),
                   *model = mst_table_at(&t.answers, i, 5);
        for (int32_t k = 6; k < 10; k++)
            assert_string_equal(told_said(&u, drill, who, model, mst_table_head(&t.answers, k)),
                                mst_table_at(&t.answers, i, k));
    }
    char *one = muster_tell_record(t.record, NULL, NULL, false, NULL),
         *two = muster_tell_record(u.record, NULL, NULL, false, NULL);
    assert_string_equal(one, two);
    muster_tell_free(one, NULL);
    muster_tell_free(two, NULL);
    free(turned);
    free(text);
    free(table);
    told_end(&t);
    told_end(&u);
}

/* Hundreds of states and a thousand drills of sixty: no figures of a drill are kept beyond it. */
static void test_scores__hundreds_of_states_and_thousands_of_drills(void **state)
{
    (void)state;
    char *text, *table;
    make_many(1000, 300, 60, &text, &table);
    told t = told_begin(text);
    told_add(&t, MUSTER_RECORD_STATES, "states.csv", table);
    t.diags = muster_diags_create(NULL);
    mst_arena_init(&t.arena, NULL);
    assert_int_equal(muster_record_read(t.table, t.count, NULL, NULL, t.diags, &t.record),
                     MUSTER_OK);
    assert_int_equal(t.record->tables.rivals.count, 1000);
    assert_int_equal(t.record->tables.state_count, 300);
    char *screen = muster_tell_record(t.record, NULL, NULL, false, t.diags);
    assert_non_null(screen);
    assert_non_null(strstr(screen, " beats\n"));
    assert_null(strstr(screen, "WHAT EACH SAYS OF EACH PAIR"));
    muster_tell_free(screen, NULL);
    screen = muster_tell_record(t.record, NULL, "d0007", false, t.diags);
    assert_non_null(strstr(screen, "WHAT EACH SAYS OF EACH PAIR"));
    muster_tell_free(screen, NULL);
    free(text);
    free(table);
    told_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scores__past_and_rates_by_a_slow_second_way),
        cmocka_unit_test(test_scores__are_those_of_the_rows_and_of_whole_states),
        cmocka_unit_test(test_scores__order_of_rows_changes_nothing),
        cmocka_unit_test(test_scores__hundreds_of_states_and_thousands_of_drills),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
