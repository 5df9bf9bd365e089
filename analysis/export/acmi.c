/* Tacview ACMI 2.2: frames in order of time. Nothing that leaves may look destroyed: LeftArea first. */
#include "export/export.h"

#include "muster/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A line of the file, at its place in time. */
typedef struct line {
    muster_time time;
    int32_t rank;         /* within a frame: objects, events, removals */
    int32_t number;       /* keeps the order in which they were added  */
    size_t start, length; /* in the text of lines                      */
} line;

enum { OBJECTS, EVENTS, REMOVALS };

typedef struct frames {
    const mst_export *e;
    mst_out text; /* of all lines */
    line *all;
    int32_t count, room;
} frames;

static int by_time(const void *a, const void *b)
{
    const line *x = a, *y = b;
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank - y->rank;
    return (x->number > y->number) - (x->number < y->number);
}

/* What is written into f->text until end_line is the line. */
static void begin_line(frames *f, muster_time time, int32_t rank)
{
    if (f->count == f->room) {
        const int32_t room = f->room ? 2 * f->room : 256;
        line *more = room < INT32_MAX / 2 ? realloc(f->all, (size_t)room * sizeof *more) : NULL;
        if (!more) {
            f->text.failed = true;
            return;
        }
        f->all = more;
        f->room = room;
    }
    f->all[f->count] = (line){time, rank, f->count, f->text.length, 0};
    f->count++;
}

static void end_line(frames *f)
{
    if (f->text.failed)
        return;
    line *last = &f->all[f->count - 1];
    last->length = f->text.length - last->start;
}

/* Of the id and not of an index: it stays when others come or go. 0 is the world. */
static uint64_t object_of(const char *id)
{
    const uint64_t hash = muster_hash(MUSTER_HASH_START, id, strlen(id));
    return hash ? hash : 1;
}

static void add_object_id(mst_out *out, uint64_t object)
{
    mst_out_printf(out, "%llx", (unsigned long long)object);
}

static void property(mst_out *out, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    mst_out_printf(out, ",%s=", name);
    mst_out_acmi(out, value);
}

/* Tags of 3D models; what is not known is a ship or an aircraft. */
static const char *type_of(const muster_run_unit *unit)
{
    static const char *const tags[][2] = {
        {"carrier", "Heavy+Sea+Watercraft+AircraftCarrier"},
        {"cruiser", "Heavy+Sea+Watercraft+Warship"},
        {"destroyer", "Medium+Sea+Watercraft+Warship"},
        {"frigate", "Medium+Sea+Watercraft+Warship"},
        {"corvette", "Light+Sea+Watercraft+Warship"},
        {"amphibious", "Heavy+Sea+Watercraft+Warship"},
        {"landing", "Medium+Sea+Watercraft+Warship"},
        {"supply", "Heavy+Sea+Watercraft"},
        {"survey", "Medium+Sea+Watercraft"},
        {"submarine", "Sea+Watercraft+Submarine"},
        {"helicopter", "Air+Rotorcraft"},
    };
    const bool is_air = strcmp(unit->domain, "air") == 0;
    for (size_t i = 0; unit->symbol && i < sizeof tags / sizeof *tags; i++)
        if (strcmp(tags[i][0], unit->symbol) == 0)
            return tags[i][1];
    if (is_air)
        return "Air+FixedWing";
    return unit->symbol && strcmp(unit->symbol, "patrol") == 0 ? "Light+Sea+Watercraft+Warship"
                                                               : "Sea+Watercraft";
}

static void add_place(mst_out *out, const mst_sample *s)
{
    const double lon_deg = muster_lon_outside(s->lon_deg);
    mst_out_text(out, ",T=");
    mst_out_fixed(out, lon_deg, 5, "");
    mst_out_text(out, "|");
    mst_out_fixed(out, s->lat_deg, 5, "");
    mst_out_text(out, "|0|0|0|");
    mst_out_fixed(out, s->heading_deg, 1, "");
    if (!isnan(s->fuel_kg)) {
        mst_out_text(out, ",FuelWeight=");
        mst_out_fixed(out, s->fuel_kg, 1, "");
    }
}

