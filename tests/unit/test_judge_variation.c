#include "support.h"

#include "fixture.h"
#include "peerline/judge/variation.h"

/** How much of the differences between areas is chance, and whether they grew. */

static int setup(void **state)
{
    Fixture *f = g_new0(Fixture, 1);
    fixture_init(f);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    g_free(*state);
    return 0;
}

/* The latest period of the indicator of counts: two areas with 10 and 20 events in 100 people. */
static VariationFacts two_areas(Fixture *f, Measure measure)
{
    f->indicators[0].measure = measure;
    for (guint a = 0; a < FIX_AREAS; a++) {
        f->grids[0][FIX_AREAS + a] = fixture_observation(10 + 10 * (a == 1), 100, 1000);
        f->verdicts[0][FIX_AREAS + a].ranked = a < 2;
    }
    return judge_variation(&f->study, &f->set, &f->assessment, 0, 1);
}

static void test_chance_is_what_counts_of_this_size_would_give(void **state)
{
    /* expected 15 each: Q = 2 x 25/15 = 10/3 on 1 degree of freedom, 1/Q = 0.3 */
    const VariationFacts facts = two_areas(*state, MEASURE_RATE);
    assert_true(fabs(facts.chance - 0.3) < 1e-12);
}

static void test_parts_of_a_whole_vary_less_by_chance(void **state)
{
    /* variance m(1 - m)/n with m = 0.15: Q is larger by 1/0.85 */
    const VariationFacts facts = two_areas(*state, MEASURE_PROPORTION);
    assert_true(fabs(facts.chance - 0.255) < 1e-12);
}

static void test_chance_is_at_most_all_of_it(void **state)
{
    Fixture *f = *state;
    two_areas(f, MEASURE_RATE);
    f->grids[0][FIX_AREAS] = fixture_observation(19, 100, 1000);
    assert_true(judge_variation(&f->study, &f->set, &f->assessment, 0, 1).chance == 1);
}

static void test_nothing_is_said_of_chance_without_counts(void **state)
{
    Fixture *f = *state;
    const VariationFacts facts = judge_variation(&f->study, &f->set, &f->assessment, 1, 1);
    assert_true(isnan(facts.chance) && isnan(facts.change) && isnan(facts.crude_fold));
}

static void test_age_is_what_the_crude_rates_differ_by_beyond_the_standardised(void **state)
{
    Fixture *f = *state;
    AgeBand bands[2] = {{0, 64}, {65, AGE_OPEN}};
    /* events and people by area and band in the latest period: crude rates 0.1 and 0.3 */
    double x[FIX_PERIODS * FIX_AREAS * 2] = {0}, n[FIX_PERIODS * FIX_AREAS * 2] = {0};
    AgeFigures ages = {.n_bands = 2, .bands = bands, .x = x, .n = n};
    two_areas(f, MEASURE_DSR);
    const guint first = FIX_AREAS * 2;
    x[first] = 5, x[first + 1] = 5, n[first] = 80, n[first + 1] = 20;
    x[first + 2] = 10, x[first + 3] = 20, n[first + 2] = 50, n[first + 3] = 50;
    f->series[0].ages = &ages;
    const VariationFacts facts = judge_variation(&f->study, &f->set, &f->assessment, 0, 1);
    /* type 7 centiles of two values: 0.1 and 0.9 of the way */
    assert_true(fabs(facts.crude_fold - 0.28 / 0.12) < 1e-9);
    assert_true(fabs(facts.standardised_fold - 190.0 / 110) < 1e-9); /* of 100 and 200 */
    assert_true(isnan(facts.chance));
}

#define IN_FIXTURE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FIXTURE(test_chance_is_what_counts_of_this_size_would_give),
        IN_FIXTURE(test_parts_of_a_whole_vary_less_by_chance),
        IN_FIXTURE(test_chance_is_at_most_all_of_it),
        IN_FIXTURE(test_nothing_is_said_of_chance_without_counts),
        IN_FIXTURE(test_age_is_what_the_crude_rates_differ_by_beyond_the_standardised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
