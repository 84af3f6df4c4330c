#include "digest.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peerline/base/error.h"

#define BLOCK (1 << 16)

gboolean digest_add(int fd, GChecksum *sum, guint64 max_bytes, guint64 *bytes)
{
    g_autofree guchar *block = g_malloc(BLOCK);
    *bytes = 0;
    for (;;) {
        ssize_t n = read(fd, block, BLOCK);
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

/* A large file is read faster than GLib adds it up: nettle uses the processor's own instructions.
 */
static char *digest_whole(int fd, guint64 max_bytes, guint64 *bytes)
{
    g_autofree guchar *block = g_malloc(BLOCK);
    guint8 hash[SHA256_DIGEST_SIZE];
    struct sha256_ctx sum;
    ssize_t n;
    sha256_init(&sum);
    *bytes = 0;
    while ((n = read(fd, block, BLOCK)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 || (*bytes += (guint64)n) > max_bytes)
            return NULL;
        sha256_update(&sum, (size_t)n, block);
    }
    sha256_digest(&sum, sizeof hash, hash);
    char *hex = g_malloc(2 * sizeof hash + 1);
    for (guint i = 0; i < sizeof hash; i++)
        g_snprintf(hex + 2 * i, 3, "%02x", hash[i]);
    return hex;
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
    char *hex = digest_whole(fd, max_bytes, bytes);
    if (hex)
        return hex;
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
