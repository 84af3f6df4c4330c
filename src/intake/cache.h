#ifndef PEERLINE_INTAKE_CACHE_H
#define PEERLINE_INTAKE_CACHE_H

#include "download.h"

/** The cache of downloads: DIR/<hash of the URL>-<hash of the bytes>.body holds a body,
 *  DIR/<hash of the URL>.json says which body is the present one, its URL, SHA-256 and length, and
 *  on which day each version of it was first seen. Both appear by renaming, and a body is never
 *  changed or removed, so that another run that is reading it is not disturbed. */

typedef struct {
    char *path;
    char *sha256;
    guint64 bytes;
    char *first_seen; /**< "2026-11-22" */
} CacheEntry;

void cache_entry_clear(CacheEntry *e);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CacheEntry, cache_entry_clear)

/** `given`, else $PEERLINE_CACHE, else $XDG_CACHE_HOME/peerline, else ~/.cache/peerline; newly
 *  allocated. */
char *cache_directory(const char *given);

/** FALSE if there is no copy, or none that still has the SHA-256 of its record. */
gboolean cache_get(const char *dir, const char *url, CacheEntry *out);

/** Removes what downloads that were killed left behind: temporary files over a day old. */
void cache_sweep(const char *dir);

/** Takes over a download (its file is moved) and tells of it as an entry. */
gboolean cache_put(const char *dir, const char *url, Download *d, CacheEntry *out, GError **error);

#endif