static void add_names(frames *f, const mst_mover *m)
{
    const char *code = mst_export_code(f->e, m->unit->state);
    mst_out *out = &f->text;
    property(out, "Name", mst_export_name(m->unit->class_name, m->unit->type));
    property(out, "Type", type_of(m->unit));
    property(out, "CallSign", m->name);
    property(out, "Registration", m->unit->pennant);
    property(out, "Group", m->unit->state);
    if (code) {
        mst_out_text(out, ",Country=");
        for (; *code; code++) {
            const char small = (char)(*code >= 'A' && *code <= 'Z' ? *code - 'A' + 'a' : *code);
            mst_out_bytes(out, &small, 1);
        }
    }
    property(out, "Coalition", m->unit->took_part ? "Participants" : "Others");
    property(out, "Color", mst_export_colour(f->e, m->unit->state)->name);
    property(out, "Unit", m->unit->id);
    property(out, "Sidc", m->unit->sidc);
}

static void add_event(frames *f, muster_time time, const char *kind, const char *object,
                      const char *text)
{
    if (time == MUSTER_NEVER)
        return;
    begin_line(f, time, EVENTS);
    mst_out_printf(&f->text, "0,Event=%s|", kind);
    if (object) {
        add_object_id(&f->text, object_of(object));
        mst_out_text(&f->text, "|");
    }
    mst_out_acmi_event(&f->text, text);
    end_line(f);
}

/* Aircraft come with their take-off and go when they have landed; ships stay. */
static void add_flight_events(frames *f, const mst_mover *m)
{
    const mst_sample *last = &m->track.sample[m->track.count - 1];
    add_event(f, m->track.sample[0].time, "TakenOff", m->id, mst_export_name(m->unit->base, ""));
    if (m->sortie->land == MUSTER_NEVER)
        return;
    add_event(f, last->time, "Landed", m->id, mst_export_name(m->unit->base, ""));
    begin_line(f, last->time, REMOVALS);
    mst_out_text(&f->text, "0,Event=LeftArea|");
    add_object_id(&f->text, object_of(m->id));
    mst_out_text(&f->text, "|\n-");
    add_object_id(&f->text, object_of(m->id));
    end_line(f);
}

static void add_mover(frames *f, const mst_mover *m)
{
    bool was_adrift = false;
    for (int32_t i = 0; i < m->track.count; i++) {
        const mst_sample *s = &m->track.sample[i];
        const bool is_adrift = strcmp(s->doing, "adrift") == 0;
        begin_line(f, s->time, OBJECTS);
        add_object_id(&f->text, object_of(m->id));
        add_place(&f->text, s);
        if (i == 0)
            add_names(f, m);
        if (is_adrift != was_adrift)
            mst_out_printf(&f->text, ",Disabled=%d", is_adrift);
        end_line(f);
        was_adrift = is_adrift;
    }
    if (m->sortie)
        add_flight_events(f, m);
}

/* The object of a ship's id; of what has no track, none. */
static const char *ship_object(const frames *f, const char *unit)
{
    for (int32_t i = 0; unit && i < f->e->movers->count; i++)
        if (!f->e->movers->mover[i].sortie && strcmp(f->e->movers->mover[i].unit->id, unit) == 0)
            return f->e->movers->mover[i].id;
    return NULL;
}

static const char *const bookmarked[] = {"mustered", "started", "drill started", "serial-started",
                                         "serial started"};

/* With a log its sentences; of an older run file the names of what happened. */
static void add_log(frames *f)
{
    const muster_run_file *run = f->e->run;
    for (int32_t i = 0; i < run->log_count; i++) {
        const muster_run_log *entry = &run->log[i];
        bool is_mark = false;
        for (size_t k = 0; k < sizeof bookmarked / sizeof *bookmarked; k++)
            is_mark = is_mark || strcmp(entry->kind, bookmarked[k]) == 0;
        if (strcmp(entry->kind, "takeoff") != 0 && strcmp(entry->kind, "landed") != 0)
            add_event(f, entry->time, is_mark ? "Bookmark" : "Message", ship_object(f, entry->unit),
                      entry->text);
    }
}

