#include "support.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../src/intake/table_text.h"
#include "peerline/intake/table.h"

/* What of a table is kept, and how. */

static gboolean wants_named(gconstpointer names, const char *column)
{
    return g_strv_contains(names, column);
}

static gboolean is_same(gconstpointer text, const char *cell)
{
    return strcmp(text, cell) == 0;
}

static Table *parse(const char *text, const TablePlan *plan)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Diagnostics) d = diagnostics_new();
    const CsvOptions options = {.plan = plan};
    Table *t = table_parse_csv(text, strlen(text), "t.csv", &options, d, &error);
    if (!t)
        fail_msg("%s", error->message);
    return t;
}

static void test_only_wanted_columns_and_rows_are_kept(void **state)
{
    (void)state;
    const char *const names[] = {"b", NULL};
    const CellTest c_is_x[] = {{"c", is_same, "x"}};
    const RowTest rows[] = {{c_is_x, 1}};
    const TablePlan plan = {.wants = wants_named, .data = names, .rows = rows, .n_rows = 1};
    g_autoptr(Table) t = parse("a,b,c,d\n1,2,x,3\n4,5,y,6\n7,8,x\n", &plan);
    assert_int_equal(t->rows_read, 3);
    assert_int_equal(t->n_rows, 2);
    assert_int_equal(t->n_columns, 4);
    assert_string_equal(t->columns[3], "d");
    assert_string_equal(table_cell(t, 1, 1), "8");
    assert_string_equal(table_cell(t, 1, 2), "x");
    assert_int_equal(t->line[1], 4);
    assert_int_equal(t->n_fields[1], 3);
}

static void test_a_row_is_kept_that_any_of_several_uses_wants(void **state)
{
    (void)state;
    enum { USES = 150 };
    CellTest tests[USES];
    RowTest rows[USES];
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) file = g_string_new("a\n");
    for (guint i = 0; i < USES; i++) {
        g_ptr_array_add(texts, g_strdup_printf("x%u", i * 3));
        tests[i] = (CellTest){"a", is_same, texts->pdata[i]};
        rows[i] = (RowTest){&tests[i], 1};
    }
    for (guint i = 0; i < 3 * USES; i++)
        g_string_append_printf(file, "x%u\n", i);
    const TablePlan plan = {.rows = rows, .n_rows = USES};
    g_autoptr(Table) t = parse(file->str, &plan);
    assert_int_equal(t->n_rows, USES);
    for (guint i = 0; i < USES; i++)
        assert_string_equal(table_cell(t, i, 0), texts->pdata[i]);
}

/* Faults of records are told whatever is wanted, or a plan would change what a study is warned of.
 */
static void test_a_plan_hides_no_fault(void **state)
{
    (void)state;
    const char *const names[] = {"a", NULL};
    const CellTest a_is_x[] = {{"a", is_same, "x"}};
    const RowTest rows[] = {{a_is_x, 1}};
    const TablePlan plan = {.wants = wants_named, .data = names, .rows = rows, .n_rows = 1};
    const CsvOptions options = {.plan = &plan};
    const char *text = "a,b\ny,\xFF\ny,1,2\ny,\"1\"2\nx,1\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Table) t = table_parse_csv(text, strlen(text), "t.csv", &options, d, &error);
    assert_non_null(t);
    assert_int_equal(support_count_rule(d, "invalid-text"), 1);
    assert_int_equal(support_count_rule(d, "row-too-long"), 1);
    assert_int_equal(support_count_rule(d, "stray-quote"), 1);
    assert_int_equal(t->n_rows, 1);
}

/* Never as a blank cell: that would be read as a missing figure. */
static void test_a_column_that_was_not_planned_for_ends_the_program(void **state)
{
    (void)state;
    const char *const names[] = {"a", NULL};
    const TablePlan plan = {.wants = wants_named, .data = names};
    g_autoptr(Table) t = parse("a,b\n1,2\n", &plan);
    assert_string_equal(table_cell(t, 0, 0), "1");
    const pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        signal(SIGTRAP, SIG_DFL);
        close(STDERR_FILENO);
        _exit(*table_cell(t, 0, 1) == '\0' ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
}

/* A NUL byte makes a file unusable wherever it stands: below the table's end, too, and in a piece
 * of the file that is long after the fault that was found first. */
static void test_a_nul_is_found_far_below_the_table(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new("a,b\n1,2\nNotes\n");
    for (guint i = 0; i < 200000; i++)
        g_string_append(text, "x\r\n");
    g_string_append_c(text, '\0');
    g_autoptr(Pattern) end = pattern_new("Notes", FALSE, NULL);
    g_autoptr(Pattern) header = pattern_new("no such", FALSE, NULL);
    const CsvOptions both[] = {{.end = end}, {.header = header}};
    for (guint i = 0; i < G_N_ELEMENTS(both); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Diagnostics) d = diagnostics_new();
        assert_null(table_parse_csv(text->str, text->len, "t.csv", &both[i], d, &error));
        support_assert_contains(error->message, "t.csv:200004: the file is not text");
    }
}

