#include "support.h"

#include "peerline/intake/table.h"

#define MEMORY "t.csv"

static Table *parse_with(const char *text, const CsvOptions *options, Diagnostics *d)
{
    g_autoptr(GError) error = NULL;
    Table *t = table_parse_csv(text, strlen(text), MEMORY, options, d, &error);
    if (!t)
        fail_msg("%s", error->message);
    return t;
}

/* Rows as "line|cell|cell;", to compare whole tables at once. */
static char *rows(const Table *t)
{
    GString *out = g_string_new(NULL);
    for (guint r = 0; r < t->n_rows; r++) {
        g_string_append_printf(out, "%u", t->line[r]);
        for (guint c = 0; c < t->n_columns; c++)
            g_string_append_printf(out, "|%s", table_cell(t, r, c));
        g_string_append_c(out, ';');
    }
    return g_string_free(out, FALSE);
}

static void assert_rows(const char *text, const CsvOptions *options, const char *expected)
{
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Table) t = parse_with(text, options, d);
    g_autofree char *found = rows(t);
    assert_string_equal(found, expected);
    assert_int_equal(diagnostics_count(d, DIAG_NOTE), 0);
}

static void assert_refused(const char *data, gsize n, const CsvOptions *options, const char *why)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Table) t = table_parse_csv(data, n, MEMORY, options, d, &error);
    assert_null(t);
    support_assert_contains(error->message, why);
    assert_true(g_str_has_prefix(error->message, MEMORY ":"));
}

/* ---- records and fields ------------------------------------------------------------------- */

static void test_every_line_end(void **state)
{
    (void)state;
    assert_rows("a,b\n1,2\n3,4\n", NULL, "2|1|2;3|3|4;");
    assert_rows("a,b\r\n1,2\r\n3,4\r\n", NULL, "2|1|2;3|3|4;");
    assert_rows("a,b\r1,2\r3,4\r", NULL, "2|1|2;3|3|4;");
    assert_rows("a,b\r\n1,2\n3,4", NULL, "2|1|2;3|3|4;");
}

static void test_quotes(void **state)
{
    (void)state;
    assert_rows("a,b\n\"1,5\",\"say \"\"so\"\"\"\n", NULL, "2|1,5|say \"so\";");
    assert_rows("a,b\n\"\",\"\"\"\"\n", NULL, "2||\";");
    assert_rows("a,b\n6\" pipe,x\n", NULL, "2|6\" pipe|x;");
    assert_rows("a,b\n\"x\" ,y\n", NULL, "2|x|y;");
}

static void test_lines_are_counted_through_quotes(void **state)
{
    (void)state;
    assert_rows("a,b\n\"1\n1\",2\n3,\"4\r\n4\r4\"\n5,6\n", NULL, "2|1\n1|2;4|3|4\r\n4\r4;7|5|6;");
}

static void test_blank_lines_are_no_records_but_count(void **state)
{
    (void)state;
    assert_rows("\n\na,b\n\n1,2\n , \n,\n\n3,4\n\n", NULL, "5|1|2;9|3|4;");
}

static void test_cells_are_trimmed(void **state)
{
    (void)state;
    assert_rows("a,b\n  1\t, \xC2\xA0x y\xC2\xA0 \n\" q \",\"\n\"\n", NULL, "2|1|x y;3|q|;");
}

static void test_short_records_are_filled_and_told(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Table) t = parse_with("a,b,c\n1,2\n3\n4,5,6\n", NULL, d);
    g_autofree char *found = rows(t);
    assert_string_equal(found, "2|1|2|;3|3||;4|4|5|6;");
    assert_int_equal(t->n_fields[0], 2);
    assert_int_equal(t->n_fields[1], 1);
    assert_int_equal(t->n_fields[2], 3);
    assert_int_equal(diagnostics_count(d, DIAG_NOTE), 0);
}

static void test_other_delimiters(void **state)
{
    (void)state;
    CsvOptions tab = {.delimiter = '\t'}, semicolon = {.delimiter = ';'};
    assert_rows("a\tb\n1,5\t\"x\"\n", &tab, "2|1,5|x;");
    assert_rows("a;b\n1,5;2\n", &semicolon, "2|1,5|2;");
    assert_refused("a\n", 2, &(CsvOptions){.delimiter = '"'}, "delimiter");
}

/* ---- faults that cost one record ----------------------------------------------------------- */

