#include "xlsx_book.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>
#include <xlsxwriter.h>

#include "peerline/base/error.h"

#define MOST_CHARACTERS 32767
#define MOST_HEADER     255
#define MOST_ADDRESS    2000
#define MOST_DECIMALS   8
#define NARROWEST       9.0
#define WIDEST          60.0
#define COVER_WIDTH     100.0
#define LINE_HEIGHT     15.75 /* points, of Arial 12 */
#define HIGHEST         400.0
#define PADDING         2.0
#define FONT            "Arial"
#define TECHNICAL_DATE  "2000-01-01"

struct XlsxBook {
    char *path;
    lxw_workbook *book;
    lxw_format *title, *heading, *line, *wrapped, *text, *mark, *link, *header;
    lxw_format *number[MOST_DECIMALS + 1];
    GHashTable *names; /* of sheets and tables, lower case */
    GHashTable *marks; /* shorthand that stands in cells */
    GPtrArray *sheets;
    GError *refusal;
};

struct XlsxSheet {
    XlsxBook *book;
    lxw_worksheet *sheet;
    char *name, *table;
    char **headers;
    double *widths;
    guint n_columns, column;
    lxw_row_t row, header_row;
    XlsxBars bars; /* texts are NULL where there are none */
};

/* ---- refusing ---- */

