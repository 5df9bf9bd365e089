/** @file group.h
 * One group of a file on its way into a struct, inside sim/load.
 */
#ifndef MST_LOAD_GROUP_H
#define MST_LOAD_GROUP_H

#include "load/reader.h"

/** Source and confidence that hold for the figures of a group. */
typedef struct mst_scope {
    const char *source;
    muster_confidence confidence;
} mst_scope;

/** One group being read: its rows, its struct, where it stands. */
typedef struct mst_group {
    mst_reader *reader;
    const muster_field *rows;
    void *item; /* begins with mst_item */
    const config_setting_t *setting;
    mst_walk walk;
    mst_scope scope;     /* of the group around, its own once the head is read */
    bool may_inherit;    /* `like` is a key of it                              */
    bool keys_uncertain; /* its activity is unknown, so its keys are           */
} mst_group;

/** Reads everything in it; mistakes are reported and skipped. */
void mst_group_read(mst_group *g);

/** Place, source, confidence, note and like. */
void mst_group_head(mst_group *g);

/** A single value, alone or as a fact { value = ...; source = ...; }. */
void mst_group_value(mst_group *g, const muster_field *row, void *holder, double si,
                     const config_setting_t *setting);

/** A group of named figures into a list of mst_number. */
void mst_group_numbers(mst_group *g, const muster_field *row, void *target,
                       const config_setting_t *setting);

/** Path of a key of the group, never null. */
const char *mst_group_path(const mst_group *g, const char *key);

/** source, confidence or note, which any group may hold. */
bool mst_is_head_key(const char *key);

/** What a group says of source and confidence, within what holds around it. */
mst_scope mst_scope_narrow(mst_reader *reader, const config_setting_t *setting, const char *path,
                           mst_scope around, const char **out_note);

/** Notes a figure that was read; is_entry: it is one of a group of named figures. */
void mst_group_fact(mst_group *g, const muster_field *row, bool is_entry, const char *path,
                    const char *written, mst_scope scope, const char *note, mst_place place);

#endif
