/* The JSON of documents against include/muster/analysis.schema.json, and that schema against what can be
 * built: it knows the same kinds, roles and options. */
#include "test.h"

#include "all_plots.h"
#include "muster/muster.h"
#include "tell/document.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* ---- as much of JSON schema as that file uses ---------------------------------------------------- */

static json_t *schema; /* the whole file */

static bool is_valid(json_t *rule, json_t *value);

static json_t *referred(const char *path)
{
    json_t *at = schema;
    char part[64];
    for (path += 2; *path;) { /* "#/$defs/id" */
        const size_t length = strcspn(path, "/");
        assert_true(length < sizeof part);
        memcpy(part, path, length);
        part[length] = '\0';
        at = json_object_get(at, part);
        assert_non_null(at);
        path += length + (path[length] == '/');
    }
    return at;
}

static bool is_of_type(const char *type, const json_t *value)
{
    return strcmp(type, "object") == 0    ? json_is_object(value)
           : strcmp(type, "array") == 0   ? json_is_array(value)
           : strcmp(type, "string") == 0  ? json_is_string(value)
           : strcmp(type, "number") == 0  ? json_is_number(value)
           : strcmp(type, "integer") == 0 ? json_is_integer(value)
           : strcmp(type, "null") == 0    ? json_is_null(value)
                                          : false;
}

static bool is_one_of(const json_t *list, const json_t *value)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (json_equal(json_array_get(list, i), value))
            return true;
    return false;
}

static bool has_type(const json_t *type, const json_t *value)
{
    if (json_is_string(type))
        return is_of_type(json_string_value(type), value);
    for (size_t i = 0; i < json_array_size(type); i++)
        if (is_of_type(json_string_value(json_array_get(type, i)), value))
            return true;
    return false;
}

static bool has_members(json_t *rule, json_t *value)
{
    const char *key;
    json_t *member, *properties = json_object_get(rule, "properties");
    const json_t *required = json_object_get(rule, "required");
    if (!json_is_object(value))
        return true;
    for (size_t i = 0; i < json_array_size(required); i++)
        if (!json_object_get(value, json_string_value(json_array_get(required, i))))
            return false;
    json_object_foreach(value, key, member)
    {
        json_t *own = json_object_get(properties, key);
        if (own ? !is_valid(own, member)
                : json_is_false(json_object_get(rule, "additionalProperties")))
            return false;
    }
    return true;
}

static bool has_items(json_t *rule, const json_t *value)
{
    json_t *items = json_object_get(rule, "items");
    if (!json_is_array(value))
        return true;
    if ((json_int_t)json_array_size(value) < json_integer_value(json_object_get(rule, "minItems")))
        return false;
    for (size_t i = 0; items && i < json_array_size(value); i++)
        if (!is_valid(items, json_array_get(value, i)))
            return false;
    return true;
}

/* How many of the rules hold. */
static int count_valid(const json_t *rules, json_t *value)
{
    int count = 0;
    for (size_t i = 0; i < json_array_size(rules); i++)
        count += is_valid(json_array_get(rules, i), value);
    return count;
}

static bool holds(const char *key, json_t *one, json_t *value)
{
    static const char *const elsewhere[] = {"title",
                                            "description",
                                            "$schema",
                                            "$id",
                                            "$defs",
                                            "pattern",
                                            "properties",
                                            "items",
                                            "minItems",
                                            "required",
                                            "additionalProperties"};
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        if (strcmp(key, elsewhere[i]) == 0)
            return true;
    if (strcmp(key, "$ref") == 0)
        return is_valid(referred(json_string_value(one)), value);
    if (strcmp(key, "oneOf") == 0)
        return count_valid(one, value) == 1;
    if (strcmp(key, "type") == 0)
        return has_type(one, value);
    if (strcmp(key, "const") == 0)
        return json_equal(one, value);
    if (strcmp(key, "enum") == 0)
        return is_one_of(one, value);
    if (strcmp(key, "minLength") == 0)
        return (json_int_t)json_string_length(value) >= json_integer_value(one);
    if (strcmp(key, "minimum") == 0)
        return json_number_value(value) >= json_number_value(one);
    if (strcmp(key, "maximum") == 0)
        return json_number_value(value) <= json_number_value(one);
    fail_msg("this test does not know '%s'", key);
    return false;
}

static bool is_valid(json_t *rule, json_t *value)
{
    const char *key;
    json_t *one;
    json_object_foreach(rule, key, one)
    {
        if (!holds(key, one, value))
            return false;
    }
    return has_members(rule, value) && has_items(rule, value);
}

/* ---- documents ------------------------------------------------------------------------------------ */

static json_t *tree_of(const muster_document *document)
{
    char *told = muster_document_json(document, NULL);
    json_t *tree = told ? json_loads(told, 0, NULL) : NULL;
    muster_tell_free(told, NULL);
    return tree;
}

static void test_document_schema__documents_are_valid(void **state)
{
    (void)state;
    muster_document *documents[] = {all_plots("", NULL), all_plots("\x01\xff'\"\n", NULL),
                                    muster_document_create(NULL, NULL)};
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        json_t *tree = tree_of(documents[i]);
        assert_true(is_valid(schema, tree));
        json_decref(tree);
        muster_document_free(documents[i]);
    }
}

