/** @file sheet.h
 * The printed page of a lesson: what its parts share. HTML without any script.
 */
#ifndef MST_TELL_SHEET_H
#define MST_TELL_SHEET_H

#include "tell/page.h"

extern const char mst_sheet_style[];

/** Text of the file as HTML that is nothing but text, with the names that the file shows. */
void mst_sheet_escaped(mst_page *page, const char *text);

/** The same of what is typed or read again, a file name or an id: no name in it is shown otherwise. */
void mst_sheet_as_written(mst_page *page, const char *text);

/** Text of the file: nothing in it can be an element. A text of another direction keeps it to itself. */
void mst_sheet_said(mst_page *page, const char *text);

/** An element with such a text; name may have attributes: "p class=\"note\"". Nothing for no text. */
void mst_sheet_element(mst_page *page, const char *name, const char *text);

/** A paragraph behind a word in bold; nothing for no text. */
void mst_sheet_part(mst_page *page, const char *what, const char *text);

/** A heading and the texts below it; nothing where there are none. */
void mst_sheet_list(mst_page *page, const char *title, const mst_list *texts);

/** Does any step ask for predictions? */
bool mst_sheet_asks(const mst_list *steps);

/** What an instructor makes ready before class. */
void mst_sheet_before(mst_page *page);

/** Words that the lesson uses, and the reasons that its answers rest on, in the words of who gave them. */
void mst_sheet_words(mst_page *page);

#endif
