/* Mistakes of a whole file: one that is made is told once, at its line, and draws no others after
 * it; those of every stage of reading are told together. */
#include "test.h"

#include "flow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CASE MUSTER_SOURCE_DIR "/scenarios/northern-interaction-2023.cfg"

/* ---- one slip at a time ---------------------------------------------------------------------- */

/* The value after the next " = " of a line outside texts, when it stands alone on it: to its ';'. */
static bool next_value(const char *at, const char *end, const char **out_from, const char **out_to)
{
    bool in_text = false;
    for (; at + 3 < end; at++) {
        in_text = in_text != (*at == '"');
        if (in_text || strncmp(at, " = ", 3) != 0 || strchr("\"[-0123456789tf", at[3]) == NULL)
            continue;
        const char *to = at + 3;
        if (*to == '"')
            for (to++; to < end && *to != '"'; to++)
                ;
        while (to < end && *to != ';')
            to++;
        *out_from = at + 3;
        *out_to = to;
        return to < end;
    }
    return false;
}

static bool ends_with(const char *at, const char *begin, const char *word)
{
    const size_t length = strlen(word);
    return (size_t)(at - begin) > length && strncmp(at - length, word, length) == 0 &&
           strchr(" \t{", at[-(ptrdiff_t)length - 1]) != NULL;
}

/* Keys that stand beside a figure and explain it: another value there is seldom a mistake. */
static bool is_head(const char *value, const char *line)
{
    const char *key_end = value - 3;
    return ends_with(key_end, line, "source") || ends_with(key_end, line, "note") ||
           ends_with(key_end, line, "like");
}

/* Reads the text with the value replaced by one of another kind. */
static void slip(const char *text, const char *from, const char *to, int32_t line)
{
    const char *other = *from == '"' || *from == '[' ? "7.25" : "\"zzz\"";
    const size_t before = (size_t)(from - text), after = strlen(to);
    char *made = malloc(before + after + 16);
    assert_non_null(made);
    memcpy(made, text, before);
    const size_t middle = strlen(other);
    memcpy(made + before, other, middle);
    memcpy(made + before + middle, to, after + 1);

    muster_diags *diags = muster_diags_create(NULL);
    muster_source_text *source = NULL;
    muster_scenario *scenario = NULL;
    assert_int_equal(
        muster_gather_text("one.cfg", made, before + middle + after, NULL, diags, &source),
        MUSTER_OK);
    const muster_status status = muster_scenario_read(source, NULL, NULL, diags, &scenario);
    bool good = status == MUSTER_OK
                    ? muster_diags_error_count(diags) == 0
                    : status == MUSTER_MISTAKE && muster_diags_error_count(diags) == 1;
    for (int32_t i = 0; status != MUSTER_OK && i < muster_diags_count(diags); i++)
        good = good && muster_diags_at(diags, i)->line == line;
    if (!good) {
        char *told = muster_tell_diags(diags, false, NULL);
        print_error("line %d, %.*s for %.*s:\n%s", (int)line, (int)middle, other, (int)(to - from),
                    from, told ? told : "");
        muster_tell_free(told, NULL);
    }
    assert_true(good);
    muster_scenario_free(scenario);
    muster_source_text_free(source);
    muster_diags_free(diags);
    free(made);
}

static void test_mistakes__one_slip_is_told_once_and_draws_no_others(void **state)
{
    (void)state;
    enum { EVERY = 7 }; /* of some four thousand values, the file's and the library's */
    muster_diags *diags = muster_diags_create(NULL);
    muster_source_text *source = NULL;
    assert_int_equal(muster_gather(CASE, &flow_files, NULL, diags, &source), MUSTER_OK);
    size_t length = 0;
    const char *text = muster_source_text_bytes(source, &length);
    int32_t line = 1, values = 0, tried = 0;
    for (const char *at = text; *at; line++) {
        const char *end = strchr(at, '\n');
        end = end ? end : at + strlen(at);
        const char *from = at, *to = at;
        for (const char *rest = at; next_value(rest, end, &from, &to); rest = to)
            if (!is_head(from, at) && values++ % EVERY == 3) {
                slip(text, from, to, line);
                tried++;
            }
        at = *end ? end + 1 : end;
    }
    assert_true(tried > 300);
    muster_source_text_free(source);
    muster_diags_free(diags);
}

/* ---- many at once ---------------------------------------------------------------------------- */

