#include <math.h>
#include <string.h>

#include "workbook_check_parts.h"
#include "xlsx_book.h"

/* One worksheet, as a stream of cells. Its tables are read before it, so that each cell is judged
 * by where it stands; of a table no more is kept than a few numbers for each column. */

#define DEFAULT_WIDTH 8.43
#define WIDEST_WORD   60.0 /* no column can be asked to hold a longer one: hashes, addresses */
#define TOLERANCE     0.8  /* of a width that was estimated */

typedef struct {
    guint first, last;
    double width;
} Widths;

typedef struct {
    XmlReader xml;
    Check *check;
    const CheckSheet *sheet;
    GPtrArray *tables;       /* CheckTable * */
    const CheckTable *table; /* the first, or NULL */
    gboolean notes_sheet;
    /* the cell being read */
    guint row, column, style;
    char type;
    gboolean has_style, in_value, in_inline, in_header_footer;
    GString *value;
    CheckRuns *runs;
    /* the sheet so far */
    guint cells, beyond_a;
    gboolean has_title, says_one_table;
    GArray *widths; /* Widths */
    double default_width;
    char *header_footer;
    /* its table */
    guint n_columns, filled_in_row, rows_done; /* the last row of the body that was judged */
    guint8 *filled;                            /* of the row being read */
    guint *with_text;                          /* per column: cells that are not empty */
    double *widest;                            /* per column */
    char **headers;                            /* per column, lower case */
} SheetCheck;

#define BREACH(s, rule, cell, ...)                                                                 \
    check_breach((s)->check, rule, (s)->sheet->name, cell, __VA_ARGS__)

/* ---- rows of the table ------------------------------------------------------------------------
 */

static guint body_first(const SheetCheck *s)
{
    return s->table->row1 + s->table->header_rows;
}

static void judge_row(SheetCheck *s, guint row)
{
    const guint first = s->table->col1;
    g_autofree char *start = check_cell_name(row, first);
    if (s->filled_in_row == 0)
        BREACH(s, "T4", start, "a blank row within the table (none)");
    for (guint i = 0; s->filled_in_row > 0 && i < s->n_columns; i++) {
        if (s->filled[i])
            continue;
        g_autofree char *cell = check_cell_name(row, first + i);
        BREACH(s, "T8", cell, "an empty cell (shorthand that says why)");
    }
    memset(s->filled, 0, s->n_columns);
    s->filled_in_row = 0;
}

/* Everything of the table's body up to `row` has been seen. */
static void rows_up_to(SheetCheck *s, guint row)
{
    if (!s->table)
        return;
    for (guint next = MAX(s->rows_done + 1, body_first(s)); next <= MIN(row, s->table->row2);
         next++) {
        judge_row(s, next);
        s->rows_done = next;
    }
}

/* ---- cells ------------------------------------------------------------------------------------
 */

static gboolean in_table(const SheetCheck *s)
{
    const CheckTable *t = s->table;
    return t && s->row >= t->row1 && s->row <= t->row2 && s->column >= t->col1 &&
           s->column <= t->col2;
}

static CheckPlace place_of(const SheetCheck *s)
{
    if (!in_table(s))
        return CHECK_LINE;
    return s->row < body_first(s) ? CHECK_HEADER : CHECK_BODY;
}

static void judge_format(SheetCheck *s, const char *cell, gboolean text, gboolean mark)
{
    if (s->style >= s->check->styles->len)
        return;
    const CheckStyle *f = &g_array_index(s->check->styles, CheckStyle, s->style);
    if (f->font)
        BREACH(s, "F3", cell, "%s", f->font);
    if (f->place && text && !mark)
        BREACH(s, "F3", cell, "%s", f->place);
    if (f->color)
        BREACH(s, "F10", cell, "%s", f->color);
    if (f->raised && text)
        BREACH(s, "N1", cell, "raised or lowered letters (a note as [note 1])");
    if (text && !mark && in_table(s) && !f->wraps)
        BREACH(s, "T6", cell, "text that does not wrap");
}

