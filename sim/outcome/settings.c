/* Settings of a scenario's drills: what each alignment model is asked. */
#include "outcome/rivals.h"

#include "base/hash.h"
#include "engine/feedback.h"
#include "model/compile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EVIDENCE_PARTICIPATION = 4, SAYS_YES = 0, SAYS_NO = 1 };

bool mst_evidence_of_participation(const mst_model *model, int32_t drill, int32_t state,
                                   const mst_evidence_def *e)
{
    return e->stage == EVIDENCE_PARTICIPATION && e->drill.id && e->state.id &&
           strcmp(e->drill.id, model->drill[drill].id) == 0 &&
           strcmp(e->state.id, model->state[state].id) == 0 &&
           (e->says == SAYS_YES || e->says == SAYS_NO);
}

int32_t mst_evidence_outcome(const mst_model *model, int32_t drill, int32_t state)
{
    int32_t outcome = -1;
    for (int32_t i = 0; model->spec && i < model->spec->evidence.count; i++) {
        const mst_evidence_def *e = MST_AT(mst_evidence_def, &model->spec->evidence, i);
        if (!mst_evidence_of_participation(model, drill, state, e))
            continue;
        const int32_t says = e->says == SAYS_YES;
        if (outcome >= 0 && outcome != says)
            return -1;
        outcome = says;
    }
    return outcome;
}

uint64_t mst_rules_hash(const mst_model *model)
{
    uint64_t hash = MST_HASH_START;
    for (int32_t i = 0; i < model->rule_count; i++) {
        const mst_rule_row *r = &model->rule[i];
        if (r->is_off || r->stage == MST_ABLE)
            continue;
        hash = mst_hash_text(hash, r->id);
        hash = mst_hash_int(hash, r->stage);
        hash = mst_hash_int(hash, r->form);
        hash = mst_hash_int(hash, r->over);
        hash = mst_hash_real(mst_hash_real(mst_hash_real(hash, r->weight), r->at), r->scale);
        for (int32_t t = 0; t < r->term_count; t++) {
            hash = mst_hash_real(mst_hash_real(hash, r->term[t].plus), r->term[t].times);
            for (int32_t f = 0; f < r->term[t].factor_count; f++)
                hash = mst_hash_text(hash, r->term[t].factor[f].name);
        }
    }
    return hash;
}

static int32_t weights_in_force(const mst_model *model)
{
    int32_t count = 0;
    for (int32_t i = 0; i < model->rule_count; i++)
        count += !model->rule[i].is_off && model->rule[i].stage != MST_ABLE;
    return count;
}

/* Figures by name as the decision on a drill had them (-1: at the start), in arrays of their own. */
static bool take_values(const mst_model *m, const mst_run *run, int32_t drill, mst_arena *arena,
                        mst_setting *out, mst_values *values)
{
    const size_t n = (size_t)m->state_count;
    values->attribute = mst_arena_array(arena, n * (size_t)m->attribute_count, sizeof(double));
    values->mutual = mst_arena_array(arena, n * n * (size_t)m->mutual_count, sizeof(double));
    values->directed = mst_arena_array(arena, n * n * (size_t)m->directed_count, sizeof(double));
    if (arena->failed)
        return false;
    if (drill >= 0)
        mst_run_values(m, run, drill, values);
    else
        mst_model_values_at(m, m->start, values);
    out->attribute = (mst_figures){m->attribute_name, m->attribute_count, values->attribute};
    out->mutual = (mst_figures){m->mutual_name, m->mutual_count, values->mutual};
    out->directed = (mst_figures){m->directed_name, m->directed_count, values->directed};
    return true;
}

/* What all cases of a file share: its states. */
typedef struct roster {
    const char **id, **name, **camp;
} roster;

static bool take_states(const mst_model *m, mst_arena *arena, roster *out)
{
    const size_t n = (size_t)m->state_count;
    out->id = mst_arena_array(arena, n, sizeof *out->id);
    out->name = mst_arena_array(arena, n, sizeof *out->name);
    out->camp = mst_arena_array(arena, n, sizeof *out->camp);
    if (arena->failed)
        return false;
    for (int32_t i = 0; i < m->state_count; i++) {
        out->id[i] = m->state[i].id;
        out->name[i] = m->state[i].name ? m->state[i].name : m->state[i].id;
        out->camp[i] = m->state[i].bloc && *m->state[i].bloc ? m->state[i].bloc : NULL;
    }
    return true;
}

static void set_states(const mst_model *m, const roster *cast, mst_setting *out)
{
    out->model = m;
    out->state_count = m->state_count;
    out->state = cast->id;
    out->state_name = cast->name;
    out->camp = cast->camp;
    out->camps = (mst_camps_words){.absent = (double)NAN, .quota = (double)NAN};
    if (m->spec) {
        const mst_camps_def *def = &m->spec->alignment.camps;
        out->camps = (mst_camps_words){def->size, def->tie, def->absent, def->quota};
    }
    out->rate_elsewhere = (double)NAN;
}

bool mst_has_organised(const mst_drill_def *def, const char *state)
{
    for (int32_t i = 0; def && i < def->organised.count; i++)
        if (strcmp(MST_AT(const mst_ref, &def->organised, i)->id, state) == 0)
            return true;
    return false;
}

/* From the nearest home of a state's units, ships or aircraft, to the middle of a drill; NaN: it has
 * none. */
