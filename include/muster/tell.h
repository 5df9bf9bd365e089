/**
 * @file tell.h
 * Results as text in memory: reports for people (80 columns), JSON for programs. Prints nothing.
 *
 * Every function returns zero-terminated UTF-8 that the caller gives back with muster_tell_free,
 * or null when memory is short or a value cannot be told (a diagnostic says which).
 */
#ifndef MUSTER_TELL_H
#define MUSTER_TELL_H

#include "muster/replicate.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What is told about. */
typedef struct muster_tell {
    const muster_scenario *scenario; /**< what was run                */
    const muster_model *model;       /**< compiled from it            */
    const muster_result *result;     /**< its run                     */
    muster_sample *sample;       /**< replications of the model to be told beside it; null: none */
    const muster_memory *memory; /**< null: malloc              */
    bool ascii;                  /**< no characters beyond ASCII in bars and rules */
    /** why: a reference for Shapley values; another world of the same file (a variant, a coding), or
     * null: this one. */
    const struct muster_tell *reference;
    const char *reference_state; /**< why: another candidate as reference; null: the same state */
    const char *reference_name;  /**< what the reference is called in words; null: there is none */
    const char *drill; /**< report, list assumed: id of the drill that is told; null: all */
    /** run document: for students. What is for the instructor alone (notes, reveals and answers of a
     * lesson, secrets of its roles, notes of injects) is null. */
    bool as_student;
    bool is_tight; /**< run document: without blanks and line breaks, a third shorter */
} muster_tell;

/**
 * The report of a run, for people.
 *
 * @param[in] tell   what is told about
 * @param[in] diags  takes what is wrong; may be null
 * @return text to be given back with muster_tell_free; null with a diagnostic, of an unknown drill
 *         with suggestions
 */
MUSTER_API char *muster_tell_report(const muster_tell *tell, muster_diags *diags);

/**
 * All of a run, for programs: run.schema.json.
 *
 * @param[in] tell   what is told about
 * @param[in] diags  takes what is wrong; may be null
 * @return text to be given back with muster_tell_free; null with a diagnostic
 */
MUSTER_API char *muster_tell_json(const muster_tell *tell, muster_diags *diags);

/**
 * The printed page of the scenario's lesson: what an instructor holds in the hand, and on pages behind it
 * the slip of questions and the role sheets. HTML for paper, without scripts; texts of the file are texts
 * there whatever they hold.
 *
 * @param[in] tell   what is told about
 * @param[in] diags  takes what is wrong; may be null
 * @return text to be given back with muster_tell_free; null with a diagnostic, of a scenario without a
 *         lesson as well
 */
MUSTER_API char *muster_tell_sheet(const muster_tell *tell, muster_diags *diags);

/**
 * Every event of the run, one line each.
 *
 * @param[in] tell   what is told about
 * @param[in] diags  takes what is wrong; may be null
 * @return text to be given back with muster_tell_free; null with a diagnostic
 */
MUSTER_API char *muster_tell_trace(const muster_tell *tell, muster_diags *diags);

/**
 * Why a state takes part or not.
 *
 * @param[in] tell     what is told about
 * @param[in] state    id or name of a state
 * @param[in] drill    id of a drill; null: the first
 * @param[in] as_json  the same content as a JSON object
 * @param[in] diags    takes what is wrong; may be null
 * @return text to be given back with muster_tell_free; null with a diagnostic, of an unknown id
 *         with suggestions
 */
MUSTER_API char *muster_tell_why(const muster_tell *tell, const char *state, const char *drill,
                                 bool as_json, muster_diags *diags);

/**
 * The ladder of every unit of a state.
 *
 * @param[in] tell     what is told about
 * @param[in] state    id or name of a state; null: all states
 * @param[in] drill    id of a drill; null: the first
 * @param[in] as_json  the same content as a JSON object
 * @param[in] diags    takes what is wrong; may be null
 * @return text to be given back with muster_tell_free; null with a diagnostic, of an unknown id
 *         with suggestions
 */
