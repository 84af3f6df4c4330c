#include "peerline/base/text.h"

#include <string.h>

char *text_squeeze(const char *s)
{
    if (!s)
        return NULL;
    g_autofree char *valid = g_utf8_validate(s, -1, NULL) ? NULL : g_utf8_make_valid(s, -1);
    GString *out = g_string_new(NULL);
    gboolean pending = FALSE;
    for (const char *p = valid ? valid : s; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_isspace(c) || c == '\v') {
            pending = out->len > 0;
            continue;
        }
        if (g_unichar_iscntrl(c))
            continue;
        if (pending)
            g_string_append_c(out, ' ');
        pending = FALSE;
        g_string_append_unichar(out, c);
    }
    return g_string_free(out, FALSE);
}

/* Insertions, deletions, substitutions and swaps of neighbours that turn one word of n characters
 * into another of m: the restricted distance of Damerau and Levenshtein, in which no part is edited
 * twice. Three rows of the table are enough, as a swap looks back two. */
static guint distance(const gunichar *a, glong n, const gunichar *b, glong m)
{
    g_autofree guint *rows = g_new(guint, 3 * ((gsize)m + 1));
    guint *before = rows, *above = before + m + 1, *row = above + m + 1;
    for (glong j = 0; j <= m; j++)
        row[j] = (guint)j;
    for (glong i = 1; i <= n; i++) {
        guint *oldest = before;
        before = above;
        above = row;
        row = oldest;
        row[0] = (guint)i;
        for (glong j = 1; j <= m; j++) {
            const guint replaced = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = MIN(replaced, MIN(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = MIN(row[j], before[j - 2] + 1);
        }
    }
    return row[m];
}

static gunichar *folded(const char *s, glong *n)
{
    g_autofree char *valid = g_utf8_make_valid(s, -1);
    g_autofree char *lower = g_utf8_casefold(valid, -1);
    return g_utf8_to_ucs4_fast(lower, -1, n);
}

/** A candidate and how far it is from the word. */
typedef struct {
    const char *text;
    guint distance;
} Near;

/* Within a part of the word's length, nearest first; those equally near stay in their order. */
static guint nearest_few(const char *word, const char *const *candidates, guint part, Near *best,
                         guint most)
{
    glong n;
    guint found = 0;
    g_autofree gunichar *w = folded(word, &n);
    const guint limit = (guint)n / part;
    for (guint i = 0; candidates && candidates[i]; i++) {
        glong m;
        g_autofree gunichar *c = folded(candidates[i], &m);
        const guint worst = found == most ? best[most - 1].distance : limit + 1;
        if (ABS(n - m) >= (glong)worst)
            continue;
        const guint d = distance(w, n, c, m);
        if (d >= worst)
            continue;
        guint at = found == most ? most - 1 : found++;
        for (; at > 0 && best[at - 1].distance > d; at--)
            best[at] = best[at - 1];
        best[at] = (Near){candidates[i], d};
    }
    return found;
}

const char *text_nearest(const char *word, const char *const *candidates)
{
    Near best;
    return nearest_few(word, candidates, 3, &best, 1) ? best.text : NULL;
}

guint text_nearest_few(const char *word, const char *const *candidates, const char **out,
                       guint most)
{
    g_autofree Near *best = g_new(Near, most + 1);
    const guint n = most ? nearest_few(word, candidates, 2, best, most) : 0;
    for (guint i = 0; i < n; i++)
        out[i] = best[i].text;
    return n;
}

char *text_list(const char *const *items, guint n, const char *conjunction)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        if (i > 0 && i + 1 == n)
            g_string_append_printf(out, " %s ", conjunction);
        else if (i > 0)
            g_string_append(out, ", ");
        g_string_append(out, items[i]);
    }
    return g_string_free(out, FALSE);
}

gboolean text_is_code(const char *s)
{
    if (!s)
        return FALSE;
    gsize n = 0;
    for (; s[n]; n++) {
        if (n >= 64 || !(g_ascii_isalnum(s[n]) || s[n] == '-' || s[n] == '_'))
            return FALSE;
    }
    return n > 0;
}

char *text_sha256(const void *data, gsize n)
{
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, n ? data : (const void *)"", n);
}

void text_append_csv(GString *out, const char *field)
{
    /* Blanks at the ends are quoted too: several readers trim them otherwise. */
    gsize n = strlen(field);
    gboolean quote = field[strcspn(field, ",\"\r\n")] != '\0' ||
                     (n > 0 && (field[0] == ' ' || field[n - 1] == ' '));
    if (!quote) {
        g_string_append_len(out, field, (gssize)n);
        return;
    }
    g_string_append_c(out, '"');
    for (const char *p = field; *p; p++) {
        if (*p == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}
