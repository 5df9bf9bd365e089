#include "lesson.h"

#include "batch/handles.h"
#include "test.h"

#include <string.h>

void lesson_open(lesson *l, const char *file, const char *variant)
{
    assert_int_equal(flow_run(&l->f, file, variant, NULL), MUSTER_OK);
    mst_arena_init(&l->arena, NULL);
    const mst_model *m = l->f.model->model;
    assert_true(mst_rivals_of_run(l->f.result->run, m->kinds->align, -1, &l->arena, &l->all));
    assert_true(mst_rivals_ask(&l->all));
}

void lesson_close(lesson *l)
{
    mst_arena_clear(&l->arena);
    flow_close(&l->f);
}

int32_t lesson_case(const lesson *l, const char *drill)
{
    for (int32_t i = 0; i < l->all.count; i++)
        if (strcmp(l->all.item[i].setting.drill, drill) == 0)
            return i;
    fail_msg("no drill %s", drill);
    return -1;
}

const mst_reply *lesson_reply(const lesson *l, int32_t item, const char *model)
{
    const int32_t at = mst_rivals_model(&l->all, model);
    assert_true(at >= 0);
    return &l->all.item[item].reply[at];
}

const mst_finding *lesson_finding(const mst_reply *reply, const char *label)
{
    for (int32_t i = 0; i < reply->finding.count; i++) {
        const mst_finding *f = MST_AT(mst_finding, &reply->finding, i);
        if (strcmp(f->label, label) == 0)
            return f;
    }
    fail_msg("no finding '%s'", label);
    return NULL;
}

void lesson_take_actors(const lesson *l, const char *size, const char *tie, lesson_actors *out)
{
    const mst_setting *s = &l->all.item[0].setting;
    assert_true(s->state_count <= LESSON_ACTORS);
    *out = (lesson_actors){.count = s->state_count};
    for (int32_t i = 0; i < out->count; i++) {
        out->size[i] = size ? mst_setting_attribute(s, size, i) : 1.0;
        for (int32_t k = 0; k < out->count; k++) {
            const double p = i == k ? 0.0 : mst_setting_mutual(s, tie, i, k);
            out->p[i][k] = isnan(p) ? s->camps.absent : p;
            assert_true(isfinite(out->p[i][k]));
        }
    }
}
