/* CZML 1.0, for Cesium: one packet a ship, a flight, a serial, an area. Seconds count from the scenario's
 * start. */
#include "export/cut.h"
#include "export/export.h"

#include <math.h>
#include <stdlib.h>

static double seconds(const mst_export *e, muster_time time)
{
    return (double)(time - e->run->epoch) / 1e6;
}

static void interval(mst_out *out, muster_time from, muster_time until)
{
    mst_out_text(out, "\"");
    mst_out_time(out, from);
    mst_out_text(out, "/");
    mst_out_time(out, until);
    mst_out_text(out, "\"");
}

static void epoch(const mst_export *e)
{
    mst_out_text(e->out, "\"epoch\":\"");
    mst_out_time(e->out, e->run->epoch);
    mst_out_text(e->out, "\"");
}

/* "kind/id": no two packets have the same. */
static void begin_packet(mst_out *out, const char *kind, const char *id, const char *name)
{
    mst_out_text(out, ",\n{\"id\":");
    if (kind) {
        mst_out out_id = {0};
        mst_out_printf(&out_id, "%s/%s", kind, id);
        if (!out_id.failed)
            mst_out_json(out, out_id.bytes);
        out->failed = out->failed || out_id.failed;
        free(out_id.bytes);
    } else
        mst_out_json(out, id);
    mst_out_text(out, ",\"name\":");
    mst_out_json(out, name);
}

static void place(mst_out *out, muster_point at)
{
    mst_out_fixed(out, muster_lon_outside(at.lon_deg), 5, "0");
    mst_out_text(out, ",");
    mst_out_fixed(out, at.lat_deg, 5, "0");
    mst_out_text(out, ",0");
}

static void colour(mst_out *out, const mst_colour *c, int alpha)
{
    mst_out_printf(out, "{\"rgba\":[%d,%d,%d,%d]}", c->red, c->green, c->blue, alpha);
}

/* ---- what moves ------------------------------------------------------------------------------ */

static void add_positions(const mst_export *e, const mst_track *t)
{
    mst_out *out = e->out;
    mst_out_text(out, ",\"position\":{");
    epoch(e);
    mst_out_text(out, ",\"interpolationAlgorithm\":\"LAGRANGE\",\"interpolationDegree\":1,"
                      "\"forwardExtrapolationType\":\"HOLD\",\"cartographicDegrees\":[");
    for (int32_t i = 0; i < t->count; i++) {
        mst_out_text(out, i > 0 ? "," : "");
        mst_out_fixed(out, seconds(e, t->sample[i].time), 3, "0");
        mst_out_text(out, ",");
        place(out, (muster_point){t->sample[i].lat_deg, t->sample[i].lon_deg});
    }
    mst_out_text(out, "]}");
}

static void add_properties(const mst_export *e, const mst_mover *m)
{
    mst_out *out = e->out;
    const mst_track *t = &m->track;
    mst_out_text(out, ",\"properties\":{\"unit\":");
    mst_out_json(out, m->unit->id);
    mst_out_text(out, ",\"state\":");
    mst_out_json(out, m->unit->state);
    if (m->unit->sidc) {
        mst_out_text(out, ",\"sidc\":");
        mst_out_json(out, m->unit->sidc);
    }
    if (m->sortie && !isnan(m->sortie->fuel_kg)) {
        mst_out_text(out, ",\"sortie_fuel_kg\":");
        mst_out_fixed(out, m->sortie->fuel_kg, 1, "");
    }
    if (!isnan(t->sample[0].fuel_kg)) {
        mst_out_text(out, ",\"fuel_kg\":{");
        epoch(e);
        mst_out_text(out, ",\"number\":[");
        for (int32_t i = 0; i < t->count; i++) {
            mst_out_text(out, i > 0 ? "," : "");
            mst_out_fixed(out, seconds(e, t->sample[i].time), 3, "0");
            mst_out_text(out, ",");
            mst_out_fixed(out, t->sample[i].fuel_kg, 1, "0");
        }
        mst_out_text(out, "]}");
    }
    mst_out_text(out, "}");
}

static void add_description(mst_out *out, const mst_mover *m)
{
    mst_out_text(out, ",\"description\":\"<p>");
    mst_out_html(out, mst_export_name(m->unit->class_name, m->unit->id));
    mst_out_text(out, "</p><p>");
    mst_out_html(out, m->unit->state);
    mst_out_text(out, "</p>\"");
}

static void add_label(mst_out *out, const char *text)
{
    mst_out_text(out, ",\"label\":{\"font\":\"12px sans-serif\",\"horizontalOrigin\":\"LEFT\","
                      "\"pixelOffset\":{\"cartesian2\":[8,0]},\"text\":");
    mst_out_json(out, text);
    mst_out_text(out, "}");
}

