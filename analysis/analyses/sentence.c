/* A sentence put together piece by piece. */
#include "analyses/sentence.h"

#include "muster/text.h"

#include <stdarg.h>
#include <string.h>

static const char ellipsis[] = " \xe2\x80\xa6"; /* a blank and U+2026 */

void mst_say(mst_sentence *s, const char *format, ...)
{
    const size_t room = sizeof s->text - s->used;
    va_list args;
    if (s->is_full)
        return;
    va_start(args, format);
    const size_t wanted = muster_text_vformat(s->text + s->used, room, format, args);
    va_end(args);
    if (wanted < room) {
        s->used += wanted;
        return;
    }
    size_t end = sizeof s->text - sizeof ellipsis;
    while (end > 0 && ((unsigned char)s->text[end] & 0xc0u) == 0x80u)
        end--; /* bytes that go on a character of UTF-8 */
    memcpy(s->text + end, ellipsis, sizeof ellipsis);
    s->used = end + sizeof ellipsis - 1;
    s->is_full = true;
}
