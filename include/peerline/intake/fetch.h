#ifndef PEERLINE_INTAKE_FETCH_H
#define PEERLINE_INTAKE_FETCH_H

#include <glib.h>

/** Where the bytes of a source come from: a file on disk, a mirror directory, the cache, the
 *  network. The only place of the program that touches the network. */

typedef struct {
    const char *mirror;    /**< --mirror DIR or NULL: before the network look for DIR/<host>/<path>,
                                then for DIR/<declared file name> */
    const char *cache_dir; /**< NULL: $XDG_CACHE_HOME/peerline, else ~/.cache/peerline */
    gboolean offline;      /**< cache and mirror only */
    gboolean refresh;      /**< fetch again even if cached */
    guint64 max_bytes;     /**< of one file; 0: 2 GiB */
} FetchOptions;

/** What is wanted: `path` (already resolved) or `url`; `file` is the file name that the source
 *  declares (mirror look-up); `sha256` an optional pin. */
typedef struct {
    const char *id; /**< of the source, for messages */
    const char *path;
    const char *url;
    const char *file;
    const char *sha256;
} FetchRequest;

typedef struct {
    char *path;   /**< where the bytes are now */
    char *url;    /**< the declared URL, or NULL */
    char *origin; /**< "file", "mirror", "cache" or "network" */
    char *sha256;
    guint64 bytes;
    char *retrieved; /**< "2026-11-22": day on which this hash was first seen by the cache; NULL for
                          files on disk and mirrors */
    char *note;      /**< e.g. that the last good copy was used and why; NULL if all is well */
} Fetched;

void fetched_free(Fetched *f);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fetched, fetched_free)

/** Gets one file. URLs: https only, http on the loopback range only; size counted in the write
 *  callback; written to a temporary name and renamed; status other than 200 is an error; a body
 *  that begins like an HTML page is refused. The cache keeps beside each body a small record (URL,
 *  SHA-256, bytes, first seen). If the network fails and a cached copy exists, that is returned
 * with a note. Thread-safe for different URLs. */
Fetched *fetch_source(const FetchRequest *request, const FetchOptions *options, GError **error);

#endif
