#include "workbook_files.h"

#include "mini_study.h"

/* Studies whose sources are sheets of workbooks, or have a column per period. */

static const char AREAS[] = "area_code,area_name\nA,Alpha\nB,Beta\n";

/* A study of one source `s` and one total; the definitions of both are given. */
static char *write_study(const char *dir, const char *source, const char *numerator)
{
    g_autofree char *areas = support_write(dir, "areas.csv", AREAS);
    g_autofree char *text = g_strdup_printf(
        "id: t\ntitle: T\npublisher: P\n"
        "areas: {source: areas, code: area_code, name: area_name, nation: England}\n"
        "sources:\n  - {id: areas, title: Areas, publisher: P, path: areas.csv}\n"
        "  - id: s\n    title: S\n    publisher: P\n%s"
        "indicators:\n  - id: i\n    title: I\n    unit: pounds\n    domain: D\n    role: spend\n"
        "    measure: total\n    numerator: {source: s%s}\n",
        source, numerator);
    return support_write(dir, "study.yaml", text);
}

static void world_load(World *w, const char *dir, const char *source, const char *numerator)
{
    g_autofree char *path = write_study(dir, source, numerator);
    world_read(w, dir, path);
}

static void world_open(World *w, const char *dir, const char *source, const char *numerator)
{
    world_load(w, dir, source, numerator);
    if (!w->set)
        diagnostics_print(w->diags, DIAG_NOTE);
    assert_non_null(w->set);
}

static void assert_told(const char *dir, const char *source, const char *numerator,
                        const char *message)
{
    World w;
    world_load(&w, dir, source, numerator);
    g_autoptr(GString) found = g_string_new(NULL);
    guint n;
    const Diag *d = diagnostics_sorted(w.diags, &n);
    for (guint i = 0; i < n; i++)
        g_string_append_printf(found, "%s [%s]\n", d[i].message, d[i].rule);
    support_assert_contains(found->str, message);
    world_close(&w);
}

#define STR(ref, text) "<c r=\"" ref "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define NUM(ref, text) "<c r=\"" ref "\"><v>" text "</v></c>"
#define ROW(n, cells)  "<row r=\"" n "\">" cells "</row>"

static const char SPEND[] = "<sheetData>" ROW("1", STR("A1", "Spending in two years"))
    ROW("3", STR("A3", "code") STR("B3", "2016-17") STR("C3", "2017-18") STR("D3", "note"))
        ROW("4", STR("A4", "A") NUM("B4", "3") NUM("C4", "4"))
            ROW("5", STR("A5", "B") NUM("B5", "5") "<c r=\"C5\" t=\"e\"><v>#N/A</v></c>")
                ROW("6", STR("A6", "C") NUM("B6", "7")) ROW("8", STR("A8", "Notes")) "</sheetData>";

/* ---- workbooks ------------------------------------------------------------------------------ */

static void a_row_of_a_sheet_is_named_with_its_sheet(void **state)
{
    World w;
    g_free(book_xlsx(*state, "s.xlsx", (BookParts){.sheet_data = "", .second_data = SPEND}));
    world_open(&w, *state,
               "    path: s.xlsx\n    sheet: Second one\n    header_row: 3\n    end: blank\n"
               "    area: {column: code}\n    period: {constant: 2017-18}\n",
               ", columns: 2017-18");
    assert_true(at(&w, "2017-18", "A")->value == 4);
    assert_int_equal(at(&w, "2017-18", "A")->line, 4);
    assert_int_equal(at(&w, "2017-18", "B")->status, STATUS_REJECTED);
    assert_int_equal(w.set->n_rejects, 2);
    assert_string_equal(w.set->rejects[0].file, "s.xlsx!Second one ");
    assert_int_equal(w.set->rejects[0].line, 5);
    assert_string_equal(w.set->rejects[0].rule, "not-a-number");
    assert_string_equal(w.set->rejects[1].rule, "unknown-area");
    const int s = study_source(w.study, "s");
    assert_string_equal(w.set->sources[s].file, "s.xlsx");
    assert_string_equal(w.set->sources[s].sheet, "Second one ");
    assert_string_equal(w.set->sources[s].place, "s.xlsx!Second one ");
    assert_int_equal(w.set->sources[s].rows_read, 3);
    world_close(&w);
}

static void a_format_can_be_declared(void **state)
{
    World w;
    g_free(book_xlsx(*state, "download", (BookParts){.sheet_data = SPEND}));
    world_open(&w, *state,
               "    path: download\n    format: xlsx\n    header: 'code,.*'\n    end: Notes\n"
               "    missing: {'#N/A': suppressed}\n"
               "    area: {column: code, ignore: C}\n    period: {constant: 2017-18}\n",
               ", columns: 2017-18");
    assert_int_equal(at(&w, "2017-18", "B")->status, STATUS_SUPPRESSED);
    assert_int_equal(w.set->n_rejects, 0);
    world_close(&w);
}

