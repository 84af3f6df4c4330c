#include "seeds.h"

#include "../fuzz/fuzz_template.c"

static void messages_hold(void **state)
{
    (void)state;
    seeds_feed_all(&(Seeds){.body = LLVMFuzzerTestOneInput, .changes = 2000}, "template");
}

/* NULL exactly where something is wrong; else the messages that are built in, no more and no fewer.
 */
static void a_file_is_read_or_its_faults_are_told(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"sound", "faults"};
    const Templates *built_in = templates_builtin();
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        g_autofree char *path = seeds_path("template", NAMES[i]);
        if (!g_file_test(path, G_FILE_TEST_EXISTS))
            skip();
        char *files[] = {path, NULL};
        g_autoptr(Diagnostics) diags = diagnostics_new();
        g_autoptr(Templates) t = templates_read(files, diags);
        assert_true((t != NULL) == (i == 0));
        assert_true((diagnostics_count(diags, DIAG_ERROR) == 0) == (i == 0));
        if (t)
            assert_int_equal(templates_count(t), templates_count(built_in));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_hold),
        cmocka_unit_test(a_file_is_read_or_its_faults_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
