/** @file markdown.h
 * The field reference of scenarios/README.md, written from the field tables.
 */
#ifndef MST_MODEL_MARKDOWN_H
#define MST_MODEL_MARKDOWN_H

#include "base/text.h"
#include "model/kinds.h"

/**
 * Writes every section of a scenario file as a heading and a table of its keys.
 * @param[in]  kinds  activities whose own keys are listed, too; may be null
 * @param[out] out    text->failed when memory was short
 */
void mst_fields_markdown(const mst_kinds *kinds, mst_text *out);

#endif
