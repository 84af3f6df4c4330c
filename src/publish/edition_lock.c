#include "edition_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peerline/base/error.h"

struct Lock {
    char *path; /**< of the file that is removed afterwards; NULL: a directory is locked */
    int fd;
};

/* Between opening and locking, the one who held the file may have removed it: a lock on a file that
 * no longer has the name keeps nobody out. */
static gboolean still_named(int fd, const char *path)
{
    struct stat held, named;
    return fstat(fd, &held) == 0 && lstat(path, &named) == 0 && held.st_dev == named.st_dev &&
           held.st_ino == named.st_ino;
}

static int refuse(const char *path, const char *what, int reason, GError **error)
{
    if (reason == EWOULDBLOCK)
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: a run is already under way: its lock is held (wait for it, or choose "
                    "another directory with --out)",
                    what);
    else
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: cannot lock: %s", path,
                    g_strerror(reason));
    return -1;
}

static int open_locked(const char *path, const char *what, GError **error)
{
    for (;;) {
        int fd = open(path, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (fd < 0)
            return refuse(path, what, errno, error);
        if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
            int reason = errno;
            close(fd);
            return refuse(path, what, reason, error);
        }
        if (still_named(fd, path))
            return fd;
        close(fd);
    }
}

Lock *lock_take(const char *path, const char *what, GError **error)
{
    int fd = open_locked(path, what, error);
    if (fd < 0)
        return NULL;
    Lock *lock = g_new(Lock, 1);
    lock->path = g_strdup(path);
    lock->fd = fd;
    return lock;
}

static Lock *lock_beside(const char *path, const char *what, GError **error)
{
    g_autofree char *parent = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *file = g_strdup_printf("%s/.%s.lock", parent, name);
    return lock_take(file, what, error);
}

Lock *lock_take_directory(const char *path, const char *what, gboolean *gone, GError **error)
{
    for (;;) {
        int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
        if (fd < 0) {
            if (gone && errno == ENOENT)
                *gone = TRUE;
            else
                refuse(path, what, errno, error);
            return NULL;
        }
        if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
            const int reason = errno;
            close(fd);
            if (reason != EWOULDBLOCK)
                return lock_beside(path, what, error);
            refuse(path, what, reason, error);
            return NULL;
        }
        if (still_named(fd, path)) {
            Lock *lock = g_new0(Lock, 1);
            lock->fd = fd;
            return lock;
        }
        close(fd);
    }
}

void lock_release(Lock *lock)
{
    if (!lock)
        return;
    if (lock->path)
        unlink(lock->path); /* while it is still held: see still_named() */
    close(lock->fd);
    g_free(lock->path);
    g_free(lock);
}
