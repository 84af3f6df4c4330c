#include "xls_files.h"

/* ---- reading -----------------------------------------------------------------------------------
 */

static Table *read_bytes(GByteArray *file, const char *sheet, GError **error)
{
    g_autoptr(Pattern) wanted = sheet ? pattern_new(sheet, FALSE, NULL) : NULL;
    const BookOptions options = {.format = BOOK_XLS, .sheet = wanted};
    Table *t = table_parse_book(file->data, file->len, "b.xls", &options, error);
    g_byte_array_unref(file);
    return t;
}

static Table *read_sound(GByteArray *file)
{
    g_autoptr(GError) error = NULL;
    Table *t = read_bytes(file, NULL, &error);
    if (!t)
        fail_msg("%s", error->message);
    return t;
}

static void assert_refused(GByteArray *file, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Table) t = read_bytes(file, NULL, &error);
    assert_null(t);
    assert_non_null(error);
    support_assert_contains(error->message, message);
}

/* A row's cells joined by '|'. */
static void assert_row(const Table *t, guint row, const char *expected)
{
    g_autoptr(GString) found = g_string_new(NULL);
    assert_true(row < t->n_rows);
    for (guint c = 0; c < t->n_columns; c++)
        g_string_append_printf(found, "%s%s", c ? "|" : "", table_cell(t, row, c));
    assert_string_equal(found->str, expected);
}

/* A header of so many columns: a, b, c, … */
static GByteArray *cells_below(guint columns)
{
    GByteArray *b = g_byte_array_new();
    for (guint c = 0; c < columns; c++) {
        const char name[] = {(char)('a' + c), '\0'};
        xls_text_cell(b, 0, c, name);
    }
    return b;
}

/* ---- numbers and dates -------------------------------------------------------------------------
 */

static void numbers_of_every_kind_of_record(void **state)
{
    (void)state;
    GByteArray *b = cells_below(7);
    xls_number_cell(b, 1, 0, 0, 0.1 + 0.2);
    xls_rk_cell(b, 1, 1, (guint32)(-12 * 4) | 2);      /* a whole number */
    xls_rk_cell(b, 1, 2, (guint32)(1234 * 4) | 2 | 1); /* hundredths of it */
    xls_rk_cell(b, 1, 3, 0x3FE00000);                  /* the upper half of 0.5 */
    xls_rk_cell(b, 1, 4, 0x3FE00000 | 1);
    const guint at = xls_begin(b, 0x00BD); /* several in one record */
    xls_u16(b, 1);
    xls_u16(b, 5);
    xls_u16(b, 0);
    xls_u32(b, 7 * 4 | 2);
    xls_u16(b, 0);
    xls_u32(b, 0x40590000); /* 100 */
    xls_u16(b, 6);
    xls_end(b, at);
    g_autoptr(Table) t = read_sound(xls_book(NULL, b));
    assert_string_equal(t->file, "b.xls!Sheet1");
    assert_int_equal(t->line[0], 2);
    assert_row(t, 0, "0.30000000000000004|-12|12.34|0.5|0.005|7|100");
}

static GByteArray *date_formats(void)
{
    GByteArray *g = g_byte_array_new();
    xls_format(g, 164, "\"day\" dd/mm/yyyy;@");
    xls_format(g, 165, "[h]:mm:ss");
    xls_format(g, 166, "#,##0.00 \"days\"");
    xls_xf(g, 0);
    xls_xf(g, 14); /* a date that every Excel knows */
    xls_xf(g, 164);
    xls_xf(g, 165);
    xls_xf(g, 166);
    xls_xf(g, 22); /* date and time */
    xls_xf(g, 10); /* per cent */
    return g;
}

static GByteArray *date_cells(void)
{
    GByteArray *b = cells_below(7);
    xls_number_cell(b, 1, 0, 0, 42461);
    xls_number_cell(b, 1, 1, 1, 42461); /* 1 April 2016 */
    xls_number_cell(b, 1, 2, 2, 42461.5);
    xls_number_cell(b, 1, 3, 3, 1.5);
    xls_number_cell(b, 1, 4, 4, 42461.5);
    xls_number_cell(b, 1, 5, 5, 42461.25);
    xls_number_cell(b, 1, 6, 6, 0.125);
    return b;
}

static void dates_by_the_format_of_the_cell(void **state)
{
    (void)state;
    g_autoptr(Table) t = read_sound(xls_book(date_formats(), date_cells()));
    assert_row(t, 0,
               "42461|2016-04-01|2016-04-01T12:00:00|36:00:00|42461.5|2016-04-01T06:00:00|0.125");
}

