#include "seeds.h"

#include "../fuzz/fuzz_map.c"

static void test_seeds(void **state)
{
    (void)state;
    seeds_feed_all(&(Seeds){.body = LLVMFuzzerTestOneInput}, "map");
}

/* Files put together at random from what means something in a map. */
static void test_random_files(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "[[",     "]]",      "[",       "]",           ",",     "[0,50]", "[1,50]", "[1,51]",
        "[0,51]", "[1,50],", "[0,50],", "[0.5,50.5],", "1e308", "null",   "\"\"",   "{}"};
    g_autoptr(GRand) rand = g_rand_new_with_seed(20261122);
    g_autoptr(GString) file = g_string_new(NULL);
    for (int i = 0; i < 20000; i++) {
        g_string_truncate(file, 0);
        g_string_append_c(file, (char)(g_rand_int_range(rand, 0, 256) & ~1));
        g_string_append(file,
                        "{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"c\":1},"
                        "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,50],");
        for (int n = g_rand_int_range(rand, 0, 12); n > 0; n--)
            g_string_append(file, pieces[g_rand_int_range(rand, 0, (gint32)G_N_ELEMENTS(pieces))]);
        g_string_append(file, "[0,50]]]}}]}");
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
