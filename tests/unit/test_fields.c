#include "test.h"

#include "base/units.h"
#include "load/scenario.h"
#include "model/row.h"
#include "model/walk.h"

#include <stdio.h>
#include <string.h>

/* ---- the tables themselves ------------------------------------------------------------------ */

static size_t stored_bytes(const muster_field *row)
{
    switch (row->kind) {
    case MUSTER_FIELD_REAL:
        return sizeof(double);
    case MUSTER_FIELD_INT:
    case MUSTER_FIELD_DURATION:
        return sizeof(int64_t);
    case MUSTER_FIELD_BOOL:
    case MUSTER_FIELD_CHOICE:
        return sizeof(int32_t);
    case MUSTER_FIELD_TEXT:
        return sizeof(const char *);
    case MUSTER_FIELD_REFERENCE:
        return sizeof(mst_ref);
    case MUSTER_FIELD_MOMENT:
        return sizeof(muster_interval);
    case MUSTER_FIELD_TEXTS:
    case MUSTER_FIELD_VALUES:
    case MUSTER_FIELD_REFERENCES:
    case MUSTER_FIELD_POINTS:
    case MUSTER_FIELD_NUMBERS:
    case MUSTER_FIELD_LIST:
    case MUSTER_FIELD_TABLE:
        return sizeof(mst_list);
    case MUSTER_FIELD_GROUP:
    case MUSTER_FIELD_INLINE:
        return row->item_bytes;
    case MUSTER_FIELD_PLUGIN:
        return sizeof(mst_plugin);
    case MUSTER_FIELD_END:
        break;
    }
    return 0;
}

static void check_default(const muster_field *row)
{
    const bool ranged = row->min != 0.0 || row->max != 0.0;
    double value = row->fallback;
    muster_time duration = 0;
    if (row->fallback_text && row->kind == MUSTER_FIELD_DURATION) {
        assert_true(muster_duration_read(row->fallback_text, &duration));
        value = muster_hours(duration);
    } else if (row->fallback_text && row->kind == MUSTER_FIELD_CHOICE) {
        int32_t i = 0;
        while (row->choices[i] && strcmp(row->choices[i], row->fallback_text) != 0)
            i++;
        assert_non_null(row->choices[i]);
    }
    if (!isnan(value) && ranged) {
        assert_true(value >= row->min && value <= row->max);
        assert_true(!(row->flags & MUSTER_FIELD_ABOVE) || value > row->min);
    }
    if (row->flags & MUSTER_FIELD_REQUIRED) /* nobody would ever see the default */
        assert_true(isnan(row->fallback) && !row->fallback_text);
}

static void check_unit(const muster_field *row)
{
    if (!row->unit)
        return;
    const mst_unit_suffix *known = NULL;
    for (const mst_unit_suffix *unit = mst_unit_suffixes; unit->suffix && !known; unit++) {
        const size_t length = strlen(row->key), tail = strlen(unit->suffix);
        if (length > tail && strcmp(row->key + length - tail, unit->suffix) == 0)
            known = unit;
    }
    assert_non_null(known);
    assert_string_equal(known->symbol, row->unit);
    assert_near(mst_field_si(row), known->si, 0.0);
}

static int32_t check_rows(const muster_field *rows, size_t bytes)
{
    int32_t count = 0;
    for (const muster_field *row = rows; row->key; row++, count++) {
        const bool has_rows = row->kind == MUSTER_FIELD_GROUP || row->kind == MUSTER_FIELD_LIST ||
                              row->kind == MUSTER_FIELD_TABLE || row->kind == MUSTER_FIELD_INLINE;
        if (!row->doc || strlen(row->doc) < 5 || row->offset + stored_bytes(row) > bytes ||
            (row->offset < sizeof(mst_item) && row->kind != MUSTER_FIELD_INLINE) ||
            row->doc[strlen(row->doc) - 1] == ' ')
            fail_msg("row '%s' lacks words or room", row->key);
        assert_true(row->min <= row->max);
        assert_true((row->kind == MUSTER_FIELD_CHOICE) == (row->choices != NULL));
        for (const muster_field *other = rows; other != row; other++)
            assert_string_not_equal(other->key, row->key);
        if (row->kind == MUSTER_FIELD_REFERENCE || row->kind == MUSTER_FIELD_REFERENCES) {
            const muster_field *const table = mst_fields_row(mst_fields_root, row->refers);
            assert_non_null(table);
            assert_int_equal(table->kind, MUSTER_FIELD_TABLE);
        }
        check_unit(row);
        check_default(row);
        assert_true(has_rows == (row->of != NULL));
        if (has_rows)
            count += check_rows(row->of, row->item_bytes);
    }
    return count;
}

