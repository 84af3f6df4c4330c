#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

#include "../../src/publish/xlsx_book.h"
#include "fixture.h"
#include "peerline/publish/workbook.h"
#include "peerline/publish/workbook_check.h"

/** Our own workbooks have no breach, and no bytes make the checker fall. That it names each breach
 * is proved by tests/cli/break_workbook.py, with workbooks that another program writes. */

typedef struct {
    Fixture f;
    char *directory, *path;
} State;

static int setup(void **state)
{
    State *s = g_new0(State, 1);
    fixture_init(&s->f);
    s->directory = g_dir_make_tmp("peerline-check-XXXXXX", NULL);
    s->path = g_build_filename(s->directory, "book.xlsx", NULL);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    State *s = *state;
    g_unlink(s->path);
    g_rmdir(s->directory);
    g_free(s->path);
    g_free(s->directory);
    g_free(s);
    return 0;
}

static GPtrArray *check(const State *s)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *breaches = workbook_check(s->path, &error);
    if (!breaches)
        fail_msg("%s", error->message);
    return breaches;
}

static void write_book(const State *s)
{
    g_autoptr(GError) error = NULL;
    if (!workbook_file_write(&s->f.context, s->path, &error))
        fail_msg("%s", error->message);
}

static void assert_clean(const State *s)
{
    g_autoptr(GPtrArray) breaches = check(s);
    if (breaches->len > 0) {
        const WorkbookBreach *b = breaches->pdata[0];
        fail_msg("%u breaches, the first: %s %s!%s: %s", breaches->len, b->rule, b->sheet, b->cell,
                 b->message);
    }
}

static void our_own_workbook_has_no_breach(void **state)
{
    write_book(*state);
    assert_clean(*state);
}

static void nor_has_one_of_a_study_without_anything(void **state)
{
    State *s = *state;
    s->f.set.n_areas = s->f.assessment.n_areas = 0;
    s->f.set.n_indicators = s->f.assessment.n_indicators = s->f.study.n_indicators = 0;
    s->f.set.n_sources = s->f.study.n_sources = 0;
    s->f.assessment.n_learn = 0;
    write_book(s);
    assert_clean(s);
}

static void nor_has_one_with_corrections_and_an_embargo(void **state)
{
    State *s = *state;
    int indicators[] = {0};
    g_autofree char *date = g_strdup("2017-10-01"), *wrong = g_strdup("One was two.");
    g_autofree char *right = g_strdup("One is one.");
    Correction corrections[] = {{.date = date, .wrong = wrong, .right = right},
                                {.date = date,
                                 .indicators = indicators,
                                 .n_indicators = 1,
                                 .wrong = wrong,
                                 .right = right}};
    s->f.study.corrections = corrections;
    s->f.study.n_corrections = G_N_ELEMENTS(corrections);
    s->f.context.embargo = "2017-10-25T09:30";
    write_book(s);
    assert_clean(s);
}

/* A table with 100 empty-looking cells: more than are listed. */
static void many_breaches_of_a_rule_are_counted_and_not_listed(void **state)
{
    State *s = *state;
    const char *const headers[] = {"Area"};
    XlsxBook *book = xlsx_book_new(
        s->path, &(XlsxProperties){.title = "t", .subject = "s", .author = "a", .keywords = "k"});
    XlsxSheet *cover = xlsx_sheet_new(book, "Cover", "Title");
    xlsx_line(cover, "Language: en-GB", TRUE);
    xlsx_sheet_end(cover, NULL);
    XlsxSheet *sheet = xlsx_sheet_new(book, "Data", "Title");
    xlsx_line(sheet, "This worksheet contains one table.", FALSE);
    xlsx_table(sheet, "areas", headers, 1);
    for (guint i = 0; i < 100; i++) {
        xlsx_text(sheet, "..");
        xlsx_end_row(sheet);
    }
    xlsx_sheet_end(sheet, NULL);
    assert_true(xlsx_book_close(book, NULL));
    g_autoptr(GPtrArray) breaches = check(s);
    assert_int_equal(breaches->len, WORKBOOK_BREACHES_SHOWN + 1);
    const WorkbookBreach *first = breaches->pdata[0], *last = breaches->pdata[breaches->len - 1];
    assert_string_equal(first->rule, "F5");
    assert_string_equal(first->cell, "A4");
    assert_string_equal(last->cell, "");
    assert_non_null(strstr(last->message, "80 more"));
}

static void what_is_no_workbook_is_an_error(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "a,b\n1,2\n", "PK\x03\x04", "\xD0\xCF\x11\xE0"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(workbook_check_bytes(texts[i], strlen(texts[i]), &error));
        assert_non_null(error);
    }
}

