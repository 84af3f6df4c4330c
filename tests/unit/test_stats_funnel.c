#include "stats_support.h"

#include "../known/funnel.h"
#include "../known/product.h"
#include "peerline/stats/funnel.h"
#include "peerline/stats/overdispersion.h"
#include "peerline/stats/tau.h"

#define MOST 64

/* ---- the field's funnels ------------------------------------------------------------------ */

static void check_known(const KnownFunnelRow *known, size_t n, const double all[3],
                        OverdispersionType type, gboolean limits)
{
    double num[MOST] = {0}, den[MOST] = {0};
    OverdispersionRow out[MOST];
    for (size_t i = 0; i < n; i++) {
        num[i] = known[i].num;
        den[i] = known[i].den;
    }
    OverdispersionInput in = {num, den, n, type, 0.1, all[0]};
    Overdispersion d = overdispersion_funnel(&in, out);
    assert_close(d.phi, all[1], 1e-9);
    assert_close(d.tau2, all[2], 1e-9);
    for (size_t i = 0; i < n; i++) {
        assert_close(out[i].z, known[i].z, 1e-9);
        assert_close((double)out[i].trimmed, known[i].trimmed, 0);
        assert_close(out[i].z_winsorised, known[i].z_winsorised, 1e-9);
        if (limits) { /* the package's normal quantiles have six decimals */
            assert_limits(out[i].unadjusted, known[i].plain, 1e-6);
            assert_limits(out[i].adjusted, known[i].adjusted, 1e-6);
        }
    }
}

static void funnels_equal_the_reference(void **state)
{
    (void)state;
    check_known(known_funnel_cqc, G_N_ELEMENTS(known_funnel_cqc), known_funnel_cqc_all,
                OVERDISPERSION_SR_CQC, TRUE);
    check_known(known_funnel_shmi, G_N_ELEMENTS(known_funnel_shmi), known_funnel_shmi_all,
                OVERDISPERSION_SR_SHMI, TRUE);
    check_known(known_funnel_rc, G_N_ELEMENTS(known_funnel_rc), known_funnel_rc_all,
                OVERDISPERSION_RC, FALSE);
    check_known(known_funnel_pr, G_N_ELEMENTS(known_funnel_pr), known_funnel_pr_all,
                OVERDISPERSION_PR, FALSE);
}

static void one_area_has_no_between_area_variance(void **state)
{
    (void)state;
    double num = 30, den = 20;
    OverdispersionRow row;
    for (int type = OVERDISPERSION_SR_SHMI; type <= OVERDISPERSION_SR_CQC; type++) {
        OverdispersionInput in = {&num, &den, 1, (OverdispersionType)type, 0.1, 1};
        assert_true(overdispersion_funnel(&in, &row).tau2 == 0);
    }
}

static void no_infinity_leaves_a_log_funnel_without_events(void **state)
{
    (void)state;
    double num[] = {0, 5}, den[] = {3, 4};
    OverdispersionRow out[2];
    OverdispersionInput in = {num, den, 2, OVERDISPERSION_SR_SHMI, 0.1, 1};
    Overdispersion d = overdispersion_funnel(&in, out);
    assert_true(isnan(d.phi) && isnan(d.tau2) && isnan(out[0].z));
    assert_true(out[0].adjusted.lower95 == 0 && isnan(out[0].adjusted.upper95));
    num[1] = 0;
    in.type = OVERDISPERSION_RC;
    overdispersion_funnel(&in, out);
    assert_true(out[0].rr == 0 && isnan(out[0].z) && isnan(out[0].unadjusted.lower95));
}

/* ---- the product's own rule --------------------------------------------------------------- */

static void check_basis(const FunnelBasis *b, const double all[3])
{
    assert_int_equal(b->status, FUNNEL_OK);
    assert_close(b->target, all[0], 1e-12);
    assert_close(b->phi, all[1], 1e-10);
    assert_close(b->tau2, all[2], 1e-10);
}

static void check_position(const FunnelPosition *p, const double *want)
{
    assert_close(p->z, want[0], 1e-10);
    assert_close(p->z_adjusted, want[1], 1e-10);
    assert_close(p->p, want[2], 1e-10);
    assert_limits(p->unadjusted, want + 3, 1e-10);
    assert_limits(p->adjusted, want + 7, 1e-10);
}

