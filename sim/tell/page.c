/* What every screen begins and ends with, and how it names things. */
#include "tell/page.h"

#include "base/format.h"
#include "engine/feedback.h"

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
                       .sample = tell->sample,
                       .seed = tell->result ? tell->result->seed : 0,
                       .bar = "#",
                       .as_student = tell->as_student,
                       .values_of = -1};
    mst_text_init(&page->text, tell->memory);
    mst_arena_init(&page->arena, tell->memory);
}

/* The run keeps the values of its last decision only, and a file may hold drills of several years. */
uint64_t mst_page_joins(const mst_page *page, int32_t drill)
{
    uint64_t joins = 0;
    const mst_drill_row *d = &page->model->drill[drill];
    for (int32_t i = 0; i < d->candidate_count; i++) {
        const mst_verdict *v = mst_verdict_of(page->run, drill, d->candidate[i]);
        if (v && v->joins && v->state < 64)
            joins |= UINT64_C(1) << v->state;
    }
    return joins;
}

const mst_values *mst_page_values(mst_page *page, int32_t drill)
{
    const mst_model *m = page->model;
    const size_t n = (size_t)m->state_count;
    if (page->values_of == drill)
        return &page->values;
    if (!page->values.directed) {
        mst_values *v = &page->values;
        v->attribute =
            mst_arena_array(&page->arena, n * (size_t)m->attribute_count, sizeof(double));
        v->mutual = mst_arena_array(&page->arena, n * n * (size_t)m->mutual_count, sizeof(double));
        v->directed =
            mst_arena_array(&page->arena, n * n * (size_t)m->directed_count, sizeof(double));
    }
    if (page->arena.failed)
        return &page->run->values;
    mst_run_values(m, page->run, drill, &page->values);
    page->values_of = drill;
    return &page->values;
}

char *mst_page_document(const mst_page *page, mst_json *json, const muster_memory *memory,
                        muster_diags *diags)
{
    char *out = mst_json_take(json, memory, diags);
    if (!out || !page->arena.failed)
        return out;
    muster_tell_free(out, memory); /* a text or a table that was to stand in it is not there */
    mst_diag_memory(diags);
    return NULL;
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

int32_t mst_page_use(const mst_page *page)
{
    const mst_list *variants = &page->spec->variants;
    const char *id = page->scenario->variant;
    const int32_t found = id ? mst_table_find(variants, sizeof(mst_variant_def), id) : -1;
    const int32_t own = found >= 0 ? MST_AT(mst_variant_def, variants, found)->use : -1;
    return own >= 0 ? own : page->model->use;
}

void mst_page_use_words(mst_page *page)
{
    if (mst_page_use(page) == MST_CALIBRATION)
        mst_page_words(page, 0, NULL, "%s", mst_tell_calibration);
    if (mst_page_use(page) == MST_HYPOTHETICAL)
        mst_page_words(page, 0, NULL, "Hypothetical: nothing to compare with.");
}

const char *mst_page_printf(mst_page *page, const char *format, ...)
{
    mst_text text;
    mst_text_init(&text, page->text.memory);
    va_list args;
    va_start(args, format);
    mst_text_vprintf(&text, format, args);
    va_end(args);
    page->arena.failed = page->arena.failed || text.failed;
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
    const char *month_words = months[month >= 1 && month <= 12 ? month - 1 : 0];
    const char *other_day =
        strncmp(utc, local, 10) == 0
            ? ""
            : mst_page_printf(page, "%d ", (local[8] - '0') * 10 + (local[9] - '0'));
    return mst_page_printf(page, "%d %s %.4s, %.5s UTC (%s%s%.5s)", day, month_words, utc, utc + 11,
                           *other_day ? "day " : "", other_day, local + 11);
}

/* Bytes of the longest beginning that is no wider than so many columns, whole characters only. */
static size_t fitting(mst_page *page, const char *text, int32_t width)
{
    const char *end = text;
    int32_t used = 0;
    while (*end) {
        const char *next = end + 1;
        while (((unsigned char)*next & 0xc0) == 0x80)
            next++;
        used += mst_text_columns(mst_page_printf(page, "%.*s", (int)(next - end), end));
        if (used > width)
            break;
        end = next;
    }
    return (size_t)(end - text);
}

const char *mst_page_cut(mst_page *page, const char *text, int32_t width)
{
    if (mst_text_columns(text) <= width)
        return text;
    const size_t length = strlen(text);
    size_t tail = length; /* a number at the end tells things of one name apart: it stays */
    while (tail > 0 && text[tail - 1] >= '0' && text[tail - 1] <= '9')
        tail--;
    if (tail == length || tail == 0 || text[tail - 1] != ' ' ||
        (int32_t)(length - tail) > width / 3)
        tail = length;
    const char *last = tail < length ? text + tail - 1 : "";
    const int32_t room = width - 2 - mst_text_columns(last);
    size_t end = fitting(page, text, room);
    size_t word = end;
    while (word > 0 && text[word] != ' ')
        word--;
    while (word > 0 && (text[word - 1] == ' ' || text[word - 1] == ',' || text[word - 1] == '-'))
        word--;
    if (word >= end / 2 && word > 0) /* at a word, unless too little would be left */
        end = word;
    return mst_page_printf(page, "%.*s..%s", (int)end, text, last);
}

const char *mst_page_number(mst_page *page, int32_t count, const char *one, const char *many)
{
    return mst_page_printf(page, "%d %s", (int)count, count == 1 ? one : many);
}

/* A hyphen inside a compound that English writes with one: surface-to-air, anti-ship. */
static bool holds_together(const char *word, const char *at)
{
    return strncmp(at, "-to-", 4) == 0 || (at - word >= 3 && strncmp(at - 3, "-to", 3) == 0) ||
           (at - word >= 4 && strncmp(at - 4, "anti", 4) == 0);
}

const char *mst_page_plain(mst_page *page, const char *word)
{
    char *out = mst_arena_text(&page->arena, word);
    for (char *at = out; at && *at; at++)
        if (*at == '_' || (*at == '-' && !holds_together(word, word + (at - out))))
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
    const char *mark = fact && fact->confidence == MUSTER_ASSUMED     ? " assumed"
                       : fact && fact->confidence == MUSTER_ESTIMATED ? " est."
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

const char *mst_page_answer(const mst_stage_result *stage)
{
    if (stage->standing == MST_NOT_ASSESSED)
        return "not assessed";
    return mst_stage_says_no(stage) ? "no" : "yes";
}

const char *mst_page_voice(const mst_voice_def *voice)
{
    if (!voice->kind && !voice->country)
        return "no voice named";
    return voice->kind ? voice->kind : voice->country;
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

bool mst_page_rule_speaks(const mst_rule_def *rule, const char *state)
{
    for (int32_t i = 0; i < rule->about.count; i++)
        if (strcmp(*MST_AT(const char *const, &rule->about, i), state) == 0)
            return true;
    return rule->about.count == 0;
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

const mst_term *mst_page_main_term(const mst_page *page, const mst_verdict *v, int32_t stage)
{
    enum { TERMS_MAX = 128 };
    const mst_term *terms[TERMS_MAX], *best = NULL;
    const int32_t count = mst_page_terms(page, v, stage, terms, TERMS_MAX);
    const double sign = v->stage[stage].standing == MST_YES ? 1.0 : -1.0;
    for (int32_t i = 0; i < count; i++)
        if (!isnan(terms[i]->value) && (!best || sign * terms[i]->value > sign * best->value))
            best = terms[i];
    return best;
}
