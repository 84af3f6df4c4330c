#include "xml_quick.h"

#include <string.h>

#define MOST_ATTRIBUTES 64
/* In which the XML declaration stands, if there is one. */
#define LOOK_AT 128
/* A longer tag or text would be looked at too often, each time as far as it has come. */
#define MOST_WAITING (1024 * 1024)

/* What a byte may be. Names: those of XML 1.0 that are ASCII, which are all that formats define. */
enum { NAME_START = 1, NAME = 2, PLAIN = 4, BLANK = 8 };

struct XmlQuick {
    XmlReader *reader;
    guchar kind[256];
    char *buffer; /* what is not read yet begins at `next` */
    gsize next, used, room;
    gboolean looked; /* at what stands before the root element */
    gboolean ended;  /* the root element */
    char *open;      /* names of the open elements, one behind the other */
    gsize open_used, open_room;
    guint *lengths; /* of these names */
    guint depth, depth_room;
    const char *attributes[2 * MOST_ATTRIBUTES + 1];
};

/* One attribute, as yet neither terminated nor decoded. */
typedef struct {
    char *name, *name_end, *value, *value_end;
    gboolean coded, high;
} Attribute;

typedef enum { DONE, MORE, UNKNOWN } Token;

static void fill_kinds(guchar *kind)
{
    for (guint c = 0x20; c < 0x80; c++)
        kind[c] |= c == '<' || c == '&' || c == ']' ? 0 : PLAIN;
    for (guint c = 'a'; c <= 'z'; c++)
        kind[c] |= NAME_START | NAME;
    for (guint c = 'A'; c <= 'Z'; c++)
        kind[c] |= NAME_START | NAME;
    for (guint c = '0'; c <= '9'; c++)
        kind[c] |= NAME;
    kind['_'] |= NAME_START | NAME;
    kind[':'] |= NAME;
    kind['-'] |= NAME;
    kind['.'] |= NAME;
    kind[' '] |= BLANK;
    kind['\t'] |= BLANK | PLAIN;
    kind['\n'] |= BLANK | PLAIN;
    kind['\r'] |= BLANK;
}

XmlQuick *xml_quick_new(XmlReader *reader)
{
    XmlQuick *q = g_new0(XmlQuick, 1);
    q->reader = reader;
    fill_kinds(q->kind);
    return q;
}

void xml_quick_free(XmlQuick *q)
{
    if (!q)
        return;
    g_free(q->buffer);
    g_free(q->open);
    g_free(q->lengths);
    g_free(q);
}

static inline gboolean is(const XmlQuick *q, char c, guint kind)
{
    return (q->kind[(guchar)c] & kind) != 0;
}

/* ---- text -------------------------------------------------------------------------------------
 */

/* The character that a reference stands for, which ends at *end; 0 if it is none of those that
 * every document has, or no character of XML. */
