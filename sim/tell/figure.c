/* What the file calls a figure: the label of its lever or rule, words beside it, names of states. */
#include "tell/page.h"

#include "model/ledger.h"
#include "model/row.h"
#include "model/walk.h"

#include <string.h>

static const char *lever_label(const mst_page *page, const char *path)
{
    for (int32_t i = 0; i < page->spec->levers.count; i++) {
        const mst_lever_def *lever = MST_AT(mst_lever_def, &page->spec->levers, i);
        if (lever->path && lever->label && strcmp(lever->path, path) == 0)
            return lever->label;
    }
    return NULL;
}

static const char *name_of_state(const mst_page *page, const char *id)
{
    const int32_t found = mst_table_find(&page->spec->states, sizeof(mst_state_def), id);
    const char *name = found >= 0 ? MST_AT(mst_state_def, &page->spec->states, found)->name : NULL;
    return name ? name : id;
}

static const char *says_of(const mst_list *numbers, const char *name)
{
    for (int32_t i = 0; i < numbers->count; i++) {
        const mst_number *one = MST_AT(mst_number, numbers, i);
        if (strcmp(one->name, name) == 0)
            return one->says;
    }
    return NULL;
}

static const char *rule_words(mst_page *page, const char *id, const char *key)
{
    const mst_list *rules = &page->spec->alignment.rules;
    const int32_t found = mst_table_find(rules, sizeof(mst_rule_def), id);
    const char *label = found >= 0 ? MST_AT(mst_rule_def, rules, found)->label : NULL;
    return label ? mst_page_printf(page, "%s of the rule '%s'", key, label) : NULL;
}

static const char *attribute_words(mst_page *page, const char *state, const char *name)
{
    const int32_t found = mst_table_find(&page->spec->states, sizeof(mst_state_def), state);
    const char *says =
        found >= 0 ? says_of(&MST_AT(mst_state_def, &page->spec->states, found)->attributes, name)
                   : NULL;
    return mst_page_printf(page, "%s, %s", says ? says : mst_page_plain(page, name),
                           name_of_state(page, state));
}

static const char *tie_words(mst_page *page, const char *id, const char *way, const char *name)
{
    const mst_list *ties = &page->spec->ties;
    const int32_t found = mst_table_find(ties, sizeof(mst_tie_def), id);
    const mst_tie_def *tie = found >= 0 ? MST_AT(mst_tie_def, ties, found) : NULL;
    if (!tie || !tie->a.id || !tie->b.id)
        return NULL;
    const char *a = name_of_state(page, tie->a.id), *b = name_of_state(page, tie->b.id);
    if (strcmp(way, "align") == 0)
        return mst_page_printf(page, "closeness %s - %s", a, b);
    const bool back = strcmp(way, "b_to_a") == 0, mutual = strcmp(way, "mutual") == 0;
    if (!mutual && strcmp(name, MST_LEDGER) == 0) /* services of one are a debt of the other */
        return mst_page_printf(page, "what %s owes %s, own account", back ? a : b, back ? b : a);
    const char *says = says_of(mutual ? &tie->mutual : back ? &tie->b_to_a : &tie->a_to_b, name);
    return mst_page_printf(page, "%s, %s %s %s", says ? says : mst_page_plain(page, name),
                           back ? b : a, mutual ? "-" : "to", back ? a : b);
}

/* The sentence of a field table as a name: no capital, no point; too long a one is no name. */
static const char *doc_words(mst_page *page, const char *doc)
{
    if (!doc || mst_text_columns(doc) > MST_DOC_NAME_BYTES)
        return NULL;
    const size_t length = strlen(doc);
    const bool is_word = doc[0] >= 'A' && doc[0] <= 'Z' && doc[1] >= 'a' && doc[1] <= 'z';
    return mst_page_printf(page, "%c%.*s", is_word ? doc[0] - 'A' + 'a' : doc[0],
                           (int)(length - 1 - (doc[length - 1] == '.')), doc + 1);
}

/* The first four names of a path; their number, 5 when there are more. */
static int32_t split(const char *path, char out[4][64])
{
    int32_t parts = 0;
    for (const char *at = path; *at && parts < 4; parts++) {
        const size_t length = strcspn(at, ".");
        const size_t kept = length < 63 ? length : 63;
        memcpy(out[parts], at, kept);
        out[parts][kept] = '\0';
        at += length + (at[length] == '.');
        if (parts == 3 && *at)
            return 5;
    }
    return parts;
}

const char *mst_page_figure(mst_page *page, const char *path)
{
    char part[4][64] = {"", "", "", ""};
    const char *a = part[0], *b = part[1], *c = part[2], *d = part[3];
    const char *label = lever_label(page, path);
    if (label)
        return label;
    const int32_t parts = split(path, part);
    if (parts == 4 && strcmp(a, "alignment") == 0)
        return rule_words(page, c, d);
    if (parts == 4 && strcmp(a, "states") == 0 && strcmp(c, "attributes") == 0)
        return attribute_words(page, b, d);
    if (parts == 4 && strcmp(a, "states") == 0 && strcmp(c, "index") == 0)
        return mst_page_printf(page, "%s index, %s",
                               strcmp(d, "cap") == 0 ? "capability" : mst_page_plain(page, d),
                               name_of_state(page, b));
    if (parts >= 3 && strcmp(a, "ties") == 0)
        return tie_words(page, b, c, d);
    if (parts == 3 && strcmp(a, "units") == 0) {
        const int32_t unit = mst_table_find(&page->spec->units, sizeof(mst_unit_def), b);
        const char *name = unit >= 0 ? MST_AT(mst_unit_def, &page->spec->units, unit)->name : NULL;
        return mst_page_printf(page, "%s, %s", mst_page_plain(page, c), name ? name : b);
    }
    const mst_fact *fact = mst_spec_fact(page->spec, path);
    return fact && fact->row ? doc_words(page, fact->row->doc) : NULL;
}
