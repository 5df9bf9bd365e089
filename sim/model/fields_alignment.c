/* Rows of the participation rules, of their codings and of what they leave out. */
#include "model/row.h"
#include "model/spec.h"

const char *const mst_stage_names[] = {"able", "admit", "accept", NULL};
const char *const mst_rule_forms[] = {"gate",     "product",   "linear", "threshold",
                                      "logistic", "min-ratio", "gap",    NULL};

static const char *const overs[] = {"none", "sum", "max", "sum_clamped", "participants", NULL};

static const muster_field voice_rows[] = {
    MST_ROW_TEXT(mst_voice_def, country, "country", MST_PLAIN, "Where the speaker speaks."),
    MST_ROW_TEXT(mst_voice_def, kind, "kind", MST_PLAIN,
                 "Who speaks: expert, official, press, ..."),
    MST_ROW_END,
};

static const muster_field rule_rows[] = {
    MST_ROW_TEXT(mst_rule_def, label, "label", MST_PLAIN, "A few words for tables."),
    MST_ROW_CHOICE(mst_rule_def, stage, "stage", mst_stage_names, NULL, MST_PLAIN | MST_REQUIRED,
                   "Stage to whose margin it adds."),
    MST_ROW_CHOICE(mst_rule_def, form, "form", mst_rule_forms, "product", MST_PLAIN,
                   "How its terms make one value: gate gives words to the two terms of stage able "
                   "and has no other effect; threshold is 1 if the first term reaches `at`, times "
                   "the rest; logistic is 1/(1 + exp(-(first - at)/scale)) times the rest; "
                   "min-ratio is the product of all but the last two times the least of 1 and "
                   "their ratio; gap is the distance between the first two, times the rest."),
    MST_ROW_INT(mst_rule_def, sign, "sign", -1, 1, 1, MST_PLAIN,
                "1 speaks for taking part, -1 against."),
    MST_ROW_REAL(mst_rule_def, weight, "weight", NULL, 0, MST_WEIGHT_MOST, 1, 0,
                 "Weight, never negative: the sign says the direction."),
    MST_ROW_REAL(
        mst_rule_def, weight_min, "weight_min", NULL, 0, MST_WEIGHT_MOST, MST_NAN, 0,
        "Least weight that somebody may hold for right; half the weight unless given. With "
        "weight_max the range over which `why` looks whether an answer holds."),
    MST_ROW_REAL(
        mst_rule_def, weight_max, "weight_max", NULL, 0, MST_WEIGHT_MOST, MST_NAN, 0,
        "Greatest weight that somebody may hold for right; one and a half times the weight "
        "unless given."),
    MST_ROW_TEXTS(mst_rule_def, terms, "terms", MST_PLAIN | MST_REQUIRED,
                  "Terms `[number +|-] [number *] name [* name ...]` over the names cand.X, "
                  "host.X, other.X, tie.X, to_host.X, from_host.X, drill.X, fleet.kit, "
                  "fleet.cap, other.joins (1 if another participant takes part, else 0)."),
    MST_ROW_CHOICE(mst_rule_def, over, "over", overs, "none", MST_PLAIN,
                   "How the values over the hosts join in stage accept; participants: sum over "
                   "the other participants."),
    MST_ROW_REAL(mst_rule_def, at, "at", NULL, 0, 0, 0.5, 0,
                 "Middle of forms threshold and logistic."),
    MST_ROW_REAL(mst_rule_def, scale, "scale", NULL, 0, 10, 0.125, MST_ABOVE,
                 "Width of form logistic."),
    MST_ROW_BOOL(mst_rule_def, off, "off", 0, MST_PLAIN, "True: the rule is left out."),
    MST_ROW_TEXT(mst_rule_def, says, "says", MST_PLAIN | MST_PROSE,
                 "What its source says, as an attributed paraphrase."),
    MST_ROW_TEXTS(mst_rule_def, about, "about", MST_PLAIN,
                  "Ids of the states that `says` speaks of; none: any. Of other states the reason "
                  "is told without the words. States that the file does not have are allowed: a "
                  "library of rules serves several files."),
    MST_ROW_GROUP(mst_rule_def, voice, "voice", voice_rows, mst_voice_def, MST_PLAIN,
                  "Who says so; reports count voices."),
    MST_ROW_END,
};