/* Mistakes that reading, inheritance, references, changes, checks and places find. */
static const struct {
    const char *line, *words;
} many[] = {
    {"scenario = { id = \"m\"; title = \"M\"; start = \"2023-07-10T00:00Z\"; horizon = \"30 d\"; "
     "};",
     NULL},
    {"states = { AA = { attributes = { will = \"strong\"; }; };", "'will' must be a number"},
    {"  BB = { attributes = { need = 0.5; }; }; };", NULL},
    {"ties = { AA-BB = { a = \"AA\"; b = \"BB\"; align = 1.5; }; };", "outside [-1, 1]"},
    {"classes = {", NULL},
    {"  fast = { max_speed_kn = 20.0; range_nm = 3000.0; range_speed_kn = 25.0; };",
     "range is quoted at 25 kn"},
    {"  ring = { like = \"ring\"; };", "'like' goes round"},
    {"  plain = { max_sped_kn = 20.0; range_nm = 3000.0; range_speed_kn = 12.0;",
     "did you mean 'max_speed_kn'?"},
    {"            roles = [\"escort\"]; }; };", NULL},
    {"bases = { HARBOUR = { lat_deg = 43.0; lon_deg = 131.9;", NULL},
    {"                      sea_lat_deg = 44.5; sea_lon_deg = 131.0; };", NULL},
    {"          QUAY = { lat_deg = 43.1; lon_deg = 131.9; sea_lat_deg = \"43\"; sea_lon_deg = "
     "131.85; };",
     "'sea_lat_deg' must be a number"},
    {"          FIELD = { lat_deg = 43.4; lon_deg = 132.1; }; };", NULL},
    {"units = { one = { class = \"fast\"; state = \"AA\"; base = \"HARBOUR\"; };",
     "'HARBOUR' (44.500 N, 131.000 E) is on land"},
    {"          two = { class = \"plain\"; state = \"AB\"; base = \"HARBOUR\"; };",
     "no state 'AB'"},
    {"          six = { class = \"plain\"; state = \"BB\"; base = \"FIELD\"; }; };",
     "no point in open water"},
    {"groups = { g = { members = [\"one\"]; guide = \"six\"; }; };", "'six' is no member"},
    {"drills = { d = { hosts = [\"AA\"]; candidates = [\"BB\"]; cap_need = 0.5;", NULL},
    {"  muster = { lat_deg = 39.5; lon_deg = 134.0; at = \"2023-07-20T00:00Z\"; };", NULL},
    {"  slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"12 h\"; } );", NULL},
    {"  end = \"2023-07-22T00:00Z\"; }; };", NULL},
    {"serials = { s = { kind = \"gunnery\"; start = \"40 h\"; for = \"20 h\"; }; };",
     "ends 60 h after the muster"},
    {"alignment = { rules = {", NULL},
    {"  r = { stage = \"accept\"; weight = 0.5; terms = [\"cand.will\"]; };", NULL},
    {"  q = { stage = \"accept\"; weight = 0.5; terms = [\"cand.ned\"]; }; }; };",
     "no state has attribute 'ned'"},
    {"observations = { o = { group = \"g\"; at = \"2023-07-12T00:00Z\"; base = \"QUAY\"; }; };",
     NULL},
    {"variants = { v = { changes = [\"units.one.fuel_frac = 3\"]; };", "outside [0, 1]"},
    {"             w = { changes = [\"units.none.fuel_frac = 1\"]; }; };", "no unit 'none'"},
    {"whatif = { l = { path = \"ties.AA-BB.aling\"; min = 0.0; max = 1.0; }; };",
     "did you mean 'align'?"},
    {"expect = ( { measure = \"scor\"; value = 1.0; },", "did you mean 'score'?"},
    {"           { measure = \"score\"; of = \"dd\"; value = 1.0; },", "no drill 'dd'"},
    {"           { measure = \"station_h\"; of = \"nobody\"; value = 1.0; } );", NULL},
};
enum { MANY = sizeof many / sizeof many[0] };

static void test_mistakes__of_all_stages_are_told_in_one_run(void **state)
{
    (void)state;
    char text[4096] = "";
    int32_t wanted = 0, at = 0;
    for (int32_t i = 0; i < MANY; i++) {
        strcat(strcat(text, many[i].line), "\n");
        wanted += many[i].words != NULL;
    }
    flow f;
    assert_int_equal(flow_open_faulty(&f, text), MUSTER_MISTAKE);
    for (int32_t i = 0; i < MANY; i++) {
        if (!many[i].words)
            continue;
        assert_true(at < muster_diags_count(f.diags));
        const muster_diag *d = muster_diags_at(f.diags, at++);
        if (d->line != i + 1 ||
            !(strstr(d->message, many[i].words) || strstr(d->hint, many[i].words)))
            print_error("wanted %d: %s\ngot %d: %s [%s]\n", (int)i + 1, many[i].words, (int)d->line,
                        d->message, d->hint);
        assert_int_equal(d->line, i + 1);
        assert_true(strstr(d->message, many[i].words) || strstr(d->hint, many[i].words));
    }
    assert_int_equal(muster_diags_count(f.diags), wanted);
    flow_close(&f);
}

/* Nothing is made of a scenario with mistakes, and it is freed like any other. */
static void test_mistakes__a_faulty_scenario_makes_no_model(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(
        flow_open_faulty(
            &f, "scenario = { id = \"x\"; title = \"X\"; start = \"2023-07-10Z\"; sed = 1; };"),
        MUSTER_MISTAKE);
    assert_non_null(f.scenario);
    assert_null(f.routes);
    assert_int_equal(muster_model_create(f.scenario, f.routes, NULL, f.diags, &f.model),
                     MUSTER_MISTAKE);
    assert_null(f.model);
    flow_close(&f);
    assert_int_equal(flow_open_faulty(&f, "scenario = { id = "), MUSTER_MISTAKE);
    assert_null(f.scenario);
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mistakes__one_slip_is_told_once_and_draws_no_others),
        cmocka_unit_test(test_mistakes__of_all_stages_are_told_in_one_run),
        cmocka_unit_test(test_mistakes__a_faulty_scenario_makes_no_model),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
