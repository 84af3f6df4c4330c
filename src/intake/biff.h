#ifndef PEERLINE_INTAKE_BIFF_H
#define PEERLINE_INTAKE_BIFF_H

#include <glib.h>

/** The records of an XLS workbook ([MS-XLS]; BIFF8 of Excel 97 to 2003, BIFF5 of Excel 5 and 95):
 *  a number, a length, and data that may go on in records called CONTINUE. */

enum {
    BIFF_FORMULA = 0x0006,
    BIFF_EOF = 0x000A,
    BIFF_DATEMODE = 0x0022,
    BIFF_FILEPASS = 0x002F,
    BIFF_CONTINUE = 0x003C,
    BIFF_CODEPAGE = 0x0042,
    BIFF_BOUNDSHEET = 0x0085,
    BIFF_MULRK = 0x00BD,
    BIFF_RSTRING = 0x00D6,
    BIFF_XF = 0x00E0,
    BIFF_MERGEDCELLS = 0x00E5,
    BIFF_SST = 0x00FC,
    BIFF_LABELSST = 0x00FD,
    BIFF_NUMBER = 0x0203,
    BIFF_LABEL = 0x0204,
    BIFF_BOOLERR = 0x0205,
    BIFF_STRING = 0x0207,
    BIFF_RK = 0x027E,
    BIFF_FORMAT = 0x041E,
    BIFF_BOF = 0x0809
};

/** A place in the stream, and the record there. */
typedef struct {
    const guint8 *stream;
    gsize n;
    gsize next;         /**< where the next record begins */
    guint id;           /**< of the present record */
    const guint8 *data; /**< its data: `length` bytes */
    gsize length;
    gsize at;        /**< what was read of them */
    gboolean failed; /**< something wanted more than is there */
} Biff;

/** Goes to the next record. FALSE at the end of the stream, or where it is cut within a record. */
gboolean biff_next(Biff *b);
/** The number of the record behind the present one, without going there; 0 at the end. */
guint biff_peek(const Biff *b);

/** Read on within the record and its continuations. Behind their end: 0, and `failed`. */
guint8 biff_u8(Biff *b);
guint16 biff_u16(Biff *b);
guint32 biff_u32(Biff *b);
double biff_double(Biff *b);
void biff_skip(Biff *b, gsize n);

/** A text of BIFF8: `characters` of them behind a byte of flags, with what belongs to rich and
 *  Asian text passed over. Characters that no text holds (NUL, half a pair) become U+FFFD.
 *  Replaces `out`. */
void biff_text(Biff *b, gsize characters, GString *out);
/** A text of BIFF5: bytes of a code page, converted to UTF-8. */
void biff_bytes(Biff *b, gsize n, const char *charset, GString *out);

/** The name that iconv knows a code page by; newly allocated. */
char *biff_charset(guint codepage);

/** The number that an RK value stands for. */
double biff_rk(guint32 rk);

#endif
