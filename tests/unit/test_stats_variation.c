#include "stats_support.h"

#include "../known/variation.h"
#include "peerline/stats/variation.h"

enum { SETS = G_N_ELEMENTS(known_variation) };

static void measures_equal_the_reference(void **state)
{
    (void)state;
    for (int i = 0; i < SETS; i++) {
        Variation v = variation_of(known_variation[i].o, known_variation[i].size,
                                   (size_t)known_variation[i].n, VARIATION_COUNTS);
        const double got[] = {v.k,
                              v.overall_rate,
                              v.eq,
                              v.p90_p10,
                              v.iq_ratio,
                              v.cv,
                              v.cv_pop_weighted,
                              v.scv_diehr,
                              v.chisq,
                              v.df,
                              v.p,
                              v.gini_pop_weighted,
                              v.theil_pop_weighted};
        for (int j = 0; j < 13; j++)
            assert_close(got[j], known_variation[i].expected[j], 1e-9);
    }
}

static void shrunken_rates_equal_the_reference(void **state)
{
    (void)state;
    double raw[60], shrunk[60];
    for (int i = 0; i < SETS; i++) {
        variation_shrink(known_variation[i].o, known_variation[i].size,
                         (size_t)known_variation[i].n, raw, shrunk);
        for (int j = 0; j < known_variation[i].n; j++)
            assert_close(shrunk[j], known_variation[i].shrunk[j], 1e-9);
    }
}

/* Between the raw rate and the pooled one, and the nearer to the pooled the smaller the area. */
static void shrinking_moves_towards_the_pooled_rate(void **state)
{
    (void)state;
    double o[] = {10, 100, 1000, 300, 30}, n[] = {500, 5000, 50000, 30000, 3000};
    double raw[5], shrunk[5];
    variation_shrink(o, n, 5, raw, shrunk);
    double m = variation_of(o, n, 5, VARIATION_COUNTS).overall_rate;
    for (int i = 0; i < 5; i++)
        assert_true(fmin(raw[i], m) <= shrunk[i] && shrunk[i] <= fmax(raw[i], m));
    assert_true(shrunk[0] < shrunk[1] && shrunk[1] < shrunk[2]);
}

static void order_and_multiplier_do_not_matter(void **state)
{
    (void)state;
    const int n = known_variation[0].n;
    double o[60], size[60];
    for (int i = 0; i < n; i++) {
        o[i] = known_variation[0].o[n - 1 - i];
        size[i] = known_variation[0].size[n - 1 - i];
    }
    Variation a = variation_of(o, size, (size_t)n, VARIATION_COUNTS);
    assert_close(a.gini_pop_weighted, known_variation[0].expected[11], 1e-12);
    assert_close(a.scv_diehr, known_variation[0].expected[7], 1e-12);
    double r[60];
    for (int i = 0; i < n; i++)
        r[i] = 1e5 * o[i] / size[i];
    Variation b = variation_of_values(r, size, (size_t)n);
    assert_close(b.cv, a.cv, 1e-12);
    assert_close(b.eq, a.eq, 1e-12);
    assert_close(b.theil_pop_weighted, a.theil_pop_weighted, 1e-10);
    assert_true(isnan(b.scv_diehr) && isnan(b.chisq) && isnan(b.p));
}

static void proportions_subtract_less_chance(void **state)
{
    (void)state;
    double o[] = {40, 55, 30}, n[] = {100, 100, 100}, m = 125.0 / 300;
    double counts = variation_of(o, n, 3, VARIATION_COUNTS).scv_diehr;
    double proportion = variation_of(o, n, 3, VARIATION_PROPORTION).scv_diehr;
    assert_close(proportion - counts, m / (100 * m), 1e-12);
}

static void what_is_not_defined_is_missing(void **state)
{
    (void)state;
    double zero[] = {0, 0, 0}, n[] = {10, 20, 30};
    Variation v = variation_of(zero, n, 3, VARIATION_COUNTS);
    assert_true(isnan(v.eq) && isnan(v.cv) && isnan(v.scv_diehr) && isnan(v.chisq));
    assert_true(isnan(v.p) && isnan(v.gini_pop_weighted) && isnan(v.theil_pop_weighted));
    double none[] = {NAN, -1, 5}, no_size[] = {10, 10, 0};
    assert_close(variation_of(none, no_size, 3, VARIATION_COUNTS).k, 0, 0);
    assert_true(isnan(variation_of(none, no_size, 3, VARIATION_COUNTS).overall_rate));
    double amounts[] = {3, 4, 9};
    v = variation_of(amounts, n, 3, VARIATION_AMOUNTS);
    assert_true(isnan(v.scv_diehr) && isnan(v.p) && !isnan(v.cv));
}

