#include "workbook_files.h"

#include "peerline/intake/table.h"

/* Sheets of workbooks. What the cells mean is taken from ECMA-376 part 1 and OpenDocument 1.3 part
 * 3; days from a calendar. */

static Table *read_sheet(const char *path, BookOptions options)
{
    g_autoptr(GError) error = NULL;
    Table *t = table_read_book(path, "b.xlsx", &options, &error);
    if (!t)
        fail_msg("%s", error->message);
    return t;
}

static void assert_refused(const char *path, BookOptions options, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Table) t = table_read_book(path, "b.xlsx", &options, &error);
    assert_null(t);
    assert_non_null(error);
    support_assert_contains(error->message, "b.xlsx");
    support_assert_contains(error->message, part);
}

/* One row as "a|b|c". */
static void assert_row(const Table *t, guint row, const char *expected)
{
    g_autoptr(GString) found = g_string_new(NULL);
    assert_true(row < t->n_rows);
    for (guint c = 0; c < t->n_columns; c++)
        g_string_append_printf(found, "%s%s", c ? "|" : "", table_cell(t, row, c));
    assert_string_equal(found->str, expected);
}

static void assert_columns(const Table *t, const char *expected)
{
    g_autofree const char **names = g_new0(const char *, t->n_columns + 1);
    memcpy(names, t->columns, t->n_columns * sizeof *names);
    g_autofree char *found = g_strjoinv("|", (char **)names);
    assert_string_equal(found, expected);
}

static Pattern *pattern(const char *text)
{
    g_autoptr(GError) error = NULL;
    Pattern *p = pattern_new(text, FALSE, &error);
    assert_non_null(p);
    return p;
}

#define STR(ref, text) "<c r=\"" ref "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define NUM(ref, text) "<c r=\"" ref "\"><v>" text "</v></c>"
#define ROW(n, cells)  "<row r=\"" n "\">" cells "</row>"

/* ---- XLSX: cells ---------------------------------------------------------------------------- */

static void shared_and_inline_texts_join_runs_and_leave_out_phonetics(void **state)
{
    g_autofree char *path = book_xlsx(
        *state, "b.xlsx",
        (BookParts){.strings = "<si><t>Name</t></si>"
                               "<si><r><rPr><b/></rPr><t xml:space=\"preserve\">two </t></r>"
                               "<r><t>runs</t></r><rPh sb=\"0\" eb=\"1\"><t>spoken</t></rPh></si>"
                               "<si><t>  a_x000D_\nb &amp; c\xC2\xA0 </t></si><si/>",
                    .sheet_data =
                        "<sheetData>" ROW("1", "<c r=\"A1\" t=\"s\"><v>0</v></c>" STR("B1", "B"))
                            ROW("2", "<c r=\"A2\" t=\"s\"><v>1</v></c>"
                                     "<c r=\"B2\" t=\"inlineStr\"><is><r><t>in</t></r><r><t>line"
                                     "</t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></is></c>")
                                ROW("3", "<c r=\"A3\" t=\"s\"><v>2</v></c>"
                                         "<c r=\"B3\" t=\"str\"><f>A1</f><v>formula</v></c>")
                                    ROW("4", "<c r=\"A4\" t=\"s\"><v>3</v></c>") "</sheetData>"});
    g_autoptr(Table) t = read_sheet(path, (BookOptions){0});
    assert_columns(t, "Name|B");
    assert_int_equal(t->n_rows, 2);
    assert_row(t, 0, "two runs|inline");
    assert_row(t, 1, "a\r\nb & c|formula");
    assert_string_equal(t->file, "b.xlsx!First");
    assert_string_equal(t->sheet, "First");
}

