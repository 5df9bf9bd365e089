#include "cli/host.h"

#include <gsl/gsl_version.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__clang__)
#define COMPILER "clang " __clang_version__
#elif defined(__GNUC__)
#define COMPILER "gcc " __VERSION__
#else
#define COMPILER "unknown"
#endif

/* The value of a line "key : value"; false: it is another's. */
static bool value_of(const char *line, const char *key, char *out, size_t bytes)
{
    const size_t length = strlen(key);
    const char *colon = strchr(line, ':');
    if (strncmp(line, key, length) != 0 || !colon)
        return false;
    colon += 1 + strspn(colon + 1, " \t");
    snprintf(out, bytes, "%.*s", (int)strcspn(colon, "\n"), colon);
    return true;
}

static bool has_word(const char *list, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = strstr(list, word); at; at = strstr(at + 1, word))
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

/* What decides which code the C library takes for exp, sin and pow. */
static void read_processor(char *out, size_t bytes)
{
    char line[8192], model[160] = "unknown", flags[8192] = "";
    FILE *file = fopen("/proc/cpuinfo", "r");
    bool has_model = false, has_flags = false;
    while (file && (!has_model || !has_flags) && fgets(line, sizeof line, file)) {
        has_model = has_model || value_of(line, "model name", model, sizeof model);
        has_flags = has_flags || value_of(line, "flags", flags, sizeof flags);
    }
    if (file)
        fclose(file);
    snprintf(out, bytes, "%s%s%s", model, has_word(flags, "fma") ? ", fma" : ", no fma",
             has_word(flags, "avx512f") ? ", avx512f" : "");
}

void cli_host_read(cli_host *out)
{
    /* Virtual nodes of one machine share its name. */
    const char *node = getenv("SLURMD_NODENAME");
    if (node && *node)
        snprintf(out->name, sizeof out->name, "%.200s", node);
    else if (gethostname(out->name, sizeof out->name - 1) != 0)
        snprintf(out->name, sizeof out->name, "unknown");
    out->name[sizeof out->name - 1] = '\0';
    read_processor(out->processor, sizeof out->processor);
    out->libm[0] = '\0';
#ifdef _CS_GNU_LIBC_VERSION
    if (confstr(_CS_GNU_LIBC_VERSION, out->libm, sizeof out->libm) == 0)
        out->libm[0] = '\0';
#endif
    snprintf(out->program, sizeof out->program, "muster %s (%s)", muster_version(),
             muster_source_hash());
    out->host = (muster_host){.name = out->name,
                              .processor = out->processor,
                              .libm = out->libm[0] ? out->libm : "unknown",
                              .compiler = COMPILER,
                              .gsl = GSL_VERSION,
                              .program = out->program};
}
