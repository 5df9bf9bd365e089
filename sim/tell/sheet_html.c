/* What the parts of a printed page are written with: texts of the file as HTML, and the look. */
#include "tell/sheet.h"

#include <string.h>

void mst_sheet_escaped(mst_page *page, const char *text)
{
    mst_text *out = &page->text;
    for (const char *at = text ? text : ""; *at;) {
        const size_t plain = strcspn(at, "<>&\"'");
        mst_text_add_bytes(out, at, plain);
        at += plain;
        if (*at)
            mst_text_printf(out, "&#%d;", (int)*at++);
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