static void numbers_are_the_shortest_text_of_the_double(void **state)
{
    g_autofree char *path = book_xlsx(
        *state, "b.xlsx",
        (BookParts){.sheet_data = "<sheetData>" ROW("1", STR("A1", "x")) ROW("2", NUM("A2", "12"))
                        ROW("3", NUM("A3", "0.10000000000000001"))
                            ROW("4", NUM("A4", "3.5000000000000003E-2")) ROW("5", NUM("A5", "-0"))
                                ROW("6", NUM("A6", "1E3")) ROW("7", NUM("A7", "007"))
                                    ROW("8", NUM("A8", "abc")) "</sheetData>"});
    g_autoptr(Table) t = read_sheet(path, (BookOptions){0});
    static const char *const EXPECTED[] = {"12", "0.1", "0.035", "0", "1000", "7", "abc"};
    assert_int_equal(t->n_rows, G_N_ELEMENTS(EXPECTED));
    for (guint i = 0; i < t->n_rows; i++)
        assert_row(t, i, EXPECTED[i]);
}

static const char DATE_STYLES[] =
    "<numFmts count=\"5\"><numFmt numFmtId=\"164\" formatCode=\"mmm\\-yy\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"[Red]0.0&quot;days&quot;\"/>"
    "<numFmt numFmtId=\"166\" formatCode=\"[h]:mm\"/>"
    "<numFmt numFmtId=\"167\" formatCode=\"#,##0;[Red]\\d0\"/></numFmts>"
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"
    "<xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/>"
    "<xf numFmtId=\"22\"/></cellXfs>";

/* 42461 is 1 April 2016; 1 is 1 January 1900; 60 the day that never was. */
static void numbers_with_a_date_format_are_dates(void **state)
{
    static const char DATA[] = "<sheetData>" ROW("1", STR("A1", "x"))
        ROW("2", "<c r=\"A2\" s=\"1\"><v>42461</v></c>") ROW("3",
                                                             "<c r=\"A3\" s=\"2\"><v>42461</v></c>")
            ROW("4", "<c r=\"A4\" s=\"3\"><v>42461</v></c>")
                ROW("5", "<c r=\"A5\" s=\"4\"><v>1.5208333333333333</v></c>")
                    ROW("6", "<c r=\"A6\" s=\"5\"><v>42461</v></c>")
                        ROW("7", "<c r=\"A7\" s=\"6\"><v>42461.75</v></c>")
                            ROW("8", "<c r=\"A8\" s=\"1\"><v>1</v></c>")
                                ROW("9", "<c r=\"A9\" s=\"1\"><v>60</v></c>")
                                    ROW("10", "<c r=\"A10\" s=\"1\"><v>61</v></c>")
                                        ROW("11", "<c r=\"A11\" s=\"1\"><v>-1</v></c>")
                                            ROW("12", "<c r=\"A12\" t=\"d\"><v>2016-04-01T00:00:00"
                                                      "</v></c>") "</sheetData>";
    static const char *const EXPECTED[] = {
        "2016-04-01", "2016-04-01", "42461",      "36:30:00", "42461",     "2016-04-01T18:00:00",
        "1900-01-01", "60",         "1900-03-01", "-1",       "2016-04-01"};
    g_autofree char *path =
        book_xlsx(*state, "b.xlsx", (BookParts){.styles = DATE_STYLES, .sheet_data = DATA});
    g_autoptr(Table) t = read_sheet(path, (BookOptions){0});
    assert_int_equal(t->n_rows, G_N_ELEMENTS(EXPECTED));
    for (guint i = 0; i < t->n_rows; i++)
        assert_row(t, i, EXPECTED[i]);
}

static void days_may_count_from_1904(void **state)
{
    g_autofree char *path =
        book_xlsx(*state, "b.xlsx",
                  (BookParts){.styles = DATE_STYLES,
                              /* Excel for Mac writes the second one, into an extension */
                              .workbook_pr = "<workbookPr date1904=\"1\"/><ext xmlns:x14=\"m\">"
                                             "<x14:workbookPr defaultImageDpi=\"32767\"/></ext>",
                              .sheet_data = "<sheetData>" ROW("1", STR("A1", "x"))
                                  ROW("2", "<c r=\"A2\" s=\"1\"><v>40999</v></c>")
                                      ROW("3", "<c r=\"A3\" s=\"1\"><v>0</v></c>") "</sheetData>"});
    g_autoptr(Table) t = read_sheet(path, (BookOptions){0});
    assert_row(t, 0, "2016-04-01");
    assert_row(t, 1, "1904-01-01");
}