static void refuse(XlsxSheet *s, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void refuse(XlsxSheet *s, const char *format, ...)
{
    if (s->book->refusal)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    s->book->refusal =
        g_error_new(PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: sheet %s, row %u, column %u: %s",
                    s->book->path, s->name, (guint)s->row + 1, s->column + 1, what);
}

static gboolean good_text(XlsxSheet *s, const char *text)
{
    if (!g_utf8_validate(text, -1, NULL))
        refuse(s, "a text is no UTF-8");
    else if (strlen(text) > MOST_CHARACTERS && g_utf8_strlen(text, -1) > MOST_CHARACTERS)
        refuse(s, "a text has more than %d characters", MOST_CHARACTERS);
    else
        return TRUE;
    return FALSE;
}

static gboolean good_new_name(XlsxSheet *s, const char *what, const char *name)
{
    g_autofree char *key = g_strdup_printf("%s %s", what, name);
    g_autofree char *lower = g_utf8_strdown(key, -1);
    if (g_hash_table_contains(s->book->names, lower)) {
        refuse(s, "the %s name %s is taken", what, name);
        return FALSE;
    }
    g_hash_table_add(s->book->names, g_steal_pointer(&lower));
    return TRUE;
}

/* "A1", "xfd12" and "r1c1" would be read as cells. */
static gboolean looks_like_a_cell(const char *name)
{
    gsize letters = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    gsize digits = strspn(name + letters, "0123456789");
    gsize end = letters + digits;
    gboolean r1c1 = letters == 1 && (*name == 'r' || *name == 'R') &&
                    (name[end] == 'c' || name[end] == 'C') &&
                    strspn(name + end + 1, "0123456789") == strlen(name + end + 1);
    return r1c1 || (letters <= 3 && name[end] == '\0');
}

static gboolean good_table_name(XlsxSheet *s, const char *name)
{
    gboolean plain = g_ascii_isalpha(*name) || *name == '_';
    for (const char *p = name; *p; p++)
        plain = plain && (g_ascii_isalnum(*p) || *p == '_');
    if (!plain || strlen(name) > MOST_HEADER || looks_like_a_cell(name))
        refuse(s, "%s is no name for a table", name);
    else
        return good_new_name(s, "table", name);
    return FALSE;
}

static gboolean good_sheet_name(XlsxSheet *s, const char *name)
{
    if (!g_utf8_validate(name, -1, NULL) || !*name || g_utf8_strlen(name, -1) > 31 ||
        strpbrk(name, "[]:*?/\\'") || g_ascii_isdigit(*name) || *name == ' ' ||
        g_str_has_suffix(name, " "))
        refuse(s, "this is no name for a sheet");
    else
        return good_new_name(s, "sheet", name);
    return FALSE;
}

/* ---- the book ---- */

static lxw_format *format_of(lxw_workbook *book, double size, gboolean bold, gboolean wrap,
                             uint8_t align)
{
    lxw_format *f = workbook_add_format(book);
    format_set_font_name(f, FONT);
    format_set_font_size(f, size);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    format_set_align(f, align);
    if (bold)
        format_set_bold(f);
    if (wrap)
        format_set_text_wrap(f);
    return f;
}

static void make_formats(XlsxBook *b)
{
    b->title = format_of(b->book, 16, TRUE, FALSE, LXW_ALIGN_LEFT);
    b->heading = format_of(b->book, 14, TRUE, TRUE, LXW_ALIGN_LEFT);
    b->line = format_of(b->book, 12, FALSE, FALSE, LXW_ALIGN_LEFT);
    b->wrapped = format_of(b->book, 12, FALSE, TRUE, LXW_ALIGN_LEFT);
    b->text = b->wrapped;
    b->header = format_of(b->book, 12, TRUE, TRUE, LXW_ALIGN_LEFT);
    b->mark = format_of(b->book, 12, FALSE, TRUE, LXW_ALIGN_RIGHT);
    b->link = format_of(b->book, 12, FALSE, TRUE, LXW_ALIGN_LEFT);
    format_set_font_color(b->link, 0x0000EE);
    format_set_underline(b->link, LXW_UNDERLINE_SINGLE);
    for (int d = 0; d <= MOST_DECIMALS; d++) {
        g_autofree char *zeros = g_strnfill((gsize)d, '0');
        g_autofree char *pattern = g_strconcat("#,##0", d ? "." : "", zeros, NULL);
        b->number[d] = format_of(b->book, 12, FALSE, TRUE, LXW_ALIGN_RIGHT);
        format_set_num_format(b->number[d], pattern);
    }
}

static time_t seconds_of(const char *date)
{
    g_autofree char *text = g_strconcat(date ? date : TECHNICAL_DATE, "T00:00:00Z", NULL);
    g_autoptr(GDateTime) when = g_date_time_new_from_iso8601(text, NULL);
    if (!when)
        return seconds_of(NULL);
    gint64 seconds = g_date_time_to_unix(when);
    return (time_t)(seconds ? seconds : 1); /* 0 would mean today */
}

static char *property(const char *text)
{
    return g_utf8_make_valid(text ? text : "", -1);
}

static void set_properties(XlsxBook *b, const XlsxProperties *p)
{
    g_autofree char *title = property(p->title), *subject = property(p->subject);
    g_autofree char *author = property(p->author), *keywords = property(p->keywords);
    g_autofree char *comments = property(p->comments);
    lxw_doc_properties properties = {.title = title,
                                     .subject = subject,
                                     .author = author,
                                     .company = author,
                                     .keywords = keywords,
                                     .comments = comments,
                                     .created = seconds_of(p->date)};
    workbook_set_properties(b->book, &properties);
}

static void sheet_free(gpointer data)
{
    XlsxSheet *s = data;
    g_free(s->name);
    g_free(s->table);
    g_strfreev(s->headers);
    g_free(s->widths);
    g_free(s);
}

XlsxBook *xlsx_book_new(const char *path, const XlsxProperties *properties)
{
    XlsxBook *b = g_new0(XlsxBook, 1);
    g_autofree char *directory = g_path_get_dirname(path);
    /* Beside the file: what lies in /tmp may lie in memory. */
    lxw_workbook_options options = {.tmpdir = directory};
    b->path = g_strdup(path);
    b->book = workbook_new_opt(path, &options);
    b->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    b->marks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    b->sheets = g_ptr_array_new_with_free_func(sheet_free);
    make_formats(b);
    set_properties(b, properties);
    return b;
}

gboolean xlsx_book_close(XlsxBook *b, GError **error)
{
    lxw_error code = workbook_close(b->book);
    gboolean done = !b->refusal && code == LXW_NO_ERROR;
    if (b->refusal)
        g_propagate_error(error, b->refusal);
    else if (!done)
        g_set_error(error, PEERLINE_ERROR, PEERLINE_ERROR_FAILED, "%s: cannot write: %s", b->path,
                    lxw_strerror(code));
    g_hash_table_unref(b->names);
    g_hash_table_unref(b->marks);
    g_ptr_array_unref(b->sheets);
    g_free(b->path);
    g_free(b);
    return done;
}

/* ---- sheets and their lines ---- */

XlsxSheet *xlsx_sheet_new(XlsxBook *book, const char *name, const char *title)
{
    XlsxSheet *s = g_new0(XlsxSheet, 1);
    s->book = book;
    s->name = g_utf8_make_valid(name, -1);
    g_ptr_array_add(book->sheets, s);
    s->sheet = workbook_add_worksheet(book->book, good_sheet_name(s, name) ? name : NULL);
    worksheet_set_landscape(s->sheet);
    worksheet_set_paper(s->sheet, 9); /* A4 */
    worksheet_fit_to_pages(s->sheet, 1, 0);
    if (good_text(s, title))
        worksheet_write_string(s->sheet, s->row++, 0, title, book->title);
    return s;
}

/* Not every program works out how high a row of several lines has to be. */
static void make_room(XlsxSheet *s, const char *text)
{
    const double lines = ceil(xlsx_text_width(text) / (0.93 * COVER_WIDTH));
    if (lines > 1)
        worksheet_set_row(s->sheet, s->row, MIN(lines * LINE_HEIGHT, HIGHEST), NULL);
}

void xlsx_line(XlsxSheet *s, const char *text, gboolean wrap)
{
    if (!text || !*text || !good_text(s, text))
        return;
    if (wrap)
        make_room(s, text);
    worksheet_write_string(s->sheet, s->row++, 0, text, wrap ? s->book->wrapped : s->book->line);
}

void xlsx_heading(XlsxSheet *s, const char *text)
{
    if (good_text(s, text))
        worksheet_write_string(s->sheet, s->row++, 0, text, s->book->heading);
}

static gboolean is_address(const char *address)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:", "internal:'"};
    gboolean known = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(schemes); i++)
        known = known || g_str_has_prefix(address, schemes[i]);
    /* Longer ones are refused by the library, which prints them on stderr. */
    return known && strlen(address) <= MOST_ADDRESS && g_utf8_validate(address, -1, NULL);
}

