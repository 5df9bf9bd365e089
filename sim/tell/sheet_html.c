/* What the parts of a printed page are written with: texts of the file as HTML, and the look. */
#include "tell/sheet.h"

#include <string.h>

static bool is_in_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (unsigned char)c >= 0x80;
}

/* Does a name that the file shows otherwise begin here? The longest; 0: none. */
static size_t renamed(const mst_page *page, const char *text, const char *at, const char **shown)
{
    const mst_list *all = &page->spec->scenario.names;
    size_t longest = 0;
    if (at > text && is_in_word(at[-1]))
        return 0;
    for (int32_t i = 0; i < all->count; i++) {
        const mst_names_def *names = MST_AT(const mst_names_def, all, i);
        for (int32_t k = 0; names->shown && k < names->names.count; k++) {
            const char *name = *MST_AT(const char *const, &names->names, k);
            const size_t length = strlen(name);
            if (length > longest && strncmp(at, name, length) == 0 && !is_in_word(at[length])) {
                longest = length;
                *shown = names->shown;
            }
        }
    }
    return longest;
}

/* Nothing in a text can be an element. */
static void add_escaped(mst_text *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (strchr("<>&\"'", text[i]))
            mst_text_printf(out, "&#%d;", (int)text[i]);
        else
            mst_text_add_bytes(out, text + i, 1);
}

void mst_sheet_as_written(mst_page *page, const char *text)
{
    add_escaped(&page->text, text, strlen(text));
}

void mst_sheet_escaped(mst_page *page, const char *text)
{
    for (const char *at = text ? text : ""; *at;) {
        const char *shown = NULL;
        const size_t length = renamed(page, text, at, &shown);
        add_escaped(&page->text, shown ? shown : at, shown ? strlen(shown) : 1);
        at += shown ? length : 1;
    }
}

void mst_sheet_said(mst_page *page, const char *text)
{
    mst_text_add(&page->text, "<bdi>");
    mst_sheet_escaped(page, text);
    mst_text_add(&page->text, "</bdi>");
}

void mst_sheet_element(mst_page *page, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    mst_text_printf(&page->text, "<%s>", name);
    mst_sheet_said(page, text);
    mst_text_printf(&page->text, "</%.*s>\n", (int)strcspn(name, " "), name);
}

void mst_sheet_part(mst_page *page, const char *what, const char *text)
{
    if (!text || !*text)
        return;
    mst_text_printf(&page->text, "<p><b>%s</b> ", what);
    mst_sheet_said(page, text);
    mst_text_add(&page->text, "</p>\n");
}

void mst_sheet_list(mst_page *page, const char *title, const mst_list *texts)
{
    if (texts->count == 0)
        return;
    mst_text_printf(&page->text, "<h2>%s</h2>\n<ul>\n", title);
    for (int32_t i = 0; i < texts->count; i++)
        mst_sheet_element(page, "li", *MST_AT(const char *const, texts, i));
    mst_text_add(&page->text, "</ul>\n");
}

const char mst_sheet_style[] =
    "@page{size:A4;margin:14mm}"
    "body{font:9.5pt/1.3 'Liberation Sans',Arial,sans-serif;color:#000;background:#fff;"
    "max-width:190mm;margin:0 auto;padding:4mm}"
    "h1{font-size:17pt;margin:0 0 1mm}h2{font-size:12pt;margin:4mm 0 "
    "1mm}h3{font-size:10.5pt;margin:0}"
    "p{margin:.6mm 0}ul{margin:1mm 0;padding-left:5mm}"
    "table{border-collapse:collapse;width:100%;margin:1mm 0}"
    "th,td{border-top:.3pt solid #555;padding:1mm 1.5mm;text-align:left;vertical-align:top}"
    "th{border-top-width:1pt}caption{text-align:left;font-weight:bold;padding:1mm 0}"
    "td.n,th.n{text-align:right;white-space:nowrap}.page{break-before:page}"
    ".steps th:nth-child(2){width:42%}.steps "
    "th:first-child{width:10mm}tr{break-inside:avoid}.box{display:inline-block;width:22mm;height:"
    "8mm;border:.6pt solid #000}"
    ".note{font-style:italic}.small{font-size:9pt}.before{border:.8pt solid #000;padding:1mm "
    "3mm;margin:2mm 0;break-inside:avoid}.before ol{margin:1mm 0;padding-left:5mm}code{font:9pt "
    "'Liberation Mono',monospace}.words td:first-child{white-space:nowrap;width:40mm;font-weight:"
    "bold}.role{border-top:.6pt dashed #000;padding:3mm 0;break-inside:avoid}.role "
    "h1{font-size:13pt}";
