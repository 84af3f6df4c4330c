#include "cache.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <string.h>

#include "digest.h"
#include "peerline/base/clock.h"
#include "peerline/base/error.h"
#include "peerline/base/text.h"

#define STALE_SECONDS (24 * 60 * 60)

void cache_entry_clear(CacheEntry *e)
{
    g_clear_pointer(&e->path, g_free);
    g_clear_pointer(&e->sha256, g_free);
    g_clear_pointer(&e->first_seen, g_free);
}

char *cache_directory(const char *given)
{
    const char *env = g_getenv("PEERLINE_CACHE");
    if (given || (env && *env))
        return g_strdup(given ? given : env);
    return g_build_filename(g_get_user_cache_dir(), "peerline", NULL);
}

static char *url_key(const char *url)
{
    g_autofree char *hash = text_sha256(url, strlen(url));
    return g_strndup(hash, 32);
}

static char *record_path(const char *dir, const char *url)
{
    g_autofree char *key = url_key(url);
    g_autofree char *name = g_strconcat(key, ".json", NULL);
    return g_build_filename(dir, name, NULL);
}

static char *body_path(const char *dir, const char *url, const char *sha256)
{
    g_autofree char *key = url_key(url);
    g_autofree char *name = g_strdup_printf("%s-%.16s.body", key, sha256);
    return g_build_filename(dir, name, NULL);
}

static json_t *record_read(const char *dir, const char *url)
{
    g_autofree char *path = record_path(dir, url);
    json_t *record = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    const char *of = json_string_value(json_object_get(record, "url"));
    if (g_strcmp0(of, url) == 0)
        return record;
    json_decref(record);
    return NULL;
}

gboolean cache_get(const char *dir, const char *url, CacheEntry *out)
{
    json_t *record = record_read(dir, url);
    const char *sha256 = json_string_value(json_object_get(record, "sha256"));
    const char *day =
        json_string_value(json_object_get(json_object_get(record, "seen"), sha256 ? sha256 : ""));
    gboolean good = FALSE;
    if (sha256 && strlen(sha256) == 64 && day) {
        g_auto(CacheEntry) e = {.path = body_path(dir, url, sha256), .first_seen = g_strdup(day)};
        e.sha256 = digest_file(e.path, G_MAXUINT64, &e.bytes, NULL);
        good = g_strcmp0(e.sha256, sha256) == 0;
        if (good) {
            *out = e;
            e = (CacheEntry){0};
        }
    }
    json_decref(record);
    return good;
}

/* Which version was seen when, with this one added if it is new. */
static json_t *days_seen(const char *dir, const char *url, const char *sha256)
{
    json_t *record = record_read(dir, url);
    json_t *seen = json_deep_copy(json_object_get(record, "seen"));
    json_decref(record);
    if (!json_is_object(seen)) {
        json_decref(seen);
        seen = json_object();
    }
    if (!json_is_string(json_object_get(seen, sha256))) {
        g_autofree char *today = clock_date(clock_now());
        json_object_set_new(seen, sha256, json_string(today));
    }
    return seen;
}

static gboolean record_write(const char *dir, const char *url, const CacheEntry *e, json_t *seen,
                             GError **error)
{
    json_t *record = json_pack("{s:s, s:s, s:I, s:O}", "url", url, "sha256", e->sha256, "bytes",
                               (json_int_t)e->bytes, "seen", seen);
    if (!record) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the cache cannot record '%s' (a URL in UTF-8)", url);
        return FALSE;
    }
    char *text = json_dumps(record, JSON_INDENT(2) | JSON_SORT_KEYS);
    json_decref(record);
    g_autofree char *path = record_path(dir, url);
    g_autoptr(GError) why = NULL;
    gboolean ok = g_file_set_contents(path, text, -1, &why);
    free(text);
    if (!ok)
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "the cache cannot be written: %s",
                    why->message);
    return ok;
}

void cache_sweep(const char *dir)
{
    GDir *names = g_dir_open(dir, 0, NULL);
    const char *name;
    while (names && (name = g_dir_read_name(names))) {
        if (!g_str_has_prefix(name, DOWNLOAD_PART))
            continue;
        g_autofree char *path = g_build_filename(dir, name, NULL);
        GStatBuf st;
        /* The clock of the file system, not of the edition. */
        gint64 now = g_get_real_time() / G_USEC_PER_SEC;
        if (g_lstat(path, &st) == 0 && now - st.st_mtime > STALE_SECONDS)
            g_unlink(path);
    }
    if (names)
        g_dir_close(names);
}

gboolean cache_put(const char *dir, const char *url, Download *d, CacheEntry *out, GError **error)
{
    g_auto(CacheEntry) e = {
        .path = body_path(dir, url, d->sha256), .sha256 = g_strdup(d->sha256), .bytes = d->bytes};
    if (g_rename(d->path, e.path) != 0) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the cache cannot be written: '%s': %s", e.path, g_strerror(errno));
        return FALSE;
    }
    g_clear_pointer(&d->path, g_free);
    json_t *seen = days_seen(dir, url, e.sha256);
    e.first_seen = g_strdup(json_string_value(json_object_get(seen, e.sha256)));
    gboolean ok = record_write(dir, url, &e, seen, error);
    json_decref(seen);
    if (ok) {
        *out = e;
        e = (CacheEntry){0};
    }
    return ok;
}
