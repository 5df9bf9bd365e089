/* Rows of a lesson: what a class is led through. Nothing of it changes a run. */
#include "model/row.h"
#include "model/spec.h"

/* The map, and the panels of the page of a drill. */
static const char *const views[] = {"map",      "joins",    "evidence", "timeline",    "serials",
                                    "fuel",     "reach",    "measures", "assumptions", "levers",
                                    "variants", "flip",     "rivals",   "code",        "predict",
                                    "coding",   "together", "chance",   "notes",       NULL};
static const char *const log_kinds[] = {
    "decided",      "ruling", "sailed",    "goes-on", "turned",   "arrived",   "entered",
    "mustered",     "waits",  "started",   "failed",  "ended",    "phase",     "serial-started",
    "serial-ended", "sea",    "fuel",      "adrift",  "detached", "withdrawn", "absent",
    "takeoff",      "landed", "no-relief", "inject",  NULL};

static const muster_field predict_rows[] = {
    MST_ROW_TEXT(mst_predict_def, id, "id", MST_PLAIN | MST_REQUIRED,
                 "Id under which answers are kept; each once in a lesson."),
    MST_ROW_TEXT(mst_predict_def, question, "question", MST_PLAIN | MST_REQUIRED | MST_PROSE,
                 "What is asked."),
    MST_ROW_REF(mst_predict_def, drill, "drill", "drills", MST_PLAIN,
                "Drill that it is about; needed where there are several."),
    MST_ROW_REF(mst_predict_def, state, "state", "states", MST_PLAIN,
                "Candidate that it is about; none: a question in words."),
    MST_ROW_CHOICE(mst_predict_def, stage, "stage", mst_stage_names, NULL, MST_PLAIN,
                   "Stage that it is about; none: whether it takes part."),
    MST_ROW_REF(mst_predict_def, host, "host", "states", MST_PLAIN, "Host, at stage admit."),
    MST_ROW_TEXT(mst_predict_def, answer, "answer", MST_PLAIN,
                 "Right answer: joins or stays-out, of a stage yes or no; of a question in words "
                 "any. What the run says unless given; left out of a file for students."),
    MST_ROW_BOOL(mst_predict_def, scored, "scored", 1, MST_PLAIN,
                 "True: right answers are counted."),
    MST_ROW_END,
};

static const muster_field step_rows[] = {
    MST_ROW_TEXT(mst_step_def, id, "id", MST_PLAIN | MST_REQUIRED, "Id; each once in a lesson."),
    MST_ROW_TEXT(mst_step_def, title, "title", MST_PLAIN | MST_REQUIRED, "Title as shown."),
    MST_ROW_INT(mst_step_def, minutes, "minutes", 0, 600, MST_NAN, MST_PLAIN,
                "How long it is to take."),
    MST_ROW_TEXT(mst_step_def, says, "says", MST_PLAIN | MST_PROSE, "Text for the class."),
    MST_ROW_CHOICE(mst_step_def, view, "view", views, NULL, MST_PLAIN,
                   "Panel that is shown, or the map alone; as it was unless given."),
    MST_ROW_MOMENT(mst_step_def, stop, "stop", MST_PLAIN, "Where the clock goes and stops."),
    MST_ROW_TEXTS(
        mst_step_def, hide, "hide", MST_PLAIN,
        "What is not shown yet: verdict, future, a panel (timeline), a state (PRK), a stage "
        "of it (PRK.accept, PRK.admit.RUS)."),
    MST_ROW_LIST(mst_step_def, predict, "predict", predict_rows, mst_predict_def, MST_PLAIN,
                 "What the class is to say before it sees it."),
    MST_ROW_TEXT(mst_step_def, reveal, "reveal", MST_PLAIN | MST_PROSE,
                 "Text for the class when the answers are shown; left out of a file for "
                 "students."),
    MST_ROW_REFS(mst_step_def, lever, "lever", "whatif", MST_PLAIN, "Levers that are offered."),
    MST_ROW_REF(mst_step_def, variant, "variant", "variants", MST_PLAIN, "Variant that is run."),
    MST_ROW_TEXT(mst_step_def, try_, "try", MST_PLAIN | MST_PROSE, "What the class is to do."),
    MST_ROW_TEXT(mst_step_def, ask, "ask", MST_PLAIN | MST_PROSE, "Question for discussion."),
    MST_ROW_END,
};

