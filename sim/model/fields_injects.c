/* Rows of injects and of an umpire's rulings. */
#include "model/row.h"
#include "model/spec.h"

const char *const mst_inject_effects[] = {"words",      "delays",    "breaks-down", "turns-back",
                                          "loses-fuel", "sea-state", NULL};
const char *const mst_ruling_names[] = {"none", "joins", "stays-out", NULL};

const muster_field mst_fields_inject[] = {
    MST_ROW_TEXT(mst_inject_def, title, "title", MST_PLAIN, "Title as printed; else the id."),
    MST_ROW_TEXT(mst_inject_def, says, "says", MST_PLAIN | MST_PROSE, "Words for the class."),
    MST_ROW_TEXT(mst_inject_def, from, "from", MST_PLAIN, "Who is said to send it."),
    MST_ROW_TEXT(mst_inject_def, to, "to", MST_PLAIN, "Who is to get it; none: everybody."),
    MST_ROW_MOMENT(mst_inject_def, at, "at", MST_PLAIN | MST_REQUIRED, "When it happens."),
    MST_ROW_BOOL(mst_inject_def, on, "on", 0, MST_PLAIN,
                 "True throws it in; one that is not thrown in changes nothing."),
    MST_ROW_CHOICE(
        mst_inject_def, effect, "effect", mst_inject_effects, "words", MST_PLAIN,
        "What it does. words: nothing. delays: a ship under way lies still and then goes on, one "
        "that lies somewhere sails later than it else would. breaks-down: the unit takes no "
        "further part and goes home, with its engines stopped first if `for` is given; a ship is "
        "not serviceable from then on. turns-back: it takes no further part and goes home. "
        "loses-fuel: of what is on board. sea-state: in the area of a drill."),
    MST_ROW_REF(mst_inject_def, unit, "unit", "units", MST_PLAIN, "Unit that it is about, or:"),
    MST_ROW_REF(mst_inject_def, group, "group", "groups", MST_PLAIN,
                "Group that it is about: all its members."),
    MST_ROW_REF(mst_inject_def, drill, "drill", "drills", MST_PLAIN,
                "Drill in whose area the sea changes; needed where there are several."),
    MST_ROW_DURATION(mst_inject_def, for_, "for", 0, 2400, NULL, MST_PLAIN | MST_ABOVE,
                     "How long: of delays, of stopped engines, of the sea; a sea without it "
                     "stays."),
    MST_ROW_REAL(mst_inject_def, fraction, "fraction", NULL, 0, 1, MST_NAN, MST_PLAIN | MST_ABOVE,
                 "Share of the fuel on board that is lost."),
    MST_ROW_INT(mst_inject_def, sea_state, "sea_state", 0, 9, MST_NAN, MST_PLAIN,
                "Douglas sea state from then on."),
    MST_ROW_TEXTS(mst_inject_def, changes, "changes", MST_PLAIN | MST_PROSE,
                  "Changes of figures from then on, lines `PATH = VALUE` as in the timeline: "
                  "decisions after that time read them."),
    MST_ROW_END,
};

const muster_field mst_fields_ruling[] = {
    MST_ROW_CHOICE(mst_ruling_def, says, "says", mst_ruling_names, "none", MST_PLAIN,
                   "What the umpire says, whatever the stages do; they are told all the same. A "
                   "candidate without an entry has one that says none, which a change can set."),
    MST_ROW_TEXT(mst_ruling_def, reason, "reason", MST_PLAIN | MST_PROSE,
                 "Why, in words; told with the ruling."),
    MST_ROW_END,
};
