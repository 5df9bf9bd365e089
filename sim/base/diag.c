#include "base/diag.h"

#include "base/format.h"

#include <string.h>

#define KEPT_COUNT 100

/** An entry with what sorts it: a note stands by the entry it was said after, its head. */
typedef struct entry {
    muster_diag diag;
    int32_t file_rank, line; /* of the head; files are ranked as they appear */
    int32_t head;            /* sequence of the head                         */
    int32_t sequence;        /* of this entry                                */
} entry;

struct muster_diags {
    muster_memory memory;
    mst_arena arena;
    int32_t count, more, error_count;
    int32_t file_count;
    bool lacks_memory;
    int32_t last; /* index of the entry that a note would belong to; -1: none */
    entry entry[KEPT_COUNT];
};

muster_diags *muster_diags_create(const muster_memory *memory)
{
    muster_diags *const diags = mst_memory_alloc(memory, sizeof *diags);
    if (!diags) {
        return NULL;
    }
    memset(diags, 0, sizeof *diags);
    diags->last = -1;
    mst_arena_init(&diags->arena, mst_memory_keep(&diags->memory, memory));
    return diags;
}

void muster_diags_free(muster_diags *diags)
{
    if (diags) {
        const muster_memory memory = diags->memory;
        mst_arena_clear(&diags->arena);
        mst_memory_free(&memory, diags);
    }
}

int32_t muster_diags_count(const muster_diags *diags)
{
    return diags ? diags->count : 0;
}

const muster_diag *muster_diags_at(const muster_diags *diags, int32_t index)
{
    return &diags->entry[index].diag;
}

int32_t muster_diags_error_count(const muster_diags *diags)
{
    return diags ? diags->error_count : 0;
}

int32_t muster_diags_more(const muster_diags *diags)
{
    return diags ? diags->more : 0;
}

static void count_up(int32_t *count)
{
    *count += *count < INT32_MAX;
}

static bool comes_before(const entry *a, const entry *b)
{
    if (a->file_rank != b->file_rank) {
        return a->file_rank < b->file_rank;
    }
    if (a->line != b->line) {
        return a->line < b->line;
    }
    return a->head != b->head ? a->head < b->head : a->sequence < b->sequence;
}

/** Same text, same storage: a file is named in nearly every entry. Sets its rank. */
static const char *keep_file(muster_diags *diags, const char *file, int32_t *out_rank)
{
    for (int32_t i = 0; i < diags->count; i++) {
        const entry *const old = &diags->entry[i];
        /* A note may name another file than the head whose rank it carries. */
        if (old->head == old->sequence && strcmp(old->diag.file, file) == 0) {
            *out_rank = old->file_rank;
            return old->diag.file;
        }
    }
    *out_rank = diags->file_count;
    return *file ? mst_arena_text(&diags->arena, file) : "";
}

/** Index of the entry that says the same words of the same place, or -1. */
static int32_t find_same(const muster_diags *diags, const muster_diag *diag)
{
    const bool is_note = diag->severity == MUSTER_NOTE && diags->last >= 0;
    for (int32_t i = 0; i < diags->count; i++) {
        const muster_diag *const old = &diags->entry[i].diag;
        if (old->severity == diag->severity && old->line == diag->line &&
            strcmp(old->file, diag->file) == 0 && strcmp(old->message, diag->message) == 0 &&
            /* Several settings may come from one line; without a line the path is the place. */
            (diag->line > 0 || strcmp(old->path, diag->path) == 0) &&
            /* Two errors may have one note in common: each keeps its own. */
            (!is_note || diags->entry[i].head == diags->entry[diags->last].head)) {
            return i;
        }
    }
    return -1;
}

/** Puts a complete entry where it belongs: in order, or a note behind its head. */
static void insert(muster_diags *diags, muster_diag diag, int32_t file_rank)
{
    entry made = {.diag = diag,
                  .file_rank = file_rank,
                  .line = diag.line,
                  .head = diags->count,
                  .sequence = diags->count};
    if (diag.severity == MUSTER_NOTE && diags->last >= 0) {
        const entry *const before = &diags->entry[diags->last];
        made.file_rank = before->file_rank;
        made.line = before->line;
        made.head = before->head;
    } else if (file_rank == diags->file_count) {
        diags->file_count++;
    }
    int32_t at = diags->count++;
    for (; at > 0 && comes_before(&made, &diags->entry[at - 1]); at--) {
        diags->entry[at] = diags->entry[at - 1];
    }
    diags->entry[at] = made;
    diags->last = at;
}

