#include "cache.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "digest.h"
#include "peerline/base/clock.h"
#include "peerline/base/error.h"
#include "peerline/base/text.h"

void cache_entry_clear(CacheEntry *e)
{
    g_clear_pointer(&e->path, g_free);
    g_clear_pointer(&e->sha256, g_free);
    g_clear_pointer(&e->first_seen, g_free);
    g_clear_pointer(&e->last_checked, g_free);
    g_clear_pointer(&e->final_url, g_free);
    g_clear_pointer(&e->etag, g_free);
    g_clear_pointer(&e->last_modified, g_free);
}

char *cache_directory(const char *given)
{
    const char *env = g_getenv("PEERLINE_CACHE");
    if (given || (env && *env))
        return g_strdup(given ? given : env);
    return g_build_filename(g_get_user_cache_dir(), "peerline", NULL);
}

char *cache_key(const char *url)
{
    g_autofree char *hash = text_sha256(url, strlen(url));
    return g_strndup(hash, 32);
}

static char *record_path(const char *dir, const char *url)
{
    g_autofree char *key = cache_key(url);
    g_autofree char *name = g_strconcat(key, ".json", NULL);
    return g_build_filename(dir, name, NULL);
}

static char *body_path(const char *dir, const char *url, const char *sha256)
{
    g_autofree char *key = cache_key(url);
    g_autofree char *name = g_strdup_printf("%s-%.16s.body", key, sha256);
    return g_build_filename(dir, name, NULL);
}

/* ---- manifests --------------------------------------------------------------------------------
 */

/* Two runs that find two versions at once must not lose the day of either. -1 if the directory
 * cannot be locked, as on some network file systems: then the last one wins. */
static int lock(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0)
        flock(fd, LOCK_EX);
    return fd;
}

static void unlock(int fd)
{
    if (fd >= 0)
        close(fd);
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

/* A text of a record that may become a line of a request, or NULL: newly allocated. */
static char *line_of(const json_t *record, const char *key)
{
    const char *text = json_string_value(json_object_get(record, key));
    for (const char *c = text; c && *c; c++) {
        if ((guchar)*c < 0x20 || *c == 0x7f)
            return NULL;
    }
    return g_strdup(text);
}

/* Left out if it is NULL or, as headers may be, no UTF-8. */
static void put(json_t *record, const char *key, const char *text)
{
    if (text && g_utf8_validate(text, -1, NULL))
        json_object_set_new(record, key, json_string(text));
}

static json_t *record_new(const char *url, const char *licence, const Download *d,
                          const CacheEntry *e, json_t *seen)
{
    g_autofree char *today = clock_date(clock_now());
    json_t *record = json_pack("{s:s, s:s, s:I, s:I, s:O, s:s}", "url", url, "sha256", e->sha256,
                               "bytes", (json_int_t)e->bytes, "status", (json_int_t)d->status,
                               "seen", seen, "last_checked", today);
    put(record, "final_url", d->final_url);
    put(record, "etag", d->etag ? d->etag : e->etag);
    put(record, "last_modified", d->last_modified ? d->last_modified : e->last_modified);
    put(record, "licence", licence);
    return record;
}

/* Takes the record; NULL stands for one that could not be made. */
static gboolean record_write(const char *dir, const char *url, json_t *record, GError **error)
{
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

/* ---- looking up ---------------------------------------------------------------------------------
 */

gboolean cache_get(const char *dir, const char *url, const char *sha256, CacheEntry *out)
{
    json_t *record = record_read(dir, url);
    const char *present = json_string_value(json_object_get(record, "sha256"));
    g_autofree char *wanted = sha256 ? g_ascii_strdown(sha256, -1) : g_strdup(present);
    const char *day =
        json_string_value(json_object_get(json_object_get(record, "seen"), wanted ? wanted : ""));
    gboolean good = FALSE;
    if (wanted && strlen(wanted) == 64 && day) {
        g_auto(CacheEntry) e = {.path = body_path(dir, url, wanted), .first_seen = g_strdup(day)};
        if (g_strcmp0(present, wanted) == 0) {
            e.last_checked = line_of(record, "last_checked");
            e.final_url = line_of(record, "final_url");
            e.etag = line_of(record, "etag");
            e.last_modified = line_of(record, "last_modified");
        }
        e.sha256 = digest_file(e.path, G_MAXUINT64, &e.bytes, NULL);
        good = g_strcmp0(e.sha256, wanted) == 0;
        if (good) {
            *out = e;
            e = (CacheEntry){0};
        }
    }
    json_decref(record);
    return good;
}

/* ---- storing ------------------------------------------------------------------------------------
 */

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

gboolean cache_put(const char *dir, const char *url, const char *licence, Download *d,
                   CacheEntry *out)
{
    g_auto(CacheEntry) e = {
        .path = body_path(dir, url, d->sha256), .sha256 = g_strdup(d->sha256), .bytes = d->bytes};
    if (g_rename(d->part.path, e.path) != 0) {
        g_set_error(&d->error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "the cache cannot be written: '%s': %s", e.path, g_strerror(errno));
        return FALSE;
    }
    g_clear_pointer(&d->part.path, g_free);
    int held = lock(dir);
    json_t *seen = days_seen(dir, url, e.sha256);
    e.first_seen = g_strdup(json_string_value(json_object_get(seen, e.sha256)));
    gboolean ok = record_write(dir, url, record_new(url, licence, d, &e, seen), &d->error);
    unlock(held);
    json_decref(seen);
    if (ok) {
        *out = e;
        e = (CacheEntry){0};
    }
    return ok;
}

void cache_confirm(const char *dir, const char *url, const char *licence, const Download *d,
                   const CacheEntry *e)
{
    int held = lock(dir);
    json_t *record = record_read(dir, url);
    /* Another run may have found a newer version meanwhile. */
    if (g_strcmp0(json_string_value(json_object_get(record, "sha256")), e->sha256) == 0) {
        json_t *seen = days_seen(dir, url, e->sha256);
        record_write(dir, url, record_new(url, licence, d, e, seen), NULL);
        json_decref(seen);
    }
    json_decref(record);
    unlock(held);
}
