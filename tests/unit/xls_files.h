#ifndef PEERLINE_TESTS_XLS_FILES_H
#define PEERLINE_TESTS_XLS_FILES_H

/** Writes XLS workbooks for tests, record by record, from the published descriptions ([MS-CFB],
 *  [MS-XLS]) and without any code of the reader. */

#include "support.h"

#include "peerline/intake/table.h"

static inline void xls_u8(GByteArray *b, guint x)
{
    const guint8 byte = (guint8)x;
    g_byte_array_append(b, &byte, 1);
}

static inline void xls_u16(GByteArray *b, guint x)
{
    xls_u8(b, x & 0xFF);
    xls_u8(b, x >> 8);
}

static inline void xls_u32(GByteArray *b, guint32 x)
{
    xls_u16(b, x & 0xFFFF);
    xls_u16(b, x >> 16);
}

static inline void xls_double(GByteArray *b, double x)
{
    guint64 bits;
    memcpy(&bits, &x, sizeof bits);
    xls_u32(b, (guint32)bits);
    xls_u32(b, (guint32)(bits >> 32));
}

static inline void xls_pad(GByteArray *b, gsize n)
{
    while (b->len < n)
        xls_u8(b, 0);
}

/* ---- records --------------------------------------------------------------------------------- */

/** Begins a record; what is appended until xls_end() is its data. Returns where it began. */
static inline guint xls_begin(GByteArray *b, guint id)
{
    xls_u16(b, id);
    xls_u16(b, 0);
    return b->len;
}

static inline void xls_end(GByteArray *b, guint began)
{
    const guint n = b->len - began;
    b->data[began - 2] = (guint8)n;
    b->data[began - 1] = (guint8)(n >> 8);
}

static inline void xls_bof(GByteArray *b, guint version, guint kind)
{
    const guint at = xls_begin(b, 0x0809);
    xls_u16(b, version);
    xls_u16(b, kind);
    xls_u32(b, 0);
    xls_end(b, at);
}

static inline void xls_empty(GByteArray *b, guint id)
{
    xls_end(b, xls_begin(b, id));
}

static inline void xls_small(GByteArray *b, guint id, guint value)
{
    const guint at = xls_begin(b, id);
    xls_u16(b, value);
    xls_end(b, at);
}

/** Latin-1 characters, one byte each, behind their flags. */
static inline void xls_latin(GByteArray *b, const char *text)
{
    xls_u8(b, 0);
    g_byte_array_append(b, (const guint8 *)text, (guint)strlen(text));
}

static inline void xls_xf(GByteArray *b, guint format)
{
    const guint at = xls_begin(b, 0x00E0);
    xls_u16(b, 0);
    xls_u16(b, format);
    xls_pad(b, at + 20);
    xls_end(b, at);
}

static inline void xls_format(GByteArray *b, guint id, const char *code)
{
    const guint at = xls_begin(b, 0x041E);
    xls_u16(b, id);
    xls_u16(b, (guint)strlen(code));
    xls_latin(b, code);
    xls_end(b, at);
}

/** Begins the record of a cell. */
static inline guint xls_cell(GByteArray *b, guint id, guint row, guint column, guint style)
{
    const guint at = xls_begin(b, id);
    xls_u16(b, row);
    xls_u16(b, column);
    xls_u16(b, style);
    return at;
}

static inline void xls_text_cell(GByteArray *b, guint row, guint column, const char *text)
{
    const guint at = xls_cell(b, 0x0204, row, column, 0);
    xls_u16(b, (guint)strlen(text));
    xls_latin(b, text);
    xls_end(b, at);
}

static inline void xls_number_cell(GByteArray *b, guint row, guint column, guint style, double x)
{
    const guint at = xls_cell(b, 0x0203, row, column, style);
    xls_double(b, x);
    xls_end(b, at);
}

static inline void xls_rk_cell(GByteArray *b, guint row, guint column, guint32 rk)
{
    const guint at = xls_cell(b, 0x027E, row, column, 0);
    xls_u32(b, rk);
    xls_end(b, at);
}

/** A formula with a stored value of eight bytes. */
static inline void xls_formula_cell(GByteArray *b, guint row, guint column, guint style,
                                    const guint8 value[8])
{
    const guint at = xls_cell(b, 0x0006, row, column, style);
    g_byte_array_append(b, value, 8);
    xls_pad(b, b->len + 8);
    xls_end(b, at);
}

/* ---- a workbook ------------------------------------------------------------------------------ */

typedef struct {
    const char *name;
    guint kind; /**< 0 a worksheet, 2 a chart */
    GByteArray *cells;
} XlsSheet;

/** Globals (what stands between their beginning and the list of sheets) and sheets as one stream;
 *  takes the arrays. */