static void add_mover(const mst_export *e, const mst_mover *m)
{
    mst_out *out = e->out;
    const mst_track *t = &m->track;
    const mst_colour *c = mst_export_colour(e, m->unit->state);
    const muster_time last = t->sample[t->count - 1].time;
    begin_packet(out, NULL, m->id, m->name);
    mst_out_text(out, ",\"availability\":");
    interval(out, t->sample[0].time, last);
    add_description(out, m);
    add_positions(e, t);
    mst_out_text(out, ",\"point\":{\"pixelSize\":8,\"color\":");
    colour(out, c, 255);
    mst_out_text(out, "},\"path\":{\"leadTime\":0,\"trailTime\":");
    mst_out_fixed(out, (double)(last - t->sample[0].time) / 1e6, 3, "0");
    mst_out_text(out, ",\"width\":2,\"material\":{\"solidColor\":{\"color\":");
    colour(out, c, 160);
    mst_out_text(out, "}}}");
    add_label(out, m->name);
    add_properties(e, m);
    mst_out_text(out, "}");
}

/* ---- what stays ------------------------------------------------------------------------------ */

static void add_point(mst_out *out, muster_point at, const char *name)
{
    static const mst_colour grey = {"", 0x60, 0x60, 0x60};
    if (!isnan(at.lat_deg)) {
        mst_out_text(out, ",\"position\":{\"cartographicDegrees\":[");
        place(out, at);
        mst_out_text(out, "]},\"point\":{\"pixelSize\":6,\"color\":");
        colour(out, &grey, 255);
        mst_out_text(out, "}");
        add_label(out, name);
    }
    mst_out_text(out, "}");
}

static void add_area(mst_out *out, const muster_run_area *area)
{
    static const mst_colour grey = {"", 0x77, 0x77, 0x77};
    int32_t count = 0;
    muster_point *corner = mst_area_corners(area, &count);
    out->failed = out->failed || !corner;
    if (corner && count >= 3) {
        begin_packet(out, "area", area->id, mst_export_name(area->name, area->id));
        mst_out_text(out, ",\"polygon\":{\"positions\":{\"cartographicDegrees\":[");
        for (int32_t i = 0; i < count; i++) {
            mst_out_text(out, i > 0 ? "," : "");
            place(out, corner[i]);
        }
        mst_out_text(out, "]},\"material\":{\"solidColor\":{\"color\":");
        colour(out, &grey, 60);
        mst_out_text(out, "}}}}");
    }
    free(corner);
}

static void add_serial(const mst_export *e, const muster_run_serial *s)
{
    const char *name = mst_export_name(s->name, s->id);
    if (s->start == MUSTER_NEVER || s->end == MUSTER_NEVER || s->end < s->start)
        return;
    begin_packet(e->out, "serial", s->id, name);
    mst_out_text(e->out, ",\"availability\":");
    interval(e->out, s->start, s->end);
    add_point(e->out, mst_export_place_of(e, s->drill), name);
}

static void write_head(const mst_export *e)
{
    mst_out *out = e->out;
    mst_out_text(out, "[\n{\"id\":\"document\",\"version\":\"1.0\",\"name\":");
    mst_out_json(out, e->run->title);
    mst_out_text(out, ",\"clock\":{\"interval\":");
    interval(out, e->run->epoch, e->run->end);
    mst_out_text(out, ",\"currentTime\":\"");
    mst_out_time(out, e->run->epoch);
    mst_out_text(out, "\",\"multiplier\":600,\"range\":\"LOOP_STOP\","
                      "\"step\":\"SYSTEM_CLOCK_MULTIPLIER\"}}");
}

static void write_czml(const mst_export *e)
{
    const muster_run_file *run = e->run;
    write_head(e);
    for (int32_t i = 0; i < e->movers->count; i++)
        add_mover(e, &e->movers->mover[i]);
    for (int32_t i = 0; i < run->serial_count; i++)
        add_serial(e, &run->serial[i]);
    for (int32_t i = 0; i < run->drill_count; i++) {
        const char *name = mst_export_name(run->drill[i].name, run->drill[i].id);
        begin_packet(e->out, "muster-point", run->drill[i].id, name);
        add_point(e->out, run->drill[i].at, name);
    }
    for (int32_t i = 0; i < run->base_count; i++) {
        const char *name = mst_export_name(run->base[i].name, run->base[i].id);
        begin_packet(e->out, "port", run->base[i].id, name);
        add_point(e->out, run->base[i].at, name);
    }
    for (int32_t i = 0; i < run->area_count; i++)
        add_area(e->out, &run->area[i]);
    mst_out_text(e->out, "\n]\n");
}

const mst_exporter mst_exporter_czml = {
    .name = "czml",
    .doc = "CZML 1.0, for Cesium: tracks, fuel, serials, areas",
    .ending = ".czml",
    .write = write_czml,
};
