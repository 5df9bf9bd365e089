/** @file out.h
 * Text being written, and the ways in which formats write texts and numbers. One that once failed
 * stays failed, so an exporter checks nothing.
 */
#ifndef MST_ANALYSIS_EXPORT_OUT_H
#define MST_ANALYSIS_EXPORT_OUT_H

#include "muster/time.h"

typedef struct mst_out {
    char *bytes; /* malloc; zero-terminated */
    size_t length, room;
    bool failed;
    bool has_controls; /* a character that XML has no place for was replaced */
} mst_out;

void mst_out_bytes(mst_out *out, const char *bytes, size_t length);
void mst_out_text(mst_out *out, const char *text); /* as it stands */
void mst_out_printf(mst_out *out, const char *format, ...) MUSTER_PRINTF(2, 3);

/** With that many decimals; what rounds to 0 has no sign. NaN: `missing`. */
void mst_out_fixed(mst_out *out, double value, int decimals, const char *missing);
/** The shortest that reads back the same. NaN: `missing`. */
void mst_out_real(mst_out *out, double value, const char *missing);
void mst_out_time(mst_out *out, muster_time time); /* ISO 8601, UTC; NEVER: nothing */

/** Texts, escaped as the format wants it; null: an empty one. */
void mst_out_xml(mst_out *out, const char *text);        /* content or attribute              */
void mst_out_json(mst_out *out, const char *text);       /* with its quotes                   */
void mst_out_html(mst_out *out, const char *text);       /* HTML within a JSON string, no quotes */
void mst_out_csv(mst_out *out, const char *text);        /* a field of RFC 4180               */
void mst_out_acmi(mst_out *out, const char *text);       /* a value of a property             */
void mst_out_acmi_event(mst_out *out, const char *text); /* the text of an event        */

#endif
