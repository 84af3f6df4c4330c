#include "seeds.h"

#include "../fuzz/fuzz_logo.c"

static void pictures_hold(void **state)
{
    (void)state;
    seeds_feed_all(&(Seeds){.body = LLVMFuzzerTestOneInput, .changes = 2000}, "logo");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
