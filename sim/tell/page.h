/** @file page.h
 * What the parts of a report share: the text being built, short names of what is told about,
 * and the few ways in which numbers, times and names are written everywhere.
 */
#ifndef MST_TELL_PAGE_H
#define MST_TELL_PAGE_H

#include "base/text.h"
#include "batch/handles.h"
#include "muster/tell.h"
#include "tell/json.h"

enum { MST_PAGE_WIDTH = 80, MST_PAGE_SOURCES_MAX = 96 };

typedef struct mst_page {
    mst_text text;
    const mst_spec *spec;
    const mst_model *model;
    const mst_run *run;
    const mst_outcomes *out;
    const muster_scenario *scenario;
    muster_sample *sample; /* null: none */
    uint64_t seed;         /* of the replication that is told */
    const char *bar;       /* one cell of a bar */
    int32_t drill;         /* the drill being told */
    mst_values values;     /* at the decision of values_of; see mst_page_values */
    int32_t values_of;     /* a drill, -1: none yet */
    mst_arena arena;       /* for texts that live as long as the page */
    const char *cited[MST_PAGE_SOURCES_MAX];
    int32_t cited_count;
    bool as_student; /* texts that a class must not get are left out */
} mst_page;

void mst_page_begin(mst_page *page, const muster_tell *tell);

/** The finished text, null when memory was short (diags then says so). */
char *mst_page_end(mst_page *page, muster_diags *diags);

/** The finished document as mst_json_take gives it; null with a diagnostic where the page's memory was
 * short, as something is missing in it then. The page stays to be cleared. */
char *mst_page_document(const mst_page *page, mst_json *json, const muster_memory *memory,
                        muster_diags *diags);

/** What held when a drill was decided, kept until another drill is asked for; with short memory what
 * held at the run's last decision. */
const mst_values *mst_page_values(mst_page *page, int32_t drill);

/** Candidates of a drill that would join, one bit a state: what other.joins read in its decision. */
uint64_t mst_page_joins(const mst_page *page, int32_t drill);

/** First lines of every screen: the kind of run, the scenario, its version; the variant with its
 * title, and the first of the changes in force. */
void mst_page_head(mst_page *page);

/** What the run may be used for: the variant's word wins over the scenario's; -1: none. */
int32_t mst_page_use(const mst_page *page);

/** The sentence that goes with it: what agreement with the record is worth. */
void mst_page_use_words(mst_page *page);

/** Adds formatted words wrapped to the page, every line indented, a line break at the end.
 * first: what stands at the start of the first line instead of blanks, or null. */
void mst_page_words(mst_page *page, int32_t indent, const char *first, const char *format, ...)
    MUSTER_PRINTF(4, 5);

/** One cell of a table row: text that is wrapped to a width; '\n' in it begins a new line. */
typedef struct mst_page_cell {
    const char *text;
    int32_t start, width;
} mst_page_cell;

/** Adds a row of cells, as many lines as the longest of them needs. A word wider than its cell is
 * broken behind a joint ('.', '/', '_', '-', ','). */
void mst_page_row(mst_text *text, const mst_page_cell *cell, int32_t count);

/** A heading in capitals with an empty line before it. */
void mst_page_heading(mst_page *page, const char *format, ...) MUSTER_PRINTF(2, 3);

/** "16 16:00 (01:00)": day and time in UTC, clock of the zone in brackets; "-" for never. */
const char *mst_page_clock(mst_page *page, muster_time time, int32_t zone_min);

/** "[1]": a source cited; the list of all that were stands at the foot. */
const char *mst_page_cite(mst_page *page, const char *source);
void mst_tell_sources(mst_page *page);

/** "also the source of rules f01, f02; not independent" when rules that judge the stage rest on the
 * very source of an entry, else "". */
const char *mst_page_circular(mst_page *page, const mst_stage_result *stage, const char *source);

/** "TASS 1649383" of "TASS 1649383, 20 July 2023, and ...": a source in a sentence. */
const char *mst_page_source_short(mst_page *page, const char *source);

/** "20 July 2023, 00:00 UTC (09:00)" */
const char *mst_page_date(mst_page *page, muster_time time, int32_t zone_min);

/** The text cut to a width in columns, at a word where that leaves enough, two points for what is
 * missing; a number at its end stays. */
const char *mst_page_cut(mst_page *page, const char *text, int32_t width);

/** "1 ship", "2 ships". */
const char *mst_page_number(mst_page *page, int32_t count, const char *one, const char *many);

/** "-0.350", six columns; never a sign before zeros only; "-" for NaN. Halves go away from zero. */
const char *mst_page_margin(mst_page *page, double value);

/** The same with four digits behind the point, seven columns: where terms and margins stand together. */
const char *mst_page_fine_margin(mst_page *page, double value);

/** "0.3925": a value from which on something turns, with its digits (outcome/turn.h). */
const char *mst_page_turn(mst_page *page, double from, int32_t decimals);

/** "0.19"; "-" for NaN. */
const char *mst_page_chance(mst_page *page, double p);

/** Tonnes with three significant digits and the unit: "18 t", "1320 t". */
const char *mst_page_tonnes(mst_page *page, double mass_kg);