static void assert_one_fault(const char *text, const CsvOptions *options, const char *rule,
                             guint line, const char *kept)
{
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Table) t = parse_with(text, options, d);
    g_autofree char *found = rows(t);
    assert_string_equal(found, kept);
    guint n;
    const Diag *items = diagnostics_sorted(d, &n);
    assert_int_equal(n, 1);
    assert_string_equal(items[0].rule, rule);
    assert_string_equal(items[0].file, MEMORY);
    assert_int_equal(items[0].line, line);
    assert_int_equal(items[0].severity, DIAG_WARNING);
}

static void test_a_bad_record_costs_only_itself(void **state)
{
    (void)state;
    CsvOptions windows = {.encoding = ENCODING_WINDOWS_1252};
    assert_one_fault("a,b\n1,2,3\n4,5\n", NULL, "row-too-long", 2, "3|4|5;");
    assert_one_fault("a,b\n1,\"2\"x\n4,5\n", NULL, "stray-quote", 2, "3|4|5;");
    assert_one_fault("a,b\n1,\xA3\n4,5\n", NULL, "invalid-text", 2, "3|4|5;");
    assert_one_fault("a,b\n1,\xC3\n4,5\n", NULL, "invalid-text", 2, "3|4|5;");
    assert_one_fault("a,b\n1,\x81\n4,\xA3\n", &windows, "invalid-text", 2, "3|4|\xC2\xA3;");
}

static void test_a_last_record_without_newline_is_kept_if_whole(void **state)
{
    (void)state;
    assert_rows("a,b\n1,2\n3,4", NULL, "2|1|2;3|3|4;");
    assert_rows("a,b\n1,2\n3,", NULL, "2|1|2;3|3|;");
}

static void test_the_message_names_how_far_a_record_went(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Table) t = parse_with("a,b\n\"x,1\ny,2\nz\"w,3\n5,6\n", NULL, d);
    g_autofree char *found = rows(t);
    assert_string_equal(found, "5|5|6;");
    guint n;
    support_assert_contains(diagnostics_sorted(d, &n)[0].message, "to line 4");
}

/* ---- faults that make the file unusable ------------------------------------------------------ */

static void test_unusable_files(void **state)
{
    (void)state;
    assert_refused("a,b\n1,2\n3", 9, NULL, "t.csv:3: the file is cut short");
    assert_refused("", 0, NULL, "empty");
    assert_refused("\n \n\n", 4, NULL, "empty");
    assert_refused("a,b\n1,\0\n", 8, NULL, "t.csv:2: the file is not text");
    assert_refused("a,b\n1,\"2\n3,4\n", 13, NULL, "t.csv:2: a quoted field");
    assert_refused("\xA3,b\n", 4, NULL, "0xA3");
    assert_refused("a,\"b\"c\n", 7, NULL, "closing quotation mark");
}

static void test_other_formats_are_named(void **state)
{
    (void)state;
    assert_refused("PK\x03\x04xyz", 7, NULL, "XLSX");
    assert_refused("\xFF\xFE"
                   "a\0",
                   4, NULL, "UTF-16");
    assert_refused("%PDF-1.4\n", 9, NULL, "PDF");
    static const char page[] = "\n<!-- x --> <!DOCTYPE HTML>\n<html></html>";
    assert_refused(page, sizeof page - 1, NULL, "HTML");
}

static void test_a_file_that_is_not_there(void **state)
{
    g_autofree char *path = g_build_filename(*state, "none.csv", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(Diagnostics) d = diagnostics_new();
    assert_null(table_read_csv(path, "none.csv", NULL, d, &error));
    support_assert_contains(error->message, "none.csv: cannot be read");
}

/* A header of many fields over many short records must not ask for terabytes. */
static void test_padding_is_bounded(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 20000; i++)
        g_string_append_c(text, ',');
    g_string_append(text, "a\n");
    for (int i = 0; i < 20000; i++)
        g_string_append(text, "1\n");
    assert_refused(text->str, text->len, NULL, "too many short records");
}

/* ---- encodings --------------------------------------------------------------------------------
 */

static void test_encodings(void **state)
{
    (void)state;
    CsvOptions windows = {.encoding = ENCODING_WINDOWS_1252};
    CsvOptions latin = {.encoding = ENCODING_LATIN1};
    CsvOptions utf8 = {.encoding = ENCODING_UTF8};
    assert_rows("a\n\xC2\xA3\n", NULL, "2|\xC2\xA3;");
    assert_rows("a\n\xC2\xA3\n", &utf8, "2|\xC2\xA3;");
    assert_rows("a\n\xA3\x80\x92\n", &windows, "2|\xC2\xA3\xE2\x82\xAC\xE2\x80\x99;");
    assert_rows("a\n\xA3\xE9\n", &latin, "2|\xC2\xA3\xC3\xA9;");
}

