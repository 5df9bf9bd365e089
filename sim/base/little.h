/** @file little.h
 * Numbers as bytes, the lowest first, whatever the processor: what every binary form of the library is
 * written in and read by.
 */
#ifndef MST_BASE_LITTLE_H
#define MST_BASE_LITTLE_H

#include "muster/base.h"

/** What is written; the caller has room for it. Written twice, it needs no guess of its size: first to
 * null, which only counts. */
typedef struct mst_little {
    unsigned char *at; /* null: bytes are only counted */
    size_t count;
} mst_little;

/** The lowest bytes of a value, 1 to 8 of them. */
void mst_little_put(mst_little *out, uint64_t value, int bytes);

/** A real as its eight bytes (IEEE 754). */
void mst_little_put_real(mst_little *out, double value);

/** The letters of a text, without its zero. */
void mst_little_put_text(mst_little *out, const char *text);

/** The hash (base/hash.h) of all that was written before, eight bytes; nothing may follow. */
void mst_little_seal(mst_little *out);

/** What mst_little_put wrote, 1 to 8 bytes. */
uint64_t mst_little_read(const unsigned char *at, int bytes);

/** What mst_little_put_real wrote. */
double mst_little_read_real(const unsigned char *at);

#endif
