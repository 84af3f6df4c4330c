#include "stats_support.h"

#include <Rmath.h>

#include "../../src/stats/gamma_limits.h"
#include "../known/rates.h"
#include "peerline/stats/proportion.h"
#include "peerline/stats/rate.h"

static void rates_equal_the_reference(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(known_rates); i++) {
        Rate r = rate_of(known_rates[i].x, known_rates[i].n, known_rates[i].per);
        assert_close(r.value, known_rates[i].value, 1e-12);
        assert_limits(r.limits, known_rates[i].limits, 1e-9);
        assert_string_equal(rate_method_name(r.method), known_rates[i].method);
    }
}

static void proportions_equal_the_reference(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(known_proportions); i++) {
        double per = known_proportions[i].per;
        Estimate e = proportion_of(known_proportions[i].x, known_proportions[i].n, per);
        assert_close(e.value, known_proportions[i].value, 1e-12);
        assert_limits(e.limits, known_proportions[i].limits, 1e-9);
    }
}

static void fitted_gamma_quantiles_equal_root_finding(void **state)
{
    (void)state;
    for (double shape = 0.01; shape < 1e10; shape *= 1.09) {
        assert_close(gamma_limit(GAMMA_LOWER95, shape), qgamma(0.025, shape, 1, 1, 0), 1e-12);
        assert_close(gamma_limit(GAMMA_UPPER95, shape), qgamma(0.025, shape, 1, 0, 0), 1e-12);
        assert_close(gamma_limit(GAMMA_LOWER99_8, shape), qgamma(0.001, shape, 1, 1, 0), 1e-12);
        assert_close(gamma_limit(GAMMA_UPPER99_8, shape), qgamma(0.001, shape, 1, 0, 0), 1e-12);
    }
}

/* The definition: P(X >= x; lower) = P(X <= x; upper) = tail. */
static void exact_limits_have_the_tail_they_claim(void **state)
{
    (void)state;
    for (int x = 0; x < 10; x++) {
        Limits l = rate_count_limits(x);
        assert_close(ppois(x, l.upper95, 1, 0), 0.025, 1e-10);
        assert_close(ppois(x, l.upper99_8, 1, 0), 0.001, 1e-10);
        if (x == 0)
            assert_true(l.lower95 == 0 && l.lower99_8 == 0);
        else
            assert_close(ppois(x - 1, l.lower95, 0, 0), 0.025, 1e-10);
    }
}

static void the_switch_to_byar_is_at_ten(void **state)
{
    (void)state;
    assert_int_equal(rate_of(9.999, 1, 1).method, RATE_EXACT);
    assert_int_equal(rate_of(10, 1, 1).method, RATE_BYAR);
}

static void limits_bracket_the_value_and_nest(void **state)
{
    (void)state;
    for (double x = 0; x < 5000; x = x * 1.3 + 0.5) {
        Rate r = rate_of(x, 7000, 1e5);
        assert_true(r.limits.lower99_8 <= r.limits.lower95 && r.limits.lower95 <= r.value);
        assert_true(r.value <= r.limits.upper95 && r.limits.upper95 <= r.limits.upper99_8);
        Estimate e = proportion_of(x, 7000, 100);
        assert_true(e.limits.lower99_8 <= e.limits.lower95 && e.limits.lower95 <= e.value);
        assert_true(e.value <= e.limits.upper95 && e.limits.upper95 <= e.limits.upper99_8);
    }
}

static void limits_rise_with_the_count(void **state)
{
    (void)state;
    for (int x = 1; x < 300; x++) {
        Limits a = rate_count_limits(x - 1), b = rate_count_limits(x);
        assert_true(b.lower95 > a.lower95 && b.upper95 > a.upper95);
        assert_true(b.lower99_8 > a.lower99_8 || x == 1);
        assert_true(b.upper99_8 > a.upper99_8);
    }
}

static void rates_scale_with_the_multiplier(void **state)
{
    (void)state;
    Rate one = rate_of(37, 1234, 1), many = rate_of(37, 1234, 1e5);
    assert_close(many.value, one.value * 1e5, 1e-14);
    assert_close(many.limits.lower99_8, one.limits.lower99_8 * 1e5, 1e-14);
}

static void wilson_limits_mirror_at_one_half_and_stay_within(void **state)
{
    (void)state;
    static const double sizes[] = {1, 3, 50, 1e6, 1e15};
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        double n = sizes[i];
        Estimate none = proportion_of(0, n, 1), all = proportion_of(n, n, 1);
        assert_true(none.limits.lower95 == 0 && none.limits.lower99_8 == 0);
        assert_true(all.limits.upper95 == 1 && all.limits.upper99_8 == 1);
        assert_true(none.limits.upper95 > 0 && all.limits.lower95 < 1);
        assert_close(all.limits.lower95, 1 - none.limits.upper95, 1e-12);
    }
    /* One event in 10^15: the naive difference would cancel to 0. */
    Estimate rare = proportion_of(1, 1e15, 1);
    assert_close(rare.limits.lower95 * 1e15, 0.17652, 1e-4);
}

static void what_is_out_of_domain_is_missing(void **state)
{
    (void)state;
    static const double bad[][2] = {{-1, 5}, {1, 0}, {1, -5}, {NAN, 5}, {1, NAN}, {INFINITY, 5}};
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        assert_true(isnan(rate_of(bad[i][0], bad[i][1], 1).limits.upper95));
        assert_true(isnan(proportion_of(bad[i][0], bad[i][1], 1).limits.upper95));
    }
    assert_true(isnan(proportion_of(6, 5, 1).value));
    assert_true(isnan(rate_poisson_limits(0).lower95));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_equal_the_reference),
        cmocka_unit_test(proportions_equal_the_reference),
        cmocka_unit_test(fitted_gamma_quantiles_equal_root_finding),
        cmocka_unit_test(exact_limits_have_the_tail_they_claim),
        cmocka_unit_test(the_switch_to_byar_is_at_ten),
        cmocka_unit_test(limits_bracket_the_value_and_nest),
        cmocka_unit_test(limits_rise_with_the_count),
        cmocka_unit_test(rates_scale_with_the_multiplier),
        cmocka_unit_test(wilson_limits_mirror_at_one_half_and_stay_within),
        cmocka_unit_test(what_is_out_of_domain_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
