#include "workbook_check_cells.h"

#include <string.h>

#include "peerline/base/error.h"

#define DEFAULT_WIDTH 8.43
#define MOST_TABLES   1000
#define TOLERANCE     0.8 /* of a width that was estimated */

/* ---- rows and columns -------------------------------------------------------------------------
 */

static gboolean is_true(const char **attributes, const char *name)
{
    const char *value = xml_attribute(attributes, name);
    return value && (!strcmp(value, "1") || !strcmp(value, "true"));
}

static void row_begin(SheetCheck *s, const char **attributes)
{
    const char *number = xml_attribute(attributes, "r"), *height = xml_attribute(attributes, "ht");
    const guint64 row = number ? g_ascii_strtoull(number, NULL, 10) : s->row + 1;
    if (row <= s->row || row > CHECK_ROWS) {
        xml_stop(&s->xml, "rows out of order: %.20s after %u", number ? number : "", s->row);
        return;
    }
    check_rows_up_to(s, (guint)row - 1);
    s->row = (guint)row;
    s->column = 0;
    g_autofree char *cell = check_cell_name(s->row, 1);
    if (is_true(attributes, "hidden") || (height && g_ascii_strtod(height, NULL) <= 0))
        BREACH(s, "T9", cell, "a hidden row");
}

static void column_begin(SheetCheck *s, const char **attributes)
{
    const char *first = xml_attribute(attributes, "min"), *last = xml_attribute(attributes, "max");
    const char *width = xml_attribute(attributes, "width");
    const Widths w = {.first = first ? (guint)g_ascii_strtoull(first, NULL, 10) : 0,
                      .last = last ? (guint)g_ascii_strtoull(last, NULL, 10) : 0,
                      .width = width ? g_ascii_strtod(width, NULL) : s->default_width};
    if (w.first < 1 || w.first > CHECK_COLUMNS || s->widths->len > CHECK_COLUMNS)
        return;
    g_array_append_val(s->widths, w);
    g_autofree char *cell = check_cell_name(1, w.first);
    if (is_true(attributes, "hidden") || w.width <= 0)
        BREACH(s, "T9", cell, "a hidden column, or several");
}

static double width_of(const SheetCheck *s, guint column)
{
    for (guint i = 0; i < s->widths->len; i++) {
        const Widths *w = &g_array_index(s->widths, Widths, i);
        if (column >= w->first && column <= w->last)
            return w->width;
    }
    return s->default_width;
}

/* ---- what else a sheet may have ----------------------------------------------------------------
 */

static void on_pane(SheetCheck *s, const char **attributes)
{
    const char *state = xml_attribute(attributes, "state");
    const char *cell = xml_attribute(attributes, "topLeftCell");
    BREACH(s, "T7", cell ? cell : "", "%s (none)",
           state && g_str_has_prefix(state, "frozen") ? "frozen panes" : "a split window");
}

static void on_selection(SheetCheck *s, const char **attributes)
{
    const char *cell = xml_attribute(attributes, "activeCell");
    if (cell && strcmp(cell, "A1"))
        BREACH(s, "P4", cell, "saved with the cursor elsewhere (in A1)");
}

static void on_view(SheetCheck *s, const char **attributes)
{
    const char *cell = xml_attribute(attributes, "topLeftCell");
    if (cell && strcmp(cell, "A1"))
        BREACH(s, "P4", cell, "saved with the window elsewhere (from A1 on)");
}

static void on_merge(SheetCheck *s, const char **attributes)
{
    const char *range = xml_attribute(attributes, "ref");
    BREACH(s, "T3", range ? range : "", "merged cells (none)");
}

static void on_filter(SheetCheck *s, const char **attributes)
{
    const char *range = xml_attribute(attributes, "ref");
    BREACH(s, "T7", range ? range : "", "a filter (none)");
}

static void on_format(SheetCheck *s, const char **attributes)
{
    const char *width = xml_attribute(attributes, "defaultColWidth");
    if (width)
        s->default_width = g_ascii_strtod(width, NULL);
    if (is_true(attributes, "zeroHeight"))
        BREACH(s, "T9", "", "rows are hidden unless they say otherwise");
}

