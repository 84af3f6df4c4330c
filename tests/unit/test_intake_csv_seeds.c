#include "support.h"

#include "../fuzz/fuzz_csv.c"

/* The fuzz target's own checks abort, so that reaching the end is the proof. */
static void feed_directory(const char *dir, guint *fed)
{
    g_autoptr(GDir) seeds = g_dir_open(dir, 0, NULL);
    const char *name;
    while (seeds && (name = g_dir_read_name(seeds))) {
        g_autofree char *path = g_build_filename(dir, name, NULL);
        g_autofree char *data = NULL;
        gsize n;
        if (!g_file_get_contents(path, &data, &n, NULL))
            continue;
        LLVMFuzzerTestOneInput((const guint8 *)data, n);
        /* Cut off everywhere, too: the ends of buffers are where scanners go wrong. */
        for (gsize cut = 0; cut < n; cut++) {
            g_autofree guint8 *part = g_memdup2(data, MAX(cut, 1));
            LLVMFuzzerTestOneInput(part, cut);
        }
        (*fed)++;
    }
}

static void test_seeds(void **state)
{
    (void)state;
    const char *root = g_getenv("PEERLINE_ROOT");
    g_autofree char *dir = g_build_filename(root ? root : ".", "tests/fuzz/seeds/csv", NULL);
    guint fed = 0;
    feed_directory(dir, &fed);
    if (fed == 0)
        skip();
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
