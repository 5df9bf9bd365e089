#include "test.h"

#include "files.h"
#include "load/source.h"
#include "memory.h"

/* Gathers from files in memory and compares what was said; the text is returned when all is well. */
static muster_source_text *gather(const test_file *files, muster_status expected, const char *words)
{
    test_disk disk = {.file = files};
    const muster_opener opener = test_opener(&disk);
    muster_diags *const diags = muster_diags_create(NULL);
    muster_source_text *text = NULL;
    const muster_status status = muster_gather(files[0].path, &opener, NULL, diags, &text);
    assert_string_equal(test_words(diags), words);
    assert_int_equal(status, expected);
    assert_int_equal(disk.held, 0);
    assert_true((text != NULL) == (status == MUSTER_OK));
    muster_diags_free(diags);
    return text;
}

static void assert_words(const char *bytes, const char *words)
{
    const test_file files[] = {{"a.cfg", bytes}, {NULL, NULL}};
    muster_source_text_free(gather(files, words[0] ? MUSTER_MISTAKE : MUSTER_OK, words));
}

static void assert_line(const muster_source_text *text, int32_t line, const char *file,
                        int32_t file_line)
{
    const mst_place place = mst_source_place(text, line);
    assert_string_equal(place.file, file);
    assert_int_equal(place.line, file_line);
}

static void test_gather__keeps_text_and_lines_across_includes(void **state)
{
    (void)state;
    const test_file files[] = {
        {"drills/a.cfg", "x = 1;\nc = {\n  @include \"lib/b.cfg\" // ships\n};\ny = 2;"},
        {"drills/lib/b.cfg", "\xef\xbb\xbf"
                             "p = 3;\n@include \"../c.cfg\"\nq = 4;"},
        {"drills/lib/../c.cfg", "r = 5;\r\ns = 6;\r\n"},
        {NULL, NULL}};
    muster_source_text *const text = gather(files, MUSTER_OK, "");
    size_t length = 0;
    const char *const bytes = muster_source_text_bytes(text, &length);
    assert_string_equal(bytes, "x = 1;\nc = {\np = 3;\nr = 5;\ns = 6;\nq = 4;\n};\ny = 2;\n");
    assert_int_equal(length, strlen(bytes));
    assert_line(text, 2, "drills/a.cfg", 2);
    assert_line(text, 3, "drills/lib/b.cfg", 1);
    assert_line(text, 5, "drills/lib/../c.cfg", 2);
    assert_line(text, 6, "drills/lib/b.cfg", 3);
    assert_line(text, 7, "drills/a.cfg", 4);
    assert_line(text, 8, "drills/a.cfg", 5);
    muster_source_text_free(text);
}

static void test_gather__leaves_include_in_texts_and_comments(void **state)
{
    (void)state;
    assert_words("a = \"x\n@include \\\"no.cfg\\\"\n\";\n# @include \"no.cfg\"\n"
                 "// @include \"no.cfg\"\n/*\n@include \"no.cfg\"\n*/\nb = \"\\\\\";\n",
                 "");
}

static void test_gather__refuses_odd_includes(void **state)
{
    (void)state;
    const char *const line = "an include stands on a line of its own: @include \"other.cfg\"";
    char words[300];
    snprintf(words, sizeof words, "a.cfg:2: '@' inside a line (%s)\n", line);
    assert_words("a = 1;\nb = { @include \"x\"\n};", words);
    snprintf(words, sizeof words, "a.cfg:1: more than a file name behind @include (%s)\n", line);
    assert_words("@include \"x.cfg\" }", words);
    snprintf(words, sizeof words, "a.cfg:1: @include without a file name in quotes (%s)\n", line);
    assert_words("@include x.cfg", words);
    snprintf(words, sizeof words, "a.cfg:1: '@' that begins no @include (%s)\n", line);
    assert_words("@incline \"x.cfg\"", words);
    assert_words("a = 1;\n@include \"gone.cfg\"\nb = 3000000000;",
                 "a.cfg:2: cannot open 'gone.cfg': no such file\n"
                 "a.cfg:3: this whole number is too large for 32 bits (up to 64 bits take an L: "
                 "3000000000L)\n");
}

/* libconfig would cut the text there and say nothing. */
static void test_gather__refuses_a_text_with_a_zero_in_it(void **state)
{
    (void)state;
    assert_words("a = 1;\nb = \"two\\x00three\";\n",
                 "a.cfg:2: \\x00 would cut this text off (leave it out)\n");
    assert_words("b = \"\\\\x00 \\x01\\x0a\"; # \"\\x00\"\n", "");
}

static void test_gather__names_other_documents_of_the_program(void **state)
{
    (void)state;
    assert_words("\n{\n \"format\": \"muster-run\",\n \"version\": 1\n}\n",
                 "a.cfg:0: this is a muster-run document, not a scenario (a scenario is text that "
                 "begins with its section scenario)\n");
    assert_words("format = \"muster-run\";\n", "");
}