static void dates_since_1904(void **state)
{
    (void)state;
    GByteArray *g = date_formats();
    xls_small(g, 0x0022, 1);
    g_autoptr(Table) t = read_sound(xls_book(g, date_cells()));
    assert_row(t, 0,
               "42461|2020-04-02|2020-04-02T12:00:00|36:00:00|42461.5|2020-04-02T06:00:00|0.125");
}

/* ---- other values ------------------------------------------------------------------------------
 */

static void booleans_and_errors(void **state)
{
    (void)state;
    static const guint8 VALUES[][2] = {{1, 0}, {0, 0}, {0x2A, 1}, {0x07, 1}, {0x0F, 1}};
    GByteArray *b = cells_below(G_N_ELEMENTS(VALUES));
    for (guint i = 0; i < G_N_ELEMENTS(VALUES); i++) {
        const guint at = xls_cell(b, 0x0205, 1, i, 0);
        xls_u8(b, VALUES[i][0]);
        xls_u8(b, VALUES[i][1]);
        xls_end(b, at);
    }
    g_autoptr(Table) t = read_sound(xls_book(NULL, b));
    assert_row(t, 0, "TRUE|FALSE|#N/A|#DIV/0!|#VALUE!");
}

static void formulas_give_the_stored_value(void **state)
{
    (void)state;
    static const guint8 TEXT[8] = {0, 0, 0, 0, 0, 0, 0xFF, 0xFF},
                        YES[8] = {1, 0, 1, 0, 0, 0, 0xFF, 0xFF},
                        FAULT[8] = {2, 0, 0x07, 0, 0, 0, 0xFF, 0xFF},
                        NOTHING[8] = {3, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    guint8 number[8];
    const double x = 12.5;
    memcpy(number, &x, sizeof number);
    GByteArray *b = cells_below(6);
    xls_formula_cell(b, 1, 0, 0, number);
    xls_formula_cell(b, 1, 1, 0, TEXT);
    xls_empty(b, 0x04BC); /* a shared formula stands between it and its text */
    const guint at = xls_begin(b, 0x0207);
    xls_u16(b, 5);
    xls_latin(b, "total");
    xls_end(b, at);
    xls_formula_cell(b, 1, 2, 0, YES);
    xls_formula_cell(b, 1, 3, 0, FAULT);
    xls_formula_cell(b, 1, 4, 0, NOTHING);
    xls_number_cell(b, 1, 5, 0, 1);
    g_autoptr(Table) t = read_sound(xls_book(NULL, b));
    assert_row(t, 0, "12.5|total|TRUE|#DIV/0!||1");
}

/* ---- texts -------------------------------------------------------------------------------------
 */

static void shared_cell(GByteArray *b, guint row, guint column, guint32 index)
{
    const guint at = xls_cell(b, 0x00FD, row, column, 0);
    xls_u32(b, index);
    xls_end(b, at);
}

/* Texts that go on in another record: within characters (where the width may change), within what
 * belongs to rich and Asian text, and between two texts. */
static void shared_texts_across_records(void **state)
{
    (void)state;
    GByteArray *g = g_byte_array_new();
    guint at = xls_begin(g, 0x00FC);
    xls_u32(g, 5);
    xls_u32(g, 5);
    xls_u16(g, 1);
    xls_latin(g, "a");
    xls_u16(g, 7);
    xls_latin(g, "Ynys"); /* of seven characters, four here */
    xls_end(g, at);
    at = xls_begin(g, 0x003C);
    xls_u8(g, 1); /* the others are wide */
    xls_u16(g, ' ');
    xls_u16(g, 'M');
    xls_u16(g, 0x00F4);
    xls_u16(g, 4); /* rich and Asian */
    xls_u8(g, 0x08 | 0x04);
    xls_u16(g, 2);
    xls_u32(g, 6);
    g_byte_array_append(g, (const guint8 *)"rich", 4);
    xls_u32(g, 0);
    xls_u16(g, 0);
    xls_end(g, at);
    at = xls_begin(g, 0x003C);
    xls_u16(g, 0);
    xls_pad(g, g->len + 6);
    xls_u16(g, 2);
    xls_u8(g, 1);
    xls_u16(g, 0xD83D); /* U+1F600 */
    xls_u16(g, 0xDE00);
    xls_end(g, at);
    at = xls_begin(g, 0x003C);
    xls_u16(g, 3);
    xls_latin(g, " z ");
    xls_end(g, at);
    GByteArray *b = cells_below(5);
    for (guint i = 0; i < 5; i++)
        shared_cell(b, 1, i, i);
    g_autoptr(Table) t = read_sound(xls_book(g, b));
    assert_row(t, 0, "a|Ynys Mô|rich|😀|z");
}

static void texts_of_a_code_page(void **state)
{
    (void)state;
    GByteArray *g = g_byte_array_new(), *b = g_byte_array_new();
    xls_small(g, 0x0042, 1252);
    guint at = xls_begin(g, 0x041E);
    xls_u16(g, 164);
    xls_u8(g, 10);
    g_byte_array_append(g, (const guint8 *)"yyyy-mm-dd", 10);
    xls_end(g, at);
    xls_xf(g, 164);
    at = xls_cell(b, 0x0204, 0, 0, 0);
    xls_u16(b, 3);
    g_byte_array_append(b, (const guint8 *)"\x80 \xF4", 3);
    xls_end(b, at);
    xls_number_cell(b, 1, 0, 0, 42461);
    const XlsSheet sheet = {"M\xF4n", 0, b};
    g_autoptr(Table) t = read_sound(xls_file(xls_stream(0x0500, g, &sheet, 1), "Book"));
    assert_string_equal(t->columns[0], "€ ô");
    assert_string_equal(t->sheet, "Môn");
    assert_row(t, 0, "2016-04-01");
}

/* ---- sheets ------------------------------------------------------------------------------------
 */

static GByteArray *two_sheets(void)
{
    GByteArray *notes = g_byte_array_new(), *chart = g_byte_array_new(), *data = g_byte_array_new();
    xls_text_cell(notes, 0, 0, "about");
    xls_text_cell(chart, 0, 0, "no cell");
    xls_text_cell(data, 2, 1, "code");
    xls_text_cell(data, 3, 1, "A01");
    const XlsSheet sheets[] = {{"Notes", 0, notes}, {"Chart", 2, chart}, {"Data 2016", 0, data}};
    return xls_file(xls_stream(0x0600, NULL, sheets, 3), "Workbook");
}

static void the_sheet_that_is_named(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Table) t = read_bytes(two_sheets(), "Data \\d+", &error);
    assert_null(error);
    assert_string_equal(t->file, "b.xls!Data 2016");
    assert_string_equal(t->columns[1], "code");
    assert_int_equal(t->line[0], 4);
    g_autoptr(Table) first = read_bytes(two_sheets(), NULL, &error);
    assert_string_equal(first->columns[0], "about");
}