/* Each of the 251 characters as GLib's iconv has it, and the five that do not exist. */
static void test_windows_1252_is_complete(void **state)
{
    (void)state;
    CsvOptions windows = {.encoding = ENCODING_WINDOWS_1252};
    for (int c = 0x80; c <= 0xFF; c++) {
        if (c == 0xA0) /* a blank: trimmed */
            continue;
        char text[] = {'a', '\n', 'x', (char)c, 'y', '\n', 0};
        g_autofree char *expected =
            g_convert(text + 2, 3, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
        g_autoptr(Diagnostics) d = diagnostics_new();
        g_autoptr(Table) t = parse_with(text, &windows, d);
        assert_int_equal(t->n_rows, expected ? 1 : 0);
        assert_int_equal(support_count_rule(d, "invalid-text"), expected ? 0 : 1);
        if (expected)
            assert_string_equal(table_cell(t, 0, 0), expected);
    }
}

static void test_byte_order_mark_is_no_text_and_wins(void **state)
{
    (void)state;
    CsvOptions windows = {.encoding = ENCODING_WINDOWS_1252};
    const CsvOptions *options[] = {NULL, &windows};
    for (guint i = 0; i < G_N_ELEMENTS(options); i++) {
        g_autoptr(Diagnostics) d = diagnostics_new();
        g_autoptr(Table) t = parse_with("\xEF\xBB\xBF\"a\"\n\xC2\xA3\n", options[i], d);
        assert_string_equal(t->columns[0], "a");
        assert_string_equal(table_cell(t, 0, 0), "\xC2\xA3");
    }
}

/* ---- header, preamble, footer ------------------------------------------------------------------
 */

static void test_column_names_are_squeezed_and_unique(void **state)
{
    (void)state;
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Table) t = parse_with("\"Net\r\n  spend\",,x,x,x (2),x,\n", NULL, d);
    static const char *const names[] = {"Net spend", "column 2", "x",       "x (2)",
                                        "x (2) (2)", "x (3)",    "column 7"};
    assert_int_equal(t->n_columns, G_N_ELEMENTS(names));
    for (guint i = 0; i < t->n_columns; i++)
        assert_string_equal(t->columns[i], names[i]);
    assert_int_equal(table_column(t, "x (3)"), 5);
    assert_int_equal(table_column(t, "X"), -1);
    assert_int_equal(t->n_rows, 0);
}

static void test_header_by_record_number(void **state)
{
    (void)state;
    CsvOptions third = {.header_row = 3};
    assert_rows("Title,,,,\n\na,b\n1,2\n", &third, "4|1|2;");
    assert_refused("a,b\n1,2\n", 8, &third, "only 2 records");
    assert_refused("a\nb\n\nc\n", 7, &third, "record 3 is blank");
}

static void test_header_by_pattern(void **state)
{
    (void)state;
    g_autoptr(Pattern) header = pattern_new("E-code,Local authority,.*", FALSE, NULL);
    CsvOptions options = {.header = header};
    assert_rows("Table 1,\"a\nb\"\n\n\"E-code\",\"Local\n authority\",x\nE1,Y,2\n", &options,
                "6|E1|Y|2;");
    assert_refused("a,b\n1,2\n", 8, &options, "none of 2 records matches");
}

static void test_end_and_skip(void **state)
{
    (void)state;
    g_autoptr(Pattern) end = pattern_new("(Notes?|Source):.*", FALSE, NULL);
    g_autoptr(Pattern) skip = pattern_new("Region .*", FALSE, NULL);
    CsvOptions options = {.end = end, .skip = skip};
    /* What lies below the end is not even looked at: not the long record, not the open quote. */
    assert_rows("a,b\nRegion A,,,\n1,2\nRegion B\n3,4\nNotes: x,,\n1,2,3\n\"open\n", &options,
                "3|1|2;5|3|4;");
}

static void test_a_runaway_pattern_is_a_fault_of_the_study(void **state)
{
    (void)state;
    g_autoptr(Pattern) skip = pattern_new("(*NO_JIT)(a+)+", FALSE, NULL);
    CsvOptions options = {.skip = skip};
    const char *text = "a\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\n";
    assert_refused(text, strlen(text), &options, "t.csv:2: the pattern takes too many steps");
}

/* ---- real files ---------------------------------------------------------------------------------
 */

/* Counts from Python's csv module over the same bytes: records below the header that are not blank,
 * columns, and the line on which the last record begins. */
