#include "shapes.h"

#include <string.h>

/* Where the members of one member of the outermost object begin. jansson knows lines only of what
 * it cannot read, so the text, by then known to be JSON, is walked once more for them. */

typedef struct {
    const char *at, *end;
    guint line;
    guint depth;
    const char *key; /* last string at depth 1 */
    gsize key_length;
    gboolean inside, begin; /* in the member; the next token begins a member of it */
    GArray *lines;
} Walk;

static void pass_string(Walk *w)
{
    const char *start = w->at++;
    while (w->at < w->end && *w->at != '"') {
        w->at += *w->at == '\\' ? 2 : 1;
    }
    if (w->depth == 1) {
        w->key = start + 1;
        w->key_length = (gsize)(w->at - start - 1);
    }
}

static gboolean is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void step(Walk *w, const char *member)
{
    char c = *w->at;
    if (w->inside && w->begin && w->depth == 2 && !is_blank(c) && c != ']' && c != '}') {
        g_array_append_val(w->lines, w->line);
        w->begin = FALSE;
    }
    switch (c) {
    case '\n': w->line++; break;
    case '"': pass_string(w); break;
    case '{':
    case '[':
        w->depth++;
        w->begin = w->depth == 2;
        break;
    case '}':
    case ']': w->depth--; break;
    case ',': w->begin = w->depth == 2; break;
    case ':':
        if (w->depth == 1) {
            w->inside =
                w->key_length == strlen(member) && strncmp(w->key, member, w->key_length) == 0;
        }
        break;
    default: break;
    }
}

GArray *shapes_member_lines(const char *data, gsize n, const char *member)
{
    Walk w = {
        .at = data, .end = data + n, .line = 1, .lines = g_array_new(FALSE, FALSE, sizeof(guint))};
    for (; w.at < w.end; w.at++) {
        step(&w, member);
    }
    return w.lines;
}
