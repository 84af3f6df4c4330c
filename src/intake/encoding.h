#ifndef PEERLINE_INTAKE_ENCODING_H
#define PEERLINE_INTAKE_ENCODING_H

#include "peerline/intake/table.h"

/** The byte order mark of UTF-8, which overrules a declaration. */
#define ENCODING_BOM "\xEF\xBB\xBF"

/** TRUE where a byte is a character, and those from 0x80 on take more than one byte in UTF-8. */
gboolean encoding_is_single_byte(Encoding encoding);

/** A character below U+10000 takes at most so many bytes. */
#define ENCODING_MOST_BYTES 3

/** Writes text of a single-byte encoding as UTF-8 to `out`, which has room for ENCODING_MOST_BYTES
 *  times n, and returns how many bytes that are. Bytes that the encoding does not define stay as
 *  they are, so that they are invalid UTF-8 and can be named on their line. */
gsize encoding_expand(const char *text, gsize n, Encoding encoding, char *out);

/** For messages: "UTF-8", "Windows-1252", "Latin-1". */
const char *encoding_name(Encoding encoding);

#endif
