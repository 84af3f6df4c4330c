#ifndef PEERLINE_INTAKE_DOWNLOAD_H
#define PEERLINE_INTAKE_DOWNLOAD_H

#include "part.h"
#include "peerline/intake/fetch.h"
#include "transfer.h"
#include "weburl.h"

typedef struct {
    const char *id;  /**< for progress */
    const char *key; /**< name of the URL in the cache */
    const WebUrl *url;
    const char *const *hosts; /**< to which it may lead beside its own, or NULL */
    Validators have;          /**< conditions; without url: none */
} DownloadRequest;

typedef struct {
    gboolean unchanged; /**< the conditions hold: there is no file */
    Part part;          /**< the file, locked; the caller renames it or removes it */
    char *sha256;
    guint64 bytes;
    char *final_url, *etag, *last_modified;
    long status;
    GError *error; /**< why there is neither */
} Download;

/** Frees the strings; removes the file if its path is still set. */
void download_clear(Download *d);

/** Gets files into parts in `dir`, all at once, but no more of a host than `patience` says. Only
 *  complete and non-empty bodies of at most max_bytes that do not begin like an HTML page are
 *  successes. `out` has n members, zeroed. */
void download_all(const DownloadRequest *requests, guint n, const char *dir,
                  const FetchOptions *options, Download *out);

#endif
