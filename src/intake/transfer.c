#include "transfer.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "digest.h"
#include "peerline/base/error.h"
#include "peerline/base/version.h"
#include "sniff.h"

#define SLOW_BYTES_PER_SECOND 100L
#define HEAD_BYTES            1024
/* Nobody reads what a server writes beside a refusal, so not much of it is taken. */
#define MOST_IGNORED (1 << 20)

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

/* ---- the file ---------------------------------------------------------------------------------
 */

static gboolean start_over(Transfer *t)
{
    t->bytes = 0;
    g_checksum_reset(t->sum);
    g_clear_pointer(&t->part.url, g_free);
    g_clear_pointer(&t->part.validator, g_free);
    if (ftruncate(t->part.fd, 0) == 0 && lseek(t->part.fd, 0, SEEK_SET) == 0)
        return TRUE;
    t->write_errno = errno;
    return FALSE;
}

gboolean transfer_open(Transfer *t, gboolean resume, GError **error)
{
    t->sum = g_checksum_new(G_CHECKSUM_SHA256);
    if (resume && part_take(t->dir, t->key, &t->part)) {
        if (digest_add(t->part.fd, t->sum, t->max_bytes, &t->bytes) && t->bytes > 0)
            return TRUE;
        return start_over(t);
    }
    return part_new(t->dir, &t->part, error);
}

void transfer_clear(Transfer *t)
{
    if (t->part.path && t->part.validator && t->bytes > 0)
        part_keep(&t->part);
    else
        part_clear(&t->part);
    g_clear_pointer(&t->sum, g_checksum_free);
    g_clear_pointer(&t->unpacker, unpacker_free);
    g_clear_pointer(&t->curl, curl_easy_cleanup);
    g_clear_pointer(&t->headers, curl_slist_free_all);
    g_clear_pointer(&t->etag, g_free);
    g_clear_pointer(&t->last_modified, g_free);
    g_clear_pointer(&t->next, g_free);
}

