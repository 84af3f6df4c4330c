#ifndef PEERLINE_INTAKE_UNPACK_H
#define PEERLINE_INTAKE_UNPACK_H

#include <glib.h>

/** Undoes the Content-Encoding of an answer (RFC 9110, 8.4) piece by piece. libcurl could do that,
 * but takes a packed body that stops early for a whole one: gzip, brotli and zstd all say where
 * they end, and here it is asked. */

/** Takes a piece of what was unpacked; FALSE ends it all. */
typedef gboolean (*UnpackSink)(gpointer user, const char *data, gsize n);

typedef struct Unpacker Unpacker;

/** What a request may accept: the value of Accept-Encoding. */
#define UNPACK_ACCEPTED "gzip, br, zstd"

/** NULL for a packing that is not among the accepted ones. */
Unpacker *unpacker_new(const char *encoding, UnpackSink sink, gpointer user);
void unpacker_free(Unpacker *u);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Unpacker, unpacker_free)

/** Takes the next packed bytes. Never holds more than a block of what they make. */
typedef enum {
    UNPACK_FINE,
    UNPACK_DAMAGED, /**< these are no such bytes */
    UNPACK_REFUSED, /**< by the sink */
} UnpackResult;
UnpackResult unpacker_add(Unpacker *u, const char *data, gsize n);

/** TRUE if what came so far is whole. */
gboolean unpacker_is_whole(const Unpacker *u);

#endif