/* A document with one fault. */
static void spoil(json_t *tree, int fault)
{
    json_t *section = json_array_get(json_object_get(tree, "sections"), 0);
    json_t *table = json_array_get(json_object_get(section, "tables"), 0);
    json_t *plot = json_array_get(json_object_get(section, "plots"), 0); /* a tornado */
    json_t *roles = json_object_get(plot, "roles"), *options = json_object_get(plot, "options");
    json_t *row = json_array_get(json_object_get(table, "rows"), 0);
    json_t *column = json_array_get(json_object_get(table, "columns"), 0);
    switch (fault) {
    case 0:
        json_object_del(tree, "warnings");
        break;
    case 1:
        json_object_set_new(tree, "version", json_integer(2));
        break;
    case 2:
        json_object_set_new(plot, "kind", json_string("pie"));
        break;
    case 3:
        json_object_del(roles, "low");
        break;
    case 4:
        json_object_set_new(roles, "series", json_string("kind"));
        break;
    case 5:
        json_object_set_new(roles, "label", json_pack("[s]", "factor"));
        break;
    case 6:
        json_object_set_new(options, "slopes", json_pack("[f]", 1.0));
        break;
    case 7:
        json_object_set_new(options, "baseline", json_string("0"));
        break;
    case 8:
        json_array_append_new(row, json_true());
        break;
    case 9:
        json_object_set_new(column, "kind", json_string("date"));
        break;
    case 10:
        json_object_set_new(column, "digits", json_integer(0));
        break;
    default:
        json_object_set_new(section, "mood", json_string("good"));
        break;
    }
}

static void test_document_schema__faults_are_refused(void **state)
{
    (void)state;
    muster_document *document = all_plots("", NULL);
    for (int fault = 0; fault <= 11; fault++) {
        json_t *tree = tree_of(document);
        spoil(tree, fault);
        if (is_valid(schema, tree))
            fail_msg("fault %d passes", fault);
        json_decref(tree);
    }
    muster_document_free(document);
}

/* ---- kinds, roles, options ------------------------------------------------------------------------ */

static json_t *kinds_in_schema(void)
{
    return json_object_get(referred("#/$defs/plot"), "oneOf");
}

static json_t *member_of_kind(size_t kind, const char *member)
{
    return json_object_get(json_object_get(json_array_get(kinds_in_schema(), kind), "properties"),
                           member);
}

static void test_document_schema__knows_every_role(void **state)
{
    (void)state;
    for (size_t k = 0; k < json_array_size(kinds_in_schema()); k++) {
        const mst_doc_kind *kind = mst_doc_kind_of((muster_plot_kind)k);
        json_t *rule = member_of_kind(k, "roles"),
               *properties = json_object_get(rule, "properties");
        assert_non_null(kind);
        assert_string_equal(json_string_value(json_object_get(member_of_kind(k, "kind"), "const")),
                            kind->name);
        size_t count = 0;
        for (; count < MST_DOC_ROLES_MOST && kind->role[count].name; count++) {
            const mst_doc_role *role = &kind->role[count];
            json_t *name = json_string(role->name);
            const char *type =
                json_string_value(json_object_get(json_object_get(properties, role->name), "$ref"));
            assert_non_null(type);
            assert_string_equal(type, role->is_many ? "#/$defs/columns" : "#/$defs/column");
            assert_int_equal(is_one_of(json_object_get(rule, "required"), name), role->is_needed);
            json_decref(name);
        }
        assert_int_equal(json_object_size(properties), count);
    }
    assert_null(mst_doc_kind_of((muster_plot_kind)json_array_size(kinds_in_schema())));
}

static void test_document_schema__knows_every_option(void **state)
{
    (void)state;
    for (size_t k = 0; k < json_array_size(kinds_in_schema()); k++) {
        const mst_doc_kind *kind = mst_doc_kind_of((muster_plot_kind)k);
        json_t *properties = json_object_get(member_of_kind(k, "options"), "properties"), *one;
        const char *name;
        char spaced[32];
        size_t blanks = 0;
        json_object_foreach(properties, name, one)
        {
            snprintf(spaced, sizeof spaced, " %s ", name);
            assert_non_null(strstr(kind->options, spaced));
        }
        for (const char *at = kind->options; *at; at++)
            blanks += *at == ' ';
        assert_int_equal(json_object_size(properties), blanks - 1);
    }
}

static int open_schema(void **state)
{
    (void)state;
    schema = json_load_file(MUSTER_SOURCE_DIR "/include/muster/analysis.schema.json", 0, NULL);
    return schema ? 0 : -1;
}

static int close_schema(void **state)
{
    (void)state;
    json_decref(schema);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_document_schema__documents_are_valid),
        cmocka_unit_test(test_document_schema__faults_are_refused),
        cmocka_unit_test(test_document_schema__knows_every_role),
        cmocka_unit_test(test_document_schema__knows_every_option),
    };
    return cmocka_run_group_tests(tests, open_schema, close_schema);
}