/** A word of a scenario or table as it reads in a sentence: '_' and '-' become blanks. */
const char *mst_page_plain(mst_page *page, const char *word);

/** Text of a source: what scenario.sources says of an id, else the words themselves. */
const char *mst_page_source(const mst_page *page, const char *source);

/** Evidence of the file that speaks of this very stage of a verdict, or, stage null, of the
 * participation as a whole; null from an entry that does not. */
bool mst_page_speaks(const mst_page *page, const mst_verdict *verdict,
                     const mst_stage_result *stage, const mst_evidence_def *entry);

/** "39.50 N 134.00 E" */
const char *mst_page_point(mst_page *page, muster_point point);

/** "China", "China and Russia", "China, Russia and Mongolia" of states[0..count). */
const char *mst_page_states(mst_page *page, const int32_t *state, int32_t count);

/** Name of a state, unit, class of a unit. */
const char *mst_page_state(const mst_page *page, int32_t state);

/** " est." when tonnes of the unit are estimated by rule, " assumed" when assumed, else "". */
const char *mst_page_tonnes_mark(const mst_page *page, int32_t unit);

/** The stage in words: "able", "would be admitted by China", "accepts". */
const char *mst_page_stage(mst_page *page, const mst_stage_result *stage);

/** Its answer: "yes", "no", "not assessed"; a tie is no, but for able yes. */
const char *mst_page_answer(const mst_stage_result *stage);

/** Who says so, in words: "an analyst"; "no voice named". */
const char *mst_page_voice(const mst_voice_def *voice);

/** Label of a term, for tables: the rule's label, else its id; the two of able by law. */
const char *mst_page_term_label(const mst_page *page, const mst_term *term);

/** Whether the words of a rule were said of that state; of another they are not told. */
bool mst_page_rule_speaks(const mst_rule_def *rule, const char *state);

/** What the file calls a figure ("how visible the drill is"), or null when it has no words for it. */
const char *mst_page_figure(mst_page *page, const char *path);

/** Printf into the page's arena; never null (an empty text when memory is short). */
const char *mst_page_printf(mst_page *page, const char *format, ...) MUSTER_PRINTF(2, 3);

/** Terms of one stage of a verdict, in order of the file: pointer to term i and their number. */
int32_t mst_page_terms(const mst_page *page, const mst_verdict *verdict, int32_t stage,
                       const mst_term **out, int32_t capacity);

/** The term that pulls most the way the stage went; null: there is none. */
const mst_term *mst_page_main_term(const mst_page *page, const mst_verdict *v, int32_t stage);

/* Parts of the report, in order of appearance. */
void mst_tell_verdict(mst_page *page);      /* who came, who did not, and why: the first screen */
void mst_tell_participants(mst_page *page); /* ships, routes, arrivals, muster                 */
void mst_tell_serials(mst_page *page);      /* table, bars, causes, air                        */
void mst_tell_chance(mst_page *page);       /* replications: figures, causes                  */
void mst_tell_fuel(mst_page *page);         /* daily state, floors, used                       */
void mst_tell_together(mst_page *page);     /* score, interoperability                         */
void mst_tell_timeline(mst_page *page);
void mst_tell_evidence(mst_page *page); /* evidence, voices, kinds of absence              */
/** What the answers rest on; shown: figures of each state, the weightiest; at least one a stage. */
void mst_tell_assumptions(mst_page *page, int32_t shown);
void mst_tell_changes(mst_page *page); /* changes in force, words                         */
void mst_tell_injects(mst_page *page); /* what was thrown in; nothing if nothing was      */

/** An inject in words, of its record: "Engine trouble: ALFA delayed by 6 h". */
const char *mst_page_inject(mst_page *page, const mst_record *record);

/** An umpire's ruling in words, with its reason and what the rules say; null: there is none. */
const char *mst_page_ruling(mst_page *page, const mst_verdict *verdict);

/** One sentence for each dated sighting that the run's own movement contradicts. */
void mst_tell_sightings(mst_page *page);

/** Who took part in fact, where the file says so, and whether the model agrees. */
void mst_tell_record(mst_page *page, const mst_verdict *verdict, int32_t count);

/** Squadrons of one type and state count once: true for the first of them; sorties of all. */
bool mst_page_first_of_type(const mst_page *page, int32_t unit);
int32_t mst_page_sorties_of_type(const mst_page *page, int32_t unit);

/** Why a ship of a state does not fill a slot, in one sentence each: used by verdict and why. */
void mst_tell_misfits(mst_page *page, int32_t state, int32_t indent);

/** One sentence: would the answer on ability be another with the drill up to 120 nm away? */
void mst_tell_position(mst_page *page, const mst_verdict *verdict, int32_t indent);

/** The state of that id or name; -1 with a diagnostic that tells the states of the file with their
 * names, of more than twenty the nearest. */
int32_t mst_tell_find_state(const mst_page *page, const char *id, muster_diags *diags);
/** The drill of that id; -1 with a diagnostic that offers the nearest, else the first ones. */
int32_t mst_tell_find_drill(const mst_page *page, const char *id, muster_diags *diags);

/** The sentence that stands above every agreement of a calibration case. */
extern const char *const mst_tell_calibration;

#endif
