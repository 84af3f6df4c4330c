#include "peerline/intake/fetch.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cache.h"
#include "digest.h"
#include "download.h"
#include "mirror.h"
#include "peerline/base/error.h"
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

static guint64 max_bytes(const FetchOptions *options)
{
    return options->max_bytes ? options->max_bytes : DEFAULT_MAX_BYTES;
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
    f->sha256 = digest_file(path, max_bytes(options), &f->bytes, error);
    if (!f->sha256)
        return NULL;
    if (!pin_holds(request, f->sha256)) {
        pin_error(request, path, f->sha256, error);
        return NULL;
    }
    return g_steal_pointer(&f);
}

/* Takes the strings of the entry. */
static Fetched *from_entry(const FetchRequest *request, CacheEntry *e, const char *origin)
{
    Fetched *f = g_new0(Fetched, 1);
    f->path = g_steal_pointer(&e->path);
    f->url = g_strdup(request->url);
    f->origin = g_strdup(origin);
    f->sha256 = g_steal_pointer(&e->sha256);
    f->bytes = e->bytes;
    f->retrieved = g_steal_pointer(&e->first_seen);
    return f;
}

static Fetched *from_network(const FetchRequest *request, const WebUrl *url, const char *dir,
                             const FetchOptions *options, GError **error)
{
    g_auto(Download) d = {0};
    g_auto(CacheEntry) e = {0};
    if (g_mkdir_with_parents(dir, 0755) != 0) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: the cache directory cannot be made: %s", dir, g_strerror(errno));
        return NULL;
    }
    cache_sweep(dir);
    if (!download(url, dir, max_bytes(options), &d, error))
        return NULL;
    /* Before it is kept: a file that is not the declared one must not replace one that is. */
    if (!pin_holds(request, d.sha256)) {
        pin_error(request, url->text, d.sha256, error);
        return NULL;
    }
    if (!cache_put(dir, url->text, &d, &e, error))
        return NULL;
    return from_entry(request, &e, "network");
}

static Fetched *from_cache_or_network(const FetchRequest *request, const WebUrl *url,
                                      const FetchOptions *options, GError **error)
{
    g_autofree char *dir = cache_directory(options->cache_dir);
    g_auto(CacheEntry) e = {0};
    gboolean cached = cache_get(dir, url->text, &e) && pin_holds(request, e.sha256) &&
                      e.bytes <= max_bytes(options);
    if (cached && (options->offline || !options->refresh))
        return from_entry(request, &e, "cache");
    if (options->offline) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: not in the cache, and the network is not to be used (without --offline, "
                    "or the file in a --mirror directory)",
                    url->text);
        return NULL;
    }
    g_autoptr(GError) why = NULL;
    Fetched *f = from_network(request, url, dir, options, &why);
    if (f)
        return f;
    if (!cached) {
        g_propagate_error(error, g_steal_pointer(&why));
        return NULL;
    }
    f = from_entry(request, &e, "cache");
    f->note = g_strdup_printf("the copy first seen on %s was used: %s", f->retrieved, why->message);
    return f;
}

static Fetched *from_url(const FetchRequest *request, const FetchOptions *options, GError **error)
{
    g_autoptr(WebUrl) url = weburl_new(request->url, error);
    if (!url)
        return NULL;
    g_autofree char *mirrored =
        options->mirror ? mirror_find(options->mirror, url, request->file) : NULL;
    return mirrored ? from_disk(request, mirrored, "mirror", options, error)
                    : from_cache_or_network(request, url, options, error);
}

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

Fetched *fetch_source(const FetchRequest *request, const FetchOptions *options, GError **error)
{
    static const FetchOptions defaults = {0};
    if (!options)
        options = &defaults;
    Fetched *f = NULL;
    if (request->path)
        f = from_disk(request, request->path, "file", options, error);
    else if (request->url)
        f = from_url(request, options, error);
    else
        f = from_mirror(request, options, error);
    if (!f)
        g_prefix_error(error, "source '%s': ", request->id);
    return f;
}