static gunichar referred(const char *p, const char **end)
{
    static const struct {
        const char *name;
        char c;
    } NAMED[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
    for (guint i = 0; i < G_N_ELEMENTS(NAMED); i++)
        if (strncmp(p, NAMED[i].name, strlen(NAMED[i].name)) == 0) {
            *end = p + strlen(NAMED[i].name);
            return (gunichar)NAMED[i].c;
        }
    if (p[1] != '#')
        return 0;
    const gboolean hex = p[2] == 'x';
    gunichar c = 0;
    guint digits = 0;
    for (p += hex ? 3 : 2; hex ? g_ascii_isxdigit(*p) : g_ascii_isdigit(*p); p++, digits++) {
        c = c * (hex ? 16 : 10) + (gunichar)g_ascii_xdigit_value(*p);
        if (digits > 7)
            return 0;
    }
    const gboolean good = c >= 0x20 ? c != 0xFFFE && c != 0xFFFF && g_unichar_validate(c)
                                    : c == '\t' || c == '\n' || c == '\r';
    if (digits == 0 || *p != ';' || !good)
        return 0;
    *end = p + 1;
    return c;
}

/* Puts characters in the place of references, and LF in that of other line ends; the text is
 * terminated, and never becomes longer. NULL if that cannot be done, else its end. */
static char *decode(char *text, char *end)
{
    char *w = text;
    *end = '\0';
    for (const char *p = text; p < end;) {
        if (*p == '&') {
            const gunichar c = referred(p, &p);
            if (c == 0)
                return NULL;
            w += g_unichar_to_utf8(c, w);
        } else if (*p == '\r') {
            p += p[1] == '\n' ? 2 : 1;
            *w++ = '\n';
        } else {
            *w++ = *p++;
        }
    }
    *w = '\0';
    return w;
}

/* Valid UTF-8, without the two characters of three bytes that XML does not have. */
static gboolean is_utf8(const char *text, const char *end)
{
    if (!g_utf8_validate_len(text, (gsize)(end - text), NULL))
        return FALSE;
    for (const char *p = text; (p = memchr(p, 0xEF, (gsize)(end - p))) != NULL; p++)
        if (end - p >= 3 && p[1] == '\xBF' && (p[2] == '\xBE' || p[2] == '\xBF'))
            return FALSE;
    return TRUE;
}

/* From q->next to before the mark of the next tag. */
static Token read_text(XmlQuick *q)
{
    char *start = q->buffer + q->next, *end = q->buffer + q->used, *p = start;
    gboolean coded = FALSE, high = FALSE;
    for (;; p++) {
        while (is(q, *p, PLAIN))
            p++;
        if (p >= end)
            return MORE;
        if (*p == '<')
            break;
        if (*p == '&' || *p == '\r')
            coded = TRUE;
        else if ((guchar)*p >= 0x80)
            high = TRUE;
        else if (*p != ']' || p[1] == ']')
            return UNKNOWN;
    }
    q->next = (gsize)(p - q->buffer);
    if (q->depth == 0) {
        for (const char *c = start; c < p; c++)
            if (!is(q, *c, BLANK))
                return UNKNOWN;
        return DONE;
    }
    if (p == start)
        return DONE;
    if (high && !is_utf8(start, p))
        return UNKNOWN;
    end = p;
    if (coded && !(end = decode(start, p)))
        return UNKNOWN;
    if (coded)
        *p = '<';
    if (q->reader->text)
        q->reader->text(q->reader, start, (gsize)(end - start));
    return DONE;
}

/* ---- tags -------------------------------------------------------------------------------------
 */

static inline char *pass_name(const XmlQuick *q, char *p)
{
    if (!is(q, *p, NAME_START))
        return NULL;
    while (is(q, *p, NAME))
        p++;
    return p;
}

static Token read_value(const XmlQuick *q, Attribute *a, char **at)
{
    char *p = *at, *end = q->buffer + q->used;
    const char mark = *p++;
    if (mark != '"' && mark != '\'')
        return p > end ? MORE : UNKNOWN;
    a->value = p;
    for (;; p++) {
        if (p >= end)
            return MORE;
        if (*p == mark)
            break;
        if (*p == '&')
            a->coded = TRUE;
        else if ((guchar)*p >= 0x80)
            a->high = TRUE;
        else if (*p < ' ' || *p == '<')
            return UNKNOWN;
    }
    a->value_end = p;
    *at = p + 1;
    return DONE;
}

/* name="value", from its first letter. */
static Token read_attribute(const XmlQuick *q, Attribute *a, char **at)
{
    const char *end = q->buffer + q->used;
    *a = (Attribute){.name = *at, .name_end = pass_name(q, *at)};
    if (!a->name_end)
        return *at >= end ? MORE : UNKNOWN;
    if (a->name_end >= end)
        return MORE;
    if (*a->name_end != '=')
        return UNKNOWN;
    *at = a->name_end + 1;
    return *at >= end ? MORE : read_value(q, a, at);
}

/* Attributes up to the end of the tag, which *at is behind. */
static Token read_attributes(XmlQuick *q, Attribute *found, guint *n, char **at, gboolean *empty)
{
    const char *end = q->buffer + q->used;
    char *p = *at;
    for (*n = 0;; ++*n) {
        const char *before = p;
        while (is(q, *p, BLANK))
            p++;
        if (p >= end || (*p == '/' && p + 1 >= end))
            return MORE;
        *empty = *p == '/';
        if (*empty && p[1] != '>')
            return UNKNOWN;
        if (*p == '>' || *empty) {
            *at = p + 1 + *empty;
            return DONE;
        }
        if (p == before || *n == MOST_ATTRIBUTES)
            return UNKNOWN;
        const Token token = read_attribute(q, &found[*n], &p);
        if (token != DONE)
            return token;
    }
}

static gboolean is_repeated(const Attribute *found, guint n)
{
    const gsize length = (gsize)(found[n].name_end - found[n].name);
    for (guint i = 0; i < n; i++)
        if ((gsize)(found[i].name_end - found[i].name) == length &&
            memcmp(found[i].name, found[n].name, length) == 0)
            return TRUE;
    return FALSE;
}

/* Terminates names and values. */
static gboolean take_attributes(XmlQuick *q, const Attribute *found, guint n)
{
    for (guint i = 0; i < n; i++) {
        const Attribute *a = &found[i];
        if (is_repeated(found, i) || (a->high && !is_utf8(a->value, a->value_end)))
            return FALSE;
        *a->name_end = *a->value_end = '\0';
        if (a->coded && !decode(a->value, a->value_end))
            return FALSE;
        q->attributes[2 * i] = a->name;
        q->attributes[2 * i + 1] = a->value;
    }
    q->attributes[2 * n] = NULL;
    return TRUE;
}

static inline void push(XmlQuick *q, const char *name, gsize n)
{
    if (q->open_used + n > q->open_room) {
        q->open_room = MAX(256, 2 * (q->open_used + n));
        q->open = g_realloc(q->open, q->open_room);
    }
    if (q->depth == q->depth_room) {
        q->depth_room = MAX(16, 2 * q->depth_room);
        q->lengths = g_renew(guint, q->lengths, q->depth_room);
    }
    memcpy(q->open + q->open_used, name, n);
    q->open_used += n;
    q->lengths[q->depth++] = (guint)n;
}

static inline void pop(XmlQuick *q)
{
    q->open_used -= q->lengths[--q->depth];
    q->ended = q->depth == 0;
}

static inline gboolean is_innermost(const XmlQuick *q, const char *name, gsize n)
{
    return q->depth > 0 && q->lengths[q->depth - 1] == n &&
           memcmp(q->open + q->open_used - n, name, n) == 0;
}

/* Without the prefix of its namespace. */
static inline const char *local_name(const char *name, gsize n)
{
    const char *colon = n > 1 ? memchr(name, ':', n) : NULL;
    return colon ? colon + 1 : name;
}

static Token read_start(XmlQuick *q, char *name)
{
    Attribute found[MOST_ATTRIBUTES + 1];
    guint n;
    gboolean empty;
    char *name_end = pass_name(q, name), *p = name_end;
    if (!name_end)
        return name >= q->buffer + q->used ? MORE : UNKNOWN;
    const Token token = read_attributes(q, found, &n, &p, &empty);
    if (token != DONE)
        return token;
    if (q->ended || !take_attributes(q, found, n))
        return UNKNOWN;
    *name_end = '\0';
    const gsize length = (gsize)(name_end - name);
    const char *local = local_name(name, length);
    push(q, name, length);
    q->next = (gsize)(p - q->buffer);
    q->reader->start(q->reader, local, q->attributes);
    if (!empty)
        return DONE;
    if (!q->reader->problem)
        q->reader->end(q->reader, local);
    pop(q);
    return DONE;
}

static Token read_end(XmlQuick *q, char *name)
{
    const char *end = q->buffer + q->used;
    char *name_end = pass_name(q, name), *p = name_end;
    if (!name_end)
        return name >= end ? MORE : UNKNOWN;
    while (is(q, *p, BLANK))
        p++;
    if (p >= end)
        return MORE;
    const gsize length = (gsize)(name_end - name);
    if (*p != '>' || !is_innermost(q, name, length))
        return UNKNOWN;
    *name_end = '\0';
    pop(q);
    q->next = (gsize)(p + 1 - q->buffer);
    q->reader->end(q->reader, local_name(name, length));
    return DONE;
}

/* ---- the part ---------------------------------------------------------------------------------
 */

/* What stands before the first element, of which the usual spellings are enough. */
static void read_beginning(XmlQuick *q)
{
    static const char *const DECLARATIONS[] = {
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
        "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>",
        "<?xml version='1.0' encoding='UTF-8'?>",
        "<?xml version=\"1.0\"?>",
    };
    const char *p = q->buffer;
    if (g_str_has_prefix(p, "\xEF\xBB\xBF"))
        p += 3;
    for (guint i = 0; i < G_N_ELEMENTS(DECLARATIONS); i++)
        if (g_str_has_prefix(p, DECLARATIONS[i])) {
            p += strlen(DECLARATIONS[i]);
            break;
        }
    q->next = (gsize)(p - q->buffer);
}

static Token read_token(XmlQuick *q)
{
    char *p = q->buffer + q->next;
    const gsize left = q->used - q->next;
    if (left == 0)
        return MORE;
    if (*p != '<')
        return read_text(q);
    if (left == 1)
        return MORE;
    return p[1] == '/' ? read_end(q, p + 2) : read_start(q, p + 1);
}

static QuickStep finish(const XmlQuick *q)
{
    for (const char *p = q->buffer + q->next; *p; p++)
        if (!is(q, *p, BLANK))
            return QUICK_UNKNOWN;
    return q->ended ? QUICK_GOOD : QUICK_UNKNOWN;
}

char *xml_quick_room(XmlQuick *q, gsize n)
{
    const gsize left = q->used - q->next;
    if (left > 0 && q->next > 0)
        memmove(q->buffer, q->buffer + q->next, left);
    q->next = 0;
    q->used = left;
    if (left + n + 1 > q->room) {
        q->room = left + n + 1;
        q->buffer = g_realloc(q->buffer, q->room);
    }
    return q->buffer + left;
}

QuickStep xml_quick_take(XmlQuick *q, gsize n)
{
    q->used += n;
    q->buffer[q->used] = '\0';
    if (!q->looked && (n == 0 || q->used >= LOOK_AT)) {
        read_beginning(q);
        q->looked = TRUE;
    }
    if (!q->looked)
        return QUICK_GOOD;
    Token token;
    while ((token = read_token(q)) == DONE)
        if (q->reader->problem)
            return QUICK_STOPPED;
    if (n == 0 && token == MORE)
        return finish(q);
    return token == UNKNOWN || q->used - q->next > MOST_WAITING ? QUICK_UNKNOWN : QUICK_GOOD;
}
