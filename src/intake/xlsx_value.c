#include "xlsx_value.h"

#include <math.h>
#include <string.h>

#include "peerline/base/number.h"

/* ---- number formats ------------------------------------------------------------------------ */

/* Skips what is shown as it is; returns the first byte behind. */
static const char *skip_literal(const char *p)
{
    const char *end;
    switch (*p) {
    case '"': end = strchr(p + 1, '"'); break;
    case '\\':
    case '_':
    case '*': return p[1] ? g_utf8_next_char(p + 1) : p + 1;
    default: return NULL;
    }
    return end ? end + 1 : p + strlen(p);
}

/* [Red], [>100], [$-409] are no part of a date; [h], [mm] and [s] are: elapsed time. */
static const char *skip_bracket(const char *p, gboolean *elapsed)
{
    const char *end = strchr(p, ']');
    if (!end)
        return p + strlen(p);
    *elapsed = *elapsed || (end > p + 1 && strspn(p + 1, "hHmMsS") == (gsize)(end - p - 1));
    return end + 1;
}

XlsxMeaning xlsx_meaning_of_code(const char *code)
{
    gboolean day = FALSE, month = FALSE, clock = FALSE, elapsed = FALSE;
    if (g_ascii_strcasecmp(code, "General") == 0)
        return XLSX_NUMBER;
    for (const char *p = code; *p && *p != ';';) {
        const char *next = *p == '[' ? skip_bracket(p, &elapsed) : skip_literal(p);
        if (next) {
            p = next;
            continue;
        }
        switch (g_ascii_tolower(*p)) {
        case 'd':
        case 'y': day = TRUE; break;
        case 'm': month = TRUE; break;
        case 'h':
        case 's': clock = TRUE; break;
        }
        p++;
    }
    if (day)
        return XLSX_DATE;
    return clock || elapsed ? XLSX_TIME : month ? XLSX_DATE : XLSX_NUMBER;
}

/* The formats that have a number and no code (ECMA-376 part 1, 18.8.30). Those from 27 and 50 on
 * are the dates of East Asian versions. */
XlsxMeaning xlsx_meaning_of_builtin(guint id)
{
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
        (id >= 50 && id <= 54) || id == 57 || id == 58)
        return XLSX_DATE;
    return (id >= 18 && id <= 21) || (id >= 45 && id <= 47) ? XLSX_TIME : XLSX_NUMBER;
}

/* ---- styles.xml ---------------------------------------------------------------------------- */

typedef struct {
    XmlReader xml;
    enum { ELSEWHERE, IN_FORMATS, IN_CELLS } where;
    GHashTable *codes; /* number of a format + 1 -> XlsxMeaning + 1 */
    GByteArray *cells;
} Styles;

static gboolean small_number(const char *text, guint *out)
{
    guint64 value;
    if (!text || !g_ascii_string_to_unsigned(text, 10, 0, G_MAXINT32, &value, NULL))
        return FALSE;
    *out = (guint)value;
    return TRUE;
}

static XlsxMeaning meaning_of(const Styles *s, const char *id_text)
{
    guint id;
    if (!small_number(id_text, &id))
        return XLSX_NUMBER;
    gpointer declared = g_hash_table_lookup(s->codes, GUINT_TO_POINTER(id + 1));
    return declared ? (XlsxMeaning)(GPOINTER_TO_UINT(declared) - 1) : xlsx_meaning_of_builtin(id);
}

static void styles_start(XmlReader *r, const char *name, const char **attributes)
{
    Styles *s = (Styles *)r;
    guint id;
    if (strcmp(name, "numFmts") == 0) {
        s->where = IN_FORMATS;
    } else if (strcmp(name, "cellXfs") == 0) {
        s->where = IN_CELLS;
    } else if (s->where == IN_FORMATS && strcmp(name, "numFmt") == 0) {
        const char *code = xml_attribute(attributes, "formatCode");
        if (code && small_number(xml_attribute(attributes, "numFmtId"), &id))
            g_hash_table_insert(s->codes, GUINT_TO_POINTER(id + 1),
                                GUINT_TO_POINTER((guint)xlsx_meaning_of_code(code) + 1));
    } else if (s->where == IN_CELLS && strcmp(name, "xf") == 0) {
        const guint8 meaning = (guint8)meaning_of(s, xml_attribute(attributes, "numFmtId"));
        g_byte_array_append(s->cells, &meaning, 1);
    }
}

static void styles_end(XmlReader *r, const char *name)
{
    if (strcmp(name, "numFmts") == 0 || strcmp(name, "cellXfs") == 0)
        ((Styles *)r)->where = ELSEWHERE;
}

GByteArray *xlsx_read_styles(Archive *archive, const char *entry, GError **error)
{
    Styles s = {.xml = {.start = styles_start, .end = styles_end},
                .codes = g_hash_table_new(NULL, NULL),
                .cells = g_byte_array_new()};
    const gboolean ok = archive_read_xml(archive, entry, &s.xml, error);
    g_hash_table_unref(s.codes);
    if (ok)
        return s.cells;
    g_byte_array_unref(s.cells);
    return NULL;
}

