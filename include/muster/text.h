/**
 * @file text.h
 * Numbers as text, the same in every locale, and a hash: what files and tables of ours are written
 * with.
 */
#ifndef MUSTER_TEXT_H
#define MUSTER_TEXT_H

#include "muster/base.h"

#include <stdarg.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The shortest text, at most 17 digits, that reads back to the same number.
 *
 * @param[in]  value  finite
 * @param[out] out    the text
 * @return out
 */
MUSTER_API const char *muster_text_shortest(double value, char out[32]);

/**
 * Reads a finite number with a decimal point; the whole text must be one.
 *
 * @param[in]  text  the text
 * @param[out] out   the number; untouched on failure
 * @return false when it is none
 */
MUSTER_API bool muster_text_real(const char *text, double *out);

/**
 * printf into memory with a decimal point, whatever the locale of the process is.
 *
 * Understood: flags - + blank # 0, width and precision (also *), the lengths h hh l ll j z t, and
 * d i u o x X c s p f F e E g G a A %. Not understood, and written as they stand: n, wide characters
 * and long double. Numbers have at most 160 places and are padded to 160 columns at most; texts know
 * no limit.
 *
 * @param[out] out     at most size - 1 bytes and a final zero; nothing if size is 0
 * @param[in]  size    bytes of out
 * @param[in]  format  as of printf
 * @return bytes that the whole text needs, without the final zero
 */
MUSTER_API size_t muster_text_format(char *out, size_t size, const char *format, ...)
    MUSTER_PRINTF(3, 4);
/**
 * muster_text_format with its arguments in a list.
 *
 * @param[out] out     at most size - 1 bytes and a final zero; nothing if size is 0
 * @param[in]  size    bytes of out
 * @param[in]  format  as of printf
 * @param[in]  args    of the format; undefined afterwards, as with vprintf
 * @return bytes that the whole text needs, without the final zero
 */
MUSTER_API size_t muster_text_vformat(char *out, size_t size, const char *format, va_list args)
    MUSTER_PRINTF(3, 0);

/** Where a hash begins. */
#define MUSTER_HASH_START UINT64_C(0xcbf29ce484222325)

/**
 * FNV-1a, 64 bit, not cryptographic: goes on from a hash with more bytes.
 *
 * @param[in] hash    MUSTER_HASH_START, or what an earlier call gave
 * @param[in] bytes   may be null when length is 0
 * @param[in] length  of bytes
 * @return the new hash
 */
MUSTER_API uint64_t muster_hash(uint64_t hash, const void *bytes, size_t length);

/**
 * What a name could have been meant for.
 *
 * @param[in] wanted  as written
 * @param[in] names   the known ones (count); entries may be null
 * @param[in] count   their number
 * @return index of the nearest, at most a third of its length away; -1: none is near
 */
MUSTER_API int32_t muster_text_nearest(const char *wanted, const char *const *names, int32_t count);

#ifdef __cplusplus
}
#endif
#endif