static void test_gather__names_the_chain_of_a_loop(void **state)
{
    (void)state;
    const test_file files[] = {{"d/a.cfg", "@include \"b.cfg\"\n"},
                               {"d/b.cfg", "x = 1;\n@include \"./c/../a.cfg\"\n"},
                               {NULL, NULL}};
    gather(files, MUSTER_MISTAKE, "d/b.cfg:2: include loop: d/a.cfg -> d/b.cfg -> d/a.cfg\n");
    const test_file self[] = {{"a.cfg", "@include \"a.cfg\"\n"}, {NULL, NULL}};
    gather(self, MUSTER_MISTAKE, "a.cfg:1: include loop: a.cfg -> a.cfg\n");
}

static void test_gather__limits_depth_and_number_of_files(void **state)
{
    (void)state;
    enum { FILES = 90 };
    static char paths[FILES][16], texts[FILES][40], all[FILES * 24];
    test_file files[FILES + 1] = {{NULL, NULL}};
    for (int i = 0; i < FILES; i++) {
        snprintf(paths[i], sizeof paths[i], "f%d.cfg", i);
        snprintf(texts[i], sizeof texts[i], "@include \"f%d.cfg\"\n", i + 1);
        files[i] = (test_file){paths[i], texts[i]};
    }
    gather(files, MUSTER_MISTAKE, "f16.cfg:1: includes are more than 16 deep\n");
    size_t used = 0;
    for (int i = 1; i < 66; i++)
        used += (size_t)snprintf(all + used, sizeof all - used, "@include \"f%d.cfg\"\n", i);
    files[0].text = all;
    for (int i = 1; i < FILES; i++)
        files[i].text = "";
    gather(files, MUSTER_MISTAKE,
           "f0.cfg:64: more than 64 files are included\n"
           "f0.cfg:65: more than 64 files are included\n");
}

static void test_gather__limits_size(void **state)
{
    (void)state;
    const size_t most = 4 * 1024 * 1024;
    char *const big = malloc(most + 2);
    memset(big, ' ', most + 1);
    big[most + 1] = '\0';
    muster_diags *const diags = muster_diags_create(NULL);
    muster_source_text *text = NULL;
    assert_int_equal(muster_gather_text("big", big, most + 1, NULL, diags, &text), MUSTER_MISTAKE);
    assert_string_equal(test_words(diags), "big:0: the text is larger than 4 MB\n");
    assert_int_equal(muster_gather_text("big", big, most, NULL, diags, &text), MUSTER_OK);
    muster_source_text_free(text);
    muster_diags_free(diags);
    free(big);
}

static void test_gather__refuses_bytes_that_are_no_text(void **state)
{
    (void)state;
    assert_words("a = 1;\n\xff", "a.cfg:2: this is not UTF-8 (byte 0xff) (scenario files are "
                                 "plain UTF-8 text)\n");
    assert_words("a = \"\xc3\xa9\";\n\tb = 1;\n", "");
    assert_words("a = \"\n\x07\";", "a.cfg:2: a control character (byte 0x07) (scenario files are "
                                    "plain UTF-8 text)\n");
    muster_diags *const diags = muster_diags_create(NULL);
    muster_source_text *text = NULL;
    assert_int_equal(muster_gather_text("t", "a = 1;\0b", 8, NULL, diags, &text), MUSTER_MISTAKE);
    assert_int_equal(muster_diags_error_count(diags), 1);
    muster_diags_free(diags);
}

static void test_gather__refuses_numbers_that_would_wrap(void **state)
{
    (void)state;
    const char *const narrow = "a.cfg:1: this whole number is too large for 32 bits (up to 64 "
                               "bits take an L: 3000000000L)\n";
    const char *const wide = "a.cfg:1: this whole number is too large even for 64 bits (up to 64 "
                             "bits take an L: 3000000000L)\n";
    assert_words("a = 2147483647; b = -2147483648; c = 0x7fffffff; d = 00000000000001;", "");
    assert_words("a = 3000000000L; b = -9223372036854775808L; c = 0x7fffffffffffffffL;", "");
    assert_words("a = 0.30000000001; b = 12345678901.5; c = 1e15; d = .30000000000; e = 2.E+12;",
                 "");
    assert_words("a3000000000 = \"3000000000\"; # 3000000000\n", "");
    assert_words("a = 2147483648;", narrow);
    assert_words("a = -2147483649;", narrow);
    assert_words("a = (1, 0xffffffff);", narrow);
    assert_words("a = 9223372036854775808L;", wide);
    assert_words("a = -9223372036854775809L;", wide);
    assert_words("a = 0x8000000000000000L;", wide);
}

static void test_gather__limits_brackets_and_settings(void **state)
{
    (void)state;
    char deep[200];
    memset(deep, '(', 64);
    strcpy(deep + 64, "1");
    memset(deep + 65, ')', 64);
    deep[129] = '\0';
    assert_words(deep, "");
    memmove(deep + 1, deep, 130);
    assert_words(deep, "a.cfg:1: more than 64 brackets are open here\n");
    char *const many = malloc(20002 * 5);
    size_t used = 0;
    for (int i = 0; i < 20000; i++)
        used += (size_t)snprintf(many + used, 6, "a=1;\n");
    assert_words(many, "");
    strcpy(many + used, "b=1;");
    assert_words(many, "a.cfg:20001: more than 20000 settings stand in one group\n");
    free(many);
}

