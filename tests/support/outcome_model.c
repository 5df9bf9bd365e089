#include "outcome_model.h"

#include "row_make.h"
#include "test.h"

#include "align/registry.h"
#include "base/units.h"

#include <string.h>

static const mst_kinds kinds = {.activity = NULL, .align = mst_aligns};
static const char *const words[] = {"escort", "oiler", "sonar"};
static const char *const attribute_names[] = {"norm", "cost"};
static const char *const mutual_names[] = {"align", "pact"};
static const char *const directed_names[] = {"sway"};
static const char *const drill_value_names[] = {"visibility", "cap_need", "host_count", "load"};

/* Factors of the rules, as their names would be read. */
static const mst_factor tie_align[] = {{MST_READS_TIE, ALIGN, "tie.align"}};
static const mst_factor cand_norm[] = {{MST_READS_CAND, NORM, "cand.norm"}};
static const mst_factor cand_cost[] = {{MST_READS_CAND, COST, "cand.cost"}};
static const mst_factor from_sway[] = {{MST_READS_FROM_HOST, 0, "from_host.sway"}};
static const mst_factor to_sway[] = {{MST_READS_TO_HOST, 0, "to_host.sway"}};
static const mst_factor seen_cost[] = {{MST_READS_DRILL, MST_DRILL_VISIBILITY, "drill.visibility"},
                                       {MST_READS_HOST, COST, "host.cost"}};
static const mst_factor load[] = {{MST_READS_DRILL, LOAD, "drill.load"}};
static const mst_factor kit[] = {{MST_READS_FLEET, 0, "fleet.kit"}};
static const mst_factor need[] = {{MST_READS_DRILL, MST_DRILL_CAP_NEED, "drill.cap_need"}};

muster_time outcome_hour(const outcome_model *m, double hour)
{
    return m->model.start + (muster_time)(hour * (double)MUSTER_HOUR);
}

static void fill_rule(outcome_model *m, int32_t i, const char *id, mst_stage stage, int32_t form,
                      double weight)
{
    m->rule[i] = (mst_rule_row){.id = id,
                                .label = id,
                                .stage = stage,
                                .form = form,
                                .weight = weight,
                                .at = 0.5,
                                .scale = 0.1,
                                .term = m->term[i]};
}

static void fill_term(outcome_model *m, int32_t rule, double plus, double times,
                      const mst_factor *factor, int32_t count)
{
    m->term[rule][m->rule[rule].term_count++] = (mst_rule_term){plus, times, factor, count};
}

static void fill_rules(outcome_model *m)
{
    fill_rule(m, 0, "close", MST_ADMIT, MST_FORM_PRODUCT, 1.0);
    fill_term(m, 0, 0.0, 1.0, tie_align, 1);
    fill_rule(m, 1, "blame", MST_ADMIT, MST_FORM_PRODUCT, -0.7);
    fill_term(m, 1, 0.0, 1.0, cand_norm, 1);
    fill_term(m, 1, 0.0, 1.0, from_sway, 1);
    fill_rule(m, 2, "seen", MST_ADMIT, MST_FORM_PRODUCT, -0.9);
    fill_term(m, 2, 0.05, 0.75, seen_cost, 2);
    fill_rule(m, 3, "adds", MST_ADMIT, MST_FORM_MIN_RATIO, 0.5);
    fill_term(m, 3, 0.0, 1.0, load, 1);
    fill_term(m, 3, 0.0, 1.0, kit, 1);
    fill_term(m, 3, 0.0, 1.0, need, 1);
    fill_rule(m, 4, "gain", MST_ACCEPT, MST_FORM_LINEAR, 0.6);
    fill_term(m, 4, 0.0, 1.0, cand_cost, 1);
    fill_rule(m, 5, "fear", MST_ACCEPT, MST_FORM_PRODUCT, -0.4);
    m->rule[5].over = MST_OVER_SUM;
    fill_term(m, 5, 0.0, 1.0, to_sway, 1);
    fill_term(m, 5, 0.0, 1.0, tie_align, 1);
    fill_rule(m, 6, "pride", MST_ACCEPT, MST_FORM_LOGISTIC, -0.35);
    fill_term(m, 6, 0.0, 1.0, cand_norm, 1);
    m->model.rule = m->rule;
    m->model.rule_count = RULES;
}

static void set_align(outcome_model *m, int32_t a, int32_t b, double value)
{
    m->mutual[(ALIGN * STATES + a) * STATES + b] = value;
    m->mutual[(ALIGN * STATES + b) * STATES + a] = value;
}

