/* A fit as rules and a coding that scenarios include. */
#include "tell/fit.h"

#include "base/text.h"
#include "tell/rivals.h"

#include <math.h>
#include <string.h>

enum { NAME_BYTES_MAX = 24, ID_BYTES_MAX = 63 };
#define WEIGHT_MAX 10.0 /* of a rule */

typedef struct coding {
    mst_page *page;
    const muster_fit *fit;
    const char *name;
    const char *source;
    const char *id[MST_FIT_WEIGHTS_MAX]; /* of the rule of each line; null: it has none */
} coding;

/* ---- texts ------------------------------------------------------------------------------------------ */

/* As it may stand between quotes, and in a comment: one line of UTF-8. */
static const char *quoted(mst_page *page, const char *words)
{
    mst_text text;
    mst_text_init(&text, page->arena.memory);
    for (const char *at = words; *at; at++) {
        const char one[2] = {(unsigned char)*at < 0x20 || *at == 0x7f ? '?' : *at, '\0'};
        if (*at == '"' || *at == '\\')
            mst_text_add(&text, "\\");
        mst_text_add(&text, one);
    }
    mst_text valid;
    mst_text_init(&valid, page->arena.memory);
    mst_text_add_valid(&valid, text.bytes ? text.bytes : "");
    const char *out = mst_page_printf(page, "%s", valid.bytes ? valid.bytes : "");
    mst_text_clear(&text);
    mst_text_clear(&valid);
    return out;
}

static const char *number(mst_page *page, double value)
{
    char text[32];
    return mst_page_printf(page, "%s", mst_text_shortest(value, text));
}

static const char *source_words(mst_page *page, const muster_fit *fit)
{
    const mst_fit_design *d = &mst_fit_main(fit)->design;
    const mst_rivals *r = &fit->tables.rivals;
    return quoted(page, mst_page_printf(page, "fit of the record %s, %s to %s: %d rows, %d joins",
                                        mst_record_name(&fit->tables),
                                        mst_page_day(page, r->item[0].setting.at),
                                        mst_page_day(page, r->item[r->count - 1].setting.at),
                                        (int)d->usable, (int)d->joins));
}

/* ---- rules -------------------------------------------------------------------------------------------- */

static const mst_feature *feature_of(const coding *c, const mst_fit_line *line)
{
    const mst_features *f = &c->fit->features[c->fit->main];
    return line->feature < 0 ? NULL : &f->item[f->first[line->block] + line->feature];
}

static mst_stage stage_of(const mst_fit_line *line)
{
    return line->block == MST_FIT_ABLE    ? MST_ABLE
           : line->block == MST_FIT_ADMIT ? MST_ADMIT
                                          : MST_ACCEPT; /* controls of the format too */
}

