#include "peerline/publish/manifest.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "json_file.h"
#include "manifest_private.h"
#include "peerline/base/fingerprint.h"

#define LAYOUT 1

static void file_free(gpointer data)
{
    ManifestFile *file = data;
    g_free(file->path);
    g_free(file->sha256);
    g_free(file->document);
    g_free(file);
}

Manifest *manifest_new(void)
{
    Manifest *m = g_new0(Manifest, 1);
    m->files = g_ptr_array_new_with_free_func(file_free);
    m->documents = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_mutex_init(&m->lock);
    return m;
}

void manifest_free(Manifest *m)
{
    if (!m)
        return;
    g_free(m->inputs);
    g_free(m->program);
    g_strfreev(m->warnings);
    g_free(m->replaces);
    g_free(m->compared_with);
    g_free(m->compared_edition);
    g_ptr_array_unref(m->files);
    g_hash_table_unref(m->documents);
    g_mutex_clear(&m->lock);
    g_free(m);
}

/* ---- reading ---- */

static char *text_of(const json_t *object, const char *key)
{
    return g_strdup(json_string_value(json_object_get(object, key)));
}

/* A path that leads out of the edition is none of ours. */
static gboolean is_inside(const char *path)
{
    return path && *path && *path != '/' && !strstr(path, "..");
}

static gboolean read_files(Manifest *m, const json_t *list)
{
    for (gsize i = 0; i < json_array_size(list); i++) {
        const json_t *object = json_array_get(list, i);
        const char *path = json_string_value(json_object_get(object, "path"));
        const char *sha256 = json_string_value(json_object_get(object, "sha256"));
        if (!is_inside(path) || !sha256)
            return FALSE;
        ManifestFile *file = g_new0(ManifestFile, 1);
        file->path = g_strdup(path);
        file->sha256 = g_strdup(sha256);
        file->bytes = (guint64)json_integer_value(json_object_get(object, "bytes"));
        file->document = text_of(object, "document");
        g_ptr_array_add(m->files, file);
    }
    g_ptr_array_sort(m->files, manifest_compare_files);
    return m->files->len > 0;
}

static char **read_texts(const json_t *list)
{
    GPtrArray *texts = g_ptr_array_new();
    for (gsize i = 0; i < json_array_size(list); i++)
        g_ptr_array_add(texts, g_strdup(json_string_value(json_array_get(list, i))));
    g_ptr_array_add(texts, NULL);
    return (char **)(void *)g_ptr_array_free(texts, FALSE);
}

static gint64 nanoseconds(const struct stat *info)
{
    return (gint64)info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec;
}

Manifest *manifest_read(const char *directory)
{
    g_autofree char *path = g_build_filename(directory, MANIFEST_FILE, NULL);
    g_autoptr(Manifest) m = manifest_new();
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    const json_t *compared = json_object_get(root, "compared_with");
    struct stat info;
    m->inputs = text_of(root, "inputs");
    m->program = text_of(root, "program");
    m->exit_status = (int)json_integer_value(json_object_get(root, "exit_status"));
    m->areas = (guint)json_integer_value(json_object_get(root, "areas"));
    m->warnings = read_texts(json_object_get(root, "warnings"));
    m->replaces = text_of(root, "replaces");
    m->compared_with = text_of(compared, "assessment");
    m->compared_edition = text_of(compared, "edition");
    const gboolean good = json_integer_value(json_object_get(root, "layout")) == LAYOUT &&
                          read_files(m, json_object_get(root, "files")) && stat(path, &info) == 0 &&
                          m->inputs && m->program;
    json_decref(root);
    if (!good)
        return NULL;
    m->written = nanoseconds(&info);
    return g_steal_pointer(&m);
}

char *manifest_identity(const char *directory)
{
    g_autofree char *path = g_build_filename(directory, MANIFEST_FILE, NULL);
    guint64 bytes;
    return fingerprint_file(path, &bytes, NULL);
}

/* ---- asking ---- */

int manifest_compare_files(gconstpointer a, gconstpointer b)
{
    const ManifestFile *const *x = a, *const *y = b;
    return strcmp((*x)->path, (*y)->path);
}

static int compare_path(const void *key, const void *item)
{
    const ManifestFile *const *file = item;
    return strcmp(key, (*file)->path);
}

const ManifestFile *manifest_find(const Manifest *m, const char *path)
{
    ManifestFile *const *found = m->files->len ? bsearch(path, m->files->pdata, m->files->len,
                                                         sizeof(gpointer), compare_path)
                                               : NULL;
    return found ? *found : NULL;
}

gboolean manifest_holds(const Manifest *m, const char *directory, const ManifestFile *file)
{
    g_autofree char *path = g_build_filename(directory, file->path, NULL);
    struct stat info;
    if (lstat(path, &info) != 0 || !S_ISREG(info.st_mode) || (guint64)info.st_size != file->bytes)
        return FALSE;
    if (m->written > 0 && nanoseconds(&info) <= m->written)
        return TRUE;
    guint64 bytes;
    g_autofree char *sha256 = fingerprint_file(path, &bytes, NULL);
    return sha256 && strcmp(sha256, file->sha256) == 0;
}

gboolean manifest_is_whole(const Manifest *m, const char *directory)
{
    for (guint i = 0; i < m->files->len; i++)
        if (!manifest_holds(m, directory, m->files->pdata[i]))
            return FALSE;
    return TRUE;
}

/* ---- writing ---- */

static json_t *list_files(const Manifest *m)
{
    json_t *list = json_array();
    for (guint i = 0; i < m->files->len; i++) {
        const ManifestFile *file = m->files->pdata[i];
        json_t *object = json_object();
        json_put_text(object, "path", file->path);
        json_put_count(object, "bytes", file->bytes);
        json_put_text(object, "sha256", file->sha256);
        json_put_text(object, "document", file->document);
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *list_texts(char **texts)
{
    json_t *list = json_array();
    for (; texts && *texts; texts++) {
        g_autofree char *valid = g_utf8_make_valid(*texts, -1);
        json_array_append_new(list, json_string(valid));
    }
    return list;
}

gboolean manifest_write(const Manifest *m, const char *directory, GError **error)
{
    g_autofree char *path = g_build_filename(directory, MANIFEST_FILE, NULL);
    json_t *compared = json_object();
    json_put_text(compared, "assessment", m->compared_with);
    json_put_text(compared, "edition", m->compared_edition);
    json_t *root = json_object();
    json_put_count(root, "layout", LAYOUT);
    json_put_text(root, "inputs", m->inputs);
    json_put_text(root, "program", m->program);
    json_put_count(root, "exit_status", (guint64)m->exit_status);
    json_put_count(root, "areas", m->areas);
    json_object_set_new(root, "warnings", list_texts(m->warnings));
    json_put_text(root, "replaces", m->replaces);
    json_put_some(root, "compared_with", compared);
    json_object_set_new(root, "files", list_files(m));
    return json_file_write(root, path, error);
}