static gboolean write_all(Transfer *t, const char *data, gsize n)
{
    while (n > 0) {
        ssize_t written = write(t->part.fd, data, n);
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

/* Takes bytes of the file as it will be. */
static gboolean store(gpointer user, const char *data, gsize n)
{
    Transfer *t = user;
    /* libcurl's own limit knows neither bodies without a declared length nor unpacked ones. */
    t->too_large = n > t->max_bytes - MIN(t->bytes, t->max_bytes);
    if (t->too_large || !write_all(t, data, n))
        return FALSE;
    t->bytes += n;
    g_checksum_update(t->sum, (const guchar *)data, (gssize)n);
    return TRUE;
}

/* ---- the answer while it comes in ---------------------------------------------------------------
 */

/* A header of the last answer, or NULL; owned by the handle. */
static const char *header(const Transfer *t, const char *name)
{
    struct curl_header *h = NULL;
    return curl_easy_header(t->curl, name, 0, CURLH_HEADER, -1, &h) == CURLHE_OK ? h->value : NULL;
}

static gboolean is_encoded(const Transfer *t)
{
    const char *encoding = header(t, "Content-Encoding");
    return encoding && g_ascii_strcasecmp(encoding, "identity") != 0;
}

/* By which the server can be asked whether the rest still belongs to these bytes, or NULL: a strong
 * entity tag, or a date that is strong because the file was older than the answer (RFC 9110,
 * 8.8.2.2). Nobody asks for packed bytes: in the file, their offsets would mean nothing. */
static const char *strong_validator(const Transfer *t)
{
    if (t->etag)
        return g_str_has_prefix(t->etag, "W/") ? NULL : t->etag;
    const char *date = header(t, "Date");
    if (!date || !t->last_modified)
        return NULL;
    time_t sent = curl_getdate(date, NULL), changed = curl_getdate(t->last_modified, NULL);
    return changed >= 0 && sent - changed >= 1 ? t->last_modified : NULL;
}

/* "bytes 500-999/1000" must begin where the part ends. */
static gboolean fits_on(Transfer *t)
{
    const char *range = header(t, "Content-Range");
    if (!range || g_ascii_strncasecmp(range, "bytes ", 6) != 0)
        return FALSE;
    char *end = NULL;
    guint64 first = g_ascii_strtoull(range + 6, &end, 10);
    const char *slash = *end == '-' ? strchr(end, '/') : NULL;
    t->total = slash ? g_ascii_strtoull(slash + 1, NULL, 10) : 0; /* 0 for "*" */
    return slash && first == t->from && !is_encoded(t);
}

/* Before the first byte of a body is written: whether it begins the file or goes on with it. */
static gboolean begin_body(Transfer *t)
{
    t->begun = TRUE;
    if (t->status == 206 && t->from > 0) {
        t->misfit = !fits_on(t);
        return !t->misfit;
    }
    if (t->status != 200)
        return TRUE;
    t->from = 0; /* it may have been asked for a part, and sends the whole */
    if (!start_over(t))
        return FALSE;
    if (is_encoded(t)) {
        t->unpacker = unpacker_new(header(t, "Content-Encoding"), store, t);
        t->unknown_packing = !t->unpacker;
        return !t->unknown_packing;
    }
    const char *validator = strong_validator(t);
    if (validator) {
        t->part.url = g_strdup(t->url->text);
        t->part.validator = g_strdup(validator);
        part_remember(t->dir, t->key, &t->part);
    }
    return TRUE;
}

static void note_answer(Transfer *t)
{
    curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &t->status);
    g_free(t->etag);
    g_free(t->last_modified);
    t->etag = g_strdup(header(t, "ETag"));
    t->last_modified = g_strdup(header(t, "Last-Modified"));
}

/* As declared, or -1. */
static curl_off_t length_of_body(const Transfer *t)
{
    curl_off_t declared = -1;
    curl_easy_getinfo(t->curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &declared);
    return declared;
}

static guint64 declared_bytes(const Transfer *t)
{
    return (guint64)MAX(length_of_body(t), 0);
}

static gboolean is_body(const Transfer *t)
{
    return t->status == 200 || (t->status == 206 && t->from > 0);
}

static gboolean take(Transfer *t, const char *data, gsize n)
{
    t->too_large = declared_bytes(t) > t->max_bytes - t->from;
    if (t->too_large)
        return FALSE;
    if (!t->unpacker)
        return store(t, data, n);
    const UnpackResult result = unpacker_add(t->unpacker, data, n);
    t->damaged = result == UNPACK_DAMAGED;
    return result == UNPACK_FINE;
}

static size_t receive(char *data, size_t size, size_t count, void *user)
{
    Transfer *t = user;
    const gsize n = size * count;
    if (!t->begun) {
        note_answer(t);
        if (!begin_body(t))
            return CURL_WRITEFUNC_ERROR;
    }
    if (!is_body(t)) {
        t->ignored += n;
        return t->ignored > MOST_IGNORED ? CURL_WRITEFUNC_ERROR : n;
    }
    if (!take(t, data, n))
        return CURL_WRITEFUNC_ERROR;
    const guint64 declared = declared_bytes(t);
    progress_bar_set(t->bar, t->bytes, declared && !t->unpacker ? t->from + declared : 0);
    return n;
}

/* ---- the request --------------------------------------------------------------------------------
 */

static gpointer initialise(gpointer unused)
{
    (void)unused;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    return NULL;
}

void transfer_initialise(void)
{
    static GOnce once = G_ONCE_INIT;
    g_once(&once, initialise, NULL);
}

static const char *variable(const char *name)
{
    const char *value = g_getenv(name);
    return value && *value ? value : NULL;
}

/* Who vouches for a server, where not the authorities of the system: named in the variables that
 * curl and OpenSSL use, with curl's precedence. libcurl itself looks at none of them. Where a proxy
 * looks into connections, its owner's authority must be told this way. */
static void trust(CURL *curl)
{
    const char *bundle = variable("CURL_CA_BUNDLE");
    const char *file = bundle ? bundle : variable("SSL_CERT_FILE");
    const char *folder = bundle ? NULL : variable("SSL_CERT_DIR");
    if (file) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, file);
        curl_easy_setopt(curl, CURLOPT_PROXY_CAINFO, file);
    }
    if (folder) {
        curl_easy_setopt(curl, CURLOPT_CAPATH, folder);
        curl_easy_setopt(curl, CURLOPT_PROXY_CAPATH, folder);
    }
}

