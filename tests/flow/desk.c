/* A desk for tests in other languages: each line of stdin is a request, each answer goes to stdout. Of the
 * public headers alone, as a page or a script would have it. */
#include "muster/call.h"

#include <stdio.h>
#include <string.h>

enum { LINE_MOST = 1 << 22 };

int main(void)
{
    static char line[LINE_MOST];
    muster_desk *desk = muster_desk_create(NULL);
    int status = desk ? 0 : 3;
    while (status == 0 && fgets(line, sizeof line, stdin)) {
        const size_t length = strcspn(line, "\n");
        char *answer = line[length] == '\n' ? muster_desk_call(desk, line, length) : NULL;
        if (answer)
            puts(answer);
        else
            status = 3; /* no memory, or no whole line */
        muster_desk_give_back(desk, answer);
    }
    muster_desk_free(desk);
    return status;
}
