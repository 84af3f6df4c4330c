#include "peerline/base/fingerprint.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <nettle/sha2.h>
#include <string.h>
#include <unistd.h>

#include "peerline/base/error.h"

#define BLOCK (1 << 16)

struct Fingerprint {
    struct sha256_ctx sum;
};

/* What kind of value follows. */
enum { KIND_NULL, KIND_TEXT, KIND_COUNT, KIND_NUMBER };

static void add(Fingerprint *f, guint8 kind, const void *data, gsize n)
{
    sha256_update(&f->sum, 1, &kind);
    if (n)
        sha256_update(&f->sum, n, data);
}

static void add_bits(Fingerprint *f, guint8 kind, guint64 bits)
{
    const guint64 little = GUINT64_TO_LE(bits);
    add(f, kind, &little, sizeof little);
}

Fingerprint *fingerprint_new(void)
{
    Fingerprint *f = g_new(Fingerprint, 1);
    sha256_init(&f->sum);
    return f;
}

void fingerprint_text(Fingerprint *f, const char *text)
{
    if (!text) {
        add(f, KIND_NULL, NULL, 0);
        return;
    }
    add_bits(f, KIND_TEXT, strlen(text));
    sha256_update(&f->sum, strlen(text), (const guint8 *)text);
}

void fingerprint_count(Fingerprint *f, guint64 count)
{
    add_bits(f, KIND_COUNT, count);
}

void fingerprint_number(Fingerprint *f, double x)
{
    guint64 bits = 0;
    if (isnan(x))
        bits = G_MAXUINT64;
    else if (x < 0 || x > 0)
        memcpy(&bits, &x, sizeof bits);
    add_bits(f, KIND_NUMBER, bits);
}

static char *hexadecimal(struct sha256_ctx *sum)
{
    guint8 hash[SHA256_DIGEST_SIZE];
    sha256_digest(sum, sizeof hash, hash);
    char *hex = g_malloc(2 * sizeof hash + 1);
    for (guint i = 0; i < sizeof hash; i++)
        g_snprintf(hex + 2 * i, 3, "%02x", hash[i]);
    return hex;
}

char *fingerprint_end(Fingerprint *f)
{
    char *hex = hexadecimal(&f->sum);
    g_free(f);
    return hex;
}

char *fingerprint_file(const char *path, guint64 *bytes, GError **error)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    g_autofree guint8 *block = g_malloc(BLOCK);
    struct sha256_ctx sum;
    ssize_t n = -1;
    *bytes = 0;
    sha256_init(&sum);
    while (fd >= 0 && ((n = read(fd, block, BLOCK)) > 0 || (n < 0 && errno == EINTR)))
        if (n > 0) {
            sha256_update(&sum, (size_t)n, block);
            *bytes += (guint64)n;
        }
    const int reason = errno;
    if (fd >= 0)
        close(fd);
    if (n == 0)
        return hexadecimal(&sum);
    g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: cannot be read: %s", path,
                g_strerror(reason));
    return NULL;
}
