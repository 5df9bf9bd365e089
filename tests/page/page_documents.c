/* Writes documents into a folder, each as NAME.json and, as people read them, NAME.txt: what the page of
 * a report is tried with. usage: page_documents FOLDER */
#include "page_documents.h"

#include "all_plots.h"
#include "muster/tell.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- shorthand ------------------------------------------------------------------------------------ */

void roles(muster_plot *plot, const char *pairs)
{
    char word[2][64];
    int taken = 0;
    while (sscanf(pairs, "%63s %63s%n", word[0], word[1], &taken) == 2) {
        muster_plot_role(plot, word[0], word[1]);
        pairs += taken;
    }
}

double uniform(dice *d)
{
    d->state ^= d->state << 13;
    d->state ^= d->state >> 7;
    d->state ^= d->state << 17;
    return (double)(d->state >> 11) / 9007199254740992.0;
}

double normal(dice *d)
{
    const double radius = sqrt(-2.0 * log(1.0 - uniform(d)));
    return radius * cos(6.283185307179586 * uniform(d));
}

/* ---- writing -------------------------------------------------------------------------------------- */

static bool write_text(const char *folder, const char *name, const char *ending, const char *text)
{
    char path[1024];
    if (!text || snprintf(path, sizeof path, "%s/%s.%s", folder, name, ending) >= (int)sizeof path)
        return false;
    FILE *file = fopen(path, "wb");
    if (!file) {
        fprintf(stderr, "cannot write %s\n", path);
        return false;
    }
    const bool is_written = fputs(text, file) >= 0;
    return fclose(file) == 0 && is_written;
}

/* Tells a document both ways, with all rows, and frees it. */
static bool write_document(const char *folder, const char *name, muster_document *document)
{
    static const muster_document_options all_rows = {.rows = -1};
    muster_diags *diags = muster_diags_create(NULL);
    char *json = muster_document_json(document, diags);
    char *text = muster_document_text(document, &all_rows, diags);
    const bool is_written =
        write_text(folder, name, "json", json) && write_text(folder, name, "txt", text);
    for (int32_t i = 0; i < muster_diags_count(diags); i++)
        fprintf(stderr, "%s: %s\n", name, muster_diags_at(diags, i)->message);
    muster_tell_free(json, NULL);
    muster_tell_free(text, NULL);
    muster_diags_free(diags);
    muster_document_free(document);
    return is_written;
}

/* What stands behind every text: markup and scripts, marks that turn the direction of text, controls,
 * bytes that are no UTF-8, formulas, letters of several scripts, and a word without end. */
static const struct {
    const char *name, *behind;
} hostile[] = {
    {"hostile-markup", "</script><script>alert(1)</script><img src=x onerror=alert(2)>&amp; ]]>"},
    {"hostile-letters",
     " \u202eabc\u202c\u2066\u2028\u2029\x01\t\n\xff\xc3 '\"` =1+1 $& \u6c34\u0645\u0627\u0621"
     "\U0001F6A2"},
    {"hostile-word", "Donaudampfschifffahrtselektrizit\u00e4tenhauptbetriebswerkbauunterbeamten_"
                     "units.najin-531.allotment"},
};

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: page_documents FOLDER\n");
        return 2;
    }
    const char *folder = argv[1];
    bool is_well = write_document(folder, "all-plots", all_plots("", NULL)) &&
                   write_document(folder, "factors-3", page_factors(3)) &&
                   write_document(folder, "factors-30", page_factors(30)) &&
                   write_document(folder, "figures", page_figures()) &&
                   write_document(folder, "options", page_options()) &&
                   write_document(folder, "empty", page_empty()) &&
                   write_document(folder, "nothing", muster_document_create(NULL, NULL));
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        is_well =
            is_well && write_document(folder, hostile[i].name, all_plots(hostile[i].behind, NULL));
    return is_well ? 0 : 1;
}
