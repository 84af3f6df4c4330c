#include "csv.h"

#include <string.h>

void csv_begin(CsvScanner *s, char *buffer, char delimiter)
{
    *s = (CsvScanner){.delimiter = delimiter, .next = buffer, .next_line = 1};
    s->stop[(guchar)delimiter] = s->stop['\n'] = s->stop['\r'] = s->stop['\0'] = 1;
}

void csv_end(CsvScanner *s)
{
    g_clear_pointer(&s->fields, g_free);
}

static gboolean is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Adds the field [start, end), end being a byte that may be overwritten. */
static void add_field(CsvScanner *s, char *start, char *end)
{
    for (;;) {
        if (start < end && is_blank(*start))
            start++;
        else if (end - start >= 2 && start[0] == '\xC2' && start[1] == '\xA0')
            start += 2;
        else
            break;
    }
    for (;;) {
        if (end > start && is_blank(end[-1]))
            end--;
        else if (end - start >= 2 && end[-2] == '\xC2' && end[-1] == '\xA0')
            end -= 2;
        else
            break;
    }
    *end = '\0';
    if (s->n == s->capacity) {
        s->capacity = MAX(64, s->capacity * 2);
        s->fields = g_renew(char *, s->fields, s->capacity);
    }
    s->fields[s->n++] = start;
}

/* p is behind the opening mark; returns the byte behind the closing one, or the end of the buffer.
 * Doubled marks become one by moving what follows to the left. */
static char *quoted(CsvScanner *s, char *p, char **end)
{
    char *w = p;
    for (;;) {
        char *from = p;
        while (*p != '"' && *p != '\n' && *p != '\r' && *p != '\0')
            p++;
        if (w != from)
            memmove(w, from, (gsize)(p - from));
        w += p - from;
        if (*p == '\0') {
            s->open = TRUE;
            break;
        }
        if (*p == '"') {
            if (*++p != '"')
                break;
        } else if (*p == '\n' || p[1] != '\n') { /* CRLF counts at its LF */
            s->next_line++;
        }
        *w++ = *p++;
    }
    *end = w;
    return p;
}

/* Reads one field from `next`; afterwards `next` is at the byte that ended it, which is returned
 * because terminating the field overwrites it. */
static char scan_field(CsvScanner *s)
{
    char *start = s->next, *p = start, *end;
    if (*p == '"') {
        p = quoted(s, ++start, &end);
        while ((*p == ' ' || *p == '\t') && *p != s->delimiter)
            p++;
        if (!s->stop[(guchar)*p])
            s->stray = TRUE;
        while (!s->stop[(guchar)*p])
            p++;
    } else {
        while (!s->stop[(guchar)*p])
            p++;
        end = p;
    }
    char ended_by = *p;
    s->next = p;
    add_field(s, start, end);
    return ended_by;
}

gboolean csv_next(CsvScanner *s)
{
    if (*s->next == '\0')
        return FALSE;
    s->n = 0;
    s->line = s->next_line;
    s->stray = s->open = FALSE;
    char ended_by;
    while ((ended_by = scan_field(s)) == s->delimiter)
        s->next++;
    s->newline = ended_by != '\0';
    if (s->newline) {
        s->next += ended_by == '\r' && s->next[1] == '\n' ? 2 : 1;
        s->next_line++;
    }
    return TRUE;
}
