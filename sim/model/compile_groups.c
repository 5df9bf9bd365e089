/* Groups: as in the file, and made ones for ships that would else have no way to sail. */
#include "model/build.h"

#include "model/spots.h"

#include <string.h>

/* Ways of a group: its points in order, then the muster point. */
static bool build_legs(mst_builder *b, const mst_list *via, mst_group_row *row)
{
    const int32_t points = via ? via->count : 0;
    int32_t *leg_to = MST_NEW(b, int32_t, points + 1);
    muster_time *leg_at = MST_NEW(b, muster_time, points + 1);
    if (!leg_to || !leg_at)
        return false;
    for (int32_t i = 0; i < points; i++) {
        const mst_via_def *def = MST_AT(const mst_via_def, via, i);
        leg_to[i] = mst_spots_find(b->model->spot, b->model->spot_count, -1,
                                   (muster_point){def->lat_deg, def->lon_deg});
        leg_at[i] = def->at.from; /* MUSTER_NEVER: no time to keep */
    }
    row->leg_count = points;
    if (row->drill >= 0) {
        leg_to[points] = b->model->drill[row->drill].muster_spot;
        leg_at[points] = MUSTER_NEVER;
        row->leg_count++;
    }
    row->leg_to = leg_to;
    row->leg_at = leg_at;
    return true;
}

static void add_member(const mst_builder *b, int32_t def, int32_t *member, int32_t *count)
{
    for (int32_t k = 0; def >= 0 && k < b->unit_number[def]; k++)
        member[(*count)++] = b->unit_first[def] + k;
}

/* Members with the guide first; ships that an entry makes none of are not there. */
static bool build_members(mst_builder *b, const mst_group_def *def, mst_group_row *row)
{
    const int32_t guide = mst_ref_unit(b->spec, &def->guide);
    int32_t room = guide >= 0 ? b->unit_number[guide] : 0;
    for (int32_t i = 0; i < def->members.count; i++) {
        const int32_t unit = mst_ref_unit(b->spec, MST_AT(const mst_ref, &def->members, i));
        room += unit >= 0 ? b->unit_number[unit] : 0;
    }
    int32_t *member = MST_NEW(b, int32_t, room);
    if (!member)
        return false;
    add_member(b, guide, member, &row->member_count);
    for (int32_t i = 0; i < def->members.count; i++) {
        const int32_t unit = mst_ref_unit(b->spec, MST_AT(const mst_ref, &def->members, i));
        if (unit != guide)
            add_member(b, unit, member, &row->member_count);
    }
    row->member = member;
    return true;
}

static bool build_group(mst_builder *b, const mst_group_def *def, mst_group_row *row)
{
    *row = (mst_group_row){
        .id = mst_name_of(NULL, &def->item),
        .name = mst_name_of(def->name, &def->item),
        .def = def,
        .drill = mst_ref_drill(b->spec, &def->drill),
        .depart = def->depart.from,
        .arrive = def->arrive.from,
        .allow_max_speed = def->allow_max_speed == 1,
    };
    if (!build_members(b, def, row) || !build_legs(b, &def->via, row))
        return false;
    row->state = row->member_count > 0 ? b->model->unit[row->member[0]].state : -1;
    return true;
}

/* True if a group for that drill has the unit already. */
static bool is_grouped(const mst_group_row *row, int32_t count, int32_t drill, int32_t unit)
{
    for (int32_t g = 0; g < count; g++)
        for (int32_t i = 0; row[g].drill == drill && i < row[g].member_count; i++)
            if (row[g].member[i] == unit)
                return true;
    return false;
}

/* Ships of one contingent and one home that are in no group, as many as sail as one. */
static int32_t collect(const mst_builder *b, const mst_group_row *row, int32_t count, int32_t drill,
                       int32_t like, int32_t *member)
{
    const mst_drill_row *d = &b->model->drill[drill];
    const mst_unit_row *unit = b->model->unit;
    int32_t found = 0;
    for (int32_t i = 0; i < d->contingent_count && found < MST_MEMBERS_MAX; i++) {
        const int32_t u = d->contingent[i];
        bool twice = false;
        for (int32_t k = 0; k < found; k++)
            twice = twice || member[k] == u;
        if (!twice && unit[u].domain == MST_NAVAL && unit[u].state == unit[like].state &&
            unit[u].home == unit[like].home && !is_grouped(row, count, drill, u))
            member[found++] = u;
    }
    return found;
}

