/* Tables of drills, states and dyads: each begins with a line "//drills", "//states" or "//dyads" and
 * goes on to the next such line. "//carry N", "//test" and "//fp" are options. What can be read is fitted as well. */
#include "fuzz.h"

#include "base/hash.h"
#include "load/table.h"
#include "muster/fit.h"

#include <stdlib.h>
#include <string.h>

enum { TABLES_MOST = 8, FITTED_BYTES = 12000 };

typedef struct input {
    muster_record_table table[TABLES_MOST];
    int32_t count;
    muster_record_options options;
} input;

/* A line that begins a table; false: it does not. */
static bool begins_table(const char *line, size_t length, muster_record_role *role)
{
    static const char *const names[] = {"//drills", "//states", "//dyads"};
    for (int i = 0; i < 3; i++)
        if (length == strlen(names[i]) && memcmp(line, names[i], length) == 0) {
            *role = (muster_record_role)i;
            return true;
        }
    return false;
}

static bool takes_option(input *in, const char *line, size_t length)
{
    if (length == 6 && memcmp(line, "//test", 6) == 0)
        in->options.is_test = true;
    else if (length == 4 && memcmp(line, "//fp", 4) == 0)
        in->options.final_passage = true;
    else if (length == 9 && memcmp(line, "//carry ", 8) == 0)
        in->options.carry_years = line[8] - '0';
    else
        return false;
    return true;
}

static void cut(input *in, const char *bytes, size_t size)
{
    const char *const end = bytes + size;
    muster_record_table *open = NULL;
    for (const char *at = bytes; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        const size_t length = (size_t)((stop ? stop : end) - at);
        const char *next = stop ? stop + 1 : end;
        muster_record_role role = MUSTER_RECORD_DRILLS;
        if (in->count < TABLES_MOST && begins_table(at, length, &role)) {
            open = &in->table[in->count++];
            *open = (muster_record_table){role, role == MUSTER_RECORD_DRILLS ? "drills" : "table",
                                          next, 0};
        } else if (open && !takes_option(in, at, length)) {
            open->length = (size_t)(next - open->bytes);
        }
        at = next;
    }
}

/* The CSV is one: a row for each answer, as many fields as it says. */
static void check_csv(const char *csv, muster_diags *diags)
{
    mst_arena arena;
    mst_table table;
    mst_arena_init(&arena, NULL);
    fuzz_expect(mst_table_read("csv", csv, strlen(csv), &arena, diags, &table) == MUSTER_OK &&
                    table.column_count == 10 && table.row_count > 0,
                "what is written can be read", diags);
    mst_arena_clear(&arena);
}

static uint64_t tell_all(const muster_record *record, muster_diags *diags)
{
    uint64_t hash = MST_HASH_START;
    char *text[] = {muster_tell_record(record, NULL, NULL, false, diags),
                    muster_tell_record(record, NULL, NULL, true, diags),
                    muster_tell_predictions(record, NULL, NULL, diags)};
    for (int i = 0; i < 3; i++) {
        fuzz_expect(text[i] != NULL, "every document can be told", diags);
        hash = mst_hash_text(hash, text[i]);
    }
    check_csv(text[2], diags);
    for (int i = 0; i < 3; i++)
        muster_tell_free(text[i], NULL);
    return hash;
}

/* Small tables, few replicates: a fit is many passes over the rows. */
static uint64_t fit_all(const input *in)
{
    muster_fit_options how = muster_fit_defaults();
    muster_diags *const diags = muster_diags_create(NULL);
    muster_fit *fit = NULL;
    uint64_t hash = MST_HASH_START;
    how.lambda = 1.0;
    how.replicates = 3;
    how.permutations = 3;
    const muster_status status =
        muster_fit_read(in->table, in->count, &in->options, &how, NULL, diags, &fit);
    fuzz_expect((status == MUSTER_OK) == (muster_diags_error_count(diags) == 0),
                "fitted, or a reason", diags);
    fuzz_expect((status == MUSTER_OK) == (fit != NULL), "a fit, or none", diags);
    for (int i = 0; fit && i < 2; i++) {
        char *text = muster_tell_fit(fit, i == 1, diags);
        fuzz_expect(text != NULL, "every document can be told", diags);
        hash = mst_hash_text(hash, text);
        muster_tell_free(text, NULL);
    }
    for (int i = 0; fit && i < 2; i++) {
        const int64_t errors = muster_diags_error_count(diags);
        char *text = muster_tell_fit_coding(fit, "fuzz",
                                            i == 0 ? MUSTER_FIT_RULES : MUSTER_FIT_CODINGS, diags);
        fuzz_expect((text == NULL) == (muster_diags_error_count(diags) > errors),
                    "a coding, or a reason", diags);
        hash = text ? mst_hash_text(hash, text) : hash;
        muster_tell_free(text, NULL);
    }
    muster_fit_free(fit);
    muster_diags_free(diags);
    return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = {.count = 0};
    uint64_t hash[2] = {0, 0};
    cut(&in, (const char *)data, size);
    for (int i = 0; i < 2; i++) {
        muster_diags *const diags = muster_diags_create(NULL);
        muster_record *record = NULL;
        const muster_status status =
            muster_record_read(in.table, in.count, &in.options, NULL, diags, &record);
        fuzz_expect((status == MUSTER_OK) == (muster_diags_error_count(diags) == 0),
                    "read, or a reason", diags);
        fuzz_expect((status == MUSTER_OK) == (record != NULL), "a record, or none", diags);
        if (record)
            hash[i] = tell_all(record, diags);
        if (record && size <= FITTED_BYTES)
            hash[i] = mst_hash_int(hash[i], (int64_t)fit_all(&in));
        muster_record_free(record);
        muster_diags_free(diags);
    }
    fuzz_expect(hash[0] == hash[1], "the same tables give the same bytes", NULL);
    return 0;
}
