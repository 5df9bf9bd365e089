/* muster report: a page of what an experiment found, one HTML file that needs nothing else. */
#include "cli/cli.h"
#include "cli/found.h"
#include "cli/sink.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4400, HALF_BYTES_MAX = 16 << 20 };

/* ---- the two halves of every page ----------------------------------------------------------------- */

static bool is_there(const char *folder, char path[PATH_BYTES], const char *name)
{
    struct stat info;
    snprintf(path, PATH_BYTES, "%.4000s/%s", folder, name);
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* $MUSTER_PAGE; PREFIX/share/muster/page of an installed tree, wherever it lies; where it was built. */
static bool find_folder(char out[PATH_BYTES])
{
    static const char head[] = "report-head.html";
    const char *set = getenv("MUSTER_PAGE");
    char path[PATH_BYTES], self[4096];
    if (set && *set) {
        snprintf(out, PATH_BYTES, "%.4000s", set);
        return is_there(out, path, head);
    }
    const ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length > 0) {
        self[length] = '\0';
        for (int up = 0; up < 2; up++) { /* off with the name, then with bin */
            char *slash = strrchr(self, '/');
            if (slash)
                *slash = '\0';
        }
        snprintf(out, PATH_BYTES, "%.4000s/" MUSTER_DATA_BELOW "/page", self);
        if (is_there(out, path, head))
            return true;
    }
    snprintf(out, PATH_BYTES, "%s", MUSTER_PAGE_BUILT);
    return is_there(out, path, head);
}

static char *read_half(const cli_call *call, const char *folder, const char *name, size_t *length)
{
    char path[PATH_BYTES];
    const char *reason = "it is not there";
    char *bytes = NULL;
    if (is_there(folder, path, name))
        bytes = cli_read_file(path, HALF_BYTES_MAX, length, &reason);
    if (!bytes)
        (void)cli_failure(MUSTER_WORLD, call->as_json, NULL, "cannot read '%s': %s", path, reason);
    return bytes;
}

/* ---- writing -------------------------------------------------------------------------------------- */

/* Nothing in the document can end the element that it stands in, or begin another. */
static bool write_escaped(cli_sink *sink, const char *json)
{
    static const struct {
        const char *bytes, *escaped;
    } letters[] = {{"<", "\\u003c"},
                   {">", "\\u003e"},
                   {"&", "\\u0026"},
                   {"\xe2\x80\xa8", "\\u2028"},
                   {"\xe2\x80\xa9", "\\u2029"}};
    while (*json) {
        size_t plain = strcspn(json, "<>&\xe2");
        const char *escaped = NULL;
        size_t bytes = 0;
        for (size_t i = 0; i < sizeof letters / sizeof *letters && !escaped; i++)
            if (strncmp(json + plain, letters[i].bytes, strlen(letters[i].bytes)) == 0) {
                escaped = letters[i].escaped;
                bytes = strlen(letters[i].bytes);
            }
        plain += !escaped && json[plain] != '\0'; /* another letter that begins with E2 */
        if (!cli_sink_write(sink, json, plain) ||
            (escaped && !cli_sink_write(sink, escaped, strlen(escaped))))
            return false;
        json += plain + bytes;
    }
    return true;
}

static int write_page(const cli_call *call, const char *json)
{
    char folder[PATH_BYTES];
    size_t head_bytes = 0, tail_bytes = 0;
    const char *path = cli_value(call, "-o");
    if (!find_folder(folder))
        return cli_failure(
            MUSTER_WORLD, call->as_json,
            "./quickstart page builds it; muster analyze --data FOLDER writes the plots "
            "for gnuplot",
            "the page's own script is not there: this muster was built without it");
    char *head = read_half(call, folder, "report-head.html", &head_bytes);
    char *tail = head ? read_half(call, folder, "report-tail.html", &tail_bytes) : NULL;
    int status = head && tail ? MUSTER_OK : MUSTER_WORLD;
    cli_sink sink;
    if (status == MUSTER_OK && !cli_sink_open(&sink, path)) {
        status = cli_cannot_write(call, path);
    } else if (status == MUSTER_OK) {
        const bool is_written = cli_sink_write(&sink, head, head_bytes) &&
                                write_escaped(&sink, json) &&
                                cli_sink_write(&sink, tail, tail_bytes);
        if (!cli_sink_close(&sink, is_written))
            status = cli_cannot_write(call, path);
    }
    free(head);
    free(tail);
    return status;
}

static int run(const cli_call *call)
{
    muster_document *document = NULL;
    if (!cli_value(call, "-o") && isatty(STDOUT_FILENO) == 1)
        return cli_mistake(call->as_json, "muster report STORE -o page.html",
                           "a page is no reading for a terminal: name a file for it");
    int status = cli_keep_input(call);
    if (status == MUSTER_OK)
        status = cli_find(call, &document);
    if (status != MUSTER_OK)
        return status;
    muster_diags *diags = muster_diags_create(NULL);
    char *json = muster_document_json(document, diags);
    status = json ? write_page(call, json) : cli_tell_to(call, "-", json, diags);
    muster_tell_free(json, NULL);
    muster_document_free(document);
    muster_diags_free(diags);
    return status;
}

static const cli_option options[] = {
    {"-o", "FILE", "the page; for -, and without it into a pipe, stdout"},
    CLI_FIND_OPTIONS,
    CLI_JSON_OPTION,
    CLI_END_OPTIONS};

const cli_verb cli_report = {
    .name = "report",
    .usage = "[FILE]",
    .summary = "what an experiment found, as a page with plots: one HTML file",
    .help = "  muster report levers.sqlite -o levers.html\n"
            "  muster report levers.sqlite --measure score --analysis sobol -o sobol.html\n"
            "\n"
            "The analyses of \"muster analyze\" with all their plots and tables, in one file\n"
            "that opens by double click and loads nothing from anywhere. Tables can be sorted\n"
            "and saved as CSV, plots as SVG; light and dark.\n",
    .arguments_min = 0,
    .arguments_max = 1,
    .options = options,
    .run = run,
    .many = "--measure --analysis",
};
