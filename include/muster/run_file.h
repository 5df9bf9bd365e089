/**
 * @file run_file.h
 * A run document (muster run --json, or -o FILE; run.schema.json) read back into values, for exporters
 * and programs of others.
 *
 * Times are UTC, masses kg, speeds m/s, ways m. A text that is not given is null, a number NaN, a time
 * MUSTER_NEVER, a place has NaN in both members. Longitudes are 0 <= lon_deg < 360, as everywhere
 * inside. What a document lacks because an older program wrote it reads as an empty list. All texts
 * and lists belong to the run file.
 */
#ifndef MUSTER_RUN_FILE_H
#define MUSTER_RUN_FILE_H

#include "muster/diag.h"
#include "muster/geo.h"
#include "muster/time.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A way by sea. Between two points a ship goes along the great circle. */
typedef struct muster_run_route {
    const char *from;          /**< name of the place                                    */
    const char *to;            /**< name of the place                                    */
    double length_nm;          /**< over water, nautical miles; NaN: not given           */
    const muster_point *point; /**< point_count >= 2, from end to end                    */
    int32_t point_count;       /**< points                                               */
    const double *at_m;        /**< way from the first point to each, m, never falling; at_count  */
    int32_t at_count;          /**< point_count, or 0: not given                         */
} muster_run_route;

/** A stretch of a ship's track, under way or not. */
typedef struct muster_run_leg {
    const char *kind;     /**< leg (under way), port, anchor, drift, station, adrift     */
    const char *from;     /**< where it begins; may be null                              */
    const char *to;       /**< where a leg leads; else null                              */
    muster_time start;    /**< begin                                                     */
    muster_time end;      /**< end, not before start                                     */
    double speed_mps;     /**< through the water, m/s; NaN: not given                    */
    double burn_kgps;     /**< fuel burnt, kg/s                                          */
    double start_m;       /**< way covered on the route at the begin, m; NaN: at rest    */
    double route_m;       /**< length of the route, m; NaN: at rest                      */
    double fuel_start_kg; /**< fuel at the begin, kg                                     */
    muster_point at;      /**< of `from`; adrift: of where it lies                       */
    int32_t route;        /**< index in routes; -1: not under way                        */
    bool reverse;         /**< the route is followed from its last point to its first    */
} muster_run_leg;

/** One flight. */
typedef struct muster_run_sortie {
    int32_t aircraft;          /**< number within the unit, from 1                       */
    const char *drill;         /**< id                                                   */
    const char *request;       /**< id of the request it flies for; may be null          */
    muster_time off;           /**< takes off                                            */
    muster_time on;            /**< on station; NEVER: not reached                       */
    muster_time leave;         /**< off station; NEVER: not before the end of the run    */
    muster_time land;          /**< lands; NEVER: in the air when the run ended          */
    double fuel_kg;            /**< of the sortie, kg; NaN: not given                    */
    muster_point base;         /**< where it takes off                                   */
    muster_point station;      /**< where it patrols                                     */
    const muster_point *point; /**< a given route, flown in place of base and station    */
    int32_t point_count;       /**< 0: none                                              */
} muster_run_sortie;

/** A ship, or the aircraft of one type at one base. */
typedef struct muster_run_unit {
    const char *id;                  /**< unique in the document                         */
    const char *name;                /**< may be null                                    */
    const char *pennant;             /**< number on the hull; may be null                */
    const char *state;               /**< id of its state                                */
    const char *class_name;          /**< may be null                                    */
    const char *type;                /**< DDG, fighter ...; may be null                  */
    const char *domain;              /**< naval or air                                   */
    const char *base;                /**< name; may be null                              */
    const char *symbol;              /**< carrier, destroyer, tanker ...; may be null    */
    const char *sidc;                /**< 20 digits, APP-6; may be null                  */
    muster_point at;                 /**< of its base                                    */
    bool took_part;                  /**< it sailed or flew for a drill                  */
    const char *cause;               /**< why not, or why it left; may be null           */
    double tank_kg;                  /**< full tank, kg; NaN: an aircraft                */
    const muster_run_leg *leg;       /**< one after another, without gaps (leg_count)    */
    int32_t leg_count;               /**< legs                                           */
    const muster_run_sortie *sortie; /**< of aircraft (sortie_count)                     */
    int32_t sortie_count;            /**< sorties                                        */
} muster_run_unit;