static void judge_fill(SheetCheck *s)
{
    if (s->style >= s->check->styles->len)
        return;
    const CheckStyle *f = &g_array_index(s->check->styles, CheckStyle, s->style);
    if (!f->fill)
        return;
    g_autofree char *cell = check_cell_name(s->row, s->column);
    BREACH(s, "F8", cell, "%s", f->fill);
}

/* Outside of the table there is text in column A above it, and nothing else. */
static void judge_place(SheetCheck *s, const char *cell)
{
    const CheckTable *t = s->table;
    if (!t) {
        s->beyond_a += s->column > 1;
        return;
    }
    for (guint i = 1; i < s->tables->len; i++) {
        const CheckTable *other = s->tables->pdata[i];
        if (s->row >= other->row1 && s->row <= other->row2 && s->column >= other->col1 &&
            s->column <= other->col2)
            return; /* told as another table */
    }
    if (s->row > t->row2)
        BREACH(s, "S5", cell, "something below the table (nothing)");
    else if (s->row >= t->row1)
        BREACH(s, "S6", cell, "something beside the table (nothing)");
    else if (s->column > 1)
        BREACH(s, "S3", cell, "text above the table that is not in column A");
}

static void judge_title(SheetCheck *s, const char *text)
{
    s->has_title = TRUE;
    const gboolean bold = s->style < s->check->styles->len &&
                          g_array_index(s->check->styles, CheckStyle, s->style).bold;
    if (!text)
        BREACH(s, "F4", "A1", "the title is no text");
    else if (!bold)
        BREACH(s, "F4", "A1", "a title that does not look like a heading (bold)");
}

static void keep_header(SheetCheck *s, const char *cell, const char *text)
{
    const guint i = s->column - s->table->col1;
    const char *declared = i < s->table->headers->len ? s->table->headers->pdata[i] : "";
    /* Line ends are written in ways of their own in the table's part. */
    if (!strpbrk(text, "\r\n") && !strchr(declared, '\n') && !strstr(declared, "_x00") &&
        strcmp(text, declared))
        BREACH(s, "X1", cell, "the header of the cell and of the table differ: %s, %s", text,
               declared);
    g_free(s->headers[i]);
    s->headers[i] = g_utf8_strdown(text, -1);
}

static void judge_text(SheetCheck *s, const char *cell, const CheckText *text)
{
    const CheckPlace place = place_of(s);
    const CheckWhere where = {.sheet = s->sheet->name,
                              .cell = cell,
                              .place = place,
                              .header = place == CHECK_BODY ? s->headers[s->column - s->table->col1]
                                                            : NULL,
                              .first_sheet = s->sheet->index == 0,
                              .notes_sheet = s->notes_sheet};
    if (text->fault)
        BREACH(s, "F3", cell, "%s", text->fault);
    if (text->raised)
        BREACH(s, "N1", cell, "raised or lowered letters (a note as [note 1])");
    if (place == CHECK_HEADER)
        keep_header(s, cell, text->text);
    if (place == CHECK_LINE && s->table && s->row < s->table->row1 && strstr(text->text, "table"))
        s->says_one_table = TRUE;
    check_text(s->check, text->text, &where);
}

static void judge_number(SheetCheck *s, const char *cell)
{
    char *end = NULL;
    const double x = g_ascii_strtod(s->value->str, &end);
    const gboolean whole = end && *end == '\0' && end != s->value->str;
    if (!whole || !isfinite(x))
        BREACH(s, "X1", cell, "a number that is none: %.60s (shorthand)", s->value->str);
    else if (in_table(s)) {
        const guint i = s->column - s->table->col1;
        const double digits = fabs(x) < 10 ? 1 : floor(log10(fabs(x))) + 1;
        s->widest[i] = MAX(s->widest[i], digits * 0.556 * 16 / 7);
    }
    if (place_of(s) == CHECK_HEADER)
        BREACH(s, "X1", cell, "a header that is no text: %.60s", s->value->str);
}