static bool make_group(mst_builder *b, int32_t drill, int32_t like, mst_group_row *row,
                       int32_t *count)
{
    const mst_unit_row *unit = &b->model->unit[like];
    const mst_state_row *state = &b->model->state[unit->state];
    const char *base = unit->home >= 0 ? b->model->spot[unit->home].name : "no base";
    int32_t *member = MST_NEW(b, int32_t, b->model->drill[drill].contingent_count);
    if (!member)
        return false;
    const int32_t found = collect(b, row, *count, drill, like, member);
    int32_t before = 0; /* groups of that port already: the next one is numbered */
    for (int32_t g = 0; g < *count; g++)
        before += row[g].is_made && row[g].drill == drill && row[g].state == unit->state &&
                  b->model->unit[row[g].member[0]].home == unit->home;
    mst_group_row *made = &row[(*count)++];
    *made = (mst_group_row){
        /* a blank cannot stand in an id of the file, so no group of it has this one */
        .id = before > 0 ? mst_arena_printf(b->arena, "%s %s %s %d", state->id, unit->def->base.id,
                                            b->model->drill[drill].id, (int)before + 1)
                         : mst_arena_printf(b->arena, "%s %s %s", state->id, unit->def->base.id,
                                            b->model->drill[drill].id),
        .name = mst_arena_printf(b->arena, "ships of %s at %s", state->name, base),
        .member = member,
        .member_count = found,
        .drill = drill,
        .state = unit->state,
        .depart = MUSTER_NEVER,
        .arrive = MUSTER_NEVER,
        .is_made = true,
    };
    return made->id && made->name && build_legs(b, NULL, made);
}

static bool make_groups(mst_builder *b, mst_group_row *row, int32_t *count)
{
    for (int32_t d = 0; d < b->model->drill_count; d++) {
        const mst_drill_row *drill = &b->model->drill[d];
        for (int32_t i = 0; i < drill->contingent_count; i++) {
            const int32_t unit = drill->contingent[i];
            if (b->model->unit[unit].domain == MST_NAVAL && b->model->unit[unit].def->base.id &&
                !is_grouped(row, *count, d, unit) && !make_group(b, d, unit, row, count))
                return false;
        }
    }
    return true;
}

/* A unit's own group is the first that has it. */
static void join_units(const mst_model *m, const mst_group_row *row, int32_t count,
                       mst_unit_row *unit)
{
    memcpy(unit, m->unit, (size_t)m->unit_count * sizeof *unit);
    for (int32_t g = count - 1; g >= 0; g--)
        for (int32_t i = 0; i < row[g].member_count; i++)
            unit[row[g].member[i]].group = g;
}

bool mst_build_groups(mst_builder *b)
{
    const mst_list *groups = &b->spec->groups;
    const int32_t most_made = b->model->drill_count * b->model->unit_count;
    int32_t count = 0;
    mst_group_row *row = MST_NEW(b, mst_group_row, groups->count + most_made);
    mst_unit_row *unit = MST_NEW(b, mst_unit_row, b->model->unit_count);
    b->group_row = MST_NEW(b, int32_t, groups->count);
    if (!row || !unit || !b->group_row)
        return false;
    for (int32_t i = 0; i < groups->count; i++) {
        if (!build_group(b, MST_AT(const mst_group_def, groups, i), &row[count]))
            return false;
        b->group_row[i] = row[count].member_count > 0 ? count++ : -1;
    }
    if (!make_groups(b, row, &count))
        return false;
    for (int32_t g = 0; g < count; g++) {
        row[g].speed_factor =
            mst_chance_dist(row[g].def ? row[g].def->speed_factor : NULL, &b->general.speed_factor);
        row[g].stream_speed = mst_streams_add(&b->streams, row[g].id, "group speed");
    }
    join_units(b->model, row, count, unit);
    b->model->unit = unit;
    b->model->group = row;
    b->model->group_count = count;
    return true;
}
