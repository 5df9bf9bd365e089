/* Runs as CSV: all that is needed to read a line, and to run it again, stands in it. */
#include "base/csv.h"
#include "experiment/experiment.h"
#include "store/store.h"

#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct sheet {
    muster_store *store;
    muster_diags *diags;
    sqlite3_stmt *point;   /* literal of a point           */
    sqlite3_stmt *failure; /* message of a run             */
    int64_t at;            /* point that `settings` is of  */
    const char *factors;   /* its values, with the commas */
    const char *command;   /* up to the replication, as in a field; its quote is still open */
    bool is_quoted;
    mst_keep keep; /* of the point                 */
    FILE *out;     /* into memory                  */
    char *bytes;
    size_t length;
    bool (*write)(const char *text, size_t length, void *context);
    void *context;
    muster_status status;
} sheet;

/* ---- fields --------------------------------------------------------------------------------------- */

/* For a POSIX shell: within '...' all is itself but '. */
static void put_word(FILE *out, const char *text)
{
    const char *plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=+,-";
    if (*text && text[strspn(text, plain)] == '\0') {
        fputs(text, out);
        return;
    }
    fputc('\'', out);
    for (; *text; text++)
        if (*text == '\'')
            fputs("'\\''", out);
        else
            fputc(*text, out);
    fputc('\'', out);
}

/* ---- a point -------------------------------------------------------------------------------------- */

static const char *closed(mst_keep *keep, FILE *file, char **bytes)
{
    const bool is_good = fclose(file) == 0;
    const char *out = is_good ? mst_keep_text(keep, *bytes) : NULL;
    keep->failed = keep->failed || !is_good;
    free(*bytes);
    return out;
}

static void put_set(FILE *out, const char *path, const char *value, size_t length)
{
    char *line = malloc(strlen(path) + length + 4);
    if (!line)
        return;
    sprintf(line, "%s = %.*s", path, (int)length, value);
    fputs(" --set ", out);
    put_word(out, line);
    free(line);
}

/* Changes that all points start from, then those of the point. */
static void put_settings(sheet *s, FILE *out, const char *literal)
{
    const muster_store *store = s->store;
    for (const char *at = literal; store->head.factors == 0 && *at;) {
        const size_t length = strcspn(at, "\n");
        const char *equals = strstr(at, " = ");
        if (equals && equals < at + length) {
            char path[512];
            snprintf(path, sizeof path, "%.*s", (int)(equals - at), at);
            put_set(out, path, equals + 3, length - (size_t)(equals + 3 - at));
        }
        at += length + (at[length] == '\n');
    }
    const char *at = literal;
    for (int32_t f = 0; f < store->head.factors; f++) {
        const muster_factor *factor = &store->factor[f].public;
        const size_t length = strcspn(at, "\n");
        if (length > 0)
            put_set(out, factor->path, at, length);
        for (int32_t i = 0; length > 0 && i < factor->with_count; i++) {
            const char *equals = strchr(factor->with[i], '=');
            if (!equals) {
                put_set(out, factor->with[i], at, length);
            } else {
                fputs(" --set ", out);
                put_word(out, factor->with[i]);
            }
        }
        at += length + (at[length] == '\n');
    }
}

/* "variant NAME; PATH = VALUE; ..." as the head has it. */
static void put_base(sheet *s, FILE *out)
{
    static const char variant[] = "variant ";
    const char *at = s->store->head.base;
    if (strncmp(at, variant, sizeof variant - 1) == 0) {
        const size_t length = strcspn(at + sizeof variant - 1, ";");
        fprintf(out, " --variant %.*s", (int)length, at + sizeof variant - 1);
        at += sizeof variant - 1 + length;
        at += strspn(at, "; ");
    }
    while (*at) {
        const char *end = strstr(at, "; ");
        const size_t length = end ? (size_t)(end - at) : strlen(at);
        char *line = malloc(length + 1);
        if (line) {
            memcpy(line, at, length);
            line[length] = '\0';
            fputs(" --set ", out);
            put_word(out, line);
        }
        free(line);
        at += length;
        at += strspn(at, "; ");
    }
}

/* A field without its end: a number will follow. */
static const char *opened_field(sheet *s, const char *text)
{
    s->is_quoted = text && text[strcspn(text, ",\"\r\n")];
    char *out = s->is_quoted ? mst_keep_array(&s->keep, 2 * strlen(text) + 2, 1) : NULL, *at = out;
    if (!out)
        return text;
    *at++ = '"';
    for (; *text; text++) {
        if (*text == '"')
            *at++ = '"';
        *at++ = *text;
    }
    return out;
}