static void booleans_and_errors_are_texts(void **state)
{
    g_autofree char *path = book_xlsx(
        *state, "b.xlsx",
        (BookParts){.sheet_data = "<sheetData>" ROW("1", STR("A1", "x") STR("B1", "y"))
                        ROW("2", "<c r=\"A2\" t=\"b\"><v>1</v></c>"
                                 "<c r=\"B2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>")
                            ROW("3", "<c r=\"A3\" t=\"b\"><v>0</v></c>"
                                     "<c r=\"B3\" t=\"e\"><v>#N/A</v></c>") "</sheetData>"});
    g_autoptr(Table) t = read_sheet(path, (BookOptions){0});
    assert_row(t, 0, "TRUE|#DIV/0!");
    assert_row(t, 1, "FALSE|#N/A");
}

/* ---- where the table is --------------------------------------------------------------------- */

/* Titles above, a gap, hidden rows, notes below and beside. */
static const char PLACED[] = "<sheetData>" ROW("2", STR("A2", "A title"))
    ROW("5", STR("B5", " Area\ncode ") STR("C5", "Value")
                 STR("E5", "Value")) "<row r=\"6\" hidden=\"1\">" STR("B6", "E1")
        NUM("C6", "1") "</row>" //
    ROW("7", STR("A7", "x") STR("B7", "E2") NUM("C7", "2") STR("G7", "beside"))
        ROW("8", STR("B8", "Total") NUM("C8", "3")) ROW("10", STR("B10", "E3") NUM("E10", "4"))
            ROW("12", STR("A12", "Notes")) ROW("13", STR("A13", "a note")) "</sheetData>";

static void a_header_is_found_by_row_or_by_pattern(void **state)
{
    g_autofree char *path = book_xlsx(*state, "b.xlsx", (BookParts){.sheet_data = PLACED});
    g_autoptr(Pattern) header = pattern(",Area code,Value,,Value"), end = pattern("Notes?");
    g_autoptr(Pattern) totals = pattern(",Total,.*");
    g_autoptr(Table) t =
        read_sheet(path, (BookOptions){.header = header, .end = end, .skip = totals});
    assert_columns(t, "column 1|Area code|Value|column 4|Value (2)");
    assert_int_equal(t->n_rows, 3);
    assert_row(t, 0, "|E1|1||");
    assert_row(t, 1, "x|E2|2||");
    assert_row(t, 2, "|E3|||4");
    assert_int_equal(t->line[0], 6);
    assert_int_equal(t->line[2], 10);
    assert_int_equal(t->n_fields[2], 5);
    g_autoptr(Table) by_row = read_sheet(path, (BookOptions){.header_row = 5, .end_blank = TRUE});
    assert_columns(by_row, "column 1|Area code|Value|column 4|Value (2)");
    assert_int_equal(by_row->n_rows, 3);
    assert_row(by_row, 2, "|Total|3||");
}

static void a_header_that_is_not_there_is_told(void **state)
{
    g_autofree char *path = book_xlsx(*state, "b.xlsx", (BookParts){.sheet_data = PLACED});
    g_autofree char *none = book_xlsx(*state, "c.xlsx", (BookParts){.sheet_data = "<sheetData/>"});
    g_autoptr(Pattern) header = pattern("Code.*");
    assert_refused(path, (BookOptions){.header = header},
                   "b.xlsx!First: no header: none of the 8 rows with cells matches 'Code.*'");
    assert_refused(path, (BookOptions){.header_row = 4},
                   "b.xlsx!First: no header: row 4 of the sheet is blank (column names)");
    assert_refused(none, (BookOptions){0}, "b.xlsx!First: the sheet is empty");
}

