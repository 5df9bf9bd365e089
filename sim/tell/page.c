#include "tell/page.h"

#include "base/format.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *const mst_tell_calibration =
    "The participation rules were written after this outcome was known. Agreement here is "
    "description, not confirmation.";

void mst_page_begin(mst_page *page, const muster_tell *tell)
{
    *page = (mst_page){.spec = &tell->scenario->spec,
                       .model = tell->model->model,
                       .run = tell->result ? tell->result->run : NULL,
                       .out = tell->result ? tell->result->outcomes : NULL,
                       .scenario = tell->scenario,
                       .bar = "#"};
    mst_text_init(&page->text, tell->memory);
    mst_arena_init(&page->arena, tell->memory);
}

char *mst_page_end(mst_page *page, muster_diags *diags)
{
    char *out = page->arena.failed ? NULL : mst_text_take(&page->text);
    if (!out) {
        mst_text_clear(&page->text);
        mst_diag_memory(diags);
    }
    mst_arena_clear(&page->arena);
    return out;
}

void mst_page_head(mst_page *page)
{
    const int32_t given = page->model->applied_count;
    char changes[32] = "";
    if (given > 0)
        mst_format(changes, sizeof changes, ", %d %s", (int)given,
                   given == 1 ? "change" : "changes");
    mst_page_words(page, 0, NULL, "Plan run (no chance). Scenario %s, version %08x%s",
                   page->model->id, (unsigned)(page->model->hash & 0xffffffffu), changes);
    if (page->scenario->variant)
        mst_page_words(page, 0, NULL, "Variant %s.", page->scenario->variant);
    if (page->model->hindsight)
        mst_page_words(page, 0, NULL, "With hindsight: values are used that were not known then.");
}

/* Wrapped to the page, with a line break at the end; the first line begins at a column. */
static void add_words(mst_page *page, int32_t column, int32_t indent, const char *format,
                      va_list args) MUSTER_PRINTF(4, 0);

static void add_words(mst_page *page, int32_t column, int32_t indent, const char *format,
                      va_list args)
{
    mst_text words;
    mst_text_init(&words, page->text.memory);
    mst_text_vprintf(&words, format, args);
    if (words.bytes && !words.failed)
        mst_text_wrap(&page->text, words.bytes, column, indent, MST_PAGE_WIDTH);
    mst_text_add(&page->text, "\n");
    mst_text_clear(&words);
}

void mst_page_words(mst_page *page, int32_t indent, const char *first, const char *format, ...)
{
    const int32_t used = first ? mst_text_columns(first) : 0;
    va_list args;
    if (first)
        mst_text_add(&page->text, first);
    mst_text_repeat(&page->text, " ", indent - used);
    va_start(args, format);
    add_words(page, indent > used ? indent : used, indent, format, args);
    va_end(args);
}

void mst_page_heading(mst_page *page, const char *format, ...)
{
    va_list args;
    mst_text_add(&page->text, "\n");
    va_start(args, format);
    add_words(page, 0, 2, format, args);
    va_end(args);
}

const char *mst_page_printf(mst_page *page, const char *format, ...)
{
    mst_text text;
    mst_text_init(&text, page->text.memory);
    va_list args;
    va_start(args, format);
    mst_text_vprintf(&text, format, args);
    va_end(args);
    const char *out = text.bytes && !text.failed ? mst_arena_text(&page->arena, text.bytes) : NULL;
    mst_text_clear(&text);
    return out ? out : "";
}

const char *mst_page_clock(mst_page *page, muster_time time, int32_t zone_min)
{
    char utc[MUSTER_TIME_TEXT], local[MUSTER_TIME_TEXT];
    if (time == MUSTER_NEVER)
        return "-";
    muster_time_write(time, 0, utc);
    muster_time_write(time, zone_min, local);
    utc[16] = local[16] = '\0';
    return mst_page_printf(page, "%.2s %s (%s)", utc + 8, utc + 11, local + 11);
}

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

const char *mst_page_date(mst_page *page, muster_time time, int32_t zone_min)
{
    char utc[MUSTER_TIME_TEXT], local[MUSTER_TIME_TEXT];
    if (time == MUSTER_NEVER)
        return "never";
    muster_time_write(time, 0, utc);
    muster_time_write(time, zone_min, local);
    const int day = (utc[8] - '0') * 10 + (utc[9] - '0');
    const int month = (utc[5] - '0') * 10 + (utc[6] - '0');
    return mst_page_printf(page, "%d %s %.4s, %.5s UTC (%.5s)", day,
                           months[month >= 1 && month <= 12 ? month - 1 : 0], utc, utc + 11,
                           local + 11);
}

const char *mst_page_cut(mst_page *page, const char *text, int32_t width)
{
    if (mst_text_columns(text) <= width)
        return text;
    const char *end = text;
    int32_t used = 0;
    while (*end) {
        const char *next = end + 1; /* never inside a character */
        while (((unsigned char)*next & 0xc0) == 0x80)
            next++;
        const char *one = mst_page_printf(page, "%.*s", (int)(next - end), end);
        if (used + mst_text_columns(one) > width - 1)
            break;
        used += mst_text_columns(one);
        end = next;
    }
    return mst_page_printf(page, "%.*s.", (int)(end - text), text);
}

