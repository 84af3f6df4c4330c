#include "xls_files.h"

#include "seeds.h"

#include "../fuzz/fuzz_xls.c"

static void the_seeds_hold(void **state)
{
    (void)state;
    seeds_feed_all(&(Seeds){.body = LLVMFuzzerTestOneInput, .cuts = 400, .changes = 2000}, "xls");
}

/* The tables of a compound file leading to themselves, to each other and to nowhere. */
static void tables_that_lead_nowhere(void **state)
{
    (void)state;
    static const guint32 NUMBERS[] = {0,          1,          2,          3,          4,
                                      0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0x7FFFFFFF, 0x00FFFFFF};
    GByteArray *cells = g_byte_array_new();
    xls_text_cell(cells, 0, 0, "a");
    xls_number_cell(cells, 1, 0, 0, 1);
    g_autoptr(GByteArray) file = xls_book(NULL, cells);
    for (guint at = 24; at + 4 <= 2048; at += at % 512 < 160 ? 2 : 16) {
        for (guint i = 0; i < G_N_ELEMENTS(NUMBERS); i++) {
            g_autoptr(GByteArray) changed = g_byte_array_new();
            xls_u8(changed, 'f');
            g_byte_array_append(changed, file->data, file->len);
            for (guint k = 0; k < 4; k++)
                changed->data[at + 1 + k] = (guint8)(NUMBERS[i] >> (8 * k));
            LLVMFuzzerTestOneInput(changed->data, changed->len);
        }
    }
}

/* ---- a workbook of another program -------------------------------------------------------------
 */

static Table *office(void)
{
    g_autofree char *path = seeds_path("xls", "office");
    g_autofree char *data = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(Pattern) sheet = pattern_new("Data 2016-17", FALSE, NULL);
    const BookOptions options = {
        .format = BOOK_XLS, .sheet = sheet, .header_row = 2, .header_rows = 2};
    gsize n;
    if (!g_file_get_contents(path, &data, &n, NULL))
        return NULL;
    Table *t = table_parse_book(data + 1, n - 1, "office.xls", &options, &error);
    if (!t)
        fail_msg("%s", error->message);
    return t;
}

/* What xls_seed.py says; LibreOffice worked the formulas out. */
static void a_workbook_of_libreoffice(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"Code",  "2016-17 Number", "2016-17 Rate", "Collected",
                                        "Share", "Total",          "Remark",       "Flag"};
    g_autoptr(Table) t = office();
    if (!t)
        skip();
    assert_int_equal(t->n_columns, G_N_ELEMENTS(NAMES));
    for (guint c = 0; c < G_N_ELEMENTS(NAMES); c++)
        assert_string_equal(t->columns[c], NAMES[c]);
    assert_int_equal(t->n_rows, 41);
    for (guint i = 1; i <= 40; i++) {
        char *const expected[] = {g_strdup_printf("E%08u", i),
                                  g_strdup_printf("%u", 3 * i),
                                  i == 3 ? g_strdup("#N/A") : g_strdup_printf("%.10g", i / 8.0),
                                  i == 4 ? g_strdup("2016-04-01T12:30:00")
                                         : g_strdup_printf("2016-04-%02u", i % 30 + 1),
                                  g_strdup_printf("%.10g", i / 100.0),
                                  i == 2 ? g_strdup("#DIV/0!") : g_strdup_printf("%u", 6 * i),
                                  i == 5 ? g_strdup("Ynys Môn") : g_strdup_printf("no %u", 3 * i),
                                  g_strdup(3 * i > 60 ? "TRUE" : "FALSE")};
        assert_int_equal(t->line[i - 1], i + 3);
        for (guint c = 0; c < G_N_ELEMENTS(expected); c++)
            assert_string_equal(table_cell(t, i - 1, c), expected[c]);
        for (guint c = 0; c < G_N_ELEMENTS(expected); c++)
            g_free(expected[c]);
    }
    assert_string_equal(table_cell(t, 40, 0), "Source: invented");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_seeds_hold),
        cmocka_unit_test(tables_that_lead_nowhere),
        cmocka_unit_test(a_workbook_of_libreoffice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
