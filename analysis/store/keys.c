#include "store/keys.h"

#include "experiment/experiment.h"

#include <stdlib.h>

/* Runs that are there: replications first .. last of a point. */
typedef struct mst_stretch {
    int64_t point;
    int32_t first, last;
} stretch;

/* ---- what is there -------------------------------------------------------------------------------- */

static bool note(mst_keys *k, int64_t run)
{
    const int64_t point = run >> MST_REP_BITS;
    const int32_t replication = (int32_t)(run & INT32_MAX);
    stretch *last = k->have_count ? &k->have[k->have_count - 1] : NULL;
    if (last && last->point == point && last->last + 1 == replication) {
        last->last = replication;
        return true;
    }
    if (!k->have || k->have_count == k->have_room) {
        const size_t room = k->have_room ? 2 * k->have_room : 64;
        stretch *more = realloc(k->have, room * sizeof *more);
        if (!more)
            return false;
        k->have = more;
        k->have_room = room;
    }
    k->have[k->have_count++] = (stretch){point, replication, replication};
    return true;
}

muster_status mst_keys_open(mst_keys *k, const muster_store *store, muster_diags *diags)
{
    *k = (mst_keys){.store = store};
    sqlite3_stmt *ask = mst_store_prepare(store, "SELECT run FROM run ORDER BY run", diags);
    muster_status status = ask ? MUSTER_OK : mst_store_status(store);
    int step = SQLITE_DONE;
    while (status == MUSTER_OK && (step = sqlite3_step(ask)) == SQLITE_ROW)
        if (!note(k, sqlite3_column_int64(ask, 0)))
            status = mst_experiment_no_memory(diags);
    if (status == MUSTER_OK && step != SQLITE_DONE)
        status = mst_store_fail(store, "reading", diags);
    sqlite3_finalize(ask);
    mst_keys_want(k, NULL, NULL);
    return status;
}

void mst_keys_free(mst_keys *k)
{
    free(k->have);
    *k = (mst_keys){0};
}

/* ---- what is wanted ------------------------------------------------------------------------------- */

static int32_t first_of(const mst_keys *k, int64_t point)
{
    if (k->first && point < k->store->head.points)
        return k->first[point];
    return k->store->head.replications == 0 ? 0 : 1;
}

static int32_t last_of(const mst_keys *k, int64_t point)
{
    return k->last ? k->last[point] : muster_experiment_head_of(k->store->experiment)->replications;
}

void mst_keys_want(mst_keys *k, const int32_t *first, const int32_t *last)
{
    k->first = first;
    k->last = last;
    k->point = 0;
    k->replication = first_of(k, 0);
    k->at = 0;
}

static bool is_ours(const mst_keys *k, int64_t point, int32_t replication)
{
    return muster_shard_has(k->store->shard, k->store->head.points, point, replication);
}

/* Last replication of the stretch from `first` on that is alike: there or not, ours or not. */
static int32_t end_of_stretch(const mst_keys *k, int64_t point, int32_t first, bool *is_missing)
{
    int32_t end = last_of(k, point);
    *is_missing = true;
    if (k->store->shard.count > 1 && first > 0) {
        const int32_t block_end = ((first - 1) / MST_SHARD_BLOCK + 1) * MST_SHARD_BLOCK;
        end = block_end < end ? block_end : end;
    }
    if (!is_ours(k, point, first)) {
        *is_missing = false;
        return end;
    }
    for (size_t i = k->at; i < k->have_count && k->have[i].point == point; i++) {
        const stretch *h = &k->have[i];
        if (h->last < first)
            continue;
        if (h->first <= first) {
            *is_missing = false;
            return h->last < end ? h->last : end;
        }
        return h->first - 1 < end ? h->first - 1 : end;
    }
    return end;
}

/* The next stretch, there or missing, of this part; false: there is none. */
static bool next_stretch(mst_keys *k, int32_t most, int64_t *point, int32_t *first, int32_t *count,
                         bool *is_missing)
{
    for (; k->point < k->store->head.points; k->replication = first_of(k, ++k->point)) {
        while (k->at < k->have_count && k->have[k->at].point < k->point)
            k->at++;
        while (k->replication <= last_of(k, k->point)) {
            const int32_t from = k->replication;
            int32_t end = end_of_stretch(k, k->point, from, is_missing);
            if (*is_missing && end - from + 1 > most)
                end = from + most - 1;
            k->replication = end + 1;
            if (!*is_missing && !is_ours(k, k->point, from))
                continue;
            *point = k->point;
            *first = from;
            *count = end - from + 1;
            return true;
        }
    }
    return false;
}

bool mst_keys_next(mst_keys *k, int32_t most, int64_t *point, int32_t *first, int32_t *count)
{
    bool is_missing = false;
    while (next_stretch(k, most, point, first, count, &is_missing))
        if (is_missing)
            return true;
    return false;
}

void mst_keys_count(mst_keys *k, int64_t *had, int64_t *left)
{
    bool is_missing = false;
    int64_t point = 0;
    int32_t first = 0, count = 0;
    *had = *left = 0;
    mst_keys_want(k, k->first, k->last);
    while (next_stretch(k, INT32_MAX, &point, &first, &count, &is_missing))
        *(is_missing ? left : had) += count;
    mst_keys_want(k, k->first, k->last);
}
