/* Bytes of a page against zlib's own reading, and against the examples of RFC 4648. */
#include "test.h"

#include "cli/pack.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static void base64_is_that_of_the_standard(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t length = 99;
        char *text = cli_pack_base64(pairs[i][0], strlen(pairs[i][0]), &length);
        assert_string_equal(text, pairs[i][1]);
        assert_int_equal(length, strlen(pairs[i][1]));
        free(text);
    }
    char *high = cli_pack_base64("\xff\xfe\xfb\xef", 4, NULL);
    assert_string_equal(high, "//777w==");
    free(high);
}

static int value_of(char letter)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return (int)(strchr(letters, letter) - letters);
}

/* Unpacks by other means: digits of base 64 summed, zlib's inflate. */
static size_t unpacked(const char *text, unsigned char *out, size_t room)
{
    static unsigned char packed[1 << 20];
    size_t count = 0;
    for (size_t i = 0; text[i]; i += 4) {
        const int pad = (text[i + 2] == '=') + (text[i + 3] == '=');
        int sum = 0;
        for (size_t k = 0; k < 4; k++)
            sum = sum * 64 + (text[i + k] == '=' ? 0 : value_of(text[i + k]));
        for (int k = 0; k < 3 - pad; k++)
            packed[count++] = (unsigned char)(sum >> (16 - 8 * k));
    }
    assert_int_equal(packed[0], 0x1f); /* gzip, no date: RFC 1952 */
    assert_int_equal(packed[1], 0x8b);
    assert_int_equal(packed[4] | packed[5] | packed[6] | packed[7], 0);
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    stream.next_in = packed;
    stream.avail_in = (uInt)count;
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    inflateEnd(&stream);
    return stream.total_out;
}

static void packed_bytes_come_back(void **state)
{
    (void)state;
    static unsigned char bytes[300000], back[300001];
    unsigned seed = 1;
    for (size_t i = 0; i < sizeof bytes; i++) {
        seed = seed * 1664525U + 1013904223U;
        bytes[i] = (unsigned char)(i % 3 == 0 ? seed >> 24 : i / 1000);
    }
    static const size_t lengths[] = {0, 1, 2, 3, 1000, sizeof bytes};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        char *text = cli_pack(bytes, lengths[i], NULL), *again = cli_pack(bytes, lengths[i], NULL);
        assert_string_equal(text, again);
        assert_int_equal(unpacked(text, back, sizeof back), lengths[i]);
        assert_memory_equal(back, bytes, lengths[i]);
        free(text);
        free(again);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base64_is_that_of_the_standard),
        cmocka_unit_test(packed_bytes_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
