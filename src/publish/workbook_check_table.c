#include <string.h>

#include "workbook_check_parts.h"

/* ---- reading ----------------------------------------------------------------------------------
 */

typedef struct {
    XmlReader xml;
    CheckTable *table;
    gboolean found;
} TableReader;

static guint count_of(const char **attributes, const char *name, guint otherwise)
{
    const char *text = xml_attribute(attributes, name);
    return text ? (guint)MIN(g_ascii_strtoull(text, NULL, 10), CHECK_ROWS) : otherwise;
}

static void read_reference(TableReader *r, const char *reference)
{
    CheckTable *t = r->table;
    const char *colon = strchr(reference, ':');
    if (!check_parse_cell(reference, &t->row1, &t->col1) ||
        !check_parse_cell(colon ? colon + 1 : reference, &t->row2, &t->col2) || t->row2 < t->row1 ||
        t->col2 < t->col1)
        xml_stop(&r->xml, "no range of cells: %.60s (such as A5:F20)", reference);
}

static void table_start(XmlReader *reader, const char *name, const char **attributes)
{
    TableReader *r = (TableReader *)reader;
    CheckTable *t = r->table;
    if (!strcmp(name, "table") && !r->found) {
        const char *reference = xml_attribute(attributes, "ref");
        const char *shown = xml_attribute(attributes, "displayName");
        r->found = TRUE;
        t->name = g_strdup(shown ? shown : "");
        t->header_rows = count_of(attributes, "headerRowCount", 1);
        t->totals_rows = count_of(attributes, "totalsRowCount", 0);
        read_reference(r, reference ? reference : "");
    } else if (!strcmp(name, "autoFilter")) {
        t->filter = TRUE;
    } else if (!strcmp(name, "tableColumn") && t->headers->len < CHECK_COLUMNS) {
        const char *header = xml_attribute(attributes, "name");
        g_ptr_array_add(t->headers, g_strdup(header ? header : ""));
    } else if (!strcmp(name, "tableStyleInfo")) {
        const char *rows = xml_attribute(attributes, "showRowStripes");
        const char *columns = xml_attribute(attributes, "showColumnStripes");
        const char *style = xml_attribute(attributes, "name");
        t->banded = style && (!g_strcmp0(rows, "1") || !g_strcmp0(columns, "1"));
    }
}

void check_table_free(gpointer data)
{
    CheckTable *t = data;
    g_free(t->name);
    g_free(t->part);
    g_ptr_array_unref(t->headers);
    g_free(t);
}

CheckTable *check_read_table(Check *c, const char *part, GError **error)
{
    CheckTable *t = g_new0(CheckTable, 1);
    t->part = g_strdup(part);
    t->headers = g_ptr_array_new_with_free_func(g_free);
    TableReader r = {.xml = {.start = table_start, .end = check_no_end}, .table = t};
    if (archive_read_xml(c->archive, part, &r.xml, error) && r.found)
        return t;
    if (error && !*error)
        g_set_error(error, g_quark_from_static_string("workbook-check"), 0, "%s: no table in it",
                    part);
    check_table_free(t);
    return NULL;
}

/* ---- rules ------------------------------------------------------------------------------------
 */

/* As programs call a table for which nobody chose a name. */
static gboolean is_default_name(const char *name)
{
    static const char *const WORDS[] = {"table", "tbl", "tab"};
    g_autofree char *lower = g_utf8_strdown(name, -1);
    for (guint i = 0; i < G_N_ELEMENTS(WORDS); i++) {
        if (!g_str_has_prefix(lower, WORDS[i]))
            continue;
        const char *rest = lower + strlen(WORDS[i]);
        rest += *rest == '_';
        if (strspn(rest, "0123456789") == strlen(rest))
            return TRUE;
    }
    return FALSE;
}