static void fill_values(outcome_model *m)
{
    static const char *const ids[] = {"AAA", "BBB", "CCC"};
    static const int32_t ends[3][2] = {{AAA, BBB}, {CCC, AAA}, {BBB, CCC}};
    static const char *const ties[] = {"AAA-BBB", "CCC-AAA", "BBB-CCC"};
    static const double attributes[] = {0.13, 0.71, 0.22, 0.58, 0.83, 0.37};
    for (int32_t i = 0; i < STATES; i++)
        m->state[i] = (mst_state_row){.id = ids[i],
                                      .name = ids[i],
                                      .index_cap = (double)NAN,
                                      .index_reach = (double)NAN,
                                      .pool_kg = (double)NAN,
                                      .pool_kgps = (double)NAN,
                                      .unit_count = 1};
    memcpy(m->attribute, attributes, sizeof attributes);
    set_align(m, AAA, BBB, 0.81);
    set_align(m, AAA, CCC, 0.47);
    set_align(m, BBB, CCC, 0.62);
    m->directed[AAA * STATES + CCC] = 0.53; /* sway of a host over the candidate */
    m->directed[BBB * STATES + CCC] = 0.29;
    m->directed[CCC * STATES + AAA] = 0.41; /* and as the candidate feels it */
    m->directed[CCC * STATES + BBB] = 0.17;
    m->drill_value[MST_DRILL_VISIBILITY] = 0.64;
    m->drill_value[MST_DRILL_CAP_NEED] = 0.35;
    m->drill_value[MST_DRILL_HOST_COUNT] = 2.0;
    m->drill_value[LOAD] = 0.36;
    for (int32_t i = 0; i < 3; i++)
        m->tie[i] = (mst_tie_def){
            .item = {.id = ties[i]}, .a = {.id = ids[ends[i][0]]}, .b = {.id = ids[ends[i][1]]}};
    m->spec.ties = (mst_list){.item = m->tie, .count = 3, .capacity = 3};
    m->fleet[CCC] = (mst_fleet_reading){.is_fleet = 1, .is_assessed = 1, .kit = 0.21};
    m->fleet[AAA] = m->fleet[BBB] =
        (mst_fleet_reading){.is_fleet = 1, .is_assessed = 1, .kit = 1.0, .cap = 1.0, .p_able = 1.0};
}

static void fill_ship(outcome_model *m, int32_t i, const char *id, int32_t state, uint64_t roles,
                      double tank_kg, double max_kn)
{
    m->unit_def[i] = (mst_unit_def){.item = {.id = id}, .allotment_kg = (double)NAN};
    m->unit[i] =
        make_ship(id, state, state == AAA ? HOME_A : HOME_B, tank_kg, 4000.0, 13.0, max_kn);
    m->unit[i].def = &m->unit_def[i];
    m->unit[i].roles = roles;
}

static void fill_units(outcome_model *m)
{
    static const int32_t west[] = {ALPHA, AZURE}, east[] = {BRAVO};
    fill_ship(m, ALPHA, "alpha", AAA, 1, 500e3, 31.0);
    fill_ship(m, AZURE, "azure", AAA, 2, 300e3, 19.0);
    fill_ship(m, BRAVO, "bravo", BBB, 1, 700e3, 29.0);
    fill_ship(m, CARBO, "carbo", CCC, 1, 180e3, 26.0);
    m->unit_def[HAWKS] = (mst_unit_def){.item = {.id = "hawks"}, .allotment_kg = (double)NAN};
    m->unit[HAWKS] = make_squadron("hawks", BBB, HOME_B, 6000.0);
    m->unit[HAWKS].def = &m->unit_def[HAWKS];
    m->unit[HAWKS].roles = 4;
    m->unit[HAWKS].count = 5;
    m->unit[HAWKS].serviceable = 3;
    m->unit[HAWKS].readiness = 0.6;
    m->unit[HAWKS].flight = (mst_flight){6000.0, 360.0, 1.9, 0.4, 800.0, 210.0, 10800.0, 3.0};
    m->unit[ALPHA].group = m->unit[AZURE].group = WEST;
    m->unit[BRAVO].group = EAST;
    m->group[WEST] = (mst_group_row){
        .id = "west", .name = "west", .member = west, .member_count = 2, .drill = 0, .state = AAA};
    m->group[EAST] = (mst_group_row){
        .id = "east", .name = "east", .member = east, .member_count = 1, .drill = 0, .state = BBB};
}

