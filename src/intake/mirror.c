#include "mirror.h"

#include <string.h>

static gboolean stays_below(const char *relative)
{
    g_auto(GStrv) parts = g_strsplit(relative, "/", -1);
    for (guint i = 0; parts[i]; i++) {
        if (strcmp(parts[i], "..") == 0)
            return FALSE;
    }
    return TRUE;
}

/* The file if it is there. Frees nothing of its arguments; any of them NULL gives NULL. */
static char *file_below(const char *dir, const char *relative)
{
    if (!relative || !*relative || !stays_below(relative))
        return NULL;
    g_autofree char *path = g_build_filename(dir, relative, NULL);
    return g_file_test(path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer(&path) : NULL;
}

static char *as_written_or_decoded(const char *dir, const char *relative)
{
    char *found = file_below(dir, relative);
    if (found || !strchr(relative, '%'))
        return found;
    g_autofree char *decoded = g_uri_unescape_string(relative, NULL);
    return file_below(dir, decoded);
}

static char *find_at_address(const char *dir, const WebUrl *url)
{
    g_autofree char *at_path = g_strconcat(url->host, url->path, NULL);
    char *found = NULL;
    if (url->query) {
        g_autofree char *with_query = g_strconcat(at_path, "?", url->query, NULL);
        found = as_written_or_decoded(dir, with_query);
    }
    return found ? found : as_written_or_decoded(dir, at_path);
}

char *mirror_find(const char *dir, const WebUrl *url, const char *file)
{
    char *found = url ? find_at_address(dir, url) : NULL;
    if (!found && file && !g_path_is_absolute(file))
        found = file_below(dir, file);
    return found;
}
