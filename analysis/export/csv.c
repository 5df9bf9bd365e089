/* Tables for spreadsheets and statistics: RFC 4180, units in the header, an empty field where
 * something is not known. */
#include "export/export.h"

#include <math.h>
#include <string.h>

static const char *const tables[] = {"tracks",   "events",    "log", "serials",
                                     "measures", "decisions", NULL};

static void head(mst_out *out, const char *line)
{
    mst_out_text(out, line);
    mst_out_text(out, "\n");
}

static void text(mst_out *out, const char *value)
{
    mst_out_csv(out, value);
    mst_out_text(out, ",");
}

static void fixed(mst_out *out, double value, int decimals)
{
    mst_out_fixed(out, value, decimals, "");
    mst_out_text(out, ",");
}

static void real(mst_out *out, double value)
{
    mst_out_real(out, value, "");
    mst_out_text(out, ",");
}

static void when(mst_out *out, muster_time time)
{
    mst_out_time(out, time);
    mst_out_text(out, ",");
}

/* The last comma becomes the end of the row. */
static void end_row(mst_out *out)
{
    if (out->failed)
        return;
    out->length--;
    mst_out_text(out, "\n");
}

static void write_tracks(const mst_export *e)
{
    mst_out *out = e->out;
    head(out, "unit,sortie,name,state,time_utc,lon_deg,lat_deg,speed_kn,heading_deg,fuel_kg,doing");
    for (int32_t i = 0; i < e->movers->count; i++) {
        const mst_mover *m = &e->movers->mover[i];
        for (int32_t k = 0; k < m->track.count; k++) {
            const mst_sample *s = &m->track.sample[k];
            text(out, m->unit->id);
            if (m->sortie)
                mst_out_printf(out, "%d", (int)(m->sortie - m->unit->sortie) + 1);
            mst_out_text(out, ",");
            text(out, m->name);
            text(out, m->unit->state);
            when(out, s->time);
            fixed(out, muster_lon_outside(s->lon_deg), 5);
            fixed(out, s->lat_deg, 5);
            fixed(out, s->speed_mps * 3600.0 / MUSTER_NM_M, 2);
            fixed(out, s->heading_deg, 1);
            fixed(out, s->fuel_kg, 1);
            text(out, s->doing);
            end_row(out);
        }
    }
}

static void write_events(const mst_export *e)
{
    mst_out *out = e->out;
    head(out, "time_utc,kind,unit,a,b,value");
    for (int32_t i = 0; i < e->run->event_count; i++) {
        const muster_run_event *event = &e->run->event[i];
        when(out, event->time);
        text(out, event->kind);
        text(out, event->unit);
        real(out, event->a);
        real(out, event->b);
        real(out, event->value);
        end_row(out);
    }
}

static void write_log(const mst_export *e)
{
    mst_out *out = e->out;
    head(out, "time_utc,kind,text,unit,state,drill,serial,lon_deg,lat_deg,weight");
    for (int32_t i = 0; i < e->run->log_count; i++) {
        const muster_run_log *entry = &e->run->log[i];
        when(out, entry->time);
        text(out, entry->kind);
        text(out, entry->text);
        text(out, entry->unit);
        text(out, entry->state);
        text(out, entry->drill);
        text(out, entry->serial);
        fixed(out, muster_lon_outside(entry->at.lon_deg), 5);
        fixed(out, entry->at.lat_deg, 5);
        real(out, entry->weight);
        end_row(out);
    }
}

static void write_serials(const mst_export *e)
{
    mst_out *out = e->out;
    head(out, "serial,name,drill,start_utc,end_utc,outcome,cause,probability,value,weight");
    for (int32_t i = 0; i < e->run->serial_count; i++) {
        const muster_run_serial *s = &e->run->serial[i];
        text(out, s->id);
        text(out, s->name);
        text(out, s->drill);
        when(out, s->start);
        when(out, s->end);
        text(out, s->outcome);
        text(out, s->cause);
        real(out, s->probability);
        real(out, s->value);
        real(out, s->weight);
        end_row(out);
    }
}

static void write_measures(const mst_export *e)
{
    mst_out *out = e->out;
    head(out, "measure,label,unit,of,id,value");
    for (int32_t i = 0; i < e->run->outcome_count; i++) {
        const muster_run_outcome *o = &e->run->outcome[i];
        text(out, o->measure);
        text(out, o->label);
        text(out, o->unit);
        text(out, o->of);
        text(out, o->id);
        real(out, o->value);
        end_row(out);
    }
}

/* One row a term: those of a stage add up to its margin. */
static void decision_row(mst_out *out, const muster_run_decision *d, const muster_run_stage *s,
                         const muster_run_term *t)
{
    text(out, d->drill);
    text(out, d->state);
    text(out, d->name);
    text(out, d->part);
    text(out, d->joins < 0 ? "" : d->joins ? "yes" : "no");
    real(out, d->probability);
    text(out, s ? s->stage : NULL);
    text(out, s ? s->host : NULL);
    text(out, s ? s->standing : NULL);
    real(out, s ? s->margin : (double)NAN);
    real(out, s ? s->probability : (double)NAN);
    text(out, t ? t->key : NULL);
    text(out, t ? t->label : NULL);
    real(out, t ? t->value : (double)NAN);
    end_row(out);
}

static void write_decisions(const mst_export *e)
{
    head(e->out, "drill,state,name,part,joins,probability,stage,host,standing,margin,"
                 "stage_probability,term,label,value");
    for (int32_t i = 0; i < e->run->decision_count; i++) {
        const muster_run_decision *d = &e->run->decision[i];
        for (int32_t k = 0; k < d->stage_count; k++) {
            const muster_run_stage *s = &d->stage[k];
            for (int32_t n = 0; n < s->term_count; n++)
                decision_row(e->out, d, s, &s->term[n]);
            if (s->term_count == 0)
                decision_row(e->out, d, s, NULL);
        }
        if (d->stage_count == 0)
            decision_row(e->out, d, NULL, NULL);
    }
}

static void write_csv(const mst_export *e)
{
    static void (*const write[])(const mst_export *) = {
        write_tracks, write_events, write_log, write_serials, write_measures, write_decisions};
    for (int32_t i = 0; tables[i]; i++)
        if (strcmp(tables[i], e->table) == 0)
            write[i](e);
}

const mst_exporter mst_exporter_csv = {
    .name = "csv",
    .doc = "tables: tracks, events, log, serials, measures, decisions",
    .ending = ".csv",
    .table = tables,
    .write = write_csv,
};
