/* Mistakes of a table: each told once, with the lines of all rows that have it. */
#include "load/table.h"

#include "base/format.h"

#include <string.h>

/* True if another line has had the words; it now has this one too. Else they are kept for the next. */
static bool is_again(mst_table *table, int32_t line, const char *words)
{
    for (int32_t i = 0; i < table->said.count; i++) {
        mst_table_said *s = MST_AT(mst_table_said, &table->said, i);
        if (strcmp(s->words, words) != 0)
            continue;
        if (line == s->last)
            return true;
        if (s->count < MST_TABLE_LINES_TOLD)
            s->again[s->count] = line;
        s->is_gapless = s->is_gapless && line == s->last + 1;
        s->last = line;
        s->count++;
        return true;
    }
    const char *kept = mst_arena_text(table->arena, words);
    mst_table_said *place = kept ? mst_list_add(table->arena, &table->said, sizeof *place) : NULL;
    if (place)
        *place = (mst_table_said){.words = kept, .first = line, .last = line, .is_gapless = true};
    return false;
}

void mst_table_vmistake(mst_table *table, int32_t line, const char *path, const char *hint,
                        const char *format, va_list arguments)
{
    char words[512];
    const mst_place place = {table->name, line};
    if (table->mistakes > MST_TABLE_MISTAKES_MAX)
        return;
    muster_text_vformat(words, sizeof words, format, arguments);
    if (table->diags && !is_again(table, line, words))
        mst_diag(table->diags, MUSTER_ERROR, place, path, hint, "%s", words);
    if (++table->mistakes == MST_TABLE_MISTAKES_MAX) {
        table->mistakes++;
        mst_diag(table->diags, MUSTER_ERROR, place, NULL, NULL,
                 "more than %d mistakes: the rest of the table is not looked at",
                 MST_TABLE_MISTAKES_MAX);
    }
}

void mst_table_mistake_at(mst_table *table, int32_t line, const char *path, const char *hint,
                          const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    mst_table_vmistake(table, line, path, hint, format, arguments);
    va_end(arguments);
}

void mst_table_mistake(mst_table *table, int32_t row, const char *path, const char *hint,
                       const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    mst_table_vmistake(table, mst_table_line(table, row), path, hint, format, arguments);
    va_end(arguments);
}

bool mst_table_is_given_up(const mst_table *table)
{
    return table->mistakes > MST_TABLE_MISTAKES_MAX;
}

/* ---- rows of one mistake ---------------------------------------------------------------------------- */

/* "line 3", "lines 3 to 25", "lines 3, 5 and 9", "lines 3, 5, 8, 12, 14 and 4 more". */
static const char *line_words(const mst_table *table, const mst_table_said *s)
{
    mst_arena *arena = table->arena;
    const int32_t shown = s->count < MST_TABLE_LINES_TOLD ? s->count : MST_TABLE_LINES_TOLD;
    if (s->count == 1)
        return mst_arena_printf(arena, "line %d", (int)s->last);
    if (s->is_gapless && s->count > 2)
        return mst_arena_printf(arena, "lines %d to %d", (int)s->again[0], (int)s->last);
    const char *words = mst_arena_printf(arena, "lines %d", (int)s->again[0]);
    for (int32_t i = 1; i < shown && words; i++)
        words = mst_arena_printf(arena, "%s%s%d", words, i + 1 == s->count ? " and " : ", ",
                                 (int)s->again[i]);
    return words && s->count > shown
               ? mst_arena_printf(arena, "%s and %d more", words, (int)(s->count - shown))
               : words;
}

void mst_table_tell_again(mst_table *table)
{
    for (int32_t i = 0; i < table->said.count; i++) {
        const mst_table_said *s = MST_AT(const mst_table_said, &table->said, i);
        const mst_place place = {table->name, s->first};
        const char *lines = s->count > 0 ? line_words(table, s) : NULL;
        /* of a list that is full some are not shown, and no note is */
        if (!lines || muster_diags_more(table->diags) > 0)
            continue;
        /* words that stand there already: the note goes behind them */
        mst_diag(table->diags, MUSTER_ERROR, place, NULL, NULL, "%s", s->words);
        mst_diag(table->diags, MUSTER_NOTE, place, NULL, NULL, "the same on %s", lines);
    }
    table->said.count = 0;
}
