#include "encoding.h"

/* Windows-1252 0x80 to 0x9F by the Unicode Consortium's CP1252.TXT; 0 = not defined. */
static const guint16 windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

gboolean encoding_is_single_byte(Encoding encoding)
{
    return encoding == ENCODING_WINDOWS_1252 || encoding == ENCODING_LATIN1;
}

gsize encoding_expand(const char *text, gsize n, Encoding encoding, char *out)
{
    char *w = out;
    for (gsize i = 0; i < n; i++) {
        const guchar c = (guchar)text[i];
        gunichar u = c;
        if (encoding == ENCODING_WINDOWS_1252 && c >= 0x80 && c < 0xA0)
            u = windows_1252[c - 0x80];
        if (c < 0x80 || u == 0)
            *w++ = (char)c;
        else
            w += g_unichar_to_utf8(u, w);
    }
    return (gsize)(w - out);
}

const char *encoding_name(Encoding encoding)
{
    switch (encoding) {
    case ENCODING_WINDOWS_1252: return "Windows-1252";
    case ENCODING_LATIN1: return "Latin-1";
    case ENCODING_AUTO:
    case ENCODING_UTF8: break;
    }
    return "UTF-8";
}
