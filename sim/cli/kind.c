#include "cli/kind.h"

#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

cli_kind cli_kind_of(const char *path)
{
    static const char database[] = "SQLite format 3";
    size_t length = 0;
    const char *reason = NULL;
    char *bytes = cli_read_file(path, 4096, &length, &reason);
    cli_kind found = CLI_SCENARIO;
    if (bytes && length >= sizeof database && memcmp(bytes, database, sizeof database) == 0)
        found = CLI_STORE;
    else if (bytes) {
        const char *at = strncmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? bytes + 3 : bytes;
        at += strspn(at, " \t\r\n");
        found = *at == '{' || *at == '[' ? CLI_RUN_FILE : CLI_SCENARIO;
    }
    free(bytes);
    return found;
}