static void test_fields__every_row_is_whole(void **state)
{
    (void)state;
    assert_ptr_equal(muster_scenario_fields(), mst_fields_root);
    /* 15 groups of keys in the plan hold some 220 rows, those of classes twice. */
    assert_true(check_rows(mst_fields_root, sizeof(mst_spec)) > 250);
}

static void test_fields__choices_match_their_enumerations(void **state)
{
    (void)state;
    const struct {
        const char *const *names;
        int32_t count;
    } lists[] = {{mst_stage_names, MST_STAGE_COUNT}, {mst_rule_forms, 7},
                 {mst_part_names, MST_PART_COUNT},   {mst_level_names, 3},
                 {mst_domain_names, MST_AIR + 1},    {mst_confidence_names, MUSTER_ASSUMED + 1}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        int32_t count = 0;
        while (lists[i].names[count])
            count++;
        assert_int_equal(count, lists[i].count);
    }
    assert_string_equal(mst_confidence_names[MUSTER_ASSUMED], "assumed");
    assert_string_equal(mst_part_names[MST_PART_DATA_LINK], "data_link");
    assert_string_equal(mst_stage_names[MST_ADMIT], "admit");
}

/* DEFINITIONS give these; they are what a scenario gets that says nothing. */
static void test_fields__defaults_are_those_of_the_definitions(void **state)
{
    (void)state;
    mst_class_def class_ = {0};
    mst_fields_blank(mst_fields_class, &class_);
    mst_fields_default(mst_fields_class, &class_);
    assert_near(class_.station_speed_mps, 10.0 * 1852.0 / 3600.0, 1e-14);
    assert_near(class_.exponent, 3.0, 0.0);
    assert_near(class_.margin, 1.0, 0.0);
    assert_near(class_.reserve_frac, 0.20, 0.0);
    assert_near(class_.climb_frac, 0.06, 0.0);
    assert_near(class_.loiter_factor, 0.8, 0.0);
    assert_near(class_.reserve_fuel_frac, 0.05, 0.0);
    assert_int_equal(class_.reserve_loiter, 20 * MUSTER_MINUTE);
    /* Derived from other figures, so a default here would hide them. */
    assert_true(isnan(class_.hotel_share) && isnan(class_.usable_fraction));
    assert_true(isnan(class_.sustained_speed_mps));
    assert_int_equal(class_.turnaround, MUSTER_NEVER);

    mst_drill_def drill = {0};
    mst_fields_blank(mst_fields_drill, &drill);
    mst_fields_default(mst_fields_drill, &drill);
    assert_int_equal(drill.muster.tolerance, 2 * MUSTER_HOUR);
    assert_int_equal(drill.muster.wait, 12 * MUSTER_HOUR);
    assert_near(drill.muster.quorum, 1.0, 0.0);
    assert_int_equal(drill.decide_at.from, MUSTER_NEVER);
    assert_true(isnan(drill.visibility) && isnan(drill.cap_need));
    assert_int_equal(drill.min_hosts, MST_INT_NONE);
    assert_string_equal(mst_level_names[drill.level], "units");

    mst_serial_def serial = {0};
    mst_fields_blank(mst_fields_serial, &serial);
    mst_fields_default(mst_fields_serial, &serial);
    assert_near(serial.p0, 0.9, 0.0);
    assert_near(serial.weight, 1.0, 0.0);
    assert_near(serial.air_coverage, 0.8, 0.0);
    assert_int_equal(serial.min_states, 2);

    mst_spec spec = {0};
    mst_fields_blank(mst_fields_root, &spec);
    mst_fields_default(mst_fields_root, &spec);
    assert_near(spec.scenario.offing_m, 3.0 * 1852.0, 1e-9);
    assert_near(spec.scenario.end_zone_m, 8.0 * 1852.0, 1e-9);
    assert_int_equal(spec.scenario.horizon, 16 * MUSTER_DAY);
    assert_near(spec.alignment.tau, 0.125, 0.0);
}

