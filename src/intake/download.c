#include "download.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "peerline/base/error.h"
#include "peerline/base/version.h"
#include "sniff.h"

#define MOST_REDIRECTS  5
#define ATTEMPTS        3
#define CONNECT_SECONDS 20L
/* Below this speed for so long the server counts as gone. */
#define SLOW_BYTES_PER_SECOND 100L
#define SLOW_SECONDS          60L
#define LONGEST_PAUSE_SECONDS 30
#define HEAD_BYTES            1024

/* One transfer while it runs. */
typedef struct {
    int fd;
    GChecksum *sum;
    guint64 bytes, max_bytes;
    gboolean too_large;
    int write_errno;
    char head[HEAD_BYTES];
    gsize head_n;
} Transfer;

/* How one answer ended. Failure is FALSE, so that failed() ends functions of both kinds. */
typedef enum { ANSWER_FAILED = FALSE, ANSWER_DONE, ANSWER_REDIRECT, ANSWER_AGAIN } Answer;

void download_clear(Download *d)
{
    if (d->path)
        g_unlink(d->path);
    g_clear_pointer(&d->path, g_free);
    g_clear_pointer(&d->sha256, g_free);
}

static gboolean write_all(Transfer *t, const char *data, gsize n)
{
    while (n > 0) {
        ssize_t written = write(t->fd, data, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            t->write_errno = errno;
            return FALSE;
        }
        data += written;
        n -= (gsize)written;
    }
    return TRUE;
}

/* libcurl's own limit knows nothing of bodies without a declared length: counted here. */
static size_t receive(char *data, size_t size, size_t count, void *user)
{
    Transfer *t = user;
    gsize n = size * count;
    t->bytes += n;
    t->too_large = t->bytes > t->max_bytes;
    if (t->too_large || !write_all(t, data, n))
        return CURL_WRITEFUNC_ERROR;
    g_checksum_update(t->sum, (const guchar *)data, (gssize)n);
    gsize room = MIN(n, HEAD_BYTES - t->head_n);
    memcpy(t->head + t->head_n, data, room);
    t->head_n += room;
    return n;
}

static gpointer initialise(gpointer unused)
{
    (void)unused;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    return NULL;
}

static CURL *handle_new(Transfer *t, char *why)
{
    static GOnce once = G_ONCE_INIT;
    g_once(&once, initialise, NULL);
    CURL *curl = curl_easy_init();
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "peerline/" PEERLINE_VERSION);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES_PER_SECOND);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, SLOW_SECONDS);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, why);
    return curl;
}

static gboolean status_passes(long status)
{
    static const long passing[] = {408, 429, 500, 502, 503, 504, 522, 524};
    for (guint i = 0; i < G_N_ELEMENTS(passing); i++) {
        if (status == passing[i])
            return TRUE;
    }
    return FALSE;
}

static Answer failed(GError **error, const WebUrl *url, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static Answer failed(GError **error, const WebUrl *url, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: %s", url->text, what);
    return ANSWER_FAILED;
}

static Answer judge_transfer(const Transfer *t, const WebUrl *url, CURLcode rc, const char *why,
                             GError **error)
{
    if (t->too_large)
        return failed(error, url,
                      "the file is too large: over %" G_GUINT64_FORMAT " bytes (at most that)",
                      t->max_bytes);
    if (t->write_errno)
        return failed(error, url, "the file cannot be written: %s", g_strerror(t->write_errno));
    failed(error, url, "could not be fetched: %s", *why ? why : curl_easy_strerror(rc));
    return rc == CURLE_OPERATION_TIMEDOUT ? ANSWER_AGAIN : ANSWER_FAILED;
}

static Answer judge_body(const Transfer *t, const WebUrl *url, CURL *curl, GError **error)
{
    curl_off_t declared = -1;
    curl_easy_getinfo(curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &declared);
    if (declared >= 0 && (guint64)declared != t->bytes)
        return failed(error, url, "the file is incomplete: %" G_GUINT64_FORMAT " of %ld bytes",
                      t->bytes, (long)declared);
    if (t->bytes == 0)
        return failed(error, url, "the file is empty (a file with something in it)");
    if (sniff_html(t->head, t->head_n))
        return failed(error, url,
                      "found an HTML page instead of the file (the publisher may have moved it, or "
                      "want a login)");
    return ANSWER_DONE;
}

/* Asks once. For a redirect *next is the address to go on with; for a passing fault *pause is how
 * many seconds the server wants to be left alone, 0 if it did not say. */
static Answer ask(Transfer *t, const WebUrl *url, char **next, gint64 *pause, GError **error)
{
    char why[CURL_ERROR_SIZE] = "";
    CURL *curl = handle_new(t, why);
    curl_easy_setopt(curl, CURLOPT_URL, url->text);
    if (url->loopback) /* a proxy cannot reach this machine */
        curl_easy_setopt(curl, CURLOPT_PROXY, "");
    CURLcode rc = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    char *target = NULL;
    curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &target);
    curl_off_t after = 0;
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &after);
    *pause = CLAMP((gint64)after, 0, LONGEST_PAUSE_SECONDS);

    Answer answer;
    if (rc != CURLE_OK) {
        answer = judge_transfer(t, url, rc, why, error);
    } else if (target) {
        *next = g_strdup(target);
        answer = ANSWER_REDIRECT;
    } else if (status == 200) {
        answer = judge_body(t, url, curl, error);
    } else {
        failed(error, url, "the server answered with status %ld (200)", status);
        answer = status_passes(status) ? ANSWER_AGAIN : ANSWER_FAILED;
    }
    curl_easy_cleanup(curl);
    return answer;
}

