#include "edition_shelf.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "peerline/base/error.h"
#include "peerline/publish/manifest.h"
#include "peerline/publish/provenance.h"

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *where)
{
    (void)info;
    (void)type;
    (void)where;
    remove(path); /* what cannot be removed is tried again by the next run */
    return 0;
}

void shelf_remove_tree(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static char *shelf_path(const Place *place)
{
    return g_strdup_printf("%s/%s.editions", place->parent, place->name);
}

/* The number of a name like ours, else 0. */
static guint number_of(const char *name)
{
    const gsize digits = strspn(name, "0123456789");
    return digits >= 4 && digits <= 8 && name[digits] == '_' ? (guint)strtoul(name, NULL, 10) : 0;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    const char *const *x = a, *const *y = b;
    const guint i = number_of(*x), k = number_of(*y);
    return i != k ? (i > k) - (i < k) : strcmp(*x, *y);
}

/* Names of the editions on the shelf, the oldest first. */
static GPtrArray *shelf_names(const char *shelf)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(shelf, 0, NULL);
    for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(shelf, name, NULL);
        g_autofree char *study = number_of(name) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK)
                                     ? provenance_study(path)
                                     : NULL;
        if (study)
            g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compare_names);
    return names;
}

gboolean shelf_prepare(const Place *place, GError **error)
{
    g_autofree char *shelf = shelf_path(place);
    if (mkdir(shelf, 0777) == 0 || (errno == EEXIST && g_file_test(shelf, G_FILE_TEST_IS_DIR)))
        return TRUE;
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                "%s: cannot make the directory for earlier editions: %s", shelf, g_strerror(errno));
    return FALSE;
}

gboolean shelf_put(const Place *place, const char *directory, GError **error)
{
    if (!shelf_prepare(place, error))
        return FALSE;
    g_autofree char *shelf = shelf_path(place);
    g_autofree char *date = provenance_edition(directory);
    g_autoptr(GPtrArray) names = shelf_names(shelf);
    const char *last = names->len ? names->pdata[names->len - 1] : "";
    int reason = EEXIST;
    for (guint number = number_of(last) + 1; reason == EEXIST || reason == ENOTEMPTY; number++) {
        g_autofree char *path =
            g_strdup_printf("%s/%04u_%s", shelf, number, date ? date : "undated");
        if (renameat2(AT_FDCWD, directory, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
            return TRUE;
        reason = errno;
    }
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                "%s: cannot move the earlier edition there: %s", shelf, g_strerror(reason));
    return FALSE;
}

void shelf_prune(const Place *place, guint keep)
{
    g_autofree char *shelf = shelf_path(place);
    g_autoptr(GPtrArray) names = shelf_names(shelf);
    for (guint i = 0; i + keep < names->len; i++) {
        g_autofree char *path = g_build_filename(shelf, names->pdata[i], NULL);
        shelf_remove_tree(path);
    }
}

gboolean shelf_is_predecessor(const Place *place, const char *directory)
{
    g_autoptr(Manifest) manifest = manifest_read(place->target);
    g_autofree char *identity = manifest_identity(directory);
    return manifest && identity && g_strcmp0(manifest_replaces(manifest), identity) == 0;
}
