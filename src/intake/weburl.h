#ifndef PEERLINE_INTAKE_WEBURL_H
#define PEERLINE_INTAKE_WEBURL_H

#include <glib.h>

/** A URL that the program may ask for: https anywhere, http on the loopback range only
 *  (127.0.0.0/8, ::1, localhost), no user name or password in it. Taken apart by libcurl, so that
 *  what is checked is what is asked. */
typedef struct {
    char *text;  /**< normalised */
    char *host;  /**< lower case; an IPv6 address without its brackets */
    char *path;  /**< as written, percent signs included; begins with '/' */
    char *query; /**< or NULL */
    gboolean loopback;
} WebUrl;

/** NULL with error if the URL is malformed or not allowed. */
WebUrl *weburl_new(const char *text, GError **error);
void weburl_free(WebUrl *u);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WebUrl, weburl_free)

#endif
