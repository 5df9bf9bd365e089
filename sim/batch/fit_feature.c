/* Features of a fit by name: lists as given, and what is taken where no list is. */
#include "batch/fit.h"

#include "base/text.h"
#include "model/terms.h"

#include <math.h>
#include <string.h>

/* A list on its way. */
typedef struct naming {
    muster_fit *fit;
    muster_diags *diags;
    mst_list feature; /* mst_feature, of all blocks in their order */
    const char *const *expect;
    int32_t expect_count;
    bool *is_used; /* of each line of expect */
} naming;

static const struct {
    const char *word;
    mst_fit_reads reads;
} with_names[] = {{"cand.", MST_FIT_CAND},
                  {"host.", MST_FIT_HOST},
                  {"tie.", MST_FIT_TIE},
                  {"to_host.", MST_FIT_TO_HOST},
                  {"from_host.", MST_FIT_FROM_HOST},
                  {"gap.", MST_FIT_GAP}},
  alone[] = {{"distance_nm", MST_FIT_DISTANCE},
             {"history", MST_FIT_HISTORY},
             {"hosts", MST_FIT_HOST_NUMBER},
             {"duration_d", MST_FIT_DURATION}};
enum {
    WITH_NAMES = sizeof with_names / sizeof *with_names,
    ALONE = sizeof alone / sizeof *alone,
    SHOWN = 80 /* bytes of a wrong name that a message repeats */
};
#define LEAST "min:"

static void mistake(const naming *n, const char *hint, const char *words, const char *name)
{
    mst_diag(n->diags, MUSTER_ERROR, (mst_place){0}, NULL, hint, "%s '%.*s'", words, SHOWN, name);
}

/* ---- one name ----------------------------------------------------------------------------------------- */

static const mst_book *book_of(const mst_tables *t, mst_fit_reads reads)
{
    return reads == MST_FIT_TIE                                     ? &t->mutual
           : reads == MST_FIT_TO_HOST || reads == MST_FIT_FROM_HOST ? &t->directed
                                                                    : &t->attribute;
}

static const char *kind_of(mst_fit_reads reads)
{
    return reads == MST_FIT_TIE ? "no table of dyads gives a tie without direction"
           : reads == MST_FIT_TO_HOST || reads == MST_FIT_FROM_HOST
               ? "no table of dyads gives a tie with a direction"
               : "no table of states gives an attribute";
}

/* Is X of a name with a point in the tables? */
static bool find_name(const naming *n, mst_feature *f)
{
    const mst_book *book = book_of(&n->fit->tables, f->reads);
    for (int32_t i = 0; i < book->name_count; i++)
        if (strcmp(book->name[i], f->of) == 0)
            return true;
    const int32_t near = mst_text_nearest(f->of, book->name, book->name_count);
    const char *hint =
        near < 0 ? NULL : mst_arena_printf(&n->fit->arena, "did you mean '%s'?", book->name[near]);
    mistake(n, hint, kind_of(f->reads), f->of);
    return false;
}

/* False: told. */
static bool read_feature(const naming *n, const char *word, mst_feature *f)
{
    const char *name = word;
    f->name = word;
    f->is_min = strncmp(word, LEAST, strlen(LEAST)) == 0;
    if (f->is_min)
        name += strlen(LEAST);
    for (int32_t i = 0; i < WITH_NAMES; i++)
        if (strncmp(name, with_names[i].word, strlen(with_names[i].word)) == 0) {
            f->reads = with_names[i].reads;
            f->of = name + strlen(with_names[i].word);
            if (f->is_min && (f->block == MST_FIT_ADMIT || !mst_feature_is_of_host(f))) {
                mistake(n, NULL, "min: is of what reads several hosts at once, not of", name);
                return false;
            }
            return find_name(n, f);
        }
    for (int32_t i = 0; i < ALONE && !f->is_min; i++)
        if (strcmp(name, alone[i].word) == 0) {
            f->reads = alone[i].reads;
            return true;
        }
    mistake(n,
            "cand.X host.X tie.X to_host.X from_host.X gap.X distance_nm history hosts duration_d",
            "no feature is called", name);
    return false;
}

/* False: told, or memory is short. */
static bool add_feature(naming *n, mst_fit_block block, const char *word)
{
    mst_feature f = {.block = block};
    if (!read_feature(n, word, &f))
        return false;
    for (int32_t i = 0; i < n->feature.count; i++) {
        const mst_feature *other = MST_AT(const mst_feature, &n->feature, i);
        const bool is_history = f.reads == MST_FIT_HISTORY && other->reads == MST_FIT_HISTORY;
        if (is_history || (other->block == block && strcmp(other->name, word) == 0)) {
            mistake(n, NULL, "named twice:", word);
            return false;
        }
    }
    mst_feature *place = mst_list_add(&n->fit->arena, &n->feature, sizeof *place);
    if (place)
        *place = f;
    return place != NULL;
}

