/* Feeds bytes to what undoes the packing of answers. The first byte chooses the packing and the
 * pieces in which the rest comes. Built for libFuzzer by tests/fuzz/run;
 * tests/unit/test_intake_unpack_seeds.c runs the same body over the seeds in every test run. */
#include <stdlib.h>
#include <string.h>

#include "../../src/intake/unpack.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n);

/* What came out, up to the most that is taken. */
typedef struct {
    GByteArray *bytes;
    gboolean full;
} Taken;

enum { MOST_TAKEN = 1 << 20 };

static void check(gboolean holds)
{
    if (!holds)
        abort();
}

static gboolean take(gpointer user, const char *data, gsize n)
{
    Taken *t = user;
    check(!t->full && n <= 1 << 20); /* never more than a block at a time */
    t->full = n > MOST_TAKEN - t->bytes->len;
    if (!t->full)
        g_byte_array_append(t->bytes, (const guint8 *)data, (guint)n);
    return !t->full;
}

/* FALSE: these are no such bytes. */
static gboolean unpack(const char *encoding, const guint8 *data, gsize n, gsize piece, Taken *t,
                       gboolean *whole)
{
    g_autoptr(Unpacker) u = unpacker_new(encoding, take, t);
    UnpackResult r = UNPACK_FINE;
    for (gsize at = 0; r == UNPACK_FINE && at < n; at += piece)
        r = unpacker_add(u, (const char *)data + at, MIN(piece, n - at));
    check((r == UNPACK_REFUSED) == t->full);
    *whole = r == UNPACK_FINE && unpacker_is_whole(u);
    return r == UNPACK_FINE;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n)
{
    static const char *const ENCODINGS[] = {"gzip", "br", "zstd"};
    if (n < 1 || n > 100000)
        return 0;
    const char *encoding = ENCODINGS[data[0] % G_N_ELEMENTS(ENCODINGS)];
    const gsize piece = 1 + data[0] / G_N_ELEMENTS(ENCODINGS);
    Taken all = {.bytes = g_byte_array_new()}, parts = {.bytes = g_byte_array_new()};
    gboolean whole[2];
    const gboolean fine[] = {unpack(encoding, data + 1, n - 1, n, &all, &whole[0]),
                             unpack(encoding, data + 1, n - 1, piece, &parts, &whole[1])};
    /* Where the answer is cut into pieces makes no difference; but libzstd compares the length that
     * a frame declares only where it has the whole of it at once. */
    if (strcmp(encoding, "zstd") != 0) {
        check(fine[0] == fine[1] && whole[0] == whole[1]);
    }
    if (fine[0] && fine[1]) {
        check(all.bytes->len == parts.bytes->len);
        check(all.bytes->len == 0 ||
              memcmp(all.bytes->data, parts.bytes->data, all.bytes->len) == 0);
    }
    g_byte_array_unref(all.bytes);
    g_byte_array_unref(parts.bytes);
    return 0;
}
