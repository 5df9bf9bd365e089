/** @file scene.h
 * Parts of the run document that a reader needs to show a drill: what the file says of the case
 * (scene), what happened in plain words (log), fuel over time, sorties, symbols.
 *
 * Coordinates are degrees, rounded to 1e-5 (about a metre); longitudes -180..180, east positive, but
 * for the box of the scene, which does not break at 180.
 */
#ifndef MST_TELL_SCENE_H
#define MST_TELL_SCENE_H

#include "tell/why.h"

/** [longitude, latitude] */
void mst_json_point(mst_json *json, const char *key, muster_point point);
/** Members lat_deg and lon_deg; null where the place is not known. */
void mst_json_place(mst_json *json, muster_point point);
/** An array of texts (const char *). */
void mst_json_texts(mst_json *json, const char *key, const mst_list *texts);

/** What does not depend on the run, as the member "scene". */
void mst_json_scene(mst_json *json, mst_page *page);

/** What a reader wants to be told, in order of time, as the member "log". */
void mst_json_log(mst_json *json, mst_page *page);

/** Fuel of ships over time, as the member "fuel". */
void mst_json_fuel(mst_json *json, const mst_page *page);

/** Sorties of a squadron, as the member "sorties". */
void mst_json_sorties(mst_json *json, const mst_page *page, int32_t unit);

/* Members of the scene, one file each. */
void mst_json_scene_places(mst_json *json, mst_page *page);       /* bases areas straits box */
void mst_json_scene_seen(mst_json *json, const mst_page *page);   /* observations      */
void mst_json_scene_drills(mst_json *json, const mst_page *page); /* drills serials    */
void mst_json_scene_rules(mst_json *json, const mst_page *page);  /* rules not_modelled */
void mst_json_scene_levers(mst_json *json, mst_page *page);       /* levers variants   */

#endif
