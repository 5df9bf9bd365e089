/* Types and roles as symbols. Types are the field's own letters (hull classifications, squadrons' jobs);
 * each entity was looked up in MIL-STD-2525D and is drawn by a library of its symbols. */
#include "tell/symbol.h"

#include "base/format.h"

#include <string.h>

enum {
    CARRIER,
    CRUISER,
    DESTROYER,
    FRIGATE,
    CORVETTE,
    AMPHIBIOUS,
    LANDING,
    OILER,
    SUPPORT,
    TUG,
    BOAT,
    SURVEY,
    SUBMARINE,
    FIGHTER,
    BOMBER,
    ATTACK,
    TRANSPORT,
    TANKER,
    SEA_PATROL,
    EARLY_WARNING,
    HELICOPTER,
    UAV
};

static const mst_symbol symbols[] = {
    [CARRIER] = {"carrier", "30", "120100"},
    [CRUISER] = {"cruiser", "30", "120202"},
    [DESTROYER] = {"destroyer", "30", "120203"},
    [FRIGATE] = {"frigate", "30", "120204"},
    [CORVETTE] = {"corvette", "30", "120205"},
    [AMPHIBIOUS] = {"amphibious", "30", "120306"},
    [LANDING] = {"landing", "30", "120307"},
    [OILER] = {"supply", "30", "130110"},
    [SUPPORT] = {"supply", "30", "130109"},
    [TUG] = {"supply", "30", "130113"},
    [BOAT] = {"patrol", "30", "120500"},
    [SURVEY] = {"survey", "30", "130104"},
    [SUBMARINE] = {"submarine", "35", "110100"},
    [FIGHTER] = {"fighter", "01", "110104"},
    [BOMBER] = {"bomber", "01", "110103"},
    [ATTACK] = {"attack", "01", "110102"},
    [TRANSPORT] = {"transport", "01", "110107"},
    [TANKER] = {"tanker", "01", "110109"},
    [SEA_PATROL] = {"patrol", "01", "110110"},
    [EARLY_WARNING] = {"early-warning", "01", "110116"},
    [HELICOPTER] = {"helicopter", "01", "110200"},
    [UAV] = {"uav", "01", "110300"},
};

typedef struct named {
    const char *name;
    int32_t symbol;
} named;

static const named ship_types[] = {
    {"CV", CARRIER},     {"CVN", CARRIER},    {"CVL", CARRIER},    {"CVH", CARRIER},
    {"CG", CRUISER},     {"CGN", CRUISER},    {"CA", CRUISER},     {"CL", CRUISER},
    {"DD", DESTROYER},   {"DDG", DESTROYER},  {"DDH", DESTROYER},  {"DE", FRIGATE},
    {"FF", FRIGATE},     {"FFG", FRIGATE},    {"FFL", CORVETTE},   {"FS", CORVETTE},
    {"FSG", CORVETTE},   {"LCS", CORVETTE},   {"K", CORVETTE},     {"LHA", AMPHIBIOUS},
    {"LHD", AMPHIBIOUS}, {"LPD", AMPHIBIOUS}, {"LPH", AMPHIBIOUS}, {"LSD", AMPHIBIOUS},
    {"LST", LANDING},    {"LSM", LANDING},    {"LCU", LANDING},    {"LCAC", LANDING},
    {"AO", OILER},       {"AOR", OILER},      {"AOE", SUPPORT},    {"AK", SUPPORT},
    {"AKE", SUPPORT},    {"AE", SUPPORT},     {"AFS", SUPPORT},    {"ATA", TUG},
    {"ATF", TUG},        {"ATS", TUG},        {"PC", BOAT},        {"PCF", BOAT},
    {"PG", BOAT},        {"PGG", BOAT},       {"PTG", BOAT},       {"PT", BOAT},
    {"PB", BOAT},        {"OPV", BOAT},       {"AGI", SURVEY},     {"AGS", SURVEY},
    {"AGOS", SURVEY},    {"AGM", SURVEY},     {"SS", SUBMARINE},   {"SSC", SUBMARINE},
    {"SSN", SUBMARINE},  {"SSK", SUBMARINE},  {"SSG", SUBMARINE},  {"SSGN", SUBMARINE},
    {"SSB", SUBMARINE},  {"SSBN", SUBMARINE},
};

static const named air_types[] = {
    {"fighter", FIGHTER},     {"bomber", BOMBER},         {"attack", ATTACK},
    {"transport", TRANSPORT}, {"tanker", TANKER},         {"MPA", SEA_PATROL},
    {"ASW", SEA_PATROL},      {"AEW", EARLY_WARNING},     {"AWACS", EARLY_WARNING},
    {"helo", HELICOPTER},     {"helicopter", HELICOPTER}, {"UAV", UAV},
};

static const named ship_roles[] = {
    {"carrier", CARRIER},       {"oiler", OILER},
    {"supply", SUPPORT},        {"tug", TUG},
    {"submarine", SUBMARINE},   {"landing", LANDING},
    {"amphibious", AMPHIBIOUS}, {"missile-boat", BOAT},
    {"survey", SURVEY},         {"escort", FRIGATE},
    {"patrol", BOAT},
};

static const named air_roles[] = {
    {"bomber", BOMBER},       {"tanker", TANKER},   {"aew", EARLY_WARNING},
    {"mpa", SEA_PATROL},      {"fighter", FIGHTER}, {"attack", ATTACK},
    {"transport", TRANSPORT}, {"uav", UAV},         {"helicopter", HELICOPTER},
};

static int32_t find(const named *table, size_t count, const char *name)
{
    for (size_t i = 0; name && i < count; i++)
        if (strcmp(table[i].name, name) == 0)
            return table[i].symbol;
    return -1;
}

/* The first row of the table that the class has among its roles. */
static int32_t by_role(const named *table, size_t count, const mst_list *roles)
{
    for (size_t i = 0; i < count; i++)
        for (int32_t k = 0; k < roles->count; k++)
            if (strcmp(table[i].name, *MST_AT(const char *const, roles, k)) == 0)
                return table[i].symbol;
    return -1;
}

#define COUNT(table) (sizeof(table) / sizeof *(table))

const mst_symbol *mst_symbol_of(const mst_class_def *figures)
{
    const bool flies = figures->craft == MST_AIRCRAFT || figures->craft == MST_HELICOPTER;
    if (figures->craft == MST_HELICOPTER)
        return &symbols[HELICOPTER];
    if (figures->craft == MST_SUBMARINE)
        return &symbols[SUBMARINE];
    int32_t found = flies ? find(air_types, COUNT(air_types), figures->type)
                          : find(ship_types, COUNT(ship_types), figures->type);
    if (found < 0)
        found = flies ? by_role(air_roles, COUNT(air_roles), &figures->roles)
                      : by_role(ship_roles, COUNT(ship_roles), &figures->roles);
    return &symbols[found >= 0 ? found : flies ? FIGHTER : FRIGATE];
}

const char *mst_symbol_code(const mst_symbol *symbol, bool takes_part, char out[MST_SIDC_BYTES])
{
    muster_text_format(out, MST_SIDC_BYTES, "101%c%s0000%s0000", takes_part ? '3' : '4',
                       symbol->set, symbol->entity);
    return out;
}
