/* Names: what an id is, and which known name was probably meant. */
#include "base/text.h"

#include <string.h>

#define ID_BYTES_MAX 63
/* Distances from here on are all alike: no two such names are near. */
#define FAR 9

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool mst_text_is_id(const char *text)
{
    size_t length = 0;
    for (; text[length]; length++) {
        const char c = text[length];
        const bool may_follow = (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (length == ID_BYTES_MAX || !(is_letter(c) || (length > 0 && may_follow))) {
            return false;
        }
    }
    return length > 0;
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/*
 * Optimal string alignment distance (Damerau, "A technique for computer detection and correction
 * of spelling errors", CACM 7, 1964), by bytes. A cell (i, j) with |i - j| >= FAR is at least FAR,
 * so only the band round the diagonal is kept: column k of a row is j = i + k - FAR.
 */
int32_t mst_text_distance(const char *a, const char *b)
{
    enum { BAND = 2 * FAR + 1 };
    const size_t m = strlen(a), n = strlen(b);
    if ((m > n ? m - n : n - m) >= FAR) {
        return FAR;
    }
    int32_t rows[3][BAND + 1];
    for (size_t i = 0; i <= m; i++) {
        int32_t *const now = rows[i % 3];
        const int32_t *const before = rows[(i + 2) % 3], *const earlier = rows[(i + 1) % 3];
        now[BAND] = FAR; /* beyond the band, for the row that follows */
        for (size_t k = 0; k < BAND; k++) {
            now[k] = FAR;
            if (i + k < FAR || i + k - FAR > n) {
                continue;
            }
            const size_t j = i + k - FAR;
            if (i == 0 || j == 0) {
                now[k] = i + j < FAR ? (int32_t)(i + j) : FAR;
                continue;
            }
            const int32_t differs = lower(a[i - 1]) != lower(b[j - 1]);
            const int32_t left = k > 0 ? now[k - 1] : FAR;
            now[k] = least(least(before[k + 1], left) + 1, before[k] + differs);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1])) {
                now[k] = least(now[k], earlier[k] + 1);
            }
        }
    }
    return least(rows[m % 3][n + FAR - m], FAR);
}

int32_t mst_text_nearest(const char *wanted, const char *const *names, int32_t count)
{
    const size_t third = strlen(wanted) / 3;
    const int32_t limit = third < FAR - 1 ? (int32_t)third : FAR - 1;
    int32_t best = -1, best_distance = limit + 1;
    for (int32_t i = 0; i < count; i++) {
        const int32_t distance = names[i] ? mst_text_distance(wanted, names[i]) : FAR;
        if (distance < best_distance) {
            best = i;
            best_distance = distance;
        }
    }
    return best;
}
