#include "peerline/publish/edition.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "edition_lock.h"
#include "edition_place.h"
#include "edition_shelf.h"
#include "peerline/base/error.h"

struct Edition {
    Place *place;
    Lock *lock;
    char *building; /**< beside the target, so that one rename moves it; NULL once it has */
    int keep;
    gboolean repairs, published;
    GError *trouble; /**< with the earlier edition, once the new one is published */
};

static gboolean fail(GError **error, const char *path, const char *what, int reason)
{
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: %s: %s", path, what,
                g_strerror(reason));
    return FALSE;
}

static char *building_prefix(const Place *place)
{
    return g_strconcat(".", place->name, ".building-", NULL);
}

/* Digits alone may follow the prefix: a target named "demo.building-x" has directories of its own
 * that begin like those of "demo". */
static gboolean is_building_name(const char *name, const char *prefix)
{
    if (!g_str_has_prefix(name, prefix))
        return FALSE;
    const char *number = name + strlen(prefix);
    return *number && strspn(number, "0123456789") == strlen(number);
}

/* Under the lock nobody else builds here: whatever has such a name was left by a killed run. */
static void clear_leftovers(const Edition *e)
{
    const Place *place = e->place;
    g_autofree char *prefix = building_prefix(place);
    g_autoptr(GDir) dir = g_dir_open(place->parent, 0, NULL);
    for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(place->parent, name, NULL);
        if (!is_building_name(name, prefix) || g_file_test(path, G_FILE_TEST_IS_SYMLINK))
            continue;
        if (e->keep <= 0 || !shelf_is_predecessor(place, path) || !shelf_put(place, path, NULL))
            shelf_remove_tree(path);
    }
}

/* One that could not be cleared (another user's) keeps its number. */
static char *make_building(const Place *place, GError **error)
{
    g_autofree char *prefix = building_prefix(place);
    for (guint i = 1;; i++) {
        g_autofree char *path = g_strdup_printf("%s/%s%u", place->parent, prefix, i);
        if (mkdir(path, 0777) == 0)
            return g_steal_pointer(&path);
        if (errno != EEXIST) {
            fail(error, path, "cannot make the directory to build in", errno);
            return NULL;
        }
    }
}

/* Tried out before the work is done, on two directories that nobody looks at. */
static gboolean check_exchange(const Edition *e, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *other = make_building(e->place, error);
    if (!other)
        return FALSE;
    gboolean can = renameat2(AT_FDCWD, e->building, AT_FDCWD, other, RENAME_EXCHANGE) == 0;
    int failure = errno;
    rmdir(other);
    if (!can)
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_USAGE,
                    "%s: cannot publish there: the file system cannot exchange directories, so a "
                    "reader could meet half an edition: %s (use a directory on a local disk, and "
                    "copy the finished edition from there)",
                    e->place->target, g_strerror(failure));
    return can;
}

/* What is locked is the edition that lies there, so that a lock makes and changes no file; where
 * nothing lies there, a file beside it, which is gone afterwards. */
static Lock *lock_place(const Place *place, const char *text, GError **error)
{
    g_autofree char *file = g_strdup_printf("%s/.%s.lock", place->parent, place->name);
    for (;;) {
        if (g_file_test(place->target, G_FILE_TEST_IS_DIR)) {
            gboolean gone = FALSE;
            Lock *lock = lock_take_directory(place->target, text, &gone, error);
            if (lock || !gone)
                return lock;
            continue;
        }
        Lock *lock = lock_take(file, text, error);
        if (!lock || !g_file_test(place->target, G_FILE_TEST_IS_DIR))
            return lock;
        lock_release(lock); /* another run has published meanwhile */
    }
}

Edition *edition_open(const char *target, int keep, GError **error)
{
    g_autoptr(Edition) e = g_new0(Edition, 1);
    e->keep = keep;
    e->place = place_find(target, error);
    if (!e->place)
        return NULL;
    e->lock = lock_place(e->place, target, error);
    if (!e->lock || !place_check(e->place, target, error))
        return NULL;
    clear_leftovers(e);
    return g_steal_pointer(&e);
}

const char *edition_earlier(const Edition *e)
{
    return e->place->earlier ? e->place->target : NULL;
}

gboolean edition_prepare(Edition *e, GError **error)
{
    if (e->building)
        return TRUE;
    e->building = make_building(e->place, error);
    return e->building && check_exchange(e, error) &&
           (e->keep <= 0 || shelf_prepare(e->place, error));
}

void edition_repairs(Edition *e)
{
    e->repairs = TRUE;
}

Edition *edition_begin(const char *target, GError **error)
{
    g_autoptr(Edition) e = edition_open(target, EDITION_KEEP_NONE, error);
    return e && edition_prepare(e, error) ? g_steal_pointer(&e) : NULL;
}

const char *edition_directory(const Edition *e)
{
    return e->building;
}

/* One call for the whole edition: after a power cut the name must not lead to empty files. */
static gboolean flush(const char *directory, GError **error)
{
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return fail(error, directory, "cannot open", errno);
    gboolean done = syncfs(fd) == 0;
    int reason = errno;
    close(fd);
    return done || fail(error, directory, "cannot write to disk", reason);
}

static void flush_name(const char *parent)
{
    int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd); /* the edition is in place either way */
    close(fd);
}

/* The building directory holds the earlier edition now. What cannot be kept now stays there, and
 * the next run that keeps editions finds it. */
static void put_away(Edition *e)
{
    if (e->keep > 0 && !e->repairs && !shelf_put(e->place, e->building, &e->trouble))
        return;
    if (e->keep >= 0)
        shelf_prune(e->place, (guint)e->keep);
    shelf_remove_tree(e->building);
}

gboolean edition_commit(Edition *e, GError **error)
{
    g_return_val_if_fail(e->building, FALSE);
    if (!flush(e->building, error))
        return FALSE;
    const char *target = e->place->target;
    /* The new edition is locked before anybody can meet it, until the old one is put away. */
    g_autoptr(Lock) next = lock_take_directory(e->building, target, NULL, error);
    if (!next)
        return FALSE;
    /* Into an absent or empty directory a plain rename is as good, and refuses if something has
     * come to lie there since. */
    guint flags = e->place->earlier ? RENAME_EXCHANGE : 0;
    if (renameat2(AT_FDCWD, e->building, AT_FDCWD, target, flags) != 0)
        return fail(error, target, "cannot put the new edition in its place", errno);
    flush_name(e->place->parent);
    e->published = TRUE;
    if (e->place->earlier)
        put_away(e);
    g_clear_pointer(&e->building, g_free);
    return TRUE;
}

const char *edition_trouble(const Edition *e)
{
    return e->trouble ? e->trouble->message : NULL;
}

void edition_free(Edition *e)
{
    if (!e)
        return;
    if (e->building)
        shelf_remove_tree(e->building);
    g_free(e->building);
    g_clear_pointer(&e->lock, lock_release);
    if (e->place && !e->published)
        place_undo(e->place);
    g_clear_pointer(&e->place, place_free);
    g_clear_error(&e->trouble);
    g_free(e);
}
