/* gzip by zlib, base64 by hand: three bytes are four letters. */
#include "cli/pack.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

char *cli_pack_base64(const void *bytes, size_t length, size_t *out_length)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *in = bytes;
    if (length > (SIZE_MAX - 5) / 4 * 3)
        return NULL;
    const size_t groups = (length + 2) / 3;
    char *out = malloc(groups * 4 + 1);
    if (!out)
        return NULL;
    for (size_t g = 0; g < groups; g++) {
        const size_t at = g * 3, left = length - at;
        const uint32_t three = (uint32_t)in[at] << 16 |
                               (left > 1 ? (uint32_t)in[at + 1] << 8 : 0U) |
                               (left > 2 ? (uint32_t)in[at + 2] : 0U);
        out[g * 4] = letters[three >> 18];
        out[g * 4 + 1] = letters[three >> 12 & 63U];
        out[g * 4 + 2] = '=';
        out[g * 4 + 3] = '=';
        if (left > 1)
            out[g * 4 + 2] = letters[three >> 6 & 63U];
        if (left > 2)
            out[g * 4 + 3] = letters[three & 63U];
    }
    out[groups * 4] = '\0';
    if (out_length)
        *out_length = groups * 4;
    return out;
}

char *cli_pack(const void *bytes, size_t length, size_t *out_length)
{
    enum { GZIP_WINDOW = 15 + 16, MOST_MEMORY = 9 };
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (length > UINT_MAX || deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW,
                                          MOST_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    const uLong room = deflateBound(&stream, (uLong)length);
    unsigned char *packed = room <= UINT_MAX ? malloc(room) : NULL;
    char *text = NULL;
    if (packed) {
        unsigned char none = 0; /* zlib writes through no pointer to what it reads */
        stream.next_in = length > 0 ? (z_const Bytef *)(uintptr_t)bytes : &none;
        stream.avail_in = (uInt)length;
        stream.next_out = packed;
        stream.avail_out = (uInt)room;
        if (deflate(&stream, Z_FINISH) == Z_STREAM_END)
            text = cli_pack_base64(packed, stream.total_out, out_length);
    }
    deflateEnd(&stream);
    free(packed);
    return text;
}