static void tabs_go_with_tsv(void **state)
{
    World w;
    g_free(support_write(*state, "s.tsv", "code\tx\nA\t3\nB\t5\n\nNotes\tNotes\n"));
    world_open(&w, *state,
               "    path: s.tsv\n    end: blank\n    area: {column: code}\n"
               "    period: {constant: 2016}\n",
               ", columns: x");
    assert_true(at(&w, "2016", "B")->value == 5);
    assert_int_equal(w.set->n_rejects, 0);
    world_close(&w);
}

static void faults_of_workbooks_are_told(void **state)
{
    static const char AREA[] = "    area: {column: code}\n    period: {constant: 2016}\n";
    g_free(book_xlsx(*state, "s.xlsx", (BookParts){.sheet_data = SPEND}));
    g_autofree char *none = g_strconcat("    path: s.xlsx\n    sheet: Thrid\n", AREA, NULL);
    g_autofree char *csv = g_strconcat("    path: s.csv\n    sheet: First\n", AREA, NULL);
    g_autofree char *rows = g_strconcat("    path: s.csv\n    header_rows: 2\n", AREA, NULL);
    g_autofree char *coded = g_strconcat("    path: s.xlsx\n    encoding: utf-8\n", AREA, NULL);
    assert_told(*state, none, ", columns: x",
                "s.xlsx: no sheet is called so: 'Thrid' (one of its sheets: First) [cannot-read]");
    assert_told(
        *state, csv, ", columns: x",
        "sheet of a source that is no workbook: First (format: xlsx, ods or xls) [bad-value]");
    assert_told(*state, rows, ", columns: x", "header_rows of a source that is no workbook: 2");
    assert_told(*state, coded, ", columns: x",
                "encoding of a source that is a workbook: utf-8 (its text has none) [bad-value]");
}

/* ---- a column per period -------------------------------------------------------------------- */

static const char YEARS[] = "code,what,2016-17,2017/18,2018-19 (p),note\n"
                            "A,spend,3,4,5,x\nA,people,1,1,1,\nB,spend,6,,8,\nC,spend,1,1,1,\n";

static void a_column_per_period_with_groups(void **state)
{
    World w;
    g_free(support_write(*state, "s.csv", YEARS));
    world_open(&w, *state,
               "    path: s.csv\n    shape: wide_by_period\n"
               "    period_columns: '(?<start>\\d{4})[-/]\\d\\d.*'\n"
               "    period: {kind: financial_year}\n    area: {column: code}\n",
               ", rows: [{column: what, match: spend}]");
    assert_int_equal(w.set->series[0].n_periods, 3);
    assert_true(at(&w, "2016-17", "A")->value == 3);
    assert_true(at(&w, "2017-18", "A")->value == 4);
    assert_true(at(&w, "2018-19", "B")->value == 8);
    assert_int_equal(at(&w, "2018-19", "B")->line, 4);
    assert_int_equal(at(&w, "2017-18", "B")->status, STATUS_NOT_REPORTED);
    assert_int_equal(w.set->n_rejects, 1); /* area C once, not once per period */
    assert_string_equal(w.set->rejects[0].rule, "unknown-area");
    world_close(&w);
}

static void months_as_columns_are_gathered(void **state)
{
    static const char *const MONTHS[] = {"Apr", "May", "Jun", "Jul", "Aug", "Sep",
                                         "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"};
    g_autoptr(GString) header = g_string_new("code"), a = g_string_new("A"), b = g_string_new("B");
    for (guint i = 0; i < 12; i++) {
        g_string_append_printf(header, ",%s %d", MONTHS[i], i < 9 ? 2016 : 2017);
        g_string_append_printf(a, ",%u", i + 1);
        g_string_append_printf(b, i == 4 ? "," : ",1");
    }
    g_autofree char *csv = g_strdup_printf("%s\n%s\n%s\n", header->str, a->str, b->str);
    g_free(support_write(*state, "s.csv", csv));
    World w;
    world_open(&w, *state,
               "    path: s.csv\n    shape: wide_by_period\n    period_columns: '\\w{3} \\d{4}'\n"
               "    area: {column: code}\n",
               ", gather: financial_year");
    assert_true(at(&w, "2016-17", "A")->value == 78); /* 1 + 2 + … + 12 */
    assert_int_equal(at(&w, "2016-17", "B")->status, STATUS_NOT_REPORTED);
    world_close(&w);
}