MUSTER_API char *muster_tell_reach(const muster_tell *tell, const char *state, const char *drill,
                                   bool as_json, muster_diags *diags);

/**
 * Rival explanations of who takes part: what each alignment model says of every candidate of every
 * drill, camps, scores against the file's record beside the nulls, thresholds, and what each model
 * says of itself.
 *
 * @param[in] tell     what is told about
 * @param[in] model    name of one model, as `muster list models` prints it; null: all
 * @param[in] drill    id of one drill; null: all
 * @param[in] as_json  a muster-rivals document
 * @param[in] diags    takes what is wrong; may be null
 * @return text to be given back with muster_tell_free; null with a diagnostic, of an unknown name with
 *         the known ones
 */
MUSTER_API char *muster_tell_rivals(const muster_tell *tell, const char *model, const char *drill,
                                    bool as_json, muster_diags *diags);

/** Alternatives that are compared; the first is what the others are held against. */
typedef struct muster_comparison {
    const char *const *name;                /**< in words, one each (count)                    */
    const muster_scenario *const *scenario; /**< count                                         */
    const muster_model *const *model;       /**< count                                         */
    const muster_result *const *plan;       /**< plan run of each (count)                      */
    muster_sample *sample;                  /**< replications of the models in that order; null:
                                                  plan runs alone                               */
    int32_t count;                          /**< 2 to 26                                       */
    const char *settings;                   /**< changes made to all of them, in words; may be
                                                  null or empty                                 */
    bool all;                               /**< figures of units, groups, serials ... as well */
    const muster_memory *memory;            /**< null: malloc                                  */
} muster_comparison;

/**
 * Findings as sentences, largest first, and the table; or a muster-compare document.
 *
 * @param[in] comparison  what is compared
 * @param[in] as_json     a muster-compare document
 * @param[in] diags       takes what is wrong; may be null
 * @return text to be given back with muster_tell_free; null with a diagnostic
 */
MUSTER_API char *muster_tell_compare(const muster_comparison *comparison, bool as_json,
                                     muster_diags *diags);

/**
 * What several codings of one case say of a state: stage by stage, largest disagreement first.
 *
 * @param[in] tell     the case as it stands, which the head of the page names
 * @param[in] codings  name: ids of codings of the file; each scenario with the changes of its coding
 *                     (its memory is not used)
 * @param[in] state    id or name of a state, a candidate of the drill
 * @param[in] drill    id of a drill; null: the first
 * @param[in] as_json  a muster-codings document
 * @param[in] diags    takes what is wrong; may be null
 * @return text to be given back with muster_tell_free; null with a diagnostic
 */
MUSTER_API char *muster_tell_codings(const muster_tell *tell, const muster_comparison *codings,
                                     const char *state, const char *drill, bool as_json,
                                     muster_diags *diags);

/**
 * Diagnostics as lines "file:line: error: ..." or as a document.
 *
 * @param[in] diags    the list; null: an empty one
 * @param[in] as_json  a muster-diagnostics document
 * @param[in] memory   where memory comes from; null: malloc and free
 * @return text to be given back with muster_tell_free; null when memory is short
 */
MUSTER_API char *muster_tell_diags(const muster_diags *diags, bool as_json,
                                   const muster_memory *memory);

/**
 * A single mistake, of a command line for instance, as a muster-diagnostics document.
 *
 * @param[in] message  what is wrong
 * @param[in] hint     what to do; may be null
 * @param[in] memory   where memory comes from; null: malloc and free
 * @return text to be given back with muster_tell_free; null when memory is short
 */
MUSTER_API char *muster_tell_mistake(const char *message, const char *hint,
                                     const muster_memory *memory);

/**
 * Gives a text back.
 *
 * @param[in] text    may be null
 * @param[in] memory  as it was when the text was made
 */
MUSTER_API void muster_tell_free(char *text, const muster_memory *memory);

#ifdef __cplusplus
}
#endif
#endif
