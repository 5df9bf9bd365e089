/** @file lesson.h
 * Injects and the lesson of a file as JSON: data that passes through to a page.
 */
#ifndef MST_TELL_LESSON_H
#define MST_TELL_LESSON_H

#include "tell/json.h"
#include "tell/page.h"

/** Member "injects": all of the file, on or off. Their notes are null for students. */
void mst_json_injects(mst_json *json, const mst_page *page);

/** Member "lesson", null where the file has none. Notes, reveals, answers and secrets are null for students. */
void mst_json_lesson(mst_json *json, const mst_page *page);

/** True if a path names a text for the instructor alone. */
bool mst_is_secret_path(const char *path);

#endif
