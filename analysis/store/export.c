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
    mst_store_base base;
    sqlite3_stmt *point;      /* literal of a point             */
    int64_t at;               /* point that `command` is of     */
    const char *factors;      /* its values, with the commas    */
    const char *command;      /* up to the replication, as in a field; its quote is still open */
    bool is_quoted, is_ended; /* ended: by who takes the text */
    mst_keep keep;            /* of the point                         */
    FILE *out;                /* into memory                          */
    char *bytes;
    size_t length;
    bool (*write)(const char *text, size_t length, void *context);
    void *context;
    muster_status status;
} sheet;

/* ---- a point -------------------------------------------------------------------------------------- */

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

/* Values of all factors, each behind a comma; null when memory is short. */
static const char *values_of(sheet *s, const char *literal)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    if (!out)
        return NULL;
    for (int32_t f = 0; f < s->store->head.factors; f++) {
        const size_t bytes_of = strcspn(literal, "\n");
        fputc(',', out);
        mst_csv_value(out, &s->store->factor[f].public, literal, bytes_of);
        literal += bytes_of + (literal[bytes_of] == '\n');
    }
    const bool is_whole = ferror(out) == 0;
    const bool is_closed = fclose(out) == 0;
    const char *text = is_whole && is_closed ? mst_keep_text(&s->keep, bytes) : NULL;
    free(bytes);
    return text;
}

static muster_status make_point(sheet *s, int64_t number)
{
    mst_keep_clear(&s->keep);
    sqlite3_reset(s->point);
    if (sqlite3_bind_int64(s->point, 1, number) != SQLITE_OK ||
        sqlite3_step(s->point) != SQLITE_ROW)
        return mst_store_fail(s->store, "reading a point", s->diags);
    const char *literal = (const char *)sqlite3_column_text(s->point, 0);
    s->factors = literal ? values_of(s, literal) : NULL;
    const char *command =
        literal ? mst_store_command(s->store, &s->keep, &s->base, number, literal) : NULL;
    s->command = opened_field(s, command);
    s->at = number;
    sqlite3_reset(s->point);
    return s->factors && s->command && !s->keep.failed ? MUSTER_OK
                                                       : mst_experiment_no_memory(s->diags);
}

/* ---- lines ---------------------------------------------------------------------------------------- */

/* Hands on what was written. */
static bool flush(sheet *s)
{
    if (fflush(s->out) != 0 || ferror(s->out)) {
        s->status = mst_experiment_no_memory(s->diags);
        return false;
    }
    s->is_ended = !s->write(s->bytes, s->length, s->context);
    if (fseek(s->out, 0, SEEK_SET) != 0)
        s->status = mst_experiment_no_memory(s->diags);
    return !s->is_ended && s->status == MUSTER_OK;
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

static bool put_row(const muster_store_run_row *row, void *context)
{
    enum { PIECE_BYTES = 65536 };
    sheet *s = context;
    const muster_plan_point *p = &s->store->point[row->point];
    if (s->at != row->point)
        s->status = make_point(s, row->point);
    if (s->status != MUSTER_OK)
        return false;
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
    if (row->message)
        mst_csv_text(s->out, row->message);
    fputc(',', s->out);
    fputs(s->command, s->out);
    if (row->replication > 0)
        fprintf(s->out, "%d", (int)row->replication);
    if (s->is_quoted)
        fputc('"', s->out);
    fputc('\n', s->out);
    return ftell(s->out) < PIECE_BYTES || flush(s);
}

static muster_status put_all(sheet *s)
{
    if (!mst_store_begun_from(s->store, &s->base))
        return s->store->keep.failed
                   ? mst_experiment_no_memory(s->diags)
                   : mst_store_damaged(s->store, "what it says of itself is not whole", s->diags);
    s->point = mst_store_prepare(s->store, "SELECT literal FROM point WHERE point = ?1", s->diags);
    if (!s->point)
        return mst_store_status(s->store);
    put_header(s);
    const muster_status status = muster_store_each(s->store, put_row, s, s->diags);
    if (status == MUSTER_OK && s->status == MUSTER_OK && !s->is_ended)
        (void)flush(s);
    return status == MUSTER_OK ? s->status : status;
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
    s.out = open_memstream(&s.bytes, &s.length);
    const muster_status status = s.out ? put_all(&s) : mst_experiment_no_memory(diags);
    if (s.out)
        (void)fclose(s.out);
    free(s.bytes);
    mst_keep_clear(&s.keep);
    sqlite3_finalize(s.point);
    return status;
}
