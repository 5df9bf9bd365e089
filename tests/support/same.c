#include "same.h"

#include "base/hash.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {
#define RECORD(name, words, doc) #name,
#include "model/record_list.def"
#undef RECORD
};

same_run same_keep(const mst_run *run)
{
    same_run out = {.model = run->model,
                    .record_count = run->clock->record_count,
                    .digest = mst_run_digest(run)};
    const size_t bytes = (size_t)out.record_count * sizeof *out.record;
    out.record = malloc(bytes + 1);
    assert_non_null(out.record);
    memcpy(out.record, run->record, bytes);
    return out;
}

void same_forget(same_run *kept)
{
    free(kept->record);
    *kept = (same_run){0};
}

static void print_event(const same_run *run, int32_t index, const char *whose)
{
    if (index >= run->record_count) {
        print_error("  %s: no event %d, it has %d\n", whose, (int)index, (int)run->record_count);
        return;
    }
    const mst_record *r = &run->record[index];
    char time[MUSTER_TIME_TEXT];
    muster_time_write_iso(r->time, time);
    print_error(
        "  %s: event %d, %s %s %s a %d b %d c %d d %d real %.17g speed %.17g burn %.17g fuel "
        "%.17g start %.17g\n",
        whose, (int)index, time, kinds[r->kind], r->unit >= 0 ? run->model->unit[r->unit].id : "-",
        (int)r->a, (int)r->b, (int)r->c, (int)r->d, r->real, r->speed_mps, r->burn_kgps, r->fuel_kg,
        r->start_m);
}

static void differ(const same_run *expected, int32_t i, const same_run *actual, int32_t k,
                   const char *what)
{
    print_error("%s: the first event that differs\n", what);
    print_event(expected, i, "expected");
    print_event(actual, k, "actual");
    fail();
}

/* Reals by their hash, so that NaN equals NaN. */
static uint64_t reals(const mst_record *r)
{
    const double all[] = {r->real, r->speed_mps, r->burn_kgps, r->fuel_kg, r->start_m};
    uint64_t hash = MST_HASH_START;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        hash = mst_hash_real(hash, all[i]);
    return hash;
}

static bool equal(const mst_record *x, const mst_record *y)
{
    return x->time == y->time && x->kind == y->kind && x->unit == y->unit && x->a == y->a &&
           x->b == y->b && x->c == y->c && x->d == y->d && reals(x) == reals(y);
}

void same_assert(const same_run *expected, const same_run *actual, const char *what)
{
    const int32_t most = expected->record_count > actual->record_count ? expected->record_count
                                                                       : actual->record_count;
    for (int32_t i = 0; i < most; i++)
        if (i >= expected->record_count || i >= actual->record_count ||
            !equal(&expected->record[i], &actual->record[i]))
            differ(expected, i, actual, i, what);
    if (expected->digest != actual->digest)
        print_error("%s: equal events, but another state at the end\n", what);
    assert_true(expected->digest == actual->digest);
}

static const char *unit_id(const same_run *run, int32_t index)
{
    const int32_t unit = run->record[index].unit;
    return unit >= 0 ? run->model->unit[unit].id : "";
}

static bool has_unit(const same_run *run, const char *id)
{
    return *id == '\0' || mst_model_unit(run->model, id) >= 0;
}

void same_assert_by_id(const same_run *expected, const same_run *actual, const char *what)
{
    int32_t i = 0, k = 0;
    for (; i < expected->record_count || k < actual->record_count; i++, k++) {
        while (k < actual->record_count && !has_unit(expected, unit_id(actual, k)))
            k++;
        if (i >= expected->record_count && k >= actual->record_count)
            return;
        if (i >= expected->record_count || k >= actual->record_count)
            differ(expected, i, actual, k, what);
        const mst_record *x = &expected->record[i], *y = &actual->record[k];
        if (x->time != y->time || x->kind != y->kind || reals(x) != reals(y) ||
            strcmp(unit_id(expected, i), unit_id(actual, k)) != 0)
            differ(expected, i, actual, k, what);
    }
}
