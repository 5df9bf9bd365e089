/* An experiment file of a scenario of two ships: read, planned, told, and a few of its points run on one
 * thread and on two, which must agree. */
#include "fuzz.h"

#include "muster/analyze.h"
#include "muster/text.h"

#include <stdlib.h>
#include <string.h>

enum { POINTS_MOST = 300, POINTS_RUN = 6 };

static const char scenario[] =
    "scenario = { id = \"pair\"; title = \"Two ships\"; start = \"2023-07-18T00:00Z\";\n"
    "             horizon = \"4 d\"; };\n"
    "states = { HOME = { name = \"Home\"; }; GUEST = { attributes = { will = 0.4; }; }; };\n"
    "classes = { corvette = { roles = [\"escort\"]; max_speed_kn = 27.0; range_nm = 3500.0;\n"
    "                         range_speed_kn = 14.0; fuel_t = 170.0; }; };\n"
    "bases = { PORT = { sea_lat_deg = 40.5; sea_lon_deg = 133.0; lat_deg = 43.11;\n"
    "                   lon_deg = 131.89; }; };\n"
    "units = { first = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\"; };\n"
    "          guest = { class = \"corvette\"; state = \"GUEST\"; base = \"PORT\"; }; };\n"
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 20.0; }; };\n"
    "drills = { passage = { hosts = [\"HOME\"]; candidates = [\"GUEST\"]; area = \"sea\";\n"
    "    cap_need = 1.0; muster = { at = \"2023-07-20T00:00Z\"; }; end = \"2023-07-20T12:00Z\";\n"
    "    decide_at = \"2023-07-18T00:00Z\";\n"
    "    slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"12 h\"; },\n"
    "              { for = \"candidate\"; role = \"escort\"; min_hours = \"1 h\"; } ); }; };\n"
    "alignment = { rules = { r = { stage = \"accept\"; weight = 1.0; terms = [\"cand.will\"]; };\n"
    "    q = { stage = \"admit\"; weight = 1.0; terms = [\"cand.will\"]; }; }; };\n"
    "chance = { decisions = \"draw\"; };\n"
    "weather = { sea_state = 2; };\n"
    "whatif = { keenness = { path = \"states.GUEST.attributes.will\"; min = 0.0; max = 1.0; };\n"
    "  where = { path = \"units.guest.base\"; choices = [\"PORT\"]; }; };\n"
    "variants = { keen = { changes = [\"states.GUEST.attributes.will = 0.9\"]; }; };\n";

typedef struct input {
    const uint8_t *bytes;
    size_t size;
    int held;
} input;

static bool open_file(const char *path, size_t max_bytes, char **bytes, size_t *length,
                      const char **reason, void *context)
{
    input *in = context;
    const bool is_experiment = strcmp(path, "e.cfg") == 0;
    *reason = "no such file";
    if (!is_experiment && strcmp(path, "scenario.cfg") != 0)
        return false;
    const void *from = is_experiment ? (const void *)in->bytes : scenario;
    *length = is_experiment ? in->size : sizeof scenario - 1;
    if (*length > max_bytes)
        *length = max_bytes + 1;
    *bytes = malloc(*length > 0 ? *length : 1);
    if (!*bytes)
        return false;
    memcpy(*bytes, from, *length);
    in->held++;
    return true;
}

static void close_file(char *bytes, void *context)
{
    ((input *)context)->held--;
    free(bytes);
}

static muster_experiment *open_it(input *in, muster_diags *diags)
{
    const muster_opener opener = {open_file, close_file, in};
    const muster_experiment_from from = {
        .path = "e.cfg", .opener = &opener, .land = fuzz_land(), .points_most = POINTS_MOST};
    muster_experiment *out = NULL;
    const muster_status status = muster_experiment_open(&from, diags, &out);
    fuzz_expect((status == MUSTER_OK) == (muster_diags_error_count(diags) == 0),
                "opened, or a reason", diags);
    fuzz_expect((status == MUSTER_OK) == (out != NULL), "an experiment, or none", diags);
    fuzz_expect(in->held == 0, "every file is given back", diags);
    return out;
}