static CURL *handle_new(Transfer *t)
{
    CURL *curl = curl_easy_init();
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "peerline/" PEERLINE_VERSION);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, t->connect_seconds);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES_PER_SECOND);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, t->slow_seconds);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, t->why);
    trust(curl);
    return curl;
}

static void add_header(Transfer *t, const char *name, const char *value)
{
    g_autofree char *line = g_strdup_printf("%s: %s", name, value);
    t->headers = curl_slist_append(t->headers, line);
}

/* Validators belong to the address that gave them: elsewhere the same tag may mean another file. */
static void add_conditions(Transfer *t, const Validators *have)
{
    const char *url = t->url->text;
    if (t->part.validator && t->bytes > 0 && strcmp(t->part.url, url) == 0) {
        g_autofree char *range = g_strdup_printf("bytes=%" G_GUINT64_FORMAT "-", t->bytes);
        t->from = t->bytes;
        add_header(t, "Range", range);
        add_header(t, "If-Range", t->part.validator);
        add_header(t, "Accept-Encoding", "identity");
        return;
    }
    add_header(t, "Accept-Encoding", UNPACK_ACCEPTED);
    if (!have || g_strcmp0(have->url, url) != 0)
        return;
    if (have->etag)
        add_header(t, "If-None-Match", have->etag);
    if (have->last_modified)
        add_header(t, "If-Modified-Since", have->last_modified);
    t->conditional = have->etag || have->last_modified;
}

CURL *transfer_begin(Transfer *t, const WebUrl *url, const Validators *have)
{
    g_clear_pointer(&t->curl, curl_easy_cleanup);
    g_clear_pointer(&t->headers, curl_slist_free_all);
    g_clear_pointer(&t->next, g_free);
    t->from = t->total = t->ignored = 0;
    t->conditional = t->begun = t->too_large = t->misfit = t->at_once = FALSE;
    t->unknown_packing = t->damaged = FALSE;
    g_clear_pointer(&t->unpacker, unpacker_free);
    t->write_errno = 0;
    t->status = 0;
    t->pause = 0;
    t->why[0] = '\0';
    t->url = url;
    t->curl = handle_new(t);
    curl_easy_setopt(t->curl, CURLOPT_URL, url->text);
    if (url->loopback) /* a proxy cannot reach this machine */
        curl_easy_setopt(t->curl, CURLOPT_PROXY, "");
    add_conditions(t, have);
    curl_easy_setopt(t->curl, CURLOPT_HTTPHEADER, t->headers);
    return t->curl;
}

/* ---- what the answer means ----------------------------------------------------------------------
 */

static gboolean status_passes(long status)
{
    static const long passing[] = {408, 429, 500, 502, 503, 504, 522, 524};
    for (guint i = 0; i < G_N_ELEMENTS(passing); i++) {
        if (status == passing[i])
            return TRUE;
    }
    return FALSE;
}

/* Time-outs, and connections that were not made or that broke. A certificate that is not believed
 * has codes of its own, and is not asked for again. */
static gboolean code_passes(CURLcode rc)
{
    static const CURLcode passing[] = {
        CURLE_OPERATION_TIMEDOUT, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR,
        CURLE_PARTIAL_FILE,       CURLE_RECV_ERROR,      CURLE_SEND_ERROR,
        CURLE_GOT_NOTHING,        CURLE_HTTP2,           CURLE_HTTP2_STREAM};
    for (guint i = 0; i < G_N_ELEMENTS(passing); i++) {
        if (rc == passing[i])
            return TRUE;
    }
    return FALSE;
}

static Answer refuse_body(Transfer *t, GError **error, const char *why)
{
    start_over(t); /* nothing to go on with */
    return failed(error, t->url, "%s", why);
}

static const char *hint(CURLcode rc)
{
    if (rc == CURLE_PEER_FAILED_VERIFICATION)
        return " (a certificate of a known authority; if your organisation looks into connections, "
               "the file of its authority's certificate in SSL_CERT_FILE or CURL_CA_BUNDLE)";
    if (rc == CURLE_SSL_CACERT_BADFILE)
        return " (certificates in PEM, where CURL_CA_BUNDLE, SSL_CERT_FILE or SSL_CERT_DIR is set)";
    return "";
}

