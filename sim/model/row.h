/** @file row.h
 * One macro a kind of row, so that a field table reads like a table. Each checks while compiling
 * that the member has the type in which the reader stores that kind.
 *
 * Ranges and fallbacks are in the row's unit, those of durations in hours; MST_NAN: no
 * fallback; both ends 0: any value.
 */
#ifndef MST_MODEL_ROW_H
#define MST_MODEL_ROW_H

#include "model/item.h"

#include <math.h>

/* Short names of the flags, for rows only. */
#define MST_REQUIRED MUSTER_FIELD_REQUIRED
#define MST_PLAIN MUSTER_FIELD_PLAIN
#define MST_GEO MUSTER_FIELD_GEOGRAPHY
#define MST_LIKE MUSTER_FIELD_LIKE
#define MST_ABOVE MUSTER_FIELD_ABOVE
#define MST_PROSE MUSTER_FIELD_PROSE

/** No fallback. (clang minds that NAN is a float.) */
#define MST_NAN ((double)NAN)

/** What a row says of itself. Where nobody lists rows (MUSTER_WITHOUT_HELP) only what is short enough to
 * be the name of a figure is kept (tell/figure.c). */
enum { MST_DOC_NAME_BYTES = 64 };
#ifdef MUSTER_WITHOUT_HELP
#define MST_DOC(doc_) (sizeof(doc_) - 1 > MST_DOC_NAME_BYTES ? NULL : (doc_))
#else
#define MST_DOC(doc_) doc_
#endif

/** Offset of a member that must have type c_type. */
#define MST_OFFSET(type, member, c_type)                                                           \
    _Generic(&((type *)0)->member, c_type * : offsetof(type, member))

#define MST_ROW_REAL(type, member, key_, unit_, min_, max_, fallback_, flags_, doc_)               \
    {                                                                                              \
        .key = key_, .kind = MUSTER_FIELD_REAL, .flags = flags_, .unit = unit_, .min = min_,       \
        .max = max_, .fallback = fallback_, .offset = MST_OFFSET(type, member, double),            \
        .doc = MST_DOC(doc_)                                                                       \
    }
#define MST_ROW_INT(type, member, key_, min_, max_, fallback_, flags_, doc_)                       \
    {                                                                                              \
        .key = key_, .kind = MUSTER_FIELD_INT, .flags = flags_, .min = min_, .max = max_,          \
        .fallback = fallback_, .offset = MST_OFFSET(type, member, int64_t), .doc = MST_DOC(doc_)   \
    }
#define MST_ROW_BOOL(type, member, key_, fallback_, flags_, doc_)                                  \
    {                                                                                              \
        .key = key_, .kind = MUSTER_FIELD_BOOL, .flags = flags_, .fallback = fallback_,            \
        .offset = MST_OFFSET(type, member, int32_t), .doc = MST_DOC(doc_)                          \
    }
#define MST_ROW_TEXT(type, member, key_, flags_, doc_)                                             \
    {                                                                                              \
        .key = key_, .kind = MUSTER_FIELD_TEXT, .flags = flags_, .fallback = MST_NAN,              \
        .offset = MST_OFFSET(type, member, const char *), .doc = MST_DOC(doc_)                     \
    }
#define MST_ROW_CHOICE(type, member, key_, choices_, fallback_text_, flags_, doc_)                 \
    {                                                                                              \
        .key = key_, .kind = MUSTER_FIELD_CHOICE, .flags = flags_, .fallback = MST_NAN,            \
        .fallback_text = fallback_text_, .choices = choices_,                                      \
        .offset = MST_OFFSET(type, member, int32_t), .doc = MST_DOC(doc_)                          \
    }
#define MST_ROW_REF(type, member, key_, table_, flags_, doc_)                                      \
    {                                                                                              \
        .key = key_, .kind = MUSTER_FIELD_REFERENCE, .flags = flags_, .fallback = MST_NAN,         \
        .refers = table_, .offset = MST_OFFSET(type, member, mst_ref), .doc = MST_DOC(doc_)        \
    }
#define MST_ROW_MOMENT(type, member, key_, flags_, doc_)                                           \
    {                                                                                              \
        .key = key_, .kind = MUSTER_FIELD_MOMENT, .flags = flags_, .fallback = MST_NAN,            \
        .offset = MST_OFFSET(type, member, muster_interval), .doc = MST_DOC(doc_)                  \
    }
