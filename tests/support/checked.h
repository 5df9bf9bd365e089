/** @file checked.h
 * A spec with one thing wrong, checked: exactly one entry is wanted, at the line of what is wrong, with its
 * words.
 */
#ifndef TEST_SUPPORT_CHECKED_H
#define TEST_SUPPORT_CHECKED_H

#include "test.h"

#include "model/build.h"
#include "spec_make.h"

#include <string.h>

static inline void say_all(const made_spec *m)
{
    for (int32_t i = 0; i < muster_diags_count(m->diags); i++) {
        const muster_diag *d = muster_diags_at(m->diags, i);
        print_error("line %d: %d: %s [%s]\n", (int)d->line, (int)d->severity, d->message, d->hint);
    }
}

/* The check of a compile, which looks for errors alone, has to find the very errors of the whole
 * one. */
static inline void same_errors(const made_spec *m, mst_arena *scratch)
{
    mst_vocabulary names;
    mst_list words;
    muster_diags *errors = muster_diags_create(NULL);
    assert_true(mst_vocabulary_make(&m->spec, scratch, &names));
    assert_true(mst_words_make(&m->spec, scratch, &words));
    mst_spec_check_errors(&m->spec, &made_kinds, &names, words.count, scratch, errors);
    int32_t at = 0;
    for (int32_t i = 0; i < muster_diags_count(m->diags); i++) {
        const muster_diag *want = muster_diags_at(m->diags, i);
        if (want->severity != MUSTER_ERROR)
            continue;
        assert_true(at < muster_diags_count(errors));
        const muster_diag *has = muster_diags_at(errors, at++);
        assert_int_equal(has->severity, MUSTER_ERROR);
        assert_int_equal(has->line, want->line);
        assert_string_equal(has->message, want->message);
        assert_string_equal(has->hint, want->hint);
        assert_string_equal(has->path, want->path);
    }
    assert_int_equal(muster_diags_count(errors), at);
    muster_diags_free(errors);
}

static inline void check(made_spec *m)
{
    mst_arena scratch;
    const bool is_read_whole = muster_diags_error_count(m->diags) == 0;
    mst_arena_init(&scratch, NULL);
    mst_spec_check(&m->spec, &made_kinds, &scratch, m->diags);
    if (is_read_whole)
        same_errors(m, &scratch);
    assert_false(scratch.failed);
    mst_arena_clear(&scratch);
}

/* Checks, wants exactly one entry, and closes. */
static inline void expect(made_spec *m, muster_severity severity, int32_t line, const char *words,
                          const char *hint)
{
    check(m);
    if (muster_diags_count(m->diags) != 1)
        say_all(m);
    assert_int_equal(muster_diags_count(m->diags), 1);
    const muster_diag *d = muster_diags_at(m->diags, 0);
    if (!strstr(d->message, words) || !strstr(d->hint, hint) || d->line != line)
        say_all(m);
    assert_int_equal(d->severity, severity);
    assert_int_equal(d->line, line);
    assert_non_null(strstr(d->message, words));
    assert_non_null(strstr(d->hint, hint));
    made_close(m);
}

static inline int32_t line_of(const void *item)
{
    return ((const mst_item *)item)->place.line;
}

#define UNIT(m, i) MST_AT(mst_unit_def, &(m).spec.units, i)
#define CLASS(m, i) MST_AT(mst_class_def, &(m).spec.classes, i)
#define GROUP(m, i) MST_AT(mst_group_def, &(m).spec.groups, i)
#define DRILL(m) MST_AT(mst_drill_def, &(m).spec.drills, 0)
#define SERIAL(m, i) MST_AT(mst_serial_def, &(m).spec.serials, i)
#define RULE(m, i) MST_AT(mst_rule_def, &(m).spec.alignment.rules, i)

static inline mst_observation_def *observe(made_spec *m)
{
    mst_observation_def *seen =
        MADE(m, &m->spec.observations, mst_observation_def, mst_fields_observation, "seen");
    seen->what = 1;
    seen->at = made_at("2023-07-16T16:00Z");
    return seen;
}

#endif
