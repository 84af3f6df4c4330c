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
    assert_true(isnan(facts.chance) && isnan(facts.crude_fold));
}

/* Events of four areas of 10,000 people in the first and in the latest period. */
static VariationTrend trend_of(Fixture *f, const double first[4], const double latest[4])
{
    for (guint a = 0; a < 4; a++) {
        f->grids[0][a] = fixture_observation(first[a], 10000, 1000);
        f->grids[0][FIX_AREAS + a] = fixture_observation(latest[a], 10000, 1000);
        f->verdicts[0][a].ranked = f->verdicts[0][FIX_AREAS + a].ranked = TRUE;
    }
    f->summaries[0][0].areas_ranked = 4;
    return judge_variation_trend(&f->study, &f->set, &f->assessment, 0, 1);
}

static const double CLOSE[] = {900, 1100, 900, 1100}, FAR[] = {500, 1500, 500, 1500},
                    ALMOST[] = {920, 1120, 880, 1090};

static void test_the_spread_widens_narrows_or_stays(void **state)
{
    /* ln(249/9) = 3.32 with a jackknife error of 0.46, and ln(1.085) = 0.08 with one of 0.34;
     * t(0.975, 3) = 3.18 */
    const VariationTrend wider = trend_of(*state, CLOSE, FAR);
    assert_int_equal(wider.direction, VARIATION_WIDER);
    assert_int_equal(wider.from, 0);
    assert_true(fabs(wider.change.ratio - 249.0 / 9) < 1e-9);
    assert_int_equal(trend_of(*state, FAR, CLOSE).direction, VARIATION_NARROWER);
    assert_int_equal(trend_of(*state, CLOSE, ALMOST).direction, VARIATION_SAME);
    assert_int_equal(trend_of(*state, CLOSE, CLOSE).direction, VARIATION_SAME);
}

static void test_no_trend_is_known_without_counts_or_an_earlier_period(void **state)
{
    Fixture *f = *state;
    trend_of(f, CLOSE, FAR);
    const VariationTrend first = judge_variation_trend(&f->study, &f->set, &f->assessment, 0, 0);
    assert_int_equal(first.direction, VARIATION_TREND_UNKNOWN);
    assert_int_equal(first.from, -1);
    const VariationTrend spend = judge_variation_trend(&f->study, &f->set, &f->assessment, 1, 1);
    assert_int_equal(spend.direction, VARIATION_TREND_UNKNOWN);
    assert_true(isnan(spend.change.ratio));
}

static void test_areas_that_are_not_ranked_take_no_part_in_measures(void **state)
{
    Fixture *f = *state;
    trend_of(f, CLOSE, FAR);
    f->verdicts[0][FIX_AREAS + 3].ranked = FALSE;
    const VariationMeasures m = judge_variation_measures(&f->study, &f->set, &f->assessment, 0, 1);
    assert_true(m.all.k == 3 && fabs(m.all.overall_rate - 2500.0 / 30000) < 1e-12);
    assert_true(fabs(m.all.eq - 3) < 1e-12 && !m.no_systematic);
}

static void test_less_variation_than_by_chance_is_none(void **state)
{
    static const double ALIKE[] = {1000, 1001, 1000, 999};
    Fixture *f = *state;
    trend_of(f, CLOSE, ALIKE);
    const VariationMeasures m = judge_variation_measures(&f->study, &f->set, &f->assessment, 0, 1);
    assert_true(m.no_systematic && m.all.scv_diehr == 0 && m.trend.from == -1);
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
        IN_FIXTURE(test_the_spread_widens_narrows_or_stays),
        IN_FIXTURE(test_no_trend_is_known_without_counts_or_an_earlier_period),
        IN_FIXTURE(test_areas_that_are_not_ranked_take_no_part_in_measures),
        IN_FIXTURE(test_less_variation_than_by_chance_is_none),
        IN_FIXTURE(test_age_is_what_the_crude_rates_differ_by_beyond_the_standardised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
