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
        if (pending)
            g_string_append_c(out, ' ');
        pending = FALSE;
        g_string_append_unichar(out, c);
    }
    return g_string_free(out, FALSE);
}

/* Levenshtein distance between two words of n and m characters. */
static guint distance(const gunichar *a, glong n, const gunichar *b, glong m)
{
    g_autofree guint *row = g_new(guint, m + 1);
    for (glong j = 0; j <= m; j++)
        row[j] = (guint)j;
    for (glong i = 1; i <= n; i++) {
        guint diagonal = row[0];
        row[0] = (guint)i;
        for (glong j = 1; j <= m; j++) {
            guint replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = MIN(replaced, MIN(row[j], row[j - 1]) + 1);
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

const char *text_nearest(const char *word, const char *const *candidates)
{
    glong n;
    g_autofree gunichar *w = folded(word, &n);
    guint nearest = (guint)(n / 3) + 1;
    const char *found = NULL;
    for (guint i = 0; candidates && candidates[i]; i++) {
        glong m;
        g_autofree gunichar *c = folded(candidates[i], &m);
        if (ABS(n - m) >= (glong)nearest)
            continue;
        guint d = distance(w, n, c, m);
        if (d < nearest) {
            nearest = d;
            found = candidates[i];
        }
    }
    return found;
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