/* ---- lists -------------------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Words between commas; an empty one is a mistake unless the list is empty. */
static void read_list(naming *n, mst_fit_block block, const char *list)
{
    const char *at = list;
    while (is_blank(*at))
        at++;
    for (bool goes_on = *at != '\0'; goes_on;) {
        size_t length = strcspn(at, ",");
        goes_on = at[length] == ',';
        const char *next = at + length + goes_on;
        while (length > 0 && is_blank(at[length - 1]))
            length--;
        char *word = mst_arena_alloc(&n->fit->arena, length + 1);
        if (!word)
            return;
        memcpy(word, at, length);
        if (length == 0 || mst_text_bad_byte(word, length) >= 0 || strpbrk(word, "\t\r\n"))
            mistake(n, NULL, "between commas a name is needed, on one line of UTF-8; in",
                    mst_fit_block_names[block]);
        else
            (void)add_feature(n, block, word);
        at = next;
        while (is_blank(*at))
            at++;
    }
}

static bool has_entry(const mst_book *book, int32_t name)
{
    for (int32_t i = 0; i < book->entry.count; i++)
        if (MST_AT(const mst_entry, &book->entry, i)->name == name)
            return true;
    return false;
}

static void take(naming *n, mst_fit_block block, const char *before, const char *name)
{
    const char *word = mst_arena_printf(&n->fit->arena, "%s%s", before, name);
    if (word)
        (void)add_feature(n, block, word);
}

static void take_all(naming *n, mst_fit_block block, const char *before, const mst_book *book)
{
    for (int32_t i = 0; i < book->name_count; i++)
        if (has_entry(book, i) || book->is_covered[i])
            take(n, block, before, book->name[i]);
}

/* Has any case what the distance or the duration is made of? */
static bool has_distance(const mst_rivals *r)
{
    for (int32_t i = 0; i < r->count; i++)
        for (int32_t k = 0; k < r->item[i].setting.candidate_count; k++)
            if (!isnan(r->item[i].setting.distance_nm[k]))
                return true;
    return false;
}

static bool has_duration(const mst_rivals *r)
{
    for (int32_t i = 0; i < r->count; i++)
        if (r->item[i].more->end != MUSTER_NEVER)
            return true;
    return false;
}

/* Attributes that are not for accept by themselves: places, cinc (able), what cinc is made of, and
 * points (a gap). */
static bool is_taken_elsewhere(const char *name)
{
    static const char *const others[] = {MST_BASE_LAT, MST_BASE_LON, "cinc", "milex",
                                         "milper",     "irst",       "pec",  "tpop",
                                         "upop",       "ideal_point"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(name, others[i]) == 0)
            return true;
    return false;
}

static bool has_attribute(const mst_tables *t, const char *name)
{
    for (int32_t i = 0; i < t->attribute.name_count; i++)
        if (strcmp(t->attribute.name[i], name) == 0)
            return has_entry(&t->attribute, i);
    return false;
}

static void take_defaults(naming *n, mst_fit_block block)
{
    const mst_tables *t = &n->fit->tables;
    switch (block) {
    case MST_FIT_ABLE:
        if (has_distance(&t->rivals))
            take(n, block, "", "distance_nm");
        if (has_attribute(t, "cinc"))
            take(n, block, "cand.", "cinc");
        break;
    case MST_FIT_ADMIT:
        take_all(n, block, "tie.", &t->mutual);
        take_all(n, block, "from_host.", &t->directed);
        if (has_attribute(t, "ideal_point"))
            take(n, block, "gap.", "ideal_point");
        break;
    case MST_FIT_ACCEPT:
        for (int32_t i = 0; i < t->attribute.name_count; i++)
            if (!is_taken_elsewhere(t->attribute.name[i]) && has_entry(&t->attribute, i))
                take(n, block, "cand.", t->attribute.name[i]);
        break;
    case MST_FIT_APART:
        take(n, block, "", "hosts");
        if (has_duration(&t->rivals))
            take(n, block, "", "duration_d");
        break;
    case MST_FIT_BLOCKS:
        break;
    }
}

/* ---- signs -------------------------------------------------------------------------------------------- */

static const char *without_least(const mst_feature *f)
{
    return f->name + (f->is_min ? strlen(LEAST) : 0);
}