static bool make_point(sheet *s, int64_t number)
{
    const muster_store *store = s->store;
    const muster_plan_point *p = &store->point[number];
    char *bytes = NULL;
    size_t length = 0;
    mst_keep_clear(&s->keep);
    sqlite3_reset(s->point);
    sqlite3_bind_int64(s->point, 1, number);
    if (sqlite3_step(s->point) != SQLITE_ROW)
        return false;
    const char *literal = (const char *)sqlite3_column_text(s->point, 0);
    FILE *file = literal ? open_memstream(&bytes, &length) : NULL;
    if (!file)
        return false;
    const char *at = literal;
    for (int32_t f = 0; f < store->head.factors; f++) {
        const size_t bytes_of = strcspn(at, "\n");
        fputc(',', file);
        mst_csv_value(file, &store->factor[f].public, at, bytes_of);
        at += bytes_of + (at[bytes_of] == '\n');
    }
    s->factors = closed(&s->keep, file, &bytes);
    file = open_memstream(&bytes, &length);
    if (!file)
        return false;
    fputs("muster run ", file);
    put_word(file, store->head.scenario);
    put_base(s, file);
    put_settings(s, file, literal);
    if (store->head.replications > 0)
        fprintf(file, " --seed %" PRIu64 " --only-replication ", p->seed);
    s->command = opened_field(s, closed(&s->keep, file, &bytes));
    s->at = number;
    return !s->keep.failed;
}

/* ---- lines ---------------------------------------------------------------------------------------- */

/* Hands on what was written. */
static bool flush(sheet *s)
{
    if (fflush(s->out) != 0) {
        s->status = mst_experiment_no_memory(s->diags);
        return false;
    }
    const bool goes_on = s->write(s->bytes, s->length, s->context);
    rewind(s->out);
    return goes_on;
}

static void put_header(sheet *s)
{
    const muster_store *store = s->store;
    fputs("point,label,block,replication,seed,status", s->out);
    for (int32_t f = 0; f < store->head.factors; f++) {
        fputc(',', s->out);
        mst_csv_text(s->out, store->factor[f].public.id);
    }
    for (int32_t r = 0; r < store->head.responses; r++) {
        fputc(',', s->out);
        mst_csv_text(s->out, store->response[r].public.name);
    }
    fputs(",message,command\n", s->out);
}

static const muster_factor *factor_of(const void *of, int32_t index)
{
    return muster_store_factor(of, index);
}

static void put_message(sheet *s, const muster_store_run_row *row)
{
    if (!row->is_failed)
        return;
    sqlite3_reset(s->failure);
    sqlite3_bind_int64(s->failure, 1, row->point << MST_REP_BITS | row->replication);
    if (sqlite3_step(s->failure) == SQLITE_ROW && sqlite3_column_text(s->failure, 0))
        mst_csv_text(s->out, (const char *)sqlite3_column_text(s->failure, 0));
}

static bool put_row(const muster_store_run_row *row, void *context)
{
    sheet *s = context;
    const muster_plan_point *p = &s->store->point[row->point];
    if (s->at != row->point && !make_point(s, row->point)) {
        s->status = s->keep.failed ? mst_experiment_no_memory(s->diags)
                                   : mst_store_fail(s->store, "reading a point", s->diags);
        return false;
    }
    fprintf(s->out, "%" PRId64 ",", row->point + 1);
    mst_csv_text(s->out, p->label);
    fputc(',', s->out);
    mst_csv_block(s->out, p, factor_of, s->store, s->store->head.factors);
    fprintf(s->out, ",%d,%" PRIu64 ",%s%s", (int)row->replication, p->seed,
            row->is_failed ? "failed" : "done", s->factors);
    for (int32_t r = 0; r < s->store->head.responses; r++) {
        fputc(',', s->out);
        mst_csv_number(s->out, row->value[r]);
    }
    fputc(',', s->out);
    put_message(s, row);
    fputc(',', s->out);
    fputs(s->command, s->out);
    if (row->replication > 0)
        fprintf(s->out, "%d", (int)row->replication);
    if (s->is_quoted)
        fputc('"', s->out);
    fputc('\n', s->out);
    return ftell(s->out) < 65536 || flush(s);
}

muster_status muster_store_csv(muster_store *store,
                               bool (*write)(const char *text, size_t length, void *context),
                               void *context, muster_diags *diags)
{
    sheet s = {.store = store,
               .diags = diags,
               .at = -1,
               .write = write,
               .context = context,
               .status = MUSTER_OK};
    s.point = mst_store_prepare(store, "SELECT literal FROM point WHERE point = ?1", diags);
    s.failure = mst_store_prepare(store, "SELECT message FROM failure WHERE run = ?1", diags);
    s.out = open_memstream(&s.bytes, &s.length);
    muster_status status = !s.point || !s.failure ? MUSTER_MISTAKE
                           : s.out                ? MUSTER_OK
                                                  : mst_experiment_no_memory(diags);
    if (status == MUSTER_OK) {
        put_header(&s);
        status = muster_store_each(store, put_row, &s, diags);
        if (status == MUSTER_OK)
            status = s.status;
        if (status == MUSTER_OK)
            (void)flush(&s);
    }
    if (s.out)
        (void)fclose(s.out);
    free(s.bytes);
    mst_keep_clear(&s.keep);
    sqlite3_finalize(s.point);
    sqlite3_finalize(s.failure);
    return status;
}