static void joined_cells_name_every_column_that_they_span(void **state)
{
    g_autofree char *path = book_xlsx(
        *state, "b.xlsx",
        (BookParts){.sheet_data = "<sheetData>" ROW("1", STR("A1", "Area") STR("B1", "2016-17")
                                                             STR("D1", "2017-18"))
                        ROW("2", STR("B2", "Number") STR("C2", "Rate") STR("D2", "Number"))
                            ROW("3", STR("A3", "E1") NUM("B3", "1") NUM("C3", "2") NUM("D3", "3")
                                         NUM("E3", "4"))
                                ROW("4", STR("A4", "E2") NUM("B4", "5") NUM(
                                             "C4", "6")) "</sheetData>"
                                                         "<mergeCells><mergeCell "
                                                         "ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/>"
                                                         "<mergeCell ref=\"D1:E1\"/><mergeCell "
                                                         "ref=\"B4:C4\"/></mergeCells>"});
    g_autoptr(Table) t = read_sheet(path, (BookOptions){.header_rows = 2});
    assert_columns(t, "Area|2016-17 Number|2016-17 Rate|2017-18 Number|2017-18");
    assert_int_equal(t->n_rows, 2);
    assert_row(t, 0, "E1|1|2|3|4");
    assert_row(t, 1, "E2|5|||"); /* of joined cells the first holds the value */
}

static void a_sheet_is_chosen_by_name_or_pattern(void **state)
{
    static const char DATA[] = "<sheetData>" ROW("1", STR("A1", "second")) "</sheetData>";
    g_autofree char *path =
        book_xlsx(*state, "b.xlsx", (BookParts){.sheet_data = PLACED, .second_data = DATA});
    g_autoptr(Pattern) name = pattern("Second one"), by = pattern("(?i)second.*");
    g_autoptr(Pattern) none = pattern("Third"), both = pattern("(First|Second).*");
    g_autoptr(Table) a = read_sheet(path, (BookOptions){.sheet = name});
    g_autoptr(Table) b = read_sheet(path, (BookOptions){.sheet = by});
    assert_columns(a, "second");
    assert_columns(b, "second");
    assert_refused(path, (BookOptions){.sheet = none},
                   "no sheet is called so: 'Third' (one of its sheets: First, Second one )");
    assert_refused(path, (BookOptions){.sheet = both}, "several sheets are called so");
}

/* ---- ODS ------------------------------------------------------------------------------------ */

#define OSTR(text)                                                                                 \
    "<table:table-cell office:value-type=\"string\"><text:p>" text "</text:p></table:table-cell>"

static void ods_cells_have_the_values_that_are_stored(void **state)
{
    g_autofree char *path = book_ods(
        *state, "b.ods",
        "<table:table table:name=\"One\"><table:table-row>" OSTR("a") OSTR("b") OSTR("c") OSTR("d")
            OSTR("e")
                OSTR("f") "</table:table-row><table:table-row>"
                          "<table:table-cell office:value-type=\"float\" "
                          "office:value=\"0.10000000000000001\">"
                          "<text:p>0,1</text:p></table:table-cell>"
                          "<table:table-cell office:value-type=\"percentage\" "
                          "office:value=\"0.12\"><text:p>12 %"
                          "</text:p></table:table-cell>"
                          "<table:table-cell office:value-type=\"date\" "
                          "office:date-value=\"2016-04-01T00:00:00\"/>"
                          "<table:table-cell office:value-type=\"time\" "
                          "office:time-value=\"PT36H30M00S\"/>"
                          "<table:table-cell office:value-type=\"boolean\" "
                          "office:boolean-value=\"true\"/>"
                          "<table:table-cell office:value-type=\"string\" office:string-value=\"\" "
                          "calcext:value-type=\"error\"><text:p>#N/A</text:p></table:table-cell></"
                          "table:table-row>"
                          "<table:table-row>"
                          "<table:table-cell "
                          "office:value-type=\"string\"><office:annotation><text:p>note</text:p>"
                          "</office:annotation><text:p>two<text:s "
                          "text:c=\"2\"/><text:span>words</text:span></text:p>"
                          "<text:p>and "
                          "more</text:p><draw:frame><draw:text-box><text:p>shape</text:p></"
                          "draw:text-box>"
                          "</draw:frame></table:table-cell>"
                          "<table:table-cell office:value-type=\"float\" "
                          "office:value=\"0\"><text:p>Err:502</text:p>"
                          "</table:table-cell></table:table-row></table:table>");
    g_autoptr(Table) t = read_sheet(path, (BookOptions){.format = BOOK_ODS});
    assert_int_equal(t->n_rows, 2);
    assert_row(t, 0, "0.1|0.12|2016-04-01|36:30:00|TRUE|#N/A");
    assert_row(t, 1, "two  words\nand more|Err:502||||");
    assert_string_equal(t->file, "b.xlsx!One");
}

