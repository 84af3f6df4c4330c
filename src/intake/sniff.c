#include "sniff.h"

#include <string.h>

#define BOM     "\xEF\xBB\xBF"
#define LOOK_AT 1024

static gboolean begins(const char *data, gsize n, const char *magic)
{
    gsize m = strlen(magic);
    return n >= m && memcmp(data, magic, m) == 0;
}

/* Begins with the tag, in either case, and the tag's name ends there. */
static gboolean begins_tag(const char *data, gsize n, const char *tag)
{
    gsize m = strlen(tag);
    return n > m && g_ascii_strncasecmp(data, tag, m) == 0 && !g_ascii_isalnum(data[m]);
}

gboolean sniff_html(const char *data, gsize n)
{
    const char *p = data, *end = data + MIN(n, LOOK_AT);
    if (begins(p, (gsize)(end - p), BOM))
        p += strlen(BOM);
    for (;;) {
        while (p < end && g_ascii_isspace(*p))
            p++;
        /* Pages often begin with a comment or an XML declaration. */
        const char *close = NULL;
        if (begins(p, (gsize)(end - p), "<!--"))
            close = g_strstr_len(p, end - p, "-->");
        else if (begins(p, (gsize)(end - p), "<?xml"))
            close = g_strstr_len(p, end - p, "?>");
        if (!close)
            break;
        p = strchr(close, '>') + 1;
    }
    gsize left = (gsize)(end - p);
    return begins_tag(p, left, "<!doctype html") || begins_tag(p, left, "<html") ||
           begins_tag(p, left, "<head") || begins_tag(p, left, "<body");
}

const char *sniff_foreign(const char *data, gsize n)
{
    static const struct {
        const char *magic, *what;
    } known[] = {
        {"PK\x03\x04", "a ZIP archive or XLSX workbook"},
        {"\xD0\xCF\x11\xE0", "an old Excel workbook"},
        {"%PDF-", "a PDF file"},
        {"\x1F\x8B", "a gzip archive"},
        {"\xFF\xFE", "UTF-16 text"},
        {"\xFE\xFF", "UTF-16 text"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(known); i++) {
        if (begins(data, n, known[i].magic))
            return known[i].what;
    }
    return sniff_html(data, n) ? "an HTML page" : NULL;
}
