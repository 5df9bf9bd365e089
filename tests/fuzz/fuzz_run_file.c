/* Run documents: any bytes are read twice, to the same end; what is read holds together. */
#include "fuzz.h"

#include "muster/run_file.h"

/* What a reader of the struct relies on. */
static void check_run(const muster_run_file *run, muster_diags *diags)
{
    for (int32_t i = 0; i < run->route_count; i++)
        fuzz_expect(run->route[i].point_count >= 2, "a route has two points", diags);
    for (int32_t i = 0; i < run->unit_count; i++) {
        const muster_run_unit *u = &run->unit[i];
        fuzz_expect(u->id != NULL, "a unit has an id", diags);
        for (int32_t k = 0; k < u->leg_count; k++) {
            fuzz_expect(u->leg[k].route < run->route_count, "a leg has its route", diags);
            fuzz_expect(u->leg[k].end >= u->leg[k].start, "a leg ends after it began", diags);
            fuzz_expect(u->leg[k].end <= run->end, "no leg ends after the run", diags);
        }
    }
    for (int32_t i = 1; i < run->event_count; i++)
        fuzz_expect(run->event[i].time >= run->event[i - 1].time, "events in order", diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    muster_status status[2] = {MUSTER_OK, MUSTER_OK};
    for (int i = 0; i < 2; i++) {
        muster_diags *const diags = muster_diags_create(NULL);
        const muster_run_file *run = NULL;
        status[i] = muster_run_file_read("run", (const char *)data, size, NULL, diags, &run);
        fuzz_expect((status[i] == MUSTER_OK) == (muster_diags_error_count(diags) == 0),
                    "read, or a reason", diags);
        fuzz_expect((status[i] == MUSTER_OK) == (run != NULL), "a run, or none", diags);
        if (run != NULL)
            check_run(run, diags);
        muster_run_file_free(run);
        muster_diags_free(diags);
    }
    fuzz_expect(status[0] == status[1], "the same bytes are read alike", NULL);
    return 0;
}
