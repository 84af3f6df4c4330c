#include <string.h>

#include "workbook_check_parts.h"

/* Shorthand of the Analysis Function, with the codes that Wales has beside it. */
static const char *const SHORTHAND[] = {"[b]",  "[c]", "[e]", "[er]", "[f]",  "[k]",   "[low]",
                                        "[ns]", "[p]", "[r]", "[s]",  "[ss]", "[sss]", "[t]",
                                        "[u]",  "[w]", "[x]", "[z]",  NULL};

/* Texts that programs write where a number is missing. */
static const char *const NO_NUMBERS[] = {"nan",     "-nan",     "+nan",      "inf",  "-inf",
                                         "+inf",    "infinity", "-infinity", "null", "#n/a",
                                         "#div/0!", "#value!",  "#ref!",     NULL};

static const char *const NO_SHORTHAND[] = {"na", "n/a", "n.a.", "n/k", "nk", "tbc", NULL};

static const char *const NO_LINKS[] = {"click here", "here",      "link", "more",
                                       "read more",  "this link", NULL};

/* ---- shorthand and notes ----------------------------------------------------------------------
 */

static void remember(GHashTable *table, const char *key, const CheckWhere *w)
{
    if (!g_hash_table_contains(table, key))
        g_hash_table_insert(table, g_strdup(key), g_strdup_printf("%s\t%s", w->sheet, w->cell));
}

/* The next "[…]" from *p on, lower case; NULL: none. *p goes behind it. */
static char *next_bracket(const char **p)
{
    const char *open = strchr(*p, '[');
    const char *close = open ? strchr(open, ']') : NULL;
    if (!close)
        return NULL;
    *p = close + 1;
    g_autofree char *text = g_strndup(open, (gsize)(close + 1 - open));
    return g_utf8_strdown(text, -1);
}

/* "[c]", "[r][e]": nothing but shorthand. */
static gboolean is_marks(const char *text)
{
    const char *p = text;
    while (*p == '[') {
        const gsize n = strspn(p + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        if (n < 1 || n > 5 || p[n + 1] != ']')
            return FALSE;
        p += n + 2;
    }
    return p != text && *p == '\0';
}

static gboolean is_note(const char *bracket, char **name)
{
    if (!g_str_has_prefix(bracket, "[note"))
        return FALSE;
    *name = g_strndup(bracket + 1, strlen(bracket) - 2);
    g_strstrip(*name);
    return TRUE;
}

static void use_marks(Check *c, const char *text, const CheckWhere *w)
{
    const char *p = text;
    char *mark;
    while ((mark = next_bracket(&p))) {
        if (!g_strv_contains(SHORTHAND, mark))
            check_breach(c, "T8", w->sheet, w->cell,
                         "shorthand that is not in the list of the Analysis Function: %s", mark);
        remember(c->marks, mark, w);
        g_free(mark);
    }
}

/* A line, or a cell of a cover or notes sheet, may say what shorthand means. */
static void declare_marks(Check *c, const char *text, const CheckWhere *w)
{
    const gboolean explains = w->place == CHECK_LINE || w->first_sheet || w->notes_sheet;
    const char *p = text;
    char *mark;
    while (explains && (mark = next_bracket(&p)))
        g_hash_table_add(c->declared, mark);
}

static void check_notes(Check *c, const char *text, const CheckWhere *w)
{
    const char *p = text;
    char *bracket;
    while ((bracket = next_bracket(&p))) {
        g_autofree char *name = NULL;
        if (is_note(bracket, &name)) {
            remember(c->notes, name, w);
            const gboolean own = w->header && strstr(w->header, "note");
            if (w->place == CHECK_BODY && !own && !w->notes_sheet)
                check_breach(c, "N3", w->sheet, w->cell,
                             "a note in a cell of data: %s (in the title, a header or a column "
                             "Notes)",
                             bracket);
        } else if (strspn(bracket + 1, "0123456789") == strlen(bracket) - 2 && bracket[1] != ']')
            check_breach(c, "N2", w->sheet, w->cell, "a note without the word: %s ([note 1])",
                         bracket);
        g_free(bracket);
    }
    g_autofree char *lower = g_utf8_strdown(text, -1);
    if (w->notes_sheet && g_str_has_prefix(lower, "note"))
        g_hash_table_add(c->explained, g_steal_pointer(&lower));
}

/* ---- symbols ----------------------------------------------------------------------------------
 */

static gboolean is_note_symbol(gunichar c)
{
    return c == '*' || c == 0x2020 || c == 0x2021 || c == 0xA7 || c == 0xB6 || c == 0xB9 ||
           c == 0xB2 || c == 0xB3 || c == 0x2070 || (c >= 0x2074 && c <= 0x2079);
}

/* "Total*", "England†", "Rate¹": a symbol behind a word; m² and km³ are units. */
static gboolean ends_in_note_symbol(const char *text)
{
    const char *end = text + strlen(text);
    if (end == text)
        return FALSE;
    const char *last = g_utf8_prev_char(end);
    if (last == text || !is_note_symbol(g_utf8_get_char(last)))
        return FALSE;
    const gunichar symbol = g_utf8_get_char(last), before = g_utf8_get_char(g_utf8_prev_char(last));
    const gboolean unit = (symbol == 0xB2 || symbol == 0xB3) && before == 'm';
    return !unit && !g_unichar_isspace(before);
}

/* Per cent and currencies are units, which may stand alone. */
static gboolean says_something(const char *text)
{
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (g_unichar_isalnum(c) || c == '%' || g_unichar_type(c) == G_UNICODE_CURRENCY_SYMBOL)
            return TRUE;
    }
    return FALSE;
}

