#include "peerline/base/place_name.h"

#include <glib.h>

static const char *const KINDS[] = {"the",      "city",         "county",  "council",   "borough",
                                    "district", "metropolitan", "unitary", "authority", "royal",
                                    "ua",       "mbc",          "mdc",     "lb",        "cc",
                                    "bc",       "dc",           NULL};

static gboolean is_mark(gunichar c)
{
    const GUnicodeType type = g_unichar_type(c);
    return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK ||
           type == G_UNICODE_SPACING_MARK;
}

/* Letters without accents, digits and single blanks. */
static char *plain(const char *name)
{
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    g_autofree char *apart = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
    g_autofree char *lower = g_utf8_casefold(apart, -1);
    GString *out = g_string_new(NULL);
    for (const char *p = lower; *p; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (is_mark(c) || c == '.' || c == '\'' || c == 0x2018 || c == 0x2019 || c == '`')
            continue;
        if (c == '&' || c == '+')
            g_string_append(out, " and ");
        else if (g_unichar_isalnum(c))
            g_string_append_unichar(out, c);
        else
            g_string_append_c(out, ' ');
    }
    return g_string_free(out, FALSE);
}

char *place_name_fold(const char *name)
{
    g_autofree char *text = plain(name);
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    g_autoptr(GString) all = g_string_new(NULL);
    GString *own = g_string_new(NULL);
    gboolean dropped = FALSE;
    for (char **word = words; *word; word++) {
        if (!**word)
            continue;
        g_string_append_printf(all, "%s%s", all->len ? " " : "", *word);
        dropped = g_strv_contains(KINDS, *word) || (dropped && g_str_equal(*word, "of"));
        if (!dropped)
            g_string_append_printf(own, "%s%s", own->len ? " " : "", *word);
    }
    if (own->len == 0)
        g_string_assign(own, all->str);
    return g_string_free(own, FALSE);
}
