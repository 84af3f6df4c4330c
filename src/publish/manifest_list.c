#include "peerline/publish/manifest.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "manifest_private.h"
#include "peerline/base/error.h"
#include "peerline/base/fingerprint.h"

/* Which files of an edition are those of the one before. A link rather than a copy: it costs
 * nothing, and the file keeps its time. The program never writes into a file that is there. */

void manifest_note_document(Manifest *m, const char *path, const char *document)
{
    g_mutex_lock(&m->lock);
    g_hash_table_replace(m->documents, g_strdup(path), g_strdup(document));
    g_mutex_unlock(&m->lock);
}

gboolean manifest_take_over(const Manifest *m, const Earlier *earlier, const char *path,
                            const char *document, const char *directory)
{
    const ManifestFile *file = earlier && g_strcmp0(m->program, earlier->manifest->program) == 0
                                   ? manifest_find(earlier->manifest, path)
                                   : NULL;
    if (!file || g_strcmp0(file->document, document) != 0 ||
        !manifest_holds(earlier->manifest, earlier->directory, file))
        return FALSE;
    g_autofree char *from = g_build_filename(earlier->directory, path, NULL);
    g_autofree char *to = g_build_filename(directory, path, NULL);
    return link(from, to) == 0;
}

/* All files below, as paths from the edition's directory. */
static gboolean find_files(const char *directory, const char *below, GPtrArray *paths,
                           GError **error)
{
    g_autofree char *folder = g_build_filename(directory, below, NULL);
    g_autoptr(GError) cause = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &cause);
    if (!dir) {
        g_set_error_literal(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, cause->message);
        return FALSE;
    }
    for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
        char *path = *below ? g_strdup_printf("%s/%s", below, name) : g_strdup(name);
        g_autofree char *whole = g_build_filename(directory, path, NULL);
        if (!g_file_test(whole, G_FILE_TEST_IS_DIR)) {
            g_ptr_array_add(paths, path);
            continue;
        }
        const gboolean good = find_files(directory, path, paths, error);
        g_free(path);
        if (!good)
            return FALSE;
    }
    return TRUE;
}

static gboolean is_linked(const char *a, const char *b)
{
    struct stat x, y;
    return lstat(a, &x) == 0 && lstat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Puts the earlier file in the place of one with the same bytes. */
static gboolean keep_earlier(const Earlier *earlier, const ManifestFile *now, const char *directory)
{
    const ManifestFile *then = manifest_find(earlier->manifest, now->path);
    if (!then || then->bytes != now->bytes || strcmp(then->sha256, now->sha256) != 0)
        return FALSE;
    g_autofree char *from = g_build_filename(earlier->directory, now->path, NULL);
    g_autofree char *to = g_build_filename(directory, now->path, NULL);
    if (is_linked(from, to))
        return TRUE;
    if (!manifest_holds(earlier->manifest, earlier->directory, then))
        return FALSE;
    g_autofree char *beside = g_strconcat(to, ".earlier", NULL);
    if (link(from, beside) != 0)
        return FALSE; /* the file system has no links: the new file serves as well */
    if (rename(beside, to) == 0)
        return TRUE;
    unlink(beside);
    return FALSE;
}

gboolean manifest_list(Manifest *m, const char *directory, const Earlier *earlier,
                       ManifestCounts *counts, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    if (!find_files(directory, "", paths, error))
        return FALSE;
    for (guint i = 0; i < paths->len; i++) {
        const char *path = paths->pdata[i];
        g_autofree char *whole = g_build_filename(directory, path, NULL);
        guint64 bytes;
        char *sha256 = fingerprint_file(whole, &bytes, error);
        if (!sha256)
            return FALSE;
        ManifestFile *file = g_new0(ManifestFile, 1);
        file->path = g_strdup(path);
        file->bytes = bytes;
        file->sha256 = sha256;
        file->document = g_strdup(g_hash_table_lookup(m->documents, path));
        g_ptr_array_add(m->files, file);
        const gboolean kept = earlier && keep_earlier(earlier, file, directory);
        *(kept ? &counts->kept : &counts->written) += 1;
    }
    g_ptr_array_sort(m->files, manifest_compare_files);
    return TRUE;
}