static void on_conditional(SheetCheck *s, const char **attributes)
{
    const char *range = xml_attribute(attributes, "sqref");
    BREACH(s, "F9", range ? range : "",
           "colours that depend on figures (what they say, in words too, and without them)");
}

static void on_link(SheetCheck *s, const char **attributes)
{
    const char *cell = xml_attribute(attributes, "ref");
    const char *text = cell ? g_hash_table_lookup(s->poor_links, cell) : NULL;
    if (text)
        BREACH(s, "F2", cell, "a link that does not say where it leads: %s", text);
}

static void on_legacy(SheetCheck *s, const char **attributes)
{
    (void)attributes;
    BREACH(s, "F6", "", "comments or controls that float over the cells (none)");
}

static void on_picture(SheetCheck *s, const char **attributes)
{
    (void)attributes;
    BREACH(s, "F11", "", "an image behind the cells (none)");
}

static const struct {
    const char *name;
    void (*on)(SheetCheck *s, const char **attributes);
} ELEMENTS[] = {
    {"row", row_begin},
    {"c", check_cell_begin},
    {"col", column_begin},
    {"sheetView", on_view},
    {"pane", on_pane},
    {"selection", on_selection},
    {"mergeCell", on_merge},
    {"autoFilter", on_filter},
    {"sheetFormatPr", on_format},
    {"conditionalFormatting", on_conditional},
    {"hyperlink", on_link},
    {"legacyDrawing", on_legacy},
    {"control", on_legacy},
    {"oleObject", on_legacy},
    {"picture", on_picture},
};

static gboolean is_header_footer(const char *name)
{
    static const char *const NAMES[] = {"oddHeader",   "oddFooter",   "evenHeader", "evenFooter",
                                        "firstHeader", "firstFooter", NULL};
    return g_strv_contains(NAMES, name);
}

static void sheet_start(XmlReader *r, const char *name, const char **attributes)
{
    SheetCheck *s = (SheetCheck *)r;
    if (s->in_inline) {
        check_runs_start(s->runs, name, attributes);
        return;
    }
    s->in_value = !strcmp(name, "v");
    s->in_inline = !strcmp(name, "is");
    if (is_header_footer(name))
        s->in_header_footer = TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(ELEMENTS); i++)
        if (!strcmp(name, ELEMENTS[i].name))
            ELEMENTS[i].on(s, attributes);
}

static void sheet_end(XmlReader *r, const char *name)
{
    SheetCheck *s = (SheetCheck *)r;
    if (!strcmp(name, "is"))
        s->in_inline = FALSE;
    else if (s->in_inline)
        check_runs_end(s->runs, name);
    else if (!strcmp(name, "v"))
        s->in_value = FALSE;
    else if (!strcmp(name, "c") && s->row > 0)
        check_cell_end(s);
    else if (!strcmp(name, "row"))
        check_rows_up_to(s, s->row);
    else if (!strcmp(name, "sheetData") && s->table)
        check_rows_up_to(s, s->table->row2);
    else if (is_header_footer(name))
        s->in_header_footer = FALSE;
}

static void sheet_text(XmlReader *r, const char *text, gsize n)
{
    SheetCheck *s = (SheetCheck *)r;
    gboolean fits = TRUE;
    if (s->in_inline) {
        fits = check_runs_text(s->runs, text, n);
    } else if (s->in_value) {
        g_string_append_len(s->value, text, (gssize)n);
        fits = s->value->len <= CHECK_TEXT_BYTES;
    } else if (s->in_header_footer && !s->header_footer)
        s->header_footer = g_strndup(text, n);
    if (!fits)
        xml_stop(r, CHECK_TEXT_LONG);
}

/* ---- after the last cell ------------------------------------------------------------------------
 */

static void judge_widths(SheetCheck *s)
{
    for (guint i = 0; i < s->n_columns; i++) {
        const double width = width_of(s, s->table->col1 + i);
        if (s->widest[i] * TOLERANCE <= width)
            continue;
        g_autofree char *cell = check_cell_name(s->table->row1, s->table->col1 + i);
        BREACH(s, "T10", cell,
               "a column of width %.1f, too narrow for what it holds (%.0f or more)", width,
               s->widest[i]);
    }
}

