#include "stats_support.h"

#include "../known/time.h"
#include "peerline/stats/proportion.h"
#include "peerline/stats/rate.h"
#include "peerline/stats/spc.h"
#include "peerline/stats/trend.h"

/* ---- trends ------------------------------------------------------------------------------- */

static Trend general(const double *x, const double *n, gboolean percent)
{
    double v[TREND_POINTS], lower[TREND_POINTS], upper[TREND_POINTS];
    for (int i = 0; i < TREND_POINTS; i++) {
        Rate rate = rate_of(x[i], n[i], 100000);
        Estimate share = proportion_of(x[i], n[i], 100);
        Limits l = percent ? share.limits : rate.limits;
        v[i] = percent ? share.value : rate.value;
        lower[i] = l.lower95;
        upper[i] = l.upper95;
    }
    return trend_general(v, lower, upper);
}

static void check_trend(Trend got, double slope, double chi2, const char *marker)
{
    /* A flat series: what the reference has is rounding. */
    if (fabs(chi2) > 1e-12)
        assert_close(got.slope, slope, 1e-8);
    else
        assert_true(fabs(got.slope) < 1e-9);
    assert_close(got.chi2, chi2, 1e-8);
    assert_string_equal(trend_marker_name(got.marker), marker);
}

static void trends_equal_the_reference(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(known_trends); i++) {
        const double *x = known_trends[i].x, *n = known_trends[i].n;
        check_trend(general(x, n, FALSE), known_trends[i].rate.slope, known_trends[i].rate.chi2,
                    known_trends[i].rate.marker);
        check_trend(general(x, n, TRUE), known_trends[i].percent.slope,
                    known_trends[i].percent.chi2, known_trends[i].percent.marker);
        check_trend(trend_proportion(x, n), known_trends[i].proportion.slope,
                    known_trends[i].proportion.chi2, known_trends[i].proportion.marker);
    }
}

/* Turned round in time, a trend turns its sign and keeps its size. */
static void time_reversed_gives_the_opposite_trend(void **state)
{
    (void)state;
    const double *x = known_trends[0].x, *n = known_trends[0].n;
    double rx[TREND_POINTS], rn[TREND_POINTS];
    for (int i = 0; i < TREND_POINTS; i++) {
        rx[i] = x[TREND_POINTS - 1 - i];
        rn[i] = n[TREND_POINTS - 1 - i];
    }
    Trend a = trend_proportion(x, n), b = trend_proportion(rx, rn);
    assert_close(a.slope, -b.slope, 1e-10);
    assert_close(a.chi2, b.chi2, 1e-10);
    assert_int_equal(a.marker, TREND_DECREASING);
    assert_int_equal(b.marker, TREND_INCREASING);
}

static void one_point_alone_makes_no_trend(void **state)
{
    (void)state;
    double v[] = {100, 100.1, 99.9, 100.05, 160}, lower[5], upper[5];
    for (int i = 0; i < 5; i++) {
        lower[i] = v[i] - 1;
        upper[i] = v[i] + 1;
    }
    v[4] = 160;
    Trend jump = trend_general(v, lower, upper);
    assert_true(jump.chi2 > TREND_CHI2);
    /* Without the last point the slope is below 0: one sign fails. */
    v[0] = 100.4;
    jump = trend_general(v, lower, upper);
    assert_true(jump.chi2 > TREND_CHI2 && !jump.same_sign);
    assert_int_equal(jump.marker, TREND_NONE);
}

static void trends_that_cannot_be_calculated_say_why(void **state)
{
    (void)state;
    double x[] = {0, 5, 6, 7, 8}, n[] = {10, 10, 10, 10, 10};
    Trend t = trend_proportion(x, n);
    assert_int_equal(t.reason, TREND_AT_BOUND);
    assert_true(isnan(t.slope) && isfinite(t.chi2));
    x[0] = 10;
    assert_int_equal(trend_proportion(x, n).reason, TREND_AT_BOUND);
    double v[] = {1, 2, 3, 4, 5}, l[] = {0, 1, 2, 3, 4}, u[] = {2, 3, 4, 5, NAN};
    assert_int_equal(trend_general(v, l, u).reason, TREND_NO_ERROR);
    u[4] = 6;
    v[2] = NAN;
    assert_int_equal(trend_general(v, l, u).reason, TREND_FEW_POINTS);
    for (int r = TREND_OK; r <= TREND_AT_BOUND; r++)
        assert_true((r == TREND_OK) == (trend_reason_text((TrendReason)r)[0] == '\0'));
}

