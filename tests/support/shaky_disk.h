/** @file shaky_disk.h
 * A disk below SQLite that fails on purpose: writes that find no room, operations that fail, and the end
 * of the process in the middle of one. Nothing is flushed to the real disk, which makes tests fast; what
 * a process leaves behind is the same.
 */
#ifndef TEST_SUPPORT_SHAKY_DISK_H
#define TEST_SUPPORT_SHAKY_DISK_H

#include <stdbool.h>
#include <stdint.h>

typedef enum shaky_way {
    SHAKY_NOT,  /* all goes well                                               */
    SHAKY_ONCE, /* one operation fails                                         */
    SHAKY_EVER, /* it and all after it fail, as on a disk that broke           */
    SHAKY_FULL, /* writes beyond a number of bytes find no room, half of one is written */
    SHAKY_DEATH /* the process ends at once, a write being half done           */
} shaky_way;

/** What is counted and what fails: writes, truncations, flushes, deletions and opening for writing. */
typedef struct shaky_disk {
    shaky_way way;
    int64_t after; /* operations that still go well; SHAKY_FULL: bytes */
    int64_t done;  /* operations so far; SHAKY_FULL: bytes              */
    int64_t failed;
} shaky_disk;

/** The one disk; set `way` and `after`, and clear `done`. */
extern shaky_disk shaky;

/** From now on SQLite opens its files there. */
void shaky_use(void);

#endif
