/* What a file's expectations name: measures there are, and things of the file that they are of. */
#include "outcome/outcome.h"

#include "model/lookup.h"
#include "model/terms.h"
#include "model/walk.h"

#include <string.h>

/* Ids that an expectation of one scope may name. */
typedef struct namer {
    const mst_spec *spec;
    mst_arena *arena;
    mst_list ids;     /* const char *, each once */
    const char *of;   /* what is looked for      */
    int32_t as_short; /* things that it fits without its drill's name */
    bool is_whole;    /* it is one of the ids    */
} namer;

static void add(namer *n, const char *drill, const char *id)
{
    const char *whole = drill && id ? mst_arena_printf(n->arena, "%s/%s", drill, id) : id;
    if (!whole)
        return;
    if (n->of && strcmp(n->of, whole) == 0)
        n->is_whole = true;
    if (drill && n->of && strcmp(n->of, id) == 0)
        n->as_short++;
    if (drill)
        (void)mst_names_add(n->arena, &n->ids, id);
    (void)mst_names_add(n->arena, &n->ids, whole);
}

static void add_table(namer *n, const mst_list *table, size_t item_bytes)
{
    for (int32_t i = 0; i < table->count; i++)
        add(n, NULL, mst_item_at(table, item_bytes, i)->id);
}

/* "c-2" of a unit `c`: whether there are as many may depend on a change. */
static void add_numbered(namer *n)
{
    const char *dash = n->of ? strrchr(n->of, '-') : NULL;
    if (!dash || dash[1] == '\0' || dash[1 + strspn(dash + 1, "0123456789")] != '\0')
        return;
    const char *stem = mst_arena_printf(n->arena, "%.*s", (int)(dash - n->of), n->of);
    if (stem && mst_table_find(&n->spec->units, sizeof(mst_unit_def), stem) >= 0)
        n->is_whole = true;
}

static void add_drill_things(namer *n, muster_scope scope, const mst_drill_def *drill)
{
    const mst_list *states = &n->spec->states;
    for (int32_t i = 0; scope == MUSTER_OF_AIR && i < drill->air.count; i++)
        add(n, drill->item.id, MST_AT(const mst_air_def, &drill->air, i)->item.id);
    for (int32_t a = 0; scope != MUSTER_OF_AIR && a < states->count; a++) {
        const char *id = MST_AT(const mst_state_def, states, a)->item.id;
        if (!mst_drill_asks(n->spec, drill, a))
            continue;
        if (scope == MUSTER_OF_STATE)
            add(n, drill->item.id, id);
        for (int32_t b = a + 1; scope == MUSTER_OF_PAIR && b < states->count; b++)
            if (mst_drill_asks(n->spec, drill, b))
                add(n, drill->item.id,
                    mst_arena_printf(n->arena, "%s-%s", id,
                                     MST_AT(const mst_state_def, states, b)->item.id));
    }
}

static void add_all(namer *n, muster_scope scope)
{
    const mst_list *drills = &n->spec->drills;
    if (scope == MUSTER_OF_DRILL)
        add_table(n, drills, sizeof(mst_drill_def));
    else if (scope == MUSTER_OF_GROUP)
        add_table(n, &n->spec->groups, sizeof(mst_group_def));
    else if (scope == MUSTER_OF_SERIAL)
        add_table(n, &n->spec->serials, sizeof(mst_serial_def));
    else if (scope == MUSTER_OF_UNIT) {
        add_table(n, &n->spec->units, sizeof(mst_unit_def));
        add_numbered(n);
    } else
        for (int32_t i = 0; i < drills->count; i++)
            add_drill_things(n, scope, MST_AT(const mst_drill_def, drills, i));
}

/* True if things of that scope could not all be read: nobody knows then what there is. */
static bool is_told(const mst_spec *spec, muster_scope scope)
{
    static const char *const sections[MUSTER_SCOPE_COUNT] = {"drills",  "states", "units", "groups",
                                                             "serials", "states", "drills"};
    const bool in_drills =
        scope == MUSTER_OF_STATE || scope == MUSTER_OF_PAIR || scope == MUSTER_OF_AIR;
    return mst_facts_spoilt(&spec->facts, sections[scope]) ||
           (in_drills && mst_facts_spoilt(&spec->facts, "drills"));
}

static void check_of(const mst_spec *spec, const mst_expect_def *expect, const muster_measure *row,
                     const char *path, mst_arena *arena, muster_diags *diags)
{
    namer n = {.spec = spec, .arena = arena, .of = expect->of};
    const char *scope = muster_scope_name(row->scope);
    if (is_told(spec, row->scope))
        return;
    add_all(&n, row->scope);
    if (n.ids.count == 0)
        mst_diag(diags, MUSTER_ERROR, expect->item.place, path, NULL,
                 "measure '%s' is taken of each %s, and there is none", row->name, scope);
    else if (!expect->of || n.is_whole || n.as_short == 1)
        return;
    else if (n.as_short > 1)
        mst_diag(diags, MUSTER_ERROR, expect->item.place, path,
                 mst_arena_printf(arena, "write of = \"DRILL/%s\"", expect->of),
                 "of = \"%s\" fits several drills", expect->of);
    else
        mst_diag(diags, MUSTER_ERROR, expect->item.place, path,
                 mst_hint(arena, "there are", expect->of, n.ids.item, n.ids.count),
                 "no %s '%s' to take the measure '%s' of", scope, expect->of, row->name);
}

int32_t mst_measure_named(const char *name)
{
    int32_t count;
    const muster_measure *all = muster_measures(&count);
    for (int32_t i = 0; name && i < count; i++)
        if (strcmp(all[i].name, name) == 0)
            return i;
    return -1;
}

static void unknown_measure(const mst_expect_def *expect, const char *path, mst_arena *arena,
                            muster_diags *diags)
{
    int32_t count;
    const muster_measure *all = muster_measures(&count);
    mst_list names = {0};
    for (int32_t i = 0; i < count; i++)
        if (!mst_names_add(arena, &names, all[i].name))
            return;
    const char *hint = mst_names_hint(arena, &names, expect->measure);
    mst_diag(diags, MUSTER_ERROR, expect->item.place, path,
             hint ? hint : "`muster list measures` names them all", "no measure '%s'",
             expect->measure);
}

void mst_expect_names(const mst_spec *spec, mst_arena *arena, muster_diags *diags)
{
    int32_t count;
    for (int32_t i = 0; i < spec->expects.count; i++) {
        const mst_expect_def *expect = MST_AT(const mst_expect_def, &spec->expects, i);
        const char *path = mst_arena_printf(arena, "expect[%d]", (int)i);
        const int32_t measure = mst_measure_named(expect->measure);
        if (!path || !expect->measure || mst_facts_spoilt(&spec->facts, path))
            continue; /* it is missing or could not be read, which is reported */
        if (measure < 0)
            unknown_measure(expect, path, arena, diags);
        else
            check_of(spec, expect, &muster_measures(&count)[measure], path, arena, diags);
    }
}