/* ---- control charts ----------------------------------------------------------------------- */

#define CHECK_SPC(known, limits)                                                                   \
    do {                                                                                           \
        enum { N = G_N_ELEMENTS(known) };                                                          \
        double y[N];                                                                               \
        SpcPoint points[N];                                                                        \
        for (int i = 0; i < N; i++)                                                                \
            y[i] = known[i].y;                                                                     \
        SpcChart c = spc_xmr(y, N, points);                                                        \
        assert_close(c.mean, limits[0], 1e-12);                                                    \
        assert_close(c.lpl, limits[1], 1e-10);                                                     \
        assert_close(c.upl, limits[2], 1e-10);                                                     \
        for (int i = 0; i < N; i++) {                                                              \
            assert_close(points[i].outside, known[i].outside, 0);                                  \
            assert_string_equal(spc_cause_name(points[i].cause), known[i].cause);                  \
        }                                                                                          \
    } while (0)

static void charts_equal_the_reference(void **state)
{
    (void)state;
    CHECK_SPC(known_spc_a4, known_spc_a4_limits);
    CHECK_SPC(known_spc_a7, known_spc_a7_limits);
    CHECK_SPC(known_spc_a9, known_spc_a9_limits);
    CHECK_SPC(known_spc_a10, known_spc_a10_limits);
}

static void a_constant_series_has_no_limits(void **state)
{
    (void)state;
    double y[] = {0.1, 0.1, 0.1, 0.1};
    SpcPoint points[4];
    SpcChart c = spc_xmr(y, 4, points);
    assert_close(c.mean, 0.1, 0);
    assert_true(isnan(c.lpl) && isnan(c.upl) && isnan(points[0].outside));
    assert_int_equal(points[2].cause, SPC_COMMON_CAUSE);
}

static void a_single_jump_has_limits_without_width(void **state)
{
    (void)state;
    double y[] = {3, 3, 3, 9, 9};
    SpcPoint points[5];
    SpcChart c = spc_xmr(y, 5, points);
    assert_true(c.lpl == c.mean && c.upl == c.mean);
    assert_int_equal(points[0].cause, SPC_BELOW_LPL);
    assert_int_equal(points[4].cause, SPC_ABOVE_UPL);
}

static void mirrored_series_have_mirrored_causes(void **state)
{
    (void)state;
    enum { N = G_N_ELEMENTS(known_spc_a7) };
    double y[N], mirrored[N];
    SpcPoint a[N], b[N];
    for (int i = 0; i < N; i++) {
        y[i] = known_spc_a7[i].y;
        mirrored[i] = -y[i];
    }
    spc_xmr(y, N, a);
    spc_xmr(mirrored, N, b);
    for (int i = 0; i < N; i++) {
        if (a[i].cause == SPC_COMMON_CAUSE)
            assert_int_equal(b[i].cause, SPC_COMMON_CAUSE);
        else /* causes come in pairs, above before below */
            assert_int_equal((b[i].cause - 1) ^ 1, a[i].cause - 1);
    }
}

static void a_missing_point_is_skipped(void **state)
{
    (void)state;
    double y[] = {1, NAN, 2, 1, 3}, without[] = {1, 2, 1, 3};
    SpcPoint a[5], b[4];
    SpcChart with_gap = spc_xmr(y, 5, a), plain = spc_xmr(without, 4, b);
    assert_close(with_gap.upl, plain.upl, 0);
    assert_true(isnan(a[1].outside));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trends_equal_the_reference),
        cmocka_unit_test(time_reversed_gives_the_opposite_trend),
        cmocka_unit_test(one_point_alone_makes_no_trend),
        cmocka_unit_test(trends_that_cannot_be_calculated_say_why),
        cmocka_unit_test(charts_equal_the_reference),
        cmocka_unit_test(a_constant_series_has_no_limits),
        cmocka_unit_test(a_single_jump_has_limits_without_width),
        cmocka_unit_test(mirrored_series_have_mirrored_causes),
        cmocka_unit_test(a_missing_point_is_skipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