/** A drill as it went. */
typedef struct muster_run_drill {
    const char *id;        /**< id                            */
    const char *name;      /**< may be null                   */
    muster_time muster_at; /**< planned muster                */
    muster_time end;       /**< planned end; or NEVER         */
    muster_time started;   /**< NEVER: it did not             */
    bool mustered;         /**< it started                    */
    muster_point at;       /**< muster point                  */
} muster_run_drill;

/** Something that is practised. */
typedef struct muster_run_serial {
    const char *id;      /**< id                              */
    const char *name;    /**< may be null                     */
    const char *drill;   /**< id of its drill                 */
    muster_time start;   /**< NEVER: it was not held          */
    muster_time end;     /**< NEVER: it was not held          */
    const char *outcome; /**< done, degraded, cancelled       */
    const char *cause;   /**< first need that failed, or null */
    double probability;  /**< of success, or NaN              */
    double value;        /**< 0..1, or NaN                    */
    double weight;       /**< in the score                    */
} muster_run_serial;

/** Addend of a margin. */
typedef struct muster_run_term {
    const char *key;   /**< id of the rule                     */
    const char *label; /**< in words                           */
    double value;      /**< signed; NaN: a value is not given  */
} muster_run_term;

/** One condition of taking part. */
typedef struct muster_run_stage {
    const char *stage;           /**< able, admit, accept                       */
    const char *host;            /**< of admit: the host; else null             */
    const char *standing;        /**< yes, no, tie, not assessed                */
    double margin;               /**< no unit; NaN: not assessed                */
    double probability;          /**< NaN: not assessed                         */
    const muster_run_term *term; /**< add up to the margin (term_count)         */
    int32_t term_count;          /**< terms                                     */
} muster_run_stage;

/** Whether a state takes part in a drill. */
typedef struct muster_run_decision {
    const char *drill;             /**< id                                      */
    const char *state;             /**< id                                      */
    const char *name;              /**< of the state; may be null               */
    const char *part;              /**< host or candidate                       */
    int32_t joins;                 /**< 1 yes, 0 no, -1 not assessed            */
    double probability;            /**< NaN: not assessed                       */
    const muster_run_stage *stage; /**< in order (stage_count)                  */
    int32_t stage_count;           /**< stages                                  */
} muster_run_decision;

/** A record of the run. */
typedef struct muster_run_event {
    muster_time time; /**< when                                      */
    const char *kind; /**< as `muster run --trace` names it          */
    const char *unit; /**< id; null: of none                         */
    double a;         /**< whole number, its meaning as the kind has it */
    double b;         /**< whole number, its meaning as the kind has it */
    double value;     /**< NaN: none                                 */
} muster_run_event;

/** What a reader is told, in order of time. */
typedef struct muster_run_log {
    muster_time time;   /**< when                                    */
    const char *kind;   /**< sailed, mustered, takeoff ...           */
    const char *text;   /**< a sentence                              */
    const char *unit;   /**< id, or null                             */
    const char *state;  /**< id, or null                             */
    const char *drill;  /**< id, or null                             */
    const char *serial; /**< id, or null                             */
    muster_point at;    /**< where                                   */
    double weight;      /**< 1..3, 3 is a headline                   */
} muster_run_log;

/** A value of a measure. */
typedef struct muster_run_outcome {
    const char *measure; /**< name with its unit                     */
    const char *label;   /**< words for a table                      */
    const char *unit;    /**< h, nm, t ...; empty: a share, a number */
    const char *of;      /**< drill, state, unit ...                 */
    const char *id;      /**< of the thing                           */
    double value;        /**< NaN: not defined                       */
} muster_run_outcome;

/** A state of the scenario. */
typedef struct muster_run_state {
    const char *id;   /**< id          */
    const char *name; /**< may be null */
} muster_run_state;

