/* The words of a scenario for roles and kit: authors choose them, slots and units share them. */
#include "model/lookup.h"
#include "model/terms.h"

static bool add_all(mst_arena *arena, mst_list *words, const mst_list *texts)
{
    bool fine = true;
    for (int32_t i = 0; i < texts->count; i++)
        fine = mst_names_add(arena, words, *MST_AT(const char *const, texts, i)) && fine;
    return fine;
}

static bool add_drill(mst_arena *arena, mst_list *words, const mst_drill_def *drill)
{
    bool fine = true;
    for (int32_t i = 0; i < drill->slots.count; i++) {
        const mst_slot_def *slot = MST_AT(const mst_slot_def, &drill->slots, i);
        fine = mst_names_add(arena, words, slot->role) && add_all(arena, words, &slot->kit) && fine;
    }
    for (int32_t i = 0; i < drill->air.count; i++)
        fine = mst_names_add(arena, words, MST_AT(const mst_air_def, &drill->air, i)->role) && fine;
    return fine;
}

/* Own words of a unit, and those of its class unless an earlier unit has brought them. */
static bool add_unit(const mst_spec *spec, mst_arena *arena, mst_list *words,
                     const mst_unit_def *unit, bool *is_in)
{
    const int32_t index = mst_ref_index(&spec->classes, sizeof(mst_class_def), &unit->class_);
    bool fine = add_all(arena, words, &unit->own.roles) && add_all(arena, words, &unit->own.kit);
    if (index < 0 || is_in[index])
        return fine;
    const mst_class_def *of = MST_AT(const mst_class_def, &spec->classes, index);
    is_in[index] = true;
    return add_all(arena, words, &of->roles) && add_all(arena, words, &of->kit) && fine;
}

bool mst_words_make(const mst_spec *spec, mst_arena *arena, mst_list *out)
{
    *out = (mst_list){0};
    bool *is_in = mst_arena_array(arena, (size_t)spec->classes.count + 1, sizeof *is_in);
    bool fine = is_in != NULL;
    for (int32_t i = 0; i < spec->drills.count; i++)
        fine = add_drill(arena, out, MST_AT(const mst_drill_def, &spec->drills, i)) && fine;
    for (int32_t i = 0; i < spec->serials.count; i++) {
        const mst_list *needs = &MST_AT(const mst_serial_def, &spec->serials, i)->needs;
        for (int32_t k = 0; k < needs->count; k++) {
            const mst_need_def *need = MST_AT(const mst_need_def, needs, k);
            fine = mst_names_add(arena, out, need->role) && add_all(arena, out, &need->kit) && fine;
        }
    }
    for (int32_t i = 0; is_in && i < spec->units.count; i++)
        fine =
            add_unit(spec, arena, out, MST_AT(const mst_unit_def, &spec->units, i), is_in) && fine;
    return fine;
}
