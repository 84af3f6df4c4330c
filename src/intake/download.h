#ifndef PEERLINE_INTAKE_DOWNLOAD_H
#define PEERLINE_INTAKE_DOWNLOAD_H

#include "weburl.h"

/** What the names of temporary files begin with. */
#define DOWNLOAD_PART ".part-"

typedef struct {
    char
        *path; /**< a temporary file in the directory asked for; the caller renames or removes it */
    char *sha256;
    guint64 bytes;
} Download;

/** Frees the strings; removes the file if `path` is still set. */
void download_clear(Download *d);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Download, download_clear)

/** Gets a URL into a temporary file in `dir`. Succeeds only with status 200, a complete and
 *  non-empty body of at most max_bytes that does not begin like an HTML page. A redirect is
 *  followed only to the same host and an allowed scheme, five at most. Server faults that tend to
 *  pass (408, 429, 5xx of overload, time-outs) are tried three times. */
gboolean download(const WebUrl *url, const char *dir, guint64 max_bytes, Download *out,
                  GError **error);

#endif
