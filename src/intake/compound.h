#ifndef PEERLINE_INTAKE_COMPOUND_H
#define PEERLINE_INTAKE_COMPOUND_H

#include <glib.h>

/** The compound file below XLS workbooks: a file system of chained sectors ([MS-CFB]). Only a
 *  stream of its root is wanted. */

/** TRUE if the bytes begin like a compound file. */
gboolean compound_is(const guint8 *data, gsize n);

/** The contents of the root's first stream of one of these names (NULL-terminated, ASCII, capitals
 *  do not count); never longer than the file itself. NULL with error for a file that is damaged or
 *  cut short, or has no such stream; `display_name` begins the message. */
GByteArray *compound_stream(const guint8 *data, gsize n, const char *display_name,
                            const char *const *names, GError **error);

#endif
