#include "digest.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peerline/base/error.h"

gboolean digest_add(int fd, GChecksum *sum, guint64 max_bytes, guint64 *bytes)
{
    g_autofree guchar *block = g_malloc(1 << 16);
    *bytes = 0;
    for (;;) {
        ssize_t n = read(fd, block, 1 << 16);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        g_checksum_update(sum, block, n);
        *bytes += (guint64)n;
        if (*bytes > max_bytes)
            return FALSE;
    }
}

static char *digest_open_file(int fd, const char *path, guint64 max_bytes, guint64 *bytes,
                              GError **error)
{
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: is not a regular file",
                    path);
        return NULL;
    }
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    if (digest_add(fd, sum, max_bytes, bytes))
        return g_strdup(g_checksum_get_string(sum));
    if (*bytes > max_bytes)
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                    "%s: the file is too large: over %" G_GUINT64_FORMAT " bytes (at most that)",
                    path, max_bytes);
    else
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: cannot be read: %s", path,
                    g_strerror(errno));
    return NULL;
}

char *digest_file(const char *path, guint64 max_bytes, guint64 *bytes, GError **error)
{
    /* Not blocking, so that a pipe put in place of a file cannot hang the run. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: cannot be read: %s", path,
                    g_strerror(errno));
        return NULL;
    }
    char *sha256 = digest_open_file(fd, path, max_bytes, bytes, error);
    close(fd);
    return sha256;
}