static void write_link(XlsxSheet *s, lxw_col_t column, const char *text, const char *address)
{
    if (!good_text(s, text))
        return;
    if (address && is_address(address))
        worksheet_write_url_opt(s->sheet, s->row, column, address, s->book->link, text, NULL);
    else
        worksheet_write_string(s->sheet, s->row, column, text, s->book->text);
}

void xlsx_line_link(XlsxSheet *s, const char *text, const char *address)
{
    write_link(s, 0, text, address);
    s->row++;
}

/* ---- the table ---- */

static gboolean good_headers(XlsxSheet *s, const char *const *headers, guint n)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < n; i++) {
        if (!good_text(s, headers[i]))
            return FALSE;
        if (!*headers[i] || g_utf8_strlen(headers[i], -1) > MOST_HEADER ||
            !g_hash_table_add(seen, g_utf8_casefold(headers[i], -1))) {
            refuse(s, "the header \"%s\" is empty, too long or there twice", headers[i]);
            return FALSE;
        }
    }
    return n > 0;
}

void xlsx_table(XlsxSheet *s, const char *name, const char *const *headers, guint n)
{
    if (!good_table_name(s, name) || !good_headers(s, headers, n))
        return;
    s->table = g_strdup(name);
    s->headers = g_new0(char *, n + 1);
    s->widths = g_new0(double, n);
    s->n_columns = n;
    for (guint i = 0; i < n; i++) {
        s->headers[i] = g_strdup(headers[i]);
        /* A header may take several lines, but no word of it is broken. */
        double several_lines = MIN(xlsx_text_width(headers[i]) / 3, 22.0);
        s->widths[i] = MAX(xlsx_word_width(headers[i]) * 1.1, several_lines);
    }
    s->header_row = s->row++;
}