static void check_body(Check *c, const char *text, const CheckWhere *w)
{
    g_autofree char *folded = g_utf8_strdown(text, -1);
    g_strstrip(folded);
    if (!*folded)
        check_breach(c, "T8", w->sheet, w->cell, "a cell of nothing but blanks (shorthand)");
    else if (g_strv_contains(NO_NUMBERS, folded))
        check_breach(c, "X1", w->sheet, w->cell,
                     "text that a program wrote for a number that is none: %s (shorthand)", text);
    else if (g_strv_contains(NO_SHORTHAND, folded))
        check_breach(c, "T8", w->sheet, w->cell,
                     "an abbreviation in place of a figure: %s (shorthand in square brackets)",
                     text);
    else if (!says_something(text))
        check_breach(c, "F5", w->sheet, w->cell,
                     "a symbol in place of a figure: %s (shorthand in square brackets)", text);
}

/* ---- links ------------------------------------------------------------------------------------
 */

static void check_links(Check *c, const char *text, const CheckWhere *w)
{
    g_autofree char *lower = g_utf8_strdown(text, -1);
    if (strstr(lower, "http://") || strstr(lower, "https://") || g_str_has_prefix(lower, "www."))
        check_breach(c, "F2", w->sheet, w->cell,
                     "an address as text: %.120s (a link with words that say where it leads)",
                     g_utf8_validate(text, -1, NULL) && strlen(text) <= 120 ? text : "a long one");
}

gboolean check_says_nothing(const char *text)
{
    g_autofree char *lower = g_utf8_strdown(text, -1);
    return g_strv_contains(NO_LINKS, g_strstrip(lower));
}

/* ---- the whole --------------------------------------------------------------------------------
 */

void check_text(Check *c, const char *text, const CheckWhere *w)
{
    check_links(c, text, w);
    if (w->place == CHECK_BODY && is_marks(text) && !w->notes_sheet && !w->first_sheet) {
        use_marks(c, text, w);
        return;
    }
    declare_marks(c, text, w);
    check_notes(c, text, w);
    if (ends_in_note_symbol(text))
        check_breach(c, "N1", w->sheet, w->cell, "a symbol as note marker: %.*s ([note 1])",
                     (int)MIN(strlen(text), 80), text);
    if (w->place == CHECK_BODY)
        check_body(c, text, w);
    if (w->first_sheet && !c->language) {
        g_autofree char *lower = g_utf8_strdown(text, -1);
        c->language = strstr(lower, "language") != NULL;
    }
}

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

/* Used and nowhere explained. */
static void check_explained(Check *c, GHashTable *used, GHashTable *explained, gboolean marks)
{
    g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(used), by_text);
    for (GList *k = keys; k; k = k->next) {
        if (g_hash_table_contains(explained, k->data))
            continue;
        g_auto(GStrv) where = g_strsplit(g_hash_table_lookup(used, k->data), "\t", 2);
        if (marks)
            check_breach(c, "T8", where[0], where[1],
                         "shorthand that is nowhere explained: %s (on the cover, or above the "
                         "table)",
                         (char *)k->data);
        else
            check_breach(c, "N4", where[0], where[1],
                         "a note that no notes sheet explains: %s (a row of the table of a sheet "
                         "called Notes)",
                         (char *)k->data);
    }
}

void check_references(Check *c)
{
    check_explained(c, c->marks, c->declared, TRUE);
    check_explained(c, c->notes, c->explained, FALSE);
    if (!c->language)
        check_breach(c, "P3", "", "",
                     "nothing says in which language the workbook is (the property language, or a "
                     "line on the cover)");
}
