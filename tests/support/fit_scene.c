#include "fit_scene.h"

#include "test.h"

const fit_plan fit_scene_usual = {.series = 24,
                                  .features = {2, 2, 1, 1},
                                  .intercept = {1.0, 1.5, 0.7, 0.0},
                                  .weight = {{1.0, -0.5}, {1.0, 0.5}, {-1.0}, {0.5}},
                                  .alike = 0.3};

mst_fit_options fit_scene_quick(void)
{
    mst_fit_options o = mst_fit_defaults();
    o.lambda = 1.0;
    o.folds = 6;
    o.inner_folds = 3;
    o.starts = 4;
    o.replicates = 60;
    o.permutations = 99;
    return o;
}

muster_status fit_scene_prepare(fit_scene *s)
{
    return mst_fit_prepare(&s->arena, &s->world.record, &s->options, &s->design, &s->why);
}

fit_scene *fit_scene_open(const fit_plan *plan, uint32_t number)
{
    static fit_scene s;
    mst_arena_init(&s.arena, NULL);
    fit_make(plan, 3, number, &s.world);
    s.options = fit_scene_quick();
    return &s;
}

void fit_scene_close(fit_scene *s)
{
    mst_arena_clear(&s->arena);
}

mst_fit_weights fit_scene_weights(fit_scene *s, double lambda)
{
    mst_fit_weights w;
    assert_int_equal(fit_scene_prepare(s), MUSTER_OK);
    assert_int_equal(mst_fit_weights_of(&s->arena, &s->design, NULL, lambda, &w, &s->why),
                     MUSTER_OK);
    return w;
}

mst_fit_outside fit_scene_cross(fit_scene *s)
{
    mst_fit_outside out;
    assert_int_equal(fit_scene_prepare(s), MUSTER_OK);
    assert_int_equal(mst_fit_cross(&s->arena, &s->design, &out, &s->why), MUSTER_OK);
    return out;
}
