#include "markup.h"

#include <string.h>

/* What XML 1.0 has no room for. */
static gboolean is_forbidden(gunichar c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || c == 0xFFFE || c == 0xFFFF;
}

static void put_character(GString *out, const char *c)
{
    const gunichar u = g_utf8_get_char(c);
    switch (u) {
    case '&': g_string_append(out, "&amp;"); break;
    case '<': g_string_append(out, "&lt;"); break;
    case '>': g_string_append(out, "&gt;"); break;
    case '"': g_string_append(out, "&quot;"); break;
    case '\'': g_string_append(out, "&#39;"); break;
    default: g_string_append_unichar(out, is_forbidden(u) ? 0xFFFD : u);
    }
}

/* Bytes that are themselves: printing ASCII but for the five, as most are. */
static gsize plain_length(const char *text)
{
    gsize n = 0;
    while ((signed char)text[n] >= ' ' && !strchr("&<>\"'", text[n]))
        n++;
    return n;
}

void markup_text(GString *out, const char *text)
{
    g_autofree char *valid = g_utf8_validate(text, -1, NULL) ? NULL : g_utf8_make_valid(text, -1);
    for (const char *c = valid ? valid : text; *c;) {
        const gsize plain = plain_length(c);
        g_string_append_len(out, c, (gssize)plain);
        c += plain;
        if (*c) {
            put_character(out, c);
            c = g_utf8_next_char(c);
        }
    }
}

void markup_part(GString *out, const char *markup)
{
    g_string_append(out, markup);
}
