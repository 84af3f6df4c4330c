#include "seeds.h"

#include "../fuzz/fuzz_unpack.c"

static void packed_answers_hold(void **state)
{
    (void)state;
    seeds_feed_all(&(Seeds){.body = LLVMFuzzerTestOneInput, .changes = 2000}, "unpack");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packed_answers_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
