/* What a store is held against: each run has a seal, what it says of itself has one, and both together
 * the state, so that also a run that vanished is missed. */
#include "experiment/experiment.h"
#include "experiment/hash.h"
#include "store/store.h"

#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- runs ----------------------------------------------------------------------------------------- */

uint64_t mst_store_seal(const mst_store_row *row, int32_t values)
{
    const uint64_t words[4] = {(uint64_t)row->run, row->public.is_failed, row->digest,
                               (uint64_t)row->origin};
    uint64_t hash = MUSTER_HASH_START;
    /* each step maps all hashes one to one, so that no change of a single figure is missed */
    for (int32_t i = 0; i < 4; i++)
        hash = (hash ^ words[i] ^ (hash >> 29)) * UINT64_C(0x9fb21c651e98df25);
    for (int32_t i = 0; i < values; i++) {
        const double value = row->public.value[i], v = value == 0.0 ? 0.0 : value; /* no -0 */
        uint64_t bits = UINT64_C(0x7ff8000000000000);
        if (!isnan(v))
            memcpy(&bits, &v, sizeof bits);
        hash = (hash ^ bits ^ (hash >> 29)) * UINT64_C(0x9fb21c651e98df25);
    }
    return hash ^ (hash >> 32);
}

uint64_t mst_store_message_digest(const char *message)
{
    return muster_hash(MUSTER_HASH_START, message, strlen(message));
}

void mst_store_sum_add(mst_store_sum *sum, const mst_store_row *row)
{
    sum->runs++;
    sum->failed += row->public.is_failed;
    sum->seals += row->seal;
}

/* ---- tables --------------------------------------------------------------------------------------- */

static uint64_t hash_value(uint64_t hash, sqlite3_stmt *row, int column)
{
    const int type = sqlite3_column_type(row, column);
    const unsigned char kind = (unsigned char)type;
    hash = muster_hash(hash, &kind, 1);
    if (type == SQLITE_FLOAT) { /* as text it would lose its last digits */
        const double value = sqlite3_column_double(row, column);
        return muster_hash(hash, &value, sizeof value);
    }
    const char *text = (const char *)sqlite3_column_text(row, column);
    const size_t length = (size_t)sqlite3_column_bytes(row, column);
    return muster_hash(text ? muster_hash(hash, text, length) : hash, "", 1);
}

static bool hash_rows(const muster_store *s, const char *sql, uint64_t *hash)
{
    sqlite3_stmt *ask = mst_store_prepare(s, sql, NULL);
    int step = SQLITE_ERROR;
    while (ask && (step = sqlite3_step(ask)) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(ask); i++)
            *hash = hash_value(*hash, ask, i);
    sqlite3_finalize(ask);
    return step == SQLITE_DONE;
}

bool mst_store_head_seal(const muster_store *s, char out[17])
{
    uint64_t hash = MUSTER_HASH_START;
    if (!hash_rows(s,
                   "SELECT key, value FROM experiment WHERE key NOT IN "
                   "('seal', 'state', 'replications') ORDER BY key",
                   &hash) ||
        !hash_rows(s, "SELECT * FROM factor ORDER BY ord", &hash) ||
        !hash_rows(s, "SELECT * FROM measure ORDER BY ord", &hash))
        return false;
    muster_text_format(out, 17, "%016" PRIx64, hash);
    return true;
}

/* ---- the state ------------------------------------------------------------------------------------ */

static bool state_of(const muster_store *s, const mst_store_sum *sum, char out[17])
{
    const uint64_t numbers[3] = {(uint64_t)sum->runs, (uint64_t)sum->failed, sum->seals};
    uint64_t hash = MUSTER_HASH_START;
    if (!hash_rows(s, "SELECT value FROM experiment WHERE key = 'replications'", &hash) ||
        !hash_rows(s, "SELECT * FROM origin ORDER BY origin", &hash))
        return false;
    for (int i = 0; i < 3; i++)
        hash = mst_plan_hash_number(hash, numbers[i]);
    muster_text_format(out, 17, "%016" PRIx64, hash);
    return true;
}

muster_status mst_store_save_state(muster_store *s, muster_diags *diags)
{
    char state[17];
    if (!s->state)
        s->state =
            mst_store_prepare(s, "INSERT OR REPLACE INTO experiment VALUES('state', ?1)", diags);
    if (!s->state)
        return mst_store_status(s);
    const bool is_good = state_of(s, &s->sum, state) &&
                         sqlite3_bind_text(s->state, 1, state, -1, SQLITE_TRANSIENT) == SQLITE_OK &&
                         sqlite3_step(s->state) == SQLITE_DONE;
    const muster_status status = is_good ? MUSTER_OK : mst_store_fail(s, "writing", diags);
    sqlite3_reset(s->state);
    return status;
}

/* Messages that belong to no run. */
static bool has_more_failures(const muster_store *s, int64_t failed)
{
    sqlite3_stmt *ask = mst_store_prepare(s, "SELECT count(*) FROM failure", NULL);
    const bool out =
        !ask || sqlite3_step(ask) != SQLITE_ROW || sqlite3_column_int64(ask, 0) != failed;
    sqlite3_finalize(ask);
    return out;
}

muster_status mst_store_check_state(muster_store *s, const mst_store_sum *sum, muster_diags *diags)
{
    static const char changed[] = "runs, or what it says of them, are not what was written";
    char found[17];
    if (s->is_counted) /* rows that wait for their commit are in no state yet */
        return s->sum.runs == sum->runs && s->sum.seals == sum->seals
                   ? MUSTER_OK
                   : mst_store_damaged(s, changed, diags);
    const char *said = mst_store_said(s, "state");
    if (s->keep.failed)
        return mst_experiment_no_memory(diags);
    if (!state_of(s, sum, found))
        return mst_store_fail(s, "reading", diags);
    return said && strcmp(said, found) == 0 && !has_more_failures(s, sum->failed)
               ? MUSTER_OK
               : mst_store_damaged(s, changed, diags);
}
