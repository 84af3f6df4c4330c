#include "peerline/publish/edition.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "edition_lock.h"
#include "edition_place.h"
#include "peerline/base/error.h"

struct Edition {
    Place *place;
    Lock *lock;
    char *building; /**< beside the target, so that one rename moves it; NULL once it has */
    gboolean published;
};

static gboolean fail(GError **error, const char *path, const char *what, int reason)
{
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: %s: %s", path, what,
                g_strerror(reason));
    return FALSE;
}

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *where)
{
    (void)info;
    (void)type;
    (void)where;
    remove(path); /* what cannot be removed is tried again by the next run */
    return 0;
}

static void remove_tree(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
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
static void clear_leftovers(const Place *place)
{
    g_autofree char *prefix = building_prefix(place);
    g_autoptr(GDir) dir = g_dir_open(place->parent, 0, NULL);
    for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(place->parent, name, NULL);
        if (is_building_name(name, prefix) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
            remove_tree(path);
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

Edition *edition_begin(const char *target, GError **error)
{
    g_autoptr(Edition) e = g_new0(Edition, 1);
    e->place = place_find(target, error);
    if (!e->place)
        return NULL;
    g_autofree char *lock = g_strdup_printf("%s/.%s.lock", e->place->parent, e->place->name);
    e->lock = lock_take(lock, target, error);
    if (!e->lock || !place_check(e->place, target, error))
        return NULL;
    clear_leftovers(e->place);
    e->building = make_building(e->place, error);
    if (!e->building || !check_exchange(e, error))
        return NULL;
    return g_steal_pointer(&e);
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

gboolean edition_commit(Edition *e, GError **error)
{
    g_return_val_if_fail(e->building, FALSE);
    if (!flush(e->building, error))
        return FALSE;
    const char *target = e->place->target;
    /* Into an absent or empty directory a plain rename is as good, and refuses if something has
     * come to lie there since. */
    guint flags = e->place->earlier ? RENAME_EXCHANGE : 0;
    if (renameat2(AT_FDCWD, e->building, AT_FDCWD, target, flags) != 0)
        return fail(error, target, "cannot put the new edition in its place", errno);
    flush_name(e->place->parent);
    if (e->place->earlier)
        remove_tree(e->building); /* it holds the earlier edition now */
    g_clear_pointer(&e->building, g_free);
    e->published = TRUE;
    return TRUE;
}

void edition_free(Edition *e)
{
    if (!e)
        return;
    if (e->building)
        remove_tree(e->building);
    g_free(e->building);
    g_clear_pointer(&e->lock, lock_release);
    if (e->place && !e->published)
        place_undo(e->place);
    g_clear_pointer(&e->place, place_free);
    g_free(e);
}
