#include "workbook_files.h"

#include "seeds.h"

#include "../fuzz/fuzz_xlsx.c"

static const Seeds SEEDS = {.body = LLVMFuzzerTestOneInput, .cuts = 400, .changes = 400};

static void the_seeds_hold(void **state)
{
    (void)state;
    seeds_feed_all(&SEEDS, "xlsx");
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
        seeds_feed(&SEEDS, seed, n + 1);
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
