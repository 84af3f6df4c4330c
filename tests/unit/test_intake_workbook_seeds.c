#include "workbook_files.h"

#include "../fuzz/fuzz_xlsx.c"

/* The fuzz target's own checks abort, so that reaching the end is the proof. */

/* As it is, cut off everywhere, and with one byte changed here and there. */
static void feed(const char *data, gsize n)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(20171025);
    LLVMFuzzerTestOneInput((const guint8 *)data, n);
    for (gsize cut = 0; cut < n; cut += 1 + n / 400) {
        g_autofree guint8 *part = g_memdup2(data, MAX(cut, 1));
        LLVMFuzzerTestOneInput(part, cut);
    }
    for (guint i = 0; i < 400 && n > 1; i++) {
        g_autofree guint8 *changed = g_memdup2(data, n);
        changed[g_rand_int_range(rand, 1, (gint32)n)] = (guint8)g_rand_int_range(rand, 0, 256);
        LLVMFuzzerTestOneInput(changed, n);
    }
}

static void the_seeds_hold(void **state)
{
    (void)state;
    const char *root = g_getenv("PEERLINE_ROOT");
    g_autofree char *dir = g_build_filename(root ? root : ".", "tests/fuzz/seeds/xlsx", NULL);
    g_autoptr(GDir) seeds = g_dir_open(dir, 0, NULL);
    const char *name;
    guint fed = 0;
    while (seeds && (name = g_dir_read_name(seeds))) {
        g_autofree char *path = g_build_filename(dir, name, NULL);
        g_autofree char *data = NULL;
        gsize n;
        if (g_file_get_contents(path, &data, &n, NULL)) {
            feed(data, n);
            fed++;
        }
    }
    if (fed == 0)
        skip();
}

/* Whole files: damage to the ZIP structure itself. */
static void damaged_files_hold(void **state)
{
    static const char SHEET[] = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
                                "<row r=\"2\"><c r=\"A2\"><v>2</v></c></row></sheetData>";
    g_autofree char *xlsx = book_xlsx(*state, "b.xlsx", (BookParts){.sheet_data = SHEET});
    g_autofree char *ods = book_ods(*state, "b.ods", "<table:table table:name=\"a\"/>");
    const char *const paths[] = {xlsx, ods};
    for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autofree char *data = NULL;
        gsize n;
        assert_true(g_file_get_contents(paths[i], &data, &n, NULL));
        g_autofree char *seed = g_malloc(n + 1);
        seed[0] = i ? '1' : '0';
        memcpy(seed + 1, data, n);
        feed(seed, n + 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_seeds_hold),
        cmocka_unit_test_setup_teardown(damaged_files_hold, support_setup_dir,
                                        support_teardown_dir),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
