/* KML 2.2 with gx:Track, which Google Earth reads: tracks in time with fuel beside them, plain lines for
 * readers without gx, serials with their spans, areas and places. Order of elements matters. */
#include "export/cut.h"
#include "export/export.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void element(mst_out *out, const char *tag, const char *content)
{
    mst_out_printf(out, "<%s>", tag);
    mst_out_xml(out, content);
    mst_out_printf(out, "</%s>", tag);
}

static void begin_folder(mst_out *out, const char *name, bool is_shown)
{
    mst_out_text(out, "<Folder>");
    element(out, "name", name);
    mst_out_text(out, is_shown ? "\n" : "<visibility>0</visibility>\n");
}

static void coordinates(mst_out *out, double lon_deg, double lat_deg, const char *between)
{
    mst_out_fixed(out, lon_deg, 5, "0");
    mst_out_text(out, between);
    mst_out_fixed(out, lat_deg, 5, "0");
}

/* ---- styles: one a state; colours are written alpha, blue, green, red -------------------------- */

/* Of the first unit of each colour, since a style is a colour. */
static void add_styles(const mst_export *e)
{
    mst_out *out = e->out;
    const mst_colour *made[16];
    int32_t count = 0;
    for (int32_t i = 0; i < e->run->unit_count; i++) {
        const mst_colour *c = mst_export_colour(e, e->run->unit[i].state);
        int32_t k = 0;
        while (k < count && made[k] != c)
            k++;
        if (k < count || count == 16)
            continue;
        made[count++] = c;
        mst_out_printf(
            out,
            "<Style id=\"%s\"><IconStyle><color>ff%02x%02x%02x</color></IconStyle>"
            "<LineStyle><color>ff%02x%02x%02x</color><width>2</width></LineStyle></Style>\n",
            c->name, c->blue, c->green, c->red, c->blue, c->green, c->red);
    }
    mst_out_text(out, "<Style id=\"area\"><LineStyle><color>ff777777</color></LineStyle>"
                      "<PolyStyle><color>33777777</color></PolyStyle></Style>\n");
    mst_out_text(out, "<Schema id=\"fuel\"><gx:SimpleArrayField name=\"fuel_kg\" type=\"float\">"
                      "<displayName>fuel, kg</displayName></gx:SimpleArrayField></Schema>\n");
}

/* ---- tracks ---------------------------------------------------------------------------------- */

static void describe(const mst_export *e, const mst_mover *m)
{
    mst_out *out = e->out;
    mst_out_text(out, "<Placemark>");
    element(out, "name", m->name);
    mst_out_text(out, "<description>");
    mst_out_xml(out, mst_export_name(m->unit->class_name, m->unit->id));
    mst_out_text(out, ", ");
    mst_out_xml(out, m->unit->state);
    if (m->unit->sidc) {
        mst_out_text(out, ", ");
        mst_out_xml(out, m->unit->sidc);
    }
    mst_out_printf(out, "</description><styleUrl>#%s</styleUrl>\n",
                   mst_export_colour(e, m->unit->state)->name);
}

static void add_gx_track(mst_out *out, const mst_track *t)
{
    mst_out_text(out, "<gx:Track>\n");
    for (int32_t i = 0; i < t->count; i++) {
        mst_out_text(out, "<when>");
        mst_out_time(out, t->sample[i].time);
        mst_out_text(out, "</when>\n");
    }
    for (int32_t i = 0; i < t->count; i++) {
        mst_out_text(out, "<gx:coord>");
        coordinates(out, muster_lon_outside(t->sample[i].lon_deg), t->sample[i].lat_deg, " ");
        mst_out_text(out, " 0</gx:coord>\n");
    }
    if (!isnan(t->sample[0].fuel_kg)) {
        mst_out_text(out, "<ExtendedData><SchemaData schemaUrl=\"#fuel\">"
                          "<gx:SimpleArrayData name=\"fuel_kg\">\n");
        for (int32_t i = 0; i < t->count; i++) {
            mst_out_text(out, "<gx:value>");
            mst_out_fixed(out, t->sample[i].fuel_kg, 1, "0");
            mst_out_text(out, "</gx:value>\n");
        }
        mst_out_text(out, "</gx:SimpleArrayData></SchemaData></ExtendedData>\n");
    }
    mst_out_text(out, "</gx:Track>\n");
}

/* Between flights an aircraft is on the ground: a gap, so each flight is a track of its own. */
static void add_tracks(const mst_export *e)
{
    mst_out *out = e->out;
    begin_folder(out, "Tracks", true);
    for (int32_t i = 0; i < e->movers->count; i++) {
        describe(e, &e->movers->mover[i]);
        mst_out_text(out, "<gx:MultiTrack><gx:interpolate>0</gx:interpolate>\n");
        add_gx_track(out, &e->movers->mover[i].track);
        mst_out_text(out, "</gx:MultiTrack></Placemark>\n");
    }
    mst_out_text(out, "</Folder>\n");
}

