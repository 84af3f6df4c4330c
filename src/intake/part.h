#ifndef PEERLINE_INTAKE_PART_H
#define PEERLINE_INTAKE_PART_H

#include <glib.h>

/** Files that are being downloaded. A part is DIR/.part-<random>; whoever writes to it holds a lock
 *  on it, so that a run finds out whether a part that it could go on with is another run's. Beside
 *  it DIR/.part-<key>.json says which part belongs to a URL, from which address it came and by
 * which validator the server can tell whether the rest still fits (RFC 9110, 13.1.5, If-Range). */
typedef struct {
    int fd; /**< locked; -1: none. Closing it gives the lock up */
    char *path;
    char *url;       /**< the address that the bytes came from; NULL: cannot be gone on with */
    char *validator; /**< a strong entity tag or date of that answer, as the server wrote it */
} Part;

/** Closes the file and removes it if `path` is still set. */
void part_clear(Part *p);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Part, part_clear)

/** A new, empty part; FALSE with error if none can be made. */
gboolean part_new(const char *dir, Part *out, GError **error);
/** The part that an earlier download of the URL left, opened and locked; FALSE if there is none, or
 *  another run has it. */
gboolean part_take(const char *dir, const char *key, Part *out);
/** Notes that a part with url and validator belongs to the URL, so that even after a kill a later
 *  run goes on with it. Best effort: without it the file is fetched from the start. */
void part_remember(const char *dir, const char *key, const Part *p);
void part_forget(const char *dir, const char *key);
/** Leaves the file for a later run instead of removing it. */
void part_keep(Part *p);
/** Removes what killed downloads left behind for over a day. */
void part_sweep(const char *dir);

#endif