static double nearest_base_nm(const mst_model *m, const mst_drill_row *d, int32_t state)
{
    double nearest = (double)NAN;
    for (int32_t u = 0; u < m->unit_count; u++) {
        if (m->unit[u].state != state || m->unit[u].home < 0 || m->unit[u].count <= 0)
            continue;
        const double nm =
            muster_geo_distance_m(m->spot[m->unit[u].home].point, d->area_centre) / MUSTER_NM_M;
        nearest = isnan(nearest) ? nm : fmin(nearest, nm);
    }
    return nearest;
}

static bool take_distances(const mst_model *m, const mst_drill_row *d, mst_arena *arena,
                           mst_setting *out)
{
    double *nm = mst_arena_array(arena, (size_t)d->candidate_count, sizeof *nm);
    if (!nm)
        return false;
    for (int32_t i = 0; i < d->candidate_count; i++)
        nm[i] = nearest_base_nm(m, d, d->candidate[i]);
    out->distance_nm = nm;
    return true;
}

static bool take_record(const mst_run *run, int32_t drill, mst_arena *arena, mst_case *out)
{
    const mst_model *m = run->model;
    const mst_drill_row *d = &m->drill[drill];
    int8_t *outcome = mst_arena_array(arena, (size_t)d->candidate_count, sizeof *outcome);
    uint8_t *pooled = mst_arena_array(arena, (size_t)d->candidate_count, sizeof *pooled);
    mst_past *past = mst_arena_array(arena, (size_t)d->candidate_count, sizeof *past);
    if (arena->failed)
        return false;
    for (int32_t i = 0; i < d->candidate_count; i++) {
        outcome[i] = (int8_t)mst_evidence_outcome(m, drill, d->candidate[i]);
        pooled[i] = !mst_has_organised(d->def, m->state[d->candidate[i]].id);
    }
    out->outcome = outcome;
    out->is_pooled = pooled;
    out->setting.past = past;
    return true;
}

static int32_t use_of(const mst_model *m, const mst_drill_row *d)
{
    const int32_t own = d->def ? d->def->use : -1;
    return own >= 0 ? own : m->use >= 0 ? m->use : MST_HYPOTHETICAL;
}

static bool take_drill(const mst_run *run, int32_t drill, const roster *cast, mst_rivals *all,
                       mst_case *out)
{
    const mst_model *m = run->model;
    const mst_drill_row *d = &m->drill[drill];
    mst_values *values = mst_arena_alloc(all->arena, sizeof *values);
    mst_align_input *in = mst_arena_alloc(all->arena, sizeof *in);
    if (!values || !in || !take_values(m, run, drill, all->arena, &out->setting, values))
        return false;
    set_states(m, cast, &out->setting);
    *in = (mst_align_input){drill, values, run->fleet + (size_t)drill * (size_t)m->state_count,
                            NULL, NULL};
    out->setting.drill = d->id;
    out->setting.series = d->def ? d->def->series : NULL;
    out->setting.at = d->decide_at;
    out->setting.end = d->end;
    out->setting.host_count = d->host_count;
    out->setting.host = d->host;
    out->setting.candidate_count = d->candidate_count;
    out->setting.candidate = d->candidate;
    out->setting.in = in;
    out->name = d->name ? d->name : d->id;
    out->use = use_of(m, d);
    out->weights_hash = d->def ? d->def->weights_hash : NULL;
    const char *now =
        mst_arena_printf(all->arena, "%016llx", (unsigned long long)all->weights_hash);
    out->is_fixed = now && out->weights_hash && strcmp(out->weights_hash, now) == 0;
    return take_distances(m, d, all->arena, &out->setting) &&
           take_record(run, drill, all->arena, out);
}

/* The states alone, at the scenario's start. */
static bool take_states_alone(const mst_model *m, const roster *cast, mst_rivals *all,
                              mst_case *out)
{
    mst_values *values = mst_arena_alloc(all->arena, sizeof *values);
    if (!values || !take_values(m, NULL, -1, all->arena, &out->setting, values))
        return false;
    set_states(m, cast, &out->setting);
    out->setting.at = out->setting.end = m->start;
    out->name = m->title ? m->title : m->id;
    out->use = m->use >= 0 ? m->use : MST_HYPOTHETICAL;
    return true;
}

int mst_case_compare(const void *left, const void *right)
{
    const mst_case *first = left, *second = right;
    if (first->setting.at != second->setting.at)
        return first->setting.at < second->setting.at ? -1 : 1;
    return strcmp(first->setting.drill, second->setting.drill);
}

bool mst_rivals_of_run(const mst_run *run, const mst_align_type *const *models, int32_t use,
                       mst_arena *arena, mst_rivals *out)
{
    const mst_model *m = run->model;
    roster cast;
    *out = (mst_rivals){.arena = arena, .model = models};
    while (models[out->model_count])
        out->model_count++;
    out->weight_count = weights_in_force(m);
    out->weights_hash = out->weight_count > 0 ? mst_rules_hash(m) : 0;
    out->count = m->drill_count > 0 ? m->drill_count : 1;
    out->item = mst_arena_array(arena, (size_t)out->count, sizeof *out->item);
    if (!out->item || !take_states(m, arena, &cast))
        return false;
    if (m->drill_count == 0)
        return take_states_alone(m, &cast, out, &out->item[0]);
    for (int32_t i = 0; i < m->drill_count; i++)
        if (!take_drill(run, i, &cast, out, &out->item[i]))
            return false;
    for (int32_t i = 0; use >= 0 && i < out->count; i++)
        out->item[i].use = use;
    qsort(out->item, (size_t)out->count, sizeof *out->item, mst_case_compare);
    return true;
}