const char *mst_page_tonnes(mst_page *page, double mass_kg)
{
    const double tonnes = mass_kg / 1000.0;
    if (fabs(tonnes) < 100.0)
        return mst_page_printf(page, "%.3g t", tonnes);
    double unit = 1.0;
    while (fabs(tonnes) / unit >= 1000.0)
        unit *= 10.0;
    return mst_page_printf(page, "%.0f t", round(tonnes / unit) * unit);
}

const char *mst_page_plain(mst_page *page, const char *word)
{
    char *out = mst_arena_text(&page->arena, word);
    for (char *at = out; at && *at; at++)
        if (*at == '_' || *at == '-')
            *at = ' ';
    return out ? out : "";
}

const char *mst_page_source(const mst_page *page, const char *source)
{
    const mst_list *sources = &page->spec->scenario.sources;
    const int32_t found = source ? mst_table_find(sources, sizeof(mst_source_def), source) : -1;
    if (found >= 0)
        return MST_AT(mst_source_def, sources, found)->text;
    return source ? source : "none given";
}

bool mst_page_speaks(const mst_page *page, const mst_verdict *verdict,
                     const mst_stage_result *stage, const mst_evidence_def *entry)
{
    enum { PARTICIPATION = 4 };
    (void)page;
    if (entry->state.index != verdict->state ||
        (entry->drill.id && entry->drill.index != verdict->drill))
        return false;
    if (!stage)
        return entry->stage == PARTICIPATION;
    return entry->stage == (int32_t)stage->stage &&
           (stage->stage != MST_ADMIT || !entry->host.id || entry->host.index == stage->host);
}

const char *mst_page_point(mst_page *page, muster_point point)
{
    const double lon = muster_lon_outside(point.lon_deg);
    return mst_page_printf(page, "%.2f %c %.2f %c", fabs(point.lat_deg),
                           point.lat_deg < 0.0 ? 'S' : 'N', fabs(lon), lon < 0.0 ? 'W' : 'E');
}

const char *mst_page_state(const mst_page *page, int32_t state)
{
    return page->model->state[state].name;
}

const char *mst_page_states(mst_page *page, const int32_t *state, int32_t count)
{
    const char *out = "";
    for (int32_t i = 0; i < count; i++)
        out = mst_page_printf(page, "%s%s%s", out,
                              i == 0           ? ""
                              : i == count - 1 ? " and "
                                               : ", ",
                              mst_page_state(page, state[i]));
    return out;
}

const char *mst_page_tonnes_mark(const mst_page *page, int32_t unit)
{
    const mst_unit_row *u = &page->model->unit[unit];
    if (u->fuel_estimated)
        return " est.";
    mst_arena scratch;
    mst_arena_init(&scratch, NULL);
    const char *path = u->def && u->def->class_.id
                           ? mst_arena_printf(&scratch, "classes.%s.fuel_t", u->def->class_.id)
                           : NULL;
    const mst_fact *fact = path ? mst_spec_fact(page->spec, path) : NULL;
    const char *mark = fact && fact->confidence == MST_ASSUMED     ? " assumed"
                       : fact && fact->confidence == MST_ESTIMATED ? " est."
                                                                   : "";
    mst_arena_clear(&scratch);
    return mark;
}

const char *mst_page_stage(mst_page *page, const mst_stage_result *stage)
{
    if (stage->stage == MST_ADMIT)
        return mst_page_printf(page, "would be admitted by %s", mst_page_state(page, stage->host));
    return stage->stage == MST_ABLE ? "able" : "accepts";
}

const char *mst_page_term_label(const mst_page *page, const mst_term *term)
{
    if (term->rule == MST_TERM_KIT)
        return "equipment";
    if (term->rule == MST_TERM_FUEL)
        return "fuel and distance";
    const mst_rule_row *rule = &page->model->rule[term->rule];
    return rule->label ? rule->label : rule->id;
}

int32_t mst_page_terms(const mst_page *page, const mst_verdict *verdict, int32_t stage,
                       const mst_term **out, int32_t capacity)
{
    int32_t count = 0;
    for (int32_t i = 0; i < verdict->term_count && count < capacity; i++) {
        const mst_term *term = &page->run->term[verdict->term_first + i];
        if (term->stage == stage)
            out[count++] = term;
    }
    return count;
}

int32_t mst_tell_find_state(const mst_page *page, const char *id, muster_diags *diags)
{
    const int32_t found = mst_model_state(page->model, id);
    if (found >= 0)
        return found;
    const char *names[64];
    int32_t count = 0;
    mst_text known;
    mst_text_init(&known, page->text.memory);
    for (int32_t i = 0; i < page->model->state_count && count < 64; i++) {
        names[count++] = page->model->state[i].id;
        mst_text_printf(&known, "%s%s", i ? ", " : "states: ", page->model->state[i].id);
    }
    const int32_t near = mst_text_nearest(id, names, count);
    if (near >= 0)
        mst_text_clear(&known);
    if (near >= 0)
        mst_text_printf(&known, "did you mean '%s'?", names[near]);
    mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, known.bytes, "no state '%s'", id);
    mst_text_clear(&known);
    return -1;
}

int32_t mst_tell_find_drill(const mst_page *page, const char *id, muster_diags *diags)
{
    const int32_t found = mst_model_drill(page->model, id);
    if (found >= 0)
        return found;
    if (page->model->drill_count == 0)
        mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, NULL, "the scenario holds no drill");
    else
        mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, NULL,
                 "no drill '%s'; the first is '%s'", id, page->model->drill[0].id);
    return -1;
}
