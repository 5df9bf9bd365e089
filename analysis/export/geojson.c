/* GeoJSON, RFC 7946: a feature a ship, a flight, a place. Times and fuel stand beside the positions, in
 * arrays as long as there are positions, part after part. Contours of reach are a file of their own:
 * `muster reach --area`. */
#include "export/cut.h"
#include "export/export.h"

#include <math.h>
#include <stdlib.h>

typedef struct features {
    const mst_export *e;
    int32_t count;
} features;

static void text(mst_out *out, const char *key, const char *value)
{
    mst_out_printf(out, ",\"%s\":", key);
    if (value)
        mst_out_json(out, value);
    else
        mst_out_text(out, "null");
}

static void time_or_null(mst_out *out, const char *key, muster_time time)
{
    char iso[MUSTER_TIME_TEXT];
    text(out, key, time == MUSTER_NEVER ? NULL : muster_time_write_iso(time, iso));
}

static void begin_feature(features *f, const char *id, const char *kind)
{
    mst_out *out = f->e->out;
    mst_out_text(out, f->count++ ? ",\n" : "\n");
    mst_out_text(out, "{\"type\":\"Feature\",\"id\":");
    mst_out_json(out, id);
    mst_out_printf(out, ",\"properties\":{\"kind\":\"%s\"", kind);
}

static void position(mst_out *out, double lon_deg, double lat_deg)
{
    mst_out_text(out, "[");
    mst_out_fixed(out, lon_deg, 5, "0");
    mst_out_text(out, ",");
    mst_out_fixed(out, lat_deg, 5, "0");
    mst_out_text(out, "]");
}

static void end_with_point(features *f, muster_point at)
{
    mst_out *out = f->e->out;
    if (isnan(at.lat_deg)) {
        mst_out_text(out, "},\"geometry\":null}");
        return;
    }
    mst_out_text(out, "},\"geometry\":{\"type\":\"Point\",\"coordinates\":");
    position(out, muster_lon_outside(at.lon_deg), at.lat_deg);
    mst_out_text(out, "}}");
}

/* ---- tracks ---------------------------------------------------------------------------------- */

static void add_arrays(mst_out *out, const mst_parts *p)
{
    mst_out_text(out, ",\"times\":[");
    for (int32_t i = 0; i < p->count; i++) {
        mst_out_text(out, i > 0 ? ",\"" : "\"");
        mst_out_time(out, p->sample[i].time);
        mst_out_text(out, "\"");
    }
    mst_out_text(out, "],\"fuel_kg\":[");
    for (int32_t i = 0; i < p->count; i++) {
        mst_out_text(out, i > 0 ? "," : "");
        mst_out_fixed(out, p->sample[i].fuel_kg, 1, "null");
    }
    mst_out_text(out, "]");
}

static void add_lines(mst_out *out, const mst_parts *p)
{
    const bool is_cut = p->part_count > 1;
    mst_out_printf(out, "},\"geometry\":{\"type\":\"%s\",\"coordinates\":%s",
                   is_cut ? "MultiLineString" : "LineString", is_cut ? "[" : "");
    for (int32_t k = 0; k < p->part_count; k++) {
        mst_out_text(out, k > 0 ? ",[" : "[");
        for (int32_t i = p->part[k]; i < p->part[k + 1]; i++) {
            mst_out_text(out, i > p->part[k] ? "," : "");
            position(out, p->sample[i].lon_deg, p->sample[i].lat_deg);
        }
        mst_out_text(out, "]");
    }
    mst_out_text(out, is_cut ? "]}}" : "}}");
}

