#include "model/setting.h"

#include "base/format.h"

#include <math.h>
#include <string.h>

static int32_t named(const mst_figures *figures, const char *name)
{
    for (int32_t i = 0; i < figures->count; i++)
        if (strcmp(figures->name[i], name) == 0)
            return i;
    return -1;
}

int32_t mst_setting_state(const mst_setting *setting, const char *id)
{
    for (int32_t i = 0; i < setting->state_count; i++)
        if (strcmp(setting->state[i], id) == 0)
            return i;
    return -1;
}

static double take(const mst_figures *figures, const mst_dates *dates, size_t at)
{
    if (dates->is_read)
        dates->is_read[at] = 1;
    return figures->value[at];
}

double mst_setting_attribute(const mst_setting *setting, const char *name, int32_t state)
{
    const mst_figures *const figures = &setting->attribute;
    const int32_t k = named(figures, name);
    return k < 0 ? (double)NAN
                 : take(figures, &setting->attribute_dates,
                        (size_t)state * (size_t)figures->count + (size_t)k);
}

static double pair_value(const mst_setting *setting, const mst_figures *figures,
                         const mst_dates *dates, const char *name, int32_t from, int32_t to)
{
    const size_t n = (size_t)setting->state_count;
    const int32_t k = named(figures, name);
    return k < 0 ? (double)NAN
                 : take(figures, dates, ((size_t)k * n + (size_t)from) * n + (size_t)to);
}

double mst_setting_mutual(const mst_setting *setting, const char *name, int32_t a, int32_t b)
{
    return pair_value(setting, &setting->mutual, &setting->mutual_dates, name, a, b);
}

double mst_setting_directed(const mst_setting *setting, const char *name, int32_t from, int32_t to)
{
    return pair_value(setting, &setting->directed, &setting->directed_dates, name, from, to);
}

/* Whether there is anything is no reading of a value: is_read stays as it is. */
static mst_setting unnoted(const mst_setting *setting)
{
    mst_setting copy = *setting;
    copy.attribute_dates.is_read = copy.mutual_dates.is_read = NULL;
    return copy;
}

bool mst_setting_has_attribute(const mst_setting *setting, const char *name)
{
    const mst_setting look = unnoted(setting);
    for (int32_t i = 0; i < setting->state_count; i++)
        if (!isnan(mst_setting_attribute(&look, name, i)))
            return true;
    return false;
}

bool mst_setting_has_mutual(const mst_setting *setting, const char *name)
{
    const mst_setting look = unnoted(setting);
    for (int32_t a = 0; a < setting->state_count; a++)
        for (int32_t b = 0; b < a; b++)
            if (!isnan(mst_setting_mutual(&look, name, a, b)))
                return true;
    return false;
}

double mst_setting_distance_nm(const mst_setting *setting, int32_t asked)
{
    if (!setting->distance_nm)
        return (double)NAN;
    /* of tables: it was worked out of these two, whose year is then named */
    (void)mst_setting_attribute(setting, MST_BASE_LAT, setting->candidate[asked]);
    (void)mst_setting_attribute(setting, MST_BASE_LON, setting->candidate[asked]);
    return setting->distance_nm[asked];
}

int32_t mst_setting_number(const mst_setting *setting, int32_t state)
{
    return setting->number ? setting->number[state] : state;
}

bool mst_reply_add(mst_reply *reply, mst_arena *arena, const char *label, double value,
                   const char *unit, const char *words, ...)
{
    mst_finding *finding = mst_list_add(arena, &reply->finding, sizeof *finding);
    va_list arguments;
    if (!finding)
        return false;
    *finding = (mst_finding){.label = label, .value = value, .unit = unit};
    va_start(arguments, words);
    finding->words = mst_arena_vprintf(arena, words, arguments);
    va_end(arguments);
    return finding->words != NULL;
}

void mst_reply_missing(mst_reply *reply, const mst_setting *setting, const char *reason)
{
    reply->missing = reason;
    for (int32_t i = 0; i < setting->candidate_count; i++)
        reply->answer[i] = (mst_answer){(double)NAN, (double)NAN, -1, false, reason};
}