/* ---- what is told ----------------------------------------------------------------------------------- */

static bool add_to_hash(const char *text, size_t length, void *context)
{
    uint64_t *hash = context;
    *hash = muster_hash(*hash, text, length);
    return true;
}

static uint64_t tell_all(const muster_experiment *e, muster_diags *diags)
{
    uint64_t hash = MUSTER_HASH_START;
    muster_document *document =
        muster_experiment_tell(e, (muster_shard){.index = 1, .count = 2}, NULL, "store");
    char *words = muster_document_text(document, NULL, diags),
         *json = muster_document_json(document, diags);
    fuzz_expect(document && words && json, "the plan can be told", diags);
    (void)add_to_hash(words, strlen(words), &hash);
    (void)add_to_hash(json, strlen(json), &hash);
    fuzz_expect(muster_experiment_csv(e, add_to_hash, &hash), "points as CSV", diags);
    muster_tell_free(words, NULL);
    muster_tell_free(json, NULL);
    muster_document_free(document);
    return hash;
}

/* ---- runs ------------------------------------------------------------------------------------------- */

typedef struct runs {
    const muster_experiment *experiment;
    int64_t given;
    uint64_t hash;
    int32_t columns;
} runs;

static bool next(muster_task *out, void *context)
{
    runs *r = context;
    const muster_experiment_head *h = muster_experiment_head_of(r->experiment);
    if (r->given >= h->points || r->given >= POINTS_RUN)
        return false;
    *out = (muster_task){.point = r->given,
                         .seed = muster_experiment_point(r->experiment, r->given).seed,
                         .first = h->replications > 0 ? 1 : 0,
                         .count = h->replications > 1 ? 2 : 1};
    r->given++;
    return true;
}

static bool settings(int64_t point, muster_settings *out, void *context)
{
    const runs *r = context;
    return muster_experiment_settings(r->experiment, point, out);
}

static bool take(const muster_rows *rows, void *context)
{
    runs *r = context;
    for (int32_t i = 0; i < rows->task.count * r->columns; i++) {
        const double value = rows->value[i] == rows->value[i] ? rows->value[i] : 0.5; /* NaN */
        r->hash = muster_hash(r->hash, &value, sizeof value);
    }
    for (int32_t i = 0; i < rows->task.count; i++)
        fuzz_expect(!rows->is_failed[i] || rows->message[0], "failed for a reason", NULL);
    r->hash = muster_hash(r->hash, rows->message, strlen(rows->message));
    return true;
}

static uint64_t run_some(const muster_experiment *e, int32_t jobs, muster_diags *diags)
{
    runs r = {.experiment = e,
              .hash = MUSTER_HASH_START,
              .columns = muster_experiment_head_of(e)->responses};
    muster_tasks tasks = {.column_count = r.columns,
                          .jobs = jobs,
                          .next = next,
                          .settings = settings,
                          .take = take,
                          .context = &r};
    const muster_sweep *sweep = muster_experiment_sweep(e, &tasks.column);
    fuzz_expect(muster_sweep_run(sweep, &tasks, NULL, diags) == MUSTER_OK, "points are run", diags);
    return r.hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = {data, size, 0};
    uint64_t hash[2] = {0, 0};
    for (int i = 0; i < 2; i++) {
        muster_diags *const diags = muster_diags_create(NULL);
        muster_experiment *e = open_it(&in, diags);
        if (e) {
            hash[i] = tell_all(e, diags) ^ muster_experiment_head_of(e)->plan_hash;
            if (*muster_experiment_head_of(e)->scenario)
                hash[i] ^= run_some(e, i + 1, diags);
        }
        char *told = muster_tell_diags(diags, i == 1, NULL);
        fuzz_expect(told != NULL, "mistakes can be told", diags);
        muster_tell_free(told, NULL);
        muster_experiment_free(e);
        muster_diags_free(diags);
    }
    fuzz_expect(hash[0] == hash[1], "the same file gives the same plan and runs", NULL);
    return 0;
}