/* May a rule's term name it? */
static bool is_readable(const char *name)
{
    for (const char *at = name; *at; at++)
        if (!((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
              (*at >= '0' && *at <= '9') || strchr("_-.", *at)))
            return false;
    return true;
}

/* "fit-mine-admit-tie-pact", or with a number where that would be too long or taken. */
static const char *id_of(const coding *c, int32_t line_index)
{
    const mst_fit_line *line = &mst_fit_main(c->fit)->line[line_index];
    const mst_feature *f = feature_of(c, line);
    const char *stage = mst_stage_names[stage_of(line)];
    char word[ID_BYTES_MAX + 1];
    size_t length = 0;
    for (const char *at = f ? f->name : "intercept"; *at && length < ID_BYTES_MAX; at++)
        word[length++] = *at == '.' || *at == ':' ? '-' : *at;
    word[length] = '\0';
    const char *id = mst_page_printf(c->page, "fit-%s-%s-%s", c->name, stage, word);
    bool is_taken = strlen(id) > ID_BYTES_MAX;
    for (int32_t j = 0; j < line_index; j++)
        is_taken = is_taken || (c->id[j] && strcmp(c->id[j], id) == 0);
    return is_taken ? mst_page_printf(c->page, "fit-%s-%s-%d", c->name, stage, (int)line_index)
                    : id;
}

/* "k * name", "name"; of a constant "k". */
static const char *scaled(mst_page *page, double k, const char *name)
{
    return !name      ? mst_page_printf(page, "\"%s\"", number(page, k))
           : k == 1.0 ? mst_page_printf(page, "\"%s\"", name)
                      : mst_page_printf(page, "\"%s * %s\"", number(page, k), name);
}

/* The terms of a rule, k times what the feature is. */
static const char *terms(mst_page *page, const mst_feature *f, double k)
{
    if (!f)
        return scaled(page, k, NULL);
    switch (f->reads) {
    case MST_FIT_DISTANCE: /* per thousand */
        return scaled(page, k / 1000.0, "cand.distance_nm");
    case MST_FIT_HISTORY:
        return scaled(page, k, "cand.history");
    case MST_FIT_HOST_NUMBER:
        return scaled(page, k, "drill.host_count");
    case MST_FIT_DURATION:
        return scaled(page, k, "drill.duration_d");
    case MST_FIT_GAP:
        return mst_page_printf(page, "\"cand.%s\", \"host.%s\"%s%s", f->of, f->of,
                               k == 1.0 ? "" : ", ", k == 1.0 ? "" : scaled(page, k, NULL));
    case MST_FIT_CAND:
    case MST_FIT_HOST:
    case MST_FIT_TIE:
    case MST_FIT_TO_HOST:
    case MST_FIT_FROM_HOST:
        break;
    }
    return scaled(page, k, f->is_min ? f->name + strlen("min:") : f->name);
}

/* Weights lie within 0..10: of what may be greater a part goes into the terms. The least over the hosts
 * is the greatest of what is turned round. */
static void write_rule(const coding *c, int32_t j)
{
    mst_page *page = c->page;
    const mst_fit_line *line = &mst_fit_main(c->fit)->line[j];
    const mst_feature *f = feature_of(c, line);
    const bool is_min = f && f->is_min, has_range = line->interval.is_estimable;
    const bool is_joined = f && stage_of(line) == MST_ACCEPT && mst_feature_is_of_host(f);
    const double by = line->raw < 0.0 ? -1.0 : 1.0, own = fabs(line->raw);
    const double ends[] = {by * line->interval.low, by * line->interval.high};
    const double most = has_range ? fmax(own, fmax(ends[0], ends[1])) : own;
    const double least = has_range ? fmax(0.0, fmin(own, fmin(ends[0], ends[1]))) : own;
    const double k = most > WEIGHT_MAX ? most / WEIGHT_MAX : 1.0;
    mst_text_printf(&page->text, "%s = {\n    label = \"fitted: %s\";\n", c->id[j],
                    f ? f->name : "intercept");
    mst_text_printf(&page->text, "    stage = \"%s\"; form = \"%s\"; sign = %d;%s\n",
                    mst_stage_names[stage_of(line)],
                    f && f->reads == MST_FIT_GAP ? "gap" : "product", (by < 0.0) != is_min ? -1 : 1,
                    is_joined ? " over = \"max\";" : "");
    mst_text_printf(&page->text, "    weight = %s;", number(page, own / k));
    if (has_range)
        mst_text_printf(&page->text, " weight_min = %s; weight_max = %s;", number(page, least / k),
                        number(page, fmin(WEIGHT_MAX, most / k)));
    mst_text_printf(&page->text, "\n    terms = [%s];\n    off = true;\n",
                    terms(page, f, is_min ? -k : k));
    mst_text_printf(&page->text, "    source = \"%s\";\n    confidence = \"estimated\";\n};\n",
                    c->source);
}

/* ---- comments ----------------------------------------------------------------------------------------- */

static void comment(mst_page *page, const char *words)
{
    mst_text text;
    mst_text_init(&text, page->arena.memory);
    mst_text_wrap(&text, words, 0, 0, MST_PAGE_WIDTH - 2);
    for (const char *at = text.bytes ? text.bytes : ""; *at;) {
        const size_t length = strcspn(at, "\n");
        mst_text_add(&page->text, "# ");
        mst_text_add_bytes(&page->text, at, length);
        mst_text_add(&page->text, "\n");
        at += length + (at[length] == '\n');
    }
    mst_text_clear(&text);
}

static void comment_able(const coding *c)
{
    const mst_fit_result *r = mst_fit_main(c->fit);
    const char *words = "";
    for (int32_t j = 0; j < r->design.weights; j++)
        if (r->line[j].block == MST_FIT_ABLE)
            words = mst_page_printf(c->page, "%s%s%s %.6g", words, *words ? ", " : "",
                                    mst_fit_line_name(c->fit, c->fit->main, &r->line[j]),
                                    r->line[j].raw);
    if (*words)
        comment(c->page,
                mst_page_printf(c->page,
                                "Not written: the weights of stage able, which a scenario reads "
                                "from its fleet: %s (distance_nm in thousands).",
                                words));
}

/* What a scenario does not have by itself. */
static void comment_needs(const coding *c)
{
    static const char *const needs[] = {
        [MST_FIT_DISTANCE] = "attribute distance_nm (nautical miles)",
        [MST_FIT_HISTORY] = "attribute history",
        [MST_FIT_HOST_NUMBER] = NULL,
        [MST_FIT_DURATION] = "days of the drill, in its attributes = { duration_d = ...; }"};
    const char *words = "";
    for (int32_t j = 0; j < mst_fit_main(c->fit)->design.weights; j++) {
        const mst_feature *f = feature_of(c, &mst_fit_main(c->fit)->line[j]);
        if (c->id[j] && f && f->reads >= MST_FIT_DISTANCE && needs[f->reads])
            words = mst_page_printf(c->page, "%s%s%s", words, *words ? ", " : "", needs[f->reads]);
    }
    if (*words)
        comment(c->page,
                mst_page_printf(c->page, "To be given by the scenario itself: %s.", words));
}

static void write_rules(const coding *c)
{
    comment(c->page, mst_page_printf(c->page,
                                     "Rules of the %s. To be included inside "
                                     "alignment.rules; all are off until coding %s puts "
                                     "them on. Weights are logits: alignment.tau is 1 "
                                     "then.",
                                     c->source, c->name));
    comment(c->page,
            "A scenario needs the attributes and ties that these rules read, in the units of the "
            "record. weight_min and weight_max are the ends of the interval, as far as a rule may "
            "have them.");
    comment_able(c);
    comment_needs(c);
    for (int32_t j = 0; j < mst_fit_main(c->fit)->design.weights; j++)
        if (c->id[j])
            write_rule(c, j);
}

/* What the fit's own test says of it, so that nobody takes the weights for more. */
static const char *worth_of(const mst_fit_judgement *j)
{
    switch (j->verdict) {
    case MST_FIT_PREDICTS:
        return "they predict series left out better than the nulls";
    case MST_FIT_NOT_ASKED:
    case MST_FIT_TOO_FEW_DEALS:
        return "whether they predict was not told";
    case MST_FIT_WORSE:
    case MST_FIT_AS_CHANCE:
    case MST_FIT_NOT_BEYOND_LAST:
        break;
    }
    return "they do NOT predict series left out better than the nulls";
}

static void write_codings(const coding *c)
{
    bool has[MST_STAGE_COUNT] = {false};
    const char *silent = "\"able\"", *only = "";
    const mst_fit_result *r = mst_fit_main(c->fit);
    for (int32_t j = 0; j < r->design.weights; j++) {
        has[stage_of(&r->line[j])] = true;
        if (c->id[j])
            only = mst_page_printf(c->page, "%s%s\"%s\"", only, *only ? ",\n            " : "",
                                   c->id[j]);
    }
    for (int32_t s = MST_ADMIT; s < MST_STAGE_COUNT; s++)
        if (!has[s])
            silent = mst_page_printf(c->page, "%s, \"%s\"", silent, mst_stage_names[s]);
    comment(c->page, mst_page_printf(c->page,
                                     "Coding of the %s. To be included inside "
                                     "alignment.codings, with its rules inside "
                                     "alignment.rules.",
                                     c->source));
    mst_text_printf(
        &c->page->text,
        "%s = {\n    author = \"fitted\";\n    basis = \"%s; weights by penalised "
        "maximum likelihood, margins in logits; %s\";\n    silent = [%s];\n    only = [%s];\n"
        "    changes = [\"alignment.tau = 1.0\"];\n};\n",
        c->name, c->source, worth_of(&r->judgement), silent, only);
}

/* ---- the door ----------------------------------------------------------------------------------------- */

/* False: told. */
static bool check(const coding *c, muster_diags *diags)
{
    int32_t written = 0;
    if (!mst_text_is_id(c->name) || strlen(c->name) > NAME_BYTES_MAX) {
        mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, NULL,
                 "'%.64s' is no name of a coding: a letter, then letters, digits, - and _, %d at "
                 "the most",
                 c->name, NAME_BYTES_MAX);
        return false;
    }
    for (int32_t j = 0; j < mst_fit_main(c->fit)->design.weights; j++) {
        const mst_feature *f = feature_of(c, &mst_fit_main(c->fit)->line[j]);
        written += c->id[j] != NULL;
        if (c->id[j] && f && f->of && !is_readable(f->of)) {
            mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL,
                     "letters, digits, -, _ and points: name the column so",
                     "no rule can read '%.80s'", f->name);
            return false;
        }
    }
    if (written == 0)
        mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, NULL,
                 "the fit has no weight of admit or accept to be written");
    return written > 0;
}

char *muster_tell_fit_coding(const muster_fit *fit, const char *name, muster_fit_part part,
                             muster_diags *diags)
{
    mst_page page = {.bar = "#"};
    mst_text_init(&page.text, &fit->memory);
    mst_arena_init(&page.arena, &fit->memory);
    coding c = {.page = &page, .fit = fit, .name = name, .source = source_words(&page, fit)};
    const mst_fit_result *r = mst_fit_main(fit);
    for (int32_t j = 0; j < r->design.weights; j++)
        if (r->line[j].block != MST_FIT_ABLE && r->line[j].held == MST_FIT_FREE)
            c.id[j] = id_of(&c, j);
    if (!check(&c, diags)) {
        mst_text_clear(&page.text);
        mst_arena_clear(&page.arena);
        return NULL;
    }
    if (part == MUSTER_FIT_RULES)
        write_rules(&c);
    else
        write_codings(&c);
    return mst_page_end(&page, diags);
}
