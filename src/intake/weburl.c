#include "weburl.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <string.h>

#include "peerline/base/error.h"

void weburl_free(WebUrl *u)
{
    if (!u)
        return;
    g_free(u->text);
    g_free(u->host);
    g_free(u->path);
    g_free(u->query);
    g_free(u);
}

/* A copy of one part, or NULL where the URL has none. */
static char *part_of(CURLU *url, CURLUPart part)
{
    char *value = NULL;
    if (curl_url_get(url, part, &value, 0) != CURLUE_OK)
        return NULL;
    char *copy = g_strdup(value);
    curl_free(value);
    return copy;
}

static char *bare_host(CURLU *url)
{
    g_autofree char *host = part_of(url, CURLUPART_HOST);
    if (!host)
        return NULL;
    gsize n = strlen(host);
    char *bare = host[0] == '[' && n > 2 ? g_strndup(host + 1, n - 2) : g_strdup(host);
    for (char *p = bare; *p; p++)
        *p = g_ascii_tolower(*p);
    return bare;
}

static gboolean is_loopback(const char *host)
{
    struct in_addr v4;
    struct in6_addr v6;
    if (inet_pton(AF_INET, host, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    if (inet_pton(AF_INET6, host, &v6) == 1)
        return IN6_IS_ADDR_LOOPBACK(&v6);
    return strcmp(host, "localhost") == 0; /* libcurl never asks a name server for it */
}

static WebUrl *take_apart(CURLU *url, const char *text, GError **error)
{
    CURLUcode rc = curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME);
    if (rc != CURLUE_OK) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the URL is not valid: '%s': %s (https://host/path)", text,
                    curl_url_strerror(rc));
        return NULL;
    }
    g_autofree char *scheme = part_of(url, CURLUPART_SCHEME);
    g_autofree char *user = part_of(url, CURLUPART_USER);
    g_autofree char *password = part_of(url, CURLUPART_PASSWORD);
    g_autoptr(WebUrl) u = g_new0(WebUrl, 1);
    u->host = bare_host(url);
    u->path = part_of(url, CURLUPART_PATH);
    u->query = part_of(url, CURLUPART_QUERY);
    u->loopback = u->host && is_loopback(u->host);
    gboolean http = g_strcmp0(scheme, "http") == 0;
    if (!u->host || !(g_strcmp0(scheme, "https") == 0 || (http && u->loopback))) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the URL is not allowed: '%s' (https; http only on this machine)", text);
        return NULL;
    }
    /* They would end up in provenance and in logs. The URL is not repeated for the same reason. */
    if (user || password) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the URL holds a user name or password, at host '%s' (a URL without)", u->host);
        return NULL;
    }
    curl_url_set(url, CURLUPART_FRAGMENT, NULL, 0);
    u->text = part_of(url, CURLUPART_URL);
    return g_steal_pointer(&u);
}

WebUrl *weburl_new(const char *text, GError **error)
{
    CURLU *url = curl_url();
    WebUrl *u = take_apart(url, text, error);
    curl_url_cleanup(url);
    return u;
}
