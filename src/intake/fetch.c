#include "peerline/intake/fetch.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "cache.h"
#include "digest.h"
#include "download.h"
#include "mirror.h"
#include "peerline/base/clock.h"
#include "peerline/base/error.h"
#include "sql.h"
#include "weburl.h"

#define DEFAULT_MAX_BYTES (G_GUINT64_CONSTANT(2) << 30)

void fetched_free(Fetched *f)
{
    if (!f)
        return;
    g_free(f->path);
    g_free(f->url);
    g_free(f->origin);
    g_free(f->sha256);
    g_free(f->retrieved);
    g_free(f->note);
    g_free(f);
}

void fetch_results_free(FetchResult *results, guint n)
{
    for (guint i = 0; results && i < n; i++) {
        fetched_free(results[i].fetched);
        g_clear_error(&results[i].error);
    }
    g_free(results);
}

/* One request while it is answered. */
typedef struct {
    const FetchRequest *request;
    FetchResult *result;
    char *address;     /* what it is called in the cache; set: the network or database is asked */
    WebUrl *url;       /* of a file on the network */
    char *key;         /* of the address in the cache */
    CacheEntry cached; /* the last good copy */
    gboolean has_copy;
    int same_as; /* the number of the request that already asks for this file, or -1 */
} Want;

static void want_clear(Want *w)
{
    g_free(w->address);
    weburl_free(w->url);
    g_free(w->key);
    cache_entry_clear(&w->cached);
}

static gboolean pin_holds(const FetchRequest *request, const char *sha256)
{
    return !request->sha256 || g_ascii_strcasecmp(request->sha256, sha256) == 0;
}

static void pin_error(const FetchRequest *request, const char *where, const char *sha256,
                      GError **error)
{
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                "%s: the file is not the one declared: found SHA-256 %s (%s)", where, sha256,
                request->sha256);
}

static Fetched *from_disk(const FetchRequest *request, const char *path, const char *origin,
                          const FetchOptions *options, GError **error)
{
    g_autoptr(Fetched) f = g_new0(Fetched, 1);
    f->path = g_strdup(path);
    f->url = g_strdup(request->url);
    f->origin = g_strdup(origin);
    f->sha256 = digest_file(path, options->max_bytes, &f->bytes, error);
    if (!f->sha256)
        return NULL;
    if (!pin_holds(request, f->sha256)) {
        pin_error(request, path, f->sha256, error);
        return NULL;
    }
    return g_steal_pointer(&f);
}

static Fetched *from_entry(const FetchRequest *request, const CacheEntry *e, const char *origin)
{
    Fetched *f = g_new0(Fetched, 1);
    f->path = g_strdup(e->path);
    f->url = g_strdup(request->url);
    f->origin = g_strdup(origin);
    f->sha256 = g_strdup(e->sha256);
    f->bytes = e->bytes;
    f->retrieved = g_strdup(e->first_seen);
    return f;
}

/* ---- without the network ------------------------------------------------------------------------
 */

/** A source without a stable address: only a mirror can hold it, under its file name. */
static Fetched *from_mirror(const FetchRequest *request, const FetchOptions *options,
                            GError **error)
{
    g_autofree char *path =
        options->mirror && request->file ? mirror_find(options->mirror, NULL, request->file) : NULL;
    if (path)
        return from_disk(request, path, "mirror", options, error);
    g_set_error(
        error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
        "nothing says where the data are: found no %s in %s (a path, a url, or --mirror with "
        "a directory that holds the file)",
        request->file ? request->file : "file name",
        options->mirror ? options->mirror : "any mirror");
    return NULL;
}

/* How people know the address. */
static const char *shown(const Want *w)
{
    return w->url ? w->url->text : "the answer of the database";
}

/* Looks for a copy; without one that serves as it is, w->address remains to be asked. */
static void look_for_copy(Want *w, const FetchOptions *options)
{
    const FetchRequest *request = w->request;
    w->key = cache_key(w->address);
    w->has_copy = cache_get(options->cache_dir, w->address, request->sha256, &w->cached) &&
                  w->cached.bytes <= options->max_bytes;
    const gboolean serves =
        options->offline || (!options->refresh && (options->reuse || request->sha256));
    if (w->has_copy && serves)
        w->result->fetched = from_entry(request, &w->cached, "cache");
    else if (options->offline)
        g_set_error(&w->result->error, PEERLINE_ERROR, PEERLINE_ERROR_NOT_HERE,
                    "%s: not in the cache, and the network is not to be used (without --offline, "
                    "or the file in a --mirror directory)",
                    shown(w));
    if (w->result->fetched || w->result->error)
        g_clear_pointer(&w->address, g_free);
}