static void ods_repeats_and_joined_cells_are_followed(void **state)
{
    g_autofree char *path = book_ods(
        *state, "b.ods",
        "<table:table table:name=\"Front\"><table:table-row>" OSTR(
            "x") "</table:table-row>"
                 "</table:table><table:table table:name=\"Data\">"
                 "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell "
                 "table:number-columns-repeated=\"16384\"/></table:table-row>"
                 "<table:table-row>" OSTR(
                     "Area") "<table:table-cell office:value-type=\"string\" "
                             "table:number-columns-spanned=\"2\">"
                             "<text:p>2016</text:p></table:table-cell><table:covered-table-cell/></"
                             "table:table-row>"
                             "<table:table-row table:number-rows-repeated=\"2\">" OSTR(
                                 "E1") "<table:table-cell office:value-type=\"float\" "
                                       "office:value=\"5\" "
                                       "table:number-columns-repeated=\"2\"/></table:table-row>"
                                       "<table:table-row "
                                       "table:number-rows-repeated=\"1048570\"><table:table-cell "
                                       "table:number-columns-repeated=\"16384\"/></"
                                       "table:table-row></table:table>");
    g_autoptr(Pattern) data = pattern("Data");
    g_autoptr(Table) t = read_sheet(path, (BookOptions){.format = BOOK_ODS, .sheet = data});
    assert_columns(t, "Area|2016|2016 (2)");
    assert_int_equal(t->n_rows, 2);
    assert_row(t, 0, "E1|5|5");
    assert_row(t, 1, "E1|5|5");
    assert_int_equal(t->line[0], 5);
    assert_int_equal(t->line[1], 6);
}

static void ods_repeats_are_bounded(void **state)
{
    g_autofree char *rows = book_ods(
        *state, "b.ods",
        "<table:table table:name=\"D\"><table:table-row table:number-rows-repeated=\"1048577\">" //
        OSTR("a") "</table:table-row></table:table>");
    g_autofree char *columns = book_ods(
        *state, "c.ods",
        "<table:table table:name=\"D\"><table:table-row><table:table-cell "
        "office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"16385\"/>"
        "</table:table-row></table:table>");
    g_autofree char *both = book_ods(
        *state, "d.ods",
        "<table:table table:name=\"D\"><table:table-row table:number-rows-repeated=\"1048576\">"
        "<table:table-cell office:value-type=\"float\" office:value=\"1\" "
        "table:number-columns-repeated=\"16384\"/></table:table-row></table:table>");
    const BookOptions ods = {.format = BOOK_ODS};
    assert_refused(rows, ods, "cell A1048577 is outside a sheet");
    assert_refused(columns, ods, "cell A1 goes on beyond the last column");
    assert_refused(both, ods, "is one repeat too many (at most 4 million cells");
}

/* ---- faults --------------------------------------------------------------------------------- */

static void what_is_no_workbook_is_told(void **state)
{
    g_autofree char *text = support_write(*state, "t.xlsx", "a,b\n1,2\n");
    g_autofree char *empty = support_write(*state, "e.xlsx", "");
    g_autofree char *page = support_write(*state, "h.xlsx", "<!DOCTYPE html><html></html>");
    g_autofree char *old = support_write(*state, "o.xls", "\xD0\xCF\x11\xE0 and so on");
    g_autofree char *missing = g_build_filename(*state, "nowhere.xlsx", NULL);
    assert_refused(text, (BookOptions){0}, "the file is not an XLSX or ODS workbook: found other");
    assert_refused(empty, (BookOptions){0}, "the file is empty");
    assert_refused(page, (BookOptions){0}, "found an HTML page");
    assert_refused(old, (BookOptions){0}, "found an encrypted workbook or one of Excel 97-2003");
    assert_refused(missing, (BookOptions){0}, "cannot be read");
}