static void check_counts(ScaleKind scale, const double (*known)[13], size_t n, const double all[3])
{
    double x[MOST] = {0}, size[MOST] = {0};
    for (size_t i = 0; i < n; i++) {
        x[i] = known[i][0];
        size[i] = known[i][1];
    }
    FunnelBasis b = funnel_counts(scale, x, size, n);
    check_basis(&b, all);
    for (size_t i = 0; i < n; i++) {
        FunnelPosition p = funnel_counts_position(&b, x[i], size[i]);
        check_position(&p, known[i] + 2);
    }
}

static void positions_of_counts_equal_an_independent_computation(void **state)
{
    (void)state;
    check_counts(SCALE_SQRT, product_counts, G_N_ELEMENTS(product_counts), product_counts_all);
    check_counts(SCALE_SQRT, product_chance, G_N_ELEMENTS(product_chance), product_chance_all);
    check_counts(SCALE_ARCSINE, product_proportions, G_N_ELEMENTS(product_proportions),
                 product_proportions_all);
}

static void positions_of_published_figures_equal_an_independent_computation(void **state)
{
    (void)state;
    enum { N = G_N_ELEMENTS(product_published) };
    double y[N], s[N];
    for (int i = 0; i < N; i++) {
        const double *row = product_published[i];
        ScalePoint at = scale_published(SCALE_LOG, row[0], row[1], row[2]);
        y[i] = at.y;
        s[i] = at.s;
    }
    FunnelBasis b = funnel_published(SCALE_LOG, y, s, N);
    check_basis(&b, product_published_all);
    for (int i = 0; i < N; i++) {
        FunnelPosition p = funnel_published_position(&b, y[i], s[i]);
        check_position(&p, product_published[i] + 3);
    }
}

/* Order and scale of the denominators change no verdict; the target moves with the scale. */
static void order_and_units_do_not_change_positions(void **state)
{
    (void)state;
    enum { N = G_N_ELEMENTS(product_counts) };
    double x[N], n[N], x2[N], n2[N];
    for (int i = 0; i < N; i++) {
        x[i] = x2[N - 1 - i] = product_counts[i][0];
        n[i] = product_counts[i][1];
        n2[N - 1 - i] = n[i] / 1000;
    }
    FunnelBasis a = funnel_counts(SCALE_SQRT, x, n, N), b = funnel_counts(SCALE_SQRT, x2, n2, N);
    assert_close(b.tau2, a.tau2, 1e-9);
    assert_close(b.target, a.target * 1000, 1e-12);
    for (int i = 0; i < N; i++)
        assert_close(funnel_counts_position(&b, x[i], n[i] / 1000).z_adjusted,
                     funnel_counts_position(&a, x[i], n[i]).z_adjusted, 1e-9);
}

static void a_higher_count_never_lowers_the_score(void **state)
{
    (void)state;
    enum { N = G_N_ELEMENTS(product_counts) };
    double x[N], n[N];
    for (int i = 0; i < N; i++) {
        x[i] = product_counts[i][0];
        n[i] = product_counts[i][1];
    }
    FunnelBasis b = funnel_counts(SCALE_SQRT, x, n, N);
    FunnelPosition last = funnel_counts_position(&b, 0, 5000);
    for (int count = 1; count < 400; count++) {
        FunnelPosition p = funnel_counts_position(&b, count, 5000);
        assert_true(p.z > last.z && p.z_adjusted > last.z_adjusted);
        assert_true(p.direction >= last.direction);
        last = p;
    }
    assert_int_equal(last.outlier, FUNNEL_ALARM);
    assert_int_equal(last.direction, 1);
}

