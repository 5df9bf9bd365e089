/* Pages: where their halves are, and what may stand between them. */
#include "cli/page_file.h"

#include "cli/pack.h"

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
    char path[PATH_BYTES], file[64];
    const char *reason = "it is not there";
    char *bytes = NULL;
    snprintf(file, sizeof file, "%.48s.html", name);
    if (is_there(folder, path, file))
        bytes = cli_read_file(path, HALF_BYTES_MAX, length, &reason);
    if (!bytes)
        (void)cli_failure(MUSTER_WORLD, call->as_json, NULL, "cannot read '%s': %s", path, reason);
    return bytes;
}

char *cli_page_built(const char *name, size_t *length)
{
    char folder[PATH_BYTES], path[PATH_BYTES];
    const char *reason = NULL;
    return find_folder(folder) && is_there(folder, path, name)
               ? cli_read_file(path, HALF_BYTES_MAX, length, &reason)
               : NULL;
}

int cli_page_begin(const cli_call *call, const char *head, const char *tail, cli_page_file *page)
{
    char folder[PATH_BYTES];
    size_t head_bytes = 0;
    *page = (cli_page_file){.call = call};
    if (!find_folder(folder))
        return cli_failure(
            MUSTER_WORLD, call->as_json,
            "./quickstart page builds it; muster analyze --data FOLDER writes the plots of an "
            "experiment for gnuplot",
            "the page's own script is not there: this muster was built without it");
    char *first = read_half(call, folder, head, &head_bytes);
    page->tail = first ? read_half(call, folder, tail, &page->tail_bytes) : NULL;
    int status = page->tail ? MUSTER_OK : MUSTER_WORLD;
    if (status == MUSTER_OK && !cli_sink_open(&page->sink, cli_value(call, "-o")))
        status = cli_cannot_write(call, cli_value(call, "-o"));
    else if (status == MUSTER_OK)
        page->is_whole = cli_sink_write(&page->sink, first, head_bytes);
    free(first);
    if (status != MUSTER_OK)
        free(page->tail);
    return status;
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

static void put(cli_page_file *page, const char *text, size_t length)
{
    page->is_whole = page->is_whole && cli_sink_write(&page->sink, text, length);
}

static void put_words(cli_page_file *page, const char *text)
{
    put(page, text, strlen(text));
}

void cli_page_json(cli_page_file *page, const char *id, const char *json)
{
    if (id) {
        put_words(page, "<script type=\"application/json\" id=\"");
        put_words(page, id);
        put_words(page, "\">");
    }
    page->is_whole = page->is_whole && write_escaped(&page->sink, json);
    if (id)
        put_words(page, "</script>\n");
}

/* text: base64 of gzip, freed here; null: memory was short. */
static void put_packed(cli_page_file *page, const char *id, char *text, size_t length)
{
    if (!text)
        page->is_whole = false;
    put_words(page, "<script type=\"application/json\" data-packed=\"gzip\" id=\"");
    put_words(page, id);
    put_words(page, "\">");
    put(page, text ? text : "", text ? length : 0);
    put_words(page, "</script>\n");
    free(text);
}

void cli_page_packed(cli_page_file *page, const char *id, const void *bytes, size_t length)
{
    size_t text_bytes = 0;
    char *text = cli_pack(bytes, length, &text_bytes);
    put_packed(page, id, text, text_bytes);
}

void cli_page_gzip(cli_page_file *page, const char *id, const void *bytes, size_t length)
{
    size_t text_bytes = 0;
    char *text = cli_pack_base64(bytes, length, &text_bytes);
    put_packed(page, id, text, text_bytes);
}

int cli_page_end(cli_page_file *page)
{
    put(page, page->tail, page->tail_bytes);
    free(page->tail);
    return cli_sink_close(&page->sink, page->is_whole)
               ? MUSTER_OK
               : cli_cannot_write(page->call, cli_value(page->call, "-o"));
}

void cli_page_drop(cli_page_file *page)
{
    free(page->tail);
    (void)cli_sink_close(&page->sink, false);
}