static void fill_serial(outcome_model *m, int32_t i, const char *id, double weight, double p0,
                        uint32_t parts, int32_t min_states)
{
    m->serial[i] = (mst_serial_row){.id = id,
                                    .name = id,
                                    .drill = 0,
                                    .after = -1,
                                    .start = 4 * MUSTER_HOUR,
                                    .length = 6 * MUSTER_HOUR,
                                    .weight = weight,
                                    .p0 = p0,
                                    .sea_limit = 9,
                                    .min_states = min_states,
                                    .need = &m->need,
                                    .need_count = 1,
                                    .parts = parts,
                                    .air = -1};
}

static void fill_drill(outcome_model *m)
{
    static const int32_t hosts[] = {AAA, BBB}, candidates[] = {CCC}, contingent[] = {HAWKS};
    static const int32_t levels[] = {0, 2, -1, 1, 0, 2}; /* AAA with BBB, in order of mst_part */
    m->slot[0] = (mst_slot_row){.is_required = true,
                                .role = 1,
                                .domain = MST_NAVAL,
                                .count = 1,
                                .min_hours_s = 24.0 * MST_H_S};
    m->slot[1] = (mst_slot_row){.for_candidate = true,
                                .role = 1,
                                .kit = 4,
                                .domain = MST_NAVAL,
                                .count = 2,
                                .min_hours_s = 24.0 * MST_H_S};
    m->air = (mst_air_row){.id = "cap",
                           .name = "cap",
                           .role = 4,
                           .spot = MUSTER,
                           .start = 10 * MUSTER_HOUR,
                           .end = 16 * MUSTER_HOUR,
                           .count = 2,
                           .on_station_s = (double)NAN};
    m->drill = (mst_drill_row){.id = "northern",
                               .name = "Northern",
                               .host = hosts,
                               .candidate = candidates,
                               .host_count = 2,
                               .candidate_count = 1,
                               .muster_spot = MUSTER,
                               .muster_at = outcome_hour(m, MUSTER_AT_H),
                               .tolerance = 2 * MUSTER_HOUR,
                               .sea_state = 2,
                               .wait = 12 * MUSTER_HOUR,
                               .end = outcome_hour(m, 160.0),
                               .decide_at = m->model.start,
                               .quorum = 1.0,
                               .min_hosts = 2,
                               .cap_need = 0.35,
                               .visibility = 0.64,
                               .mix = {1.0, 0.0},
                               .index_cap_need = 0.2,
                               .index_reach_need = 0.45,
                               .slot = m->slot,
                               .slot_count = 2,
                               .air = &m->air,
                               .air_count = 1,
                               .contingent = contingent,
                               .contingent_count = 1,
                               .serial_count = SERIALS};
    m->need = (mst_need_row){.role_name = "escort", .role = 1, .count = 1};
    fill_serial(m, 0, "manoeuvre", 1.0, 0.9,
                1u << MST_PART_DATA_LINK | 1u << MST_PART_PROCEDURES | 1u << MST_PART_LANGUAGE, 2);
    fill_serial(m, 1, "gunnery", 2.0, 0.8, 1u << MST_PART_PROCEDURES | 1u << MST_PART_RIG, 1);
    fill_serial(m, 2, "hunt", 1.5, 0.9, 0, 2);
    fill_serial(m, 3, "fuelling", 0.5, 0.9, 1u << MST_PART_FUEL_GRADE, 2);
    memcpy(&m->interop[(AAA * STATES + BBB) * MST_PART_COUNT], levels, sizeof levels);
    memcpy(&m->interop[(BBB * STATES + AAA) * MST_PART_COUNT], levels, sizeof levels);
}

static void fill_model(outcome_model *m)
{
    mst_model *k = &m->model;
    k->kinds = &kinds;
    k->spec = &m->spec;
    k->id = "handmade";
    k->tau = 0.125;
    k->constant = (mst_constants)MST_CONSTANTS;
    k->end = outcome_hour(m, 200.0);
    k->word = words;
    k->word_count = 3;
    k->state = m->state;
    k->state_count = STATES;
    k->attribute_name = attribute_names;
    k->mutual_name = mutual_names;
    k->directed_name = directed_names;
    k->drill_value_name = drill_value_names;
    k->attribute_count = ATTRIBUTES;
    k->mutual_count = MUTUALS;
    k->directed_count = 1;
    k->drill_value_count = LOAD + 1;
    k->attribute = m->attribute;
    k->mutual = m->mutual;
    k->directed = m->directed;
    k->drill_value = m->drill_value;
    k->interop = m->interop;
    k->spot = m->spot;
    k->spot_count = SPOTS;
    k->route_of = m->route_of;
    k->route_back = m->route_back;
    k->unit = m->unit;
    k->unit_count = UNITS;
    k->group = m->group;
    k->group_count = GROUPS;
    k->drill = &m->drill;
    k->drill_count = 1;
    k->serial = m->serial;
    k->serial_count = SERIALS;
    k->observation = m->observation;
}