#define MST_ROW_DURATION(type, member, key_, min_h_, max_h_, fallback_text_, flags_, doc_)         \
    {                                                                                              \
        .key = key_, .kind = MUSTER_FIELD_DURATION, .flags = flags_, .min = min_h_, .max = max_h_, \
        .fallback = MST_NAN, .fallback_text = fallback_text_,                                      \
        .offset = MST_OFFSET(type, member, muster_time), .doc = MST_DOC(doc_)                      \
    }
#define MST_ROW_OF_LIST(type, member, key_, kind_, flags_, doc_)                                   \
    {                                                                                              \
        .key = key_, .kind = kind_, .flags = flags_, .fallback = MST_NAN,                          \
        .offset = MST_OFFSET(type, member, mst_list), .doc = MST_DOC(doc_)                         \
    }
#define MST_ROW_TEXTS(type, member, key_, flags_, doc_)                                            \
    MST_ROW_OF_LIST(type, member, key_, MUSTER_FIELD_TEXTS, flags_, doc_)
#define MST_ROW_POINTS(type, member, key_, flags_, doc_)                                           \
    MST_ROW_OF_LIST(type, member, key_, MUSTER_FIELD_POINTS, flags_, doc_)
#define MST_ROW_REFS(type, member, key_, table_, flags_, doc_)                                     \
    {                                                                                              \
        .key = key_, .kind = MUSTER_FIELD_REFERENCES, .flags = flags_, .fallback = MST_NAN,        \
        .refers = table_, .offset = MST_OFFSET(type, member, mst_list), .doc = MST_DOC(doc_)       \
    }
/** Range of every entry in min_, max_. */
#define MST_ROW_NUMBERS(type, member, key_, min_, max_, flags_, doc_)                              \
    {                                                                                              \
        .key = key_, .kind = MUSTER_FIELD_NUMBERS, .flags = flags_, .min = min_, .max = max_,      \
        .fallback = MST_NAN, .offset = MST_OFFSET(type, member, mst_list), .doc = MST_DOC(doc_)    \
    }
#define MST_ROW_GROUP(type, member, key_, of_, of_type, flags_, doc_)                              \
    {                                                                                              \
        .key = key_, .kind = MUSTER_FIELD_GROUP, .flags = flags_, .fallback = MST_NAN, .of = of_,  \
        .item_bytes = sizeof(of_type), .offset = MST_OFFSET(type, member, of_type),                \
        .doc = MST_DOC(doc_)                                                                       \
    }
#define MST_ROW_INLINE(type, member, of_, of_type, doc_)                                           \
    {                                                                                              \
        .key = "", .kind = MUSTER_FIELD_INLINE, .fallback = MST_NAN, .of = of_,                    \
        .item_bytes = sizeof(of_type), .offset = MST_OFFSET(type, member, of_type),                \
        .doc = MST_DOC(doc_)                                                                       \
    }
#define MST_ROW_LIST(type, member, key_, of_, of_type, flags_, doc_)                               \
    {                                                                                              \
        .key = key_, .kind = MUSTER_FIELD_LIST, .flags = flags_, .fallback = MST_NAN, .of = of_,   \
        .item_bytes = sizeof(of_type), .offset = MST_OFFSET(type, member, mst_list),               \
        .doc = MST_DOC(doc_)                                                                       \
    }
#define MST_ROW_TABLE(type, member, key_, of_, of_type, flags_, doc_)                              \
    {                                                                                              \
        .key = key_, .kind = MUSTER_FIELD_TABLE, .flags = flags_, .fallback = MST_NAN, .of = of_,  \
        .item_bytes = sizeof(of_type), .offset = MST_OFFSET(type, member, mst_list),               \
        .doc = MST_DOC(doc_)                                                                       \
    }
/** role_: "phase" or "serial", which activities may be named there. */
#define MST_ROW_PLUGIN(type, member, key_, role_, flags_, doc_)                                    \
    {                                                                                              \
        .key = key_, .kind = MUSTER_FIELD_PLUGIN, .flags = flags_, .fallback = MST_NAN,            \
        .refers = role_, .offset = MST_OFFSET(type, member, mst_plugin), .doc = MST_DOC(doc_)      \
    }
#define MST_ROW_END                                                                                \
    {                                                                                              \
        .key = NULL                                                                                \
    }

#endif
