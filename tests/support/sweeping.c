#include "sweeping.h"

#include "muster/tell.h"
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char sweeping_scenario[] =
    "scenario = { id = \"pair\"; title = \"Two ships\"; start = \"2023-07-18T00:00Z\";\n"
    "             horizon = \"4 d\"; };\n"
    "states = { HOME = { name = \"Home\"; }; GUEST = { attributes = { will = 0.4; }; }; };\n"
    "classes = { corvette = { roles = [\"escort\"]; max_speed_kn = 27.0; range_nm = 3500.0;\n"
    "                         range_speed_kn = 14.0; fuel_t = 170.0; }; };\n"
    "bases = { PORT = { sea_lat_deg = 40.5; sea_lon_deg = 133.0; lat_deg = 43.11;\n"
    "                   lon_deg = 131.89; }; };\n"
    "units = { first = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\";\n"
    "                    readiness = 0.9; };\n"
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
    "whatif = { keenness = { path = \"states.GUEST.attributes.will\"; min = 0.0; max = 1.0; }; };\n"
    "variants = { keen = { changes = [\"states.GUEST.attributes.will = 0.9\"]; }; };\n";

const char sweeping_levers[] =
    "experiment = { id = \"levers\"; title = \"What moves it\"; scenario = \"scenario.cfg\"; };\n"
    "method = { name = \"factorial\"; };\n"
    "runs = { replications = 40; seed = 11; };\n"
    "factors = { ready = { path = \"units.first.readiness\"; levels = [0.5, 0.9]; };\n"
    "            will = { lever = \"keenness\"; levels = [0.0, 0.4, 1.0]; }; };\n"
    "measures = [\"muster_delay_h\", \"mustered\", \"fuel_used_t\", \"participation:GUEST\"];\n";

const muster_host sweeping_host = {
    .name = "here",
    .processor = "one, fma",
    .libm = "libm 1",
    .compiler = "cc 1",
    .gsl = "2",
    .program = "muster of a test",
};
const muster_host sweeping_other_host = {
    .name = "there",
    .processor = "other, no fma",
    .libm = "libm 1",
    .compiler = "cc 1",
    .gsl = "2",
    .program = "muster of a test",
};

/* ---- experiments ---------------------------------------------------------------------------------- */

static muster_land *land;

const muster_land *sweeping_land(void)
{
    if (!land)
        assert_int_equal(muster_land_open(NULL, 0, NULL, NULL, &land), MUSTER_OK);
    return land;
}

muster_status sweeping_try(const sweeping_ask *ask, muster_diags *diags, muster_experiment **out)
{
    const test_file file[] = {{"experiment.cfg", ask->text},
                              {"scenario.cfg", ask->scenario ? ask->scenario : sweeping_scenario},
                              {NULL, NULL}};
    test_disk disk = {.file = file};
    const muster_opener opener = test_opener(&disk);
    const muster_experiment_from from = {.path = "experiment.cfg",
                                         .opener = ask->files ? ask->files : &opener,
                                         .land = ask->land ? ask->land : sweeping_land(),
                                         .line = &ask->line,
                                         .line_count = ask->line ? 1 : 0,
                                         .has_replications = ask->replications != 0,
                                         .replications =
                                             ask->replications > 0 ? ask->replications : 0};
    return muster_experiment_open(&from, diags, out);
}

muster_experiment *sweeping_open(const sweeping_ask *ask)
{
    muster_diags *diags = muster_diags_create(NULL);
    muster_experiment *out = NULL;
    if (sweeping_try(ask, diags, &out) != MUSTER_OK)
        fail_msg("%s", test_words(diags));
    muster_diags_free(diags);
    return out;
}

/* ---- runs ----------------------------------------------------------------------------------------- */

typedef struct watch {
    const sweeping_how *how;
    int64_t asked;
} watch;

static bool go_on(int64_t done, int64_t todo, int64_t failed, void *context)
{
    const watch *w = context;
    (void)todo;
    (void)failed;
    return w->how->most == 0 || done < w->how->most;
}

/* Only of one thread: the count is not shared. */
static bool stops(void *context)
{
    watch *w = context;
    return ++w->asked >= w->how->stop_asks;
}

muster_status sweeping_run(const muster_experiment *experiment, const char *path,
                           const sweeping_how *how, muster_diags *diags, muster_sweep_done *out)
{
    watch w = {.how = how};
    const muster_sweep_run_options options = {.jobs = how->jobs,
                                              .go_on = go_on,
                                              .stops = how->stop_asks > 0 ? stops : NULL,
                                              .context = &w};
    muster_store *store = NULL;
    muster_sweep_done unused;
    muster_status status = muster_store_begin(
        path, experiment, how->host ? how->host : &sweeping_host, how->shard, diags, &store);
    if (status == MUSTER_OK)
        status = muster_store_run(store, &options, diags, out ? out : &unused);
    const muster_status closed = muster_store_close(store, diags);
    return status != MUSTER_OK ? status : closed;
}

