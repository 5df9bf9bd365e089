/* The shipped experiments as files: each opens, says what it shows and what its ranges rest on; their
 * README names them all and has every key and method of the program. After a change of a table:
 * MUSTER_BLESS=1 ./test_experiments */
#include "test.h"

#include "files.h"
#include "muster/experiment.h"
#include "real_files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER MUSTER_SOURCE_DIR "/scenarios/experiments"

enum { TEXT_MOST = 1 << 18, FILES_MOST = 64 };

static muster_land *land;

static int open_land(void **state)
{
    (void)state;
    return muster_land_open(NULL, 0, NULL, NULL, &land) == MUSTER_OK ? 0 : -1;
}

static int close_land(void **state)
{
    (void)state;
    muster_land_free(land);
    return 0;
}

/* ---- the files ------------------------------------------------------------------------------------ */

typedef struct folder {
    char name[FILES_MOST][80]; /* of the experiments, without .cfg */
    int32_t count;
} folder;

static folder shipped(void)
{
    folder out = {.count = 0};
    DIR *dir = opendir(FOLDER);
    assert_non_null(dir);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        const size_t length = strlen(entry->d_name);
        if (length < 5 || strcmp(entry->d_name + length - 4, ".cfg") != 0)
            continue;
        assert_true(out.count < FILES_MOST && length < sizeof out.name[0]);
        memcpy(out.name[out.count], entry->d_name, length - 4);
        out.name[out.count++][length - 4] = '\0';
    }
    closedir(dir);
    assert_true(out.count >= 8);
    return out;
}

static void assert_factors_have_sources(const muster_experiment *experiment, const char *name)
{
    for (int32_t i = 0; i < muster_experiment_head_of(experiment)->factors; i++) {
        const muster_factor *factor = muster_experiment_factor(experiment, i);
        if (!*factor->source)
            fail_msg("%s: factor '%s' does not say what its range rests on", name, factor->id);
    }
}

static void test_experiments__open_and_say_what_they_are(void **state)
{
    const muster_opener opener = {real_file_open, real_file_close, NULL};
    const folder files = shipped();
    (void)state;
    for (int32_t i = 0; i < files.count; i++) {
        char path[sizeof FOLDER + 90];
        snprintf(path, sizeof path, "%s/%s.cfg", FOLDER, files.name[i]);
        muster_diags *diags = muster_diags_create(NULL);
        muster_experiment *experiment = NULL;
        const muster_experiment_from from = {.path = path, .opener = &opener, .land = land};
        if (muster_experiment_open(&from, diags, &experiment) != MUSTER_OK)
            fail_msg("%s", test_words(diags));
        assert_string_equal(test_words(diags), ""); /* no warnings either */
        const muster_experiment_head *head = muster_experiment_head_of(experiment);
        assert_string_equal(head->id, files.name[i]); /* the store is called so */
        assert_true(strlen(head->shows) > 300);
        assert_true(head->points > 1 && head->responses > 0);
        assert_factors_have_sources(experiment, files.name[i]);
        muster_experiment_free(experiment);
        muster_diags_free(diags);
    }
}

/* ---- their README --------------------------------------------------------------------------------- */

static const char readme[] = FOLDER "/README.md";

static char *read_readme(void)
{
    char *bytes = NULL;
    size_t length = 0;
    const char *reason = NULL;
    assert_true(real_file_open(readme, TEXT_MOST, &bytes, &length, &reason, NULL));
    assert_true(length < TEXT_MOST);
    bytes[length] = '\0';
    return bytes;
}

static void test_experiments__readme_names_each(void **state)
{
    const folder files = shipped();
    char *text = read_readme();
    (void)state;
    for (int32_t i = 0; i < files.count; i++) {
        char row[100];
        snprintf(row, sizeof row, "\n| `%s.cfg` |", files.name[i]);
        if (!strstr(text, row))
            fail_msg("README.md has no row for %s.cfg", files.name[i]);
    }
    free(text);
}

/* The block that shows how one is written, in place of the file it would be. */
static bool open_example(const char *path, size_t max_bytes, char **bytes, size_t *length,
                         const char **reason, void *context)
{
    if (!strstr(path, "example.cfg"))
        return real_file_open(path, max_bytes, bytes, length, reason, NULL);
    char *text = read_readme(), *end = NULL;
    char *begin = strstr(text, "\n    experiment = {");
    assert_non_null(begin);
    end = strstr(begin, "\n\n");
    assert_non_null(end);
    *length = (size_t)(end - begin);
    memmove(text, begin, *length);
    *bytes = text;
    (void)context;
    return true;
}

