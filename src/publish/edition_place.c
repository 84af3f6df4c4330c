#include "edition_place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peerline/base/error.h"
#include "peerline/publish/provenance.h"

#define ACCEPTED "a directory that is absent, empty or an earlier edition"

static gboolean refuse(GError **error, const char *text, const char *found)
{
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_USAGE,
                "%s: cannot publish there: %s (accepted: %s)", text, found, ACCEPTED);
    return FALSE;
}

/* Without trailing "/" and "/.", which do not change what is meant. */
static char *trimmed(const char *text)
{
    char *path = g_strdup(text);
    for (gsize n = strlen(path); n > 1; n = strlen(path)) {
        if (path[n - 1] == '/')
            path[n - 1] = '\0';
        else if (path[n - 1] == '.' && path[n - 2] == '/')
            path[n - 1] = '\0';
        else
            break;
    }
    return path;
}

/* mkdir -p that remembers what it made. */
static gboolean make_above(const char *path, GPtrArray *made, GError **error)
{
    g_autofree char *part = g_strdup(path);
    for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(part, 0777) == 0) {
            g_ptr_array_add(made, g_strdup(part));
        } else if (errno != EEXIST && errno != EISDIR) {
            int reason = errno;
            g_set_error(error, PEERLINE_ERROR,
                        reason == ENOTDIR ? PEERLINE_ERROR_USAGE : PEERLINE_ERROR_FAILED,
                        "%s: cannot make this directory: %s", part, g_strerror(reason));
            return FALSE;
        }
        *slash = '/';
    }
    return TRUE;
}

/* The target does not exist yet: its directory does, or is made. */
static char *resolve_absent(const char *path, GPtrArray *made, GError **error)
{
    g_autofree char *name = g_path_get_basename(path);
    if (!strcmp(name, ".") || !strcmp(name, "..")) {
        refuse(error, path, "there is no such directory");
        return NULL;
    }
    if (!make_above(path, made, error))
        return NULL;
    g_autofree char *above = g_path_get_dirname(path);
    char *parent = realpath(above, NULL);
    if (!parent || !g_file_test(parent, G_FILE_TEST_IS_DIR)) {
        refuse(error, path, "what lies above it is no directory");
        free(parent);
        return NULL;
    }
    char *target = g_build_filename(parent, name, NULL);
    free(parent);
    return target;
}

static gboolean is_empty(const char *directory)
{
    g_autoptr(GDir) dir = g_dir_open(directory, 0, NULL);
    return dir && !g_dir_read_name(dir);
}

static gboolean same_directory(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* A mount point cannot be exchanged with what lies beside it. */
static gboolean is_mount_point(const char *directory, const char *parent)
{
    struct statx s;
    struct stat here, above;
    if (statx(AT_FDCWD, directory, 0, 0, &s) == 0 &&
        (s.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT))
        return (s.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
    return stat(directory, &here) == 0 && stat(parent, &above) == 0 && here.st_dev != above.st_dev;
}

gboolean place_check(Place *place, const char *text, GError **error)
{
    place->earlier = FALSE;
    if (!g_file_test(place->target, G_FILE_TEST_EXISTS))
        return TRUE;
    if (!g_file_test(place->target, G_FILE_TEST_IS_DIR))
        return refuse(error, text, "it is a file");
    if (!strcmp(place->target, "/"))
        return refuse(error, text, "it is the root of the file system");
    if (same_directory(place->target, "."))
        return refuse(error, text, "it is the working directory");
    if (is_mount_point(place->target, place->parent)) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_USAGE,
                    "%s: cannot publish there: a mount point cannot be exchanged with a new "
                    "edition (use a directory inside it, such as %s/report)",
                    text, text);
        return FALSE;
    }
    if (is_empty(place->target))
        return TRUE;
    g_autofree char *study = provenance_study(place->target);
    if (!study)
        return refuse(error, text, "it holds files that are no edition of Peerline");
    place->earlier = TRUE;
    return TRUE;
}

Place *place_find(const char *text, GError **error)
{
    g_autoptr(Place) place = g_new0(Place, 1);
    place->made = g_ptr_array_new_with_free_func(g_free);
    if (!text || !*text) {
        refuse(error, "--out", "no directory is named");
        return NULL;
    }
    g_autofree char *path = trimmed(text);
    char *real = realpath(path, NULL);
    if (real) {
        place->target = g_strdup(real);
        free(real);
    } else if (g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
        refuse(error, text, "it is a symbolic link that leads nowhere");
        return NULL;
    } else {
        place->target = resolve_absent(path, place->made, error);
    }
    if (place->target) {
        place->parent = g_path_get_dirname(place->target);
        place->name = g_path_get_basename(place->target);
    }
    if (!place->target || !place_check(place, text, error)) {
        place_undo(place);
        return NULL;
    }
    return g_steal_pointer(&place);
}

void place_undo(const Place *place)
{
    for (guint i = place->made->len; i-- > 0;)
        rmdir(place->made->pdata[i]);
}

void place_free(Place *place)
{
    if (!place)
        return;
    g_free(place->target);
    g_free(place->parent);
    g_free(place->name);
    g_ptr_array_unref(place->made);
    g_free(place);
}