/* "A1", "xfd12", "r1c1": Excel would take such a name for a cell. */
static gboolean is_cell_name(const char *name)
{
    guint row, column;
    g_autofree char *upper = g_ascii_strup(name, -1);
    char *end = NULL;
    if (*upper == 'R' && g_ascii_isdigit(upper[1])) {
        g_ascii_strtoull(upper + 1, &end, 10);
        if (*end == 'C' && strspn(end + 1, "0123456789") == strlen(end + 1))
            return TRUE;
    }
    return check_parse_cell(upper, &row, &column) &&
           upper[strspn(upper, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")] == '\0';
}

static void check_name(Check *c, const char *sheet, const char *cell, const CheckTable *t)
{
    gboolean legal = g_unichar_isalpha(g_utf8_get_char(t->name)) || *t->name == '_';
    for (const char *p = t->name; legal && *p; p = g_utf8_next_char(p)) {
        const gunichar letter = g_utf8_get_char(p);
        legal = g_unichar_isalnum(letter) || letter == '_' || letter == '.';
    }
    if (!legal || is_cell_name(t->name) || g_utf8_strlen(t->name, -1) > 255)
        check_breach(c, "T2", sheet, cell,
                     "a table's name that Excel does not take: \"%s\" (letters, digits, _ and ., "
                     "and no cell)",
                     t->name);
    else if (is_default_name(t->name))
        check_breach(c, "T2", sheet, cell,
                     "a table's name that says nothing: %s (what the table holds)", t->name);
    if (!g_hash_table_add(c->tables, g_utf8_casefold(t->name, -1)))
        check_breach(c, "T2", sheet, cell, "a table's name that is there twice: %s", t->name);
}

static void check_headers(Check *c, const char *sheet, const CheckTable *t)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < t->headers->len; i++) {
        const char *header = t->headers->pdata[i];
        g_autofree char *cell = check_cell_name(t->row1, t->col1 + i);
        if (!*header)
            check_breach(c, "T5", sheet, cell, "a column without a header");
        else if (!g_hash_table_add(seen, g_utf8_casefold(header, -1)))
            check_breach(c, "T5", sheet, cell,
                         "a header that is there twice, capitals aside: %s (one for each column)",
                         header);
    }
    if (t->headers->len != t->col2 - t->col1 + 1)
        check_breach(c, "X1", sheet, "", "table %s declares %u columns and covers %u", t->name,
                     t->headers->len, t->col2 - t->col1 + 1);
}

static void check_table(Check *c, const char *sheet, const CheckTable *t)
{
    g_autofree char *cell = check_cell_name(t->row1, t->col1);
    check_name(c, sheet, cell, t);
    if (t->header_rows != 1)
        check_breach(c, "T5", sheet, cell, "a table with %u header rows (one)", t->header_rows);
    else
        check_headers(c, sheet, t);
    if (t->row2 - t->row1 + 1 <= t->header_rows + t->totals_rows)
        check_breach(c, "T1", sheet, cell, "a table without a row of data");
    if (t->filter)
        check_breach(c, "T7", sheet, cell, "a filter on table %s (none)", t->name);
    if (t->banded)
        check_breach(c, "F8", sheet, cell, "bands of colour in table %s (none)", t->name);
    if (t->col1 != 1)
        check_breach(c, "S4", sheet, cell, "a table away from the left edge (column A)");
}

static gboolean overlap(const CheckTable *a, const CheckTable *b)
{
    return a->row1 <= b->row2 && b->row1 <= a->row2 && a->col1 <= b->col2 && b->col1 <= a->col2;
}

void check_tables(Check *c, const char *sheet, const GPtrArray *tables)
{
    for (guint i = 0; i < tables->len; i++) {
        const CheckTable *t = tables->pdata[i];
        check_table(c, sheet, t);
        g_autofree char *cell = check_cell_name(t->row1, t->col1);
        if (i > 0)
            check_breach(c, "S6", sheet, cell, "another table in the same worksheet: %s (one)",
                         t->name);
        if (i > 0 && overlap(t, tables->pdata[i - 1]))
            check_breach(c, "X1", sheet, cell, "two tables over the same cells: %s", t->name);
    }
}