static const muster_field bookmark_rows[] = {
    MST_ROW_TEXT(mst_bookmark_def, title, "title", MST_PLAIN | MST_REQUIRED, "Title as shown."),
    MST_ROW_MOMENT(mst_bookmark_def, at, "at", MST_PLAIN, "When, or:"),
    MST_ROW_CHOICE(mst_bookmark_def, on, "on", log_kinds, NULL, MST_PLAIN,
                   "First line of that kind in the log."),
    MST_ROW_BOOL(mst_bookmark_def, stop, "stop", 0, MST_PLAIN, "True: the clock stops there."),
    MST_ROW_END,
};

static const muster_field role_rows[] = {
    MST_ROW_TEXT(mst_role_def, title, "title", MST_PLAIN | MST_REQUIRED, "Title as shown."),
    MST_ROW_REF(mst_role_def, state, "state", "states", MST_PLAIN, "State that it speaks for."),
    MST_ROW_TEXT(mst_role_def, brief, "brief", MST_PLAIN | MST_PROSE,
                 "What who plays it is told, and everybody may read."),
    MST_ROW_TEXTS(mst_role_def, aims, "aims", MST_PLAIN | MST_PROSE, "What it wants."),
    MST_ROW_TEXT(mst_role_def, secret, "secret", MST_PLAIN | MST_PROSE,
                 "What only who plays it is told, on paper; left out of a file for students."),
    MST_ROW_END,
};

static const muster_field blind_rows[] = {
    MST_ROW_TEXT(mst_blind_def, path, "path", MST_PLAIN | MST_REQUIRED,
                 "Figure that is coded, as in a change."),
    MST_ROW_TEXT(mst_blind_def, question, "question", MST_PLAIN | MST_REQUIRED | MST_PROSE,
                 "What is asked."),
    MST_ROW_REAL(mst_blind_def, min, "min", NULL, 0, 0, MST_NAN, MST_PLAIN | MST_REQUIRED,
                 "Least answer."),
    MST_ROW_REAL(mst_blind_def, max, "max", NULL, 0, 0, MST_NAN, MST_PLAIN | MST_REQUIRED,
                 "Greatest answer."),
    MST_ROW_END,
};

const muster_field mst_fields_lesson[] = {
    MST_ROW_TEXT(mst_lesson_def, title, "title", MST_PLAIN | MST_REQUIRED, "Title as shown."),
    MST_ROW_INT(mst_lesson_def, minutes, "minutes", 1, 6000, MST_NAN, MST_PLAIN,
                "How long it is to take."),
    MST_ROW_TEXT(mst_lesson_def, audience, "audience", MST_PLAIN, "Whom it is for."),
    MST_ROW_TEXTS(mst_lesson_def, aims, "aims", MST_PLAIN | MST_PROSE,
                  "What the class can do after it."),
    MST_ROW_TEXTS(mst_lesson_def, closing, "closing", MST_PLAIN | MST_PROSE,
                  "What this model cannot tell; shown at the end."),
    MST_ROW_LIST(mst_lesson_def, steps, "steps", step_rows, mst_step_def, MST_PLAIN,
                 "Its steps in order."),
    MST_ROW_LIST(mst_lesson_def, bookmarks, "bookmarks", bookmark_rows, mst_bookmark_def, MST_PLAIN,
                 "Moments to go to."),
    MST_ROW_TABLE(mst_lesson_def, roles, "roles", role_rows, mst_role_def, MST_PLAIN,
                  "Sheets for who plays a state, or anybody."),
    MST_ROW_LIST(mst_lesson_def, coding, "coding", blind_rows, mst_blind_def, MST_PLAIN,
                 "Figures that the class codes before it sees the verdict."),
    MST_ROW_END,
};