/* ---- dates --------------------------------------------------------------------------------- */

enum { LAST_DAY = 2958465, SECONDS = 86400, FALSE_LEAP_DAY = 60, DAYS_TO_1904 = 1462 };

/* In days since 1900: day 1 is 1 January 1900, and day 60 the 29 February that 1900 did not have:
 * from then on the days count from 30 December 1899, before it from 31 December. */
static gboolean date_of(gint64 day, GDate *date)
{
    if (day < 1 || day > LAST_DAY || day == FALSE_LEAP_DAY)
        return FALSE;
    const gint64 from = day < FALSE_LEAP_DAY ? 31 : 30;
    g_date_set_dmy(date, (GDateDay)from, G_DATE_DECEMBER, 1899);
    g_date_add_days(date, (guint)day);
    return TRUE;
}

static void clock_text(gint64 seconds, char *buf, gsize n)
{
    g_snprintf(buf, (gulong)n, "%02" G_GINT64_FORMAT ":%02d:%02d", seconds / 3600,
               (int)(seconds / 60 % 60), (int)(seconds % 60));
}

gboolean xlsx_date_text(double serial, XlsxMeaning meaning, gboolean since_1904,
                        char buf[XLSX_TEXT])
{
    if (!(serial >= 0 && serial < LAST_DAY + 1.0))
        return FALSE;
    const gint64 seconds = (gint64)floor(serial * SECONDS + 0.5);
    /* a time of day that was formatted as a date and time has no date */
    if (meaning == XLSX_TIME || (seconds > 0 && seconds < SECONDS && !since_1904)) {
        clock_text(seconds, buf, XLSX_TEXT);
        return TRUE;
    }
    GDate date;
    if (!date_of(seconds / SECONDS + (since_1904 ? DAYS_TO_1904 : 0), &date))
        return FALSE;
    int n = g_snprintf(buf, XLSX_TEXT, "%04d-%02d-%02d", g_date_get_year(&date),
                       g_date_get_month(&date), g_date_get_day(&date));
    if (seconds % SECONDS) {
        buf[n++] = 'T';
        clock_text(seconds % SECONDS, buf + n, XLSX_TEXT - (gsize)n);
    }
    return TRUE;
}

/* A whole number as everybody writes it is its own shortest form. */
static gboolean is_plain_whole(const char *s)
{
    s += *s == '-';
    const gsize n = strspn(s, "0123456789");
    return n > 0 && n <= 15 && s[n] == '\0' && s[0] != '0';
}

/* So is a decimal of up to 15 digits that begins and ends as number_shortest() writes it: no other
 * of so few is nearer to its double (DBL_DIG). */
static gboolean is_plain_decimal(const char *s)
{
    s += *s == '-';
    const gsize whole = strspn(s, "0123456789");
    if (whole == 0 || s[whole] != '.' || (s[0] == '0' && whole > 1))
        return FALSE;
    const char *decimals = s + whole + 1;
    const gsize n = strspn(decimals, "0123456789"), zeros = strspn(decimals, "0");
    const gboolean small = s[0] == '0';
    return n > 0 && decimals[n] == '\0' && decimals[n - 1] != '0' &&
           (small ? zeros <= 3 && n - zeros <= 15 : whole + n <= 15);
}

const char *xlsx_number_text(const char *stored, XlsxMeaning meaning, gboolean since_1904,
                             char buf[XLSX_TEXT])
{
    double x;
    if (meaning == XLSX_NUMBER && (is_plain_whole(stored) || is_plain_decimal(stored)))
        return stored;
    if (!number_parse(stored, FALSE, &x) || !isfinite(x))
        return NULL;
    if (meaning == XLSX_NUMBER || !xlsx_date_text(x, meaning, since_1904, buf))
        number_shortest(x, buf);
    return buf;
}

/* ---- escapes ------------------------------------------------------------------------------- */

/* The character of an escape that begins here, or 0. Halves of surrogates and NUL are left alone.
 */
static gunichar escaped(const char *p)
{
    if (p[0] != '_' || p[1] != 'x')
        return 0;
    gunichar c = 0;
    for (guint i = 2; i < 6; i++) {
        if (!g_ascii_isxdigit(p[i]))
            return 0;
        c = c * 16 + (gunichar)g_ascii_xdigit_value(p[i]);
    }
    return p[6] == '_' && g_unichar_validate(c) ? c : 0;
}

void xlsx_unescape(GString *text)
{
    if (!strstr(text->str, "_x"))
        return;
    g_autoptr(GString) out = g_string_sized_new(text->len);
    for (const char *p = text->str; *p;) {
        const gunichar c = escaped(p);
        if (c)
            g_string_append_unichar(out, c);
        else
            g_string_append_c(out, *p);
        p += c ? 7 : 1;
    }
    g_string_assign(text, out->str);
}