/** Drops the last entry kept that is no error; false when all are. */
static bool make_room(muster_diags *diags)
{
    int32_t at = diags->count - 1;
    while (at >= 0 && diags->entry[at].diag.severity == MUSTER_ERROR) {
        at--;
    }
    if (at < 0) {
        return false;
    }
    diags->count--;
    for (; at < diags->count; at++) {
        diags->entry[at] = diags->entry[at + 1];
    }
    return true;
}

/** Counts an entry and keeps it while there is room; its texts belong to the list or are static. */
static void add(muster_diags *diags, muster_diag diag, int32_t file_rank)
{
    const int32_t same = find_same(diags, &diag);
    if (same >= 0) {
        diags->last = same; /* notes that follow belong there */
        return;
    }
    if (diag.severity == MUSTER_ERROR) {
        count_up(&diags->error_count);
    }
    if (diags->count == KEPT_COUNT) {
        count_up(&diags->more);
    }
    if (diags->count < KEPT_COUNT ||
        (diag.severity == MUSTER_ERROR && make_room(diags))) { /* no warning hides an error */
        insert(diags, diag, file_rank);
    }
}

static void add_words(muster_diags *diags, muster_severity severity, mst_place place,
                      const char *path, const char *hint, const char *format, va_list args)
{
    int32_t file_rank = 0;
    muster_diag diag = {.severity = severity, .line = place.line > 0 ? place.line : 0};
    diag.file = keep_file(diags, place.file ? place.file : "", &file_rank);
    diag.path = path && *path ? mst_arena_text(&diags->arena, path) : "";
    diag.hint = hint && *hint ? mst_arena_text(&diags->arena, hint) : "";
    diag.message = mst_arena_vprintf(&diags->arena, format, args);
    if (diag.file && diag.path && diag.hint && diag.message) {
        add(diags, diag, file_rank);
    } else { /* it cannot be shown, but it is not forgotten */
        diags->lacks_memory = true;
        count_up(&diags->more);
        if (severity == MUSTER_ERROR) {
            count_up(&diags->error_count);
        }
    }
}

void mst_diag(muster_diags *diags, muster_severity severity, mst_place place, const char *path,
              const char *hint, const char *format, ...)
{
    if (!diags)
        return;
    va_list args;
    va_start(args, format);
    add_words(diags, severity, place, path, hint, format, args);
    va_end(args);
}

void muster_diags_add(muster_diags *diags, muster_severity severity, muster_place place,
                      const char *path, const char *hint, const char *format, ...)
{
    if (!diags)
        return;
    va_list args;
    va_start(args, format);
    add_words(diags, severity, place, path, hint, format, args);
    va_end(args);
}

muster_status mst_diag_memory(muster_diags *diags)
{
    if (diags) {
        /* Every text is static: there is no memory to copy one. Said once, however many callers
         * inside callers say it. */
        int32_t file_rank = 0;
        const muster_diag diag = {.severity = MUSTER_ERROR,
                                  .file = keep_file(diags, "", &file_rank),
                                  .path = "",
                                  .message = "out of memory",
                                  .hint = ""};
        add(diags, diag, file_rank);
        diags->lacks_memory = true;
    }
    return MUSTER_WORLD;
}

void mst_diags_pass_on(const muster_diags *from, bool errors_only, muster_diags *to)
{
    int32_t kept_errors = 0;
    if (!to) {
        return;
    }
    for (int32_t i = 0; i < from->count; i++) {
        const muster_diag *const d = &from->entry[i].diag;
        kept_errors += d->severity == MUSTER_ERROR;
        if (d->severity == MUSTER_ERROR || !errors_only) {
            mst_diag(to, d->severity, (mst_place){d->file, d->line}, d->path, d->hint, "%s",
                     d->message);
        }
    }
    const int32_t errors_more = from->error_count - kept_errors;
    const int32_t more = errors_only ? errors_more : from->more;
    to->error_count += errors_more < INT32_MAX - to->error_count ? errors_more : 0;
    to->more += more < INT32_MAX - to->more ? more : 0;
    to->lacks_memory = to->lacks_memory || from->lacks_memory;
}

bool mst_diags_lack_memory(const muster_diags *diags)
{
    return !diags || diags->lacks_memory;
}
