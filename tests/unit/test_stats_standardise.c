#include "stats_support.h"

#include "../known/life.h"
#include "../known/standardise.h"
#include "peerline/stats/life.h"
#include "peerline/stats/standardise.h"

static void means_equal_the_reference(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(known_means); i++) {
        const double *want = known_means[i].expected;
        Mean m = standardise_mean(known_means[i].v, (size_t)known_means[i].n);
        assert_close(m.sum, want[0], 1e-12);
        assert_close(m.count, want[1], 0);
        assert_close(m.sd, want[2], 1e-9);
        assert_close(m.value, want[3], 1e-12);
        assert_limits(m.limits, want + 4, 1e-9);
    }
}

static void direct_rates_equal_the_reference(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(known_strata); i++) {
        DirectStrata s = {known_strata[i].x, known_strata[i].n, known_strata[i].w, KNOWN_STRATA};
        DirectRate r = standardise_direct(&s, 100000);
        assert_close(r.total_count, known_strata[i].dsr[0], 0);
        assert_close(r.total_pop, known_strata[i].dsr[1], 0);
        assert_close(r.value, known_strata[i].dsr[2], 1e-10);
        assert_limits(r.limits, known_strata[i].dsr + 3, 1e-10);
    }
}

static void indirect_ratios_and_rates_equal_the_reference(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(known_strata); i++) {
        IndirectStrata s = {known_strata[i].x, known_strata[i].n, known_strata[i].x_ref,
                            known_strata[i].n_ref, KNOWN_STRATA};
        IndirectRate ratio = standardise_ratio(&s, 100), rate = standardise_rate(&s, 100000);
        assert_close(ratio.observed, known_strata[i].isratio[0], 0);
        assert_close(ratio.expected, known_strata[i].isratio[1], 1e-12);
        assert_close(ratio.value, known_strata[i].isratio[2], 1e-10);
        assert_limits(ratio.limits, known_strata[i].isratio + 3, 1e-9);
        assert_close(rate.ref_rate, known_strata[i].israte[2], 1e-12);
        assert_close(rate.value, known_strata[i].israte[3], 1e-10);
        assert_limits(rate.limits, known_strata[i].israte + 4, 1e-9);
    }
}

/* With one stratum the weights cancel: the crude rate. */
static void one_stratum_gives_the_crude_rate(void **state)
{
    (void)state;
    double x = 40, n = 8000, w = 3;
    DirectRate direct = standardise_direct(&(DirectStrata){&x, &n, &w, 1}, 1000);
    Rate crude = rate_of(x, n, 1000);
    assert_close(direct.value, crude.value, 1e-14);
    assert_close(direct.limits.lower95, crude.limits.lower95, 1e-12);
    assert_close(direct.limits.upper99_8, crude.limits.upper99_8, 1e-12);
}

static void below_ten_events_no_direct_rate_is_given(void **state)
{
    (void)state;
    double x[] = {4, 5}, n[] = {100, 100}, w[] = {1, 1};
    assert_true(isnan(standardise_direct(&(DirectStrata){x, n, w, 2}, 1).value));
    x[0] = 5;
    assert_false(isnan(standardise_direct(&(DirectStrata){x, n, w, 2}, 1).value));
}

static void missing_counts_are_no_events(void **state)
{
    (void)state;
    double x[] = {20, NAN}, zero[] = {20, 0}, n[] = {100, 300}, w[] = {2, 1};
    DirectRate a = standardise_direct(&(DirectStrata){x, n, w, 2}, 1);
    DirectRate b = standardise_direct(&(DirectStrata){zero, n, w, 2}, 1);
    assert_close(a.value, b.value, 0);
    double x_ref[] = {50, NAN}, n_ref[] = {1000, 1000};
    IndirectRate r = standardise_ratio(&(IndirectStrata){x, n, x_ref, n_ref, 2}, 100);
    assert_close(r.expected, 5, 1e-14);
}

static void nothing_expected_gives_no_ratio(void **state)
{
    (void)state;
    double x = 3, n = 0, x_ref = 5, n_ref = 100;
    IndirectRate r = standardise_ratio(&(IndirectStrata){&x, &n, &x_ref, &n_ref, 1}, 100);
    assert_true(isnan(r.value) && isnan(r.limits.upper95));
}

static void life_expectancies_equal_the_reference(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(known_life); i++) {
        Estimate out[LIFE_BANDS];
        assert_true(life_table(known_life[i].pop, known_life[i].deaths, out));
        for (int j = 0; j < LIFE_BANDS; j++) {
            assert_close(out[j].value, known_life[i].expected[j][0], 1e-10);
            assert_limits(out[j].limits, known_life[i].expected[j] + 1, 1e-10);
        }
    }
}

static void life_tables_of_faulty_figures_are_suppressed(void **state)
{
    (void)state;
    Estimate out[LIFE_BANDS];
    static const double bad[][2] = {{0, 0}, {-5, 0}, {10, 11}, {10, -1}, {NAN, 1}, {10, NAN}};
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        double pop[LIFE_BANDS], deaths[LIFE_BANDS];
        memcpy(pop, known_life[0].pop, sizeof pop);
        memcpy(deaths, known_life[0].deaths, sizeof deaths);
        pop[7] = bad[i][0];
        deaths[7] = bad[i][1];
        assert_false(life_table(pop, deaths, out));
        assert_true(isnan(out[0].value) && isnan(out[19].limits.upper95));
    }
}

static void a_population_of_5000_is_too_small_for_a_life_table(void **state)
{
    (void)state;
    double pop[LIFE_BANDS], deaths[LIFE_BANDS];
    Estimate out[LIFE_BANDS];
    for (int i = 0; i < LIFE_BANDS; i++) {
        pop[i] = 250;
        deaths[i] = 5;
    }
    assert_false(life_table(pop, deaths, out));
    pop[3] = 251;
    assert_true(life_table(pop, deaths, out));
}

/* The open last band without a death has no end: nothing infinite may come out. */
static void nobody_dying_at_the_end_gives_no_table(void **state)
{
    (void)state;
    double deaths[LIFE_BANDS];
    Estimate out[LIFE_BANDS];
    memcpy(deaths, known_life[0].deaths, sizeof deaths);
    deaths[LIFE_BANDS - 1] = 0;
    assert_false(life_table(known_life[0].pop, deaths, out));
    assert_true(isnan(out[0].value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_equal_the_reference),
        cmocka_unit_test(direct_rates_equal_the_reference),
        cmocka_unit_test(indirect_ratios_and_rates_equal_the_reference),
        cmocka_unit_test(one_stratum_gives_the_crude_rate),
        cmocka_unit_test(below_ten_events_no_direct_rate_is_given),
        cmocka_unit_test(missing_counts_are_no_events),
        cmocka_unit_test(nothing_expected_gives_no_ratio),
        cmocka_unit_test(life_expectancies_equal_the_reference),
        cmocka_unit_test(life_tables_of_faulty_figures_are_suppressed),
        cmocka_unit_test(a_population_of_5000_is_too_small_for_a_life_table),
        cmocka_unit_test(nobody_dying_at_the_end_gives_no_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
