/* Ledgers of a file: who owes whom, by whose account, and on what word. */
#include "cli/lists.h"

#include "model/ledger.h"
#include "model/terms.h"
#include "tell/page.h"

#include <math.h>
#include <string.h>

typedef struct debt {              /* a balance or an entry of it */
    const char *debtor, *creditor; /* names */
    const char *what;
    const char *path;   /* as for --set */
    double own, other;  /* by the account of the debtor, of the creditor */
    const char *source; /* "assumed" of what nobody vouches for */
} debt;

static const char *state_name(const mst_spec *spec, const char *id)
{
    const int32_t found = mst_table_find(&spec->states, sizeof(mst_state_def), id ? id : "");
    const mst_state_def *state =
        found >= 0 ? MST_AT(const mst_state_def, &spec->states, found) : NULL;
    return state && state->name ? state->name : id ? id : "";
}

static const char *source_of(const mst_spec *spec, const char *path)
{
    const mst_fact *fact = mst_spec_fact(spec, path);
    if (!fact || !fact->source || fact->confidence == MUSTER_ASSUMED)
        return "assumed";
    return fact->source;
}

enum {
    DEBTOR_START = 0,
    CREDITOR_START = 14,
    WHAT_START = 28,
    OWN_START = 54,
    OTHER_START = 61,
    SOURCE_START = 68,
    WIDTH = 80
};

static void add_cells(cli_table *t, const char *debtor, const char *creditor, const char *what,
                      const char *own, const char *other, const char *source)
{
    const mst_page_cell cells[] = {{debtor, DEBTOR_START, CREDITOR_START - DEBTOR_START - 1},
                                   {creditor, CREDITOR_START, WHAT_START - CREDITOR_START - 1},
                                   {what, WHAT_START, OWN_START - WHAT_START - 1},
                                   {own, OWN_START, OTHER_START - OWN_START - 1},
                                   {other, OTHER_START, SOURCE_START - OTHER_START - 1},
                                   {source, SOURCE_START, WIDTH - SOURCE_START}};
    mst_page_row(&t->text, cells, 6);
}

static void add_head(cli_table *t)
{
    mst_text_add(
        &t->text,
        "Who owes whom: an index, 0 (nothing) to 1 (all that one state can owe another).\n"
        "Own: by the account of the debtor, which is what rules read; other: by that of\n"
        "the creditor, - if not given apart. Below: the path of the own value, for --set.\n\n");
    add_cells(t, "Debtor", "Creditor", "What", "Own", "Other", "Source");
}

static void add_debt(cli_table *t, const debt *d)
{
    char own[32], other[32];
    mst_json_object(t->json, NULL);
    mst_json_text(t->json, "id", d->path);
    mst_json_text(t->json, "name", d->what);
    mst_json_text(t->json, "debtor", d->debtor);
    mst_json_text(t->json, "creditor", d->creditor);
    mst_json_maybe(t->json, "own_account", d->own);
    mst_json_maybe(t->json, "other_account", d->other);
    mst_json_text(t->json, "source", d->source);
    mst_json_end(t->json);
    if (t->only_ids) {
        mst_text_printf(&t->text, "%s\n", d->path);
        return;
    }
    snprintf(own, sizeof own, "%.3g", d->own);
    snprintf(other, sizeof other, "%.3g", d->other);
    add_cells(t, d->debtor, d->creditor, d->what, isnan(d->own) ? "-" : own,
              isnan(d->other) ? "-" : other, d->source);
    mst_text_printf(&t->text, "  %s\n", d->path);
}

/* One direction of a tie: its balance, then the entries that make it. */
static void list_way(cli_table *t, const mst_spec *spec, const mst_tie_def *tie, const char *way,
                     const mst_ref *giver, const mst_ref *receiver)
{
    const mst_number *number =
        mst_numbers_find(way[0] == 'a' ? &tie->a_to_b : &tie->b_to_a, MST_LEDGER);
    const char *id = tie->item.id ? tie->item.id : "";
    char path[192];
    if (!number)
        return;
    if (!t->only_ids && t->text.length == 0)
        add_head(t);
    double by_giver = !number->is_sum ? (double)NAN : isnan(number->own) ? 0.0 : number->own;
    for (int32_t i = 0; number->is_sum && i < tie->ledger.count; i++) {
        const mst_service_def *e = MST_AT(const mst_service_def, &tie->ledger, i);
        if (mst_service_is_by(e, giver->id))
            by_giver += e->by_giver;
    }
    snprintf(path, sizeof path, "ties.%s.%s.%s", id, way, MST_LEDGER);
    debt d = {.debtor = state_name(spec, receiver->id),
              .creditor = state_name(spec, giver->id),
              .what = number->is_sum ? "all of these together:" : "no entries told apart",
              .path = path,
              .own = number->value,
              .other = by_giver,
              .source = number->is_sum ? "sum" : source_of(spec, path)};
    add_debt(t, &d);
    for (int32_t i = 0; number->is_sum && i < tie->ledger.count; i++) {
        const mst_service_def *e = MST_AT(const mst_service_def, &tie->ledger, i);
        if (!mst_service_is_by(e, giver->id))
            continue;
        snprintf(path, sizeof path, "ties.%s.ledger[%d].by_receiver", id, (int)i);
        d.what = e->what ? e->what : "";
        d.own = e->by_receiver;
        d.other = e->by_giver;
        d.source = source_of(spec, path);
        add_debt(t, &d);
    }
}

void cli_list_ledger(cli_table *t, const cli_session *s)
{
    const mst_spec *spec = &s->scenario->spec;
    for (int32_t i = 0; i < spec->ties.count; i++) {
        const mst_tie_def *tie = MST_AT(const mst_tie_def, &spec->ties, i);
        list_way(t, spec, tie, "a_to_b", &tie->a, &tie->b);
        list_way(t, spec, tie, "b_to_a", &tie->b, &tie->a);
    }
    if (!t->only_ids && t->text.length == 0)
        mst_text_add(&t->text, "The file says of no two states who owes whom.\n");
}
