#include "model/check.h"

#include "model/build.h"
#include "model/walk.h"

#include <math.h>
#include <string.h>

bool mst_check_told(const mst_checker *c, const char *section, const mst_item *item,
                    const char *key)
{
    const char *id = mst_name_of(NULL, item);
    return c->has_mistakes &&
           mst_facts_spoilt(&c->spec->facts,
                            key ? mst_arena_printf(c->arena, "%s.%s.%s", section, id, key)
                                : mst_arena_printf(c->arena, "%s.%s", section, id));
}

void mst_check_half_point(const mst_checker *c, mst_place at, const char *path, const char *owner,
                          const char *prefix, double lat_deg)
{
    static const char *const keys[] = {"lat_deg", "lon_deg"};
    const int lacks = isnan(lat_deg) ? 0 : 1;
    if (!(c->has_mistakes &&
          mst_facts_spoilt(&c->spec->facts,
                           mst_arena_printf(c->arena, "%s.%s%s", path, prefix, keys[lacks]))))
        MST_ERROR(c, at, "a point takes both, or neither", "%s: %s%s is given without %s%s", owner,
                  prefix, keys[1 - lacks], prefix, keys[lacks]);
}

bool mst_check_knows_craft(const mst_checker *c, const mst_unit_def *unit)
{
    const mst_class_def *class_ = mst_unit_class(c->spec, unit);
    return !mst_check_told(c, "units", &unit->item, "class") &&
           !mst_check_told(c, "units", &unit->item, "craft") &&
           !(class_ && mst_check_told(c, "classes", &class_->item, "craft"));
}

void mst_check_word(mst_checker *c, const char *word, const mst_item *at, const char *what,
                    const char *id)
{
    if (!word || !mst_check_warns(c) || mst_names_find(&c->unit_words, word) >= 0)
        return;
    MST_WARN(c, at->place, mst_names_hint(c->arena, &c->unit_words, word),
             "%s '%s': no unit has '%s'", what, id, word);
}

static bool add_words(mst_arena *arena, mst_list *words, const mst_class_def *figures)
{
    bool fine = true;
    for (int32_t i = 0; i < figures->roles.count; i++)
        fine = mst_names_add(arena, words, *MST_AT(const char *const, &figures->roles, i)) && fine;
    for (int32_t i = 0; i < figures->kit.count; i++)
        fine = mst_names_add(arena, words, *MST_AT(const char *const, &figures->kit, i)) && fine;
    return fine;
}

/* Words of the units, entries that make none included: a variant may grant them. */
static bool collect_words(mst_checker *c)
{
    bool fine = true;
    for (int32_t i = 0; i < c->spec->units.count; i++) {
        const mst_unit_def *unit = MST_AT(const mst_unit_def, &c->spec->units, i);
        mst_class_def figures;
        mst_unit_figures(c->spec, unit, &figures);
        fine = add_words(c->arena, &c->unit_words, &figures) && fine;
    }
    return fine;
}

static void check_all(mst_checker *c, int32_t word_count)
{
    if (mst_check_warns(c) && !collect_words(c))
        return; /* the arena remembers */
    if (word_count > MST_WORDS_MAX)
        MST_ERROR(c, c->spec->scenario.item.place, NULL,
                  "%d words for roles and kit; at most %d are allowed", (int)word_count,
                  MST_WORDS_MAX);
    mst_check_classes(c);
    mst_check_fleet(c);
    mst_check_groups(c);
    mst_check_drills(c);
    mst_check_serials(c);
    mst_check_alignment(c);
    if (mst_check_warns(c))
        mst_check_scale(c);
    mst_check_time(c);
    mst_check_known(c);
    mst_check_record(c);
    mst_check_injects(c);
    if (c->spec->lesson.item.place.line > 0 && !c->errors_only)
        mst_check_lesson(c);
    mst_check_chance(c);
}

void mst_spec_check(const mst_spec *spec, const mst_kinds *kinds, mst_arena *scratch,
                    muster_diags *diags)
{
    mst_checker c = {.spec = spec,
                     .kinds = kinds,
                     .arena = scratch,
                     .diags = diags,
                     .has_mistakes = muster_diags_error_count(diags) > 0};
    mst_list words;
    if (mst_vocabulary_make(spec, scratch, &c.names) && mst_words_make(spec, scratch, &words))
        check_all(&c, words.count);
}

void mst_spec_check_errors(const mst_spec *spec, const mst_kinds *kinds,
                           const mst_vocabulary *names, int32_t word_count, mst_arena *scratch,
                           muster_diags *diags)
{
    mst_checker c = {.spec = spec,
                     .kinds = kinds,
                     .arena = scratch,
                     .diags = diags,
                     .names = *names,
                     .errors_only = true};
    check_all(&c, word_count);
}