void outcome_model_init(outcome_model *m)
{
    static const int32_t first[] = {0};
    memset(m, 0, sizeof *m);
    m->model.start = 1689000000 * MUSTER_SECOND;
    fill_model(m);
    fill_values(m);
    fill_units(m);
    fill_drill(m);
    fill_rules(m);
    for (int32_t i = 0; i < SPOTS * SPOTS; i++)
        m->route_of[i] = -1;
    /* open Pacific, far from any island of the shipped land */
    m->spot[HOME_A] = (mst_spot_row){"home A", {24.0, 187.0}, 0};
    m->spot[HOME_B] = (mst_spot_row){"home B", {31.0, 196.0}, 1};
    m->spot[SEEN] = (mst_spot_row){
        "sighting", muster_geo_destination(m->spot[HOME_A].point, 37.0, 415.0 * MUSTER_NM_M), -1};
    m->spot[MUSTER] = (mst_spot_row){
        "muster", muster_geo_destination(m->spot[SEEN].point, 61.0, 287.0 * MUSTER_NM_M), -1};
    m->run = (mst_run){.model = &m->model,
                       .clock = &m->clock,
                       .record = m->record,
                       .record_capacity = RECORDS,
                       .verdict = m->verdict,
                       .verdict_first = first,
                       .term = m->judged,
                       .fleet = m->fleet};
}

void outcome_model_routes(outcome_model *m)
{
    static const int32_t ends[3][2] = {{HOME_A, SEEN}, {SEEN, MUSTER}, {HOME_A, MUSTER}};
    const mst_geography geography = {.offing_m = 0.0};
    mst_route_wanted wanted[3];
    for (int32_t i = 0; i < 3; i++)
        wanted[i] = (mst_route_wanted){.from = m->spot[ends[i][0]].point,
                                       .to = m->spot[ends[i][1]].point,
                                       .from_name = m->spot[ends[i][0]].name,
                                       .to_name = m->spot[ends[i][1]].name};
    m->diags = muster_diags_create(NULL);
    assert_non_null(m->diags);
    assert_int_equal(mst_land_open(mst_land_bytes, mst_land_byte_count, NULL, m->diags, &m->land),
                     MUSTER_OK);
    assert_int_equal(mst_route_book_build(m->land, &geography, wanted, 3, NULL, m->diags, &m->book),
                     MUSTER_OK);
    m->model.book = m->book;
    for (int32_t i = 0; i < 3; i++)
        make_way(m->book, i, ends[i][0], ends[i][1], SPOTS, m->route_of, m->route_back);
}

void outcome_model_close(outcome_model *m)
{
    mst_route_book_free(m->book);
    mst_land_free(m->land);
    muster_diags_free(m->diags);
}

mst_record *outcome_record(outcome_model *m, double hour, mst_record_kind kind, int32_t unit,
                           int32_t a, int32_t b)
{
    mst_record *record = &m->record[m->clock.record_count++];
    *record = (mst_record){.time = outcome_hour(m, hour),
                           .kind = (int32_t)kind,
                           .unit = unit,
                           .a = a,
                           .b = b,
                           .c = -1,
                           .d = -1};
    return record;
}

void outcome_track(outcome_model *m, double hour, mst_record_kind kind, int32_t unit, int32_t a,
                   int32_t b, double speed_mps, double burn_kgps, double fuel_kg)
{
    mst_record *record = outcome_record(m, hour, kind, unit, a, b);
    record->speed_mps = speed_mps;
    record->burn_kgps = burn_kgps;
    record->fuel_kg = fuel_kg;
}

void outcome_judge(outcome_model *m)
{
    const mst_values values = {m->attribute, m->mutual, m->directed};
    const mst_align_input in = {0, &values, m->fleet, NULL, NULL};
    mst_align_output out = {.term = m->judged, .term_capacity = TERMS, .verdict = m->verdict};
    mst_aligns[0]->evaluate(&m->model, &in, &out);
}
