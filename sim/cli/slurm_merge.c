/* Parts of an experiment put together, as many as there are. */
#include "cli/slurm_merge.h"

#include "cli/interrupt.h"
#include "cli/spawn.h"
#include "muster/analyze.h"

#include <stdlib.h>

typedef struct gathering {
    const cli_call *call;
    cli_parts *parts;
    muster_diags *diags;
    muster_merged merged;
    int worst;
} gathering;

/* Part by part: what is wrong with one says nothing of the next. */
static void merge_part(gathering *g, int32_t number)
{
    cli_held held = {.is_there = false};
    muster_merged merged;
    char *path = cli_parts_path(g->parts, number);
    const char *from = path;
    muster_status status = MUSTER_WORLD, looked = MUSTER_WORLD;
    if (path)
        looked = cli_parts_look(g->parts, path, (muster_shard){number, g->parts->count}, g->diags,
                                &held);
    status = looked;
    if (status == MUSTER_OK && held.is_there) {
        status = muster_store_merge(g->parts->store, &from, 1, g->diags, &merged);
        g->merged.added += merged.added;
        g->merged.same += merged.same;
        g->merged.close += merged.close;
    }
    g->parts->is_whole[number - 1] = status == MUSTER_OK && held.runs >= held.wanted;
    g->parts->lacking += !g->parts->is_whole[number - 1];
    if ((int)status > g->worst &&
        looked != MUSTER_WORLD) /* cannot be read: it is missing, no more */
        g->worst = (int)status;
    free(path);
}

static void tell(const gathering *g, const cli_held *held)
{
    mst_text out;
    mst_text_init(&out, NULL);
    mst_text_printf(&out, "%lld runs added", (long long)g->merged.added);
    if (g->merged.same > 0)
        mst_text_printf(&out, "; %lld were there", (long long)g->merged.same);
    if (g->merged.close > 0)
        mst_text_printf(&out, ", %lld of these alike to 1e-9 only, from an unlike kind of machine",
                        (long long)g->merged.close);
    mst_text_printf(&out, ".\nStore: ");
    cli_put_word(&out, g->parts->store);
    mst_text_printf(&out, ", %lld of %lld runs", (long long)held->runs, (long long)held->wanted);
    if (held->failed > 0)
        mst_text_printf(&out, ", of which %lld failed", (long long)held->failed);
    if (held->runs >= held->wanted) {
        mst_text_add(&out, "\nNext:  muster analyze ");
        cli_put_word(&out, g->parts->store);
    } else {
        mst_text_add(&out, "\nNot whole: part ");
        cli_parts_range(g->parts, false, &out);
        mst_text_printf(&out, " of %d\nAgain: the command that submitted them submits these",
                        (int)g->parts->count);
    }
    mst_text_add(&out, "\n");
    fputs(out.bytes && !out.failed ? out.bytes : "", stdout);
    mst_text_clear(&out);
}

/* The state of what the parts were put into. What is wrong with a part is the document then. */
static int tell_document(const gathering *g)
{
    muster_store *store = NULL;
    muster_document *document = NULL;
    if (muster_diags_error_count(g->diags) > 0)
        return MUSTER_OK;
    int status = (int)muster_store_open(g->parts->store, g->diags, &store);
    if (status == MUSTER_OK)
        status = (int)muster_store_tell(store, g->parts->store, g->diags, &document);
    if (status == MUSTER_OK)
        status = cli_tell_document(g->call, document);
    muster_document_free(document);
    (void)muster_store_close(store, NULL);
    return status;
}

static int gather(gathering *g)
{
    cli_held held;
    int told = MUSTER_OK;
    const int32_t count = g->parts->count;
    g->parts->lacking = 0;
    g->parts->is_whole = calloc((size_t)count, sizeof *g->parts->is_whole);
    if (!g->parts->is_whole)
        return cli_failure(MUSTER_WORLD, g->call->as_json, NULL, "out of memory");
    for (int32_t i = 1; i <= count && !cli_guard_caught(); i++)
        merge_part(g, i);
    if (cli_guard_caught()) {
        fprintf(stderr, "muster: interrupted; what is merged is kept\n");
        return MUSTER_UNMET;
    }
    const muster_status status =
        cli_parts_look(g->parts, g->parts->store, (muster_shard){0, 0}, g->diags, &held);
    if (status != MUSTER_OK)
        return (int)status;
    if (g->call->as_json)
        told = tell_document(g);
    else
        tell(g, &held);
    if (told != MUSTER_OK)
        return told;
    return g->worst != MUSTER_OK ? g->worst : held.runs >= held.wanted ? MUSTER_OK : MUSTER_UNMET;
}

int cli_slurm_merge(const cli_call *call, cli_parts *parts, muster_diags *diags, int *out_signal)
{
    gathering g = {.call = call, .parts = parts, .diags = diags};
    cli_guard_begin();
    const int status = gather(&g);
    *out_signal = cli_guard_end();
    return status;
}