static void feed(const guint8 *data, gsize n)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) breaches = workbook_check_bytes(data, n, &error);
    assert_true((breaches == NULL) == (error != NULL));
    for (guint i = 0; breaches && i < breaches->len; i++) {
        const WorkbookBreach *b = breaches->pdata[i];
        assert_true(g_utf8_validate(b->message, -1, NULL) && *b->rule);
    }
}

static void damaged_bytes_do_no_harm(void **state)
{
    State *s = *state;
    write_book(s);
    g_autofree char *data = NULL;
    gsize n;
    assert_true(g_file_get_contents(s->path, &data, &n, NULL));
    g_autoptr(GRand) rand = g_rand_new_with_seed(20171025);
    for (gsize cut = 0; cut < n; cut += 1 + n / 60) {
        g_autofree guint8 *part = g_memdup2(data, MAX(cut, 1));
        feed(part, cut);
    }
    for (guint i = 0; i < 150; i++) {
        g_autofree guint8 *changed = g_memdup2(data, n);
        for (guint k = 0; k < 3; k++)
            changed[g_rand_int_range(rand, 0, (gint32)n)] = (guint8)g_rand_int_range(rand, 0, 256);
        feed(changed, n);
    }
}

/* The same workbook with one part damaged: within a ZIP file the checksums would find that first.
 */
static guint8 *with_part(const char *data, gsize n, zip_int64_t which, GRand *rand, gsize *size)
{
    zip_error_t why;
    zip_error_init(&why);
    zip_t *from =
        zip_open_from_source(zip_source_buffer_create(data, n, 0, &why), ZIP_RDONLY, &why);
    zip_source_t *into = zip_source_buffer_create(NULL, 0, 0, &why);
    zip_source_keep(into);
    zip_t *zip = zip_open_from_source(into, ZIP_TRUNCATE, &why);
    assert_true(from && zip);
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(g_free);
    for (zip_int64_t i = 0; i < zip_get_num_entries(from, 0); i++) {
        zip_stat_t stat;
        assert_int_equal(zip_stat_index(from, (zip_uint64_t)i, 0, &stat), 0);
        char *bytes = g_malloc(stat.size + 1);
        zip_file_t *file = zip_fopen_index(from, (zip_uint64_t)i, 0);
        assert_int_equal(zip_fread(file, bytes, stat.size), stat.size);
        zip_fclose(file);
        g_ptr_array_add(kept, bytes);
        for (guint k = 0; i == which && k < 4 && stat.size > 0; k++) {
            const gint32 at = g_rand_int_range(rand, 0, (gint32)stat.size);
            /* Digits and quotation marks break what is said more often than how it is written. */
            bytes[at] = g_ascii_isdigit(bytes[at]) ? (char)g_rand_int_range(rand, '0', '9' + 1)
                                                   : (char)g_rand_int_range(rand, 32, 127);
        }
        zip_file_add(zip, stat.name, zip_source_buffer(zip, bytes, stat.size, 0), 0);
    }
    assert_int_equal(zip_close(zip), 0);
    zip_discard(from);
    zip_stat_t stat;
    assert_true(zip_source_open(into) == 0 && zip_source_stat(into, &stat) == 0);
    guint8 *out = g_malloc(stat.size);
    assert_int_equal(zip_source_read(into, out, stat.size), stat.size);
    zip_source_close(into);
    zip_source_free(into);
    zip_error_fini(&why);
    *size = stat.size;
    return out;
}

static void damaged_parts_do_no_harm(void **state)
{
    State *s = *state;
    write_book(s);
    g_autofree char *data = NULL;
    gsize n;
    assert_true(g_file_get_contents(s->path, &data, &n, NULL));
    g_autoptr(GRand) rand = g_rand_new_with_seed(20161025);
    for (guint i = 0; i < 400; i++) {
        gsize size;
        g_autofree guint8 *changed = with_part(data, n, i % 60, rand, &size);
        feed(changed, size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(our_own_workbook_has_no_breach, setup, teardown),
        cmocka_unit_test_setup_teardown(nor_has_one_of_a_study_without_anything, setup, teardown),
        cmocka_unit_test_setup_teardown(nor_has_one_with_corrections_and_an_embargo, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(many_breaches_of_a_rule_are_counted_and_not_listed, setup,
                                        teardown),
        cmocka_unit_test(what_is_no_workbook_is_an_error),
        cmocka_unit_test_setup_teardown(damaged_bytes_do_no_harm, setup, teardown),
        cmocka_unit_test_setup_teardown(damaged_parts_do_no_harm, setup, teardown),
    };
    return cmocka_run_group_tests_name("workbook_check", tests, NULL, NULL);
}
