#ifndef PEERLINE_INTAKE_CACHE_H
#define PEERLINE_INTAKE_CACHE_H

#include "download.h"

/** The cache of downloads: DIR/<key of the URL>-<hash of the bytes>.body holds a body,
 *  DIR/<key of the URL>.json is the manifest: which body is the present one, its URL and final URL,
 *  status, ETag, Last-Modified, SHA-256, length and licence, when it was last checked, and on which
 *  day each version of it was first seen. Both appear by renaming, and a body is never changed or
 *  removed, so that another run that is reading it is not disturbed. Manifests are rewritten under
 * a lock on the directory. */

typedef struct {
    char *path;
    char *sha256;
    guint64 bytes;
    char *first_seen;                       /**< "2026-11-22" */
    char *last_checked;                     /**< the same; NULL if not known */
    char *final_url, *etag, *last_modified; /**< of the answer that gave these bytes, or NULL */
} CacheEntry;

void cache_entry_clear(CacheEntry *e);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CacheEntry, cache_entry_clear)

/** `given`, else $PEERLINE_CACHE, else $XDG_CACHE_HOME/peerline, else ~/.cache/peerline; newly
 *  allocated. */
char *cache_directory(const char *given);

/** What a URL is called in file names; newly allocated. */
char *cache_key(const char *url);

/** The present version or, with `sha256`, that one. FALSE if there is no such copy, or none that
 *  still has the SHA-256 of its record. */
gboolean cache_get(const char *dir, const char *url, const char *sha256, CacheEntry *out);

/** Takes over a download (its file is moved) and tells of it as an entry. */
gboolean cache_put(const char *dir, const char *url, const char *licence, Download *d,
                   CacheEntry *out);

/** Notes that the copy is still the present one, as the server said. Best effort: what is lost is a
 *  date. */
void cache_confirm(const char *dir, const char *url, const char *licence, const Download *d,
                   const CacheEntry *e);

#endif
