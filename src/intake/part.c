#include "part.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peerline/base/error.h"

#define PREFIX        ".part-"
#define STALE_SECONDS (24 * 60 * 60)

static void let_go(Part *p)
{
    if (p->fd >= 0)
        close(p->fd);
    p->fd = -1;
    g_clear_pointer(&p->path, g_free);
    g_clear_pointer(&p->url, g_free);
    g_clear_pointer(&p->validator, g_free);
}

void part_clear(Part *p)
{
    if (p->path) /* before the lock is given up */
        g_unlink(p->path);
    let_go(p);
}

void part_keep(Part *p)
{
    let_go(p);
}

gboolean part_new(const char *dir, Part *out, GError **error)
{
    Part p = {.path = g_build_filename(dir, PREFIX "XXXXXX", NULL)};
    p.fd = g_mkstemp_full(p.path, O_RDWR | O_CLOEXEC, 0644);
    if (p.fd < 0) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "no file can be made in '%s': %s",
                    dir, g_strerror(errno));
        g_clear_pointer(&p.path, g_free);
        return FALSE;
    }
    flock(p.fd, LOCK_EX | LOCK_NB);
    *out = p;
    return TRUE;
}

static char *record_path(const char *dir, const char *key)
{
    g_autofree char *name = g_strconcat(PREFIX, key, ".json", NULL);
    return g_build_filename(dir, name, NULL);
}

/* Opens the file and locks it. Its name is looked up again after that: the run that had it may have
 * renamed it to its place in the cache meanwhile, where nobody may write to it any more. */
static int open_ours(const char *path)
{
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat here, named;
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &here) == 0 &&
        lstat(path, &named) == 0 && here.st_ino == named.st_ino && here.st_dev == named.st_dev &&
        S_ISREG(here.st_mode))
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* It becomes a line of a request: nothing may end that line early. */
static gboolean is_plain(const char *text)
{
    for (const char *c = text; c && *c; c++) {
        if ((guchar)*c < 0x20 || *c == 0x7f)
            return FALSE;
    }
    return text && *text;
}

gboolean part_take(const char *dir, const char *key, Part *out)
{
    g_autofree char *path = record_path(dir, key);
    json_t *record = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    const char *name = json_string_value(json_object_get(record, "part"));
    const char *url = json_string_value(json_object_get(record, "url"));
    const char *validator = json_string_value(json_object_get(record, "validator"));
    Part p = {.fd = -1};
    if (name && g_str_has_prefix(name, PREFIX) && !strchr(name, '/') && is_plain(url) &&
        is_plain(validator)) {
        p.path = g_build_filename(dir, name, NULL);
        p.url = g_strdup(url);
        p.validator = g_strdup(validator);
        p.fd = open_ours(p.path);
    }
    json_decref(record);
    if (p.fd < 0) {
        let_go(&p);
        return FALSE;
    }
    *out = p;
    return TRUE;
}

void part_remember(const char *dir, const char *key, const Part *p)
{
    g_autofree char *path = record_path(dir, key);
    g_autofree char *name = g_path_get_basename(p->path);
    json_t *record =
        json_pack("{s:s, s:s, s:s}", "part", name, "url", p->url, "validator", p->validator);
    char *text = record ? json_dumps(record, JSON_INDENT(2) | JSON_SORT_KEYS) : NULL;
    if (text)
        g_file_set_contents(path, text, -1, NULL);
    free(text);
    json_decref(record);
}

void part_forget(const char *dir, const char *key)
{
    g_autofree char *path = record_path(dir, key);
    g_unlink(path);
}

void part_sweep(const char *dir)
{
    GDir *names = g_dir_open(dir, 0, NULL);
    const char *name;
    while (names && (name = g_dir_read_name(names))) {
        if (!g_str_has_prefix(name, PREFIX))
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
