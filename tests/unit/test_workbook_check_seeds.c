#include "seeds.h"

#include "../fuzz/fuzz_workbook.c"

static void the_parts_of_a_workbook_hold(void **state)
{
    (void)state;
    seeds_feed_all(&(Seeds){.body = LLVMFuzzerTestOneInput, .cuts = 100, .changes = 200},
                   "workbook");
}

/* A whole file: damage to the ZIP structure itself. */
static void damaged_files_hold(void **state)
{
    (void)state;
    gsize n;
    g_autofree guint8 *sound = fuzz_wrap('c', (const guint8 *)"<a/>", 4, &n);
    g_autofree char *seed = g_malloc(n + 1);
    seed[0] = '0';
    memcpy(seed + 1, sound, n);
    seeds_feed(&(Seeds){.body = LLVMFuzzerTestOneInput, .cuts = 100, .changes = 2000}, seed, n + 1);
}

/* What a checker says of a workbook of which one part is this, in time that a reader would wait. */
static char *said_of(char letter, const char *part)
{
    gsize n;
    const gint64 began = g_get_monotonic_time();
    g_autofree guint8 *book = fuzz_wrap(letter, (const guint8 *)part, strlen(part), &n);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) breaches = workbook_check_bytes(book, n, &error);
    GString *said = g_string_new(error ? error->message : "");
    for (guint i = 0; breaches && i < breaches->len; i++) {
        const WorkbookBreach *b = breaches->pdata[i];
        g_string_append_printf(said, "%s %s: %s\n", b->rule, b->cell, b->message);
    }
    assert_true(g_get_monotonic_time() - began < 60 * G_USEC_PER_SEC);
    return g_string_free(said, FALSE);
}

static void says(char letter, const char *part, const char *what)
{
    g_autofree char *said = said_of(letter, part);
    if (!strstr(said, what))
        fail_msg("not said: %s; the end is: %s", what, said + MAX(strlen(said), 300) - 300);
}

static void the_largest_table_takes_no_time(void **state)
{
    (void)state;
    says('b', "<table displayName='rates' ref='A3:B1048576'/>",
         "and 1048552 more of the same rule"); /* rows 5 to 1,048,576 but for 20 */
    says('b', "<table displayName='rates' ref='A3:XFD4'/>",
         "and 16362 more of the same rule"); /* of 16,384 columns two are filled, 20 are listed */
    says('b', "<table displayName='rates' ref='A3:XFD1048576'/>",
         "and 1064934 more of the same rule"); /* blank rows and 16,382 blank columns */
}

static void what_is_named_again_and_again_is_refused(void **state)
{
    (void)state;
    g_autoptr(GString) many = g_string_new("<Relationships>");
    g_autoptr(GString) tables = g_string_new("<Relationships>");
    for (guint i = 0; i < 20001; i++)
        g_string_append(many, FUZZ_RELATION("a", "drawing", "d.xml"));
    for (guint i = 0; i < 1001; i++)
        g_string_append(tables, FUZZ_RELATION("a", "table", "../tables/table1.xml"));
    g_string_append(many, "</Relationships>");
    g_string_append(tables, "</Relationships>");
    says('R', many->str, "more than 20000 relations of one part");
    says('S', tables->str, "more than 1000 tables");
    says('w',
         "<workbook><sheets><sheet name='Cover' id='rId1'/><sheet name='Notes' id='rId1'/></sheets>"
         "</workbook>",
         "two worksheets of one part");
}

static void a_text_that_no_cell_can_hold_is_refused(void **state)
{
    (void)state;
    g_autofree char *most = g_strnfill(32767, 'x');
    g_autofree char *more = g_strnfill(7 * 32767 + 1, 'x');
    g_autofree char *sound = g_strconcat("<sst><si><t>", most, "</t></si></sst>", NULL);
    g_autofree char *shared = g_strconcat("<sst><si><t>", more, "</t></si></sst>", NULL);
    g_autofree char *own = g_strconcat("<worksheet><sheetData><row r='1'><c r='A1' t='str'><v>",
                                       more, "</v></c></row></sheetData></worksheet>", NULL);
    g_autofree char *said = said_of('s', sound);
    assert_null(strstr(said, "more text in a cell"));
    says('s', shared, "more text in a cell than Excel takes");
    says('x', own, "more text in a cell than Excel takes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_parts_of_a_workbook_hold),
        cmocka_unit_test(damaged_files_hold),
        cmocka_unit_test(the_largest_table_takes_no_time),
        cmocka_unit_test(what_is_named_again_and_again_is_refused),
        cmocka_unit_test(a_text_that_no_cell_can_hold_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
