#ifndef PEERLINE_PUBLISH_EDITION_LOCK_H
#define PEERLINE_PUBLISH_EDITION_LOCK_H

#include <glib.h>

/** A lock on a path that no two processes hold at once. It is a flock on an empty file, so a killed
 *  run sets it free by dying; the file is removed when the lock is let go, and one that a killed
 *  run left behind is taken over. */
typedef struct Lock Lock;

/** PEERLINE_ERROR_FAILED if another holds it ("a run on <what> is already under way") or the file
 *  cannot be made. `path` is that of the lock file. */
Lock *lock_take(const char *path, const char *what, GError **error);
/** The same on a directory itself: nothing is made, changed or removed. Where the file system
 *  cannot do so, a file beside it serves. *gone (or NULL) tells that the directory is no more. */
Lock *lock_take_directory(const char *path, const char *what, gboolean *gone, GError **error);
void lock_release(Lock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lock, lock_release)

#endif