static inline GByteArray *xls_stream(guint version, GByteArray *globals, const XlsSheet *sheets,
                                     guint n)
{
    GByteArray *b = g_byte_array_new();
    guint offsets[8];
    xls_bof(b, version, 5);
    if (globals)
        g_byte_array_append(b, globals->data, globals->len);
    for (guint i = 0; i < n; i++) {
        const guint at = xls_begin(b, 0x0085);
        offsets[i] = b->len;
        xls_u32(b, 0);
        xls_u8(b, 0);
        xls_u8(b, sheets[i].kind);
        xls_u8(b, (guint)strlen(sheets[i].name));
        if (version == 0x0600)
            xls_latin(b, sheets[i].name);
        else
            g_byte_array_append(b, (const guint8 *)sheets[i].name, (guint)strlen(sheets[i].name));
        xls_end(b, at);
    }
    xls_empty(b, 0x000A);
    for (guint i = 0; i < n; i++) {
        for (guint k = 0; k < 4; k++)
            b->data[offsets[i] + k] = (guint8)(b->len >> (8 * k));
        xls_bof(b, version, sheets[i].kind ? 0x20 : 0x10);
        g_byte_array_append(b, sheets[i].cells->data, sheets[i].cells->len);
        xls_empty(b, 0x000A);
        g_byte_array_unref(sheets[i].cells);
    }
    if (globals)
        g_byte_array_unref(globals);
    return b;
}

/* ---- a compound file ------------------------------------------------------------------------- */

static inline void xls_entry(GByteArray *b, const char *name, guint type, guint32 child,
                             guint32 first, guint32 size)
{
    const guint at = b->len;
    for (const char *p = name; *p; p++)
        xls_u16(b, (guchar)*p);
    xls_pad(b, at + 64);
    xls_u16(b, *name ? 2 * ((guint)strlen(name) + 1) : 0);
    xls_u8(b, type);
    xls_u8(b, 1);
    xls_u32(b, 0xFFFFFFFF);
    xls_u32(b, 0xFFFFFFFF);
    xls_u32(b, child);
    xls_pad(b, at + 116);
    xls_u32(b, first);
    xls_u32(b, size);
    xls_pad(b, at + 128);
}

/** A stream as a file: in small sectors if it is short. One sector of the table is enough for the
 *  files of these tests: 64 KiB. Takes the stream. */
static inline GByteArray *xls_file(GByteArray *stream, const char *name)
{
    const gboolean small = stream->len < 4096;
    const guint size = stream->len, sectors = (size + 511) / 512, chunks = (size + 63) / 64;
    assert_true(sectors < 120);
    GByteArray *b = g_byte_array_new();
    xls_u32(b, 0xE011CFD0);
    xls_u32(b, 0xE11AB1A1);
    xls_pad(b, 24);
    xls_u16(b, 0x3E);
    xls_u16(b, 3);
    xls_u16(b, 0xFFFE);
    xls_u16(b, 9);
    xls_u16(b, 6);
    xls_pad(b, 44);
    xls_u32(b, 1); /* sectors of the table */
    xls_u32(b, 1); /* the directory's first */
    xls_u32(b, 0);
    xls_u32(b, 4096);
    xls_u32(b, small ? 2 : 0xFFFFFFFE);
    xls_u32(b, small);
    xls_u32(b, 0xFFFFFFFE);
    xls_u32(b, 0);
    xls_u32(b, 0); /* where the table is */
    while (b->len < 512)
        xls_u32(b, 0xFFFFFFFF);
    /* sector 0: the table; 1: the directory; 2: the table of small sectors; 3 on: the stream */
    xls_u32(b, 0xFFFFFFFD);
    xls_u32(b, 0xFFFFFFFE);
    xls_u32(b, 0xFFFFFFFE);
    for (guint i = 0; i < sectors; i++)
        xls_u32(b, i + 1 < sectors ? i + 4 : 0xFFFFFFFE);
    while (b->len < 1024)
        xls_u32(b, 0xFFFFFFFF);
    xls_entry(b, "Root Entry", 5, 1, small ? 3 : 0xFFFFFFFE, small ? size : 0);
    xls_entry(b, name, 2, 0xFFFFFFFF, small ? 0 : 3, size);
    xls_pad(b, 1536);
    for (guint i = 0; i < 128; i++)
        xls_u32(b, i + 1 < chunks ? i + 1 : i + 1 == chunks ? 0xFFFFFFFE : 0xFFFFFFFF);
    g_byte_array_append(b, stream->data, stream->len);
    xls_pad(b, 2048 + 512 * (gsize)sectors);
    g_byte_array_unref(stream);
    return b;
}

/** One worksheet as a file; takes the arrays. */
static inline GByteArray *xls_book(GByteArray *globals, GByteArray *cells)
{
    const XlsSheet sheet = {"Sheet1", 0, cells};
    return xls_file(xls_stream(0x0600, globals, &sheet, 1), "Workbook");
}

#endif
