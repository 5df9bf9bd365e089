/**
 * @file base.h
 * Status codes, the allocator hook and the export mark that every other header uses.
 *
 * The library never prints, never exits, opens no file, reads no clock and keeps no global
 * state: text and numbers go in, values come out, and what went wrong is a value too.
 */
#ifndef MUSTER_BASE_H
#define MUSTER_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @def MUSTER_API
 * Mark of what the library offers.
 *
 * @def MUSTER_PRINTF
 * Mark of a function that takes a format: the place of it and of the first value, from 1.
 */
#if defined(__GNUC__)
#define MUSTER_API __attribute__((visibility("default")))
#define MUSTER_PRINTF(text, first) __attribute__((__format__(__printf__, text, first)))
#else
#define MUSTER_API
#define MUSTER_PRINTF(text, first)
#endif

/** How a call ended. The numbers are the exit statuses of the `muster` program. */
typedef enum muster_status {
    MUSTER_OK = 0,      /**< done; a drill to which nobody comes is a result               */
    MUSTER_UNMET = 1,   /**< it ran, but a check or an expectation failed                  */
    MUSTER_MISTAKE = 2, /**< a mistake in what was given; the diagnostics say which        */
    MUSTER_WORLD = 3    /**< the world failed: out of memory, cannot open, disk full       */
} muster_status;

/**
 * Where the library gets memory. A null pointer in place of one, or one without functions, means
 * malloc and free. What is created with a hook keeps a copy of it, so that the struct may go as
 * soon as the call returns; what `context` points to must stay until everything made with it is
 * freed. The functions are called from the thread that called the library only.
 */
typedef struct muster_memory {
    void *(*allocate)(size_t bytes, void *context); /**< null when there is none to give */
    void (*release)(void *block, void *context);    /**< block may be null               */
    void *context;                                  /**< handed to both                  */
} muster_memory;

/**
 * Version of the library as "major.minor.patch"; static text.
 *
 * @return the text
 */
MUSTER_API const char *muster_version(void);

/**
 * Hash of all sources that a run's results follow from: two builds with the same hash give the same
 * results, but for the last digits on unlike machines. 16 hex digits; static text.
 *
 * @return the text
 */
MUSTER_API const char *muster_source_hash(void);

#ifdef __cplusplus
}
#endif
#endif
