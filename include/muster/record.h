/**
 * @file record.h
 * Tables of drills: who was asked, who took part, and what is known of states and pairs of states year
 * by year; the alignment models that can answer are asked and scored as for a scenario.
 *
 * All tables are CSV (RFC 4180; CRLF, LF or CR; a byte-order mark may stand first), at most 64 MB each,
 * with a header; the order of columns is free, letter case in it does not count, and columns that are
 * not known are not used and told. An empty field, `NA` or `.` is a number that is missing: never 0. Numbers
 * lie within -1e100..1e100.
 *
 * **Drills**, one table, one row for each (drill, candidate): `drill_id`, `series` (may be empty),
 * `start_date`, `end_date` (ISO 8601; the end may be empty), `lat_deg`, `lon_deg` (both or neither),
 * `domains`, `hosts` (ids with blanks between), `state` (the candidate), `outcome` (1 took part, 0 did
 * not, empty: not known, to be predicted). Rows of a drill agree in all but the last two. The models are
 * asked as of the start date. A drill has at most 256 states.
 *
 * **States**, any number of tables, each of one of these forms, told apart by their columns:
 * - `state`, `year`; optional `name`, `lat_deg` and `lon_deg` of the main base (both or neither); every
 *   other column is an attribute of that name.
 * - National Material Capabilities (Singer, Bremer and Stuckey 1972; Correlates of War): `iso3`, else
 *   `stateabb`, else `ccode`; `year`, `cinc`, and `milex`, `milper`, `irst`, `pec`, `tpop`, `upop` as far
 *   as there; -9 is missing, as its codebook says.
 * - Ideal points of the UN General Assembly (Bailey, Strezhnev and Voeten 2017): `iso3` or the like,
 *   `year`, `idealpointall`, `idealpointfp`. Attribute `ideal_point` is the former; where that is empty
 *   it is missing, whatever the other says, unless the other is asked for.
 *
 * **Dyads**, any number of tables:
 * - `state_1`, `state_2`, `year`; every other column is a tie without direction of that name, but
 *   `X_1_2` and `X_2_1` are tie X with a direction, from state_1 to state_2 and back. A pair has one row
 *   a year, whichever of the two stands first. A pair that is absent is missing.
 * - Alliances (ATOP; Leeds, Ritter, Mitchell and Long 2002): `iso3_1`, `iso3_2` or the like, `year`,
 *   `defense`, `consultation`, ...: tie `pact` is 1 with a defence obligation, else 0.5 (assumed) with
 *   one to consult, else 0; the other obligations are not used. A pair that is absent in a year of which
 *   the table has any row has no pact, 0, if the table names both states in some row. In other years, and
 *   of a state that no row names, it is missing.
 * - Strategic rivalries (Thompson, Sakuwa and Suhas 2021): `iso3_1`, `iso3_2`, `start`, `end` (years;
 *   an empty end is the last year that the table names): tie `rival` is 1 in these years. The table is
 *   taken as complete from its first to its last year for the states that it names: 0 for other pairs of
 *   them in these years, missing outside, and of other states.
 *
 * Ids of states are the tables' own: nothing translates one system into another. Every state of the
 * drills must stand in a table of states. A value comes from the year in which the drill starts, else
 * from the latest earlier year within carry_years; what an answer rests on names the years of the
 * values that were read. Where a table gives a value outright, that wins over a 0 for an absent pair;
 * two tables that both give one are a mistake.
 *
 * @code
 * const muster_record_table tables[] = {{MUSTER_RECORD_DRILLS, "drills.csv", drills, drills_length},
 *                                       {MUSTER_RECORD_STATES, "states.csv", states, states_length}};
 * muster_record *record = NULL;
 * if (muster_record_read(tables, 2, NULL, NULL, diags, &record) == MUSTER_OK) {
 *     char *screen = muster_tell_record(record, NULL, NULL, false, diags);
 *     muster_tell_free(screen, NULL);
 *     muster_record_free(record);
 * }
 * @endcode
 */
#ifndef MUSTER_RECORD_H
#define MUSTER_RECORD_H

#include "muster/diag.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a table is about. */
typedef enum muster_record_role {
    MUSTER_RECORD_DRILLS, /**< one row a drill and candidate */
    MUSTER_RECORD_STATES, /**< one row a state and year      */
    MUSTER_RECORD_DYADS   /**< one row a pair of states      */
} muster_record_role;

/** A table as it stands in a file. */
typedef struct muster_record_table {
    muster_record_role role; /**< what it is about                               */
    const char *name;        /**< stands in messages and in what is told         */
    const char *bytes;       /**< any bytes, length of them; no zero behind them */
    size_t length;           /**< in bytes, at most 64 MB                        */
} muster_record_table;

/** How tables are read. All zero is the rule. */
typedef struct muster_record_options {
    int32_t carry_years; /**< 0..100: how many years old a value may be              */
    bool is_test;        /**< outcomes were not known to whoever chose the models and their
                              thresholds; else they are a calibration, the cautious reading */
    bool final_passage;  /**< ideal_point is idealpointfp, of votes on final passage   */
} muster_record_options;

typedef struct muster_record muster_record; /**< tables that were read, with all answers */

/**
 * Reads tables and asks the models about every candidate of every drill. All mistakes are told at once,
 * with file and line; of a table with more than 1000 of them the rest is not looked at.
 *
 * @param[in]  table    one of drills, one or more of states, any number of dyads; nothing is kept
 * @param[in]  count    how many
 * @param[in]  options  null: all zero
 * @param[in]  memory   where memory comes from; null: malloc and free
 * @param[in]  diags    takes what is wrong, and warnings; may be null
 * @param[out] out      owned by the caller, muster_record_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_record_read(const muster_record_table *table, int32_t count,
                                            const muster_record_options *options,
                                            const muster_memory *memory, muster_diags *diags,
                                            muster_record **out);

/**
 * Frees a record.
 *
 * @param[in] record  may be null
 */
MUSTER_API void muster_record_free(muster_record *record);

/**
 * Scores, thresholds and what each model says of itself, as muster_tell_rivals has it for a scenario.
 * What is said of each pair stands there when one drill is asked for, or with few pairs (the document
 * has them all). Every point of the curve of thresholds stands there, and in the document as `curve`,
 * when one model is asked for: `threshold` (null: nobody joins), `join_hits`, `absence_hits`,
 * `best`. Any number of threads may tell of one record.
 *
 * @param[in] record   what is told about
 * @param[in] model    name of one model; null: all
 * @param[in] drill    id of one drill; null: all
 * @param[in] as_json  a muster-rivals document
 * @param[in] diags    takes what is wrong; may be null
 * @return text to be given back with muster_tell_free and the record's memory; null with a
 *         diagnostic, of an unknown name with the known ones
 */
MUSTER_API char *muster_tell_record(const muster_record *record, const char *model,
                                    const char *drill, bool as_json, muster_diags *diags);

/**
 * Every answer as CSV, one row for each (drill, candidate, model) in order of drills: `drill_id`,
 * `series`, `start_date`, `state`, `outcome`, `model`, `p`, `joins` (1, 0), `score`, `rests_on`; what a
 * model does not give is empty. Numbers read back to the same. Lines end with LF.
 *
 * @param[in] record  what is told about
 * @param[in] model   name of one model; null: all
 * @param[in] drill   id of one drill; null: all
 * @param[in] diags   takes what is wrong; may be null
 * @return text to be given back with muster_tell_free and the record's memory; null with a diagnostic
 */
MUSTER_API char *muster_tell_predictions(const muster_record *record, const char *model,
                                         const char *drill, muster_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