static void test_real_files(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        Encoding encoding;
        guint rows, columns, last_line;
    } files[] = {
        {"ascfr_2016-17_totals.csv", ENCODING_AUTO, 41699, 17, 41700},
        {"dtoc_days_by_reason_by_LA_monthly.csv", ENCODING_AUTO, 15847, 15, 15848},
        {"fingertips_22401_falls_admissions_65plus_LTLA_trafford.csv", ENCODING_AUTO, 2624, 8,
         2625},
        {"fingertips_UTLA_campylobacter_2015-2017.csv", ENCODING_AUTO, 852, 26, 1704},
        {"fingertips_UTLA_social_isolation_ascof1I.csv", ENCODING_AUTO, 4536, 26, 4537},
        {"hmt_gdp_deflators_dec2023.csv", ENCODING_AUTO, 101, 18, 106},
        {"lookup_area_to_region.csv", ENCODING_AUTO, 355, 4, 356},
        {"lookup_ecode_to_ons_2012.csv", ENCODING_AUTO, 443, 8, 444},
        {"lookup_la_all_codes_with_successors.csv", ENCODING_AUTO, 415, 21, 416},
        {"lookup_mysociety_uk_local_authorities.csv", ENCODING_AUTO, 470, 38, 471},
        {"lookup_utla_all_codes.csv", ENCODING_AUTO, 218, 14, 219},
        {"mhclg_revenue_outturn_summary_2015-16_2016-17_bbc_compiled.csv", ENCODING_AUTO, 304, 22,
         305},
        {"mhclg_revenue_outturn_summary_RS_fy2011.csv", ENCODING_AUTO, 444, 83, 445},
        {"mhclg_revenue_outturn_summary_RS_fy2012.csv", ENCODING_AUTO, 444, 87, 446},
        {"mhclg_revenue_outturn_summary_RS_fy2013.csv", ENCODING_AUTO, 444, 95, 446},
        {"oflog_asc_metrics_2015-16_to_2022-23.csv", ENCODING_AUTO, 6376, 12, 6377},
        {"ons_health_index_indicators_UTLA_2015.csv", ENCODING_AUTO, 149, 66, 150},
        {"ons_health_index_indicators_UTLA_2016.csv", ENCODING_AUTO, 149, 69, 150},
        {"ons_health_index_indicators_UTLA_2017.csv", ENCODING_AUTO, 149, 68, 150},
        {"ons_health_index_indicators_UTLA_2018.csv", ENCODING_AUTO, 149, 72, 150},
        {"ons_population_single_year_of_age_by_LA.csv", ENCODING_AUTO, 8976, 94, 8977},
        {"pssex1_2014-15_unit_costs_by_council_wide.csv", ENCODING_WINDOWS_1252, 243, 168, 252},
    };
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *name = g_strconcat("data/", files[i].name, NULL);
        g_autofree char *path = support_shared(name);
        if (!path)
            skip();
        g_autoptr(GError) error = NULL;
        g_autoptr(Diagnostics) d = diagnostics_new();
        CsvOptions options = {.encoding = files[i].encoding};
        g_autoptr(Table) t = table_read_csv(path, files[i].name, &options, d, &error);
        assert_non_null(t);
        assert_int_equal(t->n_rows, files[i].rows);
        assert_int_equal(t->n_columns, files[i].columns);
        assert_int_equal(t->line[t->n_rows - 1], files[i].last_line);
        assert_int_equal(diagnostics_count(d, DIAG_NOTE), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_line_end),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_lines_are_counted_through_quotes),
        cmocka_unit_test(test_blank_lines_are_no_records_but_count),
        cmocka_unit_test(test_cells_are_trimmed),
        cmocka_unit_test(test_short_records_are_filled_and_told),
        cmocka_unit_test(test_other_delimiters),
        cmocka_unit_test(test_a_bad_record_costs_only_itself),
        cmocka_unit_test(test_a_last_record_without_newline_is_kept_if_whole),
        cmocka_unit_test(test_the_message_names_how_far_a_record_went),
        cmocka_unit_test(test_unusable_files),
        cmocka_unit_test(test_other_formats_are_named),
        cmocka_unit_test_setup_teardown(test_a_file_that_is_not_there, support_setup_dir,
                                        support_teardown_dir),
        cmocka_unit_test(test_padding_is_bounded),
        cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_windows_1252_is_complete),
        cmocka_unit_test(test_byte_order_mark_is_no_text_and_wins),
        cmocka_unit_test(test_column_names_are_squeezed_and_unique),
        cmocka_unit_test(test_header_by_record_number),
        cmocka_unit_test(test_header_by_pattern),
        cmocka_unit_test(test_end_and_skip),
        cmocka_unit_test(test_a_runaway_pattern_is_a_fault_of_the_study),
        cmocka_unit_test(test_real_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
