/* A coding as the changes that make it: rules that are its only ones, then its own lines. */
#include "model/coding.h"

#include <string.h>

static bool is_listed(const mst_list *ids, const char *id)
{
    for (int32_t i = 0; i < ids->count; i++)
        if (strcmp(*MST_AT(const char *const, ids, i), id) == 0)
            return true;
    return false;
}

int32_t mst_coding_lines(const mst_spec *spec, const mst_coding_def *coding, mst_arena *arena,
                         const char ***out)
{
    const mst_list *rules = &spec->alignment.rules;
    const size_t most = (size_t)rules->count + (size_t)coding->changes.count;
    const char **line = mst_arena_array(arena, most + 1, sizeof *line);
    int32_t count = 0;
    if (!line)
        return -1;
    for (int32_t i = 0; coding->only.count > 0 && i < rules->count; i++) {
        const mst_rule_def *rule = MST_AT(const mst_rule_def, rules, i);
        if (rule->stage == MST_ABLE || !rule->item.id)
            continue;
        line[count] = mst_arena_printf(arena, "alignment.rules.%s.off = %s", rule->item.id,
                                       is_listed(&coding->only, rule->item.id) ? "false" : "true");
        if (!line[count++])
            return -1;
    }
    for (int32_t i = 0; i < coding->changes.count; i++)
        line[count++] = *MST_AT(const char *const, &coding->changes, i);
    *out = line;
    return count;
}