/* The text of the cell; FALSE if it is no text. */
static gboolean text_of(SheetCheck *s, CheckText *out)
{
    if (s->type == 's') {
        const guint64 i = g_ascii_strtoull(s->value->str, NULL, 10);
        if (i >= s->check->strings->len)
            return FALSE;
        *out = g_array_index(s->check->strings, CheckText, i);
    } else if (s->type == 'i') {
        *out = check_runs_result(s->runs);
    } else if (s->type == 't') {
        *out = (CheckText){.text = s->value->str};
    } else {
        return FALSE;
    }
    return TRUE;
}

static gboolean is_mark(const char *text)
{
    return *text == '[' && strlen(text) <= 24 && g_str_has_suffix(text, "]");
}

static void count_cell(SheetCheck *s, const CheckText *text)
{
    s->cells++;
    if (!in_table(s))
        return;
    const guint i = s->column - s->table->col1;
    if (text && *text->text) {
        const double word = xlsx_word_width(text->text);
        if (word <= WIDEST_WORD)
            s->widest[i] = MAX(s->widest[i], word);
    }
    if (s->row < body_first(s) || s->filled[i])
        return;
    s->filled[i] = 1;
    s->filled_in_row++;
    s->with_text[i]++;
}

static void cell_end(SheetCheck *s)
{
    if (s->has_style)
        judge_fill(s);
    CheckText text = {0};
    const gboolean is_text = text_of(s, &text);
    const gboolean empty = is_text ? !*text.text : s->value->len == 0;
    if (empty)
        return;
    g_autofree char *cell = check_cell_name(s->row, s->column);
    count_cell(s, is_text ? &text : NULL);
    judge_format(s, cell, is_text, is_text && is_mark(text.text));
    if (s->row == 1 && s->column == 1)
        judge_title(s, is_text ? text.text : NULL);
    if (!in_table(s))
        judge_place(s, cell);
    if (is_text)
        judge_text(s, cell, &text);
    else if (s->type == 'e')
        BREACH(s, "X1", cell, "an error in place of a figure: %.20s (shorthand)", s->value->str);
    else if (s->type == 'n')
        judge_number(s, cell);
}

static void cell_begin(SheetCheck *s, const char **attributes)
{
    const char *reference = xml_attribute(attributes, "r");
    const char *type = xml_attribute(attributes, "t"), *style = xml_attribute(attributes, "s");
    guint row = s->row;
    s->column++;
    if (reference && (!check_parse_cell(reference, &row, &s->column) || row != s->row))
        xml_stop(&s->xml, "cells out of order: %.20s in row %u", reference, s->row);
    if (s->column > CHECK_COLUMNS)
        xml_stop(&s->xml, "more than %d columns", CHECK_COLUMNS);
    s->has_style = style != NULL;
    s->style = style ? (guint)MIN(g_ascii_strtoull(style, NULL, 10), G_MAXINT) : 0;
    s->type = !type                        ? 'n'
              : !strcmp(type, "s")         ? 's'
              : !strcmp(type, "inlineStr") ? 'i'
              : !strcmp(type, "str")       ? 't'
              : !strcmp(type, "e")         ? 'e'
              : !strcmp(type, "n")         ? 'n'
                                           : 'o';
    g_string_truncate(s->value, 0);
    check_runs_begin(s->runs);
}

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
    rows_up_to(s, (guint)row - 1);
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
    {"c", cell_begin},
    {"col", column_begin},
    {"sheetView", on_view},
    {"pane", on_pane},
    {"selection", on_selection},
    {"mergeCell", on_merge},
    {"autoFilter", on_filter},
    {"sheetFormatPr", on_format},
    {"conditionalFormatting", on_conditional},
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
        cell_end(s);
    else if (!strcmp(name, "row"))
        rows_up_to(s, s->row);
    else if (!strcmp(name, "sheetData") && s->table)
        rows_up_to(s, s->table->row2);
    else if (is_header_footer(name))
        s->in_header_footer = FALSE;
}

static void sheet_text(XmlReader *r, const char *text, gsize n)
{
    SheetCheck *s = (SheetCheck *)r;
    if (s->in_inline)
        check_runs_text(s->runs, text, n);
    else if (s->in_value)
        g_string_append_len(s->value, text, (gssize)n);
    else if (s->in_header_footer && !s->header_footer)
        s->header_footer = g_strndup(text, n);
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