static void the_other_format_is_told(void **state)
{
    g_autofree char *ods = book_ods(*state, "b.ods", "");
    g_autofree char *xlsx = book_xlsx(*state, "b.xlsx", (BookParts){.sheet_data = PLACED});
    const char *const parts[] = {"a.txt", "x", NULL};
    g_autofree char *zip = book_zip(*state, "b.zip", parts);
    const char *const locked[] = {"content.xml", "\x01\x02", "META-INF/manifest.xml",
                                  "<m><manifest:encryption-data/></m>", NULL};
    g_autofree char *encrypted = book_zip(*state, "l.ods", locked);
    assert_refused(ods, (BookOptions){0}, "found an ODS workbook (format: ods)");
    assert_refused(xlsx, (BookOptions){.format = BOOK_ODS},
                   "found an XLSX workbook (format: xlsx)");
    assert_refused(zip, (BookOptions){0}, "found another ZIP file");
    assert_refused(zip, (BookOptions){.format = BOOK_ODS}, "found another ZIP file");
    assert_refused(encrypted, (BookOptions){.format = BOOK_ODS}, "the workbook is encrypted");
    assert_refused(ods, (BookOptions){.format = BOOK_ODS}, "the workbook has no sheets");
}

static void a_workbook_cut_short_is_refused_wherever_it_is_cut(void **state)
{
    g_autofree char *path = book_xlsx(*state, "b.xlsx", (BookParts){.sheet_data = PLACED});
    g_autofree char *data = NULL;
    gsize n;
    assert_true(g_file_get_contents(path, &data, &n, NULL));
    for (gsize cut = 0; cut < n; cut += 7) {
        g_autoptr(GError) error = NULL;
        g_autofree char *part = g_memdup2(data, MAX(cut, 1));
        g_autoptr(Table) t = table_parse_book(part, cut, "b.xlsx", NULL, &error);
        assert_null(t);
        assert_non_null(error);
    }
}

static void a_small_file_cannot_fill_the_memory(void **state)
{
    g_autofree char *blanks = g_strnfill(40 << 20, ' ');
    g_autofree char *data = g_strconcat("<sheetData>", blanks, "</sheetData>", NULL);
    g_autofree char *path = book_xlsx(*state, "b.xlsx", (BookParts){.sheet_data = data});
    assert_refused(path, (BookOptions){0}, "this part is too large: more than 32 MiB");
}

static void entities_are_refused(void **state)
{
    const char *const parts[] = {
        "_rels/.rels",
        "<!DOCTYPE lolz [<!ENTITY lol SYSTEM \"file:///etc/passwd\">]><Relationships/>", NULL};
    g_autofree char *path = book_zip(*state, "b.xlsx", parts);
    assert_refused(path, (BookOptions){0}, "_rels/.rels: a document type is declared: lolz");
}