static void limits_hold_the_target_and_narrow_with_size(void **state)
{
    (void)state;
    enum { N = G_N_ELEMENTS(product_proportions) };
    double x[N], n[N];
    for (int i = 0; i < N; i++) {
        x[i] = product_proportions[i][0];
        n[i] = product_proportions[i][1];
    }
    for (int kind = 0; kind < 2; kind++) {
        FunnelBasis b = funnel_counts(kind ? SCALE_ARCSINE : SCALE_SQRT, x, n, N);
        Limits last = {-INFINITY, INFINITY, -INFINITY, INFINITY};
        for (double size = 1; size < 1e7; size *= 2) {
            Limits l = funnel_adjusted(&b, size), u = funnel_unadjusted(&b, size);
            assert_true(l.lower99_8 <= l.lower95 && l.lower95 <= b.target);
            assert_true(b.target <= l.upper95 && l.upper95 <= l.upper99_8);
            assert_true(l.lower95 >= last.lower95 && l.upper95 <= last.upper95);
            assert_true(l.lower99_8 >= 0 && (!kind || l.upper99_8 <= 1));
            assert_true(size < 1000 || (l.lower95 <= u.lower95 && l.upper95 >= u.upper95));
            last = l;
        }
    }
}

static void without_extra_variance_adjusted_limits_are_the_unadjusted(void **state)
{
    (void)state;
    assert_true(product_chance_all[2] == 0);
    double x[14], n[14];
    for (int i = 0; i < 14; i++) {
        x[i] = product_chance[i][0];
        n[i] = product_chance[i][1];
    }
    FunnelBasis b = funnel_counts(SCALE_SQRT, x, n, 14);
    Limits plain = funnel_unadjusted(&b, 777), adjusted = funnel_adjusted(&b, 777);
    assert_memory_equal(&plain, &adjusted, sizeof plain);
}

static void too_few_or_equal_areas_are_not_estimable(void **state)
{
    (void)state;
    double x[10], n[10];
    for (int i = 0; i < 10; i++) {
        n[i] = 100 * (i + 1);
        x[i] = 7 * (i + 1);
    }
    FunnelBasis equal = funnel_counts(SCALE_SQRT, x, n, 10);
    assert_int_equal(equal.status, FUNNEL_ALL_EQUAL);
    assert_true(isnan(equal.tau2) && isnan(equal.phi));
    assert_close(equal.target, 0.07, 1e-14);
    x[3] += 1;
    assert_int_equal(funnel_counts(SCALE_SQRT, x, n, 10).status, FUNNEL_OK);
    assert_int_equal(funnel_counts(SCALE_SQRT, x, n, 9).status, FUNNEL_FEW_AREAS);
    x[0] = NAN;
    assert_int_equal(funnel_counts(SCALE_SQRT, x, n, 10).status, FUNNEL_FEW_AREAS);
    FunnelPosition p = funnel_counts_position(&equal, 5, 50);
    assert_int_equal(p.outlier, FUNNEL_NOT_ESTIMABLE);
    assert_true(isnan(p.z) && isnan(p.p) && isnan(p.adjusted.lower95));
}

static void an_area_that_cannot_be_placed_has_no_position(void **state)
{
    (void)state;
    double x[14], n[14];
    for (int i = 0; i < 14; i++) {
        x[i] = product_counts[i][0];
        n[i] = product_counts[i][1];
    }
    FunnelBasis b = funnel_counts(SCALE_ARCSINE, x, n, 14);
    static const double bad[][2] = {{NAN, 5}, {1, 0}, {1, NAN}, {-1, 5}, {6, 5}};
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_int_equal(funnel_counts_position(&b, bad[i][0], bad[i][1]).outlier,
                         FUNNEL_NOT_ESTIMABLE);
}

static void robust_position_uses_median_and_mad(void **state)
{
    (void)state;
    double y[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100};
    FunnelBasis b = funnel_robust(SCALE_PLAIN, y, 11);
    assert_close(b.target, 6, 0);
    assert_close(b.spread, 1.4826 * 3, 1e-14);
    FunnelPosition p = funnel_robust_position(&b, 100);
    assert_close(p.z_adjusted, 94 / (1.4826 * 3), 1e-14);
    assert_int_equal(p.outlier, FUNNEL_ALARM);
    assert_true(isnan(p.z) && isnan(p.adjusted.upper95) && isnan(b.tau2));
    double same[] = {5, 5, 5, 5, 5, 5, 5, 1, 2, 3, 9};
    assert_int_equal(funnel_robust(SCALE_PLAIN, same, 11).status, FUNNEL_NO_SPREAD);
}