static int8_t usual_sign(const mst_feature *f)
{
    if (f->reads == MST_FIT_DISTANCE || f->reads == MST_FIT_GAP)
        return -1;
    if (f->reads == MST_FIT_HISTORY || (f->reads == MST_FIT_CAND && strcmp(f->of, "cinc") == 0) ||
        (f->reads == MST_FIT_TIE && strcmp(f->of, "pact") == 0))
        return 1;
    return 0;
}

/* "NAME=+": does it speak of this feature? The sign into out. */
static bool speaks_of(const char *line, const mst_feature *f, int8_t *out)
{
    const char *equals = strrchr(line, '=');
    const size_t length = equals ? (size_t)(equals - line) : 0;
    const char *names[] = {f->name, without_least(f), f->of};
    if (!equals || !strchr("+-0", equals[1]) || !equals[1] || equals[2])
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i] && strlen(names[i]) == length && strncmp(names[i], line, length) == 0) {
            *out = equals[1] == '+' ? 1 : equals[1] == '-' ? -1 : 0;
            return true;
        }
    return false;
}

static void set_signs(naming *n)
{
    for (int32_t i = 0; i < n->feature.count; i++) {
        mst_feature *f = MST_AT(mst_feature, &n->feature, i);
        f->expected = usual_sign(f);
        for (int32_t k = 0; k < n->expect_count; k++)
            if (speaks_of(n->expect[k], f, &f->expected))
                n->is_used[k] = true;
    }
    for (int32_t k = 0; k < n->expect_count; k++) {
        const mst_feature past = {.name = "history", .reads = MST_FIT_HISTORY};
        int8_t sign = 0;
        const bool is_past = speaks_of(n->expect[k], &past, &sign);
        if (!n->is_used[k] && !is_past)
            mistake(n, "NAME=+, NAME=- or NAME=0, of a feature that is fitted",
                    "not an expected sign:", n->expect[k]);
    }
}

/* ---- with and without history --------------------------------------------------------------------------- */

static mst_feature history_of(const naming *n)
{
    mst_feature f = {.name = "history", .reads = MST_FIT_HISTORY, .block = MST_FIT_ACCEPT};
    f.expected = usual_sign(&f);
    for (int32_t k = 0; k < n->expect_count; k++)
        (void)speaks_of(n->expect[k], &f, &f.expected);
    return f;
}

/* One of the two lists; false: told, too many. */
static bool list_features(const naming *n, bool has_history, mst_features *out)
{
    const bool is_asked = n->fit->main == 1;
    const mst_feature past = history_of(n);
    const int32_t given = n->feature.count;
    if (given + 1 > MST_FIT_FEATURES_MAX) {
        mst_diag(n->diags, MUSTER_ERROR, (mst_place){0}, NULL, "name those that matter",
                 "%d features; at most %d can be fitted", (int)given, MST_FIT_FEATURES_MAX - 1);
        return false;
    }
    for (int32_t b = 0; b < MST_FIT_BLOCKS; b++) {
        out->first[b] = out->count;
        for (int32_t i = 0; i < given; i++) {
            const mst_feature *f = MST_AT(const mst_feature, &n->feature, i);
            if ((int32_t)f->block == b && (has_history || f->reads != MST_FIT_HISTORY))
                out->item[out->count++] = *f;
        }
        if (has_history && !is_asked && b == MST_FIT_ACCEPT)
            out->item[out->count++] = past;
    }
    out->first[MST_FIT_BLOCKS] = out->count;
    return true;
}

muster_status mst_fit_name_features(muster_fit *fit, const muster_fit_options *options,
                                    muster_diags *diags)
{
    const char *const lists[] = {options->able, options->admit, options->accept, options->apart};
    naming n = {.fit = fit,
                .diags = diags,
                .expect = options->expect,
                .expect_count = options->expect_count};
    n.is_used = mst_arena_array(&fit->arena, (size_t)n.expect_count + 1, sizeof *n.is_used);
    if (!n.is_used)
        return MUSTER_WORLD;
    for (int32_t b = 0; b < MST_FIT_BLOCKS; b++) {
        if (lists[b])
            read_list(&n, (mst_fit_block)b, lists[b]);
        else
            take_defaults(&n, (mst_fit_block)b);
    }
    for (int32_t i = 0; i < n.feature.count; i++)
        if (MST_AT(const mst_feature, &n.feature, i)->reads == MST_FIT_HISTORY)
            fit->main = 1;
    set_signs(&n);
    if (fit->arena.failed)
        return MUSTER_WORLD;
    const bool is_sound =
        list_features(&n, false, &fit->features[0]) && list_features(&n, true, &fit->features[1]);
    return is_sound && muster_diags_error_count(diags) == 0 ? MUSTER_OK : MUSTER_MISTAKE;
}
