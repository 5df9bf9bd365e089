/* Effects while memory runs short at each allocation in turn: what fails says so, nothing is kept, and the
 * next try comes to the same as ever. The linker puts __wrap_malloc, __wrap_calloc, __wrap_realloc and
 * __wrap_free where our libraries ask. */
#include "analysis_told.h"

#include "analyses/effects.h"

#include <stdlib.h>

static int32_t left = INT32_MAX, refused, held;

static void *given(void *block)
{
    held += block != NULL;
    return block;
}

static bool is_refused(void)
{
    if (left > 0) {
        left -= left < INT32_MAX;
        return false;
    }
    refused++;
    return true;
}

void *__real_malloc(size_t bytes);
void *__wrap_malloc(size_t bytes);
void *__wrap_malloc(size_t bytes)
{
    return is_refused() ? NULL : given(__real_malloc(bytes));
}

void *__real_calloc(size_t count, size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes)
{
    return is_refused() ? NULL : given(__real_calloc(count, bytes));
}

void __real_free(void *block);
void __wrap_free(void *block);
void __wrap_free(void *block)
{
    held -= block != NULL;
    __real_free(block);
}

void *__real_realloc(void *block, size_t bytes);
void *__wrap_realloc(void *block, size_t bytes);
void *__wrap_realloc(void *block, size_t bytes)
{
    if (is_refused())
        return NULL;
    void *out = __real_realloc(block, bytes);
    return block ? out : given(out);
}

/* What is told has memory enough. */
static void *always(size_t bytes, void *context)
{
    (void)context;
    return __real_malloc(bytes);
}

static void give_back(void *block, void *context)
{
    (void)context;
    __real_free(block);
}

static const muster_memory enough = {always, give_back, NULL};

/* Of 8 points some are missing: of one there is a model of all pairs, of two each pair has its own. */
static mst_data with_holes(const muster_factor factor[3], int missing, int reps)
{
    static double x[24], y[8 * 2];
    for (int p = 0; p < 8; p++) {
        for (int f = 0; f < 3; f++)
            x[3 * p + f] = p >> (2 - f) & 1;
        for (int r = 0; r < reps || r < 1; r++)
            y[p * (reps < 1 ? 1 : reps) + r] = p >= 8 - missing ? (double)NAN : p * p + r * p;
    }
    return told_data(&(told_ask){.factors = 3,
                                 .points = 8,
                                 .reps = reps,
                                 .factor = factor,
                                 .x = x,
                                 .y = y,
                                 .method = "factorial",
                                 .response = told_figure("score", false)});
}

/* @return allocations that were refused: 0 once there are enough */
static int32_t try_with(const mst_data *d, int32_t allowed)
{
    muster_analyze_options options = {0};
    muster_document *document = muster_document_create("A test", &enough);
    muster_section *section = muster_section_add(document, "effects", "Effects");
    held = refused = 0;
    left = allowed;
    const muster_status status = told_kind("effects")->tell(d, &options, section);
    left = INT32_MAX;
    assert_int_equal(status, refused > 0 ? MUSTER_WORLD : MUSTER_OK);
    assert_int_equal(held, 0);
    muster_document_free(document);
    return refused;
}

static void test_effects_memory__runs_short(void **state)
{
    (void)state;
    const muster_factor factor[] = {told_number("a", 0, 1), told_number("b", 0, 1),
                                    told_number("c", 0, 1)};
    for (int missing = 0; missing <= 2; missing++)
        for (int reps = 0; reps <= 2; reps += 2) {
            mst_data d = with_holes(factor, missing, reps);
            int32_t allowed = 0;
            while (try_with(&d, allowed) > 0)
                allowed++;
            assert_true(allowed > 20);
            mst_data_free(&d);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_effects_memory__runs_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
