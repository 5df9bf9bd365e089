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

bool mst_words_make(const mst_spec *spec, mst_arena *arena, mst_list *out)
{
    bool fine = true;
    *out = (mst_list){0};
    for (int32_t i = 0; i < spec->drills.count; i++)
        fine = add_drill(arena, out, MST_AT(const mst_drill_def, &spec->drills, i)) && fine;
    for (int32_t i = 0; i < spec->serials.count; i++) {
        const mst_list *needs = &MST_AT(const mst_serial_def, &spec->serials, i)->needs;
        for (int32_t k = 0; k < needs->count; k++) {
            const mst_need_def *need = MST_AT(const mst_need_def, needs, k);
            fine = mst_names_add(arena, out, need->role) && add_all(arena, out, &need->kit) && fine;
        }
    }
    for (int32_t i = 0; i < spec->units.count; i++) {
        const mst_unit_def *unit = MST_AT(const mst_unit_def, &spec->units, i);
        const mst_class_def *of = mst_unit_class(spec, unit);
        fine = add_all(arena, out, &unit->own.roles) && add_all(arena, out, &unit->own.kit) && fine;
        if (of)
            fine = add_all(arena, out, &of->roles) && add_all(arena, out, &of->kit) && fine;
    }
    return fine;
}
