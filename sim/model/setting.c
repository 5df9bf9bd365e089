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

double mst_setting_attribute(const mst_setting *setting, const char *name, int32_t state)
{
    const int32_t k = named(&setting->attribute, name);
    return k < 0 ? (double)NAN
                 : setting->attribute
                       .value[(size_t)state * (size_t)setting->attribute.count + (size_t)k];
}

static double pair_value(const mst_setting *setting, const mst_figures *figures, const char *name,
                         int32_t from, int32_t to)
{
    const size_t n = (size_t)setting->state_count;
    const int32_t k = named(figures, name);
    return k < 0 ? (double)NAN : figures->value[((size_t)k * n + (size_t)from) * n + (size_t)to];
}

double mst_setting_mutual(const mst_setting *setting, const char *name, int32_t a, int32_t b)
{
    return pair_value(setting, &setting->mutual, name, a, b);
}

double mst_setting_directed(const mst_setting *setting, const char *name, int32_t from, int32_t to)
{
    return pair_value(setting, &setting->directed, name, from, to);
}

bool mst_setting_has_attribute(const mst_setting *setting, const char *name)
{
    for (int32_t i = 0; i < setting->state_count; i++)
        if (!isnan(mst_setting_attribute(setting, name, i)))
            return true;
    return false;
}

bool mst_setting_has_mutual(const mst_setting *setting, const char *name)
{
    for (int32_t a = 0; a < setting->state_count; a++)
        for (int32_t b = 0; b < a; b++)
            if (!isnan(mst_setting_mutual(setting, name, a, b)))
                return true;
    return false;
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