static void add_line(const mst_export *e, const mst_mover *m)
{
    mst_out *out = e->out;
    mst_parts p = mst_cut_track(&m->track);
    out->failed = out->failed || p.failed;
    if (!out->failed) {
        describe(e, m);
        mst_out_text(out, "<MultiGeometry>");
        for (int32_t k = 0; k < p.part_count; k++) {
            mst_out_text(out, "<LineString><tessellate>1</tessellate><coordinates>");
            for (int32_t i = p.part[k]; i < p.part[k + 1]; i++) {
                mst_out_text(out, i > p.part[k] ? " " : "");
                coordinates(out, p.sample[i].lon_deg, p.sample[i].lat_deg, ",");
            }
            mst_out_text(out, "</coordinates></LineString>");
        }
        mst_out_text(out, "</MultiGeometry></Placemark>\n");
    }
    mst_parts_clear(&p);
}

static void add_lines(const mst_export *e)
{
    begin_folder(e->out, "Lines", false);
    for (int32_t i = 0; i < e->movers->count; i++)
        add_line(e, &e->movers->mover[i]);
    mst_out_text(e->out, "</Folder>\n");
}

/* ---- places ---------------------------------------------------------------------------------- */

static void add_point(mst_out *out, muster_point at)
{
    if (!isnan(at.lat_deg)) {
        mst_out_text(out, "<Point><coordinates>");
        coordinates(out, muster_lon_outside(at.lon_deg), at.lat_deg, ",");
        mst_out_text(out, "</coordinates></Point>");
    }
    mst_out_text(out, "</Placemark>\n");
}

static void add_serials(const mst_export *e)
{
    mst_out *out = e->out;
    begin_folder(out, "Serials", true);
    for (int32_t i = 0; i < e->run->serial_count; i++) {
        const muster_run_serial *s = &e->run->serial[i];
        mst_out_text(out, "<Placemark>");
        element(out, "name", mst_export_name(s->name, s->id));
        element(out, "description", s->outcome);
        if (s->start != MUSTER_NEVER) {
            mst_out_text(out, "<TimeSpan><begin>");
            mst_out_time(out, s->start);
            mst_out_text(out, "</begin>");
            if (s->end != MUSTER_NEVER) {
                mst_out_text(out, "<end>");
                mst_out_time(out, s->end);
                mst_out_text(out, "</end>");
            }
            mst_out_text(out, "</TimeSpan>");
        }
        add_point(out, mst_export_place_of(e, s->drill));
    }
    mst_out_text(out, "</Folder>\n");
}

static void add_area(mst_out *out, const muster_run_area *area)
{
    mst_ring ring[MST_RINGS_MOST];
    const int32_t rings = mst_area_rings(area, ring, out);
    if (rings < 1)
        return;
    mst_out_text(out, "<Placemark>");
    element(out, "name", mst_export_name(area->name, area->id));
    mst_out_text(out, "<styleUrl>#area</styleUrl><MultiGeometry>");
    for (int32_t k = 0; k < rings; k++) {
        mst_out_text(
            out, "<Polygon><tessellate>1</tessellate><outerBoundaryIs><LinearRing><coordinates>");
        for (int32_t i = 0; i < ring[k].count; i++) {
            mst_out_text(out, i > 0 ? " " : "");
            coordinates(out, ring[k].point[i].lon_deg, ring[k].point[i].lat_deg, ",");
        }
        mst_out_text(out, "</coordinates></LinearRing></outerBoundaryIs></Polygon>");
    }
    mst_out_text(out, "</MultiGeometry></Placemark>\n");
    mst_rings_clear(ring, rings);
}

static void add_places(const mst_export *e)
{
    mst_out *out = e->out;
    begin_folder(out, "Areas", true);
    for (int32_t i = 0; i < e->run->area_count; i++)
        add_area(out, &e->run->area[i]);
    mst_out_text(out, "</Folder>\n");
    begin_folder(out, "Muster points", true);
    for (int32_t i = 0; i < e->run->drill_count; i++) {
        mst_out_text(out, "<Placemark>");
        element(out, "name", mst_export_name(e->run->drill[i].name, e->run->drill[i].id));
        add_point(out, e->run->drill[i].at);
    }
    mst_out_text(out, "</Folder>\n");
    begin_folder(out, "Ports", true);
    for (int32_t i = 0; i < e->run->base_count; i++) {
        mst_out_text(out, "<Placemark>");
        element(out, "name", mst_export_name(e->run->base[i].name, e->run->base[i].id));
        add_point(out, e->run->base[i].at);
    }
    mst_out_text(out, "</Folder>\n");
}

static void write_kml(const mst_export *e)
{
    mst_out *out = e->out;
    mst_out_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<kml xmlns=\"http://www.opengis.net/kml/2.2\" "
                      "xmlns:gx=\"http://www.google.com/kml/ext/2.2\">\n<Document>");
    element(out, "name", e->run->title);
    if (e->run->summary)
        element(out, "description", e->run->summary);
    mst_out_text(out, "\n");
    add_styles(e);
    add_tracks(e);
    add_lines(e);
    add_serials(e);
    add_places(e);
    mst_out_text(out, "</Document>\n</kml>\n");
}

const mst_exporter mst_exporter_kml = {
    .name = "kml",
    .doc = "KML 2.2 with gx:Track, for Google Earth: tracks, fuel",
    .ending = ".kml",
    .write = write_kml,
};