static Answer judge_cut(Transfer *t, CURLcode rc, GError **error)
{
    if (t->misfit) {
        failed(error, t->url, "the server sent another part of the file than was asked for");
        t->at_once = start_over(t);
        return ANSWER_AGAIN;
    }
    if (t->too_large) {
        start_over(t);
        return failed(error, t->url,
                      "the file is too large: over %" G_GUINT64_FORMAT " bytes (at most that)",
                      t->max_bytes);
    }
    if (t->unknown_packing)
        return failed(error, t->url, "the file is packed as was not asked for: '%s' (%s)",
                      header(t, "Content-Encoding"), UNPACK_ACCEPTED);
    if (t->damaged)
        return refuse_body(t, error, "the packed bytes of the file are damaged");
    if (t->write_errno) {
        failed(error, t->url, "the file cannot be written: %s", g_strerror(t->write_errno));
        start_over(t); /* the disk may be full of it */
        return ANSWER_FAILED;
    }
    long proxy = 0;
    curl_easy_getinfo(t->curl, CURLINFO_HTTP_CONNECTCODE, &proxy);
    if (proxy >= 300) { /* it was the proxy that refused, not the publisher */
        failed(error, t->url, "the proxy answered with status %ld (200; https_proxy names it)",
               proxy);
        return status_passes(proxy) ? ANSWER_AGAIN : ANSWER_FAILED;
    }
    g_strdelimit(t->why, "\r\n", ' ');
    failed(error, t->url, "could not be fetched: %s%s", *t->why ? t->why : curl_easy_strerror(rc),
           hint(rc));
    return code_passes(rc) ? ANSWER_AGAIN : ANSWER_FAILED;
}

static Answer judge_body(Transfer *t, GError **error)
{
    if (!t->begun && !begin_body(t))
        return judge_cut(t, CURLE_WRITE_ERROR, error);
    if (length_of_body(t) < 0 && header(t, "Content-Length") && !header(t, "Transfer-Encoding"))
        return refuse_body(t, error, "the length that the server declares is not a number");
    const guint64 declared = t->unpacker ? 0 : declared_bytes(t);
    const guint64 whole = t->total ? t->total : declared ? t->from + declared : t->bytes;
    if (t->bytes != whole) {
        g_autofree char *why = g_strdup_printf("the file is incomplete: %" G_GUINT64_FORMAT
                                               " of %" G_GUINT64_FORMAT " bytes",
                                               t->bytes, whole);
        return refuse_body(t, error, why);
    }
    if (t->unpacker && !unpacker_is_whole(t->unpacker)) {
        refuse_body(t, error, "the file is incomplete: its packed bytes stop before their end");
        return ANSWER_AGAIN;
    }
    if (t->bytes == 0)
        return refuse_body(t, error, "the file is empty (a file with something in it)");
    char head[HEAD_BYTES];
    ssize_t n = pread(t->part.fd, head, sizeof head, 0);
    if (n > 0 && sniff_html(head, (gsize)n))
        return refuse_body(t, error,
                           "found an HTML page instead of the file (the publisher may have moved "
                           "it, or want a login)");
    return ANSWER_DONE;
}

static Answer judge_status(Transfer *t, GError **error)
{
    curl_off_t after = 0;
    curl_easy_getinfo(t->curl, CURLINFO_RETRY_AFTER, &after);
    t->pause = MAX((gint64)after, 0);
    failed(error, t->url, "the server answered with status %ld (200)", t->status);
    if (t->status == 416 && t->from > 0) { /* the part is longer than the file: begin again */
        t->at_once = start_over(t);
        return ANSWER_AGAIN;
    }
    return status_passes(t->status) ? ANSWER_AGAIN : ANSWER_FAILED;
}

Answer transfer_end(Transfer *t, CURLcode rc, GError **error)
{
    char *target = NULL;
    note_answer(t);
    curl_easy_getinfo(t->curl, CURLINFO_REDIRECT_URL, &target);
    if (t->status == 304 && t->conditional && rc == CURLE_OK)
        return ANSWER_UNCHANGED;
    if (target && t->status != 304) {
        t->next = g_strdup(target);
        return ANSWER_REDIRECT;
    }
    if (t->status != 0 && !is_body(t))
        return judge_status(t, error);
    return rc == CURLE_OK ? judge_body(t, error) : judge_cut(t, rc, error);
}