static void look_for_url(Want *w, const FetchOptions *options)
{
    const FetchRequest *request = w->request;
    w->url = weburl_new(request->url, &w->result->error);
    if (!w->url)
        return;
    g_autofree char *mirrored =
        options->mirror ? mirror_find(options->mirror, w->url, request->file) : NULL;
    if (mirrored) {
        w->result->fetched = from_disk(request, mirrored, "mirror", options, &w->result->error);
        return;
    }
    w->address = g_strdup(w->url->text);
    look_for_copy(w, options);
}

static void look_for_answer(Want *w, const FetchOptions *options)
{
    const FetchRequest *request = w->request;
    g_autofree char *mirrored =
        options->mirror && request->file ? mirror_find(options->mirror, NULL, request->file) : NULL;
    if (mirrored) {
        w->result->fetched = from_disk(request, mirrored, "mirror", options, &w->result->error);
        return;
    }
    w->address = sql_identity(request->sql);
    look_for_copy(w, options);
}

static void look_nearby(Want *w, const FetchOptions *options)
{
    const FetchRequest *request = w->request;
    FetchResult *result = w->result;
    if (request->path)
        result->fetched = from_disk(request, request->path, "file", options, &result->error);
    else if (request->url)
        look_for_url(w, options);
    else if (request->sql)
        look_for_answer(w, options);
    else
        result->fetched = from_mirror(request, options, &result->error);
}

/* ---- with the network ---------------------------------------------------------------------------
 */

/* "2026-11-22" to days before today; never negative. */
static gint64 days_since(const char *date)
{
    int year = 0, month = 0, day = 0;
    if (sscanf(date, "%4d-%2d-%2d", &year, &month, &day) != 3)
        return 0;
    g_autoptr(GDateTime) then = g_date_time_new_utc(year, month, day, 0, 0, 0);
    return then ? MAX((clock_now() - g_date_time_to_unix(then)) / (24 * 60 * 60), 0) : 0;
}

static char *days_text(const char *date)
{
    const gint64 days = days_since(date);
    return g_strdup_printf("%" G_GINT64_FORMAT " day%s ago", days, days == 1 ? "" : "s");
}

/* What the report says of it must not depend on the day or on how the network failed; what the
 * person at the keyboard is told may. */
static void use_last_good_copy(Want *w, const FetchOptions *options, const char *why)
{
    const CacheEntry *e = &w->cached;
    w->result->fetched = from_entry(w->request, e, "cache");
    w->result->fetched->note = g_strdup_printf(
        "could not be refreshed: the copy first seen on %s was used", e->first_seen);
    if (!options->tell)
        return;
    const char *checked = e->last_checked ? e->last_checked : e->first_seen;
    g_autofree char *age = days_text(e->first_seen);
    g_autofree char *since = days_text(checked);
    g_autofree char *line =
        g_strdup_printf("source '%s': %s; the copy first seen on %s (%s), last checked on %s (%s), "
                        "is used",
                        w->request->id, why, e->first_seen, age, checked, since);
    options->tell(line);
}

static void take_answer(Want *w, const FetchOptions *options, Download *d)
{
    g_auto(CacheEntry) e = {0};
    const char *url = w->address, *dir = options->cache_dir;
    if (d->unchanged) {
        cache_confirm(dir, url, w->request->licence, d, &w->cached);
        w->result->fetched = from_entry(w->request, &w->cached, "cache");
        w->result->fetched->unchanged = TRUE;
        return;
    }
    /* Before it is kept: a file that is not the declared one must not replace one that is. */
    if (!d->error && !pin_holds(w->request, d->sha256))
        pin_error(w->request, shown(w), d->sha256, &d->error);
    if (!d->error && cache_put(dir, url, w->request->licence, d, &e)) {
        w->result->fetched = from_entry(w->request, &e, w->url ? "network" : "database");
        w->result->fetched->unchanged = w->has_copy && strcmp(w->cached.sha256, e.sha256) == 0;
        return;
    }
    if (w->has_copy)
        use_last_good_copy(w, options, d->error->message);
    else
        w->result->error = g_steal_pointer(&d->error);
}

static DownloadRequest download_of(const Want *w, const FetchOptions *options)
{
    DownloadRequest r = {
        .id = w->request->id, .key = w->key, .url = w->url, .hosts = w->request->hosts};
    if (w->has_copy && !options->refresh)
        r.have = (Validators){w->cached.final_url, w->cached.etag, w->cached.last_modified};
    return r;
}