static void tau_is_the_root_of_its_equation(void **state)
{
    (void)state;
    double y[] = {0.1, 0.5, -0.3, 0.9, 0.2, -0.8, 0.05, 1.4, -0.2, 0.3, -0.6, 0.7};
    double s[12];
    for (int i = 0; i < 12; i++)
        s[i] = 0.1 + 0.01 * i;
    Tau t = tau_robust(y, s, 12, 0);
    assert_true(t.tau2 > 0);
    double scaled[12], scaled_s[12];
    for (int i = 0; i < 12; i++) {
        scaled[i] = 1000 * y[i];
        scaled_s[i] = 1000 * s[i];
    }
    assert_close(tau_robust(scaled, scaled_s, 12, 0).tau2, 1e6 * t.tau2, 1e-9);
}

static void one_wild_area_moves_tau_little(void **state)
{
    (void)state;
    double y[40], s[40];
    for (int i = 0; i < 40; i++) {
        y[i] = ((i * 7) % 40 - 19.5) / 40;
        s[i] = 0.1;
    }
    double clean = tau_robust(y, s, 40, 0).tau2;
    y[0] = 1000;
    double dirty = tau_robust(y, s, 40, 0).tau2;
    assert_true(clean > 0 && dirty < 1.5 * clean);
}

static void scales_go_there_and_back(void **state)
{
    (void)state;
    static const double r[] = {1e-9, 0.003, 0.2, 0.5, 0.97, 1 - 1e-9};
    for (int kind = SCALE_SQRT; kind <= SCALE_PLAIN; kind++) {
        for (guint i = 0; i < G_N_ELEMENTS(r); i++)
            assert_close(scale_back((ScaleKind)kind, scale_y((ScaleKind)kind, r[i])), r[i], 1e-9);
    }
    assert_true(isnan(scale_y(SCALE_LOG, 0)) && isnan(scale_y(SCALE_LOGIT, 1)));
    assert_true(isnan(scale_back(SCALE_LOG, 1000)));
    assert_true(scale_back(SCALE_SQRT, -0.2) == 0 && scale_back(SCALE_ARCSINE, 2) == 1);
    assert_close(scale_back(SCALE_LOGIT, 800), 1, 0);
}

static void published_errors_follow_the_limits(void **state)
{
    (void)state;
    assert_close(scale_published(SCALE_LOG, 10, 8, 12.5).s, log(12.5 / 8) / 3.92, 1e-14);
    assert_close(scale_published(SCALE_LOG, 10, 0, 20).s, 20 / 3.92 / 10, 1e-14);
    assert_close(scale_published(SCALE_LOGIT, 0.2, 0.15, 0.25).s, 0.1 / 3.92 / 0.16, 1e-14);
    assert_true(isnan(scale_published(SCALE_LOG, 10, NAN, 20).s));
    assert_true(isnan(scale_published(SCALE_LOG, 10, 10, 10).s));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(funnels_equal_the_reference),
        cmocka_unit_test(one_area_has_no_between_area_variance),
        cmocka_unit_test(no_infinity_leaves_a_log_funnel_without_events),
        cmocka_unit_test(positions_of_counts_equal_an_independent_computation),
        cmocka_unit_test(positions_of_published_figures_equal_an_independent_computation),
        cmocka_unit_test(order_and_units_do_not_change_positions),
        cmocka_unit_test(a_higher_count_never_lowers_the_score),
        cmocka_unit_test(limits_hold_the_target_and_narrow_with_size),
        cmocka_unit_test(without_extra_variance_adjusted_limits_are_the_unadjusted),
        cmocka_unit_test(too_few_or_equal_areas_are_not_estimable),
        cmocka_unit_test(an_area_that_cannot_be_placed_has_no_position),
        cmocka_unit_test(robust_position_uses_median_and_mad),
        cmocka_unit_test(tau_is_the_root_of_its_equation),
        cmocka_unit_test(one_wild_area_moves_tau_little),
        cmocka_unit_test(scales_go_there_and_back),
        cmocka_unit_test(published_errors_follow_the_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