static void test_gather__says_what_never_ends(void **state)
{
    (void)state;
    assert_words("a = 1;\nb = \"x\n\ny", "a.cfg:2: this text never ends (it ends with \")\n");
    assert_words("a = 1;\n\n/* x\n", "a.cfg:3: this comment never ends (it ends with */)\n");
}

static void test_gather__tells_a_missing_first_file_from_a_mistake(void **state)
{
    (void)state;
    test_disk disk = {.file = (const test_file[]){{NULL, NULL}}};
    const muster_opener opener = test_opener(&disk);
    muster_diags *const diags = muster_diags_create(NULL);
    muster_source_text *text = NULL;
    assert_int_equal(muster_gather("gone.cfg", &opener, NULL, diags, &text), MUSTER_WORLD);
    assert_string_equal(test_words(diags), "gone.cfg:0: cannot open 'gone.cfg': no such file\n");
    muster_diags_free(diags);
}

static void test_gather__text_in_memory_includes_nothing(void **state)
{
    (void)state;
    const char bytes[] = "a = 1;\n@include \"b.cfg\"\n";
    muster_diags *const diags = muster_diags_create(NULL);
    muster_source_text *text = NULL;
    assert_int_equal(muster_gather_text("form", bytes, sizeof bytes - 1, NULL, diags, &text),
                     MUSTER_MISTAKE);
    assert_string_equal(test_words(diags), "form:2: this text cannot include files\n");
    muster_diags_free(diags);
}

static void test_gather__hash_follows_the_text_alone(void **state)
{
    (void)state;
    const test_file apart[] = {
        {"a.cfg", "x = 1;\n@include \"b.cfg\"\n"}, {"b.cfg", "y = 2;"}, {NULL, NULL}};
    const test_file joined[] = {{"z.cfg", "x = 1;\r\ny = 2;\r\n"}, {NULL, NULL}};
    const test_file other[] = {{"a.cfg", "x = 1;\ny = 3;\n"}, {NULL, NULL}};
    muster_source_text *const first = gather(apart, MUSTER_OK, "");
    muster_source_text *const second = gather(joined, MUSTER_OK, "");
    muster_source_text *const third = gather(other, MUSTER_OK, "");
    assert_true(muster_source_text_hash(first) == muster_source_text_hash(second));
    assert_true(muster_source_text_hash(first) != muster_source_text_hash(third));
    muster_source_text_free(first);
    muster_source_text_free(second);
    muster_source_text_free(third);
}

static void test_gather__survives_short_memory(void **state)
{
    (void)state;
    const test_file files[] = {
        {"d/a.cfg", "x = 1;\n@include \"../b.cfg\"\n"}, {"d/../b.cfg", "y = 2;"}, {NULL, NULL}};
    test_disk disk = {.file = files};
    const muster_opener opener = test_opener(&disk);
    muster_status status = MUSTER_WORLD;
    int32_t tries = 0;
    for (; status == MUSTER_WORLD && tries < 1000; tries++) {
        test_memory counter = {.left = tries};
        const muster_memory memory = test_hook(&counter);
        muster_diags *const diags = muster_diags_create(NULL);
        muster_source_text *text = NULL;
        status = muster_gather("d/a.cfg", &opener, &memory, diags, &text);
        assert_true(status == MUSTER_OK || status == MUSTER_WORLD);
        assert_int_equal(muster_diags_error_count(diags) > 0, status == MUSTER_WORLD);
        muster_source_text_free(text);
        assert_int_equal(counter.held, 0);
        assert_int_equal(disk.held, 0);
        muster_diags_free(diags);
    }
    assert_int_equal(status, MUSTER_OK);
    assert_true(tries > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gather__keeps_text_and_lines_across_includes),
        cmocka_unit_test(test_gather__leaves_include_in_texts_and_comments),
        cmocka_unit_test(test_gather__refuses_odd_includes),
        cmocka_unit_test(test_gather__refuses_a_text_with_a_zero_in_it),
        cmocka_unit_test(test_gather__names_other_documents_of_the_program),
        cmocka_unit_test(test_gather__names_the_chain_of_a_loop),
        cmocka_unit_test(test_gather__limits_depth_and_number_of_files),
        cmocka_unit_test(test_gather__limits_size),
        cmocka_unit_test(test_gather__refuses_bytes_that_are_no_text),
        cmocka_unit_test(test_gather__refuses_numbers_that_would_wrap),
        cmocka_unit_test(test_gather__limits_brackets_and_settings),
        cmocka_unit_test(test_gather__says_what_never_ends),
        cmocka_unit_test(test_gather__tells_a_missing_first_file_from_a_mistake),
        cmocka_unit_test(test_gather__text_in_memory_includes_nothing),
        cmocka_unit_test(test_gather__hash_follows_the_text_alone),
        cmocka_unit_test(test_gather__survives_short_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