/** A port or an airfield. */
typedef struct muster_run_base {
    const char *id;    /**< id                     */
    const char *name;  /**< may be null            */
    const char *state; /**< id, or null            */
    const char *kind;  /**< port, airfield or both */
    muster_point at;   /**< where                  */
} muster_run_base;

/** An area: a circle or a polygon. */
typedef struct muster_run_area {
    const char *id;            /**< id                                              */
    const char *name;          /**< may be null                                     */
    muster_point at;           /**< centre of a circle                              */
    double radius_nm;          /**< of a circle; NaN: a polygon                     */
    const muster_point *point; /**< corners; the last is joined to the first        */
    int32_t point_count;       /**< 0, or >= 3                                      */
} muster_run_area;

/** A dated report of where a unit or group was. */
typedef struct muster_run_observation {
    const char *id;         /**< id                           */
    const char *what;       /**< departure, sighting, arrival */
    const char *says;       /**< may be null                  */
    muster_time from;       /**< or NEVER                     */
    muster_time until;      /**< or NEVER                     */
    muster_point at;        /**< where                        */
    const char *unit;       /**< id, or null                  */
    const char *group;      /**< id, or null                  */
    const char *source;     /**< may be null                  */
    const char *confidence; /**< may be null                  */
} muster_run_observation;

/** A run document. Every list has its length beside it. */
typedef struct muster_run_file {
    const char *program_version;               /**< that wrote it                    */
    const char *scenario;                      /**< id                               */
    const char *title;                         /**< of the scenario                  */
    const char *hash;                          /**< of the scenario, 16 hex digits   */
    const char *variant;                       /**< id; null: none                   */
    const char *run;                           /**< plan or replication              */
    double replication;                        /**< its number; NaN: the plan        */
    const char *summary;                       /**< of the scenario; may be null     */
    muster_time epoch;                         /**< the scenario's start             */
    muster_time end;                           /**< last moment of the run           */
    const muster_run_state *state;             /**< states                           */
    int32_t state_count;                       /**< their number                     */
    const muster_run_base *base;               /**< bases                            */
    int32_t base_count;                        /**< their number                     */
    const muster_run_area *area;               /**< areas                            */
    int32_t area_count;                        /**< their number                     */
    const muster_run_observation *observation; /**< observations                     */
    int32_t observation_count;                 /**< their number                     */
    const muster_run_drill *drill;             /**< drills                           */
    int32_t drill_count;                       /**< their number                     */
    const muster_run_decision *decision;       /**< decisions, drill by drill        */
    int32_t decision_count;                    /**< their number                     */
    const muster_run_unit *unit;               /**< units                            */
    int32_t unit_count;                        /**< their number                     */
    const muster_run_route *route;             /**< ways by sea                      */
    int32_t route_count;                       /**< their number                     */
    const muster_run_serial *serial;           /**< serials                          */
    int32_t serial_count;                      /**< their number                     */
    const muster_run_event *event;             /**< records, in order of time        */
    int32_t event_count;                       /**< their number                     */
    const muster_run_log *log;                 /**< log, in order of time            */
    int32_t log_count;                         /**< its length                       */
    const muster_run_outcome *outcome;         /**< every measure of everything      */
    int32_t outcome_count;                     /**< their number                     */
} muster_run_file;

/** Most bytes of a run document. */
#define MUSTER_RUN_FILE_BYTES_MAX ((size_t)512 << 20)

/**
 * Reads a run document from any bytes.
 *
 * @param[in]  name    of the file, for messages
 * @param[in]  bytes   of the file; not kept
 * @param[in]  length  in bytes
 * @param[in]  memory  where the values live; null: malloc and free
 * @param[in]  diags   takes what is wrong, each with the path of the member ("units[3].legs[0].start");
 *                     may be null
 * @param[out] out     owned by the caller, muster_run_file_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_run_file_read(const char *name, const char *bytes, size_t length,
                                              const muster_memory *memory, muster_diags *diags,
                                              const muster_run_file **out);

/**
 * Frees a run file.
 *
 * @param[in] run  may be null
 */
MUSTER_API void muster_run_file_free(const muster_run_file *run);

#ifdef __cplusplus
}
#endif
#endif