/* Those that must be asked for, on the network or not; the same file, or answer, once. */
static guint choose_among(Want *wants, guint n, gboolean on_network, Want **chosen)
{
    guint m = 0;
    for (guint i = 0; i < n; i++) {
        Want *w = &wants[i];
        if ((w->url != NULL) != on_network)
            continue;
        w->same_as = -1;
        for (guint k = 0; w->address && w->same_as < 0 && k < m; k++) {
            const Want *other = chosen[k];
            if (strcmp(w->address, other->address) == 0 &&
                g_strcmp0(w->request->sha256, other->request->sha256) == 0)
                w->same_as = (int)(other - wants);
        }
        if (w->address && w->same_as < 0)
            chosen[m++] = w;
    }
    return m;
}

/* The network first, where several answer at the same time. */
static guint choose(Want *wants, guint n, Want **chosen)
{
    const guint m = choose_among(wants, n, TRUE, chosen);
    return m + choose_among(wants, n, FALSE, chosen + m);
}

static void ask(Want *const *wants, guint n, const FetchOptions *options)
{
    g_autofree DownloadRequest *requests = g_new0(DownloadRequest, n + 1);
    g_autofree Download *answers = g_new0(Download, n + 1);
    if (g_mkdir_with_parents(options->cache_dir, 0755) != 0) {
        for (guint i = 0; i < n; i++)
            g_set_error(&wants[i]->result->error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                        "%s: the cache directory cannot be made: %s", options->cache_dir,
                        g_strerror(errno));
        return;
    }
    part_sweep(options->cache_dir);
    guint urls = 0;
    for (; urls < n && wants[urls]->url; urls++)
        requests[urls] = download_of(wants[urls], options);
    progress_stage(options->progress, "Fetching sources", n);
    if (urls > 0)
        download_all(requests, urls, options->cache_dir, options, answers);
    for (guint i = urls; i < n; i++)
        sql_download(wants[i]->request->sql, wants[i]->request->id, options->cache_dir, options,
                     &answers[i]);
    progress_stage_end(options->progress);
    for (guint i = 0; i < n; i++) {
        take_answer(wants[i], options, &answers[i]);
        download_clear(&answers[i]);
    }
}

static void copy_result(const FetchRequest *request, const FetchResult *from, FetchResult *to)
{
    if (from->error) {
        to->error = g_error_copy(from->error);
        return;
    }
    const Fetched *f = from->fetched;
    to->fetched = g_new0(Fetched, 1);
    *to->fetched = (Fetched){.path = g_strdup(f->path),
                             .url = g_strdup(request->url),
                             .origin = g_strdup(f->origin),
                             .sha256 = g_strdup(f->sha256),
                             .bytes = f->bytes,
                             .retrieved = g_strdup(f->retrieved),
                             .unchanged = f->unchanged,
                             .note = g_strdup(f->note)};
}

FetchResult *fetch_all(const FetchRequest *requests, guint n, const FetchOptions *options)
{
    FetchOptions o = options ? *options : (FetchOptions){0};
    g_autofree char *dir = cache_directory(o.cache_dir);
    o.cache_dir = dir;
    o.max_bytes = o.max_bytes ? o.max_bytes : DEFAULT_MAX_BYTES;
    FetchResult *results = g_new0(FetchResult, n + 1);
    g_autofree Want *wants = g_new0(Want, n + 1);
    g_autofree Want **chosen = g_new0(Want *, n + 1);
    for (guint i = 0; i < n; i++) {
        wants[i].request = &requests[i];
        wants[i].result = &results[i];
        look_nearby(&wants[i], &o);
    }
    const guint m = choose(wants, n, chosen);
    if (m > 0)
        ask(chosen, m, &o);
    for (guint i = 0; i < n; i++) {
        if (wants[i].same_as >= 0)
            copy_result(&requests[i], &results[wants[i].same_as], &results[i]);
    }
    for (guint i = 0; i < n; i++) {
        if (results[i].error)
            g_prefix_error(&results[i].error, "source '%s': ", requests[i].id);
        want_clear(&wants[i]);
    }
    return results;
}

Fetched *fetch_source(const FetchRequest *request, const FetchOptions *options, GError **error)
{
    FetchResult *results = fetch_all(request, 1, options);
    Fetched *f = g_steal_pointer(&results[0].fetched);
    if (results[0].error)
        g_propagate_error(error, g_steal_pointer(&results[0].error));
    fetch_results_free(results, 1);
    return f;
}
