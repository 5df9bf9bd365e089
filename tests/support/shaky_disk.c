#include "shaky_disk.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

shaky_disk shaky;

typedef struct shaky_file {
    sqlite3_file base;
    sqlite3_file *real; /* behind this one */
} shaky_file;

static sqlite3_vfs *plain;
static sqlite3_vfs own;

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((shaky_file *)(void *)file)->real;
}

/* Whether an operation that changes something goes well. */
static bool goes_well(void)
{
    const int64_t at = shaky.done++;
    if (shaky.way == SHAKY_DEATH && at >= shaky.after)
        _exit(0);
    const bool fails = (shaky.way == SHAKY_ONCE && at == shaky.after) ||
                       (shaky.way == SHAKY_EVER && at >= shaky.after);
    shaky.failed += fails;
    return !fails;
}

/* ---- files ---------------------------------------------------------------------------------------- */

static int file_close(sqlite3_file *file)
{
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int file_read(sqlite3_file *file, void *out, int count, sqlite3_int64 at)
{
    return real_of(file)->pMethods->xRead(real_of(file), out, count, at);
}

static int file_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 at)
{
    sqlite3_file *real = real_of(file);
    if (shaky.way == SHAKY_FULL) {
        if (shaky.done + count > shaky.after) {
            const int half = (int)(shaky.after - shaky.done);
            if (half > 0)
                (void)real->pMethods->xWrite(real, bytes, half, at);
            shaky.done = shaky.after;
            shaky.failed++;
            return SQLITE_FULL;
        }
        shaky.done += count;
        return real->pMethods->xWrite(real, bytes, count, at);
    }
    if (shaky.way == SHAKY_DEATH && shaky.done >= shaky.after)
        (void)real->pMethods->xWrite(real, bytes, count / 2, at);
    return goes_well() ? real->pMethods->xWrite(real, bytes, count, at) : SQLITE_IOERR_WRITE;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return shaky.way == SHAKY_FULL || goes_well()
               ? real_of(file)->pMethods->xTruncate(real_of(file), size)
               : SQLITE_IOERR_TRUNCATE;
}

static int file_sync(sqlite3_file *file, int flags)
{
    (void)file;
    (void)flags;
    return shaky.way == SHAKY_FULL || goes_well() ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *out)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), out);
}

static int file_lock(sqlite3_file *file, int kind)
{
    return real_of(file)->pMethods->xLock(real_of(file), kind);
}

static int file_unlock(sqlite3_file *file, int kind)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), kind);
}

static int file_reserved(sqlite3_file *file, int *out)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int file_control(sqlite3_file *file, int what, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}

static int file_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int file_device(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int file_shm_map(sqlite3_file *file, int page, int bytes, int extends, void volatile **out)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), page, bytes, extends, out);
}

static int file_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

static void file_shm_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int file_shm_unmap(sqlite3_file *file, int deletes)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), deletes);
}

static const sqlite3_io_methods methods = {.iVersion = 2,
                                           .xClose = file_close,
                                           .xRead = file_read,
                                           .xWrite = file_write,
                                           .xTruncate = file_truncate,
                                           .xSync = file_sync,
                                           .xFileSize = file_size,
                                           .xLock = file_lock,
                                           .xUnlock = file_unlock,
                                           .xCheckReservedLock = file_reserved,
                                           .xFileControl = file_control,
                                           .xSectorSize = file_sector,
                                           .xDeviceCharacteristics = file_device,
                                           .xShmMap = file_shm_map,
                                           .xShmLock = file_shm_lock,
                                           .xShmBarrier = file_shm_barrier,
                                           .xShmUnmap = file_shm_unmap};

/* ---- the disk ------------------------------------------------------------------------------------- */

static int disk_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
                     int *out_flags)
{
    shaky_file *f = (shaky_file *)(void *)file;
    (void)vfs;
    f->base.pMethods = NULL;
    f->real = (sqlite3_file *)(void *)(f + 1);
    if ((flags & SQLITE_OPEN_CREATE) && shaky.way != SHAKY_FULL && !goes_well())
        return SQLITE_CANTOPEN;
    const int code = plain->xOpen(plain, path, f->real, flags, out_flags);
    if (code == SQLITE_OK)
        f->base.pMethods = &methods;
    return code;
}

static int disk_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
    (void)vfs;
    (void)sync_folder;
    return shaky.way == SHAKY_FULL || goes_well() ? plain->xDelete(plain, path, 0)
                                                  : SQLITE_IOERR_DELETE;
}

void shaky_use(void)
{
    if (plain)
        return;
    plain = sqlite3_vfs_find(NULL);
    own = *plain;
    own.zName = "shaky";
    own.pNext = NULL;
    own.szOsFile = (int)sizeof(shaky_file) + plain->szOsFile;
    own.xOpen = disk_open;
    own.xDelete = disk_delete;
    if (sqlite3_vfs_register(&own, 1) != SQLITE_OK)
        abort();
}
