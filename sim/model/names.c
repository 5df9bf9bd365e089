/* Which names rules may read: what states, ties and drills of the scenario bring with them. */
#include "model/terms.h"

#include "base/text.h"
#include "model/fields.h"

#include <string.h>

int32_t mst_names_find(const mst_list *names, const char *name)
{
    for (int32_t i = 0; i < names->count; i++)
        if (mst_same_name(*MST_AT(const char *const, names, i), name))
            return i;
    return -1;
}

bool mst_names_add(mst_arena *arena, mst_list *names, const char *name)
{
    if (!name || mst_names_find(names, name) >= 0)
        return true;
    const char **row = mst_list_add(arena, names, sizeof *row);
    if (!row)
        return false;
    *row = name;
    return true;
}

const char *mst_names_hint(mst_arena *arena, const mst_list *names, const char *wanted)
{
    const char *const *name = names->item;
    const int32_t nearest = names->count > 0 ? mst_text_nearest(wanted, name, names->count) : -1;
    return nearest < 0 ? NULL : mst_arena_printf(arena, "did you mean '%s'?", name[nearest]);
}

const mst_number *mst_numbers_find(const mst_list *numbers, const char *name)
{
    for (int32_t i = 0; i < numbers->count; i++) {
        const mst_number *number = MST_AT(const mst_number, numbers, i);
        if (number->name && mst_same_name(number->name, name))
            return number;
    }
    return NULL;
}

static bool add_numbers(mst_arena *arena, mst_list *names, const mst_list *numbers)
{
    bool fine = true;
    for (int32_t i = 0; i < numbers->count; i++)
        fine = mst_names_add(arena, names, MST_AT(const mst_number, numbers, i)->name) && fine;
    return fine;
}

/* Names of figures that could not be read: a rule that reads one names nothing unknown. */
static bool add_spoilt(const mst_spec *spec, mst_arena *arena, mst_vocabulary *out)
{
    bool fine = true;
    for (int32_t i = 0; i < spec->facts.count; i++) {
        const mst_fact *fact = MST_AT(const mst_fact, &spec->facts, i);
        const char *dot = fact->written || !fact->path ? NULL : strrchr(fact->path, '.');
        if (!dot)
            continue;
        const bool of_drill = strncmp(fact->path, "drills.", 7) == 0;
        if (strstr(fact->path, ".attributes."))
            fine = mst_names_add(arena, of_drill ? &out->drill : &out->attribute, dot + 1) && fine;
        else if (strstr(fact->path, ".mutual."))
            fine = mst_names_add(arena, &out->mutual, dot + 1) && fine;
        else if (strstr(fact->path, ".a_to_b.") || strstr(fact->path, ".b_to_a."))
            fine = mst_names_add(arena, &out->directed, dot + 1) && fine;
    }
    return fine;
}

bool mst_vocabulary_make(const mst_spec *spec, mst_arena *arena, mst_vocabulary *out)
{
    memset(out, 0, sizeof *out);
    bool fine = true;
    for (int32_t i = 0; i < spec->states.count; i++)
        fine = add_numbers(arena, &out->attribute,
                           &MST_AT(const mst_state_def, &spec->states, i)->attributes) &&
               fine;
    fine = mst_names_add(arena, &out->mutual, "align") && fine;
    fine = mst_names_add(arena, &out->mutual, "pact") && fine;
    for (int32_t i = 0; i < spec->ties.count; i++) {
        const mst_tie_def *tie = MST_AT(const mst_tie_def, &spec->ties, i);
        fine = add_numbers(arena, &out->mutual, &tie->mutual) && fine;
        fine = add_numbers(arena, &out->directed, &tie->a_to_b) && fine;
        fine = add_numbers(arena, &out->directed, &tie->b_to_a) && fine;
    }
    fine = mst_names_add(arena, &out->drill, "visibility") && fine;
    fine = mst_names_add(arena, &out->drill, "cap_need") && fine;
    fine = mst_names_add(arena, &out->drill, "host_count") && fine;
    for (int32_t i = 0; i < spec->drills.count; i++)
        fine = add_numbers(arena, &out->drill,
                           &MST_AT(const mst_drill_def, &spec->drills, i)->attributes) &&
               fine;
    return add_spoilt(spec, arena, out) && fine;
}