static gboolean begin_again(Transfer *t)
{
    t->bytes = 0;
    t->head_n = 0;
    t->write_errno = 0;
    t->too_large = FALSE;
    g_checksum_reset(t->sum);
    return ftruncate(t->fd, 0) == 0 && lseek(t->fd, 0, SEEK_SET) == 0;
}

/* The address a redirect may lead to, or NULL with error. */
static WebUrl *redirected(const WebUrl *from, const char *to, GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(WebUrl) target = weburl_new(to, &why);
    if (!target) {
        failed(error, from, "redirected: %s", why->message);
        return NULL;
    }
    if (strcmp(target->host, from->host) != 0) {
        failed(error, from, "redirected to another host: '%s' (the same host, or declare that URL)",
               target->text);
        return NULL;
    }
    return g_steal_pointer(&target);
}

static gboolean transfer(Transfer *t, const WebUrl *first, GError **error)
{
    g_autoptr(WebUrl) moved = NULL;
    guint redirects = 0;
    for (guint attempt = 1;;) {
        const WebUrl *url = moved ? moved : first;
        g_autofree char *next = NULL;
        g_autoptr(GError) why = NULL;
        gint64 pause;
        if (!begin_again(t))
            return failed(error, url, "the file cannot be written: %s", g_strerror(errno));
        Answer answer = ask(t, url, &next, &pause, &why);
        if (answer == ANSWER_DONE)
            return TRUE;
        if (answer == ANSWER_REDIRECT) {
            if (++redirects > MOST_REDIRECTS)
                return failed(error, first, "redirected more than %d times", MOST_REDIRECTS);
            WebUrl *target = redirected(url, next, error);
            if (!target)
                return FALSE;
            weburl_free(moved);
            moved = target;
            continue;
        }
        if (answer == ANSWER_FAILED || attempt == ATTEMPTS) {
            g_propagate_error(error, g_steal_pointer(&why));
            return FALSE;
        }
        g_usleep((gulong)(pause ? pause : 1 << (attempt - 1)) * G_USEC_PER_SEC);
        attempt++;
    }
}

gboolean download(const WebUrl *url, const char *dir, guint64 max_bytes, Download *out,
                  GError **error)
{
    g_auto(Download) d = {.path = g_build_filename(dir, DOWNLOAD_PART "XXXXXX", NULL)};
    Transfer t = {.fd = g_mkstemp_full(d.path, O_RDWR | O_CLOEXEC, 0644),
                  .sum = g_checksum_new(G_CHECKSUM_SHA256),
                  .max_bytes = max_bytes};
    gboolean ok = FALSE;
    if (t.fd < 0) {
        failed(error, url, "no file can be made in '%s': %s", dir, g_strerror(errno));
    } else {
        ok = transfer(&t, url, error);
        if (close(t.fd) != 0 && ok)
            ok = failed(error, url, "the file cannot be written: %s", g_strerror(errno));
    }
    d.sha256 = g_strdup(g_checksum_get_string(t.sum));
    d.bytes = t.bytes;
    g_checksum_free(t.sum);
    if (!ok)
        return FALSE;
    *out = d;
    d = (Download){0};
    return TRUE;
}