static void judge_columns(SheetCheck *s)
{
    const guint rows = s->table->row2 - body_first(s) + 1;
    for (guint i = 0; s->table->row2 >= body_first(s) && rows > 1 && i < s->n_columns; i++) {
        g_autofree char *cell = check_cell_name(s->table->row1, s->table->col1 + i);
        if (s->with_text[i] == 0)
            BREACH(s, "T4", cell, "a blank column within the table (none)");
    }
}

static void judge_sheet(SheetCheck *s)
{
    const gboolean cover = s->sheet->index == 0;
    if (s->cells == 0) {
        BREACH(s, "S2", "", "a blank worksheet");
        return;
    }
    if (!s->has_title)
        BREACH(s, "F4", "A1", "no title (in A1, what the worksheet holds)");
    if (s->header_footer)
        BREACH(s, "F6", "", "a header or footer: %.60s (none)", s->header_footer);
    if (!s->table && (s->beyond_a > 0 || !cover))
        BREACH(s, "T1", "", "%s",
               s->beyond_a > 0 ? "cells that are not marked up as a table"
                               : "no table marked up as such");
    if (!s->table)
        return;
    if (s->table->row1 == 1)
        BREACH(s, "F4", "A1", "a table where the title should be");
    if (!s->says_one_table && !cover)
        BREACH(s, "S3", "", "column A does not say that the worksheet contains one table");
    judge_columns(s);
    judge_widths(s);
}

/* ---- the whole ----------------------------------------------------------------------------------
 */

static gboolean read_related(SheetCheck *s, GError **error)
{
    g_autoptr(GArray) relations = NULL;
    if (!check_relations(s->check, s->sheet->part, &relations, error))
        return FALSE;
    for (guint i = 0; i < relations->len; i++) {
        const CheckRelation *r = &g_array_index(relations, CheckRelation, i);
        if (!strcmp(r->type, "drawing") &&
            !check_drawing(s->check, r->target, s->sheet->name, error))
            return FALSE;
        if (strcmp(r->type, "table"))
            continue;
        if (s->tables->len == MOST_TABLES) {
            g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED,
                        "%s: more than %d tables (one)", s->sheet->part, MOST_TABLES);
            return FALSE;
        }
        CheckTable *table = check_read_table(s->check, r->target, error);
        if (!table)
            return FALSE;
        g_ptr_array_add(s->tables, table);
    }
    return TRUE;
}

static void prepare_table(SheetCheck *s)
{
    check_tables(s->check, s->sheet->name, s->tables);
    s->table = s->tables->len > 0 ? s->tables->pdata[0] : NULL;
    s->n_columns = s->table ? s->table->col2 - s->table->col1 + 1 : 0;
    s->filled = g_new0(guint8, s->n_columns + 1);
    s->with_text = g_new0(guint, s->n_columns + 1);
    s->widest = g_new0(double, s->n_columns + 1);
    s->headers = g_new0(char *, s->n_columns + 1);
}

static void sheet_check_clear(SheetCheck *s)
{
    for (guint i = 0; i < s->n_columns; i++)
        g_free(s->headers[i]);
    g_free(s->headers);
    g_free(s->filled);
    g_free(s->with_text);
    g_free(s->widest);
    g_free(s->header_footer);
    g_hash_table_unref(s->poor_links);
    g_ptr_array_unref(s->tables);
    g_array_unref(s->widths);
    g_string_free(s->value, TRUE);
    check_runs_free(s->runs);
}

gboolean check_sheet(Check *c, const CheckSheet *sheet, GError **error)
{
    g_autofree char *lower = g_utf8_strdown(sheet->name, -1);
    SheetCheck s = {.xml = {.start = sheet_start, .end = sheet_end, .text = sheet_text},
                    .check = c,
                    .sheet = sheet,
                    .tables = g_ptr_array_new_with_free_func(check_table_free),
                    .notes_sheet = strstr(lower, "note") != NULL,
                    .poor_links = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                    .value = g_string_new(NULL),
                    .runs = check_runs_new(),
                    .widths = g_array_new(FALSE, TRUE, sizeof(Widths)),
                    .default_width = DEFAULT_WIDTH};
    gboolean done = read_related(&s, error);
    if (done) {
        prepare_table(&s);
        done = archive_read_xml(c->archive, sheet->part, &s.xml, error);
    }
    if (done)
        judge_sheet(&s);
    sheet_check_clear(&s);
    return done;
}
