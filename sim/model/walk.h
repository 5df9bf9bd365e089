/** @file walk.h
 * What reading, changing and finishing a spec share: where in it they stand, the words they use
 * for what stands there, and the facts they leave.
 */
#ifndef MST_MODEL_WALK_H
#define MST_MODEL_WALK_H

#include "model/fields.h"

/** One step of the way from the root; lives on the stack of who walks. */
typedef struct mst_walk {
    const struct mst_walk *up;
    const char *key; /* of the row that leads here; null at the root */
    const char *id;  /* of a table's item, else null                 */
    int32_t index;   /* of a list's item, else -1                    */
} mst_walk;

/** Path of a key below @p walk: "drills.d.slots[1].count"; key may be null. In the arena. */
const char *mst_walk_path(mst_arena *arena, const mst_walk *walk, const char *key);

/** Who it is, for messages: "unit 'alpha'", "drill 'd', slots[1]", "scenario"; "" at the root. */
const char *mst_walk_owner(mst_arena *arena, const mst_walk *walk);

/** One item of a table in words: "classes" gives "class". Static, or in the arena. */
const char *mst_noun(mst_arena *arena, const char *table_key);

/** "did you mean 'x'?", else "<word>: a, b, c" when there are at most 12, else null. */
const char *mst_hint(mst_arena *arena, const char *word, const char *wanted,
                     const char *const *names, int32_t count);

/** The same over the ids of a table's items; their structs begin with mst_item. An id whose two halves
 * only stand in the other order comes first: "RUS-PRK" for "PRK-RUS". */
const char *mst_hint_ids(mst_arena *arena, const mst_list *table, size_t item_bytes,
                         const char *wanted);

/** Item i of a table or list whose structs begin with mst_item. */
mst_item *mst_item_at(const mst_list *list, size_t item_bytes, int32_t index);

/** The row of a root table, group or list by its key; null: there is none. */
const muster_field *mst_fields_row(const muster_field *rows, const char *key);

/** True if text marks an assumption: "assumed", also with more words behind. */
bool mst_source_is_assumed(const char *source);

/**
 * Notes that the value at a path was given but could not be read, so that nothing later calls
 * it missing. Such a fact has no written text; a spec with one is never used.
 */
void mst_facts_spoil(mst_list *facts, mst_arena *arena, const char *path);

/** True if the value at a path, what holds it or a part of it was given but could not be read. That
 * is reported; what would follow from its absence is not worth saying. */
bool mst_facts_spoilt(const mst_list *facts, const char *path);

/** Lets ids of the tables and paths of the facts be found quickly, for a spec read whole: ids stay as
 * they are from here on. Items and facts may still be added. */
void mst_spec_index(mst_spec *spec, mst_arena *arena);

/** The last fact of exactly this path, or null. */
const mst_fact *mst_facts_find(const mst_list *facts, const char *path);

enum {
    MST_PATH_BYTES = 512, /* of a path made here                                      */
    MST_LIKE_STEPS = 64   /* of inheritance at most, so that no ring of `like` hangs  */
};

/** The item of a root table at the start of a path, and the rest of the path; null: none. */
mst_item *mst_path_item(const mst_spec *spec, const char *path, const muster_field **out_table,
                        const char **out_tail);

/** The path from which a path's value comes when it is not given there: in the item named by
 * `like`, or for a unit's own figure in its class. False: from nowhere. path may be out. */
bool mst_path_behind(const mst_spec *spec, const char *path, char out[MST_PATH_BYTES]);

/** Range of a change and what its references name, as mst_spec_apply checks them; a diagnostic
 * when false. Indices of references are filled. */
bool mst_change_allowed(const mst_spec *spec, mst_arena *arena, const muster_field *row,
                        mst_change *change, muster_diags *diags);

/** Stores a checked value where its row says (not for entries of NUMBERS). */
void mst_field_store(const muster_field *row, const mst_value *value, mst_place place,
                     void *target);

/**
 * Inheritance, missing keys, defaults and references of anything that field tables describe.
 *
 * @param[in]  rows  of the root; its tables are what references name
 * @param[in]  root  struct that begins with mst_item
 * @return false when anything was wrong; diagnostics say what
 */
bool mst_fields_finish(const muster_field *rows, void *root, mst_list *facts, mst_arena *arena,
                       muster_diags *diags);

#endif
