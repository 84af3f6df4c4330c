#include "biff.h"

#include <string.h>

enum { WIDE = 0x01, ASIAN = 0x04, RICH = 0x08 }; /* flags of a text */

/* ---- records --------------------------------------------------------------------------------- */

static guint header_id(const Biff *b)
{
    return b->next + 4 <= b->n ? b->stream[b->next] | (guint)b->stream[b->next + 1] << 8 : 0;
}

static gboolean enter(Biff *b)
{
    if (b->next + 4 > b->n)
        return FALSE;
    const gsize length = b->stream[b->next + 2] | (gsize)b->stream[b->next + 3] << 8;
    if (length > b->n - b->next - 4)
        return FALSE;
    b->id = header_id(b);
    b->data = b->stream + b->next + 4;
    b->length = length;
    b->at = 0;
    b->next += 4 + length;
    return TRUE;
}

gboolean biff_next(Biff *b)
{
    b->failed = FALSE;
    return enter(b);
}

guint biff_peek(const Biff *b)
{
    return header_id(b);
}

/* Into the continuation, if the present data are used up and there is one. */
static gboolean go_on(Biff *b)
{
    while (b->at == b->length) {
        const guint id = b->id;
        if (header_id(b) != BIFF_CONTINUE || !enter(b)) {
            b->failed = TRUE;
            return FALSE;
        }
        b->id = id;
    }
    return TRUE;
}

guint8 biff_u8(Biff *b)
{
    return !b->failed && go_on(b) ? b->data[b->at++] : 0;
}

guint16 biff_u16(Biff *b)
{
    const guint low = biff_u8(b);
    return (guint16)(low | (guint)biff_u8(b) << 8);
}

guint32 biff_u32(Biff *b)
{
    const guint32 low = biff_u16(b);
    return low | (guint32)biff_u16(b) << 16;
}

double biff_double(Biff *b)
{
    const guint64 low = biff_u32(b);
    const guint64 bits = low | (guint64)biff_u32(b) << 32;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

void biff_skip(Biff *b, gsize n)
{
    while (n > 0 && !b->failed && go_on(b)) {
        const gsize step = MIN(n, b->length - b->at);
        b->at += step;
        n -= step;
    }
}

double biff_rk(guint32 rk)
{
    double x;
    if (rk & 2) {
        x = (double)((gint32)rk >> 2);
    } else {
        const guint64 bits = (guint64)(rk & ~3u) << 32;
        memcpy(&x, &bits, sizeof x);
    }
    return rk & 1 ? x / 100 : x;
}

/* ---- texts ----------------------------------------------------------------------------------- */

static void append_unit(GString *out, guint32 unit, guint32 *high)
{
    if (*high && unit >= 0xDC00 && unit < 0xE000) {
        g_string_append_unichar(out, 0x10000 + ((*high - 0xD800) << 10) + (unit - 0xDC00));
        *high = 0;
        return;
    }
    if (*high)
        g_string_append_unichar(out, 0xFFFD);
    *high = 0;
    if (unit >= 0xD800 && unit < 0xDC00)
        *high = unit;
    else
        g_string_append_unichar(out,
                                unit == 0 || (unit >= 0xDC00 && unit < 0xE000) ? 0xFFFD : unit);
}

void biff_text(Biff *b, gsize characters, GString *out)
{
    g_string_truncate(out, 0);
    const guint flags = biff_u8(b);
    const gsize runs = flags & RICH ? biff_u16(b) : 0;
    const gsize asian = flags & ASIAN ? biff_u32(b) : 0;
    gboolean wide = flags & WIDE;
    guint32 high = 0;
    for (gsize i = 0; i < characters && !b->failed; i++) {
        /* where the characters go on in another record, they begin with flags of their own */
        if (b->at == b->length && go_on(b))
            wide = biff_u8(b) & WIDE;
        append_unit(out, wide ? biff_u16(b) : biff_u8(b), &high);
    }
    if (high)
        g_string_append_unichar(out, 0xFFFD);
    biff_skip(b, 4 * runs + asian);
}

char *biff_charset(guint codepage)
{
    if (codepage == 10000 || codepage == 0x8000)
        return g_strdup("MACINTOSH");
    if (codepage == 1200)
        return g_strdup("UTF-16LE");
    return codepage == 367 ? g_strdup("ASCII")
                           : g_strdup_printf("CP%u", codepage == 0x8001 ? 1252 : codepage);
}

void biff_bytes(Biff *b, gsize n, const char *charset, GString *out)
{
    g_autoptr(GString) raw = g_string_new(NULL);
    for (gsize i = 0; i < n && !b->failed; i++) {
        const char c = (char)biff_u8(b);
        g_string_append_c(raw, c ? c : '?');
    }
    g_autofree char *text = g_convert_with_fallback(raw->str, (gssize)raw->len, "UTF-8", charset,
                                                    "?", NULL, NULL, NULL);
    g_autofree char *known = text ? NULL
                                  : g_convert_with_fallback(raw->str, (gssize)raw->len, "UTF-8",
                                                            "ISO-8859-1", "?", NULL, NULL, NULL);
    g_string_assign(out, text ? text : known ? known : "");
}
