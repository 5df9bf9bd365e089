/** @file hash.h
 * FNV-1a, 64 bit, over typed values (never over padded structs). Not cryptographic.
 */
#ifndef MST_BASE_HASH_H
#define MST_BASE_HASH_H

#include "muster/base.h"

#define MST_HASH_START UINT64_C(0xcbf29ce484222325)

uint64_t mst_hash_bytes(uint64_t hash, const void *bytes, size_t length);
uint64_t mst_hash_text(uint64_t hash, const char *text); /* final zero included; null = "" */
uint64_t mst_hash_int(uint64_t hash, int64_t value);     /* little-endian bytes            */
uint64_t mst_hash_real(uint64_t hash, double value);     /* -0 hashes as 0                 */

#endif
