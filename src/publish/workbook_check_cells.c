#include "workbook_check_cells.h"

#include <math.h>
#include <string.h>

#include "xlsx_book.h"

#define MOST_TEXT   (G_GUINT64_CONSTANT(1) << 30)
#define WIDEST_WORD 60.0 /* no column can be asked to hold a longer one: hashes, addresses */

/* ---- rows of the table ------------------------------------------------------------------------
 */

static void judge_row(SheetCheck *s, guint row)
{
    const guint first = s->table->col1;
    g_autofree char *start = check_cell_name(row, first);
    guint empty = s->filled_in_row > 0 ? s->n_columns - s->filled_in_row : 0;
    if (s->filled_in_row == 0)
        BREACH(s, "T4", start, "a blank row within the table (none)");
    for (guint i = 0; empty > 0 && i < s->n_columns; i++) {
        if (s->filled[i])
            continue;
        if (check_breach_more(s->check, "T8", s->sheet->name, empty))
            break;
        empty--;
        g_autofree char *cell = check_cell_name(row, first + i);
        BREACH(s, "T8", cell, "an empty cell (shorthand that says why)");
    }
    memset(s->filled, 0, s->n_columns);
    s->filled_in_row = 0;
}

void check_rows_up_to(SheetCheck *s, guint row)
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
    s->check->text += strlen(text->text);
    if (s->check->text > MOST_TEXT) {
        xml_stop(&s->xml, "more than 1 GiB of text in cells");
        return;
    }
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
    if (place == CHECK_HEADER && s->table->header_rows == 1)
        keep_header(s, cell, text->text);
    if (check_says_nothing(text->text))
        g_hash_table_insert(s->poor_links, g_strdup(cell), g_strdup(text->text));
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
    if (place_of(s) == CHECK_HEADER && s->table->header_rows == 1)
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

void check_cell_end(SheetCheck *s)
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

void check_cell_begin(SheetCheck *s, const char **attributes)
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
