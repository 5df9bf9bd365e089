/** @file utf8.h
 * One code point at a time.
 */
#ifndef MST_BASE_UTF8_H
#define MST_BASE_UTF8_H

#include "muster/base.h"

/**
 * Reads the code point at bytes[0] (RFC 3629: no overlong forms, no surrogates).
 * @return its length in bytes, 1..4; 0 when it is not valid or left is 0
 */
size_t mst_utf8_read(const char *bytes, size_t left, uint32_t *out_code);

/** Columns of a code point: 0 for marks that combine and for control characters, 2 for wide. */
int32_t mst_utf8_columns(uint32_t code);

#endif
