/**
 * @file fit.h
 * Weights of the three stages (able, admit, accept) learnt from tables of drills (muster/record.h): with
 * intervals, with tests out of sample, beside a plain logit, and as a coding that scenarios can use.
 *
 *     P(join) = s(able) * product over hosts h of s(admit_h) * s(accept)      s(t) = 1 / (1 + exp(-t))
 *     able = a + b.x and so on
 *
 * A row is one (drill, candidate) with a known outcome and nothing missing. Rows with something missing
 * take no part in a fit; they are counted, and scored apart by the stages that can be assessed.
 * Whole series are left out, drawn and dealt; a drill without a
 * series is one of its own.
 *
 * **Features** are named as rules name what they read. They are given by stage, as lists with commas
 * between; blanks beside a comma do not count.
 *
 * | name                         | what it is                                                        |
 * |------------------------------|-------------------------------------------------------------------|
 * | `cand.X`, `host.X`           | attribute X of the candidate, of a host                           |
 * | `tie.X`                      | tie X of the candidate with a host, without direction             |
 * | `to_host.X`, `from_host.X`   | tie X from the candidate to a host, and back                      |
 * | `gap.X`                      | distance between attribute X of the candidate and of a host       |
 * | `distance_nm`                | from the candidate's main base to the drill, thousands of nautical
 *                                  miles                                                              |
 * | `history`                    | share of the earlier editions of the series that it joined        |
 * | `hosts`                      | number of hosts                                                   |
 * | `duration_d`                 | days from the first to the last, both counted                     |
 *
 * What reads a host is read of each host in stage admit. In the other stages one number is needed: the
 * greatest over the hosts, or, written `min:NAME`, the least.
 *
 * @code
 * muster_fit *fit = NULL;
 * if (muster_fit_read(tables, 3, NULL, NULL, NULL, diags, &fit) == MUSTER_OK) {
 *     char *screen = muster_tell_fit(fit, false, diags);
 *     muster_tell_free(screen, NULL);
 *     muster_fit_free(fit);
 * }
 * @endcode
 */
#ifndef MUSTER_FIT_H
#define MUSTER_FIT_H

#include "muster/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What is fitted and how. muster_fit_defaults fills it in. */
typedef struct muster_fit_options {
    /** Features of stage able; null: `distance_nm`, and `cand.cinc`, as far as the tables give them.
     * An empty text: none, here and below. */
    const char *able;
    const char *admit;  /**< null: `tie.X` and `from_host.X` of all ties, `gap.ideal_point` */
    const char *accept; /**< null: `cand.X` of all other attributes, without places and
                                    without the parts of cinc                                */
    const char *apart;  /**< controls of the format, added to accept; null: `hosts`,
                                    `duration_d`                                             */
    const char *const *expect; /**< "NAME=+", "NAME=-" or "NAME=0" each: the sign of a weight that a
                                    theory would have, 0 for none; NAME as in the lists, or without
                                    what stands before its point. Without: distance_nm -, cinc +,
                                    pact +, gaps -, history +                                */
    int32_t expect_count;      /**< how many                                                 */
    double lambda;             /**< penalty, 0..1e6; NaN: chosen by series left out          */
    int32_t replicates;        /**< of the bootstrap, 0..1000000; 0: no intervals            */
    int32_t permutations;      /**< at the most, of the test against noise, 0..1000000; 0: no
                                    verdict                                                  */
    uint64_t seed;             /**< of all that is drawn                                     */
    /** Called again and again during a long fit. step: what is being done, in words; may be null. */
    void (*progress)(void *context, const char *step, int32_t done, int32_t of);
    void *context; /**< of progress */
} muster_fit_options;

typedef struct muster_fit muster_fit; /**< weights with all that was tested */

/**
 * All lists null, no sign but those above, lambda chosen, 1000 replicates, 999 permutations, seed 1.
 *
 * @return options to be changed
 */
MUSTER_API muster_fit_options muster_fit_defaults(void);

/**
 * Reads tables and fits: the product and a plain logit, each with and without history. Seconds to
 * minutes; the same tables and options give the same bytes.
 *
 * @param[in]  table    as of muster_record_read; nothing is kept
 * @param[in]  count    how many
 * @param[in]  reading  how tables are read; null: all zero. is_test does not matter here
 * @param[in]  options  null: muster_fit_defaults
 * @param[in]  memory   where memory comes from; null: malloc and free
 * @param[in]  diags    takes what is wrong: of the tables, of names, or that too little is known (under
 *                      10 joins in rows without gaps, no absence, under 3 series); may be null
 * @param[out] out      owned by the caller, muster_fit_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_fit_read(const muster_record_table *table, int32_t count,
                                         const muster_record_options *reading,
                                         const muster_fit_options *options,
                                         const muster_memory *memory, muster_diags *diags,
                                         muster_fit **out);

/**
 * Frees a fit.
 *
 * @param[in] fit  may be null
 */
MUSTER_API void muster_fit_free(muster_fit *fit);

/**
 * The verdict in one sentence; rows; weights by stage; with and without history and the plain logit side
 * by side; scores out of sample with their calibration; what contradicts an expectation.
 *
 * @param[in] fit      what is told about
 * @param[in] as_json  a muster-fit document
 * @param[in] diags    takes what is wrong; may be null
 * @return text to be given back with muster_tell_free and the fit's memory; null with a diagnostic
 */
MUSTER_API char *muster_tell_fit(const muster_fit *fit, bool as_json, muster_diags *diags);

/** The two places in a scenario where a fit is used. */
typedef enum muster_fit_part {
    MUSTER_FIT_RULES,  /**< to be included inside alignment.rules   */
    MUSTER_FIT_CODINGS /**< to be included inside alignment.codings */
} muster_fit_part;

/**
 * The weights of admit and accept as a text that a scenario includes: rules `fit-NAME-...`, all off, and
 * a coding NAME that puts them on and all others off, with alignment.tau = 1, since margins are then
 * logits. Weights of able are told in a comment alone: that stage is read from the fleet.
 *
 * @param[in] fit    what is written
 * @param[in] name   1 to 24 letters, digits, - and _
 * @param[in] part   which of the two
 * @param[in] diags  takes what is wrong: a name that is none, a feature that no rule can read; may be
 *                   null
 * @return text to be given back with muster_tell_free and the fit's memory; null with a diagnostic
 */
MUSTER_API char *muster_tell_fit_coding(const muster_fit *fit, const char *name,
                                        muster_fit_part part, muster_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