/* Records across the ends of pieces, and one that is longer than a piece. */
static void test_a_large_file_is_read_as_a_small_one(void **state)
{
    (void)state;
    enum { ROWS = 60000 };
    const CsvOptions options = {.encoding = ENCODING_WINDOWS_1252};
    g_autoptr(GString) text = g_string_new("a,b\r\n");
    for (guint i = 0; i < ROWS; i++)
        g_string_append_printf(text, "%u,\"\xA3%u,\r\n\"\"\"\r\n", i, i);
    g_string_append(text, "last,\"");
    for (guint i = 0; i < 700000; i++)
        g_string_append_c(text, '\xE9');
    g_string_append(text, "\"\r\n");
    g_autoptr(GError) error = NULL;
    g_autoptr(Diagnostics) d = diagnostics_new();
    g_autoptr(Table) t = table_parse_csv(text->str, text->len, "t.csv", &options, d, &error);
    assert_non_null(t);
    assert_int_equal(t->n_rows, ROWS + 1);
    for (guint i = 0; i < ROWS; i++) {
        g_autofree char *expected = g_strdup_printf("\xC2\xA3%u,\r\n\"", i);
        assert_string_equal(table_cell(t, i, 1), expected);
        assert_int_equal(t->line[i], 2 + 2 * i);
    }
    assert_int_equal(strlen(table_cell(t, ROWS, 1)), 1400000);
    assert_int_equal(diagnostics_count(d, DIAG_NOTE), 0);
}

/* ---- texts ------------------------------------------------------------------------------------
 */

static const char *text_of(const TableText *t, guint32 code)
{
    return t->texts + (gsize)code * TABLE_CODE_BYTES;
}

static void test_each_text_is_kept_once(void **state)
{
    (void)state;
    TableText t;
    table_text_begin(&t);
    guint32 code[1000];
    for (guint round = 0; round < 3; round++)
        for (guint i = 0; i < 1000; i++) {
            char text[32];
            const int n =
                g_snprintf(text, sizeof text, "%.*s%u", (int)(i % 20), "abcdefghijklmnopqrst", i);
            const guint32 found = table_text_code(&t, text, (gsize)n);
            if (round == 0)
                code[i] = found;
            assert_int_equal(found, code[i]);
            assert_string_equal(text_of(&t, found), text);
            assert_true(found < table_text_codes(&t));
        }
    assert_int_equal(table_text_code(&t, "", 0), 0);
    assert_string_equal(text_of(&t, 0), "");
    table_text_clear(&t);
}

/* Where most texts are new ones they are not looked for, and each is still what it was. */
static void test_a_column_of_different_texts_is_kept_plainly(void **state)
{
    (void)state;
    enum { TEXTS = 200000 };
    TableText t;
    table_text_begin(&t);
    g_autofree guint32 *code = g_new(guint32, TEXTS);
    char text[32];
    for (guint i = 0; i < TEXTS; i++)
        code[i] = table_text_code(&t, text, (gsize)g_snprintf(text, sizeof text, "%u", i * 7919u));
    assert_true(t.plain);
    for (guint i = 0; i < TEXTS; i++) {
        g_snprintf(text, sizeof text, "%u", i * 7919u);
        assert_string_equal(text_of(&t, code[i]), text);
    }
    table_text_clear(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_wanted_columns_and_rows_are_kept),
        cmocka_unit_test(test_a_row_is_kept_that_any_of_several_uses_wants),
        cmocka_unit_test(test_a_plan_hides_no_fault),
        cmocka_unit_test(test_a_column_that_was_not_planned_for_ends_the_program),
        cmocka_unit_test(test_a_nul_is_found_far_below_the_table),
        cmocka_unit_test(test_a_large_file_is_read_as_a_small_one),
        cmocka_unit_test(test_each_text_is_kept_once),
        cmocka_unit_test(test_a_column_of_different_texts_is_kept_plainly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