static void dates_of_a_sheet_can_be_periods(void **state)
{
    World w;
    g_free(book_xlsx(
        *state, "s.xlsx",
        (BookParts){.styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"mmm-yy\"/></numFmts>"
                              "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs>",
                    .sheet_data = "<sheetData>" ROW(
                        "1", STR("A1", "code") "<c r=\"B1\" s=\"1\"><v>42461</v></c>"
                                               "<c r=\"C1\" s=\"1\"><v>42491</v></c>")
                        ROW("2", STR("A2", "A") NUM("B2", "3") NUM("C2", "4")) "</sheetData>"}));
    world_open(&w, *state,
               "    path: s.xlsx\n    shape: wide_by_period\n    period: {kind: month}\n"
               "    period_columns: '(?<year>\\d{4})-(?<month>\\d\\d)-01'\n"
               "    area: {column: code}\n",
               "");
    assert_true(at(&w, "2016-04", "A")->value == 3);
    assert_true(at(&w, "2016-05", "A")->value == 4);
    world_close(&w);
}

static void faults_of_period_columns_are_told(void **state)
{
    static const struct {
        const char *source, *numerator, *message;
    } CASES[] = {
        {"    shape: wide_by_period\n", "",
         "missing key in source: period_columns (shape wide_by_period needs a pattern for the "
         "headers of periods) [missing-key]"},
        {"    period_columns: '\\d{4}'\n", ", columns: x",
         "period_columns in a table that has no column per period (shape: wide_by_period)"},
        {"    shape: wide_by_period\n    period_columns: '(?<year>\\d{4}).*'\n", "",
         "missing key in period: kind (groups in period_columns need one"},
        {"    shape: wide_by_period\n    period_columns: '(?<year>\\d{4}).*'\n"
         "    period: {kind: month}\n",
         "",
         "a pattern that cannot give a month: (?<year>\\d{4}).* (groups (?<year>…) and "
         "(?<month>…))"},
        {"    shape: wide_by_period\n    period_columns: '\\d{4}'\n    period: {column: x}\n", "",
         "a period elsewhere in a table with a column per period"},
        {"    shape: wide_by_period\n    period_columns: '\\d{4}'\n", ", columns: x",
         "columns chosen in a table with a column per period: s (rows alone)"},
        {"    period: {kind: month}\n", ", columns: x", "a period that is in 0 places"},
        {"    shape: wide_by_period\n    period_columns: '20.*'\n", "",
         "no period in a header of s.csv: 2018-19 (p) (period_columns 20.*) [unknown-period]"},
        {"    shape: wide_by_period\n    period_columns: '19.*'\n", "",
         "no column is a period, the first of s.csv: code (period_columns 19.*) [unknown-column]"},
        {"    shape: wide_by_period\n    period_columns: '(?<start>20\\d).*'\n"
         "    period: {kind: financial_year}\n",
         "", "no period in a header of s.csv: 2016-17"},
        {"    shape: wide_by_period\n    period_columns: '(?<start>20).*'\n"
         "    period: {kind: financial_year}\n",
         "", "a second column for one period in s.csv: 2017/18"},
    };
    g_free(support_write(*state, "s.csv", YEARS));
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *source =
            g_strconcat("    path: s.csv\n    area: {column: code}\n", CASES[i].source, NULL);
        assert_told(*state, source, CASES[i].numerator, CASES[i].message);
    }
}

/* ---- a real workbook ------------------------------------------------------------------------ */

/* The sum over single-tier and county councils by openpyxl: 15,320,788 (£ thousand, rounded). */
static void the_revenue_outturn_sums_to_what_was_published(void **state)
{
    World w;
    g_autofree char *path = support_shared("data/mhclg_revenue_outturn_summary_RS_2017-18.xlsx");
    if (!path)
        skip();
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    g_autofree char *source = g_strdup_printf(
        "    path: %s\n    sheet: RS LA Data 2017-18\n    header: 'E-code,ONS Code,.*'\n"
        "    area: {column: Class, national: 'UA|SC|MD|L'}\n    period: {constant: 2017-18}\n"
        "    rows:\n      - {column: E-code, match: 'E\\d+'}\n"
        "      - {column: Class, in: [UA, SC, MD, L]}\n",
        absolute);
    world_open(&w, *state, source, ", columns: Adult Social Care, sum: true");
    const Series *s = &w.set->series[0];
    assert_int_equal(s->n_periods, 1);
    assert_int_equal((int)floor(s->national[0].value + 0.5), 15320788);
    assert_int_equal(s->national[0].rows, 152);
    assert_int_equal(s->national[0].line, 8);
    world_close(&w);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_setup_dir, support_teardown_dir)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_row_of_a_sheet_is_named_with_its_sheet),
        TEST(a_format_can_be_declared),
        TEST(tabs_go_with_tsv),
        TEST(faults_of_workbooks_are_told),
        TEST(a_column_per_period_with_groups),
        TEST(months_as_columns_are_gathered),
        TEST(dates_of_a_sheet_can_be_periods),
        TEST(faults_of_period_columns_are_told),
        TEST(the_revenue_outturn_sums_to_what_was_published),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
