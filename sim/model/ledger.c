#include "model/ledger.h"

#include "base/text.h"
#include "model/lookup.h"

#include <math.h>
#include <string.h>

bool mst_service_is_by(const mst_service_def *entry, const char *giver)
{
    return entry->by.id && giver && strcmp(entry->by.id, giver) == 0;
}

/* Sum of one direction: how many entries, and what the receiver holds for owed. To 12 places, as in
 * mst_model_values_at. */
static int32_t add_up(const mst_tie_def *tie, const char *giver, double *out_sum)
{
    int32_t count = 0;
    double sum = 0.0;
    for (int32_t i = 0; i < tie->ledger.count; i++) {
        const mst_service_def *entry = MST_AT(const mst_service_def, &tie->ledger, i);
        if (!mst_service_is_by(entry, giver) || isnan(entry->by_receiver))
            continue;
        count++;
        sum += entry->by_receiver;
    }
    *out_sum = round(sum * 1e12) / 1e12;
    return count;
}

static mst_number *find(mst_list *numbers)
{
    for (int32_t i = 0; i < numbers->count; i++)
        if (strcmp(MST_AT(mst_number, numbers, i)->name, MST_LEDGER) == 0)
            return MST_AT(mst_number, numbers, i);
    return NULL;
}

/* Who vouches for the sum: the source of its first entry, as sure as the least sure of them. */
static void take_source(const mst_tie_def *tie, const char *giver, mst_number *number)
{
    for (int32_t i = 0; i < tie->ledger.count; i++) {
        const mst_service_def *entry = MST_AT(const mst_service_def, &tie->ledger, i);
        if (!mst_service_is_by(entry, giver))
            continue;
        if (!number->source)
            number->source = entry->item.source;
        if (number->place.line == 0)
            number->place = entry->item.place;
        if (number->confidence == MUSTER_UNSOURCED || entry->item.confidence > number->confidence)
            number->confidence = entry->item.confidence;
    }
}

static void add_fact(mst_spec *spec, mst_arena *arena, const mst_tie_def *tie, const char *way,
                     const mst_number *number)
{
    char text[32];
    mst_fact *fact = mst_list_add(arena, &spec->facts, sizeof *fact);
    if (!fact)
        return; /* the arena remembers */
    *fact =
        (mst_fact){.path = mst_arena_printf(arena, "ties.%s.%s." MST_LEDGER,
                                            mst_name_of(NULL, &tie->item), way),
                   .written = mst_arena_text(arena, mst_text_shortest(number->value, text)),
                   .source = number->source,
                   .note = "Sum of the entries of its ledger, by the account of the one who owes.",
                   .place = number->place,
                   .confidence = number->confidence};
    if (!fact->path || !fact->written)
        spec->facts.count--;
}

static void open_way(mst_spec *spec, mst_arena *arena, const mst_tie_def *tie, const char *way,
                     const char *giver, mst_list *numbers)
{
    double sum = 0.0;
    if (add_up(tie, giver, &sum) == 0)
        return;
    mst_number *number = find(numbers);
    if (number) {
        number->own = number->value;
    } else {
        number = mst_list_add(arena, numbers, sizeof *number);
        if (!number)
            return;
        *number = (mst_number){.name = MST_LEDGER, .own = (double)NAN};
    }
    number->is_sum = true;
    number->value = sum + (isnan(number->own) ? 0.0 : number->own);
    take_source(tie, giver, number);
    add_fact(spec, arena, tie, way, number);
}

void mst_ledger_open(mst_spec *spec, mst_arena *arena)
{
    for (int32_t i = 0; i < spec->ties.count; i++) {
        mst_tie_def *tie = MST_AT(mst_tie_def, &spec->ties, i);
        open_way(spec, arena, tie, "a_to_b", tie->a.id, &tie->a_to_b);
        open_way(spec, arena, tie, "b_to_a", tie->b.id, &tie->b_to_a);
    }
}

static void refresh(const mst_tie_def *tie, const char *giver, mst_list *numbers)
{
    mst_number *number = find(numbers);
    double sum = 0.0;
    if (!number || !number->is_sum)
        return;
    (void)add_up(tie, giver, &sum);
    number->value = sum + (isnan(number->own) ? 0.0 : number->own);
}

void mst_ledger_add_up(mst_spec *spec)
{
    for (int32_t i = 0; i < spec->ties.count; i++) {
        mst_tie_def *tie = MST_AT(mst_tie_def, &spec->ties, i);
        refresh(tie, tie->a.id, &tie->a_to_b);
        refresh(tie, tie->b.id, &tie->b_to_a);
    }
}