static void charts_are_no_sheets(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Table) t = read_bytes(two_sheets(), "Chart", &error);
    assert_null(t);
    support_assert_contains(error->message,
                            "no sheet is called so: 'Chart' (one of its sheets: Notes, Data 2016)");
}

/* A chart lies in a sheet as a sheet of its own. */
static void a_chart_within_a_sheet(void **state)
{
    (void)state;
    GByteArray *b = cells_below(1);
    xls_bof(b, 0x0600, 0x20);
    xls_text_cell(b, 1, 0, "no cell");
    xls_empty(b, 0x000A);
    xls_text_cell(b, 2, 0, "cell");
    g_autoptr(Table) t = read_sound(xls_book(NULL, b));
    assert_int_equal(t->n_rows, 1);
    assert_row(t, 0, "cell");
}

static void joined_cells_name_all_columns_they_span(void **state)
{
    (void)state;
    GByteArray *b = g_byte_array_new();
    xls_text_cell(b, 0, 0, "code");
    xls_text_cell(b, 0, 1, "2016-17");
    xls_text_cell(b, 1, 1, "Number");
    xls_text_cell(b, 1, 2, "Rate");
    xls_text_cell(b, 2, 0, "A01");
    const guint at = xls_begin(b, 0x00E5);
    xls_u16(b, 1);
    xls_u16(b, 0);
    xls_u16(b, 0);
    xls_u16(b, 1);
    xls_u16(b, 2);
    xls_end(b, at);
    g_autoptr(GByteArray) file = xls_book(NULL, b);
    const BookOptions options = {.format = BOOK_XLS, .header_rows = 2};
    g_autoptr(Table) t = table_parse_book(file->data, file->len, "b.xls", &options, NULL);
    assert_non_null(t);
    assert_string_equal(t->columns[1], "2016-17 Number");
    assert_string_equal(t->columns[2], "2016-17 Rate");
}

static void cells_in_any_order(void **state)
{
    (void)state;
    GByteArray *b = g_byte_array_new();
    xls_number_cell(b, 2, 1, 0, 4);
    xls_number_cell(b, 1, 1, 0, 2);
    xls_number_cell(b, 1, 0, 0, 1);
    xls_number_cell(b, 2, 0, 0, 3);
    xls_text_cell(b, 0, 1, "b");
    xls_text_cell(b, 0, 0, "a");
    g_autoptr(Table) t = read_sound(xls_book(NULL, b));
    assert_string_equal(t->columns[0], "a");
    assert_row(t, 0, "1|2");
    assert_row(t, 1, "3|4");
}

