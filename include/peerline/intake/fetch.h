#ifndef PEERLINE_INTAKE_FETCH_H
#define PEERLINE_INTAKE_FETCH_H

#include <glib.h>

#include "peerline/base/progress.h"
#include "peerline/catalogue/study.h"

/** Where the bytes of a source come from: a file on disk, a mirror directory, the cache, the
 *  network or, by ODBC, a database. The only place of the program that touches the network. */

/** How patient the fetcher is; every 0 or NULL stands for the usual. Time is in microseconds of a
 *  clock that only goes forward; tests bring one of their own, so that nobody has to wait. */
typedef struct {
    guint attempts;        /**< per file; 4 */
    guint per_host;        /**< transfers at the same time; 2 */
    guint connect_seconds; /**< for a connection, the handshake included; 20 */
    guint slow_seconds;    /**< below 100 bytes a second for so long: given up; 30 */
    guint pause_seconds;   /**< the longest wait before the next attempt; 60 */
    gint64 (*now)(gpointer user);
    void (*sleep)(gpointer user, gint64 us);
    gpointer user;
} FetchPatience;

typedef struct {
    const char *mirror;    /**< --mirror DIR or NULL: before the network look for DIR/<host>/<path>,
                                then for DIR/<declared file name> */
    const char *cache_dir; /**< NULL: $XDG_CACHE_HOME/peerline, else ~/.cache/peerline */
    gboolean offline;      /**< cache and mirror only */
    gboolean refresh;      /**< fetch the whole file even if it is cached and unchanged */
    gboolean reuse;        /**< do not ask whether a cached copy is still the present one */
    guint64 max_bytes;     /**< of one file, unpacked; 0: 2 GiB */
    Progress *progress;    /**< or NULL */
    /** Told why and how old a copy is that was used instead of the file: one line without newline,
     *  for stderr. It depends on the day and the network, so it must not be published. Or NULL. */
    void (*tell)(const char *line);
    const FetchPatience *patience; /**< NULL: the usual */
} FetchOptions;

/** What is wanted: `path` (already resolved), `url` or `sql`; `file` is the file name that the
 *  source declares (mirror look-up); `sha256` an optional pin. */
typedef struct {
    const char *id; /**< of the source, for messages */
    const char *path;
    const char *url;
    const SqlQuery *sql; /**< a question whose answer is kept as CSV; or NULL */
    const char *file;
    const char *sha256;
    const char *licence;      /**< kept in the manifest of the cache; or NULL */
    const char *const *hosts; /**< to which it may be redirected beside its own; or NULL */
} FetchRequest;

typedef struct {
    char *path;   /**< where the bytes are now */
    char *url;    /**< the declared URL, or NULL */
    char *origin; /**< "file", "mirror", "cache", "network" or "database" (the bytes came from
                       there now) */
    char *sha256;
    guint64 bytes;
    char *retrieved; /**< "2026-11-22": day on which this hash was first seen by the cache; NULL for
                          files on disk and mirrors */
    gboolean unchanged; /**< the server said, or its bytes show, that the cached copy is present */
    char *note; /**< that the last good copy was used; NULL if all is well. Depends on the cache
                     alone, so that it may be published */
} Fetched;

void fetched_free(Fetched *f);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fetched, fetched_free)

/** One of the two is set. */
typedef struct {
    Fetched *fetched;
    GError *error;
} FetchResult;

void fetch_results_free(FetchResult *results, guint n);

/** Gets files, those on the network at the same time. Returns n results in the order of the
 *  requests; free with fetch_results_free(). Thread-safe, and several processes may share a cache.
 *
 *  URLs: https only, http on the loopback range only; redirects five at most, to the same host or
 *  one of `hosts`. A cached copy is asked for under the condition that it changed (ETag,
 *  Last-Modified); a download that was cut goes on where it stopped (Range, If-Range), in a later
 *  run too; 408, 429, 5xx of overload, time-outs, connections that are refused or break, in the
 *  handshake too, are tried again, at most three times, after Retry-After or 1,
 *  2, 4 … seconds. Size is counted as it is written; a body that is empty or begins like an HTML
 *  page is refused. Whatever fails, the last good copy stays and serves, with a note.
 *  A database is asked each time, once, for reading only; its answer is kept if it is complete and
 *  has rows.
 *  Proxies are those of the environment (https_proxy, no_proxy); so are the authorities that vouch
 * for a server, where not the system's (CURL_CA_BUNDLE, else SSL_CERT_FILE and SSL_CERT_DIR). A
 * pinned source whose bytes are in the cache is not asked for, as nothing could change it. */
FetchResult *fetch_all(const FetchRequest *requests, guint n, const FetchOptions *options);

/** Gets one file. */
Fetched *fetch_source(const FetchRequest *request, const FetchOptions *options, GError **error);

#endif