static void equal_rates_vary_not_at_all(void **state)
{
    (void)state;
    double o[] = {1, 2, 3, 7}, n[] = {10, 20, 30, 70};
    Variation v = variation_of(o, n, 4, VARIATION_COUNTS);
    assert_close(v.cv, 0, 0);
    assert_close(v.gini_pop_weighted, 0, 0);
    assert_close(v.theil_pop_weighted, 0, 1e-15);
    assert_close(v.eq, 1, 0);
}

static void trimming_leaves_out_both_ends(void **state)
{
    (void)state;
    double r[41];
    gboolean keep[41];
    for (int i = 0; i < 41; i++)
        r[i] = (i * 17) % 41;
    assert_int_equal(variation_trim(r, 41, 0.1, keep), 37);
    for (int i = 0; i < 41; i++)
        assert_int_equal(keep[i], r[i] >= 2 && r[i] <= 38);
    r[3] = NAN;
    variation_trim(r, 41, 0.1, keep);
    assert_false(keep[3]);
}

/* Jackknife by hand, in long double and from the definition. */
static long double scv_by_hand(const double *o, const double *n, int k, int skip)
{
    long double events = 0, size = 0, total = 0;
    for (int i = 0; i < k; i++) {
        events += i == skip ? 0 : o[i];
        size += i == skip ? 0 : n[i];
    }
    for (int i = 0; i < k; i++) {
        long double e = n[i] * (events / size), d = (o[i] - e) / e;
        total += i == skip ? 0 : d * d - 1 / e;
    }
    return total / (skip < k ? k - 1 : k);
}

static void change_is_the_ratio_with_a_paired_jackknife(void **state)
{
    (void)state;
    enum { K = 60 };
    double later[K];
    const double *o = known_variation[0].o, *n = known_variation[0].size;
    for (int i = 0; i < K; i++)
        later[i] = round(o[i] * (1 + 0.3 * sin(i)));
    VariationPeriod before = {o, n}, after = {later, n};
    VariationChange c = variation_change(before, after, K, VARIATION_COUNTS);
    long double whole = logl(scv_by_hand(later, n, K, K) / scv_by_hand(o, n, K, K));
    long double left[K], mean = 0, squares = 0;
    for (int i = 0; i < K; i++) {
        left[i] = logl(scv_by_hand(later, n, K, i) / scv_by_hand(o, n, K, i));
        mean += left[i] / K;
    }
    for (int i = 0; i < K; i++)
        squares += (left[i] - mean) * (left[i] - mean);
    double half = 2.000995378089 * sqrt((double)(59.0L / 60 * squares)); /* t(0.975, 59) */
    assert_close(c.ratio, (double)expl(whole), 1e-9);
    assert_close(c.lower95, exp((double)whole - half), 1e-8);
    assert_close(c.upper95, exp((double)whole + half), 1e-8);
    VariationChange back = variation_change(after, before, K, VARIATION_COUNTS);
    assert_close(back.ratio * c.ratio, 1, 1e-12);
    assert_close(back.p, c.p, 1e-9);
}

static void change_needs_two_positive_scvs(void **state)
{
    (void)state;
    VariationPeriod some = {known_variation[0].o, known_variation[0].size};
    VariationPeriod none = {known_variation[1].o, known_variation[1].size}; /* a negative SCV */
    assert_true(isnan(variation_change(some, none, 60, VARIATION_COUNTS).ratio));
    assert_true(isnan(variation_change(some, some, 2, VARIATION_COUNTS).ratio));
    assert_close(variation_change(some, some, 60, VARIATION_COUNTS).ratio, 1, 0);
}

/* By hand: mean 2, squares 9 + 1 + 4 over 2, so sd = sqrt 7; shares of a whole there are none. */
static void negative_amounts_are_values_too(void **state)
{
    (void)state;
    const double r[] = {-1, 3, 4};
    Variation v = variation_of_values(r, NULL, 3);
    assert_close(v.k, 3, 0);
    assert_close(v.overall_rate, 2, 1e-15);
    assert_close(v.cv, sqrt(7) / 2, 1e-12);
    assert_true(isnan(v.eq) && isnan(v.gini_pop_weighted) && isnan(v.theil_pop_weighted));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_equal_the_reference),
        cmocka_unit_test(shrunken_rates_equal_the_reference),
        cmocka_unit_test(shrinking_moves_towards_the_pooled_rate),
        cmocka_unit_test(order_and_multiplier_do_not_matter),
        cmocka_unit_test(proportions_subtract_less_chance),
        cmocka_unit_test(what_is_not_defined_is_missing),
        cmocka_unit_test(equal_rates_vary_not_at_all),
        cmocka_unit_test(trimming_leaves_out_both_ends),
        cmocka_unit_test(change_is_the_ratio_with_a_paired_jackknife),
        cmocka_unit_test(change_needs_two_positive_scvs),
        cmocka_unit_test(negative_amounts_are_values_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
