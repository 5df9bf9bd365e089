/* States, and what lies between them. */
#include "model/build.h"

#include <math.h>

int32_t mst_zone_min(double zone_h)
{
    return isnan(zone_h) ? 0 : (int32_t)lround(zone_h * 60.0);
}

static bool build_rows(mst_builder *b)
{
    const mst_list *states = &b->spec->states;
    mst_state_row *row = MST_NEW(b, mst_state_row, states->count);
    if (!row)
        return false;
    for (int32_t i = 0; i < states->count; i++) {
        const mst_state_def *def = MST_AT(const mst_state_def, states, i);
        row[i] = (mst_state_row){
            .id = mst_name_of(NULL, &def->item),
            .name = mst_name_of(def->name, &def->item),
            .bloc = def->bloc ? def->bloc : "",
            .zone_min = mst_zone_min(def->zone_h),
            .index_cap = def->index.cap,
            .index_reach = def->index.reach,
            .readiness_correlation = mst_real_or(def->readiness_correlation, 0.0),
            .stream_common =
                mst_streams_add(&b->streams, mst_name_of(NULL, &def->item), "common readiness"),
            .pool_kg = def->pool.stock_kg,
            .pool_kgps = def->pool.issue_kgps,
            .def = def,
        };
    }
    b->model->state = row;
    b->model->state_count = states->count;
    return true;
}

static bool build_attributes(mst_builder *b)
{
    mst_model *m = b->model;
    const size_t width = (size_t)m->attribute_count;
    double *value = MST_NEW(b, double, (size_t)m->state_count *width);
    if (!value)
        return false;
    for (int32_t i = 0; i < m->state_count; i++)
        for (size_t k = 0; k < width; k++) {
            const mst_number *number =
                mst_numbers_find(&m->state[i].def->attributes, m->attribute_name[k]);
            value[(size_t)i * width + k] = number ? number->value : (double)NAN;
        }
    m->attribute = value;
    return true;
}

static void fill_tie(const mst_builder *b, const mst_tie_def *tie, int32_t from, int32_t to,
                     double *mutual, double *directed, int32_t *interop)
{
    const mst_model *m = b->model;
    for (int32_t k = 0; k < m->mutual_count; k++) {
        const mst_number *number = mst_numbers_find(&tie->mutual, m->mutual_name[k]);
        if (number)
            mutual[mst_model_pair(m, k, from, to)] = mutual[mst_model_pair(m, k, to, from)] =
                number->value;
    }
    if (!isnan(tie->align))
        mutual[mst_model_pair(m, MST_MUTUAL_ALIGN, from, to)] =
            mutual[mst_model_pair(m, MST_MUTUAL_ALIGN, to, from)] = tie->align;
    for (int32_t k = 0; k < m->directed_count; k++) {
        const mst_number *out = mst_numbers_find(&tie->a_to_b, m->directed_name[k]);
        const mst_number *back = mst_numbers_find(&tie->b_to_a, m->directed_name[k]);
        if (out)
            directed[mst_model_pair(m, k, from, to)] = out->value;
        if (back)
            directed[mst_model_pair(m, k, to, from)] = back->value;
    }
    for (int32_t part = 0; part < MST_PART_COUNT; part++) {
        const size_t n = (size_t)m->state_count, width = MST_PART_COUNT, p = (size_t)part;
        interop[((size_t)from * n + (size_t)to) * width + p] = tie->interop.part[part];
        interop[((size_t)to * n + (size_t)from) * width + p] = tie->interop.part[part];
    }
}

static bool build_ties(mst_builder *b)
{
    mst_model *m = b->model;
    const size_t n = (size_t)m->state_count;
    const size_t mutual_cells = (size_t)m->mutual_count * n * n;
    const size_t directed_cells = (size_t)m->directed_count * n * n;
    double *mutual = MST_NEW(b, double, mutual_cells);
    double *directed = MST_NEW(b, double, directed_cells);
    int32_t *interop = MST_NEW(b, int32_t, n * n * MST_PART_COUNT);
    uint8_t *rival = MST_NEW(b, uint8_t, n * n);
    int32_t *tie_of = MST_NEW(b, int32_t, n * n);
    if (!mutual || !directed || !interop || !rival || !tie_of)
        return false;
    /* No pact on record is a fact, not a gap: 0. Everything else is missing until given. */
    for (size_t i = 0; i < mutual_cells; i++)
        mutual[i] = i / (n * n) == MST_MUTUAL_PACT ? 0.0 : (double)NAN;
    for (size_t i = 0; i < directed_cells; i++)
        directed[i] = (double)NAN;
    for (size_t i = 0; i < n * n; i++)
        tie_of[i] = -1;
    for (size_t i = 0; i < n * n; i++)
        for (size_t part = 0; part < MST_PART_COUNT; part++)
            interop[i * MST_PART_COUNT + part] = i / n == i % n ? 2 : -1;
    for (int32_t i = 0; i < b->spec->ties.count; i++) {
        const mst_tie_def *tie = MST_AT(const mst_tie_def, &b->spec->ties, i);
        const int32_t from = mst_ref_state(b->spec, &tie->a), to = mst_ref_state(b->spec, &tie->b);
        if (from < 0 || to < 0 || from == to)
            continue;
        fill_tie(b, tie, from, to, mutual, directed, interop);
        tie_of[(size_t)from * n + (size_t)to] = tie_of[(size_t)to * n + (size_t)from] = i;
        rival[(size_t)from * n + (size_t)to] = rival[(size_t)to * n + (size_t)from] =
            tie->rival == 1;
    }
    m->mutual = mutual;
    m->directed = directed;
    m->interop = interop;
    m->rival = rival;
    m->tie_of = tie_of;
    return true;
}

static bool build_pacts(mst_builder *b)
{
    const mst_list *ties = &b->spec->ties;
    int32_t count = 0;
    for (int32_t i = 0; i < ties->count; i++)
        count += MST_AT(const mst_tie_def, ties, i)->pacts.count;
    mst_pact_row *row = MST_NEW(b, mst_pact_row, count);
    if (!row)
        return false;
    for (int32_t i = 0; i < ties->count; i++) {
        const mst_tie_def *tie = MST_AT(const mst_tie_def, ties, i);
        const int32_t from = mst_ref_state(b->spec, &tie->a), to = mst_ref_state(b->spec, &tie->b);
        for (int32_t k = 0; from >= 0 && to >= 0 && k < tie->pacts.count; k++) {
            const mst_pact_def *pact = MST_AT(const mst_pact_def, &tie->pacts, k);
            row[b->model->pact_count++] = (mst_pact_row){
                .a = from,
                .b = to,
                /* without a date it always was in force, or still is */
                .from = pact->from.from == MUSTER_NEVER ? INT64_MIN : pact->from.from,
                .until = pact->until.from == MUSTER_NEVER ? MUSTER_NEVER : pact->until.until,
                .strength = mst_real_or(pact->strength, 1.0),
            };
        }
    }
    b->model->pact = row;
    return true;
}

bool mst_build_states(mst_builder *b)
{
    mst_model *m = b->model;
    m->attribute_name = b->names.attribute.item;
    m->attribute_count = b->names.attribute.count;
    m->mutual_name = b->names.mutual.item;
    m->mutual_count = b->names.mutual.count;
    m->directed_name = b->names.directed.item;
    m->directed_count = b->names.directed.count;
    return build_rows(b) && build_attributes(b) && build_ties(b) && build_pacts(b);
}