/* ---- one struct ------------------------------------------------------------------------------ */

static void test_fields__blank_is_not_given(void **state)
{
    (void)state;
    mst_unit_def unit = {0};
    unit.item.id = "alpha";
    mst_fields_blank(mst_fields_unit, &unit);
    for (const muster_field *row = mst_fields_unit; row->key; row++)
        assert_false(mst_fields_given(row, &unit));
    assert_string_equal(unit.item.id, "alpha");
    unit.own.margin = 1.37;
    assert_true(mst_fields_given(mst_fields_row(mst_fields_unit, ""), &unit));
}

static void test_fields__a_units_own_figures_get_no_defaults(void **state)
{
    (void)state;
    mst_unit_def unit = {0};
    mst_fields_blank(mst_fields_unit, &unit);
    mst_fields_default(mst_fields_unit, &unit);
    assert_near(unit.fuel_frac, 1.0, 0.0);
    assert_true(isnan(unit.own.margin)); /* else it would hide its class's 1.37 */
    assert_int_equal(unit.own.craft, -1);
}

static void test_fields__inherit_fills_only_what_is_missing(void **state)
{
    (void)state;
    const char *const kit[] = {"hull-sonar"};
    mst_class_def parent = {0}, child = {0};
    mst_fields_blank(mst_fields_class, &parent);
    mst_fields_blank(mst_fields_class, &child);
    parent.max_speed_mps = 12.3;
    parent.fuel_kg = 181000.0;
    parent.name = "parent";
    parent.range_assumed = 1;
    parent.kit = (mst_list){.item = (void *)(uintptr_t)kit, .count = 1, .capacity = 1};
    child.max_speed_mps = 14.7;
    child.range_assumed = 0;
    mst_fields_inherit(mst_fields_class, &child, &parent);
    assert_near(child.max_speed_mps, 14.7, 0.0);
    assert_near(child.fuel_kg, 181000.0, 0.0);
    assert_string_equal(child.name, "parent");
    assert_int_equal(child.range_assumed, 0);
    assert_int_equal(child.kit.count, 1);
    assert_true(isnan(child.range_m));
}

static void test_fields__find_takes_other_units_of_a_quantity(void **state)
{
    (void)state;
    mst_unit_def unit = {0};
    double si = 0.0;
    void *holder = &unit;
    const muster_field *row = mst_fields_find(mst_fields_unit, "max_speed_kmh", &holder, &si);
    assert_string_equal(row->key, "max_speed_kn");
    assert_near(si, 1.0 / 3.6, 1e-16);
    assert_ptr_equal(holder, &unit.own); /* into the inline part */
    holder = &unit;
    row = mst_fields_find(mst_fields_unit, "name", &holder, &si);
    assert_ptr_equal(holder, &unit); /* its own name, not its class's */
    assert_int_equal(row->offset, offsetof(mst_unit_def, name));
    assert_null(mst_fields_find(mst_fields_unit, "max_speed_t", &holder, &si));
    assert_null(mst_fields_find(mst_fields_unit, "speed_kn", &holder, &si));
    assert_null(mst_fields_find(mst_fields_unit, "fuel_fraction", &holder, &si));
    assert_null(mst_fields_find(mst_fields_unit, "", &holder, &si));
}

static void test_fields__keys_stay_within_their_room(void **state)
{
    (void)state;
    const char *keys[200];
    const int32_t all = mst_fields_keys(mst_fields_unit, keys, 200);
    const int32_t own = mst_fields_keys(mst_fields_class, keys, 200);
    assert_true(all > own && own > 25);
    keys[3] = "untouched";
    assert_int_equal(mst_fields_keys(mst_fields_unit, keys, 3), 3);
    assert_string_equal(keys[3], "untouched");
}

/* ---- values as text --------------------------------------------------------------------------- */

