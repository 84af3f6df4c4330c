#ifndef PEERLINE_INTAKE_ENCODING_H
#define PEERLINE_INTAKE_ENCODING_H

#include "peerline/intake/table.h"

/** Text of a declared encoding as UTF-8, without a byte order mark.
 *
 *  `buffer` (n bytes, allocated, owned by the caller before, by the result after) is changed or
 *  replaced. Bytes that the encoding does not define stay as they are, so that they are invalid
 *  UTF-8 and can be named on their line; *valid says whether there are none. The result is
 *  NUL-terminated and *n is its length. A byte order mark of UTF-8 overrules the declaration. */
char *encoding_to_utf8(char *buffer, gsize *n, Encoding encoding, gboolean *valid);

/** For messages: "UTF-8", "Windows-1252", "Latin-1". */
const char *encoding_name(Encoding encoding);

#endif
