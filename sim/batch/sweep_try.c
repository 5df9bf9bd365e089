/* What a value of a factor would be warned of, before any point is run. */
#include "batch/sweep.h"

#include <string.h>

static bool is_among(const muster_diags *diags, const char *message)
{
    for (int32_t i = 0; i < muster_diags_count(diags); i++)
        if (strcmp(muster_diags_at(diags, i)->message, message) == 0)
            return true;
    return false;
}

/* All that the scenario is told of now. */
static void collect(const muster_sweep *sweep, mst_arena *scratch, muster_diags *out)
{
    mst_spec_check(&sweep->scenario->spec, sweep->scenario->kinds, scratch, out);
}

static void tell_new(const muster_diags *before, const muster_diags *after,
                     const muster_setting *first, muster_place place, muster_diags *diags)
{
    const mst_place at = {place.file, place.line};
    for (int32_t i = 0; i < muster_diags_count(after); i++) {
        const muster_diag *d = muster_diags_at(after, i);
        if (d->severity == MUSTER_NOTE || is_among(before, d->message))
            continue;
        mst_diag(diags, MUSTER_WARNING, at, NULL, d->hint, "at %s = %s: %s", first->path,
                 first->value, d->message);
    }
}

static bool apply(const muster_sweep *sweep, const muster_settings *point, mst_arena *scratch,
                  mst_saved *saved, muster_diags *diags)
{
    bool is_good = true;
    for (int32_t i = 0; is_good && i < point->count; i++) {
        const muster_setting *s = &point->setting[i];
        const char *line = mst_arena_printf(scratch, "%s = %s", s->path, s->value);
        is_good = line && mst_saved_apply(sweep->scenario, scratch, line, saved, diags);
    }
    return is_good;
}

muster_status muster_sweep_try(muster_sweep *sweep, const muster_settings *point,
                               muster_place place, muster_diags *diags)
{
    mst_arena scratch;
    mst_saved saved;
    mst_arena_init(&scratch, sweep->arena.memory);
    muster_diags *before = muster_diags_create(sweep->arena.memory);
    muster_diags *after = muster_diags_create(sweep->arena.memory);
    if (before && after && point->count > 0) {
        collect(sweep, &scratch, before);
        mst_saved_keep(sweep->scenario, &saved);
        if (apply(sweep, point, &scratch, &saved, after))
            collect(sweep, &scratch, after);
        mst_saved_restore(sweep->scenario, &saved);
        tell_new(before, after, &point->setting[0], place, diags);
    }
    const bool is_well = before && after && !scratch.failed && !mst_diags_lack_memory(before) &&
                         !mst_diags_lack_memory(after);
    muster_diags_free(before);
    muster_diags_free(after);
    mst_arena_clear(&scratch);
    return is_well ? MUSTER_OK : mst_diag_memory(diags);
}