static void add_track(features *f, const mst_mover *m)
{
    mst_out *out = f->e->out;
    mst_parts parts = mst_cut_track(&m->track);
    out->failed = out->failed || parts.failed;
    if (!out->failed) {
        begin_feature(f, m->id, "track");
        text(out, "unit", m->unit->id);
        text(out, "name", m->name);
        text(out, "actor", m->unit->state);
        text(out, "class", m->unit->class_name);
        text(out, "domain", m->unit->domain);
        text(out, "sidc", m->unit->sidc);
        mst_out_printf(out, ",\"took_part\":%s", m->unit->took_part ? "true" : "false");
        if (m->sortie) {
            text(out, "drill", m->sortie->drill);
            mst_out_text(out, ",\"sortie_fuel_kg\":");
            mst_out_fixed(out, m->sortie->fuel_kg, 1, "null");
        }
        add_arrays(out, &parts);
        add_lines(out, &parts);
    }
    mst_parts_clear(&parts);
}

/* ---- places ---------------------------------------------------------------------------------- */

static void add_area(features *f, const muster_run_area *area)
{
    mst_out *out = f->e->out;
    mst_ring ring[MST_RINGS_MOST];
    const int32_t rings = mst_area_rings(area, ring, out);
    if (rings < 1)
        return;
    begin_feature(f, area->id, "area");
    text(out, "name", mst_export_name(area->name, area->id));
    mst_out_printf(out, "},\"geometry\":{\"type\":\"%s\",\"coordinates\":%s",
                   rings > 1 ? "MultiPolygon" : "Polygon", rings > 1 ? "[" : "");
    for (int32_t k = 0; k < rings; k++) {
        mst_out_text(out, k > 0 ? ",[[" : "[[");
        for (int32_t i = 0; i < ring[k].count; i++) {
            mst_out_text(out, i > 0 ? "," : "");
            position(out, ring[k].point[i].lon_deg, ring[k].point[i].lat_deg);
        }
        mst_out_text(out, "]]");
    }
    mst_out_text(out, rings > 1 ? "]}}" : "}}");
    mst_rings_clear(ring, rings);
}

static void add_places(features *f)
{
    const muster_run_file *run = f->e->run;
    mst_out *out = f->e->out;
    for (int32_t i = 0; i < run->base_count; i++) {
        begin_feature(f, run->base[i].id, "port");
        text(out, "name", mst_export_name(run->base[i].name, run->base[i].id));
        text(out, "actor", run->base[i].state);
        text(out, "use", run->base[i].kind);
        end_with_point(f, run->base[i].at);
    }
    for (int32_t i = 0; i < run->drill_count; i++) {
        begin_feature(f, run->drill[i].id, "muster-point");
        text(out, "name", mst_export_name(run->drill[i].name, run->drill[i].id));
        time_or_null(out, "planned", run->drill[i].muster_at);
        time_or_null(out, "started", run->drill[i].started);
        end_with_point(f, run->drill[i].at);
    }
    for (int32_t i = 0; i < run->area_count; i++)
        add_area(f, &run->area[i]);
}

static void add_observations(features *f)
{
    mst_out *out = f->e->out;
    for (int32_t i = 0; i < f->e->run->observation_count; i++) {
        const muster_run_observation *o = &f->e->run->observation[i];
        begin_feature(f, o->id, "observation");
        text(out, "what", o->what);
        text(out, "says", o->says);
        time_or_null(out, "from", o->from);
        time_or_null(out, "until", o->until);
        text(out, "unit", o->unit);
        text(out, "group", o->group);
        text(out, "source", o->source);
        text(out, "confidence", o->confidence);
        end_with_point(f, o->at);
    }
}

static void write_geojson(const mst_export *e)
{
    features f = {.e = e};
    mst_out_text(e->out, "{\"type\":\"FeatureCollection\",\"name\":");
    mst_out_json(e->out, e->run->title);
    text(e->out, "scenario", e->run->scenario);
    text(e->out, "hash", e->run->hash);
    mst_out_text(e->out, ",\"features\":[");
    for (int32_t i = 0; i < e->movers->count; i++)
        add_track(&f, &e->movers->mover[i]);
    add_places(&f);
    add_observations(&f);
    mst_out_text(e->out, "\n]}\n");
}

const mst_exporter mst_exporter_geojson = {
    .name = "geojson",
    .doc = "GeoJSON, RFC 7946: tracks, ports, areas, sightings",
    .ending = ".geojson",
    .write = write_geojson,
};
