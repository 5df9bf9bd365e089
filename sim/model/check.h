/** @file check.h
 * What the checks share. Each looks at one subject, adds everything it finds and returns nothing.
 *
 * A file with mistakes is checked too, so that all of them are told in one run. What could not be
 * read, or names nothing, was reported; what would only follow from that is passed over
 * (mst_check_told).
 */
#ifndef MST_MODEL_CHECK_H
#define MST_MODEL_CHECK_H

#include "model/compile.h"
#include "model/lookup.h"
#include "model/terms.h"

#include <math.h>

typedef struct mst_checker {
    const mst_spec *spec;
    const mst_kinds *kinds;
    mst_arena *arena;
    muster_diags *diags;
    mst_vocabulary names;
    mst_list unit_words; /* const char *: roles and kit that some unit has */
    bool has_mistakes;   /* of reading: then only errors are worth telling */
    bool errors_only;    /* nobody asks for the rest: it was told before   */
} mst_checker;

/** True if warnings and notes are wanted. What only leads to one need not be looked for else. */
static inline bool mst_check_warns(const mst_checker *c)
{
    return !c->has_mistakes && !c->errors_only;
}

void mst_check_fleet(mst_checker *c);   /* classes, units, bases, groups      */
void mst_check_classes(mst_checker *c); /* figures of classes that units use  */
void mst_check_groups(mst_checker *c);
void mst_check_drills(mst_checker *c);
void mst_check_serials(mst_checker *c);
void mst_check_alignment(mst_checker *c); /* states, ties, rules                */
void mst_check_scale(mst_checker *c);     /* figures beyond what weights are for */
void mst_check_time(mst_checker *c);      /* timeline, stocks, ledgers, feedback */
void mst_check_known(mst_checker *c);     /* nobody decides by what he cannot know */
void mst_check_chance(mst_checker *c);    /* distributions                      */
void mst_check_record(mst_checker *c);    /* observations, levers, weather      */
void mst_check_injects(mst_checker *c);   /* and rulings                        */
void mst_check_lesson(mst_checker *c);

/** mst_diag with the list of the checker and no path; hint may be null. */
#define MST_ERROR(c, place, hint, ...)                                                             \
    mst_diag((c)->diags, MUSTER_ERROR, place, NULL, hint, __VA_ARGS__)
#define MST_WARN(c, place, hint, ...)                                                              \
    (mst_check_warns(c) ? mst_diag((c)->diags, MUSTER_WARNING, place, NULL, hint, __VA_ARGS__)     \
                        : (void)0)

/** True if that key of a section's item (null: anything of it) was given but could not be read or
 * names nothing, which is reported. section as in a path: "units", "alignment.rules". */
bool mst_check_told(const mst_checker *c, const char *section, const mst_item *item,
                    const char *key);

/** True if one coordinate of a point is given alone. */
static inline bool mst_check_half(double lat_deg, double lon_deg)
{
    return isnan(lat_deg) != isnan(lon_deg);
}

/**
 * An error that names the missing key of such a point.
 * @param[in]  at      where the item stands
 * @param[in]  path    of the item, as in a change
 * @param[in]  owner   in words: "drill 'd', muster"
 * @param[in]  prefix  of the keys: "" or "sea_"
 */
void mst_check_half_point(const mst_checker *c, mst_place at, const char *path, const char *owner,
                          const char *prefix, double lat_deg);

/** False if a mistake hides what kind of craft a unit is. */
bool mst_check_knows_craft(const mst_checker *c, const mst_unit_def *unit);

/** Place of a reference, else of the item that holds it. */
static inline mst_place mst_place_or(mst_place place, const mst_item *item)
{
    return place.line > 0 ? place : item->place;
}

/** Warns of words that no unit has, with the nearest word that one has. */
void mst_check_word(mst_checker *c, const char *word, const mst_item *at, const char *what,
                    const char *id);

#endif