static void add_marks(frames *f)
{
    const muster_run_file *run = f->e->run;
    for (int32_t i = 0; i < run->event_count; i++)
        if (strcmp(run->event[i].kind, "mustered") == 0)
            add_event(f, run->event[i].time, "Bookmark", ship_object(f, run->event[i].unit),
                      "mustered");
    for (int32_t i = 0; i < run->drill_count; i++)
        add_event(f, run->drill[i].started, "Bookmark", NULL,
                  mst_export_name(run->drill[i].name, run->drill[i].id));
    for (int32_t i = 0; i < run->serial_count; i++)
        add_event(f, run->serial[i].start, "Bookmark", NULL,
                  mst_export_name(run->serial[i].name, run->serial[i].id));
}

static void write_head(const mst_export *e)
{
    mst_out *out = e->out;
    mst_out_text(out, "FileType=text/acmi/tacview\nFileVersion=2.2\n0,ReferenceTime=");
    mst_out_time(out, e->run->epoch);
    mst_out_text(out, ",DataSource=muster ");
    mst_out_acmi(out, mst_export_name(e->run->program_version, ""));
    property(out, "Title", e->run->title);
    mst_out_text(out, ",Category=Joint drill");
    property(out, "Briefing", e->run->summary);
    mst_out_text(out, "\n");
}

static void write_frames(frames *f)
{
    mst_out *out = f->e->out;
    muster_time now = MUSTER_NEVER;
    if (f->count > 0)
        qsort(f->all, (size_t)f->count, sizeof *f->all, by_time);
    for (int32_t i = 0; i < f->count && !f->text.failed; i++) {
        if (f->all[i].time != now) {
            now = f->all[i].time;
            mst_out_text(out, "#");
            mst_out_fixed(out, (double)(now - f->e->run->epoch) / 1e6, 3, "0");
            mst_out_text(out, "\n");
        }
        mst_out_bytes(out, f->text.bytes + f->all[i].start, f->all[i].length);
        mst_out_text(out, "\n");
    }
    out->failed = out->failed || f->text.failed;
}

static int by_number(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Two ids with one number would be one object: as likely as a lottery won twice, or made so on purpose. */
static bool numbers_differ(const mst_export *e)
{
    uint64_t *all = calloc((size_t)e->movers->count + 1, sizeof *all);
    bool differ = true;
    e->out->failed = e->out->failed || !all;
    for (int32_t i = 0; all && i < e->movers->count; i++)
        all[i] = object_of(e->movers->mover[i].id);
    if (all && e->movers->count > 1)
        qsort(all, (size_t)e->movers->count, sizeof *all, by_number);
    for (int32_t i = 1; all && i < e->movers->count; i++)
        differ = differ && all[i] != all[i - 1];
    free(all);
    return differ;
}

static void write_acmi(const mst_export *e)
{
    frames f = {.e = e};
    bool flies = false;
    if (!numbers_differ(e))
        mst_export_note(e,
                        "two units have ids of the same number: they are one object in this file");
    write_head(e);
    for (int32_t i = 0; i < e->movers->count; i++) {
        add_mover(&f, &e->movers->mover[i]);
        flies = flies || e->movers->mover[i].sortie;
    }
    if (e->run->log_count > 0)
        add_log(&f);
    else
        add_marks(&f);
    write_frames(&f);
    if (flies)
        mst_export_note(
            e, "altitudes and fuel of aircraft over time are not modelled: they are at 0 m");
    free(f.all);
    free(f.text.bytes);
}

const mst_exporter mst_exporter_acmi = {
    .name = "acmi",
    .doc = "Tacview ACMI 2.2: tracks, fuel and events in time",
    .ending = ".acmi",
    .write = write_acmi,
};
