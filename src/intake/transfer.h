#ifndef PEERLINE_INTAKE_TRANSFER_H
#define PEERLINE_INTAKE_TRANSFER_H

#include <curl/curl.h>

#include "part.h"
#include "peerline/intake/fetch.h"
#include "unpack.h"
#include "weburl.h"

/** One file on its way: what is asked for at one address, and what the answer means. Which address
 *  is asked when is the business of download.c. */

/** What a copy at hand is known by to the server that gave it. */
typedef struct {
    const char *url;                  /**< the address that answered; NULL: there is no such copy */
    const char *etag, *last_modified; /**< as the server wrote them, or NULL */
} Validators;

/** How one answer ended. FAILED is FALSE, so that failed() ends functions of both kinds. */
typedef enum {
    ANSWER_FAILED = FALSE,
    ANSWER_DONE,      /**< the file is whole */
    ANSWER_UNCHANGED, /**< 304: the copy at hand is the present one */
    ANSWER_REDIRECT,  /**< go on at `next` */
    ANSWER_AGAIN,     /**< may pass: ask again after `pause` */
} Answer;

typedef struct {
    const char *dir, *key; /**< where the part is, and the name of the URL in the cache */
    guint64 max_bytes;     /**< of the file as it is written, decompressed */
    long connect_seconds;  /**< for the connection, the handshake included */
    long slow_seconds;     /**< so long below 100 bytes a second, and the server counts as gone */
    ProgressBar *bar;      /**< or NULL */
    Part part;
    GChecksum *sum; /**< of the bytes of the part */
    guint64 bytes;
    /* the answer at hand */
    CURL *curl;
    struct curl_slist *headers;
    const WebUrl *url;
    char why[CURL_ERROR_SIZE];
    guint64 from;  /**< asked for the bytes from here on; 0: for the whole */
    guint64 total; /**< as declared by a partial answer; 0: not */
    guint64 ignored;
    Unpacker *unpacker; /**< of a packed body, or NULL */
    gboolean conditional, begun, too_large, misfit, unknown_packing, damaged;
    int write_errno;
    /* what it said */
    char *etag, *last_modified;
    long status;
    char *next;
    gint64 pause;     /**< seconds that the server wants to be left alone; 0: it did not say */
    gboolean at_once; /**< AGAIN without waiting */
} Transfer;

/** Once before anything of libcurl is used; may be called again. */
void transfer_initialise(void);
/** With `resume` goes on with what an earlier run left. FALSE with error if there is no place for
 *  the file. */
gboolean transfer_open(Transfer *t, gboolean resume, GError **error);
/** Prepares the next request; `have` are the conditions, used where its address is asked. */
CURL *transfer_begin(Transfer *t, const WebUrl *url, const Validators *have);
/** Judges the answer, with error for FAILED and AGAIN. */
Answer transfer_end(Transfer *t, CURLcode rc, GError **error);
/** Gives up: keeps the part if a later run can go on with it. */
void transfer_clear(Transfer *t);

#endif
