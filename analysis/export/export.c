#include "export/export.h"

#include "base/keep.h"
#include "muster/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define MST_EXPORTER(name) extern const mst_exporter mst_exporter_##name;
#include "export/list.def"
#undef MST_EXPORTER

static const mst_exporter *const exporters[] = {
#define MST_EXPORTER(name) &mst_exporter_##name,
#include "export/list.def"
#undef MST_EXPORTER
    NULL};

enum { EXPORTERS = sizeof exporters / sizeof *exporters - 1, TABLES_MOST = 16 };

const mst_exporter *mst_exporter_at(int32_t index)
{
    if (index < 0)
        return NULL;
    const mst_exporter *const *at = exporters;
    while (*at && index-- > 0)
        at++;
    return *at;
}

bool muster_exporter_at(int32_t index, muster_exporter *out)
{
    const mst_exporter *e = mst_exporter_at(index);
    if (e)
        *out = (muster_exporter){e->name, e->doc, e->ending, e->table};
    return e != NULL;
}

/* ---- what exporters share ------------------------------------------------------------------- */

void mst_export_note(const mst_export *e, const char *format, ...)
{
    char text[300];
    va_list args;
    va_start(args, format);
    muster_text_vformat(text, sizeof text, format, args);
    va_end(args);
    muster_diags_add(e->notes, MUSTER_WARNING, (muster_place){NULL, 0}, NULL, NULL, "%s", text);
}

const char *mst_export_code(const mst_export *e, const char *state)
{
    if (!e->country_code)
        return NULL;
    const int32_t id = muster_csv_column(e->country_code, "state");
    const int32_t code = muster_csv_column(e->country_code, "code");
    for (int32_t i = 0; i < muster_csv_rows(e->country_code) && id >= 0 && code >= 0; i++)
        if (strcmp(muster_csv_at(e->country_code, i, id), state) == 0)
            return muster_csv_at(e->country_code, i, code);
    return NULL;
}

const char *mst_export_name(const char *name, const char *id)
{
    return name && *name ? name : id;
}

const mst_colour *mst_export_colour(const mst_export *e, const char *state)
{
    /* the names are those that ACMI has; none of them is one side's: they go by order */
    static const mst_colour colours[] = {
        {"Blue", 0x00, 0x72, 0xB2},   {"Orange", 0xD5, 0x5E, 0x00}, {"Green", 0x00, 0x9E, 0x73},
        {"Violet", 0xCC, 0x79, 0xA7}, {"Cyan", 0x56, 0xB4, 0xE9},   {"Yellow", 0xE6, 0x9F, 0x00},
        {"Red", 0xB0, 0x1E, 0x2E},
    };
    enum { COLOURS = sizeof colours / sizeof *colours };
    const char *seen[COLOURS];
    int32_t count = 0;
    for (int32_t i = 0; i < e->run->unit_count; i++) {
        int32_t k = 0;
        while (k < count && strcmp(seen[k], e->run->unit[i].state) != 0)
            k++;
        if (strcmp(e->run->unit[i].state, state) == 0)
            return &colours[k % COLOURS];
        if (k == count && count < COLOURS - 1) /* all others share the last one */
            seen[count++] = e->run->unit[i].state;
    }
    return &colours[COLOURS - 1];
}

muster_point mst_export_place_of(const mst_export *e, const char *drill)
{
    for (int32_t i = 0; i < e->run->drill_count; i++)
        if (strcmp(e->run->drill[i].id, drill) == 0)
            return e->run->drill[i].at;
    return (muster_point){(double)NAN, (double)NAN};
}

/* ---- the door -------------------------------------------------------------------------------- */

/* One of `names`, or a mistake that says which there are. */
static int32_t find_name(const char *what, const char *wanted, const char *const *names,
                         int32_t count, muster_diags *diags)
{
    for (int32_t i = 0; i < count; i++)
        if (wanted && strcmp(names[i], wanted) == 0)
            return i;
    mst_keep keep = {0};
    const char *known = "";
    for (int32_t i = 0; i < count; i++)
        known = mst_keep_printf(&keep, "%s%s%s", known ? known : "", i > 0 ? ", " : "", names[i]);
    const int32_t near = wanted ? muster_text_nearest(wanted, names, count) : -1;
    const char *hint = near >= 0 ? mst_keep_printf(&keep, "did you mean '%s'?", names[near]) : NULL;
    muster_diags_add(diags, MUSTER_ERROR, (muster_place){NULL, 0}, NULL, hint, "%s '%s': %s", what,
                     wanted ? wanted : "", known ? known : "");
    mst_keep_clear(&keep);
    return -1;
}

static const mst_exporter *find_exporter(const char *name, muster_diags *diags)
{
    const char *names[EXPORTERS];
    for (int32_t i = 0; i < EXPORTERS; i++)
        names[i] = exporters[i]->name;
    return mst_exporter_at(find_name("no exporter", name, names, EXPORTERS, diags));
}

static bool has_table(const mst_exporter *x, const char *table, muster_diags *diags)
{
    int32_t count = 0;
    if (!x->table && !table)
        return true;
    if (!x->table) {
        muster_diags_add(diags, MUSTER_ERROR, (muster_place){NULL, 0}, NULL, NULL,
                         "%s has no tables", x->name);
        return false;
    }
    while (count < TABLES_MOST && x->table[count])
        count++;
    return find_name("no table", table, x->table, count, diags) >= 0;
}

muster_status muster_export_run(const muster_export *what, muster_diags *diags, char **out)
{
    *out = NULL;
    const mst_exporter *x = find_exporter(what->to, diags);
    if (!x || !has_table(x, what->table, diags))
        return MUSTER_MISTAKE;
    mst_out text = {0};
    mst_movers movers = mst_movers_of(what->run);
    const mst_export e = {.run = what->run,
                          .table = what->table,
                          .country_code = what->country_code,
                          .movers = &movers,
                          .notes = diags,
                          .out = &text};
    mst_out_text(&text, "");
    if (!movers.failed)
        x->write(&e);
    if (movers.without_place > 0)
        mst_export_note(&e,
                        "%d units have stretches without a place: run the scenario again with "
                        "this program",
                        (int)movers.without_place);
    if (text.has_controls)
        mst_export_note(&e, "control characters are replaced: this format has no place for them");
    const bool failed = movers.failed || text.failed;
    mst_movers_clear(&movers);
    if (failed) {
        muster_diags_add(diags, MUSTER_ERROR, (muster_place){NULL, 0}, NULL, NULL, "out of memory");
        free(text.bytes);
        return MUSTER_WORLD;
    }
    *out = text.bytes;
    return MUSTER_OK;
}