static void test_experiments__readme_shows_one_that_opens(void **state)
{
    const muster_opener opener = {open_example, real_file_close, NULL};
    const muster_experiment_from from = {
        .path = FOLDER "/example.cfg", .opener = &opener, .land = land};
    muster_diags *diags = muster_diags_create(NULL);
    muster_experiment *experiment = NULL;
    (void)state;
    if (muster_experiment_open(&from, diags, &experiment) != MUSTER_OK)
        fail_msg("%s", test_words(diags));
    assert_string_equal(test_words(diags), "");
    assert_int_equal(muster_experiment_head_of(experiment)->points, 5 * 3);
    assert_factors_have_sources(experiment, "README.md");
    muster_experiment_free(experiment);
    muster_diags_free(diags);
}

typedef struct writing {
    char text[TEXT_MOST];
    size_t used;
} writing;

static void add(writing *out, const char *text)
{
    const size_t length = strlen(text);
    assert_true(out->used + length < sizeof out->text);
    memcpy(out->text + out->used, text, length + 1);
    out->used += length;
}

/* A bar would end the cell, a line break the table. */
static void add_cell(writing *out, const char *text)
{
    for (; *text; text++) {
        const char one[3] = {*text == '|'    ? '\\'
                             : *text == '\n' ? ' '
                                             : *text,
                             *text == '|' ? '|' : '\0', '\0'};
        add(out, one);
    }
}

static void add_keys(writing *out, const char *path, const muster_field *rows)
{
    for (const muster_field *row = rows; row->key; row++) {
        char inner[160];
        const bool is_table = row->kind == MUSTER_FIELD_TABLE;
        const bool is_list = row->kind == MUSTER_FIELD_LIST;
        snprintf(inner, sizeof inner, "%s%s%s", path, *path ? "." : "", row->key);
        add(out, "| `");
        add(out, inner);
        add(out, row->flags & MUSTER_FIELD_REQUIRED ? "` | **required** | " : "` |  | ");
        add_cell(out, row->doc);
        add(out, " |\n");
        if (row->kind != MUSTER_FIELD_GROUP && !is_table && !is_list)
            continue;
        strncat(inner, is_table ? ".ID" : is_list ? "[i]" : "", sizeof inner - strlen(inner) - 1);
        add_keys(out, inner, row->of);
    }
}

static void write_keys(writing *out)
{
    add(out, "\n| key |  | meaning |\n|---|---|---|\n");
    add_keys(out, "", muster_experiment_fields());
    add(out, "\n");
}

static void write_methods(writing *out)
{
    muster_design_kind kind;
    add(out, "\n| method | what it does | keys |\n|---|---|---|\n");
    for (int32_t i = 0; muster_design_method_at(i, &kind); i++) {
        add(out, "| `");
        add(out, kind.name);
        add(out, "` | ");
        add_cell(out, kind.doc);
        add(out, " | ");
        add(out, kind.uses);
        add(out, " |\n");
    }
    add(out, "\n");
}

/* The part of the README between its two marks is what `make` writes, or becomes so if that is wished. */
static void assert_part(const char *part, void (*make)(writing *out))
{
    char begin[60], end[60];
    char *text = read_readme();
    writing *wanted = calloc(1, sizeof *wanted);
    assert_non_null(wanted);
    make(wanted);
    snprintf(begin, sizeof begin, "<!-- %s: begin -->\n", part);
    snprintf(end, sizeof end, "<!-- %s: end -->", part);
    char *from = strstr(text, begin);
    assert_non_null(from);
    from += strlen(begin);
    const char *until = strstr(from, end);
    assert_non_null(until);
    const bool is_same =
        (size_t)(until - from) == wanted->used && memcmp(from, wanted->text, wanted->used) == 0;
    const char *wish = getenv("MUSTER_BLESS");
    if (!is_same && wish && strcmp(wish, "1") == 0) {
        FILE *file = fopen(readme, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(text, 1, (size_t)(from - text), file), from - text);
        assert_true(fputs(wanted->text, file) >= 0 && fputs(until, file) >= 0);
        assert_int_equal(fclose(file), 0);
    } else if (!is_same) {
        fail_msg("scenarios/experiments/README.md: its %s are not those of the program; if the "
                 "tables are right: MUSTER_BLESS=1 ./test_experiments",
                 part);
    }
    free(wanted);
    free(text);
}

static void test_experiments__readme_has_the_keys_and_methods_of_the_program(void **state)
{
    (void)state;
    assert_part("keys", write_keys);
    assert_part("methods", write_methods);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_experiments__open_and_say_what_they_are),
        cmocka_unit_test(test_experiments__readme_names_each),
        cmocka_unit_test(test_experiments__readme_shows_one_that_opens),
        cmocka_unit_test(test_experiments__readme_has_the_keys_and_methods_of_the_program),
    };
    return cmocka_run_group_tests(tests, open_land, close_land);
}