static void faults_within_a_sheet_name_the_cell(void **state)
{
    static const struct {
        const char *data, *message;
    } CASES[] = {
        {"<sheetData>" ROW("1", STR("B1", "b") STR("A1", "a")) "</sheetData>",
         "cell A1 is not behind the cells before it"},
        {"<sheetData>" ROW("2", STR("A2", "b")) ROW("1", STR("A1", "a")) "</sheetData>",
         "cell A1 is not behind the cells before it"},
        {"<sheetData>" ROW("1", STR("XFE1", "b")) "</sheetData>", "is outside a sheet"},
        {"<sheetData>" ROW("1048577", "") "</sheetData>", "row number is not usable: '1048577'"},
        {"<sheetData>" ROW("1", STR("A2", "b")) "</sheetData>",
         "cell reference is not usable: 'A2' in row 1"},
        {"<sheetData>" ROW("1", "<c r=\"A1\" t=\"s\"><v>3</v></c>") "</sheetData>",
         "cell A1 refers to a shared text that is not there: '3' (there are 0)"},
        {"<sheetData><row>", "not well-formed XML: line 2"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *path =
            book_xlsx(*state, "b.xlsx", (BookParts){.sheet_data = CASES[i].data});
        assert_refused(path, (BookOptions){0}, CASES[i].message);
    }
}

static void a_wide_header_over_few_cells_is_bounded(void **state)
{
    g_autoptr(GString) data = g_string_new("<sheetData>" ROW("1", STR("XFD1", "far")));
    for (guint i = 2; i < 2000; i++)
        g_string_append_printf(data, "<row r=\"%u\"><c r=\"A%u\"><v>1</v></c></row>", i, i);
    g_string_append(data, "</sheetData>");
    g_autofree char *path = book_xlsx(*state, "b.xlsx", (BookParts){.sheet_data = data->str});
    assert_refused(path, (BookOptions){0}, "too few cells for so wide a header: 16384 columns");
}

/* ---- real files; expected values by openpyxl --------------------------------------------------
 */

static Table *read_shared(const char *name, const char *sheet, guint header_row)
{
    g_autofree char *path = support_shared(name);
    if (!path)
        skip();
    g_autoptr(Pattern) p = pattern(sheet);
    return read_sheet(path, (BookOptions){.sheet = p, .header_row = header_row});
}

static double column_sum(const Table *t, const char *name)
{
    const int column = table_column(t, name);
    double sum = 0;
    assert_true(column >= 0);
    for (guint row = 0; row < t->n_rows; row++)
        sum += g_ascii_strtod(table_cell(t, row, (guint)column), NULL);
    return sum;
}

static void ascof_is_read_whole(void **state)
{
    (void)state;
    g_autoptr(Table) t = read_shared("data/ascof_2020-21_open_data.xlsx", "in", 0);
    assert_int_equal(t->n_rows, 48970);
    assert_int_equal(t->n_columns, 10);
    assert_row(t, 0,
               "102|Cumbria|Council|E10000006|1A|Total|Denominator|[x]|1A|"
               "Social care-related quality of life");
    assert_true(fabs(column_sum(t, "Measure Value") - 221663402.401) < 1e-4);
}

static void deprivation_has_names_without_blanks_at_their_ends(void **state)
{
    (void)state;
    g_autoptr(Table) t = read_shared("data/iod2019_file11_upper_tier_summaries.xlsx", "IMD", 0);
    assert_int_equal(t->n_rows, 151);
    assert_int_equal(t->n_columns, 12);
    assert_true(table_column(t, "Upper Tier Local Authority District code (2019)") == 0);
    assert_true(fabs(column_sum(t, "IMD - Average score") - 3454.119) < 1e-9);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_setup_dir, support_teardown_dir)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(shared_and_inline_texts_join_runs_and_leave_out_phonetics),
        TEST(numbers_are_the_shortest_text_of_the_double),
        TEST(numbers_with_a_date_format_are_dates),
        TEST(days_may_count_from_1904),
        TEST(booleans_and_errors_are_texts),
        TEST(a_header_is_found_by_row_or_by_pattern),
        TEST(a_header_that_is_not_there_is_told),
        TEST(joined_cells_name_every_column_that_they_span),
        TEST(a_sheet_is_chosen_by_name_or_pattern),
        TEST(ods_cells_have_the_values_that_are_stored),
        TEST(ods_repeats_and_joined_cells_are_followed),
        TEST(ods_repeats_are_bounded),
        TEST(what_is_no_workbook_is_told),
        TEST(the_other_format_is_told),
        TEST(a_workbook_cut_short_is_refused_wherever_it_is_cut),
        TEST(a_small_file_cannot_fill_the_memory),
        TEST(entities_are_refused),
        TEST(faults_within_a_sheet_name_the_cell),
        TEST(a_wide_header_over_few_cells_is_bounded),
        TEST(ascof_is_read_whole),
        TEST(deprivation_has_names_without_blanks_at_their_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
