/* What a run was fed with, as JSON, so that its verdicts can be worked out again. */
#include "tell/why.h"

/* What the decisions were made from: enough to work them out again by other means. */
static void add_named(mst_json *json, const char *key, const char *const *name, const double *value,
                      int32_t count, size_t step)
{
    mst_json_object(json, key);
    for (int32_t i = 0; i < count; i++)
        mst_json_maybe(json, name[i], value[(size_t)i * step]);
    mst_json_end(json);
}

static void add_pair_inputs(mst_json *json, const mst_page *page, size_t from, size_t to)
{
    const mst_model *m = page->model;
    const mst_values *v = &page->run->values;
    const size_t n = (size_t)m->state_count;
    mst_json_object(json, NULL);
    mst_json_text(json, "from", m->state[from].id);
    mst_json_text(json, "to", m->state[to].id);
    add_named(json, "mutual", m->mutual_name, &v->mutual[from * n + to], m->mutual_count, n * n);
    add_named(json, "directed", m->directed_name, &v->directed[from * n + to], m->directed_count,
              n * n);
    mst_json_end(json);
}

static void add_rule_inputs(mst_json *json, const mst_rule_row *rule)
{
    static const char *const overs[] = {"none", "sum", "max", "sum_clamped", "participants"};
    mst_json_object(json, NULL);
    mst_json_text(json, "id", rule->id);
    mst_json_text(json, "stage", mst_stage_names[rule->stage]);
    mst_json_text(json, "form", mst_rule_forms[rule->form]);
    mst_json_text(json, "over", overs[rule->over]);
    mst_json_bool(json, "off", rule->is_off);
    mst_json_real(json, "signed_weight", rule->weight);
    mst_json_maybe(json, "at", rule->at);
    mst_json_maybe(json, "scale", rule->scale);
    mst_json_array(json, "terms");
    for (int32_t i = 0; i < rule->term_count; i++) {
        mst_json_object(json, NULL);
        mst_json_real(json, "plus", rule->term[i].plus);
        mst_json_real(json, "times", rule->term[i].times);
        mst_json_array(json, "names");
        for (int32_t f = 0; f < rule->term[i].factor_count; f++)
            mst_json_text(json, NULL, rule->term[i].factor[f].name);
        mst_json_end(json);
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_end(json);
}

static void add_drill_inputs(mst_json *json, const mst_page *page, int32_t drill)
{
    const mst_model *m = page->model;
    const mst_drill_row *d = &m->drill[drill];
    mst_json_object(json, NULL);
    mst_json_text(json, "id", d->id);
    mst_json_array(json, "hosts");
    for (int32_t i = 0; i < d->host_count; i++)
        mst_json_text(json, NULL, m->state[d->host[i]].id);
    mst_json_end(json);
    mst_json_array(json, "candidates");
    for (int32_t i = 0; i < d->candidate_count; i++)
        mst_json_text(json, NULL, m->state[d->candidate[i]].id);
    mst_json_end(json);
    add_named(json, "values", m->drill_value_name,
              &m->drill_value[(size_t)drill * (size_t)m->drill_value_count], m->drill_value_count,
              1);
    mst_json_maybe(json, "index_cap_need", d->index_cap_need);
    mst_json_maybe(json, "index_reach_need", d->index_reach_need);
    mst_json_end(json);
}

void mst_json_inputs(mst_json *json, const mst_page *page)
{
    const mst_model *m = page->model;
    mst_json_object(json, "inputs");
    mst_json_real(json, "tau", m->tau);
    mst_json_object(json, "attributes");
    for (int32_t i = 0; i < m->state_count; i++)
        add_named(json, m->state[i].id, m->attribute_name,
                  &page->run->values.attribute[(size_t)i * (size_t)m->attribute_count],
                  m->attribute_count, 1);
    mst_json_end(json);
    mst_json_array(json, "pairs");
    for (int32_t a = 0; a < m->state_count; a++)
        for (int32_t b = 0; b < m->state_count; b++)
            if (a != b)
                add_pair_inputs(json, page, (size_t)a, (size_t)b);
    mst_json_end(json);
    mst_json_array(json, "rules");
    for (int32_t i = 0; i < m->rule_count; i++)
        add_rule_inputs(json, &m->rule[i]);
    mst_json_end(json);
    mst_json_array(json, "drills");
    for (int32_t d = 0; d < m->drill_count; d++)
        add_drill_inputs(json, page, d);
    mst_json_end(json);
    mst_json_end(json);
}
