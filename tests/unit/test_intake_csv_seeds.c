#include "seeds.h"

#include "../fuzz/fuzz_csv.c"

static void test_seeds(void **state)
{
    (void)state;
    seeds_feed_all(&(Seeds){.body = LLVMFuzzerTestOneInput}, "csv");
}

/* Files put together at random from the bytes that mean something to the scanner. */
static void test_random_files(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "a",        ",",    "\n", "\r\n", "\r",    "\"",    "\"\"",     " ",    "12",
        "\xC2\xA3", "\xA3", ";",  "\t",   "Notes", "total", "\xC2\xA0", "\x81", "\xEF\xBB\xBF"};
    g_autoptr(GRand) rand = g_rand_new_with_seed(20171025);
    g_autoptr(GString) file = g_string_new(NULL);
    for (int i = 0; i < 20000; i++) {
        g_string_truncate(file, 0);
        g_string_append_c(file, (char)g_rand_int_range(rand, 0, 256));
        for (int n = g_rand_int_range(rand, 0, 40); n > 0; n--)
            g_string_append(file, pieces[g_rand_int_range(rand, 0, (gint32)G_N_ELEMENTS(pieces))]);
        LLVMFuzzerTestOneInput((const guint8 *)file->str, file->len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seeds),
        cmocka_unit_test(test_random_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