static void test_fields__write_gives_back_what_was_written(void **state)
{
    (void)state;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    const muster_field *const speed = mst_fields_row(mst_fields_class, "max_speed_kn");
    /* 17.1 * 1852/3600 / (1852/3600) is not 17.1 in binary; the text must be. */
    for (int tenths = 1; tenths < 400; tenths++) {
        char wanted[40];
        const double value = tenths / 10.0 * mst_field_si(speed);
        snprintf(wanted, sizeof wanted, "%.*f kn", tenths % 10 == 0 ? 0 : 1, tenths / 10.0);
        assert_string_equal(mst_field_write(&arena, speed, &value), wanted);
    }
    const muster_time span = 38 * MUSTER_HOUR + 15 * MUSTER_MINUTE;
    const int32_t choice = 2, yes = 1;
    const mst_ref ref = {"najin", -1, {NULL, 0}};
    const int64_t none = MST_INT_NONE;
    assert_string_equal(
        mst_field_write(&arena, mst_fields_row(mst_fields_class, "turnaround"), &span),
        "\"38 h 15 min\"");
    assert_string_equal(mst_field_write(&arena, mst_fields_row(mst_fields_class, "craft"), &choice),
                        "\"helicopter\"");
    assert_string_equal(mst_field_write(&arena, mst_fields_row(mst_fields_unit, "class"), &ref),
                        "\"najin\"");
    assert_string_equal(
        mst_field_write(&arena, mst_fields_row(mst_fields_class, "sea_state_limit"), &none),
        "not given");
    assert_string_equal(mst_field_write(&arena, mst_fields_row(mst_fields_unit, "took_part"), &yes),
                        "true");
    muster_interval moment;
    assert_true(muster_time_read("2023-07-15T09:45+08:00", 0, &moment));
    assert_string_equal(
        mst_field_write(&arena, mst_fields_row(mst_fields_group, "depart"), &moment),
        "\"2023-07-15 09:45+08:00\"");
    mst_arena_clear(&arena);
}

static void test_fields__check_holds_to_range_at_both_ends(void **state)
{
    (void)state;
    const muster_field row = {
        .key = "speed_kn", .kind = MUSTER_FIELD_REAL, .unit = "kn", .min = 0.1, .max = 80.0};
    const muster_field above = {
        .key = "cap_need", .kind = MUSTER_FIELD_REAL, .max = 1.0, .flags = MUSTER_FIELD_ABOVE};
    const double kn = 1852.0 / 3600.0;
    const mst_place place = {"drill.cfg", 57};
    muster_diags *const diags = muster_diags_create(NULL);
    assert_true(mst_field_check(&row, &(mst_value){.real = 80.0 * kn}, place, "p", diags));
    assert_true(mst_field_check(&row, &(mst_value){.real = 0.1 * kn}, place, "p", diags));
    assert_true(mst_field_check(&above, &(mst_value){.real = 1e-9}, place, "p", diags));
    assert_int_equal(muster_diags_error_count(diags), 0);
    assert_false(mst_field_check(&row, &(mst_value){.real = 1400.0 * kn}, place, "p", diags));
    assert_false(mst_field_check(&above, &(mst_value){.real = 0.0}, place, "p", diags));
    assert_false(
        mst_field_check(&above, &(mst_value){.real = (double)INFINITY}, place, "p", diags));
    assert_int_equal(muster_diags_count(diags), 3);
    assert_string_equal(muster_diags_at(diags, 0)->message,
                        "'speed_kn' = 1400 kn is outside [0.1, 80] kn");
    assert_int_equal(muster_diags_at(diags, 0)->line, 57);
    assert_string_equal(muster_diags_at(diags, 1)->message, "'cap_need' = 0 is outside (0, 1]");
    assert_string_equal(muster_diags_at(diags, 2)->message, "'cap_need' is not a finite number");
    muster_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields__every_row_is_whole),
        cmocka_unit_test(test_fields__choices_match_their_enumerations),
        cmocka_unit_test(test_fields__defaults_are_those_of_the_definitions),
        cmocka_unit_test(test_fields__blank_is_not_given),
        cmocka_unit_test(test_fields__a_units_own_figures_get_no_defaults),
        cmocka_unit_test(test_fields__inherit_fills_only_what_is_missing),
        cmocka_unit_test(test_fields__find_takes_other_units_of_a_quantity),
        cmocka_unit_test(test_fields__keys_stay_within_their_room),
        cmocka_unit_test(test_fields__write_gives_back_what_was_written),
        cmocka_unit_test(test_fields__check_holds_to_range_at_both_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
