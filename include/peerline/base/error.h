#ifndef PEERLINE_BASE_ERROR_H
#define PEERLINE_BASE_ERROR_H

#include <glib.h>

/** The one error domain. Messages are complete sentences of the form
 *  "file:line: what is wrong: what was found (what is accepted)", filled in once, at the
 *  deepest place that knows why; callers may prefix where. Codes decide the exit status. */
#define PEERLINE_ERROR (peerline_error_quark())
GQuark peerline_error_quark(void);

typedef enum {
    PEERLINE_ERROR_FAILED, /**< exit 1: nothing published */
    PEERLINE_ERROR_USAGE,  /**< exit 2: the call itself is wrong */
    /** exit 1: neither in the cache nor in a mirror, and nobody may be asked. `check` goes on. */
    PEERLINE_ERROR_NOT_HERE,
} PeerlineErrorCode;

#endif
