/** @file pack.h
 * Bytes that a page carries: gzip (RFC 1952) in base64 (RFC 4648), as a browser unpacks them by itself.
 */
#ifndef MST_CLI_PACK_H
#define MST_CLI_PACK_H

#include <stddef.h>

/** Packs bytes; the same bytes give the same text, with no date and no name in it.
 * @param[in]  bytes   may be null if length is 0
 * @param[in]  length  in bytes
 * @param[out] out_length  of the text, in bytes; may be null
 * @return zero-terminated text, free with free(); null where memory is short */
char *cli_pack(const void *bytes, size_t length, size_t *out_length);

/** The second half alone: bytes that are packed already. */
char *cli_pack_base64(const void *bytes, size_t length, size_t *out_length);

#endif
