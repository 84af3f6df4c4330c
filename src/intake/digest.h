#ifndef PEERLINE_INTAKE_DIGEST_H
#define PEERLINE_INTAKE_DIGEST_H

#include <glib.h>

/** SHA-256 (lower-case hexadecimal, newly allocated) and length of a regular file, read in blocks.
 *  NULL with error if it cannot be read, is no regular file or is longer than max_bytes. */
char *digest_file(const char *path, guint64 max_bytes, guint64 *bytes, GError **error);

/** Adds what an open regular file holds to `sum` and counts it; leaves the position at its end.
 *  FALSE if it cannot be read or is longer than max_bytes. */
gboolean digest_add(int fd, GChecksum *sum, guint64 max_bytes, guint64 *bytes);

#endif