static gboolean next_cell(XlsxSheet *s, double width)
{
    if (s->column >= s->n_columns) {
        refuse(s, "a row has more than %u cells", s->n_columns);
        return FALSE;
    }
    s->widths[s->column] = MAX(s->widths[s->column], MIN(width, WIDEST));
    s->column++;
    return TRUE;
}

static void note_mark(XlsxBook *b, const char *text)
{
    if (*text == '[' && strchr(text, ']') == text + strlen(text) - 1 &&
        !g_hash_table_contains(b->marks, text))
        g_hash_table_add(b->marks, g_strdup(text));
}

gboolean xlsx_book_uses(const XlsxBook *b, const char *mark)
{
    return g_hash_table_contains(b->marks, mark);
}

void xlsx_text(XlsxSheet *s, const char *text)
{
    if (!text || !*text)
        text = "[z]";
    note_mark(s->book, text);
    if (good_text(s, text) && next_cell(s, xlsx_text_width(text)))
        worksheet_write_string(s->sheet, s->row, (lxw_col_t)(s->column - 1), text, s->book->text);
}

/* Digits, a comma for every three of them, a sign, the decimals. */
static double number_width(double x, int decimals)
{
    double digits = fabs(x) < 10 ? 1 : floor(log10(fabs(x))) + 1;
    return (digits * 0.68 + decimals * 0.556 + 0.6) * 16 / 7;
}

void xlsx_number(XlsxSheet *s, double x, int decimals)
{
    if (!isfinite(x)) {
        refuse(s, "a number is none");
        return;
    }
    decimals = CLAMP(decimals, 0, MOST_DECIMALS);
    if (next_cell(s, number_width(x, decimals)))
        worksheet_write_number(s->sheet, s->row, (lxw_col_t)(s->column - 1), x,
                               s->book->number[decimals]);
}

void xlsx_mark(XlsxSheet *s, const char *mark)
{
    note_mark(s->book, mark);
    if (good_text(s, mark) && next_cell(s, xlsx_text_width(mark)))
        worksheet_write_string(s->sheet, s->row, (lxw_col_t)(s->column - 1), mark, s->book->mark);
}

void xlsx_link(XlsxSheet *s, const char *text, const char *address)
{
    if (good_text(s, text) && next_cell(s, xlsx_text_width(text)))
        write_link(s, (lxw_col_t)(s->column - 1), text, address);
}

void xlsx_end_row(XlsxSheet *s)
{
    if (s->column != s->n_columns)
        refuse(s, "a row has %u cells (%u are needed)", s->column, s->n_columns);
    if (s->row - s->header_row > XLSX_MOST_ROWS)
        refuse(s, "a table has more than %u rows", XLSX_MOST_ROWS);
    s->column = 0;
    s->row++;
}

static void mark_up(XlsxSheet *s)
{
    g_autofree lxw_table_column *columns = g_new0(lxw_table_column, s->n_columns);
    g_autofree lxw_table_column **list = g_new0(lxw_table_column *, s->n_columns + 1);
    for (guint i = 0; i < s->n_columns; i++) {
        columns[i].header = s->headers[i];
        columns[i].header_format = s->book->header;
        list[i] = &columns[i];
    }
    lxw_table_options options = {.name = s->table,
                                 .no_autofilter = LXW_TRUE,
                                 .no_banded_rows = LXW_TRUE,
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 1,
                                 .columns = list};
    lxw_error code = worksheet_add_table(s->sheet, s->header_row, 0, s->row - 1,
                                         (lxw_col_t)(s->n_columns - 1), &options);
    if (code != LXW_NO_ERROR)
        refuse(s, "the table cannot be marked up: %s", lxw_strerror(code));
}