/* Longer than 4096 bytes: in sectors of the usual size. */
static void long_streams(void **state)
{
    (void)state;
    GByteArray *b = cells_below(2);
    for (guint i = 1; i <= 400; i++)
        xls_number_cell(b, i, i % 2, 0, i);
    g_autoptr(Table) t = read_sound(xls_book(NULL, b));
    assert_int_equal(t->n_rows, 400);
    assert_row(t, 398, "|399");
    assert_row(t, 399, "400|");
}

/* ---- what cannot be used -----------------------------------------------------------------------
 */

static GByteArray *bytes_of(const char *text)
{
    GByteArray *b = g_byte_array_new();
    g_byte_array_append(b, (const guint8 *)text, (guint)strlen(text));
    return b;
}

static void other_files_are_named(void **state)
{
    (void)state;
    assert_refused(bytes_of("<html><table><tr><td>1</table>"), "found an HTML page");
    assert_refused(bytes_of("PK\x03\x04 and more"), "a ZIP archive or XLSX workbook");
    assert_refused(bytes_of("a,b\n1,2\n"), "found something else, perhaps text");
    assert_refused(bytes_of(""), "not an XLS workbook");
    assert_refused(bytes_of("<?xml version=\"1.0\"?><Workbook/>"), "an XML document");
    assert_refused(bytes_of("\x09\x04\x06\x00"), "a workbook older than Excel 5");
    assert_refused(xls_file(g_byte_array_new(), "WordDocument"), "found no stream called Workbook");
}

static void protected_workbooks_are_refused(void **state)
{
    (void)state;
    GByteArray *g = g_byte_array_new();
    xls_small(g, 0x002F, 1);
    assert_refused(xls_book(g, cells_below(1)), "b.xls: the workbook is protected by a password");
}

static void a_cell_twice(void **state)
{
    (void)state;
    GByteArray *b = cells_below(1);
    xls_number_cell(b, 1, 0, 0, 1);
    xls_number_cell(b, 1, 0, 0, 2);
    assert_refused(xls_book(NULL, b), "b.xls!Sheet1: the sheet is damaged or cut short: cell A2");
}

static void a_shared_text_that_is_not_there(void **state)
{
    (void)state;
    GByteArray *b = cells_below(1);
    shared_cell(b, 1, 0, 0);
    assert_refused(xls_book(NULL, b),
                   "row 2 refers to a shared text that is not there: 0 (there are 0)");
}

/* No file that was cut may pass for a whole one that has fewer rows. */
static void cut_files_are_refused(void **state)
{
    (void)state;
    GByteArray *b = cells_below(2);
    for (guint i = 1; i <= 400; i++)
        xls_number_cell(b, i, i % 2, 0, i);
    g_autoptr(GByteArray) file = xls_book(NULL, b);
    guint end = file->len; /* sectors are filled up with zeros, which nobody misses */
    while (end > 0 && file->data[end - 1] == 0)
        end--;
    for (guint n = 0; n < end; n += 7) {
        GByteArray *cut = g_byte_array_new();
        g_byte_array_append(cut, file->data, n);
        g_autoptr(GError) error = NULL;
        g_autoptr(Table) t = read_bytes(cut, NULL, &error);
        if (t)
            fail_msg("%u of %u bytes pass for a workbook", n, end);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_every_kind_of_record),
        cmocka_unit_test(dates_by_the_format_of_the_cell),
        cmocka_unit_test(dates_since_1904),
        cmocka_unit_test(booleans_and_errors),
        cmocka_unit_test(formulas_give_the_stored_value),
        cmocka_unit_test(shared_texts_across_records),
        cmocka_unit_test(texts_of_a_code_page),
        cmocka_unit_test(the_sheet_that_is_named),
        cmocka_unit_test(charts_are_no_sheets),
        cmocka_unit_test(a_chart_within_a_sheet),
        cmocka_unit_test(joined_cells_name_all_columns_they_span),
        cmocka_unit_test(cells_in_any_order),
        cmocka_unit_test(long_streams),
        cmocka_unit_test(other_files_are_named),
        cmocka_unit_test(protected_workbooks_are_refused),
        cmocka_unit_test(a_cell_twice),
        cmocka_unit_test(a_shared_text_that_is_not_there),
        cmocka_unit_test(cut_files_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
