#include "base/csv.h"

#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

void mst_csv_text(FILE *out, const char *text)
{
    if (!text[strcspn(text, ",\"\r\n")]) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

void mst_csv_number(FILE *out, double value)
{
    char text[32];
    if (isnan(value))
        return; /* missing: empty */
    if (isinf(value))
        fputs(value > 0 ? "inf" : "-inf", out);
    else
        fputs(muster_text_shortest(value, text), out);
}

void mst_csv_value(FILE *out, const muster_factor *f, const char *value, size_t length)
{
    char text[MUSTER_VALUE_BYTES + 1];
    double number = 0.0;
    muster_text_format(text, sizeof text, "%.*s", (int)length, value);
    if (length == 0)
        return;
    if (f->scale != MUSTER_SCALE_NAMES && muster_text_real(text, &number)) {
        mst_csv_number(out, number);
        return;
    }
    const bool is_quoted = length >= 2 && text[0] == '"' && text[length - 1] == '"';
    text[length - is_quoted] = '\0';
    mst_csv_text(out, text + is_quoted);
}

void mst_csv_block(FILE *out, const muster_plan_point *p,
                   const muster_factor *(*factor)(const void *of, int32_t index), const void *of,
                   int32_t factors)
{
    fputs(p->block, out);
    if (p->factor >= 0 && p->factor < factors)
        fprintf(out, " %s", factor(of, p->factor)->id);
    else if (p->factor == factors && factors > 0)
        fputs(" luck", out);
    if (strcmp(p->block, "point") != 0 && strcmp(p->block, "centre") != 0 &&
        strcmp(p->block, "one") != 0)
        fprintf(out, " %" PRId64, p->base_row + 1);
}