muster_sweep_done sweeping_done(const sweeping_ask *ask, const char *path, const sweeping_how *how)
{
    static const sweeping_how plain = {.jobs = 1};
    muster_diags *diags = muster_diags_create(NULL);
    muster_experiment *experiment = sweeping_open(ask);
    muster_sweep_done done = {0};
    if (sweeping_run(experiment, path, how ? how : &plain, diags, &done) != MUSTER_OK)
        fail_msg("%s", test_words(diags));
    muster_experiment_free(experiment);
    muster_diags_free(diags);
    return done;
}

/* ---- export --------------------------------------------------------------------------------------- */

static bool keep(const char *text, size_t length, void *context)
{
    return fwrite(text, 1, length, context) == length;
}

char *sweeping_csv(const char *path, muster_diags *diags, muster_status *out_status)
{
    char *bytes = NULL;
    size_t length = 0;
    muster_store *store = NULL;
    *out_status = muster_store_open(path, diags, &store);
    if (*out_status != MUSTER_OK)
        return NULL;
    FILE *out = open_memstream(&bytes, &length);
    assert_non_null(out);
    *out_status = muster_store_csv(store, keep, out, diags);
    assert_int_equal(fclose(out), 0);
    (void)muster_store_close(store, NULL);
    if (*out_status == MUSTER_OK)
        return bytes;
    free(bytes);
    return NULL;
}

char *sweeping_export(const char *path)
{
    muster_status status = MUSTER_OK;
    muster_diags *diags = muster_diags_create(NULL);
    char *out = sweeping_csv(path, diags, &status);
    if (!out)
        fail_msg("%s", test_words(diags));
    muster_diags_free(diags);
    return out;
}

/* ---- what is told ----------------------------------------------------------------------------------- */

static muster_status tell_document(muster_status status, muster_document *document, FILE *out,
                                   muster_diags *diags)
{
    char *words = status == MUSTER_OK ? muster_document_text(document, NULL, diags) : NULL;
    if (words)
        fputs(words, out);
    muster_tell_free(words, NULL);
    muster_document_free(document);
    return status;
}

char *sweeping_told(const char *path, muster_diags *diags, muster_status *out_status)
{
    char *bytes = NULL;
    size_t length = 0;
    muster_store *store = NULL;
    muster_document *document = NULL;
    muster_status status = muster_store_open(path, diags, &store);
    FILE *out = open_memstream(&bytes, &length);
    assert_non_null(out);
    if (status == MUSTER_OK) {
        status = muster_store_tell(store, "store", diags, &document);
        status = tell_document(status, document, out, diags);
    }
    if (status == MUSTER_OK)
        status = muster_store_csv(store, keep, out, diags);
    if (status == MUSTER_OK) {
        document = NULL;
        status = muster_store_analyze(store, "store", NULL, diags, &document);
        status = tell_document(status, document, out, diags);
    }
    (void)muster_store_close(store, NULL);
    assert_int_equal(fclose(out), 0);
    *out_status = status;
    if (status == MUSTER_OK)
        return bytes;
    free(bytes);
    return NULL;
}

bool sweeping_names(const muster_diags *diags, const char *path)
{
    for (int32_t i = 0; i < muster_diags_count(diags); i++) {
        const muster_diag *d = muster_diags_at(diags, i);
        if (d->severity == MUSTER_ERROR && d->file && strcmp(d->file, path) == 0)
            return true;
    }
    return false;
}

/* ---- files ---------------------------------------------------------------------------------------- */

static char folder[128];

const char *sweeping_folder(void)
{
    if (!folder[0]) {
        /* where also nobody may come, unlike in a build */
        const char *where = getenv("TMPDIR");
        snprintf(folder, sizeof folder, "%.90s/muster-XXXXXX", where ? where : "/tmp");
        assert_non_null(mkdtemp(folder));
    }
    return folder;
}

const char *sweeping_path(const char *name)
{
    enum { NAMES_MOST = 64 };
    static char path[NAMES_MOST][SWEEPING_PATH_BYTES];
    char wanted[SWEEPING_PATH_BYTES];
    int i = 0;
    snprintf(wanted, sizeof wanted, "%s/%s", sweeping_folder(), name);
    while (i < NAMES_MOST && path[i][0] && strcmp(path[i], wanted) != 0)
        i++;
    assert_true(i < NAMES_MOST);
    strcpy(path[i], wanted);
    return path[i];
}

void sweeping_tidy(void)
{
    DIR *all = folder[0] ? opendir(folder) : NULL;
    for (struct dirent *one; all && (one = readdir(all)) != NULL;) {
        char path[512];
        if (strcmp(one->d_name, ".") == 0 || strcmp(one->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%.255s", folder, one->d_name);
        if (unlink(path) != 0)
            (void)rmdir(path);
    }
    if (all)
        closedir(all);
    if (folder[0])
        (void)rmdir(folder);
    folder[0] = '\0';
    muster_land_free(land);
    land = NULL;
}

char *sweeping_bytes(const char *path, size_t *length)
{
    struct stat info;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &info), 0);
    char *bytes = malloc((size_t)info.st_size + 1);
    assert_non_null(bytes);
    *length = fread(bytes, 1, (size_t)info.st_size, file);
    fclose(file);
    return bytes;
}

void sweeping_write(const char *path, const void *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}
