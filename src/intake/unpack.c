#include "unpack.h"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#define BLOCK (1 << 16)
/* Beyond that much memory for looking back no server may make us go (RFC 8878, 3.1.1.1.2: 8 MB). */
#define ZSTD_WINDOW_LOG 23

/* One way of packing. `step` eats from `in` and fills `out`. */
typedef enum { STEP_MORE, STEP_END, STEP_DAMAGED } Step;

typedef struct {
    const guchar *data;
    gsize n;
} Input;

typedef struct {
    const char *name;
    gpointer (*start)(void);
    Step (*step)(gpointer state, Input *in, guchar *out, gsize *made);
    gboolean (*again)(gpointer state); /* a further member follows; NULL: there is none */
    void (*end)(gpointer state);
} Packing;

struct Unpacker {
    const Packing *packing;
    gpointer state;
    UnpackSink sink;
    gpointer user;
    gboolean whole;
    guchar block[BLOCK];
};

/* ---- gzip ---------------------------------------------------------------------------------------
 */

static gpointer gzip_start(void)
{
    z_stream *z = g_new0(z_stream, 1);
    if (inflateInit2(z, 15 + 16) != Z_OK) /* a gzip header, and nothing else */
        g_error("zlib does not start");
    return z;
}

static Step gzip_step(gpointer state, Input *in, guchar *out, gsize *made)
{
    z_stream *z = state;
    z->next_in = (Bytef *)in->data;
    z->avail_in = (uInt)MIN(in->n, G_MAXUINT32);
    z->next_out = out;
    z->avail_out = BLOCK;
    const uInt given = z->avail_in;
    const int rc = inflate(z, Z_NO_FLUSH);
    in->data += given - z->avail_in;
    in->n -= given - z->avail_in;
    *made = BLOCK - z->avail_out;
    if (rc == Z_STREAM_END)
        return STEP_END;
    return rc == Z_OK || rc == Z_BUF_ERROR ? STEP_MORE : STEP_DAMAGED;
}

static gboolean gzip_again(gpointer state)
{
    return inflateReset(state) == Z_OK;
}

static void gzip_end(gpointer state)
{
    inflateEnd(state);
    g_free(state);
}

/* ---- brotli -------------------------------------------------------------------------------------
 */

static gpointer brotli_start(void)
{
    return BrotliDecoderCreateInstance(NULL, NULL, NULL);
}

static Step brotli_step(gpointer state, Input *in, guchar *out, gsize *made)
{
    gsize room = BLOCK;
    const BrotliDecoderResult rc =
        BrotliDecoderDecompressStream(state, &in->n, &in->data, &room, &out, NULL);
    *made = BLOCK - room;
    if (rc == BROTLI_DECODER_RESULT_SUCCESS)
        return STEP_END;
    return rc == BROTLI_DECODER_RESULT_ERROR ? STEP_DAMAGED : STEP_MORE;
}

static void brotli_end(gpointer state)
{
    BrotliDecoderDestroyInstance(state);
}

/* ---- zstd ---------------------------------------------------------------------------------------
 */

static gpointer zstd_start(void)
{
    ZSTD_DStream *z = ZSTD_createDStream();
    ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
    return z;
}

static Step zstd_step(gpointer state, Input *in, guchar *out, gsize *made)
{
    ZSTD_inBuffer from = {in->data, in->n, 0};
    ZSTD_outBuffer to = {out, BLOCK, 0};
    const gsize rc = ZSTD_decompressStream(state, &to, &from);
    in->data += from.pos;
    in->n -= from.pos;
    *made = to.pos;
    return ZSTD_isError(rc) ? STEP_DAMAGED : rc == 0 ? STEP_END : STEP_MORE;
}

/* The next frame begins by itself. */
static gboolean zstd_again(gpointer state)
{
    (void)state;
    return TRUE;
}

static void zstd_end(gpointer state)
{
    ZSTD_freeDStream(state);
}

/* ---- all of them --------------------------------------------------------------------------------
 */

static const Packing PACKINGS[] = {
    {"gzip", gzip_start, gzip_step, gzip_again, gzip_end},
    {"x-gzip", gzip_start, gzip_step, gzip_again, gzip_end}, /* RFC 9110, 8.4.1.3: the same */
    {"br", brotli_start, brotli_step, NULL, brotli_end},
    {"zstd", zstd_start, zstd_step, zstd_again, zstd_end},
};

Unpacker *unpacker_new(const char *encoding, UnpackSink sink, gpointer user)
{
    for (guint i = 0; i < G_N_ELEMENTS(PACKINGS); i++) {
        if (g_ascii_strcasecmp(PACKINGS[i].name, encoding) != 0)
            continue;
        Unpacker *u = g_new0(Unpacker, 1);
        u->packing = &PACKINGS[i];
        u->state = PACKINGS[i].start();
        u->sink = sink;
        u->user = user;
        return u;
    }
    return NULL;
}

void unpacker_free(Unpacker *u)
{
    if (!u)
        return;
    u->packing->end(u->state);
    g_free(u);
}

UnpackResult unpacker_add(Unpacker *u, const char *data, gsize n)
{
    Input in = {(const guchar *)data, n};
    gsize made = BLOCK;
    /* A block that was filled to the brim may not have been all there was. */
    while (in.n > 0 || (made == BLOCK && !u->whole)) {
        if (u->whole && (!u->packing->again || !u->packing->again(u->state)))
            return UNPACK_DAMAGED; /* something follows the end */
        const gsize before = in.n;
        const Step step = u->packing->step(u->state, &in, u->block, &made);
        if (step == STEP_DAMAGED)
            return UNPACK_DAMAGED;
        u->whole = step == STEP_END;
        if (made > 0 && !u->sink(u->user, (const char *)u->block, made))
            return UNPACK_REFUSED;
        if (made == 0 && in.n == before)
            break; /* it wants more than there is */
    }
    return UNPACK_FINE;
}

gboolean unpacker_is_whole(const Unpacker *u)
{
    return u->whole;
}