/* ---- the chart --------------------------------------------------------------------------------
 */

#define CHART_WIDTH  480.0 /* pixels, of a chart that is not scaled */
#define CHART_HEIGHT 288.0
#define WANTED_WIDTH 900.0
#define AROUND_BARS  130.0 /* axis and legend */
#define FOR_A_BAR    24.0

void xlsx_bars(XlsxSheet *s, const XlsxBars *bars)
{
    if (good_text(s, bars->about) && good_text(s, bars->axis))
        s->bars = *bars;
}

static void set_axes(lxw_chart *chart, const char *axis)
{
    g_autofree char *name = g_strdup(FONT);
    lxw_chart_font plain = {.name = name, .size = 12};
    chart_title_off(chart);
    /* Of bars that lie, the names stand along y. The first row on top, as in the table, and the
     * numbers below all the same. */
    chart_axis_set_reverse(chart->y_axis);
    chart_axis_set_crossing_max(chart->y_axis);
    chart_axis_set_num_font(chart->x_axis, &plain);
    chart_axis_set_num_font(chart->y_axis, &plain);
    chart_axis_set_name(chart->x_axis, axis);
    chart_axis_set_name_font(chart->x_axis, &plain);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_legend_set_font(chart, &plain);
}

static void add_bars(XlsxSheet *s)
{
    static const lxw_color_t colors[] = {0x12436D, 0xF46A25, 0x28A197, 0x801650};
    lxw_chart *chart = workbook_add_chart(s->book->book, LXW_CHART_BAR);
    const lxw_row_t first = s->header_row + 1, last = s->row - 1;
    for (guint c = 1; c < s->n_columns; c++) {
        lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
        lxw_chart_fill fill = {.color = colors[(c - 1) % G_N_ELEMENTS(colors)]};
        chart_series_set_categories(series, s->name, first, 0, last, 0);
        chart_series_set_values(series, s->name, first, (lxw_col_t)c, last, (lxw_col_t)c);
        chart_series_set_name_range(series, s->name, s->header_row, (lxw_col_t)c);
        chart_series_set_fill(series, &fill);
    }
    set_axes(chart, s->bars.axis);
    const double height = AROUND_BARS + FOR_A_BAR * (last - first + 1) * MAX(s->n_columns - 1, 1);
    g_autofree char *about = g_strdup(s->bars.about);
    lxw_chart_options options = {.x_scale = WANTED_WIDTH / CHART_WIDTH,
                                 .y_scale = height / CHART_HEIGHT,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                 .description = about};
    worksheet_insert_chart_opt(s->sheet, s->header_row, (lxw_col_t)(s->n_columns + 1), chart,
                               &options);
}

static void explain_empty(XlsxSheet *s, const char *why)
{
    xlsx_text(s, why ? why : "There is nothing to show.");
    while (s->column < s->n_columns)
        xlsx_mark(s, "[z]");
    xlsx_end_row(s);
}

void xlsx_sheet_end(XlsxSheet *s, const char *why_empty)
{
    if (!s->table) {
        worksheet_set_column(s->sheet, 0, 0, COVER_WIDTH, NULL);
        return;
    }
    if (s->row == s->header_row + 1) {
        explain_empty(s, why_empty);
        s->bars.about = NULL;
    }
    for (guint i = 0; i < s->n_columns; i++)
        worksheet_set_column(s->sheet, (lxw_col_t)i, (lxw_col_t)i,
                             CLAMP(s->widths[i] + PADDING, NARROWEST, WIDEST), NULL);
    if (!s->book->refusal)
        mark_up(s);
    if (!s->book->refusal && s->bars.about)
        add_bars(s);
}
