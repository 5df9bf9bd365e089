/* The command that runs a point by itself. Names and values may be anything: the shell must see them as
 * one word each. */
#include "store/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* For a POSIX shell: within '...' all is itself but '. */
static void put_word(FILE *out, const char *text)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=+,-";
    if (*text && text[strspn(text, plain)] == '\0') {
        fputs(text, out);
        return;
    }
    fputc('\'', out);
    for (; *text; text++)
        if (*text == '\'')
            fputs("'\\''", out);
        else
            fputc(*text, out);
    fputc('\'', out);
}

/* What begins with - would be taken for an option. */
static void put_file(FILE *out, const char *path)
{
    if (*path == '-')
        fputs("./", out);
    put_word(out, path);
}

static void put_set(FILE *out, const char *line)
{
    if (!line)
        return; /* keep remembers */
    fputs(" --set ", out);
    put_word(out, line);
}

/* Lines of a text, each a change. */
static void put_lines(FILE *out, mst_keep *keep, const char *lines)
{
    while (*lines) {
        const size_t length = strcspn(lines, "\n");
        put_set(out, mst_keep_printf(keep, "%.*s", (int)length, lines));
        lines += length + (lines[length] == '\n');
    }
}

static void put_factor(FILE *out, mst_keep *keep, const muster_factor *f, const char *value,
                       size_t length)
{
    put_set(out, mst_keep_printf(keep, "%s = %.*s", f->path, (int)length, value));
    for (int32_t i = 0; i < f->with_count; i++)
        put_set(out, strchr(f->with[i], '=')
                         ? f->with[i]
                         : mst_keep_printf(keep, "%s = %.*s", f->with[i], (int)length, value));
}

static void put_factors(FILE *out, mst_keep *keep, const muster_store *s, const char *literal)
{
    for (int32_t i = 0; i < s->head.factors; i++) {
        const size_t length = strcspn(literal, "\n");
        if (length > 0)
            put_factor(out, keep, &s->factor[i].public, literal, length);
        literal += length + (literal[length] == '\n');
    }
}

bool mst_store_begun_from(muster_store *s, mst_store_base *out)
{
    *out = (mst_store_base){.variant = mst_store_said(s, "variant"),
                            .set = mst_store_said(s, "set"),
                            .land = mst_store_said(s, "land")};
    return out->variant && out->set && out->land;
}

const char *mst_store_command(const muster_store *s, mst_keep *keep, const mst_store_base *base,
                              int64_t point, const char *literal)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    if (!out)
        return NULL;
    fputs("muster run ", out);
    put_file(out, s->head.scenario);
    if (*base->land) {
        fputs(" --land ", out);
        put_file(out, base->land);
    }
    if (*base->variant) {
        fputs(" --variant ", out);
        put_word(out, base->variant);
    }
    put_lines(out, keep, base->set);
    if (s->head.factors > 0)
        put_factors(out, keep, s, literal);
    else
        put_lines(out, keep, literal);
    if (s->head.replications > 0)
        fprintf(out, " --seed %" PRIu64 " --only-replication ", s->point[point].seed);
    const bool is_whole = ferror(out) == 0;
    const bool is_closed = fclose(out) == 0;
    const char *text = is_whole && is_closed ? mst_keep_text(keep, bytes) : NULL;
    free(bytes);
    return keep->failed ? NULL : text;
}