static const muster_field coding_rows[] = {
    MST_ROW_TEXT(mst_coding_def, author, "author", MST_PLAIN, "Whose reading it is."),
    MST_ROW_TEXT(mst_coding_def, basis, "basis", MST_PLAIN | MST_PROSE, "What it rests on."),
    MST_ROW_TEXTS(
        mst_coding_def, silent, "silent", MST_PLAIN,
        "Stages (able, admit, accept) of which its author says nothing: tables leave them "
        "empty instead of telling what the rest of the file makes of them."),
    MST_ROW_TEXTS(
        mst_coding_def, only, "only", MST_PLAIN,
        "Ids of the rules of stages admit and accept that make it: these are on, and all others of "
        "the two stages off, whatever the file says; none: the file's rules. Changes come after."),
    MST_ROW_TEXTS(mst_coding_def, changes, "changes", MST_PLAIN | MST_PROSE,
                  "Changes that make it, lines `PATH = VALUE`; none: the file as it stands."),
    MST_ROW_END,
};

static const muster_field not_modelled_rows[] = {
    MST_ROW_TEXT(mst_not_modelled_def, what, "what", MST_PLAIN | MST_REQUIRED | MST_PROSE,
                 "What is left out, in neutral words."),
    MST_ROW_TEXT(mst_not_modelled_def, says, "says", MST_PLAIN | MST_PROSE,
                 "What a source says about it."),
    MST_ROW_TEXT(mst_not_modelled_def, reason, "reason", MST_PLAIN | MST_PROSE,
                 "Why it is left out."),
    MST_ROW_TEXT(mst_not_modelled_def, carried_by, "carried_by", MST_PLAIN,
                 "Path of a figure that holds part of it."),
    MST_ROW_GROUP(mst_not_modelled_def, voice, "voice", voice_rows, mst_voice_def, MST_PLAIN,
                  "Who says so."),
    MST_ROW_END,
};

static const muster_field camps_rows[] = {
    MST_ROW_TEXT(mst_camps_def, size, "size", MST_PLAIN,
                 "Attribute that is an actor's size; `size`, else `cinc`, unless given."),
    MST_ROW_TEXT(mst_camps_def, tie, "tie", MST_PLAIN,
                 "Figure under `mutual` (or align) that draws two together or drives them apart; "
                 "`propensity`, else `align`, unless given."),
    MST_ROW_REAL(
        mst_camps_def, absent, "absent", NULL, 0, 0, MST_NAN, 0,
        "What a pair without that figure, of both or of one to the other, counts as; unless given "
        "it is missing, and the models say so."),
    MST_ROW_REAL(mst_camps_def, quota, "quota", NULL, 0, 1e9, MST_NAN, MST_ABOVE,
                 "Votes needed to pass, for models of voting power, which read attribute `votes`."),
    MST_ROW_END,
};

static const muster_field stock_rows[] = {
    MST_ROW_DURATION(mst_stock_def, half_life, "half_life", 1, 876600, NULL, MST_REQUIRED,
                     "Time in which half of it is gone."),
    MST_ROW_MOMENT(mst_stock_def, from, "from", 0,
                   "When decay sets in; the scenario's start unless given. What is set or added "
                   "later decays from its own date."),
    MST_ROW_END,
};

const muster_field mst_fields_alignment[] = {
    MST_ROW_REAL(mst_alignment_def, tau, "tau", NULL, 0, 10, 0.125, MST_ABOVE,
                 "Width of the probability of a stage, 1/(1 + exp(-margin/tau))."),
    MST_ROW_GROUP(mst_alignment_def, camps, "camps", camps_rows, mst_camps_def, 0,
                  "What models of camps and of voting power read."),
    MST_ROW_TABLE(mst_alignment_def, stocks, "stocks", stock_rows, mst_stock_def, 0,
                  "Figures that decay towards 0, each by the name of an attribute of states or of "
                  "a figure of ties: value x 2^-(time/half_life). No other figure decays."),
    MST_ROW_TABLE(mst_alignment_def, rules, "rules", rule_rows, mst_rule_def, 0,
                  "Participation rules."),
    MST_ROW_TABLE(mst_alignment_def, codings, "codings", coding_rows, mst_coding_def, MST_PLAIN,
                  "Named sets of weights and inputs, each with its author and basis."),
    MST_ROW_LIST(mst_alignment_def, not_modelled, "not_modelled", not_modelled_rows,
                 mst_not_modelled_def, MST_PLAIN, "What no rule carries, and why."),
    MST_ROW_END,
};
